//! Every state of a letter under every event: what leads on, and why the rest is refused.

use std::fmt::Write as _;

use law::Provision;
use suggestions_rules::{
    Course, Extension, SuggestionEvent as Event, SuggestionState as State, Why,
};

/// All courses that can be asked about, and whether the last day is over.
fn courses() -> impl Iterator<Item = (Course, bool)> {
    let flags = [false, true];
    State::ALL.into_iter().flat_map(move |state| {
        Extension::ALL.into_iter().flat_map(move |extension| {
            flags.into_iter().flat_map(move |again| {
                flags.into_iter().flat_map(move |rated| {
                    let course = Course { state, extension, again, rated };
                    flags.into_iter().map(move |late| (course, late))
                })
            })
        })
    })
}

fn cited(basis: Provision) -> bool {
    !basis.name().trim().is_empty()
}

#[test]
fn every_event_in_every_state_leads_on_or_is_refused_with_a_provision() {
    let (mut transitions, mut refusals, mut without) = (0, 0, 0);
    for (course, late) in courses() {
        for event in Event::ALL {
            let basis = match course.step(event, late) {
                Ok(_) => {
                    transitions += 1;
                    event.basis()
                }
                Err(unfit) => {
                    refusals += 1;
                    assert_eq!((unfit.event, unfit.state), (event, course.state));
                    assert!(!unfit.why.remedy().is_empty() && !unfit.to_string().is_empty());
                    unfit.why.basis()
                }
            };
            without += u32::from(!cited(basis));
        }
    }
    println!("transitions {transitions}, refusals {refusals}, without provision {without}");
    assert_eq!(without, 0);
    assert!(transitions > 0 && refusals > transitions);
}

/// The table as a lawyer reads it: a fresh letter in each state under each event, in time.
#[test]
fn the_table_stands_as_it_was_read() {
    let mut table = String::new();
    let fresh = State::ALL.map(|state| (state.name(), state, state == State::Settled));
    let second = [("再次办理中", State::InHand, true)];
    for (name, state, again) in fresh.into_iter().chain(second) {
        for event in Event::ALL {
            let course = Course { state, extension: Extension::None, again, rated: false };
            let cell = match course.step(event, false) {
                Ok(next) => format!("→ {}", next.state.name()),
                Err(unfit) => format!("× {}（{}）", unfit.why, unfit.why.basis()),
            };
            writeln!(table, "| {} | {} | {cell} |", name, event.name()).expect("writes");
        }
    }
    let kept = include_str!("course.md");
    let kept: String = kept.lines().filter(|line| line.starts_with("| ")).skip(1).fold(
        String::new(),
        |mut all, line| {
            all.push_str(line);
            all.push('\n');
            all
        },
    );
    assert!(kept == table, "tests/course.md differs from the rules; they say:\n{table}");
}

fn after(events: &[(Event, bool)]) -> Result<Course, Why> {
    events
        .iter()
        .try_fold(Course::begun(), |course, (event, late)| course.step(*event, *late))
        .map_err(|unfit| unfit.why)
}

const TAKEN: (Event, bool) = (Event::Acceptance, false);
const ANSWER: [(Event, bool); 3] =
    [(Event::AnswerDraft, false), (Event::AnswerApproval, false), (Event::AnswerDispatch, false)];

#[test]
fn a_letter_is_extended_once_by_what_was_proposed_and_in_time() {
    let proposed = (Event::ExtensionProposal, false);
    let granted = (Event::ExtensionGrant, false);
    let denied = (Event::ExtensionDenial, false);
    for (events, refused) in [
        (vec![TAKEN, granted], Why::NoExtensionWaits),
        (vec![TAKEN, proposed, proposed], Why::ExtensionWaits),
        (vec![TAKEN, proposed, granted, proposed], Why::Extended),
        (vec![TAKEN, (Event::ExtensionProposal, true)], Why::TooLate),
        (vec![TAKEN, proposed, (Event::ExtensionGrant, true)], Why::TooLate),
        (vec![proposed], Why::NotAccepted),
        (vec![TAKEN, proposed, denied, denied], Why::NoExtensionWaits),
    ] {
        assert_eq!(after(&events), Err(refused), "{events:?}");
    }
    let whole = after(&[TAKEN, proposed, denied, proposed, granted]).expect("fits");
    assert_eq!(whole.extension, Extension::Granted);
    let moot = after(&[TAKEN, proposed, (Event::AnswerDraft, false)]).expect("fits");
    assert_eq!(moot.extension, Extension::None, "an answer leaves nothing to extend");
    for ends in
        [Event::Joining, Event::PetitionHandover, Event::DisclosureReferral, Event::Withdrawal]
    {
        let ended = after(&[TAKEN, proposed, (ends, false)]).expect("fits");
        assert_eq!(ended.extension, Extension::None, "{ends:?} leaves nothing to extend");
    }
    let late = after(&[TAKEN, proposed, (Event::ExtensionDenial, true)]).expect("fits");
    assert_eq!(late.extension, Extension::None, "what came too late is still denied");
}

#[test]
fn a_writer_who_is_not_content_asks_a_second_time_and_no_third() {
    let again = [(Event::AskingAgain, false)];
    let first = [&[TAKEN][..], &ANSWER].concat();
    assert_eq!(after(&first).expect("fits").state, State::Answered);
    let second = [&first[..], &again, &ANSWER].concat();
    assert_eq!(after(&second).expect("fits").state, State::Settled);
    assert_eq!(after(&[&second[..], &again].concat()), Err(Why::AskedAgain));
    let rated = (Event::Rating, false);
    assert_eq!(after(&[&first[..], &[rated, rated]].concat()), Err(Why::Rated));
    let both = [&first[..], &[rated], &again, &ANSWER, &[rated]].concat();
    assert!(after(&both).expect("each answer is rated").rated);
}

#[test]
fn what_was_answered_once_is_answered_again_by_the_same_organ() {
    let first = [&[TAKEN][..], &ANSWER, &[(Event::AskingAgain, false)]].concat();
    for elsewhere in [
        Event::Transfer,
        Event::PetitionHandover,
        Event::PetitionRegistration,
        Event::DisclosureReferral,
        Event::Joining,
    ] {
        let events = [&first[..], &[(elsewhere, false)]].concat();
        assert_eq!(after(&events), Err(Why::AnswersAgain), "{elsewhere:?}");
    }
}

#[test]
fn a_duplicate_whose_first_ended_without_an_answer_is_taken_up_again() {
    let joined = [TAKEN, (Event::Joining, false)];
    let back = [&joined[..], &[(Event::Reopening, false)]].concat();
    assert_eq!(after(&back).expect("fits"), Course::begun());
    assert_eq!(after(&[TAKEN, (Event::Reopening, false)]), Err(Why::NotJoined));
}

#[test]
fn a_petition_of_the_organ_itself_goes_on_as_a_letter() {
    let registered = (Event::PetitionRegistration, false);
    assert_eq!(after(&[registered]).expect("fits").state, State::InHand, "it is taken in");
    let answered = [&[TAKEN, registered][..], &ANSWER].concat();
    assert_eq!(after(&answered).expect("is answered").state, State::Answered);
    let waits = [TAKEN, (Event::ExtensionProposal, false), registered];
    assert_eq!(after(&waits).expect("fits").extension, Extension::Proposed);
}

#[test]
fn no_answer_goes_out_that_nobody_else_has_looked_at() {
    let draft = (Event::AnswerDraft, false);
    let send = (Event::AnswerDispatch, false);
    let back = (Event::AnswerReturn, false);
    assert_eq!(after(&[TAKEN, send]), Err(Why::NotReviewed));
    assert_eq!(after(&[TAKEN, draft, send]), Err(Why::NotReviewed));
    assert_eq!(after(&[TAKEN, draft, back, send]), Err(Why::NotReviewed));
    assert_eq!(after(&[TAKEN, draft, draft]), Err(Why::UnderReview));
}
