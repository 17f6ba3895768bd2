//! The unattended screen, and what the administrator has fixed.

/// A setting that a policy can fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Setting {
    /// [`super::Settings::theme`].
    Theme,
    /// [`super::Settings::scaling`].
    Scaling,
    /// [`super::Settings::keyboard`].
    Keyboard,
    /// [`super::Settings::quality`].
    Quality,
    /// [`super::Settings::webrtc`].
    WebRtc,
    /// [`super::Viewer::view_only`].
    ViewOnly,
    /// [`super::Settings::link_titles`].
    LinkTitles,
    /// [`super::Settings::favicons`].
    Favicons,
    /// [`super::Settings::live_progress`].
    LiveProgress,
    /// [`super::Settings::notifications`].
    Notifications,
    /// [`super::Settings::stats`].
    Stats,
    /// [`super::Settings::language`].
    Language,
}

/// The settings that are fixed: they are not offered, and commands that change them are refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fixed(u16);

impl Fixed {
    /// Whether this one is.
    #[must_use]
    pub fn has(self, setting: Setting) -> bool {
        self.0 & 1 << setting as u8 != 0
    }
}

impl FromIterator<Setting> for Fixed {
    fn from_iter<T: IntoIterator<Item = Setting>>(settings: T) -> Self {
        Self(settings.into_iter().fold(0, |all, setting| all | 1 << setting as u8))
    }
}

/// The unattended screen: nothing but one desktop, full screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kiosk {
    /// What stands at the top of the waiting screen; may be empty.
    pub branding: String,
    /// Name of the desktop.
    pub desktop: String,
    /// The pointer is hidden after so many seconds without movement; 0: never.
    pub idle_cursor: u16,
    /// Why there is no live picture; `None` while there is one.
    pub waiting: Option<Waiting>,
    /// Which keys this screen holds and which not: sentences, shown for the first seconds.
    pub keys: Vec<String>,
    /// Where leaving with the PIN stands.
    pub pin: PinEntry,
    /// Set when the program is to end.
    pub end: Option<KioskEnd>,
}

/// Why there is no live picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// A whole sentence.
    pub what: String,
    /// What happens next, or who can help; may be empty.
    pub next: String,
    /// Whole seconds until the next attempt, when one is planned.
    pub seconds: Option<u32>,
}

/// Where leaving with the PIN stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PinEntry {
    /// There is no PIN: the screen cannot be left from the keyboard.
    #[default]
    None,
    /// A PIN may be entered.
    Ready,
    /// One is being checked.
    Checking,
    /// The last one was wrong.
    Wrong {
        /// Attempts that are left before there is a wait.
        left: u32,
    },
    /// Too many were wrong.
    Locked {
        /// Whole seconds until the next attempt.
        seconds: u32,
    },
}

/// How an unattended screen ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KioskEnd {
    /// Somebody left with the PIN.
    Left,
    /// No picture comes although everything else works: the supervisor starts the program anew.
    Stuck,
}
