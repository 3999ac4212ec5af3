//! What of the records programs can ask for: the list, one document, what was taken down; and the list whole.

use ::store::Store;
use records_rules::Validity;
use serde_json::{Value, json};
use web::api::{Call, Dataset, DatasetBatch, Field, Operation, Reply, Resource, Shape};
use web::components::size_words;
use web::page::a_year_before;
use web::{Ask, Fault, House, Later, Site};

use crate::portal::place::{Found, find};
use crate::store::{Attachment, Listed, Page, Record, Turn};

const GROUP: &str = "政府信息";
const LIST: &str = "/api/v1/documents";

/// Rows of one batch of the whole list.
const BATCH: usize = 500;

/// Everything that can be asked.
pub(crate) fn operations() -> Vec<Operation> {
    vec![list(), one(), withdrawals()]
}

/// The list whole.
pub(crate) const DATASETS: &[Dataset] = &[Dataset {
    slug: "wenjian",
    title: "政府信息",
    about: "已经主动公开的文件：标题、文号、索引号、发布机构、日期、有效性、摘要和地址，先公开的在后",
    keywords: &["政府信息", "政策文件", "规范性文件", "文号", "有效性"],
    columns: row_resource,
    list: LIST,
    page: "/wenjian",
    batch,
}];

fn list() -> Operation {
    Operation::list(LIST, "list_documents", row_resource(), |call| {
        Box::pin(async move { listed(&call).await })
    })
    .titled(GROUP, "文件列表")
    .about("按首次公开的日期排，新的在前；和网页“全部文件”的筛选一样。")
    .example("/api/v1/documents?limit=2&sort=-published_on&fields=id,title,published_on")
    .query("q", "标题或者文号里的词", Shape::Text(100))
    .query("year", "成文年份", Shape::Whole(1900, 2200))
    .query("organ", "发布机构的代码", Shape::Code)
    .query("validity", "有效性", validity_words())
    .query("genre", "体裁或者主题分类", Shape::Text(20))
    .query("domain", "领域的拼音名", Shape::Code)
    .query("item", "目录事项的编号", Shape::Code)
    .query("statutory", "法定主动公开内容的代码，例如 P20-01", Shape::Code)
    .query("sort", "排序", Shape::Word(vec!["-published_on", "published_on"]))
}

fn validity_words() -> Shape {
    use Validity::{Amended, InForce, Lapsed, NotYet, PartlyVoid, Repealed};
    let all = [InForce, Lapsed, Repealed, Amended, PartlyVoid, NotYet];
    Shape::Word(all.map(Validity::name).to_vec())
}

fn one() -> Operation {
    Operation::one("/api/v1/documents/{id}", "get_document", document_resource(), |call| {
        Box::pin(async move { document(&call).await })
    })
    .titled(GROUP, "一份文件")
    .about("全文、附件和全部著录项。撤下的答复 410 和原因。")
    .at("id", "编号", Shape::Key)
    .example_of(LIST)
}

fn withdrawals() -> Operation {
    Operation::list("/api/v1/withdrawals", "list_withdrawals", gone_resource(), |call| {
        Box::pin(async move { gone(&call).await })
    })
    .titled(GROUP, "一年里撤下的文件")
    .about("留存数据的，请照着撤下。最近的在前。")
}

/// What the list tells of a document.
fn row_fields() -> Vec<Field> {
    vec![
        Field::new("id", "编号", Shape::Key),
        Field::new("title", "标题", Shape::Prose),
        Field::or_null("number", "发文字号", Shape::Prose),
        Field::new("index", "索引号", Shape::Prose),
        Field::new("organ", "发布机构的代码", Shape::Code),
        Field::new("organ_name", "发布机构", Shape::Prose),
        Field::new("division", "所属行政区划的代码", Shape::Division),
        Field::new("genre", "体裁", Shape::Prose),
        Field::new("made_on", "成文日期", Shape::Day),
        Field::new("published_on", "发布日期", Shape::Day),
        Field::new("published_at", "发布的时刻", Shape::Moment),
        Field::or_null("original_on", "原发布日期（来源载明）", Shape::Day),
        Field::new("validity", "有效性", validity_words()),
        Field::new("summary", "摘要", Shape::Prose),
        Field::new("demo", "是不是演示数据", Shape::Flag),
        Field::new("url", "网页地址", Shape::Address),
    ]
}

fn row_resource() -> Resource {
    Resource { name: "DocumentRow", about: "列表里的一份文件", fields: row_fields() }
}

fn document_resource() -> Resource {
    let attachment = Shape::Thing(vec![
        Field::new("name", "文件名", Shape::Prose),
        Field::new("media_type", "格式", Shape::Prose),
        Field::new("size", "字节数", Shape::Whole(0, i64::MAX)),
        Field::new("size_words", "大小", Shape::Prose),
        Field::new("sha256", "SHA-256", Shape::Prose),
        Field::new("url", "地址", Shape::Address),
    ]);
    let item = Shape::Thing(vec![
        Field::new("domain", "领域的拼音名", Shape::Code),
        Field::new("item", "事项的编号", Shape::Code),
        Field::new("names", "各级名称", Shape::list(Shape::Prose)),
    ]);
    let mut fields = row_fields();
    fields.extend([
        Field::new("theme", "主题分类", Shape::Prose),
        Field::new("openness", "公开属性", Shape::Prose),
        Field::or_null("in_force_from", "施行日期", Shape::Day),
        Field::or_null("last_day", "有效期的最后一日", Shape::Day),
        Field::or_null("source", "来源", Shape::Prose),
        Field::new("statutory", "法定主动公开内容的代码", Shape::list(Shape::Code)),
        Field::new("items", "对应的目录事项", Shape::list(item)),
        Field::new("text", "正文", Shape::Prose),
        Field::new("attachments", "附件", Shape::list(attachment)),
        Field::new("pdf", "公文版式的 PDF", Shape::Address),
        Field::new("docx", "DOCX", Shape::Address),
    ]);
    Resource { name: "Document", about: "一份文件", fields }
}

fn gone_resource() -> Resource {
    let fields = vec![
        Field::new("url", "原来的网页地址，那里写明原因", Shape::Address),
        Field::new("withdrawn_at", "撤下的时刻", Shape::Moment),
    ];
    Resource { name: "Withdrawal", about: "撤下的一份文件", fields }
}

async fn listed(call: &Call) -> Result<Reply, Fault> {
    let (house, site) = (&call.visit.house, &call.visit.site);
    let ask = Ask {
        divisions: Some(site.range.clone()),
        statutory: call.text("statutory"),
        domain: call.text("domain"),
        item: call.text("item"),
        organ: call.text("organ"),
        year: call.number("year").and_then(|year| i16::try_from(year).ok()),
        validity: call.text("validity"),
        words: call.text("q"),
        genre: call.text("genre"),
        ..Ask::default()
    };
    let upwards = call.get("sort") == Some("published_on");
    let turn = turn(call.after(), upwards)?;
    let today = house.ledger().clock().today();
    let page = Page::at(house.store(), &ask, &turn, call.limit(), today).await?;
    let mut rows: Vec<Value> = page.rows.iter().map(|listed| row(site, listed)).collect();
    if upwards {
        rows.reverse();
    }
    let next = if upwards { page.previous } else { page.next };
    Ok(Reply::page(rows, next.map(|mark| mark.to_string())))
}

/// Which page is meant.
fn turn(after: Option<&str>, upwards: bool) -> Result<Turn, Fault> {
    match after {
        None if upwards => Ok(Turn::oldest()),
        None => Ok(Turn::Start),
        Some(mark) if upwards => Turn::before(mark).map_err(|_| Fault::NotFound),
        Some(mark) => Turn::after(mark).map_err(|_| Fault::NotFound),
    }
}

fn row(site: &Site, listed: &Listed) -> Value {
    let row = &listed.row;
    json!({
        "id": row.id,
        "title": row.title,
        "number": row.number,
        "index": listed.index,
        "organ": listed.organ,
        "organ_name": listed.organ_name,
        "division": listed.division,
        "genre": listed.genre,
        "made_on": row.made_on,
        "published_on": row.published_on,
        "published_at": web::moments::in_china(&row.published_at),
        "original_on": row.original_on,
        "validity": listed.validity.name(),
        "summary": listed.summary,
        "demo": row.demo,
        "url": site.frame.address(&row.path),
    })
}

async fn document(call: &Call) -> Result<Reply, Fault> {
    let record = match find(&call.visit, call.part("id")).await? {
        Found::Here(record) => record,
        Found::Elsewhere(_) => return Err(Fault::NotFound),
    };
    let today = call.visit.house.ledger().clock().today();
    let apart = call.visit.house.second_host().map(|host| host.origin().to_owned());
    Ok(Reply::One(whole(&call.visit.site, &record, apart.as_deref(), today)))
}

/// A document with everything.
fn whole(site: &Site, record: &Record, apart: Option<&str>, today: law::Date) -> Value {
    let (metadata, life) = (&record.metadata, &record.metadata.life);
    let day = |day: Option<law::Date>| day.map(|day| day.to_string());
    let path = format!("/wenjian/{}", record.id);
    let original = match &metadata.origin {
        records_rules::Origin::Imported(Some(original)) => Some(original.on().to_string()),
        _ => None,
    };
    let items = record
        .items
        .iter()
        .map(|item| json!({ "domain": item.domain, "item": item.item, "names": item.words }));
    let files = record.attachments.iter().enumerate();
    json!({
        "id": record.id,
        "title": metadata.title,
        "number": metadata.number.as_ref().map(ToString::to_string),
        "index": metadata.index.as_ref().map(ToString::to_string).unwrap_or_default(),
        "organ": metadata.publisher.as_str(),
        "organ_name": record.organ_name,
        "division": record.division,
        "genre": metadata.genre.name(),
        "made_on": metadata.made_on.0.to_string(),
        "published_on": record.dates.here.day().to_string(),
        "published_at": web::moments::in_china(&record.dates.here.moment().to_string()),
        "original_on": original,
        "validity": life.validity_on(today).name(),
        "summary": record.summary,
        "demo": metadata.demo,
        "url": site.frame.address(&path),
        "theme": metadata.theme.to_string(),
        "openness": metadata.openness.to_string(),
        "in_force_from": day(life.in_force_from),
        "last_day": day(life.last_day),
        "source": metadata.source,
        "statutory": metadata.statutory,
        "items": items.collect::<Vec<_>>(),
        "text": record.text,
        "attachments": files.map(|(at, file)| attachment(site, (&path, at), file, apart))
            .collect::<Vec<_>>(),
        "pdf": site.frame.address(&format!("{path}.pdf")),
        "docx": site.frame.address(&format!("{path}.docx")),
    })
}

fn attachment(
    site: &Site,
    (path, at): (&str, usize),
    file: &Attachment,
    apart: Option<&str>,
) -> Value {
    let own = format!("{path}/fujian/{}", at + 1);
    let address = match apart {
        Some(origin) => format!("{origin}{}", site.link(&own)),
        None => site.frame.address(&own),
    };
    json!({
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "size_words": size_words(file.size),
        "sha256": file.sha256,
        "url": address,
    })
}

async fn gone(call: &Call) -> Result<Reply, Fault> {
    let (house, site) = (&call.visit.house, &call.visit.site);
    let one_more = u16::try_from(call.limit() + 1).unwrap_or(u16::MAX);
    let ask = Ask {
        divisions: Some(site.range.clone()),
        after: call.text_after(),
        limit: one_more,
        ..Ask::default()
    };
    let since = a_year_before(house.ledger().clock().today());
    let all = house.gone(&ask, since).await?;
    let shown = all.get(..call.limit()).unwrap_or(&all);
    let next = shown.last().filter(|_| all.len() > shown.len()).map(web::Gone::mark);
    let row = |gone: &web::Gone| json!({ "url": site.frame.address(&gone.path), "withdrawn_at": web::moments::in_china(&gone.at) });
    Ok(Reply::page(shown.iter().map(row).collect(), next))
}

fn batch<'a>(house: &'a House, site: &'a Site, after: Option<&'a str>) -> Later<'a, DatasetBatch> {
    Box::pin(async move {
        let ask = Ask { divisions: Some(site.range.clone()), ..Ask::default() };
        let today = house.ledger().clock().today();
        let store: &Store = house.store();
        let page = Page::at(store, &ask, &turn(after, false)?, BATCH, today).await?;
        let rows = page.rows.iter().map(|listed| row(site, listed)).collect();
        Ok((rows, page.next.map(|mark| mark.to_string())))
    })
}
