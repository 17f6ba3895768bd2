//! Drives the machine with a real socket.

use super::machine::{Machine, Step};
use super::sleep;
use super::{Event, Identity, LinkState};
use crate::rest::{Rest, authorization};
use crate::wire::{FromCloud, ToCloud, TokenAnswer};
use crate::{ApiError, RealtimeToken};
use net::{Message, NetError, Purpose, WebSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::mpsc;

pub(super) struct Task {
    rest: Rest,
    identity: Identity,
    events: mpsc::Sender<Event>,
    online: Arc<AtomicBool>,
    machine: Machine,
    token: Option<RealtimeToken>,
}

/// Why serving ended.
enum Ended {
    Closed(net::Close),
    Failed(ApiError),
    /// The token is about to end, or the machine has slept.
    Renew,
    Dropped,
}

impl Task {
    pub(super) fn new(
        rest: Rest,
        identity: Identity,
        events: mpsc::Sender<Event>,
        online: Arc<AtomicBool>,
    ) -> Self {
        Self { rest, identity, events, online, machine: Machine::new(), token: None }
    }

    pub(super) async fn run(
        mut self,
        mut outbox: mpsc::Receiver<ToCloud>,
        mut nudges: mpsc::Receiver<()>,
    ) {
        self.tell(LinkState::Connecting).await;
        let mut socket = None;
        loop {
            // Nobody listens any more: the handle is gone.
            if self.events.is_closed() || nudges.is_closed() {
                return;
            }
            match self.machine.step().clone() {
                Step::FetchToken => match self.fetch().await {
                    Ok(answer) => {
                        self.machine.token(end_of(&answer));
                        self.token = Some(answer.token);
                    }
                    Err(error) => self.fail(error),
                },
                Step::Connect => match self.connect().await {
                    Ok(open) => {
                        socket = Some(open);
                        self.machine.opened(Instant::now());
                    }
                    Err(error) => self.fail(error),
                },
                Step::Serve { .. } => {
                    let Some(open) = socket.take() else {
                        self.fail(NetError::Protocol("no socket".into()).into());
                        continue;
                    };
                    let ended = self.serve(open, &mut outbox, &mut nudges).await;
                    self.online.store(false, Ordering::Release);
                    // What was not sent belongs to a session that is over.
                    while outbox.try_recv().is_ok() {}
                    match ended {
                        Ended::Dropped => return,
                        Ended::Closed(close) => {
                            self.machine.closed(&close, Instant::now(), rand::random());
                        }
                        Ended::Failed(error) => self.fail(error),
                        Ended::Renew => {
                            self.machine.renew();
                            self.tell(LinkState::Connecting).await;
                        }
                    }
                }
                Step::Wait { until, error } => {
                    let until = tokio::time::Instant::from_std(until);
                    self.tell(LinkState::Waiting { until, error }).await;
                    tokio::select! {
                        () = tokio::time::sleep_until(until) => {}
                        nudge = nudges.recv() => if nudge.is_none() { return },
                    }
                    self.machine.resume(Instant::now());
                    self.tell(LinkState::Connecting).await;
                }
                Step::Stop(reason) => {
                    self.tell(LinkState::Stopped(reason)).await;
                    return;
                }
            }
        }
    }

    fn fail(&mut self, error: ApiError) {
        tracing::debug!(%error, "realtime");
        self.machine.failed(error, Instant::now(), rand::random());
    }

    async fn fetch(&self) -> Result<TokenAnswer, ApiError> {
        match &self.identity {
            Identity::Person { bearer, workspace } => {
                self.rest.token_for_person(bearer, workspace).await
            }
            Identity::Daemon(token) => self.rest.token_for_daemon(token).await,
            Identity::Screen(login) => login.realtime_token().await,
        }
    }

    async fn connect(&self) -> Result<WebSocket, ApiError> {
        let token = self.token.as_ref().ok_or(ApiError::SignedOut)?;
        let request = http::Request::builder()
            .uri(self.rest.realtime_url())
            .header(http::header::AUTHORIZATION, authorization(token.expose())?)
            .body(())
            .map_err(|error| ApiError::Refused { code: error.to_string() })?;
        Ok(self.rest.door().websocket(Purpose::CloudRealtime, request).await?)
    }

    async fn serve(
        &mut self,
        mut socket: WebSocket,
        outbox: &mut mpsc::Receiver<ToCloud>,
        nudges: &mut mpsc::Receiver<()>,
    ) -> Ended {
        let mut watch = sleep::Watch::new();
        loop {
            let Step::Serve { silent_at, renew_at } = *self.machine.step() else {
                return Ended::Dropped;
            };
            let silent_at = tokio::time::Instant::from_std(silent_at);
            let renew_at = tokio::time::Instant::from_std(renew_at);
            tokio::select! {
                () = tokio::time::sleep_until(renew_at) => {
                    socket.close().await;
                    return Ended::Renew;
                }
                () = tokio::time::sleep(sleep::LOOK) => {
                    if watch.has_slept(Instant::now(), SystemTime::now()) {
                        tracing::info!("the machine has slept: connecting anew");
                        return Ended::Renew;
                    }
                }
                message = socket.receive() => {
                    self.machine.heard(Instant::now());
                    match message {
                        Ok(Message::Text(text)) => self.message(&text).await,
                        Ok(Message::Alive) => {}
                        Ok(Message::Closed(close)) => return Ended::Closed(close),
                        Err(error) => return Ended::Failed(error.into()),
                    }
                }
                message = outbox.recv() => match message {
                    Some(message) => {
                        let text = serde_json::to_string(&message).unwrap_or_default();
                        if let Err(error) = socket.send(text).await {
                            return Ended::Failed(error.into());
                        }
                    }
                    None => {
                        socket.close().await;
                        return Ended::Dropped;
                    }
                },
                nudge = nudges.recv() => match nudge {
                    // The person wants to know whether it lives: so do we.
                    Some(()) => if let Err(error) = socket.ping().await {
                        return Ended::Failed(error.into());
                    },
                    None => {
                        socket.close().await;
                        return Ended::Dropped;
                    }
                },
                () = tokio::time::sleep_until(silent_at) => {
                    let host = "the cloud".to_owned();
                    return Ended::Failed(NetError::Timeout { host }.into());
                }
            }
        }
    }

    async fn message(&self, text: &str) {
        match serde_json::from_str::<FromCloud>(text) {
            Ok(FromCloud::Ready { seq, .. }) => {
                self.online.store(true, Ordering::Release);
                self.tell(LinkState::Online { seq }).await;
            }
            Ok(FromCloud::Unknown) => {}
            Ok(message) => {
                if self.events.send(Event::Message(message)).await.is_err() {
                    tracing::debug!("nobody reads the realtime events");
                }
            }
            Err(error) => tracing::warn!(
                line = error.line(),
                column = error.column(),
                "a realtime message does not parse"
            ),
        }
    }

    async fn tell(&self, state: LinkState) {
        if self.events.send(Event::State(state)).await.is_err() {
            tracing::debug!("nobody reads the realtime events");
        }
    }
}

/// The token's end on the monotonic clock. A time that does not parse, or a clock that is wrong,
/// makes the token good for one connection only.
fn end_of(answer: &TokenAnswer) -> Instant {
    let left = answer
        .expires_at
        .parse::<jiff::Timestamp>()
        .ok()
        .and_then(|end| Duration::try_from(end.duration_since(jiff::Timestamp::now())).ok())
        .unwrap_or_default();
    Instant::now() + left.min(Duration::from_secs(24 * 3600))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RealtimeToken;

    fn left(expires_at: &str) -> Duration {
        let token = RealtimeToken::new("t".into());
        let before = Instant::now();
        let end = end_of(&TokenAnswer { token, expires_at: expires_at.into() });
        end.duration_since(before)
    }

    fn in_hours(hours: i64) -> String {
        (jiff::Timestamp::now() + jiff::SignedDuration::from_hours(hours)).to_string()
    }

    /// A token whose end is in the past is used once and fetched again for the next connection;
    /// one without end is asked for again after a day.
    #[test]
    fn h14_a_wrong_clock_makes_no_token_good_for_ever() {
        let minute = Duration::from_secs(60);
        let hour = 60 * minute;
        assert!(left(&in_hours(4)).abs_diff(4 * hour) < minute);
        for ended in [&in_hours(-1), "", "soon", "1970-01-01T00:00:00Z", "-009999-01-01T00:00:00Z"]
        {
            assert!(left(ended) < minute, "{ended}");
        }
        for far in [&in_hours(30), "2100-01-01T00:00:00Z", "9999-12-30T00:00:00Z"] {
            assert!(left(far).abs_diff(24 * hour) < minute, "{far}");
        }
    }
}
