//! The command line. The man page and the completions are made from it (`app/examples/pages.rs`).

use clap::{Parser, Subcommand};
use multiclaw_core::policy::Monitor;
use std::path::PathBuf;

/// The native desktop client of MultiClaw.
#[derive(Debug, Parser)]
#[command(name = "multiclaw", version = crate::update::VERSION)]
pub struct Arguments {
    /// Address of the cloud. [default: https://api.multiclaw.io]
    #[arg(long, global = true)]
    pub cloud: Option<String>,
    /// Folder for the sign-in and the settings, instead of ~/.multiclaw.
    #[arg(long, global = true)]
    pub data: Option<PathBuf>,
    /// Open the desktop of this name as soon as it is online.
    #[arg(long)]
    pub desktop: Option<String>,
    /// Open this conversation of the gateway on this computer, by its session key.
    #[arg(long, value_name = "KEY")]
    pub chat: Option<String>,
    /// Reach desktops through a TURN relay only.
    #[arg(long, global = true)]
    pub relay_only: bool,
    /// Run as an unattended screen: one desktop, full screen, for ever.
    #[arg(long)]
    pub kiosk: bool,
    /// The unattended screen's monitor, by its number from 1 or by its name.
    #[arg(long, value_name = "N|NAME")]
    pub monitor: Option<Monitor>,
    /// A policy file of your own. It counts where the administrator's is silent.
    #[arg(long, global = true, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Give up none of this process's rights. Only to find out whether that is what does not work.
    #[arg(long)]
    pub no_sandbox: bool,
    /// Try what this process can still do, print it, and end.
    #[cfg(target_os = "linux")]
    #[arg(long, value_name = "FOLDER", hide = true)]
    pub sandbox_probe: Option<PathBuf>,
    /// Show a part of the program: multiclaw://desktop/NAME, multiclaw://chat/KEY,
    /// multiclaw://conversation/ID or multiclaw://settings/PAGE.
    #[arg(value_name = "LINK")]
    pub link: Option<String>,
    /// Instead of opening the window.
    #[command(subcommand)]
    pub command: Option<Task>,
}

/// What to do instead of opening the window.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Make this machine an unattended screen, with the code that an owner of the workspace has
    /// made. The code is asked for, or read from standard input.
    Enroll {
        /// Forget that this machine is a screen.
        #[arg(long)]
        forget: bool,
    },
    /// Check everything that has to work, and say what does not. Ends with 0 when nothing failed,
    /// with 1 when something did.
    Doctor(crate::doctor::Options),
    /// Make the hash of a PIN for an unattended screen's policy.
    KioskPin,
}

#[cfg(test)]
#[path = "pages.rs"]
mod pages;

#[cfg(test)]
mod tests {
    use super::{Arguments, pages};
    use clap::{CommandFactory, Parser};

    #[test]
    fn the_pages_in_the_repository_are_those_of_this_command_line() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../packaging/linux");
        for (name, text) in pages::all(&Arguments::command()).unwrap() {
            let kept = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
            assert!(kept == text, "{name} is not up to date: run packaging/pages");
        }
    }

    #[test]
    fn a_link_is_no_option() {
        let read = |words: &[&str]| Arguments::try_parse_from([&["multiclaw"], words].concat());
        assert_eq!(read(&["--"]).unwrap().link, None, "as the desktop entry starts it");
        let link = "multiclaw://settings/network";
        assert_eq!(read(&["--", link]).unwrap().link.as_deref(), Some(link));
        let evil = "--data=/tmp/evil";
        let read = read(&["--", evil]).unwrap();
        assert_eq!((read.link.as_deref(), read.data), (Some(evil), None));
    }
}
