//! `…/quxiao`: what was announced for a day and is not held.

use askama::Template;
use axum::extract::Path;
use axum::http::Method;
use axum::response::{Html, Response};
use identity::powers::Tie;
use participation_rules::{GatheringStep, HearingStep, InterviewStep};
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Route, Visit};

use super::{HEARING_CANCEL, LIST, desk_of, gathering, hearing, interview, seen, sent_to};
use crate::acts::cancellation;
use crate::store::Cancellable;

#[derive(Template)]
#[template(path = "workbench/cancellation.html")]
struct CancelPage {
    desk: Workbench,
    words: Words,
    title: String,
    here: String,
    cancels: bool,
}

/// What the page says of a kind.
struct Words {
    heading: &'static str,
    /// What one reads before.
    before: &'static str,
    /// Where the reason will stand.
    notice: &'static str,
    /// The entry of the menu, and what its list is called and where it is.
    menu: (&'static str, &'static str, &'static str),
}

const fn words(what: Cancellable) -> Words {
    match what {
        Cancellable::Hearing => Words {
            heading: "取消听证",
            before: "取消以后不再报名、抽取，公告页写明取消的日子和原因。要改期的，取消以后另行公告。",
            notice: "公告页",
            menu: ("zhengji", "征求意见", LIST),
        },
        Cancellable::Gathering => Words {
            heading: "取消活动",
            before: "取消以后不再报名，公告页写明取消的日子和原因，报了名的逐个通知。要改期的，取消以后另行公告。",
            notice: "公告页",
            menu: ("huodong", "活动和会议", gathering::LIST),
        },
        Cancellable::Interview => Words {
            heading: "取消访谈",
            before: "取消以后不再收提问，预告页写明取消的日子和原因。要改期、换人的，取消以后另行预告。",
            notice: "预告页",
            menu: ("fangtan", "在线访谈", interview::LIST),
        },
    }
}

/// What is announced, as far as cancelling it asks.
struct Announced {
    title: String,
    /// At the workbench, and for everybody.
    paths: (String, String),
    /// With whoever wrote it.
    tie: Tie,
    cancels: bool,
}

/// The organ's at an address; the caller asks the policy.
async fn at(
    visit: &Visit,
    clerk: &Clerk,
    (what, id): (Cancellable, &str),
) -> Result<Announced, Fault> {
    let (title, paths, tie, authors, cancels) = match what {
        Cancellable::Hearing => {
            let (of, stage) = hearing::of_organ(visit, clerk, id).await?;
            let (paths, tie) = ((of.desk_path(), of.path()), hearing::tie(&of, stage));
            (of.said.title, paths, tie, of.authors, stage.after(HearingStep::Cancel).is_ok())
        }
        Cancellable::Gathering => {
            let (of, stage) = gathering::of_organ(visit, clerk, id).await?;
            let (paths, tie) = ((of.desk_path(), of.path()), gathering::tie(&of, stage));
            (of.said.title, paths, tie, of.authors, stage.after(GatheringStep::Cancel).is_ok())
        }
        Cancellable::Interview => {
            let (of, stage) = interview::of_organ(visit, clerk, id).await?;
            let (paths, tie) = ((of.desk_path(), of.path()), interview::tie(&of, stage));
            (of.said.title, paths, tie, of.authors, stage.after(InterviewStep::Cancel).is_ok())
        }
    };
    let tie = authors.into_iter().fold(tie, Tie::by);
    Ok(Announced { title, paths, tie, cancels })
}

/// Where one kind is cancelled.
pub(super) fn routes(what: Cancellable, path: &'static str) -> [Route; 2] {
    let page =
        move |visit: Visit, clerk: Clerk, Path(id): Path<String>| show(visit, clerk, (what, id));
    let form = move |visit: Visit, clerk: Clerk, Path(id): Path<String>, form: Submitted| {
        cancel(visit, clerk, (what, id), form)
    };
    [
        Route::power(HEARING_CANCEL, Method::GET, path, page),
        Route::power(HEARING_CANCEL, Method::POST, path, form),
    ]
}

/// Shows where it is cancelled.
async fn show(
    visit: Visit,
    clerk: Clerk,
    (what, id): (Cancellable, String),
) -> Result<Html<String>, Fault> {
    let of = at(&visit, &clerk, (what, &id)).await?;
    let words = words(what);
    let (entry, above, list) = words.menu;
    let desk = Workbench::of(&visit, clerk, entry, words.heading).await?.under(above, list);
    web::page::answer(&CancelPage {
        // The pages of an interview stand beside each other.
        desk: match what {
            Cancellable::Interview => desk,
            _ => desk.under(of.title.clone(), &of.paths.0),
        },
        words,
        here: visit.site.link(&format!("{}/quxiao", of.paths.0)),
        cancels: of.cancels,
        title: of.title,
    })
}

/// Cancels it.
async fn cancel(
    visit: Visit,
    clerk: Clerk,
    (what, id): (Cancellable, String),
    form: Submitted,
) -> Result<Response, Fault> {
    let of = at(&visit, &clerk, (what, &id)).await?;
    let reason = form.get(REASON);
    clerk.may(HEARING_CANCEL, &of.tie.because(reason))?;
    let desk = desk_of(&visit, &clerk).await?;
    let which = (clerk.organ.code.as_str(), what, id.as_str());
    seen(cancellation::cancel(desk, which, reason).await)?;
    Ok(sent_to(&visit, &of.paths.1))
}
