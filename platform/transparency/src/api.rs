//! The leaves of the public log for programs. What opens a leaf's digest is given at its page alone, where it
//! is no longer given once the thing was withdrawn.

use ledger::log::Inscribed;
use serde_json::{Value, json};
use web::api::{Dataset, DatasetBatch, Field, Operation, Reply, Resource, Shape};
use web::{Fault, House, Later, Site};

const GROUP: &str = "公开日志";
const LIST: &str = "/api/v1/log-entries";

/// Rows of one batch of the whole log.
const BATCH: usize = 1000;

/// Everything that can be asked.
pub(crate) fn operations() -> Vec<Operation> {
    vec![list(), one()]
}

/// The log whole.
pub(crate) const DATASETS: &[Dataset] = &[Dataset {
    slug: "rizhi",
    title: "公开日志",
    about: "每次发布、更正、撤下在公开日志里的条目：位置、事件、索引号、时间、摘要，新的在前",
    keywords: &["公开日志", "存证", "发布", "更正", "撤下"],
    columns: resource,
    list: LIST,
    page: "/gongkai-rizhi",
    batch,
}];

fn resource() -> Resource {
    let fields = vec![
        Field::new("position", "第几条，从 0 起", Shape::Whole(0, i64::MAX)),
        Field::new("event", "事件", Shape::Prose),
        Field::new("event_name", "事件的名称", Shape::Prose),
        Field::new("organ", "机关的代码", Shape::Prose),
        Field::new("index", "索引号", Shape::Prose),
        Field::new("subject", "关于什么", Shape::Prose),
        Field::new("version", "关于它的第几条，从 1 起", Shape::Whole(1, i64::MAX)),
        Field::new("at", "时间", Shape::Moment),
        Field::or_null("sha256", "加了随机数的内容的 SHA-256", Shape::Prose),
        Field::or_null("sm3", "同样内容的 SM3", Shape::Prose),
        Field::new("text", "条目原文，证明就是对它作的", Shape::Prose),
        Field::new("url", "网页地址", Shape::Address),
    ];
    Resource { name: "LogEntry", about: "公开日志的一条", fields }
}

fn list() -> Operation {
    Operation::list(LIST, "list_log_entries", resource(), |call| {
        Box::pin(async move {
            let (house, site) = (&call.visit.house, &call.visit.site);
            let (rows, next) = page(house, site, call.after(), call.limit()).await?;
            Ok(Reply::page(rows, next))
        })
    })
    .titled(GROUP, "公开日志列表")
    .about("新的在前。要自己核对的，用 /checkpoint 和 /tile/ 下的数据（C2SP tlog-tiles）。")
    .example("/api/v1/log-entries?limit=2")
}

fn one() -> Operation {
    Operation::one("/api/v1/log-entries/{position}", "get_log_entry", resource(), |call| {
        Box::pin(async move {
            let position = call.number("position").ok_or(Fault::NotFound)?;
            let leaf = call.visit.house.ledger().log().leaf(position).await?;
            leaf.map(|leaf| Reply::One(row(&call.visit.site, &leaf))).ok_or(Fault::NotFound)
        })
    })
    .titled(GROUP, "公开日志的一条")
    .at("position", "第几条，从 0 起", Shape::Whole(0, i64::MAX))
    .example_of(LIST)
}

async fn page(
    house: &House,
    site: &Site,
    after: Option<&str>,
    limit: usize,
) -> Result<DatasetBatch, Fault> {
    let before = after.and_then(|mark| mark.parse().ok()).unwrap_or(i64::MAX);
    let mut leaves = house.ledger().log().leaves_before(before, limit as i64 + 1).await?;
    let beyond = leaves.len() > limit;
    leaves.truncate(limit);
    let next = leaves.last().filter(|_| beyond).map(|leaf| leaf.position.to_string());
    Ok((leaves.iter().map(|leaf| row(site, leaf)).collect(), next))
}

fn row(site: &Site, leaf: &Inscribed) -> Value {
    let body = &leaf.body;
    json!({
        "position": leaf.position,
        "event": body.event,
        "event_name": body.words(),
        "organ": body.organ,
        "index": body.index,
        "subject": body.subject,
        "version": body.version,
        "at": web::moments::in_china(&body.at),
        "sha256": body.sha256,
        "sm3": body.sm3,
        "text": leaf.text,
        "url": site.frame.address(&format!("/gongkai-rizhi/{}", leaf.position)),
    })
}

fn batch<'a>(house: &'a House, site: &'a Site, after: Option<&'a str>) -> Later<'a, DatasetBatch> {
    Box::pin(page(house, site, after, BATCH))
}
