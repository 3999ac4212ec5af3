//! 催一下, from the press to the answer.

use catalogue::acts::answer;
use catalogue::acts::reminder::{self, Press, Pressed, ReminderError};
use catalogue::store::{Reminder, ReminderAsk};
use catalogue_rules::reminder::{MOST_WORDS, PRESSES_A_MINUTE};
use store::Statements;
use web::UrgingAsk;

use crate::house::{DISTRICT, Sample, on_both, over_days};

async fn open(sample: &Sample) -> Vec<Reminder> {
    let ask = ReminderAsk { most: 100, ..ReminderAsk::default() };
    Reminder::list(sample.house.store(), &ask).await.expect("lists")
}

async fn path(sample: &Sample, name: &str) -> String {
    format!("/siming/mulu/yanglaofuwu/{}", sample.key(name).await)
}

#[tokio::test]
async fn a_reader_asks_for_what_is_missing_and_is_answered_on_the_page() {
    over_days("links_answer", async |place| {
        let first = Sample::at(&place, "2026-11-25").await;
        let item = path(&first, "机构评估结果").await;
        let page = first.sound(&item).await;
        assert!(page.contains("尚未公开") && page.contains("2026-12-04"), "{page}");
        let press = format!("{item}/cuiban");
        let words = "shuoming=%E6%83%B3%E7%9C%8B2025%E5%B9%B4%E7%9A%84";
        let (status, headers, _) = first.send(&press, words, Some("http://localhost")).await;
        assert_eq!(status.as_u16(), 303);
        let told = first.sound(headers["location"].to_str().expect("ascii")).await;
        assert!(told.contains("已经记下") && told.contains("1 人次"), "{told}");
        assert!(told.contains("最迟 <time datetime=\"2026-12-04\">"), "{told}");
        assert!(!told.contains("想看2025年的"), "a reader's words are for the organ only");
        first.send(&press, "", None).await;

        let late = Sample::at(&place, "2026-12-07").await;
        assert!(late.sound(&item).await.contains("逾期未答复"));
        let entry = open(&late).await.remove(0);
        assert_eq!((entry.times, entry.organ.as_str()), (2, "XM01006"));
        assert_eq!(entry.words, ["想看2025年的"]);
        let answers = async |link: &str| {
            let desk = late.desk().await;
            answer::keep(desk, &entry.id, "已公开。\n请看。", link).await
        };
        let refused = answers("/wenjian/7").await.expect_err("nothing is there").to_string();
        assert!(refused.contains("本平台没有这个地址上的文件或者事项"), "{refused}");
        late.publishes("7", "", "XM01006", "2026-12-07").await;
        answers("/siming/wenjian/7").await.expect("answers");
        let page = late.sound(&item).await;
        for part in [
            "迟答复",
            "2 人次，自 <time datetime=\"2026-11-25\">",
            "<time datetime=\"2026-12-07\">2026-12-07</time> 答复",
            "<p>已公开。</p><p>请看。</p>",
            "href=\"/siming/wenjian/7\"",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(open(&late).await.is_empty());
        let subject = format!("reminder:{}", entry.id);
        let events = late.ledger().events_on(&subject).await.expect("asks");
        let told: Vec<_> =
            events.iter().map(|event| (event.act.as_str(), event.basis.as_str())).collect();
        let article = "《政府信息公开条例》第四十七条第二款";
        let answered = ("answer", "国办发〔2014〕57号");
        assert_eq!(told, [("reminder", article), ("reminder", article), answered]);
        assert!(events.iter().all(|event| !event.facts.to_string().contains("2025")));
        assert_eq!((events[0].actor.as_str(), &events[2].facts["late"]), ("visitor", &true.into()));

        late.send(&press, "", None).await;
        let again = open(&late).await;
        assert_eq!((again.len(), again[0].times), (1, 1), "what was answered may be asked again");
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_for_is_counted_by_entry_and_waits_at_the_one_entrance_until_it_is_answered()
{
    on_both("links_urging", async |sample| {
        let press = format!("{}/cuiban", path(&sample, "机构评估结果").await);
        sample.send(&press, "", None).await;
        sample.send(&press, "", None).await;
        let entry = open(&sample).await.remove(0);
        let source = sample.house.urging().expect("the catalogue keeps it");
        for (today, overdue) in [(entry.due_on, 0), (entry.due_on.tomorrow().expect("a day"), 1)] {
            let range = (entry.division.as_str(), entry.division.as_str());
            let ask = UrgingAsk { range, from: entry.asked_on, until: entry.due_on, today };
            let rows = sample.house.counted((source.count)(ask)).await.expect("counts");
            let number =
                |name: &str| rows.iter().find(|row| row.words == name).map(|row| row.count);
            for (name, count) in [
                ("received", 1),
                ("answered", 0),
                ("in_time", 0),
                ("open", 1),
                ("overdue", overdue),
            ] {
                assert_eq!(number(name), Some(count), "{name} on {today}");
            }
        }
        let waiting = (source.waiting)(&sample.house, &entry.organ).await.expect("waits");
        let told: Vec<_> = waiting.iter().map(|one| (one.times, one.due_on)).collect();
        assert_eq!(told, [(2, entry.due_on)]);
        assert_eq!(waiting[0].path, format!("/gongzuo/cuiban#c-{}", entry.id));
        assert!((source.waiting)(&sample.house, "XM00000").await.expect("waits").is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_no_organ_can_use_and_what_other_sites_send_is_refused_in_chinese() {
    on_both("links_refused", async |sample| {
        let press = format!("{}/cuiban", path(&sample, "机构评估结果").await);
        let long = format!("shuoming={}", "%E5%82%AC".repeat(201));
        for (form, origin, status, words) in [
            (long.as_str(), None, 422, "写了201字，请不超过200字"),
            ("shuoming=a%00b", None, 422, "控制字符"),
            ("shuoming=13800000000", None, 422, "不需要任何个人信息"),
            ("", Some("https://evil.example"), 403, "不是从本站的页面发出的"),
            ("shuoming=%FF%FE%%", Some("null"), 403, "不是从本站的页面发出的"),
        ] {
            let (answer, _, page) = sample.send(&press, form, origin).await;
            assert_eq!(answer.as_u16(), status, "{form}");
            assert!(page.contains(words), "{form}: {page}");
            assert_eq!(web::page::inspect(&page), Vec::<String>::new(), "{form}");
        }
        let nowhere = "/siming/mulu/yanglaofuwu/00000000/cuiban";
        assert_eq!(sample.send(nowhere, "", None).await.0.as_u16(), 404);
        assert!(open(&sample).await.is_empty());
        assert_eq!(sample.page(&press).await.0.as_u16(), 200);
    })
    .await;
}

#[tokio::test]
async fn what_is_for_a_certain_group_cannot_be_asked_for_in_the_open() {
    on_both("links_group", async |sample| {
        let press = format!("{}/cuiban", path(&sample, "个人补贴名单").await);
        let (status, _, page) = sample.send(&press, "", None).await;
        assert_eq!(status.as_u16(), 200);
        assert!(page.contains("这个事项不在网上催办"), "{page}");
        assert!(open(&sample).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_town_that_borrows_a_catalogue_answers_for_itself() {
    on_both("links_town", async |sample| {
        let key = sample.key("机构评估结果").await;
        let press = format!("/siming/xiagang/mulu/yanglaofuwu/{key}/cuiban");
        assert_eq!(sample.send(&press, "", None).await.0.as_u16(), 303);
        let entry = open(&sample).await.remove(0);
        assert_eq!((entry.organ.as_str(), entry.division.as_str()), ("XM01101", "350203001000"));
    })
    .await;
}

#[tokio::test]
async fn a_flood_is_noted_without_being_counted_and_keeps_no_more_words_than_it_may() {
    on_both("links_flood", async |sample| {
        let press = |words: &str| Press {
            division: DISTRICT.into(),
            domain: "yanglaofuwu".into(),
            item: "12345678".into(),
            name: "机构评估结果".into(),
            organ: "XM01006".into(),
            words: words.into(),
        };
        for time in 0..PRESSES_A_MINUTE {
            let pressed = reminder::keep(sample.ledger(), press(&format!("第{time}次"))).await;
            assert!(matches!(pressed, Ok(Pressed::Counted(_))), "{time}: {pressed:?}");
        }
        let pressed = reminder::keep(sample.ledger(), press("多了")).await;
        assert!(matches!(pressed, Ok(Pressed::Noted)), "{pressed:?}");
        let entry = open(&sample).await.remove(0);
        assert_eq!((entry.times, entry.words.len() as i64), (PRESSES_A_MINUTE, PRESSES_A_MINUTE));
        let sql = "SELECT count(*) FROM ledger_event WHERE act = 'reminder'";
        let told = sample.house.store().number(sql, vec![]).await.expect("counts");
        assert_eq!(told, Some(PRESSES_A_MINUTE));
        let change = sample.house.store().begin().await.expect("begins");
        for minute in 0..MOST_WORDS {
            entry.press(&change, Some("又一次"), &format!("m{minute}")).await.expect("counts");
        }
        change.commit().await.expect("commits");
        let entry = open(&sample).await.remove(0);
        assert_eq!(entry.times, PRESSES_A_MINUTE + MOST_WORDS as i64);
        assert_eq!(entry.words.len(), MOST_WORDS);
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_given_once_and_only_to_what_was_asked() {
    on_both("links_once", async |sample| {
        let press = format!("{}/cuiban", path(&sample, "机构评估结果").await);
        sample.send(&press, "", None).await;
        let id = open(&sample).await.remove(0).id;
        let refused = answer::keep(sample.desk().await, "none", "好", "").await;
        assert!(matches!(refused, Err(ReminderError::Unknown(_))), "{refused:?}");
        for (text, link) in [("", ""), ("好", "//evil.example"), ("a\u{0}", "")] {
            let refused = answer::keep(sample.desk().await, &id, text, link).await;
            assert!(matches!(refused, Err(ReminderError::Words(_))), "{text}: {refused:?}");
        }
        let elsewhere = "https://www.example.cn/a";
        answer::keep(sample.desk().await, &id, "已公开", elsewhere).await.expect("answers");
        let again = answer::keep(sample.desk().await, &id, "再答", "").await;
        assert!(matches!(again, Err(ReminderError::AlreadyAnswered(_))), "{again:?}");
        let page = sample.sound(&path(&sample, "机构评估结果").await).await;
        assert!(page.contains("已按时答复") && !page.contains("再答"), "{page}");
        let text = page.contains("信息在：https://www.example.cn/a");
        assert!(text && !page.contains("href=\"https://www.example.cn/a"), "{page}");
    })
    .await;
}
