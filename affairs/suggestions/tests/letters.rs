//! A letter from its receipt to its published answer, on both engines.

use identity::{Organ, Tables};
use ledger::{Actor, Clock, Desk, Entry, Ledger};
use review::Signatory;
use secrets::{Algorithm, Sealer};
use store::{Migrations, Place, Statements, Store, testing};
use suggestions::acts::receipt::{self, HandedIn, Receipt};
use suggestions::acts::{
    ActError, By, acceptance, answer, assistance, erasure, extension, handing_over, joining,
    perusal, piece_withdrawal, transfer, writer,
};
use suggestions::store::{
    Assistance, Counted, Event, Page, Period, Piece, PieceState, Query, Source, Suggestion,
    TakenDown, Written,
};
use suggestions_rules::{Card, Elsewhere, Satisfaction, SuggestionKind, SuggestionState as State};

const DIVISIONS: &str = include_str!("../../../server/demo/divisions.csv");
const ORGANS: &str = include_str!("../../../server/demo/organs.csv");

/// Whose letters these are, and another organ.
const ORGAN: &str = "XM01023";
const OTHER: &str = "XM01025";

struct Office {
    ledger: Ledger,
    sealer: Sealer,
    folder: std::path::PathBuf,
}

impl Drop for Office {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn noon(day: &str) -> Clock {
    Clock::Fixed(format!("{day}T04:00:00Z").parse().expect("a moment"))
}

fn person(name: &str, organ: &str) -> Signatory {
    Signatory {
        person: name.into(),
        name: name.into(),
        post: format!("post-{name}"),
        role: String::new(),
        organ: organ.into(),
        unit: String::new(),
        stands_in_for: None,
    }
}

impl Office {
    async fn opened(place: &Place, name: &str) -> Self {
        let parts = [
            jobs::MIGRATIONS,
            identity::MIGRATIONS,
            ledger::MIGRATIONS,
            review::MIGRATIONS,
            suggestions::MIGRATIONS,
        ];
        let migrations = Migrations::of(parts.into_iter().flatten().copied());
        let store = Store::open(place, &migrations).await.expect("a store");
        let ledger = Ledger::open(store, noon("2026-11-02"), vec![]).await.expect("a ledger");
        let desk = ledger.desk(Actor::Operator("test".into())).await.expect("a desk");
        let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
        tables.keep(desk, "测试数据").await.expect("divisions and organs");
        let folder = std::env::temp_dir().join(format!(
            "letters-{name}-{}-{}",
            std::process::id(),
            uuid::Uuid::now_v7()
        ));
        let sealer = Sealer::open_or_make(&folder, Algorithm::Sm4Gcm).expect("keys");
        Self { ledger, sealer, folder }
    }

    fn on(&mut self, day: &str) {
        self.ledger = self.ledger.clone().with_clock(noon(day));
    }

    async fn desk(&self) -> Desk {
        self.ledger.desk(Actor::Operator("test".into())).await.expect("a desk")
    }

    fn by<'a>(&'a self, who: &'a Signatory) -> By<'a> {
        By { who, sealer: &self.sealer }
    }

    async fn writes(
        &self,
        key: &str,
        kind: SuggestionKind,
        words: &str,
    ) -> Result<Receipt, ActError> {
        let handed = HandedIn {
            kind,
            base: "/siming".into(),
            organ: ORGAN.into(),
            source: (Source::Web, None),
            written: Written {
                subject: "低保怎么申请".into(),
                words: words.into(),
                name: "林秀英".into(),
                phone: "0592-7703123".into(),
            },
            consent: true,
            key: key.into(),
            demo: false,
        };
        let desk = receipt::writers_desk(&self.ledger).await.expect("a desk");
        receipt::receive(desk, &self.sealer, &handed).await
    }

    async fn letter(&self, id: &str) -> Suggestion {
        let found = Suggestion::find(self.ledger.store(), ORGAN, id).await.expect("asks");
        found.expect("is the organ's")
    }

    /// Answered by one and looked at by another.
    async fn answers(&self, id: &str, words: &str) {
        let (handler, reviewer) = (person("甲", ORGAN), person("乙", ORGAN));
        let by = self.by(&handler);
        answer::draft(self.desk().await, by, id, words).await.expect("drafts");
        answer::review(self.desk().await, self.by(&reviewer), id, (true, ""))
            .await
            .expect("passes");
        answer::send(self.desk().await, by, id).await.expect("sends");
    }

    /// A piece of an answered letter, written by hand: how it comes there is the affair of review.
    async fn piece(&self, letter: &str, state: &str) -> String {
        let id = uuid::Uuid::now_v7().to_string();
        let mut desk = self.desk().await;
        let sql = "INSERT INTO suggestion_piece (id, suggestion, round, organ, division, kind, title,
                          question, answer, asked_on, answered_on, state, authors, returned, changed_at,
                          published_on, published_at, publication, withdrawal, why, proposers, proposed)
                   VALUES ($1, $2, 1, $3, '350203000000', 'inquiry', '低保', '怎么申请', '带户口簿',
                           '2026-11-02', '2026-11-02', $4, '[]', '', '2026-11-02', '2026-11-02',
                           '2026-11-02', 'p', '', '', '[]', '')";
        let values = vec![id.clone().into(), letter.into(), ORGAN.into(), state.into()];
        desk.change().run(sql, values).await.expect("is kept");
        let entry = Entry {
            room: "suggestions",
            act: "piece",
            subject: format!("suggestion_piece:{id}"),
            organ: ORGAN.into(),
            basis: "测试".into(),
            facts: serde_json::json!({}),
        };
        desk.record(entry).await.expect("is told");
        desk.seal().await.expect("is sealed");
        id
    }

    async fn found(&self, piece: &str) -> Piece {
        Piece::find(self.ledger.store(), piece).await.expect("asks").expect("is there")
    }

    async fn told(&self, act: &str) -> i64 {
        let sql = "SELECT COUNT(*) FROM ledger_event
                    WHERE room = 'suggestions' AND act = $1 AND basis <> ''";
        self.ledger.store().number(sql, vec![act.into()]).await.expect("asks").unwrap_or_default()
    }
}

fn refused<T: std::fmt::Debug>(done: Result<T, ActError>) -> String {
    match done {
        Err(ActError::Refused(words)) => words,
        other => panic!("{other:?}"),
    }
}

fn field<T: std::fmt::Debug>(done: Result<T, ActError>) -> &'static str {
    match done {
        Err(ActError::Field(field, _)) => field,
        other => panic!("{other:?}"),
    }
}

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
        let own = answer::review(office.desk().await, by, id, (true, "")).await;
        assert!(refused(own).contains("要由另一人审核"));
        let mut stand_in = person("丙", ORGAN);
        stand_in.stands_in_for = Some("甲".into());
        let own = answer::review(office.desk().await, office.by(&stand_in), id, (true, "")).await;
        assert!(refused(own).contains("要由另一人审核"), "who stands in counts as the other");
        let reviewer = person("乙", ORGAN);
        answer::review(office.desk().await, office.by(&reviewer), id, (false, "太短"))
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
        assert_eq!((letter.course.state, letter.rating), (State::Settled, None));
        let third = writer::ask_again(
            office.ledger.desk(Actor::Visitor).await.expect("a desk"),
            &office.sealer,
            &letter,
            "还有",
        );
        assert!(refused(third.await).contains("已经再次答复过"));
        let period = Period { from: law::day(2026, 1, 1), until: law::day(2027, 1, 1) };
        let range = ("350203000000", "350203999999");
        let counted = Counted::of(office.ledger.store(), range, period).await.expect("counts");
        let one = counted.first().expect("a kind");
        assert_eq!((one.received, one.answered, one.in_time, one.open), (1, 1, 1, 0));
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
        let own = extension::decide(office.desk().await, by, &came.id, (true, "同意")).await;
        assert!(refused(own).contains("要由另一人审批"));
        let other = office.by(&head);
        extension::decide(office.desk().await, other, &came.id, (true, "同意"))
            .await
            .expect("grants");
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
        assert_eq!(
            field(joining::join(office.desk().await, by, &first, &number).await),
            "diyijian"
        );
        joining::join(office.desk().await, by, &same, &number).await.expect("joins");
        assert_eq!(office.letter(&same).await.first.as_deref(), Some(first.as_str()));
        let told = (Elsewhere::Petition, Elsewhere::Petition.opening());
        handing_over::hand_over(office.desk().await, by, &petition, told)
            .await
            .expect("hands over");
        assert_eq!(office.letter(&petition).await.course.state, State::Petition);
        let named = (OTHER, "留言人电话13900001234");
        acceptance::accept(office.desk().await, by, &first, (false, "")).await.expect("accepts");
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
async fn what_was_published_in_error_is_taken_down_by_two_persons_and_says_nothing_any_more() {
    testing::on_both("letter_taken_down", async |place| {
        let office = Office::opened(&place, "taken_down").await;
        let came = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        let id = came.id.as_str();
        let (handler, head) = (person("甲", ORGAN), person("乙", ORGAN));
        let (by, other) = (office.by(&handler), office.by(&head));
        acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
        office.answers(id, "带户口簿").await;
        let early = piece_withdrawal::propose(office.desk().await, by, id, "有误").await;
        assert!(refused(early).contains("没有公开的答复"));
        let piece = office.piece(id, "published").await;
        let named = piece_withdrawal::propose(office.desk().await, by, id, "写了13900001234").await;
        assert_eq!(field(named), "liyou");
        let none = piece_withdrawal::decide(office.desk().await, other, id, (true, "同意")).await;
        assert!(refused(none).contains("没有人提出撤下"));
        piece_withdrawal::propose(office.desk().await, by, id, "标准写错了")
            .await
            .expect("proposes");
        let own = piece_withdrawal::decide(office.desk().await, by, id, (true, "同意")).await;
        assert!(refused(own).contains("要由另一人审批"));
        let waits = Piece::proposed_away(office.ledger.store(), ORGAN, 9).await.expect("lists");
        assert_eq!(waits.len(), 1);
        piece_withdrawal::decide(office.desk().await, other, id, (false, "没有错"))
            .await
            .expect("denies");
        assert_eq!(office.found(&piece).await.state, PieceState::Published);
        piece_withdrawal::propose(office.desk().await, by, id, "标准写错了")
            .await
            .expect("proposes");
        piece_withdrawal::decide(office.desk().await, other, id, (true, "同意"))
            .await
            .expect("agrees");
        let gone = office.found(&piece).await;
        assert_eq!(
            (gone.state, gone.withdrawal),
            (PieceState::Withdrawn, Some(TakenDown::InError))
        );
        assert_eq!((gone.why.as_str(), gone.question.as_str()), ("标准写错了", ""));
        assert_eq!(office.told("piece_withdrawal").await, 1);
    })
    .await;
}

#[tokio::test]
async fn who_no_longer_agrees_ends_review_and_publication_in_the_same_act() {
    testing::on_both("letter_consent", async |place| {
        let office = Office::opened(&place, "consent").await;
        let came = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        let id = came.id.as_str();
        let (public, waiting) =
            (office.piece(id, "published").await, office.piece(id, "submitted").await);
        let letter = office.letter(id).await;
        let desk = office.ledger.desk(Actor::Visitor).await.expect("a desk");
        writer::consent(desk, &office.sealer, &letter, false).await.expect("takes back");
        let public = office.found(&public).await;
        assert_eq!(
            (public.state, public.withdrawal),
            (PieceState::Withdrawn, Some(TakenDown::Consent))
        );
        let waiting = office.found(&waiting).await;
        assert_eq!((waiting.state, waiting.answer.as_str()), (PieceState::Returned, ""));
    })
    .await;
}

#[tokio::test]
async fn a_duplicate_follows_its_first_and_is_taken_up_again_where_that_one_ends_without_an_answer()
{
    testing::on_both("letter_joined", async |place| {
        let office = Office::opened(&place, "joined").await;
        let handler = person("甲", ORGAN);
        let by = office.by(&handler);
        let write = async |key: &str, kind: SuggestionKind| {
            office.writes(key, kind, "路灯不亮").await.expect("takes")
        };
        let first = write("a", SuggestionKind::Complaint).await;
        let second = write("b", SuggestionKind::Complaint).await;
        let third = write("c", SuggestionKind::Complaint).await;
        let report = write("d", SuggestionKind::Report).await;
        let proposal = write("e", SuggestionKind::Proposal).await;
        let join =
            async |id: &str, number: &str| joining::join(office.desk().await, by, id, number).await;
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
