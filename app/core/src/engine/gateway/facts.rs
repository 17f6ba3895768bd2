//! What the gateway says of itself: facts, channels, a newer version.

use super::{channels, words};
use crate::engine::Engine;
use crate::model::{GatewayFacts, Load};
use crate::say;
use gateway_client::methods::{self, Hello};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Between two looks while the page is shown; the uptime is counted with each.
const LOOK: Duration = Duration::from_secs(30);
/// Shortest time between two looks, however much happens.
const APART: Duration = Duration::from_secs(2);
/// The rights without which nothing can be managed.
const MANAGE: [&str; 3] = ["operator.admin", "operator.approvals", "operator.pairing"];

/// What is known of the gateway that is connected.
#[derive(Default)]
pub(super) struct Facts {
    /// When it was started, by this computer's clock.
    started: Option<Instant>,
    pid: Option<u32>,
    memory: Option<u64>,
    update: Option<String>,
    looked: Option<Instant>,
    look_at: Option<Instant>,
}

impl Facts {
    pub(super) fn begin(&mut self, hello: &Hello, now: Instant) {
        let ran = Duration::from_millis(hello.uptime_ms);
        *self = Self { started: now.checked_sub(ran), ..Self::default() };
    }

    pub(super) fn end(&mut self) {
        *self = Self::default();
    }

    /// Something has happened: a look is due, but not at once after the last one.
    pub(super) fn soon(&mut self, now: Instant) {
        let earliest = self.looked.map_or(now, |looked| (looked + APART).max(now));
        self.look_at = Some(self.look_at.map_or(earliest, |at| at.min(earliest)));
    }

    /// When the next look is due, if the page is shown.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.look_at
    }

    fn looking(&mut self, now: Instant) {
        self.looked = Some(now);
        self.look_at = Some(now + LOOK);
    }
}

fn may_manage(hello: &Hello) -> bool {
    MANAGE.iter().all(|right| hello.scopes.iter().any(|scope| scope == right))
}

impl Engine {
    pub(super) fn show_facts(&mut self) {
        let (Some(hello), Some(connection)) = (&self.gateway.hello, &self.gateway.connection)
        else {
            return;
        };
        let facts = &self.gateway.facts;
        let ran = facts.started.map(|started| started.elapsed());
        let shown = GatewayFacts {
            version: hello.version.clone(),
            port: connection.reach.endpoint.port(),
            since: ran.map(|ran| words::since(jiff::Timestamp::now(), ran)).unwrap_or_default(),
            uptime: ran.map(words::uptime).unwrap_or_default(),
            pid: facts.pid,
            memory: facts.memory,
            state_folder: hello.state_dir.clone(),
            update: facts.update.clone(),
            max_attachment: hello.max_attachment as u64,
            max_image: hello.max_image as u64,
            may_manage: may_manage(hello),
        };
        self.model.gateway.facts = Some(Arc::new(shown));
    }

    pub(super) fn facts_tick(&mut self, now: Instant) {
        if self.gateway.facts.look_at.is_some_and(|at| at <= now) {
            self.load_facts();
        }
    }

    pub(super) fn load_facts(&mut self) {
        self.gateway.facts.looking(Instant::now());
        self.gateway_ask(methods::system::Info::default(), |engine, answer| {
            match answer {
                Ok(info) => {
                    let facts = &mut engine.gateway.facts;
                    facts.started =
                        Instant::now().checked_sub(Duration::from_millis(info.uptime_ms));
                    facts.pid = info.pid;
                    let memory = info.process_memory.rss_bytes;
                    facts.memory = (memory > 0).then_some(memory);
                }
                Err(error) => tracing::debug!(%error, "system.info"),
            }
            engine.show_facts();
        });
        self.gateway_ask(methods::channels::Status::default(), |engine, answer| {
            engine.model.gateway.channels = match answer {
                Ok(status) => Load::Ready(Arc::new(channels::shown(&status))),
                Err(error) => Load::Failed(say::gateway::request(&error)),
            };
        });
        if self.gateway.hello.as_deref().is_some_and(may_manage) {
            self.gateway_ask(methods::update::Status::default(), |engine, answer| {
                match answer {
                    Ok(status) => {
                        let newer = status.update_available.map(|update| update.latest_version);
                        engine.gateway.facts.update = newer.filter(|version| !version.is_empty());
                    }
                    Err(error) => tracing::debug!(%error, "update.status"),
                }
                engine.show_facts();
            });
        }
    }
}
