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
            let text = format!("MultiClaw {} for {}", update.version, update.target);
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
        UpdatePlace::Off => (
            "Updates are off".to_owned(),
            "MultiClaw was started without them, as in the demo. Nothing is looked for.".to_owned(),
        ),
        UpdatePlace::NoKeys => (
            "This build does not update itself".to_owned(),
            "It was built without keys, so it could not verify a new version, and looks for none. \
             Build the newer source, or install MultiClaw from its website."
                .to_owned(),
        ),
        UpdatePlace::NotWritable { folder } => (
            "Installed for everybody on this computer".to_owned(),
            format!(
                "You cannot write to {folder}, so nothing is downloaded. Whoever installed \
                 MultiClaw updates it with the package from its website."
            ),
        ),
        UpdatePlace::Packaged { by } => (
            format!("Kept up to date by {by}"),
            match by.as_str() {
                "dpkg" => "Install the newer package: sudo apt install ./multiclaw_VERSION.deb, \
                           from the MultiClaw website."
                    .to_owned(),
                "rpm" => "Install the newer package: sudo dnf install ./multiclaw-VERSION.rpm, \
                          from the MultiClaw website."
                    .to_owned(),
                "Flatpak" => "Update it with: flatpak update io.multiclaw.Desktop".to_owned(),
                "Snap" => "Update it with: sudo snap refresh multiclaw".to_owned(),
                _ => "MultiClaw does not change files that something else looks after. Get the \
                      newer one where you got this one."
                    .to_owned(),
            },
        ),
    };
    Some(Words { tone: Some(Tone::Neutral), title, text, ..Words::default() })
}

fn here(update: &Update) -> Words {
    let check = |name| Some((name, false, Command::CheckForUpdates));
    let restart = Some(("Restart now", true, Command::RestartToUpdate));
    if update.going_back {
        let previous = update.previous.as_deref().unwrap_or("before");
        return Words {
            tone: Some(Tone::Accent),
            title: format!("Version {previous} comes back"),
            text: "It runs from the next start on.".to_owned(),
            act: restart,
            part: None,
        };
    }
    let frozen = update.frozen.is_some();
    let again = if frozen { None } else { check("Check for updates") };
    match &update.state {
        UpdateState::Idle => {
            Words { title: format!("MultiClaw {}", update.version), act: again, ..Words::default() }
        }
        UpdateState::Checking => Words {
            title: "Checking for updates…".to_owned(),
            act: Some(("Cancel", false, Command::CancelUpdate)),
            ..Words::default()
        },
        UpdateState::UpToDate => Words {
            tone: Some(Tone::Good),
            title: "MultiClaw is up to date".to_owned(),
            act: again,
            ..Words::default()
        },
        UpdateState::Available { offer, waits, failed_before } => {
            let mut text = about(offer);
            for part in [waits, failed_before].into_iter().flatten() {
                text = format!("{text} {part}").trim().to_owned();
            }
            let name = if failed_before.is_some() { "Try it again" } else { "Download" };
            Words {
                tone: Some(if failed_before.is_some() { Tone::Warning } else { Tone::Accent }),
                title: format!("Version {} is available", offer.version),
                text,
                act: Some((name, failed_before.is_none(), Command::DownloadUpdate)),
                part: None,
            }
        }
        UpdateState::Downloading { offer, got, of } => Words {
            title: format!("Downloading version {}", offer.version),
            text: amount(*got, *of),
            act: Some(("Cancel", false, Command::CancelUpdate)),
            part: Some(part(*got, *of)),
            ..Words::default()
        },
        UpdateState::Installing => Words {
            title: "Checking and unpacking…".to_owned(),
            text: "The signature is checked before anything is unpacked.".to_owned(),
            ..Words::default()
        },
        UpdateState::Ready(offer) => Words {
            tone: Some(Tone::Accent),
            title: format!("Version {} is ready", offer.version),
            text: "Its signature is good. It runs from the next start on, whenever that is. If it \
                   does not start, this version comes back by itself."
                .to_owned(),
            act: restart,
            part: None,
        },
        UpdateState::Failed(_) => Words {
            tone: Some(Tone::Bad),
            title: "That did not work".to_owned(),
            act: if frozen { None } else { check("Try again") },
            ..Words::default()
        },
    }
}

/// "Published on 31 Mar 2026. 41.2 MB."
fn about(offer: &UpdateOffer) -> String {
    let mut text = String::new();
    if !offer.date.is_empty() {
        text = format!("Published on {}. ", offer.date);
    }
    if !offer.size.is_empty() {
        text = format!("{text}{} to download.", offer.size);
    }
    text.trim().to_owned()
}

#[expect(clippy::cast_precision_loss, reason = "a bar has few pixels")]
fn part(got: u64, of: u64) -> f32 {
    if of == 0 { 0.0 } else { (got as f32 / of as f32).clamp(0.0, 1.0) }
}

/// "12.3 of 41.2 MB".
fn amount(got: u64, of: u64) -> String {
    let tenths = |bytes: u64| (bytes / 100_000) / 10;
    let rest = |bytes: u64| (bytes / 100_000) % 10;
    match of {
        0 => format!("{}.{} MB", tenths(got), rest(got)),
        _ => format!("{}.{} of {}.{} MB", tenths(got), rest(got), tenths(of), rest(of)),
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
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, "Download");
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
