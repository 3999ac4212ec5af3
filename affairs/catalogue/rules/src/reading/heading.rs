//! Header words: which column of the 标准目录 a heading names, however it is worded.

use crate::reading::text::{bare, is_han, outside_brackets};
use crate::{Channel, Stage};

/// What a heading names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Heading {
    /// 序号.
    Seq,
    /// 领域.
    Domain,
    /// 公开事项: over the levels, or alone over the names.
    Items,
    /// 类别: a first level by another name.
    Category,
    /// 一级事项, 二级事项, 三级事项.
    Level(u8),
    /// 事项名称: the last level.
    Name,
    /// 公开内容（要素）.
    Elements,
    /// 公开依据.
    Basis,
    /// 公开时限.
    Limit,
    /// 公开主体.
    Subject,
    /// 公开渠道和载体.
    Channels,
    /// One channel as a column of its own.
    ChannelOf(Channel),
    /// 公开对象.
    Audience,
    /// 全社会.
    WholeSociety,
    /// 特定群体.
    CertainGroup,
    /// 公开方式.
    Methods,
    /// 公开对象 and 公开方式 in one column.
    AudienceAndMethods,
    /// 主动公开.
    Proactive,
    /// 依申请公开.
    OnRequest,
    /// 公开层级.
    Levels,
    /// 县级, 乡级: by its label.
    LevelOf(String),
    /// 五公开.
    Stages,
    /// 决策, 执行 …
    StageOf(Stage),
    /// A column that is not part of the 标准目录.
    Extra,
}

/// Headings longer than this are text.
const LONGEST: usize = 18;

/// Columns beside the 标准目录. They are looked for first: 责任科室 is not the 公开主体.
const EXTRA: [&str; 26] = [
    "备注",
    "科室",
    "电话",
    "联系人",
    "责任人",
    "负责人",
    "链接",
    "网址",
    "公开形式",
    "更新",
    "状态",
    "完成",
    "说明",
    "一键直达",
    "栏目",
    "网站公开渠道",
    "审核",
    "核对",
    "附件",
    "页码",
    "股室",
    "处室",
    "投诉",
    "监督",
    "编制单位",
    "填报",
];

/// Words that name a column if a heading contains them, the more telling ones first.
const WORDS: [(&str, Heading); 31] = [
    ("依据", Heading::Basis),
    ("内容", Heading::Elements),
    ("要素", Heading::Elements),
    ("渠道", Heading::Channels),
    ("载体", Heading::Channels),
    ("途径", Heading::Channels),
    ("平台", Heading::Channels),
    ("对象", Heading::Audience),
    ("受众", Heading::Audience),
    ("公开范围", Heading::Audience),
    ("时限", Heading::Limit),
    ("时间", Heading::Limit),
    ("期限", Heading::Limit),
    ("时效", Heading::Limit),
    ("层级", Heading::Levels),
    ("级别", Heading::Levels),
    ("层次", Heading::Levels),
    ("方式", Heading::Methods),
    ("公开属性", Heading::Methods),
    ("公开类型", Heading::Methods),
    ("主体", Heading::Subject),
    ("责任单位", Heading::Subject),
    ("责任部门", Heading::Subject),
    ("责任机关", Heading::Subject),
    ("公开单位", Heading::Subject),
    ("公开部门", Heading::Subject),
    ("公开机关", Heading::Subject),
    ("发布单位", Heading::Subject),
    ("五公开", Heading::Stages),
    ("环节", Heading::Stages),
    ("领域", Heading::Domain),
];

/// What a heading names, or `None` if it is no heading.
pub(crate) fn heading(text: &str) -> Option<Heading> {
    let outside = bare(&outside_brackets(text));
    let words = if outside.is_empty() { bare(text) } else { outside };
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    if words.is_empty() || words.chars().count() > LONGEST {
        return None;
    }
    exact(words)
        .or_else(|| leveled(words))
        .or_else(|| level_label(text))
        .or_else(|| containing(words))
}

fn exact(words: &str) -> Option<Heading> {
    Some(match words {
        "序号" | "序" | "编号" | "号" | "项目序号" | "事项编号" | "编码" | "事项编码" | "No"
        | "NO" | "项号" | "顺序号" => Heading::Seq,
        "公开事项" | "事项" | "公开项目" | "政务公开事项" | "信息公开事项" | "主动公开事项" => {
            Heading::Items
        }
        "事项名称" | "公开事项名称" | "具体事项" | "名称" | "信息名称" | "公开信息名称"
        | "项目名称" | "子项" => Heading::Name,
        "类别" | "事项类别" | "公开类别" | "事项类型" | "事项分类" | "信息类别"
        | "公开事项类别" | "分类" | "大类" | "主项" => Heading::Category,
        "全社会" | "社会" | "社会公众" | "公众" | "面向社会" | "全体公众" | "全社会公众" => {
            Heading::WholeSociety
        }
        "主动" | "主动公开" => Heading::Proactive,
        "依申请" | "依申请公开" | "申请公开" | "申请" => Heading::OnRequest,
        "公开主体" | "主体" | "责任主体" | "部门" | "单位" | "主管部门" | "实施机关"
        | "牵头部门" | "牵头单位" => Heading::Subject,
        _ => {
            return stage(words).map(Heading::StageOf).or_else(|| {
                Channel::named(words).filter(|channel| !channel.is_other()).map(Heading::ChannelOf)
            });
        }
    })
}

fn stage(words: &str) -> Option<Stage> {
    let plain = words.strip_suffix("公开").unwrap_or(words);
    Stage::ALL.into_iter().find(|stage| stage.name() == plain)
}

fn leveled(words: &str) -> Option<Heading> {
    [("一级", 1), ("二级", 2), ("三级", 3), ("1级", 1), ("2级", 2), ("3级", 3)]
        .iter()
        .find(|(word, _)| words.contains(word))
        .map(|(_, level)| Heading::Level(*level))
        .or_else(|| words.starts_with("特定").then_some(Heading::CertainGroup))
}

/// 县级, 乡、村级, 县（市、区）级, 镇街级.
fn level_label(text: &str) -> Option<Heading> {
    let label = crate::reading::text::close_up(text);
    let core = bare(&label);
    let stem = core.strip_suffix('级').or_else(|| core.strip_suffix("级)"))?;
    let places = "国家省自治区市州盟地县旗乡镇街道办村社居组团场园开发、/()及和或";
    let named =
        !stem.is_empty() && stem.chars().all(|c| places.contains(c)) && stem.chars().any(is_han);
    (named && core.chars().count() <= 12).then_some(Heading::LevelOf(label))
}

fn containing(words: &str) -> Option<Heading> {
    if EXTRA.iter().any(|extra| words.contains(extra)) {
        return Some(Heading::Extra);
    }
    if words.contains("对象") && words.contains("方式") {
        return Some(Heading::AudienceAndMethods);
    }
    WORDS.iter().find(|(word, _)| words.contains(word)).map(|(_, heading)| heading.clone())
}

impl Heading {
    /// The heading this one stands under where headings have two rows.
    pub(crate) fn group(&self) -> Option<Self> {
        Some(match self {
            Self::Level(_) | Self::Name | Self::Category => Self::Items,
            Self::WholeSociety | Self::CertainGroup => Self::Audience,
            Self::Proactive | Self::OnRequest => Self::Methods,
            Self::LevelOf(_) => Self::Levels,
            Self::StageOf(_) => Self::Stages,
            Self::ChannelOf(_) => Self::Channels,
            _ => return None,
        })
    }

    /// Whether the heading can stand over others.
    pub(crate) const fn is_group(&self) -> bool {
        matches!(
            self,
            Self::Items
                | Self::Audience
                | Self::Methods
                | Self::AudienceAndMethods
                | Self::Levels
                | Self::Stages
                | Self::Channels
        )
    }

    /// Whether the heading shows by itself that a table is a catalogue.
    pub(crate) const fn is_telling(&self) -> bool {
        matches!(
            self,
            Self::Items
                | Self::Level(_)
                | Self::Name
                | Self::Elements
                | Self::Basis
                | Self::Limit
                | Self::Subject
                | Self::Channels
        )
    }

    /// How exactly the words name the column: where two columns claim one role the better one has
    /// it. 公开主体 before 责任单位, 一级事项 before 一级目录.
    pub(crate) fn rank(text: &str) -> u8 {
        let words = bare(&outside_brackets(text));
        let plain = [
            "公开主体",
            "公开渠道",
            "公开时限",
            "公开依据",
            "公开内容",
            "序号",
            "事项",
            "公开对象",
            "公开方式",
        ];
        if plain.iter().any(|word| words.contains(word)) {
            3
        } else if words.contains("公开") || words.contains("指标") || words.contains("主体") {
            2
        } else {
            u8::from(!words.contains("目录"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Heading, heading};
    use crate::Stage;

    #[test]
    fn headings_are_known_in_their_variants() {
        for (text, named) in [
            ("序 号", Some(Heading::Seq)),
            ("公开\n事项", Some(Heading::Items)),
            ("一级\n指标", Some(Heading::Level(1))),
            ("二级事项", Some(Heading::Level(2))),
            ("三级目录", Some(Heading::Level(3))),
            ("事项名称", Some(Heading::Name)),
            ("公开内容（要素及要求）", Some(Heading::Elements)),
            ("公开依据（法律法规和政策文件）", Some(Heading::Basis)),
            ("公开时间", Some(Heading::Limit)),
            ("公开责任单位", Some(Heading::Subject)),
            ("责任科室", Some(Heading::Extra)),
            ("咨询电话", Some(Heading::Extra)),
            ("公开渠道和载体（请在相应□内涂黑）", Some(Heading::Channels)),
            ("公开对象", Some(Heading::Audience)),
            ("特定群众", Some(Heading::CertainGroup)),
            ("公开对象及方式", Some(Heading::AudienceAndMethods)),
            ("依申请公开", Some(Heading::OnRequest)),
            ("公开层级", Some(Heading::Levels)),
            ("乡、村级", Some(Heading::LevelOf("乡、村级".into()))),
            ("镇（街道）级", Some(Heading::LevelOf("镇（街道）级".into()))),
            ("决策公开", Some(Heading::StageOf(Stage::Decision))),
            ("相应领域", Some(Heading::Domain)),
            ("随迁子女入学办法", None),
            ("《中华人民共和国政府信息公开条例》（国务院令第711号）", None),
        ] {
            assert_eq!(heading(text), named, "{text}");
        }
    }
}
