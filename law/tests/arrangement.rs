//! Reading an arrangement: both forms, and everything that can be wrong with a file.

use law::{Arrangement, Standing};

/// What 2027 might look like in our own form; only the statutory days matter here.
const NOTICE: &str = "\
年 2027
文号 国办发明电〔2026〕9号
来源 https://www.gov.cn/zhengce/zhengceku/202611/content_1.htm
元旦 休 01-01..01-03
春节 休 02-05至02-11 班 01-31 02-20
清明节 休 04-03..04-05
劳动节 休 05-01..05-05 班 05-08
端午节 休 06-09
中秋节 休 09-15
国庆节 休 10-01..10-07 班 10-09
";

#[test]
fn our_own_form_is_read_with_its_documents_and_sources() {
    let arrangement = Arrangement::parse(NOTICE).expect("a whole notice");
    assert_eq!(arrangement.year(), 2027);
    assert_eq!(arrangement.standing(), Standing::Official);
    assert_eq!(arrangement.documents(), ["国办发明电〔2026〕9号"]);
    assert_eq!(arrangement.sources().len(), 1);
    assert_eq!(arrangement.days().iter().filter(|day| day.off).count(), 27);
    assert_eq!(arrangement.days().iter().filter(|day| !day.off).count(), 4);
}

#[test]
fn what_is_printed_is_read_back_the_same() {
    let arrangement = Arrangement::parse(NOTICE).expect("a whole notice");
    assert_eq!(Arrangement::parse(&arrangement.to_string()), Ok(arrangement));
}

#[test]
fn the_order_of_the_lines_does_not_matter() {
    let arrangement = Arrangement::parse(NOTICE).expect("a whole notice");
    let (head, holidays) = NOTICE.split_at(NOTICE.find("元旦").expect("it has one"));
    let holidays: Vec<_> = holidays.lines().rev().collect();
    let turned = format!("{head}{}", holidays.join("\n"));
    assert_eq!(Arrangement::parse(&turned), Ok(arrangement));
}

#[test]
fn json_says_the_same_as_our_own_form() {
    let arrangement = Arrangement::parse(NOTICE).expect("a whole notice");
    let days = arrangement.days().iter().map(|day| {
        format!(r#"{{"name":"{}","date":"{}","isOffDay":{}}}"#, day.holiday, day.date, day.off)
    });
    let days: Vec<_> = days.collect();
    let json = json(&days.join(",\n"));
    let read = Arrangement::parse(&format!("\u{feff}{json}")).expect("the same notice");
    assert_eq!(read.days(), arrangement.days());
    assert_eq!(read.sources(), ["https://www.gov.cn/1.htm"]);
}

#[test]
fn a_faulty_file_is_refused_with_its_line_and_a_remedy() {
    let cases: &[(&str, String, &str, &str)] = &[
        ("nothing", String::new(), "没有先写明是哪一年", "年 2027"),
        ("no year", "元旦 休 01-01".into(), "第 1 行 没有先写明是哪一年", "年 2027"),
        (
            "a year out of reach",
            "年 1999".into(),
            "第 1 行 年份“1999”不在 2004 年至 2099 年之间",
            "四位数字",
        ),
        (
            "no year at all",
            "年 明年".into(),
            "第 1 行 年份“明年”不在 2004 年至 2099 年之间",
            "四位数字",
        ),
        ("no days", "年 2027\n# 尚未公布\n".into(), "没有任何放假的日子", "还没有公布"),
        ("only days worked", "年 2027\n元旦 班 01-02".into(), "没有任何放假的日子", "还没有公布"),
        (
            "two years",
            format!("{NOTICE}年 2028\n"),
            "第 11 行 又出现了一个年份“2028”",
            "各自的文件",
        ),
        ("no such day", format!("{NOTICE}某节 休 02-30\n"), "第 11 行 “02-30”不是日期", "MM-DD"),
        (
            "words for a day",
            format!("{NOTICE}某节 休 十月一日\n"),
            "第 11 行 “十月一日”不是日期",
            "MM-DD",
        ),
        (
            "another year",
            format!("{NOTICE}某节 休 2028-01-01\n"),
            "第 11 行 2028-01-01 不属于 2027 年的安排",
            "核对日期",
        ),
        (
            "long before",
            format!("{NOTICE}某节 休 2026-11-30\n"),
            "第 11 行 2026-11-30 不属于 2027 年的安排",
            "上一年十二月",
        ),
        (
            "backwards",
            format!("{NOTICE}某节 休 08-03..08-01\n"),
            "第 11 行 “08-03..08-01”止日早于起日",
            "对调",
        ),
        (
            "twice",
            format!("{NOTICE}某节 休 10-09\n"),
            "第 11 行 2027-10-09 重复, 第 10 行已经写过",
            "只能写一次",
        ),
        (
            "neither off nor worked",
            format!("{NOTICE}某节 08-01\n"),
            "第 11 行 看不懂“某节 08-01”",
            "休",
        ),
        ("a stray word", format!("{NOTICE}备注\n"), "第 11 行 看不懂“备注”", "休"),
        ("a number without its word", format!("{NOTICE}文号\n"), "第 11 行 看不懂“文号”", "休"),
        (
            "a holiday worked",
            NOTICE.replace("端午节 休 06-09", "端午节 休 06-10 班 06-09"),
            "缺少法定节假日 2027-06-09 (端午节)",
            "对照通知原文",
        ),
        (
            "half a notice",
            NOTICE.lines().take(9).collect::<Vec<_>>().join("\n"),
            "缺少法定节假日 2027-10-01 (国庆节)",
            "对照通知原文",
        ),
        ("broken json", "{\"year\": 2027,\n".into(), "第 2 行 不是完整的 JSON", "重新下载"),
        ("other json", "{\"name\": \"x\"}".into(), "不是放假安排的 JSON", "选错了文件"),
        ("a json list", "[1]".into(), "不是放假安排的 JSON", "选错了文件"),
        ("json without days", json(""), "没有任何放假的日子", "还没有公布"),
        (
            "a json day without a date",
            json("{\"name\":\"元旦\",\"isOffDay\":true}"),
            "第 3 行 这一天没有写全",
            "isOffDay",
        ),
        (
            "a json day that does not exist",
            json(
                "{\"name\":\"元旦\",\"date\":\"2027-01-01\",\"isOffDay\":true},\n{\"name\":\"元旦\",\"date\":\"2027-13-01\",\"isOffDay\":true}",
            ),
            "第 4 行 “2027-13-01”不是日期",
            "YYYY-MM-DD",
        ),
    ];
    for (name, file, message, remedy) in cases {
        let refused = Arrangement::parse(file).expect_err(name);
        assert_eq!(refused.to_string(), *message, "{name}");
        assert!(refused.fault.remedy().contains(remedy), "{name}: {}", refused.fault.remedy());
    }
}

/// A file of the open data set's shape, its days from line 3 on.
fn json(days: &str) -> String {
    format!(
        "{{\"year\": 2027, \"papers\": [\"https://www.gov.cn/1.htm\"],\n\"days\": [\n{days}\n]}}"
    )
}
