//! The ways to a cloud desktop: UDP, and the relay by each of its transports.

use super::{Finding, Setup, Shared};
use crate::doctor::step::Step;
use crate::model::StepState;
use crate::say::doctor as words;
use crate::tr;
use stream::transport::ConnectionMode;
use stream::transport::probe::{self, ProbeError, Relayed, Server, Way};

fn servers(shared: &Shared) -> Vec<Server> {
    let session = shared.session.lock().clone();
    session.map(|session| Server::list(&session.servers)).unwrap_or_default()
}

/// Each host and port once.
fn distinct(mut servers: Vec<Server>) -> Vec<Server> {
    let mut known: Vec<(String, u16)> = Vec::new();
    servers.retain(|server| {
        let at = (server.host.clone(), server.port);
        let new = !known.contains(&at);
        known.push(at);
        new
    });
    servers
}

/// A binding over UDP from each server that is reached like this. One answer shows that UDP gets
/// through; a server that is silent beside it is named.
pub(super) async fn stun(setup: &Setup, shared: &Shared) -> Finding {
    if setup.mode == ConnectionMode::Relay {
        return Finding::skipped(tr!("doctor-mode-without-udp"), "");
    }
    let over_udp = servers(shared).into_iter().filter(|server| server.way == Way::Udp).collect();
    let all = distinct(over_udp);
    if all.is_empty() {
        return Finding::skipped(tr!("doctor-no-udp-server"), "");
    }
    let asked = all.iter().map(|server| probe::binding(&setup.door, server));
    let answers = futures_util::future::join_all(asked).await;
    let pairs = || all.iter().zip(&answers);
    let good: Vec<_> = pairs().filter_map(|(s, a)| Some((s, a.as_ref().ok()?))).collect();
    let bad: Vec<_> = pairs().filter_map(|(s, a)| Some((s, a.as_ref().err()?))).collect();
    match (good.first(), bad.first()) {
        (Some((server, bound)), None) => Finding::ok(words::bound(server, bound)),
        (None, Some((server, error))) => words::probe(server, error),
        (Some((good, bound)), Some((server, error))) => {
            let fault = words::probe(server, error);
            let detail = words::both(&words::bound(good, bound), &fault.detail);
            Finding::warning(detail, fault.next)
        }
        (None, None) => Finding::skipped(tr!("doctor-no-udp-server"), ""),
    }
}

/// The relay by one transport: allocation, permission, and a packet there and back.
pub(super) async fn turn(step: Step, setup: &Setup, shared: &Shared) -> Finding {
    let way = match step {
        Step::TurnUdp => Way::Udp,
        Step::TurnTcp => Way::Tcp,
        _ => Way::Tls,
    };
    if way == Way::Udp && setup.mode == ConnectionMode::Relay {
        return Finding::skipped(tr!("doctor-mode-without-udp"), "");
    }
    let all: Vec<Server> =
        servers(shared).into_iter().filter(|server| server.relays && server.way == way).collect();
    let all = distinct(all);
    if all.is_empty() {
        return Finding::skipped(words::no_relay(way), "");
    }
    let tried = all.iter().map(|server| probe::relay(&setup.door, server));
    let found: Vec<Result<Relayed, ProbeError>> = futures_util::future::join_all(tried).await;
    let mut result: Option<Finding> = None;
    for (server, found) in all.iter().zip(&found) {
        let one = match found {
            Ok(relayed) => words::relayed(server, relayed),
            Err(error) => words::probe(server, error),
        };
        result = Some(match result {
            None => one,
            Some(before) => both(before, one),
        });
    }
    result.unwrap_or_else(|| Finding::skipped(words::no_relay(way), ""))
}

/// One of two servers is enough; that the other one is not there is to be known.
fn both(one: Finding, other: Finding) -> Finding {
    let detail = words::both(&one.detail, &other.detail);
    let state = match (one.state, other.state) {
        (a, b) if a == b => a,
        _ => StepState::Warning,
    };
    let next = if one.next.is_empty() { other.next } else { one.next };
    Finding { state, detail, next }
}
