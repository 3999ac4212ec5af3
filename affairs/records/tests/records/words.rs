//! 词表: a proposal is taken back by whoever made it, and by nobody else.

use records::acts::{ActError, WordingLine, wording};
use records::store::{Wording, WordingVersion};

use super::drafts::hand;
use super::house::on_both;

#[tokio::test]
async fn a_proposal_is_taken_back_before_it_is_decided_and_only_by_who_made_it() {
    on_both(async |sample| {
        let store = sample.house.store();
        let now = Wording::now(store).await.expect("asks");
        let line =
            WordingLine {
                word: "错错词".into(), class: "错别字".into(), ..WordingLine::default()
            };
        let text = wording::with_line(&now.text, &line).expect("a line");
        let propose = async || {
            let desk = sample.desk("lin").await;
            wording::propose(desk, &hand("lin"), &text, "常见").await.expect("proposes")
        };
        let take_back = async |person: &'static str, number: i64, words: &'static str| {
            let desk = sample.desk(person).await;
            wording::withdraw(desk, &hand(person), number, words).await
        };
        let first = propose().await;
        let refused = take_back("chen", first, "不妥").await;
        assert!(matches!(refused, Err(ActError::Refused("这一件已经办过了", _))), "{refused:?}");
        let refused = take_back("lin", first, " ").await;
        assert!(matches!(refused, Err(ActError::Reason("没有写理由", _))), "{refused:?}");
        take_back("lin", first, "重写").await.expect("taken back");
        assert_eq!(WordingVersion::waiting(store).await.expect("asks"), None);
        let past = WordingVersion::decided(store).await.expect("asks").remove(0);
        assert_eq!((past.state.as_str(), past.words.as_str()), ("withdrawn", "重写"));
        assert_eq!(Wording::now(store).await.expect("asks").number, 0);
        // It is over: neither the code nor the database brings it back.
        assert!(take_back("lin", first, "再").await.is_err());
        let change = store.begin().await.expect("begins");
        let back = "UPDATE record_wording SET state = 'holds', decided_by = 'x' WHERE number = $1";
        assert!(change.run(back, vec![first.into()]).await.is_err());
        drop(change);
        let second = propose().await;
        let desk = sample.desk("chen").await;
        wording::decide(desk, &hand("chen"), second, true, "同意").await.expect("approves");
        assert_eq!(Wording::now(store).await.expect("asks").number, second);
    })
    .await;
}
