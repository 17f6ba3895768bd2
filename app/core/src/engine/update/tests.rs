//! When what is done, with versions that are put in by hand.

use super::*;
use crate::engine::{Asked, Config, GatewayConfig, Pixels, Platform, PlatformError};
use crate::model::{Model, QuietHours, Step, UpdateRules, Viewer, ViewerState};
use parking_lot::Mutex;
use semver::Version;
use std::collections::BTreeMap;
use std::path::PathBuf;
use tempfile::TempDir;
use tokio::sync::{mpsc, oneshot};
use update::{LastResult, Place, Reason, Staged, Status};

type Answer<T> = oneshot::Sender<Result<T, UpdateError>>;

/// Versions that a test answers for.
struct Fake {
    place: Mutex<Option<Place>>,
    status: Mutex<Status>,
    checks: Mutex<Vec<Answer<Found>>>,
    downloads: Mutex<Vec<(Progress, Answer<Staged>)>>,
    files: Mutex<Vec<(Vec<u8>, Answer<Staged>)>>,
    forgotten: Mutex<Vec<Version>>,
    back: Mutex<u32>,
    picked: Mutex<Vec<PathBuf>>,
}

impl Fake {
    fn new() -> Self {
        let status = Status {
            floor_version: version("1.4.0"),
            floor_seq: 0,
            last_ok_check: None,
            failed: BTreeMap::new(),
            staged: None,
            previous: None,
            going_back: false,
            last: None,
            damaged: false,
        };
        Self {
            place: Mutex::default(),
            status: Mutex::new(status),
            checks: Mutex::default(),
            downloads: Mutex::default(),
            files: Mutex::default(),
            forgotten: Mutex::default(),
            back: Mutex::default(),
            picked: Mutex::default(),
        }
    }
}

fn later<T: Send + 'static>(answer: oneshot::Receiver<Result<T, UpdateError>>) -> UpdateAsked<T> {
    Box::pin(async move { answer.await.unwrap_or(Err(UpdateError::Ending)) })
}

impl Versions for Fake {
    fn look(&self) -> UpdateAsked<(Place, Status)> {
        let place = self.place.lock().clone().unwrap_or(Place::Ours);
        let found = (place, self.status.lock().clone());
        Box::pin(async move { Ok(found) })
    }

    fn check(&self) -> UpdateAsked<Found> {
        let (send, answer) = oneshot::channel();
        self.checks.lock().push(send);
        later(answer)
    }

    fn download(&self, progress: Progress) -> UpdateAsked<Staged> {
        let (send, answer) = oneshot::channel();
        self.downloads.lock().push((progress, send));
        later(answer)
    }

    fn install_file(&self, _: std::fs::File, signature: Vec<u8>) -> UpdateAsked<Staged> {
        let (send, answer) = oneshot::channel();
        self.files.lock().push((signature, send));
        later(answer)
    }

    fn roll_back(&self) -> UpdateAsked<()> {
        *self.back.lock() += 1;
        self.status.lock().going_back = true;
        Box::pin(async { Ok(()) })
    }

    fn stay(&self) -> UpdateAsked<()> {
        self.status.lock().going_back = false;
        Box::pin(async { Ok(()) })
    }

    fn forget_failed(&self, version: Version) -> UpdateAsked<()> {
        self.forgotten.lock().push(version);
        Box::pin(async { Ok(()) })
    }
}

struct Dialogs(Arc<Fake>);

impl Platform for Dialogs {
    fn pick_files(&self, _: &str) -> Asked<Vec<PathBuf>> {
        let picked = self.0.picked.lock().clone();
        Box::pin(async move { Ok(picked) })
    }

    fn pick_save(&self, _: &str, _: &str) -> Asked<Option<PathBuf>> {
        Box::pin(async { Ok(None) })
    }

    fn clipboard_picture(&self) -> Asked<Option<Pixels>> {
        Box::pin(async { Ok(None) })
    }

    fn notify(&self, _: &str, _: &str) -> Asked<()> {
        Box::pin(async { Err(PlatformError::Notification("none".into())) })
    }
}

struct Bench {
    engine: Engine,
    events: mpsc::Receiver<(crate::scope::Grant, Event)>,
    fake: Arc<Fake>,
    _folder: TempDir,
}

fn version(text: &str) -> Version {
    Version::parse(text).unwrap()
}

fn offer(text: &str) -> Offered {
    Offered {
        version: version(text),
        notes: "Faster.".into(),
        date: "2026-03-31T00:00:00Z".into(),
        size: 1000,
    }
}

impl Bench {
    async fn new(rules: UpdateRules, set_up: impl FnOnce(&Fake)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fake = Arc::new(Fake::new());
        set_up(&fake);
        let config = Config {
            cloud: "https://localhost:1".into(),
            data: folder.path().join("data"),
            openclaw: folder.path().join("openclaw"),
            loopback: false,
            relay_only: false,
            agent: "test".into(),
            sign_in: None,
            open: None,
            chat: None,
            browser: Box::new(|_| true),
            gateway: GatewayConfig::default(),
            platform: Arc::new(Dialogs(Arc::clone(&fake))),
            sandbox: crate::model::SandboxFacts::none("it was not asked for"),
            policy: crate::policy::Policy::default(),
            kiosk: None,
            machine: crate::model::Machine::default(),
            screen: None,
            doctor: crate::doctor::Facts::default(),
            stats_listener: None,
            updater: Some(SelfUpdate {
                versions: Arc::clone(&fake) as Arc<dyn Versions>,
                version: version("1.4.0"),
                target: "linux-x86_64".into(),
                keys: Vec::new(),
                notes: Vec::new(),
            }),
            update_rules: rules,
        };
        let door = net::Door::new(net::Policy::default(), net::Trust::System).unwrap();
        let screens = Box::new(|| -> Box<dyn stream::pipeline::Screen> { unreachable!() });
        let (engine, events) = Engine::new(config, door, screens, Arc::new(|| {})).unwrap();
        let mut bench = Self { engine, events, fake, _folder: folder };
        bench.engine.updates_begin();
        bench.settle().await;
        bench
    }

    async fn plain() -> Self {
        Self::new(UpdateRules::default(), |_| {}).await
    }

    /// Acts on all that is there to act on.
    async fn settle(&mut self) {
        for _ in 0..50 {
            tokio::task::yield_now().await;
            while let Ok(event) = self.events.try_recv() {
                self.engine.taken(event);
                self.engine.publish();
            }
        }
        assert_eq!(self.engine.doors.refused(), [], "each step has leave for what it does");
    }

    /// Waits for what a thread has to do first.
    async fn until(&mut self, want: impl Fn(&UpdateState) -> bool) {
        while !want(self.state()) {
            let event = self.events.recv().await.unwrap();
            self.engine.taken(event);
            self.settle().await;
        }
    }

    async fn send(&mut self, command: Command) {
        self.engine.command(command);
        self.engine.publish();
        self.settle().await;
    }

    async fn view(&mut self, on: bool) {
        self.engine.model.viewer = on.then(|| Viewer {
            desktop: crate::model::DesktopId("d".into()),
            name: "d".into(),
            state: ViewerState::Connecting(Step::AskingCloud),
            size: None,
            stale: None,
            cursor: crate::model::Cursor::default(),
            view_only: false,
            stats: None,
        });
        self.engine.publish();
        self.settle().await;
    }

    /// The first check, or the next day's, is due.
    async fn due(&mut self) {
        self.engine.updates.plan.begin(Instant::now() - Duration::from_secs(60), 0.0);
        self.engine.updates_tick();
        self.settle().await;
    }

    async fn found(&mut self, found: Result<Found, UpdateError>) {
        self.fake.checks.lock().pop().unwrap().send(found).unwrap();
        self.settle().await;
    }

    fn checks(&self) -> usize {
        self.fake.checks.lock().len()
    }

    fn downloads(&self) -> usize {
        self.fake.downloads.lock().len()
    }

    fn model(&self) -> &Model {
        &self.engine.model
    }

    fn state(&self) -> &UpdateState {
        &self.engine.model.update.state
    }

    fn waits(&self) -> &str {
        match self.state() {
            UpdateState::Available { waits: Some(waits), .. } => waits,
            other => panic!("{other:?}"),
        }
    }
}

fn all_day() -> QuietHours {
    let from: TimeOfDay = local_clock().later(24 * 60 - 30);
    QuietHours { from, to: from.later(120) }
}

#[tokio::test]
async fn it_is_checked_and_downloaded_by_itself_and_waits_for_the_next_start() {
    let mut bench = Bench::plain().await;
    assert_eq!(bench.checks(), 0, "not at once");
    assert!(bench.engine.updates_deadline().is_some());
    bench.due().await;
    assert_eq!((bench.checks(), bench.state()), (1, &UpdateState::Checking));
    bench.found(Ok(Found::Offer(offer("1.5.0")))).await;
    assert_eq!(bench.downloads(), 1);
    let (progress, answer) = bench.fake.downloads.lock().pop().unwrap();
    progress(250, 1000);
    tokio::time::sleep(LOOK).await;
    bench.engine.updates_tick();
    let UpdateState::Downloading { offer, got: 250, of: 1000 } = bench.state() else {
        panic!("{:?}", bench.state())
    };
    assert_eq!((offer.version.as_str(), offer.notes.as_str()), ("1.5.0", "Faster."));
    bench.fake.status.lock().staged = Some(version("1.5.0"));
    answer.send(Ok(Staged { version: version("1.5.0") })).unwrap();
    bench.settle().await;
    assert!(bench.model().update.is_ready());
    assert!(bench.model().notice.is_none(), "it is quiet");
    // The next day's check leaves it there.
    bench.due().await;
    bench.found(Ok(Found::UpToDate)).await;
    assert!(bench.model().update.is_ready());
    bench.send(Command::RestartToUpdate).await;
    assert!(bench.model().update.restarting);
}

/// Nobody is disturbed at a screen that shows a picture all day, in the hours that are left free.
#[tokio::test]
async fn an_unattended_screen_is_updated_while_it_shows_a_picture_only_by_rule() {
    let hours = |from, to| {
        let now = local_clock();
        Some(QuietHours { from: now.later(from), to: now.later(to) })
    };
    // No rule; hours that are not now; hours that are.
    for (quiet, asked) in [(None, 0), (hours(120, 240), 1), (hours(24 * 60 - 120, 120), 0)] {
        let mut bench = Bench::new(UpdateRules { quiet, stay_at: None }, |_| {}).await;
        bench.engine.model.kiosk = Some(crate::model::Kiosk::default());
        bench.view(true).await;
        bench.due().await;
        assert_eq!(bench.checks(), asked, "{quiet:?}");
    }
}

#[tokio::test]
async fn nothing_happens_under_somebody_at_a_desktop() {
    let mut bench = Bench::plain().await;
    bench.view(true).await;
    bench.due().await;
    assert_eq!((bench.checks(), bench.state()), (0, &UpdateState::Idle));
    assert_eq!(bench.engine.updates_deadline(), None, "the end of the session is told");
    bench.view(false).await;
    assert_eq!(bench.checks(), 1);
    bench.found(Ok(Found::Offer(offer("1.5.0")))).await;
    assert_eq!(bench.downloads(), 1);
    bench.view(true).await;
    assert_eq!(bench.waits(), say::update::waits_for_desktop());
    let (_, answer) = bench.fake.downloads.lock().pop().unwrap();
    assert!(answer.is_closed(), "the download was ended");
    bench.send(Command::DownloadUpdate).await;
    bench.send(Command::RestartToUpdate).await;
    assert_eq!((bench.downloads(), bench.model().update.restarting), (0, false));
    bench.view(false).await;
    assert_eq!(bench.downloads(), 1, "and goes on");
}

#[tokio::test]
async fn quiet_hours_hold_what_happens_by_itself_and_nothing_else() {
    let mut bench = Bench::plain().await;
    bench.send(Command::SetQuietHours(Some(all_day()))).await;
    bench.due().await;
    assert_eq!(bench.checks(), 0);
    let look_again = bench.engine.updates_deadline().unwrap();
    assert!(look_again > Instant::now() + Duration::from_secs(60), "it does not spin");
    bench.send(Command::CheckForUpdates).await;
    assert_eq!(bench.checks(), 1, "the person asks");
    bench.found(Ok(Found::Offer(offer("1.5.0")))).await;
    assert_eq!(bench.downloads(), 1);

    let mut bench = Bench::plain().await;
    bench.due().await;
    bench.found(Ok(Found::Offer(offer("1.5.0")))).await;
    assert_eq!(bench.downloads(), 1);
    bench.send(Command::SetQuietHours(Some(all_day()))).await;
    assert_eq!(bench.waits(), say::update::waits_for_hours());
    bench.send(Command::DownloadUpdate).await;
    assert_eq!(bench.downloads(), 2, "the person wants it now");
    let rules = UpdateRules { stay_at: None, quiet: Some(all_day()) };
    let mut bench = Bench::new(rules, |_| {}).await;
    bench.due().await;
    assert_eq!(bench.checks(), 0);
    assert_eq!(bench.model().update.quiet_by_rule, Some(all_day()));
}

#[tokio::test]
async fn a_version_that_was_cancelled_is_not_downloaded_by_itself_again() {
    let mut bench = Bench::plain().await;
    bench.due().await;
    bench.found(Ok(Found::Offer(offer("1.5.0")))).await;
    bench.send(Command::CancelUpdate).await;
    let (_, answer) = bench.fake.downloads.lock().pop().unwrap();
    assert!(answer.is_closed());
    assert!(matches!(bench.state(), UpdateState::Available { waits: None, .. }));
    bench.due().await;
    bench.found(Ok(Found::Offer(offer("1.5.0")))).await;
    assert_eq!(bench.downloads(), 0);
    bench.send(Command::DownloadUpdate).await;
    assert_eq!(bench.downloads(), 1);
}

#[tokio::test]
async fn a_network_that_fails_is_said_to_who_asked_only() {
    let fault = || UpdateError::Net(net::NetError::Timeout { host: "cdn".into() });
    let mut bench = Bench::plain().await;
    bench.due().await;
    bench.found(Err(fault())).await;
    assert_eq!(bench.state(), &UpdateState::Idle);
    assert!(!bench.model().update.last_result.as_ref().unwrap().good);
    let again = bench.engine.updates_deadline().unwrap();
    assert!(again < Instant::now() + Duration::from_secs(3601), "tried again within the hour");
    bench.send(Command::CheckForUpdates).await;
    bench.found(Err(fault())).await;
    assert!(matches!(bench.state(), UpdateState::Failed(_)), "{:?}", bench.state());
    bench.due().await;
    bench.found(Err(UpdateError::Changed)).await;
    assert_eq!(bench.state(), &UpdateState::Failed(say::update::error(&UpdateError::Changed)));
    assert!(bench.model().notice.is_none());
}

#[tokio::test]
async fn u08_an_old_list_is_told_of_once_and_installs_nothing() {
    let expired = |warn| Ok(Found::Expired { warn });
    let mut bench = Bench::plain().await;
    bench.due().await;
    bench.found(expired(false)).await;
    assert!(bench.model().notice.is_none() && bench.state() == &UpdateState::Idle);
    for _ in 0..2 {
        bench.due().await;
        bench.found(expired(true)).await;
        assert_eq!(bench.state(), &UpdateState::Failed(say::update::expired(true)));
    }
    assert_eq!(bench.engine.model.notice.take(), Some(say::update::expired(true)));
    bench.engine.next_notice();
    assert!(bench.model().notice.is_none(), "once");
    assert_eq!(bench.downloads(), 0);
}

#[tokio::test]
async fn an_administrator_keeps_the_version() {
    let rules = |stay: &str| UpdateRules { stay_at: Some(stay.into()), quiet: None };
    let mut bench =
        Bench::new(rules("1.4.0"), |fake| fake.status.lock().previous = Some(version("1.3.0")))
            .await;
    assert_eq!(bench.engine.updates_deadline(), None, "nothing is asked by itself");
    assert!(bench.model().update.frozen.as_ref().unwrap().contains("administrator"));
    for command in [
        Command::CheckForUpdates,
        Command::DownloadUpdate,
        Command::InstallUpdateFile,
        Command::RollBackUpdate,
    ] {
        bench.send(command.clone()).await;
        let UpdateState::Failed(problem) = bench.state() else { panic!("{command:?}") };
        assert!(problem.what.contains("administrator"), "{command:?}");
        bench.engine.model.update.state = UpdateState::Idle;
    }
    assert_eq!((bench.checks(), *bench.fake.back.lock()), (0, 0));

    let mut bench = Bench::new(rules("1.5.0"), |_| {}).await;
    bench.due().await;
    bench.found(Ok(Found::Offer(offer("1.6.0")))).await;
    assert_eq!((bench.downloads(), bench.state()), (0, &UpdateState::UpToDate));
    bench.due().await;
    bench.found(Ok(Found::Offer(offer("1.5.0")))).await;
    assert_eq!(bench.downloads(), 1, "up to there");
    // Going back to the very version that the rule names is what the rule wants.
    let mut bench =
        Bench::new(rules("1.3.0"), |fake| fake.status.lock().previous = Some(version("1.3.0")))
            .await;
    bench.send(Command::RollBackUpdate).await;
    assert_eq!(*bench.fake.back.lock(), 1);
    assert!(bench.model().update.going_back);
    bench.send(Command::CancelUpdate).await;
    assert!(!bench.model().update.going_back, "not after all");
}

#[tokio::test]
async fn u44_a_place_that_is_not_ours_is_said_before_anything_is_sent() {
    for place in [
        Place::NoKeys,
        Place::Packaged { by: "dpkg".into() },
        Place::NotWritable { folder: "/opt/multiclaw".into() },
    ] {
        let mut bench =
            Bench::new(UpdateRules::default(), |fake| *fake.place.lock() = Some(place.clone()))
                .await;
        assert_ne!(bench.model().update.place, UpdatePlace::Ours);
        assert_eq!(bench.engine.updates_deadline(), None);
        for command in
            [Command::CheckForUpdates, Command::DownloadUpdate, Command::InstallUpdateFile]
        {
            bench.send(command).await;
        }
        assert_eq!((bench.checks(), bench.downloads()), (0, 0), "{place:?}");
    }
}

#[tokio::test]
async fn u21_a_version_that_failed_is_taken_again_only_when_the_person_asks() {
    let mut bench = Bench::new(UpdateRules::default(), |fake| {
        let mut status = fake.status.lock();
        status.failed.insert(version("1.5.0"), Reason::DidNotStart);
        status.last = Some(LastResult::Failed {
            version: version("1.5.0"),
            reason: Reason::DidNotStart,
            at: 1_774_915_200,
        });
    })
    .await;
    let page = &bench.model().update;
    assert_eq!(page.failed[0].version, "1.5.0");
    assert!(!page.last_change.as_ref().unwrap().good);
    bench.due().await;
    bench.found(Ok(Found::Failed { version: version("1.5.0"), reason: Reason::DidNotStart })).await;
    assert!(matches!(bench.state(), UpdateState::Available { failed_before: Some(_), .. }));
    assert_eq!(bench.downloads(), 0);
    bench.send(Command::DownloadUpdate).await;
    assert_eq!(*bench.fake.forgotten.lock(), [version("1.5.0")]);
    bench.found(Ok(Found::Offer(offer("1.5.0")))).await;
    assert_eq!(bench.downloads(), 1);
}

#[tokio::test]
async fn an_update_comes_from_two_files() {
    let mut bench = Bench::plain().await;
    bench.send(Command::InstallUpdateFile).await;
    assert_eq!(bench.state(), &UpdateState::Idle, "cancelled");
    let base = tempfile::tempdir().unwrap();
    let (a, s) = (base.path().join("a.tar.gz"), base.path().join("a.tar.gz.minisig"));
    std::fs::write(&a, b"archive").unwrap();
    std::fs::write(&s, b"signature").unwrap();
    *bench.fake.picked.lock() = vec![a.clone()];
    bench.send(Command::InstallUpdateFile).await;
    bench.until(|state| *state != UpdateState::Idle).await;
    assert_eq!(bench.state(), &UpdateState::Failed(say::update::two_files()));
    *bench.fake.picked.lock() = vec![s, a];
    bench.send(Command::InstallUpdateFile).await;
    bench.until(|state| *state == UpdateState::Installing).await;
    let (signature, answer) = bench.fake.files.lock().pop().unwrap();
    assert_eq!(signature, b"signature");
    bench.fake.status.lock().staged = Some(version("1.5.0"));
    answer.send(Ok(Staged { version: version("1.5.0") })).unwrap();
    bench.settle().await;
    assert!(bench.model().update.is_ready());
    assert_eq!(bench.checks(), 0, "nothing was sent");
}

#[tokio::test]
async fn without_an_updater_nothing_is_there() {
    let mut bench = Bench::plain().await;
    bench.engine.updates = Updates::default();
    bench.engine.model.update = crate::model::Update::default();
    bench.engine.updates_begin();
    for command in [Command::CheckForUpdates, Command::RollBackUpdate, Command::RestartToUpdate] {
        bench.send(command).await;
    }
    assert_eq!(bench.model().update, crate::model::Update::default());
    assert_eq!(bench.engine.updates_deadline(), None);
}
