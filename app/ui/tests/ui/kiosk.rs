//! The unattended screen, and what a policy takes out of the settings.

use crate::world::*;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, pos2};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use multiclaw_core::Command;
use multiclaw_core::command::{Input, KeyCode};
use multiclaw_core::model::*;
use multiclaw_core::secret::Pin;
use multiclaw_ui::Screen;

const KEYS: [&str; 2] = [
    "Held under cage: F11, Ctrl+K and other keys of MultiClaw, Ctrl+Alt+Delete, Alt+F4, Alt+Tab.",
    "Not held: Alt+SysRq.",
];

/// An unattended screen around a model.
fn alone(mut model: Model, waiting: Option<Waiting>) -> Model {
    model.kiosk = Some(Kiosk {
        branding: "Reception".into(),
        desktop: "build-box".into(),
        idle_cursor: 5,
        waiting,
        keys: Vec::new(),
        pin: PinEntry::Ready,
        end: None,
    });
    model
}

fn off() -> Waiting {
    Waiting {
        what: "build-box is off.".into(),
        next: "It shows here as soon as it is on.".into(),
        seconds: None,
    }
}

fn lost_waiting() -> Waiting {
    Waiting {
        what: "The connection to build-box was lost.".into(),
        next: "This screen tries again by itself.".into(),
        seconds: Some(5),
    }
}

fn ctrl_alt(shift: bool) -> Modifiers {
    Modifiers { ctrl: true, command: true, alt: true, shift, ..Modifiers::NONE }
}

fn press(h: &mut Harness<'_, State>, key: Key, modifiers: Modifiers) {
    for pressed in [true, false] {
        let physical_key = Some(key);
        h.event(Event::Key { key, physical_key, pressed, repeat: false, modifiers });
        h.run_steps(1);
    }
    h.run_steps(2);
}

fn chord(h: &mut Harness<'_, State>) {
    press(h, Key::Q, ctrl_alt(true));
}

fn shows(h: &Harness<'_, State>, label: &str) -> bool {
    h.query_by_label(label).is_some()
}

fn buttons(h: &Harness<'_, State>) -> usize {
    h.query_all_by_role(Role::Button).count()
}

#[test]
fn waiting_says_what_is_missing_without_a_button() {
    let mut model = alone(signed_in(three()), Some(off()));
    model.kiosk.as_mut().unwrap().keys = KEYS.map(str::to_owned).to_vec();
    let mut h = harness(model, [1280.0, 720.0]);
    for label in ["Reception", "build-box is off.", "It shows here as soon as it is on."] {
        h.get_by_label(label);
    }
    for sentence in KEYS {
        h.get_by_label(sentence);
    }
    assert_eq!(buttons(&h), 0);
    let kiosk = h.state_mut().model.kiosk.as_mut().unwrap();
    kiosk.keys.clear();
    kiosk.waiting = Some(lost_waiting());
    h.run_steps(3);
    assert!(!shows(&h, KEYS[1]));
    h.get_by_label("The next attempt is in 5 s.");
    assert_eq!(h.state().commands, []);
}

#[test]
fn nobody_signed_in_is_said_and_there_is_no_form() {
    let waiting = Waiting {
        what: "This screen is not signed in.".into(),
        next: "An administrator has to run multiclaw enroll on this computer.".into(),
        seconds: None,
    };
    let h = harness(alone(signed_out(form()), Some(waiting)), [1280.0, 720.0]);
    h.get_by_label("This screen is not signed in.");
    assert!(!shows(&h, "Password") && !shows(&h, "E-mail"));
    assert_eq!(buttons(&h), 0);
}

#[test]
fn live_shows_the_picture_alone_and_every_key_goes_to_the_desktop() {
    let mut h = harness(alone(live(), None), [1280.0, 720.0]);
    h.hover_at(pos2(640.0, 2.0));
    h.run_steps(4);
    assert!(h.state().picture.last.get().is_some());
    assert_eq!(buttons(&h), 0, "no toolbar, also at the top edge");
    h.state_mut().commands.clear();
    press(&mut h, Key::F11, Modifiers::NONE);
    for key in [Key::T, Key::C, Key::S, Key::Enter] {
        press(&mut h, key, ctrl_alt(false));
    }
    press(&mut h, Key::K, Modifiers { ctrl: true, command: true, ..Modifiers::NONE });
    press(&mut h, Key::Comma, Modifiers { ctrl: true, command: true, ..Modifiers::NONE });
    let sent = &h.state().commands;
    assert!(sent.iter().all(|c| matches!(c, Command::Input(_))), "{sent:?}");
    for code in [
        KeyCode::F11,
        KeyCode::KeyT,
        KeyCode::KeyC,
        KeyCode::KeyS,
        KeyCode::Enter,
        KeyCode::KeyK,
        KeyCode::Comma,
    ] {
        let down = Command::Input(Input::Key { code, pressed: true });
        assert!(sent.contains(&down), "{code:?}: {sent:?}");
    }
    assert_eq!(buttons(&h), 0);
    assert!(!shows(&h, "Search"), "no palette");
}

#[test]
fn a_picture_that_is_lost_stays_dimmed_and_dated() {
    let h = harness(alone(lost(), Some(lost_waiting())), [1280.0, 720.0]);
    assert!(h.state().picture.last.get().is_some());
    for label in [
        "The connection to build-box was lost.",
        "This screen tries again by itself.",
        "The next attempt is in 5 s.",
        "Picture from 14:03:22, 12 s ago",
    ] {
        h.get_by_label(label);
    }
    assert_eq!(buttons(&h), 0);
}

#[test]
fn the_pin_field_opens_takes_the_pin_and_keeps_it_from_the_desktop() {
    let mut h = harness(alone(live(), None), [1280.0, 720.0]);
    h.event(Event::Key {
        key: Key::ShiftLeft,
        physical_key: Some(Key::ShiftLeft),
        pressed: true,
        repeat: false,
        modifiers: Modifiers::SHIFT,
    });
    h.run_steps(1);
    chord(&mut h);
    h.get_by_label("Leave this screen");
    let held = h.state().commands.clone();
    assert!(held.contains(&Command::Input(Input::ReleaseAll)), "nothing stays pressed: {held:?}");
    h.state_mut().commands.clear();
    h.event(Event::Text("428193".into()));
    h.run_steps(2);
    press(&mut h, Key::Enter, Modifiers::NONE);
    let asked = Command::UnlockKiosk(Pin::new("428193".into()));
    assert_eq!(h.state().commands, [asked]);

    for (state, text) in [
        (PinEntry::Checking, "Checking."),
        (PinEntry::Wrong { left: 3 }, "This PIN is wrong. 3 attempts are left."),
        (PinEntry::Wrong { left: 1 }, "This PIN is wrong. One attempt is left."),
        (PinEntry::Locked { seconds: 27 }, "Too many wrong PINs. Try again in 27 s."),
    ] {
        h.state_mut().model.kiosk.as_mut().unwrap().pin = state;
        h.run_steps(2);
        h.get_by_label(text);
    }
    h.state_mut().commands.clear();
    h.event(Event::Text("000000".into()));
    h.run_steps(1);
    press(&mut h, Key::Enter, Modifiers::NONE);
    assert_eq!(h.state().commands, [], "nothing is tried while it is locked");
    press(&mut h, Key::Escape, Modifiers::NONE);
    assert!(!shows(&h, "Leave this screen"));
    h.state_mut().commands.clear();
    press(&mut h, Key::A, Modifiers::NONE);
    let down = Command::Input(Input::Key { code: KeyCode::KeyA, pressed: true });
    assert!(h.state().commands.contains(&down), "the desktop has the keyboard again");
}

#[test]
fn the_pin_can_be_entered_where_there_is_no_picture_and_where_q_is_elsewhere() {
    let mut h = harness(alone(signed_out(form()), Some(off())), [1280.0, 720.0]);
    // An AZERTY keyboard has A there, a Cyrillic one a letter without a name.
    for (key, physical_key) in [(Key::Q, Key::A), (Key::A, Key::Q)] {
        let (pressed, repeat, modifiers) = (true, false, ctrl_alt(true));
        h.event(Event::Key { key, physical_key: Some(physical_key), pressed, repeat, modifiers });
        h.run_steps(3);
        h.get_by_label("Leave this screen");
        press(&mut h, Key::Escape, Modifiers::NONE);
    }
    assert!(!shows(&h, "Leave this screen"));
}

#[test]
fn without_a_pin_there_is_no_way_out_and_the_chord_belongs_to_the_desktop() {
    let mut model = alone(live(), None);
    model.kiosk.as_mut().unwrap().pin = PinEntry::None;
    let mut h = harness(model, [1280.0, 720.0]);
    h.state_mut().commands.clear();
    chord(&mut h);
    assert!(!shows(&h, "Leave this screen"));
    let down = Command::Input(Input::Key { code: KeyCode::KeyQ, pressed: true });
    assert!(h.state().commands.contains(&down), "{:?}", h.state().commands);
}

#[test]
fn view_only_sends_nothing_and_can_still_be_left() {
    let mut model = alone(live(), None);
    model.viewer.as_mut().unwrap().view_only = true;
    let mut h = harness(model, [1280.0, 720.0]);
    h.hover_at(pos2(300.0, 300.0));
    press(&mut h, Key::A, Modifiers::NONE);
    assert!(!h.state().commands.iter().any(|c| matches!(c, Command::Input(_))));
    chord(&mut h);
    h.get_by_label("Leave this screen");
}

#[test]
fn the_pointer_goes_away_when_nobody_moves_it() {
    let mut h = harness(alone(live(), None), [1280.0, 720.0]);
    let hidden =
        |h: &Harness<'_, State>| h.output().platform_output.cursor_icon == egui::CursorIcon::None;
    h.hover_at(pos2(600.0, 300.0));
    h.run_steps(4);
    assert!(!hidden(&h));
    // Each step is a quarter of a second.
    h.run_steps(24);
    assert!(hidden(&h), "after five seconds");
    h.hover_at(pos2(601.0, 300.0));
    h.run_steps(2);
    assert!(!hidden(&h));
    h.state_mut().model.kiosk.as_mut().unwrap().idle_cursor = 0;
    h.run_steps(40);
    assert!(!hidden(&h), "never");
}

#[test]
fn an_unattended_screen_at_rest_asks_for_no_repaint() {
    for (name, model) in [
        ("live", alone(live(), None)),
        ("lost", alone(lost(), Some(lost_waiting()))),
        ("off", alone(signed_in(three()), Some(off()))),
    ] {
        let mut h = harness(model, [1280.0, 720.0]);
        h.hover_at(pos2(300.0, 300.0));
        h.run_steps(60);
        let output = &h.output().viewport_output;
        let delay = output.values().map(|v| v.repaint_delay).min().unwrap();
        assert_eq!(delay, std::time::Duration::MAX, "{name} repaints");
    }
}

fn page(fixed: &[Setting], name: Option<&str>) -> Harness<'static, State> {
    let mut model = signed_in(three());
    model.fixed = fixed.iter().copied().collect();
    let mut h = harness(model, [1100.0, 700.0]);
    h.state_mut().ui.as_mut().unwrap().go(Screen::Settings);
    h.run_steps(3);
    if let Some(name) = name {
        h.get_by_role_and_label(Role::Tab, name).click();
        h.run_steps(3);
    }
    h
}

#[test]
fn what_a_policy_fixes_is_not_in_the_settings() {
    use Setting as S;
    for (setting, tab, row) in [
        (S::Theme, None, "Theme"),
        (S::Notifications, None, "Notifications on the desktop"),
        (S::WebRtc, Some("Gateway"), "WebRTC connection mode"),
        (S::Scaling, Some("Cloud desktops"), "Scaling"),
        (S::Quality, Some("Cloud desktops"), "Quality"),
        (S::Stats, Some("Cloud desktops"), "Statistics"),
        (S::Keyboard, Some("Cloud desktops"), "Keyboard"),
        (S::LinkTitles, Some("Privacy"), "Titles of links"),
        (S::Favicons, Some("Privacy"), "Icons of sites"),
        (S::LiveProgress, Some("Privacy"), "Live progress"),
    ] {
        let count = |h: &Harness<'_, State>| h.query_all_by_label(row).count();
        assert!(count(&page(&[], tab)) > 0, "{row} is there");
        assert_eq!(count(&page(&[setting], tab)), 0, "{row} is gone");
    }
    let desktops = [S::Scaling, S::Quality, S::Stats, S::Keyboard];
    let h = page(&desktops, Some("Cloud desktops"));
    assert!(h.query_all_by_label("Low power").count() > 0, "that is everybody's own");
    let h = page(&[S::LinkTitles, S::Favicons, S::LiveProgress], Some("Privacy"));
    assert!(h.query_by_label("What is sent to others").is_none(), "nothing of it is left");
    assert!(h.query_all_by_label("Keep a crash log").count() > 0, "that is everybody's own");
}

#[test]
fn what_a_policy_fixes_is_not_in_the_toolbar() {
    use Setting as S;
    let mut model = live();
    model.fixed = [S::Scaling, S::Stats, S::ViewOnly, S::Keyboard].into_iter().collect();
    let mut h = harness(model, [1280.0, 720.0]);
    h.hover_at(pos2(640.0, 2.0));
    h.run_steps(3);
    for gone in ["Actual size", "Fit to window", "View only", "Statistics", "Keyboard"] {
        assert!(!shows(&h, gone), "{gone}");
    }
    h.get_by_label("Send keys");
    h.get_by_label("Back to desktops");
}

#[test]
fn the_unattended_screen_looks_as_reviewed() {
    let options = SnapshotOptions::new().threshold(1.2).max_failed_pixels(400usize);
    let mut results = SnapshotResults::new();
    let mut model = alone(signed_in(three()), Some(off()));
    model.settings.theme = Theme::Dark;
    model.kiosk.as_mut().unwrap().keys = KEYS.map(str::to_owned).to_vec();
    let mut h = scaled(model, [1280.0, 720.0], 1.0);
    results.add(h.try_snapshot_options("kiosk_waiting_dark", &options));
    let mut model = alone(lost(), Some(lost_waiting()));
    model.settings.theme = Theme::Light;
    let mut h = scaled(model, [1280.0, 720.0], 1.0);
    results.add(h.try_snapshot_options("kiosk_lost_light", &options));
}
