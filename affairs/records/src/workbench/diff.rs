//! The particulars of two drafts in which they differ.

use records_rules::{Field, statutory_item};

pub(super) use crate::comparing::{Line, lines};
use crate::store::{Attachment, Content};

/// A particular in which what is kept differs from what was typed; empty where it was not filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Differing {
    pub label: &'static str,
    pub kept: String,
    pub typed: String,
}

/// What attachments are called among the particulars.
pub(super) const FILES: &str = "附件";

/// Every particular that differs, in the order of the page. The attachments are those that the page named
/// from which `typed` came.
pub(super) fn differing(kept: &Content, typed: &Content, named: &[&str]) -> Vec<Differing> {
    let told = |content: &Content, field: Field| {
        let all = content.head.all(field).map(|text| match field {
            Field::Statutory => statutory_item(text).map_or(text, |item| item.name),
            _ => text,
        });
        all.collect::<Vec<_>>().join("；")
    };
    let of_fields = Field::ALL.iter().map(|field| {
        let (kept, typed) = (told(kept, *field), told(typed, *field));
        Differing { label: field.label(), kept, typed }
    });
    let files: Vec<_> = kept.files.iter().map(file_told).collect();
    let files = Differing { label: FILES, kept: files.join("；"), typed: named.join("；") };
    of_fields.chain([files]).filter(|one| one.kept != one.typed).collect()
}

/// An attachment so that another of the same name is told from it.
pub(super) fn file_told(file: &Attachment) -> String {
    let digest: String = file.sha256.chars().take(8).collect();
    format!("{}（SHA-256 {digest}…）", file.name)
}

#[cfg(test)]
mod tests {
    use records_rules::Head;

    use super::*;

    #[test]
    fn every_particular_that_differs_is_told_with_both_values_and_no_other() {
        let content = |pairs: &[(Field, &str)], files: &[(&str, &str)]| Content {
            head: Head::of(pairs.iter().map(|(field, text)| (*field, (*text).to_owned()))),
            body: "一样".into(),
            items: vec![],
            files: files
                .iter()
                .map(|(name, sha256)| Attachment {
                    name: (*name).into(),
                    media_type: "text/plain".into(),
                    size: 1,
                    sha256: (*sha256).into(),
                })
                .collect(),
        };
        let one = content(
            &[
                (Field::Title, "甲"),
                (Field::Number, "厦府办〔2026〕1号"),
                (Field::Item, "养老服务 > 一"),
                (Field::Item, "养老服务 > 二"),
                (Field::Statutory, "P20-07"),
            ],
            &[("表.txt", "0123456789")],
        );
        let other = content(
            &[
                (Field::Title, "甲"),
                (Field::Number, "厦府办〔2026〕2号"),
                (Field::MadeOn, "2026-11-20"),
                (Field::Item, "养老服务 > 一"),
            ],
            &[],
        );
        let found = differing(&one, &other, &[]);
        let found: Vec<_> = found.iter().map(|one| (one.label, &*one.kept, &*one.typed)).collect();
        let statutory = statutory_item("P20-07").expect("is one").name;
        assert_eq!(
            found,
            [
                ("文号", "厦府办〔2026〕1号", "厦府办〔2026〕2号"),
                ("成文日期", "", "2026-11-20"),
                ("法定公开事项", statutory, ""),
                ("目录事项", "养老服务 > 一；养老服务 > 二", "养老服务 > 一"),
                ("附件", "表.txt（SHA-256 01234567…）", ""),
            ]
        );
        assert_eq!(differing(&one, &one, &["表.txt（SHA-256 01234567…）"]), []);
        let another = differing(&one, &one, &["表.txt（SHA-256 76543210…）"]);
        assert_eq!(another.len(), 1, "another file of the same name: {another:?}");
    }
}
