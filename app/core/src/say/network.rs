//! Connections that failed, as sentences (article "Network security").

use super::problem;
use crate::local_time;
use crate::model::Problem;
use crate::tr;
use net::{NetError, ProxyFault, TlsFault};
use stream::viewer::RelayFault;

/// What an inspecting network's administrators have to do (the article's own advice).
fn exclude() -> &'static str {
    tr!("network-exclude-next")
}

/// A connection to the cloud that failed.
pub(crate) fn network(error: &NetError) -> Problem {
    connection(error, tr!("network-the-cloud"))
}

/// A connection that failed. `whom`: who was to answer, at the beginning of a sentence.
pub(crate) fn connection(error: &NetError, whom: &str) -> Problem {
    match error {
        NetError::Dns { host } => problem(tr!("network-dns", host = host), tr!("network-dns-next")),
        NetError::Connect { .. } => {
            problem(tr!("network-connect", whom = whom), tr!("network-connect-next"))
        }
        NetError::Timeout { .. } => {
            problem(tr!("network-timeout", whom = whom), tr!("network-check-and-retry"))
        }
        NetError::Tls { fault } => tls(fault, whom),
        NetError::NoRoots => problem(tr!("network-no-roots"), tr!("network-no-roots-next")),
        NetError::Proxy { proxy, fault } => proxied(proxy, fault),
        NetError::Refused { host, port, .. } => problem(
            tr!("network-refused", host = host, port = port.to_string()),
            tr!("network-refused-next"),
        ),
        NetError::PrivateAddress { host, .. } => problem(
            tr!("network-private-address", host = host),
            tr!("network-private-address-next"),
        ),
        NetError::Redirect { .. } | NetError::CaptivePortal => {
            problem(tr!("network-captive"), tr!("network-captive-next"))
        }
        NetError::Upgrade { status } => problem(
            tr!("network-upgrade", whom = whom, status = status.to_string()),
            tr!("network-upgrade-next"),
        ),
        NetError::TooLarge | NetError::Flood => {
            problem(tr!("network-too-much", whom = whom), tr!("network-tell-whoever-runs-it"))
        }
        NetError::NotSecure | NetError::UserInfo => {
            problem(tr!("network-not-secure"), tr!("network-not-secure-next"))
        }
        NetError::Protocol(_) => problem(tr!("network-broke"), tr!("network-check-and-retry")),
        _ => problem(tr!("network-failed"), tr!("network-check-and-retry")),
    }
}

fn tls(fault: &TlsFault, whom: &str) -> Problem {
    let local = |at: &jiff::Timestamp| local_time::in_full(*at);
    match fault {
        TlsFault::Expired { until, now } => {
            let (until, now) = (until.as_ref().map(local), now.as_ref().map(local));
            let what = match &until {
                Some(until) => tr!("network-expired-on", when = until),
                None => tr!("network-expired").to_owned(),
            };
            problem(what, clock(now.as_deref()))
        }
        TlsFault::NotYetValid { from, now } => {
            let (from, now) = (from.as_ref().map(local), now.as_ref().map(local));
            let what = match &from {
                Some(from) => tr!("network-not-yet-valid-before", when = from),
                None => tr!("network-not-yet-valid").to_owned(),
            };
            problem(what, clock(now.as_deref()))
        }
        TlsFault::WrongHost { expected, .. } => {
            problem(tr!("network-wrong-host", host = expected), tr!("network-wrong-host-next"))
        }
        TlsFault::Inspected { issuer } => {
            problem(tr!("network-inspected", issuer = issuer), exclude())
        }
        TlsFault::UnknownIssuer => problem(tr!("network-unknown-issuer"), exclude()),
        TlsFault::Revoked => {
            problem(tr!("network-revoked", whom = whom), tr!("network-revoked-next"))
        }
        TlsFault::NotForServers => {
            problem(tr!("network-not-for-servers"), tr!("network-not-for-servers-next"))
        }
        TlsFault::OldProtocol => {
            problem(tr!("network-old-protocol"), tr!("network-old-protocol-next"))
        }
        TlsFault::PlainHttp => problem(tr!("network-plain-http"), tr!("network-plain-http-next")),
        TlsFault::ClosedInHandshake => problem(tr!("network-cut"), tr!("network-cut-next")),
        _ => problem(
            tr!("network-tls-refused", fault = fault.to_string()),
            tr!("network-tls-refused-next"),
        ),
    }
}

fn clock(now: Option<&str>) -> String {
    match now {
        Some(now) => tr!("network-clock-says", now = now),
        None => tr!("network-check-clock").into(),
    }
}

fn proxied(proxy: &str, fault: &ProxyFault) -> Problem {
    let variable = tr!("network-proxy-variable-next");
    match fault {
        ProxyFault::Malformed => problem(
            tr!("network-proxy-malformed", proxy = proxy),
            tr!("network-proxy-malformed-next"),
        ),
        ProxyFault::Scheme { scheme } => {
            problem(tr!("network-proxy-scheme", scheme = scheme), tr!("network-proxy-scheme-next"))
        }
        ProxyFault::PasswordWanted => problem(
            tr!("network-proxy-password-wanted", proxy = proxy),
            tr!("network-proxy-password-wanted-next"),
        ),
        ProxyFault::PasswordWrong => {
            problem(tr!("network-proxy-password-wrong", proxy = proxy), variable)
        }
        ProxyFault::SignIn { offered } => problem(
            tr!("network-proxy-sign-in", proxy = proxy, offered = offered),
            tr!("network-proxy-sign-in-next"),
        ),
        ProxyFault::Denied => {
            problem(tr!("network-proxy-denied", proxy = proxy), tr!("network-proxy-denied-next"))
        }
        _ => {
            problem(tr!("network-proxy-failed", proxy = proxy, fault = fault.to_string()), variable)
        }
    }
}

/// A relay that cannot be used.
pub(crate) fn relay(fault: &RelayFault) -> Problem {
    match fault {
        RelayFault::Connect(error) => connection(error, tr!("network-the-relay")),
        RelayFault::Refused(code) => problem(
            tr!("network-relay-refused", code = code.to_string()),
            tr!("network-tried-again"),
        ),
        RelayFault::Closed => {
            problem(tr!("network-relay-closed"), tr!("network-relay-closed-next"))
        }
        _ => problem(tr!("network-relay-silent"), tr!("network-tried-again")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H12.
    #[test]
    fn every_fault_has_its_own_sentence() {
        let host = || "h".to_owned();
        let tls = |fault| NetError::Tls { fault };
        let proxy = |fault| NetError::Proxy { proxy: "p:1".into(), fault };
        let all = [
            NetError::Dns { host: host() },
            NetError::Connect { host: host(), why: "w".into() },
            NetError::Timeout { host: host() },
            NetError::NoRoots,
            NetError::CaptivePortal,
            NetError::Upgrade { status: 403 },
            NetError::TooLarge,
            NetError::NotSecure,
            NetError::Protocol("x".into()),
            tls(TlsFault::Expired { until: None, now: None }),
            tls(TlsFault::NotYetValid { from: None, now: None }),
            tls(TlsFault::WrongHost { expected: "a".into(), presented: vec!["b".into()] }),
            tls(TlsFault::Inspected { issuer: "Corp Inspection".into() }),
            tls(TlsFault::UnknownIssuer),
            tls(TlsFault::Revoked),
            tls(TlsFault::NotForServers),
            tls(TlsFault::OldProtocol),
            tls(TlsFault::PlainHttp),
            tls(TlsFault::ClosedInHandshake),
            proxy(ProxyFault::Malformed),
            proxy(ProxyFault::PasswordWanted),
            proxy(ProxyFault::PasswordWrong),
            proxy(ProxyFault::Denied),
            proxy(ProxyFault::Timeout),
        ];
        let mut said = std::collections::BTreeSet::new();
        for error in all {
            let Problem { what, next } = network(&error);
            assert!(what.ends_with('.') && next.ends_with('.'), "{what} {next}");
            assert!(said.insert(what), "{error:?} sounds like another");
            assert!(!next.to_lowercase().contains("continue anyway"));
        }
        let inspected = network(&tls(TlsFault::Inspected { issuer: "Corp".into() }));
        assert!(inspected.what.contains("Corp"));
        assert!(inspected.next.contains("*.multiclaw.io and turn.multiclaw.io"));
    }
}
