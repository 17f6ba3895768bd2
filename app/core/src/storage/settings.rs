//! `settings.json`: what the person chose.

use super::{Storage, StorageError};
use crate::model::Settings;
use crate::scope::SETTINGS_FILE;
use crate::tr;
use serde_json::Value;

/// Reads the settings. A missing file gives the defaults; a bad value gives its default and is
/// named, a file that is no JSON at all likewise. Never fatal.
#[must_use]
pub fn load(storage: &Storage) -> (Settings, Vec<String>) {
    load_over(storage, Settings::default())
}

/// The same, with other defaults: the administrator's.
#[must_use]
pub fn load_over(storage: &Storage, defaults: Settings) -> (Settings, Vec<String>) {
    match storage.read(SETTINGS_FILE) {
        Ok(None) => (defaults, Vec::new()),
        Ok(Some(bytes)) => parse(&bytes, defaults),
        Err(error) => (defaults, vec![error.to_string()]),
    }
}

fn parse(bytes: &[u8], defaults: Settings) -> (Settings, Vec<String>) {
    let Ok(Value::Object(members)) = serde_json::from_slice(bytes) else {
        return (defaults, vec![tr!("engine-settings-no-object").into()]);
    };
    let mut faults = Vec::new();
    let mut good = match serde_json::to_value(defaults) {
        Ok(Value::Object(members)) => members,
        _ => serde_json::Map::new(),
    };
    for (name, value) in members {
        let one = Value::Object([(name.clone(), value.clone())].into_iter().collect());
        match serde_json::from_value::<Settings>(one) {
            Ok(_) => {
                good.insert(name, value);
            }
            Err(_) => faults.push(tr!("engine-settings-unknown", name = name)),
        }
    }
    (serde_json::from_value(Value::Object(good)).unwrap_or(defaults), faults)
}

/// Writes the settings.
///
/// # Errors
/// [`StorageError`].
pub fn save(storage: &Storage, settings: &Settings) -> Result<(), StorageError> {
    let bytes = serde_json::to_vec_pretty(settings).map_err(|e| StorageError::Damaged {
        name: SETTINGS_FILE.to_owned(),
        why: e.to_string(),
    })?;
    storage.write(SETTINGS_FILE, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Scaling, Theme};

    #[test]
    fn the_stored_form_is_this() {
        let text = serde_json::to_string(&Settings::default()).unwrap();
        assert_eq!(
            text,
            r#"{"theme":"system","scaling":"fit","keyboard":"automatic","quality":"balanced","stats":false,"webrtc":"automatic","link_titles":true,"favicons":true,"live_progress":true,"local":false,"notifications":true,"scale":100,"power":"automatic","updates":true,"quiet_hours":null,"crash_log":true,"language":null}"#
        );
    }

    #[test]
    fn round_trips() {
        let base = tempfile::tempdir().unwrap();
        let storage = Storage::open(base.path()).unwrap();
        let settings = Settings { theme: Theme::Dark, stats: true, ..Settings::default() };
        save(&storage, &settings).unwrap();
        assert_eq!(load(&storage), (settings, vec![]));
    }

    #[test]
    fn a_bad_value_is_named_and_the_rest_is_kept() {
        let (settings, faults) = parse(
            br#"{"theme":"sepia","scaling":"one-to-one","from_tomorrow":1}"#,
            Settings::default(),
        );
        assert_eq!(settings.theme, Theme::System);
        assert_eq!(settings.scaling, Scaling::OneToOne);
        assert_eq!(faults, ["\"theme\" has a value that is not known"]);
    }

    #[test]
    fn garbage_gives_defaults() {
        let defaults = Settings::default();
        assert_eq!(parse(b"\xff\x00", defaults).0, defaults);
        assert_eq!(parse(b"[]", defaults).1.len(), 1);
    }

    #[test]
    fn what_the_file_is_silent_about_is_the_administrators_default() {
        let defaults = Settings { theme: Theme::Dark, stats: true, ..Settings::default() };
        let (settings, faults) = parse(br#"{"stats":false}"#, defaults);
        assert_eq!((settings.theme, settings.stats, faults.len()), (Theme::Dark, false, 0));
    }
}
