//! Names and titles as they really are: a city's divisions and a zone's documents.

use search::{Query, Search, SearchDocument};

/// The rows of a file of the shared data; `None`, said aloud and counted, where it is absent.
fn rows(name: &str) -> Option<Vec<csv::StringRecord>> {
    let path = format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR"));
    match csv::Reader::from_path(&path) {
        Ok(mut reader) => Some(reader.records().map(|row| row.expect("a row")).collect()),
        Err(error) => {
            store::testing::skipped(&format!("{name}: {error}"));
            None
        }
    }
}

fn filled(documents: Vec<SearchDocument>) -> Search {
    let search = Search::in_memory().expect("memory");
    let mut batch = search.rebuild().expect("a writer");
    batch.replace(documents).expect("documents");
    batch.commit().expect("a commit");
    search
}

#[test]
fn every_division_of_a_city_is_found_by_its_name_and_under_its_district() {
    let Some(rows) = rows("xiamen-divisions.csv") else { return };
    let documents = rows.iter().map(|row| SearchDocument {
        id: format!("village:{}", &row[0]),
        kind: "村居".to_owned(),
        title: row[1].to_owned(),
        division: row[0].to_owned(),
        ..SearchDocument::default()
    });
    let search = filled(documents.collect());
    for row in &rows {
        let query = Query { division_prefix: Some(row[0].to_owned()), ..Query::new(&row[1]) };
        let hits = search.query(&query).expect("an answer");
        assert_eq!(hits.hits[0].id, format!("village:{}", &row[0]), "{}", &row[1]);
        let everywhere = search.query(&Query::new(&row[1])).expect("an answer");
        assert_eq!(everywhere.hits[0].plain_title(), row[1], "{}", &row[1]);
    }
}

#[test]
fn every_document_is_found_by_any_six_characters_of_its_title() {
    let Some(rows) = rows("documents-pingtan.csv") else { return };
    let documents = rows.iter().map(|row| SearchDocument {
        id: format!("record:{}", &row[2]),
        kind: "文件".to_owned(),
        title: row[3].to_owned(),
        organ_name: row[4].to_owned(),
        ..SearchDocument::default()
    });
    let search = filled(documents.collect());
    for row in &rows {
        let title: Vec<char> = row[3].chars().collect();
        for part in title.windows(6).filter(|part| part.iter().all(|c| c.is_alphabetic())) {
            let text: String = part.iter().collect();
            let hits = search.query(&Query { limit: 100, ..Query::new(&text) }).expect("an answer");
            let id = format!("record:{}", &row[2]);
            assert!(hits.hits.iter().any(|hit| hit.id == id), "{text} of {id}");
            assert!(!hits.relaxed, "{text}");
        }
    }
}
