//! What a person does on the chat's screens, and sees there.

use crate::world::*;
use egui::accesskit::Role as R;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use multiclaw_core::Command;

pub type Screen = Harness<'static, State>;

pub fn press(h: &mut Screen, modifiers: Modifiers, key: Key) {
    h.key_press_modifiers(modifiers, key);
    h.run_steps(3);
}

pub fn write(h: &mut Screen, text: &str) {
    h.event(Event::Text(text.into()));
    h.run_steps(2);
}

pub fn click(h: &mut Screen, name: &str) {
    h.get_by_label(name).click();
    h.run_steps(3);
}

pub fn taken(h: &mut Screen) -> Vec<Command> {
    std::mem::take(&mut h.state_mut().commands)
}

pub fn part(h: &Screen, text: &str) -> bool {
    h.query_all_by_label_contains(text).next().is_some()
}

/// A problem is named by its box and by its text.
pub fn has(h: &Screen, text: &str) {
    assert!(h.query_all_by_label(text).next().is_some(), "{text} in {h:?}");
}

pub fn message(h: &mut Screen) {
    h.get_by_role_and_label(R::MultilineTextInput, "Message").focus();
    h.run_steps(2);
}

pub fn copied(h: &Screen) -> Vec<String> {
    let all = &h.output().platform_output.commands;
    all.iter()
        .filter_map(|c| match c {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
        .collect()
}
