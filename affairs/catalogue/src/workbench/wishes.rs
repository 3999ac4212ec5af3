//! `/gongzuo/xuqiu`: 群众在找什么. What people looked for on the clerk's site and did not find, the newest
//! and most frequent first; a clerk makes an item of it, says where it is, or why it is not public.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Response};
use catalogue_rules::AnswerLink;
use serde::Deserialize;
use web::address::with_query;
use web::components::{Empty, ErrorSummary, FieldError, Tag};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Unmet, Visit};

use super::sent_to;
use crate::acts::wish::{self, Settlement, WishError};
use crate::store::{Holding, Verdict, WishLine, WishMark};

/// Where the list stands.
pub(super) const PATH: &str = "/gongzuo/xuqiu";

/// Where one of them is dealt with.
const ONE: &str = "/gongzuo/xuqiu/chuli";

/// How many stand on one page.
const MOST: i64 = 50;

#[derive(Template)]
#[template(path = "workbench/wishes.html")]
struct WishesPage {
    desk: Workbench,
    settled: bool,
    /// The list of those dealt with, or back to those that wait.
    other: String,
    rows: Vec<Line>,
    next: Option<String>,
}

struct Line {
    wish: WishLine,
    href: String,
    verdict: Option<Tag>,
}

/// What is asked for, and what was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `yiban` for those dealt with.
    zt: String,
    /// The words that one is about.
    ci: String,
    /// Where the list goes on: day, times and words of the last before.
    ri: String,
    cishu: String,
    hou: String,
    /// How it was found out.
    laiyuan: String,
    done: String,
}

impl Asked {
    /// Where the list goes on; from its beginning where the address does not say it.
    fn mark(&self) -> Option<WishMark> {
        let times = self.cishu.parse().ok()?;
        let mark = WishMark {
            day: self.ri.clone(),
            times,
            words: self.hou.clone(),
            source: self.laiyuan.clone(),
        };
        Some(mark).filter(|mark| !mark.day.is_empty())
    }
}

const SAID: &[(&str, &str)] =
    &[("answered", "已记下信息在哪里。"), ("dismissed", "已写明理由，不再列在这里。")];

/// Shows what people look for.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let (store, division) = (visit.house.store(), clerk.organ.division.clone());
    let settled = asked.zt == "yiban";
    let after = asked.mark();
    let mut found = WishLine::list(store, &division, settled, after.as_ref(), MOST + 1).await?;
    let more = found.len() > usize::try_from(MOST).unwrap_or_default();
    if more {
        found.pop();
    }
    let base = visit.site.link(PATH);
    let next = found.last().filter(|_| more).map(|last| {
        let times = last.times().to_string();
        let place = [("ri", last.last_day.as_str()), ("cishu", &times), ("hou", &last.words)];
        let way = [("laiyuan", last.source.as_str())];
        let kind = [("zt", if settled { "yiban" } else { "" })];
        with_query(&base, &[&kind[..], &place[..], &way[..]].concat())
    });
    // What was counted before the rule was as strict as today is not shown either.
    found.retain(|one| Unmet::countable(&one.words).is_some());
    let rows = found.into_iter().map(|wish| Line {
        href: visit.site.link(&path_of(&wish.words)),
        verdict: verdict(&wish),
        wish,
    });
    let page = WishesPage {
        rows: rows.collect(),
        desk: Workbench::of(&visit, clerk, "xuqiu", "群众在找什么")
            .await?
            .saying(&asked.done, SAID),
        other: if settled { base } else { with_query(&base, &[("zt", "yiban")]) },
        settled,
        next,
    };
    web::page::answer(&page)
}

/// The address at which one is dealt with, below the site.
pub(super) fn path_of(words: &str) -> String {
    with_query(ONE, &[("ci", words)])
}

fn verdict(wish: &WishLine) -> Option<Tag> {
    match wish.verdict.as_str() {
        "adopted" => Some(Tag::good("列入目录")),
        "answered" => Some(Tag::good("已经公开")),
        "dismissed" => Some(Tag::plain("不公开")),
        _ => None,
    }
}

#[derive(Template)]
#[template(path = "workbench/wish.html")]
struct WishPage {
    desk: Workbench,
    wish: WishLine,
    /// Domains with a draft that can be changed: slug and name.
    drafts: Vec<(String, String)>,
    /// The organ compiles catalogues.
    compiles: bool,
    search: String,
    link: String,
    note: String,
    reason: String,
    errors: Vec<FieldError>,
}

/// Shows one of them with what can be done.
pub async fn one(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    page(&visit, clerk, &asked.ci, &Submitted::default(), vec![]).await
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    words: &str,
    form: &Submitted,
    errors: Vec<FieldError>,
) -> Result<Html<String>, Fault> {
    let (store, organ) = (visit.house.store(), clerk.organ.clone());
    let wish = open_wish(visit, &organ.division, words).await?;
    let today = visit.house.ledger().clock().today();
    let range = (organ.division.clone(), organ.division.clone());
    let mut holdings = Holding::within(store, range, today).await?;
    holdings.retain(|holding| holding.is_compiled_by(&organ));
    let compiles = !holdings.is_empty();
    let open = |holding: &Holding| {
        holding.draft.as_ref().is_some_and(|(_, _, stage)| stage.may_change().is_ok())
    };
    holdings.retain(open);
    let draft = |holding: Holding| (holding.catalogue.domain, holding.domain_name);
    let mut desk = Workbench::of(visit, clerk, "xuqiu", &wish.words).await?;
    desk = desk.under("群众在找什么", PATH);
    if !errors.is_empty() {
        desk = desk.with_errors();
    }
    let page = WishPage {
        desk,
        drafts: holdings.into_iter().map(draft).collect(),
        compiles,
        search: visit.site.link(&with_query("/sousuo", &[("q", &wish.words)])),
        wish,
        link: form.get("lianjie").into(),
        note: form.get("shuoming").into(),
        reason: form.get("liyou").into(),
        errors,
    };
    web::page::answer(&page)
}

/// The open wish with these words in the clerk's division.
async fn open_wish(visit: &Visit, division: &str, words: &str) -> Result<WishLine, Fault> {
    let shown = Unmet::countable(words).is_some();
    let found = WishLine::open(visit.house.store(), division, words).await?;
    found.filter(|_| shown).ok_or(Fault::NotFound)
}

/// Leads to a new row, or settles what was asked for.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
    form: Submitted,
) -> Result<Response, Fault> {
    let division = clerk.organ.division.clone();
    let words = open_wish(&visit, &division, &asked.ci).await?.words;
    let (verdict, note) = match form.get("do") {
        "propose" => return propose(&visit, clerk, &words, &form).await,
        "answered" => (Verdict::Answered, form.get("shuoming")),
        "dismissed" => (Verdict::Dismissed, form.get("liyou")),
        _ => return Err(Fault::WrongMethod),
    };
    let settlement = Settlement {
        organ: clerk.organ.code.clone(),
        division,
        words: words.clone(),
        verdict,
        note: note.to_owned(),
        link: form.get("lianjie").to_owned(),
    };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let error = match wish::settle(desk, settlement).await {
        Ok(()) => {
            let done = [("done", verdict.word())];
            return Ok(sent_to(&visit, &with_query(PATH, &done)));
        }
        Err(WishError::Desk(error)) => return Err(Fault::inside(error)),
        Err(WishError::Store(error)) => return Err(error.into()),
        Err(WishError::Unknown(_)) => return Err(settled_already()),
        Err(error) => error,
    };
    let field = match (&error, verdict) {
        (WishError::NoLink | WishError::Link(_), _) => "lianjie",
        (_, Verdict::Answered) => "shuoming",
        _ => "liyou",
    };
    let message = format!("{error}。{}。", error.remedy());
    let errors = vec![FieldError { field: field.into(), message }];
    Ok(page(&visit, clerk, &words, &form, errors).await?.into_response())
}

fn settled_already() -> Fault {
    Fault::Refused("这一条刚才已经由别人处理。请回到列表看。".into())
}

/// The form for a new row of the chosen draft, filled in with the words; the wish is settled once the
/// row is kept.
async fn propose(
    visit: &Visit,
    clerk: Clerk,
    words: &str,
    form: &Submitted,
) -> Result<Response, Fault> {
    let Some(domain) = form.words("lingyu") else {
        let message = "请先选一个领域。".into();
        let errors = vec![FieldError { field: "lingyu".into(), message }];
        return Ok(page(visit, clerk, words, form, errors).await?.into_response());
    };
    // Only what a slug is made of goes into the address.
    if !domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(Fault::NotFound);
    }
    let path = format!("/gongzuo/mulu/{domain}/xinzeng");
    Ok(sent_to(visit, &with_query(&path, &[("xuqiu", words)])))
}

/// What becomes of a wish from which a row of a draft is made.
pub(super) fn adopted(clerk: &Clerk, words: &str, domain: &str) -> Settlement {
    Settlement {
        organ: clerk.organ.code.clone(),
        division: clerk.organ.division.clone(),
        words: words.to_owned(),
        verdict: Verdict::Adopted,
        note: format!("列入{domain}领域目录草稿"),
        link: String::new(),
    }
}

impl WishesPage {
    fn empty(&self) -> Empty {
        let empty = match self.settled {
            true => Empty::new("还没有处理过的").because("处理过的词列在这里，带着理由或者去处。"),
            false => Empty::new("没有待处理的").because(
                "门户上搜不到的词达到三次，或者读者在目录页上写下没有的内容，就列在这里，一小时更新一次。",
            ),
        };
        empty.way("看门户上的目录", self.desk.href("/mulu"))
    }
}

impl WishPage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.errors.clone())
    }

    fn wrong(&self, field: &str) -> Option<&str> {
        let found = self.errors.iter().find(|error| error.field == field);
        found.map(|error| error.message.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_does_not_say_where_the_list_goes_on_shows_it_from_the_beginning() {
        for (query, times) in [
            ("", None),
            ("?ri=2026-11-25&cishu=3&hou=a&laiyuan=search", Some(3)),
            ("?ri=2026-11-25&cishu=many&hou=a", None),
            ("?ri=2026-11-25&hou=a", None),
            ("?cishu=3", None),
        ] {
            let address = format!("{PATH}{query}").parse().expect("an address");
            let asked = Query::<Asked>::try_from_uri(&address).expect("is read").0;
            assert_eq!(asked.mark().map(|mark| mark.times), times, "{query}");
        }
    }
}
