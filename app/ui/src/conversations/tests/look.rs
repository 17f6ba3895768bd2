//! A few pictures, reviewed by eye.

use super::*;
use egui_kittest::{SnapshotOptions, SnapshotResults};

/// Software drivers differ in the last bits of a blend, and round corners in a pixel or two.
fn options() -> SnapshotOptions {
    SnapshotOptions::new().threshold(1.2).max_failed_pixels(400_usize)
}

#[test]
fn conversations_look_as_reviewed() {
    let mut results = SnapshotResults::new();
    let mut dark = model(Some(thread(chat())));
    dark.settings.theme = Theme::Dark;
    let mut h = screen(dark, [1200.0, 860.0]);
    results.add(h.try_snapshot_options("conversations_dark", &options()));

    let mut light = model(Some(thread(chat())));
    light.settings.theme = Theme::Light;
    light.cloud = waiting();
    let mut h = scaled(light.clone(), [640.0, 560.0], 2.0);
    results.add(h.try_snapshot_options("conversations_narrow_light_2x", &options()));

    light.conversations.search = Some(Search {
        text: "region".into(),
        busy: false,
        hits: Arc::new(vec![Hit {
            conversation: "c-1".into(),
            title: "Quarterly figures by region".into(),
            excerpt: "understand how the regions are grouped".into(),
            when: "14:03".into(),
        }]),
    });
    let mut h = screen(light, [1000.0, 640.0]);
    h.get_by_label("Search conversations").focus();
    h.run_steps(2);
    write(&mut h, "region");
    h.key_press_modifiers(egui::Modifiers::COMMAND, Key::F);
    h.run_steps(3);
    write(&mut h, "region");
    h.run_steps(4);
    results.add(h.try_snapshot_options("conversations_found_light", &options()));
}
