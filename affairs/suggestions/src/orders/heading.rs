//! The first row of a table: which column stands where, what of it is not taken, and what may have been meant.

use std::collections::HashMap;

use super::{OrderColumn, OrderFault};

/// Words that begin alike may differ in so many letters and still be meant.
const ALIKE: usize = 2;

/// Where the columns of a table stand.
pub(super) struct Heading {
    pub places: HashMap<OrderColumn, usize>,
    /// The names of columns of which nothing is taken, with what they may have been meant for.
    pub ignored: Vec<String>,
}

/// Where each column stands.
pub(super) fn heading(head: &[String]) -> Result<Heading, Vec<OrderFault>> {
    let (mut places, mut unknown, mut faults) = (HashMap::new(), Vec::new(), Vec::new());
    for (at, word) in head.iter().enumerate() {
        let word = word.trim();
        let column = OrderColumn::ALL.into_iter().find(|column| column.name() == word);
        match column {
            None if word.is_empty() => {}
            None => unknown.push(word),
            Some(column) => {
                if places.insert(column, at).is_some() {
                    faults.push(OrderFault::whole(format!("有两列都叫“{word}”，只留一列")));
                }
            }
        }
    }
    let lacking: Vec<OrderColumn> =
        OrderColumn::ALL.into_iter().filter(|column| !places.contains_key(column)).collect();
    let guessed = |word: &str| match meant(word, &lacking) {
        Some(column) => format!("“{word}”是不是想写“{}”", column.name()),
        None => format!("“{word}”"),
    };
    if let Some(words) = missing(&lacking, &unknown) {
        faults.push(OrderFault::whole(words));
    }
    match faults.is_empty() {
        true => Ok(Heading { ignored: unknown.into_iter().map(guessed).collect(), places }),
        false => Err(faults),
    }
}

/// What is told of columns that must be there and are not; nothing where all are.
fn missing(lacking: &[OrderColumn], unknown: &[&str]) -> Option<String> {
    let needed: Vec<OrderColumn> =
        lacking.iter().copied().filter(|column| column.is_needed()).collect();
    if needed.is_empty() {
        return None;
    }
    let names: Vec<_> = needed.iter().map(|column| column.name()).collect();
    let guess = |word: &&str| {
        let column = meant(word, &needed)?;
        Some(format!("“{word}”是不是想写“{}”；", column.name()))
    };
    let guesses: String = unknown.iter().filter_map(guess).collect();
    Some(format!("第一行是列名，缺“{}”；{guesses}可以先下载空表", names.join("”“")))
}

/// Which of these columns a word was probably meant for.
fn meant(word: &str, among: &[OrderColumn]) -> Option<OrderColumn> {
    let near = |column: &OrderColumn| {
        let (name, away) = (column.name(), apart(word, column.name()));
        let part = word.chars().count() > 1 && (name.contains(word) || word.contains(name));
        let begins_alike = word.chars().take(2).eq(name.chars().take(2)) && away <= ALIKE;
        (away <= 1 || part || begins_alike).then_some((away, *column))
    };
    among.iter().filter_map(near).min_by_key(|(away, _)| *away).map(|(_, column)| column)
}

/// In how many letters two words differ: put in, left out or written for another.
fn apart(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut next = vec![at + 1];
        for (column, theirs) in other.iter().enumerate() {
            let before = |place: usize| row.get(place).copied().unwrap_or(usize::MAX - 1);
            let changed = before(column) + usize::from(*theirs != letter);
            let left_out = before(column + 1) + 1;
            let put_in = next.last().copied().unwrap_or(usize::MAX - 1) + 1;
            next.push(changed.min(left_out).min(put_in));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_nearly_a_column_is_known_and_others_are_not() {
        for (word, column) in [
            ("来电时闻", Some(OrderColumn::CalledAt)),
            ("来电日期", Some(OrderColumn::CalledAt)),
            ("编号", Some(OrderColumn::Number)),
            ("工单号", Some(OrderColumn::Number)),
            ("诉求内容", Some(OrderColumn::Words)),
            ("电话", Some(OrderColumn::Phone)),
            ("派单日期", Some(OrderColumn::Dispatched)),
            ("满意度", None),
            ("区", None),
        ] {
            assert_eq!(meant(word, &OrderColumn::ALL), column, "{word}");
        }
    }
}
