//! Messages of the `control` channel (`PROTOCOL.md`, "Control").

use super::{ProtocolError, VERSION, from_json, to_json};
use serde::{Deserialize, Serialize};

/// From the viewer to the daemon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ToDaemon {
    /// First message after the channel opens.
    Hello {
        /// Lowest version the viewer speaks.
        min_version: u8,
        /// Highest version the viewer speaks.
        max_version: u8,
        /// Program and version, for the daemon's log.
        agent: String,
    },
    /// What has been received and shown. Sent after each shown update.
    Feedback {
        /// Sequence number of the last update received whole.
        received: u32,
        /// Sequence number of the last update shown (decoded and on its way to the screen).
        shown: u32,
        /// Updates and rectangles that were not shown since the connection opened.
        dropped: u32,
        /// Time that decoding the last update took, in microseconds.
        decode_us: u32,
    },
    /// The whole desktop is wanted: the next update covers all of it.
    Refresh,
    /// How the viewer wants the picture. Replaces what was said before.
    View {
        /// Most updates a second; 0 pauses the picture until the next `view`.
        max_fps: u8,
        /// JPEG quality, 1 to 100.
        quality: u8,
    },
    /// Asks for the daemon's clock.
    Ping {
        /// Returned in the answer.
        id: u32,
    },
    /// A message of a later version; skipped.
    #[serde(other)]
    Unknown,
}

/// From the daemon to the viewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ToViewer {
    /// Answer to the viewer's hello.
    Hello {
        /// The version chosen; 0 when the daemon speaks none of the viewer's.
        version: u8,
        /// Program and version, for the viewer's log.
        agent: String,
        /// Width of the desktop in pixels.
        width: u16,
        /// Height of the desktop in pixels.
        height: u16,
        /// Name of the desktop's keyboard layout, for example `us`.
        #[serde(default)]
        layout: String,
    },
    /// Where the desktop's pointer is.
    Cursor {
        /// Pixels from the left edge.
        x: u16,
        /// Pixels from the top edge.
        y: u16,
        /// `false` when the desktop hides its pointer.
        visible: bool,
    },
    /// Answer to a ping.
    Pong {
        /// The ping's id.
        id: u32,
        /// The daemon's clock, in microseconds; the clock of `captured_us`.
        clock_us: u64,
    },
    /// The daemon ends the session.
    Bye {
        /// Why, for a person.
        reason: String,
    },
    /// A message of a later version; skipped.
    #[serde(other)]
    Unknown,
}

impl ToDaemon {
    /// The hello of this version.
    #[must_use]
    pub fn hello(agent: impl Into<String>) -> Self {
        Self::Hello { min_version: VERSION, max_version: VERSION, agent: agent.into() }
    }

    /// Reads one message.
    ///
    /// # Errors
    /// [`ProtocolError`] when it is too long, is not JSON or lacks a field.
    pub fn parse(text: &[u8]) -> Result<Self, ProtocolError> {
        from_json(text)
    }

    /// Writes one message.
    #[must_use]
    pub fn encode(&self) -> String {
        to_json(self)
    }
}

impl ToViewer {
    /// Reads one message.
    ///
    /// # Errors
    /// [`ProtocolError`] when it is too long, is not JSON or lacks a field.
    pub fn parse(text: &[u8]) -> Result<Self, ProtocolError> {
        from_json(text)
    }

    /// Writes one message.
    #[must_use]
    pub fn encode(&self) -> String {
        to_json(self)
    }
}

/// The version both ends speak, for the daemon's hello; `None` when there is none.
#[must_use]
pub fn agree(min_version: u8, max_version: u8) -> Option<u8> {
    (min_version..=max_version).contains(&VERSION).then_some(VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn round_trips() {
        let feedback = ToDaemon::Feedback { received: 5, shown: 4, dropped: 0, decode_us: 900 };
        assert_eq!(ToDaemon::parse(feedback.encode().as_bytes()), Ok(feedback));
        let hello = br#"{"type":"hello","version":1,"agent":"x","width":8,"height":9}"#;
        let Ok(ToViewer::Hello { layout, .. }) = ToViewer::parse(hello) else { panic!("no hello") };
        assert_eq!(layout, "");
    }

    #[test]
    fn unknown_is_skipped() {
        assert_eq!(ToViewer::parse(br#"{"type":"audio","x":[1]}"#), Ok(ToViewer::Unknown));
        assert_eq!(ToDaemon::parse(br#"{"type":"audio"}"#), Ok(ToDaemon::Unknown));
    }

    #[test]
    fn versions_agree_or_not() {
        assert_eq!(agree(1, 3), Some(1));
        assert_eq!(agree(2, 3), None);
        assert_eq!(agree(3, 1), None);
    }

    proptest! {
        #[test]
        fn parse_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = ToViewer::parse(&bytes);
            let _ = ToDaemon::parse(&bytes);
        }
    }
}
