//! Agents and their sealed API keys.

use super::{Change, Store, new_id, stamp, tasks};
use crate::CloudError;
use crate::hub::Audience;
use crate::refusal::Refusal;
use crate::seal::Vault;
use cloud_client::wire::{Agent, AgentDraft, ApiKey, Item, ItemKind, KeyHint};
use rusqlite::{Connection, OptionalExtension, Row, params};
use zeroize::Zeroizing;

const SELECT: &str = "SELECT id, name, provider, model, instructions, updated_at FROM agent
     WHERE workspace = ?1";

fn agent(row: &Row<'_>) -> rusqlite::Result<Agent> {
    Ok(Agent {
        id: row.get(0)?,
        name: row.get(1)?,
        provider: row.get(2)?,
        model: row.get(3)?,
        instructions: row.get(4)?,
        keys: Vec::new(),
        updated_at: row.get(5)?,
    })
}

fn with_keys(db: &Connection, mut agent: Agent) -> rusqlite::Result<Agent> {
    agent.keys = db
        .prepare_cached(
            "SELECT provider, last4, set_at FROM agent_key WHERE agent = ?1 ORDER BY provider",
        )?
        .query_map([&agent.id], |row| {
            Ok(KeyHint { provider: row.get(0)?, last4: row.get(1)?, set_at: row.get(2)? })
        })?
        .collect::<Result<_, _>>()?;
    Ok(agent)
}

/// The agents of a workspace, by name.
pub(crate) fn list(db: &Connection, workspace: &str) -> rusqlite::Result<Vec<Agent>> {
    let mut find = db.prepare_cached(&format!("{SELECT} ORDER BY name, id"))?;
    find.query_map([workspace], agent)?.map(|agent| with_keys(db, agent?)).collect()
}

pub(super) fn one(db: &Connection, workspace: &str, id: &str) -> rusqlite::Result<Option<Agent>> {
    db.prepare_cached(&format!("{SELECT} AND id = ?2"))?
        .query_row([workspace, id], agent)
        .optional()?
        .map(|agent| with_keys(db, agent))
        .transpose()
}

/// What a sealed key is bound to: moved elsewhere it does not open.
fn bound_to<'a>(workspace: &'a str, agent: &'a str, provider: &'a str) -> [&'a str; 4] {
    ["agent-key", workspace, agent, provider]
}

impl Store {
    /// Opens an agent's key.
    pub(crate) fn agent_key(
        &self,
        vault: &Vault,
        workspace: &str,
        agent: &str,
        provider: &str,
    ) -> Result<Option<Zeroizing<String>>, CloudError> {
        let sealed: Option<Vec<u8>> = self
            .db()
            .query_row(
                "SELECT k.sealed FROM agent_key k JOIN agent a ON a.id = k.agent
                 WHERE a.workspace = ?1 AND a.id = ?2 AND k.provider = ?3",
                [workspace, agent, provider],
                |row| row.get(0),
            )
            .optional()?;
        let Some(sealed) = sealed else { return Ok(None) };
        let open = vault.open(&sealed, &bound_to(workspace, agent, provider))?;
        let text = std::str::from_utf8(&open).map_err(|_| CloudError::Stored("an API key"))?;
        Ok(Some(Zeroizing::new(text.to_owned())))
    }
}

impl Change<'_> {
    fn agent(&self, id: &str) -> Result<Agent, Refusal> {
        one(&self.db, self.workspace, id)?.ok_or(Refusal::NotFound)
    }

    fn tell_agent(&mut self, id: &str) -> Result<Agent, Refusal> {
        let agent = self.agent(id)?;
        self.changed(Audience::Everyone, Item::Agent(agent.clone()));
        Ok(agent)
    }

    pub(crate) fn add_agent(&mut self, draft: &AgentDraft) -> Result<Agent, Refusal> {
        let id = new_id("a");
        let AgentDraft { name, provider, model, instructions } = draft;
        self.db.execute(
            "INSERT INTO agent (id, workspace, name, provider, model, instructions, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![id, self.workspace, name, provider, model, instructions, stamp(self.now)],
        )?;
        self.tell_agent(&id)
    }

    pub(crate) fn edit_agent(&mut self, id: &str, draft: &AgentDraft) -> Result<Agent, Refusal> {
        self.agent(id)?;
        let AgentDraft { name, provider, model, instructions } = draft;
        self.db.execute(
            "UPDATE agent SET name = ?2, provider = ?3, model = ?4, instructions = ?5,
                 updated_at = ?6 WHERE id = ?1",
            params![id, name, provider, model, instructions, stamp(self.now)],
        )?;
        self.tell_agent(id)
    }

    pub(crate) fn remove_agent(&mut self, id: &str) -> Result<(), Refusal> {
        self.agent(id)?;
        self.db.execute("DELETE FROM agent WHERE id = ?1", [id])?;
        for task in tasks::of_agent(&self.db, self.workspace, id)? {
            self.unassign(task)?;
        }
        self.removed(Audience::Everyone, ItemKind::Agent, id);
        Ok(())
    }

    pub(crate) fn set_key(
        &mut self,
        vault: &Vault,
        agent: &str,
        provider: &str,
        key: &ApiKey,
    ) -> Result<Agent, Refusal> {
        self.agent(agent)?;
        let text = key.expose();
        let sealed = vault.seal(text.as_bytes(), &bound_to(self.workspace, agent, provider))?;
        let mut last4: Vec<char> = text.chars().rev().take(4).collect();
        last4.reverse();
        self.db.execute(
            "INSERT OR REPLACE INTO agent_key (agent, provider, sealed, last4, set_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![agent, provider, sealed, last4.iter().collect::<String>(), stamp(self.now)],
        )?;
        self.touch_agent(agent)
    }

    pub(crate) fn remove_key(&mut self, agent: &str, provider: &str) -> Result<Agent, Refusal> {
        self.agent(agent)?;
        let gone = self.db.execute(
            "DELETE FROM agent_key WHERE agent = ?1 AND provider = ?2",
            [agent, provider],
        )?;
        if gone == 0 {
            return Err(Refusal::NotFound);
        }
        self.touch_agent(agent)
    }

    fn touch_agent(&mut self, id: &str) -> Result<Agent, Refusal> {
        self.db
            .execute("UPDATE agent SET updated_at = ?2 WHERE id = ?1", [id, &stamp(self.now)])?;
        self.tell_agent(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Data;

    #[test]
    fn a_key_that_was_moved_to_another_agent_does_not_open() {
        let store = Store::open(&Data::Memory).unwrap();
        let vault = Vault::new([7; 32]);
        let workspace = store.add_workspace("Works").unwrap();
        let draft = AgentDraft { name: "Scribe".into(), ..AgentDraft::default() };
        let add = || store.change(&workspace, |c| c.add_agent(&draft), |_| ()).unwrap().0.id;
        let (one, two) = (add(), add());
        let key = ApiKey::new("sk-test-123456".into());
        let (agent, ()) =
            store.change(&workspace, |c| c.set_key(&vault, &one, "openai", &key), |_| ()).unwrap();
        assert_eq!(agent.keys[0].last4, "3456");
        let open = |agent: &str, provider: &str| {
            store
                .agent_key(&vault, &workspace, agent, provider)
                .map(|key| key.map(|k| k.to_string()))
        };
        assert_eq!(open(&one, "openai").unwrap().as_deref(), Some("sk-test-123456"));
        assert_eq!(open(&two, "openai").unwrap(), None);
        store.db().execute("UPDATE agent_key SET agent = ?1", [&two]).unwrap();
        assert!(open(&two, "openai").is_err(), "moved to another agent");
        store.db().execute("UPDATE agent_key SET agent = ?1, provider = 'x'", [&one]).unwrap();
        assert!(open(&one, "x").is_err(), "moved to another provider");
        store.db().execute("UPDATE agent_key SET provider = 'openai'", []).unwrap();
        let other = Vault::new([8; 32]);
        assert!(store.agent_key(&other, &workspace, &one, "openai").is_err(), "another master key");
    }
}
