//! `/gongzuo/canyu/{what}/{id}/chexia`: a hearing, a list of decisions or answers that should not have been published are
//! proposed to be withdrawn, and decided by another.

use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use identity::powers::Tie;
use participation_rules::{HearingStep, ListStep, Step};
use web::workbench::{Clock, REASON, Submitted, Todo, Workbench};
use web::{Clerk, Fault, House, Visit};

use super::withdraw::{SAID, WithdrawPage};
use super::{
    DECISIONS, Done, LIST, TAKE_DOWN, by, decisions, desk_of, hearing, of_organ, seen, sent_to, tie,
};
use crate::acts::withdrawal::beside;
use crate::store::{Beside, DecisionList, Withdrawal};

/// What stands at an address, as far as its withdrawal asks.
struct Piece {
    what: Beside,
    id: String,
    title: String,
    desk_path: String,
    tie: Tie,
    /// It may be withdrawn as it stands.
    public: bool,
}

/// Where one of them is proposed to be withdrawn.
pub(super) fn path(what: Beside, id: &str) -> String {
    format!("/gongzuo/canyu/{}/{id}/chexia", what.address())
}

/// What is withdrawn, in the heading of its page; what one reads before; and under which entry of the menu.
fn words(what: Beside) -> (&'static str, &'static str, (&'static str, &'static str, &'static str)) {
    match what {
        Beside::Hearing => (
            "撤下听证公告",
            "公布错了的才撤下，例如露出了不该公开的个人信息、事项写错。不开了的，取消，不是撤下。撤下以后公告、名单、参加人、记录都看不到，原来的网址写明撤下和理由，公开日志留有记录；不再报名，要听证的重新起草。",
            ("zhengji", "征求意见", LIST),
        ),
        Beside::DecisionList => (
            "撤下决策事项目录",
            "公布错了的才撤下，例如发的不是党委同意的那一份。有变化的，另起草一份。撤下以后目录和进展都看不到，原来的网址写明撤下和理由，公开日志留有记录；要公布的重新起草。",
            ("juece", "决策事项目录", DECISIONS),
        ),
        Beside::Answers => (
            "撤下意见采纳情况",
            "公布错了的才撤下，例如露出了不该公开的个人信息、定稿贴错。公告还在；撤下以后采纳情况看不到，原来的网址写明撤下和理由，公开日志留有记录。每一条意见都要有答复：改正以后重新送审、公布。",
            ("zhengji", "征求意见", LIST),
        ),
    }
}

/// The organ's piece at an address; the caller asks the policy.
async fn at(visit: &Visit, clerk: &Clerk, what: &str, id: &str) -> Result<Piece, Fault> {
    let what = Beside::at(what).ok_or(Fault::NotFound)?;
    let (title, desk_path, tie, public) = match what {
        Beside::Hearing => {
            let (of, stage) = hearing::of_organ(visit, clerk, id).await?;
            let public = stage.after(HearingStep::Withdraw).is_ok();
            (of.said.title.clone(), of.desk_path(), hearing::tie(&of, stage), public)
        }
        Beside::DecisionList => {
            let found = DecisionList::find(visit.house.store(), id).await?;
            let found = found.filter(|found| found.organ == clerk.organ.code);
            let of = found.ok_or(Fault::NotFound)?;
            let public = of.state.after(ListStep::Withdraw).is_ok();
            (of.said.title.clone(), of.desk_path(), decisions::tie(&of), public)
        }
        Beside::Answers => {
            let (of, stage) = of_organ(visit, clerk, id).await?;
            let public = stage.after(Step::WithdrawAnswers).is_ok();
            (of.said.title.clone(), of.desk_path(), tie(&of, stage), public)
        }
    };
    Ok(Piece { what, id: id.to_owned(), title, desk_path, tie, public })
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    piece: Piece,
    deciding: bool,
) -> Result<WithdrawPage, Fault> {
    let all = Withdrawal::beside(visit.house.store(), (piece.what, &piece.id)).await?;
    let waits = all.iter().any(|one| one.waits);
    let (own, before, (entry, above, list)) = words(piece.what);
    let heading = if deciding { "审定撤下" } else { own };
    let here = path(piece.what, &piece.id);
    let here = if deciding { format!("{here}/shending") } else { here };
    let desk = Workbench::of(visit, clerk, entry, heading).await?;
    Ok(WithdrawPage {
        desk: desk.under(above, list).under(piece.title.clone(), &piece.desk_path),
        heading,
        words: before,
        here: visit.site.link(&here),
        title: piece.title,
        all,
        proposes: piece.public && !deciding && !waits,
        decides: piece.public && deciding && waits,
    })
}

/// Shows what can be proposed.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path((what, id)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let mut piece = at(&visit, &clerk, &what, &id).await?;
    piece.tie = piece.tie.because("看");
    clerk.may(TAKE_DOWN.0, &piece.tie)?;
    let page = page(&visit, clerk, piece, false).await?;
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&WithdrawPage { desk, ..page })
}

/// Proposes it.
pub(super) async fn propose(
    visit: Visit,
    clerk: Clerk,
    Path((what, id)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, Fault> {
    let piece = at(&visit, &clerk, &what, &id).await?;
    let reason = form.get(REASON);
    clerk.may(TAKE_DOWN.0, &piece.tie.because(reason))?;
    let desk = desk_of(&visit, &clerk).await?;
    let which = (clerk.organ.code.as_str(), piece.what, id.as_str());
    seen(beside::propose(desk, &by(&clerk), which, reason).await)?;
    Ok(sent_to(&visit, &format!("{}?done=tichu", path(piece.what, &id))))
}

/// Shows what is proposed to whoever decides.
pub(super) async fn deciding(
    visit: Visit,
    clerk: Clerk,
    Path((what, id)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let piece = at(&visit, &clerk, &what, &id).await?;
    let page = page(&visit, clerk, piece, true).await?;
    if page.all.is_empty() {
        return Err(Fault::NotFound);
    }
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&WithdrawPage { desk, ..page })
}

/// Decides it.
pub(super) async fn decide(
    visit: Visit,
    clerk: Clerk,
    Path((what, id)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, Fault> {
    let piece = at(&visit, &clerk, &what, &id).await?;
    let reason = form.get(REASON);
    let mut tie = piece.tie.because(reason);
    let all = Withdrawal::beside(visit.house.store(), (piece.what, &id)).await?;
    for person in all.iter().filter(|one| one.waits).flat_map(|one| &one.proposers) {
        tie = tie.by(person.clone());
    }
    clerk.may(TAKE_DOWN.1, &tie)?;
    let withdraw = match form.get("jueding") {
        "chexia" => true,
        "baoliu" => false,
        _ => return Err(Fault::field("jueding", "选撤下还是不撤下")),
    };
    let desk = desk_of(&visit, &clerk).await?;
    let which = (clerk.organ.code.as_str(), piece.what, id.as_str());
    seen(beside::decide(desk, &by(&clerk), which, (withdraw, reason)).await)?;
    Ok(sent_to(&visit, &format!("{}/shending?done=shending", path(piece.what, &id))))
}

/// What waits to be decided.
pub(super) async fn waiting(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let all = Withdrawal::waiting_beside(house.store(), &clerk.organ.code).await?;
    let todo = |(what, id, title): (Beside, String, String)| {
        let (heading, _, (entry, ..)) = words(what);
        Todo {
            entry,
            kind: "审定撤下",
            title,
            detail: format!("提出{heading}"),
            clock: Clock::Open,
            path: format!("{}/shending", path(what, &id)),
            act: "去审定",
        }
    };
    Ok(all.into_iter().map(todo).collect())
}
