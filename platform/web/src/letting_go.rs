//! Letting kept pages go, where something was done that they tell of (`docs/decisions/033`).

use std::collections::HashSet;
use std::ops::Range;

use ledger::Event;

use crate::cache::{self, Reached};
use crate::copying::fits;
use crate::{Copied, Fault, House, Reach};

/// So many acts are looked at one by one before kept pages are let go; after more, all are.
const MOST_REACHED: usize = 40;

/// So many things are drawn anew for it.
const MOST_DRAWN: usize = 8;

impl House {
    /// Lets go of all kept pages.
    pub fn forget_pages(&self) {
        self.pages.forget();
    }

    /// The addresses of the pages that are kept, without queries; one may be there in several forms.
    pub fn kept_addresses(&self) -> Vec<String> {
        self.pages.addresses()
    }

    /// Lets go of the kept pages at and below an address, at any site.
    pub fn forget_pages_below(&self, path: &str) {
        self.pages.let_go_below(path);
    }

    /// Lets go of the kept pages that may say something else after these acts; of all where there are many acts.
    ///
    /// # Errors
    /// The database refuses; nothing was let go.
    pub async fn forget_reached(&self, events: &[Event]) -> Result<(), Fault> {
        if events.len() > MOST_REACHED {
            self.pages.forget();
            return Ok(());
        }
        self.forget_reach(&Reach::of(self, events).await?).await
    }

    /// Lets go of the kept pages that may say something else because the log was signed over these leaves.
    ///
    /// # Errors
    /// The database refuses; nothing was let go.
    pub async fn forget_signed(&self, leaves: Range<i64>) -> Result<(), Fault> {
        if usize::try_from(leaves.end - leaves.start).is_ok_and(|many| many > MOST_REACHED) {
            self.pages.forget();
            return Ok(());
        }
        let mut reach = Reach::default();
        reach.signed_over(leaves);
        self.forget_reach(&reach).await
    }

    /// A thing is drawn anew: what it leads to now was perhaps not led to before, and tells of it too.
    async fn forget_reach(&self, reach: &Reach) -> Result<(), Fault> {
        if reach.whole || reach.things.len() > MOST_DRAWN || !self.can_read_pages() {
            self.pages.forget();
            return Ok(());
        }
        self.pages.let_go(&Reached::of(reach, HashSet::new(), HashSet::new()));
        let (mut linked, mut meeting) = (HashSet::new(), HashSet::new());
        for (thing, division) in &reach.things {
            if !self.drawn(thing, division.as_deref(), (&mut linked, &mut meeting)).await {
                self.pages.forget();
                return Ok(());
            }
        }
        self.pages.let_go(&Reached::of(reach, linked, meeting));
        Ok(())
    }

    /// Draws a thing at its own site, and notes what it leads to; `false` where it cannot be drawn.
    async fn drawn(
        &self,
        thing: &str,
        division: Option<&str>,
        (linked, meeting): (&mut HashSet<u64>, &mut HashSet<u64>),
    ) -> bool {
        let directory = self.directory();
        let around = directory.all().iter().filter(|site| {
            let (low, high) = &site.range;
            division.is_none_or(|division| (low.as_str()..=high.as_str()).contains(&division))
        });
        // Ranges lie within one another: the last to begin is the site's that is nearest.
        let Some(site) = around.max_by_key(|site| site.range.0.clone()) else { return true };
        let Some(page) = self.own_page(site, &site.link(thing)).await else { return false };
        let host = site.host.as_deref().unwrap_or_default();
        let leads = cache::led_to(&page.text, host, &directory);
        let meets = |below: &&&str| {
            let mut routes = self.rooms().iter().flat_map(|room| room.meeting);
            routes.any(|route| fits(route, below))
        };
        meeting.extend(cache::numbers(leads.iter().filter(meets)));
        let single = |below: &&&str| self.copied_at(below) == Some(Copied::Single);
        linked.extend(cache::numbers(leads.iter().filter(single)));
        !page.status.is_server_error()
    }
}
