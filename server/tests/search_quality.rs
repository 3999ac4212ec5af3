//! The portal's search finds what people look for: the judged questions of `server/quality`.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

#[path = "../quality/judging.rs"]
mod judging;

use judging::{LEAST_MRR, LEAST_SUCCESS};

/// The demo city being served, gone with its folder afterwards.
struct City {
    child: Child,
    folder: PathBuf,
    address: String,
}

impl City {
    fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("gongkai-quality-{}", std::process::id()));
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
        command.args(["demo", "--listen", "127.0.0.1:0", "--data"]).arg(&folder);
        command.env_remove("GONGKAI_DATABASE").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its words")).lines();
        let said = lines.by_ref().map_while(Result::ok).find(|line| line.contains("http://"));
        let said = said.expect("it says where it listens");
        let (_, address) = said.split_once("http://").expect("an address");
        let address = address.trim().to_owned();
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, folder, address }
    }
}

impl Drop for City {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

#[test]
fn the_judged_questions_find_their_answers() {
    let city = City::start();
    let (scores, missed) = judging::judge(&city.address);
    let told = format!("{scores:#?}\n{}", missed.join("\n"));
    for (kind, score) in &scores {
        assert!(score.mrr() >= LEAST_MRR, "{kind}: MRR {:.3}\n{told}", score.mrr());
        assert!(score.success() >= LEAST_SUCCESS, "{kind}: {:.3}\n{told}", score.success());
    }
}

#[test]
fn there_are_enough_questions_of_each_kind_and_each_once() {
    let questions = judging::questions();
    assert!(questions.len() >= 140, "{}", questions.len());
    for kind in ["two", "pinyin", "typo", "number", "synonym", "attachment"] {
        let count = questions.iter().filter(|one| one.kind == kind).count();
        assert!(count >= 22, "{kind}: {count}");
    }
    for (at, one) in questions.iter().enumerate() {
        assert!(one.right.iter().all(|right| right.trim_start_matches('~').len() > 3), "{one:?}");
        assert!(questions[..at].iter().all(|before| before.query != one.query), "{one:?}");
    }
}

#[test]
fn an_answer_is_read_from_the_page_and_judged() {
    let page = "<main><section class=\"card best b5\"><h2><a href=\"/a\">演示数据：甲的通知（示例）</a></h2>\
                <p><span>甲〔2026〕1号</span></p></section><ol class=\"list\"><li><div><a href=\"/b\">乙\
                <mark>低</mark>保</a></div></li></ol></main>";
    let found = judging::read(page);
    let judged = |right: &str| judging::Judged {
        kind: "two".into(),
        query: String::new(),
        right: right.split('|').map(str::to_owned).collect(),
    };
    for (right, rank) in [
        ("甲的通知", Some(1)),
        ("甲〔2026〕1号", Some(1)),
        ("~低保", Some(2)),
        ("乙低保", Some(2)),
        ("丙|~乙低", Some(2)),
        ("甲", None),
    ] {
        assert_eq!(judged(right).rank(&found), rank, "{right}: {found:?}");
    }
}
