//! What an inspection looks at. Everything is handed in; `None` says that nobody offers it.

use jiff::{Timestamp, civil::Date};

use super::PageRead;
use crate::Freshness;

/// A site as it is looked at.
#[derive(Debug, Clone, Default)]
pub struct Material {
    /// The moment of looking.
    pub now: Timestamp,
    /// Its day in China.
    pub today: Date,
    /// The address of the home page.
    pub home: String,
    /// The day on which something new appeared last, on the whole site.
    pub newest: Option<Date>,
    /// The columns that are open.
    pub columns: Vec<InspectedColumn>,
    /// Published information with its days.
    pub published: Vec<PublishedDay>,
    /// 严重表述错误 that the checks of words have found.
    pub wording: Vec<Worded>,
    /// 政务咨询; `None` where no room keeps any.
    pub consultation: Option<Consultation>,
    /// 找错 and other messages with a day by which they are answered.
    pub messages: Vec<Message>,
    /// 办事指南; `None` where no room keeps any.
    pub guides: Option<Vec<Guide>>,
    /// 政务新媒体; `None` where no room keeps any.
    pub accounts: Option<Vec<Account>>,
    /// How many visits of each day found the site open.
    pub visits: Vec<DayOfVisits>,
    /// Pages as they were read; the home page first.
    pub pages: Vec<SeenPage>,
    /// Links that led nowhere.
    pub dead_links: Vec<DeadLink>,
    /// How many links within the site were followed.
    pub links_inside: usize,
    /// How many links to other sites were tried.
    pub links_outside: usize,
    /// Whether links to other sites could be tried.
    pub tried_outside: bool,
    /// What was left for another day.
    pub unread: Unread,
}

/// How much an inspection did not come to; each day it begins elsewhere, so that in time it comes to all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unread {
    /// Pages of the site map.
    pub pages: usize,
    /// Links within the site.
    pub inside: usize,
    /// Links to other sites.
    pub outside: usize,
}

/// A column as a visitor finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectedColumn {
    /// Its key.
    pub id: String,
    /// 栏目名称.
    pub name: String,
    /// Its address.
    pub address: String,
    /// After how long it counts as not kept up.
    pub class: Freshness,
    /// A shorter time that its owner has set, in days.
    pub own_days: Option<u16>,
    /// How much is in it.
    pub count: i64,
    /// The day on which something new appeared in it last.
    pub newest: Option<Date>,
}

/// One thing that was published, with what is said of its day in different places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedDay {
    /// Its key.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub address: String,
    /// 发布日期, to the moment.
    pub published_at: Timestamp,
    /// 成文日期.
    pub made_on: Option<Date>,
    /// What the public log knows of it.
    pub logged: Logged,
}

/// What the public log knows of a publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logged {
    /// It was published at this moment.
    At(Timestamp),
    /// It had been published before the log began, and was taken into it later.
    TakenIn,
    /// Nothing.
    Nowhere,
}

/// 严重表述错误 in what is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worded {
    /// The key of what it stands in.
    pub id: String,
    /// Where that is read.
    pub address: String,
    /// What was found.
    pub what: String,
}

/// 政务咨询.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consultation {
    /// Where one asks online; `None` where there is no such way.
    pub channel: Option<String>,
    /// What was asked within the last year or so.
    pub messages: Vec<Message>,
}

/// Something a visitor wrote and waits for an answer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its key.
    pub id: String,
    /// Where the office works at it.
    pub address: String,
    /// The day it came.
    pub received: Date,
    /// The last day for an answer.
    pub due: Option<Date>,
    /// The day it was answered.
    pub answered: Option<Date>,
}

/// The key elements of a service guide, in the order of the indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    /// 事项名称.
    Name,
    /// 设定依据.
    Basis,
    /// 申请条件.
    Conditions,
    /// 办理材料.
    Materials,
    /// 办理地点.
    Place,
    /// 办理时间.
    Hours,
    /// 联系电话.
    Phone,
    /// 办理流程.
    Process,
}

impl Element {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Basis,
        Self::Conditions,
        Self::Materials,
        Self::Place,
        Self::Hours,
        Self::Phone,
        Self::Process,
    ];

    /// In the field's words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "事项名称",
            Self::Basis => "设定依据",
            Self::Conditions => "申请条件",
            Self::Materials => "办理材料",
            Self::Place => "办理地点",
            Self::Hours => "办理时间",
            Self::Phone => "联系电话",
            Self::Process => "办理流程",
        }
    }

    /// In rule ids.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Basis => "basis",
            Self::Conditions => "conditions",
            Self::Materials => "materials",
            Self::Place => "place",
            Self::Hours => "hours",
            Self::Phone => "phone",
            Self::Process => "process",
        }
    }

    /// The element with that key.
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|element| element.key() == key)
    }

    /// The element that tables call so.
    pub fn called(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|element| element.name() == name)
    }
}

/// 办事指南.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// Its key.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// Its address.
    pub address: String,
    /// The elements it says something of.
    pub says: Vec<Element>,
}

impl Guide {
    /// What it says nothing of.
    pub fn lacks(&self) -> impl Iterator<Item = Element> {
        Element::ALL.into_iter().filter(|element| !self.says.contains(element))
    }
}

/// 政务新媒体账号.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its key.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Where it is found.
    pub address: String,
    /// The day on which something appeared last.
    pub newest: Option<Date>,
    /// Whether one can write to it.
    pub answers: bool,
}

/// How the site was reached on one day, by its own count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOfVisits {
    /// The day.
    pub day: Date,
    /// How often a page was asked for.
    pub asked: i64,
    /// How often it did not come, or not in time.
    pub failed: i64,
}

/// Which tags a page must carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// 首页 or 栏目页: those of the site and of the column.
    Column,
    /// 内容页: those of the site, of the column and of the article.
    Article,
    /// Any other page: those of the site.
    Plain,
}

/// A page as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenPage {
    /// Its address.
    pub address: String,
    /// What it is.
    pub kind: PageKind,
    /// What stands in it.
    pub read: PageRead,
}

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLink {
    /// The page it stands on.
    pub on: String,
    /// Where it leads.
    pub to: String,
    /// Whether it leads to another site.
    pub outside: bool,
    /// What came of it.
    pub why: String,
}
