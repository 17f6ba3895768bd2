//! Pictures and files of a message.

use super::words::{self, one_line};
use crate::conversations::pictures::Pictures;
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size, space};
use egui::{Id, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit::Role, pos2, vec2};
use multiclaw_core::model::Media;
use multiclaw_core::tr;

/// Largest picture, in points.
const PICTURE: [f32; 2] = [320.0, 240.0];
/// A file.
const FILE: [f32; 2] = [220.0, 46.0];

/// Where each goes, from the top left corner; and how tall all are together.
pub(super) fn lay_out(all: &[Media], width: f32) -> (f32, Vec<Rect>) {
    let (mut x, mut y, mut row): (f32, f32, f32) = (0.0, 0.0, 0.0);
    let mut places = Vec::with_capacity(all.len());
    for each in all {
        let wanted = match &each.preview {
            Some(image) => {
                let size = vec2(image.width.max(1).into(), image.height.max(1).into());
                let scale = (PICTURE[0].min(width) / size.x).min(PICTURE[1] / size.y).min(1.0);
                (size * scale).max(vec2(24.0, 24.0))
            }
            None => vec2(FILE[0].min(width), FILE[1]),
        };
        if x > 0.0 && x + wanted.x > width {
            y += row + space::S;
            (x, row) = (0.0, 0.0);
        }
        places.push(Rect::from_min_size(pos2(x, y), wanted));
        x += wanted.x + space::S;
        row = row.max(wanted.y);
    }
    (if all.is_empty() { 0.0 } else { y + row }, places)
}

/// Paints one into its place.
pub(super) fn paint(ui: &Ui, id: Id, rect: Rect, each: &Media, pictures: &mut Pictures) {
    let t = tokens::of(ui.ctx());
    let response = ui.interact(rect, id, Sense::hover());
    let bytes = each.bytes.map(words::bytes);
    let name = match (each.name.is_empty(), each.mime.starts_with("image/")) {
        (false, _) => words::flat(&each.name),
        (true, true) => tr!("chat-picture").to_owned(),
        (true, false) => tr!("chat-file").to_owned(),
    };
    let all = match &bytes {
        Some(bytes) => format!("{name}, {bytes}"),
        None => name.clone(),
    };
    let role = if each.preview.is_some() { Role::Image } else { Role::ListItem };
    response.widget_info(|| WidgetInfo::labeled(role, true, &all));
    let line = Stroke::new(1.0, t.line);
    if let Some(image) = &each.preview
        && let Some(texture) = pictures.texture(ui.ctx(), image)
    {
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        let mut shape = egui::epaint::RectShape::filled(rect, radius::CONTROL, t.on_accent);
        let brush = egui::epaint::Brush { fill_texture_id: texture, uv: whole };
        shape.brush = Some(std::sync::Arc::new(brush));
        ui.painter().add(shape);
        ui.painter().rect_stroke(rect, radius::CONTROL, line, StrokeKind::Inside);
        response.on_hover_text(all);
        return;
    }
    ui.painter().rect_filled(rect, radius::CONTROL, t.surface);
    ui.painter().rect_stroke(rect, radius::CONTROL, line, StrokeKind::Inside);
    let side = Rect::from_center_size(pos2(rect.left() + 22.0, rect.center().y), vec2(18.0, 18.0));
    icons::paint(ui.painter(), side, Icon::Document, t.muted);
    let left = rect.left() + 42.0;
    let room = rect.right() - space::S - left;
    let first = one_line(ui, &name, size::SMALL + 0.5, t.text, room);
    let below = bytes.unwrap_or_else(|| each.mime.clone());
    let second = one_line(ui, &below, size::SMALL - 1.0, t.muted, room);
    let top = rect.center().y - (first.size().y + second.size().y) / 2.0;
    let under = top + first.size().y;
    ui.painter().galley(pos2(left, top), first, t.text);
    ui.painter().galley(pos2(left, under), second, t.muted);
    response.on_hover_text(all);
}
