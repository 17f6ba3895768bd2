//! What a person does, and what is asked for.

use super::*;
use egui::{Key, Modifiers, accesskit};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

fn sent(h: &Screen) -> &[Command] {
    &h.state().commands
}

fn clear(h: &mut Screen) {
    h.state_mut().commands.clear();
}

fn write(h: &mut Screen, text: &str) {
    h.event(egui::Event::Text(text.into()));
    h.run_steps(1);
}

fn press(h: &mut Screen, key: Key) {
    h.key_press(key);
    h.run_steps(2);
}

fn open(h: &mut Screen) -> &mut Thread {
    h.state_mut().model.conversations.open.as_mut().unwrap()
}

fn top_of(h: &Screen, label: &str) -> f32 {
    h.get_by_label_contains(label).rect().top()
}

#[test]
fn rows_open_by_pointer_and_by_keyboard() {
    let mut h = screen(model(None), [1100.0, 640.0]);
    h.get_by_label_contains("Clean up the downloads").click();
    h.run_steps(2);
    assert_eq!(sent(&h), [Command::OpenConversation(Some("c-2".into()))]);
    clear(&mut h);
    h.get_by_label("Search conversations").focus();
    h.run_steps(2);
    for key in [Key::ArrowDown, Key::ArrowDown, Key::End, Key::ArrowUp, Key::Enter] {
        press(&mut h, key);
    }
    assert_eq!(sent(&h), [Command::OpenConversation(Some("c-12".into()))]);
    clear(&mut h);
    for key in [Key::Home, Key::PageDown, Key::PageUp, Key::Enter] {
        press(&mut h, key);
    }
    assert_eq!(sent(&h), [Command::OpenConversation(Some("c-1".into()))]);
    let row = h.get_by_label_contains("Why does the build fail");
    assert_eq!(row.accesskit_node().role(), accesskit::Role::ListItem);
    assert!(row.accesskit_node().label().unwrap().contains("by Grace Hopper"));
}

#[test]
fn a_new_conversation_is_begun_by_button_and_by_keys() {
    let mut h = screen(model(None), [700.0, 640.0]);
    h.get_by_label("New conversation").click();
    h.run_steps(2);
    h.key_press_modifiers(Modifiers::COMMAND, Key::N);
    h.run_steps(2);
    assert_eq!(sent(&h), [Command::NewConversation, Command::NewConversation]);
}

#[test]
fn the_same_text_is_searched_for_once() {
    let mut h = screen(model(None), [1100.0, 640.0]);
    h.get_by_label("Search conversations").focus();
    h.run_steps(2);
    write(&mut h, "build");
    write(&mut h, " ");
    h.run_steps(5);
    assert_eq!(sent(&h), [Command::SearchConversations("build".into())]);
    h.state_mut().model.conversations.search =
        Some(Search { text: "build".into(), busy: false, hits: Arc::default() });
    h.run_steps(2);
    h.get_by_label("Nothing found");
    assert!(h.query_by_label_contains("Clean up").is_none());
    let hit = Hit {
        conversation: "c-3".into(),
        title: "Why does the build fail".into(),
        excerpt: "on the build-box".into(),
        when: "20 Nov, 17:40".into(),
    };
    h.state_mut().model.conversations.search =
        Some(Search { text: "build".into(), busy: false, hits: Arc::new(vec![hit]) });
    h.run_steps(2);
    h.get_by_label("Why does the build fail, 20 Nov, 17:40: on the build-box").click();
    h.run_steps(2);
    assert_eq!(sent(&h).last(), Some(&Command::OpenConversation(Some("c-3".into()))));
    h.get_by_label("Clear search").click();
    h.run_steps(2);
    assert_eq!(sent(&h).last(), Some(&Command::SearchConversations(String::new())));
    h.get_by_label_contains("Clean up");
}

#[test]
fn older_conversations_are_asked_for_once_near_the_end() {
    let list: Vec<_> = (0..10_000)
        .map(|n| {
            Arc::new(row(&format!("x-{n}"), &format!("Number {n}"), "last", "14:03", Place::Synced))
        })
        .collect();
    let mut m = model(None);
    m.conversations.list = Load::Ready(Arc::new(list.clone()));
    m.conversations.more = true;
    let mut h = screen(m, [1100.0, 640.0]);
    assert_eq!(sent(&h), []);
    assert!(h.query_by_label_contains("Number 9999").is_none());
    h.get_by_label("Search conversations").focus();
    h.run_steps(2);
    press(&mut h, Key::ArrowDown);
    press(&mut h, Key::End);
    h.run_steps(5);
    h.get_by_label_contains("Number 9999");
    assert!(h.query_by_label_contains("Number 9900").is_none(), "only what is seen is laid out");
    assert_eq!(sent(&h), [Command::LoadMoreConversations]);
    let mut longer = list;
    longer.push(Arc::new(row("x-z", "Another", "last", "14:03", Place::Synced)));
    h.state_mut().model.conversations.list = Load::Ready(Arc::new(longer));
    h.run_steps(3);
    assert_eq!(sent(&h).len(), 2);
}

fn delete(mut model: Model, person: Option<Person>, title: &str) -> (Screen, bool) {
    model.account = person.map_or(Account::Local, Account::SignedIn);
    let mut h = screen(model, [1100.0, 640.0]);
    h.get_by_label_contains(title).click_secondary();
    h.run_steps(3);
    let offered = h.query_by_label("Delete…").is_some_and(|b| !b.accesskit_node().is_disabled());
    (h, offered)
}

#[test]
fn deleting_is_confirmed_and_offered_to_who_may() {
    let (mut h, offered) = delete(model(None), Some(ada(Role::Member)), "Clean up");
    assert!(offered);
    h.get_by_label("Delete…").click();
    h.run_steps(3);
    assert_eq!(sent(&h), []);
    h.get_by_label("It is deleted on this computer. This cannot be undone.");
    press(&mut h, Key::Escape);
    assert!(h.query_by_label("Delete this conversation?").is_none());
    assert_eq!(sent(&h), []);
    h.get_by_label_contains("Clean up").click_secondary();
    h.run_steps(3);
    h.get_by_label("Delete…").click();
    h.run_steps(3);
    h.get_by_label("Delete").click();
    h.run_steps(2);
    assert_eq!(sent(&h), [Command::DeleteConversation("c-2".into())]);

    assert!(!delete(model(None), Some(ada(Role::Member)), "Why does").1, "somebody else's");
    assert!(delete(model(None), Some(ada(Role::Owner)), "Why does").1);
    assert!(delete(model(None), None, "Why does").1, "everything when local");
    let mut offline = model(None);
    offline.cloud = waiting();
    assert!(!delete(offline.clone(), Some(ada(Role::Owner)), "Weekly report 5").1);
    assert!(delete(offline, Some(ada(Role::Owner)), "Clean up").1, "local ones need no cloud");
}

#[test]
fn the_title_is_changed_with_enter_and_not_with_escape() {
    let mut h = screen(model(Some(thread(chat()))), [1100.0, 640.0]);
    for (key, expected) in
        [(Key::Escape, vec![]), (Key::Enter, vec![Command::RenameConversation("New title".into())])]
    {
        h.get_by_role_and_label(accesskit::Role::Button, "Quarterly figures").click();
        h.run_steps(3);
        write(&mut h, "New title");
        press(&mut h, key);
        assert_eq!(sent(&h), expected);
    }
}

#[test]
fn enter_sends_and_shift_enter_begins_a_line() {
    let mut h = screen(model(Some(thread(chat()))), [1100.0, 640.0]);
    h.get_by_label("Message").focus();
    h.run_steps(2);
    press(&mut h, Key::Enter);
    assert_eq!(sent(&h), [], "nothing was written");
    write(&mut h, "one");
    h.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    h.run_steps(1);
    write(&mut h, "two");
    press(&mut h, Key::Enter);
    assert_eq!(sent(&h), [Command::SendMessage("one\ntwo".into())]);
    assert_eq!(h.get_by_label("Message").value().unwrap_or_default(), "");
    write(&mut h, "three");
    h.get_by_label("Send").click();
    h.run_steps(1);
    let expected = [
        Command::KeepDraft("three".into()),
        Command::SendMessage("three".into()),
        Command::KeepDraft(String::new()),
    ];
    assert_eq!(sent(&h)[1..], expected);
}

#[test]
fn a_draft_is_kept_after_a_second_and_before_another_conversation() {
    let mut begun = thread(chat());
    begun.draft = "Dear".into();
    let mut h = screen(model(Some(begun)), [1100.0, 640.0]);
    assert_eq!(h.get_by_label("Message").value().as_deref(), Some("Dear"));
    h.run_steps(8);
    assert_eq!(sent(&h), [], "what core gave need not be kept");
    write(&mut h, " Ada");
    assert_eq!(sent(&h), []);
    h.run_steps(6);
    assert_eq!(sent(&h), [Command::KeepDraft("Dear Ada".into())]);
    clear(&mut h);
    write(&mut h, ",");
    h.get_by_label_contains("Clean up").click();
    h.run_steps(2);
    let expected =
        [Command::KeepDraft("Dear Ada,".into()), Command::OpenConversation(Some("c-2".into()))];
    assert_eq!(sent(&h), expected);
    // The other one has its own.
    let other = Thread { id: "c-2".into(), draft: "Hello".into(), ..thread(Vec::new()) };
    h.state_mut().model.conversations.open = Some(other);
    clear(&mut h);
    h.run_steps(8);
    assert_eq!(h.get_by_label("Message").value().as_deref(), Some("Hello"));
    assert_eq!(sent(&h), []);
}

#[test]
fn what_is_too_long_is_said_before_it_is_sent() {
    let mut long = thread(chat());
    long.draft = "x".repeat(128 * 1024 + 1);
    let mut h = screen(model(Some(long)), [1100.0, 640.0]);
    h.get_by_label("Too long to send: 131 KB of at most 131 KB.");
    assert!(h.get_by_label("Send").accesskit_node().is_disabled());
    press(&mut h, Key::Enter);
    assert_eq!(sent(&h), []);
}

#[test]
fn who_may_not_write_is_told_why() {
    let theirs = Thread { id: "c-3".into(), writable: false, ..thread(chat()) };
    let h = screen(model(Some(theirs)), [1100.0, 640.0]);
    h.get_by_label("Grace Hopper began this conversation. Only they can write in it.");
    assert!(h.query_by_label("Message").is_none());
}

#[test]
fn links_are_opened_by_the_system() {
    let mut h = screen(model(Some(thread(chat()))), [1100.0, 1000.0]);
    h.get_by_label("https://example.org/method").click();
    h.run_steps(2);
    h.get_by_label("Third quarter 2026, all regions, stats.example.com").click();
    h.run_steps(2);
    let expected = [
        Command::OpenLink("https://example.org/method".into()),
        Command::OpenLink("https://stats.example.com/2026/q3".into()),
    ];
    assert_eq!(sent(&h), expected);
}

#[test]
fn a_screen_reader_is_told_who_said_what_and_when() {
    let h = screen(model(Some(thread(chat()))), [1100.0, 1200.0]);
    h.get_by_label("You, 14:03: Thank you!");
    h.get_by_label("Grace Hopper, 14:01: I have put it there. Mind the `[read_only]` section.");
    h.get_by_label_contains("Analyst, 20 Nov, 17:58: Of course.");
    h.get_by_label("Messages");
}

#[test]
fn what_was_not_sent_says_why() {
    let mut offline = model(Some(thread(chat())));
    offline.cloud = waiting();
    offline.conversations.unsent = 1;
    let mut h = screen(offline, [1100.0, 700.0]);
    h.get_by_label("Not sent yet. MultiClaw Cloud cannot be reached.");
    h.get_by_label("Not connected. What you send waits on this computer.");
    h.get_by_label("Not connected, 1 not sent");
    h.get_by_label("Try now").click();
    h.run_steps(2);
    assert_eq!(sent(&h), [Command::ReconnectCloud]);
}

#[test]
fn older_messages_are_loaded_once_and_the_text_stays_where_it_is() {
    let all = many(400);
    let mut part = thread(all[300..].to_vec());
    part.more = true;
    let mut h = screen(model(Some(part)), [1100.0, 700.0]);
    assert_eq!(sent(&h), []);
    h.get_by_label("Messages").focus();
    h.run_steps(2);
    press(&mut h, Key::Home);
    h.run_steps(3);
    assert_eq!(sent(&h), [Command::LoadOlderMessages]);
    open(&mut h).loading = true;
    h.run_steps(2);
    let before = top_of(&h, "Message 301.");
    let thread = open(&mut h);
    thread.loading = false;
    thread.messages = Arc::new(all[200..].to_vec());
    clear(&mut h);
    h.run_steps(3);
    assert_eq!(top_of(&h, "Message 301."), before);
    assert_eq!(sent(&h), []);
    // A problem is said above them, and can be tried again.
    let thread = open(&mut h);
    thread.problem = Some(Problem { what: "Gone.".into(), next: String::new() });
    press(&mut h, Key::Home);
    h.get_by_label("Try again").click();
    h.run_steps(2);
    assert_eq!(sent(&h), [Command::LoadOlderMessages]);
}

#[test]
fn at_the_bottom_what_comes_is_followed_and_elsewhere_it_is_announced() {
    let mut messages = many(60);
    let mut h = screen(model(Some(thread(messages.clone()))), [1100.0, 700.0]);
    messages.push(said(1_000, Speaker::Agent, "Analyst", "14:09", "First news"));
    open(&mut h).messages = Arc::new(messages.clone());
    h.run_steps(3);
    h.get_by_label_contains("First news");
    h.hover_at(egui::pos2(700.0, 300.0));
    for _ in 0..8 {
        h.event(wheel(90.0));
        h.run_steps(2);
    }
    h.run_steps(20);
    assert!(h.query_by_label_contains("First news").is_none());
    let reading = h.query_all_by_label_contains("Message 5").next().unwrap();
    let (name, top) = (reading.accesskit_node().label().unwrap(), reading.rect().top());
    messages.push(said(1_001, Speaker::Agent, "Analyst", "14:09", "Second news"));
    open(&mut h).messages = Arc::new(messages.clone());
    h.run_steps(3);
    assert_eq!(h.get_by_label(&name).rect().top(), top);
    h.get_by_label("1 new message").click();
    h.run_steps(3);
    h.get_by_label_contains("Second news");
    assert!(h.query_by_label("1 new message").is_none());
    // One's own is followed from anywhere.
    h.hover_at(egui::pos2(700.0, 300.0));
    for _ in 0..8 {
        h.event(wheel(90.0));
        h.run_steps(2);
    }
    h.run_steps(20);
    messages.push(said(1_002, Speaker::Person, "", "14:10", "Mine"));
    open(&mut h).messages = Arc::new(messages);
    h.run_steps(3);
    h.get_by_label("You, 14:10: Mine");
}

#[test]
fn huge_messages_are_laid_out_in_part_and_opened_in_parts() {
    let line = "x".repeat(1_000_000);
    let lines = "a line of a very long log\n".repeat(80_000);
    let messages = vec![
        said(1, Speaker::Agent, "Analyst", "14:03", &line),
        said(2, Speaker::Agent, "Analyst", "14:04", &lines),
        said(3, Speaker::Person, "", "14:05", "short"),
    ];
    let mut h = screen(model(Some(thread(messages))), [1100.0, 900.0]);
    let load = |h: &Screen| h.state().view.pane.load();
    assert!(load(&h).1 < 20_000, "{:?}", load(&h));
    h.get_by_label("Show all 2 MB").click();
    h.run_steps(4);
    assert!(load(&h).1 < 60_000, "only what is seen is read: {:?}", load(&h));
    h.get_by_label("Messages").focus();
    h.run_steps(2);
    press(&mut h, Key::End);
    h.get_by_label("You, 14:05: short");
    h.get_by_label_contains("Analyst, continued, part");
    h.get_by_label("Show less").click();
    h.run_steps(3);
    h.get_by_label("Show all 2 MB");
    for _ in 0..300 {
        h.key_press(Key::PageUp);
        h.run_steps(1);
    }
    assert!(load(&h).0 <= 300 && load(&h).1 <= 1_100_000, "{:?}", load(&h));
}

#[test]
fn text_is_found_in_the_conversation() {
    let mut messages = many(200);
    messages[20] = said(20, Speaker::Agent, "Analyst", "14:03", "The needle is here.");
    messages[190] = said(190, Speaker::Agent, "Analyst", "14:03", "Another NEEDLE.");
    let mut h = screen(model(Some(thread(messages))), [1100.0, 700.0]);
    h.key_press_modifiers(Modifiers::COMMAND, Key::F);
    h.run_steps(3);
    write(&mut h, "needle");
    h.run_steps(4);
    h.get_by_label("2 of 2");
    h.get_by_label_contains("Another NEEDLE");
    press(&mut h, Key::Enter);
    h.run_steps(2);
    h.get_by_label("1 of 2");
    let found = h.get_by_label_contains("The needle is here").rect();
    assert!(found.top() > 100.0 && found.bottom() < 600.0, "{found}");
    h.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    h.run_steps(3);
    h.get_by_label("2 of 2");
    press(&mut h, Key::Escape);
    assert!(h.query_by_label("2 of 2").is_none());
    assert_eq!(sent(&h), []);
}

#[test]
fn one_pane_has_a_way_back() {
    let mut h = screen(model(Some(thread(chat()))), [700.0, 600.0]);
    assert!(h.query_by_label("Search conversations").is_none());
    h.get_by_label("Back to conversations").click();
    h.run_steps(2);
    assert_eq!(sent(&h), [Command::OpenConversation(None)]);
    h.state_mut().model.conversations.open = None;
    h.run_steps(2);
    h.get_by_label("Search conversations");
}

#[test]
fn every_state_has_its_words() {
    let list = |list: Load<Conversation>| {
        let mut model = model(None);
        model.conversations.list = list;
        screen(model, [1100.0, 640.0])
    };
    list(Load::Loading).get_by_label("Loading conversations…");
    let problem = || Problem { what: "It is broken.".into(), next: "Try again.".into() };
    let mut h = list(Load::Failed(problem()));
    h.get_by_label("It is broken. Try again.");
    h.get_by_label("Try again").click();
    h.run_steps(2);
    assert_eq!(sent(&h), [Command::RefreshWorkspace]);
    let mut local = Model { account: Account::Local, ..Model::default() };
    local.conversations.list = Load::Ready(Arc::default());
    let text = "Conversations stay on this computer. When you join a workspace, they sync to it.";
    screen(local.clone(), [1100.0, 640.0]).get_by_label(text);
    screen(local, [660.0, 640.0]).get_by_label(text);
    let loading = Thread { loading: true, ..thread(Vec::new()) };
    screen(model(Some(loading)), [1100.0, 640.0]).get_by_label("Loading messages…");
    let failed = Thread { problem: Some(problem()), ..thread(Vec::new()) };
    let mut h = screen(model(Some(failed)), [1100.0, 640.0]);
    h.get_by_label("Try again").click();
    h.run_steps(2);
    assert_eq!(sent(&h), [Command::OpenConversation(Some("c-1".into()))]);
}

#[test]
fn a_screen_at_rest_asks_for_no_repaint() {
    let mut offline = model(Some(thread(chat())));
    offline.cloud = waiting();
    let writing = Thread { draft: "begun".into(), ..thread(many(50)) };
    for (name, model) in [
        ("list", model(None)),
        ("thread", model(Some(thread(many(500))))),
        ("offline", offline),
        ("writing", model(Some(writing))),
        ("loading", model(Some(Thread { loading: true, ..thread(Vec::new()) }))),
    ] {
        let mut h = screen(model, [1100.0, 640.0]);
        h.run_steps(12);
        let delay = h.output().viewport_output.values().map(|v| v.repaint_delay).min().unwrap();
        assert_eq!(delay, std::time::Duration::MAX, "{name} repaints");
    }
}
