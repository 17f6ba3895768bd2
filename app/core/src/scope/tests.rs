//! The table is enforced.

use super::*;

#[test]
fn a_command_touches_what_its_row_says_and_nothing_else() {
    let send = Command::SendMessage("x".into());
    assert!(may_touch_openclaw(&send, "conversations/1.jsonl"));
    assert!(may_touch_file(&send, "outbox/1.json"));
    for path in [
        "session.json",
        "settings.json",
        "openclaw.json",
        "conversations/../session.json",
        "conversations/..\\x",
        "conversations/",
        "conversations/.x",
        "conversations/a/b",
        "conversationsx",
        "/conversations/1",
        "/etc/passwd",
    ] {
        assert!(!may_touch_file(&send, path), "{path}");
        assert!(!may_touch_openclaw(&send, path), "{path}");
    }
    assert!(!may_touch_file(&send, "conversations/1.jsonl"), "they have moved");
    assert!(!may_touch_file(&Command::CloseDesktop, "settings.json"));
    assert!(may_touch_file(&Command::SignOut, "session.json"));
}

#[test]
fn the_gateways_configuration_is_out_of_reach_of_what_writes_beside_it() {
    let keep = Command::KeepChatDraft("x".into());
    assert!(may_touch_openclaw(&keep, "conversations/chat-drafts.json"));
    for path in ["openclaw.json", "agents", "", "/conversations", "/x"] {
        assert!(!may_touch_openclaw(&keep, path), "{path}");
    }
    assert!(!may_touch_openclaw(&Command::RepairFolder, "openclaw.json"));
    for command in [
        Command::PickAttachments,
        Command::AttachFile("/etc/passwd".into()),
        Command::AttachClipboard,
        Command::AttachDesktop,
        Command::ExportChat(crate::model::ExportFormat::Json),
        Command::ExportDoctor,
    ] {
        assert!(!may_touch_openclaw(&command, "conversations/a.jsonl"), "{command:?}");
        assert!(!may_touch_file(&command, "session.json"), "{command:?}");
    }
}

#[test]
fn only_updates_touch_the_programs_own_folder() {
    let own = |command: &Command| scope_of(command).contains(&Touch::OwnFolder);
    for command in [
        Command::CheckForUpdates,
        Command::DownloadUpdate,
        Command::InstallUpdateFile,
        Command::RollBackUpdate,
        Command::CancelUpdate,
    ] {
        assert!(own(&command) && may_touch_file(&command, "update/state.json"), "{command:?}");
        for path in ["session.json", "settings.json", "update/../session.json"] {
            assert!(!may_touch_file(&command, path), "{command:?} {path}");
        }
    }
    for command in [Command::InstallUpdateFile, Command::CancelUpdate, Command::RollBackUpdate] {
        let file = scope_of(&command);
        assert!(!file.iter().any(|touch| matches!(touch, Touch::Network(_))), "offline");
    }
    for command in [Command::RestartToUpdate, Command::PickAttachments] {
        assert!(!own(&command), "{command:?}");
    }
    let standing: Vec<_> =
        Standing::ALL.into_iter().filter(|s| s.scope().contains(&Touch::OwnFolder)).collect();
    assert_eq!(standing, [Standing::Updates]);
}

#[test]
fn a_screen_takes_what_shows_its_desktops_only() {
    assert!(screen_takes(&Command::CloseDesktop));
    for refused in [
        Command::SignInWithBrowser,
        Command::ContinueLocally,
        Command::ShowSignIn,
        Command::SwitchWorkspace("w".into()),
        Command::ConnectGateway,
        Command::StartGateway,
        Command::OpenChat(None),
        Command::PickAttachments,
        Command::AttachDesktop,
        Command::OpenLink("https://example.com".into()),
        Command::RefreshScreens,
        Command::SetWebRtcMode(crate::model::WebRtcMode::TurnRelay),
        Command::RunDoctor(None),
        Command::InstallUpdateFile,
        Command::DeleteCrashLog,
    ] {
        assert!(!screen_takes(&refused), "{refused:?}");
    }
    let code = crate::secret::EnrolmentText::new("K7QM".into());
    let enrol = Command::EnrolHere(code);
    assert!(may_touch_file(&enrol, "kiosk.json") && !may_touch_file(&enrol, "session.json"));
    // What is done for the screen reaches no person's files and no gateway.
    for touch in Standing::Screen.scope() {
        let good = match touch {
            Touch::File(name) => *name == KIOSK_FILE,
            Touch::Network(purpose) => *purpose != Purpose::Gateway,
            other => *other == Touch::Awake,
        };
        assert!(good, "{touch:?}");
    }
}

/// Each row of the words is of one command, and the examples are one of each.
#[test]
fn there_is_an_example_of_every_command() {
    let mut names: Vec<&str> = examples().iter().map(words).collect();
    let count = names.len();
    assert!(count >= 90, "{count}");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "two commands have the same words, or one has two examples");
}

#[test]
fn every_command_is_refused_outside_of_its_scope() {
    for command in examples() {
        let guard = Guard::default();
        let (leave, mut refused) = (grant(&command), 0);
        for touch in Touch::ALL {
            let version = touch == Touch::Program("openclaw --version")
                && scope_of(&command).contains(&Touch::Program("openclaw"));
            let allowed = scope_of(&command).contains(&touch) || version;
            assert_eq!(guard.check(leave, touch).is_ok(), allowed, "{command:?}: {touch:?}");
            refused += usize::from(!allowed);
        }
        assert_eq!(guard.refused().len(), refused.min(20));
        assert!(guard.refused().iter().all(|refused| refused.who == words(&command)));
    }
}

#[test]
fn each_kind_of_touch_is_open_to_some_and_closed_to_others() {
    let all = examples();
    for touch in Touch::ALL {
        let may = all.iter().filter(|command| scope_of(command).contains(&touch)).count();
        let standing = Standing::ALL.iter().filter(|s| s.scope().contains(&touch)).count();
        assert!(may + standing > 0, "nobody may touch {touch:?}");
        assert!(
            may < all.len() / 2 && standing < Standing::ALL.len(),
            "{touch:?} is for everybody"
        );
    }
}

#[test]
fn what_goes_on_by_itself_acts_for_no_person() {
    for which in Standing::ALL {
        let forbidden = [
            Touch::Picked,
            Touch::Clipboard,
            Touch::Browser,
            Touch::Program("openclaw"),
            Touch::OpenClaw(""),
        ];
        let guard = Guard::default();
        for touch in forbidden {
            assert!(guard.check(standing(which), touch).is_err(), "{which:?}: {touch:?}");
        }
    }
}

#[test]
fn a_refusal_is_remembered_once_and_the_list_stays_short() {
    let guard = Guard::default();
    for _ in 0..3 {
        assert!(guard.check(grant(&Command::CloseDesktop), Touch::Browser).is_err());
    }
    let [refused] = &guard.refused()[..] else { panic!("{:?}", guard.refused()) };
    let text = refused.to_string();
    assert!(text.contains("Leave a desktop") && text.contains("browser"), "{text}");
    for command in examples() {
        for touch in Touch::ALL {
            let _ = guard.check(grant(&command), touch);
        }
    }
    assert!(guard.refused().len() <= 20);
}

#[test]
fn the_page_shows_every_touch_of_the_table() {
    let page = page();
    let shown: Vec<&str> = page.iter().flat_map(|group| &group.rows).map(|row| row.what).collect();
    for touch in examples()
        .iter()
        .flat_map(|command| scope_of(command))
        .chain(Standing::ALL.iter().flat_map(|which| which.scope()))
    {
        assert!(Touch::ALL.contains(touch), "{touch:?} is not on the page");
        assert!(shown.contains(&touch.words()), "{touch:?}");
    }
    assert!(page.iter().flat_map(|group| &group.rows).all(|row| !row.who.is_empty()));
}
