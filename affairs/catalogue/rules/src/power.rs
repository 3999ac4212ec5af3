//! 权责清单 and 公共服务事项清单: what organs may and must do, as data.
//!
//! 应公开尽公开: wherever a power goes, disclosure goes. Items are suggested for each power by the likeness
//! of their words ([`Likeness`]); a person decides; what is then without a counterpart is a gap
//! ([`gaps`]).

mod gaps;
mod kinds;
mod likeness;

use serde::{Deserialize, Serialize};

use crate::list_table::{Entry, NotAList, Wanted, entries};
use crate::reading::Sheet;
use crate::reading::text::bare;
use crate::standard::RowDoubt;

pub use gaps::{GapRow, Gaps, ItemMatter, PowerMatter, StageGap, gaps};
pub use kinds::{kind_written, stage_of_item, stage_of_kind};
pub use likeness::{ItemText, Likeness, Suggestion, THRESHOLD};

/// The two lists of an organ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PowerList {
    /// 权责清单.
    Powers,
    /// 公共服务事项清单.
    Services,
}

impl PowerList {
    /// Its word in our tables and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Powers => "powers",
            Self::Services => "services",
        }
    }

    /// The list in Chinese.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Powers => "权责清单",
            Self::Services => "公共服务事项清单",
        }
    }

    /// The list by its word or its name.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Powers, Self::Services]
            .into_iter()
            .find(|list| list.word() == word || list.name() == word)
    }
}

/// 权责事项: one line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PowerLine {
    /// The row it stands in.
    pub row: usize,
    /// 事项编码.
    pub code: Option<String>,
    /// 事项名称.
    pub name: String,
    /// 事项类型, such as 行政许可; 公共服务 in a list of services that names none.
    pub kind: String,
    /// 实施主体, as printed.
    pub body: Option<String>,
    /// 设定依据.
    pub basis: Option<String>,
    /// 行使层级, as printed.
    pub level: Option<String>,
}

const fn column(headings: &'static [&'static str], required: bool, carried: bool) -> Wanted {
    Wanted { headings, required, carried }
}

const COLUMNS: [Wanted; 6] = [
    column(
        &[
            "事项名称",
            "职权名称",
            "权力名称",
            "权责事项名称",
            "权责事项",
            "服务事项名称",
            "公共服务事项名称",
            "服务事项",
            "主项名称",
            "实施清单名称",
            "项目名称",
            "名称",
        ],
        true,
        false,
    ),
    column(
        &["事项编码", "职权编码", "权力编码", "编码", "基本编码", "实施编码", "事项代码"],
        false,
        false,
    ),
    column(
        &[
            "事项类型",
            "职权类型",
            "权力类型",
            "权力类别",
            "职权类别",
            "权责类型",
            "类型",
            "类别",
            "事项类别",
        ],
        false,
        true,
    ),
    column(
        &[
            "实施主体",
            "行使主体",
            "实施机关",
            "责任主体",
            "实施机构",
            "承办机构",
            "责任单位",
            "主管部门",
            "服务主体",
        ],
        false,
        true,
    ),
    column(&["设定依据", "实施依据", "法律依据", "职权依据", "权力依据", "依据"], false, false),
    column(&["行使层级", "实施层级", "层级", "权限划分"], false, true),
];

/// The lines of a list in a file's tables, and the rows that a person should look at. A line that says
/// nothing of its kind stands under the heading above it, such as （一）行政许可.
///
/// # Errors
/// No table has a column of names, or there is nothing under it.
pub fn read_powers(
    sheets: &[Sheet],
    list: PowerList,
) -> Result<(Vec<PowerLine>, Vec<RowDoubt>), NotAList> {
    let (mut lines, mut doubts): (Vec<PowerLine>, Vec<RowDoubt>) = (Vec::new(), Vec::new());
    let mut seen = std::collections::BTreeSet::new();
    let mut under = None;
    for entry in entries(sheets, &COLUMNS)? {
        let mut doubt = |problem: String| doubts.push(RowDoubt { row: entry.row, problem });
        if let Some(heading) = &entry.alone {
            under = kind_written(heading).or(under);
            continue;
        }
        let name = one_line(&entry.cells[0]);
        if name.is_empty() {
            doubt("没有事项名称，没有导入".into());
            continue;
        }
        if !seen.insert(bare(&name)) {
            doubt(format!("“{name}”与前面重复，没有导入"));
            continue;
        }
        lines.push(line(&entry, name, list, under, doubt));
    }
    Ok((lines, doubts))
}

fn line(
    entry: &Entry,
    name: String,
    list: PowerList,
    under: Option<&'static str>,
    mut doubt: impl FnMut(String),
) -> PowerLine {
    let given = |at: usize| {
        entry
            .cells
            .get(at)
            .map(|text| one_line(text))
            .filter(|text| !text.is_empty() && text != "—")
    };
    let kind = match (given(2), under, list) {
        (Some(written), _, _) => match kind_written(&written) {
            Some(kind) => kind.to_owned(),
            None => {
                doubt(format!("事项类型“{written}”不常见，照原文导入"));
                written
            }
        },
        (None, Some(kind), _) => kind.to_owned(),
        (None, None, PowerList::Services) => "公共服务".to_owned(),
        (None, None, PowerList::Powers) => {
            doubt(format!("“{name}”没有写事项类型，按其他行政权力导入"));
            "其他行政权力".to_owned()
        }
    };
    PowerLine {
        row: entry.row,
        code: given(1),
        name,
        kind,
        body: given(3),
        basis: given(4),
        level: given(5),
    }
}

/// A cell's text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
