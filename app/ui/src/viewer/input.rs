//! From egui's events to input for the desktop. Pure.

use super::keymap::code;
use super::transform::Transform;
use egui::{Event, ImeEvent, Modifiers, MouseWheelUnit, PointerButton, Rect};
use multiclaw_core::command::{Button, Input, KeyCode};
use multiclaw_core::model::Keyboard;
use std::collections::BTreeSet;

/// Longest text of one event, in bytes (`PROTOCOL.md`, "Input").
const MAX_TEXT: usize = 4096;
/// A notch, in 1/120.
const NOTCH: f32 = 120.0;
/// Points of a smooth scroll that count as one notch, as egui's own scroll areas have it.
const POINTS: f32 = 40.0;

/// What is held, and what is left of the wheel's last turn.
#[derive(Debug, Default)]
pub struct Encoder {
    keys: BTreeSet<KeyCode>,
    buttons: Vec<Button>,
    /// Keys whose press went out as text: their release is not sent.
    typed: BTreeSet<KeyCode>,
    at: Option<(u16, u16)>,
    wheel: (f32, f32),
    caps: bool,
}

/// What the encoder has to know of a frame.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The transform.
    pub transform: &'a Transform,
    /// Where the desktop can be seen, in points; clicks elsewhere are not its own.
    pub view: Rect,
    /// The pointer is over the picture and nothing lies above it there.
    pub hovered: bool,
    /// The picture has the keyboard.
    pub focused: bool,
    /// How keys are passed on.
    pub keyboard: Keyboard,
}

impl Encoder {
    /// Turns the events of a frame into input: of pointer moves the last, all else in order.
    pub fn encode(&mut self, events: &[Event], frame: &Frame<'_>) -> Vec<Input> {
        let mut out = Vec::new();
        let mut pointer = None;
        for (n, event) in events.iter().enumerate() {
            match event {
                Event::PointerMoved(at) => pointer = Some(frame.transform.to_desktop(*at)),
                Event::PointerButton { pos, button, pressed, .. } => {
                    pointer = None;
                    self.button(*pos, *button, *pressed, frame, &mut out);
                }
                Event::MouseWheel { unit, delta, .. } if frame.hovered => {
                    self.wheel(*unit, *delta, frame, &mut out);
                }
                Event::Key { key, physical_key, pressed, repeat, modifiers } if frame.focused => {
                    if let Some(place) = physical_key.or(Some(*key)).and_then(code) {
                        let text = following_text(events.get(n + 1));
                        let key = Stroke { place, pressed: *pressed, repeat: *repeat, text };
                        self.key(key, *modifiers, frame.keyboard, &mut out);
                    }
                }
                // Turned into these by the window system's layer; the desktop gets the keys back.
                Event::Copy if frame.focused => self.chord(KeyCode::KeyC, &mut out),
                Event::Cut if frame.focused => self.chord(KeyCode::KeyX, &mut out),
                Event::Paste(_) | Event::PasteImage(_) if frame.focused => {
                    self.chord(KeyCode::KeyV, &mut out);
                }
                Event::Ime(ImeEvent::Commit(text)) if frame.focused => push_text(text, &mut out),
                // Text without a key of its own: a dead key's result, an input method.
                Event::Text(text) if frame.focused && !follows_key(events, n) => {
                    push_text(text, &mut out);
                }
                _ => {}
            }
        }
        if let Some(at) = pointer
            && self.at != Some(at)
            && (frame.hovered || !self.buttons.is_empty())
        {
            self.at = Some(at);
            out.push(Input::Move { x: at.0, y: at.1 });
        }
        out
    }

    fn button(
        &mut self,
        pos: egui::Pos2,
        button: PointerButton,
        pressed: bool,
        frame: &Frame<'_>,
        out: &mut Vec<Input>,
    ) {
        let button = match button {
            PointerButton::Primary => Button::Left,
            PointerButton::Secondary => Button::Right,
            PointerButton::Middle => Button::Middle,
            PointerButton::Extra1 => Button::Back,
            PointerButton::Extra2 => Button::Forward,
        };
        let (x, y) = frame.transform.to_desktop(pos);
        let held = self.buttons.contains(&button);
        let inside =
            frame.hovered && frame.view.contains(pos) && frame.transform.rect.contains(pos);
        if pressed == held || (pressed && !inside) {
            return;
        }
        if pressed {
            self.buttons.push(button);
        } else {
            self.buttons.retain(|b| *b != button);
        }
        self.at = Some((x, y));
        out.push(Input::Button { x, y, button, pressed });
    }

    fn wheel(
        &mut self,
        unit: MouseWheelUnit,
        delta: egui::Vec2,
        frame: &Frame<'_>,
        out: &mut Vec<Input>,
    ) {
        let notches = match unit {
            MouseWheelUnit::Line => NOTCH,
            MouseWheelUnit::Point => NOTCH / POINTS,
            MouseWheelUnit::Page => NOTCH * 10.0,
        };
        // egui moves the content, the protocol the page.
        self.wheel.0 -= delta.x * notches;
        self.wheel.1 -= delta.y * notches;
        let whole = (self.wheel.0.trunc(), self.wheel.1.trunc());
        if whole == (0.0, 0.0) {
            return;
        }
        self.wheel = (self.wheel.0 - whole.0, self.wheel.1 - whole.1);
        let (x, y) = self.at.unwrap_or_else(|| frame.transform.to_desktop(frame.view.center()));
        #[expect(clippy::cast_possible_truncation, reason = "a hundred notches at most")]
        let turn = |v: f32| v.clamp(-12_000.0, 12_000.0) as i32;
        out.push(Input::Wheel { x, y, dx: turn(whole.0), dy: turn(whole.1) });
    }

    fn key(&mut self, key: Stroke<'_>, modifiers: Modifiers, mode: Keyboard, out: &mut Vec<Input>) {
        let Stroke { place, pressed, repeat, text } = key;
        if !pressed {
            if self.typed.remove(&place) {
                return;
            }
            if self.keys.remove(&place) {
                out.push(Input::Key { code: place, pressed: false });
            } else if modifiers.ctrl || modifiers.mac_cmd {
                // The press was taken away on its way: pasting an empty clipboard says nothing.
                out.push(Input::Key { code: place, pressed: true });
                out.push(Input::Key { code: place, pressed: false });
            }
            return;
        }
        if place == KeyCode::CapsLock && !repeat {
            self.caps = !self.caps;
        }
        let plain = !modifiers.ctrl && !modifiers.alt && !modifiers.mac_cmd;
        let alt_gr = self.keys.contains(&KeyCode::AltRight);
        if mode == Keyboard::Automatic
            && (plain || alt_gr)
            && let Some(text) = text
            && !is_us(place, text, modifiers.shift)
        {
            if alt_gr && self.keys.remove(&KeyCode::AltRight) {
                // The desktop's layout must not see the AltGr that made this character.
                out.push(Input::Key { code: KeyCode::AltRight, pressed: false });
            }
            self.typed.insert(place);
            push_text(text, out);
            return;
        }
        // The desktop repeats held keys itself.
        if !repeat && self.keys.insert(place) {
            out.push(Input::Key { code: place, pressed: true });
        }
    }

    /// A key that was pressed together with Ctrl, which is held already.
    fn chord(&mut self, place: KeyCode, out: &mut Vec<Input>) {
        out.push(Input::Key { code: place, pressed: true });
        out.push(Input::Key { code: place, pressed: false });
        self.typed.insert(place);
    }

    /// Lets go of everything: the window lost the keyboard, or the person took it away.
    pub fn release(&mut self) -> Vec<Input> {
        let nothing = self.keys.is_empty() && self.buttons.is_empty();
        self.typed.clear();
        if nothing {
            return Vec::new();
        }
        let (x, y) = self.at.unwrap_or_default();
        let keys = std::mem::take(&mut self.keys).into_iter();
        let buttons = std::mem::take(&mut self.buttons).into_iter();
        keys.map(|code| Input::Key { code, pressed: false })
            .chain(buttons.map(|button| Input::Button { x, y, button, pressed: false }))
            .chain([Input::ReleaseAll])
            .collect()
    }

    /// Whether a pointer button is held.
    #[must_use]
    pub fn dragging(&self) -> bool {
        !self.buttons.is_empty()
    }
}

#[derive(Clone, Copy)]
struct Stroke<'a> {
    place: KeyCode,
    pressed: bool,
    repeat: bool,
    text: Option<&'a str>,
}

/// The text that the key before it typed.
fn following_text(event: Option<&Event>) -> Option<&str> {
    match event {
        Some(Event::Text(text)) => Some(text),
        _ => None,
    }
}

fn follows_key(events: &[Event], n: usize) -> bool {
    matches!(
        n.checked_sub(1).and_then(|before| events.get(before)),
        Some(Event::Key { pressed: true, .. })
    )
}

/// Whether a US layout types this there, with Caps Lock on or off: which, is not known here.
fn is_us(place: KeyCode, text: &str, shift: bool) -> bool {
    let mut characters = text.chars();
    let (first, rest) = (characters.next(), characters.next());
    rest.is_none()
        && [false, true]
            .iter()
            .any(|&caps| place.us_text(shift, caps).is_some_and(|c| Some(c) == first))
}

/// Text in pieces that fit.
fn push_text(text: &str, out: &mut Vec<Input>) {
    let mut rest = text;
    while !rest.is_empty() {
        let mut end = rest.len().min(MAX_TEXT);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (piece, after) = rest.split_at(end);
        out.push(Input::Text { text: piece.to_owned() });
        rest = after;
    }
}

#[cfg(test)]
mod tests;
