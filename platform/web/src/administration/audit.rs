//! `/gongzuo/shenji`: the ledger as the audit administrator and the auditor read it, without names and
//! contents; and its export, which one asks for and another agrees to.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use identity::powers::{Condition, Tie};
use identity::{AuditExport, Organ, Person};
use ledger::{Event, Search};
use serde::Deserialize;

use super::act_names::{Group, groups, name_of};
use super::{AUDIT, done, reading};
use crate::address::with_query;
use crate::components::{ErrorSummary, FieldError};
use crate::entrance::{fresh, returned};
use crate::moments::minute_of;
use crate::workbench::{Submitted, Workbench};
use crate::{Clerk, Fault, House, Visit, icons};

/// Entries on a page.
const PAGE: i64 = 100;

/// The most entries in one file.
const MOST: i64 = 100_000;

#[derive(Template)]
#[template(path = "administration/audit.html")]
struct AuditPage {
    desk: Workbench,
    asked: Asked,
    errors: Vec<FieldError>,
    /// What the ledger may hold, for the filter.
    acts: Vec<Group>,
    /// The names of all organs, to choose from.
    organs: Vec<String>,
    rows: Vec<Row>,
    next: Option<String>,
    exports: Vec<ExportRow>,
    may_request: bool,
}

struct Row {
    seq: i64,
    at: String,
    /// What people call it; its key where nobody names it.
    name: String,
    act: String,
    subject: String,
    organ: String,
    /// What the organ is called; empty where nobody knows.
    organ_name: String,
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
    /// What is wrong with the days.
    fn wrong(&self) -> Vec<FieldError> {
        let day = |text: &str| match text.trim() {
            "" => Ok(None),
            text => text.parse::<law::Date>().map(Some),
        };
        let wrong = |field: &str, message: &str| FieldError {
            field: field.to_owned(),
            message: message.to_owned(),
        };
        let mut errors = Vec::new();
        let (from, until) = (day(&self.from), day(&self.until));
        if from.is_err() {
            errors.push(wrong("from", "开始的日期不对。请写成 2026-01-31 的样子。"));
        }
        if until.is_err() {
            errors.push(wrong("until", "截止的日期不对。请写成 2026-01-31 的样子。"));
        }
        if let (Ok(Some(from)), Ok(Some(until))) = (from, until)
            && until < from
        {
            errors.push(wrong("until", "截止的日期早于开始的日期。请改其中一个。"));
        }
        errors
    }

    fn search(&self, whose: &Whose) -> Search {
        let (room, act) = self.act.trim().split_once('.').unwrap_or((self.act.trim(), ""));
        Search {
            from: self.from.trim().parse().ok(),
            until: self.until.trim().parse().ok(),
            room: room.to_owned(),
            act: act.to_owned(),
            organs: whose.organs.clone(),
            persons: whose.persons.clone(),
            before: self.before.trim().parse().ok(),
            most: PAGE,
        }
    }
}

/// The organs and persons asked for, by their codes. Whoever knows a code may still write it.
#[derive(Default)]
struct Whose {
    organs: Vec<String>,
    persons: Vec<String>,
}

impl Whose {
    /// By what was written: names, or codes. The page itself shows no person's name (`masked`), so there is
    /// no list of them to choose from; of two persons of one name both are meant.
    fn of(asked: &Asked, organs: &[Organ], persons: &[Person]) -> (Self, Vec<FieldError>) {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: &str| {
            errors.push(FieldError { field: field.into(), message: message.into() });
        };
        let (organ, person) = (asked.organ.trim(), asked.person.trim());
        let fits =
            |one: &&Organ| [&one.code, &one.name, &one.short_name].iter().any(|own| *own == organ);
        let mut whose = Self::default();
        if !organ.is_empty() {
            whose.organs = organs.iter().filter(fits).map(|one| one.code.clone()).collect();
            match (whose.organs.is_empty(), organ.is_ascii()) {
                (true, true) => whose.organs.push(organ.to_owned()),
                (true, false) => wrong("organ", "没有叫这个名称的机关。请从列出的机关里选。"),
                _ => {}
            }
        }
        if !person.is_empty() {
            let fits = |one: &&Person| one.id == person || one.name == person;
            whose.persons = persons.iter().filter(fits).map(|one| one.id.clone()).collect();
            match (whose.persons.is_empty(), person.is_ascii()) {
                (true, true) => whose.persons.push(person.to_owned()),
                (true, false) => {
                    wrong("person", "没有登记过叫这个名字的人。请写全名，或者人员编号。")
                }
                _ => {}
            }
        }
        (whose, errors)
    }
}

impl Row {
    fn of(house: &House, event: Event) -> Self {
        let act = format!("{}.{}", event.room, event.act);
        Self {
            seq: event.seq,
            at: minute_of(event.happened_at),
            name: name_of(house, &act).map_or_else(|| act.clone(), str::to_owned),
            act,
            subject: event.subject,
            organ: event.organ,
            organ_name: String::new(),
            actor: event.actor,
            post: event.post,
            basis: event.basis,
        }
    }

    fn naming(mut self, organs: &[Organ]) -> Self {
        let known = organs.iter().find(|organ| organ.code == self.organ);
        self.organ_name = known.map(|organ| organ.name.clone()).unwrap_or_default();
        self
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
    let store = visit.house.store();
    let organs = Organ::all(store).await?;
    // Only whoever looks for a person needs to know who there is.
    let persons = match asked.person.trim() {
        "" => vec![],
        _ => Person::all(store).await?,
    };
    let (whose, unknown) = Whose::of(&asked, &organs, &persons);
    let errors: Vec<_> = asked.wrong().into_iter().chain(unknown).collect();
    let rows = match errors.is_empty() {
        true => visit.house.ledger().search(&asked.search(&whose)).await?,
        false => vec![],
    };
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
    let rows = rows.into_iter().map(|event| Row::of(&visit.house, event).naming(&organs)).collect();
    let organs = organs.into_iter().map(|organ| organ.name).collect();
    let mut desk = Workbench::of(&visit, clerk, "shenji", "审计记录").await?;
    let acts = groups(&visit.house);
    if errors.is_empty() {
        return fresh(&AuditPage {
            desk,
            asked,
            errors,
            acts,
            organs,
            rows,
            next,
            exports,
            may_request,
        });
    }
    desk = desk.with_errors();
    returned(&AuditPage { desk, asked, errors, acts, organs, rows, next, exports, may_request })
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
    clerk.must_be_fresh()?;
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
    let mut text = String::from("\u{feff}序号,时间,操作,操作代码,对象,机关,行为人,岗位,依据\r\n");
    for event in visit.house.ledger().search(&asked).await? {
        let row = Row::of(&visit.house, event);
        let cells = [
            &row.seq.to_string(),
            &row.at,
            &row.name,
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

impl AuditPage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.errors.clone())
    }

    fn wrong(&self, field: &str) -> Option<&str> {
        let found = self.errors.iter().find(|error| error.field == field);
        found.map(|error| error.message.as_str())
    }

    /// Whether what is asked for is no act with a name: a whole room, or one of an older version.
    fn asks_for_another(&self) -> bool {
        let known = |(_, acts): &Group| acts.iter().any(|(key, _)| *key == self.asked.act);
        !self.asked.act.is_empty() && !self.acts.iter().any(known)
    }
}

/// A cell that no spreadsheet takes for a formula.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use identity::{Level, Organ, Person};

    use super::{Asked, Whose, quoted};

    #[test]
    fn entries_are_sought_by_the_name_of_an_organ_or_a_person_and_by_codes_as_before() {
        let person = |id: &str, name: &str| Person {
            id: id.into(),
            name: name.into(),
            registered_at: jiff::Timestamp::UNIX_EPOCH,
            left_on: None,
        };
        let persons = [person("p1", "陈志强"), person("p2", "陈志强"), person("p3", "林芳")];
        let organ = Organ {
            code: "XM1".into(),
            name: "厦门市民政局".into(),
            short_name: "市民政局".into(),
            kind: "department".into(),
            role: String::new(),
            level: Level::City,
            division: "350200000000".into(),
            valid_from: None,
            valid_to: None,
            successor: None,
            remit: Default::default(),
            address: None,
            postcode: None,
            hours: None,
            phone: None,
            note: None,
        };
        let strings = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        for (asked, found, wrong) in [
            (("", ""), (&[][..], &[][..]), &[][..]),
            (("厦门市民政局", "陈志强"), (&["XM1"][..], &["p1", "p2"][..]), &[]),
            (("市民政局", "林芳"), (&["XM1"], &["p3"]), &[]),
            (("XM1", "p3"), (&["XM1"], &["p3"]), &[]),
            (("XM9", "old"), (&["XM9"], &["old"]), &[]),
            (("没有的局", "没有的人"), (&[], &[]), &["organ", "person"]),
        ] {
            let asked = Asked { organ: asked.0.into(), person: asked.1.into(), ..Asked::default() };
            let (whose, errors) = Whose::of(&asked, std::slice::from_ref(&organ), &persons);
            let told = (whose.organs, whose.persons);
            assert_eq!(told, (strings(found.0), strings(found.1)), "{asked:?}");
            let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
            assert_eq!(fields, wrong, "{asked:?}");
        }
    }

    #[test]
    fn no_cell_is_taken_for_a_formula() {
        for (cell, written) in
            [("a\"b", "\"a\"\"b\""), ("=1+1", "\"'=1+1\""), ("@x", "\"'@x\""), ("条例", "\"条例\"")]
        {
            assert_eq!(quoted(cell), written);
        }
    }
}
