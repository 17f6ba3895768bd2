//! U1 to U6, U10 to U12: what is signed, and by whom.

use crate::server::Reply;
use crate::signer::keyring;
use crate::world::{Release, TARGET, World, joined, keys, version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use net::NetError;
use serde_json::json;
use update::{CommentError, ManifestError, Role, SignatureError, UpdateError};

const PATH: &str = "/desktop/1.1.0/MultiClaw-1.1.0-linux-x86_64.tar.gz";

fn wrong() -> UpdateError {
    UpdateError::Signature(SignatureError::Wrong)
}

#[tokio::test]
async fn a_good_update_is_taken() {
    let world = World::new().await;
    let release = Release::new("1.1.0", 140);
    world.publish(&release);
    let offer = world.offer().await;
    assert_eq!((&offer.version, offer.notes.as_str()), (&version("1.1.0"), "News."));
    assert_eq!(offer.size, release.archive.len() as u64);
    let seen = std::sync::Arc::new(parking_lot::Mutex::new(Vec::new()));
    let progress = std::sync::Arc::clone(&seen);
    let staged =
        world.updater().download(&offer, move |got, of| progress.lock().push((got, of))).await;
    assert_eq!(staged.unwrap().version, version("1.1.0"));
    assert_eq!(seen.lock().last(), Some(&(offer.size, offer.size)));
    assert_eq!(world.updater().status().staged, Some(version("1.1.0")));
    assert_eq!(world.installed(), "1.0.0", "not before the next start");
    let boot = world.start();
    assert_eq!((world.installed().as_str(), boot.is_on_trial()), ("1.1.0", true));
    update::boot::healthy(&boot);
    drop(boot);
    assert!(!world.start().is_on_trial());
    let status = world.updater().status();
    assert_eq!(status.floor_version, version("1.1.0"));
    assert_eq!((status.previous, status.floor_seq), (Some(version("1.0.0")), 140));
}

#[tokio::test]
async fn u01_an_archive_that_was_changed() {
    let world = World::new().await;
    let release = Release::new("1.1.0", 140);
    world.publish(&release);
    let good = release.archive.clone();
    let mut flipped = good.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let short = good[..good.len() - 1].to_vec();
    let long = [&good[..], b"x"].concat();
    let size = good.len() as u64;
    for (archive, expected) in [
        (flipped, wrong()),
        (short, UpdateError::Size { got: size - 1, signed: size }),
        (long, UpdateError::Net(NetError::TooLarge)),
    ] {
        world.server.put(PATH, Reply::File(archive));
        assert_eq!(world.download().await, Err(expected));
        assert_eq!(world.start().notes, [""; 0]);
        assert_eq!(world.installed(), "1.0.0");
        assert!(world.updater().status().staged.is_none());
        // What came of a short one is kept, since more may come.
        std::fs::remove_dir_all(world.work("")).unwrap();
    }
    // A manifest that names another size, signed as it has to be.
    for (by, expected) in [(-1, UpdateError::Net(NetError::TooLarge)), (1, size_error(size))] {
        let size = i64::try_from(size).unwrap() + by;
        let edit = move |manifest: &mut serde_json::Value| {
            manifest["platforms"][TARGET]["size"] = size.into();
        };
        world.publish(&Release::new("1.1.0", 140).edit(edit));
        assert_eq!(world.download().await, Err(expected));
        assert!(world.updater().status().staged.is_none());
    }
}

fn size_error(size: u64) -> UpdateError {
    UpdateError::Size { got: size, signed: size + 1 }
}

#[tokio::test]
async fn u02_signatures_that_are_none() {
    let world = World::new().await;
    let release = Release::new("1.1.0", 140);
    let json = release.json(world.server.port);
    let good = release.manifest_signature(&json);
    let lines: Vec<_> = good.lines().collect();
    let malformed = UpdateError::Signature(SignatureError::Malformed);
    for (signature, expected) in [
        (Vec::new(), UpdateError::Signature(SignatureError::Missing)),
        (lines[..3].join("\n").into_bytes(), malformed.clone()),
        (format!("{good}more\n").into_bytes(), malformed.clone()),
        (good.replace('\n', "\r\n").into_bytes(), malformed.clone()),
        (good.replacen(lines[1], "not base64!", 1).into_bytes(), malformed.clone()),
        (good.replacen(lines[3], "AAAA", 1).into_bytes(), malformed.clone()),
        (good.replacen("trusted comment: ", "comment: ", 2).into_bytes(), malformed.clone()),
        ([&b"\xff\xfe"[..], good.as_bytes()].concat(), malformed.clone()),
        (vec![b'a'; 5_000_000], UpdateError::Net(NetError::TooLarge)),
    ] {
        world.put_manifest(json.clone(), signature);
        assert_eq!(world.check().await, Err(expected));
    }
    world.server.put("/desktop/stable/latest.json.minisig", crate::server::raw("404 x", "", ""));
    assert_eq!(world.check().await, Err(UpdateError::Status(404)));
    // The same for the archive's, which is inside of the manifest.
    for (signature, expected) in [
        (String::new(), UpdateError::Signature(SignatureError::Missing)),
        (STANDARD.encode(lines[..3].join("\n")), malformed.clone()),
        (STANDARD.encode(b"\xff\xfe\n1\n2\n3\n"), malformed.clone()),
        (STANDARD.encode(vec![b'a'; 5000]), UpdateError::Signature(SignatureError::TooLong)),
    ] {
        let edit = move |manifest: &mut serde_json::Value| {
            manifest["platforms"][TARGET]["signature"] = json!(signature);
        };
        world.publish(&Release::new("1.1.0", 140).edit(edit));
        assert_eq!(world.check().await, Err(expected));
    }
    let edit = |manifest: &mut serde_json::Value| {
        manifest["platforms"][TARGET]["signature"] = json!("no base64");
    };
    world.publish(&Release::new("1.1.0", 140).edit(edit));
    assert!(matches!(world.check().await, Err(UpdateError::Manifest(_))));
    world.assert_untouched();
}

#[tokio::test]
async fn u03_another_key_and_another_key_of_the_same_id() {
    let ring = keyring();
    let mut world = World::new().await;
    world.publish(&Release { release: &ring.stranger, ..Release::new("1.1.0", 140) });
    let unknown = world.check().await.unwrap_err();
    let UpdateError::Signature(SignatureError::UnknownKey { role: Role::Release, id }) = &unknown
    else {
        panic!("{unknown:?}")
    };
    assert_eq!(id.len(), 16);
    world.publish(&Release { manifest: &ring.stranger, ..Release::new("1.1.0", 140) });
    let unknown = world.check().await.unwrap_err();
    assert!(matches!(
        &unknown,
        UpdateError::Signature(SignatureError::UnknownKey { role: Role::Manifest, .. })
    ));
    // A key of one role does not do for the other.
    world.publish(&Release { release: &ring.manifest, ..Release::new("1.1.0", 140) });
    let other_role = world.check().await.unwrap_err();
    assert!(matches!(other_role, UpdateError::Signature(SignatureError::UnknownKey { .. })));
    // The id fits, the key does not.
    let impostor = ring.release.impostor(&ring.stranger);
    world.keys = keys(&[&impostor], &ring.manifest.public);
    world.publish(&Release::new("1.1.0", 140));
    let same_id = world.download().await.unwrap_err();
    assert_eq!(same_id, wrong());
    assert_ne!(same_id.to_string(), unknown.to_string());
    let impostor = ring.manifest.impostor(&ring.stranger);
    world.keys = keys(&[&ring.release.public], &impostor);
    assert_eq!(world.check().await, Err(wrong()));
    world.assert_untouched();
}

#[tokio::test]
async fn u04_signatures_of_the_outdated_kind() {
    let ring = keyring();
    let world = World::new().await;
    let release = Release::new("1.1.0", 140);
    let legacy = UpdateError::Signature(SignatureError::Legacy);
    let json = release.json(world.server.port);
    let signature = ring.manifest.sign_legacy(&json, &joined(&release.stated));
    world.put_manifest(json, signature.into_bytes());
    assert_eq!(world.check().await, Err(legacy.clone()));
    let signature = ring.release.sign_legacy(&release.archive, &joined(&release.signed));
    let signature = STANDARD.encode(signature);
    world.publish(&release.edit(move |manifest| {
        manifest["platforms"][TARGET]["signature"] = json!(signature);
    }));
    assert_eq!(world.check().await, Err(legacy));
    world.assert_untouched();
}

#[tokio::test]
async fn u05_comments_that_were_changed_after_signing() {
    let world = World::new().await;
    for (from, to) in [
        ("version:1.1.0", "version:1.2.0"),
        ("target:linux-x86_64", "target:linux-aarch64"),
        ("kind:artifact", "kind:manifest"),
        ("timestamp:", "timestamp:1"),
    ] {
        let release = Release::new("1.1.0", 140);
        let edited = release.signature().replacen(from, to, 1);
        assert_ne!(edited, release.signature());
        let edited = STANDARD.encode(edited);
        world.publish(&release.edit(move |manifest| {
            manifest["platforms"][TARGET]["signature"] = json!(edited);
        }));
        assert_eq!(world.download().await, Err(wrong()), "{from}");
    }
    let release = Release::new("1.1.0", 140);
    let json = release.json(world.server.port);
    let edited = release.manifest_signature(&json).replacen("seq:140", "seq:141", 1);
    world.put_manifest(json, edited.into_bytes());
    assert_eq!(world.check().await, Err(wrong()));
    world.assert_untouched();
}

#[tokio::test]
async fn u06_an_old_archive_under_a_new_number() {
    let world = World::new().await;
    let old = Release::new("0.9.0", 140);
    // The manifest's key is stolen, the release key is not.
    let (file, signature) = (old.file(), STANDARD.encode(old.signature()));
    let size = old.archive.len();
    let port = world.server.port;
    let path = format!("/desktop/99.0.0/{file}");
    let url = format!("https://127.0.0.1:{port}{path}");
    world.publish(&Release::new("99.0.0", 140).edit(move |manifest| {
        manifest["platforms"][TARGET] = json!({"url": url, "signature": signature, "size": size});
    }));
    world.server.put(&path, Reply::File(old.archive.clone()));
    let differs =
        CommentError::Differs { key: "version", signed: "0.9.0".into(), expected: "99.0.0".into() };
    assert_eq!(world.download().await, Err(UpdateError::Comment(differs)));
    world.assert_untouched();
    // An old one that is called what it is is no update.
    world.publish(&old);
    assert_eq!(world.check().await, Ok(update::Check::UpToDate));
}

#[tokio::test]
async fn u10_archives_for_something_else() {
    let world = World::new().await;
    for (key, value) in [
        ("target", "linux-aarch64"),
        ("product", "otherclaw"),
        ("channel", "beta"),
        ("file", "MultiClaw-1.2.0-linux-x86_64.tar.gz"),
        ("kind", "manifest"),
        ("version", "1.1.0-beta.1"),
    ] {
        world.publish(&Release::new("1.1.0", 140).sign(key, value));
        let error = world.download().await.unwrap_err();
        let UpdateError::Comment(CommentError::Differs { key: named, signed, .. }) = &error else {
            panic!("{key}: {error:?}")
        };
        assert_eq!((*named, signed.as_str()), (key, value));
    }
    world.assert_untouched();
}

#[tokio::test]
async fn u11_one_kind_of_signature_for_the_other() {
    let world = World::new().await;
    let release = Release::new("1.1.0", 140);
    let json = release.json(world.server.port);
    world.put_manifest(json, release.signature().into_bytes());
    let error = world.check().await.unwrap_err();
    assert!(matches!(error, UpdateError::Signature(SignatureError::UnknownKey { .. })));
    // Even by the right key.
    world.publish(&Release::new("1.1.0", 140).state("kind", "artifact"));
    let differs = |key, signed: &str, expected: &str| {
        let (signed, expected) = (signed.into(), expected.into());
        Err(UpdateError::Comment(CommentError::Differs { key, signed, expected }))
    };
    assert_eq!(world.check().await, differs("kind", "artifact", "manifest"));
    for (key, value, expected) in [("product", "other", "multiclaw"), ("channel", "beta", "stable")]
    {
        world.publish(&Release::new("1.1.0", 140).state(key, value));
        assert_eq!(world.check().await, differs(key, value, expected));
    }
    // The comment and the manifest disagree.
    for (field, value) in [("seq", json!(141)), ("channel", json!("beta"))] {
        let edit = move |manifest: &mut serde_json::Value| manifest[field] = value.clone();
        world.publish(&Release::new("1.1.0", 140).edit(edit));
        let error = world.check().await.unwrap_err();
        assert!(matches!(error, UpdateError::Manifest(ManifestError::Disagrees(_))), "{error:?}");
    }
    world.assert_untouched();
}

#[tokio::test]
async fn u12_what_stands_twice() {
    let ring = keyring();
    let world = World::new().await;
    let release = Release::new("1.1.0", 140);
    let repeated =
        |key: &str| Err(UpdateError::Comment(CommentError::Repeated { key: key.into() }));
    // In the archive's comment, in each order.
    for twice in [
        format!("version:9.0.0\t{}", joined(&release.signed)),
        format!("{}\tversion:9.0.0", joined(&release.signed)),
        format!("{}\tversion:1.1.0", joined(&release.signed)),
    ] {
        let signature = STANDARD.encode(ring.release.sign(&release.archive, &twice));
        world.publish(&Release::new("1.1.0", 140).edit(move |manifest| {
            manifest["platforms"][TARGET]["signature"] = json!(signature);
        }));
        let downloaded = world.download().await.map(|_| ());
        assert_eq!(downloaded, repeated("version"), "{twice}");
    }
    // In the manifest's comment.
    let json = release.json(world.server.port);
    let twice = format!("{}\tseq:140", joined(&release.stated));
    let signature = ring.manifest.sign(&json, &twice);
    world.put_manifest(json.clone(), signature.into_bytes());
    assert_eq!(world.check().await.map(|_| ()), repeated("seq"));
    // In the manifest.
    let text = String::from_utf8(json).unwrap();
    for (from, to) in [
        ("\"seq\":", "\"seq\": 1, \"seq\":"),
        ("\"url\":", "\"url\": \"x\", \"url\":"),
        ("\"notes\":", "\"other\": 1, \"other\": 1, \"notes\":"),
        ("\"linux-x86_64\":", "\"linux-x86_64\": {}, \"linux-x86_64\":"),
    ] {
        let text = text.replacen(from, to, 1);
        let signature = release.manifest_signature(text.as_bytes());
        world.put_manifest(text.into_bytes(), signature.into_bytes());
        let error = world.check().await.unwrap_err().to_string();
        assert!(error.contains("stands twice"), "{error}");
    }
    // What is required and not there.
    for key in ["version", "target", "product", "channel", "file", "kind", "timestamp"] {
        let fields: Vec<_> =
            release.signed.iter().filter(|(name, _)| *name != key).cloned().collect();
        let signature = STANDARD.encode(ring.release.sign(&release.archive, &joined(&fields)));
        world.publish(&Release::new("1.1.0", 140).edit(move |manifest| {
            manifest["platforms"][TARGET]["signature"] = json!(signature);
        }));
        let missing = Err(UpdateError::Comment(CommentError::Missing { key }));
        assert_eq!(world.download().await, missing);
    }
    world.assert_untouched();
}
