//! 催一下 for the one entrance of turning to organs: where one finds the item, what became of what was asked, and
//! what waits (docs/readings/288).

use web::{House, Later, Urged, UrgingSource};

use crate::store::{Reminder, ReminderAsk};
use crate::workbench::reminders;

/// The most that are told of what waits; the page has them all.
const MOST: i64 = 20;

/// For the house.
pub(crate) const SOURCE: UrgingSource = UrgingSource {
    search: "/sousuo",
    besides: &[("kind", crate::searching::KIND)],
    all: "/mulu",
    count: Reminder::count,
    opens: "catalogue.reminder.read",
    waiting,
};

fn waiting<'a>(house: &'a House, organ: &'a str) -> Later<'a, Vec<Urged>> {
    Box::pin(async move {
        let organ = Some(organ.to_owned());
        let ask = ReminderAsk { organ, most: MOST, ..ReminderAsk::default() };
        let open = Reminder::list(house.store(), &ask).await?;
        let urged = |one: Reminder| Urged {
            path: reminders::path(&one),
            name: one.name,
            times: one.times,
            asked_on: one.asked_on,
            due_on: one.due_on,
            provisional: one.provisional,
        };
        Ok(open.into_iter().map(urged).collect())
    })
}
