//! What programs can ask of a site as such: its organs, its divisions down to the villages, its statutory
//! columns, and its search; and organs and divisions whole.

use std::sync::Arc;

use identity::{Division, Level, Organ};
use search::{Hit, Hits, LONGEST_QUERY, Query, SearchError};
use serde_json::{Value, json};
use sites_rules::{Column, statutory_columns};
use web::api::{Call, Dataset, DatasetBatch, Field, Operation, Reply, Resource, Shape};
use web::{Fault, House, Later, Site};

use crate::portal::tier;

const ORGANS: &str = "/api/v1/organs";
const DIVISIONS: &str = "/api/v1/divisions";

/// Rows of one batch of a whole list.
const BATCH: usize = 500;

/// So deep one may go on in what a search found.
const DEEPEST: usize = 1000;

/// Everything that can be asked.
pub(crate) fn operations() -> Vec<Operation> {
    vec![organs(), organ(), divisions(), columns(), searching()]
}

/// Organs and divisions whole.
pub(crate) const DATASETS: &[Dataset] = &[
    Dataset {
        slug: "jigou",
        title: "行政机关和机构",
        about: "各级行政机关、乡镇街道和有关单位：名称、地址、办公时间、电话、设立和撤销的日期",
        keywords: &["机构职能", "行政机关", "办公地址", "联系电话"],
        columns: organ_resource,
        list: ORGANS,
        page: "/gongkai/jigou",
        batch: organ_batch,
    },
    Dataset {
        slug: "quhua",
        title: "行政区划和村（居）",
        about: "市、区、镇（街道）、村（社区）：代码、名称、上级",
        keywords: &["行政区划", "村", "社区", "街道"],
        columns: division_resource,
        list: DIVISIONS,
        page: "/cunju",
        batch: division_batch,
    },
];

fn organ_resource() -> Resource {
    let fields = vec![
        Field::new("code", "代码", Shape::Code),
        Field::new("name", "全称", Shape::Prose),
        Field::new("short_name", "简称", Shape::Prose),
        Field::new("kind", "种类", Shape::Prose),
        level_field(),
        Field::new("division", "所属行政区划的代码", Shape::Division),
        Field::or_null("valid_from", "设立日期", Shape::Day),
        Field::or_null("valid_to", "撤销或更名前的最后一日", Shape::Day),
        Field::or_null("successor", "并入或更名为哪个机构", Shape::Code),
        Field::or_null("address", "办公地址", Shape::Prose),
        Field::or_null("postcode", "邮政编码", Shape::Prose),
        Field::or_null("hours", "办公时间", Shape::Prose),
        Field::or_null("phone", "联系电话", Shape::Prose),
        Field::or_null("note", "说明", Shape::Prose),
        Field::new("url", "网页地址", Shape::Address),
    ];
    Resource { name: "Organ", about: "一个行政机关或者机构", fields }
}

fn level_field() -> Field {
    Field::new("level", "层级", levels())
}

fn levels() -> Shape {
    let all = [Level::City, Level::District, Level::Township, Level::Village];
    Shape::Word(all.map(Level::word).to_vec())
}

fn organs() -> Operation {
    Operation::list(ORGANS, "list_organs", organ_resource(), |call| {
        Box::pin(async move {
            let (house, site) = (&call.visit.house, &call.visit.site);
            let (rows, next) = organ_page(house, site, call.after(), call.limit()).await?;
            Ok(Reply::page(rows, next))
        })
    })
    .titled("机构", "机构列表")
    .about("本网站所在行政区划和它下面的，已经撤销、更名的也在内（valid_to 不是 null）。")
    .example("/api/v1/organs?limit=3&fields=code,name,phone")
}

fn organ() -> Operation {
    Operation::one("/api/v1/organs/{code}", "get_organ", organ_resource(), |call| {
        Box::pin(async move {
            let (house, site) = (&call.visit.house, &call.visit.site);
            let found = Organ::find(house.store(), call.part("code")).await?;
            let found = found.filter(|organ| lies_in(site, &organ.division));
            found.map(|organ| Reply::One(organ_row(site, &organ))).ok_or(Fault::NotFound)
        })
    })
    .titled("机构", "一个机构")
    .at("code", "代码", Shape::Code)
    .example_of(ORGANS)
}

fn lies_in(site: &Site, division: &str) -> bool {
    let (low, high) = &site.range;
    (low.as_str()..=high.as_str()).contains(&division)
}

async fn organ_page(
    house: &House,
    site: &Site,
    after: Option<&str>,
    limit: usize,
) -> Result<DatasetBatch, Fault> {
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let after = after.unwrap_or_default();
    let mut found = Organ::within(house.store(), range, after, limit + 1).await?;
    let beyond = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| beyond).map(|organ| organ.code.clone());
    Ok((found.iter().map(|organ| organ_row(site, organ)).collect(), next))
}

fn organ_row(site: &Site, organ: &Organ) -> Value {
    let day = |day: Option<law::Date>| day.map(|day| day.to_string());
    json!({
        "code": organ.code,
        "name": organ.name,
        "short_name": organ.short_name,
        "kind": organ.kind,
        "level": organ.level.word(),
        "division": organ.division,
        "valid_from": day(organ.valid_from),
        "valid_to": day(organ.valid_to),
        "successor": organ.successor,
        "address": organ.address,
        "postcode": organ.postcode,
        "hours": organ.hours,
        "phone": organ.phone,
        "note": organ.note,
        "url": site.frame.address(&format!("/gongkai/jigou/{}", organ.code)),
    })
}

fn organ_batch<'a>(
    house: &'a House,
    site: &'a Site,
    after: Option<&'a str>,
) -> Later<'a, DatasetBatch> {
    Box::pin(organ_page(house, site, after, BATCH))
}

fn division_resource() -> Resource {
    let fields = vec![
        Field::new("code", "12 位代码", Shape::Division),
        Field::new("name", "名称", Shape::Prose),
        level_field(),
        Field::or_null("parent", "上级的代码", Shape::Division),
        Field::or_null("url", "村（社区）的网页地址", Shape::Address),
    ];
    Resource { name: "Division", about: "一个行政区划，或者一个村（社区）", fields }
}

fn divisions() -> Operation {
    Operation::list(DIVISIONS, "list_divisions", division_resource(), |call| {
        Box::pin(async move {
            let (house, site) = (&call.visit.house, &call.visit.site);
            let level = call.get("level").and_then(Level::parse);
            let (rows, next) =
                division_page(house, site, (level, call.after()), call.limit()).await?;
            Ok(Reply::page(rows, next))
        })
    })
    .titled("机构", "行政区划和村（居）列表")
    .example("/api/v1/divisions?level=village&limit=3")
    .query("level", "层级", levels())
}

async fn division_page(
    house: &House,
    site: &Site,
    (level, after): (Option<Level>, Option<&str>),
    limit: usize,
) -> Result<DatasetBatch, Fault> {
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let after = after.unwrap_or_default();
    let mut found = Division::within(house.store(), range, level, after, limit + 1).await?;
    let beyond = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| beyond).map(|one| one.code.clone());
    let row = |one: &Division| {
        let village = one.level == Level::Village;
        json!({
            "code": one.code,
            "name": one.name,
            "level": one.level.word(),
            "parent": one.parent,
            "url": village.then(|| site.frame.address(&format!("/cunju/{}", one.code))),
        })
    };
    Ok((found.iter().map(row).collect(), next))
}

fn division_batch<'a>(
    house: &'a House,
    site: &'a Site,
    after: Option<&'a str>,
) -> Later<'a, DatasetBatch> {
    Box::pin(division_page(house, site, (None, after), BATCH))
}

fn columns() -> Operation {
    let fields = vec![
        Field::new("code", "代码，documents 的 statutory 参数用它", Shape::Code),
        Field::new("name", "名称", Shape::Prose),
        Field::new("about", "放什么", Shape::Prose),
        Field::new("kind", "类别", Shape::Prose),
        Field::new("basis", "依据", Shape::Prose),
        Field::new("url", "网页地址", Shape::Address),
    ];
    let of = Resource {
        name: "StatutoryColumn", about: "法定主动公开内容的一个栏目", fields
    };
    Operation::list("/api/v1/columns", "list_columns", of, |call| {
        Box::pin(async move { listed_columns(&call) })
    })
    .titled("栏目", "法定主动公开内容的栏目")
    .example("/api/v1/columns?limit=3")
}

fn listed_columns(call: &Call) -> Result<Reply, Fault> {
    let site = &call.visit.site;
    let all: Vec<&Column> = statutory_columns(tier(site.level)).collect();
    let from = call.after().and_then(|mark| all.iter().position(|one| one.code == mark));
    let rest = all.get(from.map_or(0, |at| at + 1)..).unwrap_or_default();
    let shown = rest.get(..call.limit()).unwrap_or(rest);
    let next = shown.last().filter(|_| shown.len() < rest.len()).map(|one| one.code.to_owned());
    let row = |column: &&Column| {
        json!({
            "code": column.code,
            "name": column.name,
            "about": column.description,
            "kind": column.kind.word(),
            "basis": column.basis.to_string(),
            "url": site.frame.address(&format!("/gongkai/fading/{}", column.slug)),
        })
    };
    Ok(Reply::page(shown.iter().map(row).collect(), next))
}

fn searching() -> Operation {
    let fields = vec![
        Field::new("title", "标题", Shape::Prose),
        Field::new("kind", "类型", Shape::Prose),
        Field::or_null("number", "文号", Shape::Prose),
        Field::new("organ_name", "机构", Shape::Prose),
        Field::or_null("domain", "领域", Shape::Prose),
        Field::or_null("date", "日期", Shape::Prose),
        Field::or_null("validity", "有效性", Shape::Prose),
        Field::new("snippet", "有这些字词的一段", Shape::Prose),
        Field::or_null("attachment", "那一段在哪个附件里", Shape::Prose),
        Field::new("url", "网页地址", Shape::Address),
    ];
    let of = Resource { name: "SearchHit", about: "查到的一项", fields };
    Operation::list("/api/v1/search", "search", of, |call| {
        Box::pin(async move { found(call).await })
    })
    .titled("查找", "全站查找")
    .about("和网页上的搜索一样：同义词、拼音、文号、打错的字都懂。答复里的 total 是一共查到多少，corrected 是更正成了什么。")
    .example("/api/v1/search?q=%E5%85%BB%E8%80%81&limit=2")
    .query("q", "要查的字词", Shape::Text(LONGEST_QUERY))
    .query("kind", "类型", Shape::Text(20))
    .query("domain", "领域", Shape::Text(40))
    .query("organ", "机构的名称", Shape::Text(60))
    .query("year", "年份", Shape::Whole(1900, 2200))
    .query("validity", "有效性", Shape::Text(20))
    .query("from", "从哪一天起", Shape::Day)
    .query("to", "到哪一天止", Shape::Day)
}

async fn found(call: Call) -> Result<Reply, Fault> {
    let site = &call.visit.site;
    let offset = call.after().and_then(|mark| mark.parse().ok()).unwrap_or_default();
    let district = site.division.get(..Level::District.digits()).unwrap_or(&site.division);
    let query = Query {
        text: call.text("q").unwrap_or_default(),
        division_prefix: Some(site.division.clone()),
        own_division: Some(format!("{district:0<12}")),
        kinds: call.text("kind").into_iter().collect(),
        domain: call.text("domain"),
        organ: call.text("organ"),
        year: call.number("year").and_then(|year| i16::try_from(year).ok()),
        validity: call.text("validity"),
        from: call.text("from"),
        to: call.text("to"),
        offset,
        limit: call.limit(),
    };
    let house = Arc::clone(&call.visit.house);
    let hits = tokio::task::spawn_blocking(move || house.search().query(&query)).await;
    let hits = match hits.map_err(Fault::inside)? {
        Ok(hits) => hits,
        // What has no word in it finds nothing.
        Err(SearchError::Refused(_)) => Hits::default(),
        Err(error) => return Err(error.into()),
    };
    let end = offset + hits.hits.len();
    let more = !hits.hits.is_empty() && (end as u64) < hits.total && end <= DEEPEST;
    let besides = [("total", json!(hits.total)), ("corrected", json!(hits.corrected))];
    let besides = besides.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
    let rows = hits.hits.iter().map(|hit| hit_row(&call, hit)).collect();
    Ok(Reply::Page(rows, more.then(|| end.to_string()), besides))
}

fn hit_row(call: &Call, hit: &Hit) -> Value {
    let site = &call.visit.site;
    // Where a hit's page is: on the site of its own division if there is one.
    let home = call.visit.house.directory().serving(&hit.division);
    let path = home.as_ref().map_or_else(|| site.link(&hit.url), |home| home.link(&hit.url));
    let origin = site.frame.origin.as_deref().unwrap_or_default();
    let snippet: String = hit.snippet.iter().map(|(_, text)| text.as_str()).collect();
    json!({
        "title": hit.plain_title(),
        "kind": hit.kind,
        "number": hit.number,
        "organ_name": hit.organ_name,
        "domain": hit.domain,
        "date": hit.date,
        "validity": hit.validity,
        "snippet": snippet,
        "attachment": hit.attachment.as_ref().map(|attachment| attachment.name.clone()),
        "url": format!("{origin}{path}"),
    })
}
