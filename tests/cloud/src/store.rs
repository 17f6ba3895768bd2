//! What the cloud keeps, in SQLite. Tokens are kept as hashes, passwords as bcrypt.

use crate::{CloudError, Data};
use cloud_client::wire::{Desktop, DesktopState, Role, User, Workspace};
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

/// Each is run once, in order; the database remembers how many it has seen.
const MIGRATIONS: &[&str] = &["
    CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL);
    CREATE TABLE workspace (id TEXT PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE person (
        id TEXT PRIMARY KEY, name TEXT NOT NULL,
        email TEXT NOT NULL UNIQUE COLLATE NOCASE, password TEXT NOT NULL);
    CREATE TABLE member (
        workspace TEXT NOT NULL REFERENCES workspace(id),
        person TEXT NOT NULL REFERENCES person(id),
        role TEXT NOT NULL, PRIMARY KEY (workspace, person));
    CREATE TABLE bearer (hash BLOB PRIMARY KEY, person TEXT NOT NULL REFERENCES person(id));
    CREATE TABLE desktop (
        id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspace(id),
        name TEXT NOT NULL, token BLOB NOT NULL UNIQUE, last_seen TEXT);
    CREATE TABLE failure (email TEXT NOT NULL COLLATE NOCASE, at INTEGER NOT NULL);
"];

/// Who a bearer belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// A person, by id.
    Person(String),
    /// The daemon of a desktop.
    Daemon {
        /// The desktop.
        desktop: String,
        /// Its workspace.
        workspace: String,
    },
}

/// A person to be added.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// To which workspace.
    pub workspace: String,
    /// As what.
    pub role: Role,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
}

/// The database.
pub struct Store(Mutex<Connection>);

fn new_id(prefix: &str) -> String {
    format!("{prefix}-{}", uuid::Uuid::new_v4().simple())
}

/// 256 random bits as text.
pub(crate) fn new_token() -> String {
    format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple())
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn role_name(role: Role) -> &'static str {
    if role == Role::Owner { "owner" } else { "member" }
}

impl Store {
    pub(crate) fn open(data: &Data) -> Result<Self, CloudError> {
        let mut connection = match data {
            Data::Memory => Connection::open_in_memory()?,
            Data::Folder(folder) => {
                std::fs::create_dir_all(folder)?;
                Connection::open(folder.join("cloud.sqlite"))?
            }
        };
        connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;")?;
        let seen: usize = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        for (number, migration) in MIGRATIONS.iter().enumerate().skip(seen) {
            let change = connection.transaction()?;
            change.execute_batch(migration)?;
            change.pragma_update(None, "user_version", number + 1)?;
            change.commit()?;
        }
        Ok(Self(Mutex::new(connection)))
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
        let connection = self.0.lock();
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
        self.0.lock().execute("INSERT INTO workspace VALUES (?1, ?2)", [&id, name])?;
        Ok(id)
    }

    /// Adds a person; slow, for the hash.
    pub(crate) fn add_person(&self, new: &NewPerson, cost: u32) -> Result<String, CloudError> {
        let password = bcrypt::hash(&new.password, cost)?;
        let id = new_id("u");
        let mut connection = self.0.lock();
        let change = connection.transaction()?;
        let person = params![id, new.name, new.email, password];
        change.execute("INSERT INTO person VALUES (?1, ?2, ?3, ?4)", person)?;
        let member = params![new.workspace, id, role_name(new.role)];
        change.execute("INSERT INTO member VALUES (?1, ?2, ?3)", member)?;
        change.commit()?;
        Ok(id)
    }

    /// Adds a desktop; gives its id and its daemon's token.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_desktop(&self, workspace: &str, name: &str) -> Result<(String, String), CloudError> {
        let (id, token) = (new_id("d"), new_token());
        self.0.lock().execute(
            "INSERT INTO desktop VALUES (?1, ?2, ?3, ?4, NULL)",
            params![id, workspace, name, hash(&token)],
        )?;
        Ok((id, token))
    }

    /// Id and password hash of an address.
    pub(crate) fn password(&self, email: &str) -> Result<Option<(String, String)>, CloudError> {
        let connection = self.0.lock();
        let mut find =
            connection.prepare_cached("SELECT id, password FROM person WHERE email = ?1")?;
        Ok(find.query_row([email], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// Failed sign-ins of an address since `since`, and when the last one was.
    pub(crate) fn failures(
        &self,
        email: &str,
        since: Timestamp,
    ) -> Result<(u32, Option<Timestamp>), CloudError> {
        let (count, last): (u32, Option<i64>) = self.0.lock().query_row(
            "SELECT COUNT(*), MAX(at) FROM failure WHERE email = ?1 AND at >= ?2",
            params![email, since.as_second()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok((count, last.and_then(|at| Timestamp::from_second(at).ok())))
    }

    pub(crate) fn add_failure(&self, email: &str, at: Timestamp) -> Result<(), CloudError> {
        let connection = self.0.lock();
        let old = at.checked_sub(SignedDuration::from_hours(24)).unwrap_or(at);
        connection.execute("DELETE FROM failure WHERE at < ?1", [old.as_second()])?;
        connection
            .execute("INSERT INTO failure VALUES (?1, ?2)", params![email, at.as_second()])?;
        Ok(())
    }

    pub(crate) fn clear_failures(&self, email: &str) -> Result<(), CloudError> {
        self.0.lock().execute("DELETE FROM failure WHERE email = ?1", [email])?;
        Ok(())
    }

    /// Makes a bearer token for a person.
    pub(crate) fn new_bearer(&self, person: &str) -> Result<String, CloudError> {
        let token = new_token();
        self.0
            .lock()
            .execute("INSERT INTO bearer VALUES (?1, ?2)", params![hash(&token), person])?;
        Ok(token)
    }

    /// Whom a bearer token belongs to.
    pub(crate) fn bearer(&self, token: &str) -> Result<Option<Bearer>, CloudError> {
        let (connection, hash) = (self.0.lock(), hash(token));
        let person = connection
            .query_row("SELECT person FROM bearer WHERE hash = ?1", [&hash], |row| row.get(0))
            .optional()?;
        if let Some(person) = person {
            return Ok(Some(Bearer::Person(person)));
        }
        Ok(connection
            .query_row("SELECT id, workspace FROM desktop WHERE token = ?1", [&hash], |row| {
                Ok(Bearer::Daemon { desktop: row.get(0)?, workspace: row.get(1)? })
            })
            .optional()?)
    }

    pub(crate) fn end_bearer(&self, token: &str) -> Result<(), CloudError> {
        self.0.lock().execute("DELETE FROM bearer WHERE hash = ?1", [hash(token)])?;
        Ok(())
    }

    pub(crate) fn revoke(&self, person: &str) -> Result<(), CloudError> {
        self.0.lock().execute("DELETE FROM bearer WHERE person = ?1", [person])?;
        Ok(())
    }

    pub(crate) fn user(&self, person: &str) -> Result<Option<User>, CloudError> {
        let connection = self.0.lock();
        let mut find = connection.prepare_cached("SELECT name, email FROM person WHERE id = ?1")?;
        let user = find.query_row([person], |row| {
            Ok(User { id: person.to_owned(), name: row.get(0)?, email: row.get(1)? })
        });
        Ok(user.optional()?)
    }

    pub(crate) fn workspaces(&self, person: &str) -> Result<Vec<Workspace>, CloudError> {
        let connection = self.0.lock();
        let mut find = connection.prepare_cached(
            "SELECT w.id, w.name, m.role FROM workspace w JOIN member m ON m.workspace = w.id
             WHERE m.person = ?1 ORDER BY w.name",
        )?;
        let rows = find.query_map([person], |row| {
            let role: String = row.get(2)?;
            let role = if role == "owner" { Role::Owner } else { Role::Member };
            Ok(Workspace { id: row.get(0)?, name: row.get(1)?, role })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn is_member(&self, person: &str, workspace: &str) -> Result<bool, CloudError> {
        Ok(self.workspaces(person)?.iter().any(|w| w.id == workspace))
    }

    /// The desktops of a workspace, all offline: who is connected, the hub knows.
    pub(crate) fn desktops(&self, workspace: &str) -> Result<Vec<Desktop>, CloudError> {
        let connection = self.0.lock();
        let mut find = connection.prepare_cached(
            "SELECT id, name, last_seen FROM desktop WHERE workspace = ?1 ORDER BY name",
        )?;
        let rows = find.query_map([workspace], |row| {
            Ok(Desktop {
                id: row.get(0)?,
                name: row.get(1)?,
                state: DesktopState::Offline,
                viewers: 0,
                last_seen: row.get(2)?,
                thumbnail_at: None,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn desktop_seen(&self, desktop: &str, at: Timestamp) -> Result<(), CloudError> {
        let at = format!("{at:.0}");
        self.0.lock().execute("UPDATE desktop SET last_seen = ?2 WHERE id = ?1", [desktop, &at])?;
        Ok(())
    }
}
