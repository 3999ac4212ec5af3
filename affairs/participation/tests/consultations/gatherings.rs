//! A gathering from its notice to its record: enrolled for, waited for, moved up, chosen, told, written down, withdrawn.

use law::{Date, day};
use participation::acts::gathering::places::{self, Came, Coming};
use participation::acts::gathering::{self, choosing, erasure, minutes, saying};
use participation::acts::opinion::Given;
use participation::acts::{ActError, cancellation, withdrawal};
use participation::store::{
    Cancellable, Contact, Enroller, Gathering, GatheringSaid, HandedIn, Noted, Place, PlaceState,
    Withdrawable,
};
use participation_rules::{GatheringKind, GatheringStage, Placing, Sender, Source};
use review::Unit;
use review::testing::someone;
use store::testing;

use super::house::{City, ORGAN, TODAY, organiser};

fn said(placing: Placing) -> GatheringSaid {
    GatheringSaid {
        title: "供水办法列席".into(),
        matters: "审议供水办法。".into(),
        place: "市民服务中心三楼".into(),
        held_on: Some(day(2026, 12, 10)),
        held_at: "上午 9:00".into(),
        groups: "群众代表 2\n媒体 1".into(),
        placing,
        rule: "先照顾住得远的。".into(),
        enrol_until: Some(day(2026, 12, 4)),
        ..GatheringSaid::of(GatheringKind::Attendance, "0592-0000000".into())
    }
}

fn coming(group: usize, name: &str) -> Coming {
    Coming {
        group,
        who: Enroller {
            name: name.into(),
            contact: "13800138000".into(),
            words: "提前一天。".into(),
        },
        key: format!("form-{name}"),
        demo: false,
    }
}

impl City {
    async fn gathering_drafted(&self, said: &GatheringSaid) -> String {
        let by = organiser();
        let desk = self.desk(&by).await;
        let id = gathering::begin(desk, &by, (&self.organ, false), said.kind).await.expect("draft");
        let which = (ORGAN, id.as_str(), 1);
        gathering::keep(self.desk(&by).await, &by, which, said).await.expect("keeps");
        id
    }

    async fn gathering_submitted(&self, id: &str) -> Result<Unit, ActError> {
        let by = organiser();
        gathering::submit(self.desk(&by).await, &self.publishers, &by, (ORGAN, id)).await
    }

    async fn announced(&self, said: &GatheringSaid) -> String {
        let id = self.gathering_drafted(said).await;
        self.publish(&self.gathering_submitted(&id).await.expect("hands in")).await;
        id
    }

    async fn comes(&self, id: &str, given: &Coming) -> Result<Came, ActError> {
        places::enrol(&self.ledger, &self.sealer, id, given).await
    }

    async fn gathering(&self, id: &str) -> Gathering {
        Gathering::find(self.ledger.store(), id).await.expect("asks").expect("is there")
    }

    async fn gathering_stage(&self, id: &str) -> GatheringStage {
        self.gathering(id).await.stage(self.ledger.clock().today())
    }

    async fn place(&self, id: &str, number: i64) -> Place {
        Place::find(self.ledger.store(), id, number).await.expect("asks").expect("is there")
    }

    async fn minutes(&self, id: &str, text: &str, many: Option<i64>) -> Result<Unit, ActError> {
        let by = organiser();
        let desk = self.desk(&by).await;
        minutes::submit(desk, &self.publishers, &by, (ORGAN, id), (text, many)).await
    }
}

#[tokio::test]
async fn whoever_comes_first_has_a_place_and_whoever_waits_first_moves_up_when_one_cancels() {
    testing::on_both("participation_places", async |place| {
        let city = City::founded(&place, "participation-places").await;
        let id = city.announced(&said(Placing::Arrival)).await;
        let mut came = Vec::new();
        for name in ["朱演示", "林演示", "陈演示", "黄演示"] {
            came.push(city.comes(&id, &coming(1, name)).await.expect("enrols"));
        }
        let told: Vec<_> = came.iter().map(|one| (one.placed, one.waits)).collect();
        assert_eq!(told, [(true, None), (true, None), (false, Some(1)), (false, Some(2))]);
        let press = city.comes(&id, &coming(2, "王演示")).await.expect("enrols");
        assert!(press.placed, "another group has its own places");
        let again = city.comes(&id, &coming(1, "朱演示")).await.expect("the same form");
        assert_eq!(Some(&again), came.first());
        let twice = Coming { key: "another form".into(), ..coming(1, "朱 演示") };
        let twice = city.comes(&id, &twice).await.expect_err("once");
        assert!(matches!(twice, ActError::Field("xingming", _)), "{twice:?}");
        for (wrong, field) in [(coming(3, "吴演示"), "fang"), (coming(1, " "), "xingming")] {
            let refused = city.comes(&id, &wrong).await.expect_err("wrong");
            assert!(matches!(refused, ActError::Field(own, _) if own == field), "{refused:?}");
        }
        places::retract(&city.ledger, &city.sealer, &came[0].code).await.expect("cancels");
        let gone = city.place(&id, 1).await;
        assert!(gone.is_erased() && gone.state == PlaceState::Retracted);
        let up = city.place(&id, 3).await;
        assert!(up.state == PlaceState::Placed && up.to_tell, "{up:?}");
        assert_eq!(city.place(&id, 4).await.state, PlaceState::Waiting);
        let sealed =
            "SELECT sealed || key_mark || code_mark || person_mark AS text FROM gathering_entry";
        assert!(city.texts(sealed).await.iter().all(|text| !text.contains("演示")));
        // The fifth of December: nobody enrols, one may still cancel, and who moved up is told.
        let city = city.after(8);
        assert_eq!(city.gathering_stage(&id).await, GatheringStage::Awaiting);
        let late = city.comes(&id, &coming(1, "郑演示")).await.expect_err("it is over");
        assert!(late.to_string().contains("没有在报名"), "{late}");
        let tell = async |numbers: &[i64]| {
            places::tell(city.desk(&organiser()).await, (ORGAN, &id), numbers).await
        };
        assert!(matches!(tell(&[2]).await, Err(ActError::Field("bianhao", _))));
        tell(&[2, 3]).await.expect("notes it");
        assert!(!city.place(&id, 3).await.to_tell);
        places::retract(&city.ledger, &city.sealer, &came[2].code).await.expect("cancels");
        assert_eq!(city.place(&id, 4).await.state, PlaceState::Placed);
    })
    .await;
}

#[tokio::test]
async fn those_who_come_are_chosen_once_by_the_published_rule_and_places_left_go_by_arrival() {
    testing::on_both("participation_choice", async |place| {
        let city = City::founded(&place, "participation-choice").await;
        let id = city.announced(&said(Placing::Chosen)).await;
        let first = city.comes(&id, &coming(1, "朱演示")).await.expect("enrols");
        assert_eq!((first.placed, first.waits), (false, Some(1)), "nobody has a place yet");
        for name in ["林演示", "陈演示", "黄演示"] {
            city.comes(&id, &coming(1, name)).await.expect("enrols");
        }
        let choose = async |city: &City, numbers: &[i64], reason: &str| {
            let desk = city.desk(&organiser()).await;
            choosing::choose(desk, (ORGAN, &id), numbers, reason).await
        };
        choose(&city, &[3], "住得最远").await.expect_err("one still enrols");
        let city = city.after(8);
        for (numbers, reason, field) in [
            (&[][..], "住得最远", "bianhao"),
            (&[9][..], "住得最远", "bianhao"),
            (&[1, 3, 4][..], "住得最远", "bianhao"),
            (&[3][..], " ", "liyou"),
        ] {
            let refused = choose(&city, numbers, reason).await.expect_err("wrong");
            assert!(matches!(refused, ActError::Field(own, _) if own == field), "{refused:?}");
        }
        assert_eq!(city.gathering(&id).await.chosen_on, None, "nothing is half done");
        choose(&city, &[4], "住得最远").await.expect("chooses");
        let states = async |city: &City| {
            let mut all = Vec::new();
            for number in 1..=4 {
                all.push(city.place(&id, number).await.state);
            }
            all
        };
        let (waits, placed) = (PlaceState::Waiting, PlaceState::Placed);
        assert_eq!(states(&city).await, [placed, waits, waits, placed]);
        assert_eq!(city.place(&id, 4).await.reason, "住得最远");
        choose(&city, &[2], "再选").await.expect_err("once");
        let by = organiser();
        let which = (ORGAN, id.as_str(), 4);
        places::exclude(city.desk(&by).await, which, "不住在这里").await.expect("excludes");
        let excluded = PlaceState::Excluded;
        assert_eq!(states(&city).await, [placed, placed, waits, excluded]);
        assert_eq!(Place::to_be_told(city.ledger.store(), &id).await.expect("asks"), 3);
    })
    .await;
}

#[tokio::test]
async fn a_notice_that_lacks_something_is_not_handed_in_and_a_visit_has_no_places() {
    testing::on_both("participation_gathering_lacks", async |place| {
        let city = City::founded(&place, "participation-gathering-lacks").await;
        for (lacking, words) in [
            (GatheringSaid { groups: String::new(), ..said(Placing::Arrival) }, "名额"),
            (GatheringSaid { rule: String::new(), ..said(Placing::Chosen) }, "怎样选定"),
            (GatheringSaid { enrol_until: None, ..said(Placing::Arrival) }, "报名到哪一天"),
            (
                GatheringSaid { enrol_until: Some(day(2026, 11, 28)), ..said(Placing::Arrival) },
                "至少留 3 天",
            ),
            (GatheringSaid { held_on: Some(TODAY), ..said(Placing::Arrival) }, "今天以后"),
        ] {
            let id = city.gathering_drafted(&lacking).await;
            let refused = city.gathering_submitted(&id).await.expect_err("lacks").to_string();
            assert!(refused.contains(words), "{words}: {refused}");
        }
        let visit = GatheringSaid { kind: GatheringKind::Visit, ..said(Placing::Chosen) };
        let id = city.announced(&visit).await;
        let of = city.gathering(&id).await;
        assert_eq!((of.said.groups.as_str(), of.said.enrol_until), ("", None));
        assert_eq!(of.stage(TODAY), GatheringStage::Awaiting);
        let refused = city.comes(&id, &coming(1, "朱演示")).await.expect_err("nobody enrols");
        assert!(matches!(refused, ActError::Field("fang", _)), "{refused:?}");
        let lecture = GatheringSaid { kind: GatheringKind::Lecture, ..said(Placing::Chosen) };
        let (by, id) = (organiser(), city.gathering_drafted(&visit).await);
        let which = (ORGAN, id.as_str(), 2);
        let refused = gathering::keep(city.desk(&by).await, &by, which, &lecture).await;
        assert!(matches!(refused, Err(ActError::Field("fangshi", _))), "{refused:?}");
        let foreign = GatheringSaid { consultation: "0".into(), ..said(Placing::Arrival) };
        let refused = gathering::keep(city.desk(&by).await, &by, which, &foreign).await;
        assert!(matches!(refused, Err(ActError::Field("caoan", _))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_said_there_stands_among_the_opinions_and_the_record_is_reviewed_and_published() {
    testing::on_both("participation_minutes", async |place| {
        let city = City::founded(&place, "participation-minutes").await;
        let draft = city.opened().await;
        let about = GatheringSaid { consultation: draft.clone(), ..said(Placing::Arrival) };
        let id = city.announced(&about).await;
        city.comes(&id, &coming(1, "朱演示")).await.expect("enrols");
        let early = city.minutes(&id, "五位列席人发言。", Some(1)).await;
        early.expect_err("it was not held");
        let given = Given {
            clause: 2,
            sender: Sender::Person,
            words: "提前一天说。".into(),
            contact: Contact { name: "朱演示".into(), contact: String::new() },
            key: "said".into(),
            demo: false,
        };
        let city = city.after(13);
        assert_eq!(city.gathering_stage(&id).await, GatheringStage::Held);
        let by = organiser();
        let desk = city.desk(&by).await;
        let noted = saying::register(desk, (&city.sealer, &by), (ORGAN, &id), &given).await;
        assert_eq!(noted.expect("registers"), 1);
        let opinion = city.one(&draft, 1).await;
        assert_eq!(opinion.source, Source::Meeting);
        assert_eq!(Noted::at(city.ledger.store(), &id).await.expect("asks"), [1]);
        assert!(matches!(
            city.minutes(&id, " ", Some(1)).await,
            Err(ActError::Field("jiyao", _))
        ));
        assert!(matches!(
            city.minutes(&id, "发言。", None).await,
            Err(ActError::Field("renshu", _))
        ));
        let unit = city.minutes(&id, "五位列席人发言。", Some(1)).await.expect("hands in");
        city.publish(&unit).await;
        let of = city.gathering(&id).await;
        assert_eq!((of.recorded_on, of.attended), (Some(day(2026, 12, 10)), 1));
        let leaves = "SELECT subject AS text FROM log_leaf WHERE subject LIKE '%:gathering:%' ORDER BY subject";
        let subject = format!("consultation:gathering:{id}");
        assert_eq!(city.texts(leaves).await, [subject.clone(), format!("{subject}:record")]);
        assert_eq!(erasure::erase(&city.ledger).await.expect("looks"), 0, "it is kept a year");
        let city = city.after(370);
        assert_eq!(erasure::erase(&city.ledger).await.expect("erases"), 1);
        assert!(city.place(&id, 1).await.is_erased());
    })
    .await;
}

#[tokio::test]
async fn why_one_was_chosen_or_excluded_stands_with_him_alone_and_goes_when_he_does() {
    testing::on_both("participation_gathering_reasons", async |place| {
        let city = City::founded(&place, "participation-gathering-reasons").await;
        let id = city.announced(&said(Placing::Chosen)).await;
        for name in ["朱演示", "林演示", "陈演示"] {
            city.comes(&id, &coming(1, name)).await.expect("enrols");
        }
        let city = city.after(8);
        let by = organiser();
        let desk = city.desk(&by).await;
        let chosen = choosing::choose(desk, (ORGAN, &id), &[1], "朱演示住得最远").await;
        chosen.expect("chooses");
        let which = (ORGAN, id.as_str(), 2);
        let out = places::exclude(city.desk(&by).await, which, "林演示不住在这里").await;
        out.expect("excludes");
        let facts = "SELECT facts AS text FROM ledger_event WHERE room = 'participation'";
        assert!(city.texts(facts).await.iter().all(|facts| !facts.contains("演示")));
        assert_eq!(city.place(&id, 1).await.reason, "朱演示住得最远");
        let city = city.after(400);
        assert_eq!(erasure::erase(&city.ledger).await.expect("erases"), 3);
        let reasons = "SELECT reason AS text FROM gathering_entry";
        assert!(city.texts(reasons).await.iter().all(String::is_empty));
    })
    .await;
}

#[tokio::test]
async fn what_is_cancelled_says_why_and_whoever_enrolled_is_told() {
    testing::on_both("participation_gathering_cancelled", async |place| {
        let city = City::founded(&place, "participation-gathering-cancelled").await;
        let id = city.announced(&said(Placing::Arrival)).await;
        let came = city.comes(&id, &coming(1, "朱演示")).await.expect("enrols");
        let cancel = async |reason: &str| {
            let by = someone(ORGAN, "approver");
            cancellation::cancel(city.desk(&by).await, (ORGAN, Cancellable::Gathering, &id), reason)
                .await
        };
        assert!(matches!(cancel(" ").await, Err(ActError::Field("liyou", _))));
        cancel("台风").await.expect("cancels");
        assert_eq!(city.gathering(&id).await.cancelled, Some((TODAY, "台风".into())));
        cancel("再").await.expect_err("once");
        assert!(city.place(&id, 1).await.to_tell);
        places::tell(city.desk(&organiser()).await, (ORGAN, &id), &[1]).await.expect("notes it");
        let late = places::retract(&city.ledger, &city.sealer, &came.code).await;
        late.expect_err("it is not held");
    })
    .await;
}

#[tokio::test]
async fn what_should_not_have_been_public_is_withdrawn_by_two_and_nothing_goes_round_that() {
    testing::on_both("participation_gathering_withdrawn", async |place| {
        let city = City::founded(&place, "participation-gathering-withdrawn").await;
        let id = city.announced(&said(Placing::Arrival)).await;
        city.comes(&id, &coming(1, "朱演示")).await.expect("enrols");
        let example = async |city: &City| {
            Gathering::example(city.ledger.store(), ("", false)).await.expect("asks")
        };
        assert_eq!(example(&city).await, Some(id.clone()));
        for (sql, refusal) in [
            ("UPDATE gathering SET place = 'x'", "活动公告已经公布"),
            ("UPDATE gathering_entry SET number = 9", "报名的先后"),
            ("DELETE FROM gathering_entry", "只增不减"),
            ("DELETE FROM gathering", "只增不减"),
        ] {
            let answer = city.raw(sql).await;
            assert!(answer.contains(refusal), "{sql}: {answer}");
        }
        let by = organiser();
        let propose = async |reason: &str| {
            withdrawal::propose(city.desk(&by).await, &by, (ORGAN, Withdrawable::Gathering, &id), reason).await
        };
        let names = propose("写了13800138000").await;
        assert!(matches!(names, Err(ActError::Field("liyou", _))), "everybody will read it");
        propose("写了不公开的议题").await.expect("proposes");
        propose("再").await.expect_err("one waits");
        let own = withdrawal::decide(city.desk(&by).await, &by, (ORGAN, Withdrawable::Gathering, &id), (true, "同意")).await;
        assert!(own.expect_err("who proposed").to_string().contains("不能审定"));
        let person = &by.person;
        let sql = format!(
            "UPDATE gathering SET withdrawn_by = '{person}', withdrawn_on = '2026-11-27', state = 'withdrawn'"
        );
        let answer = city.raw(&sql).await;
        assert!(answer.contains("提出撤下的人不能审定"), "{answer}");
        let other = someone(ORGAN, "approver");
        let decide = async |withdraw: bool| {
            let desk = city.desk(&other).await;
            withdrawal::decide(desk, &other, (ORGAN, Withdrawable::Gathering, &id), (withdraw, "看过")).await
        };
        decide(false).await.expect("lets it stand");
        assert_eq!(city.gathering(&id).await.proposed, None);
        propose("写了不公开的议题").await.expect("proposes again");
        decide(true).await.expect("withdraws");
        let of = city.gathering(&id).await;
        assert_eq!((of.withdrawn_on, of.stage(TODAY)), (Some(TODAY), GatheringStage::Withdrawn));
        assert!(city.place(&id, 1).await.to_tell, "whoever enrolled is told");
        let range = ("000000000000", "999999999999");
        let found = Gathering::public(city.ledger.store(), (range, None), (None, 5)).await;
        assert!(found.expect("asks").0.is_empty());
        assert_eq!(example(&city).await, None, "nothing that is gone is an example");
        assert_eq!(city.told("gathering_withdrawal").await, 1);
    })
    .await;
}

#[tokio::test]
async fn they_are_listed_by_kind_the_latest_first_page_after_page() {
    testing::on_both("participation_gathering_list", async |place| {
        let city = City::founded(&place, "participation-gathering-list").await;
        let first: Date = day(2026, 12, 10);
        let id = city.announced(&said(Placing::Arrival)).await;
        let later = GatheringSaid { held_on: Some(day(2026, 12, 20)), ..said(Placing::Arrival) };
        let other = city.announced(&later).await;
        let range = ("000000000000", "999999999999");
        let kinds =
            [(None, 2), (Some(GatheringKind::Attendance), 2), (Some(GatheringKind::Visit), 0)];
        for (kind, many) in kinds {
            let found = Gathering::public(city.ledger.store(), (range, kind), (None, 5)).await;
            assert_eq!(found.expect("asks").0.len(), many, "{kind:?}");
        }
        let store = city.ledger.store();
        let (page, next) = Gathering::public(store, (range, None), (None, 1)).await.expect("asks");
        assert_eq!(page[0].id, other, "the latest first");
        let (page, end) =
            Gathering::public(store, (range, None), (next.as_ref(), 1)).await.expect("asks");
        assert_eq!(
            (page[0].id.as_str(), page[0].said.held_on, end),
            (id.as_str(), Some(first), None)
        );
    })
    .await;
}
