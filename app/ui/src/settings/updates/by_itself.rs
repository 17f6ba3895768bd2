//! What happens without being asked, and when not.

use super::super::row::{divider, group, row};
use crate::parts::{drop_down, item};
use crate::tokens::space;
use crate::widgets::switch;
use egui::{Align, Id, Ui, style::ScrollAnimation};
use multiclaw_core::Command;
use multiclaw_core::model::{Model, QuietHours, TimeOfDay};

/// Between two times that can be chosen, in minutes.
const STEP: u16 = 30;

/// The hours that are offered first: a night.
fn night() -> Option<QuietHours> {
    TimeOfDay::new(22, 0).zip(TimeOfDay::new(7, 0)).map(|(from, to)| QuietHours { from, to })
}

pub(super) fn show(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let update = &model.update;
    group(ui, "By itself", |ui| {
        let on = model.settings.updates;
        let text = format!(
            "At the start and once a day. Sent are the version and the kind of computer ({}, {}), \
             and nothing about you. Never while you are at a desktop.",
            update.version, update.target
        );
        row(ui, "Look for new versions and download them", &text, 40.0, |ui| {
            if switch(ui, on, "Look for new versions and download them").clicked() {
                commands.push(Command::SetUpdates(!on));
            }
        });
        divider(ui);
        if let Some(hours) = update.quiet_by_rule {
            let text = format!(
                "From {} to {}. The administrator of this computer has set them.",
                hours.from, hours.to
            );
            row(ui, "Quiet hours", &text, 0.0, |_| {});
            return;
        }
        let hours = model.settings.quiet_hours;
        let text = "In these hours nothing is looked for, downloaded or said by itself.";
        row(ui, "Quiet hours", text, 40.0, |ui| {
            if switch(ui, hours.is_some(), "Quiet hours").clicked() {
                let next = if hours.is_some() { None } else { night() };
                commands.push(Command::SetQuietHours(next));
            }
        });
        if let Some(hours) = hours {
            divider(ui);
            row(ui, "From and to", "Local time.", 220.0, |ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                // From the right, in a wide window; the names say which is which.
                let right = ui.layout().prefer_right_to_left();
                let order = if right { [false, true] } else { [true, false] };
                for first in order {
                    if let Some(next) = choose(ui, hours, first) {
                        commands.push(Command::SetQuietHours(Some(next)));
                    }
                }
            });
        }
    });
}

/// One end of the hours.
fn choose(ui: &mut Ui, hours: QuietHours, first: bool) -> Option<QuietHours> {
    let (now, other) = if first { (hours.from, hours.to) } else { (hours.to, hours.from) };
    let name = if first { "Quiet hours begin" } else { "Quiet hours end" };
    let mut chosen = None;
    drop_down(ui, &format!("{name}, {now}"), &now.to_string(), 96.0, None, |ui| {
        let opened = just_opened(ui, first);
        for n in 0..24 * 60 / STEP {
            let time = TimeOfDay::default().later(n * STEP);
            if time == now && opened {
                ui.scroll_to_cursor_animation(Some(Align::Center), ScrollAnimation::none());
            }
            // With both ends the same there were none.
            if time != other && item(ui, &time.to_string(), time == now) {
                chosen = Some(time);
            }
        }
    });
    let time = chosen.filter(|time| *time != now)?;
    Some(match first {
        true => QuietHours { from: time, to: hours.to },
        false => QuietHours { from: hours.from, to: time },
    })
}

/// Whether the menu was not there in the last frame: it begins at what is chosen, and can be
/// scrolled then.
fn just_opened(ui: &Ui, first: bool) -> bool {
    let (id, pass) = (Id::unique("quiet hours").with(first), ui.ctx().cumulative_pass_nr());
    let last = ui.data_mut(|data| {
        let last: Option<u64> = data.get_temp(id);
        data.insert_temp(id, pass);
        last
    });
    last.is_none_or(|last| pass > last + 1)
}
