//! `/zhuanqu/zizhu/zixun`: 咨询 at a machine: whom to telephone, whom to call, where to find out more.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::Response;
use identity::Organ;
use web::components::Phone;
use web::layout::Frame;
use web::{Fault, Visit};

use super::machine::{CALL, fresh, known};
use super::{LIST, list};
use crate::store::Zone;

/// How many organs are named.
const MOST: usize = 40;

#[derive(Template)]
#[template(path = "portal/asking.html")]
struct AskingPage {
    frame: Frame,
    zone: Option<Zone>,
    call: String,
    zones: String,
    organs: Vec<Organ>,
}

/// Shows it.
pub async fn show(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    let zone = known(&visit.house, &headers).await?.map(|(_, zone)| zone);
    let store = visit.house.store();
    let (today, _) = list::minute_of(visit.house.ledger().clock().now());
    let organs = Organ::serving(store, &visit.site.division).await?;
    let told = |organ: &Organ| organ.stands_on(today) && organ.phone.is_some();
    let frame = visit.frame().titled("问一问").under("政务公开专区", LIST).at("问一问").unlisted();
    fresh(&AskingPage {
        organs: organs.into_iter().filter(told).take(MOST).collect(),
        call: visit.site.link(CALL),
        zones: visit.site.link(LIST),
        frame,
        zone,
    })
}
