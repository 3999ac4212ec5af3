//! No route without a power, or the word `public`: its constructor begins with one of the two, or
//! says that it is one of the workbench, where only clerks enter.

use proc_macro2::Span;
use syn::visit::Visit;

use super::finding::Finding;
use super::graph::Floor;
use super::house::House;
use super::source::{Source, for_tests};

const REMEDY: &str = "用 web::Route::public(…)、web::Route::power(…) 或 web::Route::workbench(…), 不直接用 axum 的路由";

/// Rooms build routes only by `Route::public`, `Route::power` or `Route::workbench`.
pub fn check(house: &House) -> Vec<Finding> {
    let rooms =
        house.sources.iter().filter(|source| source.product && source.floor == Some(Floor::Room));
    rooms.flat_map(silent_routes).collect()
}

fn silent_routes(source: &Source) -> Vec<Finding> {
    let mut routes = Routes { found: Vec::new() };
    routes.visit_file(&source.tree);
    let finding =
        |(span, words): (Span, String)| Finding::broken(source.place(span), words, REMEDY);
    routes.found.into_iter().map(finding).collect()
}

struct Routes {
    found: Vec<(Span, String)>,
}

impl<'tree> Visit<'tree> for Routes {
    fn visit_item_mod(&mut self, item: &'tree syn::ItemMod) {
        if !for_tests(&item.attrs) {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_path(&mut self, path: &'tree syn::Path) {
        let words: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        if let Some([owner, constructor]) = words.last_chunk::<2>()
            && (owner == "Router"
                || owner == "Route"
                    && !["public", "power", "workbench"]
                        .iter()
                        .any(|word| constructor.starts_with(word)))
        {
            let span = path.segments.last().map_or_else(Span::call_site, |part| part.ident.span());
            self.found.push((span, format!("{owner}::{constructor} 没有写明谁可以用")));
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'tree syn::ExprMethodCall) {
        if call.method == "route" && call.args.len() == 2 {
            self.found.push((call.method.span(), "直接挂了路由".into()));
        }
        syn::visit::visit_expr_method_call(self, call);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_says_who_may_use_it() {
        let count = |text| check(&House::sample(&[("affairs/sites/src/lib.rs", text)])).len();
        assert_eq!(count("fn r() { web::Route::public(Method::GET, \"/\", home) }"), 0);
        assert_eq!(count("fn r() { Route::power(Power::Publish, Method::POST, \"/\", home) }"), 0);
        assert_eq!(count("fn r() { Route::workbench(Method::GET, \"/\", home) }"), 0);
        assert_eq!(count("fn r() { Route::public_fresh(Method::GET, \"/\", home) }"), 0);
        assert_eq!(count("fn r() { Route::open(Method::GET, \"/\", home) }"), 1);
        assert_eq!(count("fn r() { axum::Router::new() }"), 1);
        assert_eq!(count("fn r(x: X) { x.route(\"/\", get(home)) }"), 1);
    }
}
