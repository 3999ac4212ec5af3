//! Marking what was found, and choosing the passage to show.
//!
//! Our own, because the library's panics on overlapping tokens (STACK, section 3). It works on the
//! folded characters of the text and hands out pieces of the original, never HTML.

use crate::grams::{Cut, is_han};
use crate::words::Word;

/// A text in pieces; `true` marks a piece that was searched for.
pub type Segments = Vec<(bool, String)>;

/// About how many characters of text are shown.
const PASSAGE: usize = 120;
/// How many of them may stand before the first mark.
const LEAD: usize = 24;
/// How much of a text is looked through, in bytes; a passage further down is not shown.
const LOOKED_THROUGH: usize = 200_000;
/// The most places weighed.
const MOST_MARKS: usize = 2_000;

/// A place in `Cut::chars` and how much it is worth.
#[derive(Debug, Clone, Copy)]
struct Mark {
    from: usize,
    to: usize,
    worth: usize,
    word: usize,
}

/// The whole text with marks, for titles.
pub(crate) fn marked(text: &str, words: &[Word]) -> Segments {
    let cut = Cut::new(text);
    pieces(text, 0..text.len(), &places(&cut, text, &marks(&cut, words)))
}

/// The best passage of a document: of its text, unless one of its attachments says more of what was searched
/// for; then which one.
pub(crate) fn best<'a>(
    body: &'a str,
    attachments: impl Iterator<Item = &'a str>,
    words: &[Word],
) -> (Segments, Option<usize>) {
    let mut best = (passage(body, words), None);
    for (at, text) in attachments.enumerate() {
        let other = passage(text, words);
        if other.0 > best.0.0 {
            best = (other, Some(at));
        }
    }
    (best.0.1, best.1)
}

/// The best passage of the text, and how much it is worth; its beginning when nothing in it was searched for.
fn passage(text: &str, words: &[Word]) -> (usize, Segments) {
    let text = within(text, LOOKED_THROUGH);
    let cut = Cut::new(text);
    let marks = marks(&cut, words);
    let best = best_start(&cut, &marks);
    let worth = best.map_or(0, |(worth, _)| worth);
    let from = best.map_or(0, |(_, at)| begin(text, cut.bytes[at]));
    let to = end(text, from);
    let mut shown = pieces(text, from..to, &places(&cut, text, &marks));
    if from > 0 && !shown.is_empty() {
        shown.insert(0, (false, "…".to_owned()));
    }
    if to < text.len() {
        shown.push((false, "…".to_owned()));
    }
    (worth, shown)
}

fn within(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// Every place where a word's run stands; where the run as a whole is nowhere, its pairs.
fn marks(cut: &Cut, words: &[Word]) -> Vec<Mark> {
    let mut found = Vec::new();
    let said = words.iter().enumerate().flat_map(|(at, word)| {
        word.said().into_iter().flat_map(move |word| word.runs.iter().map(move |run| (at, run)))
    });
    for (word, run) in said {
        let run: Vec<char> = run.chars().collect();
        let before = found.len();
        find(cut, &run, word, &mut found);
        if found.len() == before && run.len() > 2 && run.iter().all(|c| is_han(*c)) {
            run.windows(2).for_each(|pair| find(cut, pair, word, &mut found));
        }
    }
    found.sort_unstable_by_key(|mark| (mark.from, mark.to));
    found.truncate(MOST_MARKS);
    found
}

fn find(cut: &Cut, sought: &[char], word: usize, found: &mut Vec<Mark>) {
    let Some(first) = sought.first() else { return };
    if is_han(*first) {
        for run in cut.runs.iter().filter(|run| run.to - run.from >= sought.len()) {
            for from in run.from..=run.to - sought.len() {
                if cut.chars[from..from + sought.len()] == *sought {
                    let worth = sought.len() * sought.len();
                    found.push(Mark { from, to: from + sought.len(), worth, word });
                }
            }
        }
    } else {
        let sought: String = sought.iter().collect();
        for run in cut.runs.iter().filter(|run| !is_han(cut.chars[run.from])) {
            if cut.text(run) == sought {
                found.push(Mark { from: run.from, to: run.to, worth: 4, word });
            }
        }
    }
}

/// How much the stretch is worth that shows most, and its first mark: many different words count more than one
/// often.
fn best_start(cut: &Cut, marks: &[Mark]) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    for (at, first) in marks.iter().enumerate() {
        let mut seen: Vec<(usize, usize)> = Vec::new();
        let last = cut.bytes[first.from] + (PASSAGE - LEAD) * 3;
        for mark in marks[at..].iter().take_while(|mark| cut.bytes[mark.from] < last).take(64) {
            let key = (mark.word, mark.worth);
            if !seen.contains(&key) {
                seen.push(key);
            }
        }
        let worth = seen.iter().map(|(_, worth)| worth).sum();
        if best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, first.from));
        }
    }
    best
}

/// Where to begin so that the mark at this byte is seen: after the last sentence that ends within
/// the lead, else after the first pause in it, else a few characters before the mark.
fn begin(text: &str, mark: usize) -> usize {
    let (mut start, mut pause) = (mark, None);
    for (byte, c) in text[..mark].char_indices().rev().take(LEAD) {
        match c {
            '。' | '；' | '！' | '？' | '\n' => return byte + c.len_utf8(),
            '，' | '、' | '：' => pause = Some(byte + c.len_utf8()),
            _ => {}
        }
        start = byte;
    }
    // A text that begins within the lead is shown from its beginning.
    if start == 0 { 0 } else { pause.unwrap_or(start) }
}

fn end(text: &str, from: usize) -> usize {
    text[from..].char_indices().nth(PASSAGE).map_or(text.len(), |(byte, _)| from + byte)
}

/// Marks as byte ranges of the text, overlapping ones joined.
fn places(cut: &Cut, text: &str, marks: &[Mark]) -> Vec<(usize, usize)> {
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for mark in marks {
        let from = cut.bytes[mark.from];
        let last = cut.bytes[mark.to - 1];
        let to = last + text[last..].chars().next().map_or(0, char::len_utf8);
        match joined.last_mut() {
            Some(previous) if from <= previous.1 => previous.1 = previous.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

fn pieces(text: &str, shown: std::ops::Range<usize>, places: &[(usize, usize)]) -> Segments {
    let mut segments = Segments::new();
    let mut push = |marked: bool, piece: &str| {
        let piece = tidy(piece);
        if !piece.is_empty() {
            segments.push((marked, piece));
        }
    };
    let mut at = shown.start;
    for (from, to) in places {
        let (from, to) = ((*from).max(at), (*to).min(shown.end));
        if from < to {
            push(false, &text[at..from]);
            push(true, &text[from..to]);
            at = to;
        }
    }
    push(false, &text[at..shown.end.max(at)]);
    segments
}

/// Line breaks and runs of blanks become one blank.
fn tidy(piece: &str) -> String {
    let mut tidied = String::with_capacity(piece.len());
    let mut blank = false;
    for c in piece.chars() {
        let is_blank = c.is_whitespace() || c.is_control();
        if !(is_blank && blank) {
            tidied.push(if is_blank { ' ' } else { c });
        }
        blank = is_blank;
    }
    tidied
}
