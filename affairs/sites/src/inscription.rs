//! What of a guide or a catalogue stands behind its leaf in the public log: every version that was published, in a
//! form that can be made again from what is kept. Earlier versions stay readable, so each has a leaf of its own.

use ::store::{FromQueryResult, Statements, Store, StoreError};
use identity::Organ;
use ledger::Leaf;
use web::layout::Link;
use web::{InscribedSource, Later};

use crate::store::papers::{Paper, PaperState};

/// For the house.
pub const INSCRIBED: InscribedSource =
    InscribedSource { subjects: SUBJECTS, contents, missing, address: |_| None, page };

const SUBJECTS: &str = "site_paper:";

/// How a version is named in the log and in the ledger.
pub(crate) fn subject(paper: &Paper) -> String {
    format!("{SUBJECTS}{}", paper.id)
}

/// The leaf of a published version.
pub(crate) fn leaf(paper: &Paper) -> Leaf {
    let index = format!("{}第{}版", paper.kind.name(), paper.number);
    Leaf::publication(subject(paper), &paper.organ, index, content(paper))
}

/// One line of JSON, its parts in this order for ever; what changes it gets another form's name.
fn content(paper: &Paper) -> String {
    #[derive(serde::Serialize)]
    struct Whole<'a> {
        form: &'static str,
        organ: &'a str,
        kind: &'static str,
        number: i64,
        published_on: Option<&'a str>,
        said: &'a crate::store::papers::Said,
    }
    let whole = Whole {
        form: "gongkai-site-paper/1",
        organ: &paper.organ,
        kind: paper.kind.word(),
        number: paper.number,
        published_on: paper.published_on.as_deref(),
        said: &paper.said,
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

/// The published version of a subject.
async fn standing(store: &Store, subject: &str) -> Result<Option<Paper>, StoreError> {
    let paper = Paper::find(store, subject.trim_start_matches(SUBJECTS)).await?;
    Ok(paper.filter(|paper| paper.state == PaperState::Published))
}

fn contents<'a>(store: &'a Store, subjects: &'a [String]) -> Later<'a, Vec<(String, String)>> {
    Box::pin(async move {
        let mut found = Vec::with_capacity(subjects.len());
        for subject in subjects {
            if let Some(paper) = standing(store, subject).await? {
                found.push((subject.clone(), content(&paper)));
            }
        }
        Ok(found)
    })
}

fn missing(store: &Store, most: i64) -> Later<'_, Vec<Leaf>> {
    Box::pin(async move {
        #[derive(FromQueryResult)]
        struct Id {
            id: String,
        }
        let sql = "SELECT p.id FROM site_paper p
                    WHERE p.state = 'published'
                      AND NOT EXISTS (SELECT 1 FROM log_leaf l
                                       WHERE l.subject = 'site_paper:' || p.id)
                    ORDER BY p.id LIMIT $1";
        let rows: Vec<Id> = store.all(sql, vec![most.into()]).await?;
        let mut leaves = Vec::with_capacity(rows.len());
        for Id { id } in rows {
            if let Some(paper) = standing(store, &id).await? {
                leaves.push(leaf(&paper).taking_in());
            }
        }
        Ok(leaves)
    })
}

fn page<'a>(store: &'a Store, subject: &'a str) -> Later<'a, Option<Link>> {
    Box::pin(async move {
        let Some(paper) = standing(store, subject).await? else { return Ok(None) };
        let Some(organ) = Organ::find(store, &paper.organ).await? else { return Ok(None) };
        let words = format!("{}{}", organ.name, paper.kind.name());
        Ok(Some(Link::new(&words, paper.path())))
    })
}
