//! 执行情况 and 决策后评估 of decisions.

use identity::Organ;
use law::Date;
use participation_rules::{DecisionAccount, EvaluationGround, ReportKind, ReportState};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::{Proposed, words_of};

/// What a report says, as it is drafted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportSaid {
    /// Which kind.
    pub kind: ReportKind,
    /// The day up to which it tells; none while the draft leaves it open.
    pub until: Option<Date>,
    /// Who executes, or evaluates.
    pub by: String,
    /// What it tells.
    pub body: String,
    /// Why it is evaluated.
    pub ground: Option<EvaluationGround>,
    /// How the public was heard.
    pub heard: String,
    /// What follows from the result.
    pub used: String,
    /// Whoever evaluates did not argue for it before.
    pub independent: bool,
}

impl ReportSaid {
    /// An empty one of a kind, by whoever undertakes the decision.
    pub fn of(kind: ReportKind, by: String) -> Self {
        Self {
            kind,
            until: None,
            by,
            body: String::new(),
            ground: None,
            heard: String::new(),
            used: String::new(),
            independent: false,
        }
    }

    /// As the rules look at it.
    pub fn account(&self) -> DecisionAccount<'_> {
        DecisionAccount {
            kind: self.kind,
            until: self.until,
            by: &self.by,
            body: &self.body,
            ground: self.ground,
            heard: &self.heard,
            used: &self.used,
            independent: self.independent,
        }
    }
}

/// One report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionReport {
    /// Its key.
    pub id: String,
    /// The list and the line in it.
    pub decision: (String, i64),
    /// The organ's code.
    pub organ: String,
    /// The organ's name.
    pub organ_name: String,
    /// The organ's division.
    pub division: String,
    /// The 科室 that drafts it.
    pub unit: String,
    /// How far it has come.
    pub state: ReportState,
    /// What it says.
    pub said: ReportSaid,
    /// The natural persons who wrote it.
    pub authors: Vec<String>,
    /// Why it came back from review.
    pub returned: String,
    /// Grows with every change.
    pub version: i64,
    /// The day it became public.
    pub published_on: Option<Date>,
    /// What is proposed to be withdrawn, and why; none where nothing is.
    pub proposed: Option<Proposed>,
    /// The day it was withdrawn.
    pub withdrawn_on: Option<Date>,
    /// Whether it is 演示数据.
    pub demo: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    list: String,
    item: i64,
    kind: String,
    organ: String,
    organ_name: String,
    division: String,
    unit: String,
    state: String,
    until_day: String,
    by_whom: String,
    body: String,
    ground: String,
    heard: String,
    used: String,
    independent: i64,
    authors: String,
    returned: String,
    version: i64,
    published_on: Option<String>,
    withdraw_reason: String,
    withdraw_by: String,
    withdraw_name: String,
    withdrawn_on: Option<String>,
    demo: i64,
}

const SELECT: &str = "
SELECT r.id, r.list, r.item, r.kind, r.organ, o.name AS organ_name, r.division, r.unit, r.state, r.until_day, r.by_whom,
       r.body, r.ground, r.heard, r.used, r.independent, r.authors, r.returned, r.version, r.published_on,
       r.withdraw_reason, r.withdraw_by, r.withdraw_name, r.withdrawn_on, r.demo
  FROM decision_report r
  JOIN organ o ON o.code = r.organ";

fn list_of(text: &str) -> Vec<String> {
    serde_json::from_str(text).unwrap_or_default()
}

impl From<Row> for DecisionReport {
    fn from(row: Row) -> Self {
        let date = |text: Option<String>| text.and_then(|day| day.parse().ok());
        let proposed = Proposed {
            by: list_of(&row.withdraw_by),
            reason: row.withdraw_reason,
            name: row.withdraw_name,
        };
        Self {
            state: ReportState::parse(&row.state).unwrap_or(ReportState::Dropped),
            said: ReportSaid {
                kind: ReportKind::parse(&row.kind).unwrap_or(ReportKind::Execution),
                until: row.until_day.parse().ok(),
                by: row.by_whom,
                body: row.body,
                ground: EvaluationGround::parse(&row.ground),
                heard: row.heard,
                used: row.used,
                independent: row.independent != 0,
            },
            decision: (row.list, row.item),
            authors: list_of(&row.authors),
            published_on: date(row.published_on),
            proposed: Some(proposed).filter(|one| !one.reason.is_empty()),
            withdrawn_on: date(row.withdrawn_on),
            demo: row.demo != 0,
            id: row.id,
            organ: row.organ,
            organ_name: row.organ_name,
            division: row.division,
            unit: row.unit,
            returned: row.returned,
            version: row.version,
        }
    }
}

fn said_values(said: &ReportSaid) -> Vec<Value> {
    vec![
        said.until.map(|day| day.to_string()).unwrap_or_default().into(),
        said.by.clone().into(),
        said.body.clone().into(),
        said.ground.map(EvaluationGround::word).unwrap_or_default().into(),
        said.heard.clone().into(),
        said.used.clone().into(),
        i64::from(said.independent).into(),
    ]
}

impl DecisionReport {
    /// Where everybody reads it, below a site.
    pub fn path(&self) -> String {
        format!("/juece-baogao/{}", self.id)
    }

    /// Its page at the workbench, below a site.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/juece-baogao/{}", self.id)
    }

    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> =
            from.one(&format!("{SELECT} WHERE r.id = $1"), vec![id.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// Those of a list that were not given up, by lines and in the order they were drafted; the public ones alone, or
    /// all.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_list(
        from: &impl Statements,
        list: &str,
        public: bool,
    ) -> Result<Vec<Self>, StoreError> {
        let which = if public { "r.state = 'published'" } else { "r.state <> 'dropped'" };
        let sql =
            format!("{SELECT} WHERE r.list = $1 AND {which} ORDER BY r.item, r.id LIMIT 1000");
        let rows: Vec<Row> = from.all(&sql, vec![list.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Those of an organ that wait for somebody: returned drafts, and what is proposed to be withdrawn.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE r.organ = $1 AND (r.state = 'draft' AND r.returned <> ''
                OR r.state = 'published' AND r.withdraw_reason <> '') ORDER BY r.id DESC LIMIT 100"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The newest public one of an organ, of any where none is named, for examples of pages.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn example(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Option<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Id {
            id: String,
        }
        let sql =
            "SELECT id FROM decision_report WHERE state = 'published' AND ($1 = '' OR organ = $1)
                    ORDER BY id DESC LIMIT 1";
        let found: Option<Id> = from.one(sql, vec![organ.into()]).await?;
        Ok(found.map(|row| row.id))
    }

    /// Takes a new draft in.
    pub(crate) async fn add(
        change: &Transaction,
        (id, organ, unit): (&str, &Organ, &str),
        (decision, said): ((&str, i64), &ReportSaid),
        (authors, at, demo): (&[String], &str, bool),
    ) -> Result<(), StoreError> {
        let columns = [
            "id",
            "list",
            "item",
            "kind",
            "organ",
            "division",
            "unit",
            "state",
            "until_day",
            "by_whom",
            "body",
            "ground",
            "heard",
            "used",
            "independent",
            "authors",
            "returned",
            "version",
            "created_at",
            "changed_at",
            "withdraw_reason",
            "withdraw_by",
            "withdraw_name",
            "withdrawn_by",
            "demo",
        ];
        let mut row: Vec<Value> = vec![
            id.into(),
            decision.0.into(),
            decision.1.into(),
            said.kind.word().into(),
            organ.code.clone().into(),
            organ.division.clone().into(),
            unit.into(),
            ReportState::Draft.word().into(),
        ];
        row.extend(said_values(said));
        row.extend([words_of(authors).into(), "".into(), 1_i64.into(), at.into(), at.into()]);
        row.extend(["".into(), words_of(&[]).into(), "".into(), "".into()]);
        row.push(i64::from(demo).into());
        change.insert("decision_report", &columns, vec![row]).await
    }

    /// Keeps what the draft says; `false` where somebody was first.
    pub(crate) async fn keep(
        &self,
        change: &Transaction,
        said: &ReportSaid,
        (authors, at): (&[String], &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE decision_report SET until_day = $1, by_whom = $2, body = $3, ground = $4, heard = $5, used = $6,
                          independent = $7, authors = $8, changed_at = $9, version = version + 1
                    WHERE id = $10 AND version = $11 AND state = 'draft'";
        let mut values = said_values(said);
        values.extend([
            words_of(authors).into(),
            at.into(),
            self.id.clone().into(),
            self.version.into(),
        ]);
        Ok(change.run(sql, values).await? == 1)
    }

    /// From one state to the next; `false` where it is in another.
    pub(crate) async fn turn(
        change: &Transaction,
        id: &str,
        (from, to): (ReportState, ReportState),
        (returned, at): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE decision_report SET state = $1, returned = $2, changed_at = $3, version = version + 1
                    WHERE id = $4 AND state = $5";
        let values =
            vec![to.word().into(), returned.into(), at.into(), id.into(), from.word().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// It is public from now on.
    pub(crate) async fn publish(
        &self,
        change: &Transaction,
        publication: &str,
        (on, at): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE decision_report SET state = 'published', publication = $1, published_on = $2, changed_at = $3,
                          version = version + 1
                    WHERE id = $4 AND state = 'review'";
        let values =
            vec![publication.into(), on.to_string().into(), at.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// It is proposed to be withdrawn, or that is taken off again; `false` where something else is proposed.
    pub(crate) async fn propose(
        change: &Transaction,
        (id, at): (&str, &str),
        proposed: Option<&Proposed>,
    ) -> Result<bool, StoreError> {
        let nothing = Proposed { reason: String::new(), by: vec![], name: String::new() };
        let (new, before) = match proposed {
            Some(new) => (new, "withdraw_reason = ''"),
            None => (&nothing, "withdraw_reason <> ''"),
        };
        let sql = format!(
            "UPDATE decision_report SET withdraw_reason = $1, withdraw_by = $2, withdraw_name = $3, changed_at = $4,
                    version = version + 1
              WHERE id = $5 AND {before} AND state = 'published'"
        );
        let values: Vec<Value> = vec![
            new.reason.clone().into(),
            words_of(&new.by).into(),
            new.name.clone().into(),
            at.into(),
            id.into(),
        ];
        Ok(change.run(&sql, values).await? == 1)
    }

    /// It is public no more; `false` where somebody was first.
    pub(crate) async fn withdraw(
        change: &Transaction,
        (id, at): (&str, &str),
        (on, person): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE decision_report SET state = 'withdrawn', withdrawn_by = $1, withdrawn_on = $2, changed_at = $3,
                          version = version + 1
                    WHERE id = $4 AND withdraw_reason <> '' AND state = 'published'";
        let values = vec![person.into(), on.to_string().into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }
}
