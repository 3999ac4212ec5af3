//! 图: drawn on the server, without script and without style of its own.
//!
//! What lies side by side is measured in parts of the width, what lies above one another in the height of
//! letters. So a drawing fits a telephone as it fits a sheet of paper, and its words stay as large as the
//! reader has set them. The title says what there is to see; every part bears its words; all of it stands in a
//! table beneath. Two colours, one for what meets and one for what does not, and neither says anything that a
//! shape or a word does not say as well.

mod bars;
mod heat;
mod line;
mod ring;

use std::fmt;

use askama::{Template, filters::HtmlSafe};

pub use bars::{Bar, Portion, StackRow};
pub use heat::{HeatCell, HeatRow};
pub use line::Point;

/// The table beneath a drawing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChartTable {
    /// Headings, the first of the rows' names.
    pub headings: Vec<String>,
    /// Rows, the first cell its name.
    pub rows: Vec<Vec<String>>,
}

/// A drawing with its title and its table.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "components/chart.html")]
pub struct Chart {
    /// Tells it apart from others on the page.
    id: &'static str,
    /// What there is to see.
    title: String,
    /// The drawing in words.
    said: String,
    /// Its height, in hundredths of a letter's.
    height: Em,
    marks: Vec<Mark>,
    table: ChartTable,
    csv: Option<String>,
}

impl HtmlSafe for Chart {}

/// Whether what is drawn meets what is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Meets {
    /// It does.
    #[default]
    Yes,
    /// It does not.
    No,
    /// It does not, and more so.
    Worse,
    /// There is too little to say, or nothing.
    Unsaid,
}

/// A height, in hundredths of a letter's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Em(i32);

/// A part of the width, in hundredths of one in a hundred.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Part(i32);

/// Where words stand to their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// One thing that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Mark {
    Rect {
        x: Part,
        y: Em,
        width: Part,
        height: Em,
        class: &'static str,
    },
    Line {
        from: (Part, Em),
        to: (Part, Em),
        class: &'static str,
    },
    Dot {
        at: (Part, Em),
        radius: Em,
        class: &'static str,
    },
    /// A part of a circle, from the top on, in hundredths of the whole.
    Arc {
        at: (Part, Em),
        radius: Em,
        from: u32,
        length: u32,
        class: &'static str,
    },
    Words {
        at: (Part, Em),
        anchor: Anchor,
        class: &'static str,
        words: String,
    },
}

impl Em {
    /// The length of so many hundredths of a circle with this radius.
    fn around(self, share: u32) -> Self {
        // Twice pi, in hundred-thousandths.
        let whole = i64::from(self.0) * 628_319 / 100_000;
        Self(i32::try_from(whole * i64::from(share) / 100).unwrap_or(i32::MAX))
    }
}

impl fmt::Display for Em {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}em", hundredths(self.0))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}%", hundredths(self.0))
    }
}

/// `1234` as `12.34`, `1200` as `12`.
fn hundredths(number: i32) -> String {
    let (sign, number) = (if number < 0 { "-" } else { "" }, number.unsigned_abs());
    match number % 100 {
        0 => format!("{sign}{}", number / 100),
        part => format!("{sign}{}.{part:02}", number / 100),
    }
}

impl Anchor {
    const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

impl Meets {
    const fn class(self) -> &'static str {
        match self {
            Self::Yes => "ok",
            Self::No => "no",
            Self::Worse => "worse",
            Self::Unsaid => "none",
        }
    }
}

impl Chart {
    fn new(id: &'static str, title: impl Into<String>, height: Em, marks: Vec<Mark>) -> Self {
        let (said, table) = (String::new(), ChartTable::default());
        Self { id, title: title.into(), said, height, marks, table, csv: None }
    }

    /// Puts a table beneath; it is also what is said to whoever does not see the drawing.
    #[must_use]
    pub fn with_table(mut self, table: ChartTable) -> Self {
        let row = |row: &Vec<String>| {
            let pairs = table.headings.iter().zip(row).skip(1);
            let pairs: Vec<String> = pairs.map(|(name, cell)| format!("{name} {cell}")).collect();
            format!("{}：{}", row.first().map_or("", String::as_str), pairs.join("，"))
        };
        // What is longer is read from the table.
        let mut said: Vec<String> = table.rows.iter().take(SAID).map(row).collect();
        if table.rows.len() > SAID {
            said.push("其余见数据表".into());
        }
        self.said = said.join("；");
        self.table = table;
        self
    }

    /// What tells it apart from others on the page.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The table beneath.
    pub fn table(&self) -> &ChartTable {
        &self.table
    }

    /// Names where the numbers can be had as a file.
    #[must_use]
    pub fn with_csv(mut self, href: impl Into<String>) -> Self {
        self.csv = Some(href.into());
        self
    }
}

/// So many rows are said.
const SAID: usize = 8;
