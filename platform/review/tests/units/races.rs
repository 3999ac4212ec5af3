//! Two at the same moment: one of them is told.

use review::{ActError, Step};

use crate::ground::{Ground, on_both, person, publisher, usual};

/// Runs both at once and says how many went well.
async fn together<T>(
    one: impl Future<Output = Result<T, ActError>>,
    other: impl Future<Output = Result<T, ActError>>,
) -> usize {
    let (one, other) = tokio::join!(one, other);
    usize::from(one.is_ok()) + usize::from(other.is_ok())
}

async fn at_secrecy(ground: &Ground, id: &str) -> String {
    ground.write(id, "正文").await;
    let unit = ground.submit(&[id]).await.expect("submits").id;
    ground.pass(&unit, Step::First, &usual(Step::First)).await.expect("passes");
    ground.pass(&unit, Step::Secrecy, &usual(Step::Secrecy)).await.expect("passes");
    unit
}

#[tokio::test]
async fn two_sessions_that_sign_at_the_same_moment_sign_once() {
    on_both(async |ground| {
        for round in 0..20 {
            let unit = at_secrecy(ground, &format!("签{round}")).await;
            let (one, other) = (person("赵", "approver"), person("钱", "approver"));
            let signed = together(
                ground.pass(&unit, Step::Signature, &one),
                ground.pass(&unit, Step::Signature, &other),
            );
            assert_eq!(signed.await, 1);
            let by = publisher();
            let published = together(ground.publish(&unit, &by), ground.publish(&unit, &one));
            assert_eq!(published.await, 1);
        }
        assert_eq!(ground.count("SELECT count(*) FROM note_out").await, 20);
        let steps = "SELECT count(*) FROM review_step WHERE step = 'signature'";
        assert_eq!(ground.count(steps).await, 20);
    })
    .await;
}

#[tokio::test]
async fn one_person_in_two_sessions_takes_one_of_two_steps() {
    on_both(async |ground| {
        for round in 0..10 {
            let id = format!("审{round}");
            ground.write(&id, "正文").await;
            ground
                .raw(&format!("UPDATE note SET normative = 1 WHERE id = '{id}'"))
                .await
                .expect("x");
            let unit = ground.submit(&[&id]).await.expect("submits").id;
            ground.pass(&unit, Step::First, &usual(Step::First)).await.expect("passes");
            let (legal, first) = (person("周", "legal_reviewer"), person("周", "reviewer"));
            let went = together(
                ground.pass(&unit, Step::Legal, &legal),
                ground.pass(&unit, Step::First, &first),
            );
            assert_eq!(went.await, 1);
            // Signed and edited at once: what is signed is what was there, or it is not signed.
            let secrecy = person("周", "secrecy_reviewer");
            ground.pass(&unit, Step::Secrecy, &secrecy).await.expect("one person, by the policy");
            let edit = format!("UPDATE note SET body = '改' WHERE id = '{id}'");
            let signer = usual(Step::Signature);
            let (signed, edited) =
                tokio::join!(ground.pass(&unit, Step::Signature, &signer), ground.raw(&edit));
            edited.expect("edits");
            let out = ground.publish(&unit, &publisher()).await;
            assert!(out.is_err(), "edited after it was submitted: {signed:?} {out:?}");
        }
        assert_eq!(ground.count("SELECT count(*) FROM note_out").await, 0);
    })
    .await;
}
