//! Icons of linked sites as textures.

use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};
use multiclaw_core::model::Image;
use std::collections::HashMap;
use std::sync::Arc;

/// Textures that are kept although they are not seen.
const KEPT: usize = 128;

/// Textures of the icons that were seen lately, by the address of the picture.
#[derive(Default)]
pub(crate) struct Pictures {
    /// The picture is held, so that its address names it.
    made: HashMap<usize, (Arc<Image>, TextureHandle, u64)>,
    frame: u64,
}

impl Pictures {
    /// The icon's texture; `None` for a picture that is not what it says.
    pub(crate) fn texture(&mut self, ctx: &Context, image: &Arc<Image>) -> Option<TextureId> {
        let key = Arc::as_ptr(image).addr();
        let frame = self.frame;
        if let Some((_, texture, used)) = self.made.get_mut(&key) {
            *used = frame;
            return Some(texture.id());
        }
        let size = [usize::from(image.width), usize::from(image.height)];
        if image.rgba.is_empty() || image.rgba.len() != size[0] * size[1] * 4 {
            return None;
        }
        let pixels = ColorImage::from_rgba_unmultiplied(size, &image.rgba);
        let texture = ctx.load_texture("site icon", pixels, TextureOptions::LINEAR);
        let id = texture.id();
        self.made.insert(key, (Arc::clone(image), texture, frame));
        Some(id)
    }

    /// A frame is over: lets go of what was not seen in it, if there is too much.
    pub(crate) fn turn(&mut self) {
        if self.made.len() > KEPT {
            let frame = self.frame;
            self.made.retain(|_, (_, _, used)| *used >= frame);
        }
        self.frame += 1;
    }
}
