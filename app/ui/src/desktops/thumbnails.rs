//! Small pictures of desktops, on the graphics card once each.

use egui::{
    Color32, ColorImage, Context, CornerRadius, Rect, Shape, TextureHandle, TextureOptions,
};
use multiclaw_core::model::{DesktopId, Image};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The textures, by desktop.
#[derive(Default)]
pub(super) struct Thumbnails {
    made: BTreeMap<DesktopId, (Arc<Image>, TextureHandle)>,
}

impl Thumbnails {
    /// Makes textures of what is new, and lets go of what is no longer there.
    pub(super) fn update(&mut self, ctx: &Context, images: &BTreeMap<DesktopId, Arc<Image>>) {
        self.made.retain(|id, (image, _)| images.get(id).is_some_and(|i| Arc::ptr_eq(i, image)));
        for (id, image) in images {
            if self.made.contains_key(id) {
                continue;
            }
            let size = [usize::from(image.width), usize::from(image.height)];
            let [width, height] = size;
            if width == 0 || height == 0 || image.rgba.len() != width * height * 4 {
                continue;
            }
            let pixels = ColorImage::from_rgba_unmultiplied(size, &image.rgba);
            let name = format!("thumbnail {}", id.0);
            let texture = ctx.load_texture(name, pixels, TextureOptions::LINEAR);
            self.made.insert(id.clone(), (Arc::clone(image), texture));
        }
    }

    /// The picture of a desktop, so that it fills `rect`; what is over at the longer sides is
    /// not seen.
    pub(super) fn shape(&self, id: &DesktopId, rect: Rect, corners: CornerRadius) -> Option<Shape> {
        let (_, texture) = self.made.get(id)?;
        let scale = rect.size() / texture.size_vec2();
        let part = scale / scale.max_elem();
        // The part that is seen: the middle of the width, and the top, where titles are.
        let x = (1.0 - part.x) / 2.0;
        let uv = Rect::from_min_max(egui::pos2(x, 0.0), egui::pos2(1.0 - x, part.y));
        let shape = egui::epaint::RectShape::filled(rect, corners, Color32::WHITE);
        Some(shape.with_texture(texture.id(), uv).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(width: u16, height: u16) -> Arc<Image> {
        let rgba = vec![200; usize::from(width) * usize::from(height) * 4];
        Arc::new(Image { width, height, rgba })
    }

    #[test]
    fn a_texture_is_made_once_for_each_picture_and_a_bad_picture_is_left_out() {
        let ctx = Context::default();
        let id = |n: &str| DesktopId(n.into());
        let mut images = BTreeMap::from([(id("a"), image(8, 4)), (id("b"), image(4, 4))]);
        let bad = Image { width: 4, height: 4, rgba: vec![0; 3] };
        images.insert(id("bad"), Arc::new(bad));
        let mut thumbnails = Thumbnails::default();
        thumbnails.update(&ctx, &images);
        assert_eq!(thumbnails.made.len(), 2);
        let first = |t: &Thumbnails| t.made.get(&id("a")).unwrap().1.id();
        let before = first(&thumbnails);
        thumbnails.update(&ctx, &images);
        assert_eq!(first(&thumbnails), before);
        images.insert(id("a"), image(8, 4));
        images.remove(&id("b"));
        thumbnails.update(&ctx, &images);
        assert_ne!(first(&thumbnails), before);
        assert_eq!(thumbnails.made.len(), 1);
    }

    #[test]
    fn the_picture_keeps_its_aspect() {
        let ctx = Context::default();
        let id = DesktopId("a".into());
        let mut thumbnails = Thumbnails::default();
        thumbnails.update(&ctx, &BTreeMap::from([(id.clone(), image(200, 100))]));
        for (size, seen) in [([100.0, 100.0], [0.5, 1.0]), ([400.0, 100.0], [1.0, 0.5])] {
            let rect = Rect::from_min_size(egui::Pos2::ZERO, size.into());
            let shape = thumbnails.shape(&id, rect, CornerRadius::ZERO).unwrap();
            let Shape::Rect(shape) = shape else { panic!("{shape:?}") };
            let uv = shape.brush.unwrap().uv;
            assert_eq!([uv.width(), uv.height()], seen, "{size:?}");
        }
    }
}
