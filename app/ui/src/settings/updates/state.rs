//! The card on top: what runs, what is going on, and the one thing to do.

use crate::parts::Act;
use crate::tokens::{self, radius, size, space};
use crate::widgets::{Tone, banner, dot, primary};
use egui::{
    Align, Frame, Label, Layout, Margin, Rect, RichText, Sense, Ui, UiBuilder, WidgetInfo,
    accesskit::Role, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Update, UpdateOffer, UpdatePlace, UpdateState};
use multiclaw_core::tr;

/// What the card says and offers.
#[derive(Default)]
struct Words {
    tone: Option<Tone>,
    title: String,
    text: String,
    /// A button, and whether it is what the page is there for.
    act: Option<(&'static str, bool, Command)>,
    /// Part of a download that is there.
    part: Option<f32>,
}

pub(super) fn show(ui: &mut Ui, update: &Update, commands: &mut Vec<Command>) {
    let words = match elsewhere(update) {
        Some(words) => words,
        None => here(update),
    };
    Frame::new().inner_margin(Margin::symmetric(16, 16)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::XS;
        if !update.version.is_empty() {
            let (version, target) = (update.version.as_str(), update.target.as_str());
            let text = tr!("settings-updates-this", version = version, target = target);
            ui.label(RichText::new(text).weak().small());
        }
        headline(ui, &words, commands);
        if let Some(part) = words.part {
            ui.add_space(space::XS);
            bar(ui, part);
        }
        if !words.text.is_empty() {
            ui.add(Label::new(RichText::new(&words.text).weak()).wrap());
        }
        if let UpdateState::Failed(problem) = &update.state
            && update.place == UpdatePlace::Ours
        {
            ui.add_space(space::S);
            banner(ui, problem);
        }
        if let Some(frozen) = &update.frozen {
            ui.add_space(space::S);
            super::marked(ui, Tone::Accent, RichText::new(frozen));
        }
    });
}

/// The title at the left, the button at the right.
fn headline(ui: &mut Ui, words: &Words, commands: &mut Vec<Command>) {
    let (rect, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), size::CONTROL + 4.0), Sense::hover());
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout).id_salt("act"));
    if let Some((name, first, command)) = &words.act {
        let clicked = if *first {
            primary(&mut right, name, true, 130.0).clicked()
        } else {
            Act::plain(name).show(&mut right).clicked()
        };
        if clicked {
            commands.push(command.clone());
        }
    }
    let edge = if words.act.is_some() { right.min_rect().min.x - space::M } else { rect.max.x };
    let room = Rect::from_min_max(rect.min, egui::pos2(edge, rect.max.y));
    let layout = Layout::left_to_right(Align::Center);
    let mut left = ui.new_child(UiBuilder::new().max_rect(room).layout(layout).id_salt("title"));
    if let Some(tone) = words.tone {
        dot(&mut left, tone);
    }
    let title = RichText::new(&words.title).size(size::STRONG);
    let head = left.add(Label::new(title).truncate());
    head.widget_info(|| WidgetInfo::labeled(Role::Status, true, &words.title));
}

/// A program that does not update itself: whose work it is.
fn elsewhere(update: &Update) -> Option<Words> {
    let (title, text) = match &update.place {
        UpdatePlace::Ours => return None,
        UpdatePlace::Off => {
            (tr!("settings-updates-off").to_owned(), tr!("settings-updates-off-note").to_owned())
        }
        UpdatePlace::NoKeys => (
            tr!("settings-updates-no-keys").to_owned(),
            tr!("settings-updates-no-keys-note").to_owned(),
        ),
        UpdatePlace::NotWritable { folder } => (
            tr!("settings-updates-everybody").to_owned(),
            tr!("settings-updates-everybody-note", folder = folder.as_str()),
        ),
        UpdatePlace::Packaged { by } => (
            tr!("settings-updates-kept-by", by = by.as_str()),
            match by.as_str() {
                "dpkg" => tr!("settings-updates-dpkg"),
                "rpm" => tr!("settings-updates-rpm"),
                "Flatpak" => tr!("settings-updates-flatpak"),
                "Snap" => tr!("settings-updates-snap"),
                _ => tr!("settings-updates-other-keeper"),
            }
            .to_owned(),
        ),
    };
    Some(Words { tone: Some(Tone::Neutral), title, text, ..Words::default() })
}

fn here(update: &Update) -> Words {
    let check = |name| Some((name, false, Command::CheckForUpdates));
    let restart = Some((tr!("settings-updates-restart"), true, Command::RestartToUpdate));
    if update.going_back {
        return Words {
            tone: Some(Tone::Accent),
            title: match update.previous.as_deref() {
                Some(previous) => tr!("settings-updates-comes-back", version = previous),
                None => tr!("settings-updates-before-comes-back").to_owned(),
            },
            text: tr!("settings-updates-comes-back-note").to_owned(),
            act: restart,
            part: None,
        };
    }
    let frozen = update.frozen.is_some();
    let again = if frozen { None } else { check(tr!("settings-updates-check")) };
    match &update.state {
        UpdateState::Idle => {
            Words { title: format!("MultiClaw {}", update.version), act: again, ..Words::default() }
        }
        UpdateState::Checking => Words {
            title: tr!("settings-updates-checking").to_owned(),
            act: Some((tr!("settings-cancel"), false, Command::CancelUpdate)),
            ..Words::default()
        },
        UpdateState::UpToDate => Words {
            tone: Some(Tone::Good),
            title: tr!("settings-updates-up-to-date").to_owned(),
            act: again,
            ..Words::default()
        },
        UpdateState::Available { offer, waits, failed_before } => {
            let mut text = about(offer);
            for part in [waits, failed_before].into_iter().flatten() {
                text = format!("{text} {part}").trim().to_owned();
            }
            let name = match failed_before {
                Some(_) => tr!("settings-updates-try-again"),
                None => tr!("settings-updates-download"),
            };
            Words {
                tone: Some(if failed_before.is_some() { Tone::Warning } else { Tone::Accent }),
                title: tr!("settings-updates-available", version = offer.version.as_str()),
                text,
                act: Some((name, failed_before.is_none(), Command::DownloadUpdate)),
                part: None,
            }
        }
        UpdateState::Downloading { offer, got, of } => Words {
            title: tr!("settings-updates-downloading", version = offer.version.as_str()),
            text: amount(*got, *of),
            act: Some((tr!("settings-cancel"), false, Command::CancelUpdate)),
            part: Some(part(*got, *of)),
            ..Words::default()
        },
        UpdateState::Installing => Words {
            title: tr!("settings-updates-installing").to_owned(),
            text: tr!("settings-updates-installing-note").to_owned(),
            ..Words::default()
        },
        UpdateState::Ready(offer) => Words {
            tone: Some(Tone::Accent),
            title: tr!("settings-updates-ready", version = offer.version.as_str()),
            text: tr!("settings-updates-ready-note").to_owned(),
            act: restart,
            part: None,
        },
        UpdateState::Failed(_) => Words {
            tone: Some(Tone::Bad),
            title: tr!("settings-updates-not-worked").to_owned(),
            act: if frozen { None } else { check(tr!("settings-updates-again")) },
            ..Words::default()
        },
    }
}

/// "Published on 31 Mar 2026. 41.2 MB."
fn about(offer: &UpdateOffer) -> String {
    match (offer.date.as_str(), offer.size.as_str()) {
        ("", "") => String::new(),
        (date, "") => tr!("settings-updates-published", date = date),
        ("", size) => tr!("settings-updates-size", size = size),
        (date, size) => tr!("settings-updates-published-size", date = date, size = size),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a bar has few pixels")]
fn part(got: u64, of: u64) -> f32 {
    if of == 0 { 0.0 } else { (got as f32 / of as f32).clamp(0.0, 1.0) }
}

/// "12.3 of 41.2 MB".
fn amount(got: u64, of: u64) -> String {
    let megabytes = |bytes: u64| format!("{}.{}", bytes / 1_000_000, bytes / 100_000 % 10);
    match of {
        0 => tr!("settings-updates-got", got = megabytes(got)),
        _ => tr!("settings-updates-got-of", got = megabytes(got), of = megabytes(of)),
    }
}

fn bar(ui: &mut Ui, part: f32) {
    let t = tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 6.0), Sense::hover());
    ui.painter().rect_filled(rect, radius::PILL, t.raised);
    let mut done = rect;
    done.set_width(rect.width() * part);
    if part > 0.0 {
        ui.painter().rect_filled(done, radius::PILL, t.accent);
    }
    response.widget_info(|| {
        let mut info =
            WidgetInfo::labeled(Role::ProgressIndicator, true, tr!("settings-updates-download"));
        info.value = Some(f64::from(part) * 100.0);
        info
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_short() {
        assert_eq!(amount(0, 41_234_567), "0.0 of 41.2 MB");
        assert_eq!(amount(12_345_678, 41_234_567), "12.3 of 41.2 MB");
        assert_eq!(amount(999_999, 0), "0.9 MB");
        assert!(part(0, 0) == 0.0 && part(9, 3) == 1.0 && part(1, 2) == 0.5);
    }
}
