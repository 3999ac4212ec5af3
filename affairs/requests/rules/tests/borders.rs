//! 收到之日 by each channel on days of rest, and 信息处理费 at the borders of its tiers.

use law::{Date, WorkCalendar};
use requests_rules::{
    Arrival, Channel, Clock, CountedApplication, PER_ITEM, ProvidedForm, per_item, per_page,
};

fn date(text: &str) -> Date {
    text.parse().expect("a day")
}

#[test]
fn from_each_channel_to_the_last_day() {
    let calendar = WorkCalendar::state_council();
    for (about, channel, submitted, at_office, confirmed, due) in [
        ("国庆假期当面提交", Channel::Counter, "2026-10-01", "", "", "2026-11-03"),
        ("调休上班的周日当面提交", Channel::Counter, "2026-09-20", "", "", "2026-10-23"),
        ("周六签收", Channel::SignedPost, "2026-10-31", "", "", "2026-11-27"),
        ("平信当日确认", Channel::PlainLetter, "2026-11-23", "", "2026-11-23", "2026-12-21"),
        ("平信次日才确认", Channel::PlainLetter, "2026-11-23", "", "2026-11-24", "2026-12-22"),
        (
            "周日夜里网上提交，周一确认",
            Channel::Online,
            "2026-11-22",
            "",
            "2026-11-23",
            "2026-12-21",
        ),
        ("网上提交当日确认", Channel::Online, "2026-11-22", "", "2026-11-22", "2026-12-18"),
        ("传真，次日确认", Channel::Fax, "2026-09-30", "", "2026-10-08", "2026-11-04"),
        ("电子邮件按确认", Channel::Email, "2026-12-31", "", "2027-01-04", "2027-02-01"),
        (
            "误投其他科室再确认",
            Channel::SignedPost,
            "2026-11-02",
            "2026-11-09",
            "2026-11-10",
            "2026-12-08",
        ),
        ("口头申请当场代填", Channel::Oral, "2026-02-14", "", "", "2026-03-20"),
    ] {
        let day = |text: &str| (!text.is_empty()).then(|| date(text));
        let at_office = day(at_office);
        let arrival = Arrival {
            channel,
            submitted: date(submitted),
            misdirected: at_office.is_some(),
            at_office,
            confirmed: day(confirmed),
            by_submission: false,
        };
        let receipt = arrival.receipt(calendar).expect("days in order");
        let received = receipt.on().unwrap_or_else(|| panic!("{about}: not received"));
        let clock = Clock::start(received).expect("in force");
        let last = clock.due(received, calendar).expect("in reach").expect("running");
        assert_eq!(last.date, date(due), "{about}");
        assert_eq!(last.provisional, last.date.year() > 2026, "{about}");
    }
}

#[test]
fn a_fee_steps_up_on_the_first_of_a_tier_and_not_on_the_last_of_the_one_before() {
    let received = date("2025-03-03");
    for (pages, amount) in
        [(0, 0), (1, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2_700), (201, 2_740)]
    {
        for form in [ProvidedForm::Paper, ProvidedForm::Email, ProvidedForm::Copy] {
            let charge = per_page(received, form, pages, false).expect("in force");
            assert_eq!(charge.amount, amount, "{pages} pages");
            assert!(charge.tiers.iter().all(|tier| tier.count > 0), "{pages} pages");
        }
    }
    let scale = PER_ITEM.on(received).expect("in force").value;
    for (items, amount) in [
        (0, 0),
        (1, 0),
        (10, 0),
        (11, 100),
        (30, 2_000),
        (31, 2_200),
        (40, 4_000),
        (41, 4_300),
        (50, 7_000),
        (51, 7_400),
        (60, 11_000),
        (61, 11_500),
        (110, 46_000),
        (111, 47_000),
    ] {
        assert_eq!(scale.charge(1, items).amount, amount, "{items} items");
    }
}

#[test]
fn a_month_counts_by_itself_and_in_the_order_of_receipt() {
    let application = |received, items| CountedApplication {
        applicant: "甲".to_owned(),
        received: date(received),
        items,
    };
    // listed as registered: the last of December was received before the first
    let charged = per_item(&[
        application("2025-12-31", 10),
        application("2026-01-01", 10),
        application("2025-12-01", 25),
    ]);
    let charged = charged.expect("in force");
    let numbers: Vec<_> =
        charged.charges.iter().map(|one| (one.first, one.last, one.amount)).collect();
    assert_eq!(numbers, [(26, 35, 1_500), (1, 10, 0), (1, 25, 1_500)]);
    let months: Vec<_> =
        charged.months.iter().map(|one| (one.month, one.items, one.charge.amount)).collect();
    assert_eq!(months, [((2025, 12), 35, 3_000), ((2026, 1), 10, 0)]);
}
