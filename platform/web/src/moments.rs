//! Stored moments as people read them, in China's time.

use jiff::Timestamp;
use store::parse_moment;

/// The minute of a stored moment: 2026-11-25 10:42. Empty where the text is no moment.
pub fn minute(stored: &str) -> String {
    parse_moment(stored).map(minute_of).unwrap_or_default()
}

/// The minute of a moment.
pub fn minute_of(at: Timestamp) -> String {
    law::CHINA.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The day of a stored moment: 2026-11-25. Empty where the text is no moment.
pub fn day(stored: &str) -> String {
    parse_moment(stored).map(|at| ledger::day_in_china(at).to_string()).unwrap_or_default()
}

/// A stored moment as programs are told it (RFC 3339, China's time); as it stands where it is none.
pub fn in_china(stored: &str) -> String {
    let china = |at: Timestamp| law::CHINA.to_datetime(at).strftime("%Y-%m-%dT%H:%M:%S+08:00");
    parse_moment(stored).map_or_else(|| stored.to_owned(), |at| china(at).to_string())
}

#[cfg(test)]
mod tests {
    use super::{day, in_china, minute};

    #[test]
    fn a_moment_is_read_as_the_clock_on_the_wall_in_china_has_it() {
        let at = "2026-11-25T16:30:00.000Z";
        assert_eq!((minute(at).as_str(), day(at).as_str()), ("2026-11-26 00:30", "2026-11-26"));
        assert_eq!(in_china(at), "2026-11-26T00:30:00+08:00");
        assert_eq!((minute("x").as_str(), day("").as_str()), ("", ""));
    }
}
