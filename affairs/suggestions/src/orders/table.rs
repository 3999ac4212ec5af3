//! A table of orders: everything in it is read, and everything that is wrong is told at once.

use std::collections::HashMap;

use documents::reading::csv_rows;
use documents::writing::unguard;
use law::Date;

use super::heading::heading;
use super::{LARGEST_TABLE, MOST_ORDERS, Order, OrderColumn, OrderFault};

/// So many faults are told at once: a decision of ours.
const MOST_FAULTS: usize = 50;

/// A table as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderTable {
    /// The orders with which nothing is wrong, each once.
    pub orders: Vec<Order>,
    /// The columns of which nothing is taken, by their names, with what they may have been meant for.
    pub ignored: Vec<String>,
    /// What is wrong with the other rows; nothing of the table is to be taken in where anything is.
    pub faults: Vec<OrderFault>,
}

impl OrderTable {
    /// Its orders.
    ///
    /// # Errors
    /// Everything that is wrong with the table, by lines.
    pub fn sound(self) -> Result<Vec<Order>, Vec<OrderFault>> {
        if self.faults.is_empty() { Ok(self.orders) } else { Err(fewer(self.faults)) }
    }
}

/// Reads a table, in UTF-8 or GB18030. The same row twice is one order.
///
/// # Errors
/// There is no table: it is too large, has no rows, or not the columns it must have.
pub fn read(bytes: &[u8], today: Date) -> Result<OrderTable, Vec<OrderFault>> {
    let whole = |words: String| Err(vec![OrderFault::whole(words)]);
    if bytes.len() > LARGEST_TABLE {
        return whole(format!("表格超过 {} MB，分成几份，分次导入", LARGEST_TABLE >> 20));
    }
    let rows = match csv_rows(bytes) {
        Ok(rows) => rows,
        Err(bad) => return whole(format!("{bad}。{}", bad.remedy())),
    };
    let said = |fields: &[String]| fields.iter().any(|field| !field.trim().is_empty());
    let mut rows = rows.into_iter().filter(|(_, fields)| said(fields));
    let (_, head) = rows.next().unwrap_or_default();
    let heading = heading(&head)?;
    let rows: Vec<(usize, Vec<String>)> = rows.collect();
    if rows.is_empty() {
        return whole("表头下面没有工单，核对选的文件".into());
    }
    if rows.len() > MOST_ORDERS {
        let words = format!("有 {} 行，一次最多 {MOST_ORDERS} 行，分成几份", rows.len());
        return whole(words);
    }
    let (mut orders, mut faults) = (Vec::with_capacity(rows.len()), Vec::new());
    for (line, fields) in &rows {
        match row(*line, fields, &heading.places, today) {
            Ok(order) => orders.push(order),
            Err(found) => faults.extend(found),
        }
    }
    let orders = each_once(orders, &mut faults);
    Ok(OrderTable { orders, ignored: heading.ignored, faults })
}

fn row(
    line: usize,
    fields: &[String],
    columns: &HashMap<OrderColumn, usize>,
    today: Date,
) -> Result<Order, Vec<OrderFault>> {
    let last = columns.values().max().copied().unwrap_or_default();
    // What is not asked for may be left out at the end of a row, but a row that is cut short is none.
    let needed = columns.iter().filter(|(column, _)| column.is_needed()).map(|(_, at)| *at).max();
    if fields.len() <= needed.unwrap_or(last) {
        let words = format!("只有 {} 格，多半是引号或者逗号写错了", fields.len());
        return Err(vec![OrderFault { line, column: None, words }]);
    }
    let get = |column: OrderColumn| {
        let field = columns.get(&column).and_then(|at| fields.get(*at));
        field.map(|field| unguard(field)).unwrap_or_default()
    };
    Order::read(line, today, get)
}

/// The orders, each once; the same number with other words is told.
fn each_once(orders: Vec<Order>, faults: &mut Vec<OrderFault>) -> Vec<Order> {
    let mut places: HashMap<String, usize> = HashMap::with_capacity(orders.len());
    let mut once: Vec<Order> = Vec::with_capacity(orders.len());
    for order in orders {
        let before = places.get(&order.number).and_then(|at| once.get(*at));
        match before {
            None => {
                places.insert(order.number.clone(), once.len());
                once.push(order);
            }
            Some(before) if before.repeats(&order) => {}
            Some(before) => {
                let words = format!(
                    "{}和第 {} 行同号、内容不同，核对编号，只留对的一行",
                    order.number, before.line
                );
                let (line, column) = (order.line, Some(OrderColumn::Number));
                faults.push(OrderFault { line, column, words });
            }
        }
    }
    once
}

/// The first of many faults, by their lines, and how many there are besides.
pub(crate) fn fewer(mut faults: Vec<OrderFault>) -> Vec<OrderFault> {
    faults.sort_by_key(|fault| fault.line);
    let more = faults.len().saturating_sub(MOST_FAULTS);
    faults.truncate(MOST_FAULTS);
    if more > 0 {
        faults.push(OrderFault::whole(format!("还有 {more} 处，先改上面的")));
    }
    faults
}
