//! Where a round begins: what has to be in a copy whether a page leads to it or not.

use ledger::Ledger;
use web::{Ask, Fault, House};

use crate::leading::Leading;
use crate::list::{Kind, Scope};
use crate::rewriting::Wanted;
use crate::{CALM, INDEX};

/// The page for what is not there, as plain servers call it.
pub(crate) const MISSING: &str = "/404.html";

/// What every site has besides the pages that lead to one another.
const OF_EACH_SITE: [&str; 6] =
    ["/", INDEX, CALM, "/sitemap.xml", "/sitemap-pages.xml", "/zuixin.atom"];

/// What the first site has for all.
const OF_THE_FIRST: [&str; 2] = ["/robots.txt", "/.well-known/security.txt"];

/// Everything a round of this scope begins with.
pub(crate) async fn seeds(
    house: &House,
    leading: &Leading,
    scope: &Scope,
) -> Result<Vec<Wanted>, Fault> {
    let mut found = Vec::new();
    for site in leading.directory().all() {
        let inside = match scope {
            Scope::Whole => true,
            Scope::Around(sites) => sites.iter().any(|base| base == site.base()),
        };
        if !inside {
            continue;
        }
        found.extend(OF_EACH_SITE.iter().filter_map(|path| leading.wanted(&site.link(path))));
        for source in house.rooms().iter().filter_map(|room| room.sitemap) {
            let entries = (source.entries)(house, site).await?;
            let wanted = entries.iter().filter_map(|entry| leading.wanted(&site.link(&entry.path)));
            found.extend(wanted);
        }
        // What was withdrawn is led to by nothing, and still says why.
        let mut ask = Ask { divisions: Some(site.range.clone()), ..Ask::default() };
        loop {
            let gone = house.gone(&ask, law::day(1949, 10, 1)).await?;
            let last = gone.last().map(web::Gone::mark);
            if last.is_none() || last == ask.after {
                break;
            }
            ask.after = last;
            found.extend(gone.iter().filter_map(|gone| leading.wanted(&site.link(&gone.path))));
        }
    }
    let Some(first) = leading.directory().all().first() else { return Ok(found) };
    let paths = OF_THE_FIRST.iter().map(|path| first.link(path));
    found.extend(paths.filter_map(|path| leading.wanted(&path)));
    let missing = first.link(MISSING);
    found.push(Wanted { address: missing, site: first.base().into(), kind: Kind::Missing });
    Ok(found)
}

/// The tiles of the log as far as it was signed, and the checkpoint.
pub(crate) async fn log_tiles(ledger: &Ledger, leading: &Leading) -> Result<Vec<Wanted>, Fault> {
    let Some(first) = leading.directory().all().first() else { return Ok(vec![]) };
    let Some(signed) = ledger.log().checkpoint().await? else { return Ok(vec![]) };
    let tiles = tlog::Tile::all(u64::try_from(signed.size).unwrap_or(0));
    let paths = tiles.into_iter().map(|tile| format!("/{tile}"));
    let paths = paths.chain(["/checkpoint".to_owned()]).map(|path| first.link(&path));
    Ok(paths.filter_map(|path| leading.wanted(&path)).collect())
}

/// Leaves of the log, and what each of them tells of, whatever is shown of it now.
pub(crate) async fn leaves(
    house: &House,
    leading: &Leading,
    positions: std::ops::Range<i64>,
) -> Result<Vec<Wanted>, Fault> {
    let Some(first) = leading.directory().all().first() else { return Ok(vec![]) };
    let mut found = Vec::new();
    for (position, subject) in house.ledger().log().subjects(positions).await? {
        found.extend(leading.wanted(&first.link(&format!("/gongkai-rizhi/{position}"))));
        let address = house.inscribed(&subject).and_then(|source| (source.address)(&subject));
        found.extend(address.and_then(|path| leading.wanted(&first.link(&path))));
    }
    Ok(found)
}

/// Addresses of the site before, each with the address where its page is now.
pub(crate) async fn former(
    house: &House,
    leading: &Leading,
    after: Option<&str>,
) -> Result<(Vec<(Wanted, String)>, Option<String>), Fault> {
    let source = house.rooms().iter().find_map(|room| room.old_addresses);
    let (Some(source), Some(first)) = (source, leading.directory().all().first()) else {
        return Ok((vec![], None));
    };
    let (rows, next) = (source.all)(house, after).await?;
    let row = |(path, now): (String, String)| {
        // A plain server does not look at a query, so it cannot tell these pages apart.
        let plain = path.starts_with('/') && !path.contains(['?', '#']);
        let ours = house.copied_at(&path).is_some();
        let site = first.base().to_owned();
        let wanted = Wanted { address: path, site, kind: Kind::Former };
        (plain && !ours).then(|| (wanted, first.link(&now)))
    };
    Ok((rows.into_iter().filter_map(row).collect(), next))
}
