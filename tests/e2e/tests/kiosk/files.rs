//! The files in `packaging/kiosk`.

use crate::program::binary;
use multiclaw_core::policy::Values;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging/kiosk").join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(shipped(name)).unwrap()
}

fn program(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// Every line of the examples, also those behind a `#`, is understood.
#[test]
fn the_example_files_are_understood() {
    let pin = "$argon2id$v=19$m=19456,t=2,p=1$Y2hvb3NlLXlvdXItb3du$\
               cnBjc3pvYmZ2c2J2bHNkZmpsa3NkamZsa3NqZGZsa2pz";
    Values::parse(&read("defaults.toml")).unwrap();
    let policy = read("policy.toml");
    Values::parse(&policy).unwrap();
    let lines = policy.lines().map(|line| match line.strip_prefix("# ") {
        Some(value) if value.contains(" = ") => value.to_owned(),
        _ => line.to_owned(),
    });
    let all = lines.collect::<Vec<_>>().join("\n");
    let all = all.replace("$argon2id$v=19$m=19456,t=2,p=1$...", pin);
    let values = Values::parse(&all).unwrap();
    let kiosk = values.kiosk.unwrap();
    assert!(kiosk.pin.is_some() && kiosk.monitor.is_some() && kiosk.enabled == Some(true));
    assert!(values.updates.quiet.is_some() && values.stats.is_some() && values.cloud.is_some());
}

/// systemd reads the unit without a complaint.
#[test]
fn the_unit_is_valid() {
    let folder = tempfile::tempdir().unwrap();
    // The script need not be installed where this is tested.
    let script = shipped("kiosk-cage").canonicalize().unwrap().display().to_string();
    let unit = read("multiclaw-kiosk@.service");
    assert!(unit.contains("ExecStart=/usr/libexec/multiclaw/kiosk-cage $MULTICLAW_ARGS\n"));
    let unit = unit.replace("/usr/libexec/multiclaw/kiosk-cage", &script);
    let path = folder.path().join("multiclaw-kiosk@tty1.service");
    std::fs::write(&path, &unit).unwrap();
    let output = Command::new("systemd-analyze")
        .args(["verify", "--man=no", "--recursive-errors=no"])
        .arg(&path)
        .output()
        .expect("systemd-analyze (package systemd) is needed");
    let said = String::from_utf8_lossy(&output.stderr);
    let ours: Vec<_> = said.lines().filter(|line| line.contains("multiclaw")).collect();
    assert!(output.status.success() && ours.is_empty(), "{said}");
    for line in [
        "RestartPreventExitStatus=64 78",
        "Restart=on-failure",
        "WatchdogSec=60",
        "NotifyAccess=all",
        "PAMName=multiclaw-kiosk",
        "User=multiclaw-kiosk",
    ] {
        assert!(unit.lines().any(|l| l == line), "{line}");
    }
}

/// The session's script acts on the numbers as the unit does.
#[test]
fn the_session_starts_it_again_by_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let starts = folder.path().join("starts");
    let fake = format!(
        "#!/bin/sh\necho \"$@\" >> {0}\nset -- $CODES\nshift $(($(wc -l < {0}) - 1))\nexit $1\n",
        starts.display()
    );
    program(&folder.path().join("multiclaw"), &fake);
    // Like the real one: it ends with 0, whatever its program does.
    program(&folder.path().join("cage"), "#!/bin/sh\nshift\n\"$@\"\nexit 0\n");
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    for (session, codes, last) in
        [("wayland", "1 69 70 75 139 0", 0), ("x11", "70 64", 64), ("wayland", "78", 78)]
    {
        // None yet.
        let _ = std::fs::remove_file(&starts);
        let status = Command::new(shipped("kiosk-session"))
            .arg(session)
            .envs([("PATH", path.as_str()), ("CODES", codes), ("MULTICLAW_PAUSE", "0")])
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(last), "{session} {codes}");
        let started = std::fs::read_to_string(&starts).unwrap();
        assert_eq!(started.lines().count(), codes.split(' ').count());
        assert!(started.lines().all(|line| line == "--kiosk"), "{started}");
    }
    let usage = Command::new(shipped("kiosk-session")).output().unwrap();
    assert_eq!(usage.status.code(), Some(64));
}

/// The administrator's page names every exit code, and the subcommand is there.
#[test]
fn the_page_names_what_there_is() {
    let page = read("README.md");
    for code in [0, 1, 64, 69, 70, 75, 78] {
        assert!(page.contains(&format!("| {code} |")), "{code}");
    }
    for name in std::fs::read_dir(shipped("")).unwrap() {
        let name = name.unwrap().file_name().into_string().unwrap();
        let in_page = page.contains(&name) || name == "README.md";
        assert!(in_page, "{name} is not explained");
    }
    let help = Command::new(binary()).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for word in ["--kiosk", "--monitor", "--policy", "kiosk-pin"] {
        assert!(help.contains(word) && page.contains(word.trim_start_matches('-')), "{word}");
    }
}
