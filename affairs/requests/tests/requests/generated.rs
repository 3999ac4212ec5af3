//! Two hundred files drawn at random are driven through the acts; the register and the file stand as the rules
//! say that are told the same, and what an act refuses the rules refuse.

use std::fmt::Write as _;

use law::{Date, WorkingDays};
use ledger::Actor;
use requests::acts::correction::Supplement;
use requests::acts::proposal::Wish;
use requests::acts::{ActError, By, charging, correction, opinion, withdrawal};
use requests::store::{Asked, OpinionCase, Projection, ProposalKind};
use requests_rules::{
    Awaited, Consulted, CorrectionNotice, Event, FeeMethod, Happening, Opinion, tell,
};

use crate::house::{House, ORGAN, on_both, open_already, people};

/// Numbers that only look random, the same for the same seed.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, most: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// A file and what the rules were told of it.
struct Driven<'a> {
    house: &'a House,
    request: String,
    story: Vec<Event>,
    written: String,
}

impl Driven<'_> {
    /// What an act did: the rules are told the same and say the same.
    fn note(&mut self, on: Date, what: Happening, told: Result<(), ActError>) {
        let calendar = self.house.ledger.calendar();
        let mut with = self.story.clone();
        with.push(Event::new(on, what.clone()));
        let refused = !tell(&with, &calendar).expect("in reach").refused.is_empty();
        writeln!(self.written, "{on} {what:?}: {told:?}").expect("writes");
        match told {
            Ok(()) => {
                assert!(!refused, "the rules refuse what was done\n{}", self.written);
                self.story = with;
            }
            Err(ActError::Law(_)) => assert!(refused, "the rules allow it\n{}", self.written),
            // what an act asks beyond the clock: opinions over, nothing on a closed file, one at a time
            Err(ActError::Refused(..) | ActError::Faults(_) | ActError::Overtaken(_)) => {}
            Err(other) => panic!("{other:?}\n{}", self.written),
        }
    }

    /// The file and its row stand as the rules say.
    async fn compare(&self, on: Date) {
        let calendar = self.house.ledger.calendar();
        let case = self.house.case(&self.request).await;
        let clock = tell(&self.story, &calendar).expect("in reach").clock.expect("received");
        let said = clock.standing(on, &calendar).expect("in reach");
        let stands = case.standing(on, &calendar).expect("in reach").expect("received");
        assert_eq!(stands, said, "{}", self.written);
        if case.filing.closed_on.is_none() {
            let shown = Projection::of(&said);
            assert_eq!(case.filing.state, shown.state, "{}", self.written);
            assert_eq!(case.filing.due, shown.due, "{}", self.written);
        }
    }

    async fn step(&mut self, on: Date, which: u64, drawn: &mut Drawn) {
        match which {
            0 => self.correction_asked(on, drawn).await,
            1 => self.correction_comes(on).await,
            2 | 3 => self.opinion_asked(on, drawn).await,
            4 | 5 => self.opinion_comes(on).await,
            6 | 7 => self.decided(on, which == 6, drawn).await,
            8 => {
                let by = people().officer;
                let desk = self.house.of(&on.to_string(), &by).await;
                let told = charging::pay(desk, &by, &self.request, (on, "票")).await;
                self.note(on, Happening::FeePaid, told);
            }
            9 if drawn.below(3) == 0 => {
                let desk = self.house.desk(&on.to_string(), Actor::Visitor).await;
                let told = withdrawal::withdraw(desk, ORGAN, &self.request).await;
                self.note(on, Happening::Withdrawn, told);
            }
            10 => {
                let told =
                    self.house.answered(&on.to_string(), &self.request, open_already()).await;
                self.note(on, Happening::Replied, told.map(|_| ()));
            }
            _ => {}
        }
    }

    async fn correction_asked(&mut self, on: Date, drawn: &mut Drawn) {
        let by = people().officer;
        let notice =
            CorrectionNotice { items: vec!["地块".into()], days: None, supervisor: false };
        let what = notice.event(None);
        let desk = self.house.of(&on.to_string(), &by).await;
        let told = correction::ask(desk, &self.house.sealer, &by, &self.request, notice).await;
        let letter = told.as_ref().ok().map(|letter| letter.id.clone());
        self.note(on, what, told.map(|_| ()));
        self.maybe_served(on, letter, (Awaited::Correction, drawn)).await;
    }

    async fn correction_comes(&mut self, on: Date) {
        let desk = self.house.desk(&on.to_string(), Actor::Visitor).await;
        let asked = (ORGAN, self.request.as_str());
        let sealer = &self.house.sealer;
        let told =
            correction::receive(desk, sealer, By::Applicant, asked, Supplement::default()).await;
        self.note(on, Happening::CorrectionReceived { excuse: false }, told);
    }

    async fn opinion_asked(&mut self, on: Date, drawn: &mut Drawn) {
        let by = people().officer;
        let name = ["甲局", "乙局"][usize::try_from(drawn.below(2)).expect("small")];
        let jointly = drawn.below(2) == 0;
        let asked = Asked::Organ { code: None, name: name.into(), jointly };
        let desk = self.house.of(&on.to_string(), &by).await;
        let sealer = &self.house.sealer;
        let told = opinion::ask(desk, sealer, &by, &self.request, (asked, "纪要")).await;
        let of = if jointly { Consulted::JointMaker } else { Consulted::OtherOrgan };
        let who = told.as_ref().map_or(name.to_owned(), |one| one.opinion.label.clone());
        let letter = told.as_ref().ok().map(|one| one.letter.id.clone());
        let what = Happening::OpinionAsked { of, who: who.clone(), served: None };
        self.note(on, what, told.map(|_| ()));
        self.maybe_served(on, letter, (Awaited::Opinion { of, who }, drawn)).await;
    }

    /// Two of three letters arrive on the same day; the others are not shown to have arrived.
    async fn maybe_served(
        &mut self,
        on: Date,
        letter: Option<String>,
        (awaited, drawn): (Awaited, &mut Drawn),
    ) {
        let Some(letter) = letter.filter(|_| drawn.below(3) > 0) else { return };
        let told = self.house.served(&on.to_string(), &self.request, &letter).await;
        self.note(on, Happening::Served { letter: awaited }, told.map(|_| ()));
    }

    async fn decided(&mut self, on: Date, extends: bool, drawn: &mut Drawn) {
        let days = WorkingDays(u32::try_from(1 + drawn.below(12)).expect("small"));
        let (wish, what) = if extends {
            let wish = Wish::Plain(ProposalKind::Extension { days });
            (wish, Happening::Extended { days, approved: true })
        } else {
            (Wish::Fee(FeeMethod::PerPage, 40), Happening::FeeNoticed { served: None })
        };
        let told = self.house.decided(&on.to_string(), &self.request, wish).await;
        self.note(on, what, told.map(|_| ()));
    }

    async fn opinion_comes(&mut self, on: Date) {
        let (house, by) = (self.house, people().officer);
        let asked = OpinionCase::of(house.ledger.store(), &self.request).await.expect("reads");
        let Some(asked) = asked.into_iter().find(|one| one.given_on.is_none()) else { return };
        let paper = house.file("函.pdf", requests::store::Purpose::Opinion, b"x").await;
        let desk = house.of(&on.to_string(), &by).await;
        let said = (Opinion::Agrees, "同意", on);
        let told = opinion::register(desk, &house.sealer, &by, &asked.id, said, paper).await;
        let what = Happening::OpinionGiven { of: asked.of, who: asked.label.clone() };
        self.note(on, what, told);
    }
}

/// How many files are driven, fewer on the engine that is asked over the network, and how many steps at most.
const FILES: u64 = 200;
const FILES_OVER_THE_NETWORK: u64 = 40;
const STEPS: u64 = 9;

#[tokio::test]
async fn files_driven_at_random_stand_as_the_rules_say() {
    on_both(async |house| {
        let files = match house.ledger.store().engine() {
            store::Engine::Sqlite => FILES,
            store::Engine::Postgres => FILES_OVER_THE_NETWORK,
        };
        for seed in 1..=files {
            let mut drawn = Drawn(seed);
            let begins = Date::constant(2025, 9, 1);
            let mut on = begins.checked_add(
                jiff::Span::new().days(i64::try_from(drawn.below(120)).expect("small")),
            );
            let day = on.clone().expect("a day");
            let request = house.assigned(&day.to_string(), &format!("申请人{seed}")).await;
            let story = vec![Event::new(day, Happening::Received)];
            let mut driven = Driven { house, request, story, written: format!("seed {seed}\n") };
            for _ in 0..drawn.below(STEPS) + 1 {
                let days = i64::try_from(drawn.below(9)).expect("small");
                on = on.and_then(|day| day.checked_add(jiff::Span::new().days(days)));
                let day = on.clone().expect("a day");
                let which = drawn.below(11);
                driven.step(day, which, &mut drawn).await;
                let renewed = house.ledger.clone().with_clock(crate::house::at(&day.to_string()));
                requests::acts::renewal::renew(&renewed).await.expect("renews");
                driven.compare(day).await;
            }
        }
    })
    .await;
}
