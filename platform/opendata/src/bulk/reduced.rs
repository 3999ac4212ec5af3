//! An edition once more without the rows of what was corrected or taken down.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use serde_json::Value;

use super::writing::{heading, lines, own, part, place, table};
use super::{Edition, Form};

/// The edition of a set without the rows that name one of these addresses; one of which no row does stays as it
/// is. Either way it has taken account of `seen` bytes of what is noted.
///
/// # Errors
/// A file cannot be read or written, or is not what this program writes.
pub(super) fn without(
    folder: &Path,
    slug: &str,
    (edition, seen): (Edition, u64),
    gone: &HashSet<String>,
    columns: &[&str],
) -> io::Result<Edition> {
    let missing = || io::Error::from(io::ErrorKind::NotFound);
    let before = edition.file(Form::JsonLines).ok_or_else(missing)?;
    let parts = Form::ALL.map(|form| part(folder, slug, form, "less"));
    let [mut as_lines, mut as_table] = [created(&parts[0])?, created(&parts[1])?];
    as_table.write_all(&heading(columns).map_err(io::Error::other)?)?;
    let (mut rows, mut left_out) = (0, 0);
    for line in BufReader::new(File::open(folder.join(before.name(slug)))?).lines() {
        let row: Value = serde_json::from_str(&line?).map_err(io::Error::other)?;
        if names_any(&row, gone) {
            left_out += 1;
            continue;
        }
        rows += 1;
        let row = std::slice::from_ref(&row);
        as_lines.write_all(&lines(row))?;
        as_table.write_all(&table(row, columns).map_err(io::Error::other)?)?;
    }
    as_lines.flush()?;
    as_table.flush()?;
    if left_out == 0 {
        parts.iter().try_for_each(std::fs::remove_file)?;
        return Ok(Edition { seen, ..edition });
    }
    let files = place(folder, slug, &parts)?;
    Ok(Edition { rows, seen, files, ..edition })
}

fn created(path: &Path) -> io::Result<BufWriter<File>> {
    Ok(BufWriter::new(own().truncate(true).open(path)?))
}

/// Whether a value of the row is one of these addresses, or a whole address that ends with one.
fn names_any(value: &Value, gone: &HashSet<String>) -> bool {
    match value {
        Value::String(text) => {
            let mut ends = text.match_indices('/').filter_map(|(at, _)| text.get(at..));
            ends.any(|end| gone.contains(end))
        }
        Value::Array(all) => all.iter().any(|one| names_any(one, gone)),
        Value::Object(all) => all.values().any(|one| names_any(one, gone)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_row_is_known_by_a_whole_address_and_not_by_one_that_begins_like_it() {
        let gone = HashSet::from(["/wenjian/1".to_owned()]);
        for (row, named) in [
            (json!({ "url": "https://a.gov.cn/siming/wenjian/1" }), true),
            (json!({ "links": [{ "to": "/wenjian/1" }] }), true),
            (json!({ "url": "https://a.gov.cn/wenjian/12", "n": 1 }), false),
            (json!({ "title": "见 /wenjian/1 号" }), false),
        ] {
            assert_eq!(names_any(&row, &gone), named, "{row}");
        }
    }
}
