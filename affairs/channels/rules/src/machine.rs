//! 自助终端: what a machine gives, and who looks after it. All numbers are ours (docs/readings/240).

use jiff::{SignedDuration, Timestamp};

/// The most pages one session prints.
pub const MOST_PAGES: u32 = 10;

/// After so many wrong numbers of the staff corner it is shut for a while.
pub const PIN_TRIES: u32 = 5;

/// For so long.
pub const PIN_PAUSE: SignedDuration = SignedDuration::from_mins(15);

/// A machine that has said nothing for so long in opening hours is looked after.
pub const SILENT_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// Whether a machine has said nothing for too long: since it was heard of last; where it never was, since it was
/// connected or the program that listens began, whichever was later.
pub fn is_silent(
    heard: Option<Timestamp>,
    (connected, begun): (Timestamp, Timestamp),
    now: Timestamp,
) -> bool {
    now.duration_since(heard.unwrap_or(connected.max(begun))) > SILENT_AFTER
}

/// What a machine is called where nobody named it: the smallest number that no other of its zone bears.
pub fn next_name(taken: &[&str]) -> String {
    let mut names = (1..=taken.len() + 1).map(|number| format!("{number} 号自助机"));
    names.find(|name| !taken.contains(&name.as_str())).unwrap_or_default()
}

/// Why nothing is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PrintRefused {
    /// It is too long for what is left.
    #[error("这份有 {pages} 页，这次还能打印 {left} 页。请扫码带走，或者请工作人员帮忙")]
    TooMany {
        /// Its pages.
        pages: u32,
        /// What is left.
        left: u32,
    },
    /// It has no page.
    #[error("没有可打印的内容。请回到要打印的那一页再试")]
    Nothing,
}

/// What is left of a session's pages when so many more are printed.
///
/// # Errors
/// They are more than are left, or none.
pub fn left_after(used: u32, pages: u32) -> Result<u32, PrintRefused> {
    let left = MOST_PAGES.saturating_sub(used);
    match pages {
        0 => Err(PrintRefused::Nothing),
        pages if pages > left => Err(PrintRefused::TooMany { pages, left }),
        pages => Ok(left - pages),
    }
}

/// Why a number is none for the staff corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PinRefused {
    /// It has not six digits.
    #[error("要 6 位数字")]
    Length,
    /// It is guessed at once.
    #[error("太好猜。不要用相同的、连着的数字")]
    Guessable,
}

/// Whether a number will do for the staff corner: six digits, not all alike and not in a row.
///
/// # Errors
/// It will not.
pub fn sound_pin(pin: &str) -> Result<(), PinRefused> {
    if pin.len() != 6 || !pin.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(PinRefused::Length);
    }
    let steps: Vec<i16> =
        pin.as_bytes().windows(2).map(|two| i16::from(two[1]) - i16::from(two[0])).collect();
    let even = steps.iter().all(|step| *step == steps[0]) && steps[0].abs() <= 1;
    if even { Err(PinRefused::Guessable) } else { Ok(()) }
}
