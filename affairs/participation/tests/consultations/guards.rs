//! What two persons must do, and what the database refuses whoever goes round the program.

use participation::acts::{ActError, answering, drafting, hiding, shortening, withdrawal};
use participation::store::{
    COVERED, Consultation, Hiding, OpinionState, Said, Shelf, Withdrawable,
};
use participation_rules::{Ground, Stage};
use review::testing::someone;
use store::testing;

use super::house::{City, ORGAN, TODAY, given, organiser, said};

#[tokio::test]
async fn fewer_than_thirty_days_need_a_reason_and_somebody_who_did_not_write_them() {
    testing::on_both("participation_short", async |place| {
        let city = City::founded(&place, "participation-short").await;
        let short = Said { short_reason: "台风将至。".into(), ..said(7) };
        let id = city.drafted(&short).await;
        let unit = city.submitted(&id).await.expect("hands in");
        let signed = review::testing::sign(&city.ledger, &city.publishers, &unit).await;
        let refused = signed.expect_err("nobody agreed").to_string();
        assert!(refused.contains("还没有批准"), "{refused}");
        let by = organiser();
        let own = shortening::approve(city.desk(&by).await, &by, (ORGAN, &id), "来不及").await;
        assert!(own.expect_err("the author's").to_string().contains("起草人不能批准"));
        let signer = someone(ORGAN, "approver");
        let agree = async |reason: &str| {
            shortening::approve(city.desk(&signer).await, &signer, (ORGAN, &id), reason).await
        };
        for wrong in ["", "问13800138000"] {
            assert!(matches!(agree(wrong).await, Err(ActError::Field("liyou", _))), "{wrong}");
        }
        agree("来不及").await.expect("agrees");
        agree("来不及").await.expect_err("once");
        let unit = review::Unit::find(city.ledger.store(), &unit.id).await.expect("asks");
        let unit = unit.expect("is there");
        // 初审 and 保密审查 were passed before the signature was refused.
        let step = review::Step::Signature;
        let (desk, pass) = (city.desk(&signer).await, review::Verdict::Pass);
        let passed =
            review::step::keep(desk, &city.publishers, &unit.id, step, &pass, &signer).await;
        passed.expect("signs");
        let signed = async || {
            let found = review::Unit::signed_of(city.ledger.store(), ORGAN).await;
            found.expect("asks").contains(&(drafting::KIND.to_owned(), id.clone()))
        };
        assert!(signed().await, "it waits for whoever publishes");
        let publisher = someone(ORGAN, "publisher");
        let desk = city.desk(&publisher).await;
        let out = review::publication::keep(desk, &city.publishers, &unit.id, &publisher).await;
        out.expect("publishes");
        assert!(!signed().await, "it waits no more");
        let of = city.of(&id).await;
        assert_eq!(of.ends_on, Some(law::day(2026, 12, 4)));
        assert_eq!(of.shortened.2, "来不及");
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_is_changed_after_it_was_agreed_to_is_agreed_to_anew() {
    testing::on_both("participation_short_again", async |place| {
        let city = City::founded(&place, "participation-short-again").await;
        let short = Said { short_reason: "台风将至。".into(), ..said(7) };
        let id = city.drafted(&short).await;
        let by = organiser();
        let signer = someone(ORGAN, "approver");
        let desk = city.desk(&signer).await;
        let early = shortening::approve(desk, &signer, (ORGAN, &id), "来不及").await;
        early.expect_err("only what was handed in is agreed to");
        let version = city.of(&id).await.version;
        let which = (ORGAN, id.as_str(), version);
        drafting::keep(city.desk(&by).await, &by, which, &short).await.expect("keeps");
        let stale = drafting::keep(city.desk(&by).await, &by, which, &short).await;
        assert!(stale.expect_err("another was first").to_string().contains("刚才有人改动过"));
        for days in [366, u32::MAX] {
            let wrong = Said { days, ..short.clone() };
            let which = (ORGAN, id.as_str(), version + 1);
            let refused = drafting::keep(city.desk(&by).await, &by, which, &wrong).await;
            assert!(matches!(refused, Err(ActError::Field("tianshu", _))), "{days}");
        }
        assert_eq!(city.of(&id).await.said, short, "nothing is lost by a slip of the pen");
        let longer = Said { days: 30, ..short };
        let which = (ORGAN, id.as_str(), version + 1);
        drafting::keep(city.desk(&by).await, &by, which, &longer).await.expect("keeps");
        assert_eq!(city.of(&id).await.said.short_reason, "", "thirty days need no reason");
    })
    .await;
}

#[tokio::test]
async fn a_consultation_belongs_to_the_unit_that_began_it_and_so_do_its_reviews() {
    testing::on_both("participation_unit", async |place| {
        let city = City::founded(&place, "participation-unit").await;
        let by = review::Signatory { unit: "规划科".into(), ..organiser() };
        let desk = city.desk(&by).await;
        let begun = drafting::begin(desk, &by, (&city.organ, false), &said(30)).await;
        let id = begun.expect("a draft");
        assert_eq!(city.of(&id).await.unit, "规划科");
        let publisher = city.publishers.get(drafting::KIND).expect("is there");
        let reading = city.ledger.store().reading();
        let content = (publisher.content)(&reading, &id).await.expect("asks").expect("is there");
        assert_eq!(content.unit, "规划科", "who reviews another unit's is told so by the policy");
        assert_eq!(city.submitted(&id).await.expect("hands in").unit, "规划科");
        let other = city.drafted(&said(30)).await;
        assert_eq!(city.of(&other).await.unit, "", "an organ without units asks as a whole");
    })
    .await;
}

#[tokio::test]
async fn an_opinion_is_hidden_by_two_on_a_ground_of_the_law() {
    testing::on_both("participation_hiding", async |place| {
        let city = City::founded(&place, "participation-hiding").await;
        let id = city.opened().await;
        for words in ["办证找我", "不同意"] {
            city.say(&id, &given(1, "", words)).await.expect("is taken");
        }
        let (by, which) = (organiser(), (ORGAN, id.as_str(), 1));
        let propose = async |ground, reason: &str| {
            hiding::propose(city.desk(&by).await, &by, which, (ground, reason)).await
        };
        assert!(matches!(propose(None, "广告").await, Err(ActError::Field("yuanyou", _))));
        assert!(matches!(propose(Some(Ground::Fraud), "").await, Err(ActError::Field("liyou", _))));
        propose(Some(Ground::Fraud), "广告").await.expect("proposes");
        propose(Some(Ground::Fraud), "广告").await.expect_err("it waits already");
        assert_eq!(
            city.one(&id, 1).await.state,
            OpinionState::Open,
            "it counts until it is decided"
        );
        let own = hiding::decide(city.desk(&by).await, &by, which, (true, "是广告")).await;
        assert!(own.expect_err("his own").to_string().contains("不能审定"));
        let waiting = Hiding::waiting(city.ledger.store(), ORGAN).await.expect("asks");
        assert_eq!(waiting.len(), 1);
        let other = someone(ORGAN, "secrecy_reviewer");
        let desk = city.desk(&other).await;
        hiding::decide(desk, &other, which, (true, "是广告")).await.expect("decides");
        assert_eq!(city.one(&id, 1).await.state, OpinionState::Hidden);
        assert_eq!(
            city.one(&id, 1).await.shown,
            "办证找我",
            "of what is unlawful the record stays"
        );
        city.say(&id, &given(1, "", "朱演示住在三楼")).await.expect("is taken");
        let third = (ORGAN, id.as_str(), 3);
        let proposed = (Some(Ground::Privacy), "写了别人的住址");
        hiding::propose(city.desk(&by).await, &by, third, proposed).await.expect("proposes");
        let desk = city.desk(&other).await;
        hiding::decide(desk, &other, third, (true, "是住址")).await.expect("decides");
        let gone = city.one(&id, 3).await;
        assert_eq!((gone.state, gone.shown.as_str()), (OpinionState::Hidden, COVERED));
        let second = (ORGAN, id.as_str(), 2);
        let proposed = (Some(Ground::Insult), "难听");
        hiding::propose(city.desk(&by).await, &by, second, proposed).await.expect("proposes");
        let after = city.after(31);
        let waits = answering::submit(after.desk(&by).await, &after.publishers, &by, (ORGAN, &id));
        assert!(waits.await.is_err(), "a proposal waits");
        let desk = after.desk(&other).await;
        hiding::decide(desk, &other, second, (false, "不同意不是理由")).await.expect("decides");
        assert_eq!(after.one(&id, 2).await.state, OpinionState::Open);
        assert_eq!(after.told("opinion_hiding").await, 3);
        let basis = "SELECT DISTINCT basis AS text FROM ledger_event WHERE act = 'opinion_hiding'";
        assert_eq!(after.texts(basis).await, ["《网络安全法》第四十九条"]);
    })
    .await;
}

#[tokio::test]
async fn what_should_not_be_public_is_withdrawn_by_two_and_found_no_more() {
    testing::on_both("participation_withdrawal", async |place| {
        let city = City::founded(&place, "participation-withdrawal").await;
        let id = city.opened().await;
        city.say(&id, &given(1, "", "早")).await.expect("is taken");
        let alone =
            format!("UPDATE consultation SET withdrawn_on = '2026-11-27' WHERE id = '{id}'");
        assert!(city.raw(&alone).await.contains("要两个人"));
        let (by, signer) = (organiser(), someone(ORGAN, "approver"));
        let which = (ORGAN, Withdrawable::Consultation, id.as_str());
        let propose = async |reason: &str| {
            withdrawal::propose(city.desk(&by).await, &by, which, reason).await
        };
        let decide = async |who: &review::Signatory, withdraw: bool| {
            withdrawal::decide(city.desk(who).await, who, which, (withdraw, "看过了")).await
        };
        assert!(matches!(propose(" ").await, Err(ActError::Field("liyou", _))));
        propose("公布了个人电话").await.expect("proposes");
        propose("公布了个人电话").await.expect_err("it waits already");
        assert_eq!(city.stage(&id).await, Stage::Open, "it stands until it is decided");
        let own = decide(&by, true).await.expect_err("his own");
        assert!(own.to_string().contains("不能审定"), "{own}");
        decide(&signer, false).await.expect("lets it stand");
        assert_eq!(
            (city.stage(&id).await, city.told("withdrawal_refusal").await),
            (Stage::Open, 1)
        );
        propose("公布了个人电话").await.expect("proposes anew");
        decide(&signer, true).await.expect("withdraws");
        assert_eq!(city.stage(&id).await, Stage::Withdrawn);
        let signed = "SELECT title || body AS text FROM review_piece";
        assert_eq!(city.texts(signed).await, [""], "what was signed is emptied");
        assert_eq!(city.of(&id).await.withdrawn, Some((TODAY, "公布了个人电话".into())));
        let late = city.say(&id, &given(1, "", "晚")).await.expect_err("it is gone");
        assert!(late.to_string().contains("已经撤下"), "{late}");
        let store = city.ledger.store();
        assert!(Consultation::public_after(store, "", 9).await.expect("asks").is_empty());
        let range = ("350200000000", "350299999999");
        let shelf = Consultation::shelf(store, (Shelf::Open, range), TODAY, (None, 9)).await;
        assert!(shelf.expect("asks").0.is_empty());
        let gone = Consultation::gone(store, range, TODAY, 9).await.expect("asks");
        let gone: Vec<String> = gone.into_iter().map(|(path, _)| path).collect();
        let stood = [format!("/yijian/{id}"), format!("/yijian/{id}/jieguo")];
        assert_eq!(gone, stood, "reading programs let go of it");
        let leaves =
            format!("SELECT subject AS text FROM log_leaf WHERE subject = 'consultation:{id}'");
        assert_eq!(city.texts(&leaves).await.len(), 2, "the log tells that it came and went");
        assert!(city.raw(&alone).await.contains("已经撤下"), "it does not come back");
    })
    .await;
}

/// A public consultation put beside another that is just like it, but for so many days.
fn copied(id: &str, days: i64) -> String {
    let same = "organ, division, unit, state, title, explanation, draft, short_reason, ways, post, telephone, mail, authors,
                returned, shortened_by, shortened_name, shortened_reason, shortened_days, version, created_at, changed_at,
                publication, opened_on, opened_at, ends_on, opinions, summary, final_text, final_path, answer_authors,
                withdrawn_reason, demo";
    format!(
        "INSERT INTO consultation (id, days, {same}) SELECT 'copied', {days}, {same} FROM consultation WHERE id = '{id}'"
    )
}

#[tokio::test]
async fn the_database_refuses_what_the_program_would_not_ask_for() {
    testing::on_both("participation_raw", async |place| {
        let city = City::founded(&place, "participation-raw").await;
        let id = city.opened().await;
        city.say(&id, &given(1, "", "第一条")).await.expect("is taken");
        let draft = city.drafted(&said(30)).await;
        for (sql, words) in [
            (format!("UPDATE consultation SET draft = '别的' WHERE id = '{id}'"), "已经公布，不能改动"),
            (format!("UPDATE consultation SET ends_on = '2026-11-28' WHERE id = '{id}'"), "已经公布，不能改动"),
            (format!("DELETE FROM consultation WHERE id = '{id}'"), "只增不减"),
            ("UPDATE consultation_clause SET text = '别的'".into(), "已经公布，不能改动"),
            ("DELETE FROM consultation_clause".into(), "已经公布，不能改动"),
            ("DELETE FROM consultation_opinion".into(), "只增不减"),
            ("UPDATE consultation_opinion SET state = 'hidden'".into(), "要两个人"),
            (
                format!(
                    "UPDATE consultation SET state = 'open', opened_on = '2026-11-27', opened_at = 'x',
                            ends_on = '2026-12-27', publication = (SELECT id FROM publication LIMIT 1)
                      WHERE id = '{draft}'"
                ),
                "没有审查",
            ),
            (
                format!(
                    "UPDATE consultation SET state = 'answered', answered_on = 'x', answered_at = 'x',
                            answers_publication = publication WHERE id = '{id}'"
                ),
                "没有审查",
            ),
        ] {
            let said = city.raw(&sql).await;
            assert!(said.contains(words), "{sql}: {said}");
        }
        for (days, taken) in [(30, true), (7, false)] {
            let told = city.raw(&copied(&id, days)).await;
            assert_eq!(told.contains("touched 1"), taken, "{days} days without a reason: {told}");
        }
        let itself = format!(
            "INSERT INTO consultation_hiding SELECT 'h', id, 'fraud', 'x', 'a', '', 'A', 'x', 'a', 'A', 'x', 'x', 1
               FROM consultation_opinion WHERE consultation = '{id}'"
        );
        assert!(!city.raw(&itself).await.contains("touched"), "one person alone");
        let late = format!(
            "INSERT INTO consultation_opinion
               SELECT 'o', '{draft}', 1, 0, source, sender, masked, shown, edited, sealed, version, 'k', '', received_on,
                      kept_at, '', 'open', NULL, '', '', demo
                 FROM consultation_opinion WHERE consultation = '{id}'"
        );
        let told = city.raw(&late).await;
        assert!(told.contains("不能收下意见"), "a draft takes none: {told}");
    })
    .await;
}
