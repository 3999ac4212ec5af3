//! 办理时限: how many working days an organ gives itself for a step of a review. No law sets any: it is a
//! rule of the house (docs/readings/145).

use std::collections::BTreeMap;

use law::{Date, WorkCalendar, WorkingDays};
use store::{FromQueryResult, Statements, StoreError, parse_moment};

use crate::Step;

/// What an organ has set for itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    days: BTreeMap<String, u32>,
}

impl Pace {
    /// Working days where the organ has set none.
    pub const USUAL: u32 = 3;

    /// The most working days that may be set.
    pub const MOST: u32 = 30;

    /// The word of the time from the signature to publication.
    pub const RELEASE: &str = "release";

    /// The words of all that may be set, in the order of a review, with what people call them.
    pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
        let steps = Step::ALL.iter().map(|step| (step.word(), step.name()));
        steps.chain([(Self::RELEASE, "发布")])
    }

    /// What an organ has set.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, organ: &str) -> Result<Self, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            step: String,
            days: i64,
        }
        let sql = "SELECT step, days FROM review_pace WHERE organ = $1";
        let rows: Vec<Row> = from.all(sql, vec![organ.into()]).await?;
        let own = |row: Row| Some((row.step, u32::try_from(row.days).ok()?));
        Ok(Self { days: rows.into_iter().filter_map(own).collect() })
    }

    /// The working days for a step, by its word.
    pub fn days(&self, step: &str) -> u32 {
        self.days.get(step).copied().unwrap_or(Self::USUAL)
    }

    /// By which day a step is to be taken that waits since a stored moment; that day does not count. `None`
    /// where the calendar does not reach.
    pub fn due(&self, step: &str, since: &str, calendar: &WorkCalendar) -> Option<Date> {
        let since = ledger::day_in_china(parse_moment(since)?);
        let days = WorkingDays(self.days(step));
        calendar.nth_working_day_after(since, days).ok().map(|counted| counted.date)
    }
}

#[cfg(test)]
mod tests {
    use law::{WorkCalendar, day};

    use super::Pace;

    #[test]
    fn a_step_is_due_after_as_many_working_days_as_the_organ_has_set() {
        let calendar = WorkCalendar::state_council();
        let own = Pace { days: [("secrecy".to_owned(), 1)].into() };
        for (step, since, due) in [
            // A Thursday in China, a weekend between.
            ("first", "2026-11-26T01:00:00.000Z", day(2026, 12, 1)),
            ("secrecy", "2026-11-26T01:00:00.000Z", day(2026, 11, 27)),
            // Half past midnight in China is the next day.
            ("secrecy", "2026-11-26T16:30:00.000Z", day(2026, 11, 30)),
            (Pace::RELEASE, "2026-11-27T01:00:00.000Z", day(2026, 12, 2)),
        ] {
            assert_eq!(own.due(step, since, calendar), Some(due), "{step} {since}");
        }
        assert_eq!(own.due("first", "gestern", calendar), None);
    }
}
