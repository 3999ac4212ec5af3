//! 频次: when what is new is sent (docs/readings/215).

use jiff::civil::Weekday;
use jiff::{SignedDuration, Timestamp, ToSpan};
use law::CHINA;
use ledger::day_in_china;

/// How often an address wants to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rhythm {
    /// 即时.
    AtOnce,
    /// 每日一次.
    Daily,
    /// 每周一次.
    Weekly,
}

/// What is published within this time goes out together, and what was published by mistake can still be held.
const GATHERED: SignedDuration = SignedDuration::from_mins(2);

/// At this hour of the day in China what was gathered is sent.
const HOUR: i8 = 8;

impl Rhythm {
    /// All of them, with the word of a column and of a form, and what people read.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::AtOnce, "at_once", "有了就发"),
        (Self::Daily, "daily", "每天一次，早上 8 点"),
        (Self::Weekly, "weekly", "每周一次，星期一早上 8 点"),
    ];

    /// As a column keeps it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(own, ..)| *own == self).map_or("", |(_, word, _)| word)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(own, ..)| *own == self).map_or("", |(.., name)| name)
    }

    /// The one kept as this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own, _)| *own == word).map(|(own, ..)| *own)
    }

    /// When what came up now is sent.
    pub fn due(self, now: Timestamp) -> Timestamp {
        let today = day_in_china(now);
        let at_hour = |days: i64| {
            let day = today.checked_add(days.days()).ok()?;
            CHINA.to_timestamp(day.at(HOUR, 0, 0, 0)).ok()
        };
        let mut mornings = (0..9).filter_map(at_hour).filter(|at| *at > now);
        let due = match self {
            Self::AtOnce => now.checked_add(GATHERED).ok(),
            Self::Daily => mornings.next(),
            Self::Weekly => mornings.find(|at| day_in_china(*at).weekday() == Weekday::Monday),
        };
        due.unwrap_or(now)
    }
}

/// The pause before another attempt: a minute, two, four … at most six hours.
pub(crate) fn pause(attempts: i64) -> SignedDuration {
    let minutes = 1i64 << attempts.clamp(0, 9);
    SignedDuration::from_mins(minutes.min(360))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_up_is_sent_at_once_in_the_morning_or_on_monday() {
        // 2026-11-26 is a Thursday; moments in Greenwich, mornings in China.
        for (rhythm, now, due) in [
            (Rhythm::AtOnce, "2026-11-26T03:00:00Z", "2026-11-26T03:02:00Z"),
            (Rhythm::Daily, "2026-11-26T03:00:00Z", "2026-11-27T00:00:00Z"),
            (Rhythm::Daily, "2026-11-25T23:59:59Z", "2026-11-26T00:00:00Z"),
            (Rhythm::Daily, "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z"),
            (Rhythm::Weekly, "2026-11-26T03:00:00Z", "2026-11-30T00:00:00Z"),
            (Rhythm::Weekly, "2026-11-29T23:00:00Z", "2026-11-30T00:00:00Z"),
            (Rhythm::Weekly, "2026-11-30T00:00:00Z", "2026-12-07T00:00:00Z"),
        ] {
            let now: Timestamp = now.parse().expect("a moment");
            assert_eq!(rhythm.due(now).to_string(), due, "{rhythm:?} {now}");
        }
    }

    #[test]
    fn pauses_grow_and_end_at_six_hours() {
        let minutes: Vec<i64> = (1..=12).map(|times| pause(times).as_mins()).collect();
        assert_eq!(minutes, [2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360, 360]);
    }
}
