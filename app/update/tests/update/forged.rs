//! Somebody has taken over a running program. Its sandbox lets it write `.mc-update`, all of it,
//! and nothing else beside the program. Nothing that it leaves there runs at the next start, which
//! is in no sandbox.

use crate::signer::{archive, script, write_program};
use crate::world::{NOW, Release, World, at, version};
use std::fs::{self, File, OpenOptions};
use std::io::{Seek, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use update::boot::{Boot, Next, begin_with, healthy};
use update::{Reason, Step, Tuning, UpdateError};

/// Where a program of the attacker tells that it ran.
fn trace(world: &World) -> PathBuf {
    world.folder().join("an evil program ran")
}

/// A program that calls itself this version, and tells that it ran.
fn evil(world: &World, version: &str) -> String {
    let tell = format!("#!/bin/sh\n: > '{}'\n", trace(world).display());
    script(version).replacen("#!/bin/sh\n", &tell, 1)
}

/// Lays a folder with such a program into `.mc-update`.
fn lay(world: &World, name: &str, version: &str) {
    let folder = world.work(name);
    fs::create_dir_all(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    write_program(&folder.join("program"), &evil(world, version));
    fs::write(folder.join("info.json"), format!("{{\"version\":\"{version}\"}}")).unwrap();
}

fn wish_back(world: &World, from: &str) {
    fs::write(world.work("back.json"), format!("{{\"from\":\"{from}\"}}")).unwrap();
}

/// A marker of which all chances are used up.
fn marker(world: &World, from: &str, to: &str) -> String {
    use std::os::unix::fs::MetadataExt;
    let file = fs::metadata(world.program()).unwrap();
    let (dev, ino) = (file.dev(), file.ino());
    format!("{{\"from\":\"{from}\",\"to\":\"{to}\",\"boots\":2,\"at\":7,\"file\":[{dev},{ino}]}}")
}

/// Folders without anything in them.
fn make_folders(world: &World) {
    assert_eq!(world.updater().roll_back(), Err(UpdateError::NothingKept));
    assert!(world.work("").is_dir() && world.kept("").is_dir());
}

/// The attacker's programs would run, if they were started: else these tests would prove nothing.
#[tokio::test]
async fn the_attackers_program_is_one() {
    let world = World::new().await;
    let program = world.folder().join("evil");
    write_program(&program, &evil(&world, "1.1.0"));
    let said = std::process::Command::new(&program).arg("--self-test").output().unwrap();
    assert_eq!(String::from_utf8(said.stdout).unwrap(), "multiclaw 1.1.0 linux-x86_64\n");
    assert!(trace(&world).exists());
}

/// This version is in place, as it was released, and nothing of the attacker's ran.
fn assert_safe(world: &World, installed: &str, what: &str) {
    let text = fs::read_to_string(world.program()).unwrap();
    assert_eq!(text, script(installed), "{what}");
    assert!(!trace(world).exists(), "{what}: the attacker's program ran");
}

/// 1.1.0 was put in the place of 1.0.0.
async fn updated(well: bool) -> (World, Boot) {
    let world = World::new().await;
    world.stage(&Release::new("1.1.0", 140)).await;
    let boot = world.start();
    if well {
        healthy(&boot);
    }
    (world, boot)
}

/// Where the version before was kept once, and a wish for it.
#[tokio::test]
async fn a_forged_version_before() {
    // There is a true one: the wish is granted, with that.
    let (world, boot) = updated(true).await;
    drop(boot);
    lay(&world, "previous", "1.0.0");
    wish_back(&world, "1.1.0");
    assert!(world.start().notes.is_empty());
    assert_safe(&world, "1.0.0", "back");
    assert_eq!(world.left(), [""; 0]);
    // There is none, or only what the attacker says.
    for name in ["previous", "new", "staged"] {
        let world = World::new().await;
        make_folders(&world);
        lay(&world, name, "0.9.0");
        wish_back(&world, "1.0.0");
        assert_eq!(world.updater().status().previous, None);
        assert_eq!(world.start().notes.len(), 1, "{name}: it says that there is none");
        assert_safe(&world, "1.0.0", name);
        assert!(world.start().notes.is_empty());
        assert_safe(&world, "1.0.0", name);
    }
}

/// A marker whose chances are used up, with what would be taken back to.
#[tokio::test]
async fn a_forged_marker() {
    for name in ["previous", "staged", "new"] {
        // Nothing was ever updated; then a version that was, and is no longer on trial.
        let world = World::new().await;
        make_folders(&world);
        let text = marker(&world, "0.9.0", "1.0.0");
        forged_marker(&world, name, "0.9.0", "1.0.0", &text);
        let (world, boot) = updated(true).await;
        drop(boot);
        let text = marker(&world, "1.0.0", "1.1.0");
        forged_marker(&world, name, "1.0.0", "1.1.0", &text);
        assert_eq!(world.updater().status().previous, Some(version("1.0.0")));
        assert_eq!(fs::read_to_string(world.kept("previous/program")).unwrap(), script("1.0.0"));
    }
}

fn forged_marker(world: &World, name: &str, from: &str, running: &str, marker: &str) {
    // As the version that failed, and as the one before: either was believed once.
    for said in [from, running] {
        fs::write(world.work("marker.json"), marker).unwrap();
        lay(world, name, said);
        for _ in 0..3 {
            let boot = world.start();
            assert!(!boot.is_on_trial());
            assert_safe(world, running, &format!("{name} {said}"));
        }
        assert!(world.updater().status().failed.is_empty());
        let left = world.left();
        assert!(!left.iter().any(|name| name == "marker.json" || name == "previous"), "{left:?}");
        drop(fs::remove_dir_all(world.work(name)));
    }
}

/// A true trial that fails, with other programs to take back to.
#[tokio::test]
async fn a_version_is_taken_back_to_the_true_one() {
    let (world, boot) = updated(false).await;
    drop(boot);
    drop(world.start());
    for name in ["previous", "staged", "new"] {
        for said in ["1.0.0", "1.1.0"] {
            lay(&world, name, said);
        }
    }
    fs::write(world.work("marker.json"), marker(&world, "1.0.0", "1.1.0")).unwrap();
    drop(world.start());
    assert_safe(&world, "1.0.0", "taken back");
    let failed = world.updater().status().failed;
    assert_eq!(failed, [(version("1.1.0"), Reason::DidNotStart)].into());
    // The same where a start was cut off right after the exchange, and nothing is in order yet.
    let world = World::new().await;
    world.stage(&Release::new("1.1.0", 140)).await;
    let full = |step| match step {
        Step::Keep => Err(std::io::ErrorKind::StorageFull.into()),
        _ => Ok(()),
    };
    let tuning = Tuning { before: Arc::new(full), ..world.tuning.clone() };
    assert!(matches!(begin_with(&world.config("1.0.0"), at(NOW), &tuning), Next::Exec(_)));
    for name in ["previous", "staged", "new"] {
        lay(&world, name, "1.1.0");
    }
    for _ in 0..3 {
        drop(world.start());
    }
    assert_safe(&world, "1.0.0", "taken back after a cut");
}

/// A program beside a good archive, where one lay once.
#[tokio::test]
async fn a_program_beside_what_waits() {
    let world = World::new().await;
    world.stage(&Release::new("1.1.0", 140)).await;
    lay(&world, "staged", "1.1.0");
    lay(&world, "next", "1.1.0");
    assert!(world.start().is_on_trial());
    assert_safe(&world, "1.1.0", "the program is the archive's");
}

/// Another copy of the program was taken over too, and changes what waits while a start is at it:
/// by name, through a file that it has open, through another name of the same file.
#[tokio::test]
async fn what_waits_is_changed_during_the_start() {
    let steps = [Step::Verify, Step::SelfTest, Step::Mark, Step::Exchange, Step::Last, Step::Keep];
    for step in steps {
        let world = World::new().await;
        let release = Release::new("1.1.0", 140);
        world.stage(&release).await;
        let bad = archive(&evil(&world, "1.1.0"));
        let second = world.work("second");
        fs::hard_link(world.work("staged/archive"), &second).unwrap();
        let open = OpenOptions::new().write(true).open(&second).unwrap();
        let (staged, program) = (world.work("staged"), evil(&world, "1.1.0"));
        let change = move |now| {
            if now == step {
                overwrite(&open, &bad);
                fs::write(&second, &bad).unwrap();
                write_program(&staged.join("program"), &program);
                replace(&staged.join("archive"), &bad);
            }
            Ok(())
        };
        let tuning = Tuning { before: Arc::new(change), ..world.tuning.clone() };
        let next = begin_with(&world.config("1.0.0"), at(NOW), &tuning);
        assert!(matches!(next, Next::Exec(_)), "{step:?}: {next:?}");
        assert_safe(&world, "1.1.0", &format!("{step:?}"));
        world.start();
        assert_safe(&world, "1.1.0", &format!("{step:?}"));
        assert_eq!(fs::read_to_string(world.kept("previous/program")).unwrap(), script("1.0.0"));
    }
}

fn overwrite(mut file: &File, bytes: &[u8]) {
    file.set_len(0).unwrap();
    file.rewind().unwrap();
    file.write_all(bytes).unwrap();
}

fn replace(path: &Path, bytes: &[u8]) {
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}

/// What a running program says of itself ends the trial that it is about, and no other. It may
/// lie about its own, which keeps it where it is.
#[tokio::test]
async fn a_forged_word_of_health() {
    let (world, boot) = updated(false).await;
    let text = fs::read_to_string(world.kept("marker.json")).unwrap();
    let truth: serde_json::Value = serde_json::from_str(&text).unwrap();
    drop(boot);
    let (to, file) = (truth["to"].clone(), truth["file"].clone());
    let words = [
        serde_json::json!({"version": "1.0.0", "file": file}),
        serde_json::json!({"version": "1.2.0", "file": file}),
        serde_json::json!({"version": to, "file": [1, 2]}),
        serde_json::json!({"version": to, "file": null}),
        serde_json::json!({"version": to}),
        serde_json::json!([]),
    ];
    for word in &words {
        fs::write(world.work("healthy.json"), word.to_string()).unwrap();
        assert!(world.start().is_on_trial(), "{word}");
        // As if this start had not been: there are only two.
        fs::write(world.kept("marker.json"), &text).unwrap();
    }
    drop(world.start());
    fs::write(world.work("healthy.json"), words[2].to_string()).unwrap();
    drop(world.start());
    assert_safe(&world, "1.0.0", "taken back in spite of that word");
    // One that was laid down before the trial began is forgotten.
    let world = World::new().await;
    world.stage(&Release::new("1.1.0", 140)).await;
    fs::write(world.work("healthy.json"), words[2].to_string()).unwrap();
    assert!(world.start().is_on_trial());
    assert_eq!(world.left(), ["kept/marker.json", "kept/previous"]);
}

/// What cannot be read or removed in `.mc-update` keeps nobody from the version before, and leads
/// nowhere.
#[tokio::test]
async fn things_in_the_way() {
    for name in ["previous", "marker.json", "healthy.json", "back.json", "staged", "next"] {
        for link in [false, true] {
            let (world, boot) = updated(false).await;
            drop(boot);
            drop(world.start());
            let path = world.work(name);
            let kept = fs::read(world.kept("previous/program")).unwrap();
            if link {
                symlink(world.kept("previous"), &path).unwrap();
            } else {
                fs::create_dir_all(path.join("in/the/way")).unwrap();
            }
            let config = world.config("1.1.0");
            let next = begin_with(&config, at(NOW), &world.tuning);
            assert!(matches!(next, Next::Exec(_)), "{name}, {link}: {next:?}");
            assert_eq!(fs::read(world.program()).unwrap(), kept, "{name}, {link}");
            drop(world.start());
            assert_safe(&world, "1.0.0", name);
            assert_eq!(world.updater().status().failed.len(), 1);
        }
    }
}
