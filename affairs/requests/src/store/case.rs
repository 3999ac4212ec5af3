//! 案卷: a request, what happened to it, and the clock that makes of it.

use law::{CalendarGap, Counted, Date, WorkCalendar};
use requests_rules::{
    Alarm, Clock, Event, Explanation, Receipt, Standing, StepError, TrackStretch, Waiting, insert,
    recount,
};
use store::Statements;

use super::CaseError;
use super::events::CaseEvent;
use super::filings::{Filing, FilingState};
use requests_rules::Awaited;

/// The file of a request. Who asked does not stand in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The row of the register.
    pub filing: Filing,
    /// What happened, in the order of writing down.
    pub events: Vec<CaseEvent>,
}

/// What the register shows of how a request stands, so that a list need not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projection {
    /// How it stands.
    pub state: FilingState,
    /// The last day for the reply.
    pub due: Option<Counted>,
    /// The same when it was answered.
    pub reached_on: Option<Date>,
    /// The day on which it stands otherwise without anybody's act.
    pub next_on: Option<Date>,
    /// The last day before the alarm of what waits to be confirmed.
    pub confirm_by: Option<Date>,
}

impl Case {
    /// The file of an organ's request, as it stands.
    ///
    /// # Errors
    /// The database refuses, or a row cannot be read.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, CaseError> {
        let Some(filing) = Filing::find(from, organ, id).await? else { return Ok(None) };
        let events = CaseEvent::of(from, id).await?;
        Ok(Some(Self { filing, events }))
    }

    /// What moves the clock, as the rules are told it.
    pub fn told(&self) -> Vec<Event> {
        self.events.iter().filter_map(CaseEvent::told).collect()
    }

    /// Its clock; none before there is a day of receipt. Steps that were admitted are not asked again
    /// (docs/readings/117).
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn clock(&self, calendar: &WorkCalendar) -> Result<Option<Clock>, CalendarGap> {
        recount(&self.told(), calendar)
    }

    /// How it stands at the end of a day; none before it counts as received.
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn standing(
        &self,
        on: Date,
        calendar: &WorkCalendar,
    ) -> Result<Option<Standing>, CalendarGap> {
        self.clock(calendar)?.map(|clock| clock.standing(on, calendar)).transpose()
    }

    /// Why its last day is that day; none before it counts as received.
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn explanation(
        &self,
        on: Date,
        calendar: &WorkCalendar,
    ) -> Result<Option<Explanation>, CalendarGap> {
        self.clock(calendar)?.map(|clock| Explanation::of(&clock, on, calendar)).transpose()
    }

    /// Its life as stretches that run and stand still, for the clock bar; empty before it is received.
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn track(
        &self,
        on: Date,
        calendar: &WorkCalendar,
    ) -> Result<Vec<TrackStretch>, CalendarGap> {
        let clock = self.clock(calendar)?;
        clock.map_or(Ok(Vec::new()), |clock| clock.track(on, calendar))
    }

    /// Whether and when it counts as received.
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn receipt(&self, calendar: &WorkCalendar) -> Result<Receipt, requests_rules::BadArrival> {
        self.filing.arrival.receipt(calendar)
    }

    /// The alarm it has reached.
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn alarm(&self, on: Date, calendar: &WorkCalendar) -> Result<Option<Alarm>, CalendarGap> {
        Ok(self.standing(on, calendar)?.as_ref().and_then(Alarm::of))
    }

    /// Whether an event may be told: one that happened after all others by the clock as it stands, one
    /// that is registered late by telling all anew (docs/readings/129).
    pub(crate) fn admit(&self, event: &Event, calendar: &WorkCalendar) -> Result<(), StepError> {
        let told = self.told();
        let is_late = told.iter().any(|earlier| earlier.on > event.on);
        if is_late {
            return insert(&told, event.clone(), calendar).map(|_| ());
        }
        match recount(&told, calendar)? {
            Some(clock) => clock.admit(event, calendar),
            None => Ok(()),
        }
    }

    /// What the register shows of it at the end of a day.
    pub(crate) fn projection(
        &self,
        on: Date,
        calendar: &WorkCalendar,
    ) -> Result<Projection, CalendarGap> {
        if self.filing.closed_on.is_some() {
            return self.closed_projection(on, calendar);
        }
        match self.standing(on, calendar)? {
            Some(standing) => Ok(Projection::of(&standing)),
            None => Ok(Projection {
                confirm_by: self.filing.confirm_by,
                ..Projection::plain(FilingState::Unconfirmed)
            }),
        }
    }

    fn closed_projection(
        &self,
        on: Date,
        calendar: &WorkCalendar,
    ) -> Result<Projection, CalendarGap> {
        let reached_on = match self.standing(on, calendar)? {
            Some(Standing::Replied { due, .. }) => due.map(|due| due.date),
            _ => None,
        };
        Ok(Projection { reached_on, ..Projection::plain(self.filing.state) })
    }
}

impl Projection {
    /// The day by which lists are in order: the last day of what is open, and before all others what waits
    /// for a decision; of what is closed the day of that.
    pub(crate) fn sort_on(&self, closed_on: Option<Date>) -> Date {
        let waits = || match self.state {
            FilingState::Lapsed => Date::constant(2000, 1, 1),
            _ => Date::constant(9999, 12, 31),
        };
        let open = self.due.map(|due| due.date).or(self.confirm_by).or(self.next_on);
        closed_on.or(open).unwrap_or_else(waits)
    }

    const fn plain(state: FilingState) -> Self {
        Self { state, due: None, reached_on: None, next_on: None, confirm_by: None }
    }

    /// What the register shows of an open request that stands so.
    pub fn of(standing: &Standing) -> Self {
        match standing {
            Standing::Running { due, .. } | Standing::Overdue { due, .. } => {
                Self { due: Some(*due), ..Self::plain(FilingState::Running) }
            }
            Standing::Stopped { waiting, .. } => {
                let state = match waiting.first().map(|one| &one.what) {
                    Some(Awaited::Correction) => FilingState::Correction,
                    Some(Awaited::Payment) => FilingState::Payment,
                    _ => FilingState::Opinion,
                };
                Self { next_on: next_of(waiting), ..Self::plain(state) }
            }
            Standing::Abandoned { .. } => Self::plain(FilingState::Lapsed),
            Standing::Replied { due, .. } => {
                Self { reached_on: due.map(|due| due.date), ..Self::plain(FilingState::Answered) }
            }
            Standing::Withdrawn { .. } => Self::plain(FilingState::Withdrawn),
        }
    }
}

/// The day after the first period that runs out.
fn next_of(waiting: &[Waiting]) -> Option<Date> {
    let first = waiting.iter().filter_map(|one| one.until).min()?;
    first.tomorrow().ok()
}
