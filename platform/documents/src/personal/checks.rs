//! Whether digits can be what they look like: check digits, regions, days, number ranges.

/// GB/T 2260: the first two digits of a region; 81 to 83 stand for residents from Hong Kong, Macao
/// and Taiwan.
fn is_province(code: u32) -> bool {
    matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
}

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(*digit))
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => return false,
    };
    (1..=last).contains(&day)
}

/// 外国人永久居留身份证 of 2023: 18 digits that begin with this, with birthday and check digit like the others.
pub(super) const FOREIGNER: u8 = 9;

/// GB 11643: region and birthday of the 17 digits before the check digit can be.
pub(super) fn is_identity_shape(digits: &[u8]) -> bool {
    digits.len() >= 17
        && (is_province(number(&digits[..2])) || digits[0] == FOREIGNER)
        && (1880..2100).contains(&number(&digits[6..10]))
        && is_day(number(&digits[6..10]), number(&digits[10..12]), number(&digits[12..14]))
}

/// GB 11643: the check digit, 10 for X.
pub(super) fn check_digit(digits: &[u8]) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2][(sum % 11) as usize]
}

/// An identity number of before 1999: 15 digits, two of them for the year.
pub(super) fn is_old_identity(digits: &[u8]) -> bool {
    digits.len() == 15
        && is_province(number(&digits[..2]))
        && number(&digits[2..4]) > 0
        && is_day(1900 + number(&digits[6..8]), number(&digits[8..10]), number(&digits[10..12]))
}

/// 11 digits in a range given out to mobile telephones.
pub(super) fn is_mobile(digits: &[u8]) -> bool {
    digits.len() == 11
        && digits[0] == 1
        && match digits[1] {
            3 | 8 => true,
            4 => digits[2] != 2 && digits[2] != 3,
            5 => digits[2] != 4,
            6 => matches!(digits[2], 2 | 5..=8),
            7 => digits[2] <= 8,
            9 => digits[2] != 4,
            _ => false,
        }
}

/// Luhn's sum of ISO/IEC 7812.
pub(super) fn is_luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, u32::from(*digit)) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether a number of a card's length begins as the cards do that banks of this country alone issue.
pub(super) fn is_home_issuer(digits: &[u8]) -> bool {
    let (two, four) = (number(&digits[..2]), number(&digits[..4]));
    match digits.len() {
        16 => two == 62,
        17..=19 => two == 62 || matches!(four, 9558 | 6013 | 6033),
        _ => false,
    }
}

/// Whether a number begins as bank cards in China do.
pub(super) fn is_card_issuer(digits: &[u8]) -> bool {
    let (two, four) = (number(&digits[..2]), number(&digits[..4]));
    match digits.len() {
        16 => {
            two == 62 || digits[0] == 4 || (51..=55).contains(&two) || (3528..=3589).contains(&four)
        }
        _ => is_home_issuer(digits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<u8> {
        text.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect()
    }

    #[test]
    fn digits_are_what_they_claim_to_be_only_if_their_sums_agree() {
        let id = digits("11010519491231002");
        assert!(is_identity_shape(&id));
        assert_eq!(check_digit(&id), 10);
        assert!(!is_identity_shape(&digits("11010519490231002")), "no 31 February");
        assert!(
            is_old_identity(&digits("350211840227641"))
                && !is_old_identity(&digits("350211841327641"))
        );
        assert!(is_mobile(&digits("19172799170")) && !is_mobile(&digits("12345678901")));
        assert!(
            is_luhn(&digits("6212263445082519749")) && !is_luhn(&digits("6212263445082519748"))
        );
    }
}
