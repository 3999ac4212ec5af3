//! The versions of a catalogue, each with the days on which it holds (docs/readings/011).

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction};

/// Whether version `v` holds on the day `$1`. A draft has no day yet, so it never does.
pub(crate) const HOLDS: &str =
    "v.effective_from <= $1 AND (v.effective_to IS NULL OR v.effective_to >= $1)";

/// Where a version stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Being worked on; seen by nobody outside.
    Draft,
    /// The last that was released: in force, or to come into force on its day.
    Released,
    /// Followed by another, and in force until the day before that one's.
    Ended,
}

impl State {
    fn parse(word: &str) -> Self {
        match word {
            "released" => Self::Released,
            "ended" => Self::Ended,
            _ => Self::Draft,
        }
    }
}

/// One version of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its key.
    pub id: String,
    /// Whose version it is.
    pub catalogue: String,
    /// 1, 2, 3 …
    pub number: i64,
    /// Where it stands.
    pub state: State,
    /// The title over the table.
    pub title: String,
    /// The labels of the 公开层级 columns; empty where there are none.
    pub level_columns: Vec<String>,
    /// The place its title names.
    pub region_hint: Option<String>,
    /// The file it was read from.
    pub source_name: String,
    /// The moment it was made.
    pub made_at: String,
    /// 施行日期.
    pub effective_from: Option<Date>,
}

/// A version about to be kept.
#[derive(Debug, Clone)]
pub struct VersionDraft {
    /// The title over the table.
    pub title: String,
    /// The labels of the 公开层级 columns.
    pub level_columns: Vec<String>,
    /// The place its title names.
    pub region_hint: Option<String>,
    /// The file it was read from.
    pub source_name: String,
    /// That file's SHA-256, hexadecimal.
    pub source_sha256: String,
}

#[derive(FromQueryResult)]
struct VersionRow {
    id: String,
    catalogue: String,
    number: i64,
    state: String,
    title: String,
    level_columns: String,
    region_hint: Option<String>,
    source_name: String,
    made_at: String,
    effective_from: Option<String>,
}

impl From<VersionRow> for Version {
    fn from(row: VersionRow) -> Self {
        Self {
            state: State::parse(&row.state),
            level_columns: serde_json::from_str(&row.level_columns).unwrap_or_default(),
            effective_from: row.effective_from.and_then(|day| day.parse().ok()),
            id: row.id,
            catalogue: row.catalogue,
            number: row.number,
            title: row.title,
            region_hint: row.region_hint,
            source_name: row.source_name,
            made_at: row.made_at,
        }
    }
}

const COLUMNS: &str = "id, catalogue, number, state, title, level_columns, region_hint,
    source_name, made_at, effective_from";

impl Version {
    /// The version in force on a day.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn live(
        from: &impl Statements,
        catalogue: &str,
        day: Date,
    ) -> Result<Option<Self>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM catalogue_version v WHERE {HOLDS} AND catalogue = $2");
        let values = vec![day.to_string().into(), catalogue.into()];
        let row: Option<VersionRow> = from.one(&sql, values).await?;
        Ok(row.map(Self::from))
    }

    /// The draft, if one is being worked on.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn draft(
        from: &impl Statements,
        catalogue: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM catalogue_version WHERE catalogue = $1 AND state = 'draft'"
        );
        let row: Option<VersionRow> = from.one(&sql, vec![catalogue.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// Keeps `draft` as the catalogue's draft under the next number; a draft already there is
    /// replaced, for nobody has seen it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn replace_draft(
        change: &Transaction,
        catalogue: &str,
        draft: &VersionDraft,
        made_at: &str,
    ) -> Result<Self, StoreError> {
        if let Some(old) = Self::draft(change, catalogue).await? {
            for table in ["catalogue_item", "catalogue_issue"] {
                let sql = format!("DELETE FROM {table} WHERE version = $1");
                change.run(&sql, vec![old.id.clone().into()]).await?;
            }
            change.run("DELETE FROM catalogue_version WHERE id = $1", vec![old.id.into()]).await?;
        }
        let sql = "SELECT coalesce(max(number), 0) + 1 FROM catalogue_version WHERE catalogue = $1";
        let number = change.number(sql, vec![catalogue.into()]).await?.unwrap_or(1);
        let version = Self {
            id: uuid::Uuid::now_v7().to_string(),
            catalogue: catalogue.into(),
            number,
            state: State::Draft,
            title: draft.title.clone(),
            level_columns: draft.level_columns.clone(),
            region_hint: draft.region_hint.clone(),
            source_name: draft.source_name.clone(),
            made_at: made_at.into(),
            effective_from: None,
        };
        version.insert(change, &draft.source_sha256).await?;
        Ok(version)
    }

    async fn insert(&self, change: &Transaction, sha256: &str) -> Result<(), StoreError> {
        let columns = serde_json::json!(self.level_columns).to_string();
        let row = vec![
            self.id.clone().into(),
            self.catalogue.clone().into(),
            self.number.into(),
            "draft".into(),
            self.title.clone().into(),
            columns.into(),
            self.region_hint.clone().into(),
            self.source_name.clone().into(),
            sha256.into(),
            self.made_at.clone().into(),
        ];
        let columns = [
            "id",
            "catalogue",
            "number",
            "state",
            "title",
            "level_columns",
            "region_hint",
            "source_name",
            "source_sha256",
            "made_at",
        ];
        change.insert("catalogue_version", &columns, vec![row]).await
    }

    /// Puts this draft in force from `day` on. Whatever would still hold on that day ends the day
    /// before it; a version whose own day had not come by then never holds.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn put_in_force(&self, change: &Transaction, day: Date) -> Result<(), StoreError> {
        let before = day.yesterday().unwrap_or(day).to_string();
        let end = "UPDATE catalogue_version SET state = 'ended', effective_to = $1
                    WHERE catalogue = $2 AND state <> 'draft'
                      AND (effective_to IS NULL OR effective_to > $1)";
        change.run(end, vec![before.into(), self.catalogue.clone().into()]).await?;
        let release = "UPDATE catalogue_version SET state = 'released', effective_from = $1
                        WHERE id = $2 AND state = 'draft'";
        change.run(release, vec![day.to_string().into(), self.id.clone().into()]).await?;
        Ok(())
    }
}
