//! What of a list of decisions stands behind its leaf: the list as it was published.

use ::store::{Store, StoreError};
use law::Date;
use ledger::Leaf;
use serde::Serialize;
use web::layout::Link;

use crate::store::DecisionList;

const SUBJECTS: &str = "consultation:decisions:";

/// How a list is named in the log and in the ledger.
pub(crate) fn subject(id: &str) -> String {
    format!("{SUBJECTS}{id}")
}

/// The key in a subject; none where it is of no list.
pub(super) fn key(subject: &str) -> Option<&str> {
    subject.strip_prefix(SUBJECTS)
}

/// The leaf of a list.
pub(crate) fn leaf(of: &DecisionList) -> Leaf {
    Leaf::publication(subject(&of.id), &of.organ, "决策事项目录", content(of))
}

/// One line of JSON, its parts in this order for ever; what changes it gets another form's name.
fn content(of: &DecisionList) -> String {
    #[derive(Serialize)]
    struct Whole<'a> {
        form: &'static str,
        organ: &'a str,
        year: i16,
        title: &'a str,
        approved_by: &'a str,
        approved_on: Option<Date>,
        mechanism: &'a str,
        items: &'a str,
        published_on: Option<Date>,
    }
    let said = &of.said;
    let whole = Whole {
        form: "gongkai-decision-list/1",
        organ: &of.organ,
        year: said.year,
        title: &said.title,
        approved_by: &said.approved_by,
        approved_on: said.approved_on,
        mechanism: &said.mechanism,
        items: &said.items,
        published_on: of.published_on,
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

async fn standing(store: &Store, id: &str) -> Result<Option<DecisionList>, StoreError> {
    let found = DecisionList::find(store, id).await?;
    Ok(found.filter(|found| found.published_on.is_some() && found.withdrawn.is_none()))
}

/// What a list says to everybody now.
pub(super) async fn content_of(store: &Store, id: &str) -> Result<Option<String>, StoreError> {
    Ok(standing(store, id).await?.map(|found| content(&found)))
}

/// The page of a list; none where nothing is shown.
pub(super) async fn page(store: &Store, id: &str) -> Result<Option<Link>, StoreError> {
    Ok(standing(store, id).await?.map(|found| Link::new(&found.said.title, found.path())))
}
