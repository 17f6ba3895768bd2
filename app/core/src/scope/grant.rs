//! Who acts now, and what that may touch.
//!
//! A [`Grant`] is made only here: from a [`Command`], or for work that no command began from a
//! [`Standing`] that is listed. It can be copied but not widened. The engine holds the one under
//! which it acts; what a command begins (a request, a dialog) comes back under the same one. The
//! doors to the system (`engine::doors`, the keeper) ask the [`Guard`] with it each time, and a
//! touch that is in no row is refused, logged and shown.

use super::{Touch, covers, scope_of, words};
use crate::command::Command;
use crate::tr;
use net::Purpose;
use parking_lot::Mutex;
use std::sync::Arc;

/// Refusals that are remembered for the page; the oldest go.
const REMEMBERED: usize = 20;

/// Work that goes on by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The start of the program.
    Start,
    /// What the cloud says while somebody is signed in.
    Cloud,
    /// What an open desktop says.
    Desktop,
    /// What the gateway on this computer says.
    Gateway,
    /// Titles and icons of links that are on the screen.
    Links,
    /// What is due by the clock: another try, another look.
    Clock,
    /// This computer as an unattended screen.
    Screen,
    /// New versions: looking for them, loading them, keeping them.
    Updates,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Start,
        Self::Cloud,
        Self::Desktop,
        Self::Gateway,
        Self::Links,
        Self::Clock,
        Self::Screen,
        Self::Updates,
    ];

    /// In words, for the page.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Start => tr!("scope-standing-start"),
            Self::Cloud => tr!("scope-standing-cloud"),
            Self::Desktop => tr!("scope-standing-desktop"),
            Self::Gateway => tr!("scope-standing-gateway"),
            Self::Links => tr!("scope-standing-links"),
            Self::Clock => tr!("scope-standing-clock"),
            Self::Screen => tr!("scope-standing-screen"),
            Self::Updates => tr!("scope-standing-updates"),
        }
    }

    /// What it may touch. None of them opens a dialog, the browser or the clipboard, none starts
    /// or stops the gateway, and none changes the permissions of a folder.
    #[must_use]
    pub fn scope(self) -> &'static [Touch] {
        use Touch::{Awake, File, Network, Notification, OpenClaw, OwnFolder, Program};
        const API: Touch = Network(Purpose::CloudApi);
        const REALTIME: Touch = Network(Purpose::CloudRealtime);
        const DESKTOP: Touch = Network(Purpose::CloudDesktop);
        const GATEWAY: Touch = Network(Purpose::Gateway);
        const SESSION: Touch = File(super::SESSION_FILE);
        const SETTINGS: Touch = File(super::SETTINGS_FILE);
        const DEVICE: Touch = File(super::DEVICE_FILE);
        const CRASH: Touch = File(super::CRASH_FILE);
        const KIOSK: Touch = File(super::KIOSK_FILE);
        const UNLOCK: Touch = File(super::UNLOCK_FILE);
        const UPDATE: Touch = File(super::UPDATE_FOLDER);
        const OUTBOX: Touch = File(super::OUTBOX_FOLDER);
        const TALK: Touch = OpenClaw(super::CONVERSATIONS_FOLDER);
        const CONFIGURATION: Touch = OpenClaw(super::OPENCLAW_FILE);
        const VERSION: Touch = Program("openclaw --version");
        match self {
            Self::Start => &[
                API,
                REALTIME,
                GATEWAY,
                SESSION,
                SETTINGS,
                DEVICE,
                OUTBOX,
                TALK,
                CONFIGURATION,
                VERSION,
                CRASH,
                UNLOCK,
            ],
            Self::Cloud => &[API, REALTIME, DESKTOP, SESSION, SETTINGS, OUTBOX, TALK],
            Self::Desktop => &[REALTIME, DESKTOP],
            Self::Gateway => &[GATEWAY, DEVICE, TALK, CONFIGURATION, VERSION, Notification],
            Self::Links => &[Network(Purpose::LinkTitle), Network(Purpose::Favicon)],
            Self::Clock => &[
                API,
                REALTIME,
                DESKTOP,
                GATEWAY,
                SESSION,
                SETTINGS,
                OUTBOX,
                TALK,
                CONFIGURATION,
                VERSION,
                Notification,
            ],
            Self::Screen => &[API, REALTIME, DESKTOP, KIOSK, Awake],
            Self::Updates => &[Network(Purpose::Updater), UPDATE, OwnFolder],
        }
    }
}

/// Leave to touch what one row of the table says. No other module can make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    touches: &'static [Touch],
    name: &'static str,
}

/// The leave of a command, for as long as it and what it began goes on.
#[must_use]
pub fn grant(command: &Command) -> Grant {
    Grant { touches: scope_of(command), name: words(command) }
}

/// The leave of work that goes on by itself.
#[must_use]
pub fn standing(which: Standing) -> Grant {
    Grant { touches: which.scope(), name: which.words() }
}

impl Grant {
    /// Whether this may be touched. For a file: it, or what lies directly in a folder that is
    /// named.
    #[must_use]
    pub fn allows(self, touch: Touch, below: &str) -> bool {
        self.touches.iter().any(|have| match (have, touch) {
            (Touch::File(name), Touch::File(_)) | (Touch::OpenClaw(name), Touch::OpenClaw(_)) => {
                covers(name, below)
            }
            // Who may have it started and stopped may ask for its version too.
            (Touch::Program(have), Touch::Program(asked)) => {
                have == &asked || *have == "openclaw" && asked.starts_with("openclaw ")
            }
            (have, asked) => *have == asked,
        })
    }

    /// Who acts, in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name
    }
}

/// Something was tried that is in no row: a fault of this program. It was not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{who}\" may not touch {what}")]
pub struct Refused {
    /// Who tried.
    pub who: &'static str,
    /// What.
    pub what: String,
}

impl Refused {
    /// In the person's words.
    #[must_use]
    pub fn sentence(&self) -> String {
        tr!("scope-refused", who = self.who, what = &self.what)
    }
}

/// Asked at every door, and remembers what it refused.
#[derive(Clone, Debug, Default)]
pub struct Guard(Arc<Mutex<Vec<Refused>>>);

impl Guard {
    /// Lets through, or not.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn check(&self, grant: Grant, touch: Touch) -> Result<(), Refused> {
        let below = match touch {
            Touch::File(name) | Touch::OpenClaw(name) => name,
            _ => "",
        };
        if grant.allows(touch, below) { Ok(()) } else { Err(self.refuse(grant, touch)) }
    }

    fn refuse(&self, grant: Grant, touch: Touch) -> Refused {
        let refused = Refused { who: grant.name, what: touch.words().to_owned() };
        tracing::error!(%refused, "outside of its scope");
        let mut all = self.0.lock();
        if !all.contains(&refused) {
            if all.len() >= REMEMBERED {
                all.remove(0);
            }
            all.push(refused.clone());
        }
        refused
    }

    /// What was refused since the program started, each kind once.
    #[must_use]
    pub fn refused(&self) -> Vec<Refused> {
        self.0.lock().clone()
    }
}
