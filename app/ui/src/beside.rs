//! A conversation beside an open desktop.

use crate::tokens::{self, space};
use crate::widgets::floating;
use egui::{
    Align2, Area, CursorIcon, Id, Margin, Order, Rect, Sense, Stroke, Ui, UiBuilder, WidgetInfo,
    accesskit::Role, pos2, vec2,
};
use multiclaw_core::tr;

/// Width of the conversation at first, in points.
const WIDTH: f32 = 420.0;
/// Narrowest and widest.
const RANGE: (f32, f32) = (320.0, 760.0);
/// What the picture keeps.
const PICTURE: f32 = 300.0;

/// Whether the conversation shows, and how wide.
#[derive(Default)]
pub(crate) struct Beside {
    open: bool,
    wider: f32,
}

impl Beside {
    /// Shows or hides it.
    pub(crate) fn set(&mut self, open: bool) {
        self.open = open;
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// The room of the picture, and of the conversation where it is shown.
    pub(crate) fn split(&self, room: Rect) -> (Rect, Option<Rect>) {
        let most = room.width() - PICTURE;
        if !self.open || most < RANGE.0 {
            return (room, None);
        }
        let width = (WIDTH + self.wider).clamp(RANGE.0, RANGE.1.min(most));
        let edge = room.right() - width;
        let picture = Rect::from_min_max(room.min, pos2(edge, room.max.y));
        (picture, Some(Rect::from_min_max(pos2(edge, room.min.y), room.max)))
    }

    /// Paints the conversation and the line between; the line can be moved.
    pub(crate) fn show(&mut self, ui: &mut Ui, pane: Rect, add: impl FnOnce(&mut Ui)) {
        let t = tokens::of(ui.ctx());
        ui.painter().rect_filled(pane, 0, t.background);
        ui.scope_builder(UiBuilder::new().max_rect(pane).id_salt("beside"), |ui| {
            ui.set_clip_rect(pane.intersect(ui.clip_rect()));
            add(ui);
        });
        let x = pane.left();
        let grip = Rect::from_min_max(pos2(x - 3.0, pane.top()), pos2(x + 3.0, pane.bottom()));
        let response = ui.interact(grip, Id::unique("beside divider"), Sense::DRAG);
        let strong = response.hovered() || response.dragged();
        let line = if strong { Stroke::new(2.0, t.accent) } else { Stroke::new(1.0, t.line) };
        ui.painter().vline(x, pane.y_range(), line);
        if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
            self.wider = (pane.right() - pointer.x).clamp(RANGE.0, RANGE.1) - WIDTH;
        }
        response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    }
}

/// Says why the conversation does not show.
pub(crate) fn no_room(ui: &Ui, picture: Rect) {
    let text = tr!("chat-no-room");
    let note = Area::new(Id::unique("no room for the chat"))
        .order(Order::Middle)
        .constrain_to(picture)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -space::L))
        .interactable(false);
    note.show(ui.ctx(), |ui| {
        floating(ui).inner_margin(Margin::symmetric(16, 9)).show(ui, |ui| {
            ui.set_max_width(picture.width() - 2.0 * space::XL);
            let label = ui.label(text);
            label.widget_info(|| WidgetInfo::labeled(Role::Status, true, text));
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_have_room_or_the_picture_has_all_of_it() {
        let room = |width| Rect::from_min_size(pos2(0.0, 0.0), vec2(width, 600.0));
        let mut beside = Beside::default();
        assert_eq!(beside.split(room(1200.0)), (room(1200.0), None));
        beside.set(true);
        let (picture, pane) = beside.split(room(1200.0));
        assert_eq!((picture.width(), pane.unwrap().width()), (780.0, 420.0));
        let (picture, pane) = beside.split(room(640.0));
        assert_eq!((picture.width(), pane.unwrap().width()), (300.0, 340.0));
        assert_eq!(beside.split(room(600.0)).1, None);
    }
}
