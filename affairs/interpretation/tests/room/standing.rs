//! What was settled of a policy holds for the draft as it read then, and by whom it may be settled.

use interpretation::acts::{ActError, checking, material, overdue, pulling, submission};
use interpretation::store::{CoveredRow, Interpretation, Page, Policy, Wanted};
use interpretation_rules::{Body, Form, InterpretationState, PolicyState};
use review::Signatory;

use crate::ground::{Ground, body, drafter, head, on_both, person};

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
        // The same is proposed of the draft as it reads now, and agreed to once more.
        ground.judge("一", "buxuyao", "只涉及内部流程").await.expect("proposes once more");
        not_handed_in(ground, "还没有另一位负责人认定").await;
        ground.decide(&head(), &id, true).await.expect("agrees once more");
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

#[tokio::test]
async fn what_is_for_a_group_alone_is_interpreted_to_nobody_else() {
    on_both(async |ground| {
        ground.write("一", TITLE, true).await;
        ground.edit("一", "reach", "特定群体（征收范围内的村集体成员）").await;
        let unit = ground.submit(&[("record", "一")]).await.expect("nobody has to judge it");
        assert_eq!(unit.pieces.len(), 1);
        ground.take_back(&unit).await;
        let policy = ground.judge("一", "xuyao", "").await.expect("judges");
        ground.plan(&policy.id).await.expect("plans");
        ground.material(&policy.id, Form::Text).await;
        not_handed_in(ground, "只面向特定群体").await;
        ground.judge("一", "buxuyao", "只面向被征收人").await.expect("proposes");
        ground.decide(&head(), &policy.id, true).await.expect("agrees");
        let unit = ground.submit(&[("record", "一")]).await.expect("submits");
        ground.sign(&unit).await.expect("signs");
        ground.release(&unit).await.expect("publishes");
        let range = ("350200000000", "350299999999");
        let rows = CoveredRow::all(ground.house.store(), (range, ""), 2026, 10).await;
        assert_eq!(rows.expect("asks"), [], "its title is told to nobody");
    })
    .await;
}

#[tokio::test]
async fn a_correction_keeps_the_judgement_of_what_it_corrects_and_needs_one_where_there_is_none() {
    on_both(async |ground| {
        ground.published("一", TITLE).await;
        ground.write("二", TITLE, true).await;
        ground.edit("二", "corrects", "/wenjian/一").await;
        let refused = ground.judge("二", "xuyao", "").await.expect_err("is judged").to_string();
        assert!(refused.contains("更正沿用原来文件的认定"), "{refused}");
        let unit = ground.submit(&[("record", "二")]).await.expect("goes by itself");
        assert_eq!(unit.pieces.len(), 1);
        // What was published elsewhere before was never judged.
        ground.write("三", TITLE, true).await;
        ground.edit("三", "corrects", "/wenjian/0").await;
        let refused = ground.submit(&[("record", "三")]).await.expect_err("nobody judged it");
        assert!(refused.to_string().contains("送审前要认定是否解读"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn an_interpretation_does_not_become_public_while_its_document_is_down() {
    on_both(async |ground| {
        let (policy, old) = ground.published("一", TITLE).await;
        let more = ground.material(&policy.id, Form::Diagram).await;
        let (desk, by) = (ground.desk().await, drafter());
        let unit = submission::keep(desk, &ground.publishers, &by, (&more.id, None)).await;
        let unit = unit.expect("submits");
        ground.sign(&unit).await.expect("signs");
        ground.raw("UPDATE policy_document SET shown = 0").await.expect("hears");
        // Even before the interpretation that stands is taken down it is on no list.
        let wanted =
            Wanted { range: ("350200000000".into(), "350299999999".into()), ..Wanted::default() };
        let listed = Page::at(ground.house.store(), &wanted, ("", ""), 10).await.expect("asks");
        assert_eq!(listed.rows, []);
        // The unit lapses in words: there is nothing that may be published now.
        let refused = ground.release(&unit).await.expect_err("the document is down");
        assert!(refused.is_changed_content(), "{refused}");
        let by_hand = format!(
            "INSERT INTO publication (id, unit, ordinal, kind, piece, hash, person, name, urgent, published_at)
             SELECT 'x', p.unit, p.ordinal, p.kind, p.id, p.hash, '孙', '', 0, '2026-11-26'
               FROM review_piece p WHERE p.unit = '{}'",
            unit.id
        );
        ground.raw(&by_hand).await.expect_err("nor by hand");
        assert_eq!(ground.interpretation(&more.id).await.published_at, None);
        assert_eq!(ground.interpretation(&old.id).await.replaced_by, None);
    })
    .await;
}

#[tokio::test]
async fn personal_data_stop_an_interpretation_that_goes_alone_and_a_reason_that_will_be_read() {
    on_both(async |ground| {
        ground.write("二", TITLE, false).await;
        let told = "张三的身份证号是 11010519491231002X。";
        let refused = ground.judge("二", "buxuyao", told).await.expect_err("everybody reads it");
        assert!(matches!(refused, ActError::Fields(_)), "{refused}");
        let (policy, one) = ground.published("一", TITLE).await;
        let by = person("钱", "drafter");
        pulling::propose(ground.desk().await, &by, &one.id, ("wrong", "写错了"))
            .await
            .expect("proposes");
        let kept = pulling::decide(
            ground.desk().await,
            ground.folder.path(),
            &head(),
            &one.id,
            (false, told),
        )
        .await;
        let kept = kept.expect_err("the ledger would keep it");
        assert!(matches!(kept, ActError::Fields(_)), "{kept}");
        let more = ground.material(&policy.id, Form::Text).await;
        let mut private = body(Form::Text);
        private.text.push_str("\n张三的身份证号是 11010519491231002X。");
        let said = material::Said { title: "解读", body: private };
        let (desk, by) = (ground.desk().await, drafter());
        material::write(desk, &by, &more.id, (&said, more.revision)).await.expect("writes");
        let (desk, publishers) = (ground.desk().await, &ground.publishers);
        let refused = submission::keep(desk, publishers, &by, (&more.id, None)).await;
        let refused = refused.expect_err("holds personal data").to_string();
        assert!(refused.contains("疑似有"), "{refused}");
        let kept = Interpretation::of_policy(ground.house.store(), &policy.id).await;
        assert_eq!(kept.expect("asks").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_was_signed_before_anybody_had_to_judge_it_is_refused_in_words() {
    on_both(async |ground| {
        ground.write("一", TITLE, true).await;
        let unit = ground.signed_before("一").await;
        let refused = ground.release(&unit).await.expect_err("nobody judged it").to_string();
        assert!(refused.contains("送审前要认定是否解读"), "{refused}");
        assert!(refused.contains("已经送审的先退回"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn half_a_text_is_kept_and_nobody_writes_over_what_a_colleague_saved() {
    on_both(async |ground| {
        let (policy, one) = ground.ready("一", TITLE).await;
        let over = ground.plan(&policy.id).await.expect_err("it was written meanwhile").to_string();
        assert!(over.contains("有人改动过"), "{over}");
        let half = Body { lead: "每月三百元".into(), ..Body::default() };
        let said = material::Said { title: "解读", body: half.clone() };
        let (desk, by) = (ground.desk().await, drafter());
        material::write(desk, &by, &one.id, (&said, one.revision)).await.expect("keeps half of it");
        assert_eq!(ground.interpretation(&one.id).await.body, half);
        assert_eq!(ground.count("SELECT count(*) FROM interpretation WHERE whole = 1").await, 0);
        not_handed_in(ground, "没有写完").await;
    })
    .await;
}

#[tokio::test]
async fn of_a_draft_that_is_deleted_nobody_has_anything_to_do_until_it_is_judged_anew() {
    on_both(async |ground| {
        ground.write("一", TITLE, false).await;
        let policy = ground.judge("一", "xuyao", "").await.expect("judges");
        let waiting = async || {
            let found = Policy::in_state(ground.house.store(), "XM00002", &[PolicyState::Needed]);
            found.await.expect("asks").len()
        };
        assert_eq!(waiting().await, 1);
        let sql = format!("UPDATE policy_document SET shelved = 1 WHERE id = '{}'", policy.id);
        ground.raw(&sql).await.expect("hears");
        assert_eq!(waiting().await, 0);
        ground.judge("一", "xuyao", "").await.expect("judges anew");
        assert_eq!(waiting().await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_interpretation_is_taken_down_by_two_persons_for_good_and_its_policy_owes_one_again() {
    on_both(async |ground| {
        let (policy, one) = ground.published("一", TITLE).await;
        let id = one.id.as_str();
        let early =
            pulling::decide(ground.desk().await, ground.folder.path(), &head(), id, (true, "看过"))
                .await;
        assert!(early.expect_err("nobody proposed it").to_string().contains("没有人提出"));
        let by = person("钱", "drafter");
        let told = "当事人不再同意";
        pulling::propose(ground.desk().await, &by, id, ("wrong", told)).await.expect("proposes");
        pulling::propose(ground.desk().await, &by, id, ("wrong", told)).await.expect_err("once");
        for own in [by, drafter()] {
            let refused = pulling::decide(
                ground.desk().await,
                ground.folder.path(),
                &own,
                id,
                (true, "看过"),
            )
            .await;
            assert!(refused.expect_err("his own").to_string().contains("不能自己决定"));
        }
        let by_hand = "UPDATE interpretation SET state = 'down', pulled = 1, pulled_by = '钱'";
        ground.raw(by_hand).await.expect_err("by whoever proposed it");
        pulling::decide(ground.desk().await, ground.folder.path(), &head(), id, (true, "看过"))
            .await
            .expect("agrees");
        assert_eq!(ground.interpretation(id).await.state, InterpretationState::Down);
        assert_eq!(ground.policy(&policy.id).await.state, PolicyState::Owing);
        // Another is owed three working days after it was taken down, not after the document appeared.
        let today = ground.house.ledger().clock().today();
        let calendar = ground.house.ledger().calendar();
        let last = interpretation_rules::last_day(today, &calendar).expect("is counted");
        let due = Some((last.date, last.provisional));
        assert_eq!(ground.policy(&policy.id).await.due, due);
        let sql = "UPDATE policy_document SET published_on = '2026-11-02', provisional = 1";
        ground.raw(sql).await.expect("as if the document had appeared long before");
        overdue::follow(ground.house.ledger()).await.expect("follows");
        assert_eq!(ground.policy(&policy.id).await.due, due);
        let (status, page) = ground.get(&one.path()).await;
        assert!(status == 410 && page.contains(told), "{status} {page}");
        let leaves = format!("SELECT count(*) FROM log_leaf WHERE subject = '{}'", one.subject());
        assert_eq!(ground.count(&leaves).await, 2, "that it was taken down is in the public log");
        // Down once is down: nobody proposes or decides it again, and is told so.
        let (by, id) = (person("钱", "drafter"), one.id.as_str());
        let again = pulling::propose(ground.desk().await, &by, id, ("wrong", told)).await;
        assert!(again.expect_err("is down").to_string().contains("已下线的解读不能下线"));
        let again =
            pulling::decide(ground.desk().await, ground.folder.path(), &head(), id, (true, "看过"))
                .await;
        assert!(again.expect_err("is decided").to_string().contains("没有人提出"));
        // It does not come back with its document.
        ground.document_is_shown("一", false).await;
        ground.document_is_shown("一", true).await;
        assert_eq!(ground.interpretation(id).await.state, InterpretationState::Down);
        ground.raw("UPDATE interpretation SET pulled = 0").await.expect_err("it stays down");
    })
    .await;
}

#[tokio::test]
async fn what_is_overdue_is_written_into_the_ledger_once_and_a_day_that_was_provisional_is_counted_anew()
 {
    on_both(async |ground| {
        ground.write("一", TITLE, false).await;
        let policy = ground.judge("一", "suihou", "防汛急需").await.expect("proposes");
        ground.decide(&head(), &policy.id, true).await.expect("agrees");
        ground.plan(&policy.id).await.expect("plans");
        let unit = ground.submit(&[("record", "一")]).await.expect("submits");
        ground.sign(&unit).await.expect("signs");
        ground.release(&unit).await.expect("publishes");
        let due = ground.policy(&policy.id).await.due.expect("owes one");
        let sql = "UPDATE policy_document SET due_on = '2026-11-27', provisional = 1";
        ground.raw(sql).await.expect("as if the year had not been arranged");
        let later = ground.at("2026-12-20T01:00:00Z").await;
        overdue::follow(later.house.ledger()).await.expect("follows");
        overdue::follow(later.house.ledger()).await.expect("follows again");
        assert_eq!(ground.policy(&policy.id).await.due, Some(due));
        let told = "SELECT count(*) FROM ledger_event WHERE room = 'interpretation' AND act = ";
        assert_eq!(ground.count(&format!("{told}'overdue'")).await, 1);
        assert_eq!(ground.count(&format!("{told}'renewal'")).await, 1);
        // The office above sees it, those of another place do not, and nobody before its day has passed.
        let above = async |low: &str, high: &str, today: law::Date| {
            let found = Policy::overdue_within(ground.house.store(), (low, high), today).await;
            found.expect("asks").into_iter().map(|one| one.id).collect::<Vec<_>>()
        };
        let today = law::day(2026, 12, 20);
        let city = ("350200000000", "350299999999");
        assert_eq!(above(city.0, city.1, today).await, [policy.id.as_str()]);
        assert_eq!(above("350203000000", "350203999999", today).await, Vec::<String>::new());
        assert_eq!(above(city.0, city.1, due.0).await, Vec::<String>::new(), "it is due today");
        ground.raw("UPDATE policy_document SET shown = 0").await.expect("hears");
        assert_eq!(above(city.0, city.1, today).await, Vec::<String>::new(), "it is down");
    })
    .await;
}

#[tokio::test]
async fn whoever_drafts_looks_at_the_interpretations_again_when_the_document_was_corrected() {
    on_both(async |ground| {
        let (policy, _) = ground.published("一", TITLE).await;
        checking::keep(ground.desk().await, &drafter(), &policy.id).await.expect_err("nothing was");
        let sql = "UPDATE policy_document SET corrected_at = '2026-11-26T02:00:00.000Z'";
        ground.raw(sql).await.expect("hears");
        checking::keep(ground.desk().await, &drafter(), &policy.id).await.expect("has looked");
        assert_eq!(ground.policy(&policy.id).await.corrected_at, None);
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_another_person_is_listed_for_its_organ_with_who_wrote_it() {
    on_both(async |ground| {
        let store = ground.house.store();
        let waiting = async |organ: &str| {
            let states = [PolicyState::WaiverProposed, PolicyState::DeferralProposed];
            let found = Policy::in_state(store, organ, &states).await.expect("asks");
            Policy::authors_of_all(store, &found).await.expect("asks")
        };
        assert!(waiting("XM00002").await.is_empty(), "nothing is proposed");
        let id = proposed(ground).await;
        assert_eq!(waiting("XM00002").await, [(id.clone(), "张".to_owned())]);
        assert!(waiting("XM00011").await.is_empty(), "it is another organ's");
        ground.decide(&head(), &id, true).await.expect("agrees");
        assert!(waiting("XM00002").await.is_empty(), "it is decided");
        let (_, one) = ground.published("二", "厦门市托育服务补贴办法").await;
        let pulls = async |organ: &str| {
            let found = Interpretation::to_pull(store, organ).await.expect("asks");
            Interpretation::authors_of_all(store, &found).await.expect("asks")
        };
        assert!(pulls("XM00002").await.is_empty(), "nobody wants it down");
        let (desk, by) = (ground.desk().await, person("钱", "drafter"));
        pulling::propose(desk, &by, &one.id, ("wrong", "写错了")).await.expect("proposes");
        assert_eq!(pulls("XM00002").await, [(one.id.clone(), "张".to_owned())]);
        assert!(pulls("XM00011").await.is_empty(), "it is another organ's");
        let (desk, folder) = (ground.desk().await, ground.folder.path());
        let kept = pulling::decide(desk, folder, &head(), &one.id, (false, "没有写错")).await;
        kept.expect("does not agree");
        assert!(pulls("XM00002").await.is_empty(), "it stays");
    })
    .await;
}
