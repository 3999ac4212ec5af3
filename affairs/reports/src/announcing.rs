//! What subscribers are told of an annual report: that it was published, or corrected. One that was published
//! elsewhere before and is only taken over is no news (docs/readings/214); a published one is never taken down.

use ledger::Event;
use store::{FromQueryResult, Statements, StoreError, Transaction};
use web::{Announcement, Became, House, Later, Listener};

use crate::acts::SUBJECTS;
use crate::store::{Content, Origin, Version};

/// Subscribers are told within the worker's round.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "reports.announcement",
    acts: &["reports.publication", "reports.correction"],
    hear,
}];

#[derive(FromQueryResult)]
struct Place {
    organ: String,
    short_name: String,
    division: String,
}

/// The organ of a report, and the division to whose site it belongs.
const PLACE: &str = "SELECT r.organ, o.short_name, o.division
                       FROM annual_report r JOIN organ o ON o.code = r.organ
                      WHERE r.id = $1";

fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let Some(id) = event.subject.strip_prefix(SUBJECTS) else { return Ok(()) };
        match told(change, &event.act, id).await? {
            Some(told) => house.announce(event, told, change).await,
            None => Ok(()),
        }
    })
}

/// What an act on a report means to subscribers.
async fn told(
    from: &impl Statements,
    act: &str,
    id: &str,
) -> Result<Option<Announcement>, StoreError> {
    let Some(version) = Version::published_of(from, id).await?.pop() else { return Ok(None) };
    let became = match act {
        "publication" if version.origin == Origin::Taken => return Ok(None),
        "publication" => Became::Public,
        _ => Became::Corrected,
    };
    let place: Option<Place> = from.one(PLACE, vec![id.into()]).await?;
    let Some(place) = place else { return Ok(None) };
    let content = Content::of(from, &version.id).await?;
    let of_government = version.reporter == reports_rules::Reporter::Government;
    Ok(Some(Announcement {
        became,
        text: format!("{} {}", version.title, content.whole_prose(of_government)),
        path: version.path(),
        title: version.title,
        organ: place.organ,
        organ_name: place.short_name,
        division: place.division,
        domains: vec![],
        items: vec![],
    }))
}
