//! Tasks, their states and their logs.

use super::account::name_of;
use super::{Change, PAGE, agents, fitting, meant, new_id, stamp, word};
use crate::hub::Audience;
use crate::refusal::Refusal;
use cloud_client::wire::{Item, LogLine, Task, TaskDraft, TaskLog, TaskReport, TaskState};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Ended tasks in a list.
const ENDED: u32 = 500;
/// Lines in an answer.
const LINES: usize = 500;
/// Longest list of lines in a message, in bytes of JSON.
const MESSAGE: usize = 192 * 1024;
/// Lines that are kept of a task; older ones go.
const KEPT: u64 = 10_000;

const SELECT: &str = "SELECT id, number, title, brief, agent, state, percent, attempt, outcome,
     created_by, creator, created_at, updated_at FROM task WHERE workspace = ?1";

fn task(row: &Row<'_>) -> rusqlite::Result<Task> {
    Ok(Task {
        id: row.get(0)?,
        number: row.get(1)?,
        title: row.get(2)?,
        brief: row.get(3)?,
        agent: row.get(4)?,
        state: meant(row.get(5)?)?,
        percent: row.get(6)?,
        attempt: row.get(7)?,
        outcome: row.get(8)?,
        created_by: row.get(9)?,
        creator: row.get(10)?,
        created_at: row.get(11)?,
        updated_at: row.get(12)?,
    })
}

/// All tasks that have not ended and the newest that have, newest first.
pub(crate) fn list(db: &Connection, workspace: &str) -> rusqlite::Result<Vec<Task>> {
    let mut tasks: Vec<Task> = db
        .prepare_cached(&format!("{SELECT} AND state IN ('queued', 'running', 'waiting')"))?
        .query_map([workspace], task)?
        .collect::<Result<_, _>>()?;
    let mut ended = db.prepare_cached(&format!(
        "{SELECT} AND state IN ('done', 'failed', 'cancelled') ORDER BY touched DESC LIMIT ?2"
    ))?;
    for task in ended.query_map(params![workspace, ENDED], task)? {
        tasks.push(task?);
    }
    tasks.sort_by_key(|task| std::cmp::Reverse(task.number));
    Ok(tasks)
}

/// What a runner works on, oldest first.
pub(crate) fn for_runner(db: &Connection, workspace: &str) -> rusqlite::Result<Vec<Task>> {
    db.prepare_cached(&format!(
        "{SELECT} AND state IN ('queued', 'running') AND agent IS NOT NULL ORDER BY number"
    ))?
    .query_map([workspace], task)?
    .collect()
}

pub(super) fn of_agent(
    db: &Connection,
    workspace: &str,
    agent: &str,
) -> rusqlite::Result<Vec<Task>> {
    db.prepare_cached(&format!("{SELECT} AND agent = ?2 ORDER BY number"))?
        .query_map([workspace, agent], task)?
        .collect()
}

fn one(db: &Connection, workspace: &str, id: &str) -> rusqlite::Result<Option<Task>> {
    db.prepare_cached(&format!("{SELECT} AND id = ?2"))?.query_row([workspace, id], task).optional()
}

/// Lines of a task's log with a number above `after`; `None` when there is no such task.
pub(crate) fn log(
    db: &Connection,
    workspace: &str,
    id: &str,
    after: u64,
) -> rusqlite::Result<Option<TaskLog>> {
    if one(db, workspace, id)?.is_none() {
        return Ok(None);
    }
    let mut lines: Vec<LogLine> = db
        .prepare_cached(
            "SELECT n, at, text FROM task_log WHERE task = ?1 AND n > ?2 ORDER BY n LIMIT ?3",
        )?
        .query_map(params![id, after, LINES + 1], |row| {
            Ok(LogLine { n: row.get(0)?, at: row.get(1)?, text: row.get(2)? })
        })?
        .collect::<Result<_, _>>()?;
    let fit = fitting(&lines, PAGE).min(LINES);
    let more = lines.len() > fit;
    lines.truncate(fit);
    Ok(Some(TaskLog { lines, more }))
}

impl Change<'_> {
    /// A task of the workspace.
    pub(crate) fn task(&self, id: &str) -> Result<Task, Refusal> {
        one(&self.db, self.workspace, id)?.ok_or(Refusal::NotFound)
    }

    fn known_agent(&self, agent: Option<&str>) -> Result<(), Refusal> {
        match agent {
            Some(id) if agents::one(&self.db, self.workspace, id)?.is_none() => {
                Err(Refusal::NotFound)
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn add_task(&mut self, person: &str, draft: TaskDraft) -> Result<Task, Refusal> {
        self.known_agent(draft.agent.as_deref())?;
        let number = self.db.query_row(
            "UPDATE workspace SET tasks = tasks + 1 WHERE id = ?1 RETURNING tasks",
            [self.workspace],
            |row| row.get(0),
        )?;
        let now = stamp(self.now);
        let task = Task {
            id: new_id("t"),
            number,
            title: draft.title,
            brief: draft.brief,
            agent: draft.agent,
            state: TaskState::Queued,
            percent: None,
            attempt: 0,
            outcome: None,
            created_by: person.to_owned(),
            creator: name_of(&self.db, person)?,
            created_at: now.clone(),
            updated_at: now,
        };
        self.db.execute(
            "INSERT INTO task (id, workspace, number, title, brief, agent, state, percent,
                 attempt, outcome, created_by, creator, created_at, updated_at, touched)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, 0, NULL, ?8, ?9, ?10, ?10, ?11)",
            params![
                task.id,
                self.workspace,
                task.number,
                task.title,
                task.brief,
                task.agent,
                word(task.state),
                task.created_by,
                task.creator,
                task.created_at,
                self.next(),
            ],
        )?;
        self.changed(Audience::Everyone, Item::Task(task.clone()));
        Ok(task)
    }

    /// Writes what changes in a task, and tells it.
    fn keep_task(&mut self, mut task: Task) -> Result<Task, Refusal> {
        task.updated_at = stamp(self.now);
        self.db.execute(
            "UPDATE task SET agent = ?2, state = ?3, percent = ?4, attempt = ?5, outcome = ?6,
                 updated_at = ?7, touched = ?8 WHERE id = ?1",
            params![
                task.id,
                task.agent,
                word(task.state),
                task.percent,
                task.attempt,
                task.outcome,
                task.updated_at,
                self.next(),
            ],
        )?;
        self.changed(Audience::Everyone, Item::Task(task.clone()));
        Ok(task)
    }

    /// Assigns a queued task.
    pub(crate) fn assign(&mut self, id: &str, agent: Option<String>) -> Result<Task, Refusal> {
        let task = self.task(id)?;
        self.known_agent(agent.as_deref())?;
        if task.state != TaskState::Queued {
            return Err(Refusal::Conflict("only a queued task is assigned"));
        }
        self.keep_task(Task { agent, ..task })
    }

    pub(crate) fn cancel(&mut self, id: &str) -> Result<Task, Refusal> {
        let task = self.task(id)?;
        if task.state.ended() {
            return Err(Refusal::Conflict("the task has ended"));
        }
        self.keep_task(Task { state: TaskState::Cancelled, percent: None, ..task })
    }

    pub(crate) fn retry(&mut self, id: &str) -> Result<Task, Refusal> {
        let task = self.task(id)?;
        if !task.state.ended() {
            return Err(Refusal::Conflict("the task has not ended"));
        }
        self.keep_task(Task { state: TaskState::Queued, percent: None, outcome: None, ..task })
    }

    /// The task's agent is gone. One that was being worked on waits for another.
    pub(super) fn unassign(&mut self, task: Task) -> Result<(), Refusal> {
        let mut task = Task { agent: None, ..task };
        if !task.state.ended() && task.state != TaskState::Queued {
            task.state = TaskState::Queued;
            task.percent = None;
            self.add_lines(&task.id, &["The agent was deleted. The task is queued again.".into()])?;
        }
        self.keep_task(task).map(drop)
    }

    /// A runner reports.
    pub(crate) fn report(&mut self, id: &str, report: TaskReport) -> Result<Task, Refusal> {
        let mut task = self.task(id)?;
        if task.state.ended() {
            return Err(Refusal::Conflict("the task has ended"));
        }
        let to = report.state.unwrap_or(task.state);
        if !follows(task.state, to) {
            return Err(Refusal::Conflict("the task does not go from its state to that one"));
        }
        if task.agent.is_none() {
            return Err(Refusal::Conflict("the task has no agent"));
        }
        let busy = matches!(to, TaskState::Running | TaskState::Waiting);
        if report.percent.is_some() && !busy && !to.ended() {
            return Err(Refusal::BadRequest("a queued task has no percent".into()));
        }
        if report.outcome.is_some() && !to.ended() {
            return Err(Refusal::BadRequest("an outcome comes with done or failed".into()));
        }
        if task.state == TaskState::Queued && to == TaskState::Running {
            task.attempt = task.attempt.saturating_add(1);
        }
        let percent = if busy { report.percent.or(task.percent) } else { None };
        let same = (task.state, task.percent) == (to, percent) && report.outcome.is_none();
        self.add_lines(id, &report.log)?;
        if same {
            return Ok(task);
        }
        self.keep_task(Task { state: to, percent, outcome: report.outcome, ..task })
    }

    fn add_lines(&mut self, id: &str, texts: &[String]) -> Result<(), Refusal> {
        if texts.is_empty() {
            return Ok(());
        }
        let mut n: u64 =
            self.db.query_row("SELECT lines FROM task WHERE id = ?1", [id], |row| row.get(0))?;
        let (at, mut lines) = (stamp(self.now), Vec::with_capacity(texts.len()));
        for text in texts {
            n += 1;
            self.db
                .prepare_cached("INSERT INTO task_log (task, n, at, text) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![id, n, at, text])?;
            lines.push(LogLine { n, at: at.clone(), text: text.clone() });
        }
        self.db.execute("UPDATE task SET lines = ?2 WHERE id = ?1", params![id, n])?;
        self.db.execute(
            "DELETE FROM task_log WHERE task = ?1 AND n <= ?2",
            params![id, n.saturating_sub(KEPT)],
        )?;
        while !lines.is_empty() {
            let rest = lines.split_off(fitting(&lines, MESSAGE));
            self.logged(id, lines);
            lines = rest;
        }
        Ok(())
    }
}

/// Which states a runner may take a task through.
fn follows(from: TaskState, to: TaskState) -> bool {
    use TaskState::{Done, Failed, Queued, Running, Waiting};
    from == to
        || matches!(
            (from, to),
            (Queued, Running)
                | (Running, Waiting)
                | (Waiting, Running)
                | (Running | Waiting, Done | Failed)
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runner_takes_a_task_through_these_states_only() {
        use TaskState::{Cancelled, Done, Failed, Queued, Running, Unknown, Waiting};
        let all = [Queued, Running, Waiting, Done, Failed, Cancelled, Unknown];
        let taken: Vec<_> = all
            .iter()
            .flat_map(|from| all.iter().map(move |to| (*from, *to)))
            .filter(|(from, to)| from != to && follows(*from, *to))
            .collect();
        let expected = [
            (Queued, Running),
            (Running, Waiting),
            (Running, Done),
            (Running, Failed),
            (Waiting, Running),
            (Waiting, Done),
            (Waiting, Failed),
        ];
        assert_eq!(taken, expected);
    }
}
