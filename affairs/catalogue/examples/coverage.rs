//! Measures how long a city's coverage page takes to be drawn over a year of obligations:
//! `coverage [OBLIGATIONS [FOLDER]]`. The city has six districts with twenty bureaus and nine towns
//! each, and catalogues of 26 domains in each. Every request bears another query, so each page is read
//! from the database and drawn anew. Prints one line.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use catalogue::acts::{domains, import, release};
use catalogue::store::DomainLine;
use catalogue_rules::domains::DOMAINS;
use catalogue_rules::{Item, Method, ReadCatalogue, TimeLimit};
use identity::{Level, Tables};
use law::day;
use ledger::{Actor, Clock, Desk, Ledger};
use search::Search;
use store::{Migrations, Place, Statements, Store, Value};
use tower::ServiceExt;
use web::layout::SiteFrame;
use web::{DirectorySource, House, Room, Site, SiteDirectory};

const OBLIGATIONS: usize = 200_000;
const DISTRICTS: usize = 6;
const BUREAUS: usize = 20;
const TOWNS: usize = 9;
const ROWS: usize = 23;
const REQUESTS: usize = 200;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut words = std::env::args().skip(1);
    let number = words.next().and_then(|word| word.parse().ok()).unwrap_or(OBLIGATIONS);
    let folder = words.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = folder.join(format!("coverage-{}", std::process::id()));
    let measured = measure(&folder, number).await;
    std::fs::remove_dir_all(&folder)?;
    println!("{}", measured?);
    Ok(())
}

async fn measure(folder: &Path, number: usize) -> Outcome<String> {
    let tables = [
        jobs::MIGRATIONS,
        identity::MIGRATIONS,
        ledger::MIGRATIONS,
        review::MIGRATIONS,
        catalogue::MIGRATIONS,
    ];
    let place = Place::File(folder.join("a.db"));
    let store = Store::open(&place, &Migrations::of(tables.concat())).await?;
    let clock = Clock::Fixed("2026-11-25T02:00:00Z".parse()?);
    let ledger = Ledger::open(store, clock, vec![]).await?;
    furnish(&ledger).await?;
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
        let request = Request::get(format!("{path}{number}")).header("host", "localhost");
        let begun = Instant::now();
        let answer = portal.clone().oneshot(request.body(Body::empty())?).await?;
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await?;
        if !status.is_success() || !body.windows(7).any(|part| part == b"<tbody>") {
            return Err(format!("{path}{number}: {status}").into());
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

async fn desk(ledger: &Ledger) -> Outcome<Desk> {
    Ok(ledger.desk(Actor::Operator("measure".into())).await?)
}

async fn furnish(ledger: &Ledger) -> Outcome<()> {
    let mut divisions = "code,name,level,parent,slug\n350200000000,某市,city,,city\n".to_owned();
    let mut organs = "code,name,short_name,kind,role,level,division\n".to_owned();
    for district in 1..=DISTRICTS {
        let home = format!("3502{district:02}000000");
        divisions += &format!("{home},第{district}区,district,350200000000,d{district}\n");
        for bureau in 1..=BUREAUS {
            let code = format!("XM{district:02}{bureau:03}");
            organs += &format!(
                "{code},第{district}区{bureau}局,{bureau}局,department,department,district,{home}\n"
            );
        }
        for town in 1..=TOWNS {
            let (code, place) =
                (format!("XM{district:02}1{town:02}"), format!("3502{district:02}{town:03}000"));
            divisions += &format!("{place},{town}镇,township,{home},t{district}-{town}\n");
            organs += &format!(
                "{code},第{district}区{town}镇人民政府,{town}镇,town,town,township,{place}\n"
            );
        }
    }
    let tables = Tables { divisions: Some(&divisions), organs: Some(&organs) };
    tables.keep(desk(ledger).await?, "量速度").await?;
    let line = |domain: &catalogue_rules::domains::Domain| DomainLine {
        slug: domain.id.into(),
        ordinal: domain.number.into(),
        names: vec![(domain.name.into(), day(2020, 7, 7), None)],
        also_called: None,
        note: None,
    };
    let lines: Vec<DomainLine> = DOMAINS.iter().map(line).collect();
    domains::keep(desk(ledger).await?, &lines, "量速度").await?;
    for district in 1..=DISTRICTS {
        for domain in &DOMAINS {
            release(ledger, &format!("XM{district:02}001"), domain.id).await?;
        }
    }
    Ok(())
}

async fn release(ledger: &Ledger, organ: &str, domain: &str) -> Outcome<()> {
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
    let file = import::Import {
        organ: organ.into(),
        domain: domain.into(),
        read: ReadCatalogue { items: (0..ROWS).map(item).collect(), ..ReadCatalogue::default() },
        source_name: String::new(),
        source_sha256: String::new(),
        demo: true,
    };
    import::keep(desk(ledger).await?, file).await?;
    release::grant(desk(ledger).await?, organ, domain, day(2020, 11, 10)).await?;
    Ok(())
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
            let frame = SiteFrame { name: "某市".into(), ..SiteFrame::default() };
            let site = Site {
                frame: Arc::new(frame),
                host: None,
                place: "某市".into(),
                division: "350200000000".into(),
                level: Level::City,
                range: ("350200000000".into(), "350299999999".into()),
                organ: "XM01001".into(),
            };
            Ok(SiteDirectory::of(vec![site]))
        })
    };
    Room { name: "city", directory: Some(DirectorySource { read }), ..Room::default() }
}
