//! From egui's keys to places on the keyboard.

use egui::Key;
use multiclaw_core::command::KeyCode;

/// The place of a key that types `key` and lies at `physical`, where that is known.
pub(crate) fn place(key: Key, physical: Option<Key>) -> Option<KeyCode> {
    // egui names a key of the number pad by its digit, whatever Num Lock makes of it.
    let pad = physical.is_some_and(|p| (Key::Num0..=Key::Num9).contains(&p) || p == Key::Period);
    // People who moved Caps Lock out of the way mean what it is now.
    let moved = physical == Some(Key::CapsLock) && key != Key::CapsLock;
    if moved || (pad && is_navigation(key)) {
        return code(key);
    }
    physical.and_then(code).or_else(|| code(key))
}

/// A to Z.
pub(crate) fn is_letter(key: Key) -> bool {
    (Key::A..=Key::Z).contains(&key)
}

/// What a number pad is without Num Lock.
fn is_navigation(key: Key) -> bool {
    use Key as K;
    matches!(key, K::Insert | K::Delete | K::Home | K::End | K::PageUp | K::PageDown)
        || matches!(key, K::ArrowUp | K::ArrowDown | K::ArrowLeft | K::ArrowRight)
}

/// The place of a physical key; `None` for keys that have no place of their own.
#[rustfmt::skip]
fn code(key: Key) -> Option<KeyCode> {
    use Key as K;
    use KeyCode as C;
    Some(match key {
        K::ArrowDown => C::ArrowDown, K::ArrowLeft => C::ArrowLeft,
        K::ArrowRight => C::ArrowRight, K::ArrowUp => C::ArrowUp,
        K::Escape => C::Escape, K::Tab => C::Tab, K::Backspace => C::Backspace,
        K::Enter => C::Enter, K::Space => C::Space, K::Insert => C::Insert,
        K::Delete => C::Delete, K::Home => C::Home, K::End => C::End,
        K::PageUp => C::PageUp, K::PageDown => C::PageDown,
        K::Comma => C::Comma, K::Backslash | K::Pipe => C::Backslash,
        K::Slash | K::Questionmark => C::Slash, K::Exclamationmark => C::Digit1,
        K::OpenBracket | K::OpenCurlyBracket => C::BracketLeft,
        K::CloseBracket | K::CloseCurlyBracket => C::BracketRight,
        K::Backtick => C::Backquote, K::Minus => C::Minus, K::Period => C::Period,
        K::Equals | K::Plus => C::Equal, K::Semicolon | K::Colon => C::Semicolon,
        K::Quote => C::Quote, K::IntlBackslash => C::IntlBackslash,
        K::Num0 => C::Digit0, K::Num1 => C::Digit1, K::Num2 => C::Digit2, K::Num3 => C::Digit3,
        K::Num4 => C::Digit4, K::Num5 => C::Digit5, K::Num6 => C::Digit6, K::Num7 => C::Digit7,
        K::Num8 => C::Digit8, K::Num9 => C::Digit9,
        K::A => C::KeyA, K::B => C::KeyB, K::C => C::KeyC, K::D => C::KeyD, K::E => C::KeyE,
        K::F => C::KeyF, K::G => C::KeyG, K::H => C::KeyH, K::I => C::KeyI, K::J => C::KeyJ,
        K::K => C::KeyK, K::L => C::KeyL, K::M => C::KeyM, K::N => C::KeyN, K::O => C::KeyO,
        K::P => C::KeyP, K::Q => C::KeyQ, K::R => C::KeyR, K::S => C::KeyS, K::T => C::KeyT,
        K::U => C::KeyU, K::V => C::KeyV, K::W => C::KeyW, K::X => C::KeyX, K::Y => C::KeyY,
        K::Z => C::KeyZ,
        K::F1 => C::F1, K::F2 => C::F2, K::F3 => C::F3, K::F4 => C::F4, K::F5 => C::F5,
        K::F6 => C::F6, K::F7 => C::F7, K::F8 => C::F8, K::F9 => C::F9, K::F10 => C::F10,
        K::F11 => C::F11, K::F12 => C::F12, K::F13 => C::F13, K::F14 => C::F14,
        K::F15 => C::F15, K::F16 => C::F16, K::F17 => C::F17, K::F18 => C::F18,
        K::F19 => C::F19, K::F20 => C::F20, K::F21 => C::F21, K::F22 => C::F22,
        K::F23 => C::F23, K::F24 => C::F24,
        K::ShiftLeft => C::ShiftLeft, K::ShiftRight => C::ShiftRight,
        K::ControlLeft => C::ControlLeft, K::ControlRight => C::ControlRight,
        K::AltLeft => C::AltLeft, K::AltRight => C::AltRight,
        K::SuperLeft => C::MetaLeft, K::SuperRight => C::MetaRight,
        K::CapsLock => C::CapsLock, K::NumLock => C::NumLock, K::ScrollLock => C::ScrollLock,
        K::PrintScreen => C::PrintScreen, K::Pause => C::Pause, K::Menu => C::ContextMenu,
        K::Help => C::Help, K::Power => C::Power, K::Sleep => C::Sleep,
        K::BrowserBack => C::BrowserBack, K::BrowserForward => C::BrowserForward,
        K::BrowserRefresh => C::BrowserRefresh, K::BrowserSearch => C::BrowserSearch,
        K::BrowserHome => C::BrowserHome, K::BrowserFavorites => C::BrowserFavorites,
        K::BrowserStop => C::BrowserStop,
        K::MediaPlayPause => C::MediaPlayPause, K::MediaTrackNext => C::MediaTrackNext,
        K::MediaTrackPrevious => C::MediaTrackPrevious, K::MediaStop => C::MediaStop,
        K::AudioVolumeMute => C::AudioVolumeMute, K::AudioVolumeDown => C::AudioVolumeDown,
        K::AudioVolumeUp => C::AudioVolumeUp, K::LaunchMail => C::LaunchMail,
        K::LaunchApp1 => C::LaunchApp1, K::LaunchApp2 => C::LaunchApp2,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_key_of_egui_has_a_place_or_a_reason() {
        let none: Vec<&Key> = Key::ALL.iter().filter(|&&k| code(k).is_none()).collect();
        for key in &none {
            let name = format!("{key:?}");
            let known = ["Copy", "Cut", "Paste", "Fn", "Eject", "Clear"].contains(&name.as_str())
                || name.strip_prefix('F').and_then(|n| n.parse().ok()).is_some_and(|n: u8| n > 24);
            assert!(known, "{name} has no place");
        }
        let places: HashSet<_> = Key::ALL.iter().filter_map(|&k| code(k)).collect();
        assert!(places.len() > 100);
    }

    #[test]
    fn what_a_key_is_counts_where_its_place_misleads() {
        assert_eq!(place(Key::Home, Some(Key::Num7)), Some(KeyCode::Home));
        assert_eq!(place(Key::Delete, Some(Key::Period)), Some(KeyCode::Delete));
        assert_eq!(place(Key::Num7, Some(Key::Num7)), Some(KeyCode::Digit7));
        // A French digit row.
        assert_eq!(place(Key::Exclamationmark, Some(Key::Slash)), Some(KeyCode::Slash));
        assert_eq!(place(Key::Q, Some(Key::A)), Some(KeyCode::KeyA));
        assert_eq!(place(Key::Q, None), Some(KeyCode::KeyQ));
        assert_eq!(place(Key::Escape, Some(Key::CapsLock)), Some(KeyCode::Escape));
        assert_eq!(place(Key::CapsLock, Some(Key::CapsLock)), Some(KeyCode::CapsLock));
    }
}
