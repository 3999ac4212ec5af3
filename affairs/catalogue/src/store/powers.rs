//! 权责清单, 公共服务事项清单, and which items disclose their lines.

use catalogue_rules::power::{PowerLine, PowerList};
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

pub use super::in_force::{ItemInForce, matter_of};

/// A line of an organ's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Power {
    /// Its key.
    pub id: String,
    /// The organ's code.
    pub organ: String,
    /// Which list.
    pub list: PowerList,
    /// 事项编码.
    pub code: Option<String>,
    /// 事项名称.
    pub name: String,
    /// 事项类型.
    pub kind: String,
    /// 设定依据.
    pub basis: Option<String>,
    /// 行使层级.
    pub level: Option<String>,
    /// The last day on which it stood in the list, if it is gone.
    pub ended_on: Option<Date>,
}

#[derive(FromQueryResult)]
struct PowerRow {
    id: String,
    organ: String,
    list: String,
    code: Option<String>,
    name: String,
    kind: String,
    basis: Option<String>,
    level: Option<String>,
    ended_on: Option<String>,
}

impl From<PowerRow> for Power {
    fn from(row: PowerRow) -> Self {
        Self {
            list: PowerList::parse(&row.list).unwrap_or(PowerList::Powers),
            ended_on: row.ended_on.and_then(|day| day.parse().ok()),
            id: row.id,
            organ: row.organ,
            code: row.code,
            name: row.name,
            kind: row.kind,
            basis: row.basis,
            level: row.level,
        }
    }
}

const COLUMNS: &str = "id, organ, list, code, name, kind, basis, level, ended_on";

/// Where a suggested item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    /// 建议: likeness says so.
    Suggested,
    /// 已确认: a person says so.
    Confirmed,
    /// 已排除: a person says that it is not so.
    Rejected,
}

impl LinkState {
    /// Its word in our tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Suggested => "suggested",
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
        }
    }

    /// In Chinese.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Suggested => "建议",
            Self::Confirmed => "已确认",
            Self::Rejected => "已排除",
        }
    }

    fn parse(word: &str) -> Self {
        match word {
            "confirmed" => Self::Confirmed,
            "rejected" => Self::Rejected,
            _ => Self::Suggested,
        }
    }
}

/// An item that may disclose a power.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PowerItem {
    /// The power's key.
    pub power: String,
    /// The item's domain.
    pub domain: String,
    /// The item's key.
    pub item: String,
    /// How like the power's name it is, in thousandths.
    pub likeness: i64,
    /// Where it stands.
    pub state: LinkState,
}

#[derive(FromQueryResult)]
struct PowerItemRow {
    power: String,
    domain: String,
    item: String,
    likeness: i64,
    state: String,
}

impl From<PowerItemRow> for PowerItem {
    fn from(row: PowerItemRow) -> Self {
        Self {
            state: LinkState::parse(&row.state),
            power: row.power,
            domain: row.domain,
            item: row.item,
            likeness: row.likeness,
        }
    }
}

impl Power {
    /// The lines that stand today in the lists of organs within divisions, by their keys, after one of them.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn within(
        from: &impl Statements,
        (low, high): (&str, &str),
        list: Option<PowerList>,
        after: &str,
        most: usize,
    ) -> Result<Vec<(Self, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: String,
            organ: String,
            list: String,
            code: Option<String>,
            name: String,
            kind: String,
            basis: Option<String>,
            level: Option<String>,
            organ_name: String,
        }
        let sql = "SELECT p.id, p.organ, p.list, p.code, p.name, p.kind, p.basis, p.level,
                          o.name AS organ_name
                     FROM power p JOIN organ o ON o.code = p.organ
                    WHERE o.division BETWEEN $1 AND $2 AND p.ended_on IS NULL AND p.id > $3
                      AND ($4 = '' OR p.list = $4)
                    ORDER BY p.id LIMIT $5";
        let list = list.map_or("", PowerList::word);
        let values = vec![low.into(), high.into(), after.into(), list.into(), (most as i64).into()];
        let rows: Vec<Row> = from.all(sql, values).await?;
        let power = |row: Row| {
            let Row { id, organ, list, code, name, kind, basis, level, organ_name } = row;
            let row = PowerRow { id, organ, list, code, name, kind, basis, level, ended_on: None };
            (Self::from(row), organ_name)
        };
        Ok(rows.into_iter().map(power).collect())
    }

    /// All lines of an organ's lists, or of every organ's, by organ, list and name; those that are gone
    /// included.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, organ: Option<&str>) -> Result<Vec<Self>, StoreError> {
        let narrowed = if organ.is_some() { " WHERE organ = $1" } else { "" };
        let sql = format!("SELECT {COLUMNS} FROM power{narrowed} ORDER BY organ, list, id");
        let values = organ.map(Value::from).into_iter().collect();
        let rows: Vec<PowerRow> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// One line by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM power WHERE id = $1");
        let row: Option<PowerRow> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// Whether it stands in the list.
    pub fn stands(&self) -> bool {
        self.ended_on.is_none()
    }

    /// Keeps lines of an organ's list under the keys that go with them: a key known already is brought
    /// up to date and stands again.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn keep(
        change: &Transaction,
        (organ, list, source): (&str, PowerList, &str),
        lines: &[(String, &PowerLine)],
    ) -> Result<(), StoreError> {
        let row = |(id, line): &(String, &PowerLine)| {
            vec![
                id.clone().into(),
                organ.into(),
                list.word().into(),
                line.code.clone().into(),
                line.name.clone().into(),
                line.kind.clone().into(),
                line.basis.clone().into(),
                line.level.clone().into(),
                source.into(),
                None::<String>.into(),
            ]
        };
        let columns =
            ["id", "organ", "list", "code", "name", "kind", "basis", "level", "source", "ended_on"];
        change.replace("power", &columns, lines.iter().map(row).collect()).await
    }

    /// Ends lines with their last day.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn end(change: &Transaction, ids: &[&str], last: Date) -> Result<(), StoreError> {
        for id in ids {
            let sql = "UPDATE power SET ended_on = $1 WHERE id = $2 AND ended_on IS NULL";
            change.run(sql, vec![last.to_string().into(), (*id).into()]).await?;
        }
        Ok(())
    }
}

impl PowerItem {
    /// The items of an organ's powers, or of every organ's: the likest first within each power.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, organ: Option<&str>) -> Result<Vec<Self>, StoreError> {
        let narrowed = if organ.is_some() { " WHERE p.organ = $1" } else { "" };
        let sql = format!(
            "SELECT l.power, l.domain, l.item, l.likeness, l.state
               FROM power_item l JOIN power p ON p.id = l.power{narrowed}
              ORDER BY l.power, l.likeness DESC, l.domain, l.item"
        );
        let values = organ.map(Value::from).into_iter().collect();
        let rows: Vec<PowerItemRow> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// One of them.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        (power, domain, item): (&str, &str, &str),
    ) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT power, domain, item, likeness, state FROM power_item
                    WHERE power = $1 AND domain = $2 AND item = $3";
        let values = vec![power.into(), domain.into(), item.into()];
        let row: Option<PowerItemRow> = from.one(sql, values).await?;
        Ok(row.map(Self::from))
    }

    /// Puts new suggestions in the place of those of an organ, or of every organ, that nobody has
    /// decided on.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn suggest(
        change: &Transaction,
        organ: Option<&str>,
        suggested: &[Self],
    ) -> Result<(), StoreError> {
        let narrowed = if organ.is_some() {
            " AND power IN (SELECT id FROM power WHERE organ = $1)"
        } else {
            ""
        };
        let sql = format!("DELETE FROM power_item WHERE state = 'suggested'{narrowed}");
        change.run(&sql, organ.map(Value::from).into_iter().collect()).await?;
        let row = |one: &Self| {
            vec![
                one.power.clone().into(),
                one.domain.clone().into(),
                one.item.clone().into(),
                one.likeness.into(),
                one.state.word().into(),
            ]
        };
        let columns = ["power", "domain", "item", "likeness", "state"];
        change.insert("power_item", &columns, suggested.iter().map(row).collect()).await
    }

    /// Keeps what a person decided, with the moment and who it was.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn decide(&self, change: &Transaction, at: &str, by: &str) -> Result<(), StoreError> {
        let gone = "DELETE FROM power_item WHERE power = $1 AND domain = $2 AND item = $3";
        let key: [Value; 3] =
            [self.power.clone().into(), self.domain.clone().into(), self.item.clone().into()];
        change.run(gone, key.to_vec()).await?;
        let rest: [Value; 4] =
            [self.likeness.into(), self.state.word().into(), at.into(), by.into()];
        let columns = ["power", "domain", "item", "likeness", "state", "decided_at", "decided_by"];
        let row = key.into_iter().chain(rest).collect();
        change.insert("power_item", &columns, vec![row]).await
    }
}
