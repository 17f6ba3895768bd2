//! When something is done by itself, and when not. Takes the time; asks for none.

use crate::model::{QuietHours, Settings, TimeOfDay, UpdateRules};
use std::time::{Duration, Instant};

/// From the start of the program to the first check, at least and at most: so that it holds the
/// start up less, and not all computers of an office ask in the same second.
const FIRST: [Duration; 2] = [Duration::from_secs(3), Duration::from_secs(15)];
/// Between two checks, while the program runs.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// After one that the network did not let through.
const AGAIN: Duration = Duration::from_secs(60 * 60);
/// How often a longer pause looks at the clock on the wall, which somebody may set.
const LOOK: Duration = Duration::from_secs(10 * 60);

/// Why nothing is done by itself now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// It is switched off.
    Off,
    /// Somebody is at a desktop.
    Viewing,
    /// Quiet hours, for so many minutes yet.
    Quiet(u16),
}

/// What decides about that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Now {
    /// Local time of day.
    pub(super) clock: TimeOfDay,
    /// Somebody is at a desktop. A picture that an unattended screen shows all day counts too,
    /// unless the administrator said when updates may come.
    pub(super) viewing: bool,
}

/// The hours that hold: the administrator's, else the person's.
pub(super) fn quiet(settings: &Settings, rules: &UpdateRules) -> Option<QuietHours> {
    rules.quiet.or(settings.quiet_hours)
}

/// Whether something has to wait. What a person asks for waits for nothing but the end of a
/// viewing session.
pub(super) fn hold(
    now: Now,
    settings: &Settings,
    rules: &UpdateRules,
    by_person: bool,
) -> Option<Hold> {
    if now.viewing {
        return Some(Hold::Viewing);
    }
    if by_person {
        return None;
    }
    if !settings.updates {
        return Some(Hold::Off);
    }
    quiet(settings, rules).and_then(|hours| hours.left(now.clock)).map(Hold::Quiet)
}

/// When the next check is due.
#[derive(Debug, Default)]
pub(super) struct Plan {
    at: Option<Instant>,
    /// Not before: quiet hours are looked at again then.
    not_before: Option<Instant>,
}

impl Plan {
    /// The program has started. `random` is between 0 and 1.
    pub(super) fn begin(&mut self, now: Instant, random: f64) {
        let [least, most] = FIRST;
        self.at = Some(now + least + (most - least).mul_f64(random.clamp(0.0, 1.0)));
    }

    /// A check is over. `passes`: the network did not let it through.
    pub(super) fn checked(&mut self, now: Instant, passes: bool) {
        self.at = Some(now + if passes { AGAIN } else { EVERY });
        self.not_before = None;
    }

    /// Whether a check is due.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        self.at.is_some_and(|at| at <= now)
    }

    /// Nothing is done now; when to look again. The end of a viewing session and a changed
    /// setting are told of, so that nothing has to be looked at for them.
    pub(super) fn held(&mut self, now: Instant, hold: Hold) {
        self.not_before = match hold {
            Hold::Quiet(minutes) => {
                let left = Duration::from_secs(u64::from(minutes) * 60);
                Some(now + left.min(LOOK))
            }
            Hold::Viewing | Hold::Off => None,
        };
    }

    /// When to look next.
    pub(super) fn deadline(&self, hold: Option<Hold>) -> Option<Instant> {
        match hold {
            Some(Hold::Viewing | Hold::Off) => None,
            Some(Hold::Quiet(_)) => self.at.max(self.not_before),
            None => self.at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use semver::Version;

    fn at(clock: &str, viewing: bool) -> Now {
        Now { clock: clock.parse().unwrap(), viewing }
    }

    fn hours(from: &str, to: &str) -> QuietHours {
        QuietHours { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    #[test]
    fn the_first_check_comes_after_a_short_while_and_then_each_day() {
        let start = Instant::now();
        let mut plan = Plan::default();
        assert!(!plan.is_due(start) && plan.deadline(None).is_none(), "not before it begins");
        for (random, seconds) in [(0.0, 3), (1.0, 15), (7.0, 15)] {
            plan.begin(start, random);
            let at = start + Duration::from_secs(seconds);
            assert_eq!(plan.deadline(None), Some(at));
            assert!(plan.is_due(at) && !plan.is_due(at - Duration::from_millis(1)));
        }
        plan.checked(start, false);
        assert_eq!(plan.deadline(None), Some(start + EVERY));
        plan.checked(start, true);
        assert_eq!(plan.deadline(None), Some(start + AGAIN));
    }

    #[test]
    fn what_holds_what() {
        let (mut settings, mut rules) = (Settings::default(), UpdateRules::default());
        let noon = at("12:00", false);
        assert_eq!(hold(noon, &settings, &rules, false), None);
        assert_eq!(hold(at("12:00", true), &settings, &rules, true), Some(Hold::Viewing));
        settings.quiet_hours = Some(hours("09:00", "17:00"));
        assert_eq!(hold(noon, &settings, &rules, false), Some(Hold::Quiet(300)));
        assert_eq!(hold(noon, &settings, &rules, true), None, "the person asks");
        rules.quiet = Some(hours("22:00", "06:00"));
        assert_eq!(hold(noon, &settings, &rules, false), None, "the administrator's hold");
        assert_eq!(hold(at("23:00", false), &settings, &rules, false), Some(Hold::Quiet(420)));
        settings.updates = false;
        assert_eq!(hold(noon, &settings, &rules, false), Some(Hold::Off));
    }

    #[test]
    fn a_held_check_is_looked_at_again_only_where_nobody_tells() {
        let start = Instant::now();
        let mut plan = Plan::default();
        plan.begin(start, 0.0);
        for hold in [Hold::Viewing, Hold::Off] {
            plan.held(start, hold);
            assert_eq!(plan.deadline(Some(hold)), None);
        }
        plan.held(start, Hold::Quiet(2));
        let two = start + Duration::from_secs(120);
        assert_eq!(plan.deadline(Some(Hold::Quiet(2))), Some(two));
        plan.held(start, Hold::Quiet(500));
        assert_eq!(plan.deadline(Some(Hold::Quiet(500))), Some(start + LOOK));
        assert!(plan.is_due(start + LOOK));
    }

    #[test]
    fn a_rule_that_cannot_be_read_freezes_what_runs() {
        let running = Version::new(1, 4, 0);
        let limit = |text: &str| {
            let rules = UpdateRules { stay_at: Some(text.into()), quiet: None };
            rules.newest(&running).unwrap().to_string()
        };
        assert_eq!(limit(" 1.5.0 "), "1.5.0");
        assert_eq!(limit("the old one"), "1.4.0");
        assert_eq!(limit(""), "1.4.0");
        assert_eq!(UpdateRules::default().newest(&running), None);
    }
}
