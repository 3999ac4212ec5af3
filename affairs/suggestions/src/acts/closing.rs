//! 不予受理、按信访告知、告知依申请公开、并入第一件: a letter is closed without an answer by two persons. One proposes the
//! words that the writer will read, another decides. A petition that is the organ's own is registered in the same way,
//! and goes on as a letter with the term it has (docs/readings/266).

use identity::Organ;
use ledger::Desk;
use serde_json::json;
use store::moment;
use suggestions_rules::{PetitionWay, SuggestionEvent, names_an_office, petition_notice_due};

use super::{
    ActError, By, LONGEST, Told, WHY, entry, joining, keep, reasoned, stepped, taken, unnamed,
    worded,
};
use crate::store::{Closing, NewClosing, NewEvent, Suggestion, add_event};

/// The longest name of a receiver, in letters: a decision of ours.
const LONGEST_RECEIVER: usize = 40;

/// How a letter is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending<'a> {
    /// 不予受理, with the reason as its writer reads it.
    Refusal(&'a str),
    /// 信访: which case it is, who takes it, and what its writer is told besides.
    Petition(PetitionWay, &'a str, &'a str),
    /// 告知依申请公开: what its writer is told. Why it is thought to be such a request is for who decides.
    Disclosure(&'a str),
    /// 重复件: the number of the first letter, whose answer its writer reads.
    Joining(&'a str),
}

impl Ending<'_> {
    const fn event(self) -> SuggestionEvent {
        match self {
            Self::Refusal(_) => SuggestionEvent::Refusal,
            Self::Petition(way, ..) => way.event(),
            Self::Disclosure(_) => SuggestionEvent::DisclosureReferral,
            Self::Joining(_) => SuggestionEvent::Joining,
        }
    }

    /// The receiver, or the first letter's number; and what the writer will read.
    async fn words(self, desk: &Desk, letter: &Suggestion) -> Result<(String, String), ActError> {
        let (receiver, words, field) = match self {
            Self::Refusal(words) => {
                (String::new(), worded("shuoming", "不予受理的理由", words)?, "shuoming")
            }
            Self::Disclosure(words) => {
                (String::new(), worded("gaozhi", "告知留言人的话", words)?, "gaozhi")
            }
            Self::Joining(number) => {
                let first = joining::first(desk, letter, number.trim()).await?;
                let words = format!("与{}重复，一并答复", first.number);
                return Ok((first.number, words));
            }
            Self::Petition(way, receiver, more) => {
                let receiver = receiver.split_whitespace().collect::<Vec<_>>().join(" ");
                let field = |words: &str| Err(ActError::Field("jieshou", words.to_owned()));
                if receiver.is_empty() {
                    return field("写明由哪个机关、单位办理。");
                }
                if receiver.chars().count() > LONGEST_RECEIVER {
                    return field("只写机关、单位的名称。");
                }
                unnamed("jieshou", &receiver)?;
                if !names_an_office(&receiver) {
                    return field("写机关、单位的全称，例如“思明区信访局”，让留言人知道找谁。");
                }
                let words = format!("{}\n{}", way.opening(&receiver), more.trim());
                (receiver, words.trim().to_owned(), "gaozhi")
            }
        };
        if words.chars().count() > LONGEST {
            return Err(ActError::Field(field, format!("不超过 {LONGEST} 字，请写短一些。")));
        }
        unnamed(field, &words)?;
        Ok((receiver, words))
    }

    const fn way(self) -> Option<PetitionWay> {
        match self {
            Self::Petition(way, ..) => Some(way),
            Self::Refusal(_) | Self::Disclosure(_) | Self::Joining(_) => None,
        }
    }
}

/// Proposes to close it; the reason, where one is given, is for who decides. What is thought to be a request has one.
///
/// # Errors
/// It cannot end so, somebody has proposed it before, the words or such a reason are missing or name somebody, there is
/// no such first letter, it is registered as a petition already, or the database refuses.
pub async fn propose(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    (ending, reason): (Ending<'_>, &str),
) -> Result<(), ActError> {
    let reason = match ending {
        Ending::Disclosure(_) => reasoned(WHY, reason)?,
        _ => reason.trim().to_owned(),
    };
    let letter = taken(&desk, &by.who.organ, id).await?;
    let event = ending.event();
    stepped(&desk, &letter, event)?;
    let (receiver, words) = ending.words(&desk, &letter).await?;
    if let Some(way) = ending.way() {
        receives(&desk, way, &receiver, &letter).await?;
    }
    if event == SuggestionEvent::PetitionRegistration && !letter.handed_to.is_empty() {
        return Err(ActError::refused("已经登记接收过，照常办理、答复就可以。"));
    }
    if Closing::of(desk.change(), id).await?.is_some() {
        return Err(ActError::refused("已经有人提请办结，等另一人审批。"));
    }
    let at = moment(desk.now());
    let new = NewClosing {
        suggestion: id,
        event,
        way: ending.way(),
        receiver: &receiver,
        proposers: &by.persons(),
        words: &words,
        at: &at,
    };
    new.add(desk.change(), by.sealer).await?;
    let said = match reason.as_str() {
        "" => format!("{}：{words}", event.name()),
        reason => format!("{}：{words}\n理由：{reason}", event.name()),
    };
    told(&mut desk, by, &letter, ("closing_proposal", &said, event)).await?;
    Ok(desk.seal().await?)
}

/// Whether who is named may take it in the case that was chosen: what is this organ's own stays here, what is not
/// does not.
async fn receives(
    desk: &Desk,
    way: PetitionWay,
    receiver: &str,
    letter: &Suggestion,
) -> Result<(), ActError> {
    let organs = Organ::all(desk.change()).await?;
    let named = organs.iter().find(|one| one.name == receiver || one.short_name == receiver);
    let own = named.is_some_and(|one| one.code == letter.organ) || receiver.starts_with("本机关");
    let words = match way {
        PetitionWay::Own if named.is_some() && !own => {
            "选了属于本机关职权范围，这里写本机关或者本机关的科室。"
        }
        PetitionWay::Below | PetitionWay::Outside if own => {
            "选了不由本机关办理，这里写有权处理的别的机关。"
        }
        _ => return Ok(()),
    };
    Err(ActError::Field("jieshou", words.into()))
}

/// Decides it, as it was seen.
///
/// # Errors
/// None waits or another than was seen, who decides has proposed it, the reason is missing, or the database refuses.
pub async fn decide(
    mut desk: Desk,
    by: By<'_>,
    (id, seen): (&str, &str),
    (agreed, reason): (bool, &str),
) -> Result<Suggestion, ActError> {
    let reason = reasoned(WHY, reason)?;
    let before = taken(&desk, &by.who.organ, id).await?;
    let waits = Closing::of(desk.change(), id).await?.filter(|one| one.id == seen);
    let closing = waits.ok_or_else(ActError::overtaken)?;
    if by.is_among(&closing.proposers) {
        return Err(ActError::refused("办结是您本人提请的，要由另一人审批。"));
    }
    Closing::drop_of(desk.change(), id).await?;
    if !agreed {
        told(&mut desk, by, &before, ("closing_denial", &reason, closing.event)).await?;
        desk.seal().await?;
        return Ok(before);
    }
    let now = close(&mut desk, by, &before, &closing).await?;
    desk.seal().await?;
    Ok(now)
}

async fn close(
    desk: &mut Desk,
    by: By<'_>,
    before: &Suggestion,
    closing: &Closing,
) -> Result<Suggestion, ActError> {
    let mut now = stepped(desk, before, closing.event)?;
    let facts = match closing.way {
        Some(way) => {
            now.handed_to.clone_from(&closing.receiver);
            let due = petition_notice_due(before.received_on)?;
            json!({ "way": way.word(), "forwarded": way.forwards(), "to": closing.receiver, "notice_due": due.to_string(),
                    "in_time": desk.today() <= due })
        }
        None if closing.event == SuggestionEvent::Joining => {
            let first = joining::still_first(desk, before, &closing.receiver).await?;
            let facts = json!({ "first": first.number });
            now.first = Some(first.id);
            facts
        }
        None => json!({}),
    };
    let words = closing.words(by.sealer)?;
    let told = Told { event: closing.event, words: &words, facts };
    keep(desk, Some(by), by.sealer, (before, &now), told).await?;
    if let Some(first) = &now.first {
        // Whoever was joined to this one reads the answer of that one too.
        Suggestion::point_on(desk.change(), (&before.id, first)).await?;
    }
    Ok(now)
}

async fn told(
    desk: &mut Desk,
    by: By<'_>,
    letter: &Suggestion,
    (act, words, event): (&'static str, &str, SuggestionEvent),
) -> Result<(), ActError> {
    let at = moment(desk.now());
    let new = NewEvent {
        suggestion: &letter.id,
        act,
        at: &at,
        person: &by.who.person,
        name: &by.who.name,
        organ: &by.who.organ,
        words,
    };
    add_event(desk.change(), by.sealer, new).await?;
    let facts = json!({ "number": letter.number, "of": event.word() });
    desk.record(entry(act, letter, event.basis().to_string(), facts)).await?;
    Ok(())
}
