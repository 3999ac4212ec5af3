//! 抽查规则: set by whoever checks, in words that leave nothing to choose afterwards.

use ::store::moment;
use identity::Role;
use law::Date;
use ledger::{Change, Desk, Entry};
use records_rules::{Amount, BadRule, CheckPeriod, Frequency, Genre};
use serde_json::json;

use super::{ActError, Hand};
use crate::store::CheckRule;

/// What a rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRuleForm {
    /// Only records of this domain, by its key.
    pub domain: Option<String>,
    /// Only this 体裁.
    pub genre: Option<String>,
    /// How much.
    pub amount: Amount,
    /// How often.
    pub frequency: Frequency,
    /// The days drawn from, where it draws once.
    pub days: Option<(Date, Date)>,
}

/// What 抽查 rests on.
pub(super) fn basis() -> String {
    format!("{}；厦府办〔2020〕67号三（一）", law::article("政府信息公开条例", 47))
}

/// Sets a rule. Whoever heads the work or reviews secrecy in an organ checks the organ itself;
/// whoever supervises or leads a domain, the organs below.
///
/// # Errors
/// It asks for too much or for days that are not over, or the database refuses.
pub async fn set(
    mut desk: Desk,
    hand: &Hand,
    role: Role,
    form: CheckRuleForm,
) -> Result<CheckRule, ActError> {
    let amount = form.amount.checked().map_err(told)?;
    let once = match (form.frequency, form.days) {
        (Frequency::Once, Some((from, to))) => {
            Some(CheckPeriod::past(from, to, desk.today()).map_err(told)?)
        }
        (Frequency::Once, None) => {
            return Err(ActError::Refused("没有写从哪天到哪天发布的", "写出起止日期"));
        }
        _ => None,
    };
    let genre = form.genre.filter(|genre| !genre.is_empty());
    if genre.as_ref().is_some_and(|genre| genre.parse::<Genre>().is_err()) {
        return Err(ActError::Refused("没有这种体裁", "从列表里选体裁"));
    }
    let rule = CheckRule {
        id: uuid::Uuid::now_v7().to_string(),
        organ: hand.organ.clone(),
        role: role.word().to_owned(),
        below: checks_below(role),
        domain: form.domain.filter(|domain| !domain.is_empty()),
        genre,
        amount,
        frequency: form.frequency,
        once,
        set_on: desk.today(),
        set_at: moment(desk.now()),
        set_by: hand.person.clone(),
        set_name: hand.name.clone(),
        ended: false,
    };
    rule.add(desk.change()).await?;
    let change = Change { before: json!(null), after: told_of(&rule) };
    desk.record_change(entry("check_rule", &rule), change).await?;
    desk.seal().await?;
    Ok(rule)
}

/// Lets a rule draw no more. What it has drawn is checked all the same.
///
/// # Errors
/// The organ has no such rule, it has ended, or the database refuses.
pub async fn end(mut desk: Desk, hand: &Hand, id: &str) -> Result<(), ActError> {
    let rule = CheckRule::find(desk.change(), id).await?;
    let rule = rule.filter(|rule| rule.organ == hand.organ).ok_or(ActError::NO_PROPOSAL)?;
    // What a rule that draws once would draw is known with the rule: it is drawn.
    let drawn = rule.once.is_none() || super::check_draw::has_drawn(desk.change(), id).await?;
    if !drawn {
        return Err(ActError::Refused("这条规则还没有抽取", "先抽取；定了的抽查不能不抽"));
    }
    if !rule.end(desk.change(), &hand.name, &moment(desk.now())).await? {
        return Err(ActError::DECIDED);
    }
    let change = Change { before: told_of(&rule), after: json!(null) };
    desk.record_change(entry("check_rule_end", &rule), change).await?;
    Ok(desk.seal().await?)
}

/// Whether a role checks the organs below its own.
pub fn checks_below(role: Role) -> bool {
    matches!(role, Role::SupervisionOffice | Role::DomainLead)
}

fn told(bad: BadRule) -> ActError {
    match bad {
        BadRule::Share => ActError::Refused("抽查比例要在1%到100%之间", "改写比例"),
        BadRule::Number => ActError::Refused("抽查件数要在1件到500件之间", "改写件数"),
        BadRule::Period => {
            ActError::Refused("抽查的发布日期要先后相符，而且不晚于今天", "改写起止日期")
        }
    }
}

fn told_of(rule: &CheckRule) -> serde_json::Value {
    json!({ "rule": rule.words(), "domain": rule.domain, "genre": rule.genre,
            "amount": rule.amount, "frequency": rule.frequency, "once": rule.once,
            "below": rule.below, "role": rule.role })
}

fn entry(act: &'static str, rule: &CheckRule) -> Entry {
    Entry {
        room: "records",
        act,
        subject: format!("check_rule:{}", rule.id),
        organ: rule.organ.clone(),
        basis: basis(),
        facts: json!({ "rule": rule.words() }),
    }
}
