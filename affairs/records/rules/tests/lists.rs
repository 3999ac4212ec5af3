//! 体裁、主题分类、公开属性、法定主动公开内容.

use law::day;
use records_rules::{Genre, Level, Openness, StatutoryItem, THEMES, Theme, statutory_item};

#[test]
fn a_kind_that_the_title_contradicts_is_noticed_and_nothing_else_is() {
    for (title, kind, told) in [
        ("关于做好防汛工作的通知", "公告", Some("通知")),
        ("关于印发养老规划的通知（2026年修订）", "规划", Some("通知")),
        ("关于同意设立某某学校的批复", "通知", Some("批复")),
        ("关于加快发展的若干意见（试行）", "其他", Some("意见")),
        ("关于商请协助的函", "报告", Some("函")),
        ("闲置校舍招租公告(第二次)", "公示", Some("公告")),
        ("某某会议纪要", "通知", Some("纪要")),
        ("关于做好防汛工作的通知", "通知", None),
        ("某某会议纪要", "会议纪要", None),
        ("2025年政府信息公开工作年度报告", "年度报告", None),
        ("2025年预算执行情况的报告", "预算决算", None),
        ("2025年国民经济和社会发展统计公报", "统计数据", None),
        ("关于修改某某办法的决定", "规章", None),
        ("一图读懂关于某某的通知", "解读", None),
        ("某某办法公开征求意见", "公告", None),
        ("防汛应急预案", "预案", None),
        ("信函", "其他", None),
        ("（）", "通知", None),
        ("）", "通知", None),
    ] {
        let genre: Genre = kind.parse().expect(kind);
        assert_eq!(genre.contradicted_by(title).map(Genre::name), told, "{title} {kind}");
    }
}

#[test]
fn the_statutory_kinds_are_those_of_the_day() {
    let on = |date| Genre::statutory_on(date).map(Genre::name).collect::<Vec<_>>();
    assert_eq!(on(day(2000, 12, 31)), Vec::<&str>::new());
    assert_eq!(on(day(2012, 6, 30)).len(), 13);
    assert_eq!(
        on(day(2012, 7, 1)).join(" "),
        "决议 决定 命令（令） 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要"
    );
    let minutes: Genre = "会议纪要".parse().expect("a kind of its time");
    assert!(minutes.is_statutory_on(day(2011, 1, 1)) && !minutes.is_statutory_on(day(2020, 1, 1)));
}

#[test]
fn a_kind_is_read_by_its_name_or_a_usual_other_name() {
    for (text, name) in
        [("通知", "通知"), (" 令 ", "命令（令）"), ("公示", "公示"), ("预决算", "预算决算")]
    {
        assert_eq!(text.parse().map(Genre::name), Ok(name));
    }
    let unknown = "小作文".parse::<Genre>().expect_err("no kind");
    assert!(unknown.remedy().contains("通知、通报"), "{}", unknown.remedy());
    assert_eq!(serde_round("\"通知\""), "\"通知\"");
}

/// A genre through a text format; the crate itself needs none, so the test speaks serde's own.
fn serde_round(text: &str) -> String {
    use serde::Deserialize;
    use serde::de::value::{Error, StrDeserializer};
    let inner = text.trim_matches('"');
    let genre = Genre::deserialize(StrDeserializer::<Error>::new(inner)).expect("a genre");
    format!("\"{genre}\"")
}

#[test]
fn there_are_twenty_two_themes_and_their_second_levels() {
    assert_eq!(THEMES.len(), 22);
    assert_eq!(THEMES.iter().map(|row| row.seconds.len()).sum::<usize>(), 121);
    for (text, printed, category) in [
        ("综合政务/政务公开", "综合政务/政务公开", 201),
        ("科技、教育 ＞ 教育", "科技、教育/教育", 1102),
        ("其他", "其他", 2200),
        (
            "城乡建设、环境保护/气象、水文、测绘、地震",
            "城乡建设、环境保护/气象、水文、测绘、地震",
            1005,
        ),
    ] {
        let theme: Theme = text.parse().expect(text);
        assert_eq!((theme.to_string().as_str(), theme.category()), (printed, category));
    }
    let wrong = "综合政务/教育".parse::<Theme>().expect_err("not under that");
    assert_eq!(wrong.to_string(), "主题分类“综合政务”之下没有“教育”");
    assert!(wrong.remedy().contains("政务公开；政务督查"));
    assert!("教育".parse::<Theme>().is_err());
}

#[test]
fn who_withholds_says_why_and_on_what_article() {
    for (text, basis, may) in [
        ("不予公开（国家秘密）", "第十四条", false),
        ("不予公开(依《中华人民共和国统计法》)", "第十四条", false),
        ("不予公开（商业秘密、个人隐私）", "第十五条", false),
        ("不予公开（人事管理）", "第十六条第一款", true),
        ("不予公开（过程稿）", "第十六条第二款", true),
        ("不予公开（行政执法案卷）", "第十六条第二款", true),
    ] {
        let Ok(Openness::Withheld(ground)) = text.parse() else { panic!("{text}") };
        assert_eq!((ground.basis().place().as_str(), ground.is_discretionary()), (basis, may));
        let printed = Openness::Withheld(ground).to_string();
        assert_eq!(printed, text.replace('(', "（").replace(')', "）"));
    }
    for bad in ["", "公开", "不予公开", "不予公开（不方便）", "不予公开（依《》）"]
    {
        let bad = bad.parse::<Openness>().expect_err(bad);
        assert!(!bad.remedy().is_empty());
    }
    assert_eq!(Openness::Proactive.note(), "此件主动公开");
    assert!(!Openness::OnRequest.is_public());
}

#[test]
fn each_level_has_the_items_that_bind_it() {
    let codes =
        |level, date| StatutoryItem::of(level, date).map(|item| item.code).collect::<Vec<_>>();
    let today = day(2026, 11, 25);
    let (city, town) = (codes(Level::CityOrCounty, today), codes(Level::Town, today));
    assert_eq!((city.len(), town.len()), (22, 23));
    assert_eq!(city[15..].join(" "), "P21-01 P21-02 P21-03 P21-04 P21-05 P21-06 P21-07");
    assert_eq!(town[15..].join(" "), "P21-04 P21-05 P21-07 P21-08 P21-09 P21-10 P21-11 P21-12");
    assert_eq!(codes(Level::Town, day(2019, 5, 14)), Vec::<&str>::new());
    let budget = statutory_item("P20-07").expect("a code");
    assert_eq!(budget.basis.to_string(), "《政府信息公开条例》第二十条第（七）项");
    assert!(statutory_item("P20-16").is_none());
}
