//! U13 to U15, U22, U24, U25: what a server or a network may do.

use crate::server::{Reply, raw};
use crate::world::{NOW, Release, World, at, nowhere, version};
use net::{Limits, NetError, Proxies};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use update::{Check, SignatureError, UpdateError, Updater};

const PATH: &str = "/desktop/1.1.0/MultiClaw-1.1.0-linux-x86_64.tar.gz";
const SOON: Duration = Duration::from_millis(150);

/// A release whose archive is so long that it is written in several pieces.
fn large() -> Release {
    use std::fmt::Write;
    let mut program = crate::signer::script("1.1.0");
    for n in 0_u32..200_000 {
        let _ = writeln!(program, "# {:x}", n.wrapping_mul(2_654_435_761));
    }
    let release = Release::new("1.1.0", 140).with(crate::signer::archive(&program));
    assert!(release.archive.len() > 600_000, "{}", release.archive.len());
    release
}

fn head(length: usize) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n").into_bytes()
}

#[tokio::test]
async fn u13_bodies_that_are_too_long() {
    let world = World::new().await;
    let release = Release::new("1.1.0", 140);
    world.publish(&release);
    let offer = world.offer().await;
    let too_large = UpdateError::Net(NetError::TooLarge);
    let size = release.archive.len();
    for (reply, expected) in [
        (Reply::Endless(head(10_000_000_000)), too_large.clone()),
        (Reply::Endless(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()), too_large.clone()),
        (
            // It says the right length, and sends more: what is more is not read.
            Reply::Endless(head(size)),
            UpdateError::Signature(SignatureError::Wrong),
        ),
        (
            Reply::Raw(
                [&b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"[..], &release.archive]
                    .concat(),
            ),
            UpdateError::Net(NetError::Protocol("the answer is encoded".into())),
        ),
    ] {
        world.server.put(PATH, reply);
        let downloaded = world.updater().download(&offer, |_, _| {}).await;
        assert_eq!(downloaded, Err(expected));
        let kept = fs::read_dir(world.work("")).unwrap();
        let most: u64 = kept.map(|file| file.unwrap().metadata().unwrap().len()).max().unwrap();
        assert!(most <= size as u64, "not a byte more than the size was kept: {most}");
        fs::remove_dir_all(world.work("")).unwrap();
    }
    for path in ["/desktop/stable/latest.json", "/desktop/stable/latest.json.minisig"] {
        world.publish(&release);
        world.server.put(path, Reply::Endless(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()));
        assert_eq!(world.check().await, Err(too_large.clone()));
    }
    world.assert_untouched();
}

#[tokio::test]
async fn u14_a_server_that_is_slow_or_stalls() {
    let mut world = World::new().await;
    let release = large();
    world.publish(&release);
    let offer = world.offer().await;
    let late = UpdateError::Net(NetError::Timeout { host: "127.0.0.1".into() });
    assert!(late.passes());
    let usual = world.tuning.archive;
    // One byte now and then: never idle for long, and too slow all the same.
    world.tuning.archive = Limits { rate: (SOON, 1_000_000), ..usual };
    world.server.put(PATH, Reply::Drip(release.archive.clone(), Duration::from_millis(2)));
    assert_eq!(world.updater().download(&offer, |_, _| {}).await, Err(late.clone()));
    fs::remove_dir_all(world.work("")).unwrap();
    // It stalls at 99 %.
    world.tuning.archive = Limits { idle: 7 * SOON, ..usual };
    let size = release.archive.len();
    let nearly = size * 99 / 100;
    let stall = [&head(size), &release.archive[..nearly]].concat();
    world.server.put(PATH, Reply::Stall(stall));
    assert_eq!(world.updater().download(&offer, |_, _| {}).await, Err(late));
    let there = fs::metadata(world.work("1.1.0.part")).unwrap().len();
    assert!(there > 0 && there <= nearly as u64, "what came is kept: {there}");
    // The next one goes on from there.
    world.tuning.archive = usual;
    world.server.put(PATH, Reply::File(release.archive.clone()));
    world.server.heads();
    world.updater().download(&offer, |_, _| {}).await.unwrap();
    let heads = world.server.heads();
    assert_eq!(heads.len(), 1);
    assert!(heads[0].contains(&format!("range: bytes={there}-\r\n")), "{heads:?}");
    assert_eq!(world.start().notes, [""; 0]);
    assert_eq!(world.installed(), "1.1.0");
}

#[tokio::test]
async fn u14_a_connection_that_breaks_and_one_that_nobody_waits_for() {
    let world = World::new().await;
    let release = large();
    world.publish(&release);
    let offer = world.offer().await;
    let size = release.archive.len();
    let half = [&head(size), &release.archive[..size / 2]].concat();
    world.server.put(PATH, Reply::Break(half.clone()));
    let error = world.updater().download(&offer, |_, _| {}).await.unwrap_err();
    assert!(matches!(error, UpdateError::Net(_)) && error.passes(), "{error:?}");
    let there = fs::metadata(world.work("1.1.0.part")).unwrap().len();
    assert!(there > 0 && there <= (size / 2) as u64, "{there}");
    // Cancelled: the future is dropped, and others go on meanwhile.
    fs::remove_dir_all(world.work("")).unwrap();
    world.server.put(PATH, Reply::Stall(half));
    let (updater, got) = (world.updater(), Arc::new(AtomicU64::new(0)));
    let count = Arc::clone(&got);
    let offered = offer.clone();
    let download = tokio::spawn(async move {
        updater.download(&offered, move |got, _| count.store(got, Relaxed)).await
    });
    while got.load(Relaxed) == 0 {
        tokio::task::yield_now().await;
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(matches!(world.check().await, Ok(Check::Offer(_))), "a check is not held up");
    download.abort();
    assert!(download.await.unwrap_err().is_cancelled());
    // The right to update is free again, and what came is not asked for again.
    world.server.put(PATH, Reply::File(release.archive.clone()));
    world.server.heads();
    world.updater().download(&offer, |_, _| {}).await.unwrap();
    assert!(world.server.heads()[0].contains("range: bytes="));
}

#[tokio::test]
async fn u15_a_file_that_changed_on_the_server() {
    let world = World::new().await;
    let release = large();
    world.publish(&release);
    let offer = world.offer().await;
    let size = release.archive.len();
    let part = world.work("1.1.0.part");
    let begin = async |bytes: &[u8]| {
        let cut = [&head(size), bytes].concat();
        world.server.put(PATH, Reply::Break(cut));
        world.updater().download(&offer, |_, _| {}).await.unwrap_err();
        assert!(fs::metadata(&part).unwrap().len() > 0);
        world.server.heads();
    };
    let other = vec![7; size / 2];
    // Another file of the same length came before: the whole does not fit, so it starts from zero.
    begin(&other).await;
    world.server.put(PATH, Reply::File(release.archive.clone()));
    world.updater().download(&offer, |_, _| {}).await.unwrap();
    let heads = world.server.heads();
    assert_eq!(heads.len(), 2, "{heads:?}");
    assert!(heads[0].contains("range: ") && !heads[1].contains("range: "), "{heads:?}");
    // Now the server has one of another length, or continues from elsewhere: that is not used.
    for range in [
        format!("bytes {}-{}/{}", size / 2, size, size + 1),
        format!("bytes 0-{}/{size}", size - 1),
        format!("bytes */{size}"),
        "nonsense".into(),
    ] {
        fs::remove_dir_all(world.work("")).unwrap();
        begin(&release.archive[..size / 2]).await;
        let strange = format!(
            "HTTP/1.1 206 Partial Content\r\nContent-Range: {range}\r\nContent-Length: 5\r\n\r\nevil!"
        );
        let whole = Reply::File(release.archive.clone());
        world.server.put_all(PATH, vec![Reply::Raw(strange.into_bytes()), whole]);
        world.updater().download(&offer, |_, _| {}).await.unwrap();
        assert_eq!(world.server.heads().len(), 2);
    }
    // A server that knows no ranges sends everything.
    fs::remove_dir_all(world.work("")).unwrap();
    begin(&release.archive[..size / 2]).await;
    world.server.put(PATH, Reply::Raw([&head(size)[..], &release.archive].concat()));
    world.updater().download(&offer, |_, _| {}).await.unwrap();
    // A part that is longer than the whole is worth nothing.
    fs::remove_dir_all(world.work("")).unwrap();
    begin(&release.archive[..size / 2]).await;
    fs::write(&part, vec![7; size + 1]).unwrap();
    world.server.put(PATH, Reply::File(release.archive.clone()));
    world.updater().download(&offer, |_, _| {}).await.unwrap();
    // One that is complete is not asked for at all.
    fs::remove_dir_all(world.work("")).unwrap();
    begin(&release.archive[..size / 2]).await;
    fs::write(&part, &release.archive).unwrap();
    world.updater().download(&offer, |_, _| {}).await.unwrap();
    assert!(world.server.heads().is_empty());
    world.start();
    assert_eq!(world.installed(), "1.1.0");
}

#[tokio::test]
async fn u22_two_copies_at_once() {
    let world = World::new().await;
    let release = large();
    world.publish(&release);
    let offer = world.offer().await;
    let size = release.archive.len();
    world.server.put(PATH, Reply::Drip(release.archive.clone(), Duration::ZERO));
    let (began, ended) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (first, second) = (world.updater(), world.updater());
    let stall = [&head(size), &release.archive[..size / 2]].concat();
    world.server.put_all(PATH, vec![Reply::Stall(stall), Reply::File(release.archive.clone())]);
    world.server.heads();
    let (flag, offered) = (Arc::clone(&began), offer.clone());
    let one = tokio::spawn(async move {
        first.download(&offered, move |got, _| flag.store(got > 0, Relaxed)).await
    });
    while !began.load(Relaxed) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let (flag, offered) = (Arc::clone(&ended), offer.clone());
    let two = tokio::spawn(async move {
        let downloaded = second.download(&offered, |_, _| {}).await;
        flag.store(true, Relaxed);
        downloaded
    });
    // The second waits; going back is refused at once; a start does nothing.
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!ended.load(Relaxed));
    assert_eq!(world.server.heads().len(), 1);
    assert_eq!(world.updater().roll_back(), Err(UpdateError::Busy));
    assert_eq!(world.start().notes, [""; 0]);
    assert_eq!(world.installed(), "1.0.0");
    // The first gives up, and the second has its turn.
    one.abort();
    assert!(one.await.unwrap_err().is_cancelled());
    assert_eq!(two.await.unwrap().unwrap().version, version("1.1.0"));
    assert_eq!(world.server.heads().len(), 1);
    // A third finds it done.
    world.updater().download(&offer, |_, _| {}).await.unwrap();
    assert!(world.server.heads().is_empty());
    // A copy that was started before the exchange leaves the new version's trial alone.
    let old = world.updater();
    let boot = world.start();
    assert_eq!((world.installed().as_str(), boot.is_on_trial()), ("1.1.0", true));
    assert_eq!(old.download(&offer, |_, _| {}).await, Err(UpdateError::Busy));
    let next = update::boot::begin_with(&world.config("1.0.0"), at(NOW), &world.tuning);
    let update::boot::Next::Run(late) = next else { panic!() };
    update::boot::healthy(&late);
    assert!(!late.is_on_trial());
    assert_eq!(world.left(), ["kept/marker.json", "kept/previous"]);
}

#[tokio::test]
async fn u24_networks_that_answer_something_else() {
    let world = World::new().await;
    world.publish(&Release::new("1.1.0", 140));
    let manifest = "/desktop/stable/latest.json";
    let portal = UpdateError::Net(NetError::CaptivePortal);
    for (reply, expected) in [
        (raw("200 OK", "text/html; charset=utf-8", "<h1>Sign in</h1>"), portal.clone()),
        (raw("511 Network Authentication Required", "text/plain", "x"), portal),
        (raw("204 No Content", "text/plain", ""), UpdateError::Status(204)),
        (raw("404 Not Found", "text/plain", "no"), UpdateError::Status(404)),
        (raw("429 Too Many Requests", "text/plain", "no"), UpdateError::Status(429)),
        (raw("500 Internal Server Error", "text/plain", "no"), UpdateError::Status(500)),
        (raw("206 Partial Content", "text/plain", "no"), UpdateError::Status(206)),
        (raw("304 Not Modified", "text/plain", ""), UpdateError::Status(304)),
    ] {
        world.server.put(manifest, reply);
        let error = world.check().await.unwrap_err();
        assert_eq!(error, expected);
        assert!(error.passes(), "a check by itself is quiet about it and tries again");
        assert!(!error.to_string().is_empty());
    }
    // A web page without a type is no manifest.
    world.server.put(manifest, raw("200 OK", "application/json", "<h1>Sign in</h1>"));
    assert_eq!(world.check().await, Err(UpdateError::Signature(SignatureError::Wrong)));
    // Somebody looks into the connection.
    let updater =
        |door| Updater::open_with(world.config("1.0.0"), door, world.tuning.clone(), nowhere());
    let error = updater(world.server.strange_door()).check(at(NOW)).await.unwrap_err();
    assert!(matches!(error, UpdateError::Net(NetError::Tls { .. })) && error.passes(), "{error:?}");
    // A proxy that wants a password, and nothing at all.
    let proxy = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = proxy.accept().await.unwrap();
        let mut head = [0; 4096];
        let _ = stream.read(&mut head).await;
        let answer = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
        stream.write_all(answer.as_bytes()).await.unwrap();
    });
    for expected in ["a password", "nobody there"] {
        // Addresses of this computer are never asked for through a proxy.
        let door =
            world.server.door_to("cdn.test", Proxies::from_pairs(&[("HTTPS_PROXY", &address)]));
        let mut config = world.config("1.0.0");
        config.base.set_host(Some("cdn.test")).unwrap();
        let updater = Updater::open_with(config, door, world.tuning.clone(), nowhere());
        let error = updater.check(at(NOW)).await.unwrap_err();
        let fault = matches!(error, UpdateError::Net(NetError::Proxy { .. }));
        assert!(fault && error.passes(), "{expected}: {error:?}");
    }
    // The network is well again.
    world.publish(&Release::new("1.1.0", 140));
    assert_eq!(world.offer().await.version, version("1.1.0"));
    world.assert_untouched();
}

#[tokio::test]
async fn u25_what_is_sent() {
    let world = World::new().await;
    let release = Release::new("1.1.0", 140);
    world.publish(&release);
    let port = world.server.port;
    let head = |path: &str| {
        format!(
            "GET {path} HTTP/1.1\r\nuser-agent: MultiClaw-Updater\r\nhost: 127.0.0.1:{port}\r\n\
             accept: */*\r\n\r\n"
        )
    };
    let offer = world.offer().await;
    let check = [
        head("/desktop/stable/latest.json?version=1.0.0&target=linux-x86_64"),
        head("/desktop/stable/latest.json.minisig"),
    ];
    assert_eq!(world.server.heads(), check);
    // A second one carries nothing of the first, also where the server would like that.
    let json = release.json(port);
    let length = json.len();
    let marked = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nETag: \"you\"\r\nSet-Cookie: id=you\r\n\
         Last-Modified: Tue, 31 Mar 2026 00:00:00 GMT\r\n\r\n"
    );
    let marked = Reply::Raw([marked.as_bytes(), &json].concat());
    world.server.put("/desktop/stable/latest.json", marked);
    let signature = release.manifest_signature(&json).into_bytes();
    world.server.put("/desktop/stable/latest.json.minisig", Reply::File(signature));
    for _ in 0..2 {
        world.offer().await;
        assert_eq!(world.server.heads(), check);
    }
    world.updater().download(&offer, |_, _| {}).await.unwrap();
    assert_eq!(world.server.heads(), [head(PATH)]);
}
