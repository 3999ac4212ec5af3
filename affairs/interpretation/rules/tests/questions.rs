//! A question rests on a paragraph: what becomes of it when that changes.

use std::collections::BTreeSet;

use interpretation_rules::{Answered, Footing, QuestionEvent, QuestionState};

/// `state | event | next state`, in the words people read; whatever is not listed is refused.
const LIFE: &str = "
起草 | 改写 | 起草
起草 | 送审 | 审查中
起草 | 删去 | 已删去
审查中 | 退回 | 起草
审查中 | 发布 | 已发布
已发布 | 下线 | 已下线
已发布 | 撤回 | 已撤回
已下线 | 恢复 | 已发布
已下线 | 撤回 | 已撤回
";

#[test]
fn every_state_with_every_event_goes_on_as_the_table_says_or_is_refused_with_its_provision() {
    let told: BTreeSet<String> =
        LIFE.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let (mut found, mut refusals, mut without) = (BTreeSet::new(), 0, 0);
    for state in QuestionState::ALL {
        assert_eq!(QuestionState::read(state.word()), Some(state));
        for event in QuestionEvent::ALL {
            match state.after(event) {
                Ok(next) => {
                    found.insert(format!("{} | {} | {}", state.name(), event.name(), next.name()));
                }
                Err(refusal) => {
                    refusals += 1;
                    without += usize::from(refusal.basis.to_string().is_empty());
                    assert!(refusal.to_string().contains(state.name()), "{refusal}");
                }
            }
        }
    }
    let transitions = found.len();
    println!(
        "政策问答: transitions {transitions}, refusals {refusals}, without provision {without}"
    );
    assert_eq!(without, 0);
    assert_eq!(found, told);
}

const TEXT: &str = "第一条　为了养老，制定本办法。\n\n## 第二条\n\n补贴标准为每人每月三百元。";

/// `文件 | 有效性 | 引用的话 | 怎样了`; the document is there or is not.
const FOOTINGS: &str = "
在 |  | 补贴标准为每人每月三百元。 | Stands
在 | 即将到期 | 补贴标准 为每人每月\u{3000}三百元。 | Stands
在 |  | 第二条 补贴标准为每人每月三百元。 | Stands
在 |  | 补贴标准为每人每月四百元。 | Changed
在 | 废止 | 补贴标准为每人每月三百元。 | Repealed
在 | 失效 | 补贴标准为每人每月三百元。 | Repealed
不在 |  | 补贴标准为每人每月三百元。 | Hidden
";

#[test]
fn a_paragraph_stands_whatever_its_blanks_and_goes_with_its_words_or_its_document() {
    for line in FOOTINGS.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let document = (cells[0] == "在").then_some(TEXT);
        let validity = Some(cells[1]).filter(|word| !word.is_empty());
        let footing = Footing::of(document, validity, cells[2]);
        assert_eq!(format!("{footing:?}"), cells[3], "{line}");
    }
}

#[test]
fn what_follows_from_a_paragraph_is_always_something_that_may_happen() {
    for footing in Footing::ALL {
        assert_eq!(Footing::read(footing.word()), Some(footing));
        for state in QuestionState::ALL {
            if let Some(event) = footing.follows(state) {
                assert!(state.after(event).is_ok(), "{footing:?} {state:?}");
            }
        }
        assert_eq!(footing.words().is_empty(), footing == Footing::Stands);
    }
    assert_eq!(Footing::Stands.follows(QuestionState::Withdrawn), None, "it does not come back");
}

#[test]
fn a_question_says_at_which_field_it_lacks_something() {
    let whole = Answered {
        question: "每月领多少？".into(),
        answer: "三百元。".into(),
        place: "第二条".into(),
        quote: "补贴标准为每人每月三百元。".into(),
    };
    assert_eq!(whole.check(TEXT), Ok(()));
    let fields = |one: Answered| -> Vec<String> {
        one.check(TEXT).err().unwrap_or_default().into_iter().map(|bad| bad.field).collect()
    };
    assert_eq!(fields(Answered::default()), ["tiao", "wen", "da", "yuanwen"]);
    assert_eq!(fields(Answered { quote: "三百元".into(), ..whole.clone() }), ["yuanwen"]);
    let other = "补贴标准为每人每月四百元。".to_owned();
    assert_eq!(fields(Answered { quote: other, ..whole.clone() }), ["yuanwen"]);
    assert_eq!(fields(Answered { answer: "长".repeat(3_001), ..whole }), ["da"]);
}
