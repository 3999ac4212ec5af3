//! `/gongzuo/daoqi`: 保管到期 (个人信息保护法第四十七条; docs/readings/128, 205). Files whose period is over lead to where
//! 去标识 is proposed; 更正申请, 投诉, 申诉 and 建议 are proposed, decided and held here. Nothing tells a name.

use ::identity::powers::{Condition, Tie};
use ::review::Signatory;
use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use law::Date;
use serde::Deserialize;
use web::components::Empty;
use web::moments::minute;
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::choices::meant;
use super::{LIST, RETENTION, seen, sent_to, titled};
use crate::acts::matter_removal;
use crate::store::{Archive, Filing, Lasting, MatterHold, MatterRemoval};

#[derive(Template)]
#[template(path = "workbench/retention.html")]
struct RetentionPage {
    desk: Workbench,
    files: Vec<FileRow>,
    matters: Vec<MatterRow>,
    waiting: Vec<WaitingRow>,
    holds: Vec<HoldRow>,
    /// Where each act is sent; none where the clerk may not.
    propose: Option<String>,
    hold: Option<String>,
}

struct FileRow {
    number: String,
    title: String,
    href: String,
    closed: Date,
}

struct MatterRow {
    about: String,
    kind: &'static str,
    number: String,
    told: Date,
    held: bool,
    waits: bool,
}

struct WaitingRow {
    id: String,
    number: String,
    kind: &'static str,
    reason: String,
    by: String,
    action: Option<String>,
}

struct HoldRow {
    id: String,
    number: String,
    kind: &'static str,
    reason: String,
    since: String,
    action: Option<String>,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("tiqing", "已经提请，由另一人决定。"),
    ("quming", "已经去标识，只留下编号、日期和办理结果。"),
    ("butongyi", "已经记下不同意，内容保持原样。"),
    ("baoquan", "已经保全，解除以前任何人不能去标识。"),
    ("jiechu", "已经解除保全。"),
];

/// Whether it is agreed to, by its words.
const AGREED: [(&str, bool); 2] = [("tongyi", true), ("butongyi", false)];

fn kind_of(about: &str) -> &'static str {
    match about.split(':').next() {
        Some("rectification") => "更正申请",
        Some("complaint") => "投诉、申诉",
        _ => "主动公开建议",
    }
}

fn tie(clerk: &Clerk, reason: &str) -> Tie {
    let mut tie = Tie::to(&clerk.organ.code).holding([Condition::AfterClose, Condition::Masked]);
    if clerk.is_fresh() {
        tie.holds.push(Condition::Reauth);
    }
    tie.because(reason)
}

/// Shows what is over, what waits for a decision, and what is held.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    clerk.may("foi.retention.read", &tie(&clerk, "查看"))?;
    let (store, organ) = (visit.house.store(), clerk.organ.code.as_str());
    let today = visit.house.ledger().clock().today();
    let files = Archive::over(store, organ, today).await?;
    let waiting = MatterRemoval::waiting(store, organ).await?;
    let holds = MatterHold::standing(store, organ).await?;
    let matter = |one: Lasting| MatterRow {
        kind: kind_of(&one.about),
        held: holds.iter().any(|hold| hold.about == one.about),
        waits: waiting.iter().any(|removal| removal.about == one.about),
        number: one.number,
        told: one.told_on,
        about: one.about,
    };
    let over = Lasting::over(store, organ, today).await?;
    let at = |power: &str, act: &str| {
        let may = clerk.has_power(power);
        may.then(|| visit.site.link(&format!("{RETENTION}/{act}")))
    };
    let page = RetentionPage {
        matters: over.into_iter().map(matter).collect(),
        files: files.iter().map(|filing| file_row(&visit, filing)).collect(),
        waiting: waiting.iter().map(|one| waiting_row(&visit, &clerk, one)).collect(),
        holds: holds.iter().map(|one| hold_row(&visit, &clerk, one)).collect(),
        propose: at("foi.purge.propose", "tiqing"),
        hold: at("foi.hold.place", "baoquan"),
        desk: Workbench::of(&visit, clerk, "daoqi", "保管到期").await?.saying(&asked.done, SAID),
    };
    web::page::answer(&page)
}

fn file_row(visit: &Visit, filing: &Filing) -> FileRow {
    FileRow {
        number: filing.number.clone(),
        title: titled(filing),
        href: visit.site.link(&format!("{LIST}/{}", filing.id)),
        closed: filing.closed_on.unwrap_or(Date::MIN),
    }
}

fn waiting_row(visit: &Visit, clerk: &Clerk, one: &MatterRemoval) -> WaitingRow {
    let may = clerk.has_power("foi.purge.approve") && !one.is_by(&Signatory::of(clerk));
    WaitingRow {
        id: one.id.clone(),
        number: one.number.clone(),
        kind: kind_of(&one.about),
        reason: one.reason.clone(),
        by: format!("{} · {}", one.proposed_name, minute(&one.proposed_at)),
        action: may.then(|| visit.site.link(&format!("{RETENTION}/jueding"))),
    }
}

fn hold_row(visit: &Visit, clerk: &Clerk, one: &MatterHold) -> HoldRow {
    let placers = [Some(one.placed_by.as_str()), one.placed_for.as_deref()];
    let own = clerk.is_among(placers.into_iter().flatten());
    HoldRow {
        id: one.id.clone(),
        number: one.number.clone(),
        kind: kind_of(&one.about),
        reason: one.reason.clone(),
        since: format!("{} · {}", one.placed_name, one.placed_on),
        action: (clerk.has_power("foi.hold.lift") && !own)
            .then(|| visit.site.link(&format!("{RETENTION}/jiechu"))),
    }
}

/// Proposes 去标识 of one.
pub async fn propose(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let reason = form.get(REASON).trim();
    clerk.may("foi.purge.propose", &tie(&clerk, reason))?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let by = Signatory::of(&clerk);
    let about = (form.get("shixiang"), reason);
    seen(matter_removal::propose(desk, sealer, &by, about).await, REASON)?;
    Ok(sent_to(&visit, &format!("{RETENTION}?done=tiqing")))
}

/// Decides it.
pub async fn decide(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let (id, reason) = (form.get("tiqing"), form.get(REASON).trim());
    let found = MatterRemoval::find(visit.house.store(), &clerk.organ.code, id).await?;
    let removal = found.ok_or(Fault::NotFound)?;
    let told = tie(&clerk, reason).by(&removal.proposed_by);
    let told = removal.proposed_for.iter().fold(told, |told, person| told.by(person));
    clerk.may("foi.purge.approve", &told)?;
    let agreed = meant(&AGREED, form.get("jueding"));
    let agreed = agreed.ok_or_else(|| Fault::field("jueding", "没有选决定。请选一项。"))?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let by = Signatory::of(&clerk);
    seen(matter_removal::decide(desk, sealer, &by, id, (agreed, reason)).await, REASON)?;
    let done = if agreed { "quming" } else { "butongyi" };
    Ok(sent_to(&visit, &format!("{RETENTION}?done={done}")))
}

/// Places one under 依法保全.
pub async fn hold(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let reason = form.get(REASON).trim();
    clerk.may("foi.hold.place", &tie(&clerk, reason))?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let by = Signatory::of(&clerk);
    let held = matter_removal::hold(desk, sealer, &by, (form.get("bianhao"), reason)).await;
    seen(held, "bianhao")?;
    Ok(sent_to(&visit, &format!("{RETENTION}?done=baoquan")))
}

/// Lifts 依法保全.
pub async fn lift(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let (id, reason) = (form.get("baoquan"), form.get(REASON).trim());
    let standing = MatterHold::standing(visit.house.store(), &clerk.organ.code).await?;
    let hold = standing.iter().find(|one| one.id == id).ok_or(Fault::NotFound)?;
    let told = tie(&clerk, reason).by(&hold.placed_by);
    clerk.may("foi.hold.lift", &told)?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let by = Signatory::of(&clerk);
    seen(matter_removal::lift(desk, sealer, &by, (id, reason)).await, REASON)?;
    Ok(sent_to(&visit, &format!("{RETENTION}?done=jiechu")))
}

impl RetentionPage {
    fn is_empty(&self) -> bool {
        self.files.is_empty() && self.matters.is_empty() && self.waiting.is_empty()
    }

    fn empty() -> Empty {
        Empty::new("没有保管到期的").because(
            "归档的申请满保管期限，更正申请、投诉、申诉和建议从告知结果的次年起满十年，会出现在这里。",
        )
    }
}
