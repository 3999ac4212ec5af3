//! `…/chexia`: what should not have been published is proposed to be withdrawn, and decided by another.

mod piece;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::Method;
use axum::response::{Html, Response};
use serde::Deserialize;
use web::workbench::{Clock, REASON, Submitted, Todo, Workbench};
use web::{Clerk, Fault, House, Route, Visit};

use super::{Done, TAKE_DOWN, by, desk_of, seen, sent_to};
use crate::acts::withdrawal;
use crate::store::{Withdrawable, Withdrawal};
use piece::Piece;

pub(super) use piece::path;

const SAID: &[(&str, &str)] =
    &[("tichu", "已提出，由签发人审定。审定以前照常公开。"), ("shending", "已审定。")];

#[derive(Template)]
#[template(path = "workbench/withdrawal.html")]
struct WithdrawPage {
    desk: Workbench,
    heading: &'static str,
    title: String,
    /// What one reads before it is proposed.
    before: &'static str,
    /// What was proposed, by whom, and what became of it.
    all: Vec<String>,
    here: String,
    /// It may be proposed now.
    proposes: bool,
    /// It may be decided now.
    decides: bool,
}

/// What an address names.
#[derive(Deserialize)]
struct Named {
    id: String,
    /// What it is, where one address serves several kinds.
    #[serde(default)]
    what: String,
}

impl Named {
    /// The organ's piece there, of a kind, or of the kind that is named; the caller asks the policy.
    async fn piece(
        &self,
        what: Option<Withdrawable>,
        (visit, clerk): (&Visit, &Clerk),
    ) -> Result<Piece, Fault> {
        let what = what.or_else(|| piece::named(&self.what)).ok_or(Fault::NotFound)?;
        Piece::at(visit, clerk, (what, &self.id)).await
    }
}

/// Where one kind is proposed to be withdrawn, and where that is decided; none: the kind is named in the address.
pub(super) fn routes(
    what: Option<Withdrawable>,
    (proposing, deciding): (&'static str, &'static str),
) -> Vec<Route> {
    let propose_page =
        move |visit: Visit, clerk: Clerk, Path(at): Path<Named>, Query(done): Query<Done>| {
            show(visit, clerk, (what, at), (false, done))
        };
    let decide_page =
        move |visit: Visit, clerk: Clerk, Path(at): Path<Named>, Query(done): Query<Done>| {
            show(visit, clerk, (what, at), (true, done))
        };
    let mut all = forms(what, (proposing, deciding));
    all.extend([
        Route::power(TAKE_DOWN.0, Method::GET, proposing, propose_page),
        Route::power(TAKE_DOWN.1, Method::GET, deciding, decide_page),
    ]);
    all
}

/// Where the forms of one kind are sent, for kinds that show them on a page of their own.
pub(super) fn forms(
    what: Option<Withdrawable>,
    (proposing, deciding): (&'static str, &'static str),
) -> Vec<Route> {
    let proposed = move |visit: Visit, clerk: Clerk, Path(at): Path<Named>, form: Submitted| {
        propose(visit, clerk, (what, at), form)
    };
    let decided = move |visit: Visit, clerk: Clerk, Path(at): Path<Named>, form: Submitted| {
        decide(visit, clerk, (what, at), form)
    };
    vec![
        Route::power(TAKE_DOWN.0, Method::POST, proposing, proposed),
        Route::power(TAKE_DOWN.1, Method::POST, deciding, decided),
    ]
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    piece: Piece,
    deciding: bool,
) -> Result<WithdrawPage, Fault> {
    let all = Withdrawal::of(visit.house.store(), (piece.what, &piece.id)).await?;
    let waits = all.iter().any(|one| one.waits);
    let words = piece::words(piece.what);
    let heading = if deciding { "审定撤下" } else { words.heading };
    let here = path(piece.what, &piece.id);
    let here = if deciding { format!("{here}/shending") } else { here };
    let desk = Workbench::of(visit, clerk, words.entry, heading).await?;
    let desk = desk.under(words.above, words.list);
    Ok(WithdrawPage {
        // The pages of an interview stand beside each other.
        desk: match piece.what {
            Withdrawable::Interview => desk,
            _ => desk.under(piece.title.clone(), &piece.desk_path),
        },
        heading,
        before: words.before,
        here: visit.site.link(&here),
        title: piece.title,
        all: all.iter().map(line).collect(),
        proposes: piece.public && !deciding && !waits,
        decides: piece.public && deciding && waits,
    })
}

/// A proposal and what became of it, in a line.
fn line(one: &Withdrawal) -> String {
    let proposed = format!("{}提出：{}。", one.proposed_name, one.reason);
    let decided = if one.withdrawn { "审定撤下" } else { "审定不撤下" };
    match one.decided_reason.as_str() {
        _ if one.waits => format!("{proposed}等审定。"),
        "" => format!("{proposed}{}{decided}。", one.decided_name),
        reason => format!("{proposed}{}{decided}：{reason}。", one.decided_name),
    }
}

/// Shows what can be proposed, or, to whoever decides, what is.
async fn show(
    visit: Visit,
    clerk: Clerk,
    (what, at): (Option<Withdrawable>, Named),
    (deciding, done): (bool, Done),
) -> Result<Html<String>, Fault> {
    let piece = at.piece(what, (&visit, &clerk)).await?;
    if !deciding {
        piece.seen_by(&clerk)?;
    }
    let page = page(&visit, clerk, piece, deciding).await?;
    // What was refused may be gone by the time that is said.
    if deciding && page.all.is_empty() && done.done.is_empty() {
        return Err(Fault::NotFound);
    }
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&WithdrawPage { desk, ..page })
}

/// Proposes it.
async fn propose(
    visit: Visit,
    clerk: Clerk,
    (what, at): (Option<Withdrawable>, Named),
    form: Submitted,
) -> Result<Response, Fault> {
    let piece = at.piece(what, (&visit, &clerk)).await?;
    let reason = form.get(REASON);
    clerk.may(TAKE_DOWN.0, &piece.tie.because(reason))?;
    let desk = desk_of(&visit, &clerk).await?;
    let which = (clerk.organ.code.as_str(), piece.what, at.id.as_str());
    seen(withdrawal::propose(desk, &by(&clerk), which, reason).await)?;
    Ok(sent_to(&visit, &format!("{}?done=tichu", path(piece.what, &at.id))))
}

/// Decides it.
async fn decide(
    visit: Visit,
    clerk: Clerk,
    (what, at): (Option<Withdrawable>, Named),
    form: Submitted,
) -> Result<Response, Fault> {
    let piece = at.piece(what, (&visit, &clerk)).await?;
    let reason = form.get(REASON);
    let mut tie = piece.tie.because(reason);
    let all = Withdrawal::of(visit.house.store(), (piece.what, &at.id)).await?;
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
    let which = (clerk.organ.code.as_str(), piece.what, at.id.as_str());
    seen(withdrawal::decide(desk, &by(&clerk), which, (withdraw, reason)).await)?;
    Ok(sent_to(&visit, &format!("{}/shending?done=shending", path(piece.what, &at.id))))
}

/// What waits to be decided, of those that are proposed in a table of their own; the others say it where they say what else
/// waits of them.
pub(super) async fn waiting(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let all = Withdrawal::waiting(house.store(), &clerk.organ.code).await?;
    let todo = |(what, id, title): (Withdrawable, String, String)| {
        let words = piece::words(what);
        let detail = match what {
            Withdrawable::Consultation | Withdrawable::Questionnaire => {
                format!("提出撤下已经公布的{}", words.above)
            }
            _ => format!("提出{}", words.heading),
        };
        Todo {
            entry: words.entry,
            kind: "审定撤下",
            title,
            detail,
            clock: Clock::Open,
            path: format!("{}/shending", path(what, &id)),
            act: "去审定",
        }
    };
    Ok(all.into_iter().map(todo).collect())
}
