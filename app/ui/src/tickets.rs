//! Tickets: a form names its act, and follows it in the model.

use egui::{Context, Id};
use multiclaw_core::model::Ticket;

/// A number that was not given out before.
pub(crate) fn next(ctx: &Context) -> Ticket {
    ctx.data_mut(|data| {
        let last = data.get_temp_mut_or_default::<u64>(Id::unique("tickets"));
        *last += 1;
        Ticket(*last)
    })
}
