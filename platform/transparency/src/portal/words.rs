//! Leaves in words.

use jiff::Timestamp;
use ledger::log::LeafBody;
use ledger::{LeafEvent, Withdrawal, day_in_china};

/// What was done.
pub fn event(body: &LeafBody) -> &'static str {
    match (body.event, body.reason) {
        (LeafEvent::Publication, _) => "发布",
        (LeafEvent::Correction, _) => "更正",
        (LeafEvent::Release, _) => "目录发布",
        (LeafEvent::Intake, _) => "补登（日志建立前已公开）",
        (LeafEvent::Restoration, _) => "恢复公开",
        (LeafEvent::Anchor, _) => "审计链记录",
        (LeafEvent::Withdrawal, Some(Withdrawal::Moved)) => "撤下（已并入或移到别处）",
        (LeafEvent::Withdrawal, Some(Withdrawal::NoLongerInForce)) => "失效",
        (LeafEvent::Withdrawal, _) => "撤下（误发）",
    }
}

/// The moment in China to the second, as people write it.
pub fn moment(stored: &str) -> String {
    let Ok(at) = stored.parse::<Timestamp>() else { return stored.to_owned() };
    let clock = at.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)));
    format!("{} {}", day_in_china(at), clock.strftime("%H:%M:%S"))
}
