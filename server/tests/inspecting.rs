//! `gongkai site inspect --json` over a city of its own: nothing is found in it while it is sound, and a fault laid
//! for every rule that the inspection knows is named with its id and its address.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use serde_json::Value;
use sites_rules::inspection::{PageTag, Rule};

/// The rule, the id and the address of a spot.
type Spot = (String, String, String);

/// A folder of its own, gone afterwards.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("gongkai-{name}-{}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    }

    fn command(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
        command.args(words).arg("--data").arg(self.0.join("data"));
        command.output().expect("the program runs")
    }

    /// Runs the program; answers its exit code and what it prints.
    fn run(&self, words: &[&str]) -> (i32, String) {
        let output = self.command(words);
        let code = output.status.code().unwrap_or(-1);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(matches!(code, 0 | 3), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        (code, text)
    }

    /// What an inspection says of the one site, and its exit code.
    fn inspected(&self, words: &[&str]) -> (i32, Value) {
        let (code, text) = self.run(&[&["site", "inspect", "--json"], words].concat());
        let told: Value = serde_json::from_str(&text).expect("JSON");
        (code, told["sites"][0].clone())
    }

    async fn base(&self) -> DatabaseConnection {
        let url = format!("sqlite://{}", self.0.join("data/gongkai.db").display());
        Database::connect(url).await.expect("opens")
    }

    /// Hands a register in.
    fn registers(&self, rows: &str) {
        let head = "网站,类别,编号,名称,地址,写明的要素,收到日期,答复日期,最近更新,能否留言";
        let file = self.file("登记.csv", &format!("{head}\n{rows}"));
        assert_eq!(self.run(&["site", "register", &file]).0, 0);
    }
}

/// Eight documents that were published elsewhere before.
fn manuscripts() -> String {
    let one = |at: usize| {
        format!(
            "---\n标题：第{at}件\n发布机构：XM00001\n成文日期：2026-11-02\n原发布日期：2026-11-03\n\
             原发布日期来源：市政府公报\n主题分类：综合政务/政务公开\n体裁：通知\n公开属性：主动公开\n\
             ---\n\n正文{at}。\n"
        )
    };
    (0..8).map(one).collect::<Vec<_>>().join("=====\n")
}

/// A city with one site that lacks nothing; answers it with today and the keys of its documents.
async fn city(name: &str) -> (Folder, String, Vec<String>) {
    let folder = Folder::new(name);
    let divisions = folder.file("d.csv", "code,name,level\n350200000000,厦门市,city\n");
    let organs = folder.file(
        "o.csv",
        "code,name,kind,level,division\nXM00001,厦门市人民政府,government,city,350200000000\n",
    );
    let documents = folder.file("d.md", &manuscripts());
    for words in [
        &["organ", "import", "--divisions", &divisions, "--organs", &organs][..],
        &["site", "open", "--domain", "www.x.gov.cn", "--id-code", "3502000001"],
        &["log", "found", "--origin", "www.x.gov.cn"],
        &["record", "import", &documents],
    ] {
        assert_eq!(folder.run(words).0, 0, "{words:?}");
    }
    let base = folder.base().await;
    let footer =
        "UPDATE site SET icp = '闽ICP备06004296号-1', police = '闽公网安备35020302032660号',
                         mark = 'https://bszs.example/', phone = '0592-0000000'";
    base.execute_unprepared(footer).await.expect("set");
    let today = texts(&base, "SELECT MAX(published_on) FROM record").await.remove(0);
    let ids = texts(&base, "SELECT id FROM record ORDER BY title").await;
    base.close().await.expect("closes");
    (folder, today, ids)
}

/// The first column of an answer.
async fn texts(base: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = base.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await;
    let text = |row: &sea_orm::QueryResult| row.try_get_by_index::<String>(0).expect("a text");
    rows.expect("asks").iter().map(text).collect()
}

/// What keeps the database from what is laid there.
const GUARDS: [&str; 5] = [
    "record_stays",
    "record_corrected",
    "record_statutory_new",
    "record_listed_new",
    "log_leaf_stays",
];

/// Spoils the data as nobody may, in the name of a test.
async fn spoil(folder: &Folder, today: &str, ids: &[String]) {
    let base = folder.base().await;
    let of = |at: usize, set: &str| format!("UPDATE record SET {set} WHERE id = '{}'", ids[at]);
    let leaf = |at: usize, set: &str| {
        format!("UPDATE log_leaf SET {set} WHERE subject = 'record:{}'", ids[at])
    };
    let column = |name: &str, class: &str, days: &str| {
        format!(
            "INSERT INTO site_column VALUES ('', '{name}', 'XM00001', '{class}', {days}, 1, '')"
        )
    };
    let under = |at: usize, code: &str| {
        format!("INSERT INTO record_statutory VALUES ('{}', 1, '{code}')", ids[at])
    };
    let visits = |back: usize| {
        format!("INSERT INTO site_visit VALUES ('', date('{today}', '-{back} days'), '/', 100, 50)")
    };
    let mut statements = GUARDS.map(|name| format!("DROP TRIGGER {name}")).to_vec();
    statements.extend([
        "UPDATE record SET published_on = '2020-01-02'".into(),
        of(0, "published_at = '2020-01-01T00:00:00.000Z'"),
        leaf(0, "body = replace(body, '\"intake\"', '\"publication\"')"),
        of(1, "published_at = '2099-01-01T00:00:00.000Z'"),
        leaf(2, "subject = 'record:x'"),
        of(3, "made_on = '2098-01-01'"),
        format!(
            "INSERT INTO record_finding (record, place, what, organ, weight, remedy, rescan, found_at)
             VALUES ('{}', '正文', '“x”（国家和地区）', 'XM00001', 'doubt', 'z', 'r', '')",
            ids[4]
        ),
        under(5, "P20-04"),
        column("P20-04", "documents", "NULL"),
        under(6, "P20-07"),
        column("P20-07", "other", "NULL"),
        under(7, "P20-08"),
        column("P20-08", "other", "1"),
        of(7, &format!("published_on = date('{today}', '-20 days')")),
        "INSERT INTO site_message (id, number, base, kind, subject, page, sealed, key_mark, code_mark,
                organ, received_on, due_on, extended, state, answer, demo)
         VALUES ('m1', '1', '', 'fault', 'other', '', '', 'k', 'c', 'XM00001', '2020-01-01',
                '2020-01-10', 0, 'open', '', 0)"
            .into(),
    ]);
    statements.extend(BLANK.map(|name| column(name, "other", "NULL")));
    statements.extend((1..=8).map(visits));
    for sql in statements {
        base.execute_unprepared(&sql).await.expect(&sql);
    }
    let long_ago = texts(&base, &format!("SELECT date('{today}', '-200 days')")).await.remove(0);
    base.close().await.expect("closes");
    folder.registers(&format!(
        "/,咨询,q1,,https://a.example/q1,,{long_ago},,,\n\
         /,办事指南,g1,低保,https://a.example/g1,,,,,\n\
         /,新媒体,wx,公众号,https://b.example/,,,,2020-01-01,不能\n"
    ));
}

/// Columns that are opened without anything in them: five come to a veto.
const BLANK: [&str; 5] = ["P20-09", "P20-10", "P20-12", "P20-13", "P20-14"];

const FOOTER: &str = "<footer>主办：厦门市人民政府 联系电话：0592-0000000 我为政府网站找错 站点地图 党政机关网站标识 \
    网站标识码 3502000001 闽ICP备06004296号-1 闽公网安备35020302032660号</footer>";

/// A copy with a page that lacks every tag and the whole footer and leads nowhere twice, and a document that
/// lacks its own tags; answers its folder.
fn copy(folder: &Folder, outside: &str, document: &str) -> String {
    let tags = [&PageTag::SITE[..], &PageTag::COLUMN].concat().into_iter();
    let head: String =
        tags.map(|tag| format!("<meta name=\"{}\" content=\"3502000001\">", tag.name())).collect();
    let whole = format!("<head>{head}</head>{FOOTER}");
    folder.file("copy/index.html", &whole);
    folder.file(&format!("copy/wenjian/{document}/index.html"), &whole);
    let bare = format!("<a href=\"/meiyou\">无</a><a href=\"{outside}\">无</a>");
    folder.file("copy/gongkai/index.html", &bare);
    folder.0.join("copy").to_string_lossy().into_owned()
}

/// A site that answers everybody that there is nothing; its address.
fn nothing_there() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            if stream.read(&mut [0; 2048]).unwrap_or_default() > 0 {
                stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").ok();
            }
        }
    });
    format!("http://{address}/x")
}

fn row(rule: &str, id: &str, address: &str) -> Spot {
    (rule.into(), id.into(), address.into())
}

/// What is laid into the data, and has to be named.
fn laid_into_data(ids: &[String]) -> Vec<Spot> {
    let document = |rule: &str, at: usize| row(rule, &ids[at], &format!("/wenjian/{}", ids[at]));
    let column =
        |rule: &str, code: &str, name: &str| row(rule, code, &format!("/gongkai/fading/{name}"));
    let guide = |rule: Rule| row(&rule.id(), "g1", "https://a.example/g1");
    let elements = Rule::all().filter(|rule| matches!(rule, Rule::GuideElement(_))).map(guide);
    let mut spots = vec![
        document("V1.wording", 4),
        document("V1.date.future", 1),
        document("V1.date.log", 0),
        document("V1.date.unlogged", 2),
        document("V1.date.shown", 0),
        document("V1.date.made", 3),
        row("V2.unreachable", "site", "/"),
        row("V3.home", "home", "/"),
        column("V4.stale", "P20-04", "tongjixinxi"),
        column("V4.long", "P20-07", "caizhengyujuesuan"),
        column("V4.blank", "P20-09", "zhengfucaigou"),
        column("column.own", "P20-08", "shoufeixiangmu"),
        row("V5.channel", "site", "/"),
        row("V5.unanswered", "q1", "https://a.example/q1"),
        row("M2.stale", "wx", "https://b.example/"),
        row("M3.channel", "wx", "https://b.example/"),
        row("answer.late", "m1", "/gongzuo/jiucuo/m1"),
    ];
    spots.extend(elements);
    spots
}

/// What is laid into the copy, and into the second register.
fn laid_into_copy(outside: &str, document: &str) -> Vec<Spot> {
    let of_page = |rule: Rule| {
        let own = matches!(rule, Rule::Tag(tag) if PageTag::ARTICLE.contains(&tag));
        let address = if own { format!("/wenjian/{document}") } else { "/gongkai".into() };
        row(&rule.id(), &address, &address)
    };
    let pages = Rule::all().filter(|rule| matches!(rule, Rule::Tag(_) | Rule::Footer(_)));
    let mut spots: Vec<Spot> = pages.map(of_page).collect();
    spots.extend([
        row("link.inside", "/meiyou", "/gongkai"),
        row("link.outside", outside, "/gongkai"),
        row("V6.none", "site", "/"),
    ]);
    spots
}

/// Rule, id and address of each spot, as JSON tells them.
fn spots(told: &Value) -> Vec<Spot> {
    let one = |spot: &Value| {
        let text = |name: &str| spot[name].as_str().unwrap_or_default().to_owned();
        (text("rule"), text("id"), text("address"))
    };
    told["spots"].as_array().expect("spots").iter().map(one).collect()
}

fn ids_of(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().filter_map(|one| one["id"].as_str()).collect()
}

#[tokio::test]
async fn a_fault_laid_for_every_rule_is_named_in_json_and_a_sound_site_names_none() {
    let (folder, today, ids) = city("inspecting").await;
    let elements = "事项名称、设定依据、申请条件、办理材料、办理地点、办理时间、联系电话、办理流程";
    folder.registers(&format!(
        "/,咨询渠道,z,12345,https://a.example/,,,,,\n/,咨询,q0,,https://a.example/q0,,{today},,,\n\
         /,办事指南,g0,低保,https://a.example/g0,{elements},,,,\n\
         /,新媒体,wx,公众号,https://b.example/,,,,{today},能\n"
    ));
    let (code, sound) = folder.inspected(&[]);
    assert_eq!((code, spots(&sound)), (0, vec![]), "{sound:#}");
    assert_eq!((&sound["verdict"], &sound["points"]), (&"合格".into(), &100.0.into()));
    let unlooked = ["V2", "M1", "statistics", "messages", "link.outside"];
    assert_eq!(ids_of(&sound["unlooked"]), unlooked);
    // Of every rule it is told how much it looked at, and of what it passed over why.
    let counted = ids_of(&sound["counted"]);
    assert!(Rule::all().all(|rule| counted.contains(&rule.id().as_str())), "{counted:?}");
    let (_, words) = folder.run(&["site", "inspect"]);
    for line in ["件公开的信息: V1.wording", "跳过 1 (还没有连续七天、", "个页面", "link.inside"]
    {
        assert!(words.contains(line), "{line}: {words}");
    }

    spoil(&folder, &today, &ids).await;
    let (code, by_data) = folder.inspected(&[]);
    assert_eq!(code, 3);
    assert_eq!(ids_of(&by_data["vetoes"]), ["V1", "V2", "V3", "V4", "V5", "V6", "M2", "M3"]);
    folder.registers("/,咨询渠道,z,12345,https://a.example/,,,,,\n");
    let outside = nothing_there();
    let copied = copy(&folder, &outside, &ids[0]);
    let (code, by_copy) = folder.inspected(&["--copy", &copied, "--allow", "127.0.0.1"]);
    assert_eq!(code, 3);

    let (in_data, in_copy) = (laid_into_data(&ids), laid_into_copy(&outside, &ids[0]));
    let rule = |(rule, ..): &Spot| rule.clone();
    let laid: BTreeSet<String> = in_data.iter().chain(&in_copy).map(rule).collect();
    let known: BTreeSet<String> = Rule::all().map(Rule::id).collect();
    assert_eq!(laid, known, "every rule has a fault laid for it here");
    for (told, expected) in [(&by_data, in_data), (&by_copy, in_copy)] {
        let named = spots(told);
        let missing: Vec<_> = expected.iter().filter(|spot| !named.contains(spot)).collect();
        assert!(missing.is_empty(), "{missing:?} is not among {named:?}");
    }
}

#[tokio::test]
async fn a_site_that_lacks_guide_catalogue_or_content_may_not_open_and_is_told_what_in_chinese() {
    let (folder, ..) = city("launch").await;
    let output = folder.command(&["site", "check"]);
    let (said, why) = (output.stdout, output.stderr);
    let (said, why) = (String::from_utf8_lossy(&said), String::from_utf8_lossy(&why));
    assert_eq!(output.status.code(), Some(5), "{said}{why}");
    for line in [
        "/ 厦门市人民政府: 还不能上线",
        "  缺 厦门市人民政府公布的政府信息公开指南（《政府信息公开条例》第十二条",
        "  缺 厦门市人民政府公布的政府信息公开目录（《政府信息公开条例》第十二条",
        "  缺 “法定主动公开内容”栏目里的信息（一条都没有）（《政府信息公开条例》第二十条",
        "  缺 国徽图案（",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(!said.contains("打不开") && !said.contains("入口"), "the five parts are there: {said}");
    assert!(why.contains("错误: 1 个站点还不能上线") && why.contains("改法: "), "{why}");
    let told = folder.command(&["site", "check", "--json"]);
    let told: Value = serde_json::from_slice(&told.stdout).expect("JSON");
    assert!(told[0]["lacks"].as_array().is_some_and(|lacks| lacks.len() > 3), "{told}");
    // A part that is gone, and content that is there.
    let base = folder.base().await;
    for sql in [
        "DROP TRIGGER record_statutory_new",
        "DROP TRIGGER record_listed_new",
        "INSERT INTO record_statutory SELECT id, 1, 'P20-04' FROM record",
    ] {
        base.execute_unprepared(sql).await.expect(sql);
    }
    base.close().await.expect("closes");
    let said = folder.command(&["site", "check"]).stdout;
    assert!(!String::from_utf8_lossy(&said).contains("一条都没有"));
}
