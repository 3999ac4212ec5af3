//! Cases of kind `clock`: a story of events, and how the request stands on given days.

use law::{CalendarGap, Date, WorkCalendar, WorkingDays};
use requests_rules::{Consulted, Event, Explanation, Happening, Refused, Standing, Told, tell};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// What is given.
#[derive(Deserialize)]
struct Case {
    story: Vec<Given>,
    as_of: Vec<Date>,
}

#[derive(Deserialize)]
struct Given {
    on: Date,
    #[serde(flatten)]
    what: What,
}

#[derive(Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
enum What {
    Received,
    CorrectionAsked { days: Option<u32>, supervisor: Option<bool> },
    CorrectionReceived { excuse: Option<bool> },
    ThirdPartyAsked { who: String, served: Option<Date> },
    ThirdPartyAnswered { who: String },
    OtherAgencyAsked { who: String, joint: Option<bool>, served: Option<Date> },
    OtherAgencyAnswered { who: String },
    Extension { days: u32, approved: Option<bool> },
    FeeNoticed { served: Option<Date> },
    FeePaid,
    Replied,
    Withdrawn,
}

pub(super) fn answer(case: &Value) -> Result<Value, String> {
    let case = Case::deserialize(case).map_err(|error| format!("写得不全: {error}"))?;
    let events: Vec<Event> = case.story.into_iter().map(Given::event).collect();
    let calendar = WorkCalendar::state_council();
    standings(&events, &case.as_of, calendar).map_err(|gap| format!("算不出: {gap}"))
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

impl Given {
    fn event(self) -> Event {
        Event::new(self.on, self.what.happening(self.on))
    }
}

impl What {
    fn happening(self, on: Date) -> Happening {
        match self {
            Self::Received => Happening::Received,
            Self::CorrectionAsked { days, supervisor } => Happening::CorrectionAsked {
                days: days.map(WorkingDays),
                supervisor: supervisor.unwrap_or_default(),
                served: Some(on),
            },
            Self::CorrectionReceived { excuse } => {
                Happening::CorrectionReceived { excuse: excuse.unwrap_or_default() }
            }
            Self::ThirdPartyAsked { who, served } => {
                Happening::OpinionAsked { of: Consulted::ThirdParty, who, served }
            }
            Self::ThirdPartyAnswered { who } => {
                Happening::OpinionGiven { of: Consulted::ThirdParty, who }
            }
            Self::OtherAgencyAsked { who, joint, served } => {
                let joint = joint.unwrap_or_default();
                let of = if joint { Consulted::JointMaker } else { Consulted::OtherOrgan };
                Happening::OpinionAsked { of, who, served }
            }
            Self::OtherAgencyAnswered { who } => {
                Happening::OpinionGiven { of: Consulted::OtherOrgan, who }
            }
            Self::Extension { days, approved } => {
                let approved = approved.unwrap_or_default();
                Happening::Extended { days: WorkingDays(days), approved }
            }
            Self::FeeNoticed { served } => Happening::FeeNoticed { served },
            Self::FeePaid => Happening::FeePaid,
            Self::Replied => Happening::Replied,
            Self::Withdrawn => Happening::Withdrawn,
        }
    }
}
