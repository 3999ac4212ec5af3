//! `/gongzuo/denglu/kouling`: changing one's password.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use identity::{Profile, Step};

use super::factor::{Wish, go_on};
use super::login::onward;
use super::{Entrance, Entrant, fresh, returned, said, sent_on};
use crate::clerk::Seal;
use crate::workbench::Submitted;
use crate::{Fault, House, Visit};

#[derive(Template)]
#[template(path = "entrance/password.html")]
struct PasswordPage {
    entrance: Entrance,
    seal: Seal,
    next: String,
    hint: &'static str,
    /// It must be changed before anything else.
    must: bool,
}

async fn page(visit: &Visit, entrant: &Entrant, next: String) -> Result<PasswordPage, Fault> {
    Ok(PasswordPage {
        entrance: Entrance::of(visit, "修改口令"),
        seal: entrant.seal(),
        next,
        hint: Profile::in_force(visit.house.store()).await?.hint(),
        must: entrant.0.step == Step::Change,
    })
}

/// The form; whoever is at another step goes there.
pub(crate) async fn show(
    visit: Visit,
    entrant: Entrant,
    Query(wish): Query<Wish>,
) -> Result<Response, Fault> {
    match entrant.0.step {
        Step::Change | Step::Open => fresh(&page(&visit, &entrant, wish.next).await?),
        other => Ok(sent_on(&onward(&visit, other, &wish.next), None)),
    }
}

/// Changes it.
pub(crate) async fn change(
    State(house): State<Arc<House>>,
    visit: Visit,
    entrant: Entrant,
    form: Submitted,
) -> Result<Response, Fault> {
    let next = form.get("next").to_owned();
    let now = house.ledger().clock().now();
    if entrant.0.step == Step::Open && !entrant.0.is_fresh(now) {
        let here = visit.site.link(super::PASSWORD);
        let to = crate::address::with_query(&visit.site.link(super::FACTOR), &[("next", &here)]);
        return Ok(sent_on(&to, None));
    }
    let (old, new) = (form.get("old"), form.get("new"));
    let outcome = if new == form.get("again") {
        entrant.0.change_password(house.ledger(), old, new).await.map_err(said)
    } else {
        Err(Ok("两次填写的新口令不一样。改法: 重新填写。".into()))
    };
    match outcome {
        Ok(cookie) => go_on(&house, &visit, &cookie, &next).await,
        Err(words) => {
            let mut page = page(&visit, &entrant, next).await?;
            page.entrance = page.entrance.wrong(words?);
            returned(&page)
        }
    }
}
