//! Releases: archives, keys, and what is refused.

use super::{refused, run, script};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const VERSION: &str = "9.8.7";
const ARCHIVE: &str = "MultiClaw-9.8.7-linux-x86_64.tar.gz";

/// Keys of a release job.
struct Keys {
    folder: PathBuf,
    list: PathBuf,
}

/// A place to release in.
struct Job(TempDir);

impl Job {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Without passwords, which take minisign seconds and a gigabyte each.
    fn keys(&self, name: &str) -> Keys {
        let (folder, list) = (self.path(name), self.path(&format!("{name}.keys")));
        std::fs::create_dir(&folder).unwrap();
        let mut lines = String::new();
        for (role, file) in [("release", "release"), ("release", "spare"), ("manifest", "manifest")]
        {
            let public = folder.join(format!("{file}.pub"));
            run(Command::new("minisign")
                .args(["-G", "-W", "-p"])
                .arg(&public)
                .arg("-s")
                .arg(folder.join(format!("{file}.key"))));
            let public = std::fs::read_to_string(public).unwrap();
            lines += &format!("{role} {}\n", public.lines().nth(1).unwrap());
        }
        std::fs::write(&list, lines).unwrap();
        Keys { folder, list }
    }

    /// A program that says its version and holds this list, as a build does.
    fn program(&self, keys: &Keys) -> PathBuf {
        let (source, program) = (self.path("program.c"), self.path("program"));
        let list = std::fs::read_to_string(&keys.list).unwrap().replace('\n', "\\n");
        let text = format!(
            "#include <stdio.h>\nchar keys[] = \"{list}\";\n\
             int main(void) {{ puts(keys[0] ? \"multiclaw {VERSION}\" : keys); return 0; }}\n"
        );
        std::fs::write(&source, text).unwrap();
        run(Command::new("cc").arg("-s").arg(&source).arg("-o").arg(&program));
        program
    }

    /// The release job, without what takes minutes.
    fn release(&self, program: &Path, keys: &Path, list: &Path) -> Command {
        let mut command = script("release");
        command.arg(VERSION).args(["--draft", "--seq", "77", "--keys"]).arg(keys);
        command.arg("--binary").arg(program).arg("--out").arg(self.path("out"));
        command.env("MULTICLAW_UPDATE_KEYS", list);
        command
    }

    /// Nothing is left that somebody could publish.
    #[track_caller]
    fn is_empty(&self) {
        assert!(!self.path("out").exists(), "a refused release is still there");
    }
}

fn comment(signature: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(signature).unwrap();
    let line = text.lines().nth(2).unwrap().strip_prefix("trusted comment: ").unwrap();
    line.split('\t').map(str::to_owned).collect()
}

#[test]
fn u28_a_release_is_verified_with_the_keys_that_are_built_in() {
    let job = Job::new();
    let keys = job.keys("keys");
    let program = job.program(&keys);
    let told = run(&mut job.release(&program, &keys.folder, &keys.list));
    assert!(told.contains("SBOM: not made"), "{told}");

    let out = job.path("out");
    let bound = comment(&out.join(format!("{ARCHIVE}.minisig")));
    assert!(bound[0].starts_with("timestamp:"), "{bound:?}");
    assert_eq!(
        bound[1..],
        [
            format!("file:{ARCHIVE}"),
            format!("version:{VERSION}"),
            "product:multiclaw".into(),
            "kind:artifact".into(),
            "channel:stable".into(),
            "target:linux-x86_64".into(),
        ]
    );
    let bound = comment(&out.join("latest.json.minisig"));
    assert_eq!(
        bound[..4],
        ["product:multiclaw", "kind:manifest", "channel:stable", "seq:77"].map(str::to_owned)
    );
    let seconds =
        |at: usize, name: &str| -> u64 { bound[at].strip_prefix(name).unwrap().parse().unwrap() };
    assert_eq!(seconds(5, "expires:") - seconds(4, "timestamp:"), 21 * 24 * 60 * 60);
    let manifest = std::fs::read_to_string(out.join("latest.json")).unwrap();
    let address = format!("\"https://cdn.multiclaw.io/desktop/{VERSION}/{ARCHIVE}\"");
    assert!(manifest.contains(&address), "{manifest}");

    // Whoever changes it later is found out: a file, the list, a file more.
    let verify = || {
        let mut command = script("verify");
        command.arg(&out).env("MULTICLAW_UPDATE_KEYS", &keys.list);
        command
    };
    run(&mut verify());
    std::fs::write(out.join("more.deb"), "x").unwrap();
    assert!(refused(&mut verify()).contains("SHA256SUMS does not name more.deb"));
    std::fs::remove_file(out.join("more.deb")).unwrap();
    let changed = manifest.replace("\"seq\": 77", "\"seq\": 78");
    assert_ne!(changed, manifest);
    std::fs::write(out.join("latest.json"), changed).unwrap();
    refused(&mut verify());
    std::fs::write(out.join("latest.json"), manifest).unwrap();
    let mut archive = std::fs::read(out.join(ARCHIVE)).unwrap();
    archive[99] ^= 1;
    std::fs::write(out.join(ARCHIVE), archive).unwrap();
    refused(&mut verify());
}

#[test]
fn u28_a_wrong_key_is_found_before_users_find_it() {
    let job = Job::new();
    let (keys, other) = (job.keys("keys"), job.keys("other"));
    let program = job.program(&keys);

    // Signed by somebody else.
    let told = refused(&mut job.release(&program, &other.folder, &keys.list));
    assert!(told.contains("is not signed by a release key"), "{told}");
    job.is_empty();

    // The right release key, and a manifest key of somebody else.
    let mixed = job.path("mixed");
    std::fs::create_dir(&mixed).unwrap();
    std::fs::copy(keys.folder.join("release.key"), mixed.join("release.key")).unwrap();
    std::fs::copy(other.folder.join("manifest.key"), mixed.join("manifest.key")).unwrap();
    refused(&mut job.release(&program, &mixed, &keys.list));
    job.is_empty();

    // A list that the program was not built with.
    let told = refused(&mut job.release(&program, &other.folder, &other.list));
    assert!(told.contains("is not built into the program"), "{told}");
    job.is_empty();

    // No list, another version.
    let told = refused(&mut job.release(&program, &keys.folder, &job.path("none")));
    assert!(told.contains("there is no list of keys"), "{told}");
    let mut command = job.release(&program, &keys.folder, &keys.list);
    command.args(["9.8.8"]);
    let told = refused(&mut command);
    assert!(told.contains("not 'multiclaw 9.8.8'"), "{told}");
    job.is_empty();
}

#[test]
fn keys_are_for_their_owner_only_and_never_written_over() {
    let job = Job::new();
    let (folder, list, password) = (job.path("keys"), job.path("list"), job.path("password"));
    std::fs::write(&password, "correct horse\n").unwrap();
    run(script("new-keys")
        .arg(&folder)
        .arg("--list")
        .arg(&list)
        .arg("--password-file")
        .arg(&password));
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for name in ["release", "spare", "manifest"] {
        let file = folder.join(format!("{name}.key"));
        assert_eq!(mode(&file), 0o600, "{name}");
        // "EdSc": sealed with the password, through scrypt. Two zeros are there without one.
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.lines().nth(1).unwrap().starts_with("RWRTY"), "{name} has no password");
    }
    let lines = std::fs::read_to_string(&list).unwrap();
    let roles: Vec<_> = lines.lines().map(|line| line.split_once(" RW").unwrap().0).collect();
    assert_eq!(roles, ["release", "release", "manifest"]);
    let told = refused(script("new-keys").arg(&folder).arg("--list").arg(&list));
    assert!(told.contains("never written over"), "{told}");
    // Nor do they get into the repository by mistake.
    let told = refused(script("new-keys").arg(super::root().join("packaging/keys/secret")));
    assert!(told.contains("inside the repository"), "{told}");
}

#[test]
fn the_archive_is_the_same_twice_and_holds_plain_files_of_nobody() {
    let job = Job::new();
    let program = job.path("program");
    std::fs::write(&program, "a program").unwrap();
    let make = |out: &str, mode: u32| {
        std::fs::set_permissions(&program, Permissions::from_mode(mode)).unwrap();
        let out = job.path(out);
        let made = run(script("tarball").arg("--binary").arg(&program).arg("--out").arg(&out));
        std::fs::read(made.trim()).map(|bytes| (PathBuf::from(made.trim()), bytes)).unwrap()
    };
    let (file, first) = make("one", 0o600);
    let (_, second) = make("two", 0o777);
    assert!(first == second, "two archives of the same program differ");
    let listed =
        run(Command::new("tar").args(["--numeric-owner", "--full-time", "-tvzf"]).arg(file));
    let rows: Vec<Vec<&str>> =
        listed.lines().map(|line| line.split_whitespace().collect()).collect();
    let names: Vec<_> = rows.iter().map(|row| (row[0], row[1], row[5])).collect();
    assert_eq!(
        names,
        [
            ("-rw-r--r--", "0/0", "LICENSE"),
            ("-rw-r--r--", "0/0", "NOTICES.txt"),
            ("-rwxr-xr-x", "0/0", "multiclaw"),
        ]
    );
}
