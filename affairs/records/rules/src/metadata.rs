//! A document's particulars (元数据), and what is wrong with them.

use law::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Custody, DocumentNumber, Fault, Field, Genre, IndexNumber, Life, MadeOn, Openness, OrganCode,
    Origin, Provenance, Theme,
};

/// What the box above a document says of it. 发布日期 is not among it: the platform keeps that apart
/// ([`PublishedAt`](crate::PublishedAt)). 有效性 is worked out from `life` on the day it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// 标题.
    pub title: String,
    /// 文号; `None` for a document without one.
    pub number: Option<DocumentNumber>,
    /// 索引号; `None` until the platform gives one.
    pub index: Option<IndexNumber>,
    /// 发布机构.
    pub publisher: OrganCode,
    /// 成文日期.
    pub made_on: MadeOn,
    /// Where it comes from.
    pub origin: Origin,
    /// 主题分类.
    pub theme: Theme,
    /// 体裁.
    pub genre: Genre,
    /// 公开属性.
    pub openness: Openness,
    /// The days that decide 有效性.
    pub life: Life,
    /// Codes of the statutory items (条例第二十、二十一条) it is published under.
    pub statutory: Vec<String>,
    /// 产生方式, where it is said.
    #[serde(default)]
    pub provenance: Option<Provenance>,
    /// 保管.
    #[serde(default)]
    pub custody: Custody,
    /// Whether it is 规范性文件.
    #[serde(default)]
    pub normative: bool,
    /// 公示截止日期: the last day on which it is shown; `None` where it stays.
    #[serde(default)]
    pub shown_until: Option<Date>,
    /// 来源, where one is to be shown.
    pub source: Option<String>,
    /// Whether it is invented for the demonstration and must be shown as 演示数据.
    pub demo: bool,
}

/// The longest title: a decision of ours; the longest seen on a portal is about half.
const TITLE_LENGTH: usize = 200;

impl Metadata {
    /// What is wrong with the particulars as they stand on `today`, in the order of the page.
    pub fn faults(&self, today: Date) -> Vec<Fault> {
        let groups = [
            self.title_faults(),
            self.genre_doubt().into_iter().collect(),
            self.number_faults().into_iter().collect(),
            self.index_faults(),
            self.day_faults(today),
            self.life_faults(),
            self.statutory_faults(),
            self.discloser_doubt().into_iter().collect(),
        ];
        groups.into_iter().flatten().collect()
    }

    fn title_faults(&self) -> Vec<Fault> {
        let title = self.title.trim();
        let letters = title.chars().count();
        let mut faults = Vec::new();
        let mut wrong = |message, remedy| faults.push(Fault::error(Field::Title, message, remedy));
        if title.is_empty() {
            wrong("标题是空的".to_owned(), "写出文件的标题");
        }
        if letters > TITLE_LENGTH {
            wrong(format!("标题有{letters}字，超过{TITLE_LENGTH}字"), "写文件的标题，不写正文");
        }
        if title.contains(['\n', '\r', '\t']) {
            wrong("标题中有换行".to_owned(), "把标题写在一行里");
        }
        if matches!(title, "公示" | "公告" | "通知" | "通告") {
            let remedy = "写出是谁关于什么的，方便检索";
            faults.push(Fault::doubt(Field::Title, format!("标题只有“{title}”二字"), remedy));
        }
        faults
    }

    fn genre_doubt(&self) -> Option<Fault> {
        let told = self.genre.contradicted_by(&self.title)?;
        let message = format!("标题写的是{told}，体裁选的是{}", self.genre);
        Some(Fault::doubt(Field::Genre, message, format!("核对体裁；标题没有写错的，选“{told}”")))
    }

    fn number_faults(&self) -> Option<Fault> {
        let number = self.number.as_ref()?;
        let year =
            number.year().filter(|year| i32::from(*year) != i32::from(self.made_on.0.year()))?;
        Some(Fault::doubt(
            Field::Number,
            format!("文号{number}的年份是{year}，成文日期是{}", self.made_on.0),
            "核对文号和成文日期；跨年印发的可以不改",
        ))
    }

    fn index_faults(&self) -> Vec<Fault> {
        let Some(index) = self.index.as_ref().and_then(IndexNumber::fujian) else {
            return Vec::new();
        };
        let mut faults = Vec::new();
        if *index.organ() != self.publisher {
            faults.push(Fault::error(
                Field::Index,
                format!("索引号{index}的机关代码不是发布机构{}", self.publisher),
                "改正其中一处，或者删去索引号由平台编号",
            ));
        }
        if i32::from(index.year()) != i32::from(self.made_on.0.year()) {
            faults.push(Fault::error(
                Field::Index,
                format!("索引号{index}的年度与成文日期{}不同", self.made_on.0),
                "改正其中一处，或者删去索引号由平台编号",
            ));
        }
        faults
    }

    fn day_faults(&self, today: Date) -> Vec<Fault> {
        let made = self.made_on.0;
        let mut faults = Vec::new();
        if made > today {
            let message = format!("成文日期{made}在今天（{today}）之后");
            faults.push(Fault::error(Field::MadeOn, message, "核对文件上的日期"));
        }
        if let Some(last) = self.shown_until.filter(|last| *last < today || *last < made) {
            let message = format!("公示截止日期{last}早于{}", today.max(made));
            let remedy = "写今天或者以后的日期；不必再公示的不要发布";
            faults.push(Fault::error(Field::ShownUntil, message, remedy));
        }
        let Origin::Imported(Some(original)) = &self.origin else { return faults };
        let on = original.on();
        let mut wrong = |message, remedy| {
            faults.push(Fault::error(Field::OriginalDay, message, remedy));
        };
        if on < made {
            wrong(
                format!("原发布日期{on}早于成文日期{made}"),
                "核对来源；不能确定的写“来源未载明”",
            );
        }
        if on > today {
            wrong(format!("原发布日期{on}在今天（{today}）之后"), "核对来源");
        }
        faults
    }

    fn life_faults(&self) -> Vec<Fault> {
        let life = &self.life;
        let first = life.in_force_from.unwrap_or(self.made_on.0);
        let repealed = life.repealed.as_ref().map(|repeal| repeal.from);
        let later = [
            (Field::LastDay, life.last_day),
            (Field::AmendedFrom, life.amended_from),
            (Field::PartlyVoidFrom, life.partly_void_from),
        ];
        let early = later
            .into_iter()
            .filter_map(|(field, day)| Some((field, day.filter(|day| *day < first)?, first)));
        let made = self.made_on.0;
        let unmade = [(Field::RepealedFrom, repealed), (Field::InForceFrom, life.in_force_from)]
            .into_iter()
            .filter_map(|(field, day)| Some((field, day.filter(|day| *day < made)?, made)));
        early
            .chain(unmade)
            .map(|(field, day, first)| {
                let message = format!("{field}{day}早于{first}，那时文件还没有生效");
                Fault::error(field, message, "核对成文日期、施行日期和这一日期")
            })
            .collect()
    }

    /// 条例第十条: whoever made or first obtained it discloses it, unless a law or regulation says
    /// otherwise; so this is only a doubt.
    fn discloser_doubt(&self) -> Option<Fault> {
        let discloser = self.provenance.as_ref()?.discloser();
        let other = discloser.other.filter(|other| *other != self.publisher.as_str())?;
        let message = format!("按{}，这份信息由{other}负责公开", discloser.basis);
        let remedy = "请它公开；法律、法规规定由本机关公开的照常发布";
        Some(Fault::doubt(Field::Provenance, message, remedy))
    }

    fn statutory_faults(&self) -> Vec<Fault> {
        let unknown = self.statutory.iter().filter(|code| crate::statutory_item(code).is_none());
        unknown
            .map(|code| {
                let message = format!("法定公开事项没有代码“{code}”");
                Fault::error(
                    Field::Statutory,
                    message,
                    "写条例第二十条、第二十一条事项的代码，如 P20-07",
                )
            })
            .collect()
    }
}
