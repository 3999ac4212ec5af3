//! The pages, as visitors and machines get them.

use ledger::Clock;
use records::acts::File;
use web::page::inspect;

use crate::house::{NOW, Sample, manuscript, on_both, together};

const NOTICE: &str = include_str!("../../../../server/demo/notice.md");

async fn sound(sample: &Sample, address: &str) -> String {
    let (status, page) = sample.page(address).await;
    assert_eq!(status.as_u16(), 200, "{address}");
    assert_eq!(inspect(&page), Vec::<String>::new(), "{address}");
    page
}

#[tokio::test]
async fn the_notice_is_found_by_its_number_and_shown_as_the_document_it_is() {
    on_both(async |sample| {
        let published = sample.publish(NOTICE).await.expect("publishes");
        let list = sound(sample, "/wenjian?q=%E5%8E%A6%E5%BA%9C%E5%8A%9E%5B2020%5D67").await;
        assert!(list.contains(&published[0].path), "the number is typed with other brackets");
        let page = sound(sample, &published[0].path).await;
        for part in [
            "<dt>索引号</dt><dd>XM00002-0201-2020-00067</dd>",
            "<dt>发文字号</dt><dd>厦府办〔2020〕67号</dd>",
            "<dt>成文日期</dt><dd><time datetime=\"2020-07-07\">",
            "<dt>发布日期</dt><dd><time datetime=\"2026-11-26\">",
            "<dt>原发布日期</dt><dd>来源未载明</dd>",
            "<dt>主题分类</dt><dd>综合政务 / 政务公开</dd>",
            "<dt>公开属性</dt><dd>主动公开</dd>",
            "<meta name=\"ArticleTitle\" content=\"厦门市人民政府办公厅关于",
            "<meta name=\"PubDate\" content=\"2026-11-26 00:30\">",
            "<meta name=\"ContentSource\" content=\"厦门市人民政府办公厅\">",
            "<meta name=\"ColumnType\" content=\"政策文件\">",
            "\"legislationIdentifier\":\"厦府办〔2020〕67号\"",
            "<p class=\"to\">各区人民政府，市直各委、办、局，各有关单位：</p>",
            "<a href=\"#s4\">四、完善基层政务公开保障机制",
            "<p class=\"note-line\">（此件主动公开）</p>",
            "厦门市人民政府办公厅　2020年7月7日印发",
            "/mulu/d12/00000001",
        ] {
            assert!(page.contains(part), "{part}");
        }
        assert_eq!(page.matches("<h3>（").count(), 16);
        assert!(!page.contains("<b>演示数据</b>"), "the notice is real");
    })
    .await;
}

#[tokio::test]
async fn a_record_is_seen_on_the_sites_that_contain_it_and_the_others_say_where_it_is() {
    on_both(async |sample| {
        let text = together([
            manuscript("街道的通知", &[("发布机构", "XM01101")]),
            manuscript("市里的通知", &[]),
        ]);
        let published = sample.publish(&text).await.expect("publishes");
        let (town, city) = (&published[0].path, &published[1].path);
        for (site, path, status, leads) in [
            ("", town, 200, ""),
            ("/siming", town, 200, ""),
            ("/siming/xiagang", town, 200, ""),
            ("/huli", town, 404, "/siming/xiagang"),
            ("", city, 200, ""),
            ("/siming", city, 404, ""),
        ] {
            let (found, page) = sample.page(&format!("{site}{path}")).await;
            assert_eq!(found.as_u16(), status, "{site}{path}");
            assert_eq!(inspect(&page), Vec::<String>::new(), "{site}{path}");
            let link = format!("<a class=\"btn\" href=\"{leads}{path}\">");
            assert_eq!(page.contains(&link), status == 404, "{site}{path}");
        }
        let huli = sound(sample, "/huli/wenjian").await;
        assert!(huli.contains("还没有公开的文件"), "nothing was published there");
        assert!(sound(sample, "/siming/wenjian").await.contains("街道的通知"));
        let unknown =
            format!("{}{}", &town[..town.len() - 1], if town.ends_with('0') { "1" } else { "0" });
        for address in
            [unknown.as_str(), "/wenjian/x", "/wenjian/%00", "/wenjian/x.pdf", "/wenjian/1.exe"]
        {
            assert_eq!(sample.page(address).await.0.as_u16(), 404, "{address}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_list_comes_as_table_as_data_and_as_feed_with_the_same_filters() {
    on_both(async |sample| {
        let text = together([
            manuscript("甲, <通知>", &[("文号", "厦府办〔2026〕1号")]),
            manuscript("=乙", &[("体裁", "公告"), ("演示数据", "是"), ("有效期至", "2026-12-31")]),
        ]);
        sample.publish(&text).await.expect("publishes");
        let (_, headers, csv) = sample.get("/wenjian?format=csv").await;
        let csv = String::from_utf8(csv).expect("text");
        assert_eq!(headers["content-type"], "text/csv; charset=utf-8");
        assert!(
            csv.starts_with("\u{feff}标题,文号,索引号,发布机构,体裁,成文日期,发布日期,"),
            "{csv}"
        );
        assert_eq!(csv.lines().count(), 3);
        assert!(
            csv.contains("\"甲, <通知>\",厦府办〔2026〕1号") && !csv.contains("\n=乙"),
            "{csv}"
        );
        let (_, json) = sample.page("/wenjian?format=json&genre=%E5%85%AC%E5%91%8A").await;
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!((&json["total"], &json["rows"][0]["title"]), (&1.into(), &"=乙".into()));
        assert_eq!(json["rows"][0]["demo"], true);
        let (_, feed) = sample.page("/wenjian.atom?q=%E9%80%9A%E7%9F%A5").await;
        assert_eq!(feed.matches("<entry>").count(), 1);
        assert!(
            feed.contains("甲, &#60;通知&#62;")
                && feed.contains("<updated>2026-11-25T16:30:00.000Z")
        );
        assert_eq!(sample.page("/wenjian?format=xml").await.0.as_u16(), 400);
        assert_eq!(sample.page("/wenjian?year=x").await.0.as_u16(), 400);
        let none = sound(sample, "/wenjian?q=%E6%B2%A1%E6%9C%89&validity=%E5%A4%B1%E6%95%88").await;
        assert!(none.contains("没有符合条件的文件") && none.contains("不限有效性"));
        assert!(sound(sample, "/wenjian").await.contains("2026-12-31 到期"));
    })
    .await;
}

#[tokio::test]
async fn a_document_is_taken_home_as_docx_and_as_data() {
    on_both(async |sample| {
        let published = sample.publish(NOTICE).await.expect("publishes");
        let (status, headers, docx) = sample.get(&format!("{}.docx", published[0].path)).await;
        assert_eq!((status.as_u16(), &docx[..2]), (200, &b"PK"[..]));
        let disposition = headers["content-disposition"].to_str().expect("ascii");
        assert!(disposition.contains("filename*=UTF-8''%E5%8E%A6%E9%97%A8"), "{disposition}");
        let (_, json) = sample.page(&format!("{}.json", published[0].path)).await;
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["metadata"]["number"], "厦府办〔2020〕67号");
        assert_eq!(json["published_on"], "2026-11-26");
        assert_eq!(json["validity"], "有效");
        assert_eq!(json["blocks"][2]["kind"], "heading");
    })
    .await;
}

#[tokio::test]
async fn a_record_can_be_searched_once_its_publication_has_been_heard_of() {
    on_both(async |sample| {
        let published = sample.publish(NOTICE).await.expect("publishes");
        let subject = format!("record:{}", published[0].id);
        let events = sample.house.ledger().events_on(&subject).await.expect("asks");
        let listener = sample.house.listeners().find(|one| one.name == "records.search");
        let change = sample.house.store().begin().await.expect("begins");
        let hear = listener.expect("this room listens").hear;
        hear(&sample.house, &events[0], &change).await.expect("hears");
        assert_eq!(sample.house.search().len(), 1);
        let room = &sample.house.rooms()[0];
        let batch = room.search.expect("this room is searched").batch;
        let (documents, next) = batch(&sample.house, None).await.expect("reads");
        assert_eq!(
            (documents.len(), documents[0].title.as_str()),
            (1, published[0].title.as_str())
        );
        assert_eq!(
            documents[0].date.as_deref(),
            Some("2020-07-07"),
            "the source gives no other day"
        );
        let (rest, end) = batch(&sample.house, next.as_deref()).await.expect("reads");
        assert!(rest.is_empty() && end.is_none());
    })
    .await;
}

#[tokio::test]
async fn panels_and_site_maps_hold_what_belongs_to_the_site() {
    on_both(async |sample| {
        let text = together([
            manuscript("街道的通知", &[("发布机构", "XM01101")]),
            manuscript("市里的通知", &[]),
        ]);
        let file = File { name: "表.xlsx".into(), bytes: vec![1; 43_000] };
        let clock = Clock::Fixed(NOW.parse().expect("a moment"));
        let published = sample.publish_with(&text, vec![file], clock).await.expect("publishes");
        let page = sound(sample, &published[0].path).await;
        assert!(page.contains("XLSX，42 KB<span class=\"vh\">：表.xlsx</span>"));
        let room = &sample.house.rooms()[0];
        let entries = room.sitemap.expect("this room has a site map").entries;
        for (site, records) in [(0, 1), (1, 0), (2, 1), (3, 0)] {
            let site = &sample.house.directory().all()[site].clone();
            let listed = entries(&sample.house, site).await.expect("lists");
            assert_eq!(listed.len(), 1 + records, "{}", site.place);
        }
        let directory = sample.house.directory();
        for (site, organ, words) in
            [(1, "XM01101", "街道的通知"), (1, "XM01002", "本机关还没有在这里公开信息")]
        {
            let site = &directory.all()[site];
            let panels = sample.house.panels(web::Place::Organ, site, organ).await.expect("draws");
            assert!(panels[0].contains(words), "{organ}");
        }
        let home = sample.house.panels(web::Place::HomeMain, &directory.all()[3], "").await;
        assert!(home.expect("draws")[0].contains("还没有公开的信息"));
        for one in &room.samples {
            let path = (one.path)(&sample.house).await.expect("reads").expect("exists");
            sound(sample, &path).await;
        }
    })
    .await;
}
