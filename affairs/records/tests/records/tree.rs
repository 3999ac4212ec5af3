//! The editor's document and the marks say the same; nothing that is not in the schema comes through.

#[path = "../../rules/tests/chance/mod.rs"]
mod chance;

use chance::Chance;
use records::tree::{document_of, parts_of};
use records_rules::Block;
use serde_json::json;

#[test]
fn the_editors_document_keeps_every_letter_and_stays_the_same_ever_after() {
    let mut chance = Chance(20_261_126);
    for _ in 0..100_000 {
        let text = chance.text();
        let blocks = Block::read(&Block::write(&Block::read(&text)));
        let document = document_of(&blocks);
        let back = parts_of(&document).expect("is in the schema");
        let twice = document_of(&Block::read(&Block::write(&back)));
        let kept = parts_of(&twice).expect("is in the schema");
        assert_eq!(Block::write(&kept), Block::write(&back), "{text:?}");
        let letters = |blocks: &[Block]| {
            let plain: String = blocks.iter().map(Block::plain).collect();
            plain.chars().filter(|letter| !letter.is_whitespace()).collect::<String>()
        };
        assert_eq!(letters(&back), letters(&blocks), "no letter is lost: {text:?}");
    }
}

#[test]
fn a_document_with_anything_outside_the_schema_is_refused() {
    let text = json!({ "type": "text", "text": "甲" });
    let paragraph = json!({ "type": "paragraph", "content": [text.clone()] });
    let with = |node: serde_json::Value| json!({ "type": "doc", "content": [node] });
    assert!(parts_of(&with(paragraph.clone())).is_ok());
    for bad in [
        json!({ "type": "paragraph" }),
        json!({}),
        json!([]),
        with(json!({ "type": "html", "html": "<script>" })),
        with(json!({ "type": "paragraph", "content": [paragraph.clone()] })),
        with(
            json!({ "type": "paragraph", "content": [{ "type": "text", "text": "x", "marks": [{ "type": "style" }] }] }),
        ),
        with(json!({ "type": "list", "content": [paragraph.clone()] })),
        with(json!({ "type": "table", "content": [paragraph.clone()] })),
        with(
            json!({ "type": "table", "content": [{ "type": "table_row", "content": [{ "type": "table_cell", "content": [{ "type": "table" }] }] }] }),
        ),
        with(
            json!({ "type": "table", "content": [{ "type": "table_row", "content": [{ "type": "table_cell", "attrs": { "colspan": 101 }, "content": [paragraph] }, { "type": "table_cell" }] }] }),
        ),
    ] {
        assert!(parts_of(&bad).is_err(), "{bad}");
    }
    let link = json!({ "type": "text", "text": "甲", "marks": [{ "type": "link", "attrs": { "href": "javascript:x" } }] });
    let blocks = parts_of(&with(json!({ "type": "paragraph", "content": [link] })));
    assert_eq!(blocks, Ok(vec![Block::Paragraph { text: "甲".into() }]));
}
