//! Pieces that the screens with lists share: pages, rows, dialogs, forms.

mod button;
mod choice;
mod dialog;
mod field;
#[cfg(test)]
pub(crate) mod fixtures;
mod list;
#[cfg(test)]
mod look;
mod page;
mod paint;
mod sending;

pub(crate) use button::{Act, tool};
pub(crate) use choice::{Segment, drop_down, item, segments};
pub(crate) use dialog::{Answer, Confirm, Dialog, body, footer};
pub(crate) use field::{Field, wipe};
pub(crate) use list::{Cursor, Rows, seek};
pub(crate) use multiclaw_core::local_time::{clock, day, full, minute as short};
pub(crate) use page::{
    Split, blocked, crown, empty, escape, fact, failed, header, loading, page, scrolled, section,
    strip,
};
pub(crate) use paint::{avatar, bar, line, pill, pill_label};
pub(crate) use sending::{Sending, Sent};
