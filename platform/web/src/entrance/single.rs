//! 统一身份认证: signing in by a provider of OpenID Connect, and linking one's account to it. The second
//! factor is asked for all the same.

use std::sync::Arc;

use askama::Template;
use axum::extract::{FromRequestParts, Query, Request, State};
use axum::http::header;
use axum::response::Response;
use identity::{Step, Subject, sign_in};
use serde::Deserialize;

use super::cookie::in_headers;
use super::{Cookie, Entrance, FACTOR, entrant, fresh, origin_of, returned, said, sent_on};
use crate::workbench::ACCOUNT;
use crate::{Fault, House, Visit};

/// Where one sets out for the provider.
pub(crate) const START: &str = "/gongzuo/denglu/danyi";

/// Where the provider sends one back.
pub(crate) const BACK: &str = "/gongzuo/denglu/danyi/huilai";

/// What the browser keeps meanwhile.
const KEPT: &str = "__Host-gk_danyi";

/// How long somebody may take at the provider, in seconds.
const LONGEST: u32 = 600;

#[derive(Template)]
#[template(path = "entrance/single.html")]
struct SinglePage {
    entrance: Entrance,
    words: String,
    login: String,
}

fn page(visit: &Visit, words: &str) -> SinglePage {
    SinglePage {
        entrance: Entrance::of(visit, "统一身份认证"),
        words: words.to_owned(),
        login: visit.site.link(super::LOGIN),
    }
}

/// Off to the provider.
pub(crate) async fn start(
    State(house): State<Arc<House>>,
    visit: Visit,
) -> Result<Response, Fault> {
    let provider = house.provider().ok_or(Fault::NotFound)?;
    match provider.depart().await {
        Ok(departure) => {
            Ok(sent_on(&departure.address, Some(&Cookie::brief(KEPT, &departure.kept, LONGEST))))
        }
        Err(error) => {
            tracing::warn!(%error, "single sign-on");
            fresh(&page(
                &visit,
                "统一身份认证现在没有响应。请过一会儿再试，或者用登录名和口令登录。",
            ))
        }
    }
}

/// What the provider sends along.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Arrival {
    state: String,
    code: String,
}

/// Back from the provider: whoever is signed in already links the account, everybody else signs in.
pub(crate) async fn back(
    State(house): State<Arc<House>>,
    Query(arrival): Query<Arrival>,
    request: Request,
) -> Result<Response, Fault> {
    let (mut parts, _) = request.into_parts();
    let visit = Visit::from_request_parts(&mut parts, &house).await?;
    let provider = house.provider().ok_or(Fault::NotFound)?;
    let kept = in_headers(&parts.headers, KEPT).unwrap_or_default();
    let mut response = match provider.arrive(kept, &arrival.state, &arrival.code).await {
        Ok(subject) => arrived(&house, &visit, &parts, &subject).await?,
        Err(error) => {
            tracing::warn!(%error, "single sign-on");
            let words =
                "统一身份认证没有完成。请从登录页重新开始；仍不能登录的，用登录名和口令登录。";
            returned(&page(&visit, words))?
        }
    };
    let spent = Cookie::brief(KEPT, "", 0);
    response.headers_mut().append(header::SET_COOKIE, spent.value());
    Ok(response)
}

async fn arrived(
    house: &House,
    visit: &Visit,
    parts: &axum::http::request::Parts,
    subject: &Subject,
) -> Result<Response, Fault> {
    let ledger = house.ledger();
    if let Ok(entrant) = entrant(house, &parts.headers).await?
        && entrant.0.step == Step::Open
    {
        let session = &entrant.0;
        if !session.is_fresh(ledger.clock().now()) {
            let words = "绑定以前要再验证一次身份。请回到“我的账号”，从那里开始。";
            return returned(&page(visit, words));
        }
        let desk = ledger.desk(session.actor()).await?;
        return match subject.link(desk, session).await {
            Ok(()) => Ok(sent_on(&visit.site.link(ACCOUNT), None)),
            Err(refusal) => returned(&page(visit, &said(refusal)?)),
        };
    }
    let Some(account) = subject.account(house.store()).await? else {
        let words =
            "这个统一身份还没有绑定账号。请先用登录名和口令登录，再到“我的账号”绑定统一身份认证。";
        return returned(&page(visit, words));
    };
    match sign_in::with_subject(ledger, &account, &origin_of(house, parts)).await {
        Ok(cookie) => Ok(sent_on(&visit.site.link(FACTOR), Some(&Cookie::session(&cookie)))),
        Err(refusal) => returned(&page(visit, &said(refusal)?)),
    }
}
