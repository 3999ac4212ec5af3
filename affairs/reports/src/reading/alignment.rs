//! Which column of table 3 each value stands in (docs/readings/202).
//!
//! It is the column whose header stands above the value. But pages are full of cells merged one place too far or
//! too short: then all that follows in the row, or the header itself, has moved aside. A row that holds as many
//! values as the form has columns can be read by their order as well; that is done where more rows add up so.

use reports_rules::{COLUMNS, Cell, Figure, TOTAL};

use super::places::ValuePlace;

/// The columns of the places, and whether they are told by order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Aligned {
    /// For each place its column of the form.
    pub(super) columns: Vec<Option<usize>>,
    /// They are not those that the header says.
    pub(super) by_order: bool,
}

/// `headed` are the columns by the headers, for each place; `header` is the order of the headers; `is_row` says
/// whether a place stands in a row of the form.
pub(super) fn align(
    places: &[ValuePlace],
    headed: Vec<Option<usize>>,
    header: &[(usize, usize)],
    is_row: &dyn Fn(&ValuePlace) -> bool,
) -> Aligned {
    let rows = rows(places, is_row);
    let mut order: Vec<(usize, usize)> = header.to_vec();
    order.sort_unstable();
    let mut order: Vec<usize> = order.into_iter().map(|(_, column)| column).collect();
    order.dedup();
    let of_form: Vec<usize> = (0..COLUMNS).collect();
    let mut best = (adding_up(places, &rows, &headed), None);
    for order in [order, of_form] {
        let mut sorted = order.clone();
        sorted.sort_unstable();
        if sorted != (0..COLUMNS).collect::<Vec<_>>() {
            continue;
        }
        let ordered = in_order(&rows, &headed, &order);
        let sums = adding_up(places, &rows, &ordered);
        if sums > best.0 {
            best = (sums, Some(ordered));
        }
    }
    match best.1 {
        Some(columns) => Aligned { columns, by_order: true },
        None => Aligned { columns: headed, by_order: false },
    }
}

/// The places of each row of the form that hold a cell of their own behind the label.
fn rows(places: &[ValuePlace], is_row: &dyn Fn(&ValuePlace) -> bool) -> Vec<Vec<usize>> {
    let mut rows: Vec<(usize, Vec<usize>)> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        if place.missing || place.value.is_none() || !is_row(place) {
            continue;
        }
        match rows.last_mut() {
            Some((row, row_places)) if *row == place.row => row_places.push(at),
            _ => rows.push((place.row, vec![at])),
        }
    }
    rows.into_iter().map(|(_, places)| places).collect()
}

/// The rows with a value for each column are read in that order, the others stay.
fn in_order(rows: &[Vec<usize>], headed: &[Option<usize>], order: &[usize]) -> Vec<Option<usize>> {
    let mut columns = headed.to_vec();
    for row in rows.iter().filter(|row| row.len() == order.len()) {
        for (place, column) in row.iter().zip(order) {
            columns[*place] = Some(*column);
        }
    }
    columns
}

/// How many rows with any number come to their total.
fn adding_up(places: &[ValuePlace], rows: &[Vec<usize>], columns: &[Option<usize>]) -> usize {
    let adds_up = |row: &&Vec<usize>| {
        let (mut sum, mut total) = (Figure::ZERO, Figure::ZERO);
        for at in *row {
            let cell = places[*at].value.as_ref().map_or(&Cell::Blank, |value| &value.cell);
            match columns[*at] {
                Some(TOTAL) => total = total + cell.value(),
                Some(_) => sum = sum + cell.value(),
                None => {}
            }
        }
        sum == total && sum != Figure::ZERO
    };
    rows.iter().filter(adds_up).count()
}
