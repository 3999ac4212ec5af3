//! What of a catalogue stands behind its leaves in the public log: the table of a released version, word
//! for word, with the day from which it holds.

use ::store::{FromQueryResult, Statements, Store};
use law::Date;
use ledger::Leaf;
use ledger::log::LeafBody;
use web::layout::Link;
use web::{Fault, InscribedSource, Later};

use crate::acts::ActError;
use crate::store::{Catalogue, Version};
use crate::writing::{Form, Printed, PrintedError};

/// For the house.
pub const INSCRIBED: InscribedSource =
    InscribedSource { subjects: SUBJECTS, contents, missing, address: |_| None, page };

const SUBJECTS: &str = "catalogue:";

/// How a catalogue is named in the log.
pub(crate) fn subject(catalogue: &str) -> String {
    format!("{SUBJECTS}{catalogue}")
}

/// Which version a leaf tells of, in words.
pub(crate) fn version_of(body: &LeafBody) -> String {
    let number = body.index.rsplit_once('/').map(|(_, number)| number);
    number.map_or_else(String::new, |number| format!("第{number}版"))
}

/// The leaf of a version that is being released; none where there is no such version.
pub(crate) async fn leaf(
    from: &impl Statements,
    catalogue: &Catalogue,
    version: &str,
    today: Date,
) -> Result<Option<Leaf>, ActError> {
    let Some(version) = Version::find(from, version).await? else { return Ok(None) };
    let content = content(from, &version, today).await?;
    let index = format!("{}/{}", catalogue.domain, version.number);
    let subject = subject(&catalogue.id);
    Ok(Some(Leaf::publication(subject, &catalogue.organ, index, content).releasing()))
}

/// One line of JSON, its parts in this order for ever; what changes it gets another form's name.
async fn content(
    from: &impl Statements,
    version: &Version,
    today: Date,
) -> Result<String, ActError> {
    #[derive(serde::Serialize)]
    struct Content<'a> {
        form: &'static str,
        catalogue: &'a str,
        version: i64,
        effective_from: Option<String>,
        table: String,
    }
    let table = match Printed::of_version(from, &version.id, "", today).await? {
        Some(printed) => printed.write(Form::Csv, None).await?,
        None => Vec::new(),
    };
    let content = Content {
        form: "gongkai-catalogue/1",
        catalogue: &version.catalogue,
        version: version.number,
        effective_from: version.effective_from.map(|day| day.to_string()),
        table: String::from_utf8_lossy(&table).into_owned(),
    };
    Ok(serde_json::to_string(&content).map_err(PrintedError::from)?)
}

/// The day does not matter for the table: it only chooses the name of the domain, which is not in it.
const ANY_DAY: Date = law::day(2026, 11, 26);

fn contents<'a>(store: &'a Store, subjects: &'a [String]) -> Later<'a, Vec<(String, String)>> {
    Box::pin(async move {
        let mut found = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let id = subject.trim_start_matches(SUBJECTS);
            if let Some(version) = Version::released(store, id).await? {
                let content = content(store, &version, ANY_DAY).await;
                let content = content.map_err(Fault::inside)?;
                found.push((subject.clone(), content));
            }
        }
        Ok(found)
    })
}

fn missing(store: &Store, most: i64) -> Later<'_, Vec<Leaf>> {
    Box::pin(async move {
        #[derive(FromQueryResult)]
        struct Row {
            id: String,
            version: String,
        }
        let sql = "SELECT c.id, v.id AS version FROM catalogue c
                     JOIN catalogue_version v ON v.catalogue = c.id AND v.state = 'released'
                    WHERE NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.subject = 'catalogue:' || c.id)
                    ORDER BY c.id LIMIT $1";
        let rows: Vec<Row> = store.all(sql, vec![most.into()]).await?;
        let mut leaves = Vec::with_capacity(rows.len());
        for Row { id, version } in rows {
            let Some(catalogue) = Catalogue::find(store, &id).await? else { continue };
            let leaf = leaf(store, &catalogue, &version, ANY_DAY).await.map_err(Fault::inside)?;
            leaves.extend(leaf.map(Leaf::taking_in));
        }
        Ok(leaves)
    })
}

fn page<'a>(store: &'a Store, subject: &'a str) -> Later<'a, Option<Link>> {
    Box::pin(async move {
        let id = subject.trim_start_matches(SUBJECTS);
        let Some(catalogue) = Catalogue::find(store, id).await? else { return Ok(None) };
        let version = Version::released(store, id).await?;
        let words = version.map(|version| version.title).filter(|title| !title.is_empty());
        let words = words.unwrap_or_else(|| "标准目录".into());
        Ok(Some(Link::new(words, format!("/mulu/{}", catalogue.domain))))
    })
}
