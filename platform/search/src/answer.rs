//! Answering a search: the ladder finds, the ranking orders, and what is to be shown is fetched.

use std::cmp::Reverse;

use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

use crate::columns::{Counts, Filters};
use crate::error::{DEEPEST_OFFSET, LONGEST_QUERY};
use crate::ladder::{self, Ground};
use crate::words::{Word, term, words};
use crate::{
    Attachment, FacetCount, Facets, Hit, Hits, Query, QueryRefused, Search, SearchDocument,
    SearchError, missing, number, passage, rank,
};

/// The most hits in one answer.
const MOST_HITS: usize = 100;
/// How many candidates are kept at least, so that every page of an answer ranks the same ones.
const KEPT: usize = 200;
/// The most values listed of one facet.
const MOST_VALUES: usize = 100;
/// How many documents with one 文号 are looked at.
const MOST_CARRIERS: usize = 20;
/// The kind preferred when several documents carry one 文号: the document itself.
const DOCUMENT_KIND: &str = "文件";

impl Query {
    /// Why this cannot be asked, if it cannot.
    pub(crate) fn refused(&self) -> Option<QueryRefused> {
        let length = self.text.trim().chars().count();
        if length > LONGEST_QUERY {
            Some(QueryRefused::TooLong(length))
        } else if self.offset > DEEPEST_OFFSET {
            Some(QueryRefused::TooDeep)
        } else {
            words(&self.text).is_empty().then_some(QueryRefused::Empty)
        }
    }
}

impl Search {
    /// Answers a search: hits with marks, an exact total, counts of every facet, and the document
    /// whose 文号 was typed.
    ///
    /// # Errors
    /// `Refused` when the text is empty or too long or the page too deep; otherwise when the index
    /// fails.
    pub fn query(&self, query: &Query) -> Result<Hits, SearchError> {
        if let Some(refused) = query.refused() {
            return Err(refused.into());
        }
        let (searcher, fields) = (self.searcher(), self.0.fields);
        let filters = Filters::of(query);
        let limit = query.limit.min(MOST_HITS);
        let keep = KEPT.max(query.offset + limit);
        let columns = self.0.columns.of(&searcher)?;
        let synonyms = self.synonyms();
        let ground = Ground {
            searcher: &searcher,
            columns: &columns,
            fields: &fields,
            filters: &filters,
            synonyms: &synonyms,
            keep,
        };
        let exact = exact(query, &ground)?;
        let no_such_number = exact.is_none() && number::is_whole(&query.text);
        if no_such_number && let Some(hits) = near_number(query, limit, &ground)? {
            return Ok(hits);
        }
        let landing = ladder::descend(&query.text, &ground)?;
        let order = rank::ranked(&query.text, &landing, &ground)?;
        let mut hits = Vec::with_capacity(limit);
        for candidate in order.iter().skip(query.offset).take(limit) {
            let document = ground.stored(candidate.address)?;
            hits.push(hit(document, candidate.score, &landing.words));
        }
        Ok(Hits {
            hits,
            total: landing.tally.total,
            facets: facets(landing.tally.facets),
            no_such_number,
            exact,
            relaxed: landing.relaxed,
            corrected: landing.corrected,
        })
    }
}

/// What is near a 文号 that no document of the site carries; `None` where nothing is and what was typed may have meant
/// something else (预算公开 2026 12).
fn near_number(
    query: &Query,
    limit: usize,
    ground: &Ground<'_>,
) -> Result<Option<Hits>, SearchError> {
    let order = missing::near(&query.text, ground)?;
    if order.is_empty() && !number::is_written_out(&query.text) {
        return Ok(None);
    }
    let words = words(&query.text);
    let mut hits = Vec::with_capacity(limit);
    for candidate in order.iter().skip(query.offset).take(limit) {
        hits.push(hit(ground.stored(candidate.address)?, candidate.score, &words));
    }
    let total = order.len() as u64;
    Ok(Some(Hits { hits, total, no_such_number: true, ..Hits::default() }))
}

/// The document of this site whose 文号 was typed, whatever the other filters.
fn exact(query: &Query, ground: &Ground<'_>) -> Result<Option<Hit>, SearchError> {
    let filters = Filters::site(query.division_prefix.as_deref());
    let ground = Ground { filters: &filters, keep: MOST_CARRIERS, ..*ground };
    let words = words(&query.text);
    for key in number::keys(&query.text) {
        let carriers_query = term(ground.fields.number_key, &key);
        let mut carriers = Vec::new();
        for candidate in ground.candidates(carriers_query.as_ref(), 0)? {
            let document = ground.stored(candidate.address)?;
            carriers.push((document.kind != DOCUMENT_KIND, document, candidate.score));
        }
        carriers.sort_by_key(|(is_other, ..)| *is_other);
        if let Some((_, document, score)) = carriers.into_iter().next() {
            return Ok(Some(hit(document, score, &words)));
        }
    }
    Ok(None)
}

impl Ground<'_> {
    /// A document as it was given.
    pub fn stored(&self, address: DocAddress) -> Result<SearchDocument, SearchError> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let json = document.get_first(self.fields.stored).and_then(|value| value.as_str());
        Ok(serde_json::from_str(json.unwrap_or(""))?)
    }
}

fn hit(document: SearchDocument, score: f32, words: &[Word]) -> Hit {
    let attached = document.attachments.iter().map(|one| one.text.as_str());
    let (snippet, within) = passage::best(&document.body, attached, words);
    let attachment = within.and_then(|at| document.attachments.into_iter().nth(at));
    Hit {
        score,
        title: passage::marked(&document.title, words),
        snippet,
        attachment: attachment.map(|one| Attachment { name: one.name, url: one.url }),
        body: document.body,
        id: document.id,
        room: document.room,
        kind: document.kind,
        number: document.number,
        url: document.url,
        division: document.division,
        organ_name: document.organ_name,
        domain: document.domain,
        year: document.year,
        date: document.date,
        validity: document.validity,
    }
}

fn facets(counts: [Counts; 5]) -> Facets {
    let [kinds, domains, organs, years, validities] = counts.map(most_frequent_first);
    let mut years = years;
    years.sort_by_key(|one| Reverse(one.value.clone()));
    Facets { kinds, domains, organs, years, validities }
}

fn most_frequent_first(counts: Counts) -> Vec<FacetCount> {
    let mut listed: Vec<FacetCount> =
        counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    listed.sort_by_key(|one| Reverse(one.count));
    listed.truncate(MOST_VALUES);
    listed
}
