//! The program's end of the socket to its helper, as the engine's [`Platform`].

use super::wire::{self, Name, Reply, Request};
use crate::platform::System;
use gateway_client::discovery::{Environment, Version};
use gateway_client::program::ProgramError;
use multiclaw_core::engine::{Asked, Order, Pixels, Platform, PlatformError, Ran};
use rustix::net::sockopt::{Timeout, set_socket_timeout};
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// For the helper to have started a browser, which is quick.
const BROWSER: Duration = Duration::from_secs(5);

/// The operating system through the helper, where the process itself may not.
#[derive(Clone, Debug)]
pub struct Helped {
    control: Arc<OwnedFd>,
    system: System,
}

/// Starts the helper: this program again. It ends when the last of these is gone.
pub(super) fn start(data: &Path) -> io::Result<Helped> {
    let (ours, theirs) = wire::pair()?;
    Command::new(std::env::current_exe()?)
        .arg(super::HELPER)
        .arg(data)
        .args(std::env::args_os().skip(1))
        .stdin(Stdio::from(theirs))
        .stdout(Stdio::null())
        .spawn()?;
    Ok(Helped { control: Arc::new(ours), system: System::default() })
}

fn gone() -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, "the helper has ended")
}

fn odd() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the helper answered something else")
}

impl Helped {
    /// Asks and waits. Each request has a socket of its own for its answer. Blocks.
    fn ask(
        &self,
        request: &Request,
        patience: Option<Duration>,
    ) -> io::Result<(Reply, Option<OwnedFd>)> {
        let (answer, theirs) = wire::pair()?;
        set_socket_timeout(&answer, Timeout::Recv, patience)?;
        wire::send(&*self.control, request, Some(&theirs))?;
        drop(theirs);
        wire::receive(&answer)?.ok_or_else(gone)
    }

    /// Asks off the engine's task: a dialog takes as long as a person does.
    async fn asked(&self, request: Request) -> io::Result<Reply> {
        let helped = self.clone();
        let asked = tokio::task::spawn_blocking(move || helped.ask(&request, None));
        asked.await.map_err(io::Error::other)?.map(|(reply, _)| reply)
    }

    /// Opens a web page in the browser; `false` when there is none or the helper refuses.
    #[must_use]
    pub fn browse(&self, address: &str) -> bool {
        let request = Request::Browse(address.to_owned());
        match self.ask(&request, Some(BROWSER)) {
            Ok((Reply::Done, _)) => true,
            other => {
                tracing::warn!(?other, "no browser");
                false
            }
        }
    }

    /// Has the program started again when this process has ended, without its limits on the new
    /// one. `false` when the helper is gone. Blocks for a moment.
    #[must_use]
    pub fn restart(&self) -> bool {
        matches!(self.ask(&Request::Restart, Some(BROWSER)), Ok((Reply::Done, _)))
    }

    fn file(&self, request: &Request) -> io::Result<File> {
        match self.ask(request, None)? {
            (Reply::Done, Some(file)) => Ok(file.into()),
            (Reply::File(_, kind), _) if kind == "folder" => {
                Err(io::ErrorKind::IsADirectory.into())
            }
            (Reply::File(_, kind), _) if kind == "irregular" => {
                Err(io::ErrorKind::InvalidInput.into())
            }
            (Reply::File(Some(number), _), _) => Err(io::Error::from_raw_os_error(number)),
            (Reply::File(None, _), _) => Err(io::ErrorKind::PermissionDenied.into()),
            _ => Err(odd()),
        }
    }

    async fn paths(&self, request: Request) -> Result<Vec<PathBuf>, PlatformError> {
        match self.asked(request).await {
            Ok(Reply::Paths(names)) => Ok(names.into_iter().map(PathBuf::from).collect()),
            Ok(Reply::Dialog(error)) => Err(error),
            Ok(_) => Err(PlatformError::Dialog(odd().to_string())),
            Err(error) => Err(PlatformError::Dialog(error.to_string())),
        }
    }

    async fn run(&self, request: Request) -> Result<Reply, ProgramError> {
        match self.asked(request).await {
            Ok(Reply::Program(failure)) => Err(failure.into()),
            Ok(reply) => Ok(reply),
            Err(error) => Err(ProgramError::Spawn(error.kind())),
        }
    }
}

impl Platform for Helped {
    fn pick_files(&self, title: &str) -> Asked<Vec<PathBuf>> {
        let (helped, title) = (self.clone(), title.to_owned());
        Box::pin(async move { helped.paths(Request::PickFiles(title)).await })
    }

    fn pick_save(&self, title: &str, suggested: &str) -> Asked<Option<PathBuf>> {
        let (helped, title, suggested) = (self.clone(), title.to_owned(), suggested.to_owned());
        Box::pin(async move {
            let picked = helped.paths(Request::PickSave(title, suggested)).await?;
            Ok(picked.into_iter().next())
        })
    }

    fn clipboard_picture(&self) -> Asked<Option<Pixels>> {
        self.system.clipboard_picture()
    }

    fn notify(&self, title: &str, text: &str) -> Asked<()> {
        self.system.notify(title, text)
    }

    /// The session bus is in reach of this process; nothing is started for it.
    fn keep_awake(&self, on: bool) -> Asked<()> {
        self.system.keep_awake(on)
    }

    fn has_dialogs(&self) -> Asked<Option<()>> {
        self.system.has_dialogs()
    }

    fn has_notifications(&self) -> Asked<Option<()>> {
        self.system.has_notifications()
    }

    fn open_picked(&self, path: &Path) -> io::Result<File> {
        self.file(&Request::Read(Name::from(path)))
    }

    fn create_picked(&self, path: &Path) -> io::Result<File> {
        self.file(&Request::Write(Name::from(path)))
    }

    /// The helper looks for the program itself; what it finds is what is asked.
    fn openclaw_version(&self, _: &Path, _: &Environment) -> Ran<Version> {
        let helped = self.clone();
        Box::pin(async move {
            match helped.run(Request::Version).await? {
                Reply::Version(text) => {
                    Version::parse(&text).ok_or(ProgramError::Unreadable { tail: text })
                }
                _ => Err(ProgramError::Spawn(io::ErrorKind::Other)),
            }
        })
    }

    /// The helper looks for program, folder and port itself.
    fn openclaw(&self, order: Order) -> Ran<()> {
        let helped = self.clone();
        Box::pin(async move { helped.run(Request::Gateway(order.kind)).await.map(drop) })
    }
}
