//! Killed in the middle of an import, the store holds either the old draft or the whole new one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often the import is killed. The release gate goes on where this one stops.
const ROUNDS: u64 = 12;

fn gongkai(words: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.args(words).arg("--data").arg(data).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// A catalogue of so many rows, all of whose rows name the round.
fn catalogue(folder: &Path, round: u64, rows: usize) -> PathBuf {
    let mut text = String::from(
        "序号,一级事项,二级事项,公开内容（要素）,公开依据,公开时限,公开主体,公开渠道和载体\n",
    );
    for row in 1..=rows {
        text.push_str(&format!(
            "{row},就业服务,第{round}轮事项{row},要素,《就业促进法》,20个工作日内,人社局,■政府网站\n"
        ));
    }
    let path = folder.join(format!("round{round}.csv"));
    fs::write(&path, text).expect("a file");
    path
}

/// Loads the demo city into a data folder.
fn load_demo(data: &Path) {
    let demo = gongkai(&["demo", "--listen", "127.0.0.1:0"], data).spawn();
    let mut demo = demo.expect("the program runs");
    while !data.join("演示数据.txt").exists() {
        assert!(demo.try_wait().expect("asks").is_none(), "the demo was loaded");
        std::thread::sleep(Duration::from_millis(100));
    }
    demo.kill().expect("stops");
    demo.wait().expect("has stopped");
}

/// The round that each item of the draft names.
fn rounds_of_draft(data: &Path, out: &Path) -> Vec<String> {
    let file = out.to_string_lossy();
    let words =
        ["catalogue", "export", "--organ", "XM00001", "--domain", "就业", "--draft", &*file];
    let there = gongkai(&words, data).status().expect("the program runs");
    assert!(there.success(), "a draft is there");
    let text = fs::read_to_string(out).expect("the draft");
    let draft: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let name = |item: &serde_json::Value| item["level2"].as_str().unwrap_or_default().to_owned();
    let names = draft["items"].as_array().expect("items").iter().map(name);
    names.map(|name| name.split('轮').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn an_import_that_is_killed_leaves_the_old_draft_or_the_whole_new_one() {
    let folder = std::env::temp_dir().join(format!("gongkai-crash-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let data = folder.join("data");
    load_demo(&data);
    let rows = 400;
    // The first import is left alone: how long it takes says where in the others to strike.
    let mut lasts = Duration::ZERO;
    for round in 0..ROUNDS {
        let file = catalogue(&folder, round, rows);
        let file = file.to_string_lossy();
        let words = ["catalogue", "import", &*file, "--organ", "XM00001", "--domain", "就业"];
        let words = [&words[..], &["--replace-draft"]].concat();
        let began = Instant::now();
        let mut import = gongkai(&words, &data).spawn().expect("the program runs");
        if round > 0 {
            std::thread::sleep(lasts * u32::try_from(round).expect("small") / 10);
            import.kill().ok();
        }
        import.wait().expect("has stopped");
        lasts = if round == 0 { began.elapsed() } else { lasts };
        let found = rounds_of_draft(&data, &folder.join("draft.json"));
        assert_eq!(found.len(), rows, "round {round}: the draft is whole");
        assert!(found.iter().all(|one| *one == found[0]), "round {round}: of one piece");
    }
    fs::remove_dir_all(&folder).ok();
}
