//! Layouts of published catalogues, drawn as small grids: `|` between cells, `^` for a part of the
//! merged cell above, `<` for a part of the one to the left, `/` for a line end.

use catalogue_rules::reading::{Cell, NotACatalogue, Row, Sheet, Spans, read};
use catalogue_rules::{Channel, IssueKind, Item, Method, ReadCatalogue, Stage};

fn sheet(before: &[&str], rows: &[&str], spans: Spans) -> Sheet {
    let cell = |text: &str| match text.trim() {
        "^" => Cell::Above,
        "<" => Cell::Left,
        text => Cell::Text(text.replace('/', "\n").replace('∕', "/")),
    };
    Sheet {
        name: None,
        before: before.iter().map(|line| (*line).to_owned()).collect(),
        rows: rows
            .iter()
            .enumerate()
            .map(|(at, row)| Row { number: at + 1, cells: row.split('|').map(cell).collect() })
            .collect(),
        spans,
    }
}

fn stated(rows: &[&str]) -> ReadCatalogue {
    read(&[sheet(&[], rows, Spans::Stated)], None).expect("a catalogue")
}

fn lost(rows: &[&str]) -> ReadCatalogue {
    read(&[sheet(&[], rows, Spans::Lost)], None).expect("a catalogue")
}

/// One line for each item: its names, and what else the test looks at.
fn told(read: &ReadCatalogue, more: impl Fn(&Item) -> String) -> Vec<String> {
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "-".to_owned());
    read.items
        .iter()
        .map(|item| {
            format!("{}>{} {}", name(&item.level1), name(&item.level2), more(item))
                .trim()
                .to_owned()
        })
        .collect()
}

fn names(read: &ReadCatalogue) -> Vec<String> {
    told(read, |_| String::new())
}

const HEAD: &str =
    "序号|一级事项|二级事项|公开内容|公开依据|公开时限|公开主体|公开渠道|主动|依申请";

#[test]
fn three_levels_and_a_directory_beside_them() {
    let read = stated(&[
        "序号|一级目录|公开事项|<|<|公开内容|公开依据|公开时限|公开主体|公开渠道",
        "^|^|一级事项|二级事项|三级事项|^|^|^|^|^",
        "1|综合|社会保险|登记|单位参保登记|1.依据；2.程序|《社会保险法》|20个工作日内|社保局|政府网站",
        "2|^|^|^|个人参保登记|1.依据；2.程序|《社会保险法》|20个工作日内|社保局|政府网站",
    ]);
    let third = |item: &Item| item.level3.clone().unwrap_or_default();
    assert_eq!(told(&read, third), ["社会保险>登记 单位参保登记", "社会保险>登记 个人参保登记"]);
    assert_eq!(read.items[1].extra.get("一级目录").map(String::as_str), Some("综合"));
    assert_eq!(read.issues, []);
}

#[test]
fn several_tables_on_a_page_each_under_its_own_heading() {
    let first = ["1|政策文件|法律法规|1.法律|《甲法》|及时公开|应急局|政府网站|√|"];
    let second = ["1|综合业务|政策文件|1.办法|《乙法》|及时公开|民政局|政府网站|√|"];
    let rows = |body: [&str; 1]| [HEAD, body[0]].map(str::to_owned);
    let table = |title: &str, body: [&str; 1]| {
        let rows = rows(body);
        sheet(&[title], &rows.iter().map(String::as_str).collect::<Vec<_>>(), Spans::Stated)
    };
    let read = read(
        &[
            sheet(&[], &["索引号|1234", "发布机构|某县人民政府"], Spans::Stated),
            table("（一）青枫县救灾领域基层政务公开标准目录", first),
            table("（二）青枫县社会救助领域基层政务公开标准目录", second),
        ],
        Some("青枫县基层政务公开标准目录"),
    )
    .expect("a catalogue");
    let domain = |item: &Item| item.domain.clone().unwrap_or_default();
    assert_eq!(told(&read, domain), ["政策文件>法律法规 救灾", "综合业务>政策文件 社会救助"]);
    assert_eq!(read.domain, None);
    assert_eq!(read.region_hint.as_deref(), Some("青枫县"));
    assert_eq!(read.issues, [], "numbers that start again in another table are no fault");
}

#[test]
fn titles_among_the_rows_change_the_domain() {
    let read = stated(&[
        "某县救灾领域基层政务公开标准目录|<|<|<|<|<|<|<|<|<",
        HEAD,
        "1|政策文件|法律法规|1.法律|《甲法》|及时公开|应急局|政府网站|√|",
        "某县养老服务领域基层政务公开标准目录|<|<|<|<|<|<|<|<|<",
        "1|养老服务|机构备案|1.条件|《乙法》|及时公开|民政局|政府网站|√|",
        "备注：本目录实行动态调整。|<|<|<|<|<|<|<|<|<",
    ]);
    let domain = |item: &Item| item.domain.clone().unwrap_or_default();
    assert_eq!(told(&read, domain), ["政策文件>法律法规 救灾", "养老服务>机构备案 养老服务"]);
}

#[test]
fn a_table_cut_by_pages_goes_on_without_headings() {
    let pages = [
        sheet(
            &["某县救灾领域基层政务公开标准目录"],
            &[HEAD, "1|政策文件|法律|1.法律|《甲法》|及时公开|应急局|政府网站|√|"],
            Spans::Stated,
        ),
        sheet(&[], &["2|政策文件|标准|1.标准|《甲法》|及时公开|应急局|政府网站|√|"], Spans::Stated),
    ];
    let read = read(&pages, None).expect("a catalogue");
    assert_eq!(names(&read), ["政策文件>法律", "政策文件>标准"]);
    assert_eq!(read.issues, []);
}

#[test]
fn columns_in_words_and_one_column_for_two_things() {
    let read = stated(&[
        "序号|一级事项|二级事项|公开内容|公开依据|公开时限|公开主体|公开渠道|公开对象及方式|公开层级|公开环节",
        "1|甲|乙|1.丙|《丁法》|及时公开|戊局|政府网站|全社会，主动公开|县级、乡级|服务",
        "2|甲|己|1.丙|《丁法》|及时公开|戊局|政府网站|特定群体（申请人），依申请公开|乡级|决策公开",
    ]);
    let whom = |item: &Item| {
        let levels: Vec<&str> =
            item.levels.iter().flatten().map(|level| level.0.as_str()).collect();
        format!(
            "{:?} {:?} {:?} {} {:?}",
            item.audience,
            item.audience_note,
            item.methods,
            levels.join("+"),
            item.stage
        )
    };
    assert_eq!(
        told(&read, whom),
        [
            "甲>乙 [WholeSociety] None [Proactive] 县级+乡级 Some(Service)",
            "甲>己 [CertainGroup] Some(\"申请人\") [OnRequest] 乡级 Some(Decision)",
        ]
    );
    assert_eq!(read.items[1].stage, Some(Stage::Decision));
}

#[test]
fn a_column_for_each_channel_and_each_stage() {
    let read = stated(&[
        "序号|一级事项|二级事项|公开内容|公开依据|公开时限|公开主体|公开渠道和载体|<|<|五公开|<",
        "^|^|^|^|^|^|^|政府网站|两微一端|政务服务中心|决策|服务",
        "1|甲|乙|1.丙|《丁法》|及时公开|戊局|√||√||√",
    ]);
    let channels: Vec<&str> = read.items[0].channels.iter().map(Channel::name).collect();
    assert_eq!(channels, ["政府网站", "政务服务中心"]);
    assert_eq!(read.items[0].stage, Some(Stage::Service));
}

#[test]
fn three_rows_of_headings() {
    let read = stated(&[
        "政务公开标准目录|<|<|<|<|<|<|<|<|<|<|<",
        "序号|公开事项|<|公开要求|<|<|<|<|公开对象|<|公开方式|<",
        "^|一级事项|二级事项|公开内容|公开依据|公开时限|公开主体|公开渠道|全社会|特定群体|主动|依申请",
        "1|甲|乙|1.丙|《丁法》|及时公开|戊局|政府网站|√||√|",
    ]);
    assert_eq!(
        told(&read, |item| format!("{:?} {:?}", item.basis, item.subjects)),
        ["甲>乙 [\"《丁法》\"] [\"戊局\"]"]
    );
}

#[test]
fn sections_name_the_first_level_where_it_has_no_column() {
    let read = stated(&[
        "序号|事项名称|公开内容|公开依据|公开时限|公开主体|公开渠道",
        "一、综合业务|<|<|<|<|<|<",
        "1|政策文件|1.办法|《甲法》|及时公开|民政局|政府网站",
        "二、低保|<|<|<|<|<|<",
        "2|办事指南|1.条件|《甲法》|及时公开|民政局|政府网站",
    ]);
    assert_eq!(names(&read), ["政策文件>-", "办事指南>-"]);
    let read = stated(&[
        "序号|二级事项|公开内容|公开依据|公开时限|公开主体|公开渠道",
        "一、综合业务|<|<|<|<|<|<",
        "1|政策文件|1.办法|《甲法》|及时公开|民政局|政府网站",
        "二、低保|<|<|<|<|<|<",
        "2|办事指南|1.条件|《甲法》|及时公开|民政局|政府网站",
    ]);
    assert_eq!(names(&read), ["综合业务>政策文件", "低保>办事指南"]);
}

#[test]
fn elements_over_several_rows_stay_one_item() {
    let read = stated(&[
        HEAD,
        "1|甲|乙|1.依据；|《丁法》|及时公开|戊局|政府网站|√|",
        "^|^|^|2.信息公开目录|^|^|^|^|^|^",
        "2|^|己|1.其他|《丁法》|及时公开|戊局|政府网站|√|",
    ]);
    assert_eq!(
        told(&read, |item| item.elements.join("+")),
        ["甲>乙 依据+信息公开目录", "甲>己 其他"]
    );
}

#[test]
fn a_group_that_goes_on_over_a_page_prints_its_number_again() {
    let read = stated(&[
        HEAD,
        "1|甲|乙|1.依据|《丁法》|及时公开|戊局|政府网站|√|",
        HEAD,
        "1|甲|己|1.程序|《丁法》|及时公开|戊局|政府网站|√|",
        "1|丙|己|1.程序|《丁法》|及时公开|戊局|政府网站|√|",
    ]);
    let found: Vec<(IssueKind, usize)> =
        read.issues.iter().map(|issue| (issue.kind, issue.place.row)).collect();
    assert_eq!(names(&read), ["甲>乙", "甲>己", "丙>己"]);
    assert_eq!(found, [(IssueKind::SequenceRestart, 5)]);
}

#[test]
fn a_number_of_its_own_makes_an_item_even_where_all_else_is_merged() {
    let read = stated(&[
        HEAD,
        "1|甲|乙|1.依据|《丁法》|及时公开|戊局|政府网站|√|",
        "2|^|^|1.程序|^|^|^|^|^|^",
    ]);
    assert_eq!(told(&read, |item| item.elements.join("+")), ["甲>乙 依据", "甲>乙 程序"]);
}

#[test]
fn items_under_one_merged_second_level_stay_apart_if_they_have_ticks() {
    let read = stated(&[
        HEAD,
        "1|甲|乙|1.依据|《丁法》|及时公开|戊局|政府网站|√|",
        "2|^|^|1.程序|《丁法》|及时公开|戊局|政府网站||√",
    ]);
    assert_eq!(
        told(&read, |item| format!("{:?}", item.methods)),
        ["甲>乙 [Proactive]", "甲>乙 [OnRequest]"]
    );
}

#[test]
fn a_cell_merged_over_two_names_or_two_ticks_says_both() {
    let read = stated(&[HEAD, "1|生态建设|<|1.依据|《丁法》|及时公开|戊局|政府网站|√|<"]);
    assert_eq!(names(&read), ["生态建设>生态建设"]);
    assert_eq!(read.items[0].methods, [Method::Proactive, Method::OnRequest]);
}

#[test]
fn a_sheet_that_never_merges_uses_blanks_for_the_value_above() {
    let read = stated(&[
        HEAD,
        "1|甲|乙|1.依据|《丁法》|及时公开|戊局|政府网站|√|",
        "2||己|1.程序||20个工作日内|||√|",
    ]);
    assert_eq!(
        told(&read, |item| format!("{:?} {}", item.basis, item.time_limit_raw)),
        ["甲>乙 [\"《丁法》\"] 及时公开", "甲>己 [\"《丁法》\"] 20个工作日内",]
    );
}

#[test]
fn what_is_missing_is_reported_with_its_row() {
    let read = stated(&[
        HEAD,
        "1|甲|乙|1.依据||及时公开|戊局|政府网站|√|",
        "3|^|—|1.程序|《丁法》（国办发〔2016〕8）||戊局|□政府网站□政府公报|√|√",
        "3|丙|乙|1.程序|《丁法》（国办发〔20168号)|及时公开|戊局|政府网站|√|",
        "4|||||||||",
    ]);
    let found: Vec<(IssueKind, usize)> =
        read.issues.iter().map(|issue| (issue.kind, issue.place.row)).collect();
    assert_eq!(
        found,
        [
            (IssueKind::MissingBasis, 2),
            (IssueKind::MissingTimeLimit, 3),
            (IssueKind::MissingLevel2, 3),
            (IssueKind::NoChannelChecked, 3),
            (IssueKind::BothMethodsTicked, 3),
            (IssueKind::BadDocumentNumber, 3),
            (IssueKind::SequenceGap, 3),
            (IssueKind::BadDocumentNumber, 4),
            (IssueKind::SequenceRestart, 4),
            (IssueKind::EmptyRow, 5),
        ]
    );
    assert_eq!(
        read.issues[0].to_string(),
        "第1个表第2行：乙：公开依据为空。改法：补充法律、法规、规章或者文件依据。"
    );
}

#[test]
fn pasted_text_whose_rows_moved_left() {
    let read = lost(&[
        "序号|公开事项|公开内容|公开依据|公开时限|公开主体|公开渠道|公开方式|公开层级",
        "一级事项|二级事项|主动|依申请|县级|乡级",
        "1|公共服务|开放信息|机构名称；开放时间|《条例》|20个工作日内|乡镇人民政府|■政府网站 □政府公报|√||√|√",
        "2|群众活动|活动时间；地点||√|√|",
    ]);
    assert_eq!(
        told(&read, |item| format!(
            "{:?} {:?} {:?}",
            item.subjects,
            item.methods,
            item.levels.as_ref().map(Vec::len)
        )),
        [
            "公共服务>开放信息 [\"乡镇人民政府\"] [Proactive] Some(2)",
            "公共服务>群众活动 [\"乡镇人民政府\"] [OnRequest] Some(1)",
        ]
    );
}

#[test]
fn tables_that_are_no_catalogue_are_refused_with_a_remedy() {
    let other = sheet(&[], &["姓名|电话|地址", "张三|1|2"], Spans::Stated);
    let refused = read(&[other], None).expect_err("no catalogue");
    assert_eq!(refused, NotACatalogue::NoHeadings { tables: 1 });
    assert!(refused.remedy().contains("表头"));
    let empty = sheet(&[], &[HEAD, "|||||||||"], Spans::Stated);
    assert!(matches!(read(&[empty], None), Err(NotACatalogue::NoItems { .. })));
    assert!(matches!(read(&[], None), Err(NotACatalogue::NoHeadings { tables: 0 })));
}

#[test]
fn a_read_catalogue_comes_back_from_json_byte_for_byte() {
    let read = stated(&[
        HEAD,
        "1|甲|乙|1.依据|《丁法》|及时公开，公示5个工作日|戊局|■政府网站■其他：法律服务网|√|",
        "2|甲|乙|1.依据|《丁法》|投标截止至少15日前|戊局|□政府网站|√|√",
    ]);
    let stored = serde_json::to_string(&read).expect("plain data");
    let back: ReadCatalogue = serde_json::from_str(&stored).expect("what was just written");
    assert_eq!(back, read);
    assert_eq!(serde_json::to_string(&back).expect("plain data"), stored);
}
