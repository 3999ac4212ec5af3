//! What counts as personal data, and what does not: one line for each spelling and each trap.

use documents::personal::{Kind, Passage, find, masked, shown};

/// Kind and shown value of everything found.
fn told(text: &str) -> Vec<(Kind, String)> {
    let passage = Passage::plain(text);
    find(&passage).into_iter().map(|found| (found.kind, shown(found, text))).collect()
}

/// Numbers with valid check digits, made up.
const ID: &str = "1101**********002X";

#[test]
fn an_identity_number_is_found_however_it_is_written() {
    for text in [
        "身份证号：11010519491231002X",
        "11010519491231002x",
        "身份证１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-1949-1231-002X",
        "110105–19491231–002X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "1101\u{200b}0519491231\u{feff}002X",
        "1\u{336}1\u{336}0\u{336}1\u{336}0519491231002X",
        "身份证号：11010519\n491231002X，请核对",
        "身份证号：11010519\u{b}491231002X",
        "身份证号\t110105\t19491231\t002X",
        "一一零一零五一九四九一二三一零零二X",
        "壹壹零壹零伍壹玖肆玖壹贰叁壹零零贰X",
        "①①⓪①⓪⑤①⑨④⑨①②③①⓪⓪②X",
        "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X",
        "𝟏𝟏𝟎𝟏𝟎𝟓𝟏𝟗𝟒𝟗𝟏𝟐𝟑𝟏𝟎𝟎𝟐X",
        "张三11010519491231002X男",
        "证件号码（身份证）：11010519491231002×",
    ] {
        assert_eq!(told(text), [(Kind::IdNumber, ID.to_owned())], "{text}");
    }
    assert_eq!(told("身份证号码350211840227641"), [(Kind::IdNumber, "3502*******7641".to_owned())]);
    let slip = told("身份证号：110105194912310021");
    assert_eq!(
        slip,
        [(Kind::IdNumber, "1101**********0021".to_owned())],
        "a slip of the pen is a number still"
    );
}

#[test]
fn a_mobile_number_is_found_however_it_is_written() {
    for text in [
        "13800138000",
        "手机：138-0013-8000",
        "138 0013 8000",
        "+86 13800138000",
        "+86-138 0013 8000",
        "008613800138000",
        "(+86)13800138000",
        "一三八零零一三八零零零",
        "幺三八〇〇幺三八〇〇〇",
        "电话138.0013.8000",
        "联系电话（138）0013-8000",
        "1\u{fe0f}\u{20e3}3\u{fe0f}\u{20e3}800138000",
        "张三13800138000。",
        "电话：1380013\n8000（本人）",
        "电话13800138000转2",
        "您的号码是13800138000?",
        "mobile:13800138000",
        "微信13800138000",
        "电话l38OOl38OOO",
        "手机13800i38ooo。",
        "电话幺三八洞洞幺三八洞洞洞",
        "13800138000@139.com",
    ] {
        let found = told(text);
        assert_eq!(
            found.first(),
            Some(&(Kind::Mobile, "138****8000".to_owned())),
            "{text}: {found:?}"
        );
    }
    let list = told("13800138000、13900139000/13700137000");
    assert_eq!(list.len(), 3, "{list:?}");
}

#[test]
fn a_bank_card_is_found_with_luhns_sum_and_an_issuer_or_its_announcement() {
    for text in [
        "6212263445082519749",
        "银行卡号 6212 2634 4508 2519 749",
        "卡号：6212-2634-4508-2519-749",
        "收款账号６２１２２６３４４５０８２５１９７４９",
        "惠农卡：621226\u{b}3445082519749",
    ] {
        assert_eq!(told(text), [(Kind::BankCard, "6212***********9749".to_owned())], "{text}");
    }
}

#[test]
fn a_bank_card_that_is_announced_is_found_with_a_slip_of_the_pen_and_whatever_follows_it() {
    let slip = [(Kind::BankCard, "6212***********9748".to_owned())];
    for text in [
        "我的银行卡号是6212263445082519748，请核对",
        "工行卡6212 2634 4508 2519 748",
        "补贴打到账户6212-2634-4508-2519-748里",
    ] {
        assert_eq!(told(text), slip, "{text}");
    }
    let right = [(Kind::BankCard, "6212***********9749".to_owned())];
    for text in ["6212263445082519749户名写错了", "请打到6212263445082519749人没有来"] {
        assert_eq!(told(text), right, "{text}");
    }
    for text in [
        "6212263445082519748",
        "流水号6212263445082519748",
        "银行回单编号6212263445082519748",
        "银行账号：3500162345678901234",
    ] {
        assert_eq!(told(text), [], "{text}");
    }
}

#[test]
fn what_belongs_to_things_and_offices_is_left_in_peace() {
    for text in [
        "办公电话：0592-2021091转8012，传真0592-2037304",
        "政务服务热线12345，服务热线400-438-4401",
        "项目代码：2020-350203-48-01-012345",
        "统一社会信用代码913502007776983127，91350200MA3QKWM34E",
        "受理编号：3502112025121071522",
        "事项编码1135020006803233220009732001",
        "索引号XM02102-0106-2026-00001",
        "采购计划号：[350213]XMCG[GK]2025862372",
        "合同编号HT20260919887682，发票代码035089277891",
        "预算指标合计33,623,287,742.85元，13800138000元",
        "坐标：118.806313112，24.854800934",
        "监测时段：20260901000000—20260928235959",
        "2cb240df-8e42-470a-a9cd-7e5d05093b04",
        "区划代码\t日期\t序号\n350205\t20250321\t0001",
        "身份证号：3502**********1234",
        "身份证号350213**********4713，手机138****1234，133xxxx6663",
        "银行卡号：6217 **** **** *** 4264，尾号6232",
        "二〇二六年十一月二十五日第一三五八次会议",
        "7 1381 2023 4410 88 9",
        "咨询电话见https://www.example.gov.cn/info/13053/170942.htm",
        "型号l38OOl38OOO",
        "Model 1380o13 8ooo",
        "云府办〔2026〕13号，（2025）闽02行初44号",
    ] {
        assert_eq!(told(text), [], "{text}");
    }
}

#[test]
fn the_rest_is_told_by_the_words_around_it() {
    for (text, kind, value) in [
        ("护照号码：E12345678", Kind::Passport, "E123*5678"),
        ("家庭电话：0592-2021091", Kind::HomePhone, "0592***1091"),
        ("家庭住址：云湖区石桥镇田头村12号", Kind::HomeAddress, "云湖区石桥镇田头村***"),
        ("邮箱zhangsan@qq.com", Kind::Email, "********@**.***"),
        ("车牌闽D12345", Kind::Plate, "闽D***45"),
    ] {
        assert_eq!(told(text), [(kind, value.to_owned())], "{text}");
    }
    for text in [
        "办公地址：湖滨路93号",
        "邮箱office@yunhu.gov.cn",
        "闽（2023）不动产权第2733770号",
        "家庭住址：石桥镇田头村",
    ] {
        assert_eq!(told(text), [], "{text}");
    }
}

#[test]
fn a_table_tells_what_its_cells_are() {
    let mut passage = Passage::default();
    for (name, need) in [("张三", "低保"), ("李*四", "低保")] {
        passage.push_cell(name, "姓名");
        passage.push_cell("精神残疾", "残疾类别");
        passage.push_cell(need, "救助类型");
        passage.end_row();
    }
    let found = find(&passage);
    let kinds: Vec<Kind> = found.iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [Kind::NameList, Kind::Health], "who is masked already is not told");
    let mut split = Passage::default();
    for (part, heading) in
        [("张三", "姓名"), ("110105", "身份证号"), ("19491231", ""), ("002X", "")]
    {
        split.push_cell(part, heading);
    }
    assert!(find(&split).iter().any(|found| found.kind == Kind::IdNumber));
    let mut figures = Passage::default();
    for (part, heading) in [("110105", "区划代码"), ("19491231", "日期"), ("002", "序号")] {
        figures.push_cell(part, heading);
    }
    assert_eq!(find(&figures), []);
}

#[test]
fn masking_keeps_four_signs_of_an_identity_number_and_nothing_of_others() {
    for (text, expected) in [
        ("身份证号：11010519491231002X。", "身份证号：**************002X。"),
        ("身份证110105 19491231 002X", "身份证****** ******** 002X"),
        ("电话138\u{200b}0013-8000，请核对", "电话*******-****，请核对"),
        ("卡号：6212263445082519749", "卡号：*******************"),
        ("家庭住址：云湖区石桥镇田头村12号", "家庭住址：云湖区石桥镇田头村***"),
        ("没有什么可隐去的 0592-2021091", "没有什么可隐去的 0592-2021091"),
    ] {
        let found = find(&Passage::plain(text));
        assert_eq!(masked(text, &found), expected);
        assert_eq!(find(&Passage::plain(expected)), [], "masked once is masked: {expected}");
    }
}
