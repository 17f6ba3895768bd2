//! The sidebar: workspace, screens, cloud, account.

use super::{Ask, NARROW, Screen, account};
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size, space};
use crate::widgets::{Tone, focus_ring, icon_button, line, primary};
use egui::{
    Align, Align2, Area, FontId, Id, Layout, Order, Popup, Rect, Response, ScrollArea, Sense,
    Shadow, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{CloudLink, Model, Person};
use multiclaw_core::tr;

/// Width with words, in points.
const WIDE: f32 = 248.0;
/// Width of icons only.
const SLIM: f32 = 60.0;
/// Below this height things move together.
const LOW: f32 = 480.0;
/// Height of a line that says how something is.
const STATUS: f32 = 28.0;
/// The same where there is little height.
const LOW_STATUS: f32 = 18.0;
/// Of a list of screens that scrolls, at least.
const SHORTEST: f32 = 34.0;
/// Margin at the left and right.
const EDGE: f32 = 10.0;

/// State of the sidebar.
#[derive(Default)]
pub(super) struct Sidebar {
    /// In a wide window: icons only all the same.
    slim: bool,
    /// In a narrow window: open above the screen.
    open: bool,
}

struct Bar<'a> {
    screen: Screen,
    person: Option<&'a Person>,
    model: &'a Model,
    slim: bool,
    /// There is little height.
    low: bool,
}

impl Sidebar {
    /// A screen was chosen.
    pub(super) fn close(&mut self) {
        self.open = false;
    }

    /// Paints it; returns where the screen begins.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        screen: Screen,
        person: Option<&Person>,
        model: &Model,
        asked: &mut Vec<Ask>,
    ) -> f32 {
        let room = ui.max_rect();
        let narrow = room.width() < NARROW;
        if !narrow {
            self.open = false;
        }
        let slim = narrow || self.slim;
        let low = room.height() < LOW;
        let width = if slim { SLIM } else { WIDE };
        let rect = Rect::from_min_size(room.min, vec2(width, room.height()));
        if self.open {
            ui.painter().rect_filled(rect, 0, tokens::of(ui.ctx()).surface);
            self.above(ui, &Bar { screen, person, model, slim: false, low }, room, asked);
        } else if (Bar { screen, person, model, slim, low }).show(ui, rect, asked) {
            if narrow {
                self.open = true;
            } else {
                self.slim = !self.slim;
            }
        }
        rect.max.x
    }

    /// Over the screen, until something is chosen or clicked beside it.
    fn above(&mut self, ui: &Ui, bar: &Bar<'_>, room: Rect, asked: &mut Vec<Ask>) {
        let rect = Rect::from_min_size(room.min, vec2(WIDE, room.height()));
        let shown = Area::new(Id::unique("sidebar"))
            .order(Order::Middle)
            .fixed_pos(room.min)
            .default_size(rect.size())
            .show(ui.ctx(), |ui| {
                ui.set_min_size(rect.size());
                let color = tokens::of(ui.ctx()).shadow;
                let shadow = Shadow { offset: [4, 0], blur: 24, spread: 0, color };
                ui.painter().add(shadow.as_shape(rect, 0));
                bar.show(ui, rect, asked)
            });
        let popup = Popup::is_any_open(ui.ctx());
        let beside = shown.response.clicked_elsewhere() && !popup;
        let escape = !popup && ui.input(|i| i.key_pressed(egui::Key::Escape));
        if shown.inner || beside || escape {
            self.open = false;
        }
    }
}

impl Bar<'_> {
    /// Whether to fold or unfold it.
    fn show(&self, ui: &mut Ui, rect: Rect, asked: &mut Vec<Ask>) -> bool {
        let t = tokens::of(ui.ctx());
        ui.painter().rect_filled(rect, 0, t.surface);
        ui.painter().vline(rect.max.x, rect.y_range(), Stroke::new(1.0, t.line));
        let inner = rect.shrink2(vec2(EDGE, EDGE));
        let layout = Layout::top_down(Align::Min);
        let builder = UiBuilder::new().max_rect(inner).layout(layout).id_salt("sidebar");
        let ui = &mut ui.new_child(builder);
        ui.spacing_mut().item_spacing.y = 2.0;
        let mut fold = self.head(ui, asked);
        if self.slim {
            ui.vertical_centered(|ui| {
                fold = icon_button(ui, Icon::Sidebar, tr!("shell-sidebar-expand"), false).clicked();
            });
        }
        if !(self.slim && self.low) {
            self.search(ui, asked);
        }
        ui.add_space(space::S);
        let foot = self.foot_height();
        self.screens(ui, inner.max.y - foot - space::XS - ui.cursor().min.y, asked);
        let below = Rect::from_min_max(pos2(inner.min.x, inner.max.y - foot), inner.max);
        let builder = UiBuilder::new().max_rect(below).layout(layout).id_salt("foot");
        let ui = &mut ui.new_child(builder);
        ui.spacing_mut().item_spacing.y = 2.0;
        self.foot(ui, asked);
        fold
    }

    fn head(&self, ui: &mut Ui, asked: &mut Vec<Ask>) -> bool {
        let t = tokens::of(ui.ctx());
        let mut fold = false;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let spare = if self.slim { 0.0 } else { size::CONTROL - 2.0 };
            let wanted = vec2(ui.available_width() - spare, 44.0);
            let sense = if self.person.is_some() { Sense::click() } else { Sense::hover() };
            let (rect, response) = ui.allocate_exact_size(wanted, sense);
            if response.hovered() && self.person.is_some() {
                ui.painter().rect_filled(rect, radius::CONTROL, t.raised);
            }
            focus_ring(ui, rect, &response);
            let side = 30.0;
            let x = if self.slim { rect.center().x } else { rect.min.x + 6.0 + side / 2.0 };
            let tile = Rect::from_center_size(pos2(x, rect.center().y), vec2(side, side));
            icons::mark(ui.painter(), tile, t.accent, t.on_accent);
            if !self.slim {
                self.names(ui, rect, tile.max.x + 10.0);
                fold =
                    icon_button(ui, Icon::Sidebar, tr!("shell-sidebar-collapse"), false).clicked();
            }
            if let Some(person) = self.person {
                let name = match person.workspace.trim_end() {
                    "" => tr!("shell-workspace").to_owned(),
                    name => tr!("shell-workspace-named", name = name),
                };
                let open = ui.is_enabled();
                response.widget_info(|| WidgetInfo::labeled(Role::Button, open, &name));
                Popup::menu(&response).gap(space::XS).width(260.0).show(|ui| {
                    account::workspaces(ui, person, self.model, asked);
                });
            }
        });
        fold
    }

    fn names(&self, ui: &Ui, rect: Rect, x: f32) {
        let t = tokens::of(ui.ctx());
        let title = match self.person {
            None => "MultiClaw",
            Some(person) if person.workspace.is_empty() => tr!("shell-no-workspace"),
            Some(person) => &person.workspace,
        };
        let below =
            if self.person.is_some() { "MultiClaw" } else { tr!("shell-this-machine-only") };
        let mut edge = rect.max.x - 8.0;
        if self.person.is_some() {
            let tile = Rect::from_center_size(pos2(edge - 6.0, rect.center().y), vec2(13.0, 13.0));
            icons::paint(ui.painter(), tile, Icon::UpDown, t.muted);
            edge -= 20.0;
        }
        let half = rect.center().y;
        let upper = Rect::from_min_max(pos2(x, rect.min.y + 4.0), pos2(edge, half + 4.0));
        let lower = Rect::from_min_max(pos2(x, half + 3.0), pos2(edge, rect.max.y - 3.0));
        line(ui, title, FontId::proportional(size::BODY), t.text, upper);
        line(ui, below, FontId::proportional(size::SMALL), t.muted, lower);
    }

    /// Leads to the palette.
    fn search(&self, ui: &mut Ui, asked: &mut Vec<Ask>) {
        let t = tokens::of(ui.ctx());
        let name = tr!("shell-find");
        if self.slim {
            ui.vertical_centered(|ui| {
                if icon_button(ui, Icon::Search, name, false).clicked() {
                    asked.push(Ask::Palette);
                }
            });
            return;
        }
        ui.add_space(space::XS);
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let fill = if response.hovered() { t.raised } else { t.background };
        ui.painter().rect_filled(rect, radius::CONTROL, fill);
        let line_colour = Stroke::new(1.0, t.line);
        ui.painter().rect_stroke(rect, radius::CONTROL, line_colour, StrokeKind::Inside);
        focus_ring(ui, rect, &response);
        let tile =
            Rect::from_center_size(pos2(rect.min.x + 20.0, rect.center().y), vec2(14.0, 14.0));
        icons::paint(ui.painter(), tile, Icon::Search, t.muted);
        let at = pos2(rect.max.x - 10.0, rect.center().y);
        let font = FontId::proportional(size::SMALL);
        let keys = ui.painter().text(at, Align2::RIGHT_CENTER, "Ctrl+K", font, t.muted);
        let room = Rect::from_min_max(
            pos2(rect.min.x + 40.0, rect.min.y),
            pos2(keys.min.x - space::S, rect.max.y),
        );
        line(ui, name, FontId::proportional(size::BODY), t.muted, room);
        if response.clicked() {
            asked.push(Ask::Palette);
        }
    }

    fn screens(&self, ui: &mut Ui, room: f32, asked: &mut Vec<Ask>) {
        let offered: Vec<Screen> =
            Screen::ALL.into_iter().filter(|s| s.offered(self.person)).collect();
        let many = f32::from(u8::try_from(offered.len()).unwrap_or(7));
        let height = (room / many - 2.0).floor().clamp(20.0, 36.0);
        if room >= many * (height + 2.0) {
            self.items(ui, &offered, height, asked);
            return;
        }
        // A very small window, or a very large scale.
        let bar = egui::scroll_area::ScrollBarVisibility::AlwaysHidden;
        ScrollArea::vertical()
            .max_height(room.max(SHORTEST))
            .auto_shrink(false)
            .scroll_bar_visibility(bar)
            .show(ui, |ui| self.items(ui, &offered, 32.0, asked));
    }

    fn items(&self, ui: &mut Ui, offered: &[Screen], height: f32, asked: &mut Vec<Ask>) {
        for screen in offered.iter().copied() {
            let response = self.item(ui, screen, height);
            if response.gained_focus() {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                asked.push(Ask::Go(screen));
            }
            let mut tip = format!("{} ({})", screen.name(), screen.shortcut());
            if screen == Screen::Gateway
                && let Some((_, words)) = crate::gateway::brief(&self.model.gateway)
            {
                tip = format!("{words} ({})", screen.shortcut());
            }
            response.on_hover_text(tip);
        }
    }

    fn item(&self, ui: &mut Ui, screen: Screen, height: f32) -> Response {
        let t = tokens::of(ui.ctx());
        let selected = screen == self.screen;
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
        let name = screen.name();
        response.widget_info(|| WidgetInfo::selected(Role::Link, true, selected, name));
        let waiting = if screen == Screen::Chat { crate::chat::waiting(self.model) } else { 0 };
        let hovered = response.hovered();
        if selected || hovered {
            let fill = if selected { t.tint } else { t.raised };
            ui.painter().rect_filled(rect, radius::CONTROL, fill);
        }
        focus_ring(ui, rect, &response);
        let x = if self.slim { rect.center().x } else { rect.min.x + 20.0 };
        let tile = Rect::from_center_size(pos2(x, rect.center().y), vec2(17.0, 17.0));
        let ink = if selected { t.accent_hover } else { t.muted };
        icons::paint(ui.painter(), tile, screen.icon(), ink);
        if !self.slim {
            let room = Rect::from_min_max(pos2(rect.min.x + 40.0, rect.min.y), rect.max);
            let ink = if selected || hovered { t.text } else { t.muted };
            line(ui, name, FontId::proportional(size::BODY), ink, room);
        }
        if waiting > 0 {
            self.waiting(ui, rect, waiting);
        }
        if screen == Screen::Gateway
            && let Some((tone, words)) = crate::gateway::brief(&self.model.gateway)
        {
            self.gateway(ui, rect, tone, words);
        }
        if screen == Screen::Settings && self.model.update.is_ready() {
            self.update(ui, rect);
        }
        response
    }

    /// How the gateway is.
    fn gateway(&self, ui: &Ui, rect: Rect, tone: Tone, words: &str) {
        let t = tokens::of(ui.ctx());
        let centre = match self.slim {
            true => rect.center() + vec2(11.0, -8.0),
            false => pos2(rect.max.x - 18.0, rect.center().y),
        };
        ui.painter().circle_filled(centre, 3.5, tone.colour(&t));
        let place = Rect::from_center_size(centre, vec2(9.0, 9.0));
        let label = ui.interact(place, Id::unique("gateway state"), Sense::empty());
        label.widget_info(|| WidgetInfo::labeled(Role::Status, true, words));
    }

    /// A new version runs from the next start on. This mark is all that says so by itself.
    fn update(&self, ui: &Ui, rect: Rect) {
        let centre = match self.slim {
            true => rect.center() + vec2(11.0, -8.0),
            false => pos2(rect.max.x - 18.0, rect.center().y),
        };
        ui.painter().circle_filled(centre, 3.5, tokens::of(ui.ctx()).accent);
        let place = Rect::from_center_size(centre, vec2(9.0, 9.0));
        let label = ui.interact(place, Id::unique("update is ready"), Sense::empty());
        label.widget_info(|| WidgetInfo::labeled(Role::Status, true, tr!("shell-update-ready")));
    }

    /// How many commands wait for a person's word.
    fn waiting(&self, ui: &Ui, rect: Rect, count: usize) {
        let t = tokens::of(ui.ctx());
        let centre = match self.slim {
            true => rect.center() + vec2(11.0, -9.0),
            false => pos2(rect.max.x - 18.0, rect.center().y),
        };
        let pill = Rect::from_center_size(centre, vec2(20.0, 16.0));
        let text = if count > 9 { "9+".to_owned() } else { count.to_string() };
        ui.painter().rect_filled(pill, radius::PILL, t.warning);
        let font = FontId::proportional(size::SMALL - 1.0);
        ui.painter().text(pill.center(), Align2::CENTER_CENTER, text, font, t.background);
        let label = ui.interact(pill, Id::unique("commands that wait"), Sense::empty());
        let name = tr!("shell-commands-wait", count = count);
        label.widget_info(|| WidgetInfo::labeled(Role::Status, true, &name));
    }

    fn foot_height(&self) -> f32 {
        let own = self.model.conversations.unsent > 0 && !self.low;
        let unsent = if own { 30.0 } else { 0.0 };
        let cloud = if self.low { LOW_STATUS } else { STATUS + space::S };
        unsent + if self.person.is_some() { cloud + 2.0 + 50.0 } else { 44.0 }
    }

    fn foot(&self, ui: &mut Ui, asked: &mut Vec<Ask>) {
        self.unsent(ui);
        if let Some(person) = self.person {
            self.cloud(ui, asked);
            if !self.low {
                ui.add_space(space::S);
            }
            self.account(ui, person, asked);
        } else if self.slim {
            ui.vertical_centered(|ui| {
                if icon_button(ui, Icon::Person, tr!("shell-sign-in"), false).clicked() {
                    asked.push(Ask::Send(Command::ShowSignIn));
                }
            });
        } else if primary(ui, tr!("shell-sign-in"), true, ui.available_width()).clicked() {
            asked.push(Ask::Send(Command::ShowSignIn));
        }
    }

    fn unsent(&self, ui: &mut Ui) {
        let unsent = self.model.conversations.unsent;
        if unsent == 0 || self.low {
            return;
        }
        let text = tr!("shell-unsent", count = unsent);
        let response = self.status(ui, Tone::Accent, &text, Role::Status, &text);
        response.on_hover_text(tr!("shell-unsent-why"));
    }

    fn cloud(&self, ui: &mut Ui, asked: &mut Vec<Ask>) {
        let (tone, mut text) = match &self.model.cloud {
            CloudLink::Off => (Tone::Neutral, tr!("shell-cloud-off").to_owned()),
            CloudLink::Connecting => (Tone::Warning, tr!("shell-cloud-connecting").to_owned()),
            CloudLink::Online => (Tone::Good, tr!("shell-cloud-online").to_owned()),
            CloudLink::Waiting { seconds, .. } => {
                (Tone::Warning, tr!("shell-cloud-offline", seconds = *seconds))
            }
        };
        let unsent = self.model.conversations.unsent;
        if unsent > 0 && self.low {
            text = tr!("shell-cloud-unsent", state = text, count = unsent);
        }
        let CloudLink::Waiting { problem, .. } = &self.model.cloud else {
            self.status(ui, tone, &text, Role::Status, &text);
            return;
        };
        let name = tr!("shell-cloud-reconnect", state = text.as_str());
        let response = self.status(ui, tone, &text, Role::Button, &name);
        let tip = tr!("shell-cloud-try-now", problem = problem.what.as_str());
        if response.on_hover_text(tip).clicked() {
            asked.push(Ask::Send(Command::ReconnectCloud));
        }
    }

    fn status(&self, ui: &mut Ui, tone: Tone, text: &str, role: Role, name: &str) -> Response {
        let t = tokens::of(ui.ctx());
        let acts = role == Role::Button;
        let height = if self.low { LOW_STATUS } else { STATUS };
        let sense = if acts { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), sense);
        response.widget_info(|| WidgetInfo::labeled(role, true, name));
        if acts && response.hovered() {
            ui.painter().rect_filled(rect, radius::CONTROL, t.raised);
        }
        focus_ring(ui, rect, &response);
        let x = if self.slim { rect.center().x } else { rect.min.x + 20.0 };
        ui.painter().circle_filled(pos2(x, rect.center().y), 4.0, tone.colour(&t));
        if self.slim {
            return response.on_hover_text(text);
        }
        let room = Rect::from_min_max(pos2(rect.min.x + 40.0, rect.min.y), rect.max);
        line(ui, text, FontId::proportional(size::SMALL), t.muted, room);
        response
    }

    fn account(&self, ui: &mut Ui, person: &Person, asked: &mut Vec<Ask>) {
        let t = tokens::of(ui.ctx());
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), 48.0), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("shell-account")));
        if response.hovered() || Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response))
        {
            ui.painter().rect_filled(rect, radius::CONTROL, t.raised);
        }
        focus_ring(ui, rect, &response);
        let x = if self.slim { rect.center().x } else { rect.min.x + 22.0 };
        let centre = pos2(x, rect.center().y);
        ui.painter().circle_filled(centre, 15.0, t.tint);
        let font = FontId::proportional(size::SMALL);
        let initials = account::initials(&person.name);
        ui.painter().text(centre, Align2::CENTER_CENTER, initials, font.clone(), t.text);
        if !self.slim {
            let (x, y) = (rect.min.x + 46.0, rect.center().y);
            let upper =
                Rect::from_min_max(pos2(x, rect.min.y + 5.0), pos2(rect.max.x - 8.0, y + 4.0));
            let lower =
                Rect::from_min_max(pos2(x, y + 3.0), pos2(rect.max.x - 8.0, rect.max.y - 4.0));
            line(ui, &person.name, FontId::proportional(size::BODY), t.text, upper);
            line(ui, account::role(person), font, t.muted, lower);
        }
        Popup::menu(&response)
            .align(egui::RectAlign::TOP_START)
            .gap(space::XS)
            .width(260.0)
            .show(|ui| account::menu(ui, person, asked));
    }
}
