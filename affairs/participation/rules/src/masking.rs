//! 隐名: how a name and what looks like somebody's data read in public (docs/readings/273).

use crate::Sender;

/// So many digits in a row are somebody's telephone, identity or account number; a year or a sum has fewer.
const LONG_NUMBER: usize = 7;

/// A name as everybody reads it: 朱** of a person, the whole of an organisation, 匿名 of who gave none.
pub fn masked_name(name: &str, sender: Sender) -> String {
    let name = name.trim();
    match (name.chars().next(), sender) {
        (None, _) => "匿名".to_owned(),
        (Some(_), Sender::Organisation) => name.to_owned(),
        (Some(first), Sender::Person) => format!("{first}**"),
    }
}

/// Words with long numbers and addresses of mail hidden, as a proposal for what will be public: an officer reads
/// it and changes what else tells of somebody.
pub fn masked_words(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut run = String::new();
    for letter in words.chars() {
        if is_of_a_token(letter) {
            run.push(letter);
            continue;
        }
        out.push_str(&shown(&run));
        run.clear();
        out.push(letter);
    }
    out.push_str(&shown(&run));
    out
}

/// What a number or an address of mail is written with.
fn is_of_a_token(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '@' | '.' | '_' | '-')
}

fn shown(run: &str) -> String {
    let digits = run.chars().filter(char::is_ascii_digit).count();
    let mail = run.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.'));
    if digits >= LONG_NUMBER || mail { "***".to_owned() } else { run.to_owned() }
}
