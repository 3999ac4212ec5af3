//! What of the records waits for an organ.

use web::workbench::{Clock, Todo};
use web::{Clerk, Fault, House, Later};

use crate::store::{
    AttributeProposal, DraftLine, DraftState, Reassessment, WithdrawalCase, WithdrawalState, titled,
};

/// What the clerk's role can do something about.
pub(super) fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(async move {
        let mut todos = Vec::new();
        if clerk.has_power("record.edit_draft") {
            todos.extend(drafts(house, clerk).await?);
        }
        if clerk.has_power("record.attribute.confirm") {
            todos.extend(attributes(house, clerk).await?);
        }
        let propose = clerk.has_power("record.reassess.propose");
        let decide = clerk.has_power("record.reassess.decide");
        if propose || decide {
            todos.extend(assessments(house, clerk, propose, decide).await?);
        }
        if clerk.has_power("record.withdraw.approve") {
            todos.extend(withdrawals(house, clerk).await?);
        }
        Ok(todos)
    })
}

/// What came back from review, and what must be out by a day; a draft without either waits for nobody.
async fn drafts(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let open = DraftLine::open(house.store(), &clerk.organ.code).await?;
    let own = open.into_iter().filter(|line| line.author == clerk.id || line.unit == clerk.unit);
    let todo = |line: DraftLine| {
        let returned = line.state == DraftState::Returned;
        if !returned && line.due_on.is_none() {
            return None;
        }
        Some(Todo {
            entry: "gaojian",
            kind: if returned { "退回修改" } else { "稿件" },
            title: titled(&line.title).to_owned(),
            detail: line.returned,
            clock: line.due_on.map_or(Clock::Open, Clock::Due),
            path: format!("/gongzuo/gaojian/{}", line.id),
            act: if returned { "去修改" } else { "继续写" },
        })
    };
    Ok(own.filter_map(todo).collect())
}

async fn attributes(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let waiting = AttributeProposal::all_waiting(house.store(), &clerk.organ.code).await?;
    let others = waiting.into_iter().filter(|(one, _)| one.proposed_by != clerk.id);
    let todo = |(proposal, title): (AttributeProposal, String)| Todo {
        entry: "shuxing",
        kind: "公开属性",
        title: titled(&title).to_owned(),
        detail: format!("{}提出：{}", proposal.proposed_name, proposal.attribute.openness()),
        clock: Clock::Open,
        path: "/gongzuo/shuxing".to_owned(),
        act: "去确认",
    };
    Ok(others.map(todo).collect())
}

async fn assessments(
    house: &House,
    clerk: &Clerk,
    propose: bool,
    decide: bool,
) -> Result<Vec<Todo>, Fault> {
    let waiting = Reassessment::waiting(house.store(), &clerk.organ.code).await?;
    let todo = |one: Reassessment| {
        let (kind, act, day, wanted) = match (one.decided, &one.outcome) {
            (true, _) => ("转为公开", "去办", one.due_on.as_ref(), propose),
            (false, Some(_)) => ("评估决定", "去决定", Some(&one.review_on), decide),
            (false, None) => ("不予公开评估", "去评估", Some(&one.review_on), propose),
        };
        wanted.then(|| Todo {
            entry: "pinggu",
            kind,
            title: titled(&one.title).to_owned(),
            detail: one
                .outcome
                .as_ref()
                .map(|outcome| outcome.name().to_owned())
                .unwrap_or_default(),
            clock: day.and_then(|day| day.parse().ok()).map_or(Clock::Open, Clock::Due),
            path: "/gongzuo/pinggu".to_owned(),
            act,
        })
    };
    Ok(waiting.into_iter().filter_map(todo).collect())
}

async fn withdrawals(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let waiting = WithdrawalCase::waiting(house.store(), &clerk.organ.code).await?;
    let others = waiting.into_iter().filter(|case| case.proposed_by != clerk.id);
    let todo = |case: WithdrawalCase| {
        let alone = case.state == WithdrawalState::Alone;
        Todo {
            entry: "chexia",
            kind: if alone { "追认撤下" } else { "批准撤下" },
            title: case.title,
            detail: case.reason,
            clock: case.due_on.map_or(Clock::Open, Clock::Due),
            path: "/gongzuo/chexia".to_owned(),
            act: if alone { "去追认" } else { "去批准" },
        }
    };
    Ok(others.map(todo).collect())
}
