#![allow(clippy::panic, clippy::print_stdout, reason = "how a build script speaks")]
//! What a build knows about itself: its version, the keys it trusts for the next one, and where
//! that is found. Read from the environment here and never when the program runs.

use std::path::{Path, PathBuf};

/// Where the next version is found.
const BASE: &str = "https://cdn.multiclaw.io/desktop/";
/// The keys of a release, from this folder.
const KEYS: &str = "../packaging/keys/update.keys";

fn main() {
    let version = variable("MULTICLAW_VERSION").unwrap_or_else(|| env("CARGO_PKG_VERSION"));
    assert!(semver::Version::parse(&version).is_ok(), "MULTICLAW_VERSION is not a version");
    println!("cargo:rustc-env=MULTICLAW_VERSION={version}");

    let base = variable("MULTICLAW_UPDATE_BASE").unwrap_or_else(|| BASE.to_owned());
    assert!(
        base.starts_with("https://")
            && base.ends_with('/')
            && !base.contains(['@', '?', '#', '\n']),
        "MULTICLAW_UPDATE_BASE is not like {BASE}"
    );
    println!("cargo:rustc-env=MULTICLAW_UPDATE_BASE={base}");

    let least = variable("MULTICLAW_UPDATE_MIN_SEQ").unwrap_or_else(|| "0".to_owned());
    assert!(least.parse::<u64>().is_ok(), "MULTICLAW_UPDATE_MIN_SEQ is not a number");
    println!("cargo:rustc-env=MULTICLAW_UPDATE_MIN_SEQ={least}");

    let into = PathBuf::from(env("OUT_DIR")).join("update.keys");
    let keys = keys();
    std::fs::write(&into, keys).unwrap_or_else(|error| panic!("{}: {error}", into.display()));
}

/// The list of keys; empty where there is none. A file that is named has to be there.
fn keys() -> String {
    let named = variable("MULTICLAW_UPDATE_KEYS").map(PathBuf::from);
    let path = named.clone().unwrap_or_else(|| Path::new(&env("CARGO_MANIFEST_DIR")).join(KEYS));
    if named.is_some() || path.exists() {
        println!("cargo:rerun-if-changed={}", path.display());
        return std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    String::new()
}

/// A variable that a build may set.
fn variable(name: &str) -> Option<String> {
    println!("cargo:rerun-if-env-changed={name}");
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A variable that cargo sets.
fn env(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}
