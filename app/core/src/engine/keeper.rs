//! The disk, off the engine's task: one thread that reads and writes, in the order it was asked.
//! Who asks shows the grant under which the engine acts; a file that is not in its row is refused.

use super::{Engine, Event, Events};
use crate::kiosk::attempts::Attempts;
use crate::model::{CrashLogFacts, Problem, Settings};
use crate::scope::{Grant, Guard, Touch};
use crate::storage::conversations::{self, Record};
use crate::storage::drafts::{self, Drafts};
use crate::storage::{
    self, Storage, StorageError, StoredDevice, StoredScreen, StoredSession, crash, moving, outbox,
    unlock,
};
use crate::sync::outbox::Entry;
use crate::tr;
use crate::{say, scope};
use gateway_client::identity::DeviceFile;
use parking_lot::Mutex;
use std::sync::Arc;
use tokio::sync::mpsc;

const SESSION: Touch = Touch::File(scope::SESSION_FILE);
const SETTINGS: Touch = Touch::File(scope::SETTINGS_FILE);
const DEVICE: Touch = Touch::File(scope::DEVICE_FILE);
const OUTBOX: Touch = Touch::File(scope::OUTBOX_FOLDER);
const CRASH: Touch = Touch::File(scope::CRASH_FILE);
const KIOSK: Touch = Touch::File(scope::KIOSK_FILE);
const KIOSK_NEW: Touch = Touch::File(scope::KIOSK_NEW_FILE);
const UNLOCK: Touch = Touch::File(scope::UNLOCK_FILE);
const CONVERSATIONS: Touch = Touch::OpenClaw(scope::CONVERSATIONS_FOLDER);

/// Jobs that may wait. A person cannot outrun this; what does not fit is reported.
const QUEUE: usize = 4096;

/// The folders.
pub(super) struct Folders {
    root: Storage,
    /// Conversations and drafts; below `~/.openclaw`.
    pub(super) conversations: Storage,
    outbox: Storage,
}

impl Folders {
    /// The program's own.
    pub(super) fn root(&self) -> &Storage {
        &self.root
    }
}

type Job = Box<dyn FnOnce(&Folders) -> Result<(), StorageError> + Send>;

/// The disk's thread.
pub(super) struct Keeper {
    guard: Guard,
    folders: Arc<Folders>,
    queue: mpsc::Sender<Job>,
    problem: Arc<Mutex<Option<Problem>>>,
    /// Drafts that are still to be written: only the newest ones are.
    drafts: Arc<Mutex<Option<Drafts>>>,
    /// The same of the gateway's conversations.
    chat_drafts: Arc<Mutex<Option<Drafts>>>,
}

impl Keeper {
    pub(super) fn new(root: Storage, shared: &Storage, guard: Guard) -> Result<Self, StorageError> {
        let conversations = shared.folder(scope::CONVERSATIONS_FOLDER)?;
        moving::adopt(&root, scope::CONVERSATIONS_FOLDER, &conversations)?;
        let folders =
            Arc::new(Folders { conversations, outbox: root.folder(scope::OUTBOX_FOLDER)?, root });
        let (queue, mut jobs) = mpsc::channel::<Job>(QUEUE);
        let problem = Arc::new(Mutex::new(None));
        let (held, reported) = (Arc::clone(&folders), Arc::clone(&problem));
        tokio::task::spawn_blocking(move || {
            while let Some(job) = jobs.blocking_recv() {
                if let Err(error) = job(&held) {
                    *reported.lock() = Some(say::storage(&error));
                }
            }
        });
        let (drafts, chat_drafts) = (Arc::default(), Arc::default());
        Ok(Self { guard, folders, queue, problem, drafts, chat_drafts })
    }

    /// For long readings that need not wait for the writes.
    pub(super) fn folders(&self, grant: Grant) -> Option<Arc<Folders>> {
        self.guard.check(grant, CONVERSATIONS).ok()?;
        Some(Arc::clone(&self.folders))
    }

    /// The stored sign-in, if there is one. Read once, at start.
    pub(super) fn session(&self, grant: Grant) -> Option<StoredSession> {
        self.guard.check(grant, SESSION).ok()?;
        match StoredSession::load(&self.folders.root) {
            Ok(session) => session,
            Err(error) => {
                *self.problem.lock() = Some(say::storage(&error));
                None
            }
        }
    }

    /// This machine as an unattended screen, if it is one. A small file, read at start and seldom
    /// after.
    pub(super) fn screen(&self, grant: Grant) -> Result<Option<StoredScreen>, StorageError> {
        match self.guard.check(grant, KIOSK) {
            Ok(()) => StoredScreen::load(&self.folders.root),
            Err(_) => Ok(None),
        }
    }

    /// For who makes this machine a screen.
    pub(super) fn enrolment(&self, grant: Grant) -> Option<Arc<Folders>> {
        self.guard.check(grant, KIOSK).ok()?;
        self.guard.check(grant, KIOSK_NEW).ok()?;
        Some(Arc::clone(&self.folders))
    }

    /// How often a wrong PIN was entered. Read once, at start. Who may not know counts as
    /// somebody who has tried too often.
    pub(super) fn attempts(&self, grant: Grant) -> Attempts {
        let now = super::kiosk::seconds_now();
        match self.guard.check(grant, UNLOCK) {
            Ok(()) => unlock::load(&self.folders.root, now),
            Err(_) => Attempts::unknown(now),
        }
    }

    pub(super) fn save_attempts(&self, grant: Grant, attempts: Attempts) {
        self.write(grant, UNLOCK, move |folders| unlock::save(&folders.root, attempts));
    }

    /// Writes the count, then checks the PIN; the answer comes back as an event.
    pub(super) fn check_pin(
        &self,
        grant: Grant,
        events: Events,
        attempts: Attempts,
        check: impl FnOnce() -> bool + Send + 'static,
    ) {
        self.read_of(grant, UNLOCK, events, move |folders| {
            if let Err(error) = unlock::save(&folders.root, attempts) {
                // The count in memory still holds.
                tracing::warn!(%error, "the count of wrong PINs cannot be kept");
            }
            let right = check();
            Event::Now(Box::new(move |engine| engine.unlocked(right)))
        });
    }

    /// What was not sent and what was begun, as it stands on disk. Read once, at start.
    pub(super) fn unsent(&self) -> (outbox::Unsent, Drafts) {
        let unsent = outbox::load(&self.folders.outbox).unwrap_or_else(|error| {
            // How it is numbered is not known; nothing in it may be written over.
            let last = jiff::Timestamp::now().as_second().unsigned_abs();
            outbox::Unsent { last, faults: vec![error], ..outbox::Unsent::default() }
        });
        if let Some(error) = unsent.faults.first() {
            *self.problem.lock() = Some(say::storage(error));
        }
        (unsent, drafts::load(&self.folders.conversations, drafts::WORKSPACE))
    }

    /// What was begun in the gateway's conversations. Read once, at start.
    pub(super) fn chat_drafts(&self) -> Drafts {
        drafts::load(&self.folders.conversations, drafts::GATEWAY)
    }

    pub(super) fn save_settings(&self, grant: Grant, settings: Settings) {
        self.write(grant, SETTINGS, move |folders| {
            storage::save_settings(&folders.root, &settings)
        });
    }

    pub(super) fn save_session(&self, grant: Grant, session: StoredSession) {
        self.write(grant, SESSION, move |folders| session.save(&folders.root));
    }

    pub(super) fn forget_session(&self, grant: Grant) {
        self.write(grant, SESSION, |folders| StoredSession::remove(&folders.root));
    }

    /// This device as the gateway knows it, made when it is new; comes back as an event.
    pub(super) fn load_device(
        &self,
        grant: Grant,
        events: Events,
        then: impl FnOnce(&mut Engine, StoredDevice) + Send + 'static,
    ) {
        self.read_of(grant, DEVICE, events, move |folders| {
            let file = StoredDevice::load(&folders.root);
            Event::Now(Box::new(move |engine| then(engine, file)))
        });
    }

    pub(super) fn save_device(&self, grant: Grant, device: DeviceFile) {
        self.write(grant, DEVICE, move |folders| storage::save_device(&folders.root, &device));
    }

    pub(super) fn save_drafts(&self, grant: Grant, drafts: Drafts) {
        self.save_newest(grant, &self.drafts, drafts::WORKSPACE, drafts);
    }

    pub(super) fn save_chat_drafts(&self, grant: Grant, drafts: Drafts) {
        self.save_newest(grant, &self.chat_drafts, drafts::GATEWAY, drafts);
    }

    /// However fast somebody types, one writing waits at most.
    fn save_newest(
        &self,
        grant: Grant,
        newest: &Arc<Mutex<Option<Drafts>>>,
        file: &'static str,
        drafts: Drafts,
    ) {
        if newest.lock().replace(drafts).is_some() {
            return;
        }
        let taken = Arc::clone(newest);
        let asked = self.write(grant, CONVERSATIONS, move |folders| {
            let drafts = taken.lock().take();
            drafts.map_or(Ok(()), |drafts| drafts::save(&folders.conversations, file, &drafts))
        });
        if !asked {
            // The next ones are asked for anew.
            *newest.lock() = None;
        }
    }

    pub(super) fn append(&self, grant: Grant, id: String, records: Vec<Record>) {
        self.write(grant, CONVERSATIONS, move |folders| {
            conversations::append(&folders.conversations, &id, &records)
        });
    }

    /// A job with the conversations of its own kind.
    pub(super) fn restore(
        &self,
        grant: Grant,
        job: impl FnOnce(&Storage) -> Result<(), StorageError> + Send + 'static,
    ) {
        self.write(grant, CONVERSATIONS, move |folders| job(&folders.conversations));
    }

    pub(super) fn remove_conversation(&self, grant: Grant, id: String) {
        self.write(grant, CONVERSATIONS, move |folders| {
            conversations::remove(&folders.conversations, &id)
        });
    }

    pub(super) fn save_entry(&self, grant: Grant, entry: Entry) {
        self.write(grant, OUTBOX, move |folders| outbox::save(&folders.outbox, &entry));
    }

    pub(super) fn remove_entry(&self, grant: Grant, number: u64) {
        self.write(grant, OUTBOX, move |folders| outbox::remove(&folders.outbox, number));
    }

    /// Reads conversations after everything that was asked for before; the result comes back as an
    /// event.
    pub(super) fn read(
        &self,
        grant: Grant,
        events: Events,
        job: impl FnOnce(&Folders) -> Event + Send + 'static,
    ) {
        self.read_of(grant, CONVERSATIONS, events, job);
    }

    fn read_of(
        &self,
        grant: Grant,
        what: Touch,
        events: Events,
        job: impl FnOnce(&Folders) -> Event + Send + 'static,
    ) {
        self.write(grant, what, move |folders| {
            if events.blocking_send(job(folders)).is_err() {
                tracing::debug!("the engine is gone");
            }
            Ok(())
        });
    }

    /// What is known of the crash log; comes back as an event. First it is deleted, if that is
    /// wanted.
    pub(super) fn crash_log(
        &self,
        grant: Grant,
        events: Events,
        delete: bool,
        then: impl FnOnce(&mut Engine, Option<CrashLogFacts>) + Send + 'static,
    ) {
        self.write(grant, CRASH, move |folders| {
            let deleted = if delete { crash::delete(&folders.root) } else { Ok(()) };
            let facts = crash::facts(&folders.root);
            let event = Event::Now(Box::new(move |engine: &mut Engine| then(engine, facts)));
            if events.blocking_send(event).is_err() {
                tracing::debug!("the engine is gone");
            }
            deleted
        });
    }

    /// Whether this may be done and there was room for the job.
    fn write(
        &self,
        grant: Grant,
        what: Touch,
        job: impl FnOnce(&Folders) -> Result<(), StorageError> + Send + 'static,
    ) -> bool {
        if self.guard.check(grant, what).is_err() {
            return false;
        }
        let asked = self.queue.try_send(Box::new(job)).is_ok();
        if !asked {
            *self.problem.lock() = Some(Problem {
                what: tr!("engine-disk-behind").into(),
                next: tr!("engine-disk-behind-next").into(),
            });
        }
        asked
    }

    /// A fault of a write, once.
    pub(super) fn take_problem(&self) -> Option<Problem> {
        self.problem.lock().take()
    }
}
