//! What everybody sees of interpretations.

use interpretation::acts::{pulling, question};
use interpretation_rules::Form;

use crate::answers::{answered, edition};
use crate::ground::{Ground, NOW, head, on_both, person};

const TITLE: &str = "厦门市养老服务补贴办法";

/// The files below a folder of folders.
fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let below = |folder: std::path::PathBuf| std::fs::read_dir(folder).expect("a folder");
    let folders = below(folder.to_owned()).map(|entry| entry.expect("reads").path());
    folders.flat_map(|one| below(one).map(|entry| entry.expect("reads").path())).collect()
}

#[tokio::test]
async fn the_list_is_narrowed_turned_and_taken_home() {
    on_both(async |ground| {
        let empty = ground.page("/jiedu").await;
        assert!(empty.contains("还没有发布政策解读"), "{empty}");
        for at in 0..22 {
            ground.published(&format!("p{at:02}"), &format!("第{at:02}号补贴办法")).await;
        }
        // Another house, which keeps no page yet.
        let ground = &ground.at(NOW).await;
        let first = ground.page("/jiedu").await;
        assert!(first.contains("第21号补贴办法") && !first.contains("第01号补贴办法"), "{first}");
        let next = first.split("href=\"").filter_map(|rest| rest.split('"').next());
        let next = next.filter(|href| href.contains("after=")).last().expect("a next page");
        let second = ground.page(&next.replace("&amp;", "&").replace("&#38;", "&")).await;
        assert!(
            second.contains("第01号补贴办法") && !second.contains("第21号补贴办法"),
            "{second}"
        );
        let none = ground.page("/jiedu?form=tujie").await;
        assert!(none.contains("没有符合条件的解读"), "{none}");
        let found = ground.page("/jiedu?q=%E7%AC%AC07").await;
        assert!(found.contains("第07号补贴办法") && !found.contains("第08号补贴办法"), "{found}");
        assert_eq!(ground.get("/jiedu?form=meiyou").await.0, 400);
        let (_, csv) = ground.get("/jiedu?format=csv").await;
        assert_eq!(csv.trim_end().lines().count(), 23, "{csv}");
        let (_, json) = ground.get("/jiedu?format=json&domain=yanglaofuwu").await;
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["rows"].as_array().map(Vec::len), Some(22));
        assert_eq!(json["rows"][0]["form"], "wenzi");
        let (status, feed) = ground.get("/jiedu.atom").await;
        assert!(status == 200 && feed.contains("第21号补贴办法"), "{feed}");
        // A district's site shows nothing of the city's.
        let district = ground.page("/siming/jiedu").await;
        assert!(!district.contains("补贴办法"), "{district}");
    })
    .await;
}

#[tokio::test]
async fn a_page_leads_to_its_document_and_a_diagram_is_also_drawn() {
    on_both(async |ground| {
        let (policy, _) = ground.ready("一", TITLE).await;
        let drawn = ground.material(&policy.id, Form::Diagram).await;
        let unit = ground.submit(&[("record", "一")]).await.expect("submits");
        ground.sign(&unit).await.expect("signs");
        ground.release(&unit).await.expect("publishes");
        let page = ground.page(&drawn.path()).await;
        assert!(page.contains("href=\"/wenjian/一\""), "{page}");
        assert!(page.contains("<svg") && page.contains("300") && page.contains("按月发"), "{page}");
        let (status, svg) = ground.get(&format!("{}/tujie.svg", drawn.path())).await;
        assert!(status == 200 && svg.starts_with("<svg"), "{svg}");
        let address = format!("{}/tujie.png", drawn.path());
        assert!(page.contains(&address), "{page}");
        let (status, png) = ground.get(&address).await;
        assert!(status == 200 && png.starts_with("drawing \"<svg"), "{png}");
        // It is painted once and kept.
        let kept = walk(&ground.folder.path().join("pictures"));
        assert_eq!(kept.len(), 1);
        std::fs::write(&kept[0], "kept").expect("writes");
        assert_eq!(ground.at(NOW).await.get(&address).await.1, "kept");
        let text = format!("{}/tujie.png", ground.material(&policy.id, Form::Text).await.path());
        assert_eq!(ground.get(&text).await.0, 404);
        let told = ground.house.explanations("/wenjian/一").await.expect("asks");
        assert_eq!(told.list.len(), 2, "the document's page shows both: {told:?}");
        let page = ground.page("/jiedu/fugai").await;
        assert!(page.contains("100%") && page.contains(TITLE), "{page}");
        let (_, csv) = ground.get("/jiedu/fugai.csv?nian=2026").await;
        assert!(csv.contains("文字解读、图解"), "{csv}");
        assert_eq!(ground.get("/jiedu/fugai?nian=1800").await.0, 400);
        // What is not published is there for nobody.
        let open = ground.material(&policy.id, Form::Text).await;
        assert_eq!(ground.get(&open.path()).await.0, 404);
        // With what it says, what was painted of it goes.
        let (desk, by) = (ground.desk().await, person("钱", "drafter"));
        let why = ("personal", "带出了姓名");
        pulling::propose(desk, &by, &drawn.id, why).await.expect("proposes");
        let (desk, folder) = (ground.desk().await, ground.folder.path());
        let done = pulling::decide(desk, folder, &head(), &drawn.id, (true, "看过")).await;
        done.expect("agrees");
        assert_eq!(walk(&folder.join("pictures")).len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_policy_stands_beside_the_one_whose_place_it_takes_paragraph_by_paragraph() {
    on_both(async |ground| {
        ground.published("p0", "厦门市养老服务补贴办法（试行）").await;
        let (policy, one) = ground.ready("p1", TITLE).await;
        ground.edit("p1", "text", "第一条　为了养老，制定本办法。\n第二条　每月三百元。").await;
        let sql = "UPDATE policy_document SET former = '/wenjian/p0' WHERE piece = 'p1'";
        ground.raw(sql).await.expect("as if it had been said when it was judged");
        let unit = ground.submit(&[("record", "p1")]).await.expect("submits");
        ground.sign(&unit).await.expect("signs");
        ground.release(&unit).await.expect("publishes");
        let address = format!("{}/duibi", one.path());
        let page = ground.page(&one.path()).await;
        assert!(page.contains(&address), "{page}");
        let page = ground.page(&address).await;
        assert!(page.contains("<ins>第二条　每月三百元。</ins>"), "{page}");
        assert!(page.contains("<p>第一条　为了养老，制定本办法。</p>"), "{page}");
        assert_eq!(ground.policy(&policy.id).await.former, "/wenjian/p0");
    })
    .await;
}

/// The site map of the city and that of its district.
async fn mapped(ground: &Ground) -> [Vec<String>; 2] {
    let entries = interpretation::room().sitemap.expect("has one").entries;
    let directory = ground.house.directory();
    let mut maps = Vec::new();
    for site in directory.all() {
        let listed = entries(&ground.house, site).await.expect("lists");
        maps.push(listed.into_iter().map(|one| one.path).collect::<Vec<_>>());
    }
    maps.try_into().expect("two sites")
}

#[tokio::test]
async fn the_site_map_has_what_is_public_and_each_site_its_own() {
    on_both(async |ground| {
        let (_, one) = ground.published("一", TITLE).await;
        let asked = answered(ground).await;
        let topic = edition(ground, None, "88301").await;
        let [city, district] = mapped(ground).await;
        for path in [one.path(), asked.path(), topic.path()] {
            assert_eq!(city.iter().filter(|own| **own == path).count(), 1, "{path} in {city:?}");
        }
        assert_eq!(district, ["/jiedu", "/wenda", "/huiying", "/zhuanti"]);
        let (desk, by) = (ground.desk().await, head());
        question::withdraw(desk, &by, &asked.id, "算错了").await.expect("withdraws");
        ground.document_is_shown("一", false).await;
        let [city, _] = mapped(ground).await;
        assert!(!city.contains(&one.path()) && !city.contains(&asked.path()), "{city:?}");
        assert!(city.contains(&topic.path()), "{city:?}");
    })
    .await;
}
