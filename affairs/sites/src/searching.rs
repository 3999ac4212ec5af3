//! What of this room can be searched: organs and villages.

use identity::{Division, Level, Organ};
use search::SearchDocument;
use web::{House, Later};

const ROOM: &str = "sites";

/// All organs and villages, in one batch: there are hundreds, not millions.
pub fn batch<'a>(
    house: &'a House,
    after: Option<&'a str>,
) -> Later<'a, (Vec<SearchDocument>, Option<String>)> {
    Box::pin(async move {
        if after.is_some() {
            return Ok((vec![], None));
        }
        let organs = Organ::all(house.store()).await?;
        let divisions = Division::down_to(house.store(), Level::Village).await?;
        let name_of = |code: &str| {
            divisions
                .iter()
                .find(|division| division.code == code)
                .map(|division| division.name.as_str())
        };
        let villages = divisions.iter().filter(|division| division.level == Level::Village);
        let villages = villages.map(|village| {
            let town = village.parent.as_deref().unwrap_or_default();
            village_document(village, town, name_of(town).unwrap_or_default())
        });
        Ok((organs.into_iter().map(organ_document).chain(villages).collect(), None))
    })
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

/// The page of some organ at the root site.
pub fn some_organ(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        let organs = Organ::all(house.store()).await?;
        Ok(organs.first().map(|organ| format!("/gongkai/jigou/{}", organ.code)))
    })
}

/// The page of some village.
pub fn some_village(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        let divisions = Division::down_to(house.store(), Level::Village).await?;
        let village = divisions.into_iter().find(|division| division.level == Level::Village);
        Ok(village.map(|village| format!("/cunju/{}", village.code)))
    })
}
