//! The numbered events of a workspace (`PROTOCOL.md`, section 2, "Events").

/// What to do with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It came before.
    Skip,
    /// It is the next one.
    Apply,
    /// It is news, and others before it were lost: apply it, and load everything again.
    Missed,
}

/// How far the events have been followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    applied: Option<u64>,
}

impl Feed {
    /// A connection is open; the workspace's last event has this number. Whether the lists have
    /// to be loaded (again).
    pub fn ready(&mut self, seq: u64) -> bool {
        let same = self.applied == Some(seq);
        self.applied = Some(seq);
        !same
    }

    /// An event came.
    pub fn event(&mut self, seq: u64, before: u64) -> Verdict {
        let applied = self.applied.unwrap_or(0);
        if seq <= applied {
            return Verdict::Skip;
        }
        self.applied = Some(seq);
        if before > applied { Verdict::Missed } else { Verdict::Apply }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H18.
    #[test]
    fn doubled_late_and_lost_events_are_told_apart() {
        let mut feed = Feed::default();
        assert!(feed.ready(10));
        assert_eq!(feed.event(11, 10), Verdict::Apply);
        assert_eq!(feed.event(11, 10), Verdict::Skip);
        // 12 is not for this person.
        assert_eq!(feed.event(13, 11), Verdict::Apply);
        assert_eq!(feed.event(15, 14), Verdict::Missed);
        assert_eq!(feed.event(14, 13), Verdict::Skip);
        assert_eq!(feed.event(16, 15), Verdict::Apply);
        assert!(!feed.ready(16), "nothing was missed while the connection was down");
        assert!(feed.ready(17));
    }
}
