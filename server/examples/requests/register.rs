//! A register of a great city's year: its lists, its report, its clocks.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use identity::{Role, factor};
use ledger::Clock;
use reports::acts::opening;
use requests::acts::renewal;
use store::Engine;

use crate::beside::{Whereabouts, ledger};
use crate::http::{Browser, encoded, value};
use crate::program::Program;
use crate::{percentile, rows};

/// As many as Shanghai has in a year.
pub const REQUESTS: usize = 34_000;

/// The organ whose register it is, in the demo city.
const ORGAN: &str = "XM00002";
const PASSWORD: &str = "Yanshi-Xiamen-2026";
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// How often each list is asked for, and how many pages are turned.
const TIMES: usize = 20;
const TURNS: usize = 5;

/// Measures.
pub async fn measure(place: &Whereabouts, number: usize) -> anyhow::Result<String> {
    drop(Program::start(place)?);
    let ledger = ledger(place).await?;
    // One of ten is open, as in any office; later all are.
    rows::fill(&ledger, ORGAN, number, |at| at % 10 == 0).await?;
    let program = Program::start(place)?;
    let lists = lists(&program).await?;
    drop(program);
    let report = report(&ledger).await?;
    let clocks = clocks(&ledger).await?;
    Ok([lists, report, clocks].map(|line| line.replace("REQUESTS", &number.to_string())).join("\n"))
}

/// Every list of the register, as its officer sees it.
async fn lists(program: &Program) -> anyhow::Result<String> {
    let mut officer = signed_in(program, ORGAN, Role::FoiOfficer).await?;
    let base = "/gongzuo/shenqing";
    let rare = encoded("第33999号地块");
    let filters = [
        ("在办", String::new()),
        ("已逾期", "?zt=yuqi".into()),
        ("计时中", "?zt=running".into()),
        ("待确认", "?zt=unconfirmed".into()),
        ("已答复", "?zt=answered".into()),
        ("全部已办结", "?zt=banjie".into()),
        ("我经办的", "?shui=wo".into()),
        ("已办结我经办的", "?zt=banjie&shui=wo".into()),
        ("找常见的词", format!("?zt=banjie&q={}", encoded("征收补偿"))),
        ("找少见的词", format!("?zt=banjie&q={rare}")),
        ("找没有的词", format!("?zt=banjie&q={}", encoded("没有这样的申请"))),
        ("在办里找少见的词", format!("?q={rare}")),
    ];
    let (mut all, mut worst) = (Vec::new(), (0.0, String::new()));
    for (name, query) in filters {
        let mut path = format!("{base}{query}");
        for turn in 0..TURNS {
            let (times, text) = asked(&mut officer, &path).await?;
            let p99 = percentile(times.clone(), 99);
            eprintln!(
                "{name} 第{}页: {:.1} ms, p99 {p99:.1} ms",
                turn + 1,
                percentile(times.clone(), 50)
            );
            if p99 > worst.0 {
                worst = (p99, format!("{name}第{}页", turn + 1));
            }
            all.extend(times);
            let Some(next) = next_of(&text, base) else { break };
            path = next;
        }
    }
    Ok(format!(
        "register: requests=REQUESTS pages={} list_p50_ms={:.1} list_p99_ms={:.1} worst_p99_ms={:.1} worst={}",
        all.len(),
        percentile(all.clone(), 50),
        percentile(all, 99),
        worst.0,
        worst.1,
    ))
}

/// How long one page takes in the best of three rounds, and the page.
async fn asked(officer: &mut Browser, path: &str) -> anyhow::Result<(Vec<Duration>, String)> {
    let (mut rounds, mut text) = (Vec::new(), String::new());
    for _ in 0..3 {
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let began = Instant::now();
            let answer = officer.get(path).await?;
            times.push(began.elapsed());
            ensure!(answer.status == 200, "{path}: {} {}", answer.status, answer.to);
            text = answer.text;
        }
        rounds.push(times);
    }
    let best = rounds.into_iter().min_by_key(|times| times.iter().max().copied());
    Ok((best.unwrap_or_default(), text))
}

/// Where the next page is.
fn next_of(text: &str, base: &str) -> Option<String> {
    let mut links = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let next = links.find(|link| link.starts_with(base) && link.contains("hou="))?;
    Some(next.replace("&#38;", "&").replace("&amp;", "&"))
}

/// A browser in which the invented person of an organ who has this role, among others, acts in it.
pub async fn signed_in(program: &Program, organ: &str, role: Role) -> anyhow::Result<Browser> {
    let mut browser = Browser::of(&program.address);
    let login = format!("{}.i", organ.to_lowercase());
    let fields = [("login", login.as_str()), ("password", PASSWORD), ("next", "")];
    let answer = browser.post("/gongzuo/denglu", &fields).await?;
    ensure!(answer.status == 303, "signing in: {}", answer.status);
    let asked = browser.get("/gongzuo/denglu/yanzheng").await?.text;
    let (mark, code) = (value(&asked, "_mark"), factor::code_at(SECRET, Clock::Wall.now()));
    let code = code.context("a code")?;
    let fields = [("_mark", mark.as_str()), ("code", &code), ("next", "")];
    browser.post("/gongzuo/denglu/yanzheng", &fields).await?;
    let posts = browser.get("/gongzuo/shenfen").await?.text;
    let named = format!(">{}</b>", role.name());
    // Whoever has one post only is in it already.
    if let Some(form) = posts.split("<form").find(|form| form.contains(&named)) {
        let (mark, post) = (value(form, "_mark"), value(form, "post"));
        let fields = [("_mark", mark.as_str()), ("post", &post), ("next", "")];
        browser.post("/gongzuo/shenfen", &fields).await?;
    }
    Ok(browser)
}

/// A year's report opened from the register: every number counted, and kept with the rows behind it.
async fn report(ledger: &ledger::Ledger) -> anyhow::Result<String> {
    let source = requests::room().figures.context("the room counts")?;
    let by = review::testing::someone(ORGAN, "foi_officer");
    let year = ledger.clock().today().year();
    let mut best = f64::MAX;
    for round in 1..=3 {
        let desk = ledger.desk(by.actor()).await?;
        let began = Instant::now();
        let version = opening::keep(desk, &[source], &by, year, false).await;
        let version = version.map_err(|refused| anyhow::anyhow!("{refused}"))?;
        best = best.min(began.elapsed().as_secs_f64());
        let change = ledger.store().begin().await?;
        // So that the same year can be opened again.
        change
            .run(
                "UPDATE annual_report SET year = year + $2 WHERE id = $1",
                vec![version.report.into(), (1000 * round).into()],
            )
            .await?;
        change.commit().await?;
    }
    Ok(format!("annual-register: requests=REQUESTS opened_s={best:.3}"))
}

/// Every request is open, and a new arrangement of holidays moves them all.
async fn clocks(ledger: &ledger::Ledger) -> anyhow::Result<String> {
    let change = ledger.store().begin().await?;
    // Nothing else opens again what was answered.
    let unguarded = match ledger.store().engine() {
        Engine::Sqlite => "DROP TRIGGER request_result_stays",
        Engine::Postgres => "DROP TRIGGER request_result_stays ON request",
    };
    change.run(unguarded, vec![]).await?;
    change
        .run(
            "UPDATE request SET open = 1, closed_on = NULL, result = NULL, state = 'running'",
            vec![],
        )
        .await?;
    change.commit().await?;
    let (today, calendar) = (ledger.clock().today(), ledger.calendar());
    let mut best = f64::MAX;
    let mut moved = 0;
    for _ in 0..3 {
        // Not kept: so that the next time they move as well.
        let change = ledger.store().begin().await?;
        let began = Instant::now();
        let told = ("measured", "2026-11-26T02:00:00.000Z");
        let counted = renewal::recount_all(&change, told, (today, &calendar)).await;
        moved = counted.map_err(|refused| anyhow::anyhow!("{refused}"))?;
        best = best.min(began.elapsed().as_secs_f64());
        drop(change);
    }
    Ok(format!("clocks: requests=REQUESTS moved={moved} recounted_s={best:.3}"))
}
