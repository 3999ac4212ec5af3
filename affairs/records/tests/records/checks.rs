//! What is checked before review is checked again at publication, and when the rules change everything
//! published is looked through anew.

use documents::wording::List;
use records::acts::drafting::{Kept, begin, save};
use records::acts::impact::{ImpactForm, keep as assess};
use records::acts::wording::{decide, propose, with_line, without};
use records::acts::{ActError, File, WordingLine, handing_in, rescan};
use records::store::{Draft, Found, ImpactAssessment, Rescan, Wording, WordingVersion};
use records_rules::{Attribute, Field};
use store::Statements;

use super::drafts::{content, hand};
use super::house::{NOW, Sample, drafter, manuscript, on_both};
use super::reviewing::{insert, raw};

const ID: &str = "11010519491231002X";

async fn written(sample: &Sample, title: &str, body: &str) -> Draft {
    let desk = sample.desk("lin").await;
    let content = records::store::Content { body: body.into(), ..content(title) };
    begin(desk, &hand("lin"), Attribute::Proactive, content).await.expect("begins")
}

async fn handed_in(sample: &Sample, draft: &Draft) -> Result<review::Unit, ActError> {
    let (publishers, by) = (sample.house.publishers(), drafter("XM00002"));
    let desk = sample.house.ledger().desk(by.actor()).await.expect("a desk");
    handing_in::keep(desk, &publishers, &by, &draft.id, None).await
}

fn told(refused: &Result<review::Unit, ActError>) -> String {
    let Err(ActError::Faults(faults)) = refused else { return format!("{refused:?}") };
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

fn line(word: &str, right: &str) -> WordingLine {
    WordingLine {
        word: word.into(),
        suggestion: right.into(),
        class: "错别字".into(),
        ..WordingLine::default()
    }
}

async fn approved(sample: &Sample, word: &str) -> i64 {
    let now = Wording::now(sample.house.store()).await.expect("reads");
    let text = with_line(&now.text, &line(word, "另写")).expect("a line");
    let desk = sample.desk("fa1").await;
    let number = propose(desk, &hand("fa1"), &text, "常见错误").await.expect("proposes");
    let ledger = sample.at(NOW).await;
    let desk = ledger.desk(ledger::Actor::Person("fa2".into())).await.expect("a desk");
    decide(desk, &hand("fa2"), number, true, "同意").await.expect("approves");
    number
}

#[tokio::test]
async fn personal_data_stop_a_draft_unless_an_assessment_names_the_law_that_publishes_them() {
    on_both(async |sample| {
        let draft = written(sample, "处罚决定", &format!("当事人身份证号{ID}。")).await;
        let refused = handed_in(sample, &draft).await;
        let words = told(&refused);
        assert!(words.contains("疑似身份证号") && !words.contains(ID), "{words}");
        let form = ImpactForm {
            kinds: vec!["身份证号".into()],
            basis: "行政处罚法第四十八条".into(),
            purpose: "公开处罚决定，确有必要".into(),
            impact: "可能被冒用".into(),
            safeguards: "只公开末四位".into(),
        };
        let bare = ImpactForm { impact: " ".into(), ..form.clone() };
        let refused = assess(sample.desk("lin").await, &hand("lin"), &draft.id, bare).await;
        assert!(matches!(&refused, Err(ActError::Faults(_))), "{refused:?}");
        let made = assess(sample.desk("lin").await, &hand("lin"), &draft.id, form).await;
        assert_eq!(made.expect("assesses").keep_until, "2029-11-27");
        handed_in(sample, &draft).await.expect("is handed in");
        let store = sample.house.store();
        let kept = ImpactAssessment::newest(store, &draft.id).await.expect("reads");
        assert_eq!(kept.expect("is there").kinds, ["身份证号"]);
        for sql in [
            "UPDATE record_assessment SET basis = ''",
            "DELETE FROM record_assessment WHERE keep_until > '2020-01-01'",
        ] {
            let change = store.begin().await.expect("begins");
            assert!(change.run(sql, vec![]).await.is_err(), "{sql}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_sound_when_it_was_signed_is_held_against_the_rules_of_the_day_it_goes_out() {
    on_both(async |sample| {
        let draft = written(sample, "通知", "各科室：请按时报送。").await;
        let kept = sample.clean_file("表.csv", b"a,b\n").await;
        let content =
            records::store::Content { files: vec![kept.clone()], ..draft.content.clone() };
        let saved =
            save(sample.desk("lin").await, &hand("lin"), &draft.id, 1, content, false).await;
        let Kept::Kept(draft) = saved.expect("saves") else { panic!("overtaken") };
        let unit = sample.signed(&draft).await;
        // Behind everybody's back the file is no longer known to be the platform's own copy.
        let change = sample.house.store().begin().await.expect("begins");
        let sql = "UPDATE record_file SET clean = 0 WHERE sha256 = $1";
        change.run(sql, vec![kept.sha256.clone().into()]).await.expect("changes");
        change.commit().await.expect("commits");
        let publishers = sample.house.publishers();
        let by = review::testing::someone("XM00002", "publisher");
        let desk = sample.house.ledger().desk(by.actor()).await.expect("a desk");
        let out = review::publication::keep(desk, &publishers, &unit, &by).await;
        let words = format!("{:?}", out.expect_err("is refused"));
        assert!(words.contains("不是平台重新写成的干净副本"), "{words}");
        let count = sample.house.store().number("SELECT count(*) FROM record", vec![]).await;
        assert_eq!(count.expect("counts"), Some(0));
    })
    .await;
}

#[tokio::test]
async fn what_was_looked_through_by_other_rules_goes_out_only_when_it_was_looked_through_again_before()
 {
    on_both(async |sample| {
        let draft = written(sample, "通知", "各科室：请按时报送。").await;
        let kept = sample.clean_file("表.csv", b"a,b\n").await;
        let content =
            records::store::Content { files: vec![kept.clone()], ..draft.content.clone() };
        let saved =
            save(sample.desk("lin").await, &hand("lin"), &draft.id, 1, content, false).await;
        let Kept::Kept(draft) = saved.expect("saves") else { panic!("overtaken") };
        let by_rules = async |rules: i64| {
            let sql = format!("UPDATE record_file SET detector = {rules}");
            raw(sample, &sql).await.expect("changes");
        };
        by_rules(0).await;
        let words = format!("{:?}", handed_in(sample, &draft).await.expect_err("is refused"));
        assert!(words.contains("还没有按新的规则检查"), "{words}");
        by_rules(documents::personal::RULES).await;
        let unit = sample.signed(&draft).await;
        let publishers = sample.house.publishers();
        let out = async || {
            let by = review::testing::someone("XM00002", "publisher");
            let desk = sample.house.ledger().desk(by.actor()).await.expect("a desk");
            review::publication::keep(desk, &publishers, &unit, &by).await
        };
        // A new program, or one beside it, looks for other things.
        for rules in [0, documents::personal::RULES + 1] {
            by_rules(rules).await;
            let words = format!("{:?}", out().await.expect_err("is refused"));
            assert!(words.contains("还没有按新的规则检查"), "{words}");
            let kept = sample.house.store().number("SELECT min(detector) FROM record_file", vec![]);
            assert_eq!(kept.await.expect("reads"), Some(rules), "nothing is looked through inside");
        }
        by_rules(documents::personal::RULES).await;
        let units = [unit.clone()];
        review::publication::ready(sample.house.ledger(), &publishers, &units)
            .await
            .expect("nothing to do");
        out().await.expect("publishes");
    })
    .await;
}

#[tokio::test]
async fn an_upload_is_kept_as_it_came_apart_from_the_copy_that_is_published() {
    on_both(async |sample| {
        let file =
            File { name: "名单.csv".into(), bytes: "姓名,手机\n张三,13800138000\n".into() };
        let copy = sample.examined(file).await;
        let folder = sample.house.folder();
        let path = |root: &str, sha256: &str| folder.join(root).join(&sha256[..2]).join(sha256);
        let read = std::fs::read_to_string(path("files", &copy.sha256)).expect("a copy");
        assert!(!read.contains("13800138000") && read.contains("张三"), "{read}");
        let store = sample.house.store();
        let original = records::store::Original::of_copy(store, "XM00002", &copy.sha256).await;
        let original = original.expect("asks").expect("is there");
        let kept = path("originals/files", &original.sha256);
        assert!(std::fs::read_to_string(kept).expect("an original").contains("13800138000"));
        assert_ne!(original.sha256, copy.sha256);
    })
    .await;
}

#[tokio::test]
async fn a_list_of_persons_says_until_when_it_is_shown() {
    on_both(async |sample| {
        let body = "## 低保对象名单\n\n| 姓名 | 救助金额 |\n| --- | --- |\n| 张三 | 500 |\n| 李四 | 500 |\n| 王五 | 500 |";
        let draft = written(sample, "低保对象公示", body).await;
        let head = draft.content.head.with(Field::Genre, ["公示".to_owned()]);
        let content = records::store::Content { head, ..draft.content.clone() };
        let desk = sample.desk("lin").await;
        let saved = save(desk, &hand("lin"), &draft.id, 1, content, false).await;
        let Kept::Kept(draft) = saved.expect("saves") else { panic!("overtaken") };
        let words = told(&handed_in(sample, &draft).await);
        assert!(words.contains("没有写公示截止日期"), "{words}");
        let head = draft.content.head.with(Field::ShownUntil, ["2026-12-03".to_owned()]);
        let content = records::store::Content { head, ..draft.content.clone() };
        let desk = sample.desk("lin").await;
        let saved = save(desk, &hand("lin"), &draft.id, 2, content, false).await;
        let Kept::Kept(draft) = saved.expect("saves") else { panic!("overtaken") };
        handed_in(sample, &draft).await.expect("is handed in");
    })
    .await;
}

#[tokio::test]
async fn the_list_of_words_is_changed_by_two_persons_and_keeps_its_versions() {
    on_both(async |sample| {
        let store = sample.house.store();
        let own = Wording::now(store).await.expect("reads");
        assert_eq!((own.number, own.list.entries().is_empty()), (0, false));
        let number = approved(sample, "甲乙丙丁").await;
        let held = Wording::now(store).await.expect("reads");
        assert_eq!((held.number, number), (1, 1));
        assert_eq!(held.list.entries().len(), own.list.entries().len() + 1);
        // It is the file that is exported and taken in again.
        assert_eq!(List::read(&held.text).expect("a list").entries(), held.list.entries());
        let shorter = without(&held.text, "甲乙丙丁");
        let desk = sample.desk("fa1").await;
        let next = propose(desk, &hand("fa1"), &shorter, "不用了").await.expect("proposes");
        let again = propose(sample.desk("fa2").await, &hand("fa2"), &own.text, "又").await;
        assert!(matches!(again, Err(ActError::Refused("已有一版词表等待核准", _))));
        let same = decide(sample.desk("fa1").await, &hand("fa1"), next, true, "同意").await;
        assert!(matches!(same, Err(ActError::Refused(..))), "{same:?}");
        let change = store.begin().await.expect("begins");
        let sql = "UPDATE record_wording SET decided_by = proposed_by, state = 'holds'";
        assert!(change.run(sql, vec![]).await.is_err(), "nor does the database let one do both");
        drop(change);
        let desk = sample.desk("fa2").await;
        decide(desk, &hand("fa2"), next, false, "仍要用").await.expect("sends back");
        assert_eq!(Wording::now(store).await.expect("reads").number, 1);
        assert_eq!(WordingVersion::decided(store).await.expect("lists").len(), 2);
        for (text, why) in [
            ("写法\n一,二", "第一行不对"),
            ("写法,建议,类别,正确的场合,说明\n单,,,,\n", "只有一个字"),
            ("写法,建议,类别,正确的场合,说明\n=cmd|x,,,,\n", "当作公式"),
            ("写法,建议,类别,正确的场合,说明\n甲乙,@SUM(A1),,,\n", "当作公式"),
        ] {
            let refused = propose(sample.desk("fa1").await, &hand("fa1"), text, "改").await;
            assert!(format!("{refused:?}").contains(why), "{refused:?}");
        }
        let events = sample.house.ledger().events_on("wording:1").await.expect("asks");
        let acts: Vec<_> = events.iter().map(|event| event.act.as_str()).collect();
        assert_eq!(acts, ["wording_proposal", "wording"]);
    })
    .await;
}

#[tokio::test]
async fn a_new_rule_looks_through_everything_published_in_steps_that_go_on_where_they_stopped() {
    on_both(async |sample| {
        let store = sample.house.store();
        for at in [1, 3, 5] {
            let origin = [("原发布日期", "来源未载明"), ("成文日期", "2020-01-02")];
            let text = manuscript(&format!("旧文{at}"), &origin);
            sample.publish(&text).await.expect("publishes");
        }
        // What came in before anybody looked for telephone numbers.
        for at in [2, 4] {
            let text = format!("'联系手机1380013800{at}，甲乙丙丁。'");
            let old = insert(&format!("old{at}"), 1, "NULL");
            let old = old.replace("'正文', '正文'", &format!("{text}, {text}"));
            raw(sample, &old).await.expect("was published elsewhere");
        }
        // The rules the program comes with are followed by a round of their own.
        rescan::begin(&sample.house).await.expect("begins");
        while rescan::step(&sample.house, 2).await.expect("steps") {}
        let first = Rescan::newest(store).await.expect("reads").expect("a round");
        assert_eq!((first.total, first.done, first.found), (5, 5, 2));
        assert!(first.ended_at.is_some());
        rescan::begin(&sample.house).await.expect("nothing to begin");
        assert_eq!(Rescan::newest(store).await.expect("reads").expect("a round").id, first.id);
        approved(sample, "甲乙丙丁").await;
        sample.work_at(NOW).await;
        let round = Rescan::newest(store).await.expect("reads").expect("a round");
        assert_eq!((round.wording, round.done, round.ended_at.is_none()), (1, 0, true));
        assert!(rescan::step(&sample.house, 2).await.expect("steps"));
        let half = Rescan::newest(store).await.expect("reads").expect("a round");
        assert_eq!((half.id.as_str(), half.done), (round.id.as_str(), 2));
        while rescan::step(&sample.house, 2).await.expect("steps") {}
        let done = Rescan::newest(store).await.expect("reads").expect("a round");
        assert_eq!((done.done, done.found), (5, 2), "the telephone numbers were known");
        let found = Found::of_organ(store, "XM00002").await.expect("lists");
        let grave = found.iter().filter(|one| one.weight == "error").count();
        assert_eq!((found.len(), grave), (4, 2), "{found:?}");
        assert!(found.iter().all(|one| !one.what.contains("13800138002")), "{found:?}");
        let lines = Found::by_record(store, "XM00002").await.expect("lists");
        assert_eq!(lines.len(), 2);
        // It withdraws nothing.
        let titles = sample.titles(web::Ask::default()).await;
        assert_eq!(titles.len(), 5);
        let one = &found[0];
        let what = (one.record.as_str(), one.place.as_str(), one.what.as_str());
        let desk = sample.desk("bao").await;
        rescan::settle(desk, &hand("bao"), what, "办公用手机，依法公开").await.expect("settles");
        let desk = sample.desk("bao").await;
        assert!(rescan::settle(desk, &hand("bao"), what, "又").await.is_err());
        assert_eq!(Found::of_organ(store, "XM00002").await.expect("lists").len(), 3);
        let organs = Found::by_organ(store).await.expect("counts");
        assert_eq!((organs.len(), organs[0].errors + organs[0].doubts), (1, 3));
    })
    .await;
}
