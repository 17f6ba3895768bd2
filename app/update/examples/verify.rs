//! Verifies a folder of a release with a list of keys: `verify KEYS FOLDER`.
//!
//! KEYS is the list that is built into the program. Ends with 0 when every copy of the program
//! would take the release, and with 1 and the reason otherwise.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;
use update::{Keys, verify_release};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [keys, folder] = &arguments[..] else {
        eprintln!("Usage: verify KEYS FOLDER");
        return ExitCode::from(64);
    };
    let text = match std::fs::read_to_string(keys) {
        Ok(text) => text,
        Err(error) => return refuse(&error),
    };
    let keys = match Keys::parse(&text) {
        Ok(keys) => keys,
        Err(error) => return refuse(&error),
    };
    for key in keys.fingerprints() {
        println!("Key {} may sign: {}.", key.id, key.role);
    }
    match verify_release(&keys, "multiclaw", Path::new(folder), SystemTime::now()) {
        Ok(report) => {
            for line in report.lines {
                println!("{line}.");
            }
            println!("The release is good.");
            ExitCode::SUCCESS
        }
        Err(error) => refuse(&error),
    }
}

fn refuse(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("The release is refused: {error}.");
    ExitCode::FAILURE
}
