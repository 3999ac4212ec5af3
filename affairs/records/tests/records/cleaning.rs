//! Text from outside becomes text of the closed schema, and nothing else comes with it.

use std::path::Path;

use records::cleaning::{Cleaned, of_file, pasted};
use records_rules::{Block, Cell};

const WORD: &str = include_str!("cleaning/word.html");

fn shown(cleaned: &Cleaned) -> Vec<String> {
    let one = |block: &Block| match block {
        Block::Heading { level, text } => format!("{level} {text}"),
        Block::Paragraph { text } => format!("p {text}"),
        Block::List { ordered, items } => {
            let items: Vec<_> =
                items.iter().map(|item| format!("{}{}", item.depth, item.text)).collect();
            format!("{} {}", if *ordered { "ol" } else { "ul" }, items.join("|"))
        }
        Block::Table { heads, rows } => format!(
            "t {heads} {}",
            Block::write(&[Block::Table { heads: *heads, rows: rows.clone() }])
        ),
        Block::Image { alt, file } => format!("i {alt} {file}"),
    };
    cleaned.blocks.iter().map(one).collect()
}

#[test]
fn what_was_copied_from_word_keeps_its_shape_and_loses_its_residue() {
    let cleaned = pasted(WORD);
    assert_eq!(
        shown(&cleaned),
        [
            "p 各区人民政府：",
            "2 一、总体目标",
            "p 见[通知](https://www.gov.cn/)（厦府办〔2020〕67号），[粗]务必[/粗]落实。",
            "3 （一）全面梳理",
            "ol 0编制目录|0公开目录",
            "ul 0甲|1乙",
            "t 2 | 项目 | 金额（万元） | < |\n| ^ | 上年 | 今年 |\n| --- | --- | --- |\n| 合计 | 1 | 2\\n其中：1 |",
            "p 【请上传图片1：流程图】",
            "p 点此",
        ]
    );
    let said = cleaned.changes.join("");
    for words in [
        "1 个链接的地址不能用",
        "合并的单元格",
        "脚本和程序 1 处",
        "批注 1 处",
        "隐藏的内容 1 处",
        "1 张图不在里面",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

/// Ways in which pages have run scripts, each with places where a script or an address stands.
const PAYLOADS: [&str; 50] = [
    "<script>§</script>",
    "<ScRiPt/x>§</sCrIpT >",
    "<script src=§></script>",
    "<img src=x onerror=§>",
    "<img/src=`x`onerror=§>",
    "<svg onload=§>",
    "<svg><script>§</script></svg>",
    "<svg><animate attributeName=href values='§'/><a><text>点</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=§></style></mglyph></table></mtext></math>",
    "<a href='§'>点</a>",
    "<a href=\"&#106;avascript:§\">点</a>",
    "<a href=' \x01javascript:§'>点</a>",
    "<a href='java\tscript:§'>点</a>",
    "<a href='data:text/html,§'>点</a>",
    "<iframe src='§'></iframe>",
    "<iframe srcdoc='<script>§</script>'></iframe>",
    "<object data='§'></object>",
    "<embed src='§'>",
    "<form action='§'><button>点</button></form>",
    "<input onfocus='§' autofocus>",
    "<details open ontoggle='§'>",
    "<body onload='§'>",
    "<div style='background:url(§)'>甲</div>",
    "<div style='width:expression(§)'>甲</div>",
    "<style>@import '§';</style>",
    "<link rel=stylesheet href='§'>",
    "<meta http-equiv=refresh content='0;url=§'>",
    "<base href='§'>",
    "<template><script>§</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=§>'></noscript>",
    "<textarea></textarea><script>§</script>",
    "<!--><img src=x onerror=§>-->",
    "<![CDATA[<script>§</script>]]>",
    "<?xml version='1.0'?><script>§</script>",
    "<table><td background='§'>甲</td></table>",
    "<table><tr><td><a href='§'>点</a></td></tr></table>",
    "<ul><li onclick='§'>甲</li></ul>",
    "<p>](§)</p><p>[点](§)</p>",
    "<p>[点](§ \"x\")</p>",
    "<p>![图](§)</p>",
    "<p>![图](x\" onerror=\"§)</p>",
    "<img alt='](§)' src=x>",
    "<img alt='\"><script>§</script>' src=x>",
    "<h1>&lt;script&gt;§&lt;/script&gt;</h1>",
    "<p>&lt;img src=x onerror=§&gt;</p>",
    "<p>\\[点](§)</p>",
    "<b><a href='§'>[粗]点[/粗]</a></b>",
    "<video><source onerror='§'></video>",
    "<marquee onstart='§'>甲</marquee>",
    "<o:p onclick='§'>甲</o:p><v:imagedata src='§'/>",
];

const SCRIPTS: [&str; 10] = [
    "alert(1)",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "//evil.example/x.js",
    "https://u@evil.example/",
    "java&#x0A;script:alert(1)",
    "&Tab;javascript:alert(1)",
    "https://a.example/\"onmouseover=\"alert(1)",
];

const AROUND: [(&str, &str); 3] =
    [("", ""), ("<p>前", "后</p>"), ("<table><tr><td>", "</td></tr></table>")];

#[tokio::test]
async fn fifteen_hundred_ways_to_smuggle_a_script_in_leave_no_element_and_no_address_behind() {
    let mut count = 0;
    for payload in PAYLOADS {
        for script in SCRIPTS {
            for (before, after) in AROUND {
                let page = format!("{before}{}{after}", payload.replace('§', script));
                let cleaned = pasted(&page);
                let text = cleaned.text();
                harmless(&page, &text);
                // Cleaned twice is cleaned once.
                assert_eq!(Block::write(&Block::read(&text)), text, "{page}");
                count += 1;
            }
        }
    }
    assert_eq!(count, 1_500);
}

/// Draws a text as the portal does and looks at every tag of it.
fn harmless(page: &str, text: &str) {
    let html = records::portal_text(text);
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("every tag ends");
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        let known = [
            "p", "a", "b", "h2", "h3", "h4", "ul", "ol", "li", "div", "table", "thead", "tbody",
            "tr", "th", "td", "br", "img",
        ];
        assert!(known.contains(&name), "{page}: <{tag}>");
        let attributes = tag.split_once(' ').map(|(_, rest)| rest).unwrap_or_default();
        for attribute in attributes.split("\" ").filter(|one| !one.is_empty()) {
            let (name, value) = attribute.split_once("=\"").expect("a value in quotes");
            let allowed = [
                "href",
                "class",
                "id",
                "colspan",
                "rowspan",
                "scope",
                "tabindex",
                "role",
                "aria-label",
                "src",
                "alt",
            ];
            assert!(allowed.contains(&name), "{page}: {attribute}");
            if matches!(name, "href" | "src") {
                let good = value.starts_with("https://")
                    || value.starts_with("http://")
                    || (value.starts_with('/') && !value.starts_with("//"));
                assert!(
                    good && !value.contains("evil.example") && !value.contains("onmouseover"),
                    "{page}: {attribute}"
                );
            }
        }
    }
}

#[tokio::test]
async fn what_our_own_writer_writes_as_docx_is_read_back_with_its_shape() {
    use documents::writing::{Article, Block as Printed};
    let article = Article {
        title: "关于公开的通知".into(),
        blocks: vec![
            Printed::paragraph("规划已经同意，现印发给你们。"),
            Printed::heading(1, "一、总体目标"),
            Printed::paragraph("到2027年，全面公开。"),
            Printed::Table {
                caption: String::new(),
                header: vec!["项目".into(), "金额".into()],
                rows: vec![vec!["收入".into(), "1".into()]],
            },
        ],
        ..Article::default()
    };
    let cleaned =
        of_file(article.to_docx().expect("writes"), Path::new("data")).await.expect("reads");
    let shown = shown(&cleaned);
    let find = |words: &str| shown.iter().any(|line| line == words);
    assert!(
        cleaned.title.as_deref() == Some("关于公开的通知") || shown[0].contains("关于公开的通知"),
        "{cleaned:?}"
    );
    assert!(find("2 一、总体目标") && find("p 到2027年，全面公开。"), "{shown:?}");
    let table = cleaned.blocks.iter().find_map(|block| match block {
        Block::Table { rows, .. } => Some(rows),
        _ => None,
    });
    assert_eq!(table.expect("a table")[1][0], Cell::Text("收入".into()));
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_what_to_do() {
    let ole = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    for (bytes, words) in
        [(ole, "另存为 docx"), (b"   ".to_vec(), "重新"), (b"PK\x03\x04broken".to_vec(), "修复")]
    {
        let refused = of_file(bytes, Path::new("data")).await.expect_err("cannot be read");
        assert!(refused.remedy().contains(words), "{}", refused.remedy());
    }
    let text =
        of_file("一、目标\n正文。".as_bytes().to_vec(), Path::new("data")).await.expect("reads");
    assert_eq!(shown(&text), ["2 一、目标", "p 正文。"]);
}

#[tokio::test]
async fn a_text_of_a_million_open_tags_is_read_in_one_pass() {
    for bit in [
        "<b>",
        "<table><tr><td>",
        "<ul><li>",
        "<a href=x>",
        "<p>",
        "</p>",
        "<td rowspan=9999 colspan=9999>",
        "\\[",
        "&#x5b;",
    ] {
        let page = bit.repeat(200_000 / bit.len() * 4);
        let begun = std::time::Instant::now();
        let cleaned = pasted(&page);
        let _ = Block::read(&cleaned.text());
        assert!(
            begun.elapsed() < std::time::Duration::from_secs(20),
            "{bit}: {:?}",
            begun.elapsed()
        );
    }
}
