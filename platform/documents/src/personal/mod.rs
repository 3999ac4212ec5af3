//! Personal data in text: what is found, how grave it is, what becomes of it when it is masked.
//!
//! 个人信息保护法 (arts. 6, 25, 28, 34) lets an organ publish of persons only what its duty needs.
//! Numbers by which a person is identified or reached never go out; what a list may name depends on
//! the duty to publish it, so it is shown to whoever decides. Office telephones and credit codes of
//! bodies are no personal data. How values are masked: docs/readings/056.
//!
//! Nothing here reads a file: it is given [`Passage`]s and gives places in them.

mod chains;
mod checks;
mod labels;
mod mask;
mod numbers;
mod passage;
mod phrases;
mod signs;

pub use mask::{masked, masking, shown};
pub use passage::{BREAK, CELL, Headings, LINE, Passage};
pub use signs::is_invisible;

pub(crate) use labels::names_a_column;

use serde::{Deserialize, Serialize};

/// The number of the rules by which personal data are found. Whoever changes what is found raises it:
/// everything published is looked through again then (`tests/rules_number.rs` sees to it).
pub const RULES: i64 = 3;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 居民身份证号码, also of 15 digits.
    IdNumber,
    /// 手机号码.
    Mobile,
    /// 银行卡号.
    BankCard,
    /// 护照、通行证号码.
    Passport,
    /// 家庭电话.
    HomePhone,
    /// 家庭住址 finer than a village or community.
    HomeAddress,
    /// What a named person suffers from.
    Health,
    /// Names of persons under age.
    Minor,
    /// Named persons who receive help.
    NameList,
    /// A private mailbox.
    Email,
    /// 微信号、QQ号.
    Messenger,
    /// 车牌号.
    Plate,
}

/// What a finding asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Someone has to decide whether the duty to publish covers it.
    Ask,
    /// It is not published.
    Block,
}

impl Kind {
    /// The kind in Chinese.
    pub const fn name(self) -> &'static str {
        match self {
            Self::IdNumber => "身份证号",
            Self::Mobile => "手机号码",
            Self::BankCard => "银行卡号",
            Self::Passport => "护照或者通行证号码",
            Self::HomePhone => "家庭电话",
            Self::HomeAddress => "家庭住址",
            Self::Health => "病情或者残疾情况",
            Self::Minor => "未成年人姓名",
            Self::NameList => "人员名单",
            Self::Email => "个人邮箱",
            Self::Messenger => "微信号或者QQ号",
            Self::Plate => "车牌号",
        }
    }

    /// What it asks for.
    pub const fn grade(self) -> Grade {
        match self {
            Self::IdNumber
            | Self::Mobile
            | Self::BankCard
            | Self::Passport
            | Self::HomePhone
            | Self::HomeAddress
            | Self::Health => Grade::Block,
            Self::Minor | Self::NameList | Self::Email | Self::Messenger | Self::Plate => {
                Grade::Ask
            }
        }
    }

    /// What to do about it, in Chinese.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::IdNumber => "删去，或者一键隐去，只留末四位",
            Self::Mobile => "删去或者一键隐去；确需公布联系方式的，改用办公电话",
            Self::BankCard => "删去或者一键隐去",
            Self::Passport => "删去或者一键隐去，只留末四位",
            Self::HomePhone => "删去；确需公布联系方式的，改用办公电话",
            Self::HomeAddress => "只写到村、社区",
            Self::Health => "删去这一栏，或者一键隐去",
            Self::Minor => "不写姓名，或者只写姓",
            Self::NameList => "核对是否依法应当公示；应当公示的，写明公示期，期满自动撤下",
            Self::Email => "改用机关的公务邮箱",
            Self::Messenger => "删去，或者改用机关的公众账号",
            Self::Plate => "核对是否应当公布；不必公布的，隐去中间几位",
        }
    }
}

/// One finding in a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Its first byte in the passage's text.
    pub from: usize,
    /// The byte after its last.
    pub to: usize,
}

/// Signs by which a text says that what follows runs from right to left, and that it ends.
const TURNED: (char, char) = ('\u{202e}', '\u{202c}');

/// Whether what begins at a byte runs from right to left.
fn is_turned(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit(LINE).next().unwrap_or_default();
    let sign = line.rfind(TURNED.0);
    sign.is_some_and(|sign| !line[sign..].contains(TURNED.1))
}

/// Numbers that are written backwards and shown forwards.
fn turned(text: &str, found: &mut Vec<Found>) {
    for (at, sign) in text.match_indices(TURNED.0) {
        let from = at + sign.len();
        let inside = text[from..].split([TURNED.1, TURNED.0, LINE]).next().unwrap_or_default();
        let shown: String = inside.chars().rev().collect();
        let to = from + inside.len();
        for one in numbers::find(&Passage::plain(shown.as_str()), &signs::signs(&shown)) {
            found.push(Found { kind: one.kind, from: to - one.to, to: to - one.from });
        }
    }
}

/// Everything personal in a passage, in the order of the text; no two findings overlap.
pub fn find(passage: &Passage) -> Vec<Found> {
    let signs = signs::signs(passage.text());
    let mut found = numbers::find(passage, &signs);
    phrases::find(passage, &mut found);
    turned(passage.text(), &mut found);
    found.sort_by_key(|found| (found.from, found.to));
    found.dedup_by(|next, before| next.from < before.to);
    found
}
