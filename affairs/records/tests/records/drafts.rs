//! Drafts: saved in versions, never over one another, with an attribute that two persons decide.

use std::sync::Arc;

use law::day;
use records::acts::attribute::{confirm, propose};
use records::acts::drafting::{Kept, begin, drop_draft, save};
use records::acts::{ActError, Hand, publication};
use records::draft::content_hash;
use records::store::{Content, Draft, DraftState, Record, VersionLine};
use records_rules::{Attribute, Field, Head, InternalAffair, OnRequestGround, Withholding};
use store::{FromQueryResult, Statements};

use super::house::{NOW, Sample, TODAY, on_both};

pub fn hand(person: &str) -> Hand {
    let name = format!("{person}某");
    let (person, organ) = (person.into(), "XM00002".into());
    Hand { person, name, organ, unit: String::new(), stands_in_for: None }
}

pub fn content(title: &str) -> Content {
    let pairs = [
        (Field::Title, title),
        (Field::Publisher, "XM00002"),
        (Field::MadeOn, "2026-11-20"),
        (Field::Theme, "综合政务/政务公开"),
        (Field::Genre, "通知"),
    ];
    let head = Head::of(pairs.map(|(field, text)| (field, text.to_owned())));
    Content { head, body: "各区人民政府：\n\n正文。".into(), ..Content::default() }
}

pub fn withheld() -> Attribute {
    let ground = Withholding::Internal(InternalAffair::Personnel);
    Attribute::Withheld { ground, review_on: day(2027, 3, 1) }
}

async fn begun(sample: &Sample, attribute: Attribute) -> Draft {
    let desk = sample.desk("lin").await;
    begin(desk, &hand("lin"), attribute, content("甲")).await.expect("begins")
}

fn said(draft: &Draft, body: &str) -> Content {
    Content { body: body.into(), ..draft.content.clone() }
}

#[tokio::test]
async fn each_save_is_a_version_and_what_the_page_saves_by_itself_replaces_its_own_last() {
    on_both(async |sample| {
        let draft = begun(sample, Attribute::Proactive).await;
        assert_eq!(draft.due_on, Some(day(2026, 12, 18)), "twenty working days");
        let mut revision = 1;
        for (person, body, itself, versions) in [
            ("lin", "二", false, 2),
            ("lin", "三", true, 3),
            ("lin", "四", true, 3),
            ("chen", "五", true, 4),
            ("lin", "六", true, 5),
            ("lin", "七", false, 5),
            ("lin", "八", false, 6),
        ] {
            let desk = sample.desk(person).await;
            let kept =
                save(desk, &hand(person), &draft.id, revision, said(&draft, body), itself).await;
            let Kept::Kept(now) = kept.expect("saves") else { panic!("overtaken at {body}") };
            revision += 1;
            assert_eq!((now.revision, now.version), (revision, versions), "{body}");
        }
        let lines = VersionLine::all(sample.house.store(), &draft.id).await.expect("lists");
        assert_eq!(lines.len(), 6);
        let bodies = [(1, "各区人民政府：\n\n正文。"), (3, "四"), (4, "五"), (6, "八")];
        for (number, body) in bodies {
            let content = Content::of_version(sample.house.store(), &draft.id, number).await;
            assert_eq!(content.expect("asks").expect("is there").body, body);
        }
        assert_eq!(
            Content::writers(sample.house.store(), &draft.id).await.expect("asks"),
            ["chen", "lin"]
        );
    })
    .await;
}

#[tokio::test]
async fn who_saves_over_a_revision_that_is_gone_is_shown_what_stands_there_and_loses_nothing() {
    on_both(async |sample| {
        let draft = begun(sample, Attribute::Proactive).await;
        let first =
            save(sample.desk("lin").await, &hand("lin"), &draft.id, 1, said(&draft, "林"), false)
                .await;
        assert!(matches!(first.expect("saves"), Kept::Kept(_)));
        let desk = sample.desk("chen").await;
        let second = save(desk, &hand("chen"), &draft.id, 1, said(&draft, "陈"), false).await;
        let Kept::Overtaken(now) = second.expect("answers") else { panic!("was kept") };
        assert_eq!((now.content.body.as_str(), now.revision), ("林", 2));
        // Nor does another organ's hand reach it.
        let other = Hand { organ: "XM01002".into(), ..hand("wang") };
        let desk = sample.desk("wang").await;
        let refused = save(desk, &other, &draft.id, 2, said(&draft, "王"), false).await;
        assert!(matches!(refused, Err(ActError::Refused("没有这件稿件", _))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn the_hash_changes_with_whatever_is_signed_and_with_nothing_else() {
    on_both(async |sample| {
        let draft = begun(sample, Attribute::Proactive).await;
        let hash = content_hash(&draft);
        assert_eq!(hash.as_str().len(), 64);
        let lines = VersionLine::all(sample.house.store(), &draft.id).await.expect("lists");
        assert_eq!(lines[0].hash, hash.as_str(), "as the version says");
        let again = Draft::find(sample.house.store(), "XM00002", &draft.id).await;
        assert_eq!(content_hash(&again.expect("asks").expect("is there")), hash);
        let file = |sha256: &str| records::store::Attachment {
            name: "一.pdf".into(),
            media_type: "application/pdf".into(),
            size: 1,
            sha256: sha256.into(),
        };
        let with = |change: fn(&mut Draft)| {
            let mut other = draft.clone();
            change(&mut other);
            content_hash(&other)
        };
        let mut filed = draft.clone();
        filed.content.files = vec![file("00")];
        let mut refiled = draft.clone();
        refiled.content.files = vec![file("01")];
        let hashes = [
            hash.clone(),
            with(|other| other.content.body.push('。')),
            with(|other| other.attribute = Attribute::OnRequest(OnRequestGround::Internal)),
            with(|other| other.attribute = withheld()),
            with(|other| {
                other.content.head =
                    other.content.head.with(Field::Reach, ["特定群体（甲）".into()]);
            }),
            with(|other| other.content.head = other.content.head.with(Field::Title, ["乙".into()])),
            with(|other| other.corrects = Some("x".into())),
            with(|other| (other.corrects, other.reason) = (Some("x".into()), "y".into())),
            content_hash(&filed),
            content_hash(&refiled),
        ];
        let mut distinct = hashes.to_vec();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), hashes.len());
        assert_eq!(with(|other| other.revision = 9), hash);
    })
    .await;
}

#[tokio::test]
async fn an_attribute_is_proposed_by_one_and_confirmed_by_another_who_wrote_nothing() {
    on_both(async |sample| {
        let draft = begun(sample, Attribute::Proactive).await;
        let proposal =
            propose(sample.desk("lin").await, &hand("lin"), &draft.id, withheld(), "人事事项")
                .await;
        let proposal = proposal.expect("proposes");
        for (person, words) in [("lin", "提出的人"), ("lin", "写稿的人")] {
            let desk = sample.desk(person).await;
            let refused = confirm(desk, &hand(person), &proposal.id, true, words).await;
            assert!(
                matches!(&refused, Err(ActError::Refused(why, _)) if why.contains("不能自己决定"))
            );
        }
        let desk = sample.desk("zhang").await;
        let refused = confirm(desk, &hand("zhang"), &proposal.id, false, " ").await;
        assert!(matches!(refused, Err(ActError::Reason("没有写理由", _))));
        let now = confirm(sample.desk("zhang").await, &hand("zhang"), &proposal.id, true, "").await;
        let now = now.expect("confirms");
        assert_eq!((now.state, now.attribute), (DraftState::Kept, withheld()));
        let kept = Draft::find(sample.house.store(), "XM00002", &draft.id).await;
        let kept = kept.expect("asks").expect("is there");
        assert_eq!((kept.state, &kept.attribute), (DraftState::Kept, &withheld()));
        let again =
            confirm(sample.desk("zhang").await, &hand("zhang"), &proposal.id, true, "").await;
        assert!(matches!(again, Err(ActError::Refused(..))));
        let desk = sample.desk("lin").await;
        let refused = save(desk, &hand("lin"), &draft.id, kept.revision, kept.content, false).await;
        assert!(matches!(refused, Err(ActError::Refused("稿件现在不能修改", _))));
    })
    .await;
}

#[tokio::test]
async fn what_lacks_a_title_a_day_or_a_text_is_not_finished() {
    fn lacks<T: std::fmt::Debug>(done: Result<T, ActError>, field: Field) {
        let Err(ActError::Faults(faults)) = done else { panic!("{field}: {done:?}") };
        assert!(faults.iter().any(|fault| fault.field == field), "{faults:?}");
    }
    on_both(async |sample| {
        let store = sample.house.store();
        let without = |field: Field| {
            let whole = content("甲");
            match field {
                Field::Body => Content { body: String::new(), ..whole },
                field => Content { head: whole.head.with(field, []), ..whole },
            }
        };
        let on_request = || Attribute::OnRequest(OnRequestGround::Internal);
        for field in [Field::Title, Field::MadeOn, Field::Body] {
            for attribute in [withheld(), on_request()] {
                let desk = sample.desk("lin").await;
                let draft = begin(desk, &hand("lin"), attribute.clone(), without(field)).await;
                let draft = draft.expect("an empty draft may be kept");
                let (desk, by) = (sample.desk("lin").await, hand("lin"));
                lacks(propose(desk, &by, &draft.id, attribute, "人事").await, field);
                // What is to be public is asked for it when it is handed in.
                let desk = sample.desk("lin").await;
                propose(desk, &by, &draft.id, Attribute::Proactive, "公开")
                    .await
                    .expect("proposes");
            }
            // It was whole when it was proposed and is not any more.
            let draft = begun(sample, withheld()).await;
            let desk = sample.desk("lin").await;
            let asked = propose(desk, &hand("lin"), &draft.id, withheld(), "人事").await;
            let asked = asked.expect("proposes");
            let desk = sample.desk("lin").await;
            let kept = save(desk, &hand("lin"), &draft.id, 1, without(field), false).await;
            assert!(matches!(kept.expect("saves"), Kept::Kept(_)));
            let desk = sample.desk("zhang").await;
            lacks(confirm(desk, &hand("zhang"), &asked.id, true, "同意").await, field);
            let now = Draft::called(store, &draft.id).await.expect("asks").expect("is there");
            assert_eq!(now.state, DraftState::Draft);
            let desk = sample.desk("zhang").await;
            confirm(desk, &hand("zhang"), &asked.id, false, "补齐").await.expect("sends back");
        }
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_published_as_it_was_written_and_one_with_faults_is_not() {
    on_both(async |sample| {
        let draft = begun(sample, Attribute::Proactive).await;
        let folder = sample.house.folder();
        let published = sample.out_at(&draft, NOW).await.expect("publishes");
        let record = Record::find(sample.house.store(), &published.id).await;
        let record = record.expect("reads").expect("is there");
        assert_eq!(record.text, draft.content.body);
        let now = Draft::find(sample.house.store(), "XM00002", &draft.id).await;
        let now = now.expect("asks").expect("is there");
        assert_eq!((now.state, now.record), (DraftState::Published, Some(published.id)));
        let head = draft.content.head.with(Field::MadeOn, ["2027-01-01".into()]);
        let wrong = Draft { content: Content { head, ..draft.content.clone() }, ..draft.clone() };
        let hidden = Draft { attribute: withheld(), ..draft };
        for draft in [wrong, hidden] {
            let mut desk = sample.desk("zhao").await;
            let refused = publication::of_draft(&mut desk, folder, &draft, None).await;
            assert!(matches!(refused, Err(ActError::Faults(_))), "{refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_a_draft_that_was_never_handed_in_can_be_dropped() {
    on_both(async |sample| {
        let draft = begun(sample, Attribute::Proactive).await;
        drop_draft(sample.desk("lin").await, &hand("lin"), &draft.id).await.expect("drops");
        let again = drop_draft(sample.desk("lin").await, &hand("lin"), &draft.id).await;
        assert!(matches!(again, Err(ActError::Refused("没有这件稿件", _))));
        assert_eq!(TODAY.to_string(), "2026-11-26");
    })
    .await;
}

#[tokio::test]
async fn fifty_who_publish_at_once_leave_no_index_number_out_and_use_none_twice() {
    #[derive(FromQueryResult)]
    struct Index {
        index_number: String,
    }
    on_both(async |sample| {
        let mut drafts = Vec::new();
        for number in 1..=50 {
            let desk = sample.desk("lin").await;
            let content = content(&format!("第{number}件"));
            drafts.push(
                begin(desk, &hand("lin"), Attribute::Proactive, content).await.expect("begins"),
            );
        }
        let mut ready = Vec::new();
        for (at, draft) in drafts.into_iter().enumerate() {
            let unit = if at % 7 == 0 { None } else { Some(sample.signed(&draft).await) };
            ready.push((draft, unit));
        }
        let house = Arc::clone(&sample.house);
        let tasks = ready.into_iter().enumerate().map(|(at, (draft, unit))| {
            let house = Arc::clone(&house);
            tokio::spawn(async move {
                let by = review::testing::someone("XM00002", "publisher");
                let mut desk = house.ledger().desk(by.actor()).await.expect("a desk");
                // Every seventh was not reviewed and is refused: its number goes to the next.
                match unit {
                    None => {
                        let done =
                            publication::of_draft(&mut desk, house.folder(), &draft, None).await;
                        done.expect_err("the database refuses");
                    }
                    Some(unit) => {
                        let publishers = house.publishers();
                        let out = review::publication::keep(desk, &publishers, &unit, &by).await;
                        out.unwrap_or_else(|error| panic!("{at}: {error:?}"));
                    }
                }
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.expect("ends");
        }
        let sql = "SELECT index_number FROM record ORDER BY index_number";
        let rows: Vec<Index> = sample.house.store().all(sql, vec![]).await.expect("reads");
        let found: Vec<_> = rows.into_iter().map(|row| row.index_number).collect();
        let kept = (0..50).filter(|at| at % 7 != 0).count();
        let wanted: Vec<_> = (1..=kept).map(|at| format!("XM00002-0201-2026-{at:05}")).collect();
        assert_eq!(found, wanted);
        assert_eq!(NOW, "2026-11-25T16:30:00Z");
    })
    .await;
}
