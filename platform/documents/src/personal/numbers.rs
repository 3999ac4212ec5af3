//! Identity, telephone and card numbers.
//!
//! A number counts when its own check says so, or when its text announces it; how loosely it may be
//! written depends on both. Parts in neighbouring cells or lines are one number only where the text
//! or the heading says what they are: a code, a day and a serial number in a row are none.

use super::chains::{self, Candidate, Gap};
use super::checks;
use super::labels::{self, Label, announces_a_thing};
use super::passage::Passage;
use super::signs::{Sign, What, words};
use super::{Found, Kind};

/// How many signs before a number are looked at for what announces it.
const REACH: usize = 22;
/// How many signs right before a number say that it belongs to a thing.
const CLOSE: usize = 9;

/// The numbers of a passage, in order.
pub(super) fn find(passage: &Passage, signs: &[Sign]) -> Vec<Found> {
    let groups = chains::groups(signs);
    let text = Text { passage, signs };
    let mut found = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        let hit = chains::candidates(&groups, at).into_iter().find_map(|candidate| {
            let found = text.judge(&candidate)?;
            Some((candidate.groups.len(), found))
        });
        match hit {
            Some((count, hit)) => {
                found.push(hit);
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

struct Text<'a> {
    passage: &'a Passage,
    signs: &'a [Sign],
}

/// What surrounds a candidate.
struct Around {
    /// The words before it and above it.
    before: String,
    /// The few words right before it.
    close: String,
    /// The words right behind it.
    after: String,
    /// Whether a letter or a masking sign touches it.
    is_touched: bool,
}

impl Around {
    fn says(&self, label: Label) -> bool {
        label.is_in(&self.before)
    }

    /// Whether it is announced as the number of a thing and as nothing else.
    fn is_of_thing(&self, label: Label) -> bool {
        !label.is_in(&self.close) && announces_a_thing(&self.close)
            || labels::begins_with_unit(&self.after) && !label.is_in(&self.close)
    }
}

impl Text<'_> {
    fn judge(&self, candidate: &Candidate<'_>) -> Option<Found> {
        let around = self.around(candidate);
        let is_alike = candidate.groups.iter().any(|group| group.is_alike);
        let labels = [Label::Identity, Label::Phone, Label::Card];
        // letters count as digits only in what is announced as a number
        if is_alike && !labels.iter().any(|label| around.says(*label)) {
            return None;
        }
        self.identity(candidate, &around)
            .or_else(|| self.old_identity(candidate, &around))
            .or_else(|| self.mobile(candidate, &around))
            .or_else(|| self.card(candidate, &around))
    }

    fn around(&self, candidate: &Candidate<'_>) -> Around {
        let (from, to) = (candidate.from(), candidate.to());
        let text = self.passage.text();
        let reach = line_start(self.signs, from).max(from.saturating_sub(REACH));
        let heading = self.passage.heading(self.signs[from].from).to_lowercase();
        let before = format!("{heading} {}", words(&self.signs[reach..from], text));
        let mut close = words(&self.signs[reach.max(from.saturating_sub(CLOSE))..from], text);
        let is_bare = !close.chars().any(char::is_alphabetic);
        if is_bare {
            close.push_str(&heading);
        }
        let after = words(&self.signs[to..self.signs.len().min(to + 4)], text);
        Around { is_touched: self.is_touched(from, to, &before), before, close, after }
    }

    /// Whether a letter or a masking sign touches the digits. Letters that announce a number do not
    /// count, nor does a check letter, nor the name of a mailbox.
    fn is_touched(&self, from: usize, to: usize, before: &str) -> bool {
        let left = from.checked_sub(1).map(|index| self.signs[index].what);
        let left = match left {
            Some(What::Letter(_)) => ![Label::Identity, Label::Phone, Label::Card]
                .iter()
                .any(|label| label.is_in(before)),
            _ => false,
        };
        let right = match self.signs.get(to).map(|sign| sign.what) {
            Some(What::Letter('x')) => {
                matches!(
                    self.signs.get(to + 1).map(|sign| sign.what),
                    Some(What::Letter(_) | What::Digit(..))
                )
            }
            Some(What::Letter(_)) => true,
            _ => false,
        };
        left || right || self.touches_mask(from, to)
    }

    /// 居民身份证号码: 18 signs, the last a digit or X.
    fn identity(&self, candidate: &Candidate<'_>, around: &Around) -> Option<Found> {
        let digits = candidate.digits();
        let announced = around.says(Label::Identity);
        let (check, to) = match digits.len() {
            18 => (digits[17], candidate.to()),
            17 => (10, self.check_letter(candidate.to())?),
            _ => return None,
        };
        if !checks::is_identity_shape(&digits)
            || is_part_of_code(candidate) && candidate.groups.len() > 1
        {
            return None;
        }
        // credit codes of bodies begin with the same digit
        if digits[0] == checks::FOREIGNER && !announced {
            return None;
        }
        let is_whole = candidate.groups.len() == 1;
        let is_right = checks::check_digit(&digits) == check;
        let written_as_one = match candidate.inner {
            Gap::Cell => announced,
            Gap::Line => announced || candidate.groups.len() == 2,
            _ => true,
        };
        let counts = if is_right {
            written_as_one && (is_whole || announced || !around.is_of_thing(Label::Identity))
        } else {
            // a slip of the pen still shows a birthday and most of the number
            Label::Identity.is_in(&around.close) && candidate.inner < Gap::Cell
        };
        let is_masked = self.touches_mask(candidate.from(), candidate.to());
        (counts && !is_masked).then(|| self.found(Kind::IdNumber, candidate.from(), to))
    }

    /// The sign after an X that may follow 17 digits, separators between allowed.
    fn check_letter(&self, to: usize) -> Option<usize> {
        let mut at = to;
        while at < self.signs.len().min(to + 3) {
            match self.signs[at].what {
                What::Letter('x') => {
                    let next = self.signs.get(at + 1).map(|sign| sign.what);
                    return (!matches!(next, Some(What::Letter(_) | What::Digit(..))))
                        .then_some(at + 1);
                }
                What::Other('Ⅹ' | '乘' | '叉') => return Some(at + 1),
                What::Mask if self.passage.text()[self.signs[at].from..].starts_with('×') => {
                    return Some(at + 1);
                }
                What::Blank | What::Tight | What::Break | What::Line | What::Cell => at += 1,
                _ => return None,
            }
        }
        None
    }

    /// Whether a masking sign hides more of the number. One sign alone may be punctuation: a question
    /// mark behind a number, a star before it.
    fn touches_mask(&self, from: usize, to: usize) -> bool {
        let what = |index: Option<usize>| {
            index.and_then(|index| self.signs.get(index)).map(|sign| sign.what)
        };
        let hides = |first: Option<usize>, second: Option<usize>| {
            what(first) == Some(What::Mask)
                && matches!(what(second), Some(What::Mask | What::Digit(..)))
        };
        hides(from.checked_sub(1), from.checked_sub(2)) || hides(Some(to), Some(to + 1))
    }

    fn old_identity(&self, candidate: &Candidate<'_>, around: &Around) -> Option<Found> {
        let digits = candidate.digits();
        if !checks::is_old_identity(&digits) || around.is_touched {
            return None;
        }
        let announced = around.says(Label::Identity);
        let counts = match candidate.inner {
            Gap::Join => {
                announced || !is_part_of_code(candidate) && !around.is_of_thing(Label::Identity)
            }
            Gap::Break => announced || !around.is_of_thing(Label::Identity),
            _ => announced && !is_part_of_code(candidate),
        };
        counts.then(|| self.found(Kind::IdNumber, candidate.from(), candidate.to()))
    }

    fn mobile(&self, candidate: &Candidate<'_>, around: &Around) -> Option<Found> {
        let all = candidate.digits();
        let (skipped, digits) = without_country(&all)?;
        if !checks::is_mobile(digits) || around.is_touched && !self.is_mailbox(candidate.to()) {
            return None;
        }
        let announced = around.says(Label::Phone);
        if self.is_in_address(candidate, Label::Phone) {
            return None;
        }
        if around.is_of_thing(Label::Phone)
            || is_part_of_code(candidate) && !announced && !candidate.in_list
        {
            return None;
        }
        let shape = shape_without(candidate, skipped);
        let counts = match candidate.inner {
            Gap::Join | Gap::Break => true,
            Gap::Tight => announced || is_phone_shape(&shape),
            Gap::Blank => announced || is_phone_shape(&shape) && is_alone(candidate),
            Gap::Odd => announced || skipped > 0 || shape == [3, 4, 4],
            Gap::Cell | Gap::Line => announced,
            Gap::Far => false,
        };
        counts.then(|| self.found(Kind::Mobile, candidate.from(), candidate.to()))
    }

    /// Whether the digits are part of an address on the web that does not say what they are.
    fn is_in_address(&self, candidate: &Candidate<'_>, label: Label) -> bool {
        let before = &self.passage.text()[..self.signs[candidate.from()].from];
        let is_end = |c: char| {
            c.is_whitespace()
                || !c.is_ascii()
                || matches!(c, '"' | '\'' | '<' | '>' | ',' | ';' | '(')
        };
        let address = before.rsplit(is_end).next().unwrap_or_default().to_ascii_lowercase();
        (address.contains("://") || address.starts_with("www.")) && !label.is_in(&address)
    }

    /// Whether what follows makes the digits the name of a mailbox.
    fn is_mailbox(&self, to: usize) -> bool {
        matches!(self.signs.get(to).map(|sign| sign.what), Some(What::Other('@')))
    }

    fn card(&self, candidate: &Candidate<'_>, around: &Around) -> Option<Found> {
        let digits = candidate.digits();
        let announced = around.says(Label::Card);
        let fits =
            matches!(digits.len(), 16..=19) || digits.len() == 15 && announced && digits[0] == 3;
        if !fits || around.is_touched || digits.iter().all(|digit| *digit == 0) {
            return None;
        }
        if !checks::is_luhn(&digits) && !is_slip(&digits, around) {
            return None;
        }
        if self.is_in_address(candidate, Label::Card) {
            return None;
        }
        let is_issued = checks::is_card_issuer(&digits);
        // what follows is no unit: no amount has so many digits
        let is_of_thing = !Label::Card.is_in(&around.close) && announces_a_thing(&around.close);
        if !announced && (!is_issued || is_part_of_code(candidate) || is_of_thing) {
            return None;
        }
        if announced && !is_issued && announces_a_thing(&around.close) {
            return None;
        }
        let shape = candidate.shape();
        let counts = match candidate.inner {
            Gap::Join | Gap::Break => true,
            Gap::Tight => announced || is_card_shape(&shape),
            Gap::Blank => announced || is_card_shape(&shape) && is_alone(candidate),
            Gap::Odd | Gap::Cell | Gap::Line => announced,
            Gap::Far => false,
        };
        counts.then(|| self.found(Kind::BankCard, candidate.from(), candidate.to()))
    }

    fn found(&self, kind: Kind, from: usize, to: usize) -> Found {
        Found { kind, from: self.signs[from].from, to: self.signs[to - 1].to }
    }
}

/// Whether a number that is announced as a card's right before it is one with a slip of the pen: it begins as the
/// cards of this country do, and shows most of somebody's number still.
fn is_slip(digits: &[u8], around: &Around) -> bool {
    Label::Card.is_in(&around.close)
        && !announces_a_thing(&around.close)
        && checks::is_home_issuer(digits)
}

/// Where the line of a sign begins, or the line before if the sign is the first of its line.
fn line_start(signs: &[Sign], at: usize) -> usize {
    let line = |to: usize| signs[..to].iter().rposition(|sign| sign.what == What::Line);
    match line(at) {
        Some(end) if end + 1 == at => line(end).map_or(0, |end| end + 1),
        Some(end) => end + 1,
        None => 0,
    }
}

/// Whether a hyphen or dot makes the digits part of something longer.
fn is_part_of_code(candidate: &Candidate<'_>) -> bool {
    candidate.before <= Gap::Tight || candidate.after <= Gap::Tight
}

/// Whether no other digits stand beside it with but a blank between: a row of figures is no number.
fn is_alone(candidate: &Candidate<'_>) -> bool {
    candidate.before > Gap::Blank && candidate.after > Gap::Blank
}

/// A telephone number without +86, 0086 or the 0 for calls to other places; how many digits that was.
fn without_country(digits: &[u8]) -> Option<(usize, &[u8])> {
    let skipped = match digits.len() {
        11 => 0,
        12 if digits[0] == 0 => 1,
        13 if digits.starts_with(&[8, 6]) => 2,
        14 if digits.starts_with(&[0, 8, 6]) => 3,
        15 if digits.starts_with(&[0, 0, 8, 6]) => 4,
        _ => return None,
    };
    Some((skipped, &digits[skipped..]))
}

fn shape_without(candidate: &Candidate<'_>, skipped: usize) -> Vec<usize> {
    let mut left = skipped;
    let mut shape = candidate.shape();
    shape.retain_mut(|length| {
        let cut = left.min(*length);
        left -= cut;
        *length -= cut;
        *length > 0
    });
    shape
}

fn is_phone_shape(shape: &[usize]) -> bool {
    shape.len() == 11
        || matches!(
            shape,
            [11] | [3, 4, 4]
                | [4, 4, 3]
                | [3, 3, 5]
                | [4, 3, 4]
                | [3, 5, 3]
                | [3, 8]
                | [7, 4]
                | [4, 7]
                | [5, 6]
                | [6, 5]
        )
}

fn is_card_shape(shape: &[usize]) -> bool {
    shape.iter().all(|length| *length == 1)
        || shape.len() >= 2
            && shape[..shape.len() - 1].iter().all(|length| *length >= 4)
            && shape.len() <= 5
}
