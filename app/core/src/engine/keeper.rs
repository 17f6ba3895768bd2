//! Writes to the disk, one after the other, off the engine's task.

use crate::model::{Problem, Settings};
use crate::storage::{self, Storage, StorageError, StoredSession};
use parking_lot::Mutex;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Writes that may wait; a newer one of a kind replaces nothing, there are only a few a minute.
const QUEUE: usize = 64;

enum Write {
    Settings(Settings),
    Session(StoredSession),
    ForgetSession,
}

/// The writer.
pub(super) struct Keeper {
    storage: Arc<Storage>,
    queue: mpsc::Sender<Write>,
    problem: Arc<Mutex<Option<Problem>>>,
}

impl Keeper {
    pub(super) fn new(storage: Storage) -> Self {
        let storage = Arc::new(storage);
        let (queue, mut writes) = mpsc::channel(QUEUE);
        let problem = Arc::new(Mutex::new(None));
        let (held, reported) = (Arc::clone(&storage), Arc::clone(&problem));
        tokio::task::spawn_blocking(move || {
            while let Some(write) = writes.blocking_recv() {
                if let Err(error) = perform(&held, write) {
                    *reported.lock() = Some(say(&error));
                }
            }
        });
        Self { storage, queue, problem }
    }

    /// The stored sign-in, if there is one. Read once, at start.
    pub(super) fn session(&self) -> Option<StoredSession> {
        match StoredSession::load(&self.storage) {
            Ok(session) => session,
            Err(error) => {
                *self.problem.lock() = Some(say(&error));
                None
            }
        }
    }

    pub(super) fn save_settings(&self, settings: Settings) {
        self.write(Write::Settings(settings));
    }

    pub(super) fn save_session(&self, session: StoredSession) {
        self.write(Write::Session(session));
    }

    pub(super) fn forget_session(&self) {
        self.write(Write::ForgetSession);
    }

    fn write(&self, write: Write) {
        if self.queue.try_send(write).is_err() {
            *self.problem.lock() = Some(Problem {
                what: "Your choices could not be saved: the disk does not keep up.".into(),
                next: "They hold until the program ends.".into(),
            });
        }
    }

    /// A fault of a write, once.
    pub(super) fn take_problem(&self) -> Option<Problem> {
        self.problem.lock().take()
    }
}

fn perform(storage: &Storage, write: Write) -> Result<(), StorageError> {
    match write {
        Write::Settings(settings) => storage::save_settings(storage, &settings),
        Write::Session(session) => session.save(storage),
        Write::ForgetSession => StoredSession::remove(storage),
    }
}

fn say(error: &StorageError) -> Problem {
    tracing::warn!(%error, "storage");
    let mut what = error.to_string();
    if let Some(first) = what.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Problem {
        what: format!("{what}."),
        next: "Check that there is room on the disk and that the folder is yours.".into(),
    }
}
