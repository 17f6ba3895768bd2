//! The page "Updates" in each of its states, and the one mark that speaks by itself.

use crate::palette::{full, write};
use crate::shell::page;
use crate::world::*;
use egui::accesskit::Role as R;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use multiclaw_core::Command;
use multiclaw_core::model::*;
use multiclaw_ui::Screen;
use std::sync::Arc;

const SIZE: [f32; 2] = [1100.0, 1300.0];

const NOTES: &str = "Desktops open twice as fast over a relay.\n\nThe chat remembers where it was \
                     when a desktop is closed.\n\nFixed: Alt stayed pressed after switching away.";

fn offer() -> Arc<UpdateOffer> {
    Arc::new(UpdateOffer {
        version: "1.5.0".into(),
        notes: NOTES.into(),
        date: "20 Nov 2026".into(),
        size: "41.2 MB".into(),
    })
}

fn update(state: UpdateState) -> Model {
    let key = |role: &str, id: &str, begins: &str| UpdateKey {
        role: role.into(),
        id: id.into(),
        begins: begins.into(),
    };
    Model {
        update: Update {
            version: "1.4.0".into(),
            target: "linux-x86_64".into(),
            place: UpdatePlace::Ours,
            keys: Arc::new(vec![
                key("Signs new versions", "7C1E3A90B2D45F68", "RWRoX9SykDoefP"),
                key("Signs new versions", "11D0A4E6537B29CC", "RWTMKXtT5qTQEQ"),
                key("Signs the list of versions", "A8F2064BD9130E75", "RWR1DhPZSwbyqA"),
            ]),
            state,
            last_check: "21 Nov 2026, 15:04".into(),
            last_result: Some(UpdateResult {
                text: "Version 1.5.0 was downloaded. Its signature is good.".into(),
                good: true,
            }),
            previous: Some("1.3.2".into()),
            ..Update::default()
        },
        ..signed_in(three())
    }
}

fn available(waits: Option<&str>, failed_before: Option<&str>) -> UpdateState {
    let own = |text: Option<&str>| text.map(str::to_owned);
    UpdateState::Available { offer: offer(), waits: own(waits), failed_before: own(failed_before) }
}

fn shown(model: Model) -> Harness<'static, State> {
    page(model, "Updates", SIZE)
}

/// Clicks a button and gives what was sent.
fn sent(model: Model, button: &str) -> Vec<Command> {
    let mut h = shown(model);
    h.state_mut().commands.clear();
    h.get_by_role_and_label(R::Button, button).click();
    h.run_steps(3);
    std::mem::take(&mut h.state_mut().commands)
}

#[test]
fn each_state_says_what_it_is_and_offers_the_one_thing_to_do() {
    let downloading = UpdateState::Downloading { offer: offer(), got: 12_345_678, of: 41_234_567 };
    let failed = UpdateState::Failed(problem(
        "The update is not what was signed.",
        "Nothing was changed. Try again later.",
    ));
    for (state, title, button, command) in [
        (UpdateState::Idle, "MultiClaw 1.4.0", "Check for updates", Command::CheckForUpdates),
        (UpdateState::Checking, "Checking for updates…", "Cancel", Command::CancelUpdate),
        (
            UpdateState::UpToDate,
            "MultiClaw is up to date",
            "Check for updates",
            Command::CheckForUpdates,
        ),
        (available(None, None), "Version 1.5.0 is available", "Download", Command::DownloadUpdate),
        (
            available(None, Some("It did not start twice, and was taken back.")),
            "Version 1.5.0 is available",
            "Try it again",
            Command::DownloadUpdate,
        ),
        (downloading, "Downloading version 1.5.0", "Cancel", Command::CancelUpdate),
        (UpdateState::Ready(offer()), "Version 1.5.0 is ready", "Restart now", {
            Command::RestartToUpdate
        }),
        (failed, "That did not work", "Try again", Command::CheckForUpdates),
    ] {
        shown(update(state.clone())).get_by_role_and_label(R::Status, title);
        assert_eq!(sent(update(state), button), [command], "{title}");
    }
    let h = shown(update(UpdateState::Installing));
    h.get_by_role_and_label(R::Status, "Checking and unpacking…");
}

#[test]
fn a_download_shows_its_bytes_and_what_is_new() {
    let state = UpdateState::Downloading { offer: offer(), got: 12_345_678, of: 41_234_567 };
    let h = shown(update(state));
    h.get_by_label("12.3 of 41.2 MB");
    h.get_by_role_and_label(R::ProgressIndicator, "Download");
    h.get_by_label("What is new in 1.5.0");
    h.get_by_label(NOTES);
    let h = shown(update(available(Some("It is downloaded when you leave the desktop."), None)));
    h.get_by_label_contains("41.2 MB to download. It is downloaded when you leave the desktop.");
}

#[test]
fn a_place_that_is_not_ours_is_said_and_nothing_is_offered() {
    for (place, title, text) in [
        (UpdatePlace::Off, "Updates are off", "as in the demo"),
        (UpdatePlace::NoKeys, "This build does not update itself", "built without keys"),
        (
            UpdatePlace::Packaged { by: "dpkg".into() },
            "Kept up to date by dpkg",
            "sudo apt install ./multiclaw_VERSION.deb",
        ),
        (
            UpdatePlace::Packaged { by: "Flatpak".into() },
            "Kept up to date by Flatpak",
            "flatpak update io.multiclaw.Desktop",
        ),
        (
            UpdatePlace::NotWritable { folder: "/opt/multiclaw".into() },
            "Installed for everybody on this computer",
            "You cannot write to /opt/multiclaw",
        ),
    ] {
        let mut model = update(UpdateState::Idle);
        model.update.place = place;
        let h = shown(model);
        h.get_by_role_and_label(R::Status, title);
        h.get_by_label_contains(text);
        for button in ["Check for updates", "Download", "Choose files…", "Go back…"] {
            assert!(h.query_by_role_and_label(R::Button, button).is_none(), "{title}: {button}");
        }
    }
}

#[test]
fn an_administrators_rule_says_by_whom() {
    let mut model = update(UpdateState::Idle);
    let words = "The administrator of this computer keeps MultiClaw at version 1.4.0.";
    model.update.frozen = Some(words.into());
    model.update.quiet_by_rule = Some(QuietHours {
        from: TimeOfDay::new(8, 0).unwrap(),
        to: TimeOfDay::new(18, 0).unwrap(),
    });
    let h = shown(model);
    h.get_by_label(words);
    h.get_by_label_contains("From 08:00 to 18:00. The administrator");
    assert!(h.query_by_role_and_label(R::Button, "Check for updates").is_none());
    assert!(h.query_by_role_and_label(R::Switch, "Quiet hours").is_none());
}

#[test]
fn keys_results_and_what_failed_are_shown() {
    let mut model = update(UpdateState::UpToDate);
    model.update.last_change =
        Some(UpdateResult { text: "Version 1.4.0 was installed today.".into(), good: true });
    model.update.failed = vec![FailedVersion {
        version: "1.4.1".into(),
        reason: "It did not start twice, and was taken back.".into(),
    }];
    model.update.notes = Arc::new(vec!["Version 1.4.1 did not start and was taken back.".into()]);
    let h = shown(model);
    h.get_by_label_contains("Key 7C1E3A90B2D45F68, which begins with RWRoX9SykDoefP");
    h.get_by_label("21 Nov 2026, 15:04");
    h.get_by_label("Version 1.4.0 was installed today.");
    h.get_by_label("Version 1.4.1");
    h.get_by_label("It did not start twice, and was taken back.");
    h.get_by_label("Version 1.4.1 did not start and was taken back.");
}

#[test]
fn going_back_is_asked_first_and_enter_keeps_what_is() {
    let open = || {
        let mut h = shown(update(UpdateState::UpToDate));
        h.get_by_role_and_label(R::Button, "Go back…").click();
        h.run_steps(4);
        h.get_by_role_and_label(R::Dialog, "Go back to version 1.3.2?");
        h.state_mut().commands.clear();
        h
    };
    let mut h = open();
    h.get_by_role_and_label(R::Button, "Go back").click();
    h.run_steps(4);
    assert_eq!(h.state().commands, [Command::RollBackUpdate]);
    let mut h = open();
    h.key_press(Key::Enter);
    h.run_steps(4);
    assert_eq!(h.state().commands, []);
    assert!(h.query_by_role_and_label(R::Dialog, "Go back to version 1.3.2?").is_none());
    let mut model = update(UpdateState::Idle);
    model.update.going_back = true;
    shown(model.clone()).get_by_role_and_label(R::Status, "Version 1.3.2 comes back");
    assert_eq!(sent(model.clone(), "Restart now"), [Command::RestartToUpdate]);
    assert_eq!(sent(model, "Keep it"), [Command::CancelUpdate]);
}

#[test]
fn quiet_hours_and_the_switch() {
    let model = update(UpdateState::UpToDate);
    let mut h = shown(model);
    h.state_mut().commands.clear();
    h.get_by_role_and_label(R::Switch, "Look for new versions and download them").click();
    h.run_steps(2);
    h.get_by_role_and_label(R::Switch, "Quiet hours").click();
    h.run_steps(2);
    let night =
        QuietHours { from: TimeOfDay::new(22, 0).unwrap(), to: TimeOfDay::new(7, 0).unwrap() };
    let expected = [Command::SetUpdates(false), Command::SetQuietHours(Some(night))];
    assert_eq!(h.state().commands, expected);
    h.state_mut().model.settings.quiet_hours = Some(night);
    h.run_steps(3);
    h.state_mut().commands.clear();
    h.get_by_role_and_label(R::Button, "Quiet hours end, 07:00").click();
    h.run_steps(4);
    assert!(h.query_by_role_and_label(R::MenuItem, "22:00").is_none(), "both ends alike are none");
    h.get_by_role_and_label(R::MenuItem, "07:30").click();
    h.run_steps(4);
    let longer = QuietHours { to: TimeOfDay::new(7, 30).unwrap(), ..night };
    assert_eq!(h.state().commands, [Command::SetQuietHours(Some(longer))]);
}

#[test]
fn one_quiet_mark_says_that_an_update_is_ready() {
    let label = "An update is ready";
    let mark = |state| {
        let mut h = harness(update(state), SIZE);
        h.state_mut().ui.as_mut().unwrap().go(Screen::Tasks);
        h.run_steps(3);
        assert!(h.query_by_role(R::Dialog).is_none() && h.state().model.notice.is_none());
        h.query_by_role_and_label(R::Status, label).is_some()
    };
    assert!(mark(UpdateState::Ready(offer())));
    for state in [UpdateState::Checking, available(None, None), UpdateState::UpToDate] {
        assert!(!mark(state));
    }
    // And nothing at all at a desktop.
    let mut model = live();
    model.update = update(UpdateState::Ready(offer())).update;
    assert!(harness(model, SIZE).query_by_label(label).is_none());
}

#[test]
fn the_palette_checks_and_goes_to_the_page() {
    let mut model = full(3);
    model.update = update(UpdateState::Idle).update;
    let mut h = harness(model, SIZE);
    h.key_press_modifiers(Modifiers::COMMAND, Key::K);
    h.run_steps(4);
    write(&mut h, "check for upd");
    h.state_mut().commands.clear();
    h.key_press(Key::Enter);
    h.run_steps(4);
    assert!(h.state().commands.contains(&Command::CheckForUpdates));
    h.get_by_role_and_label(R::Status, "MultiClaw 1.4.0");
}

#[test]
fn the_page_at_rest_asks_for_no_repaint() {
    for state in [
        UpdateState::Idle,
        UpdateState::Checking,
        UpdateState::Downloading { offer: offer(), got: 1, of: 2 },
        UpdateState::Ready(offer()),
    ] {
        let mut h = shown(update(state));
        h.run_steps(20);
        let output = &h.output().viewport_output;
        let delay = output.values().map(|v| v.repaint_delay).min().unwrap();
        assert_eq!(delay, std::time::Duration::MAX);
    }
}

#[test]
fn the_page_fits_a_small_window() {
    for size in [[640.0, 400.0], [760.0, 500.0], [3840.0, 2160.0]] {
        let h = page(update(available(None, None)), "Updates", size);
        let button = h.get_by_role_and_label(R::Button, "Download").rect();
        let title = h.get_by_role_and_label(R::Status, "Version 1.5.0 is available").rect();
        assert!(button.max.x <= size[0] && title.max.x <= button.min.x, "{size:?} {button:?}");
    }
}

#[test]
fn the_page_looks_as_reviewed() {
    let options = SnapshotOptions::new().threshold(1.2).max_failed_pixels(400usize);
    let mut results = SnapshotResults::new();
    let mut snapshot = |name: &str, mut model: Model, theme, scale: f32| {
        model.settings.theme = theme;
        let mut h = scaled(model, [1000.0, 840.0], scale);
        h.state_mut().ui.as_mut().unwrap().go(Screen::Settings);
        h.run_steps(3);
        h.get_by_role_and_label(R::Tab, "Updates").click();
        h.run_steps(3);
        h.event(egui::Event::PointerGone);
        h.run_steps(3);
        results.add(h.try_snapshot_options(name, &options));
    };
    let state = UpdateState::Downloading { offer: offer(), got: 17_345_678, of: 41_234_567 };
    snapshot("updates_light", update(state), Theme::Light, 1.0);
    snapshot("updates_ready_dark", update(UpdateState::Ready(offer())), Theme::Dark, 1.0);
}
