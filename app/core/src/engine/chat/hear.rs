//! From the gateway's events to what the turns take in.

use super::rows;
use crate::model::ToolState;
use crate::sync::reading::{failure, input_of, state_of};
use crate::sync::turn::{News, Source};
use crate::tr;
use gateway_client::events::{
    AgentEvent, ApprovalPhase, ChatEvent, ChatState, ErrorDetail, Stream, ToolPhase,
};
use gateway_client::methods::chat::HistoryMessage;

/// What an event is about.
#[derive(Clone, Copy)]
pub(super) struct Heard<'a> {
    pub(super) key: &'a str,
    pub(super) run: &'a str,
    pub(super) source: Source,
    pub(super) seq: Option<u64>,
}

/// Gives on what a `chat` event tells.
pub(super) fn chat(event: &ChatEvent, tell: impl FnOnce(News<'_>)) {
    let text = |message: &Option<Box<HistoryMessage>>| message.as_ref().map(|m| m.text());
    match &event.state {
        ChatState::Status { phase } => tell(News::Phase(phase)),
        ChatState::Delta { text, so_far, replace } => {
            tell(News::Text { delta: text, so_far: *so_far, replace: *replace });
        }
        ChatState::Final { message, .. } => {
            tell(News::Final { text: text(message).as_deref() });
        }
        ChatState::Aborted { message, .. } => {
            tell(News::Aborted { text: text(message).as_deref() });
        }
        ChatState::Error { message, detail, .. } => tell(News::Failed(failed(message, detail))),
        _ => {}
    }
}

fn failed(message: &str, detail: &ErrorDetail) -> crate::model::Problem {
    let mut problem = failure(message);
    if let Some(said) = &detail.provider_error_message_preview
        && !said.trim().is_empty()
        && !problem.what.contains(said.trim())
    {
        problem.what = tr!("engine-provider-said", problem = &problem.what, words = said.trim());
    }
    problem
}

/// Gives on what an `agent` event tells.
pub(super) fn agent(event: &AgentEvent, tell: impl FnOnce(News<'_>)) {
    match &event.stream {
        Stream::Lifecycle { model: Some(model), provider, .. } if !model.is_empty() => {
            tell(News::Model(rows::named(provider.as_deref(), model)));
        }
        Stream::Thinking { delta, replace } => {
            tell(News::Thinking { delta, replace: *replace });
        }
        Stream::Tool { call_id: call, name, phase } => tool(call, name, phase, tell),
        Stream::Item { call_id: Some(call), title: Some(title), .. } => {
            tell(News::ToolTitle { call, title });
        }
        Stream::Approval { call_id: Some(call), phase: ApprovalPhase::Requested { .. } } => {
            tell(News::Waiting(call));
        }
        _ => {}
    }
}

fn tool(call: &str, name: &str, phase: &ToolPhase, tell: impl FnOnce(News<'_>)) {
    match phase {
        ToolPhase::Start { args } => tell(News::ToolStart { call, name, input: input_of(args) }),
        ToolPhase::Update { partial } => {
            tell(News::ToolOutput { call, text: &partial.content.text() });
        }
        ToolPhase::Result { output, is_error, .. } => {
            let text = output.content.text();
            let details = output.details.as_ref();
            let status = details.and_then(|details| details.status.as_deref());
            let state = match status {
                Some("approval-pending") => ToolState::Waiting,
                _ => state_of(*is_error || status == Some("failed"), &text),
            };
            tell(News::ToolEnd {
                call,
                name,
                state,
                output: Some(&text),
                exit: rows::exit(details, &text),
                millis: details.and_then(|details| details.duration_ms),
            });
        }
        _ => {}
    }
}
