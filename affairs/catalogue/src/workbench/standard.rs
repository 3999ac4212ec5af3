//! `/gongzuo/biaozhun/xiangqing`: one standard, for its keeper to correct or end, and for whoever
//! compiles catalogues to say how far they keep to it.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Response};
use catalogue_rules::standard::{Extent, StandardLine, StandardState};
use identity::Organ;
use serde::Deserialize;
use web::address::with_query;
use web::components::{ErrorSummary, FieldError, Tag};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::sent_to;
use super::standard_form::StandardForm;
use super::standards::{days, may_not, tag};
use crate::acts::conformance::{self, Assessment, AssessmentError};
use crate::acts::{registration, standard};
use crate::portal::standards::extent_tag;
use crate::store::Holding;
use crate::store::standards::{Conformance, Standard};

/// Where the page stands.
pub(super) const PATH: &str = "/gongzuo/biaozhun/xiangqing";

/// The address of a standard's page, below the site.
pub(super) fn path_of(code: &str) -> String {
    with_query(PATH, &[("hao", code)])
}

#[derive(Template)]
#[template(path = "workbench/standard.html")]
struct StandardPage {
    desk: Workbench,
    code: String,
    title: String,
    rank: &'static str,
    tag: Tag,
    days: String,
    issuer: String,
    note: String,
    keeper: String,
    successor: Option<(String, String)>,
    /// It can be held against: it is in force.
    holds: bool,
    /// The clerk's organ keeps it in the register.
    ours: bool,
    own: Vec<Own>,
    others: Vec<Other>,
    said: SaidOf,
    form: StandardForm,
    errors: Vec<FieldError>,
}

/// A catalogue that the clerk's organ compiles.
struct Own {
    /// Organ and domain, as the form sends them.
    value: String,
    domain: String,
    said: Option<(Tag, String, String)>,
}

/// What is said of another organ's catalogue.
struct Other {
    words: String,
    tag: Tag,
    note: String,
}

/// What the clerk has filled in of a catalogue.
#[derive(Default)]
struct SaidOf {
    catalogue: String,
    extent: String,
    note: String,
}

/// Which standard is asked for, and what was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    hao: String,
    /// The domain whose catalogue is to be held against it.
    lingyu: String,
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("corrected", "已更正，原来的内容留存。"),
    ("ended", "已登记废止；对照过它的目录，编制机关会收到待办。"),
    ("said", "已记下，对外公开在标准登记页上。"),
];

/// Shows a standard.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let standard = found(&visit, &asked.hao).await?;
    let filled = Filled { form: StandardForm::showing(&standard), ..Filled::default() };
    page(&visit, clerk, &asked, standard, filled).await
}

async fn found(visit: &Visit, code: &str) -> Result<Standard, Fault> {
    Standard::find(visit.house.store(), code).await?.ok_or(Fault::NotFound)
}

/// What was filled in, and what is wrong with it.
#[derive(Default)]
struct Filled {
    form: StandardForm,
    said: SaidOf,
    errors: Vec<FieldError>,
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    asked: &Asked,
    standard: Standard,
    filled: Filled,
) -> Result<Html<String>, Fault> {
    let (store, organ) = (visit.house.store(), clerk.organ.clone());
    let today = visit.house.ledger().clock().today();
    let range = identity::Division::range_of(&organ.division, organ.level);
    let said = Conformance::within(store, &range, today).await?;
    let said: Vec<_> = said.into_iter().filter(|one| one.standard == standard.code).collect();
    let own = own_catalogues(visit, &organ).await?;
    let is_own = |one: &Conformance| own.iter().any(|own| own.catalogue.id == one.catalogue);
    let others = said.iter().filter(|one| !is_own(one)).map(|one| Other {
        words: format!("{} {}", one.organ, one.domain_name),
        tag: extent_tag(one.extent),
        note: one.note.clone().unwrap_or_default(),
    });
    let Filled { form, said: mut chosen, errors } = filled;
    if chosen.catalogue.is_empty()
        && let Some(wanted) = own.iter().find(|one| one.catalogue.domain == asked.lingyu)
    {
        chosen.catalogue = value_of(wanted);
    }
    let mut desk = Workbench::of(visit, clerk, "biaozhun", &standard.code).await?;
    desk = desk.under("标准登记", super::standards::PATH).saying(&asked.done, SAID);
    if !errors.is_empty() || !form.errors.is_empty() {
        desk = desk.with_errors();
    }
    let state = standard.state(today);
    let keeper = Organ::find(store, &standard.keeper).await?;
    let page = StandardPage {
        desk,
        rank: standard.rank.name(),
        tag: tag(&state),
        days: days(&standard),
        holds: state == StandardState::InForce,
        ours: standard.keeper == organ.code && standard::may_keep(&organ, today),
        others: others.collect(),
        own: own.iter().map(|one| Own::of(one, &said)).collect(),
        said: chosen,
        keeper: keeper.map(|organ| organ.name).unwrap_or_default(),
        successor: standard.successor.map(|code| (visit.site.link(&path_of(&code)), code)),
        title: standard.title,
        issuer: standard.issuer.unwrap_or_default(),
        note: standard.note.unwrap_or_default(),
        code: standard.code,
        form,
        errors,
    };
    web::page::answer(&page)
}

/// The catalogues that an organ compiles.
async fn own_catalogues(visit: &Visit, organ: &Organ) -> Result<Vec<Holding>, Fault> {
    let today = visit.house.ledger().clock().today();
    let range = (organ.division.clone(), organ.division.clone());
    let mut holdings = Holding::within(visit.house.store(), range, today).await?;
    holdings.retain(|holding| holding.is_compiled_by(organ));
    Ok(holdings)
}

/// What is said of the catalogues that an organ compiles.
pub(super) async fn own_conformances(
    visit: &Visit,
    organ: &Organ,
) -> Result<Vec<Conformance>, Fault> {
    let today = visit.house.ledger().clock().today();
    let range = (organ.division.clone(), organ.division.clone());
    let mut said = Conformance::within(visit.house.store(), &range, today).await?;
    let own = own_catalogues(visit, organ).await?;
    said.retain(|one| own.iter().any(|own| own.catalogue.id == one.catalogue));
    Ok(said)
}

fn value_of(holding: &Holding) -> String {
    format!("{}/{}", holding.catalogue.organ, holding.catalogue.domain)
}

impl Own {
    fn of(holding: &Holding, said: &[Conformance]) -> Self {
        let found = said.iter().find(|one| one.catalogue == holding.catalogue.id);
        Self {
            value: value_of(holding),
            domain: holding.domain_name.clone(),
            said: found.map(|one| {
                let note = one.note.clone().unwrap_or_default();
                (extent_tag(one.extent), note, one.assessed_on.clone())
            }),
        }
    }
}

/// Corrects or ends the standard, or says how far a catalogue keeps to it.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
    form: Submitted,
) -> Result<Response, Fault> {
    let mut standard = found(&visit, &asked.hao).await?;
    let code = standard.code.clone();
    let mut filled = Filled { form: StandardForm::showing(&standard), ..Filled::default() };
    let done = match form.get("do") {
        "correct" => {
            filled.form = StandardForm::filled(&form, Some(&code));
            let done = corrected(&visit, &clerk, &standard, &mut filled.form).await?;
            if filled.form.overtaken() {
                // What was filled in stays; the next word to keep it is given in view of this.
                standard = found(&visit, &code).await?;
                filled.form.seen = registration::print_of(&standard);
            }
            done
        }
        "say" => {
            let note = form.get("shuoming").trim().to_owned();
            let (catalogue, extent) = (form.get("mulu").into(), form.get("chengdu").into());
            filled.said = SaidOf { catalogue, extent, note };
            said(&visit, &clerk, &code, &mut filled).await?
        }
        _ => return Err(Fault::WrongMethod),
    };
    match done {
        Some(done) => Ok(sent_to(&visit, &with_query(PATH, &[("hao", &code), ("done", done)]))),
        None => Ok(page(&visit, clerk, &asked, standard, filled).await?.into_response()),
    }
}

/// What was done, or nothing where the form says what is wrong.
type Step = Result<Option<&'static str>, Fault>;

async fn corrected(
    visit: &Visit,
    clerk: &Clerk,
    before: &Standard,
    form: &mut StandardForm,
) -> Step {
    if !standard::may_keep(&clerk.organ, visit.house.ledger().clock().today()) {
        return Err(may_not(&clerk.organ));
    }
    let Some(line) = form.line() else { return Ok(None) };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    match registration::correct(desk, &clerk.organ.code, &line, Some(&form.seen)).await {
        Ok(()) => Ok(Some(done_with(before, &line))),
        Err(error) => form.refused(error).map(|()| None),
    }
}

/// What was done by writing a line over a standard: it was ended, where it now has another last day.
fn done_with(before: &Standard, line: &StandardLine) -> &'static str {
    match line.valid_to.is_some() && line.valid_to != before.valid_to {
        true => "ended",
        false => "corrected",
    }
}

async fn said(visit: &Visit, clerk: &Clerk, code: &str, filled: &mut Filled) -> Step {
    let mut wrong = |field: &str, message: String| {
        filled.errors.push(FieldError { field: field.into(), message });
        Ok(None)
    };
    let Some((organ, domain)) = filled.said.catalogue.split_once('/') else {
        return wrong("mulu", "请先选一份目录。".into());
    };
    let Some(extent) = Extent::parse(&filled.said.extent) else {
        return wrong("chengdu", "请选符合到什么程度。".into());
    };
    let note = filled.said.note.as_str();
    let by = clerk.organ.code.as_str();
    let assessment = Assessment { by, organ, domain, standard: code, extent, note };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    match conformance::keep(desk, assessment).await {
        Ok(()) => Ok(Some("said")),
        Err(AssessmentError::Desk(error)) => Err(Fault::inside(error)),
        Err(AssessmentError::Store(error)) => Err(error.into()),
        Err(error) => {
            let words = format!("{error}。{}。", error.remedy());
            match error {
                AssessmentError::Stranger(_) => Err(Fault::Forbidden(words)),
                AssessmentError::NoNote => wrong("shuoming", words),
                _ => wrong("mulu", words),
            }
        }
    }
}

impl StandardPage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary([self.errors.clone(), self.form.errors.clone()].concat())
    }

    fn wrong(&self, field: &str) -> Option<&str> {
        let found = self.errors.iter().find(|error| error.field == field);
        found.map(|error| error.message.as_str())
    }
}

#[cfg(test)]
mod tests {
    use catalogue_rules::standard::StandardRank;
    use law::{Date, day};

    use super::*;

    fn standard(code: &str, last: Option<Date>, successor: Option<&str>) -> Standard {
        Standard {
            code: code.into(),
            title: code.into(),
            rank: StandardRank::Local,
            issuer: None,
            valid_from: None,
            valid_to: last,
            successor: successor.map(str::to_owned),
            keeper: "M".into(),
            note: None,
        }
    }

    #[test]
    fn a_correction_says_that_the_standard_ended_only_where_its_last_day_is_another() {
        let last = Some(day(2026, 11, 24));
        for (before, now, told) in [
            (None, None, "corrected"),
            (None, last, "ended"),
            (last, last, "corrected"),
            (last, Some(day(2026, 12, 31)), "ended"),
            (last, None, "corrected"),
        ] {
            let line = standard("GB 1-2008", now, None).line();
            assert_eq!(done_with(&standard("GB 1-2008", before, None), &line), told, "{now:?}");
        }
    }
}
