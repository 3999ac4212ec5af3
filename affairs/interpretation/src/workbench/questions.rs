//! `/gongzuo/wenda`: questions on policies, written on a paragraph of a published document; and where they are
//! withdrawn by whoever answers for the organ.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use identity::powers::{Condition, Tie};
use interpretation_rules::{Answered, Footing, QuestionState};
use review::{Signatory, Unit, unit_path};
use web::components::{Empty, Tag};
use web::workbench::{REASON, Submitted, Workbench, sent_to};
use web::{Clerk, Fault, Visit};

use super::list::Done;
use super::{DRAFT, QUESTION_ENDS, QUESTIONS, WITHDRAW, desk_of, seen};
use crate::acts::question;
use crate::cited::{self, Standing};
use crate::drafts::QUESTION;
use crate::store::Question;

#[derive(Template)]
#[template(path = "workbench/questions.html")]
struct QuestionsPage {
    desk: Workbench,
    rows: Vec<Row>,
    action: String,
}

#[derive(Template)]
#[template(path = "workbench/question.html")]
struct QuestionPage {
    desk: Workbench,
    one: Question,
    tag: Tag,
    /// What has become of its paragraph, where it does not stand.
    footing: Option<&'static str>,
    unit: Option<String>,
    shown: Option<String>,
    back: String,
    here: String,
}

#[derive(Template)]
#[template(path = "workbench/question_ends.html")]
struct QuestionEndsPage {
    desk: Workbench,
    rows: Vec<Row>,
}

struct Row {
    question: String,
    rests_on: String,
    href: String,
    tag: Tag,
    action: String,
    own: bool,
}

const SAID: &[(&str, &str)] = &[
    ("baocun", "已保存。"),
    ("songshen", "已送审。"),
    ("shanqu", "已删去。"),
    ("chehui", "已撤回。"),
];

/// How one stands, as a mark.
fn tag(state: QuestionState) -> Tag {
    match state {
        QuestionState::Published => Tag::good(state.name()),
        QuestionState::Down | QuestionState::Withdrawn => Tag::warn(state.name()),
        _ => Tag::info(state.name()),
    }
}

/// The tie of one: whose it is and who wrote it.
fn tie(one: &Question) -> Tie {
    let tie = Tie::to(&one.organ).in_unit(one.unit.clone());
    let tie = one.authors.iter().fold(tie, |tie, author| tie.by(author));
    tie.holding([Condition::DraftState])
}

fn row(visit: &Visit, clerk: &Clerk, one: &Question, href: &str) -> Row {
    Row {
        question: one.said.question.clone(),
        rests_on: format!("{}　{}", one.document.title, one.said.place),
        href: visit.site.link(href),
        tag: tag(one.state),
        action: visit.site.link(&format!("{QUESTION_ENDS}/{}", one.id)),
        own: clerk.is_among(one.authors.iter().map(String::as_str)),
    }
}

/// Those of the clerk's organ that he may write.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let all = Question::of_organ(visit.house.store(), &clerk.organ.code).await?;
    let mine = all.iter().filter(|one| clerk.may(DRAFT, &tie(one)).is_ok());
    let rows = mine.map(|one| row(&visit, &clerk, one, &one.desk_path())).collect();
    let desk = Workbench::of(&visit, clerk, "wenda", "政策问答").await?;
    let action = visit.site.link(QUESTIONS);
    web::page::answer(&QuestionsPage { desk: desk.saying(&done.done, SAID), rows, action })
}

/// The organ's one with that key, for a clerk who may write it.
async fn question_for(visit: &Visit, clerk: &Clerk, id: &str) -> Result<Question, Fault> {
    let found = Question::find(visit.house.store(), id).await?;
    let own = |one: &Question| one.organ == clerk.organ.code && one.state != QuestionState::Dropped;
    let one = found.filter(own).ok_or(Fault::NotFound)?;
    clerk.may(DRAFT, &tie(&one))?;
    Ok(one)
}

/// Shows one.
pub async fn one(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let one = question_for(&visit, &clerk, &id).await?;
    let standing = standing_of(&visit, &one.document.path).await?;
    let footing = Standing::footing(standing.as_ref(), &one.said.quote);
    let unit = Unit::open_with(visit.house.store(), QUESTION, &id).await?;
    let desk = Workbench::of(&visit, clerk, "wenda", &one.said.question).await?;
    let page = QuestionPage {
        tag: tag(one.state),
        footing: Some(footing.words()).filter(|_| one.is_open() && footing != Footing::Stands),
        unit: unit.map(|unit| visit.site.link(&unit_path(&unit))),
        shown: (one.state == QuestionState::Published).then(|| visit.site.link(&one.path())),
        back: visit.site.link(QUESTIONS),
        here: visit.site.link(&one.desk_path()),
        desk: desk.under("政策问答", QUESTIONS).saying(&done.done, SAID),
        one,
    };
    web::page::answer(&page)
}

/// The document at an address, as it stands before everybody.
async fn standing_of(visit: &Visit, address: &str) -> Result<Option<Standing>, Fault> {
    match cited::key_in(address) {
        Some(key) => cited::standing(&visit.house, key).await,
        None => Ok(None),
    }
}

/// What the form says.
fn said(form: &Submitted) -> question::Said {
    let line = |name: &str| form.get(name).split_whitespace().collect::<Vec<_>>().join(" ");
    let text = |name: &str| form.get(name).replace("\r\n", "\n").trim().to_owned();
    question::Said {
        answered: Answered {
            question: line("wen"),
            answer: text("da"),
            place: line("tiao"),
            quote: text("yuanwen"),
        },
        revision: form.get("kan").trim().parse().unwrap_or_default(),
    }
}

/// Writes a new one.
pub async fn begin(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    clerk.may(
        DRAFT,
        &Tie::to(&clerk.organ.code).in_unit(clerk.unit.clone()).holding([Condition::DraftState]),
    )?;
    let standing = standing_of(&visit, form.get("wenjian")).await?;
    let desk = desk_of(&visit, &clerk).await?;
    let by = Signatory::of(&clerk);
    let kept = seen(question::keep(desk, &by, (standing.as_ref(), None), &said(&form)).await)?;
    Ok(sent_to(&visit, &format!("{}?done=baocun", kept.desk_path())))
}

/// Keeps what was written.
pub async fn write(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let one = question_for(&visit, &clerk, &id).await?;
    let standing = standing_of(&visit, form.get("wenjian")).await?;
    let desk = desk_of(&visit, &clerk).await?;
    let (by, what) = (Signatory::of(&clerk), (standing.as_ref(), Some(id.as_str())));
    seen(question::keep(desk, &by, what, &said(&form)).await)?;
    Ok(sent_to(&visit, &format!("{}?done=baocun", one.desk_path())))
}

/// Deletes it.
pub async fn drop_it(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    _form: Submitted,
) -> Result<Response, Fault> {
    question_for(&visit, &clerk, &id).await?;
    let desk = desk_of(&visit, &clerk).await?;
    seen(question::drop_it(desk, &Signatory::of(&clerk), &id).await)?;
    Ok(sent_to(&visit, &format!("{QUESTIONS}?done=shanqu")))
}

/// 送审.
pub async fn submit(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let one = question_for(&visit, &clerk, &id).await?;
    let standing = standing_of(&visit, &one.document.path).await?;
    let publishers = visit.house.publishers();
    let (by, desk) = (Signatory::of(&clerk), desk_of(&visit, &clerk).await?);
    let what = (id.as_str(), standing.as_ref(), form.words("shuoming"));
    seen(question::submit(desk, &publishers, &by, what).await)?;
    Ok(sent_to(&visit, &format!("{}?done=songshen", one.desk_path())))
}

/// What is public of the organ, for whoever may withdraw it.
pub async fn ends(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let all = Question::of_organ(visit.house.store(), &clerk.organ.code).await?;
    let public = all.iter().filter(|one| one.state == QuestionState::Published);
    let rows = public.map(|one| row(&visit, &clerk, one, &one.path())).collect();
    let desk = Workbench::of(&visit, clerk, "wenda-chehui", "撤回问答").await?;
    web::page::answer(&QuestionEndsPage { desk: desk.saying(&done.done, SAID), rows })
}

/// Withdraws one.
pub async fn withdraw(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let found = Question::find(visit.house.store(), &id).await?;
    let one = found.filter(|one| one.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    let reason = form.get(REASON).trim().to_owned();
    clerk.may(WITHDRAW, &tie(&one).because(&reason))?;
    let desk = desk_of(&visit, &clerk).await?;
    seen(question::withdraw(desk, &Signatory::of(&clerk), &id, &reason).await)?;
    Ok(sent_to(&visit, &format!("{QUESTION_ENDS}?done=chehui")))
}

impl QuestionsPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有政策问答")
            .because("从信箱、窗口、热线里问得多的写起，每条写明依据哪份文件的哪一条。")
    }
}

impl QuestionEndsPage {
    fn empty(&self) -> Empty {
        Empty::new("没有已经公开的问答").because("公开的问答在这里列出，可以撤回。")
    }
}
