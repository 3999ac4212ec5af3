//! `/zixun/tongji`: how many letters came in a year, how many were answered and in time, how content their
//! writers are; as a table, and as CSV.

use askama::Template;
use axum::extract::Query;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use law::day;
use serde::Deserialize;
use suggestions_rules::SuggestionKind;
use web::components::{Empty, Figure, Filters, Select, Strip};
use web::layout::Frame;
use web::page::Page;
use web::{Fault, UrgingAsk, Visit};

use super::{STATISTICS, WRITE, framed};
use crate::store::{Counted, Period};

const TITLE: &str = "答复得怎么样";

/// Years that are shown, this one counted.
const YEARS: i16 = 5;

/// What stands where there is nothing to tell.
const NONE: &str = "—";

/// All letters.
const ALL: &str = "合计";

const HEADINGS: [&str; 10] = [
    "种类",
    "收到",
    "已答复",
    "其中按期",
    "另行办结",
    "办理中",
    "其中逾期未答",
    "满意",
    "基本满意",
    "不满意",
];

#[derive(Template)]
#[template(path = "portal/statistics.html")]
struct StatisticsPage {
    frame: Frame,
    year: i16,
    filters: Filters,
    strip: Strip,
    headings: [&'static str; 10],
    rows: Vec<(&'static str, [String; 9])>,
    csv: String,
    write: String,
}

/// Which year.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    nian: String,
}

impl Wish {
    /// The year that is asked for, where it is one of those shown; otherwise this one.
    fn year(&self, now: i16) -> i16 {
        self.nian.parse().ok().filter(|year| (now - YEARS + 1..=now).contains(year)).unwrap_or(now)
    }
}

/// What is urged, beside the letters: it is counted by entry, and nobody says how content he is.
const URGED: &str = "我要催";

/// The numbers of a year: each kind, all together, and what is urged where a room keeps it.
async fn numbers(visit: &Visit, year: i16) -> Result<Vec<(&'static str, Counted)>, Fault> {
    let range = (visit.site.range.0.as_str(), visit.site.range.1.as_str());
    let today = visit.house.ledger().clock().today();
    let period = Period { from: day(year, 1, 1), until: day(year + 1, 1, 1), today };
    let found = Counted::kept(&visit.house, range, period).await?;
    let mut all = Counted::default();
    let mut rows = Vec::new();
    for kind in SuggestionKind::ALL {
        let own = found.iter().find(|one| one.kind == kind.word()).cloned().unwrap_or_default();
        all.add(&own);
        rows.push((kind.name(), own));
    }
    rows.push((ALL, all));
    rows.extend(urged(visit, range, period).await?.map(|one| (URGED, one)));
    Ok(rows)
}

async fn urged(
    visit: &Visit,
    range: (&str, &str),
    Period { from, until, today }: Period,
) -> Result<Option<Counted>, Fault> {
    let Some(source) = visit.house.urging() else { return Ok(None) };
    let ask = UrgingAsk { range, from, until, today };
    let rows = visit.house.counted((source.count)(ask)).await?;
    Ok(Some(Counted::told(&rows).into_iter().next().unwrap_or_default()))
}

fn total(rows: &[(&'static str, Counted)]) -> Counted {
    rows.iter().find(|(name, _)| *name == ALL).map(|(_, all)| all.clone()).unwrap_or_default()
}

/// A row of numbers; `none` stands for those that are not counted of what it tells.
fn cells((name, one): (&str, &Counted), none: &str) -> [String; 9] {
    let of_letters = |number: i64| (name != URGED).then_some(number);
    [
        Some(one.received),
        Some(one.answered),
        Some(one.in_time),
        of_letters(one.otherwise),
        Some(one.open),
        Some(one.overdue),
        of_letters(one.satisfied),
        of_letters(one.mostly),
        of_letters(one.dissatisfied),
    ]
    .map(|number| number.map_or_else(|| none.to_owned(), |number| number.to_string()))
}

/// A share of a hundred in words; — where there is nothing to share.
fn share(part: i64, whole: i64) -> String {
    let tenths = (part * 1000 + whole / 2).checked_div(whole);
    tenths.map_or_else(|| NONE.to_owned(), |tenths| format!("{}.{}%", tenths / 10, tenths % 10))
}

/// Shows them.
pub async fn show(visit: Visit, Query(wish): Query<Wish>) -> Result<Html<String>, Fault> {
    let now = visit.house.ledger().clock().today().year();
    let year = wish.year(now);
    let rows = numbers(&visit, year).await?;
    let all = total(&rows);
    let mut years = Select::new("nian", "年份", "今年", wish.nian.as_str());
    for one in (now - YEARS + 1..now).rev() {
        years = years.choice(one.to_string(), format!("{one}年"));
    }
    web::page::answer(&StatisticsPage {
        frame: framed(&visit, TITLE, "收到的留言、答复、按期率和满意度，按年统计"),
        year,
        filters: Filters {
            action: visit.site.link(STATISTICS),
            selects: vec![years],
            ..Filters::default()
        },
        strip: strip(&all),
        headings: HEADINGS,
        rows: rows.iter().map(|(name, one)| (*name, cells((*name, one), NONE))).collect(),
        csv: visit.site.link(&format!("/zixun/tongji.csv?nian={year}")),
        write: visit.site.link(WRITE),
    })
}

fn strip(all: &Counted) -> Strip {
    let content = all.satisfied + all.mostly;
    Strip(vec![
        Figure::new(all.received, "收到（件）"),
        Figure::new(all.answered, "已答复（件）"),
        Figure::new(share(all.in_time, all.owed()), "按期答复"),
        Figure::new(share(content, content + all.dissatisfied), "满意、基本满意"),
    ])
}

/// The same as a file.
pub async fn file(visit: Visit, Query(wish): Query<Wish>) -> Result<Response, Fault> {
    let year = wish.year(visit.house.ledger().clock().today().year());
    let mut text = format!("\u{feff}年份,{}\r\n", HEADINGS.join(","));
    for (name, one) in numbers(&visit, year).await? {
        let cells = cells((name, &one), "").join(",");
        text.push_str(&format!("{year},{name},{cells}\r\n"));
    }
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], text).into_response())
}

impl StatisticsPage {
    fn empty(&self) -> Empty {
        Empty::new(format!("{}年还没有收到留言", self.year))
            .because("收到以后按种类统计，每一次办理都会更新。")
            .way("写留言", self.write.clone())
    }

    /// Each number of a row with its heading: on a narrow page a row is a list.
    fn labelled(cells: &[String; 9]) -> Vec<(&'static str, &str)> {
        HEADINGS.into_iter().skip(1).zip(cells.iter().map(String::as_str)).collect()
    }

    fn is_empty(&self) -> bool {
        self.rows.iter().all(|(_, cells)| cells[0] == "0")
    }
}

impl Page for StatisticsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |received: i64| {
            let all =
                Counted { received, answered: received, in_time: received, ..Counted::default() };
            Self {
                frame: Frame::sample(TITLE).at(TITLE),
                year: 2026,
                filters: Filters {
                    action: "/linhu/zixun/tongji".into(),
                    selects: vec![Select::new("nian", "年份", "今年", "")],
                    ..Filters::default()
                },
                strip: strip(&all),
                headings: HEADINGS,
                rows: ["咨询", ALL, URGED].map(|name| (name, cells((name, &all), NONE))).to_vec(),
                csv: "/linhu/zixun/tongji.csv?nian=2026".into(),
                write: "/linhu/zixun/xie".into(),
            }
        };
        vec![("没有", page(0)), ("有", page(12))]
    }
}

#[cfg(test)]
mod tests {
    use super::{Counted, NONE, StatisticsPage, URGED, cells, share};

    #[test]
    fn the_page_is_sound() {
        assert_eq!(web::page::faults::<StatisticsPage>(), Vec::<String>::new());
    }

    #[test]
    fn what_is_urged_has_no_number_where_nothing_is_counted() {
        let one = Counted { received: 2, answered: 1, open: 1, ..Counted::default() };
        let shown = cells((URGED, &one), NONE);
        assert_eq!(shown, ["2", "1", "0", NONE, "1", "0", NONE, NONE, NONE]);
        assert_eq!(cells((URGED, &one), "")[6..], ["", "", ""]);
        assert_eq!(cells(("咨询", &one), NONE)[6..], ["0", "0", "0"]);
    }

    #[test]
    fn a_share_of_nothing_is_told_as_none() {
        assert_eq!(share(2, 3), "66.7%");
        assert_eq!(share(3, 3), "100.0%");
        assert_eq!(share(0, 0), "—");
    }
}
