//! Many orders as letters: numbers, letters and what happened to them are written by many rows a statement, in one
//! order for everybody, so that two tables never wait for one another.

use std::collections::BTreeMap;

use ledger::{Desk, Entry};
use secrets::Sealer;
use serde_json::json;
use store::{Value, moment};
use suggestions_rules::{
    Difficulty, SuggestionKind, UNIFIED_ENTRANCE, answer_due, order_counts_from,
};

use super::ActError;
use super::order_intake::{Planned, Reception};
use super::receipt::marks_of;
use crate::store::{NewOrder, NewSuggestion, Source, add_receipts, next_serials};

/// What became of a new order.
pub(super) struct Entered {
    /// The letter's key.
    id: String,
    /// Its number.
    pub number: String,
    /// What whoever took it in should know.
    pub warning: Option<String>,
}

/// Writes orders down as letters, in their order; `None` where somebody else was first with one of them, and then
/// this act must not be sealed.
pub(super) async fn write(
    desk: &mut Desk,
    sealer: &Sealer,
    orders: &[&Planned],
    reception: &Reception,
) -> Result<Option<Vec<Entered>>, ActError> {
    let numbers = numbers(desk, orders).await?;
    let (mut written, mut rows) = (Vec::with_capacity(orders.len()), Vec::new());
    for (one, number) in orders.iter().zip(numbers) {
        let (letter, row) = letter(desk, sealer, (*one, number), reception)?;
        rows.push((one.order.number.as_str(), row));
        written.push(letter);
    }
    // Whoever else writes some of the same orders writes them in this order as well.
    rows.sort_by_key(|(number, _)| *number);
    let rows: Vec<Vec<Value>> = rows.into_iter().map(|(_, row)| row).collect();
    if NewSuggestion::add(desk.change(), rows).await? < orders.len() {
        return Ok(None);
    }
    write_down(desk, orders, &written, reception).await?;
    Ok(Some(written))
}

/// The numbers of the letters; what is taken of each kind is taken at once.
async fn numbers(desk: &Desk, orders: &[&Planned]) -> Result<Vec<String>, ActError> {
    let (year, mut many) = (desk.today().year(), BTreeMap::<&str, (SuggestionKind, i64)>::new());
    for one in orders {
        let kind = one.order.kind;
        many.entry(kind.word()).or_insert((kind, 0)).1 += 1;
    }
    let mut next = BTreeMap::new();
    for (word, (kind, many)) in many {
        next.insert(word, next_serials(desk.change(), (kind, year), many).await?);
    }
    let number = |one: &&Planned| {
        let kind = one.order.kind;
        let serial = next.entry(kind.word()).or_insert(1);
        *serial += 1;
        format!("{}〔{year}〕{}号", kind.name(), *serial - 1)
    };
    Ok(orders.iter().map(number).collect())
}

/// An order as a letter, and its row. Its writer agreed to nothing, so nothing of it is published; no form of a page
/// can have its key.
fn letter(
    desk: &Desk,
    sealer: &Sealer,
    (planned, number): (&Planned, String),
    reception: &Reception,
) -> Result<(Entered, Vec<Value>), ActError> {
    let (order, id) = (&planned.order, uuid::Uuid::now_v7().to_string());
    let (marks, _) = marks_of(sealer, &format!("12345 {}", uuid::Uuid::now_v7()), &order.written)?;
    let counted_from = order_counts_from(order.dispatched_on(), desk.today());
    let new = NewSuggestion {
        id: &id,
        number: &number,
        base: &reception.base,
        kind: order.kind,
        source: Source::Hotline,
        order_number: Some(&order.number),
        organ: &planned.organ,
        consent: false,
        on: desk.today(),
        counted_from,
        due: answer_due(counted_from, Difficulty::Usual, desk.calendar())?,
        key_mark: &marks.key,
        code_mark: &marks.code,
        tail_mark: &marks.tail,
        words_mark: &marks.words,
        demo: reception.demo,
    };
    let row = new.row(new.sealed(sealer, &order.written)?);
    let warning = planned.outlook(desk.today(), desk.calendar())?.warning;
    Ok((Entered { id, number, warning }, row))
}

async fn write_down(
    desk: &mut Desk,
    orders: &[&Planned],
    written: &[Entered],
    reception: &Reception,
) -> Result<(), ActError> {
    let both = || orders.iter().zip(written);
    let letters: Vec<(&str, &str)> =
        both().map(|(one, letter)| (letter.id.as_str(), one.organ.as_str())).collect();
    add_receipts(desk.change(), &letters, &moment(desk.now())).await?;
    let slip = |(one, letter): (&&Planned, &Entered)| NewOrder {
        suggestion: letter.id.clone(),
        called_at: one.order.called_at.clone(),
        dispatched_at: one.order.dispatched.map(|at| at.to_string()).unwrap_or_default(),
        term: one.order.term.clone(),
        platform: reception.platform.clone(),
    };
    NewOrder::keep(desk.change(), both().map(slip).collect()).await?;
    for (one, letter) in both() {
        let (kind, source) = (one.order.kind.word(), Source::Hotline.word());
        desk.record(Entry {
            room: "suggestions",
            act: "receipt",
            subject: format!("suggestion:{}", letter.id),
            organ: one.organ.clone(),
            basis: UNIFIED_ENTRANCE.to_string(),
            facts: json!({ "number": letter.number, "kind": kind, "source": source }),
        })
        .await?;
    }
    Ok(())
}
