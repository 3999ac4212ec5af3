//! A file that is no catalogue gets a clear word in Chinese, exit code 3, and leaves no trace.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for one test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("gongkai-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).expect("a file");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn gongkai(words: &[&str], data: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(words)
        .arg("--data")
        .arg(data)
        .output()
        .expect("the program runs")
}

fn furnished(folder: &Folder) -> PathBuf {
    let data = folder.0.join("data");
    let divisions = folder.file(
        "divisions.csv",
        b"code,name,level\n350200000000,\xe5\x8e\xa6\xe9\x97\xa8\xe5\xb8\x82,city\n",
    );
    let organs = folder.file(
        "organs.csv",
        "code,name,kind,level,division\nXM00001,厦门市人民政府,government,city,350200000000\n"
            .as_bytes(),
    );
    let words = [
        "organ",
        "import",
        "--divisions",
        &divisions.to_string_lossy(),
        "--organs",
        &organs.to_string_lossy(),
    ];
    let done = gongkai(&words, &data);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    data
}

/// A workbook whose one sheet unpacks to `size` zeros.
fn bomb(size: usize) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    let options = zip::write::SimpleFileOptions::default();
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheets/></workbook>",
        ),
    ];
    for (name, text) in parts {
        archive.start_file(name, options).expect("an entry");
        archive.write_all(text.as_bytes()).expect("its text");
    }
    archive.start_file("xl/worksheets/sheet1.xml", options).expect("an entry");
    let zeros = vec![b' '; 1024 * 1024];
    for _ in 0..size / zeros.len() {
        archive.write_all(&zeros).expect("zeros");
    }
    archive.finish().expect("an archive");
    bytes.into_inner()
}

fn empty_workbook() -> Vec<u8> {
    let sheet = documents::writing::Sheet {
        name: "Sheet1".into(),
        columns: vec![documents::writing::Column::new("")],
        ..Default::default()
    };
    sheet.to_xlsx().expect("a workbook")
}

#[test]
fn a_file_that_is_no_catalogue_is_refused_with_a_word_and_a_remedy_and_nothing_is_stored() {
    let folder = Folder::new("bad");
    let data = furnished(&folder);
    let large = folder.file("large.xlsx", b"PK");
    fs::File::options()
        .write(true)
        .open(&large)
        .and_then(|file| file.set_len(200 << 20))
        .expect("200 MB");
    let files = [
        large,
        folder.file("prose.txt", "这是一段普通文字，没有表格。\n第二行。\n".as_bytes()),
        folder.file("empty.txt", b""),
        folder.file("empty.xlsx", &empty_workbook()),
        folder.file("bomb.xlsx", &bomb(300 << 20)),
        folder.file(
            "noise.csv",
            &(0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<_>>(),
        ),
        folder.file("page.html", "<html><body><p>没有表格的网页</p></body></html>".as_bytes()),
        folder.file("other.csv", "姓名,年龄\n张三,40\n李四,50\n".as_bytes()),
        folder.file("cut.docx", b"PK\x03\x04\x14\x00\x00\x00"),
    ];
    for file in files {
        let name = file.to_string_lossy();
        for words in [
            vec!["catalogue", "read", &name, "--json"],
            vec!["reports", "read", &name, "--json"],
            vec!["catalogue", "import", &name, "--organ", "XM00001", "--domain", "就业"],
        ] {
            let done = gongkai(&words, &data);
            let said = String::from_utf8_lossy(&done.stderr);
            assert_eq!(done.status.code(), Some(3), "{words:?}: {said}");
            assert!(said.contains("错误") && said.contains("改法"), "{words:?}: {said}");
            let file = file.file_name().expect("a name").to_string_lossy();
            assert!(said.contains(&*file), "{words:?} names the file: {said}");
        }
    }
    let stats = gongkai(&["catalogue", "stats", "--json"], &data);
    let stats: serde_json::Value = serde_json::from_slice(&stats.stdout).expect("JSON");
    assert_eq!(stats["catalogues"], 0);
}

#[test]
fn what_is_not_there_is_said_to_be_missing_with_exit_code_4() {
    let folder = Folder::new("missing");
    let data = furnished(&folder);
    for words in [
        vec!["catalogue", "read", "不存在.xlsx"],
        vec!["reports", "read", "不存在.xlsx"],
        vec!["catalogue", "export", "--organ", "XM00001", "--domain", "渔业", "out.csv"],
        vec![
            "catalogue",
            "release",
            "--organ",
            "XM99999",
            "--domain",
            "渔业",
            "--from",
            "2026-01-01",
            "--issued",
            "已印发",
        ],
        vec!["calendar", "import", "不存在.json"],
        vec!["organ", "import", "--organs", "不存在.csv"],
        vec!["organ", "list", "不存在"],
    ] {
        let done = gongkai(&words, &data);
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(4), "{words:?}: {said}");
        assert!(said.contains("改法"), "{words:?}: {said}");
    }
}

#[test]
fn asking_what_is_there_founds_no_data_folder() {
    let folder = Folder::new("unfounded");
    let data = folder.0.join("data");
    for words in [vec!["catalogue", "stats"], vec!["organ", "list"]] {
        let done = gongkai(&words, &data);
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(4), "{words:?}: {said}");
        assert!(said.contains("改法") && !data.exists(), "{words:?}: {said}");
    }
}

#[test]
fn a_file_that_names_another_place_is_taken_in_with_a_warning_and_written_where_there_is_a_folder()
{
    let folder = Folder::new("foreign");
    let data = furnished(&folder);
    let head = "一级事项,二级事项,公开内容（要素）,公开依据,公开时限,公开主体,公开渠道和载体\n";
    let row = "就业服务,信息,要素,《就业促进法》,20个工作日内,人社局,■政府网站\n";
    for (place, warned) in [("石桐县", true), ("厦门市", false)] {
        let text = format!("{place}就业领域基层政务公开标准目录\n{head}{row}");
        let file = folder.file("a.csv", text.as_bytes());
        let file = file.to_string_lossy();
        let words = ["catalogue", "import", &file, "--organ", "XM00001", "--domain", "就业"];
        let done = gongkai(&[&words[..], &["--replace-draft"]].concat(), &data);
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{said}");
        assert_eq!(said.contains("提醒: 文件写的是 石桐县"), warned, "{place}: {said}");
    }
    let again = folder.file("b.csv", format!("{head}{row}").as_bytes());
    let again = again.to_string_lossy();
    let words = ["catalogue", "import", &again, "--organ", "XM00001", "--domain", "就业"];
    let done = gongkai(&words, &data);
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(5), "{said}");
    assert!(said.contains("已经有草稿") && said.contains("--replace-draft"), "{said}");
    let out = folder.0.join("nowhere").join("a.csv");
    let out = out.to_string_lossy();
    let words = ["catalogue", "export", "--organ", "XM00001", "--domain", "就业", "--draft", &out];
    let done = gongkai(&words, &data);
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(4), "{said}");
    assert!(said.contains(&*out) && said.contains("没有文件夹"), "{said}");
}
