//! 文号相近: what is offered where a 文号 was typed that no document of the site carries: documents with a 文号 of the same
//! 机关代字 or of one a letter apart, the nearest first, then those that cite the number that was typed. Another
//! organ's number that merely looks alike helps nobody.

use tantivy::query::{BooleanQuery, Occur, Query};

use crate::ladder::Ground;
use crate::tally::Candidate;
use crate::words::{Word, either, term};
use crate::{SearchError, number};

/// The most documents with a 文号 that is near.
const MOST_NEAR: usize = 10;
/// The most documents that cite what was typed.
const MOST_CITING: usize = 10;
/// How many documents are looked at for those that are near.
const LOOKED_AT: usize = 60;

/// Documents near the 文号 that was typed, in their order.
pub(crate) fn near(text: &str, ground: &Ground<'_>) -> Result<Vec<Candidate>, SearchError> {
    let mut order = of_near_organs(text, ground)?;
    if let Some(query) = Word::of(text).and_then(|word| word.phrase(ground.fields.text)) {
        let citing = ground.candidates(query.as_ref(), 0)?.into_iter().take(MOST_CITING);
        for candidate in citing {
            if order.iter().all(|one| one.address != candidate.address) {
                order.push(candidate);
            }
        }
    }
    Ok(order)
}

/// Those of the same 机关代字 first, then those of the same year, then by how far the serial numbers are apart.
fn of_near_organs(text: &str, ground: &Ground<'_>) -> Result<Vec<Candidate>, SearchError> {
    let Some((organ, year, serial)) = number::parts(text) else { return Ok(Vec::new()) };
    let Some(query) = of_organ(&organ, [year.clone(), serial.to_string()], ground) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for candidate in ground.candidates(query.as_ref(), 0)?.into_iter().take(LOOKED_AT) {
        let document = ground.stored(candidate.address)?;
        let own = document.number.as_deref().and_then(number::parts);
        let Some((own_organ, own_year, own_serial)) = own else { continue };
        if let Some(apart) = number::apart(&organ, &own_organ) {
            let far = own_serial.abs_diff(serial);
            found.push(((apart, own_year != year, far), candidate));
        }
    }
    found.sort_by_key(|(order, _)| *order);
    Ok(found.into_iter().take(MOST_NEAR).map(|(_, candidate)| candidate).collect())
}

/// Documents whose 文号 has two letters of this 机关代字 in a row, louder with the year and the serial number.
fn of_organ(organ: &str, wished: [String; 2], ground: &Ground<'_>) -> Option<Box<dyn Query>> {
    let field = ground.fields.number;
    let word = Word::of(organ)?;
    let pairs: Vec<Box<dyn Query>> = word.terms.iter().map(|(_, pair)| term(field, pair)).collect();
    if pairs.is_empty() {
        return None;
    }
    let mut clauses = vec![(Occur::Must, either(pairs))];
    for text in wished.iter().filter(|text| !text.is_empty()) {
        clauses.push((Occur::Should, term(field, text)));
    }
    Some(Box::new(BooleanQuery::new(clauses)))
}
