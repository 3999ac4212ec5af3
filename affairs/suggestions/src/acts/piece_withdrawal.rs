//! 撤下公开的答复: by its organ, where it should not have been published, proposed by one person and decided by
//! another; at once where the writer no longer agrees; and where the answer to what was asked again is published in
//! its place (docs/readings/267). What was said goes, here and in its review; that it was there stays.

use law::article;
use ledger::{Desk, Leaf, Withdrawal};
use review::{forgetting, lapse};
use store::moment;
use suggestions_rules::SITE_GUIDELINE;

use super::piece::{KIND, told};
use super::{ActError, By, WHY, reasoned, taken};
use crate::inscription::subject;
use crate::store::{NewEvent, Piece, PieceState, Suggestion, TakenDown, add_event};

/// Proposes to take down what an organ published; people will read the reason at its address.
///
/// # Errors
/// Nothing of the letter is public, it is proposed already, the reason is missing or names somebody, or the database
/// refuses.
pub async fn propose(mut desk: Desk, by: By<'_>, id: &str, reason: &str) -> Result<(), ActError> {
    let reason = reasoned(WHY, reason)?;
    if let Some(found) = crate::masking::found_in(&reason) {
        let words = format!("里面有{found}。撤下的理由大家都看得到，请去掉个人信息。");
        return Err(ActError::Field(WHY, words));
    }
    let letter = taken(&desk, &by.who.organ, id).await?;
    let piece = public(&desk, id).await?;
    if !piece.proposers.is_empty() {
        return Err(ActError::refused("已经有人提出撤下，等另一人审批。"));
    }
    if !piece.propose_away(desk.change(), &by.persons(), &reason).await? {
        return Err(ActError::overtaken());
    }
    note(&desk, by, &letter, ("piece_withdrawal_proposal", &reason)).await?;
    let basis = article("政府信息公开条例", 6).to_string();
    desk.record(told("piece_withdrawal_proposal", &piece, basis, TakenDown::InError.word()))
        .await?;
    Ok(desk.seal().await?)
}

/// Decides it: what is agreed to is out of sight when this returns.
///
/// # Errors
/// Nothing is proposed, who decides has proposed it, the reason is missing, or the database refuses.
pub async fn decide(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    (agreed, words): (bool, &str),
) -> Result<(), ActError> {
    let words = reasoned(WHY, words)?;
    let letter = taken(&desk, &by.who.organ, id).await?;
    let piece = public(&desk, id).await?;
    if piece.proposers.is_empty() {
        return Err(ActError::refused("没有人提出撤下。请刷新页面再看。"));
    }
    if by.is_among(&piece.proposers) {
        return Err(ActError::refused("撤下是您本人提出的，要由另一人审批。"));
    }
    if agreed {
        take_down(&mut desk, &piece, (TakenDown::InError, &piece.proposed)).await?;
        note(&desk, by, &letter, ("piece_withdrawal", &piece.proposed)).await?;
        return Ok(desk.seal().await?);
    }
    if !piece.propose_away(desk.change(), &[], "").await? {
        return Err(ActError::overtaken());
    }
    note(&desk, by, &letter, ("piece_withdrawal_denial", &words)).await?;
    let basis = article("政府信息公开条例", 6).to_string();
    desk.record(told("piece_withdrawal_denial", &piece, basis, TakenDown::InError.word())).await?;
    Ok(desk.seal().await?)
}

async fn public(desk: &Desk, letter: &str) -> Result<Piece, ActError> {
    let living = Piece::living(desk.change(), letter).await?;
    let found = living.into_iter().find(|piece| piece.state == PieceState::Published);
    found.ok_or_else(|| ActError::refused("这一件没有公开的答复，或者已经撤下。"))
}

async fn note(
    desk: &Desk,
    by: By<'_>,
    letter: &Suggestion,
    (act, words): (&str, &str),
) -> Result<(), ActError> {
    let at = moment(desk.now());
    let event = NewEvent {
        suggestion: &letter.id,
        act,
        at: &at,
        person: &by.who.person,
        name: &by.who.name,
        organ: &by.who.organ,
        words,
    };
    Ok(add_event(desk.change(), by.sealer, event).await?)
}

/// Takes a published piece down within another act: its words go, its address says so.
pub(super) async fn take_down(
    desk: &mut Desk,
    piece: &Piece,
    (why, words): (TakenDown, &str),
) -> Result<(), ActError> {
    let at = moment(desk.now());
    if !piece.withdraw(desk.change(), (desk.today(), &at), (why, words)).await? {
        return Err(ActError::overtaken());
    }
    forgetting::within(desk.change(), KIND, &piece.id).await?;
    let (basis, leaf) = match why {
        TakenDown::Consent => {
            (article("个人信息保护法", 15).to_string(), Withdrawal::ConsentWithdrawn)
        }
        TakenDown::InError => (article("政府信息公开条例", 6).to_string(), Withdrawal::InError),
        TakenDown::Replaced => (SITE_GUIDELINE.to_string(), Withdrawal::Moved),
    };
    desk.record(told("piece_withdrawal", piece, basis, why.word())).await?;
    desk.publish_leaf(Leaf::withdrawal(subject(&piece.id), leaf))?;
    Ok(())
}

/// Ends the review of a piece that may no longer be published, within another act; what it said goes.
pub(super) async fn end_review(desk: &mut Desk, piece: &Piece, why: &str) -> Result<(), ActError> {
    if let Some(unit) = review::Unit::open_with(desk.change(), KIND, &piece.id).await? {
        lapse::within(desk, &unit, why).await?;
    }
    let at = moment(desk.now());
    Piece::give_back(desk.change(), &piece.id, (why, &at)).await?;
    forgetting::within(desk.change(), KIND, &piece.id).await?;
    Ok(())
}
