//! A computer with a program on it, and a release for it.

use crate::server::{Reply, Server};
use crate::signer::{Signer, archive, comment, keyring, script, version_of, write_program};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use semver::Version;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;
use update::boot::{self, Boot, Next};
use update::{Check, Config, Keys, Offer, Staged, Surroundings, Tuning, UpdateError, Updater};

pub const DAY: u64 = 24 * 60 * 60;
/// When the tests play: 2026-03-31.
pub const NOW: u64 = 1_774_915_200;
pub const TARGET: &str = "linux-x86_64";

pub fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

pub fn version(text: &str) -> Version {
    text.parse().unwrap()
}

pub fn keys(release: &[&str], manifest: &str) -> Keys {
    let mut text: String = release.iter().map(|key| format!("release {key}\n")).collect();
    text.push_str(&format!("manifest {manifest}\n"));
    Keys::parse(&text).unwrap()
}

/// The list that a program of these tests has.
pub fn usual_keys() -> Keys {
    let ring = keyring();
    keys(&[&ring.release.public, &ring.spare.public], &ring.manifest.public)
}

/// What is published. Each field may be made wrong.
pub struct Release {
    pub version: String,
    /// As the archive's comment says.
    pub signed: Vec<(&'static str, String)>,
    /// As the manifest's comment says.
    pub stated: Vec<(&'static str, String)>,
    pub archive: Vec<u8>,
    pub release: &'static Signer,
    pub manifest: &'static Signer,
    pub edit: Box<dyn Fn(&mut Value)>,
}

impl Release {
    pub fn new(version: &str, seq: u64) -> Self {
        let file = format!("MultiClaw-{version}-{TARGET}.tar.gz");
        let own = |pairs: &[(&'static str, &str)]| {
            pairs.iter().map(|(key, value)| (*key, (*value).to_owned())).collect::<Vec<_>>()
        };
        Self {
            version: version.into(),
            signed: own(&[
                ("timestamp", &(NOW - 7200).to_string()),
                ("file", &file),
                ("version", version),
                ("product", "multiclaw"),
                ("kind", "artifact"),
                ("channel", "stable"),
                ("target", TARGET),
            ]),
            stated: own(&[
                ("product", "multiclaw"),
                ("kind", "manifest"),
                ("channel", "stable"),
                ("seq", &seq.to_string()),
                ("timestamp", &(NOW - 3600).to_string()),
                ("expires", &(NOW + 21 * DAY).to_string()),
            ]),
            archive: archive(&script(version)),
            release: &keyring().release,
            manifest: &keyring().manifest,
            edit: Box::new(|_| {}),
        }
    }

    /// Makes the archive's comment say something else.
    pub fn sign(mut self, key: &'static str, value: &str) -> Self {
        set(&mut self.signed, key, value);
        self
    }

    /// Makes the manifest's comment say something else.
    pub fn state(mut self, key: &'static str, value: &str) -> Self {
        set(&mut self.stated, key, value);
        self
    }

    pub fn with(mut self, archive: Vec<u8>) -> Self {
        self.archive = archive;
        self
    }

    pub fn edit(mut self, edit: impl Fn(&mut Value) + 'static) -> Self {
        self.edit = Box::new(edit);
        self
    }

    pub fn file(&self) -> String {
        format!("MultiClaw-{}-{TARGET}.tar.gz", self.version)
    }

    pub fn signature(&self) -> String {
        self.release.sign(&self.archive, &joined(&self.signed))
    }

    /// The manifest as bytes, for a server at this port.
    pub fn json(&self, port: u16) -> Vec<u8> {
        let url = format!("https://127.0.0.1:{port}/desktop/{}/{}", self.version, self.file());
        let seq = &self.stated.iter().find(|(key, _)| *key == "seq").unwrap().1;
        let mut value = json!({
            "version": self.version, "notes": "News.", "pub_date": "2026-03-31T00:00:00Z",
            "platforms": {TARGET: {
                "url": url,
                "signature": STANDARD.encode(self.signature()),
                "size": self.archive.len(),
            }},
            "channel": "stable", "seq": seq.parse::<u64>().unwrap(), "min_version": "1.0.0",
        });
        (self.edit)(&mut value);
        serde_json::to_vec_pretty(&value).unwrap()
    }

    pub fn manifest_signature(&self, json: &[u8]) -> String {
        self.manifest.sign(json, &joined(&self.stated))
    }
}

fn set(fields: &mut [(&'static str, String)], key: &'static str, value: &str) {
    fields.iter_mut().find(|(name, _)| *name == key).unwrap().1 = value.into();
}

pub fn joined(fields: &[(&'static str, String)]) -> String {
    let fields: Vec<_> = fields.iter().map(|(key, value)| (*key, value.as_str())).collect();
    comment(&fields)
}

pub struct World {
    folder: TempDir,
    pub server: Server,
    pub tuning: Tuning,
    pub keys: Keys,
}

impl World {
    /// A computer on which version 1.0.0 runs.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("app")).unwrap();
        let never = Duration::from_secs(60);
        let limits = net::Limits { idle: never, total: never, rate: (never, 0), most: 0 };
        let tuning = Tuning {
            small: limits,
            archive: limits,
            look: Duration::from_millis(2),
            ..Tuning::default()
        };
        let world = Self { folder, server: Server::new().await, tuning, keys: usual_keys() };
        write_program(&world.program(), &script("1.0.0"));
        world
    }

    pub fn program(&self) -> PathBuf {
        self.folder.path().join("app/multiclaw")
    }

    pub fn work(&self, name: &str) -> PathBuf {
        self.folder.path().join("app/.mc-update").join(name)
    }

    /// In the folder that only starts write.
    pub fn kept(&self, name: &str) -> PathBuf {
        self.folder.path().join("app/.mc-kept").join(name)
    }

    pub fn state(&self) -> PathBuf {
        self.folder.path().join("home/update/state.json")
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The version of the program that is there.
    pub fn installed(&self) -> String {
        version_of(&self.program())
    }

    /// What the program of this version knows.
    pub fn config(&self, running: &str) -> Config {
        Config {
            keys: self.keys.clone(),
            version: version(running),
            target: TARGET.into(),
            product: "multiclaw".into(),
            channel: "stable".into(),
            base: format!("https://127.0.0.1:{}/desktop/", self.server.port).parse().unwrap(),
            program: self.program(),
            state: self.state().parent().unwrap().to_owned(),
            min_seq: 100,
            newest: None,
        }
    }

    pub fn updater_of(&self, config: Config) -> Updater {
        Updater::open_with(config, self.server.door(), self.tuning.clone(), nowhere())
    }

    /// The updater of the program that is there.
    pub fn updater(&self) -> Updater {
        self.updater_of(self.config(&self.installed()))
    }

    pub fn publish(&self, release: &Release) {
        let json = release.json(self.server.port);
        let signature = release.manifest_signature(&json);
        self.put_manifest(json, signature.into_bytes());
        let path = format!("/desktop/{}/{}", release.version, release.file());
        self.server.put(&path, Reply::File(release.archive.clone()));
    }

    pub fn put_manifest(&self, json: Vec<u8>, signature: Vec<u8>) {
        self.server.put("/desktop/stable/latest.json", Reply::File(json));
        self.server.put("/desktop/stable/latest.json.minisig", Reply::File(signature));
    }

    pub async fn check(&self) -> Result<Check, UpdateError> {
        self.updater().check(at(NOW)).await
    }

    pub async fn offer(&self) -> Offer {
        match self.check().await.unwrap() {
            Check::Offer(offer) => offer,
            other => panic!("{other:?}"),
        }
    }

    pub async fn download(&self) -> Result<Staged, UpdateError> {
        let offer = self.offer().await;
        self.updater().download(&offer, |_, _| {}).await
    }

    /// Publishes a version and lets it wait for the next start.
    pub async fn stage(&self, release: &Release) {
        self.publish(release);
        self.download().await.unwrap();
    }

    /// Starts the program that is there, and those that it starts in its place.
    pub fn start(&self) -> Boot {
        self.start_at(NOW)
    }

    pub fn start_at(&self, now: u64) -> Boot {
        for _ in 0..3 {
            let config = self.config(&self.installed());
            match boot::begin_with(&config, at(now), &self.tuning) {
                Next::Run(boot) => return boot,
                Next::Exec(path) => {
                    assert_eq!(path, self.program().canonicalize().unwrap());
                }
            }
        }
        panic!("the programs start each other without an end");
    }

    /// Names in `.mc-update`, and in `.mc-kept` behind `kept/`, without the locks.
    pub fn left(&self) -> Vec<String> {
        let mut left = Vec::new();
        for (folder, prefix) in [(self.work(""), ""), (self.kept(""), "kept/")] {
            let entries = fs::read_dir(folder).into_iter().flatten();
            let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
            let names = names.filter(|name| name != "lock" && name != "trial");
            left.extend(names.map(|name| format!("{prefix}{name}")));
        }
        left.sort();
        left
    }

    /// That nothing was installed and nothing waits.
    pub fn assert_untouched(&self) {
        assert_eq!(self.installed(), "1.0.0");
        assert_eq!(self.left(), [""; 0]);
        assert_eq!(self.start().notes, [""; 0]);
        assert_eq!(self.installed(), "1.0.0");
    }
}

/// Surroundings without package managers.
pub fn nowhere() -> Surroundings {
    let none = PathBuf::from("/nonexistent");
    let rpm = vec![none.clone()];
    Surroundings { flatpak: none.clone(), dpkg: none, rpm, app_dir: None, snap: None }
}
