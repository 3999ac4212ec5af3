//! The versions of a catalogue, each with the days on which it holds (docs/readings/011).

mod drafts;

use catalogue_rules::DraftStage;
use law::Date;
use store::{FromQueryResult, Statements, StoreError};

pub use drafts::InForceBy;

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
    /// Its last day, once another follows it.
    pub effective_to: Option<Date>,
    /// The version of the catalogue above that it was made against.
    pub above: Option<String>,
    /// How far a draft has come.
    pub stage: DraftStage,
    /// 拟施行日期 of a draft that was submitted for review.
    pub proposed_from: Option<Date>,
    /// Why steps were left out when it was submitted.
    pub despite: Option<String>,
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
    /// The version of the catalogue above that it is made against.
    pub above: Option<String>,
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
    effective_to: Option<String>,
    above: Option<String>,
    stage: String,
    consult_until: Option<String>,
    proposed_from: Option<String>,
    proposed_despite: Option<String>,
}

impl From<VersionRow> for Version {
    fn from(row: VersionRow) -> Self {
        let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
        Self {
            state: State::parse(&row.state),
            level_columns: serde_json::from_str(&row.level_columns).unwrap_or_default(),
            effective_from: day(row.effective_from),
            effective_to: day(row.effective_to),
            above: row.above,
            stage: stage(&row.stage, day(row.consult_until)),
            proposed_from: day(row.proposed_from),
            despite: row.proposed_despite,
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
    source_name, made_at, effective_from, effective_to, above, stage, consult_until, proposed_from,
    proposed_despite";

pub(super) fn stage(word: &str, until: Option<Date>) -> DraftStage {
    match (word, until) {
        ("consultation", Some(until)) => DraftStage::Consultation { until },
        ("review", _) => DraftStage::Review,
        _ => DraftStage::Drafting,
    }
}

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

    /// One version by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM catalogue_version WHERE id = $1");
        let row: Option<VersionRow> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// All versions of a catalogue, the draft among them, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, catalogue: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM catalogue_version WHERE catalogue = $1 ORDER BY number DESC"
        );
        let rows: Vec<VersionRow> = from.all(&sql, vec![catalogue.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The last that was released, in force or still to come into force.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn released(
        from: &impl Statements,
        catalogue: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM catalogue_version WHERE catalogue = $1 AND state = 'released'"
        );
        let row: Option<VersionRow> = from.one(&sql, vec![catalogue.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// The last day before `today` on which a version of a catalogue had a row; `None` if none ever did.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn last_day_of(
        from: &impl Statements,
        (catalogue, item): (&str, &str),
        today: Date,
    ) -> Result<Option<Date>, StoreError> {
        #[derive(FromQueryResult)]
        struct Last {
            day: Option<String>,
        }
        let sql = "SELECT max(v.effective_to) AS day FROM catalogue_version v
                     JOIN catalogue_item i ON i.version = v.id AND i.item = $3
                    WHERE v.catalogue = $2 AND v.state = 'ended' AND v.effective_to < $1
                      AND v.effective_from <= v.effective_to";
        let values = vec![today.to_string().into(), catalogue.into(), item.into()];
        let last: Option<Last> = from.one(sql, values).await?;
        Ok(last.and_then(|last| last.day).and_then(|day| day.parse().ok()))
    }
}
