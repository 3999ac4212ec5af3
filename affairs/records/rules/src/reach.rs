//! 公开范围: whether a document is made public to everybody or only to those whom it concerns
//! (docs/readings/022).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Fault, Field};

/// How far a document is made public, where someone said so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "to")]
pub enum Reach {
    /// 全社会.
    WholeSociety {
        /// 公开理由: why, although the catalogue holds the matter for a group.
        reason: Option<String>,
    },
    /// 特定群体: kept, and never shown on the open web.
    CertainGroup {
        /// Who they are.
        group: String,
    },
}

/// A text that states no 公开范围.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadReach {
    /// Neither of the two.
    #[error("公开范围“{0}”不是全社会，也不是特定群体")]
    Unknown(String),
    /// 特定群体 alone.
    #[error("公开范围写了特定群体，没有写是哪些人")]
    NoGroup,
}

impl BadReach {
    /// What to do.
    pub const fn remedy(&self) -> &'static str {
        "写“全社会”，或者写明是哪些人，如“特定群体（征收范围内的村集体成员）”"
    }
}

const WHOLE: &str = "全社会";
const GROUP: &str = "特定群体";

impl Reach {
    /// Reads 全社会 or 特定群体（…）; the reason stands on a line of its own.
    ///
    /// # Errors
    /// It is neither, or does not say which group.
    pub fn read(text: &str, reason: Option<String>) -> Result<Self, BadReach> {
        let text = text.trim();
        if text == WHOLE {
            return Ok(Self::WholeSociety { reason });
        }
        let rest = text.strip_prefix(GROUP).ok_or_else(|| BadReach::Unknown(text.to_owned()))?;
        let enclosing = |c: char| c.is_whitespace() || "（）()：:".contains(c);
        // Brackets of the group's own stay.
        let inner = rest.trim_start_matches(enclosing).trim_end();
        let closed = inner.strip_suffix(['）', ')']).filter(|_| rest.starts_with(['（', '(']));
        let group = closed.unwrap_or(inner).trim();
        if group.is_empty() {
            return Err(BadReach::NoGroup);
        }
        Ok(Self::CertainGroup { group: group.to_owned() })
    }

    /// Whether it may stand on the open web.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::WholeSociety { .. })
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WholeSociety { .. } => out.write_str(WHOLE),
            Self::CertainGroup { group } => write!(out, "{GROUP}（{group}）"),
        }
    }
}

/// 受限事项: an item of the catalogue that does not go to the open web by itself, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldMatter {
    /// Its names.
    pub item: String,
    /// Why it is held: 只面向特定群体.
    pub why: String,
    /// Whom it concerns, where the catalogue says.
    pub group: Option<String>,
}

/// What is to be asked of a document before it is published: for whom it is, where an item it
/// belongs to is held and nobody has said so; why it goes to everybody all the same; and whether it
/// is rightly kept from those to whom its items are promised (a doubt only).
pub fn reach_fault(
    stated: Option<&Reach>,
    held: Option<&HeldMatter>,
    has_items: bool,
) -> Option<Fault> {
    match (stated, held) {
        (None, Some(matter)) => Some(matter.unsaid()),
        (Some(Reach::WholeSociety { reason: None }), Some(matter)) => Some(matter.unreasoned()),
        (Some(Reach::CertainGroup { .. }), None) if has_items => {
            let message = "目录上的事项向全社会公开，这份文件只给特定群体";
            let remedy = "核对目录事项和公开范围；确实只能给特定群体看的照常发布";
            Some(Fault::doubt(Field::Reach, message, remedy))
        }
        _ => None,
    }
}

impl HeldMatter {
    fn unsaid(&self) -> Fault {
        let message = format!("事项“{}”{}，没有写明这份文件公开给谁", self.item, self.why);
        let group = self.group.as_deref().unwrap_or("是哪些人");
        let remedy = format!(
            "写明公开范围：不上网的加一行“公开范围：特定群体（{group}）”；可以向全社会公开的加两行\
             “公开范围：全社会”“公开理由：……”"
        );
        Fault::error(Field::Reach, message, remedy)
    }

    fn unreasoned(&self) -> Fault {
        let message = format!("事项“{}”{}，向全社会公开没有写理由", self.item, self.why);
        let remedy = "加一行“公开理由：……”；不该上网的，公开范围改为特定群体";
        Fault::error(Field::ReachReason, message, remedy)
    }
}

#[cfg(test)]
mod tests {
    use super::{BadReach, HeldMatter, Reach, reach_fault};
    use crate::{Field, Weight};

    #[test]
    fn a_held_matter_asks_for_whom_and_a_reason_for_everybody() {
        let whole =
            |reason: Option<&str>| Some(Reach::WholeSociety { reason: reason.map(str::to_owned) });
        let group = || Some(Reach::CertainGroup { group: "村集体成员".into() });
        let matter =
            HeldMatter {
                item: "征地 > 告知".into(), why: "只面向特定群体".into(), group: None
            };
        let (error, doubt) = (Weight::Error, Weight::Doubt);
        for (stated, held, has_items, asked) in [
            (None, true, true, Some((Field::Reach, error))),
            (whole(None), true, true, Some((Field::ReachReason, error))),
            (whole(Some("村民要求")), true, true, None),
            (group(), true, true, None),
            (None, false, true, None),
            (None, false, false, None),
            (whole(None), false, true, None),
            (group(), false, true, Some((Field::Reach, doubt))),
            (group(), false, false, None),
        ] {
            let fault = reach_fault(stated.as_ref(), held.then_some(&matter), has_items);
            let found = fault.as_ref().map(|fault| (fault.field, fault.weight));
            assert_eq!(found, asked, "{stated:?} {held} {has_items}");
        }
    }

    #[test]
    fn a_reach_is_everybody_or_a_group_that_is_named() {
        let group = |group: &str| Ok(Reach::CertainGroup { group: group.to_owned() });
        for (text, read) in [
            ("全社会", Ok(Reach::WholeSociety { reason: None })),
            (" 特定群体（村集体成员） ", group("村集体成员")),
            ("特定群体：村集体成员", group("村集体成员")),
            ("特定群体(申请人（含代理人）)", group("申请人（含代理人）")),
            ("特定群体 申请人（含代理人）", group("申请人（含代理人）")),
            ("特定群体", Err(BadReach::NoGroup)),
            ("特定群体（ ）", Err(BadReach::NoGroup)),
            ("内部", Err(BadReach::Unknown("内部".into()))),
            ("", Err(BadReach::Unknown(String::new()))),
        ] {
            assert_eq!(Reach::read(text, None), read, "{text}");
        }
    }

    #[test]
    fn what_is_printed_reads_back() {
        for reach in [
            Reach::WholeSociety { reason: None },
            Reach::CertainGroup { group: "申请人（含代理人）".into() },
        ] {
            assert_eq!(Reach::read(&reach.to_string(), None), Ok(reach));
        }
    }
}
