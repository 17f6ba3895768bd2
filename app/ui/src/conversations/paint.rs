//! A row of the thread on the screen.

use super::layout::{CARD, DAY, GUTTER, HEAD, LINE, Laid, MOST_CARDS, PAD, PAD_Y};
use super::layout::{day_and_time, one_line};
use super::marks;
use super::pictures::Pictures;
use crate::icons::{self, Icon};
use crate::markdown::{Cache, Mark, Style};
use crate::tokens::{self, radius, size, space};
use egui::{
    Align2, CornerRadius, CursorIcon, FontId, Id, Rect, Response, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, accesskit::Role, emath::GuiRounding as _, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Link, Message, Speaker};
use multiclaw_core::tr;
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
    /// A long message is shown whole.
    pub open: bool,
    /// Places that were found in it.
    pub marks: &'a [Mark],
    /// Why a message was not sent.
    pub unsent: &'a str,
}

/// What is kept of the rows that were seen lately.
pub(crate) struct Held<'a> {
    pub docs: &'a mut Cache<String>,
    pub pictures: &'a mut Pictures,
}

/// What came of painting a row.
#[derive(Clone, Copy, Default)]
pub(crate) struct Done {
    /// "Show all" or "Show less" was pressed.
    pub toggled: bool,
    /// By how much it is to move up, because a selection is drawn beyond what is seen.
    pub pull: f32,
}

/// Paints a row.
pub(crate) fn row(
    ui: &mut Ui,
    scene: &Scene<'_>,
    held: &mut Held<'_>,
    commands: &mut Vec<Command>,
) -> Done {
    let Scene { column, message, laid, .. } = *scene;
    lead(ui, scene);
    let inside = inside(scene);
    let whole = article(ui, scene);
    if laid.own {
        bubble(ui, scene);
    }
    let mut done = Done { toggled: false, pull: text(ui, scene, inside, held, commands) };
    if !laid.head && ui.rect_contains_pointer(whole) {
        time_beside(ui, scene);
    }
    let below = if laid.own {
        Rect::from_min_max(pos2(column.right() - inside.width().max(320.0), 0.0), column.max)
    } else {
        Rect::from_min_max(inside.min, column.max)
    };
    if let Some(y) = laid.more {
        let rect = Rect::from_min_size(
            pos2(below.left() - 6.0, column.top() + y),
            vec2(below.width() + 12.0, LINE),
        );
        done.toggled = more(ui, scene, rect);
    }
    let mut y = column.top() + laid.cards;
    for (n, link) in message.links.iter().take(MOST_CARDS).enumerate() {
        let width = below.width().min(360.0);
        let left = if laid.own { column.right() - width } else { below.left() };
        let rect = Rect::from_min_size(pos2(left, y), vec2(width, CARD));
        if rect.intersects(ui.clip_rect()) {
            let id = Id::unique(("link card", &message.id, n));
            card(ui, id, rect, link, held.pictures, commands);
        }
        y += CARD + space::S;
    }
    if let Some(y) = laid.unsent {
        unsent(ui, pos2(column.right(), column.top() + y), column.width(), scene.unsent);
    }
    done
}

/// The text: it can be selected, its links pressed. By how much it is to move up.
fn text(
    ui: &mut Ui,
    scene: &Scene<'_>,
    inside: Rect,
    held: &mut Held<'_>,
    commands: &mut Vec<Command>,
) -> f32 {
    let Scene { message, laid, marks, .. } = *scene;
    let doc = held.docs.get(&message.id);
    if doc.is_empty() {
        return 0.0;
    }
    let id = Id::unique(("message text", &message.id));
    let above = if laid.own { PAD_Y } else { 0.0 };
    let at = (inside.min + vec2(0.0, above)).round_to_pixels(ui.pixels_per_point());
    let shown = doc.show(ui, id, at, &Style::new(laid.room), marks);
    commands.extend(shown.link.map(Command::OpenLink));
    shown.response.context_menu(|ui| {
        ui.set_min_width(160.0);
        if ui.button(tr!("conversations-copy-message")).clicked() {
            ui.copy_text(message.text.clone());
            ui.close();
        }
    });
    shown.pull
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
    let id = Id::unique(("message", &message.id));
    let response = ui.interact(whole, id, Sense::hover());
    response.widget_info(|| {
        let text = message.text.get(..message.text.floor_char_boundary(READ_OUT));
        let text = text.unwrap_or_default();
        let name = format!("{}, {}: {text}", author(message), message.when);
        WidgetInfo::labeled(Role::Article, true, name)
    });
    whole
}

fn author(message: &Message) -> &str {
    match (message.speaker, message.name.as_str()) {
        (Speaker::Person, "") => tr!("conversations-you"),
        (Speaker::Agent, "") => tr!("conversations-agent"),
        (Speaker::Unknown, "") => tr!("conversations-message"),
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
    let ne = if laid.head { 4 } else { radius::CARD };
    let corners = CornerRadius { ne, ..CornerRadius::same(radius::CARD) };
    ui.painter().rect_filled(rect, corners, t.tint);
}

/// "Show all 2 MB", or "Show less".
fn more(ui: &mut Ui, scene: &Scene<'_>, rect: Rect) -> bool {
    let text = if scene.open {
        tr!("conversations-show-less").to_owned()
    } else {
        tr!("conversations-show-all", size = bytes(scene.message.text.len()))
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
        0..1_000 => tr!("conversations-bytes", count = count),
        1_000..1_000_000 => tr!("conversations-kilobytes", count = (count + 500) / 1_000),
        _ => {
            let (whole, tenths) = (count / 1_000_000, count % 1_000_000 / 100_000);
            let text = format!("{whole}.{tenths}");
            tr!("conversations-megabytes", count = text.trim_end_matches(".0"))
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
