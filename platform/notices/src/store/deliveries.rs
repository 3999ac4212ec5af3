//! 投递: what waits to be sent, what is being sent, and how it went.

use jiff::{SignedDuration, Timestamp};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value, moment, parse_moment};

use super::ToTell;
use crate::contact::Way;
use crate::message::Purpose;

/// A delivery as lists show it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Delivery {
    /// Its key, by which a receiver knows it again.
    pub id: String,
    /// Whose it is.
    pub subscriber: String,
    /// How the subscriber is told, as stored.
    pub way: String,
    /// What it is for, as stored.
    pub purpose: String,
    /// How far it has come, as stored.
    pub state: String,
    /// When it is tried, as stored.
    pub due_at: String,
    /// How many times it was tried.
    pub attempts: i64,
    /// Why the last attempt failed.
    pub fault: String,
    /// When it was made, as stored.
    pub made_at: String,
    /// When it ended, as stored.
    pub done_at: Option<String>,
    /// Why the subscriber is off, where it is.
    pub off_reason: Option<String>,
}

/// How far a delivery has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// 待发送.
    Waiting,
    /// 正在发送.
    Sending,
    /// 已送出.
    Sent,
    /// 没有送到.
    Failed,
    /// 不用发了: all it would have told was taken down, or the subscriber is gone.
    Dropped,
}

impl DeliveryState {
    /// All of them, with the word of a column and what people read.
    pub const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Waiting, "waiting", "待发送"),
        (Self::Sending, "sending", "正在发送"),
        (Self::Sent, "sent", "已送出"),
        (Self::Failed, "failed", "没有送到"),
        (Self::Dropped, "dropped", "不用发了"),
    ];

    /// As a column keeps it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(own, ..)| *own == self).map_or("", |(_, word, _)| word)
    }

    /// The one kept as this word.
    pub fn named(word: &str) -> Self {
        let found = Self::ALL.iter().find(|(_, own, _)| *own == word);
        found.map_or(Self::Waiting, |(own, ..)| *own)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(own, ..)| *own == self).map_or("", |(.., name)| name)
    }
}

/// A delivery to be made.
pub(crate) struct NewDelivery {
    pub(crate) id: String,
    pub(crate) subscriber: String,
    pub(crate) purpose: Purpose,
    pub(crate) push: Option<String>,
    /// At most one waits in each.
    pub(crate) slot: Option<String>,
    pub(crate) due_at: Timestamp,
}

impl NewDelivery {
    /// One that is due at once.
    pub(crate) fn now(subscriber: &str, purpose: Purpose, now: Timestamp) -> Self {
        Self {
            id: uuid::Uuid::now_v7().to_string(),
            subscriber: subscriber.to_owned(),
            purpose,
            push: None,
            slot: Some(slot(subscriber, purpose)),
            due_at: now,
        }
    }
}

/// Where at most one waits of a purpose.
fn slot(subscriber: &str, purpose: Purpose) -> String {
    format!("{subscriber} {}", purpose.word())
}

/// So many rows stand in one statement.
const IN_ONE: usize = 200;

/// Makes deliveries; where one waits in a slot already, none is added. Says how many were.
pub(crate) async fn put_deliveries(
    change: &Transaction,
    all: &[NewDelivery],
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut made = 0;
    for batch in all.chunks(IN_ONE) {
        let (mut marks, mut values): (Vec<String>, Vec<Value>) = (vec![], vec![]);
        for one in batch {
            let at = values.len();
            let own: Vec<String> = (at + 1..=at + 7).map(|mark| format!("${mark}")).collect();
            marks.push(format!("({}, 'waiting', 0, '')", own.join(", ")));
            values.extend([
                one.id.clone().into(),
                one.subscriber.clone().into(),
                one.purpose.word().into(),
                one.push.clone().into(),
                one.slot.clone().into(),
                moment(one.due_at).into(),
                moment(now).into(),
            ]);
        }
        let sql = format!(
            "INSERT INTO notice_delivery
               (id, subscriber, purpose, push, slot, due_at, made_at, state, attempts, fault)
             VALUES {} ON CONFLICT (slot) DO NOTHING",
            marks.join(", ")
        );
        made += change.run(&sql, values).await?;
    }
    Ok(made)
}

/// Puts one thing before each subscriber, once; with a delivery, or for the next that gathers.
pub(crate) async fn put_items(
    change: &Transaction,
    announcement: &str,
    to: &[(&str, Option<&str>)],
) -> Result<(), StoreError> {
    for batch in to.chunks(IN_ONE) {
        let (mut marks, mut values): (Vec<String>, Vec<Value>) = (vec![], vec![]);
        for (subscriber, delivery) in batch {
            let at = values.len();
            marks.push(format!("(${}, ${}, ${})", at + 1, at + 2, at + 3));
            let delivery = delivery.map(str::to_owned);
            values.extend([(*subscriber).into(), announcement.into(), delivery.into()]);
        }
        let sql = format!(
            "INSERT INTO notice_item (subscriber, announcement, delivery) VALUES {}
             ON CONFLICT (subscriber, announcement) DO NOTHING",
            marks.join(", ")
        );
        change.run(&sql, values).await?;
    }
    Ok(())
}

/// What a delivery tells and was not taken down since, oldest first.
pub(crate) async fn items_of(
    from: &impl Statements,
    (delivery, subscriber): (&str, &str),
) -> Result<Vec<ToTell>, StoreError> {
    let sql = "SELECT a.became, a.title, a.path, a.division, a.organ_name, a.words, a.at
                 FROM notice_item i
                 JOIN notice_announcement a ON a.id = i.announcement
                WHERE i.delivery = $1 AND i.subscriber = $2 AND a.gone = 0
                ORDER BY a.at, a.id";
    from.all(sql, vec![delivery.into(), subscriber.into()]).await
}

/// A delivery that is being sent.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Due {
    pub(crate) id: String,
    pub(crate) subscriber: String,
    pub(crate) purpose: String,
    pub(crate) attempts: i64,
    /// When it was made, as stored.
    pub(crate) made_at: String,
}

/// Deliveries of a way that are due, and those whose sender has been silent for too long.
const DUE: &str = "
  FROM notice_delivery d
 WHERE ((d.state = 'waiting' AND d.due_at <= $1) OR (d.state = 'sending' AND d.leased_until <= $1))
   AND EXISTS (SELECT 1 FROM notice_subscriber s WHERE s.id = d.subscriber AND s.way = $2)";

impl Due {
    const COLUMNS: &'static str = "d.id, d.subscriber, d.purpose, d.attempts, d.made_at";

    /// Whether any is due.
    pub(crate) async fn any(
        from: &impl Statements,
        way: Way,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = format!("SELECT COUNT(*) FROM (SELECT 1 AS one {DUE} LIMIT 1) AS due");
        let values = vec![moment(now).into(), way.word().into()];
        Ok(from.number(&sql, values).await?.unwrap_or(0) > 0)
    }

    /// Takes some to be sent, until the lease runs out; what waits for each of these is theirs from now on.
    pub(crate) async fn take(
        change: &Transaction,
        way: Way,
        now: Timestamp,
        (lease, most): (SignedDuration, i64),
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {} {DUE} ORDER BY d.due_at LIMIT $3", Self::COLUMNS);
        let values = vec![moment(now).into(), way.word().into(), most.into()];
        let found: Vec<Self> = change.all(&sql, values).await?;
        let until = now.checked_add(lease).unwrap_or(now);
        let claim = "UPDATE notice_delivery SET state = 'sending', slot = NULL, leased_until = $1,
                            attempts = attempts + 1
                      WHERE id = $2
                        AND (state = 'waiting' OR (state = 'sending' AND leased_until <= $3))";
        let gather =
            "UPDATE notice_item SET delivery = $1 WHERE subscriber = $2 AND delivery IS NULL";
        let mut taken = Vec::with_capacity(found.len());
        for one in found {
            let values = vec![moment(until).into(), one.id.clone().into(), moment(now).into()];
            if change.run(claim, values).await? == 0 {
                continue;
            }
            if one.purpose == Purpose::Digest.word() {
                let values = vec![one.id.clone().into(), one.subscriber.clone().into()];
                change.run(gather, values).await?;
            }
            taken.push(Self { attempts: one.attempts + 1, ..one });
        }
        Ok(taken)
    }

    /// Whether it is not older than this.
    pub(crate) fn may_wait(&self, now: Timestamp, most: SignedDuration) -> bool {
        parse_moment(&self.made_at).is_some_and(|made| now.duration_since(made) < most)
    }

    /// The attempt was none: it failed before it reached the receiver.
    pub(crate) async fn uncount(&self, change: &Transaction) -> Result<(), StoreError> {
        let sql = "UPDATE notice_delivery SET attempts = attempts - 1 WHERE id = $1";
        change.run(sql, vec![self.id.clone().into()]).await.map(|_| ())
    }

    /// Writes down how it went; a moment is when it is tried again.
    pub(crate) async fn end(
        &self,
        change: &Transaction,
        (state, fault): (DeliveryState, &str),
        again: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let done = again.is_none().then(|| moment(now));
        let sql = "UPDATE notice_delivery
                      SET state = $1, fault = $2, due_at = COALESCE($3, due_at), done_at = $4,
                          leased_until = NULL
                    WHERE id = $5";
        let values = vec![
            state.word().into(),
            fault.into(),
            again.map(moment).into(),
            done.into(),
            self.id.clone().into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }
}

/// So many of a state are counted; where there are more, it is at least so many.
pub const MOST_TALLIED: i64 = 2000;

/// How many there are of a state of a way.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Tallied {
    /// The way, as stored.
    pub way: String,
    /// The state, as stored.
    pub state: String,
    /// How many.
    pub many: i64,
}

impl Delivery {
    const LIST: &'static str = "
SELECT d.id, d.subscriber, s.way, d.purpose, d.state, d.due_at, d.attempts, d.fault, d.made_at,
       d.done_at, s.off_reason
  FROM notice_delivery d
  JOIN notice_subscriber s ON s.id = d.subscriber";

    /// The newest of a state; of all where none is named.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn newest(
        from: &impl Statements,
        state: Option<DeliveryState>,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let state = state.map(DeliveryState::word).unwrap_or_default();
        let sql = format!(
            "{} WHERE $1 = '' OR d.state = $1 ORDER BY d.made_at DESC, d.id DESC LIMIT $2",
            Self::LIST
        );
        from.all(&sql, vec![state.into(), most.into()]).await
    }

    /// One subscriber's, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        subscriber: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{} WHERE d.subscriber = $1 ORDER BY d.made_at DESC, d.id DESC LIMIT $2",
            Self::LIST
        );
        from.all(&sql, vec![subscriber.into(), most.into()]).await
    }

    /// How many there are of each state of each way, of the first [`MOST_TALLIED`] of a state.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn tallies(from: &impl Statements) -> Result<Vec<Tallied>, StoreError> {
        let sql = "SELECT s.way, d.state, COUNT(*) AS many
                     FROM (SELECT subscriber, state FROM notice_delivery WHERE state = $1 LIMIT $2) d
                     JOIN notice_subscriber s ON s.id = d.subscriber
                    GROUP BY s.way, d.state
                    ORDER BY s.way";
        let mut all = Vec::new();
        for (_, word, _) in DeliveryState::ALL {
            let values = vec![word.into(), MOST_TALLIED.into()];
            all.extend(from.all::<Tallied>(sql, values).await?);
        }
        Ok(all)
    }

    /// Lets what has ended be tried once more: one, or all that failed. Says how many.
    pub(crate) async fn again(
        change: &Transaction,
        (id, subscriber): (Option<&str>, Option<&str>),
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let sql = "UPDATE notice_delivery
                      SET state = 'waiting', due_at = $1, attempts = 0, done_at = NULL
                    WHERE ($2 = '' OR id = $2) AND ($3 = '' OR subscriber = $3)
                      AND (state = 'failed' OR ($2 <> '' AND state = 'sent'))";
        let values = vec![
            moment(now).into(),
            id.unwrap_or_default().into(),
            subscriber.unwrap_or_default().into(),
        ];
        change.run(sql, values).await
    }

    /// What was gathered so far is sent by a moment, where it was to be sent later.
    pub(crate) async fn hasten(
        change: &Transaction,
        subscriber: &str,
        due: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE notice_delivery SET due_at = $1
                    WHERE slot = $2 AND state = 'waiting' AND due_at > $1";
        let values = vec![moment(due).into(), slot(subscriber, Purpose::Digest).into()];
        change.run(sql, values).await.map(|_| ())
    }

    /// Forgets what ended before a moment, and what there was to tell before another. Says how many.
    pub(crate) async fn forget(
        change: &Transaction,
        (ended, told): (Timestamp, Timestamp),
    ) -> Result<u64, StoreError> {
        let old = "SELECT id FROM notice_delivery WHERE done_at < $1";
        let sql = format!("DELETE FROM notice_item WHERE delivery IN ({old})");
        change.run(&sql, vec![moment(ended).into()]).await?;
        let sql = "DELETE FROM notice_delivery WHERE done_at < $1";
        let many = change.run(sql, vec![moment(ended).into()]).await?;
        let sql = "DELETE FROM notice_announcement WHERE at < $1
                      AND NOT EXISTS (SELECT 1 FROM notice_item i
                                       WHERE i.announcement = notice_announcement.id)";
        Ok(many + change.run(sql, vec![moment(told).into()]).await?)
    }
}
