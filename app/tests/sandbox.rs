//! What the program can still do after it gave up what it does not need: a real process tries.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::Path;
use std::process::{Command, Stdio};

/// Its name begins with no dot: what does is hidden, and not opened as a dropped file.
fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("sandbox").tempdir().unwrap()
}

/// Runs the program, which tries everything, and gives what it found.
fn probe(base: &Path, others: &[&str]) -> serde_json::Value {
    probe_of(Path::new(env!("CARGO_BIN_EXE_multiclaw")), base, others)
}

fn probe_of(program: &Path, base: &Path, others: &[&str]) -> serde_json::Value {
    let at = |name: &str| base.join(name);
    for folder in ["home", "tmp", "outside/.hidden"] {
        std::fs::create_dir_all(at(folder)).unwrap();
    }
    std::fs::write(at("outside/file"), b"x").unwrap();
    std::fs::write(at("outside/.hidden/file"), b"x").unwrap();
    let output = Command::new(program)
        .env("HOME", at("home"))
        .env("TMPDIR", at("tmp"))
        .env_remove("XDG_RUNTIME_DIR")
        .env_remove("XDG_CACHE_HOME")
        .env_remove("OPENCLAW_STATE_DIR")
        .args(["--sandbox-probe".as_ref(), at("outside").as_os_str()])
        .args(others)
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn held<'a>(found: &'a serde_json::Value, kind: &str) -> &'a serde_json::Value {
    let all = found["facts"]["measures"].as_array().unwrap();
    &all.iter().find(|measure| measure["kind"] == kind).expect(kind)["held"]
}

#[test]
fn what_the_process_gave_up_it_cannot_do_and_the_rest_it_can() {
    let base = folder();
    let found = probe(base.path(), &[]);
    let tried = |name: &str| found["tried"][name].as_str().expect(name).to_owned();
    assert_eq!(found["core"], 0);
    assert_eq!(held(&found, "core-dumps"), "yes");
    for works in [
        "write our own folder",
        "write the gateway's folder",
        "write the temporary folder",
        "read the certificates",
        "read a library",
        "helper: a dropped file",
    ] {
        assert_eq!(tried(works), "ok", "{works}: {found:#}");
    }
    for never in [
        "start a program",
        "start a program of our own folder",
        "change the root",
        "helper: a hidden file",
        "helper: write what was not picked",
        "helper: open a file in the browser",
    ] {
        assert_ne!(tried(never), "ok", "{never}: {found:#}");
    }
    assert_eq!(held(&found, "helper"), "yes");
    assert_eq!(held(&found, "calls"), "yes");
    assert_eq!(held(&found, "programs"), "yes");
    // Each of the others is held and cannot be done, or is not held and the words say why.
    let abi = found["facts"]["landlock_abi"].as_u64().unwrap();
    for (kind, since, what) in [
        ("files", 3, "write elsewhere"),
        ("files", 3, "read elsewhere"),
        ("files", 3, "list elsewhere"),
        ("files", 3, "remove elsewhere"),
        ("files", 3, "write the system"),
        ("ports", 4, "listen"),
    ] {
        if abi >= since {
            assert_eq!(held(&found, kind), "yes");
            assert_eq!(tried(what), "permission denied", "{what}: {found:#}");
        } else {
            let why = held(&found, kind)["no"].as_str().unwrap();
            assert!(why.contains("Landlock") || why.contains("too old"), "{why}");
        }
    }
    assert!(base.path().join("outside/file").exists());
    assert!(!base.path().join("outside/new").exists());
    let writable = found["facts"]["writable"].to_string();
    assert!(writable.contains("~/.multiclaw") && writable.contains("~/.openclaw"), "{writable}");
}

/// What waits for the next start is written; what that start believes without a signature is not.
#[test]
fn what_a_start_believes_is_out_of_reach() {
    let base = folder();
    let app = base.path().join("app");
    for name in [".mc-update", ".mc-kept"] {
        std::fs::create_dir_all(app.join(name)).unwrap();
    }
    // The program itself, and no link: it asks the system where it is.
    let program = app.join("multiclaw");
    if std::fs::hard_link(env!("CARGO_BIN_EXE_multiclaw"), &program).is_err() {
        std::fs::copy(env!("CARGO_BIN_EXE_multiclaw"), &program).unwrap();
    }
    let found = probe_of(&program, base.path(), &[]);
    let tried = |name: &str| found["tried"][name].as_str().expect(name).to_owned();
    for works in ["write what waits for the next start", "read what a start believes"] {
        assert_eq!(tried(works), "ok", "{works}: {found:#}");
    }
    if found["facts"]["landlock_abi"].as_u64().unwrap() < 3 {
        // Said on the page; see the test above.
        assert_ne!(held(&found, "files"), "yes");
        return;
    }
    for never in [
        "write what a start believes",
        "link something there",
        "move something there",
        "put another folder there",
    ] {
        assert_ne!(tried(never), "ok", "{never}: {found:#}");
    }
    assert_eq!(std::fs::read_dir(app.join(".mc-kept")).unwrap().count(), 0);
}

#[test]
fn switched_off_everything_is_possible_and_said() {
    let base = folder();
    let found = probe(base.path(), &["--no-sandbox"]);
    assert_eq!(found["facts"]["switched_off"], true);
    assert_eq!(found["core"], 0, "that costs nobody anything");
    for possible in ["write elsewhere", "listen", "start a program"] {
        assert_eq!(found["tried"][possible], "ok", "{found:#}");
    }
    for kind in ["files", "ports", "calls", "helper"] {
        let why = held(&found, kind)["no"].as_str().unwrap();
        assert!(why.contains("--no-sandbox"), "{why}");
    }
}

/// Nobody is at the other end: the helper ends, and does nothing for who starts it by hand.
#[test]
fn the_helper_ends_with_the_program() {
    let base = folder();
    let mut helper = Command::new(env!("CARGO_BIN_EXE_multiclaw"))
        .arg("--sandbox-helper")
        .arg(base.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    assert!(helper.wait().unwrap().success());
}
