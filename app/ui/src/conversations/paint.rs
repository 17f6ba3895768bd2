//! A row of the thread on the screen.

use super::layout::{
    CARD, CODE_PAD, DAY, GUTTER, HEAD, LINE, Laid, LaidBlock, MOST_CARDS, PAD, day_and_time,
    one_line,
};
use super::marks;
use super::pictures::Pictures;
use super::text::Kind;
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size, space};
use egui::text::{CCursor, LayoutJob};
use egui::text_selection::LabelSelectionState;
use egui::{
    Align2, CornerRadius, CursorIcon, FontId, Galley, Id, Rect, Response, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, accesskit::Role, emath::GuiRounding as _, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Link, Message, Speaker};
use std::ops::Range;
use std::sync::Arc;

/// A face beside what others wrote.
const FACE: f32 = 28.0;
/// Characters of a message that a screen reader is given.
const READ_OUT: usize = 4_000;

/// A row and where it is.
pub(crate) struct Scene<'a> {
    /// The column, from the top of the row's text to its end.
    pub column: Rect,
    pub message: &'a Arc<Message>,
    pub laid: &'a Laid,
    /// Why a message was not sent.
    pub unsent: &'a str,
}

/// Paints a row; whether "Show all" or "Show less" was pressed.
pub(crate) fn row(
    ui: &mut Ui,
    scene: &Scene<'_>,
    pictures: &mut Pictures,
    commands: &mut Vec<Command>,
) -> bool {
    let Scene { column, message, laid, .. } = *scene;
    lead(ui, scene);
    let inside = inside(scene);
    let whole = article(ui, scene);
    if laid.own {
        bubble(ui, scene);
    }
    for (n, block) in laid.blocks.iter().enumerate() {
        let top = column.top() + block.y;
        let place =
            Rect::from_min_size(pos2(inside.left(), top), vec2(inside.width(), block.height));
        if place.intersects(ui.clip_rect()) {
            let id = Id::unique(("message text", &message.id, laid.segment.part, n));
            self::block(ui, id, block, place, message, commands);
        }
    }
    if !laid.head && laid.segment.part == 0 && ui.rect_contains_pointer(whole) {
        time_beside(ui, scene);
    }
    let below = if laid.own {
        Rect::from_min_max(pos2(column.right() - inside.width().max(320.0), 0.0), column.max)
    } else {
        Rect::from_min_max(inside.min, column.max)
    };
    let mut toggled = false;
    if let Some(y) = laid.more {
        let rect = Rect::from_min_size(
            pos2(below.left() - 6.0, column.top() + y),
            vec2(below.width() + 12.0, LINE),
        );
        toggled = more(ui, scene, rect);
    }
    if laid.segment.is_last() {
        let mut y = column.top() + laid.cards;
        for (n, link) in message.links.iter().take(MOST_CARDS).enumerate() {
            let width = below.width().min(360.0);
            let left = if laid.own { column.right() - width } else { below.left() };
            let rect = Rect::from_min_size(pos2(left, y), vec2(width, CARD));
            if rect.intersects(ui.clip_rect()) {
                card(ui, Id::unique(("link card", &message.id, n)), rect, link, pictures, commands);
            }
            y += CARD + space::S;
        }
    }
    if let Some(y) = laid.unsent {
        unsent(ui, pos2(column.right(), column.top() + y), column.width(), scene.unsent);
    }
    toggled
}

/// Where the text is.
fn inside(scene: &Scene<'_>) -> Rect {
    let Scene { column, laid, .. } = *scene;
    if laid.own {
        let left = column.right() - PAD - laid.width;
        Rect::from_min_max(pos2(left, column.top()), column.max - vec2(PAD, 0.0))
    } else {
        Rect::from_min_max(column.min + vec2(GUTTER, 0.0), column.max)
    }
}

/// What a screen reader is told; where the row is.
fn article(ui: &Ui, scene: &Scene<'_>) -> Rect {
    let Scene { column, message, laid, .. } = *scene;
    let top = column.top() - if laid.head { HEAD } else { 0.0 };
    #[expect(clippy::cast_possible_truncation, reason = "it is on the screen")]
    let bottom = column.top() + laid.size.body as f32;
    let whole = Rect::from_min_max(pos2(column.left(), top), pos2(column.right(), bottom));
    let id = Id::unique(("message", &message.id, laid.segment.part));
    let response = ui.interact(whole, id, Sense::hover());
    response.widget_info(|| {
        let text = message.text.get(..message.text.floor_char_boundary(READ_OUT));
        let text = text.unwrap_or_default();
        let name = match laid.segment.part {
            0 => format!("{}, {}: {text}", author(message), message.when),
            part => format!("{}, continued, part {}", author(message), part + 1),
        };
        WidgetInfo::labeled(Role::Article, true, name)
    });
    whole
}

fn author(message: &Message) -> &str {
    match (message.speaker, message.name.as_str()) {
        (Speaker::Person, "") => "You",
        (Speaker::Agent, "") => "Agent",
        (Speaker::Unknown, "") => "Message",
        (_, name) => name,
    }
}

/// The day, the face, the name and the time above a row's text.
fn lead(ui: &Ui, scene: &Scene<'_>) {
    let Scene { column, message, laid, .. } = *scene;
    if laid.day.is_none() && !laid.head {
        return;
    }
    let t = tokens::of(ui.ctx());
    let small = FontId::proportional(size::SMALL);
    let painter = ui.painter();
    let head = column.top() - HEAD;
    if let Some(day) = &laid.day {
        let middle = pos2(column.center().x, head - DAY / 2.0);
        let text = painter.text(middle, Align2::CENTER_CENTER, day, small.clone(), t.muted);
        let line = Stroke::new(1.0, t.line);
        painter.hline(column.left()..=text.left() - space::M, middle.y, line);
        painter.hline(text.right() + space::M..=column.right(), middle.y, line);
    }
    if !laid.head {
        return;
    }
    let time = day_and_time(&message.when).1;
    if laid.own {
        let at = pos2(column.right() - 2.0, head + HEAD - 5.0);
        painter.text(at, Align2::RIGHT_BOTTOM, time, small, t.muted);
        return;
    }
    let face = Rect::from_min_size(pos2(column.left(), head), vec2(FACE, FACE));
    let name = author(message);
    if message.speaker == Speaker::Agent {
        icons::mark(painter, face, t.tint, t.accent_hover);
    } else {
        painter.circle_filled(face.center(), FACE / 2.0, t.raised);
        let initial: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
        let font = FontId::proportional(size::SMALL);
        painter.text(face.center(), Align2::CENTER_CENTER, initial, font, t.muted);
    }
    let room = column.width() - GUTTER - 120.0;
    let galley = one_line(ui, name, size::BODY, t.text, room);
    let at = pos2(column.left() + GUTTER, head + 1.0);
    let after = pos2(at.x + galley.size().x + space::S, at.y + galley.size().y - 2.0);
    painter.galley(at, galley, t.text);
    painter.text(after, Align2::LEFT_BOTTOM, time, small, t.muted);
}

/// The time of a message inside of a group, while the pointer is on it.
fn time_beside(ui: &Ui, scene: &Scene<'_>) {
    let Scene { column, message, laid, .. } = *scene;
    let t = tokens::of(ui.ctx());
    let time = day_and_time(&message.when).1;
    let font = FontId::proportional(size::SMALL - 2.0);
    let (at, align) = if laid.own {
        let bubble = column.right() - laid.width - 2.0 * PAD - space::S;
        (pos2(bubble, column.top() + 12.0), Align2::RIGHT_TOP)
    } else {
        (pos2(column.left() + FACE / 2.0, column.top() + 4.0), Align2::CENTER_TOP)
    };
    ui.painter().text(at, align, time, font, t.muted);
}

fn bubble(ui: &Ui, scene: &Scene<'_>) {
    let Scene { column, laid, .. } = *scene;
    let t = tokens::of(ui.ctx());
    let left = column.right() - laid.width - 2.0 * PAD;
    let rect = Rect::from_min_max(
        pos2(left, column.top()),
        pos2(column.right(), column.top() + laid.text),
    );
    let (first, last) = (laid.segment.part == 0, laid.segment.is_last());
    let corner = |round: bool| if round { radius::CARD } else { 0 };
    let corners = CornerRadius {
        nw: corner(first),
        ne: if first && laid.head { 4 } else { corner(first) },
        sw: corner(last),
        se: corner(last),
    };
    ui.painter().rect_filled(rect, corners, t.tint);
}

/// A block: its text can be selected, its links pressed.
fn block(
    ui: &mut Ui,
    id: Id,
    block: &LaidBlock,
    place: Rect,
    message: &Message,
    commands: &mut Vec<Command>,
) {
    let t = tokens::of(ui.ctx());
    let code = block.kind == Kind::Code;
    let mut at = place.min;
    if code {
        ui.painter().rect_filled(place, radius::CONTROL, t.surface);
        let line = Stroke::new(1.0, t.line);
        ui.painter().rect_stroke(place, radius::CONTROL, line, StrokeKind::Inside);
        at += vec2(PAD, CODE_PAD);
    }
    let at = at.round_to_pixels(ui.pixels_per_point());
    for range in &block.codes {
        for rect in rects(&block.galley, range) {
            let rect = rect.translate(at.to_vec2()).expand2(vec2(2.5, -1.5));
            ui.painter().rect_filled(rect, 4, t.line);
        }
    }
    for (range, shown) in &block.found {
        let fill = if *shown { t.warning } else { t.warning.gamma_multiply(0.35) };
        for rect in rects(&block.galley, range) {
            let rect = rect.translate(at.to_vec2()).expand2(vec2(1.0, -1.0));
            ui.painter().rect_filled(rect, 3, fill);
        }
    }
    // A selection may be begun and ended beside the text.
    let text = if code { place } else { place.expand2(vec2(PAD, 0.0)) };
    let touch = ui.input(|i| i.has_touch_screen());
    let sense = if touch { Sense::CLICK } else { Sense::CLICK | Sense::DRAG };
    let response = ui.interact(text, id, sense);
    let galley = emphasised(ui, block);
    LabelSelectionState::label_text_selection(ui, &response, at, galley, t.text, Stroke::NONE);
    response.context_menu(|ui| {
        ui.set_min_width(160.0);
        if ui.button("Copy message").clicked() {
            ui.copy_text(message.text.clone());
            ui.close();
        }
    });
    for (n, (range, url)) in block.links.iter().enumerate() {
        link(ui, id.with(("link", n)), &block.galley, at, range, url, commands);
    }
    if code {
        copy(ui, id.with("copy"), place, block.galley.text());
    }
}

/// The text, readable on the colour of the place that is shown.
fn emphasised(ui: &Ui, block: &LaidBlock) -> Arc<Galley> {
    let Some((range, _)) = block.found.iter().find(|(_, shown)| *shown) else {
        return Arc::clone(&block.galley);
    };
    let ink = tokens::of(ui.ctx()).background;
    let job = &block.galley.job;
    let byte = |n: usize| job.text.char_indices().nth(n).map_or(job.text.len(), |(at, _)| at);
    let (from, to) = (byte(range.start), byte(range.end));
    let mut coloured = LayoutJob { sections: Vec::new(), ..(**job).clone() };
    for section in &job.sections {
        let (start, end) = (section.byte_range.start.0, section.byte_range.end.0);
        let cuts = [start, from.clamp(start, end), to.clamp(start, end), end];
        for (n, part) in cuts.windows(2).enumerate() {
            let &[a, b] = part else { continue };
            if a < b {
                let mut section = section.clone();
                section.byte_range.start.0 = a;
                section.byte_range.end.0 = b;
                if n == 1 {
                    section.format.color = ink;
                }
                coloured.sections.push(section);
            }
        }
    }
    ui.fonts_mut(|fonts| fonts.layout_job(coloured))
}

/// Where characters are in a galley, row by row.
fn rects(galley: &Galley, range: &Range<usize>) -> Vec<Rect> {
    let start =
        galley.layout_from_cursor(CCursor { prefer_next_row: true, ..CCursor::new(range.start) });
    let end = galley.layout_from_cursor(CCursor::new(range.end));
    let mut all = Vec::new();
    for (n, row) in galley.rows.iter().enumerate().take(end.row + 1).skip(start.row) {
        let left = if n == start.row { row.x_offset(start.column) } else { 0.0 };
        let right = if n == end.row { row.x_offset(end.column) } else { row.size.x };
        let x = row.pos.x;
        all.push(Rect::from_min_max(pos2(x + left, row.min_y()), pos2(x + right, row.max_y())));
    }
    all
}

fn link(
    ui: &Ui,
    id: Id,
    galley: &Galley,
    at: egui::Pos2,
    range: &Range<usize>,
    url: &str,
    commands: &mut Vec<Command>,
) {
    let t = tokens::of(ui.ctx());
    let mut clicked = false;
    for (n, rect) in rects(galley, range).into_iter().enumerate() {
        let rect = rect.translate(at.to_vec2());
        if !rect.intersects(ui.clip_rect()) {
            continue;
        }
        // The first row of a link is its stop for the keyboard.
        let (id, sense) = if n == 0 { (id, Sense::click()) } else { (id.with(n), Sense::CLICK) };
        let response = ui.interact(rect, id, sense).on_hover_cursor(CursorIcon::PointingHand);
        let underline = Stroke::new(1.0, t.accent_hover);
        ui.painter().hline(rect.x_range(), rect.center().y + 8.0, underline);
        if n == 0 {
            response.widget_info(|| WidgetInfo::labeled(Role::Link, true, url));
            marks::focus(ui, rect.expand(2.0), 4, &response);
        }
        clicked |= response.clicked();
    }
    if clicked {
        commands.push(Command::OpenLink(url.to_owned()));
    }
}

/// Copies a block of code. Seen while the pointer or the keyboard is there.
fn copy(ui: &Ui, id: Id, place: Rect, text: &str) {
    let rect = Rect::from_min_size(pos2(place.right() - 34.0, place.top() + 4.0), vec2(30.0, 30.0));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Copy code"));
    if ui.rect_contains_pointer(place) || response.has_focus() {
        let t = tokens::of(ui.ctx());
        let fill = if response.hovered() { t.raised } else { t.surface };
        ui.painter().rect_filled(rect, radius::CONTROL, fill);
        let mark = Rect::from_center_size(rect.center(), vec2(14.0, 14.0));
        icons::paint(ui.painter(), mark, Icon::Copy, t.muted);
        marks::focus(ui, rect, radius::CONTROL, &response);
    }
    if response.on_hover_text("Copy code").clicked() {
        ui.ctx().copy_text(text.to_owned());
    }
}

/// "Show all 2 MB", or "Show less".
fn more(ui: &mut Ui, scene: &Scene<'_>, rect: Rect) -> bool {
    let text = if scene.laid.segment.parts == 1 {
        format!("Show all {}", bytes(scene.message.text.len()))
    } else {
        "Show less".to_owned()
    };
    let layout = if scene.laid.own {
        egui::Layout::right_to_left(egui::Align::Center)
    } else {
        egui::Layout::left_to_right(egui::Align::Center)
    };
    let id = ("show all", &scene.message.id);
    let builder = egui::UiBuilder::new().max_rect(rect).layout(layout).id_salt(id);
    ui.scope_builder(builder, |ui| marks::quiet(ui, &text).clicked()).inner
}

/// A size in words.
pub(crate) fn bytes(count: usize) -> String {
    match count {
        0..1_000 => format!("{count} bytes"),
        1_000..1_000_000 => format!("{} KB", (count + 500) / 1_000),
        _ => {
            format!("{}.{} MB", count / 1_000_000, count % 1_000_000 / 100_000).replace(".0 ", " ")
        }
    }
}

fn card(
    ui: &Ui,
    id: Id,
    rect: Rect,
    link: &Link,
    pictures: &mut Pictures,
    commands: &mut Vec<Command>,
) {
    let t = tokens::of(ui.ctx());
    let response = ui.interact(rect, id, Sense::click());
    let title = link.title.as_deref().filter(|title| !title.trim().is_empty());
    response.widget_info(|| {
        let name = match title {
            Some(title) => format!("{title}, {}", link.host),
            None => link.host.clone(),
        };
        WidgetInfo::labeled(Role::Link, true, name)
    });
    let rect = rect.round_to_pixels(ui.pixels_per_point());
    let fill = if response.hovered() { t.raised } else { t.surface };
    ui.painter().rect_filled(rect, radius::CONTROL, fill);
    ui.painter().rect_stroke(rect, radius::CONTROL, Stroke::new(1.0, t.line), StrokeKind::Inside);
    marks::focus(ui, rect, radius::CONTROL, &response);
    let icon = Rect::from_center_size(pos2(rect.left() + 25.0, rect.center().y), vec2(20.0, 20.0));
    match link.icon.as_ref().and_then(|image| pictures.texture(ui.ctx(), image)) {
        Some(texture) => {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(texture, icon, whole, t.on_accent);
        }
        None => icons::paint(ui.painter(), icon.shrink(1.0), Icon::Globe, t.muted),
    }
    let left = rect.left() + 48.0;
    let room = rect.right() - space::M - left;
    let second = if title.is_some() { link.host.as_str() } else { &link.url };
    let first = one_line(ui, title.unwrap_or(&link.host), size::BODY, t.text, room);
    let second = one_line(ui, second, size::SMALL, t.muted, room);
    let height = first.size().y + second.size().y;
    let top = rect.center().y - height / 2.0;
    let below = pos2(left, top + first.size().y);
    ui.painter().galley(pos2(left, top), first, t.text);
    ui.painter().galley(below, second, t.muted);
    if response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&link.url).clicked() {
        commands.push(Command::OpenLink(link.url.clone()));
    }
}

/// Below a message that the cloud does not have yet.
fn unsent(ui: &Ui, right_top: egui::Pos2, room: f32, text: &str) -> Response {
    let t = tokens::of(ui.ctx());
    let galley = one_line(ui, text, size::SMALL, t.muted, room - 24.0);
    let at = pos2(right_top.x - galley.size().x - 2.0, right_top.y + 3.0);
    let mark = pos2(at.x - 12.0, at.y + galley.size().y / 2.0);
    let mark = Rect::from_center_size(mark, vec2(12.0, 12.0));
    icons::paint(ui.painter(), mark, Icon::Clock, t.muted);
    let rect = Rect::from_min_size(at, galley.size());
    let id = ui.next_auto_id();
    ui.painter().galley(at, galley, t.muted);
    let response = ui.interact(rect, id.with("unsent"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}
