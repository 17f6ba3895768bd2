//! From the connection's state to what is shown. Sans-I/O.

use crate::engine::{next_second, seconds_until};
use crate::model::GatewayLink;
use crate::say;
use gateway_client::LinkState;
use gateway_client::discovery::Discovery;
use std::time::Instant;

/// What is shown of a state. `found`: the configuration that it is about.
pub(super) fn shown(state: &LinkState, found: Option<&Discovery>, now: Instant) -> GatewayLink {
    match state {
        LinkState::Connecting | LinkState::Handshake => GatewayLink::Connecting,
        LinkState::Online(_) => GatewayLink::Online,
        LinkState::Restarting { since } => {
            let seconds = now.saturating_duration_since(since.into_std()).as_secs();
            GatewayLink::Restarting { seconds: u32::try_from(seconds).unwrap_or(u32::MAX) }
        }
        LinkState::Stopped { .. } => GatewayLink::Stopped,
        LinkState::Waiting { until, error } => GatewayLink::Waiting {
            seconds: seconds_until(until.into_std(), now),
            problem: say::gateway::connect(error),
        },
        LinkState::Refused(refused) => {
            let (refusal, problem) = say::gateway::refusal(refused, found);
            GatewayLink::Refused { refusal, problem }
        }
    }
}

/// Whether a state is only a try in between, which is not shown: a gateway that is stopped is
/// knocked at again and again, and one that restarts is restarting until it is back.
pub(super) fn in_between(before: Option<&LinkState>, state: &LinkState) -> bool {
    match before {
        Some(LinkState::Stopped { .. }) => matches!(state, LinkState::Connecting),
        Some(LinkState::Restarting { .. }) => {
            matches!(state, LinkState::Connecting | LinkState::Handshake)
        }
        _ => false,
    }
}

/// When a number that is shown is another one.
pub(super) fn deadline(state: &LinkState, now: Instant) -> Option<Instant> {
    match state {
        LinkState::Restarting { since } => {
            let ran = now.saturating_duration_since(since.into_std());
            let part = std::time::Duration::from_nanos(u64::from(ran.subsec_nanos()));
            Some(now + (std::time::Duration::from_secs(1) - part))
        }
        LinkState::Waiting { until, .. } if until.into_std() > now => {
            Some(next_second(until.into_std(), now))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::GatewayRefusal;
    use gateway_client::{ConnectError, Refusal};
    use std::time::Duration;
    use tokio::time::Instant as Moment;

    #[test]
    fn seconds_count_and_are_not_counted_in_between() {
        let now = Instant::now();
        let since = Moment::from_std(now);
        let restarting = LinkState::Restarting { since };
        let at = |millis| now + Duration::from_millis(millis);
        let seconds = |millis| match shown(&restarting, None, at(millis)) {
            GatewayLink::Restarting { seconds } => seconds,
            other => panic!("{other:?}"),
        };
        assert_eq!([seconds(0), seconds(999), seconds(1_000), seconds(6_300)], [0, 0, 1, 6]);
        assert_eq!(deadline(&restarting, at(300)), Some(at(1_000)));
        assert_eq!(deadline(&restarting, at(1_000)), Some(at(2_000)));

        let waiting =
            LinkState::Waiting { until: Moment::from_std(at(2_500)), error: ConnectError::Silent };
        let GatewayLink::Waiting { seconds, problem } = shown(&waiting, None, now) else {
            panic!("not waiting")
        };
        assert_eq!((seconds, problem), (3, say::gateway::connect(&ConnectError::Silent)));
        assert_eq!(deadline(&waiting, now), Some(at(501)));
        assert_eq!(deadline(&waiting, at(2_500)), None);
        assert_eq!(deadline(&LinkState::Connecting, now), None);
    }

    #[test]
    fn stopped_does_not_flicker() {
        let now = Instant::now();
        let stopped = LinkState::Stopped { until: Moment::from_std(now) };
        assert_eq!(shown(&stopped, None, now), GatewayLink::Stopped);
        let restarting = LinkState::Restarting { since: Moment::from_std(now) };
        assert!(in_between(Some(&stopped), &LinkState::Connecting));
        assert!(!in_between(Some(&stopped), &LinkState::Handshake));
        assert!(in_between(Some(&restarting), &LinkState::Handshake));
        assert!(!in_between(Some(&restarting), &stopped));
        assert!(!in_between(None, &LinkState::Connecting));
        assert!(!in_between(Some(&LinkState::Connecting), &LinkState::Handshake));
    }

    #[test]
    fn a_refusal_keeps_its_kind() {
        let now = Instant::now();
        let refused = shown(&LinkState::Refused(Refusal::TokenWrong), None, now);
        let GatewayLink::Refused { refusal, .. } = refused else { panic!("{refused:?}") };
        assert_eq!(refusal, GatewayRefusal::TokenWrong);
    }
}
