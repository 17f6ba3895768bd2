//! From a file, the clipboard or the desktop to an attachment of the open conversation.

use super::encode::{self, Encoded};
use super::open::{self, OpenError, Opener};
use super::{Engine, Held, MOST_BYTES, MOST_FILES, kind, preview};
use crate::model::{Attachment, Image, Problem};
use crate::say;
use crate::tr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the gateway takes when it does not say: one frame of it has 26,214,400 bytes, and what is
/// in a file grows by a third on its way.
const MAX_FILE: u64 = 19_464_192;
const MAX_PICTURE: u64 = 6_291_456;

/// How large files may be, in bytes.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// One file, and all of one message together.
    pub(super) file: u64,
    /// One picture.
    pub(super) picture: u64,
}

/// A file that was read.
struct Read {
    mime: &'static str,
    picture: bool,
    bytes: Arc<[u8]>,
    preview: Option<Arc<Image>>,
}

/// Looks at what is in a file. Blocks for as long as decoding takes.
fn look(name: &str, bytes: Vec<u8>, limits: Limits) -> Result<Read, Problem> {
    let picture = kind::picture(&bytes).is_some();
    let size = bytes.len() as u64;
    if picture && size > limits.picture {
        return Err(say::files::large_picture(name, size, limits.picture));
    }
    let preview = preview::preview(&bytes).map(Arc::new);
    Ok(Read { mime: kind::mime(name, &bytes), picture, bytes: bytes.into(), preview })
}

fn read(
    opener: &Result<Opener, OpenError>,
    path: &Path,
    name: &str,
    limits: Limits,
) -> Result<Read, Problem> {
    let opener = opener.as_ref().map_err(|error| say_open(name, error))?;
    let bytes = opener.read(path, limits.file).map_err(|error| say_open(name, &error))?;
    look(name, bytes, limits)
}

/// Why a file is not taken, in words.
pub(super) fn say_open(name: &str, error: &OpenError) -> Problem {
    match error {
        OpenError::Folder => say::files::folder(name),
        OpenError::NotRegular => say::files::no_file(name),
        OpenError::TooLarge { size, limit } => say::files::large(name, *size, *limit),
        OpenError::Refused(why) => {
            say::files::unreadable(name, &std::io::Error::other(why.clone()))
        }
        OpenError::Io(error) => say::files::unreadable(name, error),
    }
}

impl Engine {
    pub(super) fn limits(&self) -> Limits {
        let facts = self.model.gateway.facts.as_deref();
        let told = |told: Option<u64>, default| told.filter(|&n| n > 0).unwrap_or(default);
        Limits {
            file: told(facts.map(|facts| facts.max_attachment), MAX_FILE),
            picture: told(facts.map(|facts| facts.max_image), MAX_PICTURE),
        }
    }

    pub(super) fn pick_attachments(&mut self) {
        let Some(key) = self.open_chat_key().filter(|_| !self.files.choosing) else { return };
        self.files.choosing = true;
        let picked = self.doors.pick_files(self.acting, tr!("files-attach-title"));
        self.later(picked, move |engine, picked| {
            engine.files.choosing = false;
            match picked {
                Ok(paths) => engine.attach_to(&key, paths),
                Err(error) => engine.notice(say::files::platform(&error)),
            }
        });
    }

    /// Files that were dropped on the open conversation.
    pub(super) fn attach_files(&mut self, paths: Vec<PathBuf>) {
        if let Some(key) = self.open_chat_key() {
            self.attach_to(&key, paths);
        }
    }

    fn attach_to(&mut self, key: &str, paths: Vec<PathBuf>) {
        let limits = self.limits();
        for path in paths {
            let name = open::name_of(&path);
            let shown = name.clone();
            let opener = self.doors.opener(self.acting);
            if !self.add(key, name, move || Ok((read(&opener, &path, &shown, limits)?, None))) {
                return;
            }
        }
    }

    pub(super) fn attach_clipboard(&mut self) {
        let Some(key) = self.open_chat_key() else { return };
        let limits = self.limits();
        let asked = self.doors.clipboard_picture(self.acting);
        self.later(asked, move |engine, found| match found {
            Ok(Some(picture)) => {
                let make = move || encode::clipboard(&picture, limits.picture);
                engine.attach_made(&key, tr!("files-clipboard-name"), make);
            }
            Ok(None) => engine.notice(say::files::no_picture_in_clipboard()),
            Err(error) => engine.notice(say::files::platform(&error)),
        });
    }

    pub(super) fn attach_desktop(&mut self) {
        let Some(key) = self.open_chat_key() else { return };
        let Some((name, pictures)) = self.desktop_pictures() else {
            self.notice(say::files::no_desktop());
            return;
        };
        let limits = self.limits();
        self.later(async move { pictures.newest().await }, move |engine, planes| match planes {
            Some(planes) => {
                let make = move || encode::desktop(&planes, limits.picture);
                engine.attach_made(&key, &name, make);
            }
            None => engine.notice(say::files::no_picture(&name)),
        });
    }

    /// Attaches a picture that is made now: "build-box 14-03-22.png".
    fn attach_made(
        &mut self,
        key: &str,
        what: &str,
        make: impl FnOnce() -> Option<Encoded> + Send + 'static,
    ) {
        let limits = self.limits();
        let name = open::plain_name(&format!("{what} {}", jiff::Zoned::now().strftime("%H-%M-%S")));
        let beginning = name.clone();
        self.add(key, format!("{name}.png"), move || {
            let Encoded { bytes, extension } =
                make().ok_or_else(|| say::files::not_encoded(&beginning))?;
            let name = format!("{beginning}.{extension}");
            Ok((look(&name, bytes, limits)?, Some(name)))
        });
    }

    /// Shows an attachment that is being read by `work`, which may block. `false` when there are
    /// as many as there may be.
    fn add(
        &mut self,
        key: &str,
        name: String,
        work: impl FnOnce() -> Result<(Read, Option<String>), Problem> + Send + 'static,
    ) -> bool {
        if self.files.of(key).len() >= MOST_FILES {
            self.notice(say::files::many(MOST_FILES));
            return false;
        }
        self.files.last += 1;
        let id = self.files.last;
        let shown = Attachment {
            id,
            name: name.clone(),
            mime: kind::mime(&name, b"").to_owned(),
            bytes: 0,
            picture: false,
            preview: None,
            reading: true,
            problem: None,
        };
        self.files.of(key).push(Held { shown, bytes: None });
        let turn = Arc::clone(&self.files.turn);
        let read = async move {
            let permit = turn.acquire_owned().await;
            let read = tokio::task::spawn_blocking(move || {
                let _permit = permit;
                work()
            });
            // A decoder that panics takes its own thread with it, and nothing else.
            read.await.unwrap_or_else(|error| {
                tracing::error!(%error, "a file");
                Err(say::files::unreadable(&name, &std::io::Error::other(tr!("files-damaged"))))
            })
        };
        let key = key.to_owned();
        self.later(read, move |engine, read| engine.attachment_read(&key, id, read));
        true
    }

    fn attachment_read(
        &mut self,
        key: &str,
        id: u64,
        read: Result<(Read, Option<String>), Problem>,
    ) {
        let limit = self.limits().file;
        let everywhere = self.files.bytes();
        let Some(all) = self.files.held.get_mut(key) else { return };
        let others: u64 =
            all.iter().filter(|h| h.shown.problem.is_none()).map(|h| h.shown.bytes).sum();
        // Taken away meanwhile?
        let Some(held) = all.iter_mut().find(|held| held.shown.id == id) else { return };
        held.shown.reading = false;
        match read {
            Ok((read, name)) => {
                let size = read.bytes.len() as u64;
                if let Some(name) = name {
                    held.shown.name = name;
                }
                read.mime.clone_into(&mut held.shown.mime);
                held.shown.bytes = size;
                held.shown.picture = read.picture;
                held.shown.preview = read.preview;
                if others + size > limit {
                    held.shown.problem = Some(say::files::large_together(others + size, limit));
                } else if everywhere + size > MOST_BYTES {
                    held.shown.preview = None;
                    held.shown.problem = Some(say::files::much(MOST_BYTES));
                } else {
                    held.bytes = Some(read.bytes);
                }
            }
            Err(problem) => held.shown.problem = Some(problem),
        }
    }

    pub(super) fn remove_attachment(&mut self, id: u64) {
        for held in self.files.held.values_mut() {
            held.retain(|held| held.shown.id != id);
        }
    }
}
