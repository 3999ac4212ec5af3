//! A mistyped place: which commands refuse one that has no data, and that they leave it as it is.

use std::collections::BTreeSet;
use std::path::Path;

use clap::CommandFactory;

use crate::Arguments;
use crate::failure::Exit;
use crate::usage;

/// Calls that stand on data that are there, one for each command and for each way of trying.
const NEED_DATA: &[&str] = &[
    "person add --name 林某 --login lin --document 1 --organ XM00001",
    "person account 1 --login lin",
    "person reset lin --reason 遗失",
    "person list",
    "post grant --login lin --organ XM00001",
    "post list",
    "catalogue import 没有.xlsx --organ XM00001",
    "catalogue import 没有.xlsx --organ XM00001 --dry-run",
    "catalogue lint --organ XM00001 --domain 就业",
    "catalogue release --organ XM00001 --domain 就业 --from 2026-12-01",
    "catalogue submit --organ XM00001 --domain 就业 --from 2026-12-01",
    "catalogue export --organ XM00001 --domain 就业 没有.xlsx",
    "catalogue adopt --organ XM00002 --domain 就业 --from XM00001",
    "catalogue consult --organ XM00001 --domain 就业 --until 2026-12-31",
    "catalogue review --organ XM00001 --domain 就业",
    "catalogue diff 1 2 --organ XM00001 --domain 就业",
    "catalogue diff --above --organ XM00001 --domain 就业",
    "catalogue adjustments list --organ XM00001",
    "catalogue adjustments decide 1 --accept",
    "catalogue adjustments decide 1 --adapt 没有.xlsx",
    "catalogue plan import 没有.json",
    "catalogue plan list",
    "catalogue plan show",
    "catalogue stats",
    "record import 没有.md",
    "record import 没有.md --dry-run",
    "record import 没有.csv",
    "record submit 没有.md",
    "record archive --record 1 --out 没有.zip",
    "channels zones",
    "reports import 没有.html --organ XM00001 --source 网站",
    "reports import 没有.html --organ XM00001 --source 网站 --dry-run",
    "assessment board",
    "assessment count",
    "obligations list",
    "obligations explain 1",
    "obligations recompute",
    "obligations waive 1 --reason 没有发生",
    "obligations measure 实时 --days 1 --basis 本机关规定",
    "events register --organ XM00001 --domain 就业 --item 00000001 --on 2026-11-01 --words 已批准",
    "events list --organ XM00001",
    "events withdraw 1 --reason 登错",
    "reminders list",
    "reminders answer 1 --text 已公开",
    "wishes list",
    "wishes settle 公积金 --division 350200000000 --adopted",
    "orders import 没有.csv",
    "orders import 没有.csv --dry-run",
    "orders export 没有.csv",
    "orders admit --name 市12345平台",
    "orders credentials",
    "orders renew 1",
    "orders end 1",
    "organ import --divisions 没有.csv --dry-run",
    "organ list",
    "site open --domain www.x.gov.cn --id-code 3502000001",
    "site inspect --json",
    "site register 没有.csv",
    "site register 没有.csv --dry-run",
    "site check",
    "site check --json",
    "site export 没有",
    "power import 没有.xlsx --organ XM00001",
    "power import 没有.xlsx --organ XM00001 --dry-run",
    "power suggest",
    "power list",
    "power confirm 1 --domain 就业 --item 00000001",
    "power reject 1 --domain 就业 --item 00000001",
    "power gaps",
    "standard import --organ XM00001",
    "standard import --organ XM00001 --dry-run",
    "standard list",
    "standard end GB/T1 --organ XM00001 --on 2026-12-01",
    "standard assess GB/T1 --organ XM00001 --domain 就业 --extent full",
    "calendar import 没有.json",
    "calendar import 没有.json --dry-run",
    "log found --origin www.x.gov.cn",
    "log show",
    "log verify",
    "log proof 0",
    "log witnesses list",
    "log witnesses add --url https://a.gov.cn --key a",
    "log witnesses remove a",
    "notices queue",
    "notices retry --reason 邮件服务器修好了",
    "audit verify",
    "backup create 没有",
    "secrets show",
    "secrets rotate",
    "secrets reseal",
];

/// The commands that found data, or need none: they read files, answer from what the program carries, or
/// have a folder of their own.
const OTHERS: &[&str] = &[
    "demo",
    "serve",
    "organ import",
    "backup restore",
    "backup verify",
    "catalogue read",
    "record clean",
    "documents scan",
    "documents clean",
    "calendar due",
    "calendar show",
    "log check",
    "log witness",
    "notices stand-in",
    "law check",
    "hearing draw",
    "reports read",
];

/// Every command that can be carried out, as it is written.
fn all_commands(command: &clap::Command, before: &str, found: &mut BTreeSet<String>) {
    for below in command.get_subcommands() {
        let name = format!("{before} {}", below.get_name()).trim().to_owned();
        match below.has_subcommands() {
            true => all_commands(below, &name, found),
            false => drop(found.insert(name)),
        }
    }
}

#[test]
fn every_command_is_told_apart_by_whether_it_needs_data() {
    let mut all = BTreeSet::new();
    all_commands(&Arguments::command(), "", &mut all);
    let told = |name: &String| {
        let begins = |call: &&str| **call == *name || call.starts_with(&format!("{name} "));
        OTHERS.contains(&name.as_str()) || NEED_DATA.iter().any(begins)
    };
    let untold: Vec<_> = all.iter().filter(|name| !told(name)).collect();
    assert!(untold.is_empty(), "a row is missing for {untold:?}");
    assert!(OTHERS.iter().all(|name| all.contains(*name)), "a row for no command");
}

async fn refuses(call: &str, data: &Path) {
    let place = data.display().to_string();
    let words = ["gongkai"].into_iter().chain(call.split(' ')).chain(["--data", &place]);
    let arguments: Arguments = match usage::parse(words) {
        Ok(arguments) => arguments,
        Err(stopped) => panic!("{call}: {stopped:?}"),
    };
    let outcome = arguments.command.run(&arguments.whereabouts).await;
    let failure = outcome.expect_err(call);
    assert_eq!(failure.exit, Exit::NotFound, "{call}: {failure}");
    let said = failure.to_string();
    assert!(said.contains(&format!("错误: {place} 里没有数据")), "{call}: {said}");
    assert!(said.contains("改法: 请核对 --data"), "{call}: {said}");
}

#[tokio::test]
async fn a_command_on_a_place_without_data_is_refused_and_makes_nothing_there() {
    let folder = store::testing::Folder::new("nowhere");
    for call in NEED_DATA {
        refuses(call, folder.path()).await;
        assert!(!folder.path().exists(), "{call} made the folder");
    }
    // A folder that is there, with something else in it, is no place with data either.
    std::fs::create_dir_all(folder.path()).expect("a folder");
    std::fs::write(folder.path().join("说明.txt"), "别的东西").expect("a file");
    for call in NEED_DATA {
        refuses(call, folder.path()).await;
        let there = std::fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(there, 1, "{call} left something in the folder");
    }
}

#[tokio::test]
async fn tables_with_a_fault_found_nothing_and_sound_ones_do() {
    let folder = store::testing::Folder::new("first-tables");
    let files = store::testing::Folder::new("first-tables-files");
    std::fs::create_dir_all(files.path()).expect("a folder");
    let import = async |text: &str| {
        let table = files.path().join("区划.csv");
        std::fs::write(&table, text).expect("a file");
        let (table, data) = (table.display().to_string(), folder.path().display().to_string());
        let words = ["gongkai", "organ", "import", "--divisions", &table, "--data", &data];
        let arguments: Arguments = usage::parse(words).expect("a call");
        arguments.command.run(&arguments.whereabouts).await
    };
    let failure = import("code,name,level\n3502,厦门市,city\n").await.expect_err("a fault");
    assert_eq!(failure.exit, Exit::Invalid, "{failure}");
    assert!(!folder.path().exists(), "nothing is founded for tables with a fault");
    import("code,name,level\n350200000000,厦门市,city\n").await.expect("sound");
    assert!(folder.path().join("gongkai.db").exists());
}
