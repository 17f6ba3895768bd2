//! What is sent with the next message.

use super::words::{self, one_line};
use crate::conversations::marks;
use crate::conversations::pictures::Pictures;
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size, space};
use egui::{
    Id, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, accesskit::Role,
    pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Attachment, GatewayFacts};
use multiclaw_core::tr;

/// Height of a card.
const CARD: f32 = 48.0;
/// Width of a card.
const WIDE: f32 = 216.0;
/// Height of a line that says what is wrong.
const LINE: f32 = 20.0;
/// Problems that are said at once.
const MOST: usize = 3;

/// How tall the row is.
pub(super) fn height(all: &[Attachment]) -> f32 {
    if all.is_empty() {
        return 0.0;
    }
    let wrong = all.iter().filter(|a| a.problem.is_some()).take(MOST).count();
    #[expect(clippy::cast_precision_loss, reason = "a few")]
    let lines = wrong as f32 * LINE;
    CARD + 2.0 * space::S + lines
}

/// Why they cannot be sent yet.
pub(super) fn why_not(all: &[Attachment]) -> Option<String> {
    if all.iter().any(|a| a.problem.is_some()) {
        return Some(tr!("chat-attachments-bad").to_owned());
    }
    let reading = all.iter().find(|a| a.reading)?;
    Some(tr!("chat-attachment-still-read", file = reading.name.as_str()))
}

/// What may be attached, in a sentence.
pub(super) fn limits(facts: Option<&GatewayFacts>) -> String {
    match facts.map(|f| (f.max_attachment, f.max_image)) {
        Some((files, images)) if files > 0 && images > 0 => {
            let (files, pictures) = (words::bytes(files), words::bytes(images));
            tr!("chat-limits-both", files = files, pictures = pictures)
        }
        Some((files, _)) if files > 0 => tr!("chat-limits-files", files = words::bytes(files)),
        _ => tr!("chat-limits-none").to_owned(),
    }
}

/// The row, with the textures of what is in it.
#[derive(Default)]
pub(super) struct Strip {
    pictures: Pictures,
}

impl Strip {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        all: &[Attachment],
        commands: &mut Vec<Command>,
    ) {
        let t = tokens::of(ui.ctx());
        let top = Rect::from_min_size(
            rect.min + vec2(space::S, space::S),
            vec2(rect.width() - 2.0 * space::S, CARD),
        );
        let builder = UiBuilder::new().max_rect(top).id_salt("chat attachments");
        ui.scope_builder(builder, |ui| {
            ui.spacing_mut().scroll.fade.strength = 0.0;
            ScrollArea::horizontal().auto_shrink(false).show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = space::S;
                    for each in all {
                        self.card(ui, each, commands);
                    }
                });
            });
        });
        let mut y = top.bottom() + space::XS;
        for each in all.iter().filter(|a| a.problem.is_some()).take(MOST) {
            let Some(problem) = &each.problem else { continue };
            let text = format!("{}: {}", each.name, crate::sentence(problem));
            let galley = one_line(ui, &words::flat(&text), size::SMALL, t.bad, rect.width() - 24.0);
            let at = pos2(rect.left() + space::M, y);
            let id = Id::unique(("attachment problem", each.id));
            let label = ui.interact(Rect::from_min_size(at, galley.size()), id, Sense::hover());
            label.widget_info(|| WidgetInfo::labeled(Role::Alert, true, &text));
            label.on_hover_text(&text);
            ui.painter().galley(at, galley, t.bad);
            y += LINE;
        }
        self.pictures.turn();
    }

    fn card(&mut self, ui: &mut Ui, each: &Attachment, commands: &mut Vec<Command>) {
        let t = tokens::of(ui.ctx());
        let (rect, response) = ui.allocate_exact_size(vec2(WIDE, CARD), Sense::hover());
        let kind = if each.picture { tr!("chat-picture") } else { tr!("chat-file") };
        let below = match (&each.problem, each.reading) {
            (Some(_), _) => {
                format!("{}  ·  {}", tr!("chat-attachment-bad"), words::bytes(each.bytes))
            }
            (None, true) => tr!("chat-attachment-reading").to_owned(),
            (None, false) => format!("{kind}  ·  {}", words::bytes(each.bytes)),
        };
        let name = words::flat(&each.name);
        response
            .widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{name}, {below}")));
        let wrong = each.problem.is_some();
        let fill = if wrong { t.bad_surface } else { t.raised };
        ui.painter().rect_filled(rect, radius::CONTROL, fill);
        if wrong {
            let line = Stroke::new(1.0, t.bad);
            ui.painter().rect_stroke(rect, radius::CONTROL, line, StrokeKind::Inside);
        }
        let side = Rect::from_min_size(rect.min + vec2(6.0, 6.0), vec2(36.0, 36.0));
        let picture = each.preview.as_ref().and_then(|image| {
            let texture = self.pictures.texture(ui.ctx(), image)?;
            Some((texture, vec2(image.width.into(), image.height.into())))
        });
        match picture {
            Some((texture, size)) => cover(ui, side, texture, size),
            None => {
                let ink = if wrong { t.bad } else { t.muted };
                icons::paint(ui.painter(), side.shrink(8.0), Icon::Document, ink);
            }
        }
        let left = side.right() + space::S;
        let room = rect.right() - 30.0 - left;
        let first = one_line(ui, &name, size::SMALL + 0.5, t.text, room);
        let ink = if wrong { t.bad } else { t.muted };
        let second = one_line(ui, &below, size::SMALL - 1.0, ink, room);
        let y = rect.center().y - (first.size().y + second.size().y) / 2.0;
        let under = y + first.size().y;
        ui.painter().galley(pos2(left, y), first, t.text);
        ui.painter().galley(pos2(left, under), second, ink);
        let cross =
            Rect::from_center_size(pos2(rect.right() - 16.0, rect.center().y), vec2(24.0, 24.0));
        let id = Id::unique(("remove attachment", each.id));
        let button = ui.interact(cross, id, Sense::click());
        button.widget_info(|| {
            WidgetInfo::labeled(
                Role::Button,
                true,
                tr!("chat-attachment-remove-named", file = name.as_str()),
            )
        });
        let ink = if button.hovered() { t.text } else { t.muted };
        icons::paint(ui.painter(), cross.shrink(7.0), Icon::Close, ink);
        marks::focus(ui, cross, radius::CONTROL, &button);
        if button.on_hover_text(tr!("chat-attachment-remove")).clicked() {
            commands.push(Command::RemoveAttachment(each.id));
        }
    }
}

/// Paints the middle of a picture into a square.
fn cover(ui: &Ui, rect: Rect, texture: egui::TextureId, size: egui::Vec2) {
    let side = size.min_elem().max(1.0);
    let part = vec2(side / size.x.max(1.0), side / size.y.max(1.0));
    let uv = Rect::from_center_size(pos2(0.5, 0.5), part);
    let white = tokens::of(ui.ctx()).on_accent;
    let mut mesh = egui::epaint::RectShape::filled(rect, 5, white);
    mesh.brush = Some(std::sync::Arc::new(egui::epaint::Brush { fill_texture_id: texture, uv }));
    ui.painter().add(mesh);
}

/// What is dropped on the conversation, and that it may be dropped.
pub(super) fn drops(ui: &Ui, rect: Rect, name: &str, commands: &mut Vec<Command>) {
    let (hovering, dropped) = ui.input(|i| {
        let paths: Vec<_> =
            i.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect();
        (!i.raw.hovered_files.is_empty(), paths)
    });
    commands.extend(dropped.into_iter().map(Command::AttachFile));
    if !hovering {
        return;
    }
    let t = tokens::of(ui.ctx());
    let painter = ui
        .ctx()
        .layer_painter(egui::LayerId::new(egui::Order::Foreground, Id::unique("chat drop")));
    painter.rect_filled(rect, 0, t.background.gamma_multiply(0.88));
    let inner = rect.shrink(space::L);
    painter.rect_filled(inner, radius::CARD, t.tint);
    let line = Stroke::new(2.0, t.accent);
    painter.rect_stroke(inner, radius::CARD, line, StrokeKind::Inside);
    let mark = Rect::from_center_size(inner.center() - vec2(0.0, 26.0), vec2(30.0, 30.0));
    icons::paint(&painter, mark, Icon::Clip, t.accent_hover);
    let text = tr!("chat-drop", agent = name);
    let galley = one_line(ui, &text, size::STRONG, t.text, inner.width() - 2.0 * space::L);
    let at = inner.center() + vec2(-galley.size().x / 2.0, 10.0);
    painter.galley(at, galley, t.text);
    let label = ui.interact(inner, Id::unique("chat drop label"), Sense::empty());
    label.widget_info(|| WidgetInfo::labeled(Role::Status, true, &text));
}
