//! The site being replaced is taken over: its documents are public at their new and old addresses, what holds
//! personal data or lacks something waits for a person, nothing is taken twice, and nothing bad gets in.

#[expect(dead_code, reason = "the house serves the tests of the log too")]
#[path = "log/house.rs"]
mod house;

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use house::{Folder, Server, ask, program};
use serde_json::Value;

/// The sample of a real site: titles, days and addresses without texts.
const SAMPLE: &str = include_str!("samples/old-site.csv");

/// A city with its government and a site.
fn city(name: &str) -> Folder {
    let folder = Folder::new(name).furnished();
    folder.does(&["site", "open", "--domain", "new.x.gov.cn", "--id-code", "3502000001"]);
    folder
}

/// What an import says as JSON, whatever its exit code.
fn told(folder: &Folder, words: &[&str]) -> (i32, Value) {
    let words = [&["record", "import"], words, &["--json"]].concat();
    let output = folder.run(&words);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let value = serde_json::from_str(&said).unwrap_or_else(|error| {
        panic!("{error}: {said} {}", String::from_utf8_lossy(&output.stderr))
    });
    (output.status.code().unwrap_or(-1), value)
}

fn counts(told: &Value) -> [u64; 5] {
    ["public", "held", "joined", "known", "skipped"]
        .map(|name| told["counts"][name].as_u64().expect("a count"))
}

/// A page as programs for government sites write it.
fn page(title: &str, day: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}_某市</title>
         <meta name='ArticleTitle' content='{title}'><meta name='PubDate' content='{day} 09:30'>
         <meta name='ContentSource' content='厦门市人民政府'></head>
         <body><div class='nav'><a href='/'>首页</a></div><div class='TRS_Editor'>{body}</div></body></html>"
    )
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("writes");
}

#[test]
fn a_table_is_taken_over_whole_once_and_its_old_addresses_answer() {
    let folder = city("old-table");
    let table = folder.file("documents.csv", SAMPLE);
    let (code, trial) = told(&folder, &[&table, "--organ", "XM00001", "--dry-run"]);
    let (again, whole) = told(&folder, &[&table, "--organ", "XM00001"]);
    assert_eq!((code, again), (0, 0), "{whole}");
    assert_eq!(counts(&trial), counts(&whole), "a trial says what will be");
    let [public, held, joined, known, skipped] = counts(&whole);
    let rows = SAMPLE.lines().count() as u64 - 1;
    assert_eq!((public + held + joined, known, skipped), (rows, 0, 0), "{whole}");
    // 25 rows have no whole day; where there is no text, nobody can say that notices of one title and day
    // are the same.
    assert_eq!((public, held, joined), (59, 28, 0), "{whole}");
    assert!(whole.to_string().contains("只写了“201201”"), "{whole}");
    let (code, twice) = told(&folder, &[&table, "--organ", "XM00001"]);
    assert_eq!((code, counts(&twice)), (0, [0, 0, 0, rows, 0]), "nothing is doubled");
    let mut server = Server::start(&folder, "server", &["serve", "--listen", "127.0.0.1:0"]);
    let address = server.address();
    for row in whole["rows"].as_array().expect("rows") {
        let (title, place) = (row["title"].as_str().expect("a title"), &row["place"]);
        let at = place.as_str().and_then(|place| place.split(' ').nth(1)?.parse::<usize>().ok());
        let line = SAMPLE.lines().nth(at.expect("a line") - 1).expect("the line");
        let url = line.split(',').find(|cell| cell.starts_with("https://"));
        let Some(path) = url.and_then(|url| url.strip_prefix("https://www.pingtan.gov.cn")) else {
            continue;
        };
        let (status, _, body) = ask(&address, "GET", path, "");
        match row["outcome"].as_str() {
            Some("held") => assert_eq!(status, 404, "{place}: nobody sees what waits"),
            _ => {
                assert_eq!(status, 200, "{place}: {path}");
                assert!(body.contains(title), "{place}: {title}");
                let canonical = format!(
                    "rel=\"canonical\" href=\"http://localhost{}",
                    row["path"].as_str().expect("a path")
                );
                assert!(body.contains(&canonical), "{place}: it names its new address");
                assert!(body.contains("来源载明"), "{place}: 原发布日期 with its source");
            }
        }
    }
    for nowhere in ["/zwgk/gsgg/202402/t1.htm", "/wenjian/abc", "/../etc/passwd"] {
        assert_eq!(ask(&address, "GET", nowhere, "").0, 404, "{nowhere}");
    }
    server.kill();
    folder.does(&["log", "verify"]);
    folder.does(&["audit", "verify"]);
}

/// Pages as a crawler leaves them: two that are whole, one with an attachment that holds personal data, one
/// with personal data in its text, a list, one in GB18030, one too large, one too deep, one that is no file.
fn left_by_a_crawler(crawl: &Path) {
    let body = "<p>各区人民政府：</p><p>现将有关事项通知如下。</p>\
                <p><a href='./P1.csv'>一览表</a> <a href='P2.csv'>名单</a></p>";
    write(
        crawl,
        "www.x.gov.cn/zwgk/202001/t20200102_1.htm",
        page(
            "关于甲的通知",
            "2020-01-02",
            "<p>办公厅通知如下：照此办理。</p><p><a href='./P1.csv'>一览表</a></p>",
        ),
    );
    write(crawl, "www.x.gov.cn/zwgk/202001/P1.csv", "序号,名称\n1,道路\n2,桥梁\n");
    write(crawl, "www.x.gov.cn/zwgk/202001/P2.csv", "姓名,身份证号\n张三,110101199003070134\n");
    write(
        crawl,
        "www.x.gov.cn/zwgk/202001/t20200103_2.htm",
        page("关于乙的通知", "2020-01-03", body),
    );
    let number = "<p>申请人身份证号：110101199003070134，手机号13800138000。</p>";
    write(
        crawl,
        "www.x.gov.cn/zwgk/202001/t20200104_3.htm",
        page("关于丙的公示", "2020-01-04", number),
    );
    let list = "<html><head><title>通知公告</title></head><body><ul><li><a href='t1.htm'>甲</a></li></ul></body></html>";
    write(crawl, "www.x.gov.cn/zwgk/index.htm", list);
    // 关于丁的通知 in GB18030, with a title and text of its own.
    let mut gb = b"<html><head><meta charset=gb2312><meta name='ArticleTitle' content='".to_vec();
    gb.extend(b"\xb9\xd8\xd3\xda\xb6\xa1\xb5\xc4\xcd\xa8\xd6\xaa'><meta name='PubDate' content='2020-01-05'></head><body><div id='zoom'><p>");
    gb.extend(b"\xb9\xd8\xd3\xda\xb6\xa1\xb5\xc4\xcd\xa8\xd6\xaa</p></div></body></html>");
    write(crawl, "www.x.gov.cn/c.jsp?id=5", gb);
    let huge = format!("<html><meta name='ArticleTitle' content='大'>{}", "a".repeat(9 << 20));
    write(crawl, "www.x.gov.cn/huge.htm", huge);
    let deep = format!(
        "<html><meta name='ArticleTitle' content='关于深的通知'><meta name='PubDate' content='2020-01-06'><div class='TRS_Editor'>{}文字{}",
        "<div>".repeat(200_000),
        "</div>".repeat(10)
    );
    write(crawl, "www.x.gov.cn/deep.htm", deep);
    std::os::unix::fs::symlink("/etc/passwd", crawl.join("www.x.gov.cn/passwd.htm"))
        .expect("links");
}

#[test]
fn a_folder_of_pages_is_taken_over_with_attachments_and_personal_data_are_held_back() {
    let folder = city("old-folder");
    let crawl = folder.0.join("crawl");
    left_by_a_crawler(&crawl);
    let name = crawl.to_string_lossy().into_owned();
    let (code, whole) = told(&folder, &[&name, "--organ", "XM00001"]);
    assert_eq!(code, 3, "some were not taken: {whole}");
    let rows = whole["rows"].as_array().expect("rows");
    let of = |word: &str| {
        let row = rows.iter().find(|row| row.to_string().contains(word));
        let row = row.unwrap_or_else(|| panic!("{word} is told of: {whole}"));
        (row["outcome"].as_str().unwrap_or_default().to_owned(), row["why"].to_string())
    };
    assert_eq!(of("关于甲的通知").0, "public", "{whole}");
    assert_eq!(of("关于丁的通知").0, "public", "{whole}");
    let (outcome, why) = of("关于乙的通知");
    assert!(outcome == "held" && why.contains("P2.csv") | why.contains("名单"), "{why}");
    let (outcome, why) = of("关于丙的公示");
    assert!(
        outcome == "held" && why.contains("身份证号") && !why.contains("199003070134"),
        "{why}"
    );
    assert_eq!(of("zwgk/index.htm").0, "passed_over");
    assert!(of("huge.htm").1.contains("超过 8 MB"));
    assert!(of("passwd.htm").1.contains("不是普通文件"));
    assert!(!whole.to_string().contains("root:"), "nothing outside was read");
    let mut server = Server::start(&folder, "server", &["serve", "--listen", "127.0.0.1:0"]);
    let address = server.address();
    for (path, status, word) in [
        ("/zwgk/202001/t20200102_1.htm", 200, "照此办理"),
        ("/zwgk/202001/P1.csv", 200, "桥梁"),
        ("/c.jsp?id=5", 200, "关于丁的通知"),
        ("/c.jsp?id=6", 404, ""),
        ("/zwgk/202001/t20200103_2.htm", 404, ""),
        ("/zwgk/202001/P2.csv", 404, ""),
        ("/zwgk/202001/t20200104_3.htm", 404, ""),
    ] {
        let (found, _, body) = ask(&address, "GET", path, "");
        assert_eq!(found, status, "{path}");
        assert!(body.contains(word), "{path}: {body}");
        assert!(!body.contains("110101199003070134"), "{path}");
    }
    server.kill();
}

#[test]
fn a_site_map_tells_which_pages_and_what_is_bad_is_refused_in_words() {
    let folder = city("old-map");
    let crawl = folder.0.join("crawl");
    write(&crawl, "a.htm", page("关于甲的通知", "2020-01-02", "<p>正文一段，照此办理。</p>"));
    write(&crawl, "b.htm", page("关于乙的通知", "2020-01-02", "<p>正文二段，照此办理。</p>"));
    let map = "<?xml version='1.0'?><urlset><url><loc>http://www.x.gov.cn/a.htm</loc><lastmod>2020-02-03</lastmod></url>
               <url><loc>http://www.x.gov.cn/gone.htm</loc></url><url><loc>file:///etc/passwd</loc></url></urlset>";
    write(&crawl, "sitemap.xml", map);
    let file = crawl.join("sitemap.xml").to_string_lossy().into_owned();
    let (code, whole) = told(&folder, &[&file, "--organ", "XM00001", "--host", "www.x.gov.cn"]);
    assert_eq!((code, counts(&whole)), (3, [1, 0, 0, 0, 2]), "{whole}");
    let bomb = folder.file("bomb.xml", "<!DOCTYPE a [<!ENTITY b \"b\">]><urlset></urlset>");
    let headless = folder.file("headless.csv", "a,b\n1,2\n");
    let open = folder.file("open.csv", "title,date\n\"1,2\n");
    let empty = folder.file("empty.csv", "");
    let steal = folder
        .file("steal.csv", "标题,发布日期,附件\n关于甲的通知,2020-01-02,../data/gongkai.db\n");
    let sheet = folder.file("sheet.xlsx", "标题,发布日期\n关于甲的通知,2020-01-02\n");
    let real = folder.file("real.xlsx", "PK\u{3}\u{4}");
    let cut = folder.file("cut.xml", &map.replace("</urlset>", ""));
    let good = folder.file("good.csv", "标题,发布日期\n关于丑的通知,2020-01-02\n");
    let bare = folder.file("bare.csv", "标题,发布日期\n");
    let nothing = folder.0.join("nothing");
    fs::create_dir_all(&nothing).expect("a folder");
    let nothing = nothing.to_string_lossy().into_owned();
    for (words, code, word) in [
        (vec![&sheet[..], "--organ", "XM00001"], 3, "内容却不是这种文件"),
        (vec![&real, "--organ", "XM00001"], 3, "表格只能用 CSV 导入"),
        (vec![&cut, "--organ", "XM00001"], 3, "不是完整的 XML"),
        // What stands before it is not kept either.
        (vec![&good, &cut, "--organ", "XM00001"], 3, "不是完整的 XML"),
        (vec![&good, &sheet, "--organ", "XM00001"], 3, "内容却不是这种文件"),
        (vec![&nothing, "--organ", "XM00001"], 3, "没有认出一件"),
        (vec![&bare, "--organ", "XM00001"], 3, "没有认出一件"),
        (vec![&bomb, "--organ", "XM00001"], 3, "实体"),
        (vec![&headless, "--organ", "XM00001"], 3, "标题"),
        (vec![&open, "--organ", "XM00001"], 3, "引号没有结束"),
        (vec![&empty, "--organ", "XM00001"], 3, "空的"),
        (vec![&headless, "--organ", "XM99999"], 4, "没有代码为 XM99999 的机关"),
        (vec![&headless, "--attach", &open], 2, "不能一次导入"),
    ] {
        let (found, said) = folder.refused(&[&["record", "import"], &words[..]].concat());
        assert_eq!(found, code, "{words:?}: {said}");
        assert!(said.contains(word) && said.contains("改法: "), "{words:?}: {said}");
    }
    let (code, whole) = told(&folder, &[&good, "--organ", "XM00001"]);
    assert_eq!((code, counts(&whole)), (0, [1, 0, 0, 0, 0]), "nothing of it was kept: {whole}");
    let (code, stolen) = told(&folder, &[&steal, "--organ", "XM00001"]);
    assert_eq!((code, counts(&stolen)), (0, [0, 1, 0, 0, 0]), "{stolen}");
    assert!(stolen.to_string().contains("外面"), "{stolen}");
    let twice = "标题,网址,发布日期,正文\n关于己的通知,http://x.cn/a,2020-01-02,同文。\n\
                 关于己的通知,http://x.cn/b,2020-01-02,同文。\n关于己的通知,http://x.cn/c,2020-01-02,异文。\n";
    let (code, twice) = told(&folder, &[&folder.file("twice.csv", twice), "--organ", "XM00001"]);
    assert_eq!((code, counts(&twice)), (0, [1, 1, 1, 0, 0]), "{twice}");
    let days = "标题,发布日期,成文日期\n关于子的通知,2020-02-30,2020-01-02\n关于寅的通知,二月初,2020-01-02\n\
                关于卯的通知,,2020-01-02\n关于辰的通知,2020-01-03,2020-01-02\n";
    let (code, days) = told(&folder, &[&folder.file("days.csv", days), "--organ", "XM00001"]);
    assert_eq!((code, counts(&days)), (0, [2, 2, 0, 0, 0]), "{days}");
    for (at, day) in [(0, "2020-02-30"), (1, "二月初")] {
        let row = &days["rows"][at];
        assert!(row["outcome"] == "held" && row["why"].to_string().contains(day), "{row}");
    }
    let (code, nobody) =
        told(&folder, &[&folder.file("nobody.csv", "标题,发布日期\n关于戊的通知,2020-01-02\n")]);
    assert_eq!((code, counts(&nobody)), (3, [0, 0, 0, 0, 1]), "{nobody}");
}

#[test]
fn killed_in_the_middle_it_goes_on_where_it_was() {
    let folder = city("old-killed");
    let mut text = String::from("标题,网址,发布日期,正文\n");
    for row in 0..1_000 {
        text.push_str(&format!(
            "关于第{row}件事的通知,https://www.x.gov.cn/a/t{row}.htm,2020-01-{:02},第{row}件事照此办理。\n",
            row % 28 + 1
        ));
    }
    let table = folder.file("many.csv", &text);
    let words = ["record", "import", &table, "--organ", "XM00001"];
    let (mut kills, mut wait) = (0, Duration::from_millis(400));
    loop {
        let began = Instant::now();
        let mut child =
            program(&words, &folder.data()).stdout(Stdio::null()).spawn().expect("runs");
        while began.elapsed() < wait && child.try_wait().expect("asks").is_none() {
            std::thread::sleep(Duration::from_millis(5));
        }
        match child.try_wait().expect("asks") {
            Some(status) => {
                assert!(status.success());
                break;
            }
            None => {
                kills += 1;
                child.kill().ok();
                child.wait().ok();
                wait += Duration::from_millis(400);
            }
        }
        assert!(kills < 200, "it gets on");
    }
    assert!(kills > 0, "it was killed at least once");
    let (code, whole) = told(&folder, &[&table, "--organ", "XM00001"]);
    assert_eq!((code, counts(&whole)), (0, [0, 0, 0, 1_000, 0]));
    let mut server = Server::start(&folder, "server", &["serve", "--listen", "127.0.0.1:0"]);
    let address = server.address();
    for row in [0, 199, 200, 201, 999] {
        let (status, _, body) = ask(&address, "GET", &format!("/a/t{row}.htm"), "");
        assert_eq!(status, 200, "row {row}");
        assert!(body.contains(&format!("关于第{row}件事的通知")), "row {row}");
    }
    server.kill();
    folder.does(&["log", "verify"]);
}
