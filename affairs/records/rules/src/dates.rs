//! Three days that are easily confused, each a type of its own.
//!
//! 成文日期 is on the document. 发布日期 is the moment this platform published it: forging it is a
//! ground for failing the whole site (国办秘函〔2019〕19号, 弄虚作假), so nothing read from a form, a
//! file or a request can become one. 原发布日期 is when somebody else published it before, and is
//! never shown without who says so.

use jiff::Timestamp;
use law::{CHINA, Date};
use serde::{Deserialize, Serialize};

/// 成文日期: the day on the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MadeOn(pub Date);

/// 发布日期: the moment of publication on this platform.
///
/// It is written out but never read in: there is no way from text to it.
///
/// ```compile_fail
/// let forged: records_rules::PublishedAt = "2020-07-07T09:00:00Z".parse().unwrap();
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PublishedAt(Timestamp);

/// 原发布日期: when the document was first published elsewhere, and who says so. For imports and the
/// demonstration only; shown as 来源载明.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Stated")]
pub struct OriginalPublication {
    on: Date,
    source: String,
}

/// Where a document on this platform comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// First published here.
    Here,
    /// Taken over from elsewhere, with the first publication where the source states it.
    Imported(Option<OriginalPublication>),
}

/// When a document was published, here and before.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PublicationDates {
    /// 发布日期.
    pub here: PublishedAt,
    /// Where the document comes from.
    pub origin: Origin,
}

/// 原发布日期 without a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("原发布日期没有写来源")]
pub struct NoSource;

#[derive(Deserialize)]
struct Stated {
    on: Date,
    source: String,
}

impl PublishedAt {
    /// The moment of publication, called by the act of publishing with the desk's clock and by
    /// nothing else.
    pub const fn stamped(now: Timestamp) -> Self {
        Self(now)
    }

    /// The moment as the store has kept it since.
    pub const fn kept(moment: Timestamp) -> Self {
        Self(moment)
    }

    /// The moment.
    pub const fn moment(self) -> Timestamp {
        self.0
    }

    /// The day in China.
    pub fn day(self) -> Date {
        CHINA.to_datetime(self.0).date()
    }

    /// As the page's PubDate wants it: 2020-07-07 09:30, China's time.
    pub fn minute(self) -> String {
        CHINA.to_datetime(self.0).strftime("%Y-%m-%d %H:%M").to_string()
    }
}

impl OriginalPublication {
    /// The day and who states it.
    ///
    /// # Errors
    /// The source is empty.
    pub fn new(on: Date, source: impl Into<String>) -> Result<Self, NoSource> {
        let source = source.into().trim().to_owned();
        if source.is_empty() { Err(NoSource) } else { Ok(Self { on, source }) }
    }

    /// The day.
    pub const fn on(&self) -> Date {
        self.on
    }

    /// Who states it.
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl TryFrom<Stated> for OriginalPublication {
    type Error = NoSource;

    fn try_from(stated: Stated) -> Result<Self, Self::Error> {
        Self::new(stated.on, stated.source)
    }
}

impl PublicationDates {
    /// The day by which timeliness is judged: this platform's own for what it published first, the
    /// stated one for what was taken over, and none where the source is silent (docs/readings/012).
    pub fn for_timeliness(&self) -> Option<Date> {
        match &self.origin {
            Origin::Here => Some(self.here.day()),
            Origin::Imported(original) => original.as_ref().map(OriginalPublication::on),
        }
    }

    /// Whether that day rests on what a source states (shown as 来源载明).
    pub const fn is_stated_by_source(&self) -> bool {
        matches!(self.origin, Origin::Imported(Some(_)))
    }
}
