//! 能不能办这一步: what the law allows to happen to a request as it stands.

use law::{CalendarGap, Date, Provision, WorkCalendar, WorkingDays, article, document, statute};

use crate::clock::{Clock, Stage};
use crate::event::{Awaited, Consulted, Event, Happening};
use crate::period::{FEE_PAYMENT, FEE_RULES, REGULATION, Regime};
use crate::refused::{Refused, StepError, Why};

impl Clock {
    /// Whether the event may happen now; changes nothing.
    ///
    /// # Errors
    /// It is refused, and why; or the calendar does not reach the days to be counted.
    pub fn admit(&self, event: &Event, calendar: &WorkCalendar) -> Result<(), StepError> {
        let Some(why) = self.obstacle(event, calendar)? else { return Ok(()) };
        let basis = match why {
            Why::BeforeReceipt(_) => article(REGULATION, 31),
            _ => self.basis(&event.what),
        };
        Err(Refused { act: event.what.name(), why, basis }.into())
    }

    pub(crate) const fn not_in_force() -> Refused {
        Refused { act: "登记收到申请", why: Why::NotInForce, basis: statute(REGULATION) }
    }

    /// The provision on which an event of that kind is allowed or refused.
    fn basis(&self, what: &Happening) -> Provision {
        match what {
            Happening::Received => article(REGULATION, 31),
            Happening::Withdrawn => statute(REGULATION),
            Happening::CorrectionAsked { .. }
            | Happening::CorrectionReceived { .. }
            | Happening::Served { letter: Awaited::Correction } => self.regime.correction(),
            Happening::OpinionAsked { .. } | Happening::Extended { .. } | Happening::Replied => {
                self.regime.reply()
            }
            Happening::OpinionGiven { of: Consulted::ThirdParty, .. }
            | Happening::Served { letter: Awaited::Opinion { of: Consulted::ThirdParty, .. } } => {
                article(REGULATION, 32)
            }
            Happening::OpinionGiven { .. }
            | Happening::Served { letter: Awaited::Opinion { .. } } => {
                article(REGULATION, 33).paragraph(3)
            }
            Happening::Delayed { .. } => article(REGULATION, 35),
            Happening::FeeNoticed { .. }
            | Happening::FeePaid
            | Happening::Served { letter: Awaited::Payment } => document(FEE_RULES),
        }
    }

    fn obstacle(&self, event: &Event, calendar: &WorkCalendar) -> Result<Option<Why>, CalendarGap> {
        let on = event.on;
        if on < self.received {
            return Ok(Some(Why::BeforeReceipt(self.received)));
        }
        if on < self.latest {
            return Ok(Some(Why::OutOfOrder(self.latest)));
        }
        match &event.what {
            Happening::Received => Ok(Some(Why::AlreadyReceived)),
            Happening::CorrectionAsked { supervisor, .. } => {
                self.correction_obstacle(on, *supervisor, calendar)
            }
            Happening::CorrectionReceived { excuse } => Ok(self.corrected_obstacle(on, *excuse)),
            Happening::OpinionAsked { of, who, .. } => {
                let mut open = self.askings.iter().filter(|one| one.is_open_to(*of, who));
                let already = open.find(|one| one.is_pending(on)).map(|_| Why::AlreadyAsked);
                Ok(self.over(on, calendar)?.or(already))
            }
            Happening::OpinionGiven { of, who } => {
                let open = self.askings.iter().any(|asking| asking.is_open_to(*of, who));
                Ok((!open).then_some(Why::NotAsked))
            }
            Happening::Served { letter } => Ok(self.service_obstacle(letter)),
            Happening::Extended { days, approved } => {
                self.extension_obstacle(on, *days, *approved, calendar)
            }
            Happening::Delayed { until } => self.delay_obstacle(on, *until, calendar),
            Happening::FeeNoticed { .. } => self.fee_obstacle(on, calendar),
            Happening::FeePaid => Ok(match self.stage {
                Stage::AwaitingPayment(wait) => wait.lapsed(on).map(Why::Lapsed),
                _ => Some(Why::NotAsked),
            }),
            Happening::Replied | Happening::Withdrawn => {
                Ok(self.is_closed(on).then_some(Why::Closed))
            }
        }
    }

    /// Whether nothing more can happen to the request on `on`, but a late correction with good reason.
    pub fn is_closed(&self, on: Date) -> bool {
        match self.stage {
            Stage::InHand => false,
            Stage::AwaitingCorrection(wait) | Stage::AwaitingPayment(wait) => {
                wait.lapsed(on).is_some()
            }
            Stage::Replied { .. } | Stage::Withdrawn { .. } => true,
        }
    }

    /// Nothing stops or extends a period that has run out (docs/readings/113).
    fn over(&self, on: Date, calendar: &WorkCalendar) -> Result<Option<Why>, CalendarGap> {
        if self.is_closed(on) {
            return Ok(Some(Why::Closed));
        }
        let due = self.due(on, calendar)?.filter(|due| on > due.date);
        Ok(due.map(|due| Why::PeriodOver(due.date)))
    }

    fn correction_obstacle(
        &self,
        on: Date,
        supervisor: bool,
        calendar: &WorkCalendar,
    ) -> Result<Option<Why>, CalendarGap> {
        if self.is_closed(on) {
            return Ok(Some(Why::Closed));
        }
        let waiting = matches!(self.stage, Stage::AwaitingCorrection(_));
        if waiting || (self.corrections_asked > 0 && !supervisor) {
            return Ok(Some(Why::Again));
        }
        let Some(last) = self.correction_told_by(calendar)? else {
            return self.over(on, calendar);
        };
        Ok((on > last).then_some(Why::TooLate(last)))
    }

    fn corrected_obstacle(&self, on: Date, excuse: bool) -> Option<Why> {
        match self.stage {
            Stage::AwaitingCorrection(_) if excuse => None,
            Stage::AwaitingCorrection(wait) => wait.lapsed(on).map(Why::Lapsed),
            _ => Some(Why::NotAsked),
        }
    }

    fn service_obstacle(&self, letter: &Awaited) -> Option<Why> {
        let awaited = match (letter, self.stage) {
            (Awaited::Correction, Stage::AwaitingCorrection(wait))
            | (Awaited::Payment, Stage::AwaitingPayment(wait)) => wait.until.is_none(),
            (Awaited::Opinion { of, who }, _) => {
                let mut open = self.askings.iter().filter(|one| one.served.is_none());
                open.any(|asking| asking.is_open_to(*of, who))
            }
            _ => false,
        };
        (!awaited).then_some(Why::NotAsked)
    }

    fn extension_obstacle(
        &self,
        on: Date,
        days: WorkingDays,
        approved: bool,
        calendar: &WorkCalendar,
    ) -> Result<Option<Why>, CalendarGap> {
        if let Some(over) = self.over(on, calendar)? {
            return Ok(Some(over));
        }
        let left = self.extendable();
        Ok(if !matches!(self.stage, Stage::InHand) {
            Some(Why::ApplicantAwaited)
        } else if let Some(until) = self.period.delayed_until {
            Some(Why::DelaySet(until))
        } else if !approved {
            Some(Why::NotApproved)
        } else if days == WorkingDays::default() {
            Some(Why::NotLater)
        } else {
            (days > left).then_some(Why::OverLimit(left))
        })
    }

    fn delay_obstacle(
        &self,
        on: Date,
        until: Date,
        calendar: &WorkCalendar,
    ) -> Result<Option<Why>, CalendarGap> {
        if self.regime != Regime::Of2019 {
            return Ok(Some(Why::NotInForce));
        }
        if let Some(over) = self.over(on, calendar)? {
            return Ok(Some(over));
        }
        if !matches!(self.stage, Stage::InHand) {
            return Ok(Some(Why::ApplicantAwaited));
        }
        if let Some(until) = self.period.delayed_until {
            return Ok(Some(Why::DelaySet(until)));
        }
        calendar.is_working_day(until)?;
        // what is awaited now would be answered today at the earliest
        let mut pauses = self.pauses(on);
        if let Some(open) = pauses.last_mut() {
            open.through.get_or_insert(on);
        }
        let due = self.period.due(&pauses, calendar)?.map_or(on, |due| due.date);
        Ok((until <= due).then_some(Why::NotLater))
    }

    fn fee_obstacle(&self, on: Date, calendar: &WorkCalendar) -> Result<Option<Why>, CalendarGap> {
        if FEE_PAYMENT.on(self.received).is_err() {
            return Ok(Some(Why::NotInForce));
        }
        Ok(self.over(on, calendar)?.or(match self.stage {
            Stage::AwaitingCorrection(_) => Some(Why::ApplicantAwaited),
            Stage::AwaitingPayment(_) => Some(Why::Again),
            _ => None,
        }))
    }
}
