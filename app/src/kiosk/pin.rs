//! `multiclaw kiosk-pin`: makes the hash of a PIN for the policy file.

use multiclaw_core::policy::{PinError, PinHash};
use multiclaw_core::secret::Pin;
use std::io::{self, BufRead, IsTerminal, Write};

/// Why there is no hash.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MakeError {
    /// The terminal or the pipe.
    #[error("the PIN cannot be read: {0}")]
    Read(#[from] io::Error),
    /// The two are not the same.
    #[error("the two PINs are not the same")]
    Different,
    /// It is no PIN.
    #[error(transparent)]
    Pin(#[from] PinError),
}

/// Reads the PIN twice, and gives its hash. From a terminal without showing it; from a pipe two
/// lines. Never from the command line, which other programs can see.
///
/// # Errors
/// [`MakeError`].
pub fn make() -> Result<PinHash, MakeError> {
    let input = io::stdin();
    let hidden = if input.is_terminal() { Some(hide::Hidden::begin(&input)?) } else { None };
    let asks = hidden.is_some();
    let result = two(&mut input.lock(), |question| {
        if asks {
            // On standard error: standard output carries the hash alone.
            write!(io::stderr(), "{question}")?;
        }
        Ok(())
    });
    drop(hidden);
    result
}

fn two(
    input: &mut impl BufRead,
    mut ask: impl FnMut(&str) -> io::Result<()>,
) -> Result<PinHash, MakeError> {
    ask("PIN: ")?;
    let first = line(input)?;
    ask("\nAgain: ")?;
    let second = line(input)?;
    ask("\n")?;
    if first != second {
        return Err(MakeError::Different);
    }
    Ok(PinHash::of(first.expose())?)
}

fn line(input: &mut impl BufRead) -> io::Result<Pin> {
    let mut text = String::new();
    if input.read_line(&mut text)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let length = text.trim_end_matches(['\r', '\n']).len();
    text.truncate(length);
    Ok(Pin::new(text))
}

#[cfg(unix)]
mod hide {
    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
    use std::io::{self, Stdin};
    use std::os::fd::{AsFd, OwnedFd};

    /// A terminal that does not show what is typed; as before when this is dropped.
    pub(super) struct Hidden {
        terminal: OwnedFd,
        before: Termios,
    }

    impl Hidden {
        pub(super) fn begin(input: &Stdin) -> io::Result<Self> {
            let terminal = input.as_fd().try_clone_to_owned()?;
            let before = tcgetattr(&terminal)?;
            let mut silent = before.clone();
            silent.local_modes.remove(LocalModes::ECHO);
            tcsetattr(&terminal, OptionalActions::Flush, &silent)?;
            Ok(Self { terminal, before })
        }
    }

    impl Drop for Hidden {
        fn drop(&mut self) {
            if let Err(error) = tcsetattr(&self.terminal, OptionalActions::Flush, &self.before) {
                tracing::warn!(%error, "the terminal stays silent; run: stty echo");
            }
        }
    }
}

#[cfg(not(unix))]
mod hide {
    use std::io::{self, Stdin};

    /// There is no silent terminal here: the PIN comes through a pipe.
    pub(super) struct Hidden;

    impl Hidden {
        pub(super) fn begin(_: &Stdin) -> io::Result<Self> {
            Err(io::Error::other("give it through a pipe, as two lines"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(text: &str) -> Result<PinHash, MakeError> {
        two(&mut text.as_bytes(), |_| Ok(()))
    }

    #[test]
    fn the_same_pin_twice_gives_a_hash_that_the_policy_takes() {
        let hash = from("471100 ab\r\n471100 ab\n").unwrap();
        assert!(hash.is_of("471100 ab") && !hash.is_of("471100"));
        assert!(hash.phc().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let text = format!("[kiosk]\npin = \"{}\"", hash.phc());
        assert!(multiclaw_core::policy::Values::parse(&text).is_ok());
        assert_ne!(hash, from("471100 ab\n471100 ab\n").unwrap(), "a salt of its own");
    }

    #[test]
    fn everything_else_is_refused() {
        assert!(matches!(from("471100\n471101\n"), Err(MakeError::Different)));
        assert!(matches!(from("471100\n"), Err(MakeError::Read(_))));
        assert!(matches!(from("4711\n4711\n"), Err(MakeError::Pin(PinError::Length))));
    }
}
