//! 回应关切: what was heard, what was found out, and what is answered.

use interpretation_rules::{Concern, Reply, ResponseState};
use law::Date;
use review::Signatory;
use secrets::{Place, Refused, Sealer};
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::KeepError;

/// One concern with its response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Its key.
    pub id: String,
    /// The organ that responds, by code.
    pub organ: String,
    /// That organ's short name.
    pub organ_name: String,
    /// The 科室; empty where there is none.
    pub unit: String,
    /// The division of the organ.
    pub division: String,
    /// What was heard.
    pub heard: Heard,
    /// Who found it out, and when.
    pub verified: Option<(String, String)>,
    /// What is answered.
    pub reply: Reply,
    /// When a press conference was held.
    pub conference_at: Option<String>,
    /// The natural persons who wrote it.
    pub authors: Vec<String>,
    /// Where it stands.
    pub state: ResponseState,
    /// How often the answer was saved.
    pub revision: i64,
    /// When it was published, RFC 3339.
    pub published_at: Option<String>,
    /// That day.
    pub published_on: Option<Date>,
    /// Who ended it, when and why.
    pub ended: Option<(String, String, String)>,
    /// When what people said and what was found out was erased, ISO.
    pub erased_on: Option<String>,
    told: String,
    found: String,
}

/// A concern as it was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// By which its clocks run.
    pub concern: Concern,
    /// When, as stored.
    pub at: String,
    /// Whether many ask it.
    pub by_many: bool,
}

/// Where a concern was heard and what people ask or say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Where.
    pub source: String,
    /// What people ask or say.
    pub words: String,
}

/// What is kept sealed of one: nothing of it is told outside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inside {
    /// What people said, and where; empty where it was erased.
    pub told: Told,
    /// 核实情况; empty where nothing was found out yet, or it was erased.
    pub found: String,
}

fn place<'a>(id: &'a str, column: &'a str) -> Place<'a> {
    Place::new("concern_response", id, column)
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    organ_name: String,
    unit: String,
    division: String,
    concern: String,
    heard_at: String,
    told: String,
    asked_by_many: i64,
    found: String,
    verified_name: Option<String>,
    verified_at: Option<String>,
    title: String,
    answer: String,
    turns: String,
    conference_at: Option<String>,
    authors: String,
    state: String,
    revision: i64,
    published_at: Option<String>,
    published_on: Option<String>,
    ended_at: Option<String>,
    ended_name: Option<String>,
    ended_because: String,
    erased_on: Option<String>,
    reviewed: i64,
}

const SELECT: &str = "SELECT r.id, r.organ, o.short_name AS organ_name, r.unit, r.division, r.concern, r.heard_at,
       r.told, r.asked_by_many, r.found, r.verified_name, r.verified_at, r.title, r.answer, r.turns, r.conference_at,
       r.authors, r.state, r.revision, r.published_at, r.published_on, r.ended_at, r.ended_name, r.ended_because, r.erased_on,
       (SELECT count(*) FROM review_piece p WHERE p.kind = 'concern_response' AND p.id = r.id AND p.open = 1) AS reviewed
  FROM concern_response r JOIN organ o ON o.code = r.organ";

/// Those that were over before a day and of which something is still sealed.
const OVER: &str = "erased_on IS NULL AND ((state = 'published' AND published_on < $1)
       OR (state IN ('closed', 'withdrawn') AND ended_at < $1))";

/// So many of an organ are listed at once.
const MOST: i64 = 200;

impl Response {
    /// The one with that key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> =
            from.one(&format!("{SELECT} WHERE r.id = $1"), vec![id.into()]).await?;
        Ok(row.and_then(read))
    }

    async fn chosen(
        from: &impl Statements,
        which: &str,
        values: Vec<Value>,
    ) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<Row> = from.all(&format!("{SELECT} WHERE {which}"), values).await?;
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// An organ's, the latest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let which = "r.organ = $1 ORDER BY r.id DESC LIMIT $2";
        Self::chosen(from, which, vec![organ.into(), MOST.into()]).await
    }

    /// An organ's that are not published or closed yet, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn open_of(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let which = "r.organ = $1 AND r.state IN ('heard', 'verified') ORDER BY r.id LIMIT $2";
        Self::chosen(from, which, vec![organ.into(), MOST.into()]).await
    }

    /// A page of published ones within a range of divisions, the latest first, after a mark ([`Self::mark`]).
    ///
    /// # Errors
    /// The database refuses.
    pub async fn page(
        from: &impl Statements,
        (low, high): (&str, &str),
        after: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let mut values: Vec<Value> = vec![low.into(), high.into(), most.into()];
        let mut narrower = "";
        if let Some((at, id)) = after.split_once(' ') {
            values.extend([at.into(), id.into()]);
            narrower = "AND (r.published_at < $4 OR (r.published_at = $4 AND r.id < $5))";
        }
        let which = format!(
            "r.state = 'published' AND r.division >= $1 AND r.division <= $2 {narrower}
              ORDER BY r.published_at DESC, r.id DESC LIMIT $3"
        );
        Self::chosen(from, &which, values).await
    }

    /// So many published ones after a key, for indexes.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn after(
        from: &impl Statements,
        after: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let which = "r.state = 'published' AND r.id > $1 ORDER BY r.id LIMIT $2";
        Self::chosen(from, which, vec![after.into(), most.into()]).await
    }

    /// Published ones of which the public log knows nothing.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn without_leaf(from: &impl Statements, most: i64) -> Result<Vec<Self>, StoreError> {
        let which = "r.state = 'published'
               AND NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.subject = 'interpretation:huiying:' || r.id)
             ORDER BY r.id LIMIT $1";
        Self::chosen(from, which, vec![most.into()]).await
    }

    /// What is kept sealed of it.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn inside(&self, sealer: &Sealer) -> Result<Inside, Refused> {
        let told = sealer.open_text(place(&self.id, "told"), &self.told)?;
        let found = sealer.open_text(place(&self.id, "found"), &self.found)?;
        Ok(Inside { told: serde_json::from_str(&told).unwrap_or_default(), found })
    }

    /// Erases what is sealed of all that were published before a day, or ended without it; says of how many.
    pub(crate) async fn erase_before(
        change: &Transaction,
        before: Date,
        today: Date,
    ) -> Result<u64, StoreError> {
        let sql = format!(
            "UPDATE concern_response SET told = '', found = '', erased_on = $2 WHERE {OVER}"
        );
        change.run(&sql, vec![before.to_string().into(), today.to_string().into()]).await
    }

    /// Whether there is any of which it is to be erased.
    pub(crate) async fn has_over_before(
        from: &impl Statements,
        before: Date,
    ) -> Result<bool, StoreError> {
        let sql = format!("SELECT count(*) FROM concern_response WHERE {OVER}");
        let number = from.number(&sql, vec![before.to_string().into()]).await?;
        Ok(number.unwrap_or_default() > 0)
    }

    /// Its mark, from which a list goes on.
    pub fn mark(&self) -> String {
        format!("{} {}", self.published_at.as_deref().unwrap_or_default(), self.id)
    }

    /// Its page, below a site.
    pub fn path(&self) -> String {
        format!("/huiying/{}", self.id)
    }

    /// Its page at the workbench.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/huiying/{}", self.id)
    }

    /// What the ledger and the public log call it once it is public.
    pub fn subject(&self) -> String {
        format!("interpretation:huiying:{}", self.id)
    }

    /// Keeps a concern that was heard.
    pub(crate) async fn add(
        change: &Transaction,
        sealer: &Sealer,
        (heard, told): (&Heard, &Told),
        (by, division): (&Signatory, &str),
        at: &str,
    ) -> Result<String, KeepError> {
        let id = super::new_key();
        let told = serde_json::to_string(told).unwrap_or_default();
        let told = sealer.seal_text(place(&id, "told"), &told)?;
        let authors: Vec<&str> = by.persons().collect();
        let sql = "INSERT INTO concern_response (id, organ, unit, division, concern, heard_at, told, asked_by_many,
                                                 found, title, answer, turns, authors, state, revision, ended_because,
                                                 created_at, saved_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '', '', '[]', $9, 'heard', 1, '', $10, $11)";
        let values = vec![
            id.clone().into(),
            by.organ.clone().into(),
            by.unit.clone().into(),
            division.into(),
            heard.concern.word().into(),
            heard.at.clone().into(),
            told.into(),
            i64::from(heard.by_many).into(),
            serde_json::json!(authors).to_string().into(),
            at.into(),
            at.into(),
        ];
        change.run(sql, values).await?;
        Ok(id)
    }

    /// What was found out.
    pub(crate) async fn verify(
        &self,
        change: &Transaction,
        sealer: &Sealer,
        found: &str,
        (name, authors, at): (&str, &[String], &str),
    ) -> Result<bool, KeepError> {
        let found = sealer.seal_text(place(&self.id, "found"), found)?;
        let sql = "UPDATE concern_response
                      SET state = 'verified', found = $1, verified_name = $2, verified_at = $3, authors = $4, saved_at = $5
                    WHERE id = $6 AND state IN ('heard', 'verified')";
        let values = vec![
            found.into(),
            name.into(),
            at.into(),
            serde_json::json!(authors).to_string().into(),
            at.into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Keeps the answer over the revision it was shown in; says whether it still was in it.
    pub(crate) async fn write(
        &self,
        change: &Transaction,
        (reply, revision): (&Reply, i64),
        (authors, at): (&[String], &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE concern_response
                      SET title = $1, answer = $2, turns = $3, authors = $4, saved_at = $5, revision = revision + 1
                    WHERE id = $6 AND state IN ('heard', 'verified') AND revision = $7";
        let values = vec![
            reply.title.clone().into(),
            reply.answer.clone().into(),
            serde_json::to_string(&reply.turns).unwrap_or_default().into(),
            serde_json::json!(authors).to_string().into(),
            at.into(),
            self.id.clone().into(),
            revision.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// A press conference was held; says whether none was noted before.
    pub(crate) async fn confer(&self, change: &Transaction, at: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE concern_response SET conference_at = $1 WHERE id = $2 AND conference_at IS NULL";
        Ok(change.run(sql, vec![at.into(), self.id.clone().into()]).await? == 1)
    }

    /// It is published.
    pub(crate) async fn appear(
        &self,
        change: &Transaction,
        publication: &str,
        (at, on): (&str, Date),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE concern_response SET state = 'published', publication = $1, published_at = $2, published_on = $3
                    WHERE id = $4 AND state = 'verified'";
        let values =
            vec![publication.into(), at.into(), on.to_string().into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// It is closed without a response, or taken down.
    pub(crate) async fn end(
        &self,
        change: &Transaction,
        to: ResponseState,
        (by, at): (&Signatory, &str),
        because: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE concern_response
                      SET state = $1, ended_at = $2, ended_by = $3, ended_name = $4, ended_because = $5
                    WHERE id = $6 AND state = $7";
        let values = vec![
            to.word().into(),
            at.into(),
            by.person.clone().into(),
            by.name.clone().into(),
            because.into(),
            self.id.clone().into(),
            self.state.word().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

fn read(row: Row) -> Option<Response> {
    let kept = ResponseState::read(&row.state)?;
    let reviewed = row.reviewed > 0 && kept == ResponseState::Verified;
    Some(Response {
        state: if reviewed { ResponseState::UnderReview } else { kept },
        heard: Heard {
            concern: Concern::read(&row.concern)?,
            at: row.heard_at,
            by_many: row.asked_by_many != 0,
        },
        verified: row.verified_name.zip(row.verified_at),
        reply: Reply {
            title: row.title,
            answer: row.answer,
            turns: serde_json::from_str(&row.turns).unwrap_or_default(),
        },
        authors: serde_json::from_str(&row.authors).unwrap_or_default(),
        published_on: row.published_on.and_then(|day| day.parse().ok()),
        ended: row.ended_name.zip(row.ended_at).map(|(name, at)| (name, at, row.ended_because)),
        id: row.id,
        organ: row.organ,
        organ_name: row.organ_name,
        unit: row.unit,
        division: row.division,
        erased_on: row.erased_on,
        told: row.told,
        found: row.found,
        conference_at: row.conference_at,
        revision: row.revision,
        published_at: row.published_at,
    })
}
