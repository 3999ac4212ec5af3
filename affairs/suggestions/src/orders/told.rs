//! What the hotline is told of its orders, as a table that is no formula anywhere.

use documents::writing::{Column, Sheet};
use law::Date;
use secrets::{Refused, Sealer};
use suggestions_rules::Satisfaction;

use crate::masking::masked_answer;
use crate::store::{OrderLine, OrderReasons, Written};

/// New ones stand at the end: whoever reads by the place of a column reads on.
const COLUMNS: [&str; 13] = [
    "工单编号",
    "受理时间",
    "承办单位",
    "状态",
    "答复时间",
    "答复内容",
    "是否超期",
    "满意度",
    "最迟答复",
    "延期理由",
    "转办理由",
    "不予受理、移交说明",
    "移交给",
];

/// Why an order stands as it does. What one official wrote to another is masked as an answer is.
pub(crate) fn reasons_of(line: &OrderLine, sealer: &Sealer) -> Result<OrderReasons, Refused> {
    let OrderReasons { extension, transfer, ending } = line.reasons(sealer)?;
    let nobody = Written::default();
    let [extension, transfer] = [extension, transfer].map(|words| masked_answer(&words, &nobody));
    Ok(OrderReasons { extension, transfer, ending })
}

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
        let reasons = reasons_of(line, sealer)?;
        Ok(vec![
            line.order_number.clone(),
            moment(&line.accepted_at),
            line.organ_name.clone(),
            line.state.name().to_owned(),
            moment(&line.answered_at),
            answer_of(line, sealer)?,
            if line.term.is_overdue(today) { "是" } else { "否" }.to_owned(),
            line.rating.map_or("", Satisfaction::name).to_owned(),
            line.term.due.to_string(),
            reasons.extension,
            reasons.transfer,
            reasons.ending,
            line.handed_to.clone(),
        ])
    };
    Ok(Sheet {
        title: "12345 工单办理情况".into(),
        columns: COLUMNS.map(Column::new).to_vec(),
        rows: lines.iter().map(row).collect::<Result<_, _>>()?,
        ..Sheet::default()
    })
}
