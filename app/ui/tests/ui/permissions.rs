//! What the program may touch, and what holds it to that.

use crate::shell::connected;
use crate::world::*;
use egui::accesskit::Role as R;
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotOptions};
use multiclaw_core::Command;
use multiclaw_core::model::*;
use multiclaw_core::scope::{Guard, Standing, Touch, standing};
use multiclaw_ui::Screen;

fn page(mut model: Model, name: &str, theme: Theme, scale: f32) -> Harness<'static, State> {
    model.settings.theme = theme;
    let mut h = scaled(model, [1100.0, 1500.0], scale);
    h.state_mut().ui.as_mut().unwrap().go(Screen::Settings);
    h.run_steps(3);
    h.get_by_role_and_label(R::Tab, name).click();
    h.run_steps(3);
    h.event(egui::Event::PointerGone);
    h.run_steps(2);
    h
}

fn held() -> SandboxFacts {
    let measure = |kind| {
        let held = if kind == MeasureKind::Signals {
            Held::No("this kernel is too old: it takes Linux 6.12 or newer".into())
        } else {
            Held::Yes
        };
        Measure { kind, held }
    };
    SandboxFacts {
        measures: MeasureKind::ALL.into_iter().map(measure).collect(),
        writable: vec!["~/.multiclaw".into(), "~/.openclaw".into(), "/tmp".into()],
        landlock_abi: 4,
        ..SandboxFacts::default()
    }
}

fn model() -> Model {
    let mut model = connected(signed_in(three()), 60);
    model.safety.sandbox = held();
    model
}

#[test]
fn what_may_be_touched_is_listed_with_who_may() {
    let mut h = page(model(), "Permissions", Theme::Light, 1.0);
    for text in [
        "Files below ~/.multiclaw",
        "Your browser, with an address that was checked",
        "Open a link, Sign in with the browser, Open the sign-in page again.",
        "Choose files to attach, Attach a dropped file, Export a chat.",
        "Attach the picture in the clipboard.",
        "No open ports",
        "~/.multiclaw, ~/.openclaw, /tmp",
    ] {
        let found = h.query_by_label(text).is_some();
        let any = text
            .split(", ")
            .all(|part| h.query_all_by_label_contains(part.trim_end_matches('.')).next().is_some());
        assert!(found || any, "{text}");
    }
    assert_eq!(h.query_all_by_label("Not held").count(), 1);
    assert_eq!(h.query_all_by_label("Held").count(), MeasureKind::ALL.len() - 1);
    // A long list is short until somebody asks.
    assert!(h.query_by_label_contains("Write an API key").is_none());
    h.query_all_by_label_contains("Show all ").next().unwrap().click();
    h.run_steps(3);
    let all: Vec<_> = h.query_all_by_label_contains("Show all ").collect();
    let count = all.len();
    drop(all);
    assert_eq!(h.query_all_by_label("Show few").count(), 1);
    h.get_by_label("Show few").click();
    h.run_steps(3);
    assert_eq!(h.query_all_by_label_contains("Show all ").count(), count + 1);
    assert!(h.state().commands.iter().all(|c| matches!(c, Command::WatchConnections(_))));
}

#[test]
fn without_the_sandbox_and_after_a_refusal_the_page_says_so_first() {
    let mut off = model();
    off.safety.sandbox.switched_off = true;
    let guard = Guard::default();
    guard.check(standing(Standing::Clock), Touch::Clipboard).unwrap_err();
    off.safety.refused = guard.refused();
    let h = page(off, "Permissions", Theme::Dark, 1.0);
    let first = h.get_by_label("The sandbox is switched off.").rect().min.y;
    let list = h.get_by_label("Files below ~/.multiclaw").rect().min.y;
    assert!(first < list);
    let refused = "\"Trying again by itself\" may not touch The picture";
    assert!(h.query_all_by_label_contains(refused).count() > 0);
    let calm = page(model(), "Permissions", Theme::Dark, 1.0);
    assert!(calm.query_by_label("The sandbox is switched off.").is_none());
}

#[test]
fn the_crash_log_is_switched_and_deleted_on_the_privacy_page() {
    let mut model = model();
    model.safety.crash_log =
        Some(CrashLogFacts { crashes: 2, bytes: 12_400, newest: "today, 10:12".into() });
    let mut h = page(model.clone(), "Privacy", Theme::Light, 1.0);
    h.get_by_role_and_label(R::Switch, "Keep a crash log").click();
    h.run_steps(2);
    assert!(h.state().commands.contains(&Command::SetCrashLog(false)));
    h.get_by_label("Delete the crash log").click();
    h.run_steps(2);
    assert!(h.state().commands.contains(&Command::DeleteCrashLog));
    model.safety.crash_log = None;
    let h = page(model, "Privacy", Theme::Light, 1.0);
    assert!(h.query_by_label("Delete the crash log").is_none());
}

#[test]
fn the_page_looks_as_reviewed_and_rests() {
    let options = SnapshotOptions::new().threshold(1.2).max_failed_pixels(400usize);
    let mut h = page(model(), "Permissions", Theme::Light, 1.0);
    h.run_ok().expect("the page asks for repaints");
    h.try_snapshot_options("permissions_light", &options).unwrap();
}
