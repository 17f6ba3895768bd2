//! A real X11 desktop: MIT-SHM, XDamage, XFixes, XTEST.

mod keyboard;
mod memory;
mod programs;
mod watch;

use crate::source::{Changes, Source, SourceError, Wake};
use keyboard::Keyboard;
use memory::Segment;
use parking_lot::Mutex;
use programs::Programs;
use std::sync::Arc;
use std::time::{Duration, Instant};
use stream::protocol::frame::Rectangle;
use stream::protocol::input::{Button, Input, NOTCH};
use x11rb::connection::{Connection, RequestConnection};
use x11rb::protocol::damage::{self, ConnectionExt as _};
use x11rb::protocol::shm::ConnectionExt as _;
use x11rb::protocol::xfixes::{self, ConnectionExt as _};
use x11rb::protocol::xproto::{ChangeWindowAttributesAux, ConnectionExt as _, ImageFormat, Window};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// Behind the windows of a display of our own.
const WALLPAPER: u32 = 0x002e_4a6b;
/// Between two looks at where the pointer is: programs may move it too.
const POINTER: Duration = Duration::from_millis(100);

pub(crate) fn fault(error: impl std::fmt::Display) -> SourceError {
    SourceError::X11(error.to_string())
}

/// What the watching thread found.
#[derive(Default)]
struct Seen {
    damage: Vec<Rectangle>,
    cursor: bool,
}

/// An X display.
pub struct X11 {
    connection: Arc<RustConnection>,
    root: Window,
    size: (u16, u16),
    name: String,
    segment: Segment,
    keyboard: Keyboard,
    seen: Arc<Mutex<Seen>>,
    position: Option<(u16, u16)>,
    pointer_at: Instant,
    /// Wheel turns that are not a whole notch yet, across and down.
    turned: (i32, i32),
    /// Only for a display of our own; ended with it.
    programs: Option<Programs>,
}

impl X11 {
    /// Starts an Xvfb with a window manager and some programs.
    ///
    /// # Errors
    /// [`SourceError::Missing`] without Xvfb.
    pub fn start(size: (u16, u16), motion_fps: u32, wake: Wake) -> Result<Self, SourceError> {
        let programs = Programs::start(size, motion_fps)?;
        let mut desktop = Self::attach(programs.display(), wake)?;
        desktop.programs = Some(programs);
        let colour = ChangeWindowAttributesAux::new().background_pixel(WALLPAPER);
        let (connection, root) = (&desktop.connection, desktop.root);
        connection.change_window_attributes(root, &colour).map_err(fault)?;
        connection.clear_area(false, root, 0, 0, 0, 0).map_err(fault)?;
        connection.flush().map_err(fault)?;
        Ok(desktop)
    }

    /// Serves an X display that is there already.
    ///
    /// # Errors
    /// When it cannot be reached or lacks an extension.
    pub fn attach(name: &str, wake: Wake) -> Result<Self, SourceError> {
        let (connection, screen) = x11rb::connect(Some(name)).map_err(fault)?;
        let setup = connection.setup().roots.get(screen).ok_or_else(|| fault("no screen"))?;
        let (root, size) = (setup.root, (setup.width_in_pixels, setup.height_in_pixels));
        if setup.root_depth < 24 {
            return Err(fault(format!("a depth of {} bits is not served", setup.root_depth)));
        }
        for extension in
            [damage::X11_EXTENSION_NAME, xfixes::X11_EXTENSION_NAME, "MIT-SHM", "XTEST"]
        {
            if connection.extension_information(extension).map_err(fault)?.is_none() {
                return Err(fault(format!("the X server has no {extension}")));
            }
        }
        connection.damage_query_version(1, 1).map_err(fault)?.reply().map_err(fault)?;
        connection.xfixes_query_version(5, 0).map_err(fault)?.reply().map_err(fault)?;
        let bytes = u32::from(size.0) * u32::from(size.1) * 4;
        let segment = Segment::new(&connection, bytes)?;
        let keyboard = Keyboard::new(&connection)?;
        let connection = Arc::new(connection);
        let seen = Arc::new(Mutex::new(Seen { damage: Vec::new(), cursor: true }));
        watch::start(name, Arc::clone(&seen), wake)?;
        Ok(Self {
            connection,
            root,
            size,
            name: name.to_owned(),
            segment,
            keyboard,
            seen,
            position: None,
            pointer_at: Instant::now(),
            turned: (0, 0),
            programs: None,
        })
    }

    fn fake(&self, kind: u8, detail: u8, x: i16, y: i16) -> Result<(), SourceError> {
        self.connection
            .xtest_fake_input(kind, detail, x11rb::CURRENT_TIME, self.root, x, y, 0)
            .map_err(fault)?;
        Ok(())
    }

    fn key(&self, keycode: u8, pressed: bool) -> Result<(), SourceError> {
        let kind = if pressed {
            x11rb::protocol::xproto::KEY_PRESS_EVENT
        } else {
            x11rb::protocol::xproto::KEY_RELEASE_EVENT
        };
        self.fake(kind, keycode, 0, 0)
    }

    fn button(&self, number: u8, pressed: bool) -> Result<(), SourceError> {
        let kind = if pressed {
            x11rb::protocol::xproto::BUTTON_PRESS_EVENT
        } else {
            x11rb::protocol::xproto::BUTTON_RELEASE_EVENT
        };
        self.fake(kind, number, 0, 0)
    }

    fn move_to(&mut self, x: u16, y: u16) -> Result<(), SourceError> {
        let clamp =
            |n: u16, size: u16| i16::try_from(n.min(size.saturating_sub(1))).unwrap_or(i16::MAX);
        let (x, y) = (clamp(x, self.size.0), clamp(y, self.size.1));
        self.pointer_at = Instant::now();
        self.fake(x11rb::protocol::xproto::MOTION_NOTIFY_EVENT, 0, x, y)
    }

    /// Whole notches as presses of buttons 4 to 7.
    fn wheel(&mut self, dx: i32, dy: i32) -> Result<(), SourceError> {
        self.turned.0 += dx.clamp(-100 * NOTCH, 100 * NOTCH);
        self.turned.1 += dy.clamp(-100 * NOTCH, 100 * NOTCH);
        let (across, down) = (self.turned.0 / NOTCH, self.turned.1 / NOTCH);
        self.turned.0 -= across * NOTCH;
        self.turned.1 -= down * NOTCH;
        let (left, right, up, low) = (6, 7, 4, 5);
        for (count, back, forth) in [(across, left, right), (down, up, low)] {
            let number = if count < 0 { back } else { forth };
            for _ in 0..count.unsigned_abs() {
                self.button(number, true)?;
                self.button(number, false)?;
            }
        }
        Ok(())
    }

    fn cursor(&self) -> Result<Option<stream::protocol::cursor::CursorShape>, SourceError> {
        let image =
            self.connection.xfixes_get_cursor_image().map_err(fault)?.reply().map_err(fault)?;
        Ok(watch::shape(&image))
    }
}

impl Source for X11 {
    fn size(&self) -> (u16, u16) {
        self.size
    }

    fn layout(&self) -> String {
        "us".into()
    }

    fn describe(&self) -> String {
        let (width, height) = self.size;
        match &self.programs {
            Some(programs) => format!("{} on {}, {width} by {height}", programs.list(), self.name),
            None => format!("X display {}, {width} by {height}", self.name),
        }
    }

    fn advance(&mut self, now: Instant) -> Result<Changes, SourceError> {
        let seen = std::mem::take(&mut *self.seen.lock());
        let mut changes = Changes { damage: seen.damage, ..Changes::default() };
        if seen.cursor {
            changes.shape = self.cursor()?;
        }
        if now >= self.pointer_at {
            self.pointer_at = now + POINTER;
            let pointer =
                self.connection.query_pointer(self.root).map_err(fault)?.reply().map_err(fault)?;
            let side = |n: i16| u16::try_from(n.max(0)).unwrap_or(0);
            let position = (side(pointer.root_x), side(pointer.root_y));
            if self.position != Some(position) {
                self.position = Some(position);
                changes.position = Some((position.0, position.1, true));
            }
        }
        Ok(changes)
    }

    fn deadline(&self) -> Option<Instant> {
        Some(self.pointer_at)
    }

    fn capture(&mut self, rectangle: Rectangle, picture: &mut [u8]) -> Result<(), SourceError> {
        let Rectangle { x, y, width, height } = rectangle;
        let side = |n: u16| i16::try_from(n).unwrap_or(i16::MAX);
        self.connection
            .shm_get_image(
                self.root,
                side(x),
                side(y),
                width,
                height,
                u32::MAX,
                ImageFormat::Z_PIXMAP.into(),
                self.segment.id(),
                0,
            )
            .map_err(fault)?
            .reply()
            .map_err(fault)?;
        let row = usize::from(width) * 4;
        let stride = usize::from(self.size.0) * 4;
        for (n, line) in self.segment.bytes().chunks_exact(row).take(height.into()).enumerate() {
            let start = (usize::from(y) + n) * stride + usize::from(x) * 4;
            if let Some(to) = picture.get_mut(start..start + row) {
                to.copy_from_slice(line);
            }
        }
        Ok(())
    }

    fn inject(&mut self, input: &Input) -> Result<(), SourceError> {
        match input {
            Input::Move { x, y } => self.move_to(*x, *y)?,
            Input::Button { x, y, button, pressed } => {
                self.move_to(*x, *y)?;
                let number = match button {
                    Button::Left => 1,
                    Button::Middle => 2,
                    Button::Right => 3,
                    Button::Back => 8,
                    Button::Forward => 9,
                };
                self.button(number, *pressed)?;
            }
            Input::Wheel { x, y, dx, dy } => {
                self.move_to(*x, *y)?;
                self.wheel(*dx, *dy)?;
            }
            Input::Key { code, pressed } => {
                if let Some(keycode) = keyboard::keycode(*code) {
                    self.key(keycode, *pressed)?;
                }
            }
            Input::Text { text } => {
                for character in text.chars() {
                    let stroke = self.keyboard.stroke(&self.connection, character)?;
                    if stroke.shift {
                        self.key(keyboard::SHIFT, true)?;
                    }
                    self.key(stroke.keycode, true)?;
                    self.key(stroke.keycode, false)?;
                    if stroke.shift {
                        self.key(keyboard::SHIFT, false)?;
                    }
                }
            }
            Input::ReleaseAll | Input::Unknown => {}
        }
        self.connection.flush().map_err(fault)
    }
}
