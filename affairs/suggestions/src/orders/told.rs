//! What the hotline is told of its orders, as a table that is no formula anywhere.

use documents::writing::{Column, Sheet};
use law::Date;
use secrets::{Refused, Sealer};
use suggestions_rules::Satisfaction;

use crate::masking::masked_answer;
use crate::store::OrderLine;

const COLUMNS: [&str; 8] =
    ["工单编号", "受理时间", "承办单位", "状态", "答复时间", "答复内容", "是否超期", "满意度"];

/// What the hotline reads as the answer to an order. Where it was joined to another letter, that one's writer is
/// somebody else, and is named to nobody: the answer is masked as whoever tracks a letter reads it.
pub(crate) fn answer_of(line: &OrderLine, sealer: &Sealer) -> Result<String, Refused> {
    let (words, first) = line.answer(sealer)?;
    Ok(match first {
        Some(first) => masked_answer(&words, &first),
        None => words,
    })
}

/// The table.
///
/// # Errors
/// An answer cannot be opened.
pub fn sheet(lines: &[OrderLine], sealer: &Sealer, today: Date) -> Result<Sheet, Refused> {
    let moment = |at: &Option<String>| at.as_deref().map(web::moments::minute).unwrap_or_default();
    let row = |line: &OrderLine| -> Result<Vec<String>, Refused> {
        Ok(vec![
            line.order_number.clone(),
            moment(&line.accepted_at),
            line.organ_name.clone(),
            line.state.name().to_owned(),
            moment(&line.answered_at),
            answer_of(line, sealer)?,
            if line.term.is_overdue(today) { "是" } else { "否" }.to_owned(),
            line.rating.map_or("", Satisfaction::name).to_owned(),
        ])
    };
    Ok(Sheet {
        title: "12345 工单办理情况".into(),
        columns: COLUMNS.map(Column::new).to_vec(),
        rows: lines.iter().map(row).collect::<Result<_, _>>()?,
        ..Sheet::default()
    })
}
