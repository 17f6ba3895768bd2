//! A real panic of a real process, with a secret in its message.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::Path;
use std::process::{Command, Output};

const CHILD: &str = "MULTICLAW_TEST_CRASH";
const SECRET: &str = "MARKED-live-secret";

/// Runs this test again in a process of its own, where it panics.
fn crash(folder: &Path, mode: &str) -> Output {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_crash_is_reported_without_secrets", "--nocapture"])
        .env(CHILD, format!("{mode}:{}", folder.display()))
        .output()
        .unwrap()
}

fn child(mode: &str, folder: &Path) {
    multiclaw_core::crash::install(folder, "multiclaw/9.9.9").unwrap();
    multiclaw_core::redact::remember(SECRET);
    if mode == "off" {
        multiclaw_core::crash::keep(false);
    }
    let home = std::env::home_dir().unwrap();
    let thread = std::thread::Builder::new().name("net".into()).spawn(move || {
        panic!(
            "cannot send {SECRET} with Bearer abc123 for ada@example.com, key sk-test-1, \
             enc:v1:QUJD, token=xyz, from {}",
            home.join("x").display()
        )
    });
    thread.unwrap().join().unwrap_err();
    std::process::exit(7);
}

#[test]
fn a_crash_is_reported_without_secrets() {
    if let Some(asked) = std::env::var_os(CHILD) {
        let asked = asked.into_string().unwrap();
        let (mode, folder) = asked.split_once(':').unwrap();
        child(mode, Path::new(folder));
    }
    let base = tempfile::tempdir().unwrap();
    let ended = crash(base.path(), "on");
    assert_eq!(ended.status.code(), Some(7), "{ended:?}");
    let log = std::fs::read_to_string(base.path().join("crash.log")).unwrap();
    for text in [&log, &String::from_utf8(ended.stderr).unwrap()] {
        assert!(text.contains("the thread net ended at") && text.contains("crash.rs:"), "{text}");
        for secret in [SECRET, "abc123", "ada@", "sk-test", "QUJD", "xyz"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        let home = std::env::home_dir().unwrap();
        assert!(!text.contains(home.to_str().unwrap()), "{text}");
    }
    assert!(log.contains("multiclaw/9.9.9 on ") && log.starts_with("=== crash 20"), "{log}");
    crash(base.path(), "on");
    let log = std::fs::read_to_string(base.path().join("crash.log")).unwrap();
    assert_eq!(log.matches("=== crash 20").count(), 2);
    // Switched off, nothing is written.
    let empty = tempfile::tempdir().unwrap();
    let ended = crash(empty.path(), "off");
    assert_eq!(ended.status.code(), Some(7), "{ended:?}");
    assert!(!empty.path().join("crash.log").exists());
}
