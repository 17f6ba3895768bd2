//! What this process gives up before it does anything else (Linux).
//!
//! The order matters, and all of it happens before there is a second thread:
//!
//! 1. No memory dumps (`RLIMIT_CORE` 0). Not `PR_SET_DUMPABLE`: file dialogs need `/proc/PID`.
//! 2. A helper is started: this program again, with a hidden argument and one end of a socket
//!    pair. It stays as it is, because what it starts inherits what it gave up: the gateway, whose
//!    agents work all over this computer, and the browser. It takes few messages ([`wire`]) and
//!    decides for itself: which program is `openclaw` and with which words, that an address is a
//!    web page, and which files a person picked, because it shows the dialog itself.
//! 3. Landlock ([`files`]): reading only the system's folders and our own, writing only our own, no
//!    starting of programs, no listening TCP ports, no signals to others.
//! 4. seccomp ([`calls`]): system calls that a window with a picture never needs are refused.
//!
//! What it does not do: the session bus and the window system are needed and can be talked to; so
//! is any host (who is connected to is `net`'s business). Where a kernel has less, less is held, and
//! [`SandboxFacts`] says so. Without the helper nothing but 1 and a part of 4 is done, because the
//! gateway could not be started any more.

#[cfg(target_os = "linux")]
mod calls;
#[cfg(target_os = "linux")]
mod client;
#[cfg(target_os = "linux")]
mod files;
#[cfg(target_os = "linux")]
mod helper;
#[cfg(target_os = "linux")]
pub mod probe;
#[cfg(target_os = "linux")]
mod wire;

#[cfg(target_os = "linux")]
pub use client::Helped;
#[cfg(target_os = "linux")]
pub use helper::run as run_helper;

use multiclaw_core::doctor::FactState;
use multiclaw_core::model::{Held, SandboxFacts};
use std::path::Path;

/// The hidden argument of the helper.
pub const HELPER: &str = "--sandbox-helper";

/// What came of it.
pub struct Entered {
    /// For the page "Permissions".
    pub facts: SandboxFacts,
    /// The way to the helper; none where there is none, and everything is done here.
    #[cfg(target_os = "linux")]
    pub helper: Option<Helped>,
}

/// Has the program started anew when this process has ended; whether it will be.
pub type Again = Box<dyn FnOnce() -> bool>;

impl Entered {
    /// Who starts the program anew where this process may not; `None` where it may. Lives until
    /// the process ends, and the helper with it.
    #[must_use]
    pub fn again(&self) -> Option<Again> {
        #[cfg(target_os = "linux")]
        if let Some(helper) = self.helper.clone() {
            // Never dropped: the new program must not meet this one's window and locks.
            return Some(Box::new(move || std::mem::ManuallyDrop::new(helper).restart()));
        }
        None
    }
}

/// What was given up, for the check of everything: name, how it stands, a sentence.
#[must_use]
pub fn steps(facts: &SandboxFacts) -> Vec<(String, FactState, String)> {
    let step = |measure: &multiclaw_core::model::Measure| {
        let (state, text) = match &measure.held {
            Held::Yes => (FactState::Ok, measure.kind.text().to_owned()),
            Held::No(why) => (FactState::Warning, format!("This is not held: {why}.")),
        };
        (measure.kind.title().to_owned(), state, text)
    };
    facts.measures.iter().map(step).collect()
}

/// Gives up what is not needed. To be called before there is a second thread. `off`: only what
/// costs nobody anything.
#[cfg(target_os = "linux")]
#[must_use]
pub fn enter(data: &Path, openclaw: &Path, off: bool) -> Entered {
    use multiclaw_core::model::{Measure, MeasureKind};
    let mut measures = vec![Measure { kind: MeasureKind::CoreDumps, held: calls::no_dumps() }];
    let mut add = |kind, held| measures.push(Measure { kind, held });
    if off {
        let why = || Held::No("it was switched off with --no-sandbox".into());
        for kind in MeasureKind::ALL.into_iter().filter(|kind| *kind != MeasureKind::CoreDumps) {
            add(kind, why());
        }
        let facts = SandboxFacts { switched_off: true, measures, ..SandboxFacts::default() };
        return Entered { facts: facts.in_order(), helper: None };
    }
    let helper = match client::start(data) {
        Ok(helper) => {
            add(MeasureKind::Helper, Held::Yes);
            Some(helper)
        }
        Err(error) => {
            tracing::warn!(%error, "no helper");
            add(MeasureKind::Helper, Held::No(format!("it could not be started: {error}")));
            None
        }
    };
    let places = files::Places::of_this_process(data, openclaw);
    let held = files::restrict(&places, helper.is_some());
    add(MeasureKind::Files, held.files);
    add(MeasureKind::Ports, held.ports);
    add(MeasureKind::Signals, held.signals);
    let (calls, no_programs) = calls::refuse(helper.is_some());
    add(MeasureKind::Calls, calls);
    // Either of the two is enough.
    let programs = if no_programs == Held::Yes { no_programs } else { held.programs };
    add(MeasureKind::Programs, programs);
    let writable = places.writable().iter().map(|path| shown(path)).collect();
    let facts = SandboxFacts { switched_off: false, measures, writable, landlock_abi: held.abi };
    Entered { facts: facts.in_order(), helper }
}

/// On other systems the system's own walls are all there is.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn enter(_: &Path, _: &Path, off: bool) -> Entered {
    let facts = SandboxFacts::none("it is made for Linux");
    Entered { facts: SandboxFacts { switched_off: off, ..facts } }
}

/// A path for people: with `~`.
#[cfg(target_os = "linux")]
fn shown(path: &Path) -> String {
    let home = std::env::home_dir().filter(|home| home.components().count() > 1);
    match home.and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned)) {
        Some(inside) => Path::new("~").join(inside).display().to_string(),
        None => path.display().to_string(),
    }
}
