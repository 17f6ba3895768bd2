//! From egui's events to input for the desktop. Pure.

use super::keymap::{self, place};
use super::transform::Transform;
use egui::{Event, ImeEvent, Key, Modifiers, MouseWheelUnit, PointerButton, Rect};
use multiclaw_core::command::{Button, Input, KeyCode};
use multiclaw_core::model::Keyboard;

/// Longest text of one event, in bytes (`PROTOCOL.md`, "Input").
const MAX_TEXT: usize = 4096;
/// A notch, in 1/120.
const NOTCH: f32 = 120.0;
/// Points of a smooth scroll that count as one notch, as egui's own scroll areas have it.
const POINTS: f32 = 40.0;

/// What is held, and what is left of the wheel's last turn.
#[derive(Debug, Default)]
pub struct Encoder {
    /// In the order of their presses.
    keys: Vec<Held>,
    buttons: Vec<Button>,
    at: Option<(u16, u16)>,
    wheel: (f32, f32),
    /// Caps Lock of the desktop, as far as it was pressed through here.
    caps: bool,
    /// The right Alt key is down, which makes characters on many layouts.
    alt_gr: bool,
    /// A paste has gone out whose key is still down.
    pasted: bool,
}

/// A key that is down here.
#[derive(Clone, Copy, Debug)]
struct Held {
    /// The key under the finger. What it stands for can change while it is down: Shift turns a
    /// key of the number pad into an arrow.
    finger: Key,
    /// What its press went out as.
    place: KeyCode,
    /// It is down on the desktop too. A key whose press went out as text is not.
    sent: bool,
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
                Event::Key { key, physical_key, pressed: true, repeat, modifiers }
                    if frame.focused =>
                {
                    let text = following_text(events.get(n + 1));
                    let (finger, shortcut) = (physical_key.unwrap_or(*key), *modifiers);
                    if let Some(place) = meant(*key, *physical_key, shortcut, frame.keyboard) {
                        let stroke = Stroke { finger, place, repeat: *repeat, text };
                        self.press(stroke, *modifiers, frame.keyboard, &mut out);
                    }
                }
                Event::Key { key, physical_key, pressed: false, modifiers, .. }
                    if frame.focused =>
                {
                    self.lift(*key, physical_key.unwrap_or(*key), *modifiers, &mut out);
                }
                // Turned into these by the window system's layer; the desktop gets the keys back.
                Event::Copy if frame.focused => self.chord(KeyCode::KeyC, &mut out),
                Event::Cut if frame.focused => self.chord(KeyCode::KeyX, &mut out),
                Event::Paste(_) | Event::PasteImage(_) if frame.focused => {
                    self.pasted = true;
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

    fn press(
        &mut self,
        stroke: Stroke<'_>,
        modifiers: Modifiers,
        mode: Keyboard,
        out: &mut Vec<Input>,
    ) {
        let Stroke { finger, place, repeat, text } = stroke;
        if place == KeyCode::CapsLock && !repeat {
            self.caps = !self.caps;
        }
        self.alt_gr |= place == KeyCode::AltRight;
        let plain = !modifiers.ctrl && !modifiers.alt && !modifiers.mac_cmd;
        if mode == Keyboard::Automatic
            && (plain || self.alt_gr)
            && let Some(text) = text
            && !types(place, text, modifiers.shift, self.caps)
        {
            if self.alt_gr {
                // The desktop must not see the keys that made this character: AltGr is the right
                // Alt key, and on Windows the left Ctrl key with it.
                self.hide(KeyCode::AltRight, out);
                self.hide(KeyCode::ControlLeft, out);
            }
            if self.held(finger).is_none() {
                self.keys.push(Held { finger, place, sent: false });
            }
            push_text(text, out);
            return;
        }
        // The desktop repeats held keys itself.
        if !repeat && self.held(finger).is_none() {
            self.keys.push(Held { finger, place, sent: true });
            out.push(Input::Key { code: place, pressed: true });
        }
    }

    fn lift(&mut self, key: Key, finger: Key, modifiers: Modifiers, out: &mut Vec<Input>) {
        self.alt_gr &= finger != Key::AltRight;
        if let Some(at) = self.held(finger) {
            let held = self.keys.remove(at);
            if held.sent {
                out.push(Input::Key { code: held.place, pressed: false });
            }
        } else if key == Key::V && !std::mem::take(&mut self.pasted) && modifiers.command_only() {
            // The press was taken away on its way: pasting an empty clipboard says nothing.
            self.chord(KeyCode::KeyV, out);
        }
    }

    fn held(&self, finger: Key) -> Option<usize> {
        self.keys.iter().position(|held| held.finger == finger)
    }

    fn down(&self, places: [KeyCode; 2]) -> bool {
        self.keys.iter().any(|held| held.sent && places.contains(&held.place))
    }

    /// Lifts a key on the desktop that is still down here.
    fn hide(&mut self, place: KeyCode, out: &mut Vec<Input>) {
        if let Some(held) = self.keys.iter_mut().find(|held| held.sent && held.place == place) {
            held.sent = false;
            out.push(Input::Key { code: place, pressed: false });
        }
    }

    /// A key that was pressed together with Ctrl. Where Ctrl is not down, the request came from a
    /// key of its own, or as Shift+Delete and Shift+Insert.
    fn chord(&mut self, place: KeyCode, out: &mut Vec<Input>) {
        let key = |code, pressed| Input::Key { code, pressed };
        let ctrl = self.down([KeyCode::ControlLeft, KeyCode::ControlRight]);
        let shift = self.down([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
        let place = match place {
            KeyCode::KeyX if shift && !ctrl => KeyCode::Delete,
            KeyCode::KeyV if shift && !ctrl => KeyCode::Insert,
            other => other,
        };
        let (before, after) = if ctrl || shift {
            (None, None)
        } else {
            (Some(key(KeyCode::ControlLeft, true)), Some(key(KeyCode::ControlLeft, false)))
        };
        out.extend(before);
        out.extend([key(place, true), key(place, false)]);
        out.extend(after);
    }

    /// Lets go of everything: the window lost the keyboard, or the person took it away.
    pub fn release(&mut self) -> Vec<Input> {
        (self.alt_gr, self.pasted) = (false, false);
        let keys = std::mem::take(&mut self.keys);
        let buttons = std::mem::take(&mut self.buttons);
        let mut held = keys.iter().filter(|held| held.sent).map(|held| held.place).peekable();
        if held.peek().is_none() && buttons.is_empty() {
            return Vec::new();
        }
        let (x, y) = self.at.unwrap_or_default();
        held.rev()
            .map(|code| Input::Key { code, pressed: false })
            .chain(buttons.iter().map(|&button| Input::Button { x, y, button, pressed: false }))
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
    finger: Key,
    place: KeyCode,
    repeat: bool,
    text: Option<&'a str>,
}

/// The place that a key stands for. In shortcuts the letter counts, as it does for the clipboard's:
/// on a French keyboard Ctrl+Z lies where the desktop has Ctrl+W.
fn meant(key: Key, physical: Option<Key>, modifiers: Modifiers, mode: Keyboard) -> Option<KeyCode> {
    let shortcut = (modifiers.ctrl || modifiers.mac_cmd) && !modifiers.alt;
    if mode == Keyboard::Automatic && shortcut && keymap::is_letter(key) {
        return place(key, None);
    }
    place(key, physical)
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

/// Whether a desktop with a US layout types this when that key is pressed.
fn types(place: KeyCode, text: &str, shift: bool, caps: bool) -> bool {
    let mut characters = text.chars();
    let (first, rest) = (characters.next(), characters.next());
    rest.is_none() && first.is_some() && place.us_text(shift, caps) == first
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
