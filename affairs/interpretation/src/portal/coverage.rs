//! `/jiedu/fugai`: 解读率 of a year, organ by organ and form by form, with the documents behind each number.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use interpretation_rules::PolicyState;
use law::Date;
use serde::Deserialize;
use web::address::with_query;
use web::components::{Empty, Tag};
use web::layout::Frame;
use web::{Fault, Visit};

use super::{COVERAGE, LIST, column, export};
use crate::store::{Covered, CoveredRow};

/// So many documents are shown behind a number; all are in the table that is taken home.
const ON_THE_PAGE: i64 = 200;

/// So many are in that table: more than a city publishes in a year.
const IN_THE_TABLE: i64 = 20_000;

#[derive(Template)]
#[template(path = "portal/coverage.html")]
struct CoveragePage {
    frame: Frame,
    year: i16,
    years: Vec<(i16, String)>,
    organs: Vec<(Covered, String)>,
    whole: Covered,
    forms: Vec<(&'static str, i64, i64)>,
    rows: Vec<Row>,
    /// Whose documents are shown, where they are one organ's.
    organ: Option<String>,
    csv: String,
    all: String,
}

struct Row {
    row: CoveredRow,
    href: Option<String>,
    tag: Tag,
}

/// Which year and whose documents.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    nian: String,
    organ: String,
}

impl Asked {
    fn year(&self, visit: &Visit) -> Result<i16, Fault> {
        let this = visit.house.ledger().clock().today().year();
        match self.nian.trim() {
            "" => Ok(this),
            text => text
                .parse()
                .ok()
                .filter(|year| (2000..=this).contains(year))
                .ok_or_else(|| Fault::BadInput(format!("年份要在 2000 到 {this} 之间。"))),
        }
    }
}

/// Shows it.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Html<String>, Fault> {
    let (store, year) = (visit.house.store(), asked.year(&visit)?);
    let range = (visit.site.range.0.as_str(), visit.site.range.1.as_str());
    let covered = Covered::all(store, range, year).await?;
    let organ = asked.organ.trim();
    let rows = CoveredRow::all(store, (range, organ), year, ON_THE_PAGE).await?;
    let sum = |of: fn(&Covered) -> i64| covered.iter().map(of).sum();
    let whole = Covered {
        organ: String::new(),
        name: "合计".into(),
        interpreted: sum(|one| one.interpreted),
        owing: sum(|one| one.owing),
        waived: sum(|one| one.waived),
    };
    let link = |path: String| visit.site.link(&path);
    let text = year.to_string();
    let of = |one: &Covered| {
        link(with_query(COVERAGE, &[("nian", &text), ("organ", &one.organ)])) + "#wenjian"
    };
    let forms = Covered::of_forms(store, range, year).await?;
    let this = visit.house.ledger().clock().today().year();
    let page = CoveragePage {
        organ: covered.iter().find(|one| one.organ == organ).map(|one| one.name.clone()),
        organs: covered.iter().map(|one| (one.clone(), of(one))).collect(),
        forms: forms.into_iter().map(|(form, number, of)| (form.name(), number, of)).collect(),
        rows: rows.into_iter().map(|row| shown(&visit, row)).collect(),
        csv: link(with_query("/jiedu/fugai.csv", &[("nian", &text)])),
        all: link(with_query(COVERAGE, &[("nian", &text)])),
        years: (this - 2..=this)
            .rev()
            .map(|one| (one, link(with_query(COVERAGE, &[("nian", &one.to_string())]))))
            .collect(),
        frame: frame(&visit),
        whole,
        year,
    };
    web::page::answer(&page)
}

/// How a document stands on a day, in words.
fn standing(row: &CoveredRow, today: Date) -> &'static str {
    match row.state {
        PolicyState::Interpreted if row.followed => "已解读（补发）",
        _ if row.is_overdue(today) => "欠解读，已逾期",
        state => state.name(),
    }
}

/// The same as a mark.
fn tag(row: &CoveredRow, today: Date) -> Tag {
    let words = standing(row, today);
    match row.state {
        PolicyState::Interpreted => Tag::good(words),
        PolicyState::Owing if row.is_overdue(today) => Tag::over(words),
        PolicyState::Owing => Tag::warn(words),
        _ => Tag::plain(words),
    }
}

fn shown(visit: &Visit, row: CoveredRow) -> Row {
    let href = row.path.as_ref().map(|path| visit.site.link(path));
    let today = visit.house.ledger().clock().today();
    Row { tag: tag(&row, today), href, row }
}

fn frame(visit: &Visit) -> Frame {
    visit
        .frame()
        .titled("解读率")
        .described(format!("{}各机关政策文件的解读率，和每个数后面的文件", visit.site.place))
        .within("jiedu")
        .under("政策解读", LIST)
        .at("解读率")
        .column(column())
}

/// Every document of the year as a table.
pub async fn csv(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let (store, year) = (visit.house.store(), asked.year(&visit)?);
    let range = (visit.site.range.0.as_str(), visit.site.range.1.as_str());
    let rows = CoveredRow::all(store, (range, asked.organ.trim()), year, IN_THE_TABLE).await?;
    let headings = [
        "文件",
        "机关",
        "发布日期",
        "解读",
        "解读形式",
        "不解读、随后解读的理由",
        "最迟解读",
        "地址",
    ];
    let today = visit.house.ledger().clock().today();
    let line = |row: CoveredRow| {
        let forms: Vec<&str> = row.forms.iter().map(|form| form.name()).collect();
        let address = row.path.as_ref().map(|path| visit.site.frame.address(path));
        let owes = row.state == PolicyState::Owing;
        let stands = standing(&row, today).to_owned();
        vec![
            row.title,
            row.organ,
            row.published_on,
            stands,
            forms.join("、"),
            row.reason,
            row.due_on.filter(|_| owes).unwrap_or_default(),
            address.unwrap_or_default(),
        ]
    };
    let name = format!("政策解读率-{year}.csv");
    export::table(&name, &headings, rows.into_iter().map(line).collect())
}

impl CoveragePage {
    fn empty(&self) -> Empty {
        Empty::new(format!("{} 年还没有要解读的文件", self.year))
            .because("从文件起草时认定是否解读算起；以前在别处发布的文件不算在内。")
            .way("政策解读", self.frame.href(LIST))
    }

    /// 解读率 in words.
    fn rate(of: &Covered) -> String {
        of.rate().map_or("—".to_owned(), |rate| format!("{rate:.0}%"))
    }

    fn forms_of(row: &CoveredRow) -> String {
        let names: Vec<&str> = row.forms.iter().map(|form| form.name()).collect();
        if names.is_empty() { "—".to_owned() } else { names.join("、") }
    }
}
