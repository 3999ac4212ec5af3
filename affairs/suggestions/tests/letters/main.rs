//! A letter from its receipt to its published answer, on both engines.

mod announcing;
mod closing;
mod drafts;
mod office;
mod order_terms;
mod orders;
mod pieces;
mod words;

use identity::Organ;
use ledger::Actor;
use store::{Statements, testing};
use suggestions::acts::closing::Ending;
use suggestions::acts::{
    acceptance, answer, assistance, erasure, extension, perusal, receipt, recount, transfer, writer,
};
use suggestions::store::{Assistance, Counted, Event, Page, Period, Query, Suggestion, Tally};
use suggestions_rules::{
    Card, DISCLOSURE_OPENING, Satisfaction, SuggestionKind, SuggestionState as State,
};

use crate::office::{ORGAN, OTHER, Office, field, person, refused};

#[tokio::test]
async fn the_same_form_sent_twice_is_one_letter_and_only_its_writer_finds_it() {
    testing::on_both("letter_receipt", async |place| {
        let office = Office::opened(&place, "receipt").await;
        let first = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        let again = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        assert_eq!(
            (&first.number, &first.code, first.due),
            (&again.number, &again.code, again.due)
        );
        assert_eq!(first.number, "咨询〔2026〕1号");
        assert_eq!(first.due, law::day(2026, 11, 11));
        assert!(first.with_tail, "a telephone number was given");
        assert_eq!(office.told("receipt").await, 1);
        let other = office.writes("a", SuggestionKind::Inquiry, "别的事").await;
        assert_eq!(field(other), receipt::KEY, "the same form with other words is another letter");
        let (store, sealer) = (office.ledger.store(), &office.sealer);
        let found = async |code: &str, tail: &str| {
            receipt::with_code(store, sealer, (code, tail)).await.expect("asks").map(|one| one.id)
        };
        let typed = first.code.replace('-', " ").to_lowercase();
        assert_eq!(found(&typed, "3123").await, Some(first.id.clone()));
        assert_eq!(found(&first.code, "3124").await, None);
        assert_eq!(found(&first.code, "").await, None);
        assert_eq!(found("0000-0000-0000", "3123").await, None);
        for (wrong, words) in [("neirong", ""), ("neirong", &"长".repeat(3_001) as &str)] {
            assert_eq!(field(office.writes("b", SuggestionKind::Inquiry, words).await), wrong);
        }
    })
    .await;
}

#[tokio::test]
async fn the_same_form_sent_twice_at_the_same_moment_is_one_letter() {
    testing::on_both("letter_twice", async |place| {
        let office = Office::opened(&place, "twice").await;
        let write = || office.writes("a", SuggestionKind::Inquiry, "要带什么");
        let (one, other) = tokio::join!(write(), write());
        let (one, other) = (one.expect("takes"), other.expect("takes"));
        assert_eq!((one.id, one.code), (other.id, other.code));
        assert_eq!(office.told("receipt").await, 1);
        let next = office.writes("b", SuggestionKind::Inquiry, "还有").await.expect("takes");
        assert_eq!(next.number, "咨询〔2026〕2号", "what was not kept took no number");
    })
    .await;
}

#[tokio::test]
async fn a_letter_is_answered_by_two_persons_rated_asked_again_and_settled() {
    testing::on_both("letter_answer", async |place| {
        let mut office = Office::opened(&place, "answer").await;
        let came = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        let (id, handler) = (came.id.as_str(), person("甲", ORGAN));
        let early = answer::draft(office.desk().await, office.by(&handler), id, "带户口簿").await;
        assert!(refused(early).contains("还没有受理"));
        let by = office.by(&handler);
        acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
        let personal = answer::draft(office.desk().await, by, id, "请打13900001234").await;
        assert_eq!(field(personal), "dafu");
        answer::draft(office.desk().await, by, id, "带户口簿").await.expect("drafts");
        let own = answer::review(office.desk().await, by, (id, 1), (true, "")).await;
        assert!(refused(own).contains("要由另一人审核"));
        let mut stand_in = person("丙", ORGAN);
        stand_in.stands_in_for = Some("甲".into());
        let own =
            answer::review(office.desk().await, office.by(&stand_in), (id, 1), (true, "")).await;
        assert!(refused(own).contains("要由另一人审核"), "who stands in counts as the other");
        let reviewer = person("乙", ORGAN);
        answer::review(office.desk().await, office.by(&reviewer), (id, 1), (false, "太短"))
            .await
            .expect("sends back");
        assert_eq!(office.letter(id).await.course.state, State::InHand);
        office.on("2026-11-06");
        office.answers(id, "带户口簿、身份证").await;
        let letter = office.letter(id).await;
        assert_eq!(
            (letter.course.state, letter.answered_on),
            (State::Answered, Some(law::day(2026, 11, 6)))
        );
        let desk = async || office.ledger.desk(Actor::Visitor).await.expect("a desk");
        writer::rate(desk().await, &office.sealer, &letter, Satisfaction::Dissatisfied)
            .await
            .expect("rates");
        let letter = office.letter(id).await;
        let twice = writer::rate(desk().await, &office.sealer, &letter, Satisfaction::Mostly).await;
        assert!(refused(twice).contains("已经评价过"));
        writer::ask_again(desk().await, &office.sealer, &letter, "地址在哪").await.expect("asks");
        let letter = office.letter(id).await;
        assert_eq!((letter.course.state, letter.due_on), (State::InHand, law::day(2026, 11, 17)));
        office.answers(id, "在街道便民中心").await;
        let letter = office.letter(id).await;
        assert_eq!(
            (letter.course.state, letter.rating),
            (State::Settled, Some(Satisfaction::Dissatisfied))
        );
        assert!(!letter.course.rated, "the second answer can be rated as well");
        let third = writer::ask_again(
            office.ledger.desk(Actor::Visitor).await.expect("a desk"),
            &office.sealer,
            &letter,
            "还有",
        );
        assert!(refused(third.await).contains("已经再次答复过"));
    })
    .await;
}

#[tokio::test]
async fn an_extension_is_decided_by_another_person_once_and_red_comes_on_the_eighth_day() {
    testing::on_both("letter_extension", async |place| {
        let mut office = Office::opened(&place, "extension").await;
        let came = office.writes("a", SuggestionKind::Complaint, "占道").await.expect("takes");
        let late = office.writes("b", SuggestionKind::Complaint, "噪音").await.expect("takes");
        let (handler, head) = (person("甲", ORGAN), person("乙", ORGAN));
        for id in [&came.id, &late.id] {
            let by = office.by(&handler);
            acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
        }
        let by = office.by(&handler);
        extension::propose(office.desk().await, by, &came.id, "要会同街道")
            .await
            .expect("proposes");
        let seen = (came.id.as_str(), office.letter(&came.id).await.revision());
        let own = extension::decide(office.desk().await, by, seen, (true, "同意")).await;
        assert!(refused(own).contains("要由另一人审批"));
        let other = office.by(&head);
        let before = (seen.0, seen.1 - 1);
        let changed = extension::decide(office.desk().await, other, before, (true, "同意")).await;
        assert!(refused(changed).contains("刚才有人处理过"), "changed since it was seen");
        extension::decide(office.desk().await, other, seen, (true, "同意")).await.expect("grants");
        assert_eq!(office.letter(&came.id).await.due_on, law::day(2026, 11, 23));
        let twice = extension::propose(office.desk().await, by, &came.id, "再延").await;
        assert!(refused(twice).contains("已经延长过一次"));
        let calendar = law::WorkCalendar::state_council();
        let due = office.letter(&late.id).await.due_on;
        let eighth = calendar.nth_working_day_after(law::day(2026, 11, 2), law::WorkingDays(8));
        let eighth = eighth.expect("a day").date;
        assert_eq!(Card::on(eighth, due, calendar), Ok(Some(Card::Red)), "第八个工作日红牌");
        office.on(&eighth.to_string());
        let by = office.by(&handler);
        let over = extension::propose(office.desk().await, by, &late.id, "来不及").await;
        assert!(refused(over).contains("不能再延长"));
        let span = Card::Red.span(eighth, calendar).expect("days");
        let red = Query { due: Some(span), ..Query::default() };
        let page = Page::of(office.ledger.store(), ORGAN, &red, 10).await.expect("lists");
        let numbers: Vec<_> = page.rows.iter().map(|one| one.number.as_str()).collect();
        assert_eq!(numbers, [late.number.as_str()]);
    })
    .await;
}

#[tokio::test]
async fn what_belongs_elsewhere_goes_there_and_duplicates_point_to_the_first() {
    testing::on_both("letter_elsewhere", async |place| {
        let office = Office::opened(&place, "elsewhere").await;
        let handler = person("甲", ORGAN);
        let by = office.by(&handler);
        let write = async |key: &str| {
            office.writes(key, SuggestionKind::Inquiry, "幼儿园招生").await.expect("takes").id
        };
        let (first, same, school, petition) =
            (write("a").await, write("b").await, write("c").await, write("d").await);
        let found = office.letter(&same).await.same_before(office.ledger.store()).await;
        assert_eq!(found.expect("asks").map(|one| one.id), Some(first.clone()));
        let number = office.letter(&first).await.number;
        assert_eq!(field(office.closes(&first, Ending::Joining(&number)).await), "diyijian");
        for wrong in ["", "咨询", "咨询〔2026〕99号"] {
            let none = office.closes(&same, Ending::Joining(wrong)).await;
            assert_eq!(field(none), "diyijian", "{wrong}");
        }
        let typed = number.replace('〔', " [").replace('〕', "］ ");
        office.closes(&same, Ending::Joining(&typed)).await.expect("joins");
        assert_eq!(office.letter(&same).await.first.as_deref(), Some(first.as_str()));
        office.closes(&petition, Ending::Disclosure(DISCLOSURE_OPENING)).await.expect("refers");
        assert_eq!(office.letter(&petition).await.course.state, State::Disclosure);
        let named = (OTHER, "留言人电话13900001234");
        acceptance::accept(office.desk().await, by, &first, (false, "")).await.expect("accepts");
        assert_eq!(field(assistance::ask(office.desk().await, by, &first, named).await), "xieban");
        let named = (OTHER, "林秀英问招生时间");
        assert_eq!(field(assistance::ask(office.desk().await, by, &first, named).await), "xieban");
        assistance::ask(office.desk().await, by, &first, (OTHER, "招生时间")).await.expect("asks");
        let other = person("丁", OTHER);
        let asked = Assistance::asked_of(office.ledger.store(), OTHER, 9).await.expect("lists");
        assistance::reply(office.desk().await, office.by(&other), &asked[0].id, "九月")
            .await
            .expect("replies");
        let again = assistance::reply(office.desk().await, office.by(&other), &asked[0].id, "十月");
        assert!(refused(again.await).contains("已经回复过"));
        let same_organ = transfer::transfer(office.desk().await, by, &school, (ORGAN, "是我们的"));
        assert_eq!(field(same_organ.await), "jiguan");
        transfer::transfer(office.desk().await, by, &school, (OTHER, "教育的事"))
            .await
            .expect("goes");
        let gone = Suggestion::find(office.ledger.store(), ORGAN, &school).await.expect("asks");
        assert_eq!(gone, None, "who gave it away sees it no more");
    })
    .await;
}

#[tokio::test]
async fn how_a_writer_is_reached_is_written_down_before_it_is_opened_and_taken_out_after_a_year() {
    testing::on_both("letter_contact", async |place| {
        let mut office = Office::opened(&place, "contact").await;
        let came = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        let handler = person("甲", ORGAN);
        let by = office.by(&handler);
        assert_eq!(field(perusal::peruse(office.desk().await, by, &came.id, " ").await), "liyou");
        let (_, written) =
            perusal::peruse(office.desk().await, by, &came.id, "核实住址").await.expect("opens");
        assert_eq!(written.phone, "0592-7703123");
        assert_eq!(office.told("contact").await, 1);
        let store = office.ledger.store();
        let sql = "SELECT COUNT(*) FROM ledger_event WHERE facts LIKE '%林秀英%' OR facts LIKE '%7703123%'";
        assert_eq!(store.number(sql, vec![]).await.expect("asks"), Some(0));
        let letter = office.letter(&came.id).await;
        let desk = office.ledger.desk(Actor::Visitor).await.expect("a desk");
        writer::withdraw(desk, &office.sealer, &letter).await.expect("withdraws");
        office.on("2027-11-02");
        erasure::erase(&office.ledger).await.expect("looks");
        assert!(!office.letter(&came.id).await.is_erased(), "a year is not over");
        office.on("2027-11-03");
        erasure::erase(&office.ledger).await.expect("erases");
        assert!(office.letter(&came.id).await.is_erased());
        let marks = "SELECT COUNT(*) FROM suggestion WHERE words_mark <> '' OR tail_mark <> ''";
        let left = office.ledger.store().number(marks, vec![]).await.expect("asks");
        assert_eq!(left, Some(0), "no mark of what was written is left");
        let events = Event::of(office.ledger.store(), &came.id).await.expect("asks");
        for event in events {
            assert_eq!(event.words(&office.sealer).expect("opens"), "");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_of_the_register_hold_every_letter_once_and_in_order() {
    testing::on_both("letter_pages", async |place| {
        let mut office = Office::opened(&place, "pages").await;
        for at in 0..7 {
            office.on(&format!("2026-11-{:02}", 2 + at / 2));
            let words = format!("第{at}件");
            office.writes(&words, SuggestionKind::Proposal, &words).await.expect("takes");
        }
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let query = Query { after, ..Query::default() };
            let page = Page::of(office.ledger.store(), ORGAN, &query, 3).await.expect("lists");
            seen.extend(page.rows.into_iter().map(|one| one.number));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let wanted: Vec<String> = (1..=7).map(|at| format!("建议〔2026〕{at}号")).collect();
        assert_eq!(seen, wanted);
        assert!(Organ::find(office.ledger.store(), ORGAN).await.expect("asks").is_some());
    })
    .await;
}

#[tokio::test]
async fn a_duplicate_follows_its_first_and_is_taken_up_again_where_that_one_ends_without_an_answer()
{
    testing::on_both("letter_joined", async |place| {
        let office = Office::opened(&place, "joined").await;
        let write = async |key: &str, kind: SuggestionKind| {
            office.writes(key, kind, "路灯不亮").await.expect("takes")
        };
        let first = write("a", SuggestionKind::Complaint).await;
        let second = write("b", SuggestionKind::Complaint).await;
        let third = write("c", SuggestionKind::Complaint).await;
        let report = write("d", SuggestionKind::Report).await;
        let proposal = write("e", SuggestionKind::Proposal).await;
        let join = async |id: &str, number: &str| office.closes(id, Ending::Joining(number)).await;
        assert!(refused(join(&report.id, &first.number).await).contains("举报"));
        assert_eq!(field(join(&proposal.id, &first.number).await), "diyijian", "another kind");
        join(&third.id, &second.number).await.expect("joins");
        join(&second.id, &first.number).await.expect("joins");
        let third_now = office.letter(&third.id).await;
        assert_eq!(third_now.first.as_deref(), Some(first.id.as_str()), "follows to the first");
        let letter = office.letter(&first.id).await;
        let desk = office.ledger.desk(Actor::Visitor).await.expect("a desk");
        writer::withdraw(desk, &office.sealer, &letter).await.expect("withdraws");
        for joined in [&second, &third] {
            let now = office.letter(&joined.id).await;
            assert_eq!((now.course.state, now.first.as_deref()), (State::Received, None));
            assert_eq!((now.due_on, now.ended_on), (joined.due, None), "by its own last day");
        }
        assert_eq!(office.told("reopening").await, 2);
        assert_eq!(field(join(&third.id, &first.number).await), "diyijian", "ended unanswered");
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_was_approved_can_be_sent_back_until_it_goes_out() {
    testing::on_both("letter_sent_back", async |place| {
        let office = Office::opened(&place, "sent_back").await;
        let came = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        let (id, handler, reviewer) = (came.id.as_str(), person("甲", ORGAN), person("乙", ORGAN));
        let (by, looks) = (office.by(&handler), office.by(&reviewer));
        acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
        answer::draft(office.desk().await, by, id, "带户口簿").await.expect("drafts");
        let other = answer::review(office.desk().await, looks, (id, 2), (true, "")).await;
        assert!(refused(other).contains("刚才有人处理过"), "another version than was seen");
        answer::review(office.desk().await, looks, (id, 1), (true, "")).await.expect("passes");
        answer::review(office.desk().await, looks, (id, 1), (false, "漏了"))
            .await
            .expect("sends back");
        assert_eq!(office.letter(id).await.course.state, State::InHand);
        let sent = answer::send(office.desk().await, by, id).await;
        assert!(refused(sent).contains("还没有经另一人审核"));
    })
    .await;
}

#[tokio::test]
async fn a_number_is_found_after_the_letter_has_ended_and_tallies_are_of_a_unit() {
    testing::on_both("letter_number", async |place| {
        let office = Office::opened(&place, "number").await;
        let came = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        let letter = office.letter(&came.id).await;
        let store = office.ledger.store();
        let day = law::day(2026, 11, 2);
        for unit in [None, Some("法规科")] {
            let tally = Tally::of(store, (ORGAN, unit), (day, day)).await.expect("counts");
            assert_eq!((tally.open, tally.received), (1, 1), "of no unit: seen by all");
        }
        let desk = office.ledger.desk(Actor::Visitor).await.expect("a desk");
        writer::withdraw(desk, &office.sealer, &letter).await.expect("withdraws");
        let query = Query { number: Some(came.number.clone()), ..Query::default() };
        let page = Page::of(store, ORGAN, &query, 9).await.expect("lists");
        assert_eq!(page.rows.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_late_and_has_no_answer_counts_against_the_share_in_time() {
    testing::on_both("letter_late", async |place| {
        let office = Office::opened(&place, "late").await;
        office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        let answered = office.writes("b", SuggestionKind::Inquiry, "在哪里").await.expect("takes");
        let handler = person("甲", ORGAN);
        let by = office.by(&handler);
        let id = answered.id.as_str();
        acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
        office.answers(id, "在街道").await;
        let (from, until) = (law::day(2026, 1, 1), law::day(2027, 1, 1));
        // Its last day is 11 November.
        for (today, overdue) in [(law::day(2026, 11, 11), 0), (law::day(2026, 11, 12), 1)] {
            let period = Period { from, until, today };
            let range = ("350203000000", "350203999999");
            let counted = Counted::of(office.ledger.store(), range, period).await.expect("counts");
            let one = counted.first().expect("a kind");
            assert_eq!((one.received, one.answered, one.in_time), (2, 1, 1), "{today}");
            assert_eq!((one.open, one.overdue, one.owed()), (1, overdue, 1 + overdue), "{today}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_after_the_last_day_is_listed_for_the_inspection() {
    testing::on_both("letter_answered_late", async |place| {
        let mut office = Office::opened(&place, "answered_late").await;
        let came = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        office.on("2027-02-03");
        let handler = person("甲", ORGAN);
        let by = office.by(&handler);
        let id = came.id.as_str();
        acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
        office.answers(id, "带户口簿").await;
        let bases = ["/siming".to_owned(), "/huli".to_owned()];
        let store = office.ledger.store();
        for (since, found) in [(law::day(2027, 2, 3), 1), (law::day(2027, 2, 4), 0)] {
            let late = Suggestion::answered_late_on(store, &bases, since, 9).await.expect("lists");
            assert_eq!(late.len(), found, "{since}");
        }
        assert!(Suggestion::waiting_on(store, &bases, 9).await.expect("lists").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_provisional_last_day_is_counted_anew_and_its_writer_is_told() {
    testing::on_both("letter_recount", async |place| {
        let mut office = Office::opened(&place, "recount").await;
        let came = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        assert_eq!(office.letter(&came.id).await.provisional, came.provisional);
        recount::recount(&office.ledger, &office.sealer).await.expect("looks");
        assert_eq!(office.told("recount").await, 0, "nothing is provisional");
        office.by_hand("UPDATE suggestion SET provisional = 1, due_on = '2026-11-10'").await;
        office.on("2026-11-03");
        recount::recount(&office.ledger, &office.sealer).await.expect("counts");
        let letter = office.letter(&came.id).await;
        assert_eq!((letter.due_on, letter.provisional), (law::day(2026, 11, 11), false));
        let events = Event::of(office.ledger.store(), &came.id).await.expect("asks");
        let told = events.last().expect("is told").words(&office.sealer).expect("opens");
        assert!(told.contains("2026-11-11") && told.contains("2026-11-10"), "{told}");
        assert_eq!(office.told("recount").await, 1);
    })
    .await;
}
