//! 行政区划: 12-digit codes, of which each level fills a part.

use std::fmt;

use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError};

/// The levels of division this platform serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 设区的市.
    City,
    /// 县、县级市、市辖区.
    District,
    /// 乡、镇、街道.
    Township,
    /// 村、社区.
    Village,
}

impl Level {
    /// The level by its word in our tables; `None` for any other word.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "city" => Self::City,
            "district" => Self::District,
            "township" => Self::Township,
            "village" => Self::Village,
            _ => return None,
        })
    }

    /// Its word in our tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::District => "district",
            Self::Township => "township",
            Self::Village => "village",
        }
    }

    /// How many digits of the 12-digit code belong to it.
    pub fn digits(self) -> usize {
        match self {
            Self::City => 4,
            Self::District => 6,
            Self::Township => 9,
            Self::Village => 12,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// One division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// 12 digits.
    pub code: String,
    /// Its name, 思明区.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// The division above, if it is one of ours.
    pub parent: Option<String>,
    /// Its part of a page address, `siming`.
    pub slug: String,
}

#[derive(FromQueryResult)]
struct DivisionRow {
    code: String,
    name: String,
    level: String,
    parent: Option<String>,
    slug: String,
}

impl From<DivisionRow> for Division {
    fn from(row: DivisionRow) -> Self {
        let level = Level::parse(&row.level).unwrap_or(Level::Village);
        Self { code: row.code, name: row.name, level, parent: row.parent, slug: row.slug }
    }
}

const COLUMNS: &str = "code, name, level, parent, slug";

/// 省级行政区 by the first two digits of a code (GB/T 2260).
const PROVINCES: [(&str, &str); 31] = [
    ("11", "北京市"),
    ("12", "天津市"),
    ("13", "河北省"),
    ("14", "山西省"),
    ("15", "内蒙古自治区"),
    ("21", "辽宁省"),
    ("22", "吉林省"),
    ("23", "黑龙江省"),
    ("31", "上海市"),
    ("32", "江苏省"),
    ("33", "浙江省"),
    ("34", "安徽省"),
    ("35", "福建省"),
    ("36", "江西省"),
    ("37", "山东省"),
    ("41", "河南省"),
    ("42", "湖北省"),
    ("43", "湖南省"),
    ("44", "广东省"),
    ("45", "广西壮族自治区"),
    ("46", "海南省"),
    ("50", "重庆市"),
    ("51", "四川省"),
    ("52", "贵州省"),
    ("53", "云南省"),
    ("54", "西藏自治区"),
    ("61", "陕西省"),
    ("62", "甘肃省"),
    ("63", "青海省"),
    ("64", "宁夏回族自治区"),
    ("65", "新疆维吾尔自治区"),
];

impl Division {
    /// The province a code lies in, in full; none for a code that lies in none.
    pub fn province_of(code: &str) -> Option<&'static str> {
        let head = code.get(..2)?;
        PROVINCES.iter().find(|(digits, _)| *digits == head).map(|(_, name)| *name)
    }

    /// The lowest and highest code inside it, for a range on an index.
    pub fn range(&self) -> (String, String) {
        Self::range_of(&self.code, self.level)
    }

    /// The lowest and highest code inside the division with this code and level.
    pub fn range_of(code: &str, level: Level) -> (String, String) {
        let prefix = code.get(..level.digits()).unwrap_or(code);
        (format!("{prefix:0<12}"), format!("{prefix:9<12}"))
    }

    /// One division by its code.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, code: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM division WHERE code = $1");
        let row: Option<DivisionRow> = from.one(&sql, vec![code.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// What lies directly below a division, in code order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn below(from: &impl Statements, code: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM division WHERE parent = $1 ORDER BY code");
        let rows: Vec<DivisionRow> = from.all(&sql, vec![code.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The divisions from the lowest to the highest code, of one level or of all, in code order, after one of
    /// them.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn within(
        from: &impl Statements,
        (low, high): (&str, &str),
        level: Option<Level>,
        after: &str,
        most: usize,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM division
              WHERE code BETWEEN $1 AND $2 AND code > $3 AND ($4 = '' OR level = $4)
              ORDER BY code LIMIT $5"
        );
        let level = level.map_or("", Level::word);
        let values =
            vec![low.into(), high.into(), after.into(), level.into(), (most as i64).into()];
        let rows: Vec<DivisionRow> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// All divisions down to and including `level`, in code order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn down_to(from: &impl Statements, level: Level) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM division ORDER BY code");
        let rows: Vec<DivisionRow> = from.all(&sql, vec![]).await?;
        Ok(rows.into_iter().map(Self::from).filter(|division| division.level <= level).collect())
    }

    /// Villages inside a division whose name contains `word`, at most `most`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn villages_named(
        &self,
        from: &impl Statements,
        word: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let (low, high) = self.range();
        let sql = format!(
            "SELECT {COLUMNS} FROM division
              WHERE level = 'village' AND code BETWEEN $1 AND $2 AND name LIKE $3 ESCAPE '\\'
              ORDER BY code LIMIT $4"
        );
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let like = format!("%{escaped}%");
        let rows: Vec<DivisionRow> =
            from.all(&sql, vec![low.into(), high.into(), like.into(), most.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }
}
