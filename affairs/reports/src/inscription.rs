//! What of a report stands behind its leaf in the public log: exactly what everybody is shown, in a form that
//! can be made again from what is kept.

use ::store::{FromQueryResult, Statements, Store};
use ledger::Leaf;
use web::layout::Link;
use web::{InscribedSource, Later};

use crate::acts::{SUBJECTS, subject};
use crate::store::{Content, Version};
use crate::writing;

/// For the house.
pub const INSCRIBED: InscribedSource =
    InscribedSource { subjects: SUBJECTS, contents, missing, address: |_| None, page };

/// The leaf of a published version.
pub(crate) fn leaf(version: &Version, content: &Content) -> Leaf {
    let index = format!("{}年度报告", version.year);
    Leaf::publication(subject(&version.report), &version.organ, index, content_of(version, content))
}

/// One line of JSON, its parts in this order for ever; what changes it gets another form's name.
fn content_of(version: &Version, content: &Content) -> String {
    #[derive(serde::Serialize)]
    struct Whole<'a> {
        form: &'static str,
        organ: &'a str,
        year: i16,
        number: i64,
        explanation: &'a str,
        published_at: Option<&'a str>,
        original_on: Option<&'a str>,
        report: serde_json::Value,
        texts: &'a std::collections::BTreeMap<String, String>,
        explained: &'a std::collections::BTreeMap<String, String>,
    }
    let report = serde_json::to_value(writing::as_read(version, content)).unwrap_or_default();
    let whole = Whole {
        form: "gongkai-annual-report/1",
        organ: &version.organ,
        year: version.year,
        number: version.number,
        explanation: &version.explanation,
        published_at: version.published_at.as_deref(),
        original_on: version.original_on.as_deref(),
        report,
        texts: &content.texts,
        explained: &content.explained,
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

/// The version of a subject that is public now.
async fn standing(store: &Store, subject: &str) -> Result<Option<Version>, ::store::StoreError> {
    let report = subject.trim_start_matches(SUBJECTS);
    Ok(Version::published_of(store, report).await?.pop())
}

fn contents<'a>(store: &'a Store, subjects: &'a [String]) -> Later<'a, Vec<(String, String)>> {
    Box::pin(async move {
        let mut found = Vec::with_capacity(subjects.len());
        for subject in subjects {
            if let Some(version) = standing(store, subject).await? {
                let content = Content::of(store, &version.id).await?;
                found.push((subject.clone(), content_of(&version, &content)));
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
        let sql = "SELECT r.id FROM annual_report r
                    WHERE EXISTS (SELECT 1 FROM annual_report_version v
                                   WHERE v.report = r.id AND v.state = 'published')
                      AND NOT EXISTS (SELECT 1 FROM log_leaf l
                                       WHERE l.subject = 'annual_report:' || r.id)
                    ORDER BY r.id LIMIT $1";
        let rows: Vec<Id> = store.all(sql, vec![most.into()]).await?;
        let mut leaves = Vec::with_capacity(rows.len());
        for Id { id } in rows {
            if let Some(version) = standing(store, &subject(&id)).await? {
                let content = Content::of(store, &version.id).await?;
                leaves.push(leaf(&version, &content).taking_in());
            }
        }
        Ok(leaves)
    })
}

fn page<'a>(store: &'a Store, subject: &'a str) -> Later<'a, Option<Link>> {
    Box::pin(async move {
        let version = standing(store, subject).await?;
        Ok(version.map(|version| Link::new(&version.title, version.path())))
    })
}
