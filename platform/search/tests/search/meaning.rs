//! What a question means besides what it says: other words for it, what it was meant to be, what stands in
//! attachments, and between which days.

use crate::corpus::{filled, ids, plain};
use search::{Attached, Query, Search, SearchDocument};

fn document(id: &str, title: &str, body: &str, date: &str) -> SearchDocument {
    SearchDocument {
        id: id.into(),
        kind: "文件".into(),
        title: title.into(),
        body: body.into(),
        date: Some(date.into()),
        year: date.get(..4).and_then(|year| year.parse().ok()),
        ..SearchDocument::default()
    }
}

fn with(documents: impl IntoIterator<Item = SearchDocument>) -> Search {
    let search = filled();
    let mut batch = search.batch().expect("a writer");
    batch.replace(documents).expect("documents");
    batch.commit().expect("a commit");
    search
}

fn city() -> Search {
    let mut list = document("a:list", "危险品单位公告", "名单见附件。", "2026-03-01");
    list.attachments = vec![
        Attached { name: "说明.docx".into(), url: "/f/1".into(), text: "填表说明。".into() },
        Attached {
            name: "名单.xlsx".into(),
            url: "/f/2".into(),
            text: "单位 污染物\n甲厂 六价铬\n乙厂 二噁英".into(),
        },
    ];
    with([
        list,
        document("a:lift", "既有住宅加装电梯补助办法", "四层以上可以申请补助。", "2026-01-28"),
        document("a:rent", "公共租赁住房选房公告", "选房时间另行通知。", "2025-06-01"),
        document("a:spend", "“三公”经费决算情况", "公务接待下降。", "2024-09-04"),
        document("a:dog", "养犬登记公告", "遛狗应当牵绳，重点管理区见图。", "2023-02-10"),
    ])
}

fn first(search: &Search, text: &str) -> (String, Option<String>) {
    let hits = search.query(&Query::new(text)).expect("an answer");
    (ids(&hits).first().map(ToString::to_string).unwrap_or_default(), hits.corrected)
}

#[test]
fn what_people_call_a_thing_finds_what_the_documents_call_it() {
    let search = city();
    for (text, found) in [
        ("公租房", "a:rent"),
        ("廉租房", "a:rent"),
        ("公租房选房", "a:rent"),
        ("狗证", "a:dog"),
        ("三公经费", "a:spend"),
        ("老房子装电梯", "a:lift"),
        ("gongzufang", "a:rent"),
        ("gzf", "a:rent"),
    ] {
        assert_eq!(first(&search, text), (found.to_owned(), None), "{text}");
    }
    assert_eq!(first(&search, "鹭岛小屋").0, "");
    search.add_synonyms("鹭岛小屋,公共租赁住房,2026-11-26,自拟");
    assert_eq!(first(&search, "鹭岛小屋").0, "a:rent");
}

#[test]
fn what_was_mistyped_is_found_for_what_was_meant_and_the_answer_says_so() {
    let search = city();
    for (text, meant, found) in [
        ("加装电提", "加装电梯", "a:lift"),
        ("加庄电梯", "加装电梯", "a:lift"),
        ("选公房告", "选房公告", "a:rent"),
        ("养犬登高记", "养犬登记", "a:dog"),
        ("公共租凭住房", "公共租赁住房", "a:rent"),
        ("养登记", "养犬登记", "a:dog"),
        ("养拳", "养犬", "a:dog"),
        ("jiazuangdianti", "加装电梯", "a:lift"),
        ("jaizhuangdianti", "加装电梯", "a:lift"),
        ("zhongdianguanliqu", "重点管理区", "a:dog"),
    ] {
        let answer = (found.to_owned(), Some(meant.to_owned()));
        assert_eq!(first(&search, text), answer, "{text}");
    }
    // Nothing is suggested that finds nothing.
    for text in ["火星移民", "魑魅魍魉", "qqqqqq", "wxyzwxyz"] {
        assert_eq!(first(&search, text), (String::new(), None), "{text}");
    }
}

#[test]
fn two_characters_out_of_the_middle_of_longer_words_are_not_what_was_meant() {
    let search = with([
        document("a:trade", "公共资源交易公告", "公共资源交易项目名单。", "2026-03-01"),
        document("a:market", "公共资源配置目录", "进入公共资源市场的项目。", "2026-03-02"),
        document("a:papers", "申请材料", "请提供资料，不提供资金证明的不受理。", "2026-03-03"),
        document("a:fund", "救助资金公告", "先提供资料，再核对。", "2026-03-04"),
    ]);
    assert_eq!(first(&search, "工资"), (String::new(), None));
    // What was mistyped within a longer word is found as before.
    let answer = ("a:trade".to_owned(), Some("公共资源交易".to_owned()));
    assert_eq!(first(&search, "公工资源交易"), answer);
}

#[test]
fn a_word_that_other_sites_have_is_a_word_and_no_slip() {
    let on =
        |division: &str, one: SearchDocument| SearchDocument { division: division.into(), ..one };
    let dogs = || on("350203000000", document("a:dogs", "养犬登记", "养犬登记。", "2026-01-01"));
    let ask = |search: &Search| {
        let query = Query { division_prefix: Some("350203000000".into()), ..Query::new("养拳") };
        search.query(&query).expect("an answer").corrected
    };
    assert_eq!(ask(&with([dogs()])).as_deref(), Some("养犬"));
    let fists = ["a:one", "a:other"]
        .map(|id| on("350206000000", document(id, "养拳协会年检公告", "养拳协会。", "2026-01-02")));
    assert_eq!(ask(&with(fists.into_iter().chain([dogs()]))), None);
}

#[test]
fn what_an_attachment_says_finds_its_document_and_the_passage_names_it() {
    let search = city();
    let hits = search.query(&Query::new("六价铬")).expect("an answer");
    assert_eq!(ids(&hits), ["a:list"]);
    let attachment = hits.hits[0].attachment.as_ref().expect("it stands there");
    assert_eq!((attachment.name.as_str(), attachment.url.as_str()), ("名单.xlsx", "/f/2"));
    assert!(plain(&hits.hits[0].snippet).contains("甲厂 六价铬"));
    let hits = search.query(&Query::new("名单")).expect("an answer");
    assert_eq!(hits.hits[0].attachment, None, "the text itself says it");
}

#[test]
fn a_question_is_narrowed_to_days_the_last_included() {
    let search = city();
    let between = |from: Option<&str>, to: Option<&str>| {
        let query = Query {
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            limit: 50,
            ..Query::new("公告")
        };
        let hits = search.query(&query).expect("an answer");
        let mut found =
            ids(&hits).into_iter().filter(|id| id.starts_with("a:")).collect::<Vec<_>>();
        found.sort_unstable();
        let years = hits.facets.years.iter().map(|year| year.value.as_str()).collect::<Vec<_>>();
        (found.join(" "), years.contains(&"2026"))
    };
    assert_eq!(between(None, None), ("a:dog a:list a:rent".to_owned(), true));
    assert_eq!(between(Some("2025-06-01"), None), ("a:list a:rent".to_owned(), true));
    assert_eq!(between(Some("2025-06-02"), None), ("a:list".to_owned(), true));
    assert_eq!(between(None, Some("2025-06-01")), ("a:dog a:rent".to_owned(), false));
    assert_eq!(between(Some("2024-01-01"), Some("2024-12-31")), (String::new(), false));
}

#[test]
fn of_what_is_there_and_what_there_is_to_be_the_document_comes_first() {
    let mut entry = document("a:entry", "加装电梯补助", "加装电梯补助", "2026-01-28");
    entry.kind = "事项".into();
    let mut notice = entry.clone();
    (notice.id, notice.kind) = ("a:notice".into(), "文件".into());
    let search = with([entry, notice]);
    let hits = search.query(&Query::new("加装电梯")).expect("an answer");
    assert_eq!(ids(&hits), ["a:notice", "a:entry"]);
}

#[test]
fn a_notice_with_a_long_title_comes_before_the_entries_of_a_catalogue_with_short_ones() {
    let title = "厦门市民政局厦门市财政局关于调整2026年度厦门市最低生活保障标准等有关事项的通知";
    let search = with([document("a:notice", title, "自2026年4月起执行。", "2026-03-01")]);
    let hits = search.query(&Query::new("低保")).expect("an answer");
    let found = ids(&hits);
    assert_eq!(found.first(), Some(&"a:notice"), "{found:?}");
    // What only mentions it comes after both.
    assert_eq!(found.last(), Some(&"village:gushan"), "{found:?}");
}
