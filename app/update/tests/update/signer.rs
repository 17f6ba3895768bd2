//! The program `minisign`, and archives for it to sign.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// A pair of keys.
pub struct Signer {
    folder: TempDir,
    /// The second line of the `.pub` file.
    pub public: String,
}

fn minisign(arguments: &[&str], paths: &[(&str, &Path)]) {
    let mut command = Command::new("minisign");
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    for (flag, path) in paths {
        command.arg(flag).arg(path);
    }
    let status = command.status().expect("these tests need minisign: apt install minisign");
    assert!(status.success(), "{command:?}");
}

impl Signer {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (public, secret) = (folder.path().join("k.pub"), folder.path().join("k.key"));
        minisign(&["-G", "-W", "-f"], &[("-p", &public), ("-s", &secret)]);
        let public = fs::read_to_string(public).unwrap().lines().nth(1).unwrap().to_owned();
        Self { folder, public }
    }

    /// The text of a `.minisig` file.
    pub fn sign(&self, content: &[u8], comment: &str) -> String {
        self.run(content, comment, &["-S"])
    }

    /// The same without hashing first.
    pub fn sign_legacy(&self, content: &[u8], comment: &str) -> String {
        self.run(content, comment, &["-S", "-l"])
    }

    fn run(&self, content: &[u8], comment: &str, mode: &[&str]) -> String {
        let work = tempfile::tempdir().unwrap();
        let (file, signature) = (work.path().join("f"), work.path().join("f.minisig"));
        fs::write(&file, content).unwrap();
        let secret = self.folder.path().join("k.key");
        let paths = [("-s", secret.as_path()), ("-m", &file), ("-x", &signature)];
        minisign(&[mode, &["-t", comment]].concat(), &paths);
        fs::read_to_string(signature).unwrap()
    }

    /// A public key with the id of this one that is another one's.
    pub fn impostor(&self, other: &Self) -> String {
        let mut key = STANDARD.decode(&other.public).unwrap();
        key[2..10].copy_from_slice(&STANDARD.decode(&self.public).unwrap()[2..10]);
        STANDARD.encode(key)
    }
}

/// The keys that most tests use. Making one takes a moment.
pub struct Keyring {
    pub release: Signer,
    pub spare: Signer,
    pub manifest: Signer,
    pub stranger: Signer,
}

pub fn keyring() -> &'static Keyring {
    static RING: OnceLock<Keyring> = OnceLock::new();
    let new = Signer::new;
    RING.get_or_init(|| Keyring { release: new(), spare: new(), manifest: new(), stranger: new() })
}

/// Tab-separated `key:value`.
pub fn comment(fields: &[(&str, &str)]) -> String {
    let fields: Vec<_> = fields.iter().map(|(key, value)| format!("{key}:{value}")).collect();
    fields.join("\t")
}

/// Program text that calls itself this version in its self-test.
pub fn script(version: &str) -> String {
    format!("#!/bin/sh\necho \"multiclaw {version} linux-x86_64\"\n")
}

/// The version of a program that [`script`] made.
pub fn version_of(program: &Path) -> String {
    let text = fs::read_to_string(program).unwrap();
    let version = text.split("multiclaw ").nth(1).unwrap().split(' ').next().unwrap();
    version.to_owned()
}

pub fn tar(fill: impl FnOnce(&mut tar::Builder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut builder = tar::Builder::new(&mut bytes);
    fill(&mut builder);
    builder.finish().unwrap();
    drop(builder);
    bytes
}

/// Adds a file.
pub fn put(builder: &mut tar::Builder<&mut Vec<u8>>, name: &str, mode: u32, content: &[u8]) {
    let mut header = tar::Header::new_gnu();
    header.set_size(content.len() as u64);
    header.set_mode(mode);
    builder.append_data(&mut header, name, content).unwrap();
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    std::io::Write::write_all(&mut gzip, bytes).unwrap();
    gzip.finish().unwrap()
}

/// An archive with a program and a licence.
pub fn archive(program: &str) -> Vec<u8> {
    let tar = tar(|tar| {
        put(tar, "multiclaw", 0o755, program.as_bytes());
        put(tar, "LICENSE", 0o644, b"Do what you like.\n");
    });
    gzip(&tar)
}

pub fn write_program(path: &PathBuf, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}
