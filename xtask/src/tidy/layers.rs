//! Inside a room: faces use acts, acts use the store, never the reverse.

use proc_macro2::Span;
use syn::visit::Visit;

use super::finding::Finding;
use super::graph::Floor;
use super::house::House;
use super::source::Source;

/// How near to the people a module of a room is; what is none of these may be used by all.
fn height(module: &str) -> Option<u8> {
    match module {
        "store" => Some(0),
        "acts" => Some(1),
        "portal" | "workbench" | "api" | "jobs" => Some(2),
        _ => None,
    }
}

/// No module of a room names one that is nearer to the people than itself.
pub fn check(house: &House) -> Vec<Finding> {
    let rooms = house.sources.iter().filter(|source| {
        source.product && matches!(source.floor, Some(Floor::Room | Floor::Platform))
    });
    rooms.flat_map(wrong_arrows).collect()
}

fn wrong_arrows(source: &Source) -> Vec<Finding> {
    let Some(own) = source.module.first() else { return Vec::new() };
    let Some(floor) = height(own) else { return Vec::new() };
    let mut names = Names { module: source.module.clone(), found: Vec::new() };
    names.visit_file(&source.tree);
    let upward = |(head, _): &(String, Span)| height(head).is_some_and(|other| other > floor);
    let finding = |(head, span): (String, Span)| {
        Finding::broken(
            source.place(span),
            format!("{own} 用了 {head}"),
            "面 (portal, workbench, api, jobs) 用 acts, acts 用 store; 反过来的那部分放到下面一层",
        )
    };
    names.found.into_iter().filter(upward).map(finding).collect()
}

/// Collects the first module of every path that starts in this crate.
struct Names {
    module: Vec<String>,
    found: Vec<(String, Span)>,
}

impl Names {
    fn note(&mut self, segments: &[&syn::Ident]) {
        let Some(first) = segments.first() else { return };
        let mut here = self.module.clone();
        let mut rest = segments;
        match first.to_string().as_str() {
            "crate" => here.clear(),
            "self" | "super" => {}
            _ => return,
        }
        while let Some((next, after)) = rest.split_first() {
            match next.to_string().as_str() {
                "crate" | "self" => {}
                "super" => {
                    here.pop();
                }
                name => {
                    here.push(name.to_owned());
                    break;
                }
            }
            rest = after;
        }
        if let Some(head) = here.first() {
            self.found.push((head.clone(), first.span()));
        }
    }

    fn walk<'tree>(&mut self, prefix: &mut Vec<&'tree syn::Ident>, tree: &'tree syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                prefix.push(&path.ident);
                self.walk(prefix, &path.tree);
                prefix.pop();
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.walk(prefix, tree);
                }
            }
            syn::UseTree::Name(syn::UseName { ident })
            | syn::UseTree::Rename(syn::UseRename { ident, .. }) => {
                prefix.push(ident);
                self.note(prefix);
                prefix.pop();
            }
            syn::UseTree::Glob(_) => self.note(prefix),
        }
    }
}

impl<'tree> Visit<'tree> for Names {
    fn visit_item_use(&mut self, item: &'tree syn::ItemUse) {
        self.walk(&mut Vec::new(), &item.tree);
    }

    fn visit_path(&mut self, path: &'tree syn::Path) {
        let segments: Vec<&syn::Ident> =
            path.segments.iter().map(|segment| &segment.ident).collect();
        if segments.len() > 1 {
            self.note(&segments);
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, item: &'tree syn::ItemMod) {
        self.module.push(item.ident.to_string());
        syn::visit::visit_item_mod(self, item);
        self.module.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(path: &str, text: &str) -> Vec<String> {
        check(&House::sample(&[(path, text)])).into_iter().map(|finding| finding.place).collect()
    }

    #[test]
    fn a_module_that_reaches_upwards_is_found_however_it_is_written() {
        for (path, text) in [
            ("affairs/records/src/store.rs", "use crate::acts::publication;"),
            ("affairs/records/src/store/list.rs", "use super::super::portal::Page;"),
            (
                "affairs/records/src/acts/publication.rs",
                "use crate::{store::Rows, portal::document};",
            ),
            ("affairs/records/src/acts/publication.rs", "fn f() { crate::api::answer() }"),
            ("affairs/records/src/acts/mod.rs", "mod inner { use super::super::jobs::Job; }"),
        ] {
            assert_eq!(places(path, text), [format!("{path}:1")], "{text}");
        }
    }

    #[test]
    fn reaching_downwards_or_sideways_is_fine() {
        for (path, text) in [
            (
                "affairs/records/src/portal/document.rs",
                "use crate::acts::publication; use crate::store;",
            ),
            (
                "affairs/records/src/acts/publication.rs",
                "use super::other; use crate::store::keep;",
            ),
            ("affairs/records/src/lib.rs", "use crate::portal::routes;"),
            ("affairs/records/src/store.rs", "use sea_orm::portal::api;"),
        ] {
            assert!(places(path, text).is_empty(), "{path}: {text}");
        }
    }
}
