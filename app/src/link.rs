//! Links `multiclaw://PLACE/NAME`, from the command line and from a second start.
//!
//! No port is listened at. On Linux the first window takes the program's name on the session bus,
//! which belongs to one person, and shows what a second start hands it (`org.freedesktop.Application`,
//! method `Open`). Without a bus, and elsewhere, a second start opens a second window. Only a start
//! with the usual cloud and folder takes part: another one is another program to its person.

use multiclaw_core::deep_link::{LinkError, Target};
use parking_lot::Mutex;
use std::sync::Arc;

/// A link, read or refused.
pub type Link = Result<Target, LinkError>;

/// The newest link that the window has not seen yet.
#[derive(Clone, Default)]
pub struct Inbox(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    link: Option<Link>,
    window: Option<egui::Context>,
}

impl Inbox {
    /// With the link of the command line.
    #[must_use]
    pub fn new(link: Option<&str>) -> Self {
        let link = link.map(Target::parse);
        Self(Arc::new(Mutex::new(Inside { link, window: None })))
    }

    /// A link from elsewhere.
    pub fn put(&self, link: &str) {
        let mut inside = self.0.lock();
        inside.link = Some(Target::parse(link));
        if let Some(window) = &inside.window {
            window.send_viewport_cmd(egui::ViewportCommand::Focus);
            window.request_repaint();
        }
    }

    /// The window that is woken by one.
    pub(crate) fn wake(&self, window: egui::Context) {
        self.0.lock().window = Some(window);
    }

    /// Takes it.
    #[must_use]
    pub fn take(&self) -> Option<Link> {
        self.0.lock().link.take()
    }
}

/// What a start found.
pub enum Meeting {
    /// It is the first, and others find it as long as this lives.
    First(First),
    /// Another window took the link.
    Taken,
    /// It goes on by itself: there is no bus, or another window and no link.
    Alone,
}

#[cfg(target_os = "linux")]
pub use bus::{First, meet};

/// There is none.
#[cfg(not(target_os = "linux"))]
pub struct First(std::convert::Infallible);

/// Every start is alone.
#[cfg(not(target_os = "linux"))]
pub async fn meet(_: &Inbox, _: Option<&str>, _: Option<&str>) -> Meeting {
    Meeting::Alone
}

#[cfg(target_os = "linux")]
mod bus {
    use super::{Inbox, Meeting};
    use std::collections::HashMap;
    use std::time::Duration;
    use zbus::Connection;
    use zbus::connection::Builder;
    use zbus::zvariant::OwnedValue;

    const NAME: &str = "io.multiclaw.Desktop";
    const PATH: &str = "/io/multiclaw/Desktop";
    const INTERFACE: &str = "org.freedesktop.Application";
    /// For the bus and the other window to answer; a window that hangs does not hold a new one up.
    const ANSWER: Duration = Duration::from_secs(2);

    /// Holds the name as long as it lives.
    pub struct First(#[expect(dead_code, reason = "kept for its end")] Connection);

    /// Looks for a window that is open already, and hands it the link. `bus` is another bus than
    /// the session's.
    pub async fn meet(inbox: &Inbox, link: Option<&str>, bus: Option<&str>) -> Meeting {
        let meeting = tokio::time::timeout(ANSWER, async {
            let builder = match bus {
                Some(address) => Builder::address(address)?,
                None => Builder::session()?,
            };
            let connection = builder.serve_at(PATH, Application(inbox.clone()))?.build().await?;
            let flags = zbus::fdo::RequestNameFlags::DoNotQueue.into();
            match connection.request_name_with_flags(NAME, flags).await {
                Ok(_) => return Ok(Meeting::First(First(connection))),
                Err(zbus::Error::NameTaken) => {}
                Err(error) => return Err(error),
            }
            let Some(link) = link else { return Ok(Meeting::Alone) };
            let platform: HashMap<&str, OwnedValue> = HashMap::new();
            let body = (vec![link], platform);
            connection.call_method(Some(NAME), PATH, Some(INTERFACE), "Open", &body).await?;
            Ok::<_, zbus::Error>(Meeting::Taken)
        });
        match meeting.await {
            Ok(Ok(meeting)) => meeting,
            Ok(Err(error)) => {
                tracing::info!(%error, "no other window can be asked");
                Meeting::Alone
            }
            Err(_) => Meeting::Alone,
        }
    }

    struct Application(Inbox);

    /// What a desktop entry of a program calls. Activation and actions are not offered.
    #[zbus::interface(name = "org.freedesktop.Application")]
    impl Application {
        fn open(&self, uris: Vec<String>, _platform_data: HashMap<String, OwnedValue>) {
            // Who sends more than one link gets the last one.
            if let Some(link) = uris.into_iter().next_back() {
                self.0.put(&link);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_link_is_taken_once() {
        let inbox = Inbox::new(Some("multiclaw://settings/network"));
        inbox.put("multiclaw://desktop/box");
        assert_eq!(inbox.take(), Some(Ok(Target::Desktop("box".into()))));
        assert_eq!(inbox.take(), None);
        inbox.put("multiclaw://desktop/box?gatewayUrl=ws://evil.example");
        assert_eq!(inbox.take(), Some(Err(LinkError::Extra)));
        assert_eq!(Inbox::new(None).take(), None);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_second_start_hands_its_link_to_the_first_window() {
        let bus = crate::platform::tests::Bus::start();
        let start = async |link: Option<&str>| {
            let inbox = Inbox::new(link);
            let meeting = meet(&inbox, link, Some(&bus.address)).await;
            (inbox, meeting)
        };
        let (first, meeting) = start(None).await;
        let Meeting::First(name) = meeting else { panic!("the bus is empty") };
        let (_, meeting) = start(Some("multiclaw://chat/agent:main:main")).await;
        assert!(matches!(meeting, Meeting::Taken));
        assert_eq!(first.take(), Some(Ok(Target::Chat("agent:main:main".into()))));
        // The first window judges by itself what it is handed.
        let (_, meeting) = start(Some("multiclaw://gateway/evil.example")).await;
        assert!(matches!(meeting, Meeting::Taken));
        assert_eq!(first.take(), Some(Err(LinkError::Place)));
        // Without a link there is a second window, and it does not take the name.
        assert!(matches!(start(None).await.1, Meeting::Alone));
        drop(name);
        assert!(matches!(start(None).await.1, Meeting::First(_)));
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn without_a_bus_each_start_is_alone() {
        let link = Some("multiclaw://settings/network");
        let inbox = Inbox::new(link);
        let meeting = meet(&inbox, link, Some("unix:path=/nonexistent/bus")).await;
        assert!(matches!(meeting, Meeting::Alone));
        assert!(inbox.take().is_some(), "its own window shows it");
    }
}
