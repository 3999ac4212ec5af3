//! What a clerk has set going in this room, for the list of what he has set going: corrections, withdrawals
//! and other proposals. What was handed in for review is told by the review.

use identity::powers::Policy;
use web::workbench::{Initiated, InitiatedSource, Lies, one_of, told_since};
use web::{Clerk, House, Later};

use crate::draft;
use crate::store::{AtDesk, Begun, BegunKind, BegunState, WithdrawalState, titled};

/// Offered to the house.
pub(crate) const INITIATED: InitiatedSource = InitiatedSource { list };

fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Initiated>> {
    Box::pin(async move {
        let operator = clerk.operator();
        let desk = AtDesk { person: &clerk.id, organ: &clerk.organ.code, operator };
        let begun = Begun::by(house.store(), desk, &told_since(house)).await?;
        Ok(begun.into_iter().map(told).collect())
    })
}

fn told(one: Begun) -> Initiated {
    let kind = one.kind;
    let (lies, stands, with) = standing(kind, one.state, one.decided_by);
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
    let piece = (kind == BegunKind::Correction).then(|| (draft::KIND.to_owned(), one.id));
    Initiated { kind: name, title, stands, with, lies, since: one.since, path, piece }
}

/// With whom it lies, where it stands, and who acts next or decided.
fn standing(kind: BegunKind, state: BegunState, by: String) -> (Lies, String, String) {
    let mine = |words: &str| (Lies::WithMe, words.to_owned(), String::new());
    let waits = |words: &str, act: &str| (Lies::WithOthers, words.to_owned(), who_may(act));
    let ended = |words: &str| (Lies::WithNobody, words.to_owned(), by);
    match (state, kind) {
        (BegunState::Returned, _) => mine("退回，等您修改"),
        (BegunState::Draft, _) | (BegunState::Proposed, BegunKind::Correction) => {
            mine("等您写完送审")
        }
        (BegunState::Proposed, BegunKind::Withdrawal) => {
            waits("等待批准", "record.withdraw.approve")
        }
        (BegunState::Proposed, BegunKind::Attribute) => {
            waits("等待确认", "record.attribute.confirm")
        }
        (BegunState::Proposed, BegunKind::Wording) => waits("等待核准", "rule.approve"),
        (BegunState::Proposed, BegunKind::Destruction) => {
            waits("等待决定", "record.destroy.decide")
        }
        (BegunState::Alone, _) => waits("已撤下，等待追认", "record.withdraw_confirm"),
        (BegunState::Stands, _) => ended(WithdrawalState::Stands.name()),
        (BegunState::Restored, _) => ended(WithdrawalState::Restored.name()),
        (BegunState::Holds, BegunKind::Attribute) => ended("已确认"),
        (
            BegunState::Holds,
            BegunKind::Correction
            | BegunKind::Withdrawal
            | BegunKind::Wording
            | BegunKind::Destruction,
        ) => ended("已核准"),
        (BegunState::Refused, _) => ended("未同意"),
        (BegunState::Withdrawn, _) => ended("已撤回"),
        (BegunState::Done, _) => ended("已销毁"),
    }
}

/// The roles that may do an act, as people call them; who else is meant is told on the page itself.
fn who_may(act: &str) -> String {
    let policy = Policy::of_house();
    one_of(|role| role.is_of_a_post() && policy.ever(act, role))
}

#[cfg(test)]
mod tests {
    use web::workbench::Lies;

    use super::{standing, who_may};
    use crate::store::{BegunKind, BegunState};

    #[test]
    fn what_was_taken_back_is_not_called_approved() {
        for (kind, state, lies, words) in [
            (BegunKind::Wording, BegunState::Proposed, Lies::WithOthers, "等待核准"),
            (BegunKind::Wording, BegunState::Withdrawn, Lies::WithNobody, "已撤回"),
            (BegunKind::Wording, BegunState::Refused, Lies::WithNobody, "未同意"),
            (BegunKind::Wording, BegunState::Holds, Lies::WithNobody, "已核准"),
            (BegunKind::Attribute, BegunState::Holds, Lies::WithNobody, "已确认"),
            (BegunKind::Withdrawal, BegunState::Stands, Lies::WithNobody, "已撤下"),
            (BegunKind::Withdrawal, BegunState::Restored, Lies::WithNobody, "已恢复"),
            (BegunKind::Correction, BegunState::Returned, Lies::WithMe, "退回，等您修改"),
        ] {
            let told = standing(kind, state, String::new());
            assert_eq!((told.0, told.1.as_str()), (lies, words), "{kind:?} {state:?}");
        }
    }

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
