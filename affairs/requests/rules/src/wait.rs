//! 等申请人: a correction or a payment awaited, until when, and whether it was awaited in vain.

use law::{CalendarGap, Date, WorkCalendar, WorkingDays};

/// Waiting for the applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wait {
    pub(crate) since: Date,
    pub(crate) days: WorkingDays,
    /// The last day; none while it is not shown that the applicant got the letter.
    pub(crate) until: Option<Date>,
}

impl Wait {
    pub(crate) fn new(
        since: Date,
        days: WorkingDays,
        served: Option<Date>,
        calendar: &WorkCalendar,
    ) -> Result<Self, CalendarGap> {
        let mut wait = Self { since, days, until: None };
        if let Some(served) = served {
            wait.serve(served, calendar)?;
        }
        Ok(wait)
    }

    pub(crate) fn serve(
        &mut self,
        served: Date,
        calendar: &WorkCalendar,
    ) -> Result<(), CalendarGap> {
        let served = served.max(self.since);
        self.until = Some(calendar.nth_working_day_after(served, self.days)?.date);
        Ok(())
    }

    /// The last day, if it is over on `on`.
    pub(crate) fn lapsed(self, on: Date) -> Option<Date> {
        self.until.filter(|until| on > *until)
    }
}
