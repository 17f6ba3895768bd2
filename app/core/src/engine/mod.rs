//! Acts on commands and events, changes the model, and publishes it.
//!
//! One task owns everything here, so there is no lock on the state and no order to get wrong.
//! Slow work (requests, connections) runs in tasks of its own and comes back as an [`Event`].

mod account;
mod acts;
mod browser;
mod chat;
mod connections;
mod desktops;
mod dispatch;
mod doctor;
mod doors;
mod files;
mod gateway;
mod keeper;
mod kiosk;
mod making;
mod platform;
mod previews;
mod purposes;
mod safety;
mod screens;
mod talk;
mod unattended;
mod update;
mod viewing;
mod workspace;

pub use browser::Browser;
pub use files::open::{to_read, to_write};
pub use gateway::GatewayConfig;
pub use platform::{Asked, NoPlatform, Order, OrderKind, Pixels, Platform, PlatformError, Ran};
pub use unattended::ScreenConfig;
pub use update::{Found, Offered, Progress, SelfUpdate, UpdateAsked, Versions};
pub(crate) use viewing::{from_stream, ice_server, to_stream};

use crate::command::Command;
use crate::model::{Model, Problem, SandboxFacts, Settings, UpdateRules};
use crate::scope::{self, Grant, Guard, Standing};
use crate::secret::Password;
use crate::storage::{self, Storage, StorageError};
use crate::tr;
use account::Account;
use desktops::DesktopList;
use doors::Doors;
use keeper::Keeper;
use net::Door;
use parking_lot::RwLock;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use stream::pipeline::Screen;
use talk::Talk;
use tokio::sync::{Notify, mpsc};
use viewing::Viewing;

/// Commands that may wait. A person cannot outrun this; input beyond it is dropped.
const COMMANDS: usize = 1024;
/// Events of connections and requests that may wait; their senders wait when it is full.
const EVENTS: usize = 256;

/// How the program was started.
pub struct Config {
    /// Base URL of the cloud, for example `https://api.multiclaw.io`.
    pub cloud: String,
    /// The program's own folder, normally `~/.multiclaw`.
    pub data: PathBuf,
    /// The folder that is shared with the gateway, normally `~/.openclaw`. Only `conversations`
    /// below it is written.
    pub openclaw: PathBuf,
    /// Desktops may be on this machine: offer and try 127.0.0.1 (the demo, tests).
    pub loopback: bool,
    /// Use relays only.
    pub relay_only: bool,
    /// Program and version.
    pub agent: String,
    /// Sign in with these at once, instead of with what is stored.
    pub sign_in: Option<(String, Password)>,
    /// Open the desktop of this name as soon as it is online.
    pub open: Option<String>,
    /// Open the gateway's conversation of this session key as soon as it is connected.
    pub chat: Option<String>,
    /// Opens an address in the system's browser.
    pub browser: Browser,
    /// The OpenClaw gateway on this machine.
    pub gateway: GatewayConfig,
    /// What the administrator has ruled.
    pub policy: crate::policy::Policy,
    /// Run as an unattended screen.
    pub kiosk: Option<crate::kiosk::Kiosk>,
    /// The system's dialogs, clipboard and notifications.
    pub platform: Arc<dyn Platform>,
    /// What this process gave up when it started; shown.
    pub sandbox: SandboxFacts,
    /// What this machine can do.
    pub machine: crate::model::Machine,
    /// This machine is an unattended screen: it signs in with a key of its own, as nobody.
    pub screen: Option<ScreenConfig>,
    /// What only the program knows, for the check of everything.
    pub doctor: crate::doctor::Facts,
    /// Told the figures of each second of viewing, whether the overlay is on or not.
    pub stats_listener: Option<StatsListener>,
    /// Looks after new versions; `None`: nothing does, and nothing is asked (the demo, tests).
    pub updater: Option<SelfUpdate>,
    /// What an administrator rules about them.
    pub update_rules: UpdateRules,
}

/// Told the figures of a second.
pub type StatsListener = Box<dyn Fn(&crate::model::Stats) + Send>;

/// Makes the screen of a desktop that is opened.
pub type Screens = Box<dyn FnMut() -> Box<dyn Screen> + Send>;

/// The user interface's end.
#[derive(Clone)]
pub struct Core {
    commands: mpsc::Sender<Command>,
    model: Arc<RwLock<Arc<Model>>>,
    pulse: Arc<Pulse>,
}

/// The engine's loop, as seen from outside.
#[derive(Default)]
struct Pulse {
    turns: AtomicU64,
    asked: Notify,
}

impl Core {
    /// Starts the engine on the current tokio runtime. `wake` is called after the model changed
    /// and when a newer picture is on the screen.
    ///
    /// # Errors
    /// When the program's folder cannot be used.
    pub fn start(
        config: Config,
        door: Door,
        screens: Screens,
        wake: Arc<dyn Fn() + Send + Sync>,
    ) -> Result<Self, StorageError> {
        let (commands, queue) = mpsc::channel(COMMANDS);
        let (engine, events) = Engine::new(config, door, screens, wake)?;
        let (model, pulse) = (Arc::clone(&engine.published), Arc::clone(&engine.pulse));
        tokio::spawn(engine.run(queue, events));
        Ok(Self { commands, model, pulse })
    }

    /// Asks for something to be done. Never waits.
    pub fn send(&self, command: Command) {
        if let Err(error) = self.commands.try_send(command) {
            // A thousand waiting commands, or the engine is gone with the program.
            tracing::warn!(%error, "a command was dropped");
        }
    }

    /// Has the engine's loop go round once more, for who counts its [`Core::turns`].
    pub fn turn(&self) {
        self.pulse.asked.notify_one();
    }

    /// How often the engine's loop went round.
    #[must_use]
    pub fn turns(&self) -> u64 {
        self.pulse.turns.load(Ordering::Relaxed)
    }

    /// What is to be shown now.
    #[must_use]
    pub fn model(&self) -> Arc<Model> {
        Arc::clone(&self.model.read())
    }
}

/// What comes back from tasks. The number tells an event of a connection that is no longer
/// wanted from one of the current.
enum Event {
    SignedIn(u64, Result<cloud_client::wire::SignedIn, cloud_client::ApiError>),
    Unchecked(u64, cloud_client::BearerToken, cloud_client::ApiError),
    SignedOut,
    Desktops(u64, Result<Vec<cloud_client::wire::Desktop>, cloud_client::ApiError>),
    Cloud(u64, cloud_client::realtime::Event),
    Viewer(u64, stream::viewer::Event),
    Gateway(u64, gateway_client::Event),
    /// The answer to a request of a sign-in; dropped when that is over.
    Then(u64, workspace::Then),
    /// Something else is done: the disk was read.
    Now(workspace::Then),
}

/// The way back to the engine for what was begun under a grant: what comes is acted on under the
/// same one.
#[derive(Clone)]
struct Events {
    queue: mpsc::Sender<(Grant, Event)>,
    grant: Grant,
}

/// The engine is gone with the program, or has no room.
struct NotTaken;

impl Events {
    async fn send(&self, event: Event) -> Result<(), NotTaken> {
        self.queue.send((self.grant, event)).await.map_err(|_| NotTaken)
    }

    fn blocking_send(&self, event: Event) -> Result<(), NotTaken> {
        self.queue.blocking_send((self.grant, event)).map_err(|_| NotTaken)
    }

    fn try_send(&self, event: Event) -> Result<(), NotTaken> {
        self.queue.try_send((self.grant, event)).map_err(|_| NotTaken)
    }
}

struct Engine {
    /// Under which everything is done now: of the command, or of what goes on by itself.
    acting: Grant,
    doors: Doors,
    account: Account,
    screens_page: screens::ScreensPage,
    desktops: DesktopList,
    viewing: Option<Viewing>,
    workspace: workspace::Workspace,
    talk: Talk,
    files: files::Files,
    chat: chat::Chats,
    watched: making::Watched,
    previews: previews::Previews,
    connections: connections::Page,
    doctor: doctor::Doctor,
    gateway: gateway::Gateway,
    updates: update::Updates,
    kiosk: Option<kiosk::Kiosk>,
    pulse: Arc<Pulse>,
    saved: Settings,
    keeper: Keeper,
    screens: Screens,
    config: Config,
    model: Model,
    published: Arc<RwLock<Arc<Model>>>,
    wake: Arc<dyn Fn() + Send + Sync>,
    queue: mpsc::Sender<(Grant, Event)>,
    generation: u64,
}

impl Engine {
    fn new(
        mut config: Config,
        door: Door,
        screens: Screens,
        wake: Arc<dyn Fn() + Send + Sync>,
    ) -> Result<(Self, mpsc::Receiver<(Grant, Event)>), StorageError> {
        // Who stands before a screen has no business with a gateway of its machine's.
        config.gateway.enabled &= config.screen.is_none();
        let storage = Storage::open(&config.data)?;
        let shared = Storage::open_shared(&config.openclaw)?;
        let policy = &config.policy;
        let (settings, faults) = storage::load_settings_over(&storage, policy.initial());
        let (shown, fixed) = (policy.apply(settings), policy.fixed());
        crate::l10n::choose(shown.language);
        let low_power = shown.power.is_low(config.machine);
        let mut model = Model { settings: shown, fixed, low_power, ..Model::default() };
        if !faults.is_empty() {
            tracing::warn!(?faults, "settings");
            model.notice = Some(Problem {
                what: tr!("engine-settings-unread", faults = faults.join(tr!("engine-between"))),
                next: tr!("engine-settings-unread-next").into(),
            });
        }
        let guard = Guard::default();
        let keeper = Keeper::new(storage, &shared, guard.clone())?;
        let (unsent, drafts) = keeper.unsent();
        let files = files::Files::new(keeper.chat_drafts());
        let attempts = keeper.attempts(scope::standing(Standing::Start));
        let kiosk = config.kiosk.take().map(|rules| kiosk::Kiosk::new(rules, attempts));
        let (queue, event_queue) = mpsc::channel(EVENTS);
        let published = Arc::new(RwLock::new(Arc::new(model.clone())));
        // From here on only the doors have them.
        let platform = std::mem::replace(&mut config.platform, Arc::new(NoPlatform));
        let browser = std::mem::replace(&mut config.browser, Box::new(|_| false));
        let versions = config
            .updater
            .as_mut()
            .map(|updater| std::mem::replace(&mut updater.versions, Arc::new(update::Nothing)));
        let doors = Doors::new(guard, platform, browser, door, &config.cloud, versions);
        let engine = Self {
            acting: scope::standing(Standing::Start),
            doors,
            account: Account::new(&config.cloud),
            screens_page: screens::ScreensPage::default(),
            desktops: DesktopList::default(),
            viewing: None,
            saved: settings,
            watched: making::Watched::new(),
            previews: previews::Previews::default(),
            workspace: workspace::Workspace::default(),
            connections: connections::Page::default(),
            doctor: doctor::Doctor::default(),
            gateway: gateway::Gateway::default(),
            updates: update::Updates::default(),
            kiosk,
            pulse: Arc::default(),
            talk: Talk::new(unsent, drafts),
            files,
            chat: chat::Chats::default(),
            keeper,
            screens,
            config,
            model,
            published,
            wake,
            queue,
            generation: 0,
        };
        Ok((engine, event_queue))
    }

    async fn run(
        mut self,
        mut commands: mpsc::Receiver<Command>,
        mut events: mpsc::Receiver<(Grant, Event)>,
    ) {
        if self.config.screen.is_some() {
            self.screen_begin();
        } else {
            self.restore_from_outbox();
            self.read_conversations();
            self.begin();
        }
        self.gateway_begin();
        self.safety_begin();
        self.updates_begin();
        self.publish();
        let pulse = Arc::clone(&self.pulse);
        loop {
            pulse.turns.fetch_add(1, Ordering::Relaxed);
            let wake = self.deadline().map(tokio::time::Instant::from_std);
            tokio::select! {
                command = commands.recv() => match command {
                    Some(command) => self.command(command),
                    None => return,
                },
                Some(event) = events.recv() => self.taken(event),
                () = sleep_until(wake) => {
                    self.act_as(Standing::Clock);
                    self.tick();
                }
                () = pulse.asked.notified() => {}
            }
            self.publish();
        }
    }

    fn command(&mut self, command: Command) {
        if self.config.screen.is_some() && !scope::screen_takes(&command) {
            tracing::warn!("a command that an unattended screen does not take");
            return;
        }
        if self.is_refused(&command) {
            tracing::info!(?command, "the administrator does not allow it");
            return;
        }
        self.acting = scope::grant(&command);
        match command {
            Command::DismissNotice => self.next_notice(),
            Command::Forget(ticket) => {
                self.model.work.remove(&ticket);
            }
            Command::WatchConnections(on) => self.watch_connections(on),
            other => dispatch::command(self, other),
        }
        self.save_settings();
    }

    /// Writes the person's own settings, if something changed them.
    fn save_settings(&mut self) {
        let own = self.config.policy.own(self.model.settings, self.saved);
        if own != self.saved {
            self.saved = own;
            self.keeper.save_settings(self.acting, self.saved);
        }
    }

    /// Goes on as work of its own: what comes now is no act of the command that led here, and it
    /// may neither do more for it nor be kept from being done.
    fn act_as(&mut self, which: Standing) {
        self.acting = scope::standing(which);
    }

    /// Does a piece of work of its own in the middle of something else.
    fn under<T>(&mut self, which: Standing, work: impl FnOnce(&mut Self) -> T) -> T {
        let acting = std::mem::replace(&mut self.acting, scope::standing(which));
        let result = work(self);
        self.acting = acting;
        result
    }

    /// Something that was begun under a grant comes back.
    fn taken(&mut self, (grant, event): (Grant, Event)) {
        self.acting = grant;
        self.event(event);
        self.save_settings();
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::SignedIn(generation, result) => self.signed_in(generation, result),
            Event::Unchecked(generation, token, error) => {
                self.unchecked(generation, token, &error);
            }
            Event::SignedOut => {}
            Event::Desktops(generation, result) => self.desktops_loaded(generation, result),
            Event::Cloud(generation, event) => self.cloud_event(generation, event),
            Event::Viewer(generation, event) => self.viewer_event(generation, event),
            Event::Gateway(number, event) => self.gateway_event(number, event),
            Event::Then(session, then) if session == self.account.generation() => then(self),
            Event::Then(..) => tracing::debug!("an answer came after its session"),
            Event::Now(then) => then(self),
        }
    }

    /// Numbers a piece of work.
    fn next_generation(&mut self) -> u64 {
        self.generation += 1;
        self.generation
    }

    /// Runs a request; its result comes back as an event.
    fn spawn(
        &self,
        work: impl Future<Output = Event> + Send + 'static,
    ) -> tokio::task::JoinHandle<()> {
        Self::spawn_with(self.events(), work)
    }

    fn spawn_with(
        events: Events,
        work: impl Future<Output = Event> + Send + 'static,
    ) -> tokio::task::JoinHandle<()> {
        tokio::spawn(async move {
            if events.send(work.await).await.is_err() {
                tracing::debug!("the engine is gone");
            }
        })
    }

    /// The way back for what is begun now.
    fn events(&self) -> Events {
        Events { queue: self.queue.clone(), grant: self.acting }
    }

    /// The way back for a connection that speaks by itself.
    fn events_of(&self, which: Standing) -> Events {
        Events { queue: self.queue.clone(), grant: scope::standing(which) }
    }

    /// Requests to the cloud, if who acts now may make them.
    fn rest(&self) -> Option<cloud_client::rest::Rest> {
        self.doors.rest(self.acting)
    }

    fn deadline(&self) -> Option<Instant> {
        [
            self.account_deadline(),
            self.device_deadline(),
            self.screen_deadline(),
            self.screens_deadline(),
            self.viewing_deadline(),
            self.workspace_deadline(),
            self.connections_deadline(),
            self.chat_deadline(),
            self.gateway_deadline(),
            self.files_deadline(),
            self.updates_deadline(),
            self.kiosk_deadline(),
            self.talk.outbox.deadline().filter(|_| self.is_online()),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    fn tick(&mut self) {
        self.device_tick();
        self.act_as(Standing::Clock);
        self.account_tick();
        self.screen_tick();
        self.screens_tick();
        self.viewing_tick();
        self.workspace_tick();
        self.connections_tick();
        self.chat_tick();
        self.gateway_tick();
        self.files_tick();
        self.updates_tick();
        self.kiosk_tick();
        self.pump();
    }

    fn is_online(&self) -> bool {
        matches!(self.model.cloud, crate::model::CloudLink::Online)
    }

    fn publish(&mut self) {
        if let Some(problem) = self.keeper.take_problem() {
            self.notice(problem);
        }
        self.show_files();
        self.updates_viewing();
        self.show_kiosk();
        // Last: what the others tried is shown too.
        self.show_safety();
        if **self.published.read() != self.model {
            *self.published.write() = Arc::new(self.model.clone());
            (self.wake)();
        }
    }
}

async fn sleep_until(at: Option<tokio::time::Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// Whole seconds until `at`, rounded up, so that a countdown ends at 1 and not at 0.
fn seconds_until(at: Instant, now: Instant) -> u32 {
    let left = at.saturating_duration_since(now) + Duration::from_millis(999);
    u32::try_from(left.as_secs()).unwrap_or(u32::MAX)
}

/// When a countdown to `at` shows another number.
fn next_second(at: Instant, now: Instant) -> Instant {
    let left = at.saturating_duration_since(now);
    let part = Duration::from_nanos(u64::from(left.subsec_nanos()));
    now + if part.is_zero() { Duration::from_secs(1) } else { part + Duration::from_millis(1) }
}
