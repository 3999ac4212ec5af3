//! Three years of letters to one organ: every list of them, as its officer sees it and as everybody does.

use std::time::{Duration, Instant};

use anyhow::ensure;
use identity::Role;
use law::Date;
use secrets::{Algorithm, Sealer};
use suggestions_rules::{Card, SuggestionKind, SuggestionState};

use crate::beside::{Whereabouts, ledger};
use crate::http::{Browser, encoded};
use crate::letter_rows::{Letter, after, fill};
use crate::program::Program;
use crate::{percentile, register};

/// As many as a great city's office has in three years.
pub const LETTERS: usize = 65_000;

/// Whose they are, in the demo city.
const ORGAN: &str = "XM00002";

/// How often each list is asked for in a round, how many rounds there are, and how many requests before each are not
/// timed: they prepare statements.
const TIMES: usize = 200;
const ROUNDS: usize = 3;
const UNTIMED: usize = 20;

/// The worker takes what is published into the public log first.
const SETTLING: Duration = Duration::from_secs(5);

/// How a page with a table, and one with published answers, is known.
const TABLE: &str = "<tbody";
const ANSWERS: &str = "/zixun/xuandeng/0199-measured-";

/// A list: what it is called, where it is, and what stands on it.
struct List {
    name: String,
    path: String,
    shows: &'static str,
}

impl List {
    fn new(name: &str, path: String, shows: &'static str) -> Self {
        Self { name: name.to_owned(), path, shows }
    }
}

/// Measures.
pub async fn measure(place: &Whereabouts, number: usize) -> anyhow::Result<String> {
    drop(Program::start(place)?);
    let ledger = ledger(place).await?;
    let sealer = Sealer::open_or_make(&Sealer::folder(&place.data), Algorithm::Aes256Gcm)?;
    fill(&ledger, &sealer, ORGAN, number).await?;
    let today = ledger.clock().today();
    drop(ledger);
    // The program fills it anew at its start, with what is published of these letters.
    std::fs::remove_dir_all(place.data.join("index"))?;
    let program = Program::start(place)?;
    tokio::time::sleep(SETTLING).await;
    let mut officer = register::signed_in(&program, ORGAN, Role::SuggestionHandler).await?;
    let mut reader = Browser::of(&program.address);
    let began = Instant::now();
    ensure!(reader.get("/zixun/tongji").await?.status == 200, "the numbers of a year");
    let counted = began.elapsed().as_secs_f64() * 1000.0;
    let mut rows = Vec::new();
    for list in offered(today, number) {
        rows.push((asked(&mut officer, &list).await?, list.name));
    }
    for list in published(today) {
        rows.push((asked(&mut reader, &list).await?, list.name));
    }
    Ok(told(number, rows, counted))
}

/// A line for each list, and one for all.
fn told(number: usize, rows: Vec<(Vec<Duration>, String)>, counted: f64) -> String {
    let (mut lines, mut all, mut worst) = (Vec::new(), Vec::new(), (0.0, String::new()));
    let lists = rows.len();
    for (times, name) in rows {
        let (p50, p99) = (percentile(times.clone(), 50), percentile(times.clone(), 99));
        lines.push(format!("list: {name} p50_ms={p50:.1} p99_ms={p99:.1}"));
        if p99 > worst.0 {
            worst = (p99, name);
        }
        all.extend(times);
    }
    lines.push(format!(
        "letters: letters={number} lists={lists} requests={TIMES} list_p50_ms={:.1} list_p99_ms={:.1} \
         worst_p99_ms={:.1} worst={} counted_first_ms={counted:.1}",
        percentile(all.clone(), 50),
        percentile(all, 99),
        worst.0,
        worst.1,
    ));
    lines.join("\n")
}

/// Every list of the register.
fn offered(today: Date, number: usize) -> Vec<List> {
    let list = |name: &str, query: String, shows| {
        List::new(name, format!("/gongzuo/liuyan?{query}"), shows)
    };
    let (late, old) = (after(today, 4), after(today, -900));
    let last = Letter::of(number.saturating_sub(1), today).number();
    let mut lists = vec![
        list("在办", String::new(), TABLE),
        list("在办往后", format!("hou={late}~0199"), TABLE),
        list("全部已办结", "zt=banjie".into(), TABLE),
        list("全部已办结往后", format!("zt=banjie&hou={old}~0199"), TABLE),
        list("已答复往后", format!("zt=answered&hou={old}~0199"), TABLE),
        list("不予受理的举报", "zt=not_taken&zl=report".into(), ""),
        list("待受理的举报", "zt=received&zl=report".into(), ""),
        list("编号", format!("q={}", encoded(&last)), TABLE),
        list("没有的编号", format!("q={}", encoded("咨询〔2026〕999999号")), ""),
    ];
    for (name, words) in [("按字找", "补偿款"), ("按没有的字找", "鲸鱼洄游")] {
        let words = encoded(words);
        lists.push(list(name, format!("q={words}"), ""));
        lists.push(list(&format!("{name}，已办结"), format!("zt=banjie&q={words}"), ""));
    }
    for state in SuggestionState::ALL {
        lists.push(list(state.name(), format!("zt={}", state.word()), TABLE));
    }
    for kind in SuggestionKind::ALL {
        let (open, ended) = (format!("在办的{}", kind.name()), format!("已办结的{}", kind.name()));
        lists.push(list(&open, format!("zl={}", kind.word()), TABLE));
        lists.push(list(&ended, format!("zt=banjie&zl={}", kind.word()), TABLE));
    }
    for card in Card::ALL {
        // On some days nothing bears one of them.
        lists.push(list(card.name(), format!("pai={}", card.word()), ""));
    }
    lists
}

/// What everybody sees: what is published, the numbers of a year, and the house's search, which alone finds words.
fn published(today: Date) -> Vec<List> {
    let (old, last_year) = (after(today, -900), today.year() - 1);
    let (base, words) = ("/zixun/xuandeng", encoded("征收补偿款什么时候到账"));
    vec![
        List::new("公开的答复", format!("{base}?zhonglei="), ANSWERS),
        List::new(
            "公开的答复往后",
            format!("{base}?zhonglei=&hou={old}T02:00:00.000Z~0199"),
            ANSWERS,
        ),
        List::new("公开的建议答复", format!("{base}?zhonglei=proposal"), ANSWERS),
        List::new("一个区公开的答复", format!("/siming{base}?zhonglei="), ""),
        List::new("统计", "/zixun/tongji?nian=".into(), TABLE),
        List::new("去年的统计", format!("/zixun/tongji?nian={last_year}"), TABLE),
        List::new("搜索公开的答复", format!("/sousuo?q={words}"), "/zixun/xuandeng/"),
    ]
}

/// How long a list takes in the best of the rounds. Each request bears another query, so that no kept page is given out.
async fn asked(browser: &mut Browser, list: &List) -> anyhow::Result<Vec<Duration>> {
    let mut best: Option<Vec<Duration>> = None;
    for round in 0..ROUNDS {
        let mut times = Vec::with_capacity(TIMES);
        for at in 0..UNTIMED + TIMES {
            let path = format!("{}&n={}", list.path, round * 1_000 + at);
            let began = Instant::now();
            let answer = browser.get(&path).await?;
            let took = began.elapsed();
            let shown = answer.status == 200 && answer.text.contains(list.shows);
            ensure!(shown, "{}, {path}: {} {}", list.name, answer.status, answer.to);
            if at >= UNTIMED {
                times.push(took);
            }
        }
        let p99 = percentile(times.clone(), 99);
        if best.as_ref().is_none_or(|best| p99 < percentile(best.clone(), 99)) {
            best = Some(times);
        }
    }
    Ok(best.unwrap_or_default())
}
