//! The unattended screen: its start, its monitor, its supervisor, its PIN.

pub mod above;
pub mod pin;
pub mod supervise;

use crate::exit::Exit;
use crate::start::StartError;
use multiclaw_core::kiosk::Kiosk;
use multiclaw_core::kiosk::keys::{Around, Facts, sentences};
use multiclaw_core::model::KioskEnd;
use multiclaw_core::policy::{KioskRules, Monitor, Policy};

/// The program is to run as an unattended screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Alone {
    /// For the engine.
    pub kiosk: Kiosk,
    /// On which monitor; `None`: as the window system likes.
    pub monitor: Option<Monitor>,
    /// There is no window manager: the window makes itself as large as the monitor.
    pub by_hand: bool,
}

/// What the command line says about it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// `--kiosk`.
    pub kiosk: bool,
    /// `--desktop`.
    pub desktop: Option<String>,
    /// `--monitor`.
    pub monitor: Option<Monitor>,
}

/// Whether and how the program runs as an unattended screen: the policy's word first, then the
/// command line's.
///
/// # Errors
/// [`StartError::NoKiosk`] when the policy forbids what the command line asks for,
/// [`StartError::NoDesktop`] when nobody says which desktop.
pub fn plan(policy: &Policy, asked: &Asked) -> Result<Option<Alone>, StartError> {
    let values = policy.mandatory();
    let none = KioskRules::default();
    let rules = values.kiosk.as_ref().unwrap_or(&none);
    match (rules.enabled, asked.kiosk) {
        (Some(false), true) => return Err(StartError::NoKiosk),
        (Some(true), _) | (None, true) => {}
        (Some(false) | None, false) => return Ok(None),
    }
    let desktop = rules
        .desktop
        .as_ref()
        .or(values.desktop.as_ref())
        .or(asked.desktop.as_ref())
        .or(policy.defaults().desktop.as_ref());
    let desktop = desktop.ok_or(StartError::NoDesktop)?.clone();
    let around = facts().around();
    let (keys, by_hand) = (sentences(around), around == Around::BareX11);
    let monitor = rules.monitor.clone().or_else(|| asked.monitor.clone());
    Ok(Some(Alone { kiosk: Kiosk::new(rules, desktop, keys), monitor, by_hand }))
}

fn facts() -> Facts {
    Facts::from_variables(|name| std::env::var(name).ok(), above::named("cage", above::all()))
}

/// The number for a supervisor.
#[must_use]
pub fn exit(end: KioskEnd) -> Exit {
    match end {
        KioskEnd::Left => Exit::Done,
        KioskEnd::Stuck => Exit::Watchdog,
    }
}

/// Index of a monitor that is named, among the names in the window system's order; a number
/// counts from 1.
#[must_use]
pub fn find(monitor: &Monitor, names: &[Option<String>]) -> Option<usize> {
    match monitor {
        Monitor::Number(number) => {
            let index = usize::try_from(*number).ok()?.checked_sub(1)?;
            (index < names.len()).then_some(index)
        }
        Monitor::Name(name) => names.iter().position(|n| n.as_ref() == Some(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use multiclaw_core::policy::Values;

    fn policy(text: &str) -> Policy {
        Policy::new(Values::parse(text).unwrap(), Values::default())
    }

    fn asked(kiosk: bool, desktop: Option<&str>) -> Asked {
        Asked { kiosk, desktop: desktop.map(str::to_owned), monitor: Some(Monitor::Number(2)) }
    }

    #[test]
    fn the_policys_word_comes_before_the_command_lines() {
        let ruled = policy(
            "[kiosk]\nenabled = true\ndesktop = \"lobby\"\nmonitor = \"DP-1\"\nidle_cursor = 0",
        );
        let alone = plan(&ruled, &asked(false, Some("other"))).unwrap().unwrap();
        assert_eq!(alone.kiosk.desktop, "lobby");
        assert_eq!(alone.monitor, Some(Monitor::Name("DP-1".into())));
        assert_eq!(alone.kiosk.idle_cursor, 0);
        assert!(alone.kiosk.keep_awake && alone.kiosk.pin.is_none());

        let silent = Policy::default();
        assert_eq!(plan(&silent, &asked(false, Some("x"))).unwrap(), None);
        let alone = plan(&silent, &asked(true, Some("x"))).unwrap().unwrap();
        assert_eq!((alone.kiosk.desktop.as_str(), alone.monitor), ("x", Some(Monitor::Number(2))));
        assert!(matches!(plan(&silent, &asked(true, None)), Err(StartError::NoDesktop)));
        let never = policy("[kiosk]\nenabled = false");
        assert!(matches!(plan(&never, &asked(true, Some("x"))), Err(StartError::NoKiosk)));
        assert_eq!(plan(&never, &asked(false, None)).unwrap(), None);
    }

    #[test]
    fn a_monitor_is_found_by_number_from_one_or_by_name() {
        let names = [Some("DP-1".to_owned()), None, Some("HDMI-A-1".to_owned())];
        let number = |n| find(&Monitor::Number(n), &names);
        assert_eq!((number(0), number(1), number(3), number(4)), (None, Some(0), Some(2), None));
        assert_eq!(find(&Monitor::Name("HDMI-A-1".into()), &names), Some(2));
        assert_eq!(find(&Monitor::Name("DP-9".into()), &names), None);
    }
}
