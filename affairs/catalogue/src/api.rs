//! What of the catalogue programs can ask for: domains, items, 覆盖和按时情况 and the obligations behind them;
//! and the items whole.

use catalogue_rules::Coverage;
use catalogue_rules::power::PowerList;
use serde_json::{Value, json};
use web::api::{
    Call, Dataset, DatasetBatch, Field, Operation, Reply, Resource, SCHEMA_VERSION, Shape,
};
use web::{Fault, House, Later, Site};

use crate::portal::coverage::rows::{Listed, Meant, Narrowing};
use crate::portal::coverage::{LEVELS, Told, Wish};
use crate::store::powers::Power;
use crate::store::{CoverageBy, CoverageLine, Domain, ItemAsk, ItemLine};
use crate::words::{audience_name, channel_words, item_name, method_name};

const GROUP: &str = "标准目录";
const ITEMS: &str = "/api/v1/items";
const POWERS: &str = "/api/v1/powers";

/// Rows of one batch of all items.
const BATCH: usize = 500;

/// Everything that can be asked.
pub(crate) fn operations() -> Vec<Operation> {
    vec![domains(), items(), coverage(), obligations(), powers()]
}

/// The items whole.
pub(crate) const DATASETS: &[Dataset] = &[
    Dataset {
        slug: "mulu",
        title: "标准目录事项",
        about: "现行标准目录的全部公开事项：领域、各级名称、公开内容、依据、时限、主体、渠道、对象、方式",
        keywords: &["标准目录", "公开事项", "基层政务公开", "公开时限", "公开主体"],
        columns: item_resource,
        list: ITEMS,
        page: "/mulu",
        batch,
    },
    Dataset {
        slug: "quanze",
        title: "权责事项和公共服务事项",
        about: "各机关权责清单和公共服务事项清单里现在的每一项：编码、名称、类型、设定依据、行使层级",
        keywords: &["权责清单", "公共服务事项", "设定依据"],
        columns: power_resource,
        list: POWERS,
        page: "/mulu/quanze",
        batch: power_batch,
    },
];

fn domains() -> Operation {
    let fields = vec![
        Field::new("slug", "拼音名，用在网址里", Shape::Code),
        Field::new("name", "名称", Shape::Prose),
        Field::or_null("also_called", "也叫作", Shape::Prose),
        Field::new("url", "网页地址", Shape::Address),
    ];
    let of = Resource { name: "Domain", about: "一个试点领域", fields };
    Operation::list("/api/v1/domains", "list_domains", of, |call| {
        Box::pin(async move { listed_domains(&call).await })
    })
    .titled(GROUP, "领域列表")
    .example("/api/v1/domains?limit=3")
}

async fn listed_domains(call: &Call) -> Result<Reply, Fault> {
    let (house, site) = (&call.visit.house, &call.visit.site);
    let all = Domain::all(house.store(), house.ledger().clock().today()).await?;
    let from = call.after().and_then(|mark| all.iter().position(|one| one.slug == mark));
    let rest = all.get(from.map_or(0, |at| at + 1)..).unwrap_or_default();
    let shown = rest.get(..call.limit()).unwrap_or(rest);
    let next = shown.last().filter(|_| shown.len() < rest.len()).map(|one| one.slug.clone());
    let row = |domain: &Domain| {
        json!({
            "slug": domain.slug,
            "name": domain.name,
            "also_called": domain.also_called,
            "url": site.frame.address(&format!("/mulu/{}", domain.slug)),
        })
    };
    Ok(Reply::page(shown.iter().map(row).collect(), next))
}

fn item_resource() -> Resource {
    let several = || Shape::list(Shape::Prose);
    let fields = vec![
        Field::new("domain", "领域的拼音名", Shape::Code),
        Field::new("item", "事项的编号", Shape::Code),
        Field::new("name", "事项名称", Shape::Prose),
        Field::or_null("level1", "一级事项", Shape::Prose),
        Field::or_null("level2", "二级事项", Shape::Prose),
        Field::or_null("level3", "三级事项", Shape::Prose),
        Field::new("elements", "公开内容（要素）", several()),
        Field::new("basis", "公开依据", several()),
        Field::new("time_limit", "公开时限", Shape::Prose),
        Field::new("subjects", "公开主体", several()),
        Field::new("channels", "公开渠道和载体", Shape::Prose),
        Field::new("audience", "公开对象", several()),
        Field::new("methods", "公开方式", several()),
        Field::new("organ", "编制机关的代码", Shape::Code),
        Field::new("organ_name", "编制机关", Shape::Prose),
        Field::new("division", "行政区划的代码", Shape::Division),
        Field::or_null("effective_from", "施行日期", Shape::Day),
        Field::new("url", "网页地址", Shape::Address),
    ];
    Resource { name: "CatalogueItem", about: "标准目录里的一个公开事项", fields }
}

fn items() -> Operation {
    Operation::list(ITEMS, "list_items", item_resource(), |call| {
        Box::pin(async move { listed_items(&call).await })
    })
    .titled(GROUP, "公开事项列表")
    .about("本网站所在行政区划和它下面各机关现行目录的事项。")
    .example("/api/v1/items?domain=yanglaofuwu&limit=2")
    .query("domain", "领域的拼音名", Shape::Code)
    .query("organ", "编制机关的代码", Shape::Code)
}

async fn listed_items(call: &Call) -> Result<Reply, Fault> {
    let (house, site) = (&call.visit.house, &call.visit.site);
    let ask = ItemAsk {
        divisions: site.range.clone(),
        domain: call.text("domain"),
        organ: call.text("organ"),
        after: call.text_after(),
        limit: call.limit(),
    };
    let today = house.ledger().clock().today();
    let (lines, next) = ItemLine::page(house.store(), &ask, today).await?;
    Ok(Reply::page(
        lines.iter().map(|line| item_row(&house.directory(), site, line)).collect(),
        next,
    ))
}

fn item_row(directory: &web::SiteDirectory, site: &Site, line: &ItemLine) -> Value {
    let item = &line.item;
    // An item is shown on the site of its own division, where there is one.
    let home = directory.serving(&line.division);
    let frame = home.as_ref().map_or(&site.frame, |home| &home.frame);
    let path = format!("/mulu/{}/{}", line.domain, line.key);
    let address =
        format!("{}{}", site.frame.origin.as_deref().unwrap_or_default(), frame.href(&path));
    let audience: Vec<_> = item.audience.iter().map(|one| audience_name(*one)).collect();
    let methods: Vec<_> = item.methods.iter().map(|one| method_name(*one)).collect();
    json!({
        "domain": line.domain,
        "item": line.key,
        "name": item_name(item),
        "level1": item.level1,
        "level2": item.level2,
        "level3": item.level3,
        "elements": item.elements,
        "basis": item.basis,
        "time_limit": item.time_limit_raw,
        "subjects": item.subjects,
        "channels": channel_words(item),
        "audience": audience,
        "methods": methods,
        "organ": line.organ,
        "organ_name": line.organ_name,
        "division": line.division,
        "effective_from": line.effective_from,
        "url": address,
    })
}

fn batch<'a>(house: &'a House, site: &'a Site, after: Option<&'a str>) -> Later<'a, DatasetBatch> {
    Box::pin(async move {
        let ask = ItemAsk {
            divisions: site.range.clone(),
            after: after.map(str::to_owned),
            limit: BATCH,
            ..ItemAsk::default()
        };
        let today = house.ledger().clock().today();
        let (lines, next) = ItemLine::page(house.store(), &ask, today).await?;
        let directory = house.directory();
        Ok((lines.iter().map(|line| item_row(&directory, site, line)).collect(), next))
    })
}

/// The words of `level`.
fn level_words() -> Shape {
    Shape::Word(LEVELS.map(|(word, _)| word).to_vec())
}

/// What is counted of a line.
fn figure_fields() -> Vec<Field> {
    let count = || Shape::Whole(0, i64::MAX);
    vec![
        Field::new("items", "事项", count()),
        Field::new("published", "其中有已公开信息的", count()),
        Field::or_null("coverage", "published ÷ items，舍到千分位；没有事项的是 null", Shape::Part),
        Field::new("kept", "按时公开", count()),
        Field::new("kept_late", "迟公开", count()),
        Field::new("overdue", "逾期", count()),
        Field::or_null(
            "timeliness",
            "kept ÷ (kept + kept_late + overdue)；还没有到期的是 null",
            Shape::Part,
        ),
        Field::new("due_soon", "即将到期", count()),
        Field::new("not_due", "未到期", count()),
        Field::new("waived", "本期不适用", count()),
        Field::new("undated", "无法算出期限", count()),
    ]
}

fn coverage() -> Operation {
    let mut line = vec![
        Field::new("key", "领域的拼音名、机关的代码或者层级", Shape::Prose),
        Field::new("name", "名称", Shape::Prose),
    ];
    line.extend(figure_fields());
    let fields = vec![
        Field::new("schema_version", "字段改变意思时才变", Shape::Whole(1, i64::MAX)),
        Field::new("as_of", "截至哪一天", Shape::Day),
        Field::new("division", "行政区划的代码", Shape::Division),
        Field::new("place", "地方", Shape::Prose),
        Field::new("by", "按什么分行", by_words()),
        Field::new("total", "合计", Shape::Thing(figure_fields())),
        Field::new("rows", "一行一个", Shape::list(Shape::Thing(line))),
    ];
    let of = Resource { name: "CoverageFigures", about: "覆盖和按时情况", fields };
    Operation::one("/api/v1/catalogue/coverage", "get_coverage", of, |call| {
        Box::pin(async move { covered(&call).await })
    })
    .titled(GROUP, "覆盖和按时情况")
    .about("目录里的事项公开了多少、按时公开了多少，和网页 /mulu/fugai 一样。")
    .query("by", "按什么分行，不写是 domain", by_words())
    .query("domain", "领域的拼音名", Shape::Code)
    .query("organ", "机关的代码", Shape::Code)
    .query("level", "机关的层级", level_words())
}

fn by_words() -> Shape {
    Shape::Word(vec!["domain", "organ", "level"])
}

async fn covered(call: &Call) -> Result<Reply, Fault> {
    let given = |name: &str| call.text(name).unwrap_or_default();
    let wish = Wish {
        by: given("by"),
        domain: given("domain"),
        organ: given("organ"),
        level: given("level"),
    };
    let told = Told::read(&call.visit, &wish).await?;
    let row = |line: &CoverageLine| {
        let mut row = figures(line.figures);
        row["key"] = json!(line.key);
        row["name"] = json!(line.name);
        row
    };
    let by = match told.by {
        CoverageBy::Domain => "domain",
        CoverageBy::Organ => "organ",
        CoverageBy::Level => "level",
    };
    Ok(Reply::One(json!({
        "schema_version": SCHEMA_VERSION,
        "as_of": call.visit.house.ledger().clock().today().to_string(),
        "division": call.visit.site.division,
        "place": call.visit.site.place,
        "by": by,
        "total": figures(told.total),
        "rows": told.lines.iter().map(row).collect::<Vec<_>>(),
    })))
}

/// Counts as they are; rates as parts of one, `null` where nothing can be said yet.
fn figures(figures: Coverage) -> Value {
    let rate = |thousandths: Option<i64>| thousandths.map(|part| part as f64 / 1000.0);
    let mut all = json!(figures);
    all["coverage"] = json!(rate(figures.coverage()));
    all["timeliness"] = json!(rate(figures.owed.timeliness()));
    all
}

/// The words of `state`, in the order of the page.
fn state_words() -> Shape {
    use catalogue_rules::obligation::ObligationState::{
        DueSoon, Kept, KeptLate, NotDue, Overdue, Undated, Waived,
    };
    let all = [NotDue, DueSoon, Kept, KeptLate, Overdue, Waived, Undated];
    Shape::Word(all.map(|state| state.word()).to_vec())
}

fn obligations() -> Operation {
    let fields = vec![
        Field::new("id", "编号", Shape::Prose),
        Field::new("domain", "领域的拼音名", Shape::Code),
        Field::new("item", "事项的编号", Shape::Code),
        Field::new("name", "事项名称", Shape::Prose),
        Field::new("organ", "机关的代码", Shape::Code),
        Field::new("organ_name", "机关", Shape::Prose),
        Field::new("trigger", "因为什么：record:…、event:…、period:2026-Q3", Shape::Prose),
        Field::new("arose_on", "起算日", Shape::Day),
        Field::or_null("due_on", "最后一日", Shape::Day),
        Field::new("provisional", "放假安排还没有公布，日子可能变", Shape::Flag),
        Field::or_null("kept_on", "公开的日子", Shape::Day),
        Field::or_null("record", "公开的那份文件", Shape::Prose),
        Field::new("state", "现在怎样", state_words()),
        Field::or_null("waived", "本期不适用的理由", Shape::Prose),
    ];
    let of = Resource { name: "Obligation", about: "一项公开义务", fields };
    Operation::list("/api/v1/catalogue/coverage/{domain}", "list_obligations", of, |call| {
        Box::pin(async move { listed_obligations(&call).await })
    })
    .titled(GROUP, "公开义务列表")
    .about("数字背后的公开义务，最后一日晚的在前；答复里的 held 是这一页因为只面向特定群体而没有列出的条数。")
    .example("/api/v1/catalogue/coverage/yanglaofuwu?limit=2")
    .at("domain", "领域的拼音名；写明 organ 的，可以写 quanbu 看全部领域", Shape::Code)
    .query("state", "现在怎样", state_words())
    .query("organ", "机关的代码", Shape::Code)
    .query("level", "机关的层级", level_words())
    .query("item", "事项的编号", Shape::Code)
}

async fn listed_obligations(call: &Call) -> Result<Reply, Fault> {
    let given = |name: &str| call.text(name).unwrap_or_default();
    let narrowing = Narrowing {
        state: given("state"),
        organ: given("organ"),
        level: given("level"),
        item: given("item"),
        after: String::new(),
    };
    let meant = Meant::of(&call.visit, call.part("domain"), &narrowing.organ).await?;
    let (_, mut ask) = narrowing.ask(&call.visit, &meant)?;
    ask.after = call.text_after();
    ask.most = call.limit() as i64 + 1;
    let listed = Listed::read(&call.visit, &ask).await?;
    let row = |(owing, item): &(crate::store::Owing, catalogue_rules::Item)| {
        json!({
            "id": owing.id,
            "domain": owing.domain,
            "item": owing.item,
            "name": item_name(item),
            "organ": owing.organ,
            "organ_name": owing.organ_name,
            "trigger": owing.trigger_key,
            "arose_on": owing.arose_on,
            "due_on": owing.due_on,
            "provisional": owing.provisional != 0,
            "kept_on": owing.kept_on,
            "record": owing.record,
            "state": owing.state,
            "waived": owing.waived,
        })
    };
    let besides = [
        ("as_of", json!(call.visit.house.ledger().clock().today().to_string())),
        ("division", json!(call.visit.site.division)),
        ("held", json!(listed.held)),
    ];
    let besides = besides.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
    Ok(Reply::Page(listed.rows.iter().map(row).collect(), listed.next, besides))
}

fn power_resource() -> Resource {
    let fields = vec![
        Field::new("id", "编号", Shape::Prose),
        Field::new("list", "哪一份清单", list_words()),
        Field::or_null("code", "事项编码", Shape::Prose),
        Field::new("name", "事项名称", Shape::Prose),
        Field::new("kind", "事项类型", Shape::Prose),
        Field::or_null("basis", "设定依据", Shape::Prose),
        Field::or_null("level", "行使层级", Shape::Prose),
        Field::new("organ", "机关的代码", Shape::Code),
        Field::new("organ_name", "机关", Shape::Prose),
    ];
    Resource {
        name: "Power", about: "权责清单或者公共服务事项清单里的一项", fields
    }
}

fn list_words() -> Shape {
    Shape::Word(vec![PowerList::Powers.word(), PowerList::Services.word()])
}

fn powers() -> Operation {
    Operation::list(POWERS, "list_powers", power_resource(), |call| {
        Box::pin(async move {
            let (house, site) = (&call.visit.house, &call.visit.site);
            let list = call.get("list").and_then(PowerList::parse);
            let (rows, next) = power_page(house, site, (list, call.after()), call.limit()).await?;
            Ok(Reply::page(rows, next))
        })
    })
    .titled(GROUP, "权责事项和公共服务事项")
    .about("公共服务事项另有 CPSV-AP 的写法：/mulu/quanze.jsonld。")
    .example("/api/v1/powers?list=services&limit=2")
    .query("list", "powers 权责清单，services 公共服务事项清单", list_words())
}

async fn power_page(
    house: &House,
    site: &Site,
    (list, after): (Option<PowerList>, Option<&str>),
    limit: usize,
) -> Result<DatasetBatch, Fault> {
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let after = after.unwrap_or_default();
    let mut found = Power::within(house.store(), range, list, after, limit + 1).await?;
    let beyond = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| beyond).map(|(power, _)| power.id.clone());
    let row = |(power, organ_name): &(Power, String)| {
        json!({
            "id": power.id,
            "list": power.list.word(),
            "code": power.code,
            "name": power.name,
            "kind": power.kind,
            "basis": power.basis,
            "level": power.level,
            "organ": power.organ,
            "organ_name": organ_name,
        })
    };
    Ok((found.iter().map(row).collect(), next))
}

fn power_batch<'a>(
    house: &'a House,
    site: &'a Site,
    after: Option<&'a str>,
) -> Later<'a, DatasetBatch> {
    Box::pin(power_page(house, site, (None, after), BATCH))
}
