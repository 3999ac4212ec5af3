//! Lists: whole, in order, and counted.

use ledger::Clock;
use records::acts::correction;
use records::acts::drafting::{Kept, save};
use records::store::Content;
use records_rules::{Field, Life, Repeal, Validity};
use store::{FromQueryResult, Statements};
use web::{Ask, By};

use crate::drafts::hand;
use crate::house::{Sample, TODAY, manuscript, on_both, together};

async fn publish_at(sample: &Sample, moment: &str, titles: std::ops::Range<usize>) {
    let texts = titles.map(|at| manuscript(&format!("第{at:02}件"), &[]));
    let clock = Clock::Fixed(moment.parse().expect("a moment"));
    sample.publish_with(&together(texts), vec![], clock).await.expect("publishes");
}

#[tokio::test]
async fn paging_neither_repeats_nor_skips_though_many_were_published_in_one_moment() {
    on_both(async |sample| {
        publish_at(sample, "2026-11-24T01:00:00Z", 0..7).await;
        publish_at(sample, "2026-11-25T01:00:00Z", 7..20).await;
        let whole: Vec<_> = (0..20).rev().map(|at| format!("第{at:02}件")).collect();
        for limit in [1, 3, 7, 19, 20, 21] {
            let titles = sample.titles(Ask { limit, ..Ask::default() }).await;
            assert_eq!(titles, whole, "{limit} on a page");
        }
    })
    .await;
}

#[tokio::test]
async fn a_record_is_asked_for_by_its_key() {
    on_both(async |sample| {
        publish_at(sample, "2026-11-24T01:00:00Z", 0..3).await;
        let all = sample.house.rows(&Ask { limit: 3, ..Ask::default() }).await.expect("lists").rows;
        let keys = vec![all[1].id.clone(), "none".to_owned()];
        let found = sample.house.rows(&Ask { keys, ..Ask::default() }).await.expect("lists").rows;
        assert_eq!(found, [all[1].clone()]);
    })
    .await;
}

#[tokio::test]
async fn what_is_published_while_one_reads_does_not_move_the_pages_after() {
    on_both(async |sample| {
        publish_at(sample, "2026-11-24T01:00:00Z", 0..6).await;
        let listing = sample.house.listing().expect("a listing");
        let ask = Ask { limit: 3, ..Ask::default() };
        let first = listing.rows(&sample.house, &ask).await.expect("lists");
        publish_at(sample, "2026-11-25T01:00:00Z", 6..9).await;
        let ask = Ask { after: first.next, ..ask };
        let second = listing.rows(&sample.house, &ask).await.expect("lists");
        let titles: Vec<_> = second.rows.iter().map(|row| row.title.as_str()).collect();
        assert_eq!(titles, ["第02件", "第01件", "第00件"]);
        assert_eq!(second.next, None);
    })
    .await;
}

#[tokio::test]
async fn one_can_turn_back_to_where_one_came_from() {
    on_both(async |sample| {
        publish_at(sample, "2026-11-24T01:00:00Z", 0..45).await;
        let href = |page: &str, rel: &str| {
            let (before, _) = page.split_once(&format!("\" rel=\"{rel}\""))?;
            let (_, href) = before.rsplit_once("href=\"")?;
            Some(href.replace("&#38;", "&"))
        };
        let (_, first) = sample.page("/wenjian").await;
        assert!(
            href(&first, "prev").is_none() && first.contains("第44件") && !first.contains("第24件")
        );
        let (_, second) = sample.page(&href(&first, "next").expect("more")).await;
        let (_, third) = sample.page(&href(&second, "next").expect("more")).await;
        assert!(href(&third, "next").is_none() && third.contains("第00件"));
        let (_, back) = sample.page(&href(&third, "prev").expect("back")).await;
        let rows = |page: &str| page.matches("<div class=\"t\">").count();
        assert_eq!((rows(&first), rows(&second), rows(&third), rows(&back)), (20, 20, 5, 20));
        assert!(back.contains("第24件") && back.contains("第05件"));
        let (_, start) = sample.page(&href(&back, "prev").expect("back")).await;
        assert!(start.contains("第44件") && href(&start, "prev").is_none());
        for mark in ["x", "2026-11-24_2026-11-24T01:00:00.000Z_'; DROP TABLE record"] {
            let address = format!("/wenjian?after={}", mark.replace(' ', "%20"));
            assert_eq!(sample.page(&address).await.0.as_u16(), 400, "{mark}");
        }
    })
    .await;
}

/// One record of each organ, with what lists can be narrowed by.
async fn published(sample: &Sample) {
    let texts = [
        manuscript(
            "关于养老的通知",
            &[
                ("文号", "厦府办〔2025〕9号"),
                ("成文日期", "2025-03-01"),
                ("原发布日期", "来源未载明"),
                ("法定公开事项", "P20-01"),
                ("目录事项", "养老服务 > 政策"),
                ("目录事项", "养老服务 > 通知"),
            ],
        ),
        manuscript(
            "100%_覆盖",
            &[
                ("发布机构", "XM01002"),
                ("体裁", "公告"),
                ("法定公开事项", "P20-01"),
                ("法定公开事项", "P20-07"),
                ("目录事项", "养老服务 > 政策"),
            ],
        ),
        manuscript(
            "ＡＢ方案（2026—2030年）",
            &[
                ("发布机构", "XM01101"),
                ("体裁", "方案"),
                ("成文日期", "2026-01-05"),
                ("原发布日期", "2026-01-09"),
                ("原发布日期来源", "街道公示栏"),
                ("目录事项", "救灾 > 方案"),
            ],
        ),
        manuscript("湖里的通知", &[("发布机构", "XM02002"), ("有效期至", "2026-11-25")]),
    ];
    sample.publish(&together(texts)).await.expect("publishes");
}

#[tokio::test]
async fn a_list_is_narrowed_by_each_of_its_filters() {
    let text = |text: &str| Some(text.to_owned());
    let words = |words: &str| Ask { words: text(words), ..Ask::default() };
    let range = |low: &str, high: &str| Some((low.to_owned(), high.to_owned()));
    let (old, odd, plan, huli) =
        ("关于养老的通知", "100%_覆盖", "ＡＢ方案（2026—2030年）", "湖里的通知");
    let table: Vec<(Ask, Vec<&str>)> = vec![
        (Ask::default(), vec![huli, odd, old, plan]),
        (
            Ask { divisions: range("350203000000", "350203999999"), ..Ask::default() },
            vec![odd, plan],
        ),
        (Ask { statutory: text("P20-01"), ..Ask::default() }, vec![odd, old]),
        (Ask { domain: text("d12"), ..Ask::default() }, vec![odd, old]),
        (Ask { domain: text("d6"), item: text("00000001"), ..Ask::default() }, vec![plan]),
        (Ask { domain: text("d6"), item: text("00000002"), ..Ask::default() }, vec![]),
        (Ask { organ: text("XM01101"), ..Ask::default() }, vec![plan]),
        (Ask { year: Some(2025), ..Ask::default() }, vec![old]),
        (Ask { validity: text("失效"), ..Ask::default() }, vec![huli]),
        (Ask { validity: text("有效"), ..Ask::default() }, vec![odd, old, plan]),
        (Ask { genre: text("方案"), ..Ask::default() }, vec![plan]),
        (Ask { genre: text("政务公开"), ..Ask::default() }, vec![huli, odd, old, plan]),
        (words("通知 养老"), vec![old]),
        (words("厦府办[2025] 09 号"), vec![old]),
        (words("办(2025)9"), vec![old]),
        (words("%"), vec![odd]),
        (words("_"), vec![odd]),
        (words("ab方案(2026"), vec![plan]),
        (words("\\"), vec![]),
        (words("'; DROP TABLE record; --"), vec![]),
    ];
    on_both(async |sample| {
        published(sample).await;
        for (ask, titles) in &table {
            assert_eq!(&sample.titles(ask.clone()).await, titles, "{ask:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_tally_counts_records_and_dates_them_by_what_is_known_of_their_first_publication() {
    on_both(async |sample| {
        published(sample).await;
        let lines = async |ask: &Ask, by| {
            let line = |(key, tally): (String, web::Tally)| {
                format!("{key} {} {}", tally.count, tally.latest.unwrap_or_default())
            };
            sample.tally(ask, by).await.into_iter().map(line).collect::<Vec<_>>()
        };
        let all = Ask::default();
        // The city's record names two items of one domain and does not say when it first came out.
        assert_eq!(lines(&all, By::Domain).await, ["d12 2 2026-11-26", "d6 1 2026-01-09"]);
        assert_eq!(lines(&all, By::Item).await, ["00000001 3 2026-11-26"]);
        assert_eq!(
            lines(&all, By::Statutory).await,
            ["P20-01 2 2026-11-26", "P20-07 1 2026-11-26"]
        );
        assert_eq!(lines(&all, By::Year).await, ["2025 1 ", "2026 3 2026-11-26"]);
        assert_eq!(lines(&all, By::Organ).await.len(), 4);
        let domain = Ask { domain: Some("d6".into()), ..Ask::default() };
        assert_eq!(lines(&domain, By::Item).await, ["00000001 1 2026-01-09"]);
        let town = Ask {
            divisions: Some(("350203001000".into(), "350203001999".into())),
            ..Ask::default()
        };
        assert_eq!(lines(&town, By::Domain).await, ["d6 1 2026-01-09"]);
    })
    .await;
}

#[tokio::test]
async fn validity_in_sql_is_validity_in_the_rules_for_every_order_of_days() {
    on_both(async |sample| {
        let days = [None, Some("2026-11-25"), Some("2026-11-26"), Some("2026-11-27")];
        let labels = ["施行日期", "有效期至", "废止日期", "部分失效日期", "修改日期"];
        let mut texts = Vec::new();
        for case in 0..4_usize.pow(5) {
            let chosen: Vec<_> = (0..5).map(|at| days[case / 4_usize.pow(at) % 4]).collect();
            let day = |at: usize| chosen[at].map(|day| day.parse().expect("a day"));
            let life = Life {
                in_force_from: day(0),
                last_day: day(1),
                repealed: day(2).map(|from| Repeal { from, by: None }),
                partly_void_from: day(3),
                amended_by: None,
                amended_from: day(4),
            };
            let title = format!("{}：{case:04}", life.validity_on(TODAY));
            let lines: Vec<_> = labels
                .iter()
                .zip(&chosen)
                .filter_map(|(label, day)| Some((*label, (*day)?)))
                .collect();
            let text = manuscript(&title, &lines);
            // Days that contradict each other are refused before they come here.
            if records_rules::Manuscript::read(&text, TODAY).is_ok() {
                texts.push(text);
            }
        }
        let many = texts.len();
        assert!(many > 300, "{many}");
        sample.publish(&together(texts)).await.expect("publishes");
        let mut seen = 0;
        for validity in Validity::ALL {
            let ask = Ask { validity: Some(validity.name().into()), limit: 100, ..Ask::default() };
            let titles = sample.titles(ask).await;
            assert!(
                titles.iter().all(|title| title.starts_with(&format!("{validity}："))),
                "{validity}"
            );
            seen += titles.len();
        }
        assert_eq!(seen, many);
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_over_stands_in_every_list_where_its_first_publication_puts_it() {
    on_both(async |sample| {
        let over = |title: &'static str, day: &'static str| {
            let source =
                [("原发布日期", day), ("原发布日期来源", "旧网站"), ("成文日期", "2020-01-02")];
            manuscript(title, &source)
        };
        let now = manuscript("今天的通知", &[]);
        sample.publish(&now).await.expect("publishes");
        let later = Clock::Fixed("2026-11-25T17:30:00Z".parse().expect("a moment"));
        let old =
            together(vec![over("前年的通知", "2024-03-01"), over("往年的通知", "2020-01-09")]);
        sample.publish_with(&old, vec![], later).await.expect("takes over");
        let panels = records::room().panels.into_iter();
        let newest = panels.filter(|panel| panel.place == web::Place::HomeMain);
        let sites = sample.house.directory();
        for panel in newest {
            let drawn = (panel.draw)(&sample.house, &sites.all()[0], "").await.expect("draws");
            let drawn = drawn.expect("a panel");
            let at = |title: &str| drawn.find(title).unwrap_or_else(|| panic!("{title}: {drawn}"));
            let order = ["今天的通知", "前年的通知", "往年的通知"].map(at);
            assert!(order.is_sorted(), "{drawn}");
        }
        // The list of everything has the same order, page by page, and says which.
        for limit in [1, 2, 3] {
            let titles = sample.titles(Ask { limit, ..Ask::default() }).await;
            assert_eq!(titles, ["今天的通知", "前年的通知", "往年的通知"], "{limit} on a page");
        }
        let (_, list) = sample.page("/wenjian").await;
        assert!(
            list.contains("按发布日期排，最新的在前；接自旧网站的，按来源载明的原发布日期"),
            "{list}"
        );
        // Who follows the feed is told of what was taken over as well.
        let (_, feed) = sample.page("/wenjian.atom").await;
        assert!(feed.find("往年的通知") < feed.find("今天的通知"), "{feed}");
    })
    .await;
}

/// What is kept of lists, and what would be kept if it were worked out anew from the records.
async fn kept_and_due(sample: &Sample) -> (Vec<String>, Vec<String>) {
    #[derive(FromQueryResult)]
    struct Line {
        line: String,
    }
    let line = |list: &str| {
        format!(
            "{list} || ' ' || COALESCE(r.original_on, r.published_on) || ' ' || r.published_at || ' ' || r.id
             || ' ' || r.division AS line"
        )
    };
    let due = format!(
        "SELECT {} FROM record_item i JOIN record r ON r.id = i.record
         UNION SELECT {} FROM record_item i JOIN record r ON r.id = i.record
         UNION SELECT {} FROM record_item i JOIN record r ON r.id = i.record WHERE r.genre = '解读'
         UNION SELECT {} FROM record_statutory s JOIN record r ON r.id = s.record",
        line("'领域:' || i.domain"),
        line("'事项:' || i.domain || '/' || i.item"),
        line("'解读:' || i.domain || '/' || i.item"),
        line("'法定:' || s.code")
    );
    let kept = "SELECT list || ' ' || first_public || ' ' || published_at || ' ' || record || ' ' || division AS line
                  FROM record_listed";
    let read = async |sql: &str| {
        let rows: Vec<Line> = sample.house.store().all(sql, vec![]).await.expect("reads");
        let mut lines: Vec<String> = rows.into_iter().map(|row| row.line).collect();
        lines.sort_unstable();
        lines
    };
    (read(kept).await, read(&due).await)
}

#[tokio::test]
async fn the_lists_that_are_kept_follow_what_a_record_says_now() {
    on_both(async |sample| {
        published(sample).await;
        let (kept, due) = kept_and_due(sample).await;
        assert_eq!(kept, due);
        let of = async |code: &str| {
            sample.titles(Ask { statutory: Some(code.into()), ..Ask::default() }).await
        };
        assert_eq!(of("P20-01").await, ["100%_覆盖", "关于养老的通知"]);
        assert_eq!(of("P20-07").await, ["100%_覆盖"]);
        let listing = sample.house.listing().expect("a listing");
        let ask = Ask { words: Some("养老".into()), ..Ask::default() };
        let found = listing.rows(&sample.house, &ask).await.expect("lists").rows.remove(0);
        let draft =
            correction::begin(sample.desk("lin").await, &hand("lin"), &found.id, "挂错了类别")
                .await;
        let draft = draft.expect("begins");
        assert_eq!(draft.content.items.len(), 2);
        let head = draft.content.head.with(Field::Item, ["养老服务 > 政策".into()]);
        let head = head.with(Field::Statutory, ["P20-07".into()]);
        let head = head.with(Field::Genre, ["解读".into()]);
        let said = Content {
            head,
            items: draft.content.items.iter().take(1).cloned().collect(),
            body: "各区人民政府：\n\n更正后的正文。".into(),
            ..draft.content.clone()
        };
        let saved = save(sample.desk("lin").await, &hand("lin"), &draft.id, 1, said, false).await;
        let Kept::Kept(draft) = saved.expect("saves") else { panic!("overtaken") };
        sample.out_at(&draft, "2026-11-27T02:00:00Z").await.expect("corrects");
        let (kept, due) = kept_and_due(sample).await;
        assert_eq!(kept, due);
        assert!(kept.iter().any(|line| line.starts_with("解读:d12/")), "{kept:?}");
        assert_eq!(of("P20-01").await, ["100%_覆盖"]);
        assert_eq!(of("P20-07").await, ["100%_覆盖", "关于养老的通知"]);
    })
    .await;
}
