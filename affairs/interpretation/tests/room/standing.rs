//! What was settled of a policy holds for the draft as it read then, and by whom it may be settled.

use interpretation_rules::PolicyState;
use review::Signatory;

use crate::ground::{Ground, head, on_both, person};

const TITLE: &str = "厦门市养老服务补贴办法";

/// A document of which it is proposed that it goes without.
async fn proposed(ground: &Ground) -> String {
    ground.write("一", TITLE, false).await;
    ground.judge("一", "buxuyao", "只涉及内部流程").await.expect("proposes").id
}

async fn not_handed_in(ground: &Ground, words: &str) {
    let refused = ground.submit(&[("record", "一")]).await.expect_err(words).to_string();
    assert!(refused.contains(words), "{refused}");
}

#[tokio::test]
async fn whoever_wrote_the_draft_after_the_judgement_does_not_agree_to_it() {
    on_both(async |ground| {
        let id = proposed(ground).await;
        ground.edit("一", "also", "赵").await;
        let stand_in = Signatory { stands_in_for: Some("赵".into()), ..person("吴", "approver") };
        for by in [head(), stand_in] {
            let refused = ground.decide(&by, &id, true).await.expect_err("wrote it").to_string();
            assert!(refused.contains("不能自己认定"), "{refused}");
        }
        ground.decide(&person("吴", "approver"), &id, true).await.expect("another person");
        // Whoever agreed and writes the draft afterwards has agreed to his own.
        ground.edit("一", "also", "吴").await;
        not_handed_in(ground, "那次认定不算数").await;
    })
    .await;
}

#[tokio::test]
async fn what_was_agreed_holds_for_the_draft_as_it_read_then_and_for_no_other() {
    on_both(async |ground| {
        let id = proposed(ground).await;
        ground.edit("一", "text", "第一条　每月三百元。").await;
        let refused = ground.decide(&head(), &id, true).await.expect_err("changed").to_string();
        assert!(refused.contains("不能同意"), "{refused}");
        ground.decide(&head(), &id, false).await.expect("may be sent back all the same");
        ground.judge("一", "buxuyao", "只涉及内部流程").await.expect("proposes anew");
        ground.decide(&head(), &id, true).await.expect("agrees");
        ground.edit("一", "text", "第一条　每月四百元。").await;
        not_handed_in(ground, "那次认定不再算数").await;
        ground.edit("一", "text", "第一条　每月三百元。").await;
        ground.edit("一", "title", "厦门市托育服务补贴办法").await;
        not_handed_in(ground, "认定以后改过标题").await;
        // Judged anew, it is under the name it has now.
        let policy = ground.judge("一", "xuyao", "").await.expect("judges");
        assert_eq!(policy.title, "厦门市托育服务补贴办法");
        assert_eq!((policy.state, policy.decided), (PolicyState::Needed, None));
    })
    .await;
}

#[tokio::test]
async fn whoever_agreed_does_not_hand_it_in() {
    on_both(async |ground| {
        let id = proposed(ground).await;
        ground.decide(&person("吴", "approver"), &id, true).await.expect("agrees");
        let unit = ground.submit(&[("record", "一")]).await.expect("submits");
        let sql = format!("INSERT INTO review_author (unit, person) VALUES ('{}', '吴')", unit.id);
        ground.raw(&sql).await.expect("as if he had handed it in");
        let refused = ground.sign(&unit).await.expect_err("he handed it in").to_string();
        assert!(refused.contains("由另一位负责人认定"), "{refused}");
    })
    .await;
}
