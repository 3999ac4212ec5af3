//! 经过: what happened to a request, in the order of writing down. Only ever added to.

use law::Date;
use requests_rules::{Event, Happening};
use serde_json::Value as Json;
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::CaseError;
use super::writing::{self, Columns, known_day};

/// Something that happened to a request.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseEvent {
    /// Its place in the order of writing down, from 1.
    pub ordinal: i64,
    /// The act: `intake`, `correction_notice`.
    pub kind: String,
    /// The day it happened.
    pub happened_on: Date,
    /// What it does to the clock; none where that goes on.
    pub happening: Option<Happening>,
    /// What people read of it; never who asked.
    pub facts: Json,
    /// The key of what it is about: a letter, an opinion, an answer; empty for none.
    pub subject: String,
    /// When it was written down, as stored.
    pub recorded_at: String,
    /// Who did it, by key; empty for the applicant, a third party, the clock.
    pub person: String,
    /// What that person is called.
    pub by: String,
}

#[derive(FromQueryResult)]
pub(crate) struct Row {
    request: String,
    ordinal: i64,
    kind: String,
    happened_on: String,
    happening: Option<String>,
    facts: String,
    subject: String,
    recorded_at: String,
    person: String,
    name: String,
}

const COLUMNS: &str = "e.request, e.ordinal, e.kind, e.happened_on, e.happening, e.facts, e.subject, \
                       e.recorded_at, e.person, e.name";

/// An event on its way into the list.
pub(crate) struct NewEvent<'a> {
    pub request: &'a str,
    pub event: &'a CaseEvent,
    pub person_for: Option<&'a str>,
}

/// What people call what happens to a request.
const NAMES: &[(&str, &str)] = &[
    ("intake", "登记"),
    ("receipt", "收到申请"),
    ("receipt_letter", "登记回执"),
    ("confirmation", "双方确认"),
    ("assignment", "分办"),
    ("correction_notice", "补正告知"),
    ("correction", "收到补正"),
    ("opinion_asked", "征求意见"),
    ("opinion", "收到意见"),
    ("opinion_given_up", "不再等待意见"),
    ("decision_against", "决定违背第三方意见公开"),
    ("decision_told", "公开决定告知第三方"),
    ("reasons_asked", "要求说明理由"),
    ("reasons_given", "申请人说明理由"),
    ("reasons_judged", "认定理由"),
    ("search", "检索"),
    ("advice", "业务科室意见"),
    ("provision", "放入要提供的信息"),
    ("proposal", "提请"),
    ("decision", "决定"),
    ("extension", "延长答复期限"),
    ("delay", "延迟答复"),
    ("fee_notice", "收费通知"),
    ("payment", "缴费"),
    ("refund", "退费"),
    ("abandonment", "不再处理"),
    ("withdrawal", "撤回"),
    ("joining", "合并办理"),
    ("answer_draft", "起草答复"),
    ("answer_submission", "答复送审"),
    ("answer_review", "审查答复"),
    ("answer", "答复"),
    ("answer_correction", "更正答复"),
    ("sending", "寄发"),
    ("service", "送达"),
    ("archiving", "归档"),
    ("hold", "依法保全"),
    ("hold_lifted", "解除保全"),
    ("remedy", "复议、诉讼"),
    ("remedy_result", "复议、诉讼结果"),
    ("removal", "去标识"),
];

impl CaseEvent {
    /// What people call it.
    pub fn name(&self) -> &'static str {
        NAMES.iter().find(|(kind, _)| *kind == self.kind).map_or("", |(_, name)| name)
    }

    /// What happened to a request, in the order of writing down.
    ///
    /// # Errors
    /// The database refuses, or a row cannot be read.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, CaseError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM request_event e WHERE e.request = $1 ORDER BY e.ordinal"
        );
        let rows: Vec<Row> = from.all(&sql, vec![request.into()]).await?;
        rows.into_iter().map(|row| row.event().map(|(_, event)| event)).collect()
    }

    /// What moves the clocks of all open requests that have one, each request's together in order.
    ///
    /// # Errors
    /// The database refuses, or a row cannot be read.
    pub(crate) async fn of_open(
        from: &impl Statements,
        until: Option<Date>,
    ) -> Result<Vec<(String, Event)>, CaseError> {
        #[derive(FromQueryResult)]
        struct Told {
            request: String,
            happened_on: String,
            happening: String,
        }
        let due = if until.is_some() { "AND r.next_on <= $1" } else { "" };
        let sql = format!(
            "SELECT e.request, e.happened_on, e.happening
               FROM request r JOIN request_event e ON e.request = r.id
              WHERE r.closed_on IS NULL {due} AND e.happening IS NOT NULL
              ORDER BY e.request, e.ordinal"
        );
        let values = until.map(|day| day.to_string().into()).into_iter().collect();
        let rows: Vec<Told> = from.all(&sql, values).await?;
        let told = |row: Told| {
            let what = read(&row.request, row.happening)?;
            Ok((row.request, Event::new(known_day(&row.happened_on), what)))
        };
        rows.into_iter().map(told).collect()
    }

    /// As the rules are told it; none where the clock goes on.
    pub fn told(&self) -> Option<Event> {
        let what = self.happening.clone()?;
        Some(Event::new(self.happened_on, what))
    }
}

impl NewEvent<'_> {
    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let event = self.event;
        let happening = event.happening.as_ref().map(|one| serde_json::json!(one).to_string());
        let columns: Columns = vec![
            ("id", writing::new_key().into()),
            ("request", self.request.into()),
            ("ordinal", event.ordinal.into()),
            ("kind", event.kind.clone().into()),
            ("happened_on", event.happened_on.to_string().into()),
            ("happening", happening.into()),
            ("facts", event.facts.to_string().into()),
            ("subject", event.subject.clone().into()),
            ("recorded_at", event.recorded_at.clone().into()),
            ("person", event.person.clone().into()),
            ("person_for", self.person_for.map(str::to_owned).into()),
            ("name", event.by.clone().into()),
        ];
        writing::add(change, "request_event", columns).await
    }
}

impl Row {
    fn event(self) -> Result<(String, CaseEvent), CaseError> {
        let happening = self.happening.map(|text| read(&self.request, text)).transpose()?;
        let event = CaseEvent {
            ordinal: self.ordinal,
            kind: self.kind,
            happened_on: known_day(&self.happened_on),
            happening,
            facts: serde_json::from_str(&self.facts).unwrap_or_default(),
            subject: self.subject,
            recorded_at: self.recorded_at,
            person: self.person,
            by: self.name,
        };
        Ok((self.request, event))
    }
}

/// What an event does to the clock of that request.
fn read(request: &str, text: String) -> Result<Happening, CaseError> {
    serde_json::from_str(&text).map_err(|_| CaseError::Unreadable {
        request: request.to_owned(),
        field: "happening",
        text,
    })
}
