//! What is on this computer: the configuration, the program and the folder of the gateway.

use super::*;
use gateway_client::discovery::ConfigError;

/// The gateway's configuration cannot be used.
pub(crate) fn discovery(error: &DiscoveryError) -> (GatewayRefusal, Problem) {
    let (kind, next) = match error {
        DiscoveryError::NotLoopback(_) => {
            (GatewayRefusal::NotLoopback, tr!("gateway-not-loopback-next"))
        }
        DiscoveryError::Tls => (GatewayRefusal::NotLoopback, tr!("gateway-tls-next")),
        DiscoveryError::NoHome | DiscoveryError::NotAbsolute(_) => {
            (GatewayRefusal::Configuration, tr!("gateway-correct-variable"))
        }
        DiscoveryError::Port => (GatewayRefusal::Configuration, tr!("gateway-port-invalid-next")),
        _ => (GatewayRefusal::Configuration, tr!("gateway-correct-file")),
    };
    let what = match error {
        DiscoveryError::NoHome => tr!("gateway-no-home").to_owned(),
        DiscoveryError::NotAbsolute(variable) => {
            tr!("gateway-path-not-absolute", variable = *variable)
        }
        DiscoveryError::Configuration(error) => configuration(error),
        DiscoveryError::Port => tr!("gateway-port-invalid").to_owned(),
        DiscoveryError::NotLoopback(source) => {
            tr!("gateway-not-loopback", source = source.to_string())
        }
        DiscoveryError::Tls => tr!("gateway-tls").to_owned(),
        other => other.to_string(),
    };
    (kind, problem(what, next))
}

fn configuration(error: &ConfigError) -> String {
    let what = match error {
        ConfigError::NotAFile => tr!("gateway-config-not-a-file"),
        ConfigError::TooLong => tr!("gateway-config-too-long"),
        ConfigError::Unreadable(why) => {
            return tr!("gateway-config-unreadable", why = why.to_string());
        }
        ConfigError::Syntax { line: Some(line) } => {
            return tr!("gateway-config-broken-in-line", line = line);
        }
        ConfigError::Syntax { line: None } => tr!("gateway-config-broken"),
        ConfigError::TooDeep => tr!("gateway-config-too-deep"),
        ConfigError::Shape => tr!("gateway-config-shape"),
        ConfigError::Include => tr!("gateway-config-include"),
        ConfigError::IncludeOutside => tr!("gateway-config-include-outside"),
        other => return other.to_string(),
    };
    what.to_owned()
}

/// A version of OpenClaw that this program was not made for.
pub(crate) fn version(version: &Version) -> Option<Problem> {
    let has = version.to_string();
    match version.compatibility() {
        Compatibility::TooOld => Some(problem(
            tr!("gateway-openclaw-too-old", version = has, oldest = Version::OLDEST.to_string()),
            tr!("gateway-openclaw-too-old-next"),
        )),
        Compatibility::Untried => Some(problem(
            tr!("gateway-openclaw-untried", version = has, tried = Version::TRIED.to_string()),
            tr!("gateway-openclaw-untried-next"),
        )),
        _ => None,
    }
}

/// The `openclaw` program did not do what it was asked.
pub(crate) fn program(error: &ProgramError) -> Problem {
    match error {
        ProgramError::Spawn(why) => problem(
            tr!("gateway-program-not-run", why = why.to_string()),
            tr!("gateway-program-not-run-next"),
        ),
        ProgramError::Timeout { seconds, tail } => problem(
            match saying(tail) {
                None => tr!("gateway-program-too-slow", seconds = seconds),
                Some(said) => {
                    tr!("gateway-program-too-slow-saying", seconds = seconds, said = said)
                }
            },
            tr!("gateway-program-too-slow-next"),
        ),
        ProgramError::Failed { code: Some(78), tail } => problem(
            match saying(tail) {
                None => tr!("gateway-program-configuration").to_owned(),
                Some(said) => tr!("gateway-program-configuration-saying", said = said),
            },
            tr!("gateway-program-configuration-next"),
        ),
        ProgramError::Failed { tail, .. } => problem(
            match saying(tail) {
                None => tr!("gateway-program-failed").to_owned(),
                Some(said) => tr!("gateway-program-failed-saying", said = said),
            },
            tr!("gateway-try-in-terminal"),
        ),
        ProgramError::Unreadable { tail } => problem(
            match saying(tail) {
                None => tr!("gateway-program-unreadable").to_owned(),
                Some(said) => tr!("gateway-program-unreadable-saying", said = said),
            },
            tr!("gateway-program-unreadable-next"),
        ),
        ProgramError::StillRunning { .. } => {
            problem(tr!("gateway-finishing-turn"), tr!("gateway-finishing-turn-next"))
        }
        ProgramError::NotAGateway { pid } => problem(
            tr!("gateway-process-not-a-gateway", pid = pid),
            tr!("gateway-process-not-a-gateway-next"),
        ),
        ProgramError::Log(why) => problem(
            tr!("gateway-output-file", why = why.to_string()),
            tr!("gateway-output-file-next"),
        ),
        ProgramError::Unsupported => {
            problem(tr!("gateway-stop-unsupported"), tr!("gateway-stop-unsupported-next"))
        }
        _ => problem(sentence(&error.to_string()), tr!("gateway-try-in-terminal")),
    }
}

/// What a program printed, if anything; it ends with a full stop.
fn saying(tail: &str) -> Option<String> {
    (!tail.trim().is_empty()).then(|| sentence(tail))
}

/// There is no program to start the gateway with.
pub(crate) fn no_program() -> Problem {
    problem(tr!("gateway-no-program"), tr!("gateway-no-program-next"))
}

/// The gateway is still being looked for.
pub(crate) fn looking() -> Problem {
    problem(tr!("gateway-looking-still"), tr!("gateway-looking-still-next"))
}

/// What was done to the gateway does not show.
pub(crate) fn too_long(act: &Control) -> Problem {
    let what = match act {
        Control::Stopping => tr!("gateway-stop-too-long"),
        Control::Restarting => tr!("gateway-restart-too-long"),
        _ => tr!("gateway-start-too-long"),
    };
    problem(what, tr!("gateway-too-long-next"))
}

/// Others can read `~/.openclaw`.
pub(crate) fn open_folder(mode: &str) -> Problem {
    problem(tr!("gateway-folder-open", mode = mode), tr!("gateway-folder-open-next"))
}

/// The folder `~/.openclaw` cannot be used or repaired.
pub(crate) fn folder(error: &FolderError) -> Problem {
    match error {
        FolderError::Link => problem(tr!("gateway-folder-link"), tr!("gateway-folder-link-next")),
        FolderError::Foreign => {
            problem(tr!("gateway-folder-foreign"), tr!("gateway-folder-foreign-next"))
        }
        FolderError::NotAFolder => {
            problem(tr!("gateway-folder-is-none"), tr!("gateway-folder-is-none-next"))
        }
        FolderError::Unchanged => {
            problem(tr!("gateway-folder-unchanged"), tr!("gateway-folder-unchanged-next"))
        }
        FolderError::System(why) => problem(
            tr!("gateway-folder-system", why = why.to_string()),
            tr!("gateway-folder-check"),
        ),
        other => problem(
            tr!("gateway-folder-unusable", why = other.to_string()),
            tr!("gateway-folder-check"),
        ),
    }
}
