//! A task in the list.

use super::word;
use crate::parts::{bar, line, pill, short};
use crate::tokens::{self, Tokens, size, space};
use egui::{Align, Color32, Rect, Ui, pos2, vec2};
use multiclaw_core::model::{Agent, Task, TaskState};
use multiclaw_core::tr;
use std::sync::Arc;

/// Of a row, in points.
pub(super) const HEIGHT: f32 = 60.0;
/// Rows narrower than this have no bar.
const BAR_FROM: f32 = 380.0;

/// The colour of a state.
pub(super) fn colour(t: &Tokens, state: TaskState) -> Color32 {
    match state {
        TaskState::Running => t.accent_hover,
        TaskState::Waiting => t.warning,
        TaskState::Done => t.good,
        TaskState::Failed => t.bad,
        TaskState::Queued | TaskState::Cancelled | TaskState::Unknown => t.muted,
    }
}

/// The state, with the percent where they are known.
pub(super) fn state(task: &Task) -> String {
    match task.percent.filter(|_| task.state == TaskState::Running) {
        Some(percent) => tr!("tasks-running-percent", percent = percent),
        None => word(task.state).to_owned(),
    }
}

/// Who works on it.
pub(super) fn agent<'a>(task: &Task, agents: &'a [Arc<Agent>]) -> &'a str {
    match &task.agent {
        None => tr!("tasks-no-agent"),
        Some(id) => agents
            .iter()
            .find(|a| a.id == *id)
            .map_or(tr!("tasks-unknown-agent"), |a| a.name.as_str()),
    }
}

/// The row in words.
pub(super) fn label(task: &Task, agents: &[Arc<Agent>]) -> String {
    tr!(
        "tasks-row",
        number = task.number,
        title = &task.title,
        state = state(task),
        agent = agent(task, agents),
        creator = &task.creator,
        changed = short(&task.updated_at)
    )
}

/// Paints the row.
pub(super) fn paint(ui: &Ui, rect: Rect, task: &Task, agents: &[Arc<Agent>]) {
    let t = tokens::of(ui.ctx());
    let upper = rect.center().y - 11.0;
    let lower = rect.center().y + 12.0;
    let strip = |y: f32, left: f32, right: f32| {
        Rect::from_min_max(pos2(left, y - 10.0), pos2(right.max(left), y + 10.0))
    };
    let tint = colour(&t, task.state);
    let mut right = pill(ui, pos2(rect.max.x, upper), Align::Max, &state(task), tint).min.x;
    if let Some(percent) = task.percent.filter(|_| task.state == TaskState::Running)
        && rect.width() >= BAR_FROM
    {
        let track = Rect::from_min_size(pos2(right - 82.0, upper - 2.0), vec2(72.0, 4.0));
        bar(ui, track, percent, tint);
        right = track.min.x;
    }
    let title = strip(upper, rect.min.x, right - space::M);
    let ended = matches!(task.state, TaskState::Cancelled);
    let ink = if ended { t.muted } else { t.text };
    line(ui, title, &task.title, size::BODY, ink, Align::Min);
    let when = strip(lower, rect.min.x, rect.max.x);
    let small = size::SMALL;
    let date = short(&task.updated_at);
    let right = line(ui, when, &date, small, t.muted, Align::Max).min.x;
    let facts = strip(lower, rect.min.x, right - space::M);
    let text = format!("#{}  ·  {}  ·  {}", task.number, agent(task, agents), task.creator);
    line(ui, facts, &text, small, t.muted, Align::Min);
}
