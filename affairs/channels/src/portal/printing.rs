//! `/zhuanqu/zizhu/dayin`: a page goes to the machine's printer, so many pages in one session and no more
//! (docs/readings/240).

use askama::Template;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use channels_rules::{MOST_PAGES, left_after};
use serde::Deserialize;
use serde_json::json;
use web::layout::Frame;
use web::modes::same_origin;
use web::{Fault, OwnForm, Visit};

use super::LIST;
use super::machine::{AtMachine, CALL, PRINT, fresh};

#[derive(Template)]
#[template(path = "portal/printing.html")]
struct PrintingPage {
    frame: Frame,
    /// What is printed, an address below the site.
    source: String,
    action: String,
    call: String,
    left: u32,
    most: u32,
    machine: bool,
}

/// What is to be printed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    qu: String,
    yeshu: String,
}

/// Shows what is left and the button.
pub async fn show(
    visit: Visit,
    at: AtMachine,
    Query(wish): Query<Wish>,
) -> Result<Response, Fault> {
    let used = at.session.as_deref().map_or(0, |session| visit.house.kiosk_pages(session));
    let source = visit.site.link(same_origin(&wish.qu));
    let frame = visit.frame().titled("打印").under("政务公开专区", LIST).at("打印").unlisted();
    fresh(&PrintingPage {
        left: MOST_PAGES.saturating_sub(used),
        most: MOST_PAGES,
        machine: at.session.is_some(),
        action: visit.site.link(PRINT),
        call: visit.site.link(CALL),
        source,
        frame,
    })
}

/// Counts the pages, and says whether they may go.
pub async fn send(
    visit: Visit,
    at: AtMachine,
    OwnForm(wish): OwnForm<Wish>,
) -> Result<Response, Fault> {
    let Some(session) = at.session else {
        return Err(Fault::Refused("打印的页数只在专区的自助机上计。请用浏览器的打印。".into()));
    };
    let pages = wish.yeshu.trim().parse().unwrap_or_default();
    let decided = left_after(visit.house.kiosk_pages(&session), pages);
    let answer = match decided {
        Ok(left) => {
            visit.house.kiosk_prints(&session, pages);
            json!({ "ok": true, "words": format!("正在打印 {pages} 页。这次还能打印 {left} 页。") })
        }
        Err(refused) => json!({ "ok": false, "words": format!("{refused}。") }),
    };
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Ok((kind, answer.to_string()).into_response())
}
