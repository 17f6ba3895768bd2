//! Places on the keyboard, as W3C UI Events `code` values
//! (<https://www.w3.org/TR/uievents-code/>).

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($code:ident)*) => {
        /// A key by its place on the keyboard: `KeyQ` is the key right of Tab on every layout.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[allow(missing_docs)] // the names are the standard's own
        pub enum KeyCode {
            $($code,)*
            /// A place this version does not know; nothing is pressed for it.
            #[serde(other)]
            Unidentified,
        }

        impl KeyCode {
            /// Every known place, in the standard's order.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// The `code` value.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$code => stringify!($code),)*
                    Self::Unidentified => "Unidentified",
                }
            }
        }
    };
}

codes! {
    Backquote Backslash BracketLeft BracketRight Comma
    Digit0 Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9
    Equal IntlBackslash IntlRo IntlYen
    KeyA KeyB KeyC KeyD KeyE KeyF KeyG KeyH KeyI KeyJ KeyK KeyL KeyM
    KeyN KeyO KeyP KeyQ KeyR KeyS KeyT KeyU KeyV KeyW KeyX KeyY KeyZ
    Minus Period Quote Semicolon Slash
    AltLeft AltRight Backspace CapsLock ContextMenu ControlLeft ControlRight Enter
    MetaLeft MetaRight ShiftLeft ShiftRight Space Tab
    Convert KanaMode NonConvert Lang1 Lang2
    Delete End Help Home Insert PageDown PageUp
    ArrowDown ArrowLeft ArrowRight ArrowUp
    NumLock Numpad0 Numpad1 Numpad2 Numpad3 Numpad4 Numpad5 Numpad6 Numpad7 Numpad8 Numpad9
    NumpadAdd NumpadComma NumpadDecimal NumpadDivide NumpadEnter NumpadEqual NumpadMultiply NumpadSubtract
    Escape F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12
    F13 F14 F15 F16 F17 F18 F19 F20 F21 F22 F23 F24
    PrintScreen ScrollLock Pause
    BrowserBack BrowserFavorites BrowserForward BrowserHome BrowserRefresh BrowserSearch BrowserStop
    LaunchApp1 LaunchApp2 LaunchMail
    MediaPlayPause MediaStop MediaTrackNext MediaTrackPrevious
    AudioVolumeDown AudioVolumeMute AudioVolumeUp
    Power Sleep
}

impl KeyCode {
    /// What a US layout types there; `None` where it types nothing.
    #[must_use]
    #[rustfmt::skip]
    pub fn us_text(self, shift: bool, caps: bool) -> Option<char> {
        use KeyCode as C;
        let name = self.name();
        if let (Some(letter), 4) =
            (name.strip_prefix("Key").and_then(|n| n.chars().next()), name.len())
        {
            return Some(if shift != caps { letter } else { letter.to_ascii_lowercase() });
        }
        let pair = match self {
            C::Space => "  ", C::Backquote => "`~", C::Digit1 => "1!", C::Digit2 => "2@",
            C::Digit3 => "3#", C::Digit4 => "4$", C::Digit5 => "5%", C::Digit6 => "6^",
            C::Digit7 => "7&", C::Digit8 => "8*", C::Digit9 => "9(", C::Digit0 => "0)",
            C::Minus => "-_", C::Equal => "=+", C::BracketLeft => "[{", C::BracketRight => "]}",
            C::Backslash => "\\|", C::Semicolon => ";:", C::Quote => "'\"", C::Comma => ",<",
            C::Period => ".>", C::Slash => "/?",
            _ => return None,
        };
        pair.chars().nth(usize::from(shift))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_wire_names() {
        for code in KeyCode::ALL {
            assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{}\"", code.name()));
        }
    }

    #[test]
    fn the_us_layout() {
        assert_eq!(KeyCode::KeyZ.us_text(false, false), Some('z'));
        assert_eq!(KeyCode::KeyZ.us_text(false, true), Some('Z'));
        assert_eq!(KeyCode::Digit2.us_text(true, false), Some('@'));
        assert_eq!(KeyCode::Backslash.us_text(false, false), Some('\\'));
        assert_eq!(KeyCode::KanaMode.us_text(false, false), None);
        assert_eq!(KeyCode::F5.us_text(false, false), None);
    }
}
