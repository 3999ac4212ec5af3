//! What the writers write, read back by other readers.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use documents::writing::{Align, Article, Block, Book, Column, Imprint, Merge, Sheet, unguard};
use jiff::civil::date;
use quick_xml::events::Event;

/// A small catalogue with everything that has gone wrong in a real one: a merged run, a text that
/// looks like a formula, a line break, a mark of XML, a control character from a copied page.
fn catalogue() -> Sheet {
    let row = |cells: [&str; 5]| cells.map(str::to_owned).to_vec();
    let mut sheet = Sheet {
        name: "养老服务".into(),
        title: "厦门市翔安区养老服务领域基层政务公开标准目录".into(),
        subtitle: vec!["编制单位：厦门市翔安区民政局".into(), "2026年11月25日".into()],
        columns: vec![
            Column::new("序号").centered().wide(5.0),
            Column::new("一级事项").under("公开事项").centered(),
            Column::new("二级事项").under("公开事项"),
            Column::new("公开内容（要素）"),
            Column::new("公开渠道和载体"),
        ],
        rows: vec![
            row(["1", "通用政策", "法律法规", "文件名称；文号 <正文>", "■政府网站\n□政府公报"]),
            row(["2", "通用政策", "扶持政策", "=HYPERLINK(\"http://example.org\")", "■政府网站"]),
            row(["3", "业务办理", "机构备案", "-", "@公示栏"]),
            row(["4", "业务办理", "老年人补贴", "标准\u{b}与程序 & 期限", "+86 592 0000000"]),
            row(["5", "行业管理", "评估", "", "■精准推送"]),
        ],
        merges: Vec::new(),
        notes: vec!["备注：■ 为已选渠道。".into()],
        landscape: true,
        made: Some(date(2026, 11, 25)),
        author: "厦门市翔安区民政局".into(),
    };
    sheet.merge_equal(1);
    sheet
}

fn notice() -> Article {
    Article {
        letterhead: Some("云湖区人民政府办公室文件".into()),
        number: Some("云府办〔2026〕48号".into()),
        title: "云湖区人民政府办公室关于印发养老服务设施布局规划（2026—2030年）的通知".into(),
        addressee: Some("各镇人民政府、街道办事处，区直各单位：".into()),
        blocks: vec![
            Block::paragraph("规划已经区政府研究同意，现印发给你们，请认真组织实施。"),
            Block::heading(1, "一、总体目标"),
            Block::Heading {
                level: 2,
                text: "（一）区级设施。".into(),
                rest: "各设置1处综合体。".into(),
            },
            Block::List { ordered: true, items: vec!["选址".into(), "验收".into()] },
            Block::Table {
                caption: "设施一览".into(),
                header: vec!["名称".into(), "床位".into()],
                rows: vec![vec!["云湖区社会福利院".into(), "420".into()]],
            },
        ],
        attachments: vec!["云湖区养老服务设施布局一览表".into()],
        signature: Some("云湖区人民政府办公室".into()),
        date: Some(date(2026, 11, 6)),
        note: Some("此件主动公开".into()),
        imprint: Some(Imprint {
            copies: vec!["抄送：区委办公室。".into()],
            printer: "云湖区人民政府办公室".into(),
            printed: Some(date(2026, 11, 7)),
        }),
        made: None,
        annex: vec![],
    }
}

/// A part of a zipped office file, which must be well-formed XML.
fn part(file: &[u8], path: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).expect("an office file is a zip");
    let mut text = String::new();
    let mut entry = zip.by_name(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    entry.read_to_string(&mut text).expect("a part is UTF-8");
    let mut reader = quick_xml::Reader::from_str(&text);
    while reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}")) != Event::Eof {}
    text
}

fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

#[test]
fn a_sheet_read_back_from_xlsx_has_every_text_in_its_place_and_no_formula() {
    let sheet = catalogue();
    let file = sheet.to_xlsx().expect("the sample can be written");
    let mut book = Xlsx::new(Cursor::new(file)).expect("calamine reads it");
    let range = book.worksheet_range("养老服务").expect("the tab has the sheet's name");
    let text = |row: usize, column: usize| match range.get((row, column)) {
        Some(Data::String(text)) => text.clone(),
        Some(Data::Empty) | None => String::new(),
        Some(other) => panic!("a text became {other:?}"),
    };
    assert_eq!(text(0, 0), sheet.title);
    assert_eq!(text(1, 0), "编制单位：厦门市翔安区民政局　　2026年11月25日");
    assert_eq!([text(2, 0), text(2, 1), text(2, 3)], ["序号", "公开事项", "公开内容（要素）"]);
    assert_eq!([text(3, 1), text(3, 2)], ["一级事项", "二级事项"]);
    for (at, row) in sheet.rows.iter().enumerate() {
        for (column, expected) in row.iter().enumerate() {
            let covered = column == 1 && (at == 1 || at == 3);
            let expected = if covered { "" } else { expected.as_str() };
            assert_eq!(text(4 + at, column), expected, "row {at} column {column}");
        }
    }
    assert_eq!(text(9, 0), "备注：■ 为已选渠道。");
    let formulas = book.worksheet_formula("养老服务").expect("calamine reads formulas");
    assert!(formulas.is_empty(), "no cell is a formula");
    let merges = book.merge_cells_by_sheet_name("养老服务").expect("the tab is there");
    for region in [((2, 1), (2, 2)), ((2, 0), (3, 0)), ((4, 1), (5, 1)), ((6, 1), (7, 1))] {
        assert!(merges.iter().any(|found| (found.start, found.end) == region), "{region:?}");
    }
}

#[test]
fn an_xlsx_prints_across_a4_with_its_heading_on_every_page() {
    let file = catalogue().to_xlsx().expect("the sample can be written");
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    for setting in [
        "orientation=\"landscape\"",
        "paperSize=\"9\"",
        "fitToHeight=\"0\"",
        "<pageSetUpPr fitToPage=\"1\"/>",
        "ySplit=\"4\"",
        "state=\"frozen\"",
    ] {
        assert!(sheet.contains(setting), "{setting}");
    }
    let book = part(&file, "xl/workbook.xml");
    assert!(book.contains("Print_Titles") && book.contains("$3:$4"), "{book}");
}

#[test]
fn a_text_that_looks_like_a_formula_stays_a_text_when_someone_edits_it() {
    let file = catalogue().to_xlsx().expect("the sample can be written");
    assert!(part(&file, "xl/styles.xml").contains("quotePrefix=\"1\""));
}

#[test]
fn the_same_content_gives_the_same_bytes_and_its_own_date() {
    let (sheet, article) = (catalogue(), notice());
    let xlsx = sheet.to_xlsx().expect("the sample can be written");
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(xlsx, sheet.to_xlsx().expect("the sample can be written"));
    assert_eq!(sheet.to_docx().ok(), sheet.to_docx().ok());
    assert_eq!(article.to_docx().ok(), article.to_docx().ok());
    assert!(part(&xlsx, "docProps/core.xml").contains("2026-11-25T00:00:00Z"));
    let docx = article.to_docx().expect("the sample can be written");
    assert!(part(&docx, "docProps/core.xml").contains("2026-11-06T00:00:00Z"));
}

#[test]
fn a_sheet_as_docx_lies_across_and_repeats_its_heading_and_merges_its_runs() {
    let file = catalogue().to_docx().expect("the sample can be written");
    let text = part(&file, "word/document.xml");
    assert!(text.contains("w:orient=\"landscape\""));
    assert_eq!(count(&text, "<w:tblHeader/>"), 2, "both heading rows repeat");
    assert_eq!(count(&text, "<w:gridSpan w:val=\"2\"/>"), 1, "one group over two columns");
    // Three headings reach down over both heading rows, two runs over two rows each.
    assert_eq!(count(&text, "<w:vMerge w:val=\"restart\"/>"), 5);
    assert_eq!(count(&text, "<w:vMerge/>"), 5);
    assert_eq!(count(&text, "<w:tr>"), 7);
    assert!(text.contains("文件名称；文号 &lt;正文&gt;"));
    assert!(text.contains("标准与程序 &amp; 期限"), "a control character is left out");
    assert!(part(&file, "word/footer1.xml").contains("NUMPAGES"));
    for path in ["word/styles.xml", "word/settings.xml", "[Content_Types].xml"] {
        part(&file, path);
    }
}

#[test]
fn an_article_as_docx_has_the_pages_faces_and_parts_of_a_document() {
    let file = notice().to_docx().expect("the sample can be written");
    let text = part(&file, "word/document.xml");
    for piece in [
        // 37 mm above, 28 mm at the binding side, in twentieths of a point
        "w:top=\"2098\"",
        "w:left=\"1588\"",
        "<w:pStyle w:val=\"Title\"/>",
        "<w:pStyle w:val=\"Heading1\"/>",
        "w:eastAsia=\"黑体\"",
        "w:eastAsia=\"楷体_GB2312\"",
        "云府办〔2026〕48号",
        "云湖区人民政府办公室关于印发",
        "2. 验收",
        "附件：云湖区养老服务设施布局一览表",
        "2026年11月6日",
        "（此件主动公开）",
        "2026年11月7日印发",
    ] {
        assert!(text.contains(piece), "{piece}");
    }
    let fonts = part(&file, "word/fontTable.xml");
    assert!(fonts.contains("<w:altName w:val=\"仿宋\"/>"), "a substitute for 仿宋_GB2312");
    assert!(part(&file, "word/settings.xml").contains("<w:evenAndOddHeaders/>"));
    assert!(part(&file, "word/footer2.xml").contains("PAGE"));
}

#[test]
fn a_sheet_as_csv_opens_in_excel_and_gives_back_every_text() {
    let sheet = catalogue();
    let file = sheet.to_csv().expect("the sample can be written");
    let body = file.strip_prefix(b"\xEF\xBB\xBF").expect("the byte order mark comes first");
    let text = std::str::from_utf8(body).expect("CSV is UTF-8");
    assert!(text.starts_with("序号,一级事项,二级事项,公开内容（要素）,公开渠道和载体\r\n"));
    assert!(text.contains("'=HYPERLINK") && text.contains(",'-,'@公示栏\r\n"));
    let mut reader = csv::Reader::from_reader(body);
    let rows = reader.records().map(|row| row.expect("a row is whole"));
    let back: Vec<Vec<String>> =
        rows.map(|row| row.iter().map(|text| unguard(text).to_owned()).collect()).collect();
    assert_eq!(back, sheet.rows);
}

#[test]
fn what_does_not_hang_together_is_refused_with_the_place_and_what_does_not_fit_with_the_limit() {
    let mut ragged = catalogue();
    ragged.rows[1].pop();
    let mut beyond = catalogue();
    beyond.merges.push(Merge { column: 2, first: 3, last: 5 });
    let mut crossing = catalogue();
    crossing.merges.push(Merge { column: 1, first: 1, last: 2 });
    let mut long = catalogue();
    long.rows[0][3] = "公".repeat(32_768);
    let empty = Sheet::default();
    for (sheet, said) in [
        (ragged, "第 2 行的列数与表头不同"),
        (beyond, "第 3 列的合并超出表格"),
        (crossing, "第 2 列的合并互相重叠"),
        (long, "每格 32767 字"),
        (empty, "没有列"),
    ] {
        let error = sheet.to_xlsx().expect_err(said).to_string();
        assert!(error.contains(said), "{error}");
        assert!(error.starts_with("错误: ") && error.contains("改法: "), "{error}");
    }
}

#[test]
fn a_run_of_equal_cells_ends_where_the_run_to_its_left_ends() {
    let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
    let mut sheet = Sheet {
        columns: vec![Column::new("一级事项"), Column::new("二级事项")],
        rows: vec![
            row(["甲", "政策"]),
            row(["甲", "政策"]),
            row(["乙", "政策"]),
            row(["乙", "政策"]),
        ],
        ..Sheet::default()
    };
    sheet.merge_equal(0);
    sheet.merge_equal(1);
    let run = |column, first, last| Merge { column, first, last };
    assert_eq!(sheet.merges, [run(0, 0, 1), run(0, 2, 3), run(1, 0, 1), run(1, 2, 3)]);
}

#[test]
fn sheets_of_one_book_have_tabs_of_their_own() {
    let (one, mut two) = (catalogue(), catalogue());
    two.columns[2].align = Align::Center;
    let book = Book { sheets: vec![one, two] }.to_xlsx().expect("the samples can be written");
    let book = Xlsx::new(Cursor::new(book)).expect("calamine reads it");
    assert_eq!(book.sheet_names(), ["养老服务", "养老服务(2)"]);
}

#[test]
fn the_press_is_given_every_width_and_the_title_in_lines() {
    let sheet = catalogue().to_press().expect("the sample is whole");
    let columns = sheet["columns"].as_array().expect("columns are a list");
    assert!(columns.iter().all(|column| column["width"].as_f64().is_some_and(|width| width > 0.0)));
    let article = notice().to_press().expect("the sample is whole");
    assert_eq!(article["blocks"][4]["widths"].as_array().map(Vec::len), Some(2));
    assert_eq!(article["title_lines"][0], "云湖区人民政府办公室关于印发");
}
