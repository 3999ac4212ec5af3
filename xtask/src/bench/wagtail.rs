//! wagtail: processor time of a request beside Wagtail, both on one PostgreSQL with as many documents.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, ensure};

use super::figures::milliseconds;
use super::filled;
use super::ground::Ground;
use super::report::{Figure, Report, Target};
use super::running::Running;
use super::tree;
use crate::shell;

/// How many documents each has.
const DOCUMENTS: u32 = 3_000;

/// What a request of ours may cost of one of theirs.
const SHARE: f64 = 1.0 / 30.0;

/// Where Wagtail and its PostgreSQL listen.
const PORTS: [&str; 2] = ["58011", "55442"];

/// A search for 预算, as a part of an address.
const BUDGET: &str = "%E9%A2%84%E7%AE%97";

/// What one request costs, in milliseconds of processor time: the program's and the database's.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cost {
    app: f64,
    database: f64,
}

impl Cost {
    fn whole(self) -> f64 {
        self.app + self.database
    }
}

/// One of both, with the processes to count.
struct Side {
    base: String,
    app: u32,
    database: u32,
}

/// Brings up both and measures them in turn.
///
/// # Errors
/// One of them does not come up, or a request fails.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let Some(shared) = shared() else {
        report.skip("没有 ../shared/bench/wagtail (GONGKAI_BENCH_SHARED 可以另指文件夹)");
        return Ok(());
    };
    if Command::new("ab").arg("-V").output().is_err() {
        report.skip("没有 ab; 改法: apt-get install apache2-utils");
        return Ok(());
    }
    let home = ground.kept("wagtail");
    std::fs::create_dir_all(&home)?;
    let theirs = Wagtail::up(&shared, &home)?;
    let data = ground.place("beside-wagtail");
    let server = ours(ground, &data)?;
    let ours = Side {
        base: format!("http://{}", server.address()),
        app: server.pid(),
        database: theirs.side.database,
    };
    let quick = ground.scale.attempts == 1;
    for case in CASES {
        let [n, own] = if quick { [20, 100] } else { [case.theirs_times, case.ours_times] };
        let wagtail = by_script(&shared, &theirs.side, &theirs.cases(case.name), n)?;
        let url = format!("{}{}", ours.base, case.path);
        let here = by_script(&shared, &ours, &[format!("{}={url}", case.name)], own)?;
        let anew = case.anew.map(|page| anew(ground, &ours, page)).transpose()?;
        report.add(figure(case.what, here, wagtail, anew));
    }
    let wagtail =
        by_script(&shared, &theirs.side, &theirs.cases("submit"), if quick { 20 } else { 300 })?;
    let here = filed(ground, &server, &ours, if quick { 10 } else { 300 })?;
    report.add(figure("提交一件申请的处理器时间与 Wagtail 之比", here, wagtail, None));
    Ok(())
}

/// What is asked of both.
struct Case {
    name: &'static str,
    what: &'static str,
    path: &'static str,
    /// The page as it is drawn when it is not kept; `{}` makes each address new.
    anew: Option<&'static str>,
    theirs_times: u32,
    ours_times: u32,
}

const CASES: [Case; 3] = [
    Case {
        name: "view",
        what: "看一份文件的处理器时间与 Wagtail 之比",
        path: "/wenjian/0199aaaa-0000-7000-8000-000100000100",
        anew: Some(""),
        theirs_times: 300,
        ours_times: 20_000,
    },
    Case {
        name: "list",
        what: "看文件列表的处理器时间与 Wagtail 之比",
        path: "/wenjian",
        anew: Some("/wenjian?nth={}"),
        theirs_times: 300,
        ours_times: 20_000,
    },
    Case {
        name: "search",
        what: "检索的处理器时间与 Wagtail 之比",
        path: "/sousuo?q=%E9%A2%84%E7%AE%97",
        anew: None,
        theirs_times: 100,
        ours_times: 1_000,
    },
];

fn figure(what: &'static str, ours: Cost, theirs: Cost, anew: Option<Cost>) -> Figure {
    let mut detail = format!(
        "本程序 {:.3} ms (程序 {:.3} + 数据库 {:.3}), Wagtail {:.1} ms (程序 {:.1} + 数据库 {:.1}), 相差 {:.0} 倍",
        ours.whole(),
        ours.app,
        ours.database,
        theirs.whole(),
        theirs.app,
        theirs.database,
        theirs.whole() / ours.whole(),
    );
    if let Some(anew) = anew {
        detail += &format!(
            "; 不用缓存、每次重画时 {:.2} ms (程序 {:.2} + 数据库 {:.2}), 相差 {:.0} 倍",
            anew.whole(),
            anew.app,
            anew.database,
            theirs.whole() / anew.whole()
        );
    }
    let value = ours.whole() / theirs.whole();
    Figure { what, value, unit: "倍", target: Some(Target::Below(SHARE)), detail }
}

fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("GONGKAI_BENCH_SHARED").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| shell::root().join("../shared")).join("bench");
    folder.join("wagtail/up.sh").is_file().then_some(folder)
}

/// Wagtail, which is stopped when this is dropped; its database and what was installed stay for the next run.
struct Wagtail {
    home: PathBuf,
    side: Side,
    cookie: String,
}

impl Wagtail {
    fn up(shared: &Path, home: &Path) -> anyhow::Result<Self> {
        println!("正在启动 Wagtail (首次要安装并装入 {DOCUMENTS} 份文件, 约十分钟) …");
        let told = shell::output(Command::new(shared.join("wagtail/up.sh")).arg(home).args(PORTS))?;
        let number = |name: &str| {
            let line = told.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|rest| rest.trim().parse().ok())
                .with_context(|| format!("读不懂 up.sh 的输出: {told}"))
        };
        let base = told.lines().rfind(|line| line.starts_with("http://"));
        let base = base.context("up.sh 没有说出地址")?.trim().to_owned();
        let side = Side { base, app: number("APP_PID ")?, database: number("PG_PID ")? };
        let mut wagtail = Self { home: home.to_owned(), side, cookie: String::new() };
        let mut form = Command::new("python3");
        form.arg(shared.join("wagtail/form.py")).arg(&wagtail.side.base).arg(home);
        shell::run(&mut form)?;
        wagtail.cookie = std::fs::read_to_string(home.join("cookie"))?;
        Ok(wagtail)
    }

    /// What `measure.py` is told of one case.
    fn cases(&self, name: &str) -> Vec<String> {
        let base = &self.side.base;
        let case = match name {
            "view" => format!("view={base}/xxgk/i100/"),
            "list" => format!("list={base}/xxgk/"),
            "search" => format!("search={base}/search/?query={BUDGET}"),
            _ => format!("submit={base}/ysqgk/@{}", self.home.join("post").display()),
        };
        vec!["--cookie".to_owned(), self.cookie.clone(), case]
    }
}

impl Drop for Wagtail {
    fn drop(&mut self) {
        // What has ended already needs no ending.
        let _ = Command::new("kill").arg(self.side.app.to_string()).status();
        let _ = Command::new("kill").args(["-INT", &self.side.database.to_string()]).status();
    }
}

/// The demo city with as many documents, in a database of its own beside Wagtail's.
fn ours(ground: &Ground, data: &Path) -> anyhow::Result<Running> {
    let port = PORTS[1];
    for sql in [
        "DROP DATABASE IF EXISTS gongkai",
        "CREATE DATABASE gongkai TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'",
    ] {
        let mut psql = Command::new("psql");
        psql.args(["-q", "-h", "127.0.0.1", "-p", port, "-U", "postgres", "-c", sql]);
        shell::run(&mut psql)?;
    }
    let url = format!("postgres://postgres@127.0.0.1:{port}/gongkai");
    let log = ground.place("beside-wagtail.log");
    let serving = || {
        let mut command = ground.serving("demo", data);
        command.args(["--database", &url]);
        command
    };
    std::fs::create_dir_all(data)?;
    Running::start(serving(), &log)?.settle()?;
    let mut fill = Command::new(ground.beside("gongkai", "documents")?);
    fill.env("GONGKAI_BENCH_POSTGRES", &url).arg(data).arg(DOCUMENTS.to_string());
    shell::output(&mut fill)?;
    let server = Running::start(serving(), &log)?;
    server.settle()?;
    Ok(server)
}

/// What `measure.py` says of a case.
fn by_script(shared: &Path, side: &Side, case: &[String], times: u32) -> anyhow::Result<Cost> {
    let mut command = Command::new("python3");
    command.arg(shared.join("measure.py"));
    command.args(["--app", &side.app.to_string(), "--db", &side.database.to_string()]);
    command.args(["-n", &times.to_string()]).args(case);
    read(&shell::output(&mut command)?)
}

fn read(told: &str) -> anyhow::Result<Cost> {
    let words: Vec<&str> = told.split_whitespace().collect();
    let after = |name: &str| {
        let at = words.iter().position(|word| *word == name)?;
        words.get(at + 1)?.parse::<f64>().ok()
    };
    let cost = after("app").zip(after("db")).map(|(app, database)| Cost { app, database });
    let cost = cost.with_context(|| format!("读不懂 measure.py 的输出: {told}"))?;
    ensure!(
        after("failed") == Some(0.0) && after("non-2xx") == Some(0.0),
        "有请求没有成功: {told}"
    );
    Ok(cost)
}

/// Processor time of both since they were looked at before.
fn cost(side: &Side, before: [Duration; 2], times: u32) -> Cost {
    let now = [tree::worked(side.app), tree::worked(side.database)];
    let each = |at: usize| milliseconds(now[at].saturating_sub(before[at])) / f64::from(times);
    Cost { app: each(0), database: each(1) }
}

/// Pages that nobody has asked for before, counted by the same method.
fn anew(ground: &Ground, side: &Side, page: &str) -> anyhow::Result<Cost> {
    let times = if ground.scale.attempts == 1 { 100 } else { 2_000 };
    let path = |nth: u32| match page {
        "" => filled::document(DOCUMENTS, nth),
        page => page.replace("{}", &nth.to_string()),
    };
    let file = ground.place("anew.txt");
    std::fs::write(&file, (0..times).map(path).collect::<Vec<_>>().join("\n"))?;
    let address = side.base.trim_start_matches("http://");
    let before = [tree::worked(side.app), tree::worked(side.database)];
    let mut steady = Command::new(ground.beside("xtask", "steady")?);
    shell::output(steady.arg(address).arg(file).args(["200", "2"]))?;
    Ok(cost(side, before, times))
}

/// Whole applications, all their pages sent and handed in, with what the program does about them afterwards.
fn filed(ground: &Ground, server: &Running, side: &Side, times: u32) -> anyhow::Result<Cost> {
    let address = side.base.trim_start_matches("http://").to_owned();
    let run = |from: u32, number: u32| {
        let mut command = Command::new(ground.beside("gongkai", "requests")?);
        command.args(["filing", &address, &number.to_string(), &from.to_string()]);
        shell::output(&mut command)
    };
    run(0, 5)?;
    server.settle()?;
    let before = [tree::worked(side.app), tree::worked(side.database)];
    run(100, times)?;
    server.settle()?;
    Ok(cost(side, before, times))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_request_costs_is_read_from_the_scripts_line() {
        let told = "view    app    0.041 ms  db    0.002 ms   9000.1 req/s  p50 0 ms  p99 1 ms  failed 0  non-2xx 0\n";
        assert_eq!(read(told).expect("it is read"), Cost { app: 0.041, database: 0.002 });
        for wrong in [
            "",
            "view app x",
            &told.replace("failed 0", "failed 3"),
            &told.replace("non-2xx 0", "non-2xx 9"),
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_share_is_ours_of_theirs() {
        let ours = Cost { app: 0.2, database: 0.1 };
        let theirs = Cost { app: 10.0, database: 2.0 };
        let figure = figure("x", ours, theirs, Some(ours));
        assert!((figure.value - 0.025).abs() < 1e-9, "{}", figure.value);
        assert!(figure.detail.contains("相差 40 倍"), "{}", figure.detail);
    }
}
