//! A city with one organ that asks, on a day that the test sets.

use identity::{Organ, Tables};
use jiff::SignedDuration;
use law::{Date, day};
use ledger::{Actor, Clock, Desk, Ledger};
use participation::acts::opinion::{self, Given, Receipt};
use participation::acts::{ActError, drafting};
use participation::store::{Consultation, Contact, HandedIn, Opinion, Said};
use participation_rules::{Sender, Stage, Way};
use review::testing::someone;
use review::{Publishers, Signatory, Unit};
use secrets::{Algorithm, Sealer};
use store::{FromQueryResult, Migrations, Place, Statements, Store, testing};

const DIVISIONS: &str = include_str!("../../../../server/demo/divisions.csv");
const ORGANS: &str = include_str!("../../../../server/demo/organs.csv");

pub const ORGAN: &str = "XM00001";

pub const DRAFT: &str = "第一条 供水单位应当保障供水。\n第二条 停水提前十二小时通知用水人。\n第三条 本办法自公布之日起施行。";

pub const TODAY: Date = day(2026, 11, 27);

pub struct City {
    pub ledger: Ledger,
    pub sealer: Sealer,
    pub publishers: Publishers,
    pub organ: Organ,
    folder: testing::Folder,
}

pub fn said(days: u32) -> Said {
    Said {
        title: "供水办法（草案）".into(),
        explanation: "停水没有统一的规定。".into(),
        draft: DRAFT.into(),
        days,
        short_reason: String::new(),
        ways: vec![Way::Public],
        post: "湖滨北路 61 号".into(),
        telephone: "0592-0000000".into(),
        mail: String::new(),
    }
}

pub fn organiser() -> Signatory {
    someone(ORGAN, "participation_organiser")
}

pub fn given(clause: u32, name: &str, words: &str) -> Given {
    Given {
        clause,
        sender: Sender::Person,
        words: words.into(),
        contact: Contact { name: name.into(), contact: "13800138000".into() },
        key: format!("form-{clause}-{name}-{words}"),
        demo: false,
    }
}

impl City {
    pub async fn founded(place: &Place, name: &str) -> Self {
        let parts = [
            jobs::MIGRATIONS,
            identity::MIGRATIONS,
            ledger::MIGRATIONS,
            review::MIGRATIONS,
            participation::MIGRATIONS,
        ];
        let migrations = Migrations::of(parts.into_iter().flatten().copied());
        let store = Store::open(place, &migrations).await.expect("a store");
        let noon = "2026-11-27T04:00:00Z".parse().expect("a moment");
        let ledger = Ledger::open(store, Clock::Fixed(noon), vec![]).await.expect("a ledger");
        let desk = ledger.desk(Actor::Operator("test".into())).await.expect("a desk");
        let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
        tables.keep(desk, "测试数据").await.expect("divisions and organs");
        let organ = Organ::find(ledger.store(), ORGAN).await.expect("asks").expect("the city");
        let folder = testing::Folder::new(name);
        let keys = folder.path().join("secrets");
        let sealer = Sealer::open_or_make(&keys, Algorithm::Aes256Gcm).expect("keys");
        let publishers = Publishers::of(&[participation::room()], folder.path());
        Self { ledger, sealer, publishers, organ, folder }
    }

    /// The same city so many days later.
    pub fn after(self, days: i64) -> Self {
        let then = self.ledger.clock().now() + SignedDuration::from_hours(24 * days);
        Self { ledger: self.ledger.with_clock(Clock::Fixed(then)), ..self }
    }

    pub async fn desk(&self, by: &Signatory) -> Desk {
        self.ledger.desk(by.actor()).await.expect("a desk")
    }

    pub async fn drafted(&self, said: &Said) -> String {
        let by = organiser();
        let desk = self.desk(&by).await;
        drafting::begin(desk, &by, (&self.organ, false), said).await.expect("a draft")
    }

    pub async fn submitted(&self, id: &str) -> Result<Unit, ActError> {
        let by = organiser();
        drafting::submit(self.desk(&by).await, &self.publishers, &by, (ORGAN, id)).await
    }

    /// A consultation for thirty days that everybody may speak about.
    pub async fn opened(&self) -> String {
        let id = self.drafted(&said(30)).await;
        let unit = self.submitted(&id).await.expect("hands in");
        self.publish(&unit).await;
        id
    }

    pub async fn publish(&self, unit: &Unit) {
        review::testing::publish(&self.ledger, &self.publishers, unit).await.expect("publishes");
    }

    pub async fn say(&self, id: &str, given: &Given) -> Result<Receipt, ActError> {
        opinion::receive(&self.ledger, &self.sealer, id, given).await
    }

    pub async fn of(&self, id: &str) -> Consultation {
        Consultation::find(self.ledger.store(), id).await.expect("asks").expect("is there")
    }

    pub async fn stage(&self, id: &str) -> Stage {
        self.of(id).await.stage(self.ledger.clock().today())
    }

    pub async fn one(&self, id: &str, number: i64) -> Opinion {
        Opinion::find(self.ledger.store(), id, number).await.expect("asks").expect("is there")
    }

    /// How many entries of an act the ledger has.
    pub async fn told(&self, act: &str) -> i64 {
        let sql = "SELECT COUNT(*) FROM ledger_event
                    WHERE room = 'participation' AND act = $1 AND basis <> ''";
        let found = self.ledger.store().number(sql, vec![act.into()]).await;
        found.expect("asks").unwrap_or_default()
    }

    /// All texts of a statement that gives one column.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        #[derive(FromQueryResult)]
        struct Text {
            text: String,
        }
        let rows: Vec<Text> = self.ledger.store().all(sql, vec![]).await.expect("asks");
        rows.into_iter().map(|row| row.text).collect()
    }

    /// What the database says to a statement of somebody who goes round the program.
    pub async fn raw(&self, sql: &str) -> String {
        let change = self.ledger.store().begin().await.expect("a change");
        match change.run(sql, vec![]).await {
            Ok(rows) => format!("touched {rows}"),
            Err(error) => format!("{error:?}"),
        }
    }

    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}
