//! What happens when a part of the program panics: a report in `crash.log`, on this computer only.
//!
//! The report says when, which version and system, where in the source, the message and the
//! functions of this program that led there. It passes [`crate::redact`], and it is never sent. A
//! person can switch it off and delete it.

use crate::redact::{Stderr, redact};
use crate::storage::{Storage, StorageError, crash};
use parking_lot::Mutex;
use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::PanicHookInfo;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// Crates whose functions are named in a report.
const OURS: [&str; 8] =
    ["multiclaw", "cloud_client", "gateway_client", "net::", "stream", "jpeg::", "desktop", "demo"];
/// Most functions that are named.
const FRAMES: usize = 40;

static KEEP: AtomicBool = AtomicBool::new(true);
static FOLDER: OnceLock<Mutex<Storage>> = OnceLock::new();

/// From now on a panic is reported, on the standard error output and, unless the person does not
/// want it, in `crash.log` below `data`.
///
/// # Errors
/// When the folder cannot be used.
pub fn install(data: &Path, agent: &'static str) -> Result<(), StorageError> {
    let storage = Storage::open(data)?;
    keep(crate::storage::load_settings(&storage).0.crash_log);
    let _ = FOLDER.set(Mutex::new(storage));
    std::panic::set_hook(Box::new(move |panic| report(panic, agent)));
    Ok(())
}

/// Whether reports are kept in the file.
pub fn keep(on: bool) {
    KEEP.store(on, Ordering::Relaxed);
}

fn report(panic: &PanicHookInfo<'_>, agent: &str) {
    let message = panic
        .payload()
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.payload().downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned());
    let place = panic.location().map_or_else(|| "somewhere".to_owned(), ToString::to_string);
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("without a name");
    let head = format!("the thread {thread} ended at {place}: {message}");
    // Nothing can be done about a standard error output that is closed.
    let _ = Stderr.write_all(format!("multiclaw: {head}\n").as_bytes());
    if !KEEP.load(Ordering::Relaxed) {
        return;
    }
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    let trace = ours(&Backtrace::force_capture().to_string());
    let text = redact(&format!("{agent} on {os} {arch}\n{head}\n{trace}"));
    let at = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    // A panic while another one is written loses the second report and nothing else.
    let Some(folder) = FOLDER.get().and_then(Mutex::try_lock) else { return };
    if let Err(error) = crash::add(&folder, &at, &text) {
        let _ = Stderr.write_all(format!("multiclaw: no crash log: {error}\n").as_bytes());
    }
}

/// The functions of this program, of a printed backtrace. A release has no names to show.
fn ours(trace: &str) -> String {
    let mut out = String::new();
    let mut count = 0;
    let mut lines = trace.lines().peekable();
    while let Some(line) = lines.next() {
        let name = line.split_once(": ").map_or("", |(_, name)| name);
        let name_is_ours = OURS.iter().any(|ours| name.trim_start_matches('<').starts_with(ours));
        if !name_is_ours || name.contains("::crash::") || count >= FRAMES {
            continue;
        }
        count += 1;
        let _ = writeln!(out, "  {name}");
        if let Some(at) = lines.peek().filter(|next| next.trim_start().starts_with("at ")) {
            let _ = writeln!(out, "    {}", at.trim());
        }
    }
    if out.is_empty() { "  (this build has no names of functions)\n".into() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_functions_are_named() {
        let trace = "   0: std::panicking::begin\n   1: multiclaw_core::crash::report\n   2: \
                     multiclaw_core::engine::Engine::tick\n             at ./app/x.rs:1:2\n   3: \
                     tokio::run\n   4: <net::door::Door as Y>::z\n";
        assert_eq!(
            ours(trace),
            "  multiclaw_core::engine::Engine::tick\n    at ./app/x.rs:1:2\n  <net::door::Door as \
             Y>::z\n"
        );
        assert!(ours("0: <unknown>").contains("no names"));
    }
}
