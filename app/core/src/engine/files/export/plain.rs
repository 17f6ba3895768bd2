//! A text that is there already, written into a file that the person picks.

use super::super::attach::say_open;
use super::super::open;
use crate::engine::Engine;
use crate::model::Export;
use crate::say;
use std::io::{self, Write};

impl Engine {
    /// Has the person pick a file and writes `text` into it, whole. `then` hears how it ended;
    /// `None`: the person cancelled. `false` while another dialog is on the screen.
    pub(in crate::engine) fn save_report(
        &mut self,
        title: &str,
        suggested: &str,
        text: String,
        then: fn(&mut Self, Option<Export>),
    ) -> bool {
        if self.files.choosing {
            return false;
        }
        self.files.choosing = true;
        let opener = self.doors.opener(self.acting);
        let picked = self.doors.pick_save(self.acting, title, suggested);
        let work = async move {
            let path = match picked.await {
                Ok(Some(path)) => path,
                Ok(None) => return None,
                Err(error) => return Some(Export::Failed(say::files::platform(&error))),
            };
            let name = open::name_of(&path);
            let written = tokio::task::spawn_blocking(move || {
                let mut file = opener?.create(&path)?;
                file.set_len(0)?;
                file.write_all(text.as_bytes())?;
                file.sync_all()?;
                Ok(())
            });
            let written = written.await.unwrap_or_else(|e| Err(io::Error::other(e).into()));
            Some(match written {
                Ok(()) => Export::Done(name),
                Err(error) => Export::Failed(say_open(&name, &error)),
            })
        };
        self.later(Box::pin(work), move |engine, ended| {
            engine.files.choosing = false;
            then(engine, ended);
        });
        true
    }
}
