//! The form of the index: which fields it has and how a document is put into them.

use tantivy::Index;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{TantivyDocument, Term};

use crate::document::date_rank;
use crate::error::LONGEST_QUERY;
use crate::grams::{Cut, Pairs, Singles};
use crate::sound::{Initials, Syllables};
use crate::{SearchDocument, SearchError, number};

/// Raise this whenever the fields, the cutting or the folding change: an index of another form
/// is thrown away and built again.
pub(crate) const FORM: &str = "3";

/// The facets, in the order in which `Facets` lists them, by the names of their columns.
pub(crate) const FACETS: [&str; 5] = ["kind", "domain", "organ", "year", "validity"];
pub(crate) const DIVISION: &str = "division";
pub(crate) const DATE: &str = "date";

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// The document's name, for replacing it.
    pub id: Field,
    /// The whole document as JSON, for showing it.
    pub stored: Field,
    /// Title, number, organ, body and attachments together: what decides whether a document matches.
    pub text: Field,
    /// The same, character by character.
    pub singles: Field,
    /// The title, which decides the order.
    pub title: Field,
    pub title_singles: Field,
    /// The whole title without blanks and punctuation, for who types it in full.
    pub title_key: Field,
    /// The pieces of the 文号.
    pub number: Field,
    /// The whole 文号 in its one form.
    pub number_key: Field,
    pub syllables: Field,
    pub initials: Field,
    facets: [Field; 5],
    division: Field,
    date: Field,
}

impl Fields {
    pub fn define() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let word = |tokenizer: &str, option, norms| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer(tokenizer)
                    .set_index_option(option)
                    .set_fieldnorms(norms),
            )
        };
        let positions = IndexRecordOption::WithFreqsAndPositions;
        let presence = IndexRecordOption::Basic;
        let fields = Self {
            id: schema.add_text_field("id", word("raw", presence, false)),
            stored: schema.add_text_field("stored", STORED),
            text: schema.add_text_field("text", word("pairs", positions, true)),
            singles: schema.add_text_field("singles", word("singles", presence, false)),
            title: schema.add_text_field("title", word("pairs", positions, true)),
            title_singles: schema.add_text_field("title_singles", word("singles", presence, false)),
            title_key: schema.add_text_field("title_key", word("raw", presence, false)),
            number: schema.add_text_field("number", word("pairs", positions, true)),
            number_key: schema.add_text_field("number_key", word("raw", presence, false)),
            syllables: schema.add_text_field("syllables", word("syllables", positions, true)),
            initials: schema.add_text_field("initials", word("initials", positions, true)),
            facets: FACETS
                .map(|name| schema.add_text_field(name, TextOptions::default().set_fast("raw"))),
            division: schema.add_text_field(DIVISION, TextOptions::default().set_fast("raw")),
            date: schema.add_u64_field(DATE, FAST),
        };
        (schema.build(), fields)
    }

    /// Tells the index how text is cut; must be done on every index after it is opened.
    pub fn register(index: &Index) {
        let tokenizers = index.tokenizers();
        tokenizers.register("pairs", Pairs);
        tokenizers.register("singles", Singles);
        tokenizers.register("syllables", Syllables);
        tokenizers.register("initials", Initials);
    }

    pub fn named(&self, id: &str) -> Term {
        Term::from_field_text(self.id, id)
    }

    pub fn document(&self, source: &SearchDocument) -> Result<TantivyDocument, SearchError> {
        let mut document = TantivyDocument::default();
        document.add_text(self.id, &source.id);
        document.add_text(self.stored, serde_json::to_string(source)?);
        self.add_words(&mut document, source);
        let year = source.year.map(|year| year.to_string()).unwrap_or_default();
        let values = [
            source.kind.as_str(),
            source.domain.as_deref().unwrap_or(""),
            &source.organ_name,
            &year,
            source.validity.as_deref().unwrap_or(""),
        ];
        for (field, value) in self.facets.iter().zip(values) {
            document.add_text(*field, value);
        }
        document.add_text(self.division, source.division_key());
        document.add_u64(self.date, date_rank(source.date.as_deref()));
        Ok(document)
    }

    fn add_words(&self, document: &mut TantivyDocument, source: &SearchDocument) {
        let number = source.number.as_deref().unwrap_or("");
        for part in [source.title.as_str(), number, &source.organ_name, &source.body] {
            document.add_text(self.text, part);
            document.add_text(self.singles, part);
        }
        for part in source.attachments.iter().flat_map(|one| [&one.name, &one.text]) {
            document.add_text(self.text, part);
            document.add_text(self.singles, part);
        }
        document.add_text(self.title, &source.title);
        document.add_text(self.title_singles, &source.title);
        document.add_text(self.title_key, title_key(&source.title));
        if !number.is_empty() {
            document.add_text(self.number, number);
        }
        if let Some(key) = number::key(number) {
            document.add_text(self.number_key, key);
        }
        let domain = source.domain.as_deref().unwrap_or("");
        for part in [&source.title, &source.organ_name, domain] {
            document.add_text(self.syllables, part);
            document.add_text(self.initials, part);
        }
    }
}

/// A title without blanks and punctuation, folded.
pub(crate) fn title_key(title: &str) -> String {
    Cut::new(title).chars.iter().take(LONGEST_QUERY).collect()
}
