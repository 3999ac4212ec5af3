//! 决策事项目录 (条例第三条): drafted, approved by the party committee of the same level, reviewed and published with the
//! mechanism of participation; and 进展 noted for each decision, in words that are settled (docs/readings/291).

use ::store::Transaction;
use identity::Organ;
use law::{Date, Provision, article};
use ledger::{Desk, Event};
use participation_rules::{DECISIONS, DecisionItem, ListState, ListStep, Milestone};
use review::Signatory;
use serde_json::json;
use web::{Content, Fault, Publisher};

use super::publication::{
    self, Acts, PLAIN, Publication, Release, StepOf, Steps, acts, blank, content, draft_acts, kept,
    release,
};
use super::{ActError, at, materials, taken, tidy, within};
use crate::inscription::decisions as inscribed;
use crate::store::{Announced, DecisionList, DecisionSaid, Progress};

pub(super) use super::publication::entry as list_entry;

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

impl StepOf for ListStep {
    type Of = DecisionList;
}

impl Publication for DecisionList {
    type Step = ListStep;
    type Stage = ListState;

    const KIND: &'static str = KIND;
    const WORK: &'static str = "decisions:";
    const ACTS: Acts = acts!("decision_list");
    const STEPS: Steps<ListStep> =
        Steps { edit: ListStep::Edit, submit: ListStep::Submit, drop: ListStep::Drop };
    const MISSING: &'static str = "本机关没有这份目录。请从列表里重新打开。";

    fn at_step(&self, step: ListStep, _: Date) -> Result<ListState, ActError> {
        self.state.after(step)?;
        Ok(self.state)
    }

    fn drafted_by(&self) -> Provision {
        BASIS
    }

    fn complete(&self, _: Date) -> Result<(), ActError> {
        let lacks = lacks(&self.said);
        match lacks.is_empty() {
            true => Ok(()),
            false => Err(ActError::Standing(format!("还不能送审：{}。", lacks.join("；")))),
        }
    }
}

/// The list of an organ where a step follows on what it is.
pub(super) async fn own(
    desk: &Desk,
    (organ, id): (&str, &str),
    step: ListStep,
) -> Result<DecisionList, ActError> {
    Ok(taken(desk, organ, id, step).await?.0)
}

/// Begins one for this year; answers its key.
///
/// # Errors
/// The database refuses.
pub async fn begin(desk: Desk, by: &Signatory, of: (&Organ, bool)) -> Result<String, ActError> {
    let year = desk.today().year();
    let title = format!("{}{year}年度重大行政决策事项目录", of.0.name);
    let said = DecisionSaid { year, title, ..DecisionSaid::default() };
    publication::begin::<DecisionList>(desk, by, of, (&said, json!({}))).await
}

/// Keeps what a draft says; `version` is the one the form was shown in.
///
/// # Errors
/// It is no draft, somebody was first, a field is not as it must be, or the database refuses.
pub async fn keep(
    desk: Desk,
    by: &Signatory,
    which: (&str, &str, i64),
    said: &DecisionSaid,
) -> Result<(), ActError> {
    let said = checked(said, desk.today())?;
    kept::<DecisionList>(desk, by, which, &said).await
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

draft_acts!(DecisionList);

/// How a list becomes public.
static RELEASE: Release<DecisionList> = Release {
    step: ListStep::Publish,
    piece: DecisionList::NOTICE,
    fits: |_, _| Ok(()),
    told: |of| ("decision_list", BASIS, json!({ "year": of.said.year })),
    subject: inscribed::subject,
    path: DecisionList::path,
};

/// How lists are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "决策事项目录",
    release: "decision_list.publish",
    content: |from, id| Box::pin(content(from, id, signed)),
    publish: |desk, _, approved| Box::pin(release(desk, approved, &RELEASE, inscribed::leaf)),
    ..PLAIN
};

fn signed(of: &DecisionList) -> Option<Content> {
    if of.published_on.is_some() {
        return None;
    }
    let said = &of.said;
    let day = said.approved_on.map(|day| day.to_string()).unwrap_or_default();
    let empty = blank(of, &said.title);
    let whole = empty
        .part("年度", said.year.to_string())
        .part("批准", format!("{}，{day}", said.approved_by))
        .part("公众参与机制", &said.mechanism)
        .part("决策事项", &said.items);
    Some(whole)
}

/// What was handed in comes back as soon as its review has ended without a publication.
pub(super) async fn comes_back(
    change: &Transaction,
    id: &str,
    told: (&str, &Event),
) -> Result<(), Fault> {
    publication::comes_back::<DecisionList>(change, (KIND, id), DecisionList::NOTICE, told).await
}
