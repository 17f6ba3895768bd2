//! Times of the cloud (RFC 3339, UTC) in words of here. What does not parse is shown as it is.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// "14:03", or "20 Nov, 14:03" on another day.
#[must_use]
pub fn short(rfc3339: &str) -> String {
    let Ok(at) = rfc3339.parse::<Timestamp>() else { return rfc3339.to_owned() };
    in_words(at, "%H:%M", "%-d %b, %H:%M")
}

/// "20 Nov, 14:03", on any day.
#[must_use]
pub fn minute(rfc3339: &str) -> String {
    formatted(rfc3339, "%-d %b, %H:%M")
}

/// "20 Nov 2026".
#[must_use]
pub fn day(rfc3339: &str) -> String {
    formatted(rfc3339, "%-d %b %Y")
}

/// "20 Nov 2026, 14:03".
#[must_use]
pub fn full(rfc3339: &str) -> String {
    formatted(rfc3339, "%-d %b %Y, %H:%M")
}

/// "14:03:22"; empty for what does not parse.
#[must_use]
pub fn clock(rfc3339: &str) -> String {
    let parsed = rfc3339.parse::<Timestamp>();
    parsed
        .map(|at| at.to_zoned(TimeZone::system()).strftime("%H:%M:%S").to_string())
        .unwrap_or_default()
}

fn formatted(rfc3339: &str, format: &str) -> String {
    let Ok(at) = rfc3339.parse::<Timestamp>() else { return rfc3339.to_owned() };
    at.to_zoned(TimeZone::system()).strftime(format).to_string()
}

/// A moment of the connection log: "14:03:22", or "20 Nov, 14:03:22" on another day.
pub(crate) fn moment(at: Timestamp) -> String {
    in_words(at, "%H:%M:%S", "%-d %b, %H:%M:%S")
}

fn in_words(at: Timestamp, today: &str, another_day: &str) -> String {
    let zone = TimeZone::system();
    let (at, now) = (at.to_zoned(zone.clone()), Timestamp::now().to_zoned(zone));
    at.strftime(if at.date() == now.date() { today } else { another_day }).to_string()
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
