//! What can be followed on a site, found by its kind and key: whether a form names it or a program.

use identity::{Division, Level, Organ};
use web::{Fault, Visit};

use crate::topic::{Kind, Topic};

/// So many things can be followed at a time.
pub(crate) const MOST: usize = 60;

/// The topic of a kind and a key, by its name today; none where the site has none.
pub(crate) async fn found(visit: &Visit, kind: Kind, key: &str) -> Result<Option<Topic>, Fault> {
    let (store, site, key) = (visit.house.store(), &visit.site, key.trim());
    let (low, high) = &site.range;
    let name = match kind {
        Kind::Site => return Ok(Some(Topic::new(kind, &site.division, &site.place))),
        Kind::Search => {
            let words = key.split_whitespace().collect::<Vec<_>>().join(" ");
            return Ok((!words.is_empty()).then(|| Topic::new(kind, words.clone(), words)));
        }
        Kind::Domain => match visit.house.themes() {
            Some(themes) => {
                let known = (themes.domains)(&visit.house).await?;
                known.into_iter().find(|(slug, _)| slug == key).map(|(_, name)| name)
            }
            None => None,
        },
        Kind::Organ => {
            let found = Organ::find(store, key).await?;
            let today = visit.house.ledger().clock().today();
            let found = found.filter(|one| (low..=high).contains(&&one.division));
            found.filter(|one| one.stands_on(today)).map(|one| one.name)
        }
        Kind::Village => {
            let found = Division::find(store, key).await?;
            let found = found.filter(|one| one.level == Level::Village);
            found.filter(|one| (low..=high).contains(&&one.code)).map(|one| one.name)
        }
        Kind::Item => match (visit.house.themes(), key.split_once('/')) {
            (Some(themes), Some((domain, item))) => {
                (themes.item)(&visit.house, site, domain, item).await?
            }
            _ => None,
        },
        Kind::Group => None,
    };
    Ok(name.map(|name| Topic::new(kind, key, name)))
}

/// The town of a village, by their codes.
pub(crate) fn town_of(village: &str) -> String {
    format!("{:0<12}", village.get(..9).unwrap_or(village))
}
