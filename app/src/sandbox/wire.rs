//! What is said between the program and its helper: one datagram a message, and at most one open
//! file with it.

use multiclaw_core::engine::{OrderKind, PlatformError};
use rustix::cmsg_space;
use rustix::net::{
    AddressFamily, RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, SocketFlags, SocketType, recvmsg, sendmsg, socketpair,
};
use serde::{Deserialize, Serialize};
use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};

/// Longest message, in bytes: ten paths of 4,096 bytes, and their numbers as text.
const LONGEST: usize = 192 * 1024;

/// What is asked of the helper. It names no program, no word and no variable.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Request {
    /// Open this address in the browser.
    Browse(String),
    /// Show the dialog for files to read.
    PickFiles(String),
    /// Show the dialog for a file to write: title and suggested name.
    PickSave(String, String),
    /// Open a file that was picked, or dropped on the window.
    Read(Name),
    /// Open a file that was picked, to write.
    Write(Name),
    /// Ask `openclaw` for its version.
    Version,
    /// Have `openclaw` do this with the gateway of this person.
    Gateway(OrderKind),
    /// Start the program again, with the words it was started with, as soon as it has ended.
    Restart,
}

/// What the helper answers. An opened file comes with [`Reply::Done`].
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Reply {
    /// It is done.
    Done,
    /// What was picked; empty: cancelled.
    Paths(Vec<Name>),
    /// What `openclaw` said.
    Version(String),
    /// The dialog did not come.
    Dialog(PlatformError),
    /// A file could not be opened: the system's number, if there is one, and a kind.
    File(Option<i32>, String),
    /// `openclaw` did not do it.
    Program(Failure),
    /// The helper does not do this.
    Refused(String),
}

/// Why `openclaw` did not do it; see [`gateway_client::program::ProgramError`].
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Failure {
    NotFound,
    Spawn,
    Timeout(u64, String),
    Failed(Option<i32>, String),
    Unreadable(String),
    StillRunning(u32),
    NotAGateway(u32),
    Log,
    Unsupported,
}

/// A path, byte by byte: the system's are not always text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Name(Vec<u8>);

impl From<&std::path::Path> for Name {
    fn from(path: &std::path::Path) -> Self {
        use std::os::unix::ffi::OsStrExt;
        Self(path.as_os_str().as_bytes().to_vec())
    }
}

impl From<Name> for std::path::PathBuf {
    fn from(name: Name) -> Self {
        use std::os::unix::ffi::OsStringExt;
        std::ffi::OsString::from_vec(name.0).into()
    }
}

/// Two ends. Neither is inherited by programs that are started.
pub(super) fn pair() -> io::Result<(OwnedFd, OwnedFd)> {
    let kind = SocketType::SEQPACKET;
    Ok(socketpair(AddressFamily::UNIX, kind, SocketFlags::CLOEXEC, None)?)
}

/// Sends a message, and an open file with it.
pub(super) fn send(
    to: impl AsFd,
    message: &impl Serialize,
    file: Option<&OwnedFd>,
) -> io::Result<()> {
    let bytes = serde_json::to_vec(message)?;
    if bytes.len() > LONGEST {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let files: Vec<_> = file.iter().map(|file| file.as_fd()).collect();
    let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    if !files.is_empty() && !control.push(SendAncillaryMessage::ScmRights(&files)) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    sendmsg(to, &[IoSlice::new(&bytes)], &mut control, SendFlags::NOSIGNAL)?;
    Ok(())
}

/// Waits for a message; `None` when the other end is gone.
pub(super) fn receive<T: for<'a> Deserialize<'a>>(
    from: impl AsFd,
) -> io::Result<Option<(T, Option<OwnedFd>)>> {
    let mut bytes = vec![0; LONGEST];
    let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let got = loop {
        let mut into = [IoSliceMut::new(&mut bytes)];
        match recvmsg(from.as_fd(), &mut into, &mut control, RecvFlags::CMSG_CLOEXEC) {
            Err(rustix::io::Errno::INTR) => {}
            other => break other?,
        }
    };
    if got.bytes == 0 {
        return Ok(None);
    }
    let mut file = None;
    for message in control.drain() {
        if let RecvAncillaryMessage::ScmRights(mut files) = message {
            file = files.next();
        }
    }
    let message = serde_json::from_slice(bytes.get(..got.bytes).unwrap_or_default())?;
    Ok(Some((message, file)))
}
