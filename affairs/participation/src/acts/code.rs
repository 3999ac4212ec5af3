//! 查询码: what whoever gave an opinion or enrolled takes home. It is kept nowhere; only its mark is, by which it is found.

use secrets::{Place, Refused, Sealer};

/// Letters of a query code: none is taken for another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// So many of them: sixty bits that nobody tells without the key.
const LENGTH: usize = 12;

/// The query code of a form: the same when the same form is sent again, so that it need not be kept.
pub(super) fn of_form(sealer: &Sealer, table: &str, key: &str) -> Result<String, Refused> {
    let mark = sealer.mark(Place::new(table, "", "code"), key)?;
    let hex = mark.as_str().as_bytes().iter().filter_map(|byte| char::from(*byte).to_digit(16));
    let hex: Vec<u32> = hex.collect();
    let letter = |pair: &[u32]| {
        let place = pair.iter().fold(0, |sum, four| sum * 16 + four) % 32;
        usize::try_from(place).ok().and_then(|place| LETTERS.get(place)).copied()
    };
    let code: String =
        hex.chunks_exact(2).filter_map(letter).map(char::from).take(LENGTH).collect();
    let fours: Vec<&str> = (0..LENGTH / 4).filter_map(|at| code.get(at * 4..at * 4 + 4)).collect();
    Ok(fours.join("-"))
}

/// Whether what is typed has as many letters as a code.
pub(super) fn is_whole(typed: &str) -> bool {
    even(typed).len() == LENGTH
}

/// A code as typed, in the one way it is marked.
fn even(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric);
    letters
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

/// The mark of the form something came by.
pub(super) fn form_mark(sealer: &Sealer, table: &str, key: &str) -> Result<String, Refused> {
    Ok(sealer.mark(Place::new(table, "", "key_mark"), key)?.as_str().to_owned())
}

/// The mark of a query code.
pub(super) fn mark(sealer: &Sealer, table: &str, code: &str) -> Result<String, Refused> {
    Ok(sealer.mark(Place::new(table, "", "code_mark"), &even(code))?.as_str().to_owned())
}
