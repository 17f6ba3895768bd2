//! Proxies that misbehave.

use crate::peers::{Authority, HIDDEN, get, tcp};
use net::{Door, NetError, Proxies, ProxyFault, Purpose};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn door(scheme: &str, port: u16) -> Door {
    let url = format!("{scheme}://ada:s3cret@127.0.0.1:{port}");
    let proxies = Proxies::from_pairs(&[("HTTPS_PROXY", &url)]);
    Authority::new("Test authority").door(&[(HIDDEN, 443)], proxies)
}

async fn fault(scheme: &str, port: u16) -> ProxyFault {
    let door = door(scheme, port);
    let request = door.request(Purpose::CloudApi, get(&format!("https://{HIDDEN}/")));
    let error = Box::pin(request).await.unwrap_err();
    let text = format!("{error:?} {error} {door:?} {:?} {:?}", door.log(), door.proxies());
    assert!(!text.contains("s3cret"), "{text}");
    match error {
        NetError::Proxy { proxy, fault } => {
            assert_eq!(proxy, format!("127.0.0.1:{port}"));
            fault
        }
        other => panic!("{other:?}"),
    }
}

/// A proxy that reads the request, or the first of it, and says this.
async fn says(answer: Vec<u8>) -> u16 {
    tcp(move |mut stream| {
        let answer = answer.clone();
        async move {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(&answer).await;
            // Whoever does not give up has the connection left open.
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest).await;
        }
    })
    .await
}

/// H10.
#[tokio::test]
async fn answers_that_are_none() {
    let megabyte = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(1 << 20));
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: y\r\n".repeat(500));
    let ntlm = "HTTP/1.1 407 No\r\nProxy-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n";
    let early = "HTTP/1.1 200 OK\r\n\r\nwho speaks first?";
    for (answer, expected) in [
        (megabyte.as_str(), ProxyFault::TooLong),
        (&many, ProxyFault::TooLong),
        ("\x16\x03\x01garbage\r\n\r\n", ProxyFault::Garbage),
        ("SSH-2.0-OpenSSH_9\r\n", ProxyFault::Garbage),
        (early, ProxyFault::Garbage),
        (ntlm, ProxyFault::SignIn { offered: "NTLM".into() }),
        ("HTTP/1.1 403 Forbidden\r\n\r\n", ProxyFault::Denied),
        ("HTTP/1.1 401 Unauthorized\r\n\r\n", ProxyFault::PasswordWrong),
        ("HTTP/1.1 502 Bad Gateway\r\n\r\n", ProxyFault::Status { status: 502 }),
        (
            "HTTP/1.1 302 Found\r\nLocation: http://portal/\r\n\r\n",
            ProxyFault::Status { status: 302 },
        ),
    ] {
        let port = says(answer.as_bytes().to_vec()).await;
        assert_eq!(fault("http", port).await, expected, "{answer:.40}");
    }
    for (answer, expected) in [
        (&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], ProxyFault::Garbage),
        (b"\x05\xff", ProxyFault::PasswordWanted),
        (b"\x05\x02\x01\x01", ProxyFault::PasswordWrong),
        (b"\x05\x00\x05\x02\x00\x01\0\0\0\0\0\0", ProxyFault::Denied),
        (b"\x05\x00\x04\x00\x00\x01\0\0\0\0\0\0", ProxyFault::Garbage),
        (b"\x05\x07", ProxyFault::Garbage),
    ] {
        let port = says(answer.to_vec()).await;
        assert_eq!(fault("socks5h", port).await, expected, "{answer:?}");
    }
}

/// H10.
#[tokio::test]
async fn a_proxy_that_closes() {
    let at_once = tcp(|stream| async { drop(stream) }).await;
    for scheme in ["http", "socks5"] {
        assert_eq!(fault(scheme, at_once).await, ProxyFault::Closed, "{scheme}");
    }
    let cut = tcp(|mut stream| async move {
        let _ = stream.read(&mut [0; 4096]).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX: ").await;
    })
    .await;
    assert_eq!(fault("http", cut).await, ProxyFault::Closed);
    let https = fault("https", at_once).await;
    let expected = ProxyFault::Tls { fault: net::TlsFault::ClosedInHandshake };
    assert_eq!(https, expected);
}

/// H10.
#[tokio::test]
async fn a_proxy_that_closes_after_it_agreed() {
    let port = tcp(|mut stream| async move {
        let _ = stream.read(&mut [0; 4096]).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        let _ = stream.read(&mut [0; 4096]).await;
    })
    .await;
    let door = door("http", port);
    let error =
        door.request(Purpose::CloudApi, get(&format!("https://{HIDDEN}/"))).await.unwrap_err();
    assert_eq!(error, NetError::Tls { fault: net::TlsFault::ClosedInHandshake });
}

/// H10.
#[tokio::test]
async fn a_proxy_that_hangs() {
    let port = tcp(|stream| async move {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    let (http, https, socks) =
        tokio::join!(fault("http", port), fault("https", port), fault("socks5", port));
    assert_eq!(
        [http, https, socks],
        [ProxyFault::Timeout, ProxyFault::Timeout, ProxyFault::Timeout]
    );
}

/// H10.
#[tokio::test]
async fn a_proxy_whose_name_is_unknown() {
    let proxies = Proxies::from_pairs(&[("HTTPS_PROXY", "http://proxy.invalid:3128")]);
    let door = Authority::new("Test authority").door(&[(HIDDEN, 443)], proxies);
    let error =
        door.request(Purpose::CloudApi, get(&format!("https://{HIDDEN}/"))).await.unwrap_err();
    let expected =
        NetError::Proxy { proxy: "proxy.invalid:3128".into(), fault: ProxyFault::NotFound };
    assert_eq!(error, expected);
}
