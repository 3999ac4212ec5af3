//! A zone from its opening to its end, on both engines.

use channels::acts::{ActError, call, device, equipment, inspection, material, staff, visit, zone};
use channels::facts::standing_of;
use channels::store::{CallLine, DeviceLine, MaterialLine, VisitLine, Zone, tally};
use channels_rules::{Equipment, Movement, PIN_TRIES, Purpose, REQUIREMENTS};
use identity::{Organ, Tables};
use ledger::{Actor, Clock, Desk, Ledger};
use store::{Migrations, Place, Statements, Store, testing};

const DIVISIONS: &str = include_str!("../../../server/demo/divisions.csv");
const ORGANS: &str = include_str!("../../../server/demo/organs.csv");

const ID: &str = "siming-zhengwu";
const PIN: &str = "246813";

struct Hall {
    ledger: Ledger,
    organ: Organ,
}

impl Hall {
    async fn built(place: &Place) -> Self {
        let parts =
            [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS, channels::MIGRATIONS];
        let migrations = Migrations::of(parts.into_iter().flatten().copied());
        let store = Store::open(place, &migrations).await.expect("a store");
        let noon = "2026-11-25T04:00:00Z".parse().expect("a moment");
        let ledger = Ledger::open(store, Clock::Fixed(noon), vec![]).await.expect("a ledger");
        let desk = ledger.desk(Actor::Operator("test".into())).await.expect("a desk");
        let tables = Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
        tables.keep(desk, "测试数据").await.expect("divisions and organs");
        let organ = Organ::find(ledger.store(), "XM00001").await.expect("asks").expect("the city");
        let hall = Self { ledger, organ };
        zone::open(hall.desk().await, &hall.organ, ID, (said("8:30-12:00"), false))
            .await
            .expect("opens");
        hall
    }

    async fn desk(&self) -> Desk {
        self.ledger.desk(Actor::Operator("test".into())).await.expect("a desk")
    }

    /// The same store so many minutes later.
    async fn at(&self, minutes: i64) -> Ledger {
        let noon: jiff::Timestamp = "2026-11-25T04:00:00Z".parse().expect("a moment");
        let then = Clock::Fixed(noon + jiff::SignedDuration::from_mins(minutes));
        Ledger::open(self.ledger.store().clone(), then, vec![]).await.expect("a ledger")
    }

    async fn zone(&self) -> Zone {
        Zone::find(self.ledger.store(), ID).await.expect("asks").expect("is there")
    }

    async fn materials(&self) -> Vec<MaterialLine> {
        MaterialLine::of(self.ledger.store(), &[ID.to_owned()]).await.expect("asks")
    }

    /// How many entries of an act the ledger has.
    async fn told(&self, act: &str) -> i64 {
        let sql = "SELECT COUNT(*) FROM ledger_event WHERE room = 'channels' AND act = $1 AND basis <> ''";
        let found = self.ledger.store().number(sql, vec![act.into()]).await;
        found.expect("asks").unwrap_or_default()
    }
}

fn said(hours: &str) -> zone::Said<'_> {
    zone::Said {
        name: "行政服务中心政务公开专区",
        kind: "政务服务大厅",
        address: "云顶北路842号",
        way: "",
        phone: "0592-7703123",
        hours: (hours, ""),
        services: "查阅公报\n\n代填申请",
        keeper: "市政府办公厅",
    }
}

fn field(refused: Result<(), ActError>) -> &'static str {
    match refused {
        Err(ActError::Field(field, _)) => field,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_zone_is_opened_told_otherwise_and_ended_and_the_ledger_tells_of_it() {
    testing::on_both("zone_opening", async |place| {
        let hall = Hall::built(&place).await;
        let (code, organ) = (hall.organ.code.clone(), &hall.organ);
        let again = zone::open(hall.desk().await, organ, ID, (said(""), false)).await;
        assert_eq!(field(again), "wangzhi", "one address, one zone");
        for address in ["A", "专区", "zizhu", "ab"] {
            let refused = zone::open(hall.desk().await, organ, address, (said(""), false)).await;
            assert_eq!(field(refused), "wangzhi", "{address}");
        }
        assert_eq!(
            field(zone::tell(hall.desk().await, &code, ID, said("早上")).await),
            "gongzuori"
        );
        zone::tell(hall.desk().await, &code, ID, said("9:00-17:00")).await.expect("tells");
        let told = hall.zone().await.told;
        assert_eq!(
            (told.hours.words().as_str(), told.services.as_str()),
            ("工作日 9:00—17:00", "查阅公报\n代填申请")
        );
        let closed = (Some(law::day(2026, 11, 26)), None, "消防检修");
        zone::close_for(hall.desk().await, &code, ID, closed).await.expect("closes");
        let past = (Some(law::day(2026, 11, 1)), None, "消防检修");
        assert_eq!(field(zone::close_for(hall.desk().await, &code, ID, past).await), "dao");
        let today = law::day(2026, 11, 25);
        assert_eq!(
            hall.zone().await.closures(hall.ledger.store(), today).await.expect("asks").len(),
            1
        );
        zone::end(hall.desk().await, "XM00002", ID, "搬迁").await.expect_err("another organ's");
        zone::end(hall.desk().await, &code, ID, "搬迁").await.expect("ends");
        let within = Zone::within(hall.ledger.store(), ("", "9")).await.expect("asks");
        assert!(within.is_empty(), "what is ended is listed no more");
        for act in ["zone_opening", "zone_particulars", "zone_closure", "zone_ending"] {
            assert_eq!(hall.told(act).await, 1, "{act}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_given_out_is_counted_and_never_more_than_there_is() {
    testing::on_both("zone_stock", async |place| {
        let hall = Hall::built(&place).await;
        let code = hall.organ.code.clone();
        let new =
            material::Lying { title: "政府公报", unit: "本", left: Some(30), low: Some(10) };
        material::add(hall.desk().await, &code, ID, new).await.expect("adds");
        let key = hall.materials().await[0].id.clone();
        let out = |number| (Movement::Out(number), "");
        material::moved(hall.desk().await, &code, (ID, &key), out(25)).await.expect("goes out");
        assert!(hall.materials().await[0].stock.is_low());
        let refused = material::moved(hall.desk().await, &code, (ID, &key), out(6)).await;
        assert!(matches!(refused, Err(ActError::Field("shuliang", _))));
        assert_eq!(hall.materials().await[0].stock.left, 5, "what was refused changed nothing");
        material::moved(hall.desk().await, &code, (ID, "0"), out(1))
            .await
            .expect_err("no such thing");
        assert_eq!(hall.told("zone_movement").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_zone_is_whole_when_the_register_and_whoever_looks_say_so() {
    testing::on_both("zone_checklist", async |place| {
        let hall = Hall::built(&place).await;
        let code = hall.organ.code.clone();
        for kind in Equipment::ALL {
            let new = equipment::Standing { kind: Some(kind), name: kind.name(), number: Some(1) };
            equipment::add(hall.desk().await, &code, ID, new).await.expect("adds");
        }
        staff::add(hall.desk().await, &code, ID, ("1 号窗口", "咨询", "")).await.expect("adds");
        let new = material::Lying { title: "公报", unit: "本", left: Some(3), low: Some(1) };
        material::add(hall.desk().await, &code, ID, new).await.expect("adds");
        let seen = REQUIREMENTS.iter().filter(|one| one.is_looked_at());
        let verdicts: Vec<(String, bool)> = seen.map(|one| (one.key.to_owned(), true)).collect();
        let part = verdicts[1..].to_vec();
        let refused = inspection::keep(hall.desk().await, &code, ID, (part, "")).await;
        assert!(matches!(refused, Err(ActError::Field(..))), "everything is looked at");
        let (met, whole) =
            inspection::keep(hall.desk().await, &code, ID, (verdicts, "")).await.expect("keeps");
        assert_eq!((met, whole), (REQUIREMENTS.len(), REQUIREMENTS.len()));
        let zone = hall.zone().await;
        let line = channels::store::EquipmentLine::of(hall.ledger.store(), &[ID.into()])
            .await
            .expect("asks");
        let printer = line.iter().find(|line| line.kind == Equipment::Printer).expect("one");
        equipment::set(hall.desk().await, &code, (ID, &printer.id), (false, "缺墨"))
            .await
            .expect("sets");
        let (found, look) =
            standing_of(hall.ledger.store(), &[zone]).await.expect("asks").remove(0);
        assert_eq!(found.missing, ["print"], "what breaks is wanting at once");
        assert!(look.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_machine_is_connected_by_a_number_and_calls_staff_once() {
    testing::on_both("zone_machine", async |place| {
        let hall = Hall::built(&place).await;
        let (code, ledger) = (hall.organ.code.clone(), &hall.ledger);
        device::opens(ledger, ID, PIN).await.expect_err("no number is set");
        let guessed = device::set_pin(hall.desk().await, &code, ID, "123456").await;
        assert_eq!(field(guessed), "kouling");
        device::set_pin(hall.desk().await, &code, ID, PIN).await.expect("sets");
        let zone = device::opens(ledger, ID, PIN).await.expect("opens");
        let token = device::connect(ledger, &zone, "1 号自助机").await.expect("connects");
        let line = device::known(ledger, &token).await.expect("asks").expect("is known");
        let sql = "SELECT COUNT(*) FROM zone_device WHERE mark = $1";
        let plain = ledger.store().number(sql, vec![token.clone().into()]).await.expect("asks");
        assert_eq!(plain, Some(0), "what the browser carries is not kept as it is");
        let second = device::connect(ledger, &zone, " ").await.expect("connects");
        let second = device::known(ledger, &second).await.expect("asks").expect("is known");
        assert_eq!(second.name, "2 号自助机", "nobody named it");
        for _ in 0..2 {
            call::call(ledger, &line).await.expect("calls");
        }
        assert_eq!(CallLine::waiting(ledger.store(), &code).await.expect("asks").len(), 1);
        call::answer(hall.desk().await, &code, ID).await.expect("answers");
        call::answer(hall.desk().await, &code, ID).await.expect_err("nobody waits");
        for _ in 0..PIN_TRIES {
            device::opens(ledger, ID, "999998").await.expect_err("wrong");
        }
        let shut = device::opens(ledger, ID, PIN).await.expect_err("shut for a while").to_string();
        assert!(shut.contains("15 分钟"), "{shut}");
        assert_eq!(hall.told("zone_wrong_pin").await, i64::from(PIN_TRIES));
        for line in [&line, &second] {
            device::disconnect(hall.desk().await, &code, (ID, &line.id))
                .await
                .expect("disconnects");
        }
        assert_eq!(device::known(ledger, &token).await.expect("asks"), None);
        assert!(DeviceLine::of_zone(ledger.store(), ID).await.expect("asks").is_empty());
    })
    .await;
}

#[tokio::test]
async fn whoever_guesses_at_once_has_no_more_guesses_than_one_after_another() {
    testing::on_both("zone_guesses", async |place| {
        let hall = Hall::built(&place).await;
        device::set_pin(hall.desk().await, &hall.organ.code, ID, PIN).await.expect("sets");
        let mut guesses = tokio::task::JoinSet::new();
        for at in 0..12 {
            let ledger = hall.ledger.clone();
            guesses.spawn(async move { device::opens(&ledger, ID, &format!("99{at:04}")).await });
        }
        while let Some(guessed) = guesses.join_next().await {
            guessed.expect("ends").expect_err("wrong");
        }
        assert_eq!(hall.told("zone_wrong_pin").await, i64::from(PIN_TRIES));
        let shut = device::opens(&hall.ledger, ID, PIN).await.expect_err("shut").to_string();
        assert!(shut.contains("15 分钟"), "{shut}");
    })
    .await;
}

#[tokio::test]
async fn the_pause_begins_with_the_fifth_wrong_number() {
    testing::on_both("zone_pause", async |place| {
        let hall = Hall::built(&place).await;
        device::set_pin(hall.desk().await, &hall.organ.code, ID, PIN).await.expect("sets");
        for minute in [0, 1, 2, 3, 14] {
            device::opens(&hall.at(minute).await, ID, "999998").await.expect_err("wrong");
        }
        for (minute, shut) in [(15, true), (28, true), (29, false)] {
            let opened = device::opens(&hall.at(minute).await, ID, PIN).await;
            assert_eq!(opened.is_err(), shut, "{minute} minutes after the first wrong number");
        }
        for minute in [30, 31, 32, 33, 50, 51] {
            device::opens(&hall.at(minute).await, ID, "999998").await.expect_err("wrong");
        }
        device::opens(&hall.at(52).await, ID, PIN).await.expect("four old ones count no more");
    })
    .await;
}

#[tokio::test]
async fn nobody_waits_at_a_zone_that_is_no_more() {
    testing::on_both("zone_last_call", async |place| {
        let hall = Hall::built(&place).await;
        let (code, ledger) = (hall.organ.code.clone(), &hall.ledger);
        device::set_pin(hall.desk().await, &code, ID, PIN).await.expect("sets");
        let zone = device::opens(ledger, ID, PIN).await.expect("opens");
        let token = device::connect(ledger, &zone, "1 号自助机").await.expect("connects");
        let line = device::known(ledger, &token).await.expect("asks").expect("is known");
        call::call(ledger, &line).await.expect("calls");
        zone::end(hall.desk().await, &code, ID, "搬迁").await.expect("ends");
        assert_eq!(CallLine::waiting(ledger.store(), &code).await.expect("asks"), []);
        let open = "SELECT COUNT(*) FROM zone_call WHERE answered_at IS NULL";
        assert_eq!(ledger.store().number(open, vec![]).await.expect("asks"), Some(0));
    })
    .await;
}

#[tokio::test]
async fn visits_are_counted_by_day_and_purpose() {
    testing::on_both("zone_visits", async |place| {
        let hall = Hall::built(&place).await;
        let (code, store) = (hall.organ.code.clone(), hall.ledger.store());
        let today = law::day(2026, 11, 25);
        let numbers = |a| [(Purpose::Inquiry, Some(a)), (Purpose::Consultation, Some(2))];
        for number in [5, 7] {
            visit::count(hall.desk().await, &code, (ID, Some(today)), &numbers(number))
                .await
                .expect("counts");
        }
        let lines = VisitLine::of(store, ID, (today, today)).await.expect("asks");
        let numbers: Vec<u32> = lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [2, 7], "the later count stands in place of the earlier");
        let tomorrow = Some(law::day(2026, 11, 26));
        let early = visit::count(hall.desk().await, &code, (ID, tomorrow), &[]).await;
        assert_eq!(field(early), "riqi");
        assert_eq!(tally(store, ("", "9"), today).await.expect("asks"), [(ID.to_owned(), 9)]);
    })
    .await;
}
