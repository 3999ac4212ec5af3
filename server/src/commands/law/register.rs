//! Cases of kind `register`: a register of requests, and the tables 3 and 4 it makes.

use reports_rules::{
    RegisterEntry, RemedyEntry, RemedyGroup, ReportYear, breaches, carried_in_breaches, derive,
};
use requests_rules::ApplicantClass;
use serde_json::{Map, Value, json};

use super::given::Given;
use super::report::previous;

pub(super) fn answer(given: &Given) -> Result<Value, String> {
    let year = ReportYear::new(given.year("year")?);
    let requests = given.items("requests")?;
    let register = requests.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    let derived = derive(&register, year);
    let mut failed = breaches(&derived.table3, &derived.table4);
    failed.extend(derived.unplaced);
    if let Some(previous) = previous(given)? {
        failed.extend(carried_in_breaches(&derived.table3, &previous));
    }
    let table4 =
        RemedyGroup::ALL.map(|group| (group.word().to_owned(), json!(derived.table4.group(group))));
    Ok(json!({
        "table3": derived.table3, "table4": Map::from_iter(table4), "failed": failed,
    }))
}

fn entry(given: &Given) -> Result<RegisterEntry, String> {
    let remedies = match given.maybe("remedies") {
        Some(_) => given.items("remedies")?.iter().map(remedy).collect::<Result<Vec<_>, _>>()?,
        None => Vec::new(),
    };
    let classes = ApplicantClass::ALL.map(|class| class.name()).join("、");
    Ok(RegisterEntry {
        no: given.text("no")?.to_owned(),
        received: given.date("received")?,
        class: given.one_of("class", &classes)?,
        result: given.maybe_text("result")?.map(str::to_owned),
        closed: given.maybe_date("closed")?,
        remedies,
    })
}

fn remedy(given: &Given) -> Result<RemedyEntry, String> {
    let kinds = format!(" {} ", RemedyGroup::ALL.map(|group| group.word()).join("、"));
    let result = given.maybe("result");
    let result =
        result.map(|_| given.one_of("result", " upheld、corrected、other ")).transpose()?;
    Ok(RemedyEntry {
        kind: given.one_of("kind", &kinds)?,
        filed: given.date("filed")?,
        concluded: given.maybe_date("concluded")?,
        result,
    })
}
