//! The slim bar at the top. It hides while the pointer is elsewhere.

use super::{Asked, MARGIN, Offered};
use crate::icons::Icon;
use crate::toggle_fullscreen;
use crate::tokens::{self, size, space};
use crate::widgets::{floating, icon_button};
use egui::{Align2, Area, Context, Id, Margin, Order, Popup, Rect, RichText, Sense, Ui, vec2};
use multiclaw_core::Command;
use multiclaw_core::command::{Input, KeyCode};
use multiclaw_core::model::{
    Fixed, Keyboard, PathKind, Quality, Scaling, Setting, Settings, Viewer, ViewerState,
};
use multiclaw_core::tr;
use std::time::Duration;

/// How long it stays after the pointer left, in seconds.
const STAY: f64 = 2.5;
/// Width that all buttons in one row take with a short name, in points.
const ONE_ROW: f32 = 540.0;
/// Height of the strip at the top that calls it, in points.
const STRIP: f32 = 6.0;

/// Whether it shows.
#[derive(Default)]
pub(super) struct Toolbar {
    /// Shown until this time of egui's clock; set on the first frame.
    until: Option<f64>,
    focus: bool,
}

/// What was pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pressed {
    /// Keys were sent, or something was chosen after which the picture should have the keyboard
    /// again.
    pub back: bool,
    pub asked: Option<Asked>,
}

/// Combinations that the window system would keep for itself.
const CHORDS: [(&str, &[KeyCode]); 7] = [
    ("Ctrl+Alt+Delete", &[KeyCode::ControlLeft, KeyCode::AltLeft, KeyCode::Delete]),
    ("Super", &[KeyCode::MetaLeft]),
    ("Alt+Tab", &[KeyCode::AltLeft, KeyCode::Tab]),
    ("Alt+F4", &[KeyCode::AltLeft, KeyCode::F4]),
    ("Ctrl+Alt+T", &[KeyCode::ControlLeft, KeyCode::AltLeft, KeyCode::KeyT]),
    ("F11", &[KeyCode::F11]),
    ("Print Screen", &[KeyCode::PrintScreen]),
];

impl Toolbar {
    /// Shows it and gives it the keyboard.
    pub(super) fn pin(&mut self, ctx: &Context) {
        self.until = Some(ctx.input(|i| i.time) + 4.0 * STAY);
        self.focus = true;
    }

    /// What is `fixed` is not offered.
    #[expect(clippy::too_many_arguments, reason = "what the buttons show, and what they ask for")]
    pub(super) fn show(
        &mut self,
        ui: &Ui,
        view: Rect,
        viewer: &Viewer,
        settings: &Settings,
        fixed: Fixed,
        offered: Offered,
        commands: &mut Vec<Command>,
    ) -> Pressed {
        let ctx = ui.ctx().clone();
        let (now, pointer) = ctx.input(|i| (i.time, i.pointer.hover_pos()));
        let until = *self.until.get_or_insert(now + STAY);
        let called = pointer.is_some_and(|p| view.contains(p) && p.y < view.min.y + STRIP);
        let open = Popup::is_any_open(&ctx);
        let calm = !matches!(viewer.state, ViewerState::Live { .. });
        if called || open {
            self.until = Some(now + STAY);
        }
        if !(calm || called || open || now < until) {
            return Pressed::default();
        }
        let left = self.until.unwrap_or(now) - now;
        if !calm && left > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(left + 0.01));
        }
        let focus = std::mem::take(&mut self.focus);
        let shown = Area::new(Id::unique("toolbar"))
            .order(Order::Foreground)
            .constrain_to(view)
            .anchor(Align2::CENTER_TOP, vec2(0.0, MARGIN))
            .show(&ctx, |ui| {
                let frame = floating(ui).inner_margin(Margin::symmetric(8, 6));
                let pressed = Pressed::default();
                let bar = Bar { viewer, settings, fixed, offered, commands, pressed };
                let room = view.width() - 2.0 * MARGIN - 16.0;
                frame.show(ui, |ui| bar.show(ui, focus, room)).inner
            });
        if shown.response.contains_pointer() {
            self.until = Some(now + STAY);
        }
        shown.inner
    }
}

/// What the buttons need to know.
struct Bar<'a> {
    viewer: &'a Viewer,
    settings: &'a Settings,
    fixed: Fixed,
    offered: Offered,
    commands: &'a mut Vec<Command>,
    pressed: Pressed,
}

impl Bar<'_> {
    /// In one row, or in two where there is little room.
    fn show(mut self, ui: &mut Ui, focus: bool, room: f32) -> Pressed {
        if room >= ONE_ROW {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                self.leave(ui, focus);
                name(ui, self.viewer, (room - ONE_ROW + 60.0).clamp(60.0, 180.0));
                divider(ui);
                self.scaling(ui);
                divider(ui);
                self.control(ui);
                divider(ui);
                if self.offered.chat.is_some() {
                    self.chat(ui);
                    divider(ui);
                }
                self.window(ui);
            });
            return self.pressed;
        }
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            self.leave(ui, focus);
            // Two buttons stand at the right.
            let wide = (room - 3.0 * 36.0 - 18.0).clamp(40.0, 130.0);
            name(ui, self.viewer, wide);
            let right = ui.max_rect().left() + 8.0 * 32.0;
            ui.add_space((right - 2.0 * 32.0 - space::XS - ui.cursor().left()).max(0.0));
            self.chat(ui);
        });
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            self.scaling(ui);
            self.control(ui);
            self.window(ui);
        });
        self.pressed
    }

    fn leave(&mut self, ui: &mut Ui, focus: bool) {
        let leave = icon_button(ui, Icon::Back, tr!("viewer-back"), false);
        if focus {
            leave.request_focus();
        }
        if leave.clicked() {
            self.commands.push(Command::CloseDesktop);
        }
    }

    fn scaling(&mut self, ui: &mut Ui) {
        if self.fixed.has(Setting::Scaling) {
            return;
        }
        let fit = self.settings.scaling == Scaling::Fit;
        if icon_button(ui, Icon::Fit, tr!("viewer-fit"), fit).clicked() {
            self.commands.push(Command::SetScaling(Scaling::Fit));
            self.pressed.back = true;
        }
        if icon_button(ui, Icon::OneToOne, tr!("viewer-actual-size"), !fit).clicked() {
            self.commands.push(Command::SetScaling(Scaling::OneToOne));
            self.pressed.back = true;
        }
    }

    fn control(&mut self, ui: &mut Ui) {
        let (settings, fixed, back) = (self.settings, self.fixed, &mut self.pressed.back);
        if !self.offered.control {
            let name = quality_name(fixed);
            let quality = icon_button(ui, Icon::Quality, name, false);
            Popup::menu(&quality)
                .show(|ui| *back |= choose_quality(ui, settings, fixed, self.commands));
            return;
        }
        if !fixed.has(Setting::ViewOnly)
            && icon_button(ui, Icon::Eye, tr!("viewer-view-only"), self.viewer.view_only).clicked()
        {
            self.commands.push(Command::SetViewOnly(!self.viewer.view_only));
            *back = true;
        }
        let keys = icon_button(ui, Icon::Keys, tr!("viewer-send-keys"), false);
        Popup::menu(&keys).show(|ui| *back |= send_keys(ui, self.commands));
        if !fixed.has(Setting::Keyboard) {
            let keyboard = icon_button(ui, Icon::Keyboard, tr!("viewer-keyboard"), false);
            Popup::menu(&keyboard).show(|ui| *back |= choose_keyboard(ui, settings, self.commands));
        }
        let name = quality_name(fixed);
        let quality = icon_button(ui, Icon::Quality, name, false);
        Popup::menu(&quality)
            .show(|ui| *back |= choose_quality(ui, settings, fixed, self.commands));
    }

    fn chat(&mut self, ui: &mut Ui) {
        let Some(shows) = self.offered.chat else { return };
        if icon_button(ui, Icon::Chat, tr!("viewer-chat"), shows).clicked() {
            self.pressed.asked = Some(Asked::Chat);
        }
        let picture = icon_button(ui, Icon::Picture, tr!("viewer-picture-to-chat"), false);
        if self.viewer.size.is_some() && picture.clicked() {
            self.pressed.asked = Some(Asked::Picture);
        }
    }

    fn window(&mut self, ui: &mut Ui) {
        if !self.fixed.has(Setting::Stats)
            && icon_button(ui, Icon::Stats, tr!("viewer-statistics"), self.settings.stats).clicked()
        {
            self.commands.push(Command::ShowStats(!self.settings.stats));
            self.pressed.back = true;
        }
        if icon_button(ui, Icon::FullScreen, tr!("viewer-full-screen"), false).clicked() {
            toggle_fullscreen(ui.ctx());
            self.pressed.back = true;
        }
    }
}

fn divider(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(9.0, 20.0), Sense::hover());
    let line = egui::Stroke::new(1.0, tokens::of(ui.ctx()).line);
    ui.painter().vline(rect.center().x, rect.y_range(), line);
}

/// Which desktop, and how it is; at most this wide.
fn name(ui: &mut Ui, viewer: &Viewer, wide: f32) {
    let t = tokens::of(ui.ctx());
    let (colour, word) = match &viewer.state {
        ViewerState::Live { path: PathKind::Relay } => (t.good, tr!("viewer-live-relay")),
        ViewerState::Live { path: PathKind::Direct } => (t.good, tr!("viewer-live-direct")),
        ViewerState::Live { path: PathKind::Unknown } => (t.good, tr!("viewer-live")),
        ViewerState::Connecting(_) => (t.warning, tr!("viewer-connecting")),
        ViewerState::Unstable => (t.warning, tr!("viewer-unstable")),
        ViewerState::Lost { .. } => (t.bad, tr!("viewer-not-connected")),
    };
    ui.add_space(space::XS);
    let (dot, response) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
    ui.painter().circle_filled(dot.center(), 4.5, colour);
    response.on_hover_text(word);
    ui.vertical(|ui| {
        ui.set_max_width(wide);
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add(egui::Label::new(RichText::new(&viewer.name).size(size::BODY)).truncate());
        ui.add(egui::Label::new(RichText::new(word).size(size::SMALL - 1.0).weak()).truncate());
    });
}

fn quality_name(fixed: Fixed) -> &'static str {
    if fixed.has(Setting::Quality) { tr!("viewer-picture") } else { tr!("viewer-quality") }
}

fn send_keys(ui: &mut Ui, commands: &mut Vec<Command>) -> bool {
    ui.set_width(190.0);
    let mut sent = false;
    for (name, keys) in CHORDS {
        if ui.button(name).clicked() {
            let key = |code: &KeyCode, pressed| Command::Input(Input::Key { code: *code, pressed });
            commands.extend(keys.iter().map(|code| key(code, true)));
            commands.extend(keys.iter().rev().map(|code| key(code, false)));
            ui.close();
            sent = true;
        }
    }
    ui.separator();
    ui.label(RichText::new(tr!("viewer-keys-kept")).small().weak());
    sent
}

fn choose_keyboard(ui: &mut Ui, settings: &Settings, commands: &mut Vec<Command>) -> bool {
    ui.set_width(290.0);
    let mut chosen = false;
    for (mode, name, why) in [
        (Keyboard::Automatic, tr!("viewer-keyboard-typed"), tr!("viewer-keyboard-typed-why")),
        (Keyboard::Position, tr!("viewer-keyboard-position"), tr!("viewer-keyboard-position-why")),
    ] {
        if ui.selectable_label(settings.keyboard == mode, name).clicked() {
            commands.push(Command::SetKeyboard(mode));
            ui.close();
            chosen = true;
        }
        ui.label(RichText::new(why).small().weak());
    }
    chosen
}

fn choose_quality(
    ui: &mut Ui,
    settings: &Settings,
    fixed: Fixed,
    commands: &mut Vec<Command>,
) -> bool {
    ui.set_width(250.0);
    let mut chosen = false;
    for (quality, name, why) in [
        (Quality::LowData, tr!("viewer-quality-low"), tr!("viewer-quality-low-why")),
        (Quality::Balanced, tr!("viewer-quality-balanced"), tr!("viewer-quality-balanced-why")),
        (Quality::Sharp, tr!("viewer-quality-sharp"), tr!("viewer-quality-sharp-why")),
    ]
    .into_iter()
    .filter(|_| !fixed.has(Setting::Quality))
    {
        if ui.selectable_label(settings.quality == quality, name).clicked() {
            commands.push(Command::SetQuality(quality));
            ui.close();
            chosen = true;
        }
        ui.label(RichText::new(why).small().weak());
    }
    if !fixed.has(Setting::Quality) {
        ui.separator();
    }
    if ui.button(tr!("viewer-refresh")).clicked() {
        commands.push(Command::RefreshPicture);
        ui.close();
        chosen = true;
    }
    chosen
}
