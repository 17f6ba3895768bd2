//! Every command in words, with an example of it. One table, so that none can be missing: the
//! compiler asks for a row of each.

use crate::command::{Command, Input};
use crate::model::{
    AgentDraft, ChatChange, Decision, DesktopId, DocumentKind, ExportFormat, Keyboard, Power,
    Quality, Role, Scale, Scaling, ScreenDraft, SendMode, SopDraft, TaskDraft, Theme, Ticket,
    WebRtcMode,
};
use crate::secret::{ApiKey, EnrolmentText, InvitationText, Password, Pin};
use crate::tr;

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
    ($($pattern:pat => $words:expr, $example:expr;)*) => {
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
    Command::SignIn { .. } => tr!("scope-command-sign-in"), Command::SignIn { email: text(), password: password() };
    Command::SignInWithBrowser => tr!("scope-command-sign-in-with-browser"), Command::SignInWithBrowser;
    Command::OpenBrowser => tr!("scope-command-open-browser"), Command::OpenBrowser;
    Command::AcceptInvitation { .. } => tr!("scope-command-accept-invitation"), Command::AcceptInvitation { code: InvitationText::new(text()), name: text(), password: password() };
    Command::ContinueLocally => tr!("scope-command-continue-locally"), Command::ContinueLocally;
    Command::ShowSignIn => tr!("scope-command-show-sign-in"), Command::ShowSignIn;
    Command::ChangePassword { .. } => tr!("scope-command-change-password"), Command::ChangePassword { ticket: Ticket(0), current: password(), new: password() };
    Command::SwitchWorkspace(_) => tr!("scope-command-switch-workspace"), Command::SwitchWorkspace(text());
    Command::CancelSignIn => tr!("scope-command-cancel-sign-in"), Command::CancelSignIn;
    Command::SignOut => tr!("scope-command-sign-out"), Command::SignOut;
    Command::RefreshDesktops => tr!("scope-command-refresh-desktops"), Command::RefreshDesktops;
    Command::ReconnectCloud => tr!("scope-command-reconnect-cloud"), Command::ReconnectCloud;
    Command::OpenDesktop(_) => tr!("scope-command-open-desktop"), Command::OpenDesktop(desktop());
    Command::CloseDesktop => tr!("scope-command-close-desktop"), Command::CloseDesktop;
    Command::ReconnectNow => tr!("scope-command-reconnect-now"), Command::ReconnectNow;
    Command::CancelReconnect => tr!("scope-command-cancel-reconnect"), Command::CancelReconnect;
    Command::Input(_) => tr!("scope-command-input"), Command::Input(Input::Move { x: 0, y: 0 });
    Command::RefreshPicture => tr!("scope-command-refresh-picture"), Command::RefreshPicture;
    Command::PictureVisible(_) => tr!("scope-command-picture-visible"), Command::PictureVisible(true);
    Command::SetViewOnly(_) => tr!("scope-command-set-view-only"), Command::SetViewOnly(true);
    Command::SetQuality(_) => tr!("scope-command-set-quality"), Command::SetQuality(Quality::Balanced);
    Command::ShowStats(_) => tr!("scope-command-show-stats"), Command::ShowStats(true);
    Command::SetScaling(_) => tr!("scope-command-set-scaling"), Command::SetScaling(Scaling::Fit);
    Command::SetKeyboard(_) => tr!("scope-command-set-keyboard"), Command::SetKeyboard(Keyboard::Automatic);
    Command::SetTheme(_) => tr!("scope-command-set-theme"), Command::SetTheme(Theme::Dark);
    Command::SetWebRtcMode(_) => tr!("scope-command-set-web-rtc-mode"), Command::SetWebRtcMode(WebRtcMode::Automatic);
    Command::SetLinkTitles(_) => tr!("scope-command-set-link-titles"), Command::SetLinkTitles(true);
    Command::SetFavicons(_) => tr!("scope-command-set-favicons"), Command::SetFavicons(true);
    Command::SetLiveProgress(_) => tr!("scope-command-set-live-progress"), Command::SetLiveProgress(true);
    Command::StartDesktop(_) => tr!("scope-command-start-desktop"), Command::StartDesktop(desktop());
    Command::StopDesktop(_) => tr!("scope-command-stop-desktop"), Command::StopDesktop(desktop());
    Command::RefreshWorkspace => tr!("scope-command-refresh-workspace"), Command::RefreshWorkspace;
    Command::Invite { .. } => tr!("scope-command-invite"), Command::Invite { ticket: Ticket(0), email: text(), role: Role::Member };
    Command::DismissInvitation => tr!("scope-command-dismiss-invitation"), Command::DismissInvitation;
    Command::ChangeRole { .. } => tr!("scope-command-change-role"), Command::ChangeRole { person: text(), role: Role::Member };
    Command::RemovePerson(_) => tr!("scope-command-remove-person"), Command::RemovePerson(text());
    Command::SaveAgent { .. } => tr!("scope-command-save-agent"), Command::SaveAgent { ticket: Ticket(0), agent: None, draft: AgentDraft { name: text(), provider: text(), model: text(), instructions: text() } };
    Command::DeleteAgent(_) => tr!("scope-command-delete-agent"), Command::DeleteAgent(text());
    Command::SetApiKey { .. } => tr!("scope-command-set-api-key"), Command::SetApiKey { ticket: Ticket(0), agent: text(), provider: text(), key: ApiKey::new(text()) };
    Command::RemoveApiKey { .. } => tr!("scope-command-remove-api-key"), Command::RemoveApiKey { agent: text(), provider: text() };
    Command::CreateTask { .. } => tr!("scope-command-create-task"), Command::CreateTask { ticket: Ticket(0), draft: TaskDraft { title: text(), brief: text(), agent: None } };
    Command::AssignTask { .. } => tr!("scope-command-assign-task"), Command::AssignTask { task: text(), agent: None };
    Command::CancelTask(_) => tr!("scope-command-cancel-task"), Command::CancelTask(text());
    Command::RetryTask(_) => tr!("scope-command-retry-task"), Command::RetryTask(text());
    Command::OpenTaskLog(_) => tr!("scope-command-open-task-log"), Command::OpenTaskLog(None);
    Command::GenerateSop { .. } => tr!("scope-command-generate-sop"), Command::GenerateSop { ticket: Ticket(0), draft: SopDraft { name: text(), goal: text() } };
    Command::CompileSkill(_) => tr!("scope-command-compile-skill"), Command::CompileSkill(text());
    Command::DeleteDocument { .. } => tr!("scope-command-delete-document"), Command::DeleteDocument { kind: DocumentKind::Sop, id: text() };
    Command::NewConversation => tr!("scope-command-new-conversation"), Command::NewConversation;
    Command::OpenConversation(_) => tr!("scope-command-open-conversation"), Command::OpenConversation(None);
    Command::LoadOlderMessages => tr!("scope-command-load-older-messages"), Command::LoadOlderMessages;
    Command::LoadMoreConversations => tr!("scope-command-load-more-conversations"), Command::LoadMoreConversations;
    Command::SendMessage(_) => tr!("scope-command-send-message"), Command::SendMessage(text());
    Command::KeepDraft(_) => tr!("scope-command-keep-draft"), Command::KeepDraft(text());
    Command::RenameConversation(_) => tr!("scope-command-rename-conversation"), Command::RenameConversation(text());
    Command::DeleteConversation(_) => tr!("scope-command-delete-conversation"), Command::DeleteConversation(text());
    Command::SearchConversations(_) => tr!("scope-command-search-conversations"), Command::SearchConversations(text());
    Command::OpenLink(_) => tr!("scope-command-open-link"), Command::OpenLink(text());
    Command::ConnectGateway => tr!("scope-command-connect-gateway"), Command::ConnectGateway;
    Command::StartGateway => tr!("scope-command-start-gateway"), Command::StartGateway;
    Command::StopGateway => tr!("scope-command-stop-gateway"), Command::StopGateway;
    Command::RestartGateway => tr!("scope-command-restart-gateway"), Command::RestartGateway;
    Command::WatchGateway(_) => tr!("scope-command-watch-gateway"), Command::WatchGateway(true);
    Command::ApproveDevice(_) => tr!("scope-command-approve-device"), Command::ApproveDevice(text());
    Command::RejectDevice(_) => tr!("scope-command-reject-device"), Command::RejectDevice(text());
    Command::RemoveDevice(_) => tr!("scope-command-remove-device"), Command::RemoveDevice(text());
    Command::RepairFolder => tr!("scope-command-repair-folder"), Command::RepairFolder;
    Command::ChatWithAgent(_) => tr!("scope-command-chat-with-agent"), Command::ChatWithAgent(None);
    Command::NewChat(_) => tr!("scope-command-new-chat"), Command::NewChat(None);
    Command::OpenChat(_) => tr!("scope-command-open-chat"), Command::OpenChat(None);
    Command::LoadOlderChat => tr!("scope-command-load-older-chat"), Command::LoadOlderChat;
    Command::LoadNewestChat => tr!("scope-command-load-newest-chat"), Command::LoadNewestChat;
    Command::ReloadChats => tr!("scope-command-reload-chats"), Command::ReloadChats;
    Command::LoadMoreChats => tr!("scope-command-load-more-chats"), Command::LoadMoreChats;
    Command::SearchChats(_) => tr!("scope-command-search-chats"), Command::SearchChats(text());
    Command::SendChat { .. } => tr!("scope-command-send-chat"), Command::SendChat { text: text(), mode: SendMode::Steer };
    Command::StopChat => tr!("scope-command-stop-chat"), Command::StopChat;
    Command::RetryChat(_) => tr!("scope-command-retry-chat"), Command::RetryChat(text());
    Command::ResendChat { .. } => tr!("scope-command-resend-chat"), Command::ResendChat { entry: text(), text: text() };
    Command::LoadToolOutput(_) => tr!("scope-command-load-tool-output"), Command::LoadToolOutput(text());
    Command::KeepChatDraft(_) => tr!("scope-command-keep-chat-draft"), Command::KeepChatDraft(text());
    Command::ChangeChat { .. } => tr!("scope-command-change-chat"), Command::ChangeChat { key: text(), change: ChatChange::Pinned(true) };
    Command::ResetChat(_) => tr!("scope-command-reset-chat"), Command::ResetChat(text());
    Command::CompactChat => tr!("scope-command-compact-chat"), Command::CompactChat;
    Command::DeleteChat(_) => tr!("scope-command-delete-chat"), Command::DeleteChat(text());
    Command::DecideApproval { .. } => tr!("scope-command-decide-approval"), Command::DecideApproval { id: text(), decision: Decision::Deny };
    Command::PickAttachments => tr!("scope-command-pick-attachments"), Command::PickAttachments;
    Command::AttachFile(_) => tr!("scope-command-attach-file"), Command::AttachFile("/tmp/a".into());
    Command::AttachClipboard => tr!("scope-command-attach-clipboard"), Command::AttachClipboard;
    Command::AttachDesktop => tr!("scope-command-attach-desktop"), Command::AttachDesktop;
    Command::RemoveAttachment(_) => tr!("scope-command-remove-attachment"), Command::RemoveAttachment(0);
    Command::ExportChat(_) => tr!("scope-command-export-chat"), Command::ExportChat(ExportFormat::Markdown);
    Command::ForgetExport => tr!("scope-command-forget-export"), Command::ForgetExport;
    Command::SetNotifications(_) => tr!("scope-command-set-notifications"), Command::SetNotifications(true);
    Command::WindowFocused(_) => tr!("scope-command-window-focused"), Command::WindowFocused(true);
    Command::SetCrashLog(_) => tr!("scope-command-set-crash-log"), Command::SetCrashLog(true);
    Command::DeleteCrashLog => tr!("scope-command-delete-crash-log"), Command::DeleteCrashLog;
    Command::SetLanguage(_) => tr!("scope-command-set-language"), Command::SetLanguage(None);
    Command::SetScale(_) => tr!("scope-command-set-scale"), Command::SetScale(Scale::default());
    Command::SetPower(_) => tr!("scope-command-set-power"), Command::SetPower(Power::default());
    Command::CheckForUpdates => tr!("scope-command-check-for-updates"), Command::CheckForUpdates;
    Command::DownloadUpdate => tr!("scope-command-download-update"), Command::DownloadUpdate;
    Command::CancelUpdate => tr!("scope-command-cancel-update"), Command::CancelUpdate;
    Command::InstallUpdateFile => tr!("scope-command-install-update-file"), Command::InstallUpdateFile;
    Command::RollBackUpdate => tr!("scope-command-roll-back-update"), Command::RollBackUpdate;
    Command::RestartToUpdate => tr!("scope-command-restart-to-update"), Command::RestartToUpdate;
    Command::SetUpdates(_) => tr!("scope-command-set-updates"), Command::SetUpdates(true);
    Command::SetQuietHours(_) => tr!("scope-command-set-quiet-hours"), Command::SetQuietHours(None);
    Command::EnrolHere(_) => tr!("scope-command-enrol-here"), Command::EnrolHere(EnrolmentText::new(text()));
    Command::RefreshScreens => tr!("scope-command-refresh-screens"), Command::RefreshScreens;
    Command::EnrollScreen { .. } => tr!("scope-command-enroll-screen"), Command::EnrollScreen { ticket: Ticket(0), draft: ScreenDraft { name: text(), desktops: Vec::new(), control: false } };
    Command::DismissEnrolment => tr!("scope-command-dismiss-enrolment"), Command::DismissEnrolment;
    Command::RevokeScreen(_) => tr!("scope-command-revoke-screen"), Command::RevokeScreen(text());
    Command::UnlockKiosk(_) => tr!("scope-command-unlock-kiosk"), Command::UnlockKiosk(Pin::new(text()));
    Command::RunDoctor(_) => tr!("scope-command-run-doctor"), Command::RunDoctor(None);
    Command::StopDoctor => tr!("scope-command-stop-doctor"), Command::StopDoctor;
    Command::ExportDoctor => tr!("scope-command-export-doctor"), Command::ExportDoctor;
    Command::WatchConnections(_) => tr!("scope-command-watch-connections"), Command::WatchConnections(true);
    Command::Forget(_) => tr!("scope-command-forget"), Command::Forget(Ticket(0));
    Command::DismissNotice => tr!("scope-command-dismiss-notice"), Command::DismissNotice;
}
