//! The session bus of a Linux desktop.

use super::awake::{self, Held};
use super::{notifications, portal};
use multiclaw_core::engine::{Asked, Pixels, Platform, PlatformError};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use zbus::Connection;

/// For the bus to let us in.
const CONNECT: Duration = Duration::from_secs(3);
/// For a service to answer. The bus may have to start it first.
const ANSWER: Duration = Duration::from_secs(12);

/// The operating system.
#[derive(Clone, Debug, Default)]
pub struct System(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Another bus than the session's.
    address: Option<String>,
    answer: Duration,
    /// Kept while it works: some desktops take a notification away when who sent it leaves.
    connection: Mutex<Option<Connection>>,
    awake: Mutex<Option<Held>>,
}

impl Default for Inner {
    fn default() -> Self {
        Self {
            address: None,
            answer: ANSWER,
            connection: Mutex::default(),
            awake: Mutex::default(),
        }
    }
}

/// Why a call was not answered.
#[derive(Debug)]
pub(super) enum Fault {
    /// There is no bus, or the service is not on it, or it refuses.
    Refused(String),
    /// It does not answer in time.
    Hangs,
}

impl From<zbus::Error> for Fault {
    fn from(error: zbus::Error) -> Self {
        match &error {
            // The bus waited for the service in vain.
            zbus::Error::MethodError(name, _, _)
                if ["NoReply", "TimedOut", "Timeout"]
                    .iter()
                    .any(|end| name.as_str() == format!("org.freedesktop.DBus.Error.{end}")) =>
            {
                Self::Hangs
            }
            _ => Self::Refused(error.to_string()),
        }
    }
}

impl System {
    /// On another bus than the session's, with another patience.
    #[cfg(test)]
    pub(super) fn on(address: String, answer: Duration) -> Self {
        let connection = Mutex::default();
        let awake = Mutex::default();
        Self(Arc::new(Inner { address: Some(address), answer, connection, awake }))
    }

    /// The bus. Made when it is first needed.
    pub(super) async fn bus(&self) -> Result<Connection, Fault> {
        let mut kept = self.0.connection.lock().await;
        if let Some(connection) = &*kept
            && self.ping(connection).await
        {
            return Ok(connection.clone());
        }
        *kept = None;
        let connect = async {
            match &self.0.address {
                Some(address) => {
                    zbus::connection::Builder::address(address.as_str())?.build().await
                }
                None => Connection::session().await,
            }
        };
        let connection =
            tokio::time::timeout(CONNECT, connect).await.map_err(|_| Fault::Hangs)??;
        Ok(kept.insert(connection).clone())
    }

    /// Whether the connection still works: the bus may have been started anew.
    async fn ping(&self, connection: &Connection) -> bool {
        let body = ();
        let bus = "org.freedesktop.DBus";
        let path = "/org/freedesktop/DBus";
        let call = connection.call_method(Some(bus), path, Some(bus), "GetId", &body);
        matches!(tokio::time::timeout(CONNECT, call).await, Ok(Ok(_)))
    }

    /// Waits as long as a service may take to answer.
    pub(super) async fn in_time<T, E: Into<Fault>>(
        &self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, Fault> {
        match tokio::time::timeout(self.0.answer, work).await {
            Ok(result) => result.map_err(Into::into),
            Err(_) => Err(Fault::Hangs),
        }
    }
}

fn notification(fault: Fault) -> PlatformError {
    PlatformError::Notification(match fault {
        Fault::Refused(why) => why,
        Fault::Hangs => "the service does not answer".into(),
    })
}

impl Platform for System {
    fn has_dialogs(&self) -> Asked<Option<()>> {
        let system = self.clone();
        Box::pin(async move { Ok(portal::is_there(&system).await.map(Some)?) })
    }

    fn has_notifications(&self) -> Asked<Option<()>> {
        let system = self.clone();
        Box::pin(async move {
            let found = notifications::can(&system).await;
            found.map(|_| Some(())).map_err(notification)
        })
    }

    fn pick_files(&self, title: &str) -> Asked<Vec<PathBuf>> {
        let (system, title) = (self.clone(), title.to_owned());
        Box::pin(async move { portal::open_files(&system, &title).await })
    }

    fn pick_save(&self, title: &str, suggested: &str) -> Asked<Option<PathBuf>> {
        let (system, title, suggested) = (self.clone(), title.to_owned(), suggested.to_owned());
        Box::pin(async move { portal::save_file(&system, &title, &suggested).await })
    }

    fn clipboard_picture(&self) -> Asked<Option<Pixels>> {
        Box::pin(super::clipboard_picture())
    }

    fn notify(&self, title: &str, text: &str) -> Asked<()> {
        let (system, title, text) = (self.clone(), title.to_owned(), text.to_owned());
        Box::pin(
            async move { notifications::show(&system, &title, &text).await.map_err(notification) },
        )
    }

    fn keep_awake(&self, on: bool) -> Asked<()> {
        let system = self.clone();
        Box::pin(async move {
            let mut held = system.0.awake.lock().await;
            let result = match (held.take(), on) {
                (Some(before), true) => {
                    *held = Some(before);
                    Ok(())
                }
                (None, true) => awake::begin(&system).await.map(|now| *held = Some(now)),
                (Some(before), false) => awake::end(&system, before).await,
                (None, false) => Ok(()),
            };
            result.map_err(|fault| {
                PlatformError::Awake(match fault {
                    Fault::Refused(why) => why,
                    Fault::Hangs => "the service does not answer".into(),
                })
            })
        })
    }
}
