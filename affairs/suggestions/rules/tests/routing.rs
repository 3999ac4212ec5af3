//! To whom a letter is likely to belong.

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

#[test]
fn what_organs_have_answered_says_whose_a_new_letter_is() {
    let learned = LearnedRouting::of(CASES);
    for (words, organ) in
        [("小学报名截止到哪天", "edu"), ("身份证补办多少钱", "police"), ("疫苗在哪里打", "health")]
    {
        let likely = learned.likely(words, 2);
        assert_eq!(likely.first().map(|one| one.organ.as_str()), Some(organ), "{words}");
        assert!(likely.iter().all(|one| (0.0..=100.0).contains(&one.share)), "{likely:?}");
    }
}

#[test]
fn nothing_is_guessed_from_nothing() {
    assert!(LearnedRouting::of([]).is_empty());
    assert!(LearnedRouting::of([]).likely("小学", 3).is_empty());
    assert!(LearnedRouting::of(CASES).likely("xyzw", 3).is_empty());
    assert!(LearnedRouting::of(CASES).likely("", 3).is_empty());
}

#[test]
fn telephone_numbers_are_not_learned() {
    let one = LearnedRouting::of([("a", "电话13800001111请回"), ("a", "电话13800001111请回")]);
    let likely = |words: &str| format!("{:?}", one.likely(words, 1));
    assert_eq!(likely("13800001111"), likely("59299999999"));
}
