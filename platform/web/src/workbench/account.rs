//! `/gongzuo/zhanghao`: one's own account, where it is signed in, and the way out.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use identity::{Account, Session, Step};

use super::Submitted;
use crate::address::with_query;
use crate::clerk::Seal;
use crate::entrance::{
    Cookie, ENROL, Entrance, Entrant, FACTOR, LOGIN, PASSWORD, fresh, place_of, returned, said,
    sent_on,
};
use crate::moments::minute_of;
use crate::{Fault, House, Visit};

#[derive(Template)]
#[template(path = "entrance/account.html")]
struct AccountPage {
    entrance: Entrance,
    seal: Seal,
    login: String,
    password_since: String,
    sessions: Vec<Row>,
    home: String,
    password: String,
    /// Where the account is linked to a provider of single sign-on, and what that is called.
    single: Option<(String, String)>,
}

struct Row {
    id: String,
    begun: String,
    address: String,
    agent: String,
    current: bool,
}

async fn page(visit: &Visit, entrant: &Entrant) -> Result<AccountPage, Fault> {
    let store = visit.house.store();
    let account = Account::find(store, &entrant.0.account).await?.ok_or(Fault::NotFound)?;
    let row = |session: Session| Row {
        current: session.id == entrant.0.id,
        begun: minute_of(session.begun_at),
        id: session.id,
        address: session.address,
        agent: session.agent,
    };
    let sessions = Session::of_person(store, &entrant.0.person).await?;
    let single = visit.house.provider().map(|provider| {
        (visit.site.link(crate::entrance::single::START), provider.name().to_owned())
    });
    Ok(AccountPage {
        single,
        entrance: Entrance::of(visit, "我的账号"),
        seal: entrant.seal(),
        login: account.login,
        password_since: account.password_since.map(|day| day.to_string()).unwrap_or_default(),
        sessions: sessions.into_iter().map(row).collect(),
        home: visit.site.link(super::HOME),
        password: visit.site.link(PASSWORD),
    })
}

/// The account.
pub(super) async fn show(visit: Visit, entrant: Entrant) -> Result<Response, Fault> {
    match entrant.0.step {
        Step::Open => fresh(&page(&visit, &entrant).await?),
        other => Ok(sent_on(&visit.site.link(place_of(other)), None)),
    }
}

/// Ends a session, or all others, or begins to bind another device.
pub(super) async fn act(
    State(house): State<Arc<House>>,
    visit: Visit,
    entrant: Entrant,
    form: Submitted,
) -> Result<Response, Fault> {
    let session = &entrant.0;
    let here = visit.site.link(super::ACCOUNT);
    if session.step != Step::Open {
        return Ok(sent_on(&visit.site.link(place_of(session.step)), None));
    }
    if !session.is_fresh(house.ledger().clock().now()) {
        return Ok(sent_on(&with_query(&visit.site.link(FACTOR), &[("next", &here)]), None));
    }
    let desk = house.ledger().desk(session.actor()).await?;
    let done = match (form.words("end"), form.has("others"), form.has("bind")) {
        (Some(id), ..) => session.end(desk, Some(id), "ended by the person").await,
        (None, true, _) => session.end(desk, None, "ended by the person").await,
        (None, false, true) => match session.bind_anew(desk).await {
            Ok(()) => return Ok(sent_on(&visit.site.link(ENROL), None)),
            refused => refused,
        },
        (None, false, false) => Ok(()),
    };
    match done {
        Ok(()) => Ok(sent_on(&here, None)),
        Err(refusal) => {
            let words = said(refusal)?;
            let mut page = page(&visit, &entrant).await?;
            page.entrance = page.entrance.wrong(words);
            returned(&page)
        }
    }
}

/// 退出.
pub(super) async fn leave(
    State(house): State<Arc<House>>,
    visit: Visit,
    entrant: Entrant,
) -> Result<Response, Fault> {
    let desk = house.ledger().desk(entrant.0.actor()).await?;
    entrant.0.end(desk, Some(&entrant.0.id), "signed out").await.map_err(Fault::inside)?;
    let to = with_query(&visit.site.link(LOGIN), &[("why", "left")]);
    Ok(sent_on(&to, Some(&Cookie::gone())))
}
