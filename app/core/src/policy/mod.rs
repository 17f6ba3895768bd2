//! The administrator's files: what is fixed on this machine, and what a new person begins with.
//!
//! `policy.toml` is mandatory: its values beat the command line and a person's own settings, and
//! the user interface hides what they fix. `defaults.toml` only changes what a setting is until a
//! person chooses. Both lie in a system directory (see [`file::system_folder`]) that only the
//! administrator writes. There is no environment variable for them.
//!
//! A file that is there and cannot be trusted, read or understood ends the program (exit code 78):
//! an unattended machine must not run with half of its rules.

mod file;
mod kiosk;
mod updates;

pub use file::{PolicyError, system_folder};
pub use kiosk::{KioskRules, Monitor, PinError, PinHash};
pub use updates::{QuietHours, UpdateRules};

use crate::command::Command;
use crate::model::{
    Fixed, Keyboard, Language, Quality, Scaling, Setting, Settings, Theme, WebRtcMode,
};
use serde::Deserialize;
use std::path::Path;

/// Name of the mandatory file.
pub const POLICY_FILE: &str = "policy.toml";
/// Name of the file of defaults.
pub const DEFAULTS_FILE: &str = "defaults.toml";

/// The values of one file. What is absent is not ruled.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Values {
    /// Base URL of the cloud.
    pub cloud: Option<String>,
    /// Name of the desktop that is opened at start.
    pub desktop: Option<String>,
    /// `system`, `light` or `dark`.
    pub theme: Option<Theme>,
    /// `english`, `hebrew` or `chinese`; without it the computer's.
    pub language: Option<Language>,
    /// `fit` or `one-to-one`.
    pub scaling: Option<Scaling>,
    /// `automatic` or `position`.
    pub keyboard: Option<Keyboard>,
    /// `low-data`, `balanced` or `sharp`.
    pub quality: Option<Quality>,
    /// `automatic` or `turn-relay`.
    pub webrtc: Option<WebRtcMode>,
    /// Desktops are watched, not controlled.
    pub view_only: Option<bool>,
    /// Titles of linked pages are fetched.
    pub link_titles: Option<bool>,
    /// Icons of linked sites are fetched.
    pub favicons: Option<bool>,
    /// Live progress of a generation is fetched.
    pub live_progress: Option<bool>,
    /// Notifications on the desktop.
    pub notifications: Option<bool>,
    /// The statistics over an open desktop.
    pub stats: Option<bool>,
    /// When and to what the program updates itself.
    pub updates: UpdateRules,
    /// The unattended screen.
    pub kiosk: Option<KioskRules>,
}

impl Values {
    /// Reads a file's text.
    ///
    /// # Errors
    /// What is wrong, and in which line.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| {
            let at = error.span().and_then(|span| text.get(..span.start));
            match at.map(|before| before.matches('\n').count() + 1) {
                // The parser's own form quotes the line, and with it perhaps the PIN's hash.
                Some(line) => format!("line {line}: {}", error.message()),
                None => error.message().to_owned(),
            }
        })
    }

    /// These values, and those of `other` where these are silent. What `other` says about the
    /// unattended screen counts only when these say nothing of it at all: a PIN that is added to
    /// a screen without one would be a way out.
    #[must_use]
    fn and(self, other: Self) -> Self {
        Self {
            cloud: self.cloud.or(other.cloud),
            desktop: self.desktop.or(other.desktop),
            theme: self.theme.or(other.theme),
            language: self.language.or(other.language),
            scaling: self.scaling.or(other.scaling),
            keyboard: self.keyboard.or(other.keyboard),
            quality: self.quality.or(other.quality),
            webrtc: self.webrtc.or(other.webrtc),
            view_only: self.view_only.or(other.view_only),
            link_titles: self.link_titles.or(other.link_titles),
            favicons: self.favicons.or(other.favicons),
            live_progress: self.live_progress.or(other.live_progress),
            notifications: self.notifications.or(other.notifications),
            stats: self.stats.or(other.stats),
            updates: self.updates.and(other.updates),
            kiosk: self.kiosk.or(other.kiosk),
        }
    }

    /// `settings`, with these values over it.
    fn over(&self, settings: Settings) -> Settings {
        Settings {
            theme: self.theme.unwrap_or(settings.theme),
            language: self.language.or(settings.language),
            scaling: self.scaling.unwrap_or(settings.scaling),
            keyboard: self.keyboard.unwrap_or(settings.keyboard),
            quality: self.quality.unwrap_or(settings.quality),
            stats: self.stats.unwrap_or(settings.stats),
            webrtc: self.webrtc.unwrap_or(settings.webrtc),
            link_titles: self.link_titles.unwrap_or(settings.link_titles),
            favicons: self.favicons.unwrap_or(settings.favicons),
            live_progress: self.live_progress.unwrap_or(settings.live_progress),
            notifications: self.notifications.unwrap_or(settings.notifications),
            ..settings
        }
    }
}

/// What is ruled on this machine.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    mandatory: Values,
    defaults: Values,
}

impl Policy {
    /// From values.
    #[must_use]
    pub fn new(mandatory: Values, defaults: Values) -> Self {
        Self { mandatory, defaults }
    }

    /// Reads the system's files. `extra` is a file of the person who starts the program: its
    /// values count where the system's are silent, so it cannot weaken them; it must belong to
    /// that person or to root, and nobody else may write it.
    ///
    /// # Errors
    /// [`PolicyError`]: the program must not start.
    pub fn load(extra: Option<&Path>) -> Result<Self, PolicyError> {
        let mut policy = Self::default();
        if let Some(folder) = system_folder() {
            policy = Self::read(&folder, 0, Path::new("/"))?;
        }
        if let Some(path) = extra {
            policy.mandatory = policy.mandatory.and(file::of_person(path)?);
        }
        Ok(policy)
    }

    /// Reads the two files of a folder. The folder, all folders above it up to `top` (which is
    /// not looked at itself, unless it is the root), and the files must belong to `owner`.
    ///
    /// # Errors
    /// [`PolicyError`].
    pub fn read(folder: &Path, owner: u32, top: &Path) -> Result<Self, PolicyError> {
        let mandatory = file::of_system(folder, POLICY_FILE, owner, top)?;
        let defaults = file::of_system(folder, DEFAULTS_FILE, owner, top)?;
        if defaults.kiosk.is_some() || defaults.updates != UpdateRules::default() {
            return Err(PolicyError::Content {
                path: folder.join(DEFAULTS_FILE).display().to_string(),
                why: "[kiosk] and [updates] belong into policy.toml".into(),
            });
        }
        Ok(Self { mandatory, defaults })
    }

    /// The mandatory values.
    #[must_use]
    pub fn mandatory(&self) -> &Values {
        &self.mandatory
    }

    /// What a person begins with.
    #[must_use]
    pub fn defaults(&self) -> &Values {
        &self.defaults
    }

    /// The settings of somebody who has chosen nothing yet.
    #[must_use]
    pub fn initial(&self) -> Settings {
        self.defaults.over(Settings::default())
    }

    /// A person's own settings, as they hold on this machine.
    #[must_use]
    pub fn apply(&self, own: Settings) -> Settings {
        self.mandatory.over(own)
    }

    /// What is to be kept of `shown`: what is fixed is not the person's choice, so their own
    /// value stays and holds again when the policy is gone.
    #[must_use]
    pub fn own(&self, shown: Settings, own: Settings) -> Settings {
        let has = self.fixed();
        let keep = |setting| has.has(setting);
        Settings {
            theme: if keep(Setting::Theme) { own.theme } else { shown.theme },
            language: if keep(Setting::Language) { own.language } else { shown.language },
            scaling: if keep(Setting::Scaling) { own.scaling } else { shown.scaling },
            keyboard: if keep(Setting::Keyboard) { own.keyboard } else { shown.keyboard },
            quality: if keep(Setting::Quality) { own.quality } else { shown.quality },
            stats: if keep(Setting::Stats) { own.stats } else { shown.stats },
            webrtc: if keep(Setting::WebRtc) { own.webrtc } else { shown.webrtc },
            link_titles: if keep(Setting::LinkTitles) {
                own.link_titles
            } else {
                shown.link_titles
            },
            favicons: if keep(Setting::Favicons) { own.favicons } else { shown.favicons },
            live_progress: if keep(Setting::LiveProgress) {
                own.live_progress
            } else {
                shown.live_progress
            },
            notifications: if keep(Setting::Notifications) {
                own.notifications
            } else {
                shown.notifications
            },
            ..shown
        }
    }

    /// Which settings are fixed.
    #[must_use]
    pub fn fixed(&self) -> Fixed {
        let v = &self.mandatory;
        [
            (Setting::Theme, v.theme.is_some()),
            (Setting::Language, v.language.is_some()),
            (Setting::Scaling, v.scaling.is_some()),
            (Setting::Keyboard, v.keyboard.is_some()),
            (Setting::Quality, v.quality.is_some()),
            (Setting::WebRtc, v.webrtc.is_some()),
            (Setting::ViewOnly, v.view_only.is_some()),
            (Setting::LinkTitles, v.link_titles.is_some()),
            (Setting::Favicons, v.favicons.is_some()),
            (Setting::LiveProgress, v.live_progress.is_some()),
            (Setting::Notifications, v.notifications.is_some()),
            (Setting::Stats, v.stats.is_some()),
        ]
        .into_iter()
        .filter_map(|(setting, fixed)| fixed.then_some(setting))
        .collect()
    }

    /// Whether a desktop that is opened is watched only, unless the person changes it.
    #[must_use]
    pub fn view_only(&self) -> bool {
        self.mandatory.view_only.or(self.defaults.view_only).unwrap_or(false)
    }
}

/// The setting that a command changes; `None` when it changes none that can be fixed.
#[must_use]
pub fn changes(command: &Command) -> Option<Setting> {
    Some(match command {
        Command::SetTheme(_) => Setting::Theme,
        Command::SetLanguage(_) => Setting::Language,
        Command::SetScaling(_) => Setting::Scaling,
        Command::SetKeyboard(_) => Setting::Keyboard,
        Command::SetQuality(_) => Setting::Quality,
        Command::SetWebRtcMode(_) => Setting::WebRtc,
        Command::SetViewOnly(_) => Setting::ViewOnly,
        Command::SetLinkTitles(_) => Setting::LinkTitles,
        Command::SetFavicons(_) => Setting::Favicons,
        Command::SetLiveProgress(_) => Setting::LiveProgress,
        Command::SetNotifications(_) => Setting::Notifications,
        Command::ShowStats(_) => Setting::Stats,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
