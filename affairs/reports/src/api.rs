//! What of the annual reports programs can ask for: the list, and a report with its tables; and the list whole.

use serde_json::{Value, json};
use web::api::{Call, Dataset, DatasetBatch, Field, Operation, Reply, Resource, Shape};
use web::{Fault, House, Later, Site};

use crate::portal::organ_of;
use crate::store::{Content, Listed, ListedAsk, Version};
use crate::writing::{Form, write};

const GROUP: &str = "年度报告";
const LIST: &str = "/api/v1/annual-reports";

/// Rows of one batch of the whole list.
const BATCH: usize = 500;

/// Everything that can be asked.
pub(crate) fn operations() -> Vec<Operation> {
    vec![list(), one()]
}

/// The list whole.
pub(crate) const DATASETS: &[Dataset] = &[Dataset {
    slug: "nianbao",
    title: "政府信息公开工作年度报告",
    about: "各机关公布的年度报告：机关、年度、标题、公布日期和地址；报告里的各张表用程序接口取",
    keywords: &["年度报告", "信息公开年报", "依申请公开"],
    columns: row_resource,
    list: LIST,
    page: "/gongkai/nianbao",
    batch,
}];

fn row_resource() -> Resource {
    let fields = vec![
        Field::new("organ", "机关的代码", Shape::Code),
        Field::new("organ_name", "机关", Shape::Prose),
        Field::new("division", "行政区划的代码", Shape::Division),
        Field::new("year", "报告年度", Shape::Whole(1900, 2200)),
        Field::new("title", "标题", Shape::Prose),
        Field::new("published_on", "公布日期", Shape::Day),
        Field::or_null("original_on", "原公布日期（来源载明）", Shape::Day),
        Field::new("corrected", "公布以后更正过", Shape::Flag),
        Field::new("demo", "是不是演示数据", Shape::Flag),
        Field::new("url", "网页地址", Shape::Address),
    ];
    Resource { name: "AnnualReportRow", about: "列表里的一份年度报告", fields }
}

fn list() -> Operation {
    Operation::list(LIST, "list_annual_reports", row_resource(), |call| {
        Box::pin(async move {
            let (house, site) = (&call.visit.house, &call.visit.site);
            let ask = ListedAsk {
                organ: call.text("organ"),
                year: call.number("year"),
                after: call.text_after(),
                limit: call.limit(),
            };
            let (rows, next) = page(house, site, &ask).await?;
            Ok(Reply::page(rows, next))
        })
    })
    .titled(GROUP, "年度报告列表")
    .example("/api/v1/annual-reports?limit=2")
    .query("organ", "机关的代码", Shape::Code)
    .query("year", "报告年度", Shape::Whole(1900, 2200))
}

fn one() -> Operation {
    let fields = vec![
        Field::new("schema_version", "字段改变意思时才变", Shape::Whole(1, i64::MAX)),
        Field::or_null("title", "标题", Shape::Prose),
        Field::or_null("unit", "标题里的机关", Shape::Prose),
        Field::or_null("year", "报告年度", Shape::Whole(1900, 2200)),
        Field::or_null("published", "公布日期", Shape::Prose),
        Field::new("format", "表的版式", Shape::Anything),
        Field::new("sections", "有哪些部分", Shape::Anything),
        Field::new("table2", "主动公开政府信息情况", Shape::Anything),
        Field::new("table3", "收到和处理政府信息公开申请情况", Shape::Anything),
        Field::new("table4", "行政复议、行政诉讼情况", Shape::Anything),
        Field::new("prose_numbers", "正文里写的数", Shape::Anything),
        Field::new("identities_broken", "对不上的勾稽关系", Shape::Anything),
        Field::new("warnings", "存疑", Shape::Anything),
        Field::new("notes", "需要人看的", Shape::Anything),
    ];
    let of =
        Resource { name: "AnnualReport", about: "一份年度报告现在公开的内容", fields };
    let path = "/api/v1/annual-reports/{organ}/{year}";
    Operation::one(path, "get_annual_report", of, |call| {
        Box::pin(async move { report(&call).await })
    })
    .titled(GROUP, "一份年度报告")
    .about("各张表按行名、列名给出；和 gongkai reports read --json 的写法一样。")
    .at("organ", "机关的代码", Shape::Code)
    .at("year", "报告年度", Shape::Whole(1900, 2200))
    .example_of(LIST)
}

async fn page(house: &House, site: &Site, ask: &ListedAsk) -> Result<DatasetBatch, Fault> {
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let (listed, next) = Listed::page(house.store(), range, ask).await?;
    Ok((listed.iter().map(|listed| row(site, listed)).collect(), next))
}

fn row(site: &Site, listed: &Listed) -> Value {
    json!({
        "organ": listed.organ,
        "organ_name": listed.organ_name,
        "division": listed.division,
        "year": listed.year,
        "title": listed.title,
        "published_on": listed.published_on,
        "original_on": listed.original_on,
        "corrected": listed.number > 1,
        "demo": listed.demo != 0,
        "url": site.frame.address(&format!("/gongkai/nianbao/{}/{}", listed.organ, listed.year)),
    })
}

async fn report(call: &Call) -> Result<Reply, Fault> {
    let store = call.visit.house.store();
    let organ = organ_of(&call.visit, call.part("organ")).await?;
    let year = call.number("year").and_then(|year| i16::try_from(year).ok());
    let year = year.ok_or(Fault::NotFound)?;
    let version = Version::public(store, &organ.code, year).await?.ok_or(Fault::NotFound)?;
    let content = Content::of(store, &version.id).await?;
    let bytes = write(&version, &content, Form::Json, None).await.map_err(Fault::inside)?;
    Ok(Reply::One(serde_json::from_slice(&bytes).map_err(Fault::inside)?))
}

fn batch<'a>(house: &'a House, site: &'a Site, after: Option<&'a str>) -> Later<'a, DatasetBatch> {
    Box::pin(async move {
        let ask =
            ListedAsk { after: after.map(str::to_owned), limit: BATCH, ..ListedAsk::default() };
        page(house, site, &ask).await
    })
}
