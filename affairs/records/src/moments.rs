//! Stored moments as people read them: China has one time the year round (docs/readings/014).

use jiff::tz::Offset;
use store::parse_moment;

/// China's time.
const CHINA: Offset = Offset::constant(8);

/// The minute: 2026-11-25 10:42. Empty where the text is no moment.
pub(crate) fn minute(stored: &str) -> String {
    let at = parse_moment(stored).map(|at| CHINA.to_datetime(at));
    at.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

/// The day: 2026-11-25. Empty where the text is no moment.
pub(crate) fn day(stored: &str) -> String {
    parse_moment(stored).map(|at| CHINA.to_datetime(at).date().to_string()).unwrap_or_default()
}
