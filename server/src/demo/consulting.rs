//! 征求意见 in the demo city: drafts whose missing cells were filled in and which were put to the public,
//! one some weeks ago, so that it waits for 审核, the others on the day the demo is made. What was
//! filled in is invented, and every row says which cells.

use catalogue::acts::{consultation, drafting, row};
use catalogue::store::{Catalogue, KeyedItem};
use catalogue_rules::{Audience, Channel, Item, Method, TimeLimit};
use identity::Organ;
use law::CalendarDays;
use ledger::{Clock, Ledger};

use super::ago;
use super::city::CITY;
use super::layers::{catalogue, desk, missing};
use super::sources::NOTE;
use crate::failure::Failure;

/// How many days before today the demo's past lies.
const AGO: i64 = 35;

/// For how long opinions are taken; an invented span, as no statute sets one (docs/readings/021).
const ASKED_FOR: CalendarDays = CalendarDays(30);

/// Whose draft was put to the public some weeks ago: 思明区, 社会救助.
const EARLIER: (&str, &str) = ("XM01001", "shehuijiuzhu");

/// Whose drafts are put to the public today: the city's, 涉农补贴; 海沧区's, 就业.
const NOW: [(&str, &str); 2] = [(CITY, "shenongbutie"), ("XM02001", "jiuye")];

/// What is written where the source says nothing.
const CONTENT: &str = "与本事项有关的依据、办理情况和结果";
const BASIS: &str = "《中华人民共和国政府信息公开条例》";
const LIMIT: &str = "信息形成或者变更之日起20个工作日内";
const WEBSITE: &str = "政府网站";

/// The clock on which what came before is written down.
pub(super) fn weeks_ago() -> Clock {
    ago(AGO)
}

/// The draft on which opinions are no longer taken when the demo is first seen.
pub(super) async fn ask_earlier(ledger: &Ledger) -> Result<(), Failure> {
    ask(ledger, EARLIER).await
}

/// The drafts on which opinions are taken.
pub(super) async fn ask_now(ledger: &Ledger) -> Result<(), Failure> {
    for whose in NOW {
        ask(ledger, whose).await?;
    }
    Ok(())
}

async fn ask(ledger: &Ledger, (organ, domain): (&str, &str)) -> Result<(), Failure> {
    let id = catalogue(ledger, organ, domain).await?;
    let draft = drafting::begin(desk(ledger).await?, &id).await?;
    let lead = lead(ledger, &id, domain).await?;
    for KeyedItem { key, mut item } in KeyedItem::all(ledger.store(), &draft.id).await? {
        if mend(&mut item, &lead) {
            row::put(desk(ledger).await?, &id, Some(&key), item).await?;
        }
    }
    let until = ASKED_FOR.after(ledger.clock().today())?;
    consultation::open(desk(ledger).await?, &id, until).await?;
    Ok(())
}

/// The organ that leads the domain on the level of the catalogue.
async fn lead(ledger: &Ledger, id: &str, domain: &str) -> Result<String, Failure> {
    let today = ledger.clock().today();
    let owner = Catalogue::find(ledger.store(), id).await?.ok_or_else(|| missing("目录"))?;
    let organs = Organ::serving(ledger.store(), &owner.division).await?;
    let leads =
        |organ: &&Organ| organ.stands_on(today) && organ.remit.iter().any(|one| one == domain);
    let found = organs.iter().find(leads).map(|organ| organ.name.clone());
    found.ok_or_else(|| missing("主管部门"))
}

/// Fills in what a row lacks and says so in it; says whether anything was lacking.
fn mend(item: &mut Item, lead: &str) -> bool {
    let mut filled = Vec::new();
    let mut lacks = |lacks: bool, cell: &'static str| {
        filled.extend(lacks.then_some(cell));
        lacks
    };
    if lacks(item.elements.is_empty(), "公开内容") {
        item.elements = vec![CONTENT.into()];
    }
    if lacks(item.basis.is_empty(), "公开依据") {
        item.basis = vec![BASIS.into()];
    }
    if lacks(item.time_limit.is_none(), "公开时限") {
        item.time_limit = TimeLimit::read(LIMIT);
        item.time_limit_raw = LIMIT.into();
    }
    if lacks(item.subjects.is_empty(), "公开主体") {
        item.subjects = vec![lead.to_owned()];
    }
    if lacks(item.channels.is_empty(), "公开渠道") {
        item.channels = Channel::named(WEBSITE).into_iter().collect();
    }
    if lacks(item.audience.is_empty(), "公开对象") {
        item.audience = vec![Audience::WholeSociety];
    }
    if lacks(item.methods.is_empty(), "公开方式") {
        item.methods = vec![Method::Proactive];
    }
    if !filled.is_empty() {
        item.extra.insert(NOTE.into(), format!("演示数据补写：{}", filled.join("、")));
    }
    !filled.is_empty()
}

#[cfg(test)]
mod tests {
    use catalogue_rules::ReadCatalogue;
    use catalogue_rules::lint::{Finding, check};

    use super::{Item, NOTE, mend};

    #[test]
    fn a_row_of_the_source_is_mended_until_it_may_be_released_and_says_what_is_invented() {
        let mut item = Item { level1: Some("综合业务".into()), ..Item::default() };
        assert!(mend(&mut item, "思明区民政局") && !mend(&mut item, "思明区民政局"));
        assert!(item.extra[NOTE].starts_with("演示数据补写：公开内容、公开依据"));
        let read = ReadCatalogue { items: vec![item], ..ReadCatalogue::default() };
        assert!(!check(&read).iter().any(Finding::is_error));
    }
}
