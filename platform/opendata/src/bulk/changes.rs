//! What was corrected or taken down, address by address: a file that only grows, so that each edition can say how
//! much of it it has taken account of.

use std::collections::HashSet;
use std::io::SeekFrom;
use std::path::Path;

use tokio::fs::{File, OpenOptions};
use tokio::io::{self, AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use web::House;
use web::api::Dataset;

const FILE: &str = "changes";

/// Notes an address below a site; once it is noted, no file with a row of it is given out.
pub(super) async fn note(folder: &Path, path: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).append(true).mode(0o600);
    let mut file = options.open(folder.join(FILE)).await?;
    file.write_all(format!("{path}\n").as_bytes()).await?;
    file.flush().await?;
    file.sync_data().await
}

/// How much has been noted, in bytes.
pub(super) async fn length(folder: &Path) -> io::Result<u64> {
    match tokio::fs::metadata(folder.join(FILE)).await {
        Ok(there) => Ok(there.len()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

/// What was noted after a place in the file.
pub(super) struct Changes {
    /// How much has been noted by now, in bytes.
    pub till: u64,
    paths: Vec<String>,
}

impl Changes {
    /// # Errors
    /// The file cannot be read, or is shorter than it was.
    pub(super) async fn after(folder: &Path, seen: u64) -> io::Result<Self> {
        let till = length(folder).await?;
        if till < seen {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut text = String::new();
        if till > seen {
            let mut file = File::open(folder.join(FILE)).await?;
            file.seek(SeekFrom::Start(seen)).await?;
            file.take(till - seen).read_to_string(&mut text).await?;
        }
        Ok(Self { till, paths: text.lines().map(str::to_owned).collect() })
    }

    /// What of it concerns a set: what lies below the set's page, and what lies below the page of none.
    pub(super) fn of(&self, house: &House, set: &Dataset) -> HashSet<String> {
        let concerns = |path: &&String| {
            below(set.page, path) || !house.datasets().any(|other| below(other.page, path))
        };
        self.paths.iter().filter(concerns).cloned().collect()
    }
}

fn below(page: &str, path: &str) -> bool {
    let page = page.trim_end_matches('/');
    path.strip_prefix(page).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn what_lies_below_a_page_is_told_from_what_only_begins_like_it() {
        for (page, path, is_below) in [
            ("/wenjian", "/wenjian/1", true),
            ("/wenjian", "/wenjianku/1", false),
            ("/wenjian", "/wenjian", false),
            ("/", "/1", true),
        ] {
            assert_eq!(below(page, path), is_below, "{page} {path}");
        }
    }
}
