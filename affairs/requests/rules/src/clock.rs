//! 答复期限: by when a request must be replied to (条例第三十三条), as a stopwatch over what happens.
//!
//! Twenty working days from receipt, up to twenty more once the head of the office has agreed and the
//! applicant been told. An opinion sought stops it, an opinion given lets it run on, several together
//! stop it as their union; a correction received (第三十条) and a fee paid (国办函〔2020〕109号) start it
//! afresh. It never asks what day it is: the same file always has the same due day.
//!
//! Readings: docs/readings/110 (which Regulation), 112 (corrections), 113 (stops and ends),
//! 114 (opinions), 115 (what begins anew), 116 (reasons and delay).

use law::{CalendarGap, Counted, Date, WorkCalendar, WorkingDays};

use crate::asking::{Asking, Pause, union};
use crate::event::{Awaited, Event, Happening};
use crate::period::{
    CORRECTION_NOTICE, CORRECTION_PERIOD, EXTENSION_LIMIT, FEE_PAYMENT, REGIME, REPLY_PERIOD,
    Regime,
};
use crate::refused::{Refused, StepError};
use crate::wait::Wait;

/// The clock of one request, as it stands after what has happened so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    pub(crate) received: Date,
    pub(crate) regime: Regime,
    /// The day of the latest event.
    pub(crate) latest: Date,
    pub(crate) period: Period,
    /// Extended in all, whatever began anew.
    pub(crate) extended: WorkingDays,
    pub(crate) corrections_asked: u32,
    /// The day from which the time for a 补正告知 is counted.
    pub(crate) correctable_since: Date,
    pub(crate) askings: Vec<Asking>,
    /// Waits for the applicant that are over.
    pub(crate) waits: Vec<(Awaited, Pause)>,
    pub(crate) stage: Stage,
}

/// A period of reply: the first, or one that began anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    /// This day is not counted.
    pub(crate) from: Date,
    pub(crate) began: Beginning,
    pub(crate) length: WorkingDays,
    pub(crate) extended: WorkingDays,
    pub(crate) delayed_until: Option<Date>,
}

/// What a period of reply runs from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Beginning {
    /// 收到申请.
    Received,
    /// 收到补正.
    Corrected,
    /// 缴费.
    Paid,
}

/// Where a request stands; each stage carries its facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    InHand,
    AwaitingCorrection(Wait),
    AwaitingPayment(Wait),
    /// `due` as it stood on the day of the reply; none if the clock was stopped then.
    Replied {
        on: Date,
        due: Option<Counted>,
    },
    Withdrawn {
        on: Date,
    },
}

impl Clock {
    /// Starts on the day the request counts as received, which is not counted.
    ///
    /// # Errors
    /// There was no Regulation yet on that day.
    pub fn start(received: Date) -> Result<Self, Refused> {
        let (Ok(regime), Ok(length)) = (REGIME.on(received), REPLY_PERIOD.on(received)) else {
            return Err(Self::not_in_force());
        };
        Ok(Self {
            received,
            regime: regime.value,
            latest: received,
            period: Period::new(received, Beginning::Received, length.value),
            extended: WorkingDays::default(),
            corrections_asked: 0,
            correctable_since: received,
            askings: Vec::new(),
            waits: Vec::new(),
            stage: Stage::InHand,
        })
    }

    /// Takes in what happened, if the law allows it; otherwise nothing changes.
    ///
    /// # Errors
    /// It is refused, and why; or the calendar does not reach the days to be counted.
    pub fn step(&mut self, event: &Event, calendar: &WorkCalendar) -> Result<(), StepError> {
        self.admit(event, calendar)?;
        Ok(self.take(event, calendar)?)
    }

    /// Takes in what was allowed when it happened, without asking again: a step that was in time
    /// stays so when a calendar is issued afterwards (docs/readings/117).
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn take(&mut self, event: &Event, calendar: &WorkCalendar) -> Result<(), CalendarGap> {
        let on = event.on;
        match &event.what {
            Happening::Received => {}
            Happening::CorrectionAsked { days, served, .. } => {
                let wait = self.correction_wait((on, *served), *days, calendar)?;
                self.stage = Stage::AwaitingCorrection(wait);
                self.corrections_asked += 1;
            }
            Happening::CorrectionReceived { .. } => {
                self.begin_anew(on, Beginning::Corrected, Awaited::Correction);
                self.correctable_since = on;
            }
            Happening::OpinionAsked { of, who, served } => {
                let letter = (on, *served);
                let under = (self.received, self.regime);
                self.askings.push(Asking::new((*of, who.as_str()), letter, under, calendar)?);
            }
            Happening::OpinionGiven { of, who } => {
                let open = self.askings.iter_mut().rev().find(|one| one.is_open_to(*of, who));
                if let Some(asking) = open {
                    asking.given = Some(on);
                }
            }
            Happening::Served { letter } => self.serve(letter, on, calendar)?,
            Happening::Extended { days, .. } => {
                self.period.extended = self.period.extended.plus(*days);
                self.extended = self.extended.plus(*days);
            }
            Happening::Delayed { until } => self.period.delayed_until = Some(*until),
            Happening::FeeNoticed { served } => {
                self.stage = Stage::AwaitingPayment(self.fee_wait((on, *served), calendar)?);
            }
            Happening::FeePaid => self.begin_anew(on, Beginning::Paid, Awaited::Payment),
            Happening::Replied => {
                self.stage = Stage::Replied { on, due: self.due(on, calendar)? };
            }
            Happening::Withdrawn => self.stage = Stage::Withdrawn { on },
        }
        self.latest = self.latest.max(on);
        Ok(())
    }

    /// The last day on which a reply is in time, as known at the end of `on`: none while the clock is
    /// stopped, and none once the request is closed but by a reply.
    ///
    /// # Errors
    /// The calendar does not reach the days to be counted.
    pub fn due(&self, on: Date, calendar: &WorkCalendar) -> Result<Option<Counted>, CalendarGap> {
        match self.stage {
            Stage::InHand => self.period.due(&self.pauses(on), calendar),
            Stage::Replied { due, .. } => Ok(due),
            Stage::AwaitingCorrection(_) | Stage::AwaitingPayment(_) | Stage::Withdrawn { .. } => {
                Ok(None)
            }
        }
    }

    /// The stretches of the running period that are not counted, as known at the end of `on`.
    pub fn pauses(&self, on: Date) -> Vec<Pause> {
        union(&self.askings, self.period.from, on)
    }

    /// The day of receipt, under whose rules the request stands.
    pub const fn received(&self) -> Date {
        self.received
    }

    /// How much it has been extended by in all.
    pub const fn extended(&self) -> WorkingDays {
        self.extended
    }

    /// The last day for telling what is to be corrected (第三十条); none before there was such a period.
    ///
    /// # Errors
    /// The calendar does not reach it.
    pub fn correction_told_by(&self, calendar: &WorkCalendar) -> Result<Option<Date>, CalendarGap> {
        let Ok(notice) = CORRECTION_NOTICE.on(self.received) else { return Ok(None) };
        let last = calendar.nth_working_day_after(self.correctable_since, notice.value)?;
        Ok(Some(last.date))
    }

    /// How much it may still be extended by (第三十三条第二款).
    pub fn extendable(&self) -> WorkingDays {
        let limit = EXTENSION_LIMIT.on(self.received).map(|limit| limit.value);
        limit.unwrap_or_default().less(self.extended)
    }

    fn correction_wait(
        &self,
        (on, served): (Date, Option<Date>),
        days: Option<WorkingDays>,
        calendar: &WorkCalendar,
    ) -> Result<Wait, CalendarGap> {
        let default = CORRECTION_PERIOD.on(self.received).map(|period| period.value);
        Wait::new(on, days.or(default.ok()).unwrap_or_default(), served, calendar)
    }

    fn fee_wait(
        &self,
        (on, served): (Date, Option<Date>),
        calendar: &WorkCalendar,
    ) -> Result<Wait, CalendarGap> {
        let days = FEE_PAYMENT.on(self.received).map(|period| period.value);
        Wait::new(on, days.unwrap_or_default(), served, calendar)
    }

    fn serve(
        &mut self,
        letter: &Awaited,
        on: Date,
        calendar: &WorkCalendar,
    ) -> Result<(), CalendarGap> {
        match (letter, &mut self.stage) {
            (Awaited::Correction, Stage::AwaitingCorrection(wait))
            | (Awaited::Payment, Stage::AwaitingPayment(wait)) => wait.serve(on, calendar),
            (Awaited::Opinion { of, who }, _) => {
                let unserved = self.askings.iter_mut().rev();
                let mut unserved = unserved.filter(|one| one.served.is_none());
                match unserved.find(|one| one.is_open_to(*of, who)) {
                    Some(asking) => asking.serve(on, self.received, calendar),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// A new period has its full length; extensions granted before it fall away (docs/readings/115).
    fn begin_anew(&mut self, on: Date, began: Beginning, after: Awaited) {
        if let Stage::AwaitingCorrection(wait) | Stage::AwaitingPayment(wait) = self.stage {
            self.waits.push((after, Pause { after: wait.since, through: Some(on) }));
        }
        self.period = Period::new(on, began, self.period.length);
        self.stage = Stage::InHand;
    }
}

impl Period {
    fn new(from: Date, began: Beginning, length: WorkingDays) -> Self {
        Self { from, began, length, extended: WorkingDays::default(), delayed_until: None }
    }

    /// The day a delay was set to, which nothing moves (docs/readings/116); otherwise the n-th working
    /// day outside every pause, or none if a pause that lasts comes before it.
    pub(crate) fn due(
        &self,
        pauses: &[Pause],
        calendar: &WorkCalendar,
    ) -> Result<Option<Counted>, CalendarGap> {
        let Some(until) = self.delayed_until else { return self.counted(pauses, calendar) };
        let known = calendar.is_working_day(until)?;
        Ok(Some(Counted { date: until, provisional: known.provisional }))
    }

    fn counted(
        &self,
        pauses: &[Pause],
        calendar: &WorkCalendar,
    ) -> Result<Option<Counted>, CalendarGap> {
        let (mut from, mut left) = (self.from, self.length.plus(self.extended));
        let mut provisional = false;
        for pause in pauses {
            let run = calendar.working_days_between(from, pause.after)?;
            if run.value >= left {
                break;
            }
            let Some(through) = pause.through else { return Ok(None) };
            provisional |= run.provisional;
            left = left.less(run.value);
            from = through;
        }
        let last = calendar.nth_working_day_after(from, left)?;
        Ok(Some(Counted { provisional: last.provisional || provisional, ..last }))
    }
}
