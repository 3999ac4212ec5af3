//! What holds of the obligations of any catalogue, whatever happened.

use std::collections::{BTreeMap, BTreeSet};

use catalogue_rules::obligation::{
    Answerable, Contract, Disclosure, Duty, Facts, Measures, Obligation, ObligationState,
    Occurrence, Term, Terms, Trigger, of_catalogue,
};
use catalogue_rules::{Item, Method, TimeLimit};
use law::{Date, WorkCalendar, day};
use proptest::prelude::*;
use proptest::sample::select;

const LIMITS: [&str; 10] = [
    "信息形成或变更之日起20个工作日内",
    "本级人大或其常委会批准后20日内",
    "实时公开",
    "及时公开，公告期限5个工作日",
    "每季度",
    "每年1月31日前",
    "每20个工作日更新",
    "组织听证7个工作日前",
    "随采购公告、采购文件公开",
    "信息形成20个工作日内公开；行政许可、行政处罚事项自决定之日起7个工作日内公示",
];

/// The items' keys, one for each limit.
fn key(at: usize) -> String {
    format!("{at:08}")
}

fn duties(limits: &[&str]) -> Vec<Duty> {
    let duty = |(at, words): (usize, &&str)| {
        let item = Item {
            time_limit_raw: (*words).to_owned(),
            time_limit: TimeLimit::read(words),
            methods: vec![Method::Proactive],
            ..Item::default()
        };
        let answerable = ["a", "b"]
            .map(|organ| Answerable { organ: organ.into(), division: "350203000000".into() });
        Duty::of(&key(at), &item, answerable.to_vec())
    };
    limits.iter().enumerate().map(duty).collect()
}

/// Two versions: the second turns the order of the limits round.
fn contract() -> Contract {
    let turned: Vec<&str> = LIMITS.iter().rev().copied().collect();
    Contract {
        catalogue: "c".into(),
        organ: "a".into(),
        division: "350203000000".into(),
        domain: "jiuye".into(),
        known_since: day(2025, 6, 1),
        terms: vec![
            Term::new(day(2020, 11, 10), Some(day(2026, 3, 31)), duties(&LIMITS)),
            Term::new(day(2026, 4, 1), None, duties(&turned)),
        ],
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_i32..900).prop_map(|later| {
        day(2024, 9, 1).checked_add(jiff::Span::new().days(later)).expect("before 2028")
    })
}

fn organ() -> impl Strategy<Value = String> {
    select(vec!["a", "b"]).prop_map(str::to_owned)
}

prop_compose! {
    fn occurrence()(
        organ in organ(), item in 0..LIMITS.len(), happened_on in any_day(), registered_on in any_day(),
        words in select(vec!["预算已批准", "作出行政处罚决定"]), number in any::<u64>(),
    ) -> Occurrence {
        Occurrence {
            id: format!("e{number:020}"), organ, division: "350203000000".into(), item: key(item),
            words: words.into(), happened_on, registered_on,
        }
    }
}

prop_compose! {
    fn disclosure()(
        organ in organ(), item in 0..LIMITS.len(), made_on in any_day(), wait in 0_i32..60,
        stated in proptest::option::of(0_i32..30), number in any::<u64>(),
    ) -> Disclosure {
        let later = |days| made_on.checked_add(jiff::Span::new().days(days)).expect("before 2028");
        Disclosure {
            record: format!("r{number:020}"), organ, division: "350203000000".into(), item: key(item),
            title: String::new(), made_on, published_on: later(wait), stated_on: stated.map(later), answers: None,
        }
    }
}

prop_compose! {
    fn facts()(
        occurrences in proptest::collection::vec(occurrence(), 0..12),
        disclosures in proptest::collection::vec(disclosure(), 0..16),
    ) -> Facts {
        Facts { occurrences, disclosures, waivers: BTreeMap::new() }
    }
}

fn owed(facts: &Facts, today: Date) -> Vec<Obligation> {
    let terms =
        Terms { calendar: WorkCalendar::state_council(), measures: Measures::default(), today };
    of_catalogue(&contract(), facts, &terms)
}

proptest! {
    #[test]
    fn the_same_facts_in_any_order_give_the_same_obligations_in_the_same_order(
        (facts, shuffled) in facts().prop_flat_map(|facts| {
            let events = Just(facts.occurrences.clone()).prop_shuffle();
            let records = Just(facts.disclosures.clone()).prop_shuffle();
            let shuffled = (events, records).prop_map(|(occurrences, disclosures)| Facts {
                occurrences, disclosures, waivers: BTreeMap::new(),
            });
            (Just(facts), shuffled)
        }),
        today in any_day(),
    ) {
        prop_assert_eq!(owed(&facts, today), owed(&shuffled, today));
    }

    #[test]
    fn every_obligation_has_a_key_of_its_own_and_no_record_keeps_two_of_a_kind(
        facts in facts(), today in any_day(),
    ) {
        let owed = owed(&facts, today);
        let keys: BTreeSet<&str> = owed.iter().map(|one| one.id.as_str()).collect();
        prop_assert_eq!(keys.len(), owed.len());
        let by_itself = |one: &Obligation| matches!(one.trigger, Trigger::Record(_));
        let records: Vec<(bool, &str)> = owed
            .iter()
            .filter_map(|one| Some((by_itself(one), one.kept.as_ref()?.record.as_str())))
            .collect();
        let different: BTreeSet<(bool, &str)> = records.iter().copied().collect();
        prop_assert_eq!(different.len(), records.len());
    }

    #[test]
    fn an_event_registered_later_never_takes_away_what_kept_an_obligation(
        facts in facts(), mut event in occurrence(), later in 0_i32..90, today in any_day(),
    ) {
        let before = owed(&facts, today);
        let known = facts.occurrences.iter().map(|one| one.registered_on);
        let last = known.chain(facts.disclosures.iter().map(|one| one.published_on)).max();
        let last = last.unwrap_or(day(2025, 1, 1));
        event.registered_on = last.checked_add(jiff::Span::new().days(later)).expect("before 2029");
        event.id = format!("f{}", event.id);
        let mut more = facts.clone();
        more.occurrences.push(event);
        let after: BTreeMap<String, Obligation> =
            owed(&more, today).into_iter().map(|one| (one.id.clone(), one)).collect();
        for was in before.iter().filter(|one| one.kept.is_some()) {
            let now = after.get(&was.id);
            prop_assert!(now.is_none_or(|now| now.kept == was.kept), "{was:?} became {now:?}");
            let was_late = was.state == ObligationState::KeptLate;
            prop_assert!(!was_late || now.is_some(), "{was:?} was late and is gone");
        }
        let records = |owed: &mut dyn Iterator<Item = &Obligation>| -> BTreeSet<String> {
            owed.filter_map(|one| Some(one.kept.as_ref()?.record.clone())).collect()
        };
        prop_assert_eq!(records(&mut before.iter()), records(&mut after.values()));
    }

    #[test]
    fn states_agree_with_the_days(facts in facts(), today in any_day()) {
        for one in owed(&facts, today) {
            let (due, kept) = (one.due.map(|due| due.date), one.kept.as_ref().map(|kept| kept.on));
            let agrees = match one.state {
                ObligationState::NotDue | ObligationState::DueSoon => {
                    kept.is_none() && due >= Some(today)
                }
                ObligationState::Kept => kept.is_some() && kept <= due,
                ObligationState::KeptLate => due.is_some() && kept > due,
                ObligationState::Overdue => kept.is_none() && due < Some(today) && due.is_some(),
                ObligationState::Undated => due.is_none(),
                ObligationState::Waived => one.waived.is_some(),
            };
            prop_assert!(agrees, "{one:?}");
        }
    }
}
