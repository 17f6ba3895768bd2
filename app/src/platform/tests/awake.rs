//! The screen's sleep, with a portal or a screen saver on a real bus.

use super::{Bus, PlatformError};
use multiclaw_core::engine::Platform;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use zbus::Connection;
use zbus::zvariant::{ObjectPath, OwnedValue};

type Said = Arc<Mutex<Vec<String>>>;

struct Portal(Said);

#[zbus::interface(name = "org.freedesktop.portal.Inhibit")]
impl Portal {
    #[zbus(name = "Inhibit")]
    async fn inhibit(
        &self,
        window: &str,
        flags: u32,
        options: HashMap<String, OwnedValue>,
        #[zbus(connection)] bus: &Connection,
    ) -> ObjectPath<'static> {
        let reason = String::try_from(options["reason"].clone()).unwrap();
        self.0.lock().unwrap().push(format!("portal {window:?} {flags} {reason}"));
        let path = ObjectPath::try_from("/org/freedesktop/portal/desktop/request/a/b").unwrap();
        bus.object_server().at(&path, Request(Arc::clone(&self.0))).await.unwrap();
        path
    }
}

struct Request(Said);

#[zbus::interface(name = "org.freedesktop.portal.Request")]
impl Request {
    fn close(&self) {
        self.0.lock().unwrap().push("closed".into());
    }
}

struct Saver(Said);

#[zbus::interface(name = "org.freedesktop.ScreenSaver")]
impl Saver {
    fn inhibit(&self, name: &str, reason: &str) -> u32 {
        self.0.lock().unwrap().push(format!("saver {name}, {reason}"));
        4711
    }

    fn un_inhibit(&self, cookie: u32) {
        self.0.lock().unwrap().push(format!("saver ends {cookie}"));
    }
}

#[tokio::test]
async fn the_portal_is_asked_once_and_its_request_closed() {
    let bus = Bus::start();
    let said = Said::default();
    let service = bus.service().await;
    let path = "/org/freedesktop/portal/desktop";
    service.object_server().at(path, Portal(Arc::clone(&said))).await.unwrap();
    service.request_name("org.freedesktop.portal.Desktop").await.unwrap();
    let system = bus.system();
    system.keep_awake(false).await.unwrap();
    for on in [true, true, false, false] {
        system.keep_awake(on).await.unwrap();
    }
    assert_eq!(*said.lock().unwrap(), ["portal \"\" 8 A cloud desktop is shown", "closed"]);
}

#[tokio::test]
async fn without_a_portal_the_screen_saver_is_asked_and_without_both_it_is_an_error() {
    let bus = Bus::start();
    let system = bus.system();
    let refused = system.keep_awake(true).await;
    assert!(matches!(refused, Err(PlatformError::Awake(_))), "{refused:?}");
    let said = Said::default();
    let service = bus.service().await;
    let path = "/org/freedesktop/ScreenSaver";
    service.object_server().at(path, Saver(Arc::clone(&said))).await.unwrap();
    service.request_name("org.freedesktop.ScreenSaver").await.unwrap();
    system.keep_awake(true).await.unwrap();
    system.keep_awake(false).await.unwrap();
    let expected = ["saver MultiClaw, A cloud desktop is shown", "saver ends 4711"];
    assert_eq!(*said.lock().unwrap(), expected);
}
