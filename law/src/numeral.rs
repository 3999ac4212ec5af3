//! Numbers as statutes write them: 第三十三条, 第一百零二条.

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// The number in Chinese, as an article, paragraph or item is numbered: 33 is 三十三, 10 is 十,
/// 110 is 一百一十.
pub fn chinese_numeral(number: u16) -> String {
    match number {
        0 => DIGITS[0].to_owned(),
        // 十 and 十五 are written without the leading 一; a hundred and more keep it (一百一十五).
        10..20 => below_ten_thousand(number).replacen("一十", "十", 1),
        1..10_000 => below_ten_thousand(number),
        _ => {
            let (high, low) = (number / 10_000, number % 10_000);
            let gap = if low == 0 || low >= 1_000 { "" } else { "零" };
            let low = if low == 0 { String::new() } else { below_ten_thousand(low) };
            format!("{}万{gap}{low}", below_ten_thousand(high))
        }
    }
}

/// Digits with their units; runs of zeros inside the number become one 零, zeros at its end none.
fn below_ten_thousand(number: u16) -> String {
    let mut written = String::new();
    let mut zero_pending = false;
    for (unit, word) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = usize::from(number / unit % 10);
        if digit == 0 {
            zero_pending = !written.is_empty();
            continue;
        }
        if zero_pending {
            written.push_str(DIGITS[0]);
            zero_pending = false;
        }
        written.push_str(DIGITS[digit]);
        written.push_str(word);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::chinese_numeral;

    #[test]
    fn numbers_are_written_as_statutes_write_them() {
        for (number, written) in [
            (0, "零"),
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (33, "三十三"),
            (100, "一百"),
            (101, "一百零一"),
            (110, "一百一十"),
            (115, "一百一十五"),
            (1_001, "一千零一"),
            (1_010, "一千零一十"),
            (1_260, "一千二百六十"),
            (10_000, "一万"),
            (10_010, "一万零一十"),
            (65_535, "六万五千五百三十五"),
        ] {
            assert_eq!(chinese_numeral(number), written);
        }
    }
}
