//! Who is connected, and who may signal whom. Pure: sockets are queues here.

use cloud_client::wire::{Desktop, DesktopState, FromCloud, IceServer, Signal, ToCloud};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use tokio::sync::mpsc;

/// Most viewers of one desktop.
const MAX_VIEWERS: usize = 8;
/// Messages that may wait for a socket; one that does not read is closed.
pub(crate) const QUEUE: usize = 512;

/// Whose socket it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The person's id, or the desktop's.
    pub id: String,
    /// The workspace that the socket is for.
    pub workspace: String,
    /// Set for a daemon.
    pub desktop: Option<String>,
    /// For the other end.
    pub name: String,
}

/// Why the hub closes a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    /// The bearer was revoked: 4003.
    Revoked,
    /// Another daemon of the same desktop came: 4009.
    Replaced,
}

/// What a socket is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Outgoing {
    /// A message.
    Message(FromCloud),
    /// To close.
    Close(Close),
}

/// A socket's number.
pub type SocketId = u64;

struct Socket {
    subject: Subject,
    queue: mpsc::Sender<Outgoing>,
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
    next: SocketId,
}

impl Hub {
    /// A socket opened. A daemon's earlier socket is replaced.
    pub fn join(&mut self, subject: Subject) -> (SocketId, mpsc::Receiver<Outgoing>) {
        if let Some(desktop) = &subject.desktop
            && let Some(before) = self.daemon(desktop)
        {
            self.tell_close(before, Close::Replaced);
            self.leave(before);
        }
        let (queue, receiver) = mpsc::channel(QUEUE);
        self.next += 1;
        let id = self.next;
        self.sockets.insert(id, Socket { subject, queue });
        self.tell(id, FromCloud::Ready { id: format!("s-{id}"), seq: 0 });
        (id, receiver)
    }

    /// A socket closed; its sessions close. Gives the desktops whose state changed.
    pub fn leave(&mut self, id: SocketId) -> Vec<String> {
        let Some(socket) = self.sockets.remove(&id) else { return Vec::new() };
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
                self.tell(other, closed(&name, "peer_gone", "the other end left"));
                changed.push(session.desktop);
            }
        }
        changed.sort_unstable();
        changed.dedup();
        changed
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
            _ if viewer.desktop.is_some() => Some("not_found"),
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
        let opened = |ice_servers, request, viewer| FromCloud::SessionOpened {
            session: session.clone(),
            desktop: desktop.clone(),
            ice_servers,
            request,
            viewer,
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

    /// Closes all sockets of a person.
    pub fn close_subject(&mut self, id: &str, why: Close) {
        let all: Vec<SocketId> =
            self.sockets.iter().filter(|(_, s)| s.subject.id == id).map(|(id, _)| *id).collect();
        for socket in all {
            self.tell_close(socket, why);
        }
    }

    /// Tells the people of a workspace about a desktop.
    pub fn announce(&mut self, workspace: &str, desktop: &Desktop) {
        let people: Vec<SocketId> = self
            .sockets
            .iter()
            .filter(|(_, s)| s.subject.workspace == workspace && s.subject.desktop.is_none())
            .map(|(id, _)| *id)
            .collect();
        for id in people {
            self.tell(id, FromCloud::Desktop { desktop: desktop.clone() });
        }
    }

    /// Fills in what only the hub knows.
    pub fn complete(&self, desktop: &mut Desktop) {
        if self.daemon(&desktop.id).is_some() {
            desktop.state = DesktopState::Online;
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
        let full = self
            .sockets
            .get(&to)
            .is_some_and(|s| s.queue.try_send(Outgoing::Message(message)).is_err());
        if full {
            // It does not read. Dropping the queue ends its task, and that ends the socket.
            self.sockets.remove(&to);
        }
    }

    fn tell_close(&self, to: SocketId, why: Close) {
        if let Some(socket) = self.sockets.get(&to) {
            // A full queue is dropped with the socket.
            let _ = socket.queue.try_send(Outgoing::Close(why));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str, workspace: &str) -> Subject {
        let (id, name) = (id.to_owned(), id.to_owned());
        Subject { id, workspace: workspace.into(), desktop: None, name }
    }

    fn daemon(desktop: &str, workspace: &str) -> Subject {
        Subject { desktop: Some(desktop.into()), ..person(desktop, workspace) }
    }

    fn open(hub: &mut Hub, from: SocketId, desktop: &str) {
        let (desktop, request) = (desktop.to_owned(), "r".to_owned());
        hub.message(from, ToCloud::SessionOpen { desktop, request }, |_| Vec::new());
    }

    fn all(queue: &mut mpsc::Receiver<Outgoing>) -> Vec<FromCloud> {
        let mut messages = Vec::new();
        while let Ok(out) = queue.try_recv() {
            match out {
                Outgoing::Message(FromCloud::Ready { .. }) => {}
                Outgoing::Message(message) => messages.push(message),
                Outgoing::Close(_) => {}
            }
        }
        messages
    }

    fn session(messages: &[FromCloud]) -> String {
        messages
            .iter()
            .find_map(|m| match m {
                FromCloud::SessionOpened { session, .. } => Some(session.clone()),
                _ => None,
            })
            .expect("no session")
    }

    fn signal(session: &str) -> ToCloud {
        ToCloud::Signal { session: session.into(), signal: Signal::EndOfCandidates }
    }

    #[test]
    fn signals_pass_between_the_two_ends_only() {
        let mut hub = Hub::default();
        let (viewer, mut to_viewer) = hub.join(person("ada", "w1"));
        let (desk, mut to_desk) = hub.join(daemon("d1", "w1"));
        let (colleague, mut to_colleague) = hub.join(person("bob", "w1"));
        let (stranger, mut to_stranger) = hub.join(person("eve", "w2"));
        let (other_desk, _to_other_desk) = hub.join(daemon("d2", "w1"));
        open(&mut hub, viewer, "d1");
        let id = session(&all(&mut to_viewer));
        assert_eq!(session(&all(&mut to_desk)), id);
        for intruder in [colleague, stranger, other_desk] {
            hub.message(intruder, signal(&id), |_| Vec::new());
        }
        assert_eq!(all(&mut to_viewer), []);
        assert_eq!(all(&mut to_desk), []);
        for queue in [&mut to_colleague, &mut to_stranger] {
            let answer = all(queue);
            assert!(
                matches!(&answer[..], [FromCloud::Error { code, .. }] if code == "not_in_session")
            );
        }
        hub.message(viewer, signal(&id), |_| Vec::new());
        hub.message(desk, signal(&id), |_| Vec::new());
        assert_eq!(all(&mut to_desk).len(), 1);
        assert_eq!(all(&mut to_viewer).len(), 1);
    }

    #[test]
    fn another_workspace_does_not_learn_that_a_desktop_exists() {
        let mut hub = Hub::default();
        let (stranger, mut to_stranger) = hub.join(person("eve", "w2"));
        let (_desk, mut to_desk) = hub.join(daemon("d1", "w1"));
        open(&mut hub, stranger, "d1");
        let answer = all(&mut to_stranger);
        assert!(
            matches!(&answer[..], [FromCloud::SessionRefused { code, .. }] if code == "not_found")
        );
        assert_eq!(all(&mut to_desk), []);
    }

    #[test]
    fn an_end_that_leaves_closes_its_sessions() {
        let mut hub = Hub::default();
        let (viewer, mut to_viewer) = hub.join(person("ada", "w1"));
        let (desk, _to_desk) = hub.join(daemon("d1", "w1"));
        open(&mut hub, viewer, "d1");
        all(&mut to_viewer);
        assert_eq!(hub.leave(desk), ["d1"]);
        let told = all(&mut to_viewer);
        assert!(
            matches!(&told[..], [FromCloud::SessionClosed { code, .. }] if code == "peer_gone")
        );
        open(&mut hub, viewer, "d1");
        let told = all(&mut to_viewer);
        assert!(matches!(&told[..], [FromCloud::SessionRefused { code, .. }] if code == "offline"));
    }

    #[test]
    fn a_second_daemon_replaces_the_first_and_viewers_are_counted() {
        let mut hub = Hub::default();
        let (_, mut first) = hub.join(daemon("d1", "w1"));
        let (_, mut second) = hub.join(daemon("d1", "w1"));
        let mut last = None;
        while let Ok(out) = first.try_recv() {
            last = Some(out);
        }
        assert_eq!(last, Some(Outgoing::Close(Close::Replaced)));
        let mut told = Vec::new();
        for n in 0..=MAX_VIEWERS {
            let (viewer, mut queue) = hub.join(person(&format!("p{n}"), "w1"));
            open(&mut hub, viewer, "d1");
            told.extend(all(&mut queue));
        }
        assert!(
            matches!(told.last(), Some(FromCloud::SessionRefused { code, .. }) if code == "busy")
        );
        assert_eq!(all(&mut second).len(), MAX_VIEWERS);
    }

    #[test]
    fn a_socket_that_does_not_read_is_dropped() {
        let mut hub = Hub::default();
        let (viewer, _queue) = hub.join(person("ada", "w1"));
        for _ in 0..=QUEUE {
            hub.message(viewer, signal("none"), |_| Vec::new());
        }
        assert!(hub.is_empty());
    }
}
