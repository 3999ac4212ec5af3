//! What a room offers to search: one document for each page that can be found.

use serde::{Deserialize, Serialize};

/// One page that can be found, as the room that owns it describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchDocument {
    /// The document's own name across all rooms, such as `record:0192…`; replacing goes by it.
    pub id: String,
    /// The room that offered the document.
    pub room: String,
    /// 类型: 文件, 事项, 机构, 村居, 栏目 and so on, as shown in the facet.
    pub kind: String,
    /// 标题.
    pub title: String,
    /// 文号 as printed; any form of brackets.
    pub number: Option<String>,
    /// The text of the page without markup.
    pub body: String,
    /// The page's path without the prefix of its site.
    pub url: String,
    /// The 12-digit code of the division to whose site the page belongs.
    pub division: String,
    /// 机构: the name of the organ that published it.
    pub organ_name: String,
    /// 领域.
    pub domain: Option<String>,
    /// The year the facet shows.
    pub year: Option<i16>,
    /// The date shown beside the hit, as `2020-07-05`; newer documents rank a little higher.
    pub date: Option<String>,
    /// 有效性.
    pub validity: Option<String>,
    /// What is attached to it, and what that says.
    #[serde(default)]
    pub attachments: Vec<Attached>,
    /// Found only on the site of its own division, not on those above: what every division below
    /// has alike, such as the items of a catalogue that all districts take up.
    #[serde(default)]
    pub own_site_only: bool,
}

/// An attachment, found by what it says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its address, without the prefix of the site.
    pub url: String,
    /// Its text.
    pub text: String,
}

impl SearchDocument {
    /// What its column of divisions holds: a code of its own kind where it stays on its own site.
    pub(crate) fn division_key(&self) -> String {
        if self.own_site_only { own_key(&self.division) } else { self.division.clone() }
    }
}

/// The key under which a division's documents stand that are found on its own site only.
pub(crate) fn own_key(division: &str) -> String {
    format!("={division:0<12}")
}

/// A date as a number that grows with it, for ranking only: months of 31 days, years of 12 months.
/// Zero when there is no date or it is none.
pub(crate) fn date_rank(date: Option<&str>) -> u64 {
    let mut parts = date.unwrap_or("").splitn(3, '-').map(|part| {
        let digits: String = part.chars().take_while(char::is_ascii_digit).take(4).collect();
        digits.parse::<u64>().unwrap_or(0)
    });
    let mut next = || parts.next().unwrap_or(0);
    let (year, month, day) = (next(), next().min(12), next().min(31));
    (year * 12 + month) * 31 + day
}

/// The factor by which a date raises a score: up to a quarter, evenly from 2000 to 2040, so that
/// ten years make a difference of six in a hundred and never outweigh a word in the title.
pub(crate) fn date_boost(rank: u32) -> f32 {
    const FROM: f32 = (2000 * 12 * 31) as f32;
    const TO: f32 = (2040 * 12 * 31) as f32;
    1.0 + 0.25 * ((rank as f32 - FROM) / (TO - FROM)).clamp(0.0, 1.0)
}
