//! 政府信息公开指南 and 政府信息公开目录 (条例第十二条) as papers of named fields, so that versions can be told
//! apart field by field and what is missing is found before a site opens.

use law::{Provision, article};
use serde::{Deserialize, Serialize};

use crate::{Column, Keeper, Lack, columns_of, possible_columns};

/// 条例第十二条: what both say.
const BASIS: Provision = article("政府信息公开条例", 12);

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// 政府信息公开指南.
    Guide,
    /// 政府信息公开目录: which columns the organ keeps, and why it keeps the others not.
    Catalogue,
}

impl PaperKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Guide, Self::Catalogue];

    /// As it is kept: `guide`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Guide => "guide",
            Self::Catalogue => "catalogue",
        }
    }

    /// Its part of an address.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Guide => "zhinan",
            Self::Catalogue => "mulu",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Guide => "政府信息公开指南",
            Self::Catalogue => "政府信息公开目录",
        }
    }

    /// The one with that part of an address.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// The one that is kept under this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// One field of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperField {
    /// By which it is kept.
    pub key: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// What to write, in a few words.
    pub hint: &'static str,
    /// Whether the article asks for it.
    pub is_needed: bool,
    /// Whether it is running text.
    pub is_long: bool,
}

const fn long(key: &'static str, label: &'static str, hint: &'static str) -> PaperField {
    PaperField { key, label, hint, is_needed: true, is_long: true }
}

const fn short(key: &'static str, label: &'static str, is_needed: bool) -> PaperField {
    PaperField { key, label, hint: "", is_needed, is_long: false }
}

/// 第十二条第二款, in its order; then 监督, which every guide has.
const GUIDE: [PaperField; 12] = [
    long("fenlei", "政府信息的分类", "主动公开的信息分哪些类"),
    long("bianpai", "编排体系", "信息怎样编号、怎样排列、怎样检索"),
    long("zhudong", "获取方式：主动公开", "在哪里看、在哪里领取"),
    long("shenqing", "获取方式：依申请公开", "怎样申请、多久答复、收不收费"),
    short("jigou", "政府信息公开工作机构", true),
    short("dizhi", "办公地址", true),
    short("shijian", "办公时间", true),
    short("dianhua", "联系电话", true),
    short("chuanzhen", "传真号码", false),
    short("youbian", "邮政编码", false),
    short("wangluo", "互联网联系方式", false),
    long("jiandu", "监督和救济", "向谁投诉举报，怎样复议诉讼"),
];

/// The fields of a paper; of a catalogue one for each column that may be kept.
pub fn fields_of(kind: PaperKind, keeper: Keeper) -> Vec<PaperField> {
    let column = |column: &'static Column| PaperField {
        key: column.code,
        label: column.name,
        hint: column.description,
        is_needed: false,
        is_long: false,
    };
    match kind {
        PaperKind::Guide => GUIDE.to_vec(),
        PaperKind::Catalogue => possible_columns(keeper).into_iter().map(column).collect(),
    }
}

/// What a field of a catalogue says where the column is kept.
pub const KEPT: &str = "设置";

/// What a paper says in a field; `None` where it does not have that field.
type Says<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The columns that an organ keeps: those of its catalogue, or the usual ones where it has none.
pub fn kept_columns(
    keeper: Keeper,
    role: &str,
    catalogue: Option<Says<'_>>,
) -> Vec<&'static Column> {
    match catalogue {
        None => columns_of(keeper, role),
        Some(said) => {
            let mut all = possible_columns(keeper);
            all.retain(|column| said(column.code).as_deref() == Some(KEPT));
            all
        }
    }
}

/// What a paper does not say and must: fields that the article asks for; of a catalogue a reason for each
/// column that is usual and not kept.
pub fn paper_lacks(kind: PaperKind, keeper: Keeper, role: &str, said: Says<'_>) -> Vec<Lack> {
    let empty = |key: &str| said(key).is_none_or(|text| text.trim().is_empty());
    match kind {
        PaperKind::Guide => {
            let missing = GUIDE.iter().filter(|field| field.is_needed && empty(field.key));
            missing.map(|field| Lack { what: field.label, basis: BASIS }).collect()
        }
        PaperKind::Catalogue => {
            let missing = columns_of(keeper, role).into_iter();
            let missing = missing.filter(|column| empty(column.code));
            missing.map(|column| Lack { what: column.name, basis: column.basis }).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guide_without_what_article_12_asks_for_is_not_whole() {
        let whole = |_: &str| Some("有".to_owned());
        let lacks = |said: Says<'_>| {
            let lacks = paper_lacks(PaperKind::Guide, Keeper::Department, "finance", said);
            lacks.iter().map(|lack| lack.what).collect::<Vec<_>>()
        };
        assert_eq!(lacks(&whole), Vec::<&str>::new());
        for field in GUIDE {
            let said = |key: &str| Some(if key == field.key { " " } else { "有" }.to_owned());
            let expected: Vec<_> = field.is_needed.then_some(field.label).into_iter().collect();
            assert_eq!(lacks(&said), expected, "{}", field.key);
        }
    }

    #[test]
    fn a_column_that_is_left_out_needs_a_reason() {
        let said = |code: &str| match code {
            "P20-14" => Some(String::new()),
            "P20-12" => Some("没有这项职责".to_owned()),
            _ => Some(KEPT.to_owned()),
        };
        let lacks = paper_lacks(PaperKind::Catalogue, Keeper::Department, "finance", &said);
        assert_eq!(lacks.iter().map(|lack| lack.what).collect::<Vec<_>>(), ["公务员招考"]);
        let kept = kept_columns(Keeper::Department, "finance", Some(&said));
        assert_eq!(kept.len(), 22 - 2, "those of 第二十一条 are kept where the catalogue says so");
        assert_eq!(kept_columns(Keeper::Department, "finance", None).len(), 15);
    }
}
