//! Moments in words.

use jiff::Timestamp;
use ledger::day_in_china;

/// The moment in China to the second, as people write it.
pub fn moment(stored: &str) -> String {
    let Ok(at) = stored.parse::<Timestamp>() else { return stored.to_owned() };
    let clock = at.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)));
    format!("{} {}", day_in_china(at), clock.strftime("%H:%M:%S"))
}
