//! `/gongzuo/shenqing/{id}/shencha`: 保密审查、合法性审核、签发 on exactly the letter that is shown, and 印发. The file
//! is masked for whoever reviews and signs.

use ::review::Signatory;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use serde::Deserialize;
use web::components::{Tag, Tone};
use web::moments::minute;
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit, icons};

use super::answer_form;
use super::file::File;
use super::redacted::{self, ProvidedLine};
use super::{LIST, titled};
use crate::acts::{ActError, answer};
use crate::letters::{CaseFacts, Contents, Letter, compose};
use crate::store::{AnswerState, LetterTexts, ReviewStep};

#[derive(Template)]
#[template(path = "workbench/review.html")]
struct ReviewPage {
    desk: Workbench,
    title: String,
    tag: Tag,
    letter: Option<Letter>,
    files: Vec<ProvidedLine>,
    unwritten: String,
    hash: String,
    version: i64,
    author: String,
    steps: Vec<StepLine>,
    offers: Vec<Offer>,
    issues: Option<String>,
    back: String,
}

struct StepLine {
    name: String,
    words: String,
    by: String,
    agreed: bool,
}

/// A step whoever looks may take.
struct Offer {
    href: String,
    words: &'static str,
    /// What the button that agrees says.
    agrees: &'static str,
    hint: &'static str,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] =
    &[("songshen", "已经送审。保密审查和合法性审核通过以后签发。"), ("shencha", "已经记下。")];

/// How far an answer has come, as a mark.
pub(super) fn state_tag(state: AnswerState) -> Tag {
    match state {
        AnswerState::Draft => Tag::plain("起草中"),
        AnswerState::Submitted => Tag::marked(Tone::Info, icons::CLOCK, "审查中"),
        AnswerState::Signed => Tag::good("已签发，待印发"),
        AnswerState::Issued => Tag::good("已印发"),
        AnswerState::Dropped => Tag::plain("不用"),
    }
}

/// Shows what is reviewed.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let file = File::read_by(&visit, &clerk, &id).await?;
    let drafted = file.answer.as_ref().ok_or(Fault::NotFound)?;
    let newest = drafted.newest().ok_or(Fault::NotFound)?;
    let base = format!("{LIST}/{id}");
    let (letter, unwritten) = match drafted_letter(&visit, &clerk, &file).await? {
        Some(Ok(letter)) => (Some(letter), String::new()),
        Some(Err(words)) => (None, words),
        None => (None, String::new()),
    };
    let step = |step: &crate::store::AnswerStep| StepLine {
        name: step.step.name().to_owned(),
        words: step.words.clone(),
        by: format!("{} · {} · 第 {} 稿", step.name, minute(&step.taken_at), step.version),
        agreed: step.agreed,
    };
    let page = ReviewPage {
        title: titled(&file.case.filing),
        tag: state_tag(drafted.answer.state),
        letter,
        files: redacted::lines(&visit, &base, &newest.content.files),
        unwritten,
        hash: newest.hash.clone(),
        version: newest.version,
        author: newest.name.clone(),
        steps: drafted.steps.iter().map(step).collect(),
        offers: offers(&visit, &clerk, &file, &base),
        issues: issues(&visit, &clerk, &file, &base),
        back: visit.site.link(&base),
        desk: Workbench::of(&visit, clerk, "shenqing", "审查答复")
            .await?
            .under("依申请公开", LIST)
            .under(format!("申请 {}", file.case.filing.number), &base)
            .saying(&asked.done, SAID),
    };
    web::page::answer(&page)
}

fn offers(visit: &Visit, clerk: &Clerk, file: &File, base: &str) -> Vec<Offer> {
    let open = file.answer.as_ref().is_some_and(|one| one.answer.state == AnswerState::Submitted);
    let all = [
        (
            "foi.secrecy_review",
            ReviewStep::Secrecy,
            "baomi",
            "保密审查",
            "有没有国家秘密、商业秘密、个人隐私和危及安全的内容。",
        ),
        (
            "foi.legal_review",
            ReviewStep::Legal,
            "fazhi",
            "合法性审核",
            "种类、条款、理由、证据、救济是不是合法。",
        ),
        (
            "foi.approve_reply",
            ReviewStep::Signature,
            "qianfa",
            "签发",
            "两项审查都通过以后签发；签发的就是这一稿。",
        ),
    ];
    let drafted = file.answer.as_ref();
    let tie = file.tie(clerk);
    let tie = tie.because("查看");
    let may = |(power, step, ..): &(&str, ReviewStep, &str, &'static str, &'static str)| {
        let taken = drafted.is_some_and(|one| one.agreed(*step).is_some());
        let ready = *step != ReviewStep::Signature
            || drafted.is_some_and(|one| {
                one.agreed(ReviewStep::Secrecy).is_some() && one.agreed(ReviewStep::Legal).is_some()
            });
        open && !taken && ready && File::is_offered(clerk, power, &tie)
    };
    let offer = |(_, step, path, words, hint): (_, _, &str, &'static str, &'static str)| Offer {
        href: visit.site.link(&format!("{base}/shencha/{path}")),
        agrees: if step == ReviewStep::Signature { "签发" } else { "同意" },
        words,
        hint,
    };
    all.into_iter().filter(may).map(offer).collect()
}

fn issues(visit: &Visit, clerk: &Clerk, file: &File, base: &str) -> Option<String> {
    let signed = file.answer.as_ref().is_some_and(|one| one.answer.state == AnswerState::Signed);
    let tie = file.tie(clerk).holding([::identity::powers::Condition::AfterApproval]);
    let may = signed && clerk.may("foi.deliver", &tie).is_ok();
    may.then(|| visit.site.link(&format!("{base}/shencha/yinfa")))
}

/// The letter of the draft as it stands, or why it cannot be written yet; none without a draft.
pub(super) async fn drafted_letter(
    visit: &Visit,
    clerk: &Clerk,
    file: &File,
) -> Result<Option<Result<Letter, String>>, Fault> {
    let Some(newest) = file.answer.as_ref().and_then(|one| one.newest()) else { return Ok(None) };
    let today = visit.house.ledger().clock().today();
    let contents = answer_form::contents(&newest.content, &newest.code, today);
    let Some(contents) = contents else { return Ok(None) };
    written(visit, clerk, file, (&contents, Some(&newest.saved_at))).await.map(Some)
}

/// What an answer of these contents reads, by the texts as they stood at a moment.
pub(super) async fn written(
    visit: &Visit,
    clerk: &Clerk,
    file: &File,
    (contents, at): (&Contents, Option<&str>),
) -> Result<Result<Letter, String>, Fault> {
    let organ = (clerk.organ.code.as_str(), clerk.organ.name.as_str());
    let texts = LetterTexts::of(visit.house.store(), organ, at).await?;
    let today = visit.house.ledger().clock().today();
    let Some(text) = texts.text(contents.key()) else {
        return Ok(Err("这种答复还没有标准文本。".to_owned()));
    };
    let number = format!("{}〔{}〕　号", contents.letter().serial(), today.year());
    let facts = CaseFacts::of(&file.case.filing);
    let letter = compose(&text, texts.sender(), &facts, &number, (today, false), contents);
    Ok(letter.map_err(|fault| format!("{fault}。")))
}

/// 保密审查.
pub async fn secrecy(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    take(visit, clerk, (&id, &form), (ReviewStep::Secrecy, "foi.secrecy_review")).await
}

/// 合法性审核.
pub async fn legal(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    take(visit, clerk, (&id, &form), (ReviewStep::Legal, "foi.legal_review")).await
}

/// 签发.
pub async fn sign(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    take(visit, clerk, (&id, &form), (ReviewStep::Signature, "foi.approve_reply")).await
}

async fn take(
    visit: Visit,
    clerk: Clerk,
    (id, form): (&str, &Submitted),
    (step, power): (ReviewStep, &str),
) -> Result<Response, Fault> {
    let file = File::read_by(&visit, &clerk, id).await?;
    clerk.may(power, &file.tie(&clerk).because(form.get(REASON).trim()))?;
    let drafted = file.answer.as_ref().ok_or(Fault::NotFound)?;
    let agreed = match form.get("do") {
        "tongyi" => true,
        "tuihui" => false,
        _ => return Err(Fault::field(REASON, "没有看懂要办什么。请按“同意”或者“退回”。")),
    };
    let (by, words) = (Signatory::of(&clerk), form.get(REASON).trim());
    let about = (drafted.answer.id.as_str(), form.get("hash"));
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    answer::review(desk, &by, about, (step, agreed, words)).await.map_err(ActError::into_fault)?;
    super::back_to(&visit, &clerk, id, &format!("{LIST}/{id}/shencha?done=shencha")).await
}

/// 印发.
pub async fn issue(visit: Visit, clerk: Clerk, Path(id): Path<String>) -> Result<Response, Fault> {
    let file = File::read_by(&visit, &clerk, &id).await?;
    let drafted = file.answer.as_ref().ok_or(Fault::NotFound)?;
    let mut tie = file.tie(&clerk);
    if drafted.answer.state == AnswerState::Signed {
        tie = tie.holding([::identity::powers::Condition::AfterApproval]);
    }
    clerk.may("foi.deliver", &tie)?;
    if let Some(Err(words)) = drafted_letter(&visit, &clerk, &file).await? {
        return Err(Fault::Refused(words));
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let issued = answer::issue(desk, sealer, &Signatory::of(&clerk), &drafted.answer.id).await;
    issued.map_err(ActError::into_fault)?;
    super::back_to(&visit, &clerk, &id, &format!("{LIST}/{id}?done=banli")).await
}
