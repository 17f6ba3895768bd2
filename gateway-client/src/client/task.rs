//! Does what the machine says, with a real socket: the one task of a connection.

use super::machine::{Machine, Out};
use super::pending::{Pending, Reply};
use super::{Event, LinkState, Target, sleep};
use crate::methods::Hello;
use net::{Door, Message, NetError, WebSocket};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep_until};

/// Longest message that is taken, in bytes: as long as what the gateway takes.
const LONGEST: usize = 25 * 1024 * 1024;

/// A request, written already.
#[derive(Debug)]
pub(super) struct Ask {
    pub(super) id: u64,
    pub(super) frame: String,
    /// When its answer is late.
    pub(super) until: Instant,
    pub(super) reply: oneshot::Sender<Reply>,
}

type Opening = Pin<Box<dyn Future<Output = Result<WebSocket, NetError>> + Send>>;

enum Socket {
    None,
    Opening(Opening),
    Open(Box<WebSocket>),
}

pub(super) struct Task {
    door: Door,
    port: u16,
    machine: Machine,
    pending: Pending,
    socket: Socket,
    /// Told as soon as the owner takes them. While there are any nothing is read, so there are
    /// never more than one frame makes.
    events: VecDeque<Event>,
    owner: mpsc::Sender<Event>,
    online: watch::Sender<Option<Arc<Hello>>>,
}

/// What woke the task.
enum Woken {
    Opened(Result<WebSocket, NetError>),
    Received(Result<Message, NetError>),
    Asked(Option<Ask>),
    Nudged(Option<()>),
    Told(Result<(), ()>),
    Looked,
    Due,
}

impl Task {
    pub(super) fn new(
        door: Door,
        target: Target,
        owner: mpsc::Sender<Event>,
        online: watch::Sender<Option<Arc<Hello>>>,
    ) -> Self {
        Self {
            door,
            port: target.endpoint.port(),
            machine: Machine::new(target),
            pending: Pending::default(),
            socket: Socket::None,
            events: VecDeque::new(),
            owner,
            online,
        }
    }

    /// Runs until every handle is gone, or nobody takes events any more.
    pub(super) async fn run(
        mut self,
        mut asked: mpsc::Receiver<Ask>,
        mut nudges: mpsc::Receiver<()>,
    ) {
        let mut watch = sleep::Watch::new();
        let mut look = Instant::now() + sleep::LOOK;
        loop {
            self.act().await;
            match self.wait(&mut asked, &mut nudges, look).await {
                Woken::Opened(Ok(socket)) => {
                    self.socket = Socket::Open(Box::new(socket));
                    self.machine.opened(Instant::now());
                }
                Woken::Opened(Err(error)) => {
                    self.socket = Socket::None;
                    self.machine.broke(error, Instant::now(), rand::random());
                }
                Woken::Received(message) => self.received(message),
                Woken::Asked(Some(ask)) => self.ask(ask).await,
                Woken::Nudged(Some(())) => self.machine.nudge(),
                Woken::Asked(None) | Woken::Nudged(None) | Woken::Told(Err(())) => break,
                // What came while nobody took it came in time.
                Woken::Told(Ok(())) => self.machine.heard(Instant::now()),
                Woken::Looked => {
                    look = Instant::now() + sleep::LOOK;
                    if watch.has_slept(Instant::now().into_std(), SystemTime::now()) {
                        tracing::info!("the machine has slept: connecting to the gateway anew");
                        self.machine.slept();
                    }
                }
                Woken::Due => {
                    let now = Instant::now();
                    self.pending.sweep(now);
                    self.machine.tick(now, rand::random());
                }
            }
        }
        self.online.send_replace(None);
        if let Socket::Open(socket) = self.socket {
            socket.close().await;
        }
    }

    /// Waits for the next thing to happen. What is not finished is taken up again.
    async fn wait(
        &mut self,
        asked: &mut mpsc::Receiver<Ask>,
        nudges: &mut mpsc::Receiver<()>,
        look: Instant,
    ) -> Woken {
        let due = match (self.machine.deadline(), self.pending.deadline()) {
            // A silence that nobody listens to is none.
            (Some(_), pending) if self.machine.is_online() && !self.events.is_empty() => pending,
            (Some(machine), Some(pending)) => Some(machine.min(pending)),
            (machine, pending) => machine.or(pending),
        };
        let waiting = !self.events.is_empty();
        let full = self.pending.is_full();
        let (events, owner, socket) = (&mut self.events, &self.owner, &mut self.socket);
        let told = async {
            if !waiting {
                // Nothing to tell: only whether there is still somebody to be told.
                owner.closed().await;
                return Err(());
            }
            let permit = owner.reserve().await.map_err(|_| ())?;
            if let Some(event) = events.pop_front() {
                permit.send(event);
            }
            Ok(())
        };
        let happens = async {
            match socket {
                Socket::Opening(opening) => Woken::Opened(opening.await),
                Socket::Open(socket) => Woken::Received(socket.receive().await),
                Socket::None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            nudge = nudges.recv() => Woken::Nudged(nudge),
            told = told => Woken::Told(told),
            ask = asked.recv(), if !full => Woken::Asked(ask),
            woken = happens, if !waiting => woken,
            () = sleep_until(due.unwrap_or(look)), if due.is_some() => Woken::Due,
            () = sleep_until(look) => Woken::Looked,
        }
    }

    /// Does everything that the machine wants done.
    async fn act(&mut self) {
        while let Some(out) = self.machine.next_out() {
            match out {
                Out::Open => {
                    let (door, port) = (self.door.clone(), self.port);
                    let opening = async move { door.loopback_websocket(port, LONGEST).await };
                    self.socket = Socket::Opening(Box::pin(opening));
                }
                Out::Close => {
                    // The goodbye takes a second at most, and nobody waits for it.
                    if let Socket::Open(socket) = std::mem::replace(&mut self.socket, Socket::None)
                    {
                        tokio::spawn(socket.close());
                    }
                }
                Out::Send(text) => self.send(text).await,
                Out::Ping => {
                    if let Socket::Open(socket) = &mut self.socket
                        && let Err(error) = socket.ping().await
                    {
                        self.machine.broke(error, Instant::now(), rand::random());
                    }
                }
                Out::Answer(id, Ok(payload)) => self.pending.answer(id, Reply::Payload(payload)),
                Out::Answer(id, Err(fault)) => self.pending.answer(id, Reply::Fault(fault)),
                Out::Tell(event) => self.tell(event),
            }
        }
    }

    fn tell(&mut self, event: Event) {
        match &event {
            Event::State(LinkState::Online(hello)) => {
                self.online.send_replace(Some(Arc::clone(hello)));
            }
            Event::State(_) => {
                self.online.send_replace(None);
                self.pending.lose();
            }
            // Once is enough.
            Event::Missed if self.events.iter().any(|e| matches!(e, Event::Missed)) => return,
            _ => {}
        }
        self.events.push_back(event);
    }

    async fn send(&mut self, text: String) {
        let Socket::Open(socket) = &mut self.socket else { return };
        if let Err(error) = socket.send(text).await {
            self.machine.broke(error, Instant::now(), rand::random());
        }
    }

    async fn ask(&mut self, ask: Ask) {
        if self.machine.is_online() {
            self.pending.add(ask.id, ask.until, ask.reply);
            self.send(ask.frame).await;
        } else {
            // Who asked may have stopped waiting: then there is nobody to tell.
            drop(ask.reply.send(Reply::NotOpen));
        }
    }

    fn received(&mut self, message: Result<Message, NetError>) {
        let now = Instant::now();
        // A gateway that talks without a pause must not keep late answers from being late.
        if self.pending.deadline().is_some_and(|deadline| deadline <= now) {
            self.pending.sweep(now);
        }
        match message {
            Ok(Message::Text(text)) => self.machine.text(&text, now, rand::random()),
            Ok(Message::Alive) => self.machine.heard(now),
            Ok(Message::Closed(close)) => self.machine.closed(&close, now, rand::random()),
            Err(error) => self.machine.broke(error, now, rand::random()),
        }
    }
}
