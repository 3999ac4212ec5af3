//! What is taken home is what was published: the PDF and the DOCX of demo documents, one with a table, say title,
//! number, every paragraph in order and the day, as poppler and the file itself tell them.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A data folder and the server over it, gone afterwards.
struct Served {
    folder: PathBuf,
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        fs::remove_dir_all(&self.folder).ok();
    }
}

fn gongkai(folder: &std::path::Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.args(words).arg("--data").arg(folder.join("data")).stdin(Stdio::null());
    command
}

/// Serves the demo city's organs with these manuscripts.
fn served(manuscripts: &str) -> Served {
    let folder = std::env::temp_dir().join(format!("gongkai-home-{}", std::process::id()));
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("文件.md").to_string_lossy().into_owned();
    fs::write(&file, manuscripts).expect("a file");
    let demo = |name: &str| format!("{}/demo/{name}", env!("CARGO_MANIFEST_DIR"));
    let (divisions, organs) = (demo("divisions.csv"), demo("organs.csv"));
    for words in [
        &["organ", "import", "--divisions", &divisions, "--organs", &organs][..],
        &["site", "open", "--domain", "www.x.gov.cn", "--id-code", "3502000001"],
        &["record", "import", &file],
    ] {
        let output = gongkai(&folder, words).output().expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let log = folder.join("log");
    let out = fs::File::create(&log).expect("a file");
    let both = out.try_clone().expect("a file");
    let mut command = gongkai(&folder, &["serve", "--listen", "127.0.0.1:0"]);
    let child = command.stdout(out).stderr(both).spawn().expect("the program runs");
    let mut served = Served { folder, child, address: String::new() };
    let began = Instant::now();
    while served.address.is_empty() {
        assert!(began.elapsed() < Duration::from_secs(120), "it says where it listens");
        std::thread::sleep(Duration::from_millis(30));
        let said = fs::read_to_string(&log).unwrap_or_default();
        let found = said.split("http://").nth(1).filter(|_| said.ends_with('\n'));
        served.address = found.and_then(|rest| rest.lines().next()).unwrap_or_default().to_owned();
    }
    served
}

impl Served {
    /// What stands at an address; asked again while it is being made.
    fn get(&self, path: &str) -> Vec<u8> {
        let began = Instant::now();
        loop {
            let mut stream = TcpStream::connect(&self.address).expect("somebody listens");
            let asked = format!("GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n");
            stream.write_all(asked.as_bytes()).expect("asks");
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).expect("an answer");
            let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
            let status = String::from_utf8_lossy(&answer[9..12]).into_owned();
            match status.as_str() {
                "200" => return answer.split_off(end + 4),
                "503" if began.elapsed() < Duration::from_secs(120) => {
                    std::thread::sleep(Duration::from_millis(300));
                }
                status => panic!("{path}: {status}"),
            }
        }
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_slice(&self.get(path)).expect("JSON")
    }
}

/// Manuscripts of the demo without what they say of a catalogue, which is not here; the last with a table.
fn manuscripts() -> String {
    let read = |name: &str| {
        let path = format!("{}/demo/{name}", env!("CARGO_MANIFEST_DIR"));
        fs::read_to_string(path).expect("a file of the demo")
    };
    let (documents, notice) = (read("documents.md"), read("notice.md"));
    let some = documents.split("=====\n").take(3).chain([notice.as_str()]);
    let mut all: Vec<String> = some.map(str::to_owned).collect();
    let table = "\n## 附表\n\n| 名称 | 处数 |\n|---|---|\n| 服务站 | 186 |\n| 养老院 | 42 |\n";
    all.last_mut().expect("some").push_str(table);
    let kept = |line: &&str| !line.starts_with("目录事项：");
    let one = |text: &String| text.lines().filter(kept).collect::<Vec<_>>().join("\n") + "\n";
    all.iter().map(one).collect::<Vec<_>>().join("=====\n")
}

/// A text without blanks, and without the marks of a manuscript.
fn letters(text: &str) -> String {
    text.chars().filter(|one| !one.is_whitespace() && !"#*".contains(*one)).collect()
}

/// What poppler reads in a PDF, without the numbers of its pages; none where there is no poppler.
fn text_of_pdf(folder: &std::path::Path, bytes: &[u8]) -> Option<String> {
    let file = folder.join("a.pdf");
    fs::write(&file, bytes).expect("a file");
    let Ok(output) = Command::new("pdftotext").arg(&file).arg("-").output() else {
        store::testing::skipped("pdftotext is not installed");
        return None;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let is_number = |line: &str| {
        let line = line.trim();
        line.starts_with('—') && line.ends_with('—') && line.chars().any(|one| one.is_ascii_digit())
    };
    Some(letters(&text.lines().filter(|line| !is_number(line)).collect::<String>()))
}

/// What a word processor reads in a DOCX.
fn text_of_docx(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    let mut part = archive.by_name("word/document.xml").expect("its text");
    part.read_to_string(&mut text).expect("UTF-8");
    let outside = text.split('<').filter_map(|piece| piece.split_once('>').map(|(_, rest)| rest));
    let outside = outside.collect::<String>();
    letters(&outside.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

/// What a file lacks of a document: its title, its number, its day, a paragraph in its place, a cell.
fn missing(document: &Value, said: &str) -> Vec<String> {
    let text = |name: &str| document[name].as_str().unwrap_or_default().to_owned();
    let mut lacks = Vec::new();
    for name in ["title", "number"] {
        if !said.contains(&letters(&text(name))) {
            lacks.push(text(name));
        }
    }
    let day = text("made_on");
    let parts: Vec<&str> = day.split('-').map(|part| part.trim_start_matches('0')).collect();
    let [year, month, of_month] = parts[..] else { panic!("{day}") };
    if !said.contains(&format!("{year}年{month}月{of_month}日")) {
        lacks.push(day.clone());
    }
    let mut at = 0;
    for line in text("text").lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with('|') {
            let cells =
                line.split('|').map(letters).filter(|cell| !cell.trim_matches('-').is_empty());
            lacks.extend(cells.filter(|cell| !said.contains(cell.as_str())));
            continue;
        }
        match said[at..].find(&letters(line)) {
            Some(found) => at += found,
            None => lacks.push(line.to_owned()),
        }
    }
    lacks
}

#[test]
fn the_files_of_a_document_say_what_the_document_says() {
    let served = served(&manuscripts());
    let list = served.json("/api/v1/documents?limit=10&fields=id");
    let rows = list["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 4, "{list}");
    let mut with_table = 0;
    for row in rows {
        let path = format!("/wenjian/{}", row["id"].as_str().expect("a key"));
        let id = row["id"].as_str().unwrap_or_default();
        let document = served.json(&format!("/api/v1/documents/{id}"));
        let title = document["title"].as_str().unwrap_or_default();
        with_table +=
            usize::from(document["text"].as_str().is_some_and(|text| text.contains("养老院")));
        let docx = text_of_docx(&served.get(&format!("{path}.docx")));
        assert_eq!(missing(&document, &docx), Vec::<String>::new(), "{title} as DOCX: {docx}");
        let pdf = served.get(&format!("{path}.pdf"));
        let Some(pdf) = text_of_pdf(&served.folder, &pdf) else { return };
        assert_eq!(missing(&document, &pdf), Vec::<String>::new(), "{title} as PDF: {pdf}");
    }
    assert_eq!(with_table, 1);
}
