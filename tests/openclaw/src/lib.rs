//! A real OpenClaw gateway on this machine, with a model that needs no network.
//!
//! It is installed once for each user (about 45 s and 840 MB), and each [`Peer`] is a gateway of
//! its own, with its own folder and port. Where it cannot be had, what needs it fails.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;
use tempfile::TempDir;

/// Longest wait for a gateway to be ready.
const READY: Duration = Duration::from_secs(150);
/// Longest wait for one to be gone.
const GONE: Duration = Duration::from_secs(30);

/// What goes wrong, in a sentence.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

fn tool(name: &str) -> Result<PathBuf, Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/peers/openclaw");
    let path = folder.join(name);
    path.canonicalize().map_err(|e| format!("{} is needed: {e}", path.display()).into())
}

/// An installed gateway.
#[derive(Clone, Debug)]
pub struct Installation {
    /// The `openclaw` program.
    pub program: PathBuf,
    /// The Node.js that runs it.
    pub node: PathBuf,
}

/// Installs the gateway, if it is not yet.
///
/// # Errors
/// When the installer is not there or fails.
pub fn install() -> Result<Installation, Failure> {
    let output = Command::new(tool("install")?).stdin(Stdio::null()).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Err(format!("OpenClaw was not installed: {why}").into());
    }
    let fact = |name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
            .map(PathBuf::from)
            .ok_or_else(|| format!("the installer does not say {name}"))
    };
    Ok(Installation { program: fact("cli")?, node: fact("node")? })
}

/// How to start a gateway.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Its port; a free one when there is none.
    pub port: Option<u16>,
    /// Pause between the words of its model, in milliseconds.
    pub word_ms: Option<u32>,
    /// JSON that is merged over its configuration.
    pub config: Option<String>,
}

/// Runs a program with a folder, passes on the signal to end, and takes the folder away.
const AND_TIDY: &str = r#"
"$1" "$2" & child=$!
trap 'kill -TERM "$child"' TERM
wait "$child"; code=$?
while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
rm -rf -- "$2"
exit "$code"
"#;

/// Where a gateway has all it has.
enum Folder {
    /// Goes with the peer.
    Own(TempDir),
    /// Goes with this process.
    Process(PathBuf),
}

impl Folder {
    fn path(&self) -> &Path {
        match self {
            Self::Own(folder) => folder.path(),
            Self::Process(path) => path,
        }
    }
}

/// A running gateway. Stopped when it is dropped, and when this process ends.
pub struct Peer {
    /// Its port on 127.0.0.1.
    pub port: u16,
    /// Its shared token.
    pub token: String,
    /// Its process.
    pub gateway_pid: u32,
    /// The program it was started with.
    pub installation: Installation,
    start: u32,
    gone: Mutex<mpsc::Receiver<()>>,
    folder: Folder,
    options: Options,
}

impl std::fmt::Debug for Peer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Peer").field("port", &self.port).finish_non_exhaustive()
    }
}

struct Running {
    port: u16,
    token: String,
    gateway_pid: u32,
    start: u32,
    gone: mpsc::Receiver<()>,
}

impl Peer {
    /// Installs it, if need be, and starts one.
    ///
    /// # Errors
    /// When it cannot be had or is not ready in time.
    pub fn start(options: Options) -> Result<Self, Failure> {
        Self::start_in(Folder::Own(tempfile::tempdir()?), options)
    }

    /// Starts one that many share until this process ends: for a static, which is never dropped.
    ///
    /// # Errors
    /// As [`Peer::start`].
    pub fn start_for_all(options: Options) -> Result<Self, Failure> {
        Self::start_in(Folder::Process(tempfile::tempdir()?.keep()), options)
    }

    fn start_in(folder: Folder, options: Options) -> Result<Self, Failure> {
        let installation = install()?;
        let running = run(&folder, &options)?;
        let Running { port, token, gateway_pid, start, gone } = running;
        let gone = Mutex::new(gone);
        Ok(Self { port, token, gateway_pid, installation, start, gone, folder, options })
    }

    /// The folder of everything it has: `state` is its `~/.openclaw`.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its state folder.
    #[must_use]
    pub fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    /// The folder its agents work in.
    #[must_use]
    pub fn workspace(&self) -> PathBuf {
        self.folder.path().join("workspace")
    }

    /// Stops it and waits until it is gone.
    ///
    /// # Errors
    /// When it does not go.
    pub fn stop(&mut self) -> Result<(), Failure> {
        signal(self.start, "TERM");
        match self.wait() {
            Err(mpsc::RecvTimeoutError::Timeout) => Err("the gateway does not stop".into()),
            _ => Ok(()),
        }
    }

    fn wait(&mut self) -> Result<(), mpsc::RecvTimeoutError> {
        self.gone.get_mut().unwrap_or_else(PoisonError::into_inner).recv_timeout(GONE)
    }

    /// Starts it again after [`Peer::stop`], with the same state on the same port.
    ///
    /// # Errors
    /// As [`Peer::start`].
    pub fn start_again(&mut self) -> Result<(), Failure> {
        let options = Options { port: Some(self.port), ..self.options.clone() };
        let running = run(&self.folder, &options)?;
        (self.start, self.gone) = (running.start, Mutex::new(running.gone));
        self.gateway_pid = running.gateway_pid;
        Ok(())
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        signal(self.start, "TERM");
        // Gone or not: a test that ends has nothing more to do about it.
        let _ = self.wait();
    }
}

fn signal(process: u32, name: &str) {
    // It may be gone already.
    let _ = Command::new("kill")
        .args([&format!("-{name}"), &process.to_string()])
        .stderr(Stdio::null())
        .status();
}

fn run(folder: &Folder, options: &Options) -> Result<Running, Failure> {
    // The signal at the parent's end comes when the *thread* ends that started the process: it is
    // started by the one that reads its output to the end.
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--"]);
    if matches!(folder, Folder::Process(_)) {
        command.args(["bash", "-c", AND_TIDY, "bash"]);
    }
    let folder = folder.path();
    command.arg(tool("start")?).arg(folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(port) = options.port {
        command.env("PORT", port.to_string());
    }
    if let Some(pause) = options.word_ms {
        command.env("FAKE_LLM_DELAY_MS", pause.to_string());
    }
    if let Some(config) = &options.config {
        let path = folder.join("extra.json");
        std::fs::write(&path, config)?;
        command.env("OPENCLAW_EXTRA_CONFIG", path);
    }
    let (facts, told) = mpsc::channel();
    let (going, gone) = mpsc::channel();
    std::thread::Builder::new().name("openclaw".into()).spawn(move || {
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) => {
                let _ = facts.send(Err(format!("the gateway cannot be started: {error}")));
                return;
            }
        };
        let mut said = Vec::new();
        let out = child.stdout.take();
        for line in
            out.into_iter().flat_map(|out| BufReader::new(out).lines().map_while(Result::ok))
        {
            if line == "ready" {
                let _ = facts.send(Ok((child.id(), std::mem::take(&mut said))));
            } else {
                said.push(line);
            }
        }
        let mut why = String::new();
        if let Some(mut err) = child.stderr.take() {
            let _ = std::io::Read::read_to_string(&mut err, &mut why);
        }
        let _ = child.wait();
        let _ = facts.send(Err(format!("the gateway ended: {why}")));
        drop(going);
    })?;
    let (start, said) = told
        .recv_timeout(READY)
        .map_err(|_| "the gateway was not ready in time")?
        .map_err(Failure::from)?;
    let fact = |name: &str| {
        said.iter()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
            .ok_or_else(|| format!("the gateway's starter does not say {name}"))
    };
    let port = fact("ws_url")?.rsplit(':').next().unwrap_or_default().parse()?;
    let token = std::fs::read_to_string(fact("token_file")?)?.trim().to_owned();
    Ok(Running { port, token, gateway_pid: fact("gateway_pid")?.parse()?, start, gone })
}
