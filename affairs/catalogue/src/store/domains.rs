//! 领域 and their names over time.

use std::collections::BTreeSet;

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction};

/// A domain as it is called on some day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// Its part of an address, full pinyin.
    pub slug: String,
    /// Its place in the order.
    pub ordinal: i64,
    /// Its name on that day.
    pub name: String,
    /// What people call it as well.
    pub also_called: Option<String>,
}

/// A domain as it is taken in: with all names it ever had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainLine {
    /// Its part of an address.
    pub slug: String,
    /// Its place in the order.
    pub ordinal: i64,
    /// Names with the first and, where it is past, the last day on which each holds.
    pub names: Vec<(String, Date, Option<Date>)>,
    /// What people call it as well.
    pub also_called: Option<String>,
    /// Where name and place come from.
    pub note: Option<String>,
}

#[derive(FromQueryResult)]
struct DomainRow {
    slug: String,
    ordinal: i64,
    name: String,
    also_called: Option<String>,
}

impl From<DomainRow> for Domain {
    fn from(row: DomainRow) -> Self {
        Self { slug: row.slug, ordinal: row.ordinal, name: row.name, also_called: row.also_called }
    }
}

/// Whether a domain is called by the name `n` on the day `$1`.
pub(crate) const CALLED: &str = "n.valid_from <= $1 AND (n.valid_to IS NULL OR n.valid_to >= $1)";

/// Domains with the name that holds on the day `$1`.
fn named() -> String {
    format!(
        "SELECT d.slug, d.ordinal, n.name, d.also_called
           FROM catalogue_domain d JOIN catalogue_domain_name n ON n.domain = d.slug
          WHERE {CALLED}"
    )
}

impl Domain {
    /// All domains in order, as they are called on `day`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, day: Date) -> Result<Vec<Self>, StoreError> {
        let sql = named() + " ORDER BY d.ordinal";
        let rows: Vec<DomainRow> = from.all(&sql, vec![day.to_string().into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The slugs of all domains, whatever they are called.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn slugs(from: &impl Statements) -> Result<BTreeSet<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Slug {
            slug: String,
        }
        let rows: Vec<Slug> = from.all("SELECT slug FROM catalogue_domain", vec![]).await?;
        Ok(rows.into_iter().map(|row| row.slug).collect())
    }

    /// One domain by its slug.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        slug: &str,
        day: Date,
    ) -> Result<Option<Self>, StoreError> {
        let sql = named() + " AND d.slug = $2";
        let row: Option<DomainRow> =
            from.one(&sql, vec![day.to_string().into(), slug.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// One domain by any name it has or had, or by its slug; 领域 at the end is ignored.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn called(from: &impl Statements, name: &str) -> Result<Option<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Slug {
            domain: String,
        }
        let bare = name.trim().trim_end_matches("领域");
        let sql = "SELECT domain FROM catalogue_domain_name WHERE name = $1
                   UNION
                   SELECT slug FROM catalogue_domain WHERE slug = $1 OR also_called = $1";
        let row: Option<Slug> = from.one(sql, vec![bare.into()]).await?;
        Ok(row.map(|row| row.domain))
    }

    /// Takes in domains with their names; those already known are replaced.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn keep(change: &Transaction, lines: &[DomainLine]) -> Result<(), StoreError> {
        let domains = lines.iter().map(|line| {
            let (also, note) = (line.also_called.clone(), line.note.clone());
            vec![line.slug.clone().into(), line.ordinal.into(), also.into(), note.into()]
        });
        let columns = ["slug", "ordinal", "also_called", "note"];
        change.replace("catalogue_domain", &columns, domains.collect()).await?;
        let mut names = Vec::new();
        for line in lines {
            let gone = "DELETE FROM catalogue_domain_name WHERE domain = $1";
            change.run(gone, vec![line.slug.clone().into()]).await?;
            names.extend(line.names.iter().map(|(name, from, to)| {
                let to = to.map(|day| day.to_string());
                let from = from.to_string();
                vec![line.slug.clone().into(), name.clone().into(), from.into(), to.into()]
            }));
        }
        let columns = ["domain", "name", "valid_from", "valid_to"];
        change.insert("catalogue_domain_name", &columns, names).await
    }
}
