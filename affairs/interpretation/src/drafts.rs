//! What is signed of a policy's interpretation, and what must be signed together with the policy.

mod answers;

use std::path::Path;

use interpretation_rules::{Captions, ContentElement, Medium, PolicyState, Presumption, presumed};
use ledger::Ledger;
use review::Unit;
use store::{Reading, Statements, StoreError};
use web::{Companion, Companions, Content, Fault, Publisher};

use crate::acts::{ActError, publication};
use crate::media::shelf;
use crate::store::{Interpretation, Plan, Policy};
use crate::{checks, workbench};

/// The kind of pieces by which review knows documents, with which ours go.
pub const DOCUMENT: &str = "record";

/// The kind of pieces by which review knows what was settled of a policy.
pub const PLAN: &str = "interpretation_plan";

/// The kind of pieces by which review knows interpretations.
pub const MATERIAL: &str = "interpretation";

/// The kind of pieces by which review knows questions on policies.
pub const QUESTION: &str = "policy_question";

/// The kind of pieces by which review knows responses to concerns.
pub const RESPONSE: &str = "concern_response";

/// The kind of pieces by which review knows editions of topics.
pub const TOPIC: &str = "topic_edition";

/// What goes with documents.
pub(crate) const COMPANION: Companion = Companion {
    of: DOCUMENT,
    pieces: |from, id, content| Box::pin(companions(from, id, content)),
    beside: |visit, clerk, id| Box::pin(workbench::beside::draw(visit, clerk, id)),
};

/// How our pieces are reviewed and published.
pub(crate) fn publishers() -> Vec<Publisher> {
    let plan = Publisher {
        kind: PLAN,
        words: "解读方案",
        approve: "interpretation.approve",
        release: "interpretation.publish",
        releasers: &["publisher", "approver"],
        content: |from, id| Box::pin(async move { Ok(plan_as_signed(from, id).await?) }),
        standing: |_, _| Box::pin(async { Ok(None) }),
        ready: |_, _, _| Box::pin(async { Ok(()) }),
        signable: Some(|from, id| Box::pin(apart(from, id))),
        holds: None,
        laid_out: Publisher::as_signed,
        plain: Publisher::unmarked,
        publish: |desk, _, approved| {
            Box::pin(async move {
                publication::of_plan(desk, approved).await.map_err(ActError::into_fault)
            })
        },
    };
    let material = Publisher {
        kind: MATERIAL,
        words: "解读材料",
        content: |from, id| Box::pin(async move { Ok(as_signed(from, id).await?) }),
        standing: |from, id| Box::pin(async move { Ok(standing(from, id).await?) }),
        laid_out: |visit, id, parts| Box::pin(workbench::laid_out::lay_out(visit, id, parts)),
        ready: |ledger, folder, ids| Box::pin(sound(ledger, folder, ids)),
        signable: Some(|from, id| Box::pin(examined(from, id))),
        publish: |desk, _, approved| {
            Box::pin(async move {
                publication::of_material(desk, approved).await.map_err(ActError::into_fault)
            })
        },
        ..plan
    };
    vec![plan, material, answers::QUESTIONS, answers::RESPONSES, answers::TOPICS]
}

/// What is to be thought of a document by its content as it would be signed. What is not for everybody is interpreted
/// to those it is for; what corrects a document was judged with it, if that was judged.
pub(crate) async fn presumption(
    from: &impl Statements,
    content: &Content,
) -> Result<Presumption, StoreError> {
    if is_for_a_group(content) {
        return Ok(Presumption::Free);
    }
    let judged = corrected(from, content).await?.is_some();
    let title = content.title.trim_start_matches("演示数据：").trim_end_matches("（示例）");
    let genre = part(content, "体裁").unwrap_or_default();
    Ok(presumed(genre, title, content.normative, judged))
}

/// What a part of that name says.
fn part<'a>(content: &'a Content, name: &str) -> Option<&'a str> {
    content.parts.iter().find(|part| part.name == name).map(|part| part.text.as_str())
}

/// Whether a document is for 特定群体, so that not even its title is shown to everybody.
pub(crate) fn is_for_a_group(content: &Content) -> bool {
    part(content, "公开范围").is_some_and(|reach| reach.starts_with("特定群体"))
}

/// The policy that a document corrects, where that was judged.
pub(crate) async fn corrected(
    from: &impl Statements,
    content: &Content,
) -> Result<Option<Policy>, StoreError> {
    match part(content, "更正") {
        Some(path) => Policy::at(from, path).await,
        None => Ok(None),
    }
}

/// The slugs of the domains to which a document says it belongs; `named` are slugs and names.
pub(crate) fn domains_of(content: &Content, named: &[(String, String)]) -> Vec<String> {
    let items = content.parts.iter().filter(|part| part.name == "目录事项");
    let names = items.filter_map(|part| part.text.split(['>', '＞']).next()).map(str::trim);
    let slug = |name: &str| named.iter().find(|(_, own)| own == name).map(|(slug, _)| slug.clone());
    let mut slugs: Vec<String> = names.filter_map(slug).collect();
    slugs.sort();
    slugs.dedup();
    slugs
}

/// What must be signed with a document: what was settled of it, and where it needs an interpretation, all of it.
async fn companions(from: &Reading<'_>, id: &str, content: &Content) -> Result<Companions, Fault> {
    let policy = Policy::of_piece(from, (DOCUMENT, id)).await?;
    let Some(policy) = policy else {
        return match presumption(from, content).await? {
            Presumption::Free => Ok(vec![]),
            Presumption::Expected(why) => Err(Fault::Refused(format!(
                "“{}”是{why}，送审前要认定是否解读（厦府办〔2020〕67号三（四））。请在稿件页的“政策解读”里认定；已经送审的先退回。",
                content.title
            ))),
        };
    };
    stands(&policy, content).map_err(Fault::Refused)?;
    let mut pieces = vec![(PLAN, policy.id.clone())];
    let materials = Interpretation::of_policy(from, &policy.id).await?;
    let unpublished = materials.iter().filter(|one| one.published_at.is_none());
    let materials: Vec<&Interpretation> = unpublished.collect();
    if policy.state == PolicyState::Deferred {
        planned(&policy).map_err(Fault::Refused)?;
    }
    if policy.state == PolicyState::Needed {
        ready(&policy, &materials).map_err(Fault::Refused)?;
        pieces.extend(materials.iter().map(|one| (MATERIAL, one.id.clone())));
    }
    Ok(pieces)
}

/// Refuses in words where what was settled does not hold for the draft as it reads now.
fn stands(policy: &Policy, content: &Content) -> Result<(), String> {
    let (title, state) = (&content.title, policy.state.name());
    let go = "请在稿件页的“政策解读”里重新认定；已经送审的先退回。";
    if policy.state.waits() {
        return Err(format!("“{title}”{state}，还没有另一位负责人认定。认定以后再送审。"));
    }
    if is_for_a_group(content) && policy.state != PolicyState::Waived {
        return Err(format!(
            "“{title}”只面向特定群体，解读是向全社会的，会把它说出去。请认定“不解读”，把解读直接给那些人；\
             或者把公开范围改为全社会。"
        ));
    }
    if policy.title != *title || policy.unit != content.unit {
        return Err(format!("“{title}”认定以后改过标题或者科室。{go}"));
    }
    if policy.state.goes_without() && !policy.is_of(content) {
        return Err(format!("“{title}”{state}以后改动过，那次认定不再算数。{go}"));
    }
    if policy.state.goes_without() && policy.was_decided_by_one_of(&content.authors) {
        return Err(format!("“{title}”由起草过它的人{state}，那次认定不算数。{go}"));
    }
    Ok(())
}

/// Refuses 签发 where somebody who agreed that the policy goes without, or first, wrote or handed in something of what
/// is signed.
async fn apart(from: &Reading<'_>, id: &str) -> Result<(), Fault> {
    let Some(policy) = Policy::find(from, id).await? else { return Ok(()) };
    let Some(open) = Unit::open_with(from, PLAN, id).await? else { return Ok(()) };
    let Some(unit) = Unit::find(from, &open).await? else { return Ok(()) };
    let authors: Vec<String> = unit.authors.into_iter().collect();
    if policy.state.goes_without() && policy.was_decided_by_one_of(&authors) {
        return Err(Fault::Refused(format!(
            "“{}”{}的人也起草或者送审了这一件。请退回，由另一位负责人认定。",
            policy.title,
            policy.state.name()
        )));
    }
    Ok(())
}

/// What stands in the way of signing a policy that needs an interpretation, in words.
pub(crate) fn ready(policy: &Policy, materials: &[&Interpretation]) -> Result<(), String> {
    planned(policy)?;
    if materials.is_empty() {
        return Err(format!(
            "“{}”需要解读，还没有解读材料。请在“政策解读”里补上再送审。",
            policy.title
        ));
    }
    materials.iter().try_for_each(|one| checks::examine(one))
}

/// Refuses in words where nobody has written how a policy will be interpreted; one that follows its document has its
/// plan signed with the document all the same (docs/readings/281).
pub(crate) fn planned(policy: &Policy) -> Result<(), String> {
    match policy.plan {
        Some(_) => Ok(()),
        None => Err(format!(
            "“{}”需要解读，还没有写解读方案。请在“政策解读”里补上再送审。",
            policy.title
        )),
    }
}

/// Refuses 签发 of an interpretation that is not whole or holds what must not be public.
async fn examined(from: &Reading<'_>, id: &str) -> Result<(), Fault> {
    match Interpretation::find(from, id).await? {
        Some(one) => checks::examine(&one).map_err(Fault::Refused),
        None => Ok(()),
    }
}

/// Refuses what is heard or seen where its file is not there, or is not the one that was signed.
async fn sound(ledger: &Ledger, folder: &Path, ids: &[String]) -> Result<(), Fault> {
    for id in ids {
        let Some(one) = Interpretation::find(ledger.store(), id).await? else { continue };
        let Some(medium) = &one.body.medium else { continue };
        if !shelf::is_sound(folder, &medium.sha256).await {
            return Err(Fault::Refused(format!(
                "“{}”的{}文件不在了，或者与送审的不一样。请退回，由起草人重新上传。",
                one.title,
                one.form.name()
            )));
        }
    }
    Ok(())
}

/// What is signed of what was settled of a policy that is not published yet.
async fn plan_as_signed(from: &impl Statements, id: &str) -> Result<Option<Content>, StoreError> {
    let found = Policy::find(from, id).await?;
    let Some(policy) = found.filter(|policy| policy.state.may_be_signed()) else {
        return Ok(None);
    };
    let authors = policy.authors(from).await?;
    let bare = Content {
        title: format!("解读方案：{}", policy.title),
        organ: policy.organ.clone(),
        unit: policy.unit.clone(),
        authors,
        normative: false,
        findings: vec![],
        parts: vec![],
    };
    let decided = policy.decided.as_ref().map(|act| act.name.clone()).unwrap_or_default();
    let mut content = bare
        .part("是否解读", policy.state.name())
        .part("理由", &policy.reason)
        .part("认定人", if policy.reason.is_empty() { String::new() } else { decided })
        .part("代替的原政策", &policy.former);
    if let Some(plan) = policy.plan.as_ref().filter(|_| policy.state != PolicyState::Waived) {
        let when = match policy.state {
            PolicyState::Deferred => "文件发布以后三个工作日内",
            _ => "与文件同步发布",
        };
        content = written(content, plan, when);
    }
    Ok(Some(content))
}

fn written(content: Content, plan: &Plan, when: &str) -> Content {
    let forms: Vec<&str> = plan.forms.iter().map(|form| form.name()).collect();
    content
        .part("解读形式", forms.join("、"))
        .part("解读重点", &plan.points)
        .part("解读责任人", &plan.responsible)
        .part("发布时间", when)
        .part("发布渠道", &plan.channels)
        .part("咨询电话", &plan.phone)
}

/// What is signed of an interpretation that is being written or reviewed.
async fn as_signed(from: &impl Statements, id: &str) -> Result<Option<Content>, StoreError> {
    let Some(one) = Interpretation::find(from, id).await? else { return Ok(None) };
    let open = one.published_at.is_none()
        && one.state != interpretation_rules::InterpretationState::Dropped;
    // While its document is not before everybody, neither is what explains it: what is under review then lapses.
    let explains = |policy: &Policy| policy.appeared.is_none() || policy.path().is_some();
    let policy = Policy::find(from, &one.policy).await?;
    let Some(policy) = policy.filter(|policy| open && explains(policy)) else {
        return Ok(None);
    };
    let authors = one.authors(from).await?;
    let mut findings = checks::doubts(&one.title, &one.body);
    // Materials of one policy speak of it together: what none speaks of is told once, with the first of them.
    let all = Interpretation::of_policy(from, &policy.id).await?;
    let first = all.iter().find(|other| other.published_at.is_none());
    if first.is_some_and(|first| first.id == one.id) {
        findings.extend(lacking(&policy, all.iter()));
    }
    Ok(Some(Content { findings, ..signed(&one, &policy, authors) }))
}

/// What none of a policy's interpretations speaks of, in words; `None` where there is nothing.
pub(crate) fn lacking<'a>(
    policy: &Policy,
    materials: impl Iterator<Item = &'a Interpretation>,
) -> Option<String> {
    let texts: Vec<String> = materials.map(|one| one.body.whole_text()).collect();
    let lacking = ContentElement::lacking(&texts.join("\n"), !policy.former.is_empty());
    let names: Vec<&str> = lacking.iter().map(|one| one.name()).collect();
    (!names.is_empty()).then(|| format!("解读没有说到：{}", names.join("、")))
}

/// An interpretation as it is signed.
pub(crate) fn signed(one: &Interpretation, policy: &Policy, authors: Vec<String>) -> Content {
    let bare = Content {
        title: one.title.clone(),
        organ: one.organ.clone(),
        unit: one.unit.clone(),
        authors,
        normative: false,
        findings: vec![],
        parts: vec![],
    };
    let body = &one.body;
    let mut content = bare
        .part("形式", one.form.name())
        .part("所解读的文件", &policy.title)
        .part("代替", one.replaces.clone().map(|old| format!("/jiedu/{old}")).unwrap_or_default())
        .part("解读人", &body.speaker)
        .part("举行时间和地点", body.conference.told())
        .part("音视频", body.medium.as_ref().map(Medium::as_signed).unwrap_or_default())
        .part("字幕", body.captions.as_ref().map(Captions::vtt).unwrap_or_default())
        .part("一句话", &body.lead)
        .part("正文", body.text.trim());
    for turn in &body.turns {
        content = content
            .part("问", &turn.question)
            .part("答", turn.answer.trim())
            .part("依据", &turn.place);
    }
    for section in &body.sections {
        let points: Vec<String> = section.points.iter().map(|point| format!("- {point}")).collect();
        // Each on a line of its own, so that no number and unit read like another.
        let told = [("数字：", &section.number), ("单位：", &section.unit)];
        let told = told.into_iter().filter(|(_, text)| !text.is_empty());
        let told = told.map(|(name, text)| format!("{name}{text}"));
        let lines = std::iter::once(section.heading.clone()).chain(told).chain(points);
        content = content.part("图解", lines.collect::<Vec<_>>().join("\n"));
    }
    for one in &body.differences {
        let text = format!("{}\n原来：{}\n现在：{}", one.matter, one.before, one.after);
        content = content.part("新旧政策差异", text);
    }
    content
}

/// The published one whose place it would take.
async fn standing(from: &impl Statements, id: &str) -> Result<Option<Content>, StoreError> {
    let Some(one) = Interpretation::find(from, id).await? else { return Ok(None) };
    let Some(old) = &one.replaces else { return Ok(None) };
    let (old, policy) =
        (Interpretation::find(from, old).await?, Policy::find(from, &one.policy).await?);
    Ok(old.zip(policy).map(|(old, policy)| signed(&old, &policy, vec![])))
}
