//! Digits that stand together: groups, the gaps between them, and the candidates they form.

use super::signs::{Sign, What};

/// What separates two groups of digits, from the closest to the loosest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing: they are written in different scripts.
    Join,
    /// A hyphen, a dot or the like.
    Tight,
    /// Blanks.
    Blank,
    /// A break inside a paragraph or cell.
    Break,
    /// Brackets or commas.
    Odd,
    /// The border of cells.
    Cell,
    /// The end of a line.
    Line,
    /// Too much, or something that is not part of a number.
    Far,
}

/// Digits in a row, all of one script.
#[derive(Debug)]
pub(super) struct Group {
    /// Its first sign, and the one after its last.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) digits: Vec<u8>,
    /// What separates it from the group before.
    pub(super) before: Gap,
    /// Whether letters stand in it that look like digits.
    pub(super) is_alike: bool,
}

/// The most digits a candidate can have: a card number, or a telephone number with 0086.
const MOST_DIGITS: usize = 19;
/// The most groups looked at together: every digit by itself.
const MOST_GROUPS: usize = 19;

/// The groups of a text, in order.
pub(super) fn groups(signs: &[Sign]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        let Some(script) = starts(signs, at) else {
            at += 1;
            continue;
        };
        let from = at;
        let (mut digits, mut is_alike) = (Vec::new(), false);
        while let Some(sign) = signs.get(at) {
            match sign.what {
                What::Digit(digit, same) if same == script => digits.push(digit),
                What::Letter(letter) if !script && goes_on(signs, at) => {
                    let Some(digit) = alike(letter) else { break };
                    digits.push(digit);
                    is_alike = true;
                }
                _ => break,
            }
            at += 1;
        }
        let before = groups.last().map_or(Gap::Far, |last| gap(&signs[last.to..from]));
        groups.push(Group { from, to: at, digits, before, is_alike });
    }
    groups
}

/// The script of the digits that begin here, if any do.
fn starts(signs: &[Sign], at: usize) -> Option<bool> {
    match signs[at].what {
        What::Digit(_, script) => Some(script),
        // l38…: a letter for a digit begins a number only where no word leads up to it
        What::Letter(letter) if alike(letter).is_some() => {
            let before = at.checked_sub(1).map(|index| signs[index].what);
            let after = signs.get(at + 1).map(|sign| sign.what);
            let is_begin = !matches!(before, Some(What::Letter(_)))
                && matches!(after, Some(What::Digit(_, false)));
            is_begin.then_some(false)
        }
        _ => None,
    }
}

/// Whether a letter stands among digits: they go on behind it and any like it.
fn goes_on(signs: &[Sign], at: usize) -> bool {
    const FAR: usize = 6;
    let behind = signs[at..]
        .iter()
        .take(FAR)
        .find(|sign| !matches!(sign.what, What::Letter(c) if alike(c).is_some()));
    match behind.map(|sign| sign.what) {
        Some(What::Digit(_, false)) => true,
        // at the end of a number
        Some(What::Letter(_)) => false,
        _ => at > 0 && !matches!(signs.get(at + 1).map(|sign| sign.what), Some(What::Digit(..))),
    }
}

/// The digit a letter is taken for.
pub(super) const fn alike(letter: char) -> Option<u8> {
    match letter {
        'o' => Some(0),
        'l' | 'i' => Some(1),
        _ => None,
    }
}

/// What a stretch between two groups amounts to.
fn gap(between: &[Sign]) -> Gap {
    if between.len() > 6 {
        return Gap::Far;
    }
    // one star between digits separates them; several hide some
    if let [Sign { what: What::Mask, .. }] = between {
        return Gap::Odd;
    }
    let has = |what: What| between.iter().filter(|sign| sign.what == what).count();
    if between.iter().any(|sign| matches!(sign.what, What::Other(_) | What::Letter(_) | What::Mask))
    {
        return Gap::Far;
    }
    let (blanks, tight, odd) = (has(What::Blank), has(What::Tight), has(What::Odd));
    if tight + odd > 2 || has(What::Line) > 1 {
        return Gap::Far;
    }
    match () {
        () if has(What::Line) > 0 => Gap::Line,
        () if has(What::Cell) > 0 || blanks > 4 => Gap::Cell,
        () if has(What::Break) > 0 => Gap::Break,
        () if odd > 0 => Gap::Odd,
        () if tight > 0 => Gap::Tight,
        () if blanks > 0 => Gap::Blank,
        () => Gap::Join,
    }
}

/// Neighbouring groups that may be one number.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    pub(super) groups: &'a [Group],
    /// The loosest gap inside it.
    pub(super) inner: Gap,
    /// What separates it from the digits before and behind it.
    pub(super) before: Gap,
    pub(super) after: Gap,
    /// Whether those are a whole number of their own, so that only a list mark separates them.
    pub(super) in_list: bool,
}

impl Candidate<'_> {
    pub(super) fn digits(&self) -> Vec<u8> {
        self.groups.iter().flat_map(|group| group.digits.iter().copied()).collect()
    }

    /// The lengths of its groups.
    pub(super) fn shape(&self) -> Vec<usize> {
        self.groups.iter().map(|group| group.digits.len()).collect()
    }

    pub(super) fn from(&self) -> usize {
        self.groups[0].from
    }

    pub(super) fn to(&self) -> usize {
        self.groups[self.groups.len() - 1].to
    }
}

/// Every candidate that begins with the group at `first`, the longest first.
pub(super) fn candidates(groups: &[Group], first: usize) -> Vec<Candidate<'_>> {
    let mut found = Vec::new();
    let (mut total, mut inner) = (0, Gap::Join);
    for last in first..groups.len().min(first + MOST_GROUPS) {
        if last > first {
            inner = inner.max(groups[last].before);
        }
        total += groups[last].digits.len();
        if inner == Gap::Far || total > MOST_DIGITS {
            break;
        }
        if total < 11 {
            continue;
        }
        // 张三138…: a numeral of a word or two is no part of the number behind it
        let attached = |group: &Group, neighbour: Option<&Group>| match neighbour {
            Some(one) if group.before == Gap::Join && one.digits.len() < 3 => Gap::Far,
            _ => group.before,
        };
        let is_whole = |group: Option<&Group>| group.is_some_and(|group| group.digits.len() >= 11);
        let before = attached(&groups[first], first.checked_sub(1).map(|index| &groups[index]));
        let after = groups.get(last + 1).map_or(Gap::Far, |next| attached(next, Some(next)));
        let in_list = (before > Gap::Tight
            || is_whole(first.checked_sub(1).map(|index| &groups[index])))
            && (after > Gap::Tight || is_whole(groups.get(last + 1)));
        found.push(Candidate { groups: &groups[first..=last], inner, before, after, in_list });
    }
    found.reverse();
    found
}
