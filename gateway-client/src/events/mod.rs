//! What happens at the gateway, typed. Unknown events and fields are skipped, never fatal.

mod agent;
mod approval;
mod chat;
mod system;

pub use agent::{AgentEvent, ApprovalPhase, Stream, ToolPhase};
pub use approval::{ApprovalRequest, ApprovalResolved, CommandAnalysis};
pub use chat::{ChatEvent, ChatState, ErrorDetail};
pub use system::{
    ConfigChanged, CronEvent, PairRequest, PairResolved, PresenceEntry, PresenceList, Reason,
    SessionMessage, SessionOperation, SessionsChanged, TaskEvent, TaskFacts, UpdateAvailable,
};

use crate::methods::HealthReport;
use crate::methods::lenient::{Lenient, read};
use serde_json::value::RawValue;

/// An event.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Happening {
    /// A turn as a conversation shows it: text and its end.
    Chat(ChatEvent),
    /// A turn as the agent does it: tools, thoughts, programs.
    Agent(AgentEvent),
    /// A conversation changed.
    SessionsChanged(Box<SessionsChanged>),
    /// A message was added to a conversation.
    SessionMessage(Box<SessionMessage>),
    /// The gateway works on a conversation's history.
    SessionOperation(SessionOperation),
    /// A person must say whether something may run.
    ApprovalRequested(Box<ApprovalRequest>),
    /// A person said so, or it ran out.
    ApprovalResolved(Box<ApprovalResolved>),
    /// A device wants in.
    PairRequested(Box<PairRequest>),
    /// A device was let in, or not.
    PairResolved(PairResolved),
    /// Who is connected.
    Presence(Vec<PresenceEntry>),
    /// How the gateway is.
    Health(Box<HealthReport>),
    /// A job changed or ran.
    Cron(Box<CronEvent>),
    /// A background task changed.
    Task(Box<TaskEvent>),
    /// The configuration was written.
    ConfigChanged(ConfigChanged),
    /// Models or commands changed: what was loaded of them is old.
    ChatMetadataChanged,
    /// Skills changed.
    SkillsChanged(Reason),
    /// Whether there is a newer gateway.
    UpdateAvailable(UpdateAvailable),
    /// The gateway goes.
    Shutdown {
        /// In its words.
        reason: String,
        /// When it wants to be back, in milliseconds; `None` when it was stopped.
        restart_expected_ms: Option<u64>,
    },
    /// It is there.
    Tick,
    /// An event that this program has no use for, by name.
    Other(String),
}

impl Happening {
    /// Reads an event. What cannot be read becomes [`Happening::Other`].
    #[must_use]
    pub fn parse(name: &str, payload: &RawValue) -> Self {
        Self::known(name, payload.get()).unwrap_or_else(|| {
            tracing::debug!(event = name, bytes = payload.get().len(), "no use for this event");
            Self::Other(name.to_owned())
        })
    }

    fn known(name: &str, json: &str) -> Option<Self> {
        Some(match name {
            "chat" => Self::Chat(ChatEvent::parse(json)?),
            "agent" | "session.tool" => Self::Agent(AgentEvent::parse(json)?),
            "sessions.changed" => Self::SessionsChanged(boxed(json)?),
            "session.message" => Self::SessionMessage(boxed(json)?),
            "session.operation" => Self::SessionOperation(read(json)?),
            "exec.approval.requested" => Self::ApprovalRequested(boxed(json)?),
            "exec.approval.resolved" => Self::ApprovalResolved(boxed(json)?),
            "device.pair.requested" => Self::PairRequested(boxed(json)?),
            "device.pair.resolved" => Self::PairResolved(read(json)?),
            "presence" => Self::Presence(read::<PresenceList>(json)?.presence),
            "health" => Self::Health(boxed(json)?),
            "cron" => Self::Cron(boxed(json)?),
            "task" => Self::Task(boxed(json)?),
            "config.changed" => Self::ConfigChanged(read(json)?),
            "chat.metadata.changed" => Self::ChatMetadataChanged,
            "skills.changed" => Self::SkillsChanged(read(json).unwrap_or_default()),
            "update.available" => Self::UpdateAvailable(read(json)?),
            "shutdown" => {
                let facts = read::<system::ShutdownWire>(json).unwrap_or_default();
                Self::Shutdown {
                    reason: facts.reason,
                    restart_expected_ms: facts.restart_expected_ms,
                }
            }
            "tick" => Self::Tick,
            _ => return None,
        })
    }
}

fn boxed<T: Lenient>(json: &str) -> Option<Box<T>> {
    read(json)
}
