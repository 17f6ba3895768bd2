//! What connections are for, in words that a page can show.

/// The reason of an outbound connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Requests to MultiClaw Cloud.
    CloudApi,
    /// The realtime socket to MultiClaw Cloud.
    CloudRealtime,
    /// A cloud desktop: ICE sockets, STUN and TURN servers.
    CloudDesktop,
    /// New versions of this program.
    Updater,
    /// Live progress of a generation (Pusher).
    Progress,
    /// The title of a linked page (link preview service).
    LinkTitle,
    /// The icon of a linked site (favicon service).
    Favicon,
    /// The OpenClaw gateway on this machine. Only the loopback interface, never a proxy.
    Gateway,
}

/// A purpose in words (article "Allowed external connections"). Whole sentences, but for `name`
/// and `protocol`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What the connection is called.
    pub name: &'static str,
    /// Hosts as documented; `*.` stands for one or more labels. A self-hosted cloud has its own.
    pub hosts: &'static [&'static str],
    /// Protocols as documented.
    pub protocol: &'static str,
    /// When it happens.
    pub when: &'static str,
    /// What is sent.
    pub sent: &'static str,
    /// What a network costs that blocks it.
    pub blocked: &'static str,
}

impl Purpose {
    /// Every purpose, in the article's order.
    pub const ALL: [Self; 8] = [
        Self::CloudApi,
        Self::CloudRealtime,
        Self::Updater,
        Self::CloudDesktop,
        Self::Progress,
        Self::LinkTitle,
        Self::Favicon,
        Self::Gateway,
    ];

    /// The purpose in words.
    #[must_use]
    pub const fn facts(self) -> Facts {
        match self {
            Self::CloudApi => Facts {
                name: "MultiClaw Cloud (API)",
                hosts: &["api.multiclaw.io"],
                protocol: "HTTPS",
                when: "When you sign in, and while you are signed in.",
                sent: "Your sign-in, and what you ask the cloud to show or change.",
                blocked: "You cannot sign in, and nothing of your workspace can be shown.",
            },
            Self::CloudRealtime => Facts {
                name: "MultiClaw Cloud (realtime)",
                hosts: &["ws.multiclaw.io", "api.multiclaw.io"],
                protocol: "WSS",
                when: "While you are signed in.",
                sent: "A short-lived token, and the messages that set up a cloud desktop.",
                blocked: "Status does not update by itself, and no cloud desktop can be opened.",
            },
            Self::CloudDesktop => Facts {
                name: "Cloud desktop",
                hosts: &["turn.multiclaw.io"],
                protocol: "UDP, or TLS over TCP",
                when: "When you open a cloud desktop, until you leave it.",
                sent: "The desktop's picture, and your keyboard and pointer, end to end encrypted.",
                blocked: "A cloud desktop may fail to open where the network also blocks the \
                          direct way to it.",
            },
            Self::Updater => Facts {
                name: "Updates",
                hosts: &["cdn.multiclaw.io"],
                protocol: "HTTPS",
                when: "When the program starts, once a day, and when you check for updates. Never while \
                       you are at a desktop, and never in a build without keys.",
                sent: "The program's version, the operating system and the kind of processor. No account, \
                       no usage data.",
                blocked: "The program goes on working, and you update it by hand from the \
                          MultiClaw website.",
            },
            Self::Progress => Facts {
                name: "Live progress (Pusher)",
                hosts: &["*.pusher.com"],
                protocol: "WSS",
                when: "While an SOP is generated or a skill is compiled.",
                sent: "The name of the progress channel. No task content.",
                blocked: "No live progress is shown. The work still completes in the background.",
            },
            Self::LinkTitle => Facts {
                name: "Link titles",
                hosts: &["api.microlink.io"],
                protocol: "HTTPS",
                when: "When a chat message contains a web address.",
                sent: "That web address.",
                blocked: "Web addresses in chat messages are shown without the title of the page.",
            },
            Self::Favicon => Facts {
                name: "Favicons",
                hosts: &["www.google.com"],
                protocol: "HTTPS",
                when: "When a chat message shows a tool call with a web address.",
                sent: "The domain of that web address.",
                blocked: "Tool calls in chat messages are shown without the icon of the site.",
            },
            Self::Gateway => Facts {
                name: "OpenClaw gateway (this computer)",
                hosts: &["127.0.0.1"],
                protocol: "WS, HTTP",
                when: "While the program runs, when OpenClaw is on this computer.",
                sent: "Your messages to your own agents. It never leaves this computer.",
                blocked: "You cannot talk to the agents on this computer.",
            },
        }
    }

    /// A service of others on the Internet, asked without credentials: its name never stands
    /// for a machine of the local network.
    pub(crate) const fn is_public_service(self) -> bool {
        matches!(self, Self::Updater | Self::Progress | Self::LinkTitle | Self::Favicon)
    }

    /// Whether a GET request follows redirects.
    pub(crate) const fn follows(self) -> bool {
        matches!(self, Self::LinkTitle | Self::Favicon)
    }
}

impl std::fmt::Display for Purpose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.facts().name)
    }
}
