//! What a clerk has set going in this room, for the list of what he has set going: corrections, withdrawals
//! and other proposals. What was handed in for review is told by the review.

use ::store::moment;
use identity::Role;
use identity::powers::Policy;
use jiff::SignedDuration;
use web::workbench::{Initiated, InitiatedSource, Lies, TOLD_FOR};
use web::{Clerk, House, Later};

use crate::store::{Begun, BegunKind, WithdrawalState, titled};

/// Offered to the house.
pub(crate) const INITIATED: InitiatedSource = InitiatedSource { list };

fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Initiated>> {
    Box::pin(async move {
        let now = house.ledger().clock().now();
        let after = now.checked_sub(SignedDuration::from_hours(24 * TOLD_FOR)).unwrap_or(now);
        let begun = Begun::by(house.store(), &clerk.id, &moment(after)).await?;
        Ok(begun.into_iter().map(told).collect())
    })
}

fn told(one: Begun) -> Initiated {
    let kind = one.kind();
    let (lies, stands, with) = standing(kind, &one);
    let (name, path) = match kind {
        BegunKind::Correction => ("更正", format!("/gongzuo/gaojian/{}", one.id)),
        BegunKind::Withdrawal => ("撤下", format!("/gongzuo/chexia/{}", one.id)),
        BegunKind::Attribute => ("公开属性", format!("/gongzuo/gaojian/{}", one.id)),
        BegunKind::Wording => ("词表", "/gongzuo/cibiao".to_owned()),
        BegunKind::Destruction => ("销毁鉴定", format!("/gongzuo/dangan/xiaohui/{}", one.id)),
    };
    let title = match kind {
        BegunKind::Wording => "词表的改动".to_owned(),
        _ => titled(&one.title).to_owned(),
    };
    Initiated { kind: name, title, stands, with, lies, since: one.since, path }
}

/// With whom it lies, where it stands, and who acts next or decided.
fn standing(kind: BegunKind, one: &Begun) -> (Lies, String, String) {
    let waits = |words: &str, act: &str| (Lies::WithOthers, words.to_owned(), who_may(act));
    let ended = |words: &str| (Lies::WithNobody, words.to_owned(), one.decided_by.clone());
    match (kind, one.state.as_str()) {
        (BegunKind::Correction, "returned") => {
            (Lies::WithMe, "退回，等您修改".to_owned(), String::new())
        }
        (BegunKind::Correction, _) => (Lies::WithMe, "等您写完送审".to_owned(), String::new()),
        (BegunKind::Withdrawal, "proposed") => waits("等待批准", "record.withdraw.approve"),
        (BegunKind::Withdrawal, "alone") => waits("已撤下，等待追认", "record.withdraw_confirm"),
        (BegunKind::Withdrawal, word) => ended(WithdrawalState::named(word)),
        (BegunKind::Attribute, "proposed") => waits("等待确认", "record.attribute.confirm"),
        (BegunKind::Wording, "proposed") => waits("等待核准", "rule.approve"),
        (BegunKind::Destruction, "proposed") => waits("等待决定", "record.destroy.decide"),
        (BegunKind::Destruction, "done") => ended("已销毁"),
        (_, "refused") => ended("未同意"),
        (BegunKind::Attribute, _) => ended("已确认"),
        (_, _) => ended("已核准"),
    }
}

/// The roles that may do an act, as people call them; who else is meant is told on the page itself.
fn who_may(act: &str) -> String {
    let policy = Policy::of_house();
    let may = |role: &Role| role.is_of_a_post() && policy.ever(act, *role);
    Role::all().filter(may).map(Role::name).collect::<Vec<_>>().join("或者")
}

#[cfg(test)]
mod tests {
    use super::who_may;

    #[test]
    fn whoever_decides_what_was_proposed_is_named() {
        for act in [
            "record.withdraw.approve",
            "record.withdraw_confirm",
            "record.attribute.confirm",
            "rule.approve",
            "record.destroy.decide",
        ] {
            assert!(!who_may(act).is_empty(), "{act}");
        }
    }
}
