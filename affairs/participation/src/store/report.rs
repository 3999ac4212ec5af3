//! 执行情况 and 决策后评估 of decisions.

use identity::Organ;
use law::Date;
use participation_rules::{DecisionAccount, EvaluationGround, ReportKind, ReportState};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::Proposed;
use super::announced::{self, Announced, Piece, date, day, head, list_of};

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
pub(crate) struct Row {
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

impl From<Row> for DecisionReport {
    fn from(row: Row) -> Self {
        let proposed = Proposed::read(row.withdraw_reason, &row.withdraw_by, row.withdraw_name);
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
            proposed,
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

impl Announced for DecisionReport {
    type Row = Row;
    type Said = ReportSaid;
    type State = ReportState;

    const TABLE: &'static str = "decision_report";
    const SELECT: &'static str = SELECT;
    const KEY: &'static str = "r.id";
    const SAID: &'static [&'static str] =
        &["until_day", "by_whom", "body", "ground", "heard", "used", "independent"];
    const NOT_YET: (&'static [&'static str], &'static [&'static str], &'static [&'static str]) =
        (&["returned", "withdraw_reason", "withdraw_name", "withdrawn_by"], &[], &["withdraw_by"]);
    const NOTICE: Piece<ReportState> = Piece {
        written: ReportState::Draft,
        reviewed: ReportState::Review,
        public: ReportState::Published,
        kept: ("publication", "published_on", None),
    };
    const DROPPED: ReportState = ReportState::Dropped;

    head!();

    fn word(state: ReportState) -> &'static str {
        state.word()
    }

    fn said_values(said: &ReportSaid) -> Vec<Value> {
        vec![
            day(said.until),
            said.by.clone().into(),
            said.body.clone().into(),
            said.ground.map(EvaluationGround::word).unwrap_or_default().into(),
            said.heard.clone().into(),
            said.used.clone().into(),
            i64::from(said.independent).into(),
        ]
    }
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
        announced::found(from, id).await
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
        announced::all(from, &sql, vec![list.into()]).await
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
        announced::all(from, &sql, vec![organ.into()]).await
    }

    /// The newest public one of an organ, of any where none is named, for examples of pages.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn example(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Option<String>, StoreError> {
        let sql =
            "SELECT id FROM decision_report WHERE state = 'published' AND ($1 = '' OR organ = $1)
                    ORDER BY id DESC LIMIT 1";
        announced::key(from, sql, vec![organ.into()]).await
    }

    /// Takes a new draft in, on a line of a list.
    pub(crate) async fn add(
        change: &Transaction,
        of: (&str, &Organ, &str),
        ((list, item), said): ((&str, i64), &ReportSaid),
        written: (&[String], &str, bool),
    ) -> Result<(), StoreError> {
        let beside =
            vec![("list", list.into()), ("item", item.into()), ("kind", said.kind.word().into())];
        announced::add::<Self>(change, of, said, written, beside).await
    }
}
