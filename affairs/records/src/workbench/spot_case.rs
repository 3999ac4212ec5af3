//! `/gongzuo/choucha/{id}`: one record that was drawn, for both sides; with `.docx` to be printed.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use documents::writing::{Article, Block};
use identity::powers::{Condition, Tie};
use law::Date;
use records_rules::{FindingKind, Severity};
use serde::Deserialize;
use web::components::Tag;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::spot_checks::state_tag;
use super::{hand, minute, seen, sent_to};
use crate::acts::spot_check;
use crate::portal::attachment::saved;
use crate::store::{Answer, CheckCase, CheckState, Finding, LinkedItem, Record};

#[derive(Template)]
#[template(path = "workbench/spot_case.html")]
struct SpotCasePage {
    desk: Workbench,
    case: CheckCase,
    tag: Tag,
    told: String,
    closed: String,
    late: bool,
    findings: Vec<Finding>,
    answers: Vec<AnswerRow>,
    public: String,
    withdraw: Option<String>,
    may: May,
    print: String,
    here: String,
}

/// What the clerk may do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum May {
    Nothing,
    Tell,
    Answer,
    LookAgain,
    TakeOver,
}

struct AnswerRow {
    words: String,
    by: String,
    at: String,
    verdict: Option<(bool, String)>,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("jieban", "这一件现在由您抽查。"),
    ("meiwenti", "已记下：没有发现问题，这一件办结。"),
    ("wenti", "问题已告诉对方，等整改。"),
    ("zhenggai", "整改情况已答复，等抽查人复查。"),
    ("tongguo", "复查通过，这一件办结。"),
    ("chongbao", "已退回，重新整改。"),
];

/// How many findings the form holds at a time.
const LINES: usize = 5;

/// Shows a case, or gives it as a paper.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(name): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Fault> {
    let store = visit.house.store();
    let (id, on_paper) = match name.strip_suffix(".docx") {
        Some(id) => (id, true),
        None => (name.as_str(), false),
    };
    let case = seen_by(&visit, &clerk, id).await?;
    let findings = Finding::of(store, id).await?;
    let answers = Answer::of(store, id).await?;
    if on_paper {
        return paper(&case, &findings, &answers);
    }
    let today = visit.house.ledger().clock().today();
    let leaks = findings.iter().any(|finding| finding.kind.leaks());
    let own = case.organ == clerk.organ.code && clerk.has_power("record.withdraw_emergency");
    let may = may(&clerk, &case);
    let desk = Workbench::of(&visit, clerk, "choucha", &case.title).await?;
    let page = SpotCasePage {
        desk: desk.under("抽查", "/gongzuo/choucha").saying(&done.done, SAID),
        tag: state_tag(case.state, case.sound),
        told: case.told_at.as_deref().map(minute).unwrap_or_default(),
        closed: case.closed_at.as_deref().map(minute).unwrap_or_default(),
        late: is_late(&case, today),
        findings,
        answers: answers.into_iter().map(answer_row).collect(),
        public: visit.site.link(&format!("/wenjian/{}", case.record)),
        withdraw: (leaks && own)
            .then(|| visit.site.link(&format!("/gongzuo/chexia/{}", case.record))),
        may,
        print: visit.site.link(&format!("/gongzuo/choucha/{id}.docx")),
        here: visit.site.link(&format!("/gongzuo/choucha/{id}")),
        case,
    };
    Ok(web::page::answer(&page)?.into_response())
}

fn is_late(case: &CheckCase, today: Date) -> bool {
    case.state == CheckState::Found && case.due_on.is_some_and(|day| day < today)
}

fn may(clerk: &Clerk, case: &CheckCase) -> May {
    let mine = case.checker.as_deref() == Some(&clerk.id);
    let checks = case.checks == clerk.organ.code
        && clerk.has_power("record.spot_check")
        && fits(clerk, case);
    let owes = case.organ == clerk.organ.code && clerk.has_power("record.check.answer");
    match case.state {
        CheckState::Assigned if mine && checks => May::Tell,
        CheckState::Answered if mine && checks => May::LookAgain,
        CheckState::Found if owes && !clerk.is_among(case.checkers()) => May::Answer,
        CheckState::Closed => May::Nothing,
        _ if checks && !mine => May::TakeOver,
        _ => May::Nothing,
    }
}

/// Whether the role acted in is that of the case's checkers.
fn fits(clerk: &Clerk, case: &CheckCase) -> bool {
    case.role.is_empty() || case.role == clerk.role.word()
}

fn answer_row(answer: Answer) -> AnswerRow {
    let judged = answer.judged_name.zip(answer.judged_at);
    let verdict = judged.zip(answer.passed).map(|((name, at), passed)| {
        let words = format!("{name} · {}　{}", minute(&at), answer.verdict);
        (passed == 1, words)
    });
    AnswerRow {
        words: answer.words,
        by: answer.answered_name,
        at: minute(&answer.answered_at),
        verdict,
    }
}

/// A case that is the clerk's organ's, on either side.
async fn seen_by(visit: &Visit, clerk: &Clerk, id: &str) -> Result<CheckCase, Fault> {
    let case = CheckCase::find(visit.house.store(), id).await?.ok_or(Fault::NotFound)?;
    let own = &clerk.organ.code;
    if case.checks != *own && case.organ != *own {
        return Err(Fault::NotFound);
    }
    clerk.may_see("record.check.read", &Tie::to(own))?;
    Ok(case)
}

/// A case that the clerk may check: by the policy, organ and domain.
async fn checked(visit: &Visit, clerk: &Clerk, id: &str) -> Result<CheckCase, Fault> {
    let case = seen_by(visit, clerk, id).await?;
    let mut tie = Tie::to(&case.organ).holding([Condition::OnlyPublished]);
    let found = Record::of_organ(visit.house.store(), &case.organ, &case.record).await?;
    let items: Vec<LinkedItem> = found.map(|record| record.items).unwrap_or_default();
    let own = items.iter().find(|item| clerk.organ.remit.contains(&item.domain));
    if let Some(item) = own {
        tie = tie.of_domain(&item.domain);
    }
    clerk.may("record.spot_check", &tie)?;
    if !fits(clerk, &case) {
        return Err(Fault::Forbidden("这一件由另一种身份抽查。请换身份再办。".into()));
    }
    Ok(case)
}

/// 接办.
pub async fn take_over(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    checked(&visit, &clerk, &id).await?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(spot_check::take_over(desk, &hand(&clerk), &id, form.get("liyou")).await)?;
    Ok(sent_to(&visit, &format!("/gongzuo/choucha/{id}?done=jieban")))
}

/// 抽查结论.
pub async fn tell(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    checked(&visit, &clerk, &id).await?;
    let sound = form.get("do") == "meiwenti";
    let findings = if sound { vec![] } else { findings(&form)? };
    if !sound && findings.is_empty() {
        let words = "没有写发现了什么问题。请选种类、轻重，写出问题；没有问题的按“没有发现问题”。";
        return Err(Fault::field("wenti-1", words));
    }
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(spot_check::tell(desk, &hand(&clerk), &id, findings, form.get("zongping")).await)?;
    let done = if sound { "meiwenti" } else { "wenti" };
    Ok(sent_to(&visit, &format!("/gongzuo/choucha/{id}?done={done}")))
}

fn findings(form: &Submitted) -> Result<Vec<Finding>, Fault> {
    let mut found = Vec::new();
    for at in 1..=LINES {
        let Some(words) = form.words(&format!("wenti-{at}")) else { continue };
        let kind = FindingKind::parse(form.get(&format!("zhonglei-{at}")));
        let severity = Severity::parse(form.get(&format!("qingzhong-{at}")));
        let (Some(kind), Some(severity)) = (kind, severity) else {
            let words = format!("第 {at} 个问题没有选种类或者轻重。请都选上。");
            return Err(Fault::field(&format!("zhonglei-{at}"), words));
        };
        found.push(Finding { kind, severity, words: words.to_owned() });
    }
    Ok(found)
}

/// 整改.
pub async fn answer(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let case = seen_by(&visit, &clerk, &id).await?;
    clerk.may("record.check.answer", &Tie::to(&case.organ))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(spot_check::answer(desk, &hand(&clerk), &id, form.get("zhenggai")).await)?;
    Ok(sent_to(&visit, &format!("/gongzuo/choucha/{id}?done=zhenggai")))
}

/// 复查.
pub async fn look_again(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    checked(&visit, &clerk, &id).await?;
    let passed = match form.get("do") {
        "tongguo" => true,
        "chongbao" => false,
        _ => return Err(Fault::BadInput("没有选复查通过还是重新整改。请选一项。".into())),
    };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let words = form.get("yijian");
    seen(spot_check::look_again(desk, &hand(&clerk), &id, passed, words).await)?;
    let done = if passed { "tongguo" } else { "chongbao" };
    Ok(sent_to(&visit, &format!("/gongzuo/choucha/{id}?done={done}")))
}

/// 抽查单.
fn paper(case: &CheckCase, findings: &[Finding], answers: &[Answer]) -> Result<Response, Fault> {
    let mut blocks = vec![
        Block::paragraph(format!("文件：{}", case.title)),
        Block::paragraph(format!("被抽查机关：{}", case.organ_name)),
        Block::paragraph(format!("抽查机关：{}　抽查人：{}", case.checks_name, case.checker_name)),
        Block::paragraph(format!("状态：{}", case.state.name())),
    ];
    if case.sound == Some(true) {
        blocks.push(Block::paragraph(format!("结论：没有发现问题。{}", case.words)));
    }
    if !findings.is_empty() {
        let line = |one: &Finding| {
            vec![one.kind.name().to_owned(), one.severity.name().to_owned(), one.words.clone()]
        };
        blocks.push(Block::Table {
            caption: "发现的问题".into(),
            header: ["种类", "轻重", "问题"].map(str::to_owned).to_vec(),
            rows: findings.iter().map(line).collect(),
        });
        let due = case.due_on.map(|day| day.to_string()).unwrap_or_default();
        blocks.push(Block::paragraph(format!("整改期限：{due}")));
    }
    for answer in answers {
        blocks.push(Block::paragraph(format!(
            "整改：{}（{}，{}）",
            answer.words,
            answer.answered_name,
            minute(&answer.answered_at)
        )));
        if let (Some(name), Some(passed)) = (&answer.judged_name, answer.passed) {
            let verdict = if passed == 1 { "复查通过" } else { "退回重新整改" };
            blocks.push(Block::paragraph(format!("{verdict}：{}（{name}）", answer.verdict)));
        }
    }
    let article = Article { title: "公开信息抽查单".into(), blocks, ..Article::default() };
    let bytes = article.to_docx().map_err(Fault::inside)?;
    let kind = HeaderValue::from_static(crate::files::media_type("抽查单.docx"));
    Ok(saved(bytes, kind, "抽查单.docx"))
}

impl SpotCasePage {
    fn lines() -> std::ops::RangeInclusive<usize> {
        1..=LINES
    }

    fn kinds() -> [(FindingKind, &'static str, &'static str); 9] {
        FindingKind::ALL
    }

    fn severities() -> [(Severity, &'static str, &'static str); 3] {
        Severity::ALL
    }
}
