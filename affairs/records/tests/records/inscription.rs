//! Whatever becomes public, is put right or goes leaves exactly one leaf in the public log, and the log
//! says what the pages say.

use ledger::log::Inscribed;
use ledger::{LeafEvent, Withdrawal as Gone};
use records::acts::withdrawal::{WithdrawalForm, decide, emergency, propose};
use records::acts::{correction, drafting};
use records::store::Content;
use records_rules::Withdrawal;

use super::drafts::hand;
use super::house::{Sample, manuscript, on_both};

async fn published(sample: &Sample, title: &str, more: &[(&str, &str)]) -> String {
    let published = sample.publish(&manuscript(title, more)).await.expect("publishes");
    format!("record:{}", published[0].id)
}

async fn history(sample: &Sample, subject: &str) -> Vec<Inscribed> {
    sample.house.ledger().log().history(subject).await.expect("asks")
}

fn events(history: &[Inscribed]) -> Vec<LeafEvent> {
    history.iter().map(|leaf| leaf.body.event).collect()
}

fn id(subject: &str) -> &str {
    subject.trim_start_matches("record:")
}

/// What the newest leaf that tells of content was made of, and what the record says to everybody now.
async fn compared(sample: &Sample, subject: &str) -> (Option<String>, Option<String>) {
    let history = history(sample, subject).await;
    let newest = history.iter().rfind(|leaf| leaf.body.sha256.is_some()).expect("a leaf");
    let opening = sample.house.ledger().log().opening(newest.position).await.expect("asks");
    let source = sample.house.inscribed(subject).expect("the room's");
    let subjects = [subject.to_owned()];
    let now = (source.contents)(sample.house.store(), &subjects).await.expect("reads");
    (opening.map(|opening| opening.content), now.into_iter().next().map(|(_, text)| text))
}

async fn missing(sample: &Sample) -> usize {
    let source = sample.house.inscribed("record:").expect("the room's");
    (source.missing)(sample.house.store(), 10).await.expect("asks").len()
}

#[tokio::test]
async fn a_publication_has_its_leaf_which_tells_neither_title_nor_text() {
    on_both(async |sample| {
        let subject = published(sample, "关于林秀英等人的通知", &[]).await;
        let history = history(sample, &subject).await;
        assert_eq!(events(&history), [LeafEvent::Publication]);
        assert!(history[0].body.index.starts_with("XM00002-"), "{}", history[0].text);
        assert!(!history[0].text.contains("林秀英"), "{}", history[0].text);
        let (then, now) = compared(sample, &subject).await;
        assert!(then.as_ref().is_some_and(|text| text.contains("林秀英")), "{then:?}");
        assert_eq!((then, missing(sample).await), (now, 0));
        let (_, page) = sample.page(&format!("/wenjian/{}", id(&subject))).await;
        assert!(page.contains("/gongkai-rizhi/0") && page.contains("发布（第 0 条）"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn what_is_for_a_group_stands_in_no_open_log() {
    on_both(async |sample| {
        let reach = [("目录事项", "受限征地 > 告知"), ("公开范围", "特定群体（村集体成员）")];
        let subject = published(sample, "征收补偿", &reach).await;
        assert_eq!(history(sample, &subject).await, vec![]);
        assert_eq!(missing(sample).await, 0, "nor is it taken in later");
    })
    .await;
}

#[tokio::test]
async fn a_leak_leaves_the_log_at_once_and_what_comes_back_has_a_leaf_of_its_own() {
    on_both(async |sample| {
        let subject = published(sample, "名单", &[]).await;
        let desk = sample.desk("lin").await;
        let case = emergency(desk, &hand("lin"), id(&subject), "含有公民身份号码").await;
        let case = case.expect("withdraws");
        let gone = history(sample, &subject).await;
        assert_eq!(events(&gone), [LeafEvent::Publication, LeafEvent::Withdrawal]);
        assert_eq!(gone[1].body.reason, Some(Gone::InError));
        assert!(!gone[0].opens, "nobody can tell any more what it was");
        assert_eq!(compared(sample, &subject).await, (None, None));
        let restored =
            decide(sample.desk("zhao").await, &hand("zhao"), &case.id, false, "没有").await;
        restored.expect("restores");
        let back = history(sample, &subject).await;
        assert_eq!(back.last().map(|leaf| leaf.body.event), Some(LeafEvent::Restoration));
        assert_ne!(back[0].body.sha256, back[2].body.sha256, "with another salt");
        let (then, now) = compared(sample, &subject).await;
        assert!(then.is_some() && then == now);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_of_two_persons_has_one_leaf_when_it_stands() {
    on_both(async |sample| {
        let subject = published(sample, "旧", &[]).await;
        let kind = Withdrawal::NoLongerInForce { from: law::day(2026, 11, 26), by: None };
        let form =
            WithdrawalForm { kind, reason: "已经废止".into(), decision_changed_on: None };
        let case = propose(sample.desk("lin").await, &hand("lin"), id(&subject), form).await;
        assert_eq!(history(sample, &subject).await.len(), 1, "a proposal is no withdrawal");
        let case = case.expect("proposes").id;
        let done = decide(sample.desk("zhao").await, &hand("zhao"), &case, true, "同意").await;
        done.expect("approves");
        let history = history(sample, &subject).await;
        assert_eq!(history[1].body.reason, Some(Gone::NoLongerInForce));
        assert!(history[0].opens, "it was public rightly and stays readable");
        let (then, now) = compared(sample, &subject).await;
        assert!(then.is_some() && then == now);
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_a_leaf_of_what_is_said_now() {
    on_both(async |sample| {
        let subject = published(sample, "关于甲的通知", &[]).await;
        let lin = hand("lin");
        let begun = correction::begin(sample.desk("lin").await, &lin, id(&subject), "电话有误");
        let draft = begun.await.expect("begins");
        let content = Content {
            body: "各区人民政府：\n\n更正后的第一段。".into(),
            ..draft.content.clone()
        };
        let desk = sample.desk("lin").await;
        let saved = drafting::save(desk, &hand("lin"), &draft.id, 1, content, false).await;
        let drafting::Kept::Kept(draft) = saved.expect("saves") else { panic!("overtaken") };
        sample.out_at(&draft, "2026-11-27T02:00:00Z").await.expect("corrects");
        let history = history(sample, &subject).await;
        assert_eq!(events(&history), [LeafEvent::Publication, LeafEvent::Correction]);
        assert_eq!(history[1].body.prev, Some(history[0].position));
        let (then, now) = compared(sample, &subject).await;
        assert!(then.as_ref().is_some_and(|text| text.contains("更正后的第一段")), "{then:?}");
        assert_eq!(then, now);
    })
    .await;
}
