//! What is said about attachments, exports and the system's dialogs.

use super::problem;
use crate::engine::PlatformError;
use crate::model::Problem;
use std::io;

const SMALLER: &str = "Choose a smaller one.";

/// "19.5 MB": decimal, as file managers show it.
pub(crate) fn size(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = bytes.saturating_mul(10).saturating_add(unit / 2) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

pub(crate) fn large(name: &str, bytes: u64, limit: u64) -> Problem {
    let (bytes, limit) = (size(bytes), size(limit));
    problem(format!("{name} has {bytes}; the gateway takes files of at most {limit}."), SMALLER)
}

pub(crate) fn large_picture(name: &str, bytes: u64, limit: u64) -> Problem {
    let (bytes, limit) = (size(bytes), size(limit));
    problem(
        format!("The picture {name} has {bytes}; the gateway takes pictures of at most {limit}."),
        "Make it smaller, or choose another.",
    )
}

pub(crate) fn large_together(bytes: u64, limit: u64) -> Problem {
    let (bytes, limit) = (size(bytes), size(limit));
    problem(
        format!("With this file the message has {bytes}; the gateway takes at most {limit}."),
        "Send it with the next message.",
    )
}

pub(crate) fn many(most: usize) -> Problem {
    problem(
        format!("A message has at most {most} files."),
        "Send these first, and the others with the next message.",
    )
}

pub(crate) fn much(most: u64) -> Problem {
    problem(
        format!("Files that were attached and not sent yet have at most {} in all.", size(most)),
        "Send the messages that were begun in other conversations, or remove their files.",
    )
}

pub(crate) fn folder(name: &str) -> Problem {
    problem(format!("{name} is a folder."), "Attach the files in it, or an archive of it.")
}

pub(crate) fn no_file(name: &str) -> Problem {
    problem(format!("{name} is a device or a pipe, not a file."), "Choose a file.")
}

pub(crate) fn unreadable(name: &str, error: &io::Error) -> Problem {
    let what = match error.kind() {
        io::ErrorKind::NotFound => format!("{name} is not there any more."),
        io::ErrorKind::PermissionDenied => format!("You may not open {name}."),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            format!("There is no room on the disk for {name}.")
        }
        _ => format!("{name} cannot be used: {error}."),
    };
    problem(what, "Choose another file.")
}

pub(crate) fn reading() -> Problem {
    problem("A file is still being read.", "Send the message when it is there.")
}

pub(crate) fn no_picture_in_clipboard() -> Problem {
    problem("There is no picture in the clipboard.", "Copy one and try again.")
}

pub(crate) fn no_desktop() -> Problem {
    problem("No desktop is open.", "Open one to attach its picture.")
}

pub(crate) fn no_picture(name: &str) -> Problem {
    problem(format!("There is no picture of {name} yet."), "Wait until the desktop is shown.")
}

pub(crate) fn not_encoded(name: &str) -> Problem {
    problem(format!("No file could be made of the picture {name}."), "Try again.")
}

/// An export that broke off. `begun`: something stands in the file already.
pub(crate) fn export_broke_off(problem: Problem, name: &str, begun: bool) -> Problem {
    if !begun {
        return problem;
    }
    let next = format!("{name} is not complete. {}", problem.next);
    Problem { what: problem.what, next: next.trim().to_owned() }
}

pub(crate) fn nothing_to_export() -> Problem {
    problem("No conversation is open.", "Open the one that you want to export.")
}

/// The operating system did not do it.
pub(crate) fn platform(error: &PlatformError) -> Problem {
    tracing::warn!(%error, "platform");
    match error {
        PlatformError::NoDialog(_) => problem(
            "This system has nothing that shows file dialogs.",
            "Install xdg-desktop-portal and a backend for your desktop, for example \
             xdg-desktop-portal-gtk, and sign in to the system again. A file can also be dragged \
             on the conversation.",
        ),
        PlatformError::DialogHangs => problem(
            "The system's service for file dialogs does not answer.",
            "Restart it with \"systemctl --user restart xdg-desktop-portal\", or sign in to the \
             system again. A file can also be dragged on the conversation.",
        ),
        PlatformError::Dialog(_) => problem("The file dialog failed.", "Try again."),
        PlatformError::Clipboard(_) => {
            problem("The clipboard cannot be read.", "Save the picture and attach the file.")
        }
        PlatformError::Notification(_) => problem("Nothing shows notifications here.", ""),
        PlatformError::Refused(_) => problem(
            "MultiClaw refused this to itself: it is a fault of MultiClaw.",
            "What was refused is listed in the settings under Permissions.",
        ),
        PlatformError::Awake(_) => problem("Nothing keeps the screen awake here.", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        let sizes = [0, 999, 1_000, 19_464_192, 6_291_456, 1 << 40];
        let said = sizes.map(size);
        assert_eq!(said, ["0 bytes", "999 bytes", "1.0 kB", "19.5 MB", "6.3 MB", "1099.5 GB"]);
    }

    #[test]
    fn no_portal_and_one_that_hangs_are_told_apart() {
        let none = platform(&PlatformError::NoDialog("x".into()));
        let hangs = platform(&PlatformError::DialogHangs);
        assert_ne!(none, hangs);
        assert!(none.next.contains("xdg-desktop-portal-gtk"));
        assert!(hangs.next.contains("restart xdg-desktop-portal"));
    }
}
