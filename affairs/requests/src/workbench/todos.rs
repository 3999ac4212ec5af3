//! 待办: requests that wait for somebody, with T-10, T-5, T-3, T-1 and overdue told by how near the day is.

use requests_rules::Alarm;
use web::workbench::{Clock, Todo};
use web::{Clerk, Fault, House, Later};

use super::{LIST, TEXTS, titled};
use crate::store::{Filing, FilingState, LetterTexts, Page, Query};

/// The most that are told: the register has them all.
const MOST: u16 = 200;

pub(super) fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(waiting(house, clerk))
}

/// Open requests of the organ: an officer sees his own and what nobody has taken, the head all.
async fn waiting(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let (officer, head) =
        (clerk.has_power("foi.draft_reply"), clerk.has_power("foi.extend.approve"));
    let mut todos = settings(house, clerk).await?;
    if !officer && !head {
        return Ok(todos);
    }
    let page = Page::of(house.store(), &clerk.organ.code, &Query::default(), MOST).await?;
    let today = house.ledger().clock().today();
    let calendar = house.ledger().calendar();
    let his = |filing: &&Filing| {
        head || filing.officer.is_empty() || clerk.is_among([filing.officer.as_str()])
    };
    let todo = |filing: &Filing| {
        let alarm = filing.due.and_then(|due| {
            let reached =
                |alarm: &Alarm| alarm.raised_on(due, &calendar).is_ok_and(|day| day <= today);
            Alarm::ALL.into_iter().rev().find(reached)
        });
        let unassigned = filing.officer.is_empty() && filing.unit.is_empty();
        let (kind, act) = match filing.state {
            FilingState::Unconfirmed => ("待确认收到", "去确认"),
            FilingState::Lapsed => ("待决定不再处理", "去决定"),
            FilingState::Opinion => ("征求意见中", "查看"),
            FilingState::Correction => ("等待补正", "查看"),
            FilingState::Payment => ("等待缴费", "查看"),
            _ if unassigned => ("待分办", "去分办"),
            _ => ("依申请公开", "去办理"),
        };
        let alarm = alarm.map(|alarm| format!("，{}", alarm.name())).unwrap_or_default();
        Todo {
            entry: "shenqing",
            kind,
            title: titled(filing),
            detail: format!("{}{alarm}", filing.number),
            clock: clock(filing),
            path: format!("{LIST}/{}", filing.id),
            act,
        }
    };
    todos.extend(page.lines.iter().filter(his).map(todo));
    Ok(todos)
}

/// 文书设置 that the platform has filled in for the organ: whoever may set them looks at them once.
async fn settings(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    if !clerk.has_power("foi.letter_text.revise") {
        return Ok(Vec::new());
    }
    let organ = (clerk.organ.code.as_str(), clerk.organ.name.as_str());
    let texts = LetterTexts::of(house.store(), organ, None).await?;
    if texts.is_set() {
        return Ok(Vec::new());
    }
    Ok(vec![Todo {
        entry: "wenshu",
        kind: "文书设置",
        title: "核对文书里的机关代字、复议机关和管辖法院".to_owned(),
        detail: "平台已按机构资料和法律的一般规定填写".to_owned(),
        clock: Clock::Open,
        path: format!("{TEXTS}/shezhi"),
        act: "去核对",
    }])
}

fn clock(filing: &Filing) -> Clock {
    match (filing.state, filing.due, filing.confirm_by) {
        (FilingState::Unconfirmed, _, Some(day)) => Clock::Due(day),
        (FilingState::Opinion | FilingState::Correction | FilingState::Payment, ..) => {
            Clock::Stopped
        }
        (_, Some(due), _) => Clock::Due(due.date),
        _ => Clock::Open,
    }
}
