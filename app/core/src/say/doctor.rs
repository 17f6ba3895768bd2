//! What the doctor found, in sentences.

pub(crate) use super::both;
use crate::doctor::{Finding, Graphics};
use crate::model::Problem;
use crate::tr;
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
    Finding::failed(tr!("doctor-broke"), tr!("doctor-run-again"))
}

pub(crate) fn no_cloud(cloud: &str) -> Finding {
    Finding::failed(tr!("doctor-no-cloud", cloud = cloud), tr!("doctor-no-cloud-next"))
}

pub(crate) fn names_by_proxy(proxy: &str) -> String {
    tr!("doctor-names-by-proxy", proxy = proxy)
}

/// Names without their addresses: those of a local network say where a person is.
pub(crate) fn names(found: &[(String, usize)]) -> String {
    let each = found.iter().map(|(host, count)| tr!("doctor-name", host = host, count = *count));
    let hosts = each.collect::<Vec<_>>().join(tr!("doctor-names-between"));
    tr!("doctor-names", hosts = hosts)
}

pub(crate) fn proxy(variable: &str, proxy: &str) -> String {
    tr!("doctor-proxy", proxy = proxy, variable = variable)
}

pub(crate) fn proxy_not_for(variable: &str, host: &str) -> String {
    tr!("doctor-proxy-not-for", variable = variable, host = host)
}

pub(crate) fn proxy_for_loopback(proxy: &str) -> Finding {
    Finding::failed(
        tr!("doctor-proxy-for-loopback", proxy = proxy),
        tr!("doctor-proxy-for-loopback-next"),
    )
}

pub(crate) fn tls(host: &str) -> String {
    tr!("doctor-tls", host = host)
}

pub(crate) fn signed_out() -> Finding {
    Finding::skipped(tr!("doctor-signed-out"), tr!("doctor-signed-out-next"))
}

pub(crate) fn session_unreadable(why: &str) -> Finding {
    Finding::failed(
        tr!("doctor-session-unreadable", why = why),
        tr!("doctor-session-unreadable-next"),
    )
}

pub(crate) fn session(desktop: &str, servers: usize) -> String {
    tr!("doctor-session", desktop = desktop, servers = servers)
}

pub(crate) fn no_session() -> Finding {
    Finding::failed(tr!("doctor-no-session"), tr!("doctor-no-session-next"))
}

pub(crate) fn none_online() -> Finding {
    Finding::skipped(tr!("doctor-none-online"), tr!("doctor-none-online-next"))
}

pub(crate) fn no_such_desktop(name: &str) -> Finding {
    Finding::failed(tr!("doctor-no-such-desktop", name = name), tr!("doctor-no-such-desktop-next"))
}

pub(crate) fn desktop_offline(name: &str) -> Finding {
    Finding::failed(tr!("doctor-desktop-offline", name = name), tr!("doctor-desktop-offline-next"))
}

pub(crate) fn no_relay(way: Way) -> String {
    tr!("doctor-no-relay", way = by(way))
}

fn by(way: Way) -> &'static str {
    match way {
        Way::Udp => "UDP",
        Way::Tcp => "TCP",
        Way::Tls => "TLS",
    }
}

fn at(server: &Server) -> String {
    tr!("doctor-server", host = &server.host, way = by(server.way), port = server.port)
}

fn ms(time: Duration) -> String {
    tr!("doctor-milliseconds", count = time.as_millis().max(1))
}

pub(crate) fn bound(server: &Server, bound: &Bound) -> String {
    tr!("doctor-bound", server = at(server), time = ms(bound.round_trip))
}

pub(crate) fn relayed(server: &Server, relayed: &Relayed) -> Finding {
    let server = at(server);
    Finding::ok(match relayed.round_trip {
        Some(round_trip) => tr!("doctor-relayed", server = server, time = ms(round_trip)),
        None => tr!("doctor-allocated", server = server, time = ms(relayed.allocated)),
    })
}

/// A server that cannot be used.
pub(crate) fn probe(server: &Server, error: &ProbeError) -> Finding {
    let at = at(server);
    match error {
        ProbeError::Net(error) => failed(&super::connection(error, &at)),
        ProbeError::Silent if server.way == Way::Udp => Finding::failed(
            tr!("doctor-udp-silent", server = at),
            tr!("doctor-udp-silent-next", port = server.port, host = &server.host),
        ),
        ProbeError::Silent => {
            Finding::failed(tr!("doctor-silent", server = at), tr!("doctor-in-its-place"))
        }
        ProbeError::Refused(Refusal::Credentials(code)) => Finding::failed(
            tr!("doctor-credentials-refused", server = at, code = *code),
            tr!("doctor-credentials-refused-next"),
        ),
        ProbeError::Refused(Refusal::Allocation(code)) => Finding::failed(
            tr!("doctor-allocation-refused", server = at, code = *code),
            tr!("doctor-allocation-refused-next"),
        ),
        _ => Finding::failed(tr!("doctor-server-broke", server = at), tr!("doctor-in-its-place")),
    }
}

pub(crate) fn no_thread(error: &std::io::Error) -> String {
    tr!("doctor-no-thread", why = error.kind().to_string())
}

pub(crate) fn picture(
    desktop: &str,
    first: Option<Duration>,
    size: Option<(u32, u32)>,
    relayed: Option<bool>,
    round_trip: Option<Duration>,
) -> Finding {
    let time = first.map(ms).unwrap_or_default();
    let desktop = match size {
        Some((width, height)) => {
            tr!("doctor-desktop-size", desktop = desktop, width = width, height = height)
        }
        None => desktop.to_owned(),
    };
    let came = match relayed {
        Some(true) => tr!("doctor-picture-relayed", desktop = desktop, time = time),
        Some(false) => tr!("doctor-picture-direct", desktop = desktop, time = time),
        None => tr!("doctor-picture", desktop = desktop, time = time),
    };
    Finding::ok(match round_trip {
        Some(trip) => both(&came, &tr!("doctor-round-trip", time = ms(trip))),
        None => both(&came, tr!("doctor-no-round-trip")),
    })
}

pub(crate) fn no_picture(desktop: &str) -> Finding {
    Finding::failed(tr!("doctor-no-picture", desktop = desktop), tr!("doctor-no-picture-next"))
}

pub(crate) fn desktop_left(desktop: &str) -> Finding {
    Finding::failed(tr!("doctor-desktop-left", desktop = desktop), tr!("doctor-desktop-left-next"))
}

pub(crate) fn openclaw(version: &Version) -> String {
    tr!("doctor-openclaw", version = version.to_string())
}

pub(crate) fn configuration(found: &Discovery) -> String {
    let port = found.endpoint.port();
    match found.token {
        Some(_) => tr!("doctor-configuration-token", port = port),
        None => tr!("doctor-configuration", port = port),
    }
}

pub(crate) fn gateway_silent(port: u16) -> Finding {
    Finding::failed(tr!("doctor-gateway-silent", port = port), tr!("doctor-gateway-silent-next"))
}

pub(crate) fn no_gateway(port: u16, status: u16) -> Finding {
    Finding::failed(
        tr!("doctor-gateway-status", port = port, status = status),
        tr!("doctor-gateway-status-next"),
    )
}

pub(crate) fn no_gateway_at(port: u16, error: &NetError) -> Finding {
    Finding::failed(
        tr!("doctor-no-gateway", port = port, why = error.to_string()),
        tr!("doctor-no-gateway-next"),
    )
}

pub(crate) fn foreign(error: &NetError) -> Finding {
    let what = super::gateway::sentence(&error.to_string());
    Finding::failed(tr!("doctor-foreign", what = what), tr!("doctor-foreign-next"))
}

pub(crate) fn gateway(port: u16) -> String {
    tr!("doctor-gateway-answers", port = port)
}

pub(crate) fn not_paired(port: u16) -> Finding {
    Finding::warning(tr!("doctor-not-paired", port = port), tr!("doctor-not-paired-next"))
}

pub(crate) fn device_unreadable(port: u16) -> Finding {
    Finding::warning(
        tr!("doctor-device-unreadable", port = port),
        tr!("doctor-device-unreadable-next"),
    )
}

pub(crate) const OWN_FOLDER: &str = "~/.multiclaw";
pub(crate) const GATEWAY_FOLDER: &str = "~/.openclaw";

pub(crate) fn folder_open(name: &str, mode: &str) -> Finding {
    Finding::warning(
        tr!("doctor-folder-open", name = name, mode = mode),
        tr!("doctor-folder-open-next", name = name),
    )
}

pub(crate) fn folder(name: &str, error: &FolderError) -> Finding {
    let next = match error {
        FolderError::Foreign => tr!("doctor-folder-foreign-next"),
        FolderError::NotAFolder => tr!("doctor-folder-file-next"),
        _ => tr!("doctor-folder-next"),
    };
    Finding::failed(tr!("doctor-folder", name = name, why = error.to_string()), next)
}

pub(crate) fn folders(free: Option<u64>) -> String {
    match free {
        Some(free) => tr!("doctor-folders-free", size = super::files::size(free)),
        None => tr!("doctor-folders").to_owned(),
    }
}

pub(crate) fn disk_full(free: u64) -> Finding {
    let size = super::files::size(free);
    Finding::failed(tr!("doctor-disk-full", size = size), tr!("doctor-disk-full-next"))
}

pub(crate) fn no_graphics() -> Finding {
    Finding::failed(tr!("doctor-no-graphics"), tr!("doctor-no-graphics-next"))
}

pub(crate) fn graphics(found: &Graphics) -> Finding {
    let Graphics { name, backend, software, largest } = found;
    if *software {
        let detail =
            tr!("doctor-graphics-software", name = name, backend = backend, pixels = *largest,);
        return Finding::warning(detail, tr!("doctor-graphics-software-next"));
    }
    let detail = tr!("doctor-graphics", name = name, backend = backend, pixels = *largest);
    if *largest < 2048 {
        Finding::warning(detail, tr!("doctor-graphics-small-next"))
    } else {
        Finding::ok(detail)
    }
}

/// The file of a run was not written.
pub(crate) fn nothing_to_export() -> Problem {
    super::problem(tr!("doctor-nothing-to-export"), tr!("doctor-nothing-to-export-next"))
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
