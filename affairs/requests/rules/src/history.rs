//! 一件申请的全部经过: the events of one request in order, and the clock they make.

use law::{CalendarGap, Counted, Date, WorkCalendar};

use crate::clock::Clock;
use crate::event::{Event, Happening};
use crate::refused::{Refused, StepError};

/// What became of events that were told: the clock, and the events that were refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The clock; none if there was no lawful receipt among them.
    pub clock: Option<Clock>,
    /// Which event was refused, by its place in the list given, and why; in that order.
    pub refused: Vec<(usize, Refused)>,
}

/// A due day that moved when a calendar was issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// As it was counted before.
    pub before: Option<Counted>,
    /// As it is counted now.
    pub after: Option<Counted>,
}

/// Tells events to a clock: the receipt first, then by day, and within one day in the order given
/// (docs/readings/129).
/// What is refused changes nothing.
///
/// ```
/// use law::{WorkCalendar, day};
/// use requests_rules::{Consulted, Event, Happening, tell};
///
/// let who = || "甲".to_owned();
/// let asked = Happening::OpinionAsked { of: Consulted::ThirdParty, who: who(), served: None };
/// let given = Happening::OpinionGiven { of: Consulted::ThirdParty, who: who() };
/// let story = [
///     Event::new(day(2025, 3, 3), Happening::Received),
///     Event::new(day(2025, 3, 7), asked),
///     Event::new(day(2025, 3, 28), given),
/// ];
/// let calendar = WorkCalendar::state_council();
/// let clock = tell(&story, calendar).unwrap().clock.unwrap();
/// let due = clock.due(day(2025, 3, 28), calendar).unwrap().unwrap();
/// assert_eq!(due.date, day(2025, 4, 22));
/// ```
///
/// # Errors
/// The calendar does not reach the days to be counted.
pub fn tell(events: &[Event], calendar: &WorkCalendar) -> Result<Told, CalendarGap> {
    let mut told = Told { clock: None, refused: Vec::new() };
    for place in in_order(events) {
        let event = &events[place];
        let outcome = match (&mut told.clock, &event.what) {
            (Some(clock), _) => clock.step(event, calendar),
            (None, Happening::Received) => match Clock::start(event.on) {
                Ok(clock) => {
                    told.clock = Some(clock);
                    Ok(())
                }
                Err(refused) => Err(refused.into()),
            },
            // without a lawful receipt there is nothing to which anything could happen
            (None, _) => Ok(()),
        };
        match outcome {
            Ok(()) => {}
            Err(StepError::Refused(refused)) => told.refused.push((place, refused)),
            Err(StepError::Calendar(gap)) => return Err(gap),
        }
    }
    told.refused.sort_by_key(|(place, _)| *place);
    Ok(told)
}

/// The clock of events that were all admitted when they happened, counted with this calendar and
/// asked nothing again (docs/readings/117); none without a lawful receipt.
///
/// # Errors
/// The calendar does not reach the days to be counted.
pub fn recount(events: &[Event], calendar: &WorkCalendar) -> Result<Option<Clock>, CalendarGap> {
    let mut clock: Option<Clock> = None;
    for place in in_order(events) {
        let event = &events[place];
        match &mut clock {
            Some(clock) => clock.take(event, calendar)?,
            None if event.what == Happening::Received => clock = Clock::start(event.on).ok(),
            None => {}
        }
    }
    Ok(clock)
}

/// How the due day of an open request moves from one calendar to another; none if it does not.
///
/// # Errors
/// A calendar does not reach the days to be counted.
pub fn moved(
    events: &[Event],
    (old, new): (&WorkCalendar, &WorkCalendar),
    on: Date,
) -> Result<Option<Moved>, CalendarGap> {
    let due = |calendar| match recount(events, calendar)? {
        Some(clock) if !clock.is_closed(on) => clock.due(on, calendar),
        _ => Ok(None),
    };
    let moved = Moved { before: due(old)?, after: due(new)? };
    Ok((moved.before != moved.after).then_some(moved))
}

/// Puts an event that is registered late where it belongs and tells all anew (docs/readings/129).
///
/// # Errors
/// It is refused, or something that happened after it would then be; or the calendar does not reach
/// the days to be counted.
pub fn insert(
    events: &[Event],
    event: Event,
    calendar: &WorkCalendar,
) -> Result<Vec<Event>, StepError> {
    let place = events.iter().rposition(|earlier| earlier.on <= event.on);
    let mut events = events.to_vec();
    events.insert(place.map_or(0, |place| place + 1), event);
    match tell(&events, calendar)?.refused.first() {
        Some((_, refused)) => Err((*refused).into()),
        None => Ok(events),
    }
}

/// The places of the events in the order in which they happened; the receipt is always the first.
fn in_order(events: &[Event]) -> Vec<usize> {
    let receipt = events.iter().position(|event| event.what == Happening::Received);
    let mut places: Vec<usize> = (0..events.len()).collect();
    places.sort_by_key(|place| (Some(*place) != receipt, events[*place].on));
    places
}
