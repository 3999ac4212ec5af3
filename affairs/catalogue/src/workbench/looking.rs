//! What of the catalogues a clerk may look for at the workbench: items of those that his organ compiles; as
//! they are being written for whoever reads drafts, else as they hold.

use catalogue_rules::Item;
use identity::powers::Tie;
use web::components::Tag;
use web::workbench::{DeskHit, DeskSearch, MOST_FOUND};
use web::{Clerk, House, Later};

use super::READ;
use crate::store::{Holding, KeyedItem};
use crate::words::item_name;

/// Offered to the house.
pub(crate) const SEARCH: DeskSearch = DeskSearch { find };

fn find<'a>(house: &'a House, clerk: &'a Clerk, wanted: &'a str) -> Later<'a, Vec<DeskHit>> {
    Box::pin(async move {
        let (store, organ) = (house.store(), &clerk.organ);
        let range = (organ.division.clone(), organ.division.clone());
        let mut holdings = Holding::within(store, range, house.ledger().clock().today()).await?;
        holdings.retain(|holding| holding.is_compiled_by(organ));
        let drafts = clerk.may(READ, &Tie::to(&organ.code).in_unit(&clerk.unit)).is_ok();
        let version = |holding: &Holding| match drafts {
            true => holding.worked_on().map(str::to_owned),
            false => holding.live.as_ref().map(|(id, ..)| id.clone()),
        };
        let versions: Vec<String> = holdings.iter().filter_map(version).collect();
        let found = KeyedItem::called_like(store, &versions, wanted, MOST_FOUND).await?;
        let hit = |(of, keyed): (String, KeyedItem)| {
            let holding = holdings.iter().find(|one| version(one).as_deref() == Some(&of))?;
            Some(hit(holding, &keyed, drafts))
        };
        Ok(found.into_iter().filter_map(hit).collect())
    })
}

fn hit(holding: &Holding, keyed: &KeyedItem, drafts: bool) -> DeskHit {
    let Item { level1, time_limit_raw, .. } = &keyed.item;
    let within = [Some(&holding.domain_name), level1.as_ref(), Some(time_limit_raw)];
    let within: Vec<&str> = within.into_iter().flatten().map(String::as_str).collect();
    let (place, domain) =
        (if drafts { "/gongzuo/mulu" } else { "/mulu" }, &holding.catalogue.domain);
    DeskHit {
        kind: "目录事项",
        title: item_name(&keyed.item),
        detail: within.join("　"),
        tag: match holding.draft.as_ref().filter(|_| drafts) {
            Some((_, number, _)) => Tag::plain(format!("第 {number} 版草稿")),
            None => Tag::good("现行有效"),
        },
        path: format!("{place}/{domain}/{}", keyed.key),
    }
}
