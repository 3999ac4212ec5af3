//! A small town's worth of documents, titles and numbers as they are published.

use search::{Hits, Query, Search, SearchDocument, Segments};

/// One row: id, kind, title, number, organ, division, domain, date, validity, body.
type Row = [&'static str; 10];

const ROWS: [Row; 12] = [
    [
        "record:67",
        "文件",
        "厦门市人民政府办公厅关于 全面推进基层政务公开标准化 规范化工作的通知",
        "厦府办[2020]67号",
        "厦门市人民政府办公厅",
        "350200000000",
        "",
        "2020-07-05",
        "有效",
        "各区人民政府，市直各委、办、局，各有关单位：为全面推进我市基层政务公开标准化规范化，按照《国务院办公厅关于全面推进基层政务公开标准化规范化工作的指导意见》（国办发〔2019〕54号）要求，现提出如下措施。一、落实基层政务公开标准指引，确保公开更规范。对照义务教育、养老服务、社会救助等26个试点领域的标准指引，编制基层政务公开事项标准目录。",
    ],
    [
        "record:54",
        "文件",
        "国务院办公厅关于全面推进基层政务公开标准化规范化工作的指导意见",
        "国办发〔2019〕54号",
        "国务院办公厅",
        "350200000000",
        "",
        "2019-12-26",
        "有效",
        "基层政务公开标准化规范化工作是深化政务公开的重要内容。到2023年，基本建成全国统一的基层政务公开标准体系。",
    ],
    [
        "record:711",
        "文件",
        "中华人民共和国政府信息公开条例",
        "国务院令第711号",
        "国务院",
        "350200000000",
        "",
        "2019-04-03",
        "有效",
        "为了保障公民、法人和其他组织依法获取政府信息，提高政府工作的透明度，建设法治政府，制定本条例。行政机关收到政府信息公开申请，能够当场答复的，应当当场予以答复。",
    ],
    [
        "record:old",
        "文件",
        "厦门市政府信息公开规定",
        "厦府〔2008〕6号",
        "厦门市人民政府",
        "350200000000",
        "",
        "2008-02-01",
        "失效",
        "本规定自公布之日起施行。本市行政机关公开政府信息，适用本规定。",
    ],
    [
        "record:tax",
        "文件",
        "国家税务总局厦门市税务局关于征收管理有关事项的公告",
        "厦税公告〔2023〕2号",
        "国家税务总局厦门市税务局",
        "350200000000",
        "税收管理",
        "2023-03-01",
        "有效",
        "纳税人应当依照规定缴纳税款。减免税的办理按照本公告执行。",
    ],
    [
        "item:dibao",
        "事项",
        "最低生活保障审批",
        "",
        "厦门市民政局",
        "350200000000",
        "社会救助",
        "2024-05-01",
        "",
        "低保对象认定办法、申请材料、办理流程、受理单位和联系电话。申请人可以向户籍所在地街道办事处提出低保申请。",
    ],
    [
        "item:dibao-siming",
        "事项",
        "最低生活保障审批",
        "",
        "思明区民政局",
        "350203000000",
        "社会救助",
        "2024-06-01",
        "",
        "思明区低保申请由各街道受理，公示期为7天。",
    ],
    [
        "item:xiaoxue",
        "事项",
        "义务教育招生范围",
        "",
        "思明区教育局",
        "350203000000",
        "义务教育",
        "2025-04-20",
        "",
        "小学招生范围、学区划分详细情况，每年四月底前公开。",
    ],
    [
        "item:hubin",
        "事项",
        "养老服务机构备案",
        "",
        "湖里区民政局",
        "350206000000",
        "养老服务",
        "2022-01-10",
        "",
        "养老机构备案的条件、流程。银行账户信息不予公开。",
    ],
    [
        "organ:sjj",
        "机构",
        "厦门市数据管理局",
        "",
        "厦门市数据管理局",
        "350200000000",
        "",
        "",
        "",
        "负责统筹数据资源整合共享和开发利用，推进政务服务和政务公开工作。",
    ],
    [
        "village:gushan",
        "村居",
        "鼓浪屿街道内厝社区居委会",
        "",
        "鼓浪屿街道办事处",
        "350203001000",
        "",
        "",
        "",
        "居务公开栏：救灾款物、低保名单、财务收支。",
    ],
    [
        "column:zhinan",
        "栏目",
        "政府信息公开指南",
        "",
        "厦门市人民政府办公厅",
        "350200000000",
        "",
        "2021-01-01",
        "",
        "本指南说明政府信息的分类、获取方式和依申请公开的办理程序。",
    ],
];

pub fn documents() -> Vec<SearchDocument> {
    ROWS.iter().map(document).collect()
}

fn document(row: &Row) -> SearchDocument {
    let [id, kind, title, number, organ, division, domain, date, validity, body] = *row;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    SearchDocument {
        id: id.to_owned(),
        room: id.split(':').next().unwrap_or("").to_owned(),
        kind: kind.to_owned(),
        title: title.to_owned(),
        number: some(number),
        body: body.to_owned(),
        url: format!("/{id}"),
        division: division.to_owned(),
        organ_name: organ.to_owned(),
        domain: some(domain),
        year: date.get(..4).and_then(|year| year.parse().ok()),
        date: some(date),
        validity: some(validity),
        ..Default::default()
    }
}

/// An index in memory that holds the corpus.
pub fn filled() -> Search {
    let search = Search::in_memory().expect("memory");
    let mut batch = search.rebuild().expect("a writer");
    batch.replace(documents()).expect("documents");
    batch.commit().expect("a commit");
    search
}

/// The ids found, best first.
pub fn ids(hits: &Hits) -> Vec<&str> {
    hits.hits.iter().map(|hit| hit.id.as_str()).collect()
}

/// Asks and tells the ids, `~` before them when the answer is relaxed.
pub fn tell(search: &Search, query: &Query) -> String {
    let hits = search.query(query).expect("an answer");
    format!("{}{}", if hits.relaxed { "~ " } else { "" }, ids(&hits).join(" "))
}

/// A text in pieces as the text it was.
pub fn plain(segments: &Segments) -> String {
    segments.iter().map(|(_, text)| text.as_str()).collect()
}
