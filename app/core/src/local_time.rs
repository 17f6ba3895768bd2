//! Times of the cloud (RFC 3339, UTC) in words of here. What does not parse is shown as it is.

use crate::tr;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

const MINUTES: &str = "%H:%M";
const SECONDS: &str = "%H:%M:%S";

/// "14:03", or "20 Nov, 14:03" on another day.
#[must_use]
pub fn short(rfc3339: &str) -> String {
    said(rfc3339, |at| in_words(at, MINUTES))
}

/// "20 Nov, 14:03", on any day.
#[must_use]
pub fn minute(rfc3339: &str) -> String {
    said(rfc3339, |at| day_and_time(at, MINUTES))
}

/// "20 Nov 2026".
#[must_use]
pub fn day(rfc3339: &str) -> String {
    said(rfc3339, |at| {
        let (day, year) = (part(at, "%-d"), part(at, "%Y"));
        tr!("engine-date", day = day, month = short_month(at.month()), year = year)
    })
}

/// "20 Nov 2026, 14:03".
#[must_use]
pub fn full(rfc3339: &str) -> String {
    said(rfc3339, |at| date_and_time(at, short_month(at.month())))
}

/// "14:03:22"; empty for what does not parse.
#[must_use]
pub fn clock(rfc3339: &str) -> String {
    let parsed = rfc3339.parse::<Timestamp>();
    parsed.map(|at| part(&here(at), SECONDS)).unwrap_or_default()
}

/// "20 November 2026, 14:03".
pub(crate) fn in_full(at: Timestamp) -> String {
    let at = here(at);
    date_and_time(&at, month(at.month()))
}

/// A moment of the connection log: "14:03:22", or "20 Nov, 14:03:22" on another day.
pub(crate) fn moment(at: Timestamp) -> String {
    in_words(&here(at), SECONDS)
}

fn said(rfc3339: &str, words: impl FnOnce(&Zoned) -> String) -> String {
    rfc3339.parse().map_or_else(|_| rfc3339.to_owned(), |at| words(&here(at)))
}

fn here(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::system())
}

fn part(at: &Zoned, format: &str) -> String {
    at.strftime(format).to_string()
}

fn in_words(at: &Zoned, time: &str) -> String {
    let today = at.date() == Timestamp::now().to_zoned(at.time_zone().clone()).date();
    if today { part(at, time) } else { day_and_time(at, time) }
}

fn day_and_time(at: &Zoned, time: &str) -> String {
    let (day, time) = (part(at, "%-d"), part(at, time));
    tr!("engine-day-and-time", day = day, month = short_month(at.month()), time = time)
}

fn date_and_time(at: &Zoned, month: &str) -> String {
    let (day, year, time) = (part(at, "%-d"), part(at, "%Y"), part(at, MINUTES));
    tr!("engine-date-and-time", day = day, month = month, year = year, time = time)
}

fn short_month(number: i8) -> &'static str {
    match number {
        1 => tr!("engine-short-january"),
        2 => tr!("engine-short-february"),
        3 => tr!("engine-short-march"),
        4 => tr!("engine-short-april"),
        5 => tr!("engine-short-may"),
        6 => tr!("engine-short-june"),
        7 => tr!("engine-short-july"),
        8 => tr!("engine-short-august"),
        9 => tr!("engine-short-september"),
        10 => tr!("engine-short-october"),
        11 => tr!("engine-short-november"),
        _ => tr!("engine-short-december"),
    }
}

fn month(number: i8) -> &'static str {
    match number {
        1 => tr!("engine-january"),
        2 => tr!("engine-february"),
        3 => tr!("engine-march"),
        4 => tr!("engine-april"),
        5 => tr!("engine-may"),
        6 => tr!("engine-june"),
        7 => tr!("engine-july"),
        8 => tr!("engine-august"),
        9 => tr!("engine-september"),
        10 => tr!("engine-october"),
        11 => tr!("engine-november"),
        _ => tr!("engine-december"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short_and_what_is_no_time_is_shown() {
        assert_eq!(short("soon"), "soon");
        assert_eq!(full(""), "");
        assert_eq!(short("2001-02-03T04:05:06Z").matches(':').count(), 1);
        let at = "2001-02-13T14:05:06Z";
        assert!(full(at).contains("Feb 2001, ") && full(at).starts_with(&day(at)));
        assert!(
            minute(at).contains(" Feb, ")
                && clock(at).starts_with(minute(at).split(", ").nth(1).unwrap())
        );
        assert_eq!((minute("é"), clock("é")), ("é".to_owned(), String::new()));
        assert_eq!(moment(Timestamp::now()).len(), 8);
    }
}
