//! Published interpretations as lists show them, the latest first, a page at a time.

use interpretation_rules::Form;
use store::{FromQueryResult, Statements, StoreError, Value};

/// Which interpretations are wanted; what is empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Lowest and highest division.
    pub range: (String, String),
    /// In which form.
    pub form: Option<Form>,
    /// The organ's code.
    pub organ: String,
    /// The domain's slug.
    pub domain: String,
    /// Words that stand in its title or that of the policy.
    pub words: String,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its key.
    pub id: String,
    /// In which form.
    pub form: Form,
    /// Its title.
    pub title: String,
    /// 一句话.
    pub lead: String,
    /// The organ's code and short name.
    pub organ: (String, String),
    /// When it was published, RFC 3339.
    pub published_at: String,
    /// That day.
    pub published_on: String,
    /// The title of the policy, and where that stands.
    pub policy: (String, Option<String>),
}

/// A page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The rows, the latest first.
    pub rows: Vec<Listed>,
    /// The mark before which there are later ones.
    pub previous: Option<String>,
    /// The mark after which there are older ones.
    pub next: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    form: String,
    title: String,
    lead: String,
    organ: String,
    organ_name: String,
    published_at: String,
    published_on: String,
    policy_title: String,
    policy_path: Option<String>,
}

const SELECT: &str =
    "SELECT i.id, i.form, i.title, i.lead, i.organ, o.short_name AS organ_name, i.published_at,
       i.published_on, d.title AS policy_title, d.path AS policy_path
  FROM interpretation i
  JOIN organ o ON o.code = i.organ
  JOIN policy_document d ON d.id = i.policy";

impl Listed {
    /// Its mark, from which a list goes on.
    pub fn mark(&self) -> String {
        format!("{} {}", self.published_at, self.id)
    }

    /// Its page, below a site.
    pub fn path(&self) -> String {
        format!("/jiedu/{}", self.id)
    }
}

impl Wanted {
    fn narrow(&self) -> (String, Vec<Value>) {
        let mut sql = "i.state = 'published' AND d.shown = 1 AND d.path IS NOT NULL AND i.division >= $1 AND i.division <= $2"
                .to_owned();
        let mut values: Vec<Value> = vec![self.range.0.clone().into(), self.range.1.clone().into()];
        let mut also = |text: &str, value: Value| {
            values.push(value);
            sql.push_str(&text.replace("$n", &format!("${}", values.len())));
        };
        if let Some(form) = self.form {
            also(" AND i.form = $n", form.word().into());
        }
        if !self.organ.is_empty() {
            also(" AND i.organ = $n", self.organ.clone().into());
        }
        if !self.domain.is_empty() {
            let within =
                " AND i.id IN (SELECT interpretation FROM interpretation_domain WHERE domain = $n)";
            also(within, self.domain.clone().into());
        }
        if !self.words.is_empty() {
            // The engines tell letters apart differently.
            let pattern = format!("%{}%", self.words.to_lowercase().replace(['%', '_', '\\'], ""));
            also(" AND (lower(i.title) LIKE $n OR lower(d.title) LIKE $n)", pattern.into());
        }
        (sql, values)
    }
}

/// Reads a mark: the moment and the key.
fn mark(text: &str) -> Option<(String, String)> {
    let (at, id) = text.split_once(' ')?;
    Some((at.to_owned(), id.to_owned()))
}

impl Page {
    /// The page after a mark, or before one, or the first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn at(
        from: &impl Statements,
        wanted: &Wanted,
        (after, before): (&str, &str),
        most: usize,
    ) -> Result<Self, StoreError> {
        let (mut sql, mut values) = wanted.narrow();
        let (after, before) = (mark(after), mark(before));
        let back = before.is_some();
        if let Some((at, id)) = before.clone().or_else(|| after.clone()) {
            let sign = if back { ">" } else { "<" };
            let n = values.len();
            sql.push_str(&format!(
                " AND (i.published_at {sign} ${} OR (i.published_at = ${} AND i.id {sign} ${}))",
                n + 1,
                n + 1,
                n + 2
            ));
            values.extend([at.into(), id.into()]);
        }
        let order = if back { "ASC" } else { "DESC" };
        let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
        values.push(limit.into());
        let sql = format!(
            "{SELECT} WHERE {sql} ORDER BY i.published_at {order}, i.id {order} LIMIT ${}",
            values.len()
        );
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let more = rows.len() > most;
        let mut rows: Vec<Listed> = rows.into_iter().take(most).filter_map(read).collect();
        if back {
            rows.reverse();
        }
        let later = if back { more } else { after.is_some() };
        let older = if back { true } else { more };
        let previous = rows.first().filter(|_| later).map(Listed::mark);
        let next = rows.last().filter(|_| older).map(Listed::mark);
        Ok(Self { rows, previous, next })
    }
}

fn read(row: Row) -> Option<Listed> {
    Some(Listed {
        form: Form::read(&row.form)?,
        id: row.id,
        title: row.title,
        lead: row.lead,
        organ: (row.organ, row.organ_name),
        published_at: row.published_at,
        published_on: row.published_on,
        policy: (row.policy_title, row.policy_path),
    })
}
