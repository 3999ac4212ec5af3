//! 解读方案: how a policy will be interpreted, written beside it and signed with it.

use interpretation_rules::Form;
use ledger::Desk;
use review::Signatory;
use serde_json::json;

use super::{ActError, judgement, needed, policy_of};
use crate::store::{Plan, Policy};

/// What a form says of it.
#[derive(Debug, Clone, Default)]
pub struct Said<'a> {
    /// In which forms, by their words.
    pub forms: Vec<&'a str>,
    /// 解读重点.
    pub points: &'a str,
    /// 解读责任人.
    pub responsible: &'a str,
    /// 发布渠道.
    pub channels: &'a str,
    /// 咨询电话.
    pub phone: &'a str,
    /// The mark of the plan it was shown over ([`Policy::plan_mark`]).
    pub seen: &'a str,
}

/// Keeps it.
///
/// # Errors
/// There is no such policy of the organ, it is published or under review, somebody saved meanwhile, a field is not as
/// it must be, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    by: &Signatory,
    id: &str,
    said: &Said<'_>,
) -> Result<(), ActError> {
    Policy::hold(desk.change(), id).await?;
    let policy = policy_of(&desk, by, id).await?;
    if policy.state.is_published() {
        return Err(ActError::Refused("文件已经发布，方案不能再改", "补做的解读在下面直接写"));
    }
    judgement::may_change(&desk, &policy).await?;
    if said.seen != policy.plan_mark() {
        return Err(ActError::OVERTAKEN);
    }
    let forms: Vec<Form> = said.forms.iter().filter_map(|word| Form::read(word)).collect();
    if forms.is_empty() {
        return Err(ActError::field("xingshi", "没有选解读形式。至少选一种。"));
    }
    let plan = Plan {
        forms,
        points: needed("zhongdian", "解读重点", said.points)?,
        responsible: needed("zeren", "解读责任人", said.responsible)?,
        channels: needed("qudao", "发布渠道", said.channels)?,
        phone: needed("dianhua", "咨询电话", said.phone)?,
    };
    policy.set_plan(desk.change(), &plan).await?;
    Policy::note_authors(desk.change(), &policy.id, by.persons()).await?;
    let forms: Vec<&str> = plan.forms.iter().map(|form| form.word()).collect();
    desk.record(super::entry("plan", &policy, json!({ "forms": forms }))).await?;
    Ok(desk.seal().await?)
}
