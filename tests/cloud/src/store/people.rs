//! The people of a workspace, and invitations into it.

use super::account::NewPerson;
use super::{Change, Store, hash, meant, new_id, stamp, word};
use crate::CloudError;
use crate::hub::{Audience, Close, Effect};
use crate::refusal::Refusal;
use cloud_client::wire::{InvitationCode, Invited, Item, ItemKind, Member, Role};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// How long an invitation holds.
const INVITATION: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Crockford's base 32: no I, L, O, U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// An invitation that was found by its code.
pub(crate) struct Open {
    pub(crate) id: String,
    pub(crate) workspace: String,
    pub(crate) email: String,
    role: Role,
}

pub(crate) fn role_of(
    db: &Connection,
    person: &str,
    workspace: &str,
) -> rusqlite::Result<Option<Role>> {
    db.prepare_cached("SELECT role FROM member WHERE person = ?1 AND workspace = ?2")?
        .query_row([person, workspace], |row| meant(row.get(0)?))
        .optional()
}

fn joined(row: &Row<'_>) -> rusqlite::Result<Member> {
    Ok(Member {
        id: row.get(0)?,
        name: row.get(1)?,
        email: row.get(2)?,
        role: meant(row.get(3)?)?,
        invited: false,
        last_seen: row.get(4)?,
    })
}

fn invited(row: &Row<'_>) -> rusqlite::Result<Member> {
    Ok(Member {
        id: row.get(0)?,
        name: String::new(),
        email: row.get(1)?,
        role: meant(row.get(2)?)?,
        invited: true,
        last_seen: None,
    })
}

const JOINED: &str = "SELECT p.id, p.name, p.email, m.role, p.last_seen
     FROM member m JOIN person p ON p.id = m.person WHERE m.workspace = ?1";
const INVITED: &str = "SELECT id, email, role FROM invitation WHERE workspace = ?1";

/// Everybody of a workspace, and the open invitations after them.
pub(crate) fn list(
    db: &Connection,
    workspace: &str,
    now: Timestamp,
) -> rusqlite::Result<Vec<Member>> {
    let mut people: Vec<Member> = db
        .prepare_cached(&format!("{JOINED} ORDER BY p.name, p.id"))?
        .query_map([workspace], joined)?
        .collect::<Result<_, _>>()?;
    let mut open = db.prepare_cached(&format!("{INVITED} AND expires > ?2 ORDER BY email"))?;
    for member in open.query_map(params![workspace, now.as_second()], invited)? {
        people.push(member?);
    }
    Ok(people)
}

pub(super) fn member(
    db: &Connection,
    workspace: &str,
    id: &str,
) -> rusqlite::Result<Option<Member>> {
    let found = db
        .prepare_cached(&format!("{JOINED} AND p.id = ?2"))?
        .query_row([workspace, id], joined)
        .optional()?;
    if found.is_some() {
        return Ok(found);
    }
    db.prepare_cached(&format!("{INVITED} AND id = ?2"))?
        .query_row([workspace, id], invited)
        .optional()
}

/// A hundred random bits, in groups that can be read out.
fn new_code() -> String {
    let bits = rand::random::<u128>();
    let mut code = String::new();
    for n in 0..20 {
        if n > 0 && n % 5 == 0 {
            code.push('-');
        }
        let index = usize::try_from((bits >> (5 * n)) & 31).unwrap_or(0);
        code.push(LETTERS.get(index).map_or('0', |letter| char::from(*letter)));
    }
    code
}

/// The code as it was made, however it was typed.
fn code_hash(code: &str) -> Vec<u8> {
    let letters =
        code.chars().filter(char::is_ascii_alphanumeric).map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        });
    hash(&letters.collect::<String>())
}

impl Store {
    /// The open invitation with this code.
    pub(crate) fn invitation(
        &self,
        code: &str,
        now: Timestamp,
    ) -> Result<Option<Open>, CloudError> {
        let connection = self.db();
        let mut find = connection.prepare_cached(
            "SELECT id, workspace, email, role FROM invitation
             WHERE code = ?1 AND expires > ?2",
        )?;
        let open = find.query_row(params![code_hash(code), now.as_second()], |row| {
            Ok(Open {
                id: row.get(0)?,
                workspace: row.get(1)?,
                email: row.get(2)?,
                role: meant(row.get(3)?)?,
            })
        });
        Ok(open.optional()?)
    }
}

impl Change<'_> {
    /// Invites an address.
    pub(crate) fn invite(&mut self, email: &str, role: Role) -> Result<Invited, Refusal> {
        let now = self.now;
        self.db.execute("DELETE FROM invitation WHERE expires <= ?1", [now.as_second()])?;
        let taken: bool = self.db.query_row(
            "SELECT EXISTS (SELECT 1 FROM member m JOIN person p ON p.id = m.person
                 WHERE m.workspace = ?1 AND p.email = ?2)
             OR EXISTS (SELECT 1 FROM invitation WHERE workspace = ?1 AND email = ?2)",
            [self.workspace, email],
            |row| row.get(0),
        )?;
        if taken {
            return Err(Refusal::Taken);
        }
        let (id, code) = (new_id("i"), new_code());
        let expires = now.checked_add(INVITATION).unwrap_or(now);
        self.db.execute(
            "INSERT INTO invitation (id, workspace, email, role, code, expires)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![id, self.workspace, email, word(role), code_hash(&code), expires.as_second()],
        )?;
        let member = member(&self.db, self.workspace, &id)?.ok_or(Refusal::NotFound)?;
        self.changed(Audience::Owners, Item::Member(member.clone()));
        Ok(Invited { member, code: InvitationCode::new(code), expires_at: stamp(expires) })
    }

    /// Uses an invitation, for who has an account or for a new person with this password hash.
    pub(crate) fn accept(
        &mut self,
        open: &Open,
        account: Option<&str>,
        name: &str,
        password: &str,
    ) -> Result<String, Refusal> {
        if self.db.execute("DELETE FROM invitation WHERE id = ?1", [&open.id])? == 0 {
            return Err(Refusal::Gone);
        }
        self.removed(Audience::Owners, ItemKind::Member, &open.id);
        match account {
            Some(person) => {
                self.join(person, open.role)?;
                Ok(person.to_owned())
            }
            None => {
                let new = NewPerson {
                    workspace: open.workspace.clone(),
                    role: open.role,
                    name: name.to_owned(),
                    email: open.email.clone(),
                    password: String::new(),
                };
                self.add_person(&new, password)
            }
        }
    }

    /// Changes the role of a person or of an open invitation.
    pub(crate) fn change_role(&mut self, id: &str, role: Role) -> Result<Member, Refusal> {
        let before = member(&self.db, self.workspace, id)?.ok_or(Refusal::NotFound)?;
        if before.role == role {
            return Ok(before);
        }
        if before.invited {
            self.db.execute("UPDATE invitation SET role = ?2 WHERE id = ?1", [id, &word(role)])?;
        } else {
            self.keep_an_owner(&before)?;
            self.db.execute(
                "UPDATE member SET role = ?3 WHERE workspace = ?1 AND person = ?2",
                [self.workspace, id, &word(role)],
            )?;
            // What this person may see is another thing now: their sockets start anew, and find
            // at `ready` that they have missed something.
            self.effect(Effect::ClosePerson { person: id.to_owned(), why: Close::Restart });
        }
        let after = Member { role, ..before };
        self.changed(Audience::Owners, Item::Member(after.clone()));
        Ok(after)
    }

    /// Removes a person, or withdraws an invitation.
    pub(crate) fn remove_person(&mut self, id: &str) -> Result<(), Refusal> {
        let before = member(&self.db, self.workspace, id)?.ok_or(Refusal::NotFound)?;
        if before.invited {
            self.db.execute("DELETE FROM invitation WHERE id = ?1", [id])?;
        } else {
            self.keep_an_owner(&before)?;
            self.db.execute(
                "DELETE FROM member WHERE workspace = ?1 AND person = ?2",
                [self.workspace, id],
            )?;
            self.db.execute("DELETE FROM bearer WHERE person = ?1", [id])?;
            self.effect(Effect::ClosePerson { person: id.to_owned(), why: Close::Revoked });
        }
        self.removed(Audience::Owners, ItemKind::Member, id);
        Ok(())
    }

    fn keep_an_owner(&self, leaving: &Member) -> Result<(), Refusal> {
        if leaving.role != Role::Owner {
            return Ok(());
        }
        let owners: u32 = self.db.query_row(
            "SELECT COUNT(*) FROM member WHERE workspace = ?1 AND role = 'owner'",
            [self.workspace],
            |row| row.get(0),
        )?;
        if owners > 1 { Ok(()) } else { Err(Refusal::LastOwner) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = new_code();
        assert_eq!(code.len(), 23);
        assert_ne!(code, new_code());
        let typed = code.replace('-', " ").to_lowercase().replace('0', "o").replace('1', "l");
        assert_eq!(code_hash(&code), code_hash(&typed));
        assert_ne!(code_hash(&code), code_hash(&code[1..]));
    }
}
