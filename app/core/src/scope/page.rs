//! The table the other way round, for people: what the program may touch, and who in it.

use super::{Standing, Touch, examples, scope_of, words};
use net::Purpose;

/// Things of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What kind.
    pub title: &'static str,
    /// Each thing.
    pub rows: Vec<Row>,
}

/// One thing outside of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub what: &'static str,
    /// Commands, and work that goes on by itself, that may touch it.
    pub who: Vec<&'static str>,
}

impl Touch {
    /// Every kind there is, in the order of the page.
    pub const ALL: [Self; 30] = [
        Self::File(super::SESSION_FILE),
        Self::File(super::SETTINGS_FILE),
        Self::File(super::DEVICE_FILE),
        Self::File(super::OUTBOX_FOLDER),
        Self::File(super::GATEWAY_OUTPUT_FILE),
        Self::File(super::CRASH_FILE),
        Self::File(super::KIOSK_FILE),
        Self::File(super::KIOSK_NEW_FILE),
        Self::File(super::UNLOCK_FILE),
        Self::File(super::UPDATE_FOLDER),
        Self::OpenClaw(super::CONVERSATIONS_FOLDER),
        Self::OpenClaw(super::OPENCLAW_FILE),
        Self::OpenClaw(""),
        Self::Picked,
        Self::OwnFolder,
        Self::Network(Purpose::CloudApi),
        Self::Network(Purpose::CloudRealtime),
        Self::Network(Purpose::CloudDesktop),
        Self::Network(Purpose::Progress),
        Self::Network(Purpose::LinkTitle),
        Self::Network(Purpose::Favicon),
        Self::Network(Purpose::Gateway),
        Self::Network(Purpose::Updater),
        Self::Program("openclaw"),
        Self::Program("openclaw --version"),
        Self::Browser,
        Self::Clipboard,
        Self::Notification,
        Self::Awake,
        Self::Services,
    ];

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::File(super::SESSION_FILE) => "The sign-in (session.json)",
            Self::File(super::SETTINGS_FILE) => "Your choices (settings.json)",
            Self::File(super::DEVICE_FILE) => "This device's key for the gateway",
            Self::File(super::OUTBOX_FOLDER) => "What was not sent yet (outbox)",
            Self::File(super::GATEWAY_OUTPUT_FILE) => "What the gateway prints",
            Self::File(super::CRASH_FILE) => "The crash log (crash.log)",
            Self::File(super::KIOSK_FILE) => "The key of this unattended screen (kiosk.json)",
            Self::File(super::KIOSK_NEW_FILE) => "The same while its code is being checked",
            Self::File(super::UNLOCK_FILE) => "How often a wrong PIN was entered",
            Self::File(super::UPDATE_FOLDER) => "What is known of versions (update)",
            Self::File(_) => "Another file of the program",
            Self::OpenClaw(super::CONVERSATIONS_FOLDER) => "Conversations and drafts",
            Self::OpenClaw(super::OPENCLAW_FILE) => "The gateway's configuration, only to read",
            Self::OpenClaw("") => "The permissions of the folder",
            Self::OpenClaw(_) => "Another file of the gateway",
            Self::Picked => "A file that you choose or drop, opened once",
            Self::OwnFolder => "New versions, beside the program",
            Self::Network(Purpose::CloudApi) => "MultiClaw Cloud",
            Self::Network(Purpose::CloudRealtime) => "MultiClaw Cloud, news as they happen",
            Self::Network(Purpose::CloudDesktop) => "Cloud desktops",
            Self::Network(Purpose::Progress) => "Live progress",
            Self::Network(Purpose::LinkTitle) => "Titles of links",
            Self::Network(Purpose::Favicon) => "Icons of sites",
            Self::Network(Purpose::Gateway) => "The gateway on this computer",
            Self::Network(Purpose::Updater) => "New versions of MultiClaw",
            Self::Program("openclaw --version") => "openclaw, asked for its version",
            Self::Program(_) => "openclaw, to start and stop the gateway",
            Self::Browser => "Your browser, with an address that was checked",
            Self::Clipboard => "The picture in the clipboard, read once",
            Self::Notification => "Notifications on the desktop",
            Self::Awake => "The screen, which is kept awake",
            Self::Services => "Whether dialogs and notifications are there",
        }
    }
}

/// The whole list. Who asks for it keeps it: it does not change while the program runs.
#[must_use]
pub fn page() -> Vec<Group> {
    let all = examples();
    let row = |touch: Touch| {
        let commands = all.iter().filter(|command| scope_of(command).contains(&touch)).map(words);
        let others = Standing::ALL.into_iter().filter(|s| s.scope().contains(&touch));
        Row { what: touch.words(), who: commands.chain(others.map(Standing::words)).collect() }
    };
    let group = |title, touches: &[Touch]| Group {
        title,
        rows: touches.iter().map(|touch| row(*touch)).filter(|row| !row.who.is_empty()).collect(),
    };
    let of = |kind: fn(&Touch) -> bool| Touch::ALL.into_iter().filter(kind).collect::<Vec<_>>();
    vec![
        group("Files below ~/.multiclaw", &of(|touch| matches!(touch, Touch::File(_)))),
        group("Files below ~/.openclaw", &of(|touch| matches!(touch, Touch::OpenClaw(_)))),
        group("Files anywhere else", &[Touch::Picked, Touch::OwnFolder]),
        group("Connections", &of(|touch| matches!(touch, Touch::Network(_)))),
        group("Other programs", &of(|touch| matches!(touch, Touch::Program(_) | Touch::Browser))),
        group(
            "The desktop",
            &[Touch::Clipboard, Touch::Notification, Touch::Awake, Touch::Services],
        ),
    ]
}
