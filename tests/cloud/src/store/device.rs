//! Device grants (RFC 8628).

use super::{Store, hash};
use crate::CloudError;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

/// What the person decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DeviceState {
    Pending,
    /// By this person.
    Approved(String),
    Denied,
}

/// A grant that is being made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Device {
    pub(crate) user_code: String,
    pub(crate) state: DeviceState,
    /// Milliseconds since 1970.
    pub(crate) expires: i64,
    /// Least time between two questions, in milliseconds.
    pub(crate) gap: i64,
    /// When the app asked last, in milliseconds since 1970.
    pub(crate) polled: Option<i64>,
}

const SELECT: &str = "SELECT user_code, state, person, expires, gap, polled FROM device";

fn device(row: &Row<'_>) -> rusqlite::Result<Device> {
    let (state, person): (String, Option<String>) = (row.get(1)?, row.get(2)?);
    let state = match (state.as_str(), person) {
        ("approved", Some(person)) => DeviceState::Approved(person),
        ("denied", _) => DeviceState::Denied,
        _ => DeviceState::Pending,
    };
    Ok(Device {
        user_code: row.get(0)?,
        state,
        expires: row.get(3)?,
        gap: row.get(4)?,
        polled: row.get(5)?,
    })
}

impl Store {
    /// Begins a grant. Ended ones go.
    pub(crate) fn add_device(
        &self,
        code: &str,
        device: &Device,
        now: Timestamp,
    ) -> Result<(), CloudError> {
        let connection = self.db();
        connection.execute("DELETE FROM device WHERE expires <= ?1", [now.as_millisecond()])?;
        connection.execute(
            "INSERT INTO device (code, user_code, state, expires, gap)
             VALUES (?1, ?2, 'pending', ?3, ?4)",
            params![hash(code), device.user_code, device.expires, device.gap],
        )?;
        Ok(())
    }

    /// The app asks: `work` sees the grant and says how it goes on; `None` ends it.
    pub(crate) fn poll_device<T>(
        &self,
        code: &str,
        work: impl FnOnce(&Device) -> (T, Option<(i64, i64)>),
    ) -> Result<Option<T>, CloudError> {
        let mut connection = self.db();
        let change = connection.transaction()?;
        let found = change
            .query_row(&format!("{SELECT} WHERE code = ?1"), [hash(code)], device)
            .optional()?;
        let Some(found) = found else { return Ok(None) };
        let (answer, goes_on) = work(&found);
        match goes_on {
            Some((gap, polled)) => change.execute(
                "UPDATE device SET gap = ?2, polled = ?3 WHERE code = ?1",
                params![hash(code), gap, polled],
            )?,
            None => change.execute("DELETE FROM device WHERE code = ?1", [hash(code)])?,
        };
        change.commit()?;
        Ok(Some(answer))
    }

    /// The undecided grant with this code, as the person sees it.
    pub(crate) fn pending_device(
        &self,
        user_code: &str,
        now: Timestamp,
    ) -> Result<Option<Device>, CloudError> {
        let connection = self.db();
        let mut find = connection.prepare_cached(&format!(
            "{SELECT} WHERE user_code = ?1 AND state = 'pending' AND expires > ?2"
        ))?;
        Ok(find.query_row(params![user_code, now.as_millisecond()], device).optional()?)
    }

    /// This person is signed in on the page: `ticket` is what their decision is made with.
    pub(crate) fn offer_device(
        &self,
        user_code: &str,
        person: &str,
        ticket: &str,
    ) -> Result<(), CloudError> {
        self.db().execute(
            "UPDATE device SET person = ?2, ticket = ?3 WHERE user_code = ?1
             AND state = 'pending'",
            params![user_code, person, hash(ticket)],
        )?;
        Ok(())
    }

    /// The person decides. A ticket is good once; `false` when it is not.
    pub(crate) fn decide_device(
        &self,
        ticket: &str,
        agreed: bool,
        now: Timestamp,
    ) -> Result<bool, CloudError> {
        let state = if agreed { "approved" } else { "denied" };
        let decided = self.db().execute(
            "UPDATE device SET state = ?2, ticket = NULL
             WHERE ticket = ?1 AND state = 'pending' AND expires > ?3",
            params![hash(ticket), state, now.as_millisecond()],
        )?;
        Ok(decided == 1)
    }
}
