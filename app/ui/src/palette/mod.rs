//! The command palette: everything by its name.

mod entries;
mod fuzzy;

use crate::icons::{self, Icon};
use crate::shell::Ask;
use crate::tokens::{self, radius, size, space};
use crate::widgets::line;
use egui::{
    Align2, Area, Context, FontId, Frame, Id, Key, Margin, Modal, Modifiers, Order, Rect, RichText,
    ScrollArea, Sense, Stroke, TextEdit, Ui, UiKind, WidgetInfo, accesskit::Role, pos2, vec2,
};
use entries::{Entry, Sources};
use fuzzy::Needle;
use multiclaw_core::model::{Model, Person};
use multiclaw_core::tr;

/// At most so many rows.
const MOST: usize = 50;

/// Height of a row, in points.
const ROW: f32 = 40.0;

/// State of the palette. It is empty while the palette is closed.
#[derive(Default)]
pub(crate) struct Palette {
    open: Option<Open>,
}

struct Open {
    text: String,
    sources: Sources,
    entries: Vec<Entry>,
    /// Numbers of entries, best first, and what was typed for them.
    found: Vec<usize>,
    found_for: Option<String>,
    chosen: usize,
    /// The chosen row is to be scrolled to.
    follow: bool,
    /// The pointer has moved since the palette was opened or a key was pressed.
    pointed: bool,
}

impl Palette {
    /// Opens it, or closes it again.
    pub(crate) fn toggle(&mut self, person: Option<&Person>, model: &Model) {
        self.open = match self.open {
            Some(_) => None,
            None => Some(Open::new(Sources::of(person, model))),
        };
    }

    /// Closes it.
    pub(crate) fn close(&mut self) {
        self.open = None;
    }

    /// Paints it, when it is open.
    pub(crate) fn show(
        &mut self,
        ctx: &Context,
        person: Option<&Person>,
        model: &Model,
        asked: &mut Vec<Ask>,
    ) {
        let Some(open) = &mut self.open else { return };
        let sources = Sources::of(person, model);
        if sources != open.sources {
            open.entries = sources.entries();
            open.sources = sources;
            open.found_for = None;
        }
        let chosen = open.show(ctx);
        match chosen {
            Chosen::Nothing => {}
            Chosen::Closed => self.close(),
            Chosen::Entry(n) => {
                asked.extend(open.entries.get(n).map(|e| e.act.asks()).unwrap_or_default());
                self.close();
            }
        }
    }
}

/// Ctrl+K or Ctrl+P.
pub(crate) fn palette_key(ctx: &Context) -> bool {
    ctx.input_mut(|i| {
        i.consume_key(Modifiers::COMMAND, Key::K) || i.consume_key(Modifiers::COMMAND, Key::P)
    })
}

enum Chosen {
    Nothing,
    Closed,
    Entry(usize),
}

impl Open {
    fn new(sources: Sources) -> Self {
        Self {
            text: String::new(),
            entries: sources.entries(),
            sources,
            found: Vec::new(),
            found_for: None,
            chosen: 0,
            follow: false,
            pointed: false,
        }
    }

    /// Looks for what is typed, unless that was done already.
    fn look(&mut self) {
        if self.found_for.as_ref() == Some(&self.text) {
            return;
        }
        let needle = Needle::new(&self.text);
        let all = self.entries.iter().enumerate();
        let mut found: Vec<(i32, usize)> = if needle.is_empty() {
            // Nothing typed: what is wanted most often, in the order it was added.
            all.filter(|(_, e)| e.weight > 0).map(|(n, e)| (e.weight, n)).collect()
        } else {
            let score = |e: &Entry| Some(needle.score(&e.hay)? + e.weight);
            all.filter_map(|(n, e)| Some((score(e)?, n))).collect()
        };
        let order = |a: &(i32, usize), b: &(i32, usize)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
        if found.len() > MOST {
            found.select_nth_unstable_by(MOST, order);
            found.truncate(MOST);
        }
        found.sort_unstable_by(order);
        self.found = found.into_iter().map(|(_, n)| n).collect();
        self.chosen = 0;
        self.follow = true;
        self.found_for = Some(self.text.clone());
    }

    fn show(&mut self, ctx: &Context) -> Chosen {
        let t = tokens::of(ctx);
        let room = ctx.content_rect();
        let width = 620.0_f32.min(room.width() - 2.0 * space::L);
        let top = (room.height() * 0.14).min(120.0);
        let frame = Frame::new()
            .fill(t.surface)
            .stroke(Stroke::new(1.0, t.line))
            .corner_radius(radius::CARD)
            .shadow(egui::Shadow { offset: [0, 12], blur: 40, spread: 0, color: t.shadow });
        let id = Id::unique("palette");
        let area = Area::new(id)
            .kind(UiKind::Modal)
            .sense(Sense::hover())
            .order(Order::Foreground)
            .anchor(Align2::CENTER_TOP, vec2(0.0, top));
        let moved = self.arrows(ctx);
        let modal = Modal::new(id).area(area).frame(frame).backdrop_color(t.dim);
        let shown = modal.show(ctx, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            self.field(ui);
            self.look();
            self.step(moved);
            self.rows(ui, (room.height() - top - 56.0 - space::XL).max(ROW * 2.0))
        });
        shown
            .response
            .widget_info(|| WidgetInfo::labeled(Role::Dialog, true, tr!("shell-palette")));
        if palette_key(ctx) {
            return Chosen::Closed;
        }
        if ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter)) {
            return self.found.get(self.chosen).map_or(Chosen::Nothing, |n| Chosen::Entry(*n));
        }
        match shown.inner {
            Some(n) => Chosen::Entry(n),
            None if shown.should_close() => Chosen::Closed,
            None => Chosen::Nothing,
        }
    }

    /// How far the keys move, before the text field hears of them.
    fn arrows(&mut self, ctx: &Context) -> i64 {
        let moves =
            [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, 8), (Key::PageUp, -8)];
        let moved = ctx.input_mut(|i| {
            let mut moved = 0;
            for (key, by) in moves {
                for _ in 0..i.count_and_consume_key(Modifiers::NONE, key) {
                    moved += by;
                }
            }
            moved
        });
        if ctx.input(|i| i.pointer.delta() != egui::Vec2::ZERO) {
            self.pointed = true;
        }
        moved
    }

    fn step(&mut self, by: i64) {
        let Ok(last) = i64::try_from(self.found.len().saturating_sub(1)) else { return };
        if by == 0 {
            return;
        }
        let now = i64::try_from(self.chosen).unwrap_or(0);
        // One step over the end goes round; a page does not.
        let next = match now + by {
            next if next < 0 && by == -1 => last,
            next if next > last && by == 1 => 0,
            next => next.clamp(0, last),
        };
        self.chosen = usize::try_from(next).unwrap_or(0);
        self.follow = true;
        self.pointed = false;
    }

    fn field(&mut self, ui: &mut Ui) {
        let t = tokens::of(ui.ctx());
        let field = TextEdit::singleline(&mut self.text)
            .hint_text(tr!("shell-palette-find"))
            .font(FontId::proportional(size::STRONG))
            .frame(Frame::new().inner_margin(Margin { left: 50, right: 16, top: 16, bottom: 16 }))
            // Enter belongs to the list.
            .return_key(None)
            .desired_width(f32::INFINITY);
        let response = ui.add(field);
        let name = tr!("shell-palette-find");
        response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, name));
        response.request_focus();
        let at = pos2(response.rect.min.x + 26.0, response.rect.center().y);
        let tile = Rect::from_center_size(at, vec2(17.0, 17.0));
        icons::paint(ui.painter(), tile, Icon::Search, t.muted);
        let y = response.rect.max.y;
        ui.painter().hline(response.rect.x_range(), y, Stroke::new(1.0, t.line));
    }

    /// The number of the entry that was clicked.
    fn rows(&mut self, ui: &mut Ui, height: f32) -> Option<usize> {
        if self.found.is_empty() {
            ui.vertical_centered(|ui| {
                ui.add_space(space::XL);
                ui.label(RichText::new(tr!("shell-palette-none")).weak());
                ui.add_space(space::XL);
            });
            return None;
        }
        let mut clicked = None;
        let height = height.min(ROW * 10.0 + 2.0 * space::S);
        Frame::new().inner_margin(Margin::symmetric(8, 0)).show(ui, |ui| {
            ScrollArea::vertical()
                .max_height(height)
                .min_scrolled_height(height)
                .auto_shrink([false, true])
                .content_margin(Margin::symmetric(0, 8))
                .show(ui, |ui| {
                    for n in 0..self.found.len() {
                        if self.row(ui, n) {
                            clicked = self.found.get(n).copied();
                        }
                    }
                });
        });
        self.follow = false;
        clicked
    }

    fn row(&mut self, ui: &mut Ui, n: usize) -> bool {
        let Some(entry) = self.found.get(n).and_then(|n| self.entries.get(*n)) else {
            return false;
        };
        let t = tokens::of(ui.ctx());
        let wanted = vec2(ui.available_width(), ROW);
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::CLICK);
        if response.hovered() && self.pointed && self.chosen != n {
            self.chosen = n;
        }
        let selected = self.chosen == n;
        let title = entry.title.as_str();
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, title));
        if selected && self.follow {
            ui.scroll_to_rect(rect, None);
        }
        if ui.is_rect_visible(rect) {
            if selected {
                ui.painter().rect_filled(rect, radius::CONTROL, t.tint);
            }
            let at = pos2(rect.min.x + 20.0, rect.center().y);
            let tile = Rect::from_center_size(at, vec2(size::ICON, size::ICON));
            let ink = if selected { t.accent_hover } else { t.muted };
            icons::paint(ui.painter(), tile, entry.icon, ink);
            let font = FontId::proportional(size::SMALL);
            let at = pos2(rect.max.x - space::M, rect.center().y);
            let hint = ui.painter().text(at, Align2::RIGHT_CENTER, entry.hint, font, t.muted);
            let words = Rect::from_min_max(
                pos2(rect.min.x + 42.0, rect.min.y),
                pos2(hint.min.x - space::M, rect.max.y),
            );
            line(ui, title, FontId::proportional(size::BODY), t.text, words);
        }
        response.clicked()
    }
}
