//! 区分处理: passages an officer names are gone from the copy, seen and unseen, whatever the kind of file.

use documents::Masking;
use documents::examining::here::{clean, examine, scan};
use documents::writing::{Article, Block, Column, Sheet};

const SECRET: &str = "某某建材公司报价三千万元";

fn masking() -> Masking {
    Masking::of([]).and_passages([SECRET.to_owned()])
}

fn docx() -> Vec<u8> {
    let table = Block::Table {
        caption: String::new(),
        header: vec!["单位".into(), "情况".into()],
        rows: vec![vec!["甲".into(), format!("其中{SECRET}。")]],
    };
    let blocks = vec![Block::paragraph(format!("评标中，{SECRET}，其余略。")), table];
    let article = Article { title: "评标报告".into(), blocks, ..Article::default() };
    article.to_docx().expect("written")
}

fn xlsx() -> Vec<u8> {
    let rows = vec![vec!["1".to_owned(), format!("中标的{SECRET}")]];
    let columns = vec![Column::new("序号"), Column::new("内容")];
    Sheet { name: "表".into(), columns, rows, ..Sheet::default() }.to_xlsx().expect("written")
}

#[test]
fn a_named_passage_is_gone_from_every_kind_of_file_and_the_rest_stays() {
    let broken = format!("第一行\n评标中，{}\n{}，其余略。\n", &SECRET[..18], &SECRET[18..]);
    let page = format!("<p>评标中，<b>{}</b>{}，其余略。</p>", &SECRET[..18], &SECRET[18..]);
    for (name, bytes, stays) in [
        ("报告.docx", docx(), "其余略"),
        ("报告.xlsx", xlsx(), "中标的"),
        ("报告.txt", broken.into_bytes(), "其余略"),
        ("报告.html", page.into_bytes(), "其余略"),
    ] {
        let copy =
            clean(&bytes, name, &masking()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let before = examine(&bytes, name, &masking()).expect("read").text;
        let (_, after) = scan(&copy, name).expect("read");
        assert!(Masking::times_in(&before, SECRET) > 0, "{name}");
        assert_eq!(Masking::times_in(&after, SECRET), 0, "{name}: {after}");
        assert!(after.contains(stays) && after.contains('*'), "{name}: {after}");
        let untouched = clean(&bytes, name, &Masking::of([])).expect("cleaned");
        let (_, untouched) = scan(&untouched, name).expect("read");
        assert!(Masking::times_in(&untouched, SECRET) > 0, "{name}: only what is named goes");
    }
}

#[test]
fn a_passage_in_the_name_of_a_packed_file_is_masked_too() {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file(format!("{SECRET}.txt"), options).expect("an entry");
    std::io::Write::write_all(&mut archive, "正文没有别的".as_bytes()).expect("its text");
    archive.finish().expect("an archive");
    let copy = clean(&bytes.into_inner(), "包.zip", &masking()).expect("cleaned");
    let names = zip::ZipArchive::new(std::io::Cursor::new(copy)).expect("an archive");
    let names: Vec<String> = names.file_names().flatten().map(Into::into).collect();
    assert!(!names.is_empty() && names.iter().all(|name| !name.contains("报价")), "{names:?}");
}
