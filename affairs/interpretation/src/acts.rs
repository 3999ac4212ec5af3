//! What can be done in 政策解读: one file for each act, named by its noun.

pub mod captions;
pub mod checking;
pub mod decision;
pub mod erasing;
pub mod footing;
pub mod forgetting;
pub mod judgement;
pub mod material;
pub mod medium;
pub mod overdue;
pub mod plan;
pub mod publication;
pub mod pulling;
pub mod question;
pub mod response;
pub mod submission;
pub mod taking_down;
pub mod topic;

use interpretation_rules::{INTERPRETING, Refusal};
use law::CalendarGap;
use ledger::{Desk, DeskError, Entry};
use review::Signatory;
use serde_json::Value;
use store::StoreError;
use web::Fault;
use web::components::FieldError;

use crate::checks;
use crate::store::{Interpretation, KeepError, Policy};

/// Why an act was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// It may not be done as things stand: why, and what to do.
    #[error("{0}")]
    Refused(&'static str, &'static str),
    /// The rules refuse.
    #[error(transparent)]
    Rules(#[from] Refusal),
    /// Fields are not as they must be: each by its name, and what is wrong with it and to be done.
    #[error("有 {} 处需要修改", .0.len())]
    Fields(Vec<(String, String)>),
    /// The last day cannot be told.
    #[error(transparent)]
    Calendar(#[from] CalendarGap),
    /// Review refuses.
    #[error(transparent)]
    Review(#[from] review::ActError),
    /// A room could not read the document.
    #[error(transparent)]
    Room(#[from] Fault),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What people said cannot be sealed.
    #[error(transparent)]
    Sealing(#[from] secrets::Refused),
    /// A file was not kept, or not taken away.
    #[error("音视频文件没有存好")]
    File(#[from] std::io::Error),
}

impl From<KeepError> for ActError {
    fn from(error: KeepError) -> Self {
        match error {
            KeepError::Sealing(refused) => Self::Sealing(refused),
            KeepError::Store(refused) => Self::Store(refused),
        }
    }
}

impl ActError {
    pub(crate) const NO_POLICY: Self =
        Self::Refused("本机关没有这份政策文件", "在“政策解读”中查看");
    pub(crate) const NO_MATERIAL: Self = Self::Refused("本机关没有这份解读", "在“政策解读”中查看");
    pub(crate) const OVERTAKEN: Self = Self::Refused("刚才有人改动过", "刷新页面，核对以后再办");
    pub(crate) const UNDER_REVIEW: Self =
        Self::Refused("已经送审，不能改动", "等审查办完，或者先撤回送审");

    pub(crate) const FOR_A_GROUP: Self = Self::Refused(
        "所解读的文件只面向特定群体，不能向全社会解读",
        "把解读直接给那些人；文件改为向全社会公开以后再送审",
    );
    pub(crate) const TAKEN_DOWN: Self = Self::Refused("所解读的文件已经撤下", "文件恢复以后再送审");

    /// One field that is not as it must be.
    pub(crate) fn field(name: &str, words: impl Into<String>) -> Self {
        Self::Fields(vec![(name.to_owned(), words.into())])
    }

    /// What the person may do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Refused(_, remedy) => remedy,
            Self::Rules(_) => "请刷新页面，看现在到了哪一步",
            Self::Fields(_) => "照提示改正后再提交",
            Self::Review(refused) => refused.remedy(),
            Self::Calendar(_)
            | Self::Room(_)
            | Self::Desk(_)
            | Self::Store(_)
            | Self::Sealing(_)
            | Self::File(_) => "请稍后再试；数据保持原样",
        }
    }

    /// The same as a page.
    pub fn into_fault(self) -> Fault {
        match self {
            Self::Room(fault) => fault,
            Self::Review(refused) => refused.into(),
            Self::Fields(fields) => {
                let field = |(field, message)| FieldError { field, message };
                Fault::Fields(fields.into_iter().map(field).collect())
            }
            Self::Refused(..) | Self::Rules(_) => {
                Fault::Refused(format!("{self}。{}。", self.remedy()))
            }
            Self::Calendar(_)
            | Self::Desk(_)
            | Self::Store(_)
            | Self::Sealing(_)
            | Self::File(_) => Fault::inside(self),
        }
    }
}

/// The longest line of a field, in letters: a decision of ours.
const LONGEST: usize = 200;

/// A field on one line that may be empty.
pub(crate) fn line(field: &str, text: &str) -> Result<String, ActError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > LONGEST {
        return Err(ActError::field(field, format!("超过 {LONGEST} 字。请写短一些。")));
    }
    Ok(text)
}

/// A field on one line that must not be empty.
pub(crate) fn needed(field: &str, name: &str, text: &str) -> Result<String, ActError> {
    let text = line(field, text)?;
    if text.is_empty() {
        return Err(ActError::field(field, format!("没有写{name}。请填写。")));
    }
    Ok(text)
}

/// The reason of a decision; the ledger keeps it for good, so nothing of a person stands in it.
pub(crate) fn reasoned(text: &str) -> Result<String, ActError> {
    let reason = needed(web::workbench::REASON, "理由", text)?;
    match checks::stopping_line(&reason) {
        Some(words) => {
            let words = format!("理由会长期保存，{words}。请删去或者遮盖。");
            Err(ActError::field(web::workbench::REASON, words))
        }
        None => Ok(reason),
    }
}

/// The organ's policy as it stands now, which is not published.
pub(crate) async fn policy_of(desk: &Desk, by: &Signatory, id: &str) -> Result<Policy, ActError> {
    let found = Policy::find(desk.change(), id).await?;
    found.filter(|policy| policy.organ == by.organ).ok_or(ActError::NO_POLICY)
}

/// The organ's interpretation as it stands now.
pub(crate) async fn material_of(
    desk: &Desk,
    by: &Signatory,
    id: &str,
) -> Result<Interpretation, ActError> {
    let found = Interpretation::find(desk.change(), id).await?;
    found.filter(|one| one.organ == by.organ).ok_or(ActError::NO_MATERIAL)
}

/// What the ledger is told of an act on a policy.
pub(crate) fn entry(act: &'static str, policy: &Policy, facts: Value) -> Entry {
    of(act, policy.subject(), &policy.organ, facts)
}

/// What the ledger is told of an act on an interpretation that nobody outside sees yet.
pub(crate) fn draft_entry(act: &'static str, one: &Interpretation, facts: Value) -> Entry {
    of(act, format!("interpretation_draft:{}", one.id), &one.organ, facts)
}

/// What the ledger is told of an act on an interpretation that is or was public.
pub(crate) fn public_entry(act: &'static str, one: &Interpretation, facts: Value) -> Entry {
    of(act, one.subject(), &one.organ, facts)
}

fn of(act: &'static str, subject: String, organ: &str, facts: Value) -> Entry {
    Entry {
        room: "interpretation",
        act,
        subject,
        organ: organ.to_owned(),
        basis: INTERPRETING.to_string(),
        facts,
    }
}
