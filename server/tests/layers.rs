//! A city and a district at the command line: taken up, changed above, decided below, told apart.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

const HEAD: &str = "一级事项,二级事项,公开内容（要素）,公开依据,公开时限,公开主体,公开渠道和载体,公开对象,公开方式\n";
const CITY: [&str; 4] = ["--organ", "XM00001", "--domain", "养老服务"];
const DISTRICT: [&str; 4] = ["--organ", "XM01001", "--domain", "养老服务"];

/// A data folder of its own with the demo city's divisions and organs, gone afterwards.
struct Place(PathBuf);

impl Place {
    fn furnished() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let (own, number) = (std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(format!("gongkai-layers-{own}-{number}"));
        fs::create_dir_all(&folder).expect("a folder");
        let place = Self(folder);
        let demo = |name: &str| format!("{}/demo/{name}", env!("CARGO_MANIFEST_DIR"));
        let (divisions, organs) = (demo("divisions.csv"), demo("organs.csv"));
        place.does(&["organ", "import", "--divisions", &divisions, "--organs", &organs]);
        place
    }

    /// A catalogue file with these rows: 二级事项, 公开时限, 公开主体.
    fn file(&self, name: &str, rows: &[(&str, &str, &str)]) -> String {
        let path = self.0.join(name);
        let row = |(name, limit, body): &(&str, &str, &str)| {
            format!(
                "养老服务,{name},标准,《老年人权益保障法》,{limit},{body},■政府网站,■全社会,■主动公开\n"
            )
        };
        let rows: String = rows.iter().map(row).collect();
        fs::write(&path, format!("{HEAD}{rows}")).expect("a file");
        path.to_string_lossy().into_owned()
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
        command.args(words).arg("--data").arg(self.0.join("data"));
        command.output().expect("the program runs")
    }

    /// What it says on stdout, having gone well.
    fn does(&self, words: &[&str]) -> String {
        let done = self.run(words);
        assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    fn catalogue(&self, verb: &str, whose: &[&str], rest: &[&str]) -> String {
        self.does(&[&["catalogue", verb], whose, rest].concat())
    }

    /// The exit code and what it says on stderr.
    fn refused(&self, words: &[&str]) -> (Option<i32>, String) {
        let done = self.run(words);
        (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
    }

    /// The keys of what waits for the district's decision, by the name of the row.
    fn open(&self) -> Vec<(String, String)> {
        let said = self.does(&["catalogue", "adjustments", "list", "--organ", "XM01001", "--json"]);
        let said: serde_json::Value = serde_json::from_str(&said).expect("JSON");
        let word = |line: &serde_json::Value, field: &str| {
            line[field].as_str().unwrap_or_default().to_owned()
        };
        let lines = said["adjustments"].as_array().expect("a list").iter();
        lines.map(|line| (word(line, "name"), word(line, "id"))).collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn decide<'a>(how: &[&'a str]) -> Vec<&'a str> {
    [&["catalogue", "adjustments", "decide"], how].concat()
}

const WHY: [&str; 2] = ["--issued", "按已印发的目录录入"];

/// The city's first version in force, taken up by the district.
fn layered() -> Place {
    let place = Place::furnished();
    let first =
        place.file("1.csv", &[("补贴", "20个工作日内", "区民政局"), ("电话", "实时", "区民政局")]);
    place.catalogue("import", &CITY, &[&first]);
    place.catalogue("release", &CITY, &[&["--from", "2020-07-25"], &WHY[..]].concat());
    let body = "区民政局=思明区民政局";
    place.catalogue("adopt", &DISTRICT, &["--from", "XM00001", "--body", body]);
    place.catalogue("release", &DISTRICT, &[&["--from", "2020-11-10"], &WHY[..]].concat());
    place
}

#[test]
fn what_the_city_changes_is_decided_in_the_district_and_told_apart() {
    let place = layered();
    let rows = [
        ("补贴", "10个工作日内", "区民政局"),
        ("电话", "实时", "区民政局"),
        ("指南", "实时", "区民政局"),
    ];
    let second = place.file("2.csv", &rows);
    place.catalogue("import", &CITY, &[&second]);
    let release = [&["catalogue", "release"], &CITY[..], &["--from", "2021-12-31"]].concat();
    let (code, said) = place.refused(&release);
    assert_eq!((code, said.contains("要审查完毕才能发布")), (Some(3), true), "{said}");
    let submit = [&["catalogue", "submit"], &CITY[..], &["--from", "2021-12-31"]].concat();
    let (code, said) = place.refused(&submit);
    assert_eq!(code, Some(3), "{said}");
    for words in ["施行日期 2021-12-31 早于今天", "草稿还没有征求意见"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    place.does(&[&release[..], &WHY].concat());
    let said = place.catalogue("diff", &CITY, &["1", "2"]);
    for words in ["公开时限: 20个工作日内 → 10个工作日内", "[新增]", "2 个事项不同"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }

    let open = place.open();
    let [(subsidy, changed), (guide, new)] = open.as_slice() else { panic!("{open:?}") };
    assert_eq!((subsidy.as_str(), guide.as_str()), ("养老服务 > 补贴", "养老服务 > 指南"));
    let (code, said) = place.refused(&decide(&[new, "--refuse", " "]));
    assert_eq!((code, said.contains("必须说明理由")), (Some(3), true), "{said}");
    place.does(&decide(&[new, "--refuse", "由市统一提供"]));
    let (code, said) = place.refused(&decide(&[new, "--accept"]));
    assert_eq!((code, said.contains("已经办过")), (Some(5), true), "{said}");
    let own = place.file("own.csv", &[("补贴", "5个工作日内", "思明区民政局")]);
    place.does(&decide(&[changed, "--adapt", &own]));
    place.catalogue("release", &DISTRICT, &[&["--from", "2022-01-01"], &WHY[..]].concat());
    assert_eq!(place.open(), []);

    let said = place.catalogue("diff", &DISTRICT, &["--above"]);
    for words in
        ["[细化]", "公开时限: 10个工作日内 → 5个工作日内", "[不适用]", "理由: 由市统一提供"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    let said = place.catalogue("diff", &DISTRICT, &["--above", "--json"]);
    let said: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(said["departures"][0]["treatment"], "refined", "{said}");
    assert_eq!(said["departures"][0]["cells"][0]["column"], "公开时限", "{said}");
    let said = place.does(&["catalogue", "diff", &second, &own]);
    assert!(said.contains("3 个事项不同"), "{said}");
}

#[test]
fn what_the_district_left_out_is_kept_out_or_taken_in_by_name() {
    let place = layered();
    let release = |whose: &[&str], from: &str| {
        place.catalogue("release", whose, &[&["--from", from], &WHY[..]].concat());
    };
    // The city says something of the guide, which the district has left out from the start.
    let mut days = ["2021-01-01", "2021-02-01", "2021-03-01", "2021-04-01"].into_iter();
    let mut above = |limit: &str| {
        let rows = [
            ("补贴", "20个工作日内", "区民政局"),
            ("电话", "实时", "区民政局"),
            ("指南", limit, "区民政局"),
        ];
        place.catalogue("import", &CITY, &[&place.file("above.csv", &rows)]);
        release(&CITY, days.next().expect("a day"));
        place.open().pop().expect("waits").1
    };
    place.does(&decide(&[&above("实时"), "--refuse", "由市统一提供"]));
    release(&DISTRICT, "2021-01-15");
    let waits = above("每月");
    let said = place.does(&["catalogue", "adjustments", "list", "--organ", "XM01001"]);
    assert!(said.contains("本级不适用, 理由: 由市统一提供"), "{said}");
    let (code, said) = place.refused(&decide(&[&waits, "--accept"]));
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("本级已定为不适用") && said.contains("维持不适用"), "{said}");
    let said = place.does(&decide(&[&waits, "--maintain", "--reason", "由省统一提供"]));
    assert!(said.contains("维持不适用"), "{said}");
    release(&DISTRICT, "2021-02-15");
    let said = place.does(&decide(&[&above("每季度"), "--take-in"]));
    assert!(said.contains("列入"), "{said}");
    release(&DISTRICT, "2021-03-15");
    let said = place.catalogue("diff", &DISTRICT, &["--above"]);
    assert!(!said.contains("不适用"), "{said}");
}

#[test]
fn who_does_not_say_what_to_compare_is_told_how() {
    let place = Place(std::env::temp_dir().join("gongkai-layers-none"));
    for (words, code, remedy) in [
        (vec!["catalogue", "diff"], 2, "--above"),
        (vec!["catalogue", "diff", "1", "2"], 4, "gongkai"),
        (vec!["catalogue", "diff", "无.csv", "2.csv"], 4, "核对文件名"),
        (vec!["catalogue", "adjustments", "decide", "x"], 2, "--accept"),
    ] {
        let (exit, said) = place.refused(&words);
        assert_eq!(exit, Some(code), "{words:?}: {said}");
        assert!(said.contains("改法") && said.contains(remedy), "{words:?}: {said}");
    }
}
