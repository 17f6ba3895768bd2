//! The thread that captures, encodes and types.

use crate::blocks::Blocks;
use crate::encode::encode;
use crate::pacing::Pacing;
use crate::source::{Choice, Source, SourceError};
use crate::thumbnail;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};
use stream::protocol::control::{ToDaemon, ToViewer};
use stream::protocol::cursor::CursorShape;
use stream::protocol::frame::{Rectangle, Tile, split};
use stream::protocol::input::{Button, Input};
use stream::protocol::keycode::KeyCode;
use tokio::sync::{mpsc, oneshot};

/// Orders that may wait; sessions wait when it is full.
const ORDERS: usize = 512;
/// Shortest time between two looks at the desktop.
const TICK: Duration = Duration::from_millis(8);

/// A viewer's number.
pub type ViewerId = u64;

/// What a viewer's session is given to send.
#[derive(Debug)]
pub enum Outgoing {
    /// An update, in messages of the `frames` channel.
    Update(Vec<Vec<u8>>),
    /// The pointer's shape.
    Shape(Arc<CursorShape>),
    /// The pointer's position.
    Control(ToViewer),
}

/// What the desk is asked to do.
pub(crate) enum Order {
    Wake,
    Join(ViewerId, mpsc::Sender<Outgoing>),
    Leave(ViewerId),
    Input(ViewerId, Input),
    Control(ViewerId, ToDaemon),
    Snapshot(oneshot::Sender<Snapshot>),
    Thumbnail { anyway: bool, reply: oneshot::Sender<Option<Vec<u8>>> },
    Stop,
}

/// The desktop's picture as it is: R, G, B, A.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Pixels.
    pub width: u16,
    /// Pixels.
    pub height: u16,
    /// Rows from the top.
    pub rgba: Vec<u8>,
}

/// What is known of a desktop before it is shown.
#[derive(Clone, Debug)]
pub struct Description {
    /// In words.
    pub text: String,
    /// Pixels.
    pub size: (u16, u16),
    /// Keyboard layout.
    pub layout: String,
}

/// The desk's handle.
#[derive(Clone)]
pub struct Desk {
    orders: SyncSender<Order>,
    /// What it serves.
    pub description: Arc<Description>,
    origin: Instant,
}

impl Desk {
    /// Opens the desktop and starts the thread.
    ///
    /// # Errors
    /// When the desktop cannot be had.
    pub fn start(choice: Choice, max_fps: u8) -> Result<Self, SourceError> {
        let (orders, queue) = sync_channel(ORDERS);
        let (ready, opened) = sync_channel(1);
        let origin = Instant::now();
        let waker = orders.clone();
        std::thread::Builder::new().name("desk".into()).spawn(move || {
            // A full queue wakes the thread as well.
            let wake = Arc::new(move || drop(waker.try_send(Order::Wake)));
            match choice.open(wake) {
                Ok(source) => {
                    let description = Description {
                        text: source.describe(),
                        size: source.size(),
                        layout: source.layout(),
                    };
                    if ready.send(Ok(description)).is_ok() {
                        Worker::new(source, max_fps, origin).run(&queue);
                    }
                }
                Err(error) => drop(ready.send(Err(error))),
            }
        })?;
        let gone = |_| SourceError::Program("the desk's thread ended".into());
        let description = Arc::new(opened.recv().map_err(gone)??);
        Ok(Self { orders, description, origin })
    }

    /// The daemon's clock in microseconds.
    #[must_use]
    pub fn clock_us(&self) -> u64 {
        micros(self.origin)
    }

    pub(crate) fn order(&self, order: Order) {
        if self.orders.send(order).is_err() {
            tracing::debug!("the desk is gone");
        }
    }

    /// The desktop as it is now; `None` when it is gone.
    pub async fn snapshot(&self) -> Option<Snapshot> {
        let (reply, snapshot) = oneshot::channel();
        self.order(Order::Snapshot(reply));
        snapshot.await.ok()
    }

    /// A small picture of the desktop as JPEG; `None` when it is as it was for the last one, and
    /// is not wanted anyway.
    pub(crate) async fn thumbnail(&self, anyway: bool) -> Option<Vec<u8>> {
        let (reply, thumbnail) = oneshot::channel();
        self.order(Order::Thumbnail { anyway, reply });
        thumbnail.await.ok().flatten()
    }

    /// Ends the thread, and with it the desktop's own programs.
    pub fn stop(&self) {
        self.order(Order::Stop);
    }
}

fn micros(origin: Instant) -> u64 {
    u64::try_from(origin.elapsed().as_micros()).unwrap_or(u64::MAX)
}

struct Viewer {
    pacing: Pacing,
    out: mpsc::Sender<Outgoing>,
    keys: HashSet<KeyCode>,
    buttons: HashSet<Button>,
    at: (u16, u16),
}

struct Worker {
    source: Box<dyn Source>,
    max_fps: u8,
    origin: Instant,
    width: u16,
    height: u16,
    /// The desktop as it was last captured.
    picture: Vec<u8>,
    /// What the source says has changed since.
    damage: Blocks,
    /// The picture is another than that of the last thumbnail.
    news: bool,
    viewers: HashMap<ViewerId, Viewer>,
    shape: Option<Arc<CursorShape>>,
    position: Option<ToViewer>,
    scratch: Vec<u8>,
    fresh: Vec<u8>,
}

impl Worker {
    fn new(source: Box<dyn Source>, max_fps: u8, origin: Instant) -> Self {
        let (width, height) = source.size();
        let mut damage = Blocks::new(width, height);
        damage.mark_all();
        let picture = vec![0; usize::from(width) * usize::from(height) * 4];
        Self {
            source,
            max_fps,
            origin,
            width,
            height,
            fresh: picture.clone(),
            picture,
            damage,
            news: true,
            viewers: HashMap::new(),
            shape: None,
            position: None,
            scratch: Vec::new(),
        }
    }

    fn run(mut self, orders: &Receiver<Order>) {
        loop {
            let wait = self.wait();
            let mut order = match wait {
                Some(wait) => match orders.recv_timeout(wait) {
                    Ok(order) => Some(order),
                    Err(RecvTimeoutError::Timeout) => None,
                    Err(RecvTimeoutError::Disconnected) => return,
                },
                None => match orders.recv() {
                    Ok(order) => Some(order),
                    Err(_) => return,
                },
            };
            while let Some(next) = order {
                if matches!(next, Order::Stop) {
                    return;
                }
                if let Err(error) = self.order(next) {
                    tracing::error!(%error, "the desktop is gone");
                    return;
                }
                order = orders.try_recv().ok();
            }
            if let Err(error) = self.step() {
                tracing::error!(%error, "the desktop is gone");
                return;
            }
        }
    }

    /// How long nothing has to be done; `None` until woken.
    fn wait(&self) -> Option<Duration> {
        let now = Instant::now();
        let senders = self.viewers.values().filter_map(|v| v.pacing.ready_at(now));
        // Damage that nobody has seen yet is looked at when somebody may be sent to.
        let look = (!self.damage.is_empty() && !self.viewers.is_empty()).then(|| now + TICK);
        let source = if self.viewers.is_empty() { None } else { self.source.deadline() };
        let next = senders.chain(source).chain(look).min()?;
        Some(next.saturating_duration_since(now))
    }

    fn order(&mut self, order: Order) -> Result<(), SourceError> {
        let now = Instant::now();
        match order {
            Order::Wake | Order::Stop => {}
            Order::Join(id, out) => {
                self.tell_pointer(&out);
                let pacing = Pacing::new(self.width, self.height, self.max_fps, now);
                let (keys, buttons) = (HashSet::new(), HashSet::new());
                self.viewers.insert(id, Viewer { pacing, out, keys, buttons, at: (0, 0) });
            }
            Order::Leave(id) => {
                self.release(id)?;
                self.viewers.remove(&id);
            }
            Order::Input(id, input) => self.input(id, &input)?,
            Order::Control(id, message) => {
                if let Some(viewer) = self.viewers.get_mut(&id) {
                    viewer.pacing.control(&message, self.max_fps, now);
                }
            }
            Order::Snapshot(reply) => {
                self.look()?;
                self.damage.mark_all();
                self.capture()?;
                let rgba = self
                    .picture
                    .chunks_exact(4)
                    .filter_map(|p| Some([*p.get(2)?, *p.get(1)?, *p.first()?, 255]))
                    .flatten()
                    .collect();
                // Whoever asked may be gone.
                drop(reply.send(Snapshot { width: self.width, height: self.height, rgba }));
            }
            Order::Thumbnail { anyway, reply } => {
                self.look()?;
                self.capture()?;
                let wanted = std::mem::take(&mut self.news) || anyway;
                let make = || thumbnail::encode(&self.picture, self.width, self.height);
                drop(reply.send(wanted.then(make).flatten()));
            }
        }
        Ok(())
    }

    fn tell_pointer(&self, out: &mpsc::Sender<Outgoing>) {
        if let Some(shape) = &self.shape {
            tell(out, Outgoing::Shape(Arc::clone(shape)));
        }
        if let Some(position) = &self.position {
            tell(out, Outgoing::Control(position.clone()));
        }
    }

    fn input(&mut self, id: ViewerId, input: &Input) -> Result<(), SourceError> {
        let Some(viewer) = self.viewers.get_mut(&id) else { return Ok(()) };
        match *input {
            Input::Key { code, pressed: true } => drop(viewer.keys.insert(code)),
            Input::Key { code, pressed: false } => drop(viewer.keys.remove(&code)),
            Input::Button { x, y, button, pressed } => {
                viewer.at = (x, y);
                if pressed {
                    viewer.buttons.insert(button);
                } else {
                    viewer.buttons.remove(&button);
                }
            }
            Input::Move { x, y } | Input::Wheel { x, y, .. } => viewer.at = (x, y),
            Input::ReleaseAll => return self.release(id),
            Input::Text { .. } | Input::Unknown => {}
        }
        self.source.inject(input)
    }

    /// Lets go of everything that a viewer holds.
    fn release(&mut self, id: ViewerId) -> Result<(), SourceError> {
        let Some(viewer) = self.viewers.get_mut(&id) else { return Ok(()) };
        let (x, y) = viewer.at;
        let keys = std::mem::take(&mut viewer.keys).into_iter();
        let buttons = std::mem::take(&mut viewer.buttons).into_iter();
        let ups = keys
            .map(|code| Input::Key { code, pressed: false })
            .chain(buttons.map(|button| Input::Button { x, y, button, pressed: false }));
        for up in ups.collect::<Vec<_>>() {
            self.source.inject(&up)?;
        }
        Ok(())
    }

    /// Asks the source what changed.
    fn look(&mut self) -> Result<(), SourceError> {
        let changes = self.source.advance(Instant::now())?;
        for rectangle in changes.damage {
            self.damage.mark(rectangle);
        }
        if let Some(shape) = changes.shape {
            let shape = Arc::new(shape);
            for viewer in self.viewers.values() {
                tell(&viewer.out, Outgoing::Shape(Arc::clone(&shape)));
            }
            self.shape = Some(shape);
        }
        if let Some((x, y, visible)) = changes.position {
            let position = ToViewer::Cursor { x, y, visible };
            for viewer in self.viewers.values() {
                tell(&viewer.out, Outgoing::Control(position.clone()));
            }
            self.position = Some(position);
        }
        Ok(())
    }

    /// Copies what is damaged, and gives the blocks that really changed to every viewer.
    fn capture(&mut self) -> Result<(), SourceError> {
        for rectangle in self.damage.rectangles() {
            self.source.capture(rectangle, &mut self.fresh)?;
        }
        let stride = usize::from(self.width) * 4;
        let (picture, fresh) = (&mut self.picture, &self.fresh);
        self.damage.retain(|block| update(picture, fresh, stride, block));
        self.news |= !self.damage.is_empty();
        for viewer in self.viewers.values_mut() {
            viewer.pacing.damage(&self.damage);
        }
        self.damage.clear();
        Ok(())
    }

    fn step(&mut self) -> Result<(), SourceError> {
        self.look()?;
        let now = Instant::now();
        let takes = |v: &Viewer| {
            let mut changed = v.pacing.ready_at(now).is_some_and(|at| at <= now);
            changed &= v.out.capacity() > 0;
            changed
        };
        let damaged = !self.damage.is_empty() && !self.viewers.is_empty();
        if damaged {
            self.capture()?;
        }
        let captured_us = micros(self.origin);
        let size = (self.width, self.height);
        // Viewers that want the same blocks in the same quality get the same JPEGs.
        let mut made: Vec<(u8, Blocks, Jpegs)> = Vec::new();
        for viewer in self.viewers.values_mut() {
            if !takes(viewer) {
                continue;
            }
            let quality = viewer.pacing.quality();
            let Some((sequence, blocks)) = viewer.pacing.take(now) else { continue };
            if !made.iter().any(|(q, b, _)| *q == quality && *b == blocks) {
                let tiles = blocks
                    .rectangles()
                    .into_iter()
                    .filter_map(|r| {
                        encode(&self.picture, self.width, r, quality, &mut self.scratch)
                            .map(|jpeg| (r, jpeg))
                    })
                    .collect();
                made.push((quality, blocks.clone(), tiles));
            }
            let Some((.., tiles)) = made.iter().find(|(q, b, _)| *q == quality && *b == blocks)
            else {
                continue;
            };
            let tiles: Vec<Tile<'_>> = tiles
                .iter()
                .map(|(rectangle, jpeg)| Tile { rectangle: *rectangle, jpeg })
                .collect();
            tell(&viewer.out, Outgoing::Update(split(sequence, captured_us, size, &tiles)));
        }
        Ok(())
    }
}

/// Rectangles with their JPEGs.
type Jpegs = Vec<(Rectangle, Vec<u8>)>;

/// Copies a block; whether it was another.
fn update(picture: &mut [u8], fresh: &[u8], stride: usize, block: Rectangle) -> bool {
    let mut changed = false;
    for row in block.y..block.y + block.height {
        let start = usize::from(row) * stride + usize::from(block.x) * 4;
        let range = start..start + usize::from(block.width) * 4;
        if let (Some(to), Some(from)) = (picture.get_mut(range.clone()), fresh.get(range))
            && to != from
        {
            to.copy_from_slice(from);
            changed = true;
        }
    }
    changed
}

fn tell(out: &mpsc::Sender<Outgoing>, what: Outgoing) {
    // Pointer news that does not fit is followed by newer; updates are only made when there is
    // room.
    if out.try_send(what).is_err() {
        tracing::debug!("a viewer does not take more");
    }
}
