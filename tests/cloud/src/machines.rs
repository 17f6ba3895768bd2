//! The machines that cloud desktops run on.

use cloud_client::DaemonToken;

/// A machine that could not be started or stopped, as a sentence for the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MachineError(pub String);

/// Starts and stops machines. Each call returns at once; that a machine is up shows by its daemon.
pub trait Machines: std::fmt::Debug + Send + Sync {
    /// Whether a machine is given a new daemon token at each start. The one until then ends.
    fn needs_token(&self) -> bool {
        false
    }

    /// Starts the machine of a desktop.
    ///
    /// # Errors
    /// When it cannot be started.
    fn start(&self, desktop: &str, token: Option<DaemonToken>) -> Result<(), MachineError>;

    /// Stops the machine of a desktop. Its daemon has been told to shut it down.
    ///
    /// # Errors
    /// When it cannot be stopped.
    fn stop(&self, desktop: &str) -> Result<(), MachineError>;
}

/// Machines that somebody else starts, and that their daemons shut down.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manual;

impl Machines for Manual {
    fn start(&self, desktop: &str, _: Option<DaemonToken>) -> Result<(), MachineError> {
        tracing::info!(desktop, "a desktop is to be started");
        Ok(())
    }

    fn stop(&self, desktop: &str) -> Result<(), MachineError> {
        tracing::info!(desktop, "a desktop is to be stopped");
        Ok(())
    }
}
