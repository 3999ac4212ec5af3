//! Measures how long it takes to open a year's report from a register in the database: `annual [REQUESTS]`.
//! Every number of tables 3 and 4 is counted, kept with the rows behind it, and held against a count made
//! while the register was written. Prints one line with the best of three years.

use std::collections::BTreeMap;
use std::time::Instant;

use identity::Tables;
use law::Date;
use ledger::{Actor, Clock, Ledger};
use reports::acts::opening;
use reports::store::{Content, Origin};
use reports_rules::{CellPlace, RegisterEntry, ReportYear, register_figures};
use requests_rules::{ANSWER_TYPES, ApplicantClass};
use review::Signatory;
use store::{FromQueryResult, Migration, Migrations, Place, Statements, Store};
use web::{Counted, FigureRow, FigureSource};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// As many as a large city has in a year.
const REQUESTS: usize = 34_000;
const YEARS: [i16; 3] = [2023, 2024, 2025];
const ORGAN: &str = "XM01010";

const REGISTER: &[Migration] = &[Migration {
    number: 20261126859,
    name: "a register of requests to be measured",
    sql: "CREATE TABLE measured_request (
              id TEXT PRIMARY KEY, received TEXT NOT NULL, class BIGINT NOT NULL, result TEXT, closed TEXT)",
}];

const CLASSES: [ApplicantClass; 6] = [
    ApplicantClass::NaturalPerson,
    ApplicantClass::Enterprise,
    ApplicantClass::ResearchInstitute,
    ApplicantClass::WelfareOrganisation,
    ApplicantClass::LegalServices,
    ApplicantClass::Other,
];

const SOURCE: FigureSource = FigureSource {
    opens: None,
    name: "登记簿",
    count: |from, ask| {
        Box::pin(async move {
            #[derive(FromQueryResult)]
            struct Row {
                id: String,
                received: String,
                class: i64,
                result: Option<String>,
                closed: Option<String>,
            }
            let sql = "SELECT id, received, class, result, closed FROM measured_request
                        WHERE received <= $1 AND (closed IS NULL OR closed >= $2) ORDER BY id";
            let (last, first) = (format!("{}-12-31", ask.year), format!("{}-01-01", ask.year));
            let rows: Vec<Row> = from.all(sql, vec![last.into(), first.into()]).await?;
            let entry = |row: &Row| RegisterEntry {
                no: row.id.clone(),
                received: row.received.parse().unwrap_or(Date::MIN),
                class: usize::try_from(row.class).map_or(CLASSES[0], |at| CLASSES[at % 6]),
                result: row.result.clone(),
                closed: row.closed.as_ref().and_then(|day| day.parse().ok()),
                remedies: vec![],
            };
            let register: Vec<RegisterEntry> = rows.iter().map(entry).collect();
            let figures = register_figures(&register, ReportYear::new(ask.year));
            let row = |entry: &RegisterEntry| FigureRow {
                key: entry.no.clone(),
                words: entry.no.clone(),
                ..FigureRow::default()
            };
            let mut counted = Counted {
                rows: register.iter().map(row).collect(),
                unplaced: figures.unplaced,
                ..Counted::default()
            };
            for (place, rows) in figures.places {
                counted.count(place, rows);
            }
            Ok(counted)
        })
    },
};

#[tokio::main]
async fn main() -> Outcome<()> {
    let number = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(REQUESTS);
    let folder = store::testing::Folder::new("annual");
    let tables = [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS, review::MIGRATIONS];
    let all = tables.into_iter().chain([reports::MIGRATIONS, REGISTER]).flatten().copied();
    let store = Store::open(&Place::File(folder.path().join("a.db")), &Migrations::of(all)).await?;
    let ledger = Ledger::open(store, Clock::Wall, vec![]).await?;
    let divisions = "code,name,level,parent,slug\n350203000000,思明区,district,,siming\n";
    let organs = format!(
        "code,name,short_name,kind,role,level,division\n{ORGAN},某局,某局,department,finance,district,350203000000\n"
    );
    let furnished = Tables { divisions: Some(divisions), organs: Some(&organs) };
    furnished.keep(ledger.desk(Actor::Operator("bench".into())).await?, "测量").await?;
    let expected = fill(&ledger, number).await?;
    let mut times = Vec::new();
    for year in YEARS {
        let by = signatory();
        let begun = Instant::now();
        let desk = ledger.desk(by.actor()).await?;
        let version = opening::keep(desk, &[SOURCE], &by, year, false).await?;
        times.push(begun.elapsed().as_secs_f64());
        let found = Content::of(ledger.store(), &version.id).await?.tables(Origin::Own);
        for (place, count) in expected.iter().filter(|((own, _), _)| *own == year) {
            let cell = found.cell(place.1).to_string();
            if cell != count.to_string() {
                return Err(format!("{year} {}: {cell}, not {count}", place.1).into());
            }
        }
    }
    let best = times.iter().copied().fold(f64::MAX, f64::min);
    println!("annual: requests={number} opened_s={best:.3}");
    Ok(())
}

fn signatory() -> Signatory {
    review::testing::someone(ORGAN, "foi_officer")
}

/// Writes so many requests for each year, and tells what table 3 must come to.
async fn fill(ledger: &Ledger, number: usize) -> Outcome<BTreeMap<(i16, CellPlace), u64>> {
    let answers = ANSWER_TYPES.on(law::day(2023, 1, 1))?.value;
    let mut expected: BTreeMap<(i16, CellPlace), u64> = BTreeMap::new();
    let mut rows = Vec::with_capacity(number * YEARS.len());
    for year in YEARS {
        for at in 0..number {
            let (class, answer) = (at % CLASSES.len(), &answers[at % answers.len()]);
            let received =
                law::day(year, 1, 1).saturating_add(jiff::Span::new().days((at % 340) as i64));
            let closed = received.saturating_add(jiff::Span::new().days(20));
            let mut count = |year: i16, row: u8| {
                if let Some(row) = reports_rules::Row::new(row) {
                    let place = CellPlace::Table3(row, class);
                    *expected.entry((year, place)).or_default() += 1;
                }
            };
            count(year, 1);
            if closed.year() > year {
                count(year, 25);
                count(closed.year(), 2);
            }
            count(closed.year(), answer.report_row);
            rows.push(vec![
                format!("{year}-{at:06}").into(),
                received.to_string().into(),
                i64::try_from(class)?.into(),
                answer.code.into(),
                closed.to_string().into(),
            ]);
        }
    }
    let change = ledger.store().begin().await?;
    let columns = ["id", "received", "class", "result", "closed"];
    change.insert("measured_request", &columns, rows).await?;
    change.commit().await?;
    Ok(expected)
}
