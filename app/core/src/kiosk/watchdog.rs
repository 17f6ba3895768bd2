//! When a picture that does not come is a fault of ours, and what to do about it.
//!
//! The connection itself notices that nothing is heard. What it cannot notice is that everything
//! looks well and still nothing is seen: a decoder that hangs, a connection that is made again
//! and again and never shows a picture. Then a new connection is asked for, and after some of
//! them the program ends, so that the supervisor starts a fresh one. Where waiting is right (the
//! cloud is down, the desktop is off, nobody is signed in, nobody can see the window) it waits.

use std::time::{Duration, Instant};

/// A live desktop gives a sign of life each second; so long without one is a fault.
const SILENT: Duration = Duration::from_secs(15);
/// For a connection that is being made to show a picture.
const MAKING: Duration = Duration::from_secs(60);
/// Connections without a picture, after which the program ends.
const CONNECTIONS: u32 = 6;
/// And it does not end before this time without a picture: a short trouble makes many connections.
const PATIENCE: Duration = Duration::from_secs(180);

/// How things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waiting is right, or nobody could see a picture.
    Calm,
    /// The cloud is there and says that the desktop is; a connection is being made, or the next
    /// one is waited for.
    Making,
    /// The connection says that it is live.
    Live,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Make a new connection.
    Reconnect,
    /// End the program.
    End,
}

/// Watches the pictures.
#[derive(Clone, Debug)]
pub struct Watchdog {
    /// The last sign of life, or since when one is waited for; `None` while all is calm.
    since: Option<Instant>,
    /// The last time all was well, or calm.
    well: Instant,
    /// Connections since then.
    connections: u32,
    making: bool,
}

impl Watchdog {
    /// At the start of the program.
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self { since: None, well: now, connections: 0, making: false }
    }

    /// A picture was shown, or the desktop said that nothing changes.
    pub fn alive(&mut self, now: Instant) {
        self.since = self.since.map(|_| now);
        self.well = now;
        self.connections = 0;
    }

    /// A connection is begun.
    pub fn connecting(&mut self, now: Instant) {
        self.connections = self.connections.saturating_add(1);
        self.since = self.since.map(|_| now);
    }

    /// Looks after it; to be called at least once a second.
    pub fn look(&mut self, now: Instant, state: State) -> Option<Act> {
        if state == State::Calm {
            *self = Self::new(now);
            return None;
        }
        let making = state == State::Making;
        // Each of the two has its own patience, from its own beginning.
        if self.since.is_none() || self.making != making {
            self.since = Some(now);
            self.making = making;
        }
        if self.connections >= CONNECTIONS && now.duration_since(self.well) >= PATIENCE {
            return Some(Act::End);
        }
        let silent = self.since.map_or(Duration::ZERO, |since| now.duration_since(since));
        if silent >= if making { MAKING } else { SILENT } {
            self.since = Some(now);
            return Some(Act::Reconnect);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A clock of seconds, and a connection each time one is asked for.
    struct World {
        now: Instant,
        dog: Watchdog,
        reconnects: Vec<u64>,
        start: Instant,
    }

    impl World {
        fn new() -> Self {
            let now = Instant::now();
            Self { now, dog: Watchdog::new(now), reconnects: Vec::new(), start: now }
        }

        /// The second at which the program ended, if it did.
        fn run(&mut self, seconds: u64, state: State, alive: bool) -> Option<u64> {
            for _ in 0..seconds {
                self.now += Duration::from_secs(1);
                if alive {
                    self.dog.alive(self.now);
                }
                let at = self.now.duration_since(self.start).as_secs();
                match self.dog.look(self.now, state) {
                    Some(Act::End) => return Some(at),
                    Some(Act::Reconnect) => {
                        self.reconnects.push(at);
                        self.dog.connecting(self.now);
                    }
                    None => {}
                }
            }
            None
        }
    }

    #[test]
    fn a_day_of_a_desktop_on_which_nothing_changes_is_no_fault() {
        let mut w = World::new();
        assert_eq!(w.run(24 * 3600, State::Live, true), None);
        assert_eq!(w.reconnects, [0; 0]);
    }

    #[test]
    fn a_day_without_cloud_or_desktop_is_waited_through() {
        let mut w = World::new();
        assert_eq!(w.run(24 * 3600, State::Calm, false), None);
        assert_eq!(w.reconnects, [0; 0]);
    }

    #[test]
    fn live_without_a_sign_of_life_is_connected_anew_and_in_the_end_given_up() {
        let mut w = World::new();
        w.run(10, State::Live, true);
        let end = w.run(600, State::Live, false);
        assert_eq!(w.reconnects.first(), Some(&25), "fifteen seconds after the last sign");
        assert!(w.reconnects.len() >= 6);
        assert_eq!(end, Some(190), "three minutes after the last sign");
    }

    #[test]
    fn connections_that_never_show_a_picture_end_the_program() {
        let mut w = World::new();
        let end = w.run(3600, State::Making, false);
        assert_eq!(w.reconnects, [61, 121, 181, 241, 301, 361]);
        assert_eq!(end, Some(362));
    }

    #[test]
    fn many_quick_failures_are_given_three_minutes() {
        let mut w = World::new();
        let mut end = None;
        for _ in 0..100 {
            w.dog.connecting(w.now);
            end = end.or(w.run(3, State::Making, false));
        }
        assert_eq!(end, Some(180));
    }

    #[test]
    fn a_picture_or_a_good_reason_to_wait_begins_the_count_anew() {
        for calm in [true, false] {
            let mut w = World::new();
            for _ in 0..20 {
                let state = if calm { State::Calm } else { State::Live };
                assert_eq!(w.run(2, state, !calm), None);
                assert_eq!(w.run(150, State::Making, false), None, "calm: {calm}");
            }
            assert!(w.reconnects.len() >= 20);
        }
    }

    #[test]
    fn what_is_being_made_has_more_patience_than_what_is_live() {
        let mut w = World::new();
        w.run(5, State::Live, true);
        w.run(50, State::Making, false);
        assert_eq!(w.reconnects, [0; 0]);
        w.run(14, State::Live, false);
        assert_eq!(w.reconnects, [0; 0], "the patience of live begins with live");
        w.run(3, State::Live, false);
        assert_eq!(w.reconnects.len(), 1);
    }
}
