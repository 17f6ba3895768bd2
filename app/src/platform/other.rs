//! Windows and macOS: the system's own dialogs and notifications.

use multiclaw_core::engine::{Asked, Pixels, Platform, PlatformError};
use std::path::PathBuf;

/// The operating system.
#[derive(Debug, Default)]
pub struct System;

impl Platform for System {
    fn pick_files(&self, title: &str) -> Asked<Vec<PathBuf>> {
        let dialog = rfd::AsyncFileDialog::new().set_title(title).pick_files();
        Box::pin(async move {
            let files = dialog.await.unwrap_or_default();
            Ok(files.iter().map(|file| file.path().to_owned()).collect())
        })
    }

    fn pick_save(&self, title: &str, suggested: &str) -> Asked<Option<PathBuf>> {
        let dialog =
            rfd::AsyncFileDialog::new().set_title(title).set_file_name(suggested).save_file();
        Box::pin(async move { Ok(dialog.await.map(|file| file.path().to_owned())) })
    }

    fn clipboard_picture(&self) -> Asked<Option<Pixels>> {
        Box::pin(super::clipboard_picture())
    }

    fn notify(&self, title: &str, text: &str) -> Asked<()> {
        let mut notification = notify_rust::Notification::new();
        notification.appname("MultiClaw").summary(title).body(text);
        Box::pin(async move {
            let fault = |error: String| PlatformError::Notification(error);
            let shown = tokio::task::spawn_blocking(move || notification.show());
            let shown = shown.await.map_err(|error| fault(error.to_string()))?;
            shown.map(drop).map_err(|error| fault(error.to_string()))
        })
    }
}
