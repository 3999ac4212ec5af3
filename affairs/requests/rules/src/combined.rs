//! 一份申请几项内容: each is answered by itself, and the request counts once in the report
//! (docs/readings/135).

use law::Date;
use serde::Serialize;

use crate::answer::{AnswerClass, AnswerType, answer_type};

/// The answer to one of the things asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemAnswer {
    /// What was asked for, in the applicant's words.
    pub asked: String,
    /// The code of the answer.
    pub code: String,
}

/// Why the answers to the parts make no answer to the whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoWhole {
    /// Nothing was answered.
    #[error("一项也没有答复。改法: 逐项答复")]
    Nothing,
    /// A code the day does not know.
    #[error("第 {place} 项的答复类型“{code}”不认识。改法: 从答复类型中选一种")]
    Unknown {
        /// Which of them, from 1.
        place: usize,
        /// The code.
        code: String,
    },
}

/// The kind of answer as which the whole request counts: the common kind; 部分公开 where something is
/// disclosed and something is not; otherwise the one that stands first in the report.
///
/// # Errors
/// There is none, or a code is unknown on that day.
pub fn combined(items: &[ItemAnswer], on: Date) -> Result<&'static AnswerType, NoWhole> {
    let mut kinds: Vec<&'static AnswerType> = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let unknown = || NoWhole::Unknown { place: place + 1, code: item.code.clone() };
        kinds.push(answer_type(&item.code, on).ok_or_else(unknown)?);
    }
    let gives =
        |kind: &&AnswerType| matches!(kind.class, AnswerClass::Disclosed | AnswerClass::InPart);
    let mixed =
        kinds.iter().any(gives) && !kinds.iter().all(|kind| kind.class == AnswerClass::Disclosed);
    if mixed && let Some(in_part) = answer_type("P1", on) {
        return Ok(in_part);
    }
    kinds.into_iter().min_by_key(|kind| kind.report_row).ok_or(NoWhole::Nothing)
}
