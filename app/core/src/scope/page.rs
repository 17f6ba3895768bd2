//! The table the other way round, for people: what the program may touch, and who in it.

use super::{Standing, Touch, examples, scope_of, words};
use crate::tr;
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
            Self::File(super::SESSION_FILE) => tr!("scope-touch-session"),
            Self::File(super::SETTINGS_FILE) => tr!("scope-touch-settings"),
            Self::File(super::DEVICE_FILE) => tr!("scope-touch-device"),
            Self::File(super::OUTBOX_FOLDER) => tr!("scope-touch-outbox"),
            Self::File(super::GATEWAY_OUTPUT_FILE) => tr!("scope-touch-gateway-output"),
            Self::File(super::CRASH_FILE) => tr!("scope-touch-crash"),
            Self::File(super::KIOSK_FILE) => tr!("scope-touch-kiosk"),
            Self::File(super::KIOSK_NEW_FILE) => tr!("scope-touch-kiosk-new"),
            Self::File(super::UNLOCK_FILE) => tr!("scope-touch-unlock"),
            Self::File(super::UPDATE_FOLDER) => tr!("scope-touch-update"),
            Self::File(_) => tr!("scope-touch-other-file"),
            Self::OpenClaw(super::CONVERSATIONS_FOLDER) => tr!("scope-touch-conversations"),
            Self::OpenClaw(super::OPENCLAW_FILE) => tr!("scope-touch-configuration"),
            Self::OpenClaw("") => tr!("scope-touch-folder"),
            Self::OpenClaw(_) => tr!("scope-touch-other-gateway-file"),
            Self::Picked => tr!("scope-touch-picked"),
            Self::OwnFolder => tr!("scope-touch-own-folder"),
            Self::Network(Purpose::CloudApi) => tr!("scope-touch-cloud-api"),
            Self::Network(Purpose::CloudRealtime) => tr!("scope-touch-cloud-realtime"),
            Self::Network(Purpose::CloudDesktop) => tr!("scope-touch-cloud-desktop"),
            Self::Network(Purpose::Progress) => tr!("scope-touch-progress"),
            Self::Network(Purpose::LinkTitle) => tr!("scope-touch-link-title"),
            Self::Network(Purpose::Favicon) => tr!("scope-touch-favicon"),
            Self::Network(Purpose::Gateway) => tr!("scope-touch-gateway"),
            Self::Network(Purpose::Updater) => tr!("scope-touch-updater"),
            Self::Program("openclaw --version") => tr!("scope-touch-openclaw-version"),
            Self::Program(_) => tr!("scope-touch-openclaw"),
            Self::Browser => tr!("scope-touch-browser"),
            Self::Clipboard => tr!("scope-touch-clipboard"),
            Self::Notification => tr!("scope-touch-notification"),
            Self::Awake => tr!("scope-touch-awake"),
            Self::Services => tr!("scope-touch-services"),
        }
    }
}

/// The whole list. Who asks for it keeps it: it changes with the language only.
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
        group(tr!("scope-group-own-files"), &of(|touch| matches!(touch, Touch::File(_)))),
        group(tr!("scope-group-gateway-files"), &of(|touch| matches!(touch, Touch::OpenClaw(_)))),
        group(tr!("scope-group-other-files"), &[Touch::Picked, Touch::OwnFolder]),
        group(tr!("scope-group-connections"), &of(|touch| matches!(touch, Touch::Network(_)))),
        group(
            tr!("scope-group-programs"),
            &of(|touch| matches!(touch, Touch::Program(_) | Touch::Browser)),
        ),
        group(
            tr!("scope-group-desktop"),
            &[Touch::Clipboard, Touch::Notification, Touch::Awake, Touch::Services],
        ),
    ]
}
