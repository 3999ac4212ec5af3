//! 专题: what is published is gathered by a rule, and stands beside data tables such as where 直达资金 went and what it
//! was used for (docs/readings/302).

use serde::{Deserialize, Serialize};

use crate::{BadBody, INTERPRETING, Refusal};

/// The longest title and the longest cell, in letters: ours (docs/readings/302).
const LONGEST_LINE: usize = 200;

/// The longest introduction, in letters: ours (docs/readings/302).
const LONGEST_LEAD: usize = 1_000;

/// The most words of a rule: ours (docs/readings/302).
pub const MOST_WORDS: usize = 5;

/// The most tables of a topic: ours (docs/readings/302).
pub const MOST_TABLES: usize = 4;

/// The most columns and rows of a table: ours (docs/readings/302).
const MOST_COLUMNS: usize = 12;
const MOST_ROWS: usize = 500;

/// Where one edition of a topic stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TopicState {
    /// 起草.
    Drafting,
    /// 审查中.
    UnderReview,
    /// 已发布.
    Published,
    /// 已由新的一版代替.
    Replaced,
    /// 已结束: the topic is over, or something in it was wrong.
    Closed,
    /// 已删去, before anybody saw it.
    Dropped,
}

/// What happens to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TopicEvent {
    /// It is written.
    Write,
    /// It goes to review.
    Submit,
    /// It comes back.
    Return,
    /// It is published.
    Publish,
    /// A later edition takes its place.
    Replace,
    /// The topic is over.
    Close,
    /// It is deleted before anybody saw it.
    Drop,
}

impl TopicState {
    /// All, in order.
    pub const ALL: [Self; 6] = [
        Self::Drafting,
        Self::UnderReview,
        Self::Published,
        Self::Replaced,
        Self::Closed,
        Self::Dropped,
    ];

    /// By which it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Drafting => "drafting",
            Self::UnderReview => "under_review",
            Self::Published => "published",
            Self::Replaced => "replaced",
            Self::Closed => "closed",
            Self::Dropped => "dropped",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Drafting => "起草",
            Self::UnderReview => "审查中",
            Self::Published => "已发布",
            Self::Replaced => "已由新的一版代替",
            Self::Closed => "已结束",
            Self::Dropped => "已删去",
        }
    }

    /// The one of that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// What it is after an event.
    ///
    /// # Errors
    /// The event does not belong to this state.
    pub const fn after(self, event: TopicEvent) -> Result<Self, Refusal> {
        use TopicEvent as E;
        use TopicState as S;
        Ok(match (self, event) {
            (S::Drafting, E::Write) => S::Drafting,
            (S::Drafting, E::Submit) => S::UnderReview,
            (S::Drafting, E::Drop) => S::Dropped,
            (S::UnderReview, E::Return) => S::Drafting,
            (S::UnderReview, E::Publish) => S::Published,
            (S::Published, E::Replace) => S::Replaced,
            (S::Published, E::Close) => S::Closed,
            _ => return Err(self.refuses(event)),
        })
    }

    const fn refuses(self, event: TopicEvent) -> Refusal {
        Refusal { thing: "专题", state: self.name(), event: event.name(), basis: INTERPRETING }
    }
}

impl TopicEvent {
    /// All, in order.
    pub const ALL: [Self; 7] = [
        Self::Write,
        Self::Submit,
        Self::Return,
        Self::Publish,
        Self::Replace,
        Self::Close,
        Self::Drop,
    ];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Write => "改写",
            Self::Submit => "送审",
            Self::Return => "退回",
            Self::Publish => "发布",
            Self::Replace => "代替",
            Self::Close => "结束",
            Self::Drop => "删去",
        }
    }
}

/// By which published information belongs to a topic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatheringRule {
    /// Words any one of which stands in the title.
    pub words: Vec<String>,
    /// The domain's slug; empty for all.
    #[serde(default)]
    pub domain: String,
    /// The first day of publication, ISO; empty for all.
    #[serde(default)]
    pub since: String,
}

impl GatheringRule {
    /// The words of a line, separated as people separate them; each once.
    pub fn words_in(line: &str) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let split = line.split(|letter: char| {
            letter.is_whitespace() || matches!(letter, '、' | '，' | ',' | '；' | ';')
        });
        for word in split.filter(|word| !word.is_empty()) {
            if !words.iter().any(|own| own == word) {
                words.push(word.to_owned());
            }
        }
        words
    }

    /// Whether something of that title, published on that day, belongs to it. Its domain is asked of whoever keeps it.
    pub fn takes(&self, title: &str, published_on: &str) -> bool {
        let spoken = self.words.iter().any(|word| title.contains(word.as_str()));
        spoken && (self.since.is_empty() || published_on >= self.since.as_str())
    }
}

/// 数据表: a title, where the numbers come from, and rows under headings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataTable {
    /// What it tells.
    pub title: String,
    /// Where the numbers come from, and up to which day.
    pub note: String,
    /// The headings.
    pub columns: Vec<String>,
    /// The rows, each as long as the headings.
    pub rows: Vec<Vec<String>>,
}

impl DataTable {
    /// Headings and rows as they are pasted: a line each, cells separated by tabs, or by commas where there is no tab.
    pub fn cells_in(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
        let by = if text.contains('\t') { '\t' } else { ',' };
        let cells = |line: &str| -> Vec<String> {
            line.split(by).map(|cell| cell.trim().to_owned()).collect()
        };
        let mut lines = text.lines().filter(|line| !line.trim().is_empty()).map(cells);
        let columns = lines.next().unwrap_or_default();
        (columns, lines.collect())
    }

    /// The same as text, to be written on.
    pub fn cells_as_text(&self) -> String {
        let lines = std::iter::once(&self.columns).chain(&self.rows);
        lines.map(|cells| cells.join("\t")).collect::<Vec<_>>().join("\n")
    }

    /// Whether nothing is written in it.
    pub fn is_empty(&self) -> bool {
        self.title.is_empty() && self.note.is_empty() && self.columns.is_empty()
    }

    /// What is wrong with it, in words.
    fn wrong(&self) -> Option<String> {
        let width = self.columns.len();
        let long = |text: &String| text.chars().count() > LONGEST_LINE;
        let uneven = self.rows.iter().position(|row| row.len() != width);
        if self.title.is_empty() {
            Some("没有写表的名称。".to_owned())
        } else if self.note.is_empty() {
            Some("没有写数据来源和截至哪一天。".to_owned())
        } else if !(2..=MOST_COLUMNS).contains(&width) || self.columns.iter().any(String::is_empty)
        {
            Some(format!("第一行是各列的名称，2 到 {MOST_COLUMNS} 列，都要写。"))
        } else if self.rows.is_empty() || self.rows.len() > MOST_ROWS {
            Some(format!("名称下面要有数据，最多 {MOST_ROWS} 行。"))
        } else if let Some(at) = uneven {
            Some(format!("第 {} 行的格数与名称不一样多。", at + 2))
        } else if self.rows.iter().chain([&self.columns]).flatten().any(long) || long(&self.title) {
            Some(format!("一格最多 {LONGEST_LINE} 字。"))
        } else {
            None
        }
    }
}

/// What an edition of a topic says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicBody {
    /// Its title: 直达资金.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// What belongs to it.
    pub rule: GatheringRule,
    /// Its data tables.
    pub tables: Vec<DataTable>,
}

impl TopicBody {
    /// Everything wrong with it.
    ///
    /// # Errors
    /// All that is wrong, in the order of the form.
    pub fn check(&self) -> Result<(), Vec<BadBody>> {
        let mut all = Vec::new();
        let mut bad = |field: String, words: String| all.push(BadBody { field, words });
        for (field, name, text, most) in [
            ("biaoti", "名称", &self.title, LONGEST_LINE),
            ("daoyu", "说明", &self.lead, LONGEST_LEAD),
        ] {
            if text.trim().is_empty() {
                bad(field.to_owned(), format!("没有写{name}。请填写。"));
            } else if text.chars().count() > most {
                bad(field.to_owned(), format!("{name}超过 {most} 字。请写短一些。"));
            }
        }
        let short = self.rule.words.iter().any(|word| word.chars().count() < 2);
        if self.rule.words.is_empty() || self.rule.words.len() > MOST_WORDS || short {
            let words = format!(
                "写 1 到 {MOST_WORDS} 个词，每个至少两个字，标题里有其中一个的文件收进来。"
            );
            bad("ci".to_owned(), words);
        }
        for (at, table) in self.tables.iter().enumerate().take(MOST_TABLES) {
            if let Some(words) = table.wrong() {
                bad(format!("biao-{}", at + 1), format!("第 {} 张表：{words}", at + 1));
            }
        }
        if all.is_empty() { Ok(()) } else { Err(all) }
    }

    /// All of it as one text, for checks and search.
    pub fn whole_text(&self) -> String {
        let mut lines = vec![self.title.clone(), self.lead.clone()];
        for table in &self.tables {
            lines.extend([table.title.clone(), table.note.clone(), table.cells_as_text()]);
        }
        lines.join("\n")
    }
}
