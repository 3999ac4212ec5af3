//! 公开时限: by when a document must be out (条例第二十六条).
//!
//! Twenty working days from the day the information came to be or was changed, which is the day on
//! the document (docs/readings/012); that day is not counted. Another law or administrative regulation may set another period, which the catalogue's
//! item then carries; this is the general one.

use law::{
    CalendarGap, Counted, Date, Dated, Enacted, NotInForce, WorkCalendar, WorkingDays, article, day,
};

use crate::MadeOn;

/// The general period for publishing of one's own accord.
pub const DISCLOSURE_PERIOD: Dated<WorkingDays> = Dated::since(&[
    (day(2008, 5, 1), WorkingDays(20), article("政府信息公开条例（2007年）", 18)),
    (day(2019, 5, 15), WorkingDays(20), article("政府信息公开条例", 26)),
]);

/// By when a document must be published, and on what basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicationDue {
    made: MadeOn,
    period: Enacted<WorkingDays>,
    due: Counted,
}

/// Whether a document was published in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeliness {
    /// On or before the last day.
    InTime,
    /// So many working days after the last day; the days of a long delay may be provisional.
    Late(WorkingDays),
}

/// How a document that is not out yet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// So many working days are left, the last day included.
    Open(WorkingDays),
    /// It should have been out so many working days ago.
    Overdue(WorkingDays),
}

/// Why no due day can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Untold {
    /// Made before the Regulation was in force.
    #[error(transparent)]
    NotInForce(#[from] NotInForce),
    /// The calendar does not reach that far.
    #[error(transparent)]
    Calendar(#[from] CalendarGap),
}

impl PublicationDue {
    /// The last day on which publishing is in time.
    ///
    /// # Errors
    /// The document is older than the Regulation, or the calendar does not reach its days.
    pub fn of(made: MadeOn, calendar: &WorkCalendar) -> Result<Self, Untold> {
        let period = DISCLOSURE_PERIOD.on(made.0)?;
        let due = calendar.nth_working_day_after(made.0, period.value)?;
        Ok(Self { made, period, due })
    }

    /// The day the period runs from.
    pub const fn made(&self) -> MadeOn {
        self.made
    }

    /// The period and its provision.
    pub const fn period(&self) -> Enacted<WorkingDays> {
        self.period
    }

    /// The last day, and whether it is settled.
    pub const fn due(&self) -> Counted {
        self.due
    }

    /// Whether publishing on `published` was in time.
    ///
    /// # Errors
    /// The calendar does not reach the day of publication.
    pub fn timeliness(
        &self,
        published: Date,
        calendar: &WorkCalendar,
    ) -> Result<Timeliness, CalendarGap> {
        if published <= self.due.date {
            return Ok(Timeliness::InTime);
        }
        let late = calendar.working_days_between(self.due.date, published)?;
        Ok(Timeliness::Late(late.value))
    }

    /// How it stands on `today` if it is not out yet.
    ///
    /// # Errors
    /// The calendar does not reach today.
    pub fn standing(&self, today: Date, calendar: &WorkCalendar) -> Result<Standing, CalendarGap> {
        if today > self.due.date {
            let over = calendar.working_days_between(self.due.date, today)?;
            return Ok(Standing::Overdue(over.value));
        }
        let left = calendar.working_days_between(today, self.due.date)?;
        Ok(Standing::Open(left.value))
    }
}
