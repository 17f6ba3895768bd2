//! The word to the service manager (sd_notify(3)): ready, and still alive.
//!
//! "Alive" is said only when both the user interface's loop and the engine did something since the
//! last time. A thread of its own says it, so that neither of the two can.

use super::above;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Shortest and longest time between two looks.
const LOOKS: std::ops::RangeInclusive<Duration> =
    Duration::from_millis(200)..=Duration::from_secs(20);

/// Whether both halves of the program work.
#[derive(Clone, Copy, Debug, Default)]
pub struct Feed {
    seen: (u64, u64),
}

impl Feed {
    /// Looks at the two counters; `true` when both went on since the last look.
    pub fn look(&mut self, window: u64, engine: u64) -> bool {
        let before = std::mem::replace(&mut self.seen, (window, engine));
        window != before.0 && engine != before.1
    }
}

/// Counts the rounds of the window's loop.
#[derive(Clone, Debug, Default)]
pub struct Rounds(Arc<AtomicU64>);

impl Rounds {
    /// One more.
    pub fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The service manager that started this program.
#[derive(Debug)]
pub struct Supervisor {
    to: send::Socket,
    /// How long it waits for a sign of life; `None`: it does not.
    patience: Option<Duration>,
}

impl Supervisor {
    /// As the environment says; `None` where no service manager listens.
    #[must_use]
    pub fn from_environment() -> Option<Self> {
        let socket = std::env::var_os("NOTIFY_SOCKET")?;
        let to = send::Socket::open(&socket)
            .inspect_err(|error| tracing::warn!(%error, "the service manager cannot be told"))
            .ok()?;
        let number = |name: &str| std::env::var(name).ok()?.parse::<u64>().ok();
        // The main process may be a script or the compositor above this one.
        let above = || above::all().into_iter().map(|above| above.pid);
        let mut pids = std::iter::once(std::process::id()).chain(above());
        let ours = number("WATCHDOG_PID").is_none_or(|pid| pids.any(|p| u64::from(p) == pid));
        let patience = number("WATCHDOG_USEC").filter(|n| ours && *n > 0);
        Some(Self { to, patience: patience.map(Duration::from_micros) })
    }

    /// Watches from a thread of its own, until the program ends. `wake` makes both loops go
    /// round once; `engine` is the engine's counter.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn watch(
        self,
        rounds: Rounds,
        wake: impl Fn() + Send + 'static,
        engine: impl Fn() -> u64 + Send + 'static,
    ) -> std::io::Result<()> {
        let pause = self.patience.map_or(*LOOKS.end(), |patience| patience / 4);
        let pause = pause.clamp(*LOOKS.start(), *LOOKS.end());
        let work = move || {
            let (mut feed, mut ready) = (Feed::default(), false);
            loop {
                wake();
                // Ready is to be said soon after the start, whatever the patience.
                std::thread::sleep(if ready { pause } else { *LOOKS.start() });
                if !feed.look(rounds.get(), engine()) {
                    continue;
                }
                if !std::mem::replace(&mut ready, true) {
                    self.to.send("READY=1\nSTATUS=The screen is up.");
                }
                if self.patience.is_some() {
                    self.to.send("WATCHDOG=1");
                }
            }
        };
        std::thread::Builder::new().name("supervisor".into()).spawn(work).map(|_| ())
    }
}

#[cfg(unix)]
mod send {
    use std::ffi::OsStr;
    use std::io;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::net::{SocketAddr, UnixDatagram};

    #[derive(Debug)]
    pub(super) struct Socket {
        socket: UnixDatagram,
        to: SocketAddr,
    }

    impl Socket {
        pub(super) fn open(name: &OsStr) -> io::Result<Self> {
            let to = match name.as_bytes().split_first() {
                #[cfg(target_os = "linux")]
                Some((b'@', name)) => {
                    <SocketAddr as std::os::linux::net::SocketAddrExt>::from_abstract_name(name)?
                }
                Some((b'/', _)) => SocketAddr::from_pathname(name)?,
                _ => return Err(io::Error::other("NOTIFY_SOCKET is no address of a socket")),
            };
            let socket = UnixDatagram::unbound()?;
            // A service manager that does not read must not stop the one who speaks.
            socket.set_nonblocking(true)?;
            Ok(Self { socket, to })
        }

        pub(super) fn send(&self, text: &str) {
            if let Err(error) = self.socket.send_to_addr(text.as_bytes(), &self.to) {
                tracing::debug!(%error, "the service manager was not told");
            }
        }
    }
}

#[cfg(not(unix))]
mod send {
    use std::ffi::OsStr;
    use std::io;

    #[derive(Debug)]
    pub(super) struct Socket;

    impl Socket {
        pub(super) fn open(_: &OsStr) -> io::Result<Self> {
            Err(io::Error::other("there is no service manager of this kind here"))
        }

        pub(super) fn send(&self, _: &str) {}
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::net::UnixDatagram;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn only_a_program_of_which_both_halves_work_is_alive() {
        let mut feed = Feed::default();
        assert!(!feed.look(0, 0), "nothing has begun");
        assert!(!feed.look(1, 0) && !feed.look(2, 0), "the engine hangs");
        assert!(feed.look(3, 1));
        assert!(!feed.look(3, 2) && !feed.look(3, 3), "the window hangs");
        assert!(!feed.look(3, 3));
        assert!(feed.look(4, 4));
    }

    #[test]
    fn the_service_manager_hears_of_a_living_program_and_nothing_of_a_hanging_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let manager = UnixDatagram::bind(&path).unwrap();
        let to = send::Socket::open(path.as_os_str()).unwrap();
        let supervisor = Supervisor { to, patience: Some(Duration::from_millis(800)) };
        let (rounds, engine, alive) =
            (Rounds::default(), Rounds::default(), Arc::new(AtomicBool::new(true)));
        let (own, works) = (rounds.clone(), Arc::clone(&alive));
        let turning = engine.clone();
        let wake = move || {
            own.add();
            if works.load(Ordering::Relaxed) {
                turning.add();
            }
        };
        supervisor.watch(rounds, wake, move || engine.get()).unwrap();
        let mut buffer = [0; 128];
        let mut hear = |patience| {
            manager.set_read_timeout(Some(patience)).unwrap();
            manager.recv(&mut buffer).map(|n| String::from_utf8_lossy(&buffer[..n]).into_owned())
        };
        let long = Duration::from_secs(20);
        assert!(hear(long).unwrap().starts_with("READY=1\n"));
        assert_eq!(hear(long).unwrap(), "WATCHDOG=1");
        assert_eq!(hear(long).unwrap(), "WATCHDOG=1");
        alive.store(false, Ordering::Relaxed);
        // What was said before may still be there; then there is silence.
        while hear(Duration::from_millis(1500)).is_ok() {}
        alive.store(true, Ordering::Relaxed);
        assert_eq!(hear(long).unwrap(), "WATCHDOG=1");
    }
}
