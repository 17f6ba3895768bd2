//! What the doctor found, in sentences.

use crate::doctor::{Finding, Graphics};
use crate::model::Problem;
use gateway_client::discovery::folder::FolderError;
use gateway_client::discovery::{Discovery, Version};
use net::NetError;
use std::time::Duration;
use stream::transport::Refusal;
use stream::transport::probe::{Bound, ProbeError, Relayed, Server, Way};

/// A problem as what a step found.
pub(crate) fn failed(problem: &Problem) -> Finding {
    Finding::failed(&problem.what, &problem.next)
}

/// A probe ended without a finding.
pub(crate) fn broke() -> Finding {
    Finding::failed("This could not be looked at.", "Run the check again.")
}

pub(crate) fn no_cloud(cloud: &str) -> Finding {
    Finding::failed(
        format!("{cloud} is not the address of a cloud."),
        "It is like https://cloud.example.com.",
    )
}

pub(crate) const PROXY_UNREADABLE: &str = "The proxy would look names up, and it is not usable.";
pub(crate) const ADDRESS: &str = "The cloud is named by its address, so no name is looked up.";
pub(crate) const NO_PROXY: &str = "No proxy is set, so connections are direct.";

pub(crate) fn names_by_proxy(proxy: &str) -> String {
    format!("The proxy {proxy} looks names up, so this computer need not.")
}

/// Names without their addresses: those of a local network say where a person is.
pub(crate) fn names(found: &[(String, usize)]) -> String {
    let each = found.iter().map(|(host, count)| match count {
        1 => format!("{host} has 1 address"),
        count => format!("{host} has {count} addresses"),
    });
    format!("{}.", each.collect::<Vec<_>>().join(", "))
}

pub(crate) fn proxy(variable: &str, proxy: &str) -> String {
    format!(
        "{proxy}, from the variable {variable}, leads to the cloud. It is not used for this computer itself."
    )
}

pub(crate) fn proxy_not_for(variable: &str, host: &str) -> String {
    format!("{variable} is set, and NO_PROXY leaves {host} out, so connections are direct.")
}

pub(crate) fn proxy_for_loopback(proxy: &str) -> Finding {
    Finding::failed(
        format!("The proxy {proxy} would be used for this computer itself."),
        "Add 127.0.0.1 to the NO_PROXY variable.",
    )
}

pub(crate) fn tls(host: &str) -> String {
    format!("{host} shows a certificate that this computer trusts, and its clock fits.")
}

pub(crate) const SIGNED_IN: &str = "The cloud accepts the stored sign-in.";
pub(crate) const ONLINE: &str = "The live connection to the cloud opens, and the cloud greets.";

pub(crate) fn signed_out() -> Finding {
    Finding::skipped("You are not signed in.", "Sign in, and run the check again.")
}

pub(crate) fn session_unreadable(why: &str) -> Finding {
    Finding::failed(format!("The stored sign-in cannot be read: {why}."), "Sign in again.")
}

pub(crate) fn session(desktop: &str, servers: usize) -> String {
    let servers = match servers {
        0 => "no relay".to_owned(),
        1 => "1 relay".to_owned(),
        more => format!("{more} relays"),
    };
    format!("The cloud opens a session with {desktop} and names {servers}.")
}

pub(crate) fn no_session() -> Finding {
    Finding::failed(
        "The cloud does not answer the request for a session.",
        "Try again in a few minutes. If it goes on, tell whoever runs the cloud.",
    )
}

pub(crate) fn none_online() -> Finding {
    Finding::skipped(
        "No cloud desktop is online, and the cloud names its relays only with one.",
        "Start a desktop, and run the check again.",
    )
}

pub(crate) fn no_such_desktop(name: &str) -> Finding {
    Finding::failed(
        format!("There is no cloud desktop called {name} in this workspace."),
        "Check the name in the list of desktops.",
    )
}

pub(crate) fn desktop_offline(name: &str) -> Finding {
    Finding::failed(
        format!("{name} is offline."),
        "Start it, or check that its daemon runs and reaches the cloud.",
    )
}

pub(crate) const MODE_WITHOUT_UDP: &str =
    "WebRTC connection mode is set to TURN relay, which uses no UDP.";
pub(crate) const NO_UDP_SERVER: &str = "The cloud names no server that is reached over UDP.";

pub(crate) fn no_relay(way: Way) -> String {
    format!("The cloud names no relay that is reached over {}.", by(way))
}

fn by(way: Way) -> &'static str {
    match way {
        Way::Udp => "UDP",
        Way::Tcp => "TCP",
        Way::Tls => "TLS",
    }
}

fn at(server: &Server) -> String {
    format!("{}, {} port {}", server.host, by(server.way), server.port)
}

fn ms(time: Duration) -> String {
    format!("{} ms", time.as_millis().max(1))
}

pub(crate) fn bound(server: &Server, bound: &Bound) -> String {
    format!("{}, answers after {}.", at(server), ms(bound.round_trip))
}

pub(crate) fn relayed(server: &Server, relayed: &Relayed) -> Finding {
    match relayed.round_trip {
        Some(round_trip) => Finding::ok(format!(
            "{}, carries a packet there and back in {}.",
            at(server),
            ms(round_trip)
        )),
        None => Finding::ok(format!(
            "{}, gives an allocation after {}. It does not send to itself, so no packet was sent.",
            at(server),
            ms(relayed.allocated)
        )),
    }
}

/// A server that cannot be used.
pub(crate) fn probe(server: &Server, error: &ProbeError) -> Finding {
    let at = at(server);
    match error {
        ProbeError::Net(error) => failed(&super::connection(error, &at)),
        ProbeError::Silent if server.way == Way::Udp => Finding::failed(
            format!("Nothing comes back from {at}."),
            format!(
                "A firewall may drop UDP. Ask your IT team to allow UDP port {} to {}, or set \
                 WebRTC connection mode to TURN relay in Settings, Gateway, Browser Automation.",
                server.port, server.host
            ),
        ),
        ProbeError::Silent => Finding::failed(
            format!("{at}, takes the connection and then says nothing."),
            "Something on the way may answer in its place. Ask your IT team not to inspect it.",
        ),
        ProbeError::Refused(Refusal::Credentials(code)) => Finding::failed(
            format!("{at}, does not accept the credentials that the cloud gave (code {code})."),
            "Check this computer's date and time. If they are right, tell whoever runs the cloud: \
             its relay secret may not be the relay's.",
        ),
        ProbeError::Refused(Refusal::Allocation(code)) => Finding::failed(
            format!("{at}, has no room for a connection (code {code})."),
            "Try again later. If it goes on, tell whoever runs the relay.",
        ),
        _ => Finding::failed(
            format!("{at}, broke the connection."),
            "Something on the way may answer in its place. Ask your IT team not to inspect it.",
        ),
    }
}

pub(crate) const NOT_OPENED: &str = "No desktop was named, so none was opened.";
pub(crate) const NAME_ONE: &str = "Choose a desktop to see whether its picture comes.";

pub(crate) fn no_thread(error: &std::io::Error) -> String {
    format!("The system gives no thread for the decoder: {}.", error.kind())
}

pub(crate) fn picture(
    desktop: &str,
    first: Option<Duration>,
    size: Option<(u32, u32)>,
    relayed: Option<bool>,
    round_trip: Option<Duration>,
) -> Finding {
    let first = first.map(ms).unwrap_or_default();
    let size = size.map(|(w, h)| format!(" ({w} × {h})")).unwrap_or_default();
    let way = match relayed {
        Some(true) => " through a relay",
        Some(false) => " on the direct way",
        None => "",
    };
    let trip = match round_trip {
        Some(trip) => format!(" A round trip takes {}.", ms(trip)),
        None => " No round trip was measured in time.".into(),
    };
    Finding::ok(format!("The first picture of {desktop}{size} came after {first}{way}.{trip}"))
}

pub(crate) fn no_picture(desktop: &str) -> Finding {
    Finding::failed(
        format!("{desktop} answers, and no picture comes."),
        "Look at the log of the desktop's daemon.",
    )
}

pub(crate) fn desktop_left(desktop: &str) -> Finding {
    Finding::failed(
        format!("{desktop} left while it was being opened."),
        "Check that its daemon runs, and run the check again.",
    )
}

pub(crate) const NOT_LOOKED_FOR: &str = "The gateway is not looked for here.";
pub(crate) const NO_OPENCLAW: &str = "OpenClaw is not on this computer.";
pub(crate) const GET_OPENCLAW: &str = "Install it to talk to agents of your own.";
pub(crate) const NO_CONFIGURATION: &str = "OpenClaw has no configuration yet.";
pub(crate) const SET_UP: &str = "Set it up in a terminal: openclaw setup.";
pub(crate) const OPENCLAW_DOCTOR: &str = "Look at it with: openclaw doctor.";

pub(crate) fn openclaw(version: &Version) -> String {
    format!("OpenClaw {version} is installed.")
}

pub(crate) fn configuration(found: &Discovery) -> String {
    let token = if found.token.is_some() { "with" } else { "without" };
    let port = found.endpoint.port();
    format!("openclaw.json is good: port {port} of this computer, {token} a token.")
}

pub(crate) fn gateway_silent(port: u16) -> Finding {
    Finding::failed(
        format!("Nothing answers at port {port} of this computer."),
        "Start the gateway on its page, or in a terminal: openclaw gateway start.",
    )
}

pub(crate) fn no_gateway(port: u16, status: u16) -> Finding {
    Finding::failed(
        format!(
            "What answers at port {port} of this computer is no gateway, or not well (status {status})."
        ),
        "Look at the gateway's log, or see what uses the port: openclaw gateway status.",
    )
}

pub(crate) fn no_gateway_at(port: u16, error: &NetError) -> Finding {
    Finding::failed(
        format!("What answers at port {port} of this computer is no gateway: {error}."),
        "See what uses the port: openclaw gateway status.",
    )
}

pub(crate) fn foreign(error: &NetError) -> Finding {
    let what = super::gateway::sentence(&error.to_string());
    Finding::failed(
        format!("{what} It was told nothing."),
        "End that program, or choose another port: gateway.port in openclaw.json.",
    )
}

pub(crate) fn gateway(port: u16) -> String {
    format!("It answers at port {port}, belongs to you, and knows this device.")
}

pub(crate) fn not_paired(port: u16) -> Finding {
    Finding::warning(
        format!("It answers at port {port} and belongs to you. This device is not paired yet."),
        "Open the gateway's page: it says what to do.",
    )
}

pub(crate) fn device_unreadable(port: u16) -> Finding {
    Finding::warning(
        format!("It answers at port {port}. The file with this device's key cannot be read."),
        "The device is paired anew when the program connects.",
    )
}

pub(crate) const OWN_FOLDER: &str = "~/.multiclaw";
pub(crate) const GATEWAY_FOLDER: &str = "~/.openclaw";

pub(crate) fn folder_open(name: &str, mode: &str) -> Finding {
    Finding::warning(
        format!("Others on this computer can look into {name} ({mode})."),
        format!("It holds tokens and conversations. Make it yours only: chmod 700 {name}."),
    )
}

pub(crate) fn folder(name: &str, error: &FolderError) -> Finding {
    let next = match error {
        FolderError::Foreign => "Give it to your own user: chown.",
        FolderError::NotAFolder => "Move the file of that name away.",
        _ => "Check the folder's owner and permissions.",
    };
    Finding::failed(format!("The folder {name} cannot be used: {error}."), next)
}

pub(crate) fn folders(free: Option<u64>) -> String {
    let room = free.map(|free| format!(" {} are free.", super::files::size(free)));
    format!("The folders are open to you only.{}", room.unwrap_or_default())
}

pub(crate) fn disk_full(free: u64) -> Finding {
    Finding::failed(
        format!("Only {} are free where ~/.multiclaw is.", super::files::size(free)),
        "Make room on the disk.",
    )
}

pub(crate) const NO_GRAPHICS_LOOKED: &str = "The graphics device was not looked at.";

pub(crate) fn no_graphics() -> Finding {
    Finding::failed(
        "No graphics device was found, not even one in software.",
        "Install a driver (on Debian and Ubuntu: mesa-vulkan-drivers).",
    )
}

pub(crate) fn graphics(found: &Graphics) -> Finding {
    let Graphics { name, backend, software, largest } = found;
    let detail = format!("{name} ({backend}), pictures up to {largest} pixels a side.");
    if *software {
        Finding::warning(
            format!("{detail} The processor plays the graphics device."),
            "Pictures cost more of the processor. Install the driver of your graphics device.",
        )
    } else if *largest < 2048 {
        Finding::warning(detail, "Larger desktops cannot be shown. Update the driver.")
    } else {
        Finding::ok(detail)
    }
}

pub(crate) const DIALOGS: &str = "The system shows file dialogs.";
pub(crate) const NOTIFICATIONS: &str = "The system shows notifications.";
pub(crate) const NO_WINDOW: &str = "There is no desktop here to ask.";

/// The file of a run was not written.
pub(crate) fn nothing_to_export() -> Problem {
    super::problem("There is nothing to write yet.", "Run the check first.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StepState;

    #[test]
    fn every_fault_of_a_server_has_its_own_sentence() {
        let from = stream::transport::IceServer {
            urls: vec!["turn:turn.example:3478".into(), "turns:turn.example".into()],
            username: String::new(),
            credential: stream::transport::TurnCredential::new(String::new()),
        };
        let servers = Server::list(&[from]);
        let mut said = std::collections::BTreeSet::new();
        for server in &servers {
            for error in [
                ProbeError::Silent,
                ProbeError::Refused(Refusal::Credentials(401)),
                ProbeError::Refused(Refusal::Allocation(486)),
                ProbeError::Broke("x".into()),
                ProbeError::Net(NetError::Dns { host: "turn.example".into() }),
            ] {
                let Finding { state, detail, next } = probe(server, &error);
                assert_eq!(state, StepState::Failed);
                assert!(detail.ends_with('.') && next.ends_with('.'), "{detail} {next}");
                let name = matches!(error, ProbeError::Net(_));
                assert!(said.insert(detail.clone()) || name, "{detail}");
            }
        }
    }
}
