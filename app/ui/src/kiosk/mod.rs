//! The unattended screen: one desktop and nothing else.
//!
//! No toolbar, no menu, no shortcut, no button. Where there is no live picture it says calmly what
//! is missing. The only thing that it keeps from the desktop is the way out, where there is one.

mod pin;

use crate::tokens::{size, space};
use crate::widgets::floating;
use crate::{Picture, viewer};
use egui::{
    Align, Align2, Area, Context, CursorIcon, Event, Id, Key, Label, Layout, Margin, Order, Pos2,
    Rect, RichText, Ui, UiBuilder, WidgetInfo, accesskit::Role, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Kiosk, Model, PinEntry, Stale, Waiting};
use multiclaw_core::tr;
use std::time::Duration;

/// Widest text, in points.
const WIDEST: f32 = 620.0;

/// State of the screen.
#[derive(Default)]
pub(crate) struct View {
    viewer: viewer::View,
    pin: Option<pin::Form>,
    idle: Idle,
}

impl View {
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        kiosk: &Kiosk,
        model: &Model,
        picture: &dyn Picture,
        commands: &mut Vec<Command>,
    ) {
        let ctx = ui.ctx().clone();
        let view = ui.max_rect();
        if kiosk.pin != PinEntry::None && chord(&ctx) {
            self.pin = match self.pin {
                None => Some(pin::Form::default()),
                Some(_) => None,
            };
        }
        let held = self.pin.is_some();
        match &model.viewer {
            Some(open) => {
                self.viewer.show_alone(ui, open, &model.settings, picture, held, commands);
            }
            None => self.viewer = viewer::View::default(),
        }
        let pictured = model.viewer.as_ref().is_some_and(|v| v.size.is_some());
        if let Some(waiting) = &kiosk.waiting {
            let stale = model.viewer.as_ref().and_then(|v| v.stale.as_ref()).filter(|_| pictured);
            say(ui, view, kiosk, waiting, stale);
        }
        if kiosk.waiting.is_some() || !pictured {
            keys(ui, view, &kiosk.keys);
        }
        if let Some(form) = &mut self.pin
            && form.show(&ctx, view, kiosk.pin, commands)
        {
            self.pin = None;
        }
        if self.pin.is_none() && model.viewer.is_some() && !viewer::has_keyboard(&ctx) {
            viewer::take_keyboard(&ctx);
        }
        self.idle.hide(&ctx, kiosk.idle_cursor, held);
    }
}

/// Ctrl+Alt+Shift+Q, by its name or by its place: not every layout has a Q there.
fn chord(ctx: &Context) -> bool {
    let mut pressed = false;
    ctx.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Key { key, physical_key, pressed: true, repeat, modifiers } => {
                let q = *key == Key::Q || *physical_key == Some(Key::Q);
                let ours = q && modifiers.ctrl && modifiers.alt && modifiers.shift;
                pressed |= ours && !repeat;
                !ours
            }
            _ => true,
        });
    });
    pressed
}

/// What is missing. Over the last picture where there is one, which is dimmed and dated.
fn say(ui: &Ui, view: Rect, kiosk: &Kiosk, waiting: &Waiting, stale: Option<&Stale>) {
    Area::new(Id::unique("kiosk waiting"))
        .order(Order::Middle)
        .pivot(Align2::CENTER_CENTER)
        .fixed_pos(view.center())
        .interactable(false)
        .show(ui.ctx(), |ui| {
            floating(ui).inner_margin(Margin::symmetric(36, 32)).show(ui, |ui| {
                ui.set_width(WIDEST.min(view.width() - 120.0));
                ui.with_layout(Layout::top_down(Align::Center), |ui| {
                    if !kiosk.branding.is_empty() {
                        let text = RichText::new(&kiosk.branding).size(size::BRAND);
                        let name = ui.add(Label::new(text).wrap());
                        let label = || WidgetInfo::labeled(Role::Heading, true, &kiosk.branding);
                        name.widget_info(label);
                        ui.add_space(space::L);
                    }
                    let what =
                        ui.add(Label::new(RichText::new(&waiting.what).size(size::TITLE)).wrap());
                    what.widget_info(|| WidgetInfo::labeled(Role::Status, true, &waiting.what));
                    if !waiting.next.is_empty() {
                        ui.add_space(space::XS);
                        let text = RichText::new(&waiting.next).size(size::STRONG).weak();
                        ui.add(Label::new(text).wrap());
                    }
                    if let Some(seconds) = waiting.seconds {
                        ui.add_space(space::S);
                        ui.label(tr!("kiosk-next-attempt", seconds = seconds));
                    }
                    if let Some(stale) = stale {
                        ui.add_space(space::M);
                        ui.label(RichText::new(viewer::age(stale)).weak());
                    }
                });
            });
        });
}

/// Which keys are held, for the administrator who stands in front of it.
fn keys(ui: &mut Ui, view: Rect, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    let room = Rect::from_min_max(
        egui::pos2(view.min.x + space::XL, view.max.y - 96.0),
        view.max - vec2(space::XL, space::L),
    );
    let layout = Layout::bottom_up(Align::Center);
    let mut below = ui.new_child(UiBuilder::new().max_rect(room).layout(layout).id_salt("keys"));
    for sentence in sentences.iter().rev() {
        below.add(Label::new(RichText::new(sentence).small().weak()).wrap());
    }
}

/// The pointer goes away when nobody moves it.
#[derive(Default)]
struct Idle {
    /// Where it was, and since when by egui's clock.
    still: Option<(Pos2, f64)>,
}

impl Idle {
    fn hide(&mut self, ctx: &Context, after: u16, wanted: bool) {
        let (now, at) = ctx.input(|i| (i.time, i.pointer.latest_pos()));
        let Some(at) = at else {
            self.still = None;
            return;
        };
        let since = match self.still {
            Some((before, since)) if before == at && !ctx.input(|i| i.pointer.any_down()) => since,
            _ => now,
        };
        self.still = Some((at, since));
        if after == 0 || wanted {
            return;
        }
        let left = since + f64::from(after) - now;
        if left > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(left + 0.01));
        } else {
            ctx.output_mut(|output| {
                output.cursor_image = None;
                output.cursor_icon = CursorIcon::None;
            });
        }
    }
}
