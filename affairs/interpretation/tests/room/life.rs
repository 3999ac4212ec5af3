//! A policy and its interpretation from the judgement to the publication, and after.

use interpretation::acts::{ActError, material, submission};
use interpretation::drafts::{DOCUMENT, MATERIAL, PLAN};
use interpretation::store::{Covered, Interpretation};
use interpretation_rules::{Form, InterpretationState, PolicyState};
use review::{Step, Verdict, step};

use crate::ground::{body, drafter, head, on_both, person, usual};

const TITLE: &str = "厦门市养老服务补贴办法";

#[tokio::test]
async fn a_policy_and_its_interpretation_are_one_unit_signed_and_published_together() {
    on_both(async |ground| {
        let (policy, one) = ground.ready("一", TITLE).await;
        let other = ground.material(&policy.id, Form::Diagram).await;
        // Only the document is handed in; what goes with it comes by itself, after it.
        let unit = ground.submit(&[(DOCUMENT, "一")]).await.expect("submits");
        let pieces: Vec<(&str, &str)> =
            unit.pieces.iter().map(|piece| (piece.kind.as_str(), piece.id.as_str())).collect();
        assert_eq!(
            pieces,
            [
                (DOCUMENT, "一"),
                (PLAN, policy.id.as_str()),
                (MATERIAL, one.id.as_str()),
                (MATERIAL, other.id.as_str()),
            ]
        );
        ground.sign(&unit).await.expect("signs");
        let appeared = ground.release(&unit).await.expect("publishes");
        assert_eq!(appeared[0].path.as_deref(), Some("/wenjian/一"));
        assert_eq!(appeared[2].path, Some(format!("/jiedu/{}", one.id)));
        let policy = ground.policy(&policy.id).await;
        assert_eq!((policy.state, policy.path()), (PolicyState::Interpreted, Some("/wenjian/一")));
        for id in [&one.id, &other.id] {
            let shown = ground.interpretation(id).await;
            assert_eq!(shown.state, InterpretationState::Published);
        }
        // Each has its leaf in the public log; the document and its interpretations came at one moment.
        let log = ground.house.ledger().log();
        assert_eq!(log.history(&one.subject()).await.expect("asks").len(), 1);
        let moments = "SELECT count(DISTINCT published_at) FROM publication";
        assert_eq!(ground.count(moments).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_policy_is_not_handed_in_before_somebody_judged_it_and_what_it_needs_is_whole() {
    on_both(async |ground| {
        ground.write("一", TITLE, false).await;
        let told = async |words: &str| {
            let refused = ground.submit(&[(DOCUMENT, "一")]).await.expect_err(words).to_string();
            assert!(refused.contains(words), "{refused}");
        };
        told("送审前要认定是否解读").await;
        let policy = ground.judge("一", "xuyao", "").await.expect("judges");
        assert_eq!(policy.domains, ["yanglaofuwu"]);
        told("还没有写解读方案").await;
        ground.plan(&policy.id).await.expect("plans");
        told("还没有解读材料").await;
        let (by, desk) = (drafter(), ground.desk().await);
        let begun = material::begin(desk, &by, &policy.id, ("wenzi", None)).await.expect("begins");
        told("没有写完").await;
        let mut private = body(Form::Text);
        private.text.push_str("\n张三的身份证号是 11010519491231002X。");
        let said = material::Said { title: "解读", body: private };
        let desk = ground.desk().await;
        material::write(desk, &by, &begun.id, (&said, 1)).await.expect("writes");
        told("疑似有").await;
        let said = material::Said { title: "解读", body: body(Form::Text) };
        let desk = ground.desk().await;
        material::write(desk, &by, &begun.id, (&said, 2)).await.expect("writes");
        ground.submit(&[(DOCUMENT, "一")]).await.expect("now it is whole");
        // What sets no policy is judged by nobody, and goes by itself.
        ground.write("二", "关于召开会议的通知", false).await;
        let unit = ground.submit(&[(DOCUMENT, "二")]).await.expect("submits");
        assert_eq!(unit.pieces.len(), 1);
        ground.write("三", "关于调整缴存比例的通知", true).await;
        let refused = ground.submit(&[(DOCUMENT, "三")]).await.expect_err("规范性文件");
        assert!(refused.to_string().contains("规范性文件"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn without_its_interpretation_a_policy_cannot_be_signed() {
    on_both(async |ground| {
        let (policy, one) = ground.ready("一", TITLE).await;
        let unit = ground.submit(&[(DOCUMENT, "一")]).await.expect("submits");
        // While it is under review neither the judgement nor the interpretation changes.
        for refused in [
            ground.judge("一", "buxuyao", "不用").await.map(|_| ()),
            ground.plan(&policy.id).await,
            material::drop_it(ground.desk().await, &drafter(), &one.id).await,
        ] {
            let told = refused.expect_err("under review").to_string();
            assert!(told.contains("送审") || told.contains("审查中"), "{told}");
        }
        for of in [Step::First, Step::Secrecy] {
            let (desk, by) = (ground.desk().await, usual(of));
            let passed = step::keep(desk, &ground.publishers, &unit.id, of, &Verdict::Pass, &by);
            passed.await.expect("passes");
        }
        // Another interpretation that was begun meanwhile is no part of what would be signed.
        ground.take_back(&unit).await;
        let late = ground.material(&policy.id, Form::Diagram).await;
        let again = ground.submit(&[(DOCUMENT, "一")]).await.expect("submits anew");
        assert!(again.pieces.iter().any(|piece| piece.id == late.id));
        ground.sign(&again).await.expect("signs");
        assert!(!ground.has_lapsed(&again).await);
    })
    .await;
}

#[tokio::test]
async fn that_a_policy_goes_without_is_agreed_to_by_another_person_with_a_reason() {
    on_both(async |ground| {
        ground.write("一", TITLE, false).await;
        let silent = ground.judge("一", "buxuyao", " ").await.expect_err("no reason");
        assert!(matches!(silent, ActError::Fields(_)), "{silent}");
        let policy = ground.judge("一", "buxuyao", "只涉及内部流程").await.expect("proposes");
        assert_eq!(policy.state, PolicyState::WaiverProposed);
        let refused = ground.submit(&[(DOCUMENT, "一")]).await.expect_err("waits").to_string();
        assert!(refused.contains("还没有另一位负责人认定"), "{refused}");
        let own = ground.decide(&drafter(), &policy.id, true).await.expect_err("his own");
        assert!(own.to_string().contains("不能自己认定"), "{own}");
        // Whoever stands in for the drafter counts as the drafter.
        let stand_in =
            review::Signatory { stands_in_for: Some("张".into()), ..person("吴", "approver") };
        ground.decide(&stand_in, &policy.id, true).await.expect_err("stands in for the drafter");
        ground.decide(&head(), &policy.id, false).await.expect("sends back");
        assert_eq!(ground.policy(&policy.id).await.state, PolicyState::Needed);
        ground.judge("一", "buxuyao", "只涉及内部流程").await.expect("proposes again");
        ground.decide(&head(), &policy.id, true).await.expect("agrees");
        let unit = ground.submit(&[(DOCUMENT, "一")]).await.expect("submits");
        assert_eq!(unit.pieces.len(), 2, "what was settled is signed with it");
        ground.sign(&unit).await.expect("signs");
        ground.release(&unit).await.expect("publishes");
        let policy = ground.policy(&policy.id).await;
        assert_eq!((policy.state, policy.due), (PolicyState::NotInterpreted, None));
        let told = ground.house.explanations("/wenjian/一").await.expect("asks");
        let because = told.none_because.unwrap_or_default();
        assert!(told.list.is_empty() && because.contains("只涉及内部流程"), "{because}");
    })
    .await;
}

#[tokio::test]
async fn what_follows_its_policy_is_owed_within_three_working_days_and_goes_to_review_alone() {
    on_both(async |ground| {
        ground.write("一", TITLE, false).await;
        let policy = ground.judge("一", "suihou", "台风，先发").await.expect("proposes");
        ground.decide(&head(), &policy.id, true).await.expect("agrees");
        let early = ground.material(&policy.id, Form::Text).await;
        let by = drafter();
        let alone =
            submission::keep(ground.desk().await, &ground.publishers, &by, (&early.id, None));
        assert!(alone.await.expect_err("not yet").to_string().contains("还没有发布"));
        // Until when is another matter than how: the plan is signed with the document all the same.
        let refused = ground.submit(&[(DOCUMENT, "一")]).await.expect_err("no plan").to_string();
        assert!(refused.contains("还没有写解读方案"), "{refused}");
        ground.plan(&policy.id).await.expect("plans");
        let unit = ground.submit(&[(DOCUMENT, "一")]).await.expect("submits");
        ground.sign(&unit).await.expect("signs");
        ground.release(&unit).await.expect("publishes");
        let owing = ground.policy(&policy.id).await;
        assert_eq!(owing.state, PolicyState::Owing);
        // From a Thursday on: Friday, Monday, Tuesday.
        assert_eq!(owing.due, Some((law::day(2026, 12, 1), false)));
        let range = ("350200000000", "350299999999");
        let covered = Covered::all(ground.house.store(), range, 2026).await.expect("counts");
        assert_eq!((covered[0].owing, covered[0].rate()), (1, Some(0.0)));
        let later = ground.at("2026-11-27T02:00:00Z").await;
        let desk = later.desk().await;
        let unit = submission::keep(desk, &later.publishers, &by, (&early.id, None)).await;
        let unit = unit.expect("goes alone now");
        later.sign(&unit).await.expect("signs");
        later.release(&unit).await.expect("publishes");
        assert_eq!(later.policy(&policy.id).await.state, PolicyState::Interpreted);
        let covered = Covered::all(later.house.store(), range, 2026).await.expect("counts");
        assert_eq!((covered[0].interpreted, covered[0].rate()), (1, Some(100.0)));
        let forms = Covered::of_forms(later.house.store(), range, 2026).await.expect("counts");
        assert_eq!(forms, [(Form::Text, 1, 1)]);
    })
    .await;
}

#[tokio::test]
async fn another_takes_the_place_of_one_that_is_published_and_both_stay_readable() {
    on_both(async |ground| {
        let (policy, old) = ground.published("一", TITLE).await;
        let (by, desk) = (drafter(), ground.desk().await);
        let replaces = ("wenzi", Some(old.id.as_str()));
        let new = material::begin(desk, &by, &policy.id, replaces).await.expect("begins");
        assert_eq!(new.body, old.body, "one goes on from what stands");
        let mut said = body(Form::Text);
        said.lead = "每月四百元".into();
        let said = material::Said { title: "新的解读", body: said };
        let desk = ground.desk().await;
        material::write(desk, &by, &new.id, (&said, 1)).await.expect("writes");
        let stale = material::write(ground.desk().await, &by, &new.id, (&said, 1)).await;
        assert!(stale.expect_err("somebody saved").to_string().contains("有人改动过"));
        let second = material::begin(ground.desk().await, &by, &policy.id, replaces).await;
        let refused = second.expect_err("one is being written").to_string();
        assert!(refused.contains("已经有一份代替它的解读在写"), "{refused}");
        let desk = ground.desk().await;
        let unit = submission::keep(desk, &ground.publishers, &by, (&new.id, None)).await;
        let unit = unit.expect("submits");
        ground.sign(&unit).await.expect("signs");
        ground.release(&unit).await.expect("publishes");
        let old = ground.interpretation(&old.id).await;
        assert_eq!(old.state, InterpretationState::Replaced);
        // The one whose place was taken is named in the ledger, so that its kept page is let go.
        let told = format!(
            "SELECT count(*) FROM ledger_event WHERE act = 'replacement' AND subject = '{}'",
            old.subject()
        );
        assert_eq!(ground.count(&told).await, 1);
        assert_eq!(old.replaced_by.as_deref(), Some(new.id.as_str()));
        let shown = Interpretation::shown_of(ground.house.store(), &policy.id).await.expect("asks");
        assert_eq!(shown.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), [new.id.as_str()]);
        let page = ground.page(&old.path()).await;
        assert!(page.contains("已由新的代替") && page.contains(&new.path()), "{page}");
    })
    .await;
}

#[tokio::test]
async fn an_interpretation_goes_down_with_its_document_and_comes_back_with_it() {
    on_both(async |ground| {
        let (_, one) = ground.published("一", TITLE).await;
        ground.document_is_shown("一", false).await;
        assert_eq!(ground.interpretation(&one.id).await.state, InterpretationState::Down);
        let (status, page) = ground.get(&one.path()).await;
        assert!(status == 410 && page.contains("所解读的文件已经撤下"), "{status} {page}");
        // Reading programs that have it already let go of it.
        let (_, feed) = ground.get("/jiedu.atom").await;
        assert!(feed.contains("deleted-entry") && feed.contains(&one.path()), "{feed}");
        let log = ground.house.ledger().log();
        assert_eq!(log.history(&one.subject()).await.expect("asks").len(), 2);
        ground.document_is_shown("一", true).await;
        assert_eq!(ground.interpretation(&one.id).await.state, InterpretationState::Published);
        assert_eq!(log.history(&one.subject()).await.expect("asks").len(), 3);
        ground.page(&one.path()).await;
    })
    .await;
}
