//! 代理: whoever acts for another counts as both, wherever two persons are asked for
//! (docs/readings/042).

use records::acts::drafting::{self, Kept};
use records::acts::{ActError, Hand, attribute, destruction, handing_in, wording};
use records::acts::{reassessment, withdrawal};
use records::store::{Content, Destruction, Draft, Reassessment, VersionLine};
use records_rules::{Attribute, Outcome, Withdrawal};
use review::{Refused, Signatory, Step, Verdict};

use super::drafts::{content, hand, withheld};
use super::house::{Sample, manuscript, on_both};
use super::retention::{old, published};
use super::reviewing::is_refused;

/// A person, and whom he stands in for.
type Acting = (&'static str, Option<&'static str>);

/// Who proposed, and who then may not decide.
const BOUND: &[(Acting, &[Acting])] = &[
    (("lin", None), &[("lin", None), ("lin", Some("chen")), ("chen", Some("lin"))]),
    (
        ("lin", Some("wang")),
        &[
            ("lin", None),
            ("wang", None),
            ("chen", Some("lin")),
            ("chen", Some("wang")),
            ("wang", Some("chen")),
        ],
    ),
];

/// Who may decide all the same.
const FREE: Acting = ("chen", Some("sun"));

fn acting((person, stands_in_for): Acting) -> Hand {
    Hand { stands_in_for: stands_in_for.map(str::to_owned), ..hand(person) }
}

fn signing((person, stands_in_for): Acting, role: &str) -> Signatory {
    Signatory {
        person: person.into(),
        stands_in_for: stands_in_for.map(str::to_owned),
        ..review::testing::someone("XM00002", role)
    }
}

/// Asks for a decision by everybody who is bound, then by somebody who is not.
async fn decided_by_another<T: std::fmt::Debug>(
    what: &str,
    bound: &[Acting],
    decide: impl AsyncFn(Hand) -> Result<T, ActError>,
) {
    for by in bound {
        let done = decide(acting(*by)).await;
        assert!(
            matches!(&done, Err(ActError::Refused(why, _)) if why.contains("不能自己决定")),
            "{what} by {by:?}: {done:?}"
        );
    }
    let done = decide(acting(FREE)).await;
    assert!(done.is_ok(), "{what}: {done:?}");
}

/// The same asked of the database alone: `set` decides what stands in the table.
async fn refused_by_the_database(sample: &Sample, table: &str, set: &str, bound: &[Acting]) {
    for (person, stands_in_for) in bound {
        let whom = stands_in_for.map_or("NULL".to_owned(), |whom| format!("'{whom}'"));
        let sql = format!(
            "UPDATE {table} SET {set}, decided_by = '{person}', decided_for = {whom}
              WHERE decided_by IS NULL"
        );
        is_refused(sample, &sql, "").await;
    }
    let sql = format!("UPDATE {table} SET proposed_for = 'zhao' WHERE decided_by IS NULL");
    is_refused(sample, &sql, "").await;
}

async fn begun(sample: &Sample, by: &Hand, attribute: Attribute) -> Draft {
    let desk = sample.desk(&by.person).await;
    drafting::begin(desk, by, attribute, content("甲")).await.expect("begins")
}

#[tokio::test]
async fn an_attribute_is_confirmed_by_nobody_who_proposed_or_wrote_it_himself_or_for_another() {
    on_both(async |sample| {
        for (first, bound) in BOUND {
            // By whoever proposed.
            let draft = begun(sample, &hand("zheng"), Attribute::Proactive).await;
            let by = acting(*first);
            let desk = sample.desk(&by.person).await;
            let proposal = attribute::propose(desk, &by, &draft.id, withheld(), "人事事项").await;
            let id = proposal.expect("proposes").id;
            refused_by_the_database(sample, "record_attribute", "agreed = 1", bound).await;
            decided_by_another("attribute", bound, async |by| {
                let desk = sample.desk(&by.person).await;
                attribute::confirm(desk, &by, &id, true, "").await
            })
            .await;
            // And by whoever wrote.
            let draft = begun(sample, &by, Attribute::Proactive).await;
            let versions = VersionLine::all(sample.house.store(), &draft.id).await.expect("lists");
            let told = versions.iter().map(|one| one.stood_in_for.as_str()).collect::<Vec<_>>();
            assert_eq!(
                told,
                [by.stands_in_for.as_deref().unwrap_or_default()],
                "it is marked 代理"
            );
            let desk = sample.desk("zheng").await;
            let proposal =
                attribute::propose(desk, &hand("zheng"), &draft.id, withheld(), "人事事项").await;
            let id = proposal.expect("proposes").id;
            decided_by_another("what was written", bound, async |by| {
                let desk = sample.desk(&by.person).await;
                attribute::confirm(desk, &by, &id, true, "").await
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_is_approved_or_confirmed_by_nobody_who_proposed_it_for_another() {
    on_both(async |sample| {
        for (at, (first, bound)) in BOUND.iter().enumerate() {
            let by = acting(*first);
            for alone in [false, true] {
                let title = format!("第{at}件{alone}");
                let out = sample.publish(&manuscript(&title, &[])).await.expect("publishes");
                let desk = sample.desk(&by.person).await;
                let case = if alone {
                    withdrawal::emergency(desk, &by, &out[0].id, "含有公民身份号码").await
                } else {
                    let form = withdrawal::WithdrawalForm {
                        kind: Withdrawal::Mistaken,
                        reason: "误将草案发布".into(),
                        decision_changed_on: None,
                    };
                    withdrawal::propose(desk, &by, &out[0].id, form).await
                };
                let id = case.expect("proposes").id;
                let set = "state = 'stands'";
                refused_by_the_database(sample, "record_withdrawal", set, bound).await;
                decided_by_another("withdrawal", bound, async |by| {
                    let desk = sample.desk(&by.person).await;
                    withdrawal::decide(desk, &by, &id, true, "同意").await
                })
                .await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_change_of_the_list_of_words_is_approved_by_nobody_who_proposed_it_for_another() {
    on_both(async |sample| {
        for (at, (first, bound)) in BOUND.iter().enumerate() {
            let by = acting(*first);
            let now = records::store::Wording::now(sample.house.store()).await.expect("asks");
            let line = records::acts::WordingLine {
                word: format!("第{at}个错词"),
                class: "错别字".into(),
                ..records::acts::WordingLine::default()
            };
            let text = wording::with_line(&now.text, &line).expect("a line");
            let desk = sample.desk(&by.person).await;
            let number = wording::propose(desk, &by, &text, "常见").await.expect("proposes");
            refused_by_the_database(sample, "record_wording", "state = 'holds'", bound).await;
            decided_by_another("wording", bound, async |by| {
                let desk = sample.desk(&by.person).await;
                wording::decide(desk, &by, number, true, "同意").await
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn records_are_destroyed_by_nobody_who_proposed_it_for_another() {
    on_both(async |sample| {
        for (at, (first, bound)) in BOUND.iter().enumerate() {
            let by = acting(*first);
            let ids = [published(sample, &old(&format!("第{at}件"), "10年")).await];
            let desk = sample.desk(&by.person).await;
            let found = destruction::propose(desk, &by, &ids, "无保存价值").await;
            let found: Destruction = found.expect("proposes");
            refused_by_the_database(sample, "record_destruction", "state = 'done'", bound).await;
            decided_by_another("destruction", bound, async |by| {
                let desk = sample.desk(&by.person).await;
                destruction::decide(desk, &by, &found.id, (true, "同意")).await
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_written_for_another_is_reviewed_by_neither_of_the_two() {
    on_both(async |sample| {
        for (first, bound) in BOUND {
            let by = acting(*first);
            let draft = begun(sample, &hand("zheng"), Attribute::Proactive).await;
            let said = Content {
                body: "各区人民政府：\n\n改过。".into(), ..draft.content.clone()
            };
            let desk = sample.desk(&by.person).await;
            let kept = drafting::save(desk, &by, &draft.id, 1, said, true).await;
            let Kept::Kept(draft) = kept.expect("saves") else { panic!("overtaken") };
            // What the page saves by itself in another standing does not replace that version.
            let own = hand(&by.person);
            let said = Content {
                body: "各区人民政府：\n\n又改。".into(), ..draft.content.clone()
            };
            let desk = sample.desk(&own.person).await;
            let kept = drafting::save(desk, &own, &draft.id, draft.revision, said, true).await;
            assert!(matches!(kept.expect("saves"), Kept::Kept(_)));
            let (publishers, submitter) =
                (sample.house.publishers(), signing(("zheng", None), "drafter"));
            let desk = sample.house.ledger().desk(submitter.actor()).await.expect("a desk");
            let unit = handing_in::keep(desk, &publishers, &submitter, &draft.id, None).await;
            let unit = unit.expect("hands in");
            for by in *bound {
                let by = signing(*by, "reviewer");
                let desk = sample.house.ledger().desk(by.actor()).await.expect("a desk");
                let done = review::step::keep(
                    desk,
                    &publishers,
                    &unit.id,
                    Step::First,
                    &Verdict::Pass,
                    &by,
                );
                let done = done.await;
                assert!(
                    matches!(done, Err(review::ActError::Refused(Refused::Author))),
                    "{by:?}: {done:?}"
                );
            }
            let by = signing(FREE, "reviewer");
            let desk = sample.house.ledger().desk(by.actor()).await.expect("a desk");
            review::step::keep(desk, &publishers, &unit.id, Step::First, &Verdict::Pass, &by)
                .await
                .expect("another may");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_withheld_is_decided_on_by_nobody_who_wrote_or_proposed_it_for_another() {
    /// When 2027-03-01 begins in China, and an hour later.
    const DAY: &str = "2027-02-28T16:00:00Z";
    const LATER: &str = "2027-02-28T17:00:00Z";
    on_both(async |sample| {
        let by = acting(("lin", Some("wang")));
        let draft = begun(sample, &by, withheld()).await;
        let desk = sample.desk("sun").await;
        let proposal = attribute::propose(desk, &hand("sun"), &draft.id, withheld(), "人事").await;
        let desk = sample.desk("zhang").await;
        let id = proposal.expect("proposes").id;
        attribute::confirm(desk, &hand("zhang"), &id, true, "").await.expect("confirms");
        sample.work_at(DAY).await;
        let waiting = Reassessment::waiting(sample.house.store(), "XM00002").await.expect("lists");
        let id = waiting[0].id.clone();
        let publishers = sample.house.publishers();
        let first = signing(("zhou", Some("wu")), "drafter");
        let desk = sample.desk_at("zhou", LATER).await;
        let unit =
            reassessment::propose(desk, &publishers, &first, &id, Outcome::ToProactive, "已过时");
        let unit = unit.await.expect("proposes");
        let bound = [("zhou", None), ("wu", None), ("chen", Some("wu"))];
        for by in bound {
            let desk = sample.desk_at(by.0, LATER).await;
            let back = reassessment::send_back(desk, &signing(by, "foi_head"), &id, "再议").await;
            assert!(
                matches!(&back, Err(ActError::Refused(why, _)) if why.contains("不能自己决定")),
                "{by:?}: {back:?}"
            );
        }
        let ledger = sample.at(LATER).await;
        review::testing::sign(&ledger, &publishers, &unit).await.expect("signs");
        let wrote = [("lin", None), ("wang", None), ("chen", Some("wang"))];
        for by in bound.into_iter().chain(wrote) {
            let desk = sample.desk_at(by.0, LATER).await;
            let by = signing(by, "foi_head");
            let done = reassessment::decide(desk, &publishers, &by, &id, "同意").await;
            assert!(
                matches!(&done, Err(ActError::Review(review::ActError::Refused(_)))),
                "{by:?}: {done:?}"
            );
        }
        let desk = sample.desk_at("chen", LATER).await;
        let by = signing(("chen", Some("zhao")), "foi_head");
        reassessment::decide(desk, &publishers, &by, &id, "同意").await.expect("decides");
        let kept = Reassessment::called(sample.house.store(), &id).await.expect("asks");
        assert_eq!(kept.expect("is there").proposed_for.as_deref(), Some("wu"));
    })
    .await;
}
