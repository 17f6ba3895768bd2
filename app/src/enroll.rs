//! `multiclaw enroll`: makes this machine an unattended screen.
//!
//! The code is read from the terminal or from standard input. It is no argument: arguments can be
//! read by every program of the machine.

use crate::start::StartError;
use multiclaw_core::enrol::{EnrolError, with_code};
use multiclaw_core::secret::EnrolmentText;
use multiclaw_core::storage::{Storage, StoredScreen};
use net::Door;
use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

/// Longest line that is read as a code, in bytes.
const LINE: u16 = 256;

/// Why this machine is no screen.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EnrollError {
    /// The program cannot start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The terminal or standard input.
    #[error("the code could not be read: {0}")]
    Input(#[from] std::io::Error),
    /// Nothing was typed in.
    #[error("no code was given; type it in, or send it to standard input")]
    NoCode,
    /// The folder.
    #[error(transparent)]
    Storage(#[from] multiclaw_core::storage::StorageError),
    /// The cloud.
    #[error(transparent)]
    Enrol(#[from] EnrolError),
}

/// Reads the code: asked for at a terminal, else the first line of what comes.
///
/// # Errors
/// [`EnrollError::Input`], [`EnrollError::NoCode`].
pub fn read_code(
    input: &mut dyn BufRead,
    ask: Option<&mut dyn Write>,
) -> Result<EnrolmentText, EnrollError> {
    if let Some(out) = ask {
        write!(out, "Enrolment code: ")?;
        out.flush()?;
    }
    // Room for all of it, so that it is not moved and left behind in memory.
    let mut line = String::with_capacity(usize::from(LINE));
    let read = std::io::Read::take(input, LINE.into()).read_line(&mut line);
    let code = EnrolmentText::new(line);
    read?;
    match code.expose().contains(|c: char| c.is_ascii_alphanumeric()) {
        true => Ok(code),
        false => Err(EnrollError::NoCode),
    }
}

/// Enrols, and says so in one sentence.
///
/// # Errors
/// [`EnrollError`].
pub async fn run(cloud: &str, data: &Path, door: Door) -> Result<String, EnrollError> {
    let code = tokio::task::spawn_blocking(|| {
        let stdin = std::io::stdin();
        let mut asked = stdin.is_terminal().then(std::io::stderr);
        read_code(&mut stdin.lock(), asked.as_mut().map(|out| out as &mut dyn Write))
    })
    .await
    .map_err(std::io::Error::other)??;
    let StoredScreen { name, workspace, .. } =
        with_code(door, cloud, &Storage::open(data)?, &code).await?;
    Ok(format!("This machine is now the screen {name} of {workspace}. Start multiclaw to use it."))
}

/// Forgets that this machine is a screen. The owner removes it from the list.
///
/// # Errors
/// [`EnrollError::Storage`].
pub fn forget(data: &Path) -> Result<String, EnrollError> {
    StoredScreen::remove(&Storage::open(data)?)?;
    Ok("This machine is no screen any more. The owner can remove it from the list now.".into())
}

/// Whether this machine is a screen: then the program starts as one, and offers nothing else. A
/// file that cannot be read counts: whoever stands before the machine must not be asked to sign in
/// because of it.
#[must_use]
pub fn is_screen(data: &Path) -> bool {
    Storage::open(data).is_ok_and(|storage| !matches!(StoredScreen::load(&storage), Ok(None)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_the_code_and_it_is_asked_for_at_a_terminal() {
        let mut asked = Vec::new();
        let out: &mut dyn Write = &mut asked;
        let code = read_code(&mut &b" k7qm-2xab-9b01 \nmore"[..], Some(out)).unwrap();
        assert_eq!(code.expose().trim(), "k7qm-2xab-9b01");
        assert_eq!(String::from_utf8(asked).unwrap(), "Enrolment code: ");
        for nothing in [&b""[..], b"\n", b" -- \nK7QM"] {
            let refused = read_code(&mut &*nothing, None);
            assert!(matches!(refused, Err(EnrollError::NoCode)), "{refused:?}");
        }
        let long = vec![b'A'; 1 << 20];
        assert!(read_code(&mut &*long, None).unwrap().expose().len() <= 256);
    }

    #[test]
    fn only_a_machine_with_the_file_is_a_screen() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_screen(folder.path()));
        std::fs::write(folder.path().join("kiosk.json"), "damaged").unwrap();
        assert!(is_screen(folder.path()), "it must not ask for a person's password");
        forget(folder.path()).unwrap();
        assert!(!is_screen(folder.path()));
    }
}
