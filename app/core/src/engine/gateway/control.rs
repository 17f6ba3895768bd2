//! Starting, stopping and restarting the gateway. Nothing of it blocks the engine's task.

use crate::engine::{Engine, Event, Order, OrderKind};
use crate::model::{Control, GatewayLink, Problem};
use crate::say;
use crate::scope::GATEWAY_OUTPUT_FILE;
use gateway_client::methods;
use gateway_client::program::ProgramError;
use gateway_client::{LinkState, RequestError};
use std::time::{Duration, Instant};

/// Longest wait for a gateway to be seen coming or going after the program said that it does: a
/// first start takes half a minute.
const PATIENCE: Duration = Duration::from_secs(90);
/// Longest wait for one that restarts itself: it lets its running turns end first, for up to 315 s.
const TURNS: Duration = Duration::from_secs(345);
/// Between two tries to reach a gateway that is being started.
const KNOCK: Duration = Duration::from_secs(1);

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Start,
    Stop,
    Restart,
}

impl Act {
    fn kind(self) -> OrderKind {
        match self {
            Self::Start => OrderKind::Start,
            Self::Stop => OrderKind::Stop,
            Self::Restart => OrderKind::Restart,
        }
    }

    fn shown(self) -> Control {
        match self {
            Self::Start => Control::Starting,
            Self::Stop => Control::Stopping,
            Self::Restart => Control::Restarting,
        }
    }
}

/// Something that is being done to the gateway.
#[derive(Default)]
pub(super) struct Running {
    act: Option<Act>,
    /// Which one it is: what comes late of an earlier one is dropped.
    number: u64,
    /// The start of the gateway that is to end.
    boot: Option<String>,
    /// Everything that this program can do for it is done; it only has to show.
    waiting: bool,
    knock_at: Option<Instant>,
    until: Option<Instant>,
}

impl Running {
    fn wait(&mut self, most: Duration) {
        self.waiting = true;
        self.until = Some(Instant::now() + most);
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        [self.knock_at, self.until].into_iter().flatten().min()
    }
}

impl Engine {
    pub(in crate::engine) fn start_gateway(&mut self) {
        self.control(Act::Start);
    }

    pub(in crate::engine) fn stop_gateway(&mut self) {
        self.control(Act::Stop);
    }

    pub(in crate::engine) fn restart_gateway(&mut self) {
        self.control(Act::Restart);
    }

    fn control(&mut self, act: Act) {
        if !self.config.gateway.enabled || self.gateway.control.act.is_some() {
            return;
        }
        let number = self.next_generation();
        let boot = self.gateway.hello.as_ref().map(|hello| hello.boot_id.clone());
        self.gateway.control = Running { act: Some(act), number, boot, ..Running::default() };
        self.model.gateway.control = Some(act.shown());
        if act == Act::Restart && self.gateway.hello.is_some() {
            self.ask_to_restart(number);
        } else {
            self.control_by_program(act, number);
        }
    }

    /// A gateway that is connected restarts itself, when its turns allow it.
    fn ask_to_restart(&mut self, number: u64) {
        let request = methods::gateway::RestartRequest {
            reason: Some("asked for in MultiClaw Desktop".to_owned()),
        };
        self.gateway_act(request, move |engine, answer| {
            if engine.gateway.control.number != number {
                return;
            }
            match answer {
                // The connection may go before the answer comes.
                Ok(_) | Err(RequestError::NotOpen) => engine.gateway.control.wait(TURNS),
                Err(error) => {
                    tracing::info!(%error, "the gateway does not restart itself");
                    engine.control_by_program(Act::Restart, number);
                }
            }
            engine.control_state();
        });
    }

    fn control_by_program(&mut self, act: Act, number: u64) {
        let Some(path) = self.gateway.look.program.clone() else {
            self.control_failed(say::gateway::no_program());
            return;
        };
        let Some(found) = self.gateway.look.found.clone() else {
            // Where it would be is not known; the page says why.
            let problem = match &self.model.gateway.link {
                GatewayLink::Refused { problem, .. } => problem.clone(),
                _ => say::gateway::looking(),
            };
            self.control_failed(problem);
            return;
        };
        let order = Order {
            kind: act.kind(),
            program: path,
            environment: self.config.gateway.environment.clone(),
            endpoint: found.endpoint,
            state_dir: found.state_dir.clone(),
            output: self.config.data.join(GATEWAY_OUTPUT_FILE),
        };
        let done = self.doors.run(self.acting, order);
        self.spawn(async move {
            let done = done.await;
            Event::Now(Box::new(move |engine| engine.controlled(number, done)))
        });
    }

    fn controlled(&mut self, number: u64, done: Result<(), ProgramError>) {
        if self.gateway.control.number != number || self.gateway.control.act.is_none() {
            return;
        }
        self.check_folder();
        match done {
            Ok(()) => {
                self.gateway.control.wait(PATIENCE);
                if self.gateway.control.act != Some(Act::Stop) {
                    self.gateway.control.knock_at = Some(Instant::now());
                    // The first start writes a configuration, with another token.
                    self.gateway.look.again = true;
                    self.gateway_look();
                }
                self.control_state();
            }
            Err(error) => self.control_failed(say::gateway::program(&error)),
        }
    }

    fn control_failed(&mut self, problem: Problem) {
        let number = self.gateway.control.number;
        self.gateway.control = Running { number, ..Running::default() };
        self.model.gateway.control = Some(Control::Failed(problem));
    }

    /// The connection's state may be what is waited for.
    pub(super) fn control_state(&mut self) {
        let running = &self.gateway.control;
        let Some(act) = running.act else {
            // What failed is no news any more when the gateway is there after all.
            let failed = matches!(self.model.gateway.control, Some(Control::Failed(_)));
            if failed && self.gateway.hello.is_some() {
                self.model.gateway.control = None;
            }
            return;
        };
        let boot = self.gateway.hello.as_ref().map(|hello| &hello.boot_id);
        let done = match act {
            Act::Start => boot.is_some(),
            Act::Restart => boot.is_some() && boot != running.boot.as_ref(),
            Act::Stop => {
                running.waiting
                    && matches!(self.gateway.state, None | Some(LinkState::Stopped { .. }))
            }
        };
        // It is there and lets nobody in: that is what the page says then.
        let refused = act != Act::Stop
            && running.waiting
            && matches!(self.model.gateway.link, GatewayLink::Refused { .. });
        if done || refused {
            let number = running.number;
            self.gateway.control = Running { number, ..Running::default() };
            self.model.gateway.control = None;
            self.check_folder();
        }
    }

    pub(super) fn control_tick(&mut self, now: Instant) {
        if self.gateway.control.until.is_some_and(|until| until <= now) {
            let act = self.gateway.control.act.unwrap_or(Act::Start);
            self.control_failed(say::gateway::too_long(&act.shown()));
            return;
        }
        if self.gateway.control.knock_at.is_some_and(|at| at <= now) {
            self.gateway.control.knock_at = Some(now + KNOCK);
            let quiet = matches!(
                self.gateway.state,
                Some(LinkState::Stopped { .. } | LinkState::Waiting { .. })
            );
            if let Some(connection) = self.gateway.connection.as_ref().filter(|_| quiet) {
                connection.client.reconnect_now();
            }
        }
    }
}
