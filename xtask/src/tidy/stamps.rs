//! 发布日期 is stamped where a new document is kept, with the desk's clock, and nowhere else.

use syn::visit::Visit;

use super::finding::Finding;
use super::house::House;
use super::source::{Source, for_tests};

/// The type's two makers, and the one place in which each may be called.
const MAKERS: &[(&str, &str)] = &[
    ("stamped", "affairs/records/src/store/keeping"),
    ("kept", "affairs/records/src/store/reading"),
];

/// Nobody else makes a `PublishedAt`: no form, no command, no address, no import.
pub fn check(house: &House) -> Vec<Finding> {
    let product = house.sources.iter().filter(|source| source.product);
    product.flat_map(forgeries).collect()
}

fn forgeries(source: &Source) -> Vec<Finding> {
    let mut makers = Makers { source, findings: Vec::new() };
    makers.visit_file(&source.tree);
    makers.findings
}

struct Makers<'house> {
    source: &'house Source,
    findings: Vec<Finding>,
}

impl<'tree> Visit<'tree> for Makers<'_> {
    fn visit_item_mod(&mut self, item: &'tree syn::ItemMod) {
        if !for_tests(&item.attrs) {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_path(&mut self, path: &'tree syn::Path) {
        let mut last = path.segments.iter().rev();
        if let (Some(maker), Some(owner)) = (last.next(), last.next())
            && owner.ident == "PublishedAt"
            && let Some((_, place)) = MAKERS.iter().find(|(name, _)| maker.ident == name)
            && !self.source.path.starts_with(place)
        {
            self.findings.push(Finding::broken(
                self.source.place(maker.ident.span()),
                "在发布之外写了发布日期",
                "发布日期只由发布这一行为盖上; 别处的日子是原发布日期, 要带来源",
            ));
        }
        syn::visit::visit_path(self, path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_publication_made_elsewhere_is_found() {
        let count = |path, text| check(&House::sample(&[(path, text)])).len();
        let stamp = "fn f(now: T) { records_rules::PublishedAt::stamped(now); }";
        let kept = "fn f(at: T) { at.map(PublishedAt::kept); }";
        assert_eq!(count("affairs/records/src/store/keeping.rs", stamp), 0);
        assert_eq!(count("affairs/records/src/store/reading.rs", kept), 0);
        assert_eq!(count("affairs/records/src/store/keeping.rs", kept), 1);
        assert_eq!(count("affairs/records/src/api.rs", stamp), 1);
        assert_eq!(count("server/src/demo.rs", stamp), 1);
    }
}
