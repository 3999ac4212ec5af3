//! What of a report on a decision stands behind its leaf: the report as it was published.

use ::store::{Store, StoreError};
use law::Date;
use ledger::Leaf;
use participation_rules::{EvaluationGround, ReportState};
use serde::Serialize;
use web::layout::Link;

use crate::store::DecisionReport;

const SUBJECTS: &str = "consultation:report:";

/// How a report is named in the log and in the ledger.
pub(crate) fn subject(id: &str) -> String {
    format!("{SUBJECTS}{id}")
}

/// The key in a subject; none where it is of no report.
pub(super) fn key(subject: &str) -> Option<&str> {
    subject.strip_prefix(SUBJECTS)
}

/// The leaf of a report.
pub(crate) fn leaf(of: &DecisionReport) -> Leaf {
    Leaf::publication(subject(&of.id), &of.organ, of.said.kind.name(), content(of))
}

/// One line of JSON, its parts in this order for ever; what changes it gets another form's name.
fn content(of: &DecisionReport) -> String {
    #[derive(Serialize)]
    struct Whole<'a> {
        form: &'static str,
        organ: &'a str,
        list: &'a str,
        item: i64,
        kind: &'static str,
        until: Option<Date>,
        by: &'a str,
        body: &'a str,
        ground: Option<&'static str>,
        heard: &'a str,
        used: &'a str,
        published_on: Option<Date>,
    }
    let said = &of.said;
    let whole = Whole {
        form: "gongkai-decision-report/1",
        organ: &of.organ,
        list: &of.decision.0,
        item: of.decision.1,
        kind: said.kind.word(),
        until: said.until,
        by: &said.by,
        body: &said.body,
        ground: said.ground.map(EvaluationGround::word),
        heard: &said.heard,
        used: &said.used,
        published_on: of.published_on,
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

async fn standing(store: &Store, id: &str) -> Result<Option<DecisionReport>, StoreError> {
    let found = DecisionReport::find(store, id).await?;
    Ok(found.filter(|found| found.state == ReportState::Published))
}

/// What a report says to everybody now.
pub(super) async fn content_of(store: &Store, id: &str) -> Result<Option<String>, StoreError> {
    Ok(standing(store, id).await?.map(|found| content(&found)))
}

/// The page of a report; none where nothing is shown.
pub(super) async fn page(store: &Store, id: &str) -> Result<Option<Link>, StoreError> {
    Ok(standing(store, id).await?.map(|found| Link::new(found.said.kind.name(), found.path())))
}
