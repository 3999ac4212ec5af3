//! 信息精准推送 for officers, and 投递 for whoever runs the platform.

mod deliveries;
mod push;
mod push_form;
mod pushes;

use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use identity::powers::Tie;
use ledger::Desk;
use web::workbench::{DeskEntry, DeskSample, Todo, TodoSource};
use web::{Clerk, Fault, House, Later, Route, Visit};

use crate::store::Push;

/// Where pushes are written and read, where they are decided.
const PROPOSE: &str = "push.propose";
const READ: &str = "push.read";
const APPROVE: &str = "push.approve";

/// Where the queue is seen, and where it is worked at.
const SEE: &str = "settings.read";
const MEND: &str = "settings.edit";

/// The entries in the menu of the workbench.
pub(crate) const NAV: &[DeskEntry] = &[
    DeskEntry {
        heading: "公开", rank: 28, key: "tuisong", words: "信息推送", path: pushes::PATH
    },
    DeskEntry {
        heading: "管理",
        rank: 92,
        key: "toudi",
        words: "订阅投递",
        path: deliveries::PATH,
    },
];

/// Pushes that wait for a decision.
pub(crate) const TODOS: TodoSource = TodoSource { list: todos };

/// An address of each type of page.
pub(crate) const SAMPLES: &[DeskSample] = &[
    DeskSample {
        name: "notices desk pushes",
        path: |_, _| Box::pin(async { Ok(Some(pushes::PATH.into())) }),
    },
    DeskSample {
        name: "notices desk push form",
        path: |_, _| Box::pin(async { Ok(Some(push_form::PATH.into())) }),
    },
    DeskSample {
        name: "notices desk deliveries",
        path: |_, _| Box::pin(async { Ok(Some(deliveries::PATH.into())) }),
    },
];

/// The pages for everybody and, beside them, those at the workbench.
pub(crate) fn beside(mut public: Vec<Route>) -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    public.extend([
        Route::power(READ, get(), pushes::PATH, pushes::show),
        Route::power(PROPOSE, get(), push_form::PATH, push_form::show),
        Route::power(PROPOSE, post(), push_form::PATH, push_form::send),
        Route::power(READ, get(), "/gongzuo/tuisong/{id}", push::show),
        Route::power(APPROVE, post(), "/gongzuo/tuisong/{id}/jueding", push::decide),
        Route::power(PROPOSE, post(), "/gongzuo/tuisong/{id}/chehui", push::withdraw),
        Route::power(SEE, get(), deliveries::PATH, deliveries::show),
        Route::power(MEND, post(), "/gongzuo/toudi/chongfa", deliveries::again),
        Route::power(MEND, post(), "/gongzuo/toudi/shifa", deliveries::test),
    ]);
    public
}

fn todos<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(async move {
        if !clerk.has_power(APPROVE) {
            return Ok(vec![]);
        }
        let waiting = Push::waiting(house.store(), &clerk.organ.code).await?;
        let others = waiting.into_iter().filter(|push| !clerk.is_among(push.proposers()));
        Ok(others.map(|push| todo(&push)).collect())
    })
}

/// A desk at which the clerk acts.
async fn desk_of(visit: &Visit, clerk: &Clerk) -> Result<Desk, Fault> {
    Ok(visit.house.ledger().desk(clerk.actor()).await?)
}

/// What of a push the access policy asks about.
fn tie(push: &Push) -> Tie {
    push.proposers().fold(Tie::to(&push.organ), |tie, person| tie.by(person))
}

/// Sends the clerk on to a page, below the site.
fn sent_to(visit: &Visit, path: &str) -> Response {
    let to = HeaderValue::try_from(visit.site.link(path));
    let to = to.unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// A push that waits for a decision.
fn todo(push: &Push) -> Todo {
    Todo {
        entry: "tuisong",
        kind: "推送审批",
        title: push.title.clone(),
        detail: format!("{} 提出", push.proposed_name),
        clock: web::workbench::Clock::Open,
        path: format!("/gongzuo/tuisong/{}", push.id),
        act: "去审批",
    }
}
