//! A few pictures, reviewed by eye.

use crate::world::*;
use egui_kittest::{SnapshotOptions, SnapshotResults};
use multiclaw_core::model::*;

/// Software drivers differ in the last bits of a blend, and round corners in a pixel or two.
fn options() -> SnapshotOptions {
    SnapshotOptions::new().threshold(1.2).max_failed_pixels(400usize)
}

fn with(mut model: Model, theme: Theme) -> Model {
    model.settings.theme = theme;
    model
}

#[test]
fn the_screens_look_as_reviewed() {
    let mut results = SnapshotResults::new();
    let mut snapshot = |name: &str, model: Model, size: [f32; 2], scale: f32| {
        let mut h = scaled(model, size, scale);
        h.state_mut().ui.as_mut().unwrap().go(multiclaw_ui::Screen::Desktops);
        h.run_steps(3);
        results.add(h.try_snapshot_options(name, &options()));
    };
    let failed = SignIn {
        email: "ada@example.com".into(),
        problem: Some(problem(
            "The e-mail address or the password is wrong.",
            "Check both and try again.",
        )),
        ..form()
    };
    snapshot("sign_in_light", with(signed_out(form()), Theme::Light), [900.0, 640.0], 1.0);
    snapshot("sign_in_failed_dark", with(signed_out(failed), Theme::Dark), [900.0, 640.0], 1.0);
    snapshot("desktops_light", with(signed_in(three()), Theme::Light), [900.0, 560.0], 1.0);
    snapshot("desktops_dark_2x", with(signed_in(three()), Theme::Dark), [700.0, 420.0], 2.0);
    let mut watching = with(live(), Theme::Dark);
    watching.settings.stats = true;
    watching.viewer.as_mut().unwrap().stats = Some(figures());
    snapshot("viewer_dark", watching, [1000.0, 620.0], 1.0);
    snapshot("lost_light", with(lost(), Theme::Light), [1000.0, 620.0], 1.0);
}
