//! `/zhuanqu/zizhu/jiao`: somebody at a machine wants help.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use web::components::Phone;
use web::layout::Frame;
use web::{Fault, OwnForm, Visit};

use super::{CALL, fresh, known};
use crate::acts::call;
use crate::portal::LIST;
use crate::store::{StaffLine, Zone};

#[derive(Template)]
#[template(path = "portal/machine/call.html")]
struct CallPage {
    frame: Frame,
    zone: Option<Zone>,
    staff: Vec<StaffLine>,
    called: bool,
    action: String,
    zones: String,
}

/// Nothing but that it was sent.
#[derive(Debug, Deserialize)]
pub struct Sent {}

/// Shows the button.
pub async fn show(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    page(&visit, &headers, false).await
}

/// Calls staff.
pub async fn send(
    visit: Visit,
    headers: HeaderMap,
    OwnForm(Sent {}): OwnForm<Sent>,
) -> Result<Response, Fault> {
    let Some((device, _)) = known(&visit.house, &headers).await? else {
        return page(&visit, &headers, false).await;
    };
    let called = call::call(visit.house.ledger(), &device).await;
    called.map_err(crate::acts::ActError::into_fault)?;
    page(&visit, &headers, true).await
}

async fn page(visit: &Visit, headers: &HeaderMap, called: bool) -> Result<Response, Fault> {
    let zone = known(&visit.house, headers).await?.map(|(_, zone)| zone);
    let keys: Vec<String> = zone.iter().map(|zone| zone.id.clone()).collect();
    let frame = visit.frame().titled("叫工作人员").under("政务公开专区", LIST).at("叫工作人员");
    fresh(&CallPage {
        staff: StaffLine::of(visit.house.store(), &keys).await?,
        action: visit.site.link(CALL),
        zones: visit.site.link(LIST),
        frame: frame.unlisted(),
        zone,
        called,
    })
}
