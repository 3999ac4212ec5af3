//! A hearing from its notice to its record: enrolled for, bound, drawn by a value that nobody chooses, confirmed by another.

use law::{Date, day};
use participation::acts::enrolment::{self, Enrolled, Enrolling};
use participation::acts::{ActError, cancellation, drawing, erasure, hearing, record};
use participation::draw::{List, digest, seed};
use participation::store::{
    Cancellable, Enroller, Enrolment, EnrolmentState, HandedIn, Hearing, HearingSaid,
};
use participation_rules::HearingStage;
use review::testing::someone;
use store::testing;

use super::house::{City, ORGAN, organiser};

const VALUE: &str = "05 11 17 22 29 31 08";

fn said() -> HearingSaid {
    HearingSaid {
        title: "供水办法听证会".into(),
        matters: "停水提前多久通知。".into(),
        place: "市民服务中心三楼".into(),
        held_on: Some(day(2026, 12, 20)),
        held_at: "上午 9:00".into(),
        enrol_until: Some(day(2026, 12, 4)),
        conditions: "十八周岁以上的用水人。".into(),
        sides: "居民代表 2\n物业服务企业 1".into(),
        value_source: "某期开奖号码".into(),
        value_on: Some(day(2026, 12, 7)),
        telephone: "0592-0000000".into(),
    }
}

fn given(side: usize, name: &str, key: &str) -> Enrolling {
    Enrolling {
        side,
        who: Enroller {
            name: name.into(),
            contact: "13800138000".into(),
            words: "提前一天。".into(),
        },
        key: key.into(),
        demo: false,
    }
}

impl City {
    async fn drafted_hearing(&self) -> String {
        let (by, of) = (organiser(), self.opened().await);
        let desk = self.desk(&by).await;
        let id = hearing::begin(desk, &by, (&self.organ, false), &of).await.expect("a draft");
        let which = (ORGAN, id.as_str(), 1);
        hearing::keep(self.desk(&by).await, &by, which, &said()).await.expect("keeps");
        id
    }

    pub(super) async fn called(&self) -> String {
        let (by, id) = (organiser(), self.drafted_hearing().await);
        let desk = self.desk(&by).await;
        let unit = hearing::submit(desk, &self.publishers, &by, (ORGAN, &id)).await;
        self.publish(&unit.expect("hands in")).await;
        id
    }

    async fn enrol(&self, id: &str, given: &Enrolling) -> Result<Enrolled, ActError> {
        enrolment::enrol(&self.ledger, &self.sealer, id, given).await
    }

    pub(super) async fn hearing(&self, id: &str) -> Hearing {
        Hearing::find(self.ledger.store(), id).await.expect("asks").expect("is there")
    }

    pub(super) async fn hearing_stage(&self, id: &str) -> HearingStage {
        self.hearing(id).await.stage(self.ledger.clock().today())
    }

    async fn bind(&self, id: &str) -> Result<(), ActError> {
        drawing::bind(self.desk(&organiser()).await, (ORGAN, id)).await
    }

    async fn draw(&self, id: &str, value: &str) -> Result<(), ActError> {
        let by = organiser();
        drawing::draw(self.desk(&by).await, &by, (ORGAN, id), value).await
    }

    async fn confirm(&self, by: &review::Signatory, id: &str) -> Result<(), ActError> {
        drawing::confirm(self.desk(by).await, (&self.sealer, by), (ORGAN, id)).await
    }
}

/// A hearing whose list is bound: four residents, of whom one twice, and one firm.
pub(super) async fn bound(city: City) -> (City, String) {
    let id = city.called().await;
    for (side, name, key) in [
        (1, "朱演示", "a"),
        (1, "林演示", "b"),
        (1, "林 演示", "c"),
        (1, "陈演示", "d"),
        (2, "王演示", "e"),
        (1, "黄演示", "f"),
    ] {
        city.enrol(&id, &given(side, name, key)).await.expect("enrols");
    }
    // The fifth of December: nobody enrols any more, nobody knows the value.
    let city = city.after(8);
    city.bind(&id).await.expect("binds");
    (city, id)
}

#[tokio::test]
async fn whoever_enrols_gets_a_code_and_may_withdraw_until_the_last_day() {
    testing::on_both("participation_enrolment", async |place| {
        let city = City::founded(&place, "participation-enrolment").await;
        let draft = city.drafted_hearing().await;
        city.enrol(&draft, &given(1, "朱演示", "x")).await.expect_err("it is not public");
        let id = city.called().await;
        let first = city.enrol(&id, &given(1, "朱演示", "a")).await.expect("enrols");
        let again = city.enrol(&id, &given(1, "朱演示", "a")).await.expect("the same form");
        assert_eq!(first, again);
        let other = city.enrol(&id, &given(1, "林演示", "a")).await.expect_err("another on it");
        assert!(matches!(other, ActError::Field("xingming", _)), "{other:?}");
        for (wrong, field) in [
            (given(3, "林演示", "b"), "fang"),
            (given(0, "林演示", "b"), "fang"),
            (given(1, " ", "b"), "xingming"),
        ] {
            let refused = city.enrol(&id, &wrong).await.expect_err("wrong");
            assert!(matches!(refused, ActError::Field(own, _) if own == field), "{refused:?}");
        }
        let store = city.ledger.store();
        let found = enrolment::with_code(store, &city.sealer, &first.code.to_lowercase()).await;
        let (own, _) = found.expect("asks").expect("is there");
        assert_eq!((own.number, own.mark.as_str()), (1, first.mark.as_str()));
        enrolment::retract(&city.ledger, &city.sealer, &first.code).await.expect("withdraws");
        let own = Enrolment::find(city.ledger.store(), &id, 1).await.expect("asks");
        let own = own.expect("is there");
        assert!(own.is_erased() && own.state == EnrolmentState::Retracted);
        let sealed = "SELECT sealed || mark || key_mark || code_mark || person_mark AS text FROM hearing_entry";
        assert!(city.texts(sealed).await.iter().all(|text| !text.contains("朱演示")));
        let second = city.enrol(&id, &given(2, "林演示", "b")).await.expect("enrols");
        let city = city.after(8);
        let late = city.enrol(&id, &given(1, "陈演示", "c")).await.expect_err("it is over");
        assert!(late.to_string().contains("报名已经截止"), "{late}");
        let late = enrolment::retract(&city.ledger, &city.sealer, &second.code).await;
        late.expect_err("it is over");
    })
    .await;
}

#[tokio::test]
async fn the_list_is_bound_before_the_value_is_known_and_the_draw_is_confirmed_by_another() {
    testing::on_both("participation_draw", async |place| {
        let (city, id) = bound(City::founded(&place, "participation-draw").await).await;
        let of = city.hearing(&id).await;
        let list = List::read(&of.list_text).expect("a list");
        let numbers: Vec<_> = list.entries.iter().map(|one| (one.side, one.number)).collect();
        assert_eq!(
            numbers,
            [(1, 1), (1, 2), (1, 4), (1, 6), (2, 5)],
            "who enrolled twice counts once"
        );
        let leaves = "SELECT subject AS text FROM log_leaf WHERE subject LIKE '%:list'";
        assert_eq!(city.texts(leaves).await, [format!("consultation:hearing:{id}:list")]);
        let early = city.draw(&id, VALUE).await.expect_err("nobody knows it");
        assert!(early.to_string().contains("还没有开出"), "{early}");
        let city = city.after(2);
        city.draw(&id, "  05 11  17 22 29 31 08 ").await.expect("draws");
        let of = city.hearing(&id).await;
        assert_eq!((of.drawn_value.as_str(), of.seed), (VALUE, seed(&of.list_text, VALUE)));
        let own = city.confirm(&organiser(), &id).await.expect_err("who drew");
        assert!(own.to_string().contains("另一人"), "{own}");
        let by = someone(ORGAN, "approver");
        let naming =
            drawing::reject(city.desk(&by).await, &by, (ORGAN, &id), "问13800138000").await;
        assert!(matches!(naming, Err(ActError::Field("liyou", _))), "the ledger keeps it");
        let back = drawing::reject(city.desk(&by).await, &by, (ORGAN, &id), "少写一个").await;
        back.expect("sends back");
        assert_eq!(city.hearing_stage(&id).await, HearingStage::Listed);
        city.draw(&id, VALUE).await.expect("draws again");
        city.confirm(&by, &id).await.expect("confirms");
        let taking = Enrolment::taking_part(city.ledger.store(), &id).await.expect("asks");
        let drawn = list.drawn(&seed(&list.text(), VALUE));
        let drawn: Vec<i64> =
            drawn.iter().filter(|one| one.takes_part).map(|one| one.entry.number).collect();
        let numbers: Vec<i64> = taking.iter().map(|one| one.number).collect();
        assert_eq!(numbers, drawn, "as anybody draws it");
        assert!(taking.iter().all(|one| one.named.ends_with("演示")), "{taking:?}");
        assert_eq!(city.told("hearing_participants").await, 1);
        let excluded = Enrolment::excluded(city.ledger.store(), &id).await.expect("asks");
        assert_eq!(excluded, [("同一个人重复报名，只算第一次".to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn who_does_not_fit_is_excluded_with_a_reason_before_the_list_is_bound_and_never_after() {
    testing::on_both("participation_exclusion", async |place| {
        let city = City::founded(&place, "participation-exclusion").await;
        let id = city.called().await;
        city.enrol(&id, &given(1, "朱演示", "a")).await.expect("enrols");
        city.enrol(&id, &given(1, "林演示", "b")).await.expect("enrols");
        let still = city.bind(&id).await.expect_err("one still enrols");
        assert!(still.to_string().contains("正在报名"), "{still}");
        let city = city.after(8);
        let exclude = async |number: i64, reason: &str| {
            let desk = city.desk(&organiser()).await;
            enrolment::exclude(desk, (ORGAN, &id, number), reason).await
        };
        assert!(matches!(exclude(2, " ").await, Err(ActError::Field("liyou", _))));
        exclude(2, "不是用水人").await.expect("excludes");
        exclude(2, "不是用水人").await.expect_err("once");
        let facts = "SELECT facts AS text FROM ledger_event WHERE act = 'enrolment_exclusion'";
        let facts = city.texts(facts).await;
        assert!(facts.iter().all(|facts| !facts.contains("用水人")), "{facts:?}");
        city.bind(&id).await.expect("binds");
        let late = exclude(1, "不是用水人").await.expect_err("it is bound");
        assert!(late.to_string().contains("名单已经固定"), "{late}");
        let text = city.hearing(&id).await.list_text;
        assert_eq!(text.lines().filter(|line| line.starts_with("entry")).count(), 1);
        assert_eq!(digest(&text).len(), 64);
    })
    .await;
}

#[tokio::test]
async fn a_list_that_was_not_bound_in_time_is_not_bound_at_all() {
    testing::on_both("participation_bind_late", async |place| {
        let city = City::founded(&place, "participation-bind-late").await;
        let id = city.called().await;
        city.enrol(&id, &given(1, "朱演示", "a")).await.expect("enrols");
        let city = city.after(10);
        let late = city.bind(&id).await.expect_err("the value is known today");
        assert!(late.to_string().contains("请取消"), "{late}");
        cancellation::cancel(
            city.desk(&organiser()).await,
            (ORGAN, Cancellable::Hearing, &id),
            "没有按时固定名单",
        )
        .await
        .expect("cancels");
        let of = city.hearing(&id).await;
        assert_eq!(of.cancelled, Some((day(2026, 12, 7), "没有按时固定名单".into())));
        let again = cancellation::cancel(
            city.desk(&organiser()).await,
            (ORGAN, Cancellable::Hearing, &id),
            "再",
        )
        .await;
        again.expect_err("once");
    })
    .await;
}

#[tokio::test]
async fn papers_are_noted_and_the_record_is_signed_reviewed_and_published() {
    testing::on_both("participation_record", async |place| {
        let (city, id) = bound(City::founded(&place, "participation-record").await).await;
        let city = city.after(2);
        city.draw(&id, VALUE).await.expect("draws");
        city.confirm(&someone(ORGAN, "approver"), &id).await.expect("confirms");
        let by = organiser();
        let deliver = async |city: &City, on: Option<Date>| {
            record::deliver(city.desk(&organiser()).await, (ORGAN, &id), on).await
        };
        deliver(&city, None).await.expect_err("no day");
        deliver(&city, Some(day(2026, 12, 8))).await.expect_err("it lies ahead");
        let submit = async |city: &City, signed: bool| {
            let (desk, text) = (city.desk(&by).await, "主持人宣布开始，电话13800138000。");
            record::submit(desk, &city.publishers, (&by, signed), (ORGAN, &id), text).await
        };
        let early = submit(&city, true).await.expect_err("not held");
        assert!(early.to_string().contains("还没有开"), "{early}");
        let city = city.after(14);
        let bare = submit(&city, true).await;
        assert!(matches!(bare, Err(ActError::Field("songda", _))), "nobody noted when papers came");
        deliver(&city, Some(day(2026, 12, 21))).await.expect_err("the hearing was the day before");
        deliver(&city, Some(day(2026, 12, 7))).await.expect("notes it");
        assert!(matches!(submit(&city, false).await, Err(ActError::Field("qianzi", _))));
        let unit = submit(&city, true).await.expect("hands in");
        let publisher = city.publishers.get(record::KIND).expect("is there");
        let reading = city.ledger.store().reading();
        let content = (publisher.content)(&reading, &id).await.expect("asks").expect("is there");
        assert!(
            content.findings.iter().any(|one| one.contains("手机号码")),
            "whoever signs sees it"
        );
        city.publish(&unit).await;
        assert_eq!(city.hearing_stage(&id).await, HearingStage::Recorded);
        assert_eq!(city.hearing(&id).await.papers_on, Some(day(2026, 12, 7)));
        assert_eq!(erasure::erase(&city.ledger).await.expect("looks"), 0, "it is kept a year");
        let city = city.after(400);
        assert!(erasure::erase(&city.ledger).await.expect("erases") >= 5);
        let taking = Enrolment::taking_part(city.ledger.store(), &id).await.expect("asks");
        assert!(taking.iter().all(|one| one.is_erased() && !one.named.is_empty()));
    })
    .await;
}

#[tokio::test]
async fn why_somebody_was_excluded_goes_with_who_he_is_and_only_then() {
    testing::on_both("participation_exclusion_erasure", async |place| {
        let city = City::founded(&place, "participation-exclusion-erasure").await;
        let id = city.called().await;
        for (name, key) in [("朱演示", "a"), ("林演示", "b"), ("林演示", "c")] {
            city.enrol(&id, &given(1, name, key)).await.expect("enrols");
        }
        let city = city.after(8);
        let desk = city.desk(&organiser()).await;
        let out = enrolment::exclude(desk, (ORGAN, &id, 1), "说是岛外的朱演示").await;
        out.expect("excludes");
        city.bind(&id).await.expect("binds");
        let early = city.raw("UPDATE hearing_entry SET reason = ''").await;
        assert!(early.contains("名单已经固定"), "{early}");
        let off = cancellation::cancel(
            city.desk(&organiser()).await,
            (ORGAN, Cancellable::Hearing, &id),
            "台风",
        )
        .await;
        off.expect("cancels");
        let city = city.after(400);
        assert_eq!(erasure::erase(&city.ledger).await.expect("erases"), 3);
        let kept = Enrolment::excluded(city.ledger.store(), &id).await.expect("asks");
        let repeated = "同一个人重复报名，只算第一次".to_owned();
        assert_eq!(kept, [(String::new(), 1), (repeated, 1)], "how many is still told");
        let other = city.raw("UPDATE hearing_entry SET state = 'enrolled', reason = ''").await;
        assert!(other.contains("名单已经固定"), "{other}");
    })
    .await;
}

#[tokio::test]
async fn a_notice_that_leaves_no_time_is_not_handed_in() {
    testing::on_both("participation_hearing_lacks", async |place| {
        let city = City::founded(&place, "participation-hearing-lacks").await;
        let id = city.drafted_hearing().await;
        let by = organiser();
        let short = HearingSaid { enrol_until: Some(day(2026, 12, 1)), ..said() };
        let which = (ORGAN, id.as_str(), 2);
        hearing::keep(city.desk(&by).await, &by, which, &short).await.expect("keeps");
        let desk = city.desk(&by).await;
        let refused = hearing::submit(desk, &city.publishers, &by, (ORGAN, &id)).await;
        let refused = refused.expect_err("too short").to_string();
        assert!(refused.contains("报名至少留 7 天"), "{refused}");
        let wrong = HearingSaid { sides: "居民".into(), ..said() };
        let which = (ORGAN, id.as_str(), 3);
        let refused = hearing::keep(city.desk(&by).await, &by, which, &wrong).await;
        assert!(matches!(refused, Err(ActError::Field("geifang", _))));
    })
    .await;
}

#[tokio::test]
async fn whoever_goes_round_the_program_changes_neither_list_nor_draw() {
    testing::on_both("participation_hearing_guards", async |place| {
        let (city, id) = bound(City::founded(&place, "participation-hearing-guards").await).await;
        let city = city.after(2);
        city.draw(&id, VALUE).await.expect("draws");
        for (sql, refusal) in [
            ("UPDATE hearing SET list_text = list_text || 'x'", "名单已经固定"),
            ("UPDATE hearing SET place = 'x'", "听证公告已经公布"),
            ("UPDATE hearing_entry SET side = 2", "名单已经固定"),
            ("DELETE FROM hearing_entry", "只增不减"),
            ("DELETE FROM hearing", "只增不减"),
            (
                "INSERT INTO hearing_entry SELECT 'x', hearing, 99, side, mark, sealed, 'k', '', '', received_on,
                        state, reason, rank, takes_part, named, demo FROM hearing_entry WHERE number = 1",
                "没有在报名",
            ),
        ] {
            let answer = city.raw(sql).await;
            assert!(answer.contains(refusal), "{sql}: {answer}");
        }
        let drew = city.hearing(&id).await.drawn_by.first().cloned().expect("who drew");
        let sql = format!("UPDATE hearing SET confirmed_by = '{drew}' WHERE id = '{id}'");
        let answer = city.raw(&sql).await;
        assert!(answer.contains("抽取的人不能确认"), "{answer}");
        city.confirm(&someone(ORGAN, "approver"), &id).await.expect("confirms");
        let answer = city.raw("UPDATE hearing SET drawn_value = '1'").await;
        assert!(answer.contains("参加人已经公布"), "{answer}");
        let answer = city.raw("UPDATE hearing_entry SET takes_part = 1").await;
        assert!(answer.contains("参加人已经公布"), "{answer}");
    })
    .await;
}
