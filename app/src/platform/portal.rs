//! File dialogs of a Linux desktop: `org.freedesktop.portal.FileChooser`.
//!
//! Spoken to directly: the usual crates answer "nothing was chosen" where nothing shows dialogs,
//! and a person must be told what to install instead.

use super::bus::{Fault, System};
use futures_util::StreamExt;
use multiclaw_core::engine::PlatformError;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use zbus::message::Type;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, MatchRule, MessageStream};

const NAME: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const CHOOSER: &str = "org.freedesktop.portal.FileChooser";
const REQUEST: &str = "org.freedesktop.portal.Request";
const BUS: &str = "org.freedesktop.DBus";

/// Signals that may wait while a dialog is open.
const SIGNALS: usize = 16;

type Options<'a> = HashMap<&'a str, Value<'a>>;

impl From<Fault> for PlatformError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(why) => Self::NoDialog(why),
            Fault::Hangs => Self::DialogHangs,
        }
    }
}

/// Files to read; none when the person cancelled.
pub(super) async fn open_files(
    system: &System,
    title: &str,
) -> Result<Vec<PathBuf>, PlatformError> {
    let options = Options::from([("multiple", true.into())]);
    ask(system, "OpenFile", title, options).await
}

/// A file to write; `None` when the person cancelled.
pub(super) async fn save_file(
    system: &System,
    title: &str,
    suggested: &str,
) -> Result<Option<PathBuf>, PlatformError> {
    let options = Options::from([("current_name", suggested.into())]);
    Ok(ask(system, "SaveFile", title, options).await?.into_iter().next())
}

/// Whether there is one that can show file dialogs: without a backend it cannot.
///
/// # Errors
/// When there is none, or it does not answer.
pub(super) async fn is_there(system: &System) -> Result<(), Fault> {
    let bus = system.bus().await?;
    let version = (CHOOSER, "version");
    let properties = Some("org.freedesktop.DBus.Properties");
    system.in_time(bus.call_method(Some(NAME), PATH, properties, "Get", &version)).await?;
    Ok(())
}

async fn ask(
    system: &System,
    method: &str,
    title: &str,
    mut options: Options<'_>,
) -> Result<Vec<PathBuf>, PlatformError> {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    is_there(system).await?;
    let bus = system.bus().await?;

    let mut answers = signals(&bus, REQUEST, "Response").await.map_err(Fault::from)?;
    let mut owners = signals(&bus, BUS, "NameOwnerChanged").await.map_err(Fault::from)?;
    let token = format!("multiclaw_{}", COUNTER.fetch_add(1, Ordering::Relaxed));
    options.insert("handle_token", token.into());
    let body = ("", title, options);
    let opened = bus.call_method(Some(NAME), PATH, Some(CHOOSER), method, &body);
    let opened = system.in_time(opened).await?;
    let request: OwnedObjectPath = opened.body().deserialize().map_err(Fault::from)?;

    // From here on the person takes the time that they need, while somebody shows the dialog.
    loop {
        tokio::select! {
            answer = answers.next() => {
                let answer = answer.ok_or_else(gone)?.map_err(|_| gone())?;
                if answer.header().path().is_some_and(|path| *path == *request) {
                    return chosen(&answer);
                }
            }
            change = owners.next() => {
                let change = change.ok_or_else(gone)?.map_err(|_| gone())?;
                let names = change.body().deserialize::<(String, String, String)>();
                if names.is_ok_and(|(name, _, new)| name == NAME && new.is_empty()) {
                    return Err(gone());
                }
            }
        }
    }
}

async fn signals(
    bus: &Connection,
    interface: &'static str,
    member: &'static str,
) -> zbus::Result<MessageStream> {
    let sender = if interface == BUS { BUS } else { NAME };
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender(sender)?
        .interface(interface)?
        .member(member)?;
    let rule = if interface == BUS { rule.arg(0, NAME)? } else { rule };
    MessageStream::for_match_rule(rule.build(), bus, Some(SIGNALS)).await
}

fn gone() -> PlatformError {
    PlatformError::Dialog("the portal ended".into())
}

/// What the person chose; nothing when they cancelled.
fn chosen(answer: &zbus::Message) -> Result<Vec<PathBuf>, PlatformError> {
    let fault = |why: &str| PlatformError::Dialog(why.into());
    let body = answer.body();
    let (code, mut results): (u32, HashMap<String, OwnedValue>) =
        body.deserialize().map_err(|_| fault("its answer is not one"))?;
    match code {
        0 => {}
        1 => return Ok(Vec::new()),
        _ => return Err(fault("it was ended by the system")),
    }
    let uris = results.remove("uris").ok_or_else(|| fault("it names no file"))?;
    let uris = Vec::<String>::try_from(uris).map_err(|_| fault("it names no file"))?;
    let path = |uri: &String| {
        let url = url::Url::parse(uri).ok().filter(|url| url.scheme() == "file");
        url.and_then(|url| url.to_file_path().ok())
    };
    let paths: Option<Vec<PathBuf>> = uris.iter().map(path).collect();
    paths.ok_or_else(|| fault("it names something that is no file of this machine"))
}
