//! The clocks of a response as pages show them: what has to be done, until when, and how that stands.

use interpretation_rules::{ClockStanding, Milestone};
use jiff::Timestamp;
use store::parse_moment;

use crate::store::Response;

/// One clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clock {
    /// What has to be done.
    pub what: Milestone,
    /// The last moment.
    pub due: Timestamp,
    /// How it stands.
    pub standing: ClockStanding,
    /// By which provision.
    basis: String,
}

impl Clock {
    /// In words for everybody, with its provision: how much is left while it runs is not told, for the page is kept and
    /// copied.
    pub(crate) fn public_words(&self) -> String {
        let due = web::moments::minute_of(self.due);
        let told = format!("{}：最迟 {due}", self.what.name());
        match self.standing {
            ClockStanding::Running(_) => format!("{told}（{}）", self.basis),
            standing => format!("{told}，{}（{}）", standing.words(), self.basis),
        }
    }

    /// In words; with its provision where that is wanted.
    pub(crate) fn words(&self, cited: bool) -> String {
        let due = web::moments::minute_of(self.due);
        let told = format!("{}：最迟 {due}，{}", self.what.name(), self.standing.words());
        if cited { format!("{told}（{}）", self.basis) } else { told }
    }
}

/// The clocks of a response at a moment, in the order in which they end; none where no rule was in force when it was
/// heard.
pub(crate) fn clocks_of(one: &Response, now: Timestamp) -> Vec<Clock> {
    let Some(heard) = parse_moment(&one.heard.at) else { return vec![] };
    let due = one.heard.concern.due(heard, ledger::day_in_china(heard)).unwrap_or_default();
    let at = |stored: &Option<String>| stored.as_deref().and_then(parse_moment);
    let clock = |(what, due, basis): (Milestone, Timestamp, law::Provision)| {
        let done = if what.is_published() { at(&one.published_at) } else { at(&one.conference_at) };
        let standing = ClockStanding::of(due, done, now);
        Clock { what, due, standing, basis: basis.to_string() }
    };
    due.into_iter().map(clock).collect()
}

#[cfg(test)]
mod tests {
    use interpretation_rules::{ClockStanding, Milestone};
    use jiff::Timestamp;

    use super::Clock;

    #[test]
    fn everybody_reads_the_last_moment_and_not_how_much_was_left_when_the_page_was_drawn() {
        let due: Timestamp = "2026-11-27T00:00:00Z".parse().expect("a moment");
        let told = |standing| {
            let clock =
                Clock { what: Milestone::Conference, due, standing, basis: "依据".into() };
            clock.public_words()
        };
        let running = told(ClockStanding::Running(3));
        assert!(running.contains("最迟") && !running.contains("还剩"), "{running}");
        assert!(told(ClockStanding::Overdue).contains("已超过时限"));
        assert!(told(ClockStanding::InTime).contains("按时"));
    }
}
