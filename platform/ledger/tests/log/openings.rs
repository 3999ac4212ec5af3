//! No leaf tells what it was made of, and what was published in error can be found out by nobody.

use ledger::{Leaf, Withdrawal};
use sha2::{Digest, Sha256};
use store::Statements;

use super::house::{on_both, publication};

#[tokio::test]
async fn a_leaf_holds_no_content_and_no_digest_that_could_be_guessed() {
    on_both(async |sample| {
        sample.act(vec![publication("record:1", "林秀英 350203194910012345")]).await;
        let leaf = sample.ledger.log().leaf(0).await.expect("asks").expect("is there");
        for secret in ["林秀英", "350203194910012345", "正文"] {
            assert!(!leaf.text.contains(secret), "{}", leaf.text);
        }
        let plain: String = Sha256::digest("林秀英 350203194910012345")
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_ne!(leaf.body.sha256.as_deref(), Some(plain.as_str()));
        let opening = sample.ledger.log().opening(0).await.expect("asks").expect("is there");
        assert!(leaf.body.opens(&opening.salt, &opening.content));
        assert!(!leaf.body.opens(&opening.salt, "别的内容"));
        assert_eq!(opening.salt.len(), 64);
    })
    .await;
}

#[tokio::test]
async fn only_a_withdrawal_in_error_destroys_what_opens_the_leaves() {
    on_both(async |sample| {
        let key = sample.key().await;
        for (reason, stays) in [
            (Withdrawal::InError, false),
            (Withdrawal::Moved, true),
            (Withdrawal::NoLongerInForce, true),
        ] {
            let subject = format!("record:{reason:?}");
            let away = Leaf::withdrawal(&subject, reason);
            sample.act(vec![publication(&subject, "甲")]).await;
            sample.act(vec![publication(&subject, "乙").correcting()]).await;
            sample.act(vec![away]).await;
            let history = sample.ledger.log().history(&subject).await.expect("asks");
            assert_eq!(
                history.iter().map(|leaf| leaf.opens).collect::<Vec<_>>(),
                [stays, stays, false]
            );
            assert_eq!(history[2].body.reason, Some(reason));
            assert_eq!(history[2].body.organ, "XM00001", "it stands under what it stood under");
        }
        // Published and withdrawn in one act.
        let away = Leaf::withdrawal("record:at once", Withdrawal::InError);
        sample.act(vec![publication("record:at once", "甲"), away]).await;
        let history = sample.ledger.log().history("record:at once").await.expect("asks");
        assert!(history.iter().all(|leaf| !leaf.opens));
        sample.act(vec![Leaf::withdrawal("record:never here", Withdrawal::InError)]).await;
        assert_eq!(sample.ledger.log().history("record:never here").await.expect("asks"), vec![]);
        sample.ledger.log().grow(&key).await.expect("grows");
        assert_eq!(sample.ledger.log().scrub().await.expect("counts").unsound, vec![]);
    })
    .await;
}

/// TRUST 4.3: the list of a thousand short lines that was up for an hour. Whoever kept the leaves and knows
/// every line that may have been in it still cannot tell which was.
#[tokio::test]
async fn a_dictionary_finds_none_of_a_thousand_withdrawn_lines() {
    on_both(async |sample| {
        let lines: Vec<String> = (0..1000).map(|at| format!("某村低保名单第{at}行")).collect();
        let subject = |at: usize| format!("record:{at}");
        sample.act((0..1000).map(|at| publication(&subject(at), &lines[at])).collect()).await;
        let away = |at| Leaf::withdrawal(subject(at), Withdrawal::InError);
        sample.act((0..1000).map(away).collect()).await;
        let kept = sample.ledger.store().number("SELECT count(*) FROM log_opening", vec![]).await;
        assert_eq!(kept.expect("counts"), Some(0));
        let leaves = sample.ledger.log().newest_leaves(2000).await.expect("asks");
        let digests: std::collections::HashSet<String> =
            leaves.iter().filter_map(|leaf| leaf.body.sha256.clone()).collect();
        assert_eq!(digests.len(), 1000, "equal lines would not even be seen to be equal");
        let hex = |text: &str| {
            Sha256::digest(text).iter().map(|b| format!("{b:02x}")).collect::<String>()
        };
        let found = lines.iter().filter(|line| digests.contains(&hex(line))).count();
        assert_eq!(found, 0);
    })
    .await;
}
