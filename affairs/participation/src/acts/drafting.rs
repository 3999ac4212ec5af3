//! 起草、送审、公布征求意见公告 (条例第十五条). The time runs from the day of publication, whenever the review is
//! finished, so it never comes out shorter than what was signed (docs/readings/272).

use ::store::Statements;
use identity::Organ;
use law::{Provision, article};
use ledger::Desk;
use participation_rules::{DECISIONS, Period, Step, Way, clauses};
use review::{Signatory, Unit, submission};
use serde_json::json;
use web::{Appeared, Approved, Content, Fault, Publisher, Publishers};

use super::{ActError, at, doubts, entry, taken, tidy, with_author, within};
use crate::inscription;
use crate::store::{Consultation, Said, State};

/// 第十五条.
pub(crate) const BASIS: Provision = article(DECISIONS, 15);

/// The kind of pieces by which review knows notices.
pub const KIND: &str = "consultation";

/// The longest texts, in letters: decisions of ours.
const LONGEST_LINE: usize = 200;
const LONGEST_NOTE: usize = 2_000;
const LONGEST_TEXT: usize = 100_000;

/// The most clauses of a draft.
pub(super) const MOST_CLAUSES: usize = 500;

/// What a new draft begins with: the usual time, the way this page is, and how the organ is reached.
pub fn usual(organ: &Organ, today: law::Date) -> Said {
    Said {
        days: Period::usual(today).map(Period::days).unwrap_or_default(),
        ways: vec![Way::Public],
        post: organ.address.clone().unwrap_or_default(),
        telephone: organ.phone.clone().unwrap_or_default(),
        ..Said::default()
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
    said: &Said,
) -> Result<String, ActError> {
    let said = checked(said, desk.today())?;
    let id = uuid::Uuid::now_v7().to_string();
    let of = (id.as_str(), organ, by.unit.as_str());
    let authors = with_author(&[], by);
    Consultation::add(desk.change(), of, &said, (&authors, &at(&desk), demo)).await?;
    let (found, _) = taken(&desk, &organ.code, &id, Step::Edit).await?;
    desk.record(entry("consultation_draft", &found, BASIS, json!({}))).await?;
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
    said: &Said,
) -> Result<(), ActError> {
    let said = checked(said, desk.today())?;
    let (found, _) = taken(&desk, organ, id, Step::Edit).await?;
    let authors = with_author(&found.authors, by);
    let at = at(&desk);
    if found.version != version || !found.keep(desk.change(), &said, (&authors, &at)).await? {
        return Err(ActError::overtaken());
    }
    desk.record(entry("consultation_text", &found, BASIS, json!({}))).await?;
    Ok(desk.seal().await?)
}

fn checked(said: &Said, today: law::Date) -> Result<Said, ActError> {
    let period = Period::of(said.days, today);
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = Said {
        title: line(&said.title),
        explanation: tidy(&said.explanation),
        draft: tidy(&said.draft),
        days: said.days,
        // A reason is given up only where the time is long enough to need none.
        short_reason: match period {
            Ok(period) if !period.is_short() => String::new(),
            _ => tidy(&said.short_reason),
        },
        ways: said.ways.clone(),
        post: line(&said.post),
        telephone: line(&said.telephone),
        mail: line(&said.mail),
    };
    if said.title.is_empty() {
        return Err(ActError::Field("biaoti", "写明征求什么意见".into()));
    }
    // A draft may leave the days open; it is not handed in before they are told.
    if let Err(no) = period
        && said.days != 0
    {
        return Err(ActError::Field("tianshu", no.to_string()));
    }
    for (field, text, most) in [
        ("biaoti", &said.title, LONGEST_LINE),
        ("dizhi", &said.post, LONGEST_LINE),
        ("dianhua", &said.telephone, LONGEST_LINE),
        ("youxiang", &said.mail, LONGEST_LINE),
        ("duanliyou", &said.short_reason, LONGEST_NOTE),
        ("shuoming", &said.explanation, LONGEST_TEXT),
        ("caoan", &said.draft, LONGEST_TEXT),
    ] {
        within(field, text, most)?;
    }
    if clauses(&said.draft).len() > MOST_CLAUSES {
        let words = format!("草案分出来超过 {MOST_CLAUSES} 条，请分成几次征求");
        return Err(ActError::Field("caoan", words));
    }
    Ok(said)
}

/// Gives a draft up.
///
/// # Errors
/// It is no draft, or the database refuses.
pub async fn drop(mut desk: Desk, organ: &str, id: &str) -> Result<(), ActError> {
    let (found, _) = taken(&desk, organ, id, Step::Drop).await?;
    let off = (State::Draft, State::Dropped);
    if !Consultation::turn(desk.change(), id, off, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(entry("consultation_drop", &found, BASIS, json!({}))).await?;
    Ok(desk.seal().await?)
}

/// Hands a draft in for review.
///
/// # Errors
/// It is no draft, it lacks what the law asks for, or the database refuses.
pub async fn submit(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    (organ, id): (&str, &str),
) -> Result<Unit, ActError> {
    let (found, _) = taken(&desk, organ, id, Step::Submit).await?;
    let mut lacks = found.said.notice(desk.today()).lacks();
    if clauses(&found.said.draft).is_empty() && lacks.is_empty() {
        lacks = Said { draft: String::new(), ..found.said.clone() }.notice(desk.today()).lacks();
    }
    if !lacks.is_empty() {
        return Err(ActError::Lacks(lacks));
    }
    let on = (State::Draft, State::Review);
    if !Consultation::turn(desk.change(), id, on, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(entry("consultation_submission", &found, BASIS, json!({}))).await?;
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

/// How notices are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "征求意见公告",
    approve: "consultation.approve",
    release: "consultation.open",
    releasers: &["publisher"],
    content: |from, id| Box::pin(async move { as_signed(from, id).await }),
    standing: |_, _| Box::pin(async { Ok(None) }),
    ready: |_, _, _| Box::pin(async { Ok(()) }),
    signable: Some(|from, id| Box::pin(signable(from, id))),
    holds: None,
    laid_out: Publisher::as_signed,
    plain: Publisher::unmarked,
    publish: |desk, _, approved| Box::pin(publish(desk, approved)),
};

async fn as_signed(from: &impl Statements, id: &str) -> Result<Option<Content>, Fault> {
    let found = Consultation::find(from, id).await?;
    Ok(found.filter(|found| found.opened_on.is_none()).map(|found| signed(&found)))
}

fn signed(of: &Consultation) -> Content {
    let said = &of.said;
    let empty = Content {
        title: said.title.clone(),
        organ: of.organ.clone(),
        unit: of.unit.clone(),
        authors: of.authors.clone(),
        normative: false,
        findings: doubts(&format!("{}\n{}\n{}", said.explanation, said.draft, said.short_reason)),
        parts: vec![],
    };
    let ways: Vec<&str> = said.ways.iter().map(|way| way.name()).collect();
    empty
        .part("起草说明", &said.explanation)
        .part("草案", &said.draft)
        .part("听取意见的方式", ways.join("、"))
        .part("期限", format!("自公布的次日起 {} 日", said.days))
        .part("期限少于三十日的理由", &said.short_reason)
        .part("来信、来访地址", &said.post)
        .part("联系电话", &said.telephone)
        .part("电子邮箱", &said.mail)
}

/// A short time needs somebody who agrees to it before anybody signs.
async fn signable(from: &impl Statements, id: &str) -> Result<(), Fault> {
    let Some(found) = Consultation::find(from, id).await? else { return Ok(()) };
    if found.said.short_reason.is_empty() || found.is_shortened() {
        return Ok(());
    }
    let words = format!(
        "期限 {} 日，少于三十日，还没有批准。签发人先在“缩短期限”里批准，再签发。",
        found.said.days
    );
    Err(Fault::Refused(words))
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    Consultation::hold(desk.change(), &approved.id).await?;
    let found = Consultation::find(desk.change(), &approved.id).await?.ok_or(Fault::NotFound)?;
    let (on, at) = (desk.today(), at(desk));
    found.stage(on).after(Step::Open).map_err(|refused| ActError::from(refused).into_fault())?;
    let period = Period::of(found.said.days, on).map_err(|no| Fault::Refused(format!("{no}。")))?;
    let clauses = clauses(&found.said.draft);
    let ends_on = period.ends_on(on);
    let opened =
        found.open(desk.change(), &approved.publication, (on, &at, ends_on), &clauses).await;
    if !opened? {
        return Err(ActError::overtaken().into_fault());
    }
    let subject = inscription::subject(&found.id);
    let mut told = entry("consultation", &found, BASIS, json!({ "ends_on": ends_on }));
    told.subject.clone_from(&subject);
    desk.record(told).await.map_err(Fault::inside)?;
    let now = Consultation::find(desk.change(), &found.id).await?.ok_or(Fault::NotFound)?;
    desk.publish_leaf(inscription::leaf(&now)).map_err(Fault::inside)?;
    Ok(Appeared { subject, path: Some(now.path()) })
}
