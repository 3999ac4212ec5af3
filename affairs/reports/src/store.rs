//! The queries of 年度报告; only this room reads and writes its tables.

mod basis;
mod content;
mod lists;
mod members;
mod reminders;

use law::Date;
use reports_rules::{ReportCorrection, ReportStage, Reporter};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use crate::reading::Form;

pub use basis::Basis;
pub(crate) use basis::keep as keep_bases;
pub use content::{Content, KeptCell};
pub(crate) use content::{fee_texts, keep_all, keep_cells, keep_explained, keep_texts};
pub use lists::{Listed, Standing};
pub(crate) use members::keep as keep_members;
pub use members::{MemberLine, candidates};
pub use reminders::Reminder;

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
    const fn stored(self) -> &'static str {
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

/// The word a reporter is stored by.
pub const fn reporter_word(reporter: Reporter) -> &'static str {
    match reporter {
        Reporter::Department => "department",
        Reporter::Government => "government",
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
const MOST_AT_ONCE: usize = 900;

/// That no later version of the report is published.
const CURRENT: &str = "v.state = 'published' AND NOT EXISTS (
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

    /// The version of a report that is worked on.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn open_of(from: &impl Statements, report: &str) -> Result<Option<Self>, StoreError> {
        let rest = "WHERE v.report = $1 AND v.state IN ('draft', 'frozen')";
        Ok(Self::list(from, rest, vec![report.into()]).await?.pop())
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

/// Keeps a new report and its first version, or another version of it.
pub(crate) async fn begin(change: &Transaction, version: &Version) -> Result<(), StoreError> {
    if version.number == 1 {
        let row: Vec<Value> = vec![
            version.report.clone().into(),
            version.organ.clone().into(),
            i64::from(version.year).into(),
            reporter_word(version.reporter).into(),
            i64::from(version.demo).into(),
        ];
        let columns = ["id", "organ", "year", "reporter", "demo"];
        change.insert("annual_report", &columns, vec![row]).await?;
    }
    let columns: Vec<(&'static str, Value)> = vec![
        ("id", version.id.clone().into()),
        ("report", version.report.clone().into()),
        ("number", version.number.into()),
        ("state", VersionState::Draft.stored().into()),
        ("origin", version.origin.word().into()),
        ("form", version.form.clone().into()),
        ("title", version.title.clone().into()),
        ("explanation", version.explanation.clone().into()),
        ("opened_at", version.opened_at.clone().into()),
        ("opened_name", version.opened_name.clone().into()),
        ("returned", "".into()),
        ("original_on", version.original_on.clone().into()),
        ("original_source", version.original_source.clone().into()),
    ];
    let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
    change.insert("annual_report_version", &names, vec![values]).await
}

/// Notes that these persons wrote it.
pub(crate) async fn written_by<'a>(
    change: &Transaction,
    version: &str,
    persons: impl Iterator<Item = &'a str>,
) -> Result<(), StoreError> {
    for person in persons {
        let sql = "INSERT INTO annual_report_writer (version, person) VALUES ($1, $2)
                   ON CONFLICT (version, person) DO NOTHING";
        change.run(sql, vec![version.into(), person.into()]).await?;
    }
    Ok(())
}

/// Sets one of a version's marks; says whether it still stood as asked for.
async fn set(
    change: &Transaction,
    version: &str,
    what: &str,
    (from, values): (VersionState, Vec<Value>),
) -> Result<bool, StoreError> {
    let state = format!("${}", values.len() + 2);
    let sql = format!("UPDATE annual_report_version SET {what} WHERE id = $1 AND state = {state}");
    let mut all: Vec<Value> = vec![version.into()];
    all.extend(values);
    all.push(from.stored().into());
    Ok(change.run(&sql, all).await? > 0)
}

/// When the numbers were taken from the registers last.
pub(crate) async fn counted(
    change: &Transaction,
    version: &str,
    at: String,
) -> Result<bool, StoreError> {
    set(change, version, "counted_at = $2", (VersionState::Draft, vec![at.into()])).await
}

/// 送审.
pub(crate) async fn submitted(
    change: &Transaction,
    version: &str,
    at: String,
) -> Result<bool, StoreError> {
    let what = "state = 'frozen', returned = '', asked_at = $2";
    set(change, version, what, (VersionState::Draft, vec![at.into()])).await
}

/// 定稿, by the hash of what was reviewed.
pub(crate) async fn frozen(
    change: &Transaction,
    version: &str,
    (on, hash): (Date, &web::ContentHash),
) -> Result<bool, StoreError> {
    let what = "frozen_on = $2, frozen_hash = $3";
    let values = vec![on.to_string().into(), hash.as_str().into()];
    set(change, version, what, (VersionState::UnderReview, values)).await
}

/// The review it is in.
pub(crate) async fn reviewed_in(
    change: &Transaction,
    version: &str,
    unit: &str,
) -> Result<bool, StoreError> {
    set(change, version, "unit = $2", (VersionState::Frozen, vec![unit.into()])).await
}

/// 退回起草.
pub(crate) async fn reopened(
    change: &Transaction,
    version: &str,
    why: &str,
) -> Result<bool, StoreError> {
    let what =
        "state = 'draft', asked_at = NULL, frozen_on = NULL, frozen_hash = NULL, unit = NULL,
                returned = $2";
    set(change, version, what, (VersionState::Frozen, vec![why.into()])).await
}

/// A 更正 is given up.
pub(crate) async fn dropped(change: &Transaction, version: &str) -> Result<bool, StoreError> {
    set(change, version, "state = 'dropped'", (VersionState::Draft, vec![])).await
}

/// A draft that was taken over is taken out, with its report.
pub(crate) async fn taken_out(change: &Transaction, version: &Version) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM annual_report_cell WHERE version = $1",
        "DELETE FROM annual_report_text WHERE version = $1",
        "DELETE FROM annual_report_explanation WHERE version = $1",
        "DELETE FROM annual_report_basis WHERE version = $1",
        "DELETE FROM annual_report_member WHERE version = $1",
        "DELETE FROM annual_report_writer WHERE version = $1",
        "DELETE FROM annual_report_version WHERE id = $1",
    ] {
        change.run(sql, vec![version.id.clone().into()]).await?;
    }
    let sql = "DELETE FROM annual_report WHERE id = $1";
    change.run(sql, vec![version.report.clone().into()]).await?;
    Ok(())
}

/// 公布.
pub(crate) async fn published(
    change: &Transaction,
    version: &str,
    publication: &str,
    (at, on): (String, Date),
) -> Result<bool, StoreError> {
    let what = "state = 'published', publication = $2, published_at = $3, published_on = $4";
    let values = vec![publication.into(), at.into(), on.to_string().into()];
    set(change, version, what, (VersionState::Frozen, values)).await
}
