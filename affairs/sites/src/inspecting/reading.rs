//! Reading the site's own pages.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use sites_rules::inspection::{DeadLink, Material, PageKind, PageRead, SeenPage};
use sites_rules::statutory_columns;
use web::{Fault, House, Site};

use super::copied;
use super::following::{self, at_home, of_the_day};
use crate::portal::{FIVE_PARTS, column_path, tier};

/// So many addresses of one room's site map are read every day: the first, which a room names as the chief ones …
const CHIEF: usize = 40;

/// … and so many of the others in turn.
const IN_TURN: usize = 20;

/// How much was read.
pub(super) struct Read {
    /// Links that were followed.
    pub links: usize,
}

/// Reads pages and follows links.
pub(super) async fn read(
    house: &House,
    site: &Site,
    material: &mut Material,
) -> Result<Read, Fault> {
    if !house.can_read_pages() {
        return Ok(Read { links: 0 });
    }
    let mut links: BTreeMap<String, String> = BTreeMap::new();
    let mut known: HashSet<String> = HashSet::new();
    let directory = house.directory();
    let (addresses, left) = addresses(house, site, material.today).await?;
    material.unread.pages = left;
    for address in addresses {
        let page = copied::page(house, site, &address).await;
        known.insert(address.clone());
        match page {
            Some(page) if page.status.is_success() && !page.text.is_empty() => {
                let read = PageRead::of(&page.text);
                for link in &read.links {
                    let link = at_home(&directory, link).unwrap_or_else(|| link.clone());
                    links.entry(link).or_insert_with(|| address.clone());
                }
                let kind = kind_of(site, material, &address);
                material.pages.push(SeenPage { address, kind, read });
            }
            Some(page) if page.status.as_u16() < 400 => {}
            page => {
                let why = page.map(|page| format!("打不开（{}）", page.status.as_u16()));
                material.dead_links.push(DeadLink {
                    on: site.link("/sitemap.xml"),
                    to: address,
                    outside: false,
                    why: why.unwrap_or_else(|| "不是网址".into()),
                });
            }
        }
    }
    let followed = following::inside(house, site, &links, &known, material).await;
    let tried = following::outside(house, &links, material).await;
    Ok(Read { links: followed + tried })
}

/// The pages that are read: the home page first, the parts of the site, then some of every room, then the home
/// pages of the sites below. With how many of the rooms' have their turn on another day.
async fn addresses(
    house: &House,
    site: &Site,
    today: law::Date,
) -> Result<(Vec<String>, usize), Fault> {
    let own = ["/", "/gongkai"].into_iter().chain(FIVE_PARTS.iter().map(|(_, path)| *path));
    let mut paths: Vec<String> = own.map(|path| site.link(path)).collect();
    let mut left = 0;
    for source in house.rooms().iter().filter_map(|room| room.sitemap) {
        let entries = (source.entries)(house, site).await?;
        let mut entries: Vec<String> = entries.iter().map(|entry| site.link(&entry.path)).collect();
        let others = entries.split_off(entries.len().min(CHIEF));
        let (others, more) = of_the_day(others, IN_TURN, today);
        paths.extend(entries.into_iter().chain(others));
        left += more;
    }
    let directory = house.directory();
    let inner = |other: &&Arc<Site>| {
        other.base().starts_with(&format!("{}/", site.base())) && !super::is_inspected(other)
    };
    paths.extend(directory.all().iter().filter(inner).map(|other| other.link("/")));
    let mut seen = BTreeSet::new();
    paths.retain(|path| seen.insert(path.clone()));
    Ok((paths, left))
}

fn kind_of(site: &Site, material: &Material, address: &str) -> PageKind {
    if material.published.iter().any(|one| one.address == address) {
        return PageKind::Article;
    }
    let parts = FIVE_PARTS.iter().map(|(_, path)| *path).chain(["/", "/gongkai"]);
    let nav = site.frame.nav.iter().map(|item| item.path);
    let statutory = statutory_columns(tier(site.level)).map(column_path);
    let fixed = parts.chain(nav).map(str::to_owned);
    match fixed.chain(statutory).any(|path| site.link(&path) == address) {
        true => PageKind::Column,
        false => PageKind::Plain,
    }
}
