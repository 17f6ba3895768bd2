//! How the program ends, as a number that a supervisor can act on (sysexits.h where it fits).

use crate::start::StartError;
use std::process::ExitCode;

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// The window was closed, or an unattended screen was left with its PIN.
    Done = 0,
    /// Anything that has no number of its own.
    Other = 1,
    /// The command line is wrong. Starting again does not help.
    Usage = 64,
    /// There is no display, or no graphics device.
    NoDisplay = 69,
    /// The watchdog ended it: a fresh start may help.
    Watchdog = 70,
    /// A restart is wanted, after an update.
    Restart = 75,
    /// The policy or the configuration is broken. Starting again does not help.
    Config = 78,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<&StartError> for Exit {
    fn from(error: &StartError) -> Self {
        match error {
            StartError::Cloud(_) | StartError::NoDesktop => Self::Usage,
            StartError::Window(_) => Self::NoDisplay,
            StartError::Policy(_) | StartError::PolicyCloud(_) | StartError::NoKiosk => {
                Self::Config
            }
            StartError::Net(_)
            | StartError::Storage(_)
            | StartError::NoHome
            | StartError::Runtime(_) => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_a_contract_with_the_unit_file() {
        let numbers = [
            (Exit::Done, 0),
            (Exit::Other, 1),
            (Exit::Usage, 64),
            (Exit::NoDisplay, 69),
            (Exit::Watchdog, 70),
            (Exit::Restart, 75),
            (Exit::Config, 78),
        ];
        for (exit, number) in numbers {
            assert_eq!(exit as u8, number);
        }
        assert_eq!(Exit::from(&StartError::NoDesktop), Exit::Usage);
        assert_eq!(Exit::from(&StartError::PolicyCloud("x".into())), Exit::Config);
        assert_eq!(Exit::from(&StartError::Window("x".into())), Exit::NoDisplay);
    }
}
