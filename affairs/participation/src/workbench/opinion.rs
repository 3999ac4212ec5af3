//! `/gongzuo/zhengji/{id}/yijian/{number}`: one opinion: answered, looked into, hidden by two.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use participation_rules::{Ground, SOME_ORGANISATION, Stage, Step, Verdict, about};
use web::components::{ErrorSummary, FieldError, Tag};
use web::workbench::{REASON, SHOWN, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::opinions::{first_of, tag};
use super::{
    ANSWER, CONTACT, Done, HIDE, LIST, PROPOSE, READ_OPINIONS, by, desk_of, of_organ, own, page_of,
    seen, sent_to, tie,
};
use crate::acts::answering::{self, Answer};
use crate::acts::{ActError, contact, grouping, hiding};
use crate::store::{Consultation, HandedIn, Hiding, Opinion, OpinionState, Original};

const SAID: &[(&str, &str)] = &[
    ("tiqing", "已提请屏蔽，由保密审查员审定。审定以前这条意见照样算数。"),
    ("chaikai", "已拆开，这一条单独答复。"),
];

#[derive(Template)]
#[template(path = "workbench/opinion.html")]
struct OpinionPage {
    desk: Workbench,
    errors: ErrorSummary,
    one: Opinion,
    about: String,
    text: String,
    tag: Tag,
    here: String,
    first: Option<i64>,
    answers: bool,
    verdicts: [Verdict; 3],
    given: [String; 5],
    opens: bool,
    original: Option<Original>,
    hides: bool,
    grounds: [Ground; 5],
    hidings: Vec<Hiding>,
}

#[derive(Template)]
#[template(path = "workbench/deciding.html")]
struct DecidingPage {
    desk: Workbench,
    one: Opinion,
    about: String,
    hidings: Vec<Hiding>,
    here: String,
    waits: bool,
}

async fn found(visit: &Visit, of: &Consultation, number: i64) -> Result<Opinion, Fault> {
    let one = Opinion::find(visit.house.store(), &of.id, number).await?;
    one.ok_or(Fault::NotFound)
}

/// The number of an opinion in an address; what is none names no opinion.
fn number_of(text: &str) -> Result<i64, Fault> {
    text.parse().map_err(|_| Fault::NotFound)
}

/// Shows one.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path((id, number)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = own(&visit, &clerk, READ_OPINIONS, &id).await?;
    let number = number_of(&number)?;
    let page = page(&visit, clerk, (of, stage, number), (None, vec![], None)).await?;
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&OpinionPage { desk, ..page })
}

/// What a form brought back: an answer that was refused, with what is wrong; or the opinion as it came.
type Brought = (Option<[String; 5]>, Vec<FieldError>, Option<Original>);

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage, number): (Consultation, Stage, i64),
    (given, errors, original): Brought,
) -> Result<OpinionPage, Fault> {
    let one = found(visit, &of, number).await?;
    let clauses = of.clauses(visit.house.store()).await?;
    let text = clauses.iter().find(|clause| clause.number == one.clause);
    let first = first_of(visit, &one).await?;
    let may = |act: &str| clerk.may(act, &tie(&of, stage).because("看")).is_ok();
    let open = one.state == OpinionState::Open;
    let (answers, opens) = (stage == Stage::Closed && may(ANSWER) && one.is_own(), may(CONTACT));
    let named = if answers { name_proposed(visit, &one)? } else { one.masked.clone() };
    let kept = || {
        let verdict = one.verdict.map_or("", Verdict::word).to_owned();
        let version = one.version.to_string();
        [one.shown.clone(), verdict, one.reason.clone(), named, version]
    };
    let hides = open && stage.after(Step::Hide).is_ok() && may(PROPOSE);
    let title = format!("第 {number} 条意见");
    let desk = Workbench::of(visit, clerk, "zhengji", title).await?;
    let desk = desk
        .under("征求意见", LIST)
        .under(of.said.title.clone(), &of.desk_path())
        .under("收到的意见", &page_of(&of, "/yijian"));
    let hidings = Hiding::of(visit.house.store(), &one.id).await?;
    Ok(OpinionPage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        about: about(one.clause, &clauses),
        text: text.map(|clause| clause.text.clone()).unwrap_or_default(),
        tag: tag(&one, first),
        here: visit.site.link(&page_of(&of, &format!("/yijian/{number}"))),
        first,
        answers,
        verdicts: Verdict::ALL,
        given: given.unwrap_or_else(kept),
        opens: opens && !one.is_erased() && original.is_none(),
        original,
        hides: hides && !hidings.iter().any(|hiding| hiding.waits),
        grounds: Ground::ALL,
        hidings,
        one,
    })
}

/// The name a form begins with: an organisation's as it gave it, which whoever answers may shorten; a person's masked.
fn name_proposed(visit: &Visit, one: &Opinion) -> Result<String, Fault> {
    if one.masked != SOME_ORGANISATION || one.is_erased() {
        return Ok(one.masked.clone());
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    Ok(one.original(sealer).map_err(Fault::inside)?.contact.name)
}

/// Answers it.
pub(super) async fn answer(
    visit: Visit,
    clerk: Clerk,
    Path((id, number)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = own(&visit, &clerk, ANSWER, &id).await?;
    let number = number_of(&number)?;
    let given = Answer {
        named: form.get("mingcheng"),
        shown: form.get("gongbu"),
        verdict: form.get("caina"),
        reason: form.get(REASON),
        version: form.get(SHOWN).parse().unwrap_or_default(),
    };
    let desk = desk_of(&visit, &clerk).await?;
    match answering::answer(desk, &by(&clerk), (&of.organ, &id, number), given).await {
        Err(ActError::Field(field, message)) => {
            let errors = vec![FieldError { field: field.into(), message }];
            // The form stays that of the version it was shown in.
            let given = [given.shown, given.verdict, given.reason, given.named, form.get(SHOWN)];
            let brought = (Some(given.map(str::to_owned)), errors, None);
            let page = page(&visit, clerk, (of, stage, number), brought).await?;
            return Ok(
                (StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response()
            );
        }
        other => seen(other)?,
    }
    // On to the next that waits, so that one goes through them in order.
    let next = Opinion::unanswered(visit.house.store(), &id).await?;
    let to = next.map_or_else(|| "/jieguo".to_owned(), |next| format!("/yijian/{}", next.number));
    Ok(sent_to(&visit, &page_of(&of, &to)))
}

/// Lets it stand for itself again.
pub(super) async fn part(
    visit: Visit,
    clerk: Clerk,
    Path((id, number)): Path<(String, String)>,
    _form: Submitted,
) -> Result<Response, Fault> {
    let (of, _) = own(&visit, &clerk, ANSWER, &id).await?;
    let number = number_of(&number)?;
    let desk = desk_of(&visit, &clerk).await?;
    seen(grouping::part(desk, &by(&clerk), (&of.organ, &id, number)).await)?;
    Ok(sent_to(&visit, &page_of(&of, &format!("/yijian/{number}?done=chaikai"))))
}

/// Opens who gave it, once it is written down who looks and why.
pub(super) async fn contact(
    visit: Visit,
    clerk: Clerk,
    Path((id, number)): Path<(String, String)>,
    form: Submitted,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let number = number_of(&number)?;
    let reason = form.get(REASON);
    clerk.may(CONTACT, &tie(&of, stage).because(reason))?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = desk_of(&visit, &clerk).await?;
    let opened = contact::open(desk, sealer, (&of.organ, &id, number), reason).await;
    let opened = seen(opened)?;
    let page = page(&visit, clerk, (of, stage, number), (None, vec![], Some(opened))).await?;
    web::page::answer(&page)
}

/// Proposes to hide it.
pub(super) async fn propose(
    visit: Visit,
    clerk: Clerk,
    Path((id, number)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let number = number_of(&number)?;
    let reason = form.get(REASON);
    clerk.may(PROPOSE, &tie(&of, stage).because(reason))?;
    let ground = Ground::parse(form.get("yuanyou"));
    let desk = desk_of(&visit, &clerk).await?;
    let which = (of.organ.as_str(), id.as_str(), number);
    seen(hiding::propose(desk, &by(&clerk), which, (ground, reason)).await)?;
    Ok(sent_to(&visit, &page_of(&of, &format!("/yijian/{number}?done=tiqing"))))
}

/// Shows what is proposed to whoever decides.
pub(super) async fn deciding(
    visit: Visit,
    clerk: Clerk,
    Path((id, number)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let (of, _) = of_organ(&visit, &clerk, &id).await?;
    let number = number_of(&number)?;
    let one = found(&visit, &of, number).await?;
    let hidings = Hiding::of(visit.house.store(), &one.id).await?;
    if hidings.is_empty() {
        return Err(Fault::NotFound);
    }
    let clauses = of.clauses(visit.house.store()).await?;
    let here = visit.site.link(&page_of(&of, &format!("/yijian/{number}/shending")));
    let desk = Workbench::of(&visit, clerk, "zhengji", "审定屏蔽").await?;
    let page = DecidingPage {
        desk: desk.saying(&done.done, &[("shending", "已审定。")]),
        about: about(one.clause, &clauses),
        waits: hidings.iter().any(|hiding| hiding.waits) && one.state == OpinionState::Open,
        one,
        hidings,
        here,
    };
    web::page::answer(&page)
}

/// Decides it.
pub(super) async fn decide(
    visit: Visit,
    clerk: Clerk,
    Path((id, number)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let number = number_of(&number)?;
    let one = found(&visit, &of, number).await?;
    let reason = form.get(REASON);
    let mut tie = tie(&of, stage).because(reason);
    for hiding in Hiding::of(visit.house.store(), &one.id).await?.iter().filter(|one| one.waits) {
        for person in &hiding.proposers {
            tie = tie.by(person.clone());
        }
    }
    clerk.may(HIDE, &tie)?;
    let hide = match form.get("jueding") {
        "pingbi" => true,
        "baoliu" => false,
        _ => return Err(Fault::field("jueding", "选屏蔽还是不屏蔽")),
    };
    let desk = desk_of(&visit, &clerk).await?;
    let which = (of.organ.as_str(), id.as_str(), number);
    seen(hiding::decide(desk, &by(&clerk), which, (hide, reason)).await)?;
    Ok(sent_to(&visit, &page_of(&of, &format!("/yijian/{number}/shending?done=shending"))))
}

impl OpinionPage {
    fn shown(&self) -> &'static str {
        SHOWN
    }
}
