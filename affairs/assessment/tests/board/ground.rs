//! A city and a district with three organs, and a register of what they had to do in a table of its own.

use std::sync::Arc;

use assessment::acts::counting::{self, Which};
use assessment::store::Count;
use assessment_rules::{Next, Period};
use axum::Router;
use identity::{Level, Tables};
use law::Date;
use ledger::{Actor, Clock, Ledger};
use search::Search;
use store::{FromQueryResult, Migration, Migrations, Statements, Store};
use web::testing::{self, site};
use web::{
    Assessed, AssessedCase, AssessedRow, AssessedSource, DirectorySource, House, Room,
    SiteDirectory,
};

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
350206000000,湖里区,district,350200000000,huli
";
const ORGANS: &str = "code,name,short_name,kind,role,level,division
XM00001,厦门市人民政府,市政府,government,government,city,350200000000
XM01010,思明区民政局,区民政局,department,civil_affairs,district,350203000000
XM01012,思明区财政局,区财政局,department,finance,district,350203000000
XM02010,湖里区民政局,湖里区民政局,department,civil_affairs,district,350206000000
";

/// A bureau with much to do, one with little, one in another district.
pub const BUREAU: &str = "XM01010";
pub const SMALL: &str = "XM01012";
pub const OTHER: &str = "XM02010";

/// What had to be done, kept in a table as a room would keep it.
const REGISTER: &[Migration] = &[Migration {
    number: 20261126959,
    name: "what had to be done, for tests",
    sql: "CREATE TABLE testing_case (
              id TEXT PRIMARY KEY, kind TEXT NOT NULL, organ TEXT NOT NULL, division TEXT NOT NULL,
              arose TEXT NOT NULL, last TEXT, done TEXT, left_out TEXT)",
}];

#[derive(FromQueryResult)]
struct CaseRow {
    id: String,
    kind: String,
    organ: String,
    division: String,
    arose: String,
    last: Option<String>,
    done: Option<String>,
    left_out: Option<String>,
}

/// Hands over everything; who asks for a period takes what belongs to it.
pub const SOURCE: AssessedSource = AssessedSource {
    name: "测试台账",
    hand_over: |from, asked| {
        Box::pin(async move {
            let sql =
                "SELECT id, kind, organ, division, arose, last, done, left_out FROM testing_case
                        ORDER BY id";
            let rows: Vec<CaseRow> = from.all(sql, vec![]).await?;
            let shelf = |row: &CaseRow| AssessedRow {
                organ: row.organ.clone(),
                division: row.division.clone(),
                domain: "jiuye".into(),
                due_since: day(&row.last).filter(|last| *last <= asked.over),
                published_since: day(&row.done).filter(|done| *done <= asked.known),
                is_current: day(&row.done).is_some_and(|done| done <= asked.known),
                words: format!("事项{}", row.id),
                path: Some(format!("/x/{}", row.id)),
                listed: true,
            };
            let of_catalogue = rows.iter().filter(|row| row.kind == "publication");
            Ok(Assessed {
                rows: of_catalogue.map(shelf).collect(),
                cases: rows.iter().map(case).collect(),
            })
        })
    },
};

fn day(text: &Option<String>) -> Option<Date> {
    text.as_ref().map(|text| text.parse().expect("a day"))
}

fn case(row: &CaseRow) -> AssessedCase {
    let kind = if row.kind == "answer" { "answer" } else { "publication" };
    AssessedCase {
        kind,
        key: row.id.clone(),
        organ: row.organ.clone(),
        division: row.division.clone(),
        domain: if kind == "answer" { String::new() } else { "jiuye".into() },
        // A room that tells too much: none of it may come out.
        words: if kind == "answer" {
            "林秀英要的信息".into()
        } else {
            format!("事项{}", row.id)
        },
        path: Some(format!("/x/{}", row.id)),
        arose: row.arose.parse().ok(),
        last: day(&row.last),
        done: day(&row.done),
        listed: true,
        left_out: row.left_out.clone(),
        ..AssessedCase::default()
    }
}

/// One thing: its name, the organ, the day it began, the last day, the day it was done.
pub struct Thing(pub &'static str, pub &'static str, pub [Option<&'static str>; 3]);

pub struct Ground {
    pub ledger: Ledger,
    house: Arc<House>,
    routes: Router,
}

pub async fn on_both(check: impl AsyncFn(Ground)) {
    let tables = [
        jobs::MIGRATIONS,
        identity::MIGRATIONS,
        ledger::MIGRATIONS,
        assessment::MIGRATIONS,
        REGISTER,
    ];
    let migrations = Migrations::of(tables.into_iter().flatten().copied());
    store::testing::on_both("assessment", async |place| {
        let store = Store::open(&place, &migrations).await.expect("opens");
        let ledger = Ledger::open(store, at("2026-08-25"), vec![]).await.expect("opens");
        let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
        let desk = ledger.desk(Actor::Operator("test".into())).await.expect("a desk");
        tables.keep(desk, "测试数据").await.expect("divisions and organs");
        check(Ground::over(ledger).await).await;
    })
    .await;
}

/// Ten in the morning in China on a day.
fn at(on: &str) -> Clock {
    Clock::Fixed(format!("{on}T02:00:00Z").parse().expect("a moment"))
}

impl Ground {
    async fn over(ledger: Ledger) -> Self {
        let directory = DirectorySource {
            read: |_| {
                Box::pin(async {
                    Ok(SiteDirectory::of(vec![
                        site(&[("", "厦门市")], Level::City, "3502", "XM00001"),
                        site(&[("/siming", "思明区")], Level::District, "350203", BUREAU),
                        site(&[("/huli", "湖里区")], Level::District, "350206", OTHER),
                    ]))
                })
            },
        };
        let surroundings = Room {
            name: "surroundings",
            directory: Some(directory),
            assessed: Some(SOURCE),
            ..Room::default()
        };
        let rooms = vec![assessment::room(), surroundings];
        let search = Search::in_memory().expect("memory");
        let mut house = House::new(ledger.clone(), search, rooms, std::env::temp_dir(), false);
        let routes = house.take_routes();
        house.refresh_directory().await.expect("reads");
        let house = Arc::new(house);
        Self { ledger, routes: web::portal(&house, routes), house }
    }

    /// The same ground on another day.
    pub async fn on(&self, day: &str) -> Self {
        Self::over(self.ledger.clone().with_clock(at(day))).await
    }

    /// Writes things into the register.
    pub async fn knows(&self, kind: &str, things: &[Thing]) {
        let change = self.ledger.store().begin().await.expect("a transaction");
        for Thing(id, organ, [arose, last, done]) in things {
            let division = if *organ == OTHER { "350206000000" } else { "350203000000" };
            let row = vec![
                (*id).into(),
                kind.into(),
                (*organ).into(),
                division.into(),
                (*arose).into(),
                (*last).into(),
                (*done).into(),
                None::<String>.into(),
            ];
            let columns = ["id", "kind", "organ", "division", "arose", "last", "done", "left_out"];
            change.insert("testing_case", &columns, vec![row]).await.expect("kept");
        }
        change.commit().await.expect("kept");
    }

    /// Ten obligations of the bureau in August, eight of them kept in time, and what the others had to do.
    pub async fn summer(&self) {
        const NAMES: [&str; 10] = ["a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9"];
        let (arose, last) = (Some("2026-07-20"), Some("2026-08-20"));
        let done = |at| match at {
            0..=7 => Some("2026-08-19"),
            8 => Some("2026-08-21"),
            _ => None,
        };
        let things: Vec<Thing> = NAMES
            .iter()
            .enumerate()
            .map(|(at, name)| Thing(name, BUREAU, [arose, last, done(at)]))
            .collect();
        self.knows("publication", &things).await;
        let few = [
            Thing("b0", SMALL, [arose, last, Some("2026-08-10")]),
            Thing("c0", OTHER, [arose, last, None]),
        ];
        self.knows("publication", &few).await;
    }

    pub async fn says(&self, sql: &str) -> Result<u64, String> {
        let change = self.ledger.store().begin().await.expect("a transaction");
        let done = change.run(sql, vec![]).await.map_err(|error| format!("{error:?}"))?;
        change.commit().await.map_err(|error| format!("{error:?}"))?;
        Ok(done)
    }

    /// Counts everything.
    pub async fn counts(&self) -> Vec<(String, Next)> {
        let done = counting::keep(&self.ledger, &[SOURCE], Which::All).await.expect("counted");
        done.into_iter().map(|(period, next)| (period.key(), next)).collect()
    }

    /// The versions of a period, the newest first.
    pub async fn versions(&self, key: &str) -> Vec<Count> {
        let period = Period::parse(key).expect("a period");
        Count::of_period(self.ledger.store(), period).await.expect("the database answers")
    }

    /// A page that is there and sound.
    pub async fn sound(&self, address: &str) -> String {
        self.house.forget_pages();
        testing::sound(&self.routes, address).await
    }

    /// Whatever stands at an address.
    pub async fn read(&self, address: &str) -> (u16, String) {
        self.house.forget_pages();
        let (status, text) = testing::read(&self.routes, address).await;
        (status.as_u16(), text)
    }
}
