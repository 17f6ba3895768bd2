//! The program and the folder, as they are on the disk.

use super::*;

#[cfg(unix)]
#[test]
fn the_program_is_found_on_absolute_entries_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let make = |name: &str, mode: u32| {
        let bin = folder.path().join(name);
        std::fs::create_dir_all(&bin).unwrap();
        let file = bin.join("openclaw");
        std::fs::write(&file, "").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        bin
    };
    let (plain, runs) = (make("plain", 0o644), make("runs", 0o755));
    let dir = folder.path().join("dir");
    std::fs::create_dir_all(dir.join("openclaw")).unwrap();
    let linked = folder.path().join("linked");
    std::fs::create_dir(&linked).unwrap();
    std::os::unix::fs::symlink(runs.join("openclaw"), linked.join("openclaw")).unwrap();
    let find = |path: &[&Path]| {
        let path = std::env::join_paths(path).unwrap();
        find_program(&Environment::from_variables([("PATH", path)]))
    };
    let found = runs.join("openclaw");
    assert_eq!(find(&[&plain, &dir, Path::new(""), &runs]), Some(found));
    assert_eq!(find(&[&linked]), Some(linked.join("openclaw")));
    assert_eq!(find(&[&plain, &dir]), None);
    // From the working folder these entries would lead to the program.
    let here = std::env::current_dir().unwrap();
    let up = here.components().skip(1).map(|_| "..").collect::<PathBuf>();
    let relative = up.join(runs.strip_prefix("/").unwrap());
    assert!(relative.join("openclaw").is_file());
    assert_eq!(find(&[&relative, Path::new("."), Path::new("")]), None);
    assert_eq!(find_program(&Environment::default()), None);
}

#[cfg(unix)]
#[test]
fn a_folder_is_checked_and_repaired() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    assert_eq!(folder::check(&path), Ok(FolderMode::Absent));
    assert!(matches!(folder::make_private(&path), Err(FolderError::System(_))));
    std::fs::create_dir(&path).unwrap();
    let set = |mode| {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    for (mode, words) in [
        (0o755, "drwxr-xr-x"),
        (0o750, "drwxr-x---"),
        (0o701, "drwx-----x"),
        (0o1777, "drwxrwxrwt"),
        (0o2770, "drwxrws---"),
        (0o1706, "drwx---rwT"),
    ] {
        set(mode);
        assert_eq!(folder::check(&path), Ok(FolderMode::Open { mode: words.into() }), "{mode:o}");
        assert_eq!(folder::make_private(&path), Ok(()));
        assert_eq!(folder::check(&path), Ok(FolderMode::Private));
        let now = std::fs::metadata(&path).unwrap().permissions().mode() & 0o7777;
        assert_eq!(now & 0o777, 0o700, "{now:o}");
    }
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    set(0o755);
    assert_eq!(folder::make_private(&link), Err(FolderError::Link));
    assert!(matches!(folder::check(&link), Ok(FolderMode::Open { .. })));
    assert!(matches!(folder::check(&path), Ok(FolderMode::Open { .. })));
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    assert_eq!(folder::check(&file), Err(FolderError::NotAFolder));
    assert_eq!(folder::make_private(&file), Err(FolderError::NotAFolder));
    let nowhere = folder.path().join("nowhere");
    std::os::unix::fs::symlink("/nonexistent/x", &nowhere).unwrap();
    assert_eq!(folder::check(&nowhere), Err(FolderError::Link));
}

#[test]
fn versions_are_read_and_compared() {
    let parse = |text: &str| Version::parse(text).map(|v| (v.to_string(), v.compatibility()));
    let some = |text: &str, fits| Some((text.to_owned(), fits));
    use Compatibility::*;
    assert_eq!(parse("OpenClaw 2026.9.6 (eb377ac)"), some("2026.9.6", Fits));
    assert_eq!(parse("2026.5.12"), some("2026.5.12", Fits));
    assert_eq!(parse("OpenClaw 2026.5.7"), some("2026.5.7", TooOld));
    assert_eq!(parse("openclaw 2026.5.12-beta.4 (x)"), some("2026.5.12-beta.4", Fits));
    assert_eq!(parse("2025.12.31"), some("2025.12.31", TooOld));
    assert_eq!(parse("2026.10.1"), some("2026.10.1", Untried));
    assert_eq!(parse("2027.1.1"), some("2027.1.1", Untried));
    for text in [
        "",
        "OpenClaw",
        "1.2.3",
        "2026.9",
        "2026.9.6.1",
        "2026.13.1",
        "2026.0.1",
        "2026.9.x",
        "2026.9.99999999",
        "2026.9.6-",
        "2026.9.6-\u{1b}[2J",
        "v2026.9.6",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
}
