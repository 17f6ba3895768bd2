//! The capability table: what each [`Command`] may touch. What is not here is refused.
//!
//! This is what the WebView's capability list was. The user interface cannot reach a file, a
//! socket or a process; it can only send commands, and each touches only what this table says.

use crate::command::Command;
use net::Purpose;

/// Something outside the program's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// A connection for this purpose.
    Network(Purpose),
    /// This file below `~/.multiclaw`, or everything below this folder of it.
    File(&'static str),
    /// The system's browser, with an address that was checked.
    Browser,
    /// This file below `~/.openclaw`, or everything below this folder of it. Empty: the folder's
    /// own permissions.
    OpenClaw(&'static str),
    /// The `openclaw` program, with words that are written in this program.
    Program(&'static str),
    /// A file that the person picks in the system's dialog, or drops on the window; opened once.
    Picked,
    /// The clipboard, read once.
    Clipboard,
    /// A notification on the desktop.
    Notification,
    /// The folder that the program itself is in: new versions are kept there.
    OwnFolder,
}

/// The stored sign-in.
pub const SESSION_FILE: &str = "session.json";
/// What is known of versions: which were taken back, which may not be undercut.
pub const UPDATE_FOLDER: &str = "update";
/// The stored choices.
pub const SETTINGS_FILE: &str = "settings.json";
/// This device's key for the gateway, and what the gateway granted it.
pub const DEVICE_FILE: &str = "gateway-device.json";
/// This machine as an unattended screen, with its key.
pub const KIOSK_FILE: &str = "kiosk.json";
/// The same while the code is being checked.
pub const KIOSK_NEW_FILE: &str = "kiosk-new.json";
/// What a gateway prints that this program started.
pub const GATEWAY_OUTPUT_FILE: &str = "gateway-output.log";
/// The gateway's configuration, below `~/.openclaw`. Read, never written.
pub const OPENCLAW_FILE: &str = "openclaw.json";
/// Conversations, one file each, and drafts; below `~/.openclaw`.
pub const CONVERSATIONS_FOLDER: &str = "conversations";
/// How often a wrong PIN was entered at an unattended screen.
pub const UNLOCK_FILE: &str = "kiosk-pin.json";
/// What the cloud does not have yet, one file each.
pub const OUTBOX_FOLDER: &str = "outbox";

/// What `command` may touch; empty for what changes memory only.
#[must_use]
pub fn scope_of(command: &Command) -> &'static [Touch] {
    use Touch::{
        Browser, Clipboard, File, Network, Notification, OpenClaw, OwnFolder, Picked, Program,
    };
    const API: Touch = Network(Purpose::CloudApi);
    const REALTIME: Touch = Network(Purpose::CloudRealtime);
    const DESKTOP: Touch = Network(Purpose::CloudDesktop);
    const CONVERSATIONS: Touch = OpenClaw(CONVERSATIONS_FOLDER);
    const OUTBOX: Touch = File(OUTBOX_FOLDER);
    const GATEWAY: Touch = Network(Purpose::Gateway);
    match command {
        Command::ConnectGateway => {
            &[GATEWAY, OpenClaw(OPENCLAW_FILE), Program("openclaw"), File(DEVICE_FILE)]
        }
        Command::StartGateway | Command::RestartGateway => &[
            GATEWAY,
            Program("openclaw"),
            OpenClaw(OPENCLAW_FILE),
            File(DEVICE_FILE),
            File(GATEWAY_OUTPUT_FILE),
        ],
        Command::StopGateway => {
            &[GATEWAY, Program("openclaw"), OpenClaw(OPENCLAW_FILE), File(DEVICE_FILE)]
        }
        Command::WatchGateway(_)
        | Command::ApproveDevice(_)
        | Command::RejectDevice(_)
        | Command::RemoveDevice(_)
        | Command::ChatWithAgent(_)
        | Command::NewChat(_)
        | Command::LoadOlderChat
        | Command::LoadNewestChat
        | Command::ReloadChats
        | Command::LoadMoreChats
        | Command::SearchChats(_)
        | Command::StopChat
        | Command::LoadToolOutput(_)
        | Command::ChangeChat { .. }
        | Command::ResetChat(_)
        | Command::CompactChat
        | Command::DecideApproval { .. } => &[GATEWAY],
        Command::OpenChat(_) => &[
            GATEWAY,
            OpenClaw(CONVERSATIONS_FOLDER),
            Network(Purpose::LinkTitle),
            Network(Purpose::Favicon),
        ],
        Command::SendChat { .. } | Command::RetryChat(_) | Command::ResendChat { .. } => &[
            GATEWAY,
            OpenClaw(CONVERSATIONS_FOLDER),
            Network(Purpose::LinkTitle),
            Network(Purpose::Favicon),
            Notification,
        ],
        Command::DeleteChat(_) => &[GATEWAY, OpenClaw(CONVERSATIONS_FOLDER)],
        Command::KeepChatDraft(_) => &[OpenClaw(CONVERSATIONS_FOLDER)],
        Command::RepairFolder => &[OpenClaw("")],
        Command::PickAttachments | Command::AttachFile(_) => &[Picked],
        Command::AttachClipboard => &[Clipboard],
        Command::AttachDesktop
        | Command::RemoveAttachment(_)
        | Command::ForgetExport
        | Command::WindowFocused(_) => &[],
        Command::ExportChat(_) => &[GATEWAY, Picked],
        Command::CheckForUpdates | Command::DownloadUpdate => {
            &[Network(Purpose::Updater), File(UPDATE_FOLDER), OwnFolder]
        }
        Command::InstallUpdateFile => &[Picked, File(UPDATE_FOLDER), OwnFolder],
        Command::RollBackUpdate => &[File(UPDATE_FOLDER), OwnFolder],
        // The program that starts then does the rest.
        Command::CancelUpdate | Command::RestartToUpdate => &[],
        Command::SetUpdates(_) | Command::SetQuietHours(_) => {
            &[File(SETTINGS_FILE), Network(Purpose::Updater), File(UPDATE_FOLDER), OwnFolder]
        }
        Command::RunDoctor(_) => &[
            API,
            REALTIME,
            DESKTOP,
            GATEWAY,
            File(SESSION_FILE),
            File(DEVICE_FILE),
            OpenClaw(""),
            OpenClaw(OPENCLAW_FILE),
            Program("openclaw"),
        ],
        Command::StopDoctor => &[],
        Command::ExportDoctor => &[Picked],
        Command::SignInWithBrowser => &[API, REALTIME, File(SESSION_FILE), Browser],
        Command::OpenBrowser | Command::OpenLink(_) => &[Browser],
        Command::SignIn { .. }
        | Command::AcceptInvitation { .. }
        | Command::SignOut
        | Command::SwitchWorkspace(_) => &[API, REALTIME, File(SESSION_FILE)],
        Command::ReconnectCloud => &[API, REALTIME],
        Command::EnrolHere(_) => &[API, REALTIME, File(KIOSK_FILE), File(KIOSK_NEW_FILE)],
        Command::RefreshScreens | Command::EnrollScreen { .. } | Command::RevokeScreen(_) => &[API],
        Command::ChangePassword { .. }
        | Command::RefreshDesktops
        | Command::StartDesktop(_)
        | Command::StopDesktop(_)
        | Command::RefreshWorkspace
        | Command::Invite { .. }
        | Command::ChangeRole { .. }
        | Command::RemovePerson(_)
        | Command::SaveAgent { .. }
        | Command::DeleteAgent(_)
        | Command::SetApiKey { .. }
        | Command::RemoveApiKey { .. }
        | Command::AssignTask { .. }
        | Command::CancelTask(_)
        | Command::RetryTask(_)
        | Command::OpenTaskLog(_)
        | Command::DeleteDocument { .. } => &[API],
        Command::GenerateSop { .. } | Command::CompileSkill(_) => {
            &[API, Network(Purpose::Progress)]
        }
        Command::CreateTask { .. } => &[API, OUTBOX],
        Command::OpenConversation(_) | Command::LoadOlderMessages => {
            &[API, CONVERSATIONS, Network(Purpose::LinkTitle), Network(Purpose::Favicon)]
        }
        Command::LoadMoreConversations => &[API],
        Command::SendMessage(_) => {
            &[API, CONVERSATIONS, OUTBOX, Network(Purpose::LinkTitle), Network(Purpose::Favicon)]
        }
        Command::RenameConversation(_) | Command::DeleteConversation(_) => {
            &[API, CONVERSATIONS, OUTBOX]
        }
        Command::NewConversation | Command::KeepDraft(_) | Command::SearchConversations(_) => {
            &[CONVERSATIONS]
        }
        Command::OpenDesktop(_) | Command::ReconnectNow => &[REALTIME, DESKTOP],
        Command::Input(_) | Command::RefreshPicture | Command::PictureVisible(_) => &[DESKTOP],
        Command::SetQuality(_) | Command::SetPower(_) => &[DESKTOP, File(SETTINGS_FILE)],
        Command::ShowStats(_)
        | Command::SetScaling(_)
        | Command::SetKeyboard(_)
        | Command::SetTheme(_)
        | Command::SetScale(_)
        | Command::SetWebRtcMode(_)
        | Command::SetLinkTitles(_)
        | Command::SetFavicons(_)
        | Command::SetLiveProgress(_)
        | Command::SetNotifications(_)
        | Command::ContinueLocally
        | Command::ShowSignIn => &[File(SETTINGS_FILE)],
        Command::UnlockKiosk(_) => &[File(UNLOCK_FILE)],
        Command::CancelSignIn
        | Command::CloseDesktop
        | Command::CancelReconnect
        | Command::SetViewOnly(_)
        | Command::DismissInvitation
        | Command::DismissEnrolment
        | Command::WatchConnections(_)
        | Command::Forget(_)
        | Command::DismissNotice => &[],
    }
}

/// Whether an unattended screen takes this command. It shows its desktops and nothing else: who
/// stands before it cannot sign in, nor reach the workspace, the gateway or a file from there.
#[must_use]
pub fn screen_takes(command: &Command) -> bool {
    matches!(
        command,
        Command::EnrolHere(_)
            | Command::RefreshDesktops
            | Command::ReconnectCloud
            | Command::OpenDesktop(_)
            | Command::CloseDesktop
            | Command::ReconnectNow
            | Command::CancelReconnect
            | Command::Input(_)
            | Command::RefreshPicture
            | Command::PictureVisible(_)
            | Command::SetViewOnly(_)
            | Command::SetQuality(_)
            | Command::ShowStats(_)
            | Command::SetScaling(_)
            | Command::SetKeyboard(_)
            | Command::SetTheme(_)
            | Command::WindowFocused(_)
            | Command::UnlockKiosk(_)
            | Command::WatchConnections(_)
            | Command::WatchGateway(false)
            | Command::Forget(_)
            | Command::DismissNotice
    )
}

/// Whether `command` may open or write what lies at `path` below `~/.multiclaw`: one of the files
/// it names, or something directly inside of a folder it names.
#[must_use]
pub fn may_touch_file(command: &Command, path: &str) -> bool {
    scope_of(command).iter().any(|touch| matches!(touch, Touch::File(name) if covers(name, path)))
}

/// The same below `~/.openclaw`.
#[must_use]
pub fn may_touch_openclaw(command: &Command, path: &str) -> bool {
    let covered = |touch: &Touch| matches!(touch, Touch::OpenClaw(name) if covers(name, path));
    scope_of(command).iter().any(covered)
}

fn covers(name: &str, path: &str) -> bool {
    let inside = path.strip_prefix(name).and_then(|rest| rest.strip_prefix('/'));
    let plain = |inside: &str| {
        !inside.is_empty() && !inside.starts_with('.') && !inside.contains(['/', '\\'])
    };
    path == name || !name.is_empty() && inside.is_some_and(plain)
}

#[cfg(test)]
mod tests {
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
    fn only_updates_touch_the_programs_own_folder() {
        let own = |command: &Command| scope_of(command).contains(&Touch::OwnFolder);
        for command in [
            Command::CheckForUpdates,
            Command::DownloadUpdate,
            Command::InstallUpdateFile,
            Command::RollBackUpdate,
        ] {
            assert!(own(&command) && may_touch_file(&command, "update/state.json"), "{command:?}");
            for path in ["session.json", "settings.json", "update/../session.json"] {
                assert!(!may_touch_file(&command, path), "{command:?} {path}");
            }
        }
        let file = scope_of(&Command::InstallUpdateFile);
        assert!(!file.iter().any(|touch| matches!(touch, Touch::Network(_))), "offline");
        for command in [Command::CancelUpdate, Command::RestartToUpdate, Command::PickAttachments] {
            assert!(!own(&command), "{command:?}");
        }
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
        ] {
            assert!(!screen_takes(&refused), "{refused:?}");
        }
        let code = crate::secret::EnrolmentText::new("K7QM".into());
        let enrol = Command::EnrolHere(code);
        assert!(may_touch_file(&enrol, "kiosk.json") && !may_touch_file(&enrol, "session.json"));
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
}
