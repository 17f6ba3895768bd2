//! The pages of switches and choices.

use super::row::{Rows, divider, fact, group, row};
use crate::widgets::{secondary, segmented, switch};
use egui::Ui;
use multiclaw_core::Command;
use multiclaw_core::model::{
    Keyboard, Model, Power, Quality, Scale, Scaling, Setting, Theme, WebRtcMode,
};

/// A row with one of a few choices.
fn choose<T: Copy + PartialEq>(
    ui: &mut Ui,
    words: (&str, &str),
    wide: f32,
    choices: &[(T, &str)],
    chosen: T,
) -> Option<T> {
    let mut next = None;
    row(ui, words.0, words.1, wide, |ui| {
        let names: Vec<&str> = choices.iter().map(|(_, name)| *name).collect();
        let now = choices.iter().position(|(value, _)| *value == chosen).unwrap_or(0);
        next = segmented(ui, &names, now).and_then(|n| choices.get(n)).map(|(value, _)| *value);
    });
    next
}

/// A row with a switch.
fn toggle(ui: &mut Ui, title: &str, text: &str, on: bool) -> Option<bool> {
    let mut next = None;
    row(ui, title, text, 40.0, |ui| {
        if switch(ui, on, title).clicked() {
            next = Some(!on);
        }
    });
    next
}

pub(super) fn general(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let fixed = model.fixed;
    group(ui, "Appearance", |ui| {
        let mut rows = Rows::default();
        if rows.next(ui, fixed.has(Setting::Theme)) {
            let choices =
                [(Theme::System, "System"), (Theme::Light, "Light"), (Theme::Dark, "Dark")];
            let words = ("Theme", "System follows the setting of the computer.");
            let chosen = choose(ui, words, 240.0, &choices, model.settings.theme);
            commands.extend(chosen.map(Command::SetTheme));
        }
        if rows.next(ui, false) {
            let choices = Scale::STEPS.map(|step| (step, format!("{} %", step.percent())));
            let choices: Vec<_> =
                choices.iter().map(|(step, name)| (*step, name.as_str())).collect();
            let words =
                ("Scale", "Of everything but a desktop's picture. Nothing here moves by itself.");
            let chosen = choose(ui, words, 430.0, &choices, model.settings.scale);
            commands.extend(chosen.map(Command::SetScale));
        }
    });
    if !fixed.has(Setting::Notifications) {
        group(ui, "Notifications", |ui| {
            let text = "MultiClaw tells you on the desktop when a long turn ends or a command \
                        waits for your word, and its window is not in front.";
            let name = "Notifications on the desktop";
            let on = toggle(ui, name, text, model.settings.notifications);
            commands.extend(on.map(Command::SetNotifications));
        });
    }
    for (name, rows) in SHORTCUTS {
        group(ui, name, |ui| {
            for (n, (what, keys)) in rows.iter().enumerate() {
                if n > 0 {
                    divider(ui);
                }
                fact(ui, what, keys);
            }
        });
    }
}

/// Groups of shortcuts: what they do, and the keys.
const SHORTCUTS: [(&str, &[(&str, &str)]); 3] = [
    (
        "Keyboard shortcuts",
        &[
            ("Find anything and go there", "Ctrl+K"),
            ("Switch screens", "Ctrl+1 to Ctrl+9"),
            ("Settings", "Ctrl+,"),
            ("Full screen", "F11"),
            ("Larger, smaller, as at first", "Ctrl+Plus, Ctrl+Minus, Ctrl+0"),
        ],
    ),
    (
        "In chats and conversations",
        &[
            ("Begin a new one", "Ctrl+N"),
            ("Find in the open one, or search all", "Ctrl+F"),
            ("Send the message", "Enter"),
            ("Begin a new line", "Shift+Enter"),
            ("In the list: rename, delete", "F2, Delete"),
        ],
    ),
    (
        "At an open desktop",
        &[
            ("Show or hide the chat beside it", "Ctrl+Alt+C"),
            ("Take its picture into the chat", "Ctrl+Alt+S"),
            ("Show the toolbar", "Ctrl+Alt+T"),
            ("Full screen", "Ctrl+Alt+Enter or F11"),
        ],
    ),
];

/// Whether the gateway's own screen is wanted.
pub(super) fn gateway(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) -> bool {
    let mut leave = false;
    group(ui, "OpenClaw gateway", |ui| {
        let (_, title, text) = crate::gateway::state(&model.gateway);
        row(ui, &title, text.trim(), 150.0, |ui| {
            leave = secondary(ui, "Open the gateway").clicked();
        });
    });
    if model.fixed.has(Setting::WebRtc) {
        return leave;
    }
    group(ui, "Browser Automation", |ui| {
        let choices = [(WebRtcMode::Automatic, "Automatic"), (WebRtcMode::TurnRelay, "TURN relay")];
        let text = match model.settings.webrtc {
            WebRtcMode::Automatic => {
                "Automatic tries a direct connection, then a relay over UDP, then over TCP port 443."
            }
            WebRtcMode::TurnRelay => {
                "Everything goes over TCP port 443. Choose this where the network blocks UDP."
            }
        };
        let words = ("WebRTC connection mode", text);
        let chosen = choose(ui, words, 230.0, &choices, model.settings.webrtc);
        commands.extend(chosen.map(Command::SetWebRtcMode));
    });
    leave
}

pub(super) fn desktops(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let fixed = |setting| model.fixed.has(setting);
    group(ui, "Picture", |ui| picture(ui, model, commands));
    if fixed(Setting::Keyboard) {
        return;
    }
    group(ui, "Input", |ui| {
        let choices =
            [(Keyboard::Automatic, "What you type"), (Keyboard::Position, "Key positions")];
        let text = match model.settings.keyboard {
            Keyboard::Automatic => "Characters of your layout, other keys by their position.",
            Keyboard::Position => "For games, or where both sides have the same layout.",
        };
        let chosen = choose(ui, ("Keyboard", text), 270.0, &choices, model.settings.keyboard);
        commands.extend(chosen.map(Command::SetKeyboard));
    });
}

fn picture(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let (settings, fixed) = (&model.settings, model.fixed);
    let mut rows = Rows::default();
    if rows.next(ui, fixed.has(Setting::Scaling)) {
        let choices = [(Scaling::Fit, "Fit to window"), (Scaling::OneToOne, "Actual size")];
        let text = match settings.scaling {
            Scaling::Fit => "The whole desktop is always seen.",
            Scaling::OneToOne => "One desktop pixel is one screen pixel. A larger desktop moves.",
        };
        let chosen = choose(ui, ("Scaling", text), 250.0, &choices, settings.scaling);
        commands.extend(chosen.map(Command::SetScaling));
    }
    if rows.next(ui, fixed.has(Setting::Quality)) {
        let choices = [
            (Quality::LowData, "Low data"),
            (Quality::Balanced, "Balanced"),
            (Quality::Sharp, "Sharp"),
        ];
        let text = match settings.quality {
            Quality::LowData => "At most 10 pictures a second, coarse.",
            Quality::Balanced => "At most 30 pictures a second.",
            Quality::Sharp => "At most 60 pictures a second, fine.",
        };
        let chosen = choose(ui, ("Quality", text), 270.0, &choices, settings.quality);
        commands.extend(chosen.map(Command::SetQuality));
    }
    if rows.next(ui, false) {
        let choices = [(Power::Automatic, "Automatic"), (Power::Full, "Full"), (Power::Low, "Low")];
        let text = match (settings.power, model.low_power) {
            (Power::Automatic, true) => {
                "On: this computer has no graphics device, or one core. At most 12 pictures a second."
            }
            (Power::Automatic, false) => "Off: this computer is strong enough.",
            (Power::Full, _) => "Off: as many pictures as the quality above says.",
            (Power::Low, _) => "On: at most 12 pictures a second, whatever the quality.",
        };
        let chosen = choose(ui, ("Low power", text), 230.0, &choices, settings.power);
        commands.extend(chosen.map(Command::SetPower));
    }
    if rows.next(ui, fixed.has(Setting::Stats)) {
        let text = "Shows figures of the connection over an open desktop.";
        commands.extend(toggle(ui, "Statistics", text, settings.stats).map(Command::ShowStats));
    }
}

pub(super) fn privacy(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    if [Setting::LinkTitles, Setting::Favicons, Setting::LiveProgress]
        .into_iter()
        .any(|setting| !model.fixed.has(setting))
    {
        sent(ui, model, commands);
    }
    crash_log(ui, model, commands);
    ui.label(egui::RichText::new("Every connection is listed under Network.").weak().small());
}

fn sent(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let (settings, fixed) = (&model.settings, model.fixed);
    group(ui, "What is sent to others", |ui| {
        let mut rows = Rows::default();
        if rows.next(ui, fixed.has(Setting::LinkTitles)) {
            let text = "A link in a message is sent to api.microlink.io, which answers with the \
                        title of the page. Off: links are shown as addresses.";
            let on = toggle(ui, "Titles of links", text, settings.link_titles);
            commands.extend(on.map(Command::SetLinkTitles));
        }
        if rows.next(ui, fixed.has(Setting::Favicons)) {
            let text = "The domain of a link, and of a page that an agent opens with a tool, is \
                        sent to www.google.com, which answers with the icon of the site. Off: \
                        links and tool calls have no icon.";
            let on = toggle(ui, "Icons of sites", text, settings.favicons);
            commands.extend(on.map(Command::SetFavicons));
        }
        if rows.next(ui, fixed.has(Setting::LiveProgress)) {
            let text = "While an SOP or a skill is made, its progress comes through pusher.com. \
                        No content passes through it. Off: only the result is shown.";
            let on = toggle(ui, "Live progress", text, settings.live_progress);
            commands.extend(on.map(Command::SetLiveProgress));
        }
    });
}

fn crash_log(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    group(ui, "What stays on this computer", |ui| {
        let text = "When a part of MultiClaw fails, what happened is written to \
                    ~/.multiclaw/crash.log, without names, messages and keys. It is never sent; \
                    you can read it and send it yourself.";
        let on = toggle(ui, "Keep a crash log", text, model.settings.crash_log);
        commands.extend(on.map(Command::SetCrashLog));
        let Some(log) = &model.safety.crash_log else { return };
        divider(ui);
        let (crashes, kilobytes) = (log.crashes, log.bytes.div_ceil(1_000));
        let times = if crashes == 1 { "One crash".into() } else { format!("{crashes} crashes") };
        let text = format!("{times}, the newest {}. {kilobytes} kB.", log.newest);
        row(ui, "Crash log", &text, 170.0, |ui| {
            if secondary(ui, "Delete the crash log").clicked() {
                commands.push(Command::DeleteCrashLog);
            }
        });
    });
}
