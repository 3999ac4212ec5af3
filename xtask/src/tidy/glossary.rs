//! Every public type of the rules stands in docs/glossary.md beside the law's own word.

use std::collections::HashSet;

use super::finding::Finding;
use super::graph::Floor;
use super::house::House;
use super::source::{Source, for_tests};

const GLOSSARY: &str = "docs/glossary.md";

/// No public type of `affairs/*/rules` is missing from the glossary.
pub fn check(house: &House) -> Vec<Finding> {
    let Some(text) = house.text(GLOSSARY) else {
        return vec![Finding::broken(
            GLOSSARY,
            "没有词汇表",
            "写一张表: 中文 | 英文标识 | 含义 | 出处",
        )];
    };
    let known: HashSet<&str> = text
        .lines()
        .filter(|(_, line)| line.starts_with('|'))
        .flat_map(|(_, line)| line.split('`').skip(1).step_by(2))
        .collect();
    let rules =
        house.sources.iter().filter(|source| source.product && source.floor == Some(Floor::Rules));
    let missing =
        |source| types(source).into_iter().filter(|(name, _)| !known.contains(name.as_str()));
    rules
        .flat_map(missing)
        .map(|(name, place)| {
            Finding::broken(place, format!("词汇表没有 `{name}`"), "在 docs/glossary.md 加一行")
        })
        .collect()
}

fn types(source: &Source) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut waiting: Vec<&syn::Item> = source.tree.items.iter().collect();
    while let Some(item) = waiting.pop() {
        let (ident, visibility) = match item {
            syn::Item::Struct(item) => (&item.ident, &item.vis),
            syn::Item::Enum(item) => (&item.ident, &item.vis),
            syn::Item::Trait(item) => (&item.ident, &item.vis),
            syn::Item::Type(item) => (&item.ident, &item.vis),
            syn::Item::Mod(item) if !for_tests(&item.attrs) => {
                waiting.extend(item.content.iter().flat_map(|(_, items)| items));
                continue;
            }
            _ => continue,
        };
        if matches!(visibility, syn::Visibility::Public(_)) {
            found.push((ident.to_string(), source.place(ident.span())));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_type_without_a_row_is_found() {
        let glossary =
            "| 中文 | 英文 |\n|---|---|\n| 事项 | `Item` |\n\nand `Stage` in prose only\n";
        let rules = "pub struct Item; pub enum Stage {} struct Private; pub(crate) type Near = u8;";
        let house =
            House::sample(&[("docs/glossary.md", glossary), ("affairs/a/rules/src/lib.rs", rules)]);
        let words: Vec<String> = check(&house).into_iter().map(|finding| finding.words).collect();
        assert_eq!(words, ["词汇表没有 `Stage`"]);
    }
}
