//! 一键遮盖: what of the text must not be published is masked, and nothing else is changed.

use axum::extract::Path;
use axum::response::Response;
use documents::examining::Masking;
use documents::examining::here::mask_text;
use identity::powers::Condition;
use records_rules::{Block, Cell, Field};
use web::workbench::Submitted;
use web::{Clerk, Fault, Visit};

use super::{draft_for, files, hand, seen, sent_to};
use crate::acts::drafting::{Kept, save};
use crate::store::Content;

/// Masks the text of a draft; a version of its own.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let draft = draft_for(&visit, &clerk, "record.read_draft", &id).await?;
    // As it is written again, so that nothing but the masks differs.
    let body = Block::write(&Block::read(&draft.content.body));
    let before = Content { body, ..draft.content.clone() };
    let content = masked(&before);
    let whole = |content: &Content| {
        let pairs = content.head.pairs().map(|(_, text)| text.to_owned()).collect::<Vec<_>>();
        format!("{}\n{}", pairs.join("\n"), content.body)
    };
    let writers = Content::writers(visit.house.store(), &id).await?;
    let mut tie = super::tie(&draft, &writers);
    if only_masked(&whole(&before), &whole(&content)) {
        tie = tie.holding([Condition::RemovalOnly]);
    }
    clerk.may("record.mask", &tie)?;
    if content == before {
        return Ok(sent_to(&visit, &format!("/gongzuo/gaojian/{id}?done=meizhe")));
    }
    let seen_revision = form.get("kan").parse().unwrap_or_default();
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    match seen(save(desk, &hand(&clerk), &id, seen_revision, content, false).await)? {
        Kept::Kept(_) => Ok(sent_to(&visit, &format!("/gongzuo/gaojian/{id}?done=zheyan"))),
        Kept::Overtaken(_) => Err(files::overtaken()),
    }
}

/// Whether there is anything in title and text that would be masked.
pub(super) fn has_any(content: &Content) -> bool {
    let body = Block::write(&Block::read(&content.body));
    let before = Content { body, ..content.clone() };
    masked(&before) != before
}

/// Title and text with everything masked that stops a publication.
fn masked(content: &Content) -> Content {
    let masking = Masking::default();
    let mask = |text: &str| mask_text(text, &masking);
    let mut blocks = Block::read(&content.body);
    for block in &mut blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text } => *text = mask(text),
            Block::List { items, .. } => {
                items.iter_mut().for_each(|item| item.text = mask(&item.text));
            }
            Block::Table { heads, rows } => table(*heads, rows, &mask),
            Block::Image { alt, .. } => *alt = mask(alt),
        }
    }
    Content {
        head: content.head.with(Field::Title, [mask(content.head.get(Field::Title))]),
        body: Block::write(&blocks),
        ..content.clone()
    }
}

/// Each cell as it reads under its heading.
fn table(heads: usize, rows: &mut [Vec<Cell>], mask: &impl Fn(&str) -> String) {
    let heading = |at: usize, head: &[Vec<Cell>]| {
        let above = head.iter().rev().find_map(|row| match row.get(at) {
            Some(Cell::Text(text)) => Some(text.clone()),
            _ => None,
        });
        above.unwrap_or_default()
    };
    let (head, body) = rows.split_at_mut(heads.min(rows.len()));
    for (at, cell) in body.iter_mut().flat_map(|row| row.iter_mut().enumerate()) {
        let Cell::Text(text) = cell else { continue };
        let before = format!("{}：", heading(at, head));
        let read = mask(&format!("{before}{text}"));
        *text = read.strip_prefix(&before).map_or_else(|| mask(text), str::to_owned);
    }
}

/// Whether the second text is the first with letters taken out or masked, and nothing added.
fn only_masked(before: &str, after: &str) -> bool {
    let mut rest = before.chars();
    let mut kept = after.chars().filter(|letter| *letter != '*');
    kept.all(|letter| rest.any(|own| own == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_text_has_no_letter_that_was_not_there() {
        for (before, after, holds) in [
            ("电话13800138000。", "电话138****8000。", true),
            ("电话13800138000。", "电话***********。", true),
            ("甲乙丙", "甲丙", true),
            ("甲乙丙", "甲丁丙", false),
            ("甲乙", "甲乙丙", false),
            ("甲乙", "乙甲", false),
        ] {
            assert_eq!(only_masked(before, after), holds, "{after}");
        }
    }

    #[test]
    fn one_press_masks_what_stops_a_publication_and_leaves_the_marks_of_the_text() {
        let body = "## 一、联系\n\n联系人张三，身份证号11010519491231002X，手机13800138000。\n\n| 姓名 | 电话 |\n| 李四 | 13912345678 |";
        let content = Content { body: body.into(), ..Content::default() };
        let after = masked(&content);
        for value in ["11010519491231002X", "13800138000", "13912345678"] {
            assert!(!after.body.contains(value), "{}", after.body);
        }
        assert!(has_any(&content) && !has_any(&after), "{}", after.body);
        assert!(after.body.starts_with("## 一、联系\n\n联系人张三"), "{}", after.body);
        assert!(after.body.contains("| 李四 |"), "{}", after.body);
        assert!(only_masked(&Block::write(&Block::read(body)), &after.body));
    }
}
