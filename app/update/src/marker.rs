//! What a start has to do about a new version that was put in place.

use crate::site::{Healthy, Marker};
use semver::Version;

/// Starts that a new version gets to become healthy.
pub(crate) const CHANCES: u32 = 2;
/// For how long, in seconds, a start beside another one that is on trial does not count: a person
/// who opens two windows has not seen two crashes. A start that hangs for longer does not shield
/// those after it.
const BESIDE: u64 = 30;

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// There is nothing on trial.
    Nothing,
    /// The exchange never happened, or was taken back: remove the marker.
    Forget,
    /// It was healthy: remove the marker.
    Confirm(Marker),
    /// Another program is in place than the one that asks: it was started before the exchange.
    Leave,
    /// This start is on trial: count it by writing this marker.
    Try(Marker),
    /// It is on trial beside another start, and does not count.
    Beside,
    /// It had its chances.
    TakeBack(Marker),
}

/// Decides. `healthy` is what a running program said, `file` the program's file now, `beside`
/// whether another start is on trial, `now` in seconds since 1970.
pub(crate) fn plan(
    marker: Option<Marker>,
    healthy: Option<&Healthy>,
    running: &Version,
    file: Option<(u64, u64)>,
    beside: bool,
    now: u64,
) -> Plan {
    let Some(marker) = marker else { return Plan::Nothing };
    if marker.to != *running {
        let placed = marker.file.is_some() && marker.file == file;
        return if placed { Plan::Leave } else { Plan::Forget };
    }
    if healthy == Some(&Healthy::of(&marker)) {
        return Plan::Confirm(marker);
    }
    // A clock that was set back counts.
    let recent = now.checked_sub(marker.at).is_some_and(|past| past < BESIDE);
    if marker.boots > 0 && beside && recent {
        return Plan::Beside;
    }
    if marker.boots >= CHANCES {
        return Plan::TakeBack(marker);
    }
    Plan::Try(Marker { boots: marker.boots + 1, at: now, ..marker })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OLD: Version = Version::new(1, 0, 0);
    const NEW: Version = Version::new(1, 1, 0);
    const FILE: Option<(u64, u64)> = Some((1, 2));

    fn marker(boots: u32, at: u64) -> Marker {
        Marker { from: OLD, to: NEW, boots, at, file: FILE }
    }

    #[test]
    fn two_chances() {
        let go = |marker, now| plan(Some(marker), None, &NEW, FILE, false, now);
        let Plan::Try(first) = go(marker(0, 100), 200) else { panic!() };
        assert_eq!(first, marker(1, 200));
        let Plan::Try(second) = go(first, 300) else { panic!() };
        assert_eq!(second, marker(2, 300));
        assert_eq!(go(second.clone(), 400), Plan::TakeBack(second));
        assert_eq!(plan(None, None, &NEW, FILE, true, 1), Plan::Nothing);
    }

    #[test]
    fn an_exchange_that_did_not_happen_or_was_done_by_another() {
        let of = |file| plan(Some(marker(0, 1)), None, &OLD, file, false, 1);
        assert_eq!(of(Some((1, 3))), Plan::Forget);
        assert_eq!(of(FILE), Plan::Leave);
        assert_eq!(of(None), Plan::Forget);
        let unknown = Marker { file: None, ..marker(0, 1) };
        assert_eq!(plan(Some(unknown), None, &OLD, None, false, 1), Plan::Forget);
    }

    #[test]
    fn a_trial_ends_by_the_word_that_is_about_it() {
        let of = |boots, running: &Version, healthy: &Healthy| {
            plan(Some(marker(boots, 1)), Some(healthy), running, FILE, false, 1)
        };
        let word = Healthy::of(&marker(1, 1));
        for boots in 0..4 {
            assert_eq!(of(boots, &NEW, &word), Plan::Confirm(marker(boots, 1)));
        }
        assert_eq!(of(1, &OLD, &word), Plan::Leave);
        let other = [
            Marker { to: OLD, ..marker(1, 1) },
            Marker { file: Some((1, 3)), ..marker(1, 1) },
            Marker { file: None, ..marker(1, 1) },
        ];
        for other in other {
            assert_eq!(of(2, &NEW, &Healthy::of(&other)), Plan::TakeBack(marker(2, 1)));
        }
        assert_eq!(plan(None, Some(&word), &NEW, FILE, false, 1), Plan::Nothing);
    }

    #[test]
    fn a_second_window_does_not_count_and_a_hang_does_not_shield() {
        let of = |boots, beside, now| plan(Some(marker(boots, 100)), None, &NEW, FILE, beside, now);
        assert_eq!(of(1, true, 129), Plan::Beside);
        assert_eq!(of(2, true, 129), Plan::Beside);
        assert_eq!(of(1, true, 130), Plan::Try(marker(2, 130)));
        assert_eq!(of(2, true, 130), Plan::TakeBack(marker(2, 100)));
        assert_eq!(of(2, true, 50), Plan::TakeBack(marker(2, 100)), "the clock was set back");
        assert_eq!(of(2, false, 101), Plan::TakeBack(marker(2, 100)));
        assert_eq!(of(0, true, 101), Plan::Try(marker(1, 101)));
    }

    proptest! {
        /// However the clock jumps, a version that never becomes healthy is taken back.
        #[test]
        fn nobody_is_stuck(times in prop::collection::vec(any::<u64>(), 3)) {
            let mut now = marker(0, 0);
            for time in &times[..2] {
                let Plan::Try(next) = plan(Some(now), None, &NEW, FILE, false, *time) else { panic!() };
                now = next;
            }
            let last = plan(Some(now), None, &NEW, FILE, false, times[2]);
            prop_assert!(matches!(last, Plan::TakeBack(_)));
        }
    }
}
