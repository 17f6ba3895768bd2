//! The words of the program, in the person's language.
//!
//! Each sentence has an id, and `assets/translations/<language>/<area>.ftl` says it (Project
//! Fluent). English has every sentence; what another language has not is shown in English. [`tr!`]
//! is the way to a sentence:
//!
//! ```
//! use multiclaw_core::tr;
//!
//! assert_eq!(tr!("sign-in-title"), "Sign in to MultiClaw");
//! assert_eq!(tr!("desktops-count", count = 2), "2 desktops");
//! ```

mod catalogue;
mod files;
#[cfg(test)]
mod tests;

pub use fluent_bundle::FluentValue as Value;

use std::cell::Cell;
use std::sync::atomic::{AtomicU8, Ordering};

/// The sentence of an id, in the language in force: a `&'static str`; with values a `String`. A
/// value is a number (which chooses a plural form), a `&str` or a `String`.
#[macro_export]
macro_rules! tr {
    ($id:literal) => {
        $crate::l10n::text($id)
    };
    ($id:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::l10n::sentence(
            $id,
            [$((stringify!($name), $crate::l10n::Value::from($value))),+],
        )
    };
}

/// What the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// The one that has everything.
    #[default]
    English,
    /// Written from right to left.
    Hebrew,
    /// Mandarin in simplified characters.
    Chinese,
}

impl Language {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::English, Self::Hebrew, Self::Chinese];

    /// Its own name for itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Hebrew => "עברית",
            Self::Chinese => "简体中文",
        }
    }

    /// Its BCP 47 tag, which is the name of its folder too.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Hebrew => "he",
            Self::Chinese => "zh-Hans",
        }
    }

    /// The language of a locale as systems name it: `he_IL.UTF-8`, `zh-Hans-CN`. English for any
    /// that is not here. Traditional characters are not here.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        let locale = locale.split(['.', '@']).next().unwrap_or_default().to_ascii_lowercase();
        let mut parts = locale.split(['-', '_']);
        match parts.next() {
            Some("he" | "iw") => Self::Hebrew,
            Some("zh") if !parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo")) => {
                Self::Chinese
            }
            _ => Self::English,
        }
    }
}

/// Of the computer, and of the person: one more than the place in [`Language::ALL`]; 0: not set.
static SYSTEM: AtomicU8 = AtomicU8::new(0);
static CHOSEN: AtomicU8 = AtomicU8::new(0);

thread_local! {
    /// Of [`speaking`].
    static HERE: Cell<Option<Language>> = const { Cell::new(None) };
}

fn number(language: Option<Language>) -> u8 {
    match language {
        None => 0,
        Some(Language::English) => 1,
        Some(Language::Hebrew) => 2,
        Some(Language::Chinese) => 3,
    }
}

fn language(number: u8) -> Option<Language> {
    Language::ALL.into_iter().find(|language| self::number(Some(*language)) == number)
}

/// Says once, at the start, what the computer speaks: a locale.
pub fn set_system(locale: &str) {
    SYSTEM.store(number(Some(Language::of_locale(locale))), Ordering::Relaxed);
}

/// Speaks another language from now on; `None`: the computer's. Sentences that were already made
/// stay.
pub fn choose(language: Option<Language>) {
    CHOSEN.store(number(language), Ordering::Relaxed);
}

/// The language in force.
#[must_use]
pub fn current() -> Language {
    HERE.get()
        .or_else(|| language(CHOSEN.load(Ordering::Relaxed)))
        .or_else(|| language(SYSTEM.load(Ordering::Relaxed)))
        .unwrap_or_default()
}

/// Runs `work` in a language, on this thread only.
pub fn speaking<T>(language: Language, work: impl FnOnce() -> T) -> T {
    struct Back(Option<Language>);
    impl Drop for Back {
        fn drop(&mut self) {
            HERE.set(self.0);
        }
    }
    let _back = Back(HERE.replace(Some(language)));
    work()
}

/// See [`tr!`]. An id that no language has is its own sentence; a test holds that there is none.
#[must_use]
pub fn text(id: &'static str) -> &'static str {
    let language = current();
    catalogue::of(language)
        .text(id)
        .or_else(|| catalogue::of(Language::English).text(id))
        .unwrap_or(id)
}

/// See [`tr!`].
#[must_use]
pub fn sentence<'a, const N: usize>(
    id: &'static str,
    values: [(&'static str, Value<'a>); N],
) -> String {
    let values = values.into_iter().collect();
    catalogue::of(current())
        .sentence(id, &values)
        .or_else(|| catalogue::of(Language::English).sentence(id, &values))
        .unwrap_or_else(|| id.to_owned())
}
