//! `/gongzuo/shenqing` for the office that supervises, and `/gongzuo/anjuan` for audit: how the requests of other
//! organs stand, without a title, a text or a name; a masked file is opened on a page of its own, with a reason.

use ::identity::powers::{Condition, Tie};
use ::identity::{Organ, Role};
use askama::Template;
use axum::extract::Query as Asked;
use axum::response::Html;
use documents::writing::{Column, Sheet};
use law::Date;
use serde::Deserialize;
use web::components::{Empty, Pager, Tag};
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use super::list::state_tag;
use super::{AUDIT, LIST};
use crate::store::{ComplaintCase, Filing, Mark, OrganTally, Page, Query};

/// Rows on a page.
const ROWS: u16 = 50;

#[derive(Template)]
#[template(path = "workbench/oversight.html")]
struct OversightPage {
    desk: Workbench,
    heading: &'static str,
    explained: &'static str,
    organs: Vec<OrganRow>,
    chosen: Option<Chosen>,
    complained: Vec<Complained>,
    export: Option<String>,
}

struct OrganRow {
    name: String,
    href: String,
    tally: OrganTally,
}

/// One organ's requests.
struct Chosen {
    name: String,
    closed: bool,
    other: String,
    lines: Vec<LineRow>,
    pager: Pager,
}

struct LineRow {
    number: String,
    href: Option<String>,
    tag: Tag,
    received: String,
    due: String,
}

/// A file that is open to whoever supervises, because a complaint about it is.
struct Complained {
    number: String,
    organ: String,
    href: String,
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// The organ, by code.
    pub jiguan: String,
    /// `banjie` for closed ones.
    pub zt: String,
    /// Where the page begins: day and key.
    pub hou: String,
}

/// Who watches, by which act, and where.
struct Watch {
    act: &'static str,
    base: &'static str,
    key: &'static str,
    heading: &'static str,
    explained: &'static str,
}

const SUPERVISION: Watch = Watch {
    act: "foi.read_list",
    base: LIST,
    key: "shenqing",
    heading: "下级机关的申请",
    explained: "这里只有编号、状态、日期和件数。有人就一份申请投诉、投诉还没有办结的，写明理由可以查阅那份隐去身份的案卷，查阅有记录。",
};

const INSPECTION: Watch = Watch {
    act: "foi.audit.list",
    base: AUDIT,
    key: "anjuan",
    heading: "申请案卷（审计）",
    explained: "这里只有编号、状态、日期和件数。查阅一份隐去身份的案卷要写明理由，查阅有记录。",
};

/// Whether somebody supervises, and so sees how requests stand and not what they are about.
pub(super) fn supervises(clerk: &Clerk) -> bool {
    clerk.role == Role::SupervisionOffice
}

/// For whoever supervises.
pub(super) async fn supervised(
    visit: Visit,
    clerk: Clerk,
    wish: Wish,
) -> Result<Html<String>, Fault> {
    show(visit, clerk, &SUPERVISION, wish).await
}

/// For audit.
pub async fn audited(
    visit: Visit,
    clerk: Clerk,
    Asked(wish): Asked<Wish>,
) -> Result<Html<String>, Fault> {
    show(visit, clerk, &INSPECTION, wish).await
}

fn may(clerk: &Clerk, watch: &Watch, organ: &str) -> Result<(), Fault> {
    let tie = Tie::to(organ).holding([Condition::Masked, Condition::NoContent]);
    clerk.may(watch.act, &tie).map(|_| ())
}

/// The organs whose requests a clerk may know of, with how many stand how.
async fn tallies(visit: &Visit, clerk: &Clerk, watch: &Watch) -> Result<Vec<OrganRow>, Fault> {
    let store = visit.house.store();
    let today = visit.house.ledger().clock().today();
    let organs = Organ::all(store).await?;
    let mut rows = Vec::new();
    for tally in OrganTally::all(store, today).await? {
        if may(clerk, watch, &tally.organ).is_err() {
            continue;
        }
        let organ = organs.iter().find(|organ| organ.code == tally.organ);
        rows.push(OrganRow {
            name: organ.map_or_else(|| tally.organ.clone(), |organ| organ.name.clone()),
            href: visit.site.link(&format!("{}?jiguan={}", watch.base, tally.organ)),
            tally,
        });
    }
    rows.sort_by_key(|row| (-row.tally.overdue, row.tally.organ.clone()));
    Ok(rows)
}

async fn show(
    visit: Visit,
    clerk: Clerk,
    watch: &'static Watch,
    wish: Wish,
) -> Result<Html<String>, Fault> {
    let complained = match watch.base {
        LIST => complained(&visit, &clerk).await?,
        _ => Vec::new(),
    };
    let chosen = match wish.jiguan.as_str() {
        "" => None,
        organ => Some(chosen(&visit, &clerk, (watch, organ, &wish)).await?),
    };
    let export = (watch.base == LIST).then(|| visit.site.link("/gongzuo/shenqing.csv"));
    web::page::answer(&OversightPage {
        heading: watch.heading,
        explained: watch.explained,
        organs: tallies(&visit, &clerk, watch).await?,
        chosen,
        complained,
        export,
        desk: Workbench::of(&visit, clerk, watch.key, watch.heading).await?,
    })
}

async fn complained(visit: &Visit, clerk: &Clerk) -> Result<Vec<Complained>, Fault> {
    let open = ComplaintCase::open_requests(visit.house.store(), &clerk.organ.code).await?;
    let organs = Organ::all(visit.house.store()).await?;
    let told = |(request, number, organ): (String, String, String)| Complained {
        number,
        href: visit.site.link(&format!("{LIST}/{request}/chayue")),
        organ: organs.iter().find(|one| one.code == organ).map_or(organ, |one| one.name.clone()),
    };
    Ok(open.into_iter().map(told).collect())
}

async fn chosen(
    visit: &Visit,
    clerk: &Clerk,
    (watch, organ, wish): (&Watch, &str, &Wish),
) -> Result<Chosen, Fault> {
    may(clerk, watch, organ)?;
    let store = visit.house.store();
    let found = Organ::find(store, organ).await?.ok_or(Fault::NotFound)?;
    let closed = wish.zt == "banjie";
    let after = wish.hou.split_once('~');
    let after = after.map(|(on, id)| Mark { on: on.to_owned(), id: id.to_owned() });
    let page = Page::of(store, organ, &Query { closed, after, ..Query::default() }, ROWS).await?;
    let today = visit.house.ledger().clock().today();
    let base = visit.site.link(watch.base);
    let address = |zt: &str| format!("{base}?jiguan={organ}&zt={zt}");
    let next = page.next.as_ref().map(|mark| {
        format!("{}&hou={}~{}", address(if closed { "banjie" } else { "" }), mark.on, mark.id)
    });
    let line = |filing: &Filing| line(visit, watch, filing, today);
    Ok(Chosen {
        name: found.name,
        closed,
        other: address(if closed { "" } else { "banjie" }),
        lines: page.lines.iter().map(line).collect(),
        pager: Pager { previous: None, next },
    })
}

fn line(visit: &Visit, watch: &Watch, filing: &Filing, today: Date) -> LineRow {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let opens = watch.base == AUDIT;
    LineRow {
        number: filing.number.clone(),
        href: opens.then(|| visit.site.link(&format!("{AUDIT}/{}", filing.id))),
        tag: state_tag(filing, today),
        received: day(filing.received_on),
        due: day(filing.due.map(|due| due.date).or(filing.reached_on)),
    }
}

/// The same as a table: counts by organ.
pub(super) async fn table(visit: &Visit, clerk: &Clerk) -> Result<Vec<u8>, Fault> {
    let rows = tallies(visit, clerk, &SUPERVISION).await?;
    let row = |row: OrganRow| {
        let OrganTally { open, overdue, unconfirmed, stopped, closed, .. } = row.tally;
        let counts = [open, overdue, unconfirmed, stopped, closed].map(|count| count.to_string());
        [vec![row.name], counts.to_vec()].concat()
    };
    let names = ["机关", "在办", "已逾期", "待确认收到", "计时已停", "已办结"];
    let sheet = Sheet {
        title: "下级机关办理政府信息公开申请的情况".into(),
        columns: names.map(Column::new).to_vec(),
        rows: rows.into_iter().map(row).collect(),
        author: clerk.organ.name.clone(),
        ..Sheet::default()
    };
    sheet.to_csv().map_err(Fault::inside)
}

impl OversightPage {
    fn empty() -> Empty {
        Empty::new("还没有机关收到申请").because("机关登记申请以后，各种状态的件数会出现在这里。")
    }

    fn none() -> Empty {
        Empty::new("没有申请").because("这个机关没有这一类申请；在办的和已办结的分开列出。")
    }
}
