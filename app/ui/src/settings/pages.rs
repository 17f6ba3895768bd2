//! The pages of switches and choices.

use super::row::{Rows, divider, fact, group, row};
use crate::widgets::{secondary, segmented, segmented_width, switch};
use egui::Ui;
use multiclaw_core::Command;
use multiclaw_core::model::{
    Keyboard, Language, Model, Power, Quality, Scale, Scaling, Setting, Theme, WebRtcMode,
};
use multiclaw_core::tr;

/// A row with one of a few choices.
fn choose<T: Copy + PartialEq>(
    ui: &mut Ui,
    words: (&str, &str),
    choices: &[(T, &str)],
    chosen: T,
) -> Option<T> {
    let mut next = None;
    let names: Vec<&str> = choices.iter().map(|(_, name)| *name).collect();
    let wide = segmented_width(ui, &names);
    row(ui, words.0, words.1, wide, |ui| {
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
    group(ui, tr!("settings-appearance"), |ui| {
        let mut rows = Rows::default();
        if rows.next(ui, fixed.has(Setting::Theme)) {
            let choices = [
                (Theme::System, tr!("settings-theme-system")),
                (Theme::Light, tr!("settings-theme-light")),
                (Theme::Dark, tr!("settings-theme-dark")),
            ];
            let words = (tr!("settings-theme"), tr!("settings-theme-note"));
            let chosen = choose(ui, words, &choices, model.settings.theme);
            commands.extend(chosen.map(Command::SetTheme));
        }
        if rows.next(ui, fixed.has(Setting::Language)) {
            let mut choices = vec![(None, tr!("settings-language-system"))];
            choices.extend(Language::ALL.map(|language| (Some(language), language.name())));
            let words = (tr!("settings-language"), tr!("settings-language-note"));
            let chosen = choose(ui, words, &choices, model.settings.language);
            commands.extend(chosen.map(Command::SetLanguage));
        }
        if rows.next(ui, false) {
            let choices = Scale::STEPS.map(|step| (step, format!("{} %", step.percent())));
            let choices: Vec<_> =
                choices.iter().map(|(step, name)| (*step, name.as_str())).collect();
            let words = (tr!("settings-scale"), tr!("settings-scale-note"));
            let chosen = choose(ui, words, &choices, model.settings.scale);
            commands.extend(chosen.map(Command::SetScale));
        }
    });
    if !fixed.has(Setting::Notifications) {
        group(ui, tr!("settings-notifications"), |ui| {
            let text = tr!("settings-notifications-note");
            let name = tr!("settings-notifications-desktop");
            let on = toggle(ui, name, text, model.settings.notifications);
            commands.extend(on.map(Command::SetNotifications));
        });
    }
    for (name, rows) in shortcuts() {
        group(ui, name, |ui| {
            for (n, (what, keys)) in rows.into_iter().enumerate() {
                if n > 0 {
                    divider(ui);
                }
                fact(ui, what, keys);
            }
        });
    }
}

/// What a group of shortcuts is for; what each does, and its keys.
type Shortcuts = (&'static str, Vec<(&'static str, &'static str)>);

fn shortcuts() -> [Shortcuts; 3] {
    [
        (
            tr!("settings-keys"),
            vec![
                (tr!("settings-keys-find"), "Ctrl+K"),
                (tr!("settings-keys-screens"), tr!("settings-keys-screens-which")),
                (tr!("settings-title"), "Ctrl+,"),
                (tr!("settings-keys-full-screen"), "F11"),
                (tr!("settings-keys-scale"), tr!("settings-keys-scale-which")),
            ],
        ),
        (
            tr!("settings-keys-talk"),
            vec![
                (tr!("settings-keys-talk-new"), "Ctrl+N"),
                (tr!("settings-keys-talk-find"), "Ctrl+F"),
                (tr!("settings-keys-talk-send"), "Enter"),
                (tr!("settings-keys-talk-line"), "Shift+Enter"),
                (tr!("settings-keys-talk-list"), tr!("settings-keys-talk-list-which")),
            ],
        ),
        (
            tr!("settings-keys-desktop"),
            vec![
                (tr!("settings-keys-desktop-chat"), "Ctrl+Alt+C"),
                (tr!("settings-keys-desktop-picture"), "Ctrl+Alt+S"),
                (tr!("settings-keys-desktop-toolbar"), "Ctrl+Alt+T"),
                (tr!("settings-keys-full-screen"), tr!("settings-keys-desktop-full-screen-which")),
            ],
        ),
    ]
}

/// Whether the gateway's own screen is wanted.
pub(super) fn gateway(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) -> bool {
    let mut leave = false;
    group(ui, tr!("settings-gateway"), |ui| {
        let (_, title, text) = crate::gateway::state(&model.gateway);
        row(ui, &title, text.trim(), 150.0, |ui| {
            leave = secondary(ui, tr!("settings-gateway-open")).clicked();
        });
    });
    if model.fixed.has(Setting::WebRtc) {
        return leave;
    }
    group(ui, tr!("settings-browser-automation"), |ui| {
        let choices = [
            (WebRtcMode::Automatic, tr!("settings-webrtc-automatic")),
            (WebRtcMode::TurnRelay, tr!("settings-webrtc-relay")),
        ];
        let text = match model.settings.webrtc {
            WebRtcMode::Automatic => tr!("settings-webrtc-automatic-note"),
            WebRtcMode::TurnRelay => tr!("settings-webrtc-relay-note"),
        };
        let words = (tr!("settings-webrtc"), text);
        let chosen = choose(ui, words, &choices, model.settings.webrtc);
        commands.extend(chosen.map(Command::SetWebRtcMode));
    });
    leave
}

pub(super) fn desktops(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let fixed = |setting| model.fixed.has(setting);
    group(ui, tr!("settings-picture"), |ui| picture(ui, model, commands));
    if fixed(Setting::Keyboard) {
        return;
    }
    group(ui, tr!("settings-input"), |ui| {
        let choices = [
            (Keyboard::Automatic, tr!("settings-keyboard-typed")),
            (Keyboard::Position, tr!("settings-keyboard-positions")),
        ];
        let text = match model.settings.keyboard {
            Keyboard::Automatic => tr!("settings-keyboard-typed-note"),
            Keyboard::Position => tr!("settings-keyboard-positions-note"),
        };
        let words = (tr!("settings-keyboard"), text);
        let chosen = choose(ui, words, &choices, model.settings.keyboard);
        commands.extend(chosen.map(Command::SetKeyboard));
    });
}

fn picture(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let (settings, fixed) = (&model.settings, model.fixed);
    let mut rows = Rows::default();
    if rows.next(ui, fixed.has(Setting::Scaling)) {
        let choices = [
            (Scaling::Fit, tr!("settings-scaling-fit")),
            (Scaling::OneToOne, tr!("settings-scaling-actual")),
        ];
        let text = match settings.scaling {
            Scaling::Fit => tr!("settings-scaling-fit-note"),
            Scaling::OneToOne => tr!("settings-scaling-actual-note"),
        };
        let words = (tr!("settings-scaling"), text);
        let chosen = choose(ui, words, &choices, settings.scaling);
        commands.extend(chosen.map(Command::SetScaling));
    }
    if rows.next(ui, fixed.has(Setting::Quality)) {
        let choices = [
            (Quality::LowData, tr!("settings-quality-low")),
            (Quality::Balanced, tr!("settings-quality-balanced")),
            (Quality::Sharp, tr!("settings-quality-sharp")),
        ];
        let text = match settings.quality {
            Quality::LowData => tr!("settings-quality-low-note"),
            Quality::Balanced => tr!("settings-quality-balanced-note"),
            Quality::Sharp => tr!("settings-quality-sharp-note"),
        };
        let words = (tr!("settings-quality"), text);
        let chosen = choose(ui, words, &choices, settings.quality);
        commands.extend(chosen.map(Command::SetQuality));
    }
    if rows.next(ui, false) {
        let choices = [
            (Power::Automatic, tr!("settings-power-automatic")),
            (Power::Full, tr!("settings-power-full")),
            (Power::Low, tr!("settings-power-low")),
        ];
        let text = match (settings.power, model.low_power) {
            (Power::Automatic, true) => tr!("settings-power-automatic-on"),
            (Power::Automatic, false) => tr!("settings-power-automatic-off"),
            (Power::Full, _) => tr!("settings-power-full-note"),
            (Power::Low, _) => tr!("settings-power-low-note"),
        };
        let words = (tr!("settings-power"), text);
        let chosen = choose(ui, words, &choices, settings.power);
        commands.extend(chosen.map(Command::SetPower));
    }
    if rows.next(ui, fixed.has(Setting::Stats)) {
        let on = toggle(ui, tr!("settings-stats"), tr!("settings-stats-note"), settings.stats);
        commands.extend(on.map(Command::ShowStats));
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
    ui.label(egui::RichText::new(tr!("settings-privacy-network")).weak().small());
}

fn sent(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let (settings, fixed) = (&model.settings, model.fixed);
    group(ui, tr!("settings-sent"), |ui| {
        let mut rows = Rows::default();
        if rows.next(ui, fixed.has(Setting::LinkTitles)) {
            let text = tr!("settings-link-titles-note");
            let on = toggle(ui, tr!("settings-link-titles"), text, settings.link_titles);
            commands.extend(on.map(Command::SetLinkTitles));
        }
        if rows.next(ui, fixed.has(Setting::Favicons)) {
            let text = tr!("settings-site-icons-note");
            let on = toggle(ui, tr!("settings-site-icons"), text, settings.favicons);
            commands.extend(on.map(Command::SetFavicons));
        }
        if rows.next(ui, fixed.has(Setting::LiveProgress)) {
            let text = tr!("settings-live-progress-note");
            let on = toggle(ui, tr!("settings-live-progress"), text, settings.live_progress);
            commands.extend(on.map(Command::SetLiveProgress));
        }
    });
}

fn crash_log(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    group(ui, tr!("settings-stays"), |ui| {
        let text = tr!("settings-crash-log-keep-note");
        let on = toggle(ui, tr!("settings-crash-log-keep"), text, model.settings.crash_log);
        commands.extend(on.map(Command::SetCrashLog));
        let Some(log) = &model.safety.crash_log else { return };
        divider(ui);
        let text = tr!(
            "settings-crash-log-facts",
            count = log.crashes,
            newest = log.newest.as_str(),
            kilobytes = log.bytes.div_ceil(1_000),
        );
        row(ui, tr!("settings-crash-log"), &text, 170.0, |ui| {
            if secondary(ui, tr!("settings-crash-log-delete")).clicked() {
                commands.push(Command::DeleteCrashLog);
            }
        });
    });
}
