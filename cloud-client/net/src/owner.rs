//! Whose program is at the other end of a connection on this computer.
//!
//! Any user may listen on a free port, so a gateway's port says nothing about who listens there.
//! Linux lists both ends of such a connection, each with its user (`proc_net_tcp`, kernel
//! documentation `networking/proc_net_tcp`; fields as in `proc_pid_net(5)`).

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Longest table that is read, in bytes. A line has 150.
#[cfg(target_os = "linux")]
const LONGEST: u64 = 32 * 1024 * 1024;
/// `TCP_ESTABLISHED`.
const ESTABLISHED: &str = "01";

/// What the system says of the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A program of this very user.
    Own,
    /// A program of this other user.
    Other(u32),
    /// The connection is not there any more.
    Gone,
    /// The system does not say. On Linux this means that the tables cannot be read.
    Unknown,
}

/// Who holds the other end of the connection from `here` to `there`, both on this computer, which
/// the other end must have accepted. Reads files.
#[cfg(target_os = "linux")]
pub(crate) fn of(here: SocketAddr, there: SocketAddr) -> Owner {
    use std::io::Read;
    let read = |path: &str| {
        let mut text = String::new();
        std::fs::File::open(path).ok()?.take(LONGEST).read_to_string(&mut text).ok()?;
        Some(text)
    };
    let own = rustix::process::geteuid().as_raw();
    let mut readable = false;
    // A program that listens for both versions of IP accepts version 4 in the second table.
    for path in ["/proc/self/net/tcp", "/proc/self/net/tcp6"] {
        let Some(table) = read(path) else { continue };
        readable |= path.ends_with("tcp");
        match user(&table, there, here) {
            Some(user) if user == own => return Owner::Own,
            Some(user) => return Owner::Other(user),
            None => {}
        }
    }
    if readable { Owner::Gone } else { Owner::Unknown }
}

/// Not known on this system.
#[cfg(not(target_os = "linux"))]
pub(crate) fn of(_: SocketAddr, _: SocketAddr) -> Owner {
    Owner::Unknown
}

/// The user of the open socket that is bound to `local` and connected to `remote`.
#[cfg(any(target_os = "linux", test))]
fn user(table: &str, local: SocketAddr, remote: SocketAddr) -> Option<u32> {
    let (local, remote) = (spellings(local), spellings(remote));
    table.lines().skip(1).find_map(|line| {
        let mut fields = line.split_ascii_whitespace().skip(1);
        let (from, to) = (fields.next()?, fields.next()?);
        let both = |i: usize| {
            local.get(i).is_some_and(|l| l == from) && remote.get(i).is_some_and(|r| r == to)
        };
        if !(both(0) || both(1)) || fields.next()? != ESTABLISHED {
            return None;
        }
        fields.nth(3)?.parse().ok()
    })
}

/// How the tables of version 4 and of version 6 write an address of version 4.
#[cfg(any(target_os = "linux", test))]
fn spellings(address: SocketAddr) -> [String; 2] {
    let ip = match address.ip() {
        IpAddr::V4(ip) => ip,
        IpAddr::V6(ip) => ip.to_ipv4_mapped().unwrap_or(Ipv4Addr::UNSPECIFIED),
    };
    let [_, _, _, _, _, _, _, _, _, _, f, g, w, x, y, z] = ip.to_ipv6_mapped().octets();
    let word = |bytes| u32::from_ne_bytes(bytes);
    let port = address.port();
    [
        format!("{:08X}:{port:04X}", word(ip.octets())),
        format!("{:016X}{:08X}{:08X}:{port:04X}", 0, word([0, 0, f, g]), word([w, x, y, z])),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:4965 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1001        0 1 1 0 100 0 0 10 0
   1: 0100007F:4965 0100007F:8002 06 00000000:00000000 03:00000000 00000000     0        0 0 3 0
   2: 0100007F:8002 0100007F:4965 01 00000000:00000000 00:00000000 00000000  1000        0 2 1 0 20 4 30 10 -1
   3: 0100007F:4965 0100007F:8002 01 00000000:00000000 00:00000000 00000000  1001        0 3 1 0 20 4 30 10 -1
   4: 0200007F:4965 0100007F:8002 01 00000000:00000000 00:00000000 00000000  1003        0 3 1 0 20 4 30 10 -1
";
    const TABLE_6: &str = "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:4965 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1002        0 4 1 0 100 0 0 10 0
   1: 0000000000000000FFFF00000100007F:4965 0000000000000000FFFF00000100007F:8002 01 00000000:00000000 00:00000000 00000000  1002        0 5 1 0 20 4 30 10 -1
";

    fn at(port: u16) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, port))
    }

    // The tables are written in the machine's own order of bytes.
    #[cfg(target_endian = "little")]
    #[test]
    fn the_other_end_is_found_and_not_ours_nor_the_listener() {
        let (here, there) = (at(0x8002), at(0x4965));
        assert_eq!(user(TABLE, there, here), Some(1001));
        assert_eq!(user(TABLE, here, there), Some(1000));
        assert_eq!(user(TABLE_6, there, here), Some(1002));
        assert_eq!(user(TABLE, there, at(0x8003)), None);
        assert_eq!(user(TABLE, at(0x4966), here), None);
        for broken in ["", "x", "\n", "h\n 0: a", "h\n 3: 0100007F:4965 0100007F:8002 01 0 0 0"] {
            assert_eq!(user(broken, there, here), None, "{broken}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_of_this_user_is_known_on_every_kind_of_listener() {
        for listens in ["127.0.0.1:0", "0.0.0.0:0", "[::]:0"] {
            let listener = std::net::TcpListener::bind(listens).unwrap();
            let to = at(listener.local_addr().unwrap().port());
            let stream = std::net::TcpStream::connect(to).unwrap();
            let (accepted, _) = listener.accept().unwrap();
            let here = stream.local_addr().unwrap();
            assert_eq!(of(here, to), Owner::Own, "{listens}");
            drop((stream, accepted));
            assert_eq!(of(here, to), Owner::Gone, "{listens}");
        }
    }
}
