//! What a person does with the list, and what is asked for.

use super::*;
use egui::{Key, Modifiers, accesskit};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

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
    h.get_by_label_contains("It is deleted on this computer. This cannot be undone.");
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
