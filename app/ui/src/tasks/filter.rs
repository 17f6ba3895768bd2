//! Which tasks are shown.

use crate::icons::{self, Icon};
use crate::parts::{Segment, drop_down, item, seek, segments};
use crate::tokens::{self, size, space};
use egui::accesskit::Role;
use egui::{Key, Margin, Modifiers, Popup, RichText, TextEdit, Ui, WidgetInfo};
use multiclaw_core::model::{Model, Task, TaskState};
use multiclaw_core::tr;
use std::sync::Arc;

/// Which states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    #[default]
    All,
    Open,
    Running,
    Waiting,
    Done,
    Failed,
}

impl Shown {
    const ALL: [Self; 6] =
        [Self::All, Self::Open, Self::Running, Self::Waiting, Self::Done, Self::Failed];

    fn label(self) -> &'static str {
        match self {
            Self::All => tr!("tasks-shown-all"),
            Self::Open => tr!("tasks-shown-open"),
            Self::Running => tr!("tasks-shown-running"),
            Self::Waiting => tr!("tasks-shown-waiting"),
            Self::Done => tr!("tasks-shown-done"),
            Self::Failed => tr!("tasks-shown-failed"),
        }
    }

    fn takes(self, state: TaskState) -> bool {
        match self {
            Self::All => true,
            Self::Open => !state.ended(),
            Self::Running => state == TaskState::Running,
            Self::Waiting => state == TaskState::Waiting,
            Self::Done => state == TaskState::Done,
            Self::Failed => state == TaskState::Failed,
        }
    }
}

/// Which agents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Whose {
    #[default]
    Any,
    Nobody,
    Agent(String),
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) shown: Shown,
    pub(super) agent: Whose,
    pub(super) mine: bool,
    pub(super) search: String,
}

/// The list of tasks, as the model shares it.
type Tasks = Arc<Vec<Arc<Task>>>;

/// What was found. Looked for again only when the list or the filter has changed.
#[derive(Default)]
pub(super) struct Found {
    of: Option<(Tasks, Filter, String)>,
    counts: [usize; 6],
    rows: Vec<Arc<Task>>,
    /// Where the open task was.
    last: usize,
}

impl Found {
    /// Makes it true for this list and this filter.
    pub(super) fn update(&mut self, all: &Tasks, filter: &Filter, person: &str) {
        if let Some((list, of, who)) = &self.of
            && Arc::ptr_eq(list, all)
            && of == filter
            && who == person
        {
            return;
        }
        let wanted = filter.search.trim().to_lowercase();
        let number = wanted.strip_prefix('#').unwrap_or(&wanted);
        self.counts = [0; 6];
        self.rows.clear();
        for task in all.iter() {
            let agent = match &filter.agent {
                Whose::Any => true,
                Whose::Nobody => task.agent.is_none(),
                Whose::Agent(id) => task.agent.as_ref() == Some(id),
            };
            let named = wanted.is_empty()
                || task.number.to_string() == number
                || task.title.to_lowercase().contains(&wanted);
            if !agent || !named || (filter.mine && task.created_by != person) {
                continue;
            }
            for (count, shown) in self.counts.iter_mut().zip(Shown::ALL) {
                *count += usize::from(shown.takes(task.state));
            }
            if filter.shown.takes(task.state) {
                self.rows.push(Arc::clone(task));
            }
        }
        self.of = Some((Arc::clone(all), filter.clone(), person.to_owned()));
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn get(&self, n: usize) -> Option<&Arc<Task>> {
        self.rows.get(n)
    }

    /// The row of this task.
    pub(super) fn position(&mut self, id: &str) -> Option<usize> {
        seek(&self.rows, &mut self.last, |task| task.id == id)
    }
}

/// The row of filters above the list; whether the keyboard has just left its field.
pub(super) fn bar(ui: &mut Ui, filter: &mut Filter, found: &Found, model: &Model) -> bool {
    let bar = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let all: Vec<Segment<'_>> = Shown::ALL
            .iter()
            .zip(found.counts)
            .map(|(shown, count)| Segment { text: shown.label(), count: Some(count) })
            .collect();
        let current = Shown::ALL.iter().position(|s| *s == filter.shown).unwrap_or(0);
        if let Some(shown) = segments(ui, Role::Tab, &all, current).and_then(|n| Shown::ALL.get(n))
        {
            filter.shown = *shown;
        }
        let left = search(ui, &mut filter.search);
        whose(ui, &mut filter.agent, model);
        let mine = [tr!("tasks-everyones"), tr!("tasks-mine")];
        let mine = mine.map(|text| Segment { text, count: None });
        if let Some(n) = segments(ui, Role::RadioButton, &mine, usize::from(filter.mine)) {
            filter.mine = n == 1;
        }
        left
    });
    ui.add_space(space::XS);
    bar.inner
}

/// The field; whether the keyboard has just left it.
fn search(ui: &mut Ui, text: &mut String) -> bool {
    let t = tokens::of(ui.ctx());
    let free = ui.ctx().memory(|m| m.top_modal_layer().is_none()) && !Popup::is_any_open(ui.ctx());
    let wanted = free && ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::F));
    let field = TextEdit::singleline(text)
        .hint_text(RichText::new(tr!("tasks-search-hint")).color(t.muted))
        .margin(Margin { left: 32, right: 10, top: 8, bottom: 8 })
        .desired_width(150.0);
    let field = ui.add(field);
    let at = egui::pos2(field.rect.min.x + 17.0, field.rect.center().y);
    let side = egui::Rect::from_center_size(at, egui::vec2(14.0, 14.0));
    icons::paint(ui.painter(), side, Icon::Search, t.muted);
    let enabled = field.enabled();
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, enabled, tr!("tasks-search")));
    if wanted {
        field.request_focus();
    }
    field.lost_focus()
}

fn whose(ui: &mut Ui, whose: &mut Whose, model: &Model) {
    let agents = model.workspace.agents.items();
    let now = match &*whose {
        Whose::Any => tr!("tasks-any-agent"),
        Whose::Nobody => tr!("tasks-no-agent"),
        Whose::Agent(id) => agents
            .iter()
            .find(|a| a.id == *id)
            .map_or(tr!("tasks-unknown-agent"), |a| a.name.as_str()),
    }
    .to_owned();
    drop_down(ui, tr!("tasks-filter-agent"), &now, 8.0 * size::ICON, None, |ui| {
        for (choice, text) in
            [(Whose::Any, tr!("tasks-any-agent")), (Whose::Nobody, tr!("tasks-no-agent"))]
        {
            if item(ui, text, *whose == choice) {
                *whose = choice;
            }
        }
        for agent in agents {
            let choice = Whose::Agent(agent.id.clone());
            if item(ui, &agent.name, *whose == choice) {
                *whose = choice;
            }
        }
    });
}
