//! What belongs to a topic, and what its tables must be like.

use std::collections::BTreeSet;

use interpretation_rules::{DataTable, GatheringRule, TopicBody, TopicEvent, TopicState};

/// `state | event | next state`, in the words people read; whatever is not listed is refused.
const LIFE: &str = "
起草 | 改写 | 起草
起草 | 送审 | 审查中
起草 | 删去 | 已删去
审查中 | 退回 | 起草
审查中 | 发布 | 已发布
已发布 | 代替 | 已由新的一版代替
已发布 | 结束 | 已结束
";

#[test]
fn every_state_with_every_event_goes_on_as_the_table_says_or_is_refused_with_its_provision() {
    let told: BTreeSet<String> =
        LIFE.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let (mut found, mut refusals, mut without) = (BTreeSet::new(), 0, 0);
    for state in TopicState::ALL {
        assert_eq!(TopicState::read(state.word()), Some(state));
        for event in TopicEvent::ALL {
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
    println!("专题: transitions {transitions}, refusals {refusals}, without provision {without}");
    assert_eq!(without, 0);
    assert_eq!(found, told);
}

/// `标题 | 发布日期 | 收不收`, by 直达资金、六稳 since 2026-01-01.
const TITLES: &str = "
关于下达直达资金的通知 | 2026-03-01 | 收
关于做好“六稳”工作的意见 | 2026-01-01 | 收
关于下达直达资金的通知 | 2025-12-31 | 不收
关于召开会议的通知 | 2026-03-01 | 不收
";

#[test]
fn what_is_published_belongs_to_a_topic_by_its_title_and_its_day() {
    let words = GatheringRule::words_in(" 直达资金、六稳，直达资金 ");
    assert_eq!(words, ["直达资金", "六稳"]);
    let rule = GatheringRule { words, since: "2026-01-01".into(), ..GatheringRule::default() };
    for line in TITLES.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(" | ").collect();
        assert_eq!(rule.takes(cells[0], cells[1]), cells[2] == "收", "{line}");
    }
}

/// `粘贴的内容（/ 是换行） | 哪里不对`; nothing where it may stand.
const TABLES: &str = "
项目,金额/甲,300/乙,200 | 
项目\t金额/甲\t1,200 | 
项目/甲 | 第一行是各列的名称
项目, /甲,300 | 第一行是各列的名称
项目,金额 | 要有数据
项目,金额/甲,300/乙 | 第 3 行的格数
";

#[test]
fn a_table_has_headings_and_as_many_cells_in_every_row() {
    for line in TABLES.lines().filter(|line| !line.is_empty()) {
        let (pasted, wrong) = line.split_once(" | ").expect("two cells");
        let (columns, rows) = DataTable::cells_in(&pasted.replace('/', "\n"));
        let (title, note) = ("直达资金去向".to_owned(), "财政局，截至 2026-10-31".to_owned());
        let table = DataTable { title, note, columns, rows };
        let again = DataTable::cells_in(&table.cells_as_text());
        assert_eq!((&again.0, &again.1), (&table.columns, &table.rows), "{line}");
        let rule = GatheringRule { words: vec!["直达资金".into()], ..GatheringRule::default() };
        let body = TopicBody {
            title: "直达资金".into(),
            lead: "钱去了哪里、用在哪里。".into(),
            rule,
            tables: vec![table],
        };
        let told: String =
            body.check().err().unwrap_or_default().into_iter().map(|bad| bad.words).collect();
        assert!(told.contains(wrong) && told.is_empty() == wrong.is_empty(), "{line}: {told}");
    }
}

#[test]
fn a_topic_says_at_which_field_it_lacks_something() {
    let bad = TopicBody::default().check().expect_err("nothing is written");
    let fields: Vec<String> = bad.into_iter().map(|one| one.field).collect();
    assert_eq!(fields, ["biaoti", "daoyu", "ci"]);
}
