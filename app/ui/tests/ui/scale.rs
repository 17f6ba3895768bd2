//! From 100 to 300 percent.

use crate::shell::page;
use crate::world::*;
use egui::accesskit::Role as R;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use multiclaw_core::Command;
use multiclaw_core::model::*;
use multiclaw_ui::Screen;

fn at(percent: u16, mut model: Model, size: [f32; 2]) -> egui_kittest::Harness<'static, State> {
    model.settings.scale = percent.try_into().unwrap();
    let mut h = harness(model, size);
    h.run_steps(4);
    h
}

#[test]
fn keys_make_everything_larger_and_smaller_while_no_desktop_is_open() {
    for (from, key, to) in [
        (100, Key::Plus, Some(125)),
        (200, Key::Equals, Some(250)),
        (300, Key::Plus, None),
        (150, Key::Minus, Some(125)),
        (100, Key::Minus, None),
        (250, Key::Num0, Some(100)),
    ] {
        let mut h = at(from, signed_in(three()), [1200.0, 760.0]);
        h.key_press_modifiers(Modifiers::COMMAND, key);
        h.run_steps(2);
        let wanted: Vec<_> =
            to.into_iter().map(|to: u16| Command::SetScale(to.try_into().unwrap())).collect();
        assert_eq!(h.state().commands, wanted, "{from} {key:?}");
    }
    let mut h = at(100, live(), [1200.0, 760.0]);
    h.key_press_modifiers(Modifiers::COMMAND, Key::Plus);
    h.run_steps(2);
    let scaled = |c: &Command| matches!(c, Command::SetScale(_));
    assert!(!h.state().commands.iter().any(scaled), "the desktop has it");
}

#[test]
fn the_scale_is_applied_at_once_and_taken_back() {
    let mut h = at(100, signed_in(three()), [1200.0, 760.0]);
    assert!((h.ctx.zoom_factor() - 1.0).abs() < f32::EPSILON);
    h.state_mut().model.settings.scale = 250.try_into().unwrap();
    h.run_steps(3);
    assert!((h.ctx.zoom_factor() - 2.5).abs() < f32::EPSILON);
    h.state_mut().model.settings.scale = Scale::default();
    h.run_steps(3);
    assert!((h.ctx.zoom_factor() - 1.0).abs() < f32::EPSILON);
}

#[test]
fn at_300_percent_on_a_small_screen_everything_can_be_reached() {
    // Points of a screen with 1366 x 768 pixels.
    let size = [1366.0 / 3.0, 768.0 / 3.0];
    let inside = |h: &egui_kittest::Harness<'_, State>, role, name: &str| {
        let rect = h.get_by_role_and_label(role, name).rect();
        assert!(rect.left() >= 0.0 && rect.right() <= size[0] + 1.0, "{name} {rect:?}");
    };
    let h = harness(signed_out(form()), size);
    inside(&h, R::Button, "Sign in");
    let mut h = harness(signed_in(three()), size);
    for screen in Screen::ALL {
        h.state_mut().ui.as_mut().unwrap().go(screen);
        h.run_steps(4);
        inside(&h, R::Link, screen.name());
    }
    let h = page(signed_in(three()), "General", size);
    inside(&h, R::Tab, "General");
    inside(&h, R::RadioButton, "Dark");
    let h = harness(live(), size);
    inside(&h, R::Button, "Back to desktops");
}
