//! 起草、送审、公布活动公告 (条例第十四条; 67号三（三）): 座谈会、实地走访、列席会议、政策大讲堂、问政: what it is about, when and
//! where, who may come, and how those who enrol get their places (docs/readings/305).

pub mod cancellation;
pub mod choosing;
pub mod erasure;
pub mod minutes;
pub mod places;
pub mod saying;
pub mod withdrawal;

use ::store::{Statements, Transaction, moment};
use identity::Organ;
use law::{Date, Provision, document};
use ledger::{Desk, Entry, Event};
use participation_rules::{
    Enrols, GatheringKind, GatheringLack, GatheringStage, GatheringStep, NOTICE_2020, Placing,
    Seats,
};
use review::{Signatory, Unit, submission};
use serde_json::{Value, json};
use web::{Appeared, Approved, Content, Fault, Publisher, Publishers};

use super::{ActError, UNSEEN, at, tidy, with_author, within};
use crate::inscription::gathering as inscribed;
use crate::store::{Consultation, DecisionList, Gathering, GatheringSaid, ListState};

/// 三（三）: who may come to what is told to everybody.
const OPENED: Provision = document(NOTICE_2020);

/// The kind of pieces by which review knows notices of gatherings.
pub const KIND: &str = "gathering";

/// The longest texts, in letters: decisions of ours.
const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 10_000;

/// The most groups of a gathering.
const MOST_GROUPS: usize = 12;

/// The provision by which one of a kind is held.
fn basis(of: &Gathering) -> Provision {
    of.said.kind.terms().basis
}

/// An entry about a gathering that changes nothing everybody sees.
fn gathering_entry(act: &'static str, of: &Gathering, basis: impl ToString, facts: Value) -> Entry {
    Entry {
        room: "participation",
        act,
        subject: format!("{UNSEEN}gathering:{}", of.id),
        organ: of.organ.clone(),
        basis: basis.to_string(),
        facts,
    }
}

/// The gathering of an organ, held until the act is sealed, where a step follows on what it is today.
async fn taken(
    desk: &Desk,
    organ: &str,
    id: &str,
    step: GatheringStep,
) -> Result<(Gathering, GatheringStage), ActError> {
    Gathering::hold(desk.change(), id).await?;
    let found = Gathering::find(desk.change(), id).await?;
    let own = found.filter(|found| found.organ == organ);
    let found =
        own.ok_or_else(|| ActError::standing("本机关没有这次活动。请从列表里重新打开。"))?;
    let stage = found.stage(desk.today());
    stage.after(step)?;
    Ok((found, stage))
}

/// Begins one of a kind; answers its key.
///
/// # Errors
/// The database refuses.
pub async fn begin(
    mut desk: Desk,
    by: &Signatory,
    (organ, demo): (&Organ, bool),
    kind: GatheringKind,
) -> Result<String, ActError> {
    let said = GatheringSaid {
        title: format!("{}{}", organ.name, kind.name()),
        ..GatheringSaid::of(kind, organ.phone.clone().unwrap_or_default())
    };
    let id = uuid::Uuid::now_v7().to_string();
    let authors = with_author(&[], by);
    let row = (id.as_str(), organ, by.unit.as_str());
    Gathering::add(desk.change(), row, &said, (&authors, &at(&desk), demo)).await?;
    let (found, _) = taken(&desk, &organ.code, &id, GatheringStep::Edit).await?;
    let facts = json!({ "kind": kind.terms().word });
    desk.record(gathering_entry("gathering_draft", &found, OPENED, facts)).await?;
    desk.seal().await?;
    Ok(id)
}

/// Keeps what a draft says; `version` is the one the form was shown in.
///
/// # Errors
/// It is no draft, somebody was first, a field is not as it must be, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    by: &Signatory,
    (organ, id, version): (&str, &str, i64),
    said: &GatheringSaid,
) -> Result<(), ActError> {
    let said = checked(said)?;
    linked(&desk, organ, &said).await?;
    let (found, _) = taken(&desk, organ, id, GatheringStep::Edit).await?;
    let authors = with_author(&found.authors, by);
    let at = at(&desk);
    if found.version != version || !found.keep(desk.change(), &said, (&authors, &at)).await? {
        return Err(ActError::overtaken());
    }
    desk.record(gathering_entry("gathering_text", &found, OPENED, json!({}))).await?;
    Ok(desk.seal().await?)
}

/// What it is about is the organ's own, and public.
async fn linked(desk: &Desk, organ: &str, said: &GatheringSaid) -> Result<(), ActError> {
    if !said.consultation.is_empty() {
        let found = Consultation::find(desk.change(), &said.consultation).await?;
        let today = desk.today();
        let own = found.is_some_and(|of| of.organ == organ && of.stage(today).is_public());
        if !own {
            let words = "选本机关已经公布的征求意见，没有的空着";
            return Err(ActError::Field("caoan", words.into()));
        }
    }
    let Some((list, item)) = &said.decision else { return Ok(()) };
    let found = DecisionList::find(desk.change(), list).await?;
    let own = found.filter(|of| of.organ == organ && of.state == ListState::Published);
    let many = own.map(|of| of.said.decisions().len()).unwrap_or_default();
    match usize::try_from(*item).is_ok_and(|at| (1..=many).contains(&at)) {
        true => Ok(()),
        false => {
            let words = "选本机关已经公布的目录里的一件，没有的空着";
            Err(ActError::Field("juece", words.into()))
        }
    }
}

fn checked(said: &GatheringSaid) -> Result<GatheringSaid, ActError> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = GatheringSaid {
        title: line(&said.title),
        matters: tidy(&said.matters),
        place: line(&said.place),
        held_at: line(&said.held_at),
        who: tidy(&said.who),
        groups: tidy(&said.groups),
        rule: tidy(&said.rule),
        telephone: line(&said.telephone),
        ..said.clone()
    };
    if said.title.is_empty() {
        return Err(ActError::Field("mingcheng", "写明活动的名称".into()));
    }
    for (field, text, most) in [
        ("mingcheng", &said.title, LONGEST_LINE),
        ("didian", &said.place, LONGEST_LINE),
        ("shijian", &said.held_at, LONGEST_LINE),
        ("dianhua", &said.telephone, LONGEST_LINE),
        ("shixiang", &said.matters, LONGEST_TEXT),
        ("shui", &said.who, LONGEST_TEXT),
        ("minge", &said.groups, LONGEST_TEXT),
        ("banfa", &said.rule, LONGEST_TEXT),
    ] {
        within(field, text, most)?;
    }
    with_places(said)
}

/// Where nobody enrols, nothing is said of places.
fn with_places(said: GatheringSaid) -> Result<GatheringSaid, ActError> {
    let terms = said.kind.terms();
    if said.groups.is_empty() || terms.enrols == Enrols::Never {
        return Ok(GatheringSaid {
            groups: String::new(),
            placing: Placing::Arrival,
            rule: String::new(),
            enrol_until: None,
            ..said
        });
    }
    if !terms.placings.contains(&said.placing) {
        let words = format!("{}只能{}", terms.name, Placing::Arrival.name());
        return Err(ActError::Field("fangshi", words));
    }
    match Seats::read(&said.groups) {
        Ok(groups) if groups.len() <= MOST_GROUPS => {
            Ok(GatheringSaid { groups: Seats::written(&groups), ..said })
        }
        Ok(_) => Err(ActError::Field("minge", format!("不超过 {MOST_GROUPS} 方"))),
        Err(bad) => Err(ActError::Field("minge", bad.to_string())),
    }
}

/// What a draft lacks before it may be handed in, on a day.
pub fn lacks(said: &GatheringSaid, today: Date) -> Vec<GatheringLack> {
    let terms = said.kind.terms();
    let enrols = !said.seats().is_empty();
    let bare = [
        (said.matters.is_empty(), "写明说什么事、讲什么政策"),
        (said.place.is_empty() || said.held_at.is_empty(), "写明几点、在哪里"),
        (said.held_on.is_none(), "写明哪一天"),
        (said.who.is_empty(), "写明谁可以来"),
        (said.telephone.is_empty(), "写明联系电话"),
        (terms.enrols == Enrols::Always && !enrols, "写明各方各几个名额"),
        (enrols && said.enrol_until.is_none(), "写明报名到哪一天"),
        (
            enrols && said.placing == Placing::Chosen && said.rule.is_empty(),
            "写明怎样选定参加人，随公告公布",
        ),
    ];
    let bare = bare.into_iter().filter(|(lacks, _)| *lacks);
    let mut all: Vec<GatheringLack> = bare
        .map(|(_, words)| GatheringLack { words: words.to_owned(), basis: terms.basis })
        .collect();
    all.extend(said.days().map(|days| days.lacks(today, terms.basis)).unwrap_or_default());
    all
}

/// Gives a draft up.
///
/// # Errors
/// It is no draft, or the database refuses.
pub async fn drop(mut desk: Desk, organ: &str, id: &str) -> Result<(), ActError> {
    let (found, _) = taken(&desk, organ, id, GatheringStep::Drop).await?;
    let off = (GatheringStage::Draft, GatheringStage::Dropped);
    if !Gathering::turn(desk.change(), id, off, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(gathering_entry("gathering_drop", &found, OPENED, json!({}))).await?;
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
    let (found, _) = taken(&desk, organ, id, GatheringStep::Submit).await?;
    if let Some(words) = all_words(&lacks(&found.said, desk.today())) {
        return Err(ActError::Standing(format!("还不能送审：{words}。补齐后再送审。")));
    }
    let on = (GatheringStage::Draft, GatheringStage::InReview);
    if !Gathering::turn(desk.change(), id, on, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(gathering_entry("gathering_submission", &found, OPENED, json!({}))).await?;
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
fn all_words(lacks: &[GatheringLack]) -> Option<String> {
    let each = lacks.iter().map(|lack| format!("{}（{}）", lack.words, lack.basis));
    Some(each.collect::<Vec<_>>().join("；")).filter(|words| !words.is_empty())
}

/// How notices of gatherings are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "活动公告",
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
    let found = Gathering::find(from, id).await?;
    let Some(found) = found.filter(|found| found.opened_on.is_none()) else { return Ok(None) };
    let (draft, decision) = (found.draft_title(from).await?, found.decision_title(from).await?);
    Ok(Some(signed(&found, draft.unwrap_or_default(), decision.unwrap_or_default())))
}

fn signed(of: &Gathering, draft: String, decision: String) -> Content {
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
    let whole = empty
        .part("种类", said.kind.name())
        .part("事项", &said.matters)
        .part("时间", format!("{} {}", day(said.held_on), said.held_at))
        .part("地点", &said.place)
        .part("谁可以来", &said.who)
        .part("联系电话", &said.telephone)
        .part("关联的征求意见", draft)
        .part("关联的决策", decision);
    if said.groups.is_empty() {
        return whole;
    }
    whole
        .part("名额", &said.groups)
        .part("报名截止", day(said.enrol_until))
        .part("名额怎样定", said.placing.name())
        .part("选定的办法", &said.rule)
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    Gathering::hold(desk.change(), &approved.id).await?;
    let found = Gathering::find(desk.change(), &approved.id).await?.ok_or(Fault::NotFound)?;
    let (on, at) = (desk.today(), at(desk));
    let follows = found.stage(on).after(GatheringStep::Open);
    follows.map_err(|refused| ActError::from(refused).into_fault())?;
    // The review took its time: the days must still leave room for who enrols.
    if let Some(words) = all_words(&lacks(&found.said, on)) {
        return Err(Fault::Refused(format!("今天公布来不及：{words}。退回改了日子再送审。")));
    }
    if !found.open(desk.change(), &approved.publication, (on, &at)).await? {
        return Err(ActError::overtaken().into_fault());
    }
    let subject = inscribed::subject(&found.id, "");
    let facts = json!({ "kind": found.said.kind.terms().word, "held_on": found.said.held_on });
    let mut told = gathering_entry("gathering", &found, basis(&found), facts);
    told.subject.clone_from(&subject);
    desk.record(told).await.map_err(Fault::inside)?;
    let now = Gathering::find(desk.change(), &found.id).await?.ok_or(Fault::NotFound)?;
    desk.publish_leaf(inscribed::leaf(&now)).map_err(Fault::inside)?;
    Ok(Appeared { subject, path: Some(now.path()) })
}

/// What was handed in of a gathering comes back as soon as its review has ended without a publication.
pub(super) async fn comes_back(
    change: &Transaction,
    (kind, id): (&str, &str),
    (reason, event): (&str, &Event),
) -> Result<(), Fault> {
    let back = match kind {
        KIND => (GatheringStage::InReview, GatheringStage::Draft),
        minutes::KIND => (GatheringStage::RecordInReview, GatheringStage::Held),
        _ => return Ok(()),
    };
    if Unit::open_with(change, kind, id).await?.is_none() {
        Gathering::turn(change, id, back, (reason, &moment(event.happened_at))).await?;
    }
    Ok(())
}
