//! 起草、送审、公布听证公告 (条例第十六条): what is heard about, when and where, who may enrol, how many of each side, and by
//! which public value those who take part are drawn (docs/readings/290).

use ::store::{Statements, Transaction, moment};
use identity::Organ;
use law::{Date, Provision, article};
use ledger::{Desk, Event};
use participation_rules::{DECISIONS, HearingLack, HearingStage, HearingStep, Seats};
use review::{Signatory, Unit, submission};
use serde_json::json;
use web::{Appeared, Approved, Content, Fault, Publisher, Publishers};

use super::record::KIND as RECORD_KIND;
use super::{
    ActError, at, decision_report, decisions, gathering, hearing_entry, interview, taken_hearing,
    tidy, with_author, within,
};
use crate::inscription::hearing as inscribed;
use crate::store::{Consultation, Hearing, HearingSaid};

/// 第十六条.
pub(crate) const BASIS: Provision = article(DECISIONS, 16);

/// The kind of pieces by which review knows notices of hearings.
pub const KIND: &str = "hearing";

/// The longest texts, in letters: decisions of ours.
const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 10_000;

/// The most sides of a hearing.
const MOST_SIDES: usize = 12;

/// Begins one on the draft of a public consultation; answers its key.
///
/// # Errors
/// The organ has no such consultation, it is not public, or the database refuses.
pub async fn begin(
    mut desk: Desk,
    by: &Signatory,
    (organ, demo): (&Organ, bool),
    consultation: &str,
) -> Result<String, ActError> {
    let found = Consultation::find(desk.change(), consultation).await?;
    let today = desk.today();
    let own = found.filter(|of| of.organ == organ.code && of.stage(today).is_public());
    let words = "草案还没有公布。先公布征求意见的草案，再对这份草案开听证会。";
    let of = own.ok_or_else(|| ActError::standing(words))?;
    let said = HearingSaid {
        title: format!("{}听证会", of.said.title),
        telephone: organ.phone.clone().unwrap_or_default(),
        ..HearingSaid::default()
    };
    let id = uuid::Uuid::now_v7().to_string();
    let authors = with_author(&[], by);
    let row = (id.as_str(), consultation, organ, of.unit.as_str());
    Hearing::add(desk.change(), row, &said, (&authors, &at(&desk), demo)).await?;
    let (found, _) = taken_hearing(&desk, &organ.code, &id, HearingStep::Edit).await?;
    desk.record(hearing_entry("hearing_draft", &found, BASIS, json!({}))).await?;
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
    said: &HearingSaid,
) -> Result<(), ActError> {
    let said = checked(said)?;
    let (found, _) = taken_hearing(&desk, organ, id, HearingStep::Edit).await?;
    let authors = with_author(&found.authors, by);
    let at = at(&desk);
    if found.version != version || !found.keep(desk.change(), &said, (&authors, &at)).await? {
        return Err(ActError::overtaken());
    }
    desk.record(hearing_entry("hearing_text", &found, BASIS, json!({}))).await?;
    Ok(desk.seal().await?)
}

fn checked(said: &HearingSaid) -> Result<HearingSaid, ActError> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = HearingSaid {
        title: line(&said.title),
        matters: tidy(&said.matters),
        place: line(&said.place),
        held_at: line(&said.held_at),
        conditions: tidy(&said.conditions),
        sides: tidy(&said.sides),
        value_source: line(&said.value_source),
        telephone: line(&said.telephone),
        ..said.clone()
    };
    if said.title.is_empty() {
        return Err(ActError::Field("mingcheng", "写明听证会的名称".into()));
    }
    for (field, text, most) in [
        ("mingcheng", &said.title, LONGEST_LINE),
        ("didian", &said.place, LONGEST_LINE),
        ("shijian", &said.held_at, LONGEST_LINE),
        ("shuzhi", &said.value_source, LONGEST_LINE),
        ("dianhua", &said.telephone, LONGEST_LINE),
        ("shixiang", &said.matters, LONGEST_TEXT),
        ("tiaojian", &said.conditions, LONGEST_TEXT),
        ("geifang", &said.sides, LONGEST_TEXT),
    ] {
        within(field, text, most)?;
    }
    if said.sides.is_empty() {
        return Ok(said);
    }
    match Seats::read(&said.sides) {
        Ok(sides) if sides.len() <= MOST_SIDES => {
            Ok(HearingSaid { sides: Seats::written(&sides), ..said })
        }
        Ok(_) => Err(ActError::Field("geifang", format!("不超过 {MOST_SIDES} 方"))),
        Err(bad) => Err(ActError::Field("geifang", bad.to_string())),
    }
}

/// What a draft lacks before it may be handed in, on a day.
pub fn lacks(said: &HearingSaid, today: Date) -> Vec<HearingLack> {
    let bare = [
        (said.matters.is_empty(), "写明听证的事项"),
        (said.place.is_empty() || said.held_at.is_empty(), "写明几点、在哪里开"),
        (said.conditions.is_empty(), "写明谁可以报名"),
        (said.seats().is_empty(), "写明各方各几人"),
        (said.value_source.is_empty(), "写明用哪个公开数值抽取，例如某一期彩票的开奖号码"),
        (said.telephone.is_empty(), "写明联系电话"),
        (said.days().is_none(), "写明哪天开、报名到哪天、数值哪天开出"),
    ];
    let bare = bare.into_iter().filter(|(lacks, _)| *lacks);
    let mut all: Vec<HearingLack> =
        bare.map(|(_, words)| HearingLack { words: words.to_owned(), basis: BASIS }).collect();
    all.extend(said.days().map(|days| days.lacks(today)).unwrap_or_default());
    all
}

/// Gives a draft up.
///
/// # Errors
/// It is no draft, or the database refuses.
pub async fn drop(mut desk: Desk, organ: &str, id: &str) -> Result<(), ActError> {
    let (found, _) = taken_hearing(&desk, organ, id, HearingStep::Drop).await?;
    let off = (HearingStage::Draft, HearingStage::Dropped);
    if !Hearing::turn(desk.change(), id, off, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(hearing_entry("hearing_drop", &found, BASIS, json!({}))).await?;
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
    let (found, _) = taken_hearing(&desk, organ, id, HearingStep::Submit).await?;
    if let Some(words) = all_words(&lacks(&found.said, desk.today())) {
        return Err(ActError::Standing(format!("还不能送审：{words}。补齐后再送审。")));
    }
    let on = (HearingStage::Draft, HearingStage::InReview);
    if !Hearing::turn(desk.change(), id, on, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(hearing_entry("hearing_submission", &found, BASIS, json!({}))).await?;
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
fn all_words(lacks: &[HearingLack]) -> Option<String> {
    let each = lacks.iter().map(|lack| format!("{}（{}）", lack.words, lack.basis));
    Some(each.collect::<Vec<_>>().join("；")).filter(|words| !words.is_empty())
}

/// How notices of hearings are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "听证公告",
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
    let found = Hearing::find(from, id).await?;
    Ok(found.filter(|found| found.opened_on.is_none()).map(|found| signed(&found)))
}

fn signed(of: &Hearing) -> Content {
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
    empty
        .part("听证的草案", &of.draft_title)
        .part("听证事项", &said.matters)
        .part("时间", format!("{} {}", day(said.held_on), said.held_at))
        .part("地点", &said.place)
        .part("报名截止", day(said.enrol_until))
        .part("报名条件", &said.conditions)
        .part("各方人数", &said.sides)
        .part("抽取用的公开数值", &said.value_source)
        .part("数值开出的日子", day(said.value_on))
        .part("联系电话", &said.telephone)
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    Hearing::hold(desk.change(), &approved.id).await?;
    let found = Hearing::find(desk.change(), &approved.id).await?.ok_or(Fault::NotFound)?;
    let (on, at) = (desk.today(), at(desk));
    let follows = found.stage(on).after(HearingStep::Open);
    follows.map_err(|refused| ActError::from(refused).into_fault())?;
    // The review took its time: the days must still leave room for who enrols.
    if let Some(words) = all_words(&lacks(&found.said, on)) {
        return Err(Fault::Refused(format!("今天公布来不及：{words}。退回改了日子再送审。")));
    }
    if !found.open(desk.change(), &approved.publication, (on, &at)).await? {
        return Err(ActError::overtaken().into_fault());
    }
    let subject = inscribed::subject(&found.id, "");
    let mut told =
        hearing_entry("hearing", &found, BASIS, json!({ "held_on": found.said.held_on }));
    told.subject.clone_from(&subject);
    desk.record(told).await.map_err(Fault::inside)?;
    let now = Hearing::find(desk.change(), &found.id).await?.ok_or(Fault::NotFound)?;
    desk.publish_leaf(inscribed::leaf(&now)).map_err(Fault::inside)?;
    Ok(Appeared { subject, path: Some(now.path()) })
}

/// What was handed in of a hearing, or of a list of decisions, comes back as soon as its review has ended without a publication.
pub(super) async fn comes_back(
    change: &Transaction,
    (kind, id): (&str, &str),
    (reason, event): (&str, &Event),
) -> Result<(), Fault> {
    let back = match kind {
        KIND => (HearingStage::InReview, HearingStage::Draft),
        RECORD_KIND => (HearingStage::RecordInReview, HearingStage::Confirmed),
        decisions::KIND => return decisions::comes_back(change, id, (reason, event)).await,
        decision_report::KIND => {
            return decision_report::comes_back(change, id, (reason, event)).await;
        }
        gathering::KIND | gathering::minutes::KIND => {
            return gathering::comes_back(change, (kind, id), (reason, event)).await;
        }
        _ => {
            interview::comes_back(change, (kind, id), (reason, event)).await?;
            return Ok(());
        }
    };
    if Unit::open_with(change, kind, id).await?.is_none() {
        Hearing::turn(change, id, back, (reason, &moment(event.happened_at))).await?;
    }
    Ok(())
}
