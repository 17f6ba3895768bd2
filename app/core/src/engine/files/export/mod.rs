//! The open conversation, written into a file that the person picks: page by page, so that a long
//! one is never held whole.
//!
//! The file is written directly and then made durable: what a person picked is one file, and
//! nothing beside it may be touched (behind a portal, nothing beside it can be).

pub(in crate::engine) mod json;
mod markdown;
mod plain;

use super::attach::say_open;
use super::{Engine, open};
use crate::engine::{Event, Events};
use crate::model::{Entry, Export, ExportFormat, Problem};
use crate::say;
use crate::tr;
use std::fs::File;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;

/// A page on its way: its entries, oldest first, or `None` after the last page.
pub(in crate::engine) type NextPage<'a> =
    Pin<Box<dyn Future<Output = Result<Option<Vec<Arc<Entry>>>, Problem>> + Send + 'a>>;

/// Gives all of a conversation, oldest page first.
pub(in crate::engine) trait Pages: Send {
    /// The next page.
    fn next(&mut self) -> NextPage<'_>;
}

/// What is exported.
pub(in crate::engine) struct Source {
    /// About the conversation.
    pub(in crate::engine) about: About,
    /// What is in it.
    pub(in crate::engine) pages: Box<dyn Pages>,
}

/// About a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::engine) struct About {
    /// Its title.
    pub(in crate::engine) title: String,
    /// Its agent.
    pub(in crate::engine) agent: String,
    /// The gateway's session key.
    pub(in crate::engine) key: String,
    /// Its model, `provider/id`; may be empty.
    pub(in crate::engine) model: String,
}

/// Entries that are in memory already.
pub(in crate::engine) struct Loaded(pub(in crate::engine) Option<Vec<Arc<Entry>>>);

impl Pages for Loaded {
    fn next(&mut self) -> NextPage<'_> {
        let page = self.0.take();
        Box::pin(async move { Ok(page) })
    }
}

/// What writes one format.
trait Form: Send {
    fn head(&mut self, about: &About, out: &mut String);
    fn entry(&mut self, entry: &Entry, out: &mut String);
    fn foot(&mut self, out: &mut String);
}

fn form(format: ExportFormat) -> Box<dyn Form> {
    match format {
        ExportFormat::Markdown => Box::new(markdown::Markdown),
        ExportFormat::Json => Box::new(json::Json::default()),
    }
}

/// Why an export ended early.
enum Broke {
    /// A page did not come.
    Page(Problem),
    /// The file cannot be written.
    Write(io::Error),
}

/// Writes all pages into `file`. `told` hears how many entries were written so far. Nothing is
/// changed in the file before the first page is there.
async fn write(
    mut source: Source,
    format: ExportFormat,
    file: File,
    told: impl Fn(usize) + Send + Sync,
) -> Result<(), (Broke, bool)> {
    let mut form = form(format);
    let mut page = source.pages.next().await.map_err(|problem| (Broke::Page(problem), false))?;
    let mut text = String::new();
    form.head(&source.about, &mut text);
    let mut file = blocking(file, |file| file.set_len(0)).await?;
    let mut count = 0;
    while let Some(entries) = page {
        count += entries.len();
        (file, form, text) = put(file, form, text, entries).await?;
        told(count);
        page = source.pages.next().await.map_err(|problem| (Broke::Page(problem), true))?;
    }
    form.foot(&mut text);
    blocking(file, move |file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    })
    .await?;
    Ok(())
}

type Put = (File, Box<dyn Form>, String);

/// Writes what is there and a page. Words of 4 MB take a while too, so they are formed off the
/// engine's threads.
async fn put(
    mut file: File,
    mut form: Box<dyn Form>,
    mut text: String,
    entries: Vec<Arc<Entry>>,
) -> Result<Put, (Broke, bool)> {
    let done = tokio::task::spawn_blocking(move || {
        for entry in &entries {
            form.entry(entry, &mut text);
            file.write_all(text.as_bytes())?;
            text.clear();
        }
        Ok((file, form, text))
    });
    finished(done).await
}

async fn blocking(
    mut file: File,
    work: impl FnOnce(&mut File) -> io::Result<()> + Send + 'static,
) -> Result<File, (Broke, bool)> {
    finished(tokio::task::spawn_blocking(move || work(&mut file).map(|()| file))).await
}

async fn finished<T>(work: tokio::task::JoinHandle<io::Result<T>>) -> Result<T, (Broke, bool)> {
    let result = work.await.unwrap_or_else(|error| Err(io::Error::other(error)));
    result.map_err(|error| (Broke::Write(error), true))
}

impl Engine {
    pub(in crate::engine) fn export_chat(&mut self, format: ExportFormat) {
        if self.files.choosing || matches!(self.model.chat.export, Some(Export::Busy(_))) {
            return;
        }
        let Some(source) = self.chat_export_pages() else {
            self.model.chat.export = Some(Export::Failed(say::files::nothing_to_export()));
            return;
        };
        let extension = match format {
            ExportFormat::Markdown => "md",
            ExportFormat::Json => "json",
        };
        let suggested = format!("{}.{extension}", open::plain_name(&source.about.title));
        let number = self.next_generation();
        self.files.export = number;
        self.files.choosing = true;
        self.model.chat.export = Some(Export::Busy(0));
        let picked = self.doors.pick_save(self.acting, tr!("files-export-title"), &suggested);
        let (events, opener) = (self.events(), self.doors.opener(self.acting));
        let work = async move {
            let path = match picked.await {
                Ok(Some(path)) => path,
                Ok(None) => return None,
                Err(error) => return Some(Export::Failed(say::files::platform(&error))),
            };
            tell(&events, move |engine| engine.files.choosing = false);
            let name = open::name_of(&path);
            // Opened here and now, and never by its path again.
            let opened = tokio::task::spawn_blocking(move || opener?.create(&path)).await;
            let opened = opened.unwrap_or_else(|error| Err(io::Error::other(error).into()));
            let file = match opened {
                Ok(file) => file,
                Err(error) => return Some(Export::Failed(say_open(&name, &error))),
            };
            let told = |count| {
                tell(&events, move |engine| engine.show_export(number, Some(Export::Busy(count))));
            };
            Some(match write(source, format, file, told).await {
                Ok(()) => Export::Done(name),
                Err((broke, begun)) => {
                    let problem = match broke {
                        Broke::Page(problem) => problem,
                        Broke::Write(error) => say::files::unreadable(&name, &error),
                    };
                    Export::Failed(say::files::export_broke_off(problem, &name, begun))
                }
            })
        };
        self.later(Box::pin(work), move |engine, ended| {
            engine.files.choosing = false;
            engine.show_export(number, ended);
        });
    }

    fn show_export(&mut self, number: u64, export: Option<Export>) {
        if self.files.export == number {
            self.model.chat.export = export;
        }
    }

    /// The message about the export is gone. One that is going on goes on.
    pub(in crate::engine) fn forget_export(&mut self) {
        if !matches!(self.model.chat.export, Some(Export::Busy(_))) {
            self.model.chat.export = None;
        }
    }
}

/// Hands something to the engine if it has room for it: progress may be skipped.
fn tell(events: &Events, then: impl FnOnce(&mut Engine) + Send + 'static) {
    if events.try_send(Event::Now(Box::new(then))).is_err() {
        tracing::debug!("the engine is busy");
    }
}

#[cfg(test)]
mod tests;
