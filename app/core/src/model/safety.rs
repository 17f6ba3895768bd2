//! What keeps the program within its bounds, and what is known of its faults.

use crate::scope::Refused;
use crate::tr;

/// What is shown on the page "Permissions", and the crash log on the page "Privacy".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Safety {
    /// What the operating system holds this process to.
    pub sandbox: SandboxFacts,
    /// What commands tried that is in no row of their scope: faults of this program, each once.
    pub refused: Vec<Refused>,
    /// The crash log, if there is something in it.
    pub crash_log: Option<CrashLogFacts>,
}

/// About the crash log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrashLogFacts {
    /// Crashes in it.
    pub crashes: usize,
    /// Bytes.
    pub bytes: u64,
    /// When the newest one was, in words.
    pub newest: String,
}

/// What this process gave up when it started. Plain data, made once, before any thread.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SandboxFacts {
    /// It was switched off on the command line.
    pub switched_off: bool,
    /// Each thing that was given up, or could not be.
    pub measures: Vec<Measure>,
    /// Folders that may be written to, as they were given to the system.
    pub writable: Vec<String>,
    /// The version of Landlock that the kernel offers; 0: none.
    pub landlock_abi: u32,
}

/// One thing that the process gave up.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Measure {
    /// Which.
    pub kind: MeasureKind,
    /// How far.
    pub held: Held,
}

/// What can be given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeasureKind {
    /// Memory is never written to disk when the program crashes.
    CoreDumps,
    /// A helper process starts programs and opens picked files; this process cannot.
    Helper,
    /// Files are written only in known folders, and read only there and in the system's.
    Files,
    /// No program is started by this process.
    Programs,
    /// No port is opened for others to connect to.
    Ports,
    /// No signals are sent to other processes.
    Signals,
    /// Calls of the kernel that the program never needs.
    Calls,
}

/// Whether the system holds the process to it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Held {
    /// Yes.
    Yes,
    /// Not, and why.
    No(String),
}

impl SandboxFacts {
    /// Where nothing was given up: another operating system, a program without a window, a test.
    #[must_use]
    pub fn none(why: &str) -> Self {
        let all = MeasureKind::ALL.into_iter();
        let measures = all.map(|kind| Measure { kind, held: Held::No(why.to_owned()) }).collect();
        Self { measures, ..Self::default() }
    }

    /// The same, in the order of the page.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        let place = |measure: &Measure| {
            MeasureKind::ALL.iter().position(|kind| *kind == measure.kind).unwrap_or(usize::MAX)
        };
        self.measures.sort_by_key(place);
        self
    }

    /// Whether this one is held.
    #[must_use]
    pub fn holds(&self, kind: MeasureKind) -> bool {
        self.measures.iter().any(|measure| measure.kind == kind && measure.held == Held::Yes)
    }
}

impl MeasureKind {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 7] = [
        Self::Files,
        Self::Programs,
        Self::Helper,
        Self::Ports,
        Self::Signals,
        Self::Calls,
        Self::CoreDumps,
    ];

    /// A name.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::CoreDumps => tr!("engine-safety-core-dumps"),
            Self::Helper => tr!("engine-safety-helper"),
            Self::Files => tr!("engine-safety-files"),
            Self::Programs => tr!("engine-safety-programs"),
            Self::Ports => tr!("engine-safety-ports"),
            Self::Signals => tr!("engine-safety-signals"),
            Self::Calls => tr!("engine-safety-calls"),
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::CoreDumps => {
                tr!("engine-safety-core-dumps-text")
            }
            Self::Helper => {
                tr!("engine-safety-helper-text")
            }
            Self::Files => {
                tr!("engine-safety-files-text")
            }
            Self::Programs => tr!("engine-safety-programs-text"),
            Self::Ports => tr!("engine-safety-ports-text"),
            Self::Signals => tr!("engine-safety-signals-text"),
            Self::Calls => {
                tr!("engine-safety-calls-text")
            }
        }
    }
}
