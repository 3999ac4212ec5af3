//! 催一下: what readers ask for. One open entry for an item of a division.

use catalogue_rules::ReminderStanding;
use catalogue_rules::reminder::MOST_WORDS;
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};
use web::{CountQuery, UrgingAsk};

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Its key; keys sort in order of time.
    pub id: String,
    /// The division on whose site it was asked.
    pub division: String,
    /// The domain's slug.
    pub domain: String,
    /// The item's key.
    pub item: String,
    /// What the item was called then.
    pub name: String,
    /// The organ that has to answer.
    pub organ: String,
    /// How many times it was asked for.
    pub times: i64,
    /// What readers wrote, for the organ only.
    pub words: Vec<String>,
    /// The day it was first asked for.
    pub asked_on: Date,
    /// By when it has to be answered.
    pub due_on: Date,
    /// Whether that day rests on a calendar not yet issued.
    pub provisional: bool,
    /// The answer, where there is one.
    pub answer: Option<Answered>,
}

/// The answer to an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The day in China.
    pub on: Date,
    /// What was answered.
    pub words: String,
    /// Where the missing is to be found now, an address below a site.
    pub link: Option<String>,
}

#[derive(FromQueryResult)]
struct ReminderRow {
    id: String,
    division: String,
    domain: String,
    item: String,
    name: String,
    organ: String,
    times: i64,
    words: String,
    asked_on: String,
    due_on: String,
    provisional: i64,
    answered_on: Option<String>,
    answer: Option<String>,
    record: Option<String>,
}

const COLUMNS: &str = "id, division, domain, item, name, organ, times, words, asked_on, due_on,
    provisional, answered_on, answer, record";

impl From<ReminderRow> for Reminder {
    fn from(row: ReminderRow) -> Self {
        let day = |text: &str| text.parse().unwrap_or(Date::ZERO);
        let words = row.answer.unwrap_or_default();
        let answer =
            row.answered_on.map(|on| Answered { on: day(&on), words, link: row.record.clone() });
        Self {
            asked_on: day(&row.asked_on),
            due_on: day(&row.due_on),
            provisional: row.provisional != 0,
            words: serde_json::from_str(&row.words).unwrap_or_default(),
            id: row.id,
            division: row.division,
            domain: row.domain,
            item: row.item,
            name: row.name,
            organ: row.organ,
            times: row.times,
            answer,
        }
    }
}

/// Which entries a list holds; what is left empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReminderAsk {
    /// The organ that has to answer.
    pub organ: Option<String>,
    /// Those already answered as well, the latest first.
    pub answered: bool,
    /// Continue after the entry with this key.
    pub after: Option<String>,
    /// How many.
    pub most: i64,
}

impl Reminder {
    /// How it stands on a day.
    pub fn standing(&self, today: Date) -> ReminderStanding {
        ReminderStanding::on(today, self.due_on, self.answer.as_ref().map(|answer| answer.on))
    }

    /// One entry by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM reminder WHERE id = $1");
        let row: Option<ReminderRow> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// The entries on an item of a division, the latest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn on_item(
        from: &impl Statements,
        division: &str,
        domain: &str,
        item: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM reminder WHERE division = $1 AND domain = $2 AND item = $3
              ORDER BY id DESC LIMIT $4"
        );
        let values = vec![division.into(), domain.into(), item.into(), most.into()];
        let rows: Vec<ReminderRow> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The entries of a list: open ones in order of their due days, or all, the latest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(from: &impl Statements, ask: &ReminderAsk) -> Result<Vec<Self>, StoreError> {
        // An open entry is due the later the later it was asked for, so keys sort by due day too.
        let (open, beyond, order) = match ask.answered {
            true => ("", "id <", "DESC"),
            false => (" AND answered_on IS NULL", "id >", "ASC"),
        };
        // Only what narrows stands in the statement: an OR for what does not keeps every index from being used.
        let (mut clause, mut values) = (String::new(), Vec::<Value>::new());
        for (narrows, value) in [("organ =", &ask.organ), (beyond, &ask.after)] {
            if let Some(value) = value {
                values.push(value.clone().into());
                clause.push_str(&format!(" AND {narrows} ${}", values.len()));
            }
        }
        values.push(ask.most.into());
        let sql = format!(
            "SELECT {COLUMNS} FROM reminder WHERE id <> ''{clause}{open}
              ORDER BY id {order} LIMIT ${}",
            values.len()
        );
        let rows: Vec<ReminderRow> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Counts entries by the day of their first press: how many, how many answered and in time, how many not yet and
    /// which of these are late. Each number is a row that says in `words` which it is.
    pub fn count(ask: UrgingAsk<'_>) -> CountQuery {
        let numbers = [
            ("received", "id IS NOT NULL"),
            ("answered", "answered_on IS NOT NULL"),
            ("in_time", "answered_on <= due_on"),
            ("open", "answered_on IS NULL"),
            ("overdue", "answered_on IS NULL AND due_on < $5"),
        ];
        let count = |(name, what): (&str, &str)| {
            format!(
                "CAST(COALESCE(SUM(CASE WHEN {what} THEN 1 ELSE 0 END), 0) AS BIGINT) AS n_{name}"
            )
        };
        let row = |(name, _): (&str, &str)| {
            format!(
                "SELECT '' AS key, '{name}' AS words, n_{name} AS count, NULL AS latest FROM counted"
            )
        };
        let sql = format!(
            "WITH counted AS (
                SELECT {} FROM reminder
                 WHERE division >= $1 AND division <= $2 AND asked_on >= $3 AND asked_on < $4)
             {}",
            numbers.map(count).join(", "),
            numbers.map(row).join(" UNION ALL ")
        );
        let values = vec![
            ask.range.0.into(),
            ask.range.1.into(),
            ask.from.to_string().into(),
            ask.until.to_string().into(),
            ask.today.to_string().into(),
        ];
        CountQuery { sql, values }
    }

    /// How many presses of the open entry on an item counted in a minute.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn counted_in(
        from: &impl Statements,
        division: &str,
        domain: &str,
        item: &str,
        minute: &str,
    ) -> Result<i64, StoreError> {
        let sql = "SELECT in_minute FROM reminder
                    WHERE division = $1 AND domain = $2 AND item = $3 AND answered_on IS NULL
                      AND minute = $4";
        let values = vec![division.into(), domain.into(), item.into(), minute.into()];
        Ok(from.number(sql, values).await?.unwrap_or_default())
    }

    /// Counts one more press on the open entry of an item, which becomes `self` where there is none
    /// yet. Says how the entry stands now.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn press(
        &self,
        change: &Transaction,
        words: Option<&str>,
        minute: &str,
    ) -> Result<Self, StoreError> {
        let sql = "INSERT INTO reminder (id, division, domain, item, name, organ, times, words,
                          minute, in_minute, asked_on, due_on, provisional)
                   VALUES ($1, $2, $3, $4, $5, $6, 0, '[]', '', 0, $7, $8, $9)
                   ON CONFLICT (division, domain, item) WHERE answered_at IS NULL DO NOTHING";
        let values = vec![
            self.id.clone().into(),
            self.division.clone().into(),
            self.domain.clone().into(),
            self.item.clone().into(),
            self.name.clone().into(),
            self.organ.clone().into(),
            self.asked_on.to_string().into(),
            self.due_on.to_string().into(),
            i64::from(self.provisional).into(),
        ];
        change.run(sql, values).await?;
        // From here on the row is this transaction's, so no reader's words are lost to another's.
        let sql = "UPDATE reminder
                      SET times = times + 1, minute = $4,
                          in_minute = CASE WHEN minute = $4 THEN in_minute + 1 ELSE 1 END
                    WHERE division = $1 AND domain = $2 AND item = $3 AND answered_at IS NULL";
        let place = self.place().into_iter().chain([minute.into()]);
        change.run(sql, place.collect()).await?;
        let sql = format!(
            "SELECT {COLUMNS} FROM reminder
              WHERE division = $1 AND domain = $2 AND item = $3 AND answered_at IS NULL"
        );
        let row: Option<ReminderRow> = change.one(&sql, self.place().to_vec()).await?;
        let mut open = row.map_or_else(|| self.clone(), Self::from);
        if let Some(words) = words
            && open.words.len() < MOST_WORDS
        {
            open.words.push(words.to_owned());
            let kept = serde_json::json!(open.words).to_string();
            let sql = "UPDATE reminder SET words = $1 WHERE id = $2";
            change.run(sql, vec![kept.into(), open.id.clone().into()]).await?;
        }
        Ok(open)
    }

    fn place(&self) -> [Value; 3] {
        [&self.division, &self.domain, &self.item].map(|part| part.clone().into())
    }

    /// Keeps the answer to an entry that has none; says whether there was such an entry.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn keep_answer(
        change: &Transaction,
        id: &str,
        answer: &Answered,
        by: &str,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE reminder
                      SET answered_on = $1, answered_at = $2, answered_by = $3, answer = $4,
                          record = $5
                    WHERE id = $6 AND answered_at IS NULL";
        let values = vec![
            answer.on.to_string().into(),
            at.into(),
            by.into(),
            answer.words.clone().into(),
            answer.link.clone().into(),
            id.into(),
        ];
        Ok(change.run(sql, values).await? > 0)
    }
}
