//! What rooms show to whoever inspects a site (国办秘函〔2019〕19号), and how its own pages are read.
//!
//! A room shows what it keeps; what no room shows is said not to have been looked at. The inspection itself
//! belongs to the room that keeps the sites.

use std::sync::{Arc, OnceLock, Weak};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use jiff::Timestamp;
use law::Date;
use tower::ServiceExt;

use crate::{House, Later, Site};

/// The most of a page that is read, in bytes.
const MOST_READ: usize = 4 * 1024 * 1024;

/// What a room shows an inspection of a site.
#[derive(Clone, Copy)]
pub struct InspectionSource {
    /// What it keeps on that site and on those below it.
    pub show: for<'a> fn(&'a House, &'a Site) -> Later<'a, Shown>,
}

/// What a room shows. Addresses are full paths on this host; `None` where a room keeps nothing of that kind.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// Columns besides those that the site itself keeps.
    pub columns: Vec<ShownColumn>,
    /// The day on which something new appeared last.
    pub newest: Option<Date>,
    /// The day on which something new appeared last in each 法定主动公开内容, by its code.
    pub newest_of: Vec<(String, Date)>,
    /// What was published lately, with its days.
    pub published: Vec<ShownPublication>,
    /// 严重表述错误 found in what is published.
    pub wording: Vec<ShownWording>,
    /// 政务咨询: where one asks, if one can, and what was asked within a year.
    pub consultation: Option<(Option<String>, Vec<ShownMessage>)>,
    /// Other messages with a day by which they are answered.
    pub messages: Vec<ShownMessage>,
    /// 办事指南.
    pub guides: Option<Vec<ShownGuide>>,
    /// 政务新媒体.
    pub accounts: Option<Vec<ShownAccount>>,
}

/// A column that a room keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownColumn {
    /// Its key.
    pub id: String,
    /// 栏目名称.
    pub name: String,
    /// Its address.
    pub address: String,
    /// 栏目类别: 动态要闻, 通知公告, 政策文件; anything else is another column.
    pub class: String,
    /// How much is in it.
    pub count: i64,
    /// The day on which something new appeared in it last.
    pub newest: Option<Date>,
}

/// One thing that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPublication {
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
    /// When the public log took it; `None` where the log knows nothing of it.
    pub logged_at: Option<Timestamp>,
    /// Whether it was public before the log began.
    pub taken_in: bool,
}

/// 严重表述错误 in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownWording {
    /// The key of what it stands in.
    pub id: String,
    /// Where that is read.
    pub address: String,
    /// What was found.
    pub what: String,
}

/// Something a visitor wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownMessage {
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

/// 办事指南.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownGuide {
    /// Its key.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// Its address.
    pub address: String,
    /// The key elements it says something of: name, basis, conditions, materials, place, hours, phone, process.
    pub says: Vec<String>,
}

/// 政务新媒体账号.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownAccount {
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

/// Marks a request by which the house reads its own pages: nobody visits.
#[derive(Debug, Clone, Copy)]
pub struct OwnReading;

/// A page as the house answers a visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPage {
    /// The status.
    pub status: StatusCode,
    /// Where it leads on, if it does.
    pub location: Option<String>,
    /// Its text; empty where it is a file.
    pub text: String,
}

/// The way to the portal that stands over the house. The portal holds the house, so the house only knows it.
#[derive(Debug, Default)]
pub(crate) struct OwnPages(OnceLock<Weak<Router>>);

impl House {
    /// Lets the house read its own pages, for as long as somebody holds the portal.
    pub fn reads_at(&self, portal: &Arc<Router>) {
        self.own_pages.0.set(Arc::downgrade(portal)).ok();
    }

    /// Whether it can read its own pages.
    pub fn can_read_pages(&self) -> bool {
        self.own_pages.0.get().is_some_and(|portal| portal.strong_count() > 0)
    }

    /// What a visitor without script, account and cookie is answered at an address of a site, a full path.
    /// `None` where there is no portal, or it is no address.
    pub async fn own_page(&self, site: &Site, address: &str) -> Option<OwnPage> {
        let portal = self.own_pages.0.get()?.upgrade()?;
        let host = site.host.as_deref().unwrap_or("localhost");
        let request = Request::get(address).header(header::HOST, host);
        let mut request = request.body(Body::empty()).ok()?;
        request.extensions_mut().insert(OwnReading);
        let answer = portal.as_ref().clone().oneshot(request).await.ok()?;
        let (parts, body) = answer.into_parts();
        let said = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let is_page = said(header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("text/html"));
        let location = said(header::LOCATION).map(str::to_owned);
        let text = match is_page {
            true => to_bytes(body, MOST_READ).await.ok()?.to_vec(),
            false => vec![],
        };
        let text = String::from_utf8(text).unwrap_or_default();
        Some(OwnPage { status: parts.status, location, text })
    }
}
