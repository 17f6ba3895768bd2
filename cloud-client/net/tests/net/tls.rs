//! Each way in which a secure connection is refused, on HTTPS, WSS and raw TLS.

use crate::peers::{Authority, get, https, json, server, tcp, tls, upgrade};
use crate::programs::{Pem, outdated_server};
use net::{CertificateDer, Door, NetError, Policy, Proxies, Purpose, TlsFault, Trust};
use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, IsCa, KeyPair};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn door(trust: Trust, port: u16) -> Door {
    let policy = Policy::default().allow_cloud("localhost", port).allow_cloud("127.0.0.1", port);
    Door::with_proxies(policy, trust, Proxies::none()).unwrap()
}

/// The fault that all three kinds of connections meet alike.
async fn fault(trust: Trust, port: u16) -> TlsFault {
    let door = door(trust, port);
    let url = format!("localhost:{port}/");
    let rest = door.request(Purpose::CloudApi, get(&format!("https://{url}"))).await.err();
    let socket =
        door.websocket(Purpose::CloudRealtime, upgrade(&format!("wss://{url}"))).await.err();
    let raw = door.open(Purpose::CloudDesktop, "localhost", port).await.err();
    let kind = |error: Option<NetError>| match error {
        Some(NetError::Tls { fault }) => fault,
        other => panic!("{other:?}"),
    };
    let (rest, socket, raw) = (kind(rest), kind(socket), kind(raw));
    let same = std::mem::discriminant(&rest);
    assert!([&socket, &raw].iter().all(|fault| std::mem::discriminant(*fault) == same));
    rest
}

/// The fault of a server with this certificate from a trusted authority.
async fn of_leaf(names: &[&str], adjust: impl FnOnce(&mut CertificateParams)) -> TlsFault {
    let authority = Authority::new("Test authority");
    let port = https(server(authority.leaf(names, adjust)), |_| json("{}")).await;
    fault(authority.trust(), port).await
}

fn inspected(issuer: &str) -> TlsFault {
    TlsFault::Inspected { issuer: issuer.into() }
}

/// H11.
#[tokio::test]
async fn a_network_that_inspects_is_named() {
    let real = Authority::new("Test authority");
    let inspector = Authority::new("Corp\x1b[31m Inspector\n");
    let port = https(inspector.server(), |_| json("{}")).await;
    assert_eq!(fault(real.trust(), port).await, inspected("Corp[31m Inspector (Corp)"));
    assert_eq!(fault(Trust::System, port).await, inspected("Corp[31m Inspector (Corp)"));
    // Signed by itself and by nobody else.
    let key = KeyPair::generate().unwrap();
    let own = CertificateParams::new(vec!["localhost".into()]).unwrap().self_signed(&key).unwrap();
    let port = https(server((own.der().clone(), key)), |_| json("{}")).await;
    assert_eq!(fault(real.trust(), port).await, inspected("rcgen self signed cert"));
}

/// H12.
#[tokio::test]
async fn a_stranger_with_the_name_of_a_trusted_authority() {
    let real = Authority::new("Test authority");
    let same = Authority::new("Test authority");
    let port = https(same.server(), |_| json("{}")).await;
    assert_eq!(fault(real.trust(), port).await, inspected("Test authority (Corp)"));
    let other_algorithm = KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    let other = Authority::with_key("Test authority", other_algorithm);
    let port = https(other.server(), |_| json("{}")).await;
    assert_eq!(fault(real.trust(), port).await, inspected("Test authority (Corp)"));
}

/// H11.
#[tokio::test]
async fn each_connection_has_its_own_fault() {
    let real = Authority::new("Test authority");
    let mut ports = Vec::new();
    for n in 0..8 {
        let tls = Authority::new(&format!("Inspector {n}")).server();
        ports.push(https(tls, |_| json("{}")).await);
    }
    let policy = ports.iter().fold(Policy::default(), |p, port| p.allow_cloud("localhost", *port));
    let door = Door::with_proxies(policy, real.trust(), Proxies::none()).unwrap();
    let all = ports.iter().map(|port| door.open(Purpose::CloudDesktop, "localhost", *port));
    for (n, result) in futures_util::future::join_all(all).await.into_iter().enumerate() {
        let expected = inspected(&format!("Inspector {n} (Corp)"));
        assert_eq!(result.unwrap_err(), NetError::Tls { fault: expected });
    }
}

/// H11.
#[tokio::test]
async fn only_one_connection_is_inspected() {
    let real = Authority::new("Test authority");
    let good = https(real.server(), |_| json("{}")).await;
    let bad = https(Authority::new("Inspector").server(), |_| json("{}")).await;
    let policy = Policy::default().allow_cloud("localhost", good).allow_cloud("localhost", bad);
    let door = Door::with_proxies(policy, real.trust(), Proxies::none()).unwrap();
    let url = |port: u16| format!("https://localhost:{port}/");
    door.request(Purpose::CloudApi, get(&url(good))).await.unwrap();
    let bad = upgrade(&format!("wss://localhost:{bad}/"));
    let error = door.websocket(Purpose::CloudRealtime, bad).await.unwrap_err();
    assert_eq!(error, NetError::Tls { fault: inspected("Inspector (Corp)") });
    door.request(Purpose::CloudApi, get(&url(good))).await.unwrap();
}

/// H12.
#[tokio::test]
async fn certificates_out_of_their_time() {
    let time = |text: &str| Some(text.parse::<jiff::Timestamp>().unwrap());
    let expired = of_leaf(&["localhost"], |params| {
        params.not_before = rcgen::date_time_ymd(2019, 1, 1);
        params.not_after = rcgen::date_time_ymd(2020, 1, 2);
    });
    let TlsFault::Expired { until, now } = expired.await else { panic!() };
    assert_eq!(until, time("2020-01-02T00:00:00Z"));
    assert!(now > until);
    let future = of_leaf(&["localhost"], |params| {
        params.not_before = rcgen::date_time_ymd(2999, 1, 2);
        params.not_after = rcgen::date_time_ymd(3000, 1, 1);
    });
    let TlsFault::NotYetValid { from, now } = future.await else { panic!() };
    assert_eq!(from, time("2999-01-02T00:00:00Z"));
    assert!(now < from && now.is_some());
}

/// H12.
#[tokio::test]
async fn a_certificate_for_another_host() {
    let names = ["login.portal.example", "*.portal.example"];
    let TlsFault::WrongHost { expected, presented } = of_leaf(&names, |_| {}).await else {
        panic!()
    };
    assert_eq!(expected, "localhost");
    assert_eq!(presented.len(), 2);
    assert!(presented[0].contains("login.portal.example"), "{presented:?}");
    let many: Vec<String> = (0..50).map(|n| format!("{n}{}.example", "x".repeat(60))).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let TlsFault::WrongHost { presented, .. } = of_leaf(&many, |_| {}).await else { panic!() };
    assert_eq!(presented.len(), 8);
}

/// H12.
#[tokio::test]
async fn a_certificate_that_is_not_a_servers() {
    let person = of_leaf(&["localhost"], |params| {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    });
    assert_eq!(person.await, TlsFault::NotForServers);
    let authority = of_leaf(&["localhost"], |params| {
        params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    });
    assert_eq!(authority.await, TlsFault::NotForServers);
}

/// H12.
#[tokio::test]
async fn a_server_that_does_not_speak_tls() {
    let plain = tcp(|mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
    });
    assert_eq!(fault(Trust::System, plain.await).await, TlsFault::PlainHttp);
}

/// H12.
#[tokio::test]
async fn a_connection_that_is_cut_at_the_greeting() {
    let closed = tcp(|mut stream| async move {
        let _ = stream.read(&mut [0; 4096]).await;
    });
    assert_eq!(fault(Trust::System, closed.await).await, TlsFault::ClosedInHandshake);
    // Closing with unread bytes sends a reset.
    let reset = tcp(|mut stream| async move {
        let _ = stream.read(&mut [0; 1]).await;
    });
    assert_eq!(fault(Trust::System, reset.await).await, TlsFault::ClosedInHandshake);
    // The beginning of a greeting, and no more.
    let truncated = tcp(|mut stream| async move {
        let _ = stream.read(&mut [0; 4096]).await;
        let _ = stream.write_all(b"\x16\x03\x03\x00\x7a\x02\x00\x00\x76").await;
    });
    assert_eq!(fault(Trust::System, truncated.await).await, TlsFault::ClosedInHandshake);
}

/// H12.
#[tokio::test]
async fn a_server_that_hangs_at_the_greeting() {
    let port = tcp(|stream| async move {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    let door = door(Trust::System, port);
    let error = door.open(Purpose::CloudDesktop, "localhost", port).await.unwrap_err();
    assert_eq!(error, NetError::Timeout { host: "localhost".into() });
}

/// H12.
#[tokio::test]
async fn a_server_with_an_outdated_tls() {
    let authority = Authority::new("Test authority");
    let (leaf, key) = authority.leaf(&["localhost"], |_| {});
    let server = outdated_server(&Pem::new(&leaf, &key));
    assert_eq!(fault(authority.trust(), server.port).await, TlsFault::OldProtocol);
}

/// H12.
#[tokio::test]
async fn a_certificate_that_changes_is_checked_again() {
    let real = Authority::new("Test authority");
    let configs = [real.server(), Authority::new("Inspector").server()];
    let turn = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let port = tcp(move |stream| {
        let n = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed).min(1);
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::clone(&configs[n]));
        async move {
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let _ = crate::peers::head(&mut stream).await;
                let _ = stream.write_all(json("{}").as_bytes()).await;
                let _ = stream.shutdown().await;
            }
        }
    })
    .await;
    let door = door(real.trust(), port);
    let url = format!("https://localhost:{port}/");
    let post = || http::Request::post(&url).body(b"x".to_vec()).unwrap();
    door.request(Purpose::CloudApi, post()).await.unwrap();
    let error = loop {
        // The first connection may take a moment to be seen closed; it answers nothing more.
        match door.request(Purpose::CloudApi, post()).await {
            Err(NetError::Protocol(_)) => {}
            other => break other.unwrap_err(),
        }
    };
    assert_eq!(error, NetError::Tls { fault: inspected("Inspector (Corp)") });
}

/// H12.
#[tokio::test]
async fn a_connection_that_breaks_in_the_middle_of_an_answer() {
    let authority = Authority::new("Test authority");
    let port = tls(authority.server(), |mut stream| async move {
        let _ = crate::peers::head(&mut stream).await;
        let begun = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of";
        let _ = stream.write_all(begun.as_bytes()).await;
        let _ = stream.flush().await;
        let (raw, _) = stream.into_inner();
        let raw = raw.into_std().unwrap();
        socket2::SockRef::from(&raw).set_linger(Some(std::time::Duration::ZERO)).unwrap();
    })
    .await;
    let door = door(authority.trust(), port);
    let request = door.request(Purpose::CloudApi, get(&format!("https://localhost:{port}/")));
    let error = request.await.unwrap_err();
    assert!(matches!(error, NetError::Protocol(_)), "{error:?}");
}

/// H12.
///
/// Runs in a process of its own: the trust store is read from its environment.
#[test]
fn a_computer_without_trusted_certificates() {
    const CHILD: &str = "NET_TEST_WITHOUT_ROOTS";
    if std::env::var_os(CHILD).is_some() {
        let error = Door::with_proxies(Policy::default(), Trust::System, Proxies::none());
        assert_eq!(error.unwrap_err(), NetError::NoRoots);
        let other = Trust::SystemAnd(vec![CertificateDer::from(vec![1, 2, 3])]);
        let error = Door::with_proxies(Policy::default(), other, Proxies::none());
        assert!(!matches!(error.unwrap_err(), NetError::NoRoots));
        return;
    }
    let nothing = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tls::a_computer_without_trusted_certificates"])
        .env(CHILD, "1")
        .env("SSL_CERT_FILE", nothing.path().join("none.pem"))
        .env("SSL_CERT_DIR", nothing.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}
