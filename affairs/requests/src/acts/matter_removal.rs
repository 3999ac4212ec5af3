//! 去标识 and 依法保全 of what stands beside requests (个人信息保护法第四十七条; docs/readings/205): 更正申请, 投诉, 申诉
//! and 建议. One person proposes, another decides; a hold stops both. Letters and results stay.

use ::store::{StoreError, moment};
use law::{Provision, article};
use ledger::{Desk, Entry};
use requests_rules::Closing;
use review::Signatory;
use secrets::Sealer;
use serde_json::json;

use super::{ActError, reasoned};
use crate::store::putting::new_key;
use crate::store::{self, Lasting, MatterHold, MatterRemoval};

/// 目的已经实现、保管期限届满的，主动删除; what the law still wants kept is stored only.
const BASIS: Provision = article("个人信息保护法", 47);

const NONE: ActError = ActError::Refused(
    "没有这一件、结果还没有告知，或者已经去标识",
    "刷新页面再看；与一份申请有关的，随那份案卷一起去标识",
);
const NAMES: ActError = ActError::Reason(
    "理由里有当事人的姓名、号码或者联系方式",
    "删去以后再提交；给他的文书由平台填写称呼",
);

/// Proposes to take out who it tells of.
///
/// # Errors
/// The organ has no such matter, it is not told, its retention is not over, it is held, the same waits
/// already, no reason is given or it tells a name, or the database refuses.
pub async fn propose(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    (about, reason): (&str, &str),
) -> Result<MatterRemoval, ActError> {
    let lasting = Lasting::find(desk.change(), &by.organ, about).await?.ok_or(NONE)?;
    possible(&desk, &lasting, ("提出", "复核")).await?;
    let removal = MatterRemoval {
        id: new_key(),
        about: about.to_owned(),
        organ: by.organ.clone(),
        number: lasting.number.clone(),
        reason: unnaming(&desk, sealer, about, reason).await?,
        proposed_by: by.person.clone(),
        proposed_for: by.stands_in_for.clone(),
        proposed_name: by.name.clone(),
        proposed_at: moment(desk.now()),
        agreed: None,
    };
    match removal.add(desk.change()).await {
        Err(StoreError::Duplicate(_)) => {
            return Err(ActError::Refused("已经提请过，正在等待决定", "等负责人决定"));
        }
        other => other?,
    }
    desk.record(entry("matter_proposal", &by.organ, (about, &lasting.number))).await?;
    desk.seal().await?;
    Ok(removal)
}

/// Takes out who it tells of, or does not.
///
/// # Errors
/// There is no such proposal, it is decided, whoever decides has proposed it, it may not be done any more, no
/// reason is given or it tells a name, or the database refuses.
pub async fn decide(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    id: &str,
    (agreed, words): (bool, &str),
) -> Result<(), ActError> {
    let found = MatterRemoval::find(desk.change(), &by.organ, id).await?;
    let removal = found.ok_or(ActError::Refused("没有这项提请", "刷新页面再看"))?;
    if removal.is_by(by) {
        return Err(ActError::SAME_PERSON);
    }
    let words = unnaming(&desk, sealer, &removal.about, words).await?;
    let at = moment(desk.now());
    if !removal.decide(desk.change(), by, (agreed, &words, &at)).await? {
        return Err(ActError::DECIDED);
    }
    let act = if agreed { "matter_removal" } else { "matter_refusal" };
    if agreed {
        let found = Lasting::find(desk.change(), &by.organ, &removal.about).await?;
        let lasting = found.ok_or(NONE)?;
        possible(&desk, &lasting, (&removal.proposed_by, &by.person)).await?;
        if !lasting.remove_names(desk.change()).await? {
            return Err(ActError::DECIDED);
        }
    }
    desk.record(entry(act, &by.organ, (&removal.about, &removal.number))).await?;
    Ok(desk.seal().await?)
}

async fn possible(desk: &Desk, lasting: &Lasting, two: (&str, &str)) -> Result<(), ActError> {
    let held = MatterHold::is_on(desk.change(), &lasting.about).await?;
    let allowed = Closing::of_matter(lasting.told_on, held).may_remove_identity(desk.today(), two);
    allowed.map_err(|stays| ActError::Faults(vec![stays.to_string()]))
}

/// Places what bears a number under 依法保全: who it tells of stays until that is lifted.
///
/// # Errors
/// The organ has nothing of that number, no reason is given or it tells a name, or the database refuses.
pub async fn hold(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    (number, reason): (&str, &str),
) -> Result<MatterHold, ActError> {
    let number = number.trim();
    let about = Lasting::numbered(desk.change(), &by.organ, number).await?;
    let about = about.ok_or(ActError::Refused(
        "本机关没有这个编号的更正申请、投诉或者建议，或者已经去标识",
        "核对编号；申请的保全在它的案卷里办",
    ))?;
    let hold = MatterHold {
        id: new_key(),
        reason: unnaming(&desk, sealer, &about, reason).await?,
        number: number.to_owned(),
        placed_on: desk.today(),
        placed_by: by.person.clone(),
        placed_for: by.stands_in_for.clone(),
        placed_name: by.name.clone(),
        about,
    };
    hold.add(desk.change(), &by.organ).await?;
    desk.record(entry("matter_hold", &by.organ, (&hold.about, number))).await?;
    desk.seal().await?;
    Ok(hold)
}

/// Lifts 依法保全; by another person than placed it.
///
/// # Errors
/// There is no such hold, whoever lifts has placed it, no reason is given or it tells a name, or the database
/// refuses.
pub async fn lift(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    (id, reason): (&str, &str),
) -> Result<(), ActError> {
    let standing = MatterHold::standing(desk.change(), &by.organ).await?;
    let hold = standing.into_iter().find(|one| one.id == id);
    let hold = hold.ok_or(ActError::Refused("没有这项保全，或者已经解除", "刷新页面再看"))?;
    let placers = [Some(hold.placed_by.as_str()), hold.placed_for.as_deref()];
    if placers.into_iter().flatten().any(|one| by.counts_as(one)) {
        return Err(ActError::Refused("这项保全是您自己设的", "解除由另一人办理"));
    }
    let reason = unnaming(&desk, sealer, &hold.about, reason).await?;
    let today = desk.today();
    if !hold.lift(desk.change(), by, (today, &reason)).await? {
        return Err(ActError::DECIDED);
    }
    desk.record(entry("matter_hold_lifted", &by.organ, (&hold.about, &hold.number))).await?;
    Ok(desk.seal().await?)
}

/// A reason that tells nobody of whom the matter is: it stays when who he was is gone.
pub(super) async fn unnaming(
    desk: &Desk,
    sealer: &Sealer,
    about: &str,
    reason: &str,
) -> Result<String, ActError> {
    let reason = reasoned(reason)?;
    let words = store::telling_of(desk.change(), sealer, about).await?;
    if store::tells_any(&reason, &words) { Err(NAMES) } else { Ok(reason) }
}

fn entry(act: &'static str, organ: &str, (about, number): (&str, &str)) -> Entry {
    Entry {
        room: "requests",
        act,
        subject: about.to_owned(),
        organ: organ.to_owned(),
        basis: BASIS.to_string(),
        facts: json!({ "number": number }),
    }
}
