//! The thread that waits for the X server's events, on a connection of its own.

use super::{Seen, fault};
use crate::source::{SourceError, Wake};
use parking_lot::Mutex;
use std::sync::Arc;
use stream::protocol::cursor::{CursorShape, MAX_SIDE};
use stream::protocol::frame::Rectangle;
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::damage::{self, ConnectionExt as _};
use x11rb::protocol::xfixes::{self, ConnectionExt as _};

/// Damage that may wait; more than this is one rectangle of everything.
const MOST: usize = 1024;

pub(super) fn start(name: &str, seen: Arc<Mutex<Seen>>, wake: Wake) -> Result<(), SourceError> {
    let (connection, screen) = x11rb::connect(Some(name)).map_err(fault)?;
    let root = connection.setup().roots.get(screen).ok_or_else(|| fault("no screen"))?.root;
    connection.damage_query_version(1, 1).map_err(fault)?.reply().map_err(fault)?;
    connection.xfixes_query_version(5, 0).map_err(fault)?.reply().map_err(fault)?;
    let id = connection.generate_id().map_err(fault)?;
    connection
        .damage_create(id, root, damage::ReportLevel::RAW_RECTANGLES)
        .map_err(fault)?
        .check()
        .map_err(fault)?;
    connection
        .xfixes_select_cursor_input(root, xfixes::CursorNotifyMask::DISPLAY_CURSOR)
        .map_err(fault)?
        .check()
        .map_err(fault)?;
    std::thread::Builder::new().name("x11-events".into()).spawn(move || {
        while let Ok(event) = connection.wait_for_event() {
            let mut found = seen.lock();
            match event {
                Event::DamageNotify(event) => {
                    let side = |n: i16| u16::try_from(n.max(0)).unwrap_or(0);
                    let area = event.area;
                    if found.damage.len() >= MOST {
                        found.damage.clear();
                        let (width, height) = (u16::MAX, u16::MAX);
                        found.damage.push(Rectangle { x: 0, y: 0, width, height });
                    }
                    found.damage.push(Rectangle {
                        x: side(area.x),
                        y: side(area.y),
                        width: area.width,
                        height: area.height,
                    });
                }
                Event::XfixesCursorNotify(_) => found.cursor = true,
                _ => continue,
            }
            drop(found);
            wake();
        }
    })?;
    Ok(())
}

/// The server's premultiplied ARGB as the protocol's shape; `None` when it does not fit.
pub(super) fn shape(image: &xfixes::GetCursorImageReply) -> Option<CursorShape> {
    let fits = |n: u16| (1..=MAX_SIDE).contains(&n);
    if !fits(image.width) || !fits(image.height) {
        return None;
    }
    let mut rgba = Vec::with_capacity(image.cursor_image.len() * 4);
    for pixel in &image.cursor_image {
        let [a, r, g, b] = pixel.to_be_bytes();
        let straight = |c: u8| match a {
            0 => 0,
            a => u8::try_from((u32::from(c) * 255 / u32::from(a)).min(255)).unwrap_or(255),
        };
        rgba.extend_from_slice(&[straight(r), straight(g), straight(b), a]);
    }
    let hotspot = (image.xhot.min(image.width - 1), image.yhot.min(image.height - 1));
    Some(CursorShape { width: image.width, height: image.height, hotspot, rgba: rgba.into() })
}
