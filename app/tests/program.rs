//! The program from outside. That these are here also has Cargo build it for the end to end tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use multiclaw_core::policy::PinHash;
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn kiosk_pin(input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_multiclaw"))
        .arg("kiosk-pin")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn the_hash_of_a_pin_is_all_that_is_printed() {
    let output = kiosk_pin("471100\n471100\n");
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 1);
    assert!(PinHash::try_from(text.trim().to_owned()).unwrap().is_of("471100"));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn a_pin_that_is_none_gives_no_hash() {
    for (input, why) in [
        ("471100\n471101\n", "not the same"),
        ("4711\n4711\n", "6 to 64 characters"),
        ("", "cannot be read"),
    ] {
        let output = kiosk_pin(input);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(why) && !said.contains("4711"), "{said}");
    }
}
