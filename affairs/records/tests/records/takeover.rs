//! What the site before had published is taken over: public at both addresses, or held for a person.

use axum::http::StatusCode;
use ledger::Actor;
use records::acts::ActError;
use records::acts::takeover::{Outcome, Taken, Takeovers};
use records::store::{Draft, HeldBack, HeldLine};
use records::taking::{Old, OldAddress, Stated};
use records_rules::{Field, NOT_STATED};
use store::Statements;

use crate::house::{Sample, on_both};

fn old(name: &str, day: Stated, body: &str) -> Old {
    let address = OldAddress::read(&format!("http://old.example/zwgk/{name}.htm"));
    let address = address.expect("an address");
    Old {
        place: name.into(),
        key: address.text(),
        addresses: vec![address],
        title: format!("关于{name}的通知"),
        day,
        day_source: "原网站 old.example".into(),
        body: body.into(),
        ..Old::default()
    }
}

fn taken(old: Old, held: &[&str]) -> Taken {
    let held = held.iter().map(|why| (*why).to_owned()).collect();
    Taken { old, organ: "XM00002".into(), files: vec![], held }
}

async fn keep(sample: &Sample, trial: bool, batch: Vec<Taken>) -> Vec<Outcome> {
    let ledger = sample.house.ledger();
    let desk = ledger.desk(Actor::Operator("clerk".into())).await.expect("a desk");
    let mut takeovers = Takeovers::begin(trial);
    takeovers.keep(desk, sample.house.folder(), "旧网站", batch).await.expect("is kept")
}

async fn count(sample: &Sample, sql: &str) -> i64 {
    sample.house.store().number(sql, vec![]).await.expect("counts").expect("a number")
}

/// One that is whole, one that is the same, one of its title with another text, one without a whole day, one
/// with a finding.
fn batch() -> Vec<Taken> {
    let day = || Stated::On(law::day(2020, 1, 2));
    vec![
        taken(old("jia", day(), "照此办理。"), &[]),
        taken(Old { title: "关于jia的通知".into(), ..old("yi", day(), "照此办理。") }, &[]),
        taken(Old { title: "关于jia的通知".into(), ..old("bing", day(), "另一件。") }, &[]),
        taken(old("ding", Stated::Partly("202001".into()), "照此办理。"), &[]),
        taken(old("wu", day(), "照此办理。"), &["正文疑似手机号码"]),
    ]
}

/// A person looks up the day of a held draft and sends it to review: then its old address answers too.
async fn goes_out_through_review(sample: &Sample, ding: &str) {
    let draft = Draft::called(sample.house.store(), ding).await.expect("asks").expect("a draft");
    assert_eq!(draft.due_on, None, "it was public before");
    assert_eq!(draft.author_name, "命令行导入");
    let store = sample.house.store();
    let held = HeldBack::of_draft(store, ding).await.expect("asks").expect("was taken over");
    assert_eq!(held.addresses[0], "old.example/zwgk/ding.htm");
    assert_eq!((held.table, held.why.len()), (None, 1), "{:?}", held.why);
    assert!(held.why[0].contains("只写了“202001”"));
    assert_eq!(draft.content.head.get(Field::OriginalDay), NOT_STATED);
    assert_eq!(draft.content.head.get(Field::OriginalSource), "原网站 old.example");
    let head = draft.content.head.with(Field::MadeOn, ["2020-01-15".to_owned()]);
    for (day, told) in [
        ("2024-13-45", "不是日期"),
        ("2020-01-14", "早于成文日期2020-01-15"),
        ("2026-11-27", "在今天（2026-11-26）之后"),
    ] {
        let head = head.with(Field::OriginalDay, [day.to_owned()]);
        let content = records::store::Content { head, ..draft.content.clone() };
        let tried = Draft { content, ..draft.clone() }.submission(crate::house::TODAY);
        let Err(ActError::Faults(faults)) = tried else { panic!("{day}: {tried:?}") };
        let own = faults.iter().find(|fault| fault.field == Field::OriginalDay);
        assert!(own.is_some_and(|fault| fault.message.contains(told)), "{day}: {faults:?}");
    }
    let head = head.with(Field::OriginalDay, ["2020-01-16".to_owned()]);
    let content = records::store::Content { head, ..draft.content.clone() };
    let desk = sample.house.ledger().desk(Actor::Operator("clerk".into())).await.expect("a desk");
    let hand = records::acts::Hand {
        person: draft.author.clone(),
        name: draft.author_name.clone(),
        organ: draft.organ.clone(),
        unit: String::new(),
        stands_in_for: None,
    };
    let saved = records::acts::drafting::save(desk, &hand, ding, draft.revision, content, false);
    saved.await.expect("saves");
    let draft = Draft::called(sample.house.store(), ding).await.expect("asks").expect("a draft");
    sample.out_at(&draft, crate::house::NOW).await.expect("goes out");
    let sql = "SELECT count(*) FROM record WHERE original_on = '2020-01-16'
                 AND made_on = '2020-01-15' AND original_source = '原网站 old.example'";
    assert_eq!(count(sample, sql).await, 1);
    let (found, text) = sample.get_at("old.example", "/zwgk/ding.htm").await;
    assert_eq!(found, StatusCode::OK);
    assert!(text.contains("关于ding的通知"));
}

#[tokio::test]
async fn what_is_whole_is_public_at_its_old_address_and_nothing_is_taken_twice() {
    on_both(async |sample| {
        let trial = keep(sample, true, batch()).await;
        assert_eq!(count(sample, "SELECT count(*) FROM record").await, 0, "a trial keeps nothing");
        assert_eq!(count(sample, "SELECT count(*) FROM record_takeover").await, 0);
        let became = keep(sample, false, batch()).await;
        assert_eq!(became.len(), trial.len());
        let Outcome::Public(jia) = &became[0] else { panic!("{became:?}") };
        assert_eq!(became[1], Outcome::Joined(jia.id.clone()));
        let held = |at: usize, word: &str| match &became[at] {
            Outcome::Held(draft, why) if why.concat().contains(word) => draft.clone(),
            other => panic!("{other:?}"),
        };
        held(2, "内容不同");
        let ding = held(3, "只写了“202001”");
        held(4, "手机号码");
        let sql = "SELECT count(*) FROM record WHERE imported = 1 AND original_on = '2020-01-02'
                     AND made_on = '2020-01-02' AND original_source = '原网站 old.example'";
        assert_eq!(count(sample, sql).await, 1);
        let (again, drafts) =
            (keep(sample, false, batch()).await, "SELECT count(*) FROM record_draft");
        assert!(again.iter().all(|one| *one == Outcome::Known(false)), "{again:?}");
        assert_eq!(count(sample, drafts).await, 3);
        let changed = vec![taken(old("jia", Stated::On(law::day(2020, 1, 2)), "改过了。"), &[])];
        assert_eq!(keep(sample, false, changed).await, vec![Outcome::Known(true)]);
        for (host, path, status, word) in [
            ("old.example", "/zwgk/jia.htm", StatusCode::OK, "照此办理"),
            ("old.example:8080", "/zwgk/yi.htm?from=1", StatusCode::OK, "照此办理"),
            ("www.new.example", "/zwgk/jia.htm", StatusCode::OK, "照此办理"),
            ("old.example", "/zwgk/ding.htm", StatusCode::NOT_FOUND, ""),
            ("old.example", "/zwgk/wu.htm", StatusCode::NOT_FOUND, ""),
            ("old.example", "/zwgk/none.htm", StatusCode::NOT_FOUND, ""),
        ] {
            let (found, text) = sample.get_at(host, path).await;
            assert_eq!(found, status, "{host}{path}");
            assert!(text.contains(word), "{host}{path}");
            let canonical = format!("/wenjian/{}\">", jia.id);
            assert_eq!(text.contains(&canonical), status == StatusCode::OK, "{host}{path}");
        }
        let waiting = async || {
            let lines = HeldLine::waiting(sample.house.store(), "XM00002").await.expect("lists");
            lines.into_iter().map(|line| (line.title, line.of)).collect::<Vec<_>>()
        };
        let titles = |names: &[&str]| {
            let title = |name: &&str| (format!("关于{name}的通知"), names.len() as i64);
            names.iter().map(title).collect::<Vec<_>>()
        };
        assert_eq!(waiting().await, titles(&["jia", "ding", "wu"]));
        goes_out_through_review(sample, &ding).await;
        assert_eq!(waiting().await, titles(&["jia", "wu"]), "what is out waits for nobody");
        let other = HeldLine::waiting(sample.house.store(), "XM01002").await.expect("lists");
        assert_eq!(other, vec![], "another organ's");
    })
    .await;
}

#[tokio::test]
async fn an_address_that_several_hosts_used_for_different_things_is_not_guessed() {
    on_both(async |sample| {
        let at = |host: &str, title: &str| {
            let address = OldAddress::at(host, "/a.htm").expect("an address");
            let one = old(title, Stated::On(law::day(2020, 1, 2)), title);
            taken(Old { key: address.text(), addresses: vec![address], ..one }, &[])
        };
        keep(sample, false, vec![at("one.example", "甲事"), at("two.example", "乙事")]).await;
        for (host, status, word) in [
            ("one.example", StatusCode::OK, "甲事"),
            ("two.example", StatusCode::OK, "乙事"),
            ("three.example", StatusCode::NOT_FOUND, ""),
        ] {
            let (found, text) = sample.get_at(host, "/a.htm").await;
            assert_eq!(found, status, "{host}");
            assert!(text.contains(word), "{host}");
        }
    })
    .await;
}
