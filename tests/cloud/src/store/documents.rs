//! SOPs and skills.

use super::{Change, Store, meant, new_id, stamp, word};
use crate::CloudError;
use crate::hub::Audience;
use crate::refusal::Refusal;
use cloud_client::wire::{Document, DocumentKind, DocumentState, Item, ItemKind, SopDraft};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Most documents of one workspace that are made at a time.
const AT_A_TIME: u32 = 20;

const SELECT: &str = "SELECT id, kind, name, goal, text, state, source, problem, created_by,
     updated_at FROM document WHERE workspace = ?1";

fn document(row: &Row<'_>) -> rusqlite::Result<Document> {
    Ok(Document {
        id: row.get(0)?,
        kind: meant(row.get(1)?)?,
        name: row.get(2)?,
        goal: row.get(3)?,
        text: row.get(4)?,
        state: meant(row.get(5)?)?,
        source: row.get(6)?,
        problem: row.get(7)?,
        created_by: row.get(8)?,
        updated_at: row.get(9)?,
    })
}

/// The documents of a kind, by name.
pub(crate) fn list(
    db: &Connection,
    workspace: &str,
    kind: DocumentKind,
) -> rusqlite::Result<Vec<Document>> {
    db.prepare_cached(&format!("{SELECT} AND kind = ?2 ORDER BY name, id"))?
        .query_map([workspace, &word(kind)], document)?
        .collect()
}

/// A document.
pub(crate) fn one(
    db: &Connection,
    workspace: &str,
    id: &str,
) -> rusqlite::Result<Option<Document>> {
    db.prepare_cached(&format!("{SELECT} AND id = ?2"))?
        .query_row([workspace, id], document)
        .optional()
}

impl Store {
    /// Documents that nobody makes any more, with their workspaces.
    pub(crate) fn abandoned_documents(&self) -> Result<Vec<(String, String)>, CloudError> {
        let connection = self.db();
        let mut find =
            connection.prepare("SELECT workspace, id FROM document WHERE state = 'generating'")?;
        let rows = find.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Change<'_> {
    /// A document of this kind.
    pub(crate) fn document(&self, kind: DocumentKind, id: &str) -> Result<Document, Refusal> {
        one(&self.db, self.workspace, id)?
            .filter(|document| document.kind == kind)
            .ok_or(Refusal::NotFound)
    }

    /// An SOP that is to be made.
    pub(crate) fn add_sop(&mut self, person: &str, draft: SopDraft) -> Result<Document, Refusal> {
        self.add_document(person, DocumentKind::Sop, draft, None)
    }

    /// A skill that is to be made from an SOP; also gives the SOP.
    pub(crate) fn add_skill(
        &mut self,
        person: &str,
        source: &str,
    ) -> Result<(Document, Document), Refusal> {
        let sop = self.document(DocumentKind::Sop, source)?;
        if sop.state != DocumentState::Ready {
            return Err(Refusal::Conflict("the SOP is not ready"));
        }
        let draft = SopDraft { name: sop.name.clone(), goal: sop.goal.clone() };
        let skill = self.add_document(person, DocumentKind::Skill, draft, Some(source.into()))?;
        Ok((skill, sop))
    }

    fn add_document(
        &mut self,
        person: &str,
        kind: DocumentKind,
        draft: SopDraft,
        source: Option<String>,
    ) -> Result<Document, Refusal> {
        let busy: u32 = self.db.query_row(
            "SELECT COUNT(*) FROM document WHERE workspace = ?1 AND state = 'generating'",
            [self.workspace],
            |row| row.get(0),
        )?;
        if busy >= AT_A_TIME {
            return Err(Refusal::RateLimited(std::time::Duration::from_secs(10)));
        }
        let document = Document {
            id: new_id("doc"),
            kind,
            name: draft.name,
            goal: draft.goal,
            text: String::new(),
            state: DocumentState::Generating,
            source,
            problem: None,
            created_by: person.to_owned(),
            updated_at: stamp(self.now),
        };
        self.db.execute(
            "INSERT INTO document (id, workspace, kind, name, goal, text, state, source,
                 created_by, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, '', ?6, ?7, ?8, ?9)",
            params![
                document.id,
                self.workspace,
                word(kind),
                document.name,
                document.goal,
                word(document.state),
                document.source,
                person,
                document.updated_at,
            ],
        )?;
        self.tell_document(&document);
        Ok(document)
    }

    /// A document is made, or could not be. One that was deleted meanwhile stays so.
    pub(crate) fn finish_document(
        &mut self,
        id: &str,
        made: Result<String, String>,
    ) -> Result<(), Refusal> {
        let Some(mut document) = one(&self.db, self.workspace, id)? else { return Ok(()) };
        if document.state != DocumentState::Generating {
            return Ok(());
        }
        match made {
            Ok(text) => (document.state, document.text) = (DocumentState::Ready, text),
            Err(problem) => {
                (document.state, document.problem) = (DocumentState::Failed, Some(problem));
            }
        }
        document.updated_at = stamp(self.now);
        self.db.execute(
            "UPDATE document SET state = ?2, text = ?3, problem = ?4, updated_at = ?5
             WHERE id = ?1",
            params![id, word(document.state), document.text, document.problem, document.updated_at],
        )?;
        self.tell_document(&document);
        Ok(())
    }

    pub(crate) fn remove_document(&mut self, id: &str) -> Result<(), Refusal> {
        self.db.execute("DELETE FROM document WHERE id = ?1", [id])?;
        self.removed(Audience::Everyone, ItemKind::Document, id);
        Ok(())
    }

    fn tell_document(&mut self, document: &Document) {
        self.changed(Audience::Everyone, Item::Document { document: document.clone() });
    }
}
