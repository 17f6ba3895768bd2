//! `drafts.json` and `chat-drafts.json`: what was begun in conversations and not sent.

use super::{Storage, StorageError};
use std::collections::BTreeMap;

/// The file of the workspace's conversations, beside them.
pub const WORKSPACE: &str = "drafts.json";
/// The file of the gateway's conversations. Their keys stand in it, and in no file name.
pub const GATEWAY: &str = "chat-drafts.json";
/// Longest file, in bytes: three hundred long drafts.
const LONGEST: u64 = 4 * 1024 * 1024;

/// Drafts by conversation.
pub type Drafts = BTreeMap<String, String>;

/// Reads them. A damaged file counts as none: a draft is no reason not to start.
#[must_use]
pub fn load(folder: &Storage, file: &str) -> Drafts {
    match folder.read_up_to(file, LONGEST) {
        Ok(Some(bytes)) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
            tracing::warn!(line = error.line(), "the drafts do not parse");
            Drafts::new()
        }),
        Ok(None) => Drafts::new(),
        Err(error) => {
            tracing::warn!(%error, "the drafts cannot be read");
            Drafts::new()
        }
    }
}

/// Writes them.
///
/// # Errors
/// [`StorageError`].
pub fn save(folder: &Storage, file: &str, drafts: &Drafts) -> Result<(), StorageError> {
    let damaged = |why: String| StorageError::Damaged { name: file.to_owned(), why };
    let json = |drafts: &Drafts| serde_json::to_vec(drafts).map_err(|e| damaged(e.to_string()));
    let mut bytes = json(drafts)?;
    if bytes.len() as u64 <= LONGEST {
        return folder.write(file, &bytes);
    }
    // A file that could not be read back would lose all of them: the longest ones stay behind.
    let mut fit = drafts.clone();
    while bytes.len() as u64 > LONGEST
        && let Some(longest) = fit.iter().max_by_key(|(_, text)| text.len())
    {
        let longest = longest.0.clone();
        fit.remove(&longest);
        bytes = json(&fit)?;
    }
    folder.write(file, &bytes)?;
    Err(damaged("the longest draft does not fit and is kept only while MultiClaw runs".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_come_back_and_garbage_is_none() {
        let base = tempfile::tempdir().unwrap();
        let folder = Storage::open(base.path()).unwrap();
        let drafts = Drafts::from([("c".into(), "Dear \"all\"\n".into())]);
        save(&folder, GATEWAY, &drafts).unwrap();
        assert_eq!(load(&folder, GATEWAY), drafts);
        // One that is too long does not take the others with it.
        let mut long = drafts.clone();
        long.insert("long".into(), "\u{1}".repeat(3 * 1024 * 1024));
        assert!(save(&folder, GATEWAY, &long).is_err());
        assert_eq!(load(&folder, GATEWAY), drafts);
        assert_eq!(load(&folder, WORKSPACE), Drafts::new(), "a file of its own");
        std::fs::write(base.path().join(GATEWAY), b"[1").unwrap();
        assert_eq!(load(&folder, GATEWAY), Drafts::new());
    }
}
