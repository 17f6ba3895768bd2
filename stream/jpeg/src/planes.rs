//! A picture as luma and chroma planes.

/// A rectangle in luma pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// Left edge.
    pub x: u32,
    /// Top edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// How many luma pixels share a chroma sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampling {
    /// Two across, two down. Grey pictures too, with neutral chroma.
    Yuv420,
    /// Two across.
    Yuv422,
    /// One.
    Yuv444,
}

impl Sampling {
    /// Luma pixels a chroma sample covers, across and down.
    #[must_use]
    pub fn reduction(self) -> (u32, u32) {
        match self {
            Self::Yuv420 => (2, 2),
            Self::Yuv422 => (2, 1),
            Self::Yuv444 => (1, 1),
        }
    }
}

/// One plane. `data.len() == stride * height`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plane {
    /// Rows from the top.
    pub data: Vec<u8>,
    /// Bytes from row to row.
    pub stride: usize,
    /// Samples in a row, padding to whole MCUs included.
    pub width: u32,
    /// Rows, padding to whole MCUs included.
    pub height: u32,
}

impl Plane {
    pub(crate) fn reshape(&mut self, width: u32, height: u32, fill: u8) {
        (self.width, self.height, self.stride) = (width, height, width as usize);
        self.data.clear();
        self.data.resize(self.stride * height as usize, fill);
    }

    /// A row; empty below the last.
    #[must_use]
    pub fn row(&self, y: u32) -> &[u8] {
        let start = y as usize * self.stride;
        self.data.get(start..start + self.width as usize).unwrap_or_default()
    }

    pub(crate) fn row_mut(&mut self, y: u32) -> &mut [u8] {
        let start = y as usize * self.stride;
        self.data.get_mut(start..start + self.width as usize).unwrap_or_default()
    }
}

/// A picture: full-range BT.601 (JFIF 1.02).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planes {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Of the chroma planes.
    pub sampling: Sampling,
    /// Luma.
    pub y: Plane,
    /// Blue difference.
    pub cb: Plane,
    /// Red difference.
    pub cr: Plane,
}

impl Planes {
    pub(crate) fn empty() -> Self {
        Self {
            width: 0,
            height: 0,
            sampling: Sampling::Yuv420,
            y: Plane::default(),
            cb: Plane::default(),
            cr: Plane::default(),
        }
    }

    /// Black, of this size, padded to whole MCUs.
    pub(crate) fn reshape(&mut self, width: u32, height: u32, sampling: Sampling) {
        let (across, down) = sampling.reduction();
        (self.width, self.height, self.sampling) = (width, height, sampling);
        let columns = width.div_ceil(8 * across) * 8;
        let rows = height.div_ceil(8 * down) * 8;
        self.y.reshape(columns * across, rows * down, 0);
        self.cb.reshape(columns, rows, 128);
        self.cr.reshape(columns, rows, 128);
    }

    pub(crate) fn same_shape(&self, other: &Self) -> bool {
        (self.width, self.height, self.sampling) == (other.width, other.height, other.sampling)
    }

    /// The picture as R, G, B, A, rows from the top, without padding.
    #[must_use]
    pub fn to_rgba(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.width as usize * self.height as usize * 4);
        for y in 0..self.height {
            for [r, g, b] in self.rgb_row(y) {
                out.extend_from_slice(&[r, g, b, 255]);
            }
        }
        out
    }

    /// A row as R, G, B, without padding; empty below the last.
    pub fn rgb_row(&self, y: u32) -> impl Iterator<Item = [u8; 3]> {
        let (across, down) = self.sampling.reduction();
        let (cb, cr) = (self.cb.row(y / down), self.cr.row(y / down));
        let chroma =
            cb.iter().zip(cr).flat_map(move |pair| std::iter::repeat_n(pair, across as usize));
        let luma = self.y.row(y).iter().take(self.width as usize);
        luma.zip(chroma).map(|(&y, (&cb, &cr))| to_rgb(y, cb, cr))
    }
}

#[expect(clippy::cast_sign_loss, reason = "clamped")]
fn to_rgb(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    let (y, cb, cr) = (i32::from(y) << 16, i32::from(cb) - 128, i32::from(cr) - 128);
    let byte = |v: i32| ((v + (1 << 15)) >> 16).clamp(0, 255) as u8;
    [byte(y + 91_881 * cr), byte(y - 22_554 * cb - 46_802 * cr), byte(y + 116_130 * cb)]
}

#[expect(clippy::cast_sign_loss, reason = "clamped")]
pub(crate) fn to_ycc(r: u8, g: u8, b: u8) -> [u8; 3] {
    let (r, g, b) = (i32::from(r), i32::from(g), i32::from(b));
    let byte = |v: i32| ((v + (1 << 15)) >> 16).clamp(0, 255) as u8;
    [
        byte(19_595 * r + 38_470 * g + 7_471 * b),
        byte((128 << 16) - 11_059 * r - 21_709 * g + 32_768 * b),
        byte((128 << 16) + 32_768 * r - 27_439 * g - 5_329 * b),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_survive_the_way_there_and_back() {
        for rgb in [[0, 0, 0], [255, 255, 255], [255, 0, 0], [12, 200, 99], [0, 0, 255]] {
            let [y, cb, cr] = to_ycc(rgb[0], rgb[1], rgb[2]);
            for (a, b) in to_rgb(y, cb, cr).into_iter().zip(rgb) {
                assert!(a.abs_diff(b) <= 2, "{rgb:?}");
            }
        }
    }

    #[test]
    fn planes_are_whole_mcus() {
        let mut planes = Planes::empty();
        planes.reshape(17, 33, Sampling::Yuv420);
        assert_eq!((planes.y.width, planes.y.height), (32, 48));
        assert_eq!((planes.cb.width, planes.cb.height), (16, 24));
        assert_eq!(planes.to_rgba().len(), 17 * 33 * 4);
    }
}
