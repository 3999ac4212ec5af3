//! `/gongzuo/nianbao/huizong`: where the reports of the organs below stand, and reminders (催报).

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use identity::Organ;
use identity::powers::{Condition, Tie};
use law::Date;
use reports_rules::{Reporter, next_report, report_due};
use review::Signatory;
use serde::Deserialize;
use web::components::{Empty, Figure, Strip, Tag, Tone};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, House, Visit};

use super::{desk_of, seen, sent_to};
use crate::acts::counting::last_day;
use crate::acts::reminder;
use crate::store::{MemberLine, Reminder, Standing, candidates};

/// Its address below a site.
pub const PATH: &str = "/gongzuo/nianbao/huizong";

#[derive(Template)]
#[template(path = "workbench/collecting.html")]
struct CollectingPage {
    desk: Workbench,
    year: i16,
    due: Date,
    strip: Strip,
    rows: Vec<Row>,
    here: String,
    years: Vec<i16>,
}

struct Row {
    organ: String,
    name: String,
    kind: &'static str,
    tag: Tag,
    day: String,
    reminded: String,
    missing: bool,
}

/// Which year.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    nian: String,
    done: String,
}

const SAID: &[(&str, &str)] = &[("cuibao", "已催报；对方的待办里会看到。")];

/// The government whose organs the clerk looks after: that of the clerk's own division.
async fn government(house: &House, clerk: &Clerk) -> Result<Organ, Fault> {
    let today = house.ledger().clock().today();
    let found = Organ::with_role(house.store(), &clerk.organ.division, "government", today).await?;
    found.ok_or_else(|| Fault::Refused("这个区划没有登记人民政府。请与系统管理员核对机关。".into()))
}

/// Shows where the reports stand.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(which): Query<Which>,
) -> Result<Html<String>, Fault> {
    let today = visit.house.ledger().clock().today();
    let (next, _) = next_report(Reporter::Department, today).map_err(Fault::inside)?;
    let refused = || Fault::BadInput("没有这一年度的报告。请写 2008 年以后的年度。".into());
    let year = match which.nian.as_str() {
        "" => next,
        year => year.parse().map_err(|_| refused())?,
    };
    let due = report_due(Reporter::Department, year).map_err(|_| refused())?.value;
    let government = government(&visit.house, &clerk).await?;
    let store = visit.house.store();
    let members = candidates(store, &government.code, year, last_day(year)).await?;
    let standings = Standing::on(store, year).await?;
    let reminders = Reminder::on(store, year).await?;
    let rows: Vec<Row> = members
        .iter()
        .map(|member| {
            let standing = standings.iter().find(|one| one.organ == member.organ);
            let reminded = reminders.iter().rfind(|one| one.organ == member.organ);
            row(member, standing, reminded, (due, today))
        })
        .collect();
    let missing = rows.iter().filter(|row| row.missing).count();
    let tone = if missing > 0 && due < today { Tone::Over } else { Tone::Plain };
    let strip = Strip(vec![
        Figure::new(rows.len(), "应当公布的机关"),
        Figure::new(rows.len() - missing, "已经公布"),
        Figure::new(missing, "还没有公布").meant(tone),
    ]);
    let desk = Workbench::of(&visit, clerk, "nianbao-huizong", "各机关年度报告").await?;
    let page = CollectingPage {
        desk: desk.saying(&which.done, SAID),
        year,
        due,
        strip,
        rows,
        here: visit.site.link(PATH),
        years: (0..5).map(|back| next.max(today.year()) - back).collect(),
    };
    web::page::answer(&page)
}

fn row(
    member: &MemberLine,
    standing: Option<&Standing>,
    reminded: Option<&Reminder>,
    (due, today): (Date, Date),
) -> Row {
    let published = standing.filter(|one| one.state == "published");
    let day =
        published.and_then(|one| one.original_on.clone().or_else(|| one.published_on.clone()));
    let day = day.unwrap_or_default();
    let late = day.parse::<Date>().is_ok_and(|day| day > due);
    let tag = match (published, standing) {
        (Some(_), _) if late => Tag::warn("逾期公布"),
        (Some(_), _) => Tag::good("已公布"),
        (None, _) if due < today => Tag::over("逾期未公布"),
        (None, Some(one)) if one.state == "frozen" => Tag::info("审查中"),
        (None, Some(_)) => Tag::info("起草中"),
        (None, None) => Tag::plain("没有开始"),
    };
    Row {
        organ: member.organ.clone(),
        name: member.name.clone(),
        kind: member.member.name(),
        tag,
        day,
        reminded: reminded.map(|one| one.reminded_on.clone()).unwrap_or_default(),
        missing: published.is_none(),
    }
}

/// Reminds an organ.
pub async fn remind(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let government = government(&visit.house, &clerk).await?;
    let year: i16 = form.get("nian").parse().map_err(|_| Fault::field("nian", "请选一个年度。"))?;
    let organ = form.get("jiguan");
    let members = candidates(visit.house.store(), &government.code, year, last_day(year)).await?;
    if !members.iter().any(|member| member.organ == organ) {
        return Err(Fault::NotFound);
    }
    // What is looked at of others is only whether they have published.
    clerk.may("report.collect", &Tie::to(&clerk.organ.code).holding([Condition::OnlyPublished]))?;
    let desk = desk_of(&visit, &clerk).await?;
    seen(reminder::keep(desk, &Signatory::of(&clerk), organ, year).await)?;
    Ok(sent_to(&visit, &format!("{PATH}?nian={year}&done=cuibao")))
}

impl CollectingPage {
    fn empty(&self) -> Empty {
        Empty::new("没有应当公布年度报告的机关")
            .because("机关登记以后，这里列出每个机关的报告到了哪一步。")
    }
}
