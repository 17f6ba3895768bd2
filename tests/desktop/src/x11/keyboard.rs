//! From places on the keyboard and characters to X keycodes.

use super::fault;
use crate::source::SourceError;
use std::collections::VecDeque;
use stream::protocol::keycode::KeyCode;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::ConnectionExt;
use x11rb::rust_connection::RustConnection;

/// Left shift.
pub(super) const SHIFT: u8 = 50;

/// The X keycode of a place: the Linux input code plus 8, as every X server on Linux has it.
#[rustfmt::skip]
pub(super) fn keycode(code: KeyCode) -> Option<u8> {
    use KeyCode as K;
    let evdev = match code {
        K::Escape => 1, K::Digit1 => 2, K::Digit2 => 3, K::Digit3 => 4, K::Digit4 => 5,
        K::Digit5 => 6, K::Digit6 => 7, K::Digit7 => 8, K::Digit8 => 9, K::Digit9 => 10,
        K::Digit0 => 11, K::Minus => 12, K::Equal => 13, K::Backspace => 14, K::Tab => 15,
        K::KeyQ => 16, K::KeyW => 17, K::KeyE => 18, K::KeyR => 19, K::KeyT => 20,
        K::KeyY => 21, K::KeyU => 22, K::KeyI => 23, K::KeyO => 24, K::KeyP => 25,
        K::BracketLeft => 26, K::BracketRight => 27, K::Enter => 28, K::ControlLeft => 29,
        K::KeyA => 30, K::KeyS => 31, K::KeyD => 32, K::KeyF => 33, K::KeyG => 34,
        K::KeyH => 35, K::KeyJ => 36, K::KeyK => 37, K::KeyL => 38, K::Semicolon => 39,
        K::Quote => 40, K::Backquote => 41, K::ShiftLeft => 42, K::Backslash => 43,
        K::KeyZ => 44, K::KeyX => 45, K::KeyC => 46, K::KeyV => 47, K::KeyB => 48,
        K::KeyN => 49, K::KeyM => 50, K::Comma => 51, K::Period => 52, K::Slash => 53,
        K::ShiftRight => 54, K::NumpadMultiply => 55, K::AltLeft => 56, K::Space => 57,
        K::CapsLock => 58, K::F1 => 59, K::F2 => 60, K::F3 => 61, K::F4 => 62, K::F5 => 63,
        K::F6 => 64, K::F7 => 65, K::F8 => 66, K::F9 => 67, K::F10 => 68, K::NumLock => 69,
        K::ScrollLock => 70, K::Numpad7 => 71, K::Numpad8 => 72, K::Numpad9 => 73,
        K::NumpadSubtract => 74, K::Numpad4 => 75, K::Numpad5 => 76, K::Numpad6 => 77,
        K::NumpadAdd => 78, K::Numpad1 => 79, K::Numpad2 => 80, K::Numpad3 => 81,
        K::Numpad0 => 82, K::NumpadDecimal => 83, K::IntlBackslash => 86, K::F11 => 87,
        K::F12 => 88, K::IntlRo => 89, K::Convert => 92, K::KanaMode => 93, K::NonConvert => 94,
        K::NumpadEnter => 96, K::ControlRight => 97, K::NumpadDivide => 98, K::PrintScreen => 99,
        K::AltRight => 100, K::Home => 102, K::ArrowUp => 103, K::PageUp => 104,
        K::ArrowLeft => 105, K::ArrowRight => 106, K::End => 107, K::ArrowDown => 108,
        K::PageDown => 109, K::Insert => 110, K::Delete => 111, K::AudioVolumeMute => 113,
        K::AudioVolumeDown => 114, K::AudioVolumeUp => 115, K::Power => 116,
        K::NumpadEqual => 117, K::Pause => 119, K::NumpadComma => 121, K::Lang1 => 122,
        K::Lang2 => 123, K::IntlYen => 124, K::MetaLeft => 125, K::MetaRight => 126,
        K::ContextMenu => 127, K::Help => 138, K::Sleep => 142, K::LaunchApp2 => 148,
        K::LaunchMail => 155, K::BrowserFavorites => 156, K::LaunchApp1 => 157,
        K::BrowserBack => 158, K::BrowserForward => 159, K::MediaTrackNext => 163,
        K::MediaPlayPause => 164, K::MediaTrackPrevious => 165, K::MediaStop => 166,
        K::BrowserHome => 172, K::BrowserRefresh => 173, K::F13 => 183, K::F14 => 184,
        K::F15 => 185, K::F16 => 186, K::F17 => 187, K::F18 => 188, K::F19 => 189,
        K::F20 => 190, K::F21 => 191, K::F22 => 192, K::F23 => 193, K::F24 => 194,
        K::BrowserSearch => 217, K::BrowserStop => 128,
        K::Unidentified => return None,
    };
    Some(evdev + 8)
}

/// How a character is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stroke {
    pub(super) keycode: u8,
    pub(super) shift: bool,
}

/// The server's keyboard, and spare keys for what it does not have.
pub(super) struct Keyboard {
    first: u8,
    width: usize,
    symbols: Vec<u32>,
    /// Keys without a symbol; the one used longest ago comes first.
    spare: VecDeque<u8>,
}

impl Keyboard {
    pub(super) fn new(connection: &RustConnection) -> Result<Self, SourceError> {
        let (first, last) = (connection.setup().min_keycode, connection.setup().max_keycode);
        let count = last - first + 1;
        let map =
            connection.get_keyboard_mapping(first, count).map_err(fault)?.reply().map_err(fault)?;
        let width = usize::from(map.keysyms_per_keycode).max(1);
        let empty = |(n, symbols): (usize, &[u32])| {
            let keycode = u8::try_from(n).ok()?.checked_add(first)?;
            symbols.iter().all(|&s| s == 0).then_some(keycode)
        };
        let spare = map.keysyms.chunks(width).enumerate().filter_map(empty).collect();
        Ok(Self { first, width, symbols: map.keysyms, spare })
    }

    /// The stroke for a character; binds a spare key where the layout has none.
    pub(super) fn stroke(
        &mut self,
        connection: &RustConnection,
        character: char,
    ) -> Result<Stroke, SourceError> {
        let symbol = symbol(character);
        let found = self.symbols.chunks(self.width).enumerate().find_map(|(n, symbols)| {
            let level = symbols.iter().take(2).position(|&s| s == symbol)?;
            let keycode = u8::try_from(n).ok()?.checked_add(self.first)?;
            Some(Stroke { keycode, shift: level == 1 })
        });
        if let Some(stroke) = found {
            return Ok(stroke);
        }
        let keycode = self.spare.pop_front().ok_or_else(|| fault("no spare key"))?;
        self.spare.push_back(keycode);
        let symbols = vec![symbol; self.width];
        let width = u8::try_from(self.width).unwrap_or(1);
        connection
            .change_keyboard_mapping(1, keycode, width, &symbols)
            .map_err(fault)?
            .check()
            .map_err(fault)?;
        let start = usize::from(keycode - self.first) * self.width;
        if let Some(held) = self.symbols.get_mut(start..start + self.width) {
            held.fill(symbol);
        }
        // Programs read the new map when they hear of it; a key that comes at once is read by
        // the old one.
        std::thread::sleep(std::time::Duration::from_millis(20));
        Ok(Stroke { keycode, shift: false })
    }
}

/// The keysym of a character (X11 protocol, appendix A).
fn symbol(character: char) -> u32 {
    match character {
        '\n' | '\r' => 0xff0d,
        '\t' => 0xff09,
        '\u{8}' => 0xff08,
        c if matches!(u32::from(c), 0x20..=0x7e | 0xa0..=0xff) => u32::from(c),
        c => 0x0100_0000 | u32::from(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_place_has_a_key_of_its_own() {
        let all: HashSet<u8> = KeyCode::ALL.iter().filter_map(|&c| keycode(c)).collect();
        assert_eq!(all.len(), KeyCode::ALL.len());
        assert_eq!(keycode(KeyCode::KeyA), Some(38));
        assert_eq!(keycode(KeyCode::ShiftLeft), Some(SHIFT));
        assert_eq!(keycode(KeyCode::Unidentified), None);
    }

    #[test]
    fn symbols_of_characters() {
        assert_eq!(symbol('a'), 0x61);
        assert_eq!(symbol('é'), 0xe9);
        assert_eq!(symbol('€'), 0x0100_20ac);
        assert_eq!(symbol('\n'), 0xff0d);
    }
}
