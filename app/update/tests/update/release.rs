//! U28: a release is verified with the keys of the program before anybody downloads it.

use crate::signer::{archive, keyring, script};
use crate::world::{DAY, NOW, Release, at, keys, usual_keys};
use serde_json::json;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use update::{Keys, ReleaseError, UpdateError, verify_release};

const PORT: u16 = 443;

/// A release as it is uploaded.
fn folder(release: &Release) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (stable, version) = (folder.path().join("stable"), folder.path().join(&release.version));
    fs::create_dir(&stable).unwrap();
    fs::create_dir(&version).unwrap();
    let json = release.json(PORT).to_vec();
    // The port is the usual one, which is not written.
    let json = String::from_utf8(json).unwrap().replace(":443/", "/").into_bytes();
    let signature = release.manifest_signature(&json);
    fs::write(stable.join("latest.json"), &json).unwrap();
    fs::write(stable.join("latest.json.minisig"), signature).unwrap();
    fs::write(version.join(release.file()), &release.archive).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let text = manifest["platforms"]["linux-x86_64"]["signature"].as_str().unwrap_or_default();
    let text = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text);
    fs::write(version.join(format!("{}.minisig", release.file())), text.unwrap()).unwrap();
    folder
}

fn verify(keys: &Keys, folder: &Path) -> Result<Vec<String>, ReleaseError> {
    verify_release(keys, "multiclaw", folder, at(NOW)).map(|report| report.lines)
}

#[test]
fn u28_a_release_is_verified_as_people_will() {
    let keys_of_the_program = usual_keys();
    let good = folder(&Release::new("1.1.0", 140));
    let lines = verify(&keys_of_the_program, good.path()).unwrap();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].contains("1.1.0, channel stable, number 140"), "{lines:?}");
    assert!(lines[1].contains("MultiClaw-1.1.0-linux-x86_64.tar.gz"), "{lines:?}");
    // A package beside it, signed with a release key.
    let deb = good.path().join("1.1.0/multiclaw_1.1.0_amd64.deb");
    fs::write(&deb, "deb").unwrap();
    let signature = |signer: &crate::signer::Signer| signer.sign(b"deb", "file:x\tkind:package");
    let beside = deb.with_extension("deb.minisig");
    fs::write(&beside, signature(&keyring().release)).unwrap();
    assert_eq!(verify(&keys_of_the_program, good.path()).unwrap().len(), 3);
    fs::write(&beside, signature(&keyring().stranger)).unwrap();
    assert!(verify(&keys_of_the_program, good.path()).is_err());
    fs::write(&beside, signature(&keyring().release)).unwrap();
    fs::write(&deb, "changed").unwrap();
    assert!(verify(&keys_of_the_program, good.path()).is_err());
}

#[test]
fn u28_the_wrong_key_is_found_before_anybody_has_it() {
    let ring = keyring();
    let good = folder(&Release::new("1.1.0", 140));
    let refused = |keys: &Keys| match verify(keys, good.path()) {
        Err(ReleaseError::Refused { why: UpdateError::Signature(_), file }) => {
            file.file_name().unwrap().to_str().unwrap().to_owned()
        }
        other => panic!("{other:?}"),
    };
    let (release, manifest) = (&ring.release.public, &ring.manifest.public);
    let strange = &ring.stranger.public;
    assert_eq!(refused(&keys(&[strange], manifest)), "MultiClaw-1.1.0-linux-x86_64.tar.gz");
    assert_eq!(refused(&keys(&[release], strange)), "latest.json");
    let impostor = ring.release.impostor(&ring.stranger);
    assert_eq!(refused(&keys(&[&impostor], manifest)), "MultiClaw-1.1.0-linux-x86_64.tar.gz");
    assert!(matches!(verify(&Keys::default(), good.path()), Err(ReleaseError::NoKeys)));
}

#[test]
fn u28_releases_that_nobody_would_take() {
    let keys = usual_keys();
    let edited = |edit: fn(&mut serde_json::Value)| Release::new("1.1.0", 140).edit(edit);
    for (what, release) in [
        ("expired", Release::new("1.1.0", 140).state("expires", &(NOW - 2 * DAY).to_string())),
        ("future", Release::new("1.1.0", 140).state("timestamp", &(NOW + 2 * DAY).to_string())),
        ("kind", Release::new("1.1.0", 140).state("kind", "artifact")),
        ("product", Release::new("1.1.0", 140).sign("product", "other")),
        ("target", Release::new("1.1.0", 140).sign("target", "other")),
        ("version", Release::new("1.1.0", 140).sign("version", "1.1.1")),
        ("file", Release::new("1.1.0", 140).sign("file", "other.tar.gz")),
        ("prerelease", Release::new("1.1.0-rc.1", 140)),
        ("program", Release::new("1.1.0", 140).with(b"no archive".to_vec())),
        ("size", edited(|json| json["platforms"]["linux-x86_64"]["size"] = json!(1))),
        ("seq", edited(|json| json["seq"] = json!(141))),
        ("min", edited(|json| json["min_version"] = json!("9.9.9"))),
        (
            "http",
            edited(|json| json["platforms"]["linux-x86_64"]["url"] = json!("http://127.0.0.1/x")),
        ),
    ] {
        assert!(verify(&keys, folder(&release).path()).is_err(), "{what}");
    }
    // Files that are missing, or too many.
    let damaged = |damage: &dyn Fn(&Path)| {
        let folder = folder(&Release::new("1.1.0", 140));
        assert!(verify(&keys, folder.path()).is_ok());
        damage(folder.path());
        verify(&keys, folder.path()).unwrap_err()
    };
    let name = "1.1.0/MultiClaw-1.1.0-linux-x86_64.tar.gz";
    let error = damaged(&|folder| fs::remove_file(folder.join(name)).unwrap());
    assert!(matches!(error, ReleaseError::Missing(_)), "{error}");
    let error = damaged(&|folder| fs::remove_file(folder.join(format!("{name}.minisig"))).unwrap());
    assert!(matches!(error, ReleaseError::Unreadable { .. }), "{error}");
    let error = damaged(&|folder| fs::write(folder.join("1.1.0/other.tar.gz"), "x").unwrap());
    assert!(matches!(error, ReleaseError::Stray(_)), "{error}");
    let error = damaged(&|folder| fs::write(folder.join(format!("{name}.minisig")), "x").unwrap());
    assert!(matches!(error, ReleaseError::Stray(_)), "{error}");
    let error = damaged(&|folder| fs::remove_dir_all(folder.join("stable")).unwrap());
    assert!(matches!(error, ReleaseError::Manifests(0)), "{error}");
    let error = damaged(&|folder| fs::write(folder.join("latest.json"), "{}").unwrap());
    assert!(matches!(error, ReleaseError::Manifests(2)), "{error}");
    let error = damaged(&|folder| {
        fs::write(folder.join(name), archive(&script("1.1.0")).repeat(2)).unwrap();
    });
    assert!(matches!(error, ReleaseError::Refused { .. }), "{error}");
    let error = damaged(&|folder| {
        std::os::unix::fs::symlink("/etc/passwd", folder.join("link")).unwrap();
    });
    assert!(matches!(error, ReleaseError::Stray(_)), "{error}");
}
