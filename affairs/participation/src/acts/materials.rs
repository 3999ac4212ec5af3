//! 提请讨论的材料 (条例第二十五至二十九条): what there is of each is noted; 集体讨论 is not noted before all are there or have a
//! reason (docs/readings/306).

use ledger::Desk;
use participation_rules::{ListStep, Material, MaterialFact};
use review::Signatory;
use serde_json::json;

use super::decisions::{has_item, list_entry, own};
use super::{ActError, LONGEST_REASON, at, within};
use crate::inscription::decisions as inscribed;
use crate::store::Materials;

/// Notes one of a decision; what was noted of it before stands no more.
///
/// # Errors
/// The list is not public, it has no such decision, a field is not as it must be, or the database refuses.
pub async fn note(
    mut desk: Desk,
    by: &Signatory,
    (organ, id, item): (&str, &str, i64),
    fact: &MaterialFact,
) -> Result<(), ActError> {
    let found = own(&desk, (organ, id), ListStep::Mark).await?;
    has_item(&found, item)?;
    let fact = checked(&desk, fact)?;
    let at = at(&desk);
    Materials::note(desk.change(), (id, item), &fact, (&by.person, &at)).await?;
    let facts = json!({ "item": item, "material": fact.material.word(), "there": fact.there });
    let mut told = list_entry("decision_material", &found, fact.material.basis(), facts);
    told.subject = inscribed::subject(id);
    desk.record(told).await?;
    Ok(desk.seal().await?)
}

fn checked(desk: &Desk, fact: &MaterialFact) -> Result<MaterialFact, ActError> {
    let (material, today) = (fact.material, desk.today());
    let reason = fact.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    within("liyou", &reason, LONGEST_REASON)?;
    if !fact.there {
        if material.is_required() {
            let words = format!("没有“{}”的不能讨论，有了再登记", material.name());
            return Err(ActError::Field("you", words));
        }
        if reason.is_empty() {
            return Err(ActError::Field("liyou", "写明为什么没有".into()));
        }
        let (day, sent_on, opinion) = (None, None, None);
        return Ok(MaterialFact { material, there: false, day, sent_on, opinion, reason });
    }
    let day = fact.day.filter(|day| *day <= today);
    let day = day.ok_or_else(|| {
        ActError::Field("riqi", "写材料的日子，例如 2026-11-20，不能在今天以后".into())
    })?;
    let plain = MaterialFact { reason, day: Some(day), ..fact.clone() };
    if material != Material::Legality {
        return Ok(MaterialFact { sent_on: None, opinion: None, ..plain });
    }
    if plain.sent_on.is_none_or(|sent| sent > day) {
        return Err(ActError::Field("songshen", "写哪天送请合法性审查，不晚于出意见的日子".into()));
    }
    match plain.opinion {
        Some(_) => Ok(plain),
        None => Err(ActError::Field("jielun", "选合法性审查的结论".into())),
    }
}

/// Refuses where a decision may not be discussed yet.
pub(super) async fn complete(desk: &Desk, which: (&str, i64)) -> Result<(), ActError> {
    let known = Materials::of(desk.change(), which).await?;
    let lacks = Material::lacks(&known, desk.calendar());
    let each = lacks.iter().map(|lack| format!("{}（{}）", lack.words, lack.basis));
    let each: Vec<String> = each.collect();
    match each.is_empty() {
        true => Ok(()),
        false => {
            let words = format!("提请讨论的材料还不齐：{}。齐了再登记集体讨论", each.join("；"));
            Err(ActError::Field("jinzhan", words))
        }
    }
}
