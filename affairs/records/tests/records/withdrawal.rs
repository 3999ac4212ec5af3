//! What was published is withdrawn or corrected by two persons, and its old address answers.

use law::day;
use records::acts::withdrawal::{WithdrawalForm, decide, emergency, propose};
use records::acts::{ActError, correction, drafting};
use records::store::{Content, Former, KeptRecord, Record, WithdrawalCase, WithdrawalState};
use records_rules::{Field, Withdrawal};

use super::drafts::hand;
use super::house::{Sample, manuscript, on_both};

async fn published(sample: &Sample, title: &str) -> String {
    let published = sample.publish(&manuscript(title, &[])).await.expect("publishes");
    published[0].id.clone()
}

fn form(kind: Withdrawal) -> WithdrawalForm {
    WithdrawalForm { kind, reason: "误将草案发布".into(), decision_changed_on: None }
}

async fn asked(
    sample: &Sample,
    record: &str,
    form: WithdrawalForm,
) -> Result<WithdrawalCase, ActError> {
    propose(sample.desk("lin").await, &hand("lin"), record, form).await
}

async fn titles(sample: &Sample) -> Vec<String> {
    sample.titles(web::Ask::default()).await
}

#[tokio::test]
async fn whoever_follows_what_was_taken_down_comes_to_the_end_page_by_page() {
    on_both(async |sample| {
        let mut all = Vec::new();
        for title in ["甲", "乙", "丙", "丁", "戊"] {
            let id = published(sample, title).await;
            // In one moment: the mark tells those apart too.
            let desk = sample.desk("lin").await;
            emergency(desk, &hand("lin"), &id, "含有公民身份号码").await.expect("withdraws");
            all.push(format!("/wenjian/{id}"));
        }
        all.sort();
        let since = day(2026, 1, 1);
        for limit in [1, 2, 5, 6] {
            let mut ask = web::Ask { limit, ..web::Ask::default() };
            let mut found = Vec::new();
            while found.len() <= all.len() {
                let gone = sample.house.gone(&ask, since).await.expect("lists");
                let Some(last) = gone.last() else { break };
                assert!(gone.len() <= usize::from(limit));
                ask.after = Some(last.mark());
                found.extend(gone.into_iter().map(|gone| gone.path));
            }
            found.sort();
            assert_eq!(found, all, "{limit} at a time");
        }
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_takes_two_persons_and_leaves_its_reason_at_the_old_address() {
    on_both(async |sample| {
        let id = published(sample, "甲").await;
        let case = asked(sample, &id, form(Withdrawal::Mistaken)).await.expect("proposes");
        let path = format!("/wenjian/{id}");
        assert_eq!(sample.page(&path).await.0, 200, "a proposal changes nothing");
        let own = decide(sample.desk("lin").await, &hand("lin"), &case.id, true, "同意").await;
        assert!(
            matches!(&own, Err(ActError::Refused(why, _)) if why.contains("自己决定")),
            "{own:?}"
        );
        let done = decide(sample.desk("zhao").await, &hand("zhao"), &case.id, true, "同意").await;
        assert_eq!(done.expect("approves").state, WithdrawalState::Stands);
        sample.house.forget_pages();
        for address in [path.clone(), format!("{path}.json"), format!("{path}/fujian/1")] {
            let (status, page) = sample.page(&address).await;
            assert_eq!(status, 410, "{address}");
            assert!(page.contains("误将草案发布") && page.contains("2026-11-26"), "{page}");
            assert!(!page.contains("正文第一段"), "{address}");
        }
        assert!(!titles(sample).await.contains(&"甲".to_owned()));
        let twice = asked(sample, &id, form(Withdrawal::Mistaken)).await;
        assert!(matches!(twice, Err(ActError::Refused(..))));
    })
    .await;
}

#[tokio::test]
async fn what_was_merged_leads_on_by_a_notice_and_what_is_repealed_stays_readable() {
    on_both(async |sample| {
        let (old, new) = (published(sample, "旧").await, published(sample, "新").await);
        let to = format!("/wenjian/{new}");
        let nowhere = [
            "/wenjian/x".to_owned(),
            format!("/wenjian/{old}"),
            "//evil.example/".into(),
            String::new(),
        ];
        for to in nowhere {
            let refused = asked(sample, &old, form(Withdrawal::Moved { to })).await;
            assert!(matches!(refused, Err(ActError::Entry("dizhi", ..))), "{refused:?}");
        }
        let case = asked(sample, &old, form(Withdrawal::Moved { to: to.clone() })).await;
        let case = case.expect("proposes");
        decide(sample.desk("zhao").await, &hand("zhao"), &case.id, true, "同意")
            .await
            .expect("approves");
        sample.house.forget_pages();
        let kept = KeptRecord::undecided(sample.house.store(), "XM00002").await.expect("lists");
        let seen =
            |id: &str| kept.iter().find(|one| one.id == id).map(|one| (one.withdrawn, one.open));
        assert_eq!((seen(&old), seen(&new)), (Some((true, false)), Some((false, true))));
        let (status, page) = sample.page(&format!("/wenjian/{old}")).await;
        assert_eq!(status, 410);
        assert!(page.contains(&format!("href=\"{to}\"")), "{page}");
        assert!(
            page.contains("<h1>这条信息已移至新的地址</h1>") && !page.contains("已撤下"),
            "{page}"
        );
        let kind = Withdrawal::NoLongerInForce {
            from: day(2026, 11, 21),
            by: Some("厦府办〔2026〕9号".into()),
        };
        let case = asked(sample, &new, form(kind)).await.expect("proposes");
        decide(sample.desk("zhao").await, &hand("zhao"), &case.id, true, "同意")
            .await
            .expect("approves");
        sample.house.forget_pages();
        let (status, page) = sample.page(&to).await;
        assert_eq!(status, 200);
        assert!(page.contains("本文件已经废止") && page.contains("正文第一段"), "{page}");
        assert!(titles(sample).await.contains(&"新".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn one_alone_stops_a_leak_at_once_and_another_restores_or_confirms_it_in_a_working_day() {
    on_both(async |sample| {
        for (agreed, status) in [(false, 200), (true, 410)] {
            let id = published(sample, if agreed { "甲" } else { "乙" }).await;
            let path = format!("/wenjian/{id}");
            let desk = sample.desk("sun").await;
            let case =
                emergency(desk, &hand("sun"), &id, "含有公民身份号码").await.expect("withdraws");
            assert_eq!(case.due_on, Some(day(2026, 11, 27)));
            sample.house.forget_pages();
            assert_eq!(sample.page(&path).await.0, 410);
            let own = decide(sample.desk("sun").await, &hand("sun"), &case.id, true, "同意").await;
            assert!(own.is_err());
            let desk = sample.desk("zhao").await;
            decide(desk, &hand("zhao"), &case.id, agreed, "已核对").await.expect("decides");
            sample.house.forget_pages();
            assert_eq!(sample.page(&path).await.0.as_u16(), status);
            assert_eq!(
                WithdrawalCase::waiting(sample.house.store(), "XM00002").await.expect("lists"),
                []
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_decision_of_punishment_that_was_annulled_leaves_within_three_working_days() {
    on_both(async |sample| {
        let id = published(sample, "处罚决定").await;
        let friday = Some(day(2026, 11, 20));
        let given = WithdrawalForm { decision_changed_on: friday, ..form(Withdrawal::Mistaken) };
        let case = asked(sample, &id, given).await.expect("proposes");
        assert_eq!(case.due_on, Some(day(2026, 11, 25)));
        let events = sample.house.ledger().events_on(&format!("record:{id}")).await.expect("asks");
        let last = events.last().expect("an entry");
        assert_eq!(
            (last.act.as_str(), last.basis.as_str()),
            ("withdrawal_proposal", "《行政处罚法》第四十八条第二款")
        );
        let other = published(sample, "另一件").await;
        let later = WithdrawalForm {
            decision_changed_on: Some(day(2027, 1, 1)),
            ..form(Withdrawal::Mistaken)
        };
        assert!(asked(sample, &other, later).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_correction_takes_the_place_of_the_text_at_the_same_address_and_keeps_what_stood_there() {
    on_both(async |sample| {
        let id = published(sample, "关于甲的通知").await;
        let before =
            Record::find(sample.house.store(), &id).await.expect("reads").expect("is there");
        let draft =
            correction::begin(sample.desk("lin").await, &hand("lin"), &id, "联系电话有误").await;
        let draft = draft.expect("begins");
        let twice = correction::begin(sample.desk("lin").await, &hand("lin"), &id, "又").await;
        assert!(matches!(twice, Err(ActError::Refused("这份信息已有一件更正稿", _))), "{twice:?}");
        let content = Content {
            head: draft.content.head.with(Field::Genre, ["公告".to_owned()]),
            body: "各区人民政府：\n\n更正后的第一段。".into(),
            ..draft.content.clone()
        };
        let saved =
            drafting::save(sample.desk("lin").await, &hand("lin"), &draft.id, 1, content, false)
                .await;
        let drafting::Kept::Kept(draft) = saved.expect("saves") else { panic!("overtaken") };
        let done = sample.out_at(&draft, "2026-11-27T02:00:00Z").await;
        assert_eq!(done.expect("corrects").id, id);
        sample.house.forget_pages();
        let after =
            Record::find(sample.house.store(), &id).await.expect("reads").expect("is there");
        assert!(after.text.contains("更正后的第一段"));
        assert_eq!(after.metadata.genre.name(), "公告");
        assert_eq!((after.dates, &after.metadata.index), (before.dates, &before.metadata.index));
        let former = Former::all(sample.house.store(), &id).await.expect("lists");
        assert_eq!((former.len(), former[0].body.as_str()), (1, before.text.as_str()));
        let (_, page) = sample.page(&format!("/wenjian/{id}")).await;
        assert!(page.contains("联系电话有误") && page.contains("2026-11-27"), "{page}");
        let events = sample.house.ledger().events_on(&format!("record:{id}")).await.expect("asks");
        assert_eq!(events.last().expect("an entry").act, "correction");
    })
    .await;
}
