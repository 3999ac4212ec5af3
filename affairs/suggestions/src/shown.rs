//! What this room shows an inspection: where one asks online, and what waits for an answer. 举报 is no 政务咨询
//! (docs/readings/268).

use web::{House, InspectionSource, Later, Shown, ShownMessage, Site};

use crate::store::Suggestion;

/// For the house.
pub(crate) const SOURCE: InspectionSource = InspectionSource { show };

/// Letters that are looked at: the longest waiting.
const LETTERS: i64 = 500;

fn show<'a>(house: &'a House, site: &'a Site) -> Later<'a, Shown> {
    Box::pin(async move {
        let waiting =
            Suggestion::waiting_on(house.store(), &whole_of(house, site), LETTERS).await?;
        let (asked, told): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|letter| letter.kind.is_consultation());
        let shown = |letters: Vec<Suggestion>| -> Vec<ShownMessage> {
            letters.into_iter().map(|letter| message(site, letter)).collect()
        };
        let channel = site.link(crate::portal::WRITE);
        Ok(Shown {
            consultation: Some((Some(channel), shown(asked))),
            messages: shown(told),
            ..Shown::default()
        })
    })
}

fn message(site: &Site, letter: Suggestion) -> ShownMessage {
    ShownMessage {
        address: site.link(&letter.desk_path()),
        received: letter.counted_from,
        due: Some(letter.due_on),
        answered: None,
        id: letter.id,
    }
}

/// The site and those that are parts of it: what stands below it and has no inspection of its own.
fn whole_of(house: &House, site: &Site) -> Vec<String> {
    let directory = house.directory();
    let own = site.base();
    let is_part = |base: &str| {
        let rest = base.strip_prefix(own);
        // A town's site is a part of its district's; a district's is a website of its own.
        base == own || !own.is_empty() && rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let bases = directory.all().iter().map(|one| one.base().to_owned());
    bases.filter(|base| is_part(base)).collect()
}
