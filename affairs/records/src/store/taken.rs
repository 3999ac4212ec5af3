//! Which index numbers and 文号 have been used already.

use std::collections::HashSet;

use records_rules::Metadata;
use store::{FromQueryResult, Statements, StoreError, Value};

/// Those of the numbers asked about that are in use.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    indexes: HashSet<String>,
    numbers: HashSet<(String, String)>,
}

#[derive(FromQueryResult)]
struct Row {
    index_number: String,
    organ: String,
    document_number: Option<String>,
}

/// Both engines take many more values in one statement.
const AT_ONCE: usize = 500;

impl Taken {
    /// Looks up the index numbers and 文号 of these particulars.
    pub(crate) async fn among<'a>(
        from: &impl Statements,
        metadata: impl Iterator<Item = &'a Metadata>,
    ) -> Result<Self, StoreError> {
        let mut asked: Vec<(String, String)> = Vec::new();
        for one in metadata {
            let text = |text: Option<String>| text.unwrap_or_default();
            let index = text(one.index.as_ref().map(ToString::to_string));
            asked.push((index, text(one.number.as_ref().map(ToString::to_string))));
        }
        let mut taken = Self::default();
        for batch in asked.chunks(AT_ONCE) {
            let marks = |from: usize| {
                let marks = (0..batch.len()).map(|at| format!("${}", from + at + 1));
                marks.collect::<Vec<_>>().join(", ")
            };
            let sql = format!(
                "SELECT index_number, organ, document_number FROM record
                  WHERE index_number IN ({}) OR document_number IN ({})",
                marks(0),
                marks(batch.len())
            );
            let indexes = batch.iter().map(|(index, _)| Value::from(index.clone()));
            let numbers = batch.iter().map(|(_, number)| Value::from(number.clone()));
            let rows: Vec<Row> = from.all(&sql, indexes.chain(numbers).collect()).await?;
            for row in rows {
                taken.indexes.insert(row.index_number);
                taken.numbers.extend(row.document_number.map(|number| (row.organ, number)));
            }
        }
        Ok(taken)
    }

    pub(crate) fn has_index(&self, index: &str) -> bool {
        self.indexes.contains(index)
    }

    pub(crate) fn has_number(&self, organ: &str, number: &str) -> bool {
        self.numbers.contains(&(organ.to_owned(), number.to_owned()))
    }
}
