//! 隐名: how a name and what looks like somebody's data read in public (docs/readings/273).

use crate::Sender;

/// So many digits in a row are somebody's telephone, identity or account number; a year or a sum has fewer.
const LONG_NUMBER: usize = 7;

/// What stands for the name of an organisation until an officer writes how it will be published: some names of firms
/// are a person's.
pub const SOME_ORGANISATION: &str = "某单位";

/// A name as everybody reads it: 朱** of a person, 某单位 of an organisation, 匿名 of who gave none.
pub fn masked_name(name: &str, sender: Sender) -> String {
    let name = name.trim();
    match (name.chars().next(), sender) {
        (None, _) => "匿名".to_owned(),
        (Some(_), Sender::Organisation) => SOME_ORGANISATION.to_owned(),
        (Some(first), Sender::Person) => format!("{first}**"),
    }
}

/// The longest family name, in letters: 欧阳 (docs/readings/273).
const LONGEST_FAMILY_NAME: usize = 2;

/// Whether a name reads as a person's is published: 朱**, 欧阳**, or 匿名.
pub fn is_masked_name(name: &str) -> bool {
    let family = name.trim_end_matches('*').trim();
    name == masked_name("", Sender::Person)
        || name.ends_with("**") && family.chars().count() <= LONGEST_FAMILY_NAME
}

/// Words with long numbers and addresses of mail hidden, as a proposal for what will be public: an officer reads
/// it and changes what else tells of somebody. Broad letters count as narrow ones, and a number written in groups as
/// one; days and sums of money stay.
pub fn masked_words(words: &str) -> String {
    let letters: Vec<char> = words.chars().collect();
    let mut out = String::with_capacity(words.len());
    let mut at = 0;
    while at < letters.len() {
        let end = end_of_token(&letters, at).max(at + 1);
        let token: String = letters[at..end].iter().map(|letter| narrow(*letter)).collect();
        match tells_of_somebody(&token, letters.get(end).copied()) {
            true => out.push_str("***"),
            false => out.extend(&letters[at..end]),
        }
        at = end;
    }
    out
}

/// Where the number or address that begins here ends; here, where none begins.
fn end_of_token(letters: &[char], from: usize) -> usize {
    let goes_on = |at: &usize| {
        let digit = |at: usize| letters.get(at).is_some_and(|one| narrow(*one).is_ascii_digit());
        let letter = narrow(letters[*at]);
        let gap = matches!(letter, ' ' | '\u{3000}' | '—' | '–');
        is_of_a_token(letter) || gap && *at > from && digit(*at - 1) && digit(*at + 1)
    };
    (from..letters.len()).find(|at| !goes_on(at)).unwrap_or(letters.len())
}

/// A broad letter as the narrow one it stands for.
pub(crate) fn narrow(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        _ => letter,
    }
}

/// What a number or an address of mail is written with.
fn is_of_a_token(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '@' | '.' | '_' | '-')
}

fn tells_of_somebody(token: &str, next: Option<char>) -> bool {
    let digits = token.chars().filter(char::is_ascii_digit).count();
    let mail =
        token.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.'));
    mail || digits >= LONG_NUMBER && !is_day(token) && !is_sum(token, next)
}

/// 2026-11-27, 2026.11.27.
fn is_day(token: &str) -> bool {
    let parts: Vec<&str> = token.split(['-', '.']).collect();
    let number = |part: &str| part.chars().all(|letter| letter.is_ascii_digit());
    match parts.as_slice() {
        [year, month, day] => {
            (year.starts_with("19") || year.starts_with("20"))
                && (year.len(), month.len().min(2), day.len().min(2)) == (4, month.len(), day.len())
                && parts.iter().all(|part| !part.is_empty() && number(part))
        }
        _ => false,
    }
}

/// 12000000元, 1200.5万元.
fn is_sum(token: &str, next: Option<char>) -> bool {
    let number = token.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    number && matches!(next, Some('元' | '万' | '亿'))
}
