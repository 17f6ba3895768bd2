//! Which sockets this process holds (Linux: proc(5)).

use std::collections::HashSet;

/// Sockets of this process.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sockets {
    /// TCP ports that are listened on.
    pub(crate) listening: usize,
    /// UDP sockets.
    pub(crate) udp: usize,
}

/// Counts them; `None` where the system does not tell.
pub(crate) fn held() -> Option<Sockets> {
    let own: HashSet<String> = std::fs::read_dir("/proc/self/fd")
        .ok()?
        .flatten()
        .filter_map(|entry| std::fs::read_link(entry.path()).ok())
        .filter_map(|link| {
            let text = link.to_str()?;
            Some(text.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())
        })
        .collect();
    let count = |files: [&str; 2], state: Option<&str>| {
        files
            .iter()
            .filter_map(|file| std::fs::read_to_string(format!("/proc/self/net/{file}")).ok())
            .map(|table| rows(&table, &own, state))
            .sum()
    };
    // State 0A is LISTEN.
    let listening = count(["tcp", "tcp6"], Some("0A"));
    Some(Sockets { listening, udp: count(["udp", "udp6"], None) })
}

/// Rows of a table that are ours, in this state.
fn rows(table: &str, own: &HashSet<String>, state: Option<&str>) -> usize {
    table
        .lines()
        .skip(1)
        .filter(|line| {
            let column: Vec<&str> = line.split_whitespace().collect();
            column.get(9).is_some_and(|inode| own.contains(*inode))
                && state.is_none_or(|state| column.get(3) == Some(&state))
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_sockets_are_counted() {
        let tcp = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let udp = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
        let with = held().unwrap();
        assert!(with.listening >= 1 && with.udp >= 1, "{with:?}");
        drop((tcp, udp));
        let without = held().unwrap();
        assert_eq!((without.listening, without.udp), (with.listening - 1, with.udp - 1));
    }
}
