//! `/gongzuo/sousuo`: drafts, reviews, items of catalogues and published documents, as far as the clerk may
//! see them, found by what they are called.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use identity::powers::Tie;
use serde::Deserialize;

use super::Workbench;
use crate::address::with_query;
use crate::components::{Empty, Tag};
use crate::{Clerk, Fault, House, Later, Visit};

/// Where one looks for something at the workbench.
pub(crate) const SEARCH: &str = "/gongzuo/sousuo";

/// The act of looking for something.
const ACT: &str = "workbench.search";

/// The page's name, also in the menu.
pub(crate) const TITLE: &str = "搜索";

/// The most letters that are looked for.
const LONGEST: usize = 60;

/// What of a room a clerk may look for.
#[derive(Clone, Copy)]
pub struct DeskSearch {
    /// What is called like this and may be seen by the clerk, the best first; a room gives at most
    /// [`MOST_FOUND`] of each kind.
    pub find: for<'a> fn(&'a House, &'a Clerk, wanted: &'a str) -> Later<'a, Vec<DeskHit>>,
}

/// The most of one kind that are shown; whoever needs more says more.
pub const MOST_FOUND: usize = 20;

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskHit {
    /// What kind of thing it is: 稿件, 目录事项. Those of one kind stand together.
    pub kind: &'static str,
    /// What it is called.
    pub title: String,
    /// What little helps to recognise it.
    pub detail: String,
    /// How it stands.
    pub tag: Tag,
    /// Its page, below the site.
    pub path: String,
}

/// A pattern for `LIKE … ESCAPE '\'` that finds a text anywhere in small letters.
pub fn found_anywhere(wanted: &str) -> String {
    let small = wanted.to_lowercase();
    let escaped = small.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

#[derive(Template)]
#[template(path = "workbench/search.html")]
struct SearchPage {
    desk: Workbench,
    action: String,
    words: String,
    groups: Vec<Group>,
    portal: String,
}

struct Group {
    kind: &'static str,
    rows: Vec<Row>,
}

struct Row {
    title: String,
    detail: String,
    tag: Tag,
    href: String,
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    q: String,
}

/// Shows what was found.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(wish): Query<Wish>,
) -> Result<Html<String>, Fault> {
    let words: String = wish.q.trim().chars().take(LONGEST).collect();
    let may = clerk.may(ACT, &Tie::to(&clerk.organ.code).in_unit(&clerk.unit)).is_ok();
    let mut groups: Vec<Group> = Vec::new();
    if may && !words.is_empty() {
        for source in visit.house.rooms().iter().filter_map(|room| room.desk_search) {
            for hit in (source.find)(&visit.house, &clerk, &words).await? {
                add(&mut groups, hit, &visit);
            }
        }
    }
    let portal = with_query(&visit.site.link("/sousuo"), &[("q", &words)]);
    let action = visit.site.link(SEARCH);
    let title = if words.is_empty() { TITLE.to_owned() } else { format!("搜索“{words}”") };
    let desk = Workbench::of(&visit, clerk, "sousuo", title).await?;
    crate::page::answer(&SearchPage { desk, action, words, groups, portal })
}

fn add(groups: &mut Vec<Group>, hit: DeskHit, visit: &Visit) {
    let href = visit.site.link(&hit.path);
    let row = Row { title: hit.title, detail: hit.detail, tag: hit.tag, href };
    match groups.iter_mut().find(|group| group.kind == hit.kind) {
        Some(group) => group.rows.push(row),
        None => groups.push(Group { kind: hit.kind, rows: vec![row] }),
    }
}

impl Group {
    /// How many there are, and that there may be more.
    fn count(&self) -> String {
        if self.rows.len() < MOST_FOUND {
            format!("{} 件", self.rows.len())
        } else {
            format!("前 {} 件，多写几个字可以缩小范围", self.rows.len())
        }
    }
}

impl SearchPage {
    fn total(&self) -> usize {
        self.groups.iter().map(|group| group.rows.len()).sum()
    }

    fn empty(&self) -> Empty {
        Empty::new("没有找到")
            .because(
                "这里找本机关的稿件、审查、目录事项和已经公开的信息，按标题、文号和事项名称找。",
            )
            .because("换几个字再找；别的机关公开的信息，在门户上找。")
            .way("在门户上找", self.portal.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::found_anywhere;

    #[test]
    fn what_is_typed_is_looked_for_as_it_stands() {
        for (typed, pattern) in
            [("养老", "%养老%"), ("PM2.5", "%pm2.5%"), ("50%_\\", "%50\\%\\_\\\\%"), ("", "%%")]
        {
            assert_eq!(found_anywhere(typed), pattern);
        }
    }
}
