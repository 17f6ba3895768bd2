//! The workspace's lists: loading them, and following the events.

use super::{Engine, Event};
use crate::model::{DocumentKind, Workspace as Model};
use crate::say;
use crate::sync::{Feed, Listed, Mirror, Verdict};
use cloud_client::ApiError;
use cloud_client::rest::Workspace as Api;
use cloud_client::wire::{
    Agent, Conversation, Document, Item, ItemKind, List, LogLine, Member, Task,
};
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Before lists that did not load are asked for again; each time twice as long.
const RELOAD: Duration = Duration::from_secs(10);
/// The longest wait for that.
const SELDOM: Duration = Duration::from_secs(300);
/// Between two loads because of events that were missed.
const RESYNC: Duration = Duration::from_secs(1);
/// Lines of a task's log that are kept; the oldest go.
const LOG: usize = 20_000;

/// The workspace's part of the engine.
#[derive(Default)]
pub(super) struct Workspace {
    pub(super) feed: Feed,
    pub(super) people: Mirror<Member>,
    pub(super) agents: Mirror<Agent>,
    pub(super) tasks: Mirror<Task>,
    pub(super) sops: Mirror<Document>,
    pub(super) skills: Mirror<Document>,
    pub(super) conversations: Mirror<Conversation>,
    /// For `before` of the next page of conversations.
    pub(super) next_page: Option<String>,
    reload_at: Option<Instant>,
    /// Loads in a row that failed.
    failures: u32,
    loaded_at: Option<Instant>,
    /// The task whose log is being asked for, and whether it has grown meanwhile.
    following: Option<String>,
    follow_again: bool,
}

/// One of the lists.
pub(super) type Select<T> = fn(&mut Workspace) -> &mut Mirror<T>;

impl Engine {
    /// The requests of the workspace that is shown.
    pub(super) fn api(&self) -> Option<Api> {
        let (bearer, workspace) = self.account.credentials()?;
        Some(self.rest()?.workspace(bearer, workspace))
    }

    /// Loads everything (again).
    pub(super) fn load_workspace(&mut self) {
        let Some(api) = self.api() else { return };
        self.workspace.reload_at = None;
        self.workspace.loaded_at = Some(Instant::now());
        if self.may_manage_people() {
            let people = api.clone();
            self.load_list(|w| &mut w.people, async move { people.people().await });
        } else {
            self.workspace.people = Mirror::default();
        }
        let (agents, tasks, sops, skills) = (api.clone(), api.clone(), api.clone(), api);
        self.load_list(|w| &mut w.agents, async move { agents.agents().await });
        self.load_list(|w| &mut w.tasks, async move { tasks.tasks().await });
        let sop = DocumentKind::Sop;
        self.load_list(|w| &mut w.sops, async move { sops.documents(sop).await });
        let skill = DocumentKind::Skill;
        self.load_list(|w| &mut w.skills, async move { skills.documents(skill).await });
        self.load_conversations();
    }

    fn may_manage_people(&self) -> bool {
        self.person().is_some_and(|person| person.may(crate::model::Action::ManagePeople))
    }

    fn load_list<T: Listed + Send + 'static>(
        &mut self,
        select: Select<T>,
        request: impl Future<Output = Result<List<T>, ApiError>> + Send + 'static,
    ) {
        let load = self.next_generation();
        select(&mut self.workspace).begin(load);
        self.ask(request, move |engine, result| match result {
            Ok(list) => {
                if select(&mut engine.workspace).loaded(load, list.items, list.seq) {
                    engine.workspace.reload_at = Some(Instant::now());
                }
                engine.show_workspace();
            }
            Err(error) => engine.list_failed(select, load, &error),
        });
    }

    pub(super) fn list_failed<T: Listed>(
        &mut self,
        select: Select<T>,
        load: u64,
        error: &ApiError,
    ) {
        if *error == ApiError::SignedOut {
            self.signed_out_by_cloud();
            return;
        }
        select(&mut self.workspace).failed(load, say::api(error));
        self.reload_after(error);
        self.show_workspace();
    }

    /// Something did not load: everything is asked for again later, unless that cannot help.
    pub(super) fn reload_after(&mut self, error: &ApiError) {
        let least = match error {
            ApiError::Forbidden | ApiError::NotFound | ApiError::Refused { .. } => return,
            ApiError::RateLimited { after } => after.unwrap_or_default().min(SELDOM),
            _ => Duration::ZERO,
        };
        let w = &mut self.workspace;
        let wait = (RELOAD * 2_u32.saturating_pow(w.failures.min(8))).min(SELDOM);
        let wait = wait.mul_f64(0.75 + rand::random::<f64>() / 4.0).max(least);
        match w.reload_at {
            // The other lists of the same load.
            Some(at) => w.reload_at = Some(at.max(Instant::now() + least)),
            None => {
                w.reload_at = Some(Instant::now() + wait);
                w.failures += 1;
            }
        }
    }

    pub(super) fn workspace_deadline(&self) -> Option<Instant> {
        self.workspace.reload_at
    }

    pub(super) fn workspace_tick(&mut self) {
        if self.workspace.reload_at.is_some_and(|at| Instant::now() >= at) {
            self.load_workspace();
        }
    }

    /// The realtime socket is open; the workspace's last event has this number.
    pub(super) fn workspace_online(&mut self, seq: u64) {
        // Also what did not load before is asked for again.
        self.workspace.failures = 0;
        if self.workspace.feed.ready(seq) || self.workspace.reload_at.is_some() {
            self.load_workspace();
        }
        self.follow_log();
    }

    pub(super) fn item_changed(&mut self, seq: u64, before: u64, workspace: &str, item: Item) {
        if !self.is_news(seq, before, workspace) {
            return;
        }
        let w = &mut self.workspace;
        match item {
            Item::Member(member) => {
                let own = self.account.person_id().is_some_and(|id| *id == member.id);
                w.people.put(seq, member);
                if own {
                    self.check_me();
                }
            }
            Item::Agent(agent) => w.agents.put(seq, agent),
            Item::Task(task) => w.tasks.put(seq, task),
            Item::Document { document } => {
                self.document_event(&document);
                let w = &mut self.workspace;
                match document.kind {
                    DocumentKind::Sop => w.sops.put(seq, document),
                    DocumentKind::Skill => w.skills.put(seq, document),
                }
            }
            Item::Conversation(conversation) => {
                let id = conversation.id.clone();
                w.conversations.put(seq, conversation);
                self.list_conversation(&id);
            }
            Item::Message(message) => self.message_event(seq, message),
            Item::Unknown => {}
        }
        self.show_workspace();
    }

    pub(super) fn item_removed(
        &mut self,
        seq: u64,
        before: u64,
        workspace: &str,
        kind: ItemKind,
        id: &str,
    ) {
        if !self.is_news(seq, before, workspace) {
            return;
        }
        let w = &mut self.workspace;
        match kind {
            ItemKind::Member => w.people.remove(seq, id),
            ItemKind::Agent => w.agents.remove(seq, id),
            ItemKind::Task => w.tasks.remove(seq, id),
            ItemKind::Document => {
                w.sops.remove(seq, id);
                w.skills.remove(seq, id);
                self.stop_watching(id);
            }
            ItemKind::Conversation => {
                w.conversations.remove(seq, id);
                self.conversation_removed(id);
            }
            ItemKind::Message | ItemKind::Unknown => {}
        }
        self.show_workspace();
    }

    /// Whether an event is to be applied. What was lost before it is loaded again.
    fn is_news(&mut self, seq: u64, before: u64, workspace: &str) -> bool {
        if self.account.workspace_id().is_none_or(|own| own != workspace) {
            tracing::debug!("an event of another workspace was skipped");
            return false;
        }
        match self.workspace.feed.event(seq, before) {
            Verdict::Skip => false,
            Verdict::Apply => true,
            Verdict::Missed => {
                tracing::info!(seq, before, "events were missed: loading again");
                // However often it happens, the cloud is not flooded with requests.
                match self.workspace.loaded_at {
                    Some(at) if at.elapsed() < RESYNC => {
                        self.workspace.reload_at = Some(at + RESYNC);
                    }
                    _ => self.load_workspace(),
                }
                true
            }
        }
    }

    /// Brings the model up to date. The lists are shared, so this costs a few counters.
    pub(super) fn show_workspace(&mut self) {
        self.stop_watching_made();
        let (w, model) = (&self.workspace, &mut self.model.workspace);
        model.people = w.people.shown().clone();
        model.agents = w.agents.shown().clone();
        model.tasks = w.tasks.shown().clone();
        model.sops = w.sops.shown().clone();
        model.skills = w.skills.shown().clone();
    }

    /// Forgets the workspace: another one is shown, or none.
    pub(super) fn clear_workspace(&mut self) {
        self.workspace = Workspace::default();
        self.screens_page = super::screens::ScreensPage::default();
        self.model.workspace = Model::default();
        self.model.thumbnails.clear();
    }

    /// Shows a task's log and follows it, or none.
    pub(super) fn open_log(&mut self, task: Option<String>) {
        self.model.workspace.log = task.map(|task| crate::model::TaskLog {
            task,
            lines: Arc::default(),
            loading: true,
            problem: None,
        });
        self.follow_log();
    }

    /// Loads the lines of the open log that are not here yet.
    fn follow_log(&mut self) {
        let Some(log) = &self.model.workspace.log else { return };
        let (task, after) = (log.task.clone(), log.lines.last().map_or(0, |line| line.n));
        if self.workspace.following.as_ref() == Some(&task) {
            self.workspace.follow_again = true;
            return;
        }
        let Some(api) = self.api() else { return };
        self.workspace.following = Some(task.clone());
        self.workspace.follow_again = false;
        let asked = task.clone();
        self.ask(async move { api.task_log(&asked, after).await }, move |engine, result| {
            if engine.workspace.following.as_ref() != Some(&task) {
                return;
            }
            engine.workspace.following = None;
            let same = |log: &&mut crate::model::TaskLog| log.task == task;
            let Some(log) = engine.model.workspace.log.as_mut().filter(same) else { return };
            log.loading = false;
            match result {
                Ok(answer) => {
                    log.problem = None;
                    // A page that leads no further is not followed by another one.
                    let more = answer.more && answer.lines.iter().any(|line| line.n > after);
                    add_lines(log, answer.lines);
                    if more || engine.workspace.follow_again {
                        engine.follow_log();
                    }
                }
                Err(ApiError::SignedOut) => engine.signed_out_by_cloud(),
                Err(error) => log.problem = Some(say::api(&error)),
            }
        });
    }

    pub(super) fn log_event(&mut self, workspace: &str, task: &str, lines: Vec<LogLine>) {
        if self.account.workspace_id().is_none_or(|own| own != workspace) {
            return;
        }
        let Some(log) = self.model.workspace.log.as_mut().filter(|log| log.task == task) else {
            return;
        };
        let last = log.lines.last().map_or(0, |line| line.n);
        let gap = lines.first().is_some_and(|line| line.n > last + 1);
        if gap || log.loading {
            self.follow_log();
        } else {
            add_lines(log, lines);
        }
    }
}

fn add_lines(log: &mut crate::model::TaskLog, lines: Vec<LogLine>) {
    let last = log.lines.last().map_or(0, |line| line.n);
    let new: Vec<LogLine> = lines.into_iter().filter(|line| line.n > last).collect();
    if new.is_empty() {
        return;
    }
    let all = Arc::make_mut(&mut log.lines);
    all.extend(new);
    let surplus = all.len().saturating_sub(LOG);
    all.drain(..surplus);
}

/// For `Event::Then`.
pub(super) type Then = Box<dyn FnOnce(&mut Engine) + Send>;

impl Engine {
    /// Runs a request; `then` gets its result, unless somebody else is signed in by then or
    /// another workspace is shown.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        request: impl Future<Output = T> + Send + 'static,
        then: impl FnOnce(&mut Self, T) + Send + 'static,
    ) {
        let session = self.account.generation();
        self.spawn(async move {
            let result = request.await;
            Event::Then(session, Box::new(move |engine| then(engine, result)))
        });
    }
}
