//! 解读率: of the policies published in a year that need an interpretation, how many have one.

use std::collections::BTreeMap;

use interpretation_rules::{Form, PolicyState};
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value};

/// How the policies of one organ stand.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Covered {
    /// The organ's code.
    pub organ: String,
    /// Its short name.
    pub name: String,
    /// How many have an interpretation.
    pub interpreted: i64,
    /// How many owe one.
    pub owing: i64,
    /// Of how many somebody agreed that they need none.
    pub waived: i64,
}

impl Covered {
    /// How many there had to be.
    pub fn needed(&self) -> i64 {
        self.interpreted + self.owing
    }

    /// 解读率, of a hundred; `None` where none was needed.
    pub fn rate(&self) -> Option<f64> {
        let whole = self.needed();
        #[expect(clippy::cast_precision_loss, reason = "counts of documents are small")]
        (whole > 0).then(|| self.interpreted as f64 * 100.0 / whole as f64)
    }

    /// All of a range of divisions that were published in a year, organ by organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(
        from: &impl Statements,
        range: (&str, &str),
        year: i16,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT d.organ, o.short_name AS name,
                          sum(CASE WHEN d.state = 'interpreted' THEN 1 ELSE 0 END) AS interpreted,
                          sum(CASE WHEN d.state = 'owing' THEN 1 ELSE 0 END) AS owing,
                          sum(CASE WHEN d.state = 'not_interpreted' THEN 1 ELSE 0 END) AS waived
                     FROM policy_document d JOIN organ o ON o.code = d.organ
                    WHERE d.division >= $1 AND d.division <= $2 AND d.published_at >= $3 AND d.published_at < $4
                      AND d.shown = 1 AND d.path IS NOT NULL
                    GROUP BY d.organ, o.short_name, d.division ORDER BY d.division, d.organ";
        from.all(sql, values(range, year)).await
    }

    /// How many interpretations of each form were published in a year, and of how many policies.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_forms(
        from: &impl Statements,
        (low, high): (&str, &str),
        year: i16,
    ) -> Result<Vec<(Form, i64, i64)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            form: String,
            number: i64,
            policies: i64,
        }
        let sql = "SELECT i.form, count(*) AS number, count(DISTINCT i.policy) AS policies
                     FROM interpretation i JOIN policy_document d ON d.id = i.policy
                    WHERE d.division >= $1 AND d.division <= $2 AND d.published_at >= $3 AND d.published_at < $4
                      AND d.shown = 1 AND d.path IS NOT NULL AND i.state = 'published'
                    GROUP BY i.form";
        let rows: Vec<Row> = from.all(sql, values((low, high), year)).await?;
        let of = |form: Form| {
            let row = rows.iter().find(|row| row.form == form.word());
            row.map(|row| (form, row.number, row.policies))
        };
        Ok(Form::ALL.into_iter().filter_map(of).collect())
    }
}

/// The moments between which a year lies in China.
fn values((low, high): (&str, &str), year: i16) -> Vec<Value> {
    let begins = |year: i16| format!("{:04}-12-31T16:00:00Z", year.saturating_sub(1));
    vec![low.into(), high.into(), begins(year).into(), begins(year.saturating_add(1)).into()]
}

/// One policy behind the numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoveredRow {
    /// Its title.
    pub title: String,
    /// The organ's short name.
    pub organ: String,
    /// Where it stands.
    pub path: Option<String>,
    /// The day of its publication.
    pub published_on: String,
    /// How it stands.
    pub state: PolicyState,
    /// Why it has none.
    pub reason: String,
    /// The last day, where one is owed.
    pub due_on: Option<String>,
    /// In which forms it is interpreted.
    pub forms: Vec<Form>,
    /// Whether it was interpreted after its publication only.
    pub followed: bool,
}

impl CoveredRow {
    /// Whether it owes an interpretation on a day after the last one for it.
    pub fn is_overdue(&self, today: Date) -> bool {
        let due = self.due_on.as_ref().and_then(|due| due.parse::<Date>().ok());
        self.state == PolicyState::Owing && due.is_some_and(|due| due < today)
    }

    /// The policies of an organ, or of all where that is empty, the latest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(
        from: &impl Statements,
        (range, organ): ((&str, &str), &str),
        year: i16,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: String,
            title: String,
            organ: String,
            path: Option<String>,
            published_on: String,
            state: String,
            reason: String,
            due_on: Option<String>,
            published_at: Option<String>,
            interpreted_at: Option<String>,
        }
        let mut values = values(range, year);
        let which = if organ.is_empty() { "" } else { "AND d.organ = $5" };
        values.extend((!organ.is_empty()).then(|| organ.into()));
        let sql = format!(
            "SELECT d.id, d.title, o.short_name AS organ, d.path, d.published_on, d.state, d.reason, d.due_on,
                    d.published_at, d.interpreted_at
               FROM policy_document d JOIN organ o ON o.code = d.organ
              WHERE d.division >= $1 AND d.division <= $2 AND d.published_at >= $3 AND d.published_at < $4
                AND d.shown = 1 AND d.path IS NOT NULL {which}
              ORDER BY d.published_at DESC, d.id DESC LIMIT {most}"
        );
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let forms = forms(from, rows.iter().map(|row| row.id.as_str())).await?;
        let whole = |row: Row| {
            Some(Self {
                followed: row.interpreted_at > row.published_at,
                forms: forms.get(&row.id).cloned().unwrap_or_default(),
                state: PolicyState::read(&row.state)?,
                title: row.title,
                organ: row.organ,
                path: row.path,
                published_on: row.published_on,
                reason: row.reason,
                due_on: row.due_on,
            })
        };
        Ok(rows.into_iter().filter_map(whole).collect())
    }
}

/// The forms in which these policies are interpreted, in one question.
async fn forms<'a>(
    from: &impl Statements,
    policies: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<String, Vec<Form>>, StoreError> {
    #[derive(FromQueryResult)]
    struct Row {
        policy: String,
        form: String,
    }
    let values: Vec<Value> = policies.map(Value::from).collect();
    if values.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places: Vec<String> = (1..=values.len()).map(|at| format!("${at}")).collect();
    let sql = format!(
        "SELECT DISTINCT policy, form FROM interpretation WHERE state = 'published' AND policy IN ({})",
        places.join(", ")
    );
    let rows: Vec<Row> = from.all(&sql, values).await?;
    let mut forms: BTreeMap<String, Vec<Form>> = BTreeMap::new();
    for row in rows {
        if let Some(form) = Form::read(&row.form) {
            forms.entry(row.policy).or_default().push(form);
        }
    }
    forms.values_mut().for_each(|forms| forms.sort_unstable());
    Ok(forms)
}
