//! What can be done with an annual report. Each act is a noun with a file of its own.

pub mod correction;
pub mod counting;
pub mod drafting;
pub mod freezing;
pub mod intake;
pub mod opening;
pub mod publication;
pub mod reminder;
pub mod reopening;
pub mod scope;
pub mod submission;
pub mod unmoved;
pub mod withdrawal;

use identity::{Level, Organ};
use law::{NotInForce, article};
use ledger::{Desk, DeskError, Entry};
use reports_rules::{ReportRefused, Reporter, Topic};
use review::Signatory;
use store::StoreError;
use web::Fault;
use web::workbench::REASON;

use crate::store::{Version, VersionState};

/// Why an act on a report was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// It may not be done as things stand: why, and what to do.
    #[error("{0}")]
    Refused(&'static str, &'static str),
    /// A field is not as it must be: its name, and what is wrong with it and to be done.
    #[error("{1}")]
    Field(String, String),
    /// The prose is silent on what it must speak of.
    #[error("还没有写：{}", names(.0))]
    Silent(Vec<Topic>),
    /// The report that was read is another organ's, by its name: its name, and the organ's.
    #[error("报告写的机关是“{0}”，不是“{1}”")]
    Another(String, String),
    /// The rules of the report refuse.
    #[error(transparent)]
    Rules(#[from] ReportRefused),
    /// The registers say another number than when the draft was looked at or handed in: where.
    #[error("取数以后登记簿有变动：{0}")]
    Moved(String),
    /// There was no duty to report on that year.
    #[error("这一年度还没有编制年度报告的义务")]
    NoDuty(#[from] NotInForce),
    /// A room could not count.
    #[error(transparent)]
    Room(#[from] Fault),
    /// Review refuses.
    #[error(transparent)]
    Review(#[from] review::ActError),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn names(topics: &[Topic]) -> String {
    topics.iter().map(|topic| topic.name()).collect::<Vec<_>>().join("、")
}

impl ActError {
    pub(crate) const NO_REPORT: Self =
        Self::Refused("本机关没有这份年度报告", "在“年度报告”中查看");
    pub(crate) const NOT_DRAFT: Self =
        Self::Refused("报告不在起草阶段", "送审、定稿以后要改的先退回起草，已经公布的另写更正");
    pub(crate) const OVERTAKEN: Self = Self::Refused("报告刚才有人改动过", "刷新页面再看");

    /// What the person may do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Refused(_, remedy) => remedy,
            Self::Silent(_) => "写明情况，没有的写明没有",
            Self::Moved(_) => "重新取数，看过以后再送审；已经送审的先退回起草",
            Self::NoDuty(_) => "请核对年度",
            Self::Another(..) => "核对机关和文件；确实是本机关以前的名称的，确认以后再录入",
            Self::Review(refused) => refused.remedy(),
            Self::Field(..) | Self::Rules(_) => "照提示改正后再提交",
            Self::Room(_) | Self::Desk(_) | Self::Store(_) => "请稍后再试；数据保持原样",
        }
    }

    /// The same as a page.
    pub fn into_fault(self) -> Fault {
        match self {
            Self::Room(fault) => fault,
            Self::Review(refused) => refused.into(),
            Self::Field(field, words) => Fault::field(&field, words),
            Self::Rules(ReportRefused::NoExplanation) => Fault::field(REASON, self.to_string()),
            Self::Rules(refused) => Fault::Refused(format!("{refused}。")),
            Self::Another(..) => {
                Fault::field(intake::CONFIRMED, format!("{self}。{}。", self.remedy()))
            }
            Self::Refused(..) | Self::Silent(_) | Self::Moved(_) | Self::NoDuty(_) => {
                Fault::Refused(format!("{self}。{}。", self.remedy()))
            }
            Self::Desk(_) | Self::Store(_) => Fault::inside(self),
        }
    }
}

/// Who reports in an organ's name: 县级以上人民政府, or a department (towns like departments,
/// docs/readings/005).
pub fn reporter_of(organ: &Organ) -> Reporter {
    let above_towns = matches!(organ.level, Level::City | Level::District);
    if organ.role == "government" && above_towns {
        Reporter::Government
    } else {
        Reporter::Department
    }
}

/// The organ's version with that key, as it stands now.
async fn version_of(desk: &Desk, by: &Signatory, id: &str) -> Result<Version, ActError> {
    let found = Version::find(desk.change(), id).await?;
    let own =
        |version: &Version| version.organ == by.organ && version.state != VersionState::Dropped;
    found.filter(own).ok_or(ActError::NO_REPORT)
}

/// The same where it is being drafted.
async fn draft_of(desk: &Desk, by: &Signatory, id: &str) -> Result<Version, ActError> {
    let version = version_of(desk, by, id).await?;
    if version.is_draft() { Ok(version) } else { Err(ActError::NOT_DRAFT) }
}

/// What the ledger is told of an act on a version.
fn entry(act: &'static str, version: &Version, facts: serde_json::Value) -> Entry {
    let paragraph = match version.reporter {
        Reporter::Department => 1,
        Reporter::Government => 2,
    };
    let mut told = serde_json::json!({
        "version": version.id, "number": version.number, "year": version.year,
    });
    if let (Some(told), serde_json::Value::Object(more)) = (told.as_object_mut(), facts) {
        told.extend(more);
    }
    Entry {
        room: "reports",
        act,
        subject: subject(&version.report),
        organ: version.organ.clone(),
        basis: article("政府信息公开条例", 49).paragraph(paragraph).to_string(),
        facts: told,
    }
}

/// How a report is named in the ledger and the public log.
pub(crate) fn subject(report: &str) -> String {
    format!("{SUBJECTS}{report}")
}

/// How these names begin.
pub(crate) const SUBJECTS: &str = "annual_report:";

/// The longest text of a field that is kept beside the report, in letters: a decision of ours.
const LONGEST_NOTE: usize = 500;

/// A note or reason on one line.
pub(crate) fn noted(field: &str, text: &str) -> Result<String, ActError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > LONGEST_NOTE {
        let words = format!("超过{LONGEST_NOTE}字。请写短一些。");
        return Err(ActError::Field(field.to_owned(), words));
    }
    Ok(text)
}
