//! The doors to the system: dialogs, clipboard, notifications, the browser, programs, picked
//! files, and the network. Who wants through shows the [`Grant`] under which the engine acts, and
//! what is not in its row is refused. The fields are private, so there is no other way.

use super::browser::Browser;
use super::files::open::{OpenError, Opener};
use super::platform::{Asked, Order, Pixels, Platform, PlatformError, Ran};
use super::update::{Guarded, Versions};
use crate::scope::{Grant, Guard, Refused, Touch};
use cloud_client::rest::Rest;
use gateway_client::discovery::{Environment, Version};
use net::{Door, Purpose};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What starts and stops the gateway, as the table calls it.
const OPENCLAW: Touch = Touch::Program("openclaw");
/// What only asks it for its version.
const VERSION: Touch = Touch::Program("openclaw --version");

/// All of them.
pub(super) struct Doors {
    guard: Guard,
    platform: Arc<dyn Platform>,
    browser: Browser,
    door: Door,
    cloud: String,
    versions: Option<Arc<dyn Versions>>,
}

fn refused<T: Send + 'static>(refused: Refused) -> Asked<T> {
    Box::pin(async move { Err(PlatformError::Refused(refused.sentence())) })
}

impl Doors {
    pub(super) fn new(
        guard: Guard,
        platform: Arc<dyn Platform>,
        browser: Browser,
        door: Door,
        cloud: &str,
        versions: Option<Arc<dyn Versions>>,
    ) -> Self {
        Self { guard, platform, browser, door, cloud: cloud.to_owned(), versions }
    }

    /// Lets the person choose files to read.
    pub(super) fn pick_files(&self, grant: Grant, title: &str) -> Asked<Vec<PathBuf>> {
        match self.guard.check(grant, Touch::Picked) {
            Ok(()) => self.platform.pick_files(title),
            Err(no) => refused(no),
        }
    }

    /// Lets the person choose a file to write.
    pub(super) fn pick_save(
        &self,
        grant: Grant,
        title: &str,
        suggested: &str,
    ) -> Asked<Option<PathBuf>> {
        match self.guard.check(grant, Touch::Picked) {
            Ok(()) => self.platform.pick_save(title, suggested),
            Err(no) => refused(no),
        }
    }

    /// What opens picked files, for the task that reads or writes them.
    pub(super) fn opener(&self, grant: Grant) -> Result<Opener, OpenError> {
        self.guard.check(grant, Touch::Picked).map_err(|no| OpenError::Refused(no.to_string()))?;
        Ok(Opener::new(Arc::clone(&self.platform)))
    }

    pub(super) fn clipboard_picture(&self, grant: Grant) -> Asked<Option<Pixels>> {
        match self.guard.check(grant, Touch::Clipboard) {
            Ok(()) => self.platform.clipboard_picture(),
            Err(no) => refused(no),
        }
    }

    pub(super) fn notify(&self, grant: Grant, title: &str, text: &str) -> Asked<()> {
        match self.guard.check(grant, Touch::Notification) {
            Ok(()) => self.platform.notify(title, text),
            Err(no) => refused(no),
        }
    }

    /// Keeps the screen awake, or lets it sleep again.
    pub(super) fn keep_awake(&self, grant: Grant, on: bool) -> Asked<()> {
        match self.guard.check(grant, Touch::Awake) {
            Ok(()) => self.platform.keep_awake(on),
            Err(no) => refused(no),
        }
    }

    /// The system's services for who looks whether they are there, and for nothing else.
    pub(super) fn services(&self, grant: Grant) -> Arc<dyn Platform> {
        let (guard, platform) = (self.guard.clone(), Arc::clone(&self.platform));
        Arc::new(Services { guard, grant, platform })
    }

    /// What changes versions, for who may; `None` where nothing does.
    pub(super) fn versions(&self, grant: Grant) -> Option<Arc<dyn Versions>> {
        let (guard, versions) = (self.guard.clone(), Arc::clone(self.versions.as_ref()?));
        Some(Arc::new(Guarded { guard, grant, versions }))
    }

    /// Opens an address that was checked; `false` when there is no browser.
    pub(super) fn browse(&self, grant: Grant, address: &str) -> bool {
        self.guard.check(grant, Touch::Browser).is_ok() && (self.browser)(address)
    }

    /// Asks the program for its version.
    pub(super) fn version(
        &self,
        grant: Grant,
        program: &Path,
        environment: &Environment,
    ) -> Ran<Version> {
        match self.guard.check(grant, VERSION) {
            Ok(()) => self.platform.openclaw_version(program, environment),
            Err(no) => not_run(&no),
        }
    }

    /// Has the program start, stop or restart the gateway.
    pub(super) fn run(&self, grant: Grant, order: Order) -> Ran<()> {
        match self.guard.check(grant, OPENCLAW) {
            Ok(()) => self.platform.openclaw(order),
            Err(no) => not_run(&no),
        }
    }

    /// Whether the gateway's own files and its connection may be touched.
    pub(super) fn allows(&self, grant: Grant, touch: Touch) -> bool {
        self.guard.check(grant, touch).is_ok()
    }

    /// The network, for the purposes of this grant and no other. A connection that it opens is
    /// used until it is closed.
    pub(super) fn net(&self, grant: Grant) -> Door {
        let may = |purpose: &Purpose| grant.allows(Touch::Network(*purpose), "");
        self.door.only(Purpose::ALL.into_iter().filter(may))
    }

    /// The network for titles and icons of links, and for nothing else.
    pub(super) fn net_of_links(&self) -> Door {
        self.door.only([Purpose::LinkTitle, Purpose::Favicon])
    }

    /// Requests to the cloud, and through it the connections that this grant has.
    pub(super) fn rest(&self, grant: Grant) -> Option<Rest> {
        self.guard.check(grant, Touch::Network(Purpose::CloudApi)).ok()?;
        Some(Rest::new(self.net(grant), &self.cloud))
    }

    /// Whether an address is a page of the cloud's own host. Connects to nothing.
    pub(super) fn is_own_page(&self, address: &str) -> bool {
        Rest::new(self.door.only([]), &self.cloud).is_own_page(address)
    }

    /// To show the policy and the log; it connects to nothing.
    pub(super) fn closed(&self) -> Door {
        self.door.only([])
    }

    /// What was refused so far.
    pub(super) fn refused(&self) -> Vec<Refused> {
        self.guard.refused()
    }
}

fn not_run<T: Send + 'static>(refused: &Refused) -> Ran<T> {
    tracing::error!(%refused, "openclaw was not run");
    let kind = std::io::ErrorKind::PermissionDenied;
    Box::pin(async move { Err(gateway_client::program::ProgramError::Spawn(kind)) })
}

/// What the check of everything sees of the system: whether its services are there.
struct Services {
    guard: Guard,
    grant: Grant,
    platform: Arc<dyn Platform>,
}

impl Services {
    fn no<T: Send + 'static>(&self, touch: Touch) -> Asked<T> {
        match self.guard.check(self.grant, touch) {
            Ok(()) => Box::pin(async { Err(PlatformError::Refused("it only looks".into())) }),
            Err(no) => refused(no),
        }
    }
}

impl Platform for Services {
    fn pick_files(&self, _: &str) -> Asked<Vec<PathBuf>> {
        self.no(Touch::Picked)
    }

    fn pick_save(&self, _: &str, _: &str) -> Asked<Option<PathBuf>> {
        self.no(Touch::Picked)
    }

    fn clipboard_picture(&self) -> Asked<Option<Pixels>> {
        self.no(Touch::Clipboard)
    }

    fn notify(&self, _: &str, _: &str) -> Asked<()> {
        self.no(Touch::Notification)
    }

    fn openclaw_version(&self, program: &Path, environment: &Environment) -> Ran<Version> {
        match self.guard.check(self.grant, VERSION) {
            Ok(()) => self.platform.openclaw_version(program, environment),
            Err(no) => not_run(&no),
        }
    }

    fn openclaw(&self, _: Order) -> Ran<()> {
        not_run(&Refused { who: self.grant.name(), what: OPENCLAW.words().to_owned() })
    }

    fn open_picked(&self, _: &Path) -> std::io::Result<std::fs::File> {
        Err(std::io::ErrorKind::PermissionDenied.into())
    }

    fn create_picked(&self, _: &Path) -> std::io::Result<std::fs::File> {
        Err(std::io::ErrorKind::PermissionDenied.into())
    }

    fn has_dialogs(&self) -> Asked<Option<()>> {
        match self.guard.check(self.grant, Touch::Services) {
            Ok(()) => self.platform.has_dialogs(),
            Err(no) => refused(no),
        }
    }

    fn has_notifications(&self) -> Asked<Option<()>> {
        match self.guard.check(self.grant, Touch::Services) {
            Ok(()) => self.platform.has_notifications(),
            Err(no) => refused(no),
        }
    }
}
