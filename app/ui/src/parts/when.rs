//! Times of the cloud as text. There is no clock here, so they stay in the zone they came in.

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// An RFC 3339 time in its parts.
struct At<'a> {
    year: &'a str,
    month: &'static str,
    day: &'a str,
    /// Hours, minutes and seconds.
    time: &'a str,
    zone: &'a str,
}

fn parse(text: &str) -> Option<At<'_>> {
    let month = text.get(5..7)?.parse::<usize>().ok()?.checked_sub(1)?;
    let time = text.get(11..19)?;
    let shape = |i: usize, c: u8| text.as_bytes().get(i) == Some(&c);
    if !(shape(4, b'-') && shape(7, b'-') && shape(13, b':') && shape(16, b':')) {
        return None;
    }
    let rest = text.get(19..)?;
    let zone = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    Some(At {
        year: text.get(..4)?,
        month: MONTHS.get(month)?,
        day: text.get(8..10)?.trim_start_matches('0'),
        time,
        zone: if zone.eq_ignore_ascii_case("z") { "UTC" } else { zone },
    })
}

/// Day and minute: "21 Nov, 18:03". What does not parse is shown as it is.
pub(crate) fn short(rfc3339: &str) -> String {
    match parse(rfc3339) {
        Some(at) => format!("{} {}, {}", at.day, at.month, at.time.get(..5).unwrap_or(at.time)),
        None => rfc3339.to_owned(),
    }
}

/// The day: "21 Nov 2026".
pub(crate) fn day(rfc3339: &str) -> String {
    match parse(rfc3339) {
        Some(at) => format!("{} {} {}", at.day, at.month, at.year),
        None => rfc3339.to_owned(),
    }
}

/// All of it: "21 Nov 2026, 18:03 UTC".
pub(crate) fn full(rfc3339: &str) -> String {
    match parse(rfc3339) {
        Some(at) => {
            let minute = at.time.get(..5).unwrap_or(at.time);
            format!("{} {} {}, {minute} {}", at.day, at.month, at.year, at.zone)
        }
        None => rfc3339.to_owned(),
    }
}

/// The time of day: "18:03:22".
pub(crate) fn clock(rfc3339: &str) -> &str {
    parse(rfc3339).map_or("", |at| at.time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_shortly() {
        let at = "2026-11-01T18:03:22.125Z";
        assert_eq!(short(at), "1 Nov, 18:03");
        assert_eq!(day(at), "1 Nov 2026");
        assert_eq!(full(at), "1 Nov 2026, 18:03 UTC");
        assert_eq!(full("2026-11-21T18:03:22+01:00"), "21 Nov 2026, 18:03 +01:00");
        assert_eq!(clock(at), "18:03:22");
    }

    #[test]
    fn what_does_not_parse_is_shown() {
        for text in ["", "soon", "2026-13-01T18:03:22Z", "2026/11/01 18.03.22 long enough", "é"] {
            assert_eq!(short(text), text);
            assert_eq!(full(text), text);
            assert_eq!(clock(text), "");
        }
    }
}
