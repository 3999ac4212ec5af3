//! Cases of kind `clock`: a story of events, and how the request stands on given days.

use law::{CalendarGap, Date, WorkCalendar, WorkingDays};
use requests_rules::{Consulted, Event, Explanation, Happening, Refused, Standing, Told, tell};
use serde_json::{Map, Value, json};

use super::given::Given;

pub(super) fn answer(given: &Given) -> Result<Value, String> {
    let story = given.items("story")?;
    let events = story.iter().map(event).collect::<Result<Vec<_>, _>>()?;
    let calendar = WorkCalendar::state_council();
    standings(&events, &given.dates("as_of")?, calendar).map_err(|gap| format!("算不出: {gap}"))
}

/// Everything that may happen, as the cases call it.
const HAPPENINGS: &str = " received、correction_asked、correction_received、third_party_asked、\
                          third_party_answered、other_agency_asked、other_agency_answered、extension、\
                          fee_noticed、fee_paid、replied、withdrawn 之一";

fn event(given: &Given) -> Result<Event, String> {
    let on = given.date("on")?;
    let what = match given.text("what")? {
        "received" => Happening::Received,
        "correction_asked" => Happening::CorrectionAsked {
            days: given.maybe("days").map(|_| given.days("days", 0)).transpose()?.map(WorkingDays),
            supervisor: given.flag("supervisor")?,
            served: Some(on),
        },
        "correction_received" => Happening::CorrectionReceived { excuse: given.flag("excuse")? },
        "third_party_asked" => asked(given, Consulted::ThirdParty)?,
        "other_agency_asked" if given.flag("joint")? => asked(given, Consulted::JointMaker)?,
        "other_agency_asked" => asked(given, Consulted::OtherOrgan)?,
        "third_party_answered" => answered(given, Consulted::ThirdParty)?,
        "other_agency_answered" => answered(given, Consulted::OtherOrgan)?,
        "extension" => Happening::Extended {
            days: WorkingDays(given.days("days", 0)?),
            approved: given.flag("approved")?,
        },
        "fee_noticed" => Happening::FeeNoticed { served: given.maybe_date("served")? },
        "fee_paid" => Happening::FeePaid,
        "replied" => Happening::Replied,
        "withdrawn" => Happening::Withdrawn,
        _ => return Err(given.instead("what", HAPPENINGS, given.value("what")?)),
    };
    Ok(Event::new(on, what))
}

fn asked(given: &Given, of: Consulted) -> Result<Happening, String> {
    let (who, served) = (given.text("who")?.to_owned(), given.maybe_date("served")?);
    Ok(Happening::OpinionAsked { of, who, served })
}

fn answered(given: &Given, of: Consulted) -> Result<Happening, String> {
    Ok(Happening::OpinionGiven { of, who: given.text("who")?.to_owned() })
}

fn standings(
    events: &[Event],
    as_of: &[Date],
    calendar: &WorkCalendar,
) -> Result<Value, CalendarGap> {
    let whole = tell(events, calendar)?;
    let days = as_of.iter().map(|on| day(events, *on, calendar));
    let days: Vec<Value> = days.collect::<Result<_, _>>()?;
    let refusals = whole.refused.iter().filter(|(place, _)| told(&events[*place].what));
    let refusals: Vec<Value> = refusals.map(|(place, refused)| refusal(*place, refused)).collect();
    Ok(json!({"days": days, "refusals": refusals}))
}

/// A reply or withdrawal of a closed request changes nothing, and the cases do not count it among the
/// refusals.
const fn told(what: &Happening) -> bool {
    !matches!(what, Happening::Replied | Happening::Withdrawn)
}

fn refusal(place: usize, refused: &Refused) -> Value {
    let basis = match refused.basis.place() {
        place if place.is_empty() => refused.basis.name().to_owned(),
        place => place,
    };
    json!({"event": place, "basis": basis, "why": refused.why.word()})
}

/// How things stand at the end of a day, knowing only what happened on or before it.
fn day(events: &[Event], on: Date, calendar: &WorkCalendar) -> Result<Value, CalendarGap> {
    let known: Vec<Event> = events.iter().filter(|event| event.on <= on).cloned().collect();
    let Told { clock: Some(clock), .. } = tell(&known, calendar)? else {
        return Ok(fields(on, "none", Map::new()));
    };
    let standing = clock.standing(on, calendar)?;
    let mut more = Map::new();
    if let Some(due) = standing.due() {
        more.insert("due".into(), json!(due.date));
        more.insert("provisional".into(), json!(due.provisional));
    }
    match &standing {
        Standing::Running { left, .. } => {
            more.insert("left".into(), json!(left.0));
        }
        Standing::Overdue { over, .. } => {
            more.insert("left".into(), json!(-i64::from(over.0)));
        }
        _ => {}
    }
    if let Some(closed) = standing.closed_on() {
        more.insert("closed".into(), json!(closed));
    }
    if let Some(code) = standing.closing_code() {
        more.insert("code".into(), json!(code));
    }
    let explanation = Explanation::of(&clock, on, calendar)?;
    more.insert("explain".into(), explanation.for_officer().collect());
    Ok(fields(on, standing.word(), more))
}

fn fields(on: Date, status: &str, more: Map<String, Value>) -> Value {
    let mut day = json!({
        "on": on, "status": status, "due": null, "provisional": false, "left": null
    });
    if let Value::Object(day) = &mut day {
        day.extend(more);
    }
    day
}
