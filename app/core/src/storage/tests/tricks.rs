//! Names and folders that are not what they should be (H22, H23 of the threat table).

use super::*;

/// Everything that takes a name.
fn all(storage: &Storage, name: &str) -> [Result<(), StorageError>; 4] {
    [
        storage.read(name).map(|found| assert_eq!(found, None, "{name}")),
        storage.write(name, b"x"),
        storage.append(name, b"x\n"),
        storage.remove(name),
    ]
}

#[test]
fn a_name_that_is_none_is_refused_by_everything() {
    let base = tempfile::tempdir().unwrap();
    let inside = base.path().join("inside");
    let storage = Storage::open(&inside).unwrap();
    std::fs::create_dir(inside.join("folder")).unwrap();
    let absolute = base.path().join("x").display().to_string();
    let long = "a".repeat(4096);
    for name in [
        "",
        ".",
        "..",
        "../x",
        "folder/../../x",
        "folder/x",
        "/etc/passwd",
        "/proc/self/fd/0",
        "/dev/null",
        &absolute,
        "a\0b",
        "a\nb",
        &long,
        ".hidden",
        "x.",
        "x ",
        "C:\\x",
        "\\\\?\\C:\\x",
        "\\\\host\\share",
        "session.json:stream",
        "session.json::$DATA",
        "CON",
        "con.json",
        "Aux.txt",
        "NUL .x",
        "COM1",
        "lpt9.json",
        "conin$",
        "a*b",
        "a?b",
        "a|b",
    ] {
        for (n, result) in all(&storage, name).into_iter().enumerate() {
            assert!(result.is_err(), "{name:?} {n}");
        }
    }
    let left: Vec<_> = std::fs::read_dir(base.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    for good in ["session.json", "a b.jsonl", "context.json", "company.json", "é.json", "common"] {
        storage.write(good, b"x").unwrap();
        assert_eq!(storage.read(good).unwrap().unwrap(), b"x");
    }
}

/// A system that does not tell upper from lower case has one file where this one has two.
#[test]
fn names_that_differ_in_case_only_are_two_files_or_one() {
    let base = tempfile::tempdir().unwrap();
    let storage = Storage::open(base.path()).unwrap();
    storage.write("session.json", b"lower").unwrap();
    storage.write("SESSION.JSON", b"upper").unwrap();
    let lower = storage.read("session.json").unwrap().unwrap();
    let count = std::fs::read_dir(base.path()).unwrap().count();
    assert_eq!(lower, if count == 2 { &b"lower"[..] } else { b"upper" });
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_at_once() {
    let base = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    let storage = Storage::open(base.path()).unwrap();
    let at = |name: &str| base.path().join(name);
    assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    std::fs::create_dir(at("folder")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", at("device")).unwrap();
    std::os::unix::fs::symlink("/proc/self/fd/0", at("descriptor")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("x"), at("link")).unwrap();
    std::os::unix::fs::symlink("loop", at("loop")).unwrap();
    std::fs::write(outside.path().join("x"), b"outside").unwrap();
    for name in ["pipe", "socket", "folder", "device", "descriptor", "link", "loop"] {
        assert!(storage.read(name).is_err(), "{name}");
        assert!(storage.append(name, b"x\n").is_err(), "{name}");
    }
    // Written whole, a link is replaced by the file, and what it led to stays.
    for name in ["link", "device", "descriptor"] {
        storage.write(name, b"ours").unwrap();
        assert_eq!(storage.read(name).unwrap().unwrap(), b"ours");
    }
    assert_eq!(std::fs::read(outside.path().join("x")).unwrap(), b"outside");
}

/// A second name of a file of the same person passes; written whole, the other name keeps what it
/// had.
#[cfg(unix)]
#[test]
fn a_hard_link_is_left_alone_by_writing() {
    let base = tempfile::tempdir().unwrap();
    let inside = base.path().join("inside");
    let storage = Storage::open(&inside).unwrap();
    std::fs::write(base.path().join("other"), b"other").unwrap();
    std::fs::hard_link(base.path().join("other"), inside.join("settings.json")).unwrap();
    storage.write("settings.json", b"ours").unwrap();
    assert_eq!(std::fs::read(base.path().join("other")).unwrap(), b"other");
    storage.remove("settings.json").unwrap();
    assert!(base.path().join("other").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_a_link_open_to_others_or_read_only_is_used_repaired_or_said() {
    use std::os::unix::fs::PermissionsExt;
    let base = tempfile::tempdir().unwrap();
    let at = |name: &str| base.path().join(name);
    let set = |name: &str, mode| {
        std::fs::set_permissions(at(name), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let mode = |name: &str| std::fs::metadata(at(name)).unwrap().permissions().mode() & 0o777;
    // A person may keep the folder elsewhere, by a link; it is repaired where it is.
    std::fs::create_dir(at("real")).unwrap();
    set("real", 0o755);
    std::os::unix::fs::symlink(at("real"), at("link")).unwrap();
    let storage = Storage::open(&at("link")).unwrap();
    assert_eq!(mode("real"), 0o700);
    storage.write("a", b"x").unwrap();
    // One that leads nowhere, and a file, are said by name.
    std::os::unix::fs::symlink(at("nowhere"), at("broken")).unwrap();
    std::fs::write(at("file"), b"").unwrap();
    for name in ["broken", "file", "file/below"] {
        let error = Storage::open(&at(name)).unwrap_err().to_string();
        assert!(error.contains(name) && error.contains("cannot be used"), "{error}");
    }
    // Read-only: said with the file's name, and what was there stays. A superuser may write.
    set("real", 0o500);
    let written = storage.write("a", b"y");
    if let Err(error) = &written {
        assert!(error.to_string().contains("the file a cannot be used"), "{error}");
        assert_eq!(storage.read("a").unwrap().unwrap(), b"x");
    } else {
        assert!(std::fs::write(at("real/by-hand"), b"").is_ok(), "only a superuser may");
    }
    set("real", 0o700);
}

/// The folder belongs to somebody else: it cannot be made private, and that is said.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_of_somebody_else_is_said() {
    // `/` belongs to the superuser. Who is that one gets in, and changes nothing: it is not empty.
    let own = std::fs::metadata("/proc/self").map(|about| {
        use std::os::unix::fs::MetadataExt;
        about.uid()
    });
    if own.unwrap() != 0 {
        let error = Storage::open(Path::new("/usr/share")).unwrap_err().to_string();
        assert!(error.contains("/usr/share"), "{error}");
        return;
    }
    let base = tempfile::tempdir().unwrap();
    let theirs = base.path().join("theirs");
    std::fs::create_dir(&theirs).unwrap();
    std::os::unix::fs::chown(&theirs, Some(12_345), Some(12_345)).unwrap();
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    std::fs::set_permissions(&theirs, std::fs::Permissions::from_mode(0o755)).unwrap();
    let opened = Storage::open(&theirs);
    let about = std::fs::metadata(&theirs).unwrap();
    // The superuser may repair it like any other; the owner is not changed behind their back.
    assert_eq!((opened.is_ok(), about.mode() & 0o777, about.uid()), (true, 0o700, 12_345));
}
