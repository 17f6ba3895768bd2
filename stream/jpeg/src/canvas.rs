//! The picture as it stands, and what a new JPEG changes of it.

use crate::header::{Setup, parse};
use crate::planes::{Plane, Planes, Rect, Sampling};
use crate::{Error, Limits, baseline, fallback};

/// Rows of a band: a whole MCU row of every sampling.
const BAND: u32 = 16;

/// Columns that are compared at once.
const PIECE: usize = 32;

/// Which way a picture was decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// By the decoder of this crate.
    Baseline,
    /// By `zune-jpeg`.
    Zune,
    /// Not at all: the same bytes as before.
    Identical,
    /// Nothing was decoded: the canvas was made blank.
    Blank,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Size or sampling of the planes are others than before: everything is new.
    pub reshaped: bool,
    /// Rectangles in luma pixels, clipped to the padded planes and even on every side.
    pub dirty: Vec<Rect>,
    /// How it was decoded.
    pub path: Path,
}

/// The picture. Buffers are kept: in the steady state nothing is allocated for a frame.
pub struct Canvas {
    limits: Limits,
    shown: Planes,
    /// Where the next picture is decoded; becomes `shown` when it is good.
    next: Planes,
    /// For `zune-jpeg`.
    pixels: Vec<u8>,
    /// The last whole JPEG, to recognise its repetition; empty after a rectangle.
    last: Vec<u8>,
}

impl Canvas {
    /// An empty canvas.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let (shown, next) = (Planes::empty(), Planes::empty());
        Self { limits, shown, next, pixels: Vec::new(), last: Vec::new() }
    }

    /// What a picture may not exceed.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The picture; `None` before the first.
    #[must_use]
    pub fn planes(&self) -> Option<&Planes> {
        (self.shown.width > 0).then_some(&self.shown)
    }

    /// The picture as R, G, B, A, without padding; `None` before the first.
    #[must_use]
    pub fn to_rgba(&self) -> Option<Vec<u8>> {
        self.planes().map(Planes::to_rgba)
    }

    /// Makes the canvas black, of this size: rectangles are to follow.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn blank(&mut self, width: u32, height: u32) -> Result<Change, Error> {
        let pixels = u64::from(width) * u64::from(height);
        let limits = &self.limits;
        if width == 0
            || height == 0
            || width > limits.max_width
            || height > limits.max_height
            || pixels > limits.max_pixels
        {
            return Err(Error::TooLarge { width, height, bytes: 0 });
        }
        self.last.clear();
        self.shown.reshape(width, height, Sampling::Yuv420);
        Ok(Change { reshaped: true, dirty: vec![all(&self.shown)], path: Path::Blank })
    }

    /// Decodes a picture of the whole desktop.
    ///
    /// # Errors
    /// See [`Error`]; the picture before stays, bit for bit.
    pub fn whole(&mut self, jpeg: &[u8]) -> Result<Change, Error> {
        if !self.last.is_empty() && self.last == jpeg {
            return Ok(Change { reshaped: false, dirty: Vec::new(), path: Path::Identical });
        }
        let setup = parse(jpeg, &self.limits)?;
        self.last.clear();
        let path = self.decode(jpeg, &setup)?;
        let reshaped = !self.shown.same_shape(&self.next);
        let dirty =
            if reshaped { vec![all(&self.next)] } else { differences(&self.shown, &self.next) };
        std::mem::swap(&mut self.shown, &mut self.next);
        self.last.extend_from_slice(jpeg);
        Ok(Change { reshaped, dirty, path })
    }

    /// Decodes a rectangle with its top left corner at `x`, `y` of a desktop of this size.
    ///
    /// # Errors
    /// See [`Error`]; the picture before stays, bit for bit.
    pub fn tile(
        &mut self,
        desktop: (u32, u32),
        x: u32,
        y: u32,
        jpeg: &[u8],
    ) -> Result<Change, Error> {
        let setup = parse(jpeg, &self.limits)?;
        let (width, height) = (setup.header.width, setup.header.height);
        if (x, y) == (0, 0) && (width, height) == desktop {
            return self.whole(jpeg);
        }
        let inside =
            |at: u32, size: u32, limit: u32| at.checked_add(size).is_some_and(|e| e <= limit);
        if !inside(x, width, desktop.0) || !inside(y, height, desktop.1) {
            return Err(Error::OutsideDesktop);
        }
        if (self.shown.width, self.shown.height) != desktop {
            return Err(Error::NoPicture);
        }
        let path = self.decode(jpeg, &setup)?;
        self.last.clear();
        let (across, down) = self.shown.sampling.reduction();
        let fits = self.next.sampling == self.shown.sampling
            && x.is_multiple_of(across)
            && y.is_multiple_of(down)
            && (width.is_multiple_of(across) || x + width == desktop.0)
            && (height.is_multiple_of(down) || y + height == desktop.1);
        let reshaped = !fits && self.shown.sampling != Sampling::Yuv444;
        if reshaped {
            self.shown = full_chroma(&self.shown);
        }
        if !fits && self.next.sampling != Sampling::Yuv444 {
            self.next = full_chroma(&self.next);
        }
        blit(&mut self.shown, &self.next, x, y);
        let dirty = if reshaped {
            all(&self.shown)
        } else {
            clipped(&self.shown, x, y, x + width, y + height)
        };
        Ok(Change { reshaped, dirty: vec![dirty], path })
    }

    fn decode(&mut self, jpeg: &[u8], setup: &Setup) -> Result<Path, Error> {
        if setup.header.baseline {
            baseline::decode(jpeg, setup, &mut self.next)?;
            Ok(Path::Baseline)
        } else {
            fallback::decode(jpeg, setup, &mut self.pixels, &mut self.next)?;
            Ok(Path::Zune)
        }
    }
}

fn all(planes: &Planes) -> Rect {
    Rect { x: 0, y: 0, width: planes.y.width, height: planes.y.height }
}

/// A rectangle made even on every side, within the padded planes.
fn clipped(planes: &Planes, left: u32, top: u32, right: u32, bottom: u32) -> Rect {
    let (x, y) = (left & !1, top & !1);
    let right = right.next_multiple_of(2).min(planes.y.width);
    let bottom = bottom.next_multiple_of(2).min(planes.y.height);
    Rect { x, y, width: right.saturating_sub(x), height: bottom.saturating_sub(y) }
}

/// Where two pictures of one shape differ, as one rectangle for each run of bands.
fn differences(before: &Planes, after: &Planes) -> Vec<Rect> {
    let (across, down) = after.sampling.reduction();
    let mut dirty: Vec<Rect> = Vec::new();
    let mut top = 0;
    while top < after.y.height {
        let bottom = (top + BAND).min(after.y.height);
        let luma = span(&before.y, &after.y, top, bottom);
        let chroma = |a, b| {
            span(a, b, top / down, bottom.div_ceil(down)).map(|(l, r)| (l * across, r * across))
        };
        let spans = [luma, chroma(&before.cb, &after.cb), chroma(&before.cr, &after.cr)];
        let joined = spans.into_iter().flatten().reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        if let Some((left, right)) = joined {
            let band = clipped(after, left, top, right, bottom);
            match dirty.last_mut() {
                Some(above) if above.y + above.height == band.y => {
                    let right = (above.x + above.width).max(band.x + band.width);
                    above.x = above.x.min(band.x);
                    above.width = right - above.x;
                    above.height += band.height;
                }
                _ => dirty.push(band),
            }
        }
        top = bottom;
    }
    dirty
}

/// First and behind-the-last column in which rows `top` to `bottom` differ.
fn span(before: &Plane, after: &Plane, top: u32, bottom: u32) -> Option<(u32, u32)> {
    let mut span: Option<(usize, usize)> = None;
    for y in top..bottom.min(after.height) {
        let (a, b) = (before.row(y), after.row(y));
        if a == b {
            continue;
        }
        // Pieces of 32 are compared at once; an edge need not be found to the pixel.
        let pieces = || a.chunks(PIECE).zip(b.chunks(PIECE));
        let left = pieces().position(|(a, b)| a != b).unwrap_or(0) * PIECE;
        let right = pieces().rposition(|(a, b)| a != b).map_or(b.len(), |n| (n + 1) * PIECE);
        let right = right.min(b.len());
        let old = span.unwrap_or((left, right));
        span = Some((old.0.min(left), old.1.max(right)));
    }
    let side = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    span.map(|(left, right)| (side(left), side(right)))
}

/// The same picture with a chroma sample for each pixel.
fn full_chroma(planes: &Planes) -> Planes {
    let (across, down) = planes.sampling.reduction();
    let mut full = Planes::empty();
    full.reshape(planes.width, planes.height, Sampling::Yuv444);
    for y in 0..full.y.height {
        copy(full.y.row_mut(y), planes.y.row(y));
        for (to, from) in [(&mut full.cb, &planes.cb), (&mut full.cr, &planes.cr)] {
            let line = from.row(y / down).iter();
            let line = line.flat_map(|&v| std::iter::repeat_n(v, across as usize));
            for (to, from) in to.row_mut(y).iter_mut().zip(line) {
                *to = from;
            }
        }
    }
    full
}

fn copy(to: &mut [u8], from: &[u8]) {
    let n = to.len().min(from.len());
    if let (Some(to), Some(from)) = (to.get_mut(..n), from.get(..n)) {
        to.copy_from_slice(from);
    }
}

/// Lays `tile` over `picture`, of the same sampling. Its padding is only used where the tile
/// reaches the picture's edge; elsewhere it would overwrite a neighbour.
fn blit(picture: &mut Planes, tile: &Planes, x: u32, y: u32) {
    let (across, down) = picture.sampling.reduction();
    let right = x + tile.width == picture.width;
    let bottom = y + tile.height == picture.height;
    for (to, from, across, down) in [
        (&mut picture.y, &tile.y, 1, 1),
        (&mut picture.cb, &tile.cb, across, down),
        (&mut picture.cr, &tile.cr, across, down),
    ] {
        let width = if right { from.width } else { tile.width.div_ceil(across) };
        let height = if bottom { from.height } else { tile.height.div_ceil(down) };
        let left = (x / across) as usize;
        for row in 0..height {
            let from = from.row(row).get(..width as usize).unwrap_or_default();
            if let Some(line) = to.row_mut(y / down + row).get_mut(left..) {
                copy(line, from);
            }
        }
    }
}
