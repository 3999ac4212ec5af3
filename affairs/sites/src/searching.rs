//! What of this room can be searched: organs and villages.

use std::collections::HashMap;

use identity::{Division, Level, Organ};
use ledger::Event;
use search::{Found, SearchDocument};
use store::Transaction;
use web::{Fault, House, Later, Listener, SearchBatch, SearchSource};

const ROOM: &str = "sites";

/// Organs or divisions that were taken in are found at once.
pub const LISTENERS: &[Listener] =
    &[Listener { name: SOURCE.listener, acts: &["identity.import"], hear }];

/// For the index.
pub const SOURCE: SearchSource = SearchSource { batch, listener: "sites.search", changed };

/// All organs and villages, in one batch: there are hundreds, not millions.
fn batch<'a>(house: &'a House, after: Option<&'a str>) -> Later<'a, SearchBatch> {
    Box::pin(async move {
        if after.is_some() {
            return Ok((vec![], None));
        }
        Ok((documents(house).await?, None))
    })
}

fn hear<'a>(house: &'a House, event: &'a Event, _: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move { house.tell_index(vec![changed(house, event).await?]).await })
}

fn changed<'a>(house: &'a House, _: &'a Event) -> Later<'a, Found> {
    Box::pin(async move { Ok(Found { gone: vec![], there: documents(house).await? }) })
}

async fn documents(house: &House) -> Result<Vec<SearchDocument>, Fault> {
    let organs = Organ::all(house.store()).await?;
    let divisions = Division::down_to(house.store(), Level::Village).await?;
    let names: HashMap<&str, &str> =
        divisions.iter().map(|division| (division.code.as_str(), division.name.as_str())).collect();
    let villages = divisions.iter().filter(|division| division.level == Level::Village);
    let villages = villages.map(|village| {
        let town = village.parent.as_deref().unwrap_or_default();
        village_document(village, town, names.get(town).copied().unwrap_or_default())
    });
    Ok(organs.into_iter().map(organ_document).chain(villages).collect())
}

fn organ_document(organ: Organ) -> SearchDocument {
    let facts = [Some(organ.short_name), organ.address, organ.phone, organ.hours];
    SearchDocument {
        id: format!("organ:{}", organ.code),
        room: ROOM.into(),
        kind: "机构".into(),
        url: format!("/gongkai/jigou/{}", organ.code),
        body: facts.into_iter().flatten().collect::<Vec<_>>().join("　"),
        division: organ.division,
        organ_name: organ.name.clone(),
        title: organ.name,
        ..SearchDocument::default()
    }
}

/// A village is found on its town's site, which has the page.
fn village_document(village: &Division, town: &str, town_name: &str) -> SearchDocument {
    SearchDocument {
        id: format!("village:{}", village.code),
        room: ROOM.into(),
        kind: "村居".into(),
        title: village.name.clone(),
        body: format!("{town_name}{}的村（居）务公开", village.name),
        url: format!("/cunju/{}", village.code),
        division: town.into(),
        ..SearchDocument::default()
    }
}
