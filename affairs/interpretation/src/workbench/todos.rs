//! 待办: a policy that needs an interpretation has none yet, one that is published owes it, and somebody proposes to go
//! without.

use interpretation_rules::PolicyState;
use web::workbench::{Clock, Todo};
use web::{Clerk, House, Later};

use super::{DRAFT, OVERSEE, WAIVE, WAIVERS, overseen, responses, to_draft};
use crate::portal::COVERAGE;
use crate::store::{Begun, Interpretation, Policy};

pub(super) fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(async move {
        let (store, organ) = (house.store(), clerk.organ.code.as_str());
        let mut todos = Vec::new();
        if clerk.has_power(DRAFT) {
            let open = [PolicyState::Needed, PolicyState::Owing];
            let open = Policy::in_state(store, organ, &open).await?;
            let begun = Begun::of_organ(store, organ).await?;
            for policy in to_draft(store, clerk, open).await? {
                todos.extend(todo(&policy, begun.iter().find(|one| one.policy == policy.id)));
            }
        }
        if clerk.has_power(DRAFT) {
            let corrected = Policy::corrected(store, organ).await?;
            todos.extend(to_draft(store, clerk, corrected).await?.iter().map(corrected_since));
        }
        if clerk.has_power(WAIVE) {
            let today = house.ledger().clock().today();
            let owing = Policy::in_state(store, organ, &[PolicyState::Owing]).await?;
            todos.extend(owing.iter().filter_map(|policy| overdue(policy, today)));
            let waits = [PolicyState::WaiverProposed, PolicyState::DeferralProposed];
            for policy in Policy::in_state(store, organ, &waits).await? {
                todos.push(Todo {
                    entry: "jiedu-rending",
                    kind: "认定不解读",
                    detail: policy.reason.clone(),
                    title: policy.title,
                    clock: Clock::Open,
                    path: WAIVERS.to_owned(),
                    act: "去认定",
                });
            }
        }
        if clerk.has_power(OVERSEE) {
            todos.extend(overseen::todo(house, clerk).await?);
        }
        todos.extend(responses::todos(house, clerk).await?);
        if clerk.has_power(WAIVE) {
            for one in Interpretation::to_pull(store, organ).await? {
                todos.push(Todo {
                    entry: "jiedu-rending",
                    kind: "决定撤下解读",
                    detail: one.pull.map(|pull| pull.reason).unwrap_or_default(),
                    title: one.title,
                    clock: Clock::Open,
                    path: WAIVERS.to_owned(),
                    act: "去决定",
                });
            }
        }
        Ok(todos)
    })
}

/// A document was corrected after it was interpreted.
fn corrected_since(policy: &Policy) -> Todo {
    Todo {
        entry: "jiedu",
        kind: "核对解读",
        title: policy.title.clone(),
        detail: "文件更正过，看解读还对不对".to_owned(),
        clock: Clock::Open,
        path: policy.desk_path(),
        act: "去核对",
    }
}

/// Whoever answers for the organ hears of what is overdue.
fn overdue(policy: &Policy, today: law::Date) -> Option<Todo> {
    let (due, _) = policy.due.filter(|(due, _)| *due < today)?;
    Some(Todo {
        entry: "jiedu-rending",
        kind: "解读逾期",
        title: policy.title.clone(),
        detail: "过了期限还没有解读，请督促起草的科室".to_owned(),
        clock: Clock::Due(due),
        path: COVERAGE.to_owned(),
        act: "去看",
    })
}

/// What a drafter has to do for a policy; nothing while what he wrote is under review or waits for its document.
fn todo(policy: &Policy, begun: Option<&Begun>) -> Option<Todo> {
    let owing = policy.state == PolicyState::Owing;
    let (kind, detail) = match owing {
        true if begun.is_some_and(|begun| begun.reviewed > 0) => return None,
        true => ("欠解读", "文件已经发布，还没有解读"),
        false if policy.plan.is_none() => ("写解读", "还没有写解读方案"),
        false => match begun {
            None => ("写解读", "还没有解读材料"),
            Some(begun) if begun.whole < begun.number => ("写解读", "解读材料没有写完"),
            Some(_) => return None,
        },
    };
    Some(Todo {
        entry: "jiedu",
        kind,
        title: policy.title.clone(),
        detail: detail.to_owned(),
        clock: policy.due.filter(|_| owing).map_or(Clock::Open, |(due, _)| Clock::Due(due)),
        path: policy.desk_path(),
        act: "去写",
    })
}
