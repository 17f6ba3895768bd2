//! A desktop painted in memory: windows one can drag, an editor, a log, a clock.
//!
//! It needs no package, and shows the same for the same input and time.

mod canvas;
mod editor;

use crate::source::{Changes, Source, SourceError, interval};
use canvas::Canvas;
use editor::Editor;
use std::time::{Duration, Instant};
use stream::protocol::cursor::CursorShape;
use stream::protocol::frame::Rectangle;
use stream::protocol::input::{Button, Input, NOTCH};
use stream::protocol::keycode::KeyCode;

/// Height of the bar at the top, in pixels.
const BAR: i32 = 34;
/// Height of a window's title.
const TITLE: i32 = 30;
/// A new line in the log.
const LOG_STEP: Duration = Duration::from_millis(700);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Editor,
    Log,
    Motion,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    kind: Kind,
    x: i32,
    y: i32,
    width: i32,
    height: i32,
}

impl Window {
    fn contains(&self, x: i32, y: i32) -> bool {
        (self.x..self.x + self.width).contains(&x) && (self.y..self.y + self.height).contains(&y)
    }

    fn title(&self, x: i32, y: i32) -> bool {
        self.contains(x, y) && y < self.y + TITLE
    }

    fn bounds(&self) -> Rectangle {
        // The shadow is three pixels wide.
        canvas::rectangle(self.x - 4, self.y - 4, self.width + 8, self.height + 8)
    }
}

/// The desktop.
pub struct Painted {
    canvas: Canvas,
    /// From the bottom up.
    windows: Vec<Window>,
    editor: Editor,
    log_top: usize,
    drag: Option<(i32, i32)>,
    pointer: (u16, u16),
    shift: bool,
    caps: bool,
    control: bool,
    motion: Option<Duration>,
    start: Instant,
    clock: u64,
    log_line: u64,
    frame: u64,
    changes: Changes,
    shape: Option<Shape>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Arrow,
    Beam,
    Hand,
}

impl Painted {
    /// A desktop of this size; `motion_fps` moves a shape in a window of its own.
    #[must_use]
    pub fn new(size: (u16, u16), motion_fps: u32, now: Instant) -> Self {
        let (width, height) = (i32::from(size.0), i32::from(size.1));
        let mut windows = vec![
            Window {
                kind: Kind::Log,
                x: width * 52 / 100,
                y: height * 12 / 100,
                width: width * 44 / 100,
                height: height * 42 / 100,
            },
            Window {
                kind: Kind::Editor,
                x: width * 5 / 100,
                y: height * 18 / 100,
                width: width * 44 / 100,
                height: height * 60 / 100,
            },
        ];
        if motion_fps > 0 {
            windows.push(Window {
                kind: Kind::Motion,
                x: width * 56 / 100,
                y: height * 58 / 100,
                width: width * 38 / 100,
                height: height * 36 / 100,
            });
        }
        let mut desktop = Self {
            canvas: Canvas::new(size.0, size.1),
            windows,
            editor: Editor::default(),
            log_top: 0,
            drag: None,
            pointer: (size.0 / 2, size.1 / 2),
            shift: false,
            caps: false,
            control: false,
            motion: interval(motion_fps),
            start: now,
            clock: 0,
            log_line: 0,
            frame: 0,
            changes: Changes::default(),
            shape: None,
        };
        let all = Rectangle { x: 0, y: 0, width: size.0, height: size.1 };
        desktop.damage(all);
        desktop.pointed();
        desktop
    }

    /// Paints a part anew and tells so.
    fn damage(&mut self, part: Rectangle) {
        self.canvas.clip(part);
        self.canvas.wallpaper();
        self.canvas.bar(BAR, self.clock);
        for n in 0..self.windows.len() {
            let Some(&window) = self.windows.get(n) else { continue };
            let front = n + 1 == self.windows.len();
            let Window { x, y, width, height, kind } = window;
            let title = match kind {
                Kind::Editor => "notes.txt - Editor",
                Kind::Log => "build.log",
                Kind::Motion => "Motion",
            };
            self.canvas.window(x, y, width, height, TITLE, title, front);
            let (x, y, width, height) = (x + 1, y + TITLE, width - 2, height - TITLE - 1);
            match kind {
                Kind::Editor => self.canvas.editor(x, y, width, height, &self.editor, front),
                Kind::Log => self.canvas.log(x, y, width, height, self.log_line, self.log_top),
                Kind::Motion => self.canvas.motion(x, y, width, height, self.frame),
            }
        }
        self.changes.damage.push(part);
    }

    fn damage_kind(&mut self, kind: Kind) {
        if let Some(window) = self.windows.iter().find(|w| w.kind == kind) {
            let part = window.bounds();
            self.damage(part);
        }
    }

    fn front(&self) -> Option<Kind> {
        self.windows.last().map(|w| w.kind)
    }

    fn moved(&mut self, x: u16, y: u16) {
        let (width, height) = self.canvas.size();
        let before = self.pointer;
        self.pointer = (x.min(width - 1), y.min(height - 1));
        if self.pointer == before {
            return;
        }
        if let (Some((dx, dy)), Some(window)) = (self.drag, self.windows.last_mut()) {
            let old = window.bounds();
            window.x = i32::from(self.pointer.0) - dx;
            window.y = (i32::from(self.pointer.1) - dy).max(BAR);
            let new = window.bounds();
            self.damage(old);
            self.damage(new);
        }
        self.pointed();
    }

    /// Tells where the pointer is and what it looks like there.
    fn pointed(&mut self) {
        let (x, y) = (i32::from(self.pointer.0), i32::from(self.pointer.1));
        let shape = match self.windows.iter().rev().find(|w| w.contains(x, y)) {
            Some(w) if w.title(x, y) => Shape::Hand,
            Some(w) if w.kind == Kind::Editor => Shape::Beam,
            _ => Shape::Arrow,
        };
        if self.shape != Some(shape) {
            self.shape = Some(shape);
            self.changes.shape = Some(cursor(shape));
        }
        self.changes.position = Some((self.pointer.0, self.pointer.1, true));
    }

    fn pressed(&mut self) {
        let (x, y) = (i32::from(self.pointer.0), i32::from(self.pointer.1));
        let Some(at) = self.windows.iter().rposition(|w| w.contains(x, y)) else { return };
        let window = self.windows.remove(at);
        if window.title(x, y) {
            self.drag = Some((x - window.x, y - window.y));
        }
        self.windows.push(window);
        let all: Vec<Rectangle> = self.windows.iter().map(Window::bounds).collect();
        all.into_iter().for_each(|part| self.damage(part));
    }

    fn wheel(&mut self, dy: i32) {
        let (x, y) = (i32::from(self.pointer.0), i32::from(self.pointer.1));
        let over = self.windows.iter().rev().find(|w| w.contains(x, y)).map(|w| w.kind);
        if over == Some(Kind::Log) {
            let lines = usize::try_from((dy.abs() * 3 / NOTCH).max(1)).unwrap_or(1);
            self.log_top =
                if dy < 0 { self.log_top + lines } else { self.log_top.saturating_sub(lines) };
            self.damage_kind(Kind::Log);
        }
    }

    fn key(&mut self, code: KeyCode, pressed: bool) {
        match code {
            KeyCode::ShiftLeft | KeyCode::ShiftRight => self.shift = pressed,
            KeyCode::ControlLeft | KeyCode::ControlRight => self.control = pressed,
            KeyCode::CapsLock if pressed => self.caps = !self.caps,
            _ if pressed
                && !self.control
                && self.front() == Some(Kind::Editor)
                && self.editor.key(code, self.shift, self.caps) =>
            {
                self.damage_kind(Kind::Editor);
            }
            _ => {}
        }
    }
}

impl Source for Painted {
    fn size(&self) -> (u16, u16) {
        self.canvas.size()
    }

    fn layout(&self) -> String {
        "us".into()
    }

    fn describe(&self) -> String {
        let (width, height) = self.canvas.size();
        format!("a painted desktop of {width} by {height}")
    }

    fn advance(&mut self, now: Instant) -> Result<Changes, SourceError> {
        let age = now.saturating_duration_since(self.start);
        if age.as_secs() != self.clock {
            self.clock = age.as_secs();
            let (width, _) = self.canvas.size();
            self.damage(canvas::rectangle(i32::from(width) - 140, 0, 140, BAR));
        }
        let line = steps(age, LOG_STEP);
        if line != self.log_line {
            self.log_line = line;
            self.damage_kind(Kind::Log);
        }
        if let Some(step) = self.motion {
            let frame = steps(age, step);
            if frame != self.frame {
                self.frame = frame;
                self.damage_kind(Kind::Motion);
            }
        }
        Ok(std::mem::take(&mut self.changes))
    }

    fn deadline(&self) -> Option<Instant> {
        let after =
            |step: Duration, n: u64| self.start + step * u32::try_from(n + 1).unwrap_or(u32::MAX);
        let mut next =
            after(LOG_STEP, self.log_line).min(after(Duration::from_secs(1), self.clock));
        if let Some(step) = self.motion {
            next = next.min(after(step, self.frame));
        }
        Some(next)
    }

    fn capture(&mut self, rectangle: Rectangle, picture: &mut [u8]) -> Result<(), SourceError> {
        self.canvas.copy(rectangle, picture);
        Ok(())
    }

    fn inject(&mut self, input: &Input) -> Result<(), SourceError> {
        match input {
            Input::Move { x, y } => self.moved(*x, *y),
            Input::Button { x, y, button, pressed } => {
                self.moved(*x, *y);
                match (button, pressed) {
                    (Button::Left, true) => self.pressed(),
                    (Button::Left, false) => self.drag = None,
                    _ => {}
                }
            }
            Input::Wheel { x, y, dy, .. } => {
                self.moved(*x, *y);
                self.wheel(*dy);
            }
            Input::Key { code, pressed } => self.key(*code, *pressed),
            Input::Text { text } => {
                if self.front() == Some(Kind::Editor) {
                    self.editor.text(text);
                    self.damage_kind(Kind::Editor);
                }
            }
            Input::ReleaseAll | Input::Unknown => {}
        }
        Ok(())
    }
}

fn steps(age: Duration, step: Duration) -> u64 {
    u64::try_from(age.as_nanos() / step.as_nanos().max(1)).unwrap_or(u64::MAX)
}

/// The pointer's picture: `#` black, `.` white, the rest clear.
fn cursor(shape: Shape) -> CursorShape {
    let (rows, hotspot): (&[&str], _) = match shape {
        Shape::Arrow => (
            &[
                "#           ",
                "##          ",
                "#.#         ",
                "#..#        ",
                "#...#       ",
                "#....#      ",
                "#.....#     ",
                "#......#    ",
                "#.......#   ",
                "#........#  ",
                "#.....##### ",
                "#..#..#     ",
                "#.# #..#    ",
                "##  #..#    ",
                "#    #..#   ",
                "     #..#   ",
                "      ##    ",
            ],
            (0, 0),
        ),
        Shape::Beam => (
            &[
                "### ###", "  #.#  ", "  #.#  ", "  #.#  ", "  #.#  ", "  #.#  ", "  #.#  ",
                "  #.#  ", "  #.#  ", "  #.#  ", "  #.#  ", "  #.#  ", "  #.#  ", "### ###",
            ],
            (3, 7),
        ),
        Shape::Hand => (
            &[
                "    ##      ",
                "   #..#     ",
                "   #..#     ",
                "   #..#     ",
                "   #..###   ",
                "   #..#..## ",
                " ###..#..#.#",
                "#..#..#..#.#",
                "#...........",
                "#..........#",
                " #.........#",
                "  #.......# ",
                "  #.......# ",
                "   #######  ",
            ],
            (4, 0),
        ),
    };
    let width = rows.first().map_or(1, |row| row.len());
    let pixel = |c: char| match c {
        '#' => [0, 0, 0, 255],
        '.' => [255; 4],
        _ => [0; 4],
    };
    let rgba: Vec<u8> = rows.iter().flat_map(|row| row.chars().flat_map(pixel)).collect();
    let side = |n: usize| u16::try_from(n).unwrap_or(1);
    CursorShape { width: side(width), height: side(rows.len()), hotspot, rgba: rgba.into() }
}

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small test numbers")]
mod tests {
    use super::*;

    fn picture(desktop: &mut Painted) -> Vec<u8> {
        let (width, height) = desktop.size();
        let mut out = vec![0; usize::from(width) * usize::from(height) * 4];
        desktop.capture(Rectangle { x: 0, y: 0, width, height }, &mut out).unwrap();
        out
    }

    #[test]
    fn the_same_input_and_time_give_the_same_picture() {
        let now = Instant::now();
        let run = || {
            let mut desktop = Painted::new((800, 600), 30, now);
            desktop.inject(&Input::Text { text: "hello".into() }).unwrap();
            desktop.advance(now + Duration::from_secs(3)).unwrap();
            picture(&mut desktop)
        };
        assert_eq!(run(), run());
    }

    #[test]
    fn what_is_typed_shows_and_only_where_it_is_said_to() {
        let now = Instant::now();
        let mut desktop = Painted::new((800, 600), 0, now);
        desktop.advance(now).unwrap();
        let before = picture(&mut desktop);
        for pressed in [true, false] {
            desktop.inject(&Input::Key { code: KeyCode::KeyX, pressed }).unwrap();
        }
        let changes = desktop.advance(now).unwrap();
        let after = picture(&mut desktop);
        assert_ne!(before, after);
        let inside = |n: usize| {
            let (x, y) = ((n / 4 % 800) as u16, (n / 4 / 800) as u16);
            changes
                .damage
                .iter()
                .any(|r| (r.x..r.x + r.width).contains(&x) && (r.y..r.y + r.height).contains(&y))
        };
        assert!(before.iter().zip(&after).enumerate().all(|(n, (a, b))| a == b || inside(n)));
    }

    #[test]
    fn a_window_is_dragged_by_its_title() {
        let now = Instant::now();
        let mut desktop = Painted::new((800, 600), 0, now);
        let before = desktop.windows.last().copied().unwrap();
        let (x, y) = ((before.x + 50) as u16, (before.y + 10) as u16);
        let button = |pressed, x, y| Input::Button { x, y, button: Button::Left, pressed };
        desktop.inject(&button(true, x, y)).unwrap();
        desktop.inject(&Input::Move { x: x + 30, y: y + 40 }).unwrap();
        desktop.inject(&button(false, x + 30, y + 40)).unwrap();
        desktop.inject(&Input::Move { x: 0, y: 0 }).unwrap();
        let after = desktop.windows.last().copied().unwrap();
        assert_eq!((after.x - before.x, after.y - before.y), (30, 40));
    }

    #[test]
    fn the_pointer_changes_its_shape() {
        let now = Instant::now();
        let mut desktop = Painted::new((800, 600), 0, now);
        desktop.advance(now).unwrap();
        let editor = desktop.windows.last().copied().unwrap();
        let inside = Input::Move { x: (editor.x + 60) as u16, y: (editor.y + 80) as u16 };
        desktop.inject(&inside).unwrap();
        assert_eq!(desktop.advance(now).unwrap().shape, Some(cursor(Shape::Beam)));
        for shape in [Shape::Arrow, Shape::Beam, Shape::Hand] {
            assert_eq!(CursorShape::parse(&cursor(shape).encode()), Ok(cursor(shape)));
        }
    }
}
