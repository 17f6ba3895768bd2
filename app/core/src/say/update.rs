//! What is said about new versions.

use super::{network::connection, problem};
use crate::engine::{Found, PlatformError};
use crate::model::{Problem, UpdateRules};
use crate::tr;
use semver::Version;
use update::{LastResult, ManifestError, Place, Reason, SignatureError, UnpackError, UpdateError};

/// Nothing happens under somebody who works.
pub(crate) fn waits_for_desktop() -> &'static str {
    tr!("update-waits-for-desktop")
}

/// Quiet hours.
pub(crate) fn waits_for_hours() -> &'static str {
    tr!("update-waits-for-hours")
}

/// Switched off.
pub(crate) fn waits_for_word() -> &'static str {
    tr!("update-waits-for-word")
}

fn nothing_changed() -> &'static str {
    tr!("update-nothing-changed")
}

fn ask() -> &'static str {
    tr!("update-ask")
}

fn other_file() -> &'static str {
    tr!("update-other-file")
}

/// An update that was not made.
pub(crate) fn error(error: &UpdateError) -> Problem {
    match error {
        UpdateError::Place(place) => self::place(place),
        UpdateError::Net(error) => connection(error, tr!("update-server")),
        UpdateError::Status(status) => {
            problem(tr!("update-status", status = *status), tr!("update-status-next"))
        }
        UpdateError::Signature(error) => signature(error),
        UpdateError::Comment(error) => {
            problem(tr!("update-refused", why = error.to_string()), ask())
        }
        UpdateError::Manifest(error) => manifest(error),
        UpdateError::Unpack(error) => unpack(error),
        UpdateError::TooOld { needs } => {
            problem(tr!("update-too-old", version = needs.to_string()), tr!("update-too-old-next"))
        }
        UpdateError::Downgrade { offered, floor } => problem(
            tr!("update-downgrade", version = offered.to_string(), floor = floor.to_string()),
            tr!("update-downgrade-next"),
        ),
        UpdateError::Size { got, signed } => problem(
            tr!("update-size", got = got.to_string(), signed = signed.to_string()),
            tr!("update-size-next"),
        ),
        UpdateError::Folder { folder, why } => problem(
            tr!("update-folder", folder = folder.to_string(), why = why.to_string()),
            tr!("update-folder-next"),
        ),
        UpdateError::Disk { full: true, .. } => {
            problem(tr!("update-disk-full"), tr!("update-disk-full-next"))
        }
        UpdateError::Disk { what, why, .. } => problem(
            tr!("update-not-kept", what = what.to_string(), why = why.to_string()),
            tr!("update-not-kept-next"),
        ),
        UpdateError::Changed => problem(tr!("update-changed"), tr!("update-changed-next")),
        UpdateError::NothingKept => problem(tr!("update-nothing-kept"), nothing_changed()),
        UpdateError::SelfTest(why) => {
            problem(tr!("update-self-test", why = why.to_string()), tr!("update-self-test-next"))
        }
        UpdateError::Busy => problem(tr!("update-busy"), tr!("update-busy-next")),
        UpdateError::Ending => problem(tr!("update-ending"), tr!("update-ending-next")),
        other => problem(tr!("update-failed-why", why = other.to_string()), nothing_changed()),
    }
}

fn place(place: &Place) -> Problem {
    match place {
        Place::Ours => problem(tr!("update-failed"), nothing_changed()),
        Place::NotWritable { folder } => problem(
            tr!("update-not-writable", folder = folder.display().to_string()),
            tr!("update-not-writable-next"),
        ),
        Place::Packaged { by } => {
            problem(tr!("update-packaged", by = by.to_string()), tr!("update-packaged-next"))
        }
        Place::NoKeys => problem(tr!("update-no-keys"), tr!("update-no-keys-next")),
    }
}

fn signature(error: &SignatureError) -> Problem {
    match error {
        SignatureError::Missing => problem(tr!("update-unsigned"), other_file()),
        SignatureError::TooLong | SignatureError::Malformed => {
            problem(tr!("update-signature-unreadable"), other_file())
        }
        SignatureError::Legacy => problem(tr!("update-signature-outdated"), ask()),
        SignatureError::UnknownKey { id, .. } => {
            problem(tr!("update-unknown-key", key = id.to_string()), tr!("update-unknown-key-next"))
        }
        SignatureError::Wrong => problem(tr!("update-signature-wrong"), ask()),
        other => problem(tr!("update-signature-refused", why = other.to_string()), ask()),
    }
}

fn manifest(error: &ManifestError) -> Problem {
    match error {
        ManifestError::NoTarget(target) => problem(
            tr!("update-no-target", target = target.to_string()),
            tr!("update-no-target-next"),
        ),
        ManifestError::Future => problem(tr!("update-list-future"), tr!("update-list-future-next")),
        ManifestError::Old { .. } => {
            problem(tr!("update-list-older"), tr!("update-list-older-next"))
        }
        ManifestError::TooLarge(_) => problem(tr!("update-too-large"), ask()),
        other => problem(tr!("update-list-refused", why = other.to_string()), ask()),
    }
}

fn unpack(error: &UnpackError) -> Problem {
    problem(tr!("update-not-unpacked", why = error.to_string()), ask())
}

/// The list of versions is too old. `long`: for more than 30 days.
pub(crate) fn expired(long: bool) -> Problem {
    let what = match long {
        true => tr!("update-list-expired-long"),
        false => tr!("update-list-expired"),
    };
    problem(what, tr!("update-list-expired-next"))
}

/// How a check went, in a whole sentence.
pub(crate) fn checked(result: &Result<Found, UpdateError>) -> String {
    match result {
        Ok(Found::UpToDate) => tr!("update-newest").into(),
        Ok(Found::Offer(offer)) => {
            tr!("update-offered", version = offer.version.to_string())
        }
        Ok(Found::Failed { version, .. }) => {
            tr!("update-offered-failed", version = version.to_string())
        }
        Ok(Found::Expired { warn }) => expired(*warn).what,
        Err(found) => error(found).what,
    }
}

/// A version that is verified and unpacked.
pub(crate) fn verified(version: &Version) -> String {
    tr!("update-verified", version = version.to_string())
}

/// Why a version is not taken by itself, in a whole sentence.
pub(crate) fn reason(reason: &Reason) -> String {
    match reason {
        Reason::DidNotStart => tr!("update-reason-did-not-start").into(),
        Reason::SelfTest(why) => tr!("update-reason-self-test", why = why.to_string()),
        Reason::TakenBack => tr!("update-reason-taken-back").into(),
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
            (tr!("update-installed", version = version.to_string(), day = day(*at)), true)
        }
        LastResult::Failed { version, reason, at } => {
            let (version, day) = (version.to_string(), day(*at));
            let text = match reason {
                Reason::DidNotStart => {
                    tr!("update-did-not-start", version = version, day = day)
                }
                Reason::SelfTest(why) => {
                    let why = why.to_string();
                    tr!("update-self-test-failed", version = version, day = day, why = why)
                }
                Reason::TakenBack => tr!("update-taken-back", version = version, day = day),
            };
            (text, false)
        }
    }
}

/// By whom, and at which version, this program is kept.
pub(crate) fn frozen(rules: &UpdateRules, running: &Version) -> Option<String> {
    let stay_at = rules.stay_at.as_deref()?.trim();
    Some(match Version::parse(stay_at) {
        Ok(version) if version > *running => {
            tr!("update-frozen-up-to", version = version.to_string())
        }
        Ok(version) => tr!("update-frozen", version = version.to_string()),
        Err(_) => {
            let rule = stay_at.chars().filter(|c| !c.is_control()).take(40).collect::<String>();
            tr!("update-frozen-badly", rule = rule)
        }
    })
}

/// Something that the administrator's rule does not allow.
pub(crate) fn by_rule(frozen: &str) -> Problem {
    problem(frozen, tr!("update-by-rule-next"))
}

/// Not an archive and its signature.
pub(crate) fn two_files() -> Problem {
    problem(tr!("update-two-files"), tr!("update-two-files-next"))
}

/// A folder, a device.
pub(crate) fn no_file(name: &str) -> Problem {
    problem(tr!("update-no-file", name = name), tr!("update-no-file-next"))
}

/// Longer than an update or a signature can be.
pub(crate) fn large_file(name: &str) -> Problem {
    problem(tr!("update-large-file", name = name), other_file())
}

/// The operating system shows no dialog.
pub(crate) fn platform(error: &PlatformError) -> Problem {
    let Problem { what, next } = super::files::platform(error);
    match error {
        PlatformError::NoDialog(_) => problem(what, tr!("update-no-dialog-next")),
        PlatformError::DialogHangs => problem(what, tr!("update-dialog-hangs-next")),
        _ => problem(what, next),
    }
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
