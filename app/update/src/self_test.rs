//! Starts a new program with `--self-test` before it takes the old one's place.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest answer that is read, in bytes.
const LONGEST: usize = 1024;
/// Between two looks.
const LOOK: Duration = Duration::from_millis(5);

/// How a self-test failed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The program is to blame, in these words.
    Program(String),
    /// This computer could not do it now; it may another time.
    Now(String),
}

/// Starts it and compares the first line that it prints.
///
/// # Errors
/// [`Fault`].
pub(crate) fn run(program: &Path, expected: &str, limit: Duration) -> Result<(), Fault> {
    let until = Instant::now() + limit;
    let mut child = start(program, until)?;
    let status = wait(&mut child, until);
    let status = match status {
        Ok(Some(status)) => status,
        Ok(None) => {
            end(&mut child);
            return Err(Fault::Program("it did not answer in time".into()));
        }
        Err(error) => {
            end(&mut child);
            return Err(Fault::Now(error.to_string()));
        }
    };
    if !status.success() {
        return Err(Fault::Program(format!("it ended with {status}")));
    }
    let said = child.stdout.take().map(said).unwrap_or_default();
    let line = said.lines().next().unwrap_or_default();
    if line == expected {
        return Ok(());
    }
    let line: String = line.chars().take(80).flat_map(char::escape_default).collect();
    Err(Fault::Program(format!("it calls itself {line:?} and not {expected:?}")))
}

/// A file that was just written may still be open in a child of another thread for a moment, and
/// cannot be started as long as it is.
fn start(program: &Path, until: Instant) -> Result<Child, Fault> {
    loop {
        let started = Command::new(program)
            .arg("--self-test")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        match started {
            Ok(child) => return Ok(child),
            Err(error)
                if error.kind() == io::ErrorKind::ExecutableFileBusy && Instant::now() < until =>
            {
                std::thread::sleep(LOOK);
            }
            Err(error) => return Err(fault(&error)),
        }
    }
}

/// Whether the program or this moment is to blame.
fn fault(error: &io::Error) -> Fault {
    // ENOEXEC has no kind of its own.
    const NOEXEC: i32 = 8;
    let program = cfg!(unix) && error.raw_os_error() == Some(NOEXEC)
        || matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::NotFound);
    let why = error.to_string();
    if program { Fault::Program(why) } else { Fault::Now(why) }
}

fn wait(child: &mut Child, until: Instant) -> io::Result<Option<std::process::ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= until {
            return Ok(None);
        }
        std::thread::sleep(LOOK);
    }
}

fn end(child: &mut Child) {
    if let Err(error) = child.kill().and_then(|()| child.wait()) {
        tracing::warn!(%error, "a self-test does not end");
    }
}

/// What an ended program left in its pipe: a program of its own may still hold the other end, so
/// the pipe's end is not waited for.
fn said(mut out: ChildStdout) -> String {
    #[cfg(unix)]
    if let Err(error) = rustix::fs::fcntl_setfl(&out, rustix::fs::OFlags::NONBLOCK) {
        tracing::debug!(%error, "the answer is read as it comes");
    }
    let mut bytes = vec![0; LONGEST];
    let n = out.read(&mut bytes).unwrap_or(0);
    String::from_utf8_lossy(bytes.get(..n).unwrap_or_default()).into_owned()
}
