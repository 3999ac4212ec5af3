//! Four persons and nine acts, every sequence up to depth twelve: the rules against a second, shorter
//! telling of the access policy. Each person holds every role, so only the person can keep acts apart.

use std::collections::HashSet;

use review::steps::{Review, Taking};
use review::{ContentHash, Course, Signatory, State, Step, Verdict};

const DEPTH: usize = 12;

/// What a person may try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Submit,
    Edit,
    First,
    Secrecy,
    Sign,
    Return,
    Withdraw,
    Hasten,
    Publish,
}

const ACTS: [Act; 9] = [
    Act::Submit,
    Act::Edit,
    Act::First,
    Act::Secrecy,
    Act::Sign,
    Act::Return,
    Act::Withdraw,
    Act::Hasten,
    Act::Publish,
];

/// A unit as the policy tells of it: who did what, as bits of persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Told {
    content: u8,
    authors: u8,
    first: u8,
    secrecy: u8,
    signer: u8,
    urgent: u8,
    releaser: u8,
    /// 0 under way, 1 published, 2 over.
    ended: u8,
}

/// Everything: the content as it is now, who wrote it, and the last unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct World {
    content: u8,
    writers: u8,
    unit: Option<Told>,
}

impl Told {
    fn signed(self) -> bool {
        let first = self.first != 0 || self.urgent != 0;
        self.ended == 0 && first && self.secrecy != 0 && self.signer != 0
    }

    fn free(self, who: u8) -> bool {
        (self.authors | self.first | self.secrecy | self.signer) & who == 0
    }
}

/// What the policy says of an act: the world after it, or nothing where it is refused.
fn by_policy(world: World, act: Act, who: u8) -> Option<World> {
    let mut next = world;
    let unit = world.unit;
    let underway = unit.is_some_and(|unit| unit.ended == 0);
    match act {
        Act::Edit => {
            next.content = (world.content + 1) % 2;
            next.writers |= who;
            return Some(next);
        }
        Act::Submit => {
            if underway {
                return None;
            }
            let authors = world.writers | who;
            next.unit = Some(Told { content: world.content, authors, ..Told::default() });
            return Some(next);
        }
        _ => {}
    }
    let unit = unit?;
    let same = unit.content == world.content;
    next.unit = Some(match act {
        Act::Return => {
            // Whoever might pass the next step may return at it.
            let steps = [Act::First, Act::Secrecy, Act::Sign];
            let may = steps.into_iter().any(|step| by_policy(world, step, who).is_some());
            if unit.ended != 0 || !may {
                return None;
            }
            Told { ended: 2, ..unit }
        }
        Act::First | Act::Secrecy | Act::Sign => passed(unit, act, who, same)?,
        _ => turned(unit, act, who, same)?,
    });
    Some(next)
}

/// A unit after a step, or nothing where the step is refused.
fn passed(mut unit: Told, act: Act, who: u8, same: bool) -> Option<Told> {
    match act {
        Act::First => {
            let late = unit.ended == 1 && unit.urgent != 0;
            let open = unit.first == 0 && (unit.ended == 0 || late);
            let apart = (unit.urgent | unit.releaser) & who == 0;
            if !(open && unit.free(who) && apart && (same || late)) {
                return None;
            }
            unit.first = who;
        }
        Act::Secrecy => {
            let turn = unit.first != 0 || unit.urgent != 0;
            let open = unit.ended == 0 && turn && unit.secrecy == 0;
            if !(open && same && unit.free(who) && unit.urgent & who == 0) {
                return None;
            }
            unit.secrecy = who;
        }
        _ => {
            let open = unit.ended == 0 && unit.secrecy != 0 && unit.signer == 0;
            if !(open && same && unit.free(who)) {
                return None;
            }
            unit.signer = who;
        }
    }
    Some(unit)
}

/// A unit after what is not a step, or nothing where it is refused.
fn turned(mut unit: Told, act: Act, who: u8, same: bool) -> Option<Told> {
    match act {
        Act::Withdraw => {
            if unit.ended != 0 || unit.authors & who == 0 {
                return None;
            }
            unit.ended = 2;
        }
        Act::Hasten => {
            if unit.ended != 0 || unit.signed() || unit.urgent != 0 || !unit.free(who) {
                return None;
            }
            unit.urgent = who;
        }
        _ => {
            let early = unit.first == 0;
            let apart = !early || unit.secrecy & who == 0;
            if !(unit.signed() && same && unit.authors & who == 0 && apart) {
                return None;
            }
            unit.ended = 1;
            unit.releaser = who;
        }
    }
    Some(unit)
}

fn person(who: usize) -> Signatory {
    Signatory {
        person: format!("person {who}"),
        name: format!("{who}"),
        post: String::new(),
        role: String::new(),
        organ: "XM00001".into(),
        unit: String::new(),
        stands_in_for: None,
    }
}

fn hash(content: u8) -> ContentHash {
    ContentHash::of([content.to_string().as_str()])
}

/// What the rules say of the same act.
fn by_rules(unit: Option<&Review>, world: World, act: Act, who: usize) -> Option<Option<Review>> {
    let by = person(who);
    let content = hash(world.content);
    let ended = unit.is_none_or(|unit| unit.state.is_ended());
    let take = |step: Step, verdict: &Verdict| {
        let taking = Taking { step, partner: "", verdict };
        let late = unit?.state == State::Published;
        let content = if late { unit?.hash.clone() } else { content.clone() };
        unit?.clone().take(&taking, &by, &content).ok().map(|(review, _)| review)
    };
    let after = match act {
        Act::Edit => return Some(unit.cloned()),
        Act::Submit => {
            let wrote = (0..4).filter(|at| world.writers & (1 << at) != 0 || *at == who);
            let authors = wrote.map(|at| person(at).person).collect();
            let course = Course::with(false, vec![]).expect("the usual course");
            ended.then(|| Review::begin("XM00001".into(), content, authors, course))
        }
        Act::First => take(Step::First, &Verdict::Pass),
        Act::Secrecy => take(Step::Secrecy, &Verdict::Pass),
        Act::Sign => take(Step::Signature, &Verdict::Pass),
        Act::Return => {
            let why = Verdict::Return("不妥".into());
            let steps = [Step::First, Step::Secrecy, Step::Signature];
            steps
                .into_iter()
                .find_map(|step| take(step, &why))
                .filter(|one| one.state.is_ended())
                .filter(|one| one.state == State::Returned)
        }
        Act::Withdraw => unit?.clone().withdraw(&by).ok(),
        Act::Hasten => unit?.clone().hasten(&by, "台风红色预警").ok(),
        Act::Publish => unit?.clone().publish(&by, &["publisher"], &content).ok(),
    };
    after.map(Some)
}

/// What must hold of everything published, whatever led there.
fn is_sound(world: World, unit: &Review) {
    let told = world.unit.expect("a unit");
    let persons = |step: Step| {
        let at = unit.course.demands().iter().position(|demand| demand.step == step);
        let passed = unit.passed.iter().find(|passed| Some(passed.demand) == at);
        passed.map(|passed| passed.persons.clone())
    };
    let (secrecy, signer) = (persons(Step::Secrecy), persons(Step::Signature));
    let (secrecy, signer) = (secrecy.expect("保密审查"), signer.expect("签发"));
    assert!(secrecy.is_disjoint(&signer) && unit.authors.is_disjoint(&secrecy), "{unit:?}");
    assert!(unit.authors.is_disjoint(&signer) && unit.authors.is_disjoint(&unit.released));
    match persons(Step::First) {
        None => assert!(unit.is_urgent(), "{unit:?}"),
        Some(first) => {
            assert!(first.is_disjoint(&secrecy) && first.is_disjoint(&signer), "{unit:?}");
            assert!(first.is_disjoint(&unit.authors), "{unit:?}");
        }
    }
    assert_eq!(unit.hash, hash(told.content));
}

#[test]
fn no_sequence_of_acts_by_four_persons_publishes_what_was_not_reviewed_by_three_others() {
    let mut known: HashSet<World> = HashSet::new();
    let mut front = vec![(World::default(), None::<Review>)];
    known.insert(World::default());
    let (mut tried, mut published, mut differ) = (0usize, 0usize, Vec::new());
    for _ in 0..DEPTH {
        let mut next = Vec::new();
        for (world, unit) in front {
            for act in ACTS {
                for who in 0..4 {
                    tried += 1;
                    let policy = by_policy(world, act, 1 << who);
                    let rules = by_rules(unit.as_ref(), world, act, who);
                    let (Some(after), Some(review)) = (policy, rules.clone()) else {
                        if policy.is_some() != rules.is_some() {
                            differ.push(format!(
                                "{act:?} by {who} in {world:?}: {policy:?} {rules:?}"
                            ));
                        }
                        continue;
                    };
                    if act == Act::Publish {
                        published += 1;
                        assert_eq!(after.content, after.unit.map_or(9, |unit| unit.content));
                        is_sound(after, review.as_ref().expect("a unit"));
                    }
                    if known.insert(after) {
                        next.push((after, review));
                    }
                }
            }
        }
        front = next;
    }
    println!("{} states, {tried} acts tried, {published} publications", known.len());
    assert!(differ.is_empty(), "{} differ, the first: {}", differ.len(), differ[0]);
    assert!(published > 100, "the model reaches publications");
}
