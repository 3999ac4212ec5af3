//! A district with a bureau, a street and a town, a register of requests in a table of its own, and invented
//! persons in every post.

use std::collections::BTreeMap;
use std::path::Path;

use identity::Tables;
use law::Date;
use ledger::{Actor, Clock, Desk, Ledger};
use reports::acts::{self, ActError, counting, drafting, freezing, opening, submission};
use reports::checking;
use reports::store::{Content, Version};
use reports_rules::{
    Cell, CellPlace, FEES_COLLECTED, RegisterEntry, RemedyEntry, ReportYear, Section,
    register_figures,
};
use requests_rules::ApplicantClass;
use review::{Publishers, Signatory, Step, Unit, Verdict, publication, step};
use store::{FromQueryResult, Migration, Migrations, Statements, Store, Transaction};
use web::{Counted, FigureCount, FigureRow, FigureSource, Room};

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
350203001000,厦港街道,township,350203000000,xiagang
350203002000,示范镇,township,350203000000,shifan
";
const ORGANS: &str = "code,name,short_name,kind,role,level,division
XM00001,厦门市人民政府,市政府,government,government,city,350200000000
XM01001,思明区人民政府,区政府,government,government,district,350203000000
XM01002,思明区人民政府办公室,区政府办,office,office,district,350203000000
XM01010,思明区民政局,区民政局,department,civil_affairs,district,350203000000
XM01101,厦港街道办事处,厦港街道,subdistrict,town,township,350203001000
XM01102,示范镇人民政府,示范镇,town,town,township,350203002000
";

/// The bureau that reports.
pub const BUREAU: &str = "XM01010";
/// The district's government.
pub const GOVERNMENT: &str = "XM01001";

/// A register kept in a table, as a room would keep one.
const REGISTER: &[Migration] = &[Migration {
    number: 20261126859,
    name: "a register of requests for tests",
    sql: "CREATE TABLE testing_request (
              id TEXT PRIMARY KEY, organ TEXT NOT NULL, received TEXT NOT NULL, class TEXT NOT NULL,
              result TEXT, closed TEXT, remedies TEXT NOT NULL)",
}];

/// Counts the register.
pub const SOURCE: FigureSource = FigureSource {
    name: "依申请公开登记簿",
    opens: None,
    count: |from, ask| {
        Box::pin(async move {
            #[derive(FromQueryResult)]
            struct Row {
                id: String,
                received: String,
                class: String,
                result: Option<String>,
                closed: Option<String>,
                remedies: String,
            }
            let sql = "SELECT id, received, class, result, closed, remedies FROM testing_request
                        WHERE organ = $1 ORDER BY id";
            let rows: Vec<Row> = from.all(sql, vec![ask.organ.clone().into()]).await?;
            if rows.is_empty() {
                return Ok(Counted::default());
            }
            let day = |text: &str| text.parse::<Date>().expect("a day");
            let entry = |row: &Row| RegisterEntry {
                no: row.id.clone(),
                received: day(&row.received),
                class: serde_json::from_value(row.class.clone().into()).expect("a class"),
                result: row.result.clone(),
                closed: row.closed.as_deref().map(day),
                remedies: serde_json::from_str::<Vec<RemedyEntry>>(&row.remedies).expect("JSON"),
            };
            let register: Vec<RegisterEntry> = rows.iter().map(entry).collect();
            let mut counted = counted(&register, ask.year);
            // The voucher of a test's fee is the name of its request: 4700元-1.
            let paid: Vec<(usize, u64)> = rows
                .iter()
                .enumerate()
                .filter_map(|(at, row)| Some((at, row.id.split_once("元-")?.0.parse().ok()?)))
                .collect();
            counted.counts.push(FigureCount {
                place: FEES_COLLECTED.to_owned(),
                number: paid.iter().map(|(_, sum)| sum).sum::<u64>().to_string(),
                rows: paid.into_iter().map(|(at, _)| at).collect(),
            });
            Ok(counted)
        })
    },
};

/// What a register comes to, in the terms of the port.
pub fn counted(register: &[RegisterEntry], year: i16) -> Counted {
    let figures = register_figures(register, ReportYear::new(year));
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
    counted
}

/// One request of the register.
pub struct Asked(pub &'static str, pub &'static str, pub Option<(&'static str, &'static str)>);

/// The ledger with everything furnished, and what rooms publish.
pub struct Ground {
    pub ledger: Ledger,
    pub publishers: Publishers,
}

pub async fn on_both(check: impl AsyncFn(Ground)) {
    on_both_at("2027-01-12T02:00:00Z", check).await;
}

/// The same at another moment.
pub async fn on_both_at(now: &str, check: impl AsyncFn(Ground)) {
    let tables = [
        jobs::MIGRATIONS,
        identity::MIGRATIONS,
        ledger::MIGRATIONS,
        review::MIGRATIONS,
        reports::MIGRATIONS,
        REGISTER,
    ];
    let migrations = Migrations::of(tables.into_iter().flatten().copied());
    store::testing::on_both("reports", async |place| {
        let store = Store::open(&place, &migrations).await.expect("opens");
        let clock = Clock::Fixed(now.parse().expect("a moment"));
        let ledger = Ledger::open(store, clock, vec![]).await.expect("opens");
        let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
        let desk = ledger.desk(Actor::Operator("test".into())).await.expect("a desk");
        tables.keep(desk, "测试数据").await.expect("divisions and organs");
        let publishers = Publishers::of(&rooms(), Path::new("."));
        check(Ground { ledger, publishers }).await;
    })
    .await;
}

fn rooms() -> Vec<Room> {
    let publishers = vec![reports::acts::publication::PUBLISHER];
    vec![Room { publishers, ..Room::default() }]
}

/// An invented person in a post.
pub fn by(organ: &str, role: &str) -> Signatory {
    review::testing::someone(organ, role)
}

impl Ground {
    pub async fn desk(&self, by: &Signatory) -> Desk {
        self.ledger.desk(by.actor()).await.expect("a desk")
    }

    pub async fn change(&self) -> Transaction {
        self.ledger.store().begin().await.expect("a transaction")
    }

    /// The same ground on another day.
    pub fn on(&self, now: &str) -> Self {
        let clock = Clock::Fixed(now.parse().expect("a moment"));
        let publishers = Publishers::of(&rooms(), Path::new("."));
        Self { ledger: self.ledger.clone().with_clock(clock), publishers }
    }

    /// Puts requests of natural persons into the register of an organ.
    pub async fn registers(&self, organ: &str, requests: &[Asked]) {
        let change = self.change().await;
        for Asked(id, received, done) in requests {
            let class = serde_json::to_value(ApplicantClass::NaturalPerson).expect("JSON");
            let row = vec![
                (*id).into(),
                organ.into(),
                (*received).into(),
                class.as_str().expect("a word").into(),
                done.map(|(result, _)| result).into(),
                done.map(|(_, closed)| closed).into(),
                "[]".into(),
            ];
            let columns = ["id", "organ", "received", "class", "result", "closed", "remedies"];
            change.insert("testing_request", &columns, vec![row]).await.expect("kept");
        }
        change.commit().await.expect("kept");
    }

    pub async fn opens(&self, organ: &str, year: i16) -> Version {
        let by = by(organ, "foi_officer");
        let desk = self.desk(&by).await;
        opening::keep(desk, &[SOURCE], &by, year, false).await.expect("opened")
    }

    pub async fn content(&self, version: &Version) -> Content {
        Content::of(self.ledger.store(), &version.id).await.expect("the database answers")
    }

    pub async fn now(&self, version: &Version) -> Version {
        let found = Version::find(self.ledger.store(), &version.id).await;
        found.expect("the database answers").expect("it is there")
    }

    /// Writes every part of the prose, and 0 wherever nothing is counted.
    pub async fn writes(&self, version: &Version, text: &str) {
        self.tells(version, text).await;
        self.fills(version).await;
    }

    /// Writes every part of the prose.
    pub async fn tells(&self, version: &Version, text: &str) {
        let by = by(&version.organ, "foi_officer");
        let seen = drafting::print_of_texts(&self.content(version).await);
        let given: BTreeMap<String, String> = drafting::parts(version)
            .into_iter()
            .map(|(part, name)| (part.to_owned(), format!("{name}：{text}")))
            .collect();
        let desk = self.desk(&by).await;
        drafting::keep_texts(desk, &by, &version.id, &seen, &given).await.expect("written");
    }

    /// Describes everything that is found in a draft.
    pub async fn describes(&self, version: &Version) {
        let content = self.content(version).await;
        let checks = checking::check(self.ledger.store(), version, &content).await.expect("looks");
        let breaches = checks.breaches.iter().map(ToString::to_string);
        let names = breaches.chain(checks.doubts.iter().map(ToString::to_string));
        let given = names.map(|name| (name, "原件如此".to_owned())).collect();
        let by = by(&version.organ, "foi_officer");
        let desk = self.desk(&by).await;
        drafting::explain(desk, &by, &version.id, &given).await.expect("explained");
    }

    /// Types 0 wherever nothing is counted or typed yet.
    pub async fn fills(&self, version: &Version) {
        for section in [Section::Proactive, Section::Requests, Section::Remedies] {
            let content = self.content(version).await;
            let own = |place: &CellPlace| {
                content.cells.get(place).is_none_or(|cell| cell.value == Cell::Blank)
            };
            let open = drafting::typed_places(section, version.origin).filter(own);
            let names: Vec<String> = open.map(|place| place.to_string()).collect();
            let numbers: Vec<(&str, &str)> = names.iter().map(|one| (one.as_str(), "0")).collect();
            if !numbers.is_empty() {
                self.types(version, section, &numbers, "台账").await.expect("typed");
            }
        }
    }

    /// Types numbers into a section's table.
    pub async fn types(
        &self,
        version: &Version,
        section: Section,
        numbers: &[(&str, &str)],
        note: &str,
    ) -> Result<(), ActError> {
        let by = by(&version.organ, "foi_officer");
        let seen = drafting::print_of_cells(&self.content(version).await, section);
        let place = |name: &str| CellPlace::named(name).expect("a place");
        let given = numbers.iter().map(|(name, text)| (place(name), (*text).to_owned())).collect();
        let desk = self.desk(&by).await;
        drafting::keep_cells(desk, &by, &version.id, (section, &seen), &given, note).await
    }

    /// Takes the numbers of a draft anew.
    pub async fn counts(&self, version: &Version) {
        let by = by(&version.organ, "foi_officer");
        let desk = self.desk(&by).await;
        counting::keep(desk, &[SOURCE], &by, &version.id).await.expect("counted");
    }

    /// Hands a draft in for review.
    pub async fn submits(&self, version: &Version) -> Result<Unit, ActError> {
        let by = by(&version.organ, "foi_officer");
        let desk = self.desk(&by).await;
        submission::keep(desk, &self.publishers, &[SOURCE], &by, &version.id, None).await
    }

    /// Somebody in whose role it is passes a step.
    pub async fn passes(&self, unit: &Unit, of: Step) -> Result<Unit, review::ActError> {
        let by = by(&unit.organ, of.roles()[0]);
        let desk = self.desk(&by).await;
        step::keep(desk, &self.publishers, &unit.id, of, &Verdict::Pass, &by).await
    }

    /// The head freezes what was reviewed.
    pub async fn freezes(&self, version: &Version) -> Result<web::ContentHash, ActError> {
        let by = by(&version.organ, "foi_head");
        freezing::keep(self.desk(&by).await, &[SOURCE], &by, &version.id).await
    }

    /// Takes a draft through its review until it can be published.
    pub async fn signs(&self, version: &Version) -> Unit {
        let unit = self.submits(version).await.expect("handed in");
        for of in [Step::First, Step::Secrecy] {
            self.passes(&unit, of).await.expect("passed");
        }
        self.freezes(version).await.expect("frozen");
        self.passes(&unit, Step::Signature).await.expect("signed");
        unit
    }

    pub async fn releases(&self, unit: &Unit) {
        let by = by(&unit.organ, "publisher");
        let desk = self.desk(&by).await;
        publication::keep(desk, &self.publishers, &unit.id, &by).await.expect("published");
    }

    /// Opens, writes, freezes, reviews and publishes a report.
    pub async fn publishes(&self, organ: &str, year: i16) -> Version {
        let version = self.opens(organ, year).await;
        self.writes(&version, "按要求开展，没有其他情况。").await;
        self.finishes(&version).await
    }

    /// Reviews, freezes and publishes a draft.
    pub async fn finishes(&self, version: &Version) -> Version {
        let unit = self.signs(version).await;
        self.releases(&unit).await;
        self.now(version).await
    }
}

/// What a refusal says.
pub fn said(error: acts::ActError) -> String {
    let remedy = error.remedy();
    format!("{error}。{remedy}")
}
