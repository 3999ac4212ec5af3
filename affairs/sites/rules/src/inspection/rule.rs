//! The rules one by one, each with its id, its name, what it rests on, and the 单项否决 it leads to.

use law::{Provision, article, document};

use super::{Element, ScoreItem};

/// 政府网站与政务新媒体检查指标.
pub(super) const INDICATORS: &str = "国办秘函〔2019〕19号";

/// 政府网站发展指引.
const GUIDELINE: &str = "国办发〔2017〕47号";

/// 单项否决: any one of them and the site fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Veto {
    /// V1 安全、泄密事故等严重问题.
    Safety,
    /// V2 站点无法访问.
    Unreachable,
    /// V3 首页不更新.
    HomeStale,
    /// V4 栏目不更新.
    ColumnsStale,
    /// V5 互动回应差.
    NoAnswer,
    /// V6 服务不实用.
    Unusable,
    /// M1 政务新媒体: 安全、泄密事故等严重问题.
    MediaSafety,
    /// M2 政务新媒体: 内容不更新.
    MediaStale,
    /// M3 政务新媒体: 互动回应差.
    MediaNoAnswer,
}

impl Veto {
    /// All of them, in the order of the indicators.
    pub const ALL: [Self; 9] = [
        Self::Safety,
        Self::Unreachable,
        Self::HomeStale,
        Self::ColumnsStale,
        Self::NoAnswer,
        Self::Unusable,
        Self::MediaSafety,
        Self::MediaStale,
        Self::MediaNoAnswer,
    ];

    /// `V1` … `V6`, `M1` … `M3`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Safety => "V1",
            Self::Unreachable => "V2",
            Self::HomeStale => "V3",
            Self::ColumnsStale => "V4",
            Self::NoAnswer => "V5",
            Self::Unusable => "V6",
            Self::MediaSafety => "M1",
            Self::MediaStale => "M2",
            Self::MediaNoAnswer => "M3",
        }
    }

    /// In the words of the indicators.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safety => "安全、泄密事故等严重问题",
            Self::Unreachable => "站点无法访问",
            Self::HomeStale => "首页不更新",
            Self::ColumnsStale => "栏目不更新",
            Self::NoAnswer => "互动回应差",
            Self::Unusable => "服务不实用",
            Self::MediaSafety => "政务新媒体安全、泄密事故等严重问题",
            Self::MediaStale => "政务新媒体内容不更新",
            Self::MediaNoAnswer => "政务新媒体互动回应差",
        }
    }
}

/// A tag that pages must carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageTag {
    /// 规范名称.
    SiteName,
    /// 英文域名.
    SiteDomain,
    /// 政府网站标识码.
    SiteIdCode,
    /// 栏目名称.
    ColumnName,
    /// 栏目描述.
    ColumnDescription,
    /// 栏目关键词.
    ColumnKeywords,
    /// 栏目类别.
    ColumnType,
    /// 标题.
    ArticleTitle,
    /// 发布时间, `YYYY-MM-DD HH:MM`.
    PubDate,
    /// 来源.
    ContentSource,
}

impl PageTag {
    /// Those of every page.
    pub const SITE: [Self; 3] = [Self::SiteName, Self::SiteDomain, Self::SiteIdCode];
    /// Those of a column.
    pub const COLUMN: [Self; 4] =
        [Self::ColumnName, Self::ColumnDescription, Self::ColumnKeywords, Self::ColumnType];
    /// Those of an article.
    pub const ARTICLE: [Self; 3] = [Self::ArticleTitle, Self::PubDate, Self::ContentSource];

    /// As the tag is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SiteName => "SiteName",
            Self::SiteDomain => "SiteDomain",
            Self::SiteIdCode => "SiteIDCode",
            Self::ColumnName => "ColumnName",
            Self::ColumnDescription => "ColumnDescription",
            Self::ColumnKeywords => "ColumnKeywords",
            Self::ColumnType => "ColumnType",
            Self::ArticleTitle => "ArticleTitle",
            Self::PubDate => "PubDate",
            Self::ContentSource => "ContentSource",
        }
    }
}

/// What the footer of every page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FooterPart {
    /// 党政机关网站标识.
    Mark,
    /// 我为政府网站找错.
    ErrorReport,
    /// 网站标识码.
    IdCode,
    /// 主办单位.
    Sponsor,
    /// 联系方式.
    Contact,
    /// ICP备案号.
    Icp,
    /// 公安备案号.
    Police,
    /// 站点地图.
    Map,
}

impl FooterPart {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Mark,
        Self::ErrorReport,
        Self::IdCode,
        Self::Sponsor,
        Self::Contact,
        Self::Icp,
        Self::Police,
        Self::Map,
    ];

    /// In the field's words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mark => "党政机关网站标识",
            Self::ErrorReport => "“我为政府网站找错”入口",
            Self::IdCode => "网站标识码",
            Self::Sponsor => "主办单位",
            Self::Contact => "联系方式",
            Self::Icp => "ICP备案号",
            Self::Police => "公安备案号",
            Self::Map => "站点地图",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Mark => "mark",
            Self::ErrorReport => "error_report",
            Self::IdCode => "id_code",
            Self::Sponsor => "sponsor",
            Self::Contact => "contact",
            Self::Icp => "icp",
            Self::Police => "police",
            Self::Map => "map",
        }
    }
}

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// 严重表述错误.
    Wording,
    /// 伪造发稿日期: a day still to come.
    FutureDate,
    /// 伪造发稿日期: another moment, earlier or later, than the public log knows.
    DateAgainstLog,
    /// 伪造发稿日期: the public log knows nothing of it.
    Unlogged,
    /// 伪造发稿日期: the page shows another moment than the log.
    DateShown,
    /// 成文日期 later than 发布日期.
    MadeLater,
    /// 站点无法访问.
    Unreachable,
    /// 首页不更新.
    HomeStale,
    /// 动态要闻类栏目不更新.
    NewsStale,
    /// 通知公告、政策文件类栏目不更新.
    ColumnStale,
    /// 应更新但长期未更新.
    ColumnLongStale,
    /// 空白栏目.
    ColumnBlank,
    /// Not kept up as its owner has promised.
    ColumnBelowOwnRule,
    /// 没有有效的网上咨询渠道.
    NoChannel,
    /// 留言超过三个月未答复.
    Unanswered,
    /// 没有办事服务.
    NoServices,
    /// 办事指南 without a key element.
    GuideElement(Element),
    /// 政务新媒体内容不更新.
    MediaStale,
    /// 政务新媒体没有有效互动功能.
    MediaNoAnswer,
    /// 网页标签.
    Tag(PageTag),
    /// 网站标识: what the footer says.
    Footer(FooterPart),
    /// A link within the site that leads nowhere.
    LinkInside,
    /// A link to another site that leads nowhere.
    LinkOutside,
    /// 留言、找错 not answered in time.
    AnswerLate,
}

impl Rule {
    /// Every rule, in the order of the indicators; then one for each element of a guide, tag, and part of the
    /// footer.
    pub fn all() -> impl Iterator<Item = Self> {
        let alone = std::iter::successors(Some(Self::Wording), |rule| rule.after());
        let tags = [&PageTag::SITE[..], &PageTag::COLUMN, &PageTag::ARTICLE].concat();
        alone
            .chain(Element::ALL.map(Self::GuideElement))
            .chain(tags.into_iter().map(Self::Tag))
            .chain(FooterPart::ALL.map(Self::Footer))
    }

    /// The rule after this one, among those that stand alone. A new one does not compile without its place.
    const fn after(self) -> Option<Self> {
        Some(match self {
            Self::Wording => Self::FutureDate,
            Self::FutureDate => Self::DateAgainstLog,
            Self::DateAgainstLog => Self::Unlogged,
            Self::Unlogged => Self::DateShown,
            Self::DateShown => Self::MadeLater,
            Self::MadeLater => Self::Unreachable,
            Self::Unreachable => Self::HomeStale,
            Self::HomeStale => Self::NewsStale,
            Self::NewsStale => Self::ColumnStale,
            Self::ColumnStale => Self::ColumnLongStale,
            Self::ColumnLongStale => Self::ColumnBlank,
            Self::ColumnBlank => Self::ColumnBelowOwnRule,
            Self::ColumnBelowOwnRule => Self::NoChannel,
            Self::NoChannel => Self::Unanswered,
            Self::Unanswered => Self::NoServices,
            Self::NoServices => Self::MediaStale,
            Self::MediaStale => Self::MediaNoAnswer,
            Self::MediaNoAnswer => Self::LinkInside,
            Self::LinkInside => Self::LinkOutside,
            Self::LinkOutside => Self::AnswerLate,
            Self::AnswerLate | Self::GuideElement(_) | Self::Tag(_) | Self::Footer(_) => {
                return None;
            }
        })
    }

    /// What tables, JSON and conversations call it.
    pub fn id(self) -> String {
        match self {
            Self::Wording => "V1.wording".into(),
            Self::FutureDate => "V1.date.future".into(),
            Self::DateAgainstLog => "V1.date.log".into(),
            Self::Unlogged => "V1.date.unlogged".into(),
            Self::DateShown => "V1.date.shown".into(),
            Self::MadeLater => "V1.date.made".into(),
            Self::Unreachable => "V2.unreachable".into(),
            Self::HomeStale => "V3.home".into(),
            // The indicators count both together.
            Self::NewsStale | Self::ColumnStale => "V4.stale".into(),
            Self::ColumnLongStale => "V4.long".into(),
            Self::ColumnBlank => "V4.blank".into(),
            Self::ColumnBelowOwnRule => "column.own".into(),
            Self::NoChannel => "V5.channel".into(),
            Self::Unanswered => "V5.unanswered".into(),
            Self::NoServices => "V6.none".into(),
            Self::GuideElement(element) => format!("guide.{}", element.key()),
            Self::MediaStale => "M2.stale".into(),
            Self::MediaNoAnswer => "M3.channel".into(),
            Self::Tag(tag) => format!("tag.{}", tag.name()),
            Self::Footer(part) => format!("footer.{}", part.key()),
            Self::LinkInside => "link.inside".into(),
            Self::LinkOutside => "link.outside".into(),
            Self::AnswerLate => "answer.late".into(),
        }
    }

    /// What it asks about, in the field's words.
    pub fn name(self) -> String {
        match self {
            Self::Wording => "严重表述错误".into(),
            Self::FutureDate | Self::DateAgainstLog | Self::Unlogged | Self::DateShown => {
                "伪造发稿日期".into()
            }
            Self::MadeLater => "成文日期晚于发布日期".into(),
            Self::Unreachable => "站点无法访问".into(),
            Self::HomeStale => "首页不更新".into(),
            Self::NewsStale | Self::ColumnStale => "栏目不更新".into(),
            Self::ColumnLongStale => "栏目长期未更新".into(),
            Self::ColumnBlank => "空白栏目".into(),
            Self::ColumnBelowOwnRule => "没有按本栏目的更新要求更新".into(),
            Self::NoChannel => "没有有效的网上咨询渠道".into(),
            Self::Unanswered => "留言超过三个月未答复".into(),
            Self::NoServices => "没有办事服务".into(),
            Self::GuideElement(element) => format!("办事指南缺“{}”", element.name()),
            Self::MediaStale => "政务新媒体内容不更新".into(),
            Self::MediaNoAnswer => "政务新媒体没有有效互动功能".into(),
            Self::Tag(tag) => format!("网页标签 {}", tag.name()),
            Self::Footer(part) => format!("页脚缺{}", part.name()),
            Self::LinkInside => "站内链接打不开".into(),
            Self::LinkOutside => "站外链接打不开".into(),
            Self::AnswerLate => "没有按期答复".into(),
        }
    }

    /// What it rests on.
    pub const fn basis(self) -> Provision {
        match self {
            Self::Tag(_) | Self::Footer(_) | Self::AnswerLate | Self::ColumnBelowOwnRule => {
                document(GUIDELINE)
            }
            Self::MadeLater => article("政府信息公开条例", 26),
            _ => document(INDICATORS),
        }
    }

    /// The veto towards which its spots count; how many it takes is [`super::Inspection`]'s to say.
    pub const fn veto(self) -> Option<Veto> {
        match self {
            Self::Wording
            | Self::FutureDate
            | Self::DateAgainstLog
            | Self::Unlogged
            | Self::DateShown => Some(Veto::Safety),
            Self::Unreachable => Some(Veto::Unreachable),
            Self::HomeStale => Some(Veto::HomeStale),
            Self::NewsStale | Self::ColumnStale | Self::ColumnLongStale | Self::ColumnBlank => {
                Some(Veto::ColumnsStale)
            }
            Self::NoChannel | Self::Unanswered => Some(Veto::NoAnswer),
            Self::NoServices | Self::GuideElement(_) => Some(Veto::Unusable),
            Self::MediaStale => Some(Veto::MediaStale),
            Self::MediaNoAnswer => Some(Veto::MediaNoAnswer),
            _ => None,
        }
    }

    /// The item of the hundred points from which its spots are taken off.
    pub const fn item(self) -> Option<ScoreItem> {
        match self {
            Self::HomeStale | Self::NewsStale => Some(ScoreItem::News),
            Self::ColumnStale => Some(ScoreItem::Policies),
            Self::ColumnLongStale | Self::ColumnBlank => Some(ScoreItem::OtherColumns),
            Self::GuideElement(_) => Some(ScoreItem::Guides),
            Self::AnswerLate | Self::Unanswered => Some(ScoreItem::Answers),
            Self::Footer(FooterPart::ErrorReport) => Some(ScoreItem::ErrorReports),
            Self::Footer(_) => Some(ScoreItem::Identity),
            Self::LinkInside | Self::LinkOutside => Some(ScoreItem::Availability),
            Self::Tag(_) => Some(ScoreItem::Tags),
            _ => None,
        }
    }
}
