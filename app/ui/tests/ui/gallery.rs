//! More pictures, reviewed by eye.

use crate::desktops::pictured;
use crate::palette::{full, write};
use crate::shell::{connected, offline};
use crate::world::*;
use egui_kittest::kittest::Queryable;
use egui_kittest::{SnapshotOptions, SnapshotResults};
use multiclaw_core::model::*;
use multiclaw_ui::Screen;

#[test]
fn the_frame_looks_as_reviewed() {
    let options = SnapshotOptions::new().threshold(1.2).max_failed_pixels(400usize);
    let mut results = SnapshotResults::new();
    let harness = |mut model: Model, theme, screen| {
        model.settings.theme = theme;
        let mut h = scaled(model, [1100.0, 700.0], 1.0);
        h.state_mut().ui.as_mut().unwrap().go(screen);
        h.run_steps(4);
        h
    };
    let mut model = offline(pictured());
    model.conversations.unsent = 3;
    let mut h = harness(model, Theme::Dark, Screen::Desktops);
    results.add(h.try_snapshot_options("shell_dark", &options));

    let mut h = harness(connected(signed_in(three()), 60), Theme::Light, Screen::Settings);
    h.get_by_role_and_label(egui::accesskit::Role::Tab, "Network").click();
    h.run_steps(3);
    h.event(egui::Event::PointerGone);
    h.run_steps(2);
    results.add(h.try_snapshot_options("settings_light", &options));

    let mut h = harness(full(60), Theme::Light, Screen::Desktops);
    h.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    h.run_steps(4);
    write(&mut h, "de");
    results.add(h.try_snapshot_options("palette_light", &options));

    let page = BrowserSignIn {
        code: "KQ7D-2M4X".into(),
        address: "https://sso.example.com/device?user_code=KQ7D-2M4X".into(),
    };
    let model = signed_out(SignIn { busy: true, browser: Some(page), ..form() });
    let mut h = harness(model, Theme::Dark, Screen::Desktops);
    results.add(h.try_snapshot_options("sign_in_browser_dark", &options));
}
