//! Who a token belongs to.

use super::{Store, hash, new_token, stamp};
use crate::CloudError;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

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
    /// An unattended screen.
    Screen {
        /// Its id.
        screen: String,
        /// Its workspace.
        workspace: String,
    },
    /// A runner: works on the tasks of this workspace.
    Runner {
        /// The workspace.
        workspace: String,
    },
}

/// A bearer that is valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Whose.
    pub bearer: Bearer,
    /// Names the bearer without being one. Realtime tokens carry it.
    pub sid: String,
}

fn new_sid() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

impl Store {
    /// Makes a bearer token for a person.
    pub(crate) fn new_bearer(&self, person: &str) -> Result<String, CloudError> {
        let token = new_token();
        self.db().execute(
            "INSERT INTO bearer (hash, person, sid) VALUES (?1, ?2, ?3)",
            params![hash(&token), person, new_sid()],
        )?;
        Ok(token)
    }

    /// Whom a bearer token belongs to.
    pub(crate) fn bearer(&self, token: &str) -> Result<Option<Identity>, CloudError> {
        let (connection, hash) = (self.db(), hash(token));
        let person = connection
            .prepare_cached("SELECT person, sid FROM bearer WHERE hash = ?1")?
            .query_row([&hash], |row| {
                Ok(Identity { bearer: Bearer::Person(row.get(0)?), sid: row.get(1)? })
            })
            .optional()?;
        if person.is_some() {
            return Ok(person);
        }
        let daemon = connection
            .prepare_cached("SELECT id, workspace, sid FROM desktop WHERE token = ?1")?
            .query_row([&hash], |row| {
                let bearer = Bearer::Daemon { desktop: row.get(0)?, workspace: row.get(1)? };
                Ok(Identity { bearer, sid: row.get(2)? })
            })
            .optional()?;
        if daemon.is_some() {
            return Ok(daemon);
        }
        let screen = connection
            .prepare_cached(
                "SELECT s.id, s.workspace, s.sid FROM screen_bearer b
                 JOIN screen s ON s.id = b.screen WHERE b.hash = ?1 AND b.expires > ?2",
            )?
            .query_row(params![hash, Timestamp::now().as_second()], |row| {
                let bearer = Bearer::Screen { screen: row.get(0)?, workspace: row.get(1)? };
                Ok(Identity { bearer, sid: row.get(2)? })
            })
            .optional()?;
        if screen.is_some() {
            return Ok(screen);
        }
        Ok(connection
            .prepare_cached("SELECT workspace FROM runner WHERE token = ?1")?
            .query_row([&hash], |row| {
                let sid = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
                Ok(Identity { bearer: Bearer::Runner { workspace: row.get(0)? }, sid })
            })
            .optional()?)
    }

    /// Ends one bearer of a person.
    pub(crate) fn end_bearer(&self, sid: &str) -> Result<(), CloudError> {
        self.db().execute("DELETE FROM bearer WHERE sid = ?1", [sid])?;
        Ok(())
    }

    /// Ends the bearers of a person, but for one; gives the sids of those that ended.
    pub(crate) fn revoke(&self, person: &str, but: &str) -> Result<Vec<String>, CloudError> {
        let connection = self.db();
        let mut end = connection
            .prepare_cached("DELETE FROM bearer WHERE person = ?1 AND sid != ?2 RETURNING sid")?;
        let ended = end.query_map([person, but], |row| row.get(0))?;
        Ok(ended.collect::<Result<_, _>>()?)
    }

    /// Notes that a person was here.
    pub(crate) fn person_seen(&self, person: &str, at: Timestamp) -> Result<(), CloudError> {
        self.db()
            .execute("UPDATE person SET last_seen = ?2 WHERE id = ?1", [person, &stamp(at)])?;
        Ok(())
    }
}

/// Whether the bearer behind a realtime token still holds: a person's of the workspace, a
/// desktop's, or an enrolled screen's. A screen's sid is that of all its bearers: removing it ends
/// them all.
pub(crate) fn holds(
    db: &rusqlite::Connection,
    sid: &str,
    subject: &str,
    workspace: &str,
) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM bearer b JOIN member m ON m.person = b.person
             WHERE b.sid = ?1 AND b.person = ?2 AND m.workspace = ?3)
         OR EXISTS (SELECT 1 FROM desktop WHERE sid = ?1 AND id = ?2 AND workspace = ?3)
         OR EXISTS (SELECT 1 FROM screen
             WHERE sid = ?1 AND id = ?2 AND workspace = ?3 AND key IS NOT NULL)",
    )?
    .query_row([sid, subject, workspace], |row| row.get(0))
}
