//! U7 to U9, U16, U23, U27: what a manifest may say, and what is remembered of it.

use crate::server::Reply;
use crate::world::{DAY, NOW, Release, TARGET, World, at, version};
use net::NetError;
use serde_json::json;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use update::{Check, ManifestError, UpdateError};

#[tokio::test]
async fn u07_an_old_release_played_again() {
    let world = World::new().await;
    world.publish(&Release::new("1.2.0", 150));
    assert_eq!(world.offer().await.version, version("1.2.0"));
    // Everything of it is properly signed.
    world.publish(&Release::new("1.1.0", 140));
    let old = ManifestError::Old { seq: 140, floor: 150 };
    assert_eq!(world.check().await, Err(UpdateError::Manifest(old.clone())));
    // Another start of the program remembers, and below what is built in nothing is taken at all.
    assert_eq!(world.updater().status().floor_seq, 150);
    assert_eq!(world.check().await, Err(UpdateError::Manifest(old)));
    fs::remove_file(world.state()).unwrap();
    world.publish(&Release::new("1.1.0", 99));
    let built_in = ManifestError::Old { seq: 99, floor: 100 };
    assert_eq!(world.check().await, Err(UpdateError::Manifest(built_in)));
    // A stolen manifest key cannot use up the numbers.
    for seq in [10_101, u64::MAX] {
        world.publish(&Release::new("1.1.0", seq));
        let ahead = ManifestError::Ahead { seq, floor: 100 };
        assert_eq!(world.check().await, Err(UpdateError::Manifest(ahead)));
    }
    world.publish(&Release::new("1.1.0", 10_100));
    assert_eq!(world.offer().await.version, version("1.1.0"));
    // Two floors: an older version under a new number.
    let mut state = read(&world);
    state["floor_version"] = json!("1.3.0");
    fs::write(world.state(), state.to_string()).unwrap();
    world.publish(&Release::new("1.2.0", 10_101));
    let (offered, floor) = (version("1.2.0"), version("1.3.0"));
    assert_eq!(world.check().await, Err(UpdateError::Downgrade { offered, floor }));
    world.assert_untouched();
}

fn read(world: &World) -> serde_json::Value {
    serde_json::from_slice(&fs::read(world.state()).unwrap()).unwrap()
}

#[tokio::test]
async fn u08_the_same_manifest_for_sixty_days() {
    let world = World::new().await;
    world.publish(&Release::new("1.1.0", 140));
    // Good for 21 days, and for the day by which a clock may be off.
    let expires = NOW + 21 * DAY;
    let (quiet, warned) = (Some(false), Some(true));
    for (now, expected) in [
        (NOW, None),
        (expires + DAY, None),
        (expires + DAY + 1, quiet),
        (expires + 30 * DAY, quiet),
        (expires + 30 * DAY + 1, warned),
        (NOW + 60 * DAY, warned),
    ] {
        let check = world.updater().check(at(now)).await.unwrap();
        match expected {
            None => assert!(matches!(check, Check::Offer(_)), "{check:?}"),
            Some(warn) => {
                assert_eq!(check, Check::Expired { since: at(expires), warn });
            }
        }
    }
    let last = world.updater().status().last_ok_check.unwrap();
    assert_eq!(last, at(expires + DAY), "an expired answer is no check that came through");
    world.publish(&Release::new("1.1.0", 141).state("expires", &(NOW + 90 * DAY).to_string()));
    let check = world.updater().check(at(NOW + 60 * DAY)).await.unwrap();
    assert!(matches!(check, Check::Offer(_)), "it is not locked out");
}

#[tokio::test]
async fn u09_a_clock_that_is_wrong() {
    let world = World::new().await;
    let year = 365 * DAY;
    let offered = async |now| world.updater().check(at(now)).await;
    world.publish(&Release::new("1.1.0", 140));
    assert!(matches!(offered(NOW).await, Ok(Check::Offer(_))));
    // Set back by a year: what has expired since does not become good again.
    let old = Release::new("1.1.0", 140)
        .state("timestamp", &(NOW - year - DAY).to_string())
        .state("expires", &(NOW - year + 20 * DAY).to_string());
    world.publish(&old);
    assert!(matches!(offered(NOW - year).await, Ok(Check::Expired { .. })));
    // A first start with such a clock: the manifest seems to be from the future.
    fs::remove_file(world.state()).unwrap();
    world.publish(&Release::new("1.1.0", 140));
    let future = Err(UpdateError::Manifest(ManifestError::Future));
    assert_eq!(offered(NOW - year).await, future);
    assert_eq!(offered(0).await, future);
    // Forward by a year: expired. Right again: as before.
    assert!(matches!(offered(NOW + year).await, Ok(Check::Expired { warn: true, .. })));
    assert!(matches!(offered(NOW).await, Ok(Check::Offer(_))));
    // Off by less than a day, either way.
    assert!(matches!(offered(NOW - DAY + 1).await, Ok(Check::Offer(_))));
    // A file from a day on which the clock was far ahead.
    let mut state = read(&world);
    state["last_ok_check"] = json!(NOW + 100 * year);
    fs::write(world.state(), state.to_string()).unwrap();
    assert!(matches!(offered(NOW).await, Ok(Check::Offer(_))));
    // Times that contradict each other, or are none.
    world.publish(&Release::new("1.1.0", 140).state("expires", &(NOW - 2 * DAY).to_string()));
    assert!(matches!(offered(NOW).await, Err(UpdateError::Comment(_))));
    for (key, value) in [("expires", "never"), ("timestamp", "-1"), ("expires", "1e99")] {
        world.publish(&Release::new("1.1.0", 140).state(key, value));
        assert!(matches!(offered(NOW).await, Err(UpdateError::Comment(_))), "{key}:{value}");
    }
    world.publish(&Release::new("1.1.0", 140).state("expires", &u64::MAX.to_string()));
    assert!(matches!(offered(NOW).await, Ok(Check::Offer(_))));
    world.assert_untouched();
}

#[tokio::test]
async fn u16_addresses_elsewhere() {
    let world = World::new().await;
    let port = world.server.port;
    for url in [
        format!("http://127.0.0.1:{port}/a.tar.gz"),
        "file:///etc/passwd".into(),
        "https://evil.example/a.tar.gz".into(),
        format!("https://127.0.0.1:{port}@evil/a.tar.gz"),
        format!("https://127.0.0.1.evil:{port}/a.tar.gz"),
        format!("https://user@127.0.0.1:{port}/a.tar.gz"),
        "https://127.0.0.1/a.tar.gz".into(),
        format!("https://[::1]:{port}/a.tar.gz"),
        format!("https://2130706433:{port}/a.tar.gz"),
        format!("https://127.0.0.1:{port}/a.tar.gz?who=me"),
        format!("https://127.0.0.1:{port}/a/"),
        String::new(),
    ] {
        let shown = url.clone();
        world.publish(&Release::new("1.1.0", 140).edit(move |manifest| {
            manifest["platforms"][TARGET]["url"] = json!(url);
        }));
        let error = world.check().await.unwrap_err();
        assert!(matches!(error, UpdateError::Manifest(ManifestError::Address(_))), "{shown}");
    }
    // Also one that only another computer would go to.
    world.publish(&Release::new("1.1.0", 140).edit(|manifest| {
        manifest["platforms"]["macos"] = json!({"url": "http://x/y", "signature": "", "size": 1});
    }));
    assert!(matches!(world.check().await, Err(UpdateError::Manifest(_))));
    // A server that sends the request elsewhere.
    world.publish(&Release::new("1.1.0", 140));
    let offer = world.offer().await;
    let away = "HTTP/1.1 302 Found\r\nLocation: https://evil.example/a\r\n\r\n";
    let away = Reply::Raw(away.into());
    world.server.put("/desktop/1.1.0/MultiClaw-1.1.0-linux-x86_64.tar.gz", away.clone());
    let redirect = UpdateError::Net(NetError::Redirect { to: "evil.example".into() });
    let downloaded = world.updater().download(&offer, |_, _| {}).await;
    assert_eq!(downloaded, Err(redirect.clone()));
    world.server.put("/desktop/stable/latest.json", away);
    assert_eq!(world.check().await, Err(redirect));
    assert_eq!(world.installed(), "1.0.0");
}

#[tokio::test]
async fn u23_manifests_that_are_none() {
    let world = World::new().await;
    let release = Release::new("1.1.0", 140);
    let text = String::from_utf8(release.json(world.server.port)).unwrap();
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let with = |from: &str, to: &str| {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        changed
    };
    for bad in [
        String::new(),
        "null".into(),
        "[]".into(),
        "{}".into(),
        deep.clone(),
        with("\"notes\": \"News.\"", &format!("\"notes\": {deep}")),
        with("\"seq\": 140", "\"seq\": 1e400"),
        with("\"seq\": 140", "\"seq\": 99999999999999999999999999"),
        with("\"seq\": 140", "\"seq\": 140.0"),
        with("\"seq\": 140", "\"seq\": -140"),
        with("\"seq\": 140", "\"seq\": 18446744073709551615"),
        with("\"version\": \"1.1.0\"", "\"version\": \"1.0.0+x\""),
        with("\"version\": \"1.1.0\"", "\"version\": \"01.2\""),
        with("\"version\": \"1.1.0\"", "\"version\": \"99999999999999999999.0.0\""),
        with("\"version\": \"1.1.0\"", "\"version\": \"\\ud800\""),
        with("\"min_version\": \"1.0.0\"", "\"min_version\": 1"),
        text.clone() + "x",
        text.trim_end().trim_end_matches('}').into(),
    ] {
        let signature = release.manifest_signature(bad.as_bytes());
        world.put_manifest(bad.clone().into_bytes(), signature.into_bytes());
        let error = world.check().await.unwrap_err();
        let shown: String = bad.chars().take(80).collect();
        assert!(matches!(error, UpdateError::Manifest(_)), "{shown}: {error:?}");
        assert!(error.to_string().len() < 400, "{error}");
        assert!(!error.passes());
    }
    for (edit, expected) in [
        (json!({}), None),
        (
            json!({"windows": {"url": format!("https://127.0.0.1:{}/desktop/w.zip", world.server.port), "signature": "", "size": 1}}),
            Some(TARGET),
        ),
    ] {
        world.publish(&Release::new("1.1.0", 140).edit(move |manifest| {
            manifest["platforms"] = edit.clone();
        }));
        let error = world.check().await.unwrap_err();
        match expected {
            Some(target) => {
                let none = ManifestError::NoTarget(target.into());
                assert_eq!(error, UpdateError::Manifest(none));
            }
            None => assert!(matches!(error, UpdateError::Manifest(ManifestError::Malformed(_)))),
        }
    }
    // A version that only a newer one can take.
    world.publish(&Release::new("1.1.0", 140).edit(|manifest| {
        manifest["min_version"] = json!("1.0.5");
    }));
    let needs = version("1.0.5");
    assert_eq!(world.check().await, Err(UpdateError::TooOld { needs }));
    world.assert_untouched();
}

#[tokio::test]
async fn u27_what_is_remembered_is_lost() {
    let world = World::new().await;
    world.publish(&Release::new("1.1.0", 140));
    for damage in ["", "{", "null", "[1]", "{\"floor_seq\":1}", &"x".repeat(1_000_000)] {
        world.offer().await;
        fs::write(world.state(), damage).unwrap();
        let status = world.updater().status();
        assert!(status.damaged);
        assert_eq!((status.floor_version, status.floor_seq), (version("1.0.0"), 100));
        assert_eq!(world.offer().await.version, version("1.1.0"));
        let status = world.updater().status();
        assert!(!status.damaged, "it is begun anew");
        assert_eq!(status.floor_seq, 140);
    }
    fs::write(world.state(), vec![0xff; 10]).unwrap();
    assert!(world.updater().status().damaged);
    // What says less than what is built in does not count; nor does what stands twice.
    let low = json!({"floor_version": "0.1.0", "floor_seq": 1, "last_ok_check": null, "failed": {},
        "keys": world.keys.name()});
    fs::write(world.state(), low.to_string()).unwrap();
    let status = world.updater().status();
    assert_eq!((status.floor_version, status.floor_seq), (version("1.0.0"), 100));
    let twice =
        low.to_string().replacen("\"floor_seq\":1", "\"floor_seq\":7000,\"floor_seq\":1", 1);
    fs::write(world.state(), twice).unwrap();
    assert!(world.updater().status().damaged);
    // It cannot be read or written.
    fs::remove_file(world.state()).unwrap();
    fs::create_dir(world.state()).unwrap();
    assert_eq!(world.offer().await.version, version("1.1.0"));
    fs::remove_dir(world.state()).unwrap();
    // Its folder is a link.
    let folder = world.state().parent().unwrap().to_owned();
    fs::rename(&folder, world.folder().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink(world.folder().join("elsewhere"), &folder).unwrap();
    assert_eq!(world.offer().await.version, version("1.1.0"));
    assert!(!world.folder().join("elsewhere/state.json").exists(), "no link is followed");
    fs::remove_file(&folder).unwrap();
    world.offer().await;
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder), mode(&world.state())), (0o700, 0o600));
    world.assert_untouched();
}

#[tokio::test]
async fn u27_versions_that_are_no_news() {
    let world = World::new().await;
    // A prerelease on the stable channel is never offered.
    world.publish(&Release::new("1.5.0-beta.1", 140));
    assert_eq!(world.check().await, Ok(Check::UpToDate));
    world.publish(&Release::new("1.0.0", 141));
    assert_eq!(world.check().await, Ok(Check::UpToDate));
    // Build metadata has no order: a build of one's own is not older than the release.
    let own = world.updater_of(world.config("1.0.0+mine"));
    assert_eq!(own.check(at(NOW)).await, Ok(Check::UpToDate));
    world.publish(&Release::new("1.1.0", 142));
    let own = world.updater_of(world.config("1.1.0+mine"));
    assert_eq!(own.check(at(NOW)).await, Ok(Check::UpToDate));
    // But who runs a prerelease gets the release.
    let beta = world.updater_of(world.config("1.1.0-beta.1"));
    fs::remove_file(world.state()).unwrap();
    assert!(matches!(beta.check(at(NOW)).await, Ok(Check::Offer(_))));
    world.assert_untouched();
}
