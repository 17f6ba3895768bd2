//! Requests: redirects, limits, connections that are kept, and what the log says.

use crate::peers::{Authority, get, head, https, json, tls};
use net::{Door, NetError, Outcome, Policy, Proxies, Purpose, State, Traffic};
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use tokio::io::AsyncWriteExt;

/// A door to this address for an icon and for the cloud.
fn door(authority: &Authority, ports: &[u16]) -> Door {
    let policy = ports.iter().fold(Policy::default(), |policy, port| {
        policy.allow(Purpose::Favicon, "127.0.0.1", Some(*port)).allow_cloud("127.0.0.1", *port)
    });
    Door::with_proxies(policy, authority.trust(), Proxies::none()).unwrap()
}

fn redirect(to: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n")
}

/// H8.
#[tokio::test]
async fn an_icon_may_be_elsewhere_but_credentials_stay() {
    let authority = Authority::new("Test authority");
    let heads = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&heads);
    let second = https(authority.server(), move |head| {
        seen.lock().push(head.to_ascii_lowercase());
        json("icon")
    })
    .await;
    let first =
        https(authority.server(), move |_| redirect(&format!("https://127.0.0.1:{second}/b?c#d")))
            .await;
    let door = door(&authority, &[first, second]);
    let mut request = get(&format!("https://127.0.0.1:{first}/a"));
    for name in ["authorization", "cookie", "x-api-key", "user-agent"] {
        request.headers_mut().insert(name, format!("{name}-value").parse().unwrap());
    }
    let answer = door.request(Purpose::Favicon, request).await.unwrap();
    assert_eq!(&answer.body()[..], b"icon");
    let heads = heads.lock();
    assert!(heads[0].starts_with("get /b?c http/1.1\r\n"), "{heads:?}");
    assert!(heads[0].contains(&format!("host: 127.0.0.1:{second}\r\n")), "{heads:?}");
    assert!(heads[0].contains("user-agent-value"), "{heads:?}");
    for secret in ["authorization", "cookie", "x-api-key"] {
        assert!(!heads[0].contains(secret), "{heads:?}");
    }
    let outcomes: Vec<_> = door.log().entries().into_iter().map(|e| (e.port, e.outcome)).collect();
    let done = |status| Outcome::Done { status: Some(status) };
    assert_eq!(outcomes, [(first, done(302)), (second, done(200))]);
}

/// H7, H8.
#[tokio::test]
async fn redirects_that_are_not_followed() {
    let authority = Authority::new("Test authority");
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let port = https(authority.server(), move |head| {
        count.fetch_add(1, Relaxed);
        match head.split(' ').nth(1).unwrap() {
            "/loop" => redirect("/loop"),
            "/metadata" => redirect("https://169.254.169.254/latest"),
            "/odd" => redirect("https://0x7f.1/"),
            "/evil" => redirect("https://127.0.0.1@evil.example/"),
            "/plain" => redirect("http://127.0.0.1/"),
            "/file" => redirect("file:///etc/passwd"),
            "/nowhere" => "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n".into(),
            other => panic!("{other}"),
        }
    })
    .await;
    let door = door(&authority, &[port]);
    let url = |path: &str| format!("https://127.0.0.1:{port}{path}");
    let refused =
        |host: &str| NetError::Refused { purpose: Purpose::Favicon, host: host.into(), port: 443 };
    for (path, expected, requests) in [
        ("/loop", NetError::Redirect { to: "127.0.0.1".into() }, 4),
        ("/metadata", refused("169.254.169.254"), 1),
        ("/odd", refused("127.0.0.1"), 1),
        ("/evil", NetError::UserInfo, 1),
        ("/plain", NetError::NotSecure, 1),
        ("/file", NetError::Redirect { to: String::new() }, 1),
        ("/nowhere", NetError::Redirect { to: String::new() }, 1),
    ] {
        let before = asked.load(Relaxed);
        let error = door.request(Purpose::Favicon, get(&url(path))).await.unwrap_err();
        assert_eq!(error, expected, "{path}");
        assert_eq!(asked.load(Relaxed) - before, requests, "{path}");
    }
    // The cloud, and whatever is not a GET, follows none.
    let post = http::Request::post(url("/loop")).body(vec![]).unwrap();
    for (purpose, request) in [(Purpose::CloudApi, get(&url("/loop"))), (Purpose::Favicon, post)] {
        let before = asked.load(Relaxed);
        let error = door.request(purpose, request).await.unwrap_err();
        assert_eq!(error, NetError::Redirect { to: "127.0.0.1".into() });
        assert_eq!(asked.load(Relaxed) - before, 1);
    }
    let entry = door.log().last(Purpose::Favicon).unwrap();
    assert!(matches!(entry.outcome, Outcome::Failed(NetError::Redirect { .. })), "{entry:?}");
}

/// H7.
#[tokio::test]
async fn a_public_name_for_a_private_address_is_refused() {
    let authority = Authority::new("Test authority");
    let port = https(authority.server(), |_| json("{}")).await;
    let policy = Policy::default().allow(Purpose::LinkTitle, "localhost", Some(port)).allow(
        Purpose::CloudDesktop,
        "localhost",
        Some(port),
    );
    let door = Door::with_proxies(policy, authority.trust(), Proxies::none()).unwrap();
    let url = format!("https://localhost:{port}/");
    let error = door.request(Purpose::LinkTitle, get(&url)).await.unwrap_err();
    let NetError::PrivateAddress { host, address } = &error else { panic!("{error:?}") };
    assert!(host == "localhost" && address.is_loopback());
    let entry = door.log().last(Purpose::LinkTitle).unwrap();
    assert_eq!(entry.outcome, Outcome::Failed(error));
    assert_eq!(entry.traffic, Some(Traffic::default()), "not a byte was sent");
    // A name for UDP takes the same way.
    let error = door.resolve(Purpose::LinkTitle, "localhost", port).await.unwrap_err();
    assert!(matches!(error, NetError::PrivateAddress { .. }), "{error:?}");
    let found = door.resolve(Purpose::CloudDesktop, "localhost", port).await.unwrap();
    assert!(found.iter().all(|address| address.ip().is_loopback() && address.port() == port));
    let error = door.resolve(Purpose::CloudDesktop, "evil.example", port).await.unwrap_err();
    assert!(matches!(error, NetError::Refused { .. }), "{error:?}");
    assert_eq!(door.log().entries().len(), 3, "each of the three that failed is in the log");
}

#[tokio::test]
async fn a_connection_is_kept_and_each_request_is_counted() {
    let authority = Authority::new("Test authority");
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    let port = tls(authority.server(), move |mut stream| {
        count.fetch_add(1, Relaxed);
        async move {
            while let Some(head) = head(&mut stream).await {
                let long = "x".repeat(10_000);
                let body = if head.contains("/long") { &long } else { "short" };
                let _ = stream.write_all(json(body).as_bytes()).await;
            }
        }
    })
    .await;
    let door = door(&authority, &[port]);
    for path in ["long", "short", "short"] {
        let request = get(&format!("https://127.0.0.1:{port}/{path}?s3cret=1"));
        door.request(Purpose::CloudApi, request).await.unwrap();
    }
    assert_eq!(connections.load(Relaxed), 1);
    let entries = door.log().entries();
    let received: Vec<u64> = entries.iter().map(|e| e.traffic.unwrap().received).collect();
    assert!(received[0] > 10_000 && received[1] < 1000, "{received:?}");
    assert!(received[2] < 1000 && received[2] > 5, "{received:?}");
    assert!(entries.iter().all(|e| matches!(e.state, State::Ended(_))));
    assert!(!format!("{entries:?}").contains("s3cret"));
    // Another purpose never shares a connection.
    let request = get(&format!("https://127.0.0.1:{port}/short"));
    door.request(Purpose::Favicon, request).await.unwrap();
    assert_eq!(connections.load(Relaxed), 2);
}

#[tokio::test]
async fn a_hundred_requests_leave_no_tasks_behind() {
    let authority = Authority::new("Test authority");
    let port = https(authority.server(), |_| json("{}")).await;
    let alive = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let before = alive();
    let door = door(&authority, &[port]);
    for _ in 0..100 {
        let request = get(&format!("https://127.0.0.1:{port}/"));
        door.request(Purpose::CloudApi, request).await.unwrap();
    }
    // The two ends of the connection that waits for the next request, and what closes it in time.
    assert!(alive() <= before + 3, "{} tasks more", alive() - before);
    drop(door);
    for _ in 0..1000 {
        if alive() == before {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("{} tasks outlive the door", alive() - before);
}

#[tokio::test]
async fn a_kept_connection_that_was_closed_is_made_anew() {
    let authority = Authority::new("Test authority");
    // Answers once as if it would stay, then closes.
    let port = tls(authority.server(), |mut stream| async move {
        let _ = head(&mut stream).await;
        let _ = stream.write_all(json("once").as_bytes()).await;
        let _ = stream.shutdown().await;
    })
    .await;
    let door = door(&authority, &[port]);
    for _ in 0..20 {
        let request = get(&format!("https://127.0.0.1:{port}/"));
        let answer = door.request(Purpose::CloudApi, request).await.unwrap();
        assert_eq!(&answer.body()[..], b"once");
    }
    assert_eq!(door.log().entries().len(), 20);
}

#[tokio::test]
async fn answers_that_are_too_long() {
    let authority = Authority::new("Test authority");
    let endless = tls(authority.server(), |mut stream| async move {
        let _ = head(&mut stream).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        while stream.write_all(&[b'x'; 65536]).await.is_ok() {}
    })
    .await;
    let header = tls(authority.server(), |mut stream| async move {
        let _ = head(&mut stream).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX: ").await;
        while stream.write_all(&[b'x'; 65536]).await.is_ok() {}
    })
    .await;
    let door = door(&authority, &[endless, header]);
    for port in [endless, header] {
        let request = get(&format!("https://127.0.0.1:{port}/"));
        let error = door.request(Purpose::CloudApi, request).await.unwrap_err();
        assert_eq!(error, NetError::TooLarge);
    }
}

#[tokio::test]
async fn a_request_arrives_as_it_was_meant() {
    let authority = Authority::new("Test authority");
    let heads = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&heads);
    let port = https(authority.server(), move |head| {
        seen.lock().push(head.to_owned());
        "HTTP/1.1 404 Not Found\r\nX-Y: z\r\nConnection: close\r\n\r\nno".into()
    })
    .await;
    let door = authority.door(&[("localhost", port)], Proxies::none());
    let request = http::Request::post(format!("https://LOCALHOST:{port}/a/b?c=d"))
        .header("authorization", "Bearer x")
        .body(b"hello".to_vec())
        .unwrap();
    let answer = door.request(Purpose::CloudApi, request).await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.body()[..]), (404, &b"no"[..]));
    assert_eq!(answer.headers()["x-y"], "z");
    let head = heads.lock()[0].to_ascii_lowercase();
    assert!(head.starts_with("post /a/b?c=d http/1.1\r\n"), "{head}");
    assert!(head.contains(&format!("\r\nhost: localhost:{port}\r\n")), "{head}");
    assert!(head.contains("\r\ncontent-length: 5\r\n") && head.ends_with("hello"), "{head}");
    assert!(head.contains("\r\nauthorization: bearer x\r\n"), "{head}");
}

#[tokio::test]
async fn a_request_that_nobody_waits_for_is_cancelled_in_the_log() {
    let authority = Authority::new("Test authority");
    let (asked, was_asked) = tokio::sync::oneshot::channel();
    let asked = Mutex::new(Some(asked));
    let port = tls(authority.server(), {
        let asked = Arc::new(asked);
        move |mut stream| {
            let asked = Arc::clone(&asked);
            async move {
                let _ = head(&mut stream).await;
                let _ = asked.lock().take().unwrap().send(());
                std::future::pending::<()>().await;
            }
        }
    })
    .await;
    let door = door(&authority, &[port]);
    let request = door.request(Purpose::CloudApi, get(&format!("https://127.0.0.1:{port}/")));
    let mut request = Box::pin(request);
    tokio::select! {
        answer = &mut request => panic!("{answer:?}"),
        _ = was_asked => {
            let entry = door.log().last(Purpose::CloudApi).unwrap();
            assert_eq!((entry.outcome, entry.state), (Outcome::Pending, State::Open));
            assert!(entry.traffic.unwrap().sent > 0);
        }
    }
    drop(request);
    let entry = door.log().last(Purpose::CloudApi).unwrap();
    assert_eq!(entry.outcome, Outcome::Cancelled);
    assert!(matches!(entry.state, State::Ended(_)));
}
