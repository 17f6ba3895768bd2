//! Why the `openclaw` program did not do what it was asked.

/// Why the program did not do what it was asked. What it printed is capped, on its own lines,
/// without control characters and without what looks like a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProgramError {
    /// It could not be run.
    #[error("openclaw could not be run: {0}")]
    Spawn(std::io::ErrorKind),
    /// It took too long, and was ended.
    #[error("openclaw did not finish in {seconds} seconds")]
    Timeout {
        /// How long it had.
        seconds: u64,
        /// The end of what it printed.
        tail: String,
    },
    /// It said that it failed.
    #[error("openclaw failed: {tail}")]
    Failed {
        /// Its exit code; none when a signal ended it. 78: the configuration is missing or does
        /// not fit, or the port or the state folder is another gateway's.
        code: Option<i32>,
        /// The end of what it printed.
        tail: String,
    },
    /// What it printed makes no sense.
    #[error("what openclaw printed could not be read: {tail}")]
    Unreadable {
        /// The end of what it printed.
        tail: String,
    },
    /// The gateway was asked to end and still runs: it finishes its turn first, for up to five
    /// minutes. It was not killed.
    #[error("the gateway is still finishing its work")]
    StillRunning {
        /// Its process.
        pid: u32,
    },
    /// The process that holds the state folder is not a gateway of this user's. It was left alone.
    #[error("the process {pid} is not a gateway of this user")]
    NotAGateway {
        /// That process.
        pid: u32,
    },
    /// The file for its output could not be made.
    #[error("the log for the gateway could not be made: {0}")]
    Log(std::io::ErrorKind),
    /// A process cannot be stopped safely on this system.
    #[error("the gateway must be stopped where it was started")]
    Unsupported,
}
