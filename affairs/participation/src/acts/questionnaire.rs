//! 起草、送审、公布问卷 (条例第十四条; 67号三（三）). It is answered from the day it is public, whenever the review is
//! finished, so it is never open for a shorter time than what was signed (docs/readings/303).

pub mod answer;
pub mod erasure;
pub mod results;
pub mod withdrawal;

use ::store::{Statements, Transaction, moment};
use identity::Organ;
use law::{Date, Provision, article};
use ledger::{Desk, Entry, Event};
use participation_rules::{DECISIONS, Period, QuestionnaireStep, Questions};
use review::{Signatory, Unit, submission};
use serde_json::{Value, json};
use web::{Appeared, Approved, Content, Fault, House, Later, Listener, Publisher, Publishers};

use super::{ActError, UNSEEN, at, tidy, with_author, within};
use crate::inscription::questionnaire as inscribed;
use crate::store::{Consultation, Questionnaire, QuestionnaireSaid, QuestionnaireState};

/// 第十四条: people are heard by questionnaires among other ways.
pub(crate) const BASIS: Provision = article(DECISIONS, 14);

/// The kind of pieces by which review knows questionnaires.
pub const KIND: &str = "questionnaire";

/// The longest texts, in letters: decisions of ours.
const LONGEST_LINE: usize = 200;
const LONGEST_NOTE: usize = 5_000;
const LONGEST_QUESTIONS: usize = 30_000;

/// An entry about a questionnaire that changes nothing everybody sees.
fn told(act: &'static str, of: &Questionnaire, basis: impl ToString, facts: Value) -> Entry {
    Entry {
        room: "participation",
        act,
        subject: format!("{UNSEEN}questionnaire:{}", of.id),
        organ: of.organ.clone(),
        basis: basis.to_string(),
        facts,
    }
}

/// The questionnaire of an organ, held until the act is sealed, where a step follows on what it is today.
async fn taken(
    desk: &Desk,
    organ: &str,
    id: &str,
    step: QuestionnaireStep,
) -> Result<Questionnaire, ActError> {
    Questionnaire::hold(desk.change(), id).await?;
    let found = Questionnaire::find(desk.change(), id).await?;
    let own = found.filter(|found| found.organ == organ);
    let found =
        own.ok_or_else(|| ActError::standing("本机关没有这份问卷。请从列表里重新打开。"))?;
    found.stage(desk.today()).after(step)?;
    Ok(found)
}

/// What a new draft begins with: its title, how the organ is reached, the usual time.
pub fn usual(title: &str, organ: &Organ, today: Date) -> QuestionnaireSaid {
    QuestionnaireSaid {
        title: title.to_owned(),
        days: Period::usual(today).map(Period::days).unwrap_or_default(),
        telephone: organ.phone.clone().unwrap_or_default(),
        ..QuestionnaireSaid::default()
    }
}

/// Begins one; answers its key.
///
/// # Errors
/// It has no title, a field is too long, or the database refuses.
pub async fn begin(
    mut desk: Desk,
    by: &Signatory,
    (organ, demo): (&Organ, bool),
    said: &QuestionnaireSaid,
) -> Result<String, ActError> {
    let said = checked(&desk, &organ.code, said).await?;
    let id = uuid::Uuid::now_v7().to_string();
    let of = (id.as_str(), organ, by.unit.as_str());
    let authors = with_author(&[], by);
    Questionnaire::add(desk.change(), of, &said, (&authors, &at(&desk), demo)).await?;
    let found = taken(&desk, &organ.code, &id, QuestionnaireStep::Edit).await?;
    desk.record(told("questionnaire_draft", &found, BASIS, json!({}))).await?;
    desk.seal().await?;
    Ok(id)
}

/// Keeps what a draft says; `version` is the one the form was shown in. Questions that cannot be read yet are kept as
/// they were written: nothing that was typed is lost.
///
/// # Errors
/// It is no draft, somebody was first, a field is not as it must be, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    by: &Signatory,
    (organ, id, version): (&str, &str, i64),
    said: &QuestionnaireSaid,
) -> Result<(), ActError> {
    let said = checked(&desk, organ, said).await?;
    let found = taken(&desk, organ, id, QuestionnaireStep::Edit).await?;
    let authors = with_author(&found.authors, by);
    let at = at(&desk);
    if found.version != version || !found.keep(desk.change(), &said, (&authors, &at)).await? {
        return Err(ActError::overtaken());
    }
    desk.record(told("questionnaire_text", &found, BASIS, json!({}))).await?;
    Ok(desk.seal().await?)
}

async fn checked(
    desk: &Desk,
    organ: &str,
    said: &QuestionnaireSaid,
) -> Result<QuestionnaireSaid, ActError> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = QuestionnaireSaid {
        title: line(&said.title),
        introduction: tidy(&said.introduction),
        questions: tidy(&said.questions),
        telephone: line(&said.telephone),
        days: said.days,
        consultation: said.consultation.trim().to_owned(),
    };
    if said.title.is_empty() {
        return Err(ActError::Field("biaoti", "写明问什么，例如“公交线路调整问卷”".into()));
    }
    // A draft may leave the days open; it is not handed in before they are told.
    if said.days != 0
        && let Err(no) = Period::of(said.days, desk.today())
    {
        return Err(ActError::Field("tianshu", no.to_string()));
    }
    for (field, text, most) in [
        ("biaoti", &said.title, LONGEST_LINE),
        ("dianhua", &said.telephone, LONGEST_LINE),
        ("shuoming", &said.introduction, LONGEST_NOTE),
        ("timu", &said.questions, LONGEST_QUESTIONS),
    ] {
        within(field, text, most)?;
    }
    if !said.consultation.is_empty() {
        let found = Consultation::find(desk.change(), &said.consultation).await?;
        let public = |of: &Consultation| of.opened_on.is_some() && of.withdrawn.is_none();
        if !found.is_some_and(|of| of.organ == organ && public(&of)) {
            let words = "选本机关已经公布的一次征求意见，或者选“单独的问卷”";
            return Err(ActError::Field("zhengqiu", words.into()));
        }
    }
    Ok(said)
}

/// What a draft lacks before it may be handed in, in the order of the form.
pub fn lacks(said: &QuestionnaireSaid, today: Date) -> Vec<String> {
    let mut lacks = Vec::new();
    if said.introduction.is_empty() {
        lacks.push("写明谁在问、为什么问、答案怎样用".to_owned());
    }
    if let Err(bad) = Questions::read(&said.questions) {
        lacks.extend(bad.iter().map(|one| format!("题目{one}")));
    }
    if Period::of(said.days, today).is_err() {
        lacks.push("写明填写多少天".to_owned());
    }
    if said.telephone.is_empty() {
        lacks.push("写明联系电话，不会上网的人也能问".to_owned());
    }
    lacks
}

/// Gives a draft up.
///
/// # Errors
/// It is no draft, or the database refuses.
pub async fn drop(mut desk: Desk, organ: &str, id: &str) -> Result<(), ActError> {
    let found = taken(&desk, organ, id, QuestionnaireStep::Drop).await?;
    let off = (QuestionnaireState::Draft, QuestionnaireState::Dropped);
    if !Questionnaire::turn(desk.change(), id, off, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(told("questionnaire_drop", &found, BASIS, json!({}))).await?;
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
    let found = taken(&desk, organ, id, QuestionnaireStep::Submit).await?;
    let lacks = lacks(&found.said, desk.today());
    if !lacks.is_empty() {
        let words = lacks.join("；");
        return Err(ActError::Standing(format!("还不能送审：{words}。补齐后再送审。")));
    }
    let on = (QuestionnaireState::Draft, QuestionnaireState::Review);
    if !Questionnaire::turn(desk.change(), id, on, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(told("questionnaire_submission", &found, BASIS, json!({}))).await?;
    let unit = submitted(&mut desk, publishers, by, (KIND, id)).await?;
    desk.seal().await?;
    Ok(unit)
}

async fn submitted(
    desk: &mut Desk,
    publishers: &Publishers,
    by: &Signatory,
    piece: (&str, &str),
) -> Result<Unit, ActError> {
    let pieces = [piece];
    let given = submission::Submitted {
        pieces: &pieces,
        note: None,
        added: vec![],
        for_another: false,
        by,
    };
    Ok(submission::within(desk, publishers, given).await?)
}

/// How questionnaires are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "问卷",
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
    let found = Questionnaire::find(from, id).await?;
    Ok(found.filter(|found| found.opened_on.is_none()).map(|found| signed(&found)))
}

fn signed(of: &Questionnaire) -> Content {
    let said = &of.said;
    let belongs = match said.consultation.as_str() {
        "" => String::new(),
        id => format!("/yijian/{id}"),
    };
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
        .part("说明", &said.introduction)
        .part("题目", &said.questions)
        .part("期限", format!("自公布的次日起 {} 日", said.days))
        .part("联系电话", &said.telephone)
        .part("随哪一次征求意见", belongs)
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    Questionnaire::hold(desk.change(), &approved.id).await?;
    let found = Questionnaire::find(desk.change(), &approved.id).await?.ok_or(Fault::NotFound)?;
    let (on, at) = (desk.today(), at(desk));
    let follows = found.stage(on).after(QuestionnaireStep::Open);
    follows.map_err(|refused| ActError::from(refused).into_fault())?;
    let period = Period::of(found.said.days, on).map_err(|no| Fault::Refused(format!("{no}。")))?;
    let ends_on = period.ends_on(on);
    if !found.open(desk.change(), &approved.publication, (on, &at, ends_on)).await? {
        return Err(ActError::overtaken().into_fault());
    }
    let subject = inscribed::subject(&found.id);
    let mut entry = told("questionnaire", &found, BASIS, json!({ "ends_on": ends_on }));
    entry.subject.clone_from(&subject);
    desk.record(entry).await.map_err(Fault::inside)?;
    let now = Questionnaire::find(desk.change(), &found.id).await?.ok_or(Fault::NotFound)?;
    desk.publish_leaf(inscribed::leaf(&now)).map_err(Fault::inside)?;
    Ok(Appeared { subject, path: Some(now.path()) })
}

/// What was handed in comes back as soon as its review has ended without a publication.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "participation.questionnaire_review",
    acts: &["review.step", "review.withdrawal", "review.lapse"],
    hear,
}];

fn hear<'a>(_: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let fact = |name: &str| event.facts.get(name).and_then(Value::as_str);
        if event.act == "step" && fact("verdict") != Some("return") {
            return Ok(());
        }
        let reason = fact("reason").unwrap_or("已撤回送审");
        let pieces = event.facts.get("pieces").cloned().unwrap_or_default();
        let pieces: Vec<[String; 2]> = serde_json::from_value(pieces).unwrap_or_default();
        for [kind, id] in pieces {
            let back = match kind.as_str() {
                KIND => (QuestionnaireState::Review, QuestionnaireState::Draft),
                results::KIND => (QuestionnaireState::ResultsReview, QuestionnaireState::Open),
                _ => continue,
            };
            // Hearing twice changes nothing: it has come back, or was handed in anew.
            if Unit::open_with(change, &kind, &id).await?.is_none() {
                Questionnaire::turn(change, &id, back, (reason, &moment(event.happened_at)))
                    .await?;
            }
        }
        Ok(())
    })
}
