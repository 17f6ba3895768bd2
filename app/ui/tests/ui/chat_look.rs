//! The gateway's conversations, reviewed by eye.

use crate::chat_model::*;
use crate::world::*;
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use multiclaw_core::model::*;
use multiclaw_ui::Screen;

pub fn look(mut model: Model, theme: Theme, size: [f32; 2], scale: f32) -> Harness<'static, State> {
    model.settings.theme = theme;
    let mut h = scaled(model, size, scale);
    h.state_mut().ui.as_mut().unwrap().go(Screen::Chat);
    h.run_steps(8);
    h
}

/// A composer with everything in it, while a turn runs.
pub fn busy() -> Model {
    let mut model = opened(every_kind());
    let thread = open(&mut model);
    let too_large = problem("The file has 31 MB, and the gateway takes at most 19.4 MB.", "");
    thread.run = run();
    thread.draft = "And please look at these as well.\nThe second one is from yesterday.".into();
    thread.attachments = vec![
        Attachment {
            picture: true,
            preview: Some(picture(120, 90)),
            mime: "image/png".into(),
            ..attachment(1, "screenshot.png", 1_240_000)
        },
        Attachment { problem: Some(too_large), ..attachment(2, "film.mov", 31_000_000) },
        Attachment { reading: true, ..attachment(3, "report with a rather long name.pdf", 0) },
    ];
    thread.live = vec![
        entry("l-0", "14:06", EntryKind::Thinking { text: "So".into(), growing: true }),
        entry("l-1", "14:06", said("Let me look at the folder first. There are", true)),
    ];
    model
}

pub fn stopped() -> Model {
    let mut model = signed_in(three());
    model.gateway.link = GatewayLink::Stopped;
    model.gateway.program = Program::Found {
        path: "/usr/bin/openclaw".into(),
        version: "2026.9.6".into(),
        problem: None,
    };
    model
}

pub fn pairing() -> Model {
    let command = "openclaw devices approve 0b1f6a".to_owned();
    let mut model = stopped();
    model.gateway.link = GatewayLink::Refused {
        refusal: GatewayRefusal::PairingNeeded { command },
        problem: problem(
            "The gateway does not know this computer's key yet.",
            "Approve it with this command in a terminal, then try again.",
        ),
    };
    model
}

#[test]
fn the_gateways_conversations_look_as_reviewed() {
    let options = SnapshotOptions::new().threshold(1.2).max_failed_pixels(400usize);
    let mut results = SnapshotResults::new();
    let mut snapshot = |name: &str, model, theme, size, scale| {
        let mut h = look(model, theme, size, scale);
        results.add(h.try_snapshot_options(name, &options));
    };
    snapshot("chat_asking_light", asking(), Theme::Light, [1180.0, 800.0], 1.0);
    snapshot(
        "chat_answer_dark",
        opened(every_kind()[..10].to_vec()),
        Theme::Dark,
        [1180.0, 800.0],
        1.0,
    );
    snapshot("chat_busy_narrow_dark_2x", busy(), Theme::Dark, [420.0, 640.0], 2.0);
    snapshot("chat_pairing_light", pairing(), Theme::Light, [900.0, 620.0], 1.0);
}
