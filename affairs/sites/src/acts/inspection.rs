//! 日常检查: every site of a city and its districts is inspected once a night; at the workbench at any time.

use ::store::parse_moment;
use jiff::SignedDuration;
use law::{CHINA, Provision, document};
use ledger::{Actor, Entry, Ledger};
use web::{Errand, Fault, House, Site};

use super::ActError;
use crate::inspecting::{self, Looked};
use crate::store::{self, KeptInspection};

const BASIS: Provision = document("国办秘函〔2019〕19号");

/// Between these hours of the night, in China; a decision of ours.
const NIGHT: std::ops::Range<i8> = 1..5;

/// Where the program did not run at night, an inspection older than this is made up for at any time.
const OLD: SignedDuration = SignedDuration::from_hours(30);

/// One site in a step.
pub(crate) const ERRAND: Errand = Errand {
    name: "sites.inspection",
    step: |house| {
        Box::pin(async move {
            if !house.can_read_pages() {
                return Ok(false);
            }
            let Some(site) = due(house).await? else { return Ok(false) };
            let looked = inspecting::look(house, &site).await?;
            keep(house.ledger(), Actor::Timer, &site, &looked)
                .await
                .map_err(ActError::into_fault)?;
            Ok(true)
        })
    },
};

/// The site whose turn it is.
async fn due(house: &House) -> Result<Option<std::sync::Arc<Site>>, Fault> {
    let last = store::last(house.store()).await?;
    let now = house.ledger().clock().now();
    let (today, hour) = (house.ledger().clock().today(), CHINA.to_datetime(now).hour());
    let never = last.iter().all(|(_, at)| at.is_none());
    let waits = |at: Option<&str>| match at.and_then(parse_moment) {
        Some(at) => {
            let tonight = NIGHT.contains(&hour) && ledger::day_in_china(at) < today;
            tonight || now.duration_since(at) > OLD
        }
        // The first site of all is looked at at once, so that the page has something to say.
        None => never || NIGHT.contains(&hour),
    };
    let directory = house.directory();
    let mut sites = directory.all().iter().filter(|site| inspecting::is_inspected(site));
    let kept =
        |base: &str| last.iter().find(|(own, _)| own == base).and_then(|(_, at)| at.as_deref());
    Ok(sites.find(|site| waits(kept(site.base()))).cloned())
}

/// Keeps what an inspection has found.
///
/// # Errors
/// The database refuses.
pub async fn keep(
    ledger: &Ledger,
    actor: Actor,
    site: &Site,
    looked: &Looked,
) -> Result<(), ActError> {
    let mut desk = ledger.desk(actor).await?;
    let found = (&looked.inspection, looked.pages, looked.links);
    let at = (desk.today(), desk.now());
    let id = KeptInspection::add(desk.change(), site.base(), found, at).await?;
    let vetoes: Vec<&str> = looked.inspection.vetoes.iter().map(|veto| veto.id()).collect();
    desk.record(Entry {
        room: "sites",
        act: "inspection",
        subject: format!("site_inspection:{id}"),
        organ: site.organ.clone(),
        basis: BASIS.to_string(),
        facts: serde_json::json!({
            "site": site.base(), "vetoes": vetoes, "found": looked.inspection.spots.len(),
        }),
    })
    .await?;
    Ok(desk.seal().await?)
}
