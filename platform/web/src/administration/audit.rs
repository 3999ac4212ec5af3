//! `/gongzuo/shenji`: the ledger as the audit administrator and the auditor read it, without names and
//! contents; and its export, which one asks for and another agrees to.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use identity::AuditExport;
use identity::powers::{Condition, Tie};
use ledger::{Event, Search};
use serde::Deserialize;

use super::{AUDIT, again, done, reading};
use crate::address::with_query;
use crate::entrance::fresh;
use crate::workbench::account::in_words;
use crate::workbench::{Submitted, Workbench};
use crate::{Clerk, Fault, Visit};

/// Entries on a page.
const PAGE: i64 = 100;

/// The most entries in one file.
const MOST: i64 = 100_000;

#[derive(Template)]
#[template(path = "administration/audit.html")]
struct AuditPage {
    desk: Workbench,
    asked: Asked,
    rows: Vec<Row>,
    next: Option<String>,
    exports: Vec<ExportRow>,
    may_request: bool,
}

struct Row {
    seq: i64,
    at: String,
    act: String,
    subject: String,
    organ: String,
    actor: String,
    post: String,
    basis: String,
}

struct ExportRow {
    id: String,
    period: String,
    reason: String,
    state: &'static str,
    decide: Option<String>,
    file: Option<String>,
}

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    from: String,
    until: String,
    act: String,
    organ: String,
    person: String,
    before: String,
}

impl Asked {
    fn search(&self) -> Search {
        let (room, act) = self.act.trim().split_once('.').unwrap_or((self.act.trim(), ""));
        Search {
            from: self.from.trim().parse().ok(),
            until: self.until.trim().parse().ok(),
            room: room.to_owned(),
            act: act.to_owned(),
            organ: self.organ.trim().to_owned(),
            person: self.person.trim().to_owned(),
            before: self.before.trim().parse().ok(),
            most: PAGE,
        }
    }
}

impl From<Event> for Row {
    fn from(event: Event) -> Self {
        Self {
            seq: event.seq,
            at: in_words(event.happened_at),
            act: format!("{}.{}", event.room, event.act),
            subject: event.subject,
            organ: event.organ,
            actor: event.actor,
            post: event.post,
            basis: event.basis,
        }
    }
}

fn tie(clerk: &Clerk) -> Tie {
    Tie::to(clerk.operator()).holding([Condition::Masked])
}

/// The entries, newest first.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    clerk.may("audit.read", &tie(&clerk))?;
    let rows = visit.house.ledger().search(&asked.search()).await?;
    reading(&visit.house, &clerk, "audit_read", "audit").await?;
    let full = rows.len() as i64 == PAGE;
    let last = rows.last().map(|event| event.seq.to_string()).filter(|_| full);
    let next = last.map(|before| {
        let parameters = [
            ("from", asked.from.as_str()),
            ("until", &asked.until),
            ("act", &asked.act),
            ("organ", &asked.organ),
            ("person", &asked.person),
            ("before", &before),
        ];
        with_query(&visit.site.link(AUDIT), &parameters)
    });
    let exports = exports(&visit, &clerk).await?;
    let may_request = clerk.has_power("audit.export.request");
    let rows = rows.into_iter().map(Row::from).collect();
    let desk = Workbench::of(&visit, clerk, "shenji", "审计记录").await?;
    fresh(&AuditPage { desk, asked, rows, next, exports, may_request })
}

async fn exports(visit: &Visit, clerk: &Clerk) -> Result<Vec<ExportRow>, Fault> {
    let decides = clerk.has_power("audit.export.approve");
    let row = |one: AuditExport| {
        let to = visit.site.link(&format!("{AUDIT}/daochu/{}", one.id));
        let own = one.requested_by == clerk.id;
        ExportRow {
            period: format!("{} 至 {}", one.from, one.until),
            state: match one.agreed {
                None => "待批准",
                Some(true) => "已批准",
                Some(false) => "不批准",
            },
            decide: (decides && !clerk.is_among(one.requesters()) && one.agreed.is_none())
                .then(|| to.clone()),
            file: (own && one.agreed == Some(true)).then_some(to),
            reason: one.reason,
            id: one.id,
        }
    };
    Ok(AuditExport::latest(visit.house.store()).await?.into_iter().map(row).collect())
}

/// 提请导出.
pub(super) async fn request(
    visit: Visit,
    clerk: Clerk,
    form: Submitted,
) -> Result<Response, Fault> {
    let reason = form.get("reason");
    clerk.may("audit.export.request", &Tie::to(clerk.operator()).because(reason))?;
    let day = |name: &str| {
        let read = form.get(name).trim().parse::<law::Date>();
        read.map_err(|_| Fault::field(name, "日期不对。请写成 2026-01-31 的样子。"))
    };
    let period = (day("from")?, day("until")?);
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    done(&visit, AuditExport::request(desk, &clerk.id, period, reason).await, AUDIT)
}

/// 批准导出, or turning it down.
pub(super) async fn decide(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    if let Some(again) = again(&visit, &clerk, AUDIT) {
        return Ok(again);
    }
    let export = AuditExport::find(visit.house.store(), &id).await?.ok_or(Fault::NotFound)?;
    let mut tie = tie(&clerk);
    for person in export.requesters() {
        tie = tie.after("audit.export.request", person);
    }
    clerk.may("audit.export.approve", &tie)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let agreed = form.get("decision") == "confirm";
    done(&visit, AuditExport::decide(desk, &clerk.id, &id, agreed).await, AUDIT)
}

/// The file, for whoever asked for it, once it was agreed to.
pub(super) async fn file(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let export = AuditExport::find(visit.house.store(), &id).await?;
    let export = export.filter(|one| one.requested_by == clerk.id && one.agreed == Some(true));
    let export = export.ok_or(Fault::NotFound)?;
    clerk.may("audit.export.request", &Tie::to(clerk.operator()).because(&*export.reason))?;
    reading(&visit.house, &clerk, "audit_file", &id).await?;
    let asked = Search {
        from: Some(export.from),
        until: Some(export.until),
        most: MOST,
        ..Search::default()
    };
    let mut text = String::from("\u{feff}序号,时间,操作,对象,机关,行为人,岗位,依据\r\n");
    for row in visit.house.ledger().search(&asked).await?.into_iter().map(Row::from) {
        let cells = [
            &row.seq.to_string(),
            &row.at,
            &row.act,
            &row.subject,
            &row.organ,
            &row.actor,
            &row.post,
            &row.basis,
        ];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    let name = format!("attachment; filename=\"audit-{}-{}.csv\"", export.from, export.until);
    let name = HeaderValue::try_from(name).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], text).into_response())
}

/// A cell that no spreadsheet takes for a formula.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_cell_is_taken_for_a_formula() {
        for (cell, written) in
            [("a\"b", "\"a\"\"b\""), ("=1+1", "\"'=1+1\""), ("@x", "\"'@x\""), ("条例", "\"条例\"")]
        {
            assert_eq!(quoted(cell), written);
        }
    }
}
