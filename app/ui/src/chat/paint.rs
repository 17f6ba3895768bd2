//! A row of the thread on the screen.

use super::approval::Cards;
use super::bits::{action, cards, chevron, in_row};
use super::find::Finder;
use super::layout::{
    AgentParts, DAY, HEAD, INSET, Kept, LINE, Laid, PAD, PAD_Y, Parts, PersonParts, THOUGHT,
};
use super::words::{self, day_and_time, one_line};
use super::{media, tool};
use crate::conversations::marks;
use crate::conversations::pictures::Pictures;
use crate::icons::{self, Icon};
use crate::markdown::Style;
use crate::parts::Act;
use crate::tokens::{self, radius, size, space};
use egui::{
    Align, Align2, CursorIcon, FontId, Galley, Id, Rect, Response, Sense, Stroke, Ui, WidgetInfo,
    accesskit::Role, emath::GuiRounding as _, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{ChatDelivery, ChatModel, Entry, EntryKind, Link, Media, Text};
use multiclaw_core::tr;
use std::sync::Arc;

/// Characters of a message that a screen reader is given.
const READ_OUT: usize = 4_000;
/// Side of an action's button.
const ACTION: f32 = 26.0;

/// What the rows know beside their entries.
pub(super) struct Around<'a> {
    /// The agent's name, with its emoji.
    pub agent: &'a str,
    /// Models, for their names.
    pub models: &'a [Arc<ChatModel>],
    /// Why nothing can be sent or answered now.
    pub blocked: Option<&'a str>,
    /// A turn is running.
    pub running: bool,
    /// The entry that is being changed.
    pub edited: Option<&'a str>,
    pub finder: Option<&'a Finder>,
}

/// What outlives a frame.
pub(super) struct Held<'a> {
    pub kept: &'a mut Kept,
    pub pictures: &'a mut Pictures,
    pub cards: &'a mut Cards,
    /// By how many points the rows are to move up, because a selection is drawn beyond them.
    pub pull: f32,
}

/// A row and where it is.
pub(super) struct Scene<'a> {
    /// The column, from the top of the row's body to its end.
    pub column: Rect,
    pub entry: &'a Arc<Entry>,
    pub laid: &'a Laid,
    pub around: &'a Around<'a>,
    /// It is the last.
    pub last: bool,
}

/// What was asked for beside commands.
pub(super) enum Asked {
    /// To show it whole, or in part again.
    Toggle,
    /// To change it and send it again.
    Edit(String),
}

/// Paints a row.
pub(super) fn row(
    ui: &mut Ui,
    scene: &Scene<'_>,
    held: &mut Held<'_>,
    commands: &mut Vec<Command>,
) -> Option<Asked> {
    lead(ui, scene);
    match (&scene.laid.parts, &scene.entry.kind) {
        (Parts::Person(parts), EntryKind::Person { text, media, delivery, links }) => {
            person(ui, scene, parts, (text, media, delivery, links), held, commands)
        }
        (Parts::Agent(parts), EntryKind::Agent { text, model, media, links, stopped, growing }) => {
            let content = Said { text, model, media, links, stopped: *stopped, growing: *growing };
            agent(ui, scene, parts, &content, held, commands)
        }
        (Parts::Thinking { open }, EntryKind::Thinking { text, growing }) => {
            thinking(ui, scene, *open, text, *growing, held, commands)
        }
        (Parts::Tool(parts), EntryKind::Tool(call)) => {
            tool::show(ui, scene, parts, call, held, commands)
        }
        (_, EntryKind::Note(text)) => {
            note(ui, scene, text);
            None
        }
        (Parts::Failed { text }, EntryKind::Failed(problem)) => {
            failed(ui, scene, text, &crate::sentence(problem), commands);
            None
        }
        _ => None,
    }
}

/// The day and the agent's name above a row.
fn lead(ui: &Ui, scene: &Scene<'_>) {
    let Scene { column, laid, entry, around, .. } = *scene;
    let t = tokens::of(ui.ctx());
    let small = FontId::proportional(size::SMALL);
    let head = column.top() - if laid.head { HEAD } else { 0.0 };
    if let Some(day) = &laid.day {
        let middle = pos2(column.center().x, head - DAY / 2.0);
        let text = ui.painter().text(middle, Align2::CENTER_CENTER, day, small.clone(), t.muted);
        let line = Stroke::new(1.0, t.line);
        ui.painter().hline(column.left()..=text.left() - space::M, middle.y, line);
        ui.painter().hline(text.right() + space::M..=column.right(), middle.y, line);
    }
    if !laid.head {
        return;
    }
    let face = Rect::from_min_size(pos2(column.left(), head + 1.0), vec2(22.0, 22.0));
    icons::mark(ui.painter(), face, t.tint, t.accent_hover);
    let left = face.right() + space::S;
    let galley = one_line(ui, around.agent, size::BODY, t.text, column.width() - 110.0);
    let y = face.center().y;
    let after = pos2(left + galley.size().x + space::S, y);
    ui.painter().galley(pos2(left, y - galley.size().y / 2.0), galley, t.text);
    let time = day_and_time(&entry.when).1;
    ui.painter().text(after, Align2::LEFT_CENTER, time, small, t.muted);
}

/// Tells a screen reader of the row; it can be pointed at.
fn article(ui: &Ui, scene: &Scene<'_>, who: &str, text: &Text) -> Response {
    let id = Id::unique(("chat entry", &scene.entry.id));
    let response = ui.interact(scene.column, id, Sense::hover());
    response.widget_info(|| {
        let text = text.with(|text| {
            text.get(..text.floor_char_boundary(READ_OUT)).unwrap_or_default().to_owned()
        });
        WidgetInfo::labeled(Role::Article, true, format!("{who}, {}: {text}", scene.entry.when))
    });
    response
}

type Written<'a> = (&'a Text, &'a Vec<Media>, &'a ChatDelivery, &'a Vec<Link>);

fn person(
    ui: &mut Ui,
    scene: &Scene<'_>,
    parts: &PersonParts,
    (text, all, delivery, links): Written<'_>,
    held: &mut Held<'_>,
    commands: &mut Vec<Command>,
) -> Option<Asked> {
    let Scene { column, entry, around, .. } = *scene;
    let t = tokens::of(ui.ctx());
    let mut asked = None;
    let whole = article(ui, scene, tr!("chat-you"), text);
    let mut bubble = None;
    if let Some([width, _]) = parts.text {
        let extent = vec2(width + 2.0 * PAD, parts.part + 2.0 * PAD_Y);
        let rect = Rect::from_min_size(pos2(column.right() - extent.x, column.top()), extent);
        let fill = if around.edited == Some(&entry.id) { t.raised } else { t.tint };
        ui.painter().rect_filled(rect, radius::CARD, fill);
        let room = column.width() * 0.84 - 2.0 * PAD;
        let clip = ui.clip_rect();
        ui.set_clip_rect(clip.intersect(rect));
        let at = (rect.min + vec2(PAD, PAD_Y)).round_to_pixels(ui.pixels_per_point());
        document(ui, scene, at, &Style::new(room), held, commands);
        ui.set_clip_rect(clip);
        bubble = Some(rect);
    }
    if let Some(y) = parts.more {
        let open = parts.text.is_some_and(|[_, height]| parts.part >= height);
        let text = if open { tr!("chat-show-less") } else { tr!("chat-show-all") };
        let rect =
            Rect::from_min_size(pos2(column.left(), column.top() + y), vec2(column.width(), LINE));
        if in_row(ui, rect, Align::Max, |ui| marks::quiet(ui, text).clicked()) {
            asked = Some(Asked::Toggle);
        }
    }
    let width = parts.media.1.iter().map(|r| r.right()).fold(0.0, f32::max);
    let from = pos2(column.right() - width, column.top() + parts.media.0);
    for (n, (each, place)) in all.iter().zip(&parts.media.1).enumerate() {
        let id = Id::unique(("chat media", &entry.id, n));
        media::paint(ui, id, place.translate(from.to_vec2()), each, held.pictures);
    }
    cards(ui, scene, parts.cards, links, true, held, commands);
    if let Some((y, galley)) = &parts.note {
        let failed = matches!(delivery, ChatDelivery::Failed(_));
        let y = column.top() + y;
        let mut right = column.right() - 2.0;
        if failed {
            let rect = Rect::from_min_max(
                pos2(column.left(), y - 4.0),
                pos2(column.right() + 6.0, y + 20.0),
            );
            let send = in_row(ui, rect, Align::Max, |ui| {
                let send = marks::quiet(ui, tr!("chat-send-again"));
                (send.clicked(), send.rect.left())
            });
            right = send.1 - space::XS;
            if send.0 && around.blocked.is_none() {
                commands.push(Command::RetryChat(entry.id.clone()));
            }
        }
        let at = pos2(right - galley.size().x, y);
        let rect = Rect::from_min_size(at, galley.size());
        let label = ui.interact(rect, Id::unique(("chat note", &entry.id)), Sense::hover());
        label.widget_info(|| WidgetInfo::labeled(Role::Status, true, galley.text()));
        let ink = if failed { t.bad } else { t.muted };
        ui.painter().galley(at, Arc::clone(galley), ink);
    }
    let bubble = bubble?;
    let hovered = ui.rect_contains_pointer(whole.rect);
    let may_edit = around.blocked.is_none()
        && !around.running
        && matches!(delivery, ChatDelivery::Sent | ChatDelivery::Steered);
    let mut place = Rect::from_min_size(
        pos2(bubble.left() - ACTION - space::XS, bubble.top() + 6.0),
        vec2(ACTION, ACTION),
    );
    if place.left() < column.left() - ACTION {
        place = place.translate(vec2(column.left() - place.left(), bubble.height()));
    }
    let time = day_and_time(&entry.when).1;
    let name = tr!("chat-copy-message");
    if action(ui, place, ("copy", &entry.id), Icon::Copy, name, hovered) {
        ui.ctx().copy_text(text.to_string());
    }
    if may_edit {
        place = place.translate(vec2(-ACTION, 0.0));
        let name = tr!("chat-change");
        if action(ui, place, ("edit", &entry.id), Icon::Edit, name, hovered) {
            asked = Some(Asked::Edit(text.to_string()));
        }
    }
    if hovered && place.left() - 44.0 > column.left() {
        let at = pos2(place.left() - space::XS, place.center().y);
        let font = FontId::proportional(size::SMALL);
        ui.painter().text(at, Align2::RIGHT_CENTER, time, font, t.muted);
    }
    asked
}

/// What an agent wrote.
struct Said<'a> {
    text: &'a Text,
    model: &'a str,
    media: &'a [Media],
    links: &'a [Link],
    stopped: bool,
    growing: bool,
}

fn agent(
    ui: &mut Ui,
    scene: &Scene<'_>,
    parts: &AgentParts,
    said: &Said<'_>,
    held: &mut Held<'_>,
    commands: &mut Vec<Command>,
) -> Option<Asked> {
    let Scene { column, entry, around, .. } = *scene;
    let t = tokens::of(ui.ctx());
    let whole = article(ui, scene, around.agent, said.text);
    let at = column.min.round_to_pixels(ui.pixels_per_point());
    document(ui, scene, at, &Style::new(column.width()), held, commands);
    if said.growing {
        // More may come: a bar beside it, which does not have to move.
        let bar = Stroke::new(2.0, t.accent);
        let bottom = column.top() + parts.text.max(18.0);
        ui.painter().vline(column.left() - 9.0, column.top() + 2.0..=bottom, bar);
    }
    let from = pos2(column.left(), column.top() + parts.media.0).to_vec2();
    for (n, (each, place)) in said.media.iter().zip(&parts.media.1).enumerate() {
        let id = Id::unique(("chat media", &entry.id, n));
        media::paint(ui, id, place.translate(from), each, held.pictures);
    }
    cards(ui, scene, parts.cards, said.links, false, held, commands);
    let y = parts.foot?;
    let hovered = scene.last || ui.rect_contains_pointer(whole.rect);
    let mut place =
        Rect::from_min_size(pos2(column.left() - 6.0, column.top() + y), vec2(ACTION, ACTION));
    let name = tr!("chat-copy-answer");
    if action(ui, place, ("copy", &entry.id), Icon::Copy, name, hovered) {
        ui.ctx().copy_text(said.text.to_string());
    }
    place = place.translate(vec2(ACTION, 0.0));
    if around.blocked.is_none() && !around.running {
        let name = tr!("chat-ask-again");
        if action(ui, place, ("retry", &entry.id), Icon::Refresh, name, hovered) {
            commands.push(Command::RetryChat(entry.id.clone()));
        }
        place = place.translate(vec2(ACTION, 0.0));
    }
    let mut words = Vec::new();
    if said.stopped {
        words.push(tr!("chat-stopped").to_owned());
    }
    if hovered && !said.model.is_empty() {
        words.push(words::model(said.model, around.models).to_owned());
    }
    let text = words.join("  ·  ");
    let left = if hovered { place.left() + space::S } else { column.left() };
    let room = column.right() - left;
    let galley = one_line(ui, &text, size::SMALL, t.muted, room);
    let at = pos2(left, place.center().y - galley.size().y / 2.0);
    if !text.is_empty() {
        let rect = Rect::from_min_size(at, galley.size());
        let label = ui.interact(rect, Id::unique(("chat model", &entry.id)), Sense::hover());
        label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    }
    ui.painter().galley(at, galley, t.muted);
    None
}

/// The text of an entry, with the places that were found in it.
fn document(
    ui: &mut Ui,
    scene: &Scene<'_>,
    at: egui::Pos2,
    style: &Style,
    held: &mut Held<'_>,
    commands: &mut Vec<Command>,
) {
    let id = Id::unique(("chat text", &scene.entry.id));
    let found = scene.around.finder.map(|f| f.marks(&scene.entry.id, None)).unwrap_or_default();
    let doc = held.kept.docs.get(&scene.entry.id);
    if doc.is_empty() {
        return;
    }
    let shown = doc.show(ui, id, at, style, &found);
    held.pull += shown.pull;
    commands.extend(shown.link.map(Command::OpenLink));
}

fn thinking(
    ui: &mut Ui,
    scene: &Scene<'_>,
    open: bool,
    text: &Text,
    growing: bool,
    held: &mut Held<'_>,
    commands: &mut Vec<Command>,
) -> Option<Asked> {
    let Scene { column, entry, .. } = *scene;
    let t = tokens::of(ui.ctx());
    let word = if growing { tr!("chat-thinking-now") } else { tr!("chat-thought") };
    let galley = one_line(ui, word, size::SMALL + 0.5, t.muted, column.width() - 60.0);
    let wide = galley.size().x + 52.0;
    let line = Rect::from_min_size(column.min - vec2(6.0, 0.0), vec2(wide, THOUGHT));
    let button = ui.interact(line, Id::unique(("chat thought", &entry.id)), Sense::click());
    button.widget_info(|| {
        let name = match (growing, open) {
            (true, true) => tr!("chat-thinking-now-hide"),
            (true, false) => tr!("chat-thinking-now-show"),
            (false, true) => tr!("chat-thought-hide"),
            (false, false) => tr!("chat-thought-show"),
        };
        WidgetInfo::labeled(Role::Button, true, name)
    });
    if button.hovered() {
        ui.painter().rect_filled(line.shrink2(vec2(0.0, 2.0)), radius::CONTROL, t.raised);
    }
    marks::focus(ui, line, radius::CONTROL, &button);
    let y = line.center().y;
    let mark = Rect::from_center_size(pos2(line.left() + 14.0, y), vec2(14.0, 14.0));
    icons::paint(ui.painter(), mark, Icon::Spark, if growing { t.accent_hover } else { t.muted });
    let right = line.left() + 28.0 + galley.size().x;
    let at = pos2(line.left() + 28.0, y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, t.muted);
    chevron(ui, pos2(right + 12.0, y), open);
    if open {
        let top = column.top() + THOUGHT;
        let bar = Stroke::new(2.0, t.line);
        ui.painter().vline(column.left() + 7.0, top..=column.bottom() - space::XS, bar);
        let style = Style::new(column.width() - 20.0).quiet();
        let at = pos2(column.left() + 20.0, top).round_to_pixels(ui.pixels_per_point());
        document(ui, scene, at, &style, held, commands);
        let id = Id::unique(("chat thinking text", &entry.id));
        let body = Rect::from_min_max(pos2(column.left(), top), column.max);
        let said = ui.interact(body, id, Sense::empty());
        said.widget_info(|| WidgetInfo::labeled(Role::Article, true, text.to_string()));
    }
    button.on_hover_cursor(CursorIcon::PointingHand).clicked().then_some(Asked::Toggle)
}

fn note(ui: &Ui, scene: &Scene<'_>, text: &str) {
    let t = tokens::of(ui.ctx());
    let column = scene.column;
    let time = day_and_time(&scene.entry.when).1;
    let said = if time.is_empty() { text.to_owned() } else { format!("{text}  ·  {time}") };
    let galley = one_line(ui, &said, size::SMALL, t.muted, column.width() - 80.0);
    let rect = Align2::CENTER_CENTER.anchor_size(column.center(), galley.size());
    let label = ui.interact(rect, Id::unique(("chat separator", &scene.entry.id)), Sense::hover());
    label.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    let line = Stroke::new(1.0, t.line);
    let y = column.center().y;
    ui.painter().hline(column.left()..=rect.left() - space::M, y, line);
    ui.painter().hline(rect.right() + space::M..=column.right(), y, line);
    ui.painter().galley(rect.min, galley, t.muted);
}

fn failed(
    ui: &mut Ui,
    scene: &Scene<'_>,
    text: &Arc<Galley>,
    sentence: &str,
    commands: &mut Vec<Command>,
) {
    let Scene { column, entry, around, .. } = *scene;
    let t = tokens::of(ui.ctx());
    let id = Id::unique(("chat failed", &entry.id));
    let whole = ui.interact(column, id, Sense::hover());
    whole.widget_info(|| WidgetInfo::labeled(Role::Alert, true, sentence));
    ui.painter().rect_filled(column, radius::CONTROL, t.bad_surface);
    let at = column.min + vec2(PAD, INSET);
    ui.painter().galley(at, Arc::clone(text), t.bad);
    let y = at.y + text.size().y + space::S;
    let rect = Rect::from_min_max(pos2(at.x, y), pos2(column.right() - PAD, y + LINE));
    let again = in_row(ui, rect, Align::Min, |ui| {
        let busy = around.running.then_some(tr!("chat-turn-runs"));
        let act = Act::plain(tr!("chat-retry")).small().icon(Icon::Refresh);
        act.blocked(around.blocked.or(busy)).show(ui).clicked()
    });
    if again {
        commands.push(Command::RetryChat(entry.id.clone()));
    }
}
