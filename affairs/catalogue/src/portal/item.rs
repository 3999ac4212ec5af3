//! `/mulu/{domain}/{item}`: one item with its ten elements, and what was published of it.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use catalogue_rules::Item;
use web::address::with_query;
use web::components::{Empty, Meta, MetaValue, Row, Rows, Tag};
use web::layout::{ColumnTags, Frame};
use web::{Fault, Visit};

use super::found::{Found, Shown};
use super::held::HeldBox;
use super::reminder::Reminders;
use super::standing::Standing;
use super::version::said;
use super::versions::history_of;
use crate::store::{Shelf, TakenRow, Version};
use crate::words::{audience_name, channel_words, item_name, method_name};

#[derive(Template)]
#[template(path = "portal/item.html")]
struct ItemPage {
    frame: Frame,
    name: String,
    domain: String,
    organ: String,
    meta: Meta,
    taken: Option<String>,
    fixed: String,
    history: String,
    /// Where this item is followed.
    follow: String,
    held: Option<HeldBox>,
    elements: Vec<String>,
    sources: Vec<(String, String)>,
    standing: Standing,
    rows: Rows,
    more: Option<String>,
    reminders: Reminders,
}

/// Shows one item.
pub async fn show(
    visit: Visit,
    Path((domain, key)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let house = &visit.house;
    let found = match Found::at(&visit, &domain, &key).await {
        Err(Fault::NotFound) => return ended(&visit, &domain, &key).await,
        found => found?,
    };
    let published = house.rows(&found.records(&visit)).await?;
    let standing = Standing::read(&visit, (&domain, &key, &found.item), &published).await?;
    let link = |row: &web::Row| row.shown(&visit.site);
    let more = with_query("/wenjian", &[("domain", &domain), ("item", &key)]);
    let shown = Shown { standing: standing.standing, found };
    let reminders = Reminders::read(&visit, &shown).await?;
    let Found { shelf, held, item, .. } = shown.found;
    let taken = TakenRow::find(house.store(), &held.version, &key).await?;
    let today = house.ledger().clock().today();
    let page = ItemPage {
        frame: frame(&visit, &shelf, &item),
        name: item_name(&item),
        domain: shelf.name,
        organ: held.organ,
        meta: meta(&item),
        taken: taken.map(|row| said(&row.treatment)),
        fixed: visit.site.link(&format!("/mulu/{domain}/{key}/{today}")),
        history: history_of(&visit, &held.division, &domain),
        follow: visit
            .site
            .link(&with_query("/dingyue", &[("shixiang", &format!("{domain}/{key}"))])),
        held: HeldBox::of(&item),
        elements: item.elements.clone(),
        sources: item.extra.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
        standing,
        rows: Rows(published.rows.iter().map(link).collect::<Vec<Row>>()),
        more: published.next.map(|_| visit.site.link(&more)),
        reminders,
    };
    Ok(web::page::answer(&page)?.into_response())
}

/// A row that is no longer in the catalogue is shown as it stood on its last day.
async fn ended(visit: &Visit, domain: &str, key: &str) -> Result<Response, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let shelf = Shelf::find(store, &visit.site, domain, today).await?.ok_or(Fault::NotFound)?;
    let held = shelf.held.ok_or(Fault::NotFound)?;
    let last = Version::last_day_of(store, (&held.catalogue, key), today).await?;
    let last = last.ok_or(Fault::NotFound)?;
    let address = visit.site.link(&format!("/mulu/{domain}/{key}/{last}"));
    Ok(Redirect::to(&address).into_response())
}

fn frame(visit: &Visit, shelf: &Shelf, item: &Item) -> Frame {
    let name = item_name(item);
    visit
        .frame()
        .titled(format!("{name} - {}", shelf.name))
        .described(format!("{}领域公开事项：{name}", shelf.name))
        .within("mulu")
        .under("标准目录", "/mulu")
        .under(&shelf.name, &format!("/mulu/{}", shelf.domain))
        .at(&name)
        .column(ColumnTags {
            name: name.clone(),
            description: format!("{}领域公开事项“{name}”的公开要素和已公开的信息", shelf.name),
            keywords: format!("{},{name}", shelf.name),
            kind: "信息公开目录".into(),
        })
}

pub(super) fn meta(item: &Item) -> Meta {
    let audience: Vec<_> = item.audience.iter().map(|one| audience_name(*one).to_owned()).collect();
    let audience: Vec<_> = audience.into_iter().chain(item.audience_note.clone()).collect();
    let methods: Vec<_> = item.methods.iter().map(|one| method_name(*one)).collect();
    let levels: Vec<_> = item.levels.iter().flatten().map(|level| level.0.clone()).collect();
    let stage = item.stage.map(|stage| MetaValue::Tag(Tag::info(stage.name()), String::new()));
    let text = |text: String| match text.is_empty() {
        true => MetaValue::Missing,
        false => MetaValue::Text(text),
    };
    let meta = Meta::default()
        .with_wide("一级事项", text(item.level1.clone().unwrap_or_default()))
        .with_wide("公开依据", text(item.basis.join("；")))
        .with_wide("公开时限", text(item.time_limit_raw.clone()))
        .with_wide("公开主体", text(item.subjects.join("、")))
        .with_wide("渠道和载体", text(channel_words(item)))
        .with("公开对象", text(audience.join("、")))
        .with("公开方式", text(methods.join("、")));
    let meta = match item.levels {
        Some(_) => meta.with("公开层级", text(levels.join("、"))),
        None => meta,
    };
    match stage {
        Some(stage) => meta.with("公开环节", stage),
        None => meta,
    }
}

impl ItemPage {
    fn empty(&self) -> Empty {
        Empty::new("这个事项还没有公开的信息")
            .because("没有找到需要的信息，可以书面申请公开，或者打电话询问。")
            .way("申请公开", self.frame.href("/shenqing"))
            .way("在全站搜索", with_query(&self.frame.href("/sousuo"), &[("q", &self.name)]))
    }
}
