//! Moments as text: UTC, milliseconds, always as wide, so that text order is time order.

use jiff::Timestamp;

/// A moment as it is stored, `2026-11-25T05:30:00.000Z`.
pub fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// A stored moment read back; `None` when the text is not one.
pub fn parse_moment(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{moment, parse_moment};

    #[test]
    fn a_moment_survives_being_stored() {
        let text = "2026-11-25T05:30:00.120Z";
        assert_eq!(parse_moment(text).map(moment).as_deref(), Some(text));
    }
}
