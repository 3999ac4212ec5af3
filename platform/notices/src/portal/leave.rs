//! `/dingyue/tui/{pass}`: leaving. Opened, the page asks; sent, the address is told nothing any more and is
//! erased. A mail program sends at once (RFC 8058), without a page and from no page of ours.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::said::{self, SaidPage};
use super::{START, desk, fresh, whose};
use crate::acts::{ActError, departure};
use crate::pass::Pass;

#[derive(Template)]
#[template(path = "portal/leave.html")]
struct LeavePage {
    frame: Frame,
    address: String,
    action: String,
}

/// Asks.
pub(super) async fn show(visit: Visit, Path(given): Path<String>) -> Result<Response, Fault> {
    let Some(known) = whose(&visit, Pass::Leave, &given).await? else {
        // A link of ours whose subscriber is no longer kept has done its work; by any other nobody has left.
        return if is_ours(&visit, &given)? { left(&visit) } else { said::broken(&visit) };
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let contact = known.contact(sealer).map_err(Fault::inside)?;
    fresh(&LeavePage {
        frame: super::frame(&visit, "退订"),
        address: contact.map(|contact| contact.hinted()).unwrap_or_default(),
        action: visit.site.link(&format!("/dingyue/tui/{given}")),
    })
}

/// Leaves; who has left before has left. Nobody is slowed down who wants to leave.
pub(super) async fn send(visit: Visit, Path(given): Path<String>) -> Result<Response, Fault> {
    let Some(known) = whose(&visit, Pass::Leave, &given).await? else {
        // A mail program reads the status alone.
        return match is_ours(&visit, &given)? {
            true => left(&visit),
            false => Ok((StatusCode::NOT_FOUND, said::broken(&visit)?).into_response()),
        };
    };
    let kept = departure::keep(desk(&visit).await?, &known.id, "link").await;
    kept.map_err(ActError::into_fault)?;
    left(&visit)
}

/// Whether we have made a link, whoever it is for.
fn is_ours(visit: &Visit, given: &str) -> Result<bool, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    Ok(Pass::Leave.read(sealer, given).map_err(Fault::inside)?.is_some())
}

/// Says that it is done.
pub(super) fn left(visit: &Visit) -> Result<Response, Fault> {
    fresh(&SaidPage {
        frame: super::frame(visit, "已经退订"),
        heading: "已经退订".into(),
        lines: vec!["不会再发给您。您的地址和订阅内容已经删除。".into()],
        secret: String::new(),
        ways: vec![
            Link::new("重新订阅", visit.site.link(START)),
            Link::new("回到首页", visit.site.link("/")),
        ],
    })
}

impl Page for LeavePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::sample("退订").under("订阅", START).at("退订"),
            address: "l…@example.cn".into(),
            action: "/linhu/dingyue/tui/a".into(),
        };
        vec![("退订", page)]
    }
}

#[cfg(test)]
mod tests {
    use super::LeavePage;

    #[test]
    fn the_page_for_leaving_is_sound() {
        assert_eq!(web::page::faults::<LeavePage>(), Vec::<String>::new());
    }
}
