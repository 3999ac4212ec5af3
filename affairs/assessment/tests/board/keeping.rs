//! What is counted is kept, fixed, never changed, and corrected beside.

use assessment_rules::Next;

use crate::ground::{BUREAU, Thing, on_both};

#[tokio::test]
async fn a_quarter_is_counted_anew_until_it_is_fixed_and_then_only_corrected() {
    on_both(async |ground| {
        ground.summer().await;
        let first = ground.counts().await;
        assert_eq!(first, [("2026".into(), Next::Replace), ("2026-Q3".into(), Next::Replace)]);
        assert_eq!(ground.counts().await, [], "nothing has changed");
        // The quarter is over, its fifth working day has come.
        let october = ground.on("2026-10-20").await;
        let counted = october.counts().await;
        assert!(counted.contains(&("2026-Q3".into(), Next::Fix)), "{counted:?}");
        let fixed = october.versions("2026-Q3").await.remove(0);
        assert!(fixed.is_fixed && fixed.is_baseline && fixed.note.is_empty());
        assert_eq!(fixed.known_on.to_string(), "2026-09-30");
        assert_eq!(october.counts().await, []);
        // What is done later changes nothing of a quarter that is over.
        october
            .says("UPDATE testing_case SET done = '2026-10-12' WHERE id = 'a9'")
            .await
            .expect("done");
        let later = october.counts().await;
        assert!(later.iter().all(|(period, _)| period != "2026-Q3"), "{later:?}");
        // What was registered wrongly is corrected beside it.
        october
            .says("UPDATE testing_case SET done = '2026-08-20' WHERE id = 'a8'")
            .await
            .expect("done");
        let corrected = october.counts().await;
        assert!(corrected.contains(&("2026-Q3".into(), Next::Correct)), "{corrected:?}");
        let versions = october.versions("2026-Q3").await;
        assert_eq!(versions.iter().map(|one| one.version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(versions[1], fixed, "what was published stays");
        let note = &versions[0].note;
        assert!(
            note.contains("按时率由 75.0% 改为 83.3%") && note.contains("涉及 1 个机关"),
            "{note}"
        );
    })
    .await;
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_what_is_fixed() {
    on_both(async |ground| {
        ground.summer().await;
        ground.counts().await;
        let running = ground.says("UPDATE quality_count SET note = 'x' WHERE version = 1").await;
        assert!(running.is_ok(), "what is not fixed may be: {running:?}");
        let october = ground.on("2026-10-20").await;
        october.counts().await;
        for sql in [
            "UPDATE quality_count SET digest = 'x' WHERE fixed = 1",
            "UPDATE quality_count SET fixed = 0 WHERE fixed = 1",
            "DELETE FROM quality_count WHERE fixed = 1",
            "UPDATE quality_figure SET body = '{}'",
            "DELETE FROM quality_figure WHERE counted IN (SELECT id FROM quality_count WHERE fixed = 1)",
            "UPDATE quality_case SET outcome = 'in_time'",
            "DELETE FROM quality_case WHERE counted IN (SELECT id FROM quality_count WHERE fixed = 1)",
            "INSERT INTO quality_figure (counted, scope, kind, division, name, body)
             SELECT id, 'x', 'organ', 'x', 'x', '{}' FROM quality_count WHERE fixed = 1",
        ] {
            let told = october.says(sql).await.expect_err(sql);
            assert!(told.contains("已经定稿的数字不能改动"), "{sql}: {told}");
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_of_an_application_is_kept_but_how_long_it_took() {
    on_both(async |ground| {
        let (arose, last) = (Some("2026-07-20"), Some("2026-08-20"));
        let done = [Some("2026-08-05"), Some("2026-08-06"), Some("2026-08-07"), Some("2026-08-10")];
        let names = ["q0", "q1", "q2", "q3", "q4"];
        let asked = |names: &[&'static str]| -> Vec<Thing> {
            let own = names.iter().zip(done.iter().cycle());
            own.map(|(name, done)| Thing(name, BUREAU, [arose, last, *done])).collect()
        };
        ground.knows("answer", &asked(&names[..4])).await;
        ground.counts().await;
        let few = ground.read("/kanban/mingxi?leixing=answer&format=json").await.1;
        assert!(few.contains("\"rows\":[]"), "four are not listed: {few}");
        let board = ground.read(&format!("/kanban/{BUREAU}?format=json")).await.1;
        assert!(board.contains("\"answered\":4") && board.contains("\"within\":null"), "{board}");
        ground.knows("answer", &asked(&names[4..])).await;
        ground.counts().await;
        let five = ground.read("/kanban/mingxi?leixing=answer&format=json").await.1;
        assert_eq!(five.matches("\"working_days\":").count(), 5, "{five}");
        for hidden in ["林秀英", "2026-08-05", "2026-07-20", "/x/q0", "q0"] {
            assert!(!five.contains(hidden), "{hidden}: {five}");
        }
        let kept = "INSERT INTO quality_case (counted, ordinal, kind, organ, division, domain, words, extended,
                        stated, outcome, reason, listed)
                    SELECT id, 99, 'answer', 'x', 'x', '', '林秀英', 0, 0, 'late', '', 1 FROM quality_count";
        assert!(ground.says(kept).await.is_err(), "the table takes no words of an application");
    })
    .await;
}
