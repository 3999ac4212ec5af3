//! A small house with this room over a real store: a city with a district and a town, each with a
//! site, and the district's catalogue of one domain.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use catalogue::acts::{computation, domains, import, release};
use catalogue::store::{Catalogue, DomainLine, KeyedItem, Version};
use catalogue_rules::{Audience, Item, Method, ReadCatalogue, TimeLimit};
use identity::{Level, Tables};
use law::day;
use ledger::{Actor, Clock, Desk, Entry, Ledger};
use search::Search;
use store::{FromQueryResult, Migrations, Place, Statements, Store, Value};
use web::testing::{self, site};
use web::{Ask, By, DirectorySource, House, Later, Listing, Room, Rows, SiteDirectory, Tally};

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
350203001000,厦港街道,township,350203000000,xiagang
";
const ORGANS: &str = "code,name,short_name,kind,role,level,division
XM00001,厦门市人民政府,市政府,government,government,city,350200000000
XM01001,厦门市思明区人民政府,思明区政府,government,government,district,350203000000
XM01006,厦门市思明区民政局,思明区民政局,department,civil,district,350203000000
XM01101,厦门市思明区人民政府厦港街道办事处,厦港街道,town,town,township,350203001000
";

/// The district of the sample.
pub const DISTRICT: &str = "350203000000";

/// One house at one moment.
pub struct Sample {
    pub house: Arc<House>,
    portal: Router,
}

/// Runs a check in a fresh house on each engine, in the morning of 2026-11-25 in China.
pub async fn on_both(name: &str, check: impl AsyncFn(Sample)) {
    store::testing::on_both(name, async |place| {
        let sample = Sample::at(&place, "2026-11-25").await;
        sample.furnish().await;
        check(sample).await;
    })
    .await;
}

/// The same as [`on_both`], for checks that go on on later days.
pub async fn over_days(name: &str, check: impl AsyncFn(Place)) {
    store::testing::on_both(name, async |place| {
        Sample::at(&place, "2026-11-25").await.furnish().await;
        check(place).await;
    })
    .await;
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
        let ledger = Ledger::open(store, clock, vec![]).await.expect("opens");
        let rooms = vec![catalogue::room(), surroundings()];
        let search = Search::in_memory().expect("memory");
        let mut house = House::new(ledger, search, rooms, std::env::temp_dir(), false);
        let routes = house.take_routes();
        house.refresh_directory().await.expect("reads");
        let house = Arc::new(house);
        Self { portal: web::portal(&house, routes), house }
    }

    async fn furnish(&self) {
        let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
        tables.keep(self.desk().await, "测试数据").await.expect("divisions and organs");
        let domain = DomainLine {
            slug: "yanglaofuwu".into(),
            ordinal: 21,
            names: vec![("养老服务".into(), day(2020, 7, 7), None)],
            also_called: None,
            note: None,
        };
        domains::keep(self.desk().await, &[domain], "厦府办〔2020〕67号").await.expect("domains");
        let items = vec![
            item("扶持补贴", Audience::WholeSociety),
            item("机构评估结果", Audience::WholeSociety),
            item("个人补贴名单", Audience::CertainGroup),
            quarterly("床位统计"),
            item("投诉处理结果", Audience::WholeSociety),
        ];
        self.release("XM01001", items).await;
    }

    async fn release(&self, organ: &str, items: Vec<Item>) {
        let file = import::Import {
            organ: organ.into(),
            domain: "养老服务".into(),
            read: ReadCatalogue { items, ..ReadCatalogue::default() },
            source_name: "目录.csv".into(),
            source_sha256: String::new(),
            demo: false,
        };
        import::keep(self.desk().await, file).await.expect("imports");
        let from = day(2020, 11, 10);
        release::grant(self.desk().await, organ, "养老服务", from).await.expect("releases");
    }

    /// Another district with a catalogue of the same domain; the key of an item that only it has.
    pub async fn neighbour(&self) -> String {
        let divisions = format!("{DIVISIONS}350205000000,海沧区,district,350200000000,haicang\n");
        let organ = "厦门市海沧区人民政府,海沧区政府,government,government,district,350205000000";
        let organs = format!("{ORGANS}XM02001,{organ}\n");
        let tables = Tables { divisions: Some(&divisions), organs: Some(&organs) };
        tables.keep(self.desk().await, "测试数据").await.expect("divisions and organs");
        let items = vec![item("邻里互助", Audience::WholeSociety)];
        self.release("XM02001", items).await;
        self.key_of("XM02001", "邻里互助").await
    }

    /// A desk for a clerk.
    pub async fn desk(&self) -> Desk {
        self.ledger().desk(Actor::Operator("clerk".into())).await.expect("a desk")
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        self.house.ledger()
    }

    /// The key of the item with this name.
    pub async fn key(&self, name: &str) -> String {
        self.key_of("XM01001", name).await
    }

    async fn key_of(&self, organ: &str, name: &str) -> String {
        let store = self.house.store();
        let catalogue = Catalogue::of(store, organ, "yanglaofuwu").await.expect("asks");
        let catalogue = catalogue.expect("there is one").id;
        let version = Version::live(store, &catalogue, day(2026, 11, 25)).await.expect("asks");
        let items = KeyedItem::all(store, &version.expect("in force").id).await.expect("asks");
        let found = items.into_iter().find(|keyed| keyed.item.level2.as_deref() == Some(name));
        found.expect("there is such an item").key
    }

    /// The records room tells of a publication today, and this room hears of it.
    pub async fn publishes(&self, record: &str, item: &str, organ: &str, made_on: &str) {
        let entry = Entry {
            room: "records",
            act: "publication",
            subject: format!("record:{record}"),
            organ: organ.into(),
            basis: "《政府信息公开条例》第二十六条".into(),
            facts: serde_json::json!({
                "title": format!("关于{record}的公告"),
                "made_on": made_on,
                "items": [["yanglaofuwu", item]],
            }),
        };
        let mut desk = self.desk().await;
        let id = desk.record(entry).await.expect("records");
        desk.seal().await.expect("seals");
        self.hears(&id, "records.publication").await;
    }

    /// Lets everyone who listens hear of an entry.
    pub async fn hears(&self, id: &str, act: &str) {
        let event = self.ledger().event(id).await.expect("asks").expect("is there");
        for listener in self.house.listeners().filter(|one| one.acts.contains(&act)) {
            let change = self.house.store().begin().await.expect("begins");
            (listener.hear)(&self.house, &event, &change).await.expect("hears");
            change.commit().await.expect("commits");
        }
    }

    /// Computes everything that is owed, as on a new day.
    pub async fn computes(&self) {
        computation::all(self.desk().await).await.expect("computes");
    }

    /// What a visitor gets at an address, once the worker has let go of what was kept.
    pub async fn page(&self, address: &str) -> (StatusCode, String) {
        self.house.forget_pages();
        testing::read(&self.portal, address).await
    }

    /// A sound page.
    pub async fn sound(&self, address: &str) -> String {
        self.house.forget_pages();
        testing::sound(&self.portal, address).await
    }

    /// Sends a form, from a page of `origin` where one is named.
    pub async fn send(
        &self,
        address: &str,
        form: &str,
        origin: Option<&str>,
    ) -> (StatusCode, HeaderMap, String) {
        let mut request = Request::post(address)
            .header("host", "localhost")
            .header("content-type", "application/x-www-form-urlencoded");
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let request = request.body(Body::from(form.to_owned())).expect("a request");
        let (status, headers, body) = testing::answer(&self.portal, request).await;
        (status, headers, String::from_utf8(body).expect("text"))
    }
}

fn item(level2: &str, audience: Audience) -> Item {
    let words = "信息形成或变更之日起20个工作日内";
    Item {
        level1: Some("养老服务业务".into()),
        level2: Some(level2.into()),
        subjects: vec!["区民政局".into()],
        audience: vec![audience],
        methods: vec![Method::Proactive],
        time_limit_raw: words.into(),
        time_limit: TimeLimit::read(words),
        ..Item::default()
    }
}

/// An item to be published every quarter.
fn quarterly(level2: &str) -> Item {
    let words = "每季度结束后10个工作日内";
    Item {
        time_limit_raw: words.into(),
        time_limit: TimeLimit::read(words),
        ..item(level2, Audience::WholeSociety)
    }
}

/// What other rooms would offer: the sites, and published information as the tables of this room
/// know of it.
fn surroundings() -> Room {
    let directory = DirectorySource { read: |_| Box::pin(async { Ok(directory().clone()) }) };
    Room {
        name: "surroundings",
        directory: Some(directory),
        listing: Some(&Heard),
        ..Room::default()
    }
}

struct Heard;

#[derive(FromQueryResult)]
struct HeardRow {
    record: String,
    item: String,
    title: String,
    published_on: String,
}

impl Heard {
    async fn rows_of(house: &House, ask: &Ask) -> Vec<HeardRow> {
        let sql = "SELECT record, item, title, published_on FROM catalogue_publication
                    WHERE division BETWEEN $1 AND $2 AND domain = $3 AND ($4 = '' OR item = $4)
                    ORDER BY published_on DESC, record";
        let (low, high) = ask.divisions.clone().expect("a site asks");
        let given = |text: &Option<String>| Value::from(text.clone().unwrap_or_default());
        let values = vec![low.into(), high.into(), given(&ask.domain), given(&ask.item)];
        house.store().all(sql, values).await.expect("asks")
    }
}

impl Listing for Heard {
    fn rows<'a>(&'a self, house: &'a House, ask: &'a Ask) -> Later<'a, Rows> {
        Box::pin(async move {
            let row = |row: HeardRow| web::Row {
                path: format!("/wenjian/{}", row.record),
                published_at: format!("{}T02:00:00Z", row.published_on),
                id: row.record,
                title: row.title,
                number: None,
                organ: "思明区民政局".into(),
                made_on: None,
                published_on: row.published_on,
                original_on: None,
                validity: None,
                demo: false,
            };
            let rows = Self::rows_of(house, ask).await;
            Ok(Rows { rows: rows.into_iter().map(row).collect(), next: None })
        })
    }

    fn tally<'a>(
        &'a self,
        house: &'a House,
        ask: &'a Ask,
        by: By,
    ) -> Later<'a, HashMap<String, Tally>> {
        Box::pin(async move {
            let mut tally: HashMap<String, Tally> = HashMap::new();
            for row in Self::rows_of(house, ask).await {
                let key = match by {
                    By::Item => row.item,
                    By::Domain => "yanglaofuwu".into(),
                    _ => continue,
                };
                let one = tally.entry(key).or_default();
                one.count += 1;
                one.latest = one.latest.take().max(Some(row.published_on));
            }
            Ok(tally)
        })
    }
}

fn directory() -> &'static SiteDirectory {
    static SITES: OnceLock<SiteDirectory> = OnceLock::new();
    SITES.get_or_init(|| {
        SiteDirectory::of(vec![
            site(&[("", "厦门市")], Level::City, "3502", "XM00001"),
            site(&CHAIN[..2], Level::District, "350203", "XM01001"),
            site(&CHAIN, Level::Township, "350203001", "XM01101"),
        ])
    })
}

const CHAIN: [(&str, &str); 3] =
    [("", "厦门市"), ("/siming", "思明区"), ("/siming/xiagang", "厦港街道")];
