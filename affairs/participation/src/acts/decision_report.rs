//! 执行情况、决策后评估 (条例第三十四、三十六条): drafted for a decision that was taken, reviewed and published, and with it the
//! milestone; what should not have been public is withdrawn by two (docs/readings/306).

use ::store::{Statements, Transaction, moment};
use identity::{Organ, any_is};
use law::{Provision, article};
use ledger::{Desk, Entry, Event, Leaf};
use participation_rules::{ListState, ListStep, Milestone, ReportKind, ReportState};
use review::{Signatory, Unit, submission};
use serde_json::{Value, json};
use web::{Appeared, Approved, Content, Fault, Publisher, Publishers};

use super::decisions::{has_item, own as own_list};
use super::{
    ActError, UNSEEN, at, forget, lasting_reason, public_reason, tidy, with_author, within,
};
use crate::inscription::report as inscribed;
use crate::store::{DecisionList, DecisionReport, Progress, Proposed, ReportSaid};

/// 政府信息公开条例第六条第二款: what is wrong is taken down.
const WRONG: Provision = article("政府信息公开条例", 6);

/// The kind of pieces by which review knows reports.
pub const KIND: &str = "decision_report";

/// The longest texts, in letters: decisions of ours.
const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 50_000;

fn report_entry(
    act: &'static str,
    of: &DecisionReport,
    basis: impl ToString,
    facts: Value,
) -> Entry {
    Entry {
        room: "participation",
        act,
        subject: format!("{UNSEEN}report:{}", of.id),
        organ: of.organ.clone(),
        basis: basis.to_string(),
        facts,
    }
}

/// The report of an organ in one of these states.
async fn own(
    desk: &Desk,
    organ: &str,
    id: &str,
    state: ReportState,
) -> Result<DecisionReport, ActError> {
    let found = DecisionReport::find(desk.change(), id).await?;
    let own = found.filter(|found| found.organ == organ);
    let found =
        own.ok_or_else(|| ActError::standing("本机关没有这份报告。请从决策目录里重新打开。"))?;
    match found.state == state {
        true => Ok(found),
        false => {
            let words = format!("这份报告现在是“{}”，不能办。请刷新再看。", found.state.name());
            Err(ActError::Standing(words))
        }
    }
}

/// Begins one on a decision; answers its key.
///
/// # Errors
/// The list is not public, it has no such decision, the decision is not taken, or the database refuses.
pub async fn begin(
    mut desk: Desk,
    by: &Signatory,
    (organ, demo): (&Organ, bool),
    (list, item, kind): (&str, i64, ReportKind),
) -> Result<String, ActError> {
    let found = own_list(&desk, (&organ.code, list), ListStep::Mark).await?;
    let decision = has_item(&found, item)?;
    let known = Progress::of(desk.change(), list).await?;
    let decided = |one: &Progress| one.item == item && one.milestone == Milestone::Decided;
    if !known.iter().any(decided) {
        let words = "这件决策还没有登记“公布决定”。公布以后再写执行情况和后评估。";
        return Err(ActError::standing(words));
    }
    let doer = match kind {
        ReportKind::Execution => decision.undertaker,
        ReportKind::Evaluation => String::new(),
    };
    let said = ReportSaid::of(kind, doer);
    let id = uuid::Uuid::now_v7().to_string();
    let authors = with_author(&[], by);
    let (row, what) = ((id.as_str(), organ, found.unit.as_str()), ((list, item), &said));
    DecisionReport::add(desk.change(), row, what, (&authors, &at(&desk), demo)).await?;
    let of = own(&desk, &organ.code, &id, ReportState::Draft).await?;
    let facts = json!({ "kind": kind.word(), "list": list, "item": item });
    desk.record(report_entry("decision_report_draft", &of, kind.basis(), facts)).await?;
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
    said: &ReportSaid,
) -> Result<(), ActError> {
    let said = checked(said, desk.today())?;
    let found = own(&desk, organ, id, ReportState::Draft).await?;
    let authors = with_author(&found.authors, by);
    let at = at(&desk);
    if found.version != version || !found.keep(desk.change(), &said, (&authors, &at)).await? {
        return Err(ActError::overtaken());
    }
    let basis = found.said.kind.basis();
    desk.record(report_entry("decision_report_text", &found, basis, json!({}))).await?;
    Ok(desk.seal().await?)
}

fn checked(said: &ReportSaid, today: law::Date) -> Result<ReportSaid, ActError> {
    let said = ReportSaid {
        by: said.by.split_whitespace().collect::<Vec<_>>().join(" "),
        body: tidy(&said.body),
        heard: tidy(&said.heard),
        used: tidy(&said.used),
        ..said.clone()
    };
    if said.until.is_some_and(|until| until > today) {
        return Err(ActError::Field("jiezhi", "情况截至的日子不能在今天以后".into()));
    }
    for (field, text, most) in [
        ("danwei", &said.by, LONGEST_LINE),
        ("zhengwen", &said.body, LONGEST_TEXT),
        ("tingqu", &said.heard, LONGEST_TEXT),
        ("yunyong", &said.used, LONGEST_TEXT),
    ] {
        within(field, text, most)?;
    }
    Ok(said)
}

/// Gives a draft up.
///
/// # Errors
/// It is no draft, or the database refuses.
pub async fn drop(mut desk: Desk, organ: &str, id: &str) -> Result<(), ActError> {
    let found = own(&desk, organ, id, ReportState::Draft).await?;
    let off = (ReportState::Draft, ReportState::Dropped);
    if !DecisionReport::turn(desk.change(), id, off, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    let basis = found.said.kind.basis();
    desk.record(report_entry("decision_report_drop", &found, basis, json!({}))).await?;
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
    let found = own(&desk, organ, id, ReportState::Draft).await?;
    let lacks = found.said.account().lacks();
    if !lacks.is_empty() {
        let each = lacks.iter().map(|lack| format!("{}（{}）", lack.words, lack.basis));
        let each: Vec<String> = each.collect();
        return Err(ActError::Standing(format!("还不能送审：{}。", each.join("；"))));
    }
    let on = (ReportState::Draft, ReportState::Review);
    if !DecisionReport::turn(desk.change(), id, on, ("", &at(&desk))).await? {
        return Err(ActError::overtaken());
    }
    let basis = found.said.kind.basis();
    desk.record(report_entry("decision_report_submission", &found, basis, json!({}))).await?;
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

/// How reports are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "决策执行情况和后评估",
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
    let found = DecisionReport::find(from, id).await?;
    let Some(found) = found.filter(|found| found.published_on.is_none()) else { return Ok(None) };
    let list = DecisionList::find(from, &found.decision.0).await?;
    let title = list.and_then(|list| has_item(&list, found.decision.1).ok());
    Ok(Some(signed(&found, &title.map(|item| item.title).unwrap_or_default())))
}

fn signed(of: &DecisionReport, decision: &str) -> Content {
    let said = &of.said;
    let empty = Content {
        title: format!("{decision}：{}", said.kind.name()),
        organ: of.organ.clone(),
        unit: of.unit.clone(),
        authors: of.authors.clone(),
        normative: false,
        findings: vec![],
        parts: vec![],
    };
    let whole = empty
        .part("情况截至", said.until.map(|day| day.to_string()).unwrap_or_default())
        .part("单位", &said.by)
        .part("正文", &said.body);
    match said.ground {
        Some(ground) => whole
            .part("为什么评估", ground.name())
            .part("怎样听取公众意见", &said.heard)
            .part("结果怎样运用", &said.used),
        None => whole,
    }
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    let found = DecisionReport::find(desk.change(), &approved.id).await?.ok_or(Fault::NotFound)?;
    let (list, item) = (found.decision.0.as_str(), found.decision.1);
    let of_list = DecisionList::find(desk.change(), list).await?.ok_or(Fault::NotFound)?;
    if of_list.state != ListState::Published {
        return Err(Fault::Refused("决策事项目录已经撤下，这份报告不能公布。".into()));
    }
    let (on, at) = (desk.today(), at(desk));
    if !found.publish(desk.change(), &approved.publication, (on, &at)).await? {
        return Err(ActError::overtaken().into_fault());
    }
    let (kind, path) = (found.said.kind, found.path());
    let person = found.authors.first().map(String::as_str).unwrap_or_default();
    let what = (kind.milestone(), on, path.as_str());
    Progress::add(desk.change(), (list, item), what, (person, &at)).await?;
    let subject = inscribed::subject(&found.id);
    let facts = json!({ "kind": kind.word(), "list": list, "item": item });
    let mut told = report_entry("decision_report", &found, kind.basis(), facts);
    told.subject.clone_from(&subject);
    desk.record(told).await.map_err(Fault::inside)?;
    let now = DecisionReport::find(desk.change(), &found.id).await?.ok_or(Fault::NotFound)?;
    desk.publish_leaf(inscribed::leaf(&now)).map_err(Fault::inside)?;
    Ok(Appeared { subject, path: Some(path) })
}

/// Proposes to withdraw one.
///
/// # Errors
/// It is not public, it is proposed already, no reason is given or it names somebody, or the database refuses.
pub async fn propose(
    mut desk: Desk,
    by: &Signatory,
    (organ, id): (&str, &str),
    reason: &str,
) -> Result<(), ActError> {
    let reason = public_reason(reason)?;
    let found = own(&desk, organ, id, ReportState::Published).await?;
    let persons = by.persons().map(str::to_owned).collect();
    let new = Proposed { reason, by: persons, name: by.name.clone() };
    if !DecisionReport::propose(desk.change(), (id, &at(&desk)), Some(&new)).await? {
        return Err(ActError::standing("已经有人提出撤下，正在等审定。"));
    }
    let entry = report_entry("decision_report_withdrawal_proposal", &found, WRONG, json!({}));
    desk.record(entry).await?;
    Ok(desk.seal().await?)
}

/// Decides a proposal: withdraws the report and its milestone, or lets it stand.
///
/// # Errors
/// Nothing waits, the person proposed it, no reason is given or it names somebody, or the database refuses.
pub async fn decide(
    mut desk: Desk,
    by: &Signatory,
    (organ, id): (&str, &str),
    (withdraw, reason): (bool, &str),
) -> Result<(), ActError> {
    let reason = lasting_reason(reason)?;
    let found = own(&desk, organ, id, ReportState::Published).await?;
    let waiting = found.proposed.as_ref();
    let waiting = waiting.ok_or_else(|| ActError::standing("没有等审定的撤下。请刷新再看。"))?;
    if any_is(by.persons(), waiting.by.iter().map(String::as_str)) {
        return Err(ActError::standing("提出撤下的人不能审定。请别的签发人审定。"));
    }
    let at = at(&desk);
    if !withdraw {
        if !DecisionReport::propose(desk.change(), (id, &at), None).await? {
            return Err(ActError::overtaken());
        }
        let facts = json!({ "reason": reason });
        let entry = report_entry("decision_report_withdrawal_refusal", &found, WRONG, facts);
        desk.record(entry).await?;
        return Ok(desk.seal().await?);
    }
    if !DecisionReport::withdraw(desk.change(), (id, &at), (desk.today(), &by.person)).await? {
        return Err(ActError::overtaken());
    }
    let (list, path) = (found.decision.0.as_str(), found.path());
    for one in Progress::of(desk.change(), list).await? {
        if one.path == path {
            Progress::take_back(desk.change(), (list, &one.id)).await?;
        }
    }
    forget(&desk, &[(KIND, id)]).await?;
    let subject = inscribed::subject(id);
    let mut told = report_entry("decision_report_withdrawal", &found, WRONG, json!({}));
    told.subject.clone_from(&subject);
    desk.record(told).await?;
    desk.publish_leaf(Leaf::withdrawal(subject, ledger::Withdrawal::InError))?;
    Ok(desk.seal().await?)
}

/// What was handed in comes back as soon as its review has ended without a publication.
pub(super) async fn comes_back(
    change: &Transaction,
    id: &str,
    (reason, event): (&str, &Event),
) -> Result<(), Fault> {
    if Unit::open_with(change, KIND, id).await?.is_none() {
        let back = (ReportState::Review, ReportState::Draft);
        DecisionReport::turn(change, id, back, (reason, &moment(event.happened_at))).await?;
    }
    Ok(())
}
