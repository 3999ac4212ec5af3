//! 索引号: Fujian's is taken apart and composed, others are kept.

use records_rules::{FujianIndex, IndexNumber, OpaqueScheme};

#[test]
fn numbers_seen_on_portals_are_recognised_and_kept() {
    for (text, printed, scheme) in [
        ("XM02102-0106-2026-00001", "XM02102-0106-2026-00001", None),
        ("xm02100—0101—2019—00001", "XM02100-0101-2019-00001", None),
        ("QZ06101-0240-2020-00207", "QZ06101-0240-2020-00207", None),
        ("FJ00301-0200-2016-00124", "FJ00301-0200-2016-00124", None),
        ("000014349/2017-00110", "000014349/2017-00110", Some(OpaqueScheme::OrganisationCode)),
        (
            "11370322004222241N/2021-5135380",
            "11370322004222241N/2021-5135380",
            Some(OpaqueScheme::CreditCode),
        ),
        ("530000202001010000123", "530000202001010000123", Some(OpaqueScheme::Digits21)),
        ("XM0210-0101-2019-00001", "XM0210-0101-2019-00001", Some(OpaqueScheme::Unknown)),
        ("XM02100-0101-2019-00000", "XM02100-0101-2019-00000", Some(OpaqueScheme::Unknown)),
        ("厦-信-3", "厦-信-3", Some(OpaqueScheme::Unknown)),
    ] {
        let index: IndexNumber = text.parse().expect(text);
        assert_eq!(index.to_string(), printed);
        let found = match index {
            IndexNumber::Opaque(scheme, _) => Some(scheme),
            IndexNumber::Fujian(_) => None,
        };
        assert_eq!(found, scheme, "{text}");
    }
}

#[test]
fn a_number_is_composed_by_the_rule_and_reads_back_the_same() {
    let organ: records_rules::OrganCode = "xm00002".parse().expect("a code");
    let index = FujianIndex::new(organ, 201, 2020, 67).expect("it fits");
    assert_eq!(index.to_string(), "XM00002-0201-2020-00067");
    assert_eq!(index.to_string().parse(), Ok(IndexNumber::Fujian(index)));
}

#[test]
fn parts_that_do_not_fit_are_refused() {
    for (category, year, serial) in
        [(10_000, 2020, 1), (1, 1948, 1), (1, 2020, 0), (1, 2020, 100_000)]
    {
        let organ = "XM00002".parse().expect("a code");
        assert!(FujianIndex::new(organ, category, year, serial).is_err());
    }
    for code in ["", "XM0002", "X100002", "XM000021", "厦门00002", "XM0000二"] {
        assert!(code.parse::<records_rules::OrganCode>().is_err(), "{code}");
    }
    assert!(" ".parse::<IndexNumber>().is_err());
    assert!("1".repeat(65).parse::<IndexNumber>().is_err());
}
