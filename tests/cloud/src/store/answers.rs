//! Answers that are given again (`PROTOCOL.md`, "Doing a thing once").

use super::Store;
use crate::CloudError;
use crate::seal::Vault;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// How long an answer is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// What is known of a key.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Nothing.
    New,
    /// It came with the same request, which was answered so.
    Same(Answer),
    /// It came with another request.
    Other,
}

impl Store {
    /// The answer to a request with this key. It is sealed: an invitation's code is in one.
    pub(crate) fn answer(
        &self,
        vault: &Vault,
        (who, key): (&str, &str),
        request: &[u8],
        now: Timestamp,
    ) -> Result<Kept, CloudError> {
        let since = now.checked_sub(KEPT).unwrap_or(Timestamp::MIN).as_second();
        let found: Option<(Vec<u8>, u16, Vec<u8>)> = self
            .db()
            .prepare_cached(
                "SELECT request, status, sealed FROM answer
                 WHERE who = ?1 AND key = ?2 AND at > ?3",
            )?
            .query_row(params![who, key, since], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let Some((asked, _, sealed)) = found else { return Ok(Kept::New) };
        if asked != request {
            return Ok(Kept::Other);
        }
        let open = vault.open(&sealed, &["answer", who, key])?;
        let answer = serde_json::from_slice(&open).map_err(|_| CloudError::Stored("an answer"))?;
        Ok(Kept::Same(answer))
    }

    pub(crate) fn keep_answer(
        &self,
        vault: &Vault,
        (who, key): (&str, &str),
        request: &[u8],
        answer: &Answer,
        now: Timestamp,
    ) -> Result<(), CloudError> {
        let text = serde_json::to_vec(answer).map_err(|_| CloudError::Stored("an answer"))?;
        let sealed = vault.seal(&text, &["answer", who, key])?;
        let since = now.checked_sub(KEPT).unwrap_or(Timestamp::MIN).as_second();
        let connection = self.db();
        connection.execute("DELETE FROM answer WHERE at <= ?1", [since])?;
        connection.execute(
            "INSERT OR REPLACE INTO answer (who, key, request, status, sealed, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![who, key, request, answer.status, sealed, now.as_second()],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Data;

    #[test]
    fn an_answer_is_kept_for_a_day_for_one_person_and_one_request() {
        let (store, vault) = (Store::open(&Data::Memory).unwrap(), Vault::new([1; 32]));
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let after = |hours| now.checked_add(SignedDuration::from_hours(hours)).unwrap();
        let answer = Answer { status: 201, content_type: None, body: b"{}".to_vec() };
        store.keep_answer(&vault, ("u", "k"), b"request", &answer, now).unwrap();
        let ask = |who, request, at| store.answer(&vault, (who, "k"), request, at).unwrap();
        assert_eq!(ask("u", &b"request"[..], after(23)), Kept::Same(answer));
        assert_eq!(ask("u", &b"another"[..], after(23)), Kept::Other);
        assert_eq!(ask("v", &b"request"[..], after(23)), Kept::New);
        assert_eq!(ask("u", &b"request"[..], after(24)), Kept::New);
    }
}
