//! A screen that keeps a copy of the picture when asked, beside the GPU's.

use jpeg::{Change, Planes};
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use stream::pipeline::{Screen, ScreenError};

/// What the last picture was.
#[derive(Clone, Default)]
pub(crate) struct Copy {
    wanted: Arc<AtomicBool>,
    planes: Arc<Mutex<Option<Planes>>>,
}

impl Copy {
    /// Keep the pictures from now on.
    pub(crate) fn want(&self, wanted: bool) {
        self.wanted.store(wanted, Ordering::Relaxed);
        if wanted {
            *self.planes.lock() = None;
        }
    }

    /// The last picture since [`Self::want`].
    pub(crate) fn get(&self) -> Option<Planes> {
        self.planes.lock().clone()
    }
}

/// Passes pictures on to the GPU, if there is one.
pub(crate) struct Tee {
    pub(crate) gpu: Option<stream_texture::TextureScreen>,
    pub(crate) copy: Copy,
}

impl Screen for Tee {
    fn show(&mut self, planes: &Planes, change: &Change) -> Result<(), ScreenError> {
        if self.copy.wanted.load(Ordering::Relaxed) {
            *self.copy.planes.lock() = Some(planes.clone());
        }
        match &mut self.gpu {
            Some(gpu) => gpu.show(planes, change),
            None => Ok(()),
        }
    }
}

/// Writes a PNG.
pub(crate) fn save(
    path: &std::path::Path,
    width: u32,
    height: u32,
    rgba: &[u8],
) -> Result<(), crate::Failure> {
    let file = std::io::BufWriter::new(std::fs::File::create(path)?);
    let mut encoder = png::Encoder::new(file, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(rgba)?;
    Ok(())
}
