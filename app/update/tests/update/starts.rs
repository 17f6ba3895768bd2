//! U21, U26, and going back: what happens at starts.

use crate::signer::{gzip, keyring, put, script, tar};
use crate::world::{DAY, NOW, Release, World, at, keys, nowhere, version};
use std::fs;
use std::time::Duration;
use update::boot::{Boot, Next, begin_with, healthy};
use update::{
    Check, Config, LastResult, ManifestError, Place, Reason, SignatureError, Surroundings,
    UpdateError, Updater,
};

/// A start that crashes.
fn crash(boot: Boot) {
    drop(boot);
}

#[tokio::test]
async fn u21_a_version_that_crashes_twice() {
    let world = World::new().await;
    world.stage(&Release::new("1.1.0", 140)).await;
    for _ in 0..2 {
        let boot = world.start();
        assert_eq!((world.installed().as_str(), boot.is_on_trial()), ("1.1.0", true));
        crash(boot);
    }
    let boot = world.start();
    assert_eq!((world.installed().as_str(), boot.is_on_trial()), ("1.0.0", false));
    let reason = Reason::DidNotStart;
    let status = world.updater().status();
    assert_eq!(status.failed, [(version("1.1.0"), reason.clone())].into());
    let failed = LastResult::Failed { version: version("1.1.0"), reason: reason.clone(), at: NOW };
    assert_eq!((status.last, status.previous), (Some(failed), None));
    assert_eq!(status.floor_version, version("1.0.0"));
    assert_eq!(world.left(), [""; 0]);
    // It stays back, and is not offered again.
    crash(boot);
    for _ in 0..3 {
        crash(world.start());
        assert_eq!(world.installed(), "1.0.0");
    }
    let failed = Check::Failed { version: version("1.1.0"), reason };
    assert_eq!(world.check().await, Ok(failed.clone()));
    // Another one is, also while the person leaves this one alone.
    world.publish(&Release::new("1.2.0", 141));
    assert_eq!(world.offer().await.version, version("1.2.0"));
    // The person asks for it all the same.
    world.publish(&Release::new("1.1.0", 142));
    assert_eq!(world.check().await, Ok(failed));
    world.updater().forget_failed(&version("1.1.0")).unwrap();
    world.download().await.unwrap();
    let boot = world.start();
    healthy(&boot);
    crash(boot);
    for _ in 0..4 {
        crash(world.start());
    }
    assert_eq!(world.installed(), "1.1.0", "a version that was healthy once stays");
    let status = world.updater().status();
    assert!(status.failed.is_empty());
    assert!(
        matches!(status.last, Some(LastResult::Installed { version: v, .. }) if v == version("1.1.0"))
    );
}

#[tokio::test]
async fn u21_a_version_that_hangs() {
    let world = World::new().await;
    world.stage(&Release::new("1.1.0", 140)).await;
    // It hangs, and somebody opens a second and a third window at once.
    let hangs = world.start();
    for _ in 0..3 {
        let boot = world.start_at(NOW + 1);
        assert_eq!((world.installed().as_str(), boot.is_on_trial()), ("1.1.0", true));
    }
    // Half a minute later each counts, though the first one still hangs.
    crash(world.start_at(NOW + 31));
    assert_eq!(world.installed(), "1.1.0");
    crash(world.start_at(NOW + 62));
    assert_eq!(world.installed(), "1.0.0");
    // That the first wakes up at last changes nothing.
    healthy(&hangs);
    assert_eq!(world.updater().status().failed.len(), 1);
    assert_eq!(world.installed(), "1.0.0");
}

#[tokio::test]
async fn u21_a_version_that_ends_as_it_should_before_it_is_old() {
    let world = World::new().await;
    world.stage(&Release::new("1.1.0", 140)).await;
    crash(world.start());
    let boot = world.start();
    healthy(&boot);
    drop(boot);
    let boot = world.start();
    assert_eq!((world.installed().as_str(), boot.is_on_trial()), ("1.1.0", false));
    // One that is not on trial has nothing to say.
    healthy(&boot);
    assert_eq!(world.left(), ["kept/previous"]);
}

#[tokio::test]
async fn u21_programs_that_fail_their_self_test() {
    let shell = fs::read("/bin/sh").unwrap();
    let good = script("1.1.0");
    let noise = [&[0x13, 0x37, 0xff, 0x00][..], &[0xee; 5000]].concat();
    let scripts = |text: &str| format!("#!/bin/sh\n{text}\n").into_bytes();
    for (program, word) in [
        (scripts("exit 1"), "exit status: 1"),
        (format!("{good}exit 3\n").into_bytes(), "exit status: 3"),
        (scripts("kill -SEGV $$"), "signal"),
        (scripts("exec sleep 60"), "in time"),
        (scripts("while :; do echo x; done"), "in time"),
        (scripts(":"), "calls itself \"\""),
        (script("1.2.0").into_bytes(), "calls itself"),
        (good.replace("linux-x86_64", "linux-aarch64").into_bytes(), "calls itself"),
        (good.replace("multiclaw", "otherclaw").into_bytes(), "calls itself"),
        (good.replace("/bin/sh", "/bin/no-such-shell").into_bytes(), "No such file"),
        (noise, ""),
        (shell[..shell.len() / 3].to_vec(), ""),
        (shell[..64].to_vec(), ""),
    ] {
        let mut world = World::new().await;
        world.tuning.self_test = Duration::from_secs(if word == "in time" { 1 } else { 30 });
        let packed = gzip(&tar(|tar| put(tar, "multiclaw", 0o755, &program)));
        world.stage(&Release::new("1.1.0", 140).with(packed)).await;
        let boot = world.start();
        assert_eq!((world.installed().as_str(), boot.is_on_trial()), ("1.0.0", false));
        assert!(boot.notes[0].contains("1.1.0 was not installed"), "{:?}", boot.notes);
        assert_eq!(world.left(), [""; 0]);
        let Ok(Check::Failed { reason: Reason::SelfTest(why), .. }) = world.check().await else {
            panic!("{word}")
        };
        assert!(why.contains(word), "{word}: {why}");
        assert_eq!(world.start().notes, [""; 0], "said once");
    }
    // It cannot be remembered: it is said, and not tried at every start all the same.
    let world = World::new().await;
    let packed = gzip(&tar(|tar| put(tar, "multiclaw", 0o755, b"#!/bin/sh\nexit 1\n")));
    world.stage(&Release::new("1.1.0", 140).with(packed)).await;
    fs::remove_file(world.state()).unwrap();
    fs::create_dir(world.state()).unwrap();
    assert_eq!(world.start().notes.len(), 2);
    assert_eq!(world.start().notes, [""; 0]);
    assert_eq!(world.left(), [""; 0]);
}

#[tokio::test]
async fn u26_a_release_key_is_replaced() {
    let ring = keyring();
    let mut world = World::new().await;
    world.publish(&Release::new("1.0.5", 150));
    world.offer().await;
    // The spare key signs the program that brings the new list.
    world.stage(&Release { release: &ring.spare, ..Release::new("1.1.0", 151) }).await;
    world.keys = crate::world::usual_keys();
    let old = world.updater();
    let boot = world.start();
    healthy(&boot);
    assert_eq!(world.installed(), "1.1.0");
    // That program's list: the spare, a new one, and a new manifest key.
    world.keys =
        keys(&[&ring.spare.public, &ring.stranger.public], &ring.release.impostor(&ring.manifest));
    let unknown =
        |error| matches!(error, Err(UpdateError::Signature(SignatureError::UnknownKey { .. })));
    world.publish(&Release::new("1.2.0", 152));
    assert!(unknown(world.check().await), "the old manifest key is worth nothing");
    world.keys = keys(&[&ring.spare.public, &ring.stranger.public], &ring.manifest.public);
    world.publish(&Release::new("1.2.0", 101));
    assert!(unknown(world.check().await), "the old release key is worth nothing");
    // Nobody can have used up the numbers of the new list: they begin again.
    world.publish(&Release { release: &ring.stranger, ..Release::new("1.2.0", 102) });
    assert_eq!(world.offer().await.version, version("1.2.0"));
    assert_eq!(world.updater().status().floor_seq, 102);
    // But not the versions.
    world.publish(&Release { release: &ring.stranger, ..Release::new("1.0.9", 103) });
    assert_eq!(world.check().await, Ok(Check::UpToDate));
    // What was staged under the old list is verified with the new one.
    drop(old);
    world.publish(&Release { release: &ring.stranger, ..Release::new("1.2.0", 104) });
    world.download().await.unwrap();
    world.keys = keys(&[&ring.spare.public], &ring.manifest.public);
    assert_eq!(world.start().notes.len(), 1);
    assert_eq!(world.installed(), "1.1.0");
}

#[tokio::test]
async fn a_person_goes_back() {
    let world = World::new().await;
    assert_eq!(world.updater().roll_back(), Err(UpdateError::NothingKept));
    world.stage(&Release::new("1.1.0", 140)).await;
    let boot = world.start();
    healthy(&boot);
    drop(boot);
    let status = world.updater().status();
    assert_eq!((status.previous, status.going_back), (Some(version("1.0.0")), false));
    // And changes their mind.
    world.updater().roll_back().unwrap();
    assert!(world.updater().status().going_back);
    world.updater().stay().unwrap();
    assert!(!world.updater().status().going_back);
    world.start();
    assert_eq!(world.installed(), "1.1.0");
    // And back.
    world.updater().roll_back().unwrap();
    let boot = world.start();
    assert_eq!((world.installed().as_str(), boot.notes.len()), ("1.0.0", 0));
    assert!(!boot.is_on_trial());
    let taken = Check::Failed { version: version("1.1.0"), reason: Reason::TakenBack };
    assert_eq!(world.check().await, Ok(taken));
    assert_eq!(world.left(), [""; 0]);
    assert_eq!(world.updater().roll_back(), Err(UpdateError::NothingKept), "one step");
    // The next one is offered, and one below what ran before is not.
    world.publish(&Release::new("1.0.5", 141));
    assert!(matches!(world.check().await, Err(UpdateError::Downgrade { .. })));
    world.publish(&Release::new("1.2.0", 142));
    assert_eq!(world.offer().await.version, version("1.2.0"));
    // The very one, when they ask for it.
    world.updater().forget_failed(&version("1.1.0")).unwrap();
    world.stage(&Release::new("1.1.0", 143)).await;
    world.start();
    assert_eq!(world.installed(), "1.1.0");
}

#[tokio::test]
async fn going_back_to_what_does_not_run() {
    let world = World::new().await;
    world.stage(&Release::new("1.1.0", 140)).await;
    let boot = world.start();
    healthy(&boot);
    drop(boot);
    let previous = world.kept("previous/program");
    for broken in [Some("#!/bin/sh\nexit 1\n"), Some(""), None] {
        match broken {
            Some(text) => fs::write(&previous, text).unwrap(),
            None => fs::remove_file(&previous).unwrap(),
        }
        world.updater().roll_back().unwrap();
        let boot = world.start();
        assert_eq!((world.installed().as_str(), boot.notes.len()), ("1.1.0", 1));
        assert!(!world.updater().status().going_back, "it is asked for once");
    }
    assert!(world.updater().status().failed.is_empty());
    // Nothing to take back: the new one goes on, and says so.
    let world = World::new().await;
    world.stage(&Release::new("1.1.0", 140)).await;
    crash(world.start());
    crash(world.start());
    fs::remove_file(world.kept("previous/program")).unwrap();
    let boot = world.start();
    assert_eq!((world.installed().as_str(), boot.notes.len()), ("1.1.0", 1));
    assert!(boot.is_on_trial());
    healthy(&boot);
    drop(boot);
    assert!(!world.start().is_on_trial());
}

/// One previous version is kept, until the next one is in place.
#[tokio::test]
async fn versions_follow_each_other() {
    let world = World::new().await;
    let mut before = "1.0.0";
    for (at, next) in ["1.1.0", "1.2.0", "2.0.0"].into_iter().enumerate() {
        world.stage(&Release::new(next, 140 + at as u64)).await;
        let status = world.updater().status();
        assert_eq!(status.staged, Some(version(next)));
        let boot = world.start();
        healthy(&boot);
        assert_eq!(world.installed(), next);
        assert_eq!(world.updater().status().previous, Some(version(before)));
        // The next start ends the trial; only a start writes where the marker is.
        assert_eq!(world.left(), ["healthy.json", "kept/marker.json", "kept/previous"]);
        before = next;
    }
    // A version that waits is replaced by a newer one.
    world.stage(&Release::new("2.1.0", 150)).await;
    world.stage(&Release::new("2.2.0", 151)).await;
    world.start();
    assert_eq!(world.installed(), "2.2.0");
    // One that waits and was installed by hand meanwhile.
    let world = World::new().await;
    world.stage(&Release::new("1.1.0", 140)).await;
    crate::signer::write_program(&world.program(), &script("1.1.0"));
    let boot = world.start();
    assert!(!boot.is_on_trial() && boot.notes.is_empty());
    assert_eq!(world.left(), [""; 0]);
}

#[tokio::test]
async fn a_file_from_elsewhere() {
    let world = World::new().await;
    let release = Release::new("1.1.0", 140);
    let path = world.folder().join("file.tar.gz");
    let install = async |archive: &[u8], signature: &str| {
        fs::write(&path, archive).unwrap();
        let file = fs::File::open(&path).unwrap();
        world.updater().install_file(file, signature.as_bytes().to_vec()).await
    };
    let good = release.signature();
    let wrong = UpdateError::Signature(SignatureError::Wrong);
    assert_eq!(install(b"other", &good).await, Err(wrong));
    let missing = UpdateError::Signature(SignatureError::Missing);
    assert_eq!(install(&release.archive, "").await, Err(missing));
    let foreign = Release { release: &keyring().stranger, ..Release::new("1.1.0", 140) };
    assert!(install(&release.archive, &foreign.signature()).await.is_err());
    for (key, value) in
        [("target", "other"), ("product", "other"), ("channel", "beta"), ("kind", "manifest")]
    {
        let other = Release::new("1.1.0", 140).sign(key, value).signature();
        let error = install(&release.archive, &other).await.unwrap_err();
        assert!(matches!(error, UpdateError::Comment(_)), "{key}: {error:?}");
    }
    for old in ["0.9.0", "1.0.0", "1.5.0-beta.1"] {
        let old = Release::new(old, 140);
        let error = install(&old.archive, &old.signature()).await.unwrap_err();
        assert!(matches!(error, UpdateError::Downgrade { .. }), "{error:?}");
    }
    let large = world.folder().join("large");
    fs::File::create(&large).unwrap().set_len(512 * 1024 * 1024 + 1).unwrap();
    let file = fs::File::open(&large).unwrap();
    let error = world.updater().install_file(file, good.clone().into_bytes()).await.unwrap_err();
    assert!(matches!(error, UpdateError::Manifest(ManifestError::TooLarge(_))), "{error:?}");
    assert_eq!(world.left(), [""; 0]);
    // A good one, without any manifest; nothing was asked of the network.
    assert_eq!(install(&release.archive, &good).await.unwrap().version, version("1.1.0"));
    assert!(world.server.heads().is_empty());
    crash(world.start());
    crash(world.start());
    crash(world.start());
    assert_eq!(world.installed(), "1.0.0");
    assert_eq!(world.updater().status().failed.len(), 1);
    // The person insists.
    install(&release.archive, &good).await.unwrap();
    healthy(&world.start());
    assert_eq!(world.installed(), "1.1.0");
}

#[tokio::test]
async fn copies_that_are_left_to_others() {
    let world = World::new().await;
    world.publish(&Release::new("1.1.0", 140));
    let updater = |around, config| {
        Updater::open_with(config, world.server.door(), world.tuning.clone(), around)
    };
    let flatpak = Surroundings { flatpak: world.program(), ..nowhere() };
    let packaged = updater(flatpak, world.config("1.0.0"));
    let place = Place::Packaged { by: "Flatpak".into() };
    assert_eq!(packaged.place(), place);
    // It can tell that there is a newer one, and does nothing about it.
    let Check::Offer(offer) = packaged.check(at(NOW)).await.unwrap() else { panic!() };
    assert_eq!(packaged.download(&offer, |_, _| {}).await, Err(UpdateError::Place(place.clone())));
    assert_eq!(packaged.roll_back(), Err(UpdateError::Place(place)));
    // A build without keys asks nobody.
    world.server.heads();
    let mut config = world.config("1.0.0");
    config.keys = update::Keys::default();
    let bare = updater(nowhere(), config.clone());
    assert_eq!(bare.check(at(NOW + DAY)).await, Err(UpdateError::Place(Place::NoKeys)));
    assert!(world.server.heads().is_empty());
    let program = fs::File::open(world.program()).unwrap();
    assert!(bare.install_file(program, b"x".to_vec()).await.is_err());
    // And does nothing at its start, whatever there is.
    world.stage(&Release::new("1.1.0", 140)).await;
    let next = begin_with(&config, at(NOW), &world.tuning);
    assert!(matches!(next, Next::Run(boot) if boot.notes.is_empty()));
    assert_eq!(world.installed(), "1.0.0");
}

/// The rule came after the download.
#[tokio::test]
async fn a_version_above_the_administrators_rule_is_dropped_where_it_waits() {
    let world = World::new().await;
    world.stage(&Release::new("1.1.0", 140)).await;
    let ruled = |newest| {
        let config = Config { newest: Some(version(newest)), ..world.config("1.0.0") };
        begin_with(&config, at(NOW), &world.tuning)
    };
    assert!(matches!(ruled("1.0.9"), Next::Run(boot) if boot.notes.is_empty()));
    assert_eq!((world.installed().as_str(), world.left()), ("1.0.0", vec![]));
    world.download().await.unwrap();
    assert!(matches!(ruled("1.1.0"), Next::Exec(_)), "the rule allows this one");
    assert_eq!(world.installed(), "1.1.0");
}
