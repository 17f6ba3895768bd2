//! What screens are asked to sign. Pure: the time is given. A challenge is for one screen, and is
//! taken away the first time that it is answered, whatever the answer is worth.

use crate::store::stamp;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// Challenges that wait for an answer. They live a minute; who asks for more waits.
const MOST: usize = 10_000;

struct Waiting {
    screen: String,
    ends: Timestamp,
    /// As it was sent, and is signed.
    expires_at: String,
}

/// Those that wait for an answer.
#[derive(Default)]
pub(crate) struct Challenges(HashMap<String, Waiting>);

impl Challenges {
    /// A new one for this screen, and until when it is good. `None` when too many wait.
    pub(crate) fn make(
        &mut self,
        screen: &str,
        life: SignedDuration,
        now: Timestamp,
    ) -> Option<(String, String)> {
        if self.0.len() >= MOST {
            self.0.retain(|_, waiting| waiting.ends > now);
        }
        if self.0.len() >= MOST {
            return None;
        }
        let challenge = BASE64.encode(rand::random::<[u8; 32]>());
        let ends = now.checked_add(life).unwrap_or(now);
        let expires_at = stamp(ends);
        let screen = screen.to_owned();
        let waiting = Waiting { screen, ends, expires_at: expires_at.clone() };
        self.0.insert(challenge.clone(), waiting);
        Some((challenge, expires_at))
    }

    /// Takes a challenge away. Gives its end, as it is signed, when it was this screen's and is
    /// still good.
    pub(crate) fn take(&mut self, challenge: &str, screen: &str, now: Timestamp) -> Option<String> {
        let waiting = self.0.remove(challenge)?;
        (waiting.screen == screen && waiting.ends > now).then_some(waiting.expires_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIFE: SignedDuration = SignedDuration::from_secs(60);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn each_is_good_once_for_one_screen_and_for_its_time() {
        let mut challenges = Challenges::default();
        let mut make = |screen| challenges.make(screen, LIFE, at(0)).unwrap();
        let (one, end) = make("k-1");
        let (two, _) = make("k-1");
        let (late, _) = make("k-1");
        assert_eq!((one.len(), end.as_str()), (43, "2027-01-15T08:01:00Z"));
        assert_ne!(one, two);
        assert_eq!(challenges.take(&one, "k-1", at(59)), Some(end));
        assert_eq!(challenges.take(&one, "k-1", at(59)), None, "a second time");
        assert_eq!(challenges.take(&two, "k-2", at(1)), None, "another screen's");
        assert_eq!(challenges.take(&two, "k-1", at(1)), None, "it was shown to another");
        assert_eq!(challenges.take(&late, "k-1", at(60)), None);
        assert_eq!(challenges.take("made-up", "k-1", at(1)), None);
    }

    #[test]
    fn their_number_is_bounded() {
        let mut challenges = Challenges::default();
        for _ in 0..MOST {
            assert!(challenges.make("k-1", LIFE, at(0)).is_some());
        }
        assert!(challenges.make("k-1", LIFE, at(59)).is_none());
        assert!(challenges.make("k-1", LIFE, at(60)).is_some());
        assert_eq!(challenges.0.len(), 1);
    }
}
