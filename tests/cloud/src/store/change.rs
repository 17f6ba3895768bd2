//! A change of a workspace: one transaction, and what is told about it.

use super::{Store, seq};
use crate::hub::{Audience, Effect, What};
use crate::refusal::Refusal;
use cloud_client::wire::{Item, ItemKind, LogLine};
use jiff::Timestamp;
use rusqlite::{Transaction, TransactionBehavior};

/// An open transaction on a workspace.
pub(crate) struct Change<'a> {
    pub(super) db: Transaction<'a>,
    pub(crate) workspace: &'a str,
    pub(crate) now: Timestamp,
    seq: u64,
    effects: Vec<Effect>,
}

impl Store {
    /// Changes a workspace. `deliver` gets what is to be told; it is called once it is stored and
    /// before anything else can change, so that numbers are told in their order.
    pub(crate) fn change<T, D>(
        &self,
        workspace: &str,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, Refusal>,
        deliver: impl FnOnce(Vec<Effect>) -> D,
    ) -> Result<(T, D), Refusal> {
        let mut connection = self.db();
        let db = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (seq, now) = (seq(&db, workspace)?, Timestamp::now());
        let mut change = Change { db, workspace, now, seq, effects: Vec::new() };
        let result = work(&mut change)?;
        let Change { db, seq, effects, .. } = change;
        db.execute(
            "UPDATE workspace SET seq = ?2 WHERE id = ?1",
            rusqlite::params![workspace, seq],
        )?;
        db.commit()?;
        Ok((result, deliver(effects)))
    }
}

impl Change<'_> {
    /// The number that the next event gets.
    pub(super) fn next(&self) -> u64 {
        self.seq + 1
    }

    fn numbered(&mut self, audience: Audience, what: What) {
        self.seq += 1;
        self.effects.push(Effect::Event { seq: self.seq, audience, what });
    }

    pub(super) fn changed(&mut self, audience: Audience, item: Item) {
        self.numbered(audience, What::Changed(Box::new(item)));
    }

    pub(super) fn removed(&mut self, audience: Audience, kind: ItemKind, id: &str) {
        self.numbered(audience, What::Removed(kind, id.to_owned()));
    }

    pub(super) fn logged(&mut self, task: &str, lines: Vec<LogLine>) {
        self.effects.push(Effect::Log { task: task.to_owned(), lines });
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }
}
