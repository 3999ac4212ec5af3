//! What is personal by the words around it: homes, illnesses, lists of persons, mailboxes, plates.

use super::labels;
use super::passage::{CELL, LINE, Passage};
use super::{Found, Kind};

/// How far behind its announcement a value is looked for, in characters.
const REACH: usize = 60;

/// Adds what is found to `found`.
pub(super) fn find(passage: &Passage, found: &mut Vec<Found>) {
    let text = passage.text();
    if text.len() < 4 {
        return;
    }
    announced(text, TRAVEL, found, Kind::Passport, travel);
    announced(text, NUMBERED_TRAVEL, found, Kind::Passport, bare_travel);
    announced(text, labels::HOME_PHONES, found, Kind::HomePhone, telephone);
    announced(text, labels::HOMES, found, Kind::HomeAddress, home);
    announced(text, &["微信", "QQ", "qq", "Ｑ"], found, Kind::Messenger, messenger);
    mailboxes(text, found);
    plates(text, found);
    rows(passage, found);
}

/// Looks behind every announcement for a value; `value` says where it begins and ends.
fn announced(
    text: &str,
    words: &[&str],
    found: &mut Vec<Found>,
    kind: Kind,
    value: impl Fn(&str) -> Option<(usize, usize)>,
) {
    for word in words {
        for (at, _) in text.match_indices(word) {
            let from = at + word.len();
            let line = text[from..].find(LINE).map_or(text.len(), |end| from + end);
            let to = text[from..line].char_indices().nth(REACH).map_or(line, |(end, _)| from + end);
            if let Some((begin, end)) = value(&text[from..to]) {
                found.push(Found { kind, from: from + begin, to: from + end });
            }
        }
    }
}

/// Skips what stands between an announcement and its value: 号码, 号, colons, blanks.
fn skip(text: &str) -> usize {
    let lead = |c: char| {
        c.is_whitespace()
            || "号码证號碼證及址在电话:：为是（）()账联系信".contains(c)
            || super::is_invisible(c)
    };
    text.find(|c| !lead(c)).unwrap_or(text.len())
}

/// What announces a document to travel with.
const TRAVEL: &[&str] = &[
    "护照",
    "護照",
    "passport",
    "Passport",
    "PASSPORT",
    "通行证",
    "通行證",
    "台胞证",
    "回乡证",
    "港澳证件",
    "证件号",
];
/// Those whose numbers may be digits alone: of 台湾居民来往大陆通行证, and of other countries' passports.
const NUMBERED_TRAVEL: &[&str] = &["台胞证", "来往大陆通行证", "护照号", "護照號"];

/// One or two letters and seven to ten digits, of any width, blanks and hyphens allowed.
fn travel(text: &str) -> Option<(usize, usize)> {
    let mut from = skip(text);
    if let Some(word) = ["No", "no", "NO"].iter().find(|word| text[from..].starts_with(**word)) {
        from += word.len() + text[from + word.len()..].chars().take_while(|c| *c == '.').count();
        from += skip(&text[from..]);
    }
    let (mut letters, mut digits, mut to) = (0, 0, from);
    for (at, c) in text[from..].char_indices() {
        let plain = plain(c);
        match plain {
            c if c.is_ascii_alphabetic() && digits == 0 => letters += 1,
            c if c.is_ascii_digit() && letters > 0 => digits += 1,
            ' ' | '-' if letters > 0 => continue,
            c if super::is_invisible(c) => continue,
            c if c.is_ascii_alphanumeric() => return None,
            _ => break,
        }
        to = from + at + c.len_utf8();
    }
    ((1..=2).contains(&letters) && (7..=10).contains(&digits)).then_some((from, to))
}

/// Eight to ten digits and nothing that goes on behind them.
fn bare_travel(text: &str) -> Option<(usize, usize)> {
    let from = skip(text);
    let signs = text[from..].char_indices().map(|(at, c)| (from + at + c.len_utf8(), plain(c)));
    let digits: Vec<_> = signs.take_while(|(_, c)| c.is_ascii_digit()).collect();
    let (to, _) = digits.last()?;
    let goes_on = text[*to..].chars().next().is_some_and(|c| plain(c).is_ascii_alphanumeric());
    ((8..=10).contains(&digits.len()) && !goes_on).then_some((from, *to))
}

/// A sign without its width.
fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c)
        }
        '\u{3000}' | '\u{a0}' => ' ',
        c => c,
    }
}

/// Seven to twelve digits, an area code and a hyphen allowed.
fn telephone(text: &str) -> Option<(usize, usize)> {
    let from = skip(text);
    let length: usize = text[from..]
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '-')
        .map(char::len_utf8)
        .sum();
    let digits = text[from..from + length].bytes().filter(u8::is_ascii_digit).count();
    (7..=12).contains(&digits).then_some((from, from + length))
}

/// An address with a house, a building or a room.
fn home(text: &str) -> Option<(usize, usize)> {
    let from = skip(text);
    let stop =
        |c: char| matches!(c, '，' | '。' | '；' | ';' | ',' | CELL | '、') || c == super::BREAK;
    let end = text[from..].find(stop).map_or(text.len(), |end| from + end);
    is_fine_address(&text[from..end]).then_some((from, end))
}

/// Whether an address names a house: a number before 号, 室, 栋 and the like.
fn is_fine_address(address: &str) -> bool {
    let is_number =
        |c: char| c.is_ascii_digit() || "一二三四五六七八九十百０１２３４５６７８９".contains(c);
    let mut before = None;
    for c in address.chars() {
        let ends =
            matches!(c, '号' | '室' | '栋' | '幢' | '座' | '楼' | '弄' | '巷' | '户' | '組' | '组');
        if ends && before.is_some_and(is_number) || c == '元' && before == Some('单') {
            return true;
        }
        before = Some(c);
    }
    false
}

fn messenger(text: &str) -> Option<(usize, usize)> {
    let from = skip(text);
    let length = text[from..]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        .count();
    let value = &text[from..from + length];
    ((5..=20).contains(&length) && value.bytes().any(|byte| byte.is_ascii_digit()))
        .then_some((from, from + length))
}

/// Hosts at which private persons keep their mail.
const HOSTS: &[&str] = &[
    "qq.com",
    "163.com",
    "126.com",
    "139.com",
    "189.cn",
    "sina.com",
    "sina.cn",
    "sohu.com",
    "foxmail.com",
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "yeah.net",
    "aliyun.com",
    "icloud.com",
    "wo.cn",
    "21cn.com",
    "tom.com",
    "yahoo.com",
    "yahoo.com.cn",
    "vip.qq.com",
    "vip.163.com",
    "88.com",
];

fn mailboxes(text: &str, found: &mut Vec<Found>) {
    for (at, sign) in text.char_indices().filter(|(_, c)| matches!(c, '@' | '＠')) {
        let name = |c: &char| c.is_ascii_alphanumeric() || "._-+".contains(*c);
        let before = text[..at].chars().rev().take_while(name).count();
        let from_host = at + sign.len_utf8();
        let host: String = text[from_host..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || ".-".contains(*c))
            .collect();
        let host = host.trim_end_matches('.');
        if before > 0 && HOSTS.contains(&host.to_ascii_lowercase().as_str()) {
            found.push(Found { kind: Kind::Email, from: at - before, to: from_host + host.len() });
        }
    }
}

const PLATE_HEADS: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// A province's sign, a letter, five or six letters or digits; plates of the police are the office's.
fn plates(text: &str, found: &mut Vec<Found>) {
    for (from, head) in text.char_indices().filter(|(_, c)| PLATE_HEADS.contains(*c)) {
        let mut rest = text[from + head.len_utf8()..].char_indices();
        let is_letter = |c: char| c.is_ascii_uppercase() && c != 'I' && c != 'O';
        if !rest.next().is_some_and(|(_, c)| is_letter(c)) {
            continue;
        }
        let (mut count, mut digits, mut to) = (0, 0, None);
        for (at, c) in rest {
            match c {
                '·' | '•' | ' ' | '-' if count == 0 => {}
                '警' => break,
                c if c.is_ascii_digit() || is_letter(c) => {
                    count += 1;
                    digits += usize::from(c.is_ascii_digit());
                    to = Some(from + head.len_utf8() + at + 1);
                }
                _ => break,
            }
        }
        if let (5..=6, 3.., Some(to)) = (count, digits, to) {
            found.push(Found { kind: Kind::Plate, from, to });
        }
    }
}

/// What rows of a table say of the persons they name.
fn rows(passage: &Passage, found: &mut Vec<Found>) {
    let text = passage.text();
    for row in passage.rows() {
        for (from, to, heading) in &row {
            travel_cell(text, (*from, *to), heading, found);
        }
        let is_named = |(from, to, heading): &(usize, usize, &str)| {
            (labels::is_of_names(heading) || labels::is_of_minors(heading))
                && is_name(&text[*from..*to])
        };
        let Some(name) = row.iter().find(|cell| is_named(cell)) else {
            for (from, to, heading) in &row {
                home_cell(text, (*from, *to), heading, found);
            }
            continue;
        };
        for (from, to, heading) in &row {
            home_cell(text, (*from, *to), heading, found);
            let value = text[*from..*to].trim();
            if labels::is_of_health(heading)
                && value.chars().any(char::is_alphabetic)
                && !value.contains('*')
            {
                found.push(Found { kind: Kind::Health, from: *from, to: *to });
            }
        }
        if labels::is_of_minors(name.2) {
            found.push(Found { kind: Kind::Minor, from: name.0, to: name.1 });
        } else if row.iter().any(|(_, _, heading)| labels::is_of_need(heading)) {
            found.push(Found { kind: Kind::NameList, from: name.0, to: name.1 });
        }
    }
}

fn travel_cell(text: &str, (from, to): (usize, usize), heading: &str, found: &mut Vec<Found>) {
    let says = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    let value = &text[from..to];
    let bare = || says(NUMBERED_TRAVEL).then(|| bare_travel(value)).flatten();
    let number = says(TRAVEL).then(|| travel(value)).flatten().or_else(bare);
    if let Some((begin, end)) = number {
        found.push(Found { kind: Kind::Passport, from: from + begin, to: from + end });
    }
}

fn home_cell(text: &str, (from, to): (usize, usize), heading: &str, found: &mut Vec<Found>) {
    if labels::is_of_homes(heading) && is_fine_address(&text[from..to]) {
        found.push(Found { kind: Kind::HomeAddress, from, to });
    }
}

/// Two to four Chinese characters, or more with a dot between, none masked.
fn is_name(text: &str) -> bool {
    let text = text.trim();
    let count = text.chars().count();
    let is_han =
        |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3400}'..='\u{4dbf}').contains(&c);
    (2..=4).contains(&count) && text.chars().all(is_han)
        || (5..=15).contains(&count)
            && text.contains('·')
            && text.chars().all(|c| is_han(c) || c == '·')
}
