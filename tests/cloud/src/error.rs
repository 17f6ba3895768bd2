//! What the server itself cannot do.

/// A fault of the server.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CloudError {
    /// The database.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    /// Files and sockets.
    #[error("input or output: {0}")]
    Io(#[from] std::io::Error),
    /// Certificates.
    #[error("certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// TLS.
    #[error("tls: {0}")]
    Tls(#[from] rustls::Error),
    /// Password hashing.
    #[error("password hash: {0}")]
    Bcrypt(#[from] bcrypt::BcryptError),
    /// A worker thread is gone.
    #[error("worker: {0}")]
    Worker(#[from] tokio::task::JoinError),
    /// A machine that does not start or stop.
    #[error("machine: {0}")]
    Machine(#[from] crate::machines::MachineError),
    /// What is stored makes no sense.
    #[error("stored data: {0}")]
    Stored(&'static str),
}
