//! No number of the law without its provision.
//!
//! A period written as `WorkingDays(20)` must stand in a `Dated` value, or in an item that names
//! a provision: by calling `article`, or by citing 第…条 or a reading in its doc comment.

use proc_macro2::Span;
use quote::ToTokens;
use syn::visit::Visit;

use super::finding::Finding;
use super::graph::Floor;
use super::house::House;
use super::source::{Source, for_tests};

const PERIODS: &[&str] = &["WorkingDays", "CalendarDays"];

/// Every period in rules and rooms says who set it.
pub fn check(house: &House) -> Vec<Finding> {
    let bound = house.sources.iter().filter(|source| {
        source.product && matches!(source.floor, Some(Floor::Rules | Floor::Platform | Floor::Room))
    });
    bound.flat_map(bare_numbers).collect()
}

fn bare_numbers(source: &Source) -> Vec<Finding> {
    let mut periods = Periods { cited: vec![false], found: Vec::new() };
    periods.visit_file(&source.tree);
    let finding = |span| {
        Finding::broken(
            source.place(span),
            "期限没有出处",
            "写成带条款的 Dated 值, 或在同一项上注明 article(…) 或 第…条",
        )
    };
    periods.found.into_iter().map(finding).collect()
}

struct Periods {
    /// Whether each of the enclosing items names a provision.
    cited: Vec<bool>,
    found: Vec<Span>,
}

impl Periods {
    fn within(&mut self, item: &impl ToTokens, inside: impl FnOnce(&mut Self)) {
        let text = item.to_token_stream().to_string();
        let article = text.split("第").skip(1).any(|rest| rest.chars().take(9).any(|c| c == '条'));
        let cites = article
            || ["Dated", "article", "docs/readings/"].iter().any(|word| text.contains(word));
        self.cited.push(cites);
        inside(self);
        self.cited.pop();
    }

    fn number(&mut self, function: &syn::Expr, arguments: &[&syn::Expr], span: Span) {
        let syn::Expr::Path(path) = function else { return };
        let name = path.path.segments.last().map(|segment| segment.ident.to_string());
        let period = name.is_some_and(|name| PERIODS.contains(&name.as_str()));
        let literal = arguments.iter().any(|argument| matches!(argument, syn::Expr::Lit(_)));
        if period && literal && !self.cited.contains(&true) {
            self.found.push(span);
        }
    }
}

impl<'tree> Visit<'tree> for Periods {
    fn visit_item_mod(&mut self, item: &'tree syn::ItemMod) {
        if !for_tests(&item.attrs) {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_const(&mut self, item: &'tree syn::ItemConst) {
        self.within(item, |periods| syn::visit::visit_item_const(periods, item));
    }

    fn visit_item_static(&mut self, item: &'tree syn::ItemStatic) {
        self.within(item, |periods| syn::visit::visit_item_static(periods, item));
    }

    fn visit_impl_item_const(&mut self, item: &'tree syn::ImplItemConst) {
        self.within(item, |periods| syn::visit::visit_impl_item_const(periods, item));
    }

    fn visit_item_fn(&mut self, item: &'tree syn::ItemFn) {
        if !for_tests(&item.attrs) {
            self.within(item, |periods| syn::visit::visit_item_fn(periods, item));
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'tree syn::ImplItemFn) {
        self.within(item, |periods| syn::visit::visit_impl_item_fn(periods, item));
    }

    fn visit_expr_call(&mut self, call: &'tree syn::ExprCall) {
        let arguments: Vec<&syn::Expr> = call.args.iter().collect();
        self.number(&call.func, &arguments, call.paren_token.span.join());
        syn::visit::visit_expr_call(self, call);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "affairs/records/rules/src/clock.rs";

    fn count(text: &str) -> usize {
        check(&House::sample(&[(RULES, text)])).len()
    }

    #[test]
    fn a_period_without_a_provision_is_found() {
        for text in [
            "const REPLY: WorkingDays = WorkingDays(20);",
            "fn due(d: Date) -> Date { add(d, law::WorkingDays(20)) }",
            "impl C { fn due(&self) -> CalendarDays { CalendarDays(7) } }",
        ] {
            assert_eq!(count(text), 1, "{text}");
        }
    }

    #[test]
    fn a_period_that_says_who_set_it_passes() {
        for text in [
            "const REPLY: Dated<WorkingDays> = Dated::since(&[(day(2019, 5, 15), WorkingDays(20), x)]);",
            "fn due() -> Enacted { Enacted { value: WorkingDays(20), basis: article(REGULATION, 33) } }",
            "/// 第二十六条: within twenty working days.\nconst PUBLISH: WorkingDays = WorkingDays(20);",
            concat!(
                "/// The reading docs/",
                "readings/004.\nconst PUBLISH: WorkingDays = WorkingDays(20);"
            ),
            "fn twice(n: u32) -> WorkingDays { WorkingDays(n) }",
            "#[cfg(test)] mod tests { const X: WorkingDays = WorkingDays(3); }",
        ] {
            assert_eq!(count(text), 0, "{text}");
        }
    }
}
