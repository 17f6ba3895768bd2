//! The capability table: what each [`Command`] may touch. What is not here is refused.
//!
//! This is what the WebView's capability list was. The user interface cannot reach a file, a
//! socket or a process; it can only send commands, and each touches only what this table says.
//! The table is not only words: the engine acts under a [`Grant`] that is made of a row of it,
//! and every door to the system asks for that grant (see [`grant`](mod@grant)).

pub mod grant;
mod page;
#[cfg(test)]
mod tests;
mod words;

pub use grant::{Grant, Guard, Refused, Standing, grant, standing};
pub use page::{Group, Row, page};
pub use words::{examples, words};

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
    /// The screen, which is kept awake.
    Awake,
    /// Whether the system shows dialogs and notifications. Nothing is shown.
    Services,
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
/// What the program said when it crashed.
pub const CRASH_FILE: &str = "crash.log";
/// How often a wrong PIN was entered at an unattended screen.
pub const UNLOCK_FILE: &str = "kiosk-pin.json";
/// What the cloud does not have yet, one file each.
pub const OUTBOX_FOLDER: &str = "outbox";

/// What `command` may touch; empty for what changes memory only.
#[must_use]
pub fn scope_of(command: &Command) -> &'static [Touch] {
    use Touch::{
        Browser, Clipboard, File, Network, Notification, OpenClaw, OwnFolder, Picked, Program,
        Services,
    };
    const API: Touch = Network(Purpose::CloudApi);
    const REALTIME: Touch = Network(Purpose::CloudRealtime);
    const DESKTOP: Touch = Network(Purpose::CloudDesktop);
    const CONVERSATIONS: Touch = OpenClaw(CONVERSATIONS_FOLDER);
    const OUTBOX: Touch = File(OUTBOX_FOLDER);
    const SESSION: Touch = File(SESSION_FILE);
    const SETTINGS: Touch = File(SETTINGS_FILE);
    const GATEWAY: Touch = Network(Purpose::Gateway);
    match command {
        Command::ConnectGateway => {
            &[GATEWAY, OpenClaw(OPENCLAW_FILE), Program("openclaw --version"), File(DEVICE_FILE)]
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
        Command::WatchGateway(_) => {
            &[GATEWAY, OpenClaw(OPENCLAW_FILE), Program("openclaw --version")]
        }
        Command::ApproveDevice(_)
        | Command::RejectDevice(_)
        | Command::RemoveDevice(_)
        | Command::WindowFocused(_) => &[GATEWAY],
        // What the gateway answers may be that a turn has ended, or that a command waits.
        Command::ChatWithAgent(_)
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
        | Command::DecideApproval { .. } => &[GATEWAY, Notification],
        Command::OpenChat(_)
        | Command::SendChat { .. }
        | Command::RetryChat(_)
        | Command::ResendChat { .. } => &[GATEWAY, CONVERSATIONS, Notification],
        Command::DeleteChat(_) => &[GATEWAY, CONVERSATIONS],
        Command::KeepChatDraft(_) => &[CONVERSATIONS],
        Command::RepairFolder => &[OpenClaw("")],
        Command::PickAttachments | Command::AttachFile(_) => &[Picked],
        Command::AttachClipboard => &[Clipboard],
        Command::AttachDesktop | Command::RemoveAttachment(_) | Command::ForgetExport => &[],
        Command::ExportChat(_) => &[GATEWAY, Picked],
        Command::CheckForUpdates | Command::DownloadUpdate => {
            &[Network(Purpose::Updater), File(UPDATE_FOLDER), OwnFolder]
        }
        Command::InstallUpdateFile => &[Picked, File(UPDATE_FOLDER), OwnFolder],
        // To stop it may be to stay after all, which is written down there.
        Command::RollBackUpdate | Command::CancelUpdate => &[File(UPDATE_FOLDER), OwnFolder],
        // The program that starts then does the rest.
        Command::RestartToUpdate => &[],
        Command::SetUpdates(_) | Command::SetQuietHours(_) => {
            &[SETTINGS, Network(Purpose::Updater), File(UPDATE_FOLDER), OwnFolder]
        }
        Command::RunDoctor(_) => &[
            API,
            REALTIME,
            DESKTOP,
            GATEWAY,
            SESSION,
            File(DEVICE_FILE),
            OpenClaw(""),
            OpenClaw(OPENCLAW_FILE),
            Program("openclaw --version"),
            Services,
        ],
        Command::StopDoctor => &[],
        Command::ExportDoctor => &[Picked],
        Command::SignInWithBrowser => {
            &[API, REALTIME, SESSION, SETTINGS, CONVERSATIONS, OUTBOX, Browser]
        }
        Command::OpenBrowser | Command::OpenLink(_) => &[Browser],
        // Who comes in finds what was written here before, and may have it sent.
        Command::SignIn { .. }
        | Command::AcceptInvitation { .. }
        | Command::SignOut
        | Command::SwitchWorkspace(_) => &[API, REALTIME, SESSION, SETTINGS, CONVERSATIONS, OUTBOX],
        Command::ReconnectCloud => &[API, REALTIME],
        Command::EnrolHere(_) => &[API, REALTIME, File(KIOSK_FILE), File(KIOSK_NEW_FILE)],
        Command::RefreshScreens | Command::EnrollScreen { .. } | Command::RevokeScreen(_) => &[API],
        Command::ChangePassword { .. }
        | Command::RefreshDesktops
        | Command::StartDesktop(_)
        | Command::StopDesktop(_)
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
        Command::CreateTask { .. } => &[API, CONVERSATIONS, OUTBOX],
        Command::OpenConversation(_)
        | Command::LoadOlderMessages
        | Command::LoadMoreConversations
        | Command::RefreshWorkspace => &[API, CONVERSATIONS],
        Command::SendMessage(_)
        | Command::RenameConversation(_)
        | Command::DeleteConversation(_) => &[API, CONVERSATIONS, OUTBOX],
        Command::NewConversation | Command::KeepDraft(_) | Command::SearchConversations(_) => {
            &[CONVERSATIONS]
        }
        Command::OpenDesktop(_) | Command::ReconnectNow => &[REALTIME, DESKTOP],
        Command::Input(_) | Command::RefreshPicture | Command::PictureVisible(_) => &[DESKTOP],
        Command::SetQuality(_) | Command::SetPower(_) => &[DESKTOP, SETTINGS],
        Command::SetWebRtcMode(_) => &[REALTIME, DESKTOP, SETTINGS],
        Command::ShowSignIn => &[SESSION, SETTINGS],
        Command::ShowStats(_)
        | Command::SetScaling(_)
        | Command::SetKeyboard(_)
        | Command::SetTheme(_)
        | Command::SetScale(_)
        | Command::SetLanguage(_)
        | Command::SetLinkTitles(_)
        | Command::SetFavicons(_)
        | Command::SetLiveProgress(_)
        | Command::SetNotifications(_)
        | Command::SetCrashLog(_)
        | Command::ContinueLocally => &[SETTINGS],
        Command::DeleteCrashLog => &[File(CRASH_FILE)],
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
