//! What everybody sees of versions and layers.

use std::sync::Arc;

use axum::Router;
use catalogue::acts::{adjustment, consultation, drafting, import, release, review};
use catalogue::store::Version;
use catalogue_rules::{Decision, ReadCatalogue};
use identity::Level;
use law::day;
use ledger::{Entry, Ledger};
use search::Search;
use web::testing::{self, site};
use web::{DirectorySource, House, Room, SiteDirectory};

use crate::deciding::{released, second_version};
use crate::house::{
    CITY, DOMAIN, HULI, SIMING, catalogue_of, desk, file, item, key_of, layered, on, on_both,
    open_at,
};

/// The portal over a house; pages are drawn anew each time.
pub struct Portal {
    house: Arc<House>,
    routes: Router,
}

impl Portal {
    pub async fn over(ledger: &Ledger) -> Self {
        let directory = DirectorySource { read: |_| Box::pin(async { Ok(directory()) }) };
        let surroundings =
            Room { name: "surroundings", directory: Some(directory), ..Room::default() };
        let rooms = vec![catalogue::room(), surroundings];
        let search = Search::in_memory().expect("memory");
        let mut house = House::new(ledger.clone(), search, rooms, std::env::temp_dir(), false);
        let routes = house.take_routes();
        house.refresh_directory().await.expect("reads");
        let house = Arc::new(house);
        Self { routes: web::portal(&house, routes), house }
    }

    async fn get(&self, address: &str) -> (u16, String) {
        self.house.forget_pages();
        let (status, page) = testing::read(&self.routes, address).await;
        (status.as_u16(), page)
    }

    pub async fn sound(&self, address: &str) -> String {
        self.house.forget_pages();
        testing::sound(&self.routes, address).await
    }
}

fn directory() -> SiteDirectory {
    SiteDirectory::of(vec![
        site(&[("", "厦门市")], Level::City, "3502", CITY),
        site(&[("/siming", "思明区")], Level::District, "350203", SIMING),
        site(&[("/huli", "湖里区")], Level::District, "350206", HULI),
    ])
}

fn has(page: &str, words: &[&str]) {
    for word in words {
        assert!(page.contains(word), "{word}: {page}");
    }
}

#[tokio::test]
async fn the_difference_shows_who_adapted_who_refused_and_why_once_they_have_released_it() {
    on_both(async |ledger| {
        layered(&ledger).await;
        second_version(&ledger).await;
        let portal = Portal::over(&ledger).await;
        let difference = "/mulu/yanglaofuwu/banben/1/2";
        let page = portal.sound(difference).await;
        has(&page, &["第1版与第2版的差异", "新增 1 项，修改 1 项，取消 1 项", "标准；依据"]);
        assert_eq!(page.matches("还没有公布决定").count(), 6, "{page}");

        let mut own = item("补贴标准", "思明区民政局");
        own.elements = vec!["标准".into(), "本区加发".into()];
        let at = open_at(&ledger, SIMING, "补贴标准").await;
        let adapt = Decision::Adapt { item: Box::new(own) };
        adjustment::decide(desk(&ledger).await, &at, &adapt).await.expect("adapts");
        let at = open_at(&ledger, HULI, "补贴标准").await;
        let refuse = Decision::Refuse { reason: "本区另有标准".into() };
        adjustment::decide(desk(&ledger).await, &at, &refuse).await.expect("refuses");
        let page = portal.sound(difference).await;
        assert_eq!(page.matches("还没有公布决定").count(), 6, "{page}");

        released(&ledger, SIMING).await;
        released(&ledger, HULI).await;
        let page = portal.sound(difference).await;
        has(
            &page,
            &[
                "思明区政府：改编，细化：公开内容（要素）、公开主体",
                "湖里区政府：不采纳，理由：本区另有标准",
            ],
        );
        assert_eq!(page.matches("还没有公布决定").count(), 4, "{page}");
        // The same seen from below: what the district says otherwise than the city.
        let page = portal.sound("/siming/mulu/yanglaofuwu/banben/2/shangji").await;
        has(&page, &["与市政府目录第1版的差异", "补贴标准", "细化", "标准；本区加发"]);
    })
    .await;
}

#[tokio::test]
async fn the_history_keeps_every_version_as_page_and_as_file() {
    on_both(async |ledger| {
        layered(&ledger).await;
        second_version(&ledger).await;
        let portal = Portal::over(&ledger).await;
        let page = portal.sound("/mulu/yanglaofuwu/banben").await;
        has(
            &page,
            &["待施行", "现行有效", "2026-12-01", "/mulu/yanglaofuwu/banben/1/2", "第一次发布"],
        );
        has(&page, &["/gongkai-rizhi/", "目录发布第1版（第 ", "目录发布第2版（第 "]);
        let page = portal.sound("/mulu/yanglaofuwu/banben/1").await;
        has(&page, &["法律法规", "现行有效"]);
        assert!(!page.contains("办事指南"), "{page}");
        let (status, file) = portal.get("/mulu/yanglaofuwu/banben/2.json").await;
        let read: ReadCatalogue = serde_json::from_str(&file).expect("a catalogue");
        assert_eq!((status, read.items.len()), (200, 3));
        let page = portal.sound("/siming/mulu/yanglaofuwu").await;
        has(&page, &["承接自市政府目录第1版", "/siming/mulu/yanglaofuwu/banben"]);
        for nothing in ["9", "0", "x", "1.exe", "1/9", "x/1", "1/shangji"] {
            let (status, _) = portal.get(&format!("/mulu/yanglaofuwu/banben/{nothing}")).await;
            assert_eq!(status, 404, "{nothing}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_what_was_taken_in_as_issued_is_said_to_have_been_issued_before() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let rows = vec![item("补贴标准", "区民政局")];
        import::keep(desk(&ledger).await, file(CITY, rows)).await.expect("imports");
        let issued = release::Release {
            organ: CITY,
            domain: DOMAIN,
            from: day(2026, 6, 1),
            issued_by: "厦府办〔2026〕9号",
        };
        release::keep(desk(&ledger).await, issued).await.expect("takes in");
        let page = Portal::over(&ledger).await.sound("/mulu/yanglaofuwu/banben").await;
        let (second, first) = page.split_once(">第1版<").expect("two versions");
        has(second, &["原已印发，", " 录入平台", "印发依据：厦府办〔2026〕9号"]);
        has(first, &["原已印发，", " 录入平台"]);
        assert!(!page.contains("晚于施行日期") && !first.contains("印发依据"), "{page}");
        // What was released late before reviews were kept here goes on saying so.
        let catalogue = catalogue_of(&ledger, CITY).await;
        let versions = Version::all(ledger.store(), &catalogue).await.expect("asks");
        let second = versions.iter().find(|version| version.number == 2).expect("two versions");
        let mut late = desk(&ledger).await;
        let facts = serde_json::json!({ "version": second.id, "despite": "会议纪要定的日子" });
        let entry = Entry {
            room: "catalogue",
            act: "release",
            subject: format!("catalogue:{catalogue}"),
            organ: CITY.into(),
            basis: "厦府办〔2020〕67号".into(),
            facts,
        };
        late.record(entry).await.expect("records");
        late.seal().await.expect("seals");
        let page = Portal::over(&ledger).await.sound("/mulu/yanglaofuwu/banben").await;
        let (second, _) = page.split_once(">第1版<").expect("two versions");
        has(second, &[" 发布，晚于施行日期", "理由：会议纪要定的日子"]);
        assert!(!second.contains("原已印发"), "{second}");
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_seen_while_the_public_is_asked_about_it_and_neither_before_nor_after() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let city = catalogue_of(&ledger, CITY).await;
        drafting::begin(desk(&ledger).await, &city).await.expect("begins");
        let portal = Portal::over(&ledger).await;
        let draft = "/mulu/yanglaofuwu/banben/2";
        assert_eq!(portal.get(draft).await.0, 404);
        let until = day(2026, 12, 25);
        consultation::open(desk(&ledger).await, &city, until).await.expect("asks");
        let page = portal.sound(draft).await;
        has(&page, &["（征求意见稿）", "请在", "2026-12-25", "厦门市人民政府"]);
        let page = portal.sound("/mulu/yanglaofuwu").await;
        has(&page, &["下一版正在征求意见，到 2026-12-25 截止"]);
        let later = on(&ledger, "2026-12-26T02:00:00Z").await;
        let page = Portal::over(&later).await.sound(draft).await;
        has(&page, &["征求意见已于"]);
        consultation::withdraw(desk(&ledger).await, &city).await.expect("withdraws");
        assert_eq!(portal.get(draft).await.0, 404);
        let page = portal.sound("/mulu/yanglaofuwu/banben").await;
        assert!(!page.contains("第2版"), "{page}");
        // While opinions are weighed the address goes on answering, without the text.
        consultation::open(desk(&ledger).await, &city, until).await.expect("asks again");
        review::begin(desk(&later).await, &city).await.expect("weighs");
        let page = Portal::over(&later).await.sound(draft).await;
        has(&page, &["征求意见已经截止，正在审核", "看现行目录"]);
        assert!(!page.contains("补贴标准"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_row_has_an_address_for_each_day_that_always_says_the_same() {
    on_both(async |ledger| {
        layered(&ledger).await;
        second_version(&ledger).await;
        let later = on(&ledger, "2026-12-20T02:00:00Z").await;
        let portal = Portal::over(&later).await;
        let at = |day: &str| format!("/mulu/yanglaofuwu/{}/{day}", key_of("补贴标准"));
        let before = portal.sound(&at("2026-11-30")).await;
        has(&before, &["第1版"]);
        assert!(!before.contains("依据</li>"), "{before}");
        // A row that is gone is shown as it stood on its last day, and says so.
        let gone = format!("/mulu/yanglaofuwu/{}", key_of("法律法规"));
        assert_eq!(portal.get(&gone).await.0, 303);
        let page = portal.sound(&format!("{gone}/2026-11-30")).await;
        has(&page, &["现在已不在目录里"]);
        let after = portal.sound(&at("2026-12-01")).await;
        has(&after, &["第2版", "<li>标准</li><li>依据</li>"]);
        for none in ["2020-07-24", "2026-12-21", "2026-13-01", "昨天"] {
            let address = at(&none.replace("昨天", "%E6%98%A8"));
            assert_eq!(portal.get(&address).await.0, 404, "{none}");
        }
    })
    .await;
}
