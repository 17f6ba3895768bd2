//! What the operating system gives beside its own folders and connections: its dialogs and the
//! files that are picked there, its clipboard, its notifications, and the one program that is
//! started. The program brings its own; tests bring one that answers at once.

use gateway_client::discovery::{self, Endpoint, Environment, Version};
use gateway_client::program::{Program, ProgramError};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::pin::Pin;

/// An answer that the operating system, or the person in front of it, takes time for.
pub type Asked<T> = Pin<Box<dyn Future<Output = Result<T, PlatformError>> + Send>>;

/// What a program takes time for.
pub type Ran<T> = Pin<Box<dyn Future<Output = Result<T, ProgramError>> + Send>>;

/// What is to be done with the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderKind {
    /// Start it.
    Start,
    /// Stop it.
    Stop,
    /// Stop and start it.
    Restart,
}

/// What is to be done with the gateway, and with which.
#[derive(Clone, Debug)]
pub struct Order {
    /// What.
    pub kind: OrderKind,
    /// The program, absolute, as [`discovery::find_program`] found it.
    pub program: PathBuf,
    /// What it is run in.
    pub environment: Environment,
    /// Where the gateway listens, or is to listen.
    pub endpoint: Endpoint,
    /// The gateway's folder.
    pub state_dir: PathBuf,
    /// Where a gateway without a service prints to.
    pub output: PathBuf,
}

/// Why the operating system did not do it. That a person cancelled is no error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum PlatformError {
    /// Nothing on this machine shows file dialogs.
    #[error("nothing shows file dialogs: {0}")]
    NoDialog(String),
    /// What shows file dialogs does not answer.
    #[error("the service for file dialogs does not answer")]
    DialogHangs,
    /// The dialog ended with an error, or named no file of this machine.
    #[error("the file dialog failed: {0}")]
    Dialog(String),
    /// The clipboard cannot be read.
    #[error("the clipboard cannot be read: {0}")]
    Clipboard(String),
    /// It is in no row of the scope of what asked for it: a fault of this program.
    #[error("it was refused: {0}")]
    Refused(String),
    /// Nothing here keeps the screen awake, or it does not answer.
    #[error("the screen cannot be kept awake: {0}")]
    Awake(String),
    /// Nothing shows notifications, or it does not answer.
    #[error("no notification could be shown: {0}")]
    Notification(String),
}

/// A picture of the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// R, G, B, A, rows from the top; not premultiplied.
    pub rgba: Vec<u8>,
}

/// What the operating system gives. No method may wait: what takes time is in the future, which
/// runs on the tokio runtime.
pub trait Platform: Send + Sync {
    /// Lets the person choose files to read. Empty when they cancelled.
    fn pick_files(&self, title: &str) -> Asked<Vec<PathBuf>>;

    /// Lets the person choose a file to write, and has them confirm when it is there already.
    /// `None` when they cancelled. `suggested`: a file name with its extension.
    fn pick_save(&self, title: &str, suggested: &str) -> Asked<Option<PathBuf>>;

    /// The picture in the clipboard; `None` when there is something else in it, or nothing.
    fn clipboard_picture(&self) -> Asked<Option<Pixels>>;

    /// Shows a notification. Both are plain text.
    fn notify(&self, title: &str, text: &str) -> Asked<()>;

    /// Opens a file that the person picked or dropped, to read. Blocks.
    ///
    /// # Errors
    /// As opening has them; it may be no regular file.
    fn open_picked(&self, path: &Path) -> std::io::Result<File> {
        super::files::open::to_read(path)
    }

    /// Opens a file that the person picked, to write, and makes it when it is not there. Blocks.
    ///
    /// # Errors
    /// As opening has them; it may be no regular file.
    fn create_picked(&self, path: &Path) -> std::io::Result<File> {
        super::files::open::to_write(path)
    }

    /// Asks `openclaw` for its version.
    fn openclaw_version(&self, program: &Path, environment: &Environment) -> Ran<Version> {
        let (program, environment) = (program.to_owned(), environment.clone());
        Box::pin(async move { discovery::version(&program, &environment).await })
    }

    /// Has `openclaw` start, stop or restart the gateway, with words of this program's.
    fn openclaw(&self, order: Order) -> Ran<()> {
        Box::pin(async move {
            let program = Program::new(order.program, order.environment);
            let (at, folder, output) = (order.endpoint, &order.state_dir, Some(&*order.output));
            match order.kind {
                OrderKind::Start => program.start(at, folder, output).await.map(drop),
                OrderKind::Stop => program.stop(folder).await.map(drop),
                OrderKind::Restart => program.restart(at, folder, output).await.map(drop),
            }
        })
    }

    /// Keeps the screen awake, or lets it sleep again. The last call counts.
    fn keep_awake(&self, _on: bool) -> Asked<()> {
        Box::pin(async { Err(PlatformError::Awake("not on this system".into())) })
    }

    /// Whether something shows file dialogs; nothing is shown. `None` where that cannot be asked.
    fn has_dialogs(&self) -> Asked<Option<()>> {
        Box::pin(async { Ok(None) })
    }

    /// Whether something shows notifications; nothing is shown. `None` where that cannot be asked.
    fn has_notifications(&self) -> Asked<Option<()>> {
        Box::pin(async { Ok(None) })
    }
}

/// A machine without dialogs, clipboard and notifications: programs without a window, tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoPlatform;

fn refuse<T: Send + 'static>(error: fn(String) -> PlatformError) -> Asked<T> {
    Box::pin(async move { Err(error("there is no window".into())) })
}

impl Platform for NoPlatform {
    fn pick_files(&self, _: &str) -> Asked<Vec<PathBuf>> {
        refuse(PlatformError::NoDialog)
    }

    fn pick_save(&self, _: &str, _: &str) -> Asked<Option<PathBuf>> {
        refuse(PlatformError::NoDialog)
    }

    fn clipboard_picture(&self) -> Asked<Option<Pixels>> {
        refuse(PlatformError::Clipboard)
    }

    fn notify(&self, _: &str, _: &str) -> Asked<()> {
        refuse(PlatformError::Notification)
    }
}
