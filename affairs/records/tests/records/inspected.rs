//! What an inspection is shown of the records.

use crate::house::{manuscript, on_both};
use crate::reviewing::{insert, raw};

#[tokio::test]
async fn a_document_that_got_past_the_log_is_shown_to_the_inspection_as_logged_nowhere() {
    on_both(async |sample| {
        let logged = sample.publish(&manuscript("甲", &[])).await.expect("publishes").remove(0).id;
        let days = "'2026-11-26', '2026-11-26', 1";
        let past =
            insert("past", 1, "NULL").replace(days, "'2026-11-24T02:00:00Z', '2026-11-24', 1");
        raw(sample, &past).await.expect("is there, whoever wrote it");
        let inspection = records::room().inspection.expect("is inspected");
        let site = sample.house.directory().all()[0].clone();
        let shown = (inspection.show)(&sample.house, &site).await.expect("looks");
        let logged_at = |id: &str| {
            let one = shown.published.iter().find(|one| one.id == id);
            one.expect("is looked at").logged_at
        };
        assert!(logged_at(&logged).is_some());
        assert_eq!(logged_at("past"), None, "so that the inspection asks where it comes from");
        let (_, further) = shown.published.split_at(1);
        assert_eq!(further.len(), 1, "each once");
    })
    .await;
}
