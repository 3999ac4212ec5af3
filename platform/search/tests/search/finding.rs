//! What a person types, and what they find.

use crate::corpus::{documents, filled, ids, plain, tell};
use search::{Query, QueryRefused, SearchDocument, SearchError, Segments};

fn marked(segments: &Segments) -> String {
    segments
        .iter()
        .map(|(hit, text)| if *hit { format!("[{text}]") } else { text.clone() })
        .collect()
}

#[test]
fn the_first_hit_is_what_was_meant() {
    let search = filled();
    for (text, first) in [
        ("厦门 政务公开标准化", "record:67"),
        ("標準化規範化 通知", "record:67"),
        ("标准化规范化工作的通知", "record:67"),
        ("厦门市人民政府办公厅关于全面推进基层政务公开标准化规范化工作的通知", "record:67"),
        ("政府信息公开条例", "record:711"),
        ("信息公开 指南", "column:zhinan"),
        ("67号", "record:67"),
        ("厦府办67", "record:67"),
        ("厦府办", "record:67"),
        ("国办发54号", "record:54"),
        ("２０１９　５４号", "record:54"),
        ("711号", "record:711"),
        ("数据管理局", "organ:sjj"),
        ("税", "record:tax"),
        ("厦门 税", "record:tax"),
        ("学区划分", "item:xiaoxue"),
        ("内厝社区", "village:gushan"),
        ("居务公开", "village:gushan"),
        ("思明区 低保", "item:dibao-siming"),
        ("養老機構備案", "item:hubin"),
    ] {
        let hits = search.query(&Query::new(text)).expect("an answer");
        assert_eq!(ids(&hits).first().copied(), Some(first), "{text}: {:?}", ids(&hits));
        assert!(!hits.relaxed, "{text}");
    }
}

#[test]
fn any_four_characters_of_a_text_find_it() {
    let search = filled();
    for document in documents() {
        let body: Vec<char> = document.body.chars().collect();
        for part in body.windows(4).filter(|part| part.iter().all(|c| c.is_alphabetic())) {
            let text: String = part.iter().collect();
            let hits = search.query(&Query { limit: 50, ..Query::new(&text) }).expect("an answer");
            assert!(ids(&hits).contains(&document.id.as_str()), "{text} {}", document.id);
            assert!(!hits.relaxed, "{text}");
        }
    }
}

#[test]
fn a_number_is_found_in_any_brackets() {
    let search = filled();
    for text in [
        "厦府办〔2020〕67号",
        "厦府办[2020]67号",
        "厦府办【2020】67号",
        "厦府办（2020）67号",
        "厦府办(2020)67号",
        "厦府办﹝2020﹞67号",
        "厦府办 [ 2020 ] 67 号",
        "廈府辦〔2020〕67號",
        "厦府办〔２０２０〕第067号",
        "厦府办2020 67",
        "厦府办202067号",
        "《厦府办〔2020〕67号》",
    ] {
        let hits = search.query(&Query::new(text)).expect("an answer");
        assert_eq!(hits.exact.expect(text).id, "record:67", "{text}");
    }
    let hits = search.query(&Query::new("国务院令第711号")).expect("an answer");
    assert_eq!(hits.exact.expect("the regulation").id, "record:711");
    let hits = search.query(&Query::new("67号")).expect("an answer");
    assert!(hits.exact.is_none(), "half a number is no exact answer");
    assert!(!hits.no_such_number, "half a number may be of several");
}

#[test]
fn who_types_a_number_that_no_document_carries_is_told_so() {
    let search = filled();
    for (text, missing) in [
        ("厦府办〔2020〕67号", false),
        ("厦府办〔2020〕9967号", true),
        ("厦府办〔2020〕9967号 通知", false),
        ("政务公开", false),
    ] {
        let hits = search.query(&Query::new(text)).expect("an answer");
        assert_eq!(hits.no_such_number, missing, "{text}");
    }
}

#[test]
fn near_a_number_that_does_not_exist_are_those_of_the_same_organ_and_what_cites_it() {
    let search = filled_and(&[
        [
            "record:elsewhere",
            "文件",
            "外地的通知",
            "渝府办发〔2020〕9967号",
            "本通知自发布之日起施行。",
        ],
        ["record:citing", "文件", "落实意见", "", "落实《通知》（厦府办〔2020〕9967号）的要求。"],
        ["record:later", "文件", "后来的通知", "厦府办〔2021〕9966号", "本通知自发布之日起施行。"],
    ]);
    let told = |text: &str| {
        let hits = search.query(&Query::new(text)).expect("an answer");
        (tell(&search, &Query::new(text)), hits.total, hits.no_such_number, hits.corrected)
    };
    // Of the same year first, then of other years, then of an organ one letter apart; another organ's is not near.
    let near = "record:67 record:later record:old record:citing";
    assert_eq!(told("厦府办[2020]9967号"), (near.into(), 4, true, None));
    assert_eq!(told("沪发改规〔2020〕9967号"), (String::new(), 0, true, None));
}

#[test]
fn where_nothing_has_what_was_typed_the_nearest_titles_are_told() {
    let search = filled();
    let near = |text: &str, division: Option<&str>| {
        let found = search.nearest_titles(text, division, 5).expect("titles");
        found.into_iter().map(|one| one.title).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(near("低保审批公示", None), "最低生活保障审批");
    assert_eq!(near("怎么看招生计划范围", None), "义务教育招生范围");
    assert_eq!(near("招生计划范围", Some("350206000000")), "");
    for text in ["火星移民", "", "qqqqq"] {
        assert_eq!(near(text, None), "", "{text}");
    }
}

/// The corpus and these besides: id, kind, title, number, body.
fn filled_and(more: &[[&str; 5]]) -> search::Search {
    let search = filled();
    let mut batch = search.batch().expect("a writer");
    let documents = more.iter().map(|[id, kind, title, number, body]| SearchDocument {
        id: (*id).to_owned(),
        kind: (*kind).to_owned(),
        title: (*title).to_owned(),
        number: (!number.is_empty()).then(|| (*number).to_owned()),
        body: (*body).to_owned(),
        date: Some("2026-01-01".to_owned()),
        ..SearchDocument::default()
    });
    batch.replace(documents).expect("documents");
    batch.commit().expect("a commit");
    search
}

#[test]
fn of_several_that_carry_a_number_the_document_itself_is_the_exact_answer() {
    let reading = ["reading:67", "解读", "《通知》解读", "厦府办〔2020〕67号", "解读如下。"];
    let search = filled_and(&[reading]);
    let hits = search.query(&Query::new("厦府办〔2020〕67号")).expect("an answer");
    assert_eq!(hits.exact.expect("the notice").id, "record:67");
}

#[test]
fn a_title_typed_in_full_comes_before_those_that_only_repeat_it() {
    let name = "厦门市数据管理局";
    let title = format!("{name}关于印发{name}规则的通知");
    let body = format!("{name}负责。").repeat(30);
    let search = filled_and(&[["record:rules", "文件", &title, "", &body]]);
    assert_eq!(tell(&search, &Query::new(name)), "organ:sjj record:rules");
}

#[test]
fn titles_are_found_by_their_sound() {
    let search = filled();
    for (text, first) in [
        ("shujuguanliju", "organ:sjj"),
        ("shuju guanliju", "organ:sjj"),
        ("xmssjglj", "organ:sjj"),
        ("XMSSJGLJ", "organ:sjj"),
        ("neicuo", "village:gushan"),
        ("zhengfuxinxigongkaizhinan", "column:zhinan"),
        ("zfxxgkzn", "column:zhinan"),
        // What is in no title is read as characters that stand in a text.
        ("xiaoxue", "item:xiaoxue"),
        ("shuiwuju", "record:tax"),
    ] {
        let hits = search.query(&Query::new(text)).expect("an answer");
        assert_eq!(ids(&hits).first().copied().unwrap_or(""), first, "{text}: {:?}", ids(&hits));
    }
}

#[test]
fn when_nothing_has_all_the_words_the_answer_says_it_is_relaxed() {
    let search = filled();
    for (text, answer) in [
        ("怎么申请低保", "~ item:dibao-siming item:dibao"),
        ("低保 火星", "~ item:dibao-siming item:dibao village:gushan"),
        ("养老服务机构备案 学区划分", "~ item:hubin item:xiaoxue"),
        ("火星移民", ""),
        ("qqqqq", ""),
        ("qqqqq 学区", "~ item:xiaoxue"),
    ] {
        assert_eq!(tell(&search, &Query::new(text)), answer, "{text}");
    }
}

#[test]
fn what_was_searched_for_is_marked() {
    let search = filled();
    for (text, title, snippet) in [
        (
            "标准化规范化 厦门",
            "[厦门]市人民政府办公厅关于 全面推进基层政务公开[标准化 规范化]工作的通知",
            "[标准化规范化]",
        ),
        ("条例 當場答復", "中华人民共和国政府信息公开[条例]", "能够[当场答复]的"),
        (
            "政务公开标准体系表",
            "国务院办公厅关于全面推进基层[政务公开标准]化规范化工作的指导意见",
            "基层[政务公开标准体系]。",
        ),
        ("最低 街道办事处", "[最低]生活保障审批", "[街道办事处]"),
    ] {
        let hits = search.query(&Query::new(text)).expect("an answer");
        assert_eq!(marked(&hits.hits[0].title), title);
        assert!(
            marked(&hits.hits[0].snippet).contains(snippet),
            "{}",
            marked(&hits.hits[0].snippet)
        );
    }
}

#[test]
fn a_passage_is_short_and_says_where_it_was_cut() {
    let search = search::Search::in_memory().expect("memory");
    let mut batch = search.batch().expect("a writer");
    let long =
        "前面的话很长很长。".repeat(500) + "这里说到救灾物资的发放。" + &"后面还有。".repeat(500);
    let document = search::SearchDocument {
        id: "a:1".into(),
        title: "公告".into(),
        body: long,
        ..Default::default()
    };
    batch.replace([document]).expect("a document");
    batch.commit().expect("a commit");
    let hits = search.query(&Query::new("救灾物资")).expect("an answer");
    let snippet = &hits.hits[0].snippet;
    assert_eq!(marked(snippet).split('的').next(), Some("…这里说到[救灾物资]"));
    assert!(plain(snippet).ends_with('…'));
    assert!((100..=130).contains(&plain(snippet).chars().count()));
}

#[test]
fn a_question_that_cannot_be_asked_says_how_to_ask() {
    let search = filled();
    let refused = |query: Query| match search.query(&query) {
        Err(SearchError::Refused(refused)) => Some(refused),
        _ => None,
    };
    for text in ["", "   ", "，。！", "\u{3000}"] {
        assert_eq!(refused(Query::new(text)), Some(QueryRefused::Empty), "{text:?}");
    }
    assert_eq!(refused(Query::new("公".repeat(201))), Some(QueryRefused::TooLong(201)));
    assert_eq!(refused(Query::new("公".repeat(200))), None);
    assert_eq!(refused(Query { offset: 1001, ..Query::new("公开") }), Some(QueryRefused::TooDeep));
    assert_eq!(
        QueryRefused::TooLong(201).to_string(),
        "错误: 查找的内容有 201 个字，超过了 200 个字。改法: 请留下最要紧的几个词。"
    );
}

#[test]
fn pages_of_one_answer_neither_repeat_nor_leave_out() {
    let search = filled();
    let whole = search.query(&Query { limit: 50, ..Query::new("公开") }).expect("an answer");
    let mut paged = Vec::new();
    for offset in (0..whole.total as usize).step_by(2) {
        let page = Query { offset, limit: 2, ..Query::new("公开") };
        paged.extend(search.query(&page).expect("an answer").hits.into_iter().map(|hit| hit.id));
    }
    assert_eq!(paged, ids(&whole));
    assert_eq!(paged.len() as u64, whole.total);
}

#[test]
fn titles_are_suggested_while_typing() {
    let search = filled();
    let tell = |text: &str, division: Option<&str>| {
        let found = search.suggest(text, division, 3).expect("suggestions");
        found.into_iter().map(|one| one.title).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        tell("政府信息", None),
        "政府信息公开指南 厦门市政府信息公开规定 中华人民共和国政府信息公开条例"
    );
    assert_eq!(tell("最低", None), "最低生活保障审批");
    assert_eq!(tell("税", None), "国家税务总局厦门市税务局关于征收管理有关事项的公告");
    assert_eq!(tell("sjglj", None), "厦门市数据管理局");
    assert_eq!(tell("sjglj", Some("350203000000")), "");
    assert_eq!(tell("", None), "");
}
