//! 区分处理 (条例第三十七条): what of a file that is provided was taken out, why, and by which provision.

use law::Provision;
use serde::{Deserialize, Serialize};

use crate::answer::{AnswerClass, AnswerType, answer_type};

/// One thing that was taken out of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// What it was, in words that do not tell it: 第三方的银行账号.
    pub what: String,
    /// The kind of withholding it falls under: D1 to D7.
    pub code: String,
    /// In how many places it stood; 0 where it was taken out before the file came to the platform.
    pub times: u64,
}

/// What is wrong with how a file was divided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum RedactionFault {
    /// It is not said what was taken out.
    #[error("没有写删去的是什么。改法: 概括写明，例如“第三方的银行账号”，不要写出内容本身")]
    Unsaid,
    /// It is not said why.
    #[error("没有选删去的理由。改法: 从不予公开的各种情形中选一种")]
    Ungrounded,
    /// A file of which parts are withheld goes with an answer that calls it open.
    #[error(
        "提供的文件删去了内容，答复种类却不是部分公开。改法: 改用“部分公开”，或者提供完整的文件"
    )]
    CalledOpen,
    /// An answer in part provides files of which nothing was taken out.
    #[error(
        "部分公开提供的文件里，没有一份写明删去了什么、为什么、依据哪一条。改法: 重新放入文件并写明"
    )]
    NothingRemoved,
}

impl Removal {
    /// The kinds of withholding a removal may fall under, on a day.
    pub fn grounds(on: law::Date) -> impl Iterator<Item = &'static AnswerType> {
        let kinds = crate::answer::ANSWER_TYPES.on(on).map(|kinds| kinds.value).unwrap_or_default();
        // 行政查询事项 sends elsewhere and takes nothing out of a file
        kinds.iter().filter(|kind| kind.class == AnswerClass::Withheld && kind.code != "D8")
    }

    /// What is wrong with it.
    pub fn faults(&self, on: law::Date) -> Vec<RedactionFault> {
        let unsaid = self.what.trim().is_empty().then_some(RedactionFault::Unsaid);
        let known = Self::grounds(on).any(|kind| kind.code == self.code);
        unsaid.into_iter().chain((!known).then_some(RedactionFault::Ungrounded)).collect()
    }

    /// Where it is said that it is not open.
    pub fn basis(&self, on: law::Date) -> &'static [Provision] {
        answer_type(&self.code, on).map_or(&[], |kind| kind.basis)
    }

    /// The line that tells it: what, why, by which provision.
    pub fn told(&self, on: law::Date) -> String {
        let kind = answer_type(&self.code, on).map_or("", |kind| kind.name);
        let mut basis = String::new();
        let mut last: Option<&str> = None;
        for provision in self.basis(on) {
            match last {
                Some(name) if name == provision.name() => {
                    basis += &format!("、{}", provision.place());
                }
                Some(_) => basis += &format!("和{provision}"),
                None => basis += &provision.to_string(),
            }
            last = Some(provision.name());
        }
        format!("{}（{kind}，依据{basis}）", self.what.trim())
    }
}

/// What is wrong between an answer and the files that go with it: `removed` has, for each file, how much was
/// taken out. Where an answer in part is one of several kinds put together, its files may be whole.
pub fn divided(kind: &AnswerType, put_together: bool, removed: &[usize]) -> Option<RedactionFault> {
    let any = removed.iter().any(|count| *count > 0);
    match kind.class {
        AnswerClass::InPart => {
            let whole = !removed.is_empty() && !any && !put_together;
            whole.then_some(RedactionFault::NothingRemoved)
        }
        _ => any.then_some(RedactionFault::CalledOpen),
    }
}
