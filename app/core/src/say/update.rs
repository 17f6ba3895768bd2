//! What is said about new versions.

use super::{network::connection, problem};
use crate::engine::{Found, PlatformError};
use crate::model::{Problem, UpdateRules};
use semver::Version;
use update::{LastResult, ManifestError, Place, Reason, SignatureError, UnpackError, UpdateError};

/// Nothing happens under somebody who works.
pub(crate) const WAITS_FOR_DESKTOP: &str = "It is downloaded when you leave the desktop.";
/// Quiet hours.
pub(crate) const WAITS_FOR_HOURS: &str = "It is downloaded when the quiet hours are over.";
/// Switched off.
pub(crate) const WAITS_FOR_WORD: &str = "It is not downloaded by itself: that is switched off.";

const NOTHING_CHANGED: &str = "Nothing was changed.";
const ASK: &str = "Nothing was changed. Try again later. If it goes on, download MultiClaw from its \
                   website and tell security@multiclaw.io.";
const OTHER_FILE: &str = "Nothing was changed. Download the file and its signature again.";

/// An update that was not made.
pub(crate) fn error(error: &UpdateError) -> Problem {
    match error {
        UpdateError::Place(place) => self::place(place),
        UpdateError::Net(error) => connection(error, "The update server"),
        UpdateError::Status(status) => problem(
            format!("The update server answered with status {status}."),
            "Try again later. If it goes on, a proxy or a firewall may answer in its place.",
        ),
        UpdateError::Signature(error) => signature(error),
        UpdateError::Comment(error) => problem(format!("The update was refused: {error}."), ASK),
        UpdateError::Manifest(error) => manifest(error),
        UpdateError::Unpack(error) => unpack(error),
        UpdateError::TooOld { needs } => problem(
            format!("This version is too old for that update, which needs version {needs}."),
            "Download MultiClaw from its website and install it over this one.",
        ),
        UpdateError::Downgrade { offered, floor } => problem(
            format!("Version {offered} was refused: it is not newer than {floor}."),
            "Nothing was changed. Older versions may have faults that are known.",
        ),
        UpdateError::Size { got, signed } => problem(
            format!("The update has {got} bytes and should have {signed}."),
            "Nothing was changed. Try again.",
        ),
        UpdateError::Folder { folder, why } => problem(
            format!("The folder {folder} cannot be used for updates: {why}."),
            "Remove it, or make it yours alone, and try again.",
        ),
        UpdateError::Disk { full: true, .. } => problem(
            "There is no room on the disk for the update.",
            "Make room and try again. MultiClaw goes on working.",
        ),
        UpdateError::Disk { what, why, .. } => problem(
            format!("The update could not be kept ({what}: {why})."),
            "Check that there is room on the disk and that the folder of the program is yours.",
        ),
        UpdateError::Changed => problem(
            "The update was changed on this computer after it had been verified.",
            "It was thrown away. Something on this computer may be tampering with programs.",
        ),
        UpdateError::NothingKept => {
            problem("There is no earlier version to go back to.", NOTHING_CHANGED)
        }
        UpdateError::SelfTest(why) => problem(
            format!("The new version does not start on this computer: {why}."),
            "This version goes on working. The new one is not tried again by itself.",
        ),
        UpdateError::Busy => problem(
            "Another window of MultiClaw is updating.",
            "Wait until it is done. It is one program on disk.",
        ),
        UpdateError::Ending => problem("The update was broken off.", "Try again."),
        other => problem(format!("The update failed: {other}."), NOTHING_CHANGED),
    }
}

fn place(place: &Place) -> Problem {
    match place {
        Place::Ours => problem("The update failed.", NOTHING_CHANGED),
        Place::NotWritable { folder } => problem(
            format!("The folder {} cannot be written by you.", folder.display()),
            "Update MultiClaw in the way it was installed, or move it to a folder of your own.",
        ),
        Place::Packaged { by } => problem(
            format!("This MultiClaw was installed by {by}."),
            "Update it there: two that change the same files would spoil each other's work.",
        ),
        Place::NoKeys => problem(
            "This MultiClaw was built without keys, so it cannot verify a new version.",
            "Update it in the way it was built.",
        ),
    }
}

fn signature(error: &SignatureError) -> Problem {
    match error {
        SignatureError::Missing => problem("The update has no signature.", OTHER_FILE),
        SignatureError::TooLong | SignatureError::Malformed => {
            problem("The signature of the update cannot be read.", OTHER_FILE)
        }
        SignatureError::Legacy => {
            problem("The update is signed in an outdated way, which is not accepted.", ASK)
        }
        SignatureError::UnknownKey { id, .. } => problem(
            format!("The update is signed with another key, {id}."),
            "Nothing was changed. Only the keys that are listed on this page are accepted. If you \
             did not expect this, tell security@multiclaw.io.",
        ),
        SignatureError::Wrong => {
            problem("The update is not what was signed: it was changed, or it is not whole.", ASK)
        }
        other => problem(format!("The signature of the update is not accepted: {other}."), ASK),
    }
}

fn manifest(error: &ManifestError) -> Problem {
    match error {
        ManifestError::NoTarget(target) => problem(
            format!("There is no new version for this kind of computer ({target})."),
            "Look at the MultiClaw website.",
        ),
        ManifestError::Future => problem(
            "The list of versions is from the future.",
            "Check this computer's date and time, and try again.",
        ),
        ManifestError::Old { .. } => problem(
            "The list of versions is older than one that was seen before, so it was not used.",
            "Try again later. A cache, or somebody on the way, may be holding newer ones back.",
        ),
        ManifestError::TooLarge(_) => problem("The update is too large.", ASK),
        other => problem(format!("The list of versions was refused: {other}."), ASK),
    }
}

fn unpack(error: &UnpackError) -> Problem {
    problem(format!("The update was not unpacked: {error}."), ASK)
}

/// The list of versions is too old. `long`: for more than 30 days.
pub(crate) fn expired(long: bool) -> Problem {
    let what = match long {
        true => "Updates have not been checked for more than 30 days: the list of versions is old.",
        false => "The list of versions is too old to be used, so nothing was installed.",
    };
    problem(
        what,
        "Check this computer's date and time. Else a cache, or somebody on the way, may be holding \
         newer ones back: look at the MultiClaw website.",
    )
}

/// How a check went, in a whole sentence.
pub(crate) fn checked(result: &Result<Found, UpdateError>) -> String {
    match result {
        Ok(Found::UpToDate) => "This is the newest version. The list's signature is good.".into(),
        Ok(Found::Offer(offer)) => {
            format!("Version {} is there. The list's signature is good.", offer.version)
        }
        Ok(Found::Failed { version, .. }) => {
            format!("Version {version} is there, which did not work on this computer.")
        }
        Ok(Found::Expired { warn }) => expired(*warn).what,
        Err(found) => error(found).what,
    }
}

/// A version that is verified and unpacked.
pub(crate) fn verified(version: &Version) -> String {
    format!("Version {version} was downloaded. Its signature is good.")
}

/// Why a version is not taken by itself, in a whole sentence.
pub(crate) fn reason(reason: &Reason) -> String {
    match reason {
        Reason::DidNotStart => "It did not start twice, and was taken back.".into(),
        Reason::SelfTest(why) => format!("It failed its self-test ({why}) and was not installed."),
        Reason::TakenBack => "You went back from it.".into(),
    }
}

/// The last change of versions, and whether it was a good one.
pub(crate) fn change(last: &LastResult) -> (String, bool) {
    let day = |at: u64| {
        let at = i64::try_from(at).ok().and_then(|at| jiff::Timestamp::from_second(at).ok());
        at.map(|at| crate::local_time::full(&at.to_string())).unwrap_or_default()
    };
    match last {
        LastResult::Installed { version, at } => {
            (format!("Version {version} was installed on {}.", day(*at)), true)
        }
        LastResult::Failed { version, reason: why, at } => {
            (format!("Version {version}, {}: {}", day(*at), lower(&reason(why))), false)
        }
    }
}

fn lower(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

/// By whom, and at which version, this program is kept.
pub(crate) fn frozen(rules: &UpdateRules, running: &Version) -> Option<String> {
    let stay_at = rules.stay_at.as_deref()?.trim();
    Some(match Version::parse(stay_at) {
        Ok(version) if version > *running => format!(
            "The administrator of this computer allows versions up to {version}, and none after."
        ),
        Ok(version) => {
            format!("The administrator of this computer keeps MultiClaw at version {version}.")
        }
        Err(_) => format!(
            "The administrator of this computer keeps MultiClaw at the version that runs: the \
             rule names \"{}\", which is no version.",
            stay_at.chars().filter(|c| !c.is_control()).take(40).collect::<String>()
        ),
    })
}

/// Something that the administrator's rule does not allow.
pub(crate) fn by_rule(frozen: &str) -> Problem {
    problem(frozen, "Ask the administrator if you need another version.")
}

/// Not an archive and its signature.
pub(crate) fn two_files() -> Problem {
    problem(
        "An update from files is two files: the archive and its signature.",
        "Choose both at once: one that ends in .tar.gz and the one that ends in .minisig.",
    )
}

/// A folder, a device.
pub(crate) fn no_file(name: &str) -> Problem {
    problem(format!("{name} is no file."), "Choose the update and its signature.")
}

/// Longer than an update or a signature can be.
pub(crate) fn large_file(name: &str) -> Problem {
    problem(format!("{name} is too large for an update."), OTHER_FILE)
}

/// The operating system shows no dialog.
pub(crate) fn platform(error: &PlatformError) -> Problem {
    let said = super::files::platform(error);
    let next = said.next.replace(" A file can also be dragged on the conversation.", "");
    problem(said.what, next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use update::{CommentError, Role};

    #[test]
    fn every_error_has_its_own_sentences() {
        let version = |n| Version::new(1, n, 0);
        let errors: Vec<UpdateError> = vec![
            UpdateError::Place(Place::NoKeys),
            UpdateError::Place(Place::Packaged { by: "dpkg".into() }),
            UpdateError::Place(Place::NotWritable { folder: "/opt/x".into() }),
            net::NetError::Timeout { host: "h".into() }.into(),
            UpdateError::Status(404),
            SignatureError::Missing.into(),
            SignatureError::Malformed.into(),
            SignatureError::Legacy.into(),
            SignatureError::UnknownKey { role: Role::Release, id: "AB".into() }.into(),
            SignatureError::Wrong.into(),
            CommentError::Missing { key: "version" }.into(),
            ManifestError::NoTarget("x".into()).into(),
            ManifestError::Future.into(),
            ManifestError::Old { seq: 1, floor: 2 }.into(),
            ManifestError::Disagrees("the version").into(),
            UnpackError::NoProgram.into(),
            UpdateError::TooOld { needs: version(1) },
            UpdateError::Downgrade { offered: version(1), floor: version(2) },
            UpdateError::Size { got: 1, signed: 2 },
            UpdateError::Folder { folder: "/x".into(), why: "it is a link".into() },
            UpdateError::Disk { what: "writing", why: "no".into(), full: true },
            UpdateError::Disk { what: "writing", why: "no".into(), full: false },
            UpdateError::Changed,
            UpdateError::NothingKept,
            UpdateError::SelfTest("it printed nothing".into()),
            UpdateError::Busy,
            UpdateError::Ending,
        ];
        let mut said = std::collections::BTreeSet::new();
        for found in errors {
            let Problem { what, next } = error(&found);
            assert!(what.ends_with('.') && next.ends_with('.'), "{what} {next}");
            assert!(!what.contains("  ") && !next.contains("  ") && !what.contains(".."), "{what}");
            assert!(said.insert(what), "{found:?} sounds like another");
        }
    }

    #[test]
    fn a_rule_says_who_keeps_the_version() {
        let running = Version::new(1, 4, 0);
        let said = |text: &str| {
            frozen(&UpdateRules { stay_at: Some(text.into()), quiet: None }, &running).unwrap()
        };
        assert!(said("1.4.0").contains("administrator") && said("1.4.0").contains("1.4.0"));
        assert!(said("1.5.0").contains("up to 1.5.0"));
        assert!(said("old\n").contains("\"old\", which is no version"));
        assert_eq!(frozen(&UpdateRules::default(), &running), None);
    }
}
