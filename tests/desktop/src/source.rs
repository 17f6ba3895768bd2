//! Where pictures come from and input goes to.

use std::time::{Duration, Instant};
use stream::protocol::cursor::CursorShape;
use stream::protocol::frame::Rectangle;
use stream::protocol::input::Input;

/// A desktop that can be captured and typed into. Used by one thread.
pub trait Source: Send {
    /// Pixels, width and height.
    fn size(&self) -> (u16, u16);

    /// Name of the keyboard layout, such as `us`.
    fn layout(&self) -> String;

    /// In words, for a person.
    fn describe(&self) -> String;

    /// Lets time pass and tells what changed since the last call.
    ///
    /// # Errors
    /// When the desktop is gone.
    fn advance(&mut self, now: Instant) -> Result<Changes, SourceError>;

    /// When [`Self::advance`] has something to do without being woken.
    fn deadline(&self) -> Option<Instant>;

    /// Copies a rectangle into `picture`, which is the whole desktop: 4 bytes a pixel (blue,
    /// green, red, any), rows from the top.
    ///
    /// # Errors
    /// When the desktop is gone.
    fn capture(&mut self, rectangle: Rectangle, picture: &mut [u8]) -> Result<(), SourceError>;

    /// Plays one event.
    ///
    /// # Errors
    /// When the desktop is gone.
    fn inject(&mut self, input: &Input) -> Result<(), SourceError>;
}

/// What changed.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// May overlap, and may name more than really changed.
    pub damage: Vec<Rectangle>,
    /// The pointer's new shape.
    pub shape: Option<CursorShape>,
    /// The pointer's new position, and whether it shows.
    pub position: Option<(u16, u16, bool)>,
}

/// What is wrong with a desktop.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// A program that is needed is not there.
    #[error("the program {0} is not installed")]
    Missing(&'static str),
    /// A program did not do what it should.
    #[error("{0}")]
    Program(String),
    /// The X server.
    #[error("x11: {0}")]
    X11(String),
    /// Files, memory, processes.
    #[error("input or output: {0}")]
    Io(#[from] std::io::Error),
}

/// Which desktop to serve.
#[derive(Clone, Debug)]
pub enum Choice {
    /// An Xvfb where there is one, else a painted desktop.
    Auto {
        /// Pixels.
        size: (u16, u16),
        /// Of the painted desktop's moving window, a second; 0 for none.
        motion_fps: u32,
    },
    /// This X display, for example `:0`.
    Display(String),
    /// An Xvfb of our own.
    Xvfb {
        /// Pixels.
        size: (u16, u16),
        /// Frames a second of a moving picture; 0 for none.
        motion_fps: u32,
    },
    /// A painted desktop.
    Painted {
        /// Pixels.
        size: (u16, u16),
        /// Of the moving window, a second; 0 for none.
        motion_fps: u32,
    },
}

impl Choice {
    /// Opens the desktop. `wake` is to be called when it has something to tell.
    ///
    /// # Errors
    /// When the wanted desktop cannot be had.
    pub fn open(&self, wake: Wake) -> Result<Box<dyn Source>, SourceError> {
        match self {
            Self::Display(name) => Ok(Box::new(crate::x11::X11::attach(name, wake)?)),
            Self::Xvfb { size, motion_fps } => {
                Ok(Box::new(crate::x11::X11::start(*size, *motion_fps, wake)?))
            }
            Self::Painted { size, motion_fps } => {
                Ok(Box::new(crate::painted::Painted::new(*size, *motion_fps, Instant::now())))
            }
            Self::Auto { size, motion_fps } => {
                let (size, motion_fps) = (*size, *motion_fps);
                match (Self::Xvfb { size, motion_fps }).open(wake.clone()) {
                    Err(error @ SourceError::Missing(_)) => {
                        tracing::info!(%error, "painting a desktop instead");
                        Self::Painted { size, motion_fps }.open(wake)
                    }
                    other => other,
                }
            }
        }
    }
}

/// Wakes the desk's thread.
pub type Wake = std::sync::Arc<dyn Fn() + Send + Sync>;

/// The time between frames; `None` for none.
pub(crate) fn interval(fps: u32) -> Option<Duration> {
    (fps > 0).then(|| Duration::from_secs(1) / fps)
}
