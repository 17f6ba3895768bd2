//! Running the program once, with a time limit and a limit on what it prints.

use super::ProgramError;
use crate::discovery::Environment;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;

/// How long what the program started may hold its output open after it ended.
const AFTER: Duration = Duration::from_millis(500);
/// How much of the end of the output is kept for an error, in bytes.
const TAIL: usize = 4 * 1024;
/// How much of it an error shows: lines, and characters.
const SHOWN_LINES: usize = 8;
const SHOWN_CHARS: usize = 1_000;

/// What the program printed and how it ended.
pub(crate) struct Output {
    code: Option<i32>,
    /// The first part of what it printed.
    pub stdout: String,
    end_out: String,
    end_err: String,
    secrets: Vec<String>,
}

impl Output {
    /// # Errors
    /// [`ProgramError::Failed`] when it did not end with 0.
    pub(crate) fn success(&self) -> Result<(), ProgramError> {
        if self.code == Some(0) {
            return Ok(());
        }
        Err(ProgramError::Failed { code: self.code, tail: self.tail() })
    }

    /// The end of what it printed, fit to be shown.
    pub(crate) fn tail(&self) -> String {
        if let Some(message) = self.message() {
            return shown(&message, &self.secrets);
        }
        let text = if self.end_err.trim().is_empty() { &self.end_out } else { &self.end_err };
        shown(text, &self.secrets)
    }

    /// With `--json` it says what is wrong in `error`, or in `error.message`.
    fn message(&self) -> Option<String> {
        let answer: serde_json::Value = serde_json::from_str(self.stdout.trim()).ok()?;
        let error = answer.get("error")?;
        error.as_str().or_else(|| error.get("message")?.as_str()).map(str::to_owned)
    }
}

/// Text of another program, fit to be shown: the last lines, without control characters, without
/// these secrets and without what looks like one.
pub(super) fn shown(text: &str, secrets: &[String]) -> String {
    let mut text = text.to_owned();
    for secret in secrets {
        text = text.replace(secret.as_str(), "[redacted]");
    }
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            let line = plain(line);
            line.split_whitespace().map(covered).collect::<Vec<_>>().join(" ")
        })
        .filter(|line| !line.is_empty())
        .collect();
    let from = lines.len().saturating_sub(SHOWN_LINES);
    let text = lines.get(from..).unwrap_or_default().join("\n");
    let skip = text.chars().count().saturating_sub(SHOWN_CHARS);
    text.chars().skip(skip).collect()
}

/// Without escape sequences (ECMA-48 section 5.4) and other control characters.
fn plain(line: &str) -> String {
    let mut plain = String::new();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            if chars.next_if_eq(&'[').is_some() {
                while chars.next().is_some_and(|c| !('@'..='~').contains(&c)) {}
            }
        } else if c == '\t' {
            plain.push(' ');
        } else if !c.is_control() {
            plain.push(c);
        }
    }
    plain
}

/// A word, or `[redacted]` when it looks like a key: long, of letters and digits, no path.
fn covered(word: &str) -> &str {
    let core =
        word.rsplit(['=', ':', '"', '\'', ',']).find(|part| !part.is_empty()).unwrap_or(word);
    let key = core.len() >= 20
        && core.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '.'))
        && core.chars().any(|c| c.is_ascii_digit())
        && core.chars().any(|c| c.is_ascii_alphabetic());
    if key || core.starts_with("sk-") { "[redacted]" } else { word }
}

/// The program with fixed words, in an environment without secrets.
pub(super) fn command(program: &Path, environment: &Environment, words: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .args(words)
        .env_clear()
        .envs(environment.passed_on())
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        // Not the folder that this program happens to be in: `.env` files there would be read.
        .current_dir(environment.home().ok().filter(|home| home.is_dir()).unwrap_or("/".into()));
    command
}

/// Runs the program to its end.
///
/// # Errors
/// [`ProgramError::Spawn`], [`ProgramError::Timeout`]. That it failed is for the caller to ask.
pub(crate) async fn capture(
    program: &Path,
    environment: &Environment,
    words: &[&str],
    patience: Duration,
    most: usize,
) -> Result<Output, ProgramError> {
    let mut command = command(program, environment, words);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    #[cfg(unix)]
    command.process_group(0);
    let mut child = command.spawn().map_err(|error| ProgramError::Spawn(error.kind()))?;
    // Ends whatever the program started when it takes too long, or nobody waits any more.
    let group = Group::of(&child);
    let (mut out, mut err) = (Kept::new(most), Kept::new(0));
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let finished = {
        let mut reading = std::pin::pin!(async {
            tokio::join!(out.read(stdout), err.read(stderr));
        });
        let whole = async {
            let status = tokio::select! {
                status = child.wait() => status,
                () = &mut reading => return child.wait().await,
            };
            // A program that it left behind may hold its output open for ever.
            let _ = tokio::time::timeout(AFTER, &mut reading).await;
            status
        };
        tokio::time::timeout(patience, whole).await
    };
    let mut output = Output {
        code: None,
        stdout: String::from_utf8_lossy(&out.start).into_owned(),
        end_out: out.end(),
        end_err: err.end(),
        secrets: environment.secrets(),
    };
    match finished {
        Ok(Ok(status)) => {
            group.leave();
            output.code = status.code();
            Ok(output)
        }
        Ok(Err(error)) => Err(ProgramError::Spawn(error.kind())),
        Err(_) => {
            drop(group);
            let _ = child.kill().await;
            Err(ProgramError::Timeout { seconds: patience.as_secs(), tail: output.tail() })
        }
    }
}

/// The first and the last part of a stream. What is between is read and dropped, so that the
/// program is not held up.
struct Kept {
    most: usize,
    start: Vec<u8>,
    end: std::collections::VecDeque<u8>,
}

impl Kept {
    fn new(most: usize) -> Self {
        Self { most, start: Vec::new(), end: std::collections::VecDeque::new() }
    }

    async fn read(&mut self, stream: Option<impl AsyncRead + Unpin>) {
        let Some(mut stream) = stream else { return };
        let mut part = vec![0u8; 16 * 1024];
        while let Ok(count) = stream.read(&mut part).await {
            let Some(part) = part.get(..count).filter(|part| !part.is_empty()) else { return };
            let room = self.most.saturating_sub(self.start.len()).min(part.len());
            self.start.extend(part.iter().take(room));
            let skip = part.len().saturating_sub(TAIL);
            self.end.extend(part.iter().skip(skip));
            let over = self.end.len().saturating_sub(TAIL);
            self.end.drain(..over);
        }
    }

    fn end(&mut self) -> String {
        String::from_utf8_lossy(self.end.make_contiguous()).into_owned()
    }
}

/// The processes that the program started and that stayed with it.
struct Group {
    #[cfg(unix)]
    id: Option<rustix::process::Pid>,
}

impl Group {
    #[cfg(unix)]
    fn of(child: &tokio::process::Child) -> Self {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Self { id: id.and_then(rustix::process::Pid::from_raw) }
    }

    /// On Windows only the program itself is ended.
    #[cfg(not(unix))]
    fn of(_: &tokio::process::Child) -> Self {
        Self {}
    }

    /// The program ended by itself; what it left running is meant to run.
    #[cfg_attr(not(unix), allow(unused_mut))]
    fn leave(mut self) {
        #[cfg(unix)]
        {
            self.id = None;
        }
        let _ = &mut self;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(id) = self.id {
            let _ = rustix::process::kill_process_group(id, rustix::process::Signal::KILL);
        }
    }
}
