//! 抽查: rules, draws, and what was drawn from.

mod cases;
mod draws;

use law::Date;
use records_rules::{Amount, CheckPeriod, Frequency};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

pub use cases::{Answer, CheckCase, CheckState, Finding, FindingTally};
pub(crate) use cases::{Judged, NewCase};
pub use draws::{Draw, Seed};
pub(crate) use draws::{domains, hands_in, population};

/// A rule of 抽查.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRule {
    /// Its key.
    pub id: String,
    /// The organ that checks.
    pub organ: String,
    /// The role in which it was set, by its word in the access policy.
    pub role: String,
    /// Whether the organs below are checked; else the organ itself.
    pub below: bool,
    /// Only records of this domain, by its key.
    pub domain: Option<String>,
    /// Only this 体裁.
    pub genre: Option<String>,
    /// How much is drawn.
    pub amount: Amount,
    /// How often.
    pub frequency: Frequency,
    /// The days drawn from, where it draws once.
    pub once: Option<CheckPeriod>,
    /// The day on which it was set.
    pub set_on: Date,
    /// The moment, as stored.
    pub set_at: String,
    /// Who set it, by key.
    pub set_by: String,
    /// What that person is called.
    pub set_name: String,
    /// Whether it draws no more.
    pub ended: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    role: String,
    below: i64,
    domain: Option<String>,
    genre: Option<String>,
    share: Option<i64>,
    number: Option<i64>,
    frequency: String,
    day_from: Option<String>,
    day_to: Option<String>,
    set_on: String,
    set_at: String,
    set_by: String,
    set_name: String,
    ended_at: Option<String>,
}

const RULE: &str = "
SELECT id, organ, role, below, domain, genre, share, number, frequency, day_from, day_to, set_on,
       set_at, set_by, set_name, ended_at
  FROM record_check_rule";

impl CheckRule {
    /// The rules of an organ, those that still draw first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{RULE} WHERE organ = $1
              ORDER BY CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END, id DESC LIMIT 200"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Row::rule).collect())
    }

    /// Every rule that still draws.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn standing(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<Row> =
            from.all(&format!("{RULE} WHERE ended_at IS NULL ORDER BY id"), vec![]).await?;
        Ok(rows.into_iter().map(Row::rule).collect())
    }

    /// The rule with that key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> = from.one(&format!("{RULE} WHERE id = $1"), vec![id.into()]).await?;
        Ok(row.map(Row::rule))
    }

    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let (share, number) = match self.amount {
            Amount::Share(share) => (Some(i64::from(share)), None),
            Amount::Number(number) => (None, Some(i64::from(number))),
        };
        let columns: Vec<(&'static str, Value)> = vec![
            ("id", self.id.clone().into()),
            ("organ", self.organ.clone().into()),
            ("role", self.role.clone().into()),
            ("below", i64::from(self.below).into()),
            ("domain", self.domain.clone().into()),
            ("genre", self.genre.clone().into()),
            ("share", share.into()),
            ("number", number.into()),
            ("frequency", self.frequency.word().into()),
            ("day_from", self.once.map(|days| days.from.to_string()).into()),
            ("day_to", self.once.map(|days| days.to.to_string()).into()),
            ("set_on", self.set_on.to_string().into()),
            ("set_at", self.set_at.clone().into()),
            ("set_by", self.set_by.clone().into()),
            ("set_name", self.set_name.clone().into()),
        ];
        let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
        change.insert("record_check_rule", &names, vec![values]).await
    }

    /// Lets it draw no more; `false` where it had ended already.
    pub(crate) async fn end(
        &self,
        change: &Transaction,
        name: &str,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE record_check_rule SET ended_at = $1, ended_name = $2
                    WHERE id = $3 AND ended_at IS NULL";
        let values = vec![at.into(), name.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// What it says, on one line.
    pub fn words(&self) -> String {
        let whom = if self.below { "下级机关" } else { "本机关" };
        let mut words = format!("{}抽{}的已公开文件", self.frequency.name(), whom);
        if let Some(genre) = &self.genre {
            words = format!("{words}，体裁为{genre}");
        }
        if let Some(days) = self.once {
            words = format!("{words}，{} 至 {} 发布", days.from, days.to);
            if !days.is_over(self.set_on) {
                words.push_str("（到定规则时为止）");
            }
        }
        format!("{words}，抽{}", self.amount.words())
    }
}

impl Row {
    fn rule(self) -> CheckRule {
        let day = |text: &Option<String>| text.as_ref().and_then(|text| text.parse().ok());
        let once = day(&self.day_from).zip(day(&self.day_to));
        let amount = |number: i64| u32::try_from(number).unwrap_or(1);
        CheckRule {
            amount: match (self.share, self.number) {
                (Some(share), _) => Amount::Share(amount(share)),
                (None, number) => Amount::Number(amount(number.unwrap_or(1))),
            },
            frequency: Frequency::parse(&self.frequency).unwrap_or(Frequency::Once),
            once: once.map(|(from, to)| CheckPeriod { from, to }),
            set_on: self.set_on.parse().unwrap_or(Date::MIN),
            below: self.below == 1,
            ended: self.ended_at.is_some(),
            id: self.id,
            organ: self.organ,
            role: self.role,
            domain: self.domain,
            genre: self.genre,
            set_at: self.set_at,
            set_by: self.set_by,
            set_name: self.set_name,
        }
    }
}
