//! The question taken apart: words divided by blanks, each a sequence of pairs, letters and digits.

use tantivy::query::{BooleanQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::fields::Fields;
use crate::grams::{Cut, Pairs, Script};
use crate::synonyms::Synonyms;
use crate::{SearchError, sound};
use tantivy::tokenizer::{TokenStream, Tokenizer};

/// The most words of a question that are used.
const MOST_WORDS: usize = 24;
/// The longest phrase looked for; the rest of a long word is found by its pairs.
const LONGEST_PHRASE: usize = 12;
/// Words that ask rather than name; left out when the question as typed finds nothing.
const ASKING: [&str; 47] = [
    "请问",
    "怎么办理",
    "怎么办",
    "怎么领",
    "有没有",
    "是不是",
    "什么时候",
    "多少钱",
    "多少个月",
    "多少个",
    "多久",
    "几天",
    "一个月",
    "要带什么",
    "要带",
    "办什么证",
    "要办",
    "去哪里",
    "在哪里",
    "哪个",
    "家里",
    "我家",
    "政府补",
    "了的",
    "的钱",
    "怎么样",
    "怎么",
    "怎样",
    "如何",
    "哪里",
    "哪儿",
    "哪些",
    "什么",
    "多少",
    "为什么",
    "能不能",
    "可不可以",
    "是否",
    "需要",
    "可以",
    "想要",
    "我想",
    "我要",
    "的",
    "吗",
    "呢",
    "啊",
];

/// Characters that join words and name nothing; left out at the ends of what is left of a question.
const PARTICLES: [char; 16] = [
    '是', '的', '了', '吗', '呢', '吧', '啊', '在', '和', '与', '及', '要', '去', '给', '把', '里',
];

/// How letters in the question may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sound {
    /// As letters, and as 拼音 in full.
    Full,
    /// Also as the initials of 拼音.
    Initials,
}

/// One word of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Pairs, letters and digits with their positions.
    pub terms: Vec<(usize, String)>,
    /// Chinese characters that stand alone.
    pub singles: Vec<char>,
    /// Those of the terms that are letters.
    letters: Vec<String>,
    /// Its runs as folded text, for marking them.
    pub runs: Vec<String>,
    /// The word as it was typed, folded.
    text: String,
    /// Other ways to say it, each in words that may stand apart.
    others: Vec<Vec<Word>>,
    /// The same ways in one piece each, which speak for a document more than their words apart.
    whole: Vec<Word>,
}

/// The question's words, in the order typed, each once.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    for part in text.split(|c: char| c.is_whitespace() || c == '\u{3000}') {
        if let Some(word) = Word::of(part)
            && !found.contains(&word)
            && found.len() < MOST_WORDS
        {
            found.push(word);
        }
    }
    found
}

/// The question's words without those that only ask (怎么申请低保 becomes 申请低保).
pub(crate) fn words_without_asking(text: &str) -> Vec<Word> {
    let folded: String = text.chars().map(crate::folding::fold).collect();
    let bare = ASKING.iter().fold(folded, |text, asking| text.replace(asking, " "));
    let stripped = bare.split_whitespace().map(|word| {
        let core = word.trim_matches(PARTICLES);
        if core.chars().count() < 2 { word } else { core }
    });
    words(&stripped.collect::<Vec<_>>().join(" "))
}

/// The words, each with the other ways to say it that the list knows.
pub(crate) fn with_synonyms(words: Vec<Word>, synonyms: &Synonyms) -> Vec<Word> {
    let other =
        |way: Vec<String>| -> Vec<Word> { way.iter().filter_map(|part| Word::of(part)).collect() };
    words
        .into_iter()
        .map(|word| {
            let mut ways = synonyms.ways(&word.text);
            if word.is_letters() {
                ways.extend(synonyms.sounding(&word.text));
            }
            let several = ways.iter().filter(|way| way.len() > 1);
            let whole = several.filter_map(|way| Word::of(&way.concat())).collect();
            let others = ways.into_iter().map(other).filter(|way| !way.is_empty()).collect();
            Word { others, whole, ..word }
        })
        .collect()
}

impl Word {
    /// A word that is looked for as it stands; none where nothing in it can be looked for.
    pub fn of(text: &str) -> Option<Self> {
        let cut = Cut::new(text);
        let of = |script| cut.runs.iter().filter(move |run| run.script == script);
        let mut terms = Vec::new();
        let mut pairs = Pairs;
        let mut stream = pairs.token_stream(text);
        while stream.advance() {
            terms.push((stream.token().position, stream.token().text.clone()));
        }
        let singles: Vec<char> = of(Script::Han)
            .filter(|run| run.to - run.from == 1)
            .map(|r| cut.chars[r.from])
            .collect();
        let letters = of(Script::Letters).map(|run| cut.text(run)).collect();
        let runs = cut.runs.iter().map(|run| cut.text(run)).collect();
        let text = text.chars().map(crate::folding::fold).collect();
        let (others, whole) = (Vec::new(), Vec::new());
        (!cut.runs.is_empty()).then_some(Self {
            terms,
            singles,
            letters,
            runs,
            text,
            others,
            whole,
        })
    }

    /// The word as it was typed, folded.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is one run of letters.
    pub fn is_letters(&self) -> bool {
        matches!((self.letters.as_slice(), self.runs.as_slice()), ([_], [_]))
    }

    /// Whether it is more than a single Chinese character.
    pub fn says_enough(&self) -> bool {
        !self.terms.is_empty()
    }

    /// Its words in every way it may be said, each once: itself first.
    pub fn said(&self) -> Vec<&Word> {
        let mut said = vec![self];
        for word in self.whole.iter().chain(self.others.iter().flatten()) {
            if !said.iter().any(|known| known.text == word.text) {
                said.push(word);
            }
        }
        said
    }

    /// What a document must have, all of it, to have this word in one of the ways it may be said.
    pub fn required(&self, fields: &Fields, how: Sound) -> Vec<Box<dyn Query>> {
        let own = self.required_as_typed(fields, how);
        if self.others.is_empty() {
            return own;
        }
        let other = |way: &Vec<Word>| {
            every(way.iter().flat_map(|word| word.required_as_typed(fields, how)).collect())
        };
        let ways = std::iter::once(every(own)).chain(self.others.iter().map(other));
        vec![either(ways.collect())]
    }

    fn required_as_typed(&self, fields: &Fields, how: Sound) -> Vec<Box<dyn Query>> {
        let mut terms: Vec<&str> = self.terms.iter().map(|(_, text)| text.as_str()).collect();
        terms.sort_unstable();
        terms.dedup();
        let mut required: Vec<Box<dyn Query>> = Vec::new();
        for text in terms {
            let mut ways = if self.letters.iter().any(|letters| letters == text) {
                sounds(text, fields, how)
            } else {
                Vec::new()
            };
            ways.push(term(fields.text, text));
            required.push(either(ways));
        }
        for single in &self.singles {
            required.push(term(fields.singles, &single.to_string()));
        }
        required
    }

    /// The same within titles alone; letters as letters.
    pub fn required_in(&self, field: Field, singles: Field) -> Vec<Box<dyn Query>> {
        let mut required: Vec<Box<dyn Query>> =
            self.terms.iter().map(|(_, text)| term(field, text)).collect();
        required.extend(self.singles.iter().map(|single| term(singles, &single.to_string())));
        required
    }

    /// The word within titles, letters also as 拼音.
    pub fn in_title(&self, fields: &Fields, how: Sound) -> Box<dyn Query> {
        let literal = every(self.required_in(fields.title, fields.title_singles));
        let sounds = self.letters.iter().flat_map(|text| sounds(text, fields, how));
        either(std::iter::once(literal).chain(sounds).collect())
    }

    /// At most how many documents have this word in one of the ways it may be said.
    pub fn at_most(&self, fields: &Fields, searcher: &Searcher) -> Result<u64, SearchError> {
        let mut most = self.at_most_as_typed(fields, searcher)?;
        for way in &self.others {
            let mut least = u64::MAX;
            for word in way {
                least = least.min(word.at_most_as_typed(fields, searcher)?);
            }
            most += least;
        }
        Ok(most.min(searcher.num_docs()))
    }

    /// The same of the word as it was typed; exact when it is a single term.
    fn at_most_as_typed(&self, fields: &Fields, searcher: &Searcher) -> Result<u64, SearchError> {
        let mut least = searcher.num_docs();
        for (_, text) in &self.terms {
            let mut count = searcher.doc_freq(&Term::from_field_text(fields.text, text))?;
            if self.letters.contains(text) {
                count += sound_count(text, fields, searcher)?;
            }
            least = least.min(count);
        }
        for single in &self.singles {
            let term = Term::from_field_text(fields.singles, &single.to_string());
            least = least.min(searcher.doc_freq(&term)?);
        }
        Ok(least)
    }

    /// The word's pairs in a row within this field, or its only term.
    pub fn phrase(&self, field: Field) -> Option<Box<dyn Query>> {
        let terms: Vec<_> = self.terms.iter().take(LONGEST_PHRASE).cloned().collect();
        phrase(field, &terms)
    }

    /// Ways to take the word's letters for 拼音.
    pub fn sounds(&self, fields: &Fields) -> Vec<Box<dyn Query>> {
        self.letters.iter().flat_map(|text| sounds(text, fields, Sound::Initials)).collect()
    }

    /// Whether some of its letters could be initials.
    pub fn may_be_initials(&self) -> bool {
        self.letters.iter().any(|letters| sound::may_be_initials(letters))
    }
}

fn sounds(letters: &str, fields: &Fields, how: Sound) -> Vec<Box<dyn Query>> {
    let mut ways: Vec<Box<dyn Query>> = sound::divisions(letters)
        .into_iter()
        .filter_map(|way| phrase(fields.syllables, &sound::in_a_row(&way)))
        .collect();
    if how == Sound::Initials && sound::may_be_initials(letters) {
        let width = letters.len().min(3);
        let threes: Vec<_> = (0..=letters.len() - width)
            .map(|at| (at, letters[at..at + width].to_owned()))
            .collect();
        ways.extend(phrase(fields.initials, &threes));
    }
    ways
}

fn sound_count(letters: &str, fields: &Fields, searcher: &Searcher) -> Result<u64, SearchError> {
    let mut total = 0;
    for way in sound::divisions(letters) {
        let mut least = u64::MAX;
        for (_, syllables) in sound::in_a_row(&way) {
            let term = Term::from_field_text(fields.syllables, &syllables);
            least = least.min(searcher.doc_freq(&term)?);
        }
        total += least;
    }
    if sound::may_be_initials(letters) {
        let first = letters.get(..letters.len().min(3)).unwrap_or(letters);
        total += searcher.doc_freq(&Term::from_field_text(fields.initials, first))?;
    }
    Ok(total)
}

pub(crate) fn term(field: Field, text: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

pub(crate) fn phrase(field: Field, terms: &[(usize, String)]) -> Option<Box<dyn Query>> {
    match terms {
        [] => None,
        [(_, only)] => Some(term(field, only)),
        [(first, _), ..] => {
            let placed = terms
                .iter()
                .map(|(at, text)| (at - first, Term::from_field_text(field, text)))
                .collect();
            Some(Box::new(PhraseQuery::new_with_offset(placed)))
        }
    }
}

/// All of these; the query itself when there is one.
pub(crate) fn every(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    if queries.len() == 1 {
        queries.remove(0)
    } else {
        Box::new(BooleanQuery::intersection(queries))
    }
}

/// Any of these; the query itself when there is one.
pub(crate) fn either(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    if queries.len() == 1 { queries.remove(0) } else { Box::new(BooleanQuery::union(queries)) }
}
