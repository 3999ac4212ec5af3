//! Reading the site's own pages, and following their links.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use sites_rules::inspection::{DeadLink, Material, PageKind, PageRead, SeenPage};
use sites_rules::statutory_columns;
use web::leaving::{LEAVING, host_of};
use web::{Fault, House, Site};

use super::outside::Came;
use super::{Outside, copied};
use crate::portal::{FIVE_PARTS, column_path, tier};

/// So many addresses of one room's site map are read.
const OF_A_ROOM: usize = 40;

/// So many links inside are followed beyond the pages that are read.
const INSIDE: usize = 400;

/// So many links outside.
const OUTSIDE: usize = 60;

/// What is made when it is asked for, and takes long.
const MADE: [&str; 6] = [".pdf", ".docx", ".xlsx", ".ics", ".zip", ".csv"];

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
    for address in addresses(house, site).await? {
        let page = copied::page(house, site, &address).await;
        known.insert(address.clone());
        match page {
            Some(page) if page.status.is_success() && !page.text.is_empty() => {
                let read = PageRead::of(&page.text);
                for link in &read.links {
                    links.entry(link.clone()).or_insert_with(|| address.clone());
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
    let followed = inside(house, site, &links, &known, material).await;
    let tried = outside(house, &links, material).await;
    Ok(Read { links: followed + tried })
}

/// The pages that are read: the home page first, the parts of the site, then some of every room, then the home
/// pages of the sites below.
async fn addresses(house: &House, site: &Site) -> Result<Vec<String>, Fault> {
    let own = ["/", "/gongkai"].into_iter().chain(FIVE_PARTS.iter().map(|(_, path)| *path));
    let mut paths: Vec<String> = own.map(|path| site.link(path)).collect();
    for source in house.rooms().iter().filter_map(|room| room.sitemap) {
        let entries = (source.entries)(house, site).await?;
        paths.extend(entries.iter().take(OF_A_ROOM).map(|entry| site.link(&entry.path)));
    }
    let directory = house.directory();
    let inner = |other: &&Arc<Site>| {
        other.base().starts_with(&format!("{}/", site.base())) && !super::is_inspected(other)
    };
    paths.extend(directory.all().iter().filter(inner).map(|other| other.link("/")));
    let mut seen = BTreeSet::new();
    paths.retain(|path| seen.insert(path.clone()));
    Ok(paths)
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

/// Whether a link inside is followed: no switch, no workbench, nothing endless, nothing that takes long.
fn is_followed(path: &str) -> bool {
    let part = |name: &str| path.contains(name);
    let plain = path.split('?').next().unwrap_or(path);
    path.starts_with('/')
        && !path.starts_with("//")
        && !["/pianhao", "/gongzuo", "/assets/", "/sousuo", LEAVING].into_iter().any(part)
        && !MADE.iter().any(|ending| plain.ends_with(ending))
}

/// Follows links inside; says how many.
async fn inside(
    house: &House,
    site: &Site,
    links: &BTreeMap<String, String>,
    known: &HashSet<String>,
    material: &mut Material,
) -> usize {
    let mut wanted: BTreeMap<&str, &String> = BTreeMap::new();
    for (link, on) in links {
        let path = link.split('#').next().unwrap_or(link);
        if is_followed(path) && !known.contains(path) {
            wanted.entry(path).or_insert(on);
        }
    }
    // Addresses without a question first: filters and further pages are many and alike.
    let mut wanted: Vec<(&str, &String)> = wanted.into_iter().collect();
    wanted.sort_by_key(|(path, _)| path.contains('?'));
    wanted.truncate(INSIDE);
    let followed = wanted.len();
    for (path, on) in wanted {
        let page = copied::page(house, site, path).await;
        let why = match page {
            Some(page) if page.status.as_u16() < 400 => continue,
            Some(page) => format!("打不开（{}）", page.status.as_u16()),
            None => "不是网址".into(),
        };
        let (on, to) = (on.clone(), path.to_owned());
        material.dead_links.push(DeadLink { on, to, outside: false, why });
    }
    followed
}

/// Tries links to other sites; says how many. Where not one of them can be reached, the machine has no way out,
/// and nothing is said of any.
async fn outside(
    house: &House,
    links: &BTreeMap<String, String>,
    material: &mut Material,
) -> usize {
    let directory = house.directory();
    let own = |host: &str| {
        let origin = |site: &Arc<Site>| site.frame.origin.as_deref().and_then(host_of);
        host == "localhost"
            || directory.all().iter().any(|site| {
                site.host.as_deref() == Some(host) || origin(site).as_deref() == Some(host)
            })
    };
    let mut wanted: BTreeMap<String, &String> = BTreeMap::new();
    for (link, on) in links {
        let to = led_out(link).unwrap_or_else(|| link.clone());
        if host_of(&to).is_some_and(|host| !own(&host)) {
            wanted.entry(to).or_insert(on);
        }
    }
    let usual = Outside::default();
    let ways = house.furnishing::<Outside>().unwrap_or(&usual);
    let mut dead = Vec::new();
    let (mut tried, mut reached) = (0, false);
    for (to, on) in wanted.into_iter().take(OUTSIDE) {
        tried += 1;
        let why = match ways.try_at(&to).await {
            Came::There => {
                reached = true;
                continue;
            }
            Came::Broken(why) => {
                reached = true;
                why
            }
            Came::Unreached(why) => why,
        };
        dead.push(DeadLink { on: on.clone(), to, outside: true, why });
    }
    material.tried_outside = reached;
    if reached {
        material.dead_links.extend(dead);
    }
    tried
}

/// Where a link through the notice leads.
fn led_out(link: &str) -> Option<String> {
    let (path, query) = link.split_once('?')?;
    if !path.ends_with(LEAVING) {
        return None;
    }
    let to = query.split('&').find_map(|pair| pair.strip_prefix("dao="))?;
    Some(web::address::decoded(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_for_everybody_are_followed() {
        for (path, followed) in [
            ("/wenjian/1", true),
            ("/wenjian?year=2026", true),
            ("/siming/pianhao?size=lg", false),
            ("/gongzuo/mulu", false),
            ("/wenjian/1.pdf", false),
            ("/sousuo?q=1", false),
            ("//example.com", false),
            ("tel:12345", false),
            ("/lianjie?dao=https%3A//a.example", false),
        ] {
            assert_eq!(is_followed(path), followed, "{path}");
        }
    }

    #[test]
    fn a_link_through_the_notice_is_tried_where_it_leads() {
        let through = "/siming/lianjie?dao=https%3A//a.example/x%3Fy&zheng=abc";
        assert_eq!(led_out(through).as_deref(), Some("https://a.example/x?y"));
        assert_eq!(led_out("https://a.example/"), None);
    }
}
