//! The desktop's picture on the GPU: planes go up from the decode thread, a shader paints them.
//!
//! A room of its own because `stream` itself knows no GPU: a viewer without a window (tests, the
//! headless demo) uses the same decoder with another [`Screen`].

mod painter;
mod planes;

pub use painter::{Filter, Painter};

use parking_lot::Mutex;
use planes::Textures;
use std::sync::Arc;
use stream::pipeline::{Screen, ScreenError};

/// The textures of one picture, shared by the decode thread that fills them and the painter.
pub(crate) type Shared = Arc<Mutex<Option<Arc<Textures>>>>;

/// The GPU end of the pipeline. The decode thread owns it; the painter sees its textures.
pub struct TextureScreen {
    device: wgpu::Device,
    queue: wgpu::Queue,
    shared: Shared,
}

impl TextureScreen {
    /// A screen that fills the textures that `painter` paints. What was shown before is
    /// forgotten: another desktop begins.
    #[must_use]
    pub fn new(device: &wgpu::Device, queue: &wgpu::Queue, painter: &Painter) -> Self {
        let shared = painter.textures();
        *shared.lock() = None;
        Self { device: device.clone(), queue: queue.clone(), shared }
    }
}

impl Screen for TextureScreen {
    fn show(&mut self, planes: &jpeg::Planes, change: &jpeg::Change) -> Result<(), ScreenError> {
        let limit = self.device.limits().max_texture_dimension_2d;
        if planes.y.width > limit || planes.y.height > limit {
            return Err(ScreenError::TooLarge {
                width: planes.width,
                height: planes.height,
                limit,
            });
        }
        let current = self.shared.lock().clone();
        let fits = current.as_ref().is_some_and(|textures| textures.fits(planes));
        match current {
            Some(textures) if fits && !change.reshaped => {
                textures.upload(&self.queue, planes, &change.dirty);
            }
            _ => {
                let textures = Arc::new(Textures::new(&self.device, planes));
                textures.upload_all(&self.queue, planes);
                *self.shared.lock() = Some(textures);
            }
        }
        // The writes run with the next submit. A window that is hidden paints nothing, and then
        // their staging memory would grow.
        self.queue.submit([]);
        Ok(())
    }
}
