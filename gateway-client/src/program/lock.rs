//! The file that says which process holds a state folder
//! (OpenClaw 2026.9.6, `docs/gateway/gateway-lock.md`).

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Longest lock file in bytes; the gateway pads it with white space.
const MOST: u64 = 64 * 1024;

/// A gateway that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running {
    /// Its process.
    pub pid: u32,
    /// The port it listens on, or will; the file says so once it is known.
    pub port: Option<u16>,
    start: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Lock {
    pid: u32,
    #[serde(default)]
    port: Option<u16>,
    #[serde(default)]
    role: Option<String>,
    #[serde(default)]
    start_time: Option<u64>,
}

/// What the lock file says, whether that process runs or not.
pub(super) fn read(state_dir: &Path) -> Option<Running> {
    use std::io::Read;
    let file = std::fs::File::open(path(state_dir)).ok()?;
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    let mut text = String::new();
    file.take(MOST).read_to_string(&mut text).ok()?;
    let lock: Lock = serde_json::from_str(text.trim()).ok()?;
    // Other commands take the same lock while they work on the files.
    if lock.role.is_some_and(|role| role != "gateway") {
        return None;
    }
    Some(Running { pid: lock.pid, port: lock.port, start: lock.start_time })
}

/// The gateway that holds this folder, when its process runs.
pub(super) fn running(state_dir: &Path) -> Option<Running> {
    read(state_dir).filter(Running::is_gateway)
}

#[cfg(unix)]
fn path(state_dir: &Path) -> PathBuf {
    let user = rustix::process::geteuid().as_raw();
    state_dir.join("tmp").join(format!("openclaw-{user}")).join("gateway.state.lock")
}

#[cfg(not(unix))]
fn path(state_dir: &Path) -> PathBuf {
    state_dir.join("tmp").join("openclaw").join("gateway.state.lock")
}

impl Running {
    /// Whether this very process is a gateway of this user's: same owner, same start, same name.
    #[cfg(target_os = "linux")]
    pub(super) fn is_gateway(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        let folder = PathBuf::from(format!("/proc/{}", self.pid));
        let Ok(about) = std::fs::metadata(&folder) else { return false };
        if about.uid() != rustix::process::geteuid().as_raw() {
            return false;
        }
        let Ok(stat) = std::fs::read_to_string(folder.join("stat")) else { return false };
        // proc_pid_stat(5): after the name in brackets come the state (field 3) and, as field 22,
        // the time of its start.
        let fields = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
        let mut fields = fields.split_whitespace();
        if matches!(fields.next(), Some("Z" | "X") | None) {
            return false;
        }
        let started = fields.nth(18).and_then(|field| field.parse::<u64>().ok());
        if self.start.is_some() && self.start != started {
            return false;
        }
        let words = std::fs::read(folder.join("cmdline")).unwrap_or_default();
        is_gateway(&words)
    }

    /// Not known on this system: the port tells.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn is_gateway(&self) -> bool {
        false
    }
}

/// The words of a process, each ended by a zero: the name that a gateway gives itself, or
/// `openclaw ... gateway` as it was called.
#[cfg(any(target_os = "linux", test))]
fn is_gateway(words: &[u8]) -> bool {
    let words: Vec<&str> = words
        .split(|byte| *byte == 0)
        .filter_map(|word| std::str::from_utf8(word).ok())
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect();
    let named = |word: &str, name: &str| word == name || word.ends_with(&format!("/{name}"));
    if words.first().is_some_and(|word| named(word, "openclaw-gateway")) {
        return true;
    }
    let program = words.iter().any(|word| {
        ["openclaw.mjs", "openclaw", "dist/entry.js", "dist/index.js"]
            .iter()
            .any(|name| named(word, name))
    });
    program && words.contains(&"gateway")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gateway_is_known_by_its_words() {
        assert!(is_gateway(b"openclaw-gateway\0"));
        assert!(is_gateway(b"/usr/bin/node\0/opt/openclaw/openclaw.mjs\0gateway\0run\0"));
        assert!(is_gateway(b"/usr/bin/openclaw\0gateway\0"));
        assert!(!is_gateway(b"/usr/bin/openclaw\0chat\0"));
        assert!(!is_gateway(b"/usr/bin/vim\0openclaw-gateway\0"));
        assert!(!is_gateway(b"/usr/bin/vim\0gateway\0"));
        assert!(!is_gateway(b"my-openclaw-gateway\0"));
        assert!(!is_gateway(b""));
    }

    #[test]
    fn locks_of_other_work_and_broken_ones_are_no_gateway() {
        let folder = tempfile::tempdir().unwrap();
        let file = path(folder.path());
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let own = std::process::id();
        let lock = |text: &str| {
            std::fs::write(&file, text).unwrap();
            read(folder.path())
        };
        let gateway = lock(&format!(
            "{{\"pid\":{own},\"createdAt\":\"x\",\"configPath\":\"y\",\"port\":19000,\"startTime\":7}}   \n  "
        ));
        assert_eq!(gateway, Some(Running { pid: own, port: Some(19000), start: Some(7) }));
        // This test is not a gateway, and is not stopped for one.
        assert_eq!(running(folder.path()), None);
        assert_eq!(lock(&format!("{{\"pid\":{own},\"role\":\"sqlite-maintenance\"}}")), None);
        for broken in ["", "{", "{\"pid\":-1}", "{\"pid\":1e99}", "[]", "{\"pid\":4294967296}"] {
            assert_eq!(lock(broken), None, "{broken}");
        }
    }
}
