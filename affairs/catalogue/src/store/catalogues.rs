//! 标准目录: whose, of which domain, taken up from where.

use store::{FromQueryResult, Statements, StoreError, Transaction};

/// 标准目录 of an organ in one domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// Its key.
    pub id: String,
    /// The organ whose catalogue it is.
    pub organ: String,
    /// The division that organ serves.
    pub division: String,
    /// The domain's slug.
    pub domain: String,
    /// The catalogue it takes up.
    pub template: Option<String>,
    /// Whether it is 演示数据.
    pub demo: bool,
}

#[derive(FromQueryResult)]
struct CatalogueRow {
    id: String,
    organ: String,
    division: String,
    domain: String,
    template: Option<String>,
    demo: i64,
}

impl From<CatalogueRow> for Catalogue {
    fn from(row: CatalogueRow) -> Self {
        Self {
            id: row.id,
            organ: row.organ,
            division: row.division,
            domain: row.domain,
            template: row.template,
            demo: row.demo != 0,
        }
    }
}

const COLUMNS: &str = "id, organ, division, domain, template, demo";

/// That a catalogue has a version.
pub(super) const WRITTEN: &str =
    "EXISTS (SELECT 1 FROM catalogue_version x WHERE x.catalogue = catalogue.id)";

impl Catalogue {
    /// The catalogue of an organ in a domain.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        organ: &str,
        domain: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM catalogue WHERE organ = $1 AND domain = $2");
        let row: Option<CatalogueRow> = from.one(&sql, vec![organ.into(), domain.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// One catalogue by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM catalogue WHERE id = $1");
        let row: Option<CatalogueRow> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// Whether it has a version; one whose only draft was given up is an empty shell.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn has_versions(&self, from: &impl Statements) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM catalogue_version WHERE catalogue = $1";
        Ok(from.number(sql, vec![self.id.clone().into()]).await?.unwrap_or_default() > 0)
    }

    /// The catalogue that the organs of a division have in a domain; the first by organ, where several
    /// have one. An empty shell is none.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn serving(
        from: &impl Statements,
        division: &str,
        domain: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM catalogue
              WHERE division = $1 AND domain = $2 AND {WRITTEN} ORDER BY organ"
        );
        let row: Option<CatalogueRow> =
            from.one(&sql, vec![division.into(), domain.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// The catalogues that take up this one, by organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn below(from: &impl Statements, id: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM catalogue WHERE template = $1 ORDER BY organ");
        let rows: Vec<CatalogueRow> = from.all(&sql, vec![id.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Keeps a new catalogue.
    ///
    /// # Errors
    /// The organ has one in this domain already, or the database refuses.
    pub async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let row = vec![
            self.id.clone().into(),
            self.organ.clone().into(),
            self.division.clone().into(),
            self.domain.clone().into(),
            self.template.clone().into(),
            i64::from(self.demo).into(),
        ];
        let columns = ["id", "organ", "division", "domain", "template", "demo"];
        change.insert("catalogue", &columns, vec![row]).await
    }
}
