//! The tables beside this file, told to the clock, and what an arrangement that comes out makes of it.

mod stories;

use law::{Arrangement, Date, WorkCalendar, day};
use requests_rules::{Explanation, Standing, TrackStretch, moved, recount, tell};

use stories::{Row, Story, rows};

/// The rows of both tables.
fn table() -> impl Iterator<Item = Row> {
    let tables = [include_str!("article_33.md"), include_str!("article_33_borders.md")];
    tables.into_iter().flat_map(rows)
}

#[test]
fn every_row_of_the_tables_of_article_33_comes_out_as_it_says() {
    let calendar = WorkCalendar::state_council();
    let rows: Vec<Row> = table().collect();
    assert!(rows.len() > 200, "{} rows", rows.len());
    let wrong = rows.iter().filter_map(|row| {
        let outcome = row.outcome(calendar);
        (outcome != row.expected).then(|| format!("{}: {outcome}", row.case))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_explanation_names_its_last_day_and_no_third_party() {
    let calendar = WorkCalendar::state_council();
    for row in table() {
        let Some(clock) = tell(&row.events, calendar).expect("in reach").clock else { continue };
        let explanation = Explanation::of(&clock, row.on, calendar).expect("in reach");
        let standing = clock.standing(row.on, calendar).expect("in reach");
        let officer = explanation.for_officer().collect::<Vec<_>>().join("\n");
        let applicant = explanation.for_applicant().collect::<Vec<_>>().join("\n");
        if let Some(due) = standing.due() {
            let last = requests_rules::chinese_day(due.date);
            assert!(
                officer.contains(&last) && applicant.contains(&last),
                "{}: {officer}",
                row.case
            );
            assert_eq!(explanation.provisional, due.provisional, "{}", row.case);
        }
        assert!(!applicant.contains(['甲', '乙', '丙']), "{}: {applicant}", row.case);
    }
}

#[test]
fn every_track_leads_from_receipt_without_gap_and_stops_where_the_clock_does() {
    let calendar = WorkCalendar::state_council();
    for row in table() {
        let Some(clock) = tell(&row.events, calendar).expect("in reach").clock else { continue };
        let track = clock.track(row.on, calendar).expect("in reach");
        let mut from = clock.received();
        for TrackStretch { after, through, .. } in &track {
            assert_eq!(*after, from, "{}: {track:?}", row.case);
            assert!(through > after, "{}: {track:?}", row.case);
            from = *through;
        }
        let standing = clock.standing(row.on, calendar).expect("in reach");
        let end = match &standing {
            Standing::Running { due, .. } => due.date.max(row.on),
            other => other.closed_on().unwrap_or(row.on),
        };
        assert_eq!(from, end.max(clock.received()), "{}: {track:?}", row.case);
    }
}

#[test]
fn a_case_is_explained_step_by_step() {
    let story = "2025-03-03 收到；2025-03-07 征求第三方甲→2025-03-10；2025-03-28 第三方甲反馈";
    let explained = Story::read(story).explained(day(2025, 3, 28));
    assert_eq!(
        explained.0,
        "2025年3月3日收到申请，从次日起算\n\
         答复期限20个工作日（《政府信息公开条例》第三十三条第二款）\n\
         2025年3月7日之后到2025年3月28日等待第三方甲的意见，其间15个工作日不计\
         （《政府信息公开条例》第三十三条第三款）\n\
         周末6天不计；清明节（2025年4月4日至4月6日）不计\n\
         最迟在2025年4月22日答复\n\
         还有16个工作日"
    );
    assert!(explained.1.contains("我们在2025年3月3日收到您的申请"), "{}", explained.1);
}

#[test]
fn an_organ_that_keeps_one_waiting_is_asked_after() {
    let calendar = WorkCalendar::state_council();
    let story = "2025-03-03 收到；2025-03-07 征求机关乙；2025-03-07 征求第三方甲→2025-03-07";
    let clock = tell(Story::read(story).events(), calendar).expect("in reach").clock;
    let clock = clock.expect("received");
    for (on, urged) in [(day(2025, 3, 28), 0), (day(2025, 3, 29), 1)] {
        assert_eq!(clock.to_be_urged(on, calendar).expect("in reach").len(), urged, "{on}");
    }
}

#[test]
fn pauses_that_touch_are_one_and_none_begins_before_its_period() {
    let calendar = WorkCalendar::state_council();
    let pauses = |story: &str, on| {
        let clock = tell(Story::read(story).events(), calendar).expect("in reach").clock;
        let pauses = clock.expect("received").pauses(on).into_iter();
        pauses.map(|pause| (pause.after, pause.through)).collect::<Vec<_>>()
    };
    let touching = "2025-03-03 收到；2025-03-07 征求机关乙；2025-03-20 机关乙反馈；\
                    2025-03-20 征求机关丙；2025-03-26 机关丙反馈";
    let on = day(2025, 3, 26);
    assert_eq!(pauses(touching, on), [(day(2025, 3, 7), Some(day(2025, 3, 26)))]);
    let anew = "2025-03-03 收到；2025-03-04 征求机关乙；2025-03-06 补正告知5；2025-03-10 补正";
    assert_eq!(pauses(anew, on), [(day(2025, 3, 10), None)]);
}

#[test]
fn what_happened_is_kept_as_it_was_told() {
    for row in table() {
        let kept = serde_json::to_string(&row.events).expect("plain data");
        let back: Vec<requests_rules::Event> = serde_json::from_str(&kept).expect("just written");
        assert_eq!(back, row.events, "{kept}");
    }
    let story = Story::read("2025-03-07 征求第三方甲→2025-03-10");
    let kept = serde_json::to_string(&story.events()[0]).expect("plain data");
    assert_eq!(
        kept,
        r#"{"on":"2025-03-07","what":"opinion_asked","of":"third_party","who":"甲","served":"2025-03-10"}"#
    );
}

#[test]
fn what_the_applicant_is_told_of_each_standing() {
    for (story, on, words) in [
        ("2025-03-03 收到", day(2025, 3, 31), "今天是最后一日"),
        ("2025-03-03 收到", day(2025, 4, 1), "您可以投诉"),
        ("2026-12-04 收到", day(2026, 12, 31), "2027年的放假安排尚未公布"),
        (
            "2025-03-03 收到；2025-03-07 征求机关乙",
            day(2025, 3, 10),
            "已用4个工作日，还剩16个工作日",
        ),
        (
            "2025-03-03 收到；2025-03-10 补正告知5",
            day(2025, 3, 11),
            "正在等待您补正申请，最迟到2025年3月17日",
        ),
        ("2025-03-03 收到；2025-03-10 补正告知5未收到", day(2025, 3, 11), "尚未证明送达"),
        (
            "2025-03-03 收到；2025-03-10 补正告知5",
            day(2025, 3, 18),
            "到2025年3月17日为止没有等到您补正申请",
        ),
        ("2025-03-03 收到；2025-03-10 撤回", day(2025, 3, 18), "您在2025年3月10日撤回了申请"),
        ("2025-03-03 收到；2025-04-01 答复", day(2025, 4, 18), "2025年4月1日已经答复，逾期"),
        (
            "2025-03-03 收到；2025-03-10 延迟到2025-06-30",
            day(2025, 4, 1),
            "延迟到2025年6月30日答复",
        ),
        (
            "2025-03-03 收到；2025-03-20 延长10；2025-03-21 收费通知→2025-03-21；2025-03-24 缴费",
            day(2025, 3, 24),
            "延长过10个工作日，不再相加；以前告知您的延长后的日子不再适用",
        ),
        ("2025-09-25 收到", day(2025, 9, 26), "2025年10月11日因"),
    ] {
        let (_, told) = Story::read(story).explained(on);
        assert!(told.contains(words), "{story} {on}: {told}");
    }
}

/// The calendar before the arrangement of 2027 came out, and after.
fn calendars() -> (&'static WorkCalendar, WorkCalendar) {
    let before = WorkCalendar::state_council();
    let issued = Arrangement::parse(include_str!("arrangement_2027.txt")).expect("an arrangement");
    (before, before.clone().with(issued))
}

fn date(text: &str) -> Date {
    text.parse().expect("a day")
}

/// `2027-03-04 暂定`, or a stroke where there is no last day.
fn written(due: Option<law::Counted>) -> String {
    let word = |due: law::Counted| if due.provisional { " 暂定" } else { "" };
    due.map_or_else(|| "—".to_owned(), |due| format!("{}{}", due.date, word(due)))
}

#[test]
fn the_last_day_moves_with_the_arrangement_and_only_where_it_rests_on_it() {
    let (before, after) = calendars();
    for (about, story, on, was, is) in [
        ("只是不再暂定", "2026-12-04 收到", "2026-12-31", "2027-01-04 暂定", "2027-01-04"),
        ("春节调休，提前一日", "2027-01-29 收到", "2027-02-01", "2027-03-04 暂定", "2027-03-03"),
        ("劳动节连休，推后一日", "2027-04-06 收到", "2027-04-07", "2027-05-06 暂定", "2027-05-07"),
        (
            "第三方的十五日也提前",
            "2027-01-25 收到；2027-01-27 征求第三方甲→2027-01-27",
            "2027-03-01",
            "2027-03-19 暂定",
            "2027-03-18",
        ),
        (
            "第三方的期限提前一日满，时钟早一日续计",
            "2027-01-25 收到；2027-01-27 征求第三方甲→2027-01-27",
            "2027-02-23",
            "—",
            "2027-03-18",
        ),
        (
            "延长以后",
            "2027-01-29 收到；2027-03-03 延长5",
            "2027-03-03",
            "2027-03-11 暂定",
            "2027-03-10",
        ),
        (
            "补正后的期限",
            "2027-01-20 收到；2027-01-22 补正告知5；2027-01-29 补正",
            "2027-01-29",
            "2027-03-04 暂定",
            "2027-03-03",
        ),
    ] {
        let story = Story::read(story);
        let moved = moved(story.events(), (before, &after), date(on)).expect("in reach");
        let moved = moved.unwrap_or_else(|| panic!("{about}: nothing moved"));
        assert_eq!(
            (written(moved.before), written(moved.after)),
            (was.into(), is.into()),
            "{about}"
        );
    }
}

#[test]
fn what_rests_on_no_open_year_and_what_is_closed_does_not_move() {
    let (before, after) = calendars();
    for (story, on) in [
        ("2026-12-03 收到", "2026-12-31"),
        ("2026-11-23 收到", "2027-01-04"),
        ("2026-12-04 收到；2026-12-10 征求机关乙", "2026-12-31"),
        ("2027-01-29 收到；2027-02-01 撤回", "2027-02-01"),
        ("2027-01-29 收到；2027-03-04 答复", "2027-03-04"),
        ("2027-01-20 收到；2027-01-22 补正告知3", "2027-01-28"),
    ] {
        let told = Story::read(story);
        let moved = moved(told.events(), (before, &after), date(on)).expect("in reach");
        assert_eq!(moved, None, "{story}");
    }
}

#[test]
fn a_step_on_the_last_day_as_it_was_then_stays_lawful() {
    let (before, after) = calendars();
    // 2027-03-04 was the last day as estimated; by the arrangement it was 2027-03-03
    for (step, due) in [("延长5", "2027-03-10"), ("收费通知→2027-03-04", "—")] {
        let story = Story::read(&format!("2027-01-29 收到；2027-03-04 {step}"));
        let on = date("2027-03-04");
        let told = tell(story.events(), before).expect("in reach");
        assert_eq!(told.refused, [], "{step}");
        let clock = recount(story.events(), &after).expect("in reach").expect("received");
        let standing = clock.standing(on, &after).expect("in reach");
        assert!(!matches!(standing, Standing::Overdue { .. }), "{step}: {standing:?}");
        assert_eq!(written(clock.due(on, &after).expect("in reach")), due, "{step}");
        let told = tell(story.events(), &after).expect("in reach");
        assert_eq!(told.refused.len(), 1, "{step}: asked anew it would be refused");
    }
}
