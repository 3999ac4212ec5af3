//! Documents that belong together: what ends or changes another, and what is of the same item.

use records_rules::DocumentNumber;
use store::{FromQueryResult, Statements, StoreError, Value};

use super::lists::{explained_list, item_list};
use super::{OPEN, Record};

/// How many records of an item, and how many of its 解读, are looked through for those beside one: the latest.
const LOOKED_THROUGH: i64 = 40;

/// Another document, as a page names it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Neighbour {
    pub id: String,
    pub division: String,
    pub title: String,
    pub genre: String,
    pub organ: String,
    pub document_number: Option<String>,
    pub published_on: String,
}

const NEIGHBOUR: &str =
    "SELECT r.id, r.division, r.title, r.genre, o.short_name AS organ, r.document_number,
           r.published_on FROM record r JOIN organ o ON o.code = r.organ";

/// 文号 in the words by which a document is cited: 临府〔2026〕1号, or 《…》（临府〔2026〕1号）.
fn number_in(cited: &str) -> Option<DocumentNumber> {
    let cited = cited.trim();
    let inner = cited.strip_suffix('）').and_then(|rest| rest.rsplit_once('（'));
    DocumentNumber::read(inner.map_or(cited, |(_, inner)| inner)).ok().flatten()
}

impl Neighbour {
    /// The published document that is cited so; none where there is none or its number is not given.
    pub(crate) async fn cited(
        from: &impl Statements,
        cited: &str,
    ) -> Result<Option<Self>, StoreError> {
        let Some(number) = number_in(cited) else { return Ok(None) };
        let sql = format!(
            "{NEIGHBOUR} WHERE {OPEN} AND r.number_word = $1 AND r.number_serial = $2
                AND coalesce(r.number_year, 0) = $3 ORDER BY r.published_at, r.id LIMIT 1"
        );
        let year = number.year().map_or(0, i64::from);
        let values = vec![number.word().into(), i64::from(number.number()).into(), year.into()];
        from.one(&sql, values).await
    }

    /// The documents that this one repeals or amends, as they cite it.
    pub(crate) async fn ended_by(
        from: &impl Statements,
        record: &Record,
    ) -> Result<Vec<Self>, StoreError> {
        let title = &record.metadata.title;
        let number = record.metadata.number.as_ref().map(ToString::to_string);
        let cited = match &number {
            Some(number) => {
                [number.clone(), format!("《{title}》（{number}）"), format!("《{title}》")]
            }
            None => [title.clone(), format!("《{title}》"), title.clone()],
        };
        let sql = format!(
            "{NEIGHBOUR} WHERE {OPEN} AND r.id IN
                (SELECT d.id FROM record d WHERE d.repealed_by IN ($1, $2, $3)
                  UNION SELECT d.id FROM record d WHERE d.amended_by IN ($1, $2, $3))
              ORDER BY r.published_at DESC, r.id DESC LIMIT 10"
        );
        from.all(&sql, cited.map(Value::from).to_vec()).await
    }

    /// Others of the items it belongs to, the latest first, at most so many.
    pub(crate) async fn beside(
        from: &impl Statements,
        record: &Record,
        most: usize,
    ) -> Result<Vec<Self>, StoreError> {
        let mut found: Vec<Self> = Vec::new();
        for item in record.items.iter().take(4) {
            let sql = format!(
                "{NEIGHBOUR} WHERE {OPEN} AND r.id <> $3 AND r.id IN
                    (SELECT * FROM (SELECT p.record FROM record_listed p WHERE p.list = $1
                       ORDER BY p.published_at DESC, p.record DESC LIMIT $4) of_item
                      UNION
                     SELECT * FROM (SELECT p.record FROM record_listed p WHERE p.list = $2
                       ORDER BY p.published_at DESC, p.record DESC LIMIT $4) explaining)
                  ORDER BY CASE WHEN r.genre = '解读' THEN 0 ELSE 1 END, r.id DESC LIMIT $5"
            );
            let values = vec![
                item_list(&item.domain, &item.item).into(),
                explained_list(&item.domain, &item.item).into(),
                record.id.clone().into(),
                LOOKED_THROUGH.into(),
                i64::try_from(most).unwrap_or(LOOKED_THROUGH).into(),
            ];
            let rows: Vec<Self> = from.all(&sql, values).await?;
            found.extend(rows);
        }
        found.sort_by(|one, other| other.id.cmp(&one.id));
        found.dedup();
        // 解读 come first: they are what a reader looks for.
        found.sort_by_key(|one| one.genre != "解读");
        found.truncate(most);
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_in_a_citation_however_it_stands() {
        for (cited, number) in [
            ("临府〔2026〕1号", Some("临府〔2026〕1号")),
            ("临府[2026]1号", Some("临府〔2026〕1号")),
            ("《关于公布清理结果（第二批）的通知》（临府〔2026〕1号）", Some("临府〔2026〕1号")),
            ("另行公布", None),
            ("", None),
        ] {
            let found = number_in(cited).map(|number| number.to_string());
            assert_eq!(found.as_deref(), number, "{cited}");
        }
    }
}
