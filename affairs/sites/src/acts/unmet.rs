//! 搜索而未得: the words that found nothing are written into the ledger with their counts, so that
//! whoever keeps the catalogues hears what people look for.

use std::time::Duration;

use law::{Provision, document};
use ledger::{Actor, DeskError, Entry, Ledger};
use serde_json::json;
use web::{Chore, Fault, House, Later, Wanted};

/// 政府网站发展指引: what people search for shows what they need.
const BASIS: Provision = document("国办发〔2017〕47号");

/// Words that fewer people looked for stay in memory and go with it: one person's words may be
/// another person's name (个人信息保护法第六条).
const FEWEST: i64 = 3;

/// Rare words kept waiting; where there are more, all of them go, so that room is left for new ones.
const MOST_WAITING: usize = 5_000;

/// Words written at a time; where there are more, those asked for most often.
const MOST: usize = 1_000;

/// Writes them down once an hour, and before the program ends.
pub const CHORE: Chore =
    Chore { name: "sites.unmet", every: Duration::from_secs(3600), work: write_down };

fn write_down(house: &House) -> Later<'_, ()> {
    Box::pin(async move {
        let (often, rare): (Vec<_>, Vec<_>) = house.unmet().take().into_iter().partition(is_often);
        if rare.len() <= MOST_WAITING {
            house.unmet().put_back(rare);
        }
        if let Err(error) = keep(house.ledger(), &often).await {
            house.unmet().put_back(often);
            return Err(Fault::inside(error));
        }
        Ok(())
    })
}

fn is_often(wanted: &Wanted) -> bool {
    wanted.times >= FEWEST
}

/// Records what was looked for and not found; nothing where there is nothing.
///
/// # Errors
/// The database refuses.
pub async fn keep(ledger: &Ledger, wanted: &[Wanted]) -> Result<(), DeskError> {
    if wanted.is_empty() {
        return Ok(());
    }
    let mut most: Vec<&Wanted> = wanted.iter().collect();
    most.sort_by_key(|one| std::cmp::Reverse(one.times));
    most.truncate(MOST);
    let mut desk = ledger.desk(Actor::Timer).await?;
    let entry = Entry {
        room: "sites",
        act: "unmet",
        subject: "sites:unmet".into(),
        organ: String::new(),
        basis: BASIS.to_string(),
        facts: json!({ "wanted": most }),
    };
    desk.record(entry).await?;
    desk.seal().await
}
