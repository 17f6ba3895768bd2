//! The helper: keeps its rights, and does few things with them, each checked here and not by who
//! asks. It ends when the program ends.

use super::wire::{self, Failure, Name, Reply, Request};
use crate::platform::System;
use gateway_client::discovery::{self, Environment};
use gateway_client::program::ProgramError;
use multiclaw_core::engine::{self, Order, OrderKind, Platform, PlatformError};
use multiclaw_core::redact::Stderr;
use multiclaw_core::scope::GATEWAY_OUTPUT_FILE;
use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Requests that are worked on at once; more are refused.
const AT_ONCE: usize = 16;
/// Picked files that are remembered until they are opened; the oldest are forgotten.
const PICKED: usize = 64;
/// Longest address that is opened, in bytes.
const ADDRESS: usize = 8 * 1024;
/// Longest title of a dialog, in characters.
const TITLE: usize = 200;

/// Answers what comes on the standard input, a socket, until that is closed. `again`: the words
/// that the program was started with.
#[must_use]
pub fn run(data: &Path, again: &[OsString]) -> ExitCode {
    // Before an update puts another file in its place.
    let program = std::env::current_exe();
    // It has the same memory limits; what it is asked may hold addresses and paths.
    let _ = super::calls::no_dumps();
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).thread_name("helper").enable_all().build();
    let Ok(runtime) = runtime else { return ExitCode::FAILURE };
    let desk = Arc::new(Desk::new(data.to_owned()));
    let room = Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
    let control = rustix::stdio::stdin();
    loop {
        let (request, answer_to) = match wire::receive::<Request>(control) {
            Ok(Some((request, Some(answer_to)))) => (request, answer_to),
            Ok(Some((_, None))) => continue,
            // A message that is none: whoever sends it is not the program any more.
            Ok(None) | Err(_) => break,
        };
        let Ok(permit) = Arc::clone(&room).try_acquire_owned() else {
            let _ = wire::send(&answer_to, &Reply::Refused("it is busy".into()), None);
            continue;
        };
        let desk = Arc::clone(&desk);
        runtime.spawn(async move {
            let _permit = permit;
            let (reply, file) = desk.answer(request).await;
            // Who asked may be gone.
            let _ = wire::send(&answer_to, &reply, file.map(OwnedFd::from).as_ref());
        });
    }
    runtime.shutdown_background();
    if desk.restart.load(Ordering::Acquire)
        && let Ok(program) = program
    {
        let error = Command::new(program).args(again).stdin(Stdio::null()).exec();
        let _ = writeln!(Stderr, "multiclaw: it could not be started again: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// What the helper knows.
struct Desk {
    system: System,
    environment: Environment,
    data: PathBuf,
    to_read: Mutex<VecDeque<PathBuf>>,
    to_write: Mutex<VecDeque<PathBuf>>,
    restart: AtomicBool,
}

type Answer = (Reply, Option<File>);

fn plain(reply: Reply) -> Answer {
    (reply, None)
}

impl Desk {
    fn new(data: PathBuf) -> Self {
        Self {
            system: System::default(),
            environment: Environment::from_process(),
            data,
            to_read: Mutex::default(),
            to_write: Mutex::default(),
            restart: AtomicBool::new(false),
        }
    }

    async fn answer(&self, request: Request) -> Answer {
        match request {
            Request::Browse(address) => plain(if may_browse(&address) {
                if crate::start::open_browser(&address) {
                    Reply::Done
                } else {
                    Reply::Refused("there is no browser".into())
                }
            } else {
                Reply::Refused("it is no address of a web page".into())
            }),
            Request::PickFiles(title) => {
                plain(self.picked(&self.to_read, self.system.pick_files(&short(&title)).await))
            }
            Request::PickSave(title, suggested) => {
                let picked = self.system.pick_save(&short(&title), &short(&suggested)).await;
                plain(self.picked(&self.to_write, picked.map(|path| path.into_iter().collect())))
            }
            Request::Read(name) => {
                let path = PathBuf::from(name);
                let picked = take(&self.to_read, &path);
                opened(blocking(move || read(&path, picked)).await)
            }
            Request::Write(name) => {
                let path = PathBuf::from(name);
                let picked = take(&self.to_write, &path);
                opened(blocking(move || write(&path, picked)).await)
            }
            Request::Restart => {
                self.restart.store(true, Ordering::Release);
                plain(Reply::Done)
            }
            Request::Version => plain(self.version().await),
            Request::Gateway(kind) => plain(self.gateway(kind).await),
        }
    }

    fn picked(
        &self,
        kept: &Mutex<VecDeque<PathBuf>>,
        picked: Result<Vec<PathBuf>, PlatformError>,
    ) -> Reply {
        match picked {
            Ok(paths) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.extend(paths.iter().cloned());
                let extra = kept.len().saturating_sub(PICKED);
                kept.drain(..extra);
                Reply::Paths(paths.iter().map(|path| Name::from(path.as_path())).collect())
            }
            Err(error) => Reply::Dialog(error),
        }
    }

    async fn version(&self) -> Reply {
        let environment = self.environment.clone();
        let found = blocking_value(move || discovery::find_program(&environment)).await.flatten();
        let Some(program) = found else { return Reply::Program(Failure::NotFound) };
        match discovery::version(&program, &self.environment).await {
            Ok(version) => Reply::Version(version.to_string()),
            Err(error) => Reply::Program(error.into()),
        }
    }

    async fn gateway(&self, kind: OrderKind) -> Reply {
        let environment = self.environment.clone();
        let look = move || {
            Some((discovery::find_program(&environment)?, discovery::discover(&environment).ok()?))
        };
        let Some((program, found)) = blocking_value(look).await.flatten() else {
            return Reply::Program(Failure::NotFound);
        };
        let order = Order {
            kind,
            program,
            environment: self.environment.clone(),
            endpoint: found.endpoint,
            state_dir: found.state_dir,
            output: self.data.join(GATEWAY_OUTPUT_FILE),
        };
        match self.system.openclaw(order).await {
            Ok(()) => Reply::Done,
            Err(error) => Reply::Program(error.into()),
        }
    }
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(TITLE).collect()
}

/// A web page, spelled as it was checked.
fn may_browse(address: &str) -> bool {
    let url = url::Url::parse(address).ok().filter(|url| {
        let web = matches!(url.scheme(), "http" | "https");
        web && url.has_host() && url.username().is_empty() && url.password().is_none()
    });
    address.len() <= ADDRESS && url.is_some_and(|url| url.as_str() == address)
}

/// Whether this path was picked; once.
fn take(kept: &Mutex<VecDeque<PathBuf>>, path: &Path) -> bool {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let at = kept.iter().position(|known| known == path);
    at.is_some_and(|at| kept.remove(at).is_some())
}

fn read(path: &Path, picked: bool) -> io::Result<File> {
    if !picked && !may_be_dropped(path) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    engine::to_read(path)
}

/// Only what a person picked in the dialog is written to.
fn write(path: &Path, picked: bool) -> io::Result<File> {
    if picked { engine::to_write(path) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

/// A file that the window says was dropped on it. The window system asks nobody, so this is all
/// that a fault in the program could use to read a file: nothing in or behind a folder or file whose name
/// begins with a dot, where keys and other programs' data are, and nothing of the kernel's.
fn may_be_dropped(path: &Path) -> bool {
    let Ok(real) = path.canonicalize() else { return false };
    let hidden = |part: Component<'_>| matches!(part, Component::Normal(name) if name.as_encoded_bytes().starts_with(b"."));
    let kernel = ["/proc", "/sys", "/dev", "/etc", "/root/.ssh"];
    !real.components().chain(path.components()).any(hidden)
        && !kernel.iter().any(|folder| real.starts_with(folder))
}

fn opened(file: io::Result<File>) -> Answer {
    match file {
        Ok(file) => (Reply::Done, Some(file)),
        Err(error) => {
            let kind = match error.kind() {
                io::ErrorKind::IsADirectory => "folder",
                io::ErrorKind::InvalidInput => "irregular",
                io::ErrorKind::PermissionDenied => "denied",
                _ => "",
            };
            plain(Reply::File(error.raw_os_error(), kind.into()))
        }
    }
}

async fn blocking(work: impl FnOnce() -> io::Result<File> + Send + 'static) -> io::Result<File> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

async fn blocking_value<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

impl From<ProgramError> for Failure {
    fn from(error: ProgramError) -> Self {
        match error {
            ProgramError::Spawn(io::ErrorKind::NotFound) => Self::NotFound,
            ProgramError::Spawn(_) => Self::Spawn,
            ProgramError::Timeout { seconds, tail } => Self::Timeout(seconds, tail),
            ProgramError::Failed { code, tail } => Self::Failed(code, tail),
            ProgramError::Unreadable { tail } => Self::Unreadable(tail),
            ProgramError::StillRunning { pid } => Self::StillRunning(pid),
            ProgramError::NotAGateway { pid } => Self::NotAGateway(pid),
            ProgramError::Log(_) => Self::Log,
            _ => Self::Unsupported,
        }
    }
}

impl From<Failure> for ProgramError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotFound => Self::Spawn(io::ErrorKind::NotFound),
            Failure::Spawn => Self::Spawn(io::ErrorKind::Other),
            Failure::Timeout(seconds, tail) => Self::Timeout { seconds, tail },
            Failure::Failed(code, tail) => Self::Failed { code, tail },
            Failure::Unreadable(tail) => Self::Unreadable { tail },
            Failure::StillRunning(pid) => Self::StillRunning { pid },
            Failure::NotAGateway(pid) => Self::NotAGateway { pid },
            Failure::Log => Self::Log(io::ErrorKind::Other),
            Failure::Unsupported => Self::Unsupported,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_pages_are_opened() {
        for good in ["https://api.multiclaw.io/device?code=A-B", "http://example.com/"] {
            assert!(may_browse(good), "{good}");
        }
        let long = format!("https://example.com/{}", "a".repeat(ADDRESS));
        for bad in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "smb://host/x",
            "--help",
            "/usr/bin/true",
            "https://u:p@example.com/",
            "https://example.com",
            "https://EXAMPLE.com/",
            " https://example.com/",
            "https://example.com/\n--x",
            &long,
        ] {
            assert!(!may_browse(bad), "{bad}");
        }
    }

    #[test]
    fn hidden_files_and_what_was_not_picked_are_not_opened() {
        let base = tempfile::Builder::new().prefix("helper").tempdir().unwrap();
        let at = |name: &str| base.path().join(name);
        std::fs::create_dir(at(".keys")).unwrap();
        std::fs::write(at(".keys/id"), b"secret").unwrap();
        std::fs::write(at("plain"), b"plain").unwrap();
        std::os::unix::fs::symlink(at(".keys/id"), at("innocent")).unwrap();
        std::os::unix::fs::symlink(at(".keys"), at("folder")).unwrap();
        assert!(read(&at("plain"), false).is_ok());
        for hidden in [".keys/id", "innocent", "folder/id", ".keys/../.keys/id", "none"] {
            assert!(read(&at(hidden), false).is_err(), "{hidden}");
        }
        for system in ["/proc/self/environ", "/dev/null", "/etc/passwd", "/proc/self/fd/0"] {
            assert!(read(Path::new(system), false).is_err(), "{system}");
        }
        // The person chose it in the dialog: that is what the dialog is for.
        assert!(read(&at(".keys/id"), true).is_ok());
        assert!(write(&at("plain"), false).is_err());
        assert!(write(&at("new"), true).is_ok());
        assert!(read(base.path(), true).is_err(), "a folder");
    }

    #[test]
    fn what_was_picked_is_opened_once() {
        let kept = Mutex::new(VecDeque::from(["/a".into(), "/b".into()]));
        assert!(take(&kept, Path::new("/a")) && !take(&kept, Path::new("/a")));
        assert!(!take(&kept, Path::new("/c")) && take(&kept, Path::new("/b")));
    }
}
