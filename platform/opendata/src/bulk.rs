//! 整份下载: each set of data as JSON Lines and as CSV, written anew every night; whatever is corrected or taken
//! down by day is left out at once (docs/readings/229).
//!
//! The rows come in batches and go straight into the files, so a set of any size takes the same memory. A step
//! of the errand writes some batches and notes how far it came; after a new start it goes on from there. What
//! was corrected or taken down is noted in the file `changes`, by its address. An edition knows how much of that
//! file it has taken account of: while something of its own stands after that, it is not given out, and the next
//! step writes it once more without those rows, which asks the database for nothing.
//!
//! A file bears its digest in its name, and `{set}.json` says which files are the edition: putting that in place
//! is the one switch, and whoever is fetching the edition before keeps it to its end.

mod changes;
mod reduced;
mod writing;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ledger::Event;
use serde::{Deserialize, Serialize};
use store::{Transaction, private};
use web::api::Dataset;
use web::{Announcement, Became, Errand, Fault, House, Later, Site};

use changes::Changes;
use writing::{Begun, advance};

/// Writes what is not there or is of yesterday, some batches at a time.
pub const ERRAND: Errand = Errand { name: "opendata.bulk", step };

/// Batches of one step.
const BATCHES: usize = 20;

/// How a set is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated, UTF-8 with a mark at the beginning, as spreadsheets expect.
    Csv,
}

impl Form {
    /// Both, in the order of the files.
    pub const ALL: [Self; 2] = [Self::JsonLines, Self::Csv];

    /// How its file ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "JSON Lines",
            Self::Csv => "CSV",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::JsonLines => "application/jsonl",
            Self::Csv => "text/csv",
        }
    }
}

/// One file of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// How it ends.
    pub ending: String,
    /// Its length.
    pub bytes: u64,
    /// Its digest in hexadecimal.
    pub sha256: String,
}

/// A set as it was written last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// When it was begun, RFC 3339.
    pub at: String,
    /// The day in China.
    pub day: String,
    /// How many rows.
    pub rows: u64,
    /// How much of the file `changes` it has taken account of, in bytes.
    pub seen: u64,
    /// The files.
    pub files: Vec<Written>,
}

impl Edition {
    /// The edition of a set that may be given out now; none while it is not written yet, or something of it was
    /// taken down since.
    pub async fn current(house: &House, set: &Dataset) -> Option<Self> {
        let folder = folder(house);
        let edition = Self::kept(&folder, set.slug).await?;
        let changes = Changes::after(&folder, edition.seen).await.ok()?;
        changes.of(house, set).is_empty().then_some(edition)
    }

    async fn kept(folder: &Path, slug: &str) -> Option<Self> {
        let text = tokio::fs::read_to_string(folder.join(format!("{slug}.json"))).await.ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Its file in a form.
    pub fn file(&self, form: Form) -> Option<&Written> {
        self.files.iter().find(|file| file.ending == form.ending())
    }

    /// Puts it in the place of the edition before, whose files go.
    async fn put(&self, folder: &Path, slug: &str) -> std::io::Result<()> {
        let text = serde_json::to_string(self).map_err(std::io::Error::other)?;
        writing::put(&folder.join(format!("{slug}.json")), text.as_bytes()).await?;
        writing::sweep(folder, slug, self).await
    }
}

impl Written {
    /// What its file is called in the folder.
    pub fn name(&self, slug: &str) -> String {
        let digest = self.sha256.get(..writing::NAMED_BY).unwrap_or(&self.sha256);
        format!("{slug}-{digest}.{}", self.ending)
    }
}

/// The pages that say what sets there are.
const PAGES: &str = "/shuju";

/// Where the files lie.
pub(crate) fn folder(house: &House) -> PathBuf {
    house.folder().join("shuju")
}

/// The site of which sets are given out: the whole of what this platform keeps.
pub(crate) fn whole(house: &House) -> Option<Arc<Site>> {
    house.directory().all().first().map(Arc::clone)
}

/// Hears what became of something: what was corrected or taken down is given out in no file any more.
pub(crate) fn heard<'a>(
    house: &'a House,
    _: &'a Event,
    told: Announcement,
    _: &'a Transaction,
) -> Later<'a, ()> {
    Box::pin(async move {
        if told.became == Became::Public {
            return Ok(());
        }
        let folder = folder(house);
        private::folder(&folder).map_err(Fault::inside)?;
        changes::note(&folder, &told.path).await.map_err(Fault::inside)?;
        house.forget_pages_below(PAGES);
        Ok(())
    })
}

/// One step: a set from which something has to go, or some batches of one that is of yesterday. A set that cannot
/// be written keeps no other waiting.
fn step(house: &House) -> Later<'_, bool> {
    Box::pin(async move {
        let Some(site) = whole(house) else { return Ok(false) };
        let today = house.ledger().clock().today().to_string();
        let mut failed = None;
        for set in house.datasets() {
            match reduce(house, set).await {
                Ok(false) => {}
                Ok(true) => return Ok(true),
                Err(fault) => failed = Some(fault),
            }
        }
        for set in house.datasets() {
            let edition = Edition::current(house, set).await;
            if edition.is_some_and(|edition| edition.day == today) {
                continue;
            }
            match write(house, &site, set).await {
                Ok(()) => return Ok(true),
                Err(fault) => failed = Some(fault),
            }
        }
        failed.map_or(Ok(false), Err)
    })
}

/// Writes a set once more without what was corrected or taken down since; says whether there was any.
async fn reduce(house: &House, set: &Dataset) -> Result<bool, Fault> {
    let folder = folder(house);
    let Some(edition) = Edition::kept(&folder, set.slug).await else { return Ok(false) };
    // Where the file is not what it was, nobody knows what is missing, and the set is written anew.
    let Ok(changes) = Changes::after(&folder, edition.seen).await else { return Ok(false) };
    let gone = changes.of(house, set);
    if gone.is_empty() {
        return Ok(false);
    }
    let (slug, seen, columns) = (set.slug, changes.till, (set.columns)().names());
    let place = folder.clone();
    let without = tokio::task::spawn_blocking(move || {
        reduced::without(&place, slug, (edition, seen), &gone, &columns)
    });
    let edition = without.await.map_err(Fault::inside)?.map_err(Fault::inside)?;
    edition.put(&folder, set.slug).await.map_err(Fault::inside)?;
    house.forget_pages_below(PAGES);
    Ok(true)
}

async fn write(house: &House, site: &Site, set: &Dataset) -> Result<(), Fault> {
    let folder = folder(house);
    private::folder(&folder).map_err(Fault::inside)?;
    let now = house.ledger().clock();
    let seen = changes::length(&folder).await.map_err(Fault::inside)?;
    let fresh = Begun::new(now.now().to_string(), now.today().to_string(), seen);
    let begun = Begun::kept(&folder, set.slug).await;
    let begun = begun.filter(|begun| begun.is_like(&fresh)).unwrap_or(fresh);
    let Some(edition) = advance(house, site, set, begun, BATCHES).await? else { return Ok(()) };
    edition.put(&folder, set.slug).await.map_err(Fault::inside)?;
    // Pages that say what there is are let go by acts, and this is none.
    house.forget_pages_below(PAGES);
    Ok(())
}
