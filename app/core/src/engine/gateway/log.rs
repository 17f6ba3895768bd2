//! The gateway's log, while its page is shown.

use super::tail::{Piece, Tail};
use crate::engine::Engine;
use crate::model::GatewayLog;
use crate::say;
use gateway_client::methods;
use std::time::{Duration, Instant};

/// Between two looks.
const LOOK: Duration = Duration::from_secs(1);
/// Lines that are shown at first.
const FIRST: u64 = 500;
/// Most bytes of a piece; the gateway gives no more than this.
const BYTES: u64 = 1_000_000;

/// The log's part of the engine.
#[derive(Default)]
pub(super) struct Log {
    tail: Tail,
    look_at: Option<Instant>,
    /// Which showing of the page it is for.
    showing: u64,
}

impl Log {
    /// A connection was made; it may be to another gateway than before.
    pub(super) fn begin(&mut self) {
        self.look_at = Some(Instant::now());
    }

    /// When the next look is due, if the page is shown; none while one is under way.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.look_at
    }
}

impl Engine {
    pub(super) fn begin_log(&mut self) {
        let showing = self.next_generation();
        self.gateway.log = Log { look_at: Some(Instant::now()), showing, ..Log::default() };
        self.model.gateway.log = Some(GatewayLog::default());
        if self.gateway.hello.is_none() {
            self.log_offline();
        }
    }

    pub(super) fn end_log(&mut self) {
        self.gateway.log = Log::default();
        self.model.gateway.log = None;
    }

    /// The lines stay; that there are no newer ones is said.
    pub(super) fn log_offline(&mut self) {
        if let Some(log) = &mut self.model.gateway.log {
            log.problem = Some(say::gateway::log_offline());
        }
    }

    pub(super) fn log_tick(&mut self, now: Instant) {
        if self.gateway.log.look_at.is_none_or(|at| at > now) {
            return;
        }
        self.gateway.log.look_at = None;
        let (cursor, showing) = (self.gateway.log.tail.cursor(), self.gateway.log.showing);
        let most = GatewayLog::MOST as u64;
        let tail = methods::logs::Tail {
            cursor,
            limit: Some(if cursor.is_none() { FIRST } else { most }),
            max_bytes: Some(BYTES),
        };
        self.gateway_ask(tail, move |engine, answer| {
            if engine.gateway.log.showing != showing {
                return;
            }
            engine.gateway.log.look_at = Some(Instant::now() + LOOK);
            match answer {
                Ok(answer) => {
                    let piece = Piece {
                        file: answer.file,
                        cursor: answer.cursor,
                        lines: answer.lines,
                        truncated: answer.truncated,
                        reset: answer.reset,
                        skipped: answer.skipped_bytes.unwrap_or(0),
                    };
                    let changed = engine.gateway.log.tail.take(piece);
                    let log = &mut engine.model.gateway.log;
                    if changed || log.as_ref().is_some_and(|log| log.problem.is_some()) {
                        *log = Some(engine.gateway.log.tail.shown());
                    }
                }
                Err(error) => {
                    if let Some(log) = &mut engine.model.gateway.log {
                        log.problem = Some(say::gateway::request(&error));
                    }
                }
            }
        });
    }
}
