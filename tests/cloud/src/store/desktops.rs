//! Cloud desktops, their daemons' tokens and their thumbnails.

use super::{Store, hash, new_id, new_token, stamp};
use crate::CloudError;
use cloud_client::wire::{Desktop, DesktopState};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

const SELECT: &str = "SELECT d.id, d.name, d.last_seen, t.at, d.workspace FROM desktop d
     LEFT JOIN thumbnail t ON t.desktop = d.id";

/// Offline: who is connected, the hub knows.
fn desktop(row: &Row<'_>) -> rusqlite::Result<Desktop> {
    Ok(Desktop {
        id: row.get(0)?,
        name: row.get(1)?,
        state: DesktopState::Offline,
        viewers: 0,
        last_seen: row.get(2)?,
        thumbnail_at: row.get(3)?,
    })
}

impl Store {
    /// Adds a desktop; gives its id and its daemon's token.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_desktop(&self, workspace: &str, name: &str) -> Result<(String, String), CloudError> {
        let (id, token) = (new_id("d"), new_token());
        self.db().execute(
            "INSERT INTO desktop (id, workspace, name, token, sid) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, workspace, name, hash(&token), uuid::Uuid::new_v4().simple().to_string()],
        )?;
        Ok((id, token))
    }

    /// Removes a desktop; gives its workspace and the sid of its daemon's token.
    pub(crate) fn remove_desktop(&self, id: &str) -> Result<Option<(String, String)>, CloudError> {
        Ok(self
            .db()
            .query_row("DELETE FROM desktop WHERE id = ?1 RETURNING workspace, sid", [id], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?)
    }

    /// A new token for a desktop's daemon; the one until now ends. Also gives the old one's sid.
    pub(crate) fn renew_desktop(&self, id: &str) -> Result<(String, String), CloudError> {
        let (token, sid) = (new_token(), uuid::Uuid::new_v4().simple().to_string());
        let connection = self.db();
        let old = connection
            .query_row("SELECT sid FROM desktop WHERE id = ?1", [id], |row| row.get(0))?;
        connection.execute(
            "UPDATE desktop SET token = ?2, sid = ?3 WHERE id = ?1",
            params![id, hash(&token), sid],
        )?;
        Ok((token, old))
    }

    /// The desktops of a workspace, all offline.
    pub(crate) fn desktops(&self, workspace: &str) -> Result<Vec<Desktop>, CloudError> {
        let connection = self.db();
        let mut find = connection
            .prepare_cached(&format!("{SELECT} WHERE d.workspace = ?1 ORDER BY d.name, d.id"))?;
        let rows = find.query_map([workspace], desktop)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A desktop and its workspace.
    pub(crate) fn desktop(&self, id: &str) -> Result<Option<(String, Desktop)>, CloudError> {
        let connection = self.db();
        let mut find = connection.prepare_cached(&format!("{SELECT} WHERE d.id = ?1"))?;
        Ok(find.query_row([id], |row| Ok((row.get(4)?, desktop(row)?))).optional()?)
    }

    pub(crate) fn desktop_seen(&self, desktop: &str, at: Timestamp) -> Result<(), CloudError> {
        self.db()
            .execute("UPDATE desktop SET last_seen = ?2 WHERE id = ?1", [desktop, &stamp(at)])?;
        Ok(())
    }

    /// Keeps a thumbnail, unless there is one that is younger than `since`; then it says when
    /// that came, in milliseconds since 1970.
    pub(crate) fn put_thumbnail(
        &self,
        desktop: &str,
        jpeg: &[u8],
        now: Timestamp,
        since: i64,
    ) -> Result<Result<(), i64>, CloudError> {
        let connection = self.db();
        let last: Option<i64> = connection
            .query_row("SELECT millis FROM thumbnail WHERE desktop = ?1", [desktop], |row| {
                row.get(0)
            })
            .optional()?;
        let now_ms = now.as_millisecond();
        // One from the future was written before the clock was put back; it does not count.
        if let Some(last) = last.filter(|last| (since.saturating_add(1)..=now_ms).contains(last)) {
            return Ok(Err(last));
        }
        connection.execute(
            "INSERT OR REPLACE INTO thumbnail (desktop, jpeg, at, millis)
             VALUES (?1, ?2, ?3, ?4)",
            params![desktop, jpeg, stamp(now), now_ms],
        )?;
        Ok(Ok(()))
    }

    pub(crate) fn thumbnail(
        &self,
        workspace: &str,
        desktop: &str,
    ) -> Result<Option<Vec<u8>>, CloudError> {
        let connection = self.db();
        let mut find = connection.prepare_cached(
            "SELECT t.jpeg FROM thumbnail t JOIN desktop d ON d.id = t.desktop
             WHERE d.workspace = ?1 AND d.id = ?2",
        )?;
        Ok(find.query_row([workspace, desktop], |row| row.get(0)).optional()?)
    }
}
