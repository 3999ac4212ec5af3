//! What holds of any story, fee and day.

use law::{Date, WorkCalendar, WorkingDays, day};
use proptest::prelude::*;
use proptest::sample::select;
use requests_rules::{
    Alarm, Awaited, Consulted, Event, Explanation, Happening, PER_ITEM, PER_PAGE, ProvidedForm,
    Standing, insert, moved, per_page, recount, tell,
};

fn day_from(first: Date, within: i64) -> BoxedStrategy<Date> {
    (0..within).prop_map(move |later| first.saturating_add(jiff::Span::new().days(later))).boxed()
}

/// Any day at all.
fn any_day() -> impl Strategy<Value = Date> {
    (-9_999_i16..=9_999, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| law::day(year, month, day))
}

fn consulted() -> impl Strategy<Value = Consulted> {
    select(vec![Consulted::ThirdParty, Consulted::JointMaker, Consulted::OtherOrgan])
}

fn who() -> impl Strategy<Value = String> {
    select(vec!["甲", "乙"]).prop_map(str::to_owned)
}

fn happening(days: BoxedStrategy<Date>) -> impl Strategy<Value = Happening> {
    let served = prop::option::of(days.clone());
    prop_oneof![
        Just(Happening::Received),
        (prop::option::of(0_u32..30), any::<bool>(), served.clone()).prop_map(
            |(days, supervisor, served)| Happening::CorrectionAsked {
                days: days.map(WorkingDays),
                supervisor,
                served
            }
        ),
        any::<bool>().prop_map(|excuse| Happening::CorrectionReceived { excuse }),
        (consulted(), who(), served.clone())
            .prop_map(|(of, who, served)| Happening::OpinionAsked { of, who, served }),
        (consulted(), who()).prop_map(|(of, who)| Happening::OpinionGiven { of, who }),
        (consulted(), who())
            .prop_map(|(of, who)| Happening::Served { letter: Awaited::Opinion { of, who } }),
        Just(Happening::Served { letter: Awaited::Correction }),
        (0_u32..25, any::<bool>())
            .prop_map(|(days, approved)| Happening::Extended { days: WorkingDays(days), approved }),
        days.prop_map(|until| Happening::Delayed { until }),
        served.prop_map(|served| Happening::FeeNoticed { served }),
        Just(Happening::FeePaid),
        Just(Happening::Replied),
        Just(Happening::Withdrawn),
    ]
}

/// A story that begins in November of a year, so that it crosses into the next.
fn story_of(year: i16) -> impl Strategy<Value = Vec<Event>> {
    let november = day(year, 11, 1);
    let days = day_from(november, 120);
    let event =
        (days, happening(day_from(november, 200))).prop_map(|(on, what)| Event::new(on, what));
    (day_from(november, 20), prop::collection::vec(event, 0..14)).prop_map(|(received, events)| {
        let mut story = vec![Event::new(received, Happening::Received)];
        story.extend(events);
        story
    })
}

fn story() -> impl Strategy<Value = Vec<Event>> {
    story_of(2025)
}

proptest! {
    #[test]
    fn the_order_of_registration_does_not_matter_only_the_days_do(story in story()) {
        let calendar = WorkCalendar::state_council();
        let mut sorted = story[1..].to_vec();
        sorted.sort_by_key(|event| event.on);
        sorted.insert(0, story[0].clone());
        let (one, other) = (tell(&story, calendar), tell(&sorted, calendar));
        prop_assert_eq!(one.expect("in reach").clock, other.expect("in reach").clock);
    }

    #[test]
    fn refused_events_might_as_well_not_have_been_told(story in story()) {
        let calendar = WorkCalendar::state_council();
        let told = tell(&story, calendar).expect("in reach");
        let refused = |place: &usize| told.refused.iter().any(|(refused, _)| refused == place);
        let lawful: Vec<Event> =
            (0..story.len()).filter(|place| !refused(place)).map(|at| story[at].clone()).collect();
        let again = tell(&lawful, calendar).expect("in reach");
        prop_assert!(again.refused.is_empty());
        prop_assert_eq!(&again.clock, &told.clock);
        prop_assert_eq!(recount(&lawful, calendar).expect("in reach"), told.clock);
    }

    #[test]
    fn an_event_registered_late_stands_where_it_belongs_or_is_refused(
        story in story(), late in happening(day_from(day(2025, 11, 1), 200)),
        on in day_from(day(2025, 11, 1), 120),
    ) {
        let calendar = WorkCalendar::state_council();
        if let Ok(with) = insert(&story, Event::new(on, late), calendar) {
            prop_assert_eq!(with.len(), story.len() + 1);
            prop_assert!(tell(&with, calendar).expect("in reach").refused.is_empty());
        }
    }

    #[test]
    fn every_standing_is_explained_and_drawn(story in story(), on in day_from(day(2025, 11, 1), 300)) {
        let calendar = WorkCalendar::state_council();
        let Some(clock) = tell(&story, calendar).expect("in reach").clock else { return Ok(()) };
        let explanation = Explanation::of(&clock, on, calendar).expect("in reach");
        prop_assert!(explanation.for_applicant().count() >= 3);
        prop_assert!(!explanation.for_applicant().any(|words| words.contains(['甲', '乙'])));
        let track = clock.track(on, calendar).expect("in reach");
        prop_assert!(track.windows(2).all(|pair| pair[0].through == pair[1].after));
        prop_assert!(track.iter().all(|one| one.after < one.through));
        if let Standing::Stopped { waiting, .. } = clock.standing(on, calendar).expect("in reach") {
            prop_assert!(!waiting.is_empty());
        }
    }

    #[test]
    fn a_calendar_issued_later_may_move_a_day_but_never_undoes_a_step(story in story_of(2026)) {
        let calendar = WorkCalendar::state_council();
        let text = include_str!("arrangement_2027.txt");
        let later = calendar.clone().with(law::Arrangement::parse(text).expect("an arrangement"));
        let told = tell(&story, calendar).expect("in reach");
        let refused = |place: &usize| told.refused.iter().any(|(refused, _)| refused == place);
        let lawful: Vec<Event> =
            (0..story.len()).filter(|place| !refused(place)).map(|at| story[at].clone()).collect();
        let on = day(2027, 3, 31);
        let (Some(before), Some(after)) = (
            recount(&lawful, calendar).expect("in reach"), recount(&lawful, &later).expect("in reach"),
        ) else { return Ok(()) };
        prop_assert_eq!(before.extended(), after.extended());
        let moved = moved(&lawful, (calendar, &later), on).expect("in reach");
        if let Some(moved) = moved {
            let provisional = |due: Option<law::Counted>| due.is_some_and(|due| due.provisional);
            prop_assert!(provisional(moved.before) || moved.before.is_none());
            prop_assert!(!provisional(moved.after));
        }
    }

    #[test]
    fn a_day_beyond_the_calendar_is_refused_and_changes_nothing(
        received in day_from(day(2025, 11, 1), 20), later in 0_i64..5,
        what in happening(day_from(day(2099, 11, 20), 3_000)),
    ) {
        let calendar = WorkCalendar::state_council();
        let before = requests_rules::Clock::start(received).expect("in force");
        let on = received.saturating_add(jiff::Span::new().days(later));
        let mut clock = before.clone();
        if clock.step(&Event::new(on, what), calendar).is_err() {
            prop_assert_eq!(&clock, &before);
        }
        prop_assert!(clock.standing(on, calendar).is_ok());
    }

    #[test]
    fn an_alarm_is_raised_on_the_first_day_with_so_many_left(due in day_from(day(2020, 1, 1), 2_500)) {
        let calendar = WorkCalendar::state_council();
        let due = law::Counted { date: due, provisional: false };
        for alarm in Alarm::ALL {
            let Some(left) = alarm.left() else { continue };
            let raised = alarm.raised_on(due, calendar).expect("in reach");
            let between = |from| calendar.working_days_between(from, due.date).expect("in reach").value;
            prop_assert!(between(raised) <= left);
            prop_assert!(between(raised.yesterday().expect("a day")) > left);
        }
    }

    #[test]
    fn fees_grow_with_the_number_and_do_not_depend_on_how_it_is_cut(
        first in 1_u64..300, second in 0_u64..300, third in 0_u64..300,
    ) {
        for scale in [PER_ITEM, PER_PAGE] {
            let scale = scale.on(day(2026, 1, 1)).expect("in force").value;
            let (middle, last) = (first + second, first + second + third);
            let whole = scale.charge(1, last);
            let parts = [(1, first), (first + 1, middle), (middle + 1, last)];
            let parts: u64 = parts.map(|(from, to)| scale.charge(from, to).amount).iter().sum();
            prop_assert_eq!(whole.amount, parts);
            prop_assert!(scale.charge(1, last + 1).amount >= whole.amount);
            prop_assert_eq!(whole.tiers.iter().map(|tier| tier.count).sum::<u64>(), last);
            prop_assert_eq!(whole.tiers.iter().map(|tier| tier.amount).sum::<u64>(), whole.amount);
        }
    }

    #[test]
    fn no_day_and_no_number_makes_it_panic(
        received in any_day(), on in any_day(), served in prop::option::of(any_day()),
        days in any::<u32>(), pages in any::<u64>(),
    ) {
        let calendar = WorkCalendar::state_council();
        let who = || "甲".to_owned();
        let story = [
            Event::new(received, Happening::Received),
            Event::new(on, Happening::OpinionAsked { of: Consulted::ThirdParty, who: who(), served }),
            Event::new(on, Happening::CorrectionAsked {
                days: Some(WorkingDays(days)), supervisor: true, served,
            }),
            Event::new(on, Happening::Extended { days: WorkingDays(days), approved: true }),
            Event::new(on, Happening::Delayed { until: served.unwrap_or(on) }),
        ];
        if let Ok(told) = tell(&story, calendar) {
            if let Some(clock) = told.clock {
                let _ = clock.standing(on, calendar);
                let _ = clock.track(on, calendar);
                let _ = Explanation::of(&clock, on, calendar);
            }
            for (_, refused) in told.refused {
                prop_assert!(!refused.to_string().is_empty() && !refused.why.remedy().is_empty());
            }
        }
        let _ = recount(&story, calendar);
        let _ = per_page(received, ProvidedForm::Paper, pages.min(1_000_000_000), false);
        let _ = PER_PAGE.on(day(2026, 1, 1)).expect("in force").value.charge(1, pages);
    }
}
