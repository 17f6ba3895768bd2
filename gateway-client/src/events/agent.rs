//! `agent`: a turn as the agent does it.

use crate::methods::chat::ToolOutput;
use crate::methods::lenient::{Lenient, Seed, answer, read};
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess};
use serde_json::Value;

/// A step of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentEvent {
    /// The run.
    pub run_id: String,
    /// The conversation, always as the full key.
    pub session_key: String,
    /// The agent.
    pub agent_id: Option<String>,
    /// Counts within the run.
    pub seq: Option<u64>,
    /// When, in milliseconds since 1970.
    pub ts: Option<u64>,
    /// The step.
    pub stream: Stream,
}

/// The step of a run.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Stream {
    /// Where the run stands.
    Lifecycle {
        /// `start`, `model`, `finishing`, `end`, `error`, ...
        phase: String,
        /// The provider, with `model`.
        provider: Option<String>,
        /// The model, with `model`.
        model: Option<String>,
        /// What went wrong, with `error`.
        error: Option<String>,
        /// Whether it was stopped.
        aborted: bool,
        /// Why it ended.
        stop_reason: Option<String>,
        /// When it started, in milliseconds since 1970.
        started_at: Option<u64>,
        /// When it ended, in milliseconds since 1970.
        ended_at: Option<u64>,
    },
    /// Text came; `chat` has it.
    Assistant,
    /// A thought came.
    Thinking {
        /// What is new.
        delta: String,
        /// It replaces all that came before.
        replace: bool,
    },
    /// A tool.
    Tool {
        /// The call.
        call_id: String,
        /// The tool.
        name: String,
        /// The step.
        phase: ToolPhase,
    },
    /// A step for people: what is being done.
    Item {
        /// The item.
        item_id: String,
        /// `tool`, `command`, ...
        kind: String,
        /// `start`, `update`, `end`.
        phase: String,
        /// For people, in English.
        title: Option<String>,
        /// `running`, `completed`, `failed`, `blocked`.
        status: Option<String>,
        /// The call, when it is of one.
        call_id: Option<String>,
    },
    /// A program printed something, or ended.
    CommandOutput {
        /// The call.
        call_id: String,
        /// `delta` or `end`.
        phase: String,
        /// What was printed so far, as far as the gateway tells.
        output: String,
        /// `running`, `completed`, `failed`.
        status: Option<String>,
        /// The program's exit code.
        exit_code: Option<i64>,
        /// How long it ran, in milliseconds.
        duration_ms: Option<u64>,
        /// Where it ran.
        cwd: Option<String>,
    },
    /// Tokens so far.
    Usage {
        /// Written.
        output_tokens: Option<u64>,
    },
    /// A call waits for a person, or waits no more.
    Approval {
        /// The call.
        call_id: Option<String>,
        /// The step.
        phase: ApprovalPhase,
    },
    /// Something else, by name.
    Other(String),
}

/// The step of a tool's call.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ToolPhase {
    /// It was called.
    Start {
        /// What it is called with; mostly an object.
        args: Value,
    },
    /// It said something; all it said so far.
    Update {
        /// So far.
        partial: Box<ToolOutput>,
    },
    /// It ended.
    Result {
        /// What it answered.
        output: Box<ToolOutput>,
        /// Whether it failed.
        is_error: bool,
        /// What it did, for people.
        meta: Option<String>,
    },
    /// Something else, by name.
    Other(String),
}

/// The step of an approval.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApprovalPhase {
    /// It waits for a person.
    Requested {
        /// The request.
        approval_id: Option<String>,
    },
    /// It waits no more.
    Resolved {
        /// `approved`, `denied`, ...
        status: String,
    },
    /// Something else, by name.
    Other(String),
}

answer! {
    struct Head {
        run_id: String,
        session_key: String,
        agent_id: Option<String>,
        seq: Option<u64>,
        ts: Option<u64>,
        stream: String,
    }
    struct Step {
        run_id: String,
        session_key: String,
        agent_id: Option<String>,
        seq: Option<u64>,
        ts: Option<u64>,
        stream: String,
        data: Value,
    }
    struct Lifecycle {
        phase: String,
        provider: Option<String>,
        model: Option<String>,
        error: Option<String>,
        aborted: bool,
        stop_reason: Option<String>,
        started_at: Option<u64>,
        ended_at: Option<u64>,
    }
    struct Thinking {
        delta: String,
        replace: bool,
    }
    struct Tool {
        phase: String,
        name: String,
        tool_call_id: String,
        args: Value,
        partial_result: Box<ToolOutput>,
        result: Box<ToolOutput>,
        is_error: bool,
        meta: Option<String>,
    }
    struct Item {
        item_id: String,
        kind: String,
        phase: String,
        title: Option<String>,
        status: Option<String>,
        tool_call_id: Option<String>,
    }
    struct CommandOutput {
        phase: String,
        tool_call_id: String,
        output: String,
        status: Option<String>,
        exit_code: Option<i64>,
        duration_ms: Option<u64>,
        cwd: Option<String>,
    }
    struct Usage {
        output_tokens: Option<u64>,
    }
    struct Approval {
        phase: String,
        status: String,
        approval_id: Option<String>,
        tool_call_id: Option<String>,
    }
}

/// The part of the payload that depends on the stream. The row of the conversation, which comes
/// with each step of a tool, is not read.
struct Data<T>(T);

impl<T: Lenient + Default> Lenient for Data<T> {
    fn object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut data = T::default();
        while let Some(key) = object.next_key::<String>()? {
            if key == "data" {
                data = object.next_value_seed(Seed::new())?.unwrap_or_default();
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Some(Self(data)))
    }
}

/// Where the data of a step is read from.
enum Source<'a> {
    /// The payload of an event.
    Payload(&'a str),
    /// The data of a step in a history.
    Tree(Value),
}

fn data<T: Lenient + Default>(source: Source<'_>) -> T {
    match source {
        Source::Payload(json) => read::<Data<T>>(json).map(|data| data.0),
        Source::Tree(tree) => Seed::new().deserialize(tree).ok().flatten(),
    }
    .unwrap_or_default()
}

impl AgentEvent {
    pub(super) fn parse(json: &str) -> Option<Self> {
        let head = read::<Head>(json)?;
        if head.run_id.is_empty() {
            return None;
        }
        Some(Self {
            stream: Stream::parse(head.stream, Source::Payload(json)),
            run_id: head.run_id,
            session_key: head.session_key,
            agent_id: head.agent_id,
            seq: head.seq,
            ts: head.ts,
        })
    }
}

/// A step as history has it, for a turn that is running.
impl Lenient for AgentEvent {
    fn object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Ok(Step::object(object)?.map(|step| Self {
            stream: Stream::parse(step.stream, Source::Tree(step.data)),
            run_id: step.run_id,
            session_key: step.session_key,
            agent_id: step.agent_id,
            seq: step.seq,
            ts: step.ts,
        }))
    }
}

impl Stream {
    fn parse(name: String, source: Source<'_>) -> Self {
        match name.as_str() {
            "assistant" => Self::Assistant,
            "lifecycle" => {
                let data: Lifecycle = data(source);
                Self::Lifecycle {
                    phase: data.phase,
                    provider: data.provider,
                    model: data.model,
                    error: data.error,
                    aborted: data.aborted,
                    stop_reason: data.stop_reason,
                    started_at: data.started_at,
                    ended_at: data.ended_at,
                }
            }
            "thinking" => {
                let data: Thinking = data(source);
                Self::Thinking { delta: data.delta, replace: data.replace }
            }
            "tool" => Self::tool(data(source)),
            "item" => {
                let data: Item = data(source);
                Self::Item {
                    item_id: data.item_id,
                    kind: data.kind,
                    phase: data.phase,
                    title: data.title,
                    status: data.status,
                    call_id: data.tool_call_id,
                }
            }
            "command_output" => {
                let data: CommandOutput = data(source);
                Self::CommandOutput {
                    call_id: data.tool_call_id,
                    phase: data.phase,
                    output: data.output,
                    status: data.status,
                    exit_code: data.exit_code,
                    duration_ms: data.duration_ms,
                    cwd: data.cwd,
                }
            }
            "usage" => Self::Usage { output_tokens: data::<Usage>(source).output_tokens },
            "approval" => {
                let data: Approval = data(source);
                Self::Approval {
                    call_id: data.tool_call_id,
                    phase: match data.phase.as_str() {
                        "requested" => ApprovalPhase::Requested { approval_id: data.approval_id },
                        "resolved" => ApprovalPhase::Resolved { status: data.status },
                        _ => ApprovalPhase::Other(data.phase),
                    },
                }
            }
            _ => Self::Other(name),
        }
    }

    fn tool(data: Tool) -> Self {
        let phase = match data.phase.as_str() {
            "start" => ToolPhase::Start { args: data.args },
            "update" => ToolPhase::Update { partial: data.partial_result },
            "result" => {
                ToolPhase::Result { output: data.result, is_error: data.is_error, meta: data.meta }
            }
            _ => ToolPhase::Other(data.phase),
        };
        Self::Tool { call_id: data.tool_call_id, name: data.name, phase }
    }
}
