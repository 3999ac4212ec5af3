//! 信息精准推送.

use jiff::Timestamp;
use review::Signatory;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value, moment};

use crate::topic::{Kind, Topic};

/// How far a push has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PushState {
    /// 待审批.
    Proposed,
    /// 已批准，已交付投递.
    Approved,
    /// 未同意.
    Refused,
    /// 已撤回.
    Dropped,
}

impl PushState {
    const WORDS: [(Self, &'static str, &'static str); 4] = [
        (Self::Proposed, "proposed", "待审批"),
        (Self::Approved, "approved", "已推送"),
        (Self::Refused, "refused", "未同意"),
        (Self::Dropped, "dropped", "已撤回"),
    ];

    /// As a column keeps it.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(own, ..)| *own == self).map_or("", |(_, word, _)| word)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(own, ..)| *own == self).map_or("", |(.., name)| name)
    }
}

/// Something that an officer sends to those who chose a group.
#[derive(Debug, Clone)]
pub struct Push {
    /// Its key.
    pub id: String,
    /// The organ that sends it.
    pub organ: String,
    /// The title of what was published.
    pub title: String,
    /// Its address below a site.
    pub path: String,
    /// What is said besides.
    pub words: String,
    /// Those who chose one of these.
    pub audience: Vec<Topic>,
    /// Lowest and highest division code of the site it is sent on.
    pub range: (String, String),
    /// How far it has come.
    pub state: PushState,
    /// Who wrote it, and for whom.
    pub proposed_by: String,
    /// For whom that person stood in.
    pub proposed_for: Option<String>,
    /// What that person is called.
    pub proposed_name: String,
    /// When, as stored.
    pub proposed_at: String,
    /// Who decided.
    pub decided_name: Option<String>,
    /// When, as stored.
    pub decided_at: Option<String>,
    /// What was said.
    pub decided_words: String,
    /// To how many it went.
    pub recipients: i64,
    /// Whether it is 演示数据.
    pub demo: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    title: String,
    path: String,
    words: String,
    audience: String,
    low: String,
    high: String,
    state: String,
    proposed_by: String,
    proposed_for: Option<String>,
    proposed_name: String,
    proposed_at: String,
    decided_name: Option<String>,
    decided_at: Option<String>,
    decided_words: String,
    recipients: i64,
    demo: i64,
}

const COLUMNS: &str = "id, organ, title, path, words, audience, low, high, state, proposed_by,
    proposed_for, proposed_name, proposed_at, decided_name, decided_at, decided_words, recipients,
    demo";

impl From<Row> for Push {
    fn from(row: Row) -> Self {
        let state = PushState::WORDS.iter().find(|(_, word, _)| *word == row.state);
        Self {
            id: row.id,
            organ: row.organ,
            title: row.title,
            path: row.path,
            words: row.words,
            audience: serde_json::from_str(&row.audience).unwrap_or_default(),
            range: (row.low, row.high),
            state: state.map_or(PushState::Dropped, |(state, ..)| *state),
            proposed_by: row.proposed_by,
            proposed_for: row.proposed_for,
            proposed_name: row.proposed_name,
            proposed_at: row.proposed_at,
            decided_name: row.decided_name,
            decided_at: row.decided_at,
            decided_words: row.decided_words,
            recipients: row.recipients,
            demo: row.demo != 0,
        }
    }
}

impl Push {
    /// The persons as whom whoever wrote it counts.
    pub fn proposers(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.proposed_by.as_str()).chain(self.proposed_for.as_deref())
    }

    /// One of an organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM notice_push WHERE organ = $1 AND id = $2");
        let row: Option<Row> = from.one(&sql, vec![organ.into(), id.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// An organ's, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(
        from: &impl Statements,
        organ: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM notice_push WHERE organ = $1
              ORDER BY proposed_at DESC, id DESC LIMIT $2"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into(), most.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// An organ's that wait for a decision, oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM notice_push WHERE organ = $1 AND state = 'proposed'
              ORDER BY proposed_at, id LIMIT 200"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let sql = "INSERT INTO notice_push
                     (id, organ, title, path, words, audience, low, high, state, proposed_by,
                      proposed_for, proposed_name, proposed_at, decided_words, recipients, demo)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'proposed', $9, $10, $11, $12, '', 0, $13)";
        let values: Vec<Value> = vec![
            self.id.clone().into(),
            self.organ.clone().into(),
            self.title.clone().into(),
            self.path.clone().into(),
            self.words.clone().into(),
            serde_json::to_string(&self.audience).unwrap_or_default().into(),
            self.range.0.clone().into(),
            self.range.1.clone().into(),
            self.proposed_by.clone().into(),
            self.proposed_for.clone().into(),
            self.proposed_name.clone().into(),
            self.proposed_at.clone().into(),
            i64::from(self.demo).into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }

    /// Writes the decision down; `false` where somebody was first.
    pub(crate) async fn decide(
        &self,
        change: &Transaction,
        (state, words): (PushState, &str),
        by: &Signatory,
        recipients: usize,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE notice_push
                      SET state = $1, decided_words = $2, decided_by = $3, decided_for = $4,
                          decided_name = $5, decided_at = $6, recipients = $7
                    WHERE id = $8 AND state = 'proposed'";
        let values: Vec<Value> = vec![
            state.word().into(),
            words.into(),
            by.person.clone().into(),
            by.stands_in_for.clone().into(),
            by.name.clone().into(),
            moment(now).into(),
            i64::try_from(recipients).unwrap_or(i64::MAX).into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

/// Who chose one of these, within the divisions of a site.
pub(crate) async fn audience(
    from: &impl Statements,
    topics: &[Topic],
    (low, high): (&str, &str),
) -> Result<Vec<String>, StoreError> {
    #[derive(FromQueryResult)]
    struct Id {
        subscriber: String,
    }
    let mut values: Vec<Value> = vec![low.into(), high.into()];
    let mut chosen = Vec::with_capacity(topics.len());
    let pushed = |topic: &&Topic| matches!(topic.kind, Kind::Domain | Kind::Village | Kind::Group);
    for topic in topics.iter().filter(pushed) {
        let at = values.len();
        chosen.push(format!("(n.kind = ${} AND n.topic = ${})", at + 1, at + 2));
        values.extend([topic.kind.word().into(), topic.key.clone().into()]);
    }
    if chosen.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT DISTINCT n.subscriber
           FROM notice_subscription n
           JOIN notice_subscriber s ON s.id = n.subscriber
          WHERE n.confirmed = 1 AND s.state = 'active' AND n.low <= $2 AND n.high >= $1
            AND ({})
          ORDER BY n.subscriber",
        chosen.join(" OR ")
    );
    let rows: Vec<Id> = from.all(&sql, values).await?;
    Ok(rows.into_iter().map(|row| row.subscriber).collect())
}
