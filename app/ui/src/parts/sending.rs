//! A form's act, from its button to its answer.

use crate::tickets;
use egui::Context;
use multiclaw_core::Command;
use multiclaw_core::model::{Model, Problem, Ticket, Work};

/// Where the act of a form stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sent<'a> {
    /// Nothing was sent.
    Idle,
    /// Under way.
    Busy,
    /// Done: the form closes.
    Done,
    /// Kept on this machine: the form closes.
    Queued,
    /// Not done: the form stays.
    Failed(&'a Problem),
}

/// Follows the act of one form.
#[derive(Default)]
pub(crate) struct Sending(Option<Ticket>);

impl Sending {
    /// A ticket for a new act. The one before is forgotten.
    pub(crate) fn start(&mut self, ctx: &Context, commands: &mut Vec<Command>) -> Ticket {
        self.forget(commands);
        let ticket = tickets::next(ctx);
        self.0 = Some(ticket);
        ticket
    }

    /// How it goes.
    pub(crate) fn state<'a>(&self, model: &'a Model) -> Sent<'a> {
        let Some(ticket) = self.0 else { return Sent::Idle };
        match model.work.get(&ticket) {
            // Core has not taken the command yet.
            None | Some(Work::Busy) => Sent::Busy,
            Some(Work::Done) => Sent::Done,
            Some(Work::Queued) => Sent::Queued,
            Some(Work::Failed(problem)) => Sent::Failed(problem),
        }
    }

    /// The form is gone.
    pub(crate) fn forget(&mut self, commands: &mut Vec<Command>) {
        if let Some(ticket) = self.0.take() {
            commands.push(Command::Forget(ticket));
        }
    }
}
