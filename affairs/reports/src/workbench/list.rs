//! `/gongzuo/nianbao`: an organ's reports, and where the next one is begun.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use identity::powers::{Condition, Tie};
use law::Date;
use reports_rules::{next_report, report_due};
use review::Signatory;
use serde::Deserialize;
use web::components::{Empty, Tag};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{DRAFT, desk_of, intake, seen, sent_to};
use crate::acts::{opening, reporter_of};
use crate::store::{Origin, Version, VersionState};

/// Its address below a site.
pub const PATH: &str = "/gongzuo/nianbao";

#[derive(Template)]
#[template(path = "workbench/list.html")]
struct ListPage {
    desk: Workbench,
    rows: Vec<Row>,
    /// The years that may be begun, each with its last day.
    years: Vec<(i16, Date)>,
    may_draft: bool,
    import: String,
}

struct Row {
    year: i16,
    title: String,
    href: String,
    tag: Tag,
    fact: String,
    day: String,
    public: Option<String>,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("fangqi", "这次更正已放弃，公布的报告不变。"),
    ("chehui", "补录已撤回；这一年度可以重新补录。"),
];

/// Shows the reports.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let today = visit.house.ledger().clock().today();
    let versions = Version::of_organ(visit.house.store(), &clerk.organ.code).await?;
    let reporter = reporter_of(&clerk.organ);
    let begun = |year: i16| versions.iter().any(|version| version.year == year);
    let (next, _) = next_report(reporter, today).map_err(Fault::inside)?;
    let open = [next.max(today.year()), next].into_iter().filter(|year| !begun(*year));
    let mut years: Vec<(i16, Date)> =
        open.filter_map(|year| Some((year, report_due(reporter, year).ok()?.value))).collect();
    years.dedup();
    let may_draft = clerk.has_power(DRAFT);
    let desk = Workbench::of(&visit, clerk, "nianbao", "年度报告").await?;
    let page = ListPage {
        desk: desk.saying(&done.done, SAID),
        rows: versions.iter().map(|version| row(&visit, version)).collect(),
        years,
        may_draft,
        import: visit.site.link(intake::PATH),
    };
    web::page::answer(&page)
}

/// The mark of a version's state.
pub(super) fn tag(version: &Version) -> Tag {
    match version.state {
        VersionState::Draft if !version.returned.is_empty() => Tag::warn("退回起草"),
        VersionState::Draft if version.origin == Origin::Taken => Tag::info("补录，未送审"),
        VersionState::Draft => Tag::plain("起草中"),
        VersionState::UnderReview => Tag::info("审查中"),
        VersionState::Frozen => Tag::info("已定稿"),
        VersionState::Published => Tag::good("已公布"),
        VersionState::Dropped => Tag::void("已放弃"),
    }
}

fn row(visit: &Visit, version: &Version) -> Row {
    let public = version.state == VersionState::Published;
    Row {
        year: version.year,
        title: match version.number {
            1 => version.title.clone(),
            number => format!("{}（更正，第 {number} 版）", version.title),
        },
        href: visit.site.link(&version.desk_path()),
        tag: tag(version),
        fact: match version.origin {
            Origin::Own => format!("{} 开始编制", version.opened_name),
            Origin::Taken => format!("{} 补录", version.opened_name),
        },
        day: version.published_on.map(|day| day.to_string()).unwrap_or_default(),
        public: public.then(|| visit.site.link(&version.path())),
    }
}

/// Opens a year's report.
pub async fn open(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    clerk.may(DRAFT, &Tie::to(&clerk.organ.code).holding([Condition::NotFrozen]))?;
    let year = form.get("nian").trim().parse();
    let year: i16 = year.map_err(|_| Fault::field("nian", "请选一个年度。"))?;
    let desk = desk_of(&visit, &clerk).await?;
    let (sources, by) = (visit.house.figures(), Signatory::of(&clerk));
    let demo = visit.house.is_demo();
    let version = seen(opening::keep(desk, &sources, &by, year, demo).await)?;
    Ok(sent_to(&visit, &format!("{}?done=bianzhi", version.desk_path())))
}

impl ListPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有年度报告")
            .because("每年 1 月 1 日起编制上一年度的报告，部门 1 月 31 日以前、政府 3 月 31 日以前公布。")
            .because("以前各年度的报告可以补录进来，用于核对上年结转和逐年比较。")
    }
}
