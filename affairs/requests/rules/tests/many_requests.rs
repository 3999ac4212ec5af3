//! Two hundred offices, each with five thousand events of any kind on any request: after every one of
//! them the clock agrees with a reckoning that shares no code with it and goes day by day.

mod reckoning;

use law::{Date, WorkCalendar, WorkingDays, day};
use reckoning::{Reckoned, Reckoning, Table};
use requests_rules::{
    Awaited, Clock, Consulted, EXTENSION_LIMIT, Event, Happening, Standing, StepError, recount,
};

const SEEDS: u64 = 200;
const EVENTS: usize = 5_000;

#[test]
fn two_hundred_offices_first_quarter() {
    offices(0..SEEDS / 4);
}

#[test]
fn two_hundred_offices_second_quarter() {
    offices(SEEDS / 4..SEEDS / 2);
}

#[test]
fn two_hundred_offices_third_quarter() {
    offices(SEEDS / 2..SEEDS * 3 / 4);
}

#[test]
fn two_hundred_offices_last_quarter() {
    offices(SEEDS * 3 / 4..SEEDS);
}

fn offices(seeds: std::ops::Range<u64>) {
    let table = Table::new(WorkCalendar::state_council());
    let mut seen = Seen::default();
    for seed in seeds {
        Office::open(seed, &table).work(&mut seen);
    }
    assert!(seen.refused > 10_000 && seen.accepted > 50_000, "{seen:?}");
    assert!(seen.stopped > 10_000 && seen.overdue > 1_000 && seen.abandoned > 100, "{seen:?}");
}

/// What was met with, so that a driver that tries nothing does not pass.
#[derive(Debug, Default)]
struct Seen {
    accepted: usize,
    refused: usize,
    stopped: usize,
    overdue: usize,
    abandoned: usize,
}

/// Numbers from a seed (xorshift64*), the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % bound
    }

    fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }
}

/// A request, told to the clock and to the reckoning.
struct File<'table> {
    clock: Clock,
    reckoning: Reckoning<'table>,
    accepted: Vec<Event>,
    before: Standing,
}

struct Office<'table> {
    seed: u64,
    chance: Chance,
    today: Date,
    files: Vec<File<'table>>,
    table: &'table Table,
}

impl<'table> Office<'table> {
    fn open(seed: u64, table: &'table Table) -> Self {
        let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let later = i64::try_from(chance.below(2_400)).expect("small");
        let today = day(2016, 6, 1).saturating_add(jiff::Span::new().days(later));
        Self { seed, chance, today, files: Vec::new(), table }
    }

    fn work(mut self, seen: &mut Seen) {
        for number in 0..EVENTS {
            let later = [0, 0, 0, 1, 1, 2][usize::try_from(self.chance.below(6)).expect("small")];
            self.today = self.today.saturating_add(jiff::Span::new().days(later));
            if self.files.len() < 6 || self.chance.one_in(12) {
                self.receive();
            }
            let place = self.chance.below(self.files.len() as u64);
            let place = usize::try_from(place).expect("small");
            let event = Event::new(self.today, self.happening());
            self.tell(place, &event, number, seen);
        }
    }

    fn receive(&mut self) {
        if self.files.len() > 8 {
            self.files.remove(0);
        }
        let clock = Clock::start(self.today).expect("after 2008");
        let before = clock.standing(self.today, WorkCalendar::state_council()).expect("in reach");
        let reckoning = Reckoning::start(self.table, self.today);
        let accepted = vec![Event::new(self.today, Happening::Received)];
        self.files.push(File { clock, reckoning, accepted, before });
    }

    fn happening(&mut self) -> Happening {
        let chance = &mut self.chance;
        let who = ["甲", "乙", "丙"][usize::try_from(chance.below(3)).expect("small")].to_owned();
        let of = [Consulted::ThirdParty, Consulted::JointMaker, Consulted::OtherOrgan]
            [usize::try_from(chance.below(3)).expect("small")];
        let ahead = i64::try_from(chance.below(4)).expect("small");
        let later = self.today.saturating_add(jiff::Span::new().days(ahead));
        let served = (!chance.one_in(5)).then_some(later);
        match chance.below(24) {
            0..=1 => Happening::CorrectionAsked {
                days: chance.one_in(2).then_some(WorkingDays(5)),
                supervisor: chance.one_in(3),
                served,
            },
            2..=3 => Happening::CorrectionReceived { excuse: chance.one_in(2) },
            4..=7 => Happening::OpinionAsked { of, who, served },
            8..=12 => Happening::OpinionGiven { of, who },
            13..=15 => {
                let days = u32::try_from(chance.below(22)).expect("small");
                Happening::Extended { days: WorkingDays(days), approved: !chance.one_in(5) }
            }
            16 => {
                let ahead = i64::try_from(chance.below(90)).expect("small");
                let until = self.today.saturating_add(jiff::Span::new().days(ahead));
                if chance.one_in(4) { Happening::Delayed { until } } else { Happening::Replied }
            }
            17 => Happening::FeeNoticed { served },
            18 => Happening::FeePaid,
            19 => Happening::Served { letter: Awaited::Opinion { of, who } },
            20 => Happening::Served { letter: Awaited::Correction },
            21 => Happening::Served { letter: Awaited::Payment },
            22 => Happening::Replied,
            _ if chance.one_in(4) => Happening::Withdrawn,
            _ => Happening::Received,
        }
    }

    fn tell(&mut self, place: usize, event: &Event, number: usize, seen: &mut Seen) {
        let calendar = WorkCalendar::state_council();
        let (seed, file) = (self.seed, &mut self.files[place]);
        let told = || format!("seed {seed}, event {number}: {event:?} after {:?}", file.accepted);
        let before = file.clock.clone();
        let accepted = match file.clock.step(event, calendar) {
            Ok(()) => true,
            Err(StepError::Refused(_)) => false,
            Err(StepError::Calendar(gap)) => panic!("{gap}: {}", told()),
        };
        file.reckoning.advance(event.on);
        let standing = file.clock.standing(event.on, calendar).expect("in reach");
        assert_eq!(file.reckoning.admits(event), accepted, "{}", told());
        if accepted {
            file.reckoning.take(event);
        } else {
            assert_eq!(file.clock, before, "a refused step changes nothing: {}", told());
        }
        let reckoned = file.reckoning.standing();
        assert!(
            reckoned.agrees_with(&standing, self.table),
            "{reckoned:?} {standing:?} {}",
            told()
        );
        assert!(follows(&file.before, &standing, &event.what), "{:?} {standing:?}", file.before);
        let limit = EXTENSION_LIMIT.on(file.clock.received()).expect("in force").value;
        assert!(file.clock.extended() <= limit, "{}", told());
        if accepted {
            file.accepted.push(event.clone());
            seen.accepted += 1;
        } else {
            seen.refused += 1;
        }
        if number.is_multiple_of(40) {
            let again = recount(&file.accepted, calendar).expect("in reach");
            assert_eq!(again.as_ref(), Some(&file.clock), "seed {seed}, event {number}");
        }
        seen.note(&standing);
        file.before = standing;
    }
}

impl Seen {
    fn note(&mut self, standing: &Standing) {
        match standing {
            Standing::Stopped { waiting, .. } => {
                assert!(!waiting.is_empty(), "a clock stops for a reason");
                self.stopped += 1;
            }
            Standing::Overdue { .. } => self.overdue += 1,
            Standing::Abandoned { .. } => self.abandoned += 1,
            _ => {}
        }
    }
}

/// No way leads out of a final state, and what is overdue stays so until it is closed.
fn follows(before: &Standing, now: &Standing, what: &Happening) -> bool {
    match (before, now) {
        (Standing::Replied { .. } | Standing::Withdrawn { .. }, now) => before == now,
        (Standing::Abandoned { .. }, now) => {
            before == now || *what == Happening::CorrectionReceived { excuse: true }
        }
        (Standing::Overdue { due, .. }, Standing::Overdue { due: same, .. }) => due == same,
        (Standing::Overdue { .. }, Standing::Replied { in_time, .. }) => !in_time,
        (Standing::Overdue { .. }, now) => matches!(now, Standing::Withdrawn { .. }),
        _ => true,
    }
}

#[test]
fn the_reckoning_would_notice_a_day() {
    let table = Table::new(WorkCalendar::state_council());
    let clock = Clock::start(day(2025, 3, 3)).expect("in force");
    let mut reckoning = Reckoning::start(&table, day(2025, 3, 4));
    reckoning.advance(day(2025, 3, 4));
    let standing = clock.standing(day(2025, 3, 4), WorkCalendar::state_council());
    assert!(!reckoning.standing().agrees_with(&standing.expect("in reach"), &table));
    assert!(matches!(reckoning.standing(), Reckoned::Running { .. }));
}
