//! 标准 and how far catalogues keep to them.

use catalogue_rules::standard::{Extent, StandardLine, StandardRank, StandardState};
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::domains::CALLED;

/// A standard in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standard {
    /// Its code, `GB/T 9704-2012`.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Its rank.
    pub rank: StandardRank,
    /// Who issued it.
    pub issuer: Option<String>,
    /// 实施日期.
    pub valid_from: Option<Date>,
    /// The last day on which it held.
    pub valid_to: Option<Date>,
    /// The code of what stands in its place.
    pub successor: Option<String>,
    /// The organ that keeps it in the register.
    pub keeper: String,
    /// Anything a reader must know.
    pub note: Option<String>,
}

/// The values of a line in the order of [`COLUMNS`].
fn values(keeper: &str, line: &StandardLine) -> Vec<Value> {
    let day = |day: Option<Date>| Value::from(day.map(|day| day.to_string()));
    vec![
        line.code.clone().into(),
        line.title.clone().into(),
        line.rank.name().into(),
        line.issuer.clone().into(),
        day(line.valid_from),
        day(line.valid_to),
        line.successor.clone().into(),
        keeper.into(),
        line.note.clone().into(),
    ]
}

#[derive(FromQueryResult)]
struct StandardRow {
    code: String,
    title: String,
    rank: String,
    issuer: Option<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    successor: Option<String>,
    keeper: String,
    note: Option<String>,
}

impl From<StandardRow> for Standard {
    fn from(row: StandardRow) -> Self {
        let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
        Self {
            rank: StandardRank::named(&row.rank)
                .unwrap_or_else(|| StandardRank::of_code(&row.code)),
            valid_from: day(row.valid_from),
            valid_to: day(row.valid_to),
            code: row.code,
            title: row.title,
            issuer: row.issuer,
            successor: row.successor,
            keeper: row.keeper,
            note: row.note,
        }
    }
}

const COLUMNS: [&str; 9] =
    ["code", "title", "rank", "issuer", "valid_from", "valid_to", "successor", "keeper", "note"];

impl Standard {
    /// The standard as one line of a list.
    pub fn line(&self) -> StandardLine {
        StandardLine {
            row: 0,
            code: self.code.clone(),
            title: self.title.clone(),
            rank: self.rank,
            issuer: self.issuer.clone(),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            successor: self.successor.clone(),
            note: self.note.clone(),
        }
    }

    /// Where it stands on a day.
    pub fn state(&self, day: Date) -> StandardState {
        StandardState::on(day, self.valid_from, self.valid_to, self.successor.as_deref())
    }

    /// The register in the order of codes.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {} FROM standard ORDER BY code", COLUMNS.join(", "));
        let rows: Vec<StandardRow> = from.all(&sql, vec![]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// One standard by its code.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, code: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {} FROM standard WHERE code = $1", COLUMNS.join(", "));
        let row: Option<StandardRow> = from.one(&sql, vec![code.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// One standard by its code, which nobody else changes until this change is over.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn held(change: &Transaction, code: &str) -> Result<Option<Self>, StoreError> {
        // Writing what is there locks the row; what is read afterwards is the newest.
        change.run("UPDATE standard SET code = code WHERE code = $1", vec![code.into()]).await?;
        Self::find(change, code).await
    }

    /// The register, of which nobody else changes what this keeper keeps until this change is over.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all_held(change: &Transaction, keeper: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "UPDATE standard SET code = code WHERE keeper = $1";
        change.run(sql, vec![keeper.into()]).await?;
        Self::all(change).await
    }

    /// Takes a standard in that is not in the register yet.
    ///
    /// # Errors
    /// It is there ([`StoreError::Duplicate`]), or the database refuses.
    pub async fn add(
        change: &Transaction,
        keeper: &str,
        line: &StandardLine,
    ) -> Result<(), StoreError> {
        change.insert("standard", &COLUMNS, vec![values(keeper, line)]).await
    }

    /// Takes a standard in under a keeper; where this keeper has it already, it is replaced. False, and
    /// nothing is changed, where it is another's.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn keep(
        change: &Transaction,
        keeper: &str,
        line: &StandardLine,
    ) -> Result<bool, StoreError> {
        let sql = format!(
            "INSERT INTO standard ({}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                 ON CONFLICT (code) DO UPDATE
                    SET title = excluded.title, rank = excluded.rank, issuer = excluded.issuer,
                        valid_from = excluded.valid_from, valid_to = excluded.valid_to,
                        successor = excluded.successor, note = excluded.note
                  WHERE standard.keeper = excluded.keeper",
            COLUMNS.join(", ")
        );
        Ok(change.run(&sql, values(keeper, line)).await? > 0)
    }

    /// Ends a standard with its last day, and names what stands in its place.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn end(
        change: &Transaction,
        code: &str,
        last: Date,
        successor: Option<&str>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE standard SET valid_to = $1, successor = $2 WHERE code = $3";
        let successor = successor.map(str::to_owned);
        let values = vec![last.to_string().into(), successor.into(), code.into()];
        change.run(sql, values).await?;
        Ok(())
    }
}

/// How far a catalogue keeps to a standard, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conformance {
    /// The standard's code.
    pub standard: String,
    /// The standard's title.
    pub title: String,
    /// The catalogue's key.
    pub catalogue: String,
    /// The domain's slug.
    pub domain: String,
    /// The domain's name on the day asked for.
    pub domain_name: String,
    /// The short name of the organ whose catalogue it is.
    pub organ: String,
    /// The division of that organ.
    pub division: String,
    /// How far.
    pub extent: Extent,
    /// In what it does not, or where to look.
    pub note: Option<String>,
    /// When it was assessed, ISO.
    pub assessed_on: String,
}

#[derive(FromQueryResult)]
struct ConformanceRow {
    standard: String,
    title: String,
    catalogue: String,
    domain: String,
    domain_name: String,
    organ: String,
    division: String,
    extent: String,
    note: Option<String>,
    assessed_on: String,
}

impl ConformanceRow {
    fn read(self) -> Option<Conformance> {
        Some(Conformance {
            extent: Extent::parse(&self.extent)?,
            standard: self.standard,
            title: self.title,
            catalogue: self.catalogue,
            domain: self.domain,
            domain_name: self.domain_name,
            organ: self.organ,
            division: self.division,
            note: self.note,
            assessed_on: self.assessed_on,
        })
    }
}

/// What was assessed, with the names that hold on the day `$1`.
fn assessed() -> String {
    format!(
        "SELECT f.standard, s.title, f.catalogue, c.domain, n.name AS domain_name, o.short_name AS organ,
                c.division, f.extent, f.note, f.assessed_on
           FROM catalogue_conformance f
           JOIN standard s ON s.code = f.standard
           JOIN catalogue c ON c.id = f.catalogue
           JOIN organ o ON o.code = c.organ
           JOIN catalogue_domain d ON d.slug = c.domain
           JOIN catalogue_domain_name n ON n.domain = c.domain AND {CALLED}"
    )
}

impl Conformance {
    /// What was assessed of catalogues of divisions within a range, by standard and domain.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn within(
        from: &impl Statements,
        (low, high): &(String, String),
        day: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = assessed()
            + " WHERE c.division BETWEEN $2 AND $3 ORDER BY f.standard, d.ordinal, c.division";
        let values = vec![day.to_string().into(), low.clone().into(), high.clone().into()];
        let rows: Vec<ConformanceRow> = from.all(&sql, values).await?;
        Ok(rows.into_iter().filter_map(ConformanceRow::read).collect())
    }

    /// What was assessed of the catalogue to which a version belongs.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_version(
        from: &impl Statements,
        version: &str,
        day: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = assessed()
            + " JOIN catalogue_version v ON v.catalogue = c.id WHERE v.id = $2 ORDER BY f.standard";
        let values = vec![day.to_string().into(), version.into()];
        let rows: Vec<ConformanceRow> = from.all(&sql, values).await?;
        Ok(rows.into_iter().filter_map(ConformanceRow::read).collect())
    }

    /// Keeps an assessment; an earlier one of the same catalogue and standard is replaced.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn keep(
        change: &Transaction,
        (catalogue, standard): (&str, &str),
        (extent, note): (Extent, Option<&str>),
        (day, organ): (Date, &str),
    ) -> Result<(), StoreError> {
        let gone = "DELETE FROM catalogue_conformance WHERE catalogue = $1 AND standard = $2";
        change.run(gone, vec![catalogue.into(), standard.into()]).await?;
        let note = note.map(str::to_owned);
        let row = vec![
            catalogue.into(),
            standard.into(),
            extent.word().into(),
            note.into(),
            day.to_string().into(),
            organ.into(),
        ];
        let columns = ["catalogue", "standard", "extent", "note", "assessed_on", "assessed_by"];
        change.insert("catalogue_conformance", &columns, vec![row]).await
    }
}
