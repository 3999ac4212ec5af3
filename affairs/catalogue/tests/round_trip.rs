//! What we write out, we read back as the same catalogue, byte for byte in JSON.

use std::path::{Path, PathBuf};

use catalogue::reading;
use catalogue::writing::{Form, Printed};
use catalogue_rules::ReadCatalogue;

/// Files of catalogues: the demo's, and the fixtures where they are at hand.
fn files() -> Vec<PathBuf> {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../server/demo/catalogue");
    let fixtures =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/catalogue-fixtures");
    if !fixtures.exists() {
        store::testing::skipped("没有 ../shared，只用演示目录");
    }
    let entries = [demo, fixtures].into_iter().filter_map(|folder| std::fs::read_dir(folder).ok());
    let paths = entries.flatten().filter_map(Result::ok).map(|entry| entry.path());
    let wanted = ["csv", "html", "xlsx", "docx", "txt"];
    let mut files: Vec<PathBuf> = paths
        .filter(|path| {
            path.extension().is_some_and(|ending| wanted.iter().any(|one| ending == *one))
        })
        .collect();
    files.sort();
    files
}

fn read(bytes: &[u8], name: &str) -> ReadCatalogue {
    reading::read(bytes, name).unwrap_or_else(|refused| panic!("{name}: {refused}"))
}

fn items_of(catalogue: &ReadCatalogue) -> Vec<String> {
    let text = |item| serde_json::to_string(item).expect("JSON");
    catalogue.items.iter().map(text).collect()
}

/// The stretch of both texts where they begin to differ.
fn first_difference(before: &str, after: &str) -> String {
    let same = before.chars().zip(after.chars()).take_while(|(a, b)| a == b).count();
    let around =
        |text: &str| text.chars().skip(same.saturating_sub(40)).take(90).collect::<String>();
    format!("\n  {}\n  {}", around(before), around(after))
}

/// The catalogue of a file. One with several domains is imported one domain at a time.
fn first_domain(path: &Path, name: &str) -> ReadCatalogue {
    let mut catalogue = read(&std::fs::read(path).expect("a file"), name);
    if catalogue.domain.is_none() {
        let first = catalogue.items.first().and_then(|item| item.domain.clone());
        catalogue.items.retain(|item| item.domain == first);
        catalogue.title = first.as_ref().map(|domain| format!("{domain}领域基层政务公开标准目录"));
        catalogue.domain = first;
    }
    catalogue
}

/// What of a catalogue is another after it was written out and read back.
fn differences(before: &ReadCatalogue, after: &ReadCatalogue) -> Vec<String> {
    let mut found = Vec::new();
    if before.title != after.title {
        found.push(format!("title: {:?} / {:?}", before.title, after.title));
    }
    let (before, after) = (items_of(before), items_of(after));
    if before.len() != after.len() {
        found.push(format!("{} items became {}", before.len(), after.len()));
        return found;
    }
    let unlike = before.iter().zip(&after).filter(|(before, after)| before != after);
    found.extend(unlike.take(2).map(|(before, after)| first_difference(before, after)));
    found
}

#[tokio::test]
async fn every_form_of_a_catalogue_gives_back_the_same_items() {
    let mut faults = Vec::new();
    for path in files() {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let catalogue = first_domain(&path, &name);
        let printed = Printed { catalogue, organ: String::new(), effective_from: None };
        for form in [Form::Csv, Form::Xlsx, Form::Docx, Form::Json, Form::Html] {
            let bytes = printed.write(form, None).await.expect("it is written");
            let found = match reading::read(&bytes, &format!("{name}.{}", form.ending())) {
                Ok(again) => differences(&printed.catalogue, &again),
                Err(refused) => vec![refused.to_string()],
            };
            faults.extend(found.into_iter().map(|fault| format!("{name} {form:?}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
