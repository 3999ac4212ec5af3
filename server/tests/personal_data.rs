//! `gongkai documents` against the corpus of personal data, judged by the corpus' own scorer and
//! other people's software.

use std::path::{Path, PathBuf};
use std::process::Command;

fn repository() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).to_path_buf()
}

/// A Python with the modules the scorer needs.
fn python() -> Option<PathBuf> {
    let own = repository().join(".venv/bin/python");
    let candidates = [own, PathBuf::from("python3")];
    candidates.into_iter().find(|python| {
        let modules = "import openpyxl, pypdf, pikepdf, PIL";
        Command::new(python).args(["-c", modules]).output().is_ok_and(|done| done.status.success())
    })
}

#[test]
fn the_corpus_of_personal_data_is_found_and_written_clean() {
    let corpus = repository().join("../shared/data/personal-data-corpus");
    if !corpus.is_dir() {
        return store::testing::skipped("no ../shared/data/personal-data-corpus");
    }
    let Some(python) = python() else {
        return store::testing::skipped("no Python with openpyxl, pypdf, pikepdf and Pillow");
    };
    let program = env!("CARGO_BIN_EXE_gongkai");
    let done = Command::new(python)
        .arg("-B")
        .arg(corpus.join("score_scan.py"))
        .args(["--scan", &format!("{program} documents scan --json {{file}}")])
        .args(["--clean", &format!("{program} documents clean {{file}} -o {{out}}")])
        .args(["--min-recall", "1.0", "--max-false", "0.005", "--verbose"])
        .arg(&corpus)
        .output()
        .expect("the scorer starts");
    let said = String::from_utf8_lossy(&done.stdout);
    println!("{said}{}", String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success() && said.contains("PASS"), "{said}");
}

/// A folder of its own for a test, gone with it.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn holds(&self, name: &str, bytes: impl AsRef<[u8]>) -> std::path::PathBuf {
        let file = self.0.join(name);
        std::fs::write(&file, bytes).expect("a file");
        file
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What the program says about files, and with which code it ends.
fn told(words: &[&str], files: &[&Path]) -> (Option<i32>, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(words)
        .args(files)
        .output()
        .expect("it starts");
    let said = [done.stdout, done.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    (done.status.code(), said.join(""))
}

/// The list that `--json` prints.
fn list(said: &str) -> serde_json::Value {
    serde_json::from_str(said.lines().next().unwrap_or_default()).expect("JSON")
}

fn says(said: &str, words: &[&str]) {
    for word in words {
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[test]
fn a_file_is_told_place_by_place_and_refused_with_a_remedy() {
    let folder = Folder::new("scan");
    let dirty = folder.holds("名单.csv", "姓名,手机\n张三,13800138000\n");
    let clean = folder.holds("通知.txt", "办公电话0592-2021091\n");
    let locked = folder.holds("a.rar", b"Rar!\x1a\x07\x01\0");
    let (code, said) = told(&["documents", "scan"], &[&dirty, &clean]);
    assert_eq!(code, Some(3), "{said}");
    says(&said, &["手机号码 138****8000", "第2行", "没有发现", "错误: 1 个文件", "改法:"]);
    assert!(!said.contains("13800138000"), "{said}");
    let (code, said) = told(&["documents", "scan", "--json"], &[&dirty, &clean]);
    assert_eq!(code, Some(3));
    let list = list(&said);
    let verdicts = (&list[0]["verdict"], &list[1]["verdict"]);
    assert_eq!(verdicts, (&"blocked".into(), &"clean".into()), "{said}");
    let (code, said) = told(&["documents", "scan"], &[&locked]);
    assert_eq!(code, Some(3));
    says(&said, &["RAR压缩包", "改法: 请解压"]);
}

#[test]
fn a_file_that_is_not_what_it_is_called_is_no_clean_file() {
    let folder = Folder::new("misnamed");
    let clean = folder.holds("通知.txt", "办公电话0592-2021091\n");
    let misnamed = folder.holds("表.xlsx", "办公电话0592-2021091\n");
    let (code, said) = told(&["documents", "scan"], &[&misnamed, &clean]);
    assert_eq!(code, Some(3), "{said}");
    says(&said, &["注意: 文件名是.xlsx，内容却是文本", "错误: ", "改法: 请核对文件"]);
    let (code, said) = told(&["documents", "scan", "--json"], &[&misnamed]);
    assert_eq!(code, Some(3), "{said}");
    let told = list(&said);
    assert_eq!((&told["verdict"], &told["refusal"]["found"]), (&"blocked".into(), &"文本".into()));
}

#[test]
fn a_file_of_unknown_kind_within_a_page_is_named_and_leaves_the_copy() {
    let folder = Folder::new("inline");
    let inline = "<html><body><p>通知</p><img src=\"data:application/x-gk;base64,/wABAgMEBQYHgICB/v8A//7+gQD/gYCAAAAA/4AA\">\
                  <p>联系人张三，电话13800138000</p></body></html>";
    let page = folder.holds("页.html", inline);
    let (code, said) = told(&["documents", "scan"], &[&page]);
    assert_eq!(code, Some(3), "{said}");
    says(&said, &["手机号码 138****8000", "看不懂的内嵌文件：第1个（application/x-gk，"]);
    let written = folder.0.join("净.html");
    let (code, said) = told(&["documents", "clean"], &[&page, Path::new("-o"), &written]);
    assert_eq!(code, Some(0), "{said}");
    says(&said, &["看不懂的内嵌文件", "干净副本里没有它"]);
    let written = std::fs::read_to_string(&written).expect("a copy");
    assert!(written.contains("通知") && !written.contains("data:"), "{written}");
    assert!(!written.contains("13800138000"), "{written}");
}

#[test]
fn a_clean_copy_is_never_written_over_its_original() {
    let folder = Folder::new("copy");
    let dirty = folder.holds("名单.csv", "姓名,手机\n张三,13800138000\n");
    let copy = folder.0.join("副本.csv");
    let (code, said) = told(&["documents", "clean"], &[&dirty, Path::new("-o"), &dirty]);
    assert_eq!(code, Some(3), "{said}");
    says(&said, &["干净副本不能写在原件上"]);
    let kept = std::fs::read_to_string(&dirty).expect("is there");
    assert!(kept.contains("13800138000"), "the original stays as it was");
    let (code, said) = told(&["documents", "clean"], &[&dirty, Path::new("-o"), &copy]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(std::fs::read_to_string(&copy).expect("a copy"), "姓名,手机\n张三,***********\n");
}

#[test]
fn an_attachment_handed_in_on_the_command_line_goes_on_as_a_clean_copy_and_is_kept_as_it_came() {
    let folder = std::env::temp_dir().join(format!("attach-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let data = folder.join("data");
    let run = |words: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_gongkai"))
            .args(words)
            .arg("--data")
            .arg(&data)
            .output()
            .expect("it starts");
        let said =
            [done.stdout, done.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
        (done.status.code(), said.join(""))
    };
    let demo = |name: &str| format!("{}/demo/{name}", env!("CARGO_MANIFEST_DIR"));
    let (divisions, organs) = (demo("divisions.csv"), demo("organs.csv"));
    let (code, said) = run(&["organ", "import", "--divisions", &divisions, "--organs", &organs]);
    assert_eq!(code, Some(0), "{said}");
    let (text, dirty, broken) =
        (folder.join("稿.md"), folder.join("名单.csv"), folder.join("表.xlsx"));
    let manuscript = "---\n标题：关于公布名单的通知\n发布机构：XM00002\n成文日期：2026-11-20\n\
                      主题分类：综合政务/政务公开\n体裁：通知\n公开属性：主动公开\n---\n\n正文。\n";
    std::fs::write(&text, manuscript).expect("a file");
    std::fs::write(&dirty, "姓名,手机\n张三,13800138000\n").expect("a file");
    std::fs::write(&broken, b"PK\x03\x04 no workbook").expect("a file");
    let words = |file: &Path| {
        let (text, file) = (text.display().to_string(), file.display().to_string());
        run(&["record", "submit", &text, "--attach", &file])
    };
    let (code, said) = words(&broken);
    assert_ne!(code, Some(0), "{said}");
    assert!(said.contains("没有存入") && said.contains("改法"), "{said}");
    let (code, said) = words(&dirty);
    assert_eq!(code, Some(0), "{said}");
    let kept = |root: &str| {
        let mut all = Vec::new();
        let mut folders = vec![data.join(root)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => all.push(std::fs::read_to_string(path).expect("text")),
                }
            }
        }
        all
    };
    assert_eq!(kept("files"), ["姓名,手机\n张三,***********\n"]);
    assert_eq!(kept("originals"), ["姓名,手机\n张三,13800138000\n"]);
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}
