//! The pages of the connection log and of the inventory, while one of them is open.

use super::Engine;
use std::time::{Duration, Instant};

/// Between two looks at the log.
const LOOK: Duration = Duration::from_secs(1);

/// The pages' part of the engine.
#[derive(Default)]
pub(super) struct Page {
    look_at: Option<Instant>,
}

impl Engine {
    pub(super) fn watch_connections(&mut self, on: bool) {
        self.connections.look_at = on.then(Instant::now);
        if !on {
            self.model.connections = crate::model::Connections::default();
        }
    }

    pub(super) fn connections_deadline(&self) -> Option<Instant> {
        self.connections.look_at
    }

    pub(super) fn connections_tick(&mut self) {
        if self.connections.look_at.is_some_and(|at| Instant::now() >= at) {
            self.connections.look_at = Some(Instant::now() + LOOK);
        }
    }
}
