//! An address of each type of the catalogue's workbench pages, for tests that open every type.

use identity::Organ;
use web::workbench::DeskSample;
use web::{Fault, House, Later};

use super::{standard, wishes};
use crate::store::standards::Standard;
use crate::store::{Holding, KeyedItem, WishLine};

/// An address of each page type.
pub const SAMPLES: &[DeskSample] = &[
    DeskSample {
        name: "catalogue desk list",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/mulu".into())) }),
    },
    DeskSample { name: "catalogue desk draft", path: |house, organ| at(house, organ, "") },
    DeskSample { name: "catalogue desk intake", path: |house, organ| at(house, organ, "/daoru") },
    DeskSample {
        name: "catalogue desk adjustments",
        path: |house, organ| at(house, organ, "/tiaozheng"),
    },
    DeskSample {
        name: "catalogue desk new row",
        path: |house, organ| at(house, organ, "/xinzeng"),
    },
    DeskSample { name: "catalogue desk row", path: row },
    DeskSample {
        name: "catalogue desk obligations",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/yiwu".into())) }),
    },
    DeskSample {
        name: "catalogue desk powers",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/quanze".into())) }),
    },
    DeskSample {
        name: "catalogue desk reminders",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/cuiban".into())) }),
    },
    DeskSample {
        name: "catalogue desk wishes",
        path: |_, _| Box::pin(async { Ok(Some(wishes::PATH.into())) }),
    },
    DeskSample { name: "catalogue desk wish", path: wish },
    DeskSample {
        name: "catalogue desk standards",
        path: |_, _| Box::pin(async { Ok(Some("/gongzuo/biaozhun".into())) }),
    },
    DeskSample {
        name: "catalogue desk standard",
        path: |house, _| {
            Box::pin(async {
                let all = Standard::all(house.store()).await?;
                Ok(all.first().map(|one| standard::path_of(&one.code)))
            })
        },
    },
];

async fn first(house: &House, organ: &Organ) -> Result<Option<Holding>, Fault> {
    let today = house.ledger().clock().today();
    let range = (organ.division.clone(), organ.division.clone());
    let holdings = Holding::within(house.store(), range, today).await?;
    Ok(holdings.into_iter().find(|holding| holding.is_compiled_by(organ)))
}

/// A page of the first catalogue that the organ compiles.
fn at<'a>(house: &'a House, organ: &'a Organ, rest: &'static str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let found = first(house, organ).await?;
        Ok(found.map(|one| format!("/gongzuo/mulu/{}{rest}", one.catalogue.domain)))
    })
}

fn row<'a>(house: &'a House, organ: &'a Organ) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let Some(found) = first(house, organ).await? else { return Ok(None) };
        let Some(version) = found.worked_on() else { return Ok(None) };
        let items = KeyedItem::all(house.store(), version).await?;
        let path =
            |item: &KeyedItem| format!("/gongzuo/mulu/{}/{}", found.catalogue.domain, item.key);
        Ok(items.first().map(path))
    })
}

/// Something that people look for; where nobody looks for anything, the list that says so.
fn wish<'a>(house: &'a House, organ: &'a Organ) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let open = WishLine::list(house.store(), &organ.division, false, None, 1).await?;
        let first = open.first().map(|one| wishes::path_of(&one.words));
        Ok(Some(first.unwrap_or_else(|| wishes::PATH.into())))
    })
}
