//! How the painted desktop looks.

use super::editor::Editor;
use embedded_graphics::mono_font::{MonoFont, MonoTextStyle, iso_8859_1 as font};
use embedded_graphics::pixelcolor::{Rgb888, RgbColor};
use embedded_graphics::prelude::*;
use embedded_graphics::primitives::{Circle, PrimitiveStyle, Rectangle as Area, RoundedRectangle};
use embedded_graphics::text::{Baseline, Text};
use std::convert::Infallible;
use stream::protocol::frame::Rectangle;

const PAPER: Rgb888 = Rgb888::new(252, 252, 250);
const INK: Rgb888 = Rgb888::new(38, 42, 51);
const SOFT: Rgb888 = Rgb888::new(120, 126, 138);
const BAR: Rgb888 = Rgb888::new(24, 28, 38);
const NIGHT: Rgb888 = Rgb888::new(20, 23, 31);
const ACCENT: Rgb888 = Rgb888::new(64, 120, 242);

/// A rectangle cut off at the top and left edge of the desktop.
pub(super) fn rectangle(x: i32, y: i32, width: i32, height: i32) -> Rectangle {
    let side = |n: i32| u16::try_from(n.max(0)).unwrap_or(u16::MAX);
    Rectangle {
        x: side(x),
        y: side(y),
        width: side(width + x.min(0)),
        height: side(height + y.min(0)),
    }
}

/// The picture: blue, green, red, 255.
pub(super) struct Canvas {
    width: u16,
    height: u16,
    pixels: Vec<u8>,
    clip: Area,
}

impl OriginDimensions for Canvas {
    fn size(&self) -> Size {
        Size::new(self.width.into(), self.height.into())
    }
}

impl DrawTarget for Canvas {
    type Color = Rgb888;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<Rgb888>>>(
        &mut self,
        pixels: I,
    ) -> Result<(), Infallible> {
        for Pixel(at, colour) in pixels {
            if self.clip.contains(at) {
                self.set(at, colour);
            }
        }
        Ok(())
    }

    fn fill_solid(&mut self, area: &Area, colour: Rgb888) -> Result<(), Infallible> {
        let area = area.intersection(&self.clip);
        let [b, g, r] = [colour.b(), colour.g(), colour.r()];
        for y in area.rows() {
            if let Some(row) = self.row(area.top_left.x, y, area.size.width) {
                row.chunks_exact_mut(4).for_each(|p| p.copy_from_slice(&[b, g, r, 255]));
            }
        }
        Ok(())
    }
}

/// Drawing on a [`Canvas`] cannot fail.
fn done<T>(Ok(_): Result<T, Infallible>) {}

fn area(x: i32, y: i32, width: i32, height: i32) -> Area {
    let side = |n: i32| u32::try_from(n).unwrap_or(0);
    Area::new(Point::new(x, y), Size::new(side(width), side(height)))
}

impl Canvas {
    pub(super) fn new(width: u16, height: u16) -> Self {
        let pixels = vec![0; usize::from(width) * usize::from(height) * 4];
        let clip = area(0, 0, width.into(), height.into());
        Self { width, height, pixels, clip }
    }

    pub(super) fn size(&self) -> (u16, u16) {
        (self.width, self.height)
    }

    /// Nothing outside of `part` is painted from now on.
    pub(super) fn clip(&mut self, part: Rectangle) {
        let part = area(part.x.into(), part.y.into(), part.width.into(), part.height.into());
        self.clip = part.intersection(&area(0, 0, self.width.into(), self.height.into()));
    }

    fn row(&mut self, x: i32, y: i32, width: u32) -> Option<&mut [u8]> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        let start = (y * usize::from(self.width) + x) * 4;
        self.pixels.get_mut(start..start + width as usize * 4)
    }

    fn set(&mut self, at: Point, colour: Rgb888) {
        if let Some(pixel) = self.row(at.x, at.y, 1) {
            pixel.copy_from_slice(&[colour.b(), colour.g(), colour.r(), 255]);
        }
    }

    /// Copies a part into another picture of the same size.
    pub(super) fn copy(&self, part: Rectangle, picture: &mut [u8]) {
        for y in part.y..part.y.saturating_add(part.height).min(self.height) {
            let start = (usize::from(y) * usize::from(self.width) + usize::from(part.x)) * 4;
            let range = start..start + usize::from(part.width) * 4;
            if let (Some(to), Some(from)) = (picture.get_mut(range.clone()), self.pixels.get(range))
            {
                to.copy_from_slice(from);
            }
        }
    }

    fn fill(&mut self, x: i32, y: i32, width: i32, height: i32, colour: Rgb888) {
        done(self.fill_solid(&area(x, y, width, height), colour));
    }

    fn text(&mut self, text: &str, x: i32, y: i32, font: &MonoFont<'_>, colour: Rgb888) {
        let style = MonoTextStyle::new(font, colour);
        done(Text::with_baseline(text, Point::new(x, y), style, Baseline::Top).draw(self));
    }

    /// A slow blend from blue to violet.
    pub(super) fn wallpaper(&mut self) {
        let height = i32::from(self.height).max(1);
        for y in self.clip.rows() {
            let part =
                |from: i32, to: i32| u8::try_from(from + (to - from) * y / height).unwrap_or(0);
            let colour = Rgb888::new(part(46, 92), part(88, 62), part(138, 128));
            self.fill(0, y, self.width.into(), 1, colour);
        }
    }

    /// The bar with the time since the start.
    pub(super) fn bar(&mut self, height: i32, seconds: u64) {
        self.fill(0, 0, self.width.into(), height, BAR);
        self.text("MultiClaw desktop", 16, 8, &font::FONT_9X18_BOLD, Rgb888::WHITE);
        let time = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        self.text(&time, i32::from(self.width) - 90, 8, &font::FONT_9X18_BOLD, Rgb888::WHITE);
    }

    #[expect(clippy::too_many_arguments, reason = "a window has that many properties")]
    pub(super) fn window(
        &mut self,
        x: i32,
        y: i32,
        width: i32,
        height: i32,
        title: i32,
        name: &str,
        front: bool,
    ) {
        for edge in 1..4 {
            let shade = Rgb888::new(30, 32, 50);
            let outline = RoundedRectangle::with_equal_corners(
                area(x - edge, y - edge, width + 2 * edge, height + 2 * edge),
                Size::new(8, 8),
            );
            if edge == 1 {
                done(outline.into_styled(PrimitiveStyle::with_stroke(shade, 1)).draw(self));
            }
        }
        let colour = if front { Rgb888::new(54, 60, 76) } else { Rgb888::new(84, 90, 104) };
        self.fill(x, y, width, title, colour);
        for (n, dot) in [
            (0, Rgb888::new(240, 100, 92)),
            (1, Rgb888::new(245, 190, 79)),
            (2, Rgb888::new(98, 197, 84)),
        ] {
            let circle = Circle::new(Point::new(x + 12 + n * 20, y + title / 2 - 6), 12);
            done(circle.into_styled(PrimitiveStyle::with_fill(dot)).draw(self));
        }
        self.text(name, x + 84, y + 6, &font::FONT_9X18_BOLD, Rgb888::WHITE);
        self.fill(x, y + title, width, height - title, PAPER);
    }

    pub(super) fn editor(
        &mut self,
        x: i32,
        y: i32,
        width: i32,
        height: i32,
        editor: &Editor,
        front: bool,
    ) {
        let (line_height, cell) = (22, 10);
        self.fill(x, y, 46, height, Rgb888::new(240, 241, 244));
        let rows = usize::try_from((height - 12) / line_height).unwrap_or(0).max(1);
        let columns = usize::try_from((width - 70) / cell).unwrap_or(0);
        let first = editor.lines.len().saturating_sub(rows).min(editor.caret.0);
        for (n, line) in editor.lines.iter().enumerate().skip(first).take(rows) {
            let top = y + 8 + i32::try_from(n - first).unwrap_or(0) * line_height;
            self.text(&format!("{:>3}", n + 1), x + 8, top, &font::FONT_9X18, SOFT);
            let text: String = line.iter().take(columns).collect();
            self.text(&text, x + 58, top, &font::FONT_10X20, INK);
            if front && n == editor.caret.0 {
                let column = i32::try_from(editor.caret.1.min(columns)).unwrap_or(0);
                self.fill(x + 58 + column * cell, top, 2, 20, ACCENT);
            }
        }
    }

    pub(super) fn log(&mut self, x: i32, y: i32, width: i32, height: i32, line: u64, up: usize) {
        self.fill(x, y, width, height, NIGHT);
        let line_height = 20;
        let rows = u64::try_from((height - 10) / line_height).unwrap_or(0);
        let last = (line + rows).saturating_sub(up as u64).max(rows);
        for (row, n) in (last - rows..last).enumerate() {
            let (word, colour) = match n % 7 {
                3 => ("warn ", Rgb888::new(245, 190, 79)),
                5 => ("done ", Rgb888::new(98, 197, 84)),
                _ => ("build", Rgb888::new(120, 170, 250)),
            };
            let top = y + 6 + i32::try_from(row).unwrap_or(0) * line_height;
            self.text(word, x + 10, top, &font::FONT_9X18, colour);
            let text = format!("{n:>6}  crate-{:02} step {} of 9", n * 37 % 97, n % 9 + 1);
            self.text(&text, x + 64, top, &font::FONT_9X18, Rgb888::new(208, 212, 222));
        }
    }

    /// Stripes that move and a ball: all of it changes with each frame.
    pub(super) fn motion(&mut self, x: i32, y: i32, width: i32, height: i32, frame: u64) {
        let n = i32::try_from(frame % 1_000_000).unwrap_or(0);
        for column in (0..width).step_by(16) {
            let phase = u8::try_from((column * 2 + n * 6).rem_euclid(256)).unwrap_or(0);
            let colour = Rgb888::new(phase / 2 + 40, 90, 220 - phase / 2);
            self.fill(x + column, y, 16.min(width - column), height, colour);
        }
        let bounce = |n: i32, room: i32| {
            let room = room.max(1);
            let at = n.rem_euclid(2 * room);
            if at < room { at } else { 2 * room - at }
        };
        let at = Point::new(x + bounce(n * 9, width - 80), y + bounce(n * 5, height - 80));
        let style = PrimitiveStyle::with_fill(Rgb888::new(250, 220, 120));
        done(Circle::new(at, 80).into_styled(style).draw(self));
    }
}
