//! How the gateway is, in words.

use crate::widgets::Tone;
use multiclaw_core::model::{GatewayLink, LogLevel, Program};

/// A state of the connection: its colour, a title, and what it means.
pub(super) fn state(link: &GatewayLink) -> (Tone, String, String) {
    let plain = |tone, title: &str, text: &str| (tone, title.to_owned(), text.to_owned());
    match link {
        GatewayLink::Looking => {
            plain(Tone::Neutral, "Looking for OpenClaw…", "This takes a moment.")
        }
        GatewayLink::NotInstalled => plain(
            Tone::Neutral,
            "OpenClaw is not on this computer",
            "With it, agents run on this computer, and you talk to them here. Once it is \
             installed, MultiClaw finds it by itself.",
        ),
        GatewayLink::Stopped => plain(
            Tone::Warning,
            "The gateway is not running",
            "Start it to talk to the agents on this computer.",
        ),
        GatewayLink::Connecting => plain(Tone::Warning, "Connecting…", "This takes a moment."),
        GatewayLink::Online => plain(
            Tone::Good,
            "Running",
            "MultiClaw is connected. It is reached from this computer only.",
        ),
        GatewayLink::Restarting { seconds } => (
            Tone::Warning,
            "Restarting…".to_owned(),
            format!("For {}. The connection comes back by itself.", seconds_in_words(*seconds)),
        ),
        GatewayLink::Waiting { seconds, problem } => (
            Tone::Bad,
            problem.what.clone(),
            format!("It is tried again in {}. {}", seconds_in_words(*seconds), problem.next),
        ),
        GatewayLink::Refused { problem, .. } => {
            (Tone::Bad, problem.what.clone(), problem.next.clone())
        }
    }
}

fn seconds_in_words(seconds: u32) -> String {
    match seconds {
        1 => "1 second".to_owned(),
        n => format!("{n} seconds"),
    }
}

/// Why nothing can be done with the program.
pub(super) fn no_program(program: &Program) -> Option<&'static str> {
    match program {
        Program::Found { .. } => None,
        Program::Looking => Some("The openclaw program is being looked for."),
        Program::Missing => Some("The openclaw program is not on the PATH of this computer."),
    }
}

/// Bytes for people.
pub(super) fn bytes(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
    let mega = bytes as f64 / 1e6;
    match bytes {
        0..1_000_000 => format!("{} kB", bytes / 1000),
        1_000_000..1_000_000_000 => format!("{mega:.0} MB"),
        _ => format!("{:.1} GB", mega / 1e3),
    }
}

/// The word of a line's gravity, and its colour.
pub(super) fn level(level: LogLevel) -> (&'static str, Tone) {
    match level {
        LogLevel::Debug => ("debug", Tone::Neutral),
        LogLevel::Info => ("info", Tone::Neutral),
        LogLevel::Warning => ("warning", Tone::Warning),
        LogLevel::Error => ("error", Tone::Bad),
    }
}
