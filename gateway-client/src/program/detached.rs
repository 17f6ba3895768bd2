//! A gateway without a service: a process that outlives this program.

use super::{ProgramError, lock, run};
use crate::discovery::{Endpoint, Environment};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::time::Instant;

/// How long a gateway may take until it holds its state folder: node starts and the
/// configuration is checked. On a busy machine this took 15 s.
const START: Duration = Duration::from_secs(90);
/// How long a gateway may take to end. Idle it takes half a second.
const STOP: Duration = Duration::from_secs(20);
/// How often the lock file is looked at.
const LOOK: Duration = Duration::from_millis(200);

/// Starts a gateway of its own session and waits until it holds the folder.
pub(super) async fn start(
    program: &Path,
    environment: &Environment,
    endpoint: Endpoint,
    state_dir: &Path,
    log: Option<&Path>,
) -> Result<u32, ProgramError> {
    let port = endpoint.port().to_string();
    let words = ["gateway", "run", "--port", &port, "--bind", "loopback"];
    let mut command = run::command(program, environment, &words);
    // A restart happens inside the process then, and its number stays.
    command.env("OPENCLAW_NO_RESPAWN", "1");
    match log {
        Some(path) => {
            let file = make_log(path).map_err(|error| ProgramError::Log(error.kind()))?;
            let again = file.try_clone().map_err(|error| ProgramError::Log(error.kind()))?;
            command.stdout(file).stderr(again);
        }
        None => {
            command.stdout(Stdio::null()).stderr(Stdio::null());
        }
    }
    own_session(&mut command);
    let mut child = command.spawn().map_err(|error| ProgramError::Spawn(error.kind()))?;
    let until = Instant::now() + START;
    loop {
        tokio::select! {
            status = child.wait() => {
                let code = status.ok().and_then(|status| status.code());
                return Err(ProgramError::Failed { code, tail: tail(log, environment) });
            }
            () = tokio::time::sleep(LOOK) => {}
        }
        if let Some(running) = lock::running(state_dir) {
            return Ok(running.pid);
        }
        if Instant::now() >= until {
            let _ = child.kill().await;
            let seconds = START.as_secs();
            return Err(ProgramError::Timeout { seconds, tail: tail(log, environment) });
        }
    }
}

/// Written to at its end always, so that it can be cut while the gateway runs.
fn make_log(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    }
    let file = options.open(path)?;
    if !file.metadata()?.is_file() {
        return Err(std::io::ErrorKind::InvalidInput.into());
    }
    file.set_len(0)?;
    Ok(file)
}

fn tail(log: Option<&Path>, environment: &Environment) -> String {
    use std::io::{Read, Seek, SeekFrom};
    let read = || -> std::io::Result<Vec<u8>> {
        let Some(path) = log else { return Ok(Vec::new()) };
        let mut file = std::fs::File::open(path)?;
        let from = file.metadata()?.len().saturating_sub(4_096);
        file.seek(SeekFrom::Start(from))?;
        let mut text = Vec::new();
        file.take(4_096).read_to_end(&mut text)?;
        Ok(text)
    };
    let text = read().unwrap_or_default();
    run::shown(&String::from_utf8_lossy(&text), &environment.secrets())
}

/// Away from this program's terminal and its signals.
#[cfg(unix)]
#[allow(unsafe_code)]
fn own_session(command: &mut tokio::process::Command) {
    // SAFETY: between fork and exec only `setsid` runs, one system call that allocates nothing and
    // takes no lock (signal-safety(7)).
    unsafe {
        command.pre_exec(|| {
            rustix::process::setsid()?;
            Ok(())
        });
    }
}

/// A group of its own, and no window. Not tried on Windows.
#[cfg(windows)]
fn own_session(command: &mut tokio::process::Command) {
    const DETACHED_PROCESS: u32 = 0x8;
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
    command.creation_flags(DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP);
}

/// Asks the gateway that holds this folder to end, and waits for it. None when none runs.
#[cfg(target_os = "linux")]
pub(super) async fn stop(state_dir: &Path) -> Result<Option<u32>, ProgramError> {
    use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
    let Some(running) = lock::read(state_dir) else { return Ok(None) };
    let pid = running.pid;
    let Some(raw) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { return Ok(None) };
    // Opened before it is looked at: a process that takes the number over later is not meant.
    let handle = match pidfd_open(raw, PidfdFlags::empty()) {
        Ok(handle) => handle,
        Err(rustix::io::Errno::SRCH) => return Ok(None),
        Err(_) => return Err(ProgramError::Unsupported),
    };
    if !running.is_gateway() {
        return Err(ProgramError::NotAGateway { pid });
    }
    match pidfd_send_signal(&handle, Signal::TERM) {
        Ok(()) => {}
        Err(rustix::io::Errno::SRCH) => return Ok(None),
        Err(_) => return Err(ProgramError::NotAGateway { pid }),
    }
    let until = Instant::now() + STOP;
    while running.is_gateway() {
        if Instant::now() >= until {
            return Err(ProgramError::StillRunning { pid });
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(Some(pid))
}

/// Elsewhere a process cannot be told from one that took over its number.
#[cfg(not(target_os = "linux"))]
pub(super) async fn stop(state_dir: &Path) -> Result<Option<u32>, ProgramError> {
    match lock::read(state_dir) {
        Some(_) => Err(ProgramError::Unsupported),
        None => Ok(None),
    }
}
