//! What this room shows an inspection: where one asks online, and what waits for an answer or waited
//! too long. 举报 is no 政务咨询, and what the hotline sends is asked there and not here (docs/readings/268).

use identity::{Post, Role};
use jiff::Span;
use suggestions_rules::unanswered_after;
use web::{House, InspectionSource, Later, Shown, ShownMessage, Site};

use crate::store::Suggestion;

/// For the house.
pub(crate) const SOURCE: InspectionSource = InspectionSource { show };

/// Letters that are looked at: the longest waiting.
const LETTERS: i64 = 500;

fn show<'a>(house: &'a House, site: &'a Site) -> Later<'a, Shown> {
    Box::pin(async move {
        let (store, bases) = (house.store(), whole_of(house, site));
        let waiting = Suggestion::waiting_on(store, &bases, LETTERS).await?;
        let (mut asked, told): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|letter| letter.kind.is_consultation());
        // An answer that came after the months of the veto does not undo them.
        let since = house.ledger().clock().today().saturating_sub(Span::new().years(1));
        let late = Suggestion::answered_late_on(store, &bases, since, LETTERS).await?;
        asked.extend(late.into_iter().filter(is_vetoed));
        let shown = |letters: Vec<Suggestion>| -> Vec<ShownMessage> {
            letters.into_iter().map(|letter| message(site, letter)).collect()
        };
        // Where nobody is in post to answer, one may write but not ask.
        let (handler, today) = (Role::SuggestionHandler, house.ledger().clock().today());
        let handled = Post::is_held_at(store, (&site.division, handler), today).await?;
        let channel = handled.then(|| site.link(crate::portal::WRITE));
        Ok(Shown {
            consultation: Some((channel, shown(asked))),
            messages: shown(told),
            ..Shown::default()
        })
    })
}

/// Whether what was asked here was answered after the months in which an inspection waits for it.
fn is_vetoed(letter: &Suggestion) -> bool {
    let last = unanswered_after(letter.received_on).ok();
    letter.kind.is_consultation() && letter.answered_on > last && last.is_some()
}

fn message(site: &Site, letter: Suggestion) -> ShownMessage {
    let open = letter.course.state.is_open();
    ShownMessage {
        address: site.link(&letter.desk_path()),
        received: if open { letter.counted_from } else { letter.received_on },
        due: if open { Some(letter.due_on) } else { letter.answer_due },
        answered: letter.answered_on.filter(|_| !open),
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
