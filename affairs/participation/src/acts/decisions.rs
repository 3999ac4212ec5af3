//! 决策事项目录 (条例第三条): drafted, approved by the party committee of the same level, reviewed and published with the
//! mechanism of participation; and 进展 noted for each decision, in words that are settled (docs/readings/291).

use ::store::{Statements, Transaction, moment};
use identity::Organ;
use law::{Date, Provision, article};
use ledger::{Desk, Entry, Event};
use participation_rules::{DECISIONS, DecisionItem, ListState, ListStep, Milestone};
use review::{Signatory, Unit, submission};
use serde_json::{Value, json};
use web::{Appeared, Approved, Content, Fault, Publisher, Publishers};

use super::{ActError, UNSEEN, at, materials, tidy, with_author, within};
use crate::inscription::decisions as inscribed;
use crate::store::{DecisionList, DecisionSaid, Progress};

/// 第三条.
const BASIS: Provision = article(DECISIONS, 3);

/// 第三十三条: the whole course is kept.
const COURSE: Provision = article(DECISIONS, 33);

/// The kind of pieces by which review knows lists.
pub const KIND: &str = "decision_list";

/// The longest texts, in letters, and the most decisions of a list: decisions of ours.
const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 50_000;
const MOST_ITEMS: usize = 200;
const LONGEST_PATH: usize = 300;

pub(super) fn list_entry(
    act: &'static str,
    of: &DecisionList,
    basis: Provision,
    facts: Value,
) -> Entry {
    Entry {
        room: "participation",
        act,
        subject: format!("{UNSEEN}decisions:{}", of.id),
        organ: of.organ.clone(),
        basis: basis.to_string(),
        facts,
    }
}

/// The list of an organ where a step follows on what it is.
pub(super) async fn own(
    desk: &Desk,
    (organ, id): (&str, &str),
    step: ListStep,
) -> Result<DecisionList, ActError> {
    let found = DecisionList::find(desk.change(), id).await?;
    let own = found.filter(|found| found.organ == organ);
    let found =
        own.ok_or_else(|| ActError::standing("本机关没有这份目录。请从列表里重新打开。"))?;
    found.state.after(step)?;
    Ok(found)
}

/// Begins one for this year; answers its key.
///
/// # Errors
/// The database refuses.
pub async fn begin(
    mut desk: Desk,
    by: &Signatory,
    (organ, demo): (&Organ, bool),
) -> Result<String, ActError> {
    let year = desk.today().year();
    let title = format!("{}{year}年度重大行政决策事项目录", organ.name);
    let said = DecisionSaid { year, title, ..DecisionSaid::default() };
    let id = uuid::Uuid::now_v7().to_string();
    let authors = with_author(&[], by);
    let row = (id.as_str(), organ, by.unit.as_str());
    DecisionList::add(desk.change(), row, &said, (&authors, &at(&desk), demo)).await?;
    let found = own(&desk, (&organ.code, &id), ListStep::Edit).await?;
    desk.record(list_entry("decision_list_draft", &found, BASIS, json!({}))).await?;
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
    said: &DecisionSaid,
) -> Result<(), ActError> {
    let said = checked(said, desk.today())?;
    let found = own(&desk, (organ, id), ListStep::Edit).await?;
    let authors = with_author(&found.authors, by);
    let at = at(&desk);
    if found.version != version || !found.keep(desk.change(), &said, (&authors, &at)).await? {
        return Err(ActError::overtaken());
    }
    desk.record(list_entry("decision_list_text", &found, BASIS, json!({}))).await?;
    Ok(desk.seal().await?)
}

fn checked(said: &DecisionSaid, today: Date) -> Result<DecisionSaid, ActError> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = DecisionSaid {
        title: line(&said.title),
        approved_by: line(&said.approved_by),
        mechanism: tidy(&said.mechanism),
        items: tidy(&said.items),
        ..said.clone()
    };
    if said.title.is_empty() {
        return Err(ActError::Field("mingcheng", "写明目录的名称".into()));
    }
    if !(2019..=today.year().saturating_add(1)).contains(&said.year) {
        return Err(ActError::Field("niandu", "写四位年份，最早 2019".into()));
    }
    if said.approved_on.is_some_and(|day| day > today) {
        return Err(ActError::Field("pizhunri", "批准的日子不能在今天以后".into()));
    }
    for (field, text, most) in [
        ("mingcheng", &said.title, LONGEST_LINE),
        ("pizhun", &said.approved_by, LONGEST_LINE),
        ("jizhi", &said.mechanism, LONGEST_TEXT),
        ("shixiang", &said.items, LONGEST_TEXT),
    ] {
        within(field, text, most)?;
    }
    if said.items.is_empty() {
        return Ok(said);
    }
    match DecisionItem::read(&said.items) {
        Ok(items) if items.len() <= MOST_ITEMS => Ok(said),
        Ok(_) => Err(ActError::Field("shixiang", format!("不超过 {MOST_ITEMS} 件"))),
        Err(bad) => Err(ActError::Field("shixiang", bad.to_string())),
    }
}

/// What a draft lacks before it may be handed in.
pub fn lacks(said: &DecisionSaid) -> Vec<&'static str> {
    let all = [
        (
            said.approved_by.is_empty() || said.approved_on.is_none(),
            "写明同级党委哪天批准、批准文号（第三条：目录经党委同意后向社会公布）",
        ),
        (said.mechanism.is_empty(), "写明公众参与机制：哪些决策、用什么方式、从哪些渠道参与"),
        (said.decisions().is_empty(), "列出决策事项"),
    ];
    all.into_iter().filter(|(lacks, _)| *lacks).map(|(_, words)| words).collect()
}

/// Gives a draft up.
///
/// # Errors
/// It is no draft, or the database refuses.
pub async fn drop(mut desk: Desk, organ: &str, id: &str) -> Result<(), ActError> {
    let found = own(&desk, (organ, id), ListStep::Drop).await?;
    let off = (ListState::Draft, ListState::Dropped);
    if !DecisionList::turn(desk.change(), id, off, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(list_entry("decision_list_drop", &found, BASIS, json!({}))).await?;
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
    let found = own(&desk, (organ, id), ListStep::Submit).await?;
    let lacks = lacks(&found.said);
    if !lacks.is_empty() {
        return Err(ActError::Standing(format!("还不能送审：{}。", lacks.join("；"))));
    }
    let on = (ListState::Draft, ListState::Review);
    if !DecisionList::turn(desk.change(), id, on, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    desk.record(list_entry("decision_list_submission", &found, BASIS, json!({}))).await?;
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

/// Notes what became public of a decision.
///
/// # Errors
/// The list is not public, it has no such decision, a field is not as it must be, or the database refuses.
pub async fn mark(
    mut desk: Desk,
    by: &Signatory,
    (organ, id, item): (&str, &str, i64),
    (milestone, day, path): (Option<Milestone>, Option<Date>, &str),
) -> Result<(), ActError> {
    let found = own(&desk, (organ, id), ListStep::Mark).await?;
    has_item(&found, item)?;
    let milestone = milestone.ok_or_else(|| ActError::Field("jinzhan", "选公布了什么".into()))?;
    let day = day.filter(|day| *day <= desk.today());
    let day = day.ok_or_else(|| {
        ActError::Field("riqi", "写公布的日子，例如 2026-11-20，不能在今天以后".into())
    })?;
    let path = path.trim();
    within("wangzhi", path, LONGEST_PATH)?;
    let ours =
        path.starts_with('/') && !path.starts_with("//") && !path.contains(char::is_whitespace);
    if !path.is_empty() && !ours {
        let words = "写本平台的网址，从“/”开始，例如 /yijian/…；没有单独页面的空着";
        return Err(ActError::Field("wangzhi", words.into()));
    }
    if milestone == Milestone::Deliberated {
        materials::complete(&desk, (id, item)).await?;
    }
    let at = at(&desk);
    let what = (milestone, day, path);
    Progress::add(desk.change(), (id, item), what, (&by.person, &at)).await?;
    let facts = json!({ "item": item, "milestone": milestone.word(), "day": day, "path": path });
    let mut told = list_entry("decision_milestone", &found, COURSE, facts);
    told.subject = inscribed::subject(id);
    desk.record(told).await?;
    Ok(desk.seal().await?)
}

/// A decision of a list, by the number of its line.
pub(super) fn has_item(of: &DecisionList, item: i64) -> Result<DecisionItem, ActError> {
    let at = usize::try_from(item).ok().and_then(|at| at.checked_sub(1));
    let found = at.and_then(|at| of.said.decisions().into_iter().nth(at));
    found.ok_or_else(|| ActError::standing("目录里没有这一件。请从目录里重新打开。"))
}

/// Takes back what was noted by mistake.
///
/// # Errors
/// There is none such, or the database refuses.
pub async fn unmark(
    mut desk: Desk,
    (organ, id): (&str, &str),
    progress: &str,
) -> Result<(), ActError> {
    let found = own(&desk, (organ, id), ListStep::Unmark).await?;
    if !Progress::take_back(desk.change(), (id, progress)).await? {
        return Err(ActError::standing("没有这条进展，或者已经撤销。请刷新再看。"));
    }
    let facts = json!({ "milestone": progress });
    let mut told = list_entry("decision_milestone_mistake", &found, COURSE, facts);
    told.subject = inscribed::subject(id);
    desk.record(told).await?;
    Ok(desk.seal().await?)
}

/// How lists are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "决策事项目录",
    approve: "consultation.approve",
    release: "decision_list.publish",
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
    let found = DecisionList::find(from, id).await?;
    Ok(found.filter(|found| found.published_on.is_none()).map(|found| signed(&found)))
}

fn signed(of: &DecisionList) -> Content {
    let said = &of.said;
    let day = said.approved_on.map(|day| day.to_string()).unwrap_or_default();
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
        .part("年度", said.year.to_string())
        .part("批准", format!("{}，{day}", said.approved_by))
        .part("公众参与机制", &said.mechanism)
        .part("决策事项", &said.items)
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    let found = DecisionList::find(desk.change(), &approved.id).await?.ok_or(Fault::NotFound)?;
    let (on, at) = (desk.today(), at(desk));
    let follows = found.state.after(ListStep::Publish);
    follows.map_err(|refused| ActError::from(refused).into_fault())?;
    if !found.publish(desk.change(), &approved.publication, (on, &at)).await? {
        return Err(ActError::overtaken().into_fault());
    }
    let subject = inscribed::subject(&found.id);
    let mut told = list_entry("decision_list", &found, BASIS, json!({ "year": found.said.year }));
    told.subject.clone_from(&subject);
    desk.record(told).await.map_err(Fault::inside)?;
    let now = DecisionList::find(desk.change(), &found.id).await?.ok_or(Fault::NotFound)?;
    desk.publish_leaf(inscribed::leaf(&now)).map_err(Fault::inside)?;
    Ok(Appeared { subject, path: Some(now.path()) })
}

/// What was handed in comes back as soon as its review has ended without a publication.
pub(super) async fn comes_back(
    change: &Transaction,
    id: &str,
    (reason, event): (&str, &Event),
) -> Result<(), Fault> {
    if Unit::open_with(change, KIND, id).await?.is_none() {
        let back = (ListState::Review, ListState::Draft);
        DecisionList::turn(change, id, back, (reason, &moment(event.happened_at))).await?;
    }
    Ok(())
}
