//! What changed between the draft people were asked about and the final text: clause by clause, and within a clause
//! letter by letter (条例第十八条: what is reasonable is taken; 67号三（三）: and people see that it was).

use crate::Clause;

/// A piece of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the draft.
    Gone(String),
    /// Only in the final text.
    New(String),
}

/// A clause of the draft beside one of the final text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The number in the draft; none of a clause that is new.
    pub number: Option<u32>,
    /// What it was called in the draft, or is in the final text where it is new.
    pub mark: String,
    /// What it is called now; empty where it was taken out.
    pub now: String,
    /// What it says, with what changed.
    pub pieces: Vec<Piece>,
}

impl Change {
    /// Whether the two say the same.
    pub fn is_none(&self) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, Piece::Same(_)))
    }
}

/// So many pairs of letters are compared in all; a clause for which too few are left is shown as changed whole.
const MOST_PAIRS: usize = 16_000_000;

/// So many of one clause, for the table that is laid for it.
const MOST_AT_ONCE: usize = 4_000_000;

/// Two clauses are one that was changed where at least a third of the longer stands in both.
const ALIKE: usize = 3;

/// The clauses of both, in the order of the final text; what was taken out stands where it was.
pub fn changes(draft: &[Clause], last: &[Clause]) -> Vec<Change> {
    let pairs = paired(draft, last);
    let (mut out, mut at, mut left) = (Vec::new(), 0, MOST_PAIRS);
    for (now, clause) in last.iter().enumerate() {
        let before = pairs.iter().find(|(_, other)| *other == now).map(|(before, _)| *before);
        if let Some(before) = before {
            out.extend(draft[at..before].iter().map(taken_out));
            at = before + 1;
        }
        let before = before.map(|before| &draft[before]);
        out.push(Change {
            number: before.map(|clause| clause.number),
            mark: before.map_or(&clause.mark, |clause| &clause.mark).clone(),
            now: clause.mark.clone(),
            pieces: within(&mut left, before.map_or("", |clause| body(clause)), body(clause)),
        });
    }
    out.extend(draft[at..].iter().map(taken_out));
    out
}

fn taken_out(clause: &Clause) -> Change {
    Change {
        number: Some(clause.number),
        mark: clause.mark.clone(),
        now: String::new(),
        pieces: vec![Piece::Gone(body(clause).to_owned())],
    }
}

/// What a clause says without its mark: a clause that moved by one is the same clause.
fn body(clause: &Clause) -> &str {
    let text = clause.text.strip_prefix(clause.mark.as_str()).unwrap_or(&clause.text);
    text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '、')
}

/// Which clause of the draft became which of the final text, both in their order: the pairing under which most is
/// alike.
fn paired(draft: &[Clause], last: &[Clause]) -> Vec<(usize, usize)> {
    let width = last.len() + 1;
    let (ones, others) = (draft.iter().map(Pairs::of), last.iter().map(Pairs::of));
    let (ones, others): (Vec<Pairs<'_>>, Vec<Pairs<'_>>) = (ones.collect(), others.collect());
    let worth: Vec<usize> =
        ones.iter().flat_map(|one| others.iter().map(move |other| one.like(other))).collect();
    let mut best = vec![0_usize; (draft.len() + 1) * width];
    for row in (0..draft.len()).rev() {
        for column in (0..last.len()).rev() {
            let gain = worth[row * last.len() + column];
            let with = if gain == 0 { 0 } else { gain + best[(row + 1) * width + column + 1] };
            best[row * width + column] =
                with.max(best[(row + 1) * width + column]).max(best[row * width + column + 1]);
        }
    }
    let (mut row, mut column, mut out) = (0, 0, Vec::new());
    while row < draft.len() && column < last.len() {
        let gain = worth[row * last.len() + column];
        let here = best[row * width + column];
        if gain > 0 && here == gain + best[(row + 1) * width + column + 1] {
            out.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if here == best[(row + 1) * width + column] {
            row += 1;
        } else {
            column += 1;
        }
    }
    out
}

/// A clause as it is compared with others: its pairs of letters in order, sorted once.
struct Pairs<'a> {
    body: &'a str,
    pairs: Vec<(char, char)>,
}

impl<'a> Pairs<'a> {
    fn of(clause: &'a Clause) -> Self {
        let body = body(clause);
        let mut pairs: Vec<(char, char)> = body.chars().zip(body.chars().skip(1)).collect();
        pairs.sort_unstable();
        Self { body, pairs }
    }

    /// How alike two texts are, in thousandths of the longer; 0 where too little stands in both. Pairs of letters
    /// are counted, not their places, so that it is quick.
    fn like(&self, other: &Self) -> usize {
        if self.body == other.body {
            return 1000;
        }
        let (one, other) = (&self.pairs, &other.pairs);
        let (longer, shorter) = (one.len().max(other.len()), one.len().min(other.len()));
        // Even if all of the shorter stood in the longer it would be too little.
        if longer == 0 || shorter * ALIKE < longer {
            return 0;
        }
        let (mut a, mut b, mut both) = (0, 0, 0);
        while a < one.len() && b < other.len() {
            match one[a].cmp(&other[b]) {
                std::cmp::Ordering::Less => a += 1,
                std::cmp::Ordering::Greater => b += 1,
                std::cmp::Ordering::Equal => (a, b, both) = (a + 1, b + 1, both + 1),
            }
        }
        if both * ALIKE < longer { 0 } else { both * 999 / longer }
    }
}

/// Two texts as one, with what is gone and what is new.
pub fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let mut left = MOST_PAIRS;
    within(&mut left, before, after)
}

/// The same, as long as pairs of letters are left to compare.
fn within(left: &mut usize, before: &str, after: &str) -> Vec<Piece> {
    let (one, other): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let head = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let most = one.len().min(other.len()) - head;
    let tails = one.iter().rev().zip(other.iter().rev()).take(most);
    let tail = tails.take_while(|(a, b)| a == b).count();
    let mut out = Told::default();
    out.same(&one[..head]);
    out.middle(left, &one[head..one.len() - tail], &other[head..other.len() - tail]);
    out.same(&one[one.len() - tail..]);
    out.0
}

#[derive(Default)]
struct Told(Vec<Piece>);

impl Told {
    fn add(&mut self, letters: &[char], make: fn(String) -> Piece) {
        if letters.is_empty() {
            return;
        }
        let text: String = letters.iter().collect();
        match (self.0.last_mut(), make(String::new())) {
            (Some(Piece::Same(last)), Piece::Same(_))
            | (Some(Piece::Gone(last)), Piece::Gone(_))
            | (Some(Piece::New(last)), Piece::New(_)) => last.push_str(&text),
            _ => self.0.push(make(text)),
        }
    }

    fn same(&mut self, letters: &[char]) {
        self.add(letters, Piece::Same);
    }

    fn differ(&mut self, one: &[char], other: &[char]) {
        self.add(one, Piece::Gone);
        self.add(other, Piece::New);
    }

    /// The longest common part by the usual table.
    fn middle(&mut self, left: &mut usize, one: &[char], other: &[char]) {
        let (rows, columns) = (one.len(), other.len());
        let pairs = rows.saturating_mul(columns);
        match left.checked_sub(pairs).filter(|_| pairs <= MOST_AT_ONCE) {
            Some(rest) => *left = rest,
            None => return self.differ(one, other),
        }
        let width = columns + 1;
        let mut longest = vec![0_u32; (rows + 1) * width];
        for row in (0..rows).rev() {
            for column in (0..columns).rev() {
                longest[row * width + column] = if one[row] == other[column] {
                    longest[(row + 1) * width + column + 1] + 1
                } else {
                    longest[(row + 1) * width + column].max(longest[row * width + column + 1])
                };
            }
        }
        let (mut row, mut column) = (0, 0);
        let (mut from, mut beside) = (0, 0);
        while row < rows && column < columns {
            if one[row] == other[column] {
                self.differ(&one[from..row], &other[beside..column]);
                self.same(&one[row..=row]);
                (row, column) = (row + 1, column + 1);
                (from, beside) = (row, column);
            } else if longest[(row + 1) * width + column] >= longest[row * width + column + 1] {
                row += 1;
            } else {
                column += 1;
            }
        }
        self.differ(&one[from..], &other[beside..]);
    }
}
