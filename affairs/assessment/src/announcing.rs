//! What subscribers are told of the board: that the numbers of a quarter are fixed, and that they were corrected
//! (docs/readings/236). Quarters of long ago, which a new platform counts at its beginning, are no news.

use assessment_rules::Period;
use identity::Organ;
use jiff::ToSpan;
use ledger::Event;
use store::Transaction;
use web::{Announcement, Became, House, Later, Listener};

/// Subscribers are told within the worker's round.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "assessment.announcement",
    acts: &["assessment.settlement", "assessment.correction"],
    hear,
}];

/// What ended longer ago is no news: a decision of ours.
const NEWS: i32 = 100;

fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let Some(period) = period_of(event) else { return Ok(()) };
        let directory = house.directory();
        let Some(site) = directory.all().first() else { return Ok(()) };
        let Some(organ) = Organ::find(change, &site.organ).await? else { return Ok(()) };
        let (became, what) = match event.act.as_str() {
            "correction" => (Became::Corrected, "更正"),
            _ => (Became::Public, "公布"),
        };
        let title = format!("{}{}公开质量数字{what}", site.place, period.name());
        let told = Announcement {
            became,
            text: format!("{title} 公开质量看板 按时率 应公开覆盖率 答复用时"),
            title,
            path: format!("/kanban?jidu={}", period.key()),
            organ: organ.code,
            organ_name: organ.short_name,
            division: site.division.clone(),
            domains: Vec::new(),
            items: Vec::new(),
        };
        house.announce(event, told, change).await
    })
}

/// The quarter an event fixes or corrects, where that is news.
fn period_of(event: &Event) -> Option<Period> {
    let period = Period::parse(event.subject.strip_prefix("quality:")?).ok()?;
    let happened = ledger::day_in_china(event.happened_at);
    let old = happened.checked_sub(NEWS.days()).ok()?;
    (period.is_quarter() && period.last() >= old).then_some(period)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(subject: &str, at: &str) -> Event {
        Event {
            seq: 1,
            id: "1".into(),
            happened_at: at.parse().expect("a moment"),
            room: "assessment".into(),
            act: "settlement".into(),
            subject: subject.into(),
            organ: String::new(),
            actor: "timer".into(),
            post: String::new(),
            basis: String::new(),
            facts: serde_json::Value::Null,
            change: None,
        }
    }

    #[test]
    fn a_quarter_that_has_just_been_fixed_is_news_and_an_old_one_or_a_year_is_not() {
        for (subject, at, news) in [
            ("quality:2026-Q3", "2026-10-15T01:00:00Z", true),
            ("quality:2026-Q1", "2026-10-15T01:00:00Z", false),
            ("quality:2026", "2027-01-09T01:00:00Z", false),
            ("record:1", "2026-10-15T01:00:00Z", false),
        ] {
            assert_eq!(period_of(&event(subject, at)).is_some(), news, "{subject}");
        }
    }
}
