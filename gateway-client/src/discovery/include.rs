//! `$include`: other files whose content belongs into `openclaw.json`
//! (OpenClaw 2026.9.6, `docs/gateway/config-secrets-env.md`).

use super::configuration::ConfigError;
use super::document::{self, Keep, Node};
use super::files::{self, Fault};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// How deep files may name files: the gateway's limit.
const DEEPEST: usize = 10;
/// Most files that are read for one configuration.
const MOST_FILES: usize = 64;
/// Longest included file in bytes: the gateway's limit.
const MOST: u64 = 2 * 1024 * 1024;
/// Longest path in bytes: the gateway's limit.
const LONGEST: usize = 4_095;

/// Puts included files in their places. It looks only where the document was kept.
pub(super) struct Includes {
    root: PathBuf,
    left: usize,
}

impl Includes {
    /// For the configuration file in this folder: nothing outside of it is read.
    pub(super) fn below(folder: &Path) -> Self {
        Self { root: folder.to_owned(), left: MOST_FILES }
    }

    /// The document of a file in `folder`, with everything that it includes.
    pub(super) fn resolve(
        &mut self,
        node: Node,
        folder: &Path,
        keep: Keep,
        depth: usize,
    ) -> Result<Node, ConfigError> {
        let Node::Map(mut members) = node else { return Ok(node) };
        let named = members.remove("$include");
        let mut own = BTreeMap::new();
        for (name, value) in members {
            own.insert(name, self.resolve(value, folder, Keep::All, depth)?);
        }
        let own = Node::Map(own);
        let Some(named) = named else { return Ok(own) };
        let names: Vec<&str> = match &named {
            Node::Text(name) => vec![name.as_str()],
            Node::List(names) => names.iter().filter_map(Node::text).collect(),
            _ => Vec::new(),
        };
        if names.is_empty() {
            return Err(ConfigError::Include);
        }
        let mut all = Node::Map(BTreeMap::new());
        for name in names {
            all = merge(all, self.file(name, folder, keep, depth)?);
        }
        Ok(merge(all, own))
    }

    fn file(
        &mut self,
        name: &str,
        folder: &Path,
        keep: Keep,
        depth: usize,
    ) -> Result<Node, ConfigError> {
        self.left = self.left.checked_sub(1).ok_or(ConfigError::Include)?;
        if depth >= DEEPEST || name.is_empty() || name.contains('\0') || name.len() > LONGEST {
            return Err(ConfigError::Include);
        }
        let path = plain(&folder.join(name));
        // Compared as they really are, behind links.
        let real = std::fs::canonicalize(&path).map_err(|_| ConfigError::Include)?;
        let root = std::fs::canonicalize(&self.root).map_err(|_| ConfigError::Include)?;
        if !real.starts_with(&root) {
            return Err(ConfigError::IncludeOutside);
        }
        let found = files::read(&real, MOST).map_err(|fault| match fault {
            Fault::TooLong => ConfigError::TooLong,
            _ => ConfigError::Include,
        })?;
        let node = document::parse(&found.text, keep).map_err(ConfigError::from)?;
        let folder = path.parent().unwrap_or(&self.root).to_owned();
        self.resolve(node, &folder, keep, depth + 1)
    }
}

/// Without `.` and `..`, by the words alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

/// `over` laid over `under`: maps member by member, everything else as a whole.
fn merge(under: Node, over: Node) -> Node {
    match (under, over) {
        (Node::Map(mut under), Node::Map(over)) => {
            for (name, value) in over {
                let value = match under.remove(&name) {
                    Some(old) => merge(old, value),
                    None => value,
                };
                under.insert(name, value);
            }
            Node::Map(under)
        }
        (_, over) => over,
    }
}
