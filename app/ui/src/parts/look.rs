//! A few pictures, reviewed by eye.

use super::fixtures::*;
use crate::{agents, documents, people, tasks};
use egui::accesskit::Role as Node;
use egui_kittest::{SnapshotOptions, SnapshotResults};
use multiclaw_core::model::*;

fn workspace() -> Model {
    let mut model = documents();
    model.workspace.agents = agents();
    model.workspace.tasks = tasks();
    model.workspace.people = people();
    model.workspace.log = Some(log("t-128", 60));
    model
}

#[test]
fn the_lists_look_as_reviewed() {
    // Software drivers differ in the last bits of a blend, and round corners in a pixel or two.
    let options = SnapshotOptions::new().threshold(1.2).max_failed_pixels(400usize);
    let mut results = SnapshotResults::new();
    let light = Stage { size: [1100.0, 680.0], scale: 1.0, dark: false };
    let dark = Stage { dark: true, ..light };
    let sharp = Stage { size: [640.0, 480.0], scale: 2.0, dark: true };
    let owner = || person(Role::Owner);

    let mut h = stage(tasks::View::show, workspace(), owner(), &light);
    open(&mut h, "#128");
    h.remove_cursor();
    h.run_steps(3);
    results.add(h.try_snapshot_options("tasks_light", &options));

    let mut h = stage(agents::View::show, workspace(), owner(), &dark);
    open(&mut h, "Research");
    click(&mut h, Node::Button, "Edit");
    h.remove_cursor();
    h.run_steps(3);
    results.add(h.try_snapshot_options("agent_form_dark", &options));

    let mut h = stage(people::View::show, workspace(), owner(), &sharp);
    h.run_steps(3);
    results.add(h.try_snapshot_options("users_dark_2x", &options));

    let mut h = stage(documents::View::show, workspace(), owner(), &light);
    open(&mut h, "Checking an invoice");
    h.remove_cursor();
    h.run_steps(3);
    results.add(h.try_snapshot_options("sop_light", &options));
}
