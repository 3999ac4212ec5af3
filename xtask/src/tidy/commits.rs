//! Nothing is written past the ledger: it opens the transactions.

use syn::visit::Visit;

use super::finding::Finding;
use super::house::House;
use super::source::{Source, for_tests};

/// What may begin a transaction: the ledger, the store that makes them, and the worker, which
/// carries what was recorded already to its listeners. A copy as plain files keeps a list of its own files in a
/// base of its own, in which nothing of the house stands.
const MAY: &[&str] = &[
    "platform/ledger/",
    "platform/store/",
    "platform/export/src/list/keeping.rs",
    "server/src/work.rs",
];

/// Nobody else calls `begin`.
pub fn check(house: &House) -> Vec<Finding> {
    let others = house
        .sources
        .iter()
        .filter(|source| source.product && !MAY.iter().any(|place| source.path.starts_with(place)));
    others.flat_map(begins).collect()
}

fn begins(source: &Source) -> Vec<Finding> {
    let mut calls = Calls { source, findings: Vec::new() };
    calls.visit_file(&source.tree);
    calls.findings
}

struct Calls<'house> {
    source: &'house Source,
    findings: Vec<Finding>,
}

impl<'tree> Visit<'tree> for Calls<'_> {
    fn visit_item_mod(&mut self, item: &'tree syn::ItemMod) {
        if !for_tests(&item.attrs) {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'tree syn::ExprMethodCall) {
        if call.method == "begin" && call.args.is_empty() {
            self.findings.push(Finding::broken(
                self.source.place(call.method.span()),
                "绕过 ledger 开启了事务",
                "通过 ledger 写, 让这件事带着行为人和依据留痕",
            ));
        }
        syn::visit::visit_expr_method_call(self, call);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transaction_begun_outside_the_ledger_is_found() {
        let text = "async fn f(store: Store) { let t = store.begin().await; }";
        assert_eq!(check(&House::sample(&[("affairs/records/src/acts.rs", text)])).len(), 1);
        assert_eq!(check(&House::sample(&[("platform/ledger/src/desk.rs", text)])).len(), 0);
    }
}
