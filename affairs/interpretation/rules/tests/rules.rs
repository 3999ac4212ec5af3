//! Which documents are interpreted, what an interpretation speaks of, until when, and how soon one answers.

use interpretation_rules::{
    Body, ClockStanding, Concern, ContentElement, DiagramBlock, Difference, Form,
    InterpretationAlarm, Presumption, Reply, Turn, last_day, presumed,
};
use law::{WorkCalendar, day};

/// `体裁 | 规范性文件 | 标题 | 要认定`.
const DOCUMENTS: &str = "
通知 | 否 | 关于印发厦门市养老服务补贴办法的通知 | 是
通知 | 否 | 关于印发《厦门市企业用工奖励办法（试行）》的通知 | 是
通知 | 否 | 厦门市关于支持餐饮业发展的若干措施 | 是
意见 | 否 | 关于加强城市更新工作的实施意见 | 是
通知 | 是 | 关于调整住房公积金缴存比例的通知 | 是
通知 | 否 | 关于召开全市工作会议的通知 | 否
通知 | 否 | 关于补贴申请材料清单调整的通知 | 否
公告 | 否 | 关于公开征求《停车管理办法》意见的公告 | 否
公示 | 否 | 土地征收补偿安置方案 | 否
解读 | 否 | 一图读懂养老服务补贴办法 | 否
批复 | 否 | 关于同意某某规划的批复 | 否
通知 | 否 | 厦门市养老服务发展规划（2021—2025年） | 是
通知 | 否 | 关于印发厦门市停车管理办法（2024年修订）的通知 | 是
通知 | 否 | 关于印发《厦门市停车管理办法》（修订）的通知（第二批） | 是
决定 | 否 | 厦门市人民政府关于修改〈厦门市停车管理办法〉的决定 | 是
决定 | 否 | 关于修改《厦门市停车管理办法（试行）》的决定 | 是
决定 | 否 | 厦门市人民政府关于废止部分规章的决定 | 否
公告 | 否 | 关于发布《厦门市停车管理办法》的公告 | 是
公告 | 否 | 厦门市停车管理办法 | 是
通知 | 否 | 厦门市停车管理办法（征求意见稿） | 否
公告 | 否 | 关于停电检修的公告 | 否
公告 | 否 | （一） | 否
通知 | 否 | 厦门市企业信息公示办法 | 是
";

#[test]
fn a_document_that_sets_policy_is_judged_and_no_other_has_to_be() {
    for line in DOCUMENTS.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let judged = presumed(cells[0], cells[2], cells[1] == "是", false) != Presumption::Free;
        assert_eq!(judged, cells[3] == "是", "{line}");
        assert_eq!(presumed(cells[0], cells[2], true, true), Presumption::Free, "a correction");
    }
}

#[test]
fn an_interpretation_that_follows_is_late_after_the_third_working_day() {
    let calendar = WorkCalendar::state_council();
    for (published, last) in [
        (day(2026, 9, 14), day(2026, 9, 17)),
        // The Sunday before the National Day is worked.
        (day(2026, 9, 17), day(2026, 9, 21)),
        // Over the National Day.
        (day(2026, 9, 30), day(2026, 10, 10)),
    ] {
        let due = last_day(published, calendar).expect("is arranged").date;
        assert_eq!(due, last, "{published}");
        assert_eq!(
            InterpretationAlarm::on(published, Some(due)),
            InterpretationAlarm::Amber,
            "at once"
        );
        assert_eq!(InterpretationAlarm::on(due, Some(due)), InterpretationAlarm::Amber);
        assert_eq!(
            InterpretationAlarm::on(due.tomorrow().expect("a day"), Some(due)),
            InterpretationAlarm::Red
        );
    }
    assert_eq!(InterpretationAlarm::on(day(2026, 9, 30), None), InterpretationAlarm::None);
}

#[test]
fn a_grave_event_is_told_of_within_5_and_24_hours_and_anything_else_answered_within_48() {
    let heard = "2026-11-26T20:30:00Z".parse().expect("a moment");
    let told = |concern: Concern| -> Vec<String> {
        let due = concern.due(heard, day(2026, 11, 27)).expect("is in force");
        due.iter().map(|(what, at, basis)| format!("{} {at} {basis}", what.name())).collect()
    };
    assert_eq!(
        told(Concern::Grave),
        [
            "发布权威信息 2026-11-27T01:30:00Z 国办发〔2016〕80号",
            "举行新闻发布会 2026-11-27T20:30:00Z 国办发〔2016〕80号",
        ]
    );
    assert_eq!(told(Concern::Ordinary), ["回应 2026-11-28T20:30:00Z 国办发〔2016〕61号"]);
    assert!(Concern::Ordinary.due(heard, day(2016, 7, 29)).is_err(), "there was no rule yet");
}

#[test]
fn what_an_interpretation_does_not_speak_of_is_named() {
    let text = "一、出台背景。二、目标任务。三、主要内容：补贴标准每月三百元。";
    assert_eq!(ContentElement::lacking(text, false), []);
    assert_eq!(ContentElement::lacking(text, true), [ContentElement::Differences]);
    assert_eq!(
        ContentElement::lacking("每月三百元。", false),
        [ContentElement::Background, ContentElement::Aims, ContentElement::Substance]
    );
    let differs = Body {
        differences: vec![Difference {
            matter: "补贴".into(),
            before: "二百元".into(),
            after: "三百元".into(),
        }],
        ..Body::default()
    };
    assert_eq!(
        ContentElement::spoken_of(&differs.whole_text()),
        [ContentElement::Benefits, ContentElement::Differences]
    );
}

#[test]
fn each_form_says_what_it_lacks_at_the_field_where_it_is_written() {
    let fields = |form: Form, body: &Body| -> Vec<String> {
        body.check(form).err().unwrap_or_default().into_iter().map(|one| one.field).collect()
    };
    let bare = Body { lead: "六十岁以上都能领".into(), ..Body::default() };
    assert_eq!(fields(Form::Text, &Body::default()), ["yijuhua", "zhengwen"]);
    assert_eq!(fields(Form::Questions, &bare), ["wen-1"]);
    assert_eq!(fields(Form::Diagram, &bare), ["kuai-1"]);
    assert_eq!(fields(Form::Expert, &bare), ["jiedu-ren", "zhengwen"]);
    let asked = Turn { question: "谁能领？".into(), ..Turn::default() };
    assert_eq!(fields(Form::Questions, &Body { turns: vec![asked], ..bare.clone() }), ["da-1"]);
    let section =
        DiagramBlock { heading: "标准".into(), number: "300".into(), ..DiagramBlock::default() };
    let page = Body { sections: vec![section.clone(); 9], ..bare.clone() };
    assert_eq!(fields(Form::Diagram, &page), ["kuai-1"], "more than fits on one page");
    assert!(Body { sections: vec![section], ..bare.clone() }.check(Form::Diagram).is_ok());
    let long = "长".repeat(201);
    let asked = Turn { question: "谁？".into(), answer: "答".into(), place: long.clone() };
    assert_eq!(fields(Form::Questions, &Body { turns: vec![asked], ..bare.clone() }), ["yiju-1"]);
    let other = Difference { matter: "补贴".into(), before: "二百".into(), after: long };
    let other = Body { text: "正文".into(), differences: vec![other], ..bare.clone() };
    assert_eq!(fields(Form::Text, &other), ["chayi-1"]);
    let half = Difference { matter: "补贴".into(), ..Difference::default() };
    let half = Body { text: "正文".into(), differences: vec![half], ..bare };
    assert_eq!(fields(Form::Text, &half), ["chayi-1"]);
    for form in Form::ALL {
        assert_eq!(Form::read(form.word()), Some(form));
    }
}

/// `办好 | 现在 | 怎样`, of what is due at 12:00; nothing stands where it is not done.
const CLOCKS: &str = "
10:00 | 20:00 | 按时
12:00 | 20:00 | 按时
12:01 | 20:00 | 超过时限才办
 | 07:00 | 还剩 5 小时
 | 11:30 | 还剩不到 1 小时
 | 12:00 | 还剩不到 1 小时
 | 12:01 | 已超过时限
";

#[test]
fn a_clock_of_hours_says_what_is_left_and_whether_it_was_kept() {
    let at = |time: &str| -> jiff::Timestamp {
        format!("2026-11-26T{time}:00Z").parse().expect("a moment")
    };
    for line in CLOCKS.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let done = (!cells[0].is_empty()).then(|| at(cells[0]));
        let standing = ClockStanding::of(at("12:00"), done, at(cells[1]));
        assert_eq!(standing.words(), cells[2], "{line}");
    }
}

#[test]
fn what_many_ask_is_answered_one_by_one() {
    let fields = |reply: &Reply, many: bool| -> Vec<String> {
        reply.check(many).err().unwrap_or_default().into_iter().map(|bad| bad.field).collect()
    };
    assert_eq!(fields(&Reply::default(), false), ["biaoti", "huiying"]);
    let reply =
        Reply { title: "水管抢修".into(), answer: "今晚修好。".into(), turns: vec![] };
    assert_eq!(fields(&reply, false), Vec::<String>::new());
    assert_eq!(fields(&reply, true), ["wen-1"]);
    let asked = Turn { question: "几点来水？".into(), ..Turn::default() };
    assert_eq!(fields(&Reply { turns: vec![asked], ..reply }, true), ["da-1"]);
}
