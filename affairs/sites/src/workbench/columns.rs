//! `/gongzuo/lanmu`: the columns of a site, who keeps each, its class, when something new came and must come
//! again.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use identity::Organ;
use law::Date;
use sites_rules::{Column, ColumnKind, Condition, Freshness, statutory_columns};
use web::components::Tag;
use web::workbench::{REASON, Submitted, Workbench};
use web::{Ask, By, Clerk, Fault, Site, Visit};

use super::{COLUMN, Done, desk_of, sent_to, site_of, tie};
use crate::acts::ActError;
use crate::acts::column::{self, Settled};
use crate::portal::{column_path, tier};
use crate::store::KeptColumn;

/// Its address below a site.
pub(super) const PATH: &str = "/gongzuo/lanmu";
/// One column.
pub(super) const ONE: &str = "/gongzuo/lanmu/{code}";

const SAID: &[(&str, &str)] = &[("lanmu", "已保存。")];

#[derive(Template)]
#[template(path = "workbench/columns.html")]
struct ColumnsPage {
    desk: Workbench,
    place: String,
    rows: Vec<Row>,
}

struct Row {
    name: &'static str,
    href: String,
    edit: String,
    owner: String,
    class: &'static str,
    days: Option<i64>,
    count: i64,
    newest: String,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "workbench/column.html")]
struct ColumnPage {
    desk: Workbench,
    name: &'static str,
    description: String,
    here: String,
    back: String,
    owner: String,
    organs: Vec<(String, String)>,
    class: Freshness,
    days: String,
    opened: bool,
    may: bool,
}

/// A column with what is settled and known of it.
struct Known {
    column: &'static Column,
    kept: Option<KeptColumn>,
    count: i64,
    newest: Option<Date>,
}

async fn known(visit: &Visit, site: &Site) -> Result<Vec<Known>, Fault> {
    let house = &visit.house;
    let ask = Ask { divisions: Some(site.range.clone()), ..Ask::default() };
    let tally = house.tally(&ask, By::Statutory).await?;
    let mut kept = KeptColumn::all(house.store(), site.base()).await?;
    let mut newest: Vec<(String, Date)> = Vec::new();
    for source in house.rooms().iter().filter_map(|room| room.inspection) {
        newest.extend((source.show)(house, site).await?.newest_of);
    }
    let lists = statutory_columns(tier(site.level));
    let one = |column: &'static Column| {
        let at = kept.iter().position(|one| one.name == column.code);
        Known {
            kept: at.map(|at| kept.swap_remove(at)),
            count: tally.get(column.code).map_or(0, |tally| tally.count),
            newest: newest
                .iter()
                .filter(|(code, _)| code == column.code)
                .map(|(_, day)| *day)
                .max(),
            column,
        }
    };
    Ok(lists.filter(|column| column.kind != ColumnKind::Functions).map(one).collect())
}

impl Known {
    fn class(&self) -> Freshness {
        let kept = self.kept.as_ref().and_then(|kept| Freshness::parse(&kept.class));
        kept.unwrap_or_else(|| Freshness::of(self.column.kind))
    }

    fn tag(&self, today: Date) -> Tag {
        let opened = self.kept.as_ref().is_some_and(|kept| kept.opened != 0);
        if self.count == 0 && !opened {
            return Tag::plain("没有内容，未开设");
        }
        match self.class().condition(self.newest.filter(|_| self.count > 0), today) {
            Condition::Blank => Tag::over("空白栏目"),
            Condition::Fresh { until } => Tag::good(format!("{until} 前要更新")),
            Condition::Stale { since } => Tag::over(format!("{since} 起超期")),
        }
    }
}

/// Shows them.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let site = site_of(&visit, &clerk);
    let today = visit.house.ledger().clock().today();
    let own = Organ::find(visit.house.store(), &site.organ).await?;
    let own = own.map_or_else(|| site.place.clone(), |organ| organ.short_name);
    let row = |one: Known| Row {
        name: one.column.name,
        href: site.link(&column_path(one.column)),
        edit: visit.site.link(&format!("{PATH}/{}", one.column.code)),
        owner: one.kept.as_ref().map_or_else(|| own.clone(), |kept| kept.owner_name.clone()),
        class: one.class().name(),
        days: one.kept.as_ref().and_then(|kept| kept.days),
        count: one.count,
        newest: one.newest.map(|day| day.to_string()).unwrap_or_default(),
        tag: one.tag(today),
    };
    let rows = known(&visit, &site).await?.into_iter().map(row).collect();
    let desk = Workbench::of(&visit, clerk, "lanmu", "栏目保障").await?;
    let place = site.frame.name.clone();
    web::page::answer(&ColumnsPage { desk: desk.saying(&done.done, SAID), place, rows })
}

async fn found(visit: &Visit, site: &Site, code: &str) -> Result<Known, Fault> {
    let all = known(visit, site).await?;
    all.into_iter().find(|one| one.column.code == code).ok_or(Fault::NotFound)
}

/// Shows one.
pub(super) async fn one(
    visit: Visit,
    clerk: Clerk,
    Path(code): Path<String>,
) -> Result<Html<String>, Fault> {
    let site = site_of(&visit, &clerk);
    let one = found(&visit, &site, &code).await?;
    let today = visit.house.ledger().clock().today();
    let organs = Organ::serving(visit.house.store(), &site.division).await?;
    let organs = organs.into_iter().filter(|organ| organ.stands_on(today));
    let kept = one.kept.as_ref();
    let may = clerk.organ.code == site.organ && clerk.has_power(COLUMN);
    let desk = Workbench::of(&visit, clerk, "lanmu", one.column.name).await?;
    web::page::answer(&ColumnPage {
        name: one.column.name,
        description: format!("{}。依据：{}", one.column.description, one.column.basis),
        here: visit.site.link(&format!("{PATH}/{code}")),
        back: visit.site.link(PATH),
        owner: kept.map_or_else(|| site.organ.clone(), |kept| kept.owner.clone()),
        organs: organs.map(|organ| (organ.code, organ.short_name)).collect(),
        class: one.class(),
        days: kept.and_then(|kept| kept.days).map(|days| days.to_string()).unwrap_or_default(),
        opened: kept.is_some_and(|kept| kept.opened != 0),
        may,
        desk: desk.under("栏目保障", PATH),
    })
}

/// Settles one.
pub(super) async fn define(
    visit: Visit,
    clerk: Clerk,
    Path(code): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let site = site_of(&visit, &clerk);
    let one = found(&visit, &site, &code).await?;
    clerk.may(COLUMN, &tie(&site, &form))?;
    let days = match form.words("tianshu") {
        None => None,
        Some(days) => Some(days.parse().map_err(|_| Fault::field("tianshu", "写数字"))?),
    };
    let class = Freshness::parse(form.get("leibie"));
    let settled = Settled {
        name: one.column.code.into(),
        owner: form.get("zeren").to_owned(),
        class: class.ok_or_else(|| Fault::field("leibie", "选一种类别"))?,
        days,
        opened: form.has("kaishe"),
    };
    let desk = desk_of(&visit, &clerk).await?;
    let of = (site.base(), site.organ.as_str());
    let kept = column::define(desk, of, &settled, form.get(REASON)).await;
    kept.map_err(ActError::into_fault)?;
    Ok(sent_to(&visit, &format!("{PATH}?done=lanmu")))
}
