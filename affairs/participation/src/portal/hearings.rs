//! `/tingzheng`: hearings of a site, the latest first.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use law::Date;
use participation_rules::HearingStage;
use serde::Deserialize;
use web::components::{Empty, Pager, Row, Rows, Tag};
use web::layout::Frame;
use web::page::Page;
use web::{Fault, Site, Visit};

use super::{HEARINGS, LIST, OWN_ENROLMENT, framed, left_words};
use crate::store::{Hearing, Mark};

/// Rows at once.
const AT_ONCE: usize = 20;

#[derive(Template)]
#[template(path = "portal/hearings.html")]
struct HearingsPage {
    frame: Frame,
    rows: Rows,
    pager: Pager,
    own: String,
    drafts: String,
}

/// Where it goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    hou: String,
}

/// How far one has come, as everybody reads it: who drew and who confirms is inside.
pub(super) fn tag(of: &Hearing, today: Date, for_copy: bool) -> Tag {
    let last = of.said.enrol_until;
    match (of.stage(today), last) {
        (HearingStage::Open, Some(last)) if !for_copy => {
            Tag::warn(format!("正在报名，{}", left_words(today, last)))
        }
        (HearingStage::Open, _) => Tag::info("正在报名"),
        (HearingStage::Closed, _) => Tag::plain("报名截止"),
        (HearingStage::Listed | HearingStage::Drawn, _) => Tag::plain("名单已固定，等待公布参加人"),
        (HearingStage::Confirmed | HearingStage::RecordInReview, _) => Tag::info("参加人已公布"),
        (HearingStage::Recorded, _) => Tag::good("记录已公布"),
        (HearingStage::Cancelled, _) => Tag::over("已取消"),
        _ => Tag::plain("准备中"),
    }
}

fn row(site: &Site, of: &Hearing, today: Date, for_copy: bool) -> Row {
    let held = of.said.held_on.map(|day| day.to_string()).unwrap_or_default();
    let row = Row::new(&of.said.title, site.link(&of.path()))
        .tag(tag(of, today, for_copy))
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
    let site = &visit.site;
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let store = visit.house.store();
    let (found, next) = Hearing::public(store, range, (after.as_ref(), AT_ONCE)).await?;
    let today = visit.house.ledger().clock().today();
    let rows = found.iter().map(|of| row(site, of, today, visit.for_copy)).collect();
    let words = format!("{}的听证会：公告、报名、参加人和记录", site.place);
    let page = HearingsPage {
        frame: framed(&visit, "听证会", &words).under("征求意见", LIST).at("听证会"),
        rows: Rows(rows),
        pager: Pager {
            previous: after.map(|_| site.link(HEARINGS)),
            next: next.map(|mark| site.link(&format!("{HEARINGS}?hou={}", mark.word()))),
        },
        own: site.link(OWN_ENROLMENT),
        drafts: site.link(LIST),
    };
    web::page::answer(&page)
}

impl HearingsPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有听证会")
            .because("关系大家切身利益、意见分歧大的决策，决定以前可以开听证会。有了列在这里。")
            .way("看正在征求意见的", self.drafts.clone())
    }
}

impl Page for HearingsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |rows: Vec<Row>| Self {
            frame: Frame::sample("听证会").at("听证会"),
            rows: Rows(rows),
            pager: Pager::default(),
            own: "/linhu/tingzheng/wode".into(),
            drafts: "/linhu/yijian".into(),
        };
        let row = Row::new("供水价格听证会", "/linhu/tingzheng/1")
            .tag(Tag::info("正在报名"))
            .dated("2026-12-20");
        vec![("没有", page(vec![])), ("有", page(vec![row]))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_of_hearings_is_sound() {
        assert_eq!(web::page::faults::<super::HearingsPage>(), Vec::<String>::new());
    }
}
