//! The two lowest floors touch nothing: the same facts give the same answer, today and in court.

use proc_macro2::Span;
use syn::visit::Visit;

use super::finding::Finding;
use super::graph::Floor;
use super::house::House;
use super::source::{Source, for_tests};

/// Modules of the standard library through which the world comes in.
const WORLD: &[&str] = &["env", "fs", "io", "net", "os", "process", "thread", "time"];

/// No file of `law` or of rules names a clock, a file, the environment, the network or a thread.
pub fn check(house: &House) -> Vec<Finding> {
    let pure = house
        .sources
        .iter()
        .filter(|source| source.product && matches!(source.floor, Some(Floor::Law | Floor::Rules)));
    pure.flat_map(touches).collect()
}

fn touches(source: &Source) -> Vec<Finding> {
    let mut paths = Paths { found: Vec::new() };
    paths.visit_file(&source.tree);
    let finding = |(span, module): (Span, String)| {
        Finding::broken(
            source.place(span),
            format!("规则碰了 std::{module}"),
            "时间、文件和环境由房间递进来, 规则只看递给它的",
        )
    };
    paths.found.into_iter().map(finding).collect()
}

struct Paths {
    found: Vec<(Span, String)>,
}

impl Paths {
    fn note(&mut self, first: &syn::Ident, second: &syn::Ident) {
        let module = second.to_string();
        if first == "std" && WORLD.contains(&module.as_str()) {
            self.found.push((second.span(), module));
        }
    }

    fn second(&mut self, first: &syn::Ident, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => self.note(first, &path.ident),
            syn::UseTree::Name(name) => self.note(first, &name.ident),
            syn::UseTree::Rename(rename) => self.note(first, &rename.ident),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.second(first, tree);
                }
            }
            syn::UseTree::Glob(_) => {}
        }
    }
}

impl<'tree> Visit<'tree> for Paths {
    fn visit_item_mod(&mut self, item: &'tree syn::ItemMod) {
        if !for_tests(&item.attrs) {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'tree syn::ItemUse) {
        if let syn::UseTree::Path(path) = &item.tree {
            self.second(&path.ident, &path.tree);
        }
    }

    fn visit_path(&mut self, path: &'tree syn::Path) {
        if let (Some(first), Some(second)) = (path.segments.get(0), path.segments.get(1)) {
            self.note(&first.ident, &second.ident);
        }
        syn::visit::visit_path(self, path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_touches_the_world_is_found() {
        let count = |text| check(&House::sample(&[("law/src/lib.rs", text)])).len();
        for text in [
            "use std::fs;",
            "use std::{fmt, time::Instant};",
            "fn f() { std::env::var(\"HOME\").ok(); }",
        ] {
            assert_eq!(count(text), 1, "{text}");
        }
        for text in ["use std::fmt;", "#[cfg(test)] mod tests { use std::fs; }"] {
            assert_eq!(count(text), 0, "{text}");
        }
    }
}
