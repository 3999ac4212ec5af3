//! The register in pages, and the figures of a year, over so many requests as a great city has.

use std::time::{Duration, Instant};

use ledger::Ledger;
use requests::acts::renewal;
use requests::store::figures::{self, Behind};
use requests::store::{FilingState, Page, Query};
use requests_rules::{ApplicantClass, answer_type};
use store::{Statements, Store, Value};
use web::{Counted, FigureAsk};

use crate::house::{House, ORGAN, day, on_both};

const COLUMNS: [&str; 33] = [
    "id",
    "organ",
    "year",
    "serial",
    "number",
    "channel",
    "entered_at",
    "submitted_on",
    "misdirected",
    "by_submission",
    "received_on",
    "class",
    "has_agent",
    "asks_help",
    "title",
    "doc_number",
    "description",
    "items",
    "provided_form",
    "delivery_way",
    "wish_mark",
    "code_mark",
    "taken_by",
    "unit",
    "officer",
    "officer_name",
    "revision",
    "state",
    "due_on",
    "provisional",
    "open",
    "sort_on",
    "held",
];

/// A row of the register, without its events.
fn row(serial: i64) -> (Vec<Value>, Option<(String, String)>) {
    let at = usize::try_from(serial).expect("small");
    let month = serial % 12 + 1;
    let received = format!("2025-{month:02}-{:02}", serial % 28 + 1);
    let open = serial % 10 == 0;
    let class = ApplicantClass::ALL[at % 6];
    let codes = ["G1", "G2", "U1a", "D4", "P1", "N1", "O1", "O3"];
    let closed = (!open).then(|| {
        let code = codes[at % codes.len()];
        (format!("2026-{month:02}-15"), code.to_owned())
    });
    let due = format!("2026-{month:02}-{:02}", serial % 28 + 1);
    let state = match &closed {
        None => "running",
        Some((_, code)) if code == "O1" => "abandoned",
        Some((_, code)) if code == "O3" => "withdrawn",
        Some(_) => "answered",
    };
    let sort_on = closed.as_ref().map_or(due.clone(), |(on, _)| on.clone());
    let number = format!("{ORGAN}-2025-{serial:05}");
    let due_on = open.then_some(due);
    let values = vec![
        format!("{serial:08}").into(),
        ORGAN.into(),
        2025i64.into(),
        serial.into(),
        number.into(),
        "online".into(),
        "2025-01-01T00:00:00.000Z".into(),
        received.clone().into(),
        0i64.into(),
        0i64.into(),
        received.into(),
        class.name().into(),
        0i64.into(),
        0i64.into(),
        format!("第{serial}号地块的补偿标准").into(),
        "".into(),
        "".into(),
        1i64.into(),
        "paper".into(),
        "post".into(),
        format!("wish-{}", serial % 5000).into(),
        format!("code-{serial}").into(),
        "".into(),
        "政务公开科".into(),
        "chen".into(),
        "陈某".into(),
        3i64.into(),
        state.into(),
        due_on.into(),
        0i64.into(),
        i64::from(open).into(),
        sort_on.into(),
        0i64.into(),
    ];
    (values, closed)
}

async fn fill(store: &Store, rows: i64) {
    let change = store.begin().await.expect("begins");
    let mut columns = COLUMNS.to_vec();
    columns.extend(["closed_on", "result"]);
    let mut all = Vec::new();
    for serial in 1..=rows {
        let (mut values, closed) = row(serial);
        let (on, code) = closed.unzip();
        values.extend([on.into(), code.into()]);
        all.push(values);
    }
    change.insert("request", &columns, all).await.expect("inserts");
    change.commit().await.expect("commits");
    if store.engine() == store::Engine::Postgres {
        let change = store.begin().await.expect("begins");
        change.run("ANALYZE request", vec![]).await.expect("looks at what is there");
        change.commit().await.expect("commits");
    }
}

/// Every request of the register was received and nothing else.
async fn receive_all(store: &Store, rows: i64) {
    let columns = [
        "id",
        "request",
        "ordinal",
        "kind",
        "happened_on",
        "happening",
        "facts",
        "subject",
        "recorded_at",
        "person",
        "name",
    ];
    let event = |serial: i64| -> Vec<Value> {
        vec![
            format!("event-{serial}").into(),
            format!("{serial:08}").into(),
            1i64.into(),
            "receipt".into(),
            format!("2026-{:02}-{:02}", serial % 11 + 1, serial % 28 + 1).into(),
            "{\"what\":\"received\"}".into(),
            "{}".into(),
            "".into(),
            "".into(),
            "".into(),
            "".into(),
        ]
    };
    let change = store.begin().await.expect("begins");
    change
        .insert("request_event", &columns, (1..=rows).map(event).collect())
        .await
        .expect("inserts");
    change.commit().await.expect("commits");
}

/// How many of a register like that are open.
const OPEN: i64 = 3_400;

#[tokio::test]
async fn all_clocks_of_a_great_city_are_counted_again() {
    on_both(async |house| {
        let from = house.ledger.store();
        fill(from, 10 * OPEN).await;
        receive_all(from, 10 * OPEN).await;
        let calendar = house.ledger.calendar();
        let change = from.begin().await.expect("begins");
        let began = Instant::now();
        let told = ("entry", "2026-12-16T02:00:00.000Z");
        let moved = renewal::recount_all(&change, told, (day("2026-12-16"), &calendar)).await;
        let took = began.elapsed();
        println!("{:?}: {} moved in {took:?}", from.engine(), moved.as_ref().expect("counts"));
        assert!(moved.expect("counts") > 3_000);
    })
    .await;
}

#[tokio::test]
async fn pages_follow_one_another_without_gaps_whatever_is_listed() {
    on_both(async |house| {
        fill(house.ledger.store(), 1_000).await;
        let from = house.ledger.store();
        let queries = [
            Query::default(),
            Query { closed: true, ..Query::default() },
            Query { state: Some(FilingState::Running), ..Query::default() },
            Query { overdue_on: Some(day("2026-06-15")), ..Query::default() },
            Query { officer: Some("chen".into()), ..Query::default() },
            Query { closed: true, words: Some("12号地块".into()), ..Query::default() },
        ];
        for query in queries {
            let whole = Page::of(from, ORGAN, &query, 1_000).await.expect("reads");
            assert_eq!(whole.next, None);
            let mut turned = Vec::new();
            let mut turning = query.clone();
            loop {
                let page = Page::of(from, ORGAN, &turning, 37).await.expect("reads");
                turned.extend(page.lines.into_iter().map(|line| line.id));
                let Some(next) = page.next else { break };
                turning.after = Some(next);
            }
            let ids: Vec<_> = whole.lines.into_iter().map(|line| line.id).collect();
            assert!(!ids.is_empty(), "{query:?}");
            assert_eq!(turned, ids, "{query:?}");
        }
    })
    .await;
}

/// The shortest of a few times: what the machine does beside is not what is measured.
async fn shortest<T>(act: impl AsyncFn() -> T) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let began = Instant::now();
        act().await;
        best = best.min(began.elapsed());
    }
    best
}

#[tokio::test]
async fn a_register_of_a_great_city_is_listed_and_counted_whole() {
    on_both(async |house: &House| {
        let ledger: &Ledger = &house.ledger;
        let from = ledger.store();
        fill(from, 34_000).await;
        let open = Query::default();
        let closed = Query { closed: true, ..Query::default() };
        let mark = Page::of(from, ORGAN, &closed, 500).await.expect("reads").next;
        let deep = Query { after: mark, ..closed.clone() };
        for (name, query) in [("open", &open), ("closed", &closed), ("deep", &deep)] {
            let took =
                shortest(async || Page::of(from, ORGAN, query, 50).await.expect("reads")).await;
            println!("{:?} {name}: {took:?}", from.engine());
            let page = Page::of(from, ORGAN, query, 50).await.expect("reads");
            assert_eq!(page.lines.len(), 50, "{name}");
        }
        let took = shortest(async || {
            Page::tally(from, ORGAN, (day("2026-06-15"), day("2026-06-20"))).await.expect("reads")
        })
        .await;
        println!("{:?} tally: {took:?}", from.engine());
        let took =
            shortest(async || figures::register(from, ORGAN, 2026).await.expect("reads")).await;
        println!("{:?} register: {took:?}", from.engine());
        let took =
            shortest(async || figures::of_year(from, ORGAN, 2026).await.expect("reads")).await;
        println!("{:?} figures: {took:?}", from.engine());
        let told = figures::of_year(from, ORGAN, 2026).await.expect("reads");
        assert!(told.iter().map(|one| one.count).sum::<i64>() > 10_000);
    })
    .await;
}

/// How many requests stand behind a number.
async fn behind(from: &Store, year: i16, which: Behind<'_>, class: ApplicantClass) -> i64 {
    let told = figures::behind(from, (ORGAN, year), (which, Some(class))).await;
    i64::try_from(told.expect("reads").len()).expect("small")
}

#[tokio::test]
async fn every_number_of_a_year_has_the_requests_behind_it() {
    on_both(async |house| {
        let from = house.ledger.store();
        fill(from, 600).await;
        for year in [2025, 2026, 2027] {
            let told = figures::of_year(from, ORGAN, year).await.expect("reads");
            let results = figures::results(from, ORGAN, year).await.expect("reads");
            let register = figures::register(from, ORGAN, year).await.expect("reads");
            assert_eq!(told.iter().map(|one| one.count).sum::<i64>() as usize, register.len());
            for class in ApplicantClass::ALL {
                let sum = |of: fn(&figures::Figure) -> bool| -> i64 {
                    let of_class = told.iter().filter(|one| one.class == class);
                    of_class.filter(|one| of(one)).map(|one| one.count).sum()
                };
                assert_eq!(behind(from, year, Behind::New, class).await, sum(|one| one.new));
                assert_eq!(behind(from, year, Behind::CarriedIn, class).await, sum(|one| !one.new));
                assert_eq!(
                    behind(from, year, Behind::AllClosed, class).await,
                    sum(|one| one.result.is_some())
                );
                assert_eq!(
                    behind(from, year, Behind::CarriedOut, class).await,
                    sum(|one| one.result.is_none())
                );
                for (code, of_class, count) in &results {
                    if *of_class == class {
                        let codes = [code.as_str()];
                        let closed = Behind::Closed(&codes);
                        assert_eq!(behind(from, year, closed, class).await, *count, "{code}");
                    }
                }
            }
        }
        let count = from.number("SELECT COUNT(*) FROM request", vec![]).await.expect("reads");
        assert_eq!(count, Some(600));
    })
    .await;
}

#[tokio::test]
async fn table_three_of_the_report_is_what_the_register_says() {
    on_both(async |house| {
        let from = house.ledger.store();
        fill(from, 600).await;
        let source = requests::room().figures.expect("the room counts");
        for year in [2024, 2025, 2026, 2027] {
            let (reading, ask) = (from.reading(), FigureAsk { organ: ORGAN.into(), year });
            let counted = (source.count)(&reading, &ask).await.expect("counts");
            if year == 2024 {
                assert_eq!(counted, Counted::default(), "the register had not begun");
                continue;
            }
            assert!(counted.unplaced.is_empty());
            let told = figures::of_year(from, ORGAN, year).await.expect("reads");
            for class in ApplicantClass::ALL {
                let mut rows = [0i64; 26];
                for figure in told.iter().filter(|one| one.class == class) {
                    rows[if figure.new { 1 } else { 2 }] += figure.count;
                    let row = figure.result.as_deref().map_or(25, |code| {
                        let kind = answer_type(code, day("2026-01-01")).expect("a kind");
                        usize::from(kind.report_row)
                    });
                    rows[row] += figure.count;
                }
                for (row, number) in
                    rows.iter().enumerate().filter(|(row, _)| ![0, 24].contains(row))
                {
                    let place = format!("t3.r{row:02}.c{}", class.column() + 1);
                    let said = counted.counts.iter().find(|one| one.place == place);
                    let said = said.map(|one| one.number.clone());
                    assert_eq!(said, Some(number.to_string()), "{year} {place}");
                }
                let closed: i64 = rows[3..24].iter().sum();
                assert_eq!(
                    rows[1] + rows[2],
                    closed + rows[25],
                    "第一项加第二项等于第三项加第四项"
                );
            }
        }
    })
    .await;
}
