//! Joins the desk to the cloud.

use crate::desk::{Desk, Snapshot};
use crate::session;
use crate::source::{Choice, SourceError};
use crate::thumbnail;
use cloud_client::DaemonToken;
use cloud_client::realtime::{Event, LinkState, Realtime};
use cloud_client::rest::Rest;
use cloud_client::wire::{self, FromCloud, ToCloud};
use net::Door;
use std::collections::HashMap;
use std::sync::Arc;
use stream::signalling::{Candidate, Signal};
use stream::transport::{IceServer, TurnCredential};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

/// Signals that may wait for a session; more are dropped, and ICE tries again.
const SIGNALS: usize = 128;

/// How to run it.
pub struct Config {
    /// Which desktop.
    pub source: Choice,
    /// Base URL of the cloud.
    pub cloud: String,
    /// The daemon's bearer.
    pub token: DaemonToken,
    /// Viewers may be on this machine: offer 127.0.0.1.
    pub loopback: bool,
    /// Most updates a second.
    pub max_fps: u8,
}

/// Why it did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DaemonError {
    /// The desktop.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A thread ended.
    #[error("the desk did not start")]
    Desk,
}

/// A running daemon. Dropping it is like killing it.
pub struct Daemon {
    desk: Desk,
    task: tokio::task::JoinHandle<()>,
}

impl Daemon {
    /// Opens the desktop and connects to the cloud; comes back by itself when that is gone.
    ///
    /// # Errors
    /// When the desktop cannot be had.
    pub async fn start(config: Config, door: Door) -> Result<Self, DaemonError> {
        let (source, max_fps) = (config.source.clone(), config.max_fps);
        let desk = tokio::task::spawn_blocking(move || Desk::start(source, max_fps))
            .await
            .map_err(|_| DaemonError::Desk)??;
        let task = tokio::spawn(run(config, door, desk.clone()));
        Ok(Self { desk, task })
    }

    /// What it serves, in words.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.desk.description.text
    }

    /// The desktop as it is now; `None` when it is gone.
    pub async fn snapshot(&self) -> Option<Snapshot> {
        self.desk.snapshot().await
    }

    /// Ends it and its desktop.
    pub async fn stop(self) {
        self.task.abort();
        self.desk.stop();
        // Aborting ends the connections; nothing else is to be waited for.
        drop(
            tokio::time::timeout(std::time::Duration::from_secs(2), async {
                while !self.task.is_finished() {
                    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
                }
            })
            .await,
        );
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.task.abort();
        self.desk.stop();
    }
}

async fn run(config: Config, door: Door, desk: Desk) {
    let rest = Rest::new(door.clone(), &config.cloud);
    let (realtime, mut events) = Realtime::daemon(rest, config.token.clone());
    let realtime = Arc::new(realtime);
    let mut sessions: HashMap<String, (mpsc::Sender<Signal>, oneshot::Sender<()>)> = HashMap::new();
    let mut tasks = JoinSet::new();
    tasks.spawn(thumbnail::send_all(
        door.clone(),
        config.cloud.trim_end_matches('/').to_owned(),
        config.token.clone(),
        desk.clone(),
    ));
    let mut next = 0;
    loop {
        let event = tokio::select! {
            event = events.recv() => event,
            Some(_) = tasks.join_next() => continue,
        };
        match event {
            Some(Event::Message(FromCloud::SessionOpened {
                session,
                ice_servers,
                viewer,
                view_only,
                ..
            })) => {
                tracing::info!(viewer = viewer.unwrap_or_default(), "a session begins");
                next += 1;
                let (signals, queue) = mpsc::channel(SIGNALS);
                let (answers, replies) = mpsc::channel(SIGNALS);
                let (end, ended) = oneshot::channel();
                sessions.insert(session.clone(), (signals, end));
                let ice_servers = ice_servers.into_iter().map(ice_server).collect();
                let loopback = config.loopback;
                let terms = session::Terms { ice_servers, loopback, view_only, ended };
                let serving =
                    session::serve(door.clone(), desk.clone(), next, terms, queue, answers);
                tasks.spawn(pass_on(Arc::clone(&realtime), session, replies));
                tasks.spawn(serving);
            }
            Some(Event::Message(FromCloud::Signal { session, signal })) => {
                if let (Some((signals, _)), Some(signal)) =
                    (sessions.get(&session), to_stream(signal))
                    && signals.try_send(signal).is_err()
                {
                    tracing::debug!("a signal was dropped");
                }
            }
            Some(Event::Message(FromCloud::SessionClosed { session, code, .. })) => {
                let over = sessions.remove(&session);
                // Who may not watch any more sees nothing more; in any other case the data
                // channels may live on.
                if let Some((_, end)) = over.filter(|_| code == "revoked")
                    && end.send(()).is_err()
                {
                    tracing::debug!("the viewer is gone already");
                }
            }
            Some(Event::Message(_)) => {}
            Some(Event::State(state)) => {
                tracing::info!(?state, "cloud");
                if matches!(state, LinkState::Waiting { .. } | LinkState::Stopped(_)) {
                    sessions.clear();
                }
            }
            // The bearer is not valid any more; what is connected stays so.
            None => std::future::pending().await,
        }
    }
}

async fn pass_on(realtime: Arc<Realtime>, session: String, mut replies: mpsc::Receiver<Signal>) {
    while let Some(signal) = replies.recv().await {
        let message = ToCloud::Signal { session: session.clone(), signal: from_stream(signal) };
        if realtime.send(message).is_err() {
            tracing::debug!("a signal was not sent: the cloud is not connected");
        }
    }
    // The viewer is gone: the cloud should know at once.
    if realtime.send(ToCloud::SessionClose { session, reason: "over".into() }).is_err() {
        tracing::debug!("the cloud is not connected");
    }
}

fn ice_server(server: wire::IceServer) -> IceServer {
    let credential = server.credential.as_ref().map(|c| c.expose().to_owned());
    IceServer {
        urls: server.urls,
        username: server.username.unwrap_or_default(),
        credential: TurnCredential::new(credential.unwrap_or_default()),
    }
}

fn to_stream(signal: wire::Signal) -> Option<Signal> {
    Some(match signal {
        wire::Signal::Offer { sdp } => Signal::Offer(sdp),
        wire::Signal::Answer { sdp } => Signal::Answer(sdp),
        wire::Signal::Candidate { candidate, mid, line } => {
            Signal::Candidate(Candidate { candidate, mid, line })
        }
        wire::Signal::EndOfCandidates => Signal::EndOfCandidates,
        wire::Signal::Unknown => return None,
    })
}

fn from_stream(signal: Signal) -> wire::Signal {
    match signal {
        Signal::Offer(sdp) => wire::Signal::Offer { sdp },
        Signal::Answer(sdp) => wire::Signal::Answer { sdp },
        Signal::Candidate(Candidate { candidate, mid, line }) => {
            wire::Signal::Candidate { candidate, mid, line }
        }
        Signal::EndOfCandidates => wire::Signal::EndOfCandidates,
    }
}
