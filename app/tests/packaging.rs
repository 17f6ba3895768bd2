//! The packages as a person and a release job use them: with the real `dpkg`, X server and
//! `minisign`. They install to this system and remove what they installed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]
#![cfg(target_os = "linux")]

#[path = "packaging/deb.rs"]
mod deb;
#[path = "packaging/release.rs"]
mod release;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A script of the folder `packaging`, in a folder that is not the repository.
fn script(name: &str) -> Command {
    let mut command = Command::new(root().join("packaging").join(name));
    command.current_dir(std::env::temp_dir()).env("SOURCE_DATE_EPOCH", "1774915200");
    for variable in ["MULTICLAW_VERSION", "MULTICLAW_UPDATE_KEYS", "RUSTFLAGS"] {
        command.env_remove(variable);
    }
    command.env("CARGO_TARGET_DIR", target());
    command
}

/// Where cargo builds to.
fn target() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_multiclaw"));
    program.ancestors().nth(2).unwrap().to_owned()
}

/// As root, as a package manager needs it.
fn as_root(program: &str) -> Command {
    let id = Command::new("id").arg("-u").output().unwrap();
    if id.stdout.trim_ascii() == b"0" {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.args(["--non-interactive", program]);
    command
}

/// Both of what it said, for messages and searches.
fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Runs it; its output. It has to succeed.
#[track_caller]
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}\n{}", output.status, said(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs it; what it said. It has to fail.
#[track_caller]
fn refused(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(!output.status.success(), "{command:?} was not refused:\n{}", said(&output));
    said(&output)
}
