//! Input events: messages of the `input` channel (`PROTOCOL.md`, "Input").

use super::keycode::KeyCode;
use super::{ProtocolError, from_json, to_json};
use serde::{Deserialize, Serialize};

/// Most bytes of UTF-8 in one [`Input::Text`]; longer text is sent in several.
pub const MAX_TEXT: usize = 4096;
/// One notch of a classic wheel, in the unit of [`Input::Wheel`].
pub const NOTCH: i32 = 120;

/// A pointer button, named by its place on a right-handed mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Button {
    /// The first button.
    Left,
    /// The wheel or the button between.
    Middle,
    /// The second button.
    Right,
    /// The thumb button that goes back.
    Back,
    /// The thumb button that goes forward.
    Forward,
}

/// One input event. Positions are desktop pixels from the top left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Input {
    /// The pointer moved.
    Move {
        /// Pixels from the left edge.
        x: u16,
        /// Pixels from the top edge.
        y: u16,
    },
    /// A pointer button went down or up.
    Button {
        /// Pixels from the left edge.
        x: u16,
        /// Pixels from the top edge.
        y: u16,
        /// Which.
        button: Button,
        /// `true` for down.
        pressed: bool,
    },
    /// The wheel turned. 120 is one notch; positive `dy` scrolls towards the end of the page,
    /// positive `dx` to the right.
    Wheel {
        /// Pixels from the left edge.
        x: u16,
        /// Pixels from the top edge.
        y: u16,
        /// Horizontal turn in 1/120 notch.
        dx: i32,
        /// Vertical turn in 1/120 notch.
        dy: i32,
    },
    /// A key went down or up, by its place on the keyboard. The desktop repeats held keys itself.
    Key {
        /// The place, as a W3C UI Events `code` value.
        code: KeyCode,
        /// `true` for down.
        pressed: bool,
    },
    /// Text to be typed as it is, whatever the desktop's keyboard layout.
    Text {
        /// At most [`MAX_TEXT`] bytes.
        text: String,
    },
    /// All keys and buttons that the viewer holds go up.
    ReleaseAll,
    /// An event of a later version; skipped.
    #[serde(other)]
    Unknown,
}

impl Input {
    /// Reads one message.
    ///
    /// # Errors
    /// [`ProtocolError`] when it is too long, is not JSON or lacks a field.
    pub fn parse(text: &[u8]) -> Result<Self, ProtocolError> {
        let input = from_json(text)?;
        match &input {
            Self::Text { text } if text.len() > MAX_TEXT => Err(ProtocolError::Field("text")),
            _ => Ok(input),
        }
    }

    /// Writes one message.
    #[must_use]
    pub fn encode(&self) -> String {
        to_json(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_as_the_protocol_writes() {
        let text = br#"{"type":"button","x":3,"y":4,"button":"left","pressed":true,"new":1}"#;
        let expected = Input::Button { x: 3, y: 4, button: Button::Left, pressed: true };
        assert_eq!(Input::parse(text), Ok(expected));
        let key = Input::Key { code: KeyCode::ArrowUp, pressed: false };
        assert_eq!(key.encode(), r#"{"type":"key","code":"ArrowUp","pressed":false}"#);
        assert_eq!(Input::parse(key.encode().as_bytes()), Ok(key));
        assert_eq!(Input::parse(br#"{"type":"release-all"}"#), Ok(Input::ReleaseAll));
    }

    #[test]
    fn unknown_types_and_codes_are_skipped_not_fatal() {
        assert_eq!(Input::parse(br#"{"type":"gamepad","axis":2}"#), Ok(Input::Unknown));
        assert_eq!(
            Input::parse(br#"{"type":"key","code":"KeyOfTomorrow","pressed":true}"#),
            Ok(Input::Key { code: KeyCode::Unidentified, pressed: true })
        );
    }

    #[test]
    fn long_text_is_refused() {
        let long = Input::Text { text: "x".repeat(MAX_TEXT + 1) }.encode();
        assert_eq!(Input::parse(long.as_bytes()), Err(ProtocolError::Field("text")));
        assert!(matches!(Input::parse(&[b' '; 40_000]), Err(ProtocolError::Long(_))));
    }

    proptest! {
        #[test]
        fn parse_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Input::parse(&bytes);
        }
    }
}
