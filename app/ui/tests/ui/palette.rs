//! The command palette.

use crate::shell::{at, member, offline};
use crate::world::*;
use egui::accesskit::{Role as R, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use multiclaw_core::Command;
use multiclaw_core::model::*;
use multiclaw_ui::Screen;
use std::sync::Arc;

pub fn conversation(n: usize) -> Arc<Conversation> {
    Arc::new(Conversation {
        id: format!("c-{n}"),
        title: format!("Weekly report {n}"),
        author: None,
        agent: None,
        last: "Done.".into(),
        updated_at: "2026-01-01T00:00:00Z".into(),
        when: "14:03".into(),
        place: Place::Synced,
    })
}

pub fn task(n: u64, title: &str) -> Arc<Task> {
    Arc::new(Task {
        id: format!("t-{n}"),
        number: n,
        title: title.into(),
        brief: String::new(),
        agent: None,
        state: TaskState::Queued,
        percent: None,
        attempt: 0,
        outcome: None,
        created_by: "u-ada".into(),
        creator: "Ada Lovelace".into(),
        created_at: "2026-01-01T00:00:00Z".into(),
        updated_at: "2026-01-01T00:00:00Z".into(),
    })
}

pub fn full(conversations: usize) -> Model {
    let mut model = signed_in(three());
    let list = (0..conversations).map(conversation).collect();
    model.conversations.list = Load::Ready(Arc::new(list));
    let tasks = vec![task(7, "Check the invoices"), task(8, "Back everything up")];
    model.workspace.tasks = Load::Ready(Arc::new(tasks));
    let agent = Agent {
        id: "a-1".into(),
        name: "Bookkeeper".into(),
        provider: "openai".into(),
        model: "m".into(),
        instructions: String::new(),
        keys: vec![],
        updated_at: "2026-01-01T00:00:00Z".into(),
    };
    model.workspace.agents = Load::Ready(Arc::new(vec![Arc::new(agent)]));
    model
}

pub fn open(model: Model, size: [f32; 2]) -> Harness<'static, State> {
    let mut h = harness(model, size);
    h.key_press_modifiers(Modifiers::COMMAND, Key::K);
    h.run_steps(4);
    h
}

pub fn write(h: &mut Harness<'_, State>, text: &str) {
    h.event(egui::Event::Text(text.into()));
    h.run_steps(3);
}

fn press(h: &mut Harness<'_, State>, key: Key) {
    h.key_press(key);
    h.run_steps(4);
}

fn rows(h: &Harness<'_, State>) -> Vec<String> {
    h.query_all_by_role(R::ListBoxOption)
        .map(|n| n.accesskit_node().label().unwrap_or_default())
        .collect()
}

fn selected(h: &Harness<'_, State>) -> String {
    let all: Vec<String> = h
        .query_all_by_role(R::ListBoxOption)
        .filter(|n| n.accesskit_node().toggled() == Some(Toggled::True))
        .map(|n| n.accesskit_node().label().unwrap_or_default())
        .collect();
    let [one] = all.as_slice() else { panic!("{all:?}") };
    one.clone()
}

#[test]
fn what_is_typed_is_found_and_enter_goes_there() {
    for (typed, found, commands) in [
        (
            "open build",
            "Open build-box",
            vec![Command::OpenDesktop(DesktopId("d-build-box".into()))],
        ),
        ("report 42", "Weekly report 42", vec![Command::OpenConversation(Some("c-42".into()))]),
        ("invoices", "#7 Check the invoices", vec![Command::OpenTaskLog(Some("t-7".into()))]),
        ("new conv", "New conversation", vec![Command::NewConversation]),
        ("theme dark", "Theme: Dark", vec![Command::SetTheme(Theme::Dark)]),
        (
            "turn relay",
            "WebRTC connection mode: TURN relay",
            vec![Command::SetWebRtcMode(WebRtcMode::TurnRelay)],
        ),
        ("bletch", "Switch to Bletchley", vec![Command::SwitchWorkspace("w-2".into())]),
        ("refresh", "Refresh", vec![Command::RefreshWorkspace, Command::RefreshDesktops]),
        ("sign out", "Sign out", vec![Command::SignOut]),
        ("bookkeep", "Bookkeeper", vec![]),
    ] {
        let mut h = open(full(60), [1200.0, 760.0]);
        write(&mut h, typed);
        assert_eq!(selected(&h), found, "{typed}");
        press(&mut h, Key::Enter);
        assert_eq!(h.state().commands, commands, "{typed}");
        assert!(h.query_by_role_and_label(R::Dialog, "Command palette").is_none(), "it closes");
    }
}

#[test]
fn enter_goes_to_a_screen_and_to_a_page_of_the_settings() {
    let mut h = open(full(3), [1200.0, 760.0]);
    write(&mut h, "cloud desktops");
    assert_eq!(selected(&h), "Go to Cloud desktops");
    press(&mut h, Key::Enter);
    h.get_by_label("Open build-box");
    h.key_press_modifiers(Modifiers::COMMAND, Key::P);
    h.run_steps(4);
    write(&mut h, "privacy");
    press(&mut h, Key::Enter);
    h.get_by_role_and_label(R::Switch, "Titles of links");
}

#[test]
fn arrows_move_round_and_escape_closes() {
    let mut h = open(full(3), [1200.0, 760.0]);
    let all = rows(&h);
    assert_eq!(selected(&h), all[0]);
    press(&mut h, Key::ArrowDown);
    assert_eq!(selected(&h), all[1]);
    press(&mut h, Key::ArrowUp);
    press(&mut h, Key::ArrowUp);
    assert_eq!(selected(&h), *all.last().unwrap());
    press(&mut h, Key::ArrowDown);
    assert_eq!(selected(&h), all[0]);
    press(&mut h, Key::Escape);
    assert!(rows(&h).is_empty());
    assert_eq!(h.state().commands, []);
    h.key_press_modifiers(Modifiers::COMMAND, Key::K);
    h.run_steps(4);
    assert!(!rows(&h).is_empty());
    h.key_press_modifiers(Modifiers::COMMAND, Key::K);
    h.run_steps(4);
    assert!(rows(&h).is_empty(), "the same keys close it");
}

#[test]
fn at_most_fifty_of_ten_thousand_are_shown_and_what_arrives_is_found() {
    let mut h = open(full(10_000), [1200.0, 760.0]);
    write(&mut h, "weekly");
    assert_eq!(rows(&h).len(), 50);
    write(&mut h, " 9876");
    assert_eq!(selected(&h), "Weekly report 9876");
    write(&mut h, " nothing such");
    h.get_by_label("Nothing has such a name.");
    press(&mut h, Key::Enter);
    assert_eq!(h.state().commands, []);
    let mut list: Vec<_> = (0..10).map(conversation).collect();
    list.push(Arc::new(Conversation {
        title: "Weekly report 9876 with nothing such".into(),
        ..(*list[0]).clone()
    }));
    h.state_mut().model.conversations.list = Load::Ready(Arc::new(list));
    h.run_steps(3);
    assert_eq!(selected(&h), "Weekly report 9876 with nothing such");
}

#[test]
fn a_row_is_chosen_with_the_pointer_and_the_sidebar_opens_it_too() {
    let mut h = harness(full(3), [1200.0, 760.0]);
    h.get_by_label("Find anything").click();
    h.run_steps(4);
    h.get_by_role_and_label(R::ListBoxOption, "New conversation").click();
    h.run_steps(4);
    assert_eq!(h.state().commands, [Command::NewConversation]);
    assert!(rows(&h).is_empty());
}

#[test]
fn what_cannot_be_done_is_not_offered() {
    let mut h = open(member(full(3)), [1200.0, 760.0]);
    write(&mut h, "users");
    assert!(!rows(&h).contains(&"Go to Users".to_owned()));
    let mut h = open(offline(full(3)), [1200.0, 760.0]);
    write(&mut h, "build-box");
    assert_eq!(rows(&h), ["build-box"], "offline it is only shown");
    let mut h = open(Model { account: Account::Local, ..full(3) }, [1200.0, 760.0]);
    write(&mut h, "sign");
    assert_eq!(selected(&h), "Sign in");
    assert!(!rows(&h).contains(&"Sign out".to_owned()));
}

#[test]
fn keys_under_the_palette_do_nothing_and_it_rests() {
    let mut h = at(full(100), Screen::Desktops, [1200.0, 760.0]);
    h.key_press_modifiers(Modifiers::COMMAND, Key::K);
    h.run_steps(4);
    h.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    h.run_steps(2);
    press(&mut h, Key::Escape);
    h.get_by_label("Open build-box");
    h.key_press_modifiers(Modifiers::COMMAND, Key::K);
    h.run_steps(20);
    let delay = h.output().viewport_output.values().map(|v| v.repaint_delay).min().unwrap();
    assert_eq!(delay, std::time::Duration::MAX);
}

fn agents_here() -> Model {
    let mut model = crate::chat_model::opened(crate::chat_model::every_kind());
    crate::chat_model::open(&mut model).run = crate::chat_model::run();
    model
}

#[test]
fn the_gateway_and_its_chats_are_found() {
    let key = "agent:main:c".to_owned();
    for (typed, found, commands) in [
        ("new chat", "New chat", vec![Command::NewChat(None)]),
        ("chat with oper", "New chat with Operations", vec![Command::NewChat(Some("ops".into()))]),
        ("royal soc", "Letter to the Royal Society", vec![Command::OpenChat(Some(key))]),
        ("stop the", "Stop the running turn", vec![Command::StopChat]),
        ("restart gate", "Restart gateway", vec![Command::RestartGateway]),
        ("go to gateway", "Go to Gateway", vec![Command::WatchGateway(true)]),
    ] {
        let mut h = open(agents_here(), [1200.0, 760.0]);
        write(&mut h, typed);
        assert_eq!(selected(&h), found, "{typed}");
        press(&mut h, Key::Enter);
        assert_eq!(h.state().commands, commands, "{typed}");
    }
    let mut stopped = crate::chat_look::stopped();
    let mut h = open(stopped.clone(), [1200.0, 760.0]);
    assert_eq!(selected(&h), "Start gateway", "it is what is wanted first");
    write(&mut h, "new chat");
    assert!(!rows(&h).iter().any(|row| row == "New chat"), "there is nobody to talk to");
    press(&mut h, Key::Escape);
    // Without the program, and while it starts already, it is not offered.
    stopped.gateway.control = Some(Control::Starting);
    let starting = stopped.clone();
    stopped.gateway.control = None;
    stopped.gateway.program = Program::Missing;
    for model in [starting, stopped] {
        let mut h = open(model, [1200.0, 760.0]);
        write(&mut h, "start gateway");
        assert!(!rows(&h).iter().any(|row| row == "Start gateway"));
    }
    let mut one = agents_here();
    one.chat.agents = Load::Ready(Arc::new(crate::chat_model::agents()[..1].to_vec()));
    one.chat.open = None;
    let mut h = open(one, [1200.0, 760.0]);
    assert!(!rows(&h).iter().any(|row| row == "Stop the running turn"));
    write(&mut h, "new chat with");
    assert!(!rows(&h).iter().any(|row| row.starts_with("New chat with")), "one is not chosen");
}

#[test]
fn a_draft_is_kept_before_a_new_conversation_is_begun() {
    let mut model = signed_in(three());
    model.conversations.open = Some(Thread {
        id: "c-1".into(),
        title: "Invoices".into(),
        agent: None,
        messages: Arc::default(),
        more: false,
        loading: false,
        problem: None,
        writable: true,
        draft: String::new(),
    });
    let mut h = harness(model, [1100.0, 700.0]);
    h.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    h.run_steps(3);
    h.get_by_role_and_label(R::MultilineTextInput, "Message").focus();
    h.run_steps(2);
    // All before a second is over. On another screen the field never hears that it has lost the
    // keyboard.
    h.event(egui::Event::Text("half a thou".into()));
    h.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    h.run_steps(2);
    h.key_press_modifiers(Modifiers::COMMAND, Key::K);
    h.run_steps(2);
    write(&mut h, "new conv");
    press(&mut h, Key::Enter);
    let sent: Vec<&Command> = h
        .state()
        .commands
        .iter()
        .filter(|c| matches!(c, Command::KeepDraft(_) | Command::NewConversation))
        .collect();
    assert_eq!(sent, [&Command::KeepDraft("half a thou".into()), &Command::NewConversation]);
}

/// Presses and lets go before the next pass, as a quick finger on a slow machine does.
fn tap(h: &mut Harness<'_, State>, modifiers: Modifiers, key: Key) {
    for pressed in [true, false] {
        let event = egui::Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        h.input_mut().events.push(event);
    }
    // As many passes as are asked for, as in a window.
    h.run();
}

#[test]
fn the_first_shortcut_after_the_palette_is_heard() {
    let mut h = open(signed_in(three()), [1100.0, 700.0]);
    h.run();
    tap(&mut h, Modifiers::NONE, Key::Escape);
    tap(&mut h, Modifiers::COMMAND, Key::Num9);
    h.get_by_label("Keyboard shortcuts");
}
