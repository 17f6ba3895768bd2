//! The real program: built, installed, started.

use super::site::{Keys, Site};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Builds the program as this version, with these keys, into `folder`.
pub fn build(version: &str, keys: &Keys, site: &Site, folder: &Path) -> PathBuf {
    let list = folder.join("update.keys");
    std::fs::write(&list, &keys.list).unwrap();
    // Other tests use the program that is built now.
    let test = std::env::current_exe().unwrap();
    let usual = test.ancestors().nth(2).unwrap().join("multiclaw");
    let kept = folder.join("kept");
    if usual.exists() {
        std::fs::copy(&usual, &kept).unwrap();
    }
    let mut cargo = Command::new(env!("CARGO"));
    // What cargo told this test about itself would have crates built anew that ask for it.
    for (name, _) in std::env::vars() {
        let ours = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
        if ours.iter().any(|part| name.starts_with(part)) || name == "CARGO" {
            cargo.env_remove(name);
        }
    }
    let built = cargo
        .args(["build", "--quiet", "--locked", "--message-format=json"])
        // With the demo, whose parts are built already when all tests are run.
        .args(["-p", "demo", "-p", "multiclaw", "--bin", "multiclaw"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("MULTICLAW_VERSION", version)
        .env("MULTICLAW_UPDATE_KEYS", &list)
        .env("MULTICLAW_UPDATE_BASE", site.base())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(built.status.success());
    let text = String::from_utf8(built.stdout).unwrap();
    let program = text
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|said| said["executable"].as_str().map(PathBuf::from))
        .expect("cargo says where the program is");
    let copy = folder.join(format!("multiclaw-{version}"));
    // Only to have less to pack and to send.
    let stripped = Command::new("strip").arg("-o").arg(&copy).arg(program).status().unwrap();
    assert!(stripped.success());
    if kept.exists() {
        // Not written into: cargo has other names for the same file.
        std::fs::remove_file(&usual).unwrap();
        std::fs::copy(&kept, &usual).unwrap();
    }
    copy
}

/// A person's computer: a home, a folder with the program, a screen.
pub struct Computer {
    pub home: PathBuf,
    pub program: PathBuf,
    variables: Vec<(String, String)>,
    xvfb: Child,
}

impl Computer {
    pub fn new(folder: &Path, keys: &Keys, site: &Site, program: &Path) -> Self {
        let (home, app) = (folder.join("home"), folder.join("app"));
        let run = folder.join("run");
        for path in [&home, &app, &run] {
            std::fs::create_dir(path).unwrap();
        }
        std::fs::set_permissions(&run, std::os::unix::fs::PermissionsExt::from_mode(0o700))
            .unwrap();
        let installed = app.join("multiclaw");
        std::fs::copy(program, &installed).unwrap();
        let trusted = folder.join("authority.pem");
        std::fs::write(&trusted, &site.authority_pem).unwrap();
        let mut xvfb = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        let mut number = String::new();
        BufReader::new(xvfb.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        let variables = [
            ("PATH", "/usr/bin:/bin".to_owned()),
            ("HOME", text(&home)),
            ("DISPLAY", format!(":{}", number.trim())),
            ("XDG_RUNTIME_DIR", text(&run)),
            ("SSL_CERT_FILE", text(&trusted)),
            ("BROKEN_KEYS", keys.list.clone()),
            ("BROKEN_VERSION", "9.2.0".to_owned()),
            ("BROKEN_BASE", site.base()),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value)).into();
        Self { home, program: installed, variables, xvfb }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.env_clear().envs(self.variables.iter().cloned()).stdin(Stdio::null());
        command
    }

    /// Starts the program as a person does.
    pub fn start(&self) -> Running {
        Running(self.command().spawn().unwrap())
    }

    /// What the installed program says that it is.
    pub fn version(&self) -> String {
        let said = self.command().arg("--version").output().unwrap();
        String::from_utf8(said.stdout).unwrap().trim().to_owned()
    }
}

impl Drop for Computer {
    fn drop(&mut self) {
        drop(self.xvfb.kill());
        drop(self.xvfb.wait());
    }
}

/// The running program; it is killed with this.
pub struct Running(Child);

impl Running {
    /// How it ended, if it did.
    pub fn ended(&mut self) -> Option<std::process::ExitStatus> {
        self.0.try_wait().unwrap()
    }

    /// The version that runs: the file of the process itself, which the kernel knows.
    pub fn is(&self, program: &Path) -> bool {
        let file = format!("/proc/{}/exe", self.0.id());
        std::fs::read_link(file).is_ok_and(|file| file == program)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
