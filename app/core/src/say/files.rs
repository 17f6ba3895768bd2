//! What is said about attachments, exports and the system's dialogs.

use super::problem;
use crate::engine::PlatformError;
use crate::model::Problem;
use crate::tr;
use std::io;

/// "19.5 MB": decimal, as file managers show it.
pub(crate) fn size(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = bytes.saturating_mul(10).saturating_add(unit / 2) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..1_000 => tr!("files-bytes", count = bytes),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

pub(crate) fn large(name: &str, bytes: u64, limit: u64) -> Problem {
    let (bytes, limit) = (size(bytes), size(limit));
    problem(tr!("files-large", name = name, size = bytes, limit = limit), tr!("files-large-next"))
}

pub(crate) fn large_picture(name: &str, bytes: u64, limit: u64) -> Problem {
    let (bytes, limit) = (size(bytes), size(limit));
    problem(
        tr!("files-large-picture", name = name, size = bytes, limit = limit),
        tr!("files-large-picture-next"),
    )
}

pub(crate) fn large_together(bytes: u64, limit: u64) -> Problem {
    let (bytes, limit) = (size(bytes), size(limit));
    problem(
        tr!("files-large-together", size = bytes, limit = limit),
        tr!("files-large-together-next"),
    )
}

pub(crate) fn many(most: usize) -> Problem {
    problem(tr!("files-many", count = most), tr!("files-many-next"))
}

pub(crate) fn much(most: u64) -> Problem {
    problem(tr!("files-much", limit = size(most)), tr!("files-much-next"))
}

pub(crate) fn folder(name: &str) -> Problem {
    problem(tr!("files-folder", name = name), tr!("files-folder-next"))
}

pub(crate) fn no_file(name: &str) -> Problem {
    problem(tr!("files-no-file", name = name), tr!("files-no-file-next"))
}

pub(crate) fn unreadable(name: &str, error: &io::Error) -> Problem {
    let what = match error.kind() {
        io::ErrorKind::NotFound => tr!("files-gone", name = name),
        io::ErrorKind::PermissionDenied => tr!("files-forbidden", name = name),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            tr!("files-no-room", name = name)
        }
        _ => tr!("files-unusable", name = name, why = error.to_string()),
    };
    problem(what, tr!("files-choose-another-next"))
}

pub(crate) fn reading() -> Problem {
    problem(tr!("files-reading"), tr!("files-reading-next"))
}

pub(crate) fn no_picture_in_clipboard() -> Problem {
    problem(tr!("files-no-picture-in-clipboard"), tr!("files-no-picture-in-clipboard-next"))
}

pub(crate) fn no_desktop() -> Problem {
    problem(tr!("files-no-desktop"), tr!("files-no-desktop-next"))
}

pub(crate) fn no_picture(name: &str) -> Problem {
    problem(tr!("files-no-picture", name = name), tr!("files-no-picture-next"))
}

pub(crate) fn not_encoded(name: &str) -> Problem {
    problem(tr!("files-not-encoded", name = name), tr!("files-try-again-next"))
}

/// An export that broke off. `begun`: something stands in the file already.
pub(crate) fn export_broke_off(problem: Problem, name: &str, begun: bool) -> Problem {
    if !begun {
        return problem;
    }
    let next = super::both(&tr!("files-not-complete", name = name), &problem.next);
    Problem { what: problem.what, next }
}

pub(crate) fn nothing_to_export() -> Problem {
    problem(tr!("files-nothing-to-export"), tr!("files-nothing-to-export-next"))
}

/// The operating system did not do it.
pub(crate) fn platform(error: &PlatformError) -> Problem {
    tracing::warn!(%error, "platform");
    match error {
        PlatformError::NoDialog(_) => problem(tr!("files-no-dialog"), tr!("files-no-dialog-next")),
        PlatformError::DialogHangs => {
            problem(tr!("files-dialog-hangs"), tr!("files-dialog-hangs-next"))
        }
        PlatformError::Dialog(_) => {
            problem(tr!("files-dialog-failed"), tr!("files-try-again-next"))
        }
        PlatformError::Clipboard(_) => {
            problem(tr!("files-clipboard-unreadable"), tr!("files-clipboard-unreadable-next"))
        }
        PlatformError::Notification(_) => problem(tr!("files-no-notifications"), ""),
        PlatformError::Refused(_) => {
            problem(tr!("files-refused-to-itself"), tr!("files-refused-to-itself-next"))
        }
        PlatformError::Awake(_) => problem(tr!("files-not-awake"), ""),
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
