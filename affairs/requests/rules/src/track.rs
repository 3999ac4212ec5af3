//! 时钟条: the life of a request as stretches that run and stretches that stand still, for whoever
//! draws it.

use law::{CalendarGap, Date, WorkCalendar};
use serde::Serialize;

use crate::asking::union;
use crate::clock::{Clock, Stage};
use crate::event::Awaited;

/// A stretch of a request's life: the days after `after` up to and including `through`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrackStretch {
    /// The day before its first.
    pub after: Date,
    /// Its last day.
    pub through: Date,
    /// What it is.
    pub kind: TrackKind,
}

/// What a stretch of a request's life is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TrackKind {
    /// Time passes.
    Running,
    /// 中止: for these.
    Stopped {
        /// What is awaited.
        waiting: Vec<Awaited>,
    },
    /// What is left until the last day.
    Left,
    /// 逾期.
    Overdue,
}

impl Clock {
    /// The stretches from receipt to the end of `on`, and on to the last day if that is later; in
    /// order, without gaps.
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn track(
        &self,
        on: Date,
        calendar: &WorkCalendar,
    ) -> Result<Vec<TrackStretch>, CalendarGap> {
        let standing = self.standing(on, calendar)?;
        let end = standing.closed_on().unwrap_or(on.max(self.latest));
        let due = standing.due().map(|due| due.date);
        let mut track = self.passed(end);
        let Some(due) = due else { return Ok(track) };
        if due > end && standing.closed_on().is_none() {
            track.push(TrackStretch { after: end, through: due, kind: TrackKind::Left });
        } else if due < end {
            mark_overdue(&mut track, due);
        }
        Ok(track)
    }

    fn passed(&self, end: Date) -> Vec<TrackStretch> {
        let mut stops = union(&self.askings, self.received, end);
        stops.extend(self.waits.iter().map(|(_, pause)| *pause));
        if let Stage::AwaitingCorrection(wait) | Stage::AwaitingPayment(wait) = self.stage {
            stops.push(crate::Pause { after: wait.since, through: None });
        }
        stops.sort_by_key(|stop| stop.after);
        let (mut track, mut from) = (Vec::new(), self.received);
        for stop in stops {
            let through = stop.through.unwrap_or(end).min(end);
            let after = stop.after.max(from).min(end);
            if after > from {
                track.push(TrackStretch { after: from, through: after, kind: TrackKind::Running });
            }
            if through > after {
                let waiting = self.awaited_within(after, through, end);
                let kind = TrackKind::Stopped { waiting };
                track.push(TrackStretch { after, through, kind });
            }
            from = from.max(through).max(after);
        }
        if end > from {
            track.push(TrackStretch { after: from, through: end, kind: TrackKind::Running });
        }
        track
    }

    /// What was awaited on some day of a stretch.
    fn awaited_within(&self, after: Date, through: Date, end: Date) -> Vec<Awaited> {
        let asked =
            self.askings.iter().filter(|one| one.stops).filter(|one| {
                one.asked < through && one.ended(end).is_none_or(|ended| ended > after)
            });
        let mut awaited: Vec<Awaited> = asked.map(crate::asking::Asking::awaited).collect();
        let within = |since: Date, until: Option<Date>| {
            since < through && until.is_none_or(|until| until > after)
        };
        let waits = self.waits.iter().filter(|(_, wait)| within(wait.after, wait.through));
        awaited.extend(waits.map(|(what, _)| what.clone()));
        match self.stage {
            Stage::AwaitingCorrection(wait) if within(wait.since, None) => {
                awaited.push(Awaited::Correction);
            }
            Stage::AwaitingPayment(wait) if within(wait.since, None) => {
                awaited.push(Awaited::Payment);
            }
            _ => {}
        }
        awaited
    }
}

/// What runs after the last day is overdue.
fn mark_overdue(track: &mut Vec<TrackStretch>, due: Date) {
    let mut marked = Vec::with_capacity(track.len() + 1);
    for stretch in track.drain(..) {
        if stretch.through <= due {
            marked.push(stretch);
            continue;
        }
        if stretch.after < due {
            marked.push(TrackStretch { through: due, ..stretch.clone() });
        }
        let after = stretch.after.max(due);
        marked.push(TrackStretch { after, kind: TrackKind::Overdue, ..stretch });
    }
    *track = marked;
}
