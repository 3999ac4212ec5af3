//! 栏: the columns of a 标准目录, by which two rows are compared and one row takes over from another.

use serde::{Deserialize, Serialize};

use crate::{Audience, Item, Method};

/// One column of the 标准目录. What belongs together on paper is one column: a channel with the named
/// platforms behind 其他, an audience with the words beside its tick.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Column {
    /// 序号.
    Number,
    /// 一级事项.
    Level1,
    /// 二级事项.
    Level2,
    /// 三级事项.
    Level3,
    /// 公开内容（要素）.
    Elements,
    /// 公开依据.
    Basis,
    /// 公开时限.
    TimeLimit,
    /// 公开主体.
    Subjects,
    /// 公开渠道和载体.
    Channels,
    /// 公开对象.
    Audience,
    /// 公开方式.
    Methods,
    /// 公开层级.
    Levels,
    /// 公开环节.
    Stage,
    /// A column that the standard does not know, by its heading.
    Other(String),
}

const STANDARD: [(Column, &str); 13] = [
    (Column::Number, "序号"),
    (Column::Level1, "一级事项"),
    (Column::Level2, "二级事项"),
    (Column::Level3, "三级事项"),
    (Column::Elements, "公开内容（要素）"),
    (Column::Basis, "公开依据"),
    (Column::TimeLimit, "公开时限"),
    (Column::Subjects, "公开主体"),
    (Column::Channels, "公开渠道和载体"),
    (Column::Audience, "公开对象"),
    (Column::Methods, "公开方式"),
    (Column::Levels, "公开层级"),
    (Column::Stage, "公开环节"),
];

impl Column {
    /// The heading under which the column is printed.
    pub fn name(&self) -> &str {
        match self {
            Self::Other(heading) => heading,
            known => {
                STANDARD.iter().find(|(column, _)| column == known).map_or("", |(_, name)| name)
            }
        }
    }

    /// Whether the column says something of the matter: a number only says where the row stands.
    pub fn is_substance(&self) -> bool {
        *self != Self::Number
    }

    /// The columns in which two rows differ, in the order of the table. 领域 is the catalogue's, not
    /// the row's.
    pub fn differing(one: &Item, other: &Item) -> Vec<Self> {
        let standard = STANDARD.into_iter().map(|(column, _)| column);
        let mut headings: Vec<&String> = one.extra.keys().chain(other.extra.keys()).collect();
        headings.sort_unstable();
        headings.dedup();
        let others = headings.into_iter().cloned().map(Self::Other);
        standard.chain(others).filter(|column| !column.is_same(one, other)).collect()
    }

    /// Whether one of two rows says anything in this column.
    pub fn says_anything(&self, one: &Item, other: &Item) -> bool {
        !self.words(one).is_empty() || !self.words(other).is_empty()
    }

    /// Whether two rows say the same in this column.
    pub fn is_same(&self, one: &Item, other: &Item) -> bool {
        match self {
            Self::Number => one.seq == other.seq,
            Self::Level1 => one.level1 == other.level1,
            Self::Level2 => one.level2 == other.level2,
            Self::Level3 => one.level3 == other.level3,
            Self::Elements => one.elements == other.elements,
            Self::Basis => one.basis == other.basis,
            Self::TimeLimit => {
                (&one.time_limit_raw, &one.time_limit) == (&other.time_limit_raw, &other.time_limit)
            }
            Self::Subjects => one.subjects == other.subjects,
            Self::Channels => {
                (&one.channels, &one.channels_other) == (&other.channels, &other.channels_other)
            }
            Self::Audience => {
                (&one.audience, &one.audience_note) == (&other.audience, &other.audience_note)
            }
            Self::Methods => one.methods == other.methods,
            Self::Levels => one.levels == other.levels,
            Self::Stage => one.stage == other.stage,
            Self::Other(heading) => one.extra.get(heading) == other.extra.get(heading),
        }
    }

    /// Gives `to` what `from` says in this column.
    pub fn carry(&self, from: &Item, to: &mut Item) {
        match self {
            Self::Number => to.seq.clone_from(&from.seq),
            Self::Level1 => to.level1.clone_from(&from.level1),
            Self::Level2 => to.level2.clone_from(&from.level2),
            Self::Level3 => to.level3.clone_from(&from.level3),
            Self::Elements => to.elements.clone_from(&from.elements),
            Self::Basis => to.basis.clone_from(&from.basis),
            Self::TimeLimit => {
                to.time_limit_raw.clone_from(&from.time_limit_raw);
                to.time_limit.clone_from(&from.time_limit);
            }
            Self::Subjects => to.subjects.clone_from(&from.subjects),
            Self::Channels => {
                to.channels.clone_from(&from.channels);
                to.channels_other.clone_from(&from.channels_other);
            }
            Self::Audience => {
                to.audience.clone_from(&from.audience);
                to.audience_note.clone_from(&from.audience_note);
            }
            Self::Methods => to.methods.clone_from(&from.methods),
            Self::Levels => to.levels.clone_from(&from.levels),
            Self::Stage => to.stage = from.stage,
            Self::Other(heading) => match from.extra.get(heading) {
                Some(words) => {
                    to.extra.insert(heading.clone(), words.clone());
                }
                None => {
                    to.extra.remove(heading);
                }
            },
        }
    }

    /// What a row says in this column, in words; empty where it says nothing.
    pub fn words(&self, item: &Item) -> String {
        let said = |words: &Option<String>| words.clone().unwrap_or_default();
        match self {
            Self::Number => said(&item.seq),
            Self::Level1 => said(&item.level1),
            Self::Level2 => said(&item.level2),
            Self::Level3 => said(&item.level3),
            Self::Elements => item.elements.join("；"),
            Self::Basis => item.basis.join("；"),
            Self::TimeLimit => item.time_limit_raw.clone(),
            Self::Subjects => item.subjects.join("、"),
            Self::Channels => {
                let channels = item.channels.iter().map(|channel| channel.name().to_owned());
                channels.chain(item.channels_other.clone()).collect::<Vec<_>>().join("、")
            }
            Self::Audience => {
                let audience = item.audience.iter().map(|one| audience(*one).to_owned());
                audience.chain(item.audience_note.clone()).collect::<Vec<_>>().join("、")
            }
            Self::Methods => {
                item.methods.iter().map(|one| method(*one)).collect::<Vec<_>>().join("、")
            }
            Self::Levels => {
                let levels = item.levels.iter().flatten();
                levels.map(|level| level.0.as_str()).collect::<Vec<_>>().join("、")
            }
            Self::Stage => item.stage.map(|stage| stage.name().to_owned()).unwrap_or_default(),
            Self::Other(heading) => item.extra.get(heading).cloned().unwrap_or_default(),
        }
    }
}

const fn audience(one: Audience) -> &'static str {
    match one {
        Audience::WholeSociety => "全社会",
        Audience::CertainGroup => "特定群体",
    }
}

const fn method(one: Method) -> &'static str {
    match one {
        Method::Proactive => "主动",
        Method::OnRequest => "依申请",
    }
}

impl From<Column> for String {
    fn from(column: Column) -> Self {
        column.name().to_owned()
    }
}

impl From<String> for Column {
    fn from(heading: String) -> Self {
        let known = STANDARD.into_iter().find(|(_, name)| *name == heading);
        known.map_or(Self::Other(heading), |(column, _)| column)
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, STANDARD};
    use crate::Item;

    #[test]
    fn a_column_goes_by_its_heading_and_comes_back_by_it() {
        for (column, name) in STANDARD {
            assert_eq!(column.name(), name);
            assert_eq!(Column::from(name.to_owned()), column);
        }
        assert_eq!(Column::from("备注".to_owned()), Column::Other("备注".into()));
    }

    #[test]
    fn what_is_carried_over_no_longer_differs() {
        let mut mine = Item { extra: [("备注".into(), "旧".into())].into(), ..Item::default() };
        let theirs = Item {
            level2: Some("补贴".into()),
            audience_note: Some("利害关系人".into()),
            extra: [("来源".into(), "市".into())].into(),
            ..Item::default()
        };
        let differing = Column::differing(&mine, &theirs);
        let names: Vec<_> = differing.iter().map(Column::name).collect();
        assert_eq!(names, ["二级事项", "公开对象", "备注", "来源"]);
        for column in differing {
            column.carry(&theirs, &mut mine);
        }
        assert_eq!(mine, theirs);
    }
}
