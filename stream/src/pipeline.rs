//! From waiting updates to the screen, on a thread of its own.
//!
//! One pipeline belongs to one viewer window. It outlives a connection, so the last picture
//! stays when the connection goes.

use crate::reassembly::{Tile, Update};
use crate::slot::{Slot, Waiting, Work};
use jpeg::{Canvas, Change, Limits, Planes, Rect};
use parking_lot::Mutex;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// Shortest time between two pictures: no screen shows more, and a sender that floods must not
/// take the whole machine.
const SHORTEST_INTERVAL: Duration = Duration::from_millis(8);
/// Reports that may wait; they are cumulative, so one that does not fit may be dropped.
const REPORTS: usize = 64;
/// Who may wait for the picture at the same time; more are refused.
const ASKING: usize = 8;

/// Where pictures go: the textures of a GPU, or memory.
pub trait Screen: Send {
    /// Takes what changed. Called on the decode thread after each picture.
    ///
    /// # Errors
    /// When the picture cannot be shown, for example because it is larger than the GPU's
    /// largest texture. What was shown before must stay.
    fn show(&mut self, planes: &Planes, change: &Change) -> Result<(), ScreenError>;
}

/// A picture that decodes but cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScreenError {
    /// Larger than this GPU can hold.
    #[error(
        "a picture of {width} by {height} is larger than this graphics device can show ({limit})"
    )]
    TooLarge {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
        /// Largest side in pixels.
        limit: u32,
    },
    /// The device is gone.
    #[error("the graphics device is lost: {0}")]
    Lost(String),
}

/// Why an update was not shown.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// The JPEG does not decode.
    #[error(transparent)]
    Jpeg(#[from] jpeg::Error),
    /// The JPEG's size is not the rectangle's.
    #[error("a jpeg of {}x{} came for a rectangle of {}x{}", .jpeg.0, .jpeg.1, .rectangle.0, .rectangle.1)]
    Size {
        /// The JPEG's width and height.
        jpeg: (u32, u32),
        /// The rectangle's.
        rectangle: (u16, u16),
    },
    /// A rectangle came before any whole picture of that size.
    #[error("a part of the desktop came before the whole of it")]
    NoPicture,
    /// The screen refused it.
    #[error(transparent)]
    Screen(#[from] ScreenError),
}

/// What the decode thread did with an update.
#[derive(Debug)]
pub enum Report {
    /// It is on the screen.
    Shown {
        /// Its number.
        sequence: u32,
        /// Capture time on the daemon's clock, in microseconds.
        captured_us: Option<u64>,
        /// When its last byte arrived.
        arrived: Instant,
        /// When it was handed to the screen.
        shown: Instant,
        /// Time to decode.
        decode: Duration,
        /// Time to hand over.
        upload: Duration,
        /// Size of the picture in pixels.
        size: (u32, u32),
    },
    /// It, or a rectangle of it, is bad. The last good picture stays.
    Bad(PictureError),
}

/// A running decode thread. Dropping it ends the thread.
pub struct Pipeline {
    slot: Arc<Slot>,
    reports: Option<mpsc::Receiver<Report>>,
    pictures: Pictures,
}

/// Those who wait for the picture. The decode thread holds it; with the thread it goes.
type Asking = Mutex<Vec<oneshot::Sender<Planes>>>;

/// Where the picture that is shown can be asked for, whoever holds the pipeline. Nothing is
/// copied unless it is.
#[derive(Clone, Debug)]
pub struct Pictures {
    slot: Arc<Slot>,
    asking: Weak<Asking>,
}

impl Pictures {
    /// A copy of the newest picture that was decoded; `None` before the first one and when the
    /// pipeline is gone.
    pub async fn newest(&self) -> Option<Planes> {
        let (sender, answer) = oneshot::channel();
        {
            let asking = self.asking.upgrade()?;
            let mut asking = asking.lock();
            if asking.len() >= ASKING {
                return None;
            }
            asking.push(sender);
        }
        self.slot.ask();
        answer.await.ok()
    }
}

impl Pipeline {
    /// Starts the thread. `wake` is called when a newer picture is on the screen.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        screen: Box<dyn Screen>,
        limits: Limits,
        wake: Arc<dyn Fn() + Send + Sync>,
    ) -> std::io::Result<Self> {
        let slot = Arc::new(Slot::default());
        let (sender, reports) = mpsc::channel(REPORTS);
        let asking = Arc::new(Asking::default());
        let pictures = Pictures { slot: Arc::clone(&slot), asking: Arc::downgrade(&asking) };
        let worker = Worker { canvas: Canvas::new(limits), screen, reports: sender, wake, asking };
        let taken = Arc::clone(&slot);
        std::thread::Builder::new().name("decode".into()).spawn(move || worker.run(&taken))?;
        Ok(Self { slot, reports: Some(reports), pictures })
    }

    /// Where the picture that is shown can be asked for.
    #[must_use]
    pub fn pictures(&self) -> Pictures {
        self.pictures.clone()
    }

    /// Where updates are put.
    #[must_use]
    pub fn slot(&self) -> Arc<Slot> {
        Arc::clone(&self.slot)
    }

    /// The reports; a connection borrows them and gives them back with [`Self::give_back`].
    pub fn take_reports(&mut self) -> Option<mpsc::Receiver<Report>> {
        self.reports.take()
    }

    /// Gives the reports back for the next connection.
    pub fn give_back(&mut self, reports: mpsc::Receiver<Report>) {
        self.reports = Some(reports);
    }
}

impl Drop for Pipeline {
    fn drop(&mut self) {
        self.slot.close();
    }
}

struct Worker {
    canvas: Canvas,
    screen: Box<dyn Screen>,
    reports: mpsc::Sender<Report>,
    wake: Arc<dyn Fn() + Send + Sync>,
    asking: Arc<Asking>,
}

impl Worker {
    fn run(mut self, slot: &Slot) {
        while let Some(work) = slot.take() {
            let waiting = match work {
                Work::Show(waiting) => waiting,
                Work::Picture => {
                    self.give_picture();
                    continue;
                }
            };
            let started = Instant::now();
            let report = self.show(&waiting, started);
            self.report(report);
            if let Some(rest) = SHORTEST_INTERVAL.checked_sub(started.elapsed()) {
                std::thread::sleep(rest);
            }
        }
    }

    fn give_picture(&self) {
        for asking in std::mem::take(&mut *self.asking.lock()) {
            if let Some(planes) = self.canvas.planes()
                && asking.send(planes.clone()).is_err()
            {
                tracing::debug!("nobody waits for the picture any more");
            }
        }
    }

    fn report(&self, report: Report) {
        if self.reports.try_send(report).is_err() {
            tracing::trace!("a report of the decode thread was dropped");
        }
    }

    fn show(&mut self, waiting: &Waiting, started: Instant) -> Report {
        let change = match self.decode(&waiting.update) {
            Ok(change) => change,
            Err(error) => return Report::Bad(error),
        };
        let decoded = Instant::now();
        let Some(planes) = self.canvas.planes() else {
            return Report::Bad(PictureError::NoPicture);
        };
        if let Err(error) = self.screen.show(planes, &change) {
            return Report::Bad(error.into());
        }
        let shown = Instant::now();
        if !change.dirty.is_empty() {
            (self.wake)();
        }
        Report::Shown {
            sequence: waiting.update.sequence,
            captured_us: waiting.update.captured_us,
            arrived: waiting.arrived,
            shown,
            decode: decoded.saturating_duration_since(started),
            upload: shown.saturating_duration_since(decoded),
            size: (planes.width, planes.height),
        }
    }

    /// Decodes all rectangles. A bad one is skipped and reported, the others still show.
    fn decode(&mut self, update: &Update) -> Result<Change, PictureError> {
        let mut all: Option<Change> = None;
        if let Some((width, height)) = update.desktop {
            let (width, height) = (u32::from(width), u32::from(height));
            let known =
                self.canvas.planes().is_some_and(|p| (p.width, p.height) == (width, height));
            if !known && update.tiles.len() > 1 {
                if !update.is_whole() {
                    return Err(PictureError::NoPicture);
                }
                all = Some(self.canvas.blank(width, height)?);
            }
        }
        for tile in &update.tiles {
            match self.tile(update.desktop, tile) {
                Ok(change) => merge(&mut all, change),
                Err(error) if update.tiles.len() == 1 => return Err(error),
                Err(error) => self.report(Report::Bad(error)),
            }
        }
        all.ok_or(PictureError::NoPicture)
    }

    fn tile(&mut self, desktop: Option<(u16, u16)>, tile: &Tile) -> Result<Change, PictureError> {
        let (Some(rectangle), Some(desktop)) = (tile.rectangle, desktop) else {
            return Ok(self.canvas.whole(&tile.jpeg)?);
        };
        let header = jpeg::read_header(&tile.jpeg, self.canvas.limits())?;
        let expected = (rectangle.width, rectangle.height);
        if (header.width, header.height) != (expected.0.into(), expected.1.into()) {
            let jpeg = (header.width, header.height);
            return Err(PictureError::Size { jpeg, rectangle: expected });
        }
        let desktop = (desktop.0.into(), desktop.1.into());
        match self.canvas.tile(desktop, rectangle.x.into(), rectangle.y.into(), &tile.jpeg) {
            Err(jpeg::Error::NoPicture) => Err(PictureError::NoPicture),
            result => Ok(result?),
        }
    }
}

/// Adds `change` to what changed so far.
fn merge(all: &mut Option<Change>, change: Change) {
    match all {
        None => *all = Some(change),
        Some(all) => {
            all.reshaped |= change.reshaped;
            let new: Vec<Rect> =
                change.dirty.into_iter().filter(|r| !all.dirty.contains(r)).collect();
            all.dirty.extend(new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nowhere;

    impl Screen for Nowhere {
        fn show(&mut self, _: &Planes, _: &Change) -> Result<(), ScreenError> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn the_picture_is_given_when_asked_for() {
        let start =
            || Pipeline::start(Box::new(Nowhere), Limits::default(), Arc::new(|| {})).unwrap();
        let mut pipeline = start();
        let pictures = pipeline.pictures();
        assert_eq!(pictures.newest().await, None, "before the first");
        let mut jpeg = Vec::new();
        jpeg_encoder::Encoder::new(&mut jpeg, 90)
            .encode(&[200; 32 * 16 * 3], 32, 16, jpeg_encoder::ColorType::Rgb)
            .unwrap();
        let tiles = vec![Tile { rectangle: None, jpeg: jpeg.into() }];
        let update = Update { sequence: 1, captured_us: None, desktop: None, tiles };
        pipeline.slot().put(update, Instant::now());
        let mut reports = pipeline.take_reports().unwrap();
        assert!(matches!(reports.recv().await, Some(Report::Shown { .. })));
        let (one, other) = tokio::join!(pictures.newest(), pictures.newest());
        let one = one.unwrap();
        assert_eq!((one.width, one.height), (32, 16));
        assert_eq!(Some(one), other);
        drop(pipeline);
        drop(reports);
        assert_eq!(pictures.newest().await, None, "after the end");
    }
}
