//! Renewing the relay's credentials before they end.

use super::{Engine, Link};
use cloud_client::wire::ToCloud;
use std::time::{Duration, Instant};
use stream::transport::IceServer;

/// Between two questions for fresh relay credentials.
const RENEW_AGAIN: Duration = Duration::from_secs(5);

/// When to ask for fresh credentials: a minute before the first ones end, or half-way through
/// their life if that is shorter. `None` where none of them end.
pub(super) fn renewal(servers: &[IceServer]) -> Option<Instant> {
    let now = u64::try_from(jiff::Timestamp::now().as_second()).ok()?;
    let end = servers.iter().filter_map(IceServer::expires).min()?;
    Some(Instant::now() + wait(Duration::from_secs(end.saturating_sub(now))))
}

fn wait(left: Duration) -> Duration {
    left.saturating_sub(Duration::from_secs(60)).max(left / 2).max(RENEW_AGAIN)
}

impl Engine {
    /// Asks for fresh relay credentials when the old ones are about to end.
    pub(super) fn renew_relay(&mut self, now: Instant) {
        let Some(viewing) = &mut self.viewing else { return };
        let (Link::Open { session, .. }, Some(at)) = (&viewing.link, viewing.renew_at) else {
            return;
        };
        if now >= at {
            // Without an answer it is asked for again.
            viewing.renew_at = Some(now + RENEW_AGAIN);
            let session = session.clone();
            self.account.send(ToCloud::RelayRenew { session });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_renewed_before_they_end_and_not_all_the_time() {
        let after = |seconds| wait(Duration::from_secs(seconds)).as_secs();
        assert_eq!(after(86_400), 86_340);
        assert_eq!(after(100), 50);
        assert_eq!(after(4), 5, "never more often than this");
        assert_eq!(renewal(&[]), None);
    }
}
