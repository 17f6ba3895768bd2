//! What there is to look at, and what has to work before it.

use crate::model::StepGroup;
use crate::tr;
use std::time::Duration;

/// One thing that is looked at. Causes come before what they break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The names of the cloud's hosts.
    Dns,
    /// The proxy of the environment.
    Proxy,
    /// TLS with the cloud.
    Tls,
    /// The stored sign-in.
    SignIn,
    /// The realtime socket.
    Realtime,
    /// A session with a desktop, and with it the servers that the cloud names.
    Session,
    /// A binding over UDP.
    Stun,
    /// The relay over UDP.
    TurnUdp,
    /// The relay over TLS.
    TurnTls,
    /// The relay over plain TCP.
    TurnTcp,
    /// The picture of a desktop.
    Frames,
    /// The `openclaw` program.
    Program,
    /// Its configuration.
    Configuration,
    /// The gateway itself.
    Gateway,
    /// Folders of ours and of the gateway.
    Folders,
    /// The graphics device.
    Graphics,
    /// File dialogs of the system.
    Dialogs,
    /// Notifications of the system.
    Notifications,
    /// Something that the program brings along.
    Extra(usize),
}

impl Step {
    /// All but those that the program brings along.
    pub const ALL: [Self; 18] = [
        Self::Dns,
        Self::Proxy,
        Self::Tls,
        Self::SignIn,
        Self::Realtime,
        Self::Session,
        Self::Stun,
        Self::TurnUdp,
        Self::TurnTls,
        Self::TurnTcp,
        Self::Frames,
        Self::Program,
        Self::Configuration,
        Self::Gateway,
        Self::Folders,
        Self::Graphics,
        Self::Dialogs,
        Self::Notifications,
    ];

    /// What a program decides by.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Proxy => "proxy",
            Self::Tls => "tls",
            Self::SignIn => "sign-in",
            Self::Realtime => "realtime",
            Self::Session => "session",
            Self::Stun => "stun",
            Self::TurnUdp => "turn-udp",
            Self::TurnTls => "turn-tls",
            Self::TurnTcp => "turn-tcp",
            Self::Frames => "frames",
            Self::Program => "openclaw",
            Self::Configuration => "openclaw-configuration",
            Self::Gateway => "gateway",
            Self::Folders => "folders",
            Self::Graphics => "graphics",
            Self::Dialogs => "file-dialogs",
            Self::Notifications => "notifications",
            Self::Extra(_) => "extra",
        }
    }

    /// In words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dns => tr!("doctor-step-dns"),
            Self::Proxy => tr!("doctor-step-proxy"),
            Self::Tls => tr!("doctor-step-tls"),
            Self::SignIn => tr!("doctor-step-sign-in"),
            Self::Realtime => tr!("doctor-step-realtime"),
            Self::Session => tr!("doctor-step-session"),
            Self::Stun => tr!("doctor-step-stun"),
            Self::TurnUdp => tr!("doctor-step-turn-udp"),
            Self::TurnTls => tr!("doctor-step-turn-tls"),
            Self::TurnTcp => tr!("doctor-step-turn-tcp"),
            Self::Frames => tr!("doctor-step-frames"),
            Self::Program => tr!("doctor-step-openclaw"),
            Self::Configuration => tr!("doctor-step-openclaw-configuration"),
            Self::Gateway => tr!("doctor-step-gateway"),
            Self::Folders => tr!("doctor-step-folders"),
            Self::Graphics => tr!("doctor-step-graphics"),
            Self::Dialogs => tr!("doctor-step-file-dialogs"),
            Self::Notifications => tr!("doctor-step-notifications"),
            Self::Extra(_) => "",
        }
    }

    /// Where it is shown.
    #[must_use]
    pub fn group(self) -> StepGroup {
        match self {
            Self::Dns | Self::Proxy | Self::Tls => StepGroup::Network,
            Self::SignIn | Self::Realtime => StepGroup::Account,
            Self::Session
            | Self::Stun
            | Self::TurnUdp
            | Self::TurnTls
            | Self::TurnTcp
            | Self::Frames => StepGroup::Desktop,
            Self::Program | Self::Configuration | Self::Gateway => StepGroup::Gateway,
            _ => StepGroup::Computer,
        }
    }

    /// What has to work first.
    #[must_use]
    pub fn after(self) -> &'static [Self] {
        match self {
            Self::Tls => &[Self::Dns, Self::Proxy],
            Self::SignIn => &[Self::Tls],
            Self::Realtime => &[Self::SignIn],
            Self::Session => &[Self::Realtime],
            Self::Stun | Self::TurnUdp | Self::TurnTls | Self::TurnTcp | Self::Frames => {
                &[Self::Session]
            }
            Self::Configuration => &[Self::Program],
            Self::Gateway => &[Self::Configuration],
            _ => &[],
        }
    }

    /// Longest that it may take. What it does has limits of its own, and their words say more;
    /// this one is for what was forgotten.
    #[must_use]
    pub fn limit(self) -> Duration {
        Duration::from_secs(match self {
            Self::Dns | Self::Program => 12,
            Self::Proxy | Self::Tls | Self::SignIn => 25,
            Self::Realtime => 30,
            Self::Session | Self::Gateway | Self::Dialogs | Self::Notifications => 15,
            Self::Stun => 12,
            Self::TurnUdp | Self::TurnTls | Self::TurnTcp => 30,
            Self::Frames => 30,
            _ => 10,
        })
    }
}
