//! The lives of lists, of single opinions and of enrolments, held against `beside.md`: every state with every step.

use participation_rules::{
    EnrolmentState, EnrolmentStep, ListState, ListStep, OpinionState, OpinionStep, Refused,
};

const TABLES: &str = include_str!("beside.md");

/// The rows of the table under a heading, its head first.
fn table(heading: &str) -> Vec<Vec<&'static str>> {
    let own = TABLES.split("\n## ").find_map(|part| part.strip_prefix(heading));
    let own = own.unwrap_or_else(|| panic!("no table of {heading}"));
    let rows = own.lines().filter(|line| line.starts_with("| "));
    rows.map(|line| line.trim().trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// What people call something.
type Name<T> = fn(T) -> &'static str;

/// Walks every state with every step, against a table; prints how many lead on, are refused, and are neither.
fn walk<S: Copy, E: Copy>(
    heading: &str,
    (states, steps): (&[S], &[E]),
    (state_name, step_name): (Name<S>, Name<E>),
    after: fn(S, E) -> Result<S, Refused>,
) {
    let rows = table(heading);
    let head = rows.first().expect("a head");
    assert_eq!((rows.len() - 1, head.len() - 1), (states.len(), steps.len()), "{heading}");
    let (mut transitions, mut refusals, mut bare) = (0, 0, 0);
    for (state, row) in states.iter().copied().zip(&rows[1..]) {
        assert_eq!(row[0], state_name(state));
        for (at, step) in steps.iter().copied().enumerate() {
            assert_eq!(head[at + 1], step_name(step));
            let told = match after(state, step) {
                Ok(next) => {
                    transitions += 1;
                    state_name(next)
                }
                Err(refused) => {
                    refusals += 1;
                    let said = refused.to_string();
                    bare += usize::from(!said.contains('《') || refused.remedy.is_empty());
                    "不能"
                }
            };
            assert_eq!(told, row[at + 1], "{}，{}", state_name(state), step_name(step));
        }
    }
    println!("{heading}: transitions {transitions}, refusals {refusals}, without provision {bare}");
    assert_eq!(bare, 0);
}

#[test]
fn every_list_answers_every_step_as_the_table_says_and_every_refusal_cites() {
    walk(
        "决策事项目录",
        (&ListState::ALL, &ListStep::ALL),
        (ListState::name, ListStep::name),
        ListState::after,
    );
}

#[test]
fn every_opinion_answers_every_step_as_the_table_says_and_every_refusal_cites() {
    walk(
        "意见",
        (&OpinionState::ALL, &OpinionStep::ALL),
        (OpinionState::name, OpinionStep::name),
        OpinionState::after,
    );
}

#[test]
fn every_enrolment_answers_every_step_as_the_table_says_and_every_refusal_cites() {
    walk(
        "听证报名",
        (&EnrolmentState::ALL, &EnrolmentStep::ALL),
        (EnrolmentState::name, EnrolmentStep::name),
        EnrolmentState::after,
    );
}

#[test]
fn a_column_keeps_every_state_by_a_word_of_its_own() {
    for state in ListState::ALL {
        assert_eq!(ListState::parse(state.word()), Some(state));
    }
    for state in OpinionState::ALL {
        assert_eq!(OpinionState::parse(state.word()), Some(state));
    }
    for state in EnrolmentState::ALL {
        assert_eq!(EnrolmentState::parse(state.word()), Some(state));
    }
}
