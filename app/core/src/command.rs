//! Everything a person can ask for. What is not here cannot be done from the user interface.

use crate::model::{
    AgentDraft, ChatChange, Decision, DesktopId, DocumentKind, ExportFormat, Keyboard, Language,
    Power, QuietHours, Role, Scale, Scaling, ScreenDraft, SendMode, SopDraft, TaskDraft, Theme,
    Ticket, WebRtcMode,
};
use crate::secret::{ApiKey, EnrolmentText, InvitationText, Password, Pin};
pub use stream::protocol::input::{Button, Input};
pub use stream::protocol::keycode::KeyCode;

/// One act of a person. [`crate::scope::scope_of`] names what each may touch.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Sign in to the cloud with an e-mail address and a password.
    SignIn {
        /// As typed; trimmed by core.
        email: String,
        /// Held in memory until the request is sent.
        password: Password,
    },
    /// Sign in through the system's browser (Multiplai SSO).
    SignInWithBrowser,
    /// Open the page of the browser sign-in again.
    OpenBrowser,
    /// Join a workspace with an invitation, and sign in.
    AcceptInvitation {
        /// As typed.
        code: InvitationText,
        /// Full name.
        name: String,
        /// The new password, or the person's own.
        password: Password,
    },
    /// Go on without an account; everything stays on this machine.
    ContinueLocally,
    /// From working locally to the sign-in form.
    ShowSignIn,
    /// Change the password; every other sign-in of the person ends.
    ChangePassword {
        /// The form.
        ticket: Ticket,
        /// The one until now.
        current: Password,
        /// The new one.
        new: Password,
    },
    /// Show another workspace.
    SwitchWorkspace(String),
    /// Stop a sign-in that is under way.
    CancelSignIn,
    /// Forget the account on this machine and end its session at the cloud.
    SignOut,
    /// Load the list of desktops again.
    RefreshDesktops,
    /// Connect now instead of waiting for the next attempt (cloud connection).
    ReconnectCloud,
    /// Open a desktop and show it.
    OpenDesktop(DesktopId),
    /// Leave the desktop that is open and show the list.
    CloseDesktop,
    /// Try to reach the open desktop now instead of waiting for the countdown.
    ReconnectNow,
    /// Stop trying to reach the open desktop. The last picture stays.
    CancelReconnect,
    /// Pass an input event to the open desktop. Dropped when it is not live or view-only is on.
    Input(Input),
    /// Ask the desktop for a whole new picture.
    RefreshPicture,
    /// The picture can or cannot be seen (window minimised or covered by another screen).
    PictureVisible(bool),
    /// Watch without sending input, or take control.
    SetViewOnly(bool),
    /// Trade sharpness for bandwidth.
    SetQuality(crate::model::Quality),
    /// Show or hide the stats overlay.
    ShowStats(bool),
    /// Fit the picture to the window or show it pixel for pixel.
    SetScaling(Scaling),
    /// How keys are passed on.
    SetKeyboard(Keyboard),
    /// Choose the look.
    SetTheme(Theme),
    /// How large everything is.
    SetScale(Scale),
    /// Which language the program speaks; `None`: the computer's.
    SetLanguage(Option<Language>),
    /// Spare this machine, or not.
    SetPower(Power),
    /// How cloud desktops are reached.
    SetWebRtcMode(WebRtcMode),
    /// Fetch titles of linked pages, or not.
    SetLinkTitles(bool),
    /// Fetch icons of linked sites, or not.
    SetFavicons(bool),
    /// Fetch live progress of generations, or not.
    SetLiveProgress(bool),
    /// Start a cloud desktop.
    StartDesktop(DesktopId),
    /// Stop a cloud desktop under everybody.
    StopDesktop(DesktopId),
    /// Load the workspace's lists again.
    RefreshWorkspace,
    /// Invite somebody.
    Invite {
        /// The form.
        ticket: Ticket,
        /// E-mail address.
        email: String,
        /// As what.
        role: Role,
    },
    /// Take the invitation's code away.
    DismissInvitation,
    /// Change somebody's role.
    ChangeRole {
        /// Whose.
        person: String,
        /// To what.
        role: Role,
    },
    /// Remove somebody; their sessions end at once. Or withdraw an invitation.
    RemovePerson(String),
    /// Make an agent, or change one.
    SaveAgent {
        /// The form.
        ticket: Ticket,
        /// Which; `None` for a new one.
        agent: Option<String>,
        /// What it is to be.
        draft: AgentDraft,
    },
    /// Delete an agent.
    DeleteAgent(String),
    /// Write an agent's API key for a provider.
    SetApiKey {
        /// The form.
        ticket: Ticket,
        /// Whose.
        agent: String,
        /// LLM provider.
        provider: String,
        /// Held in memory until the request is sent.
        key: ApiKey,
    },
    /// Remove an agent's API key for a provider.
    RemoveApiKey {
        /// Whose.
        agent: String,
        /// LLM provider.
        provider: String,
    },
    /// Make a task. Kept on disk until the cloud has it.
    CreateTask {
        /// The form.
        ticket: Ticket,
        /// What it is to be.
        draft: TaskDraft,
    },
    /// Assign a task to an agent, or to nobody.
    AssignTask {
        /// Which.
        task: String,
        /// To whom.
        agent: Option<String>,
    },
    /// Cancel a task.
    CancelTask(String),
    /// Put a task that has ended into the queue again.
    RetryTask(String),
    /// Show a task's log and follow it, or none.
    OpenTaskLog(Option<String>),
    /// Have an SOP made.
    GenerateSop {
        /// The form.
        ticket: Ticket,
        /// What it is to be.
        draft: SopDraft,
    },
    /// Have a skill compiled from an SOP, by id.
    CompileSkill(String),
    /// Delete an SOP or a skill.
    DeleteDocument {
        /// Which of the two.
        kind: DocumentKind,
        /// Which.
        id: String,
    },
    /// Begin a conversation and open it.
    NewConversation,
    /// Open a conversation, or none.
    OpenConversation(Option<String>),
    /// Load older messages of the open conversation.
    LoadOlderMessages,
    /// Load older conversations.
    LoadMoreConversations,
    /// Write in the open conversation. Kept on disk until the cloud has it.
    SendMessage(String),
    /// Keep what was begun in the open conversation.
    KeepDraft(String),
    /// Give the open conversation another title.
    RenameConversation(String),
    /// Delete a conversation here and in the workspace.
    DeleteConversation(String),
    /// Search all conversations; empty: no more.
    SearchConversations(String),
    /// Open a link of a message in the system's browser.
    OpenLink(String),
    /// Look for the gateway again and connect now: its program, its configuration, its port.
    ConnectGateway,
    /// Start the gateway with its program.
    StartGateway,
    /// Stop it with its program.
    StopGateway,
    /// Restart it.
    RestartGateway,
    /// The gateway's page is shown, with its log, or not any more.
    WatchGateway(bool),
    /// Let a device in that asks to be paired.
    ApproveDevice(String),
    /// Refuse it.
    RejectDevice(String),
    /// Take a paired device's rights away.
    RemoveDevice(String),
    /// Make `~/.openclaw` readable for its owner only. The person was shown what it is now.
    RepairFolder,
    /// List the conversations of this agent; `None`: of all.
    ChatWithAgent(Option<String>),
    /// Begin a conversation with this agent and open it; `None`: with the one that is listed, or
    /// the gateway's default.
    NewChat(Option<String>),
    /// Open a conversation by its session key, or none.
    OpenChat(Option<String>),
    /// Load older entries of the open conversation.
    LoadOlderChat,
    /// Load the newest entries of the open conversation again.
    LoadNewestChat,
    /// Load the list of conversations again.
    ReloadChats,
    /// Load more of the list of conversations.
    LoadMoreChats,
    /// Search all conversations of the gateway; empty: no more.
    SearchChats(String),
    /// Send what was written in the open conversation, with its attachments.
    SendChat {
        /// Markdown, or a command that begins with `/`.
        text: String,
        /// While a turn is running.
        mode: SendMode,
    },
    /// Stop the running turn of the open conversation.
    StopChat,
    /// Ask again for an answer: the person's message before this entry is sent again; or send a
    /// message again that was not sent.
    RetryChat(String),
    /// Go back to before this message of the person's, and send this text instead.
    ResendChat {
        /// The entry's id.
        entry: String,
        /// The new text.
        text: String,
    },
    /// Load all of a tool's output that the gateway had cut off.
    LoadToolOutput(String),
    /// Keep what was begun in the open conversation.
    KeepChatDraft(String),
    /// Change a conversation.
    ChangeChat {
        /// Which, by its session key.
        key: String,
        /// What.
        change: ChatChange,
    },
    /// Empty a conversation, by its session key: the agent forgets it.
    ResetChat(String),
    /// Have the open conversation summarised, so that it takes less of the model's context.
    CompactChat,
    /// Delete a conversation, by its session key.
    DeleteChat(String),
    /// Answer a command that waits for a person's word.
    DecideApproval {
        /// Which.
        id: String,
        /// The answer.
        decision: Decision,
    },
    // Unattended screens.
    /// Make this machine an unattended screen, with the code that an owner has made.
    EnrolHere(EnrolmentText),
    /// Load the list of unattended screens again.
    RefreshScreens,
    /// Add an unattended screen; its code is shown once.
    EnrollScreen {
        /// The form.
        ticket: Ticket,
        /// What it is to be.
        draft: ScreenDraft,
    },
    /// Take the enrolment code away.
    DismissEnrolment,
    /// Remove an unattended screen, by id; what it shows ends at once.
    RevokeScreen(String),
    /// Choose files for the next message in the system's dialog.
    PickAttachments,
    /// Take a file that was dropped on the conversation. It is opened once.
    AttachFile(std::path::PathBuf),
    /// Take the picture that is in the clipboard, if there is one.
    AttachClipboard,
    /// Take the picture of the desktop that is open.
    AttachDesktop,
    /// Take an attachment away again.
    RemoveAttachment(u64),
    /// Write the open conversation into a file that the person picks in the system's dialog.
    ExportChat(ExportFormat),
    /// The message about the export is gone.
    ForgetExport,
    /// Say things on the desktop when the window is not in front, or not.
    SetNotifications(bool),
    /// The window is in front, or not any more.
    WindowFocused(bool),
    /// Keep what the program says when it crashes in a file on this computer, or not.
    SetCrashLog(bool),
    /// Delete that file.
    DeleteCrashLog,
    /// Ask whether there is a newer version of this program.
    CheckForUpdates,
    /// Download the version that is shown, also one that did not work before.
    DownloadUpdate,
    /// Stop what is going on. The version is not downloaded by itself again in this run.
    CancelUpdate,
    /// Choose an update and its signature in the system's dialog; it runs from the next start on.
    InstallUpdateFile,
    /// Go back to the version before, at the next start. The person was asked.
    RollBackUpdate,
    /// End and start anew, with the version that waits. Not while a desktop is open.
    RestartToUpdate,
    /// Look for new versions by itself, or not.
    SetUpdates(bool),
    /// When nothing is checked, downloaded or said by itself.
    SetQuietHours(Option<QuietHours>),
    /// A page with the connection log is shown, or not any more.
    WatchConnections(bool),
    /// Leave the unattended screen with its PIN.
    UnlockKiosk(Pin),
    /// Check everything that has to work. The desktop is opened for its picture; `None`: none is.
    RunDoctor(Option<DesktopId>),
    /// Stop the check.
    StopDoctor,
    /// Write what the check found into a file that the person picks in the system's dialog.
    ExportDoctor,
    /// The form of this ticket is gone.
    Forget(Ticket),
    /// Take the notice away.
    DismissNotice,
}
