//! What is known of kept files: which were written anew by the platform, what was found in them, and the
//! originals they were made of.

use std::collections::{BTreeMap, HashMap};

use documents::Findings;
use serde_json::json;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// What is known of one kept file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// Whether it was written anew by the platform.
    pub clean: bool,
    /// The number of the rules it was looked through by.
    pub detector: i64,
    /// What was found in it, masked.
    pub findings: Findings,
}

/// An uploaded file as it came, kept for custody.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Original {
    /// SHA-256 of what is in it.
    pub sha256: String,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// Who handed it in.
    pub person_name: String,
    /// When, as stored.
    pub kept_at: String,
}

/// A file's turn: who keeps it and who erases it after a destruction wait for one another.
pub(crate) struct FileTurn<'a> {
    /// Where it lies.
    pub shelf: &'static str,
    /// SHA-256 of what is in it.
    pub sha256: &'a str,
}

#[derive(FromQueryResult)]
struct Row {
    sha256: String,
    clean: i64,
    detector: i64,
    findings: String,
}

impl KeptFile {
    /// What is known of each of these files, by SHA-256; those of which nothing is known are not there.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(
        from: &impl Statements,
        digests: &[&str],
    ) -> Result<HashMap<String, Self>, StoreError> {
        if digests.is_empty() {
            return Ok(HashMap::new());
        }
        let marks: Vec<_> = (1..=digests.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT sha256, clean, detector, findings FROM record_file WHERE sha256 IN ({})",
            marks.join(", ")
        );
        let values = digests.iter().map(|digest| (*digest).into()).collect();
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let known = |row: Row| {
            let findings = serde_json::from_str(&row.findings).unwrap_or_default();
            let known = Self { clean: row.clean != 0, detector: row.detector, findings };
            (row.sha256, known)
        };
        Ok(rows.into_iter().map(known).collect())
    }

    /// Whether any file was looked through by other rules than these.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn is_any_of_other_rules(
        from: &impl Statements,
        rules: i64,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT CAST(CASE WHEN EXISTS (SELECT 1 FROM record_file WHERE detector < $1)
                                      OR EXISTS (SELECT 1 FROM record_file WHERE detector > $1)
                               THEN 1 ELSE 0 END AS BIGINT)";
        Ok(from.number(sql, vec![rules.into()]).await? == Some(1))
    }

    /// Keeps what was found in each of these files, by SHA-256. All who keep several take their rows in
    /// this one order, so that two of them at once wait and never stop one another.
    pub(crate) async fn keep_all(
        all: &BTreeMap<String, Self>,
        change: &Transaction,
        at: &str,
    ) -> Result<(), StoreError> {
        for (sha256, file) in all {
            file.keep(change, sha256, at).await?;
        }
        Ok(())
    }

    /// Keeps what was found in a file; that it was written anew is never taken back.
    pub(crate) async fn keep(
        &self,
        change: &Transaction,
        sha256: &str,
        at: &str,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO record_file (sha256, clean, detector, findings, scanned_at)
                   VALUES ($1, $2, $3, $4, $5)
                   ON CONFLICT (sha256) DO UPDATE SET detector = $3, findings = $4, scanned_at = $5,
                       clean = CASE WHEN record_file.clean = 1 THEN 1 ELSE $2 END";
        let values: Vec<Value> = vec![
            sha256.into(),
            i64::from(self.clean).into(),
            self.detector.into(),
            json!(self.findings).to_string().into(),
            at.into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }
}

impl FileTurn<'_> {
    /// Takes the turn, which is held until the act is kept or dropped; says whether the file was erased.
    pub(crate) async fn take(&self, change: &Transaction) -> Result<bool, StoreError> {
        let sql = "INSERT INTO record_file_turn (shelf, sha256, turn, gone) VALUES ($1, $2, 1, 0)
                   ON CONFLICT (shelf, sha256) DO UPDATE SET turn = record_file_turn.turn + 1
                   RETURNING gone";
        let values = vec![self.shelf.into(), self.sha256.into()];
        Ok(change.number(sql, values).await? == Some(1))
    }

    /// Notes that the file was erased, or is there again.
    pub(crate) async fn note(&self, change: &Transaction, gone: bool) -> Result<(), StoreError> {
        let sql = "UPDATE record_file_turn SET gone = $1 WHERE shelf = $2 AND sha256 = $3";
        let values = vec![i64::from(gone).into(), self.shelf.into(), self.sha256.into()];
        change.run(sql, values).await.map(|_| ())
    }
}

impl Original {
    /// The original an organ handed in for a clean copy, the newest where there were several.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_copy(
        from: &impl Statements,
        organ: &str,
        copy: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT sha256, name, size, person_name, kept_at FROM record_original
                    WHERE copy = $1 AND organ = $2 ORDER BY id DESC LIMIT 1";
        from.one(sql, vec![copy.into(), organ.into()]).await
    }

    /// Of these clean copies those whose original the organ keeps.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn kept_of(
        from: &impl Statements,
        organ: &str,
        copies: &[&str],
    ) -> Result<Vec<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Copy {
            copy: String,
        }
        if copies.is_empty() {
            return Ok(Vec::new());
        }
        let marks: Vec<_> = (2..=copies.len() + 1).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT DISTINCT copy FROM record_original WHERE organ = $1 AND copy IN ({})",
            marks.join(", ")
        );
        let values = std::iter::once(organ.into()).chain(copies.iter().map(|one| (*one).into()));
        let rows: Vec<Copy> = from.all(&sql, values.collect()).await?;
        Ok(rows.into_iter().map(|row| row.copy).collect())
    }

    pub(crate) async fn keep(
        &self,
        change: &Transaction,
        (organ, copy, person): (&str, &str, &str),
    ) -> Result<(), StoreError> {
        let columns: Vec<(&'static str, Value)> = vec![
            ("id", uuid::Uuid::now_v7().to_string().into()),
            ("organ", organ.into()),
            ("copy", copy.into()),
            ("sha256", self.sha256.clone().into()),
            ("name", self.name.clone().into()),
            ("size", self.size.into()),
            ("person", person.into()),
            ("person_name", self.person_name.clone().into()),
            ("kept_at", self.kept_at.clone().into()),
        ];
        let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
        change.insert("record_original", &names, vec![values]).await
    }
}
