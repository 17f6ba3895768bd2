//! Who is connected, who may signal whom, and who is told what. Pure: sockets are queues here.

mod events;
#[cfg(test)]
mod tests;

pub use events::{Audience, Effect, What};

use cloud_client::wire::{Desktop, DesktopState, FromCloud, IceServer, Role, Signal, ToCloud};
use std::collections::HashMap;
use tokio::sync::mpsc;

/// Most viewers of one desktop.
const MAX_VIEWERS: usize = 8;
/// Messages that may wait for a socket; one that does not read is closed.
pub(crate) const QUEUE: usize = 512;

/// Whose socket it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The person's id, the desktop's or the screen's.
    pub id: String,
    /// The workspace that the socket is for.
    pub workspace: String,
    /// Set for a daemon.
    pub desktop: Option<String>,
    /// For the other end.
    pub name: String,
    /// Names the bearer behind the socket.
    pub sid: String,
    /// A person's role in the workspace.
    pub role: Role,
    /// Set for an unattended screen.
    pub screen: Option<Watch>,
}

/// What an unattended screen may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// The desktops that it may open and hears of.
    pub desktops: Vec<String>,
    /// It may send input.
    pub control: bool,
}

impl Subject {
    /// Whether this end may open the desktop and hears how it is.
    fn may_see(&self, desktop: &str) -> bool {
        self.desktop.is_none()
            && self.screen.as_ref().is_none_or(|watch| watch.desktops.iter().any(|d| d == desktop))
    }
}

/// Why the hub closes a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    /// The bearer was revoked: 4003.
    Revoked,
    /// Another daemon of the same desktop came: 4009.
    Replaced,
    /// The socket is to start anew: 1012.
    Restart,
}

/// What a socket is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Outgoing {
    /// A message.
    Message(Box<FromCloud>),
    /// To close.
    Close(Close),
}

/// A socket's number.
pub type SocketId = u64;

struct Socket {
    subject: Subject,
    /// `None`: it does not read. Dropping the queue ends its task, and that ends the socket.
    queue: Option<mpsc::Sender<Outgoing>>,
    /// The number of the event that it was told last.
    told: u64,
}

struct Session {
    viewer: SocketId,
    daemon: SocketId,
    desktop: String,
}

/// The state.
#[derive(Default)]
pub struct Hub {
    sockets: HashMap<SocketId, Socket>,
    sessions: HashMap<String, Session>,
    /// Desktops whose machine starts, each with the number of that start.
    starting: HashMap<String, u64>,
    starts: u64,
    /// The last event number of each workspace that somebody is connected to.
    last: HashMap<String, u64>,
    next: SocketId,
}

impl Hub {
    /// A socket opened, when the workspace's event number was `seq`. A daemon's earlier socket is
    /// replaced.
    pub fn join(&mut self, subject: Subject, seq: u64) -> (SocketId, mpsc::Receiver<Outgoing>) {
        if let Some(desktop) = &subject.desktop {
            self.starting.remove(desktop);
            if let Some(before) = self.daemon(desktop) {
                self.end(before, Close::Replaced, "peer_gone");
            }
        }
        self.catch_up(&subject.workspace, seq);
        let (queue, receiver) = mpsc::channel(QUEUE);
        self.next += 1;
        let id = self.next;
        self.sockets.insert(id, Socket { subject, queue: Some(queue), told: seq });
        self.tell(id, FromCloud::Ready { id: format!("s-{id}"), seq });
        (id, receiver)
    }

    /// A socket closed; its sessions close. Gives the desktops whose state changed.
    pub fn leave(&mut self, id: SocketId) -> Vec<String> {
        self.drop_socket(id, "peer_gone")
    }

    fn drop_socket(&mut self, id: SocketId, code: &str) -> Vec<String> {
        let Some(socket) = self.sockets.remove(&id) else { return Vec::new() };
        let workspace = socket.subject.workspace;
        if !self.sockets.values().any(|other| other.subject.workspace == workspace) {
            self.last.remove(&workspace);
        }
        let mut changed: Vec<String> = socket.subject.desktop.into_iter().collect();
        let over: Vec<String> = self
            .sessions
            .iter()
            .filter(|(_, s)| s.viewer == id || s.daemon == id)
            .map(|(name, _)| name.clone())
            .collect();
        for name in over {
            if let Some(session) = self.sessions.remove(&name) {
                let other = if session.viewer == id { session.daemon } else { session.viewer };
                self.tell(other, closed(&name, code, "the other end left"));
                changed.push(session.desktop);
            }
        }
        changed.sort_unstable();
        changed.dedup();
        changed
    }

    /// Tells a socket to close, and forgets it at once: what it still sends goes nowhere.
    fn end(&mut self, id: SocketId, why: Close, code: &str) -> Vec<String> {
        if let Some(queue) = self.sockets.get(&id).and_then(|socket| socket.queue.as_ref()) {
            // A full queue is dropped below, and that closes the socket too.
            let _ = queue.try_send(Outgoing::Close(why));
        }
        self.drop_socket(id, code)
    }

    /// A message of a socket. `ice` makes the servers of a new session for the named end.
    /// Gives the desktops whose state changed.
    pub fn message(
        &mut self,
        from: SocketId,
        message: ToCloud,
        ice: impl Fn(&str) -> Vec<IceServer>,
    ) -> Vec<String> {
        match message {
            ToCloud::SessionOpen { desktop, request } => self.open(from, desktop, request, ice),
            ToCloud::Signal { session, signal } => {
                self.signal(from, session, signal);
                Vec::new()
            }
            ToCloud::RelayRenew { session } => {
                self.renew(from, session, ice);
                Vec::new()
            }
            ToCloud::SessionClose { session, reason } => self.close(from, &session, &reason),
            ToCloud::Unknown => Vec::new(),
        }
    }

    fn open(
        &mut self,
        from: SocketId,
        desktop: String,
        request: String,
        ice: impl Fn(&str) -> Vec<IceServer>,
    ) -> Vec<String> {
        let Some(viewer) = self.sockets.get(&from).map(|s| s.subject.clone()) else {
            return Vec::new();
        };
        let daemon = self.daemon(&desktop);
        let same = daemon
            .and_then(|id| self.sockets.get(&id))
            .is_some_and(|d| d.subject.workspace == viewer.workspace);
        let refusal = match daemon {
            _ if !viewer.may_see(&desktop) => Some("not_found"),
            Some(_) if !same => Some("not_found"),
            None => Some("offline"),
            Some(_) if self.viewers(&desktop) >= MAX_VIEWERS => Some("busy"),
            Some(_) => None,
        };
        let (Some(daemon), None) = (daemon, refusal) else {
            self.tell(
                from,
                FromCloud::SessionRefused {
                    desktop,
                    code: refusal.unwrap_or("offline").to_owned(),
                    message: String::new(),
                    request: Some(request),
                },
            );
            return Vec::new();
        };
        let session = uuid::Uuid::new_v4().simple().to_string();
        let view_only = viewer.screen.as_ref().is_some_and(|watch| !watch.control);
        let opened = |ice_servers, request, viewer| FromCloud::SessionOpened {
            session: session.clone(),
            desktop: desktop.clone(),
            ice_servers,
            request,
            viewer,
            view_only,
        };
        self.tell(daemon, opened(ice(&desktop), None, Some(viewer.name)));
        self.tell(from, opened(ice(&viewer.id), Some(request), None));
        self.sessions.insert(session, Session { viewer: from, daemon, desktop: desktop.clone() });
        vec![desktop]
    }

    fn signal(&mut self, from: SocketId, session: String, signal: Signal) {
        let other = self.sessions.get(&session).and_then(|s| match from {
            _ if s.viewer == from => Some(s.daemon),
            _ if s.daemon == from => Some(s.viewer),
            _ => None,
        });
        match other {
            Some(other) => self.tell(other, FromCloud::Signal { session, signal }),
            None => self.tell(from, not_in_session(session)),
        }
    }

    fn renew(&mut self, from: SocketId, session: String, ice: impl Fn(&str) -> Vec<IceServer>) {
        let in_it =
            self.sessions.get(&session).is_some_and(|s| [s.viewer, s.daemon].contains(&from));
        let name = self.sockets.get(&from).map(|socket| socket.subject.id.clone());
        match name.filter(|_| in_it) {
            Some(name) => {
                let ice_servers = ice(&name);
                self.tell(from, FromCloud::RelayRenewed { session, ice_servers });
            }
            None => self.tell(from, not_in_session(session)),
        }
    }

    fn close(&mut self, from: SocketId, session: &str, reason: &str) -> Vec<String> {
        match self.sessions.get(session) {
            Some(s) if s.viewer == from || s.daemon == from => {}
            _ => return Vec::new(),
        }
        let Some(over) = self.sessions.remove(session) else { return Vec::new() };
        for end in [over.viewer, over.daemon] {
            self.tell(end, closed(session, "closed", reason));
        }
        vec![over.desktop]
    }

    /// Closes all sockets of a person. Gives the desktops whose state changed.
    pub fn close_person(&mut self, person: &str, why: Close) -> Vec<String> {
        self.end_all(why, |subject| {
            subject.desktop.is_none() && subject.screen.is_none() && subject.id == person
        })
    }

    /// Closes the sockets that were made with one bearer. Gives the desktops whose state changed.
    pub fn close_sid(&mut self, sid: &str, why: Close) -> Vec<String> {
        self.end_all(why, |subject| subject.sid == sid)
    }

    fn end_all(&mut self, why: Close, which: impl Fn(&Subject) -> bool) -> Vec<String> {
        let all: Vec<SocketId> =
            self.sockets.iter().filter(|(_, s)| which(&s.subject)).map(|(id, _)| *id).collect();
        let code = if why == Close::Revoked { "revoked" } else { "peer_gone" };
        all.into_iter().flat_map(|socket| self.end(socket, why, code)).collect()
    }

    /// The server stops: both ends of each session hear why, and nobody that the other end left.
    pub fn stop(&mut self) {
        for (name, session) in std::mem::take(&mut self.sessions) {
            for end in [session.viewer, session.daemon] {
                self.tell(end, closed(&name, "restart", "the cloud restarts"));
            }
        }
    }

    /// The desktop's machine starts; gives the number of this start. `None` when it does already,
    /// or its daemon is connected.
    pub fn start(&mut self, desktop: &str) -> Option<u64> {
        if self.daemon(desktop).is_some() || self.starting.contains_key(desktop) {
            return None;
        }
        self.starts += 1;
        self.starting.insert(desktop.to_owned(), self.starts);
        Some(self.starts)
    }

    /// That start took too long; `true` when it was still going on.
    pub fn start_is_over(&mut self, desktop: &str, start: u64) -> bool {
        self.starting.get(desktop) == Some(&start) && self.not_starting(desktop)
    }

    /// The desktop's machine does not start after all; `true` when it did until now.
    pub fn not_starting(&mut self, desktop: &str) -> bool {
        self.starting.remove(desktop).is_some()
    }

    /// Tells a desktop's daemon to shut down; `false` when there is none.
    pub fn shut_down(&mut self, desktop: &str) -> bool {
        let daemon = self.daemon(desktop);
        if let Some(daemon) = daemon {
            self.tell(daemon, FromCloud::Shutdown);
        }
        daemon.is_some()
    }

    /// Tells the people of a workspace about a desktop, and the screens that may show it.
    pub fn announce(&mut self, workspace: &str, desktop: &Desktop) {
        for id in self.watchers(workspace, &desktop.id) {
            self.tell(id, FromCloud::Desktop { desktop: desktop.clone() });
        }
    }

    /// Tells the same that a desktop is gone.
    pub fn announce_removed(&mut self, workspace: &str, desktop: &str) {
        for id in self.watchers(workspace, desktop) {
            self.tell(id, FromCloud::DesktopRemoved { id: desktop.to_owned() });
        }
    }

    fn of_workspace(&self, workspace: &str, which: impl Fn(&Subject) -> bool) -> Vec<SocketId> {
        let sockets = self.sockets.iter().filter(|(_, s)| s.subject.workspace == workspace);
        sockets.filter(|(_, s)| which(&s.subject)).map(|(id, _)| *id).collect()
    }

    /// Those who hear what happens in the workspace.
    fn people(&self, workspace: &str) -> Vec<SocketId> {
        self.of_workspace(workspace, |who| who.desktop.is_none() && who.screen.is_none())
    }

    fn watchers(&self, workspace: &str, desktop: &str) -> Vec<SocketId> {
        self.of_workspace(workspace, |who| who.may_see(desktop))
    }

    /// Fills in what only the hub knows.
    pub fn complete(&self, desktop: &mut Desktop) {
        if self.daemon(&desktop.id).is_some() {
            desktop.state = DesktopState::Online;
        } else if self.starting.contains_key(&desktop.id) {
            desktop.state = DesktopState::Starting;
        }
        desktop.viewers = u32::try_from(self.viewers(&desktop.id)).unwrap_or(u32::MAX);
    }

    /// Nobody is connected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sockets.is_empty()
    }

    /// Drops everybody without a word.
    pub(crate) fn abandon(&mut self) {
        self.sockets.clear();
        self.sessions.clear();
    }

    fn daemon(&self, desktop: &str) -> Option<SocketId> {
        self.sockets
            .iter()
            .find(|(_, s)| s.subject.desktop.as_deref() == Some(desktop))
            .map(|(id, _)| *id)
    }

    fn viewers(&self, desktop: &str) -> usize {
        self.sessions.values().filter(|s| s.desktop == desktop).count()
    }

    fn tell(&mut self, to: SocketId, message: FromCloud) {
        if let Some(socket) = self.sockets.get_mut(&to)
            && let Some(queue) = &socket.queue
            && queue.try_send(Outgoing::Message(Box::new(message))).is_err()
        {
            socket.queue = None;
        }
    }
}

fn closed(session: &str, code: &str, message: &str) -> FromCloud {
    FromCloud::SessionClosed {
        session: session.to_owned(),
        code: code.to_owned(),
        message: message.to_owned(),
    }
}

fn not_in_session(session: String) -> FromCloud {
    FromCloud::Error {
        code: "not_in_session".into(),
        message: "this socket is not an end of that session".into(),
        session: Some(session),
    }
}
