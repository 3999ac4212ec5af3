//! `/gongzuo/shencha/{unit}`: what is signed, as it will appear and beside what stood before; who has done
//! what; and what the clerk may do now.

mod course;
mod offers;
mod pieces;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use identity::Organ;
use law::Date;
use serde::Deserialize;
use web::components::{ErrorSummary, FieldError, Tag};
use web::workbench::Workbench;
use web::{Clerk, Fault, House, Visit};

use self::course::{Entry, Facts, StepLine, Urgent};
use self::offers::{Offer, Release};
use self::pieces::PieceView;
use super::QUEUE;
use super::access::{held_up, may_see, tie};
use super::comparison::Mark;
use super::names::Names;
use super::words::state_tag;
use crate::store::Unit;
use crate::{ActError, Signatory, State, Step, catalogue_unit_path, unit_path};

#[derive(Template)]
#[template(path = "workbench/unit.html")]
struct UnitPage {
    desk: Workbench,
    title: String,
    tag: Tag,
    urgent: Option<Urgent>,
    steps: Vec<StepLine>,
    pieces: Vec<PieceView>,
    published: bool,
    offers: Vec<Offer>,
    release: Option<Release>,
    /// The clerk may open the urgent path.
    may_hasten: bool,
    /// Where the clerk takes it back, who wrote it.
    withdraw: Option<String>,
    waits: String,
    facts: Facts,
    record: Vec<Entry>,
    path: String,
    /// What was typed into the field that came back.
    typed: String,
    errors: Vec<FieldError>,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

/// What the page says after an act, by the word in its address.
const SAID: &[(&str, &str)] = &[
    ("submitted", "已送审。办理的人会在待办里看到。"),
    ("passed", "已通过。"),
    ("returned", "已退回，起草人会看到理由。"),
    ("published", "已发布。"),
    ("scheduled", "已定时，到时间自动发布；发布前会再核对一遍内容。"),
    ("unscheduled", "已取消定时。"),
    ("hastened", "已决定应急：保密审查通过以后即可签发并发布，初审在发布以后一个工作日内补。"),
    ("withdrawn", "已撤回送审，可以修改后重新送审。"),
    ("lapsed", "内容在送审以后改动过，这一次审查已经失效。请起草人重新送审。"),
];

/// Shows a unit.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let unit = Unit::find(visit.house.store(), &id).await?.ok_or(Fault::NotFound)?;
    page(&visit, clerk, &unit, &done.done, Told::default()).await
}

/// What the clerk has filled in, and what was wrong with it.
#[derive(Default)]
pub(super) struct Told {
    /// What was typed into the field.
    pub typed: String,
    /// The field and what is wrong with it.
    pub error: Option<(&'static str, String)>,
}

/// The page of a unit.
pub(super) async fn page(
    visit: &Visit,
    clerk: Clerk,
    unit: &Unit,
    done: &str,
    told: Told,
) -> Result<Html<String>, Fault> {
    may_see(unit, &clerk)?;
    let by = Signatory::of(&clerk);
    let partner = |demand: &crate::Demand| demand.partner.clone();
    let partners: Vec<String> = unit.course.demands().iter().map(partner).collect();
    let names = Names::of(visit.house.store(), &unit.organ, &partners).await?;
    let mut offers = offers::offers(visit, &clerk, unit, &by, &names)?;
    let release = offers::release(visit, &clerk, unit, &by)?;
    // What has passed its 初审 has nothing that might follow: it is signed and published like anything else.
    let hasten = unit.review().waits_for() == Some(Step::First)
        && unit.review().hasten(&by, "理由").is_ok()
        && clerk.has_power("record.publish_emergency");
    let path = match clerk.has_power("record.submit") {
        true => unit_path(&unit.id),
        false => catalogue_unit_path(&unit.id),
    };
    let may = clerk.has_power("record.submit") || clerk.has_power("catalogue.row.edit");
    let withdraw = (may && unit.review().withdraw(&by).is_ok())
        .then(|| visit.site.link(&format!("{path}/chehui")));
    let held = held_up(&visit.house, unit).await?;
    if held.is_some() {
        offers.retain(|offer| offer.slug != Step::Signature.slug());
    }
    let late_over = late_over(unit, visit.house.ledger().clock().today());
    offers.retain(|offer| !(offer.late && late_over));
    let today = visit.house.ledger().clock().today();
    let organ = Organ::find(visit.house.store(), &unit.organ).await?;
    let mut desk = Workbench::of(visit, clerk, "shencha", unit.title.clone()).await?;
    desk = desk.under("审查与发布", QUEUE).saying(done, SAID);
    let errors: Vec<FieldError> = told
        .error
        .into_iter()
        .map(|(field, message)| FieldError { field: field.into(), message })
        .collect();
    if !errors.is_empty() {
        desk = desk.with_errors();
    }
    let mut pieces = pieces::pieces(visit, unit).await?;
    if let Some(organ) = &organ {
        pieces.iter_mut().flat_map(|piece| &mut piece.parts).for_each(|part| part.naming(organ));
    }
    web::page::answer(&UnitPage {
        title: unit.title.clone(),
        tag: state_tag(unit.state),
        published: unit.state == State::Published,
        urgent: course::urgent(unit, today),
        steps: course::steps(unit, &names),
        offers,
        release,
        may_hasten: hasten,
        withdraw,
        waits: held.unwrap_or_else(|| course::waits(unit)),
        facts: course::facts(unit, organ, &names),
        record: course::record(unit),
        path: visit.site.link(&unit_path(&unit.id)),
        typed: told.typed,
        errors,
        pieces,
        desk,
    })
}

fn late_over(unit: &Unit, today: Date) -> bool {
    let due = unit.urgency.as_ref().and_then(|urgency| urgency.late_due);
    unit.state == State::Published && due.is_some_and(|due| due < today)
}

impl UnitPage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.errors.clone())
    }

    fn wrong(&self, field: &str) -> Option<&str> {
        let found = self.errors.iter().find(|error| error.field == field);
        found.map(|error| error.message.as_str())
    }

    /// What was typed into a field that came back.
    fn typed(&self, field: &str) -> &str {
        self.wrong(field).map(|_| self.typed.as_str()).unwrap_or_default()
    }

    /// What the pieces are called together.
    fn heading(&self) -> &'static str {
        if self.published { "公开的内容" } else { "将要公开的内容" }
    }

    fn may_act(&self) -> bool {
        !self.offers.is_empty()
            || self.release.is_some()
            || self.may_hasten
            || self.withdraw.is_some()
    }
}

/// What a clerk is told of an act that was not carried out; what failed inside is none of his.
///
/// # Errors
/// It failed inside, or there is no such unit.
pub(super) fn words_of(error: ActError) -> Result<String, Fault> {
    match error {
        ActError::Store(_) | ActError::Desk(_) | ActError::NoUnit => Err(error.into()),
        ActError::Room(Fault::Refused(words) | Fault::BadInput(words)) => Ok(words),
        ActError::Room(Fault::Fields(errors)) => {
            Ok(errors.into_iter().map(|error| error.message).collect())
        }
        ActError::Room(fault) => Err(fault),
        refused => Ok(format!("{refused}。{}。", refused.remedy())),
    }
}

/// Makes sure that the access policy lets the clerk do this to the unit. What the room of a piece alone can tell of
/// it is asked of the room.
///
/// # Errors
/// It does not: a page that says who may; or the database refuses.
pub(super) async fn admit(
    house: &House,
    clerk: &Clerk,
    unit: &Unit,
    (act, reason): (&str, Option<&str>),
) -> Result<(), Fault> {
    let pieces = unit.pieces.iter().map(|piece| (piece.kind.as_str(), piece.id.as_str()));
    let holds = house.publishers().holding(&house.store().reading(), pieces).await?;
    let mut tie = tie(unit, clerk).holding(holds);
    if let Some(reason) = reason {
        tie = tie.because(reason);
    }
    clerk.may(act, &tie).map(|_| ())
}
