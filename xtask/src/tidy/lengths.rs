//! A long file or function is a reason to look for its second subject.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::Visit;

use super::finding::Finding;
use super::house::House;
use super::source::{Source, for_tests};

const FILE: usize = 300;
const FUNCTION: usize = 30;
const REMEDY: &str = "找出第二个主题, 让它自成一处";

/// Files and functions over the aim are mentioned, over double the aim refused.
pub fn check(house: &House) -> Vec<Finding> {
    house
        .sources
        .iter()
        .flat_map(|source| {
            let file = judge(&source.path, "文件", source.lines, FILE);
            file.into_iter().chain(functions(source))
        })
        .collect()
}

fn judge(place: &str, what: &str, lines: usize, aim: usize) -> Option<Finding> {
    let words = format!("{what}有 {lines} 行");
    if lines > 2 * aim {
        Some(Finding::broken(place, words, REMEDY))
    } else if lines > aim {
        Some(Finding::reminder(place, words, REMEDY))
    } else {
        None
    }
}

fn functions(source: &Source) -> Vec<Finding> {
    let mut bodies = Bodies { found: Vec::new() };
    bodies.visit_file(&source.tree);
    let long = |(name, span, lines): (String, Span, usize)| {
        judge(&source.place(span), &format!("函数 {name} "), lines, FUNCTION)
    };
    bodies.found.into_iter().filter_map(long).collect()
}

struct Bodies {
    found: Vec<(String, Span, usize)>,
}

impl Bodies {
    fn note(&mut self, signature: &syn::Signature, body: &syn::Block, test: bool) {
        let (open, close) = (body.brace_token.span.open(), body.brace_token.span.close());
        let mut lines = (close.start().line - open.start().line).saturating_sub(1);
        if test {
            let mut rows = Rows { lines: 0 };
            rows.visit_block(body);
            lines = lines.saturating_sub(rows.lines);
        }
        self.found.push((signature.ident.to_string(), signature.span(), lines));
    }
}

impl<'tree> Visit<'tree> for Bodies {
    fn visit_item_fn(&mut self, item: &'tree syn::ItemFn) {
        self.note(&item.sig, &item.block, for_tests(&item.attrs));
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'tree syn::ImplItemFn) {
        self.note(&item.sig, &item.block, false);
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'tree syn::TraitItemFn) {
        if let Some(body) = &item.default {
            self.note(&item.sig, body, false);
        }
        syn::visit::visit_trait_item_fn(self, item);
    }
}

/// Counts the lines between the brackets of tables: in a test the cases are rows, not thoughts.
struct Rows {
    lines: usize,
}

impl<'tree> Visit<'tree> for Rows {
    fn visit_expr_array(&mut self, table: &'tree syn::ExprArray) {
        let span = table.bracket_token.span;
        let (open, close) = (span.open().start().line, span.close().start().line);
        self.lines += (close - open).saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Weight;
    use super::*;

    fn weights(text: &str) -> Vec<Weight> {
        let house = House::sample(&[("platform/web/src/lib.rs", text)]);
        check(&house).into_iter().map(|finding| finding.weight).collect()
    }

    #[test]
    fn a_function_is_mentioned_over_thirty_lines_and_refused_over_sixty() {
        let function = |lines: usize| format!("fn f() {{\n{}}}\n", "    x();\n".repeat(lines));
        assert_eq!(weights(&function(30)), []);
        assert_eq!(weights(&function(31)), [Weight::Reminder]);
        assert_eq!(weights(&function(60)), [Weight::Reminder]);
        assert_eq!(weights(&function(61)), [Weight::Broken]);
    }

    #[test]
    fn the_rows_of_a_test_are_no_lines_of_thought() {
        let rows = |head: &str| {
            format!("{head} fn f() {{\n  for x in [\n{}  ] {{}}\n}}\n", "    1,\n".repeat(61))
        };
        assert_eq!(weights(&rows("#[test]")), []);
        assert_eq!(weights(&rows("")), [Weight::Broken]);
    }

    #[test]
    fn a_file_is_mentioned_over_three_hundred_lines_and_refused_over_six_hundred() {
        assert_eq!(weights(&"\n".repeat(300)), []);
        assert_eq!(weights(&"\n".repeat(301)), [Weight::Reminder]);
        assert_eq!(weights(&"\n".repeat(601)), [Weight::Broken]);
    }
}
