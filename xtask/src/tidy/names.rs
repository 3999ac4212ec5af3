//! Names that say nothing are refused: a better one is always there to be found.

use syn::visit::Visit;

use super::finding::Finding;
use super::house::House;
use super::source::Source;

const MODULES: &[&str] = &[
    "util",
    "utils",
    "common",
    "helper",
    "helpers",
    "misc",
    "manager",
    "managers",
    "service",
    "handle",
    "handler",
    "handlers",
    "process",
    "processor",
];
const ENDINGS: &[&str] = &["Manager", "Service", "Helper", "Helpers", "Utils", "Util", "Processor"];
const WHOLE: &[&str] = &["Handle", "Process", "Handler", "handle", "process"];
const REMEDY: &str = "用法律或领域里的词, 说出它是什么或做什么 (STYLE.md 第一条)";

/// No module, type or function has a name that would fit anything.
pub fn check(house: &House) -> Vec<Finding> {
    house.sources.iter().flat_map(empty_names).collect()
}

fn empty_names(source: &Source) -> Vec<Finding> {
    let mut names = Names { source, findings: Vec::new() };
    if let Some(module) = source.module.iter().find(|part| MODULES.contains(&part.as_str())) {
        names.findings.push(Finding::broken(&source.path, format!("模块叫 {module}"), REMEDY));
    }
    names.visit_file(&source.tree);
    names.findings
}

struct Names<'house> {
    source: &'house Source,
    findings: Vec<Finding>,
}

impl Names<'_> {
    fn refuse(&mut self, ident: &syn::Ident) {
        let place = self.source.place(ident.span());
        self.findings.push(Finding::broken(place, format!("名字 {ident} 什么都没说"), REMEDY));
    }

    fn thing(&mut self, ident: &syn::Ident) {
        let name = ident.to_string();
        if ENDINGS.iter().any(|ending| name.ends_with(ending)) || WHOLE.contains(&name.as_str()) {
            self.refuse(ident);
        }
    }
}

impl<'tree> Visit<'tree> for Names<'_> {
    fn visit_item_struct(&mut self, item: &'tree syn::ItemStruct) {
        self.thing(&item.ident);
    }

    fn visit_item_enum(&mut self, item: &'tree syn::ItemEnum) {
        self.thing(&item.ident);
    }

    fn visit_item_trait(&mut self, item: &'tree syn::ItemTrait) {
        self.thing(&item.ident);
        syn::visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'tree syn::ItemType) {
        self.thing(&item.ident);
    }

    // Methods that implement someone else's trait bear the name it gave them.
    fn visit_item_impl(&mut self, item: &'tree syn::ItemImpl) {
        if item.trait_.is_none() {
            syn::visit::visit_item_impl(self, item);
        }
    }

    fn visit_signature(&mut self, signature: &'tree syn::Signature) {
        self.thing(&signature.ident);
    }

    fn visit_item_mod(&mut self, item: &'tree syn::ItemMod) {
        if MODULES.contains(&item.ident.to_string().as_str()) && item.content.is_some() {
            self.refuse(&item.ident);
        }
        syn::visit::visit_item_mod(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_would_fit_anything_is_refused() {
        for (path, text) in [
            ("platform/web/src/utils.rs", ""),
            ("platform/web/src/common/dates.rs", ""),
            ("platform/web/src/lib.rs", "mod helpers { }"),
            ("platform/web/src/lib.rs", "pub struct PageManager;"),
            ("platform/web/src/lib.rs", "trait MailService {}"),
            ("platform/web/src/lib.rs", "fn process() {}"),
            ("platform/web/src/lib.rs", "struct S; impl S { fn handle(&self) {} }"),
        ] {
            assert_eq!(check(&House::sample(&[(path, text)])).len(), 1, "{path}: {text}");
        }
    }

    #[test]
    fn the_laws_own_words_and_other_peoples_traits_pass() {
        for (path, text) in [
            ("affairs/services/src/lib.rs", "pub struct ServiceItem;"),
            ("platform/web/src/lib.rs", "impl Other for S { fn handle(&self) {} }"),
        ] {
            assert!(check(&House::sample(&[(path, text)])).is_empty(), "{path}: {text}");
        }
    }
}
