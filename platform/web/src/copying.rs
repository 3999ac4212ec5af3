//! Copying the sites as plain files: which addresses a copy has, and that an answer is for a copy.

use std::collections::HashMap;

use crate::Route;
pub(crate) use crate::route::Copied;

/// Marks a request whose answer is written into a file: nothing of it is kept in memory, and it must not
/// change unless what it tells of has changed.
#[derive(Debug, Clone, Copy)]
pub struct ForCopy;

/// What a copy does with each address, by the first word of the address.
#[derive(Debug, Default)]
pub(crate) struct Copies(HashMap<String, Vec<(&'static str, Copied)>>);

impl Copies {
    /// Of these routes, those that are read.
    pub(crate) fn of(routes: &[Route]) -> Self {
        let mut all: HashMap<String, Vec<_>> = HashMap::new();
        for (path, copied) in routes.iter().filter_map(Route::copy_of) {
            all.entry(first(path).to_owned()).or_default().push((path, copied));
        }
        // The most exact pattern is the one that is routed to.
        all.values_mut()
            .for_each(|routes| routes.sort_by_key(|(path, _)| path.matches('{').count()));
        Self(all)
    }

    /// Of one address below a site.
    pub(crate) fn at(&self, path: &str) -> Option<Copied> {
        let routes = self.0.get(first(path))?;
        routes.iter().find(|(route, _)| fits(route, path)).map(|(_, copied)| *copied)
    }
}

/// The first word of an address.
fn first(path: &str) -> &str {
    path.trim_start_matches('/').split('/').next().unwrap_or_default()
}

/// Whether a path is one of a route's, of whose words the last may stand for all that is left.
pub(crate) fn fits(route: &str, path: &str) -> bool {
    let (mut asked, mut own) = (route.split('/'), path.split('/'));
    loop {
        match (asked.next(), own.next()) {
            (None, None) => return true,
            (Some(a), Some(_)) if a.starts_with("{*") => return true,
            (Some(a), Some(b)) if (a.starts_with('{') && !b.is_empty()) || a == b => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_asks_whose_a_path_is_gets_the_same_answer() {
        for (route, path, is_its) in [
            ("/wenjian/{id}", "/wenjian/1", true),
            ("/wenjian/{id}", "/wenjian/1/banben", false),
            ("/wenjian/{id}", "/wenjian/", false),
            ("/tile/{*rest}", "/tile/0/x001/067", true),
            ("/mulu", "/mulu", true),
        ] {
            assert_eq!(fits(route, path), is_its, "{route} {path}");
        }
    }

    #[test]
    fn the_most_exact_route_says_what_a_copy_does() {
        let page = |path| Route::public(path, async || "");
        let routes = [
            page("/mulu/{domain}/{item}"),
            page("/mulu/{domain}/xuqiu").copied(Copied::Online),
            page("/tile/{*rest}").copied(Copied::Exact),
            page("/"),
        ];
        let copies = Copies::of(&routes);
        for (path, copied) in [
            ("/mulu/jiuye/1", Some(Copied::Page)),
            ("/mulu/jiuye/xuqiu", Some(Copied::Online)),
            ("/tile/0/x001/067", Some(Copied::Exact)),
            ("/", Some(Copied::Page)),
            ("/mulu/jiuye", None),
            ("/mulu/jiuye/", None),
        ] {
            assert_eq!(copies.at(path), copied, "{path}");
        }
    }
}
