//! What is for 特定群体 is kept and shown to nobody; what is to go to everybody all the same says why.

use ledger::Clock;
use records::acts::{ActError, File};
use records_rules::{Field, Weight};
use store::Statements;
use web::{Ask, By};

use crate::house::{NOW, Sample, manuscript, on_both, together};

const ITEM: (&str, &str) = ("目录事项", "受限征地 > 告知");
const GROUP: (&str, &str) = ("公开范围", "特定群体（村集体成员）");

/// A word that stands nowhere else.
const CANARY: &str = "紫云英";

/// Publishes one document for a group, with the canary wherever one can write, and one for all.
async fn furnish(sample: &Sample) -> String {
    let more =
        [ITEM, GROUP, ("文号", "厦紫〔2026〕9号"), ("体裁", "公示"), ("法定公开事项", "P21-04")];
    let canary = manuscript("紫云英地块登记表", &more);
    let text = canary.replace("正文第一段", "紫云英地块各户");
    let file = File { name: "紫云英.csv".into(), bytes: "紫云英".into() };
    let clock = Clock::Fixed(NOW.parse().expect("a moment"));
    let published = sample.publish_with(&text, vec![file], clock).await.expect("publishes");
    sample.publish(&manuscript("给大家的通知", &[])).await.expect("publishes");
    published[0].path.clone()
}

#[tokio::test]
async fn no_open_address_knows_of_a_document_that_is_for_a_group() {
    on_both(async |sample| {
        let path = furnish(sample).await;
        let unknown =
            format!("{}{}", &path[..path.len() - 1], if path.ends_with('0') { "1" } else { "0" });
        for ending in ["", ".pdf", ".docx", ".json", "/fujian/1"] {
            for site in ["", "/siming", "/siming/xiagang", "/huli"] {
                let here = sample.get(&format!("{site}{path}{ending}")).await;
                let there = sample.get(&format!("{site}{unknown}{ending}")).await;
                assert_eq!(here.0.as_u16(), 404, "{site}{ending}");
                let page = |body: &[u8]| String::from_utf8_lossy(body).replace(&path, &unknown);
                assert_eq!(page(&here.2), page(&there.2), "like one that never was: {ending}");
            }
        }
        for address in [
            "/wenjian",
            "/wenjian?format=csv",
            "/wenjian?format=json",
            "/wenjian.atom",
            "/wenjian?organ=XM00002",
            "/wenjian?year=2026",
            "/wenjian?genre=%E5%85%AC%E7%A4%BA",
            "/wenjian?statutory=P21-04",
            "/wenjian?domain=d12",
            "/wenjian?domain=d12&item=00000001&format=json",
            "/wenjian?q=9%E5%8F%B7",
            "/wenjian.atom?domain=d12",
        ] {
            let (status, page) = sample.page(address).await;
            assert_eq!(status.as_u16(), 200, "{address}");
            let name = path.rsplit('/').next().expect("a key");
            assert!(!page.contains(CANARY) && !page.contains(name), "{address}: {page}");
            assert!(!page.contains("受限征地"), "{address} tells of the link");
        }
    })
    .await;
}

#[tokio::test]
async fn neither_lists_nor_counts_nor_search_nor_site_map_know_of_it() {
    on_both(async |sample| {
        let path = furnish(sample).await;
        let house = &sample.house;
        assert_eq!(sample.titles(Ask::default()).await, ["给大家的通知"]);
        for by in [By::Domain, By::Item, By::Statutory] {
            assert_eq!(sample.tally(&Ask::default(), by).await, [], "{by:?}");
        }
        for by in [By::Year, By::Organ] {
            let tally = sample.tally(&Ask::default(), by).await;
            assert_eq!(tally.iter().map(|(_, tally)| tally.count).sum::<i64>(), 1, "{by:?}");
        }
        let number = "厦紫〔2026〕9号".parse().expect("a number");
        let numbered = records::store::numbered(house.store(), &number).await.expect("asks");
        assert_eq!(numbered, Vec::<String>::new());
        let room = records::room();
        let (documents, _) =
            (room.search.expect("is searched").batch)(house, None).await.expect("reads");
        assert_eq!(documents.len(), 1);
        let listener = house.listeners().find(|one| one.name == "records.search").expect("hears");
        let subject = path.replace("/wenjian/", "record:");
        let change = house.store().begin().await.expect("begins");
        for event in house.ledger().events_on(&subject).await.expect("asks") {
            (listener.hear)(house, &event, &change).await.expect("hears");
            let told = event.facts.to_string();
            assert!(!told.contains(CANARY) && told.contains("村集体成员"), "{told}");
        }
        drop(change);
        assert_eq!(house.search().len(), 0);
        let entries = room.sitemap.expect("has one").entries;
        for site in house.directory().all() {
            let listed = entries(house, site).await.expect("lists");
            assert!(listed.iter().all(|entry| entry.path != path), "{}", site.place);
        }
        let sql = "SELECT count(*) FROM record WHERE reach_group = '村集体成员'";
        assert_eq!(house.store().number(sql, vec![]).await.expect("counts"), Some(1), "it is kept");
    })
    .await;
}

#[tokio::test]
async fn whoever_publishes_of_a_held_item_is_asked_for_whom_and_why() {
    on_both(async |sample| {
        for (title, more, asked) in [
            ("未写", &[ITEM][..], Some((Field::Reach, "“公开范围：特定群体（村集体成员）”"))),
            ("无理由", &[ITEM, ("公开范围", "全社会")], Some((Field::ReachReason, "“公开理由"))),
            (
                "空理由",
                &[ITEM, ("公开范围", "全社会"), ("公开理由", " ")],
                Some((Field::ReachReason, "")),
            ),
            (
                "只有理由",
                &[ITEM, ("公开理由", "有")],
                Some((Field::ReachReason, "公开范围：全社会")),
            ),
            ("乱写", &[ITEM, ("公开范围", "内部")], Some((Field::Reach, "写“全社会”"))),
            ("没写谁", &[ITEM, ("公开范围", "特定群体")], Some((Field::Reach, "是哪些人"))),
            ("有理由", &[ITEM, ("公开范围", "全社会"), ("公开理由", "群众要求")], None),
            ("给谁", &[ITEM, GROUP], None),
            ("不受限", &[("目录事项", "就业 > 招聘")], None),
            ("一个受限", &[("目录事项", "就业 > 招聘"), ITEM], Some((Field::Reach, ""))),
        ] {
            let found = match sample.publish(&manuscript(title, more)).await {
                Ok(_) => None,
                Err(ActError::Faults(faults)) => {
                    assert!(faults.iter().all(|fault| fault.weight == Weight::Error), "{faults:?}");
                    faults.into_iter().next()
                }
                Err(other) => panic!("{title}: {other}"),
            };
            let field = found.as_ref().map(|fault| fault.field);
            assert_eq!(field, asked.map(|(field, _)| field), "{title}");
            let words = found.map(|fault| fault.to_string()).unwrap_or_default();
            assert!(words.contains(asked.map_or("", |(_, words)| words)), "{title}: {words}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_goes_to_everybody_with_a_reason_is_shown_like_any_other() {
    on_both(async |sample| {
        let reasoned = [ITEM, ("公开范围", "全社会"), ("公开理由", "群众要求")];
        let text = together([manuscript("征地公告", &reasoned)]);
        let published = sample.publish(&text).await.expect("publishes");
        assert_eq!(sample.page(&published[0].path).await.0.as_u16(), 200);
        assert_eq!(sample.titles(Ask::default()).await, ["征地公告"]);
        let sql = "SELECT count(*) FROM record WHERE reach_reason = '群众要求'";
        assert_eq!(sample.house.store().number(sql, vec![]).await.expect("counts"), Some(1));
    })
    .await;
}

/// Statements that read records for other purposes than showing them. `Record::find`, which pages for
/// everybody use, is looked at by itself.
const NOT_FOR_THE_PUBLIC: [&str; 11] = [
    // That a document was taken down is told too, to those it had been told to: all could read it, and only that.
    "src/announcing.rs",
    "store/taken.rs",
    "store/withdrawals.rs",
    "store/reading.rs",
    // For clerks of the organ alone.
    "store/begun.rs",
    "store/clearing.rs",
    "store/findings.rs",
    "store/looking.rs",
    "store/retention.rs",
    "store/checks/cases.rs",
    // That a document was destroyed is told of those everybody could read, and only that.
    "store/retention/destructions.rs",
];

#[test]
fn every_list_asks_for_what_is_open_or_says_itself_what_it_tells_of() {
    let conditions = include_str!("../../src/store/lists/conditions.rs");
    let begun = conditions.matches("Self { parts: vec![").count();
    let with = ["vec![OPEN.to_owned()]", "vec![those.to_owned()]"];
    assert_eq!(begun, with.iter().map(|with| conditions.matches(with).count()).sum::<usize>());
    let lists = include_str!("../../src/store/lists.rs");
    let those = lists.matches("Conditions::among(").count();
    assert_eq!(
        those,
        lists.matches("Conditions::among(\"r.reach = 'whole' AND r.withdrawn = 1").count()
    );
}

#[test]
fn every_statement_that_answers_the_public_keeps_to_what_is_open() {
    let root = std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let (mut folders, mut statements) = (vec![root], 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            if NOT_FOR_THE_PUBLIC.iter().any(|other| path.ends_with(other)) {
                continue;
            }
            for (at, _) in
                text.match_indices(" record r").chain(text.match_indices("FROM record\n"))
            {
                statements += 1;
                let around: String = text[at..].chars().take(400).collect();
                let open = around.contains("{OPEN}") || around.contains("{sql}");
                // What every list is read from; that all of them ask for it is asserted above.
                let listed = path.ends_with("lists/conditions.rs")
                    || around.contains("JOIN organ o ON o.code = r.organ\";");
                assert!(open || listed, "{}: {around}", path.display());
            }
        }
    }
    assert!(statements > 7, "{statements}");
    let reading = include_str!("../../src/store/reading.rs");
    let (_, find) = reading.split_once("pub async fn find").expect("is there");
    let (find, _) = find.split_once("\n    }\n").expect("ends");
    assert!(find.contains("{RECORD} AND {OPEN}"), "{find}");
    // Clerks ask for their own organ alone.
    let kept = include_str!("../../src/store/retention.rs");
    let (asked, own) = ("\"{KEPT}", "\"{KEPT} WHERE r.organ = $1");
    assert_eq!(kept.matches(asked).count(), kept.matches(own).count());
    let looked = include_str!("../../src/store/looking.rs");
    let asked = looked.matches("FROM record\n").count() + looked.matches("{LINE} WHERE").count();
    assert_eq!(looked.matches("WHERE organ = $1").count(), asked);
    let withdrawn = include_str!("../../src/store/withdrawals.rs");
    let (_, told) = withdrawn.split_once("async fn told").expect("is there");
    let (told, _) = told.split_once("\n    }\n").expect("ends");
    assert!(told.contains("r.reach = 'whole'"), "a notice is for whoever could read the document");
    let announced = include_str!("../../src/announcing.rs");
    assert_eq!(announced.matches("FROM record r").count(), 1);
    assert!(announced.contains("r.id = $1 AND (r.reach = 'whole' OR EXISTS"), "as OPEN asks");
    assert!(announced.contains("(SELECT 1 FROM log_leaf l"), "or everybody could read it once");
    let destroyed = include_str!("../../src/store/retention/destructions.rs");
    let asked = destroyed.matches("JOIN record r ON").count();
    assert_eq!((asked, destroyed.matches("r.reach = 'whole'").count()), (1, 1), "as OPEN asks");
    let portal = include_str!("../../src/portal/place.rs");
    assert!(!portal.contains("of_organ"), "no page for everybody reads what is not open");
}
