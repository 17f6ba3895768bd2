//! The viewer.

use crate::world::*;
use egui::{Event, Key, Modifiers, PointerButton, pos2};
use egui_kittest::kittest::Queryable;
use multiclaw_core::Command;
use multiclaw_core::command::{Button, Input, KeyCode};
use multiclaw_core::model::*;
use multiclaw_ui::Filter;

fn inputs(commands: &[Command]) -> Vec<Input> {
    commands
        .iter()
        .filter_map(|c| match c {
            Command::Input(input) => Some(input.clone()),
            _ => None,
        })
        .collect()
}

fn key(key: Key, pressed: bool) -> Event {
    Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers: Modifiers::NONE }
}

#[test]
fn keys_tab_and_escape_reach_the_desktop() {
    let mut h = harness(live(), [1280.0, 720.0]);
    h.run_steps(3);
    for k in [Key::A, Key::Tab, Key::Escape, Key::ArrowUp] {
        h.event(key(k, true));
        h.event(key(k, false));
        h.run_steps(1);
    }
    let sent = inputs(&h.state().commands);
    let expected: Vec<Input> = [KeyCode::KeyA, KeyCode::Tab, KeyCode::Escape, KeyCode::ArrowUp]
        .into_iter()
        .flat_map(|code| [true, false].map(|pressed| Input::Key { code, pressed }))
        .collect();
    assert_eq!(sent, expected);
}

#[test]
fn a_click_lands_on_the_pixel_under_it() {
    let mut h = harness(live(), [1280.0, 800.0]);
    // 1280x720 in 1280x800: 40 points of canvas above.
    let at = pos2(640.5, 400.5);
    h.hover_at(at);
    h.run_steps(2);
    for pressed in [true, false] {
        let modifiers = Modifiers::NONE;
        h.event(Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers,
        });
        h.run_steps(1);
    }
    let sent = inputs(&h.state().commands);
    let button = |pressed| Input::Button { x: 640, y: 360, button: Button::Left, pressed };
    assert!(sent.contains(&Input::Move { x: 640, y: 360 }), "{sent:?}");
    assert!(sent.ends_with(&[button(true), button(false)]), "{sent:?}");
}

#[test]
fn everything_is_released_when_the_window_loses_focus() {
    let mut h = harness(live(), [1280.0, 720.0]);
    h.run_steps(3);
    h.event(key(Key::ShiftLeft, true));
    h.event(key(Key::A, true));
    h.run_steps(1);
    h.event(Event::WindowFocused(false));
    h.run_steps(2);
    let sent = inputs(&h.state().commands);
    let up = |code| Input::Key { code, pressed: false };
    let tail = [up(KeyCode::KeyA), up(KeyCode::ShiftLeft), Input::ReleaseAll];
    assert!(sent.ends_with(&tail), "{sent:?}");
}

#[test]
fn view_only_sends_nothing() {
    let mut model = live();
    model.viewer.as_mut().unwrap().view_only = true;
    let mut h = harness(model, [1280.0, 720.0]);
    h.event(key(Key::A, true));
    h.hover_at(pos2(300.0, 300.0));
    h.run_steps(3);
    assert_eq!(inputs(&h.state().commands), []);
}

#[test]
fn the_toolbar_has_a_name_for_everything() {
    let mut h = harness(live(), [1280.0, 720.0]);
    h.hover_at(pos2(640.0, 2.0));
    h.run_steps(3);
    for (name, command) in [
        ("Actual size", Command::SetScaling(Scaling::OneToOne)),
        ("View only", Command::SetViewOnly(true)),
        ("Statistics", Command::ShowStats(true)),
        ("Back to desktops", Command::CloseDesktop),
    ] {
        h.get_by_label(name).click();
        h.run_steps(3);
        assert!(h.state().commands.contains(&command), "{name}: {:?}", h.state().commands);
    }
    h.get_by_label("Full screen (F11)");
    h.get_by_label("Send keys").click();
    h.run_steps(3);
    h.get_by_label("Ctrl+Alt+Delete").click();
    h.run_steps(3);
    let sent = inputs(&h.state().commands);
    let key = |code, pressed| Input::Key { code, pressed };
    let chord = [
        key(KeyCode::ControlLeft, true),
        key(KeyCode::AltLeft, true),
        key(KeyCode::Delete, true),
        key(KeyCode::Delete, false),
        key(KeyCode::AltLeft, false),
        key(KeyCode::ControlLeft, false),
    ];
    assert!(sent.windows(chord.len()).any(|w| w == chord), "{sent:?}");
}

#[test]
fn a_lost_desktop_keeps_its_picture_dated_and_can_be_tried_again() {
    let mut h = harness(lost(), [1280.0, 720.0]);
    h.run_steps(3);
    assert!(h.state().picture.last.get().is_some(), "the last picture stays");
    h.get_by_label("Trying again in 5 s (attempt 2)");
    h.get_by_label("Picture from 14:03:22, 12 s ago");
    for (name, command) in
        [("Try now", Command::ReconnectNow), ("Stop trying", Command::CancelReconnect)]
    {
        h.get_by_label(name).click();
        h.run_steps(2);
        assert!(h.state().commands.contains(&command), "{name}");
    }
}

#[test]
fn every_step_of_connecting_is_said() {
    for step in
        [Step::AskingCloud, Step::WaitingForDesktop, Step::FindingPath, Step::WaitingForPicture]
    {
        let mut model = viewing(ViewerState::Connecting(step));
        model.viewer.as_mut().unwrap().size = None;
        let mut h = harness(model, [1280.0, 720.0]);
        h.run_steps(2);
        h.get_by_label("Opening build-box");
        h.get_by_label("Finding a network path");
    }
    let mut h = harness(viewing(ViewerState::Unstable), [1280.0, 720.0]);
    h.run_steps(2);
    h.get_by_label("The connection is unstable.");
}

#[test]
fn actual_size_is_physical_pixels() {
    let mut model = live();
    model.settings.scaling = Scaling::OneToOne;
    let mut h = scaled(model, [900.0, 600.0], 2.0);
    h.run_steps(2);
    let (rect, filter) = h.state().picture.last.get().unwrap();
    assert_eq!((rect.width(), rect.height()), (640.0, 360.0));
    assert_eq!(filter, Filter::Nearest);
}

#[test]
fn a_screen_at_rest_asks_for_no_repaint() {
    for (name, model) in [
        ("sign in", signed_out(form())),
        ("desktops", signed_in(three())),
        ("live", live()),
        ("lost", lost()),
    ] {
        let mut h = harness(model, [1280.0, 720.0]);
        // Long enough for the toolbar to hide: each step is a quarter of a second.
        h.run_steps(40);
        let output = &h.output().viewport_output;
        let delay = output.values().map(|v| v.repaint_delay).min().unwrap();
        assert_eq!(delay, std::time::Duration::MAX, "{name} repaints");
    }
}

#[test]
fn zoom_keys_belong_to_the_desktop_and_local_shortcuts_leave_no_release() {
    let mut h = harness(live(), [1280.0, 720.0]);
    h.run_steps(3);
    let ctrl = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
    let with = |key, pressed, modifiers| Event::Key {
        key,
        physical_key: Some(key),
        pressed,
        repeat: false,
        modifiers,
    };
    for pressed in [true, false] {
        h.event(with(Key::Minus, pressed, ctrl));
        h.run_steps(1);
    }
    assert!((h.ctx.zoom_factor() - 1.0).abs() < f32::EPSILON);
    let minus = |pressed| Input::Key { code: KeyCode::Minus, pressed };
    assert_eq!(inputs(&h.state().commands), [minus(true), minus(false)]);
    let both = Modifiers { alt: true, ..ctrl };
    for (key, modifiers) in [(Key::F11, Modifiers::NONE), (Key::Enter, both), (Key::T, both)] {
        for pressed in [true, false] {
            h.event(with(key, pressed, modifiers));
            h.run_steps(1);
        }
    }
    assert_eq!(inputs(&h.state().commands).len(), 2, "{:?}", h.state().commands);
}

#[test]
fn a_larger_desktop_pans_while_the_pointer_rests_at_the_edge_and_then_stops() {
    let mut model = live();
    model.settings.scaling = Scaling::OneToOne;
    let mut h = harness(model, [640.0, 400.0]);
    h.run_steps(2);
    let left = |h: &egui_kittest::Harness<'_, State>| h.state().picture.last.get().unwrap().0.min.x;
    h.hover_at(pos2(639.0, 200.0));
    h.run_steps(2);
    let first = left(&h);
    h.run_steps(3);
    assert!(left(&h) < first, "it goes on without movement");
    h.run_steps(200);
    assert!((left(&h) + 640.0).abs() < 0.01, "{}", left(&h));
    let next = h.output().viewport_output.get(&egui::ViewportId::ROOT).unwrap().repaint_delay;
    assert!(next > std::time::Duration::from_secs(1), "{next:?}");
}

#[test]
fn a_hidden_window_asks_for_no_pictures() {
    let ctx = egui::Context::default();
    let mut ui = multiclaw_ui::Ui::new(&ctx);
    let mut commands = Vec::new();
    let mut tell = |hidden: bool| {
        let mut input = egui::RawInput::default();
        input.viewports.entry(egui::ViewportId::ROOT).or_default().minimized = Some(hidden);
        // What a hidden window does: input, no painting.
        let mut output = ctx.run_ui(input, |_| ());
        output.textures_delta.clear();
        ui.tell_visible(&ctx, &live(), &mut commands);
        std::mem::take(&mut commands)
    };
    assert_eq!(tell(false), []);
    assert_eq!(tell(true), [Command::PictureVisible(false)]);
    assert_eq!(tell(true), []);
    assert_eq!(tell(false), [Command::PictureVisible(true)]);
}
