//! The operating system's dialogs, clipboard and notifications.

#[cfg(all(unix, not(target_os = "macos")))]
mod awake;
#[cfg(all(unix, not(target_os = "macos")))]
mod bus;
#[cfg(all(unix, not(target_os = "macos")))]
mod notifications;
#[cfg(any(windows, target_os = "macos"))]
mod other;
#[cfg(all(unix, not(target_os = "macos")))]
mod portal;
#[cfg(target_os = "linux")]
#[cfg(test)]
pub(crate) mod tests;

#[cfg(all(unix, not(target_os = "macos")))]
pub use bus::System;
#[cfg(any(windows, target_os = "macos"))]
pub use other::System;

use multiclaw_core::engine::{Pixels, PlatformError};
use std::time::Duration;

/// For the program that the clipboard belongs to, to hand its picture over.
const CLIPBOARD: Duration = Duration::from_secs(10);

/// The picture in the clipboard. The other program may never answer, so a thread waits for it.
async fn clipboard_picture() -> Result<Option<Pixels>, PlatformError> {
    let read = tokio::task::spawn_blocking(|| {
        let mut clipboard = arboard::Clipboard::new()?;
        clipboard.get_image()
    });
    let fault = |why: String| PlatformError::Clipboard(why);
    match tokio::time::timeout(CLIPBOARD, read).await {
        Err(_) => Err(fault("the other program does not answer".into())),
        Ok(Err(error)) => Err(fault(error.to_string())),
        Ok(Ok(Err(arboard::Error::ContentNotAvailable))) => Ok(None),
        Ok(Ok(Err(error))) => Err(fault(error.to_string())),
        Ok(Ok(Ok(image))) => {
            let side = |n: usize| u32::try_from(n).map_err(|_| fault("it is too large".into()));
            Ok(Some(Pixels {
                width: side(image.width)?,
                height: side(image.height)?,
                rgba: image.bytes.into_owned(),
            }))
        }
    }
}
