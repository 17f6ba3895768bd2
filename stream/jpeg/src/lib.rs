//! Desktop frames from JPEG to planes, with as little work as possible.
//!
//! A desktop stream is baseline JPEG with few surprises, and a GPU paints planes as gladly as
//! pixels. So the common case has a decoder of its own that stops at the planes: no upsampling,
//! no colour conversion. Everything else (progressive, CMYK, odd sampling) goes through
//! `zune-jpeg`. Every limit is checked from the header, before memory of that size is asked for.

mod baseline;
mod bits;
mod canvas;
mod fallback;
mod header;
mod huffman;
mod idct;
mod planes;

pub use canvas::{Canvas, Change, Path};
pub use header::{Header, read_header};
pub use planes::{Plane, Planes, Rect, Sampling};

/// What a picture may not exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Pixels.
    pub max_width: u32,
    /// Pixels.
    pub max_height: u32,
    /// Width times height.
    pub max_pixels: u64,
    /// Bytes of the JPEG.
    pub max_bytes: usize,
}

impl Default for Limits {
    /// 8192 by 8192, at most the pixels of 8K UHD, 32 MiB (`PROTOCOL.md`, "Frames").
    fn default() -> Self {
        Self {
            max_width: 8192,
            max_height: 8192,
            max_pixels: 7680 * 4320,
            max_bytes: 32 * 1024 * 1024,
        }
    }
}

/// Why a JPEG was refused. The picture before it stays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Does not start as a JPEG does.
    #[error("not a jpeg")]
    NotJpeg,
    /// Ends too early.
    #[error("the jpeg is cut off")]
    Truncated,
    /// A legal JPEG of a kind that is not shown.
    #[error("jpegs of this kind are not shown: {0}")]
    Unsupported(&'static str),
    /// Over a limit.
    #[error("a jpeg of {width} by {height} pixels and {bytes} bytes is over the limit")]
    TooLarge {
        /// Claimed width.
        width: u32,
        /// Claimed height.
        height: u32,
        /// Length in bytes.
        bytes: usize,
    },
    /// Contradicts itself.
    #[error("the jpeg is damaged: {0}")]
    Corrupt(&'static str),
    /// The other decoder refused it.
    #[error("the jpeg is damaged: {0}")]
    Other(String),
    /// A rectangle came before a whole picture of that desktop size.
    #[error("a part of the desktop came before the whole of it")]
    NoPicture,
    /// A rectangle does not lie inside the desktop.
    #[error("the rectangle does not lie inside the desktop")]
    OutsideDesktop,
}
