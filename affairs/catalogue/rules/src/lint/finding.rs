//! What a rule says of a catalogue: which rule, how much it weighs, where, what is wrong and what to
//! do.

use std::fmt;

use law::{Provision, article, document};
use serde::{Serialize, Serializer};

use crate::Item;

/// Each item states name, content, basis, limit, body, method, channel and audience; names follow
/// one standard and mean one thing; no catalogue is a mere copy (第一条第二项 of the notice).
const NOTICE: Provision = document("厦府办〔2020〕67号");

/// Who made the information, or who keeps it, makes it public.
const WHO_DISCLOSES: Provision = article("政府信息公开条例", 10);

/// Information is made public of one's own accord or on request.
const TWO_METHODS: Provision = article("政府信息公开条例", 13).paragraph(2);

/// Where information made public of one's own accord appears.
const WAYS: Provision = article("政府信息公开条例", 23);

/// Within what time it appears.
const IN_TIME: Provision = article("政府信息公开条例", 26);

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// 提示: it may well be right; someone may want to know.
    Hint,
    /// 提醒: someone should look at it.
    Warning,
    /// 错误: an element is missing; the catalogue may not be put in force so.
    Error,
}

impl Weight {
    /// The word in front of a finding.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hint => "提示",
            Self::Warning => "提醒",
            Self::Error => "错误",
        }
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $weight:ident, $column:literal, $basis:expr;)*) => {
        /// One rule a catalogue is held against. Its key never changes once it is released.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[$doc])* $variant,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its key, such as `element.basis`.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)*
                }
            }

            /// How much its findings weigh.
            pub const fn weight(self) -> Weight {
                match self {
                    $(Self::$variant => Weight::$weight,)*
                }
            }

            /// The column it looks at, by its usual heading.
            pub const fn column(self) -> &'static str {
                match self {
                    $(Self::$variant => $column,)*
                }
            }

            /// What it rests on; a finding about a limit names the limit's own provision.
            pub const fn source(self) -> Provision {
                match self {
                    $(Self::$variant => $basis,)*
                }
            }
        }
    };
}

rules! {
    /// No name.
    NoName = "element.name", Error, "公开事项", NOTICE;
    /// No content.
    NoContent = "element.content", Error, "公开内容（要素）", NOTICE;
    /// No basis.
    NoBasis = "element.basis", Error, "公开依据", NOTICE;
    /// No limit.
    NoLimit = "element.limit", Error, "公开时限", NOTICE;
    /// No body.
    NoBody = "element.body", Error, "公开主体", NOTICE;
    /// No method ticked.
    NoMethod = "element.method", Error, "公开方式", NOTICE;
    /// No channel ticked.
    NoChannel = "element.channel", Error, "公开渠道和载体", NOTICE;
    /// No audience ticked.
    NoAudience = "element.audience", Error, "公开对象", NOTICE;
    /// Both methods ticked.
    BothMethods = "method.both", Warning, "公开方式", TWO_METHODS;
    /// 其他 ticked as a channel without a name.
    UnnamedChannel = "channel.unnamed", Warning, "公开渠道和载体", WAYS;
    /// A limit longer than the law allows.
    LongerLimit = "limit.longer", Warning, "公开时限", IN_TIME;
    /// A limit whose words set no day.
    UnreadableLimit = "limit.unreadable", Warning, "公开时限", IN_TIME;
    /// A basis that does not hold on the day.
    BasisNotInForce = "basis.not_in_force", Warning, "公开依据", NOTICE;
    /// A body that is no known organ of the place.
    UnknownBody = "body.unknown", Warning, "公开主体", WHO_DISCLOSES;
    /// The names of an item above.
    RepeatedNames = "duplicate.names", Warning, "公开事项", NOTICE;
    /// The content of an item above, under another name.
    RepeatedContent = "duplicate.content", Hint, "公开内容（要素）", NOTICE;
    /// Numbers are left out.
    SequenceGap = "sequence.gap", Warning, "序号", NOTICE;
    /// A number lower than the one before.
    SequenceOrder = "sequence.order", Warning, "序号", NOTICE;
    /// An item without a number where the others have one.
    SequenceMissing = "sequence.missing", Warning, "序号", NOTICE;
    /// 一刀切: nothing differs from the catalogue above.
    Uniform = "catalogue.uniform", Hint, "全部", NOTICE;
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

/// One finding about one item, or about the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule that says so.
    pub rule: Rule,
    /// How much it weighs.
    pub weight: Weight,
    /// Which item, from 1, in the order of the catalogue; `None` where the whole is meant.
    pub item: Option<usize>,
    /// 序号 of the item.
    pub seq: Option<String>,
    /// The item's names, joined by ＞.
    pub name: String,
    /// The column, by its usual heading.
    pub column: &'static str,
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

    /// A finding about the whole catalogue.
    pub(super) fn about_all(rule: Rule, message: String, remedy: &str) -> Self {
        Self {
            rule,
            weight: rule.weight(),
            item: None,
            seq: None,
            name: String::new(),
            column: rule.column(),
            message,
            remedy: remedy.to_owned(),
            basis: rule.source(),
        }
    }

    pub(super) fn resting_on(mut self, basis: Provision) -> Self {
        self.basis = basis;
        self
    }

    /// Where it stands, in words: 第3项（序号 3） 就业＞补贴 “公开时限”栏.
    pub fn place(&self) -> String {
        let Some(item) = self.item else { return "全部目录".to_owned() };
        let column = self.column;
        let seq = self.seq.as_deref().map(|seq| format!("（序号 {seq}）")).unwrap_or_default();
        let name = if self.name.is_empty() { "（没有名称）" } else { &self.name };
        format!("第{item}项{seq} {name} “{column}”栏")
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { weight, message, basis, remedy, .. } = self;
        let (word, place) = (weight.word(), self.place());
        write!(out, "{word}: {place}：{message}（{basis}）改法: {remedy}")
    }
}

/// An item in its place, about which rules speak.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// Its place, from 0.
    pub(super) at: usize,
    pub(super) item: &'a Item,
    /// The domain it belongs to: its own, else the catalogue's.
    pub(super) domain: Option<&'a str>,
}

impl Row<'_> {
    pub(super) fn finding(
        &self,
        rule: Rule,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Finding {
        Finding {
            item: Some(self.at + 1),
            seq: self.item.seq.clone(),
            name: self.names().join("＞"),
            remedy: remedy.into(),
            ..Finding::about_all(rule, message.into(), "")
        }
    }

    /// 一级, 二级, 三级事项, as far as there are.
    pub(super) fn names(&self) -> Vec<&str> {
        let Item { level1, level2, level3, .. } = self.item;
        [level1, level2, level3].into_iter().flatten().map(String::as_str).collect()
    }
}
