//! Which key combinations an unattended screen holds, and which stay with the window system.
//!
//! A window cannot take every key away from what is around it. What it can, depends on the
//! session; a person has to know it before the screen stands in a lobby.

use crate::tr;

/// What is known of the session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// `WAYLAND_DISPLAY` is set: the window is a Wayland one.
    pub wayland: bool,
    /// `DISPLAY` is set.
    pub x11: bool,
    /// `XDG_CURRENT_DESKTOP`, as it is; may be empty.
    pub desktop: String,
    /// The program that started this one, with its arguments; may be empty.
    pub parent: Vec<String>,
}

/// What is around the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    /// The kiosk compositor cage: one window, no keys of its own.
    Cage,
    /// The same with `-s`: the console can be switched.
    CageWithConsoles,
    /// A Wayland desktop with keys of its own.
    WaylandDesktop,
    /// An X server with nothing else on it.
    BareX11,
    /// An X11 desktop, or an X server with a window manager.
    X11Desktop,
    /// Neither: Windows, macOS.
    Other,
}

impl Facts {
    /// From variables of the environment.
    #[must_use]
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>, parent: Vec<String>) -> Self {
        let set = |name| variable(name).is_some_and(|value| !value.is_empty());
        Self {
            wayland: set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET"),
            x11: set("DISPLAY"),
            desktop: variable("XDG_CURRENT_DESKTOP").unwrap_or_default(),
            parent,
        }
    }

    /// What is around the window.
    #[must_use]
    pub fn around(&self) -> Around {
        let name = self.parent.first().and_then(|path| path.rsplit('/').next());
        let cage = name == Some("cage") || self.desktop.eq_ignore_ascii_case("cage");
        let options = self.parent.iter().skip(1).take_while(|a| a.starts_with('-') && *a != "--");
        // Whose options are not known may have it.
        let consoles = name != Some("cage") || { options }.any(|option| option.contains('s'));
        match (self.wayland, self.x11) {
            (true, _) if cage && consoles => Around::CageWithConsoles,
            (true, _) if cage => Around::Cage,
            (true, _) => Around::WaylandDesktop,
            // Our own session names itself.
            (false, true) if self.desktop.is_empty() || self.desktop == "MultiClaw" => {
                Around::BareX11
            }
            (false, true) => Around::X11Desktop,
            (false, false) => Around::Other,
        }
    }
}

/// A combination, and whether this screen holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// As it stands on the keys.
    pub keys: &'static str,
    /// Held: it goes to the desktop, and nothing here acts on it.
    pub held: bool,
}

/// The table.
#[must_use]
pub fn table(around: Around) -> Vec<Held> {
    use Around::{BareX11, Cage, CageWithConsoles};
    let held = |keys, held| Held { keys, held };
    let alone = matches!(around, Cage | CageWithConsoles | BareX11);
    vec![
        held(tr!("kiosk-keys-own"), true),
        held("Ctrl+Alt+Delete", alone),
        held("Alt+F4", alone),
        held("Alt+Tab", alone),
        held("Super", alone),
        held("Print Screen", alone),
        // The X server's own, and the compositor's where it is allowed to.
        held(tr!("kiosk-keys-consoles"), around == Cage),
        // The kernel's own.
        held("Alt+SysRq", false),
    ]
}

/// The table in sentences.
#[must_use]
pub fn sentences(around: Around) -> Vec<String> {
    let list = |wanted: bool| {
        let rows = table(around);
        let names: Vec<&str> = rows.iter().filter(|r| r.held == wanted).map(|r| r.keys).collect();
        names.join(tr!("kiosk-keys-between"))
    };
    let keys = list(true);
    let held = match around {
        Around::Cage | Around::CageWithConsoles => tr!("kiosk-held-cage", keys = keys),
        Around::WaylandDesktop => tr!("kiosk-held-wayland", keys = keys),
        Around::BareX11 => tr!("kiosk-held-x-server", keys = keys),
        Around::X11Desktop => tr!("kiosk-held-x11", keys = keys),
        Around::Other => tr!("kiosk-held-other", keys = keys),
    };
    let mut said = vec![held, tr!("kiosk-not-held", keys = list(false))];
    if !matches!(around, Around::Cage | Around::CageWithConsoles | Around::BareX11) {
        said.push(tr!("kiosk-use-cage").into());
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(variables: &[(&str, &str)], parent: &str) -> Around {
        let variable = |name: &str| {
            variables.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned())
        };
        Facts::from_variables(variable, parent.split(' ').map(str::to_owned).collect()).around()
    }

    #[test]
    fn the_session_is_told_from_its_environment() {
        let wayland = ("WAYLAND_DISPLAY", "wayland-0");
        let x11 = ("DISPLAY", ":0");
        let desktop = |name| ("XDG_CURRENT_DESKTOP", name);
        for (variables, parent, expected) in [
            (vec![wayland], "/usr/bin/cage -- multiclaw -s", Around::Cage),
            (vec![wayland], "cage -d -s -- multiclaw", Around::CageWithConsoles),
            (vec![wayland], "cage -ds multiclaw", Around::CageWithConsoles),
            (vec![wayland, desktop("cage")], "sh", Around::CageWithConsoles),
            (vec![wayland, x11], "cage -d multiclaw", Around::Cage),
            (vec![wayland, x11, desktop("GNOME")], "gnome-shell", Around::WaylandDesktop),
            (vec![wayland], "sway", Around::WaylandDesktop),
            (vec![("WAYLAND_DISPLAY", ""), x11], "Xsession", Around::BareX11),
            (vec![x11, desktop("MultiClaw")], "sh", Around::BareX11),
            (vec![x11, desktop("XFCE")], "sh", Around::X11Desktop),
            // The name alone proves nothing without the session.
            (vec![x11, desktop("cage")], "cage", Around::X11Desktop),
            (vec![], "launchd", Around::Other),
        ] {
            assert_eq!(around(&variables, parent), expected, "{variables:?} {parent}");
        }
    }

    #[test]
    fn only_a_session_that_is_alone_holds_the_desktops_keys() {
        let holds = |around, keys| table(around).iter().any(|r| r.keys == keys && r.held);
        for around in [Around::Cage, Around::CageWithConsoles, Around::BareX11] {
            for keys in ["Super", "Alt+Tab", "Alt+F4", "Ctrl+Alt+Delete"] {
                assert!(holds(around, keys), "{around:?} {keys}");
            }
        }
        for around in [Around::WaylandDesktop, Around::X11Desktop, Around::Other] {
            for keys in ["Super", "Alt+Tab", "Ctrl+Alt+Delete"] {
                assert!(!holds(around, keys), "{around:?} {keys}");
            }
            assert!(sentences(around).iter().any(|s| s.contains("use the cage session")));
        }
        let consoles = "Ctrl+Alt+F1 to F12";
        assert!(holds(Around::Cage, consoles));
        for around in [Around::CageWithConsoles, Around::BareX11, Around::WaylandDesktop] {
            assert!(!holds(around, consoles), "{around:?}");
        }
        let said = sentences(Around::Cage);
        assert_eq!(said.len(), 2);
        assert_eq!(said[1], "Not held: Alt+SysRq.");
    }
}
