//! Icons as strokes: sharp at every scale, and no font to carry.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

/// A picture on a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Back,
    Fit,
    OneToOne,
    Eye,
    Keyboard,
    Stats,
    FullScreen,
    Keys,
    Quality,
    Person,
    Desktop,
    Close,
    Refresh,
    Agent,
    Chat,
    Check,
    Copy,
    Document,
    Globe,
    Key,
    Link,
    More,
    Palette,
    People,
    Plus,
    Search,
    Settings,
    Shield,
    Sidebar,
    SignOut,
    Stop,
    Task,
    UpDown,
    Clock,
    Cloud,
    Down,
    Edit,
    Here,
    Send,
    Spark,
    Synced,
    Trash,
    Up,
}

/// Paints `icon` into a square.
pub(crate) fn paint(painter: &Painter, rect: Rect, icon: Icon, colour: Color32) {
    // A large one is drawn with a finer pen.
    let stroke = Stroke::new((rect.width() / 11.0).clamp(1.2, 2.0), colour);
    let at = |x: f32, y: f32| rect.min + vec2(x, y) * rect.size();
    let line = |points: &[(f32, f32)]| {
        let points: Vec<Pos2> = points.iter().map(|&(x, y)| at(x, y)).collect();
        painter.add(Shape::line(points, stroke));
    };
    let frame = |x0: f32, y0: f32, x1: f32, y1: f32| {
        let rect = Rect::from_min_max(at(x0, y0), at(x1, y1));
        painter.rect_stroke(rect, 2, stroke, StrokeKind::Middle);
    };
    let dot = |x: f32, y: f32, r: f32| {
        painter.circle_filled(at(x, y), r * rect.width(), colour);
    };
    let arc = |x: f32, y: f32, r: f32, from: f32, to: f32| {
        let point = |n: u8| {
            let angle = (from + (to - from) * f32::from(n) / 16.0).to_radians();
            at(x + r * angle.cos(), y + r * angle.sin())
        };
        painter.add(Shape::line((0..=16).map(point).collect(), stroke));
    };
    match icon {
        Icon::Back => line(&[(0.65, 0.12), (0.27, 0.5), (0.65, 0.88)]),
        Icon::Fit => {
            frame(0.05, 0.15, 0.95, 0.85);
            line(&[(0.25, 0.5), (0.75, 0.5)]);
            line(&[(0.38, 0.37), (0.25, 0.5), (0.38, 0.63)]);
            line(&[(0.62, 0.37), (0.75, 0.5), (0.62, 0.63)]);
        }
        Icon::OneToOne => {
            line(&[(0.08, 0.3), (0.22, 0.18), (0.22, 0.85)]);
            line(&[(0.72, 0.3), (0.86, 0.18), (0.86, 0.85)]);
            dot(0.5, 0.38, 0.075);
            dot(0.5, 0.7, 0.075);
        }
        Icon::Eye => {
            line(&[(0.02, 0.5), (0.25, 0.25), (0.5, 0.18), (0.75, 0.25), (0.98, 0.5)]);
            line(&[(0.02, 0.5), (0.25, 0.75), (0.5, 0.82), (0.75, 0.75), (0.98, 0.5)]);
            dot(0.5, 0.5, 0.14);
        }
        Icon::Keyboard => {
            frame(0.02, 0.2, 0.98, 0.8);
            for x in [0.2, 0.4, 0.6, 0.8] {
                dot(x, 0.4, 0.05);
            }
            line(&[(0.28, 0.63), (0.72, 0.63)]);
        }
        Icon::Stats => {
            line(&[(0.12, 0.88), (0.12, 0.55)]);
            line(&[(0.38, 0.88), (0.38, 0.3)]);
            line(&[(0.63, 0.88), (0.63, 0.45)]);
            line(&[(0.88, 0.88), (0.88, 0.12)]);
        }
        Icon::FullScreen => {
            line(&[(0.08, 0.34), (0.08, 0.08), (0.34, 0.08)]);
            line(&[(0.66, 0.08), (0.92, 0.08), (0.92, 0.34)]);
            line(&[(0.92, 0.66), (0.92, 0.92), (0.66, 0.92)]);
            line(&[(0.34, 0.92), (0.08, 0.92), (0.08, 0.66)]);
        }
        Icon::Keys => {
            frame(0.1, 0.1, 0.9, 0.9);
            line(&[(0.32, 0.62), (0.5, 0.36), (0.68, 0.62)]);
        }
        Icon::Quality => {
            line(&[(0.08, 0.28), (0.92, 0.28)]);
            line(&[(0.08, 0.72), (0.92, 0.72)]);
            dot(0.34, 0.28, 0.13);
            dot(0.66, 0.72, 0.13);
        }
        Icon::Person => {
            painter.circle_stroke(at(0.5, 0.3), rect.width() * 0.19, stroke);
            line(&[
                (0.12, 0.92),
                (0.18, 0.72),
                (0.36, 0.6),
                (0.64, 0.6),
                (0.82, 0.72),
                (0.88, 0.92),
            ]);
        }
        Icon::Desktop => {
            frame(0.03, 0.12, 0.97, 0.72);
            line(&[(0.5, 0.72), (0.5, 0.9)]);
            line(&[(0.28, 0.92), (0.72, 0.92)]);
        }
        Icon::Close => {
            line(&[(0.18, 0.18), (0.82, 0.82)]);
            line(&[(0.82, 0.18), (0.18, 0.82)]);
        }
        Icon::Refresh => {
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
        Icon::Agent => {
            frame(0.12, 0.32, 0.88, 0.88);
            line(&[(0.5, 0.32), (0.5, 0.12)]);
            dot(0.5, 0.1, 0.09);
            dot(0.35, 0.56, 0.075);
            dot(0.65, 0.56, 0.075);
            line(&[(0.38, 0.74), (0.62, 0.74)]);
        }
        Icon::Chat => line(&[
            (0.3, 0.72),
            (0.3, 0.94),
            (0.54, 0.72),
            (0.84, 0.72),
            (0.95, 0.61),
            (0.95, 0.21),
            (0.84, 0.1),
            (0.16, 0.1),
            (0.05, 0.21),
            (0.05, 0.61),
            (0.16, 0.72),
            (0.3, 0.72),
            (0.3, 0.8),
        ]),
        Icon::Check => line(&[(0.12, 0.52), (0.4, 0.8), (0.9, 0.22)]),
        Icon::Copy => {
            frame(0.32, 0.32, 0.92, 0.92);
            line(&[(0.32, 0.68), (0.08, 0.68), (0.08, 0.08), (0.68, 0.08), (0.68, 0.32)]);
        }
        Icon::Document => {
            line(&[
                (0.58, 0.06),
                (0.16, 0.06),
                (0.16, 0.94),
                (0.84, 0.94),
                (0.84, 0.32),
                (0.58, 0.06),
                (0.58, 0.32),
                (0.84, 0.32),
            ]);
            line(&[(0.34, 0.54), (0.66, 0.54)]);
            line(&[(0.34, 0.73), (0.58, 0.73)]);
        }
        Icon::Globe => {
            arc(0.5, 0.5, 0.44, 0.0, 360.0);
            line(&[(0.06, 0.5), (0.94, 0.5)]);
            arc(0.9, 0.5, 0.6, 132.0, 228.0);
            arc(0.1, 0.5, 0.6, -48.0, 48.0);
        }
        Icon::Key => {
            arc(0.3, 0.68, 0.23, 0.0, 360.0);
            line(&[(0.47, 0.52), (0.92, 0.08)]);
            line(&[(0.72, 0.27), (0.9, 0.44)]);
        }
        Icon::Link => {
            arc(0.3, 0.7, 0.24, 20.0, 250.0);
            arc(0.7, 0.3, 0.24, 200.0, 430.0);
            line(&[(0.36, 0.64), (0.64, 0.36)]);
        }
        Icon::More => {
            for x in [0.16, 0.5, 0.84] {
                dot(x, 0.5, 0.09);
            }
        }
        Icon::Palette => {
            arc(0.5, 0.5, 0.4, 0.0, 360.0);
            arc(0.5, 0.5, 0.2, 90.0, 270.0);
            line(&[(0.5, 0.1), (0.5, 0.9)]);
        }
        Icon::People => {
            arc(0.36, 0.3, 0.17, 0.0, 360.0);
            line(&[(0.04, 0.9), (0.09, 0.7), (0.25, 0.59), (0.47, 0.59), (0.63, 0.7), (0.68, 0.9)]);
            arc(0.64, 0.3, 0.17, -80.0, 80.0);
            line(&[(0.76, 0.6), (0.9, 0.7), (0.96, 0.9)]);
        }
        Icon::Plus => {
            line(&[(0.5, 0.12), (0.5, 0.88)]);
            line(&[(0.12, 0.5), (0.88, 0.5)]);
        }
        Icon::Search => {
            arc(0.42, 0.42, 0.32, 0.0, 360.0);
            line(&[(0.66, 0.66), (0.92, 0.92)]);
        }
        Icon::Settings => {
            arc(0.5, 0.5, 0.15, 0.0, 360.0);
            arc(0.5, 0.5, 0.33, 0.0, 360.0);
            for n in 0..8u8 {
                let (y, x) = (f32::from(n) * std::f32::consts::FRAC_PI_4).sin_cos();
                line(&[(0.5 + 0.33 * x, 0.5 + 0.33 * y), (0.5 + 0.47 * x, 0.5 + 0.47 * y)]);
            }
        }
        Icon::Shield => {
            line(&[
                (0.5, 0.05),
                (0.14, 0.2),
                (0.14, 0.5),
                (0.24, 0.74),
                (0.5, 0.95),
                (0.76, 0.74),
                (0.86, 0.5),
                (0.86, 0.2),
                (0.5, 0.05),
                (0.14, 0.2),
            ]);
        }
        Icon::Sidebar => {
            frame(0.06, 0.12, 0.94, 0.88);
            line(&[(0.38, 0.12), (0.38, 0.88)]);
        }
        Icon::SignOut => {
            line(&[(0.52, 0.08), (0.12, 0.08), (0.12, 0.92), (0.52, 0.92)]);
            line(&[(0.4, 0.5), (0.94, 0.5)]);
            line(&[(0.72, 0.28), (0.94, 0.5), (0.72, 0.72)]);
        }
        Icon::Stop => frame(0.18, 0.18, 0.82, 0.82),
        Icon::Task => {
            frame(0.08, 0.08, 0.92, 0.92);
            line(&[(0.28, 0.52), (0.44, 0.68), (0.74, 0.34)]);
        }
        Icon::UpDown => {
            line(&[(0.28, 0.36), (0.5, 0.14), (0.72, 0.36)]);
            line(&[(0.28, 0.64), (0.5, 0.86), (0.72, 0.64)]);
        }
        Icon::Clock => {
            arc(0.5, 0.5, 0.42, 0.0, 360.0);
            line(&[(0.5, 0.24), (0.5, 0.52), (0.68, 0.62)]);
        }
        Icon::Cloud => line(&CLOUD),
        Icon::Down => line(&[(0.18, 0.36), (0.5, 0.68), (0.82, 0.36)]),
        Icon::Edit => {
            line(&[
                (0.12, 0.88),
                (0.16, 0.66),
                (0.7, 0.12),
                (0.88, 0.3),
                (0.34, 0.84),
                (0.12, 0.88),
            ]);
        }
        Icon::Here => {
            frame(0.06, 0.16, 0.94, 0.66);
            line(&[(0.3, 0.88), (0.7, 0.88)]);
        }
        Icon::Send => {
            line(&[(0.5, 0.94), (0.5, 0.1)]);
            line(&[(0.16, 0.44), (0.5, 0.1), (0.84, 0.44)]);
        }
        Icon::Spark => {
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
        Icon::Synced => {
            line(&CLOUD);
            line(&[(0.36, 0.56), (0.47, 0.68), (0.66, 0.46)]);
        }
        Icon::Trash => {
            line(&[(0.1, 0.25), (0.9, 0.25)]);
            line(&[(0.36, 0.22), (0.4, 0.08), (0.6, 0.08), (0.64, 0.22)]);
            line(&[(0.2, 0.27), (0.26, 0.93), (0.74, 0.93), (0.8, 0.27)]);
        }
        Icon::Up => line(&[(0.18, 0.64), (0.5, 0.32), (0.82, 0.64)]),
    }
}

const CLOUD: [(f32, f32); 14] = [
    (0.26, 0.84),
    (0.12, 0.77),
    (0.05, 0.62),
    (0.12, 0.46),
    (0.26, 0.4),
    (0.33, 0.24),
    (0.5, 0.16),
    (0.68, 0.24),
    (0.75, 0.4),
    (0.9, 0.48),
    (0.95, 0.63),
    (0.88, 0.78),
    (0.74, 0.84),
    (0.26, 0.84),
];

/// The product's mark: a claw of three strokes on a tile of the accent.
pub(crate) fn mark(painter: &Painter, rect: Rect, tile: Color32, ink: Color32) {
    painter.rect_filled(rect, rect.width() * 0.24, tile);
    let stroke = Stroke::new(rect.width() * 0.085, ink);
    for (n, shift) in [(-1.0, 0.08), (0.0, 0.0), (1.0, 0.08)] {
        let x = 0.5 + n * 0.2;
        let points =
            [(x + 0.06, 0.24 + shift), (x + 0.02, 0.46 + shift), (x - 0.1, 0.74 - shift * 0.5)];
        let points: Vec<Pos2> = points
            .iter()
            .map(|&(x, y)| pos2(rect.min.x + x * rect.width(), rect.min.y + y * rect.height()))
            .collect();
        painter.add(Shape::line(points, stroke));
    }
}
