//! People as themselves: passwords, lockout, names, workspaces.

use super::people::{member, role_of};
use super::{Change, Store, new_id, word};
use crate::CloudError;
use crate::hub::Audience;
use crate::refusal::Refusal;
use cloud_client::wire::{Item, Role, User, Workspace};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

/// A person to be added.
#[derive(Clone)]
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

impl std::fmt::Debug for NewPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewPerson")
            .field("workspace", &self.workspace)
            .field("role", &self.role)
            .field("email", &self.email)
            .finish_non_exhaustive()
    }
}

/// Whether this can be a password. bcrypt takes 72 bytes; a longer one would be cut silently.
#[must_use]
pub fn acceptable_password(text: &str) -> bool {
    text.chars().count() >= 10 && text.len() <= 72 && !text.contains('\0')
}

impl Change<'_> {
    /// Adds a person to the workspace, with the bcrypt hash of their password.
    pub(crate) fn add_person(&mut self, new: &NewPerson, hash: &str) -> Result<String, Refusal> {
        let known: Option<String> = self
            .db
            .query_row("SELECT id FROM person WHERE email = ?1", [&new.email], |row| row.get(0))
            .optional()?;
        if known.is_some() {
            return Err(Refusal::Taken);
        }
        let id = new_id("u");
        self.db.execute(
            "INSERT INTO person (id, name, email, password) VALUES (?1, ?2, ?3, ?4)",
            params![id, new.name, new.email, hash],
        )?;
        self.join(&id, new.role)?;
        Ok(id)
    }

    /// Makes somebody who has an account a person of the workspace.
    pub(super) fn join(&mut self, person: &str, role: Role) -> Result<(), Refusal> {
        if role_of(&self.db, person, self.workspace)?.is_some() {
            return Err(Refusal::Taken);
        }
        self.db.execute(
            "INSERT INTO member (workspace, person, role) VALUES (?1, ?2, ?3)",
            params![self.workspace, person, word(role)],
        )?;
        let item = member(&self.db, self.workspace, person)?.ok_or(Refusal::NotFound)?;
        self.changed(Audience::Owners, Item::Member(item));
        Ok(())
    }
}

impl Store {
    /// Adds a person; slow, for the hash. A running cloud on the same data does not tell its
    /// sockets, but knows the person at once.
    ///
    /// # Errors
    /// When the address is taken, there is no such workspace or the database fails.
    pub fn add_person(&self, new: &NewPerson, cost: u32) -> Result<String, CloudError> {
        let hash = bcrypt::hash(&new.password, cost)?;
        match self.change(&new.workspace, |change| change.add_person(new, &hash), |_| ()) {
            Ok((id, ())) => Ok(id),
            Err(Refusal::Internal(error)) => Err(error),
            Err(_) => Err(CloudError::Stored("the address is taken")),
        }
    }

    /// Whether nobody can sign in yet.
    ///
    /// # Errors
    /// When the database fails.
    pub fn is_new(&self) -> Result<bool, CloudError> {
        let somebody: bool =
            self.db().query_row("SELECT EXISTS (SELECT 1 FROM person)", [], |row| row.get(0))?;
        Ok(!somebody)
    }

    /// Id and password hash of an address.
    pub(crate) fn password(&self, email: &str) -> Result<Option<(String, String)>, CloudError> {
        let connection = self.db();
        let mut find =
            connection.prepare_cached("SELECT id, password FROM person WHERE email = ?1")?;
        Ok(find.query_row([email], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    pub(crate) fn set_password(&self, person: &str, hash: &str) -> Result<(), CloudError> {
        self.db().execute("UPDATE person SET password = ?2 WHERE id = ?1", [person, hash])?;
        Ok(())
    }

    /// Counts an attempt to sign in, before it is known whether it is a good one: so that many at
    /// once cannot all be first. The last of `most` within `span` locks the address for as long.
    /// While it is locked, says until when.
    pub(crate) fn attempt(
        &self,
        email: &str,
        now: Timestamp,
        most: u32,
        span: SignedDuration,
    ) -> Result<Result<(), Timestamp>, CloudError> {
        let mut connection = self.db();
        let change = connection.transaction()?;
        change.execute("DELETE FROM lockout WHERE until <= ?1", [now.as_second()])?;
        let until: Option<i64> = change
            .query_row("SELECT until FROM lockout WHERE email = ?1", [email], |row| row.get(0))
            .optional()?;
        if let Some(until) = until {
            return Ok(Err(Timestamp::from_second(until).unwrap_or(now)));
        }
        let since = now.checked_sub(span).unwrap_or(Timestamp::MIN);
        change.execute("DELETE FROM failure WHERE at < ?1", [since.as_second()])?;
        change.execute("INSERT INTO failure VALUES (?1, ?2)", params![email, now.as_second()])?;
        let count: u32 =
            change.query_row("SELECT COUNT(*) FROM failure WHERE email = ?1", [email], |row| {
                row.get(0)
            })?;
        if count >= most {
            let until = now.checked_add(span).unwrap_or(Timestamp::MAX);
            change.execute(
                "INSERT INTO lockout (email, until) VALUES (?1, ?2)",
                params![email, until.as_second()],
            )?;
            change.execute("DELETE FROM failure WHERE email = ?1", [email])?;
        }
        change.commit()?;
        Ok(Ok(()))
    }

    /// The attempt was a good one.
    pub(crate) fn clear_failures(&self, email: &str) -> Result<(), CloudError> {
        let connection = self.db();
        connection.execute("DELETE FROM failure WHERE email = ?1", [email])?;
        connection.execute("DELETE FROM lockout WHERE email = ?1", [email])?;
        Ok(())
    }

    pub(crate) fn user(&self, person: &str) -> Result<Option<User>, CloudError> {
        let connection = self.db();
        let mut find = connection.prepare_cached("SELECT name, email FROM person WHERE id = ?1")?;
        let user = find.query_row([person], |row| {
            Ok(User { id: person.to_owned(), name: row.get(0)?, email: row.get(1)? })
        });
        Ok(user.optional()?)
    }

    pub(crate) fn workspaces(&self, person: &str) -> Result<Vec<Workspace>, CloudError> {
        let connection = self.db();
        let mut find = connection.prepare_cached(
            "SELECT w.id, w.name, m.role FROM workspace w JOIN member m ON m.workspace = w.id
             WHERE m.person = ?1 ORDER BY w.name, w.id",
        )?;
        let rows = find.query_map([person], |row| {
            Ok(Workspace { id: row.get(0)?, name: row.get(1)?, role: super::meant(row.get(2)?)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A person's role in a workspace; `None` when they are not of it.
    pub(crate) fn role(&self, person: &str, workspace: &str) -> Result<Option<Role>, CloudError> {
        Ok(role_of(&self.db(), person, workspace)?)
    }
}

/// A person's name, for what they make.
pub(super) fn name_of(db: &Connection, person: &str) -> rusqlite::Result<String> {
    db.prepare_cached("SELECT name FROM person WHERE id = ?1")?
        .query_row([person], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Data;

    #[test]
    fn the_fifth_failure_locks_for_as_long_as_it_says() {
        let store = Store::open(&Data::Memory).unwrap();
        let start = Timestamp::from_second(1_800_000_000).unwrap();
        let span = SignedDuration::from_mins(15);
        let minutes = |n| start.checked_add(SignedDuration::from_mins(n)).unwrap();
        let attempt = |n| store.attempt("Ada@example.com", minutes(n), 5, span).unwrap();
        for n in [0, 3, 6, 9, 12] {
            assert_eq!(attempt(n), Ok(()));
        }
        // The first failure is older than a quarter of an hour here; the lock holds all the same.
        assert_eq!(attempt(16), Err(minutes(27)));
        assert_eq!(
            store.attempt("ada@EXAMPLE.com", minutes(26), 5, span).unwrap(),
            Err(minutes(27))
        );
        assert_eq!(attempt(27), Ok(()));
        assert_eq!(attempt(28), Ok(()), "old failures do not count again");
        for n in [29, 30, 31] {
            assert_eq!(attempt(n), Ok(()));
        }
        store.clear_failures("ada@example.com").unwrap();
        assert_eq!(attempt(32), Ok(()), "a good sign-in unlocks");
    }
}
