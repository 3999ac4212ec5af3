//! Where the links of the pages lead: inside, asked of the house itself; outside, tried a few at a time and no
//! longer than is bearable. What was not come to is said, and has its turn on another day.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use law::{Date, day};
use sites_rules::inspection::{DeadLink, Material};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};
use web::leaving::{LEAVING, host_of};
use web::{House, Site, SiteDirectory};

use super::outside::Came;
use super::{Outside, copied};

/// So many links inside are followed beyond the pages that are read.
const INSIDE: usize = 400;

/// So many links outside.
const OUTSIDE: usize = 60;

/// So many of them at the same time.
const AT_ONCE: usize = 12;

/// After this time nobody waits for other sites any more.
const ALL_IN_ALL: Duration = Duration::from_secs(60);

/// What is made when it is asked for, and takes long.
const MADE: [&str; 6] = [".pdf", ".docx", ".xlsx", ".ics", ".zip", ".csv"];

/// A day on which the list began at its beginning.
const FIRST_DAY: Date = day(2019, 4, 1);

/// So many of a list, on every day others until all had their turn; and how many are left for other days.
pub(super) fn of_the_day<T>(mut all: Vec<T>, most: usize, today: Date) -> (Vec<T>, usize) {
    let left = all.len().saturating_sub(most);
    if left > 0 {
        let days = usize::try_from((today - FIRST_DAY).get_days()).unwrap_or_default();
        let from = (days % all.len()) * (most % all.len()) % all.len();
        all.rotate_left(from);
        all.truncate(most);
    }
    (all, left)
}

/// A link of a page as it is followed: whole addresses of sites of ours are paths.
pub(super) fn at_home(directory: &SiteDirectory, link: &str) -> Option<String> {
    let host = host_of(link)?;
    let after = link.split_once("://").map_or("", |(_, after)| after);
    let path = after.find(['/', '?', '#']).map_or("/", |at| &after[at..]);
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    let mut all = directory.all().iter();
    if let Some(site) = all.find(|site| site.host.as_deref() == Some(&host)) {
        let within =
            path.strip_prefix(site.base()).is_some_and(|rest| rest.starts_with(['/', '?']));
        return Some(if within { path } else { format!("{}{path}", site.base()) });
    }
    let origin = |site: &Site| site.frame.origin.as_deref().and_then(host_of);
    let own = host == "localhost"
        || directory.all().iter().any(|site| origin(site).as_deref() == Some(&host));
    own.then_some(path)
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
pub(super) async fn inside(
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
    let (asking, plain): (Vec<_>, Vec<_>) =
        wanted.into_iter().partition(|(path, _)| path.contains('?'));
    let (mut wanted, left) = of_the_day(plain, INSIDE, material.today);
    let (asking, more) = of_the_day(asking, INSIDE - wanted.len(), material.today);
    wanted.extend(asking);
    material.unread.inside = left + more;
    let followed = wanted.len();
    material.links_inside = followed;
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

/// Tries links to other sites; says how many. Where not one of them answers, the machine has no way out, and
/// nothing is said of any.
pub(super) async fn outside(
    house: &House,
    links: &BTreeMap<String, String>,
    material: &mut Material,
) -> usize {
    let directory = house.directory();
    let mut wanted: BTreeMap<String, &String> = BTreeMap::new();
    for (link, on) in links {
        let to = led_out(link).unwrap_or_else(|| link.clone());
        if host_of(&to).is_some() && at_home(&directory, &to).is_none() {
            wanted.entry(to).or_insert(on);
        }
    }
    let (wanted, left) = of_the_day(wanted.into_iter().collect(), OUTSIDE, material.today);
    let whole = wanted.len();
    let ways = house.furnishing::<Outside>().cloned().unwrap_or_default();
    let addresses = wanted.iter().map(|(to, _)| to.clone()).collect();
    let came = tried(&ways, addresses, Instant::now() + ALL_IN_ALL).await;
    material.links_outside = came.len();
    material.unread.outside = left + whole - came.len();
    material.tried_outside = came.iter().any(|(_, came)| came.is_answer());
    for (to, on) in wanted.into_iter().filter(|_| material.tried_outside) {
        let why = came.iter().find(|(own, _)| *own == to).and_then(|(_, came)| came.why());
        if let Some(why) = why.map(str::to_owned) {
            material.dead_links.push(DeadLink { on: on.clone(), to, outside: true, why });
        }
    }
    came.len()
}

/// Tries addresses, a few at a time; those for which the time was too short are not among the answers.
async fn tried(ways: &Outside, wanted: Vec<String>, until: Instant) -> Vec<(String, Came)> {
    let (mut waiting, mut trying, mut came) = (wanted.into_iter(), JoinSet::new(), vec![]);
    loop {
        let free = AT_ONCE.saturating_sub(trying.len());
        for to in waiting.by_ref().take(free) {
            let ways = ways.clone();
            trying.spawn(async move {
                let came = ways.try_at(&to).await;
                (to, came)
            });
        }
        match timeout_at(until, trying.join_next()).await {
            Ok(Some(one)) => came.extend(one),
            Ok(None) | Err(_) => return came,
        }
    }
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
    use std::collections::BTreeSet;

    use tokio::net::TcpListener;

    use super::*;
    use crate::inspecting::outside::PATIENCE;

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

    #[test]
    fn what_has_no_turn_today_has_it_within_days() {
        for (of, most, days) in [(3, 5, 1), (130, 40, 4), (130, 40, 4), (7, 1, 7)] {
            let mut seen = BTreeSet::new();
            for back in 0..days {
                let today = day(2026, 11, 25).saturating_add(jiff::Span::new().days(back));
                let (turn, left) = of_the_day((0..of).collect(), most, today);
                assert_eq!((turn.len(), left), (most.min(of), of.saturating_sub(most)));
                seen.extend(turn);
            }
            assert_eq!(seen.len(), of, "{most} of {of} within {days} days");
        }
    }

    #[tokio::test]
    async fn other_sites_are_tried_together_and_waited_for_no_longer_than_is_bearable() {
        let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = silent.local_addr().expect("an address").port();
        let ways = Outside::new(notices::Reach::new(vec!["127.0.0.1".into()]));
        let gone = |at: usize| format!("http://127.0.0.1:1/{at}");
        let mute = |at: usize| format!("http://127.0.0.1:{port}/{at}");
        let begun = Instant::now();
        let wanted = (0..AT_ONCE - 1).map(mute).chain((0..20).map(gone)).collect();
        let came = tried(&ways, wanted, begun + Duration::from_secs(2)).await;
        assert_eq!(came.len(), 20, "who is silent keeps nobody else from being tried");
        assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    }
}
