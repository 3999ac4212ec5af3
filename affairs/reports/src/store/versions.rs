//! The versions of reports: where each stands, and how they are found.

use law::Date;
use reports_rules::{ReportCorrection, ReportStage, Reporter};
use store::{FromQueryResult, Statements, StoreError, Value};

use crate::reading::Form;

/// Where a version stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionState {
    /// 起草.
    Draft,
    /// 送审: bound to what is reviewed.
    UnderReview,
    /// 定稿, waiting for its 签发 or its publication.
    Frozen,
    /// 已公布.
    Published,
    /// A 更正 that was given up.
    Dropped,
}

/// Where a report was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Here.
    Own,
    /// Published elsewhere before, and read from there.
    Taken,
}

impl VersionState {
    /// The word its row bears. What is under review and what is frozen is bound alike and stored so: the hash
    /// tells them apart.
    pub(super) const fn stored(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::UnderReview | Self::Frozen => "frozen",
            Self::Published => "published",
            Self::Dropped => "dropped",
        }
    }

    /// What a row says of itself.
    fn kept(word: &str, is_hashed: bool) -> Self {
        match (word, is_hashed) {
            ("draft", _) => Self::Draft,
            ("frozen", false) => Self::UnderReview,
            ("frozen", true) => Self::Frozen,
            ("published", _) => Self::Published,
            _ => Self::Dropped,
        }
    }
}

impl Origin {
    /// The word it is stored by.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Taken => "taken",
        }
    }
}

/// A version of a report, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its key.
    pub id: String,
    /// The report's key.
    pub report: String,
    /// The organ's code.
    pub organ: String,
    /// The organ's full name.
    pub organ_name: String,
    /// Who reports.
    pub reporter: Reporter,
    /// The year reported.
    pub year: i16,
    /// From 1.
    pub number: i64,
    /// Where it stands.
    pub state: VersionState,
    /// Where it was made.
    pub origin: Origin,
    /// `2021` or `2019`.
    pub form: String,
    /// Its title.
    pub title: String,
    /// 更正说明; empty for the first.
    pub explanation: String,
    /// When it was begun, as stored.
    pub opened_at: String,
    /// By whom.
    pub opened_name: String,
    /// When its numbers were taken from the registers last.
    pub counted_at: Option<String>,
    /// When it was handed in for review.
    pub submitted_at: Option<String>,
    /// The day it was frozen.
    pub frozen_on: Option<Date>,
    /// The hash of what was frozen.
    pub frozen_hash: Option<String>,
    /// Why it came back; empty if it did not.
    pub returned: String,
    /// The review it is in or went through.
    pub unit: Option<String>,
    /// Its publication.
    pub publication: Option<String>,
    /// The moment, as stored.
    pub published_at: Option<String>,
    /// And the day.
    pub published_on: Option<Date>,
    /// Of what was taken over: the day its source states.
    pub original_on: Option<String>,
    /// And the source.
    pub original_source: Option<String>,
    /// 演示数据.
    pub demo: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    report: String,
    organ: String,
    organ_name: String,
    reporter: String,
    year: i64,
    number: i64,
    state: String,
    origin: String,
    form: String,
    title: String,
    explanation: String,
    opened_at: String,
    opened_name: String,
    counted_at: Option<String>,
    submitted_at: Option<String>,
    frozen_on: Option<String>,
    frozen_hash: Option<String>,
    returned: String,
    unit: Option<String>,
    publication: Option<String>,
    published_at: Option<String>,
    published_on: Option<String>,
    original_on: Option<String>,
    original_source: Option<String>,
    demo: i64,
}

/// Versions with what their reports say of themselves.
const SELECT: &str = "
SELECT v.id, v.report, r.organ, o.name AS organ_name, r.reporter, r.year, v.number, v.state, v.origin,
       v.form, v.title, v.explanation, v.opened_at, v.opened_name, v.counted_at,
       v.asked_at AS submitted_at, v.frozen_on, v.frozen_hash, v.returned, v.unit, v.publication, v.published_at, v.published_on, v.original_on,
       v.original_source, r.demo
  FROM annual_report_version v
  JOIN annual_report r ON r.id = v.report
  JOIN organ o ON o.code = r.organ";

/// Engines take so many values at once at least.
pub(super) const MOST_AT_ONCE: usize = 900;

/// That no later version of the report is published.
pub(super) const CURRENT: &str = "v.state = 'published' AND NOT EXISTS (
    SELECT 1 FROM annual_report_version n
     WHERE n.report = v.report AND n.state = 'published' AND n.number > v.number)";

impl From<Row> for Version {
    fn from(row: Row) -> Self {
        let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
        Self {
            reporter: match row.reporter.as_str() {
                "government" => Reporter::Government,
                _ => Reporter::Department,
            },
            year: i16::try_from(row.year).unwrap_or_default(),
            state: VersionState::kept(&row.state, row.frozen_hash.is_some()),
            origin: if row.origin == "taken" { Origin::Taken } else { Origin::Own },
            frozen_on: day(row.frozen_on),
            published_on: day(row.published_on),
            demo: row.demo != 0,
            id: row.id,
            report: row.report,
            organ: row.organ,
            organ_name: row.organ_name,
            number: row.number,
            form: row.form,
            title: row.title,
            explanation: row.explanation,
            opened_at: row.opened_at,
            opened_name: row.opened_name,
            counted_at: row.counted_at,
            submitted_at: row.submitted_at,
            frozen_hash: row.frozen_hash,
            returned: row.returned,
            unit: row.unit,
            publication: row.publication,
            published_at: row.published_at,
            original_on: row.original_on,
            original_source: row.original_source,
        }
    }
}

impl Version {
    async fn list(
        from: &impl Statements,
        rest: &str,
        values: Vec<Value>,
    ) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<Row> = from.all(&format!("{SELECT} {rest}"), values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The version with that key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        Ok(Self::list(from, "WHERE v.id = $1", vec![id.into()]).await?.pop())
    }

    /// The versions with these keys.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all_of(from: &impl Statements, ids: &[&str]) -> Result<Vec<Self>, StoreError> {
        let mut all = Vec::with_capacity(ids.len());
        for some in ids.chunks(MOST_AT_ONCE) {
            let marks: Vec<String> = (1..=some.len()).map(|at| format!("${at}")).collect();
            let rest = format!("WHERE v.id IN ({}) ORDER BY r.organ", marks.join(", "));
            let values = some.iter().map(|id| Value::from(*id)).collect();
            all.extend(Self::list(from, &rest, values).await?);
        }
        Ok(all)
    }

    /// The versions of an organ's reports, the newest year first, within it the newest version.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let rest =
            "WHERE r.organ = $1 AND v.state <> 'dropped' ORDER BY r.year DESC, v.number DESC";
        Self::list(from, rest, vec![organ.into()]).await
    }

    /// What is public of an organ now, the newest year first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn public_of(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let rest = format!("WHERE r.organ = $1 AND {CURRENT} ORDER BY r.year DESC");
        Self::list(from, &rest, vec![organ.into()]).await
    }

    /// An organ's report on a year as it is public now.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn public(
        from: &impl Statements,
        organ: &str,
        year: i16,
    ) -> Result<Option<Self>, StoreError> {
        let rest = format!("WHERE r.organ = $1 AND r.year = $2 AND {CURRENT}");
        let values = vec![organ.into(), i64::from(year).into()];
        Ok(Self::list(from, &rest, values).await?.pop())
    }

    /// The version against which a draft's numbers carried over are held: the public one, else one that was
    /// taken over and waits for its review. What is public is held against what is public alone
    /// (docs/readings/226).
    ///
    /// # Errors
    /// The database refuses.
    pub async fn before(
        from: &impl Statements,
        organ: &str,
        year: i16,
    ) -> Result<Option<Self>, StoreError> {
        let rest = "WHERE r.organ = $1 AND r.year = $2
                      AND (v.state = 'published' OR (v.origin = 'taken' AND v.state <> 'dropped'))
                    ORDER BY CASE WHEN v.state = 'published' THEN 1 ELSE 0 END, v.number";
        let values = vec![organ.into(), i64::from(year).saturating_sub(1).into()];
        Ok(Self::list(from, rest, values).await?.pop())
    }

    /// All published versions of a report, the first first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn published_of(
        from: &impl Statements,
        report: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let rest = "WHERE v.report = $1 AND v.state = 'published' ORDER BY v.number";
        Self::list(from, rest, vec![report.into()]).await
    }

    /// How many versions of a report there are, dropped ones too.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn numbers(from: &impl Statements, report: &str) -> Result<i64, StoreError> {
        let sql = "SELECT MAX(number) FROM annual_report_version WHERE report = $1";
        Ok(from.number(sql, vec![report.into()]).await?.unwrap_or_default())
    }

    /// Whoever wrote or changed it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn writers(&self, from: &impl Statements) -> Result<Vec<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Writer {
            person: String,
        }
        let sql = "SELECT person FROM annual_report_writer WHERE version = $1 ORDER BY person";
        let rows: Vec<Writer> = from.all(sql, vec![self.id.clone().into()]).await?;
        Ok(rows.into_iter().map(|row| row.person).collect())
    }

    /// Its stage as the rules know it; `published` are the versions published before it.
    pub fn stage(&self, published: &[Self]) -> ReportStage {
        let first = published.first().and_then(|first| first.published_on);
        let correction = |version: &Self| {
            let on = version.published_on?;
            Some(ReportCorrection { on, explanation: version.explanation.clone() })
        };
        match (self.state, self.frozen_on, first) {
            (VersionState::UnderReview, _, None) => ReportStage::UnderReview,
            (VersionState::Frozen, Some(on), None) => ReportStage::Frozen { on },
            (VersionState::Published | VersionState::Frozen, _, Some(on)) => {
                let corrections = published.iter().skip(1).filter_map(correction).collect();
                ReportStage::Published { on, corrections }
            }
            _ => ReportStage::Draft,
        }
    }

    /// The form its tables have.
    pub fn layout(&self) -> Form {
        if self.form == "2019" { Form::Of2019 } else { Form::Of2021 }
    }

    /// Its address on the portal, below a site.
    pub fn path(&self) -> String {
        format!("/gongkai/nianbao/{}/{}", self.organ, self.year)
    }

    /// Its page at the workbench.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/nianbao/{}", self.id)
    }

    /// Whether it is changed by writing it.
    pub fn is_draft(&self) -> bool {
        self.state == VersionState::Draft
    }
}
