//! Connections that failed, as sentences (article "Network security").

use super::problem;
use crate::model::Problem;
use net::{NetError, ProxyFault, TlsFault};
use stream::viewer::RelayFault;

/// What an inspecting network's administrators have to do (the article's own advice).
const EXCLUDE: &str =
    "Ask your IT team to exclude *.multiclaw.io and turn.multiclaw.io from TLS inspection.";

/// A connection to the cloud that failed.
pub(crate) fn network(error: &NetError) -> Problem {
    connection(error, "The cloud")
}

/// A connection that failed. `whom`: who was to answer, at the beginning of a sentence.
pub(crate) fn connection(error: &NetError, whom: &str) -> Problem {
    match error {
        NetError::Dns { host } => problem(
            format!("The name {host} could not be found."),
            "Check that this computer is connected to a network.",
        ),
        NetError::Connect { .. } => problem(
            format!("{whom} cannot be reached."),
            "Check the network connection, or whether a firewall blocks it.",
        ),
        NetError::Timeout { .. } => problem(
            format!("{whom} does not answer."),
            "Check the network connection and try again.",
        ),
        NetError::Tls { fault } => tls(fault, whom),
        NetError::NoRoots => problem(
            "This computer has no trusted certificates, so no secure connection can be made.",
            "Install the system's certificates (on Debian and Ubuntu: ca-certificates).",
        ),
        NetError::Proxy { proxy, fault } => proxied(proxy, fault),
        NetError::Refused { host, port, .. } => problem(
            format!("MultiClaw does not connect to {host}, port {port}."),
            "It only connects to its cloud and to the services on its list. Check the server \
             address.",
        ),
        NetError::PrivateAddress { host, .. } => problem(
            format!("The name {host} leads into this local network, so it was not used."),
            "Check the name server of this network.",
        ),
        NetError::Redirect { .. } | NetError::CaptivePortal => problem(
            "The network answered instead of the cloud.",
            "Open a web browser: this network may want you to sign in first.",
        ),
        NetError::Upgrade { status } => problem(
            format!("{whom} did not open the live connection (status {status})."),
            "A proxy or a firewall may block WebSockets. Ask your IT team to allow them.",
        ),
        NetError::TooLarge | NetError::Flood => problem(
            format!("{whom} sent more than it should."),
            "Try again. If it goes on, tell whoever runs it.",
        ),
        NetError::NotSecure | NetError::UserInfo => {
            problem("This is not a secure address.", "Use one that begins with https://.")
        }
        NetError::Protocol(_) => {
            problem("The connection broke.", "Check the network connection and try again.")
        }
        _ => problem("The connection failed.", "Check the network connection and try again."),
    }
}

fn tls(fault: &TlsFault, whom: &str) -> Problem {
    let local = |at: &jiff::Timestamp| {
        let zoned = at.to_zoned(jiff::tz::TimeZone::system());
        zoned.strftime("%-d %B %Y, %H:%M").to_string()
    };
    match fault {
        TlsFault::Expired { until, now } => {
            let (until, now) = (until.as_ref().map(local), now.as_ref().map(local));
            let what = match &until {
                Some(until) => format!("The certificate ended on {until}."),
                None => "The certificate has ended.".to_owned(),
            };
            problem(what, clock(now.as_deref()))
        }
        TlsFault::NotYetValid { from, now } => {
            let (from, now) = (from.as_ref().map(local), now.as_ref().map(local));
            let what = match &from {
                Some(from) => format!("The certificate begins on {from} only."),
                None => "The certificate is not valid yet.".to_owned(),
            };
            problem(what, clock(now.as_deref()))
        }
        TlsFault::WrongHost { expected, .. } => problem(
            format!("Another server answered instead of {expected}."),
            "Open a web browser: this network may want you to sign in first. Or check the server \
             address.",
        ),
        TlsFault::Inspected { issuer } => problem(
            format!("Your network inspects encrypted traffic. Its certificate is from {issuer}."),
            EXCLUDE,
        ),
        TlsFault::UnknownIssuer => problem(
            "This computer does not trust the certificate. Your network may inspect encrypted \
             traffic.",
            EXCLUDE,
        ),
        TlsFault::Revoked => problem(
            format!("{whom}'s certificate was revoked."),
            "Try again later. If it goes on, tell whoever runs it.",
        ),
        TlsFault::NotForServers => {
            problem("The certificate is not one for servers.", "Tell whoever runs the server.")
        }
        TlsFault::OldProtocol => problem(
            "The server, or something on the way to it, only speaks an outdated version of TLS.",
            "Tell whoever runs it: MultiClaw needs TLS 1.2.",
        ),
        TlsFault::PlainHttp => problem(
            "Something answered without encryption.",
            "Open a web browser: this network may want you to sign in first. Or check the port.",
        ),
        TlsFault::ClosedInHandshake => problem(
            "The connection was cut as it began.",
            "A firewall may block it. Ask your IT team to allow *.multiclaw.io, port 443.",
        ),
        _ => problem(
            format!("The secure connection was refused: {fault}."),
            "Check this computer's date and time, and try again.",
        ),
    }
}

fn clock(now: Option<&str>) -> String {
    match now {
        Some(now) => format!("This computer's clock says {now}. If that is wrong, correct it."),
        None => "Check this computer's date and time.".into(),
    }
}

fn proxied(proxy: &str, fault: &ProxyFault) -> Problem {
    let variable = "Check the HTTPS_PROXY variable and start MultiClaw again.";
    match fault {
        ProxyFault::Malformed => problem(
            format!("The variable {proxy} is not the address of a proxy."),
            "It is like http://user:password@proxy.example.com:3128.",
        ),
        ProxyFault::Scheme { scheme } => problem(
            format!("Proxies of the kind {scheme} are not supported."),
            "Use one of http, https, socks5 or socks5h.",
        ),
        ProxyFault::PasswordWanted => problem(
            format!("The proxy {proxy} wants a name and a password."),
            "Put them into the HTTPS_PROXY variable, as in http://user:password@proxy:3128.",
        ),
        ProxyFault::PasswordWrong => problem(
            format!("The proxy {proxy} does not accept the name and the password."),
            variable,
        ),
        ProxyFault::SignIn { offered } => problem(
            format!("The proxy {proxy} wants a sign-in with {offered}, which is not supported."),
            "Ask your IT team for a proxy with a password, or a local helper such as cntlm.",
        ),
        ProxyFault::Denied => problem(
            format!("The proxy {proxy} does not allow the connection."),
            "Ask your IT team to allow *.multiclaw.io, port 443.",
        ),
        _ => problem(format!("The proxy {proxy} does not work: {fault}."), variable),
    }
}

/// A relay that cannot be used.
pub(crate) fn relay(fault: &RelayFault) -> Problem {
    match fault {
        RelayFault::Connect(error) => connection(error, "The relay"),
        RelayFault::Refused(code) => problem(
            format!("The relay has no room for this connection (code {code})."),
            "It is tried again.",
        ),
        RelayFault::Closed => problem(
            "The relay closed the connection at once.",
            "Something on the way may answer in its place. Ask your IT team to allow TCP port 443 \
             to turn.multiclaw.io.",
        ),
        _ => problem("The relay does not answer.", "It is tried again."),
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
