//! What happens without being asked, and when not.

use super::super::row::{divider, group, row};
use crate::parts::{drop_down, item};
use crate::tokens::space;
use crate::widgets::switch;
use egui::{Align, Id, Ui, style::ScrollAnimation};
use multiclaw_core::Command;
use multiclaw_core::model::{Model, QuietHours, TimeOfDay};
use multiclaw_core::tr;

/// Between two times that can be chosen, in minutes.
const STEP: u16 = 30;

/// The hours that are offered first: a night.
fn night() -> Option<QuietHours> {
    TimeOfDay::new(22, 0).zip(TimeOfDay::new(7, 0)).map(|(from, to)| QuietHours { from, to })
}

pub(super) fn show(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let update = &model.update;
    group(ui, tr!("settings-updates-by-itself"), |ui| {
        let on = model.settings.updates;
        let title = tr!("settings-updates-look");
        let text = tr!(
            "settings-updates-look-note",
            version = update.version.as_str(),
            target = update.target.as_str(),
        );
        row(ui, title, &text, 40.0, |ui| {
            if switch(ui, on, title).clicked() {
                commands.push(Command::SetUpdates(!on));
            }
        });
        divider(ui);
        let title = tr!("settings-quiet");
        if let Some(hours) = update.quiet_by_rule {
            let (from, to) = (hours.from.to_string(), hours.to.to_string());
            let text = tr!("settings-quiet-by-rule", from = from, to = to);
            row(ui, title, &text, 0.0, |_| {});
            return;
        }
        let hours = model.settings.quiet_hours;
        row(ui, title, tr!("settings-quiet-note"), 40.0, |ui| {
            if switch(ui, hours.is_some(), title).clicked() {
                let next = if hours.is_some() { None } else { night() };
                commands.push(Command::SetQuietHours(next));
            }
        });
        if let Some(hours) = hours {
            divider(ui);
            row(ui, tr!("settings-quiet-ends"), tr!("settings-quiet-ends-note"), 220.0, |ui| {
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
    let said = now.to_string();
    let name = match first {
        true => tr!("settings-quiet-begin", time = said.as_str()),
        false => tr!("settings-quiet-end", time = said.as_str()),
    };
    let mut chosen = None;
    drop_down(ui, &name, &said, 96.0, None, |ui| {
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
