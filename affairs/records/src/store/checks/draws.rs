//! Draws: the seed, what could be drawn, and what was.

use std::collections::{BTreeMap, BTreeSet};

use law::Date;
use ledger::start_of_day;
use records_rules::CheckPeriod;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value, moment};

use super::CheckRule;
use crate::store::OPEN;
use web::moments::minute;

/// Where the chance comes from: an entry of the ledger that nobody could know when the rule was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed {
    /// Its place in the chain.
    pub entry: i64,
    /// Its hash, hexadecimal.
    pub hash: String,
}

/// One draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// Its key.
    pub id: String,
    /// The rule.
    pub rule: String,
    /// The days drawn from.
    pub period: CheckPeriod,
    /// What is drawn from was published before this moment, as stored.
    pub cut: String,
    /// The chance.
    pub seed: Seed,
    /// The keys of all that could be drawn, sorted.
    pub population: Vec<String>,
    /// When it was drawn, as stored.
    pub drawn_at: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    rule: String,
    day_from: String,
    day_to: String,
    cut: String,
    entry: i64,
    seed: String,
    population: String,
    drawn_at: String,
}

const DRAW: &str = "
SELECT id, rule, day_from, day_to, cut, entry, seed, population, drawn_at FROM record_check_draw";

/// The first entry of the chain from the rule's own on that was made at a moment or later.
const SEED: &str = "
SELECT seq AS entry, hash FROM ledger_event
 WHERE seq >= (SELECT MIN(seq) FROM ledger_event WHERE subject = $1)
   AND happened_at >= $2
 ORDER BY seq LIMIT 1";

impl Seed {
    /// The chance of a rule whose period is over at `cut`; `None` while nothing was done since.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        rule: &str,
        cut: &str,
    ) -> Result<Option<Self>, StoreError> {
        #[derive(FromQueryResult)]
        struct Found {
            entry: i64,
            hash: String,
        }
        let values = vec![format!("check_rule:{rule}").into(), cut.into()];
        let found: Option<Found> = from.one(SEED, values).await?;
        Ok(found.map(|found| Self { entry: found.entry, hash: found.hash }))
    }
}

impl Draw {
    /// The days drawn from in words; where the last was not over, up to which minute of it.
    pub fn days(&self) -> String {
        let days = format!("{} 至 {}", self.period.from, self.period.to);
        let whole = moment(start_of_day(self.period.opens()));
        if self.cut < whole {
            format!("{days}（到 {} 为止）", minute(&self.cut))
        } else {
            days
        }
    }

    /// The draw with that key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> = from.one(&format!("{DRAW} WHERE id = $1"), vec![id.into()]).await?;
        Ok(row.map(Row::draw))
    }

    /// The draws of an organ's rules, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        // The lists drawn from are long; only the page of one draw reads its own.
        let sql = "SELECT d.id, d.rule, d.day_from, d.day_to, d.cut, d.entry, d.seed,
                          '[]' AS population, d.drawn_at
                     FROM record_check_draw d JOIN record_check_rule r ON r.id = d.rule
                    WHERE r.organ = $1 ORDER BY d.id DESC LIMIT 50";
        let rows: Vec<Row> = from.all(sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Row::draw).collect())
    }

    /// What each of these rules drew from last.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn last_periods(
        from: &impl Statements,
    ) -> Result<BTreeMap<String, CheckPeriod>, StoreError> {
        #[derive(FromQueryResult)]
        struct Last {
            rule: String,
            day_from: String,
            day_to: String,
        }
        let sql = "SELECT rule, MAX(day_from) AS day_from, MAX(day_to) AS day_to
                     FROM record_check_draw GROUP BY rule";
        let rows: Vec<Last> = from.all(sql, vec![]).await?;
        Ok(rows.into_iter().map(|row| (row.rule, period(&row.day_from, &row.day_to))).collect())
    }

    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let columns: Vec<(&'static str, Value)> = vec![
            ("id", self.id.clone().into()),
            ("rule", self.rule.clone().into()),
            ("day_from", self.period.from.to_string().into()),
            ("day_to", self.period.to.to_string().into()),
            ("cut", self.cut.clone().into()),
            ("entry", self.seed.entry.into()),
            ("seed", self.seed.hash.clone().into()),
            ("population", serde_json::json!(self.population).to_string().into()),
            ("drawn_at", self.drawn_at.clone().into()),
        ];
        let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
        change.insert("record_check_draw", &names, vec![values]).await
    }
}

impl Row {
    fn draw(self) -> Draw {
        Draw {
            period: period(&self.day_from, &self.day_to),
            seed: Seed { entry: self.entry, hash: self.seed },
            population: serde_json::from_str(&self.population).unwrap_or_default(),
            id: self.id,
            rule: self.rule,
            cut: self.cut,
            drawn_at: self.drawn_at,
        }
    }
}

fn period(from: &str, to: &str) -> CheckPeriod {
    let day = |text: &str| text.parse().unwrap_or(Date::MIN);
    CheckPeriod { from: day(from), to: day(to) }
}

/// The day of which a record is for 抽查: 发布日期, and of what was taken over 原发布日期, or 成文日期 where
/// the source states none.
const FIRST_OUT: &str =
    "CASE WHEN r.imported = 0 THEN r.published_on ELSE COALESCE(r.original_on, r.made_on) END";

/// The records a rule draws from: those of its organs that everybody can see, each with whose it is, in
/// the order of their keys. What was taken over from an older site is of the day on which it was published
/// there, not of the day on which it came here (docs/readings/097).
pub(crate) async fn population(
    from: &impl Statements,
    rule: &CheckRule,
    organs: &BTreeSet<String>,
    period: CheckPeriod,
    cut: &str,
) -> Result<BTreeMap<String, String>, StoreError> {
    #[derive(FromQueryResult)]
    struct Found {
        id: String,
        organ: String,
    }
    let sql = format!(
        "SELECT r.id, r.organ FROM record r
          WHERE {OPEN} AND {FIRST_OUT} >= $1 AND {FIRST_OUT} <= $2 AND r.published_at < $3
            AND ($4 = '' OR r.genre = $4)
            AND ($5 = '' OR EXISTS (SELECT 1 FROM record_item i
                                     WHERE i.record = r.id AND i.domain = $5))"
    );
    let text = |text: &Option<String>| Value::from(text.clone().unwrap_or_default());
    let values = vec![
        period.from.to_string().into(),
        period.to.to_string().into(),
        cut.into(),
        text(&rule.genre),
        text(&rule.domain),
    ];
    let rows: Vec<Found> = from.all(&sql, values).await?;
    let own = rows.into_iter().filter(|row| organs.contains(&row.organ));
    Ok(own.map(|row| (row.id, row.organ)).collect())
}

/// Who had a hand in each of these records.
pub(crate) async fn hands_in(
    from: &impl Statements,
    records: &[String],
) -> Result<BTreeMap<String, BTreeSet<String>>, StoreError> {
    #[derive(FromQueryResult)]
    struct Found {
        record: String,
        person: String,
    }
    let mut hands: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for batch in records.chunks(200) {
        let marks: Vec<_> = (1..=batch.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT record, person FROM record_hand WHERE record IN ({})",
            marks.join(", ")
        );
        let values = batch.iter().map(|id| id.clone().into()).collect();
        let rows: Vec<Found> = from.all(&sql, values).await?;
        for row in rows {
            hands.entry(row.record).or_default().insert(row.person);
        }
    }
    Ok(hands)
}

/// The domains to which records belong: key and name, by name.
pub(crate) async fn domains(from: &impl Statements) -> Result<Vec<(String, String)>, StoreError> {
    #[derive(FromQueryResult)]
    struct Found {
        domain: String,
        words: String,
    }
    let sql = "SELECT domain, MIN(words) AS words FROM record_item GROUP BY domain";
    let rows: Vec<Found> = from.all(sql, vec![]).await?;
    let named = |row: Found| {
        let words: Vec<String> = serde_json::from_str(&row.words).unwrap_or_default();
        let name = words.into_iter().next().unwrap_or_else(|| row.domain.clone());
        (row.domain, name)
    };
    let mut domains: Vec<_> = rows.into_iter().map(named).collect();
    domains.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(domains)
}
