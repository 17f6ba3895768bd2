//! The OpenClaw gateway on this machine.

use super::{Load, Problem};
use std::sync::Arc;

/// What is known of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gateway {
    /// The connection to it.
    pub link: GatewayLink,
    /// The `openclaw` program.
    pub program: Program,
    /// What it says of itself, while it is connected.
    pub facts: Option<Arc<GatewayFacts>>,
    /// Its messaging channels; empty when none is set up.
    pub channels: Load<Channel>,
    /// Devices that are paired with it.
    pub devices: Load<Device>,
    /// Devices that ask to be.
    pub requests: Arc<Vec<Arc<PairingRequest>>>,
    /// The end of its log, while it is watched.
    pub log: Option<GatewayLog>,
    /// Something is being done to it with the program.
    pub control: Option<Control>,
    /// The folder `~/.openclaw`.
    pub folder: Folder,
}

/// The connection to the gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum GatewayLink {
    /// The program, the configuration and the port are being looked for.
    #[default]
    Looking,
    /// Neither the program nor a configuration is on this machine.
    NotInstalled,
    /// It is there, and nothing answers at its port.
    Stopped,
    /// A connection is being made.
    Connecting,
    /// Connected.
    Online,
    /// It restarts; the connection comes back by itself.
    Restarting {
        /// Whole seconds since it said so.
        seconds: u32,
    },
    /// Lost; the next attempt comes by itself.
    Waiting {
        /// Whole seconds until then.
        seconds: u32,
        /// Why it was lost.
        problem: Problem,
    },
    /// It does not let this program in; nothing is tried until the person acts.
    Refused {
        /// What kind of refusal, for the button that solves it.
        refusal: GatewayRefusal,
        /// The same in words.
        problem: Problem,
    },
}

/// Why the gateway does not let this program in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayRefusal {
    /// The device must be approved: the command to type elsewhere, to be copied.
    PairingNeeded {
        /// For example `openclaw devices approve 0b1f...`.
        command: String,
    },
    /// It wants a token, and the configuration has none that can be read.
    TokenMissing,
    /// It does not take the token of the configuration.
    TokenWrong,
    /// It does not take this device's key.
    DeviceRefused,
    /// The gateway is too old for this program: it must be updated.
    GatewayTooOld,
    /// The gateway is too new: this program must be updated.
    GatewayTooNew,
    /// Too many attempts: wait, then try again.
    RateLimited,
    /// `openclaw.json` cannot be read.
    Configuration,
    /// It does not listen on the loopback interface only, or its address is another machine's.
    NotLoopback,
    /// Something else.
    Other,
}

/// The `openclaw` program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Program {
    /// Being looked for.
    #[default]
    Looking,
    /// Not on the PATH.
    Missing,
    /// Found.
    Found {
        /// Where, absolute.
        path: String,
        /// For example `2026.9.6`.
        version: String,
        /// It is too old or too new for this program, or its version could not be read.
        problem: Option<Problem>,
    },
}

/// What the gateway says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GatewayFacts {
    /// For example `2026.9.6`.
    pub version: String,
    /// Its port on 127.0.0.1.
    pub port: u16,
    /// Since when it runs, in words: "14:03", "3 Nov, 09:12".
    pub since: String,
    /// How long it runs, in words: "3 hours".
    pub uptime: String,
    /// Its process, when it says so.
    pub pid: Option<u32>,
    /// Resident memory in bytes, when it says so.
    pub memory: Option<u64>,
    /// Its state folder.
    pub state_folder: String,
    /// A version it could be updated to.
    pub update: Option<String>,
    /// Largest attachment of a message, in bytes.
    pub max_attachment: u64,
    /// Largest picture of a message, in bytes.
    pub max_image: u64,
    /// This program may change its settings, approve commands and pair devices.
    pub may_manage: bool,
}

/// A messaging channel of the gateway: Telegram, Slack, ...
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// It runs.
    pub running: bool,
    /// Its state in words: "Connected", "Not set up".
    pub state: String,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// A device that is paired with the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Lower-case hex.
    pub id: String,
    /// What it calls itself: "openclaw-linux on linux".
    pub name: String,
    /// It is this program on this machine.
    pub own: bool,
    /// It is connected.
    pub connected: bool,
    /// Its rights, for example `operator.read`.
    pub scopes: Vec<String>,
    /// When it was approved, in words.
    pub approved: String,
    /// When it was last seen, in words; may be empty.
    pub seen: String,
}

/// A device that asks to be paired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairingRequest {
    /// The gateway's id of the request.
    pub id: String,
    /// The device's id, lower-case hex.
    pub device: String,
    /// What it calls itself.
    pub name: String,
    /// Where from: an address; may be empty.
    pub from: String,
    /// The rights that it wants.
    pub scopes: Vec<String>,
    /// When it asked, in words.
    pub when: String,
}

/// The end of the gateway's log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GatewayLog {
    /// The file, as the gateway names it.
    pub file: String,
    /// The newest lines, oldest first; at most [`GatewayLog::MOST`].
    pub lines: Arc<Vec<Arc<GatewayLogLine>>>,
    /// Lines that were there and are not shown any more, or were skipped.
    pub dropped: u64,
    /// It cannot be read now.
    pub problem: Option<Problem>,
}

impl GatewayLog {
    /// Most lines that are kept; older ones are dropped.
    pub const MOST: usize = 5_000;
}

/// A line of the gateway's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayLogLine {
    /// Grows by one with each line.
    pub number: u64,
    /// Local time of day.
    pub time: String,
    /// How grave it is.
    pub level: LogLevel,
    /// What it says; at most 4 KiB.
    pub text: String,
}

/// How grave a line of a log is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// `TRACE`, `DEBUG`.
    Debug,
    /// `INFO`.
    #[default]
    Info,
    /// `WARN`.
    Warning,
    /// `ERROR`, `FATAL`.
    Error,
}

/// Something that is being done to the gateway with its program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// Being started.
    Starting,
    /// Being stopped.
    Stopping,
    /// Being restarted.
    Restarting,
    /// It did not work.
    Failed(Problem),
}

/// The folder `~/.openclaw`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Folder {
    /// It is not there, or nobody has looked.
    #[default]
    Absent,
    /// Only its owner can read it.
    Private,
    /// Others on this machine can: how its permissions are now, for example `drwxr-xr-x`, and
    /// what that means. Repaired only when the person says so.
    Open {
        /// Permissions as `ls -l` shows them.
        mode: String,
        /// In words.
        problem: Problem,
    },
    /// It cannot be used, or not be repaired.
    Failed(Problem),
}
