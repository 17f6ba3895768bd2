//! TCP without TLS: for the relays of cloud desktops, and nothing else.

use crate::peers::{Authority, HIDDEN, own_name, tcp};
use crate::programs::{Program, microsocks, squid, tinyproxy};
use net::{Door, NetError, Outcome, Proxies, ProxyFault, Purpose, State};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const HELLO: &[u8] = b"hello";

/// Sends back what it gets.
async fn echo() -> u16 {
    tcp(|stream| async {
        let (mut read, mut write) = tokio::io::split(stream);
        let _ = tokio::io::copy(&mut read, &mut write).await;
    })
    .await
}

fn door(host: &str, port: u16, proxies: Proxies) -> Door {
    Authority::new("Test authority").door(&[(host, port)], proxies)
}

async fn hello(door: &Door, host: &str, port: u16) -> Result<(), NetError> {
    let mut stream = door.open_plain(Purpose::CloudDesktop, host, port).await?;
    stream.write_all(HELLO).await.unwrap();
    stream.flush().await.unwrap();
    let mut back = [0; HELLO.len()];
    stream.read_exact(&mut back).await.unwrap();
    assert_eq!(back, HELLO);
    Ok(())
}

#[tokio::test]
async fn bytes_go_out_as_they_are_and_are_logged_and_counted() {
    let port = echo().await;
    let door = door("localhost", port, Proxies::none());
    let mut stream = door.open_plain(Purpose::CloudDesktop, "localhost", port).await.unwrap();
    stream.write_all(HELLO).await.unwrap();
    let mut back = [0; HELLO.len()];
    stream.read_exact(&mut back).await.unwrap();
    let entry = door.log().last(Purpose::CloudDesktop).unwrap();
    assert_eq!((entry.host.as_str(), entry.port, entry.proxy), ("localhost", port, None));
    assert!(matches!(entry.outcome, Outcome::Done { .. }), "{:?}", entry.outcome);
    assert_eq!(entry.state, State::Open);
    // No handshake: what was written, and no byte more.
    let traffic = entry.traffic.unwrap();
    assert_eq!((traffic.sent, traffic.received), (5, 5));
    drop(stream);
    let entry = door.log().last(Purpose::CloudDesktop).unwrap();
    assert!(matches!(entry.state, State::Ended(_)), "{:?}", entry.state);
}

#[tokio::test]
async fn nothing_but_a_cloud_desktop_may_do_without_tls() {
    let accepted = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&accepted);
    let port = tcp(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
        async {}
    })
    .await;
    // The policy lets all of these out to this port.
    let policy = Purpose::ALL
        .into_iter()
        .fold(net::Policy::default(), |policy, purpose| policy.allow(purpose, "localhost", None));
    let trust = Authority::new("Test authority").trust();
    let door = Door::with_proxies(policy, trust, Proxies::none()).unwrap();
    for purpose in Purpose::ALL.into_iter().filter(|p| *p != Purpose::CloudDesktop) {
        let error = door.open_plain(purpose, "localhost", port).await.unwrap_err();
        assert_eq!(error, NetError::NotSecure, "{purpose}");
        let entry = door.log().last(purpose).unwrap();
        assert!(matches!(entry.outcome, Outcome::Failed(_)), "{entry:?}");
    }
    assert_eq!(accepted.load(Ordering::Relaxed), 0);
    door.open_plain(Purpose::CloudDesktop, "localhost", port).await.unwrap();
}

#[tokio::test]
async fn what_no_rule_names_is_refused() {
    let port = echo().await;
    let door = door("cloud.example", port, Proxies::none());
    let error = hello(&door, "localhost", port).await.unwrap_err();
    assert!(matches!(error, NetError::Refused { .. }), "{error:?}");
    let entry = door.log().last(Purpose::CloudDesktop).unwrap();
    assert_eq!(entry.host, "localhost");
    assert!(!matches!(entry.outcome, Outcome::Done { .. }), "{entry:?}");
}

/// The log says through what, and counts what went through it.
async fn works(host: &str, url: &str, program: &Program) {
    let port = echo().await;
    let door = door(host, port, Proxies::from_pairs(&[("HTTPS_PROXY", url)]));
    hello(&door, host, port).await.unwrap();
    let entry = door.log().last(Purpose::CloudDesktop).unwrap();
    let proxy = entry.proxy.clone().unwrap();
    assert!(proxy.ends_with(&format!(":{}", program.port)) && !proxy.contains('@'), "{entry:?}");
    assert!(matches!(entry.outcome, Outcome::Done { .. }), "{entry:?}");
    let traffic = entry.traffic.unwrap();
    assert!(traffic.sent > 5 && traffic.received > 5, "{entry:?}");
}

async fn fails(host: &str, url: &str, with: &ProxyFault) {
    let port = echo().await;
    let door = door(host, port, Proxies::from_pairs(&[("HTTPS_PROXY", url)]));
    let error = hello(&door, host, port).await.unwrap_err();
    let NetError::Proxy { fault, .. } = &error else { panic!("{error:?}") };
    assert_eq!(fault, with);
}

#[tokio::test]
async fn it_goes_through_squid() {
    let proxy = squid(Some(("ada", "s3cret")), None);
    let url = |login: &str| format!("http://{login}127.0.0.1:{}", proxy.port);
    works(HIDDEN, &url("ada:s3cret@"), &proxy).await;
    fails(HIDDEN, &url(""), &ProxyFault::PasswordWanted).await;
    fails(HIDDEN, &url("ada:wrong@"), &ProxyFault::PasswordWrong).await;
    fails("denied.test", &url("ada:s3cret@"), &ProxyFault::Denied).await;
}

#[tokio::test]
async fn it_goes_through_tinyproxy_and_microsocks() {
    let host = own_name();
    let proxy = tinyproxy(None);
    works(&host, &format!("http://127.0.0.1:{}", proxy.port), &proxy).await;
    let proxy = microsocks(None);
    works(&host, &format!("socks5h://127.0.0.1:{}", proxy.port), &proxy).await;
}
