//! People who enrol for a hearing, so many a minute, and the list that is bound of them.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use ledger::Clock;
use participation::acts::drawing;
use participation::draw::List;
use participation::store::Hearing;
use store::Statements;

use crate::beside::{Whereabouts, ledger};
use crate::http::{Browser, value};
use crate::percentile;
use crate::program::Program;

/// So many in a minute.
pub const PEOPLE: usize = 5_000;

/// At this pace, in a second, whether the program keeps up or not.
const RATE: f64 = PEOPLE as f64 / 60.0;

/// So many days after today the demo's hearing takes nobody any more, and nobody knows the value of its draw yet.
const BOUND: u16 = 29;

/// What somebody took home.
struct Taken {
    whole: Duration,
    number: String,
    mark: String,
}

/// Measures.
pub async fn measure(place: &Whereabouts, people: usize) -> anyhow::Result<String> {
    let program = Program::start(place)?;
    let (hearing, before) = hearing(place).await?;
    let path = format!("/tingzheng/{hearing}/baoming");
    let began = Instant::now();
    let mut under_way = Vec::with_capacity(people);
    for at in 0..people {
        let due = began + Duration::from_secs_f64(at as f64 / RATE);
        tokio::time::sleep_until(due.into()).await;
        let (address, path) = (program.address.clone(), path.clone());
        under_way.push(tokio::spawn(enrol(address, path, at, due)));
    }
    let (mut taken, mut errors) = (Vec::with_capacity(people), Vec::new());
    for one in under_way {
        match one.await? {
            Ok(one) => taken.push(one),
            Err(error) => errors.push(error),
        }
    }
    let took = began.elapsed().as_secs_f64();
    if let Some(first) = errors.first() {
        eprintln!("the first of {} errors: {first:#}", errors.len());
    }
    // Killed, not ended: what was acknowledged must be on the disk.
    drop(program);
    let bound = bound(place, &hearing).await?;
    let marks: BTreeSet<&str> = taken.iter().map(|one| one.mark.as_str()).collect();
    let numbers: BTreeSet<&str> = taken.iter().map(|one| one.number.as_str()).collect();
    ensure!(numbers.len() == taken.len(), "{} numbers of {}", numbers.len(), taken.len());
    let listed: BTreeSet<&str> = bound.list.entries.iter().map(|one| one.mark.as_str()).collect();
    let lost = marks.difference(&listed).count();
    let twice = bound.list.entries.len() - listed.len();
    // Whoever got no answer may have been taken all the same, and nobody else is there.
    let others = listed.difference(&marks).count().saturating_sub(before);
    ensure!(others <= errors.len(), "{others} on the list whom nobody sent");
    let whole = || taken.iter().map(|one| one.whole).collect::<Vec<_>>();
    Ok(format!(
        "hearing: people={people} rate_per_s={:.1} enrol_p50_ms={:.1} enrol_p99_ms={:.1} \
         enrol_max_ms={:.1} errors={} lost={lost} twice={twice} missing={} listed={} bound_ms={:.1}",
        taken.len() as f64 / took,
        percentile(whole(), 50),
        percentile(whole(), 99),
        percentile(whole(), 100),
        errors.len(),
        errors.len() + lost + twice,
        bound.list.entries.len(),
        bound.took.as_secs_f64() * 1000.0,
    ))
}

/// The hearing of the demo city that one enrols for, and how many have.
async fn hearing(place: &Whereabouts) -> anyhow::Result<(String, usize)> {
    let ledger = ledger(place).await?;
    let id = Hearing::example(ledger.store(), "").await?.context("a hearing")?;
    let sql = "SELECT COUNT(*) FROM hearing_entry WHERE hearing = $1";
    let before = ledger.store().number(sql, vec![id.as_str().into()]).await?.unwrap_or_default();
    Ok((id, usize::try_from(before)?))
}

/// Reads the form and sends it, from an address of its own.
async fn enrol(address: String, path: String, at: usize, due: Instant) -> anyhow::Result<Taken> {
    let mut browser = Browser::from(&address, u16::try_from(at % 60_000)?.saturating_add(1));
    let form = browser.get(&path).await?;
    ensure!(form.status == 200, "the form: {}", form.status);
    let key = value(&form.text, "key");
    let (name, contact) = (format!("测量{at:05}号"), format!("1597{at:07}"));
    let fields = [
        ("key", key.as_str()),
        ("fang", if at.is_multiple_of(5) { "2" } else { "1" }),
        ("xingming", &name),
        ("lianxi", &contact),
        ("guandian", "补多少要看一顿饭多少钱。"),
    ];
    let told = browser.post(&path, &fields).await?;
    let whole = due.elapsed();
    ensure!(told.status == 200, "enrolling: {} {}", told.status, told.to);
    let mut codes = told.text.split("<p class=\"code\">").skip(1);
    let mut code = || -> Option<String> {
        let text = codes.next()?.split('<').next()?;
        Some(text.to_owned())
    };
    let (number, _, mark) = (code(), code(), code());
    Ok(Taken { whole, number: number.context("a number")?, mark: mark.context("a mark")? })
}

/// The list as it was bound, and how long that took.
struct Bound {
    list: List,
    took: Duration,
}

/// Binds the list on a day between the last of the enrolment and that of the value.
async fn bound(place: &Whereabouts, hearing: &str) -> anyhow::Result<Bound> {
    let ledger = ledger(place).await?.with_clock(Clock::Ahead(BOUND));
    let found = Hearing::find(ledger.store(), hearing).await?.context("the hearing")?;
    let by = review::testing::someone(&found.organ, "participation_organiser");
    let desk = ledger.desk(by.actor()).await?;
    let began = Instant::now();
    let done = drawing::bind(desk, (&found.organ, hearing)).await;
    done.map_err(|refused| anyhow::anyhow!("{refused}"))?;
    let took = began.elapsed();
    let found = Hearing::find(ledger.store(), hearing).await?.context("the hearing")?;
    let list = List::read(&found.list_text).map_err(|bad| anyhow::anyhow!("{bad}"))?;
    Ok(Bound { list, took })
}
