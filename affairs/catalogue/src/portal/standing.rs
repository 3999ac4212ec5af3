//! 公开情况 on an item's page: how it stands, what comes next, where one gets to it at once, and
//! what was owed so far.

use std::collections::HashMap;

use askama::{Template, filters::HtmlSafe};
use catalogue_rules::obligation::Terms;
use catalogue_rules::{Exposure, Item, ItemStanding};
use web::address::with_query;
use web::components::Tag;
use web::layout::Link;
use web::{Ask, By, Fault, Visit};

use super::owing::OwingRow;
use crate::store::{Inputs, ItemOwed, Owing, OwingAsk, Scope, measures};

/// Obligations shown on an item's page; the rest is a link away.
const SHOWN: i64 = 12;

/// How an item stands; prints as HTML.
#[derive(Template)]
#[template(path = "portal/standing.html")]
pub struct Standing {
    /// How it stands.
    pub standing: ItemStanding,
    /// The day of what was published last, ISO.
    latest: Option<String>,
    /// The next day on which something is due, ISO.
    next: Option<String>,
    /// 一键直达.
    direct: Option<Link>,
    rows: Vec<OwingRow>,
    more: Option<String>,
}

impl HtmlSafe for Standing {}

/// The mark for a standing.
pub fn tag(standing: ItemStanding) -> Tag {
    let words = standing.words();
    match standing {
        ItemStanding::NotPublished | ItemStanding::DueSoon | ItemStanding::KeptLate => {
            Tag::warn(words)
        }
        ItemStanding::Overdue => Tag::over(words),
        ItemStanding::OnTime => Tag::good(words),
        ItemStanding::Published => Tag::plain(words),
    }
}

impl Standing {
    /// Reads how an item stands on the site that is visited. `records` are what the page lists.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn read(
        visit: &Visit,
        (domain, key, item): (&str, &str, &Item),
        records: &web::Rows,
    ) -> Result<Self, Fault> {
        let (house, site) = (&visit.house, &visit.site);
        let divisions = site.range.clone();
        let owed = ItemOwed::of_item(house.store(), &divisions, domain, key).await?;
        let ask = OwingAsk {
            divisions,
            domain: Some(domain.into()),
            item: Some(key.into()),
            most: SHOWN + 1,
            ..OwingAsk::default()
        };
        let held = item.exposure() != Exposure::Open;
        let mut owings = if held { vec![] } else { Owing::list(house.store(), &ask).await? };
        let more = owings.len() > SHOWN as usize;
        owings.truncate(SHOWN as usize);
        let told = reasons(visit, domain, key, &owings).await?;
        let all = with_query(&format!("/mulu/fugai/{domain}"), &[("item", key)]);
        let (today, calendar) = (house.ledger().clock().today(), house.ledger().calendar());
        let row = |owing: Owing| {
            let told = told.get(&owing.id).cloned().unwrap_or_default();
            let limit = item.time_limit.as_ref();
            let row = OwingRow::of(owing, limit, site, (today, calendar.as_ref()));
            OwingRow { told, ..row }
        };
        let newest = records.rows.first();
        Ok(Self {
            standing: ItemStanding::of(records.rows.len() as i64, owed.owed),
            latest: newest.map(|row| row.original_on.clone().unwrap_or(row.published_on.clone())),
            next: owed.next,
            direct: direct(visit, domain, key, newest).await?,
            rows: owings.into_iter().map(row).collect(),
            more: more.then(|| site.link(&all)),
        })
    }

    fn tag(&self) -> Tag {
        tag(self.standing)
    }
}

/// How the last day of each of these was found, by their keys: of those in the place of the first,
/// whose input is read once. The others tell it on pages of their own.
async fn reasons(
    visit: &Visit,
    domain: &str,
    key: &str,
    owings: &[Owing],
) -> Result<HashMap<String, Vec<String>>, Fault> {
    let Some(first) = owings.first() else { return Ok(HashMap::new()) };
    let (store, ledger) = (visit.house.store(), visit.house.ledger());
    let (today, calendar) = (ledger.clock().today(), ledger.calendar());
    let scope = Scope::item(first.division.as_str(), domain, key);
    let inputs = Inputs::read(store, scope, today).await?;
    let terms = Terms { calendar: &calendar, measures: measures(store).await?, today };
    let near = owings.iter().filter(|owing| owing.division == first.division);
    let told = near.filter_map(|owing| {
        let (_, explanation) = inputs.explained(&owing.id, &terms)?;
        Some((owing.id.clone(), explanation.sentences))
    });
    Ok(told.collect())
}

/// 一键直达: the column of the site under which most of the item's records stand, else the newest
/// record; nothing where nothing was published.
async fn direct(
    visit: &Visit,
    domain: &str,
    key: &str,
    newest: Option<&web::Row>,
) -> Result<Option<Link>, Fault> {
    let Some(newest) = newest else { return Ok(None) };
    let ask = Ask {
        divisions: Some(visit.site.range.clone()),
        domain: Some(domain.into()),
        item: Some(key.into()),
        ..Ask::default()
    };
    let by_column = visit.house.tally(&ask, By::Statutory).await?;
    // Of columns with as many records the first in the order of the articles.
    let usual = by_column
        .into_iter()
        .min_by(|(one, a), (other, b)| b.count.cmp(&a.count).then_with(|| one.cmp(other)));
    let column = usual.and_then(|(code, _)| visit.house.column(&visit.site, &code));
    let column =
        column.map(|column| Link { words: format!("栏目：{}", column.words), ..column });
    Ok(column.or_else(|| Some(Link::new(&newest.title, visit.site.link(&newest.path)))))
}
