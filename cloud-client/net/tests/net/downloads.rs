//! Downloads: limits, what is sent, and what the log says.

use crate::peers::{Authority, head, json, tls};
use net::{Door, Limits, NetError, Outcome, Policy, Proxies, Purpose};
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;

const SOON: Duration = Duration::from_millis(150);
const NEVER: Duration = Duration::from_secs(60);

fn limits(most: u64) -> Limits {
    Limits { most, idle: NEVER, total: NEVER, rate: (NEVER, 0) }
}

/// How a server goes on after its answer.
#[derive(Clone, Copy)]
enum Then {
    Close,
    Hang,
    /// Sends this again, with a pause before each.
    Repeat(&'static [u8], Duration),
}

/// A server that answers each request with `answer`; what it was sent; a door to it.
async fn serve(answer: &'static str, then: Then) -> (String, Door, Arc<Mutex<Vec<String>>>) {
    let authority = Authority::new("Test authority");
    let heads = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&heads);
    let port = tls(authority.server(), move |mut stream| {
        let seen = Arc::clone(&seen);
        async move {
            let Some(head) = head(&mut stream).await else { return };
            seen.lock().push(head);
            stream.write_all(answer.as_bytes()).await.unwrap();
            match then {
                Then::Close => drop(stream.shutdown().await),
                Then::Hang => std::future::pending().await,
                Then::Repeat(bytes, pause) => loop {
                    tokio::time::sleep(pause).await;
                    if stream.write_all(bytes).await.is_err() {
                        return;
                    }
                },
            }
        }
    })
    .await;
    let policy = Policy::default().allow(Purpose::Updater, "127.0.0.1", Some(port));
    let door = Door::with_proxies(policy, authority.trust(), Proxies::none()).unwrap();
    (format!("https://127.0.0.1:{port}/a?b=c"), door, heads)
}

fn get(url: &str) -> http::Request<()> {
    http::Request::get(url).header("User-Agent", "test").body(()).unwrap()
}

/// The whole body, or what went wrong.
async fn whole(door: &Door, url: &str, limits: Limits) -> Result<Vec<u8>, NetError> {
    let mut download = door.download(Purpose::Updater, get(url), limits).await?;
    let mut body = Vec::new();
    while let Some(piece) = download.next().await? {
        body.extend_from_slice(&piece);
    }
    assert_eq!(download.next().await, Ok(None), "an end stays one");
    Ok(body)
}

#[tokio::test]
async fn a_body_comes_in_pieces_and_is_logged() {
    let answer = "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 2-6/7\r\nTransfer-Encoding: \
                  chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    let (url, door, heads) = serve(answer, Then::Hang).await;
    let mut request = get(&url);
    request.headers_mut().insert("range", "bytes=2-".parse().unwrap());
    let mut download = door.download(Purpose::Updater, request, limits(5)).await.unwrap();
    assert_eq!(download.status(), 206);
    assert_eq!(download.headers()["content-range"], "bytes 2-6/7");
    let mut body = Vec::new();
    while let Some(piece) = download.next().await.unwrap() {
        body.extend_from_slice(&piece);
    }
    assert_eq!(body, b"abcde");
    let port = url::Url::parse(&url).unwrap().port().unwrap();
    let sent = format!(
        "GET /a?b=c HTTP/1.1\r\nuser-agent: test\r\nrange: bytes=2-\r\nhost: 127.0.0.1:{port}\r\n\
         accept: */*\r\n\r\n"
    );
    assert_eq!(*heads.lock(), [sent], "nothing else is sent");
    let entry = door.log().last(Purpose::Updater).unwrap();
    assert_eq!(entry.outcome, Outcome::Done { status: Some(206) });
    assert!(entry.traffic.unwrap().received > 100, "{entry:?}");
}

#[tokio::test]
async fn what_is_too_long_is_stopped() {
    let said = "HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n";
    let (url, door, _) = serve(said, Then::Hang).await;
    assert_eq!(whole(&door, &url, limits(1000)).await, Err(NetError::TooLarge));
    let entry = door.log().last(Purpose::Updater).unwrap();
    assert_eq!(entry.outcome, Outcome::Failed(NetError::TooLarge));
    // One that does not say its length.
    let unsaid = "HTTP/1.1 200 OK\r\n\r\n";
    let endless = Then::Repeat(&[b'x'; 4096], Duration::ZERO);
    let (url, door, _) = serve(unsaid, endless).await;
    assert_eq!(whole(&door, &url, limits(1_000_000)).await, Err(NetError::TooLarge));
    let entry = door.log().last(Purpose::Updater).unwrap();
    assert_eq!(entry.outcome, Outcome::Failed(NetError::TooLarge));
    assert!(entry.traffic.unwrap().received < 2_000_000, "{entry:?}");
    // One that says less than it sends: what it said is all that is read.
    let less = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef";
    let (url, door, _) = serve(less, Then::Close).await;
    assert_eq!(whole(&door, &url, limits(1000)).await.unwrap(), b"abc");
    // One that says more.
    let more = "HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nabcdef";
    let (url, door, _) = serve(more, Then::Close).await;
    let error = whole(&door, &url, limits(1000)).await.unwrap_err();
    assert!(matches!(error, NetError::Protocol(_)), "{error:?}");
}

#[tokio::test]
async fn what_is_too_slow_is_stopped() {
    let late = NetError::Timeout { host: "127.0.0.1".into() };
    let stalls = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc";
    let (url, door, _) = serve(stalls, Then::Hang).await;
    let idle = Limits { idle: SOON, ..limits(1000) };
    assert_eq!(whole(&door, &url, idle).await, Err(late.clone()));
    assert_eq!(door.log().last(Purpose::Updater).unwrap().outcome, Outcome::Failed(late.clone()));
    let total = Limits { total: 4 * SOON, ..limits(1000) };
    assert_eq!(whole(&door, &url, total).await, Err(late.clone()));
    // A drip is never idle for long, and ends all the same.
    let (url, door, _) =
        serve("HTTP/1.1 200 OK\r\n\r\n", Then::Repeat(b"x", Duration::from_millis(1))).await;
    let rate = Limits { rate: (SOON, 1_000_000), ..limits(u64::MAX) };
    assert_eq!(whole(&door, &url, rate).await, Err(late.clone()));
    // No head at all.
    let (url, door, _) = serve("", Then::Hang).await;
    assert_eq!(whole(&door, &url, idle).await, Err(late));
}

#[tokio::test]
async fn nothing_is_followed_unpacked_or_sent_elsewhere() {
    for (location, to) in
        [("https://evil.example/x", "evil.example"), ("/b", "127.0.0.1"), ("file:///etc", "")]
    {
        let answer = format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\n\r\n");
        let (url, door, heads) = serve(answer.leak(), Then::Close).await;
        let error = whole(&door, &url, limits(1000)).await.unwrap_err();
        assert_eq!(error, NetError::Redirect { to: to.into() });
        assert_eq!(heads.lock().len(), 1);
    }
    let encoded = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc";
    let (url, door, _) = serve(encoded, Then::Close).await;
    let error = whole(&door, &url, limits(1000)).await.unwrap_err();
    assert_eq!(error, NetError::Protocol("the answer is encoded".into()));
    let (url, door, heads) = serve(json("{}").leak(), Then::Close).await;
    let elsewhere = door.download(Purpose::Updater, get("https://a.example/"), limits(1)).await;
    assert!(matches!(elsewhere, Err(NetError::Refused { .. })), "{elsewhere:?}");
    let plain = url.replace("https", "http");
    let plain = door.download(Purpose::Updater, get(&plain), limits(1)).await.unwrap_err();
    assert_eq!(plain, NetError::NotSecure);
    let post = http::Request::post(&url).body(()).unwrap();
    let post = door.download(Purpose::Updater, post, limits(1)).await.unwrap_err();
    assert!(matches!(post, NetError::Protocol(_)), "{post:?}");
    assert!(heads.lock().is_empty(), "nothing was sent");
}
