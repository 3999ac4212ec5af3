//! What every act on a file does: take it, let the rules admit what happens, write it down, tell the register
//! how it stands now.

use ::store::moment;
use law::{Date, Provision};
use ledger::{Desk, Entry};
use requests_rules::{Event, Happening, Letter};
use review::Signatory;
use serde_json::{Value as Json, json};

use super::ActError;
use crate::store::putting::{self, NewEvent};
use crate::store::{Case, CaseEvent, Filing, FilingState, IssuedLetter, LetterTexts, Projection};

/// Who acts on a file.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// Somebody of the organ.
    Officer(&'a Signatory),
    /// Whoever asked.
    Applicant,
    /// Whoever was asked for an opinion.
    ThirdParty,
    /// A timed job carrying out what the law fixes.
    Timer,
}

/// What happens to a file.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// The act.
    pub kind: &'static str,
    /// The day it happened.
    pub on: Date,
    /// What it does to the clock.
    pub happening: Option<Happening>,
    /// What people read of it.
    pub facts: Json,
    /// The key of what it is about.
    pub subject: String,
}

impl By<'_> {
    /// The key of the person; empty for whoever is none of the organ.
    pub(crate) fn person(&self) -> &str {
        match self {
            Self::Officer(by) => &by.person,
            _ => "",
        }
    }

    /// What he is called.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Officer(by) => &by.name,
            Self::Applicant => "申请人",
            Self::ThirdParty => "第三方",
            Self::Timer => "到期自动办理",
        }
    }

    /// For whom he stands in.
    pub(crate) fn stands_in_for(&self) -> Option<&str> {
        match self {
            Self::Officer(by) => by.stands_in_for.as_deref(),
            _ => None,
        }
    }
}

impl Step {
    pub(crate) fn new(kind: &'static str, on: Date) -> Self {
        Self { kind, on, happening: None, facts: json!({}), subject: String::new() }
    }

    pub(crate) fn moving(self, happening: Happening) -> Self {
        Self { happening: Some(happening), ..self }
    }

    pub(crate) fn saying(self, facts: Json) -> Self {
        Self { facts, ..self }
    }

    pub(crate) fn about(self, subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), ..self }
    }
}

/// Takes the file of an organ's request for an act; it is held until the act is sealed or dropped.
pub(crate) async fn take(desk: &Desk, organ: &str, request: &str) -> Result<Case, ActError> {
    if !Filing::hold(desk.change(), organ, request).await? {
        return Err(ActError::NO_CASE);
    }
    Case::find(desk.change(), organ, request).await?.ok_or(ActError::NO_CASE)
}

/// The same for whoever works on it: it is assigned to him or to his unit, and not closed.
pub(crate) async fn take_open(
    desk: &Desk,
    by: &Signatory,
    request: &str,
) -> Result<Case, ActError> {
    let case = take(desk, &by.organ, request).await?;
    if case.filing.is_closed() {
        return Err(ActError::CLOSED);
    }
    assigned(&case, by)?;
    Ok(case)
}

/// Whether the file is assigned to somebody or to his unit.
pub(crate) fn assigned(case: &Case, by: &Signatory) -> Result<(), ActError> {
    let filing = &case.filing;
    let his = !filing.officer.is_empty() && by.counts_as(&filing.officer);
    let units = filing.officer.is_empty() && !filing.unit.is_empty() && filing.unit == by.unit;
    if his || units { Ok(()) } else { Err(ActError::NOT_ASSIGNED) }
}

/// Writes down what happened, if the law allows it.
pub(crate) async fn happen(
    desk: &Desk,
    case: &mut Case,
    by: By<'_>,
    step: Step,
) -> Result<(), ActError> {
    if let Some(happening) = &step.happening {
        let event = Event::new(step.on, happening.clone());
        case.admit(&event, desk.calendar())?;
    }
    let event = CaseEvent {
        ordinal: case.filing.revision + 1,
        kind: step.kind.to_owned(),
        happened_on: step.on,
        happening: step.happening,
        facts: step.facts,
        subject: step.subject,
        recorded_at: moment(desk.now()),
        person: by.person().to_owned(),
        by: by.name().to_owned(),
    };
    let (request, person_for) = (case.filing.id.as_str(), by.stands_in_for());
    NewEvent { request, event: &event, person_for }.add(desk.change()).await?;
    case.filing.revision = event.ordinal;
    case.events.push(event);
    Ok(())
}

/// Closes the file with the code of an answer.
pub(crate) fn close(case: &mut Case, state: FilingState, code: &str, on: Date) {
    case.filing.state = state;
    case.filing.closed_on = Some(on);
    case.filing.result = Some(code.to_owned());
}

/// Tells the register how the file stands now.
pub(crate) async fn settle(desk: &Desk, case: &mut Case) -> Result<(), ActError> {
    let told = stand(desk, case)?;
    Ok(case.filing.project(desk.change(), &told).await?)
}

/// How the file stands now, for an act that tells the register of it later.
pub(crate) fn stand(desk: &Desk, case: &mut Case) -> Result<Projection, ActError> {
    let told = case.projection(desk.today(), desk.calendar())?;
    case.filing.state = told.state;
    case.filing.due = told.due;
    case.filing.reached_on = told.reached_on;
    Ok(told)
}

/// Numbers a letter and keeps it with what it says.
pub(crate) async fn issue(
    desk: &Desk,
    case: &Case,
    by: By<'_>,
    (kind, about, facts): (Letter, &str, Json),
) -> Result<IssuedLetter, ActError> {
    let today = desk.today();
    let (organ, word, year) = (case.filing.organ.as_str(), kind.serial(), today.year());
    let serial = putting::next(desk.change(), organ, word, year).await?;
    let letter = IssuedLetter {
        id: putting::new_key(),
        request: case.filing.id.clone(),
        kind,
        number: putting::letter_number(word, year, serial),
        about: about.to_owned(),
        facts,
        issued_on: today,
        name: by.name().to_owned(),
    };
    let now = moment(desk.now());
    LetterTexts::found(desk.change(), organ, &now).await?;
    letter.add(desk.change(), (year, serial), (by.person(), &now)).await?;
    Ok(letter)
}

/// The entry of an act on a file: its number and state, never who asked.
pub(crate) fn entry(act: &'static str, case: &Case, basis: Provision, facts: Json) -> Entry {
    let mut told = json!({ "number": case.filing.number, "state": case.filing.state.word() });
    if let (Json::Object(told), Json::Object(facts)) = (&mut told, facts) {
        told.extend(facts);
    }
    Entry {
        room: "requests",
        act,
        subject: format!("request:{}", case.filing.id),
        organ: case.filing.organ.clone(),
        basis: basis.to_string(),
        facts: told,
    }
}
