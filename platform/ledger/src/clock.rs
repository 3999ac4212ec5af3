//! The only place that looks at the wall clock.

use jiff::{SignedDuration, Timestamp};
use law::{CHINA, Date};

/// Where the time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    Wall,
    /// A fixed moment, for tests and for «as of» questions.
    Fixed(Timestamp),
    /// The machine's clock so many days on, for whoever looks in a demo at what comes later.
    Ahead(u16),
}

impl Clock {
    /// The moment it is.
    #[expect(clippy::disallowed_methods, reason = "the desk is where the time is asked for")]
    pub fn now(self) -> Timestamp {
        match self {
            Self::Wall => Timestamp::now(),
            Self::Fixed(at) => at,
            Self::Ahead(days) => {
                let on = SignedDuration::from_hours(24 * i64::from(days));
                Timestamp::now().checked_add(on).unwrap_or(Timestamp::MAX)
            }
        }
    }

    /// The day it is in China, where all rules of the law count days.
    pub fn today(self) -> Date {
        day_in_china(self.now())
    }
}

/// The day in China at a moment.
pub fn day_in_china(at: Timestamp) -> Date {
    CHINA.to_datetime(at).date()
}

/// The moment at which a day begins in China.
pub fn start_of_day(day: Date) -> Timestamp {
    CHINA.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::{day_in_china, start_of_day};

    #[test]
    fn the_day_changes_at_midnight_in_china_not_in_greenwich() {
        for (moment, day) in [
            ("2026-11-25T15:59:59Z", "2026-11-25"),
            ("2026-11-25T16:00:00Z", "2026-11-26"),
            ("2026-12-31T16:00:00Z", "2027-01-01"),
        ] {
            let at = moment.parse().expect("a moment");
            assert_eq!(day_in_china(at).to_string(), day);
        }
    }

    #[test]
    fn a_day_begins_at_its_first_moment_and_no_earlier() {
        let day = law::day(2026, 11, 26);
        let start = start_of_day(day);
        assert_eq!(start.to_string(), "2026-11-25T16:00:00Z");
        assert_eq!(day_in_china(start), day);
    }
}
