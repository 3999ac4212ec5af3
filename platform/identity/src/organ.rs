//! 行政机关 and other bodies that disclose, with the days between which they exist.

use std::collections::BTreeSet;

use law::Date;
use store::{FromQueryResult, Statements, StoreError};

use crate::Level;

/// The kind of 公共企事业单位: hospitals, schools, water, gas, buses (条例第五十五条).
pub const PUBLIC_SERVICE: &str = "public_service";

/// So many organs are asked for at a time.
const CODES: usize = 24;

/// One organ as it stands in our tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organ {
    /// Its key, also the first part of its index numbers.
    pub code: String,
    /// Its full name.
    pub name: String,
    /// The name people use.
    pub short_name: String,
    /// government, office, bureau, township …
    pub kind: String,
    /// 职能, the same word in every city and district: finance, education, town.
    pub role: String,
    /// The level of government it belongs to.
    pub level: Level,
    /// The division it serves.
    pub division: String,
    /// Its first day, where known.
    pub valid_from: Option<Date>,
    /// Its last day, if it is gone.
    pub valid_to: Option<Date>,
    /// What it became.
    pub successor: Option<String>,
    /// The domains (领域) it leads.
    pub remit: Vec<String>,
    /// 办公地址.
    pub address: Option<String>,
    /// 邮政编码.
    pub postcode: Option<String>,
    /// 办公时间.
    pub hours: Option<String>,
    /// 联系电话.
    pub phone: Option<String>,
    /// Anything a reader must know, such as 演示数据.
    pub note: Option<String>,
}

#[derive(FromQueryResult)]
struct OrganRow {
    code: String,
    name: String,
    short_name: String,
    kind: String,
    role: String,
    level: String,
    division: String,
    valid_from: Option<String>,
    valid_to: Option<String>,
    successor: Option<String>,
    remit: String,
    address: Option<String>,
    postcode: Option<String>,
    hours: Option<String>,
    phone: Option<String>,
    note: Option<String>,
}

impl From<OrganRow> for Organ {
    fn from(row: OrganRow) -> Self {
        let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
        Self {
            level: Level::parse(&row.level).unwrap_or(Level::District),
            valid_from: day(row.valid_from),
            valid_to: day(row.valid_to),
            remit: serde_json::from_str(&row.remit).unwrap_or_default(),
            code: row.code,
            name: row.name,
            short_name: row.short_name,
            kind: row.kind,
            role: row.role,
            division: row.division,
            successor: row.successor,
            address: row.address,
            postcode: row.postcode,
            hours: row.hours,
            phone: row.phone,
            note: row.note,
        }
    }
}

const COLUMNS: &str = "code, name, short_name, kind, role, level, division, valid_from, valid_to,
    successor, remit, address, postcode, hours, phone, note";

impl Organ {
    /// Whether it exists on a day.
    pub fn stands_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// One organ by its code.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, code: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM organ WHERE code = $1");
        let row: Option<OrganRow> = from.one(&sql, vec![code.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// The organs that serve exactly this division, in code order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn serving(from: &impl Statements, division: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM organ WHERE division = $1 ORDER BY code");
        let rows: Vec<OrganRow> = from.all(&sql, vec![division.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The organs that serve one of these divisions, in code order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn serving_any(
        from: &impl Statements,
        divisions: &[&str],
    ) -> Result<Vec<Self>, StoreError> {
        let marks: Vec<_> = (1..=divisions.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT {COLUMNS} FROM organ WHERE division IN ({}) ORDER BY code",
            marks.join(", ")
        );
        let values = divisions.iter().map(|division| (*division).into()).collect();
        let rows: Vec<OrganRow> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The organs within divisions from the lowest to the highest code, in code order, after one of them.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn within(
        from: &impl Statements,
        (low, high): (&str, &str),
        after: &str,
        most: usize,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM organ WHERE division BETWEEN $1 AND $2 AND code > $3
              ORDER BY code LIMIT $4"
        );
        let values = vec![low.into(), high.into(), after.into(), (most as i64).into()];
        let rows: Vec<OrganRow> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The organ with this 职能 that serves exactly this division on a day.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn with_role(
        from: &impl Statements,
        division: &str,
        role: &str,
        day: Date,
    ) -> Result<Option<Self>, StoreError> {
        let organs = Self::serving(from, division).await?;
        Ok(organs.into_iter().find(|organ| organ.role == role && organ.stands_on(day)))
    }

    /// Organs by their codes, in no order; codes of none are left out.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_codes(
        from: &impl Statements,
        codes: &BTreeSet<&str>,
    ) -> Result<Vec<Self>, StoreError> {
        let codes: Vec<&str> = codes.iter().copied().collect();
        let mut found = Vec::with_capacity(codes.len());
        for some in codes.chunks(CODES) {
            // One text for every number of codes stays prepared.
            let marks: Vec<_> = (1..=CODES).map(|at| format!("${at}")).collect();
            let sql = format!("SELECT {COLUMNS} FROM organ WHERE code IN ({})", marks.join(", "));
            let padded = some.iter().copied().chain(std::iter::repeat(some[0])).take(CODES);
            let rows: Vec<OrganRow> = from.all(&sql, padded.map(Into::into).collect()).await?;
            found.extend(rows.into_iter().map(Self::from));
        }
        Ok(found)
    }

    /// All organs, in code order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM organ ORDER BY code");
        let rows: Vec<OrganRow> = from.all(&sql, vec![]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The organs in which a person has posts, or stands in for somebody.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_person(from: &impl Statements, person: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM organ WHERE code IN
                (SELECT organ FROM post WHERE person = $1
                 UNION SELECT post.organ FROM stand_in JOIN post ON post.id = stand_in.post
                        WHERE stand_in.person = $1)"
        );
        let rows: Vec<OrganRow> = from.all(&sql, vec![person.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// What became of it: follows successors to the organ that stands on `day`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn heir(self, from: &impl Statements, day: Date) -> Result<Self, StoreError> {
        let mut organ = self;
        // A chain longer than this would be a circle in the data.
        for _ in 0..16 {
            let next = match (&organ.successor, organ.stands_on(day)) {
                (Some(next), false) => next.clone(),
                _ => break,
            };
            match Self::find(from, &next).await? {
                Some(found) => organ = found,
                None => break,
            }
        }
        Ok(organ)
    }
}
