//! The capability table: what each [`Command`] may touch. What is not here is refused.
//!
//! This is what the WebView's capability list was. The user interface cannot reach a file, a
//! socket or a process; it can only send commands, and each touches only what this table says.

use crate::command::Command;
use net::Purpose;

/// Something outside the program's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// A connection for this purpose.
    Network(Purpose),
    /// This file below `~/.multiclaw`.
    File(&'static str),
}

/// The stored sign-in.
pub const SESSION_FILE: &str = "session.json";
/// The stored choices.
pub const SETTINGS_FILE: &str = "settings.json";

/// What `command` may touch; empty for what changes memory only.
#[must_use]
pub fn scope_of(command: &Command) -> &'static [Touch] {
    use Touch::{File, Network};
    match command {
        Command::SignIn { .. } | Command::SignOut => {
            &[Network(Purpose::CloudApi), Network(Purpose::CloudRealtime), File(SESSION_FILE)]
        }
        Command::RefreshDesktops => &[Network(Purpose::CloudApi), File(SESSION_FILE)],
        Command::ReconnectCloud => &[Network(Purpose::CloudApi), Network(Purpose::CloudRealtime)],
        Command::OpenDesktop(_) | Command::ReconnectNow => {
            &[Network(Purpose::CloudRealtime), Network(Purpose::CloudDesktop)]
        }
        Command::Input(_) | Command::RefreshPicture | Command::PictureVisible(_) => {
            &[Network(Purpose::CloudDesktop)]
        }
        Command::SetQuality(_) => &[Network(Purpose::CloudDesktop), File(SETTINGS_FILE)],
        Command::ShowStats(_)
        | Command::SetScaling(_)
        | Command::SetKeyboard(_)
        | Command::SetTheme(_) => &[File(SETTINGS_FILE)],
        Command::CancelSignIn
        | Command::CloseDesktop
        | Command::CancelReconnect
        | Command::SetViewOnly(_)
        | Command::DismissNotice => &[],
    }
}

/// Whether `command` may open or write the file of this name below `~/.multiclaw`.
#[must_use]
pub fn may_touch_file(command: &Command, name: &str) -> bool {
    scope_of(command).contains(&match name {
        SESSION_FILE => Touch::File(SESSION_FILE),
        SETTINGS_FILE => Touch::File(SETTINGS_FILE),
        _ => return false,
    })
}
