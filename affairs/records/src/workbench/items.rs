//! `/gongzuo/gaojian/{id}/shixiang`: which item of the catalogue a draft belongs to, what is owed first.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use law::Date;
use records_rules::Field;
use serde::Deserialize;
use web::components::{Empty, Tag};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::form::found;
use super::{draft_for, files, hand, seen, sent_to};
use crate::acts::drafting::{Kept, save};
use crate::store::{Content, Draft};

#[derive(Template)]
#[template(path = "workbench/items.html")]
struct ItemsPage {
    desk: Workbench,
    revision: i64,
    wanted: String,
    /// The items of the own catalogue, then those of other organs' catalogues.
    groups: Vec<(&'static str, Vec<Row>)>,
    here: String,
    back: String,
}

struct Row {
    words: String,
    /// In whose catalogue it stands, where that is another organ's.
    catalogue_of: Option<String>,
    elements: String,
    limit: String,
    held: Option<String>,
    owed: Option<Tag>,
    due: Option<Date>,
    chosen: bool,
}

/// What is searched for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    q: String,
}

/// Shows the items.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Fault> {
    let draft = draft_for(&visit, &clerk, "record.edit_draft", &id).await?;
    let wanted = wanted.q.trim().to_owned();
    let offered = match visit.house.items() {
        Some(source) => (source.offered)(&visit.house, &clerk.organ, &wanted).await?,
        None => vec![],
    };
    let today = visit.house.ledger().clock().today();
    let chosen: Vec<String> = draft.content.head.all(Field::Item).map(str::to_owned).collect();
    let row = |item: web::OfferedItem| {
        let words = item.words.join(" > ");
        let late = item.due_on.is_some_and(|day| day < today);
        let owed =
            if late { Tag::over("公开义务，已逾期") } else { Tag::warn("公开义务") };
        Row {
            chosen: chosen.contains(&words),
            catalogue_of: (!item.own).then_some(item.catalogue_of),
            elements: item.elements.join("；"),
            limit: item.limit,
            held: item.held.map(|(why, _)| why),
            owed: item.owed.then_some(owed),
            due: item.due_on,
            words,
        }
    };
    let (own, others): (Vec<_>, Vec<_>) = offered.into_iter().partition(|item| item.own);
    let groups = [("本机关目录的事项", own), ("其他机关目录的事项", others)];
    let groups = groups.into_iter().filter(|(_, items)| !items.is_empty());
    let groups = groups.map(|(heading, items)| (heading, items.into_iter().map(row).collect()));
    let path = format!("/gongzuo/gaojian/{id}");
    let desk = Workbench::of(&visit, clerk, "gaojian", "选目录事项").await?;
    let page = ItemsPage {
        desk: desk.under("我的稿件", "/gongzuo/gaojian").under(draft.title(), &path),
        revision: draft.revision,
        wanted,
        groups: groups.collect(),
        here: visit.site.link(&format!("{path}/shixiang")),
        back: visit.site.link(&path),
    };
    web::page::answer(&page)
}

/// Takes an item, or leaves it.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let draft = draft_for(&visit, &clerk, "record.edit_draft", &id).await?;
    let words = form.get("shixiang").trim().to_owned();
    let mut items: Vec<String> = draft.content.head.all(Field::Item).map(str::to_owned).collect();
    let before = items.len();
    items.retain(|item| *item != words);
    if items.len() == before && !words.is_empty() {
        items.push(words);
    }
    let content = with_items(&visit, &clerk, &draft, items).await?;
    let seen_revision = form.get("kan").parse().unwrap_or_default();
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    match seen(save(desk, &hand(&clerk), &id, seen_revision, content, false).await)? {
        Kept::Kept(_) => Ok(sent_to(&visit, &format!("/gongzuo/gaojian/{id}?done=shixiang"))),
        Kept::Overtaken(_) => Err(files::overtaken()),
    }
}

async fn with_items(
    visit: &Visit,
    clerk: &Clerk,
    draft: &Draft,
    items: Vec<String>,
) -> Result<Content, Fault> {
    let head = draft.content.head.with(Field::Item, items);
    let items = found(&visit.house, clerk, &head, &draft.content).await?;
    Ok(Content { head, items, ..draft.content.clone() })
}

impl ItemsPage {
    /// How many are listed.
    fn listed(&self) -> usize {
        self.groups.iter().map(|(_, rows)| rows.len()).sum()
    }

    fn empty(&self) -> Empty {
        Empty::new("没有找到事项")
            .because("换一个词再找；目录还没有发布的，先发布目录。")
            .way("全部事项", &self.here)
    }
}
