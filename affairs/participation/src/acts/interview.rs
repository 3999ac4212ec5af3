//! 起草、送审、公布访谈预告, 取消访谈 (67号三（三）): what is talked about with whom and when, until when questions are taken,
//! and who enters the live text and who releases it. The review of the notice is what live words rest on
//! (docs/readings/304).

use ::store::{Statements, Transaction, moment};
use identity::Organ;
use law::{Date, Provision, document};
use ledger::{Desk, Entry, Event};
use participation_rules::{
    InterviewLack, InterviewStage, InterviewStep, NOTICE_2020, desk_lacks, names_in,
};
use review::{Signatory, Unit, submission};
use serde_json::{Value, json};
use web::{Appeared, Approved, Content, Fault, Publisher, Publishers};

use super::transcript::KIND as TRANSCRIPT_KIND;
use super::{ActError, UNSEEN, at, public_reason, tidy, with_author, within};
use crate::inscription::interview as inscribed;
use crate::store::{Interview, InterviewSaid};

/// 三（三）: interviews are held, and what was asked is answered.
pub(crate) const BASIS: Provision = document(NOTICE_2020);

/// The kind of pieces by which review knows notices of interviews.
pub const KIND: &str = "interview";

/// The longest texts, in letters: decisions of ours.
const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 5_000;

/// An entry about an interview that changes nothing but the page of its live text.
pub(super) fn interview_entry(
    act: &'static str,
    of: &Interview,
    basis: impl ToString,
    facts: Value,
) -> Entry {
    Entry {
        room: "participation",
        act,
        subject: format!("{UNSEEN}interview:{}", of.id),
        organ: of.organ.clone(),
        basis: basis.to_string(),
        facts,
    }
}

/// The interview of an organ, held until the act is sealed, where a step follows on what it is today.
pub(super) async fn taken_interview(
    desk: &Desk,
    organ: &str,
    id: &str,
    step: InterviewStep,
) -> Result<(Interview, InterviewStage), ActError> {
    Interview::hold(desk.change(), id).await?;
    let found = Interview::find(desk.change(), id).await?;
    let own = found.filter(|found| found.organ == organ);
    let found =
        own.ok_or_else(|| ActError::standing("本机关没有这次访谈。请从列表里重新打开。"))?;
    let stage = found.stage(desk.today());
    stage.after(step)?;
    Ok((found, stage))
}

/// Begins one; answers its key.
///
/// # Errors
/// It has no title, or the database refuses.
pub async fn begin(
    mut desk: Desk,
    by: &Signatory,
    (organ, demo): (&Organ, bool),
    title: &str,
) -> Result<String, ActError> {
    let said = checked(&InterviewSaid {
        title: title.to_owned(),
        telephone: organ.phone.clone().unwrap_or_default(),
        enterers: by.name.clone(),
        ..InterviewSaid::default()
    })?;
    let id = uuid::Uuid::now_v7().to_string();
    let authors = with_author(&[], by);
    let of = (id.as_str(), organ, by.unit.as_str());
    Interview::add(desk.change(), of, &said, (&authors, &at(&desk), demo)).await?;
    let (found, _) = taken_interview(&desk, &organ.code, &id, InterviewStep::Edit).await?;
    desk.record(interview_entry("interview_draft", &found, BASIS, json!({}))).await?;
    desk.seal().await?;
    Ok(id)
}

/// Keeps what a draft says; `version` is the one the form was shown in.
///
/// # Errors
/// It is no draft, somebody was first, a field is too long, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    by: &Signatory,
    (organ, id, version): (&str, &str, i64),
    said: &InterviewSaid,
) -> Result<(), ActError> {
    let said = checked(said)?;
    let (found, _) = taken_interview(&desk, organ, id, InterviewStep::Edit).await?;
    let authors = with_author(&found.authors, by);
    let at = at(&desk);
    if found.version != version || !found.keep(desk.change(), &said, (&authors, &at)).await? {
        return Err(ActError::overtaken());
    }
    desk.record(interview_entry("interview_text", &found, BASIS, json!({}))).await?;
    Ok(desk.seal().await?)
}

fn checked(said: &InterviewSaid) -> Result<InterviewSaid, ActError> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = InterviewSaid {
        title: line(&said.title),
        topic: tidy(&said.topic),
        guests: tidy(&said.guests),
        held_at: line(&said.held_at),
        enterers: names_in(&said.enterers).join("、"),
        releasers: names_in(&said.releasers).join("、"),
        telephone: line(&said.telephone),
        ..said.clone()
    };
    if said.title.is_empty() {
        return Err(ActError::Field("mingcheng", "写明访谈的题目".into()));
    }
    for (field, text, most) in [
        ("mingcheng", &said.title, LONGEST_LINE),
        ("shijian", &said.held_at, LONGEST_LINE),
        ("luru", &said.enterers, LONGEST_LINE),
        ("fangxing", &said.releasers, LONGEST_LINE),
        ("dianhua", &said.telephone, LONGEST_LINE),
        ("zhuti", &said.topic, LONGEST_TEXT),
        ("jiabin", &said.guests, LONGEST_TEXT),
    ] {
        within(field, text, most)?;
    }
    Ok(said)
}

/// What a draft lacks before it may be handed in, on a day.
pub fn lacks(said: &InterviewSaid, today: Date) -> Vec<InterviewLack> {
    let bare = [
        (said.topic.is_empty(), "写明谈什么"),
        (said.guests.is_empty(), "写明请谁来谈，姓名和职务"),
        (said.held_at.is_empty(), "写明几点开始"),
        (said.telephone.is_empty(), "写明联系电话"),
        (said.days().is_none(), "写明哪天谈、提问收到哪天"),
    ];
    let bare = bare.into_iter().filter(|(lacks, _)| *lacks);
    let mut all: Vec<InterviewLack> =
        bare.map(|(_, words)| InterviewLack { words: words.to_owned(), basis: BASIS }).collect();
    all.extend(said.days().map(|days| days.lacks(today)).unwrap_or_default());
    all.extend(desk_lacks(&said.enterers(), &said.releasers()));
    all
}

/// Gives a draft up.
///
/// # Errors
/// It is no draft, or the database refuses.
pub async fn drop(mut desk: Desk, organ: &str, id: &str) -> Result<(), ActError> {
    let (found, _) = taken_interview(&desk, organ, id, InterviewStep::Drop).await?;
    let off = (InterviewStage::Draft, InterviewStage::Dropped);
    if !Interview::turn(desk.change(), id, off, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(interview_entry("interview_drop", &found, BASIS, json!({}))).await?;
    Ok(desk.seal().await?)
}

/// Hands a draft in for review.
///
/// # Errors
/// It is no draft, it lacks something, or the database refuses.
pub async fn submit(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    (organ, id): (&str, &str),
) -> Result<Unit, ActError> {
    let (found, _) = taken_interview(&desk, organ, id, InterviewStep::Submit).await?;
    if let Some(words) = all_words(&lacks(&found.said, desk.today())) {
        return Err(ActError::Standing(format!("还不能送审：{words}。补齐后再送审。")));
    }
    let on = (InterviewStage::Draft, InterviewStage::InReview);
    if !Interview::turn(desk.change(), id, on, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(interview_entry("interview_submission", &found, BASIS, json!({}))).await?;
    let pieces = [(KIND, id)];
    let given = submission::Submitted {
        pieces: &pieces,
        note: None,
        added: vec![],
        for_another: false,
        by,
    };
    let unit = submission::within(&mut desk, publishers, given).await?;
    desk.seal().await?;
    Ok(unit)
}

/// All that is lacking in one sentence; nothing where nothing is.
fn all_words(lacks: &[InterviewLack]) -> Option<String> {
    let each = lacks.iter().map(|lack| format!("{}（{}）", lack.words, lack.basis));
    Some(each.collect::<Vec<_>>().join("；")).filter(|words| !words.is_empty())
}

/// How notices of interviews are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "访谈预告",
    approve: "consultation.approve",
    release: "consultation.open",
    releasers: &["publisher"],
    content: |from, id| Box::pin(async move { as_signed(from, id).await }),
    standing: |_, _| Box::pin(async { Ok(None) }),
    ready: |_, _, _| Box::pin(async { Ok(()) }),
    signable: None,
    holds: None,
    laid_out: Publisher::as_signed,
    plain: Publisher::unmarked,
    publish: |desk, _, approved| Box::pin(publish(desk, approved)),
};

async fn as_signed(from: &impl Statements, id: &str) -> Result<Option<Content>, Fault> {
    let found = Interview::find(from, id).await?;
    Ok(found.filter(|found| found.opened_on.is_none()).map(|found| signed(&found)))
}

/// What is signed; whoever signs it lets these persons say live what the guests say.
fn signed(of: &Interview) -> Content {
    let said = &of.said;
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let empty = Content {
        title: said.title.clone(),
        organ: of.organ.clone(),
        unit: of.unit.clone(),
        authors: of.authors.clone(),
        normative: false,
        findings: vec![],
        parts: vec![],
    };
    let desk = format!(
        "访谈当天，{}录入嘉宾和主持人说的话、选出的提问，{}逐条看过放行，放行的即时公布；录入的人不能放行。写错的另作更正，不该公布的删去，都由两个人办，页面上看得出。实录整理以后另行审查。",
        said.enterers, said.releasers
    );
    empty
        .part("谈什么", &said.topic)
        .part("嘉宾", &said.guests)
        .part("时间", format!("{} {}", day(said.held_on), said.held_at))
        .part("提问收到", day(said.ask_until))
        .part("实时文字的授权", desk)
        .part("联系电话", &said.telephone)
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    Interview::hold(desk.change(), &approved.id).await?;
    let found = Interview::find(desk.change(), &approved.id).await?.ok_or(Fault::NotFound)?;
    let (on, at) = (desk.today(), at(desk));
    let follows = found.stage(on).after(InterviewStep::Announce);
    follows.map_err(|refused| ActError::from(refused).into_fault())?;
    // The review took its time: the days must still leave room for questions.
    if let Some(words) = all_words(&lacks(&found.said, on)) {
        return Err(Fault::Refused(format!("今天公布来不及：{words}。退回改了日子再送审。")));
    }
    if !found.open(desk.change(), &approved.publication, (on, &at)).await? {
        return Err(ActError::overtaken().into_fault());
    }
    let subject = inscribed::subject(&found.id, "");
    let facts = json!({ "held_on": found.said.held_on });
    let mut told = interview_entry("interview", &found, BASIS, facts);
    told.subject.clone_from(&subject);
    desk.record(told).await.map_err(Fault::inside)?;
    let now = Interview::find(desk.change(), &found.id).await?.ok_or(Fault::NotFound)?;
    desk.publish_leaf(inscribed::leaf(&now)).map_err(Fault::inside)?;
    Ok(Appeared { subject, path: Some(now.path()) })
}

/// What was handed in of an interview comes back as soon as its review has ended without a publication; `false` where the
/// piece is of none.
pub(super) async fn comes_back(
    change: &Transaction,
    (kind, id): (&str, &str),
    (reason, event): (&str, &Event),
) -> Result<bool, Fault> {
    let back = match kind {
        KIND => (InterviewStage::InReview, InterviewStage::Draft),
        TRANSCRIPT_KIND => (InterviewStage::TranscriptInReview, InterviewStage::Ended),
        _ => return Ok(false),
    };
    if Unit::open_with(change, kind, id).await?.is_none() {
        Interview::turn(change, id, back, (reason, &moment(event.happened_at))).await?;
    }
    Ok(true)
}

/// 取消访谈: it was announced and is not held; why stands where it was announced.
///
/// # Errors
/// It is not announced or has begun, no reason is given or it names somebody, or the database refuses.
pub async fn cancel(
    mut desk: Desk,
    (organ, id): (&str, &str),
    reason: &str,
) -> Result<(), ActError> {
    let reason = public_reason(reason)?;
    let (found, _) = taken_interview(&desk, organ, id, InterviewStep::Cancel).await?;
    let off = (desk.today(), reason.as_str());
    if !Interview::cancel(desk.change(), (id, &at(&desk)), off).await? {
        return Err(ActError::overtaken());
    }
    let facts = json!({ "reason": reason });
    let mut told = interview_entry("interview_cancellation", &found, BASIS, facts);
    told.subject = inscribed::subject(id, inscribed::CANCELLED);
    desk.record(told).await?;
    let now = Interview::find(desk.change(), id).await?.unwrap_or(found);
    desk.publish_leaf(inscribed::cancelled_leaf(&now))?;
    Ok(desk.seal().await?)
}
