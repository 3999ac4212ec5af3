//! The lives of a policy's judgement, of an interpretation and of a response, each state with each event, beside the
//! table that says which of them the rules provide for.

use std::collections::BTreeSet;
use std::fmt::Debug;

use interpretation_rules::{
    InterpretationEvent, InterpretationState, PolicyEvent, PolicyState, Refusal, ResponseEvent,
    ResponseState,
};

/// `state | event | next state`, in the words people read; whatever is not listed is refused.
const POLICY: &str = "
需要解读 | 认定需要解读 | 需要解读
需要解读 | 提出不解读 | 提出不解读
需要解读 | 提出随后解读 | 提出随后解读
需要解读 | 发布 | 欠解读
提出不解读 | 认定需要解读 | 需要解读
提出不解读 | 提出不解读 | 提出不解读
提出不解读 | 提出随后解读 | 提出随后解读
提出不解读 | 同意 | 认定不解读
提出不解读 | 退回 | 需要解读
提出随后解读 | 认定需要解读 | 需要解读
提出随后解读 | 提出不解读 | 提出不解读
提出随后解读 | 提出随后解读 | 提出随后解读
提出随后解读 | 同意 | 认定随后解读
提出随后解读 | 退回 | 需要解读
认定不解读 | 认定需要解读 | 需要解读
认定不解读 | 提出不解读 | 提出不解读
认定不解读 | 提出随后解读 | 提出随后解读
认定不解读 | 发布 | 不解读
认定随后解读 | 认定需要解读 | 需要解读
认定随后解读 | 提出不解读 | 提出不解读
认定随后解读 | 提出随后解读 | 提出随后解读
认定随后解读 | 发布 | 欠解读
已解读 | 解读 | 已解读
已解读 | 撤下解读 | 欠解读
不解读 | 解读 | 已解读
欠解读 | 解读 | 已解读
";

const INTERPRETATION: &str = "
起草 | 改写 | 起草
起草 | 送审 | 审查中
起草 | 删去 | 已删去
审查中 | 退回 | 起草
审查中 | 发布 | 已发布
已发布 | 代替 | 已由新的代替
已发布 | 下线 | 已下线
已由新的代替 | 下线 | 已下线
已下线 | 恢复 | 已发布
";

const RESPONSE: &str = "
已立项，待核实 | 核实 | 已核实，待回应
已立项，待核实 | 结束 | 不另行回应
已核实，待回应 | 核实 | 已核实，待回应
已核实，待回应 | 送审 | 审签中
已核实，待回应 | 结束 | 不另行回应
审签中 | 退回 | 已核实，待回应
审签中 | 发布 | 已回应
已回应 | 撤下 | 已撤下
";

/// What people call something.
type Name<T> = fn(T) -> &'static str;

/// Walks every state with every event; says how many went on, were refused, and were neither provided for nor
/// refused with a provision.
fn walk<S: Copy + Debug, E: Copy + Debug>(
    table: &str,
    (states, events): (&[S], &[E]),
    (state_name, event_name): (Name<S>, Name<E>),
    after: fn(S, E) -> Result<S, Refusal>,
) -> (usize, usize, usize) {
    let told: BTreeSet<String> =
        table.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let (mut found, mut refusals, mut without) = (BTreeSet::new(), 0, 0);
    for state in states.iter().copied() {
        for event in events.iter().copied() {
            let (from, by) = (state_name(state), event_name(event));
            match after(state, event) {
                Ok(next) => drop(found.insert(format!("{from} | {by} | {}", state_name(next)))),
                Err(refusal) => {
                    refusals += 1;
                    without += usize::from(refusal.basis.to_string().is_empty());
                    assert!(refusal.to_string().contains(from), "{refusal}");
                }
            }
        }
    }
    assert_eq!(found, told);
    (found.len(), refusals, without)
}

#[test]
fn every_state_with_every_event_goes_on_as_the_tables_say_or_is_refused_with_its_provision() {
    let policy = walk(
        POLICY,
        (&PolicyState::ALL, &PolicyEvent::ALL),
        (PolicyState::name, PolicyEvent::name),
        PolicyState::after,
    );
    let interpretation = walk(
        INTERPRETATION,
        (&InterpretationState::ALL, &InterpretationEvent::ALL),
        (InterpretationState::name, InterpretationEvent::name),
        InterpretationState::after,
    );
    let response = walk(
        RESPONSE,
        (&ResponseState::ALL, &ResponseEvent::ALL),
        (ResponseState::name, ResponseEvent::name),
        ResponseState::after,
    );
    for (what, (transitions, refusals, without)) in
        [("政策文件", policy), ("解读", interpretation), ("回应", response)]
    {
        println!(
            "{what}: transitions {transitions}, refusals {refusals}, without provision {without}"
        );
        assert_eq!(without, 0);
    }
    assert_eq!([policy.0 + policy.1, interpretation.0 + interpretation.1], [64, 48]);
    assert_eq!(response.0 + response.1, 36);
}

#[test]
fn nothing_is_signed_while_somebody_has_still_to_agree() {
    for state in PolicyState::ALL {
        assert!(!(state.waits() && state.may_be_signed()), "{state:?}");
        assert_eq!(PolicyState::read(state.word()), Some(state));
        // What may be signed may be published, and nothing else is.
        assert_eq!(state.may_be_signed(), state.after(PolicyEvent::Publish).is_ok(), "{state:?}");
    }
}
