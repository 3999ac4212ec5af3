//! Checking a catalogue: the elements every 公开事项 must have, and time limits longer than the law
//! allows.
//!
//! A missing element is an error. A limit is only ever a warning: the words of a catalogue are
//! shorter than the law, and whether a shorter limit applies is for a person to say.

mod limits;

use std::fmt;

use law::{Provision, document};
use serde::Serialize;

use crate::{Item, ReadCatalogue};

/// Each item states name, content, basis, limit, subject, method, channel and audience (第一条第一项
/// of the notice).
const ELEMENTS: Provision = document("厦府办〔2020〕67号");

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// An element is missing; the catalogue may not be put in force so.
    Error,
    /// Someone should look at it.
    Warning,
}

/// One finding about one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// Which item, from 1, in the order of the catalogue.
    pub item: usize,
    /// 序号 of the item.
    pub seq: Option<String>,
    /// The item's names, joined by ＞.
    pub name: String,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do, in Chinese.
    pub remedy: String,
    /// What it rests on.
    pub basis: Provision,
}

impl Finding {
    /// Whether it keeps the catalogue from being put in force.
    pub fn is_error(&self) -> bool {
        self.weight == Weight::Error
    }

    fn about(at: usize, item: &Item, weight: Weight, basis: Provision) -> Self {
        let names = [&item.level1, &item.level2, &item.level3];
        let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
        Self {
            weight,
            item: at + 1,
            seq: item.seq.clone(),
            name: names.join("＞"),
            message: String::new(),
            remedy: String::new(),
            basis,
        }
    }

    fn saying(mut self, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        self.message = message.into();
        self.remedy = remedy.into();
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.is_error() { "错误" } else { "提醒" };
        let name = if self.name.is_empty() { "（没有名称）" } else { &self.name };
        write!(out, "{word}: 第{}项 {name}：{}（{}）", self.item, self.message, self.basis)?;
        write!(out, "改法: {}", self.remedy)
    }
}

/// Everything to be said about a catalogue, in the order of its items.
pub fn check(catalogue: &ReadCatalogue) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, item) in catalogue.items.iter().enumerate() {
        findings.extend(missing(at, item));
        let domain = item.domain.as_deref().or(catalogue.domain.as_deref());
        findings.extend(limits::check(at, item, domain));
    }
    findings
}

/// The elements the item lacks.
fn missing(at: usize, item: &Item) -> impl Iterator<Item = Finding> {
    let named = item.level1.is_some() || item.level2.is_some();
    let elements = [
        (named, "公开事项名称", "填写一级事项和二级事项"),
        (!item.elements.is_empty(), "公开内容（要素）", "逐条列出公开的内容"),
        (!item.basis.is_empty(), "公开依据", "写明法律、法规、规章或者文件的名称和文号"),
        (
            item.time_limit.is_some(),
            "公开时限",
            "写明时限；没有特别规定的，按信息形成或者变更之日起的一般时限",
        ),
        (!item.subjects.is_empty(), "公开主体", "写明负责公开的机关"),
        (!item.methods.is_empty(), "公开方式", "勾选主动公开或者依申请公开"),
        (!item.channels.is_empty(), "公开渠道和载体", "至少勾选一个渠道"),
        (!item.audience.is_empty(), "公开对象", "勾选全社会或者特定群体"),
    ];
    elements.into_iter().filter(|(is_there, ..)| !is_there).map(move |(_, element, remedy)| {
        Finding::about(at, item, Weight::Error, ELEMENTS).saying(format!("缺少{element}"), remedy)
    })
}

#[cfg(test)]
mod tests;
