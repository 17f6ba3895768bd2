//! What is heard of runs, taken in.

use super::text::{cap_output, cut_to, grow_text, took};
use super::{Change, News, OVER, Over, Slot, Source, Turns};
use crate::model::{Entry, EntryKind, ToolCall, ToolState};
use std::sync::Arc;

impl Turns {
    /// Something was heard of a run. `seq`: its number among those of this source, when it has
    /// one.
    pub fn hear(
        &mut self,
        run: &str,
        source: Source,
        seq: Option<u64>,
        news: News<'_>,
        when: &str,
    ) -> Change {
        if run.is_empty() || self.is_over(run) {
            return Change::None;
        }
        let ends = matches!(news, News::Final { .. } | News::Aborted { .. } | News::Failed(_));
        let running = self.running(run);
        let last = match source {
            Source::Agent => &mut running.agent_seq,
            Source::Chat => &mut running.chat_seq,
        };
        // An end counts whatever its number is: some have none of their own.
        match seq {
            Some(seq) if seq <= *last && !ends => return Change::None,
            Some(seq) => *last = (*last).max(seq),
            None => {}
        }
        self.apply(run, news, when)
    }

    /// What was heard of a run while nobody listened here: its steps so far, told once more with
    /// the transcript. `seq`: as with [`Self::hear`]. What came meanwhile is newer and stays.
    pub fn hear_again(&mut self, run: &str, seq: Option<u64>, news: News<'_>, when: &str) {
        if run.is_empty() || self.is_over(run) {
            return;
        }
        let running = self.running(run);
        let newer = seq.is_none_or(|seq| seq > running.agent_seq);
        running.agent_seq = running.agent_seq.max(seq.unwrap_or_default());
        let goes_on = |call: &str| {
            let is = |piece: &&super::Piece| piece.slot == Slot::Tool(call.to_owned());
            match self.pieces.iter().rev().find(is).map(|piece| &piece.entry.kind) {
                Some(EntryKind::Tool(tool)) => {
                    matches!(tool.state, ToolState::Running | ToolState::Waiting)
                }
                _ => true,
            }
        };
        let take = match &news {
            News::ToolStart { .. } | News::ToolTitle { .. } => true,
            News::ToolEnd { call, .. } => goes_on(call),
            News::ToolOutput { .. } | News::Waiting(_) | News::Model(_) => newer,
            // The transcript and the text so far have these.
            _ => false,
        };
        if take {
            self.apply(run, news, when);
        }
    }

    fn apply(&mut self, run: &str, news: News<'_>, when: &str) -> Change {
        match news {
            News::Phase(phase) => phase.clone_into(&mut self.running(run).phase),
            News::Model(model) => self.running(run).model = model,
            News::Text { delta, so_far, replace: true } => {
                self.running(run).heard = so_far.unwrap_or(delta.len());
                self.whole_text(run, delta);
            }
            News::Text { delta, so_far, replace: false } => {
                return self.grown(run, delta, so_far);
            }
            News::Thinking { delta, replace } => self.thinking(run, delta, replace),
            News::ToolStart { call, name, input } => {
                let tool = self.tool(run, call, when);
                name.clone_into(&mut tool.name);
                let cut = cut_to(&input, ToolCall::MOST_INPUT);
                if tool.input.is_empty() {
                    tool.input = cut.into();
                }
            }
            News::ToolTitle { call, title } => {
                title.clone_into(&mut self.tool(run, call, when).summary);
            }
            News::ToolOutput { call, text } => {
                let tool = self.tool(run, call, when);
                if matches!(tool.state, ToolState::Running | ToolState::Waiting) {
                    grow_text(&mut tool.output, text);
                    tool.state = ToolState::Running;
                }
            }
            News::Waiting(call) => {
                let tool = self.tool(run, call, when);
                if tool.state == ToolState::Running {
                    tool.state = ToolState::Waiting;
                }
            }
            News::ToolEnd { call, name, state, output, exit, millis } => {
                let tool = self.tool(run, call, when);
                if tool.name.is_empty() {
                    name.clone_into(&mut tool.name);
                }
                if let Some(output) = output {
                    let (kept, cut) = cap_output(output);
                    grow_text(&mut tool.output, kept);
                    tool.cut = cut;
                }
                tool.state = state;
                tool.exit = exit.or(tool.exit);
                if let Some(millis) = millis {
                    tool.took = took(millis);
                }
            }
            News::Final { text } => {
                self.whole_text(run, text.unwrap_or_default());
                return self.end(run, Over::Done);
            }
            News::Aborted { text } => {
                self.whole_text(run, text.unwrap_or_default());
                return self.end(run, Over::Stopped);
            }
            News::Failed(problem) => {
                let id = format!("{run}/failed");
                let entry = Entry { id, when: when.to_owned(), kind: EntryKind::Failed(problem) };
                self.push(run, Slot::Failure, entry);
                return self.end(run, Over::Failed);
            }
        }
        Change::Some
    }

    /// A call waits for a person, or does not any more. Whether it is known.
    pub fn waiting(&mut self, call: &str, state: ToolState) -> bool {
        for piece in self.pieces.iter_mut().rev() {
            if piece.slot == Slot::Tool(call.to_owned()) {
                if let EntryKind::Tool(tool) = &mut Arc::make_mut(&mut piece.entry).kind
                    && matches!(tool.state, ToolState::Running | ToolState::Waiting)
                {
                    tool.state = state;
                }
                return true;
            }
        }
        false
    }

    pub(super) fn end(&mut self, run: &str, how: Over) -> Change {
        self.running.retain(|r| r.id != run);
        self.over.push_back(run.to_owned());
        if self.over.len() > OVER {
            self.over.pop_front();
        }
        let mut last_text = true;
        for piece in self.pieces.iter_mut().rev().filter(|piece| piece.run == run) {
            match &mut Arc::make_mut(&mut piece.entry).kind {
                EntryKind::Agent { growing, stopped, .. } => {
                    *growing = false;
                    *stopped |= how == Over::Stopped && last_text;
                    last_text = false;
                }
                EntryKind::Thinking { growing, .. } => *growing = false,
                EntryKind::Tool(tool)
                    if matches!(tool.state, ToolState::Running | ToolState::Waiting) =>
                {
                    tool.state = ToolState::Stopped;
                }
                _ => {}
            }
        }
        Change::Over(how)
    }
}
