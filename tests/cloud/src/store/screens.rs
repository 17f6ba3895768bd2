//! Unattended screens: enrolment codes and bearers as hashes, public keys as they are.

use super::{Store, hash, new_id, new_token, stamp};
use crate::CloudError;
use crate::refusal::Refusal;
use cloud_client::wire::{
    Enrolment, EnrolmentCode, OwnScreen, Screen, ScreenDraft, ScreenIdentity, ScreenWorkspace,
};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Crockford's base 32: no I, L, O, U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Screens of a workspace.
const MOST: u32 = 200;

const SELECT: &str = "SELECT id, name, control, key IS NOT NULL, created_by, creator, created_at,
     expires, last_seen FROM screen";

/// Sixty random bits, in groups that can be read out: good for ten minutes, and each address may
/// ask once a second.
fn new_code() -> String {
    let bits = rand::random::<u64>();
    let mut code = String::new();
    for n in 0..12 {
        if n > 0 && n % 4 == 0 {
            code.push('-');
        }
        let index = usize::try_from((bits >> (5 * n)) & 31).unwrap_or(0);
        code.push(LETTERS.get(index).map_or('0', |letter| char::from(*letter)));
    }
    code
}

fn code_hash(code: &EnrolmentCode) -> Vec<u8> {
    hash(&code.bare())
}

fn screen(row: &Row<'_>) -> rusqlite::Result<Screen> {
    let expires: Option<i64> = row.get(7)?;
    Ok(Screen {
        id: row.get(0)?,
        name: row.get(1)?,
        desktops: Vec::new(),
        control: row.get(2)?,
        enrolled: row.get(3)?,
        created_by: row.get(4)?,
        creator: row.get(5)?,
        created_at: row.get(6)?,
        expires_at: expires.and_then(|at| Timestamp::from_second(at).ok()).map(stamp),
        last_seen: row.get(8)?,
    })
}

fn desktops_of(db: &Connection, screen: &str) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached(
        "SELECT s.desktop FROM screen_desktop s JOIN desktop d ON d.id = s.desktop
         WHERE s.screen = ?1 ORDER BY d.name, d.id",
    )?
    .query_map([screen], |row| row.get(0))?
    .collect()
}

/// What the hub must know about a screen.
pub(crate) struct Watch {
    pub(crate) name: String,
    pub(crate) desktops: Vec<String>,
    pub(crate) control: bool,
}

/// What an enrolled screen is, while nothing can change.
pub(crate) fn watch(db: &Connection, id: &str) -> rusqlite::Result<Option<Watch>> {
    let found = db
        .prepare_cached("SELECT name, control FROM screen WHERE id = ?1 AND key IS NOT NULL")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((name, control)) = found else { return Ok(None) };
    Ok(Some(Watch { name, desktops: desktops_of(db, id)?, control }))
}

impl Store {
    /// The screens of a workspace. Those whose code has ended unused go.
    pub(crate) fn screens(
        &self,
        workspace: &str,
        now: Timestamp,
    ) -> Result<Vec<Screen>, CloudError> {
        let connection = self.db();
        connection.execute("DELETE FROM screen WHERE expires <= ?1", [now.as_second()])?;
        let mut find = connection
            .prepare_cached(&format!("{SELECT} WHERE workspace = ?1 ORDER BY name, id"))?;
        let mut screens: Vec<Screen> =
            find.query_map([workspace], screen)?.collect::<Result<_, _>>()?;
        for screen in &mut screens {
            screen.desktops = desktops_of(&connection, &screen.id)?;
        }
        Ok(screens)
    }

    /// Adds a screen that waits for its machine.
    pub(crate) fn add_screen(
        &self,
        workspace: &str,
        person: &str,
        draft: &ScreenDraft,
        life: SignedDuration,
        now: Timestamp,
    ) -> Result<Enrolment, Refusal> {
        let mut connection = self.db();
        let change = connection.transaction()?;
        change.execute("DELETE FROM screen WHERE expires <= ?1", [now.as_second()])?;
        let count: u32 = change.query_row(
            "SELECT COUNT(*) FROM screen WHERE workspace = ?1",
            [workspace],
            |row| row.get(0),
        )?;
        if count >= MOST {
            return Err(Refusal::Conflict("the workspace has too many screens"));
        }
        let (id, code) = (new_id("k"), EnrolmentCode::new(new_code()));
        let expires = now.checked_add(life).unwrap_or(now);
        let creator = super::account::name_of(&change, person)?;
        change.execute(
            "INSERT INTO screen (id, workspace, name, control, sid, code, expires, created_by,
                 creator, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                id,
                workspace,
                draft.name,
                draft.control,
                uuid::Uuid::new_v4().simple().to_string(),
                code_hash(&code),
                expires.as_second(),
                person,
                creator,
                stamp(now)
            ],
        )?;
        for desktop in &draft.desktops {
            // One that is named twice is there once; one of another workspace is none.
            let known = change.execute(
                "INSERT OR REPLACE INTO screen_desktop (screen, desktop)
                 SELECT ?1, id FROM desktop WHERE id = ?2 AND workspace = ?3",
                [&id, desktop, workspace],
            )?;
            if known == 0 {
                return Err(Refusal::NotFound);
            }
        }
        let mut made = change.query_row(&format!("{SELECT} WHERE id = ?1"), [&id], screen)?;
        made.desktops = desktops_of(&change, &id)?;
        change.commit()?;
        Ok(Enrolment { screen: made, code, expires_at: stamp(expires) })
    }

    /// Removes a screen: its key and its bearers end. Gives its sid.
    pub(crate) fn remove_screen(
        &self,
        workspace: &str,
        id: &str,
    ) -> Result<Option<String>, CloudError> {
        Ok(self
            .db()
            .query_row(
                "DELETE FROM screen WHERE id = ?1 AND workspace = ?2 RETURNING sid",
                [id, workspace],
                |row| row.get(0),
            )
            .optional()?)
    }

    /// Gives the screen that waits with this code its key; the code ends. `None` for a code that
    /// was used, has ended or never was.
    pub(crate) fn enrol_screen(
        &self,
        code: &EnrolmentCode,
        key: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<String>, CloudError> {
        Ok(self
            .db()
            .query_row(
                "UPDATE screen SET key = ?2, code = NULL, expires = NULL
                 WHERE code = ?1 AND expires > ?3 RETURNING id",
                params![code_hash(code), key, now.as_second()],
                |row| row.get(0),
            )
            .optional()?)
    }

    /// The public key of an enrolled screen.
    pub(crate) fn screen_key(&self, id: &str) -> Result<Option<[u8; 32]>, CloudError> {
        let connection = self.db();
        let mut find = connection
            .prepare_cached("SELECT key FROM screen WHERE id = ?1 AND key IS NOT NULL")?;
        Ok(find.query_row([id], |row| row.get(0)).optional()?)
    }

    /// Makes a bearer for an enrolled screen. Those of its that have ended go. `None` when it was
    /// removed meanwhile.
    pub(crate) fn new_screen_bearer(
        &self,
        id: &str,
        life: SignedDuration,
        now: Timestamp,
    ) -> Result<Option<String>, CloudError> {
        let token = new_token();
        let connection = self.db();
        connection.execute("DELETE FROM screen_bearer WHERE expires <= ?1", [now.as_second()])?;
        let expires = now.checked_add(life).unwrap_or(now);
        let made = connection.execute(
            "INSERT INTO screen_bearer (hash, screen, expires)
             SELECT ?1, id, ?3 FROM screen WHERE id = ?2 AND key IS NOT NULL",
            params![hash(&token), id, expires.as_second()],
        )?;
        Ok((made == 1).then_some(token))
    }

    /// A screen, as it sees itself.
    pub(crate) fn screen_identity(&self, id: &str) -> Result<Option<ScreenIdentity>, CloudError> {
        let connection = self.db();
        let mut find = connection.prepare_cached(
            "SELECT s.name, s.control, w.id, w.name FROM screen s
             JOIN workspace w ON w.id = s.workspace WHERE s.id = ?1",
        )?;
        let found = find.query_row([id], |row| {
            Ok(ScreenIdentity {
                screen: OwnScreen { id: id.to_owned(), name: row.get(0)?, control: row.get(1)? },
                workspace: ScreenWorkspace { id: row.get(2)?, name: row.get(3)? },
            })
        });
        Ok(found.optional()?)
    }

    /// The desktops that a screen may show, by id.
    pub(crate) fn screen_desktops(&self, id: &str) -> Result<Vec<String>, CloudError> {
        Ok(desktops_of(&self.db(), id)?)
    }

    /// Notes that a screen was here.
    pub(crate) fn screen_seen(&self, id: &str, at: Timestamp) -> Result<(), CloudError> {
        self.db().execute("UPDATE screen SET last_seen = ?2 WHERE id = ?1", [id, &stamp(at)])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_differ_and_are_easy_to_read_out() {
        let code = new_code();
        assert_eq!((code.len(), code.matches('-').count()), (14, 2));
        assert_ne!(code, new_code());
        let typed = code.replace('-', " ").to_lowercase().replace('0', "o").replace('1', "l");
        let hash = |code: &str| code_hash(&EnrolmentCode::new(code.into()));
        assert_eq!(hash(&code), hash(&typed));
        assert_ne!(hash(&code), hash(&code[1..]));
    }
}
