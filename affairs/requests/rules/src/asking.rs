//! 征求意见: a letter that asks somebody's opinion, and how long it stops the clock.
//!
//! The time is (asked, given]: the day of asking counts, the day of the opinion does not. A third
//! party and an organ that made the information jointly have fifteen working days from the day they
//! receive the letter; then the time passes again without them (docs/readings/114).

use law::{CalendarGap, Date, WorkCalendar};

use crate::event::{Awaited, Consulted};
use crate::period::{JOINT_MAKER_PERIOD, Regime, THIRD_PARTY_PERIOD};

/// One letter that asks an opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asking {
    pub(crate) of: Consulted,
    pub(crate) who: String,
    pub(crate) asked: Date,
    /// The last day for the opinion, once the letter's receipt is shown and the law sets one.
    pub(crate) lapse: Option<Date>,
    pub(crate) served: Option<Date>,
    pub(crate) given: Option<Date>,
    /// Whether waiting for it stops the clock: under the Regulation of 2007 only for third parties.
    pub(crate) stops: bool,
}

/// A stretch of days that are not counted: those after `after` up to and including `through`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pause {
    /// The day after which nothing is counted.
    pub after: Date,
    /// The last day not counted; `None` while it lasts.
    pub through: Option<Date>,
}

impl Asking {
    pub(crate) fn new(
        (of, who): (Consulted, &str),
        (asked, served): (Date, Option<Date>),
        (received, regime): (Date, Regime),
        calendar: &WorkCalendar,
    ) -> Result<Self, CalendarGap> {
        let mut asking = Self {
            of,
            who: who.to_owned(),
            asked,
            lapse: None,
            served: None,
            given: None,
            stops: of.is_third_party() || regime == Regime::Of2019,
        };
        if let Some(served) = served {
            asking.serve(served, received, calendar)?;
        }
        Ok(asking)
    }

    /// The letter's receipt is shown. A letter is not received before it was sent.
    pub(crate) fn serve(
        &mut self,
        served: Date,
        received: Date,
        calendar: &WorkCalendar,
    ) -> Result<(), CalendarGap> {
        let period = match self.of {
            Consulted::ThirdParty => THIRD_PARTY_PERIOD.on(received).ok(),
            Consulted::JointMaker => JOINT_MAKER_PERIOD.on(received).ok(),
            Consulted::OtherOrgan => None,
        };
        let served = served.max(self.asked);
        let last = period.map(|period| calendar.nth_working_day_after(served, period.value));
        self.lapse = last.transpose()?.map(|last| last.date);
        self.served = Some(served);
        Ok(())
    }

    /// The last day it stops the clock, as known at the end of `on`; `None` while it is awaited.
    pub(crate) fn ended(&self, on: Date) -> Option<Date> {
        match (self.given, self.lapse) {
            (Some(given), Some(lapse)) => Some(given.min(lapse)),
            (Some(given), None) => Some(given),
            (None, lapse) => lapse.filter(|lapse| on > *lapse),
        }
    }

    /// Whether it is awaited and still stops the clock at the end of `on`.
    pub(crate) fn is_pending(&self, on: Date) -> bool {
        self.ended(on).is_none()
    }

    pub(crate) fn awaited(&self) -> Awaited {
        Awaited::Opinion { of: self.of, who: self.who.clone() }
    }

    /// Whether it is unanswered, and an answer of that kind would answer it.
    pub(crate) fn is_open_to(&self, of: Consulted, who: &str) -> bool {
        self.given.is_none() && self.of.is_answered_by(of) && self.who == who
    }
}

/// The union of the pauses after `from`, as known at the end of `on`, in order; neighbours that touch
/// are one.
pub(crate) fn union(askings: &[Asking], from: Date, on: Date) -> Vec<Pause> {
    let mut pauses: Vec<Pause> = askings
        .iter()
        .filter(|asking| asking.stops)
        .map(|asking| Pause { after: asking.asked.max(from), through: asking.ended(on) })
        .filter(|pause| pause.through.is_none_or(|through| through > pause.after))
        .collect();
    pauses.sort_by_key(|pause| pause.after);
    let mut merged: Vec<Pause> = Vec::new();
    for pause in pauses {
        match merged.last_mut() {
            Some(last) if last.through.is_none_or(|through| pause.after <= through) => {
                last.through = match (last.through, pause.through) {
                    (Some(one), Some(other)) => Some(one.max(other)),
                    _ => None,
                };
            }
            _ => merged.push(pause),
        }
    }
    merged
}
