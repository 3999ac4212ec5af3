//! To whom a letter is likely to belong.

#[path = "../examples/held_out/mod.rs"]
mod held_out;

use held_out::Trial;
use suggestions_rules::LearnedRouting;

const CASES: [(&str, &str); 10] = [
    ("edu", "孩子上小学怎么报名，户口不在学区"),
    ("edu", "小学入学报名要带什么材料"),
    ("edu", "幼儿园报名什么时候开始"),
    ("police", "身份证丢了怎么补办"),
    ("police", "身份证补办要多少天"),
    ("police", "户口迁移要什么材料"),
    ("police", "户口迁移多少钱"),
    ("health", "医院报销比例是多少"),
    ("health", "社区医院几点开门，能不能打疫苗"),
    ("health", "孩子打疫苗要预约吗"),
];

const OPEN: [(&str, &str); 4] = [
    ("A", "临湖区教育局"),
    ("B", "临湖区民政局"),
    ("C", "临湖区人民政府办公室"),
    ("D", "临湖区城市管理行政执法局"),
];

fn first(learned: &LearnedRouting, words: &str) -> Option<String> {
    learned.likely(words, |_| true, 3).first().map(|one| one.organ.clone())
}

#[test]
fn what_organs_have_answered_says_whose_a_new_letter_is() {
    let learned = LearnedRouting::of(CASES, []);
    for (words, organ) in
        [("小学报名截止到哪天", "edu"), ("身份证补办多少钱", "police"), ("疫苗在哪里打", "health")]
    {
        let likely = learned.likely(words, |_| true, 3);
        assert_eq!(likely.first().map(|one| one.organ.as_str()), Some(organ), "{words}");
        let whole: f64 = likely.iter().map(|one| one.share).sum();
        assert!((whole - 100.0).abs() < 0.001, "{likely:?}");
    }
}

#[test]
fn before_anything_was_answered_what_organs_are_there_for_says_it() {
    let learned = LearnedRouting::of([], OPEN);
    assert_eq!(first(&learned, "养老院有没有床位").as_deref(), Some("B"));
    assert_eq!(first(&learned, "幼儿园几月招生").as_deref(), Some("A"));
    assert_eq!(first(&learned, "路灯不亮，井盖也松了").as_deref(), Some("D"));
}

#[test]
fn what_an_organ_answers_again_and_again_outweighs_what_its_neighbour_is_there_for() {
    let answered = vec![("C", "养老院床位怎么申请"); 20];
    let learned = LearnedRouting::of(answered, OPEN);
    assert_eq!(first(&learned, "养老院床位怎么申请").as_deref(), Some("C"));
}

#[test]
fn only_organs_that_are_asked_about_are_named_and_share_the_hundred() {
    let learned = LearnedRouting::of(CASES, OPEN);
    let likely = learned.likely("小学报名截止到哪天", |organ| ["B", "D"].contains(&organ), 3);
    assert!(likely.iter().all(|one| ["B", "D"].contains(&one.organ.as_str())), "{likely:?}");
    let whole: f64 = likely.iter().map(|one| one.share).sum();
    assert!(likely.is_empty() || (whole - 100.0).abs() < 0.001, "{likely:?}");
}

#[test]
fn nothing_is_guessed_from_nothing() {
    let likely = |learned: &LearnedRouting, words: &str| learned.likely(words, |_| true, 3);
    let nothing = LearnedRouting::of([], []);
    assert!(nothing.is_empty() && likely(&nothing, "小学").is_empty());
    let learned = LearnedRouting::of(CASES, OPEN);
    assert!(likely(&learned, "xyzw").is_empty());
    assert!(likely(&learned, "").is_empty());
}

#[test]
fn telephone_numbers_are_not_learned() {
    let learned = LearnedRouting::of([("a", "电话13800001111请回"), ("b", "请给个说法")], []);
    let likely = |words: &str| format!("{:?}", learned.likely(words, |_| true, 1));
    assert_eq!(likely("13800001111"), likely("59299999999"));
}

/// The letters are of our own writing, and so are the duties: the figure shows that a change makes it worse, not what
/// it will be with the letters of a city.
#[test]
fn of_letters_kept_out_of_learning_more_than_seventy_of_a_hundred_go_to_the_right_organ() {
    let (tally, alone) = (Trial::new(true).tally(), Trial::new(false).tally());
    println!("{tally}");
    println!("只从答复过的留言学, 不看职责: {alone}");
    assert_eq!(tally.asked, 48);
    assert!(tally.first * 100 >= tally.asked * 70, "{tally}");
    assert!(tally.three * 100 >= tally.asked * 90, "{tally}");
    assert!(tally.first >= 2 * tally.largest && alone.first >= 2 * tally.largest, "{alone}");
}
