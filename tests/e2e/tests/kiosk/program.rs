//! The program itself, and what it is started with.

use crate::screen::X;
use e2e::World;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixDatagram;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, built beside these tests.
pub fn binary() -> PathBuf {
    let path = Path::new(env!("CARGO_BIN_EXE_viewer")).with_file_name("multiclaw");
    assert!(path.exists(), "build it first: cargo build -p multiclaw");
    path
}

/// Nobody in particular, for what root may not run.
const NOBODY: u32 = 65534;

fn is_root() -> bool {
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

/// Makes the hash with the program's own subcommand.
fn hash(pin: &str) -> String {
    let mut child = Command::new(binary())
        .arg("kiosk-pin")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    write!(child.stdin.take().unwrap(), "{pin}\n{pin}\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Folders and files of one screen.
pub struct Stage {
    folder: TempDir,
    data: PathBuf,
    url: String,
    ca: PathBuf,
}

impl Stage {
    pub fn new(world: &World, pin: &str) -> Self {
        let mut stage = Self::bare(pin);
        stage.url.clone_from(&world.url);
        std::fs::create_dir(&stage.data).unwrap();
        let kept = world.folder.path().join("app/session.json");
        std::fs::copy(kept, stage.data.join("session.json")).expect("a sign-in is kept");
        std::fs::copy(world.ca_file(), &stage.ca).unwrap();
        stage
    }

    /// Without a cloud and a sign-in.
    pub fn bare(pin: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let run = folder.path().join("run");
        std::fs::create_dir(&run).unwrap();
        std::fs::set_permissions(&run, std::fs::Permissions::from_mode(0o700)).unwrap();
        let data = folder.path().join("data");
        let (url, ca) = ("https://localhost:1".into(), folder.path().join("none.pem"));
        let stage = Self { folder, data, url, ca };
        let policy = format!(
            "theme = \"dark\"\n[kiosk]\nbranding = \"Reception\"\npin = \"{}\"\n",
            hash(pin)
        );
        stage.file("policy.toml", &policy);
        stage
    }

    /// A file; its path.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        path.display().to_string()
    }

    pub fn runtime_folder(&self) -> PathBuf {
        self.folder.path().join("run")
    }

    fn base(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        for name in
            ["DISPLAY", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP", "DBUS_SESSION_BUS_ADDRESS"]
        {
            command.env_remove(name);
        }
        command
            .env("XDG_RUNTIME_DIR", self.runtime_folder())
            .env("HOME", self.folder.path())
            .env("MULTICLAW_LOG", "info,rtc_ice=error,wgpu_hal=error,webrtc=error,rtc=error");
        command
    }

    /// Runs it to its end; its number, and whether it said why in one line.
    pub fn run(&self, arguments: &[&str]) -> (i32, bool) {
        let (code, said) = self.run_says(arguments);
        (code, said.contains("multiclaw: ") || said.contains("error: "))
    }

    pub fn run_says(&self, arguments: &[&str]) -> (i32, String) {
        let data = self.data.display().to_string();
        let mut command = self.base(binary());
        let output = command.args(["--data", &data]).args(arguments).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    fn arguments(&self) -> Vec<String> {
        let policy = self.folder.path().join("policy.toml");
        let words = ["--kiosk", "--desktop", "build-box", "--cloud", &self.url, "--data"];
        let mut all: Vec<String> = words.map(str::to_owned).to_vec();
        all.push(self.data.display().to_string());
        all.push("--policy".into());
        all.push(policy.display().to_string());
        all
    }

    pub fn under_cage(&self) -> Program {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging/kiosk/kiosk-cage");
        let bin = self.folder.path().join("bin");
        if !bin.exists() {
            std::fs::create_dir(&bin).unwrap();
            std::fs::copy(script, bin.join("kiosk-cage")).unwrap();
            std::fs::copy(binary(), bin.join("multiclaw")).unwrap();
        }
        let script = bin.join("kiosk-cage");
        // cage does not run as root.
        let mut command = if is_root() {
            let mut command = self.base("setpriv");
            command.args([&format!("--reuid={NOBODY}"), &format!("--regid={NOBODY}")]);
            command.arg("--clear-groups").arg(script);
            command
        } else {
            self.base(script)
        };
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        command
            .envs([("WLR_BACKENDS", "headless"), ("WLR_RENDERER", "pixman")])
            .env("WLR_LIBINPUT_NO_DEVICES", "1")
            .env("PATH", path);
        self.start(command)
    }

    pub fn on_x(&self, display: &X) -> Program {
        let mut command = self.base(binary());
        command.env("DISPLAY", display.name());
        self.start(command)
    }

    fn start(&self, mut command: Command) -> Program {
        let socket = self.folder.path().join("notify");
        if socket.exists() {
            std::fs::remove_file(&socket).unwrap();
        }
        let manager = UnixDatagram::bind(&socket).unwrap();
        manager.set_read_timeout(Some(PATIENCE)).unwrap();
        let log = self.folder.path().join("log");
        let output = std::fs::File::create(&log).unwrap();
        if is_root() && command.get_program() == "setpriv" {
            let owner = format!("{NOBODY}:{NOBODY}");
            let status =
                Command::new("chown").arg("-R").arg(owner).arg(self.folder.path()).status();
            assert!(status.unwrap().success());
        }
        let child = command
            .process_group(0)
            .args(self.arguments())
            .env("SSL_CERT_FILE", &self.ca)
            .env("NOTIFY_SOCKET", &socket)
            .env("WATCHDOG_USEC", "4000000")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(output)
            .spawn()
            .expect("cage (package cage) is needed");
        Program { child, manager, log }
    }

    /// Waits until the file says that so many wrong PINs were entered.
    pub async fn wrong_pins(&self, count: u32) {
        let path = self.data.join("kiosk-pin.json");
        let expected = format!("{{\"failed\":{count},");
        let mut text = String::new();
        for _ in 0..200 {
            text = std::fs::read_to_string(&path).unwrap_or_default();
            if text.starts_with(&expected) {
                // The answer shows a moment after the count.
                tokio::time::sleep(Duration::from_millis(700)).await;
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{count} wrong PINs were expected: {text}");
    }
}

/// The running program; ends with the test.
pub struct Program {
    child: Child,
    manager: UnixDatagram,
    log: PathBuf,
}

impl Program {
    fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    fn hear(&self) -> String {
        let mut buffer = [0; 256];
        match self.manager.recv(&mut buffer) {
            Ok(length) => String::from_utf8_lossy(&buffer[..length]).into_owned(),
            Err(error) => panic!("nothing was said ({error}):\n{}", self.log()),
        }
    }

    /// Waits until it says that it is up.
    pub fn ready(&mut self) {
        assert!(self.hear().starts_with("READY=1\n"), "the first word");
    }

    /// Waits until it has said twice that it lives.
    pub fn alive(&self) {
        for _ in 0..2 {
            assert_eq!(self.hear(), "WATCHDOG=1");
        }
    }

    pub fn log_has(&self, what: &str) {
        assert!(self.log().contains(what), "{what}:\n{}", self.log());
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    fn signal(&self, signal: &str) -> bool {
        let group = format!("-{}", self.child.id());
        Command::new("kill").args([signal, "--", &group]).status().unwrap().success()
    }

    /// Asks all of it to end, as a service manager does.
    pub fn terminate(&self) {
        assert!(self.signal("-TERM"));
    }

    /// The program itself is killed, and not what is around it.
    pub fn crash(&self) {
        let status = Command::new("pkill")
            .args(["-SEGV", "-g", &self.child.id().to_string(), "-x", "multiclaw"])
            .status();
        assert!(status.unwrap().success());
    }

    /// Waits for its end; its number, if it has one.
    pub fn ended(&mut self) -> Option<i32> {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(Instant::now() < until, "it does not end:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may be over already.
        self.signal("-KILL");
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("{}", self.log());
        }
    }
}
