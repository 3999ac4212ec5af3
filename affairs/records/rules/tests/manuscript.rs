//! 稿件: what a clerk writes, and what is said when it is wrong.

use law::day;
use records_rules::{Block, Manuscript, Origin, Validity};

const HEAD: &str = "标题：厦门市人民政府办公厅关于全面推进基层政务公开标准化规范化工作的通知
文号：厦府办[2020]67号
索引号：XM00002-0201-2020-00067
发布机构：XM00002
成文日期：2020年7月7日
主题分类：综合政务/政务公开
体裁：通知
公开属性：主动公开";

fn manuscript(head: &str) -> String {
    format!("---\n{head}\n---\n\n各区人民政府：\n")
}

/// The faults of a head, one line each, or 可以.
fn say(head: &str) -> String {
    match Manuscript::read(&manuscript(head), day(2026, 11, 25)) {
        Ok(_) => "可以".to_owned(),
        Err(faults) => {
            let lines = faults.iter().map(|fault| match fault.line {
                Some(line) => format!("{line} {}", fault.message),
                None => fault.message.clone(),
            });
            lines.collect::<Vec<_>>().join("；")
        }
    }
}

#[test]
fn a_manuscript_reads_into_its_particulars() {
    let head = format!(
        "{HEAD}\n有效期至：2025-07-06\n原发布日期：来源未载明\n目录事项：义务教育 > 招生管理 > 招生政策"
    );
    let read = Manuscript::read(&manuscript(&head), day(2026, 11, 25)).expect("no faults");
    let metadata = read.metadata;
    assert_eq!(
        metadata.number.map(|number| number.to_string()).as_deref(),
        Some("厦府办〔2020〕67号")
    );
    assert_eq!(metadata.made_on.0, day(2020, 7, 7));
    assert_eq!(metadata.origin, Origin::Imported(None));
    assert_eq!(metadata.life.validity_on(day(2026, 11, 25)), Validity::Lapsed);
    assert_eq!(read.items[0].to_string(), "义务教育 > 招生管理 > 招生政策");
    assert_eq!(read.text, "各区人民政府：");
    assert!(!metadata.demo && read.doubts.is_empty());
}

#[test]
fn nobody_can_write_the_day_of_publication() {
    let said = say(&format!("{HEAD}\n发布日期：2020-07-08"));
    assert_eq!(said, "10 发布日期由平台在发布时记下，不能填写");
}

#[test]
fn each_fault_is_told_with_its_line() {
    let with = |line: &str| format!("{HEAD}\n{line}");
    let instead = |from: &str, to: &str| HEAD.replace(from, to);
    for (head, said) in [
        (HEAD.to_owned(), "可以"),
        (with("有效性：有效"), "10 有效性由日期算出，不能填写"),
        (with("颜色：红"), "10 没有“颜色”这一项"),
        (with("没有冒号的一行"), "10 “没有冒号的一行”不是“名称：值”"),
        (with("体裁：公告"), "10 “体裁”写了两次"),
        (with("目录事项：义务教育"), "10 目录事项“义务教育”不完整"),
        (with("原发布日期：2020-07-08"), "原发布日期没有写来源"),
        (
            with("原发布日期：2020-07-01\n原发布日期来源：市政府网站"),
            "10 原发布日期2020-07-01早于成文日期2020-07-07",
        ),
        (with("施行日期：2020-07-01"), "10 施行日期2020-07-01早于2020-07-07，那时文件还没有生效"),
        (with("有效期至：2020-02-30"), "10 “2020-02-30”不是日期"),
        (with("法定公开事项：P20-99"), "10 法定公开事项没有代码“P20-99”"),
        (
            instead("2020年7月7日", "2027-01-01"),
            "4 索引号XM00002-0201-2020-00067的年度与成文日期2027-01-01不同；6 成文日期2027-01-01在今天（2026-11-25）之后",
        ),
        (
            instead("发布机构：XM00002", "发布机构：XM00001"),
            "4 索引号XM00002-0201-2020-00067的机关代码不是发布机构XM00001",
        ),
        (instead("文号：厦府办[2020]67号", "文号：厦府办67号"), "3 “厦府办67号”不像文号"),
        (instead("体裁：通知\n", ""), "没有写“体裁”"),
        (instead("主动公开", "不予公开"), "9 不予公开没有写明理由: “不予公开”"),
        (
            "标题：\n体裁：诗".to_owned(),
            "没有写“标题”；没有写“发布机构”；没有写“成文日期”；没有写“主题分类”；3 体裁“诗”不在表内；没有写“公开属性”",
        ),
    ] {
        assert_eq!(say(&head), said, "{head}");
    }
}

#[test]
fn what_may_be_right_is_only_doubted() {
    let head = HEAD.replace("[2020]67", "〔2019〕67");
    let read =
        Manuscript::read(&manuscript(&head), day(2026, 11, 25)).expect("a doubt is no error");
    let said: Vec<_> = read.doubts.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["请核对: 第3行 文号厦府办〔2019〕67号的年份是2019，成文日期是2020-07-07\n\
          改法: 核对文号和成文日期；跨年印发的可以不改"]
    );
}

#[test]
fn a_file_without_fences_or_text_is_refused() {
    for (text, said) in [
        ("", "文件开头没有 ---"),
        ("标题：一\n", "文件开头没有 ---"),
        ("---\n标题：一\n", "各项之后没有 ---"),
    ] {
        let faults = Manuscript::read(text, day(2026, 11, 25)).expect_err("refused");
        assert_eq!(faults[0].message, said);
    }
    let no_text = format!("---\n{HEAD}\n---\n\n");
    let faults = Manuscript::read(&no_text, day(2026, 11, 25)).expect_err("refused");
    assert_eq!(faults[0].to_string(), "错误: 没有正文\n改法: 在第二行 --- 之后写正文");
}

#[test]
fn several_in_one_file_are_taken_all_or_none() {
    let good = manuscript(HEAD);
    let bad = manuscript(&HEAD.replace("体裁：通知", "体裁：诗"));
    let both = Manuscript::read_all(&format!("{good}=====\n{good}"), day(2026, 11, 25));
    assert_eq!(both.map(|both| both.len()), Ok(2));
    let faults = Manuscript::read_all(&format!("{good}=====\n{bad}"), day(2026, 11, 25));
    let lines: Vec<_> = faults.expect_err("one is bad").iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [Some(21)]);
}

#[test]
fn the_text_falls_into_its_parts() {
    let text = "各区人民政府：\n\n## 一、落实\n### （一）全面梳理。\n市、区政府……\n- 甲\n- 乙\n\n| 项目 | 数 |\n|---|---|\n| 收入 | 1 |\n| 支出 |\n尾";
    let said: Vec<_> = Block::read(text)
        .iter()
        .map(|block| match block {
            Block::Heading { level, text } => format!("标题{level} {text}"),
            Block::Paragraph { text } => format!("段 {text}"),
            Block::List { items, .. } => {
                let items: Vec<_> = items.iter().map(|item| item.text.as_str()).collect();
                format!("列 {}", items.join("、"))
            }
            Block::Table { heads, rows } => {
                let mut rows = records_rules::Cell::filled(rows);
                let header = rows.remove(0);
                assert_eq!(heads, &1);
                format!("表 {header:?} {rows:?}")
            }
            Block::Image { alt, file } => format!("图 {alt} {file}"),
        })
        .collect();
    assert_eq!(
        said,
        [
            "段 各区人民政府：",
            "标题2 一、落实",
            "标题3 （一）全面梳理。",
            "段 市、区政府……",
            "列 甲、乙",
            "表 [\"项目\", \"数\"] [[\"收入\", \"1\"], [\"支出\", \"\"]]",
            "段 尾",
        ]
    );
}
