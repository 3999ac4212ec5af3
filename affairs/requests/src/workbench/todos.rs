//! 待办: requests that wait for somebody, with T-10, T-5, T-3, T-1 and overdue told by how near the day is; what
//! is overdue stands there until it is answered. Whoever reviews or signs sees what waits for his step.

mod beside;

use law::{Counted, Date, WorkCalendar};
use requests_rules::Alarm;
use review::Signatory;
use web::workbench::{Clock, Todo};
use web::{Clerk, Fault, House, Later};

use super::acting::DECISIONS;
use super::{LIST, TEXTS, titled};
use crate::store::{Filing, FilingState, LetterTexts, Page, Proposal, Query, Theirs, UnderReview};

/// The most that are told, the most urgent first: the register has them all.
const MOST: u16 = 200;

pub(super) fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(waiting(house, clerk))
}

async fn waiting(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let mut todos = settings(house, clerk).await?;
    todos.extend(files(house, clerk).await?);
    todos.extend(reviews(house, clerk).await?);
    todos.extend(beside::waiting(house, clerk).await?);
    Ok(todos)
}

/// How near a last day is, in words that follow a number.
fn alarm(due: Option<Counted>, today: Date, calendar: &WorkCalendar) -> String {
    let reached = due.and_then(|due| {
        let raised = |alarm: &Alarm| alarm.raised_on(due, calendar).is_ok_and(|day| day <= today);
        Alarm::ALL.into_iter().rev().find(raised)
    });
    reached.map(|alarm| format!("，{}", alarm.name())).unwrap_or_default()
}

/// Open requests of the organ: an officer sees his own and what nobody has taken, the head all and what is
/// proposed to him, a unit what was given to it.
async fn files(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let officer = clerk.has_power("foi.draft_reply");
    let (head, unit) =
        (clerk.has_power("foi.extend.approve"), clerk.has_power("foi.department_opinion"));
    if !officer && !head && !unit {
        return Ok(Vec::new());
    }
    let by = Signatory::of(clerk);
    let officers = [Some(by.person), by.stands_in_for].into_iter().flatten();
    let theirs = Theirs {
        officers: officers.filter(|_| officer).collect(),
        unit: if unit { clerk.unit.clone() } else { String::new() },
    };
    let query = Query { theirs: (!head).then_some(theirs), ..Query::default() };
    let page = Page::of(house.store(), &clerk.organ.code, &query, MOST).await?;
    let today = house.ledger().clock().today();
    let calendar = house.ledger().calendar();
    let todo = |filing: &Filing| {
        let (kind, act) = kind_of(filing, unit && !officer && !head);
        Todo {
            entry: "shenqing",
            kind,
            title: titled(filing),
            detail: format!("{}{}", filing.number, alarm(filing.due, today, &calendar)),
            clock: clock(filing),
            path: format!("{LIST}/{}", filing.id),
            act,
        }
    };
    let mut todos: Vec<Todo> = page.lines.iter().map(todo).collect();
    if head {
        todos.extend(proposals(house, clerk, &page.lines).await?);
    }
    Ok(todos)
}

fn kind_of(filing: &Filing, asked: bool) -> (&'static str, &'static str) {
    let unassigned = filing.officer.is_empty() && filing.unit.is_empty();
    match filing.state {
        _ if asked => ("请本科室提意见", "去办理"),
        FilingState::Unconfirmed => ("待确认收到", "去确认"),
        FilingState::Lapsed => ("待决定不再处理", "去决定"),
        FilingState::Opinion => ("征求意见中", "查看"),
        FilingState::Correction => ("等待补正", "查看"),
        FilingState::Payment => ("等待缴费", "查看"),
        _ if unassigned => ("待分办", "去分办"),
        _ => ("依申请公开", "去办理"),
    }
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

/// What was proposed to the head by others.
async fn proposals(house: &House, clerk: &Clerk, filings: &[Filing]) -> Result<Vec<Todo>, Fault> {
    let by = Signatory::of(clerk);
    let all = Proposal::waiting(house.store(), &clerk.organ.code).await?;
    let todo = |one: &Proposal| {
        let filing = filings.iter().find(|filing| filing.id == one.request);
        let way = DECISIONS.iter().find(|(_, kind)| *kind == one.kind.word());
        let way = way.map(|(path, _)| format!("/{path}")).unwrap_or_default();
        Todo {
            entry: "shenqing",
            kind: "待决定",
            title: match filing {
                Some(filing) => format!("{}：{}", one.kind.name(), titled(filing)),
                None => one.kind.name().to_owned(),
            },
            detail: format!("{}提请", one.proposed_name),
            clock: filing
                .and_then(|filing| filing.due)
                .map_or(Clock::Open, |due| Clock::Due(due.date)),
            path: format!("{LIST}/{}{way}", one.request),
            act: "去决定",
        }
    };
    Ok(all.iter().filter(|one| !one.is_by(&by)).map(todo).collect())
}

/// Answers under review that wait for a step this clerk may take.
async fn reviews(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let may = |power: &str| clerk.has_power(power);
    let (secrecy, legal, sign) =
        (may("foi.secrecy_review"), may("foi.legal_review"), may("foi.approve_reply"));
    if !secrecy && !legal && !sign {
        return Ok(Vec::new());
    }
    let today = house.ledger().clock().today();
    let calendar = house.ledger().calendar();
    let all = UnderReview::of(house.store(), &Signatory::of(clerk)).await?;
    let todo = |one: UnderReview| {
        let (kind, act) = match (one.secrecy, one.legal) {
            (true, true) if sign => ("待签发", "去签发"),
            (false, _) if secrecy => ("待保密审查", "去审查"),
            (_, false) if legal => ("待合法性审核", "去审核"),
            _ => return None,
        };
        Some(Todo {
            entry: "shenqing",
            kind,
            detail: format!("{}{}", one.number, alarm(one.due, today, &calendar)),
            title: one.title,
            clock: one.due.map_or(Clock::Open, |due| Clock::Due(due.date)),
            path: format!("{LIST}/{}/shencha", one.request),
            act,
        })
    };
    Ok(all.into_iter().filter(|one| !one.had_a_hand).filter_map(todo).collect())
}
