//! The GPU's picture, as the user interface sees it.

use multiclaw_ui::{Filter, Picture};
use stream_texture::Painter;

/// A [`Painter`] behind the user interface's trait.
pub struct GpuPicture(pub Painter);

impl Picture for GpuPicture {
    fn size(&self) -> Option<[u32; 2]> {
        self.0.size()
    }

    fn shape(&self, rect: egui::Rect, filter: Filter) -> egui::Shape {
        let filter = match filter {
            Filter::Nearest => stream_texture::Filter::Nearest,
            Filter::Linear => stream_texture::Filter::Linear,
        };
        self.0.shape(rect, filter)
    }
}
