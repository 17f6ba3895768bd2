//! The viewer: picture, input, toolbar, states.

pub mod input;
mod keymap;
mod overlay;
mod toolbar;
pub mod transform;

pub(crate) use overlay::age;

use crate::tokens::{self, space};
use crate::{Picture, toggle_fullscreen};
use egui::{CursorIcon, Event, EventFilter, Id, Key, Modifiers, Rect, Sense, Ui, Vec2, vec2};
use input::{Encoder, Frame};
use multiclaw_core::Command;
use multiclaw_core::model::{
    CursorShape, DesktopId, Model, Scaling, Settings, Viewer, ViewerState,
};
use multiclaw_core::tr;
use std::sync::Arc;
use transform::Transform;

/// How close to the edge the pointer pans a larger desktop, in points.
const EDGE: f32 = 24.0;

/// How fast it pans at the very edge, in points a second.
const PAN: f32 = 1600.0;

/// What the conversation beside the desktop is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Show or hide it.
    Chat,
    /// Take the desktop's picture into it.
    Picture,
}

/// What is offered beside the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Offered {
    /// The conversation beside the desktop, and whether it shows. `None`: there is none.
    pub(crate) chat: Option<bool>,
    /// Taking control of the desktop.
    pub(crate) control: bool,
}

/// State of the window that shows a desktop.
#[derive(Default)]
pub(crate) struct View {
    desktop: Option<DesktopId>,
    encoder: Encoder,
    toolbar: toolbar::Toolbar,
    /// How far a larger desktop is moved, in desktop pixels.
    pan: Vec2,
    cursor: Option<(u64, u32, egui::CustomCursorImage)>,
    remote_cursor: Option<(u64, egui::TextureHandle)>,
}

impl View {
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        viewer: &Viewer,
        model: &Model,
        picture: &dyn Picture,
        offered: Offered,
        commands: &mut Vec<Command>,
    ) -> Option<Asked> {
        let ctx = ui.ctx().clone();
        let (view, settings) = (ui.max_rect(), &model.settings);
        let mut asked = None;
        self.follow(&ctx, viewer);
        if local_shortcut(&ctx, Key::Enter) {
            toggle_fullscreen(&ctx);
        }
        if local_shortcut(&ctx, Key::T) {
            self.toolbar.pin(&ctx);
        }
        for (key, what) in [(Key::C, Asked::Chat), (Key::S, Asked::Picture)] {
            if local_shortcut(&ctx, key) && offered.chat.is_some() {
                asked = Some(what);
            }
        }
        self.paint(ui, viewer, settings, picture, false, commands);
        overlay::state(ui, view, viewer, commands);
        if let (true, Some(stats)) = (settings.stats, &viewer.stats) {
            overlay::stats(ui, view, viewer, stats);
        }
        let fixed = model.fixed;
        let pressed = self.toolbar.show(ui, view, viewer, settings, fixed, offered, commands);
        if pressed.back {
            self.let_go(commands);
            take_keyboard(&ctx);
        }
        asked.or(pressed.asked)
    }

    /// The picture and nothing else: no shortcut, no toolbar, no words. `held`: something else
    /// has the keyboard and the pointer.
    pub(crate) fn show_alone(
        &mut self,
        ui: &mut Ui,
        viewer: &Viewer,
        settings: &Settings,
        picture: &dyn Picture,
        held: bool,
        commands: &mut Vec<Command>,
    ) {
        let ctx = ui.ctx().clone();
        self.follow(&ctx, viewer);
        self.paint(ui, viewer, settings, picture, held, commands);
        if let (true, Some(stats)) = (settings.stats, &viewer.stats) {
            overlay::stats(ui, ui.max_rect(), viewer, stats);
        }
    }

    /// Another desktop begins anew, with the keyboard.
    fn follow(&mut self, ctx: &egui::Context, viewer: &Viewer) {
        if self.desktop.as_ref() != Some(&viewer.desktop) {
            *self = Self { desktop: Some(viewer.desktop.clone()), ..Self::default() };
            take_keyboard(ctx);
        }
    }

    /// Paints the picture, dimmed while it is stale, and passes input on.
    fn paint(
        &mut self,
        ui: &mut Ui,
        viewer: &Viewer,
        settings: &Settings,
        picture: &dyn Picture,
        held: bool,
        commands: &mut Vec<Command>,
    ) {
        let ctx = ui.ctx().clone();
        let (view, id) = (ui.max_rect(), id());
        ui.painter().rect_filled(view, 0, tokens::of(&ctx).canvas);
        let response = ui.interact(view, id, Sense::click_and_drag());
        response.widget_info(|| {
            let name = tr!("viewer-desktop", name = viewer.name.as_str());
            egui::WidgetInfo::labeled(egui::accesskit::Role::Canvas, true, name)
        });
        let pressed = response.clicked() || response.drag_started() || response.secondary_clicked();
        if pressed && !held {
            response.request_focus();
        }
        let filter =
            EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
        if let (Some(size), Some(_)) = (viewer.size, picture.size()) {
            let transform = self.place(&ctx, size, view, settings.scaling, response.hovered());
            ui.painter().add(picture.shape(transform.rect, transform.filter));
            if held {
                self.let_go(commands);
            } else {
                self.control(ui, viewer, settings, &transform, &response, commands);
                self.point(ui, viewer, &transform, &response);
            }
        } else {
            self.let_go(commands);
        }
        if viewer.stale.is_some() && viewer.size.is_some() {
            ui.painter().rect_filled(view, 0, tokens::of(&ctx).dim);
        }
    }

    /// Lays the picture out, and pans a larger one when the pointer is near an edge.
    fn place(
        &mut self,
        ctx: &egui::Context,
        size: (u16, u16),
        view: Rect,
        scaling: Scaling,
        hovered: bool,
    ) -> Transform {
        let scale = ctx.pixels_per_point();
        let transform = Transform::new(size, view, scale, scaling, self.pan);
        let limit = transform.pan_limit(view);
        let mut pan = self.pan.clamp(Vec2::ZERO, limit);
        let (pointer, seconds) = ctx.input(|i| (i.pointer.hover_pos(), i.stable_dt.min(0.1)));
        if let (Some(at), true, true) = (pointer, hovered, limit != Vec2::ZERO) {
            let step = PAN * seconds / transform.points_per_pixel();
            let push = |at: f32, from: f32, to: f32| {
                let deep = |inside: f32| (1.0 - inside / EDGE).clamp(0.0, 1.0);
                step * (deep(to - at) - deep(at - from))
            };
            pan += vec2(push(at.x, view.min.x, view.max.x), push(at.y, view.min.y, view.max.y));
            pan = pan.clamp(Vec2::ZERO, limit);
            if pan != self.pan {
                // Goes on while the pointer rests at the edge, until the desktop's own.
                ctx.request_repaint();
            }
        }
        if pan == self.pan {
            return transform;
        }
        self.pan = pan;
        Transform::new(size, view, scale, scaling, pan)
    }

    /// Passes the frame's events on.
    fn control(
        &mut self,
        ui: &Ui,
        viewer: &Viewer,
        settings: &Settings,
        transform: &Transform,
        response: &egui::Response,
        commands: &mut Vec<Command>,
    ) {
        let live = matches!(viewer.state, ViewerState::Live { .. });
        let window = ui.input(|i| i.focused);
        let lost = ui.input(|i| i.events.contains(&Event::WindowFocused(false)));
        if viewer.view_only || !live || lost || !window {
            self.let_go(commands);
            return;
        }
        if !response.has_focus() {
            // Keys belong to something else now; the pointer still controls the picture.
            let held = self.encoder.release();
            commands.extend(held.into_iter().map(Command::Input));
        }
        let frame = Frame {
            transform,
            view: ui.max_rect(),
            hovered: response.contains_pointer() || self.encoder.dragging(),
            focused: response.has_focus(),
            keyboard: settings.keyboard,
        };
        let inputs = ui.input(|i| self.encoder.encode(&i.events, &frame));
        commands.extend(inputs.into_iter().map(Command::Input));
    }

    fn let_go(&mut self, commands: &mut Vec<Command>) {
        commands.extend(self.encoder.release().into_iter().map(Command::Input));
    }

    /// The desktop's pointer: as the system's own while controlling, painted while watching.
    fn point(
        &mut self,
        ui: &Ui,
        viewer: &Viewer,
        transform: &Transform,
        response: &egui::Response,
    ) {
        let live = matches!(viewer.state, ViewerState::Live { .. });
        let Some(shape) = viewer.cursor.shape.as_ref().filter(|_| live) else { return };
        let scale = transform.points_per_pixel();
        if viewer.view_only {
            if viewer.cursor.visible {
                self.paint_remote(ui, shape, viewer, transform);
            }
            return;
        }
        if !response.contains_pointer() {
            return;
        }
        if !viewer.cursor.visible {
            ui.ctx().set_cursor_icon(CursorIcon::None);
            return;
        }
        let physical = scale * ui.ctx().pixels_per_point();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred"
        )]
        let percent = (physical * 100.0).clamp(25.0, 400.0) as u32;
        let known = self
            .cursor
            .as_ref()
            .is_some_and(|(n, p, _)| *n == viewer.cursor.generation && *p == percent);
        if !known {
            self.cursor = Some((viewer.cursor.generation, percent, scaled(shape, percent)));
        }
        if let Some((.., image)) = &self.cursor {
            let image = image.clone();
            ui.ctx().output_mut(|o| o.cursor_image = Some(image));
        }
    }

    fn paint_remote(
        &mut self,
        ui: &Ui,
        shape: &CursorShape,
        viewer: &Viewer,
        transform: &Transform,
    ) {
        let size = [usize::from(shape.width), usize::from(shape.height)];
        if self.remote_cursor.as_ref().is_none_or(|(n, _)| *n != viewer.cursor.generation) {
            let image = egui::ColorImage::from_rgba_unmultiplied(size, &shape.rgba);
            let options = egui::TextureOptions::LINEAR;
            let texture = ui.ctx().load_texture("desktop pointer", image, options);
            self.remote_cursor = Some((viewer.cursor.generation, texture));
        }
        let Some((_, texture)) = &self.remote_cursor else { return };
        let scale = transform.points_per_pixel();
        let hotspot = vec2(f32::from(shape.hotspot.0), f32::from(shape.hotspot.1)) * scale;
        let at = transform.to_window(viewer.cursor.position) - hotspot - Vec2::splat(scale / 2.0);
        let size = vec2(f32::from(shape.width), f32::from(shape.height)) * scale;
        let whole = Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
        let tint = egui::Color32::WHITE;
        ui.painter().image(texture.id(), Rect::from_min_size(at, size), whole, tint);
    }
}

/// The picture, which has the keyboard while the desktop is controlled.
fn id() -> Id {
    Id::unique("picture")
}

/// Keys are to go to the desktop.
pub(crate) fn take_keyboard(ctx: &egui::Context) {
    ctx.memory_mut(|m| m.request_focus(id()));
}

/// Keys go to the desktop now.
pub(crate) fn has_keyboard(ctx: &egui::Context) -> bool {
    ctx.memory(|m| m.has_focus(id()))
}

/// Ctrl+Alt and a key; never sent to the desktop.
fn local_shortcut(ctx: &egui::Context, key: Key) -> bool {
    ctx.input_mut(|i| {
        // AltGr is Ctrl and Alt on Windows; with it the key types something.
        let typed = i.events.iter().any(|event| matches!(event, Event::Text(_)));
        !typed && i.consume_key(Modifiers::CTRL | Modifiers::ALT, key)
    })
}

/// The pointer as large as its desktop pixels are on this screen.
fn scaled(shape: &CursorShape, percent: u32) -> egui::CustomCursorImage {
    if percent == 100 {
        return egui::CustomCursorImage {
            rgba: Arc::clone(&shape.rgba),
            size: [shape.width, shape.height],
            hotspot: [shape.hotspot.0, shape.hotspot.1],
        };
    }
    let side = |n: u16| u16::try_from((u32::from(n) * percent / 100).clamp(1, 255)).unwrap_or(255);
    let (width, height) = (side(shape.width), side(shape.height));
    let mut rgba = Vec::with_capacity(usize::from(width) * usize::from(height) * 4);
    for y in 0..u32::from(height) {
        let from_y = y * u32::from(shape.height) / u32::from(height);
        for x in 0..u32::from(width) {
            let from_x = x * u32::from(shape.width) / u32::from(width);
            let at = ((from_y * u32::from(shape.width) + from_x) * 4) as usize;
            rgba.extend_from_slice(shape.rgba.get(at..at + 4).unwrap_or(&[0; 4]));
        }
    }
    let hot = |n: u16, side: u16| {
        let scaled = u32::from(n) * percent / 100;
        u16::try_from(scaled).unwrap_or(0).min(side - 1)
    };
    egui::CustomCursorImage {
        rgba: rgba.into(),
        size: [width, height],
        hotspot: [hot(shape.hotspot.0, width), hot(shape.hotspot.1, height)],
    }
}

/// Space between overlays and the window's edge.
pub(crate) const MARGIN: f32 = space::M;
