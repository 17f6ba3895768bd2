//! The gateway's conversations, found by their names as a screen reader finds them.

use crate::chat_acts::*;
use crate::chat_model::*;
use crate::world::*;
use egui::accesskit::Role as R;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use multiclaw_core::Command;
use multiclaw_core::model::*;
use std::sync::Arc;

fn unknown(link: GatewayLink) -> Model {
    let mut model = signed_in(three());
    model.gateway.link = link;
    model
}

#[test]
fn every_state_of_the_gateway_is_said_and_has_its_button() {
    let lost = || problem("The gateway went away.", "It may be restarting.");
    let waiting = || GatewayLink::Waiting { seconds: 4, problem: lost() };
    for (link, title, button, command) in [
        (GatewayLink::Looking, "Looking for the gateway…", "", None),
        (GatewayLink::Connecting, "Connecting to the gateway…", "", None),
        (GatewayLink::Restarting { seconds: 3 }, "The gateway restarts", "", None),
        (waiting(), "The gateway went away.", "Try now", Some(Command::ConnectGateway)),
        (
            GatewayLink::Stopped,
            "The gateway is not running",
            "Start gateway",
            Some(Command::StartGateway),
        ),
        (
            GatewayLink::NotInstalled,
            "OpenClaw is not on this computer",
            "How to install it",
            Some(Command::OpenLink("https://docs.openclaw.ai/install".into())),
        ),
    ] {
        let mut h = chat(unknown(link.clone()));
        has(&h, title);
        if let Some(command) = command.clone() {
            click(&mut h, button);
            assert_eq!(taken(&mut h), [command]);
        }
        // What is known can still be read, with the same button above it.
        let mut model = opened(every_kind());
        model.gateway.link = link;
        let mut h = chat(model);
        assert!(part(&h, title), "{title}");
        assert!(part(&h, "Then delete the temporary files."));
        assert!(h.get_by_label("Send").accesskit_node().is_disabled());
        if let Some(command) = command {
            click(&mut h, button);
            assert_eq!(taken(&mut h), [command]);
        }
    }
}

#[test]
fn every_refusal_says_what_solves_it() {
    for refusal in [
        GatewayRefusal::TokenMissing,
        GatewayRefusal::TokenWrong,
        GatewayRefusal::DeviceRefused,
        GatewayRefusal::GatewayTooOld,
        GatewayRefusal::GatewayTooNew,
        GatewayRefusal::RateLimited,
        GatewayRefusal::Configuration,
        GatewayRefusal::NotLoopback,
        GatewayRefusal::Other,
        GatewayRefusal::PairingNeeded { command: "openclaw devices approve 0b1f".into() },
    ] {
        let problem = problem("It does not let us in.", "This is what to do.");
        let pairing = matches!(refusal, GatewayRefusal::PairingNeeded { .. });
        let mut h = chat(unknown(GatewayLink::Refused { refusal, problem }));
        has(&h, "It does not let us in.");
        has(&h, "This is what to do.");
        if pairing {
            has(&h, "openclaw devices approve 0b1f");
            h.get_by_label("Copy the command").click();
            h.step();
            assert_eq!(copied(&h), ["openclaw devices approve 0b1f"]);
        }
        click(&mut h, "Try again");
        assert_eq!(taken(&mut h), [Command::ConnectGateway]);
    }
}

#[test]
fn the_list_has_its_states_and_is_used_with_the_keyboard() {
    let mut model = listed();
    model.chat.list = Load::Ready(Arc::default());
    has(&chat(model), "Begin your first chat");
    let mut model = listed();
    model.chat.list = Load::Failed(problem("It was not loaded.", ""));
    let mut h = chat(model);
    has(&h, "It was not loaded.");
    click(&mut h, "Try again");
    assert_eq!(taken(&mut h), [Command::ReloadChats]);

    let mut h = chat(listed());
    assert!(part(&h, "Main, 14:20, pinned"));
    assert!(part(&h, "Tidy the downloads folder, 14:06, waiting for your approval"));
    assert!(part(&h, "Why does the build fail on ARM?, 13:40, running"));
    assert!(part(&h, "Letter to the Royal Society, 20 Nov, 17:40, unread"));
    click(&mut h, "New chat");
    assert_eq!(taken(&mut h), [Command::NewChat(None)]);
    press(&mut h, Modifiers::COMMAND, Key::N);
    assert_eq!(taken(&mut h), [Command::NewChat(None)]);
    press(&mut h, Modifiers::COMMAND, Key::F);
    press(&mut h, Modifiers::NONE, Key::ArrowDown);
    press(&mut h, Modifiers::NONE, Key::ArrowDown);
    press(&mut h, Modifiers::NONE, Key::Enter);
    assert_eq!(taken(&mut h), [Command::OpenChat(Some(KEY.into()))]);
    press(&mut h, Modifiers::NONE, Key::F2);
    write(&mut h, " well");
    press(&mut h, Modifiers::NONE, Key::Enter);
    let [Command::ChangeChat { key, change: ChatChange::Title(title) }] = &taken(&mut h)[..] else {
        panic!("a new title")
    };
    assert!(key == KEY && title.contains("well"), "{title}");
}

#[test]
fn deleting_asks_and_the_main_conversation_is_emptied() {
    let mut h = chat(listed());
    press(&mut h, Modifiers::COMMAND, Key::F);
    press(&mut h, Modifiers::NONE, Key::ArrowDown);
    press(&mut h, Modifiers::NONE, Key::Delete);
    has(&h, "Empty this conversation?");
    press(&mut h, Modifiers::NONE, Key::Escape);
    assert_eq!(taken(&mut h), []);
    press(&mut h, Modifiers::COMMAND, Key::F);
    press(&mut h, Modifiers::NONE, Key::ArrowDown);
    press(&mut h, Modifiers::NONE, Key::ArrowDown);
    press(&mut h, Modifiers::NONE, Key::Delete);
    has(&h, "Delete this conversation?");
    click(&mut h, "Delete");
    assert_eq!(taken(&mut h), [Command::DeleteChat(KEY.into())]);
}

#[test]
fn agents_are_switched() {
    let mut h = chat(listed());
    click(&mut h, "Agent: All agents");
    h.get_by_role_and_label(R::MenuItem, "🔧 Operations").click();
    h.run_steps(3);
    assert_eq!(taken(&mut h), [Command::ChatWithAgent(Some("ops".into()))]);
}

#[test]
fn a_chat_is_begun_with_an_agent_of_choice() {
    let mut h = chat(listed());
    click(&mut h, "New chat with…");
    h.get_by_role_and_label(R::MenuItem, "🔧 Operations").click();
    h.run_steps(3);
    assert_eq!(taken(&mut h), [Command::NewChat(Some("ops".into()))]);
    // With one agent there is no choice, and without a connection nobody to talk to.
    let mut model = listed();
    model.chat.agents = Load::Ready(Arc::new(agents()[..1].to_vec()));
    assert!(chat(model).query_by_label("New chat with…").is_none());
    let mut model = listed();
    model.gateway.link = GatewayLink::Connecting;
    let h = chat(model);
    assert!(h.get_by_label("New chat with…").accesskit_node().is_disabled());
}

#[test]
fn a_chat_that_is_not_open_is_emptied_by_its_key() {
    let mut h = chat(opened(every_kind()));
    h.get_by_role_and_label(R::SearchInput, "Search conversations").focus();
    h.run_steps(2);
    press(&mut h, Modifiers::NONE, Key::ArrowDown);
    press(&mut h, Modifiers::NONE, Key::Delete);
    has(&h, "Empty this conversation?");
    // Enter leaves things as they are.
    press(&mut h, Modifiers::NONE, Key::Enter);
    assert!(h.query_by_label("Empty this conversation?").is_none());
    assert_eq!(taken(&mut h), []);
    h.get_by_role_and_label(R::SearchInput, "Search conversations").focus();
    h.run_steps(2);
    press(&mut h, Modifiers::NONE, Key::ArrowDown);
    press(&mut h, Modifiers::NONE, Key::Delete);
    click(&mut h, "Empty");
    assert_eq!(taken(&mut h), [Command::ResetChat("agent:main:main".into())]);
}

#[test]
fn a_command_of_no_conversation_is_answered_in_any() {
    let mut model = opened(every_kind());
    let nobodys = Approval { key: String::new(), title: "Molty".into(), ..approval("") };
    model.chat.approvals = Arc::new(vec![Arc::new(nobodys)]);
    let mut h = chat(model);
    h.run_steps(4);
    click(&mut h, "Allow once");
    let decision = Decision::AllowOnce;
    assert_eq!(taken(&mut h), [Command::DecideApproval { id: "a-1".into(), decision }]);
}

#[test]
fn conversations_are_searched() {
    let mut h = chat(listed());
    press(&mut h, Modifiers::COMMAND, Key::F);
    write(&mut h, "linker");
    assert_eq!(taken(&mut h), [Command::SearchChats("linker".into())]);
    has(&h, "Searching…");
    let hit = ChatHit {
        key: "agent:main:b".into(),
        title: "Why does the build fail on ARM?".into(),
        excerpt: "The linker wants -latomic.".into(),
        when: "13:40".into(),
    };
    let mut search =
        ChatSearch { text: "linker".into(), busy: false, problem: None, hits: Arc::new(vec![hit]) };
    h.state_mut().model.chat.search = Some(search.clone());
    h.run_steps(2);
    click(&mut h, "Why does the build fail on ARM?, 13:40: The linker wants -latomic.");
    assert_eq!(taken(&mut h), [Command::OpenChat(Some("agent:main:b".into()))]);
    search.hits = Arc::default();
    h.state_mut().model.chat.search = Some(search.clone());
    h.run_steps(2);
    has(&h, "Nothing found");
    search.problem = Some(problem("It could not be searched.", ""));
    h.state_mut().model.chat.search = Some(search);
    h.run_steps(2);
    has(&h, "It could not be searched.");
}

#[test]
fn enter_sends_shift_enter_breaks_the_line_and_drafts_are_kept() {
    let mut h = chat(opened(every_kind()));
    write(&mut h, "/status");
    has(&h, "This is a command for the gateway. Enter sends it.");
    h.run_steps(8);
    assert_eq!(taken(&mut h), [Command::KeepChatDraft("/status".into())]);
    press(&mut h, Modifiers::SHIFT, Key::Enter);
    write(&mut h, "more");
    press(&mut h, Modifiers::COMMAND, Key::Num2);
    let kept = Command::KeepChatDraft("/status\nmore".into());
    assert_eq!(taken(&mut h).last(), Some(&kept));
    press(&mut h, Modifiers::COMMAND, Key::Num1);
    message(&mut h);
    press(&mut h, Modifiers::NONE, Key::Enter);
    let text = "/status\nmore".to_owned();
    let sent = Command::SendChat { text, mode: SendMode::Steer };
    assert_eq!(taken(&mut h), [sent, Command::KeepChatDraft(String::new())]);
}

#[test]
fn attachments_are_added_removed_and_judged() {
    let mut h = chat(opened(every_kind()));
    click(&mut h, "Attach files");
    assert_eq!(taken(&mut h), [Command::PickAttachments]);
    message(&mut h);
    press(&mut h, Modifiers::COMMAND, Key::V);
    assert_eq!(taken(&mut h), [Command::AttachClipboard]);
    let key = Event::Key {
        key: Key::V,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    };
    h.input_mut().events.extend([Event::Paste("words".into()), key]);
    h.step();
    assert_eq!(taken(&mut h), [], "there was text to paste");
    let too_large = problem("It has 31 MB, and the gateway takes 19.4 MB.", "");
    let files = vec![
        attachment(1, "notes.pdf", 1_200_000),
        Attachment { problem: Some(too_large), ..attachment(2, "film.mov", 31_000_000) },
    ];
    open(&mut h.state_mut().model).attachments = files;
    h.run_steps(2);
    has(&h, "notes.pdf, File  ·  1.2 MB");
    has(&h, "film.mov: It has 31 MB, and the gateway takes 19.4 MB.");
    has(&h, "Take away what cannot be sent, then send the message.");
    assert!(h.get_by_label("Send").accesskit_node().is_disabled());
    click(&mut h, "Remove film.mov");
    assert!(taken(&mut h).contains(&Command::RemoveAttachment(2)));
    open(&mut h.state_mut().model).attachments.pop();
    h.run_steps(2);
    has(&h, "Files up to 19.4 MB, pictures up to 6.2 MB.");
    assert!(!h.get_by_label("Send").accesskit_node().is_disabled());
    open(&mut h.state_mut().model).attachments[0].reading = true;
    h.run_steps(2);
    has(&h, "notes.pdf is still being read.");
}

#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("The screen must not read it.".into())
    }
}

#[test]
fn files_are_dropped_on_the_conversation() {
    let mut h = chat(opened(every_kind()));
    h.input_mut().hovered_files = vec![egui::HoveredFile::default()];
    h.step();
    has(&h, "Drop files to send them to 🦞 Molty");
    h.input_mut().hovered_files.clear();
    h.input_mut().dropped_files = vec![Arc::new(Dropped("/home/ada/notes.pdf".into()))];
    h.step();
    h.input_mut().dropped_files.clear();
    h.run_steps(2);
    assert_eq!(taken(&mut h), [Command::AttachFile("/home/ada/notes.pdf".into())]);
    assert!(h.query_by_label("Drop files to send them to 🦞 Molty").is_none());
}

#[test]
fn a_message_is_changed_and_sent_again() {
    let all = vec![
        person("e-1", "14:00", "Whats the time?"),
        entry("e-2", "14:00", said("14:00.", false)),
    ];
    let mut h = chat(opened(all));
    click(&mut h, "Ask again");
    assert_eq!(taken(&mut h), [Command::RetryChat("e-2".into())]);
    message(&mut h);
    write(&mut h, "begun");
    click(&mut h, "Change and send again");
    has(&h, "Changing a message. What came after it is replaced.");
    let field = h.get_by_role_and_label(R::MultilineTextInput, "Message");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("Whats the time?"));
    press(&mut h, Modifiers::NONE, Key::End);
    write(&mut h, " Now?");
    press(&mut h, Modifiers::NONE, Key::Enter);
    let commands = taken(&mut h);
    let resent = |c: &&Command| matches!(c, Command::ResendChat { .. });
    let Some(Command::ResendChat { entry, text }) = commands.iter().find(resent) else {
        panic!("{commands:?}")
    };
    assert!(entry == "e-1" && text.contains("Whats the time?") && text.contains("Now?"));
    // What was begun before is still there.
    let field = h.get_by_role_and_label(R::MultilineTextInput, "Message");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("begun"));
}

#[test]
fn the_open_conversation_is_changed_from_its_bar() {
    let mut h = chat(opened(every_kind()));
    let changed = |change| Command::ChangeChat { key: KEY.into(), change };
    has(&h, "Context: 48k of 200k tokens used");
    for (chip, item, change) in [
        ("Model: Claude Opus", "GPT", ChatChange::Model("openai/gpt".into())),
        ("Thinking: Thinking: low", "High", ChatChange::Thinking("high".into())),
        (
            "Permissions: Ask first",
            "Full access: Everything is run without asking",
            ChatChange::Permission(Permission::Full),
        ),
    ] {
        click(&mut h, chip);
        h.get_by_role_and_label(R::MenuItem, item).click();
        h.run_steps(3);
        assert_eq!(taken(&mut h), [changed(change)]);
    }
    click(&mut h, "Pin to the top");
    assert_eq!(taken(&mut h), [changed(ChatChange::Pinned(true))]);
    click(&mut h, "Title: Tidy the downloads folder");
    write(&mut h, "Downloads");
    press(&mut h, Modifiers::NONE, Key::Enter);
    assert_eq!(taken(&mut h), [changed(ChatChange::Title("Downloads".into()))]);
    for (item, command) in [
        ("Export as Markdown…", Command::ExportChat(ExportFormat::Markdown)),
        ("Export as JSON…", Command::ExportChat(ExportFormat::Json)),
        ("Compact", Command::CompactChat),
    ] {
        click(&mut h, "More actions");
        h.get_by_role_and_label(R::MenuItem, item).click();
        h.run_steps(3);
        assert_eq!(taken(&mut h), [command]);
    }
    click(&mut h, "More actions");
    h.get_by_role_and_label(R::MenuItem, "Empty…").click();
    h.run_steps(3);
    click(&mut h, "Empty");
    assert_eq!(taken(&mut h), [Command::ResetChat(KEY.into())]);
}

#[test]
fn an_export_says_how_it_went() {
    let mut model = opened(every_kind());
    model.chat.export = Some(Export::Busy(400));
    let mut h = chat(model);
    has(&h, "400 entries so far");
    h.state_mut().model.chat.export = Some(Export::Failed(problem("The disk is full.", "")));
    h.run_steps(2);
    has(&h, "The disk is full.");
    h.state_mut().model.chat.export = Some(Export::Done("tidy.md".into()));
    h.run_steps(2);
    has(&h, "Exported to tidy.md");
    click(&mut h, "Close");
    assert_eq!(taken(&mut h), [Command::ForgetExport]);
}

#[test]
fn text_is_found_in_what_is_settled_live_and_open() {
    let mut model = opened(every_kind());
    open(&mut model).live = vec![entry("l-1", "14:07", said("More temporary things", true))];
    let mut h = chat(model);
    press(&mut h, Modifiers::COMMAND, Key::F);
    write(&mut h, "TEMPORARY");
    h.run_steps(3);
    has(&h, "1 of 4");
    press(&mut h, Modifiers::SHIFT, Key::Enter);
    has(&h, "4 of 4");
    press(&mut h, Modifiers::NONE, Key::Enter);
    has(&h, "1 of 4");
    write(&mut h, " unheard of");
    h.run_steps(2);
    has(&h, "Nothing found");
    press(&mut h, Modifiers::NONE, Key::Escape);
    assert!(h.query_by_label("Close find").is_none());
}

#[test]
fn in_a_narrow_window_there_is_one_pane() {
    for size in [[700.0, 560.0], [420.0, 640.0]] {
        let mut h = sized(listed(), size);
        h.get_by_role_and_label(R::SearchInput, "Search conversations");
        h.state_mut().model.chat.open = Some(thread(every_kind()));
        h.run_steps(3);
        assert!(h.query_by_role_and_label(R::SearchInput, "Search conversations").is_none());
        let field = h.get_by_role_and_label(R::MultilineTextInput, "Message").rect();
        assert!(field.left() > 0.0 && field.right() < size[0]);
        click(&mut h, "Back to the list");
        assert_eq!(taken(&mut h), [Command::OpenChat(None)]);
    }
}

#[test]
fn without_an_account_there_is_chat() {
    let model = Model { account: Account::Local, ..opened(every_kind()) };
    let h = chat(model);
    assert!(part(&h, "Then delete the temporary files."));
}

#[test]
fn the_screen_at_rest_asks_for_no_repaint() {
    let mut all = vec![
        ("list", chat(listed())),
        ("thread", chat(opened(every_kind()))),
        ("asking", chat(asking())),
        ("busy", chat(crate::chat_look::busy())),
        ("stopped", chat(crate::chat_look::stopped())),
        ("pairing", chat(crate::chat_look::pairing())),
    ];
    for (name, h) in &mut all {
        h.run_steps(20);
        let delay = h.output().viewport_output.values().map(|v| v.repaint_delay).min().unwrap();
        assert_eq!(delay, std::time::Duration::MAX, "{name} repaints");
    }
}
