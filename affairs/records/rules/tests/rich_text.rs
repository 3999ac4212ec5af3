//! Rich text: what is written in marks reads back.

mod chance;

use chance::Chance;
use records_rules::{Block, Cell, Item, Run, link_address, unmarked};

#[test]
fn whatever_is_read_and_written_reads_and_writes_the_same_ever_after() {
    let mut chance = Chance(20_261_125);
    for _ in 0..100_000 {
        let text = chance.text();
        let once = Block::write(&Block::read(&text));
        let blocks = Block::read(&once);
        assert_eq!(Block::write(&blocks), once, "{text:?}");
    }
}

#[test]
fn the_marks_of_a_manuscript_mean_what_they_say() {
    let text = "## 一、目标\n### （一）任务\n#### 1.事项\n见[通知](/wenjian/1)，[粗]务必[/粗]落实。\n\n\
                + 甲\n  + 乙\n- 丙\n![流程图](图1.png)\n\
                | 项目 | 金额 | < |\n| ^ | 上年 | 今年 |\n|---|---|---|\n| 合计 | 1\\|2 | 3\\n4 |";
    let text_cell = |text: &str| Cell::Text(text.into());
    let blocks = Block::read(text);
    assert_eq!(blocks.len(), 8);
    assert_eq!(blocks[2], Block::Heading { level: 4, text: "1.事项".into() });
    let Block::Paragraph { text: marked } = &blocks[3] else { panic!("{:?}", blocks[3]) };
    let runs = Run::read(marked);
    assert_eq!(runs[1].link.as_deref(), Some("/wenjian/1"));
    assert!(runs[3].bold && runs[3].text == "务必");
    let items = vec![Item { depth: 0, text: "甲".into() }, Item { depth: 1, text: "乙".into() }];
    assert_eq!(blocks[4], Block::List { ordered: true, items });
    assert_eq!(blocks[6], Block::Image { alt: "流程图".into(), file: "图1.png".into() });
    let Block::Table { heads, rows } = &blocks[7] else { panic!("{:?}", blocks[7]) };
    assert_eq!(*heads, 2);
    assert_eq!(rows[0], [text_cell("项目"), text_cell("金额"), Cell::Left]);
    let placed = Cell::placed(rows);
    assert_eq!((placed[0][0].rows, placed[0][1].columns, placed[1].len()), (2, 2, 2));
    assert_eq!(unmarked(&placed[2][1].text), "1|2");
    assert_eq!(placed[2][2].text, "3\n4");
}

#[test]
fn names_masked_with_stars_and_old_brackets_stay_as_they_were() {
    for text in
        ["张**、李**", "厦府办[2020]67号", "[2019](试行)", "C:\\目录\\文件", "满**分**", "a\\b"]
    {
        assert_eq!(unmarked(text), text);
        assert_eq!(Run::read(text).len(), 1, "{text}");
    }
}

#[test]
fn a_link_leads_to_a_page_or_a_mailbox_and_nowhere_else() {
    for (text, kept) in [
        ("https://www.gov.cn/x?y=1#z", true),
        ("HTTP://a.cn", true),
        ("/wenjian/1", true),
        ("mailto:gk@yunhu.example", true),
        ("javascript:alert(1)", false),
        ("JaVaScRiPt:alert(1)", false),
        ("java\nscript:alert(1)", false),
        (" java\u{200b}script:x", false),
        ("data:text/html,x", false),
        ("vbscript:x", false),
        ("file:///c:/x", false),
        ("//evil.example/", false),
        ("/\\evil.example", false),
        ("https:evil", false),
        ("https://user@evil.example", false),
        ("https:///x", false),
        ("blob:https://a.cn/1", false),
        ("https://a.cn/\"onclick=x", false),
        ("mailto:a@b.cn?body=x", false),
        ("ftp://a.cn", false),
        ("x", false),
        ("", false),
    ] {
        assert_eq!(link_address(text).is_some(), kept, "{text:?}");
    }
}
