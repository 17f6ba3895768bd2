//! With a real bus and services of ours on it.

mod awake;

use super::System;
use multiclaw_core::engine::{Platform, PlatformError};
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use zbus::Connection;
use zbus::zvariant::{ObjectPath, OwnedValue, Value};

/// Ends with the test.
struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// A bus of its own.
pub(crate) struct Bus {
    daemon: Daemon,
    folder: TempDir,
    pub(crate) address: String,
}

impl Bus {
    pub(crate) fn start() -> Self {
        Self::start_in(tempfile::tempdir().unwrap())
    }

    fn start_in(folder: TempDir) -> Self {
        let address = format!("unix:path={}", folder.path().join("bus").display());
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address", "--address", &address])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon (package dbus) is needed");
        // It says its address when it can be reached.
        let mut line = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { daemon: Daemon(daemon), folder, address }
    }

    /// Stops it, and starts another one in its place.
    fn restart(self) -> Self {
        let Self { daemon, folder, .. } = self;
        drop(daemon);
        std::fs::remove_file(folder.path().join("bus")).unwrap();
        Self::start_in(folder)
    }

    fn system(&self) -> System {
        System::on(self.address.clone(), Duration::from_millis(700))
    }

    async fn service(&self) -> Connection {
        zbus::connection::Builder::address(self.address.as_str()).unwrap().build().await.unwrap()
    }
}

/// What the person does in the dialog.
#[derive(Clone)]
enum Person {
    Chooses(Vec<String>),
    Cancels,
    LogsOut,
    /// The portal ends meanwhile.
    Crash,
    /// The call is never answered.
    Hang,
    /// Nothing is.
    Mute,
}

struct Chooser {
    person: Person,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Chooser {
    async fn show(
        &self,
        method: &str,
        title: &str,
        options: HashMap<String, OwnedValue>,
        header: &zbus::message::Header<'_>,
        bus: &Connection,
    ) -> ObjectPath<'static> {
        let mut names: Vec<_> = options.keys().cloned().collect();
        names.sort();
        self.asked.lock().unwrap().push(format!("{method} {title} {}", names.join(" ")));
        let sender = header.sender().unwrap().trim_start_matches(':').replace('.', "_");
        let token = String::try_from(options["handle_token"].clone()).unwrap();
        let path = format!("/org/freedesktop/portal/desktop/request/{sender}/{token}");
        let path = ObjectPath::try_from(path).unwrap();
        let results = match &self.person {
            Person::Hang | Person::Mute => std::future::pending().await,
            Person::Crash => {
                bus.release_name("org.freedesktop.portal.Desktop").await.unwrap();
                return path;
            }
            Person::Chooses(uris) => (0_u32, HashMap::from([("uris", Value::from(uris.clone()))])),
            Person::Cancels => (1, HashMap::new()),
            Person::LogsOut => (2, HashMap::new()),
        };
        let other = ObjectPath::try_from("/org/freedesktop/portal/desktop/request/x/y").unwrap();
        let nothing = (0_u32, HashMap::<&str, Value<'_>>::new());
        let to = header.sender().cloned();
        let emit = |path: ObjectPath<'static>,
                    body: (u32, HashMap<&'static str, Value<'static>>)| {
            let (bus, to) = (bus.clone(), to.clone().map(|to| to.to_owned()));
            async move {
                let request = "org.freedesktop.portal.Request";
                bus.emit_signal(to, path, request, "Response", &body).await.unwrap();
            }
        };
        // Somebody else's dialog first. Both may come before the call is answered.
        emit(other, nothing).await;
        emit(path.clone(), results).await;
        path
    }
}

#[zbus::interface(name = "org.freedesktop.portal.FileChooser")]
impl Chooser {
    async fn open_file(
        &self,
        _parent: &str,
        title: &str,
        options: HashMap<String, OwnedValue>,
        #[zbus(header)] header: zbus::message::Header<'_>,
        #[zbus(connection)] bus: &Connection,
    ) -> ObjectPath<'static> {
        self.show("OpenFile", title, options, &header, bus).await
    }

    async fn save_file(
        &self,
        _parent: &str,
        title: &str,
        options: HashMap<String, OwnedValue>,
        #[zbus(header)] header: zbus::message::Header<'_>,
        #[zbus(connection)] bus: &Connection,
    ) -> ObjectPath<'static> {
        self.show("SaveFile", title, options, &header, bus).await
    }

    #[zbus(property, name = "version")]
    async fn version(&self) -> u32 {
        match self.person {
            Person::Mute => std::future::pending().await,
            _ => 4,
        }
    }
}

async fn portal(bus: &Bus, person: Person) -> (Connection, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::default();
    let connection = bus.service().await;
    let chooser = Chooser { person, asked: Arc::clone(&asked) };
    connection.object_server().at("/org/freedesktop/portal/desktop", chooser).await.unwrap();
    connection.request_name("org.freedesktop.portal.Desktop").await.unwrap();
    (connection, asked)
}

#[tokio::test]
async fn what_was_chosen_comes_as_paths() {
    let bus = Bus::start();
    let uris = vec!["file:///a%20b.png".to_owned(), "file:///c".to_owned()];
    let (_portal, asked) = portal(&bus, Person::Chooses(uris)).await;
    let system = bus.system();
    let files = system.pick_files("Attach").await.unwrap();
    assert_eq!(files, [PathBuf::from("/a b.png"), PathBuf::from("/c")]);
    let file = system.pick_save("Export", "x.md").await.unwrap();
    assert_eq!(file, Some(PathBuf::from("/a b.png")));
    assert_eq!(
        *asked.lock().unwrap(),
        ["OpenFile Attach handle_token multiple", "SaveFile Export current_name handle_token"]
    );
}

#[tokio::test]
async fn cancelled_is_not_failed() {
    let bus = Bus::start();
    let system = bus.system();
    for (person, want) in [
        (Person::Cancels, Ok(Vec::new())),
        (Person::LogsOut, Err(PlatformError::Dialog("it was ended by the system".into()))),
        (Person::Crash, Err(PlatformError::Dialog("the portal ended".into()))),
        (Person::Hang, Err(PlatformError::DialogHangs)),
    ] {
        let (portal, _) = portal(&bus, person).await;
        assert_eq!(system.pick_files("Attach").await, want);
        portal.close().await.unwrap();
    }
    for strange in ["http://example.com/x", "file://host.example/x", "nonsense"] {
        let (portal, _) = portal(&bus, Person::Chooses(vec![strange.into()])).await;
        let chosen = system.pick_files("Attach").await;
        assert!(matches!(chosen, Err(PlatformError::Dialog(_))), "{strange}: {chosen:?}");
        portal.close().await.unwrap();
    }
}

#[tokio::test]
async fn no_bus_no_portal_and_one_without_a_backend_say_so() {
    let nowhere = System::on("unix:path=/nonexistent/bus".into(), Duration::from_millis(700));
    assert!(matches!(nowhere.pick_files("x").await, Err(PlatformError::NoDialog(_))));
    let bus = Bus::start();
    let system = bus.system();
    assert!(matches!(system.pick_files("x").await, Err(PlatformError::NoDialog(_))));
    // It is there, and offers no file dialogs.
    let bare = bus.service().await;
    bare.request_name("org.freedesktop.portal.Desktop").await.unwrap();
    let _server = bare.object_server();
    assert!(matches!(system.pick_files("x").await, Err(PlatformError::NoDialog(_))));
}

#[tokio::test]
async fn a_bus_that_was_started_anew_is_found_again() {
    let bus = Bus::start();
    let system = bus.system();
    let (first, _) = portal(&bus, Person::Cancels).await;
    assert_eq!(system.pick_files("x").await, Ok(Vec::new()));
    drop(first);
    let bus = bus.restart();
    assert!(matches!(system.pick_files("x").await, Err(PlatformError::NoDialog(_))));
    let (_second, _) = portal(&bus, Person::Cancels).await;
    assert_eq!(system.pick_files("x").await, Ok(Vec::new()));
}

/// Something that has the name of the portal and answers nothing at all.
#[tokio::test]
async fn a_portal_that_hangs_is_told_from_none() {
    let bus = Bus::start();
    let (_portal, asked) = portal(&bus, Person::Mute).await;
    assert_eq!(bus.system().pick_files("x").await, Err(PlatformError::DialogHangs));
    assert!(asked.lock().unwrap().is_empty());
}

type Shown = Arc<Mutex<Vec<(String, String)>>>;

struct Notifications {
    markup: bool,
    shown: Shown,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    fn get_capabilities(&self) -> Vec<&'static str> {
        if self.markup { vec!["body", "body-markup"] } else { vec!["body"] }
    }

    #[expect(clippy::too_many_arguments, reason = "as the specification has it")]
    fn notify(
        &self,
        _name: &str,
        _replaces: u32,
        _icon: &str,
        summary: &str,
        body: &str,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expire: i32,
    ) -> u32 {
        self.shown.lock().unwrap().push((summary.into(), body.into()));
        1
    }
}

#[tokio::test]
async fn notifications_are_plain_text() {
    let bus = Bus::start();
    let system = bus.system();
    let none = system.notify("Title", "x").await;
    assert!(matches!(none, Err(PlatformError::Notification(_))), "{none:?}");
    for (markup, want) in [(true, "a &lt;b&gt; &amp; c"), (false, "a <b> & c")] {
        let shown = Shown::default();
        let service = bus.service().await;
        let notifications = Notifications { markup, shown: Arc::clone(&shown) };
        let path = "/org/freedesktop/Notifications";
        service.object_server().at(path, notifications).await.unwrap();
        service.request_name("org.freedesktop.Notifications").await.unwrap();
        system.notify("Title", "a <b> & c").await.unwrap();
        assert_eq!(*shown.lock().unwrap(), [("Title".into(), want.into())]);
        service.close().await.unwrap();
    }
}
