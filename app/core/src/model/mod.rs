//! What the user interface shows. Plain data: no handles, no clocks, no secrets.

mod chat;
mod connections;
mod doctor;
mod gateway;
mod kiosk;
mod reach;
mod safety;
mod screens;
mod text;
mod update;
mod workspace;

pub use chat::{
    Approval, Attachment, Chat, ChatAgent, ChatChange, ChatDelivery, ChatHit, ChatModel, ChatRow,
    ChatSearch, ChatThread, Decision, Entry, EntryKind, Export, ExportFormat, Media, Permission,
    Run, SendMode, ToolCall, ToolState,
};
pub use connections::{Connections, InventoryRow, LogEntry, Outcome};
pub use doctor::{Doctor, DoctorStep, DoctorVerdict, StepGroup, StepState};
pub use gateway::{
    Channel, Control, Device, Folder, Gateway, GatewayFacts, GatewayLink, GatewayLog,
    GatewayLogLine, GatewayRefusal, LogLevel, PairingRequest, Program,
};
pub use kiosk::{Fixed, Kiosk, KioskEnd, PinEntry, Setting, Waiting};
pub use reach::{Machine, Power, Scale};
pub use safety::{CrashLogFacts, Held, Measure, MeasureKind, Safety, SandboxFacts};
pub use screens::{
    ScreenAccount, ScreenDraft, ScreenEnrolment, ScreenState, Screens, UnattendedScreen,
};
pub use text::Text;
pub use update::{
    FailedVersion, NoTimeOfDay, QuietHours, TimeOfDay, Update, UpdateKey, UpdateOffer, UpdatePlace,
    UpdateResult, UpdateRules, UpdateState,
};
pub use workspace::{
    Action, Agent, AgentDraft, Conversation, Conversations, Delivery, Document, DocumentKind,
    DocumentState, Hit, Image, Invitation, KeyHint, Link, Load, LogLine, Member, Message, Place,
    Progress, Search, SopDraft, Speaker, Task, TaskDraft, TaskLog, TaskState, Thread, Workspace,
};

pub use crate::l10n::Language;
use std::collections::BTreeMap;
use std::sync::Arc;
pub use stream::protocol::cursor::CursorShape;

/// Everything there is to show, at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Who is signed in, or the sign-in form.
    pub account: Account,
    /// The realtime connection to the cloud.
    pub cloud: CloudLink,
    /// The workspace's cloud desktops.
    pub desktops: Desktops,
    /// Small pictures of the desktops that have one.
    pub thumbnails: BTreeMap<DesktopId, Arc<Image>>,
    /// The rest of the workspace.
    pub workspace: Workspace,
    /// Conversations, here and in the workspace.
    pub conversations: Conversations,
    /// The OpenClaw gateway on this machine.
    pub gateway: Gateway,
    /// Conversations with its agents.
    pub chat: Chat,
    /// Acts that were sent with a ticket and are not forgotten yet.
    pub work: BTreeMap<Ticket, Work>,
    /// The connection log and the inventory.
    pub connections: Connections,
    /// New versions of this program.
    pub update: Update,
    /// The last check of everything.
    pub doctor: Doctor,
    /// The desktop that is open; it fills the window.
    pub viewer: Option<Viewer>,
    /// What the person chose; kept on disk.
    pub settings: Settings,
    /// Fewer pictures are asked for, because this machine is weak or the person wants it.
    pub low_power: bool,
    /// Which of them the administrator has fixed.
    pub fixed: Fixed,
    /// The program runs as an unattended screen.
    pub kiosk: Option<Kiosk>,
    /// What the program may touch, and what the system holds it to.
    pub safety: Safety,
    /// Something to say once, above the screen.
    pub notice: Option<Problem>,
}

/// Names an act, so that the form that sent it can follow it. Chosen by the user interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// How an act goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// Under way.
    Busy,
    /// Done.
    Done,
    /// Kept on this machine; done as soon as the cloud can be reached.
    Queued,
    /// Not done. What was typed is still in the form.
    Failed(Problem),
}

/// Something went wrong: what happened, and what to do next. Both are whole sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What happened.
    pub what: String,
    /// What the person can do now; may be empty.
    pub next: String,
}

/// The account on this machine.
#[derive(Clone, Debug, PartialEq)]
pub enum Account {
    /// A stored sign-in is being checked.
    Restoring,
    /// Nobody is signed in.
    SignedOut(SignIn),
    /// Nobody is, and the person goes on without: everything stays on this machine.
    Local,
    /// Somebody is.
    SignedIn(Person),
    /// Nobody sits at this machine: it is an unattended screen.
    Screen(ScreenAccount),
}

impl Default for Account {
    fn default() -> Self {
        Self::SignedOut(SignIn::default())
    }
}

/// State of the sign-in form that core knows. The typed text lives in the user interface.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignIn {
    /// The address to offer: the one used last.
    pub email: String,
    /// Host of the cloud to sign in to.
    pub server: String,
    /// A sign-in is under way.
    pub busy: bool,
    /// Why the last attempt failed, or why the person was signed out.
    pub problem: Option<Problem>,
    /// A sign-in in the browser is under way.
    pub browser: Option<BrowserSignIn>,
}

/// A sign-in in the system's browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrowserSignIn {
    /// The person compares it with what the browser shows.
    pub code: String,
    /// The page, for a browser that did not open by itself.
    pub address: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The cloud's id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Name of the workspace; empty for who belongs to none.
    pub workspace: String,
    /// Role in it.
    pub role: Role,
    /// All workspaces of this person.
    pub workspaces: Vec<WorkspaceChoice>,
}

impl Person {
    /// Whether the person's role allows it in the workspace. Without a workspace, nothing.
    #[must_use]
    pub fn may(&self, action: Action) -> bool {
        let role = match self.role {
            Role::Owner => cloud_client::wire::Role::Owner,
            Role::Member => cloud_client::wire::Role::Member,
        };
        !self.workspace.is_empty() && role.may(action)
    }
}

/// A workspace that can be switched to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspaceChoice {
    /// The cloud's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// It is the one that is shown.
    pub current: bool,
}

/// A person's role in a workspace; each has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// May manage the workspace.
    Owner,
    /// May use it.
    Member,
}

/// The realtime connection to the cloud.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CloudLink {
    /// Not wanted: nobody is signed in.
    #[default]
    Off,
    /// Being made.
    Connecting,
    /// Open.
    Online,
    /// Lost; the next attempt comes by itself.
    Waiting {
        /// Whole seconds until then.
        seconds: u32,
        /// Why it was lost.
        problem: Problem,
    },
}

/// The list of desktops.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Desktops {
    /// Not yet known.
    #[default]
    Loading,
    /// Known; may be empty.
    Ready(Vec<Desktop>),
    /// Could not be loaded.
    Failed(Problem),
}

/// The cloud's id of a desktop.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DesktopId(pub String);

/// One cloud desktop of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desktop {
    /// The cloud's id.
    pub id: DesktopId,
    /// Name that the workspace gave it.
    pub name: String,
    /// Whether it can be opened.
    pub state: DesktopState,
    /// How many viewers watch it now.
    pub viewers: u32,
    /// For one that is offline: when it was last seen, in words ("3 minutes ago"); may be empty.
    pub last_seen: String,
}

/// State of a cloud desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DesktopState {
    /// Its daemon is connected: it can be opened.
    Online,
    /// Its machine is starting.
    Starting,
    /// Its daemon is not connected.
    Offline,
}

/// The open desktop.
#[derive(Clone, Debug, PartialEq)]
pub struct Viewer {
    /// Which desktop.
    pub desktop: DesktopId,
    /// Its name.
    pub name: String,
    /// Where the connection stands.
    pub state: ViewerState,
    /// Size of the picture in desktop pixels; `None` before the first one.
    pub size: Option<(u16, u16)>,
    /// Set while the shown picture is stale: it is dimmed and dated.
    pub stale: Option<Stale>,
    /// The desktop's pointer.
    pub cursor: Cursor,
    /// Input is not passed on.
    pub view_only: bool,
    /// Figures of the last second; `None` until the first second is over.
    pub stats: Option<Stats>,
}

/// State of the connection to an open desktop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViewerState {
    /// On the way; the step is shown in words.
    Connecting(Step),
    /// Pictures come and input goes.
    Live {
        /// How the packets travel.
        path: PathKind,
    },
    /// Nothing is heard from the desktop; the connection may still come back by itself.
    Unstable,
    /// The connection is gone.
    Lost {
        /// Why.
        problem: Problem,
        /// What happens next.
        retry: Retry,
    },
}

/// A step on the way to a live desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Asking the cloud for the desktop.
    AskingCloud,
    /// Waiting for the desktop's answer.
    WaitingForDesktop,
    /// Finding a network path and securing it.
    FindingPath,
    /// Connected; waiting for the first picture.
    WaitingForPicture,
}

/// How a lost desktop is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// By itself.
    In {
        /// Whole seconds until then.
        seconds: u32,
        /// Number of the attempt to come, from 1.
        attempt: u32,
    },
    /// Not by itself: the person cancelled, or trying again cannot help.
    Off,
}

/// How packets travel between viewer and desktop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathKind {
    /// Not known yet.
    #[default]
    Unknown,
    /// Straight from end to end.
    Direct,
    /// Through a TURN relay.
    Relay,
}

/// The age of a picture that is no longer live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Local time of day when it was taken, for example "14:03:22".
    pub at: String,
    /// Seconds since then.
    pub seconds: u64,
}

/// The desktop's pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// Its picture; `None` until the desktop has sent one (then the local arrow serves).
    pub shape: Option<Arc<CursorShape>>,
    /// Grows with each new shape, so that a texture need only be made then.
    pub generation: u64,
    /// Where it is, in desktop pixels.
    pub position: (u16, u16),
    /// Whether the desktop shows it.
    pub visible: bool,
}

/// Figures of one second of viewing (README, "Stats").
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stats {
    /// Updates that arrived whole.
    pub fps_received: f32,
    /// Updates that were decoded.
    pub fps_decoded: f32,
    /// Updates that reached the screen's texture.
    pub fps_shown: f32,
    /// Median time to decode an update, in milliseconds.
    pub decode_ms_p50: f32,
    /// 99th percentile of it.
    pub decode_ms_p99: f32,
    /// Median time to upload an update, in milliseconds.
    pub upload_ms_p50: f32,
    /// Median age of the picture when shown (capture to texture), in milliseconds.
    pub age_ms_p50: f32,
    /// 99th percentile of it.
    pub age_ms_p99: f32,
    /// Bytes received on the frames channel a second.
    pub bytes_per_s: f32,
    /// Round trip to the desktop, in milliseconds.
    pub rtt_ms: f32,
    /// Updates dropped since the desktop was opened: overtaken, bad or over a limit.
    pub dropped: u64,
    /// Of these, the bad ones.
    pub bad: u64,
    /// How packets travel.
    pub path: PathKind,
}

/// What the person chose. Stored in `~/.multiclaw/settings.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light, dark or as the system says.
    pub theme: Theme,
    /// How the picture fills the window.
    pub scaling: Scaling,
    /// How keys are passed on.
    pub keyboard: Keyboard,
    /// Sharpness against bandwidth.
    pub quality: Quality,
    /// The stats overlay is on.
    pub stats: bool,
    /// Settings, Gateway, Browser Automation, "WebRTC connection mode".
    pub webrtc: WebRtcMode,
    /// Titles of linked pages are fetched.
    pub link_titles: bool,
    /// Icons of linked sites are fetched.
    pub favicons: bool,
    /// Live progress of a generation is fetched.
    pub live_progress: bool,
    /// Go on without an account.
    pub local: bool,
    /// Say it on the desktop when a long turn ends, or a command waits, and the window is not in
    /// front.
    pub notifications: bool,
    /// How large everything is, beside a desktop's picture.
    pub scale: Scale,
    /// Whether this machine is spared.
    pub power: Power,
    /// New versions are looked for and downloaded by themselves.
    pub updates: bool,
    /// When not.
    pub quiet_hours: Option<QuietHours>,
    /// Keep what the program says when it crashes in a file on this computer.
    pub crash_log: bool,
    /// What the program speaks; `None`: the computer's language.
    pub language: Option<Language>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            scaling: Scaling::default(),
            keyboard: Keyboard::default(),
            quality: Quality::default(),
            stats: false,
            webrtc: WebRtcMode::default(),
            link_titles: true,
            favicons: true,
            live_progress: true,
            local: false,
            notifications: true,
            scale: Scale::default(),
            power: Power::default(),
            updates: true,
            quiet_hours: None,
            crash_log: true,
            language: None,
        }
    }
}

/// How a cloud desktop is reached (article "Network security").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WebRtcMode {
    /// Directly, else through a relay over UDP, else through a relay over TCP port 443.
    #[default]
    Automatic,
    /// Always through a relay over TCP port 443.
    TurnRelay,
}

/// The look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How the picture fills the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scaling {
    /// All of it is seen, the aspect kept.
    #[default]
    Fit,
    /// One desktop pixel is one physical pixel; a larger desktop is panned.
    OneToOne,
}

/// How keys are passed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keyboard {
    /// By position, and as text where the local layout types something else than the
    /// desktop's layout would.
    #[default]
    Automatic,
    /// By position only: games, and desktops with the same layout as here.
    Position,
}

/// Sharpness against bandwidth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quality {
    /// Little data: JPEG quality 45, at most 10 updates a second.
    LowData,
    /// JPEG quality 75, at most 30 updates a second.
    #[default]
    Balanced,
    /// JPEG quality 92, at most 60 updates a second.
    Sharp,
}
