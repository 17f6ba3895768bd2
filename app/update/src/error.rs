//! What can go wrong with an update, by what a person can do about it.

use crate::Place;
use net::NetError;
use semver::Version;

/// A signature that is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// There is none.
    #[error("there is no signature")]
    Missing,
    /// Longer than 4 KiB.
    #[error("the signature is too long")]
    TooLong,
    /// Not the four lines of a minisign signature.
    #[error("the signature is not a minisign signature")]
    Malformed,
    /// It signs the file itself and not its hash (`minisign -l`).
    #[error("the signature is of the outdated kind")]
    Legacy,
    /// No key of this role has the id of the signature.
    #[error("the signature was made with the key {id}, which is not one of the {role} keys")]
    UnknownKey {
        /// What it would have to be.
        role: crate::Role,
        /// As minisign prints it.
        id: String,
    },
    /// The file or the trusted comment is not what was signed with that key.
    #[error("the signature does not fit what it came with")]
    Wrong,
}

/// A trusted comment that is signed and still not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CommentError {
    /// Not `key:value` between tabs.
    #[error("the signed comment cannot be read")]
    Malformed,
    /// A key stands there twice.
    #[error("the signed comment says {key} twice")]
    Repeated {
        /// The key.
        key: String,
    },
    /// A required key is not there.
    #[error("the signed comment does not say {key}")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A value is not of its kind.
    #[error("the signed comment has no usable {key}")]
    Value {
        /// The key.
        key: &'static str,
    },
    /// A value is not what it has to be.
    #[error("the signed comment says {key} {signed}, and not {expected}")]
    Differs {
        /// The key.
        key: &'static str,
        /// What is signed.
        signed: String,
        /// What was expected.
        expected: String,
    },
}

/// A `latest.json` that is signed and still not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// Not the JSON it has to be.
    #[error("the update information cannot be read: {0}")]
    Malformed(String),
    /// Its address is not one that may be used.
    #[error("the update's address cannot be used: {0}")]
    Address(String),
    /// It differs from its own signed comment.
    #[error("the update information and its signature disagree about {0}")]
    Disagrees(&'static str),
    /// No archive for this kind of computer.
    #[error("there is no update for {0}")]
    NoTarget(String),
    /// The archive is larger than 512 MiB.
    #[error("the update is too large: {0} bytes")]
    TooLarge(u64),
    /// Older than one that was seen before.
    #[error("the update information is older than what was seen before ({seq} after {floor})")]
    Old {
        /// Its number.
        seq: u64,
        /// The highest seen.
        floor: u64,
    },
    /// Its number is far beyond the one before.
    #[error("the update information has a number that is too high ({seq} after {floor})")]
    Ahead {
        /// Its number.
        seq: u64,
        /// The highest seen.
        floor: u64,
    },
    /// Made more than a day later than this computer's clock says.
    #[error("the update information is from the future: this computer's clock may be wrong")]
    Future,
}

/// An archive that is signed and still not unpacked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnpackError {
    /// Not a gzipped tar.
    #[error("the archive cannot be read: {0}")]
    Malformed(String),
    /// More than 1 GiB.
    #[error("the archive unpacks to too much")]
    TooLarge,
    /// More than 2000 entries.
    #[error("the archive has too many entries")]
    TooMany,
    /// A name that leads out of the archive, or is not plain.
    #[error("the archive has a name that leads elsewhere: {0}")]
    Name(String),
    /// A link, a device, a sparse file or another thing that is no plain file.
    #[error("the archive has something that is no plain file: {0}")]
    Kind(String),
    /// Set-user-id, set-group-id or sticky.
    #[error("the archive has a file with special rights: {0}")]
    Mode(String),
    /// Two entries have the same name.
    #[error("the archive has a file twice: {0}")]
    Repeated(String),
    /// The program is not in it, or empty.
    #[error("the program is not in the archive")]
    NoProgram,
}

/// An update that was not made. The program stays what it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UpdateError {
    /// This copy of the program is not updated by itself.
    #[error("this copy of the program does not update itself")]
    Place(Place),
    /// The network.
    #[error(transparent)]
    Net(#[from] NetError),
    /// The server answered with this status.
    #[error("the server answered with status {0}")]
    Status(u16),
    /// A signature is not accepted.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// A signed comment is not accepted.
    #[error(transparent)]
    Comment(#[from] CommentError),
    /// The manifest is not accepted.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// An archive is not accepted.
    #[error(transparent)]
    Unpack(#[from] UnpackError),
    /// The running version is too old to be replaced by this one.
    #[error("only version {needs} and later can be replaced by this update")]
    TooOld {
        /// The least version.
        needs: Version,
    },
    /// Not newer than what runs, or older than what ran before.
    #[error("version {offered} is not newer than {floor}")]
    Downgrade {
        /// What was offered.
        offered: Version,
        /// What it has to be newer than.
        floor: Version,
    },
    /// Of another length than was signed.
    #[error("the update has {got} bytes instead of {signed}")]
    Size {
        /// The length that came.
        got: u64,
        /// The length that was signed.
        signed: u64,
    },
    /// The folder beside the program cannot be trusted.
    #[error("the folder {folder} cannot be used: {why}")]
    Folder {
        /// Its path.
        folder: String,
        /// What is wrong with it.
        why: String,
    },
    /// A file could not be read or written.
    #[error("{what}: {why}")]
    Disk {
        /// What was being done.
        what: &'static str,
        /// What the system says.
        why: String,
        /// There is no space left.
        full: bool,
    },
    /// What was kept is not what was verified.
    #[error("the update was changed after it was checked")]
    Changed,
    /// There is no version to go back to.
    #[error("there is no earlier version to go back to")]
    NothingKept,
    /// The new program does not run on this computer.
    #[error("the new version does not start on this computer: {0}")]
    SelfTest(String),
    /// Another copy of the program is at it.
    #[error("another copy of the program is updating")]
    Busy,
    /// The work was cut off from inside, which has no cause but the program's end.
    #[error("the program is ending")]
    Ending,
}

impl UpdateError {
    /// Whether the same may work a little later without anybody's help: a check by itself says
    /// nothing then and tries again.
    #[must_use]
    pub fn passes(&self) -> bool {
        match self {
            Self::Net(error) => !matches!(error, NetError::Refused { .. } | NetError::NoRoots),
            Self::Status(_) | Self::Busy | Self::Ending => true,
            _ => false,
        }
    }

    pub(crate) fn disk(what: &'static str) -> impl Fn(std::io::Error) -> Self {
        move |error| Self::Disk {
            what,
            full: matches!(
                error.kind(),
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
            ),
            why: error.to_string(),
        }
    }
}
