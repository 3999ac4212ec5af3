//! Of what 应公开覆盖率 and 更新率 were counted, row by row (docs/readings/238).

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// What is told of one 事项 of one organ.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ShelfLine {
    /// Its place in the count.
    pub ordinal: i64,
    /// The organ's code.
    pub organ: String,
    /// The organ's division.
    pub division: String,
    /// The domain's slug.
    pub domain: String,
    /// What it is called.
    pub words: String,
    /// Its page below a site.
    pub path: Option<String>,
    /// The first day by which something had to be there.
    pub due_since: Option<String>,
    /// The first day on which something was.
    pub published_since: Option<String>,
    /// 1: what was due last is there.
    pub renewed: i64,
    /// 1: it is listed.
    pub listed: i64,
}

/// Which of the two is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Measure {
    /// 应公开覆盖率.
    #[default]
    Coverage,
    /// 更新率.
    Renewal,
}

impl Measure {
    /// Both, in the order of the board.
    pub const ALL: [Self; 2] = [Self::Coverage, Self::Renewal];

    /// In addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Coverage => "fugai",
            Self::Renewal => "gengxin",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Coverage => "应公开覆盖率",
            Self::Renewal => "更新率",
        }
    }

    /// The one with that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// Which rows count at all.
    const fn counts(self) -> &'static str {
        match self {
            Self::Coverage => "1 = 1",
            Self::Renewal => "due_since IS NOT NULL",
        }
    }

    /// Which of them are met, and which are not.
    const fn stands(self, is_met: bool) -> &'static str {
        match (self, is_met) {
            (Self::Coverage, true) => "published_since IS NOT NULL",
            (Self::Coverage, false) => "published_since IS NULL",
            (Self::Renewal, true) => "renewed = 1",
            (Self::Renewal, false) => "renewed = 0",
        }
    }

    /// Whether a row is among those that make the number.
    pub fn is_met(self, line: &ShelfLine) -> bool {
        match self {
            Self::Coverage => line.published_since.is_some(),
            Self::Renewal => line.renewed == 1,
        }
    }
}

/// Which of them are listed. What is left empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShelfAsk {
    /// The count.
    pub counted: String,
    /// The lowest and the highest division.
    pub divisions: (String, String),
    /// Of which number.
    pub measure: Measure,
    /// Those that are met, or those that are not.
    pub is_met: Option<bool>,
    /// The organ's code.
    pub organ: Option<String>,
    /// The domain's slug.
    pub domain: Option<String>,
    /// Continue after this one.
    pub after: i64,
    /// How many.
    pub most: i64,
}

const COLUMNS: [&str; 11] = [
    "counted",
    "ordinal",
    "organ",
    "division",
    "domain",
    "words",
    "path",
    "due_since",
    "published_since",
    "renewed",
    "listed",
];

impl ShelfLine {
    /// A list, in the order of the count.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(from: &impl Statements, ask: &ShelfAsk) -> Result<Vec<Self>, StoreError> {
        let (low, high) = ask.divisions.clone();
        let mut values: Vec<Value> =
            vec![ask.counted.clone().into(), low.into(), high.into(), ask.after.into()];
        let mut wanted = format!(" AND {}", ask.measure.counts());
        if let Some(is_met) = ask.is_met {
            wanted += &format!(" AND {}", ask.measure.stands(is_met));
        }
        for (column, value) in [("organ", &ask.organ), ("domain", &ask.domain)] {
            if let Some(value) = value {
                values.push(value.clone().into());
                wanted += &format!(" AND {column} = ${}", values.len());
            }
        }
        values.push(ask.most.into());
        let sql = format!(
            "SELECT ordinal, organ, division, domain, words, path, due_since, published_since, renewed, listed
               FROM quality_shelf
              WHERE counted = $1 AND division BETWEEN $2 AND $3 AND ordinal > $4 AND listed = 1 {wanted}
              ORDER BY ordinal LIMIT ${}",
            values.len()
        );
        from.all(&sql, values).await
    }

    pub(super) async fn keep(
        change: &Transaction,
        counted: &str,
        shelves: Vec<Self>,
    ) -> Result<(), StoreError> {
        let row = |one: Self| -> Vec<Value> {
            vec![
                counted.into(),
                one.ordinal.into(),
                one.organ.into(),
                one.division.into(),
                one.domain.into(),
                one.words.into(),
                one.path.into(),
                one.due_since.into(),
                one.published_since.into(),
                one.renewed.into(),
                one.listed.into(),
            ]
        };
        change.insert("quality_shelf", &COLUMNS, shelves.into_iter().map(row).collect()).await
    }
}
