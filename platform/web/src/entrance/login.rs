//! `/gongzuo/denglu`: login name and password.

use std::sync::Arc;

use askama::Template;
use axum::extract::{FromRequestParts, Query, Request, State};
use axum::response::Response;
use identity::sign_in;
use serde::Deserialize;

use super::{Cookie, Entrance, FACTOR, entrant, fresh, place_of, returned, said, sent_on};
use crate::address::with_query;
use crate::modes::same_origin;
use crate::own_form::ours;
use crate::workbench::{HOME, Submitted};
use crate::{Fault, House, Visit};

#[derive(Template)]
#[template(path = "entrance/login.html")]
struct LoginPage {
    entrance: Entrance,
    login: String,
    next: String,
    /// Why one is asked to sign in, where there is more to say.
    why: Option<&'static str>,
    /// Where the persons of the demo are listed.
    demo: Option<String>,
    /// Where single sign-on begins, and what its provider is called.
    single: Option<(String, String)>,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wish {
    next: String,
    login: String,
    why: String,
}

fn why(word: &str) -> Option<&'static str> {
    Some(match word {
        "idle" => "很久没有操作，已经自动退出。请重新登录；没有提交的内容没有保存。",
        "left" => "已经退出登录。",
        "ended" => "登录已经结束，请重新登录。",
        "cookie" => {
            "浏览器没有保存登录状态。请用 https 的地址打开；在本机试用的，用 http://localhost 或 http://127.0.0.1 打开。"
        }
        _ => return None,
    })
}

fn page(visit: &Visit, wish: Wish) -> LoginPage {
    let house = &visit.house;
    let single = house
        .provider()
        .map(|provider| (visit.site.link(super::single::START), provider.name().to_owned()));
    LoginPage {
        entrance: Entrance::of(visit, "登录"),
        why: why(&wish.why),
        login: wish.login,
        next: wish.next,
        demo: house.demo_persons().map(|_| visit.site.link(crate::demo_persons::LIST)),
        single,
    }
}

/// The form.
pub(crate) async fn show(visit: Visit, Query(wish): Query<Wish>) -> Result<Response, Fault> {
    fresh(&page(&visit, wish))
}

/// Tries what was typed.
pub(crate) async fn enter(
    State(house): State<Arc<House>>,
    request: Request,
) -> Result<Response, Fault> {
    let (mut parts, body) = request.into_parts();
    let visit = Visit::from_request_parts(&mut parts, &house).await?;
    if !ours(&parts.headers, visit.site.frame.origin.as_deref()) {
        return Err(Fault::Forbidden("请在登录页上填写登录名和口令。".into()));
    }
    let origin = super::origin_of(&house, &parts);
    let form = Submitted::read(&parts.headers, body).await?;
    let (login, next) = (form.get("login").to_owned(), form.get("next").to_owned());
    let ledger = house.ledger();
    // A session that is there already ends, whoever's it is.
    if let Ok(before) = entrant(&house, &parts.headers).await? {
        let desk = ledger.desk(before.0.actor()).await?;
        before.0.end(desk, Some(&before.0.id), "signed in anew").await.ok();
    }
    match sign_in::with_password(ledger, &login, form.get("password"), &origin).await {
        Ok(cookie) => {
            let to = with_query(&visit.site.link(FACTOR), &[("next", &next)]);
            Ok(sent_on(&to, Some(&Cookie::session(&cookie))))
        }
        Err(refusal) => {
            let words = said(refusal)?;
            let mut page = page(&visit, Wish { login, next, why: String::new() });
            page.entrance = page.entrance.wrong(words);
            returned(&page)
        }
    }
}

/// Where one goes on after a step, and at last to the page that was asked for.
pub(crate) fn onward(visit: &Visit, step: identity::Step, next: &str) -> String {
    let next = same_origin(next);
    if step == identity::Step::Open {
        return if next == "/" { visit.site.link(HOME) } else { next.to_owned() };
    }
    let next = if next == "/" { "" } else { next };
    with_query(&visit.site.link(place_of(step)), &[("next", next)])
}
