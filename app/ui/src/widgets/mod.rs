//! Widgets that several screens share.

mod badge;
mod buttons;
mod choice;
mod field;
mod frame;
mod list;
mod notice;
mod states;

pub(crate) use badge::{Tone, badge, dot};
pub(crate) use buttons::{focus_ring, icon_button, icon_text, primary, quiet, secondary};
pub(crate) use choice::{segmented, segmented_width, switch};
pub(crate) use field::{field, search_field, secret_field};
pub(crate) use frame::{card, centred, floating, page};
pub(crate) use list::{Column, columns, line, menu_item, page_header, table_header};
pub(crate) use notice::{banner, toast};
pub(crate) use states::{empty_state, error_state, loading_state};
