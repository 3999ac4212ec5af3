//! How sites are cared for: inspected, reported on, led by short links and hosts, shown in their colours, counted.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use identity::Tables;
use law::day;
use ledger::{Actor, Clock, Ledger};
use search::Search;
use sites::column::{self, Settled};
use sites::establishment::{self, Founding};
use sites::handling::{self, By, Handling};
use sites::inspecting::{self, Looked};
use sites::store::{KeptInspection, MessageState, Particulars, SiteMessage, Turn};
use sites::{erasure, inspection, particulars, short_link, visits};
use sites_rules::Freshness;
use store::{Migrations, Place, Statements, Store, testing};
use web::{
    House, InspectionSource, Room, Shown, ShownAccount, ShownGuide, ShownMessage, ShownPublication,
    ShownWording, Site, VisitCount,
};

#[path = "care/turns.rs"]
mod turns;

const DIVISIONS: &str = include_str!("../../../server/demo/divisions.csv");
const ORGANS: &str = include_str!("../../../server/demo/organs.csv");

/// What the room of the test shows an inspection; each test has a process of its own.
static SEED: Mutex<Option<Shown>> = Mutex::new(None);

/// The site that cannot be shown.
static BROKEN: Mutex<Option<String>> = Mutex::new(None);

fn seed(shown: Shown) {
    *SEED.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown);
}

/// A room that shows what the test has laid out.
fn seeding() -> Room {
    let show: for<'a> fn(&'a House, &'a Site) -> web::Later<'a, Shown> = |_, site| {
        if BROKEN.lock().unwrap_or_else(PoisonError::into_inner).as_deref() == Some(site.base()) {
            return Box::pin(async { Err(web::Fault::Unavailable) });
        }
        let shown = SEED.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move { Ok(shown.unwrap_or_default()) })
    };
    Room { name: "seed", inspection: Some(InspectionSource { show }), ..Room::default() }
}

struct City {
    portal: Arc<Router>,
    house: Arc<House>,
    ledger: Ledger,
    _folder: testing::Folder,
}

impl City {
    async fn founded(place: &Place, name: &str) -> Self {
        let rooms = || vec![sites::room(), seeding()];
        let own: Vec<_> = rooms().iter().map(|room| room.migrations).collect();
        let parts = [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS];
        let all = parts.into_iter().chain(own).flatten().copied();
        let store = Store::open(place, &Migrations::of(all)).await.expect("a store");
        let noon = "2026-11-25T04:00:00Z".parse().expect("a moment");
        let ledger = Ledger::open(store, Clock::Fixed(noon), vec![]).await.expect("a ledger");
        let desk = ledger.desk(Actor::Operator("test".into())).await.expect("a desk");
        let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
        tables.keep(desk, "测试数据").await.expect("divisions and organs");
        let founding = Founding {
            domain: "www.xiamen.example".into(),
            id_code: "3502999999".into(),
            origin: None,
            demo: true,
        };
        let actor = Actor::Operator("test".into());
        establishment::open(&ledger, actor, &founding).await.expect("opened");
        let folder = testing::Folder::new(name);
        std::fs::create_dir_all(folder.path()).expect("a folder");
        let search = Search::in_memory().expect("an index");
        let mut house = House::new(ledger.clone(), search, rooms(), folder.path().to_owned(), true);
        let routes = house.take_routes();
        house.refresh_directory().await.expect("sites");
        let house = Arc::new(house);
        let portal = Arc::new(web::portal(&house, routes));
        house.reads_at(&portal);
        Self { portal, house, ledger, _folder: folder }
    }

    async fn desk(&self) -> ledger::Desk {
        self.ledger.desk(Actor::Operator("test".into())).await.expect("a desk")
    }

    /// The same store at another moment.
    async fn at(&self, moment: &str) -> Ledger {
        let then = Clock::Fixed(moment.parse().expect("a moment"));
        Ledger::open(self.ledger.store().clone(), then, vec![]).await.expect("a ledger")
    }

    fn site(&self, base: &str) -> Arc<Site> {
        let directory = self.house.directory();
        directory.all().iter().find(|site| site.base() == base).cloned().expect("a site")
    }

    async fn refreshed(&self) {
        self.house.refresh_directory().await.expect("sites");
        self.house.forget_pages();
    }

    /// Says everything in the footer of a site.
    async fn says_everything(&self, base: &str, spoil: impl Fn(&mut Particulars)) {
        let site = self.site(base);
        let kept = Particulars::of(self.ledger.store(), base).await.expect("asks");
        let mut new = kept.expect("a site");
        new.icp = Some("闽ICP备00000000号".into());
        new.police = Some("闽公网安备35029900000000号".into());
        new.mark = Some("https://bszs.demo.gov.cn/".into());
        spoil(&mut new);
        particulars::set(self.desk().await, (base, &site.organ), new, "测试").await.expect("set");
        self.refreshed().await;
    }

    async fn look(&self, base: &str) -> Looked {
        inspecting::look(&self.house, &self.site(base)).await.expect("looks")
    }

    async fn ask(&self, method: Method, path: &str, body: &str) -> (StatusCode, HeaderMap, String) {
        self.ask_at("localhost", method, path, body).await
    }

    async fn ask_at(
        &self,
        host: &str,
        method: Method,
        path: &str,
        body: &str,
    ) -> (StatusCode, HeaderMap, String) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, host)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.to_owned()))
            .expect("a request");
        let (status, headers, body) = web::testing::answer(&self.portal, request).await;
        (status, headers, String::from_utf8_lossy(&body).into_owned())
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        let (status, _, text) = self.ask(Method::GET, path, "").await;
        (status, text)
    }
}

/// A part of the footer, and what takes it away.
type Spoil = (&'static str, fn(&mut Particulars));

/// The rule, the id and the address of a spot.
type Told = (String, String, String);

/// One for each spot.
fn told(looked: &Looked) -> Vec<Told> {
    let one = |spot: &sites_rules::inspection::Spot| {
        (spot.rule.id(), spot.id.clone(), spot.address.clone())
    };
    // The subscriptions of the platform stand in the house, and not in this one.
    let ours = |told: &Told| !told.1.ends_with("/dingyue");
    looked.inspection.spots.iter().map(one).filter(ours).collect()
}

fn row(rule: &str, id: &str, address: &str) -> Told {
    (rule.to_owned(), id.to_owned(), address.to_owned())
}

/// A room that shows nothing wrong.
fn sound() -> Shown {
    let guide = |id: &str| ShownGuide {
        id: id.into(),
        name: id.into(),
        address: format!("/siming/banshi/{id}"),
        says: ["name", "basis", "conditions", "materials", "place", "hours", "phone", "process"]
            .map(str::to_owned)
            .to_vec(),
    };
    Shown {
        newest: Some(day(2026, 11, 24)),
        published: vec![ShownPublication {
            id: "p1".into(),
            title: "通知".into(),
            address: "/siming/wenjian/p1".into(),
            published_at: "2026-11-24T02:00:00Z".parse().expect("a moment"),
            made_on: Some(day(2026, 11, 23)),
            logged_at: "2026-11-24T02:00:00Z".parse().ok(),
            taken_in: false,
        }],
        consultation: Some((Some("/siming/zixun".into()), vec![])),
        guides: Some((0..6).map(|at| guide(&format!("g{at}"))).collect()),
        accounts: Some(vec![]),
        ..Shown::default()
    }
}

#[tokio::test]
async fn a_site_whose_footer_says_everything_comes_out_clean_and_each_missing_part_is_named() {
    testing::on_both("care_footer", async |place| {
        let city = City::founded(&place, "care-footer").await;
        seed(sound());
        for base in ["/siming", "/siming/xiagang"] {
            city.says_everything(base, |_| {}).await;
        }
        for site in
            city.house.directory().all().iter().filter(|site| site.base().starts_with("/siming/"))
        {
            city.says_everything(site.base(), |_| {}).await;
        }
        let looked = city.look("/siming").await;
        assert_eq!(told(&looked), []);
        assert!(looked.inspection.passes && looked.pages > 20 && looked.links > 20, "{looked:?}");
        let spoils: [Spoil; 4] = [
            ("footer.icp", |new| new.icp = None),
            ("footer.police", |new| new.police = None),
            ("footer.mark", |new| new.mark = None),
            ("footer.contact", |new| new.phone = None),
        ];
        for (rule, spoil) in spoils {
            city.says_everything("/siming", spoil).await;
            assert_eq!(told(&city.look("/siming").await), [row(rule, "/siming", "/siming")]);
        }
        city.says_everything("/siming", |new| new.id_code = "0000000000".into()).await;
        let found = told(&city.look("/siming").await);
        assert!(found.contains(&row("footer.id_code", "/siming", "/siming")), "{found:?}");
        assert!(found.contains(&row("tag.SiteIDCode", "/siming", "/siming")), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn what_rooms_show_is_held_against_every_rule() {
    testing::on_both("care_rooms", async |place| {
        let city = City::founded(&place, "care-rooms").await;
        for site in
            city.house.directory().all().iter().filter(|site| site.base().starts_with("/siming"))
        {
            city.says_everything(site.base(), |_| {}).await;
        }
        let message = |id: &str, received, due| ShownMessage {
            id: id.into(),
            address: format!("/siming/zixun/{id}"),
            received,
            due,
            answered: None,
        };
        let mut shown = sound();
        shown.published[0].published_at = "2026-11-01T02:00:00Z".parse().expect("a moment");
        shown.wording.push(ShownWording {
            id: "w1".into(),
            address: "/siming/wenjian/w1".into(),
            what: "“x”（国家和地区）".into(),
        });
        shown.consultation = Some((None, vec![message("z1", day(2026, 7, 1), None)]));
        shown.messages = vec![message("m1", day(2026, 11, 2), Some(day(2026, 11, 11)))];
        for guide in shown.guides.as_mut().expect("kept") {
            guide.says.truncate(4);
        }
        shown.newest = Some(day(2026, 11, 10));
        shown.accounts = Some(vec![ShownAccount {
            id: "wx".into(),
            name: "公众号".into(),
            address: "https://mp.example/".into(),
            newest: None,
            answers: false,
        }]);
        seed(shown);
        let looked = city.look("/siming").await;
        let found = told(&looked);
        for expected in [
            row("V1.date.log", "p1", "/siming/wenjian/p1"),
            row("V1.wording", "w1", "/siming/wenjian/w1"),
            row("V3.home", "home", "/siming"),
            row("V5.channel", "site", "/siming"),
            row("V5.unanswered", "z1", "/siming/zixun/z1"),
            row("answer.late", "m1", "/siming/zixun/m1"),
            row("guide.process", "g3", "/siming/banshi/g3"),
            row("M2.stale", "wx", "https://mp.example/"),
            row("M3.channel", "wx", "https://mp.example/"),
        ] {
            assert!(found.contains(&expected), "{expected:?}: {found:?}");
        }
        let vetoes: Vec<_> = looked.inspection.vetoes.iter().map(|veto| veto.id()).collect();
        assert_eq!(vetoes, ["V1", "V3", "V5", "V6", "M2", "M3"]);
        let site = city.site("/siming");
        inspection::keep(&city.ledger, Actor::Timer, &site, &looked).await.expect("kept");
        let kept = KeptInspection::newest(city.ledger.store(), "/siming").await.expect("asks");
        let kept = kept.expect("one");
        assert_eq!(kept.vetoes, vetoes);
        assert_eq!(kept.spots.len(), looked.inspection.spots.len());
        assert_eq!(kept.verdict, "不合格（单项否决）");
    })
    .await;
}

#[tokio::test]
async fn five_columns_opened_without_content_are_a_veto_and_an_unopened_one_is_none() {
    testing::on_both("care_columns", async |place| {
        let city = City::founded(&place, "care-columns").await;
        seed(sound());
        let site = city.site("/siming");
        let of = ("/siming", site.organ.as_str());
        let settled = |name: &str| Settled {
            name: name.into(),
            owner: site.organ.clone(),
            class: Freshness::Other,
            days: Some(90),
            opened: true,
        };
        let blanks = |looked: &Looked| {
            told(looked).into_iter().filter(|(rule, ..)| rule == "V4.blank").collect::<Vec<_>>()
        };
        assert_eq!(blanks(&city.look("/siming").await), [], "nothing is open yet");
        let (_, page) = city.get("/siming/gongkai/fading").await;
        assert!(page.contains("<a class=\"muted\">财政预决算"), "it is named, and leads nowhere");
        for name in ["P20-03", "P20-05", "P20-07", "P20-09", "P20-10"] {
            column::define(city.desk().await, of, &settled(name), "测试").await.expect("settled");
        }
        city.refreshed().await;
        let looked = city.look("/siming").await;
        let found = blanks(&looked);
        assert_eq!(found.len(), 5);
        assert_eq!(found[0].1, "P20-03");
        assert!(found[0].2.starts_with("/siming/gongkai/fading/"), "{found:?}");
        assert!(looked.inspection.vetoes.iter().any(|veto| veto.id() == "V4"));
        for (days, reason, field) in [(Some(400), "测试", "tianshu"), (Some(30), " ", "liyou")] {
            let one = Settled { days, ..settled("P20-03") };
            let refused = column::define(city.desk().await, of, &one, reason).await;
            let sites::ActError::Field(name, _) = refused.expect_err("refused") else {
                panic!("{field}")
            };
            assert_eq!(name, field);
        }
    })
    .await;
}

#[tokio::test]
async fn a_week_of_pages_that_did_not_open_is_a_site_out_of_reach() {
    testing::on_both("care_reach", async |place| {
        let city = City::founded(&place, "care-reach").await;
        seed(sound());
        let count = |back: i64, failed| VisitCount {
            day: day(2026, 11, 25).saturating_sub(jiff::Span::new().days(back)),
            site: "/siming/xiagang".into(),
            kind: "/".into(),
            times: 100,
            failed,
        };
        let week: Vec<_> = (1..=7).map(|back| count(back, 3)).collect();
        visits::keep(&city.ledger, &week).await.expect("kept");
        let fine = city.look("/siming").await;
        assert!(!fine.inspection.vetoes.iter().any(|veto| veto.id() == "V2"));
        assert!(!fine.inspection.unlooked.iter().any(|one| one.id == "V2"), "it is looked at");
        let more: Vec<_> = (1..=7).map(|back| count(back, 9)).collect();
        visits::keep(&city.ledger, &more).await.expect("kept");
        let found = told(&city.look("/siming").await);
        assert!(found.contains(&row("V2.unreachable", "site", "/siming")), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn pages_are_counted_by_kind_without_a_word_of_who_asked_or_for_what() {
    testing::on_both("care_visits", async |place| {
        let city = City::founded(&place, "care-visits").await;
        for path in
            ["/siming", "/siming", "/siming/sousuo?q=13800000000", "/siming/meiyou", "/zhuti.css"]
        {
            city.get(path).await;
        }
        city.house.own_page(&city.site("/siming"), "/siming/ditu").await.expect("read");
        let counted: Vec<_> = city
            .house
            .visits()
            .now()
            .into_iter()
            .map(|one| (one.site, one.kind, one.times))
            .collect();
        let expected = [("/siming", "/", 2), ("/siming", "/sousuo", 1)];
        assert_eq!(counted, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c)));
        let chore = city.house.chores().find(|chore| chore.name == "sites.visits");
        let chore = chore.expect("a chore");
        for _ in 0..2 {
            (chore.work)(&city.house).await.expect("writes");
        }
        let sum = "SELECT CAST(SUM(times) AS BIGINT) FROM site_visit";
        assert_eq!(city.ledger.store().number(sum, vec![]).await.expect("asks"), Some(3));
        let events = city.ledger.events_on("sites:visits").await.expect("asks");
        assert_eq!(events.len(), 1, "what is empty is not written");
    })
    .await;
}

/// What a form of ours sends, with the key that the page drew.
async fn form(city: &City, path: &str, body: &str) -> String {
    let (status, page) = city.get(path).await;
    assert_eq!(status, StatusCode::OK);
    let key = page.split("name=\"key\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    format!("key={}&{body}", key.expect("a key"))
}

#[tokio::test]
async fn who_reports_a_fault_gets_a_number_a_code_a_day_and_an_answer() {
    testing::on_both("care_report", async |place| {
        let city = City::founded(&place, "care-report").await;
        let (_, empty) = {
            let body = form(&city, "/siming/jiucuo", "").await;
            let (status, _, text) = city.ask(Method::POST, "/siming/jiucuo", &body).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
            (status, text)
        };
        assert!(empty.contains("选一种问题"), "{empty}");
        let said =
            "wenti=wording&yemian=/siming/wenjian/1&neirong=%E6%88%AA%E8%87%B3&lianxi=13900001111";
        let body = form(&city, "/siming/jiucuo", said).await;
        let (status, _, first) = city.ask(Method::POST, "/siming/jiucuo", &body).await;
        assert_eq!(status, StatusCode::OK, "{first}");
        let (_, _, second) = city.ask(Method::POST, "/siming/jiucuo", &body).await;
        let number = "找错〔2026〕1号";
        assert!(first.contains(number) && second.contains(number), "sent twice it is one");
        // 25 November 2026 is a Wednesday: seven working days on is 4 December.
        assert!(first.contains("最迟 2026-12-04 答复"), "{first}");
        let code = first.split("class=\"code\">").nth(2).and_then(|rest| rest.split('<').next());
        let code = code.expect("a code").to_owned();
        let clear = "SELECT COUNT(*) FROM site_message WHERE sealed LIKE '%13900001111%'";
        assert_eq!(city.ledger.store().number(clear, vec![]).await.expect("asks"), Some(0));
        let organ = city.site("/siming").organ.clone();
        let all = SiteMessage::of_organ(city.ledger.store(), &organ, 10).await.expect("asks");
        let sealer = city.house.sealer().expect("keys");
        assert_eq!(all[0].open(sealer).expect("opens").contact, "13900001111");
        let by = By { person: "p", name: "林某", organ: &organ, organ_name: "思明区政府" };
        let id = &all[0].id;
        let extend = Handling::Extend("要问几个部门".into());
        let longer = handling::settle(city.desk().await, by, id, extend.clone()).await;
        assert_eq!(longer.expect("extended").due_on, Some(day(2026, 12, 16)));
        assert!(handling::settle(city.desk().await, by, id, extend).await.is_err(), "only once");
        let moved = Handling::Transfer("XM01002".into(), "是办公室的页面".into());
        handling::settle(city.desk().await, by, id, moved).await.expect("moved");
        let answer = Handling::Answer("已经改正".into());
        assert!(
            handling::settle(city.desk().await, by, id, answer.clone()).await.is_err(),
            "it is another organ's now"
        );
        let office = By { organ: "XM01002", ..by };
        let now = handling::settle(city.desk().await, office, id, answer).await.expect("answered");
        assert_eq!(now.state, MessageState::Answered);
        let typed = format!("ma={}", code.to_lowercase().replace('-', "%20"));
        let (_, _, told) = city.ask(Method::POST, "/siming/jiucuo/chaxun", &typed).await;
        assert!(told.contains(number) && told.contains("已经改正"), "{told}");
        let (status, _, wrong) =
            city.ask(Method::POST, "/siming/jiucuo/chaxun", "ma=000000000000").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.contains("没有这个查询码"));
    })
    .await;
}

#[tokio::test]
async fn a_mark_without_a_word_is_counted_and_one_with_words_is_answered() {
    testing::on_both("care_rating", async |place| {
        let city = City::founded(&place, "care-rating").await;
        for (said, told) in [
            ("fenshu=5", "已经计入统计"),
            ("fenshu=2&neirong=%E5%AD%97%E5%A4%AA%E5%B0%8F", "最迟 2026-12-04 答复"),
        ] {
            let body = form(&city, "/siming/pingjia", said).await;
            let (status, _, text) = city.ask(Method::POST, "/siming/pingjia", &body).await;
            assert_eq!(status, StatusCode::OK);
            assert!(text.contains(told), "{text}");
        }
        let bases = ["/siming".to_owned()];
        let stars = SiteMessage::stars(city.ledger.store(), &bases).await.expect("asks");
        assert_eq!(stars, [(5, 1), (2, 1)]);
        let waiting = SiteMessage::waiting(city.ledger.store(), &bases, 10).await.expect("asks");
        assert_eq!(waiting.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_short_link_leads_to_one_page_of_ours_and_a_stranger_to_none() {
    testing::on_both("care_short", async |place| {
        let city = City::founded(&place, "care-short").await;
        let of = ("/siming", "XM01001");
        let made = short_link::make(city.desk().await, of, ("/siming/gongkai?x=1", "公示栏")).await;
        let made = made.expect("made");
        let again = short_link::make(city.desk().await, of, ("/siming/gongkai?x=1", "别处")).await;
        assert_eq!(again.expect("the same").short, made.short);
        let path = format!("/w/{}", made.short.to_uppercase());
        let (status, headers, _) = city.ask(Method::GET, &path, "").await;
        assert_eq!(status, StatusCode::FOUND);
        assert_eq!(headers[header::LOCATION], "/siming/gongkai?x=1");
        for path in ["/w/zzzzzz", "/w/%2F%2Fa.example", "/w/..%2f"] {
            assert_eq!(city.get(path).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        for out in ["//a.example/", "https://a.example/", "/w/x"] {
            assert!(short_link::make(city.desk().await, of, (out, "x")).await.is_err(), "{out}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_a_link_of_ours_leaves_through_the_notice() {
    testing::on_both("care_leaving", async |place| {
        let city = City::founded(&place, "care-leaving").await;
        let site = city.site("/siming");
        let leave = |to: &str| city.house.leaving(&site, to);
        for straight in ["https://www.gov.cn/x", "/siming/wenjian", "tel:12345"] {
            assert_eq!(leave(straight), straight);
        }
        let through = leave("https://a.example/x?y=1&z=2");
        assert!(through.starts_with("/siming/lianjie?dao=https%3A//a.example/"), "{through}");
        let (status, page) = city.get(&through).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("href=\"https://a.example/x?y=1&#38;z=2\" rel=\"noopener"), "{page}");
        let forged = through.replace("a.example", "evil.example");
        let (_, page) = city.get(&forged).await;
        // The switches of the page lead back to it, with whatever was asked; nothing else names the stranger.
        let main = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next());
        let main = main.expect("a main part");
        assert!(!main.contains("evil.example") && main.contains("不是本站页面上的链接"), "{main}");
    })
    .await;
}

#[tokio::test]
async fn a_site_is_shown_at_its_host_in_its_colours_with_its_towns_below() {
    testing::on_both("care_host", async |place| {
        let city = City::founded(&place, "care-host").await;
        city.says_everything("/siming", |new| {
            new.host = Some("siming.demo.gov.cn".into());
            new.palette = Some("qing".into());
            new.subtitle = Some("政务公开".into());
            new.emblem = 0;
        })
        .await;
        for (path, name) in [
            ("/", "思明区人民政府"),
            ("/siming", "思明区人民政府"),
            ("/gongkai/zhinan", "思明区人民政府"),
            ("/siming/xiagang", "厦港街道"),
            ("/xiagang/gongkai", "厦港街道"),
        ] {
            let asked = city.ask_at("siming.demo.gov.cn", Method::GET, path, "").await;
            assert_eq!(asked.0, StatusCode::OK, "{path}");
            let tag = asked.2.split("name=\"SiteName\" content=\"").nth(1).unwrap_or_default();
            assert!(tag.split('"').next().is_some_and(|own| own.contains(name)), "{path}");
        }
        let (_, page) = city.get("/siming").await;
        assert!(
            page.contains("href=\"/siming/zhuti.css?v=qing\"") && page.contains("政务公开</span>")
        );
        assert!(!page.contains("国徽"), "no place for the emblem");
        let (_, sheet) = city.get("/siming/zhuti.css").await;
        assert!(sheet.starts_with(":root { --red: #105e62"), "{sheet}");
        assert!(!city.get("/huli").await.1.contains("zhuti.css"), "others keep the usual colours");
        let kept =
            Particulars::of(city.ledger.store(), "/huli").await.expect("asks").expect("a site");
        let host = Particulars { host: Some("siming.demo.gov.cn".into()), ..kept.clone() };
        let palette = Particulars { palette: Some("neon".into()), ..kept };
        for (new, field) in [(host, "yuming"), (palette, "peise")] {
            let set = particulars::set(
                city.desk().await,
                ("/huli", &city.site("/huli").organ),
                new,
                "测试",
            )
            .await;
            assert!(
                matches!(set, Err(sites::ActError::Field(name, _)) if name == field),
                "{field}"
            );
        }
    })
    .await;
}
