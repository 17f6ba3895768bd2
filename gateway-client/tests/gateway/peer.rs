//! A real OpenClaw gateway, with an offline model, for tests. It uses nothing of this crate, so
//! that tests of other crates can include this file.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// For the gateway to end after it was asked to. A running turn may hold it.
const STOP: Duration = Duration::from_secs(30);

/// A gateway. It is stopped when this is dropped; its folder goes with it.
pub struct Peer {
    running: Option<(Child, BufReader<ChildStdout>)>,
    /// On 127.0.0.1. It stays the same when the gateway is stopped and started again.
    pub port: u16,
    /// The shared token.
    pub token: String,
    folder: TempDir,
}

/// The folder of the program that installs and starts it.
fn programs() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = here.ancestors().map(|folder| folder.join("shared/peers/openclaw"));
    found.into_iter().find(|folder| folder.join("start").is_file()).unwrap_or_else(|| {
        panic!("the OpenClaw gateway is needed: shared/peers/openclaw is beside the source tree")
    })
}

/// Installs the gateway once; does nothing where it is installed already.
fn install() {
    static INSTALLED: OnceLock<()> = OnceLock::new();
    INSTALLED.get_or_init(|| {
        let done = Command::new(programs().join("install")).stdin(Stdio::null()).output();
        let done = done.expect("shared/peers/openclaw/install can be run");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "the OpenClaw gateway cannot be installed:\n{said}");
    });
}

impl Peer {
    /// Starts a gateway with an empty state, and waits until it is ready.
    pub fn start() -> Self {
        install();
        let folder = tempfile::tempdir().unwrap();
        let mut peer = Self { running: None, port: 0, token: String::new(), folder };
        peer.start_again();
        peer
    }

    /// Starts it again after [`Peer::stop`], with its state and its port.
    pub fn start_again(&mut self) {
        assert!(self.running.is_none(), "it runs already");
        let folder = self.folder.path().join("peer");
        let mut command = Command::new(programs().join("start"));
        command.arg(&folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        if self.port != 0 {
            command.env("PORT", self.port.to_string());
        }
        let mut child = command.spawn().expect("shared/peers/openclaw/start can be run");
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line).unwrap() == 0 {
                let log = std::fs::read_to_string(folder.join("gateway.log")).unwrap_or_default();
                panic!("the OpenClaw gateway did not start: {:?}\n{log}", child.wait());
            }
            match line.trim().split_once('=') {
                Some(("ws_url", url)) => {
                    self.port = url.rsplit(':').next().unwrap().parse().unwrap();
                }
                Some(("token_file", file)) => {
                    self.token = std::fs::read_to_string(file).unwrap().trim().to_owned();
                }
                None if line.trim() == "ready" => break,
                _ => {}
            }
        }
        self.running = Some((child, lines));
    }

    /// Its state folder.
    pub fn state_dir(&self) -> PathBuf {
        self.folder.path().join("peer/state")
    }

    /// Stops it as a service manager does.
    pub fn stop(&mut self) {
        let Some((mut child, _lines)) = self.running.take() else { return };
        let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
        let since = Instant::now();
        while asked.as_ref().is_ok_and(std::process::ExitStatus::success) && since.elapsed() < STOP
        {
            if child.try_wait().ok().flatten().is_some() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.stop();
    }
}
