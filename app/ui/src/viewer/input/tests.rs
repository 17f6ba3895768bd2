use super::*;
use egui::{Key, MouseWheelSource, TouchPhase, Vec2, pos2, vec2};
use multiclaw_core::model::Scaling;

fn transform() -> Transform {
    let view = Rect::from_min_size(pos2(0.0, 0.0), vec2(800.0, 600.0));
    Transform::new((1600, 1200), view, 1.0, Scaling::Fit, Vec2::ZERO)
}

fn run(encoder: &mut Encoder, events: &[Event]) -> Vec<Input> {
    run_in(encoder, events, Keyboard::Automatic)
}

fn run_in(encoder: &mut Encoder, events: &[Event], keyboard: Keyboard) -> Vec<Input> {
    let transform = transform();
    let view = Rect::from_min_size(pos2(0.0, 0.0), vec2(800.0, 600.0));
    let frame = Frame { transform: &transform, view, hovered: true, focused: true, keyboard };
    encoder.encode(events, &frame)
}

fn key(key: Key, pressed: bool, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers }
}

fn down(code: KeyCode) -> Input {
    Input::Key { code, pressed: true }
}

fn up(code: KeyCode) -> Input {
    Input::Key { code, pressed: false }
}

fn text(text: &str) -> Input {
    Input::Text { text: text.into() }
}

const NONE: Modifiers = Modifiers::NONE;

#[test]
fn keys_go_by_position_and_repeats_do_not_go() {
    let mut e = Encoder::default();
    // An AZERTY keyboard: the key left of S types q.
    let event = |pressed, repeat| Event::Key {
        key: Key::Q,
        physical_key: Some(Key::A),
        pressed,
        repeat,
        modifiers: NONE,
    };
    let events = [event(true, false), event(true, true), event(false, false)];
    assert_eq!(run(&mut e, &events), [down(KeyCode::KeyA), up(KeyCode::KeyA)]);
}

#[test]
fn text_goes_where_the_layout_types_something_else() {
    let mut e = Encoder::default();
    let event = |pressed| Event::Key {
        key: Key::Z,
        physical_key: Some(Key::Y),
        pressed,
        repeat: false,
        modifiers: NONE,
    };
    let events = [event(true), Event::Text("z".into()), event(false)];
    assert_eq!(run(&mut e, &events), [text("z")]);
    assert_eq!(
        run_in(&mut e, &events, Keyboard::Position),
        [down(KeyCode::KeyY), up(KeyCode::KeyY)]
    );
    let us = [key(Key::A, true, NONE), Event::Text("a".into()), key(Key::A, false, NONE)];
    assert_eq!(run(&mut e, &us), [down(KeyCode::KeyA), up(KeyCode::KeyA)]);
}

#[test]
fn capitals_arrive_as_capitals_wherever_caps_lock_was_pressed() {
    let mut e = Encoder::default();
    let letter = [key(Key::A, true, NONE), Event::Text("A".into()), key(Key::A, false, NONE)];
    // It was on before this window had the keyboard: the desktop does not know.
    assert_eq!(run(&mut e, &letter), [text("A")]);
    let lock = [key(Key::CapsLock, true, NONE), key(Key::CapsLock, false, NONE)];
    assert_eq!(run(&mut e, &lock), [down(KeyCode::CapsLock), up(KeyCode::CapsLock)]);
    assert_eq!(run(&mut e, &letter), [down(KeyCode::KeyA), up(KeyCode::KeyA)]);
}

#[test]
fn every_letter_of_a_shortcut_counts_but_not_in_position_mode() {
    let mut e = Encoder::default();
    let ctrl = Modifiers { ctrl: true, command: true, ..NONE };
    // AZERTY: Z lies where the desktop has W, and Ctrl+W would close a window there.
    let event = |pressed| Event::Key {
        key: Key::Z,
        physical_key: Some(Key::W),
        pressed,
        repeat: false,
        modifiers: ctrl,
    };
    let undo = [event(true), event(false)];
    assert_eq!(run(&mut e, &undo), [down(KeyCode::KeyZ), up(KeyCode::KeyZ)]);
    let there = run_in(&mut e, &undo, Keyboard::Position);
    assert_eq!(there, [down(KeyCode::KeyW), up(KeyCode::KeyW)]);
}

#[test]
fn a_key_goes_up_as_what_it_went_down_as() {
    let mut e = Encoder::default();
    let pad = |key, pressed| Event::Key {
        key,
        physical_key: Some(Key::Num1),
        pressed,
        repeat: false,
        modifiers: NONE,
    };
    // Shift makes End of the number pad's 1, and goes up first.
    let events = [
        key(Key::ShiftLeft, true, NONE),
        pad(Key::End, true),
        key(Key::ShiftLeft, false, NONE),
        pad(Key::Num1, false),
    ];
    let sent =
        [down(KeyCode::ShiftLeft), down(KeyCode::End), up(KeyCode::ShiftLeft), up(KeyCode::End)];
    assert_eq!(run(&mut e, &events), sent);
    assert_eq!(e.release(), []);
}

#[test]
fn alt_gr_goes_as_the_character_it_makes() {
    let mut e = Encoder::default();
    let with = Modifiers { ctrl: true, alt: true, ..NONE };
    let events = [
        key(Key::AltRight, true, with),
        key(Key::E, true, with),
        Event::Text("€".into()),
        key(Key::E, false, with),
        key(Key::AltRight, false, NONE),
    ];
    let sent = [down(KeyCode::AltRight), up(KeyCode::AltRight), text("€")];
    assert_eq!(run(&mut e, &events), sent);
    // Windows presses the left Ctrl key with it, and AltGr is held for more than one character.
    let events = [
        key(Key::ControlLeft, true, with),
        key(Key::AltRight, true, with),
        key(Key::Q, true, with),
        Event::Text("@".into()),
        key(Key::Q, false, with),
        key(Key::E, true, with),
        Event::Text("€".into()),
        key(Key::E, false, with),
        key(Key::ControlLeft, false, NONE),
        key(Key::AltRight, false, NONE),
    ];
    let sent = [
        down(KeyCode::ControlLeft),
        down(KeyCode::AltRight),
        up(KeyCode::AltRight),
        up(KeyCode::ControlLeft),
        text("@"),
        text("€"),
    ];
    assert_eq!(run(&mut e, &events), sent);
}

#[test]
fn composed_and_dead_key_text_goes_as_text() {
    let mut e = Encoder::default();
    let events = [Event::Ime(ImeEvent::Commit("你好".into())), Event::Text("é".into())];
    assert_eq!(run(&mut e, &events), [text("你好"), text("é")]);
    let long = "ü".repeat(3000);
    let sent = run(&mut e, &[Event::Ime(ImeEvent::Commit(long.clone()))]);
    assert_eq!(sent.len(), 2);
    let joined: String = sent
        .iter()
        .map(|i| match i {
            Input::Text { text } => text.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(joined, long);
}

#[test]
fn clipboard_shortcuts_reach_the_desktop() {
    let mut e = Encoder::default();
    let ctrl = Modifiers { ctrl: true, command: true, ..NONE };
    let events = [
        key(Key::ControlLeft, true, ctrl),
        Event::Copy,
        key(Key::C, false, ctrl),
        Event::Paste("x".into()),
        key(Key::V, false, ctrl),
        key(Key::ControlLeft, false, NONE),
    ];
    let sent = [
        down(KeyCode::ControlLeft),
        down(KeyCode::KeyC),
        up(KeyCode::KeyC),
        down(KeyCode::KeyV),
        up(KeyCode::KeyV),
        up(KeyCode::ControlLeft),
    ];
    assert_eq!(run(&mut e, &events), sent);
    // The clipboard's own keys come without Ctrl.
    let alone = [
        down(KeyCode::ControlLeft),
        down(KeyCode::KeyC),
        up(KeyCode::KeyC),
        up(KeyCode::ControlLeft),
    ];
    assert_eq!(run(&mut e, &[Event::Copy]), alone);
    // Pasting an empty clipboard only shows in the release.
    run(&mut e, &[key(Key::ControlLeft, true, ctrl)]);
    let sent = run(&mut e, &[key(Key::V, false, ctrl)]);
    assert_eq!(sent, [down(KeyCode::KeyV), up(KeyCode::KeyV)]);
    // Any other key that goes up without having gone down was a shortcut of this program.
    assert_eq!(run(&mut e, &[key(Key::T, false, ctrl), key(Key::Enter, false, ctrl)]), []);
}

#[test]
fn of_the_moves_of_a_frame_the_last_goes() {
    let mut e = Encoder::default();
    let moved = |x, y| Event::PointerMoved(pos2(x, y));
    let sent = run(&mut e, &[moved(1.0, 1.0), moved(50.0, 40.0), moved(100.2, 200.2)]);
    assert_eq!(sent, [Input::Move { x: 200, y: 400 }]);
    assert_eq!(run(&mut e, &[moved(100.2, 200.2)]), []);
}

#[test]
fn a_drag_goes_on_outside_and_a_click_outside_does_not_start() {
    let mut e = Encoder::default();
    let click = |x, pressed| Event::PointerButton {
        pos: pos2(x, 10.0),
        button: PointerButton::Primary,
        pressed,
        modifiers: NONE,
    };
    assert_eq!(run(&mut e, &[click(900.0, true), click(900.0, false)]), []);
    let sent = run(&mut e, &[click(10.0, true), click(900.0, false)]);
    let button = |x, pressed| Input::Button { x, y: 20, button: Button::Left, pressed };
    assert_eq!(sent, [button(20, true), button(1599, false)]);
}

#[test]
fn the_wheel_counts_in_notches_and_keeps_the_rest() {
    let mut e = Encoder::default();
    let turn = |unit, y| Event::MouseWheel {
        unit,
        delta: vec2(0.0, y),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: NONE,
    };
    run(&mut e, &[Event::PointerMoved(pos2(10.0, 10.0))]);
    let wheel = |dy| Input::Wheel { x: 20, y: 20, dx: 0, dy };
    assert_eq!(run(&mut e, &[turn(MouseWheelUnit::Line, -1.0)]), [wheel(120)]);
    assert_eq!(run(&mut e, &[turn(MouseWheelUnit::Point, 20.0)]), [wheel(-60)]);
    assert_eq!(run(&mut e, &[turn(MouseWheelUnit::Point, 0.1)]), []);
    let rest: i32 = (0..100)
        .flat_map(|_| run(&mut e, &[turn(MouseWheelUnit::Point, 0.1)]))
        .map(|i| match i {
            Input::Wheel { dy, .. } => dy,
            other => panic!("{other:?}"),
        })
        .sum();
    assert!((-31..=-29).contains(&rest), "{rest}");
}

#[test]
fn everything_is_let_go() {
    let mut e = Encoder::default();
    assert_eq!(e.release(), []);
    run(&mut e, &[key(Key::ShiftLeft, true, NONE), key(Key::A, true, NONE)]);
    let sent = e.release();
    assert_eq!(sent, [up(KeyCode::KeyA), up(KeyCode::ShiftLeft), Input::ReleaseAll]);
    assert_eq!(e.release(), []);
}
