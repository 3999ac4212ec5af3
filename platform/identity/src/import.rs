//! 导入区划和机关: the act by which divisions and organs come in, both tables or none.

use ledger::{Desk, DeskError, Entry};
use store::StoreError;

use crate::table::{import_divisions, import_organs};

/// Which of the two tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// 区划.
    Divisions,
    /// 机关.
    Organs,
}

/// Why a table of divisions or organs was not taken in. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A line cannot be read or does not fit the others.
    #[error("第 {line} 行: {problem}")]
    Line {
        /// The table.
        table: Table,
        /// The line of the file, the header being line 1.
        line: u64,
        /// What is wrong and what to do.
        problem: String,
    },
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Tables as CSV, to be taken in together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tables<'a> {
    /// Divisions: columns code, name, level, parent, slug (optional: the code itself).
    pub divisions: Option<&'a str>,
    /// Organs: columns code, name, level, division and those of [`Organ`](crate::Organ); `domains`
    /// (or `remit`) holds the domains it leads, separated by `;`.
    pub organs: Option<&'a str>,
}

/// How many rows were taken in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Divisions.
    pub divisions: usize,
    /// Organs.
    pub organs: usize,
}

impl Tables<'_> {
    /// Tries what [`Tables::keep`] would do; nothing is kept when the desk is dropped.
    ///
    /// # Errors
    /// A line has a fault, or the database refuses.
    pub async fn check(&self, desk: &Desk) -> Result<Imported, ImportError> {
        let mut imported = Imported::default();
        if let Some(text) = self.divisions {
            imported.divisions = import_divisions(desk.change(), text).await?;
        }
        if let Some(text) = self.organs {
            imported.organs = import_organs(desk.change(), text).await?;
        }
        Ok(imported)
    }

    /// Takes the tables in. Rows already known are replaced. `basis` is what the bodies exist by.
    ///
    /// # Errors
    /// A line has a fault, or the database refuses.
    pub async fn keep(&self, mut desk: Desk, basis: &str) -> Result<Imported, ImportError> {
        let imported = self.check(&desk).await?;
        let entry = Entry {
            room: "identity",
            act: "import",
            subject: "identity:tables".into(),
            organ: String::new(),
            basis: basis.into(),
            facts: serde_json::json!({
                "divisions": imported.divisions, "organs": imported.organs,
            }),
        };
        desk.record(entry).await?;
        desk.seal().await?;
        Ok(imported)
    }
}
