//! 待办 of what stands beside requests: complaints, 申诉, demands to correct a record, suggestions, what several
//! asked for. Titles tell no person.

use requests_rules::{ComplaintGround, ComplaintStanding};
use review::Signatory;
use web::workbench::{Clock, Todo};
use web::{Clerk, Fault, House};

use crate::store::{ComplaintCase, MatterRemoval, RectificationCase, Several, SuggestionCase};
use crate::workbench::{APPEALS, COMPLAINTS, CONVERSIONS, RECTIFICATIONS, RETENTION, SUGGESTIONS};

/// How many suggestions are told.
const MOST: i64 = 100;

/// What waits of it for a clerk.
pub(super) async fn waiting(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let (store, organ) = (house.store(), clerk.organ.code.as_str());
    let mut todos = complaints(house, clerk).await?;
    if clerk.has_power("foi.correction.handle") {
        let all = RectificationCase::of_organ(store, organ).await?;
        let open = all.into_iter().filter(|one| one.told_on.is_none());
        todos.extend(open.map(|one| Todo {
            entry: "gengzheng",
            kind: "更正申请",
            title: one.number,
            detail: "核对记录，答复申请人".into(),
            clock: Clock::Due(one.due_on),
            path: format!("{RECTIFICATIONS}/{}", one.id),
            act: "去办理",
        }));
    }
    if clerk.has_power("foi.suggestion.handle") {
        let all = SuggestionCase::of(store, organ, MOST).await?;
        let open = all.into_iter().filter(|one| one.decided_on.is_none());
        todos.extend(open.map(|one| Todo {
            entry: "jianyi",
            kind: "建议主动公开",
            title: one.number,
            detail: format!("{} 收到", one.received_on),
            clock: Clock::Open,
            path: format!("{SUGGESTIONS}/{}", one.id),
            act: "去办理",
        }));
    }
    if clerk.has_power("foi.convert") {
        let all = Several::of_organ(store, organ).await?;
        let open = all.into_iter().filter(|one| one.publish.is_none());
        todos.extend(open.map(|one| Todo {
            entry: "zhuangongkai",
            kind: "多人申请",
            detail: format!("{} 人申请，决定要不要主动公开", one.applicants),
            title: one.title,
            clock: Clock::Open,
            path: CONVERSIONS.into(),
            act: "去决定",
        }));
    }
    todos.extend(removals(house, clerk).await?);
    Ok(todos)
}

/// 去标识 that another person proposed.
async fn removals(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    if !clerk.has_power("foi.purge.approve") {
        return Ok(Vec::new());
    }
    let by = Signatory::of(clerk);
    let all = MatterRemoval::waiting(house.store(), &clerk.organ.code).await?;
    let todo = |one: &MatterRemoval| Todo {
        entry: "daoqi",
        kind: "待决定",
        title: format!("去标识：{}", one.number),
        detail: format!("{}提请", one.proposed_name),
        clock: Clock::Open,
        path: RETENTION.into(),
        act: "去决定",
    };
    Ok(all.iter().filter(|one| !one.is_by(&by)).map(todo).collect())
}

async fn complaints(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let (complaints, appeals) =
        (clerk.has_power("foi.complaint.handle"), clerk.has_power("foi.appeal.handle"));
    if !complaints && !appeals {
        return Ok(Vec::new());
    }
    let (today, calendar) = (house.ledger().clock().today(), house.ledger().calendar());
    let all = ComplaintCase::of_organ(house.store(), &clerk.organ.code).await?;
    let todo = |case: ComplaintCase| {
        let appeal = case.complaint.ground == ComplaintGround::PublicEnterprise;
        if if appeal { !appeals } else { !complaints } {
            return None;
        }
        let (due, detail) = match case.standing(today, &calendar).ok()? {
            ComplaintStanding::Fresh { due, .. } => (due, "等待受理"),
            ComplaintStanding::Verifying { due, .. } => (due, "核实以后告知结果"),
            ComplaintStanding::Told { .. } => return None,
        };
        let (entry, kind, base) = match appeal {
            true => ("shensu", "申诉", APPEALS),
            false => ("tousu", "投诉举报", COMPLAINTS),
        };
        Some(Todo {
            entry,
            kind,
            title: case.number,
            detail: detail.into(),
            clock: Clock::Due(due.date),
            path: format!("{base}/{}", case.id),
            act: "去办理",
        })
    };
    Ok(all.into_iter().filter_map(todo).collect())
}
