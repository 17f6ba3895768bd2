//! The command line. The man page and the completions are made from it (`app/examples/pages.rs`).

use crate::start;
use clap::Parser;
use std::path::PathBuf;

/// The native desktop client of MultiClaw.
#[derive(Debug, Parser)]
#[command(name = "multiclaw", version)]
pub struct Arguments {
    /// Address of the cloud.
    #[arg(long, default_value = start::CLOUD)]
    pub cloud: String,
    /// Folder for the sign-in and the settings, instead of ~/.multiclaw.
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// Open the desktop of this name as soon as it is online.
    #[arg(long)]
    pub desktop: Option<String>,
    /// Open this conversation of the gateway on this computer, by its session key.
    #[arg(long, value_name = "KEY")]
    pub chat: Option<String>,
    /// Reach desktops through a TURN relay only.
    #[arg(long)]
    pub relay_only: bool,
    /// Show a part of the program: multiclaw://desktop/NAME, multiclaw://chat/KEY,
    /// multiclaw://conversation/ID or multiclaw://settings/PAGE.
    #[arg(value_name = "LINK")]
    pub link: Option<String>,
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
        for (name, text) in pages::all(Arguments::command()).unwrap() {
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
