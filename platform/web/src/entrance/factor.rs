//! `/gongzuo/denglu/yanzheng`: the second factor.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use identity::{Session, Step};
use serde::Deserialize;

use super::login::onward;
use super::{Cookie, Entrance, Entrant, fresh, returned, said, sent_on};
use crate::clerk::Seal;
use crate::workbench::Submitted;
use crate::{Fault, House, Visit};

#[derive(Template)]
#[template(path = "entrance/factor.html")]
struct FactorPage {
    entrance: Entrance,
    seal: Seal,
    next: String,
    /// It is asked for again, for one act.
    again: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wish {
    pub(crate) next: String,
}

fn page(visit: &Visit, entrant: &Entrant, next: String) -> FactorPage {
    let again = entrant.0.step == Step::Open;
    let title = if again { "再次验证" } else { "第二步验证" };
    FactorPage { entrance: Entrance::of(visit, title), seal: entrant.seal(), next, again }
}

/// Asks for a code; whoever is at another step goes there.
pub(crate) async fn show(
    visit: Visit,
    entrant: Entrant,
    Query(wish): Query<Wish>,
) -> Result<Response, Fault> {
    match entrant.0.step {
        Step::Factor | Step::Open => fresh(&page(&visit, &entrant, wish.next)),
        other => Ok(sent_on(&onward(&visit, other, &wish.next), None)),
    }
}

/// Tries a code.
pub(crate) async fn prove(
    State(house): State<Arc<House>>,
    visit: Visit,
    entrant: Entrant,
    form: Submitted,
) -> Result<Response, Fault> {
    let next = form.get("next").to_owned();
    if !matches!(entrant.0.step, Step::Factor | Step::Open) {
        return Ok(sent_on(&onward(&visit, entrant.0.step, &next), None));
    }
    match entrant.0.prove(house.ledger(), form.get("code")).await {
        Ok(cookie) => go_on(&house, &visit, &cookie, &next).await,
        Err(refusal) => {
            let mut page = page(&visit, &entrant, next);
            page.entrance = page.entrance.wrong(said(refusal)?);
            returned(&page)
        }
    }
}

/// Under the new cookie to wherever the session has got.
pub(super) async fn go_on(
    house: &House,
    visit: &Visit,
    cookie: &str,
    next: &str,
) -> Result<Response, Fault> {
    let now = house.ledger().clock().now();
    let session = Session::of_cookie(house.store(), cookie, now).await?.ok_or(Fault::NotFound)?;
    Ok(sent_on(&onward(visit, session.step, next), Some(&Cookie::session(cookie))))
}
