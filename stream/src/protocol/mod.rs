//! The data-channel protocol, version 1 (`cloud-client/PROTOCOL.md`, "Data channels").
//!
//! Pure codecs: bytes in, typed messages out. Both ends use them.

pub mod control;
pub mod cursor;
pub mod frame;
pub mod input;
pub mod keycode;

/// First byte of every framed binary message. `FF` starts a bare JPEG instead.
pub const MAGIC: u8 = 0x4d;
/// The version of the framed messages and of the control channel that this crate speaks.
pub const VERSION: u8 = 1;
/// Largest data-channel message either end may send, in bytes. Chromium, aiortc and the
/// `webrtc` crate all advertise or accept this much; more fails in the sender.
pub const MAX_MESSAGE: usize = 262_144;
/// Size of a part that carries a long frame, in bytes, header included: the fastest size measured.
pub const PART_MESSAGE: usize = 65_536;
/// Longest control or input message that is read, in bytes. The longest legal one is a text of
/// [`input::MAX_TEXT`] bytes with every byte escaped, and a `bye` is shorter.
pub const MAX_JSON: usize = 32 * 1024;

/// The data channels that a viewer opens, with their labels. All are reliable and ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// Daemon to viewer: bare JPEG messages and framed parts, binary.
    Frames,
    /// Viewer to daemon: input events, JSON text.
    Input,
    /// Both ways: hello, feedback, view, cursor, clock; JSON text, cursor shapes binary.
    Control,
}

impl Channel {
    /// All channels, in the order in which a viewer creates them.
    pub const ALL: [Self; 3] = [Self::Frames, Self::Input, Self::Control];

    /// The label on the wire.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Frames => "frames",
            Self::Input => "input",
            Self::Control => "control",
        }
    }

    /// The channel of a label; `None` for one that this version does not know.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.label() == label)
    }
}

/// What is wrong with a message. The connection goes on: the message is counted and skipped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProtocolError {
    /// The message is empty or ends before its header does.
    #[error("the message is shorter than its header")]
    Short,
    /// Neither a JPEG nor a framed message.
    #[error("the message starts with {0:#04x}, neither a jpeg nor a framed message")]
    NotFramed(u8),
    /// Framed with a version that this end does not speak.
    #[error("the message has version {0}, this end speaks version {VERSION}")]
    Version(u8),
    /// A kind of this version that this end does not know.
    #[error("the message has the unknown kind {0}")]
    Kind(u8),
    /// Longer than the protocol allows.
    #[error("the message has {0} bytes, more than the protocol allows")]
    Long(usize),
    /// A field is outside its bounds.
    #[error("the field {0} is out of bounds")]
    Field(&'static str),
    /// The JSON text does not parse.
    #[error("the json text does not parse: {0}")]
    Json(String),
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, ProtocolError> {
    bytes
        .get(at..at + 2)
        .and_then(|b| b.try_into().ok())
        .map(u16::from_le_bytes)
        .ok_or(ProtocolError::Short)
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, ProtocolError> {
    bytes
        .get(at..at + 4)
        .and_then(|b| b.try_into().ok())
        .map(u32::from_le_bytes)
        .ok_or(ProtocolError::Short)
}

fn u64_at(bytes: &[u8], at: usize) -> Result<u64, ProtocolError> {
    bytes
        .get(at..at + 8)
        .and_then(|b| b.try_into().ok())
        .map(u64::from_le_bytes)
        .ok_or(ProtocolError::Short)
}

/// Checks magic and version of a framed message and returns its kind.
fn framed_kind(bytes: &[u8]) -> Result<u8, ProtocolError> {
    let &[magic, version, kind, ..] = bytes else {
        return Err(ProtocolError::Short);
    };
    if magic != MAGIC {
        return Err(ProtocolError::NotFramed(magic));
    }
    if version != VERSION {
        return Err(ProtocolError::Version(version));
    }
    Ok(kind)
}

fn from_json<T: serde::de::DeserializeOwned>(text: &[u8]) -> Result<T, ProtocolError> {
    if text.len() > MAX_JSON {
        return Err(ProtocolError::Long(text.len()));
    }
    serde_json::from_slice(text).map_err(|e| ProtocolError::Json(e.to_string()))
}

fn to_json<T: serde::Serialize>(message: &T) -> String {
    // Serialising these plain enums cannot fail: no maps with odd keys, no fallible fields.
    serde_json::to_string(message).unwrap_or_default()
}
