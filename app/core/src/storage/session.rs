//! `session.json`: the bearer token, until sign-out (article "How credentials and secrets are
//! stored": not encrypted, protected by file permissions).

use super::{Storage, StorageError};
use crate::scope::SESSION_FILE;
use cloud_client::BearerToken;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A stored sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// The cloud it belongs to, as a base URL: a token is never sent to another one.
    pub cloud: String,
    /// E-mail address, to be offered at the next sign-in.
    pub email: String,
    /// The workspace that was shown last.
    pub workspace: Option<String>,
    /// The token; `None` after sign-out.
    pub token: Option<BearerToken>,
}

#[derive(Serialize, Deserialize)]
struct File {
    cloud: String,
    email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    workspace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<Zeroizing<String>>,
}

impl StoredSession {
    /// Reads it; `None` when there is none.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn load(storage: &Storage) -> Result<Option<Self>, StorageError> {
        let Some(bytes) = storage.read(SESSION_FILE)?.map(Zeroizing::new) else {
            return Ok(None);
        };
        // The parser's message may quote the file, and with it the token.
        let file: File = serde_json::from_slice(&bytes).map_err(|_| StorageError::Damaged {
            name: SESSION_FILE.to_owned(),
            why: "it does not parse".into(),
        })?;
        let token = file.token.as_ref().map(|token| BearerToken::new(token.to_string()));
        let File { cloud, email, workspace, .. } = file;
        Ok(Some(Self { cloud, email, workspace, token }))
    }

    /// Writes it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn save(&self, storage: &Storage) -> Result<(), StorageError> {
        let file = File {
            cloud: self.cloud.clone(),
            email: self.email.clone(),
            workspace: self.workspace.clone(),
            token: self.token.as_ref().map(|t| Zeroizing::new(t.expose().to_owned())),
        };
        let bytes = serde_json::to_vec(&file).map(Zeroizing::new).map_err(|e| {
            StorageError::Damaged { name: SESSION_FILE.to_owned(), why: e.to_string() }
        })?;
        storage.write(SESSION_FILE, &bytes)
    }

    /// Removes it, if it is there.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove(storage: &Storage) -> Result<(), StorageError> {
        storage.remove(SESSION_FILE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_and_does_not_print_the_token() {
        let base = tempfile::tempdir().unwrap();
        let storage = Storage::open(base.path()).unwrap();
        let session = StoredSession {
            cloud: "https://api.multiclaw.io".into(),
            email: "ada@example.com".into(),
            workspace: Some("w-1".into()),
            token: Some(BearerToken::new("s3cret".into())),
        };
        session.save(&storage).unwrap();
        assert_eq!(StoredSession::load(&storage).unwrap(), Some(session.clone()));
        assert!(!format!("{session:?}").contains("s3cret"));
        StoredSession::remove(&storage).unwrap();
        assert_eq!(StoredSession::load(&storage).unwrap(), None);
    }

    #[test]
    fn a_damaged_file_is_reported_without_its_content() {
        let base = tempfile::tempdir().unwrap();
        let storage = Storage::open(base.path()).unwrap();
        std::fs::write(base.path().join(SESSION_FILE), br#"{"cloud":1,"token":"s3cret"}"#).unwrap();
        let error = StoredSession::load(&storage).unwrap_err().to_string();
        assert!(!error.contains("s3cret"), "{error}");
    }
}
