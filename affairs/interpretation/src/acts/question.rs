//! 政策问答: a question with its answer, written on one paragraph of a published document, reviewed and published by
//! itself (docs/readings/300).

use identity::Organ;
use interpretation_rules::{Answered, Footing, INTERPRETING, QuestionEvent};
use ledger::{Desk, Entry, Leaf, Withdrawal};
use review::{Publishers, Signatory, Unit, submission};
use serde_json::{Value, json};
use store::moment;
use web::{Appeared, Approved};

use super::{ActError, needed};
use crate::checks;
use crate::cited::Standing;
use crate::drafts::QUESTION;
use crate::inscription;
use crate::store::{Owner, Question};

/// The organ has none with that key.
const NONE: ActError = ActError::Refused("本机关没有这条问答", "在“政策问答”中查看");

/// What a form says of one.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Question, answer, and the paragraph on which it rests.
    pub answered: Answered,
    /// The revision the form showed; nothing for a new one.
    pub revision: i64,
}

/// Keeps a new one, or over the one with that key; says which it is.
///
/// # Errors
/// The document is not the organ's or not shown, its words are not there, a field is not as it must be, somebody saved
/// meanwhile, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    by: &Signatory,
    (standing, id): (Option<&Standing>, Option<&str>),
    said: &Said,
) -> Result<Question, ActError> {
    let standing = may_be_cited(standing, by)?;
    let field = |bad: interpretation_rules::BadBody| (bad.field, bad.words);
    let checked = said.answered.check(&standing.text);
    checked.map_err(|bad| ActError::Fields(bad.into_iter().map(field).collect()))?;
    personal(&said.answered)?;
    let at = moment(desk.now());
    let what = (&standing.document, &said.answered);
    let id = match id {
        None => {
            let organ = Organ::find(desk.change(), &by.organ).await?;
            let division = organ.map(|organ| organ.division).unwrap_or_default();
            let owner = Owner { organ: &by.organ, unit: &by.unit, division: &division };
            let authors: Vec<String> = by.persons().map(str::to_owned).collect();
            Question::add(desk.change(), &owner, what, (&authors, &at)).await?
        }
        Some(id) => {
            let one = question_of(&desk, by, id).await?;
            one.state.after(QuestionEvent::Write)?;
            let mut authors = one.authors.clone();
            authors.extend(by.persons().map(str::to_owned));
            authors.sort();
            authors.dedup();
            if !one.write(desk.change(), what, (&authors, &at), said.revision).await? {
                return Err(ActError::OVERTAKEN);
            }
            one.id
        }
    };
    let one = question_of(&desk, by, &id).await?;
    desk.record(draft_entry("question_writing", &one, json!({ "revision": one.revision }))).await?;
    desk.seal().await?;
    Ok(one)
}

/// The document, where the organ published it and it holds.
fn may_be_cited<'a>(
    standing: Option<&'a Standing>,
    by: &Signatory,
) -> Result<&'a Standing, ActError> {
    let words = "没有找到这份文件。从门户上打开本机关已经公开的文件，复制它的网址。";
    let found = standing.filter(|one| one.organ == by.organ);
    let found = found.ok_or_else(|| ActError::field("wenjian", words))?;
    match Standing::footing(Some(found), "") {
        Footing::Repealed => {
            Err(ActError::field("wenjian", "这份文件已经废止或者失效，不能再拿它答复。"))
        }
        _ => Ok(found),
    }
}

/// Refuses words that hold personal data.
fn personal(said: &Answered) -> Result<(), ActError> {
    for (field, text) in [("wen", &said.question), ("da", &said.answer)] {
        if let Some(words) = checks::stopping_line(text) {
            return Err(ActError::field(field, format!("{words}。请删去或者遮盖。")));
        }
    }
    Ok(())
}

/// Deletes one before anybody saw it.
///
/// # Errors
/// There is none of the organ, it is under review or published, or the database refuses.
pub async fn drop_it(mut desk: Desk, by: &Signatory, id: &str) -> Result<(), ActError> {
    let one = question_of(&desk, by, id).await?;
    one.state.after(QuestionEvent::Drop)?;
    if !one.drop_it(desk.change()).await? {
        return Err(ActError::OVERTAKEN);
    }
    let facts = json!({ "question": one.said.question });
    desk.record(draft_entry("question_deletion", &one, facts)).await?;
    Ok(desk.seal().await?)
}

/// Hands it in for review.
///
/// # Errors
/// There is none of the organ, its paragraph holds no more, or the database refuses.
pub async fn submit(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    (id, standing, note): (&str, Option<&Standing>, Option<&str>),
) -> Result<Unit, ActError> {
    let one = question_of(&desk, by, id).await?;
    one.state.after(QuestionEvent::Submit)?;
    let footing = Standing::footing(standing, &one.said.quote);
    if footing != Footing::Stands {
        return Err(ActError::Refused(footing.words(), "照现在的文件改好再送审"));
    }
    personal(&one.said)?;
    desk.record(draft_entry("question_submission", &one, json!({}))).await?;
    let pieces = [(QUESTION, id)];
    let given =
        submission::Submitted { pieces: &pieces, note, added: vec![], for_another: false, by };
    let unit = submission::within(&mut desk, publishers, given).await?;
    desk.seal().await?;
    Ok(unit)
}

/// It becomes public.
pub(crate) async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, ActError> {
    let one = Question::find(desk.change(), &approved.id).await?.ok_or(NONE)?;
    one.state.after(QuestionEvent::Publish)?;
    let at = moment(desk.now());
    if !one.appear(desk.change(), &approved.publication, (&at, desk.today())).await? {
        return Err(ActError::OVERTAKEN);
    }
    let shown = Question::find(desk.change(), &one.id).await?.ok_or(NONE)?;
    let facts = json!({ "document": one.document.subject, "place": one.said.place });
    desk.record(public_entry("question", &one, facts)).await?;
    desk.publish_leaf(inscription::question_leaf(&shown))?;
    Ok(Appeared { subject: one.subject(), path: Some(one.path()) })
}

/// Withdraws one whose answer is wrong, or whose paragraph was repealed in words the platform does not see. Whoever
/// wrote it does not decide this.
///
/// # Errors
/// There is none of the organ that is public, the person wrote it, the reason is missing or holds personal data, or the
/// database refuses.
pub async fn withdraw(
    mut desk: Desk,
    by: &Signatory,
    id: &str,
    reason: &str,
) -> Result<(), ActError> {
    let one = question_of(&desk, by, id).await?;
    let reason = needed(web::workbench::REASON, "理由", reason)?;
    if let Some(words) = checks::stopping_line(&reason) {
        let words = format!("理由会公布，{words}。请删去或者遮盖。");
        return Err(ActError::field(web::workbench::REASON, words));
    }
    if one.authors.iter().any(|author| by.counts_as(author)) {
        return Err(ActError::Refused("您写了这条问答，不能自己撤回", "请另一位负责人撤回"));
    }
    ended(&mut desk, &one, Some(by.person.as_str()), &reason).await?;
    Ok(desk.seal().await?)
}

/// It ends, within an act that seals.
pub(super) async fn ended(
    desk: &mut Desk,
    one: &Question,
    by: Option<&str>,
    because: &str,
) -> Result<(), ActError> {
    one.state.after(QuestionEvent::Withdraw)?;
    let at = moment(desk.now());
    if !one.withdraw(desk.change(), (by, &at), because).await? {
        return Err(ActError::OVERTAKEN);
    }
    let facts = json!({ "because": because });
    desk.record(public_entry("question_withdrawal", one, facts)).await?;
    // What a person withdraws should not have been said; a paragraph that is repealed held until then.
    let why = if by.is_some() { Withdrawal::InError } else { Withdrawal::NoLongerInForce };
    desk.publish_leaf(Leaf::withdrawal(one.subject(), why))?;
    Ok(())
}

/// The organ's one as it stands now.
async fn question_of(desk: &Desk, by: &Signatory, id: &str) -> Result<Question, ActError> {
    let found = Question::find(desk.change(), id).await?;
    found.filter(|one| one.organ == by.organ).ok_or(NONE)
}

fn draft_entry(act: &'static str, one: &Question, facts: Value) -> Entry {
    entry(act, format!("interpretation_draft:wenda:{}", one.id), one, facts)
}

/// What the ledger is told of an act on one that is or was public.
pub(super) fn public_entry(act: &'static str, one: &Question, facts: Value) -> Entry {
    entry(act, one.subject(), one, facts)
}

fn entry(act: &'static str, subject: String, one: &Question, facts: Value) -> Entry {
    Entry {
        room: "interpretation",
        act,
        subject,
        organ: one.organ.clone(),
        basis: INTERPRETING.to_string(),
        facts,
    }
}
