//! What happens in a workspace, to those who may see it (`PROTOCOL.md`, section 2, "Events").

use super::{Close, Hub, Subject};
use cloud_client::wire::{FromCloud, Item, ItemKind, LogLine, Role};

/// Longest message, in bytes (`PROTOCOL.md`, section 2).
const MAX_MESSAGE: usize = 256 * 1024;

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// All people of the workspace.
    Everyone,
    /// Its owners.
    Owners,
    /// Its owners and this person.
    OwnersAnd(String),
}

impl Audience {
    fn has(&self, subject: &Subject) -> bool {
        match self {
            Self::Everyone => true,
            Self::Owners => subject.role == Role::Owner,
            Self::OwnersAnd(person) => subject.role == Role::Owner || subject.id == *person,
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Something changed or appeared.
    Changed(Box<Item>),
    /// Something is gone.
    Removed(ItemKind, String),
}

/// What a change of a workspace does to the sockets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// An event.
    Event {
        /// Its number.
        seq: u64,
        /// Who is told.
        audience: Audience,
        /// What happened.
        what: What,
    },
    /// Lines were added to a task's log.
    Log {
        /// Which task.
        task: String,
        /// The lines.
        lines: Vec<LogLine>,
    },
    /// A person's sockets close, in all workspaces.
    ClosePerson {
        /// Who.
        person: String,
        /// Why.
        why: Close,
    },
}

impl Hub {
    /// A workspace changed. Gives the desktops whose state changed.
    pub fn apply(&mut self, workspace: &str, effects: Vec<Effect>) -> Vec<String> {
        let mut changed = Vec::new();
        for effect in effects {
            match effect {
                Effect::Event { seq, audience, what } => {
                    changed.extend(self.event(workspace, seq, &audience, &what));
                }
                Effect::Log { task, lines } => {
                    for id in self.people(workspace) {
                        let workspace = workspace.to_owned();
                        let (task, lines) = (task.clone(), lines.clone());
                        self.tell(id, FromCloud::TaskLog { workspace, task, lines });
                    }
                }
                Effect::ClosePerson { person, why } => {
                    changed.extend(self.close_person(&person, why));
                }
            }
        }
        changed
    }

    fn event(
        &mut self,
        workspace: &str,
        seq: u64,
        audience: &Audience,
        what: &What,
    ) -> Vec<String> {
        self.catch_up(workspace, seq.saturating_sub(1));
        if let Some(last) = self.last.get_mut(workspace) {
            *last = seq;
        }
        let mut changed = Vec::new();
        for id in self.people(workspace) {
            let Some(socket) = self.sockets.get_mut(&id).filter(|s| audience.has(&s.subject))
            else {
                continue;
            };
            let before = std::mem::replace(&mut socket.told, seq);
            let workspace = workspace.to_owned();
            let message = match what.clone() {
                What::Changed(item) => FromCloud::Changed { seq, before, workspace, item },
                What::Removed(kind, id) => FromCloud::Removed { seq, before, workspace, kind, id },
            };
            // A thing that is too long for a message is in the lists, which a socket that comes
            // back loads.
            if too_long(&message) {
                changed.extend(self.end(id, Close::Restart, "peer_gone"));
            } else {
                self.tell(id, message);
            }
        }
        changed
    }

    /// The workspace's number is `seq` and should be known to be. Where it is not, another program
    /// has changed the database: everybody has missed something, and finds so at the next event.
    pub(super) fn catch_up(&mut self, workspace: &str, seq: u64) {
        let last = self.last.entry(workspace.to_owned()).or_insert(seq);
        if *last == seq {
            return;
        }
        *last = seq;
        for socket in self.sockets.values_mut().filter(|s| s.subject.workspace == workspace) {
            socket.told = socket.told.max(seq);
        }
    }
}

/// Whether this is more than a socket takes.
fn too_long(message: &FromCloud) -> bool {
    let FromCloud::Changed { item, .. } = message else { return false };
    // Only these hold long texts. The others are not written twice.
    let texts = match &**item {
        Item::Document { document } => document.text.len() + document.goal.len(),
        Item::Message(message) => message.text.len(),
        Item::Task(task) => task.brief.len() + task.outcome.as_ref().map_or(0, String::len),
        Item::Agent(agent) => agent.instructions.len(),
        Item::Member(_) | Item::Conversation(_) | Item::Unknown => 0,
    };
    // A character is six bytes of JSON at most, where it is a control character.
    texts > MAX_MESSAGE / 8
        && serde_json::to_vec(message).map_or(true, |text| text.len() > MAX_MESSAGE)
}
