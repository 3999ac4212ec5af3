//! `/fangtan`: interviews of a site, the latest first; which goes on now or comes next.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use law::Date;
use participation_rules::InterviewStage;
use serde::Deserialize;
use web::components::{Empty, Pager, Row, Rows, Tag};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Site, Visit};

use super::{INTERVIEWS, LIST, OWN_QUESTION, day_words, framed, left_words};
use crate::store::{Interview, Mark};

/// Rows at once.
const AT_ONCE: usize = 20;

#[derive(Template)]
#[template(path = "portal/interviews.html")]
struct InterviewsPage {
    frame: Frame,
    next: Option<Next>,
    rows: Rows,
    pager: Pager,
    own: String,
    drafts: String,
}

/// The one that goes on now, or comes next.
struct Next {
    live: bool,
    link: Link,
    when: String,
}

/// Where it goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    hou: String,
}

/// How far one has come, as everybody reads it.
pub(super) fn tag(of: &Interview, today: Date, for_copy: bool) -> Tag {
    match (of.stage(today), of.said.ask_until) {
        (InterviewStage::Announced, Some(last)) if !for_copy => {
            Tag::warn(format!("征集提问，{}", left_words(today, last)))
        }
        (InterviewStage::Announced, _) => Tag::info("征集提问"),
        (InterviewStage::Closed, _) => Tag::plain("提问截止，等待访谈"),
        (InterviewStage::Live, _) => Tag::info("正在进行"),
        (InterviewStage::Ended | InterviewStage::TranscriptInReview, _) => {
            Tag::plain("已经结束，实录待公布")
        }
        (InterviewStage::Published, _) => Tag::good("实录已公布"),
        (InterviewStage::Cancelled, _) => Tag::over("已取消"),
        _ => Tag::plain("准备中"),
    }
}

fn row(site: &Site, of: &Interview, today: Date, for_copy: bool) -> Row {
    let held = of.said.held_on.map(|day| day.to_string()).unwrap_or_default();
    let guests = of.said.guests.lines().map(str::trim).collect::<Vec<_>>().join("，");
    let row = Row::new(&of.said.title, site.link(&of.path()))
        .tag(tag(of, today, for_copy))
        .fact(of.organ_name.clone())
        .fact(guests)
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
    let site = &visit.site;
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let store = visit.house.store();
    let today = visit.house.ledger().clock().today();
    let (found, next) = Interview::public(store, range, (after.as_ref(), AT_ONCE)).await?;
    let coming = match after {
        Some(_) => None,
        None => Interview::next(store, range, today).await?,
    };
    let rows = found.iter().map(|of| row(site, of, today, visit.for_copy)).collect();
    let words = format!("{}的在线访谈：预告、提问、实时文字和实录", site.place);
    let page = InterviewsPage {
        frame: framed(&visit, "在线访谈", &words).under("征求意见", LIST).at("在线访谈"),
        next: coming.map(|of| Next {
            live: of.stage(today) == InterviewStage::Live,
            link: Link::new(&of.said.title, site.link(&of.path())),
            when: when(&of),
        }),
        rows: Rows(rows),
        pager: Pager {
            previous: after.map(|_| site.link(INTERVIEWS)),
            next: next.map(|mark| site.link(&format!("{INTERVIEWS}?hou={}", mark.word()))),
        },
        own: site.link(OWN_QUESTION),
        drafts: site.link(LIST),
    };
    web::page::answer(&page)
}

/// The day and the time.
pub(super) fn when(of: &Interview) -> String {
    let day = of.said.held_on.map(day_words).unwrap_or_default();
    format!("{day} {}", of.said.held_at)
}

impl InterviewsPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有在线访谈")
            .because("单位负责人就大家关心的事当场回答提问。有了预告列在这里，可以先提问。")
            .way("看正在征求意见的", self.drafts.clone())
    }
}

impl Page for InterviewsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |rows: Vec<Row>, next: Option<Next>| Self {
            frame: Frame::sample("在线访谈").at("在线访谈"),
            next,
            rows: Rows(rows),
            pager: Pager::default(),
            own: "/linhu/fangtan/wode".into(),
            drafts: "/linhu/yijian".into(),
        };
        let row = || {
            Row::new("供水怎样更稳", "/linhu/fangtan/1")
                .tag(Tag::good("实录已公布"))
                .dated("2026-12-20")
        };
        let next = |live: bool| Next {
            live,
            link: Link::new("入学怎么办", "/linhu/fangtan/2"),
            when: "2026年12月20日（星期日） 15:00".into(),
        };
        vec![
            ("没有", page(vec![], None)),
            ("没有预告", page(vec![row()], None)),
            ("有预告", page(vec![row()], Some(next(false)))),
            ("正在进行", page(vec![row()], Some(next(true)))),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_of_interviews_is_sound() {
        assert_eq!(web::page::faults::<super::InterviewsPage>(), Vec::<String>::new());
    }
}
