//! 不予受理、按信访告知: a letter is closed without an answer by two persons. One proposes the words that the writer
//! will read, another decides (docs/readings/266).

use identity::Organ;
use ledger::Desk;
use serde_json::json;
use store::moment;
use suggestions_rules::{PetitionWay, SuggestionEvent, names_an_office, petition_notice_due};

use super::{
    ActError, By, LONGEST, Told, WHY, entry, keep, reasoned, stepped, taken, unnamed, worded,
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
}

impl Ending<'_> {
    const fn event(self) -> SuggestionEvent {
        match self {
            Self::Refusal(_) => SuggestionEvent::Refusal,
            Self::Petition(..) => SuggestionEvent::PetitionHandover,
        }
    }

    /// The receiver, and what the writer will read.
    fn words(self) -> Result<(String, String), ActError> {
        let (receiver, words, field) = match self {
            Self::Refusal(words) => {
                (String::new(), worded("shuoming", "不予受理的理由", words)?, "shuoming")
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
            Self::Refusal(_) => None,
            Self::Petition(way, ..) => Some(way),
        }
    }
}

/// Proposes to close it; the reason, where one is given, is for who decides.
///
/// # Errors
/// It cannot end so, somebody has proposed it before, the words are missing or name somebody, or the database
/// refuses.
pub async fn propose(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    (ending, reason): (Ending<'_>, &str),
) -> Result<(), ActError> {
    let (receiver, words) = ending.words()?;
    let letter = taken(&desk, &by.who.organ, id).await?;
    if let Some(way) = ending.way() {
        receives(&desk, way, &receiver, &letter).await?;
    }
    let event = ending.event();
    stepped(&desk, &letter, event)?;
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
    let said = match reason.trim() {
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
    now.handed_to.clone_from(&closing.receiver);
    let facts = match closing.way {
        Some(way) => {
            let due = petition_notice_due(before.received_on)?;
            json!({ "way": way.word(), "forwarded": way.forwards(), "to": closing.receiver, "notice_due": due.to_string(),
                    "in_time": desk.today() <= due })
        }
        None => json!({}),
    };
    let words = closing.words(by.sealer)?;
    let told = Told { event: closing.event, words: &words, facts };
    keep(desk, Some(by), by.sealer, (before, &now), told).await?;
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
