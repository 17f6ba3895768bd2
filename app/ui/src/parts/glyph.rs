//! Small pictures of these screens, as strokes.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, vec2};

/// A small picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    Plus,
    Search,
    Trash,
    Key,
    Agent,
    Task,
    Document,
    People,
    Copy,
    Down,
    Check,
    Edit,
    Close,
    Back,
    Retry,
    Spark,
}

impl Glyph {
    /// Paints it into a square.
    pub(crate) fn paint(self, painter: &Painter, rect: Rect, colour: Color32) {
        let stroke = Stroke::new((rect.width() / 11.0).max(1.2), colour);
        let at = |x: f32, y: f32| rect.min + vec2(x, y) * rect.size();
        let line = |points: &[(f32, f32)]| {
            let points: Vec<Pos2> = points.iter().map(|&(x, y)| at(x, y)).collect();
            painter.add(Shape::line(points, stroke));
        };
        let frame = |x0: f32, y0: f32, x1: f32, y1: f32| {
            let rect = Rect::from_min_max(at(x0, y0), at(x1, y1));
            painter.rect_stroke(rect, rect.width() * 0.16, stroke, StrokeKind::Middle);
        };
        let ring = |x: f32, y: f32, r: f32| {
            painter.circle_stroke(at(x, y), r * rect.width(), stroke);
        };
        let dot = |x: f32, y: f32, r: f32| {
            painter.circle_filled(at(x, y), r * rect.width(), colour);
        };
        match self {
            Glyph::Plus => {
                line(&[(0.5, 0.14), (0.5, 0.86)]);
                line(&[(0.14, 0.5), (0.86, 0.5)]);
            }
            Glyph::Search => {
                ring(0.43, 0.43, 0.29);
                line(&[(0.65, 0.65), (0.92, 0.92)]);
            }
            Glyph::Trash => {
                line(&[(0.1, 0.25), (0.9, 0.25)]);
                line(&[(0.36, 0.22), (0.4, 0.08), (0.6, 0.08), (0.64, 0.22)]);
                line(&[(0.2, 0.27), (0.26, 0.93), (0.74, 0.93), (0.8, 0.27)]);
            }
            Glyph::Key => {
                ring(0.3, 0.68, 0.2);
                line(&[(0.45, 0.54), (0.9, 0.1)]);
                line(&[(0.72, 0.28), (0.86, 0.42)]);
            }
            Glyph::Agent => {
                frame(0.1, 0.28, 0.9, 0.9);
                line(&[(0.5, 0.28), (0.5, 0.12)]);
                dot(0.5, 0.1, 0.07);
                dot(0.35, 0.57, 0.07);
                dot(0.65, 0.57, 0.07);
            }
            Glyph::Task => {
                frame(0.1, 0.1, 0.9, 0.9);
                line(&[(0.3, 0.52), (0.45, 0.67), (0.72, 0.35)]);
            }
            Glyph::Document => {
                line(&[(0.6, 0.06), (0.18, 0.06), (0.18, 0.94), (0.82, 0.94), (0.82, 0.28)]);
                line(&[(0.6, 0.06), (0.6, 0.28), (0.82, 0.28), (0.6, 0.06)]);
                line(&[(0.35, 0.52), (0.65, 0.52)]);
                line(&[(0.35, 0.72), (0.65, 0.72)]);
            }
            Glyph::People => {
                ring(0.36, 0.34, 0.16);
                line(&[
                    (0.06, 0.88),
                    (0.1, 0.7),
                    (0.24, 0.6),
                    (0.48, 0.6),
                    (0.62, 0.7),
                    (0.66, 0.88),
                ]);
                line(&[(0.62, 0.18), (0.74, 0.24), (0.76, 0.36), (0.66, 0.48)]);
                line(&[(0.76, 0.62), (0.88, 0.72), (0.94, 0.88)]);
            }
            Glyph::Copy => {
                frame(0.34, 0.34, 0.92, 0.92);
                line(&[(0.2, 0.66), (0.08, 0.66), (0.08, 0.08), (0.66, 0.08), (0.66, 0.2)]);
            }
            Glyph::Down => line(&[(0.22, 0.38), (0.5, 0.66), (0.78, 0.38)]),
            Glyph::Check => line(&[(0.14, 0.54), (0.4, 0.8), (0.88, 0.24)]),
            Glyph::Edit => {
                line(&[
                    (0.12, 0.88),
                    (0.16, 0.66),
                    (0.7, 0.12),
                    (0.88, 0.3),
                    (0.34, 0.84),
                    (0.12, 0.88),
                ]);
            }
            Glyph::Close => {
                line(&[(0.18, 0.18), (0.82, 0.82)]);
                line(&[(0.82, 0.18), (0.18, 0.82)]);
            }
            Glyph::Back => line(&[(0.62, 0.16), (0.28, 0.5), (0.62, 0.84)]),
            Glyph::Retry => {
                line(&[
                    (0.86, 0.5),
                    (0.8, 0.74),
                    (0.6, 0.88),
                    (0.36, 0.86),
                    (0.16, 0.66),
                    (0.14, 0.42),
                    (0.3, 0.18),
                    (0.54, 0.12),
                    (0.78, 0.24),
                ]);
                line(&[(0.8, 0.02), (0.8, 0.27), (0.55, 0.27)]);
            }
            Glyph::Spark => {
                line(&[
                    (0.5, 0.06),
                    (0.6, 0.4),
                    (0.94, 0.5),
                    (0.6, 0.6),
                    (0.5, 0.94),
                    (0.4, 0.6),
                    (0.06, 0.5),
                    (0.4, 0.4),
                    (0.5, 0.06),
                ]);
            }
        }
    }
}
