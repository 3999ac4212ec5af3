//! 遴选听证参加人 (条例第十六条): the list is bound and stands in the public log before anybody knows the value; one draws
//! with the value, another looks at it and makes public who takes part (docs/readings/290).

use std::collections::HashMap;

use identity::any_is;
use ledger::Desk;
use participation_rules::{HearingStage, HearingStep};
use review::Signatory;
use secrets::Sealer;
use serde_json::json;

use super::hearing::BASIS;
use super::{ActError, at, hearing_entry, lasting_reason, taken_hearing, within};
use crate::draw::{List, Listed, digest, seed};
use crate::inscription::hearing as inscribed;
use crate::store::{Drawing, Enrolment, HandedIn, Hearing, announced};

/// The longest public value, in letters: a decision of ours.
const LONGEST_VALUE: usize = 200;

/// Binds the list: from now on nobody is added or taken away.
///
/// # Errors
/// The enrolment is not over or the value may be known already, nobody enrolled, or the database refuses.
pub async fn bind(mut desk: Desk, (organ, id): (&str, &str)) -> Result<(), ActError> {
    let (found, _) = taken_hearing(&desk, organ, id, HearingStep::List).await?;
    let (today, at) = (desk.today(), at(&desk));
    if !found.said.days().is_some_and(|days| days.may_bind(today)) {
        let words =
            "公开数值已经开出或者今天开出，名单不能再固定，否则抽取不公平。请取消，另行公告。";
        return Err(ActError::standing(words));
    }
    Enrolment::exclude_repeated(desk.change(), id).await?;
    let enrolled = Enrolment::listed(desk.change(), id).await?;
    if enrolled.is_empty() {
        return Err(ActError::standing("没有人报名，不能抽取。请取消，写明原因。"));
    }
    let entry =
        |one: &Enrolment| Listed { number: one.number, side: one.side, mark: one.mark.clone() };
    let list = List { sides: found.said.seats(), entries: enrolled.iter().map(entry).collect() };
    let text = list.text();
    if !Hearing::bind(desk.change(), id, (&text, today, &at)).await? {
        return Err(ActError::overtaken());
    }
    let facts = json!({ "entries": enrolled.len(), "sha256": digest(&text) });
    let mut told = hearing_entry("hearing_list", &found, BASIS, facts);
    told.subject = inscribed::subject(id, inscribed::LIST);
    desk.record(told).await?;
    let now = Hearing::find(desk.change(), id).await?.unwrap_or(found);
    desk.publish_leaf(inscribed::list_leaf(&now))?;
    Ok(desk.seal().await?)
}

/// Draws with the public value.
///
/// # Errors
/// The list is not bound, the value is not known yet, or the database refuses.
pub async fn draw(
    mut desk: Desk,
    by: &Signatory,
    (organ, id): (&str, &str),
    value: &str,
) -> Result<(), ActError> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let (found, _) = taken_hearing(&desk, organ, id, HearingStep::Draw).await?;
    let today = desk.today();
    if found.said.value_on.is_none_or(|known| today < known) {
        return Err(ActError::standing("公开数值还没有开出。到了公告上的日子再抽取。"));
    }
    if value.is_empty() {
        return Err(ActError::Field("shuzhi", "照公布的样子写公开数值".into()));
    }
    within("shuzhi", &value, LONGEST_VALUE)?;
    let persons: Vec<String> = by.persons().map(str::to_owned).collect();
    let drawing = Drawing {
        value: &value,
        seed: &seed(&found.list_text, &value),
        by: &persons,
        name: &by.name,
        on: today,
    };
    if !Hearing::draw(desk.change(), (id, &at(&desk)), &drawing).await? {
        return Err(ActError::overtaken());
    }
    let facts = json!({ "value": value, "seed": drawing.seed });
    desk.record(hearing_entry("hearing_draw", &found, BASIS, facts)).await?;
    Ok(desk.seal().await?)
}

/// Sends a draw back, where the value was not written as it was published.
///
/// # Errors
/// Nothing is drawn, the person drew it, no reason is given or it names somebody, or the database refuses.
pub async fn reject(
    mut desk: Desk,
    by: &Signatory,
    (organ, id): (&str, &str),
    reason: &str,
) -> Result<(), ActError> {
    let reason = lasting_reason(reason)?;
    let (found, _) = taken_hearing(&desk, organ, id, HearingStep::Reject).await?;
    by_another(by, &found)?;
    let back = (HearingStage::Drawn, HearingStage::Listed);
    if !announced::turn::<Hearing>(desk.change(), id, back, (&reason, &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    let facts = json!({ "reason": reason });
    desk.record(hearing_entry("hearing_draw_rejection", &found, BASIS, facts)).await?;
    Ok(desk.seal().await?)
}

/// Confirms a draw: who takes part is public, by name.
///
/// # Errors
/// Nothing is drawn, the person drew it, what is sealed cannot be opened, or the database refuses.
pub async fn confirm(
    mut desk: Desk,
    (sealer, by): (&Sealer, &Signatory),
    (organ, id): (&str, &str),
) -> Result<(), ActError> {
    let (found, _) = taken_hearing(&desk, organ, id, HearingStep::Confirm).await?;
    by_another(by, &found)?;
    let list = List::read(&found.list_text)
        .map_err(|bad| ActError::Standing(format!("名单读不出来：{bad}。请联系技术人员。")))?;
    let enrolled = Enrolment::listed(desk.change(), id).await?;
    let enrolled: HashMap<i64, Enrolment> =
        enrolled.into_iter().map(|one| (one.number, one)).collect();
    for one in list.drawn(&found.seed).into_iter().filter(|one| one.takes_part) {
        let Some(own) = enrolled.get(&one.entry.number) else { continue };
        let name = own.original(sealer)?.name;
        let rank = i64::try_from(one.place).unwrap_or_default();
        own.take_part(desk.change(), (rank, &name)).await?;
    }
    let (on, at) = (desk.today(), at(&desk));
    if !Hearing::confirm(desk.change(), (id, &at), (&by.person, &by.name, on)).await? {
        return Err(ActError::overtaken());
    }
    let subject = inscribed::subject(id, inscribed::DRAW);
    let mut told =
        hearing_entry("hearing_participants", &found, BASIS, json!({ "seed": found.seed }));
    told.subject.clone_from(&subject);
    desk.record(told).await?;
    let now = Hearing::find(desk.change(), id).await?.unwrap_or(found);
    let taking = Enrolment::taking_part(desk.change(), id).await?;
    desk.publish_leaf(inscribed::draw_leaf(&now, &taking))?;
    Ok(desk.seal().await?)
}

fn by_another(by: &Signatory, found: &Hearing) -> Result<(), ActError> {
    match any_is(by.persons(), found.drawn_by.iter().map(String::as_str)) {
        true => Err(ActError::standing("抽取的人不能确认。请另一人确认。")),
        false => Ok(()),
    }
}
