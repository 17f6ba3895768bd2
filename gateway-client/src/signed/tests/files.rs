//! The key, and the file that hands it over.

use super::*;

#[test]
fn a_key_does_not_print_itself() {
    let session = Session { port: 1, pid: 2, started_at: 3, key: key() };
    let verifier = Verifier::new(key(), PORT);
    let text = format!("{session:?} {verifier:?}");
    assert!(text.contains("[redacted]"));
    assert!(!text.contains("BwcHBw") && !text.contains("7, 7") && !text.contains("0707"));
    assert_ne!(Key::generate(), Key::generate());
    assert_ne!(Nonce::generate(), Nonce::generate());
}

#[cfg(unix)]
#[test]
fn a_session_file_is_its_owners_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.json");
    assert_eq!(Session::read(&path), Err(SessionError::Absent));
    let session = Session { port: 18790, pid: 42, started_at: NOW, key: Key::generate() };
    session.write(&path).unwrap();
    assert_eq!(Session::read(&path), Ok(session.clone()));
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode(&path), 0o600);
    // Written again it is another, and nothing else lies about.
    let second = Session { key: Key::generate(), ..session };
    second.write(&path).unwrap();
    assert_eq!(Session::read(&path), Ok(second.clone()));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

    for open in [0o640, 0o604, 0o660, 0o602] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(open)).unwrap();
        assert_eq!(Session::read(&path), Err(SessionError::Open), "{open:o}");
    }
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    assert_eq!(Session::read(&link), Err(SessionError::NotAFile));
    // Written over, a link is replaced and what it led to stays.
    let third = Session { port: 7, ..second.clone() };
    third.write(&link).unwrap();
    assert_eq!(Session::read(&path), Ok(second));
    assert_eq!(Session::read(&link), Ok(third));
    assert_eq!(Session::read(folder.path()), Err(SessionError::NotAFile));
    let pipe = folder.path().join("pipe");
    make_pipe(&pipe);
    assert_eq!(Session::read(&pipe), Err(SessionError::NotAFile));
    for broken in ["", "{}", "null", r#"{"port":0,"pid":1,"started_at":1,"key":"x"}"#] {
        std::fs::write(&path, broken).unwrap();
        assert_eq!(Session::read(&path), Err(SessionError::Broken), "{broken}");
    }
    std::fs::write(&path, vec![b' '; 5_000]).unwrap();
    assert_eq!(Session::read(&path), Err(SessionError::TooLong));
}

#[cfg(unix)]
fn make_pipe(path: &std::path::Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}
