//! U20 with real processes: the program is ended with `kill -9` before each step of an update and
//! of a way back. After each, what is at the program's place starts.
//!
//! This file is also the program that is updated: a script at its place names a version and starts
//! it. It is no program of many tests, because such a one could not be started in another's place.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    dead_code
)]

#[path = "update/signer.rs"]
mod signer;

use net::{Door, Policy, Trust};
use rustix::process::{Signal, getpid, kill_process};
use signer::{Keyring, archive, comment, keyring, write_program};
use std::fs::{self, File};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::SystemTime;
use update::boot::{self, Next};
use update::{Config, Keys, Step, Surroundings, Tuning, Updater};

const FOLDER: &str = "UPDATE_TEST_FOLDER";
const KEYS: &str = "UPDATE_TEST_KEYS";
const VERSION: &str = "UPDATE_TEST_VERSION";
/// The step before which the process ends.
const KILL: &str = "UPDATE_TEST_KILL";
/// What to do: `install`, `run`, `crash`, `back`.
const WORK: &str = "UPDATE_TEST_WORK";

fn main() {
    match std::env::var(WORK) {
        Ok(work) => child(&work),
        Err(_) => parent(),
    }
}

/// The program.
fn child(work: &str) {
    let folder = std::env::var_os(FOLDER).unwrap();
    let folder = Path::new(&folder);
    let config = Config {
        keys: Keys::parse(&std::env::var(KEYS).unwrap()).unwrap(),
        version: std::env::var(VERSION).unwrap().parse().unwrap(),
        target: "linux-x86_64".into(),
        product: "multiclaw".into(),
        channel: "stable".into(),
        base: "https://cdn.multiclaw.io/desktop/".parse().unwrap(),
        program: folder.join("app/multiclaw"),
        state: folder.join("home/update"),
        min_seq: 0,
        newest: None,
    };
    let kill = std::env::var(KILL).unwrap_or_default();
    let before = move |step: Step| {
        if format!("{step:?}") == kill {
            kill_process(getpid(), Signal::KILL).unwrap();
        }
        Ok(())
    };
    let tuning = Tuning { before: Arc::new(before), ..Tuning::default() };
    match work {
        "install" | "back" => {
            let none = std::path::PathBuf::from("/nonexistent");
            let around = Surroundings {
                flatpak: none.clone(),
                dpkg: none.clone(),
                rpm: vec![none],
                app_dir: None,
                snap: None,
            };
            let door = Door::new(Policy::default(), Trust::System).unwrap();
            let updater = Updater::open_with(config, door, tuning, around);
            if work == "back" {
                updater.roll_back().unwrap();
                return;
            }
            let archive = File::open(folder.join("archive")).unwrap();
            let signature = fs::read(folder.join("signature")).unwrap();
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(updater.install_file(archive, signature)).unwrap();
        }
        _ => match boot::begin_with(&config, SystemTime::now(), &tuning) {
            Next::Exec(path) => panic!("{}", Command::new(path).exec()),
            Next::Run(boot) => {
                println!("{} {:?}", config.version, boot.notes);
                if work == "run" {
                    boot::healthy(&boot);
                }
            }
        },
    }
}

/// The program's text at this version.
fn script(version: &str) -> String {
    let binary = std::env::current_exe().unwrap();
    let start = format!("exec '{}'\n", binary.display());
    format!("{}[ \"$1\" = --self-test ] || {VERSION}={version} {start}", signer::script(version))
        .replacen("echo", "[ \"$1\" = --self-test ] && echo", 1)
}

struct Computer {
    folder: tempfile::TempDir,
    keys: String,
}

impl Computer {
    fn new(ring: &Keyring) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("app")).unwrap();
        write_program(&folder.path().join("app/multiclaw"), &script("1.0.0"));
        let release = archive(&script("1.1.0"));
        let fields = [
            ("timestamp", "1774915200"),
            ("file", "x.tar.gz"),
            ("version", "1.1.0"),
            ("product", "multiclaw"),
            ("kind", "artifact"),
            ("channel", "stable"),
            ("target", "linux-x86_64"),
        ];
        let signature = ring.release.sign(&release, &comment(&fields));
        fs::write(folder.path().join("archive"), release).unwrap();
        fs::write(folder.path().join("signature"), signature).unwrap();
        let keys = format!("release {}\nmanifest {}", ring.release.public, ring.manifest.public);
        Self { folder, keys }
    }

    /// Starts what is at the program's place; what it printed, or `None` when it was killed.
    fn start(&self, work: &str, kill: Option<Step>) -> Option<String> {
        let mut command = Command::new(self.folder.path().join("app/multiclaw"));
        command.env(FOLDER, self.folder.path()).env(KEYS, &self.keys).env(WORK, work);
        if let Some(step) = kill {
            command.env(KILL, format!("{step:?}"));
        }
        let done = command.stderr(Stdio::inherit()).output().expect("something starts");
        if done.status.signal() == Some(Signal::KILL.as_raw()) {
            return None;
        }
        assert!(done.status.success(), "{work}, {kill:?}: {}", done.status);
        Some(String::from_utf8(done.stdout).unwrap().trim().to_owned())
    }
}

const OLD: &str = "1.0.0 []";
const NEW: &str = "1.1.0 []";

fn parent() {
    let ring = keyring();
    let mut killed = Vec::new();
    for step in Step::ALL {
        // While it is kept and put in place.
        let computer = Computer::new(ring);
        let install = computer.start("install", Some(step));
        if install.is_none() {
            killed.push(step);
            assert_eq!(computer.start("run", None).unwrap(), OLD, "{step:?}");
            assert_eq!(computer.start("install", None).unwrap(), "", "{step:?}");
        }
        if computer.start("crash", Some(step)).is_none() {
            killed.push(step);
            // Whatever is there runs, and in the end it is the new one.
            assert_eq!(computer.start("crash", None).unwrap(), NEW, "{step:?}");
        }
        assert_eq!(computer.start("run", None).unwrap(), NEW, "{step:?}");
        // While a person goes back.
        assert_eq!(computer.start("back", None).unwrap(), "", "{step:?}");
        if computer.start("run", Some(step)).is_none() {
            killed.push(step);
        }
        assert_eq!(computer.start("run", None).unwrap(), OLD, "{step:?}");
        assert_eq!(computer.start("run", None).unwrap(), OLD, "{step:?}");
        // While it is taken back by itself.
        let computer = Computer::new(ring);
        assert_eq!(computer.start("install", None).unwrap(), "");
        assert_eq!(computer.start("crash", None).unwrap(), NEW);
        assert_eq!(computer.start("crash", None).unwrap(), NEW);
        if computer.start("crash", Some(step)).is_none() {
            killed.push(step);
        }
        assert_eq!(computer.start("crash", None).unwrap(), OLD, "{step:?}");
        assert_eq!(computer.start("crash", None).unwrap(), OLD, "{step:?}");
        println!("ended before {step:?}: old or new started");
    }
    for step in Step::ALL {
        // A file that a person brings is not written piece by piece.
        let come = killed.contains(&step) || matches!(step, Step::Write | Step::Sync);
        assert!(come, "nothing was ever killed before {step:?}");
    }
}
