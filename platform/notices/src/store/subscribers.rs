//! 订阅人 and what each follows.

use jiff::Timestamp;
use secrets::{Mark, Refused, Sealer};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value, moment};

use crate::contact::{Contact, Way};
use crate::rhythm::Rhythm;
use crate::topic::{Kind, Topic};

/// How far a subscriber has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// 待确认: nobody has said yet that the address is his.
    Waiting,
    /// 接收中.
    Active,
    /// 停用: the address takes nothing any more.
    Off,
}

impl State {
    const WORDS: [(Self, &'static str); 3] =
        [(Self::Waiting, "waiting"), (Self::Active, "active"), (Self::Off, "off")];

    /// As a column keeps it.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(own, _)| *own == self).map_or("", |(_, word)| word)
    }
}

/// Whoever is told.
#[derive(Debug, Clone)]
pub struct Subscriber {
    /// Its key.
    pub id: String,
    /// How it is told.
    pub way: Way,
    /// The address, sealed.
    sealed: String,
    /// The address prefix of the site.
    pub site: String,
    /// How far it has come.
    pub state: State,
    /// How often it is told.
    pub rhythm: Rhythm,
    /// How often it is to be told once that is confirmed.
    pub wished: Option<Rhythm>,
    /// When it was asked for, as stored.
    pub asked_at: String,
    /// When it was confirmed, as stored.
    pub confirmed_at: Option<String>,
    /// Why it is off.
    pub off_reason: Option<String>,
    /// How many messages in a row were not taken.
    pub bounces: i64,
    /// What the number that is sent to a telephone is made of.
    pub(crate) code: String,
    pub(crate) code_until: String,
    pub(crate) code_tries: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    way: String,
    sealed: String,
    site: String,
    state: String,
    rhythm: String,
    wished: String,
    asked_at: String,
    confirmed_at: Option<String>,
    off_reason: Option<String>,
    bounces: i64,
    code: String,
    code_until: String,
    code_tries: i64,
}

const COLUMNS: &str =
    "id, way, sealed, site, state, rhythm, wished, asked_at, confirmed_at, off_reason,
    bounces, code, code_until, code_tries";

impl From<Row> for Subscriber {
    fn from(row: Row) -> Self {
        let state = State::WORDS.iter().find(|(_, word)| *word == row.state);
        Self {
            id: row.id,
            way: Way::named(&row.way).unwrap_or(Way::Email),
            sealed: row.sealed,
            site: row.site,
            state: state.map_or(State::Waiting, |(state, _)| *state),
            rhythm: Rhythm::named(&row.rhythm).unwrap_or(Rhythm::Daily),
            wished: Rhythm::named(&row.wished),
            asked_at: row.asked_at,
            confirmed_at: row.confirmed_at,
            off_reason: row.off_reason,
            bounces: row.bounces,
            code: row.code,
            code_until: row.code_until,
            code_tries: row.code_tries,
        }
    }
}

#[derive(FromQueryResult)]
struct TopicRow {
    kind: String,
    topic: String,
    words: String,
}

impl Subscriber {
    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM notice_subscriber WHERE id = $1");
        let row: Option<Row> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// Whose address has one of these marks, on a site.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn at(
        from: &impl Statements,
        (way, site): (Way, &str),
        marks: &[Mark],
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM notice_subscriber WHERE way = $1 AND site = $2 AND mark = $3"
        );
        for mark in marks {
            let values = vec![way.word().into(), site.into(), mark.as_str().into()];
            let row: Option<Row> = from.one(&sql, values).await?;
            if let Some(row) = row {
                return Ok(Some(row.into()));
            }
        }
        Ok(None)
    }

    /// The address; `None` where it is not known yet.
    ///
    /// # Errors
    /// The keys cannot be used.
    pub fn contact(&self, sealer: &Sealer) -> Result<Option<Contact>, Refused> {
        Contact::opened(sealer, &self.id, &self.sealed)
    }

    /// Whether it was begun in WeChat and nobody has come back from there for it: neither who has an address
    /// nor who is told another way is ever given one from there.
    pub fn waits_for_wechat(&self) -> bool {
        self.way == Way::Wechat && self.state == State::Waiting && self.sealed.is_empty()
    }

    /// What another, who turned out to be the same, has just chosen and confirmed is this one's, in the rhythm
    /// that was chosen last; the other is gone. What was asked for in this one's name before and not confirmed
    /// stays so.
    pub(crate) async fn takes_over(
        &self,
        change: &Transaction,
        other: &Self,
    ) -> Result<(), StoreError> {
        // SQLite reads ON CONFLICT after a SELECT only where the SELECT ends with a condition, as it does here.
        let sql = "INSERT INTO notice_subscription
                     (subscriber, kind, topic, low, high, words, confirmed, asked_at)
                   SELECT $1, kind, topic, low, high, words, 1, asked_at
                     FROM notice_subscription WHERE subscriber = $2
                   ON CONFLICT (subscriber, kind, topic, low) DO UPDATE SET confirmed = 1";
        change.run(sql, vec![self.id.clone().into(), other.id.clone().into()]).await?;
        Self::erase(change, &other.id).await?;
        Self::set_rhythm(change, &self.id, other.rhythm).await
    }

    /// How often it is told once what was asked for last is confirmed.
    pub fn rhythm_to_be(&self) -> Rhythm {
        self.wished.unwrap_or(self.rhythm)
    }

    /// It was asked for again, in a rhythm that counts once it is confirmed: the time in which it is to be
    /// confirmed begins anew.
    pub(crate) async fn renew(
        change: &Transaction,
        id: &str,
        rhythm: Rhythm,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE notice_subscriber
                      SET asked_at = CASE WHEN state = 'active' THEN asked_at ELSE $1 END,
                          wished = $2, wished_at = $1
                    WHERE id = $3";
        let values = vec![moment(now).into(), rhythm.word().into(), id.into()];
        change.run(sql, values).await.map(|_| ())
    }

    /// Keeps an address sealed anew: with another secret.
    pub(crate) async fn reseal(
        change: &Transaction,
        id: &str,
        sealed: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE notice_subscriber SET sealed = $1 WHERE id = $2";
        change.run(sql, vec![sealed.into(), id.into()]).await.map(|_| ())
    }

    /// Adds one that waits to be confirmed.
    pub(crate) async fn add(
        change: &Transaction,
        (id, way, site): (&str, Way, &str),
        (mark, sealed): (&str, &str),
        rhythm: Rhythm,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO notice_subscriber
                     (id, way, mark, sealed, site, state, rhythm, asked_at, bounces, code,
                      code_until, code_tries)
                   VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, 0, '', '', 0)";
        let values: Vec<Value> = vec![
            id.into(),
            way.word().into(),
            mark.into(),
            sealed.into(),
            site.into(),
            rhythm.word().into(),
            moment(now).into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }

    /// Keeps an address that has become known only now.
    pub(crate) async fn locate(
        change: &Transaction,
        id: &str,
        (mark, sealed): (&str, &str),
    ) -> Result<(), StoreError> {
        let sql = "UPDATE notice_subscriber SET mark = $1, sealed = $2 WHERE id = $3";
        change.run(sql, vec![mark.into(), sealed.into(), id.into()]).await.map(|_| ())
    }

    /// Confirms the address and all that was asked for in its name.
    pub(crate) async fn confirm(
        change: &Transaction,
        id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        Self::wake(change, id, now).await?;
        let sql = "UPDATE notice_subscription SET confirmed = 1 WHERE subscriber = $1";
        change.run(sql, vec![id.into()]).await.map(|_| ())
    }

    /// Is told from now on; what is not confirmed of what it follows stays so.
    pub(crate) async fn wake(
        change: &Transaction,
        id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE notice_subscriber
                      SET state = 'active', confirmed_at = $1, bounces = 0, off_at = NULL,
                          off_reason = NULL, code = '', code_tries = 0,
                          rhythm = CASE WHEN wished = '' THEN rhythm ELSE wished END,
                          wished = '', wished_at = ''
                    WHERE id = $2";
        change.run(sql, vec![moment(now).into(), id.into()]).await.map(|_| ())
    }

    /// Draws another number for a telephone.
    pub(crate) async fn draw(
        change: &Transaction,
        id: &str,
        (drawn, until): (&str, Timestamp),
    ) -> Result<(), StoreError> {
        let sql = "UPDATE notice_subscriber SET code = $1, code_until = $2, code_tries = 0
                    WHERE id = $3";
        change.run(sql, vec![drawn.into(), moment(until).into(), id.into()]).await.map(|_| ())
    }

    /// The number that was sent to a telephone has served.
    pub(crate) async fn spend(change: &Transaction, id: &str) -> Result<(), StoreError> {
        let sql = "UPDATE notice_subscriber SET code = '', code_tries = 0 WHERE id = $1";
        change.run(sql, vec![id.into()]).await.map(|_| ())
    }

    /// Counts a number that was not the one.
    pub(crate) async fn tried(change: &Transaction, id: &str) -> Result<(), StoreError> {
        let sql = "UPDATE notice_subscriber SET code_tries = code_tries + 1 WHERE id = $1";
        change.run(sql, vec![id.into()]).await.map(|_| ())
    }

    /// Changes how often it is told; what was wished before is no more.
    pub(crate) async fn set_rhythm(
        change: &Transaction,
        id: &str,
        rhythm: Rhythm,
    ) -> Result<(), StoreError> {
        let sql =
            "UPDATE notice_subscriber SET rhythm = $1, wished = '', wished_at = '' WHERE id = $2";
        change.run(sql, vec![rhythm.word().into(), id.into()]).await.map(|_| ())
    }

    /// Counts what was not taken; with as many as are borne it is off.
    pub(crate) async fn bounced(
        change: &Transaction,
        id: &str,
        (most, reason): (i64, &str),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE notice_subscriber SET bounces = bounces + 1 WHERE id = $1";
        change.run(sql, vec![id.into()]).await?;
        let sql = "UPDATE notice_subscriber SET state = 'off', off_at = $1, off_reason = $2
                    WHERE id = $3 AND bounces >= $4 AND state = 'active'";
        let values = vec![moment(now).into(), reason.into(), id.into(), most.into()];
        change.run(sql, values).await.map(|_| ())
    }

    /// What was taken ends the count.
    pub(crate) async fn took(change: &Transaction, id: &str) -> Result<(), StoreError> {
        let sql = "UPDATE notice_subscriber SET bounces = 0 WHERE id = $1 AND bounces > 0";
        change.run(sql, vec![id.into()]).await.map(|_| ())
    }

    /// What is followed, what was confirmed or all of it, in the order of kinds.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn topics(
        from: &impl Statements,
        id: &str,
        confirmed: bool,
    ) -> Result<Vec<Topic>, StoreError> {
        let sql = "SELECT kind, topic, words FROM notice_subscription
                    WHERE subscriber = $1 AND confirmed >= $2 ORDER BY kind, topic";
        let values = vec![id.into(), i64::from(confirmed).into()];
        let rows: Vec<TopicRow> = from.all(sql, values).await?;
        let topic = |row: TopicRow| Some(Topic::new(Kind::named(&row.kind)?, row.topic, row.words));
        let mut topics: Vec<Topic> = rows.into_iter().filter_map(topic).collect();
        topics.sort_by_key(|topic| topic.kind);
        Ok(topics)
    }

    /// Follows topics; what is followed already stays as it is, and what waits to be confirmed waits anew.
    pub(crate) async fn follow(
        change: &Transaction,
        id: &str,
        (low, high): (&str, &str),
        (topics, confirmed): (&[Topic], bool),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO notice_subscription
                     (subscriber, kind, topic, low, high, words, confirmed, asked_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                   ON CONFLICT (subscriber, kind, topic, low)
                   DO UPDATE SET asked_at = excluded.asked_at
                    WHERE notice_subscription.confirmed = 0";
        for topic in topics {
            let values: Vec<Value> = vec![
                id.into(),
                topic.kind.word().into(),
                topic.key.clone().into(),
                low.into(),
                high.into(),
                topic.words.clone().into(),
                i64::from(confirmed).into(),
                moment(now).into(),
            ];
            change.run(sql, values).await?;
        }
        Ok(())
    }

    /// Follows one no more.
    pub(crate) async fn unfollow(
        change: &Transaction,
        id: &str,
        topic: &Topic,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM notice_subscription
                    WHERE subscriber = $1 AND kind = $2 AND topic = $3";
        let values = vec![id.into(), topic.kind.word().into(), topic.key.clone().into()];
        change.run(sql, values).await.map(|_| ())
    }

    /// Takes all of it out; says whether it was there.
    pub(crate) async fn erase(change: &Transaction, id: &str) -> Result<bool, StoreError> {
        for table in ["notice_item", "notice_delivery", "notice_subscription"] {
            let sql = format!("DELETE FROM {table} WHERE subscriber = $1");
            change.run(&sql, vec![id.into()]).await?;
        }
        let sql = "DELETE FROM notice_subscriber WHERE id = $1";
        Ok(change.run(sql, vec![id.into()]).await? > 0)
    }

    /// Who was asked for before a moment and is not confirmed, and who has been off since before another and was
    /// not asked for again since the first.
    pub(crate) async fn outdated(
        from: &impl Statements,
        (unconfirmed, off): (Timestamp, Timestamp),
        most: i64,
    ) -> Result<Vec<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Id {
            id: String,
        }
        let sql = "SELECT id FROM notice_subscriber
                    WHERE (state = 'waiting' AND asked_at < $1)
                       OR (state = 'off' AND off_at < $2 AND asked_at < $1)
                    ORDER BY id LIMIT $3";
        let values = vec![moment(unconfirmed).into(), moment(off).into(), most.into()];
        let rows: Vec<Id> = from.all(sql, values).await?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    /// Forgets what was asked for before a moment in a confirmed address's name and was not confirmed.
    pub(crate) async fn forget_unconfirmed(
        change: &Transaction,
        before: Timestamp,
    ) -> Result<u64, StoreError> {
        let sql = "UPDATE notice_subscriber SET wished = '', wished_at = ''
                    WHERE wished <> '' AND wished_at < $1";
        change.run(sql, vec![moment(before).into()]).await?;
        let sql = "DELETE FROM notice_subscription WHERE confirmed = 0 AND asked_at < $1";
        change.run(sql, vec![moment(before).into()]).await
    }
}
