//! Measures how long a city's coverage page takes to be drawn over a year of obligations:
//! `coverage [OBLIGATIONS [FOLDER]]`. The city has six districts with twenty bureaus and nine towns
//! each, and catalogues of 26 domains in each. Every request bears another query, so each page is read
//! from the database and drawn anew. Prints one line.

mod made_up;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use catalogue_rules::domains::DOMAINS;
use catalogue_rules::{Item, Method, TimeLimit};
use identity::Level;
use ledger::Ledger;
use made_up::{BUREAUS, DISTRICTS, Outcome, TOWNS, furnish};
use search::Search;
use store::{Statements, Value};
use web::{DirectorySource, House, Room, SiteDirectory};

const OBLIGATIONS: usize = 200_000;
const ROWS: usize = 23;
const REQUESTS: usize = 200;

#[tokio::main]
async fn main() -> Outcome<()> {
    made_up::measured("coverage", OBLIGATIONS, measure).await
}

async fn measure(folder: &Path, number: usize) -> Outcome<String> {
    let ledger = made_up::ledger(folder).await?;
    furnish(&ledger, items).await?;
    owe(&ledger, number).await?;
    let rooms = vec![catalogue::room(), city()];
    let mut house = House::new(ledger, Search::in_memory()?, rooms, folder.to_owned(), false);
    let routes = house.take_routes();
    house.refresh_directory().await.map_err(|fault| fault.to_string())?;
    let portal = web::portal(&Arc::new(house), routes);
    let (domain_50, domain_99) = times(&portal, "/mulu/fugai?n=").await?;
    let (organ_50, organ_99) = times(&portal, "/mulu/fugai?by=organ&n=").await?;
    let (rows_50, rows_99) = times(&portal, "/mulu/fugai/jiuye?state=overdue&n=").await?;
    Ok(format!(
        "coverage: obligations={number} requests={REQUESTS} p50_ms={domain_50:.2} \
         p99_ms={domain_99:.2} by_organ_p50_ms={organ_50:.2} by_organ_p99_ms={organ_99:.2} \
         rows_p50_ms={rows_50:.2} rows_p99_ms={rows_99:.2}"
    ))
}

/// Median and 99th percentile of drawing a page anew, in milliseconds.
async fn times(portal: &Router, path: &str) -> Outcome<(f64, f64)> {
    let mut taken = Vec::with_capacity(REQUESTS);
    for number in 0..REQUESTS + 20 {
        let address = format!("{path}{number}");
        let begun = Instant::now();
        let (status, _, body) = web::testing::get(portal, &address).await;
        if !status.is_success() || !body.windows(7).any(|part| part == b"<tbody>") {
            return Err(format!("{address}: {status}").into());
        }
        // The first ones open connections and prepare statements.
        if number >= 20 {
            taken.push(begun.elapsed());
        }
    }
    taken.sort_unstable();
    let at = |part: usize| taken.get(REQUESTS * part / 100).copied().unwrap_or(Duration::MAX);
    Ok((at(50).as_secs_f64() * 1000.0, at(99).as_secs_f64() * 1000.0))
}

fn items(domain: &str) -> Vec<Item> {
    let limit = "信息形成或变更之日起20个工作日内";
    let item = |row: usize| Item {
        level1: Some(domain.into()),
        level2: Some(format!("事项{row}")),
        elements: vec!["文件依据、对象范围、申请条件、申请材料、办理流程".into()],
        subjects: vec![format!("{}局", row % BUREAUS + 1)],
        methods: vec![Method::Proactive],
        time_limit_raw: limit.into(),
        time_limit: TimeLimit::read(limit),
        ..Item::default()
    };
    (0..ROWS).map(item).collect()
}

/// Keeps so many obligations, with what is counted of them.
async fn owe(ledger: &Ledger, number: usize) -> Outcome<()> {
    let store = ledger.store();
    let change = store.begin().await?;
    let columns = [
        "id",
        "catalogue",
        "division",
        "domain",
        "item",
        "organ",
        "trigger_key",
        "arose_on",
        "due_on",
        "provisional",
        "kept_on",
        "record",
        "stated",
        "state",
    ];
    change.insert("obligation", &columns, (0..number).map(obligation).collect()).await?;
    for counted in COUNTED {
        change.run(counted, vec![]).await?;
    }
    change.commit().await?;
    let kept = store.number("SELECT count(*) FROM obligation", vec![]).await?;
    if kept != i64::try_from(number).ok() {
        return Err("not all obligations were kept".into());
    }
    Ok(())
}

/// What is counted of them: as they stand, items of the whole, items of each organ.
const COUNTED: [&str; 3] = [
    "INSERT INTO obligation_tally (organ, division, domain, state, number)
     SELECT organ, division, domain, state, count(*) FROM obligation
      GROUP BY organ, division, domain, state",
    "INSERT INTO catalogue_coverage (version, organ, items, published)
     SELECT version, '', count(*), count(*) / 2 FROM catalogue_item GROUP BY version",
    "INSERT INTO catalogue_coverage (version, organ, items, published)
     SELECT v.id, o.code, 2, 1 FROM catalogue_version v
       JOIN catalogue c ON c.id = v.catalogue JOIN organ o ON o.division = c.division",
];

/// One of the obligations, which are spread over all bodies, domains and states.
fn obligation(at: usize) -> Vec<Value> {
    let states = ["kept", "kept", "kept", "kept_late", "overdue", "due_soon", "not_due"];
    let district = at % DISTRICTS + 1;
    let body = at / DISTRICTS % (BUREAUS + TOWNS) + 1;
    let (organ, division) = match body.checked_sub(BUREAUS) {
        None | Some(0) => (format!("XM{district:02}{body:03}"), format!("3502{district:02}000000")),
        Some(town) => {
            (format!("XM{district:02}1{town:02}"), format!("3502{district:02}{town:03}000"))
        }
    };
    let (month, day) = (at % 12 + 1, at % 28 + 1);
    vec![
        format!("{at:020x}").into(),
        "none".into(),
        division.into(),
        DOMAINS[at % DOMAINS.len()].id.into(),
        format!("{:08}", at % ROWS).into(),
        organ.into(),
        format!("record:{at}").into(),
        "2026-01-05".into(),
        format!("2026-{month:02}-{day:02}").into(),
        0i64.into(),
        None::<String>.into(),
        None::<String>.into(),
        0i64.into(),
        states[at % states.len()].into(),
    ]
}

fn city() -> Room {
    let read: for<'a> fn(&'a House) -> web::Later<'a, SiteDirectory> = |_| {
        Box::pin(async {
            let site = web::testing::site(&[("", "某市")], Level::City, "3502", "XM01001");
            Ok(SiteDirectory::of(vec![site]))
        })
    };
    Room { name: "city", directory: Some(DirectorySource { read }), ..Room::default() }
}
