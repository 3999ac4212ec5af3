//! Words, document numbers, days and links: what is remarked on, and what is left in peace.

use documents::wording::{Class, List, check, check_days, check_links};
use jiff::civil::date;

fn told(text: &str) -> Vec<(Class, String, String)> {
    let remarks = check(text, &List::built_in());
    remarks
        .into_iter()
        .map(|remark| (remark.class, remark.found, remark.suggestion.unwrap_or_default()))
        .collect()
}

#[test]
fn wrong_words_are_told_with_a_suggestion_and_right_ones_are_not() {
    for (text, class, found, suggestion) in [
        ("现就有关工作布署如下", Class::Typo, "布署", "部署"),
        ("截止目前已受理", Class::Typo, "截止目前", "截至目前"),
        ("厦府办[2026]48号", Class::Form, "[2026]48号", "〔2026〕48号"),
        ("厦府办（2026）048号文", Class::Form, "（2026）048号", "〔2026〕48号"),
        ("云府〔2026〕第7号", Class::Form, "〔2026〕第7号", "〔2026〕7号"),
        ("二O二六年十一月", Class::Form, "二O", "二〇"),
        (
            "根据《中华人民共和国合同法》",
            Class::Statute,
            "中华人民共和国合同法",
            "中华人民共和国民法典",
        ),
        ("区国土资源局负责", Class::Organ, "国土资源局", "自然资源局"),
        ("为残废人办理", Class::Address, "残废人", "残疾人"),
        ("日本、台湾等国家", Class::Region, "台湾等国家", "台湾等国家和地区"),
    ] {
        assert_eq!(told(text), [(class, found.to_owned(), suggestion.to_owned())], "{text}");
    }
    for right in [
        "厦府办〔2026〕48号",
        "（2025）闽02行初44号",
        "二〇二六年十一月",
        "报名截止日期为11月30日",
        "日本、台湾等国家和地区",
        "目的的确定",
        "政府信息公开条例（2019年修订）",
        "第三十三条第（2026）项",
    ] {
        assert_eq!(told(right), [], "{right}");
    }
}

#[test]
fn an_office_edits_the_list_and_is_told_which_line_is_wrong() {
    let list = List::read("写法,建议,类别,正确的场合,说明\n我局办,我局,用语,我局办理|我局办公,\n")
        .expect("a list");
    assert_eq!(check("经我局办同意", &list).len(), 1);
    assert_eq!(check("由我局办理", &list).len(), 0);
    assert_eq!(list.entries()[0].class, Class::Other);
    let wrong = List::read("写法,建议\n好,坏\n").expect_err("one character");
    assert_eq!(wrong.line, 2);
    assert!(wrong.to_string().contains("改法"));
    assert!(List::read(List::built_in_text()).is_ok_and(|list| list.entries().len() > 100));
}

#[test]
fn days_that_cannot_be_are_told() {
    let today = date(2026, 11, 25);
    let told = |text: &str, written| {
        let remarks = check_days(text, written, today);
        remarks
            .into_iter()
            .map(|remark| (remark.found, remark.line, remark.reason))
            .collect::<Vec<_>>()
    };
    let reason = |text: &str, written| {
        told(text, written).first().map(|(_, _, reason)| reason.clone()).unwrap_or_default()
    };
    assert_eq!(reason("于2026年2月30日前报送。", None), "没有这一天");
    assert_eq!(reason("特此通知。\n区政府办公室\n2026年12月1日\n", None), "落款日期还没有到");
    let written = Some(date(2026, 11, 20));
    assert_eq!(reason("特此通知。\n2026年11月21日", written), "落款日期和成文日期不一致");
    assert_eq!(told("特此通知。\n2026年11月20日\n（此件主动公开）", written), []);
    assert_eq!(told("请于2026年12月31日前报送，联系电话0592-2026301。", written), []);
    assert_eq!(
        reason("有效期至2206年1月1日。之后另行通知。", written),
        "这一天在十年以后，请核对年份"
    );
    assert_eq!(told("版本2026.13.45，比例1.2.3", None), []);
}

#[test]
fn links_that_lead_nowhere_are_told() {
    let page = "<a href=\"/gk/1\">有</a><a href=\"/gk/2\">无</a><a href=\"#附件\">锚</a><h2 id=\"附件\">附件</h2>\
                <a href=\"https://www.example.gov.cn/gk/3?x=1\">无</a><a href=\"https://www.gov.cn/\">外</a>\
                <a href=\"http://192.168.1.5/oa\">内网</a><img src=\"file:///C:/a.png\"><a href=\"\">空</a><a href=\"#无\">锚</a>";
    let remarks = check_links(page, "www.example.gov.cn", |path| path == "/gk/1");
    let found: Vec<_> = remarks.iter().map(|remark| remark.found.as_str()).collect();
    assert_eq!(
        found,
        [
            "/gk/2",
            "https://www.example.gov.cn/gk/3?x=1",
            "http://192.168.1.5/oa",
            "file:///C:/a.png",
            "",
            "#无"
        ]
    );
}
