//! The programs above this one: a shell, a compositor, a service manager.

/// How far up it is looked.
const FAR: usize = 6;

/// A program above this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Above {
    /// Its process id.
    pub pid: u32,
    /// Its command line; may be empty.
    pub words: Vec<String>,
}

/// From the one that started this program upwards.
#[cfg(target_os = "linux")]
#[must_use]
pub fn all() -> Vec<Above> {
    let mut all = Vec::new();
    let mut pid = std::os::unix::process::parent_id();
    while pid > 1 && all.len() < FAR {
        let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let words = line.split(|byte| *byte == 0).filter(|word| !word.is_empty());
        let words = words.map(|word| String::from_utf8_lossy(word).into_owned()).collect();
        all.push(Above { pid, words });
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"));
        pid = parent.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
    }
    all
}

/// Not known here.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn all() -> Vec<Above> {
    Vec::new()
}

/// The command line of the program of this name, else of the nearest one.
#[must_use]
pub fn named(name: &str, all: Vec<Above>) -> Vec<String> {
    let is = |above: &Above| {
        above.words.first().and_then(|path| path.rsplit('/').next()).is_some_and(|n| n == name)
    };
    let found = all.iter().position(is).unwrap_or(0);
    all.into_iter().nth(found).map(|above| above.words).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn above(line: &str) -> Above {
        Above { pid: 7, words: line.split(' ').map(str::to_owned).collect() }
    }

    #[test]
    fn the_compositor_is_found_behind_a_shell() {
        let all = || vec![above("sh -c x"), above("/usr/bin/cage -s -- sh"), above("cage")];
        assert_eq!(named("cage", all()), ["/usr/bin/cage", "-s", "--", "sh"]);
        assert_eq!(named("sway", all()), ["sh", "-c", "x"]);
        assert_eq!(named("cage", Vec::new()), [""; 0]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_test_has_programs_above_it() {
        let all = all();
        assert_eq!(all.first().map(|a| a.pid), Some(std::os::unix::process::parent_id()));
        assert!(!all[0].words.is_empty());
    }
}
