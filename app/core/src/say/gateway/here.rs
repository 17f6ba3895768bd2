//! What is on this computer: the configuration, the program and the folder of the gateway.

use super::*;

/// The gateway's configuration cannot be used.
pub(crate) fn discovery(error: &DiscoveryError) -> (GatewayRefusal, Problem) {
    let (kind, next) = match error {
        DiscoveryError::NotLoopback(_) => (
            GatewayRefusal::NotLoopback,
            "MultiClaw only speaks to a gateway on this computer: it sends the gateway's token \
             nowhere else. Set it up here (openclaw setup), then press Connect.",
        ),
        DiscoveryError::Tls => (
            GatewayRefusal::NotLoopback,
            "Switch gateway.tls off in openclaw.json: nothing leaves this computer. Then restart \
             the gateway and press Connect.",
        ),
        DiscoveryError::NoHome | DiscoveryError::NotAbsolute(_) => {
            (GatewayRefusal::Configuration, "Correct the variable and start MultiClaw again.")
        }
        DiscoveryError::Port => (
            GatewayRefusal::Configuration,
            "Set it to a number from 1 to 65535, for example 18789. Then press Connect.",
        ),
        _ => (
            GatewayRefusal::Configuration,
            "Correct the file (openclaw doctor helps). Then press Connect.",
        ),
    };
    (kind, problem(error.to_string(), next))
}

/// A version of OpenClaw that this program was not made for.
pub(crate) fn version(version: &Version) -> Option<Problem> {
    match version.compatibility() {
        Compatibility::TooOld => Some(problem(
            format!(
                "OpenClaw {version} is too old for MultiClaw, which needs {}.",
                Version::OLDEST
            ),
            "Update it: openclaw update.",
        )),
        Compatibility::Untried => Some(problem(
            format!(
                "OpenClaw {version} is newer than this MultiClaw, which knows {}.",
                Version::TRIED
            ),
            "If something does not work, update MultiClaw.",
        )),
        _ => None,
    }
}

/// The `openclaw` program did not do what it was asked.
pub(crate) fn program(error: &ProgramError) -> Problem {
    match error {
        ProgramError::Spawn(why) => problem(
            format!("The openclaw program could not be run: {why}."),
            "Check that it works in a terminal: openclaw --version.",
        ),
        ProgramError::Timeout { seconds, tail } => problem(
            format!("The openclaw program did not finish in {seconds} seconds{}", saying(tail)),
            "Look at the gateway's log, or try it in a terminal: openclaw gateway status.",
        ),
        ProgramError::Failed { code: Some(78), tail } => problem(
            format!("The gateway cannot run with this configuration{}", saying(tail)),
            "Set it up in a terminal: openclaw setup. Or its port is another program's: openclaw \
             doctor.",
        ),
        ProgramError::Failed { tail, .. } => problem(
            format!("The openclaw program failed{}", saying(tail)),
            "Try it in a terminal: openclaw gateway status.",
        ),
        ProgramError::Unreadable { tail } => problem(
            format!("What the openclaw program said makes no sense here{}", saying(tail)),
            "Update OpenClaw (openclaw update), or MultiClaw.",
        ),
        ProgramError::StillRunning { .. } => problem(
            "The gateway is still finishing a turn.",
            "It ends by itself within five minutes.",
        ),
        ProgramError::NotAGateway { pid } => problem(
            format!("The process {pid} holds the gateway's folder and is no gateway of yours."),
            "It was left alone. Look at it, and end it yourself if it is not wanted.",
        ),
        ProgramError::Log(why) => problem(
            format!("The file for what the gateway prints could not be made: {why}."),
            "Check that there is room on the disk and that the folder ~/.multiclaw is yours.",
        ),
        ProgramError::Unsupported => problem(
            "On this system the gateway can only be stopped where it was started.",
            "Press Ctrl+C in its terminal, or stop its service.",
        ),
        _ => {
            problem(sentence(&error.to_string()), "Try it in a terminal: openclaw gateway status.")
        }
    }
}

/// What a program printed, after a sentence; the whole ends with a full stop.
fn saying(tail: &str) -> String {
    if tail.trim().is_empty() { ".".to_owned() } else { format!(": {}", sentence(tail)) }
}

/// There is no program to start the gateway with.
pub(crate) fn no_program() -> Problem {
    problem(
        "The openclaw program is not on the PATH, so the gateway cannot be started or stopped here.",
        "Install OpenClaw, or start MultiClaw where openclaw works. Then press Connect.",
    )
}

/// The gateway is still being looked for.
pub(crate) fn looking() -> Problem {
    problem("The gateway is still being looked for.", "Try again in a moment.")
}

/// What was done to the gateway does not show.
pub(crate) fn too_long(act: &Control) -> Problem {
    let what = match act {
        Control::Stopping => "The gateway was told to stop, and still runs.",
        Control::Restarting => "The gateway was told to restart, and did not come back in time.",
        _ => "The gateway was started, and does not answer in time.",
    };
    problem(what, "Look at its log. A running turn may hold it up.")
}

/// Others can read `~/.openclaw`.
pub(crate) fn open_folder(mode: &str) -> Problem {
    problem(
        format!("Others on this computer can look into the gateway's folder ({mode})."),
        "It holds tokens and conversations. Repair makes it readable for you only (drwx------).",
    )
}

/// The folder `~/.openclaw` cannot be used or repaired.
pub(crate) fn folder(error: &FolderError) -> Problem {
    let what = format!("The gateway's folder cannot be used: {error}.");
    let next = match error {
        FolderError::Link => "Make the folder it leads to private yourself: chmod 700.",
        FolderError::Foreign => "Give it to your own user: chown.",
        FolderError::NotAFolder => "Move the file of that name away.",
        FolderError::Unchanged => {
            "Its file system may not keep permissions: move it to one that does."
        }
        _ => "Check the folder's owner and permissions.",
    };
    problem(what, next)
}
