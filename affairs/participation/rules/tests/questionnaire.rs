//! The life of a questionnaire, held against `questionnaire.md`; how questions are written, held against
//! `questions.md`; who is asked what, and how answers are counted.

use law::day;
use participation_rules::{
    Filled, Question, QuestionKind, QuestionnaireStage, QuestionnaireStep, Questions, ShownIf,
    Tally,
};

const LIFE: &str = include_str!("questionnaire.md");
const WRITTEN: &str = include_str!("questions.md");

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_start_matches('|').trim_end_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn every_stage_of_a_questionnaire_answers_every_step_as_the_table_says_and_every_refusal_cites() {
    let mut rows = LIFE.lines().filter(|line| line.starts_with('|')).map(cells);
    let head = rows.next().expect("a head");
    rows.next();
    let rows: Vec<_> = rows.collect();
    let sizes = (QuestionnaireStage::ALL.len(), QuestionnaireStep::ALL.len());
    assert_eq!((rows.len(), head.len() - 1), sizes);
    for (stage, row) in QuestionnaireStage::ALL.into_iter().zip(&rows) {
        assert_eq!(row[0], stage.name());
        for (at, step) in QuestionnaireStep::ALL.into_iter().enumerate() {
            assert_eq!(head[at + 1], step.name());
            let told = match stage.after(step) {
                Ok(next) => next.name(),
                Err(refused) => {
                    let said = refused.to_string();
                    let cited = said.contains('《') || said.contains('号');
                    assert!(cited && !refused.remedy.is_empty(), "{said}");
                    "不能"
                }
            };
            assert_eq!(told, row[at + 1], "{}，{}", stage.name(), step.name());
        }
    }
}

#[test]
fn the_last_day_ends_the_answering_and_nobody_has_to() {
    let last = Some(day(2026, 12, 10));
    let open = QuestionnaireStage::Open;
    assert_eq!(open.on(day(2026, 12, 10), last), open);
    assert_eq!(open.on(day(2026, 12, 11), last), QuestionnaireStage::Closed);
    for stage in QuestionnaireStage::ALL.into_iter().filter(|stage| *stage != open) {
        assert_eq!(stage.on(day(2027, 12, 11), last), stage);
    }
}

#[test]
fn what_is_written_wrong_is_told_by_its_line() {
    let rows = WRITTEN.lines().filter(|line| line.starts_with('|')).map(cells).skip(2);
    let mut checked = 0;
    for row in rows {
        let [text, line, words] = row.as_slice() else { panic!("{row:?}") };
        let text = text.replace('/', "\n");
        checked += 1;
        match Questions::read(&text) {
            Ok(_) => assert!(line.is_empty(), "{text}: is taken"),
            Err(bad) => {
                let told = bad.iter().map(ToString::to_string).collect::<Vec<_>>().join("；");
                assert!(!line.is_empty(), "{text}: {told}");
                let found = bad
                    .iter()
                    .any(|one| one.line.to_string() == *line && one.words.contains(words));
                assert!(found, "{text}: {told}");
            }
        }
    }
    assert!(checked > 25, "{checked}");
}

#[test]
fn a_thousand_lines_that_mean_nothing_are_told_one_by_one() {
    let bad = Questions::read(&"没有用\n".repeat(1_000)).expect_err("no question");
    assert_eq!(bad.len(), 1_000);
}

fn question(kind: QuestionKind, shown_if: Vec<ShownIf>) -> Question {
    Question { text: "问".into(), hint: String::new(), kind, required: true, shown_if }
}

#[test]
fn typed_questions_are_held_to_the_same_rules_as_written_ones() {
    let yes_no = || QuestionKind::Single(vec!["是".into(), "否".into()]);
    let on = |question: u32, any: &[u8]| ShownIf { question, any: any.to_vec() };
    for (second, words) in [
        (question(yes_no(), vec![on(2, &[0])]), "前面的题"),
        (question(yes_no(), vec![on(0, &[0])]), "前面的题"),
        (question(yes_no(), vec![on(9, &[0])]), "前面的题"),
        (question(yes_no(), vec![on(1, &[])]), "没有的选项"),
        (question(yes_no(), vec![on(1, &[2])]), "没有的选项"),
        (question(yes_no(), vec![on(1, &[0]), on(1, &[1])]), "谁也不会被问到"),
    ] {
        let bad = Questions::of(vec![question(yes_no(), vec![]), second]).expect_err(words);
        assert!(bad.iter().any(|one| one.question == 2 && one.words.contains(words)), "{bad:?}");
    }
    assert!(Questions::of(vec![]).is_err());
    let many = vec![question(QuestionKind::Long, vec![]); 51];
    assert!(Questions::of(many).is_err());
}

/// 1: 单选 A–C; 2: 多选, one or two, of who took B or C; 3: 量表, may stay empty; 4: 短文 of who took A of 2; 5: 长文,
/// may stay empty.
fn sample() -> Questions {
    let text = "1. 常去哪里（单选）\n- 东\n- 西\n- 都不去\n2. 为什么（多选 至多2）\n如果 1 选 B、C\n- 远\n- 挤\n- 贵\n\
                3. 打几分（量表 选填）\n4. 有多远（短文）\n如果 2 选 A\n5. 还想说（长文 选填）";
    Questions::read(text).expect("reads")
}

/// Answers as a form sends them: `1=B 2=A 2=C`.
fn fill(sent: &str) -> Result<Filled, String> {
    let pairs: Vec<(u32, &str)> = sent
        .split(' ')
        .filter_map(|pair| pair.split_once('='))
        .map(|(number, value)| (number.parse().expect("a number"), value))
        .collect();
    let of = |number: u32| {
        pairs.iter().filter(|(own, _)| *own == number).map(|(_, value)| *value).collect()
    };
    let told = |bad: Vec<participation_rules::BadAnswer>| {
        bad.iter().map(ToString::to_string).collect::<Vec<_>>().join("；")
    };
    sample().filled(of).map_err(told)
}

#[test]
fn each_is_asked_what_his_answers_lead_to_and_nothing_else_is_taken() {
    for (sent, marks, left_out) in [
        ("1=A", vec![(1, vec![0])], vec![]),
        // The second is for others; who changed his mind is not refused.
        ("1=A 2=A 4=三里", vec![(1, vec![0])], vec![2, 4]),
        ("1=B 2=B", vec![(1, vec![1]), (2, vec![1])], vec![]),
        ("1=C 2=C 2=A 2=A 4=三里", vec![(1, vec![2]), (2, vec![0, 2])], vec![]),
        ("1=A 3=5", vec![(1, vec![0]), (3, vec![4])], vec![]),
    ] {
        let filled = fill(sent).expect(sent);
        assert_eq!((filled.marks, filled.left_out), (marks, left_out), "{sent}");
    }
    let filled = fill("1=B 2=A 4=三里 5=谢谢").expect("is whole");
    assert_eq!(filled.words, [(4, "三里".to_owned()), (5, "谢谢".to_owned())]);
}

#[test]
fn an_answer_that_does_not_fit_is_told_by_its_question() {
    let (long, longer) = (format!("1=A 5={}", "长".repeat(2_001)), "短".repeat(101));
    let short = format!("1=B 2=A 4={longer}");
    for (sent, words) in [
        ("", "第 1 题：选一项"),
        ("1=Z", "第 1 题：选列出来的选项"),
        ("1=a", "第 1 题：选列出来的选项"),
        ("1=A 1=B", "第 1 题：只能选一项"),
        ("1=B", "第 2 题：至少选一项"),
        ("1=B 2=A 2=B 2=C 4=三里", "第 2 题：至多选 2 项，您选了 3 项"),
        ("1=A 3=0", "第 3 题：选列出来的选项"),
        ("1=A 3=6", "第 3 题：选列出来的选项"),
        ("1=B 2=A", "第 4 题：写下您的回答"),
        (long.as_str(), "第 5 题：不超过 2000 字"),
        (short.as_str(), "第 4 题：不超过 100 字"),
    ] {
        let told = fill(sent).expect_err(words);
        assert!(told.contains(words), "{sent}: {told}");
    }
    let open = Questions::read("1. 还想说（长文 选填）").expect("reads");
    let told = open.filled(|_| vec![" "]).expect_err("nothing");
    assert!(told[0].words.contains("至少答一题"), "{told:?}");
}

#[test]
fn of_whom_a_question_is_asked_is_told_in_words() {
    let questions = sample();
    let told: Vec<String> =
        questions.numbered().map(|(_, question)| questions.asked_when(question)).collect();
    assert_eq!(told[0], "");
    assert_eq!(told[1], "第 1 题选“西”或者“都不去”的，答这一题");
    assert_eq!(told[3], "第 2 题选“远”的，答这一题");
    let manners: Vec<String> = questions.numbered().map(|(_, one)| one.manner()).collect();
    assert_eq!(manners, ["单选", "多选，至多 2 项", "打分，1 到 5", "写一句话", "写一段话"]);
}

fn take(tally: &mut Tally, sent: &str, times: usize) {
    let filled = fill(sent).expect(sent);
    let written: Vec<u32> = filled.words.iter().map(|(number, _)| *number).collect();
    for _ in 0..times {
        tally.count(&filled.marks, &written);
    }
}

#[test]
fn options_are_told_only_where_ten_answered_and_shares_are_of_those_who_were_asked() {
    let questions = sample();
    let mut tally = Tally::of(&questions);
    take(&mut tally, "1=A 3=4", 9);
    take(&mut tally, "1=B 2=A 2=B 4=远 3=5", 3);
    take(&mut tally, "1=C 2=B", 5);
    let told = |at: usize| &tally.questions[at];
    assert_eq!(tally.answers, 17);
    assert_eq!((told(0).answered, told(0).counts.clone()), (17, vec![9, 3, 5]));
    assert_eq!(told(0).thousandths(0), Some(529));
    assert_eq!(told(0).share_words(1).as_deref(), Some("17.6%"));
    // Eight were asked the second: nothing of it but that.
    assert_eq!((told(1).answered, told(1).is_told()), (8, false));
    assert_eq!((told(1).taken(1), told(1).thousandths(1)), (None, None));
    assert_eq!(told(1).answered_words(), "不到 10 人答");
    let scale = QuestionKind::Scale { low: String::new(), high: String::new() };
    assert_eq!((told(2).answered, told(2).mean(&scale)), (12, Some(425)));
    assert_eq!(told(2).mean(&QuestionKind::Short), None);
    assert_eq!((told(3).answered, told(3).counts.len()), (3, 0));
    assert_eq!(told(0).taken(9), None, "there is no such option");
    // A ninth does not open it, a tenth does.
    take(&mut tally, "1=C 2=C", 1);
    assert!(!tally.questions[1].is_told());
    tally.count(&[(1, vec![2]), (2, vec![2])], &[]);
    assert!(tally.questions[1].is_told());
    assert_eq!(tally.questions[1].taken(2), Some(2));
}
