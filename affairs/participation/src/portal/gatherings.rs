//! `/liexi`: 列席会议、座谈、走访、政策大讲堂、问政 of a site, the latest first, all or those of one kind.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use law::Date;
use participation_rules::{GatheringKind, GatheringStage};
use serde::Deserialize;
use web::components::{Empty, Pager, Row, Rows, Tag};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Site, Visit};

use super::{GATHERINGS, LIST, OWN_PLACE, framed, left_words};
use crate::store::{Gathering, Mark};

/// Rows at once.
const AT_ONCE: usize = 20;

#[derive(Template)]
#[template(path = "portal/gatherings.html")]
struct GatheringsPage {
    frame: Frame,
    /// The kinds to choose from, and whether it is the one shown.
    kinds: Vec<(Link, bool)>,
    rows: Rows,
    pager: Pager,
    own: String,
    drafts: String,
}

/// Which kind, and where it goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    lei: String,
    hou: String,
}

/// How far one has come, as everybody reads it.
pub(super) fn tag(of: &Gathering, today: Date, for_copy: bool) -> Tag {
    let last = of.said.enrol_until;
    match (of.stage(today), last) {
        (GatheringStage::Open, Some(last)) if !for_copy => {
            Tag::warn(format!("正在报名，{}", left_words(today, last)))
        }
        (GatheringStage::Open, _) => Tag::info("正在报名"),
        (GatheringStage::Awaiting, Some(_)) => Tag::plain("报名截止，还没有开"),
        (GatheringStage::Awaiting, None) => Tag::info("还没有开"),
        (GatheringStage::Held | GatheringStage::RecordInReview, _) => {
            Tag::plain(format!("{}还没有公布", of.said.kind.terms().record))
        }
        (GatheringStage::Recorded, _) => {
            Tag::good(format!("{}已公布", of.said.kind.terms().record))
        }
        (GatheringStage::Cancelled, _) => Tag::over("已取消"),
        _ => Tag::plain("准备中"),
    }
}

fn row(site: &Site, of: &Gathering, today: Date, for_copy: bool) -> Row {
    let held = of.said.held_on.map(|day| day.to_string()).unwrap_or_default();
    let row = Row::new(&of.said.title, site.link(&of.path()))
        .tag(tag(of, today, for_copy))
        .fact(of.said.kind.name())
        .fact(of.organ_name.clone())
        .fact(of.said.place.clone())
        .dated(held);
    if of.demo { row.fact("演示数据") } else { row }
}

/// Shows them.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Html<String>, Fault> {
    let after = match asked.hou.as_str() {
        "" => None,
        word => Some(
            Mark::parse(word)
                .ok_or_else(|| Fault::BadInput("翻页的记号不对。请从第一页开始翻。".into()))?,
        ),
    };
    let kind = match asked.lei.as_str() {
        "" => None,
        word => Some(
            GatheringKind::parse(word)
                .ok_or_else(|| Fault::BadInput("没有这一类活动。请从“全部”开始看。".into()))?,
        ),
    };
    let (site, store) = (&visit.site, visit.house.store());
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let (found, next) = Gathering::public(store, (range, kind), (after.as_ref(), AT_ONCE)).await?;
    let today = visit.house.ledger().clock().today();
    let rows = found.iter().map(|of| row(site, of, today, visit.for_copy)).collect();
    let words = format!("{}的列席会议、座谈会、实地走访、政策大讲堂和问政", site.place);
    let first = kind.map_or(GATHERINGS.to_owned(), of_kind);
    let joint = if kind.is_some() { '&' } else { '?' };
    let page = GatheringsPage {
        frame: framed(&visit, TITLE, &words).under("征求意见", LIST).at(TITLE),
        kinds: kinds(kind, |path| site.link(path)),
        rows: Rows(rows),
        pager: Pager {
            previous: after.map(|_| site.link(&first)),
            next: next.map(|mark| site.link(&format!("{first}{joint}hou={}", mark.word()))),
        },
        own: site.link(OWN_PLACE),
        drafts: site.link(LIST),
    };
    web::page::answer(&page)
}

/// As the page is called.
pub(super) const TITLE: &str = "列席会议和座谈走访";

fn of_kind(kind: GatheringKind) -> String {
    format!("{GATHERINGS}?lei={}", kind.terms().word)
}

fn kinds(shown: Option<GatheringKind>, link: impl Fn(&str) -> String) -> Vec<(Link, bool)> {
    let all = (Link::new("全部", link(GATHERINGS)), shown.is_none());
    let each = GatheringKind::ALL.into_iter();
    let each = each.map(|kind| (Link::new(kind.name(), link(&of_kind(kind))), shown == Some(kind)));
    std::iter::once(all).chain(each).collect()
}

impl GatheringsPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有可以参加的活动")
            .because("政府会议请大家列席、开座谈会、讲政策、当面问政以前，公告列在这里，不用注册就能报名。")
            .way("看正在征求意见的", self.drafts.clone())
    }
}

impl Page for GatheringsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |rows: Vec<Row>| Self {
            frame: Frame::sample(TITLE).at(TITLE),
            kinds: kinds(None, |path| format!("/linhu{path}")),
            rows: Rows(rows),
            pager: Pager::default(),
            own: "/linhu/liexi/wode".into(),
            drafts: "/linhu/yijian".into(),
        };
        let row = Row::new("区政府常务会议列席", "/linhu/liexi/1")
            .tag(Tag::info("正在报名"))
            .dated("2026-12-20");
        vec![("没有", page(vec![])), ("有", page(vec![row]))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_of_gatherings_is_sound() {
        assert_eq!(web::page::faults::<super::GatheringsPage>(), Vec::<String>::new());
    }
}
