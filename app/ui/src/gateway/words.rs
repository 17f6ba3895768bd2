//! How the gateway is, in words.

use crate::widgets::Tone;
use multiclaw_core::model::{GatewayLink, LogLevel, Program};
use multiclaw_core::tr;

/// A state of the connection: its colour, a title, and what it means.
pub(super) fn state(link: &GatewayLink) -> (Tone, String, String) {
    let plain = |tone, title: &str, text: &str| (tone, title.to_owned(), text.to_owned());
    match link {
        GatewayLink::Looking => {
            plain(Tone::Neutral, tr!("gateway-state-looking"), tr!("gateway-takes-a-moment"))
        }
        GatewayLink::NotInstalled => plain(
            Tone::Neutral,
            tr!("gateway-state-not-installed"),
            tr!("gateway-state-not-installed-text"),
        ),
        GatewayLink::Stopped => {
            plain(Tone::Warning, tr!("gateway-state-stopped"), tr!("gateway-state-stopped-text"))
        }
        GatewayLink::Connecting => {
            plain(Tone::Warning, tr!("gateway-state-connecting"), tr!("gateway-takes-a-moment"))
        }
        GatewayLink::Online => {
            plain(Tone::Good, tr!("gateway-state-running"), tr!("gateway-state-running-text"))
        }
        GatewayLink::Restarting { seconds } => (
            Tone::Warning,
            tr!("gateway-state-restarting").to_owned(),
            tr!("gateway-state-restarting-text", seconds = seconds),
        ),
        GatewayLink::Waiting { seconds, problem } => (
            Tone::Bad,
            problem.what.clone(),
            match problem.next.as_str() {
                "" => tr!("gateway-state-waiting-text", seconds = seconds),
                next => tr!("gateway-state-waiting-next", seconds = seconds, next = next),
            },
        ),
        GatewayLink::Refused { problem, .. } => {
            (Tone::Bad, problem.what.clone(), problem.next.clone())
        }
    }
}

/// Why nothing can be done with the program.
pub(super) fn no_program(program: &Program) -> Option<&'static str> {
    match program {
        Program::Found { .. } => None,
        Program::Looking => Some(tr!("gateway-program-looking")),
        Program::Missing => Some(tr!("gateway-program-missing")),
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
        LogLevel::Debug => (tr!("gateway-level-debug"), Tone::Neutral),
        LogLevel::Info => (tr!("gateway-level-info"), Tone::Neutral),
        LogLevel::Warning => (tr!("gateway-level-warning"), Tone::Warning),
        LogLevel::Error => (tr!("gateway-level-error"), Tone::Bad),
    }
}
