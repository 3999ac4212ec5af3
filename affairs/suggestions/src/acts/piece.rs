//! 答复选登: question and answer are published where the writer agrees, the organ decides it, and the review that
//! everything public goes through has passed exactly these masked words (docs/readings/267).

use identity::Organ;
use identity::powers::Condition;
use law::{Date, Provision, article};
use ledger::Desk;
use review::{Unit, forgetting, submission};
use serde_json::json;
use store::{Statements, StoreError, moment};
use suggestions_rules::SITE_GUIDELINE;
use web::{Appeared, Approved, Content, Fault, House, Later, Listener, Publisher, Publishers};

use super::piece_withdrawal::take_down;
use super::{ActError, By, entry, taken, worded};
use crate::inscription::{self, subject};
use crate::store::{
    Answer, AnswerState, NewEvent, Piece, PieceState, Suggestion, TakenDown, Written, add_event,
};

/// The kind of pieces by which review knows them.
pub const KIND: &str = "suggestion_piece";

/// 条例第十七条: what is published is looked at for secrets first.
const REVIEWED: Provision = article("政府信息公开条例", 17);

/// What whoever prepares the publication wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prepared {
    /// The title.
    pub title: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// Hands question and answer in for review.
///
/// # Errors
/// The letter has no answer, its writer does not agree, the words still name somebody, one is under review or
/// public already, or the database refuses.
pub async fn submit(
    mut desk: Desk,
    publishers: &Publishers,
    by: By<'_>,
    (id, prepared): (&str, &Prepared),
) -> Result<Unit, ActError> {
    let letter = taken(&desk, &by.who.organ, id).await?;
    may_be_published(&letter)?;
    agreed(&desk, id).await?;
    let (title, question, answer) = checked(prepared, &letter.open(by.sealer)?)?;
    let sent = Answer::of(desk.change(), id).await?;
    let sent: Vec<&Answer> = sent.iter().filter(|one| one.state == AnswerState::Sent).collect();
    let Some(newest) = sent.first() else {
        return Err(ActError::refused("还没有答复，不能公开。"));
    };
    let there = Piece::living(desk.change(), id).await?;
    if there.iter().any(|one| one.state == PieceState::Submitted || one.round >= newest.round) {
        return Err(ActError::refused(THERE));
    }
    let organ = Organ::find(desk.change(), &letter.organ).await?;
    let organ = organ.ok_or_else(ActError::overtaken)?;
    let mut authors = by.persons();
    authors.extend(sent.iter().flat_map(|answer| answer.writers.iter().cloned()));
    let piece = prepared_piece(&letter, organ.division, newest, authors, (title, question, answer));
    let at = moment(desk.now());
    match piece.add(desk.change(), &at).await {
        Err(StoreError::Duplicate(_)) => return Err(ActError::refused(THERE)),
        other => other?,
    }
    note(&desk, by, &letter, &at).await?;
    let facts = json!({ "number": letter.number, "piece": piece.id });
    desk.record(entry("piece_submission", &letter, SITE_GUIDELINE.to_string(), facts)).await?;
    let pieces = [(KIND, piece.id.as_str())];
    let given = submission::Submitted {
        pieces: &pieces,
        note: None,
        added: vec![],
        for_another: false,
        by: by.who,
    };
    let unit = submission::within(&mut desk, publishers, given).await?;
    desk.seal().await?;
    Ok(unit)
}

/// Nothing more is to be handed in.
const THERE: &str = "这一件的答复已经公开，或者正在审查。";

fn prepared_piece(
    letter: &Suggestion,
    division: String,
    newest: &Answer,
    mut authors: Vec<String>,
    (title, question, answer): (String, String, String),
) -> Piece {
    authors.sort();
    authors.dedup();
    Piece {
        id: uuid::Uuid::now_v7().to_string(),
        suggestion: letter.id.clone(),
        round: newest.round,
        organ: letter.organ.clone(),
        division,
        kind: letter.kind,
        title,
        question,
        answer,
        asked_on: letter.received_on.to_string(),
        answered_on: newest.sent_at.as_deref().map(web::moments::day).unwrap_or_default(),
        state: PieceState::Submitted,
        authors,
        returned: String::new(),
        published_on: None,
        published_at: None,
        withdrawn_on: None,
        withdrawal: None,
        why: String::new(),
        proposers: vec![],
        proposed: String::new(),
    }
}

/// Holds the letter where its writer agrees at this moment: who takes his consent back waits for this act, or this
/// act for him.
async fn agreed(desk: &Desk, letter: &str) -> Result<(), ActError> {
    match Suggestion::hold_agreed(desk.change(), letter).await? {
        true => Ok(()),
        false => Err(ActError::refused("留言人不同意公开，不能公开。")),
    }
}

async fn note(desk: &Desk, by: By<'_>, letter: &Suggestion, at: &str) -> Result<(), ActError> {
    let event = NewEvent {
        suggestion: &letter.id,
        act: "piece_submission",
        at,
        person: &by.who.person,
        name: &by.who.name,
        organ: &by.who.organ,
        words: "",
    };
    Ok(add_event(desk.change(), by.sealer, event).await?)
}

/// Whether question and answer may be published at all.
fn may_be_published(letter: &Suggestion) -> Result<(), ActError> {
    if !letter.kind.may_be_published() {
        return Err(ActError::refused("举报的答复不公开。"));
    }
    if !letter.consent {
        return Err(ActError::refused("留言人不同意公开，不能公开。"));
    }
    if letter.is_erased() {
        return Err(ActError::refused("留言内容已经到期删除，不能再公开。"));
    }
    if !letter.course.state.is_answered() {
        return Err(ActError::refused("还没有答复，或者正在再次办理。答复以后再公开。"));
    }
    Ok(())
}

/// The words, where they say something and name nobody, least of all who wrote the letter.
fn checked(prepared: &Prepared, written: &Written) -> Result<(String, String, String), ActError> {
    let title = prepared.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = worded("biaoti", "标题", &title)?;
    let question = worded("wen", "问的内容", &prepared.question)?;
    let answer = worded("da", "答复的内容", &prepared.answer)?;
    for (field, words) in [("biaoti", &title), ("wen", &question), ("da", &answer)] {
        let found = crate::masking::found_in(words);
        if let Some(found) = found.or_else(|| crate::masking::of_writer(words, written)) {
            return Err(ActError::Field(field, format!("里面有{found}。请隐去后再送审。")));
        }
    }
    Ok((title, question, answer))
}

/// What the ledger is told of a piece; `why` where it goes.
pub(super) fn told(act: &'static str, piece: &Piece, basis: String, why: &str) -> ledger::Entry {
    let facts = match why {
        "" => json!({ "kind": piece.kind.word() }),
        why => json!({ "kind": piece.kind.word(), "why": why }),
    };
    ledger::Entry {
        room: "suggestions",
        act,
        subject: subject(&piece.id),
        organ: piece.organ.clone(),
        basis,
        facts,
    }
}

/// How pieces are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "留言答复",
    approve: "record.approve",
    release: "suggestion.publish",
    releasers: &["publisher"],
    content: |from, id| Box::pin(async move { Ok(as_signed(from, id).await?) }),
    standing: |_, _| Box::pin(async { Ok(None) }),
    ready: |_, _, _| Box::pin(async { Ok(()) }),
    signable: Some(|from, id| Box::pin(async move { signable(from, id).await })),
    // What is handed in was masked, and nothing else is.
    holds: Some(|_, _| Box::pin(async { Ok(vec![Condition::Masked]) })),
    laid_out: Publisher::as_signed,
    plain: Publisher::unmarked,
    publish: |desk, _, approved| Box::pin(publish(desk, approved)),
};

async fn as_signed(from: &impl Statements, id: &str) -> Result<Option<Content>, StoreError> {
    let found = Piece::find(from, id).await?;
    let Some(piece) = found.filter(|piece| piece.state == PieceState::Submitted) else {
        return Ok(None);
    };
    let whole = format!("{}\n{}\n{}", piece.title, piece.question, piece.answer);
    let content = Content {
        title: piece.title.clone(),
        organ: piece.organ.clone(),
        unit: String::new(),
        authors: piece.authors.clone(),
        normative: false,
        findings: crate::masking::doubts(&whole),
        parts: vec![],
    };
    Ok(Some(
        content
            .part("种类", piece.kind.name())
            .part("问", piece.question)
            .part("答", piece.answer)
            .part("留言日期", piece.asked_on)
            .part("答复日期", piece.answered_on),
    ))
}

/// The writer may have taken his consent back meanwhile.
async fn signable(from: &impl Statements, id: &str) -> Result<(), Fault> {
    let piece = Piece::find(from, id).await?.ok_or(Fault::NotFound)?;
    let letter = Suggestion::with_id(from, &piece.suggestion).await?.ok_or(Fault::NotFound)?;
    may_be_published(&letter).map_err(ActError::into_fault)
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    let found = Piece::find(desk.change(), &approved.id).await?;
    let mut piece = found.ok_or(Fault::NotFound)?;
    agreed(desk, &piece.suggestion).await.map_err(ActError::into_fault)?;
    signable(desk.change(), &approved.id).await?;
    // The answer to what was asked again stands in the place of the first.
    let living = Piece::living(desk.change(), &piece.suggestion).await?;
    for old in living.iter().filter(|one| one.state == PieceState::Published) {
        let replaced = (TakenDown::Replaced, piece.id.as_str());
        take_down(desk, old, replaced).await.map_err(ActError::into_fault)?;
    }
    let (on, at): (Date, String) = (desk.today(), moment(desk.now()));
    let when = (approved.publication.as_str(), on, at.as_str());
    if !Piece::publish(desk.change(), &piece.id, when).await? {
        return Err(ActError::overtaken().into_fault());
    }
    let entry = told("piece", &piece, REVIEWED.to_string(), "");
    desk.record(entry).await.map_err(Fault::inside)?;
    piece.published_on = Some(on.to_string());
    piece.state = PieceState::Published;
    desk.publish_leaf(inscription::leaf(&piece)).map_err(Fault::inside)?;
    Ok(Appeared { subject: subject(&piece.id), path: Some(piece.path()) })
}

/// A piece comes back as soon as its review has ended without a publication.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "suggestions.review",
    acts: &["review.step", "review.withdrawal", "review.lapse"],
    hear,
}];

fn hear<'a>(
    _: &'a House,
    event: &'a ledger::Event,
    change: &'a store::Transaction,
) -> Later<'a, ()> {
    Box::pin(async move {
        let fact = |name: &str| event.facts.get(name).and_then(serde_json::Value::as_str);
        if event.act == "step" && fact("verdict") != Some("return") {
            return Ok(());
        }
        let reason = fact("reason").unwrap_or("已撤回送审");
        let pieces = event.facts.get("pieces").cloned().unwrap_or_default();
        let pieces: Vec<[String; 2]> = serde_json::from_value(pieces).unwrap_or_default();
        for [kind, id] in pieces {
            // Hearing twice changes nothing: it has come back already.
            if kind == KIND && Unit::open_with(change, KIND, &id).await?.is_none() {
                Piece::give_back(change, &id, (reason, &moment(event.happened_at))).await?;
                forgetting::within(change, KIND, &id).await?;
            }
        }
        Ok(())
    })
}
