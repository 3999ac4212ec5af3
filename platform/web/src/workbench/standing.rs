//! `/gongzuo/shenfen`: as whom one acts. One post at a time; rights of two never add up.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use identity::{Standing, Step, Unit};
use serde::Deserialize;

use super::{LEAVE, Submitted};
use crate::clerk::Seal;
use crate::entrance::{Cookie, Entrance, Entrant, fresh, place_of, said, sent_on};
use crate::modes::same_origin;
use crate::{Fault, House, Visit};

#[derive(Template)]
#[template(path = "entrance/standing.html")]
struct StandingPage {
    entrance: Entrance,
    seal: Seal,
    next: String,
    posts: Vec<Choice>,
    leave: String,
    account: String,
}

struct Choice {
    post: String,
    stand_in: String,
    organ: String,
    unit: String,
    role: &'static str,
    instead: bool,
    current: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    next: String,
}

async fn page(visit: &Visit, entrant: &Entrant, next: String) -> Result<StandingPage, Fault> {
    let (store, session) = (visit.house.store(), &entrant.0);
    let today = visit.house.ledger().clock().today();
    let units = Unit::all(store).await?;
    let all = Standing::all_of(store, &session.person, today).await?;
    let choice = |one: Standing| {
        let stand_in = one.stand_in.clone().unwrap_or_default();
        let unit = units.iter().find(|unit| unit.id == one.unit);
        Choice {
            current: one.post == session.post && stand_in == session.stand_in,
            instead: one.stands_in_for.is_some(),
            role: one.role.name(),
            organ: one.organ.name,
            unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
            post: one.post,
            stand_in,
        }
    };
    Ok(StandingPage {
        entrance: Entrance::of(visit, "选择身份"),
        seal: entrant.seal(),
        next,
        posts: all.into_iter().map(choice).collect(),
        leave: visit.site.link(LEAVE),
        account: visit.site.link(super::ACCOUNT),
    })
}

/// The posts held today; who has not finished signing in goes on there.
pub(super) async fn show(
    visit: Visit,
    entrant: Entrant,
    Query(wish): Query<Wish>,
) -> Result<Response, Fault> {
    match entrant.0.step {
        Step::Open => fresh(&page(&visit, &entrant, wish.next).await?),
        other => Ok(sent_on(&visit.site.link(place_of(other)), None)),
    }
}

/// Takes another post.
pub(super) async fn choose(
    State(house): State<Arc<House>>,
    visit: Visit,
    entrant: Entrant,
    form: Submitted,
) -> Result<Response, Fault> {
    if entrant.0.step != Step::Open {
        return Ok(sent_on(&visit.site.link(place_of(entrant.0.step)), None));
    }
    let desk = house.ledger().desk(entrant.0.actor()).await?;
    let (post, stand_in) = form.get("post").split_once('/').unwrap_or((form.get("post"), ""));
    match entrant.0.switch(desk, post, stand_in).await {
        Ok(cookie) => {
            let home = visit.site.link(super::HOME);
            let next = Some(same_origin(form.get("next"))).filter(|next| *next != "/");
            Ok(sent_on(next.unwrap_or(&home), Some(&Cookie::session(&cookie))))
        }
        Err(refusal) => {
            let words = said(refusal)?;
            let mut page = page(&visit, &entrant, form.get("next").to_owned()).await?;
            page.entrance = page.entrance.wrong(words);
            crate::entrance::returned(&page)
        }
    }
}
