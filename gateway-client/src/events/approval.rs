//! `exec.approval.*`: a person must say whether something may run.

use crate::methods::exec::Decision;
use crate::methods::lenient::{Lenient, answer};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;

/// What a person must decide on, with all that is known of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ApprovalRequest {
    /// For `exec.approval.resolve`.
    pub id: String,
    /// What exactly will run.
    pub command: String,
    /// The same as a list, when the gateway says it.
    pub argv: Vec<String>,
    /// Where.
    pub cwd: Option<String>,
    /// The program's path, as the gateway found it.
    pub resolved_path: Option<String>,
    /// `gateway`, `node`, `sandbox`.
    pub host: Option<String>,
    /// Which node, when it is one.
    pub node_id: Option<String>,
    /// The rule: `deny`, `allowlist`, `full`.
    pub security: Option<String>,
    /// The rule: `off`, `on-miss`, `always`.
    pub ask: Option<String>,
    /// What the gateway warns of.
    pub warning_text: Option<String>,
    /// What the gateway found in the command.
    pub analysis: CommandAnalysis,
    /// What may be answered. Only these are offered.
    pub allowed_decisions: Vec<Decision>,
    /// The agent.
    pub agent_id: Option<String>,
    /// The conversation.
    pub session_key: Option<String>,
    /// The run.
    pub run_id: Option<String>,
    /// The tool's call.
    pub tool_call_id: Option<String>,
    /// When it was asked, in milliseconds since 1970.
    pub created_at_ms: Option<u64>,
    /// Until when it can be answered, in milliseconds since 1970.
    pub expires_at_ms: Option<u64>,
}

answer! {
    /// What the gateway found in a command.
    pub struct CommandAnalysis {
        /// How many commands it is.
        pub command_count: Option<u64>,
        /// How many are inside others.
        pub nested_command_count: Option<u64>,
        /// Kinds of risk.
        pub risk_kinds: Vec<String>,
        /// Warnings, for people.
        pub warning_lines: Vec<String>,
    }
    struct Wire {
        id: String,
        request: Request,
        created_at_ms: Option<u64>,
        expires_at_ms: Option<u64>,
        decision: Option<Decision>,
        resolved_by: Option<String>,
        ts: Option<u64>,
    }
    struct Request {
        command: String,
        command_argv: Vec<String>,
        cwd: Option<String>,
        resolved_path: Option<String>,
        host: Option<String>,
        node_id: Option<String>,
        security: Option<String>,
        ask: Option<String>,
        warning_text: Option<String>,
        command_analysis: CommandAnalysis,
        allowed_decisions: Vec<Decision>,
        agent_id: Option<String>,
        session_key: Option<String>,
        run_id: Option<String>,
        tool_call_id: Option<String>,
    }
}

impl Lenient for ApprovalRequest {
    fn object<'de, A: serde::de::MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        let wire = Wire::deserialize(MapAccessDeserializer::new(object))?;
        let request = wire.request;
        Ok((!wire.id.is_empty()).then_some(Self {
            id: wire.id,
            command: request.command,
            argv: request.command_argv,
            cwd: request.cwd,
            resolved_path: request.resolved_path,
            host: request.host,
            node_id: request.node_id,
            security: request.security,
            ask: request.ask,
            warning_text: request.warning_text,
            analysis: request.command_analysis,
            allowed_decisions: request.allowed_decisions,
            agent_id: request.agent_id,
            session_key: request.session_key,
            run_id: request.run_id,
            tool_call_id: request.tool_call_id,
            created_at_ms: wire.created_at_ms,
            expires_at_ms: wire.expires_at_ms,
        }))
    }
}

/// A person decided, or the time ran out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ApprovalResolved {
    /// [`ApprovalRequest::id`].
    pub id: String,
    /// What was decided.
    pub decision: Option<Decision>,
    /// By which program.
    pub resolved_by: Option<String>,
    /// When, in milliseconds since 1970.
    pub ts: Option<u64>,
    /// The conversation.
    pub session_key: Option<String>,
    /// The run.
    pub run_id: Option<String>,
    /// The tool's call.
    pub tool_call_id: Option<String>,
}

impl Lenient for ApprovalResolved {
    fn object<'de, A: serde::de::MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        let wire = Wire::deserialize(MapAccessDeserializer::new(object))?;
        Ok((!wire.id.is_empty()).then_some(Self {
            id: wire.id,
            decision: wire.decision,
            resolved_by: wire.resolved_by,
            ts: wire.ts,
            session_key: wire.request.session_key,
            run_id: wire.request.run_id,
            tool_call_id: wire.request.tool_call_id,
        }))
    }
}
