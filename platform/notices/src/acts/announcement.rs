//! 有了新的: what a room announces is put before whoever follows it, within the change of the listener that
//! heard of the act; heard twice, it changes nothing.

use ledger::Event;
use store::Transaction;
use web::{Announcement, Announcing, Became, House, Later};

use crate::message::Purpose;
use crate::store::{NewDelivery, hearers, mark_gone, put_announcement, put_deliveries, put_items};

/// Offered to the house.
pub(crate) const ANNOUNCING: Announcing = Announcing { take };

fn take<'a>(
    house: &'a House,
    event: &'a Event,
    told: Announcement,
    change: &'a Transaction,
) -> Later<'a, ()> {
    Box::pin(async move {
        mark_gone(change, &told.path, told.became).await?;
        let became = match told.became {
            Became::Public => "public",
            Became::Corrected => "corrected",
            Became::Gone => return Ok(()),
        };
        let heard = hearers(change, &told).await?;
        if heard.is_empty() {
            return Ok(());
        }
        let now = house.ledger().clock().now();
        let id = event.id.as_str();
        let of = (told.title.as_str(), told.path.as_str(), told.division.as_str());
        if !put_announcement(change, (id, became), of, (&told.organ_name, ""), now).await? {
            return Ok(());
        }
        let items: Vec<(&str, Option<&str>)> =
            heard.keys().map(|subscriber| (subscriber.as_str(), None)).collect();
        put_items(change, id, &items).await?;
        let deliveries = heard.iter().map(|(subscriber, rhythm)| NewDelivery {
            due_at: rhythm.due(now),
            ..NewDelivery::now(subscriber, Purpose::Digest, now)
        });
        let deliveries: Vec<NewDelivery> = deliveries.collect();
        put_deliveries(change, &deliveries, now).await?;
        Ok(())
    })
}
