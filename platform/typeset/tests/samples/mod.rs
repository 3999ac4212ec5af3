//! Real things to print: rows of published catalogues and a city's notice, from the folder of
//! shared material beside the project.

use std::fs;
use std::path::PathBuf;

use documents::writing::{Article, Column, Imprint, Sheet};
use jiff::civil::date;

/// The thirteen standard channels in the order of the published 标准指引.
const CHANNELS: [&str; 13] = [
    "政府网站",
    "政府公报",
    "两微一端",
    "发布会/听证会",
    "广播电视",
    "纸质媒体",
    "公开查阅点",
    "政务服务中心",
    "便民服务站",
    "入户/现场",
    "社区/企事业单位/村公示栏(电子屏)",
    "精准推送",
    "其他",
];

/// A file of the shared material; none, said aloud and counted, where there is no such folder.
pub fn shared(file: &str) -> Option<String> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(file);
    match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) => {
            store::testing::skipped(&format!("{file}: {error}"));
            None
        }
    }
}

/// A catalogue in the official layout, from real rows of one domain.
pub fn catalogue(domain: &str, most: usize) -> Option<Sheet> {
    let text = shared("data/catalogue-rows.csv")?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut rows: Vec<[String; 9]> = reader
        .deserialize()
        .map(|row| row.expect("the shared table has rows of eleven fields or more"))
        .filter(|row: &Vec<String>| row[0] == domain)
        .map(|row| std::array::from_fn(|at| row[at + 1].clone()))
        .collect();
    rows.truncate(most);
    rows.sort_by(|left, right| left[0].cmp(&right[0]));
    let mut sheet = Sheet {
        name: domain.to_owned(),
        title: format!("厦门市翔安区{domain}领域基层政务公开标准目录"),
        subtitle: vec!["编制单位：厦门市翔安区教育局".into(), "2026年11月25日".into()],
        columns: columns(),
        rows: rows.iter().enumerate().map(|(at, row)| layout(at + 1, row)).collect(),
        notes: vec!["备注：■ 为必选公开渠道和载体，□ 为可选。".into()],
        landscape: true,
        made: Some(date(2026, 11, 25)),
        author: "厦门市翔安区教育局".into(),
        merges: Vec::new(),
    };
    sheet.merge_equal(1);
    sheet.merge_equal(2);
    Some(sheet)
}

fn columns() -> Vec<Column> {
    let tick = |group: &str, name: &str| Column::new(name).under(group).wide(3.4).centered();
    vec![
        Column::new("序号").wide(3.2).centered(),
        Column::new("一级\n事项").under("公开事项").wide(6.0).centered(),
        Column::new("二级事项").under("公开事项").wide(8.0).centered(),
        Column::new("公开内容\n（要素）").wide(15.0),
        Column::new("公开依据").wide(15.0),
        Column::new("公开时限").wide(10.0),
        Column::new("公开主体").wide(7.5).centered(),
        Column::new("公开渠道和载体").wide(22.5),
        tick("公开对象", "全社会"),
        tick("公开对象", "特定\n群体"),
        tick("公开方式", "主动"),
        tick("公开方式", "依申\n请"),
        tick("公开层级", "县级"),
        tick("公开层级", "乡级"),
    ]
}

fn layout(number: usize, row: &[String; 9]) -> Vec<String> {
    let [level1, level2, elements, basis, limit, subject, channels, audience, method] = row;
    let tick = |yes: bool| if yes { "√".to_owned() } else { String::new() };
    vec![
        number.to_string(),
        level1.clone(),
        level2.clone(),
        elements.replace('|', "；"),
        basis.split('|').filter(|law| !law.is_empty()).map(|law| format!("《{law}》")).collect(),
        limit.clone(),
        subject.clone(),
        boxes(channels),
        tick(audience.contains("全社会")),
        tick(audience.contains("特定")),
        tick(method.contains("主动")),
        tick(method.contains("申请")),
        tick(true),
        tick(number.is_multiple_of(3)),
    ]
}

fn boxes(channels: &str) -> String {
    let chosen: Vec<&str> = channels.split('|').collect();
    let boxed = |name: &&str| {
        let mark = if chosen.contains(name) { '■' } else { '□' };
        format!("{mark}{name}")
    };
    let all: Vec<String> = CHANNELS.iter().map(boxed).collect();
    let (pairs, rest) = all.split_at(10);
    let mut lines: Vec<String> = pairs.chunks(2).map(|pair| pair.join("　")).collect();
    lines.extend([rest[0].clone(), rest[1..].join("　")]);
    lines.join("\n")
}

/// The notice 厦府办〔2020〕67号, its paragraphs as its text has them.
pub fn notice() -> Option<Article> {
    let text = shared("data/notice/厦府办〔2020〕67号.txt")?;
    let body = text.split_once("各有关单位：").map_or(text.as_str(), |(_, body)| body);
    let body = body.split_once("(此件主动公开)").map_or(body, |(body, _)| body);
    Some(Article {
        letterhead: Some("厦门市人民政府办公厅文件".into()),
        number: Some("厦府办〔2020〕67号".into()),
        title: "厦门市人民政府办公厅关于全面推进基层政务公开标准化规范化工作的通知".into(),
        addressee: Some("各区人民政府，市直各委、办、局，各有关单位：".into()),
        blocks: Article::blocks_of(&mend(body)),
        attachments: vec![
            "26个试点领域基层政务公开标准指引目录".into(),
            "基层政务公开标准化规范化工作任务分解表（各区人民政府、市直各有关单位适用）".into(),
        ],
        signature: Some("厦门市人民政府办公厅".into()),
        date: Some(date(2020, 7, 7)),
        note: Some("此件主动公开".into()),
        imprint: Some(Imprint {
            copies: vec!["抄送：厦门市税务局。".into()],
            printer: "厦门市人民政府办公厅".into(),
            printed: Some(date(2020, 7, 7)),
        }),
        made: Some(date(2020, 7, 7)),
        annex: vec![],
    })
}

/// The text was taken from printed pages, so a paragraph that ran over a page's foot is in two
/// pieces: what does not end a sentence goes on in the next line.
fn mend(text: &str) -> String {
    let mut mended = String::new();
    for line in text.lines() {
        let heading = line.starts_with('#');
        let line = line.trim_start_matches('#').trim();
        mended.push_str(line);
        if heading || line.ends_with(['。', '）', ')', '：']) {
            mended.push('\n');
        }
    }
    mended
}
