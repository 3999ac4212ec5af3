//! Moments in words.

use jiff::Timestamp;

/// The moment in China to the second, as people write it.
pub fn moment(stored: &str) -> String {
    let Ok(at) = stored.parse::<Timestamp>() else { return stored.to_owned() };
    let clock = law::CHINA.to_datetime(at);
    clock.strftime("%Y-%m-%d %H:%M:%S").to_string()
}
