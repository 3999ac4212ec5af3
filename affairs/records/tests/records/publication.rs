//! What publishing does, and what it will not do.

use std::collections::BTreeSet;

use ledger::Clock;
use records::acts::{ActError, File};
use records::store::Record;
use records_rules::{Origin, PublishedAt};
use store::Statements;

use crate::house::{NOW, Sample, manuscript, on_both, together};

async fn count(sample: &Sample, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    sample.house.store().number(&sql, vec![]).await.expect("counts").expect("a number")
}

async fn refusal(sample: &Sample, text: &str) -> Vec<(Option<usize>, String)> {
    match sample.publish(text).await {
        Err(ActError::Faults(faults)) => {
            faults.into_iter().map(|fault| (fault.line, fault.message)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn index_numbers_given_at_the_same_time_are_distinct_and_leave_none_out() {
    on_both(async |sample| {
        let texts: Vec<_> = (0..24).map(|at| manuscript(&format!("第{at}件"), &[])).collect();
        let acts = texts.iter().map(|text| sample.publish(text));
        let mut indexes = Vec::new();
        for act in joined(acts).await {
            indexes.push(act.expect("publishes")[0].index.clone());
        }
        let wanted: BTreeSet<_> =
            (1..=24).map(|serial| format!("XM00002-0201-2026-{serial:05}")).collect();
        assert_eq!(indexes.into_iter().collect::<BTreeSet<_>>(), wanted);
    })
    .await;
}

/// Runs all of them at once, as people do who press the button together.
async fn joined<F: Future>(acts: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut acts: Vec<_> = acts.into_iter().map(Box::pin).collect();
    let mut done: Vec<Option<F::Output>> = acts.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (act, done) in acts.iter_mut().zip(&mut done).filter(|(_, done)| done.is_none()) {
            if let std::task::Poll::Ready(outcome) = act.as_mut().poll(context) {
                *done = Some(outcome);
            }
        }
        if done.iter().all(Option::is_some) {
            return std::task::Poll::Ready(());
        }
        std::task::Poll::Pending
    })
    .await;
    done.into_iter().flatten().collect()
}

#[tokio::test]
async fn a_number_handed_in_moves_the_organs_serials_on_and_a_dropped_act_leaves_no_gap() {
    let year = "XM00002-0201-2026";
    on_both(async |sample| {
        let mut titles = 0;
        let mut publish = async |more: &[(&str, &str)]| {
            titles += 1;
            let text = manuscript(&format!("第{titles}件"), more);
            sample.publish(&text).await.expect("publishes")[0].index.clone()
        };
        for (given, index) in [(Some(67), 67), (None, 68), (Some(90), 90), (Some(5), 5), (None, 91)]
        {
            let given = given.map(|serial: u32| format!("{year}-{serial:05}"));
            let given: Vec<_> = given.iter().map(|given| ("索引号", given.as_str())).collect();
            assert_eq!(publish(&given).await, format!("{year}-{index:05}"));
        }
        assert_eq!(publish(&[("成文日期", "2025-12-31")]).await, "XM00002-0201-2025-00001");
        let half =
            together([manuscript("丙", &[]), manuscript("丁", &[("目录事项", "没有 > 这一项")])]);
        sample.publish(&half).await.expect_err("the second has a fault");
        assert_eq!(publish(&[]).await, format!("{year}-00092"));
    })
    .await;
}

#[tokio::test]
async fn the_day_of_publication_is_the_desks_whatever_a_manuscript_says() {
    on_both(async |sample| {
        let forged = manuscript("甲", &[("发布日期", "2020-07-07")]);
        let found = refusal(sample, &forged).await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].1.contains("发布日期由平台在发布时记下"), "{found:?}");
        assert_eq!(
            forged.lines().nth(found[0].0.expect("a line") - 1),
            Some("发布日期：2020-07-07")
        );
        let imported = manuscript(
            "乙",
            &[
                ("成文日期", "2020-07-07"),
                ("原发布日期", "2020-07-09"),
                ("原发布日期来源", "市政府网站"),
            ],
        );
        let published = sample.publish(&imported).await.expect("publishes");
        let record = Record::find(sample.house.store(), &published[0].id).await;
        let record = record.expect("reads").expect("is there");
        let now = NOW.parse().expect("a moment");
        assert_eq!(record.dates.here, PublishedAt::stamped(now));
        assert_eq!(record.dates.here.minute(), "2026-11-26 00:30", "China's time");
        let Origin::Imported(Some(original)) = &record.dates.origin else { panic!("stated") };
        assert_eq!(
            (original.on().to_string().as_str(), original.source()),
            ("2020-07-09", "市政府网站")
        );
        assert!(record.dates.is_stated_by_source());
    })
    .await;
}

/// The crate has one statement that writes 发布日期, and none that changes it.
#[test]
fn no_statement_of_this_room_changes_when_a_record_was_published() {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    let (mut inserts, mut files) = (0, 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.ends_with("tests.rs") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            files += 1;
            inserts += text.matches("insert(\"record\"").count();
            for word in ["replace(\"record\"", "INTO record ", "UPDATE record\n"] {
                assert!(!text.contains(word), "{} has {word:?}", path.display());
            }
            // What it says may be corrected, how long it is kept be set, and its text be destroyed; no
            // such statement knows of its days.
            let may = ["store/correcting.rs", "store/retention.rs", "retention/destructions.rs"];
            let may = may.iter().any(|known| path.ends_with(known));
            for (at, _) in text.match_indices("UPDATE record ") {
                let set: String = text[at..].split("WHERE").next().unwrap_or_default().into();
                let days = set.contains("published_") || set.contains("original_");
                assert!(may && !days, "{}: {set}", path.display());
            }
            let corrects = path.ends_with("store/correcting.rs");
            let knows = text.contains("published_") || text.contains("original_");
            assert!(!(corrects && knows), "{}", path.display());
            let stamps = text.matches("PublishedAt::stamped").count();
            let keeps = path.ends_with("store/keeping.rs");
            assert_eq!(stamps, usize::from(keeps), "{}", path.display());
        }
    }
    assert!(files > 10);
    assert_eq!(inserts, 1);
}

#[tokio::test]
async fn everything_wrong_is_told_at_once_with_its_line_and_nothing_is_kept() {
    on_both(async |sample| {
        let good = manuscript("好", &[("文号", "厦府办〔2026〕1号")]);
        sample.publish(&good).await.expect("publishes");
        let bad = together([
            manuscript(
                "甲",
                &[("发布机构", "XM09999"), ("目录事项", "没有 > 一"), ("公开属性", "依申请公开")],
            ),
            manuscript(
                "乙",
                &[("文号", "厦府办[2026]第001号"), ("索引号", "XM00002-0201-2026-00001")],
            ),
            manuscript("丙", &[("发布机构", "XM00901")]),
            manuscript("丁", &[("文号", "厦府办〔2026〕2号")]),
            manuscript("戊", &[("文号", "厦府办〔2026〕2号")]),
        ]);
        let found = refusal(sample, &bad).await;
        let lines: Vec<_> = bad.lines().collect();
        for (words, line) in [
            ("没有代码为 XM09999 的机关", "发布机构：XM09999"),
            ("标准目录里没有“没有 > 一”", "目录事项：没有 > 一"),
            ("公开属性是“依申请公开”，不能发布", "公开属性：依申请公开"),
            ("厦府办〔2026〕1号已经由同一机关发布过", "文号：厦府办[2026]第001号"),
            ("索引号XM00002-0201-2026-00001已经用过", "索引号：XM00002-0201-2026-00001"),
            ("厦门市行政审批管理局在今天（2026-11-26）不存在", "发布机构：XM00901"),
            ("厦府办〔2026〕2号在这一批里出现两次", "文号：厦府办〔2026〕2号"),
        ] {
            let fault = found.iter().find(|(_, message)| message == words);
            let (at, _) = fault.unwrap_or_else(|| panic!("{words} is not among {found:?}"));
            let at = at.unwrap_or_else(|| panic!("{words} has no line"));
            assert_eq!(lines[at - 1], line);
        }
        assert_eq!(found.len(), 7);
        for (table, rows) in [
            ("record", 1),
            ("ledger_event WHERE act = 'publication' AND room = 'records'", 1),
            ("record_item", 0),
        ] {
            assert_eq!(count(sample, table).await, rows, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_document_without_a_number_is_not_published_twice_either() {
    on_both(async |sample| {
        let text = manuscript("公示", &[]);
        sample.publish(&text).await.expect("publishes");
        let again = refusal(sample, &text).await;
        assert_eq!(again, [(Some(2), "同一机关已经发布过2026-11-20的同题文件".to_owned())]);
        let others = together([
            manuscript("公示", &[("成文日期", "2026-11-19")]),
            manuscript("公示", &[("发布机构", "XM01002")]),
            manuscript("公示（二）", &[]),
        ]);
        sample.publish(&others).await.expect("these are others");
        let twice = together([manuscript("新", &[]), manuscript("新", &[])]);
        assert_eq!(refusal(sample, &twice).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_particulars_is_told_before_anything_else() {
    on_both(async |sample| {
        let bad = manuscript(
            "甲",
            &[("成文日期", "昨天"), ("体裁", "便条"), ("主题分类", "杂项"), ("文号", "67")],
        );
        assert_eq!(refusal(sample, &bad).await.len(), 4);
        assert!(refusal(sample, "").await[0].1.contains("没有稿件"));
        assert_eq!(count(sample, "record").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_publication_stands_in_the_ledger_on_the_article_it_rests_on() {
    on_both(async |sample| {
        let text = manuscript("甲", &[("目录事项", "养老服务 > 政策")]);
        let published = sample.publish(&text).await.expect("publishes");
        let subject = format!("record:{}", published[0].id);
        let events = sample.house.ledger().events_on(&subject).await.expect("asks");
        assert_eq!(events.len(), 1);
        let event = &events[0];
        assert_eq!(event.basis, "《政府信息公开条例》第二十六条");
        assert_eq!((event.organ.as_str(), event.act.as_str()), ("XM00002", "publication"));
        assert_eq!(event.facts["due"], "2026-12-18", "twenty working days after 2026-11-20");
        assert_eq!(event.facts["items"][0][1], "00000001");
    })
    .await;
}

#[tokio::test]
async fn attachments_are_kept_once_by_content_and_given_back_as_they_were() {
    on_both(async |sample| {
        let file = |name: &str, bytes: &[u8]| File { name: name.into(), bytes: bytes.to_vec() };
        let files = vec![file("一览表.xlsx", b"PK\x03\x04"), file("同一份.xlsx", b"PK\x03\x04")];
        let clock = Clock::Fixed(NOW.parse().expect("a moment"));
        let text = manuscript("甲", &[]);
        let published = sample.publish_with(&text, files, clock).await.expect("publishes");
        let path = &published[0].path;
        let (status, headers, body) = sample.get(&format!("{path}/fujian/1")).await;
        assert_eq!((status.as_u16(), body.as_slice()), (200, &b"PK\x03\x04"[..]));
        let header = |name: &str| headers[name].to_str().expect("ascii").to_owned();
        assert!(header("content-disposition").starts_with("attachment; filename=\"fujian.xlsx\""));
        assert_eq!(header("x-content-type-options"), "nosniff");
        for (address, status) in [
            ("fujian/2", 200),
            ("fujian/3", 404),
            ("fujian/0", 404),
            ("fujian/01", 404),
            ("fujian/x", 404),
        ] {
            assert_eq!(
                sample.get(&format!("{path}/{address}")).await.0.as_u16(),
                status,
                "{address}"
            );
        }
        let record = Record::find(sample.house.store(), &published[0].id).await;
        let record = record.expect("reads").expect("is there");
        assert_eq!(record.attachments[0].sha256, record.attachments[1].sha256);
        let bad =
            vec![file("../x", b"1"), file("空.txt", b""), file("a.txt", b"1"), file("a.txt", b"2")];
        let refused = sample.publish_with(&manuscript("乙", &[]), bad, clock).await;
        let Err(ActError::Faults(faults)) = refused else { panic!("{refused:?}") };
        assert_eq!(faults.len(), 3, "{faults:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_published_elsewhere_is_looked_through_for_personal_data_on_entry() {
    on_both(async |sample| {
        let old = manuscript("旧", &[("原发布日期", "来源未载明"), ("成文日期", "2020-01-02")]);
        let with = old.replace("正文第一段。", "申请人身份证号110101199003070134。");
        let Err(ActError::Faults(faults)) = sample.publish(&with).await else {
            panic!("an ID number goes to nobody unseen")
        };
        let told = format!("{faults:?}");
        assert!(told.contains("身份证") && !told.contains("199003070134"), "{told}");
        let sql = "SELECT count(*) FROM record";
        assert_eq!(sample.house.store().number(sql, vec![]).await.expect("counts"), Some(0));
        sample.publish(&old).await.expect("without it, it is taken over");
    })
    .await;
}
