//! Times of the cloud (RFC 3339, UTC) in words of here. What does not parse is shown as it is.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// "14:03", or "20 Nov, 14:03" on another day.
#[must_use]
pub fn short(rfc3339: &str) -> String {
    let Ok(at) = rfc3339.parse::<Timestamp>() else { return rfc3339.to_owned() };
    in_words(at, "%H:%M", "%-d %b, %H:%M")
}

/// "20 Nov 2026, 14:03".
#[must_use]
pub fn full(rfc3339: &str) -> String {
    let Ok(at) = rfc3339.parse::<Timestamp>() else { return rfc3339.to_owned() };
    at.to_zoned(TimeZone::system()).strftime("%-d %b %Y, %H:%M").to_string()
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
        assert!(full("2001-02-13T14:05:06Z").contains("Feb 2001, "));
        assert_eq!(moment(Timestamp::now()).len(), 8);
    }
}
