//! Cutting text into what the index holds.
//!
//! A run of Chinese characters is cut into overlapping pairs (公开指南: 公开 开指 指南), because a
//! person copies four characters from anywhere in a notice and word segmentation loses half of such
//! strings. Runs of letters and of digits are kept whole and apart, digits without leading zeros,
//! so that 第067号 is 67. Blanks and quotation marks inside Chinese text do not end a run: titles are
//! printed with line breaks in them. Punctuation ends a run and is otherwise nothing.
//!
//! Positions count characters of Chinese and whole runs of the rest, so that a phrase holds across
//! punctuation however it is written.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::folding::fold;

/// The longest run of letters or digits kept; the rest of it is dropped.
const LONGEST_RUN: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Han,
    Letters,
    Digits,
}

enum Class {
    Part(Script),
    /// A blank, or a character without width.
    Joint,
    Break,
}

/// A stretch of one script, in folded characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub script: Script,
    /// Where its characters stand in `Cut::chars`.
    pub from: usize,
    pub to: usize,
    /// The position of its first token.
    pub position: usize,
}

/// A text, folded and cut into runs; all that is no part of a run is gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cut {
    pub chars: Vec<char>,
    /// The byte in the original text at which each character begins.
    pub bytes: Vec<usize>,
    pub runs: Vec<Run>,
}

impl Cut {
    pub fn new(text: &str) -> Self {
        let mut cut = Self::default();
        cut.chars.reserve(text.len() / 3);
        cut.bytes.reserve(text.len() / 3);
        let (mut open, mut blank) = (false, false);
        for (byte, c) in text.char_indices() {
            let c = fold(c);
            match class(c) {
                Class::Part(script) => {
                    let goes_on = open && (!blank || script == Script::Han);
                    cut.push(c, byte, script, goes_on);
                    (open, blank) = (true, false);
                }
                Class::Joint => blank = true,
                Class::Break => open = false,
            }
        }
        cut
    }

    fn push(&mut self, c: char, byte: usize, script: Script, goes_on: bool) {
        let at = self.chars.len();
        match self.runs.last_mut() {
            Some(run) if goes_on && run.script == script => run.to = at + 1,
            last => {
                let position = last.map_or(0, |run| run.position + run.positions());
                self.runs.push(Run { script, from: at, to: at + 1, position });
            }
        }
        self.chars.push(c);
        self.bytes.push(byte);
    }

    pub fn text(&self, run: &Run) -> String {
        match run.script {
            Script::Han => self.chars[run.from..run.to].iter().collect(),
            Script::Letters => self.chars[run.from..run.to].iter().take(LONGEST_RUN).collect(),
            Script::Digits => {
                let digits = &self.chars[run.from..run.to];
                let zeros = digits.iter().take_while(|c| **c == '0').count();
                digits[zeros.min(digits.len() - 1)..].iter().take(LONGEST_RUN).collect()
            }
        }
    }
}

impl Run {
    fn positions(&self) -> usize {
        if self.script == Script::Han { self.to - self.from } else { 1 }
    }
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' => Class::Part(Script::Digits),
        'a'..='z' => Class::Part(Script::Letters),
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => Class::Joint,
        // Quotation marks stand inside of words: “三公”经费 is asked for as 三公经费.
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' => Class::Joint,
        _ if c.is_whitespace() => Class::Joint,
        _ if is_han(c) => Class::Part(Script::Han),
        _ if c.is_alphanumeric() => Class::Part(Script::Letters),
        _ => Class::Break,
    }
}

/// Ideographs, the ideographic zero, kana and bopomofo: whatever is written without blanks.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{312f}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Pairs of Chinese characters, runs of letters, runs of digits. A character that stands alone
/// yields nothing here: `Singles` holds it.
#[derive(Clone)]
pub(crate) struct Pairs;

/// Every Chinese character by itself, for questions of one character.
#[derive(Clone)]
pub(crate) struct Singles;

pub(crate) struct Grams {
    cut: Cut,
    width: usize,
    run: usize,
    at: usize,
    token: Token,
}

impl Tokenizer for Pairs {
    type TokenStream<'a> = Grams;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> Grams {
        Grams::new(text, 2)
    }
}

impl Tokenizer for Singles {
    type TokenStream<'a> = Grams;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> Grams {
        Grams::new(text, 1)
    }
}

impl Grams {
    fn new(text: &str, width: usize) -> Self {
        Self { cut: Cut::new(text), width, run: 0, at: 0, token: Token::default() }
    }

    fn set_token(&mut self, from: usize, to: usize, position: usize) {
        self.token.offset_from = self.cut.bytes[from];
        self.token.offset_to = self.cut.bytes.get(to).copied().unwrap_or(self.token.offset_from);
        self.token.position = position;
    }
}

impl TokenStream for Grams {
    fn advance(&mut self) -> bool {
        while let Some(run) = self.cut.runs.get(self.run).cloned() {
            let (from, at) = (run.from + self.at, self.at);
            if run.script == Script::Han && from + self.width <= run.to {
                self.at += 1;
                self.token.text.clear();
                self.token.text.extend(&self.cut.chars[from..from + self.width]);
                self.set_token(from, from + self.width, run.position + at);
                return true;
            }
            self.run += 1;
            self.at = 0;
            if run.script != Script::Han && self.width == 2 {
                self.token.text = self.cut.text(&run);
                self.set_token(run.from, run.to, run.position);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tell(stream: &mut Grams) -> String {
        let mut said = Vec::new();
        while stream.advance() {
            said.push(format!("{}@{}", stream.token().text, stream.token().position));
        }
        said.join(" ")
    }

    #[test]
    fn text_is_cut_into_pairs_and_runs() {
        for (text, pairs) in [
            ("公开指南", "公开@0 开指@1 指南@2"),
            ("厦府办〔2020〕67号", "厦府@0 府办@1 2020@3 67@4"),
            ("廈府辦[2020] 第067號文", "厦府@0 府办@1 2020@3 67@5 号文@6"),
            ("标准化 规范化", "标准@0 准化@1 化规@2 规范@3 范化@4"),
            ("标准，规范", "标准@0 规范@2"),
            ("税", ""),
            ("“三公”经费", "三公@0 公经@1 经费@2"),
            ("GB50016-2014（2018年版）", "gb@0 50016@1 2014@2 2018@3 年版@4"),
            ("一、abc def\u{200b}g", "abc@1 def@2 g@3"),
            ("000", "0@0"),
            ("", ""),
            ("，。！", ""),
        ] {
            assert_eq!(tell(&mut Pairs.token_stream(text)), pairs, "{text}");
        }
    }

    #[test]
    fn single_characters_are_kept_for_questions_of_one_character() {
        assert_eq!(tell(&mut Singles.token_stream("税，a收 1号")), "税@0 收@2 号@4");
    }
}
