//! A small house with this room over a real store: a city, a district with two bureaus, two towns;
//! the district's catalogue of one domain in force; and a worker that lets listeners hear.

use std::sync::Arc;

use catalogue::acts::event::{self, Registration};
use catalogue::acts::{domains, import, release};
use catalogue::store::{DomainLine, Obligation, keyed};
use catalogue_rules::obligation::{ObligationState, Trigger};
use catalogue_rules::{Item, Method, ReadCatalogue, TimeLimit};
use identity::Tables;
use jobs::{Kinds, Queue};
use law::{Date, day};
use ledger::{Actor, Clock, Desk, Entry, Ledger, Subscription};
use search::Search;
use store::{Migrations, Place, Statements, Store};
use web::House;

pub const DOMAIN: &str = "yanglaofuwu";
pub const DISTRICT: &str = "350203000000";
pub const GOVERNMENT: &str = "XM01001";
pub const CIVIL: &str = "XM01023";
pub const TOWN: &str = "XM01101";

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
350203001000,厦港街道,township,350203000000,xiagang
350203003000,中华街道,township,350203000000,zhonghua
";
const ORGANS: &str = "code,name,short_name,kind,role,level,division
XM01001,厦门市思明区人民政府,思明区政府,government,government,district,350203000000
XM01023,厦门市思明区民政局,思明区民政局,department,civil_affairs,district,350203000000
XM01025,厦门市思明区教育局,思明区教育局,department,education,district,350203000000
XM01101,厦门市思明区人民政府厦港街道办事处,厦港街道办事处,subdistrict,town,township,350203001000
XM01102,厦门市思明区人民政府中华街道办事处,中华街道办事处,subdistrict,town,township,350203003000
";

/// One house at one moment.
pub struct Sample {
    pub house: Arc<House>,
}

/// Runs a check over a furnished store on each engine.
pub async fn over_days(check: impl AsyncFn(Place)) {
    store::testing::on_both("obligations", async |place| {
        Sample::at(&place, "2026-11-25").await.furnish().await;
        check(place).await;
    })
    .await;
}

/// The same, for checks of one day.
pub async fn on_both(check: impl AsyncFn(Sample)) {
    over_days(async |place| check(Sample::at(&place, "2026-11-25").await).await).await;
}

/// An item with a limit and a body that answers for it.
pub fn item(name: &str, limit: &str, subject: &str) -> Item {
    Item {
        level1: Some("养老服务".into()),
        level2: Some(name.into()),
        elements: vec!["名单".into()],
        basis: vec!["《政府信息公开条例》".into()],
        time_limit_raw: limit.into(),
        time_limit: TimeLimit::read(limit),
        subjects: vec![subject.into()],
        methods: vec![Method::Proactive],
        ..Item::default()
    }
}

/// The key of an item with this name.
pub fn key(name: &str) -> String {
    keyed(vec![item(name, "", "")]).remove(0).key
}

pub fn items() -> Vec<Item> {
    vec![
        item("扶持政策", "信息形成或变更之日起20个工作日内", "区民政局"),
        item("补贴名单", "每季度", "镇人民政府（街道办事处）"),
        item("评估结果", "半年至少更新1次", "区民政局"),
        item("会议", "会议召开3个工作日前", "区民政局"),
        item("采购", "随采购公告公开", "区民政局"),
    ]
}

impl Sample {
    /// Opens the house over a store on the morning of a day.
    pub async fn at(place: &Place, day: &str) -> Self {
        let tables = [
            jobs::MIGRATIONS,
            identity::MIGRATIONS,
            ledger::MIGRATIONS,
            review::MIGRATIONS,
            catalogue::MIGRATIONS,
        ];
        let store = Store::open(place, &Migrations::of(tables.concat())).await.expect("opens");
        let clock = Clock::Fixed(format!("{day}T02:00:00Z").parse().expect("a moment"));
        let room = catalogue::room();
        let listens = room.listeners.iter().filter(|one| one.name != "catalogue.search");
        let heard = |one: &web::Listener| Subscription { listener: one.name, acts: one.acts };
        let ledger = Ledger::open(store, clock, listens.map(heard).collect()).await.expect("opens");
        let search = Search::in_memory().expect("memory");
        let house = House::new(ledger, search, vec![room], std::env::temp_dir(), false);
        Self { house: Arc::new(house) }
    }

    async fn furnish(&self) {
        let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
        tables.keep(self.desk().await, "测试数据").await.expect("divisions and organs");
        let domain = DomainLine {
            slug: DOMAIN.into(),
            ordinal: 21,
            names: vec![("养老服务".into(), day(2020, 7, 7), None)],
            also_called: None,
            note: None,
        };
        domains::keep(self.desk().await, &[domain], "厦府办〔2020〕67号").await.expect("domains");
        self.release(GOVERNMENT, items(), day(2020, 11, 10)).await;
        self.work().await;
    }

    /// An organ's catalogue with these items comes into force on a day.
    pub async fn release(&self, organ: &str, items: Vec<Item>, from: Date) {
        let file = import::Import {
            organ: organ.into(),
            domain: "养老服务".into(),
            read: ReadCatalogue { items, ..ReadCatalogue::default() },
            source_name: "目录.csv".into(),
            source_sha256: String::new(),
            demo: false,
        };
        import::keep(self.desk().await, file).await.expect("imports");
        release::grant(self.desk().await, organ, "养老服务", from).await.expect("releases");
    }

    /// A desk for a clerk.
    pub async fn desk(&self) -> Desk {
        self.ledger().desk(Actor::Operator("clerk".into())).await.expect("a desk")
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        self.house.ledger()
    }

    /// The store.
    pub fn store(&self) -> &Store {
        self.house.store()
    }

    /// The ledger is told of a publication, as the room of records tells it.
    pub async fn publish(&self, record: &str, organ: &str, item: &str, made_on: &str) {
        self.publish_from(record, organ, item, made_on, serde_json::json!("here")).await;
    }

    /// The same of what was taken over from elsewhere.
    pub async fn publish_from(
        &self,
        record: &str,
        organ: &str,
        item: &str,
        made_on: &str,
        origin: serde_json::Value,
    ) {
        let mut desk = self.desk().await;
        let facts = serde_json::json!({
            "title": "一份信息", "made_on": made_on, "origin": origin,
            "items": [[DOMAIN, key(item)]],
        });
        let entry = Entry {
            room: "records",
            act: "publication",
            subject: format!("record:{record}"),
            organ: organ.into(),
            basis: "《政府信息公开条例》第二十六条".into(),
            facts,
        };
        desk.record(entry).await.expect("records");
        desk.seal().await.expect("seals");
        self.work().await;
    }

    /// An event is registered today.
    pub async fn happened(&self, organ: &str, item: &str, on: Date) -> event::Registered {
        let given = Registration {
            organ: organ.into(),
            domain: DOMAIN.into(),
            item: key(item),
            words: "政策已批准".into(),
            happened_on: on,
        };
        event::keep(self.desk().await, given).await.expect("registers")
    }

    /// Lets listeners hear all that is due now; says how many jobs there were.
    pub async fn work(&self) -> usize {
        let (store, now) = (self.store(), self.ledger().clock().now());
        let change = store.begin().await.expect("begins");
        let jobs = Queue::claim(&change, Kinds::Any, now, 100).await.expect("claims");
        change.commit().await.expect("commits");
        for job in &jobs {
            let listener = self.house.listeners().find(|one| one.name == job.kind).copied();
            let event = self.ledger().event(&job.payload).await.expect("asks").expect("is there");
            let change = store.begin().await.expect("begins");
            let listener = listener.expect("somebody listens");
            (listener.hear)(&self.house, &event, &change).await.expect("hears");
            Queue::finish(&change, job).await.expect("finishes");
            change.commit().await.expect("commits");
        }
        jobs.len()
    }

    /// Everything owed, by keys.
    pub async fn owed(&self) -> Vec<Obligation> {
        let mut owed = Obligation::listed(self.store(), None, &[], None, 1000).await.expect("asks");
        owed.sort_by(|a, b| a.id.cmp(&b.id));
        owed
    }

    /// The one set off by this.
    pub async fn owed_by(&self, trigger: &Trigger) -> Option<Obligation> {
        self.owed().await.into_iter().find(|one| one.trigger == *trigger)
    }

    /// How the one set off by a record stands.
    pub async fn state_of(&self, record: &str) -> Option<ObligationState> {
        self.owed_by(&Trigger::Record(record.into())).await.map(|one| one.state)
    }

    /// A number out of the store.
    pub async fn number(&self, sql: &str) -> i64 {
        self.store().number(sql, vec![]).await.expect("asks").expect("a number")
    }
}
