//! What a person does with the open conversation, and what is asked for.

use super::*;
use egui::{Key, Modifiers, accesskit};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

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
fn text_is_selected_with_the_pointer_and_copied() {
    let mut h = screen(model(Some(thread(chat()))), [1100.0, 1000.0]);
    let bubble = h.get_by_label("You, 14:03: Thank you!").rect();
    let y = bubble.center().y;
    h.drag_at(egui::pos2(bubble.right() - 70.0, y));
    h.run_steps(1);
    for from_right in [50.0, 30.0, 4.0] {
        h.hover_at(egui::pos2(bubble.right() - from_right, y));
        h.run_steps(1);
    }
    h.event(egui::Event::Copy);
    h.run_steps(1);
    let copied = copied(&h).unwrap();
    assert!(copied.len() > 4 && "Thank you!".ends_with(&copied), "{copied}");
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
    let h = screen(offline, [1100.0, 700.0]);
    h.get_by_label("Not sent yet. MultiClaw Cloud cannot be reached.");
    h.get_by_label("Not connected. What you send waits on this computer.");
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
    // Without the cloud they are not asked for, and that is said.
    h.state_mut().model.cloud = waiting();
    open(&mut h).messages = Arc::new(all[100..].to_vec());
    h.run_steps(2);
    press(&mut h, Key::Home);
    h.run_steps(2);
    assert_eq!(sent(&h), []);
    h.state_mut().model.cloud = CloudLink::Online;
    h.run_steps(2);
    assert_eq!(sent(&h), [Command::LoadOlderMessages]);
    clear(&mut h);
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
    h.get_by_label("First news");
    h.hover_at(egui::pos2(700.0, 300.0));
    for _ in 0..8 {
        h.event(wheel(90.0));
        h.run_steps(2);
    }
    h.run_steps(20);
    assert!(h.query_by_label_contains("First news").is_none());
    let reading = article(&h, "Message 5").unwrap();
    let (name, top) = (reading.accesskit_node().label().unwrap(), reading.rect().top());
    messages.push(said(1_001, Speaker::Agent, "Analyst", "14:09", "Second news"));
    open(&mut h).messages = Arc::new(messages.clone());
    h.run_steps(3);
    assert_eq!(h.get_by_label(&name).rect().top(), top);
    h.get_by_label("1 new message").click();
    h.run_steps(3);
    h.get_by_label("Second news");
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
fn huge_messages_are_read_in_part_until_they_are_opened() {
    let line = "x".repeat(1_000_000);
    let lines = "a line of a very long log\n".repeat(80_000) + "\nthe end of it";
    let messages = vec![
        said(1, Speaker::Agent, "Analyst", "14:03", &line),
        said(2, Speaker::Agent, "Analyst", "14:04", &lines),
        said(3, Speaker::Person, "", "14:05", "short"),
    ];
    let mut h = screen(model(Some(thread(messages))), [1100.0, 900.0]);
    let load = |h: &Screen| h.state().view.pane.load();
    assert!(load(&h).1 < 2_000_000, "two beginnings, laid out: {:?}", load(&h));
    h.get_by_label("Show all 2 MB").click();
    h.run_steps(4);
    assert!(load(&h).1 < 12_000_000, "only what is seen is laid out: {:?}", load(&h));
    h.get_by_label_contains("Analyst, 14:04: a line");
    h.get_by_label("Messages").focus();
    h.run_steps(2);
    press(&mut h, Key::End);
    h.get_by_label("You, 14:05: short");
    h.get_by_label("the end of it");
    h.get_by_label("Show less").click();
    h.run_steps(3);
    h.get_by_label("Show all 2 MB");
    assert!(h.query_by_label("the end of it").is_none());
}

#[test]
fn what_is_scrolled_away_is_forgotten() {
    let messages = many(6_000);
    let mut h = screen(model(Some(thread(messages))), [1100.0, 900.0]);
    let mut most = 0;
    for _ in 0..300 {
        h.get_by_label("Messages").focus();
        h.key_press(Key::PageUp);
        h.run_steps(1);
        let (documents, bytes) = h.state().view.pane.load();
        assert!(bytes < 7_000_000, "{documents} documents of {bytes} bytes");
        most = most.max(documents);
    }
    let after = h.state().view.pane.load().0;
    assert!(most < 1_000 && after <= most, "{most}, {after}");
}

#[test]
fn markdown_is_shown_in_what_everybody_writes() {
    let text = "## Totals\n\nBy **region**:\n\n- [x] north\n- east\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n\
                ```rust\nfn main() {}\n```\n\n[press](javascript:alert) me@example.org mailto:a@b.org";
    for (speaker, name) in
        [(Speaker::Agent, "Analyst"), (Speaker::Person, ""), (Speaker::Person, "Grace")]
    {
        let messages = vec![said(1, speaker, name, "14:03", text)];
        let mut h = screen(model(Some(thread(messages))), [1100.0, 900.0]);
        h.get_by_role_and_label(accesskit::Role::Heading, "Totals");
        h.get_by_label("By region:");
        h.get_by_label("☑ north");
        h.get_by_label("• east");
        h.get_by_role_and_label(accesskit::Role::Code, "fn main() {}");
        assert!(h.query_by_role(accesskit::Role::Link).is_none(), "only the web can be pressed");
        h.get_by_label("press (javascript:alert) me@example.org mailto:a@b.org");
        h.get_by_label("Copy code").click();
        h.step();
        assert_eq!(copied(&h).as_deref(), Some("fn main() {}"));
    }
}

/// What was copied in the last frame.
fn copied(h: &Screen) -> Option<String> {
    h.output().platform_output.commands.iter().find_map(|c| match c {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

#[test]
fn a_selection_is_dropped_with_escape_and_scrolls_past_the_edge() {
    let lines: Vec<String> = (0..200).map(|n| format!("- item {n}")).collect();
    let messages = vec![
        said(1, Speaker::Agent, "Analyst", "14:03", &lines.join("\n")),
        said(2, Speaker::Person, "", "14:05", "short"),
    ];
    let mut h = screen(model(Some(thread(messages))), [1100.0, 700.0]);
    h.get_by_label("Messages").focus();
    h.run_steps(2);
    press(&mut h, Key::Home);
    let from = h.get_by_label("• item 3").rect().left_center();
    h.drag_at(from);
    h.run_steps(1);
    // Below the messages, where the field is.
    for _ in 0..30 {
        h.hover_at(egui::pos2(from.x + 10.0, 690.0));
        h.run_steps(1);
    }
    assert!(h.query_by_label("• item 3").is_none(), "it scrolled");
    h.drop_at(egui::pos2(from.x + 10.0, 690.0));
    h.run_steps(2);
    h.event(egui::Event::Copy);
    h.run_steps(1);
    let all = copied(&h).unwrap();
    assert!(all.contains("item 3\n") && all.lines().count() > 40, "{all}");
    press(&mut h, Key::Escape);
    h.event(egui::Event::Copy);
    h.run_steps(1);
    assert_eq!(copied(&h), None);
}

#[test]
fn what_is_found_beyond_the_beginning_of_a_long_message_opens_it() {
    let long = "**words** of a long message\n".repeat(2_000) + "\nthe `needle` is here";
    let mut messages = many(40);
    messages[10] = said(10, Speaker::Agent, "Analyst", "14:03", &long);
    let mut h = screen(model(Some(thread(messages))), [1100.0, 700.0]);
    h.key_press_modifiers(Modifiers::COMMAND, Key::F);
    h.run_steps(3);
    write(&mut h, "the needle");
    h.run_steps(4);
    h.get_by_label("1 of 1");
    let found = h.get_by_label("the needle is here").rect();
    assert!(found.top() > 100.0 && found.bottom() < 600.0, "{found}");
    h.get_by_label("Show less");
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
    h.get_by_label("Another NEEDLE.");
    press(&mut h, Key::Enter);
    h.run_steps(2);
    h.get_by_label("1 of 2");
    let found = h.get_by_label("The needle is here.").rect();
    assert!(found.top() > 100.0 && found.bottom() < 600.0, "{found}");
    h.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    h.run_steps(3);
    h.get_by_label("2 of 2");
    press(&mut h, Key::Escape);
    assert!(h.query_by_label("2 of 2").is_none());
    assert_eq!(sent(&h), []);
}
