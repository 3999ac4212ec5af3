//! 待办: a policy that needs an interpretation has none yet, one that is published owes it, and somebody proposes to go
//! without.

use interpretation_rules::PolicyState;
use web::workbench::{Clock, Todo};
use web::{Clerk, House, Later};

use super::{DRAFT, WAIVE, WAIVERS};
use crate::drafts::ready;
use crate::store::{Interpretation, Policy};

pub(super) fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(async move {
        let (store, organ) = (house.store(), clerk.organ.code.as_str());
        let mut todos = Vec::new();
        if clerk.has_power(DRAFT) {
            let open = [PolicyState::Needed, PolicyState::Owing];
            for policy in Policy::in_state(store, organ, &open).await? {
                let materials = Interpretation::of_policy(store, &policy.id).await?;
                let unpublished = materials.iter().filter(|one| one.published_at.is_none());
                let unpublished: Vec<&Interpretation> = unpublished.collect();
                todos.extend(todo(&policy, &unpublished));
            }
        }
        if clerk.has_power(WAIVE) {
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
        Ok(todos)
    })
}

/// What a drafter has to do for a policy; nothing while what he wrote is under review or waits for its document.
fn todo(policy: &Policy, unpublished: &[&Interpretation]) -> Option<Todo> {
    let owing = policy.state == PolicyState::Owing;
    let (kind, detail) = match (owing, ready(policy, unpublished)) {
        (true, _) if unpublished.iter().any(|one| !one.is_open()) => return None,
        (true, _) => ("欠解读", "文件已经发布，还没有解读".to_owned()),
        (false, Err(words)) => ("写解读", words),
        (false, Ok(())) => return None,
    };
    Some(Todo {
        entry: "jiedu",
        kind,
        title: policy.title.clone(),
        detail,
        clock: policy.due.filter(|_| owing).map_or(Clock::Open, |(due, _)| Clock::Due(due)),
        path: policy.desk_path(),
        act: "去写",
    })
}
