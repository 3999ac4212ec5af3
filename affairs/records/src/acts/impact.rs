//! 个人信息保护影响评估: what stays personal in a draft because a law says that it is published, assessed
//! before it is (个人信息保护法第五十五条).

use ledger::{Change, Desk, Entry};
use records_rules::{impact_answer, impact_kept_until};
use store::moment;

use super::drafting::draft_of;
use super::{ActError, Hand};
use crate::store::ImpactAssessment;

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImpactForm {
    /// What it covers, by the names of the kinds.
    pub kinds: Vec<String>,
    /// The provision by which it is published.
    pub basis: String,
    /// Whether purpose and manner are lawful, justified and needed.
    pub purpose: String,
    /// What it may do to the persons.
    pub impact: String,
    /// What protects them.
    pub safeguards: String,
}

/// Keeps an assessment of a draft; a later one stands beside it, none is changed.
///
/// # Errors
/// There is no such draft or it may not be changed now, an answer is missing, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    hand: &Hand,
    draft: &str,
    form: ImpactForm,
) -> Result<ImpactAssessment, ActError> {
    let draft = draft_of(&desk, hand, draft).await?;
    draft.may_change()?;
    let answer = |question: &str, text: &str| {
        impact_answer(question, text).map_err(|fault| ActError::Faults(vec![fault]))
    };
    if form.kinds.is_empty() {
        return Err(ActError::Refused("没有选哪些个人信息依法公开", "至少选一类"));
    }
    let before = ImpactAssessment::newest(desk.change(), &draft.id).await?;
    let made = ImpactAssessment {
        id: uuid::Uuid::now_v7().to_string(),
        organ: draft.organ.clone(),
        basis: answer("公开的法律依据", &form.basis)?,
        purpose: answer("处理目的、处理方式是否合法、正当、必要", &form.purpose)?,
        impact: answer("对个人权益的影响及安全风险", &form.impact)?,
        safeguards: answer("保护措施", &form.safeguards)?,
        kinds: form.kinds,
        draft: draft.id.clone(),
        person: hand.person.clone(),
        person_name: hand.name.clone(),
        made_at: moment(desk.now()),
        keep_until: impact_kept_until(desk.today()).to_string(),
    };
    made.add(desk.change()).await?;
    let entry = Entry {
        room: "records",
        act: "impact_assessment",
        subject: format!("draft:{}", draft.id),
        organ: draft.organ.clone(),
        basis: law::article("个人信息保护法", 55).to_string(),
        facts: serde_json::json!({ "assessment": made.id, "keep_until": made.keep_until }),
    };
    let told =
        |one: &ImpactAssessment| serde_json::json!({ "kinds": one.kinds, "basis": one.basis });
    let change = Change {
        before: before.as_ref().map_or(serde_json::Value::Null, told),
        after: told(&made),
    };
    desk.record_change(entry, change).await?;
    desk.seal().await?;
    Ok(made)
}
