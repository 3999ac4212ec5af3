//! 整份下载: each set of data as JSON Lines and as CSV, written anew every night and whenever something was
//! corrected or taken down (docs/readings/229).
//!
//! The rows come in batches and go straight into the files, so a set of any size takes the same memory. A step
//! of the errand writes some batches and notes how far it came; after a new start it goes on from there. What
//! was written is given out only while nothing was taken down since it was begun: the word in the file
//! `changed` is another one then.

mod writing;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ledger::Event;
use serde::{Deserialize, Serialize};
use store::{Transaction, private};
use web::api::Dataset;
use web::{Announcement, Became, Errand, Fault, House, Later, Site};

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
    /// What the word `changed` was when it was begun.
    pub changed: String,
    /// The files.
    pub files: Vec<Written>,
}

impl Edition {
    /// The edition of a set that may be given out now; none while it is not written yet, or something was
    /// taken down since.
    pub async fn current(house: &House, slug: &str) -> Option<Self> {
        let folder = folder(house);
        let text = tokio::fs::read_to_string(folder.join(format!("{slug}.json"))).await.ok()?;
        let edition: Self = serde_json::from_str(&text).ok()?;
        (edition.changed == changed(&folder).await).then_some(edition)
    }

    /// Its file in a form.
    pub fn file(&self, form: Form) -> Option<&Written> {
        self.files.iter().find(|file| file.ending == form.ending())
    }
}

/// Where the files lie.
pub(crate) fn folder(house: &House) -> PathBuf {
    house.folder().join("shuju")
}

/// The site of which sets are given out: the whole of what this platform keeps.
pub(crate) fn whole(house: &House) -> Option<Arc<Site>> {
    house.directory().all().first().map(Arc::clone)
}

/// The word that is another one when something was corrected or taken down.
async fn changed(folder: &Path) -> String {
    tokio::fs::read_to_string(folder.join("changed")).await.unwrap_or_default()
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
        let word = uuid::Uuid::now_v7().to_string();
        writing::put(&folder.join("changed"), word.as_bytes()).await.map_err(Fault::inside)?;
        house.forget_pages();
        Ok(())
    })
}

/// One step: some batches of the first set that is not as it should be.
fn step(house: &House) -> Later<'_, bool> {
    Box::pin(async move {
        let Some(site) = whole(house) else { return Ok(false) };
        let today = house.ledger().clock().today().to_string();
        for set in house.datasets() {
            let edition = Edition::current(house, set.slug).await;
            if edition.is_none_or(|edition| edition.day != today) {
                write(house, &site, set).await?;
                return Ok(true);
            }
        }
        Ok(false)
    })
}

async fn write(house: &House, site: &Site, set: &Dataset) -> Result<(), Fault> {
    let folder = folder(house);
    private::folder(&folder).map_err(Fault::inside)?;
    let (now, changed) = (house.ledger().clock(), changed(&folder).await);
    let fresh = Begun::new(now.now().to_string(), now.today().to_string(), changed.clone());
    let begun = Begun::kept(&folder, set.slug).await;
    let begun = begun.filter(|begun| begun.is_like(&fresh)).unwrap_or(fresh);
    let Some(edition) = advance(house, site, set, begun, BATCHES).await? else { return Ok(()) };
    let text = serde_json::to_string(&edition).map_err(Fault::inside)?;
    let own = folder.join(format!("{}.json", set.slug));
    writing::put(&own, text.as_bytes()).await.map_err(Fault::inside)?;
    // Pages that say what there is are kept until the next act, and this is none.
    house.forget_pages();
    Ok(())
}
