//! What is in front of the program: an X server or a compositor, a keyboard, a camera.

use crate::program::Stage;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt, EventMask, ImageFormat};
use x11rb::rust_connection::RustConnection;

/// The screen of the program that cage shows, as R, G, B, A; `None` while there is none.
pub fn of_cage(stage: &Stage, size: (u16, u16)) -> Option<Vec<u8>> {
    let output = Command::new("grim")
        .args(["-t", "ppm", "-"])
        .env("XDG_RUNTIME_DIR", stage.runtime_folder())
        .env("WAYLAND_DISPLAY", "wayland-0")
        .stderr(Stdio::null())
        .output()
        .expect("grim (package grim) is needed");
    let head = format!("P6\n{} {}\n255\n", size.0, size.1);
    let rgb = output.stdout.strip_prefix(head.as_bytes())?;
    Some(rgb.chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], 255]).collect())
}

/// An X server with nothing on it; ends with the test.
pub struct X {
    server: Child,
    name: String,
    connection: RustConnection,
    size: (u16, u16),
}

impl Drop for X {
    fn drop(&mut self) {
        // It may be over already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl X {
    pub fn start(size: (u16, u16)) -> Self {
        let screen = format!("{}x{}x24", size.0, size.1);
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &screen])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb (package xvfb) is needed");
        let mut number = String::new();
        let out = server.stdout.as_mut().unwrap();
        BufReader::new(out).read_line(&mut number).unwrap();
        let name = format!(":{}", number.trim());
        let (connection, _) = x11rb::connect(Some(&name)).unwrap();
        Self { server, name, connection, size }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole screen, as R, G, B, A.
    pub fn shot(&self) -> Option<Vec<u8>> {
        let root = self.connection.setup().roots[0].root;
        let (width, height) = self.size;
        let image = self
            .connection
            .get_image(ImageFormat::Z_PIXMAP, root, 0, 0, width, height, u32::MAX)
            .unwrap()
            .reply()
            .ok()?;
        Some(image.data.chunks_exact(4).flat_map(|p| [p[2], p[1], p[0], 255]).collect())
    }

    fn xdotool(&self, arguments: &[&str]) {
        let status = Command::new("xdotool")
            .args(arguments)
            .env("DISPLAY", &self.name)
            .status()
            .expect("xdotool (package xdotool) is needed");
        assert!(status.success(), "{arguments:?}");
        std::thread::sleep(Duration::from_millis(150));
    }

    pub fn key(&self, keys: &str) {
        self.xdotool(&["key", "--delay", "40", keys]);
    }

    pub fn click(&self, x: u16, y: u16) {
        self.xdotool(&["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
    }

    /// Types a line.
    pub fn enter(&self, text: &str) {
        self.xdotool(&["type", "--delay", "40", text]);
        self.key("Return");
    }

    /// What a window manager does when somebody closes a window, with every window there is.
    pub fn ask_to_close(&self) {
        let root = self.connection.setup().roots[0].root;
        let atom =
            |name: &[u8]| self.connection.intern_atom(false, name).unwrap().reply().unwrap().atom;
        let (protocols, delete) = (atom(b"WM_PROTOCOLS"), atom(b"WM_DELETE_WINDOW"));
        let windows = self.connection.query_tree(root).unwrap().reply().unwrap().children;
        assert!(!windows.is_empty());
        for window in windows {
            let event = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
            self.connection.send_event(false, window, EventMask::NO_EVENT, event).unwrap();
        }
        self.connection.flush().unwrap();
        std::thread::sleep(Duration::from_millis(500));
    }
}
