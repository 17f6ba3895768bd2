//! What the cloud keeps, in SQLite. Tokens and codes are kept as hashes, passwords as bcrypt,
//! API keys sealed.
//!
//! Reading is a function over a connection, changing is one over a [`Change`]: a transaction
//! that numbers what it tells the workspace.

mod account;
pub(crate) mod agents;
mod answers;
mod bearers;
mod change;
pub(crate) mod conversations;
mod desktops;
mod device;
pub(crate) mod documents;
mod migrations;
pub(crate) mod people;
pub(crate) mod screens;
pub(crate) mod tasks;

pub use account::{NewPerson, acceptable_password};
pub(crate) use answers::{Answer, Kept};
pub(crate) use bearers::holds;
pub use bearers::{Bearer, Identity};
pub(crate) use change::Change;
pub(crate) use device::{Device, DeviceState};

use crate::{CloudError, Data};
use cloud_client::wire::{List, Role};
use jiff::Timestamp;
use parking_lot::{Mutex, MutexGuard};
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// The database.
pub struct Store(Mutex<Connection>);

fn new_id(prefix: &str) -> String {
    format!("{prefix}-{}", uuid::Uuid::new_v4().simple())
}

/// 244 random bits as text.
pub(crate) fn new_token() -> String {
    format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple())
}

pub(crate) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Longest page of messages or log lines, in bytes of JSON; the rest is on the next page.
const PAGE: usize = 1024 * 1024;

/// How many of these are at most so many bytes of JSON together; at least one.
fn fitting(items: &[impl Serialize], bytes: usize) -> usize {
    let mut sum = 0;
    let fit = items.iter().take_while(|item| {
        sum += serde_json::to_vec(item).map_or(0, |text| text.len() + 1);
        sum <= bytes
    });
    fit.count().max(1)
}

/// RFC 3339, whole seconds.
pub(crate) fn stamp(at: Timestamp) -> String {
    format!("{at:.0}")
}

/// A word of a wire enum, as it stands in JSON.
fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The wire enum of a stored word.
fn meant<T: DeserializeOwned>(word: String) -> rusqlite::Result<T> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|_| {
        rusqlite::Error::FromSqlConversionFailure(
            0,
            Type::Text,
            Box::new(FromSqlError::InvalidType),
        )
    })
}

impl Store {
    /// Opens the database, or makes it.
    ///
    /// # Errors
    /// When the folder or the database cannot be used.
    pub fn open(data: &Data) -> Result<Self, CloudError> {
        let mut connection = match data {
            Data::Memory => Connection::open_in_memory()?,
            Data::Folder(folder) => {
                private_folder(folder)?;
                Connection::open(folder.join("cloud.sqlite"))?
            }
        };
        // The program that adds people from the command line may have the database open too.
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;
             PRAGMA secure_delete = ON;",
        )?;
        connection.set_prepared_statement_cache_capacity(128);
        migrations::run(&mut connection)?;
        Ok(Self(Mutex::new(connection)))
    }

    fn db(&self) -> MutexGuard<'_, Connection> {
        self.0.lock()
    }

    /// A random secret of this name, made when it is first asked for.
    pub(crate) fn secret(&self, name: &str) -> Result<Vec<u8>, CloudError> {
        self.secret_or(name, || Ok(new_token().into_bytes()))
    }

    pub(crate) fn secret_or(
        &self,
        name: &str,
        make: impl FnOnce() -> Result<Vec<u8>, CloudError>,
    ) -> Result<Vec<u8>, CloudError> {
        let connection = self.db();
        let found = connection
            .query_row("SELECT value FROM secret WHERE name = ?1", [name], |row| row.get(0))
            .optional()?;
        if let Some(value) = found {
            return Ok(value);
        }
        let value = make()?;
        connection.execute("INSERT INTO secret VALUES (?1, ?2)", params![name, value])?;
        Ok(value)
    }

    /// Adds a workspace; gives its id.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_workspace(&self, name: &str) -> Result<String, CloudError> {
        let id = new_id("w");
        self.db().execute("INSERT INTO workspace (id, name) VALUES (?1, ?2)", [&id, name])?;
        Ok(id)
    }

    /// Takes somebody who has an account into a workspace.
    ///
    /// # Errors
    /// When there is no such workspace or person, or the database fails.
    pub fn add_member(&self, workspace: &str, person: &str, role: Role) -> Result<(), CloudError> {
        self.db().execute(
            "INSERT INTO member (workspace, person, role) VALUES (?1, ?2, ?3)",
            [workspace, person, &word(role)],
        )?;
        Ok(())
    }

    /// The id of a workspace, by its id or its name. A name that several have is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn find_workspace(&self, what: &str) -> Result<Option<String>, CloudError> {
        let connection = self.db();
        let mut find =
            connection.prepare_cached("SELECT id FROM workspace WHERE id = ?1 OR name = ?1")?;
        let found: Vec<String> =
            find.query_map([what], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut found = found.into_iter();
        Ok(found.next().filter(|_| found.next().is_none()))
    }

    /// Makes a workspace token for a runner.
    ///
    /// # Errors
    /// When there is no such workspace or the database fails.
    pub fn add_runner(&self, workspace: &str) -> Result<String, CloudError> {
        let token = new_token();
        self.db().execute(
            "INSERT INTO runner (token, workspace) VALUES (?1, ?2)",
            params![hash(&token), workspace],
        )?;
        Ok(token)
    }

    /// Does something while nothing can change, with the workspace's event number.
    pub(crate) fn at_rest<T>(
        &self,
        workspace: &str,
        work: impl FnOnce(&Connection, u64) -> Result<T, CloudError>,
    ) -> Result<T, CloudError> {
        let connection = self.db();
        let seq = seq(&connection, workspace)?;
        work(&connection, seq)
    }

    /// Reads.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, CloudError> {
        Ok(work(&self.db())?)
    }

    /// Reads a list, and the event number that it includes.
    pub(crate) fn list<T>(
        &self,
        workspace: &str,
        work: impl FnOnce(&Connection) -> rusqlite::Result<Vec<T>>,
    ) -> Result<List<T>, CloudError> {
        // Another process may write: one transaction sees one moment.
        let mut connection = self.db();
        let moment = connection.transaction()?;
        let seq = seq(&moment, workspace)?;
        Ok(List { items: work(&moment)?, seq })
    }
}

fn seq(db: &Connection, workspace: &str) -> rusqlite::Result<u64> {
    db.prepare_cached("SELECT seq FROM workspace WHERE id = ?1")?
        .query_row([workspace], |row| row.get(0))
}

/// Makes the folder, for its owner only.
fn private_folder(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}
