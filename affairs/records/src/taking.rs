//! 接管旧网站: reading what the site being replaced leaves behind — a table, a folder of pages, a site map —
//! into one form. Nothing is stored here; [`crate::acts::takeover`] does that.

pub mod address;
pub mod crawl;
pub mod page;
pub mod sitemap;
pub mod table;
mod words;

use std::path::PathBuf;

use law::Date;
use records_rules::Field;
use sha2::{Digest, Sha256};

pub use address::OldAddress;

/// One thing of the old site, as its source tells of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Old {
    /// Where in the source it stands: 第 12 行, or the file's name.
    pub place: String,
    /// By which it is known again.
    pub key: String,
    /// Where it stood; the first is its own address.
    pub addresses: Vec<OldAddress>,
    /// 标题.
    pub title: String,
    /// 发布机构 as the source names it; empty for none.
    pub issuer: String,
    /// 原发布日期.
    pub day: Stated,
    /// Who says so: 原网址中的日期, the site, the table.
    pub day_source: String,
    /// 成文日期 where it is told apart from the other.
    pub made_on: Option<Date>,
    /// Other particulars as the source writes them.
    pub particulars: Vec<(Field, String)>,
    /// The text, with the marks of a manuscript; empty where the source has none.
    pub body: String,
    /// Its attachments, not read yet.
    pub files: Vec<OldFile>,
    /// What a person must look at before it may be shown, a sentence each.
    pub doubts: Vec<String>,
    /// What is only told.
    pub notes: Vec<String>,
}

/// An attachment in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldFile {
    /// Its name, as readers will see it.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Where it stood.
    pub address: Option<OldAddress>,
}

/// A day as a source states it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Stated {
    /// Not at all.
    #[default]
    Not,
    /// Only a part of it, or something that is no day, as it stands there.
    Partly(String),
    /// The day.
    On(Date),
}

/// Something of the source that was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Where in the source it stands.
    pub place: String,
    /// Why, in Chinese.
    pub why: String,
    /// Whether it should have been taken: a row that is broken is one, a list page of a site is not.
    pub fault: bool,
}

/// What a source holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// What may be taken.
    pub old: Vec<Old>,
    /// What may not.
    pub skipped: Vec<Skipped>,
    /// What is told of the source as a whole.
    pub notes: Vec<String>,
}

/// Why a source cannot be read at all: what is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadSource(pub String, pub String);

impl Old {
    /// 体裁 by its title.
    pub(crate) fn genre(&self) -> &'static str {
        words::genre(&self.title)
    }

    /// The SHA-256 of what the source says, by which a change is noticed.
    pub fn digest(&self) -> String {
        let day = format!("{:?}", self.day);
        let made = self.made_on.map(|day| day.to_string()).unwrap_or_default();
        let mut digest = Sha256::new();
        for part in [&self.title, &self.issuer, &day, &made, &self.body] {
            digest.update(part);
            digest.update([0]);
        }
        for file in &self.files {
            digest.update(&file.name);
            digest.update([0]);
        }
        ledger::hex(&digest.finalize())
    }
}
