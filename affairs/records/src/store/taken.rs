//! Which index numbers, 文号 and titles have been used already.

use std::collections::HashSet;

use records_rules::Metadata;
use store::{FromQueryResult, Statements, StoreError, Value};

/// Those of the particulars asked about that are in use.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    indexes: HashSet<String>,
    /// Each with the organ that used it.
    numbers: HashSet<(String, String)>,
    /// Each with the organ and the day on the document.
    titles: HashSet<(String, String, String)>,
}

#[derive(FromQueryResult)]
struct Row {
    index_number: String,
    organ: String,
    document_number: Option<String>,
    title: String,
    made_on: String,
}

/// Both engines take many more values in one statement.
const AT_ONCE: usize = 500;

impl Taken {
    /// Looks up these particulars.
    pub(crate) async fn among<'a>(
        from: &impl Statements,
        metadata: impl Iterator<Item = &'a Metadata>,
    ) -> Result<Self, StoreError> {
        let asked: Vec<_> = metadata.map(asked).collect();
        let mut taken = Self::default();
        for batch in asked.chunks(AT_ONCE) {
            let (sql, values) = question(batch);
            let rows: Vec<Row> = from.all(&sql, values).await?;
            for row in rows {
                taken.indexes.insert(row.index_number);
                let number = row.document_number.map(|number| (row.organ.clone(), number));
                taken.numbers.extend(number);
                taken.titles.insert((row.organ, row.made_on, row.title));
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

    /// Whether the organ has published a document of that day with that title.
    pub(crate) fn has_title(&self, metadata: &Metadata) -> bool {
        let [_, _, organ, made_on, title] = asked(metadata);
        self.titles.contains(&(organ, made_on, title))
    }
}

/// Index number, 文号, organ, day and title; what there is none of is empty and fits nothing.
fn asked(metadata: &Metadata) -> [String; 5] {
    let text = |text: Option<String>| text.unwrap_or_default();
    [
        text(metadata.index.as_ref().map(ToString::to_string)),
        text(metadata.number.as_ref().map(ToString::to_string)),
        metadata.publisher.as_str().to_owned(),
        metadata.made_on.0.to_string(),
        metadata.title.clone(),
    ]
}

/// Every record that shares an index number, a 文号, or organ, day and title with one of these. Each way
/// has an index of its own, so each is a question of its own.
fn question(batch: &[[String; 5]]) -> (String, Vec<Value>) {
    let mark = |column: usize, at: usize| format!("${}", column * batch.len() + at + 1);
    let marks = |column: usize| {
        let marks = (0..batch.len()).map(|at| mark(column, at));
        marks.collect::<Vec<_>>().join(", ")
    };
    let places = (0..batch.len())
        .map(|at| format!("({}, {}, {})", mark(2, at), mark(3, at), mark(4, at)))
        .collect::<Vec<_>>()
        .join(", ");
    let columns = "SELECT index_number, organ, document_number, title, made_on FROM record";
    let sql = format!(
        "{columns} WHERE index_number IN ({})
         UNION ALL {columns} WHERE document_number IN ({})
         UNION ALL {columns} WHERE (organ, made_on, title) IN (VALUES {places})",
        marks(0),
        marks(1),
    );
    let column = |at: usize| batch.iter().map(move |row| Value::from(row[at].clone()));
    (sql, (0..5).flat_map(column).collect())
}
