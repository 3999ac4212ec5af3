//! Catalogues as the workbench lists them: where each stands, and what waits at it.

use std::collections::HashMap;

use catalogue_rules::{DraftStage, Item};
use identity::Organ;
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value};

use super::Catalogue;
use super::catalogues::WRITTEN;
use super::domains::CALLED;
use super::versions::{HOLDS, stage};

/// A catalogue with its version in force, its draft and what waits at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The catalogue.
    pub catalogue: Catalogue,
    /// The domain's name today.
    pub domain_name: String,
    /// The organ's short name.
    pub organ_name: String,
    /// The division's name.
    pub place: String,
    /// The version in force: key, number, 施行日期.
    pub live: Option<(String, i64, Option<Date>)>,
    /// How many items it has.
    pub items: i64,
    /// The draft: key, number, how far it has come.
    pub draft: Option<(String, i64, DraftStage)>,
    /// Rows changed above that wait for a decision.
    pub open: i64,
    /// The day on which the oldest of them was raised.
    pub open_since: Option<Date>,
}

#[derive(FromQueryResult)]
struct HoldingRow {
    id: String,
    organ: String,
    division: String,
    domain: String,
    template: Option<String>,
    demo: i64,
    domain_name: String,
    organ_name: String,
    place: String,
    live: Option<String>,
    live_number: Option<i64>,
    since: Option<String>,
    items: i64,
    draft: Option<String>,
    draft_number: Option<i64>,
    stage: Option<String>,
    consult_until: Option<String>,
    open: i64,
    open_since: Option<String>,
}

/// Every catalogue of divisions from `$2` to `$3` that has a version, in the order of domains, as things stand on the
/// day `$1`.
fn holdings() -> String {
    format!(
        "SELECT c.id, c.organ, c.division, c.domain, c.template, c.demo, n.name AS domain_name,
                o.short_name AS organ_name, p.name AS place,
                v.id AS live, v.number AS live_number, v.effective_from AS since,
                (SELECT count(*) FROM catalogue_item i WHERE i.version = v.id) AS items,
                w.id AS draft, w.number AS draft_number, w.stage, w.consult_until,
                (SELECT count(*) FROM catalogue_adjustment a
                  WHERE a.catalogue = c.id AND a.state = 'open') AS open,
                (SELECT min(a.raised_on) FROM catalogue_adjustment a
                  WHERE a.catalogue = c.id AND a.state = 'open') AS open_since
           FROM catalogue c
           JOIN catalogue_domain d ON d.slug = c.domain
           JOIN catalogue_domain_name n ON n.domain = c.domain AND {CALLED}
           JOIN organ o ON o.code = c.organ
           JOIN division p ON p.code = c.division
           LEFT JOIN catalogue_version v ON v.catalogue = c.id AND {HOLDS}
           LEFT JOIN catalogue_version w ON w.catalogue = c.id AND w.state = 'draft'
          WHERE c.division BETWEEN $2 AND $3
            AND EXISTS (SELECT 1 FROM catalogue_version x WHERE x.catalogue = c.id)
          ORDER BY d.ordinal, c.division, c.organ"
    )
}

impl From<HoldingRow> for Holding {
    fn from(row: HoldingRow) -> Self {
        let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
        let stage = |word: Option<String>, until| stage(&word.unwrap_or_default(), until);
        Self {
            live: row.live.map(|id| (id, row.live_number.unwrap_or_default(), day(row.since))),
            draft: row.draft.map(|id| {
                let stage = stage(row.stage, day(row.consult_until));
                (id, row.draft_number.unwrap_or_default(), stage)
            }),
            catalogue: Catalogue {
                id: row.id,
                organ: row.organ,
                division: row.division,
                domain: row.domain,
                template: row.template,
                demo: row.demo != 0,
            },
            domain_name: row.domain_name,
            organ_name: row.organ_name,
            place: row.place,
            items: row.items,
            open: row.open,
            open_since: day(row.open_since),
        }
    }
}

impl Holding {
    /// The catalogues of all divisions within a range of codes, as they stand on a day.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn within(
        from: &impl Statements,
        (low, high): (String, String),
        day: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let values = vec![day.to_string().into(), low.into(), high.into()];
        let rows: Vec<HoldingRow> = from.all(&holdings(), values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Whether the organ compiles it (docs/readings/028).
    pub fn is_compiled_by(&self, organ: &Organ) -> bool {
        self.catalogue.is_compiled_by(organ)
    }

    /// The version that is worked on: the draft, else the one in force.
    pub fn worked_on(&self) -> Option<&str> {
        let draft = self.draft.as_ref().map(|(id, ..)| id.as_str());
        draft.or(self.live.as_ref().map(|(id, ..)| id.as_str()))
    }

    /// The items of several versions, each under its version, in order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn items_of(
        from: &impl Statements,
        versions: &[&str],
    ) -> Result<HashMap<String, Vec<Item>>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            version: String,
            body: String,
        }
        if versions.is_empty() {
            return Ok(HashMap::new());
        }
        let marks: Vec<String> = (1..=versions.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT version, body FROM catalogue_item WHERE version IN ({})
              ORDER BY version, ordinal",
            marks.join(", ")
        );
        let values = versions.iter().map(|id| Value::from(*id)).collect();
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let mut found: HashMap<String, Vec<Item>> = HashMap::new();
        for row in rows {
            let items = found.entry(row.version).or_default();
            items.extend(serde_json::from_str::<Item>(&row.body).ok());
        }
        Ok(found)
    }
}

impl Catalogue {
    /// Whether an organ may begin a catalogue in a domain where its division has none: one that leads
    /// the domain, or the government or town itself (docs/readings/028).
    pub fn may_be_begun_by(organ: &Organ, domain: &str) -> bool {
        let leads = organ.remit.iter().any(|led| led == domain);
        leads || matches!(organ.role.as_str(), "government" | "town")
    }

    /// Whether the organ compiles it: its own, or its division's in a domain that the organ leads
    /// (docs/readings/028).
    pub fn is_compiled_by(&self, organ: &Organ) -> bool {
        let leads = organ.remit.contains(&self.domain);
        self.organ == organ.code || (self.division == organ.division && leads)
    }

    /// The catalogue that the organ compiles in a domain; its own comes before its division's, and an
    /// empty shell after both.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn compiled_by(
        from: &impl Statements,
        organ: &Organ,
        domain: &str,
    ) -> Result<Option<Self>, StoreError> {
        let own = Self::of(from, &organ.code, domain).await?;
        if let Some(own) = &own
            && own.has_versions(from).await?
        {
            return Ok(Some(own.clone()));
        }
        #[derive(FromQueryResult)]
        struct Whose {
            organ: String,
        }
        let sql = format!(
            "SELECT organ FROM catalogue WHERE division = $1 AND domain = $2
              ORDER BY CASE WHEN {WRITTEN} THEN 0 ELSE 1 END, organ"
        );
        let whose: Vec<Whose> =
            from.all(&sql, vec![organ.division.clone().into(), domain.into()]).await?;
        for Whose { organ: code } in whose {
            let found = Self::of(from, &code, domain).await?;
            if let Some(found) = found.filter(|one| one.is_compiled_by(organ)) {
                return Ok(Some(found));
            }
        }
        Ok(own)
    }
}
