//! Settings: a list of pages, each acting at once.

mod account;
mod diagnostics;
mod pages;
mod permissions;
mod row;
mod screens;
mod updates;

pub(crate) use account::SHORTEST;

use crate::connections;
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size, space};
use crate::widgets::{focus_ring, line};
use egui::{
    Align, FontId, Layout, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo,
    accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Action, Model, Person};
use multiclaw_core::tr;

/// Widest page of text and switches, in points.
const WIDEST: f32 = 700.0;

/// Below this width the pages are icons, in points.
const TINY: f32 = 520.0;

/// A page of the settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Page {
    #[default]
    General,
    Gateway,
    Desktops,
    Privacy,
    Permissions,
    Network,
    Updates,
    Screens,
    Diagnostics,
    Account,
}

impl Page {
    pub(crate) const ALL: [Self; 10] = [
        Self::General,
        Self::Gateway,
        Self::Desktops,
        Self::Privacy,
        Self::Permissions,
        Self::Network,
        Self::Updates,
        Self::Screens,
        Self::Diagnostics,
        Self::Account,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::General => tr!("settings-page-general"),
            Self::Gateway => tr!("settings-page-gateway"),
            Self::Desktops => tr!("settings-page-desktops"),
            Self::Privacy => tr!("settings-page-privacy"),
            Self::Permissions => tr!("settings-page-permissions"),
            Self::Network => tr!("settings-page-network"),
            Self::Updates => tr!("settings-page-updates"),
            Self::Screens => tr!("settings-page-screens"),
            Self::Diagnostics => tr!("settings-page-diagnostics"),
            Self::Account => tr!("settings-page-account"),
        }
    }

    /// The page of this word in a link: the variant's name in lower case.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| format!("{page:?}").to_lowercase() == word)
    }

    pub(crate) fn icon(self) -> Icon {
        match self {
            Self::General => Icon::Palette,
            Self::Gateway => Icon::Link,
            Self::Desktops => Icon::Desktop,
            Self::Privacy => Icon::Eye,
            Self::Permissions => Icon::Shield,
            Self::Network => Icon::Globe,
            Self::Updates => Icon::Refresh,
            Self::Screens => Icon::Wall,
            Self::Diagnostics => Icon::Stats,
            Self::Account => Icon::Person,
        }
    }

    /// Whether it is there: not, when nothing on it is left to this person.
    pub(crate) fn offered(self, person: Option<&Person>) -> bool {
        match self {
            Self::Account => person.is_some(),
            Self::Screens => person.is_some_and(|person| person.may(Action::ManageScreens)),
            // The crash log is everybody's own.
            Self::General
            | Self::Gateway
            | Self::Desktops
            | Self::Privacy
            | Self::Permissions
            | Self::Network
            | Self::Updates
            | Self::Diagnostics => true,
        }
    }
}

/// State of the screen.
#[derive(Default)]
pub(crate) struct View {
    page: Page,
    password: account::Form,
    network: connections::View,
    updates: updates::Page,
    screens: screens::View,
    diagnostics: diagnostics::View,
    permissions: permissions::View,
}

impl View {
    /// Shows another page.
    pub(crate) fn open(&mut self, page: Page) {
        self.page = page;
    }

    /// Whether the connection log can be seen.
    pub(crate) fn shows_connections(&self) -> bool {
        self.page == Page::Network
    }

    /// Paints it; whether the gateway's own screen is wanted.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        person: Option<&Person>,
        model: &Model,
        commands: &mut Vec<Command>,
    ) -> bool {
        if !self.page.offered(person) {
            self.page = Page::default();
        }
        if self.page != Page::Account {
            self.password.leave(commands);
        }
        if self.page != Page::Screens {
            self.screens.leave(commands);
        }
        let room = ui.max_rect();
        let narrow = room.width() < 760.0;
        let tiny = room.width() < TINY;
        let (side, gap) = match (tiny, narrow) {
            (true, _) => (56.0, space::S),
            (_, true) => (194.0, space::M),
            _ => (200.0, space::L),
        };
        let left = Rect::from_min_size(room.min, vec2(side, room.height()));
        let edge = if tiny { space::S } else { space::M };
        self.list(ui, left.shrink2(vec2(edge, space::L)), person, model, tiny);
        ui.painter().vline(left.max.x, room.y_range(), (1.0, tokens::of(ui.ctx()).line));
        let right = Rect::from_min_max(pos2(left.max.x, room.min.y), room.max);
        let inner = right.shrink2(vec2(gap, 0.0));
        let layout = Layout::top_down(Align::Min);
        let builder = UiBuilder::new().max_rect(inner).layout(layout).id_salt(self.page);
        let ui = &mut ui.new_child(builder);
        if self.page == Page::Network {
            ui.add_space(space::L);
            self.network.show(ui, &model.connections);
            return false;
        }
        let mut leave = false;
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(WIDEST.min(ui.available_width() - 4.0));
            ui.add_space(space::L);
            ui.label(RichText::new(self.page.name()).size(size::TITLE));
            ui.add_space(space::M);
            match self.page {
                Page::General | Page::Network => pages::general(ui, model, commands),
                Page::Gateway => leave = pages::gateway(ui, model, commands),
                Page::Desktops => pages::desktops(ui, model, commands),
                Page::Privacy => pages::privacy(ui, model, commands),
                Page::Permissions => self.permissions.show(ui, model),
                Page::Updates => self.updates.show(ui, model, commands),
                Page::Screens => self.screens.show(ui, model, commands),
                Page::Diagnostics => self.diagnostics.show(ui, model, commands),
                Page::Account => {
                    if let Some(person) = person {
                        self.password.show(ui, person, model, commands);
                    }
                }
            }
            ui.add_space(space::XL);
        });
        leave
    }

    fn list(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        person: Option<&Person>,
        model: &Model,
        tiny: bool,
    ) {
        let layout = Layout::top_down(Align::Min);
        let builder = UiBuilder::new().max_rect(rect).layout(layout).id_salt("pages");
        let ui = &mut ui.new_child(builder);
        ui.spacing_mut().item_spacing.y = 2.0;
        if !tiny {
            ui.horizontal(|ui| {
                ui.add_space(10.0);
                let title = tr!("settings-title");
                let head = ui.label(RichText::new(title).size(size::STRONG));
                head.widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
            });
            ui.add_space(space::S);
        }
        ScrollArea::vertical().id_salt("tabs").auto_shrink(false).show(ui, |ui| {
            for page in Page::ALL.into_iter().filter(|p| p.offered(person)) {
                let mark = page == Page::Updates && model.update.is_ready();
                if tab(ui, page, page == self.page, mark) {
                    self.page = page;
                }
            }
        });
    }
}

/// `mark`: there is something on it.
fn tab(ui: &mut Ui, page: Page, selected: bool, mark: bool) -> bool {
    let t = tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, page.name()));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if selected || response.hovered() {
        let fill = if selected { t.tint } else { t.raised };
        ui.painter().rect_filled(rect, radius::CONTROL, fill);
    }
    focus_ring(ui, rect, &response);
    let at = pos2(rect.min.x + 18.0, rect.center().y);
    let ink = if selected { t.accent_hover } else { t.muted };
    let tile = Rect::from_center_size(at, vec2(size::ICON - 1.0, size::ICON - 1.0));
    icons::paint(ui.painter(), tile, page.icon(), ink);
    let room = Rect::from_min_max(pos2(rect.min.x + 34.0, rect.min.y), rect.max);
    let ink = if selected { t.text } else { t.muted };
    if mark {
        ui.painter().circle_filled(pos2(rect.max.x - 14.0, rect.center().y), 3.5, t.accent);
    }
    if room.width() > 20.0 {
        line(ui, page.name(), FontId::proportional(size::BODY), ink, room);
        return response.clicked();
    }
    response.on_hover_text(page.name()).clicked()
}
