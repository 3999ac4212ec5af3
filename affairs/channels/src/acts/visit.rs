//! 服务登记: how many came for what. Nothing of who came is kept.

use channels_rules::Purpose;
use law::Date;
use ledger::{Actor, Desk};
use serde_json::json;
use web::{Chore, Fault, House};

use super::{ActError, entry, zone_of};
use crate::store::{Zone, add_visits, set_visits};

/// The most of a day: a decision of ours.
const MOST: u32 = 100_000;

/// Keeps what staff counted on a day, in place of what they counted before.
///
/// # Errors
/// There is no zone, the day is to come, a number cannot be, or the database refuses.
pub async fn count(
    mut desk: Desk,
    organ: &str,
    (id, day): (&str, Option<Date>),
    numbers: &[(Purpose, Option<u32>)],
) -> Result<(), ActError> {
    zone_of(&desk, organ, id).await?;
    let day = day.ok_or_else(|| ActError::Field("riqi", "没有写日期。请填写。".into()))?;
    if day > desk.today() {
        return Err(ActError::Field("riqi", "日期还没有到。请核对。".into()));
    }
    let mut kept = serde_json::Map::new();
    for (purpose, number) in numbers {
        let number = number.filter(|number| *number <= MOST);
        let words = format!("{}的人次要写整数，没有的写 0。", purpose.name());
        let number = number.ok_or_else(|| ActError::Field("renci", words))?;
        set_visits(desk.change(), (id, day, *purpose), number).await?;
        kept.insert(purpose.word().to_owned(), json!(number));
    }
    let facts = json!({ "day": day.to_string(), "numbers": kept });
    desk.record(entry("zone_visit", (organ, id), facts)).await?;
    Ok(desk.seal().await?)
}

/// Keeps what machines have counted since the last time.
pub const CHORE: Chore = Chore {
    name: "channels.visits",
    every: std::time::Duration::from_secs(300),
    work: |house| {
        Box::pin(async move {
            let uses = house.kiosk_take_uses();
            if let Err(error) = counted(house, &uses).await {
                house.kiosk_put_back_uses(uses);
                return Err(Fault::inside(error));
            }
            Ok(())
        })
    },
};

async fn counted(house: &House, uses: &[(String, &'static str, u32)]) -> Result<(), ActError> {
    if uses.is_empty() {
        return Ok(());
    }
    let mut desk = house.ledger().desk(Actor::Timer).await?;
    let day = desk.today();
    for (zone, purpose, number) in uses {
        let found = Zone::find(desk.change(), zone).await?;
        let (Some(found), Some(purpose)) = (found, Purpose::of_word(purpose)) else { continue };
        add_visits(desk.change(), (zone, day, purpose), *number).await?;
        let facts = json!({ "day": day.to_string(), "purpose": purpose.word(), "number": number });
        desk.record(entry("zone_machine_visit", (&found.organ, zone), facts)).await?;
    }
    match desk.seal().await {
        Err(ledger::DeskError::NothingRecorded) => Ok(()),
        sealed => Ok(sealed?),
    }
}
