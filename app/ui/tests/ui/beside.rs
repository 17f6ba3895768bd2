//! A conversation beside an open desktop.

use crate::chat_model::*;
use crate::world::*;
use egui::accesskit::Role as R;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use egui_kittest::{SnapshotOptions, SnapshotResults};
use multiclaw_core::Command;
use multiclaw_core::command::{Button, Input, KeyCode};
use multiclaw_core::model::*;

type Screen = Harness<'static, State>;

const BOTH: Modifiers =
    Modifiers { alt: true, ctrl: true, shift: false, mac_cmd: false, command: true };
const CTRL: Modifiers =
    Modifiers { alt: false, ctrl: true, shift: false, mac_cmd: false, command: true };

/// A live desktop, with this in the gateway's part.
pub fn at_desktop(chat: Model) -> Model {
    Model { viewer: live().viewer, ..chat }
}

fn desktop(chat: Model, size: [f32; 2]) -> Screen {
    let mut h = harness(at_desktop(chat), size);
    h.run_steps(3);
    h
}

fn key(key: Key, pressed: bool, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers }
}

fn press(h: &mut Screen, modifiers: Modifiers, which: Key) {
    for pressed in [true, false] {
        h.event(key(which, pressed, modifiers));
        h.run_steps(2);
    }
    h.run_steps(2);
}

fn write(h: &mut Screen, text: &str) {
    h.event(Event::Text(text.into()));
    h.run_steps(2);
}

fn click(h: &mut Screen, at: Pos2) {
    h.hover_at(at);
    h.run_steps(1);
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        h.event(Event::PointerButton { pos: at, button, pressed, modifiers });
        h.run_steps(1);
    }
    h.run_steps(2);
}

fn taken(h: &mut Screen) -> Vec<Command> {
    std::mem::take(&mut h.state_mut().commands)
}

fn inputs(h: &mut Screen) -> Vec<Input> {
    taken(h)
        .into_iter()
        .filter_map(|c| match c {
            Command::Input(input) => Some(input),
            _ => None,
        })
        .collect()
}

fn picture(h: &Screen) -> Rect {
    h.state().picture.last.get().unwrap().0
}

fn shown(h: &Screen) -> bool {
    h.query_by_role_and_label(R::MultilineTextInput, "Message").is_some()
}

fn message(h: &Screen) -> String {
    let field = h.get_by_role_and_label(R::MultilineTextInput, "Message");
    egui_kittest::kittest::NodeT::accesskit_node(&field).value().unwrap_or_default()
}

#[test]
fn the_toolbar_and_a_key_bring_the_chat_and_take_it_away() {
    let mut h = desktop(opened(every_kind()), [1280.0, 800.0]);
    assert!(!shown(&h));
    assert!((picture(&h).width() - 1280.0).abs() < 0.5);
    h.hover_at(pos2(640.0, 2.0));
    h.run_steps(3);
    h.get_by_label("Chat (Ctrl+Alt+C)").click();
    h.run_steps(3);
    assert!(shown(&h));
    assert!((picture(&h).width() - 860.0).abs() < 0.5, "{:?}", picture(&h));
    let field = h.get_by_role_and_label(R::MultilineTextInput, "Message").rect();
    assert!(field.left() > 860.0 && field.right() < 1280.0);
    press(&mut h, BOTH, Key::C);
    assert!(!shown(&h));
    press(&mut h, BOTH, Key::C);
    assert!(shown(&h));
    let letters = |input: &Input| matches!(input, Input::Key { .. } | Input::Text { .. });
    assert!(!inputs(&mut h).iter().any(letters), "the keys are the program's own");
    h.hover_at(pos2(430.0, 2.0));
    h.run_steps(3);
    h.get_by_label("Chat (Ctrl+Alt+C)").click();
    h.run_steps(3);
    assert!(!shown(&h));
}

#[test]
fn a_character_that_is_typed_with_both_keys_is_typed() {
    for which in [Key::C, Key::S] {
        let mut h = desktop(opened(every_kind()), [1280.0, 800.0]);
        // On Windows AltGr is Ctrl and Alt: this types a character on some layouts.
        h.input_mut().events.extend([key(which, true, BOTH), Event::Text("ć".into())]);
        h.run_steps(2);
        assert!(!shown(&h));
        let commands = taken(&mut h);
        assert!(!commands.contains(&Command::AttachDesktop), "{commands:?}");
    }
}

#[test]
fn the_picture_goes_into_the_open_conversation_or_a_new_one() {
    let mut h = desktop(opened(every_kind()), [1280.0, 800.0]);
    press(&mut h, BOTH, Key::S);
    assert!(shown(&h));
    assert_eq!(taken(&mut h), [Command::AttachDesktop]);
    h.hover_at(pos2(430.0, 2.0));
    h.run_steps(3);
    h.get_by_label("Picture into the chat (Ctrl+Alt+S)").click();
    h.run_steps(3);
    assert!(taken(&mut h).contains(&Command::AttachDesktop));
    assert!(shown(&h));

    let mut h = desktop(listed(), [1280.0, 800.0]);
    press(&mut h, BOTH, Key::S);
    assert_eq!(taken(&mut h), [Command::NewChat(None), Command::AttachDesktop]);
    h.get_by_role_and_label(R::SearchInput, "Search conversations");
    // What was asked for is there: the next word is written in it.
    h.state_mut().model.chat.open = Some(thread(Vec::new()));
    h.run_steps(3);
    write(&mut h, "What is this?");
    assert_eq!(message(&h), "What is this?");
    assert_eq!(inputs(&mut h), []);
}

#[test]
fn a_click_lands_on_the_pixel_under_it_beside_the_chat_too() {
    let mut h = desktop(opened(every_kind()), [1280.0, 800.0]);
    press(&mut h, BOTH, Key::C);
    taken(&mut h);
    // 1280x720 in 860 points: the picture is 860x483.75, with canvas above and below.
    let rect = picture(&h);
    let scale = rect.width() / 1280.0;
    let at = rect.min + egui::vec2(320.5, 600.5) * scale;
    click(&mut h, at);
    let sent = inputs(&mut h);
    let button = |pressed| Input::Button { x: 320, y: 600, button: Button::Left, pressed };
    assert!(sent.ends_with(&[button(true), button(false)]), "{sent:?}");
    // A click on the conversation is none on the desktop.
    let field = h.get_by_role_and_label(R::MultilineTextInput, "Message").rect();
    click(&mut h, field.center());
    assert_eq!(inputs(&mut h), []);
}

#[test]
fn keys_go_where_the_keyboard_is_and_nowhere_else() {
    let mut h = desktop(opened(every_kind()), [1280.0, 800.0]);
    press(&mut h, BOTH, Key::C);
    taken(&mut h);
    // The chat was asked for: it has the keyboard.
    h.input_mut().events.extend([key(Key::A, true, Modifiers::NONE), Event::Text("a".into())]);
    h.run_steps(1);
    h.event(key(Key::A, false, Modifiers::NONE));
    h.run_steps(2);
    assert_eq!(message(&h), "a");
    assert_eq!(inputs(&mut h), []);

    // A click gives it to the desktop; what the chat's own shortcuts are is the desktop's there.
    let middle = picture(&h).center();
    click(&mut h, middle);
    h.run_steps(8);
    taken(&mut h);
    let mut expected = Vec::new();
    for (which, code) in [(Key::N, KeyCode::KeyN), (Key::F, KeyCode::KeyF), (Key::B, KeyCode::KeyB)]
    {
        press(&mut h, CTRL, which);
        expected.extend([true, false].map(|pressed| Input::Key { code, pressed }));
    }
    h.event(Event::Paste("secret".into()));
    h.run_steps(2);
    let commands = taken(&mut h);
    let only_input = |c: &Command| matches!(c, Command::Input(_));
    assert!(commands.iter().all(only_input), "{commands:?}");
    let own = |c: &Command| match c {
        Command::Input(input) => Some(input.clone()),
        _ => None,
    };
    let sent: Vec<Input> = commands.iter().filter_map(own).collect();
    assert!(sent.starts_with(&expected), "{sent:?}");
    let paste = Input::Key { code: KeyCode::KeyV, pressed: true };
    assert!(sent.contains(&paste), "{sent:?}");
    assert_eq!(message(&h), "a", "nothing of it reached the chat");
    assert!(h.query_by_label("Close find").is_none());

    // And hiding the chat gives the keyboard back.
    let field = h.get_by_role_and_label(R::MultilineTextInput, "Message").rect();
    click(&mut h, field.center());
    press(&mut h, BOTH, Key::C);
    taken(&mut h);
    press(&mut h, Modifiers::NONE, Key::Z);
    let z = [true, false].map(|pressed| Input::Key { code: KeyCode::KeyZ, pressed });
    assert_eq!(inputs(&mut h), z);
}

#[test]
fn a_key_that_is_down_when_the_keyboard_moves_is_lifted_at_the_desktop() {
    let mut h = desktop(opened(every_kind()), [1280.0, 800.0]);
    for which in [Key::ControlLeft, Key::AltLeft] {
        h.event(key(which, true, BOTH));
        h.run_steps(1);
    }
    press(&mut h, BOTH, Key::C);
    let sent = inputs(&mut h);
    for code in [KeyCode::ControlLeft, KeyCode::AltLeft] {
        assert!(sent.contains(&Input::Key { code, pressed: false }), "{code:?} in {sent:?}");
    }
}

#[test]
fn a_window_that_is_too_narrow_says_so() {
    let mut h = desktop(opened(every_kind()), [600.0, 500.0]);
    press(&mut h, BOTH, Key::C);
    assert!(!shown(&h));
    h.get_by_role_and_label(R::Status, "The window is too narrow for the chat. Make it wider.");
    // The keyboard stays where something can be seen.
    taken(&mut h);
    press(&mut h, Modifiers::NONE, Key::Z);
    assert_eq!(inputs(&mut h).len(), 2);
    let mut h = desktop(opened(every_kind()), [640.0, 400.0]);
    press(&mut h, BOTH, Key::C);
    assert!(shown(&h));
    assert!(picture(&h).right() <= 300.5);
}

#[test]
fn the_line_between_is_moved() {
    let mut h = desktop(opened(every_kind()), [1280.0, 800.0]);
    press(&mut h, BOTH, Key::C);
    taken(&mut h);
    for to in [700.0, 100.0, 1270.0] {
        let edge = h.state().picture.last.get().unwrap().0.right();
        let pointer = |pos, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        h.hover_at(pos2(edge + 1.0, 650.0));
        h.run_steps(1);
        h.event(pointer(pos2(edge + 1.0, 650.0), true));
        h.run_steps(1);
        h.event(Event::PointerMoved(pos2(to, 650.0)));
        h.run_steps(2);
        h.event(pointer(pos2(to, 650.0), false));
        h.run_steps(2);
        // Neither is squeezed out.
        let wanted = to.clamp(1280.0 - 760.0, 1280.0 - 320.0);
        assert!((picture(&h).right() - wanted).abs() < 2.0, "{to}: {:?}", picture(&h));
    }
    let buttons = |input: &Input| matches!(input, Input::Button { .. });
    assert!(!inputs(&mut h).iter().any(buttons), "the desktop is not dragged");
}

#[test]
fn what_lies_over_the_picture_stays_in_its_part() {
    for (state, name) in [
        (ViewerState::Live { path: PathKind::Direct }, "Full screen (F11)"),
        (ViewerState::Live { path: PathKind::Direct }, "Back to desktops"),
        (ViewerState::Live { path: PathKind::Direct }, "Chat (Ctrl+Alt+C)"),
        (ViewerState::Unstable, "The connection is unstable."),
        (lost().viewer.unwrap().state, "Try now"),
    ] {
        for size in [[1280.0, 800.0], [640.0, 400.0]] {
            let mut h = desktop(opened(every_kind()), size);
            press(&mut h, BOTH, Key::C);
            h.state_mut().model.viewer.as_mut().unwrap().state = state.clone();
            h.hover_at(pos2(150.0, 2.0));
            h.run_steps(3);
            let edge = h.state().picture.last.get().unwrap().0.right();
            let rect = h.get_by_label(name).rect();
            assert!(rect.left() >= 0.0 && rect.right() <= edge + 0.5, "{name}: {rect:?} in {edge}");
        }
    }
}

#[test]
fn a_draft_is_kept_when_the_chat_is_hidden_and_when_the_desktop_is_left() {
    for leave in [true, false] {
        let mut h = desktop(opened(every_kind()), [1280.0, 800.0]);
        press(&mut h, BOTH, Key::C);
        h.event(Event::Text("half a thought".into()));
        h.step();
        if leave {
            h.state_mut().model.viewer = None;
            h.run_steps(2);
        } else {
            press(&mut h, BOTH, Key::C);
        }
        let kept = Command::KeepChatDraft("half a thought".into());
        assert!(taken(&mut h).contains(&kept), "leaving: {leave}");
    }
}

#[test]
fn an_idle_desktop_with_a_chat_beside_it_asks_for_no_repaint() {
    for chat in [listed(), opened(every_kind()), asking()] {
        let mut h = desktop(chat, [1280.0, 800.0]);
        press(&mut h, BOTH, Key::C);
        h.run_steps(40);
        let delay = h.output().viewport_output.values().map(|v| v.repaint_delay).min().unwrap();
        assert_eq!(delay, std::time::Duration::MAX);
    }
}

#[test]
fn a_chat_beside_a_desktop_looks_as_reviewed() {
    let options = SnapshotOptions::new().threshold(1.2).max_failed_pixels(400usize);
    let mut results = SnapshotResults::new();
    let mut model = at_desktop(asking());
    model.settings.theme = Theme::Dark;
    let mut h = harness(model, [1280.0, 760.0]);
    h.state_mut().ui.as_mut().unwrap().chat_beside(true);
    h.hover_at(pos2(430.0, 2.0));
    h.run_steps(8);
    results.add(h.try_snapshot_options("beside_dark", &options));
}
