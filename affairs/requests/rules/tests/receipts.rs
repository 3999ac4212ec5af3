//! By which day a request counts as received, whatever way it came.

use law::{Date, WorkCalendar, day};
use requests_rules::{Arrival, BadArrival, Channel, Receipt};

fn arrival(channel: Channel, submitted: Date, confirmed: Option<Date>) -> Arrival {
    let (misdirected, at_office) = (false, None);
    Arrival { channel, submitted, misdirected, at_office, confirmed, by_submission: false }
}

fn received(arrival: &Arrival) -> Option<Date> {
    arrival.receipt(WorkCalendar::state_council()).expect("days in order").on()
}

#[test]
fn the_day_of_receipt_goes_by_the_channel() {
    let (rest_day, next) = (day(2026, 10, 31), day(2026, 11, 2));
    for (channel, confirmed, on) in [
        (Channel::Counter, None, Some(rest_day)),
        (Channel::Oral, None, Some(rest_day)),
        (Channel::SignedPost, None, Some(rest_day)),
        (Channel::SignedPost, Some(next), Some(rest_day)),
        (Channel::PlainLetter, None, None),
        (Channel::PlainLetter, Some(next), Some(next)),
        (Channel::Online, None, None),
        (Channel::Online, Some(next), Some(next)),
        (Channel::Online, Some(rest_day), Some(rest_day)),
        (Channel::Fax, Some(next), Some(next)),
        (Channel::Email, Some(next), Some(next)),
    ] {
        let arrival = arrival(channel, rest_day, confirmed);
        assert_eq!(received(&arrival), on, "{} {confirmed:?}", channel.name());
        let adopted = Arrival { by_submission: true, ..arrival };
        assert_eq!(received(&adopted), Some(rest_day), "{} by submission", channel.name());
    }
}

#[test]
fn what_waits_for_its_confirmation_raises_an_alarm() {
    let calendar = WorkCalendar::state_council();
    for (channel, submitted, confirm_by) in [
        (Channel::Online, day(2026, 9, 30), day(2026, 10, 8)), // over National Day
        (Channel::Online, day(2026, 11, 27), day(2026, 11, 30)),
        (Channel::PlainLetter, day(2026, 11, 27), day(2026, 11, 27)),
    ] {
        let receipt = arrival(channel, submitted, None).receipt(calendar).expect("in reach");
        let Receipt::Unconfirmed { since, confirm_by: by, .. } = receipt else {
            panic!("{receipt:?}")
        };
        assert_eq!((since, by.date), (submitted, confirm_by), "{}", channel.name());
        assert!(!receipt.is_alarming(confirm_by));
        assert!(receipt.is_alarming(confirm_by.tomorrow().expect("a day")));
    }
}

#[test]
fn what_went_to_another_unit_is_received_when_the_office_has_it_and_both_confirm() {
    let calendar = WorkCalendar::state_council();
    let wrong =
        Arrival { misdirected: true, ..arrival(Channel::SignedPost, day(2026, 11, 2), None) };
    assert_eq!(received(&wrong), None);
    let there = Arrival { at_office: Some(day(2026, 11, 9)), ..wrong };
    assert_eq!(received(&there), None, "nobody has confirmed it");
    let confirmed = Arrival { confirmed: Some(day(2026, 11, 10)), ..there };
    assert_eq!(received(&confirmed), Some(day(2026, 11, 10)));
    let early = Arrival { confirmed: Some(day(2026, 11, 6)), ..there };
    assert!(matches!(early.receipt(calendar), Err(BadArrival::ConfirmedBefore { .. })));
    let impossible = Arrival { at_office: Some(day(2026, 11, 1)), ..wrong };
    assert!(matches!(impossible.receipt(calendar), Err(BadArrival::ArrivedBefore { .. })));
}
