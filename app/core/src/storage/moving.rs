//! Conversations that an earlier version kept in `~/.multiclaw/conversations` move to
//! `~/.openclaw/conversations`. Each file is in one of the two at every moment, or in both, so a
//! crash in between loses nothing; the next start goes on.

use super::drafts::Drafts;
use super::{MAX_LOG, Storage, StorageError};
use std::io;

/// Moves everything in the folder `name` of `root` into `to`, and removes the folder when it is
/// empty. Nothing is done when it is not there. Blocks.
///
/// # Errors
/// [`StorageError`]; what was moved until then stays moved.
pub fn adopt(root: &Storage, name: &str, to: &Storage) -> Result<(), StorageError> {
    let fault = |source| StorageError::Folder { path: name.to_owned(), source };
    let from = match root.dir.open_dir(name) {
        Ok(dir) => Storage { dir },
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(fault(error)),
    };
    let names = from.names()?;
    let mut left = false;
    for file in &names {
        // A file that cannot be moved must not keep the others, or the program, from going on.
        if let Err(error) = one(&from, to, file) {
            tracing::warn!(%error, "a conversation could not be moved");
            left = true;
        }
    }
    if !left && let Err(error) = root.dir.remove_dir(name) {
        tracing::warn!(%error, "the old folder stays");
    }
    tracing::info!(files = names.len(), "conversations were moved to the gateway's folder");
    Ok(())
}

fn one(from: &Storage, to: &Storage, file: &str) -> Result<(), StorageError> {
    let fault = |source| StorageError::File { name: file.to_owned(), source };
    if !from.dir.symlink_metadata(file).map_err(fault)?.is_file() {
        return Err(fault(io::Error::other("it is no file of ours")));
    }
    if !to.dir.try_exists(file).map_err(fault)? {
        match from.dir.rename(file, &to.dir, file) {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {}
            Err(error) => return Err(fault(error)),
        }
    }
    let gone = || StorageError::Damaged { name: file.to_owned(), why: "it is gone".into() };
    let old = from.read_up_to(file, MAX_LOG)?.ok_or_else(gone)?;
    let both = match to.read_up_to(file, MAX_LOG)? {
        Some(new) => join(file, &old, &new)?,
        None => Some(old),
    };
    if let Some(both) = both {
        to.write(file, &both)?;
    }
    from.remove(file)
}

/// What both files say; `None` when the new one says it all already.
fn join(file: &str, old: &[u8], new: &[u8]) -> Result<Option<Vec<u8>>, StorageError> {
    let damaged = |why: String| StorageError::Damaged { name: file.to_owned(), why };
    if file.ends_with(".jsonl") {
        // Records are only ever added, and a message that comes twice counts once.
        if new.starts_with(old) {
            return Ok(None);
        }
        let mut both = old.to_vec();
        if !both.ends_with(b"\n") {
            both.push(b'\n');
        }
        both.extend_from_slice(new);
        if both.len() as u64 > MAX_LOG {
            return Err(damaged("both together are too long".into()));
        }
        return Ok(Some(both));
    }
    if old == new {
        return Ok(None);
    }
    let parse = |bytes| serde_json::from_slice::<Drafts>(bytes);
    let why = |error: serde_json::Error| damaged(format!("line {}", error.line()));
    let mut both = parse(old).map_err(why)?;
    both.extend(parse(new).map_err(why)?);
    Ok(Some(serde_json::to_vec(&both).map_err(why)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::conversations::{self, Record};
    use crate::storage::drafts;
    use std::path::Path;

    fn both(base: &Path) -> (Storage, Storage) {
        let root = Storage::open(&base.join("old")).unwrap();
        let to = Storage::open_shared(&base.join("new")).unwrap().folder("conversations").unwrap();
        (root, to)
    }

    fn title(text: &str) -> [Record; 1] {
        [Record::Title(text.into())]
    }

    #[test]
    fn conversations_and_drafts_move_once() {
        let base = tempfile::tempdir().unwrap();
        let (root, to) = both(base.path());
        adopt(&root, "conversations", &to).unwrap();
        let from = root.folder("conversations").unwrap();
        conversations::append(&from, "a", &title("One")).unwrap();
        drafts::save(&from, drafts::WORKSPACE, &[("a".into(), "x".into())].into()).unwrap();
        adopt(&root, "conversations", &to).unwrap();
        assert_eq!(conversations::load(&to, "a").unwrap().unwrap().title, "One");
        assert_eq!(drafts::load(&to, drafts::WORKSPACE).len(), 1);
        assert!(!base.path().join("old/conversations").exists());
        adopt(&root, "conversations", &to).unwrap();
        assert_eq!(conversations::heads(&to).unwrap().len(), 1);
    }

    /// After each step that a crash could come after, the next start ends with all of it.
    #[test]
    fn a_crash_in_between_loses_nothing() {
        let text = |n: usize| format!("{{\"title\":\"T{n}\"}}\n");
        for moved in 0..4 {
            for copied in [false, true] {
                let base = tempfile::tempdir().unwrap();
                let (root, to) = both(base.path());
                root.folder("conversations").unwrap();
                let (old, new) =
                    (base.path().join("old/conversations"), base.path().join("new/conversations"));
                for n in 0..4 {
                    let name = format!("c{n}.jsonl");
                    if n < moved || (copied && n == moved) {
                        std::fs::write(new.join(&name), text(n)).unwrap();
                    }
                    if n >= moved {
                        std::fs::write(old.join(&name), text(n)).unwrap();
                    }
                }
                adopt(&root, "conversations", &to).unwrap();
                for n in 0..4 {
                    let file = new.join(format!("c{n}.jsonl"));
                    assert_eq!(std::fs::read_to_string(file).unwrap(), text(n));
                }
                assert!(!old.exists());
            }
        }
    }

    /// An older version was started again meanwhile and wrote in its own folder.
    #[test]
    fn what_was_written_in_both_folders_is_kept() {
        let base = tempfile::tempdir().unwrap();
        let (root, to) = both(base.path());
        let from = root.folder("conversations").unwrap();
        conversations::append(&from, "a", &title("Old")).unwrap();
        conversations::append(&from, "a", &[Record::Agent("agent".into())]).unwrap();
        conversations::append(&to, "a", &title("New")).unwrap();
        let draft = |key: &str, text: &str| (key.to_owned(), text.to_owned());
        let old = [draft("a", "old"), draft("b", "only old")].into();
        drafts::save(&from, drafts::WORKSPACE, &old).unwrap();
        drafts::save(&to, drafts::WORKSPACE, &[draft("a", "new")].into()).unwrap();
        adopt(&root, "conversations", &to).unwrap();
        let kept = conversations::load(&to, "a").unwrap().unwrap();
        assert_eq!((kept.title.as_str(), kept.agent.as_deref()), ("New", Some("agent")));
        let drafts = drafts::load(&to, drafts::WORKSPACE);
        assert_eq!((&*drafts["a"], &*drafts["b"]), ("new", "only old"));
    }

    #[test]
    fn what_cannot_be_moved_stays() {
        let base = tempfile::tempdir().unwrap();
        let (root, to) = both(base.path());
        let from = root.folder("conversations").unwrap();
        std::fs::create_dir(base.path().join("old/conversations/folder")).unwrap();
        conversations::append(&from, "a", &title("One")).unwrap();
        adopt(&root, "conversations", &to).unwrap();
        assert!(base.path().join("old/conversations/folder").exists());
        assert!(conversations::load(&to, "a").unwrap().is_some());
    }
}
