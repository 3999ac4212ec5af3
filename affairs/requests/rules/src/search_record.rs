//! 检索记录: what shows that information was looked for before it is said not to exist
//! (条例第三十六条第（四）项; 最高人民法院指导案例101号).

use law::Date;
use serde::{Deserialize, Serialize};

/// One search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchRecord {
    /// Where: archives, systems, units asked.
    pub places: Vec<String>,
    /// With which words.
    pub words: Vec<String>,
    /// By whom.
    pub by: Vec<String>,
    /// On which day.
    pub on: Date,
    /// What came of it.
    pub outcome: String,
}

/// What a search record lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SearchFault {
    /// No place.
    #[error("没有写在哪里检索。改法: 写明档案、系统和询问过的单位")]
    NoPlaces,
    /// No words.
    #[error("没有写检索词。改法: 写明用过的检索词，名称、文号、关键词都写上")]
    NoWords,
    /// Nobody.
    #[error("没有写由谁检索。改法: 写明检索人员")]
    Nobody,
    /// No outcome.
    #[error("没有写检索结果。改法: 写明找到什么、没有找到什么")]
    NoOutcome,
    /// Before the request was received, or after today.
    #[error("检索日期不在收到申请 {0} 与答复 {1} 之间。改法: 核对日期，为这件申请重新检索")]
    NotThen(Date, Date),
}

impl SearchRecord {
    /// What it lacks to carry an answer 信息不存在 given on a day to a request received on a day.
    pub fn faults(&self, received: Date, answered: Date) -> Vec<SearchFault> {
        let empty = |texts: &[String]| texts.iter().all(|text| text.trim().is_empty());
        let mut faults = Vec::new();
        if empty(&self.places) {
            faults.push(SearchFault::NoPlaces);
        }
        if empty(&self.words) {
            faults.push(SearchFault::NoWords);
        }
        if empty(&self.by) {
            faults.push(SearchFault::Nobody);
        }
        if self.outcome.trim().is_empty() {
            faults.push(SearchFault::NoOutcome);
        }
        if self.on < received || self.on > answered {
            faults.push(SearchFault::NotThen(received, answered));
        }
        faults
    }
}
