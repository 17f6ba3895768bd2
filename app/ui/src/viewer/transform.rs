//! Where the picture lies, and which desktop pixel is under a point of the window.

use crate::Filter;
use egui::{Pos2, Rect, Vec2, pos2, vec2};
use multiclaw_core::model::Scaling;

/// The one transform between window points and desktop pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform {
    /// The picture in window points; its edges lie on physical pixels.
    pub rect: Rect,
    /// How it is to be sampled.
    pub filter: Filter,
    /// Desktop pixels, width and height.
    size: (u16, u16),
    /// Physical pixels for each desktop pixel.
    scale: f32,
}

impl Transform {
    /// Lays a desktop of `size` pixels into `view` (window points) of a screen with
    /// `pixels_per_point`. `pan` is how far a larger desktop is moved, in desktop pixels from
    /// the top left.
    #[must_use]
    pub fn new(
        size: (u16, u16),
        view: Rect,
        pixels_per_point: f32,
        scaling: Scaling,
        pan: Vec2,
    ) -> Self {
        let wanted = vec2(f32::from(size.0.max(1)), f32::from(size.1.max(1)));
        let room = view.size() * pixels_per_point;
        let fit = (room.x / wanted.x).min(room.y / wanted.y).max(0.01);
        let scale = match scaling {
            Scaling::OneToOne => 1.0,
            Scaling::Fit => whole(fit, wanted, room),
        };
        let shown = (wanted * scale).round().max(Vec2::splat(1.0));
        // Physical pixels: centred where there is room, panned where there is none.
        let place = |room: f32, shown: f32, pan: f32| {
            if shown <= room { ((room - shown) / 2.0).floor() } else { -(pan * scale).round() }
        };
        let corner = vec2(place(room.x, shown.x, pan.x), place(room.y, shown.y, pan.y));
        let origin = (view.min.to_vec2() * pixels_per_point).round() + corner;
        let min = (origin / pixels_per_point).to_pos2();
        let rect = Rect::from_min_size(min, shown / pixels_per_point);
        let filter = if (scale - scale.round()).abs() < 1e-4 && scale >= 1.0 {
            Filter::Nearest
        } else {
            Filter::Linear
        };
        Self { rect, filter, size, scale: shown.x / wanted.x / pixels_per_point }
    }

    /// The desktop pixel under a window point; the nearest one for a point outside.
    #[must_use]
    pub fn to_desktop(&self, point: Pos2) -> (u16, u16) {
        let along = |at: f32, from: f32, to: f32, pixels: u16| {
            let part = (at - from) / (to - from).max(f32::MIN_POSITIVE);
            let pixel = (part * f32::from(pixels)).floor();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped to u16 before"
            )]
            let pixel = pixel.clamp(0.0, f32::from(pixels.saturating_sub(1))) as u16;
            pixel
        };
        (
            along(point.x, self.rect.min.x, self.rect.max.x, self.size.0),
            along(point.y, self.rect.min.y, self.rect.max.y, self.size.1),
        )
    }

    /// The middle of a desktop pixel, in window points.
    #[must_use]
    pub fn to_window(&self, pixel: (u16, u16)) -> Pos2 {
        let along = |pixel: u16, from: f32, to: f32, pixels: u16| {
            from + (f32::from(pixel) + 0.5) / f32::from(pixels.max(1)) * (to - from)
        };
        pos2(
            along(pixel.0, self.rect.min.x, self.rect.max.x, self.size.0),
            along(pixel.1, self.rect.min.y, self.rect.max.y, self.size.1),
        )
    }

    /// Window points for each desktop pixel.
    #[must_use]
    pub fn points_per_pixel(&self) -> f32 {
        self.scale
    }

    /// How far a larger desktop can be panned, in desktop pixels.
    #[must_use]
    pub fn pan_limit(&self, view: Rect) -> Vec2 {
        ((self.rect.size() - view.size()) / self.scale).max(Vec2::ZERO)
    }
}

/// A fit that is nearly a whole number becomes one: 1080p on 4K is exactly twice as large.
fn whole(fit: f32, wanted: Vec2, room: Vec2) -> f32 {
    let near = fit.round();
    let shown = wanted * near;
    let close = near >= 1.0 && (fit - near).abs() < 0.01;
    if close && shown.x <= room.x + 1.0 && shown.y <= room.y + 1.0 { near } else { fit }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height))
    }

    #[test]
    fn every_pixel_comes_back_under_every_scale() {
        for ppp in [1.0, 1.25, 1.333, 1.5, 2.0, 3.0] {
            for (width, height) in
                [(1280.0, 720.0), (641.0, 399.0), (1919.0, 1033.0), (300.0, 900.0)]
            {
                for size in [(1920, 1080), (1366, 768), (801, 603), (1, 1), (3, 2000)] {
                    for (scaling, pan) in [
                        (Scaling::Fit, Vec2::ZERO),
                        (Scaling::OneToOne, Vec2::ZERO),
                        (Scaling::OneToOne, vec2(100.0, 50.0)),
                    ] {
                        let t = Transform::new(size, view(width, height), ppp, scaling, pan);
                        for x in [0, size.0 / 3, size.0 / 2, size.0 - 1] {
                            for y in [0, size.1 / 3, size.1 / 2, size.1 - 1] {
                                let there = t.to_window((x, y));
                                assert_eq!(t.to_desktop(there), (x, y), "{ppp} {width} {size:?}");
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_picture_lies_on_physical_pixels_and_inside() {
        for ppp in [1.0, 1.25, 1.5, 2.0] {
            for width in 600..660_u16 {
                let room = view(f32::from(width) / ppp, 500.0 / ppp);
                let t = Transform::new((1280, 720), room, ppp, Scaling::Fit, Vec2::ZERO);
                for edge in [t.rect.min.x, t.rect.min.y, t.rect.max.x, t.rect.max.y] {
                    let pixel = edge * ppp;
                    assert!((pixel - pixel.round()).abs() < 0.01, "{pixel}");
                }
                assert!(room.expand(1.0 / ppp).contains_rect(t.rect));
            }
        }
    }

    #[test]
    fn one_to_one_is_physical_and_whole_ratios_are_sharp() {
        let t = Transform::new((800, 600), view(1000.0, 700.0), 2.0, Scaling::OneToOne, Vec2::ZERO);
        assert_eq!(t.rect.size(), vec2(400.0, 300.0));
        assert_eq!(t.filter, Filter::Nearest);
        let t = Transform::new((1920, 1080), view(1920.0, 1080.0), 2.0, Scaling::Fit, Vec2::ZERO);
        assert_eq!((t.filter, t.rect.size()), (Filter::Nearest, vec2(1920.0, 1080.0)));
        let t = Transform::new((1920, 1080), view(1500.0, 900.0), 1.0, Scaling::Fit, Vec2::ZERO);
        assert_eq!(t.filter, Filter::Linear);
    }

    #[test]
    fn points_outside_are_clamped() {
        let t = Transform::new((800, 600), view(800.0, 800.0), 1.0, Scaling::Fit, Vec2::ZERO);
        assert_eq!(t.to_desktop(pos2(-50.0, -50.0)), (0, 0));
        assert_eq!(t.to_desktop(pos2(9000.0, 9000.0)), (799, 599));
    }

    #[test]
    fn a_larger_desktop_is_panned_within_limits() {
        let room = view(400.0, 300.0);
        let t = Transform::new((800, 600), room, 1.0, Scaling::OneToOne, Vec2::ZERO);
        assert_eq!(t.pan_limit(room), vec2(400.0, 300.0));
        let t = Transform::new((800, 600), room, 1.0, Scaling::OneToOne, vec2(400.0, 300.0));
        assert_eq!(t.to_desktop(pos2(399.0, 299.0)), (799, 599));
    }
}
