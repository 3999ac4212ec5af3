//! 专题, edition by edition.

use interpretation_rules::{TopicBody, TopicState};
use law::Date;
use review::Signatory;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// One edition of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The key of this edition.
    pub id: String,
    /// The key under which the page stands.
    pub topic: String,
    /// The organ that keeps it, by code.
    pub organ: String,
    /// That organ's short name.
    pub organ_name: String,
    /// The 科室; empty where there is none.
    pub unit: String,
    /// The division of the organ.
    pub division: String,
    /// What it says.
    pub body: TopicBody,
    /// The natural persons who wrote it.
    pub authors: Vec<String>,
    /// Where it stands.
    pub state: TopicState,
    /// How often it was saved.
    pub revision: i64,
    /// When it was published, RFC 3339.
    pub published_at: Option<String>,
    /// That day.
    pub published_on: Option<Date>,
    /// When it was closed, and why.
    pub ended: Option<(String, String)>,
    /// When it was saved last.
    pub saved_at: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    topic: String,
    organ: String,
    organ_name: String,
    unit: String,
    division: String,
    body: String,
    authors: String,
    state: String,
    revision: i64,
    published_at: Option<String>,
    published_on: Option<String>,
    ended_at: Option<String>,
    ended_because: String,
    saved_at: String,
    reviewed: i64,
}

const SELECT: &str = "SELECT t.id, t.topic, t.organ, o.short_name AS organ_name, t.unit, t.division, t.body, t.authors, t.state,
       t.revision, t.published_at, t.published_on, t.ended_at, t.ended_because, t.saved_at,
       (SELECT count(*) FROM review_piece p WHERE p.kind = 'topic_edition' AND p.id = t.id AND p.open = 1) AS reviewed
  FROM topic_edition t JOIN organ o ON o.code = t.organ";

/// So many are listed at once: a city has few topics.
const MOST: i64 = 200;

impl Topic {
    /// The edition with that key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        Ok(Self::chosen(from, "t.id = $1", vec![id.into()]).await?.into_iter().next())
    }

    async fn chosen(
        from: &impl Statements,
        which: &str,
        values: Vec<Value>,
    ) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<Row> = from.all(&format!("{SELECT} WHERE {which}"), values).await?;
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// The edition of a topic that everybody was shown last.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn shown(from: &impl Statements, topic: &str) -> Result<Option<Self>, StoreError> {
        let which =
            "t.topic = $1 AND t.state IN ('published', 'closed') ORDER BY t.id DESC LIMIT 1";
        Ok(Self::chosen(from, which, vec![topic.into()]).await?.into_iter().next())
    }

    /// The editions of an organ that stand, are being written or are under review, the latest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let which =
            "t.organ = $1 AND t.state IN ('drafting', 'published') ORDER BY t.id DESC LIMIT $2";
        Self::chosen(from, which, vec![organ.into(), MOST.into()]).await
    }

    /// The topics within a range of divisions that stand, the latest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn standing(
        from: &impl Statements,
        (low, high): (&str, &str),
    ) -> Result<Vec<Self>, StoreError> {
        let which = "t.state = 'published' AND t.division >= $1 AND t.division <= $2
                     ORDER BY t.published_at DESC, t.id DESC LIMIT $3";
        Self::chosen(from, which, vec![low.into(), high.into(), MOST.into()]).await
    }

    /// So many that stand, after the key of an edition, for indexes.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn after(
        from: &impl Statements,
        after: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let which = "t.state = 'published' AND t.id > $1 ORDER BY t.id LIMIT $2";
        Self::chosen(from, which, vec![after.into(), most.into()]).await
    }

    /// Those that stand of which the public log knows nothing.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn without_leaf(from: &impl Statements, most: i64) -> Result<Vec<Self>, StoreError> {
        let which = "t.state = 'published'
               AND NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.subject = 'interpretation:zhuanti:' || t.topic)
             ORDER BY t.id LIMIT $1";
        Self::chosen(from, which, vec![most.into()]).await
    }

    /// Its page, below a site.
    pub fn path(&self) -> String {
        format!("/zhuanti/{}", self.topic)
    }

    /// The page of this edition at the workbench.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/zhuanti/{}", self.id)
    }

    /// What the ledger and the public log call the topic once it is public.
    pub fn subject(&self) -> String {
        format!("interpretation:zhuanti:{}", self.topic)
    }

    /// Whether it is being written.
    pub fn is_open(&self) -> bool {
        self.state == TopicState::Drafting
    }

    /// Keeps a new edition; of a topic of its own where `topic` is none. A second one that is being written is refused
    /// by the database.
    pub(crate) async fn add(
        change: &Transaction,
        (topic, body): (Option<&str>, &TopicBody),
        (by, division): (&Signatory, &str),
        at: &str,
    ) -> Result<String, StoreError> {
        let id = super::new_key();
        let authors: Vec<&str> = by.persons().collect();
        let sql = "INSERT INTO topic_edition (id, topic, organ, unit, division, title, body, authors, state, revision,
                                              ended_because, created_at, saved_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'drafting', 1, '', $9, $10)";
        let values = vec![
            id.clone().into(),
            topic.unwrap_or(&id).into(),
            by.organ.clone().into(),
            by.unit.clone().into(),
            division.into(),
            body.title.clone().into(),
            serde_json::to_string(body).unwrap_or_default().into(),
            serde_json::json!(authors).to_string().into(),
            at.into(),
            at.into(),
        ];
        change.run(sql, values).await?;
        Ok(id)
    }

    /// Keeps what was written over the revision it was shown in; says whether it still was in it.
    pub(crate) async fn write(
        &self,
        change: &Transaction,
        (body, revision): (&TopicBody, i64),
        (authors, at): (&[String], &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE topic_edition
                      SET title = $1, body = $2, authors = $3, saved_at = $4, revision = revision + 1
                    WHERE id = $5 AND state = 'drafting' AND revision = $6";
        let values = vec![
            body.title.clone().into(),
            serde_json::to_string(body).unwrap_or_default().into(),
            serde_json::json!(authors).to_string().into(),
            at.into(),
            self.id.clone().into(),
            revision.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// It is deleted before anybody saw it.
    pub(crate) async fn drop_it(&self, change: &Transaction) -> Result<bool, StoreError> {
        let sql = "UPDATE topic_edition SET state = 'dropped' WHERE id = $1 AND state = 'drafting'";
        Ok(change.run(sql, vec![self.id.clone().into()]).await? == 1)
    }

    /// The edition that stands gives its place; says whether there was one.
    pub(crate) async fn give_place(change: &Transaction, topic: &str) -> Result<bool, StoreError> {
        let sql =
            "UPDATE topic_edition SET state = 'replaced' WHERE topic = $1 AND state = 'published'";
        Ok(change.run(sql, vec![topic.into()]).await? == 1)
    }

    /// It is published.
    pub(crate) async fn appear(
        &self,
        change: &Transaction,
        publication: &str,
        (at, on): (&str, Date),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE topic_edition SET state = 'published', publication = $1, published_at = $2, published_on = $3
                    WHERE id = $4 AND state = 'drafting'";
        let values =
            vec![publication.into(), at.into(), on.to_string().into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// The topic is over.
    pub(crate) async fn close(
        &self,
        change: &Transaction,
        at: &str,
        because: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE topic_edition SET state = 'closed', ended_at = $1, ended_because = $2
                    WHERE id = $3 AND state = 'published'";
        Ok(change.run(sql, vec![at.into(), because.into(), self.id.clone().into()]).await? == 1)
    }
}

fn read(row: Row) -> Option<Topic> {
    let kept = TopicState::read(&row.state)?;
    let reviewed = row.reviewed > 0 && kept == TopicState::Drafting;
    Some(Topic {
        state: if reviewed { TopicState::UnderReview } else { kept },
        body: serde_json::from_str(&row.body).unwrap_or_default(),
        authors: serde_json::from_str(&row.authors).unwrap_or_default(),
        published_on: row.published_on.and_then(|day| day.parse().ok()),
        ended: row.ended_at.map(|at| (at, row.ended_because)),
        id: row.id,
        topic: row.topic,
        organ: row.organ,
        organ_name: row.organ_name,
        unit: row.unit,
        division: row.division,
        revision: row.revision,
        published_at: row.published_at,
        saved_at: row.saved_at,
    })
}
