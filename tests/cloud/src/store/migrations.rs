//! The tables. Each migration is run once, in order; the database remembers how many it has
//! seen. A migration that was released is never changed.

use crate::CloudError;
use rusqlite::Connection;

pub(super) const MIGRATIONS: &[&str] = &[FIRST, SECOND, THIRD];

/// People, desktops and sign-in.
const FIRST: &str = "
    CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL);
    CREATE TABLE workspace (id TEXT PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE person (
        id TEXT PRIMARY KEY, name TEXT NOT NULL,
        email TEXT NOT NULL UNIQUE COLLATE NOCASE, password TEXT NOT NULL);
    CREATE TABLE member (
        workspace TEXT NOT NULL REFERENCES workspace(id),
        person TEXT NOT NULL REFERENCES person(id),
        role TEXT NOT NULL, PRIMARY KEY (workspace, person));
    CREATE TABLE bearer (hash BLOB PRIMARY KEY, person TEXT NOT NULL REFERENCES person(id));
    CREATE TABLE desktop (
        id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspace(id),
        name TEXT NOT NULL, token BLOB NOT NULL UNIQUE, last_seen TEXT);
    CREATE TABLE failure (email TEXT NOT NULL COLLATE NOCASE, at INTEGER NOT NULL);
";

/// The workspace: invitations, agents, tasks, documents, conversations, and its events.
const SECOND: &str = "
    ALTER TABLE workspace ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE workspace ADD COLUMN tasks INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE person ADD COLUMN last_seen TEXT;
    ALTER TABLE bearer ADD COLUMN sid TEXT NOT NULL DEFAULT '';
    UPDATE bearer SET sid = lower(hex(randomblob(16)));
    CREATE UNIQUE INDEX bearer_sid ON bearer (sid);
    CREATE INDEX bearer_person ON bearer (person);
    ALTER TABLE desktop ADD COLUMN sid TEXT NOT NULL DEFAULT '';
    UPDATE desktop SET sid = lower(hex(randomblob(16)));
    CREATE UNIQUE INDEX desktop_sid ON desktop (sid);
    CREATE TABLE runner (
        token BLOB PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspace(id));
    CREATE TABLE lockout (email TEXT PRIMARY KEY COLLATE NOCASE, until INTEGER NOT NULL);
    CREATE TABLE invitation (
        id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspace(id),
        email TEXT NOT NULL COLLATE NOCASE, role TEXT NOT NULL,
        code BLOB NOT NULL UNIQUE, expires INTEGER NOT NULL, UNIQUE (workspace, email));
    CREATE TABLE device (
        code BLOB PRIMARY KEY, user_code TEXT NOT NULL UNIQUE, state TEXT NOT NULL,
        expires INTEGER NOT NULL, gap INTEGER NOT NULL, polled INTEGER,
        person TEXT REFERENCES person(id), ticket BLOB UNIQUE);
    CREATE TABLE agent (
        id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspace(id),
        name TEXT NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL,
        instructions TEXT NOT NULL, updated_at TEXT NOT NULL);
    CREATE INDEX agent_workspace ON agent (workspace);
    CREATE TABLE agent_key (
        agent TEXT NOT NULL REFERENCES agent(id) ON DELETE CASCADE, provider TEXT NOT NULL,
        sealed BLOB NOT NULL, last4 TEXT NOT NULL, set_at TEXT NOT NULL,
        PRIMARY KEY (agent, provider));
    CREATE TABLE task (
        id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspace(id),
        number INTEGER NOT NULL, title TEXT NOT NULL, brief TEXT NOT NULL, agent TEXT,
        state TEXT NOT NULL, percent INTEGER, attempt INTEGER NOT NULL, outcome TEXT,
        created_by TEXT NOT NULL, creator TEXT NOT NULL, created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL, touched INTEGER NOT NULL, lines INTEGER NOT NULL DEFAULT 0,
        UNIQUE (workspace, number));
    CREATE INDEX task_touched ON task (workspace, touched);
    CREATE TABLE task_log (
        task TEXT NOT NULL REFERENCES task(id) ON DELETE CASCADE, n INTEGER NOT NULL,
        at TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (task, n)) WITHOUT ROWID;
    CREATE TABLE document (
        id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspace(id),
        kind TEXT NOT NULL, name TEXT NOT NULL, goal TEXT NOT NULL, text TEXT NOT NULL,
        state TEXT NOT NULL, source TEXT, problem TEXT, created_by TEXT NOT NULL,
        updated_at TEXT NOT NULL);
    CREATE INDEX document_workspace ON document (workspace, kind);
    CREATE TABLE conversation (
        workspace TEXT NOT NULL REFERENCES workspace(id), id TEXT NOT NULL, title TEXT NOT NULL,
        author TEXT NOT NULL REFERENCES person(id), agent TEXT, count INTEGER NOT NULL,
        last TEXT NOT NULL, updated_at TEXT NOT NULL, touched INTEGER NOT NULL,
        PRIMARY KEY (workspace, id));
    CREATE INDEX conversation_touched ON conversation (workspace, touched);
    CREATE TABLE message (
        workspace TEXT NOT NULL, conversation TEXT NOT NULL, n INTEGER NOT NULL,
        id TEXT NOT NULL, speaker TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
        at TEXT NOT NULL, PRIMARY KEY (workspace, conversation, n),
        UNIQUE (workspace, conversation, id),
        FOREIGN KEY (workspace, conversation)
            REFERENCES conversation(workspace, id) ON DELETE CASCADE);
    CREATE TABLE answer (
        who TEXT NOT NULL, key TEXT NOT NULL, request BLOB NOT NULL, status INTEGER NOT NULL,
        sealed BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (who, key));
    CREATE INDEX answer_at ON answer (at);
    CREATE TABLE thumbnail (
        desktop TEXT PRIMARY KEY REFERENCES desktop(id) ON DELETE CASCADE,
        jpeg BLOB NOT NULL, at TEXT NOT NULL, millis INTEGER NOT NULL);
";

/// Unattended screens.
const THIRD: &str = "
    CREATE TABLE screen (
        id TEXT PRIMARY KEY, workspace TEXT NOT NULL REFERENCES workspace(id),
        name TEXT NOT NULL, control INTEGER NOT NULL, sid TEXT NOT NULL UNIQUE,
        key BLOB, code BLOB UNIQUE, expires INTEGER, created_by TEXT NOT NULL,
        creator TEXT NOT NULL, created_at TEXT NOT NULL, last_seen TEXT);
    CREATE INDEX screen_workspace ON screen (workspace);
    CREATE TABLE screen_desktop (
        screen TEXT NOT NULL REFERENCES screen(id) ON DELETE CASCADE,
        desktop TEXT NOT NULL REFERENCES desktop(id) ON DELETE CASCADE,
        PRIMARY KEY (screen, desktop)) WITHOUT ROWID;
    CREATE INDEX screen_desktop_desktop ON screen_desktop (desktop);
    CREATE TABLE screen_bearer (
        hash BLOB PRIMARY KEY,
        screen TEXT NOT NULL REFERENCES screen(id) ON DELETE CASCADE, expires INTEGER NOT NULL);
    CREATE INDEX screen_bearer_screen ON screen_bearer (screen);
";

/// Brings a database up to date.
pub(super) fn run(connection: &mut Connection) -> Result<(), CloudError> {
    let seen: usize = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if seen > MIGRATIONS.len() {
        return Err(CloudError::Stored("the database was made by a later version"));
    }
    for (number, migration) in MIGRATIONS.iter().enumerate().skip(seen) {
        let change = connection.transaction()?;
        change.execute_batch(migration)?;
        change.pragma_update(None, "user_version", number + 1)?;
        change.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Data;
    use crate::store::{Bearer, Store, hash};

    #[test]
    fn a_database_of_the_first_version_opens_and_keeps_its_people() {
        let folder = tempfile::tempdir().unwrap();
        let old = Connection::open(folder.path().join("cloud.sqlite")).unwrap();
        old.execute_batch(FIRST).unwrap();
        old.execute_batch(
            "INSERT INTO workspace VALUES ('w-1', 'Works');
             INSERT INTO person VALUES ('u-1', 'Ada', 'ada@example.com', 'x');
             INSERT INTO person VALUES ('u-2', 'Bob', 'bob@example.com', 'x');
             INSERT INTO member VALUES ('w-1', 'u-1', 'owner');",
        )
        .unwrap();
        for (token, person) in [("one", "u-1"), ("two", "u-2")] {
            old.execute("INSERT INTO bearer VALUES (?1, ?2)", (hash(token), person)).unwrap();
        }
        old.execute("INSERT INTO desktop VALUES ('d-1', 'w-1', 'box', ?1, NULL)", [hash("three")])
            .unwrap();
        old.pragma_update(None, "user_version", 1).unwrap();
        drop(old);

        let store = Store::open(&Data::Folder(folder.path().into())).unwrap();
        let sid = |token| store.bearer(token).unwrap().unwrap().sid;
        let all = [sid("one"), sid("two"), sid("three")];
        assert!(all.iter().all(|sid| sid.len() == 32), "{all:?}");
        assert!(all[0] != all[1] && all[1] != all[2]);
        let who = store.bearer("one").unwrap().unwrap().bearer;
        assert_eq!(who, Bearer::Person("u-1".into()));
        assert_eq!(store.desktops("w-1").unwrap()[0].name, "box");
        assert_eq!(store.list("w-1", |_| Ok(Vec::<()>::new())).unwrap().seq, 0);
    }

    #[test]
    fn a_database_of_a_later_version_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let later = Connection::open(folder.path().join("cloud.sqlite")).unwrap();
        later.pragma_update(None, "user_version", 99).unwrap();
        drop(later);
        assert!(Store::open(&Data::Folder(folder.path().into())).is_err());
    }
}
