//! The pages of the sites of a whole city, as a visitor walks them.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use identity::{Organ, Tables};
use ledger::{Actor, Clock, Ledger};
use search::Search;
use sites::establishment::{self, Founding};
use sites::papers::{self, PaperRefused, Said};
use sites::particulars;
use sites::store::Particulars;
use sites_rules::PaperKind;
use store::{Migrations, Place, Store, testing};
use tower::ServiceExt;
use web::{House, Publishers};

const DIVISIONS: &str = include_str!("../../../server/demo/divisions.csv");
const ORGANS: &str = include_str!("../../../server/demo/organs.csv");

/// A house with this room only, over a whole city.
struct City {
    portal: Router,
    house: Arc<House>,
    ledger: Ledger,
}

impl City {
    async fn founded(place: &Place) -> Self {
        let room = sites::room();
        let parts = [
            jobs::MIGRATIONS,
            identity::MIGRATIONS,
            ledger::MIGRATIONS,
            review::MIGRATIONS,
            room.migrations,
        ];
        let store = Store::open(place, &Migrations::of(parts.into_iter().flatten().copied()))
            .await
            .expect("a store");
        let noon = "2026-11-25T04:00:00Z".parse().expect("a moment");
        let ledger = Ledger::open(store, Clock::Fixed(noon), vec![]).await.expect("a ledger");
        let desk = ledger.desk(Actor::Operator("test".into())).await.expect("a desk");
        let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
        tables.keep(desk, "测试数据").await.expect("divisions and organs");
        open_sites(&ledger).await;
        let search = Search::in_memory().expect("an index");
        let rooms = vec![sites::room()];
        let mut house = House::new(ledger.clone(), search, rooms, std::env::temp_dir(), true);
        let routes = house.take_routes();
        house.refresh_directory().await.expect("sites");
        let house = Arc::new(house);
        Self { portal: web::portal(&house, routes), house, ledger }
    }

    async fn get(&self, path: &str) -> Response<Body> {
        let request = Request::get(path)
            .header(header::HOST, "localhost")
            .body(Body::empty())
            .expect("an address");
        self.portal.clone().oneshot(request).await.expect("an answer")
    }

    async fn read(&self, path: &str) -> (StatusCode, String) {
        let answer = self.get(path).await;
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
        (status, String::from_utf8(body.to_vec()).expect("text"))
    }
}

/// Opens a site for every division that has none; says how many.
async fn open_sites(ledger: &Ledger) -> usize {
    let founding = Founding {
        domain: "www.xiamen.example".into(),
        id_code: "0000000000".into(),
        origin: None,
        demo: true,
    };
    establishment::open(ledger, Actor::Operator("test".into()), &founding).await.expect("opened")
}

fn links(html: &str) -> impl Iterator<Item = String> + '_ {
    let hrefs = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let inside = hrefs.filter(|href| href.starts_with('/') && !href.starts_with("/pianhao"));
    inside.map(|href| href.split('#').next().unwrap_or(href).replace("&#38;", "&"))
}

/// A place in the city stands for the others of its kind: every page type is walked on one site
/// of each level, each village and town only as far as the first few, and of each organ two pages.
fn worth_walking(path: &str, seen: &BTreeSet<String>) -> bool {
    let kind = |path: &str| {
        let cut = path.rfind(['/', '?', '=']).unwrap_or(0);
        // The pages of one organ stand for those of the others.
        match path[..cut].split_once("/jigou/") {
            Some((before, rest)) => match rest.split_once('/') {
                Some((_, part)) => format!("{before}/jigou/*/{part}"),
                None => format!("{before}/jigou/*"),
            },
            None => path[..cut].to_owned(),
        }
    };
    let alike = seen.iter().filter(|other| kind(other) == kind(path)).count();
    let organ = |path: &str| {
        let (_, rest) = path.split_once("/jigou/")?;
        rest.split(['/', '?']).next().map(str::to_owned)
    };
    // Of every organ at least its first pages.
    let own = organ(path);
    let few = own.is_some() && seen.iter().filter(|other| organ(other) == own).count() < 2;
    let site = path.split('/').nth(1).unwrap_or_default();
    let chosen = !["huli", "jimei", "haicang", "tongan", "xiangan"].contains(&site);
    // The subscriptions of the platform are no page of this room; the walk through the whole house opens them.
    chosen && (alike < 12 || few) && !path.contains("/dingyue")
}

#[tokio::test]
async fn every_link_on_every_page_leads_to_a_sound_page() {
    testing::on_both("sites_walk", async |place| {
        let city = City::founded(&place).await;
        let mut seen = BTreeSet::new();
        let mut ahead: VecDeque<String> =
            ["/", "/siming", "/siming/xiagang"].map(str::to_owned).into();
        while let Some(path) = ahead.pop_front() {
            if seen.contains(&path) || !worth_walking(&path, &seen) {
                continue;
            }
            let (status, text) = city.read(&path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            seen.insert(path.clone());
            if text.starts_with("<!doctype html>") {
                assert_eq!(web::page::inspect(&text), Vec::<String>::new(), "{path}");
                ahead.extend(links(&text));
            }
        }
        assert!(seen.len() > 80, "only {} pages were walked", seen.len());
    })
    .await;
}

#[tokio::test]
async fn a_column_of_an_organ_without_content_is_named_and_leads_nowhere() {
    testing::on_both("sites_blank_columns", async |place| {
        let city = City::founded(&place).await;
        for path in ["/gongkai/jigou/XM00002/fading", "/gongkai/jigou/XM00002/zhinan"] {
            let (status, text) = city.read(path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(text.contains("<a class=\"muted\">"), "{path}: its columns are named");
            let blank = links(&text).filter(|href| href.contains("/XM00002/fading/"));
            assert_eq!(blank.collect::<Vec<_>>(), Vec::<String>::new(), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_city_has_61_sites_and_opening_again_adds_none() {
    testing::on_both("sites_founding", async |place| {
        let city = City::founded(&place).await;
        let (_, map) = city.read("/sitemap.xml").await;
        assert_eq!(map.matches("<loc>").count(), 1 + 6 + 54);
        assert_eq!(open_sites(&city.ledger).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_visitor_finds_a_village_by_town_and_by_part_of_its_name() {
    testing::on_both("sites_village", async |place| {
        let city = City::founded(&place).await;
        let (_, by_name) = city.read("/cunju?q=%E5%8E%9D%E5%9E%B5").await;
        assert!(by_name.contains("曾厝垵社区居委会") && by_name.contains("滨海街道"), "{by_name}");
        let (_, by_town) = city.read("/siming/cunju?at=350203001000").await;
        assert_eq!(by_town.matches("/siming/cunju/350203001").count(), 7);
        let (elsewhere, _) = city.read("/siming/cunju?at=350205001000").await;
        assert_eq!(elsewhere, StatusCode::NOT_FOUND, "another district's town is not found here");
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_is_refused_in_the_visitors_mode_with_ways_on() {
    testing::on_both("sites_refusals", async |place| {
        let city = City::founded(&place).await;
        let table = [
            ("/gongkai/fading/meiyou", StatusCode::NOT_FOUND, "没有找到这一页"),
            ("/siming/xiagang/gongkai/fading/zhianguanli", StatusCode::NOT_FOUND, "没有找到这一页"),
            ("/gongkai/fading?year=abc", StatusCode::BAD_REQUEST, "请用四位数字"),
            ("/gongkai/fading?format=docx", StatusCode::BAD_REQUEST, "csv、json 或 atom"),
            ("/cunju/350203001", StatusCode::NOT_FOUND, "没有找到这一页"),
            ("/siming/gongkai/jigou/XM00010", StatusCode::NOT_FOUND, "没有找到这一页"),
        ];
        for (path, status, words) in table {
            let (answer, text) = city.read(path).await;
            assert_eq!(answer, status, "{path}");
            assert!(text.contains(words), "{path}: {text}");
            assert_eq!(web::page::inspect(&text), Vec::<String>::new(), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn machines_are_told_where_everything_is() {
    testing::on_both("sites_machines", async |place| {
        let city = City::founded(&place).await;
        let (_, robots) = city.read("/robots.txt").await;
        assert!(robots.contains("Sitemap: http://localhost/sitemap.xml"));
        let (_, security) = city.read("/.well-known/security.txt").await;
        assert!(security.contains("Expires: 2027-05-24T00:00:00Z"), "{security}");
        let (_, pages) = city.read("/siming/sitemap-pages.xml").await;
        assert!(pages.contains("<loc>http://localhost/siming/gongkai/zhinan</loc>"));
        for feed in
            ["/zuixin.atom", "/gongkai/fading.atom", "/siming/gongkai/fading/tongjixinxi.atom"]
        {
            let answer = city.get(feed).await;
            assert_eq!(
                answer.headers()[header::CONTENT_TYPE],
                "application/atom+xml; charset=utf-8",
                "{feed}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_towns_guide_says_what_article_12_asks_for() {
    testing::on_both("sites_guide", async |place| {
        let city = City::founded(&place).await;
        let (_, text) = city.read("/siming/xiagang/gongkai/zhinan").await;
        let main = text.split("<main").nth(1).and_then(|rest| rest.split("</main>").next());
        let name = "a_towns_guide_says_what_article_12_asks_for";
        insta::assert_snapshot!(name, main.unwrap_or_default());
    })
    .await;
}

#[tokio::test]
async fn organs_and_villages_are_found_as_soon_as_the_index_has_heard_of_them() {
    testing::on_both("sites_hearing", async |place| {
        let city = City::founded(&place).await;
        let asked = "/sousuo?q=%E6%9B%BE%E5%8E%9D%E5%9E%B5";
        let (_, before) = city.read(asked).await;
        assert!(!before.contains("/cunju/350203"), "nothing has been heard yet");
        let events = city.ledger.events_on("identity:tables").await.expect("events");
        let change = city.ledger.store().begin().await.expect("a transaction");
        for listener in city.house.listeners().filter(|one| one.name != "sites.review") {
            assert_eq!(listener.acts, ["identity.import"]);
            (listener.hear)(&city.house, &events[0], &change).await.expect("heard");
        }
        let (_, after) = city.read(asked).await;
        assert!(after.contains("/cunju/350203"), "{after}");
        // Where nothing has what was typed, the nearest titles stand beside the way to apply.
        let (_, nothing) = city.read("/sousuo?q=%E5%9E%B5%E5%8E%9D%E6%9B%BE%E5%B1%85").await;
        let (ways, nearest) = nothing.split_once("相近的标题").expect("near titles");
        assert!(ways.contains("申请公开这条信息"), "{ways}");
        assert!(nearest.contains("/cunju/350203") && nearest.contains("曾厝垵"), "{nearest}");
        // What is typed so far is offered whole, within the site and no further.
        let typed = "sousuo/tishi?q=%E6%9B%BE%E5%8E%9D%E5%9E%B5";
        let (_, offered) = city.read(&format!("/siming/{typed}")).await;
        let titles: Vec<String> = serde_json::from_str(&offered).expect("a list of titles");
        assert!(titles.iter().any(|title| title.contains("曾厝垵")), "{titles:?}");
        assert_eq!(city.read(&format!("/xiangan/{typed}")).await.1, "[]", "another district's");
        assert_eq!(city.read("/sousuo/tishi").await, (StatusCode::OK, "[]".into()));
    })
    .await;
}

#[tokio::test]
async fn what_is_searched_for_in_vain_is_counted_and_written_down_once() {
    testing::on_both("sites_unmet", async |place| {
        let city = City::founded(&place).await;
        for asked in [
            "/siming/sousuo?q=%E5%8A%A0%E8%A3%85%E7%94%B5%E6%A2%AF",
            "/siming/sousuo?q=%E5%8A%A0%E8%A3%85%E7%94%B5%E6%A2%AF",
            "/siming/sousuo?q=%E5%8A%A0%E8%A3%85%E7%94%B5%E6%A2%AF",
            // One person's words may be a name.
            "/siming/sousuo?q=%E5%BC%A0%E4%B8%89%E4%BD%8E%E4%BF%9D",
            // A filter leaves nothing of it; a number may be somebody's; nothing was asked.
            "/siming/sousuo?q=%E5%8A%A0%E8%A3%85%E7%94%B5%E6%A2%AF&year=1999",
            "/siming/sousuo?q=13800000000",
            "/siming/sousuo",
        ] {
            assert_eq!(city.get(asked).await.status(), StatusCode::OK, "{asked}");
        }
        let chore = city.house.chores().next().expect("this room has one");
        for _ in 0..2 {
            (chore.work)(&city.house).await.expect("writes");
        }
        let events = city.ledger.events_on("sites:unmet").await.expect("asks");
        assert_eq!(events.len(), 1, "what was written is not written again");
        let wanted = serde_json::json!([{
            "division": "350203000000", "words": "加装电梯", "source": "search", "times": 3,
        }]);
        assert_eq!(events[0].facts["wanted"], wanted);
        assert_eq!((events[0].actor.as_str(), events[0].act.as_str()), ("timer", "unmet"));
    })
    .await;
}

/// The tables of the city, its organs and its publishers.
impl City {
    async fn organ(&self, code: &str) -> Organ {
        Organ::find(self.ledger.store(), code).await.expect("asks").expect("an organ of the demo")
    }

    /// The next version of a guide, changed so, goes the whole way.
    async fn guide(&self, organ: &Organ, changed: &[(&str, &str)]) -> Result<(), PaperRefused> {
        let by = review::testing::someone(&organ.code, "foi_officer");
        let desk =
            async || self.ledger.desk(Actor::Person(by.person.clone())).await.expect("a desk");
        let kind = PaperKind::Guide;
        if papers::Paper::open(self.ledger.store(), &organ.code, kind)
            .await
            .expect("asks")
            .is_none()
        {
            papers::begin(desk().await, &by, organ, kind).await?;
        }
        let pair = |(key, text): &(&str, &str)| ((*key).to_owned(), (*text).to_owned());
        let said: Said = changed.iter().map(pair).collect();
        papers::keep(desk().await, &by, (organ, kind), &said).await?;
        let publishers = Publishers::of(&[sites::room()], self.house.folder());
        let unit = papers::submit(desk().await, &publishers, &by, (organ, kind)).await?;
        review::testing::publish(&self.ledger, &publishers, &unit).await.expect("publishes");
        self.house.forget_pages();
        Ok(())
    }
}

#[tokio::test]
async fn every_organ_has_the_five_parts_and_what_its_level_keeps() {
    testing::on_both("sites_parts", async |place| {
        let city = City::founded(&place).await;
        let five = [
            "政府信息公开指南",
            "政府信息公开制度",
            "法定主动公开内容",
            "政府信息公开年报",
            "依申请公开",
        ];
        for (organ, has, lacks) in [
            ("XM00001", &["治安管理", "社会救助"][..], &["宅基地"][..]),
            ("XM00024", &["治安管理"][..], &["社会救助", "宅基地"][..]),
            ("XM01104", &["宅基地", "筹资筹劳"][..], &["治安管理"][..]),
        ] {
            for part in ["zhinan", "zhidu", "fading", "nianbao", "shenqing"] {
                let (status, page) = city.read(&format!("/gongkai/jigou/{organ}/{part}")).await;
                assert_eq!(status, StatusCode::OK, "{organ} {part}");
                assert_eq!(web::page::inspect(&page), Vec::<String>::new(), "{organ} {part}");
                let tree = page.split("<nav aria-label=\"信息公开栏目\"").nth(1).expect("a tree");
                let tree = tree.split("</nav>").next().expect("its end");
                assert!(five.iter().all(|name| tree.contains(name)), "{organ} {part}");
                assert!(has.iter().all(|name| tree.contains(name)), "{organ} {part}: {tree}");
                assert!(!lacks.iter().any(|name| tree.contains(name)), "{organ} {part}: {tree}");
            }
        }
        let chosen = city.get("/gongkai/xuanze?jigou=XM00024&bufen=fading").await;
        assert_eq!(chosen.headers()[header::LOCATION], "/gongkai/jigou/XM00024/fading");
    })
    .await;
}

#[tokio::test]
async fn public_services_have_columns_of_their_own_and_nothing_to_apply_for() {
    testing::on_both("sites_services", async |place| {
        let city = City::founded(&place).await;
        let (status, page) = city.read("/gongkai/jigou/XM00093/fading/zifeibiaozhun").await;
        assert_eq!(status, StatusCode::OK);
        for name in ["服务标准", "资费标准", "办事服务", "投诉监督"] {
            assert!(page.contains(name), "{name}");
        }
        let main = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next());
        assert!(!main.expect("a main part").contains("依申请公开"));
        for part in ["shenqing", "zhinan"] {
            let (status, _) = city.read(&format!("/gongkai/jigou/XM00093/{part}")).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{part}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_guide_is_public_after_its_review_and_its_versions_stay() {
    testing::on_both("sites_papers", async |place| {
        let city = City::founded(&place).await;
        let organ = city.organ("XM00012").await;
        let page = "/gongkai/jigou/XM00012/zhinan";
        assert!(city.read(page).await.1.contains("自动生成"));
        let refused = city.guide(&organ, &[("dianhua", " ")]).await;
        let lacks = matches!(&refused, Err(PaperRefused::Lacks(all)) if all[0].what == "联系电话");
        assert!(lacks, "{refused:?}");
        assert!(city.read(page).await.1.contains("自动生成"), "nothing is public yet");
        city.guide(&organ, &[("dianhua", "0592-1111111")]).await.expect("the first");
        assert!(city.read(page).await.1.contains("第 1 版"));
        city.guide(&organ, &[("dianhua", "0592-2222222")]).await.expect("the second");
        let (_, now) = city.read(page).await;
        assert!(now.contains("0592-2222222") && !now.contains("0592-1111111"), "{now}");
        let (_, versions) = city.read(&format!("{page}/banben")).await;
        assert!(versions.contains("有 <b>1</b> 处不同"), "{versions}");
        assert!(versions.contains("0592-1111111") && versions.contains("0592-2222222"));
        assert_eq!(web::page::inspect(&versions), Vec::<String>::new());
        // Both versions stand in the public log, with what everybody was shown.
        let leaves = city.ledger.log().newest_leaves(10).await.expect("reads");
        let subjects: Vec<String> = leaves.into_iter().map(|leaf| leaf.body.subject).collect();
        assert_eq!(subjects.len(), 2, "{subjects:?}");
        let inscribed = sites::room().inscribed.expect("what stands in the log");
        let store = city.ledger.store();
        let contents = (inscribed.contents)(store, &subjects).await.expect("reads");
        let phones = contents.iter().filter(|(_, content)| content.contains("0592-"));
        assert_eq!(phones.count(), 2, "{contents:?}");
        assert!((inscribed.missing)(store, 10).await.expect("reads").is_empty());
        let link = (inscribed.page)(store, &subjects[0]).await.expect("reads").expect("is public");
        assert_eq!(city.read(&link.href).await.0, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn an_emblem_that_is_switched_off_is_missing() {
    testing::on_both("sites_emblem", async |place| {
        let city = City::founded(&place).await;
        let own = testing::Folder::new("sites-emblem");
        let (folder, day) = (own.path(), law::day(2026, 11, 25));
        std::fs::create_dir_all(folder).expect("a folder");
        std::fs::write(folder.join("guohui.svg"), "<svg/>").expect("an emblem");
        for (emblem, missing) in [(1, false), (0, true)] {
            let kept = Particulars::of(city.ledger.store(), "").await.expect("asks");
            let new = Particulars { emblem, ..kept.expect("the root") };
            let desk = city.ledger.desk(Actor::Operator("test".into())).await.expect("a desk");
            particulars::set(desk, ("", "XM00001"), new, "测试").await.expect("set");
            let all = sites::checking::check(city.ledger.store(), folder, day).await;
            let root = all.expect("checks").into_iter().next().expect("the root");
            let told = root.lacks.iter().any(|lack| lack.what.contains("国徽"));
            assert_eq!(told, missing, "{:?}", root.lacks);
        }
    })
    .await;
}

#[tokio::test]
async fn a_site_without_guide_and_catalogue_may_not_open() {
    testing::on_both("sites_launch", async |place| {
        let city = City::founded(&place).await;
        let (folder, day) = (city.house.folder(), law::day(2026, 11, 25));
        let checked = async || {
            let all = sites::checking::check(city.ledger.store(), folder, day).await;
            let root = all.expect("checks").into_iter().next().expect("the root");
            root.lacks.into_iter().map(|lack| lack.what).collect::<Vec<_>>()
        };
        let before = checked().await;
        assert!(before.contains(&"厦门市人民政府公布的政府信息公开指南".to_owned()), "{before:?}");
        city.guide(&city.organ("XM00001").await, &[]).await.expect("publishes");
        let after = checked().await;
        assert_eq!(before.len() - 1, after.len(), "{after:?}");
        assert!(after.contains(&"厦门市人民政府公布的政府信息公开目录".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn programs_take_organs_and_villages_page_by_page_each_once() {
    testing::on_both("sites_interface", async |place| {
        let city = City::founded(&place).await;
        for (path, least) in [
            ("/api/v1/organs?limit=50", 150),
            ("/siming/api/v1/divisions?level=village&limit=40", 80),
            ("/siming/xiagang/api/v1/divisions?limit=5", 5),
            ("/api/v1/columns?limit=6", 10),
        ] {
            let (mut seen, mut cursor) = (Vec::new(), String::new());
            loop {
                let (status, text) = city.read(&format!("{path}{cursor}")).await;
                assert_eq!(status, StatusCode::OK, "{path}: {text}");
                let page: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                let rows = page["rows"].as_array().expect("rows");
                seen.extend(rows.iter().map(|row| row["code"].to_string()));
                match page["next"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            let all: BTreeSet<&String> = seen.iter().collect();
            assert_eq!(all.len(), seen.len(), "{path}: no row twice");
            assert!(seen.len() >= least, "{path}: {}", seen.len());
            assert!(seen.is_sorted() || path.contains("columns"), "{path}: in one order");
        }
        let (status, text) = city.read("/siming/api/v1/organs/XM00002").await;
        assert_eq!(status, StatusCode::NOT_FOUND, "the city's organ is none of the district's");
        assert!(text.contains("\"code\":\"not_found\""), "{text}");
    })
    .await;
}
