//! Every command in words, with an example of it. One table, so that none can be missing: the
//! compiler asks for a row of each.

use crate::command::{Command, Input};
use crate::model::{
    AgentDraft, ChatChange, Decision, DesktopId, DocumentKind, ExportFormat, Keyboard, Power,
    Quality, Role, Scale, Scaling, ScreenDraft, SendMode, SopDraft, TaskDraft, Theme, Ticket,
    WebRtcMode,
};
use crate::secret::{ApiKey, EnrolmentText, InvitationText, Password, Pin};

fn text() -> String {
    "x".to_owned()
}

fn password() -> Password {
    Password::new(text())
}

fn desktop() -> DesktopId {
    DesktopId(text())
}

macro_rules! commands {
    ($($pattern:pat => $words:literal, $example:expr;)*) => {
        /// What a command does, in the words of the page "Permissions".
        #[must_use]
        pub fn words(command: &Command) -> &'static str {
            match command {
                $($pattern => $words,)*
            }
        }

        /// One example of each command there is.
        #[must_use]
        pub fn examples() -> Vec<Command> {
            vec![$($example,)*]
        }
    };
}

commands! {
    Command::SignIn { .. } => "Sign in", Command::SignIn { email: text(), password: password() };
    Command::SignInWithBrowser => "Sign in with the browser", Command::SignInWithBrowser;
    Command::OpenBrowser => "Open the sign-in page again", Command::OpenBrowser;
    Command::AcceptInvitation { .. } => "Accept an invitation", Command::AcceptInvitation { code: InvitationText::new(text()), name: text(), password: password() };
    Command::ContinueLocally => "Work without an account", Command::ContinueLocally;
    Command::ShowSignIn => "Show the sign-in", Command::ShowSignIn;
    Command::ChangePassword { .. } => "Change the password", Command::ChangePassword { ticket: Ticket(0), current: password(), new: password() };
    Command::SwitchWorkspace(_) => "Switch workspaces", Command::SwitchWorkspace(text());
    Command::CancelSignIn => "Stop signing in", Command::CancelSignIn;
    Command::SignOut => "Sign out", Command::SignOut;
    Command::RefreshDesktops => "Load the desktops", Command::RefreshDesktops;
    Command::ReconnectCloud => "Connect to the cloud now", Command::ReconnectCloud;
    Command::OpenDesktop(_) => "Open a desktop", Command::OpenDesktop(desktop());
    Command::CloseDesktop => "Leave a desktop", Command::CloseDesktop;
    Command::ReconnectNow => "Reach the desktop again", Command::ReconnectNow;
    Command::CancelReconnect => "Stop reaching the desktop", Command::CancelReconnect;
    Command::Input(_) => "Keys and pointer in a desktop", Command::Input(Input::Move { x: 0, y: 0 });
    Command::RefreshPicture => "Ask for a whole picture", Command::RefreshPicture;
    Command::PictureVisible(_) => "Show or hide the picture", Command::PictureVisible(true);
    Command::SetViewOnly(_) => "Only watch a desktop", Command::SetViewOnly(true);
    Command::SetQuality(_) => "Choose the quality", Command::SetQuality(Quality::Balanced);
    Command::ShowStats(_) => "Show the statistics", Command::ShowStats(true);
    Command::SetScaling(_) => "Choose the scaling", Command::SetScaling(Scaling::Fit);
    Command::SetKeyboard(_) => "Choose the keyboard", Command::SetKeyboard(Keyboard::Automatic);
    Command::SetTheme(_) => "Choose the theme", Command::SetTheme(Theme::Dark);
    Command::SetWebRtcMode(_) => "Choose the connection mode", Command::SetWebRtcMode(WebRtcMode::Automatic);
    Command::SetLinkTitles(_) => "Switch titles of links", Command::SetLinkTitles(true);
    Command::SetFavicons(_) => "Switch icons of sites", Command::SetFavicons(true);
    Command::SetLiveProgress(_) => "Switch live progress", Command::SetLiveProgress(true);
    Command::StartDesktop(_) => "Start a desktop", Command::StartDesktop(desktop());
    Command::StopDesktop(_) => "Stop a desktop", Command::StopDesktop(desktop());
    Command::RefreshWorkspace => "Load the workspace", Command::RefreshWorkspace;
    Command::Invite { .. } => "Invite somebody", Command::Invite { ticket: Ticket(0), email: text(), role: Role::Member };
    Command::DismissInvitation => "Take an invitation's code away", Command::DismissInvitation;
    Command::ChangeRole { .. } => "Change a role", Command::ChangeRole { person: text(), role: Role::Member };
    Command::RemovePerson(_) => "Remove somebody", Command::RemovePerson(text());
    Command::SaveAgent { .. } => "Save an agent", Command::SaveAgent { ticket: Ticket(0), agent: None, draft: AgentDraft { name: text(), provider: text(), model: text(), instructions: text() } };
    Command::DeleteAgent(_) => "Delete an agent", Command::DeleteAgent(text());
    Command::SetApiKey { .. } => "Write an API key", Command::SetApiKey { ticket: Ticket(0), agent: text(), provider: text(), key: ApiKey::new(text()) };
    Command::RemoveApiKey { .. } => "Remove an API key", Command::RemoveApiKey { agent: text(), provider: text() };
    Command::CreateTask { .. } => "Make a task", Command::CreateTask { ticket: Ticket(0), draft: TaskDraft { title: text(), brief: text(), agent: None } };
    Command::AssignTask { .. } => "Assign a task", Command::AssignTask { task: text(), agent: None };
    Command::CancelTask(_) => "Cancel a task", Command::CancelTask(text());
    Command::RetryTask(_) => "Retry a task", Command::RetryTask(text());
    Command::OpenTaskLog(_) => "Open a task's log", Command::OpenTaskLog(None);
    Command::GenerateSop { .. } => "Have an SOP made", Command::GenerateSop { ticket: Ticket(0), draft: SopDraft { name: text(), goal: text() } };
    Command::CompileSkill(_) => "Have a skill compiled", Command::CompileSkill(text());
    Command::DeleteDocument { .. } => "Delete an SOP or a skill", Command::DeleteDocument { kind: DocumentKind::Sop, id: text() };
    Command::NewConversation => "Begin a conversation", Command::NewConversation;
    Command::OpenConversation(_) => "Open a conversation", Command::OpenConversation(None);
    Command::LoadOlderMessages => "Load older messages", Command::LoadOlderMessages;
    Command::LoadMoreConversations => "Load more conversations", Command::LoadMoreConversations;
    Command::SendMessage(_) => "Send a message", Command::SendMessage(text());
    Command::KeepDraft(_) => "Keep a draft", Command::KeepDraft(text());
    Command::RenameConversation(_) => "Rename a conversation", Command::RenameConversation(text());
    Command::DeleteConversation(_) => "Delete a conversation", Command::DeleteConversation(text());
    Command::SearchConversations(_) => "Search conversations", Command::SearchConversations(text());
    Command::OpenLink(_) => "Open a link", Command::OpenLink(text());
    Command::ConnectGateway => "Connect to the gateway", Command::ConnectGateway;
    Command::StartGateway => "Start the gateway", Command::StartGateway;
    Command::StopGateway => "Stop the gateway", Command::StopGateway;
    Command::RestartGateway => "Restart the gateway", Command::RestartGateway;
    Command::WatchGateway(_) => "Show the gateway's page", Command::WatchGateway(true);
    Command::ApproveDevice(_) => "Let a device in", Command::ApproveDevice(text());
    Command::RejectDevice(_) => "Refuse a device", Command::RejectDevice(text());
    Command::RemoveDevice(_) => "Remove a device", Command::RemoveDevice(text());
    Command::RepairFolder => "Make ~/.openclaw private", Command::RepairFolder;
    Command::ChatWithAgent(_) => "List an agent's chats", Command::ChatWithAgent(None);
    Command::NewChat(_) => "Begin a chat", Command::NewChat(None);
    Command::OpenChat(_) => "Open a chat", Command::OpenChat(None);
    Command::LoadOlderChat => "Load older entries of a chat", Command::LoadOlderChat;
    Command::LoadNewestChat => "Load the newest entries of a chat", Command::LoadNewestChat;
    Command::ReloadChats => "Load the chats", Command::ReloadChats;
    Command::LoadMoreChats => "Load more chats", Command::LoadMoreChats;
    Command::SearchChats(_) => "Search chats", Command::SearchChats(text());
    Command::SendChat { .. } => "Send to an agent", Command::SendChat { text: text(), mode: SendMode::Steer };
    Command::StopChat => "Stop a turn", Command::StopChat;
    Command::RetryChat(_) => "Ask again for an answer", Command::RetryChat(text());
    Command::ResendChat { .. } => "Send a changed message", Command::ResendChat { entry: text(), text: text() };
    Command::LoadToolOutput(_) => "Load a tool's whole output", Command::LoadToolOutput(text());
    Command::KeepChatDraft(_) => "Keep a draft of a chat", Command::KeepChatDraft(text());
    Command::ChangeChat { .. } => "Change a chat", Command::ChangeChat { key: text(), change: ChatChange::Pinned(true) };
    Command::ResetChat(_) => "Empty a chat", Command::ResetChat(text());
    Command::CompactChat => "Summarise a chat", Command::CompactChat;
    Command::DeleteChat(_) => "Delete a chat", Command::DeleteChat(text());
    Command::DecideApproval { .. } => "Answer what an agent asks to run", Command::DecideApproval { id: text(), decision: Decision::Deny };
    Command::PickAttachments => "Choose files to attach", Command::PickAttachments;
    Command::AttachFile(_) => "Attach a dropped file", Command::AttachFile("/tmp/a".into());
    Command::AttachClipboard => "Attach the picture in the clipboard", Command::AttachClipboard;
    Command::AttachDesktop => "Attach the desktop's picture", Command::AttachDesktop;
    Command::RemoveAttachment(_) => "Remove an attachment", Command::RemoveAttachment(0);
    Command::ExportChat(_) => "Export a chat", Command::ExportChat(ExportFormat::Markdown);
    Command::ForgetExport => "Close the message of an export", Command::ForgetExport;
    Command::SetNotifications(_) => "Switch notifications", Command::SetNotifications(true);
    Command::WindowFocused(_) => "The window comes to the front", Command::WindowFocused(true);
    Command::SetCrashLog(_) => "Switch the crash log", Command::SetCrashLog(true);
    Command::DeleteCrashLog => "Delete the crash log", Command::DeleteCrashLog;
    Command::SetScale(_) => "Choose the size of everything", Command::SetScale(Scale::default());
    Command::SetLanguage(_) => "Choose the language", Command::SetLanguage(None);
    Command::SetPower(_) => "Choose whether this computer is spared", Command::SetPower(Power::default());
    Command::CheckForUpdates => "Look for a new version", Command::CheckForUpdates;
    Command::DownloadUpdate => "Load a new version", Command::DownloadUpdate;
    Command::CancelUpdate => "Stop loading a new version", Command::CancelUpdate;
    Command::InstallUpdateFile => "Take a new version from a file", Command::InstallUpdateFile;
    Command::RollBackUpdate => "Go back to the version before", Command::RollBackUpdate;
    Command::RestartToUpdate => "Start anew with a new version", Command::RestartToUpdate;
    Command::SetUpdates(_) => "Switch looking for new versions", Command::SetUpdates(true);
    Command::SetQuietHours(_) => "Choose quiet hours", Command::SetQuietHours(None);
    Command::EnrolHere(_) => "Make this computer a screen", Command::EnrolHere(EnrolmentText::new(text()));
    Command::RefreshScreens => "Load the unattended screens", Command::RefreshScreens;
    Command::EnrollScreen { .. } => "Add an unattended screen", Command::EnrollScreen { ticket: Ticket(0), draft: ScreenDraft { name: text(), desktops: Vec::new(), control: false } };
    Command::DismissEnrolment => "Take a screen's code away", Command::DismissEnrolment;
    Command::RevokeScreen(_) => "Remove an unattended screen", Command::RevokeScreen(text());
    Command::UnlockKiosk(_) => "Leave the unattended screen with its PIN", Command::UnlockKiosk(Pin::new(text()));
    Command::RunDoctor(_) => "Check everything that has to work", Command::RunDoctor(None);
    Command::StopDoctor => "Stop the check", Command::StopDoctor;
    Command::ExportDoctor => "Write what the check found into a file", Command::ExportDoctor;
    Command::WatchConnections(_) => "Show the connection log", Command::WatchConnections(true);
    Command::Forget(_) => "Close a form", Command::Forget(Ticket(0));
    Command::DismissNotice => "Close a notice", Command::DismissNotice;
}
