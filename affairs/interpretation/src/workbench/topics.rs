//! `/gongzuo/zhuanti`: topics, edition by edition; and where they are closed by whoever answers for the organ.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use identity::powers::{Condition, Tie};
use interpretation_rules::{DataTable, GatheringRule, MOST_TABLES, TopicBody, TopicState};
use review::{Signatory, Unit, unit_path};
use web::components::{Empty, Tag};
use web::workbench::{REASON, Submitted, Workbench, sent_to};
use web::{Clerk, Fault, Visit};

use super::list::Done;
use super::{ARRANGE, CLOSE, TOPIC_ENDS, TOPICS, desk_of, seen};
use crate::acts::topic;
use crate::drafts::TOPIC;
use crate::store::Topic;

#[derive(Template)]
#[template(path = "workbench/topics.html")]
struct TopicsPage {
    desk: Workbench,
    rows: Vec<Row>,
    action: String,
}

#[derive(Template)]
#[template(path = "workbench/topic.html")]
struct TopicPage {
    desk: Workbench,
    one: Topic,
    tag: Tag,
    words: String,
    domains: Vec<(String, String)>,
    tables: Vec<DataTable>,
    unfinished: Vec<String>,
    unit: Option<String>,
    shown: Option<String>,
    back: String,
    here: String,
}

#[derive(Template)]
#[template(path = "workbench/topic_ends.html")]
struct TopicEndsPage {
    desk: Workbench,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    title: String,
    href: String,
    tag: Tag,
    action: String,
    own: bool,
    stands: bool,
}

const SAID: &[(&str, &str)] = &[
    ("xinjian", "已建立。写好以后保存。"),
    ("baocun", "已保存。"),
    ("songshen", "已送审。"),
    ("shanqu", "已删去。"),
    ("jieshu", "已结束。"),
];

fn tag(state: TopicState) -> Tag {
    match state {
        TopicState::Published => Tag::good(state.name()),
        TopicState::UnderReview => Tag::warn(state.name()),
        _ => Tag::info(state.name()),
    }
}

/// The tie of one: whose it is and who wrote it.
fn tie(one: &Topic) -> Tie {
    let tie = Tie::to(&one.organ).in_unit(one.unit.clone());
    let tie = one.authors.iter().fold(tie, |tie, author| tie.by(author));
    tie.holding([Condition::DraftState])
}

fn row(visit: &Visit, clerk: &Clerk, one: &Topic) -> Row {
    Row {
        id: one.id.clone(),
        title: one.body.title.clone(),
        href: visit.site.link(&one.desk_path()),
        tag: tag(one.state),
        action: visit.site.link(&format!("{TOPIC_ENDS}/{}", one.id)),
        own: clerk.is_among(one.authors.iter().map(String::as_str)),
        stands: one.state == TopicState::Published,
    }
}

/// Those of the clerk's organ that he may write.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let all = Topic::of_organ(visit.house.store(), &clerk.organ.code).await?;
    let mine = all.iter().filter(|one| clerk.may(ARRANGE, &tie(one)).is_ok());
    let rows = mine.map(|one| row(&visit, &clerk, one)).collect();
    let desk = Workbench::of(&visit, clerk, "zhuanti", "专题").await?;
    let action = visit.site.link(TOPICS);
    web::page::answer(&TopicsPage { desk: desk.saying(&done.done, SAID), rows, action })
}

/// The organ's edition with that key, for a clerk who may write it.
async fn topic_for(visit: &Visit, clerk: &Clerk, id: &str) -> Result<Topic, Fault> {
    let found = Topic::find(visit.house.store(), id).await?;
    let own = |one: &Topic| one.organ == clerk.organ.code && one.state != TopicState::Dropped;
    let one = found.filter(own).ok_or(Fault::NotFound)?;
    clerk.may(ARRANGE, &tie(&one))?;
    Ok(one)
}

/// Shows one.
pub async fn one(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let one = topic_for(&visit, &clerk, &id).await?;
    let unit = Unit::open_with(visit.house.store(), TOPIC, &id).await?;
    let domains = match visit.house.themes() {
        Some(themes) => (themes.domains)(&visit.house).await?,
        None => vec![],
    };
    let mut tables = one.body.tables.clone();
    tables.resize(tables.len().max(MOST_TABLES), DataTable::default());
    let wrong = one.body.check().err().filter(|_| one.is_open()).unwrap_or_default();
    let desk = Workbench::of(&visit, clerk, "zhuanti", &one.body.title).await?;
    let page = TopicPage {
        tag: tag(one.state),
        words: one.body.rule.words.join("、"),
        domains,
        tables,
        unfinished: wrong.into_iter().map(|bad| bad.words).collect(),
        unit: unit.map(|unit| visit.site.link(&unit_path(&unit))),
        shown: (one.state == TopicState::Published).then(|| visit.site.link(&one.path())),
        back: visit.site.link(TOPICS),
        here: visit.site.link(&one.desk_path()),
        desk: desk.under("专题", TOPICS).saying(&done.done, SAID),
        one,
    };
    web::page::answer(&page)
}

/// Begins one, or another edition.
pub async fn begin(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let standing = match form.words("daiti") {
        Some(id) => Some(topic_for(&visit, &clerk, id).await?.id),
        None => {
            let own = Tie::to(&clerk.organ.code).in_unit(clerk.unit.clone());
            clerk.may(ARRANGE, &own.holding([Condition::DraftState]))?;
            None
        }
    };
    let (by, desk) = (Signatory::of(&clerk), desk_of(&visit, &clerk).await?);
    let begun = topic::begin(desk, &by, (standing.as_deref(), form.get("biaoti"))).await;
    Ok(sent_to(&visit, &format!("{}?done=xinjian", seen(begun)?.desk_path())))
}

/// What the form says.
fn body(form: &Submitted) -> TopicBody {
    let line = |name: &str| form.get(name).split_whitespace().collect::<Vec<_>>().join(" ");
    let table = |at: usize| {
        let (columns, rows) = DataTable::cells_in(form.get(&format!("biao-{at}")));
        let (title, note) = (line(&format!("biaoming-{at}")), line(&format!("shuoming-{at}")));
        DataTable { title, note, columns, rows }
    };
    TopicBody {
        title: line("biaoti"),
        lead: form.get("daoyu").replace("\r\n", "\n").trim().to_owned(),
        rule: GatheringRule {
            words: GatheringRule::words_in(form.get("ci")),
            domain: line("lingyu"),
            since: line("qishi"),
        },
        tables: (1..=MOST_TABLES).map(table).filter(|table| !table.is_empty()).collect(),
    }
}

/// Keeps what was written.
pub async fn write(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let one = topic_for(&visit, &clerk, &id).await?;
    let revision = form.get("kan").trim().parse().unwrap_or_default();
    let desk = desk_of(&visit, &clerk).await?;
    seen(topic::write(desk, &Signatory::of(&clerk), &id, (&body(&form), revision)).await)?;
    Ok(sent_to(&visit, &format!("{}?done=baocun", one.desk_path())))
}

/// Deletes it.
pub async fn drop_it(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    _form: Submitted,
) -> Result<Response, Fault> {
    topic_for(&visit, &clerk, &id).await?;
    let desk = desk_of(&visit, &clerk).await?;
    seen(topic::drop_it(desk, &Signatory::of(&clerk), &id).await)?;
    Ok(sent_to(&visit, &format!("{TOPICS}?done=shanqu")))
}

/// 送审.
pub async fn submit(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let one = topic_for(&visit, &clerk, &id).await?;
    let publishers = visit.house.publishers();
    let (by, desk) = (Signatory::of(&clerk), desk_of(&visit, &clerk).await?);
    seen(topic::submit(desk, &publishers, &by, (&id, form.words("shuoming"))).await)?;
    Ok(sent_to(&visit, &format!("{}?done=songshen", one.desk_path())))
}

/// What stands of the organ, for whoever may close it.
pub async fn ends(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let all = Topic::of_organ(visit.house.store(), &clerk.organ.code).await?;
    let stand = all.iter().filter(|one| one.state == TopicState::Published);
    let rows = stand.map(|one| row(&visit, &clerk, one)).collect();
    let desk = Workbench::of(&visit, clerk, "zhuanti-jieshu", "结束专题").await?;
    web::page::answer(&TopicEndsPage { desk: desk.saying(&done.done, SAID), rows })
}

/// Closes one.
pub async fn close(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let found = Topic::find(visit.house.store(), &id).await?;
    let one = found.filter(|one| one.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    let reason = form.get(REASON).trim().to_owned();
    clerk.may(CLOSE, &tie(&one).because(&reason))?;
    let desk = desk_of(&visit, &clerk).await?;
    seen(topic::close(desk, &Signatory::of(&clerk), &id, &reason).await)?;
    Ok(sent_to(&visit, &format!("{TOPIC_ENDS}?done=jieshu")))
}

impl TopicsPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有专题").because("新建一个，写明收进来的词，文件自动收。")
    }
}

impl TopicEndsPage {
    fn empty(&self) -> Empty {
        Empty::new("没有已经公布的专题").because("公布的专题在这里列出，可以结束。")
    }
}
