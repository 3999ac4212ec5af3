//! The order of what was found.
//!
//! Going through all matches is done cheaply; only some hundreds of candidates are looked at
//! closely: the best by words, all those with the words in the title, and those with them in the
//! 文号. For each of these the phrase in title and text, the title in full, the 文号 and the 拼音
//! are added up, and the date raises the sum a little.

use std::collections::BTreeMap;

use tantivy::query::{ConstScoreQuery, EnableScoring, Query};
use tantivy::{DocAddress, DocId, SeekDangerResult, SegmentReader, TERMINATED};

use crate::SearchError;
use crate::document::date_boost;
use crate::fields::{Fields, title_key};
use crate::ladder::{Ground, Landing};
use crate::tally::Candidate;
use crate::words::{Word, either, every, term};

/// How many of the best by words are looked at closely.
const CLOSELY: usize = 150;
/// The most single pairs weighed.
const MOST_PAIRS: usize = 24;
/// From how many documents on words in the title are not combined with words in the text.
const COMMON: u64 = 60_000;

/// How many ways to say a word are weighed, and how much one that was not typed counts.
const MOST_SAID: usize = 8;
const OTHERWISE: f32 = 0.6;

/// What a title says that answers a question put like this, and how loudly that speaks for it.
const WANTED: [(&[&str], &[&str]); 3] = [
    (&["多少钱", "多少錢", "几块钱", "一个月多少", "标准"], &["标准"]),
    (
        &["怎么", "怎樣", "怎样", "如何", "办理", "申请", "材料", "流程", "带什么"],
        &["指南", "指引"],
    ),
    (&["哪里", "哪裡", "哪儿", "地点", "网点"], &["名单", "一览", "服务点", "安排", "指引"]),
];
const WANTED_LOUD: f32 = 2.5;

/// What a title typed in full is worth: more than anything else together.
const WHOLE_TITLE: f32 = 1000.0;

/// One thing that speaks for a document, and how loudly.
type Feature = (Box<dyn Query>, f32);

/// The candidates in their final order, best first.
pub(crate) fn ranked(
    text: &str,
    landing: &Landing,
    ground: &Ground<'_>,
) -> Result<Vec<Candidate>, SearchError> {
    let mut closely: BTreeMap<DocAddress, Candidate> =
        landing.tally.best.iter().take(CLOSELY).map(|c| (c.address, *c)).collect();
    for query in prominent(text, landing, ground)? {
        let more = ground.candidates(query.as_ref(), landing.tally.on_site)?;
        closely.extend(more.iter().take(CLOSELY).map(|c| (c.address, *c)));
    }
    weigh(&features(text, landing, ground), &mut closely, ground)?;
    let mut order: Vec<Candidate> = closely.values().copied().collect();
    order.sort_unstable_by(|a, b| b.cmp(a));
    let least = order.last().map_or(0.0, |last| last.score);
    for rest in &landing.tally.best {
        if !closely.contains_key(&rest.address) {
            order.push(Candidate { score: rest.score.min(least), ..*rest });
        }
    }
    Ok(order)
}

/// Queries for documents that have the words in title or 文号 and might not be among the best by
/// words, because what is common in the text says little.
fn prominent(
    text: &str,
    landing: &Landing,
    ground: &Ground<'_>,
) -> Result<Vec<Box<dyn Query>>, SearchError> {
    let fields = ground.fields;
    if landing.tally.on_site <= CLOSELY as u64 || landing.relaxed {
        return Ok(Vec::new());
    }
    let in_titles = |word: &Word| word.required_in(fields.title, fields.title_singles);
    let mut queries = vec![
        term(fields.title_key, &title_key(text)),
        every(landing.words.iter().flat_map(in_titles).collect()),
    ];
    if landing.words.len() > 1 {
        for word in &landing.words {
            if word.at_most(fields, ground.searcher)? <= COMMON {
                queries.push(every(vec![landing.query.box_clone(), every(in_titles(word))]));
            }
        }
    }
    let numbers = landing.words.iter().flat_map(|word| &word.terms);
    let numbers: Vec<_> = numbers.map(|(_, text)| term(fields.number, text)).collect();
    if !numbers.is_empty() {
        queries.push(every(numbers));
    }
    Ok(queries)
}

fn features(text: &str, landing: &Landing, ground: &Ground<'_>) -> Vec<Feature> {
    let fields = ground.fields;
    let whole = ConstScoreQuery::new(term(fields.title_key, &title_key(text)), 1.0);
    let mut features: Vec<Feature> = vec![(Box::new(whole), WHOLE_TITLE)];
    for word in &landing.words {
        for (at, said) in word.said().into_iter().take(MOST_SAID).enumerate() {
            let loud = if at == 0 { 1.0 } else { OTHERWISE };
            of_word(said, fields, loud, &mut features);
        }
    }
    for (asking, wanted) in WANTED {
        if asking.iter().any(|asking| text.contains(asking)) {
            let wanted = wanted.iter().filter_map(|wanted| Word::of(wanted)?.phrase(fields.title));
            features.extend(wanted.map(|wanted| (wanted, WANTED_LOUD)));
        }
    }
    let pairs = landing.words.iter().flat_map(|word| &word.terms).take(MOST_PAIRS);
    for (_, pair) in pairs {
        features.push((term(fields.title, pair), 1.5));
        features.push((term(fields.number, pair), 2.0));
        features.push((term(fields.text, pair), 0.6));
    }
    features
}

/// What speaks for a document that has this word, so loudly.
fn of_word(word: &Word, fields: &Fields, loud: f32, features: &mut Vec<Feature>) {
    let phrases = [(fields.title, 4.0), (fields.number, 3.0), (fields.text, 1.5)];
    if word.terms.len() > 1 {
        let phrases = phrases.iter();
        features
            .extend(phrases.filter_map(|(field, own)| Some((word.phrase(*field)?, own * loud))));
    } else if loud < 1.0 {
        // What was typed is weighed by its pairs in any case.
        for (_, pair) in &word.terms {
            features.push((term(fields.title, pair), 1.5 * loud));
            features.push((term(fields.text, pair), 0.6 * loud));
        }
    }
    let sounds = word.sounds(fields);
    if !sounds.is_empty() {
        features.push((either(sounds), 2.0 * loud));
    }
    for single in &word.singles {
        let text = single.to_string();
        features.push((term(fields.title_singles, &text), loud));
    }
}

fn weigh(
    features: &[Feature],
    candidates: &mut BTreeMap<DocAddress, Candidate>,
    ground: &Ground<'_>,
) -> Result<(), SearchError> {
    let mut segments: BTreeMap<u32, Vec<(DocId, f32)>> = BTreeMap::new();
    for address in candidates.keys() {
        segments.entry(address.segment_ord).or_default().push((address.doc_id, 0.0));
    }
    for (query, loud) in features {
        let weight = query.weight(EnableScoring::enabled_from_searcher(ground.searcher))?;
        for (segment, docs) in &mut segments {
            let reader = ground.searcher.segment_reader(*segment);
            add(weight.as_ref(), reader, *loud, docs)?;
        }
    }
    for (segment, docs) in segments {
        for (doc, sum) in docs {
            if let Some(candidate) = candidates.get_mut(&DocAddress::new(segment, doc)) {
                let standing = ground.standing(segment, doc);
                candidate.score = sum * date_boost(candidate.date) * standing;
            }
        }
    }
    Ok(())
}

/// Adds what one feature says about these documents, which are in ascending order. Documents that
/// lack it are only touched, never searched past: a phrase that is nowhere costs nothing.
fn add(
    weight: &dyn tantivy::query::Weight,
    reader: &SegmentReader,
    loud: f32,
    docs: &mut [(DocId, f32)],
) -> Result<(), SearchError> {
    let Some((first, _)) = docs.first() else { return Ok(()) };
    let (outcome, mut scorer) = weight.scorer_danger(reader, *first, loud)?;
    let mut outcome = Some(outcome);
    let mut next = *first;
    for (doc, sum) in docs {
        if next == TERMINATED || *doc < next {
            continue;
        }
        match outcome.take().unwrap_or_else(|| scorer.seek_danger(*doc)) {
            SeekDangerResult::Found => {
                *sum += scorer.score();
                next = *doc + 1;
            }
            SeekDangerResult::SeekLowerBound(bound) => next = bound,
        }
    }
    Ok(())
}

/// Entries of a catalogue say what there is to be; who looks for something wants what there is. Their names are
/// short, which makes them loud: so far down they stand after the documents whose titles have the words, and before
/// those that only mention them.
const ENTRY_KIND: &str = "事项";
const ENTRY: f32 = 0.4;

impl Ground<'_> {
    /// The factor by which the kind of a document raises or lowers its score.
    fn standing(&self, segment: u32, doc: DocId) -> f32 {
        let kind = self.columns.get(segment as usize).and_then(|columns| columns.kind(doc));
        if kind == Some(ENTRY_KIND) { ENTRY } else { 1.0 }
    }
}
