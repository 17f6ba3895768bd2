//! The page that checks everything.

use crate::shell::page;
use crate::world::*;
use egui::accesskit::Role as R;
use egui_kittest::kittest::Queryable;
use egui_kittest::{SnapshotOptions, SnapshotResults};
use multiclaw_core::Command;
use multiclaw_core::model::*;
use std::sync::Arc;

const SIZE: [f32; 2] = [1180.0, 860.0];

fn step(group: StepGroup, name: &str, state: StepState, detail: &str, next: &str) -> DoctorStep {
    let took = matches!(state, StepState::Ok | StepState::Warning | StepState::Failed);
    DoctorStep {
        id: name.to_lowercase(),
        group,
        name: name.into(),
        state,
        detail: detail.into(),
        next: next.into(),
        took_ms: took.then_some(40 * name.len() as u64 * name.len() as u64 / 16),
    }
}

fn steps() -> Vec<DoctorStep> {
    use StepGroup as G;
    use StepState::{Failed, Ok, Skipped, Warning};
    let needs = "This needs “Desktop session”, which was skipped.";
    vec![
        step(G::Network, "Name look-up", Ok, "api.multiclaw.io has 2 addresses.", ""),
        step(G::Network, "Proxy", Ok, "No proxy is set, so connections are direct.", ""),
        step(
            G::Network,
            "Secure connection",
            Failed,
            "Your network inspects encrypted traffic. Its certificate is from Corp Inspection CA.",
            "Ask your IT team to exclude *.multiclaw.io and turn.multiclaw.io from TLS inspection.",
        ),
        step(G::Account, "Sign-in", Skipped, "This needs “Secure connection”, which failed.", ""),
        step(G::Desktop, "UDP (STUN)", Skipped, needs, ""),
        step(
            G::Computer,
            "Graphics",
            Warning,
            "llvmpipe (Vulkan), pictures up to 8192 pixels a side. The processor plays the \
             graphics device.",
            "Pictures cost more of the processor. Install the driver of your graphics device.",
        ),
        step(G::Computer, "Notifications", Ok, "The system shows notifications.", ""),
    ]
}

fn with(doctor: Doctor) -> Model {
    Model { doctor, ..signed_in(three()) }
}

fn failed() -> Doctor {
    Doctor {
        running: false,
        steps: Arc::new(steps()),
        verdict: Some(DoctorVerdict {
            state: StepState::Failed,
            text: "Secure connection failed: Your network inspects encrypted traffic. Its certificate is from Corp Inspection CA."
                .into(),
            next: "Ask your IT team to exclude *.multiclaw.io and turn.multiclaw.io from TLS \
                   inspection."
                .into(),
            step: Some("secure connection".into()),
        }),
        when: "21 Nov, 16:20".into(),
        export: None,
    }
}

fn running() -> Doctor {
    let mut steps = steps();
    for (n, step) in steps.iter_mut().enumerate().skip(2) {
        step.state = if n == 2 { StepState::Running } else { StepState::Waiting };
        (step.detail, step.next, step.took_ms) = (String::new(), String::new(), None);
    }
    Doctor { running: true, steps: Arc::new(steps), ..Doctor::default() }
}

fn well() -> Doctor {
    let verdict = DoctorVerdict {
        state: StepState::Ok,
        text: "Everything that was checked works.".into(),
        next: String::new(),
        step: None,
    };
    let steps = steps().into_iter().filter(|step| step.state == StepState::Ok).collect();
    Doctor { steps: Arc::new(steps), verdict: Some(verdict), ..failed() }
}

#[test]
fn before_the_first_run_it_is_said_what_it_does() {
    let mut h = page(with(Doctor::default()), "Diagnostics", SIZE);
    h.get_by_role_and_label(R::Heading, "Is something not working?");
    assert!(h.query_by_label("Copy").is_none() && h.query_by_label("Save a file").is_none());
    h.get_by_label("Run the check").click();
    h.run_steps(2);
    assert!(h.state().commands.contains(&Command::RunDoctor(None)));
}

#[test]
fn a_desktop_that_is_online_may_be_opened_too() {
    let mut h = page(with(Doctor::default()), "Diagnostics", SIZE);
    h.get_by_label("Desktop that is opened: None").click();
    h.run_steps(3);
    assert!(h.query_by_role_and_label(R::MenuItem, "old-box").is_none(), "it is offline");
    h.get_by_role_and_label(R::MenuItem, "build-box").click();
    h.run_steps(3);
    h.get_by_label("Run the check").click();
    h.run_steps(2);
    let asked = Command::RunDoctor(Some(DesktopId("d-build-box".into())));
    assert!(h.state().commands.contains(&asked), "{:?}", h.state().commands);
}

#[test]
fn while_it_runs_each_step_says_where_it_stands() {
    let mut h = page(with(running()), "Diagnostics", SIZE);
    h.get_by_role_and_label(R::Heading, "Checking, 2 of 7");
    h.get_by_label("Looking at: Secure connection");
    h.get_by_role_and_label(R::Row, "Secure connection: running.");
    h.get_by_role_and_label(R::Row, "Sign-in: waiting.");
    assert!(h.query_by_label("Run again").is_none());
    h.get_by_label("Stop").click();
    h.run_steps(2);
    assert!(h.state().commands.contains(&Command::StopDoctor));
}

#[test]
fn what_fails_is_named_above_and_each_step_says_what_to_do() {
    let mut h = page(with(failed()), "Diagnostics", SIZE);
    h.get_by_role_and_label(R::Heading, "Something does not work");
    h.get_by_label("Checked 21 Nov, 16:20");
    let row = "Secure connection: failed. Your network inspects encrypted traffic. Its \
               certificate is from Corp Inspection CA. Ask your IT team to exclude \
               *.multiclaw.io and turn.multiclaw.io from TLS inspection.";
    h.get_by_role_and_label(R::Row, row);
    h.get_by_role_and_label(R::Row, "Proxy: ok. No proxy is set, so connections are direct.");
    let skipped = "Sign-in: skipped. This needs “Secure connection”, which failed.";
    h.get_by_role_and_label(R::Row, skipped);
    h.get_by_label_contains("Graphics: warning.");
    h.get_by_label("Run again").click();
    h.get_by_label("Save a file").click();
    h.run_steps(2);
    let commands = &h.state().commands;
    assert!(commands.contains(&Command::RunDoctor(None)), "{commands:?}");
    assert!(commands.contains(&Command::ExportDoctor));
}

#[test]
fn what_was_found_can_be_copied() {
    let mut h = page(with(failed()), "Diagnostics", SIZE);
    h.get_by_label("Copy").click();
    h.run_steps(1);
    let copied = h.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.expect("nothing was copied");
    assert!(copied.starts_with("Secure connection failed"), "{copied}");
    assert!(copied.contains("\nNetwork\n- Name look-up: ok."), "{copied}");
    assert_eq!(copied.lines().filter(|line| line.starts_with("- ")).count(), 7);
}

#[test]
fn all_is_well_a_stop_and_the_file_are_said() {
    let h = page(with(well()), "Diagnostics", SIZE);
    h.get_by_role_and_label(R::Heading, "All is well");
    let stopped = DoctorVerdict {
        state: StepState::Warning,
        text: "The check was stopped before it was through.".into(),
        next: "Run it again.".into(),
        step: None,
    };
    let model = with(Doctor { verdict: Some(stopped), ..failed() });
    page(model, "Diagnostics", SIZE).get_by_role_and_label(R::Heading, "The check was stopped");
    let done = Some(Export::Done("multiclaw-check.txt".into()));
    let h = page(with(Doctor { export: done, ..well() }), "Diagnostics", SIZE);
    h.get_by_label("Saved as multiclaw-check.txt.");
    let problem = problem("The disk is full.", "Make room.");
    let failed = Some(Export::Failed(problem));
    let h = page(with(Doctor { export: failed, ..well() }), "Diagnostics", SIZE);
    h.get_by_role_and_label(R::Alert, "The disk is full. Make room.");
}

#[test]
fn the_page_at_rest_asks_for_no_repaint() {
    for doctor in [Doctor::default(), running(), failed()] {
        let mut h = page(with(doctor), "Diagnostics", [700.0, 480.0]);
        h.run_steps(20);
        let delay = h.output().viewport_output.values().map(|v| v.repaint_delay).min().unwrap();
        assert_eq!(delay, std::time::Duration::MAX);
    }
}

#[test]
fn the_page_looks_as_reviewed() {
    let options = SnapshotOptions::new().threshold(1.2).max_failed_pixels(400usize);
    let mut results = SnapshotResults::new();
    for (name, doctor, theme) in
        [("doctor_light", failed(), Theme::Light), ("doctor_running_dark", running(), Theme::Dark)]
    {
        let mut model = with(doctor);
        model.settings.theme = theme;
        let mut h = page(model, "Diagnostics", [1100.0, 900.0]);
        h.event(egui::Event::PointerGone);
        h.run_steps(2);
        results.add(h.try_snapshot_options(name, &options));
    }
}
